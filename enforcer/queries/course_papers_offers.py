"""The papers of a case by stage: made, to be made now, still missing for the dossier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from enforcer.documents import course_rules
from enforcer.errors import Level, Objection, Refused
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.models import Document
from enforcer.queries import course, course_papers
from enforcer.queries.course_papers_issued import Issued, issued, issued_of
from enforcer.queries.course_papers_rows import About, about
from enforcer.queries.course_papers_wanted import needed, wanted
from enforcer.queries.course_stages import STEPS_OF, Milestone
from enforcer.queries.looking import Where, looking


class State(StrEnum):
    """Where a paper stands."""

    MADE = "made"
    VOID = "void"
    READY = "ready"
    OPTIONAL = "optional"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """One line of the papers of a case.

    `label` tells apart papers of one kind; `say` and `cite` why one is missing, or what it waits for.
    """

    key: str
    row: int
    title: str
    stage: Milestone
    state: State
    on: date | None = None
    label: str = ""
    document: Issued | None = None
    say: str = ""
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Which:
    """Which row a paper is asked for, and the paper that came out of it already."""

    row: int
    document_id: int | None = None


def papers(where: Where, case_id: int, *, now: datetime) -> tuple[PaperOffer, ...]:
    """Every paper of a case, in the order of its life; () when there is no such case."""
    with looking(where) as session:
        facts = course.facts(session, case_id, now=now)
        if facts is None:
            return ()
        made = issued(session, case_id)
    return tuple(_offers(facts, made))


def which(where: Where, case_id: int, key: str, place: int = 0, *, now: datetime) -> Which:
    """The row a paper is asked for: the `place`-th of its kind from 1, 0 the latest."""
    with looking(where) as session:
        facts = course.facts(session, case_id, now=now)
        made = [one for one in issued(session, case_id) if one.key == key and one.stands]
    rows = list(dict.fromkeys([*(one.row for one in made), *_rows(facts, key)]))
    if place > len(rows):
        raise Refused(
            Objection(
                "paper_row_gone",
                Level.BLOCK,
                f"《{course_rules.rule(key).title}》只有 {len(rows)} 份，没有第 {place} 份。",
                field="row",
            )
        )
    if not rows:
        return Which(0)
    row = rows[place - 1] if place else (_rows(facts, key) or rows)[-1]
    found = next((one.id for one in reversed(made) if one.row in (0, row)), None)
    return Which(row, found)


def document(where: Where, document_id: int) -> Issued:
    """One paper that came out."""
    with looking(where) as session:
        row = session.get(Document, document_id)
        assert row is not None
        return issued_of(row)


def _rows(facts: CaseFacts | None, key: str) -> list[int]:
    return [one.row for one in about(facts, key)] if facts else []


def _offers(facts: CaseFacts, made: tuple[Issued, ...]) -> Iterator[PaperOffer]:
    lacking = {one.key: one for one in wanted(facts)}
    for key, said in course_rules.rules().items():
        mine = [one for one in made if one.key == key]
        rows = about(facts, key)
        labels = {one.row: one.label for one in rows}
        for one in mine:
            yield _made(key, one, labels.get(one.row, ""))
        covered = {one.row for one in mine if one.stands}
        left = [one for one in rows if one.row not in covered and 0 not in covered]
        for each in left:
            yield _ready(facts, key, each)
        if not rows and not covered and key in lacking:
            need = lacking[key]
            yield PaperOffer(
                key=key,
                row=0,
                title=said.title,
                stage=milestone_of(key),
                state=State.MISSING,
                say=need.say,
                cite=need.cite,
            )


def _made(key: str, one: Issued, label: str) -> PaperOffer:
    return PaperOffer(
        key=key,
        row=one.row,
        title=one.title,
        stage=milestone_of(key),
        state=State.MADE if one.stands else State.VOID,
        on=one.on,
        label=label,
        document=one,
        say="" if one.stands else f"作废：{one.void_reason}",
    )


def _ready(facts: CaseFacts, key: str, each: About) -> PaperOffer:
    said = course_rules.rule(key)
    free = not needed(facts, said, each.row)
    return PaperOffer(
        key=key,
        row=each.row,
        title=said.title,
        stage=milestone_of(key),
        state=State.OPTIONAL if free else State.READY,
        on=course_papers.day_of(facts, key, each.row) or each.on,
        label=each.label,
        say=said.optional.say if said.optional and free else "",
    )


def milestone_of(key: str) -> Milestone:
    """The stage of the case a paper belongs to."""
    step = course_rules.rule(key).step
    return next(one for one, steps in STEPS_OF.items() if step in steps)
