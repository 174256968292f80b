"""本地罚款幅度: where the national law gives no amount, the range of a local rule, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import uuid4

from enforcer import money
from enforcer.errors import InvalidForm
from enforcer.law import catalogue
from enforcer.law.violation import CITIZEN, ORGANIZATION, SIDE_LABEL
from enforcer.operations import law_book as deeds
from enforcer.operations.editing import read
from enforcer.queries import law_book as asked
from enforcer.queries.law_book import LocalAmountRow
from ui.confirm import ConfirmDialog
from ui.context import Context
from ui.failures import in_place
from ui.register_tab import Register, RegisterTab
from ui.widgets.banner import Banner
from ui.widgets.basics import button
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column
from ui.widgets.pickers import ItemPicker, Option


class AmountsTab(RegisterTab):
    """Local ranges; each names the rule it comes from, none is invented."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="amounts",
                title="本地罚款幅度",
                noun="本地幅度",
                columns=(
                    Column("事项", self._title, 260),
                    Column("对象", lambda row: SIDE_LABEL[row.side], 130),
                    Column(
                        "幅度（元）",
                        lambda row: (
                            f"{money.yuan_grouped(row.min_fen)}—{money.yuan_grouped(row.max_fen)}"
                        ),
                        140,
                        right=True,
                    ),
                    Column("本地规定", lambda row: f"《{row.document}》{row.article}", 220),
                    Column("施行", lambda row: show_day(row.from_on), 100),
                ),
                ids=lambda store, words, _retired: [
                    one.id for one in asked.local_amounts(store) if words in self._title(one)
                ],
                rows=_rows,
                form=deeds.LocalAmountForm,
                save=deeds.save_local_amount,
                tables=frozenset({"local_amount"}),
                empty="还没有录入本地幅度。法律没有规定数额的事项，录入之前只能警告，不能罚款。",
                icon="money",
            ),
        )

    def _title(self, row: LocalAmountRow) -> str:
        item = catalogue.item(row.item_key, self.context.clock.today())
        return item.title if item else row.item_key

    def build(self) -> None:
        today = self.context.clock.today
        open_items = [
            one
            for one in catalogue.items(today())
            if any(each.amount_unknown for each in one.consequences)
        ]
        self.fields = {
            "item_key": self.field(
                "item_key",
                ItemPicker(
                    [Option(one.key, one.title, one.group, one.words) for one in open_items]
                ),
                hint="只列法律没有规定数额的",
            ),
            "side": self.field(
                "side", Choice([(one, SIDE_LABEL[one]) for one in (CITIZEN, ORGANIZATION)])
            ),
            "min_yuan": self.field("min_yuan", LineEdit(placeholder="没有下限的留空")),
            "max_yuan": self.field("max_yuan", LineEdit(), required=True),
            "document": self.field("document", LineEdit(), required=True),
            "document_number": self.field("document_number", LineEdit()),
            "article": self.field("article", LineEdit(placeholder="第三十条第一款"), required=True),
            "text": self.field("text", TextArea(lines=3), required=True),
            "from_on": self.field("from_on", DateEdit(today), required=True),
            "until_on": self.field("until_on", DateEdit(today), hint="现行有效的留空"),
        }
        grid = FieldGrid()
        half = ("min_yuan", "max_yuan", "from_on", "until_on")
        for name, field in self.fields.items():
            grid.add(field, 1 if name in half else 2)
        self.column.addLayout(grid)
        self.column.addWidget(
            Banner("info", "照本地规定的原文填写，决定书会写明这一条。没有规定的不能自定数额。")
        )
        self.withdraw_button = button("撤下这一条", link=True, on=self.withdraw)
        self.column.addWidget(self.withdraw_button)

    def starting(self) -> dict[str, Any]:
        return {"side": CITIZEN}

    def values_of(self, row: LocalAmountRow) -> dict[str, Any]:
        return super().values_of(row) | {
            "min_yuan": money.yuan(row.min_fen) if row.min_fen else "",
            "max_yuan": money.yuan(row.max_fen),
        }

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        return values | {"item_key": values["item_key"] or ""}

    def heading(self, row: LocalAmountRow) -> str:
        return self._title(row)

    def shown(self, row: LocalAmountRow | None) -> None:
        for name in ("item_key", "side"):
            self.fields[name].editor.setEnabled(row is None)
        self.withdraw_button.setVisible(row is not None)

    def withdraw(self) -> None:
        """Ask why, then take this range out."""
        self.dialog = ConfirmDialog(
            self,
            "撤下这条本地幅度",
            "撤下以后，这个事项又回到“待机关确认”，不能当场罚款。已经作出的决定不变，这一条和原因仍留在记录里。"
            "规定到期的，不要撤下，请填失效日期。",
            "撤下",
            reason="撤下的原因",
        )
        self.dialog.accepted.connect(lambda: self.withdraw_now(self.dialog.reason))
        self.dialog.open()

    def withdraw_now(self, reason: str) -> None:
        """Take this range out."""
        context, row = self.context, cast("LocalAmountRow", self.row)
        given = {
            "request_id": uuid4(),
            "id": row.id,
            "loaded": row.version,
            "kind": "violations",
            "reason": reason,
        }
        try:
            form = read(deeds.WithdrawLawForm, given).form
        except InvalidForm as wrong:
            in_place(self.banner)(wrong)
            return
        context.tasks.do(
            lambda store: deeds.withdraw_law(
                store,
                form,
                today=context.clock.today(),
                now=context.clock.now(),
                actor=context.actor,
            ),
            lambda _key: self._withdrawn(),
            owner=self,
            failed=in_place(self.banner),
        )

    def _withdrawn(self) -> None:
        self._show_new(focus=False, drafted=False)
        self.banner.say("ok", "已撤下。")
        self.refresh()


def _rows(store: Any, ids: Sequence[int]) -> list[LocalAmountRow]:
    known = {one.id: one for one in asked.local_amounts(store)}
    return [known[one] for one in ids if one in known]
