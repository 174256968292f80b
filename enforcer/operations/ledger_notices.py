"""温馨告知台账 taken over: one row, one notice, its number entered in its series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

from enforcer.exchange.workbook import LedgerRow
from enforcer.law import catalogue
from enforcer.models import Notice
from enforcer.operations import numbering
from enforcer.operations.ledger_rows import Intake, existing
from enforcer.terms import NoticeState, Origin, SeriesKind

CHINA = ZoneInfo("Asia/Shanghai")


def take(intake: Intake, rows: Sequence[LedgerRow]) -> None:
    """Take the rows whose number is not in the home yet; the rest are counted as known."""
    session = intake.session
    intake.tell(0, len(rows))
    places = numbering.place_many(
        session, SeriesKind.NOTICE, [row.values["number"] for row in rows]
    )
    numbers = existing(session, Notice.number, [row.values["number"] for row in rows])
    intake.tell(0, len(rows))
    held = _held_serials(intake, {one.series_id for one in places if one})
    items = _item_keys(rows)
    new: list[dict[str, Any]] = []
    for at, (row, place) in enumerate(zip(rows, places, strict=True)):
        intake.tell(at, len(rows))
        number = row.values["number"]
        key = (place.series_id, place.serial) if place else None
        if number in numbers or (key and key in held):
            intake.know(row)
            continue
        if place and place.drawn_here:
            intake.refuse(
                row, "编号", f"编号“{number}”是本程序取用的号，不能再从台账补录。请核对。"
            )
            continue
        if intake.written_twice(row, "编号", key):
            continue
        new.append(_notice(intake, row, place, items))
    intake.insert(Notice, new, say="温馨告知台账补录")
    intake.taken += len(new)


def _notice(
    intake: Intake, row: LedgerRow, place: numbering.Placed | None, items: dict[str, str]
) -> dict[str, Any]:
    values = row.values
    plate, at = values["plate"], values["noticed_at"]
    void = bool(values["void"])
    note, situation, place_words = (values[one] or "" for one in ("note", "situation", "place"))
    first, second = (values[one] or "" for one in ("officer1", "officer2"))
    return {
        "number": values["number"],
        "series_id": place.series_id if place else None,
        "serial": place.serial if place else None,
        "state": NoticeState.VOID if void else NoticeState.ISSUED,
        "origin": Origin.BACKFILLED,
        "plate": plate.text if plate else "",
        "plate_key": plate.key if plate else "",
        "plate_kind": plate.kind if plate else None,
        "plate_colour": values.get("plate_colour"),
        "noticed_at": at,
        "noticed_on": at.date() if at else None,
        "place": place_words,
        "item_key": items.get(situation, ""),
        "situation": situation,
        "officer1_id": intake.officer(first),
        "officer2_id": intake.officer(second),
        "officer1": first,
        "officer2": second,
        "outcome": None if void else values.get("outcome"),
        "note": note,
        "void_reason": (note or "台账记为作废") if void else "",
    }


def _held_serials(intake: Intake, series: set[int]) -> set[tuple[int, int]]:
    if not series:
        return set()
    pairs = intake.session.exec(
        select(Notice.series_id, Notice.serial).where(Notice.series_id.in_(series))  # type: ignore[union-attr]
    )
    return {(a, b) for a, b in pairs if a is not None and b is not None}


def _item_keys(rows: Sequence[LedgerRow]) -> dict[str, str]:
    """Which item of the catalogue a 情形 names, by its title or one of its everyday words."""
    dated = [row.values["noticed_at"] for row in rows if row.values.get("noticed_at")]
    if not dated:
        return {}
    found: dict[str, str] = {}
    for item in catalogue.items(max(dated).astimezone(CHINA).date()):
        for word in (item.title, *item.words.split()):
            found.setdefault(word, item.key)
    return found
