"""What 今日 shows of ordinary cases after the decision: service, money, remedies, the court, closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from enforcer import money
from enforcer.course_terms import CourtAnswer, RemedyKind
from enforcer.law import course_clocks, deadlines
from enforcer.law.deadlines import Due
from enforcer.queries.due_course_facts import Decision, Remedy, Standing
from enforcer.queries.due_rows import DueRow, Look, Matter, Pressing
from enforcer.terms import CaseStep

COURT_DAYS = 30
ARTICLE_47 = "行政处罚法（2021）第四十七条"
ARTICLE_66 = "行政处罚法（2021）第六十六条第二款"
ARTICLE_72 = "行政处罚法（2021）第七十二条第一款第一项"
ARTICLE_73 = "行政处罚法（2021）第七十三条"
URGING = "行政强制法第五十四条"
COURT = "行政强制法第五十六条"


def after_rows(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """What a decided case waits for, and that it can be closed once it waits for nothing."""
    decision = one.decision
    if decision is None:
        return
    rows = []
    if decision.revoked_on is None:
        rows = [*_service(decision, matter, look), *_remedies(one, matter, look)]
        if decision.served_on is not None and decision.served_on <= look.today:
            rows += [*_money(one, decision, matter, look), *_court(one, matter, look)]
    yield from rows
    held = one.preservations or one.seizures or one.closing
    if not rows and not held and (not course_clocks.open_fen(one) or _ended(one)):
        yield _closable(one, decision, matter, look)


def _service(decision: Decision, matter: Matter, look: Look) -> Iterator[DueRow]:
    """Seven working days where the party was not there (第六十一条第一款)."""
    served = decision.served_on
    if served is None:
        due = deadlines.due("decision_service", decision.on, calendar=look.days)
        yield from matter.until(look, "service", "送达决定书", due, otherwise=Pressing.OPEN)
    elif served > look.today:
        due = _fixed("announced", decision.on, served, "民事诉讼法（2023）第九十五条第一款")
        due = replace(
            due, why=(f"公告送达，{served} 视为送达；缴款、复议、诉讼的期限从这一天起算。",)
        )
        yield from matter.waiting(look, "announced", "公告送达期间", "等公告期满", due)


def _remedies(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """Reconsideration and litigation under way: no additional fine runs (第七十三条第三款)."""
    for each in one.remedies:
        if each.concluded_on is None:
            yield _remedy(each, matter, look)


def _remedy(each: Remedy, matter: Matter, look: Look) -> DueRow:
    days = (look.today - each.on).days
    return matter.open(
        f"remedy-{each.id}",
        f"{each.kind.label}的结果",
        ARTICLE_73,
        f"{each.on} {each.body}受理{each.kind.label}，已 {days} 日；期间不停止执行，加处罚款不计算。",
        "没有结果以前不能结案，不能申请法院强制执行。",
        whom=f"等{each.body}",
        pressing=Pressing.WAITING,
    )


def _money(one: Standing, decision: Decision, matter: Matter, look: Look) -> Iterator[DueRow]:
    """The next part of the fine, and what the late days have added (第六十六、六十七、七十二条)."""
    if _ended(one):
        return
    if course_clocks.open_fen(one):
        yield from _payment(one, decision, matter, look)
        return
    more = course_clocks.additional_open_fen(one, look.today)
    if more:
        late = course_clocks.additional(one, look.today)
        yield matter.open(
            "additional",
            f"加处罚款 {money.yuan(more)} 元没有收取",
            ARTICLE_72,
            f"罚款已经缴清，逾期 {late.days if late else 0} 日加处的还有 {money.yuan(more)} 元没有收取。",
            "请登记加处罚款；不加处、减免的，结案时写明理由和依据。",
        )


def _payment(one: Standing, decision: Decision, matter: Matter, look: Look) -> Iterator[DueRow]:
    parts = course_clocks.parts(one)
    paid, earlier = course_clocks.paid_fen(one), 0
    for at, part in enumerate(parts, start=1):
        earlier += part.amount_fen
        if paid >= earlier:
            continue
        missing = min(part.amount_fen, earlier - paid)
        which = f"第 {at} 期罚款" if len(parts) > 1 else "罚款"
        what = f"缴纳{which} {money.yuan(missing)} 元"
        due = _payment_due(one, decision, part.due_on, look)
        more = _added(one, look.today)
        whom = "等当事人缴款"
        waiting = Pressing.WAITING
        yield from matter.until(
            look, f"pay-{at}", what, due, whom=whom, more=more, otherwise=waiting
        )
        if part.due_on < look.today:
            yield from _urging(one, matter, look)
        return


def _payment_due(one: Standing, decision: Decision, due_on: date, look: Look) -> Due:
    assert decision.served_on
    if one.deferrals:
        last = one.deferrals[-1]
        say = f"{last.on} 批准延期、分期缴纳，这一期到 {due_on}；延期、分期只改变期限，不改变数额。"
        return replace(_fixed("deferral", last.on, due_on, ARTICLE_66), why=(say,))
    return deadlines.due("payment", decision.served_on, calendar=look.days)


def _added(one: Standing, today: date) -> tuple[str, ...]:
    late = course_clocks.additional(one, today)
    if late is None or not late.amount_fen:
        return ()
    most = "，已到上限" if late.capped else ""
    amount = money.yuan(late.amount_fen)
    return (f"到 {today} 逾期 {late.days} 日，可以加处罚款 {amount} 元{most}（{late.cite}）。",)


def _urging(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """Urged once in writing, ten working days, before the court is asked (行政强制法 第五十四条)."""
    if any(each.answer is not CourtAnswer.REFUSED for each in one.applications):
        return
    if not one.urgings:
        say = "逾期没有履行。申请人民法院强制执行前应当催告，催告书送达十个工作日后仍未履行的才可以申请。"
        yield matter.open("urging", "催告当事人履行", URGING, say)
        return
    last = one.urgings[-1]
    served = one.served_on(CaseStep.URGED)
    if served is None:
        say = f"{last.on} 作出催告书，还没有送达；十个工作日从送达起算。"
        yield matter.open("urging", "送达催告书", URGING, say)
        return
    due = deadlines.due("urging", served, calendar=look.days)
    yield from matter.waiting(look, "urging", "催告期间", "等当事人履行", due)


def _court(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    """Three months from the end of the remedies to ask the court (行政强制法 第五十三条)."""
    if not course_clocks.open_fen(one) or not _late(one, look.today) or _ended(one):
        return
    if one.applications:
        yield from _asked(one, matter, look)
        return
    over = course_clocks.court_from_on(one)
    until = course_clocks.court_until_on(one)
    if over is None or until is None:
        return  # a remedy runs: its own row says so
    if look.today <= over:
        due = replace(
            _fixed("remedies", over, over, until.cite),
            why=(
                f"当事人申请复议、提起诉讼的期限（批准延期、分期的，并缴款期限）到 {over}。",
                f"期满不申请、不起诉、不履行的，{until.due_on} 以前可以申请人民法院强制执行。",
            ),
        )
        what = "复议、起诉期限"
        yield from matter.waiting(look, "remedies", what, "等期限届满", due)
        return
    what = "申请法院强制执行" if look.today <= until.due_on else "申请法院强制执行的期限已过"
    yield from matter.until(look, "court", what, until, within=COURT_DAYS, otherwise=Pressing.OPEN)


def _asked(one: Standing, matter: Matter, look: Look) -> Iterator[DueRow]:
    last = one.applications[-1]
    days = (look.today - last.on).days
    if last.answer is None or last.answer is CourtAnswer.GRANTED:
        wanted = "裁定" if last.answer is None else "执行"
        say = f"{last.on} 申请强制执行，已 {days} 日，等{last.court}{wanted}。"
        whom = f"等{last.court}"
        waiting = Pressing.WAITING
        yield matter.open("court", f"法院{wanted}", COURT, say, whom=whom, pressing=waiting)
    elif last.answer is CourtAnswer.REFUSED:
        say = f"{last.court}{last.answer.label}。对裁定有异议的，可以在十五日内向上一级人民法院申请复议。"
        yield matter.open("court", "法院不准予执行，研究下一步", f"{COURT}、第五十八条", say)


def _ended(one: Standing) -> bool:
    """Whether the court has ended the enforcement or brought it to its end."""
    ends = (CourtAnswer.TERMINATED, CourtAnswer.COMPLETED)
    return any(each.answer in ends for each in one.applications)


def _late(one: Standing, today: date) -> bool:
    return any(part.due_on < today for part in course_clocks.parts(one))


def _closable(one: Standing, decision: Decision, matter: Matter, look: Look) -> DueRow:
    """A case with nothing left to wait for and nobody who closes it."""
    state = "决定已经撤销" if decision.revoked_on else "决定已经送达，没有尚未履行的金额"
    over = course_clocks.remedies_over_on(one)
    later: tuple[str, ...] = ()
    if over is not None and over != date.max and look.today <= over and not decision.revoked_on:
        suit = any(each.kind is RemedyKind.LITIGATION for each in one.remedies)
        later = () if suit else (f"当事人申请复议、提起诉讼的期限到 {over}；结案后仍可以登记。",)
    say = f"{state}，没有其他待办的期限，请呈报结案。"
    return matter.open("close", "可以呈报结案", ARTICLE_47, say, *later)


def _fixed(rule: str, start: date, due_on: date, cite: str) -> Due:
    """A day that was set, not counted."""
    return Due(
        rule=rule,
        title="",
        from_on=start,
        due_on=due_on,
        nominal_on=due_on,
        counting="calendar",
        rolls=False,
        cite=cite,
        why=(),
        provisional=False,
    )
