"""出件体检: each fault of a decision is found, named with its article, and leads to its field."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from enforcer import paths
from enforcer.documents import template
from enforcer.documents.facts import OfficerOnPaper, SummaryDecision
from enforcer.documents.inspect import inspect_summary
from enforcer.errors import Level
from enforcer.terms import PaymentMode, PenaltyKind, PowerKind
from tests.documents.summary_papers import COMPANY, ORGAN, PAPER, paper, with_organ

FORM = template.shipped("summary_decision")
TEXT = (paths.resources() / "templates" / "summary_decision.toml").read_text(encoding="utf-8")


def codes(one: SummaryDecision) -> list[str]:
    return [found.code for found in inspect_summary(one, FORM)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"party": COMPANY, "fine_fen": 300_000},
        {"plate": "湘J·8K216"},
        {"kinds": (PenaltyKind.WARNING,), "fine_fen": 0, "payment": None},
        {"payment": PaymentMode.ON_SPOT_SMALL, "fine_fen": 10_000, "receipt_number": "湘财 1"},
        {"refused_to_sign": True, "refusal_reason": "称数额过高"},
        {"act": "占道经营长达六个月", "place": "第一行\n\n第二行"},
    ],
)
def test_a_blameless_paper_has_no_finding(changes: dict[str, Any]) -> None:
    assert inspect_summary(paper(**changes), FORM) == ()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"reconsideration_body": ""}, "organ_reconsideration_body", "organ.reconsideration_body"),
        ({"court": ""}, "organ_court", "organ.court"),
        ({"bank_name": ""}, "organ_bank_name", "organ.bank_name"),
        ({"bank_address": ""}, "organ_bank_address", "organ.bank_address"),
        ({"bank_account": ""}, "organ_bank_address", "organ.bank_account"),
    ],
)
def test_what_the_organ_lacks_refuses_and_names_where_to_fill_it_in(
    changes: dict[str, str], code: str, field: str
) -> None:
    found = {one.code: one for one in inspect_summary(with_organ(**changes), FORM)}
    assert found[code].level is Level.BLOCK
    assert "设置—机关" in found[code].say
    assert found[code].field == field
    assert found[code].cite


def test_a_fine_collected_on_the_spot_needs_no_bank() -> None:
    one = replace(
        with_organ(bank_name="", bank_account=""),
        payment=PaymentMode.ON_SPOT_SMALL,
        fine_fen=10_000,
        receipt_number="湘财 1",
    )
    assert codes(one) == []


def test_a_department_as_reconsideration_body_asks_a_reason() -> None:
    found = inspect_summary(with_organ(reconsideration_body="湖南省住房和城乡建设厅"), FORM)
    assert [(one.code, one.level) for one in found] == [
        ("organ_reconsideration_doubtful", Level.WARN)
    ]
    assert "第二十四条" in found[0].cite


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"officers": (OfficerOnPaper("周敏", "J0700012"),)}, "two_certificates"),
        (
            {"officers": (OfficerOnPaper("周敏", "J1"), OfficerOnPaper("周敏", "J1"))},
            "two_certificates",
        ),
        (
            {
                "officers": (
                    OfficerOnPaper("周敏", "J1"),
                    OfficerOnPaper("吴过期", "J2", valid_until=date(2026, 9, 2)),
                )
            },
            "certificate_not_valid",
        ),
        (
            {
                "officers": (
                    OfficerOnPaper("周敏", "J1"),
                    OfficerOnPaper("新证", "J2", valid_from=date(2026, 9, 4)),
                )
            },
            "certificate_not_valid",
        ),
        ({"acted_at": datetime(2026, 9, 4, 0, 1, tzinfo=UTC)}, "dates_out_of_order"),
        ({"sanctioned_by": PAPER.breached}, "same_provision"),
        ({"party": replace(PAPER.party, name="")}, "element_party"),
        ({"party": replace(PAPER.party, id_number="")}, "element_party_id"),
        ({"place": ""}, "element_place"),
        ({"act": ""}, "element_act"),
        ({"evidence": ""}, "element_evidence"),
        ({"correction": ""}, "element_correction"),
        ({"number": ""}, "element_number"),
        ({"kinds": ()}, "element_penalty"),
        ({"defence_words": "见《大气污染防治法》"}, ""),
        (
            {"sanctioned_by": "《中华人民共和国大气污染防治法》第一百一十六条"},
            "law_not_in_force",
        ),
    ],
)
def test_each_fault_is_found(changes: dict[str, Any], code: str) -> None:
    found = codes(paper(**changes))
    assert code in found if code else found == []


def test_a_law_that_ended_between_act_and_decision_asks_a_reason() -> None:
    acted = datetime(2026, 8, 14, 10, 0, tzinfo=UTC)
    old = "《中华人民共和国大气污染防治法》第一百一十六条"
    found = inspect_summary(paper(acted_at=acted, sanctioned_by=old), FORM)
    assert [(one.code, one.level) for one in found] == [("law_ended", Level.WARN)]


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("{remedy.words}", "", "element_remedy"),
        ("{remedy.words}", "你可以在六个月内向人民法院起诉。", "outdated_wording"),
        ("{remedy.words}", "{remedy.words}也可以向上一级主管部门申请复议。", "outdated_wording"),
        ("{payment.words}", "", "element_payment"),
        ("{payment.additional}", "", "element_additional"),
        ("{defence.words}", "", "element_defence"),
        ("{decision.penalty|line}", "罚款{decision.amount_words}", "element_penalty"),
        ("{decision.penalty|line}", "{decision.penalty|line}（￥2000.00）", "amount_differs"),
        ("{law.breached|line}", "有关法律", "element_breached"),
        ("向{party.you}出示执法证件，", "", "element_shown"),
        ("执法证号：{each.certificate}", "", "element_certificate"),
        ("{act.evidence|line}", "{act.evidence|line}、____", "blank_left"),
        ("责令{party.you}", "按一般程序责令{party.you}", "outdated_wording"),
    ],
)
def test_a_template_that_lost_or_gained_words_is_seen(was: str, becomes: str, code: str) -> None:
    edited = template.load(TEXT.replace(was, becomes), where="机关模板")
    found = {one.code: one for one in inspect_summary(PAPER, edited)}
    assert code in found
    assert found[code].cite


def test_an_element_missing_from_one_copy_alone_is_seen() -> None:
    cut = TEXT.replace(
        'text = "{remedy.words}{remedy.not_suspended}"',
        'text = "{remedy.words}{remedy.not_suspended}"\ncopies = ["当事人联"]',
    )
    found = inspect_summary(PAPER, template.load(cut, where="机关模板"))
    assert [one.code for one in found] == ["element_remedy"]
    assert "存根联" in found[0].say


def test_an_entrusted_unit_never_stands_in_the_heading() -> None:
    one = paper(organ=replace(ORGAN, handled_by=ORGAN.name))
    found = inspect_summary(one, FORM, power=PowerKind.ENTRUSTED)
    assert [one.code for one in found] == ["entrusted_heading"]
    proper = paper(organ=replace(ORGAN, handled_by="高新区城管大队"))
    assert inspect_summary(proper, FORM, power=PowerKind.ENTRUSTED) == ()


def test_what_refuses_comes_first() -> None:
    found = inspect_summary(with_organ(reconsideration_body="湖南省住建厅", court=""), FORM)
    assert [one.level for one in found] == [Level.BLOCK, Level.BLOCK, Level.WARN] or found[
        0
    ].level is Level.BLOCK
