"""The list of notices: filter by words, state and day, sort, act on the selection by key or menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import InvalidForm
from enforcer.operations.notice_forms import OutcomeForm, VoidNoticeForm, labels_of
from enforcer.operations.notices import set_outcome, void_notices
from enforcer.queries import notices
from enforcer.queries.notices import NoticeFilter, NoticeSort
from enforcer.terms import NoticeOutcome, NoticeState
from enforcer.text import take
from ui.context import Context
from ui.failures import in_place
from ui.fresh import Fresh
from ui.notices.reading import columns, short_number, void_in_full
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState, button, label
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.moments import DateEdit
from ui.widgets.paged_table import Act, PagedTable
from ui.widgets.spans import ANY, PERIODS, SPAN, period_of

STATES = (
    ("all", "全部"),
    ("issued", "已签发"),
    ("no_outcome", "未登记结果"),
    ("blank", "空白号"),
    ("void", "作废"),
    *((one.value, one.label) for one in NoticeOutcome),
)
NOTHING = "还没有告知书。在左边输入号牌，回车填表，Ctrl+Enter 签发并打印。"
NO_HIT = "没有符合条件的告知书，请放宽条件。"


class ReasonBar(QWidget):
    """A question in place: why these numbers are void. Enter does it, Esc leaves all as it is."""

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "strong")
        self.reason = LineEdit(placeholder="作废原因，永久保留")
        self.reason.setAccessibleName("作废原因")
        self.reason.setObjectName("void_reason")
        self.do = button("作废", "void", danger=True, on=self._give)
        self.leave = button("不作废", on=self.dismiss)
        self.banner = Banner()
        self.banner.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words)
        row.addWidget(self.reason, 1)
        row.addWidget(self.do)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.banner)
        column.addLayout(row)
        self.reason.returnPressed.connect(self._give)
        self.hide()

    def ask(self, words: str) -> None:
        """Show the question and take the focus."""
        self.words.setText(words)
        self.banner.say("bad", "")
        self.reason.clear()
        self.show()
        self.reason.setFocus()

    def dismiss(self) -> None:
        self.hide()
        self.left.emit()

    def _give(self) -> None:
        self.given.emit(self.reason.read())


class NoticeList(Card):
    """The right of the screen; `opened(id)` on F2, Enter or double-click."""

    opened = Signal(object)
    print_asked = Signal(list)
    register_asked = Signal(int)
    penalty_asked = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__(tight=True, spacing=4)
        self.context = context
        self._sort, self._descending = NoticeSort.TIME, True
        self._voiding: tuple[int, ...] = ()
        self._build()
        self.fresh = Fresh(self, context, {"notice"}, self.refresh)

    def _build(self) -> None:
        self.words = LineEdit(placeholder="号牌、编号或地点　Ctrl+F")
        self.words.setAccessibleName("在告知书中查找")
        self.words.setClearButtonEnabled(True)
        self.state = Choice(STATES)
        self.state.setAccessibleName("按状态筛选")
        self.period = Choice(PERIODS)
        self.period.setAccessibleName("按日期筛选")
        self.first = DateEdit(self.context.clock.today)
        self.last = DateEdit(self.context.clock.today)
        self.first.setAccessibleName("从哪一天起")
        self.last.setAccessibleName("到哪一天止")
        row = QHBoxLayout()
        row.setContentsMargins(11, 4, 11, 4)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.state)
        row.addWidget(self.period)
        self._span = QWidget()
        span = QHBoxLayout(self._span)
        span.setContentsMargins(11, 0, 11, 4)
        span.setSpacing(8)
        span.addWidget(label("从", "quiet"))
        span.addWidget(self.first)
        span.addWidget(label("到", "quiet"))
        span.addWidget(self.last)
        span.addStretch()
        self._span.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(150)
        self._typing.timeout.connect(self.refresh)
        self.words.edited.connect(self._typing.start)
        for one in (self.state, self.period, self.first, self.last):
            one.edited.connect(self._narrowed)
        self.table = PagedTable(
            "notices",
            columns(),
            lambda ids: self.context.tasks.now(lambda store: notices.rows(store, ids)),
            title="温馨告知书",
            empty=EmptyState(NOTHING, icon="notices"),
            acts=self._acts(),
        )
        self.table.mark_sorted(NoticeSort.TIME, descending=True)
        self.table.opened.connect(self.opened)
        self.table.sort_asked.connect(self._sorted)
        self.table.selection_told.connect(self.context.window.tell_selection)
        self.table.selected.connect(self._explain)
        self.why_void = label("", "quiet", wrap=True)
        self.why_void.setContentsMargins(16, 6, 16, 8)
        self.why_void.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.why_void.hide()
        self.reason = ReasonBar()
        self.reason.given.connect(self._void)
        self.reason.left.connect(self.table.view.setFocus)
        self.body.addLayout(row)
        self.body.addWidget(self._span)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.why_void)
        self.body.addWidget(self.reason)
        self.setFocusProxy(self.table)

    def _acts(self) -> Sequence[Act]:
        return (
            Act("查看", lambda ids: self.opened.emit(ids[0]), "open", "F2", single=True),
            Act("打印（印过的标明补打）", self.print_asked.emit, "print", "Ctrl+P"),
            Act("登记交回的空白号", self._register, "edit", "Ctrl+R", single=True),
            Act("结果：已驶离", self._outcome(NoticeOutcome.MOVED_OFF), "ok", "F6"),
            Act("结果：未驶离", self._outcome(NoticeOutcome.NOT_MOVED), "warn", "F7"),
            Act("结果：转处罚", self._outcome(NoticeOutcome.TO_PENALTY), "penalty", "F8"),
            Act("取消结果", self._outcome(None), "refresh", "Shift+F6"),
            Act(
                "据此办理当场处罚",
                lambda ids: self.penalty_asked.emit(ids[0]),
                "penalty",
                single=True,
            ),
            Act("作废…", self.ask_void, "void", "Del", danger=True),
        )

    # the list

    def chosen(self) -> NoticeFilter:
        """What the fields above the list narrow it to."""
        state, period = self.state.read(), self.period.read()
        first, last = period_of(period, self.context.clock.today())
        if period == SPAN:
            first, last = self.first.read(), self.last.read()
        states = {
            "issued": NoticeState.ISSUED,
            "blank": NoticeState.BLANK,
            "void": NoticeState.VOID,
        }
        outcome = next((one for one in NoticeOutcome if one.value == state), None)
        return NoticeFilter(
            words=self.words.read(),
            state=NoticeState.ISSUED if outcome else states.get(state),
            outcome=outcome,
            no_outcome=state == "no_outcome",
            from_on=first,
            to_on=last,
        )

    def refresh(self) -> None:
        """Ask for the list again."""
        self.fresh.asked()
        chosen, sort, descending = self.chosen(), self._sort, self._descending
        self.context.tasks.ask(
            lambda store: notices.ids(store, chosen, sort, descending=descending),
            lambda ids: self._show(ids, narrowed=chosen != NoticeFilter()),
            owner=self,
            latest="ids",
            long=True,
        )

    def show_only(self, *, words: str = "", state: str = "all") -> None:
        """Narrow the list, as a link from elsewhere asks."""
        self.words.write(words)
        self.state.write(state)
        self.period.write(ANY)
        self.refresh()

    def _show(self, ids: Sequence[int], *, narrowed: bool) -> None:
        self.table.empty.set_sentence(NO_HIT if narrowed else NOTHING)
        self.table.show_ids(ids)

    def _narrowed(self) -> None:
        self._span.setVisible(self.period.read() == SPAN)
        self.refresh()

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort, self._descending = NoticeSort(key), descending
        self.refresh()

    # acts on the selection

    def _explain(self, ids: Sequence[int]) -> None:
        """Say in full why the selected notice is void: its column is narrow, and a tip wants a mouse."""
        row = self.table.model.row(self.table.model.find(ids[0])) if len(ids) == 1 else None
        said = void_in_full(row) if row is not None and row.state is NoticeState.VOID else ""
        self.why_void.setText(said)
        self.why_void.setVisible(bool(said))

    def _register(self, ids: list[int]) -> None:
        row = self.context.tasks.now(lambda store: notices.row(store, ids[0]))
        if row is not None and row.state is NoticeState.BLANK:
            self.register_asked.emit(row.id)
        else:
            self.context.window.message("warn", "这份不是空白号，不用登记。")

    def _outcome(self, result: NoticeOutcome | None) -> Any:
        return lambda ids: self.note_outcome(ids, result)

    def note_outcome(self, ids: Sequence[int], result: NoticeOutcome | None) -> None:
        """Note how it ended for these."""
        form = OutcomeForm(request_id=uuid4(), notice_ids=tuple(ids), outcome=result)
        context, clock = self.context, self.context.clock

        def note(store: Any) -> list[str]:
            return set_outcome(
                store, form, today=clock.today(), now=clock.now(), actor=context.actor
            )

        said = result.label if result else "未登记"
        context.tasks.do(
            note,
            lambda done: context.window.message("ok", f"{len(done)} 份的处置结果记为“{said}”。"),
            owner=self,
        )

    def ask_void(self, ids: Sequence[int]) -> None:
        """Ask for the reason below the list."""
        self._voiding = tuple(ids)
        row = self.table.model.row(self.table.model.find(ids[0])) if len(ids) == 1 else None
        self.reason.ask(f"作废 {short_number(row.number) if row else f'{len(ids)} 份'}，原因：")

    def _void(self, reason: str) -> None:
        context, clock = self.context, self.context.clock
        failed = in_place(self.reason.banner)
        given = {"request_id": uuid4(), "notice_ids": self._voiding, "reason": reason}
        try:
            form = take(VoidNoticeForm, given, labels_of(VoidNoticeForm)).form
        except InvalidForm as wrong:
            failed(wrong)
            self.reason.reason.setFocus()
            return

        def void(store: Any) -> list[str]:
            return void_notices(
                store, form, today=clock.today(), now=clock.now(), actor=context.actor
            )

        def done(numbers: list[str]) -> None:
            self.reason.dismiss()
            shown = "、".join(numbers[:3]) + (" 等" if len(numbers) > 3 else "")
            context.window.message("ok", f"已作废 {shown}，编号和原因保留，不再使用。")

        context.tasks.do(void, done, owner=self, failed=failed)
