"""权力来源: the documents behind the powers on a day, and the items nobody may act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from enforcer.law.violation import Violation
from enforcer.queries import law_book, powers
from enforcer.queries.powers import PowerSourceRow
from ui.context import Context
from ui.law_book import words
from ui.law_book.day_tab import DayTab
from ui.law_book.options import title_of, where_untrusted
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState, button, label
from ui.widgets.moments import show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import Act, PagedTable

PLACE = "settings.powers"


@dataclass(frozen=True, slots=True)
class Covered:
    """An item of the day, and why it may not be acted on; empty where it may."""

    id: str
    item: Violation
    why_not: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the tab asks for at once."""

    sources: tuple[PowerSourceRow, ...]
    items: tuple[Covered, ...]


class PowersTab(DayTab):
    """Reads what the settings hold; Enter goes there."""

    tables = frozenset({"power_source", "item_power", "organ"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._sources: dict[int, PowerSourceRow] = {}
        self._items: dict[str, Covered] = {}
        self.search = self.search_for("在权力来源和事项中查找", self.refresh)
        self.banner = Banner("info")
        self.table = PagedTable(
            "law-powers",
            (
                Column("来源", lambda row: row.kind.label, 86),
                Column("依据文件", lambda row: row.document, 190),
                Column("行使机关", lambda row: row.organ_name, 150, spare=True),
                Column("事项", lambda row: str(len(row.items)), 52, right=True),
                Column("有效期", _validity, 204, firm=True),
                Column(
                    "效力",
                    lambda row: self._standing(row)[0],
                    70,
                    tone=lambda row: self._standing(row)[1],
                ),
            ),
            lambda keys: [self._sources[one] for one in keys],
            title="权力来源",
            empty=EmptyState(
                "还没有登记权力来源。没有依据的处罚无效，登记后才能出处罚文书。",
                "去登记",
                self.go,
                icon="law_book",
            ),
            acts=(Act("在设置中修改", lambda keys: self.go(keys[0]), "settings", single=True),),
        )
        self.table.opened.connect(self.go)
        self.table.selected.connect(lambda _keys: self._narrow())
        self.table.selection_told.connect(context.window.tell_selection)
        self.items = PagedTable(
            "law-powers-items",
            (
                Column("事项", lambda row: row.item.title, 250, tip=lambda row: row.item.title),
                Column(
                    "能不能处罚",
                    lambda row: "只能劝导或者移送" if row.why_not else "有依据",
                    120,
                    tone=lambda row: "warn" if row.why_not else "ok",
                    tip=lambda row: row.why_not,
                ),
            ),
            lambda keys: [self._items[one] for one in keys],
            title="事项",
            empty=EmptyState("没有事项。", icon="document"),
        )
        self.items.opened.connect(lambda key: context.window.go("law_book.catalogue", "", key))
        self.head = label("", "section", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        left = Card(tight=True, spacing=6)
        row = QHBoxLayout()
        row.setContentsMargins(11, 4, 11, 2)
        row.setSpacing(12)
        row.addWidget(self.search, 1)
        row.addWidget(button("在设置中登记", "settings", on=self.go))
        left.body.addLayout(row)
        inside = QHBoxLayout()
        inside.setContentsMargins(11, 0, 11, 0)
        inside.addWidget(self.banner)
        left.body.addLayout(inside)
        left.body.addWidget(self.table, 1)
        right = Card(tight=True, spacing=6)
        heading = QHBoxLayout()
        heading.setContentsMargins(15, 10, 15, 4)
        heading.addWidget(self.head, 1)
        self.back = button("只看没有来源的", link=True, on=self.table.view.clearSelection)
        heading.addWidget(self.back)
        right.body.addLayout(heading)
        right.body.addWidget(self.items, 1)
        self.side_by_side(left, right, 420)

    def ask(self) -> None:
        """Ask for the sources and for what each item rests on."""
        day = self.day
        self.context.tasks.ask(
            lambda store: known_on(store, day),
            self._show,
            owner=self,
            latest="powers",
            long=True,
            failed=where_untrusted(lambda say: self.banner.say("bad", say)),
        )

    def go(self, key: int | None = None) -> None:
        """Go to where powers are entered."""
        self.context.window.go(PLACE, "", key)

    def _show(self, known: Known) -> None:
        typed = self.search.read()
        self._sources = {one.id: one for one in known.sources}
        self._items = {one.id: one for one in known.items}
        today = self.context.clock.today()
        self.table.show_ids(
            [
                one.id
                for one in known.sources
                if words.holds(
                    typed,
                    one.kind.label,
                    one.document,
                    one.organ_name,
                    one.handled_by,
                    *(title_of(key, today) for key in one.items),
                )
            ]
        )
        without = sum(bool(one.why_not) for one in known.items)
        if without:
            self.banner.say(
                "warn",
                f"{show_day(self.day)}：{len(known.items)} 个事项里有 {without} 个没有可用的权力来源，"
                "只能劝导或者移送（行政处罚法第三十八条第一款）。",
            )
        else:
            self.banner.say("ok", f"{show_day(self.day)}：每个事项都有可用的权力来源。")
        self._narrow()

    def _narrow(self) -> None:
        """At the right the items of the source chosen, or of none those without power."""
        typed, keys = self.search.read(), self.table.selected_ids()
        if len(keys) == 1 and keys[0] in self._sources:
            source = self._sources[keys[0]]
            self.head.setText(f"{source.document} 的事项")
            self.back.show()
            wanted = [one for one in self._items.values() if one.id in source.items]
        else:
            self.head.setText("没有可用权力来源的事项")
            self.back.hide()
            wanted = [one for one in self._items.values() if one.why_not]
        shown = [one for one in wanted if words.holds(typed, one.item.title, one.item.words)]
        self.items.show_ids([one.id for one in (shown if typed and shown else wanted)])

    def _standing(self, row: PowerSourceRow) -> tuple[str, str]:
        if row.valid_on(self.day):
            return "有效", "ok"
        return ("未生效", "accent") if row.valid_from > self.day else ("已过期", "bad")


def _validity(row: PowerSourceRow) -> str:
    return f"{show_day(row.valid_from)} 至 {show_day(row.valid_until) or '长期'}"


def known_on(store: Any, day: date) -> Known:
    """The sources, and for each item of the day whether one of them carries it."""
    with store.reading() as session:
        items: list[Covered] = []
        for one in law_book.items_for(session, day):
            found = powers.power_for(session, one.key, day)
            why = found.say if isinstance(found, powers.NoPower) else ""
            items.append(Covered(one.key, one, why))
        sources: Sequence[PowerSourceRow] = powers.power_sources(session)
        return Known(tuple(sources), tuple(items))
