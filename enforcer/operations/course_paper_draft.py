"""A paper of a case before it comes out: its words, its pages, what 出件体检 finds; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from enforcer import models
from enforcer.documents import course_fields, course_inspect, course_rules, marked, template
from enforcer.documents.course_facts import CoursePaper
from enforcer.documents.template import Template
from enforcer.errors import Objection, Refused
from enforcer.law import lifecycle
from enforcer.operations import course_paper_numbers
from enforcer.operations.editing import block
from enforcer.queries import course, course_papers, office
from enforcer.queries.course_papers_rows import About, about
from enforcer.queries.looking import Where, looking
from enforcer.store.database import Store
from enforcer.terms import Origin, PowerKind, Procedure


@dataclass(frozen=True, slots=True)
class Drafted:
    """A paper with the template and the fields it would be printed with."""

    case: models.Case
    about: About
    paper: CoursePaper
    form: Template
    power: PowerKind | None

    @property
    def fields(self) -> dict[str, Any]:
        return course_fields.course_fields(self.paper)

    @property
    def findings(self) -> tuple[Objection, ...]:
        return course_inspect.inspect_course(self.paper, self.form, power=self.power)

    @property
    def title(self) -> str:
        return title_of(self.form, self.fields)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the preview shows; the number is the one that would be drawn now."""

    template: str
    row: int
    title: str
    number: str
    pdf: bytes
    pages: int
    findings: tuple[Objection, ...]


def draft(store: Store, case_id: int, key: str, row: int = 0, *, now: datetime) -> Draft:
    """The paper as issuing would make it now, with its findings."""
    from enforcer.documents import pdf

    with store.reading() as session:
        one = drafted(session, case_id, key, row, now=now)
        assert one.case.id
        number = course_paper_numbers.expected(session, one.case, key, one.about.row, one.paper.on)
        one = renumbered(one, number)
        printed = pdf.render(one.form, one.fields)
        return Draft(
            template=key,
            row=one.about.row,
            title=one.title,
            number=number,
            pdf=printed.pdf,
            pages=printed.pages,
            findings=one.findings,
        )


def word_of_draft(store: Store, case_id: int, key: str, row: int = 0, *, now: datetime) -> bytes:
    """The paper as .docx before it comes out: it bears no number and freezes nothing."""
    from enforcer.documents import word

    with store.reading() as session:
        one = drafted(session, case_id, key, row, now=now)
        return word.document(one.form, one.fields)


def drafted(where: Where, case_id: int, key: str, row: int = 0, *, now: datetime) -> Drafted:
    """The paper without its number; refused when the case has nothing it could say."""
    with looking(where) as session:
        case = session.get(models.Case, case_id)
        if case is None:
            raise block("case_gone", f"没有编号为 {case_id} 的案件，请从案件列表重新选择。")
        _refuse_other(case, key)
        facts = course.facts(session, case_id, now=now)
        assert facts is not None
        found = about(facts, key)
        meant = [one for one in found if row in (0, one.row)]
        paper = None
        if meant:
            source = course_papers.source_of(session, facts, key, meant[-1].row)
            paper = course_papers.from_source(session, source, key, uid=uuid4())
        if paper is None:
            raise _no_ground(case, key, others=bool(found))
        form = office.template_on(session, key, paper.on)
        return Drafted(case, meant[-1], paper, form, facts.power.kind if facts.power else None)


def renumbered(one: Drafted, number: str) -> Drafted:
    """The same paper under this number."""
    return replace(one, paper=replace(one.paper, number=number))


def title_of(form: Template, fields: Mapping[str, Any]) -> str:
    """What the paper calls itself: the notice that offers a hearing says so in its title."""
    for part in form.parts:
        if part.kind == "title":
            for filled in template.fill(part, fields, form.copies[0], page="1", pages="1"):
                return "".join(marked.plain(filled.texts["text"]).split())
    return form.title


def _refuse_other(case: models.Case, key: str) -> None:
    if key not in course_rules.rules():
        raise block(
            "template_unknown",
            f"没有名为“{key}”的普通程序文书。请从案件的文书列表中选择。",
            field="template",
        )
    if case.procedure is not Procedure.ORDINARY:
        raise block(
            "summary_case",
            f"案件 {case.number} 是当场处罚，没有普通程序的文书；它的决定书请用 summary_decision。",
            "行政处罚法（2021）第五十二条",
            "template",
        )
    if case.origin is Origin.BACKFILLED:
        raise block(
            "no_paper",
            f"案件 {case.number} 是补录的旧案件，只有台账记录，没有本程序签发的文书，"
            "请使用纸质卷里的原件。",
        )


def _no_ground(case: models.Case, key: str, *, others: bool) -> Refused:
    title, step = course_rules.rule(key).title, course_rules.rule(key).step
    if others:
        return block(
            "paper_row_gone",
            f"案件 {case.number} 没有指定的这一次，出不了《{title}》。请重新选择是哪一次。",
            field="row",
        )
    return block(
        "paper_has_no_ground",
        f"案件 {case.number} 还没有办理“{step.label}”，没有内容可写，出不了《{title}》。请先办理这一步。",
        lifecycle.step(step).cite,
        "template",
    )
