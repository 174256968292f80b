"""当场处罚: decide on the spot, revoke, report for the record, close (行政处罚法 第五十一、五十二条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from sqlmodel import Session

from enforcer.documents import fields
from enforcer.errors import Level, Refused
from enforcer.law.summary import unsettled
from enforcer.models import Case, Decision, Document, Notice
from enforcer.operations import numbering
from enforcer.operations.case_exports import ExportCasesForm, export_cases
from enforcer.operations.closure import Asked
from enforcer.operations.course import (
    add_event,
    case_and_decision,
    refuse_outside,
    refuse_revoked,
)
from enforcer.operations.editing import block, once
from enforcer.operations.issue import PrintPapersForm, print_papers
from enforcer.operations.payments import (
    HandInForm,
    PaymentForm,
    hand_in_money,
    register_payment,
)
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.operations.summary_forms import (
    CloseForm,
    Decided,
    ReportForm,
    RevokeForm,
    SummaryForm,
)
from enforcer.operations.summary_rows import (
    Printed,
    case_row,
    decision_row,
    document_row,
    record_course,
)
from enforcer.operations.summary_weighing import Weighed, weigh
from enforcer.operations.taking import trace
from enforcer.queries import case_steps
from enforcer.queries.dossier_closing import GAPS
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import (
    CaseStep,
    NoticeOutcome,
    NoticeState,
    SeriesKind,
    Stage,
)

__all__ = [
    "CloseForm",
    "Decided",
    "ExportCasesForm",
    "HandInForm",
    "PaymentForm",
    "PrintPapersForm",
    "ReportForm",
    "RevokeForm",
    "SummaryForm",
    "close_case",
    "decide_on_the_spot",
    "export_cases",
    "hand_in_money",
    "print_papers",
    "register_payment",
    "report_for_record",
    "revoke_decision",
    "weigh",
]
ARTICLE_52_3 = "行政处罚法（2021）第五十二条第三款"


@operation("当场处罚", SummaryForm)
def decide_on_the_spot(
    store: Store, form: SummaryForm, *, today: date, now: datetime, actor: str
) -> Decided:
    """Weigh, number, print, freeze and write one on-the-spot decision: all of it or none."""
    with store.unit(actor=actor, operation="decide_on_the_spot") as session:
        if done := earlier_answer(session, form.request_id):
            return Decided.of(done)
        weighed = weigh(session, form, now=now)
        if still := weighed.open:
            raise Refused(*still)
        notice = _notice(session, form.notice_id)
        drawn = _drawn(session, weighed)
        printed = _print(store, weighed, drawn.number)
        try:
            case = case_row(session, weighed, drawn.number)
            decision = decision_row(session, weighed, case, drawn, printed.uid)
            document = document_row(
                session, weighed, case, printed, today=today, now=now, actor=actor
            )
            record_course(session, weighed, case, decision, now=now, actor=actor)
            if notice is not None:
                notice.case_id, notice.outcome = case.id, NoticeOutcome.TO_PENALTY
                session.add(notice)
            answer = _answer(case, decision, document)
            remember(session, form.request_id, "decide_on_the_spot", answer.as_json(), now=now)
            session.flush()
        except BaseException:
            # no row names the paper yet; a commit that fails later keeps it
            (store.vault / printed.kept.name).unlink(missing_ok=True)
            raise
    return answer


def _drawn(session: Session, weighed: Weighed) -> numbering.Drawn:
    """The next number of the acting organ's series; only here, in the same transaction."""
    assert weighed.acting.source is not None
    series = numbering.series_for(
        session,
        weighed.acting.source.organ.id,
        SeriesKind.SUMMARY_DECISION,
        weighed.facts.decided_on.year,
    )
    return numbering.draw(session, series)[0]


def _answer(case: Case, decision: Decision, document: Document) -> Decided:
    assert case.id
    assert decision.id
    assert document.id
    return Decided(
        case.id,
        decision.id,
        document.id,
        decision.number,
        document.vault_name,
        document.sha256,
        document.pages,
    )


def _print(store: Store, weighed: Weighed, number: str) -> Printed:
    from enforcer.documents import pdf

    assert weighed.paper is not None
    uid = uuid4()
    paper_fields = fields.summary_fields(replace(weighed.paper, number=number, uid=uid))
    printed = pdf.render(weighed.template, paper_fields)
    kept = vault.keep(store.vault, printed.pdf, suffix=".pdf")
    return Printed(kept, paper_fields, printed.pages, uid)


def _notice(session: Session, notice_id: int | None) -> Notice | None:
    """The courteous notice a penalty follows; one that is void or taken cannot be it."""
    if notice_id is None:
        return None
    notice = session.get(Notice, notice_id)
    if notice is None or notice.state is not NoticeState.ISSUED:
        raise block(
            "notice_gone",
            "来源的温馨告知书没有签发或者已经作废，不能转处罚。请重新选择，或者不选来源。",
            field="notice_id",
        )
    if notice.case_id is not None:
        raise block(
            "notice_taken",
            f"温馨告知书 {notice.number} 已经转为另一个案件，不能再转。请改选另一份告知书，"
            "或者不选来源；同一行为不得两次罚款。",
            "行政处罚法（2021）第二十九条",
            "notice_id",
        )
    return notice


@operation("撤销决定", RevokeForm)
def revoke_decision(
    store: Store, form: RevokeForm, *, today: date, now: datetime, actor: str
) -> int:
    """Revoke a decision with its reason; it stays in the ledger and in the count (第七十五条第二款)."""

    def deed(session: Session) -> int:
        case, decision = case_and_decision(session, form.case_id)
        refuse_revoked(decision)
        day = form.revoked_on or today
        refuse_outside(day, decision.decided_on, today, what="撤销日期", field="revoked_on")
        decision.revoked_on, decision.revocation_reason = day, form.reason
        session.add(decision)
        assert case.id
        add_event(
            session, case.id, CaseStep.REVOKED, day, {"reason": form.reason}, now=now, actor=actor
        )
        trace(session, case.id)
        return case.id

    return once(store, form, name="revoke_decision", now=now, actor=actor, deed=deed)


@operation("登记备案", ReportForm)
def report_for_record(
    store: Store, form: ReportForm, *, today: date, now: datetime, actor: str
) -> int:
    """Enter when the decision was reported to the organ; once, so that lateness stays visible."""

    def deed(session: Session) -> int:
        case, decision = case_and_decision(session, form.case_id)
        if decision.reported_for_record_on is not None:
            raise block(
                "reported_already",
                f"决定 {decision.number} 已于 {decision.reported_for_record_on} 报备案，"
                "不能改写日期。日期有误的，请在案卷备考表中写明更正。",
                ARTICLE_52_3,
                "reported_on",
            )
        day = form.reported_on or today
        refuse_outside(day, decision.decided_on, today, what="备案日期", field="reported_on")
        decision.reported_for_record_on = day
        session.add(decision)
        assert case.id
        add_event(session, case.id, CaseStep.REPORTED, day, {}, now=now, actor=actor)
        return case.id

    return once(store, form, name="report_for_record", now=now, actor=actor, deed=deed)


@operation("结案", CloseForm)
def close_case(store: Store, form: CloseForm, *, today: date, now: datetime, actor: str) -> int:
    """Close a case whose decision has been carried out and reported, or has been revoked."""

    def deed(session: Session) -> int:
        case, decision = case_and_decision(session, form.case_id)
        day = form.closed_on or today
        found = case_steps.against_closing(session, case, decision, today=day)
        asked = Asked(session, form.case_id, now=now)
        if not any(one.level is Level.BLOCK for one in found):
            found = (*found, *asked.objections())
        if still := unsettled(found, form.reasons):
            raise Refused(*still)
        events = case_steps.last_event_on(session, form.case_id) or decision.decided_on
        refuse_outside(day, events, today, what="结案日期", field="closed_on")
        case.stage, case.closed_on = Stage.CLOSED, day
        session.add(case)
        assert case.id
        add_event(
            session,
            case.id,
            CaseStep.CLOSED,
            day,
            {"reasons": _said(form), GAPS: asked.answered(form.reasons)},
            now=now,
            actor=actor,
        )
        return case.id

    return once(store, form, name="close_case", now=now, actor=actor, deed=deed)


def _said(form: CloseForm) -> str:
    return "；".join(one for one in form.reasons.values() if one)
