"""What the office has settled: confirmed questions, its own texts, drafts, folders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlmodel import col, select

from enforcer import paths
from enforcer.documents import template
from enforcer.documents.template import Template
from enforcer.law import parameters
from enforcer.models import Draft, Setting, TemplateEdition
from enforcer.queries.looking import Where, looking, version
from enforcer.terms import PartyKind

BACKUP_FOLDER = "backup_folder"
LAW = "law."
SHIPPED = 0


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A question the law leaves to the office, with its answer; no value means 待机关确认."""

    question: parameters.Setting
    version: str
    value: int | str | None
    document: str
    document_number: str

    @property
    def label(self) -> str:
        return parameters.TO_CONFIRM if self.value is None else ""


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One text of a template: the shipped one (edition 0) or the office's own, from a day on."""

    template_key: str
    edition: int
    from_on: date | None
    body: str
    saved_at: datetime | None
    saved_by: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What was typed and not yet saved."""

    key: str
    payload: Mapping[str, Any]
    saved_at: datetime
    saved_by: str


def setting(where: Where, key: str) -> dict[str, Any]:
    """The value of a setting; empty while the office has chosen nothing."""
    with looking(where) as session:
        row = session.get(Setting, key)
        return dict(row.value or {}) if row else {}


def setting_version(where: Where, key: str) -> str:
    """The fingerprint of a setting for its form; empty while there is none."""
    with looking(where) as session:
        row = session.get(Setting, key)
        return version(row) if row else ""


def backup_folder(where: Where) -> str:
    return str(setting(where, BACKUP_FOLDER).get("folder", ""))


def confirmed(where: Where, name: str) -> Confirmed:
    """The office's answer to one question of `law.parameters.settings()`."""
    question = parameters.setting(name)
    assert question, f"the law asks nothing called {name}"
    with looking(where) as session:
        said = setting(session, LAW + name)
        return Confirmed(
            question,
            setting_version(session, LAW + name),
            said.get("value"),
            said.get("document", ""),
            said.get("document_number", ""),
        )


def all_confirmed(where: Where) -> list[Confirmed]:
    """Every question, answered or not, in the order of the law data."""
    with looking(where) as session:
        return [confirmed(session, one.name) for one in parameters.settings()]


def sole_trader_as(where: Where) -> PartyKind | None:
    """Whose limit the office has confirmed for 个体工商户; None while 待机关确认."""
    value = confirmed(where, "sole_trader_limit").value
    return next((one for one in PartyKind if one.value == value), None)


def editions(where: Where, template_key: str) -> list[EditionRow]:
    """Every text of a template, the one that takes effect last first, the shipped one at the end."""
    with looking(where) as session:
        rows = session.exec(
            select(TemplateEdition)
            .where(TemplateEdition.template_key == template_key)
            .order_by(col(TemplateEdition.from_on).desc(), col(TemplateEdition.edition).desc())
        ).all()
    own = [
        EditionRow(one.template_key, one.edition, one.from_on, one.body, one.saved_at, one.saved_by)
        for one in rows
    ]
    return [*own, EditionRow(template_key, SHIPPED, None, shipped_body(template_key), None, "")]


def edition_on(where: Where, template_key: str, day: date) -> EditionRow:
    """The text that papers of this day are made with."""
    return next(
        one for one in editions(where, template_key) if one.from_on is None or one.from_on <= day
    )


def template_on(where: Where, template_key: str, day: date) -> Template:
    """The template that papers of this day are made with: the office's own, else the shipped."""
    found = edition_on(where, template_key, day)
    if found.edition == SHIPPED:
        return template.shipped(template_key)
    return _loaded(found.body, f"{template_key} 本机关第 {found.edition} 版")


def shipped_body(template_key: str) -> str:
    """The text of the template that comes with the program."""
    template.shipped(template_key)  # raises in a sentence when it cannot be read
    path = paths.resources() / "templates" / f"{template_key}.toml"
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=16)
def _loaded(body: str, where: str) -> Template:
    return template.load(body, where=where)


def draft(where: Where, key: str) -> DraftRow | None:
    """What was typed under this key and not saved."""
    with looking(where) as session:
        row = session.get(Draft, key)
        return DraftRow(key, dict(row.payload or {}), row.saved_at, row.saved_by) if row else None
