"""How ready a case is for the archive, from its first day: what a reviewer would find, what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from enforcer.documents import course_rules
from enforcer.documents.dossier_checks import Check, checks
from enforcer.dossier_terms import Verdict
from enforcer.exchange.media_names import CHINA
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.models import Case, Certificate, Decision, Document, Officer
from enforcer.queries import course, dossier, dossier_timeline, dossier_words, recording_copies
from enforcer.queries.course_papers_issued import Issued, issued
from enforcer.queries.course_papers_offers import PaperOffer, State, papers
from enforcer.queries.course_papers_wanted import wanted
from enforcer.queries.dossier_dates import DATES
from enforcer.queries.dossier_hard import HARD, Fault, Known
from enforcer.queries.dossier_timeline import PartRow
from enforcer.queries.evidence_items import item_rows
from enforcer.queries.looking import Where, looking
from enforcer.store.database import Store
from enforcer.terms import DocumentState, Procedure, Stage

FULL = 100.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the review: `place` is the step, `paper/KEY/ROW`, or a page of the window."""

    key: str
    title: str
    verdict: Verdict
    say: str = ""
    do: str = ""
    cite: str = ""
    place: str = ""
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """The whole review: hard faults fail the file whatever its score."""

    score: float
    findings: tuple[Finding, ...]
    parts: tuple[PartRow, ...]

    @property
    def hard(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.verdict is Verdict.HARD)

    @property
    def open(self) -> tuple[Finding, ...]:
        """What is wrong now, hard faults first."""
        wrong = (Verdict.HARD, Verdict.MINUS)
        return tuple(one for kind in wrong for one in self.findings if one.verdict is kind)

    @property
    def hints(self) -> tuple[Finding, ...]:
        """What to look at again; it counts for nothing."""
        return tuple(one for one in self.findings if one.verdict is Verdict.HINT)

    @property
    def later(self) -> tuple[Finding, ...]:
        """What will be asked, and is not due yet."""
        return tuple(one for one in self.findings if one.verdict is Verdict.LATER)

    @property
    def say(self) -> str:
        """One sentence."""
        more = f"另有{len(self.hints)}处提示。" if self.hints else ""
        if self.hard:
            found = f"有{len(self.hard)}项不合格，评查会判为不合格卷。"
        elif self.open:
            found = f"没有不合格项，有{len(self.open)}处要补。"
        else:
            found = "到目前为止没有发现问题。"
        return f"{found}自查 {self.score:g} 分。{more}"


def readiness(where: Where, case_id: int, *, now: datetime) -> Readiness | None:
    """Weigh a case as it stands; None when there is no such case."""
    with looking(where) as session:
        facts = course.facts(session, case_id, now=now)
        case = session.get(Case, case_id)
        if facts is None or case is None:
            return None
        made = issued(session, case_id)
        known = _known(session, case, facts, made)
        parts = dossier_timeline.timeline(session, case_id)
        found = [
            *_hard(known),
            *_papers(session, case, facts, now),
            *_signatures(session, case_id),
            *_evidence(session, case_id),
            *_parts(parts),
            *_numbers(session, case_id, made),
            *_copies(session, case_id, now.astimezone(CHINA).date()),
            *_hints(session, known, where.vault if isinstance(where, Store) else None),
        ]
    lost = sum(one.points for one in found)
    return Readiness(max(0.0, FULL - lost), tuple(found), parts)


def _known(session: Session, case: Case, facts: CaseFacts, made: tuple[Issued, ...]) -> Known:
    certified: dict[str, tuple[tuple[date | None, date], ...]] = {}
    rows = session.exec(
        select(Officer, Certificate).join(
            Certificate, col(Certificate.officer_id) == col(Officer.id)
        )
    )
    for officer, one in rows:
        mine = certified.get(officer.name, ())
        certified[officer.name] = (*mine, (one.issued_on, one.valid_until))
    summary = None
    if case.procedure is Procedure.SUMMARY:
        summary = session.exec(
            select(Decision).where(Decision.case_id == case.id).order_by(col(Decision.id).desc())
        ).first()
    bound = dossier.archive_row(session, case.id or 0)
    return Known(
        facts,
        made,
        certified,
        summary,
        _decision_words(session, case.id or 0),
        bound.archived_on if bound else None,
        bound.compiled_on if bound else None,
    )


def _decision_words(session: Session, case_id: int) -> str:
    """What the decision that stands says of remedies."""
    row = session.exec(
        select(Document)
        .where(
            Document.case_id == case_id,
            Document.state == DocumentState.ISSUED,
            col(Document.template_key).in_(
                ["penalty_decision", "no_penalty_decision", "summary_decision"]
            ),
        )
        .order_by(col(Document.id).desc())
    ).first()
    if row is None or not row.fields:
        return ""
    said = row.fields.get("remedy")
    words = said.get("words", "") if isinstance(said, dict) else ""
    return str(words) or json.dumps(row.fields, ensure_ascii=False)


def _hard(known: Known) -> Iterator[Finding]:
    book = checks()
    for key, weigh in HARD.items():
        check = book[key]
        faults = weigh(known)
        if faults is None:
            yield Finding(key, check.title, Verdict.NONE, cite=check.cite)
            continue
        some = list(faults)
        yield from (_finding(check, one) for one in some)
        if not some:
            yield Finding(key, check.title, Verdict.PASSED, cite=check.cite)


def _hints(session: Session, known: Known, vault: Path | None) -> Iterator[Finding]:
    """D and E: days and words to look at again; they take no points and refuse nothing."""
    book = checks()
    found = {key: weigh(known) or () for key, weigh in DATES.items()}
    shelf = dossier_words.shelf(session, known, vault)
    found |= {key: weigh(shelf) for key, weigh in dossier_words.WORDS.items()}
    for key, faults in found.items():
        for one in faults:
            yield replace(_finding(book[key], one), verdict=Verdict.HINT)


def _finding(check: Check, one: Fault) -> Finding:
    return Finding(
        check.key,
        check.title,
        Verdict.HARD if check.hard else Verdict.MINUS,
        one.say,
        check.do,
        check.cite,
        one.place,
        check.points,
    )


def _papers(session: Session, case: Case, facts: CaseFacts, now: datetime) -> Iterator[Finding]:
    """S1 and S2: what is missing, what could have come out."""
    book = checks()
    if case.procedure is Procedure.SUMMARY:
        rows = session.exec(
            select(Document).where(
                Document.case_id == case.id, Document.template_key == "summary_decision"
            )
        ).first()
        if rows is None:
            yield _finding(book["S1"], Fault("没有当场行政处罚决定书。"))
        return
    closed = case.stage is Stage.CLOSED
    for need in wanted(facts):
        if need.key.startswith(dossier.OWN):
            continue  # the dossier makes its own cover, catalogue and note
        if closed:
            yield _finding(book["S1"], Fault(need.say, _step_of(need.key)))
        else:
            yield Finding(
                "S1",
                book["S1"].title,
                Verdict.LATER,
                need.say,
                book["S1"].do,
                need.cite,
                _step_of(need.key),
            )
    assert case.id
    for one in papers(session, case.id, now=now):
        if one.state is State.READY and not one.key.startswith(dossier.OWN):
            yield _finding(book["S2"], Fault(_ready(one), f"paper/{one.key}/{one.row}"))


def _ready(one: PaperOffer) -> str:
    about = f"（{one.label}）" if one.label else ""
    return f"《{one.title}》{about}可以出件，还没有出。"


def _step_of(key: str) -> str:
    step = course_rules.step_of(key)
    return step.value if step else ""


def _signatures(session: Session, case_id: int) -> Iterator[Finding]:
    """S3: signed papers that did not come back from the scanner."""
    check = checks()["S3"]
    for one in dossier.pieces(session, case_id):
        if not dossier.is_signed(one.key) or not one.missing_scans:
            continue
        lacking = "、".join(str(page) for page in one.missing_scans)
        part = f"缺第{lacking}页" if one.scans else "还没有"
        say = f"《{one.title}》{one.number}的签名扫描件{part}。"
        yield _finding(check, Fault(say, "scans"))


def _evidence(session: Session, case_id: int) -> Iterator[Finding]:
    check = checks()["S4"]
    for one in item_rows(session, case_id):
        if one.missing:
            say = f"证据清单第{one.position}项“{one.title}”：{''.join(one.missing)}"
            yield _finding(check, Fault(say, "evidence"))


def _parts(parts: tuple[PartRow, ...]) -> Iterator[Finding]:
    check = checks()["S5"]
    for one in parts:
        if one.missing:
            yield _finding(check, Fault(one.say, one.step))


def _numbers(session: Session, case_id: int, made: tuple[Issued, ...]) -> Iterator[Finding]:
    """S6: one number on two papers of one kind that stand, in this case or in another."""
    check = checks()["S6"]
    asked = select(Document).where(
        col(Document.number).in_({one.number for one in made if one.number and one.stands}),
        Document.case_id != case_id,
        Document.state == DocumentState.ISSUED,
    )
    kinds = {(one.key, one.number) for one in made if one.stands}
    for other in session.exec(asked):
        if (other.template_key, other.number) in kinds:
            yield _finding(check, Fault(f"{other.number}也用在了另一个案件的《{other.title}》上。"))
    seen: dict[tuple[str, str], Issued] = {}
    for one in made:
        if not one.number or not one.stands:
            continue
        known = seen.setdefault((one.key, one.number), one)
        if known is not one:
            yield _finding(check, Fault(f"{one.number}用在了两份《{one.title}》上。"))


def _copies(session: Session, case_id: int, today: date) -> Iterator[Finding]:
    """S7: recordings of the case that lie on one disk only, longer than the office has settled."""
    days = recording_copies.settings(session).warn_days
    alone = recording_copies.held_without(session, today=today, days=days, case_id=case_id)
    if alone:
        say = f"{len(alone)} 个录像等文件入库满 {days} 天，还没有备份副本。"
        yield _finding(checks()["S7"], Fault(say, "settings.backup"))
