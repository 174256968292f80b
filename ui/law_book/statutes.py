"""法律法规: statute by statute, its articles, and the items, periods, lists and papers that use them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from enforcer.law.statutes import REPUBLIC
from enforcer.queries import law_uses
from enforcer.queries.law_uses import CitedAs, StatuteRow, Use
from ui.context import Context
from ui.law_book import words
from ui.law_book.day_tab import DayTab
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState, hairline, label
from ui.widgets.moments import show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

PLACES = {
    CitedAs.BREACHED: "law_book.catalogue",
    CitedAs.SANCTIONED: "law_book.catalogue",
    CitedAs.TIER: "law_book.tiers",
    CitedAs.LIST: "law_book.lists",
    CitedAs.TEMPLATE: "law_book.papers",
}


class StatutesTab(DayTab):
    """The editions at the left; at the right where the articles of the one chosen are used."""

    tables = frozenset({"local_amount", "discretion_tier", "list_row", "template_edition"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._laws: dict[str, StatuteRow] = {}
        self._uses: dict[int, Use] = {}
        self.search = self.search_for("查找法律法规", self.refresh, rests=True)
        self.table = PagedTable(
            "law-statutes",
            (
                Column(
                    "名称",
                    lambda row: f"《{row.title.removeprefix(REPUBLIC)}》",
                    222,
                    tip=lambda row: row.title,
                ),
                Column("版本", lambda row: row.edition, 80, spare=True),
                Column("施行", lambda row: show_day(row.from_on), 106),
                Column("失效", lambda row: show_day(row.until_on) or "现行", 106, spare=True),
                words.standing_column(lambda: self.day),
                Column("用处", lambda row: str(row.uses) if row.uses else "—", 56, right=True),
            ),
            lambda keys: [self._laws[one] for one in keys],
            title="法律法规",
            empty=EmptyState("没有找到。换几个字再查。", icon="law_book"),
            key=lambda row: row.key,
        )
        self.table.selected.connect(self._selected)
        self.table.selection_told.connect(context.window.tell_selection)
        self.title = label("选一部法律，看它的条文用在哪里。", "section", wrap=True)
        self.about = label("", "small", wrap=True)
        self.uses = PagedTable(
            "law-statute-uses",
            (
                Column("条款", lambda row: row[1].article, 176, tip=lambda row: row[1].article),
                Column("用作", lambda row: row[1].cited_as.label, 86),
                Column(
                    "用在",
                    lambda row: row[1].name,
                    180,
                    tone=lambda row: "warn" if row[1].say else "",
                    tip=lambda row: row[1].say or row[1].name,
                ),
            ),
            lambda keys: [(one, self._uses[one]) for one in keys],
            title="条文的用处",
            empty=EmptyState("这一天没有用到它的条文。", icon="document"),
            key=lambda row: row[0],
        )
        self.text = Banner("info")
        self.text.hide()
        self.uses.opened.connect(self._open)
        self.uses.selected.connect(self._tell_text)
        self.uses.show_ids(())
        self._lay_out()

    def _lay_out(self) -> None:
        left = Card(tight=True, spacing=6)
        top = QHBoxLayout()
        top.setContentsMargins(11, 4, 11, 2)
        top.addWidget(self.search)
        left.body.addLayout(top)
        left.body.addWidget(self.table, 1)
        right = Card(spacing=8)
        right.body.addWidget(self.title)
        right.body.addWidget(self.about)
        right.body.addWidget(hairline())
        right.body.addWidget(self.uses, 1)
        right.body.addWidget(self.text)
        self.side_by_side(left, right, 520)

    def ask(self) -> None:
        """Ask for the editions and how much each is used."""
        day, typed = self.day, self.search.read()
        self.context.tasks.ask(
            lambda store: law_uses.statute_rows(store, day, typed),
            self._show,
            owner=self,
            latest="statutes",
            long=True,
        )

    def _show(self, rows: Sequence[StatuteRow]) -> None:
        kept = self.table.selected_ids()[:1]
        in_force_first = sorted(rows, key=lambda one: not one.in_force(self.day))
        self._laws = {one.key: one for one in in_force_first}
        self.table.show_ids(list(self._laws))
        if kept and kept[0] in self._laws:
            self._selected(kept)
        elif self._laws:
            self.table.select(next(iter(self._laws)))

    def _selected(self, keys: list[str]) -> None:
        if len(keys) != 1:
            return
        row = self._laws[keys[0]]
        self.title.setText(f"《{row.title}》")
        length = f"，共 {row.articles} 条" if row.articles else ""
        span = f"{show_day(row.from_on)} 起施行，{_until(row)}{length}。"
        rank = f"{row.rank}，" if row.rank else ""
        self.about.setText(f"{rank}{row.edition}。{span}{words.CHECKED[row.verified]}。{row.note}")
        day = self.day

        def ask(store: Any) -> list[Use]:
            return law_uses.uses(store, day, row.key)

        self.context.tasks.ask(ask, self._show_uses, owner=self, latest="uses", long=True)

    def _show_uses(self, found: Sequence[Use]) -> None:
        self._uses = dict(enumerate(found))
        self.uses.show_ids(list(self._uses))
        self.text.hide()

    def _tell_text(self, keys: list[int]) -> None:
        if len(keys) != 1:
            self.text.hide()
            return
        one = self._uses[keys[0]]
        self.text.say("warn" if one.say else "info", one.say or words.around(one))

    def _open(self, at: int) -> None:
        one = self._uses[at]
        if one.cited_as is CitedAs.PERIOD:
            self.context.window.go("law_book.holidays", one.key)
        elif one.cited_as in PLACES:
            own = one.cited_as in (CitedAs.TIER, CitedAs.LIST)
            key = int(one.key) if own and one.key.isdigit() else one.key
            self.context.window.go(PLACES[one.cited_as], "", key)


def _until(row: StatuteRow) -> str:
    return f"到 {show_day(row.until_on)} 为止" if row.until_on else "现行有效"
