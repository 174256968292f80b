"""A row of 今日, and one look at the data to find them: plain questions, asked many cases at a time.

今日 is the first screen, so its questions go to the driver as they stand: mapping the tables they
read would cost more than a start has, and one question per case more than an office with hundreds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from enforcer.terms import Term

if TYPE_CHECKING:
    from enforcer.law.calendar import Calendar
    from enforcer.law.deadlines import Due


FAR = 36_500
Word = TypeVar("Word", bound=Term)


class Pressing(Term):
    """How pressing a row is; the desk shows them in this order."""

    LATE = "late", "逾期"
    TODAY = "today", "今日到期"
    SOON = "soon", "近日"
    FORGOTTEN = "forgotten", "搁置"
    OPEN = "open", "待补"
    WAITING = "waiting", "等待"


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing to be done: what, on which matter, by which day, by which article and arithmetic.

    `waits_for` says for whom. `kind` and `identity` say what Enter opens; `place` is a page
    instead, where there is no row, and `field` the field there.
    """

    key: str
    pressing: Pressing
    what: str
    matter: str
    due_on: date | None
    days_left: int | None
    cite: str
    why: tuple[str, ...] = ()
    waits_for: str = ""
    provisional: bool = False
    kind: str = ""
    identity: int | None = None
    place: str = ""
    field: str = ""


class Answer:
    """One row of an answer; its columns are its attributes, their values just as the file has them."""

    __slots__ = ("columns", "values")

    def __init__(self, columns: Mapping[str, int], values: tuple[Any, ...]) -> None:
        self.columns, self.values = columns, values

    def __getattr__(self, name: str) -> Any:
        if name not in self.columns:
            raise AttributeError(name)
        return self.values[self.columns[name]]


@dataclass(frozen=True, slots=True)
class Look:
    """One look on one day through the driver itself (`raw`); `soon_days` is how far ahead."""

    raw: Any
    today: date
    soon_days: int
    days: Calendar

    def ask(self, question: str, *values: object) -> list[Answer]:
        """The rows that answer a plain question, by column; days come as text, see `day`."""
        asked = self.raw.execute(question, values)
        columns = {one[0]: at for at, one in enumerate(asked.description)}
        return [Answer(columns, one) for one in asked.fetchall()]

    def pressing(self, due_on: date, within: int | None = None) -> Pressing | None:
        """Where a day stands; None when it is too far off to be shown. Due today is not overdue."""
        left = (due_on - self.today).days
        if left <= 0:
            return Pressing.TODAY if left == 0 else Pressing.LATE
        return Pressing.SOON if left <= (self.soon_days if within is None else within) else None

    def left(self, due_on: date | None) -> int | None:
        """Days to go until a day; negative when it is over."""
        return (due_on - self.today).days if due_on else None


def day(text: str | None) -> date | None:
    """A day as the file keeps it."""
    return date.fromisoformat(text) if text else None


def term(kind: type[Word], value: str) -> Word:
    """A word of the field as the file keeps it."""
    found = kind._value2member_map_[value]
    assert isinstance(found, kind)
    return found


def kept(text: str | None, otherwise: Any) -> Any:
    """What a JSON column holds; nothing at all is written as null there."""
    return json.loads(text or "null") or otherwise


def listed(ids: Iterable[int]) -> str:
    """Keys as one value of a question: `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(ids))


def arithmetic(due: Due | None) -> tuple[str, ...]:
    """How a day was found, in words."""
    return due.why if due else ()


@dataclass(frozen=True, slots=True)
class Matter:
    """What a row is about, and what Enter opens."""

    kind: str
    identity: int
    words: str
    waits_for: str

    def until(
        self,
        look: Look,
        key: str,
        what: str,
        due: Due,
        *,
        within: int | None = None,
        whom: str = "",
        more: Iterable[str] = (),
        otherwise: Pressing | None = None,
    ) -> Iterator[DueRow]:
        """A row with a last day; one too far off is left out, or shown as `otherwise`."""
        pressing = look.pressing(due.due_on, within) or otherwise
        if pressing is None:
            return
        yield DueRow(
            key=f"{self.kind}-{self.identity}-{key}",
            pressing=pressing,
            what=what,
            matter=self.words,
            due_on=due.due_on,
            days_left=look.left(due.due_on),
            cite=due.cite,
            why=(*due.why, *more),
            waits_for=whom or self.waits_for,
            provisional=due.provisional,
            kind=self.kind,
            identity=self.identity,
        )

    def waiting(
        self, look: Look, key: str, what: str, whom: str, due: Due, *more: str
    ) -> Iterator[DueRow]:
        """What runs for somebody else until a day, and is over after it."""
        if look.today <= due.due_on:
            row = next(iter(self.until(look, key, what, due, whom=whom, more=more, within=FAR)))
            yield replace(row, pressing=Pressing.WAITING)

    def open(
        self,
        key: str,
        what: str,
        cite: str,
        *why: str,
        whom: str = "",
        pressing: Pressing = Pressing.OPEN,
    ) -> DueRow:
        """A row without a last day."""
        return DueRow(
            key=f"{self.kind}-{self.identity}-{key}",
            pressing=pressing,
            what=what,
            matter=self.words,
            due_on=None,
            days_left=None,
            cite=cite,
            why=why,
            waits_for=whom or self.waits_for,
            kind=self.kind,
            identity=self.identity,
        )
