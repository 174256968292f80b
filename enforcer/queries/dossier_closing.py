"""What a case still lacks when it is closed, and the reasons it was closed with (第四十七条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from enforcer.course_terms import Part
from enforcer.dossier_terms import Closing
from enforcer.errors import Level, Objection
from enforcer.models import CaseEvent
from enforcer.queries import dossier_readiness, dossier_settings, dossier_timeline
from enforcer.queries.dossier_timeline import PartRow
from enforcer.queries.looking import Where, looking
from enforcer.terms import CaseStep

GAPS = "gaps"
"""Where a closing step keeps what was missing, and why it was closed all the same."""
CLOSING = frozenset({CaseStep.CLOSURE_PROPOSED, CaseStep.SIGNED, CaseStep.CLOSED})
_CODE = "closing_"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: a part of the record without text or recording, or a hard fault."""

    code: str
    label: str
    say: str
    cite: str


def gaps(where: Where, case_id: int, *, now: datetime) -> tuple[Gap, ...]:
    """What is missing of the six parts, then the hard faults of the review, one line a check."""
    with looking(where) as session:
        found = dossier_readiness.readiness(session, case_id, now=now)
    if found is None:
        return ()
    lacking = [
        Gap(_CODE + one.part.value, f"“{one.part.label}”没有记录", one.say, dossier_timeline.CITE)
        for one in found.parts
        if one.missing and not _only_closing(one)
    ]
    by_key: dict[str, list[dossier_readiness.Finding]] = {}
    for one in found.hard:
        by_key.setdefault(one.key, []).append(one)
    faulty = [
        Gap(_CODE + key.lower(), many[0].title, "".join(one.say for one in many), many[0].cite)
        for key, many in by_key.items()
    ]
    return (*lacking, *faulty)


def _only_closing(part: PartRow) -> bool:
    """The closing is a step of the last part itself: its own paper comes out once it is taken."""
    return part.part is Part.EXECUTION and all(one.step in CLOSING for one in part.steps)


def objections(session: Session, case_id: int, *, now: datetime) -> dict[Objection, Gap]:
    """The same as the office has settled it: refused, asked for a reason, or only told."""
    closing = dossier_settings.settings(session).closing
    if closing is Closing.TELL:
        return {}
    refuses = closing is Closing.REFUSE
    answered = {} if refuses else explained(session, case_id)
    level, todo = (
        (Level.BLOCK, "请补齐以后再结案。")
        if refuses
        else (Level.WARN, "请补齐，或者写明结案的理由。")
    )
    return {
        Objection(one.code, level, f"{one.say}{todo}", one.cite): one
        for one in gaps(session, case_id, now=now)
        if one.code not in answered
    }


def explained(session: Session, case_id: int) -> Mapping[str, Mapping[str, str]]:
    """What the last closing of a case was missing and why, by its code; the head need not repeat it."""
    rows = session.exec(
        select(CaseEvent)
        .where(
            CaseEvent.case_id == case_id,
            col(CaseEvent.step).in_([CaseStep.CLOSURE_PROPOSED.value, CaseStep.CLOSED.value]),
        )
        .order_by(col(CaseEvent.id))
    )
    found: dict[str, Mapping[str, str]] = {}
    for one in rows:
        if one.step == CaseStep.CLOSURE_PROPOSED.value:
            found = {}  # put forward anew: what was said before was said of another round
        kept = (one.detail or {}).get(GAPS, ())
        assert isinstance(kept, list | tuple)
        found |= {str(each["code"]): each for each in kept}
    return found
