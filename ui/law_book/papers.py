"""文书模板: the text papers of a day are made with, and whether the articles in it still hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout

from enforcer.queries import law_papers
from enforcer.queries.law_cited import Use
from enforcer.queries.law_papers import PaperRow
from ui.context import Context
from ui.law_book import words
from ui.law_book.day_tab import DayTab
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState, button, label
from ui.widgets.moments import show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

EDITOR = "settings.templates"
"""Where the office sets the words of its papers."""


class PapersTab(DayTab):
    """Templates at the left, the citations of the one chosen at the right."""

    tables = frozenset({"template_edition"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._papers: dict[str, PaperRow] = {}
        self._cited: dict[int, Use] = {}
        self.search = self.search_for(
            "查找文书模板", lambda: self._show(list(self._papers.values()))
        )
        self.table = PagedTable(
            "law-papers",
            (
                Column("文书", lambda row: row.title, 230, tip=lambda row: row.title),
                Column("用的文字", edition_of, 120),
                Column("启用", lambda row: show_day(row.from_on) or "随程序", 100),
                Column("引用", lambda row: f"{len(row.citations)} 条", 66, right=True),
                Column(
                    "核对",
                    lambda row: state_of(row)[0],
                    150,
                    tone=lambda row: state_of(row)[1],
                    icon=lambda row: state_of(row)[1],
                    tip=lambda row: row.trouble,
                ),
            ),
            lambda keys: [self._papers[one] for one in keys],
            title="文书模板",
            empty=EmptyState("没有找到。", icon="document"),
            key=lambda row: row.key,
        )
        self.table.selected.connect(self._selected)
        self.table.selection_told.connect(context.window.tell_selection)
        self.title = label("选一种文书，看它引用的条文。", "section", wrap=True)
        self.about = Banner("info")
        self.about.hide()
        self.cited = PagedTable(
            "law-paper-citations",
            (
                Column("条款", lambda row: row[1].article, 160, tip=lambda row: row[1].article),
                Column(
                    "在这一天",
                    lambda row: row[1].say or "现行有效",
                    84,
                    tone=lambda row: "warn" if row[1].say else "ok",
                    tip=lambda row: row[1].say,
                ),
                Column(
                    "原文",
                    lambda row: words.around(row[1]),
                    170,
                ),
            ),
            lambda keys: [(one, self._cited[one]) for one in keys],
            title="引用的条文",
            empty=EmptyState("没有写明引用的条文，条文由案件的事项带出。", icon="law_book"),
            key=lambda row: row[0],
        )
        self.cited.opened.connect(self._open)
        self.edit_button = button("修改文字", "edit", on=self._edit)
        self.edit_button.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        left = Card(tight=True, spacing=6)
        top = QHBoxLayout()
        top.setContentsMargins(11, 4, 11, 2)
        top.addWidget(self.search)
        left.body.addLayout(top)
        left.body.addWidget(self.table, 1)
        right = Card(spacing=10)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.edit_button)
        right.body.addLayout(head)
        right.body.addWidget(self.about)
        right.body.addWidget(self.cited, 1)
        self.side_by_side(left, right, 480)

    def ask(self) -> None:
        """Ask for the templates of the day."""
        day = self.day
        self.context.tasks.ask(
            lambda store: law_papers.papers(store, day),
            self._show,
            owner=self,
            latest="papers",
            long=True,
        )

    def _show(self, rows: Sequence[PaperRow]) -> None:
        self._papers = {one.key: one for one in rows}
        typed = self.search.read()
        self.table.show_ids([one.key for one in rows if words.holds(typed, one.title, one.key)])
        if self.table.selected_ids():
            self._selected(self.table.selected_ids())
        elif self.table.model.ids:
            self.table.select(self.table.model.ids[0])

    def _selected(self, keys: list[str]) -> None:
        if len(keys) != 1:
            return
        row = self._papers[keys[0]]
        self.title.setText(row.title)
        kind, said = "info", f"{show_day(self.day)} 出的文书用{edition_of(row)}（{row.version}）。"
        if row.trouble:
            kind, said = "bad", row.trouble
        elif row.faults:
            kind, said = "warn", f"{said}有 {row.faults} 处引用在这一天不是现行有效的，请改正。"
        if row.next_from:
            said += f"自 {show_day(row.next_from)} 起换用新的文字。"
        self.about.say(kind, said)
        self.edit_button.show()
        self._cited = dict(enumerate(row.citations))
        self.cited.show_ids(list(self._cited))

    def _open(self, at: int) -> None:
        self.context.window.go("law_book.statutes", "", self._cited[at].edition)

    def _edit(self) -> None:
        keys = self.table.selected_ids()
        if keys:
            self.context.window.go(EDITOR, "", keys[0])


def edition_of(row: PaperRow) -> str:
    """The shipped text, or the office's own by its number."""
    return f"本机关第 {row.edition} 版" if row.edition else "出厂文字"


def state_of(row: PaperRow) -> tuple[str, str]:
    """Whether the text and its citations hold, with the tone."""
    if row.trouble:
        return "读不出来", "bad"
    if row.faults:
        return f"{row.faults} 处要改", "warn"
    return "现行有效", "ok"
