"""How the page of a case reads: its course, its facts, its clocks, its money."""

from __future__ import annotations

from datetime import date
from typing import Any

from enforcer import money
from enforcer.queries.case_clocks import Clock
from enforcer.queries.case_page import CasePage, PaymentRow
from enforcer.terms import CaseStep, Origin, PaymentMode
from ui.widgets.moments import show_day, show_moment
from ui.widgets.stages import StageRow, StageState

COURSE = (
    CaseStep.DISCOVERED,
    CaseStep.EVIDENCE,
    CaseStep.TOLD,
    CaseStep.DECIDED,
    CaseStep.SERVED,
    CaseStep.PAID,
    CaseStep.REPORTED,
    CaseStep.CLOSED,
)


def stages(page: CasePage) -> list[StageRow]:
    """The course as a list with ticks: what is done with its day, what comes next in blue."""
    done: dict[str, Any] = {}
    for one in page.events:
        done[one.step] = one
    if page.row.origin is Origin.BACKFILLED:
        return _from_ledger(page)
    wanted = [one for one in COURSE if one is not CaseStep.PAID or page.row.fine_fen]
    found, now_given = [], False
    for step in wanted:
        event = done.get(step.value)
        if event is not None:
            found.append(
                StageRow(step.value, step.label, StageState.DONE, show_day(event.happened_on))
            )
        elif page.row.revoked_on:
            continue
        elif not now_given:
            found.append(StageRow(step.value, step.label, StageState.NOW, "待办"))
            now_given = True
        else:
            found.append(StageRow(step.value, step.label, StageState.NEXT))
    if (revoked := done.get(CaseStep.REVOKED.value)) is not None:
        day = show_day(revoked.happened_on)
        found.append(StageRow("revoked", CaseStep.REVOKED.label, StageState.DONE, day))
    return found


def _from_ledger(page: CasePage) -> list[StageRow]:
    """What an older ledger tells of the course: the days of the act, decision and closing."""
    row = page.row
    days = (
        (CaseStep.DISCOVERED, row.acted_on),
        (CaseStep.DECIDED, row.decided_on),
        (CaseStep.PAID, page.money.last_paid_on),
        (CaseStep.CLOSED, row.closed_on),
    )
    return [
        StageRow(step.value, step.label, StageState.DONE if day else StageState.NEXT, show_day(day))
        for step, day in days
        if day or step is CaseStep.CLOSED
    ]


def facts(page: CasePage) -> list[tuple[str, str]]:
    row = page.row
    fine = f"{row.penalty}"
    if row.fine_fen:
        fine += f"　{money.chinese(row.fine_fen)}（{money.figure(row.fine_fen)}）"
    rows = [
        ("当事人", f"{row.party_name}（{row.party_kind.label}）　{page.party_id_number}"),
        ("违法行为", page.act or row.cause),
        ("时间、地点", f"{show_moment(page.acted_at)}　{row.place}"),
        ("车辆号牌", row.plate),
        ("证据", page.evidence),
        ("违则", page.breached),
        ("罚则", page.sanctioned_by),
        ("陈述、申辩", page.defence),
        ("处罚", fine),
        ("裁量", f"{row.discretion.label}　{page.discretion_reason}" if row.discretion else ""),
        ("责令改正", page.correction),
        ("拒绝签收", page.refusal),
        ("执法记录仪", page.recorders),
        ("机关", page.organ_name),
        ("来源", f"温馨告知书 {page.notice_number}" if page.notice_number else ""),
    ]
    rows += [("说明", f"{one.get('say', '')}——{one.get('reason', '')}") for one in page.settled]
    return [(name, said.strip()) for name, said in rows if said.strip()]


def clock_words(one: Clock, today: date) -> tuple[str, str, str]:
    if one.due is None:
        return (
            ("ok", "ok", f"已于 {one.done_on} 办理")
            if one.done_on
            else ("warn", "warn", "待机关确认")
        )
    provisional = "（暂定）" if one.due.provisional else ""
    if one.done_on is not None:
        late = one.late(today)
        words = f"{one.due.due_on} 前，已于 {one.done_on} 办理{'，逾期' if late else ''}"
        return ("warn", "bad", words) if late else ("ok", "ok", words)
    left = (one.due.due_on - today).days
    if not one.tracked:
        return "clock", "quiet", f"到 {one.due.due_on}{provisional}"
    if left < 0:
        return "warn", "bad", f"到 {one.due.due_on}{provisional}，已逾期 {-left} 日"
    said = "今天到期" if left == 0 else f"还有 {left} 日"
    return "clock", "warn" if left <= 2 else "quiet", f"到 {one.due.due_on}{provisional}，{said}"


def payment_said(one: PaymentRow) -> str:
    words = f"{one.paid_on}　{money.figure(one.amount_fen)}"
    if one.additional_fen:
        words += f"　加处 {money.figure(one.additional_fen)}"
    words += "　银行缴纳" if one.mode is PaymentMode.BANK else "　当场收缴"
    if one.receipt_number:
        words += f"　票据 {one.receipt_number}"
    if one.mode is not PaymentMode.BANK:
        words += f"　交机关 {show_day(one.to_organ_on) or '待登记'}"
        words += f"　缴银行 {show_day(one.to_bank_on) or '待登记'}"
    return words


def no_paper(page: CasePage) -> str:
    backfilled = page.row.origin is Origin.BACKFILLED
    return "补录的案件只有台账，没有本程序签发的文书。" if backfilled else "还没有签发文书。"
