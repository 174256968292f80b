"""文号 of the papers of a case: a series per document type, or the case's own number shared by all."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field
from sqlmodel import Session, select

from enforcer import models
from enforcer.documents import course_rules
from enforcer.errors import Refused
from enforcer.models.base import TAKEN_BACK_TOO
from enforcer.operations import numbering
from enforcer.operations.editing import SettingForm, block, changed_meanwhile, once
from enforcer.operations.registry import operation
from enforcer.queries import course_papers_issued, office
from enforcer.store.database import Store

SETTING = "paper_numbers"


class Scheme(StrEnum):
    """How the papers of one case are numbered."""

    SERIES = "series"
    CASE = "case"


class PaperNumbersForm(SettingForm):
    """Which scheme; 一案一号 for cases filed in that year and after."""

    scheme: Scheme = Field(title="编号方式")
    from_year: int = Field(default=2020, ge=2020, le=2100, title="起用年份")


@operation("设定编号方式", PaperNumbersForm)
def save_paper_numbers(
    store: Store,
    form: PaperNumbersForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> str:
    """Choose between a series per document type and one number per case; what came out stays."""

    def deed(session: Session) -> str:
        if form.loaded and form.loaded != office.setting_version(session, SETTING):
            raise changed_meanwhile(session, [("setting", SETTING)], "编号方式")
        row = session.get(models.Setting, SETTING) or models.Setting(key=SETTING)
        row.value = {"scheme": form.scheme.value, "from_year": form.from_year}
        session.add(row)
        return SETTING

    return once(store, form, name="save_paper_numbers", now=now, actor=actor, deed=deed)


def scheme_of(session: Session, case: models.Case) -> Scheme:
    """The scheme for the papers of a case; one that is not filed has no number to share yet."""
    said = office.setting(session, SETTING)
    shared = said.get("scheme") == Scheme.CASE and case.filed_on is not None
    if shared and case.filed_on and case.filed_on.year >= int(said["from_year"]):
        return Scheme.CASE
    return Scheme.SERIES


def is_numbered(key: str) -> bool:
    """Whether papers of this template bear a number of their own."""
    return course_rules.rule(key).number is not None


def draw(session: Session, case: models.Case, key: str, row: int, on: date) -> numbering.Drawn:
    """Take the number of a paper, in the transaction that issues it; empty where it bears none."""
    if given := _given(session, case, key, row):
        return numbering.Drawn(None, 0, given)
    if not course_rules.rule(key).word:
        return numbering.Drawn(None, 0, "")
    return _drawn(session, case, key, on.year)


def expected(session: Session, case: models.Case, key: str, row: int, on: date) -> str:
    """The number `draw` would give now; empty where it would give none. Nothing is written."""
    try:
        if given := _given(session, case, key, row):
            return given
        if not course_rules.rule(key).word or case.organ_id is None:
            return ""
        if shared := _shared(session, case, key):
            return shared.number
        return numbering.peek(session, case.organ_id, key, on.year)[0].number
    except Refused:
        return ""


def draw_for_decision(session: Session, case: models.Case, kind: str, year: int) -> numbering.Drawn:
    """The number of a decision, by the scheme of the case."""
    return _drawn(session, case, kind, year)


def _given(session: Session, case: models.Case, key: str, row: int) -> str:
    """The number that is known already: of the decision, of the paper it goes with."""
    said = course_rules.rule(key)
    assert case.id
    if said.number is None or said.word:
        return ""
    if said.number.decision:
        decision = session.get(models.Decision, row)
        return decision.number if decision and decision.case_id == case.id else ""
    first = course_papers_issued.standing(session, case.id, said.number.shared, row)
    if first is None:
        title = course_rules.rule(said.number.shared).title
        raise block(
            "number_of_notice_missing",
            f"《{said.title}》与《{title}》同一编号，《{title}》还没有出件。请先出该文书，再出《{said.title}》。",
            said.number.cite,
            "number",
        )
    return first.number


def _drawn(session: Session, case: models.Case, kind: str, year: int) -> numbering.Drawn:
    if case.organ_id is None:
        raise block("organ_missing", f"案件 {case.number} 没有执法机关，不能取号。请先补填。")
    if shared := _shared(session, case, kind):
        return shared
    series = numbering.series_for(session, case.organ_id, kind, year)
    while True:
        one = numbering.draw(session, series)[0]
        if not _taken(session, kind, one.number):
            return one
        series.skipped = [*(series.skipped or []), [one.serial, one.serial]]
        session.add(series)
        session.flush()


def _shared(session: Session, case: models.Case, kind: str) -> numbering.Drawn | None:
    """The case's own serial under the word of this paper; a second one is told apart by -2."""
    if case.organ_id is None or scheme_of(session, case) is not Scheme.CASE:
        return None
    one = numbering.numbered(session, case.organ_id, kind, case.number)
    if one is None:
        return None
    head, serial, tail = one.number.rpartition(str(one.serial))
    number, at = one.number, 1
    while _taken(session, kind, number):
        at += 1
        number = f"{head}{serial}-{at}{tail}"
    return numbering.Drawn(None, one.serial, number)


def _taken(session: Session, kind: str, number: str) -> bool:
    """Whether a paper of this kind bears the number, void ones too."""
    if kind in course_rules.rules() and course_rules.rule(kind).word:
        found = session.exec(
            select(models.Document.id).where(
                models.Document.number == number, models.Document.template_key == kind
            )
        ).first()
    else:
        found = session.exec(
            select(models.Decision.id).where(models.Decision.number == number),
            execution_options={TAKEN_BACK_TOO: True},
        ).first()
    return found is not None
