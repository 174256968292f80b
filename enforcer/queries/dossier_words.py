"""Hints about what stands on the papers: page numbers, amounts, the name of the case, E1 to E5."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, func, select

from enforcer import money
from enforcer.documents import course_rules, dossier
from enforcer.errors import Trouble
from enforcer.models import Document, Dossier, ScanPage
from enforcer.queries.dossier import OWN, Piece, pieces
from enforcer.queries.dossier_hard import Fault, Known
from enforcer.queries.looking import among
from enforcer.terms import CaseStep

AFTER = frozenset(
    {CaseStep.DECIDED, CaseStep.URGED, CaseStep.COURT_APPLICATION, CaseStep.DEFERRED}
    | {CaseStep.CLOSURE_PROPOSED}
)
"""Steps whose papers come after the decision, so that nothing is suspected any more."""
_CAPITALS = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整"
_BOTH = re.compile(rf"([{_CAPITALS}]{{2,}})[（(]\s*[￥¥]?\s*([\d,]+(?:\.\d+)?)\s*元?\s*[）)]")


@dataclass(frozen=True, slots=True)
class Text:
    """What one frozen paper was filled with."""

    piece: Piece
    fields: Mapping[str, Any]

    @property
    def place(self) -> str:
        return f"paper/{self.piece.key}/{self.piece.row}"

    @property
    def named(self) -> str:
        return f"《{self.piece.title}》{self.piece.number}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The papers that are bound, how many pages each file really has (None: it is not there)."""

    known: Known
    texts: tuple[Text, ...]
    real: Mapping[int, int | None] = field(default_factory=dict)
    added: int = 0


def shelf(session: Session, known: Known, vault: Path | None) -> Shelf:
    """The papers of a case with their words; their files are looked at where the vault is known."""
    case_id = known.facts.case_id or 0
    held = {one.id: one for one in pieces(session, case_id)}
    rows = session.exec(select(Document).where(among(Document.id, held)))
    texts = tuple(Text(held[one.id or 0], one.fields or {}) for one in rows)
    real = {}
    if vault is not None:
        papers = [one for one in held.values() if one.place is None]
        real = {one.id: _count(vault / one.vault_name) for one in papers}
    return Shelf(known, texts, real, _added(session, case_id))


def _count(path: Path) -> int | None:
    try:
        return dossier.page_count(path.read_bytes())
    except (OSError, Trouble):
        return None


def _added(session: Session, case_id: int) -> int:
    """What came into an archived dossier afterwards."""
    row = session.exec(select(Dossier).where(Dossier.case_id == case_id)).first()
    if row is None:
        return 0
    papers = session.exec(
        select(func.count(col(Document.id))).where(
            Document.case_id == case_id,
            col(Document.issued_at) > row.archived_at,
            ~col(Document.template_key).startswith(OWN),
        )
    ).one()
    scans = session.exec(
        select(func.count(col(ScanPage.id)))
        .join(Document, col(Document.id) == col(ScanPage.document_id))
        .where(Document.case_id == case_id, col(ScanPage.settled_at) > row.archived_at)
    ).one()
    return papers + scans


def pages(shelf: Shelf) -> Iterator[Fault]:
    """E1: no page is there twice, and the catalogue counts what is there."""
    for one in shelf.texts:
        counted = Counter((scan.copy, scan.page) for scan in one.piece.scans)
        twice = [str(page) for (_, page), n in sorted(counted.items()) if n > 1]
        if twice:
            yield Fault(f"{one.named}的签名件第{'、'.join(twice)}页收了不止一份。", "scans")
        real = shelf.real.get(one.piece.id)
        if real is not None and real != one.piece.pages:
            said = f"{one.named}登记为{one.piece.pages}页，文件实有{real}页，目录的页号对不上。"
            yield Fault(said, one.place)
    if shelf.added:
        yield Fault(f"归档以后又收入材料{shelf.added}件，目录和页号与归档时不同。", "scans")


def amounts(shelf: Shelf) -> Iterator[Fault]:
    """E2: the amount in capitals is the amount in figures."""
    for one in shelf.texts:
        for words, figures in dict.fromkeys(
            match.groups() for said in _strings(one.fields) for match in _BOTH.finditer(said)
        ):
            try:
                right = money.chinese(money.parse_yuan(figures, label="金额"))
            except ValueError:
                right = ""
            if words.removesuffix("整") != right.removesuffix("整"):
                said = f"{one.named}上大写“{words}”与小写“{figures}”不一致。"
                yield Fault(said, one.place)


def causes(shelf: Shelf) -> Iterator[Fault]:
    """E3: the name of the case ends with 案; 涉嫌 stands in it until the decision, and not after."""
    decided = shelf.known.facts.decision
    for one in shelf.texts:
        case = one.fields.get("case")
        name = str(case.get("name", "")) if isinstance(case, Mapping) else ""
        if not name:
            continue
        after = course_rules.step_of(one.piece.key) in AFTER
        before = decided is None or one.piece.on < decided.on
        if not name.endswith("案"):
            yield Fault(f"{one.named}上的案由“{name}”没有以“案”字结尾。", one.place)
        if after and decided is not None and "涉嫌" in name:
            yield Fault(f"{one.named}在决定之后，案由仍写“涉嫌”。", one.place)
        elif before and not after and "涉嫌" not in name:
            yield Fault(f"{one.named}在决定之前，案由没有写“涉嫌”。", one.place)


def title_marks(shelf: Shelf) -> Iterator[Fault]:
    """E4: each 《 has its 》."""
    for one in shelf.texts:
        for said in dict.fromkeys(_strings(one.fields)):
            if not _paired(said):
                shown = said if len(said) <= 30 else f"{said[:30]}……"
                yield Fault(f"{one.named}上的书名号不成对：“{shown}”。", one.place)


def absent(shelf: Shelf) -> Iterator[Fault]:
    """E5: what the catalogue lists is there."""
    for one in shelf.texts:
        if one.piece.id in shelf.real and shelf.real[one.piece.id] is None:
            yield Fault(f"{one.named}列在目录里，文件已经不在或者打不开。", "settings.backup")


def _strings(value: object) -> Iterator[str]:
    """Every word a paper was filled with."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _paired(said: str) -> bool:
    depth = 0
    for sign in said:
        depth += (sign == "《") - (sign == "》")
        if depth < 0:
            return False
    return depth == 0


WORDS = {"E1": pages, "E2": amounts, "E3": causes, "E4": title_marks, "E5": absent}
