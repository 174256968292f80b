"""Things taken into keeping: preserved as evidence (行政处罚法 第五十六条), sealed up, impounded (行政强制法)."""

from __future__ import annotations

from enforcer import models
from enforcer.law import deadlines
from enforcer.law.course_investigation import Preservation, Seizure, Span, Thing
from enforcer.operations.investigation_forms import (
    DisposeForm,
    ExtendSeizureForm,
    PreserveForm,
    ReleaseSeizureForm,
    SeizeForm,
    TestingForm,
)
from enforcer.operations.taking import Taking, one_of, step, things_of
from enforcer.queries.course_rows import CHINA
from enforcer.terms import CaseStep

__all__ = [
    "dispose_preserved",
    "extend_seizure",
    "preserve_evidence",
    "record_testing",
    "release_seizure",
    "seize",
]


@step("先行登记保存", PreserveForm, CaseStep.PRESERVED)
def preserve_evidence(taking: Taking, form: PreserveForm) -> int:
    """Preserve evidence that may be lost; seven working days run from today (第五十六条)."""
    head = taking.person(form.approved_by_id, "approved_by_id")
    due = deadlines.due("preservation_disposal", taking.day, calendar=taking.facts.calendar)
    new = Preservation(
        on=taking.day,
        reason=form.reason,
        place=form.place,
        in_place=form.in_place,
        approved_by_id=form.approved_by_id,
        approved_by=head.name if head else "",
        approved_by_post=head.post if head else None,
        approved_on=form.approved_on,
        things=things_of(form.things, Thing),
        officers=taking.officers,
        due_on=due.due_on,
    )
    return taking.add(models.Preservation, new)


@step("处理登记保存的物品", DisposeForm, CaseStep.PRESERVATION_DISPOSED)
def dispose_preserved(taking: Taking, form: DisposeForm) -> int:
    """Decide on every thing that was preserved (第五十六条)."""
    known = one_of(
        taking.facts.preservations, form.preservation_id, "preservation_id", "先行登记保存"
    )
    return taking.amend(
        models.Preservation,
        known,
        disposed_on=taking.day,
        disposed=things_of(form.things, Thing),
        disposal_words=form.words,
    )


@step("查封、扣押", SeizeForm, CaseStep.SEIZED)
def seize(taking: Taking, form: SeizeForm) -> int:
    """Seal up or impound by a power that the law names (行政强制法 第十八、二十二、二十四条)."""
    head = taking.person(form.approved_by_id, "approved_by_id")
    last = deadlines.due("seizure", taking.day, calendar=taking.facts.calendar).due_on
    new = Seizure(
        kind=form.kind,
        on=taking.day,
        authority=form.authority,
        rank=form.rank,
        reason=form.reason,
        place=form.place,
        urgent=form.urgent,
        done_at=form.done_at.astimezone(CHINA),
        approved_at=form.approved_at.astimezone(CHINA) if form.approved_at else None,
        approved_by_id=form.approved_by_id,
        approved_by=head.name if head else "",
        approved_by_post=head.post if head else None,
        certificates_shown=form.certificates_shown,
        rights_told=form.rights_told,
        party_present=form.party_present,
        witness=form.witness,
        things=things_of(form.things, Thing),
        until_on=form.until_on or last,
    )
    return taking.add(models.Seizure, new)


@step("延长查封、扣押", ExtendSeizureForm, CaseStep.SEIZURE_EXTENDED)
def extend_seizure(taking: Taking, form: ExtendSeizureForm) -> int:
    """Thirty more days at most, once, told to the party in writing (行政强制法 第二十五条)."""
    known = one_of(taking.facts.seizures, form.seizure_id, "seizure_id", "查封、扣押")
    head = taking.person(form.approved_by_id, "approved_by_id")
    return taking.amend(
        models.Seizure,
        known,
        until_on=form.until_on,
        extended_on=taking.day,
        extension_reason=form.reason,
        extension_told=form.told,
        approved_by_post=head.post if head else None,
    )


@step("检验、鉴定期间", TestingForm, CaseStep.SEIZURE_TESTED)
def record_testing(taking: Taking, form: TestingForm) -> int:
    """Leave the days of a test out of the thirty (行政强制法 第二十五条第三款)."""
    known = one_of(taking.facts.seizures, form.seizure_id, "seizure_id", "查封、扣押")
    span = Span(form.first, form.last, form.told_on)
    return taking.amend(models.Seizure, known, testing=(*known.testing, span))


@step("解除查封、扣押", ReleaseSeizureForm, CaseStep.SEIZURE_RELEASED)
def release_seizure(taking: Taking, form: ReleaseSeizureForm) -> int:
    """Release what was taken, and give it back at once (行政强制法 第二十八条)."""
    known = one_of(taking.facts.seizures, form.seizure_id, "seizure_id", "查封、扣押")
    return taking.amend(
        models.Seizure,
        known,
        released_on=taking.day,
        release_reason=form.reason,
        disposed=things_of(form.things, Thing),
    )
