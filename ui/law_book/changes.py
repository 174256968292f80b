"""变动影响: what cites law no longer in force on a day; or all that one entry touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from enforcer.queries import cases, law_check
from enforcer.queries.law_check import Stale
from enforcer.queries.law_touch import Touched
from enforcer.terms import CitedIn
from ui.context import Context
from ui.law_book import words
from ui.law_book.day_tab import DayTab
from ui.law_book.options import where_untrusted
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState
from ui.widgets.inputs import Choice
from ui.widgets.moments import show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import Act, PagedTable

CITED = 2  # the column of the article; an entry touches rows, not articles
PLACES = {
    CitedIn.LIST: "law_book.lists",
    CitedIn.TIER: "law_book.tiers",
    CitedIn.TEMPLATE: "law_book.papers",
    CitedIn.LAW_DATA: "law_book.catalogue",
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One place, its article and what is to be done there."""

    id: int
    where: CitedIn
    key: str
    name: str
    cite: str
    say: str


class ChangesTab(DayTab):
    """The check of the day; `show_touched` lays one entry's list in its place until F5."""

    tables = frozenset(
        {"enforcement_case", "list_row", "discretion_tier", "local_amount", "template_edition"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: dict[int, ChangeRow] = {}
        self._of_entry = ""
        self.search = self.search_for("在结果中查找", self._narrow)
        self.where = Choice([(one, one.label) for one in CitedIn], blank="全部")
        self.where.setAccessibleName("在哪里")
        self.where.setMinimumWidth(130)
        self.where.edited.connect(self._narrow)
        self.banner = Banner("info")
        self.table = PagedTable(
            "law-changes",
            (
                Column("在哪里", lambda row: row.where.label, 116, icon=lambda _row: "warn"),
                Column("名称", lambda row: row.name, 250, tip=lambda row: row.name),
                Column("引用的条文", lambda row: row.cite, 230, tip=lambda row: row.cite),
                Column("怎么办", lambda row: row.say, 480, tip=lambda row: row.say),
            ),
            lambda keys: [self._rows[one] for one in keys],
            title="变动影响",
            empty=EmptyState("模板、清单、裁量基准和未决案件引用的法律都现行有效。", icon="ok"),
            acts=(Act("打开", lambda keys: self._open(keys[0]), "open", single=True),),
        )
        self.table.opened.connect(self._open)
        self.table.selected.connect(self._tell)
        self.table.selection_told.connect(context.window.tell_selection)
        self.whole = Banner("warn")
        self.whole.hide()
        card = Card(tight=True, spacing=6)
        top = QVBoxLayout()
        top.setContentsMargins(11, 4, 11, 2)
        top.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.search, 1)
        row.addWidget(self.where)
        top.addLayout(row)
        top.addWidget(self.banner)
        card.body.addLayout(top)
        card.body.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(11, 2, 11, 6)
        foot.addWidget(self.whole)
        card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self.search)

    def rests_on(self, names: frozenset[str]) -> bool:
        return super().rests_on(names) and not self._of_entry

    def show_touched(self, title: str, found: Sequence[Touched]) -> None:
        """Show all that one entry touches."""
        self._stale, self._of_entry = False, title
        self._take(
            ChangeRow(at, one.where, one.key, one.name, "", one.say) for at, one in enumerate(found)
        )
        self.banner.say(
            "info",
            f"“{title}”的改动涉及 {len(found)} 处。",
            act="回到每日核对",
            on=self.refresh,
        )
        self.table.view.setFocus()

    def refresh(self) -> None:
        """Check the day."""
        self._of_entry = ""
        day = self.day
        self.banner.say("info", "正在核对…")
        self.context.tasks.ask(
            lambda store: law_check.check(day, store),
            self._show,
            owner=self,
            latest="check",
            long=True,
            failed=where_untrusted(lambda say: self.banner.say("bad", say)),
        )

    def _show(self, found: Sequence[Stale]) -> None:
        self._take(
            ChangeRow(at, one.where, one.key, one.name, one.cite, one.say)
            for at, one in enumerate(found)
        )
        if found:
            self.banner.say(
                "warn",
                f"{show_day(self.day)}：有 {len(found)} 处引用的法律已经失效或者对不上，请逐项改正。",
            )
        else:
            self.banner.say("ok", f"{show_day(self.day)}：引用的法律都现行有效。")

    def _take(self, rows: Iterable[ChangeRow]) -> None:
        self._rows = {one.id: one for one in rows}
        self.table.view.setColumnHidden(CITED, bool(self._of_entry))
        self._narrow()

    def _narrow(self) -> None:
        typed, where = self.search.read(), self.where.read()
        self.table.show_ids(
            [
                one.id
                for one in self._rows.values()
                if where in (None, one.where) and words.holds(typed, one.name, one.cite, one.say)
            ]
        )

    def _tell(self, keys: list[int]) -> None:
        self.whole.say("warn", self._rows[keys[0]].say if len(keys) == 1 else "")

    def _open(self, at: int) -> None:
        one, window = self._rows[at], self.context.window
        if one.where is CitedIn.CASE:
            identity = (
                int(one.key)
                if self._of_entry
                else self.context.tasks.now(lambda store: cases.case_number(store, one.key))
            )
            if identity is not None:
                window.open("case", identity)
            return
        own = one.where in (CitedIn.LIST, CitedIn.TIER) and one.key.isdigit()
        window.go(PLACES[one.where], "", int(one.key) if own else one.key)
