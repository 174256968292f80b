"""How the import is laid out: file and header above, columns at the left, rows at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from enforcer.exchange.mapping import MAPPED, PASTED
from ui.imports.columns import ColumnMapping
from ui.imports.grid_view import GridView
from ui.imports.preview import Line, preview_table, refused_table
from ui.imports.words import KINDS, window_title
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Scrolled, button, label
from ui.widgets.inputs import Choice, CountEdit, LineEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.progress import ProgressBar

LEFT_WIDTH: Final = 380
TABS: Final = ("原表", "核对结果", "不能导入", "提示")
Load = Callable[[Sequence[int]], Sequence[Line]]


class ImportFrame(QObject):
    """The widgets of the dialog, without what they do."""

    mapping_edited = Signal()

    def __init__(self, dialog: QDialog, kind: str) -> None:
        super().__init__(dialog)
        self.dialog, self.is_pasted = dialog, False
        dialog.resize(1240, 700)
        self.kind = Choice(KINDS)
        self.kind.setAccessibleName("导入哪一种台账")
        self.kind.write(kind)
        self.path = LineEdit(placeholder="选择或者粘贴工作簿的路径，回车读取")
        self.path.setAccessibleName("工作簿的路径")
        self.choose = button("选择文件…", "folder")
        self.sheet = Choice()
        self.sheet.setAccessibleName("工作表")
        self.sheet.setMinimumContentsLength(8)
        self.top = CountEdit(least=1, most=1000)
        self.top.setAccessibleName("表头从第几行起")
        self.height = CountEdit(least=0, most=5)
        self.height.setAccessibleName("表头有几行")
        for one in (self.top, self.height):
            one.setFixedWidth(84)
        self.remembered = label("", "small", wrap=True)
        self.banner = Banner()
        self.banner.hide()
        self.progress = ProgressBar()
        self.grid_view = GridView()
        self.remarks = label("", wrap=True)
        self.remarks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.leave = button("关闭", on=dialog.reject)
        self.history_button = button("导入记录…", "history")
        self.report_button = button("导出核对报告…", "export")
        self.take_button = button("导入", main=True, keys="Ctrl+Enter")
        self.acts = ActBar(self.history_button, self.report_button, self.leave, self.take_button)
        self._mappings: dict[str, ColumnMapping] = {}
        self._previews: dict[str, PagedTable] = {}
        self.mapping_stack, self.preview_stack = QStackedWidget(), QStackedWidget()
        self.tabs, self.stack = QTabBar(), QStackedWidget()

    def make_tables(self, rows: Load, refused: Load) -> None:
        """Make the tables and lay everything out."""
        self._rows = rows
        self.refused = refused_table(refused)
        self.show_kind()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.dialog)
        column.setContentsMargins(22, 16, 22, 16)
        column.setSpacing(10)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.kind)
        first.addWidget(self.path, 1)
        first.addWidget(self.choose)
        self._sheet_label = label("工作表", "quiet")
        for one in (
            self._sheet_label,
            self.sheet,
            label("表头从第", "quiet"),
            self.top,
            label("行起，共", "quiet"),
            self.height,
            label("行", "quiet"),
        ):
            first.addWidget(one)
        column.addLayout(first)
        column.addWidget(self.banner)
        parts = QHBoxLayout()
        parts.setSpacing(14)
        parts.addWidget(self._left())
        parts.addWidget(self._right(), 1)
        column.addLayout(parts, 1)
        column.addWidget(self.progress)
        column.addWidget(self.acts)
        self.path.setFocus()

    def _left(self) -> QWidget:
        card = Card(spacing=6)
        card.setFixedWidth(LEFT_WIDTH)
        card.body.setContentsMargins(14, 12, 8, 12)
        card.body.addWidget(label("各栏取自哪一列", "section"))
        card.body.addWidget(self.remembered)
        card.body.addWidget(self.mapping_stack, 1)
        return card

    def _right(self) -> QWidget:
        card = Card(tight=True, spacing=4)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("原表和核对结果")
        for text in TABS:
            self.tabs.addTab(text)
        said = QWidget()
        inside = QVBoxLayout(said)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self.remarks)
        inside.addStretch()
        for one in (self.grid_view, self.preview_stack, self.refused, Scrolled(said)):
            self.stack.addWidget(one)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        card.body.addWidget(self.tabs)
        card.body.addWidget(self.stack, 1)
        return card

    @property
    def mapping(self) -> ColumnMapping:
        """The mapping of the ledger chosen."""
        return self._mappings[str(self.kind.read())]

    @property
    def preview(self) -> PagedTable:
        """The rows of the ledger chosen."""
        return self._previews[str(self.kind.read())]

    def show_kind(self) -> None:
        """Show the columns of the ledger chosen."""
        kind = str(self.kind.read())
        self.dialog.setWindowTitle(window_title(kind))
        if kind not in self._mappings:
            made = self._mappings[kind] = ColumnMapping(MAPPED[kind])
            made.edited.connect(self.mapping_edited)
            self._scrolled = Scrolled(made)
            self.mapping_stack.addWidget(self._scrolled)
            made.setProperty("page", self.mapping_stack.count() - 1)
            table = self._previews[kind] = preview_table(MAPPED[kind], self._rows)
            self.preview_stack.addWidget(table)
        self.mapping_stack.setCurrentIndex(int(self.mapping.property("page")))
        self.preview_stack.setCurrentWidget(self.preview)
        self.remembered.setText("")

    def show_pasted(self) -> None:
        """A copied range has no file and no sheet."""
        self.is_pasted = True
        self.path.write(PASTED)
        for one in (self.path, self.choose, self.sheet):
            one.setEnabled(False)
        for hidden in (self.sheet, self._sheet_label):
            hidden.hide()
        self.kind.setFocus()

    def show_header(self, top: int, height: int) -> None:
        """Show where the header stands, `top` from 0."""
        for one, value in ((self.top, top + 1), (self.height, height)):
            before = one.blockSignals(True)
            one.write(value)
            one.blockSignals(before)
        self.grid_view.cells.mark(top, height)
        self.grid_view.scrollTo(self.grid_view.cells.index(max(top - 2, 0), 0))

    def tell_tabs(self, rows: int, refused: int, remarks: Sequence[str]) -> None:
        """The counts in the tabs, and the remarks."""
        counts = ("", f" {rows:,}" if rows else "", f" {refused:,}" if refused else "")
        for at, count in enumerate((*counts, f" {len(remarks)}" if remarks else "")):
            self.tabs.setTabText(at, TABS[at] + count)
        self.remarks.setText("\n".join(remarks) or "没有提示。")

    def offer_take(self, rows: int | None, lacking: str = "先选择文件，逐行核对后再导入") -> None:
        """Offer to take so many rows; None before they can be looked at, and what that lacks."""
        self.take_button.setText(f"导入 {rows:,} 行　Ctrl+Enter" if rows else "导入　Ctrl+Enter")
        reasons = {None: lacking, 0: "没有可以导入的新行"}
        self.acts.offer(self.take_button, reasons.get(rows, ""))

    def close_form(self) -> None:
        """What was taken is not taken again from the same window."""
        widgets: tuple[QWidget, ...] = (
            self.kind, self.path, self.choose, self.sheet, self.top, self.height, self.mapping,
        )  # fmt: skip
        for one in widgets:
            one.setEnabled(False)
        self.acts.offer(self.take_button, "已经导入")
