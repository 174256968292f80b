"""新旧对照: two days side by side, every item that changed between them, both laws laid open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.law.catalogue import CODE_FROM, Applicable
from enforcer.law.violation import Violation
from enforcer.queries import law_book
from ui.context import Context
from ui.law_book import words
from ui.law_book.day_tab import LiveTab
from ui.law_book.options import where_untrusted
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState, Scrolled, label
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, Tick
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

LIGHTER = {
    "old": ("旧的较轻", "ok"),
    "new": ("新的较轻", "ok"),
    "same": ("相同", ""),
    "": ("法制审核", "warn"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """An item with the law of both days."""

    id: str
    title: str
    found: Applicable

    @property
    def changed(self) -> bool:
        """Whether the two days differ in provisions or in amounts."""
        old, new = self.found.old, self.found.new
        if old is None or new is None:
            return True
        return old.from_on != new.from_on or old.consequences != new.consequences


class ComparisonTab(LiveTab):
    """从旧兼从轻 (行政处罚法 第三十七条): both laws laid open, the choice left to legal review."""

    tables = frozenset({"local_amount"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: dict[str, Compared] = {}
        self._wanted = ""
        today = context.clock.today
        self.acted_on, self.decided_on = DateEdit(today), DateEdit(today)
        self.acted_on.write(CODE_FROM - timedelta(days=1))
        self.decided_on.write(CODE_FROM)
        self.search = LineEdit(placeholder="案由、条文　Ctrl+F")
        self.search.setAccessibleName("查找事项")
        self.search.setClearButtonEnabled(True)
        self.only_changed = Tick("只看不同的", ticked=True)
        self.table = PagedTable(
            "law-comparison",
            (
                Column("事项", lambda row: row.title, 230, tip=lambda row: row.title),
                Column(
                    "轻重",
                    lambda row: weight_of(row)[0],
                    90,
                    tone=lambda row: weight_of(row)[1],
                    tip=lambda row: row.found.say,
                ),
            ),
            lambda keys: [self._rows[one] for one in keys],
            title="两天的规定",
            empty=EmptyState("这两天的规定没有不同。", icon="ok"),
        )
        self.table.selected.connect(self._selected)
        self.table.selection_told.connect(context.window.tell_selection)
        self.title = label("", "section", wrap=True)
        self.banner = Banner("info")
        self.banner.hide()
        self.sides = {name: _Side() for name in ("old", "new")}
        self._lay_out()
        for edited in (self.acted_on.edited, self.decided_on.edited, self.only_changed.edited):
            edited.connect(self.refresh)
        self.search.edited.connect(self._narrow)

    def _lay_out(self) -> None:
        left = Card(tight=True, spacing=8)
        left.setFixedWidth(390)
        top = QVBoxLayout()
        top.setContentsMargins(11, 6, 11, 2)
        top.setSpacing(8)
        days = QHBoxLayout()
        days.setSpacing(12)
        days.addWidget(Field("行为发生的一天", self.acted_on))
        days.addWidget(Field("作出决定的一天", self.decided_on))
        top.addLayout(days)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.search, 1)
        row.addWidget(self.only_changed)
        top.addLayout(row)
        left.body.addLayout(top)
        left.body.addWidget(self.table, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 4, 0, 0)
        right.setSpacing(10)
        right.addWidget(self.title)
        right.addWidget(self.banner)
        below = QHBoxLayout()
        below.setSpacing(16)
        for one in self.sides.values():
            below.addWidget(one, 1)
        right.addLayout(below, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(left)
        columns.addLayout(right, 1)
        self.setFocusProxy(self.search)

    def show_item(self, key: str, acted_on: date, decided_on: date | None = None) -> None:
        """Lay this item open for an act of this day, decided today or on the day given."""
        self._wanted = key
        self.search.write("")
        for edit, day in (
            (self.acted_on, acted_on),
            (self.decided_on, decided_on or self.context.clock.today()),
        ):
            edit.blockSignals(True)
            edit.write(day)
            edit.blockSignals(False)
        self.refresh()

    def ask(self) -> None:
        """Ask the catalogue for both days."""
        acted, decided = self.acted_on.read(), self.decided_on.read()
        if acted is None or decided is None:
            return
        if decided < acted:
            self._show_rows(())
            say = f"作出决定的 {show_day(decided)} 早于行为发生的 {show_day(acted)}，请核对。"
            self.banner.say("bad", say)
            return
        self.context.tasks.ask(
            lambda store: compared(store, acted, decided),
            self._show_rows,
            owner=self,
            latest="compared",
            long=True,
            failed=where_untrusted(self._tell_untrusted),
        )

    def _show_rows(self, rows: Sequence[Compared]) -> None:
        self._rows = {one.id: one for one in rows}
        wanted, self._wanted = self._wanted, ""
        if wanted in self._rows and not self._rows[wanted].changed:
            self.only_changed.blockSignals(True)
            self.only_changed.write(False)
            self.only_changed.blockSignals(False)
        count = sum(one.changed for one in rows)
        self.only_changed.setText(f"只看不同的 {count} 项")
        self._narrow()
        if not self.table.select(wanted) and not self.table.selected_ids() and self.table.model.ids:
            self.table.select(self.table.model.ids[0])
        self._tell()

    def _tell_untrusted(self, say: str) -> None:
        self._show_rows(())
        self.banner.say("bad", say)

    def _narrow(self) -> None:
        typed, changed = self.search.read(), self.only_changed.read()
        self.table.show_ids(
            [
                one.id
                for one in self._rows.values()
                if (one.changed or not changed) and words.holds(typed, one.title, _cites(one))
            ]
        )

    def _selected(self, _keys: list[str]) -> None:
        self._tell()

    def _tell(self) -> None:
        keys = self.table.selected_ids()
        acted, decided = self.acted_on.read(), self.decided_on.read()
        if acted is None or decided is None or len(keys) != 1 or keys[0] not in self._rows:
            self.title.setText("选一个事项，两天的规定在下面左右对照。")
            if self._rows:
                self.banner.hide()
            for one in self.sides.values():
                one.show_item("", None, "")
            return
        row = self._rows[keys[0]]
        found = row.found
        self.title.setText(row.title)
        kind = "ok" if found.lighter == "same" and not found.needs_choice else "warn"
        self.banner.say(kind, f"{found.say}（{found.cite}）")
        for name, item, title in (
            ("old", found.old, f"行为发生时（{show_day(acted)}）"),
            ("new", found.new, f"作出决定时（{show_day(decided)}）"),
        ):
            suggested = found.needs_choice and found.applies == name
            self.sides[name].show_item(title, item, "建议适用" if suggested else "")


def compared(store: Any, acted: date, decided: date) -> list[Compared]:
    """Every item known on one of the days, in the order of the catalogue."""
    with store.reading() as session:
        found = {one.key: one for one in law_book.items_for(session, acted)}
        found |= {one.key: one for one in law_book.items_for(session, decided)}
        return [
            Compared(one.key, one.title, law_book.provisions_for(session, one.key, acted, decided))
            for one in sorted(found.values(), key=lambda each: each.number)
        ]


def weight_of(row: Compared) -> tuple[str, str]:
    """Which of the two is lighter, in a word, with its tone."""
    if not row.changed:
        return "没有变", "quiet"
    return LIGHTER[row.found.lighter if row.found.applies else ""]


def _cites(row: Compared) -> str:
    known = [one for one in (row.found.old, row.found.new) if one is not None]
    return " ".join(each.cite for one in known for each in (*one.breached, *one.sanctioned_by))


class _Side(Card):
    """One of the two laws."""

    def __init__(self) -> None:
        super().__init__(spacing=8)
        head = QHBoxLayout()
        self.title = label("", "section", wrap=True)
        self.mark = label("", "strong", "accent")
        head.addWidget(self.title, 1)
        head.addWidget(self.mark)
        self.body.addLayout(head)
        self.since = label("", "quiet", wrap=True)
        self.body.addWidget(self.since)
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 6, 0)
        self.column.setSpacing(6)
        self.body.addWidget(Scrolled(content), 1)

    def show_item(self, title: str, item: Violation | None, mark: str) -> None:
        """Lay an item open; None where the day has none."""
        self.title.setText(title)
        self.mark.setText(mark)
        if item is None:
            self.since.setText("这一天没有收录此项的规定。" if title else "")
            words.put(self.column, [])
            return
        until = f"至 {show_day(item.until_on)}" if item.until_on else "现行"
        self.since.setText(f"{show_day(item.from_on)} 起施行，{until}")
        words.put(self.column, words.sections(item))
