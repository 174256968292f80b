"""An item of the catalogue in words, section by section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from enforcer.law.describe import KIND_OF, consequence_in_words
from enforcer.law.violation import SIDE_LABEL, Provision, Violation
from ui.widgets.basics import hairline, label

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
    procedure = []
    for side, kind in KIND_OF.items():
        if item.consequences_for(kind) and any(side in one.sides for one in item.consequences):
            answer = item.summary_allowed(kind)
            tone = "ok" if answer.allowed else "warn"
            procedure.append((f"{SIDE_LABEL[side]}：{answer.say}（{answer.cite}）", tone))
    found.append(Section("能不能当场处罚", procedure))
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
