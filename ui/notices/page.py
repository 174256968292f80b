"""告知: the desk at the left; at the right the list, one notice, or the paper as it will come out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget

from enforcer.operations.notice_forms import IssuedNotice
from enforcer.operations.notices import preview_notice
from enforcer.queries import notices
from ui import theme
from ui.context import Context
from ui.notices.desk import NARROW, WIDTH, DeskCard
from ui.notices.listing import NoticeList
from ui.notices.prints import NoticePrinter
from ui.notices.reading import today_says
from ui.notices.view import NoticeView, PaperPane
from ui.widgets.basics import Page, PageHeader, button
from ui.widgets.paste import copied, on_paste

ROOMY = 1150


class NoticesPage(Page):
    """The screen of 温馨告知书, by keyboard from the plate to the paper."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.batch_button = button("从 Excel 批量", "excel", on=self.batch)
        self.blanks_button = button("空白号", "blank_numbers", on=self.blanks)
        self.ladder_button = button("三次告知", "history", on=self.ladder)
        self.print_menu_button = button("打印所选", "print")
        self.print_menu_button.setMenu(self._print_menu())
        self.header = PageHeader(
            "告知",
            "",
            self.batch_button,
            self.blanks_button,
            self.ladder_button,
            self.print_menu_button,
        )
        self.printer = NoticePrinter(context, self)
        self.desk = DeskCard(context)
        self.list = NoticeList(context)
        self.view = NoticeView(context)
        self.paper = PaperPane(context, self._set_paper())
        self.stack = QStackedWidget()
        for one in (self.list, self.view, self.paper):
            self.stack.addWidget(one)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.desk)
        row.addWidget(self.stack, 1)
        self.body.addWidget(self.header)
        self.body.addLayout(row, 1)
        self.setFocusProxy(self.desk)
        self._connect()
        self._make_acts()

    def _connect(self) -> None:
        desk, view, listed = self.desk, self.view, self.list
        desk.issued.connect(self._issued)
        desk.edited.connect(self.paper.soon)
        desk.opened_item.connect(self._open)
        listed.opened.connect(self.show_notice)
        for one in (listed, view):
            one.print_asked.connect(self.printer.print_ids)
            one.register_asked.connect(self.register)
            one.penalty_asked.connect(self._to_penalty)
        on_paste(listed, self.paste)
        view.left.connect(self.show_list)
        view.void_asked.connect(self._void_shown)
        view.outcome_asked.connect(listed.note_outcome)
        self.paper.left.connect(self.show_list)
        self.context.tasks.changed.connect(self._changed)

    def _print_menu(self) -> QMenu:
        menu = QMenu(self)
        for count, words in (
            (1, "每张纸一份"),
            (2, "每张纸两份，有裁切线"),
            (4, "每张纸四份，有裁切线"),
        ):
            act = menu.addAction(theme.icon("print"), words)
            act.triggered.connect(partial(self._print_selected, count))
        return menu

    def _make_acts(self) -> None:
        for text, keys, icon, on in (
            ("新告知：到号牌栏", "Ctrl+N", "add", self.begin),
            ("预览纸面", "F3", "document", self.show_paper),
            ("恢复刚清空的填写", "Ctrl+Z", "refresh", self.desk.bring_back),
            ("从 Excel 批量签发", "Ctrl+B", "excel", self.batch),
            ("空白号：领用、登记、作废", "Ctrl+L", "blank_numbers", self.blanks),
            ("三次告知的阶梯", "", "history", self.ladder),
            ("补录旧告知台账：从 Excel 导入…", "", "import", self.take_over),
            ("补录旧告知台账：粘贴复制的表格…", "", "import", self.paste),
            ("在告知书列表中查找", "Ctrl+F", "search", self.go_to_search),
            ("到告知书列表", "Ctrl+G", "next", self.go_to_list),
            ("打印所选：每张纸一份", "", "print", lambda: self._print_selected(1)),
            ("打印所选：每张纸两份", "", "print", lambda: self._print_selected(2)),
            ("打印所选：每张纸四份", "", "print", lambda: self._print_selected(4)),
        ):
            self.add_act(text, on, keys=keys, icon=icon, within=True)

    # older ledgers

    def take_over(self, pasted: str | None = None) -> None:
        """Look at an older ledger of any layout and take its good rows, marked 补录."""
        from ui.imports import ImportLedgerDialog

        self.import_dialog = ImportLedgerDialog(self, self.context, "notices", pasted=pasted)
        self.import_dialog.open()

    def paste(self, text: str | None = None) -> None:
        """Take over a range copied from a spreadsheet (Ctrl+V on the list)."""
        self.take_over(copied() if text is None else text)

    # the right side

    def show_list(self) -> None:
        """Back to the list, with the notice just looked at selected."""
        looked_at = self.view.row
        self.stack.setCurrentWidget(self.list)
        if looked_at is not None:
            self.list.table.select(looked_at.id)
        self.list.table.view.setFocus()

    def show_notice(self, notice_id: int) -> None:
        """One notice in the place of the list."""
        if self.view.show_notice(notice_id):
            self.stack.setCurrentWidget(self.view)
            self.view.back.setFocus()

    def show_paper(self) -> None:
        """The paper as it would come out now; F3 again goes back."""
        if self.stack.currentWidget() is self.paper:
            self.stack.setCurrentWidget(self.list)
            return
        self.stack.setCurrentWidget(self.paper)
        self.paper.refresh()

    def _set_paper(self) -> Callable[[Any], bytes]:
        clock = self.context.clock

        def make(store: Any) -> bytes:
            return preview_notice(store, self.desk.taken(), today=clock.today(), now=clock.now())

        return make

    def go_to_search(self) -> None:
        """To the search field above the list."""
        self.stack.setCurrentWidget(self.list)
        self.list.words.setFocus()
        self.list.words.selectAll()

    def go_to_list(self) -> None:
        """To the rows of the list, the first one selected if none is."""
        self.stack.setCurrentWidget(self.list)
        table = self.list.table
        if not table.selected_ids() and table.model.ids:
            table.view.selectRow(0)
        table.view.setFocus()

    # acts

    def begin(self) -> None:
        """To the plate."""
        self.desk.plate.setFocus()

    def register(self, notice_id: int) -> None:
        """Enter what came back on this blank."""
        row = self.context.tasks.now(lambda store: notices.row(store, notice_id))
        if row is not None:
            self.stack.setCurrentWidget(self.list)
            self.desk.register(row)

    def batch(self) -> None:
        """Issue many from a workbook."""
        from ui.notices.batch import BatchDialog

        dialog = BatchDialog(self, self.context)
        dialog.print_asked.connect(
            lambda ids, per_sheet: self.printer.print_ids(ids, per_sheet=per_sheet)
        )
        dialog.open()

    def blanks(self) -> None:
        """Numbered blanks: give out, register, void."""
        from ui.notices.blanks import BlanksDialog

        dialog = BlanksDialog(self, self.context)
        dialog.print_asked.connect(
            lambda ids, per_sheet: self.printer.print_ids(ids, per_sheet=per_sheet, over=dialog)
        )
        dialog.register_asked.connect(self.register)
        dialog.open()

    def ladder(self) -> None:
        """三次告知 as the office sets it."""
        from ui.notices.ladder import LadderDialog

        LadderDialog(self, self.context).open()

    def _print_selected(self, per_sheet: int, _checked: bool = False) -> None:
        ids = self.list.table.selected_ids()
        if not ids:
            self.context.window.message(
                "info", "请先在列表中选中要打印的告知书（Ctrl 或 Shift 多选）。"
            )
            return
        self.printer.print_ids(ids, per_sheet=per_sheet)

    def _issued(self, made: IssuedNotice, and_print: bool) -> None:
        if self.stack.currentWidget() is self.paper:
            self.stack.setCurrentWidget(self.list)
        if and_print:
            self.printer.print_ids([made.id], at_once=True, what=f"告知书 {made.number}")

    def _void_shown(self, ids: list[int]) -> None:
        self.show_list()
        self.list.ask_void(ids)

    def _to_penalty(self, notice_id: int) -> None:
        self.context.window.go("cases.summary", identity=notice_id)

    # what the window calls

    def open_item(self, kind: str, identity: Any) -> None:
        """Show what the search box or a link names: a notice by id, a plate by its letters."""
        if kind == "notice":
            self.show_notice(int(identity))
        elif kind == "vehicle":
            self.stack.setCurrentWidget(self.list)
            self.list.show_only(words=str(identity))

    def open_section(self, name: str, field: str = "", identity: Any = None) -> None:
        """`blanks`: those not returned; `no_outcome`: those whose end is not noted."""
        del field, identity
        if name == "blanks":
            self.list.show_only(state="blank")
        elif name == "no_outcome":
            self.list.show_only(state="no_outcome")

    def refresh(self) -> None:
        """Read everything again (F5)."""
        self.desk.refresh_choices()
        self.desk.look()
        self.list.refresh()
        self._tell_today()

    def _open(self, kind: str, identity: int) -> None:
        if kind == "notice":
            self.show_notice(identity)
        else:
            self.context.window.open(kind, identity)

    def _changed(self, names: frozenset[str]) -> None:
        if "notice" in names and self.isVisible():
            self._tell_today()

    def _tell_today(self) -> None:
        today = self.context.clock.today()
        counts = self.context.tasks.now(lambda store: notices.day_counts(store, today))
        self.header.set_subtitle(
            today_says(counts.today, counts.void_today, counts.blanks_out, today)
        )

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_today()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small or much enlarged screen the desk leaves room for the list beside it."""
        super().resizeEvent(event)
        self.desk.setFixedWidth(WIDTH if event.size().width() >= ROOMY else NARROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.list.reason.isVisible():
                self.list.reason.dismiss()
                return
            if self.stack.currentWidget() is not self.list:
                self.show_list()
                return
        super().keyPressEvent(event)
