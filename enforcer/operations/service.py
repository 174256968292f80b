"""送达 in its seven ways, and the attempts that came to nothing (行政处罚法 第六十一条)."""

from __future__ import annotations

from datetime import date
from typing import Any

from enforcer import models
from enforcer.course_terms import ServiceMethod
from enforcer.errors import InvalidForm
from enforcer.law import deadlines
from enforcer.law.course_after import Service
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.operations.execution_forms import FailForm, ServeForm
from enforcer.operations.taking import Taking, step
from enforcer.queries.course_rows import CHINA
from enforcer.terms import CaseStep

__all__ = ["fail_service", "serve_document"]


@step("送达", ServeForm, CaseStep.SERVED)
def serve_document(taking: Taking, form: ServeForm) -> int:
    """Enter a service with its proof; from which day it counts follows from the way."""
    at = form.handed_at
    if at is not None and (at.astimezone(CHINA).date() != taking.day or at > taking.now):
        raise InvalidForm(
            {"handed_at": f"送达的时间应当在送达当天（{taking.day}），并且不晚于现在，请核对。"}
        )
    given = form.model_dump(
        include={
            "method", "place", "at_residence", "receiver", "receiver_name", "relation", "refused",
            "refusal_reason", "witness", "video", "mail_number", "receipt_on", "consent_on",
            "address", "arrived_on", "remedy_channel", "announced_where", "words",
        }
    )  # fmt: skip
    new = Service(
        **_paper(taking, form),
        on=taking.day,
        effective_on=_effective(taking.facts, form, taking.day),
        officers=taking.officers,
        **given,
    )
    row = taking.add(models.Service, new)
    if form.of is CaseStep.DECIDED and new.effective_on is not None:
        _served_decision(taking, new.effective_on)
    return row


@step("送达未成", FailForm, CaseStep.SERVICE_FAILED)
def fail_service(taking: Taking, form: FailForm) -> int:
    """Enter an attempt that came to nothing; announcement rests on it (民事诉讼法 第九十五条)."""
    new = Service(
        **_paper(taking, form),
        on=taking.day,
        method=form.method,
        place=form.place,
        mail_number=form.mail_number,
        failed=True,
        failure=form.reason,
        officers=taking.officers,
    )
    return taking.add(models.Service, new)


def _paper(taking: Taking, form: ServeForm | FailForm) -> dict[str, Any]:
    """Which paper is meant: the step that made it, its row, its day."""
    made = [one for one in taking.facts.done if one.step is form.of]
    chosen = [one for one in made if form.of_id in (None, one.row)]
    found = chosen[-1] if chosen else None
    return {
        "of": form.of,
        "of_id": found.row if found else 0,
        "paper": form.of.label,
        "paper_on": found.on if found else None,
    }


def _effective(facts: CaseFacts, form: ServeForm, day: date) -> date | None:
    """The day a service counts from (民事诉讼法 第八十七至九十五条)."""
    if form.method is ServiceMethod.POST:
        return form.receipt_on
    if form.method is ServiceMethod.ELECTRONIC:
        return form.arrived_on
    if form.method is ServiceMethod.ANNOUNCED:
        return deadlines.due("announcement_service", day, calendar=facts.calendar).due_on
    return day


def _served_decision(taking: Taking, served_on: date) -> None:
    """The decision has reached the party: fifteen days for the fine run from here (第六十七条第三款)."""
    decision = taking.facts.decision
    assert decision is not None
    due = deadlines.due("payment", served_on, calendar=taking.facts.calendar)
    changed = {
        "served_on": served_on,
        "payment_due_on": due.due_on if decision.fine_fen else None,
    }
    taking.change(models.Decision, decision.id, changed)
