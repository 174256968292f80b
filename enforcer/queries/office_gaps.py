"""What the office's own data still lacks before its papers can come out, as rows of 今日."""

from __future__ import annotations

from datetime import date

from enforcer.errors import Level
from enforcer.queries.due import DueRow, Pressing
from enforcer.queries.looking import Where, looking
from enforcer.queries.readiness import PLACES, Missing, office_ready
from enforcer.terms import SeriesKind

PAPERS = (SeriesKind.NOTICE, SeriesKind.SUMMARY_DECISION)


def office_gaps(where: Where, *, today: date) -> tuple[DueRow, ...]:
    """Each thing that keeps the papers of every day from coming out, with the page that mends it."""
    found: list[Missing] = []
    with looking(where) as session:
        for paper in PAPERS:
            for one in office_ready(session, paper, today=today):
                if one.level is Level.BLOCK and one not in found:
                    found.append(one)
    return tuple(_row(at, one) for at, one in enumerate(found))


def _row(at: int, one: Missing) -> DueRow:
    return DueRow(
        key=f"gap-{at}-{one.code}",
        pressing=Pressing.OPEN,
        what="文书还缺本单位资料",
        matter=one.say.rstrip("。"),
        due_on=None,
        days_left=None,
        cite=one.cite,
        why=(one.say, f"在“{PLACES[one.place]}”里填写；填好以前，缺这一项的文书不能签发。"),
        place=one.place,
        field=one.field,
        identity=one.organ_id,
    )
