"""Frozen reports: the list, the paper as it went out, and what differs today, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from enforcer.money import yuan_grouped
from enforcer.operations.registry import operations
from enforcer.operations.reports import frozen_pdf
from enforcer.queries import frozen_reports
from enforcer.queries.frozen_log import Deed, Way
from enforcer.queries.frozen_reports import Comparison, FigureChange, Frozen, RowChange
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState, PageHeader, button, label
from ui.widgets.moments import show_day, show_moment
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.plain import Inset

HOW: Final = {"added": "新增", "gone": "移出", "altered": "改动"}
ENTERED: Final = {
    Way.ENTERED: "录入",
    Way.BACKFILLED: "补录",
    Way.IMPORTED: "导入台账（补录）",
    Way.CHANGED: "改动",
    Way.TAKEN_BACK: "撤回",
    Way.UNDONE: "撤销导入",
}
"""What is said of a deed that no operation of the register carried out."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of the comparison: a figure, or one of the rows that moved it."""

    id: int
    figure: FigureChange
    change: RowChange | None = None
    more: int = 0

    def number(self, value: int) -> str:
        return yuan_grouped(value) if self.figure.money else f"{value:,}"


def differences(comparison: Comparison) -> list[Difference]:
    """Each figure, its rows below it."""
    found: list[Difference] = []
    for figure in comparison.figures:
        found.append(Difference(len(found), figure))
        for change in figure.rows:
            found.append(Difference(len(found), figure, change))
        if figure.more:
            found.append(Difference(len(found), figure, more=figure.more))
    return found


def _figure(line: Difference) -> str:
    if line.more:
        return f"　另有 {line.more:,} 条没有列出"
    return f"　{HOW[line.change.how]}" if line.change else line.figure.label


def _value(line: Difference, value: int) -> str:
    return "" if line.change or line.more else line.number(value)


def _row(line: Difference, name: str) -> str:
    row = line.change.row if line.change else None
    if row is None:
        gone = line.change is not None and name == "number"
        return f"原第 {line.change.id} 条记录（已删去）" if gone and line.change else ""
    return show_day(row.day) if name == "day" else str(getattr(row, name))


def told(deed: Deed) -> str:
    """When, who, what, why."""
    known = operations().get(deed.operation)
    what = known.label if known else ENTERED[deed.way]
    if deed.way is Way.IMPORTED:
        what = ENTERED[Way.IMPORTED]
    elif known and deed.way is Way.BACKFILLED:
        what = f"补录（{what}）"
    elif known and deed.way is Way.CHANGED and deed.operation.startswith("save_"):
        what = f"更正（{what}）"
    why = f"：{deed.words}" if deed.words else ""
    return f"{show_moment(deed.at)} {deed.actor} {what}{why}"


def _why(line: Difference) -> str:
    if line.change is None:
        return ""
    return "；".join(told(one) for one in line.change.deeds) or "操作记录里没有对应的记录"


LIST: Final = [
    Column("报表", lambda one: one.title, 300),
    Column("次数", lambda one: f"第 {one.times} 次", 70),
    Column("锁定时间", lambda one: show_moment(one.frozen_at), 142),
    Column("锁定人", lambda one: one.frozen_by, 90),
    Column("统计口径", lambda one: one.rules, 80),
    Column("再次锁定的原因", lambda one: one.reason, 240, tip=lambda one: one.reason),
]
CHOOSE: Final = "选一份报表，这里列出锁定以后的变动。"
SAME: Final = "没有变动的数字和明细。"
COMPARED: Final = [
    Column("指标", _figure, 150),
    Column("锁定时", lambda line: _value(line, line.figure.then), 90, right=True),
    Column("现在", lambda line: _value(line, line.figure.now), 90, right=True),
    Column("文号、编号", lambda line: _row(line, "number"), 180),
    Column("日期", lambda line: _row(line, "day"), 100),
    Column("当事人、号牌", lambda line: _row(line, "who"), 120),
    Column("何时、何人、为什么", _why, 430, tip=_why),
]


class FrozenView(QWidget):
    """The list above, the comparison of the chosen one below; Esc goes back to the figures."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.frozen: list[Frozen] = []
        self.comparison: Comparison | None = None
        self.compared: PagedTable
        self._lines: list[Difference] = []
        self.back = button("返回　Esc", "back", on=self.left.emit)
        self.save = button("另存 PDF", "pdf", on=self.save_pdf)
        self.print_button = button("打印原件", "print", keys="Ctrl+P", on=self.print_pdf)
        self.header = PageHeader("已锁定的报表", "", self.back, self.save, self.print_button)
        self.table = PagedTable(
            "frozen-reports",
            LIST,
            self._rows,
            title="已锁定的报表",
            empty=EmptyState(
                "还没有锁定过报表。数字上报时点“锁定上报”，以后就能对照看出改了什么。",
                icon="locked",
            ),
        )
        self.table.opened.connect(lambda _id: self.compared.setFocus())
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self._compare())
        self.banner = Banner()
        self.banner.hide()
        self.compared = PagedTable(
            "frozen-differences",
            COMPARED,
            lambda ids: [self._lines[one] for one in ids],
            title="与现在的差别",
            empty=EmptyState(CHOOSE, icon="history"),
        )
        self.compared.opened.connect(self._open)
        upper, lower = Card(tight=True), Card(tight=True)
        upper.body.addWidget(self.table)
        title = label("与现在的差别", "section")
        title.setContentsMargins(16, 12, 0, 4)
        lower.body.addWidget(title)
        lower.body.addWidget(Inset(self.banner, (11, 0, 11, 4)))
        lower.body.addWidget(self.compared, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(upper)
        parts.addWidget(lower)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.header)
        column.addWidget(parts, 1)

    def refresh(self, chosen: int = 0) -> None:
        """Ask for the list again; `chosen` is the paper to stand on, the latest when 0."""
        self.context.tasks.ask(
            frozen_reports.frozen_reports,
            lambda found: self._show(found, chosen),
            owner=self,
            latest="frozen",
        )

    def _show(self, found: list[Frozen], chosen: int) -> None:
        self.frozen = found
        self.header.set_subtitle(f"{len(found)} 份" if found else "")
        for one in (self.save, self.print_button):
            one.setEnabled(bool(found))
        self.table.show_ids([one.id for one in found])
        if found:
            self.table.select(chosen or found[0].id)
        else:
            self._tell(None)
        self.table.setFocus()

    def _rows(self, ids: Sequence[int]) -> list[Frozen]:
        known = {one.id: one for one in self.frozen}
        return [known[one] for one in ids]

    @property
    def chosen(self) -> Frozen | None:
        """The report the list stands on."""
        ids = self.table.selected_ids()
        return next((one for one in self.frozen if ids and one.id == ids[0]), None)

    def _compare(self) -> None:
        one = self.chosen
        if one is None:
            return
        key = one.id
        self.context.tasks.ask(
            lambda store: frozen_reports.compare(store, key),
            self._tell,
            owner=self,
            latest="compared",
            long=True,
        )

    def _tell(self, comparison: Comparison | None) -> None:
        self.comparison = comparison
        self._lines = differences(comparison) if comparison else []
        self.compared.show_ids(range(len(self._lines)))
        self.compared.empty.set_sentence(SAME if comparison else CHOOSE)
        if comparison is None:
            self.banner.hide()
        elif not comparison.log_whole:
            self.banner.say(
                "bad",
                "报表上印的操作记录校验值在现在的操作记录里找不到：数据库被换过，或者操作记录被改动过。"
                "请用备份核对，并报告系统管理员。",
            )
        elif not comparison.same_rules:
            self.banner.say(
                "warn",
                f"锁定时用的是{comparison.frozen.rules}统计口径，现在的口径已经变了，差别里可能有口径的原因。",
            )
        elif comparison.same:
            self.banner.say("ok", "和锁定时完全一致：每个数字、每条明细都没有变。")
        else:
            self.banner.hide()

    def _open(self, key: Any) -> None:
        change = self._lines[int(key)].change
        if change is None or change.row is None or not change.row.opens:
            return
        if change.row.opens == "guidance":
            self.context.window.go("registers.education", "", change.row.opens_id)
        else:
            self.context.window.open(change.row.opens, change.row.opens_id)

    def _with_pdf(self, then: Any) -> None:
        one = self.chosen
        if one is not None:
            self.context.tasks.ask(
                lambda store: frozen_pdf(store, one), lambda pdf: then(one, pdf), owner=self
            )

    def save_pdf(self) -> None:
        """The frozen paper to a file."""
        self._with_pdf(self._save)

    def print_pdf(self) -> None:
        """The frozen paper to a printer, as it is."""
        self._with_pdf(self._print)

    def _save(self, one: Frozen, pdf: bytes) -> None:
        from ui.widgets.printing import save_pdf

        path = save_pdf(self, pdf, f"{one.title}（第{one.times}次）.pdf")
        if path is not None:
            self.context.window.message("ok", f"已保存到 {path}。")

    def _print(self, one: Frozen, pdf: bytes) -> None:
        from ui.widgets.printing import print_pdf

        self.print_dialog = print_pdf(self, pdf, tasks=self.context.tasks, title=one.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
