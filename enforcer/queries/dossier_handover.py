"""What can go to the archive room, and the lists that went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from enforcer.models import ArchiveHandover, Case, Dossier
from enforcer.queries.looking import Where, looking


@dataclass(frozen=True, slots=True)
class WaitingDossier:
    """An archived dossier that is still with the office."""

    case_id: int
    archive_number: str
    title: str
    number: str
    archived_on: date
    retention: str
    volumes: int
    pages: int


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A list that went to the archive room."""

    id: int
    on: date
    giver: str
    receiver: str
    words: str
    dossiers: int


def case_title(case: Case) -> str:
    """案件名称 on cover and list: the party, what was found, 案."""
    return f"{case.party_name}{case.cause.removeprefix('涉嫌').removesuffix('案')}案"


def waiting(
    where: Where, first: date | None = None, last: date | None = None
) -> tuple[WaitingDossier, ...]:
    """Dossiers archived in the span and not handed over, by archive number."""
    asked = (
        select(Dossier, Case)
        .join(Case, col(Case.id) == col(Dossier.case_id))
        .where(col(Dossier.handover_id).is_(None))
        .order_by(col(Dossier.archive_number))
    )
    if first is not None:
        asked = asked.where(Dossier.archived_on >= first)
    if last is not None:
        asked = asked.where(Dossier.archived_on <= last)
    with looking(where) as session:
        return tuple(
            WaitingDossier(
                one.case_id,
                one.archive_number,
                case_title(case),
                case.number,
                one.archived_on,
                one.retention,
                one.volumes,
                one.pages,
            )
            for one, case in session.exec(asked)
        )


def handovers(where: Where) -> tuple[HandoverRow, ...]:
    """Every list, the newest first."""
    with looking(where) as session:
        asked = select(ArchiveHandover).order_by(col(ArchiveHandover.id).desc())
        return tuple(
            HandoverRow(one.id or 0, one.on, one.giver, one.receiver, one.words, one.dossiers)
            for one in session.exec(asked)
        )
