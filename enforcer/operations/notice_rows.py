"""Rows of notices by id or by number, or a refusal that says which is not there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from enforcer.errors import Level, Objection, Refused
from enforcer.models import Notice
from enforcer.operations import numbering
from enforcer.terms import SeriesKind

_PORTION = 500


def chosen_rows(session: Session, ids: Sequence[int]) -> list[Notice]:
    """The rows of these ids in this order, each once, or Refused when one is not there."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int | None, Notice] = {}
    for start in range(0, len(wanted), _PORTION):
        portion = wanted[start : start + _PORTION]
        for one in session.exec(select(Notice).where(col(Notice.id).in_(portion))):
            found[one.id] = one
    if missing := [one for one in wanted if one not in found]:
        raise Refused(
            Objection(
                "notice_unknown",
                Level.BLOCK,
                f"有 {len(missing)} 份告知书不在台账里，请重新载入列表后再选。",
            )
        )
    return [found[one] for one in wanted]


def run_between(session: Session, first: str, last: str) -> list[int]:
    """Ids from number to number of one series, in numeric order; written in any office's style."""
    ends = [_row_of(session, number) for number in (first, last)]
    if ends[0].id == ends[1].id:
        return [ends[0].id or 0]
    if ends[0].series_id is None or ends[0].series_id != ends[1].series_id:
        raise Refused(
            Objection(
                "numbers_of_two_series",
                Level.BLOCK,
                f"“{first}”和“{last}”不是同一列编号，不能连续打印。请分两次打印。",
            )
        )
    low, high = sorted(one.serial or 0 for one in ends)
    asked = (
        select(Notice.id)
        .where(Notice.series_id == ends[0].series_id, col(Notice.serial).between(low, high))
        .order_by(col(Notice.serial))
    )
    return [one for one in session.exec(asked) if one is not None]


def _row_of(session: Session, number: str) -> Notice:
    number = number.strip()
    found = session.exec(select(Notice).where(Notice.number == number)).first()
    if found is None and (place := numbering.locate(session, SeriesKind.NOTICE, number)):
        found = session.exec(
            select(Notice).where(Notice.series_id == place.series_id, Notice.serial == place.serial)
        ).first()
    if found is None:
        raise Refused(
            Objection(
                "number_unknown",
                Level.BLOCK,
                f"没有编号为“{number}”的温馨告知书。请写完整编号，例如“××温告字〔2026〕第00001号”。",
            )
        )
    return found
