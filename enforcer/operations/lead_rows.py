"""What every deed on a lead shares: its facts, what it changes, its line in the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session, col, func, select

from enforcer import models
from enforcer.course_terms import LeadDeed
from enforcer.errors import Objection, Refused
from enforcer.law import lifecycle
from enforcer.law.course_investigation import Lead
from enforcer.law.lead_handling import Handling
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.operations import numbering
from enforcer.operations.editing import block, changed_meanwhile, once
from enforcer.operations.lead_forms import OnLeadForm
from enforcer.operations.registry import operation
from enforcer.queries import course
from enforcer.queries.looking import version
from enforcer.store.database import Store
from enforcer.terms import CaseStep, SeriesKind

PATTERN, WIDTH = "线索〔{year}〕{serial}号", 4
"""How leads are numbered until the office has a rule of its own for them."""
_COLUMNS = models.Lead.model_fields


class Deed:
    """A deed on a lead while it is being done."""

    def __init__(
        self,
        session: Session,
        row: models.Lead,
        facts: CaseFacts,
        form: OnLeadForm,
        *,
        now: datetime,
        actor: str,
    ) -> None:
        self.session, self.row, self.facts, self.form = session, row, facts, form
        self.now, self.actor = now, actor
        self._changed: dict[str, list[Any]] = {}

    @property
    def lead(self) -> Lead:
        assert self.facts.lead is not None
        return self.facts.lead

    @property
    def day(self) -> date:
        return self.facts.day

    @property
    def by(self) -> str:
        """The name of who answers for it."""
        return self.facts.by.name if self.facts.by else ""

    def weigh(self, found: Iterable[Objection]) -> None:
        """Refuse what stands against it, and every warning without its reason."""
        weigh(found, self.form.reasons)

    def change(self, **values: Any) -> None:
        """Set columns of the lead, remembering what stood there."""
        for name, value in values.items():
            before = getattr(self.row, name)
            if before != value:
                self._changed[name] = [as_json(name, before), as_json(name, value)]
                setattr(self.row, name, value)

    def record(self, deed: LeadDeed, **said: object) -> None:
        """One line in the history of the lead."""
        assert self.row.id
        said = {name: value for name, value in said.items() if value not in ("", None)}
        reasons = {code: words for code, words in self.form.reasons.items() if words}
        self.session.add(
            models.LeadEvent(
                lead_id=self.row.id,
                deed=deed,
                happened_on=self.day,
                recorded_at=self.now,
                actor=self.actor,
                by=self.by,
                said={**said, **({"reasons": reasons} if reasons else {})},
                before=dict(self._changed),
            )
        )


class _Looking(Deed):
    """A deed that is only looked at: it ends where it would begin to write."""

    def weigh(self, found: Iterable[Objection]) -> None:
        raise _Weighed(tuple(found))


class _Weighed(Exception):
    """Everything said against a deed that is still being typed."""

    def __init__(self, found: tuple[Objection, ...]) -> None:
        super().__init__()
        self.found = found


_DEEDS: dict[str, Callable[[Deed, Any], None]] = {}


def on_lead(
    label: str, form: type[OnLeadForm]
) -> Callable[[Callable[[Deed, Any], None]], Callable[..., int]]:
    """Make `deed(it, form)` the operation that does it, in one audited transaction, once per request."""

    def register(deed: Callable[[Deed, Any], None]) -> Callable[..., int]:
        _DEEDS[deed.__name__] = deed

        @wraps(deed)
        def run(store: Store, form: OnLeadForm, *, today: date, now: datetime, actor: str) -> int:
            del today  # the facts know it from `now`

            def carried_out(session: Session) -> int:
                it = _begun(session, form, Deed, now=now, actor=actor)
                deed(it, form)
                session.add(it.row)
                session.flush()
                assert it.row.id
                return it.row.id

            name = deed.__name__
            return once(store, form, name=name, now=now, actor=actor, deed=carried_out)

        return operation(label, form)(run)

    return register


def weighed(store: Store, name: str, form: OnLeadForm, *, now: datetime) -> tuple[Objection, ...]:
    """What stands against a deed as it is typed, answered warnings too; nothing is written."""
    with store.reading() as session:
        try:
            _DEEDS[name](_begun(session, form, _Looking, now=now, actor=""), form)
        except _Weighed as looked:
            return looked.found
        except Refused as refusal:
            return refusal.objections
        finally:
            session.rollback()
    return ()


def _begun(
    session: Session, form: OnLeadForm, kind: type[Deed], *, now: datetime, actor: str
) -> Deed:
    """The deed on the lead as it stands; refused when another window went on meanwhile."""
    row = session.get(models.Lead, form.lead_id)
    facts = course.lead_facts(
        session, form.lead_id, now=now, day=form.on, by_id=form.by_id, reasons=form.reasons
    )
    if row is None or facts is None:
        raise block("lead_gone", f"没有编号为 {form.lead_id} 的线索，请从线索列表重新选择。")
    if form.loaded and form.loaded != version(row):
        raise changed_meanwhile(session, [("lead", str(row.id))], "线索")
    return kind(session, row, facts, form, now=now, actor=actor)


def weigh(found: Iterable[Objection], reasons: Mapping[str, str]) -> None:
    """Refuse what stands against a deed; a warning gives way to its reason."""
    said = {one.code: one for one in reversed(list(found))}
    still = lifecycle.unsettled(tuple(reversed(said.values())), reasons)
    if still:
        raise Refused(*still)


def against(step: CaseStep, facts: CaseFacts) -> tuple[Objection, ...]:
    """What the state machine says against a step."""
    return lifecycle.objections(step, facts)


def handling(deed: Deed, **more: Any) -> Handling:
    """The deed as its own guards see it."""
    return Handling(facts=deed.facts, **more)


def as_json(name: str, value: Any) -> Any:
    """A value of the table as JSON keeps it."""
    return _adapter(name).dump_python(value, mode="json")


def from_json(name: str, value: Any) -> Any:
    """A value of the table out of its JSON."""
    return _adapter(name).validate_python(value)


def _adapter(name: str) -> TypeAdapter[Any]:
    kind: Any = _COLUMNS[name].annotation
    return TypeAdapter(kind)


def number_for(session: Session, year: int) -> str:
    """The next number of the year's series, drawn in this transaction."""
    series = numbering.office_series(session, SeriesKind.LEAD, year, pattern=PATTERN, width=WIDTH)
    return numbering.draw(session, series)[0].number


def next_serial(session: Session, year: int) -> int:
    """How many leads of the year were entered, and one."""
    asked = select(func.max(col(models.Lead.serial))).where(models.Lead.year == year)
    return (session.exec(asked).one() or 0) + 1
