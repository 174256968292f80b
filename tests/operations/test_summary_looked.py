"""On-the-spot decisions printed again and asked about: papers, pages, lists."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from sqlmodel import select

from enforcer import __main__ as face
from enforcer.models import AuditEntry, Document
from enforcer.operations import summary
from enforcer.operations.issue import PrintPapersForm, print_papers
from enforcer.queries import case_page, cases
from enforcer.queries.cases import CaseFilter, CaseSort, Standing
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import Procedure
from tests.factories import Office, an_office
from tests.operations.summary_after_desk import TODAY, close, on_the_spot, pay, report, revoke
from tests.operations.summary_desk import NOW, a_form, decide


@pytest.fixture
def office(store: Store) -> Office:
    return an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))


@pytest.fixture
def made(store: Store, office: Office) -> summary.Decided:
    """A decision of 2026-09-03 over 200 元, to be paid at the bank."""
    return decide(store, a_form(office))


# papers


def test_the_first_print_is_the_original_and_each_later_one_is_marked(
    store: Store, made: summary.Decided
) -> None:
    form = PrintPapersForm(case_ids=(made.case_id,))
    first = print_papers(store, form, today=TODAY, now=NOW, actor="周敏")
    again = print_papers(store, form, today=TODAY, now=NOW, actor="周敏")
    frozen = vault.read(store.vault, made.vault_name, made.sha256)
    assert first.pdf == frozen
    assert (first.reprinted, again.reprinted, again.pages) == (0, 1, 2)
    for page in PdfReader(BytesIO(again.pdf)).pages:
        assert "补打" in page.extract_text()
    assert vault.read(store.vault, made.vault_name, made.sha256) == frozen
    with store.reading() as session:
        assert session.exec(select(Document)).one().print_count == 2
        prints = session.exec(select(AuditEntry).where(AuditEntry.action == "print")).all()
    assert len(prints) == 2


def test_several_papers_come_as_one_file(
    store: Store, office: Office, made: summary.Decided
) -> None:
    other = decide(
        store, a_form(office, party_name="王某", id_kind="passport", party_id_number="E12345678")
    )
    form = PrintPapersForm(case_ids=(made.case_id, other.case_id))
    out = print_papers(store, form, today=TODAY, now=NOW, actor="周敏")
    assert (out.papers, out.pages) == (2, 4)


def test_the_command_writes_the_paper_of_a_case(
    store: Store, made: summary.Decided, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "决定书.pdf"
    words = ["--home", str(store.home), "issue", made.number, "summary_decision", "-o", str(out)]
    assert face.main(words) == 0
    assert out.read_bytes() == vault.read(store.vault, made.vault_name, made.sha256)
    assert face.main([*words[:-3], "当场行政处罚决定书", "-o", str(out), "--json"]) == 0
    assert '"reprinted": true' in capsys.readouterr().out
    assert (
        face.main(["--home", str(store.home), "issue", "没有", "summary_decision", "-o", str(out)])
        == 1
    )
    assert face.main(["--home", str(store.home), "issue", made.number, "x", "-o", str(out)]) == 1
    missing = str(tmp_path / "无" / "x.pdf")
    assert face.main([*words[:-1], missing]) == 3


@pytest.mark.parametrize("brackets", ["[]", "［］", "（）", "()", "【】"])
def test_a_case_is_found_by_its_number_in_any_brackets(
    store: Store, made: summary.Decided, brackets: str
) -> None:
    typed = made.number.replace("〔", brackets[0]).replace("〕", brackets[1])
    assert typed != made.number
    assert cases.case_number(store, typed) == made.case_id
    assert cases.case_number(store, typed.replace("第00", "第")) == made.case_id
    assert cases.case_number(store, typed.replace("第", "第9")) is None
    wanted = cases.CaseFilter(words=typed)
    assert cases.case_ids(store, wanted, today=TODAY) == [made.case_id]


# questions


def test_the_page_of_a_case_shows_its_arithmetic_and_its_steps(
    store: Store, made: summary.Decided
) -> None:
    page = case_page.page(store, made.case_id, today=TODAY)
    assert page is not None
    clocks = {one.title: one for one in page.clocks}
    paying, recording = clocks["缴纳罚款"], clocks["报本机关备案"]
    assert paying.due is not None
    assert (paying.due.due_on, paying.days_left(TODAY)) == (date(2026, 9, 18), 15)
    assert any("当日不计" in one for one in paying.due.why)
    assert recording.due is not None
    assert recording.due.due_on == date(2026, 9, 7), "two working days, the office's own number"
    remedy = clocks["申请行政复议（当事人）"].due
    assert remedy is not None
    assert remedy.due_on == date(2026, 11, 2)
    steps = {one.key: one for one in page.steps}
    assert steps["pay"].allowed
    assert not steps["close"].allowed
    assert "第五十三条" in steps["close"].reason
    assert steps["hand_in"].reason
    assert page.defence == "明确放弃陈述、申辩"
    assert [one.label for one in page.events][:2] == ["发现", "调查取证"]
    assert page.papers[0].number == made.number


def test_due_today_is_not_overdue_and_the_day_after_is(store: Store, made: summary.Decided) -> None:
    def standing(day: date) -> Standing:
        return cases.case_rows(store, [made.case_id], today=day)[0].standing

    assert standing(date(2026, 9, 18)) is Standing.UNPAID
    assert standing(date(2026, 9, 19)) is Standing.OVERDUE
    pay(store, made)
    assert standing(TODAY) is Standing.TO_REPORT
    report(store, made)
    assert standing(TODAY) is Standing.TO_CLOSE
    close(store, made)
    assert standing(TODAY) is Standing.CLOSED


def test_the_office_without_days_for_the_record_gets_no_invented_clock(
    store: Store, office: Office
) -> None:
    from enforcer.models import Organ

    with store.unit(actor="测试") as session:
        organ = session.get(Organ, office.organ)
        assert organ is not None
        organ.report_days = None
        session.add(organ)
    made = decide(store, a_form(office))
    page = case_page.page(store, made.case_id, today=TODAY)
    assert page is not None
    clock = next(one for one in page.clocks if one.title == "报本机关备案")
    assert clock.due is None
    assert "待机关确认" in clock.say


def test_every_standing_is_found_by_the_filter_that_names_it(
    store: Store, office: Office, made: summary.Decided
) -> None:
    other = decide(
        store, a_form(office, party_name="王某", id_kind="passport", party_id_number="E12345678")
    )
    revoke(store, other)
    spot = on_the_spot(
        store, office, party_name="赵某", id_kind="passport", party_id_number="E7654321"
    )
    report(store, spot)
    for day in (TODAY, date(2026, 9, 19)):
        for one in cases.case_rows(store, cases.case_ids(store, today=day), today=day):
            found = cases.case_ids(store, CaseFilter(standing=one.standing), today=day)
            assert one.id in found
        everywhere = [
            id_
            for standing in Standing
            for id_ in cases.case_ids(store, CaseFilter(standing=standing), today=day)
        ]
        assert sorted(everywhere) == sorted(cases.case_ids(store, today=day)), "each in one only"
    counts = cases.counts(store, today=date(2026, 9, 19))
    assert (counts.summary_this_year, counts.unpaid, counts.overdue) == (3, 1, 1)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (CaseFilter(words="李国强"), 1),
        (CaseFilter(words="第001号"), 1),
        (CaseFilter(words="桃林路 周敏"), 1),
        (CaseFilter(words="100%"), 0),
        (CaseFilter(procedure=Procedure.ORDINARY), 0),
        (CaseFilter(item_key="road_occupation"), 1),
        (CaseFilter(from_on=date(2026, 9, 3), to_on=date(2026, 9, 3)), 1),
        (CaseFilter(from_on=date(2026, 9, 4)), 0),
        (CaseFilter(officer="何志远"), 1),
        (CaseFilter(officer="何"), 0),
    ],
)
def test_the_list_narrows_by_what_is_asked(
    store: Store, made: summary.Decided, asked: CaseFilter, found: int
) -> None:
    assert len(cases.case_ids(store, asked, today=TODAY)) == found
    assert made.case_id


@pytest.mark.parametrize("sort", list(CaseSort))
def test_the_list_sorts_by_each_column_both_ways(
    store: Store, office: Office, made: summary.Decided, sort: CaseSort
) -> None:
    later = NOW + timedelta(days=1)
    decide(
        store,
        a_form(
            office,
            party_name="王某",
            id_kind="passport",
            party_id_number="E12345678",
            fine_yuan="20",
            acted_at=later,
            place="甲路",
        ),
        later,
    )
    up = cases.case_ids(store, today=later.date(), sort=sort, descending=False)
    down = cases.case_ids(store, today=later.date(), sort=sort, descending=True)
    assert len(up) == len(down) == 2
    if sort not in (CaseSort.CAUSE, CaseSort.STAGE):
        assert up == down[::-1]


def test_moments_near_midnight_belong_to_the_day_in_china(store: Store, office: Office) -> None:
    now = datetime(2026, 9, 3, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(ZoneInfo("UTC"))
    made = summary.decide_on_the_spot(
        store,
        a_form(office, acted_at=now - timedelta(minutes=10)),
        today=date(2026, 9, 3),
        now=now,
        actor="周敏",
    )
    row = cases.case_rows(store, [made.case_id], today=date(2026, 9, 3))[0]
    assert (row.acted_on, row.decided_on) == (date(2026, 9, 3), date(2026, 9, 3))
