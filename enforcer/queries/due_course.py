"""What 今日 shows of open ordinary cases until the decision: clocks, whom they wait for, what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from enforcer.law import course_clocks, deadlines
from enforcer.law.deadlines import Due
from enforcer.queries.due_course_facts import Correction, Hearing, Notice, Seizure, Standing
from enforcer.queries.due_course_load import open_cases
from enforcer.queries.due_rows import DueRow, Look, Matter, Pressing
from enforcer.terms import CaseStep, Stage

DECISION_DAYS = 30
ARTICLE_27 = "行政处罚法（2021）第二十七条"
ARTICLE_28 = "行政处罚法（2021）第二十八条第一款"
ARTICLE_43 = "行政处罚法（2021）第四十三条"
ARTICLE_44 = "行政处罚法（2021）第四十四条"
ARTICLE_45 = "行政处罚法（2021）第四十五条第一款"
ARTICLE_47 = "行政处罚法（2021）第四十七条"
ARTICLE_54 = "行政处罚法（2021）第五十四条第二款"
ARTICLE_60 = "行政处罚法（2021）第六十条"
ARTICLE_64 = "行政处罚法（2021）第六十四条"
ARTICLE_65 = "行政处罚法（2021）第六十五条"
PARTY = "等当事人"
Part = Callable[[Standing, Matter, Look], Iterator[DueRow]]


def course_rows(look: Look, forgotten_after: int) -> Iterator[DueRow]:
    """Everything that is due, late, waiting or forgotten in open ordinary cases."""
    cases = open_cases(look)
    yield from _signing(cases, look, forgotten_after)
    for one in cases:
        yield from _of_case(one, look, forgotten_after)


def matter_of(one: Standing) -> Matter:
    """The case a row is about."""
    return Matter("case", one.case_id, one.matter, one.handled_by)


def _of_case(one: Standing, look: Look, forgotten_after: int) -> Iterator[DueRow]:
    parts = _AFTER if one.stage is Stage.DECIDED else _BEFORE
    if one.stage is Stage.DECIDED:
        from enforcer.queries.due_course_after import after_rows

        parts = (*parts, after_rows)
    matter = matter_of(one)
    rows = [row for part in parts for row in part(one, matter, look)]
    yield from rows
    yield from _forgotten(one, matter, rows, look, forgotten_after)


def _signing(cases: Sequence[Standing], look: Look, forgotten_after: int) -> Iterator[DueRow]:
    if any(one.sign_offs for one in cases):
        from enforcer.queries.due_signing import signing_rows

        yield from signing_rows(cases, look, forgotten_after)


def _decision(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """Ninety days from filing, unless a suspension runs (第六十条)."""
    if one.stage is not Stage.FILED:
        return
    if one.filed_on is None:
        say = "没有立案日期，算不出九十日的办案期限，请补登。"
        yield matter.open("filing", "补登立案日期", ARTICLE_54, say)
        return
    due = course_clocks.decision_due(one)
    assert due
    running = course_clocks.suspended(one)
    if running is None:
        within = max(look.soon_days, DECISION_DAYS)
        yield from matter.until(look, "decision", "作出处罚决定", due, within=within)
        return
    days = course_clocks.real_days(running, look.today)
    yield matter.open(
        "suspended",
        "案件中止，原因消除后恢复办案",
        ARTICLE_60,
        f"自 {running.first} 起中止（{running.rule}），到 {look.today} 已 {days} 日。",
        *due.why,
        pressing=Pressing.WAITING,
    )


def _things(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """Things preserved, sealed up or impounded (第五十六条; 行政强制法 第二十五条)."""
    for held in one.preservations:
        due = deadlines.due("preservation_disposal", held.on, calendar=look.days)
        yield from matter.until(look, f"preserved-{held.id}", "处理先行登记保存的物品", due)
    for taken in one.seizures:
        what = f"{taken.kind.label}期限届满前解除或者处理"
        due = seizure_due(one, taken)
        yield from matter.until(look, f"seized-{taken.id}", what, due)


def seizure_due(one: Standing, taken: Seizure) -> Due:
    """The last day of a seizure as it stands, extended or not, with the days of tests left out."""
    due = deadlines.due("seizure", taken.on, calendar=one.calendar)
    tested = course_clocks.tested_days(taken)
    last = course_clocks.seizure_end(taken, one)
    more = []
    if taken.extended_on is not None:
        more.append(f"{taken.extended_on} 经批准延长到 {taken.until_on}。")
    elif taken.until_on != due.due_on:
        more.append(f"决定书写明到 {taken.until_on} 为止。")
    if tested:
        more.append(f"书面告知过的检验、鉴定 {tested} 日不计入，顺延到 {last}。")
    return replace(due, due_on=last, why=(*due.why, *more))


def _corrections(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """Orders to correct that nobody has looked at again (第二十八条第一款)."""
    for order in one.corrections:
        yield from _correction(order, matter, look)


def _correction(order: Correction, matter: Matter, look: Look) -> Iterator[DueRow]:
    key, what = f"correction-{order.id}", "复查改正情况"
    if order.due_on is None:
        say = f"{order.on} 责令立即改正，还没有复查，请复查后登记。"
        yield matter.open(key, what, ARTICLE_28, say)
        return
    due = Due(
        rule="correction",
        title="责令限期改正",
        from_on=order.on,
        due_on=order.due_on,
        nominal_on=order.due_on,
        counting="calendar",
        rolls=False,
        cite=ARTICLE_28,
        why=(f"{order.on} 责令限期改正，改正期限由通知书写明，到 {order.due_on}；期满复查。",),
        provisional=False,
    )
    yield from matter.until(look, key, what, due)


def _recusals(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """The head decides; until then the officer goes on (第四十三条)."""
    for asked in one.recusals:
        days = (look.today - asked.asked_on).days
        yield matter.open(
            f"recusal-{asked.id}",
            f"决定{asked.officer}是否回避",
            ARTICLE_43,
            f"{asked.asked_on} 申请{asked.officer}回避，已 {days} 日；决定作出之前，不停止调查。",
            whom="等负责人决定",
            pressing=Pressing.WAITING,
        )


def _notice(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """The last prior notice: its service, the party's days to answer and to ask for a hearing."""
    if not one.notices or one.stage is not Stage.FILED:
        return
    notice = one.notices[-1]
    said = [each for each in one.defences if each.notice_id == notice.id]
    if one.served_on(CaseStep.ANNOUNCED, notice.id) is None and not said:
        say = f"{notice.on} 作出告知书，还没有送达；陈述、申辩和听证的期限从送达起算。"
        yield matter.open(f"notice-{notice.id}", "送达事先告知书", ARTICLE_44, say)
    yield from _running(one, notice, matter, look)
    for each in one.defences:
        if each.reviewed_on is None and not each.waived:
            say = f"{each.on} 当事人陈述、申辩，应当复核其提出的事实、理由和证据。"
            yield matter.open(f"defence-{each.notice_id}", "复核陈述、申辩", ARTICLE_45, say)


def _running(one: Standing, notice: Notice, matter: Matter, look: Look) -> Iterator[DueRow]:
    said = [each for each in one.defences if each.notice_id == notice.id]
    due = course_clocks.defence_due(one, notice)
    if due is not None and not said:
        whom = f"{PARTY}陈述、申辩"
        yield from matter.waiting(look, f"defence-{notice.id}", "陈述、申辩期间", whom, due)
    due = course_clocks.hearing_due(one, notice)
    asked = any(each.notice_id == notice.id for each in one.hearings)
    if due is not None and not asked and not any(each.hearing_waived for each in said):
        whom = f"{PARTY}要求听证"
        yield from matter.waiting(look, f"hearing-window-{notice.id}", "要求听证期间", whom, due)


def _hearings(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """A hearing that was asked for: its notice, its day, its report (第六十四、六十五条)."""
    if one.stage is not Stage.FILED:
        return
    for each in one.hearings:
        if each.withdrawn_on is None and each.reported_on is None:
            yield from _hearing(one, each, matter, look)


def _hearing(one: Standing, each: Hearing, matter: Matter, look: Look) -> Iterator[DueRow]:
    key = f"hearing-{each.id}"
    if each.hearing_on is None:
        say = f"{each.requested_on} 当事人要求听证，应当确定时间、地点，在听证七个工作日前通知。"
        yield matter.open(key, "通知听证", f"{ARTICLE_64}第二项", say)
    elif each.held_on is not None:
        say = f"{each.held_on} 听证结束，应当制作笔录，由主持人提出报告。"
        whom = f"等主持人{each.chair}"
        yield matter.open(key, "提出听证报告", ARTICLE_65, say, whom=whom)
    else:
        if one.served_on(CaseStep.HEARING_NOTICED, each.id) is None:
            due = course_clocks.latest_to_notify(one, each.hearing_on)
            yield from matter.until(look, f"{key}-notice", "送达听证通知书", due)
        due = Due(
            rule="hearing",
            title="举行听证",
            from_on=each.noticed_on or each.requested_on,
            due_on=each.hearing_on,
            nominal_on=each.hearing_on,
            counting="calendar",
            rolls=False,
            cite=ARTICLE_64,
            why=(
                f"听证定于 {each.hearing_on} 在{each.place or '通知的地点'}举行，听证后登记笔录。",
            ),
            provisional=False,
        )
        yield from matter.until(look, key, "举行听证", due)


def _transfers(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """移送司法机关: three days to decide, twenty-four hours to hand over."""
    for each in one.transfers[-1:]:
        key = f"transfer-{each.id}"
        if each.decided_on is None:
            due = deadlines.due("crime_transfer_decision", each.on, calendar=look.days)
            whom = "等负责人决定"
            yield from matter.until(look, key, "决定是否移送公安机关", due, whom=whom)
        elif each.approved and each.transferred_on is None:
            start = each.decided_at or each.decided_on
            due = deadlines.due("crime_transfer", start, calendar=look.days)
            yield from matter.until(look, key, "向公安机关移送", due)
        elif each.approved and each.answered_on is None:
            say = f"{each.transferred_on} 已经移送，等公安机关决定是否立案。"
            waiting = Pressing.WAITING
            yield matter.open(
                key, "公安机关答复", ARTICLE_27, say, whom="等公安机关", pressing=waiting
            )


def _forgotten(
    one: Standing, matter: Matter, rows: Sequence[DueRow], look: Look, after: int
) -> Iterator[DueRow]:
    """An open case in which nothing has been done for long, and that waits for nobody outside."""
    last = max((each for each in (one.last_on, one.filed_on) if each), default=None)
    urgent = {Pressing.LATE, Pressing.TODAY, Pressing.SOON, Pressing.WAITING}
    waits = any(row.pressing in urgent for row in rows)
    unsigned = one.stage is Stage.LEAD and bool(one.sign_offs)
    if last is None or waits or unsigned or (look.today - last).days <= after:
        return
    steps = {each.value: each.label for each in CaseStep}
    done = f"“{steps.get(one.last_step, one.last_step)}”" if one.last_step else "立案"
    days = (look.today - last).days
    yield matter.open(
        "forgotten",
        f"{days} 日没有办理",
        ARTICLE_60 if one.stage is Stage.FILED else ARTICLE_47,
        f"上一步是 {last} 的{done}，此后 {days} 日没有登记任何步骤，也不在等别人。",
        f"超过 {after} 日没有动静的列在这里，天数在“设置—待确认事项”里填写。",
        pressing=Pressing.FORGOTTEN,
    )


_BEFORE: tuple[Part, ...] = (
    _decision,
    _things,
    _corrections,
    _recusals,
    _notice,
    _hearings,
    _transfers,
)
_AFTER: tuple[Part, ...] = (_things, _corrections)
