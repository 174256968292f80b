"""What the office has settled: confirmed questions, local amounts, its texts, drafts, folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlmodel import col, select

from enforcer import paths
from enforcer.documents import template
from enforcer.documents.template import Template
from enforcer.law import catalogue, parameters
from enforcer.models import Draft, Setting, TemplateEdition
from enforcer.queries.looking import Where, looking, version
from enforcer.terms import PartyKind

BACKUP_FOLDER = "backup_folder"
LAW, LOCAL_AMOUNT = "law.", "local_amount."
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
class LocalAmountRow:
    """A local range of fine for an item, from the office's own document."""

    item_key: str
    side: str
    version: str
    min_fen: int
    max_fen: int
    document: str
    article: str
    text: str
    from_on: date
    until_on: date | None

    def in_force(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


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


def local_amounts(where: Where, item_key: str = "") -> list[LocalAmountRow]:
    """The local ranges that were entered, of one item or of all."""
    with looking(where) as session:
        rows = session.exec(
            select(Setting)
            .where(col(Setting.key).startswith(LOCAL_AMOUNT, autoescape=True))
            .order_by(Setting.key)
        ).all()
    found = [_local(row) for row in rows if row.value]
    return [one for one in found if not item_key or one.item_key == item_key]


def _local(row: Setting) -> LocalAmountRow:
    value: dict[str, Any] = dict(row.value or {})
    value["from_on"] = date.fromisoformat(value["from_on"])
    value["until_on"] = date.fromisoformat(value["until_on"]) if value["until_on"] else None
    return LocalAmountRow(version=version(row), **value)


def item_on(where: Where, item_key: str, day: date) -> catalogue.Violation | None:
    """A catalogue item as in force on a day, with the local ranges the office has entered."""
    found = catalogue.item(item_key, day)
    rows = [one for one in local_amounts(where, item_key) if one.in_force(day)]
    if found is None or not rows:
        return found
    found = replace(found, consequences=tuple(_by_side(found.consequences)))
    for row, sides in _joined(rows):
        law = catalogue.Law(
            key=LOCAL_AMOUNT + item_key,
            title=row.document.strip("《》"),
            edition="",
            rank="本地规定",
            from_on=row.from_on,
            until_on=row.until_on,
            verified="U",
            note=parameters.TO_CONFIRM,
        )
        provision = catalogue.Provision(law, row.article, row.text)
        amount = catalogue.LocalAmount(sides, row.min_fen, row.max_fen, provision)
        found = found.with_local(amount)
    return found


def _by_side(consequences: tuple[catalogue.Consequence, ...]) -> Iterator[catalogue.Consequence]:
    """Where the law leaves the amount open for persons and units at once, a line for each."""
    for one in consequences:
        if one.amount_unknown and len(one.sides) > 1:
            yield from (replace(one, sides=(side,)) for side in one.sides)
        else:
            yield one


def _joined(rows: list[LocalAmountRow]) -> list[tuple[LocalAmountRow, tuple[str, ...]]]:
    """One provision for both sides is one local range, not two."""
    by_rule: dict[tuple[object, ...], list[LocalAmountRow]] = {}
    for one in rows:
        rule = (one.document, one.article, one.min_fen, one.max_fen)
        by_rule.setdefault(rule, []).append(one)
    return [(same[0], tuple(one.side for one in same)) for same in by_rule.values()]


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
