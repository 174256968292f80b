"""历次版本: every text of a paper by day, hand and reason, and what each one changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from enforcer.documents import template_changes
from enforcer.documents.template_changes import Change
from enforcer.errors import TemplateTrouble
from enforcer.queries.templates import EditionInfo
from ui import theme
from ui.widgets.basics import ActBar, Card, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.moments import show_day, show_moment
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

_TONES: Final = {"gone": ("bad", "badTint"), "come": ("ok", "okTint")}


class EditionsDialog(Dialog):
    """`chosen(edition)` when the officer wants to go on from one of them."""

    chosen = Signal(object)

    def __init__(
        self, parent: QWidget, key: str, title: str, editions: Sequence[EditionInfo]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{title}：历次版本")
        self.resize(1080, 560)
        self._key = key
        self._editions = {one.edition: one for one in editions}
        self.table = PagedTable(
            "template-editions",
            (
                Column("版本", _name, 140, tone=lambda row: "ok" if row.in_force else ""),
                Column("启用", lambda row: show_day(row.from_on) or "随程序", 100),
                Column("修改说明", lambda row: row.note or "—", 170, tip=lambda row: row.note),
                Column("文书", lambda row: f"{row.used} 份" if row.used else "—", 66, right=True),
            ),
            lambda ids: [self._editions[one] for one in ids],
            title="历次版本",
            key=lambda row: row.edition,
        )
        self.about = label("", "quiet", wrap=True)
        self.changes = QTextEdit()
        self.changes.setReadOnly(True)
        self.changes.setAccessibleName("与前一版相比改了哪些地方")
        left = Card(tight=True)
        left.body.addWidget(self.table)
        left.setFixedWidth(500)
        right = Card()
        right.body.addWidget(self.about)
        right.body.addWidget(self.changes, 1)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addWidget(left)
        columns.addWidget(right, 1)
        self.take_button = button("在这一版上修改", main=True, on=self._take)
        self.acts = ActBar(button("关闭", on=self.reject), self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addLayout(columns, 1)
        column.addWidget(self.acts)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _edition: self._take())
        self.table.show_ids([one.edition for one in editions])
        self.table.select(editions[0].edition)
        self.table.setFocus()

    def _selected(self, ids: list[int]) -> None:
        if len(ids) != 1:
            return
        one = self._editions[ids[0]]
        before = max((e for e in self._editions if e < one.edition), default=None)
        if before is None or one.saved_at is None:
            self.about.setText("随程序的文字，没有改动。")
            self.changes.setPlainText("")
            return
        against = _name(self._editions[before])
        self.about.setText(f"{one.saved_by} {show_moment(one.saved_at)} 保存；与{against}相比：")
        try:
            found = template_changes.changes(self._key, self._editions[before].body, one.body)
        except (TemplateTrouble, ValueError):
            self.changes.setPlainText("这一版读不出来，不能比较。")
            return
        self._show(found)

    def _show(self, found: Sequence[Change]) -> None:
        self.changes.clear()
        cursor = self.changes.textCursor()
        if not found:
            cursor.insertText("文字相同。")
        for one in found:
            place = QTextCharFormat()
            place.setFontWeight(700)
            cursor.insertText(f"{one.place}{_what(one)}\n", place)
            for kind, said in template_changes.words_changed(one.before, one.after):
                cursor.insertText(said, _format(kind))
            cursor.insertText("\n\n", QTextCharFormat())
        self.changes.moveCursor(QTextCursor.MoveOperation.Start)

    def _take(self) -> None:
        ids = self.table.selected_ids()
        if ids:
            self.chosen.emit(ids[0])
            self.accept()


def _name(one: EditionInfo) -> str:
    now = "（现行）" if one.in_force else ""
    return f"第 {one.edition} 版{now}" if one.edition else f"出厂文字{now}"


def _what(one: Change) -> str:
    if not one.before:
        return "　新增"
    return "" if one.after else "　删去"


def _format(kind: str) -> QTextCharFormat:
    """Gone words are struck through and come words underlined: no colour is the only sign."""
    made = QTextCharFormat()
    if kind in _TONES:
        ink, ground = _TONES[kind]
        made.setForeground(theme.colour(ink))
        made.setBackground(theme.colour(ground))
        made.setFontStrikeOut(kind == "gone")
        made.setFontUnderline(kind == "come")
    return made
