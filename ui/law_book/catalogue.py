"""违法行为清单: every item as in force on a chosen day, the words of the law beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer import money
from enforcer.errors import LawDataError
from enforcer.law import parameters
from enforcer.law.describe import KIND_OF
from enforcer.law.toml_data import version_on
from enforcer.law.violation import Consequence, Violation
from enforcer.queries import law_book, powers
from ui.context import Context
from ui.law_book import words
from ui.law_book.day_tab import DayTab
from ui.law_book.options import where_untrusted
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState, Scrolled, button, label
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

NOTHING = "没有找到。换几个字，或者换一天再查。"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item on a day, with the power behind it or why there is none."""

    item: Violation
    power: powers.Power | powers.NoPower

    @property
    def id(self) -> str:
        return self.item.key


class CatalogueTab(DayTab):
    """The list by day and words; the item at the right in full."""

    tables = frozenset(
        {"power_source", "item_power", "organ", "local_amount", "discretion_tier", "list_row"}
    )

    comparison_asked = Signal(str, object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: dict[str, ItemRow] = {}
        self.search = self.search_for("案由、条文、编码", self.refresh, rests=True)
        self.table = PagedTable(
            "catalogue",
            (
                Column("序号", lambda row: str(row.item.number), 60, right=True),
                Column("案由", lambda row: row.item.title, 330, tip=lambda row: row.item.title),
                Column("罚款", fine_of, 146),
                Column(
                    "当场",
                    lambda row: on_the_spot(row.item)[0],
                    60,
                    tone=lambda row: on_the_spot(row.item)[1],
                ),
                Column(
                    "权力来源",
                    lambda row: power_of(row)[0],
                    130,
                    spare=True,
                    tone=lambda row: power_of(row)[1],
                    tip=lambda row: row.power.say if isinstance(row.power, powers.NoPower) else "",
                ),
            ),
            self._load,
            title="违法行为清单",
            empty=EmptyState(NOTHING, icon="law_book"),
        )
        self.table.selected.connect(self._selected)
        self.table.selection_told.connect(context.window.tell_selection)
        self.title = label("选一项看它的条文。", "section", wrap=True)
        self.power = Banner("info")
        self.power.hide()
        self.compare_button = button("新旧对照", link=True, on=self._compare)
        self.compare_button.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        left = Card(tight=True, spacing=6)
        row = QHBoxLayout()
        row.setContentsMargins(11, 4, 11, 2)
        row.addWidget(self.search)
        left.body.addLayout(row)
        left.body.addWidget(self.table, 1)
        content = QWidget()
        self.details = QVBoxLayout(content)
        self.details.setContentsMargins(0, 0, 6, 0)
        self.details.setSpacing(6)
        right = Card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.compare_button)
        right.body.addLayout(head)
        right.body.addWidget(self.power)
        right.body.addWidget(Scrolled(content), 1)
        self.side_by_side(left, right, 440)

    def ask(self) -> None:
        """Ask for the list on the day chosen."""
        day, typed = self.day, self.search.read()

        def ask(store: Any) -> list[ItemRow]:
            return item_rows(store, day, typed)

        self.context.tasks.ask(
            ask,
            self._show,
            owner=self,
            latest="items",
            long=True,
            failed=where_untrusted(self._tell_untrusted),
        )

    def _show(self, rows: Sequence[ItemRow]) -> None:
        chosen = self.table.selected_ids()[:1]
        self._rows = {one.id: one for one in rows}
        self.table.empty.set_sentence(NOTHING)
        self.table.show_ids([one.id for one in rows])
        if chosen and chosen[0] in self._rows:
            self._tell(self._rows[chosen[0]])
        elif rows:
            self.table.select(rows[0].id)

    def _tell_untrusted(self, say: str) -> None:
        self._rows = {}
        self.table.empty.set_sentence(say)
        self.table.show_ids(())

    def _load(self, keys: Sequence[str]) -> list[ItemRow]:
        return [self._rows[one] for one in keys]

    def _selected(self, keys: list[str]) -> None:
        if len(keys) == 1:
            self._tell(self._rows[keys[0]])

    def _tell(self, row: ItemRow) -> None:
        self.title.setText(row.item.title)
        if isinstance(row.power, powers.Power):
            source = row.power.source
            handled = f"，承办{source.handled_by}" if source.handled_by else ""
            self.power.say(
                "ok",
                f"{source.kind.label}：以“{row.power.organ.name}”的名义{handled}。"
                f"依据{source.document}（{row.power.cite}）",
            )
        else:
            self.power.say(
                "warn",
                f"{row.power.say}（{row.power.cite}）",
                act="去登记",
                on=lambda: self.context.window.go("settings.powers"),
            )
        found = self.context.tasks.now(lambda store: own_sections(store, row.item))
        words.put(self.details, [*words.sections(row.item), *found])
        self.compare_button.setVisible(
            row.item.comparison is not None or row.item.until_on is not None
        )

    def _compare(self) -> None:
        keys = self.table.selected_ids()
        if not keys:
            return
        item = self._rows[keys[0]].item
        day = item.as_of
        if item.until_on is None:  # the new law: show it against the last day of the old
            day = date.fromordinal(item.from_on.toordinal() - 1)
        self.comparison_asked.emit(item.key, day)


def item_rows(store: Any, day: date, typed: str) -> list[ItemRow]:
    """The items in force on a day, with the local ranges entered and the power behind each."""
    with store.reading() as session:
        return [
            ItemRow(one, powers.power_for(session, one.key, day))
            for one in law_book.items_for(session, day, typed)
        ]


def own_sections(store: Any, item: Violation) -> list[words.Section]:
    """What the office's benchmark and lists say of the item on its day."""
    with store.reading() as session:
        benchmark = version_on(law_book.benchmarks_for(session, item.key), item.as_of)
        entries = law_book.list_entries(session, item.key, on=item.as_of)
    return words.of_the_office(benchmark, [one.row for one in entries])


def on_the_spot(item: Violation) -> tuple[str, str]:
    """Whether it may be decided on the spot for anyone, in a word, with its tone."""
    try:
        allowed = any(
            item.summary_allowed(kind).allowed
            for side, kind in KIND_OF.items()
            if any(side in one.sides for one in item.consequences)
        )
    except LawDataError:  # the amounts cannot be trusted, which the page's banner says
        return "不明", "warn"
    return ("可以", "") if allowed else ("不能", "quiet")


def fine_of(row: ItemRow) -> str:
    """The range of the fine in few words."""
    fines = [one for one in row.item.consequences if one.fines]
    return "；".join(dict.fromkeys(map(_span, fines))) or "不罚款"


def _span(one: Consequence) -> str:
    if one.share:
        return one.share
    if one.max_fen is None:
        return parameters.TO_CONFIRM
    low = f"{money.yuan_grouped(one.min_fen).removesuffix('.00')}—" if one.min_fen else "至多 "
    return f"{low}{money.yuan_grouped(one.max_fen).removesuffix('.00')} 元"


def power_of(row: ItemRow) -> tuple[str, str]:
    """Kind of the power and its tone."""
    if isinstance(row.power, powers.Power):
        return row.power.source.kind.label, ""
    if row.item.refer_to:
        return "移送", "quiet"
    return ("未登记" if row.power.code == "power_missing" else "不可用"), "warn"
