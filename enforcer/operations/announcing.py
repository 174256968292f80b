"""事先告知 and what the party answers (行政处罚法 第四十四、四十五、六十二条)."""

from __future__ import annotations

from dataclasses import replace

from enforcer import models
from enforcer.errors import InvalidForm
from enforcer.law.course_decision import DefenceStatement
from enforcer.operations.proposing import keep_proposal, proposal_of
from enforcer.operations.review_forms import AnnounceForm, DefenceForm, ReviewDefenceForm
from enforcer.operations.taking import Taking, one_of, step
from enforcer.queries.course_rows import CHINA
from enforcer.terms import CaseStep

__all__ = ["announce_penalty", "hear_defence", "review_defence"]


@step("事先告知", AnnounceForm, CaseStep.ANNOUNCED)
def announce_penalty(taking: Taking, form: AnnounceForm) -> int:
    """Make the prior notice: what is to be imposed, why, on what basis, and which rights there are."""
    new = replace(
        proposal_of(taking, form),
        reasons=form.reasons_given,
        hearing_offered=form.hearing_offered,
        defence_days=form.defence_days or taking.facts.defence_days,
        new_facts=form.new_facts,
        raised_reason=form.raised_reason,
        from_defence=form.from_defence,
    )
    taking.weigh(new)
    row = keep_proposal(taking, new)
    taking.record(row)
    return row


@step("陈述、申辩", DefenceForm, CaseStep.DEFENDED)
def hear_defence(taking: Taking, form: DefenceForm) -> int:
    """Enter what the party said, or that it waives its right (第四十五、六十二条)."""
    notice = one_of(taking.facts.notices, form.notice_id, "notice_id", "告知书")
    _hours(taking, form)
    new = DefenceStatement(
        notice_id=notice.id,
        on=taking.day,
        waived=form.waived,
        hearing_waived=form.hearing_waived,
        in_writing=form.in_writing,
        speaker=form.speaker,
        words=form.words,
        evidence=form.evidence,
    )
    return taking.add(models.DefenceStatement, new)


def _hours(taking: Taking, form: DefenceForm) -> None:
    """The record of an oral defence is made in one sitting, on the day it is entered for."""
    wrong: dict[str, str] = {}
    for name, label, at in (
        ("began_at", "开始", form.began_at),
        ("ended_at", "结束", form.ended_at),
    ):
        if at is not None and (at.astimezone(CHINA).date() != taking.day or at > taking.now):
            wrong[name] = (
                f"听取的{label}时间应当在听取当天（{taking.day}），并且不晚于现在，请核对。"
            )
    if form.ended_at is not None and (form.began_at is None or form.ended_at <= form.began_at):
        wrong.setdefault("ended_at", "听取的结束时间应当晚于开始时间，请核对。")
    if wrong:
        raise InvalidForm(wrong)


@step("复核陈述、申辩", ReviewDefenceForm, CaseStep.DEFENCE_REVIEWED)
def review_defence(taking: Taking, form: ReviewDefenceForm) -> int:
    """Look into every fact, reason and piece of evidence (第四十五条第一款)."""
    spoken = [one for one in taking.facts.defences if one.words] or taking.facts.defences
    known = one_of(
        taking.facts.defences if form.defence_id else spoken,
        form.defence_id,
        "defence_id",
        "陈述、申辩",
    )
    return taking.amend(
        models.DefenceStatement,
        known,
        reviewed_on=taking.day,
        reviewer=taking.by,
        review_words=form.words,
        adopted=form.adopted,
    )
