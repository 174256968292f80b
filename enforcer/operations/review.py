"""法制审核, 集体讨论, 移送司法机关 (行政处罚法 第二十七、五十七、五十八条)."""

from __future__ import annotations

from enforcer import models
from enforcer.errors import InvalidForm
from enforcer.law.course_decision import Attendee, Discussion, LegalReview, Transfer
from enforcer.operations.review_forms import (
    AttendeeForm,
    DecideTransferForm,
    DiscussForm,
    LegalReviewForm,
    PoliceAnswerForm,
    ProposeTransferForm,
    TransferForm,
)
from enforcer.operations.taking import Taking, one_of, step
from enforcer.queries.course_rows import CHINA
from enforcer.terms import CaseStep

__all__ = [
    "decide_transfer",
    "discuss",
    "propose_transfer",
    "record_police_answer",
    "review_legally",
    "transfer_case",
]


@step("法制审核", LegalReviewForm, CaseStep.LEGAL_REVIEWED)
def review_legally(taking: Taking, form: LegalReviewForm) -> int:
    """Enter the opinion of another pair of eyes (第五十八条)."""
    new = LegalReview(
        on=taking.day,
        reviewer_id=taking.facts.by.id if taking.facts.by else 0,
        reviewer=taking.by,
        opinion=form.opinion,
        words=form.words,
        first_time=form.first_time,
        qualification=form.qualification,
    )
    return taking.add(models.LegalReview, new)


@step("集体讨论", DiscussForm, CaseStep.DISCUSSED)
def discuss(taking: Taking, form: DiscussForm) -> int:
    """Enter who took part, what each said, and what was concluded (第五十七条第二款)."""
    _in_order(taking, form)
    new = Discussion(
        on=taking.day,
        place=form.place,
        attendees=tuple(_attendee(taking, one) for one in form.attendees),
        conclusion=form.conclusion,
    )
    return taking.add(models.Discussion, new)


def _in_order(taking: Taking, form: DiscussForm) -> None:
    """The hours of a discussion lie on its day, the end after the beginning."""
    for name, at in (("began_at", form.began_at), ("ended_at", form.ended_at)):
        if at is not None and at.astimezone(CHINA).date() != taking.day:
            raise InvalidForm({name: f"讨论记录的日期是 {taking.day}，起止时间应当在这一天。"})
    if form.ended_at and not form.began_at:
        raise InvalidForm({"began_at": "填了结束时间，请填写开始时间。"})
    if form.began_at and form.ended_at and form.ended_at <= form.began_at:
        raise InvalidForm({"ended_at": "讨论的结束时间不晚于开始时间，请核对起止时间。"})


def _attendee(taking: Taking, given: AttendeeForm) -> Attendee:
    known = taking.person(given.person_id, "attendees")
    name = known.name if known else given.name
    post = known.post if known else None
    position = given.position or (known.post.label if known else "")
    return Attendee(name, position, given.opinion, given.person_id, post)


@step("报告移送", ProposeTransferForm, CaseStep.TRANSFER_PROPOSED)
def propose_transfer(taking: Taking, form: ProposeTransferForm) -> int:
    """Report a suspected crime (行政执法机关移送涉嫌犯罪案件的规定 第五条第一款)."""
    members = [taking.person(one, "team") for one in form.team]
    team = tuple(one.name for one in members if one)
    return taking.add(models.Transfer, Transfer(on=taking.day, team=team, facts=form.facts))


@step("决定是否移送", DecideTransferForm, CaseStep.TRANSFER_DECIDED)
def decide_transfer(taking: Taking, form: DecideTransferForm) -> int:
    """Enter the head's decision, within three days (同规定 第五条第二款)."""
    at = form.decided_at.astimezone(CHINA)
    return taking.amend(
        models.Transfer,
        _known(taking, form.transfer_id),
        decided_at=at,
        decided_on=at.date(),
        approved=form.approved,
        decision_words=form.words,
    )


@step("移送司法机关", TransferForm, CaseStep.TRANSFER)
def transfer_case(taking: Taking, form: TransferForm) -> int:
    """Hand the case to the police, within 24 hours (同规定 第五条第二款)."""
    at = form.transferred_at.astimezone(CHINA)
    return taking.amend(
        models.Transfer,
        _known(taking, form.transfer_id),
        transferred_at=at,
        transferred_on=at.date(),
        receiver=form.receiver,
        receipt=form.receipt,
    )


@step("公安机关答复", PoliceAnswerForm, CaseStep.POLICE_ANSWERED)
def record_police_answer(taking: Taking, form: PoliceAnswerForm) -> int:
    """Enter whether the police have opened a case (同规定 第八条)."""
    return taking.amend(
        models.Transfer,
        _known(taking, form.transfer_id),
        answered_on=taking.day,
        accepted=form.accepted,
    )


def _known(taking: Taking, transfer_id: int | None) -> Transfer:
    found: Transfer = one_of(taking.facts.transfers, transfer_id, "transfer_id", "移送")
    return found
