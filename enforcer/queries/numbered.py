"""Which serial of which series a whole number names, however its brackets and zeros were typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import Session, select

from enforcer.models import Case, Lead, Series
from enforcer.models.base import TAKEN_BACK_TOO
from enforcer.text import number_form

WAITING = "（待立案）"
"""Before the number of its lead, what a case is called until it draws its own."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One serial of one series."""

    series_id: int
    serial: int


def spots(session: Session, typed: str) -> tuple[Spot, ...]:
    """The serials that a whole number names; none for a part of a number, or for no number."""
    plain = number_form(typed)
    if not re.search(r"[0-9]\D*\Z", plain) or "〕" not in plain:
        return ()
    found = []
    for series_id, prefix, suffix in session.exec(select(Series.id, Series.prefix, Series.suffix)):
        head = re.escape(number_form(prefix).removesuffix("第"))
        tail = re.escape(number_form(suffix).removeprefix("号"))
        end = "号" if suffix.startswith("号") else "号?"
        if hit := re.fullmatch(rf"{head}第?([0-9]{{1,9}}){end}{tail}", plain):
            found.append(Spot(series_id or 0, int(hit[1])))
    return tuple(found)


def at(found: tuple[Spot, ...], model: Any) -> ColumnElement[bool]:
    """Rows of a numbered table that stand at one of these."""
    stands = (and_(model.series_id == one.series_id, model.serial == one.serial) for one in found)
    return or_(false(), *stands)


def standing(session: Session, case_id: int) -> Case | Lead | None:
    """The case; where its proposal was taken back, the lead it is again."""
    case = session.get(Case, case_id, execution_options={TAKEN_BACK_TOO: True})
    if case is None or case.taken_back_at is None:
        return case
    number = case.number.removeprefix(WAITING)
    return session.exec(select(Lead).where(Lead.number == number)).first()
