"""本地罚款幅度: where the national law gives no amount, the range of a local rule, word for word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enforcer import money
from enforcer.law.violation import CITIZEN, ORGANIZATION, SIDE_LABEL
from enforcer.operations import law_book as deeds
from enforcer.operations import law_editing
from enforcer.queries import law_book as asked
from enforcer.queries.law_book import LocalAmountRow
from enforcer.queries.law_touch import AMOUNTS, Change
from enforcer.terms import Side
from ui.context import Context
from ui.law_book import words
from ui.law_book.law_tab import RETIRED, LawTab
from ui.law_book.options import items_on, options, title_of
from ui.register_tab import Register
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column
from ui.widgets.pickers import ItemPicker

HALF = ("side", "document_number", "min_yuan", "max_yuan", "from_on", "until_on")


class AmountsTab(LawTab):
    """Local ranges; each names the rule it comes from, none is invented."""

    kind = AMOUNTS

    def __init__(self, context: Context) -> None:
        sides = {one.value: one.label for one in Side}
        super().__init__(
            context,
            Register(
                key="amounts",
                title="本地罚款幅度",
                noun="本地幅度",
                columns=(
                    Column("事项", self._title, 220, tip=self._title),
                    Column("对象", lambda row: sides[row.side], 60),
                    Column("幅度（元）", span_of, 120, right=True),
                    Column("本地规定", rule_of, 180, tip=rule_of),
                    Column("施行", lambda row: show_day(row.from_on), 106),
                    words.standing_column(lambda: self.day),
                ),
                ids=self._ids,
                rows=_rows,
                form=deeds.LocalAmountForm,
                save=deeds.save_local_amount,
                tables=frozenset({"local_amount"}),
                empty="还没有录入本地幅度。法律没有规定数额的事项，录入之前只能警告，不能罚款。",
                icon="money",
                retired=RETIRED,
            ),
        )

    def _title(self, row: LocalAmountRow) -> str:
        return title_of(row.item_key, self.context.clock.today())

    def _ids(self, store: Any, typed: str, retired: bool) -> list[int]:
        return [
            one.id
            for one in asked.local_amounts(store, withdrawn=retired)
            if (retired or not words.ended(one, self.day))
            and words.holds(typed, self._title(one), rule_of(one), one.document_number)
        ]

    def build(self) -> None:
        today = self.context.clock.today
        open_items = [
            one
            for one in items_on(today())
            if any(each.amount_unknown for each in one.consequences)
        ]
        self.fields = {
            "item_key": self.field(
                "item_key",
                ItemPicker(options(open_items)),
                hint="只列法律没有规定数额的",
                required=True,
            ),
            "side": self.field(
                "side", Choice([(one, SIDE_LABEL[one]) for one in (CITIZEN, ORGANIZATION)])
            ),
            "document_number": self.field("document_number", LineEdit()),
            "min_yuan": self.field("min_yuan", LineEdit(placeholder="没有下限的留空")),
            "max_yuan": self.field("max_yuan", LineEdit(), required=True),
            "document": self.field("document", LineEdit(), required=True),
            "article": self.field("article", LineEdit(placeholder="第三十条第一款"), required=True),
            "text": self.field("text", TextArea(lines=3), required=True, hint="照抄原文"),
            "from_on": self.field("from_on", DateEdit(today), required=True),
            "until_on": self.field("until_on", DateEdit(today), hint="现行的留空"),
        }
        grid = FieldGrid()
        order = ("item_key", "side", "document_number", "min_yuan", "max_yuan", "document")
        for name in (*order, "article", "text", "from_on", "until_on"):
            grid.add(self.fields[name], 1 if name in HALF else 2)
        self.column.addLayout(grid)
        self.add_withdraw()

    def starting(self) -> dict[str, Any]:
        return {"side": CITIZEN}

    def values_of(self, row: LocalAmountRow) -> dict[str, Any]:
        return super().values_of(row) | {
            "min_yuan": money.yuan(row.min_fen) if row.min_fen else "",
            "max_yuan": money.yuan(row.max_fen),
        }

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        return values | {"item_key": values["item_key"] or ""}

    def further(self, form: Any) -> Mapping[str, str]:
        return law_editing.dates(form.from_on, form.until_on)

    def heading(self, row: LocalAmountRow) -> str:
        return self._title(row)

    def shown(self, row: LocalAmountRow | None) -> None:
        for name in ("item_key", "side"):
            self.fields[name].editor.setEnabled(row is None)

    def change(self, values: dict[str, Any]) -> Change | None:
        key = self.row.item_key if self.row is not None else values["item_key"]
        if not key:
            return None
        return Change(
            self.kind,
            item_key=key,
            document=values["document"],
            from_on=values["from_on"],
            until_on=values["until_on"],
            own=self.own_id,
        )


def span_of(row: LocalAmountRow) -> str:
    """50—200."""
    low, high = (money.yuan_grouped(fen).removesuffix(".00") for fen in (row.min_fen, row.max_fen))
    return f"{low}—{high}" if row.min_fen else f"至多 {high}"


def rule_of(row: LocalAmountRow) -> str:
    """《…条例》第三十条."""
    return f"《{row.document}》{row.article}"


def _rows(store: Any, ids: Sequence[int]) -> list[LocalAmountRow]:
    known = {one.id: one for one in asked.local_amounts(store, withdrawn=True)}
    return [known[one] for one in ids if one in known]
