"""The log in the officer's words: tables, actions, columns, and a value as one reads it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Enum, Table
from sqlmodel import SQLModel

from enforcer import (
    course_terms,
    dossier_terms,
    evidence_terms,
    models,
    paper_terms,
    paths,
    publication_terms,
    terms,
)
from enforcer.course_terms import (
    ClosingWay,
    CourtAnswer,
    Gains,
    LeadOutcome,
    Outcome,
    SignOffMatter,
)
from enforcer.documents import template
from enforcer.errors import EnforcerError
from enforcer.law import catalogue, parameters
from enforcer.models.base import Instant
from enforcer.money import yuan
from enforcer.terms import CaseStep, Discretion, LeniencyPaper, Role, SeriesKind, Term

CHINA: Final = ZoneInfo("Asia/Shanghai")
_LATEST: Final = date.max
_TERMS: Final = (
    terms,
    course_terms,
    evidence_terms,
    paper_terms,
    dossier_terms,
    publication_terms,
)
EMPTY: Final = "（空）"
NOT_SHOWN: Final = "（不显示）"
INFORMANT: Final = "（反映人的身份不在这里显示）"
ON_PAPER: Final = "（见文书、证据本身，不在这里显示）"
MOST: Final = 1_500
_SECRET: Final = frozenset({"password_hash", "recovery_hash"})
_TELLING: Final = frozenset({"informant", "informant_phone"})
_WHOLE: Final = frozenset(
    {"fields", "frozen", "facts", "choices", "made", "changed", "payload", "answer", "sources"}
)
"""Whole papers and drafts of deeds: they may name anybody, and are read where they belong."""
_KINDS: Final[Mapping[str, tuple[type[Term], ...]]] = {
    "step": (CaseStep,),
    "of": (CaseStep,),
    "roles": (Role,),
    "kind": (SeriesKind,),
    "matter": (SignOffMatter,),
    "outcome": (Outcome, LeadOutcome),
    "discretion": (Discretion,),
    "gains": (Gains,),
    "papers": (LeniencyPaper,),
    "answer": (CourtAnswer,),
    "way": (ClosingWay,),
}
"""Columns that hold a code without saying of which enum."""
_ITEMS: Final = frozenset({"item_key", "added", "removed"})
_PAPERS: Final = frozenset({"template_key", "kind", "paper"})
_CODE: Final = re.compile(r"[a-z][a-z0-9_]*")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Words:
    """resources/log.toml as it is asked for."""

    tables: Mapping[str, str]
    actions: Mapping[str, str]
    deeds: Mapping[str, str]
    settings: Mapping[str, str]
    columns: Mapping[str, str]
    left_out: frozenset[str]


@cache
def words() -> Words:
    """The words, read once."""
    read = tomllib.loads((paths.resources() / "log.toml").read_text(encoding="utf-8"))
    left_out = frozenset(read["left_out"]["always"])
    return Words(
        read["tables"], read["actions"], read["deeds"], read["settings"], read["columns"], left_out
    )


@cache
def tables() -> Mapping[str, Table]:
    """Every table that may stand in the log, by its name."""
    models.load_all()
    known = SQLModel.metadata.tables
    return {name: known[name] for name in words().tables}


def table_label(name: str) -> str:
    """A table as an officer calls one of its rows."""
    return words().tables.get(name, "")


def setting_label(key: str) -> str:
    """A setting as the office knows it; those the law leaves open are named beside their article."""
    asked = parameters.setting(key)
    return asked.title if asked is not None else words().settings.get(key, "")


def shown_columns(names: Iterable[str]) -> list[tuple[str, str]]:
    """Those of these columns that say something to a reader, with how each is called."""
    known = words()
    return [
        (one, known.columns[one])
        for one in names
        if one in known.columns and one not in known.left_out
    ]


def value(table: str, name: str, kept: Any) -> str:
    """What the log holds of a column, as an officer reads it; secrets are never shown."""
    if kept in (None, "", [], {}):
        return EMPTY
    if name in _SECRET:
        return NOT_SHOWN
    if name in _TELLING:
        return INFORMANT
    if name in _WHOLE:
        return ON_PAPER
    column = tables()[table].columns.get(name) if table in tables() else None
    said = _said(name, kept, column)
    return said if len(said) <= MOST else f"{said[:MOST]}…"


def _said(name: str, kept: Any, column: Column[Any] | None = None) -> str:
    if isinstance(kept, bool):
        return "是" if kept else "否"
    if isinstance(kept, dict):
        return _pairs(kept, changed=name == "before")
    if isinstance(kept, list):
        return _listed(name, kept)
    if isinstance(kept, int) and name.endswith("_fen"):
        return f"{yuan(kept)} 元"
    if isinstance(kept, str):
        return _text(name, kept, column)
    return str(kept)


def _text(name: str, kept: str, column: Column[Any] | None) -> str:
    if column is not None and isinstance(column.type, Enum) and column.type.enum_class:
        found = next((one for one in column.type.enum_class if one.value == kept), None)
        return str(getattr(found, "label", kept))
    if (column is not None and isinstance(column.type, Instant)) or _MOMENT.match(kept):
        return moment(kept)
    if not _CODE.fullmatch(kept):
        return kept
    if name in _ITEMS:
        return _items().get(kept, kept)
    if column is not None and column.table.name == "setting" and name == "key":
        return setting_label(kept) or kept
    own = {one.value: one.label for kind in _KINDS.get(name, ()) for one in kind}
    said = own.get(kept) or _codes().get(kept, kept)
    return _title(kept) if said == kept and name in _PAPERS else said


def moment(kept: str) -> str:
    """An instant as the log holds it, in China."""
    try:
        at = datetime.fromisoformat(kept)
    except ValueError:
        return kept
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at.tzinfo else kept.replace("T", " ")


def _listed(name: str, kept: list[Any]) -> str:
    parts = [_said(name, one) for one in kept]
    return "、".join(one for one in parts if one)


def _pairs(kept: Mapping[str, Any], *, changed: bool = False) -> str:
    """What has a name in the house; `changed` holds before and after of each."""
    parts = []
    for name, label in shown_columns(kept):
        one = kept[name]
        if name in _WHOLE or name.endswith("_id") or one in (None, "", [], {}):
            continue
        if changed and isinstance(one, list) and len(one) == 2 and name not in _TELLING:
            parts.append(f"{label}由{value('', name, one[0])}改为{value('', name, one[1])}")
        else:
            parts.append(f"{label}：{value('', name, one)}")
    return "；".join(parts) or ON_PAPER


@cache
def _title(key: str) -> str:
    """What a paper of the program is called."""
    try:
        return template.shipped(key).title
    except EnforcerError:
        return key


@cache
def _items() -> Mapping[str, str]:
    """The violations of the catalogue by key, as they are called now."""
    return {one.key: one.title for one in catalogue.items(_LATEST)}


@cache
def _codes() -> Mapping[str, str]:
    """What a stored code is called, where all enums of the house that have it agree."""
    found: dict[str, set[str]] = {}
    for module in _TERMS:
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, Term):
                for one in kind:
                    found.setdefault(one.value, set()).add(one.label)
    return {code: labels.pop() for code, labels in found.items() if len(labels) == 1}
