"""One notice: what it says, how it ended, its paper; and the paper of one not issued yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from enforcer.errors import EnforcerError, InvalidForm, Refused
from enforcer.operations.notices import paper_of
from enforcer.queries import notices
from enforcer.queries.notices import NoticeRow
from enforcer.terms import NoticeOutcome, NoticeState, Origin
from ui.context import Context
from ui.notices.reading import result, result_icon, result_tone
from ui.widgets.banner import Banner, sentence
from ui.widgets.basics import (
    Card,
    IconLabel,
    Scrolled,
    button,
    icon_button,
    label,
    set_tone,
)
from ui.widgets.moments import show_day, show_moment
from ui.widgets.preview import PdfPreview
from ui.widgets.printing import save_pdf

FACTS_WIDTH = 268
PAPER_WIDTH = 200
PREVIEW_MS = 400
NOT_YET = "填好号牌、地点、执法人员后，这里显示将要打印的纸面。"


class NoticeView(Card):
    """The page of one notice, in the place of the list; Esc goes back."""

    left = Signal()
    print_asked = Signal(list)
    void_asked = Signal(list)
    outcome_asked = Signal(list, object)
    register_asked = Signal(int)
    penalty_asked = Signal(int)
    plate_asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=10)
        self.context = context
        self.row: NoticeRow | None = None
        self.back = icon_button("back", "回到列表", on=self.left.emit)
        self.title = label("", "section")
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state_icon, self._state = IconLabel("ok", 18), label("")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self._state_icon)
        head.addWidget(self._state)
        self.body.addLayout(head)
        self._facts = QWidget()
        self._grid = QGridLayout(self._facts)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self.preview = PdfPreview("正在读取纸面…")
        self.preview.printed.connect(lambda: self._emit(self.print_asked))
        self.preview.saved.connect(self._save)
        side = QVBoxLayout()
        side.setSpacing(10)
        scroll = Scrolled(self._facts)
        scroll.setFixedWidth(FACTS_WIDTH)
        side.addWidget(scroll, 1)
        side.addWidget(self._make_acts())
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addLayout(side)
        self.preview.setMinimumWidth(PAPER_WIDTH)
        middle.addWidget(self.preview, 1)
        self.body.addLayout(middle, 1)
        context.tasks.changed.connect(self._changed)

    def _make_acts(self) -> QWidget:
        holder = QWidget()
        holder.setFixedWidth(FACTS_WIDTH)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self.print_button = button("打印", "print", on=lambda: self._emit(self.print_asked))
        self.void_button = button(
            "作废…", "void", danger=True, on=lambda: self._emit(self.void_asked)
        )
        self.register_button = button(
            "登记", "edit", main=True, on=lambda: self._emit_id(self.register_asked)
        )
        self.penalty_button = button(
            "据此办理当场处罚", "penalty", on=lambda: self._emit_id(self.penalty_asked)
        )
        self.outcomes = {one: button(one.label, on=self._outcome(one)) for one in NoticeOutcome}
        self._outcome_label = label("处置结果", "label")
        grid.addWidget(self._outcome_label, 0, 0, 1, 6)
        for at, one in enumerate(self.outcomes.values()):
            one.setCheckable(True)
            grid.addWidget(one, 1, at * 2, 1, 2)
        grid.addWidget(self.penalty_button, 2, 0, 1, 6)
        grid.addWidget(self.register_button, 3, 0, 1, 6)
        grid.addWidget(self.print_button, 4, 0, 1, 3)
        grid.addWidget(self.void_button, 4, 3, 1, 3)
        return holder

    def show_notice(self, notice_id: int) -> bool:
        """Show this notice; False when there is none."""
        row = self.context.tasks.now(lambda store: notices.row(store, notice_id))
        if row is None:
            return False
        fresh = self.row is None or (self.row.id, self.row.document_id) != (
            row.id,
            row.document_id,
        )
        self.row = row
        self._tell(row)
        if fresh:
            self._ask_paper(row)
        return True

    def _tell(self, row: NoticeRow) -> None:
        self.title.setText(row.number)
        self._state.setText(row.state.label if row.state is not NoticeState.VOID else "已作废")
        tone = result_tone(row)
        set_tone(self._state, tone)
        self._state_icon.show_icon(result_icon(row), tone)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, (name, value) in enumerate(facts(row)):
            name_label = label(name, "label")
            self._grid.addWidget(name_label, at, 0, Qt.AlignmentFlag.AlignTop)
            words = label(value, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(words, at, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.setRowStretch(len(facts(row)), 1)
        issued, blank = row.state is NoticeState.ISSUED, row.state is NoticeState.BLANK
        self.print_button.setText("补打" if row.print_count else "打印")
        self.print_button.setVisible(issued or blank)
        self.void_button.setVisible(issued or blank)
        self.register_button.setVisible(blank)
        self.penalty_button.setVisible(issued)
        self._outcome_label.setVisible(issued)
        for outcome, one in self.outcomes.items():
            one.setVisible(issued)
            one.setChecked(row.outcome is outcome)

    def _ask_paper(self, row: NoticeRow) -> None:
        clock = self.context.clock
        self.preview.clear("正在读取纸面…")
        self.context.tasks.ask(
            lambda store: paper_of(store, row.id, today=clock.today(), now=clock.now()),
            self.preview.show_pdf,
            owner=self,
            latest="paper",
            long=True,
            failed=self._no_paper,
        )

    def _no_paper(self, error: Exception) -> bool:
        self.preview.clear(str(error))
        return isinstance(error, EnforcerError)

    def _changed(self, names: frozenset[str]) -> None:
        if "notice" in names and self.row is not None and self.isVisible():
            self.show_notice(self.row.id)

    def _emit(self, signal: Any) -> None:
        if self.row is not None:
            signal.emit([self.row.id])

    def _emit_id(self, signal: Any) -> None:
        if self.row is not None:
            signal.emit(self.row.id)

    def _outcome(self, wanted: NoticeOutcome) -> Callable[[], object]:
        def ask() -> None:
            if self.row is not None:
                same = self.row.outcome is wanted
                self.outcome_asked.emit([self.row.id], None if same else wanted)

        return ask

    def _save(self) -> None:
        if self.row is not None and self.preview.pdf:
            save_pdf(self, self.preview.pdf, f"{self.row.number}.pdf")


def facts(row: NoticeRow) -> list[tuple[str, str]]:
    """What is shown of a notice, name and value, in the order of the paper."""
    colour = f"（{row.plate_colour.label}）" if row.plate_colour else ""
    said = [
        ("号牌", f"{row.plate}{colour}"),
        ("时间", show_moment(row.noticed_at)),
        ("地点", row.place),
        ("情形", row.situation),
        ("附近可停", row.nearby),
        ("执法人员", row.officers),
        ("执法仪", row.recorders),
        ("不足两台", row.recorder_reason),
        ("阶梯", row.ladder_says),
        ("继续告知", row.ladder_reason),
        ("结果", result(row) if row.state is NoticeState.ISSUED else ""),
        ("备注", row.note),
        ("领用人", row.blank_holder),
        ("领用日", show_day(row.blank_given_on)),
        ("作废原因", row.void_reason),
        ("作废", f"{row.voided_by}　{show_moment(row.voided_at)}".strip()),
        ("打印", f"{row.print_count} 次" if row.print_count else "没有打印过"),
        ("来源", row.origin.label if row.origin is Origin.BACKFILLED else ""),
    ]
    return [(name, value) for name, value in said if value]


class PaperPane(Card):
    """The paper as it would come out now, beside the form; refreshed as one types."""

    left = Signal()

    def __init__(self, context: Context, make: Callable[[Any], bytes]) -> None:
        super().__init__(spacing=8)
        self.context, self._make = context, make
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_button("back", "回到列表", on=self.left.emit))
        head.addWidget(label("纸面预览", "section"))
        head.addWidget(label("签发时才取号，编号以签发后为准", "quiet"), 1)
        self.body.addLayout(head)
        self.banner = Banner()
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.preview = PdfPreview(NOT_YET)
        for one in self.preview.findChildren(QToolButton):
            if one.accessibleName() in ("打印", "另存为 PDF"):
                one.hide()  # a paper without its number does not leave the screen
        self.body.addWidget(self.preview, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PREVIEW_MS)
        self._later.timeout.connect(self.refresh)

    def soon(self) -> None:
        """Refresh once typing rests."""
        if self.isVisible():
            self._later.start()

    def refresh(self) -> None:
        """Set the paper again."""
        self.context.tasks.ask(
            self._make,
            self._show,
            owner=self,
            latest="paper",
            long=True,
            failed=self._refused,
        )

    def _show(self, pdf: bytes) -> None:
        self.banner.say("info", "")
        self.preview.show_pdf(pdf)

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, Refused):
            self.banner.say("warn", "\n".join(sentence(one) for one in error.objections))
        elif isinstance(error, (InvalidForm, EnforcerError)):
            self.banner.say("info", str(error))
        else:
            return False
        return True
