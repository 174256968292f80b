"""What the search box finds: plates, names, numbers, places, case text; literally, never by pattern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from enforcer.identity import read_plate
from enforcer.models import Case, Decision, Document, Lead, Notice, Party, Vehicle, VoidNumber
from enforcer.queries import numbered
from enforcer.terms import DocumentState, NoticeState, Stage
from enforcer.text import half_width, number_spellings, on_one_line

CHINA = ZoneInfo("Asia/Shanghai")
_HALF = str.maketrans("（）", "()")
_ROUND = str.maketrans("()", "（）")
_WIDE = {sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)}
VOID = "作废　"
BRIEF = 40
"""Characters of a lead's content that tell it from the next."""
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
    words = text.replace("\u3000", " ").split()
    if not words:
        return []
    return [
        *_cases(session, words, most),
        *_notices(session, words, most),
        *_parties(session, words, most),
        *_vehicles(session, words, most),
        *_leads(session, words, most),
        *_documents(session, words, most),
        *_void_numbers(session, words, most),
    ]


def _holds(word: str, number: Any, *columns: Any) -> ColumnElement[bool]:
    """The word in the number or in one of the columns; % and _ are letters like any other."""
    return or_(
        *(_contains(number, one) for one in {*_spellings(word), *number_spellings(word)}),
        *(_contains(each, one) for one in _spellings(word) for each in columns),
    )


def _contains(column: Any, word: str) -> ColumnElement[bool]:
    return col(column).icontains(word, autoescape=True)


def _spellings(word: str) -> list[str]:
    """A word as it may have been typed elsewhere: full or half width, other brackets."""
    half = half_width(word).translate(_HALF)
    return list(dict.fromkeys([word, half, half.translate(_WIDE), half.translate(_ROUND)]))


def _cases(session: Session, words: list[str], most: int) -> list[Hit]:
    matches = and_(
        *(
            or_(
                _holds(word, Case.number, Case.party_name, Case.cause, Case.place, Case.act),
                col(Case.id).in_(_decided(session, word)),
                col(Case.party_id_number) == half_width(word).upper(),
                *_plates(word, Case.plate_key),
            )
            for word in words
        )
    )
    matches = or_(matches, *_plates("".join(words), Case.plate_key))
    rows = session.exec(select(Case).where(matches).order_by(col(Case.id).desc()).limit(most))
    return [
        Hit("case", one.number, f"{one.party_name} {one.cause}", one.place, one.id or 0, one.stage)
        for one in rows
    ]


def _decided(session: Session, word: str) -> Any:
    """Cases whose decision has this whole number."""
    found = numbered.at(numbered.spots(session, word), Decision)
    return select(Decision.case_id).where(found)


def _numbered_or_holding(
    session: Session, word: str, columns: tuple[Any, ...]
) -> ColumnElement[bool]:
    """The notice of a whole number by its index; any other word in every column."""
    found = numbered.spots(session, word)
    return numbered.at(found, Notice) if found else _holds(word, *columns)


def _notices(session: Session, words: list[str], most: int) -> list[Hit]:
    columns = (Notice.number, Notice.place, Notice.situation, Notice.officer1, Notice.officer2)
    matches = and_(
        *(
            or_(_numbered_or_holding(session, word, columns), *_plates(word, Notice.plate_key))
            for word in words
        )
    )
    matches = or_(matches, *_plates("".join(words), Notice.plate_key))
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
            or_(
                _holds(one, Party.name, Party.phone),
                col(Party.id_number) == half_width(one).upper(),
            )
            for one in words
        )
    )
    rows = session.exec(select(Party).where(matches).order_by(col(Party.id).desc()).limit(most))
    return [
        Hit("party", one.id_number, f"{one.name}（{one.kind.label}）", one.address, one.id or 0)
        for one in rows
    ]


def _vehicles(session: Session, words: list[str], most: int) -> list[Hit]:
    matches = _plates("".join(words), Vehicle.plate_key)
    if not matches:
        return []
    rows = session.exec(
        select(Vehicle).where(*matches).order_by(col(Vehicle.id).desc()).limit(most)
    )
    return [Hit("vehicle", one.plate, one.make or one.plate, one.note, one.id or 0) for one in rows]


def _leads(session: Session, words: list[str], most: int) -> list[Hit]:
    """Leads by number, place, party and content; never by who told of them (法典 第一百四十六条)."""
    columns = (Lead.source_number, Lead.party_name, Lead.place, Lead.content, Lead.handler)
    rows = session.exec(
        select(Lead)
        .where(*(_holds(one, Lead.number, *columns) for one in words))
        .order_by(col(Lead.received_at).desc())
        .limit(most)
    )
    return [
        Hit(
            "lead",
            one.number,
            f"{VOID if one.voided_on else ''}{one.source.label}　{_brief(one.content)}",
            _where(one.place, one.received_at),
            one.id or 0,
        )
        for one in rows
    ]


def _brief(text: str) -> str:
    """The beginning of a text in one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= BRIEF else f"{flat[:BRIEF]}…"


def _documents(session: Session, words: list[str], most: int) -> list[Hit]:
    rows = session.exec(
        select(
            Document.id, Document.number, Document.title, Document.issued_at, Document.void_reason,
            Document.state,
        )  # type: ignore[call-overload]
        .where(
            col(Document.number) != "",
            *(_holds(one, Document.number, Document.title) for one in words),
        )
        .order_by(col(Document.id).desc())
        .limit(most)
    )  # fmt: skip
    found = []
    for row_id, number, title, at, reason, state in rows:
        void = state is DocumentState.VOID
        what = f"{VOID}{title}" if void else title
        found.append(Hit("document", number, what, _where(reason if void else "签发", at), row_id))
    return found


def _void_numbers(session: Session, words: list[str], most: int) -> list[Hit]:
    """Numbers of steps that were taken back: they lead to their case, or to the lead it was to be."""
    rows = session.exec(
        select(VoidNumber)
        .where(*(_holds(one, VoidNumber.number) for one in words))
        .order_by(col(VoidNumber.id).desc())
        .limit(most)
    )
    return [hit for one in rows if (hit := _of_void(session, one)) is not None]


def _of_void(session: Session, one: VoidNumber) -> Hit | None:
    title, where = f"{VOID}{one.kind.label} {one.number}", _where(one.reason, one.voided_at)
    found = numbered.standing(session, one.case_id)
    if isinstance(found, Lead):
        return Hit("lead", found.number, title, where, found.id or 0)
    if found is None:
        return None
    return Hit("case", found.number, title, where, one.case_id, found.stage)


def _plates(word: str, column: Any) -> list[ColumnElement[bool]]:
    """The word as part of a plate, as plates are kept for searching; nothing when it is none."""
    try:
        key = read_plate(word).key
    except ValueError:
        return []
    return [col(column).contains(key, autoescape=True)] if key and len(key) >= 2 else []


def _where(place: str, at: datetime | None) -> str:
    when = at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if at else ""
    return " ".join(one for one in (on_one_line(place), when) if one)
