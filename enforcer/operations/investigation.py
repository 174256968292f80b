"""The investigation on record: inquiries, inspections, photographs, samples, orders to correct, periods."""

from __future__ import annotations

from datetime import timedelta

from enforcer import models
from enforcer.course_terms import PeriodKind, RecordKind
from enforcer.law.course_investigation import (
    Correction,
    PeriodChange,
    Summons,
    Thing,
    WrittenRecord,
)
from enforcer.operations.investigation_forms import (
    ConcludeForm,
    CorrectionForm,
    InquiryForm,
    InspectionForm,
    PeriodForm,
    PhotosForm,
    RecordForm,
    ReinspectForm,
    ResumeForm,
    SampleForm,
    SummonForm,
)
from enforcer.operations.proposing import keep_proposal, proposal_of
from enforcer.operations.taking import Taking, one_of, step, things_of
from enforcer.queries.course_rows import CHINA
from enforcer.terms import CaseStep

__all__ = [
    "change_period",
    "conclude_investigation",
    "order_correction",
    "record_inquiry",
    "record_inspection",
    "record_photos",
    "reinspect",
    "resume_case",
    "summon",
    "take_sample",
    "write_record",
]


@step("通知调查询问", SummonForm, CaseStep.SUMMONED)
def summon(taking: Taking, form: SummonForm) -> int:
    """Ask somebody to come and answer (第五十五条第二款)."""
    new = Summons(
        on=taking.day,
        person=form.person,
        come_at=form.come_at.astimezone(CHINA),
        place=form.place,
        bring=form.bring,
        contact=form.contact,
    )
    return taking.add(models.Summons, new)


@step("询问", InquiryForm, CaseStep.INQUIRY)
def record_inquiry(taking: Taking, form: InquiryForm) -> int:
    """Enter an inquiry record, one person each (第五十五条第二款)."""
    return write_record(taking, form, RecordKind.INQUIRY, form.content)


@step("现场检查（勘验）", InspectionForm, CaseStep.INSPECTION)
def record_inspection(taking: Taking, form: InspectionForm) -> int:
    """Enter an inspection record (第五十五条第二款)."""
    return write_record(taking, form, RecordKind.INSPECTION, form.content)


@step("抽样取证", SampleForm, CaseStep.SAMPLING)
def take_sample(taking: Taking, form: SampleForm) -> int:
    """Enter samples that were taken (第五十六条)."""
    things = things_of(form.things, Thing)
    return write_record(taking, form, RecordKind.SAMPLING, form.content, things)


@step("拍照取证", PhotosForm, CaseStep.PHOTOS)
def record_photos(taking: Taking, form: PhotosForm) -> int:
    """Enter photographs of the scene (第四十六条)."""
    new = WrittenRecord(
        kind=RecordKind.PHOTOS,
        on=taking.day,
        began_at=form.taken_at.astimezone(CHINA),
        place=form.place,
        person=form.person,
        officer_ids=taking.officer_ids,
        officers=taking.officers,
        content=form.content,
        things=things_of(form.things, Thing),
        signed=form.signed,
        refusal_reason=form.refusal_reason,
        witness=form.witness,
    )
    return taking.add(models.WrittenRecord, new)


def write_record(
    taking: Taking, form: RecordForm, kind: RecordKind, content: str, things: tuple[Thing, ...] = ()
) -> int:
    """Enter a written record of any kind."""
    new = WrittenRecord(
        kind=kind,
        on=taking.day,
        began_at=form.began_at.astimezone(CHINA),
        ended_at=form.ended_at.astimezone(CHINA),
        place=form.place,
        person=form.person,
        person_role=form.person_role,
        person_details=form.person_details,
        officer_ids=taking.officer_ids,
        officers=taking.officers,
        recorder=form.recorder,
        certificates_shown=form.certificates_shown,
        rights_told=form.rights_told,
        content=content,
        things=things,
        signed=form.signed,
        refusal_reason=form.refusal_reason,
        witness=form.witness,
    )
    return taking.add(models.WrittenRecord, new)


@step("责令改正", CorrectionForm, CaseStep.CORRECTION_ORDERED)
def order_correction(taking: Taking, form: CorrectionForm) -> int:
    """Order the party to correct, at once or by a day (第二十八条第一款)."""
    new = Correction(
        on=taking.day,
        content=form.content,
        basis=form.basis,
        at_once=form.at_once,
        due_on=form.due_on,
    )
    return taking.add(models.Correction, new)


@step("复查改正情况", ReinspectForm, CaseStep.REINSPECTED)
def reinspect(taking: Taking, form: ReinspectForm) -> int:
    """Look whether it was corrected."""
    known = one_of(taking.facts.corrections, form.correction_id, "correction_id", "责令改正")
    return taking.amend(
        models.Correction,
        known,
        rechecked_on=taking.day,
        corrected=form.corrected,
        recheck_words=form.words,
    )


@step("中止、延长办案期限", PeriodForm, CaseStep.PERIOD_CHANGED)
def change_period(taking: Taking, form: PeriodForm) -> int:
    """Move the ninety days by a rule that says so, by its real days (第六十条)."""
    extension = form.kind is PeriodKind.EXTENSION
    new = PeriodChange(
        kind=form.kind,
        first=form.first,
        last=None if extension else form.last,
        days=form.days if extension else 0,
        rule=form.rule,
        reason=form.reason,
        approved_by=taking.by,
        approved_on=taking.day,
    )
    return taking.add(models.PeriodChange, new)


@step("恢复办案", ResumeForm, CaseStep.RESUMED)
def resume_case(taking: Taking, form: ResumeForm) -> int:
    """End a suspension; the day before is its last."""
    known = one_of(taking.facts.periods, form.period_id, "period_id", "中止")
    return taking.amend(models.PeriodChange, known, last=taking.day - timedelta(days=1))


@step("调查终结", ConcludeForm, CaseStep.CONCLUDED)
def conclude_investigation(taking: Taking, form: ConcludeForm) -> int:
    """Write the report at the end of the investigation (第五十七条第一款)."""
    new = proposal_of(taking, form)
    taking.weigh(new)
    row = keep_proposal(taking, new)
    taking.record(row)
    return row
