"""法律法规: every statute the catalogue cites, in which edition, from when until when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.law import catalogue
from enforcer.law.violation import Law
from ui.context import Context
from ui.law_book.words import CHECKED
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState
from ui.widgets.inputs import LineEdit
from ui.widgets.moments import show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable


class StatutesTab(QWidget):
    """The statutes; one that has ended is only for acts of its time."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._laws = {one.key: one for one in catalogue.laws()}
        self.search = LineEdit(placeholder="查找法律法规　Ctrl+F")
        self.search.setAccessibleName("查找法律法规")
        self.search.edited.connect(self.refresh)
        today = context.clock.today()
        self.table = PagedTable(
            "statutes",
            (
                Column("名称", lambda row: f"《{row.title}》", 330),
                Column("版本", lambda row: row.edition, 100),
                Column("效力", lambda row: row.rank, 90),
                Column("施行", lambda row: show_day(row.from_on), 110),
                Column(
                    "失效",
                    lambda row: show_day(row.until_on) or "现行",
                    110,
                    tone=lambda row: "" if row.in_force(today) else "warn",
                ),
                Column(
                    "核对",
                    lambda row: CHECKED[row.verified],
                    230,
                    tone=lambda row: "" if row.verified == "V" else "warn",
                ),
                Column("说明", lambda row: row.note, 220, tip=lambda row: row.note),
            ),
            self._load,
            title="法律法规",
            empty=EmptyState("没有找到。", icon="law_book"),
            key=lambda row: row.key,
        )
        self.table.selection_told.connect(context.window.tell_selection)
        card = Card(tight=True, spacing=6)
        top = QVBoxLayout()
        top.setContentsMargins(11, 4, 11, 2)
        top.setSpacing(10)
        top.addWidget(self.search)
        card.body.addLayout(top)
        ended = [one for one in self._laws.values() if not one.in_force(today)]
        if ended:
            named = "、".join(f"《{one.title.removeprefix('中华人民共和国')}》" for one in ended)
            say = f"{named}已经失效，只用于失效以前的行为，新的文书不能再引用。"
            top.addWidget(Banner("info", say))
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self.search)
        self.refresh()

    def refresh(self) -> None:
        """Narrow the list by what is typed."""
        typed = self.search.read().split()
        self.table.show_ids(
            [
                one.key
                for one in self._laws.values()
                if all(word in f"{one.title}{one.edition}{one.rank}" for word in typed)
            ]
        )

    def _load(self, keys: Sequence[str]) -> list[Law]:
        return [self._laws[one] for one in keys]
