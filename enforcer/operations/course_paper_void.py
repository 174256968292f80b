"""Whether an issued paper may still be made void: not once it has taken effect (行政处罚法 第四十七条)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from enforcer import models
from enforcer.documents import course_rules
from enforcer.errors import Level, Objection
from enforcer.paper_terms import Final
from enforcer.queries import course, course_papers_issued
from enforcer.queries.course_papers_issued import Issued
from enforcer.store.database import Store
from enforcer.terms import CaseStep, DocumentState, Stage

LAW = "行政处罚法（2021）"


def against_voiding(
    session: Session, row: models.Document, *, now: datetime
) -> tuple[Objection, ...]:
    """What stands against it; empty when it may be made void."""
    paper = course_papers_issued.issued_of(row)
    name = f"《{paper.title}》{f'（{paper.number}）' if paper.number else ''}"
    if not paper.stands:
        return (
            _block(
                "void_already",
                f"{name}已经作废（{paper.void_reason}），不用再作废。需要新的，请重新制作。",
            ),
        )
    if paper.key not in course_rules.rules():
        return (
            _block(
                "not_voidable",
                f"{name}是当场作出的决定，已经交付当事人，不能作废；确有错误的，依法撤销。",
                f"{LAW}第七十五条第二款",
            ),
        )
    found = [
        *_in_force(paper, name),
        *_served(session, row, paper, name, now=now),
        *_with_list(session, row, paper, name),
    ]
    case = session.get(models.Case, row.case_id)
    if case is not None and case.stage is Stage.CLOSED:
        found.append(
            _block(
                "case_closed",
                f"案件 {case.number} 已经结案归档，{name}不能作废。需要再用的请补打。",
                f"{LAW}第四十七条",
            )
        )
    return tuple(found)


def voiding(store: Store, document_id: int, *, now: datetime) -> tuple[Objection, ...]:
    """The same for the window, before anything is asked."""
    with store.reading() as session:
        row = session.get(models.Document, document_id)
        return against_voiding(session, row, now=now) if row is not None else ()


def _in_force(paper: Issued, name: str) -> list[Objection]:
    final = course_rules.rule(paper.key).final
    if final is Final.DECISION:
        return [
            _block(
                "decision_not_voidable",
                f"{name}是已经作出的决定，不能作废；确有错误的，办理“{CaseStep.REVOKED.label}”，"
                "原决定和文号保留。",
                f"{LAW}第七十五条第二款",
            )
        ]
    if final is Final.MEASURE:
        return [
            _block(
                "measure_not_voidable",
                f"{name}当场交付当事人即发生效力，不能作废；不需要再采取措施的，"
                f"办理“{CaseStep.SEIZURE_RELEASED.label}”。",
                "行政强制法第二十四条第一款、第二十八条第一款",
            )
        ]
    return []


def _served(
    session: Session, row: models.Document, paper: Issued, name: str, *, now: datetime
) -> list[Objection]:
    """What has reached the party is not taken back by a stamp."""
    assert row.case_id is not None
    said = course_rules.rule(paper.key)
    goes_along = said.number is not None and said.number.shared
    if not said.served and not goes_along:
        return []
    facts = course.facts(session, row.case_id, now=now)
    services = [
        one for one in (facts.services_of(said.step, paper.row) if facts else ()) if not one.failed
    ]
    if not services:
        return []
    return [
        _block(
            "served_not_voidable",
            f"{name}已于 {services[0].on} 送达，不能作废。内容有错误的，重新制作、另行送达，"
            "并在新文书里写明更正了什么。",
            f"{LAW}第六十一条第一款",
        )
    ]


def _with_list(session: Session, row: models.Document, paper: Issued, name: str) -> list[Objection]:
    """The list that bears its number goes first."""
    lists = [
        one.key
        for one in course_rules.rules().values()
        if one.number is not None and one.number.shared == paper.key
    ]
    if not lists:
        return []
    asked = select(models.Document).where(
        models.Document.case_id == row.case_id,
        col(models.Document.template_key).in_(lists),
        models.Document.state == DocumentState.ISSUED,
    )
    mine = [one for one in session.exec(asked) if one.number == paper.number]
    if not mine:
        return []
    return [
        _block(
            "list_bears_number",
            f"《{mine[0].title}》与{name}同一编号，还在使用。请先作废清单，再作废本文书。",
            f"{LAW}第四十七条",
        )
    ]


def _block(code: str, say: str, cite: str = "") -> Objection:
    return Objection(code, Level.BLOCK, say, cite, "document_id")
