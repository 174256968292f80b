"""The clauses that the law prescribes say what the law says, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from enforcer.documents import clauses
from enforcer.terms import Defence, Discretion, DriverPresence, PaymentMode, PenaltyKind, Procedure
from tests.documents.summary_papers import COMPANY, ORGAN, PAPER, paper


def test_a_decision_on_the_spot_sends_the_party_to_reconsideration_first() -> None:
    assert clauses.remedy(Procedure.SUMMARY, ORGAN, "你") == (
        "你如不服本决定，应当先申请行政复议：可以自收到本决定书之日起六十日内，"
        "向常德市人民政府（地址：常德市朗州路1号）申请行政复议，也可以通过本机关提交行政复议申请；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内，"
        "向常德市武陵区人民法院提起行政诉讼。"
    )


def test_a_decision_on_the_spot_never_names_six_months() -> None:
    assert "月" not in clauses.remedy(Procedure.SUMMARY, ORGAN, "你单位")


def test_an_ordinary_decision_leaves_the_choice() -> None:
    said = clauses.remedy(Procedure.ORDINARY, ORGAN, "你单位")
    assert "可以自收到本决定书之日起六十日内" in said
    assert "六个月内，直接向常德市武陵区人民法院提起行政诉讼" in said
    assert "应当先" not in said


def test_the_bank_stands_with_its_name_address_payee_and_account() -> None:
    assert clauses.payment(PAPER) == (
        "你应当自收到本决定书之日起十五日内，到中国建设银行常德分行营业部"
        "（地址：常德市朗州路2号，户名：常德市财政局，账号：43001234567890123456），"
        "或者通过电子支付系统缴纳罚款。"
    )


def test_an_electronic_way_alone_is_enough() -> None:
    organ = replace(ORGAN, bank_name="", electronic_payment="湖南非税微信公众号")
    said = clauses.payment(paper(organ=organ))
    assert said == (
        "你应当自收到本决定书之日起十五日内，通过电子支付系统（湖南非税微信公众号）缴纳罚款。"
    )


@pytest.mark.parametrize(
    ("mode", "reason", "ground"),
    [
        (PaymentMode.ON_SPOT_SMALL, "", "第六十八条第一项当场收缴"),
        (
            PaymentMode.ON_SPOT_HARD,
            "流动摊贩，无固定住所",
            "第六十八条第二项（不当场收缴事后难以执行：流动摊贩，无固定住所）当场收缴",
        ),
        (PaymentMode.ON_SPOT_REMOTE, "水上作业点", "确有困难并提出当场缴纳：水上作业点）当场收缴"),
    ],
)
def test_money_taken_on_the_spot_names_its_ground_and_its_receipt(
    mode: PaymentMode, reason: str, ground: str
) -> None:
    said = clauses.payment(
        paper(payment=mode, payment_reason=reason, receipt_number="湘财00012345", fine_fen=5_000)
    )
    assert ground in said
    assert said.endswith("票据号码：湘财00012345。")
    assert "十五日" not in said


def test_each_late_day_adds_three_percent_up_to_the_fine() -> None:
    said = clauses.additional_fine(PAPER)
    assert "第七十二条第一款第一项" in said
    assert "每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额" in said


@pytest.mark.parametrize(
    "changes",
    [
        {"kinds": (PenaltyKind.WARNING,), "fine_fen": 0, "payment": None},
        {"payment": PaymentMode.ON_SPOT_SMALL, "fine_fen": 5_000},
    ],
)
def test_nothing_is_added_where_nothing_is_owed(changes: dict[str, object]) -> None:
    assert clauses.additional_fine(paper(**changes)) == ""


def test_a_warning_has_no_payment_clause() -> None:
    warned = paper(kinds=(PenaltyKind.WARNING,), fine_fen=0, payment=None)
    assert clauses.payment(warned) == ""
    assert clauses.penalty(warned) == "警告"


@pytest.mark.parametrize(
    ("kinds", "fen", "said"),
    [
        ((PenaltyKind.FINE,), 20_000, "罚款人民币贰佰元整（￥200.00）"),
        ((PenaltyKind.FINE,), 5_050, "罚款人民币伍拾元伍角（￥50.50）"),
        ((PenaltyKind.WARNING, PenaltyKind.FINE), 20_000, "警告；罚款人民币贰佰元整（￥200.00）"),
    ],
)
def test_the_penalty_is_said_in_words_and_figures(
    kinds: tuple[PenaltyKind, ...], fen: int, said: str
) -> None:
    assert clauses.penalty(paper(kinds=kinds, fine_fen=fen)) == said


def test_a_company_is_spoken_to_as_a_company() -> None:
    said = clauses.payment(paper(party=COMPANY))
    assert said.startswith("你单位应当自收到")


@pytest.mark.parametrize(
    ("defence", "said"),
    [
        (Defence.WAIVED, "你明确放弃陈述、申辩的权利。"),
        (Defence.REJECTED, "你陈述、申辩：刚卸下的货。经复核不予采纳：已摆放四十分钟。"),
        (Defence.ADOPTED, "你陈述、申辩：刚卸下的货。经复核采纳：已摆放四十分钟。"),
    ],
)
def test_what_the_party_answered_is_on_the_paper(defence: Defence, said: str) -> None:
    told = paper(defence=defence, defence_words="刚卸下的货", defence_answer="已摆放四十分钟。")
    assert clauses.defence(told) == said


@pytest.mark.parametrize(
    ("driver", "said"),
    [
        (DriverPresence.ABSENT, "当时机动车驾驶人不在现场，妨碍其他车辆、行人通行。"),
        (
            DriverPresence.REFUSES,
            "当时机动车驾驶人虽在现场但拒绝立即驶离，妨碍其他车辆、行人通行。",
        ),
        (None, ""),
    ],
)
def test_the_elements_of_a_parking_fine_are_on_the_paper(
    driver: DriverPresence | None, said: str
) -> None:
    assert clauses.circumstances(paper(driver=driver, obstructing=True)) == said


def test_a_refusal_to_sign_is_noted_with_its_reason() -> None:
    assert clauses.refusal(PAPER) == ""
    refused = paper(refused_to_sign=True, refusal_reason="称数额过高")
    assert clauses.refusal(refused) == ("当事人拒绝签收，原因：称数额过高。依法在本决定书上注明。")


def test_discretion_gives_its_ground() -> None:
    lighter = paper(discretion=Discretion.LIGHTER, discretion_reason="当事人主动清理")
    assert clauses.discretion(lighter) == "鉴于当事人主动清理，依法予以从轻处罚。"
    assert clauses.discretion(PAPER) == ""


def test_days_are_written_as_papers_write_them() -> None:
    assert clauses.china_day(date(2026, 9, 3)) == "2026年9月3日"
