"""One entry of the log beside the list: what it changed, field by field, and its place in the chain."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from enforcer.operations.log import action_label, deed_label
from enforcer.queries import log
from enforcer.queries.evidence import short_code
from enforcer.queries.log import LogChange, LogDetail
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Scrolled, button, hairline, label
from ui.widgets.filled import fill_grid

WIDTH: Final = 396
CHOOSE: Final = "在左边选一条，这里显示办了什么、改了什么，以及它在记录链上的位置。"
SPOILED: Final = "这一条的内容和它的校验值不符，已被改动。请用备份核对，并查明是谁改动的。"
NO_FIELDS: Final = "这一条没有逐项的内容。"


class EntryPanel(Card):
    """The entry selected, in words."""

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=8)
        self.context = context
        self.detail: LogDetail | None = None
        self.setFixedWidth(WIDTH)
        self.title = label(CHOOSE, "quiet", wrap=True)
        self.banner = Banner("bad", SPOILED)
        self.facts, self.changes = QGridLayout(), QGridLayout()
        self.chain = QGridLayout()
        for grid in (self.facts, self.chain):
            grid.setColumnStretch(1, 1)
        for grid in (self.facts, self.changes, self.chain):
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(5)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        column.addWidget(self.banner)
        column.addLayout(self.facts)
        column.addWidget(hairline())
        column.addLayout(self.changes)
        column.addWidget(hairline())
        column.addLayout(self.chain)
        column.addStretch()
        self.area = Scrolled(content)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("这一条操作记录的内容")
        self.copy_button = button("复制校验值", "copy", on=self.copy_hash)
        self.acts = ActBar(self.copy_button)
        self.body.addWidget(self.title)
        self.body.addWidget(self.area, 1)
        self.body.addStretch()
        self.body.addWidget(self.acts)
        self._show(None)

    def show_entry(self, number: int | None) -> None:
        """Show this entry, or what stands there before one is chosen."""
        if number is None:
            self._show(None)
            return
        self.context.tasks.ask(
            lambda store: log.detail(store, number), self._show, owner=self, latest="entry"
        )

    def take_focus(self) -> None:
        """Read on with the arrow keys."""
        if self.detail is not None:
            self.area.setFocus()

    def copy_hash(self) -> None:
        """Put the whole hash on the clipboard."""
        if self.detail is not None:
            QGuiApplication.clipboard().setText(self.detail.hash)
            self.context.window.message("ok", "校验值已复制。")

    def _show(self, detail: LogDetail | None) -> None:
        self.detail = detail
        for one in (self.area, self.acts):
            one.setVisible(detail is not None)
        self.title.setProperty("role", "quiet" if detail is None else "section")
        self.title.style().polish(self.title)
        self.title.setText(CHOOSE)
        if detail is None:
            return
        row = detail.row
        deed, action = deed_label(row), action_label(row)
        self.title.setText(deed or action)
        self.banner.setVisible(not detail.intact)
        at = f"{row.at:%Y-%m-%d %H:%M:%S}" if row.at else "读不出来"
        facts = (("时间", at), ("人员", row.who), ("动作", action), ("对象", row.thing))
        fill_grid(self.facts, [(name, said) for name, said in facts if said])
        self._fill_changes(detail.changes, before_after=detail.before_after)
        link = "这是第一条" if row.id == 1 else short_code(detail.previous_hash)
        fill_grid(
            self.chain,
            [
                ("序号", f"第 {row.id:,} 条"),
                ("校验值", short_code(detail.hash)),
                ("前一条", link),
            ],
        )
        self.area.verticalScrollBar().setValue(0)

    def _fill_changes(self, changes: tuple[LogChange, ...], *, before_after: bool) -> None:
        if not before_after:
            said = [(one.label, one.after) for one in changes] or [("", NO_FIELDS)]
            fill_grid(self.changes, said)
            self.changes.setColumnStretch(1, 1)
            self.changes.setColumnStretch(2, 0)
            return
        fill_grid(self.changes, [])
        heads = ("栏目", "原来", "现在")
        lines = [(one.label, one.before, one.after) for one in changes]
        for at, line in enumerate([heads, *lines] if lines else [(NO_FIELDS, "", "")]):
            for column, text in enumerate(line):
                role = "label" if at == 0 or column == 0 else ""
                made = label(text, role, wrap=True)
                made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self.changes.addWidget(made, at, column, Qt.AlignmentFlag.AlignTop)
        for column, stretch in enumerate((2, 3, 3)):
            self.changes.setColumnStretch(column, stretch)
