"""What the search box finds: plates, names, numbers, places, case text; literally, never by pattern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from enforcer.identity import read_plate
from enforcer.models import Case, Document, Notice, Party, Vehicle
from enforcer.terms import NoticeState, Stage
from enforcer.text import half_width

CHINA = ZoneInfo("Asia/Shanghai")
MOST = 20
"""Rows of one kind; a longer list is found by more words, not by scrolling."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `row_id` is for the window; commands show the rest."""

    kind: str
    number: str
    title: str
    where: str
    row_id: int
    stage: Stage | None = None

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "kind": self.kind,
            "number": self.number,
            "title": self.title,
            "where": self.where,
        }
        if self.stage is not None:
            shown |= {"stage": self.stage.label, "open": self.stage is not Stage.CLOSED}
        return shown


def find(session: Session, text: str, *, most: int = MOST) -> list[Hit]:
    """Everything that holds every word of `text`, at most `most` of each kind; newest first."""
    words = half_width(text).split()
    if not words:
        return []
    return [
        *_cases(session, words, most),
        *_notices(session, words, most),
        *_parties(session, words, most),
        *_vehicles(session, words, most),
        *_documents(session, words, most),
    ]


def _holds(words: list[str], *columns: Any) -> ColumnElement[bool]:
    """Every word in one of the columns; % and _ are letters like any other."""
    return and_(
        *(or_(*(col(one).icontains(word, autoescape=True) for one in columns)) for word in words)
    )


def _cases(session: Session, words: list[str], most: int) -> list[Hit]:
    keys = [_plate_key(one) for one in words]
    matches = and_(
        *(
            or_(
                _holds([word], Case.number, Case.party_name, Case.cause, Case.place, Case.act),
                col(Case.party_id_number) == word,
                *([col(Case.plate_key).contains(key, autoescape=True)] if key else []),
            )
            for word, key in zip(words, keys, strict=True)
        )
    )
    rows = session.exec(select(Case).where(matches).order_by(col(Case.id).desc()).limit(most))
    return [
        Hit("case", one.number, f"{one.party_name} {one.cause}", one.place, one.id or 0, one.stage)
        for one in rows
    ]


def _notices(session: Session, words: list[str], most: int) -> list[Hit]:
    keys = [_plate_key(one) for one in words]
    matches = and_(
        *(
            or_(
                _holds([word], Notice.number, Notice.place, Notice.officer1, Notice.officer2),
                *([col(Notice.plate_key).contains(key, autoescape=True)] if key else []),
            )
            for word, key in zip(words, keys, strict=True)
        )
    )
    rows = session.exec(
        select(
            Notice.id, Notice.number, Notice.plate, Notice.situation, Notice.place,
            Notice.noticed_at, Notice.state,
        )  # type: ignore[call-overload]
        .where(matches)
        .order_by(col(Notice.noticed_at).desc())
        .limit(most)
    )  # fmt: skip
    found = []
    for row_id, number, plate, situation, place, at, state in rows:
        what = state.label if state is not NoticeState.ISSUED else situation
        found.append(
            Hit("notice", number, f"{plate or '—'} {what}".strip(), _where(place, at), row_id)
        )
    return found


def _parties(session: Session, words: list[str], most: int) -> list[Hit]:
    matches = and_(
        *(
            or_(_holds([one], Party.name, Party.phone), col(Party.id_number) == one.upper())
            for one in words
        )
    )
    rows = session.exec(select(Party).where(matches).order_by(col(Party.id).desc()).limit(most))
    return [
        Hit("party", one.id_number, f"{one.name}（{one.kind.label}）", one.address, one.id or 0)
        for one in rows
    ]


def _vehicles(session: Session, words: list[str], most: int) -> list[Hit]:
    keys = [_plate_key(one) for one in words]
    if not all(keys):
        return []
    matches = and_(*(col(Vehicle.plate_key).contains(key, autoescape=True) for key in keys))
    rows = session.exec(select(Vehicle).where(matches).order_by(col(Vehicle.id).desc()).limit(most))
    return [Hit("vehicle", one.plate, one.make or one.plate, one.note, one.id or 0) for one in rows]


def _documents(session: Session, words: list[str], most: int) -> list[Hit]:
    rows = session.exec(
        select(Document.id, Document.number, Document.title, Document.issued_at)
        .where(col(Document.number) != "", _holds(words, Document.number, Document.title))
        .order_by(col(Document.id).desc())
        .limit(most)
    )
    return [
        Hit("document", number, title, _where("签发", at), row_id or 0)
        for row_id, number, title, at in rows
    ]


def _plate_key(word: str) -> str:
    """The word as plates are kept for searching; empty when it cannot be part of one."""
    try:
        key = read_plate(word).key
    except ValueError:
        return ""
    return key if key and len(key) >= 3 else ""


def _where(place: str, at: datetime | None) -> str:
    when = at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if at else ""
    return " ".join(one for one in (place, when) if one)
