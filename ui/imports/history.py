"""导入记录: what was taken over, by whom; one import taken back as one act while it is unused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import InvalidForm
from enforcer.exchange.mapping import MAPPED
from enforcer.operations.editing import labels_of
from enforcer.operations.ledger_undo import UndoImportForm, undo_import
from enforcer.queries import imports
from enforcer.queries.imports import ImportRow, Use
from enforcer.terms import ImportState
from enforcer.text import take
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, EmptyState, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.inputs import LineEdit
from ui.widgets.moments import show_moment
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

CHOOSE: Final = "先选一次导入"


class ImportHistoryDialog(Dialog):
    """The list of imports; the reason is asked in place."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.context = context
        self._row: ImportRow | None = None
        self.setWindowTitle("导入记录")
        self.resize(1040, 560)
        self.banner = Banner()
        self.banner.hide()
        self.table = PagedTable(
            "imports",
            (
                Column("导入时间", lambda one: show_moment(one.taken_at), 142),
                Column("台账", _title, 130),
                Column("来源", _source, 210, tip=_source),
                Column("读到", lambda one: f"{one.read:,}", 70, right=True),
                Column("导入", lambda one: f"{one.taken:,}", 70, right=True),
                Column("已有", lambda one: f"{one.known:,}", 70, right=True),
                Column("退回", lambda one: f"{one.refused:,}", 70, right=True),
                Column("导入人", lambda one: one.taken_by, 80),
                Column("状态", _state, 110, tone=_tone, tip=_undone),
            ),
            lambda ids: context.tasks.now(lambda store: imports.import_rows(store, ids)),
            title="导入记录",
            empty=EmptyState("还没有导入过台账。", icon="import"),
        )
        self.table.selected.connect(self._selected)
        self.reason = LineEdit(placeholder="撤销的原因，随记录保留", limit=200)
        self.reason.setAccessibleName("撤销的原因")
        self.reason.returnPressed.connect(self.undo)
        self.leave = button("关闭", on=self.reject)
        self.undo_button = button("撤销这次导入", "undo", danger=True, on=self.undo)
        self.acts = ActBar(self.leave, self.undo_button)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label("导入记录", "section"))
        say = "撤销把一次导入的记录整批删去，替换过的恢复原样；有一条打印过、办理过、被引用或者计入锁定报表的，就不能整批撤销。"
        column.addWidget(label(say, "quiet", wrap=True))
        column.addWidget(self.banner)
        card = Card(tight=True)
        card.body.addWidget(self.table)
        column.addWidget(card, 1)
        row = QHBoxLayout()
        words = label("原因", "label")
        words.setBuddy(self.reason)
        row.addWidget(words)
        row.addWidget(self.reason, 1)
        column.addLayout(row)
        column.addWidget(self.acts)
        self.table.setFocus()

    def refresh(self) -> None:
        """Ask for the list again."""
        self.context.tasks.ask(imports.import_ids, self._show, owner=self, latest="ids")

    def _show(self, ids: Sequence[int]) -> None:
        self.table.show_ids(ids)
        if ids and not self.table.selected_ids():
            self.table.select(ids[0])
        self._selected(self.table.selected_ids())

    def _selected(self, ids: Sequence[Any]) -> None:
        self._row = None
        if len(ids) != 1:
            self._offer(CHOOSE)
            return
        found = self.context.tasks.now(lambda store: imports.import_rows(store, ids))
        if not found:
            return
        self._row = row = found[0]
        if row.state is ImportState.UNDONE:
            self._offer(_undone(row))
            return
        self._offer("正在核对有没有用过…")
        key = row.id
        self.context.tasks.ask(
            lambda store: (imports.uses(store, key), imports.can_be_undone(store, key)),
            lambda told: self._tell(*told),
            owner=self,
            latest="uses",
            long=True,
        )

    def _tell(self, used: list[Use], undoable: bool) -> None:
        if not undoable:
            self._offer("旧版本导入的法规数据没有记下各条，请在“法规清单”里逐条撤下")
        elif used:
            one = used[0]
            more = f"等 {len(used):,} 条" if len(used) > 1 else ""
            self._offer(f"{one.label}{one.number}{more}{one.how}，不能整批撤销")
        else:
            self._offer("")

    def _offer(self, reason: str) -> None:
        self.acts.offer(self.undo_button, reason)
        self.reason.setEnabled(not reason)

    def undo(self) -> None:
        """Take the import back; the reason is required."""
        if self._row is None or not self.undo_button.isEnabled():
            return
        given = {
            "request_id": uuid4(),
            "import_id": self._row.id,
            "reason": self.reason.read(),
        }
        failed = in_place(self.banner)
        try:
            form = take(UndoImportForm, given, labels_of(UndoImportForm)).form
        except InvalidForm as wrong:
            failed(wrong)
            self.reason.setFocus()
            return
        context = self.context
        self.acts.offer(self.undo_button, "正在撤销…")
        context.carry_out(undo_import, form, self._done, owner=self, failed=failed)

    def _done(self, rows: int) -> None:
        self.reason.clear()
        self.banner.say("ok", f"已撤销，{rows:,} 条记录回到导入以前。同一个文件可以重新导入。")
        self.refresh()
        self.table.setFocus()


def _title(one: ImportRow) -> str:
    return MAPPED[one.kind].title if one.kind in MAPPED else one.kind


def _source(one: ImportRow) -> str:
    return f"{one.source}（{one.sheet}）" if one.sheet else one.source


def _state(one: ImportRow) -> str:
    return one.state.label


def _tone(one: ImportRow) -> str:
    return "quiet" if one.state is ImportState.UNDONE else "ok"


def _undone(one: ImportRow) -> str:
    if one.undone_at is None:
        return ""
    return f"{show_moment(one.undone_at)} 由{one.undone_by}撤销：{one.undo_reason}"
