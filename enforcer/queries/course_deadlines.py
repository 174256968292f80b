"""The clocks of an ordinary case with their arithmetic: what runs, until when, what met it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from enforcer.law import course_clocks, deadlines
from enforcer.law.deadlines import Due
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.queries.case_clocks import Clock
from enforcer.terms import CaseStep, Stage


def clocks_of(facts: CaseFacts) -> tuple[Clock, ...]:
    """Every period that has begun; what runs first, then what was met, each by its last day."""
    found = [
        *_lead(facts),
        *_before(facts),
        *_notice(facts),
        *_things(facts),
        *_transfers(facts),
        *_after(facts),
    ]
    far = date.max
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.done_on is not None,
                not one.tracked,
                one.due.due_on if one.due else far,
            ),
        )
    )


def _clock(title: str, due: Due, done: date | None = None, *, tracked: bool = True) -> Clock:
    return Clock(title, due, done, "", due.cite, tracked=tracked)


def _lead(facts: CaseFacts) -> Iterator[Clock]:
    lead = facts.lead
    if lead is None or not lead.expects_reply or lead.reply_due_on is None:
        return
    start = lead.received_on or facts.today
    due = Due(
        rule="reply",
        title="答复反映人",
        from_on=start,
        due_on=lead.reply_due_on,
        nominal_on=lead.reply_due_on,
        counting="calendar",
        rolls=False,
        cite="本机关内部规定",
        why=(f"登记线索时确定的答复期限：{lead.reply_due_on}。",),
        provisional=False,
    )
    yield _clock("答复反映人", due, lead.replied_on)


def _before(facts: CaseFacts) -> Iterator[Clock]:
    due = course_clocks.decision_due(facts)
    if due is None:
        return
    done = facts.decision.on if facts.decision else facts.first(CaseStep.DISMISSED)
    yield _clock("作出处罚决定", due, done)


def _notice(facts: CaseFacts) -> Iterator[Clock]:
    for notice in facts.notices[-1:]:
        said = next((one.on for one in facts.defences if one.notice_id == notice.id), None)
        if due := course_clocks.defence_due(facts, notice):
            yield _clock("陈述、申辩（当事人）", due, said, tracked=False)
        asked = next((one.requested_on for one in facts.hearings), None)
        if due := course_clocks.hearing_due(facts, notice):
            yield _clock("要求听证（当事人）", due, asked, tracked=False)
    for one in facts.hearings:
        if one.hearing_on is not None and one.withdrawn_on is None:
            due = course_clocks.latest_to_notify(facts, one.hearing_on)
            served = facts.served_on(CaseStep.HEARING_NOTICED, one.id)
            yield _clock("听证通知送达", due, served)


def _things(facts: CaseFacts) -> Iterator[Clock]:
    for one in facts.preservations:
        due = deadlines.due("preservation_disposal", one.on, calendar=facts.calendar)
        yield _clock("处理登记保存的物品", due, one.disposed_on)
    for held in facts.seizures:
        found = deadlines.due("seizure", held.on, calendar=facts.calendar)
        last = course_clocks.seizure_end(held, facts)
        why = found.why if last == found.due_on else (*found.why, f"延长或者扣除检验后到 {last}。")
        moved = Due(
            rule=found.rule,
            title=found.title,
            from_on=found.from_on,
            due_on=last,
            nominal_on=found.nominal_on,
            counting=found.counting,
            rolls=found.rolls,
            cite=found.cite,
            why=why,
            provisional=found.provisional,
        )
        yield _clock(f"{held.kind.label}期限", moved, held.released_on)
    for order in facts.corrections:
        if order.due_on is None:
            continue
        due = Due(
            rule="correction",
            title="责令改正",
            from_on=order.on,
            due_on=order.due_on,
            nominal_on=order.due_on,
            counting="calendar",
            rolls=False,
            cite="行政处罚法（2021）第二十八条第一款",
            why=(f"{order.on} 责令改正，限期到 {order.due_on}；期满复查。",),
            provisional=False,
        )
        yield _clock("责令改正（期满复查）", due, order.rechecked_on, tracked=False)


def _transfers(facts: CaseFacts) -> Iterator[Clock]:
    for one in facts.transfers:
        due = deadlines.due("crime_transfer_decision", one.on, calendar=facts.calendar)
        yield _clock("决定是否移送", due, one.decided_on)


def _after(facts: CaseFacts) -> Iterator[Clock]:
    decision = facts.decision
    if decision is None or decision.revoked_on is not None:
        return
    served = decision.served_on
    due = deadlines.due("decision_service", decision.on, calendar=facts.calendar)
    yield _clock("送达决定书", due, served)
    if served is None:
        return
    yield from _money(facts, served)
    for rule, title in (("reconsideration", "申请行政复议"), ("litigation", "提起行政诉讼")):
        due = deadlines.due(rule, served, calendar=facts.calendar)
        yield _clock(f"{title}（当事人）", due, tracked=False)


def _money(facts: CaseFacts, served: date) -> Iterator[Clock]:
    decision = facts.decision
    if decision is None or not decision.fine_fen:
        return
    paid = None if course_clocks.open_fen(facts) else facts.last(CaseStep.PAID)
    if facts.deferrals:
        last = facts.deferrals[-1].parts[-1].due_on
        due = Due(
            rule="deferral",
            title="缴纳罚款（延期、分期）",
            from_on=facts.deferrals[-1].on,
            due_on=last,
            nominal_on=last,
            counting="calendar",
            rolls=False,
            cite="行政处罚法（2021）第六十六条第二款",
            why=(f"{facts.deferrals[-1].on} 批准延期、分期，最后一期到 {last}。",),
            provisional=False,
        )
    else:
        due = deadlines.due("payment", served, calendar=facts.calendar)
    yield _clock("缴纳罚款", due, paid)
    for urging in facts.urgings[-1:]:
        told = facts.served_on(CaseStep.URGED, urging.id)
        if told is not None and paid is None:
            yield _clock("催告期", deadlines.due("urging", told, calendar=facts.calendar), paid)
    if paid is None and facts.stage is not Stage.CLOSED and facts.urgings:
        until = course_clocks.court_until_on(facts)
        if until is not None:
            applied = facts.applications[-1].on if facts.applications else None
            yield _clock("申请法院强制执行", until, applied)
