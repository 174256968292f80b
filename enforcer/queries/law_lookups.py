"""Look-ups of 初次违法 as they were filed, for the law book's list (行政处罚法 第三十三条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from enforcer.errors import LawDataError
from enforcer.law import catalogue
from enforcer.models import Case, FirstViolationCheck, Party
from enforcer.queries.first_violation import CheckRow, check_row
from enforcer.queries.looking import Where, by_id, looking


@dataclass(frozen=True, slots=True)
class LookupRow:
    """A filed look-up with the words the list shows: item, party, case."""

    id: int
    check: CheckRow
    item: str
    party_name: str
    case_number: str


def lookup_ids(where: Where, search: str = "") -> list[int]:
    """Filed look-ups, the latest first; narrowed by words."""
    asked = select(FirstViolationCheck).order_by(col(FirstViolationCheck.id).desc())
    with looking(where) as session:
        found = lookup_rows(session, [one.id or 0 for one in session.exec(asked)])
    words = search.split()
    return [one.id for one in found if all(word in _haystack(one) for word in words)]


def lookup_rows(where: Where, ids: Sequence[int]) -> list[LookupRow]:
    """The look-ups with these ids, in this order."""
    with looking(where) as session:
        checks = [check_row(one) for one in by_id(session, FirstViolationCheck, ids)]
        numbers = {one.party_id_number for one in checks if one.party_id_number}
        named = select(Party.id_number, Party.name).where(col(Party.id_number).in_(numbers))
        names = {number: name for number, name in session.exec(named)}  # noqa: C416
        wanted = {one.case_id for one in checks if one.case_id}
        asked = select(Case.id, Case.number).where(col(Case.id).in_(wanted))
        cases = {key: number for key, number in session.exec(asked)}  # noqa: C416
    return [
        LookupRow(
            id=one.id,
            check=one,
            item=_title(one),
            party_name=names.get(one.party_id_number, ""),
            case_number=cases.get(one.case_id, ""),
        )
        for one in checks
    ]


def _title(one: CheckRow) -> str:
    try:
        found = catalogue.item(one.item_key, one.asked_on)
    except LawDataError:  # said already by the check of the data itself
        return one.item_key
    return found.title if found else one.item_key


def _haystack(one: LookupRow) -> str:
    check = one.check
    return (
        f"{one.item} {one.party_name} {one.case_number} {check.party_id_number} "
        f"{check.plate_key} {check.asked_on} {check.checked_by}"
    )
