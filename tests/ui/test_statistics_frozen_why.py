"""Why a frozen report counts differently today, in plain words: one line for each cause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook
from sqlmodel import select

from enforcer.models import CaseEvent, Decision, Lead, Payment, StepTrace
from enforcer.operations.lead_forms import LeadForm
from enforcer.operations.leads import register_lead
from enforcer.operations.ledgers import (
    LedgerForm,
    UndoImportForm,
    import_ledger,
    undo_import,
)
from enforcer.operations.notice_forms import OutcomeForm, VoidNoticeForm
from enforcer.operations.notices import set_outcome, void_notices
from enforcer.operations.parties import GuidanceForm, save_guidance
from enforcer.operations.reports import FreezeReportForm, freeze_report
from enforcer.operations.summary import RevokeForm, revoke_decision
from enforcer.queries import frozen_reports
from enforcer.store.database import Store
from enforcer.terms import GuidanceKind, NoticeOutcome
from enforcer.terms import PenaltyKind as K
from tests.factories import Office, an_office
from tests.queries.statistics_rows_made import a_decision, a_notice, a_payment, an_education
from ui.statistics.frozen import differences, told

AT = datetime(2026, 10, 8, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = AT + timedelta(days=3)
DAY = LATER.date()
DEED: dict[str, Any] = {"today": DAY, "now": LATER, "actor": "马建国"}
Cause = Callable[["Desk"], object]


class Desk:
    """A home with a frozen quarter, and a folder for workbooks."""

    def __init__(self, store: Store, folder: Path, office: Office) -> None:
        self.store, self.folder, self.office = store, folder, office

    def taken(self, *rows: list[Any]) -> int:
        """A ledger of notices imported."""
        book = Workbook()
        assert book.active
        for row in (["编号", "号牌号码", "告知时间", "地点"], *rows):
            book.active.append(row)
        path = self.folder / "旧台账.xlsx"
        book.save(path)
        form = LedgerForm(path=path, kind="notices")
        return import_ledger(self.store, form, **DEED).import_id or 0

    def write(self, operation: str, change: Callable[[Any], object]) -> None:
        with self.store.unit(actor="马建国", operation=operation) as session:
            change(session)


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    made = Desk(store, tmp_path, an_office(store))
    with store.unit(actor="测试", operation="test") as session:
        decision = a_decision(session, date(2026, 8, 5), (K.WARNING, K.FINE), 10_000)
        a_payment(session, decision, date(2026, 8, 6), 10_000)
        a_notice(session, date(2026, 7, 3), "湘J8K216")
        an_education(session, date(2026, 7, 4), GuidanceKind.PERSUASION)
    return made


def freeze(desk: Desk) -> int:
    form = FreezeReportForm(first=date(2026, 7, 1), last=date(2026, 9, 30))
    return freeze_report(desk.store, form, today=AT.date(), now=AT, actor="林晓")


def why(desk: Desk, key: int) -> dict[str, str]:
    """Each figure that moved, with the words beside its first row."""
    comparison = frozen_reports.compare(desk.store, key)
    assert comparison
    found: dict[str, str] = {}
    for line in differences(comparison):
        if line.change is not None:
            words = "；".join(told(one) for one in line.change.deeds)
            found.setdefault(line.figure.key, f"{line.change.how} {words}")
    return found


def entered(desk: Desk) -> None:
    given = {"occurred_on": "2026-07-09", "kind": "persuasion", "quantity": 2}
    save_guidance(desk.store, GuidanceForm.model_validate(given), **DEED)


def backfilled(desk: Desk) -> None:
    received = datetime(2026, 7, 9, 9, tzinfo=AT.tzinfo)
    given = {"source": "patrol", "received_at": received, "content": "占道", "backfilled": True}
    by = desk.office.officers[0]
    register_lead(desk.store, LeadForm.model_validate(given | {"by_id": by}), **DEED)


def imported(desk: Desk) -> None:
    desk.taken(["旧9号", "湘J00009", "2026-08-01", "柳叶大道"])


def voided(desk: Desk) -> None:
    void_notices(desk.store, VoidNoticeForm(notice_ids=(1,), reason="号牌认错"), **DEED)


def outcome(desk: Desk) -> None:
    set_outcome(desk.store, OutcomeForm(notice_ids=(1,), outcome=NoticeOutcome.MOVED_OFF), **DEED)


def revoked(desk: Desk) -> None:
    form = RevokeForm(case_id=1, revoked_on=DAY, reason="主要事实不清")
    revoke_decision(desk.store, form, **DEED)


def reconsidered(desk: Desk) -> None:
    def change(session: Any) -> None:
        row = session.get(Decision, 1)
        row.revoked_on, row.revocation_reason = DAY, "复议决定撤销"
        session.add(row)

    desk.write("conclude_remedy", change)


def education_corrected(desk: Desk) -> None:
    given = {"id": 1, "occurred_on": "2026-07-04", "kind": "persuasion", "quantity": 5}
    save_guidance(desk.store, GuidanceForm.model_validate(given), **DEED)


def amount_corrected(desk: Desk) -> None:
    def change(session: Any) -> None:
        row = session.get(Payment, 1)
        row.amount_fen = 5_000
        session.add(row)

    desk.write("correct_payment", change)


def slip(desk: Desk) -> None:
    def change(session: Any) -> None:
        event = CaseEvent(case_id=1, step="paid", happened_on=DAY, recorded_at=LATER, actor="周敏")
        session.add(event)
        session.flush()
        row = session.get(Payment, 1)
        row.taken_back_at = LATER
        session.add(row)
        session.add(
            StepTrace(
                case_id=1, first_event_id=event.id or 0, last_event_id=event.id or 0, actor="周敏",
                taken_back_at=LATER, taken_back_by="周敏", reason="记到了别的案件上",
            )
        )  # fmt: skip

    desk.write("take_back_step", change)


def lead_voided(desk: Desk) -> None:
    def change(session: Any) -> None:
        row = session.exec(select(Lead)).one()
        row.voided_on, row.void_reason = DAY, "重复登记"
        session.add(row)

    desk.write("void_lead", change)


CAUSES: list[tuple[Cause, str, str]] = [
    (entered, "guidance.by_kind.persuasion", "added 2026-09-03 10:12 马建国 登记宣传教育"),
    (backfilled, "course.leads", "added 2026-09-03 10:12 马建国 补录（登记线索）"),
    (imported, "guidance.notices", "added 2026-09-03 10:12 马建国 导入台账（补录）：“旧台账.xlsx”"),
    (voided, "guidance.notices", "gone 2026-09-03 10:12 马建国 作废温馨告知书：号牌认错，状态由“已签发”改为“作废”"),
    (outcome, "guidance.moved_off", "added 2026-09-03 10:12 马建国 登记处置结果：处置结果由空白改为“已驶离”"),
    (revoked, "penalties.revoked", "added 2026-09-03 10:12 马建国 撤销决定：主要事实不清，撤销日期由空白改为2026-10-11"),
    (reconsidered, "penalties.revoked", "马建国 复议、诉讼结果：复议决定撤销，撤销日期由空白改为2026-10-11"),
    (education_corrected, "guidance.by_kind.persuasion", "altered 2026-09-03 10:12 马建国 更正（登记宣传教育）：数量由1改为5"),
    (amount_corrected, "payment.paid", "altered 2026-09-03 10:12 马建国 改动：缴款金额由100.00元改为50.00元"),
    (slip, "payment.paid", "gone 2026-09-03 10:12 马建国 撤回上一步：记到了别的案件上"),
]  # fmt: skip


@pytest.mark.parametrize(("cause", "figure", "words"), CAUSES)
def test_each_cause_is_told_in_plain_words(
    desk: Desk, cause: Cause, figure: str, words: str
) -> None:
    key = freeze(desk)
    assert why(desk, key) == {}
    cause(desk)
    assert words in why(desk, key)[figure]


def test_an_import_before_the_span_that_was_undone_tells_why_a_vehicle_is_no_repeat(
    desk: Desk,
) -> None:
    import_id = desk.taken(["旧1号", "湘J8K216", "2026-05-01", "柳叶大道"])
    key = freeze(desk)
    form = UndoImportForm(import_id=import_id, reason="选错了文件")
    undo_import(desk.store, form, **DEED)
    assert why(desk, key) == {
        "guidance.repeat_vehicles": "gone 2026-09-03 10:12 马建国 "
        "撤销导入：“旧台账.xlsx”，选错了文件"
    }


def test_a_row_that_has_the_number_of_one_taken_back_tells_its_own_story(desk: Desk) -> None:
    import_id = desk.taken(["旧1号", "湘J00001", "2026-05-01", "柳叶大道"])
    key = freeze(desk)
    form = UndoImportForm(import_id=import_id, reason="选错了文件")
    undo_import(desk.store, form, **DEED)
    imported(desk)
    assert why(desk, key)["guidance.notices"] == (
        "added 2026-09-03 10:12 马建国 导入台账（补录）：“旧台账.xlsx”"
    )


def test_a_lead_made_void_is_told(desk: Desk) -> None:
    backfilled(desk)
    key = freeze(desk)
    lead_voided(desk)
    assert "重复登记，作废日期由空白改为2026-10-11" in why(desk, key)["course.leads"]
