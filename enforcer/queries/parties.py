"""Parties, vehicles, acts of education: lists and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_
from sqlmodel import col, func, select

from enforcer.models import Case, Guidance, Party, Vehicle
from enforcer.queries.looking import (
    Where,
    by_id,
    literal,
    looking,
    names_of,
    pinyin,
    plain_ids,
    version,
)
from enforcer.terms import (
    GuidanceKind,
    IdKind,
    Origin,
    PartyKind,
    PlateColour,
    PlateKind,
    Sex,
)

PORTION = 500


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A person or an organisation; `duplicates` others that carry the same number."""

    id: int
    version: str
    kind: PartyKind
    name: str
    id_kind: IdKind | None
    id_number: str
    id_reason: str
    sex: Sex | None
    born_on: date | None
    address: str
    postcode: str
    phone: str
    legal_representative: str
    position: str
    note: str
    duplicates: int
    cases: int


@dataclass(frozen=True, slots=True)
class VehicleRow:
    """A vehicle as it was seen; several may carry one plate."""

    id: int
    version: str
    plate: str
    plate_key: str
    plate_kind: PlateKind
    plate_colour: PlateColour | None
    make: str
    owner_id: int | None
    owner_name: str
    note: str


@dataclass(frozen=True, slots=True)
class GuidanceRow:
    """One act of education."""

    id: int
    version: str
    occurred_on: date
    kind: GuidanceKind
    place_or_target: str
    quantity: int
    officers: str
    note: str
    origin: Origin


def party_ids(where: Where, *, search: str = "") -> list[int]:
    """Parties whose name, number, telephone or address holds `search`; merged ones left out."""
    asked = select(Party.id, Party.name).where(col(Party.merged_into_id).is_(None))
    for word in search.split():
        like = literal(word)
        asked = asked.where(
            or_(
                *(
                    col(column).like(like, escape="\\")
                    for column in (
                        Party.name,
                        Party.id_number,
                        Party.phone,
                        Party.address,
                        Party.legal_representative,
                    )
                )
            )
        )
    with looking(where) as session:
        found = session.exec(asked).all()
    return [one[0] for one in sorted(found, key=lambda one: (pinyin(one[1]), one[0])) if one[0]]


def party_rows(where: Where, ids: Sequence[int]) -> list[PartyRow]:
    """The rows of these parties, in this order."""
    with looking(where) as session:
        found = by_id(session, Party, ids)
        numbers = [one.id_number for one in found if one.id_number]
        same = dict(
            session.exec(
                select(Party.id_number, func.count())
                .where(col(Party.id_number).in_(numbers), col(Party.merged_into_id).is_(None))
                .group_by(Party.id_number)
            ).all()
        )
        cases = dict(
            session.exec(
                select(Case.party_id, func.count())
                .where(col(Case.party_id).in_(ids))
                .group_by(col(Case.party_id))
            ).all()
        )
        return [
            PartyRow(
                version=version(one),
                **one.model_dump(exclude={"uid", "merged_into_id"}),
                duplicates=max(0, same.get(one.id_number, 0) - 1),
                cases=cases.get(one.id, 0),
            )
            for one in found
        ]


def parties_with_number(where: Where, id_number: str, *, but: int | None = None) -> list[PartyRow]:
    """Parties that carry this identity number, the oldest first; `but` leaves one out."""
    if not id_number:
        return []
    with looking(where) as session:
        asked = (
            select(Party.id)
            .where(Party.id_number == id_number, col(Party.merged_into_id).is_(None))
            .order_by(col(Party.id))
        )
        return party_rows(
            session, [one for one in plain_ids(session.exec(asked).all()) if one != but]
        )


def vehicle_ids(where: Where, *, search: str = "") -> list[int]:
    """Vehicles whose plate, make or owner holds `search`, by plate."""
    asked = (
        select(Vehicle.id)
        .join(Party, col(Party.id) == Vehicle.owner_id, isouter=True)
        .order_by(Vehicle.plate_key, col(Vehicle.id))
    )
    for word in search.split():
        like = literal(word)
        asked = asked.where(
            or_(
                col(Vehicle.plate).like(like, escape="\\"),
                col(Vehicle.plate_key).like(literal(word.upper()), escape="\\"),
                col(Vehicle.make).like(like, escape="\\"),
                col(Party.name).like(like, escape="\\"),
            )
        )
    with looking(where) as session:
        return plain_ids(session.exec(asked).all())


def vehicle_rows(where: Where, ids: Sequence[int]) -> list[VehicleRow]:
    """The rows of these vehicles, in this order."""
    with looking(where) as session:
        found = by_id(session, Vehicle, ids)
        names = names_of(session, Party, [one.owner_id for one in found])
        return [
            VehicleRow(
                version=version(one),
                **one.model_dump(exclude={"uid"}),
                owner_name=names.get(one.owner_id, ""),
            )
            for one in found
        ]


def guidance_ids(
    where: Where,
    *,
    search: str = "",
    kind: GuidanceKind | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[int]:
    """Acts of education of this kind and span, the latest first."""
    asked = select(Guidance.id).order_by(col(Guidance.occurred_on).desc(), col(Guidance.id).desc())
    if kind is not None:
        asked = asked.where(Guidance.kind == kind)
    if first is not None:
        asked = asked.where(Guidance.occurred_on >= first)
    if last is not None:
        asked = asked.where(Guidance.occurred_on <= last)
    for word in search.split():
        like = literal(word)
        kinds = [one for one in GuidanceKind if word in one.label]
        asked = asked.where(
            or_(
                col(Guidance.place_or_target).like(like, escape="\\"),
                col(Guidance.officers).like(like, escape="\\"),
                col(Guidance.note).like(like, escape="\\"),
                col(Guidance.kind).in_(kinds),
            )
        )
    with looking(where) as session:
        return plain_ids(session.exec(asked).all())


def guidance_rows(where: Where, ids: Sequence[int]) -> list[GuidanceRow]:
    """The rows of these acts, in this order."""
    with looking(where) as session:
        return [
            GuidanceRow(version=version(one), **one.model_dump(exclude={"uid", "fingerprint"}))
            for one in by_id(session, Guidance, ids)
        ]


def guidance_quantity(where: Where, ids: Sequence[int]) -> int:
    """What these acts add up to: leaflets, persons, times."""
    total = 0
    with looking(where) as session:
        for start in range(0, len(ids), PORTION):
            held = col(Guidance.id).in_(ids[start : start + PORTION])
            total += session.exec(select(func.sum(Guidance.quantity)).where(held)).one() or 0
    return total
