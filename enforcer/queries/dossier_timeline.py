"""全过程记录: the six parts of a case, each with its steps, papers and recordings, or that it lacks them.

行政处罚法 第四十七条.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from enforcer.course_terms import Part, SignOffMatter
from enforcer.documents import course_rules
from enforcer.evidence_terms import ActionKind, MediaKind
from enforcer.law import lifecycle
from enforcer.models import Case, CaseEvent, Decision, EvidenceFile, EvidenceUse, Service
from enforcer.queries.course_papers_issued import Issued, issued
from enforcer.queries.looking import Where, looking
from enforcer.terms import CaseStep, Procedure, Stage

CITE = "行政处罚法（2021）第四十七条"
_SUMMARY = {
    CaseStep.DISCOVERED: Part.START,
    CaseStep.EVIDENCE: Part.INVESTIGATION,
    CaseStep.TOLD: Part.INVESTIGATION,
    CaseStep.DECIDED: Part.DECISION,
    CaseStep.SERVED: Part.SERVICE,
    CaseStep.PAID: Part.EXECUTION,
    CaseStep.TO_ORGAN: Part.EXECUTION,
    CaseStep.TO_BANK: Part.EXECUTION,
    CaseStep.REPORTED: Part.EXECUTION,
    CaseStep.CLOSED: Part.EXECUTION,
}
_ORDINARY = {one.key: one.part for one in lifecycle.STEPS}
_SIGNED = {
    SignOffMatter.DECISION.value: Part.REVIEW,
    SignOffMatter.CLOSURE.value: Part.EXECUTION,
}
"""To which part a signature belongs: that of what was signed; of a filing to the start."""
UNDECIDED = frozenset({Part.REVIEW, Part.DECISION, Part.SERVICE})
"""Parts a case without a decision (dismissed, transferred) need not have."""
_FIRST_STEP = {
    Part.START: CaseStep.LEAD_REGISTERED,
    Part.INVESTIGATION: CaseStep.INSPECTION,
    Part.REVIEW: CaseStep.LEGAL_REVIEWED,
    Part.DECISION: CaseStep.DECIDED,
    Part.SERVICE: CaseStep.SERVED,
    Part.EXECUTION: CaseStep.PAID,
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that was taken."""

    step: CaseStep
    on: date
    by: str

    @property
    def label(self) -> str:
        return self.step.label


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that came out."""

    id: int
    title: str
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class RecordingLine:
    """A recording that shows this part."""

    id: int
    name: str
    media: MediaKind
    at: datetime | None
    recorder: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """One of the six parts. `due`: the case has come so far that it must have a record."""

    part: Part
    steps: tuple[StepLine, ...]
    papers: tuple[PaperLine, ...]
    recordings: tuple[RecordingLine, ...]
    due: bool
    missing: bool = False
    say: str = ""
    step: str = ""


def timeline(where: Where, case_id: int) -> tuple[PartRow, ...]:
    """The six parts of a case; () when there is no such case."""
    with looking(where) as session:
        case = session.get(Case, case_id)
        if case is None:
            return ()
        on_the_spot = case.procedure is Procedure.SUMMARY
        known = _SUMMARY if on_the_spot else _ORDINARY
        steps = _steps(session, case_id, known)
        papers = _papers(issued(session, case_id), known)
        recordings = _recordings(session, case_id)
        last = [part for part in Part if steps.get(part)]
        reached = list(Part).index(last[-1]) if last else 0
        if case.stage is Stage.CLOSED:
            reached = len(Part) - 1
        decided = any(one.step is CaseStep.DECIDED for one in steps.get(Part.DECISION, ()))
        beside = frozenset() if decided else UNDECIDED
        if on_the_spot:
            beside |= {Part.REVIEW}
        return tuple(
            _row(
                part,
                steps.get(part, []),
                papers.get(part, []),
                recordings.get(part, []),
                due=at <= reached and not (part in beside and not steps.get(part)),
                ended=reached == len(Part) - 1,
                on_the_spot=on_the_spot,
            )
            for at, part in enumerate(Part)
        )


def _row(
    part: Part,
    steps: Sequence[StepLine],
    papers: Sequence[PaperLine],
    recordings: Sequence[RecordingLine],
    *,
    due: bool,
    ended: bool,
    on_the_spot: bool,
) -> PartRow:
    """`on_the_spot`: one paper tells of every step, so that a step on record is its text."""
    say = ""
    missing = due and not papers and not recordings and not (on_the_spot and steps)
    if missing:
        say = (
            f"“{part.label}”办过{len(steps)}步，还没有文书，也没有音像记录。"
            if steps
            else f"“{part.label}”没有任何记录。"
        )
    elif not due:
        say = f"还没有到“{part.label}”。"
        if on_the_spot and part is Part.REVIEW:
            say = "当场处罚不经过单独的审核。"
        elif ended:
            say = f"本案没有作出决定，不涉及“{part.label}”。"
    return PartRow(
        part,
        tuple(steps),
        tuple(papers),
        tuple(recordings),
        due,
        missing,
        say,
        _FIRST_STEP[part].value,
    )


def _steps(
    session: Session, case_id: int, known: dict[CaseStep, Part]
) -> dict[Part, list[StepLine]]:
    by_value = {one.value: one for one in CaseStep}
    rows = session.exec(
        select(CaseEvent)
        .where(CaseEvent.case_id == case_id)
        .order_by(col(CaseEvent.happened_on), col(CaseEvent.id))
    )
    found: dict[Part, list[StepLine]] = {}
    for one in rows:
        step = by_value.get(one.step)
        part = known.get(step) if step is not None else None
        if part is None or step is None:
            continue
        detail = one.detail or {}
        if step is CaseStep.SIGNED:
            part = _SIGNED.get(str(detail.get("matter", "")), Part.START)
        by = str(detail.get("by") or one.actor)
        found.setdefault(part, []).append(StepLine(step, one.happened_on, by))
    return found


def _papers(made: Sequence[Issued], known: dict[CaseStep, Part]) -> dict[Part, list[PaperLine]]:
    found: dict[Part, list[PaperLine]] = {}
    for one in made:
        if not one.stands or one.key.startswith("dossier_"):
            continue
        line = PaperLine(one.id, one.title, one.number, one.on)
        found.setdefault(_part_of(one.key, known), []).append(line)
    return found


def _part_of(key: str, known: dict[CaseStep, Part]) -> Part:
    if key == "summary_decision":
        return Part.DECISION
    if key in ("evidence_list", "evidence_photos"):
        return Part.INVESTIGATION
    step = course_rules.step_of(key)
    if step is CaseStep.DECISION_PROPOSED:
        return Part.REVIEW  # the signatures it was reviewed by stand on it
    return known.get(step, Part.EXECUTION) if step else Part.EXECUTION


def _recordings(session: Session, case_id: int) -> dict[Part, list[RecordingLine]]:
    """Recordings by what they were taken at; those of the case as a whole by their time."""
    rows = session.exec(
        select(EvidenceUse, EvidenceFile)
        .join(EvidenceFile, col(EvidenceFile.id) == col(EvidenceUse.evidence_file_id))
        .where(EvidenceUse.case_id == case_id, col(EvidenceUse.removed_at).is_(None))
        .order_by(col(EvidenceFile.begins_at), col(EvidenceFile.id))
    )
    parts = {
        ActionKind.NOTICE: Part.START,
        ActionKind.DECISION: Part.DECISION,
        ActionKind.INSPECTION: Part.INVESTIGATION,
        ActionKind.SERVICE: Part.SERVICE,
        ActionKind.CASE: Part.INVESTIGATION,
    }
    days = _service_days(session, case_id)
    found: dict[Part, list[RecordingLine]] = {}
    for use, file in rows:
        part = parts[use.action]
        day = file.begins_at.date() if file.begins_at else None
        if use.action is ActionKind.CASE and day in days:
            part = Part.SERVICE
        line = RecordingLine(
            file.id or 0, file.original_name, file.media, file.begins_at, file.recorder
        )
        mine = found.setdefault(part, [])
        if line not in mine:
            mine.append(line)
    return found


def _service_days(session: Session, case_id: int) -> set[date]:
    """Days on which nothing but service happened."""
    served = session.exec(select(col(Service.on)).where(Service.case_id == case_id))
    decided = session.exec(select(col(Decision.decided_on)).where(Decision.case_id == case_id))
    others = session.exec(
        select(col(CaseEvent.happened_on)).where(
            CaseEvent.case_id == case_id, CaseEvent.step != CaseStep.SERVED.value
        )
    )
    return set(served) - set(decided) - set(others)
