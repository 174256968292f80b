"""移交清单: archived dossiers go to the archive room; the list as Excel, or as PDF to sign."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTreeWidgetItem, QVBoxLayout, QWidget

from enforcer.errors import Trouble
from enforcer.operations import dossier
from enforcer.operations.dossier_archive import HandoverForm
from enforcer.operations.dossier_lists import HandoverList, HandoverListForm, handover_list
from enforcer.operations.editing import read, wrong_fields
from enforcer.queries.dossier_handover import HandoverRow, WaitingDossier, handovers, waiting
from ui.cases.dossier.handover_deeds import became, confirming, taking_back
from ui.cases.dossier.trees import Tree
from ui.context import Context
from ui.evidence.deed_dialog import DeedDialog
from ui.failures import in_place
from ui.widgets.banner import Banner, sentence
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, FieldGrid
from ui.widgets.file_dialogs import EXCEL, PDF, ask_save
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.spans import SpanFilter

MOST: Final = 2000
_CASE: Final = Qt.ItemDataRole.UserRole + 1
_HEADS: Final = ("归档号", "案件名称", "案号", "归档日期", "保管期限", "卷数", "页数")
_MADE_HEADS: Final = ("归档号", "案件名称", "案号", "结案日期", "保管期限", "卷数", "页数")
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DossierTree(Tree):
    """The rows of a list; Space ticks one."""

    def __init__(self) -> None:
        super().__init__("移交的案卷", (200, 216, 112, 100, 66, 66))
        self.setObjectName("handover_rows")
        self.setHeaderHidden(False)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setStyleSheet("QTreeView::item { padding: 5px 9px; }")  # stands under its heading
        header = self.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(0, 136)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, heads: Sequence[str], rows: Sequence[tuple[Sequence[str], int]]) -> None:
        """Show these; a row with the id of its case can be ticked, and is."""
        with QSignalBlocker(self):  # one answer for all of them
            self._fill(heads, rows)

    def _fill(self, heads: Sequence[str], rows: Sequence[tuple[Sequence[str], int]]) -> None:
        self.clear()
        self.setHeaderLabels(list(heads))
        for at in (5, 6):
            self.headerItem().setTextAlignment(at, _RIGHT)
        for texts, case_id in rows:
            item = self.add(None, texts, tip="　".join(texts[:3]))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, "，".join(texts))
            for at in (5, 6):
                item.setTextAlignment(at, _RIGHT)
            if case_id:
                item.setData(0, _CASE, case_id)
                item.setCheckState(0, Qt.CheckState.Checked)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def tick_all(self, ticked: Qt.CheckState) -> None:
        """All of them, or none."""
        with QSignalBlocker(self):  # one answer for all of them
            for one in self._items():
                one.setCheckState(0, ticked)

    def ticked(self) -> tuple[int, ...]:
        """The cases that are ticked."""
        done = Qt.CheckState.Checked
        return tuple(int(one.data(0, _CASE)) for one in self._items() if one.checkState(0) is done)

    def pages(self) -> int:
        """The pages of what is ticked."""
        done = Qt.CheckState.Checked
        return sum(int(one.text(6)) for one in self._items() if one.checkState(0) is done)

    def _items(self) -> list[QTreeWidgetItem]:
        found = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        return [one for one in found if one is not None and one.data(0, _CASE) is not None]


class HandoverDialog(Dialog):
    """A new list, or one that went; Ctrl+Enter hands over, Ctrl+E and Ctrl+P write it."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.context = context
        self._new, self._request = True, uuid4()
        self._made: dict[int, HandoverRow] = {}
        self.setWindowTitle("案卷移交清单")
        self.resize(1160, 620)
        self.message = Banner("bad")
        self.message.hide()
        self.list = Choice([(0, "新的移交")])
        self.list.setObjectName("handover_list")
        self.span = SpanFilter(context.clock.today)
        self.tree = DossierTree()
        self.told = label("", "quiet", wrap=True)
        self.all_button = button("全选", link=True, on=lambda: self._tick(Qt.CheckState.Checked))
        self.none_button = button(
            "全不选", link=True, on=lambda: self._tick(Qt.CheckState.Unchecked)
        )
        self.fields = {
            "on": Field("移交日期", DateEdit(context.clock.today), required=True),
            "giver": Field("移交人", LineEdit(limit=40), required=True),
            "receiver": Field("接收人", LineEdit(limit=40), required=True, hint="档案室"),
            "words": Field("备注", LineEdit(limit=200)),
        }
        self.excel_button = button(
            "Excel…", "export", keys="Ctrl+E", on=lambda: self.write("xlsx", EXCEL)
        )
        self.pdf_button = button("PDF…", "pdf", keys="Ctrl+P", on=lambda: self.write("pdf", PDF))
        self.act = button("登记移交", "ok", keys="Ctrl+Enter", main=True, on=self.hand_over)
        self.act.setObjectName("handover_act")
        leave = button("关闭　Esc", on=self.reject)
        self.confirm_button = button("登记签收…", "ok", on=self.confirm)
        self.back_button = button("撤回移交…", "undo", on=self.take_back)
        self.bar = ActBar(
            leave,
            self.back_button,
            self.confirm_button,
            self.excel_button,
            self.pdf_button,
            self.act,
        )
        self.binder = FormBinder(self.fields, check=self._wrong, parent=self)
        self._lay_out()
        self.list.edited.connect(self._turn)
        self.span.edited.connect(self.load)
        self.tree.itemChanged.connect(lambda _item, _column: self._offer())
        self.binder.submitted.connect(self.act.setFocus)
        self._begin()
        self.refresh()
        self.tree.setFocus()

    def _lay_out(self) -> None:
        self._archived = QWidget()
        days = QVBoxLayout(self._archived)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(4)
        days.addWidget(label("归档日期", "label"))
        days.addWidget(self.span)
        days.addStretch()
        which = QHBoxLayout()
        which.setSpacing(14)
        which.addWidget(Field("清单", self.list), 1)
        which.addWidget(self._archived, 1)
        below = QHBoxLayout()
        below.addWidget(self.told, 1)
        below.addWidget(self.all_button)
        below.addWidget(self.none_button)
        grid = FieldGrid(4)
        for one in self.fields.values():
            grid.add(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(self.message)
        column.addLayout(which)
        column.addWidget(self.tree, 1)
        column.addLayout(below)
        column.addLayout(grid)
        column.addWidget(self.bar)

    @property
    def handover_id(self) -> int:
        """The list in view; 0 while it is a new one."""
        return int(self.list.read() or 0)

    def refresh(self, chosen: int = 0) -> None:
        """Ask again which lists there are, and show one."""

        def know(rows: tuple[HandoverRow, ...]) -> None:
            self._made = {one.id: one for one in rows}
            with QSignalBlocker(self.list):
                self.list.set_choices([(0, "新的移交"), *((one.id, _named(one)) for one in rows)])
                self.list.write(chosen)
            self.load()

        self.context.tasks.ask(handovers, know, owner=self, latest="handovers")

    def _turn(self) -> None:
        self.message.say("info", "")  # what was said of another list
        self.load()

    def load(self) -> None:
        """Show the rows of the list in view."""
        made = self._made.get(self.handover_id)
        for one in self.fields.values():
            one.widget.setEnabled(made is None)
        self._archived.setVisible(made is None)
        settled = made is None or bool(made.confirmed_on or made.taken_back_on)
        for extra in (self.confirm_button, self.back_button):
            extra.setVisible(not settled)
        self.act.setVisible(made is None)
        self.all_button.setVisible(made is None)
        self.none_button.setVisible(made is None)
        ask = self.context.tasks.ask
        if made is not None:
            number, self._new = made.id, False
            self.binder.set_values(
                {"on": made.on, "giver": made.giver, "receiver": made.receiver, "words": made.words}
            )
            ask(
                lambda store: handover_list(store, number),
                self._show_made,
                owner=self,
                latest="handover_rows",
            )
            return
        if not self._new:
            self._begin()
        first, last = self.span.read()
        ask(
            lambda store: waiting(store, first, last),
            self._show_waiting,
            owner=self,
            latest="handover_rows",
        )

    def _begin(self) -> None:
        self._new, self._request = True, uuid4()
        self.binder.clear()
        self.binder.set_values({"on": self.context.clock.today(), "giver": self.context.name})

    def _show_waiting(self, rows: tuple[WaitingDossier, ...]) -> None:
        self.tree.show_rows(_HEADS, [(_texts(one), one.case_id) for one in rows])
        self._offer()

    def _show_made(self, made: HandoverList) -> None:
        rows = [((one[1], one[2], one[3], one[5], *one[6:9]), 0) for one in made.rows]
        self.tree.show_rows(_MADE_HEADS, rows)
        pages = sum(int(one[8]) for one in made.rows)
        row = self._made[made.id]
        self.told.setText(f"这份清单共 {len(made.rows)} 宗、{pages} 页，{became(row)}")
        self._offer()

    def _tick(self, ticked: Qt.CheckState) -> None:
        self.tree.tick_all(ticked)
        self._offer()
        self.tree.setFocus()

    def _offer(self) -> None:
        if row := self._made.get(self.handover_id):
            self.bar.offer(self.act)
            self.act.setEnabled(False)
            for one in (self.excel_button, self.pdf_button):
                self.bar.offer(one)
            held = row.against if self.back_button.isVisibleTo(self) else ()
            self.bar.offer(self.back_button, "".join(sentence(one) for one in held))
            return
        self.bar.offer(self.back_button)
        ticked, total = len(self.tree.ticked()), self.tree.topLevelItemCount()
        if total:
            self.told.setText(
                f"归档未移交的案卷 {total} 宗，选定 {ticked} 宗、{self.tree.pages()} 页。"
                "按空格选定或者取消；登记移交以后，清单不能再改，登记以前可以先输出草稿核对。"
            )
        else:
            self.told.setText("这段时间没有归档未移交的案卷。请换归档日期，或者先到案件页归档。")
        reason = "" if ticked else "先选定要移交的案卷"
        if ticked > MOST:
            reason = f"一份清单最多 {MOST} 宗，请缩短归档日期的范围"
        self.bar.offer(self.act, reason)
        for one in (self.excel_button, self.pdf_button):
            self.bar.offer(one, reason)  # before it is registered: a draft

    def _wrong(self, given: Any) -> dict[str, str]:
        return wrong_fields(HandoverForm, {**given, "case_ids": self.tree.ticked() or (0,)})

    def hand_over(self) -> None:
        """Register the list; refusals stand in the dialog."""
        if not self.act.isEnabled() or not self.binder.ready():
            return
        given = {**self.binder.values(), "case_ids": self.tree.ticked()}
        given["request_id"] = self._request
        self.context.carry_out(
            dossier.hand_over,
            lambda: read(HandoverForm, given).form,
            self._handed_over,
            owner=self,
            failed=self._failed,
        )

    def _handed_over(self, number: int) -> None:
        self.message.say("ok", "移交已登记。请输出清单，由移交人和接收人签名。")
        self.refresh(number)
        self.pdf_button.setFocus()

    def confirm(self) -> None:
        """Ask when the archive room signed for the list in view."""
        if row := self._made.get(self.handover_id):
            said = f"第 {row.id} 份清单已由档案室签收，不能再撤回。"
            self._ask(confirming(self, self.context, row), row.id, said)

    def take_back(self) -> None:
        """Ask why the list in view was a slip."""
        if row := self._made.get(self.handover_id):
            said = f"第 {row.id} 份清单已经撤回，原因留在清单上；案卷回到未移交。"
            self._ask(taking_back(self, self.context, row), row.id, said)

    def _ask(self, dialog: DeedDialog, number: int, said: str) -> None:
        def done(_: Any) -> None:
            self.message.say("ok", said)
            self.refresh(number)

        self.dialog = dialog
        dialog.done_with.connect(done)
        dialog.open()

    def write(self, ending: str, kind: str) -> None:
        """Write the list in view, a draft while it is not registered; the log says so."""
        made, draft = self._made.get(self.handover_id), None
        if made is not None:
            name = f"案卷移交清单 {show_day(made.on)} 第{made.id}份.{ending}"
        elif self.binder.ready():
            draft = read(HandoverForm, self.binder.values() | {"case_ids": self.tree.ticked()}).form
            name = f"案卷移交清单（草稿） {show_day(draft.on)}.{ending}"
        else:
            return
        path = ask_save(self, "移交清单另存为", name, kind)
        if path is None:
            return
        number = made.id if made is not None else 0
        form = HandoverListForm(handover_id=number, draft=draft, path=path, overwrite=True)
        self.context.carry_out(
            dossier.export_handover, form, self._written, owner=self, failed=self._failed
        )

    def _written(self, path: Path) -> None:
        self.message.say("ok", f"移交清单已保存：{path}")

    def _failed(self, error: Exception) -> bool:
        if isinstance(error, Trouble):
            self.message.say("bad", str(error))
            return True
        return in_place(self.message, self.binder)(error)


def _named(one: HandoverRow) -> str:
    state = "　已撤回" if one.taken_back_on else "　已签收" if one.confirmed_on else ""
    return f"第 {one.id} 份　{show_day(one.on)}　{one.dossiers} 宗　接收人 {one.receiver}{state}"


def _texts(one: WaitingDossier) -> tuple[str, ...]:
    return (
        one.archive_number,
        one.title,
        one.number,
        show_day(one.archived_on),
        one.retention,
        str(one.volumes),
        str(one.pages),
    )
