"""Every paper: which text is in force, since when, how many papers bear it, what the law says of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.queries import templates
from enforcer.queries.templates import TemplateRow
from ui.context import Context
from ui.widgets.basics import Card, EmptyState, button
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.moments import show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import Act, PagedTable
from ui.widgets.pinyin import matches

OWN, DOUBTFUL = "own", "doubtful"


class Listing(QWidget):
    """`opened(key, sample)`; the sample is `blank` for an empty form."""

    opened = Signal(str, str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.rows: dict[str, TemplateRow] = {}
        self.search = LineEdit(placeholder="查找文书模板　Ctrl+F")
        self.search.setAccessibleName("查找文书模板")
        self.search.setClearButtonEnabled(True)
        self.which = Choice(
            [("", "全部文书"), (OWN, "本机关改过的"), (DOUBTFUL, "引用的法条要核对的")]
        )
        self.which.setAccessibleName("看哪些文书")
        self.edit_button = button("修改文字　F2", "edit", on=self.edit)
        self.blank_button = button("空白文书", "print", on=self._blank)
        self.table = PagedTable(
            "templates",
            (
                Column("序号", lambda row: str(row.number), 60, right=True),
                Column("文书", lambda row: row.title, 250, tip=lambda row: row.title),
                Column("环节", lambda row: row.kind, 90),
                Column(
                    "用的文字", edition_of, 130, tone=lambda row: "accent" if row.edition else ""
                ),
                Column("启用", started, 140, tip=started),
                Column(
                    "已用于", lambda row: f"{row.used:,} 份" if row.used else "—", 90, right=True
                ),
                Column(
                    "引用的法条",
                    lambda row: state_of(row)[0],
                    240,
                    tone=lambda row: state_of(row)[1],
                    icon=lambda row: state_of(row)[1],
                    tip=lambda row: row.trouble or "\n".join(row.faults),
                ),
            ),
            lambda keys: [self.rows[one] for one in keys],
            title="文书模板",
            empty=EmptyState("没有这样的文书模板。", icon="document"),
            acts=(
                Act("修改文字", self._open, "edit", single=True),
                Act("印空白文书", lambda ids: self._open(ids, "blank"), "print", single=True),
            ),
            key=lambda row: row.key,
        )
        self._lay_out()
        self.search.edited.connect(self._show)
        self.which.edited.connect(self._show)
        self.table.opened.connect(lambda key: self.opened.emit(key, ""))
        self.table.selection_told.connect(context.window.tell_selection)
        self.table.selected.connect(self._offer)
        self._offer([])

    def _lay_out(self) -> None:
        card = Card(tight=True, spacing=6)
        row = QHBoxLayout()
        row.setContentsMargins(11, 4, 11, 2)
        row.setSpacing(12)
        row.addWidget(self.search, 1)
        row.addWidget(self.which)
        row.addWidget(self.blank_button)
        row.addWidget(self.edit_button)
        card.body.addLayout(row)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self.search)

    def refresh(self) -> None:
        """Ask for the templates of today."""
        today = self.context.clock.today()
        self.context.tasks.ask(
            lambda store: templates.rows(store, today),
            self._know,
            owner=self,
            latest="templates",
            long=True,
        )

    def refresh_now(self) -> None:
        """Ask for them at once: another screen wants one to be opened."""
        today = self.context.clock.today()
        self._know(self.context.tasks.now(lambda store: templates.rows(store, today)))

    def _know(self, rows: Sequence[TemplateRow]) -> None:
        self.rows = {one.key: one for one in rows}
        self._show()

    def _show(self) -> None:
        typed = self.search.read()
        self.table.show_ids([one.key for one in self.rows.values() if self._wanted(one, typed)])
        if self.table.model.ids and not self.table.selected_ids():
            self.table.select(self.table.model.ids[0])

    def _wanted(self, row: TemplateRow, typed: str) -> bool:
        which = self.which.read()
        if which == OWN and not row.edition:
            return False
        if which == DOUBTFUL and not (row.faults or row.trouble):
            return False
        return all(word in row.kind or matches(word, row.title) for word in typed.split())

    def _offer(self, ids: list[str]) -> None:
        for one in (self.edit_button, self.blank_button):
            one.setEnabled(len(ids) == 1)

    def edit(self) -> None:
        """Open the paper selected."""
        self._open(self.table.selected_ids())

    def _blank(self) -> None:
        self._open(self.table.selected_ids(), "blank")

    def _open(self, keys: Sequence[str], sample: str = "") -> None:
        if len(keys) == 1:
            self.opened.emit(keys[0], sample)


def edition_of(row: TemplateRow) -> str:
    """The shipped text, or the office's own by its number."""
    return f"本机关第 {row.edition} 版" if row.edition else "出厂文字"


def started(row: TemplateRow) -> str:
    """Since when, and when another text takes over."""
    said = show_day(row.from_on) or "随程序"
    return f"{said}，{show_day(row.next_from)} 换新" if row.next_from else said


def state_of(row: TemplateRow) -> tuple[str, str]:
    """What the check of the law says, with its tone."""
    if row.trouble:
        return "读不出来，请恢复出厂文字", "bad"
    if row.faults:
        return f"{len(row.faults)} 处要改：{row.faults[0]}", "warn"
    return (f"{row.citations} 条，均现行有效", "ok") if row.citations else ("由案件的事项带出", "")
