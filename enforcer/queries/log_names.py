"""Which thing an entry of the log is about: its number or name, or that of what it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    String,
    cast,
    literal,
    or_,
    select,
    union_all,
)
from sqlmodel import Session

from enforcer.queries.log_words import table_label, tables
from enforcer.queries.looking import among
from enforcer.queries.looking import literal as pattern
from enforcer.text import number_spellings

Place = tuple[str, str]
"""Table and key, as the log names a row."""
_OWN: Final = ("number", "login", "name", "original_name", "shown", "title", "prefix")
_SOUGHT: Final = ("number", "login", "name", "original_name")
_PARENTS: Final = (
    "case_id",
    "decision_id",
    "lead_id",
    "notice_id",
    "evidence_file_id",
    "document_id",
    "officer_id",
    "organ_id",
    "party_id",
    "scan_id",
)
_NUMBERED: Final = {
    "case_id": "enforcement_case",
    "decision_id": "decision",
    "lead_id": "lead",
    "notice_id": "notice",
}


def names(session: Session, places: Iterable[Place]) -> dict[Place, str]:
    """How each row is called that is still there: 案件　云城管立字〔2026〕第001号."""
    found, parents = _own(session, places)
    above = _own(session, set(parents.values()))[0] if parents else {}
    for place, parent in parents.items():
        if parent in above:
            found[place] = with_label(parent[0], above[parent])
    return found


def with_label(table: str, name: str) -> str:
    """What a row is and how it is called; once, where its number says what it is."""
    kind = table_label(table)
    return name if name.startswith(kind) else f"{kind}　{name}".strip()


def _own(session: Session, places: Iterable[Place]) -> tuple[dict[Place, str], dict[Place, Place]]:
    """Names of the rows that have one; of the others, the row they belong to."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for name, key in places:
        if name in tables() and key.isdecimal() and len(key) < 19:
            wanted[name].append(int(key))
    found: dict[Place, str] = {}
    parents: dict[Place, Place] = {}
    for name, keys in wanted.items():
        table = tables()[name]
        if "id" not in table.c:
            continue
        own = [table.c[one] for one in _OWN if one in table.c][:1]
        above = [table.c[one] for one in _PARENTS if one in table.c]
        asked = select(table.c.id, *own, *above).where(among(table.c.id, keys))
        for row in session.execute(asked).mappings():
            place = (name, str(row["id"]))
            said = str(row[own[0].name] or "") if own else ""
            parent = next((one for one in above if row[one.name] is not None), None)
            if said:
                found[place] = said
            elif parent is not None:
                parents[place] = (_target(parent), str(row[parent.name]))
    return found, parents


def _target(column: Any) -> str:
    """The table a foreign key leads to."""
    return str(next(iter(column.foreign_keys)).column.table.name)


def about(words: str) -> CompoundSelect[Any]:
    """Keys "table:row" of what these words name, and of what belongs to such a case or notice."""
    parts = []
    for table in tables().values():
        if "id" not in table.c:
            continue
        key = literal(f"{table.name}:").concat(cast(table.c.id, String))
        if sought := [table.c[one] for one in _SOUGHT if one in table.c]:
            parts.append(select(key).where(or_(*(like(one, words) for one in sought))))
        for name, parent in _NUMBERED.items():
            if name in table.c and table.name != parent:
                above = tables()[parent].alias()
                asked = select(key).join(above, above.c.id == table.c[name])
                parts.append(asked.where(_numbered(above, parent, words)))
    return union_all(*parts)


def _numbered(above: Any, parent: str, words: str) -> ColumnElement[bool]:
    """The number of the parent; a decision is known by the number of its case too."""
    own = like(above.c.number, words)
    if parent != "decision":
        return own
    cases = tables()["enforcement_case"]
    numbered = select(cases.c.id).where(like(cases.c.number, words))
    return or_(own, above.c.case_id.in_(numbered))


def like(column: Any, words: str) -> ColumnElement[bool]:
    """Whether a column holds these words, a number however its brackets were typed."""
    return or_(*(column.like(pattern(one), escape="\\") for one in number_spellings(words)))


def references(table: str) -> Mapping[str, str]:
    """Columns of a table that lead to another one, and to which."""
    known = tables().get(table)
    if known is None:
        return {}
    return {one.name: _target(one) for one in known.columns if one.foreign_keys}


__all__ = ["Place", "about", "like", "names", "references", "with_label"]
