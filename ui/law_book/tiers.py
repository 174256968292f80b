"""裁量基准: the tiers of a published benchmark, item by item (行政处罚法 第三十四条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from enforcer import money
from enforcer.errors import LawDataError
from enforcer.law.describe import consequence_in_words
from enforcer.law.violation import Violation
from enforcer.operations import law_book as deeds
from enforcer.operations import law_editing
from enforcer.queries import law_book as asked
from enforcer.queries.law_book import TierRow
from enforcer.queries.law_touch import TIERS, Change
from enforcer.terms import Discretion, Matching, Side
from ui.context import Context
from ui.law_book import words
from ui.law_book.end_dialog import EndDialog
from ui.law_book.law_tab import RETIRED, LawTab
from ui.law_book.options import SidesEdit, items_on, options, title_of
from ui.register_tab import Register
from ui.widgets.basics import button, label
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, CountEdit, LineEdit, TextArea
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column
from ui.widgets.pickers import ItemPicker

SIDES = {one.value: one.label for one in Side}
KINDS = [(one, one.label) for one in Discretion if one is not Discretion.NO_PENALTY]
WIDE = {"item_key", "under", "conditions", "benchmark", "note"}
KEPT = ("item_key", "sides", "benchmark", "benchmark_number", "article", "from_on", "until_on")


class TiersTab(LawTab):
    """Tiers; none goes beyond the law, those of one day come from one benchmark."""

    kind = TIERS

    def __init__(self, context: Context) -> None:
        self._before: TierRow | None = None
        super().__init__(
            context,
            Register(
                key="tiers",
                title="裁量基准",
                noun="裁量阶次",
                columns=(
                    Column("事项", self._title, 176, tip=self._title),
                    Column("对象", sides_of, 100),
                    Column("阶次", lambda row: row.tier.name, 72),
                    Column("裁量", lambda row: row.tier.discretion.label, 58),
                    Column("幅度", lambda row: row.tier.span, 178, tip=lambda row: row.tier.span),
                    Column("施行", lambda row: show_day(row.from_on), 106),
                    words.standing_column(lambda: self.day),
                ),
                ids=self._ids,
                rows=_rows,
                form=deeds.TierForm,
                save=deeds.save_tier,
                tables=frozenset({"discretion_tier"}),
                empty="还没有录入裁量基准。没有基准的事项只给出法定幅度，裁量的理由由办案人员写明。",
                icon="penalty",
                retired=RETIRED,
            ),
        )

    def _title(self, row: TierRow) -> str:
        return title_of(row.item_key, self.context.clock.today())

    def _ids(self, store: Any, typed: str, retired: bool) -> list[int]:
        return [
            one.id
            for one in asked.tiers(store, withdrawn=retired)
            if (retired or not words.ended(one, self.day))
            and words.holds(
                typed, self._title(one), one.tier.name, one.benchmark, one.benchmark_number
            )
        ]

    def build(self) -> None:
        today = self.context.clock.today
        self.law = label("", "small", wrap=True)
        self.under = Choice(blank="没有前提")
        self.fields = {
            "item_key": self.field(
                "item_key", ItemPicker(options(items_on(today()))), required=True
            ),
            "under": self.field("under", self.under),
            "sides": self.field("sides", SidesEdit()),
            "position": self.field("position", CountEdit(least=1, most=20)),
            "name": self.field("name", LineEdit(placeholder="轻微"), required=True),
            "discretion": self.field("discretion", Choice(KINDS)),
            "conditions": self.field(
                "conditions",
                TextArea(lines=4, placeholder="占用面积 ≤ 5 平方米\n在责令的时间内整改"),
                hint="一行一项，≤ ≥ 含本数",
                required=True,
            ),
            "matching": self.field("matching", Choice([(one, one.label) for one in Matching])),
            "share": self.field(
                "share", LineEdit(placeholder="工程造价的百分之五"), hint="不按元的才填"
            ),
            "min_yuan": self.field("min_yuan", LineEdit(placeholder="没有下限的留空")),
            "max_yuan": self.field("max_yuan", LineEdit()),
            "benchmark": self.field("benchmark", LineEdit(), required=True),
            "benchmark_number": self.field("benchmark_number", LineEdit(), required=True),
            "article": self.field("article", LineEdit(placeholder="第二十七项")),
            "from_on": self.field("from_on", DateEdit(today), required=True),
            "until_on": self.field("until_on", DateEdit(today), hint="现行的留空"),
            "note": self.field("note", TextArea(lines=2)),
        }
        grid = FieldGrid()
        for name, field in self.fields.items():
            grid.add(field, 2 if name in WIDE else 1)
            if name == "item_key":
                grid.add(self.law, 2)
        self.column.addLayout(grid)
        self.end_button = button("整个基准终止…", "calendar", on=self.end)
        self.column.addWidget(self.end_button)
        self.add_withdraw()
        self.fields["item_key"].edited.connect(self._tell_law)
        self.fields["from_on"].edited.connect(self._tell_law)

    def starting(self) -> dict[str, Any]:
        """After a tier the next one of its benchmark stands ready; else nothing is assumed."""
        first: dict[str, Any] = {
            "position": 1,
            "discretion": Discretion.ORDINARY,
            "matching": Matching.ALL,
        }
        if self._before is None or self._before.withdrawn:
            return first
        kept = self.values_of(self._before)
        return first | {name: kept[name] for name in KEPT} | {"position": self._before.position + 1}

    def new(self) -> None:
        """An empty form, or one for the next tier."""
        self._before = self.row
        super().new()

    def edit(self) -> None:
        """Begin where something is still to be typed."""
        if self.row is None and self.fields["item_key"].read():
            self.binder.jump("name")
        else:
            super().edit()

    def values_of(self, row: TierRow) -> dict[str, Any]:
        tier = row.tier
        return {
            "item_key": row.item_key,
            "sides": list(tier.sides),
            "position": row.position,
            "name": tier.name,
            "discretion": tier.discretion,
            "under": tier.under,
            "matching": tier.matching,
            "conditions": "\n".join(one.text for one in tier.conditions),
            "min_yuan": money.yuan(tier.min_fen) if tier.min_fen is not None else "",
            "max_yuan": money.yuan(tier.max_fen) if tier.max_fen is not None else "",
            "share": tier.share,
            "benchmark": row.benchmark,
            "benchmark_number": row.benchmark_number,
            "article": row.article,
            "from_on": row.from_on,
            "until_on": row.until_on,
            "note": tier.note,
        }

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        return values | {
            "item_key": values["item_key"] or "",
            "under": values["under"] or "",
        }

    def further(self, form: Any) -> Mapping[str, str]:
        return {
            **law_editing.dates(form.from_on, form.until_on),
            **law_editing.condition_faults(form.conditions),
        }

    def heading(self, row: TierRow) -> str:
        return f"{self._title(row)}　{row.tier.name}"

    def shown(self, row: TierRow | None) -> None:
        self.end_button.setVisible(row is not None and not row.withdrawn and not row.until_on)
        self._tell_law()

    def _tell_law(self) -> None:
        """The range of the law under the item, and its premises in their picker."""
        key, day = self.fields["item_key"].read(), self.fields["from_on"].read()
        item = self._item(key, day) if key else None
        said = [consequence_in_words(one) for one in item.consequences if one.fines] if item else []
        self.law.setText("\n".join(f"法定　{one}" for one in said))
        self.law.setVisible(bool(said))
        premises = item.conditions if item else ()
        self.under.set_choices([(one, one) for one in premises])
        self.fields["under"].setVisible(bool(premises))

    def _item(self, key: str, day: date | None) -> Violation | None:
        """The item with the local ranges of the day, of today while no day is typed."""
        on = day or self.context.clock.today()
        try:
            return self.context.tasks.now(lambda store: asked.item_for(store, key, on))
        except LawDataError:  # the page's banner says so
            return None

    def change(self, values: dict[str, Any]) -> Change | None:
        if not values["item_key"]:
            return None
        return Change(
            self.kind,
            item_key=values["item_key"],
            document=values["benchmark"],
            from_on=values["from_on"],
            until_on=values["until_on"],
            own=self.own_id,
        )

    def end(self) -> None:
        """Ask from which day the whole benchmark of this item ends."""
        row: TierRow = self.row
        self.ending = EndDialog(self, self.context, row)
        self.ending.ended.connect(self._ended)
        self.ending.open()

    def _ended(self, count: int) -> None:
        self.open_saved(self.key)
        self.banner.say("ok", f"已给这个基准的 {count} 个阶次填上失效日期。")
        self.refresh()
        self.table.view.setFocus()


def sides_of(row: TierRow) -> str:
    """个人、单位."""
    return "、".join(SIDES[one] for one in SIDES if one in row.tier.sides)


def _rows(store: Any, ids: Sequence[int]) -> list[TierRow]:
    known = {one.id: one for one in asked.tiers(store, withdrawn=True)}
    return [known[one] for one in ids if one in known]
