"""撤回: the last step of a case, typed by mistake, is marked as taken back; nothing is deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlmodel import Session

from enforcer import models
from enforcer.errors import Refused
from enforcer.law.slips import against_taking_back
from enforcer.operations.course_forms import PartForm
from enforcer.operations.editing import block, once
from enforcer.operations.registry import operation
from enforcer.queries import slip_rows, slips
from enforcer.queries.course_rows import person
from enforcer.store.database import Store
from enforcer.text import Line

__all__ = ["TakeBackStepForm", "take_back_step"]


class TakeBackStepForm(PartForm):
    """The last step of a case as the window showed it, and why it was a slip."""

    request_id: UUID | None = None
    case_id: int = Field(title="案件")
    seen: int | None = Field(default=None, title="载入时的最后一步")
    by_id: int | None = Field(default=None, title="撤回人")
    reason: Line = Field(title="撤回原因")


@operation("撤回上一步", TakeBackStepForm)
def take_back_step(
    store: Store, form: TakeBackStepForm, *, today: date, now: datetime, actor: str
) -> int:
    """Take the last step back while nothing rests on it; the log keeps both (第四十七条).

    A number it drew is void from then on: kept with the reason, never drawn again.
    """

    def deed(session: Session) -> int:
        case = session.get(models.Case, form.case_id)
        if case is None:
            raise block("case_gone", f"没有编号为 {form.case_id} 的案件，请从案件列表重新选择。")
        event = slips.last_event(session, form.case_id)
        if form.seen is not None and (event is None or event.id != form.seen):
            raise block(
                "changed_meanwhile",
                f"您打开案件 {case.number} 之后，它的最后一步已经变了，没有撤回。请重新载入，核对后再办。",
            )
        by = person(session, form.by_id, today)
        if found := against_taking_back(slips.slip(session, case, now=now), by):
            raise Refused(*found)
        assert event is not None
        assert by is not None
        trace = slips.trace_of(session, event)
        assert trace is not None
        for kind, number in slips.drawn(session, trace):
            session.add(
                models.VoidNumber(
                    case_id=form.case_id,
                    kind=kind,
                    number=number,
                    reason=form.reason,
                    voided_at=now,
                    voided_by=by.name,
                )
            )
        _restore(session, trace)
        for one in slips.settled(session, trace):
            one.taken_back_at = now
            session.add(one)
        _mark(session, trace, now)
        trace.taken_back_at, trace.taken_back_by = now, by.name
        trace.reason, trace.actor = form.reason, actor
        session.add(trace)
        session.flush()
        first: int = trace.first_event_id
        return first

    return once(store, form, name="take_back_step", now=now, actor=actor, deed=deed)


def _restore(session: Session, trace: models.StepTrace) -> None:
    """What the step changed stands again as it stood before."""
    known = slip_rows.tables()
    for table, key, columns in reversed(slip_rows.written(trace)[1]):
        row = session.get(known[str(table)], key)
        assert row is not None
        for name, (before, _) in columns.items():
            setattr(row, name, slip_rows.value_of(type(row), name, before))
        session.add(row)
    session.flush()


def _mark(session: Session, trace: models.StepTrace, now: datetime) -> None:
    """The rows it made, its events among them, are left out of every question from now on."""
    known = slip_rows.tables()
    for table, key in slip_rows.written(trace)[0]:
        model = known[str(table)]
        row: Any = session.get(model, key)
        row.taken_back_at = now
        session.add(row)
    session.flush()
