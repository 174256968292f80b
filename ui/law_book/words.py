"""The law in words: an item section by section, where a dated row stands on a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from enforcer.errors import LawDataError
from enforcer.law.describe import KIND_OF, consequence_in_words
from enforcer.law.discretion_data import Benchmark
from enforcer.law.leniency_data import ListRow
from enforcer.law.violation import SIDE_LABEL, Provision, Violation
from enforcer.queries.law_cited import Use
from ui.widgets.basics import hairline, label
from ui.widgets.paged_model import Column

_FIELD = re.compile(r"\{[^{}]*\}")
SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
CHECKED = {
    "V": "条文已逐字核对",
    "V1": "条文只有一个文本来源，用前请与国家法律法规数据库核对",
    "I": "条文已核对，适用方法含推论",
    "S": "条文来自二手引文，用前请核对原文",
    "U": "没有取得原文，用前请核对",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs; the strong ones are articles."""

    title: str
    lines: Sequence[tuple[str, str]]


def sections(item: Violation) -> list[Section]:
    """What the catalogue says of an item: 违则, 罚则, range, procedure, time limit, notes."""
    found = [
        Section("违则", _provisions(item.breached)),
        Section("罚则", _provisions(item.sanctioned_by)),
        Section("处罚种类和幅度", [(consequence_in_words(one), "") for one in item.consequences]),
    ]
    found.append(Section("能不能当场处罚", _on_the_spot(item)))
    years = (
        f"{item.limitation_years} 年；涉及公民生命健康安全、金融安全且有危害后果的 "
        f"{item.limitation_harm_years} 年（{item.limitation_cite}）"
    )
    found.append(Section("追责时效", [(years, "")]))
    notes = [text for text in (item.competence, item.note) if text]
    if item.refer_to:
        notes.insert(0, f"由{item.refer_to}管辖，本机关只能移送。")
    if item.competing:
        notes.append(
            f"可能同时触犯：{'、'.join(item.competing)}。是一个行为还是几个行为，请法制审核。"
        )
    notes.append(CHECKED[item.verified] + "。")
    found.append(Section("说明", [(text, "quiet") for text in notes]))
    return [one for one in found if one.lines]


def _on_the_spot(item: Violation) -> list[tuple[str, str]]:
    lines = []
    for side, kind in KIND_OF.items():
        if not any(side in one.sides for one in item.consequences):
            continue
        try:
            answer = item.summary_allowed(kind)
        except LawDataError as error:
            return [(str(error), "warn")]
        tone = "ok" if answer.allowed else "warn"
        lines.append((f"{SIDE_LABEL[side]}：{answer.say}（{answer.cite}）", tone))
    return lines


def of_the_office(benchmark: Benchmark | None, rows: Sequence[ListRow]) -> list[Section]:
    """The tiers and list rows of an item, as the office has entered them."""
    tiers, listed = list[tuple[str, str]](), list[tuple[str, str]]()
    if benchmark is not None:
        tiers.append((benchmark.cite, "strong"))
        for one in benchmark.tiers:
            who = "、".join(SIDE_LABEL[side] for side in one.sides)
            under = f"（{one.under}的）" if one.under else ""
            joined = "、".join(each.text for each in one.conditions)
            tiers.append((f"{one.name}（{one.discretion.label}）　{who}{under}：{one.span}", ""))
            tiers.append((f"{one.matching.label}：{joined}", "quiet"))
    for row in rows:
        listed.append((f"{row.category.label}　{row.span}".strip(), "strong"))
        listed.append(("；".join(each.text for each in row.conditions), ""))
        listed.append((row.cite, "quiet"))
    found = [Section("裁量基准", tiers), Section("不予、减轻、从轻", listed)]
    return [one for one in found if one.lines]


def _provisions(found: Sequence[Provision]) -> list[tuple[str, str]]:
    lines = []
    for one in found:
        lines.append((one.cite, "strong"))
        lines.append((one.text, ""))
    return lines


def put(column: QVBoxLayout, found: Sequence[Section]) -> None:
    """Write the sections into a column, replacing what stood there."""
    while (gone := column.takeAt(0)) is not None:
        if (old := gone.widget()) is not None:
            old.hide()
            old.deleteLater()
    for number, section in enumerate(found):
        if number:
            column.addWidget(hairline())
        column.addWidget(label(section.title, "label"))
        for text, style in section.lines:
            role = "strong" if style == "strong" else "quiet" if style == "quiet" else ""
            tone = style if style in ("ok", "warn", "bad") else ""
            made = label(text, role, tone, wrap=True)
            made.setTextInteractionFlags(SELECTABLE)
            column.addWidget(made)
    column.addStretch()


class Dated(Protocol):
    """What is in force from a day on."""

    @property
    def from_on(self) -> date: ...

    @property
    def until_on(self) -> date | None: ...


def ended(one: Dated, day: date) -> bool:
    """Whether it was over before the day."""
    return one.until_on is not None and one.until_on < day


def standing(one: Dated, day: date, withdrawn: str = "") -> tuple[str, str]:
    """Where a row stands on a day, and the tone of that word."""
    if withdrawn:
        return "已撤下", "quiet"
    if ended(one, day):
        return "已失效", "warn"
    if one.from_on > day:
        return "未施行", "accent"
    return "有效", "ok"


def standing_column(
    day: Callable[[], date], of: Callable[[Any], Dated] = lambda row: row
) -> Column:
    """The column that says where each row stands on the day shown; `of` finds its days."""

    def found(row: Any) -> tuple[str, str]:
        return standing(of(row), day(), getattr(row, "withdrawn", ""))

    return Column("效力", lambda row: found(row)[0], 70, tone=lambda row: found(row)[1])


def holds(typed: str, *texts: str) -> bool:
    """Whether every word typed stands in one of the texts."""
    hay = "\n".join(texts).lower()
    return all(word in hay for word in typed.lower().split())


def around(one: Use) -> str:
    """The words of the template from the article on, without its fields."""
    text = " ".join(_FIELD.sub("…", one.text).split())
    return text[max(text.find(one.article), 0) :]
