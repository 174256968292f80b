"""Numbered blanks: give some to an officer for a patrol; see which have not come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import InvalidForm, Refused
from enforcer.operations.notice_forms import (
    MOST_BLANKS,
    GiveBlanksForm,
    GivenBlanks,
    VoidNoticeForm,
    labels_of,
)
from enforcer.operations.notices import give_blanks, void_notices
from enforcer.queries import notices
from enforcer.queries.notices import NoticeFilter, NoticeRow, NoticeSort
from enforcer.terms import NoticeState
from enforcer.text import take
from ui.context import Context
from ui.failures import in_place
from ui.notices.batch import PER_SHEET
from ui.notices.fields import OTHER_ITEM, desk_choices
from ui.notices.listing import ReasonBar
from ui.notices.reading import short_number
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, CountEdit
from ui.widgets.moments import show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import Act, PagedTable
from ui.widgets.pickers import OfficerPicker, officer_option

LABELS = labels_of(GiveBlanksForm)
NONE_OUT = "领出的空白号都已交回登记或者作废。"


class BlanksDialog(Dialog):
    """`print_asked(ids, per sheet)` after giving out; `register_asked(id)` when one came back."""

    print_asked = Signal(list, int)
    register_asked = Signal(int)

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.context = context
        self._request = uuid4()
        self._given = ""
        self._voiding: tuple[int, ...] = ()
        self.setWindowTitle("空白告知书")
        self.setMinimumSize(940, 560)
        day = context.clock.today()
        choices = context.tasks.now(lambda store: desk_choices(store, day))
        self.officer = OfficerPicker(
            [officer_option(one.id, one.name, one.certificate) for one in choices.officers]
        )
        self.fields = {
            "officer_id": Field(LABELS["officer_id"], self.officer, required=True),
            "count": Field(LABELS["count"], CountEdit(least=1, most=MOST_BLANKS, unit="份")),
            "item_key": Field(LABELS["item_key"], Choice(choices.items)),
            "per_sheet": Field(LABELS["per_sheet"], Choice(PER_SHEET)),
        }
        self.organ = Field("机关", Choice(choices.organs))
        self.organ.hide()
        self.binder = FormBinder(self.fields, parent=self)
        self.binder.set_values(
            {"count": 10, "item_key": next((k for k, _ in choices.items), OTHER_ITEM)}
            | {"per_sheet": 2}
        )
        self.banner = Banner()
        self.banner.hide()
        self.give_button = button("领用并打印", main=True, keys="Ctrl+Enter", on=self.give)
        self.binder.submitted.connect(self.give_button.setFocus)
        self.summary = label("", "quiet", wrap=True)
        self.table = PagedTable(
            "blanks",
            (
                Column("编号", lambda row: short_number(row.number), 158, tip=_number, firm=True),
                Column("领用人", lambda row: row.blank_holder, 92),
                Column("领用日", lambda row: show_day(row.blank_given_on), 108),
                Column("已领出", self._days_out, 84, right=True),
            ),
            lambda ids: context.tasks.now(lambda store: notices.rows(store, ids)),
            title="没有交回的空白号",
            empty=EmptyState(NONE_OUT, icon="ok"),
            acts=(
                Act("登记", lambda ids: self._register(ids[0]), "edit", "F2", single=True),
                Act("打印", lambda ids: self.print_asked.emit(ids, 1), "print", "Ctrl+P"),
                Act("作废…", self.ask_void, "void", "Del", danger=True),
            ),
        )
        self.table.opened.connect(self._register)
        self.reason = ReasonBar()
        self.reason.given.connect(self._void)
        self.reason.left.connect(self.table.view.setFocus)
        self._lay_out()
        context.tasks.changed.connect(self._changed)
        self.refresh()
        self.officer.setFocus()

    def _lay_out(self) -> None:
        give = Card("领用", spacing=12)
        give.setFixedWidth(356)
        give.body.addWidget(
            label(
                "先取号、印出来带去巡查；每个号交回后登记或者作废，不会丢号。", "quiet", wrap=True
            )
        )
        grid = FieldGrid(2)
        grid.add(self.fields["officer_id"], 2)
        grid.add(self.fields["count"])
        grid.add(self.fields["per_sheet"])
        grid.add(self.fields["item_key"], 2)
        grid.add(self.organ, 2)
        give.body.addLayout(grid)
        give.body.addStretch()
        give.body.addWidget(self.give_button)
        out = Card("没有交回的空白号", spacing=8)
        out.body.addWidget(self.summary)
        out.body.addWidget(self.table, 1)
        out.body.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(give)
        row.addWidget(out, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addLayout(row, 1)
        column.addWidget(self.banner)  # across the dialog: a tall one would squeeze the fields
        foot = QHBoxLayout()
        foot.addWidget(label("F2 或回车登记所选的号，Del 作废。", "quiet"), 1)
        foot.addWidget(button("关闭", on=self.reject))
        column.addLayout(foot)

    def _days_out(self, row: NoticeRow) -> str:
        if row.blank_given_on is None:
            return ""
        return f"{(self.context.clock.today() - row.blank_given_on).days} 天"

    def refresh(self) -> None:
        """Ask again which blanks are out."""
        chosen = NoticeFilter(state=NoticeState.BLANK)

        def ask(store: Any) -> tuple[list[int], list[notices.BlanksOut]]:
            ids = notices.ids(store, chosen, NoticeSort.NUMBER, descending=False)
            return ids, notices.unaccounted(store)

        self.context.tasks.ask(ask, self._show, owner=self, latest="blanks")

    def _show(self, found: tuple[Sequence[int], Sequence[notices.BlanksOut]]) -> None:
        ids, by_officer = found
        self.table.show_ids(ids)
        said = [f"{one.officer} {one.count} 份" for one in by_officer]
        self.summary.setText("，".join(said) + "。" if said else "")
        self.summary.setVisible(bool(said))

    def _changed(self, names: frozenset[str]) -> None:
        if "notice" in names:
            self.refresh()

    def give(self) -> None:
        """Draw the numbers, freeze the paper, hand it to the printer."""
        given = self.binder.values() | {"request_id": self._request}
        given["organ_id"] = self.organ.read() if self.organ.isVisibleTo(self) else None
        try:
            form = take(GiveBlanksForm, given, LABELS).form
        except InvalidForm as wrong:
            in_place(self.banner, self.binder)(wrong)
            return
        self.give_button.setEnabled(False)
        context, clock = self.context, self.context.clock

        def deed(store: Any) -> GivenBlanks:
            return give_blanks(
                store, form, today=clock.today(), now=clock.now(), actor=context.actor
            )

        def done(made: GivenBlanks) -> None:
            self.give_button.setEnabled(True)
            self._request = uuid4()
            self._given = f"已取号 {made.first} 至 {made.last}。"
            self.banner.say("ok", self._given)
            self.print_asked.emit(list(made.ids), form.per_sheet)

        context.tasks.do(deed, done, owner=self, failed=self._failed)

    def tell(
        self, kind: str, text: str, *, act: str = "", on: Callable[[], object] | None = None
    ) -> None:
        """What the printer has to say: here, the window's own message is behind this one."""
        self.banner.say(kind, f"{self._given}{text}", act=act, on=on)

    def _failed(self, error: Exception) -> bool:
        self.give_button.setEnabled(True)
        if isinstance(error, Refused) and any(one.field == "organ_id" for one in error.objections):
            self.organ.show()
        return in_place(self.banner, self.binder)(error)

    def _register(self, notice_id: int) -> None:
        self.accept()
        self.register_asked.emit(notice_id)

    def ask_void(self, ids: Sequence[int]) -> None:
        """Ask for the reason below the list."""
        self._voiding = tuple(ids)
        self.reason.ask(f"作废 {len(ids)} 个空白号，原因：")

    def _void(self, reason: str) -> None:
        failed = in_place(self.reason.banner)
        given = {"request_id": uuid4(), "notice_ids": self._voiding, "reason": reason}
        try:
            form = take(VoidNoticeForm, given, labels_of(VoidNoticeForm)).form
        except InvalidForm as wrong:
            failed(wrong)
            self.reason.reason.setFocus()
            return
        context, clock = self.context, self.context.clock

        def void(store: Any) -> list[str]:
            return void_notices(
                store, form, today=clock.today(), now=clock.now(), actor=context.actor
            )

        context.tasks.do(void, lambda _numbers: self.reason.dismiss(), owner=self, failed=failed)


def _number(row: NoticeRow) -> str:
    return row.number
