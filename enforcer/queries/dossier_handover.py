"""What can go to the archive room, and the lists that went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from enforcer.documents.course_words import CHINA
from enforcer.errors import Level, Objection
from enforcer.models import ArchiveHandover, AuditEntry, Case, Dossier
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
    """A list that went to the archive room; `written` is how often it was written out.

    `against` is what stands against taking it back as a slip.
    """

    id: int
    on: date
    giver: str
    receiver: str
    words: str
    dossiers: int
    confirmed_on: date | None = None
    taken_back_on: date | None = None
    taken_back_by: str = ""
    taken_back_reason: str = ""
    written: int = 0
    against: tuple[Objection, ...] = ()


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
        written = _written(session)
        return tuple(
            HandoverRow(
                one.id or 0,
                one.on,
                one.giver,
                one.receiver,
                one.words,
                one.dossiers,
                one.confirmed_on,
                one.taken_back_at.astimezone(CHINA).date() if one.taken_back_at else None,
                one.taken_back_by,
                one.taken_back_reason,
                written.get(str(one.id), 0),
                against_taking_back(session, one),
            )
            for one in session.exec(asked).all()
        )


def against_taking_back(session: Session, made: ArchiveHandover) -> tuple[Objection, ...]:
    """Why a list is no slip any more: the archive room has it, or the year's next list is made."""
    return tuple(_against(session, made))


def _against(session: Session, made: ArchiveHandover) -> Iterator[Objection]:
    number = f"第 {made.id} 份移交清单"
    if made.taken_back_at is not None:
        yield _block("handover_back", f"{number}已经撤回，不能再撤回。")
        return
    if made.confirmed_on is not None:
        say = (
            f"档案室已于 {made.confirmed_on} 签收{number}，不能撤回。需要调整的，与档案室办理退卷。"
        )
        yield _block("handover_confirmed", say)
        return
    mine, later = aliased(Dossier), aliased(Dossier)
    found = session.exec(
        select(func.min(later.handover_id))
        .join(mine, col(mine.year) == col(later.year))
        .where(mine.handover_id == made.id, col(later.handover_id) > made.id)
    ).one()
    if found is not None:
        say = (
            f"同一年度的第 {found} 份移交清单排在{number}后面，不能撤回。"
            "登记有误的，请先撤回后面的清单。"
        )
        yield _block("handover_built_on", say)


def _block(code: str, say: str) -> Objection:
    return Objection(code, Level.BLOCK, say, "行政处罚法（2021）第四十七条", "handover_id")


def _written(session: Session) -> dict[str, int]:
    """How often each list was written out, by its number."""
    asked = (
        select(AuditEntry.row_id, func.count())
        .where(AuditEntry.action == "export", AuditEntry.table_name == "archive_handover")
        .group_by(AuditEntry.row_id)
    )
    return dict(session.exec(asked).all())
