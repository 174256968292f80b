"""今日 of the ordinary course and of leads: each clock one line, carried there by scripted courses."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from enforcer import paths
from enforcer.models import Case, CaseEvent, Lead, Officer
from enforcer.operations.office import AnswerForm, answer_question
from enforcer.operations.replaying import read_script, replay
from enforcer.queries import course, course_deadlines
from enforcer.queries.due import DueRow, Pressing, due
from enforcer.store import connection
from enforcer.store.database import Store, open_store
from enforcer.terms import Procedure, Stage
from tests.conftest import NOW
from tests.queries.statistics_rows_made import a_case

COURSES = Path(__file__).parents[1] / "scenarios" / "courses"
Standing = Callable[[str, str], Store]


@pytest.fixture(scope="module")
def standing(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """A home in which a course was carried up to the n-th time an operation is taken in it."""
    made: dict[tuple[str, str], Store] = {}

    def carry(file: str) -> None:
        home = tmp_path_factory.mktemp(file) / "home"
        shutil.copytree(empty_home, home)
        store = open_store(home, clock=lambda: NOW)
        taken: Counter[str] = Counter()
        for done in replay(store, read_script(COURSES / f"{file}.toml")):
            taken[done.step.op] += done.ok
            stop = f"{done.step.op}#{taken[done.step.op]}"
            if done.ok and (file, stop) in STOPS:
                copy = tmp_path_factory.mktemp("stop") / "home"
                copy.mkdir()
                with closing(connection.connect(store.path)) as raw:
                    raw.execute("VACUUM INTO ?", (str(paths.database(copy)),))
                made[file, stop] = open_store(copy, clock=lambda: NOW)
        store.close()

    def carried(file: str, stop: str) -> Store:
        key = (file, _nth(stop))
        if key not in made:
            carry(file)
        return made[key]

    yield carried
    for store in made.values():
        store.close()


def _nth(stop: str) -> str:
    return stop if "#" in stop else f"{stop}#1"


def rows(store: Store, today: date, **more: int) -> dict[str, DueRow]:
    found = due(store, today=today, **more)
    return {one.what: one for one in found if one.kind in {"case", "lead"}}


SEP, OCT, NOV, DEC = (lambda day, month=month: date(2026, month, day) for month in (9, 10, 11, 12))

CLOCKS = [
    # course, up to, on, what the desk says, how pressing, its last day
    # preserved on Friday 4 September: the seventh working day is Tuesday the 15th
    ("preservation", "preserve_evidence", SEP(7), "处理先行登记保存的物品", "", None),
    ("preservation", "preserve_evidence", SEP(8), "处理先行登记保存的物品", "近日", SEP(15)),
    ("preservation", "preserve_evidence", SEP(15), "处理先行登记保存的物品", "今日到期", SEP(15)),
    ("preservation", "preserve_evidence", SEP(16), "处理先行登记保存的物品", "逾期", SEP(15)),
    ("preservation", "dispose_preserved", SEP(16), "处理先行登记保存的物品", "", None),
    # impounded on 4 September: 30 calendar days end on Sunday 4 October and do not roll
    ("seizure", "seize", OCT(4), "扣押期限届满前解除或者处理", "今日到期", OCT(4)),
    ("seizure", "seize", OCT(5), "扣押期限届满前解除或者处理", "逾期", OCT(4)),
    ("seizure", "record_testing", OCT(5), "扣押期限届满前解除或者处理", "近日", OCT(6)),
    ("seizure", "extend_seizure", OCT(8), "扣押期限届满前解除或者处理", "", None),
    ("seizure", "extend_seizure", NOV(6), "扣押期限届满前解除或者处理", "逾期", NOV(5)),
    ("seizure", "release_seizure", NOV(6), "扣押期限届满前解除或者处理", "", None),
    # filed on 3 September: the 90th day is 2 December; 10 days excluded, then suspended
    ("ninety_days", "propose_decision", NOV(2), "作出处罚决定", "近日", DEC(2)),
    ("ninety_days", "propose_decision", DEC(2), "作出处罚决定", "今日到期", DEC(2)),
    ("ninety_days", "propose_decision", DEC(3), "作出处罚决定", "逾期", DEC(2)),
    ("ninety_days", "decide", DEC(3), "作出处罚决定", "", None),
    ("periods", "change_period#1", DEC(12), "作出处罚决定", "今日到期", DEC(12)),
    ("periods", "change_period#2", DEC(30), "作出处罚决定", "", None),
    ("periods", "change_period#2", DEC(30), "案件中止，原因消除后恢复办案", "等待", None),
    ("periods", "resume_case", DEC(30), "案件中止，原因消除后恢复办案", "", None),
    # the notice served on Monday 7 September: the office gives three working days, the law five
    ("citizen_hearing", "announce_penalty#1", SEP(7), "送达事先告知书", "待补", None),
    ("citizen_hearing", "serve_document#1", SEP(10), "陈述、申辩期间", "等待", SEP(10)),
    ("citizen_hearing", "serve_document#1", SEP(11), "陈述、申辩期间", "", None),
    ("citizen_hearing", "serve_document#1", SEP(14), "要求听证期间", "等待", SEP(14)),
    ("citizen_hearing", "serve_document#1", SEP(15), "要求听证期间", "", None),
    # the hearing on 28 September: the party is told by the 16th, seven working days lie between
    ("citizen_hearing", "request_hearing", SEP(10), "要求听证期间", "", None),
    ("citizen_hearing", "request_hearing", SEP(10), "通知听证", "待补", None),
    ("citizen_hearing", "notify_hearing", SEP(16), "送达听证通知书", "今日到期", SEP(16)),
    ("citizen_hearing", "notify_hearing", SEP(17), "送达听证通知书", "逾期", SEP(16)),
    ("citizen_hearing", "serve_document#3", SEP(17), "送达听证通知书", "", None),
    ("citizen_hearing", "serve_document#3", SEP(28), "举行听证", "今日到期", SEP(28)),
    ("citizen_hearing", "hold_hearing", SEP(29), "提出听证报告", "待补", None),
    ("citizen_hearing", "report_hearing", SEP(29), "提出听证报告", "", None),
    ("spoil_company_after", "hear_defence", SEP(18), "复核陈述、申辩", "待补", None),
    ("spoil_company_after", "review_defence", SEP(21), "复核陈述、申辩", "", None),
    # signatures: the level, with whoever may sign there
    ("citizen_hearing", "propose_filing", SEP(2), "审批：立案", "等待", None),
    ("citizen_hearing", "propose_filing", SEP(17), "审批：立案", "搁置", None),
    ("citizen_hearing", "sign_off#5", SEP(30), "制作决定书", "待补", None),
    ("filing_returned", "sign_off#1", SEP(3), "补正后重新呈报立案", "待补", None),
    ("recusal", "ask_recusal", SEP(4), "决定何志远是否回避", "等待", None),
    ("recusal", "decide_recusal", SEP(4), "决定何志远是否回避", "", None),
    # three days to decide whether the police are told, twenty-four hours to tell them
    ("transfer_accepted", "propose_transfer", SEP(10), "决定是否移送公安机关", "今日到期", SEP(10)),
    ("transfer_accepted", "decide_transfer", SEP(10), "向公安机关移送", "今日到期", SEP(10)),
    ("transfer_accepted", "transfer_case", SEP(9), "公安机关答复", "等待", None),
    # decided on Thursday 17 September: seven working days, of which Sunday the 20th is one
    ("company", "decide", SEP(21), "送达决定书", "近日", SEP(28)),
    ("company", "decide", SEP(29), "送达决定书", "逾期", SEP(28)),
    # served on 18 September: the 15th day is 3 October, a holiday until the 7th
    ("company", "serve_document#2", SEP(21), "缴纳罚款 20000.00 元", "等待", OCT(8)),
    ("company", "serve_document#2", OCT(1), "缴纳罚款 20000.00 元", "近日", OCT(8)),
    ("company", "serve_document#2", OCT(8), "缴纳罚款 20000.00 元", "今日到期", OCT(8)),
    ("company", "serve_document#2", OCT(9), "缴纳罚款 20000.00 元", "逾期", OCT(8)),
    ("company", "serve_document#2", OCT(8), "催告当事人履行", "", None),
    ("company", "serve_document#2", OCT(9), "催告当事人履行", "待补", None),
    ("company", "serve_document#2", OCT(9), "可以呈报结案", "", None),
    ("company", "receive_payment", OCT(9), "缴纳罚款 20000.00 元", "", None),
    ("company", "receive_payment", OCT(9), "可以呈报结案", "待补", None),
    ("company", "propose_closure", OCT(9), "可以呈报结案", "", None),
    ("deferral", "defer_payment", OCT(31), "缴纳第 1 期罚款 10000.00 元", "今日到期", OCT(31)),
    ("deferral", "receive_payment#1", NOV(5), "缴纳第 2 期罚款 10000.00 元", "等待", DEC(31)),
    # urged on 20 October, a make-up working Saturday is none of the ten; the remedies end in March
    ("unpaid_to_court", "urge", OCT(20), "送达催告书", "待补", None),
    ("unpaid_to_court", "serve_document#3", NOV(3), "催告期间", "等待", NOV(3)),
    ("unpaid_to_court", "serve_document#3", NOV(4), "催告期间", "", None),
    ("unpaid_to_court", "serve_document#3", NOV(4), "复议、起诉期限", "等待", date(2027, 3, 18)),
    ("unpaid_to_court", "serve_document#3", date(2027, 3, 19), "申请法院强制执行", "待补",
     date(2027, 6, 18)),
    ("unpaid_to_court", "serve_document#3", date(2027, 5, 19), "申请法院强制执行", "近日",
     date(2027, 6, 18)),
    ("unpaid_to_court", "serve_document#3", date(2027, 6, 18), "申请法院强制执行", "今日到期",
     date(2027, 6, 18)),
    ("unpaid_to_court", "serve_document#3", date(2027, 6, 19), "申请法院强制执行的期限已过",
     "逾期", date(2027, 6, 18)),
    ("unpaid_to_court", "apply_to_court", date(2027, 4, 1), "法院裁定", "等待", None),
    ("unpaid_to_court", "record_court_answer", date(2027, 4, 12), "法院执行", "等待", None),
    ("unpaid_to_court", "receive_payment", date(2027, 5, 11), "可以呈报结案", "待补", None),
    # while a remedy runs nothing is closed
    ("reconsideration_upheld", "register_reconsideration", OCT(20), "行政复议的结果", "等待", None),
    ("reconsideration_upheld", "conclude_remedy", DEC(19), "行政复议的结果", "", None),
    ("litigation", "register_litigation", date(2027, 3, 19), "行政诉讼的结果", "等待", None),
    # leads: the office answers in five working days, registered on Tuesday 1 September
    ("citizen_hearing", "register_lead", SEP(1), "答复投诉举报线索", "近日", SEP(8)),
    ("citizen_hearing", "register_lead", SEP(8), "答复投诉举报线索", "今日到期", SEP(8)),
    ("citizen_hearing", "propose_filing", SEP(9), "答复投诉举报线索", "逾期", SEP(8)),
    ("citizen_hearing", "reply_to_lead", SEP(9), "答复投诉举报线索", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("file", "stop", "today", "what", "label", "due_on"), CLOCKS)
def test_each_clock_stands_on_the_desk_on_its_days(
    standing: Standing, file: str, stop: str, today: date, what: str, label: str, due_on: date
) -> None:
    found = rows(standing(file, stop), today)
    assert (found[what].pressing.label if what in found else "") == label, list(found)
    if label:
        row = found[what]
        assert row.due_on == due_on
        assert row.days_left == ((due_on - today).days if due_on else None)
        assert row.cite, "every row names its article"
        assert row.why, "every row opens its arithmetic"
        assert row.waits_for, "every row says for whom it waits"


WHOM = [
    ("citizen_hearing", "register_lead", SEP(1), "答复投诉举报线索", "承办 周敏"),
    ("citizen_hearing", "sign_off#1", SEP(2), "审批：立案", "等行政机关负责人：马建国、郑国栋"),
    ("citizen_hearing", "sign_off#3", SEP(30), "审批：案件处理", "等法制机构：孙雅琴"),
    ("sign_off_chain", "sign_off#2", SEP(3), "审批：立案", "等分管领导：马建国、郑国栋"),
    ("filing_returned", "sign_off#1", SEP(3), "补正后重新呈报立案", "承办 周敏、何志远"),
    ("citizen_hearing", "serve_document#1", SEP(8), "要求听证期间", "等当事人要求听证"),
    ("citizen_hearing", "hold_hearing", SEP(29), "提出听证报告", "等主持人赵立新"),
    ("preservation", "preserve_evidence", SEP(8), "处理先行登记保存的物品", "承办 周敏、何志远"),
    ("unpaid_to_court", "apply_to_court", date(2027, 4, 1), "法院裁定", "等云溪市人民法院"),
    ("litigation", "register_litigation", date(2027, 3, 19), "行政诉讼的结果", "等云溪市人民法院"),
]


@pytest.mark.parametrize(("file", "stop", "today", "what", "whom"), WHOM)
def test_each_row_says_for_whom_it_waits(
    standing: Standing, file: str, stop: str, today: date, what: str, whom: str
) -> None:
    assert rows(standing(file, stop), today)[what].waits_for == whom


ARITHMETIC = [
    ("preservation", "preserve_evidence", SEP(8), "处理先行登记保存的物品", "数满 7 个工作日"),
    ("seizure", "record_testing", OCT(5), "扣押期限届满前解除或者处理", "检验、鉴定 2 日不计入"),
    ("seizure", "extend_seizure", NOV(5), "扣押期限届满前解除或者处理", "延长到 2026-11-03"),
    ("periods", "change_period#1", DEC(12), "作出处罚决定", "届满日顺移到 2026-12-12"),
    (
        "company",
        "serve_document#2",
        OCT(9),
        "缴纳罚款 20000.00 元",
        "逾期 1 日，可以加处罚款 600.00",
    ),
    ("deferral", "defer_payment", OCT(31), "缴纳第 1 期罚款 10000.00 元", "不改变数额"),
    (
        "transfer_accepted",
        "decide_transfer",
        SEP(9),
        "向公安机关移送",
        "24 小时连续计算，含休息日和节假日，到 2026-09-10",
    ),
    ("citizen_hearing", "register_lead", SEP(2), "答复投诉举报线索", "数满 5 个工作日"),
]


@pytest.mark.parametrize(("file", "stop", "today", "what", "words"), ARITHMETIC)
def test_each_row_opens_its_own_arithmetic(
    standing: Standing, file: str, stop: str, today: date, what: str, words: str
) -> None:
    assert words in "".join(rows(standing(file, stop), today)[what].why)


SAME = {
    "作出处罚决定": "作出处罚决定",
    "处理登记保存的物品": "处理先行登记保存的物品",
    "听证通知送达": "送达听证通知书",
    "决定是否移送": "决定是否移送公安机关",
    "送达决定书": "送达决定书",
    "扣押期限": "扣押期限届满前解除或者处理",
}


@pytest.mark.parametrize(
    "file",
    ["preservation", "seizure", "citizen_hearing", "transfer_accepted", "spoil_company_after"],
)
def test_the_desk_and_the_page_of_the_case_name_the_same_days(store: Store, file: str) -> None:
    compared = 0
    for done in replay(store, read_script(COURSES / f"{file}.toml")):
        with store.reading() as session:
            case = session.exec(select(Case).where(Case.stage != Stage.CLOSED)).first()
        if case is None or done.step.refused:
            continue
        facts = course.facts(store, case.id or 0, now=done.step.at)
        assert facts
        found = rows(store, done.step.at.date(), soon_days=3650)
        for clock in course_deadlines.clocks_of(facts):
            if clock.title in SAME and clock.done_on is None and clock.due is not None:
                assert found[SAME[clock.title]].due_on == clock.due.due_on, done.step.op
                assert found[SAME[clock.title]].cite == clock.cite
                compared += 1
    assert compared


NOT_FORGOTTEN = [
    ("periods", "change_period#2", DEC(30)),  # suspended
    ("litigation", "register_litigation", date(2027, 5, 1)),  # the court
    ("transfer_accepted", "transfer_case", OCT(30)),  # the police
    ("ninety_days", "propose_decision", DEC(2)),  # its own clock speaks
]
STOPS = {
    (row[0], _nth(row[1])) for table in (CLOCKS, WHOM, ARITHMETIC, NOT_FORGOTTEN) for row in table
}


def a_filed_case(store: Store, filed_on: date, **more: object) -> int:
    with store.unit(actor="测试", operation="test") as session:
        case = a_case(
            session, procedure=Procedure.ORDINARY, stage=Stage.FILED, filed_on=filed_on, **more
        )
        assert case.id
        return case.id


def idle(store: Store, today: date) -> str:
    found = [one for one in due(store, today=today) if one.pressing is Pressing.FORGOTTEN]
    assert len(found) <= 1
    return found[0].what if found else ""


def test_a_case_without_a_step_for_fifteen_days_is_forgotten(store: Store) -> None:
    case_id = a_filed_case(store, SEP(1))
    assert idle(store, SEP(16)) == ""
    assert idle(store, SEP(17)) == "16 日没有办理"
    with store.unit(actor="测试", operation="test") as session:
        session.add(
            CaseEvent(
                case_id=case_id, step="inquiry", happened_on=SEP(10), recorded_at=NOW, actor="周敏"
            )
        )
    assert idle(store, SEP(17)) == ""
    assert idle(store, SEP(26)) == "16 日没有办理"
    row = next(one for one in due(store, today=SEP(26)) if one.pressing is Pressing.FORGOTTEN)
    assert "第六十条" in row.cite
    assert "上一步是 2026-09-10 的“询问”" in row.why[0]
    assert (row.kind, row.identity) == ("case", case_id)


def test_the_office_says_after_how_many_days_a_case_is_forgotten(store: Store) -> None:
    a_filed_case(store, SEP(1))
    form = AnswerForm(name="forgotten_after_days", value="30", document="案件管理办法")
    answer_question(store, form, today=SEP(1), now=NOW, actor="周敏")
    assert idle(store, SEP(17)) == ""
    assert idle(store, OCT(2)) == "31 日没有办理"


@pytest.mark.parametrize(("file", "stop", "today"), NOT_FORGOTTEN)
def test_who_waits_for_somebody_is_not_forgotten(
    standing: Standing, file: str, stop: str, today: date
) -> None:
    assert not [one for one in rows(standing(file, stop), today) if "没有办理" in one]


def a_lead(store: Store, **more: object) -> int:
    given = {
        "number": "线索〔2026〕0001号", "year": 2026, "serial": 1, "source": "patrol",
        "received_at": NOW, "received_on": SEP(3), "content": "渣土撒漏", "place": "桃林路",
        "recorder": "周敏",
    }  # fmt: skip
    with store.unit(actor="测试", operation="test") as session:
        lead = Lead(**{**given, **more})
        session.add(lead)
        session.flush()
        assert lead.id
        return lead.id


def test_a_lead_nobody_goes_on_with_is_forgotten_and_enter_opens_it(store: Store) -> None:
    identity = a_lead(store)
    assert idle(store, SEP(18)) == ""
    assert idle(store, SEP(19)) == "16 日没有办理"
    row = next(one for one in due(store, today=SEP(19)) if one.kind == "lead")
    assert (row.identity, row.waits_for) == (identity, "承办 周敏")
    assert row.matter == "线索〔2026〕0001号　巡查　桃林路"
    assert "还没有核查" in row.why[0]


def test_a_settled_lead_still_owes_its_answer(store: Store) -> None:
    more = {"source": "hotline", "outcome": "refused", "outcome_on": SEP(4), "checked_on": SEP(4)}
    a_lead(store, **more)
    row = rows(store, SEP(30))["答复市长热线线索"]
    assert (row.pressing, row.due_on) == (Pressing.OPEN, None)


def test_an_older_ledgers_settled_lead_owes_nothing(store: Store) -> None:
    more = {"source": "hotline", "outcome": "refused", "outcome_on": SEP(4), "backfilled": True}
    a_lead(store, **more)
    assert rows(store, SEP(30)) == {}


def test_a_signature_nobody_can_give_says_so(standing: Standing, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(standing("citizen_hearing", "sign_off#3").home, home)
    store = open_store(home, clock=lambda: NOW)
    with store.unit(actor="测试", operation="test") as session:
        for one in session.exec(select(Officer).where(Officer.name == "孙雅琴")):
            one.active = False
    row = rows(store, SEP(30))["审批：案件处理"]
    assert row.waits_for == "等法制机构"
    assert "没有可以签署的" in "".join(row.why)
    store.close()


def test_three_hundred_open_cases_are_asked_in_a_few_questions(
    standing: Standing, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    from sqlalchemy import event

    for at in range(3):
        a_filed_case(store, SEP(1) - timedelta(days=at))
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    due(store, today=SEP(17))
    few = len(asked)
    for at in range(60):
        a_filed_case(store, SEP(1) - timedelta(days=at))
    asked.clear()
    assert len(due(store, today=SEP(17))) > 60
    assert len(asked) == few < 45
