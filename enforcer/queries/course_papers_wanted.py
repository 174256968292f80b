"""Which papers the dossier of a case still lacks, and by which article (行政处罚法 第四十七条)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from enforcer.course_terms import Outcome, RecordKind, ServiceMethod
from enforcer.documents.course_rules import PaperRule
from enforcer.law import lifecycle
from enforcer.law import lifecycle_guards_ruling as ruling
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.paper_terms import Use
from enforcer.terms import CaseStep, LeniencyPaper, Stage

LAW = "行政处罚法（2021）"
EVIDENCE = frozenset(
    {RecordKind.INSPECTION, RecordKind.INQUIRY, RecordKind.PHOTOS, RecordKind.SAMPLING}
)


@dataclass(frozen=True, slots=True)
class Need:
    """A paper the dossier wants before its step was taken."""

    key: str
    say: str
    cite: str


def needed(facts: CaseFacts, said: PaperRule, row: int) -> bool:
    """Whether the dossier has to hold this paper of the row; one never used need not be made."""
    if said.optional is None:
        return True
    return said.optional.use is not None and NEEDED[said.optional.use](facts, row)


def wanted(facts: CaseFacts) -> tuple[Need, ...]:
    """What is missing for the dossier as the case stands, in no order."""
    if facts.filed_on is None:
        return ()
    return tuple(_wanted(facts))


def _wanted(facts: CaseFacts) -> Iterator[Need]:
    dropped = facts.taken(CaseStep.DISMISSED) or _handed_over(facts)
    if not dropped:
        yield from _investigation(facts)
        yield from _review(facts)
        yield from _decision(facts)
    if facts.stage is not Stage.CLOSED:
        if not dropped and facts.closure is None:
            yield _after("closure_approval", CaseStep.CLOSURE_PROPOSED)
        for key in ("dossier_cover", "dossier_contents", "dossier_note"):
            yield _after(key, CaseStep.CLOSED)


def _handed_over(facts: CaseFacts) -> bool:
    """Whether the case lies with the police: transferred, and not handed back."""
    if not facts.transfers or facts.transfers[-1].transferred_on is None:
        return False
    return facts.stage is Stage.CLOSED or facts.transfers[-1].answered_on is None


def _investigation(facts: CaseFacts) -> Iterator[Need]:
    if not any(one.kind in EVIDENCE for one in facts.records):
        say = "还没有调查取证的笔录：至少要有现场检查笔录、询问笔录或者照片。"
        yield Need("inspection_record", say, f"{LAW}第五十四条第一款、第四十六条")
    if not facts.corrections and _punishing(facts):
        say = "还没有责令改正：实施行政处罚时，应当责令当事人改正违法行为。"
        yield Need("correction_order", say, f"{LAW}第二十八条第一款")
    if facts.report is None:
        yield _after("investigation_report", CaseStep.CONCLUDED)


def _review(facts: CaseFacts) -> Iterator[Need]:
    for key, guard in (
        ("legal_review_opinion", ruling.legal_review_missing),
        ("legal_review_opinion", ruling.competition_not_reviewed),
        ("discussion_record", ruling.discussion_missing),
    ):
        found = guard(facts) if facts.decision is None else None
        if found is not None:
            yield Need(key, found.say, found.cite)
    if any(one.words and one.adopted is None for one in facts.defences):
        yield _after("defence_review", CaseStep.DEFENCE_REVIEWED)
    for one in facts.hearings:
        if one.withdrawn_on is None:
            if one.hearing_at is None:
                yield _after("hearing_notice", CaseStep.HEARING_NOTICED)
            if one.held_on is None:
                yield _after("hearing_record", CaseStep.HEARING)
            if not one.report_words:
                yield _after("hearing_report", CaseStep.HEARING_REPORTED)


def _decision(facts: CaseFacts) -> Iterator[Need]:
    put = facts.put_forward or facts.report
    spares = put is not None and put.imposition.outcome is not Outcome.PENALTY
    if not spares and not facts.notices:
        yield _after("prior_notice", CaseStep.ANNOUNCED)
    if facts.put_forward is None:
        yield _after("decision_approval", CaseStep.DECISION_PROPOSED)
    if facts.decision is None:
        key = "no_penalty_decision" if spares else "penalty_decision"
        yield _after(key, CaseStep.DECIDED)
    taught = any(one.kind is RecordKind.EDUCATION for one in facts.records)
    if put and put.imposition.outcome is Outcome.NO_PENALTY and not taught:
        say = "还没有教育记录：依法不予行政处罚的，应当对当事人进行教育。"
        yield Need("education_record", say, f"{LAW}第三十三条第三款")
    unserved = [
        step.label
        for step in (CaseStep.ANNOUNCED, CaseStep.DECIDED)
        if facts.taken(step) and not any(not one.failed for one in facts.services_of(step))
    ]
    if unserved:
        say = f"{'、'.join(unserved)}的文书还没有送达，没有送达回证。"
        yield Need("proof_of_service", say, f"{LAW}第六十一条第一款")
    if facts.decision is not None and facts.decision.fine_fen and not facts.payments:
        say = "还没有缴款，没有票据可以粘贴。"
        yield Need("receipt_page", say, f"{LAW}第六十七条第三款")


def _punishing(facts: CaseFacts) -> bool:
    put = facts.put_forward or facts.report
    return put is None or put.imposition.outcome is Outcome.PENALTY


def _after(key: str, step: CaseStep) -> Need:
    """A paper that comes out of a step not taken yet."""
    return Need(key, f"还没有办理“{step.label}”。", lifecycle.step(step).cite)


def _waived(facts: CaseFacts, row: int) -> bool:
    return any(one.notice_id == row and one.waived for one in facts.defences)


def _spoken(facts: CaseFacts, row: int) -> bool:
    return any(one.id == row and not one.in_writing for one in facts.defences)


def _electronic(facts: CaseFacts, _: int) -> bool:
    return any(one.method is ServiceMethod.ELECTRONIC for one in facts.services)


def _promised(facts: CaseFacts, _: int) -> bool:
    put = facts.put_forward or facts.report
    return put is not None and LeniencyPaper.PLEDGE in put.imposition.papers


NEEDED: Mapping[Use, Callable[[CaseFacts, int], bool]] = {
    Use.WAIVED: _waived,
    Use.SPOKEN: _spoken,
    Use.ELECTRONIC: _electronic,
    Use.PROMISED: _promised,
}
"""When a paper that may be made was used, so that it belongs in the dossier."""
