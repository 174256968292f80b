"""初次违法核查: by party and by plate, answered from this home and filed (行政处罚法 第三十三条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enforcer.operations.law_book import FirstViolationForm, file_first_violation_check
from enforcer.queries import cases, law_lookups, parties
from enforcer.queries.law_lookups import LookupRow
from enforcer.queries.parties import PartyRow
from ui.context import Context
from ui.law_book.options import items_on, options
from ui.register_tab import Register, RegisterTab
from ui.registers.party_picker import MOST, PartyPicker
from ui.widgets.banner import Banner
from ui.widgets.basics import label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.inputs import LineEdit
from ui.widgets.moments import DateEdit, show_moment
from ui.widgets.paged_model import Column
from ui.widgets.pickers import ItemPicker

QUESTIONS = "settings.questions"
WINDOW = "first_violation_lookback_days"


class FirstViolationTab(RegisterTab):
    """Filed look-ups at the left; at the right the next one, or the answer as it was given."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="first_violation",
                title="初次违法核查",
                noun="核查",
                columns=(
                    Column("核查时间", lambda row: show_moment(row.check.checked_at), 140),
                    Column("事项", lambda row: row.item, 210, tip=lambda row: row.item),
                    Column("查的是谁", whom, 190, tip=whom),
                    Column(
                        "结论",
                        lambda row: answer_of(row)[0],
                        110,
                        tone=lambda row: answer_of(row)[1],
                        icon=lambda row: {"ok": "ok", "warn": "warn"}.get(
                            answer_of(row)[1], "info"
                        ),
                    ),
                    Column("案件", lambda row: row.case_number, 120),
                ),
                ids=lambda store, typed, _retired: law_lookups.lookup_ids(store, typed),
                rows=law_lookups.lookup_rows,
                form=FirstViolationForm,
                save=file_first_violation_check,
                tables=frozenset({"first_violation_check"}),
                empty="还没有核查过。选事项，填当事人或者号牌，Ctrl+Enter 核查，结果自动存档。",
                icon="search",
            ),
        )
        self.save_button.setText("核查并存档　Ctrl+Enter")
        self.save_button.setAccessibleName("核查并存档")

    def build(self) -> None:
        today = self.context.clock.today
        self.party = PartyPicker(self._find, self._known)
        self.fields = {
            "item_key": self.field(
                "item_key", ItemPicker(options(items_on(today()))), required=True
            ),
            "party": Field("当事人（从台账里选）", self.party),
            "party_id_number": self.field("party_id_number", LineEdit(), hint="没有登记的直接填"),
            "plate": self.field("plate", LineEdit(placeholder="湘J·8K216")),
            "on": self.field("on", DateEdit(today), required=True),
            "case_id": self.field("case_id", LineEdit(placeholder="案号"), hint="有案件的才填"),
        }
        grid = FieldGrid()
        for name, field in self.fields.items():
            grid.add(field, 1 if name in ("on", "case_id") else 2)
        self.column.addLayout(grid)
        self.answer = Banner("info")
        self.answer.hide()
        self.records = label("", wrap=True)
        for one in (self.answer, self.records):
            self.column.addWidget(one)
        self.party.edited.connect(self._take_number)

    def _find(self, typed: str) -> list[PartyRow]:
        def ask(store: Any) -> list[PartyRow]:
            return parties.party_rows(store, parties.party_ids(store, search=typed)[:MOST])

        return self.context.tasks.now(ask)

    def _known(self, key: int) -> PartyRow | None:
        rows = self.context.tasks.now(lambda store: parties.party_rows(store, [key]))
        return rows[0] if rows else None

    def _take_number(self) -> None:
        """The number of the party chosen goes into its own field, where it can be checked."""
        key = self.party.read()
        found = self._known(key) if key is not None else None
        if found is not None and self.row is None:
            self.fields["party_id_number"].write(found.id_number)

    def starting(self) -> dict[str, Any]:
        return {"on": self.context.clock.today()}

    def values_of(self, row: LookupRow) -> dict[str, Any]:
        check = row.check
        return {
            "item_key": check.item_key,
            "party": None,
            "party_id_number": check.party_id_number,
            "plate": check.plate_key,
            "on": check.asked_on,
            "case_id": row.case_number,
        }

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        values.pop("party")
        number = values["case_id"]
        found = (
            self.context.tasks.now(lambda store: cases.case_number(store, number))
            if number
            else None
        )
        return values | {"item_key": values["item_key"] or "", "case_id": found}

    def check(self, values: dict[str, Any]) -> Mapping[str, str]:
        wrong = dict(super().check(values))
        number = values["case_id"]
        if number and self.given(dict(values))["case_id"] is None:
            wrong["case_id"] = f"案件台账里没有“{number}”，请核对案号；不属于案件的留空。"
        chosen = self.party.read()
        party = self._known(chosen) if chosen is not None else None
        if party is not None and not party.id_number and not values["plate"]:
            wrong["party"] = f"“{party.name}”没有登记证件号码，查不到以前的记录，请补登或者填号牌。"
        return wrong

    def heading(self, row: LookupRow) -> str:
        return f"{show_moment(row.check.checked_at)} 的核查"

    def shown(self, row: LookupRow | None) -> None:
        for name, field in self.fields.items():
            field.setEnabled(row is None)
            field.setVisible(row is None or name not in ("party",))
        self.records.setVisible(row is not None)
        if row is None:
            self.answer.hide()
            return
        check, (_, tone) = row.check, answer_of(row)
        unsettled = check.is_first is None
        self.answer.say(
            tone or "info",
            f"{check.answer.get('say', '')}（{check.answer.get('cite', '')}）",
            act="去确认" if unsettled else "",
            on=self._settle,
        )
        self.records.setText(_records(check.answer))

    def _settle(self) -> None:
        self.context.window.go(QUESTIONS, "", WINDOW)

    def _offer(self) -> None:
        super()._offer()
        if self.row is not None:
            self.acts.offer(self.save_button, "已经存档，不能改动")
        self.undo_button.setVisible(self.row is None)

    def _saved(self, key: Any, remarks: str) -> None:
        super()._saved(key, remarks)
        self.banner.say("ok", f"已核查并存档。{remarks}")


def whom(row: LookupRow) -> str:
    """Name, number, plate: what was searched by."""
    parts = (row.party_name, row.check.party_id_number, row.check.plate_key)
    return "　".join(one for one in parts if one)


def answer_of(row: LookupRow) -> tuple[str, str]:
    """The answer in a word, with its tone."""
    if row.check.is_first is None:
        return "不能认定", "warn"
    return ("是初次", "ok") if row.check.is_first else ("不是初次", "")


def _records(answer: Mapping[str, Any]) -> str:
    """What was found, what counted and what did not."""
    said = []
    for title, name in (("计入的记录", "counted"), ("不计入的记录", "others")):
        found: Sequence[Mapping[str, Any]] = answer.get(name) or ()
        said += [f"{title} {len(found)} 件"] if found else []
        said += [f"　{one['on']}　{one['number']}　{one['say']}" for one in found]
    since = answer.get("since")
    head = f"查的是：{answer.get('searched', '')}"
    window = f"往回查到 {since}（不含当日）" if since else "往回查的天数待机关确认"
    return "\n".join([f"{head}；{window}。", *(said or ["没有找到同一事项的记录。"])])
