"""One step of the ordinary course: read the facts, ask the state machine, write row, event, stage."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlmodel import Session, SQLModel, col, func, select

from enforcer import models, money
from enforcer.errors import InvalidForm, Level, Objection, Refused
from enforcer.law import lifecycle
from enforcer.law.course_people import Person
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.operations.course_forms import StepForm, ThingForm
from enforcer.operations.editing import block
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import accounts, course, rights
from enforcer.queries.course_rows import CHINA, columns, person
from enforcer.store.database import Store
from enforcer.terms import CaseStep

Row = TypeVar("Row", bound=SQLModel)
Objections = tuple[Objection, ...]
_LEFT_OUT = {"request_id", "case_id", "seen", "on", "by_id", "reasons", "lead_id"}


class Taking:
    """A step while it is being taken: the facts it is weighed by, and what it writes."""

    def __init__(
        self,
        session: Session,
        facts: CaseFacts,
        form: BaseModel,
        step: CaseStep,
        *,
        now: datetime,
        actor: str,
    ) -> None:
        self.session = session
        self.facts = facts
        self.form = form
        self.step = step
        self.now = now
        self.actor = actor

    @property
    def day(self) -> date:
        return self.facts.day

    @property
    def by(self) -> str:
        """The name of who answers for the step."""
        return self.facts.by.name if self.facts.by else ""

    @property
    def officers(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.facts.acting)

    @property
    def officer_ids(self) -> tuple[int, ...]:
        return tuple(one.id for one in self.facts.acting)

    def person(self, officer_id: int | None, field: str) -> Person | None:
        """One of the office's people named in the form; a stranger is refused."""
        if officer_id is None:
            return None
        found = person(self.session, officer_id, self.day)
        if found is None:
            raise InvalidForm({field: "所选人员不在人员台账里，请重新选择。"})
        return found

    def weigh(
        self, new: object, *steps: CaseStep, more: Callable[[], Objections] | None = None
    ) -> None:
        """Refuse what the law refuses, and every warning without its reason.

        `more` is what the office asks besides, once nothing is refused.
        """
        facts = replace(self.facts, new=new)
        found: dict[str, Objection] = {}
        if steps:  # the operation was asked for its own step; others may lie behind it
            who = accounts.acting(self.session, self.actor)
            against = (rights.against_step(who, lifecycle.step(one)) for one in steps)
            found = {one.code: one for one in against if one}
        for step in steps or (self.step,):
            for one in lifecycle.objections(step, facts):
                found.setdefault(one.code, one)
        if more is not None and not any(one.level is Level.BLOCK for one in found.values()):
            found |= {one.code: one for one in more()}
        still = lifecycle.unsettled(tuple(found.values()), facts.reasons)
        self._settle(tuple(found.values()), still)

    def _settle(self, found: tuple[Objection, ...], still: tuple[Objection, ...]) -> None:
        del found
        if still:
            raise Refused(*still)

    def keep(self, table: type[Row], kind: type[Any], new: Any, **more: Any) -> int:
        """Add the row of a fact to the case; returns its id."""
        row = table(case_id=self.facts.case_id, **columns(kind, new, table), **more)
        self.session.add(row)
        self.session.flush()
        key: int = row.id  # type: ignore[attr-defined]
        return key

    def change(self, table: type[Row], key: int, values: Mapping[str, Any]) -> int:
        """Fill in what a later step adds to a row of the case."""
        row = self.session.get(table, key)
        assert row is not None
        for name, value in values.items():
            setattr(row, name, value)
        self.session.add(row)
        self.session.flush()
        return key

    def add(self, table: type[Row], new: Any) -> int:
        """Weigh a fact, keep its row and put the step on record."""
        self.weigh(new)
        row = self.keep(table, type(new), new)
        self.record(row)
        return row

    def amend(self, table: type[Row], known: Any, **changed: Any) -> int:
        """Weigh what a step adds to a fact, write just that and put the step on record."""
        new = replace(known, **changed)
        self.weigh(new)
        written = columns(type(new), new, table)
        row = self.change(
            table, known.id, {name: written[name] for name in changed if name in written}
        )
        self.record(row)
        return row

    def record(
        self, row: int, *, step: CaseStep | None = None, detail: Mapping[str, object] | None = None
    ) -> None:
        """Put the step on record, and move the case to the stage it leads to (第四十七条)."""
        taken = lifecycle.step(step or self.step)
        assert self.facts.case_id is not None
        said = self.form.model_dump(mode="json", exclude=_LEFT_OUT, exclude_defaults=True)
        kept = {"row": row, "by": self.by, "reasons": dict(self.facts.reasons)} | said
        self.session.add(
            models.CaseEvent(
                case_id=self.facts.case_id,
                step=taken.key.value,
                happened_on=self.day,
                recorded_at=self.now,
                actor=self.actor,
                detail={
                    name: value for name, value in (kept | dict(detail or {})).items() if value
                },
            )
        )
        if taken.to is not None:
            case = self.session.get(models.Case, self.facts.case_id)
            assert case is not None
            case.stage = taken.to
            self.session.add(case)
        self.session.flush()


class _Weighed(Exception):
    """Everything the law says of a step that is still being typed."""

    def __init__(self, found: tuple[Objection, ...]) -> None:
        super().__init__()
        self.found = found


class _Looking(Taking):
    """A step that is only looked at: it ends where it would begin to write."""

    def _settle(self, found: tuple[Objection, ...], still: tuple[Objection, ...]) -> None:
        del still
        raise _Weighed(found)


_DEEDS: dict[str, tuple[CaseStep, Callable[[Taking, Any], int]]] = {}


def weighed(store: Store, operation: str, form: StepForm, *, now: datetime) -> Objections:
    """What stands against a step as it is typed, answered warnings too; nothing is written."""
    if operation not in _DEEDS:
        return ()
    key, deed = _DEEDS[operation]
    with store.reading() as session:
        acting = (getattr(form, "officer1_id", None), getattr(form, "officer2_id", None))
        try:
            facts = _facts(session, form, now, acting)
            deed(_Looking(session, facts, form, key, now=now, actor=""), form)
        except _Weighed as looked:
            return looked.found
        except Refused as refusal:
            return refusal.objections
        finally:
            session.rollback()
    return ()


def step(
    label: str, form: type[StepForm], key: CaseStep
) -> Callable[[Callable[[Taking, Any], int]], Callable[..., int]]:
    """Make `deed(taking, form)` the operation that takes a step; the officers are the form's."""

    def register(deed: Callable[[Taking, Any], int]) -> Callable[..., int]:
        assert lifecycle.step(key).form == deed.__name__, f"{key} is taken by another operation"

        _DEEDS[deed.__name__] = (key, deed)

        @wraps(deed)
        def run(store: Store, form: StepForm, *, today: date, now: datetime, actor: str) -> int:
            del today  # the facts know it from `now`
            acting = (getattr(form, "officer1_id", None), getattr(form, "officer2_id", None))
            return take(
                store, form, key, lambda it: deed(it, form), now=now, actor=actor, acting=acting
            )

        return operation(label, form)(run)

    return register


def take(
    store: Store,
    form: StepForm,
    key: CaseStep,
    deed: Callable[[Taking], int],
    *,
    now: datetime,
    actor: str,
    acting: Sequence[int | None] = (),
) -> int:
    """Carry out `deed` as one step of a case, in one audited transaction; once per request.

    `acting` are the officers the form names; none means those who handle the case.
    """
    name = lifecycle.step(key).form
    with store.unit(actor=actor, operation=name) as session:
        if answer := earlier_answer(session, form.request_id):
            earlier: int = answer["id"]
            return earlier
        facts = _facts(session, form, now, acting)
        taking = Taking(session, facts, form, key, now=now, actor=actor)
        row = deed(taking)
        trace(session, form.case_id)
        remember(session, form.request_id, name, {"id": row}, now=now)
        return row


def _facts(
    session: Session, form: StepForm, now: datetime, acting: Sequence[int | None]
) -> CaseFacts:
    """The case as the step finds it; refused when another window went on meanwhile."""
    facts = course.facts(
        session,
        form.case_id,
        now=now,
        day=form.on,
        by_id=form.by_id,
        acting=[one for one in acting if one is not None],
        reasons=form.reasons,
    )
    if facts is None:
        raise block("case_gone", f"没有编号为 {form.case_id} 的案件，请从案件列表重新选择。")
    _refuse_changed(session, form, facts)
    return facts


def trace(session: Session, case_id: int) -> None:
    """Keep what the step wrote and changed, so that a slip can be taken back with all of it."""
    session.flush()
    made: list[list[Any]] = []
    changed: list[list[Any]] = []
    for action, table, key, said in session.info["records"]:
        row = int(key) if key.isdecimal() else key
        if action == "insert":
            made.append([table, row])
        elif action == "update" and [table, row] not in made:
            changed.append([table, row, json.loads(said)])
    events = [key for table, key in made if table == "case_event"]
    session.add(
        models.StepTrace(
            case_id=case_id,
            first_event_id=min(events),
            last_event_id=max(events),
            made=made,
            changed=changed,
        )
    )


def _refuse_changed(session: Session, form: StepForm, facts: CaseFacts) -> None:
    """Two windows on one case: the second sees what the first has done before it goes on."""
    if form.seen is None:
        return
    last = session.exec(
        select(func.max(col(models.CaseEvent.id))).where(models.CaseEvent.case_id == form.case_id)
    ).one()
    if last is not None and last < form.seen:
        raise block(
            "changed_meanwhile",
            f"您打开案件 {facts.number} 之后，它的最后一步被撤回了，没有保存。"
            "您填写的内容还在窗口里；请重新载入，核对后再办。",
        )
    if last is not None and last > form.seen:
        event = session.get(models.CaseEvent, last)
        assert event is not None
        labels = {one.value: one.label for one in CaseStep}
        at = event.recorded_at.astimezone(CHINA)
        raise block(
            "changed_meanwhile",
            f"您打开案件 {facts.number} 之后，{event.actor} 于 {at:%Y-%m-%d %H:%M} 办理了"
            f"“{labels.get(event.step, event.step)}”，没有保存。您填写的内容还在窗口里；请重新载入，核对后再办。",
        )


def things_of(given: Sequence[ThingForm], kind: type[Any]) -> tuple[Any, ...]:
    """The lines of a list as facts."""
    return tuple(kind(**one.model_dump()) for one in given)


def fen_of(texts: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """Amounts as typed, in 分: field to (text, label); InvalidForm with a sentence per field."""
    found: dict[str, int] = {}
    wrong: dict[str, str] = {}
    for name, (text, label) in texts.items():
        try:
            found[name] = money.parse_yuan(text, label=label) if text else 0
        except ValueError as error:
            wrong[name] = str(error)
    if wrong:
        raise InvalidForm(wrong)
    return found


def one_of(rows: Sequence[Any], key: int | None, field: str, what: str) -> Any:
    """The row that was chosen, or the last one when nothing was chosen."""
    found = next((one for one in rows if one.id == key), None) if key else None
    if found is None and key is None and rows:
        found = rows[-1]
    if found is None:
        raise InvalidForm({field: f"没有这一条{what}，请重新选择。"})
    return found
