"""听证 from the request to the report (行政处罚法 第六十三至六十五条)."""

from __future__ import annotations

from enforcer import models
from enforcer.law.course_decision import Agent, Hearing
from enforcer.operations.review_forms import (
    HoldHearingForm,
    NotifyHearingForm,
    ReportHearingForm,
    RequestHearingForm,
    WithdrawHearingForm,
)
from enforcer.operations.taking import Taking, one_of, step
from enforcer.queries.course_rows import CHINA
from enforcer.terms import CaseStep

__all__ = [
    "hold_hearing",
    "notify_hearing",
    "report_hearing",
    "request_hearing",
    "withdraw_hearing",
]


@step("要求听证", RequestHearingForm, CaseStep.HEARING_REQUESTED)
def request_hearing(taking: Taking, form: RequestHearingForm) -> int:
    """Enter that the party asks for a hearing (第六十四条第一项)."""
    notice = one_of(taking.facts.notices, form.notice_id, "notice_id", "告知书")
    new = Hearing(notice_id=notice.id, requested_on=taking.day, request_words=form.words)
    return taking.add(models.Hearing, new)


@step("撤回听证要求", WithdrawHearingForm, CaseStep.HEARING_WITHDRAWN)
def withdraw_hearing(taking: Taking, form: WithdrawHearingForm) -> int:
    """Enter that the party takes its request back, in writing."""
    return taking.amend(
        models.Hearing,
        _known(taking, form.hearing_id),
        withdrawn_on=taking.day,
        withdrawal_written=form.in_writing,
    )


@step("通知听证", NotifyHearingForm, CaseStep.HEARING_NOTICED)
def notify_hearing(taking: Taking, form: NotifyHearingForm) -> int:
    """Name day, place and chair; seven whole working days before (第六十四条第二、四项)."""
    chair = taking.person(form.chair_id, "chair_id")
    recorder = taking.person(form.recorder_id, "recorder_id")
    at = form.hearing_at.astimezone(CHINA)
    return taking.amend(
        models.Hearing,
        _known(taking, form.hearing_id),
        noticed_on=taking.day,
        hearing_at=at,
        hearing_on=at.date(),
        place=form.place,
        chair_id=form.chair_id,
        chair=chair.name if chair else "",
        recorder_id=form.recorder_id,
        recorder=recorder.name if recorder else "",
        is_public=form.is_public,
        private_reason=form.private_reason,
    )


@step("组织听证", HoldHearingForm, CaseStep.HEARING)
def hold_hearing(taking: Taking, form: HoldHearingForm) -> int:
    """Enter the session with its record (第六十四条)."""
    return taking.amend(
        models.Hearing,
        _known(taking, form.hearing_id),
        held_on=taking.day,
        began_at=form.began_at.astimezone(CHINA),
        ended_at=form.ended_at.astimezone(CHINA),
        attended=form.attended,
        agents=tuple(Agent(one.name, one.authority) for one in form.agents),
        record=form.record,
        signed=form.signed,
        refusal_reason=form.refusal_reason,
    )


@step("听证报告", ReportHearingForm, CaseStep.HEARING_REPORTED)
def report_hearing(taking: Taking, form: ReportHearingForm) -> int:
    """Enter what the chair reports (第六十五条)."""
    return taking.amend(
        models.Hearing,
        _known(taking, form.hearing_id),
        reported_on=taking.day,
        report_words=form.words,
    )


def _known(taking: Taking, hearing_id: int | None) -> Hearing:
    """The hearing that is meant: the one named, else the one that is open."""
    running = [one for one in taking.facts.hearings if one.open] or list(taking.facts.hearings)
    among = taking.facts.hearings if hearing_id else running
    found: Hearing = one_of(among, hearing_id, "hearing_id", "听证")
    return found
