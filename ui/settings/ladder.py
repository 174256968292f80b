"""告知阶梯 (三次告知): after how many notices, within how many days, what is suggested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from enforcer.law import catalogue, notice_defaults
from enforcer.operations.notice_forms import LadderRuleForm
from enforcer.operations.notices import save_ladder_rule
from enforcer.queries import ladder
from enforcer.terms import LadderChoice
from ui.context import Context
from ui.register_tab import Register, RegisterTab
from ui.widgets.banner import Banner
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, CountEdit, LineEdit
from ui.widgets.paged_model import Column
from ui.widgets.pickers import ItemPicker, Option

GENERAL = "其他全部事项"


@dataclass(frozen=True, slots=True)
class LadderRow:
    """A ladder as listed; `own` when the office has set it, else the shipped suggestion."""

    item_key: str
    title: str
    notices: int
    days: int
    then: LadderChoice
    basis: str
    own: bool


class LadderTab(RegisterTab):
    """Ladders by item; they suggest, the officer decides and the reason is kept."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="ladder",
                title="告知阶梯",
                noun="阶梯",
                columns=(
                    Column("事项", lambda row: row.title, 280),
                    Column("多少日内", lambda row: f"{row.days} 日", 90, right=True),
                    Column("告知次数", lambda row: f"{row.notices} 次", 90, right=True),
                    Column("之后建议", lambda row: row.then.label, 110),
                    Column(
                        "依据",
                        lambda row: row.basis or "待机关确认",
                        180,
                        tone=lambda row: "" if row.basis else "warn",
                    ),
                ),
                ids=lambda store, words, _retired: [
                    one.item_key for one in self._all(store) if words in one.title
                ],
                rows=lambda store, ids: [one for one in self._all(store) if one.item_key in ids],
                form=LadderRuleForm,
                save=_save,
                tables=frozenset({"ladder_rule"}),
                empty="没有找到阶梯。",
                icon="history",
                identity=lambda row: row.item_key,
            ),
        )

    def _all(self, store: Any) -> list[LadderRow]:
        today = self.context.clock.today()
        own = {one.item_key: one for one in ladder.rules(store)}
        found = []
        for key in dict.fromkeys(["", *own]):
            rule = own.get(key) or ladder.choose({}, key)
            item = catalogue.item(key, today) if key else None
            found.append(
                LadderRow(
                    key,
                    item.title if item else key or GENERAL,
                    rule.notices,
                    rule.days,
                    rule.then,
                    rule.basis,
                    key in own,
                )
            )
        return found

    def build(self) -> None:
        today = self.context.clock.today()
        desk = {one.key for one in notice_defaults.desk_items(today)}
        items = sorted(catalogue.items(today), key=lambda one: (one.key not in desk, one.number))
        self.fields = {
            "item_key": self.field(
                "item_key",
                ItemPicker([Option(one.key, one.title, one.group, one.words) for one in items]),
                hint=f"留空就是{GENERAL}",
            ),
            "days": self.field("days", CountEdit(least=1, most=3660, unit="日")),
            "notices": self.field("notices", CountEdit(least=1, most=99, unit="次")),
            "then": self.field("then", Choice([(one, one.label) for one in LadderChoice])),
            "basis": self.field(
                "basis", LineEdit(placeholder="本单位的文件名称和文号"), hint="留空为待机关确认"
            ),
        }
        grid = FieldGrid()
        grid.add(self.fields["item_key"], 2)
        grid.add(self.fields["days"])
        grid.add(self.fields["notices"])
        grid.add(self.fields["then"], 2)
        grid.add(self.fields["basis"], 2)
        self.column.addLayout(grid)
        self.told = Banner("info")
        self.column.addWidget(self.told)
        for one in self.fields.values():
            one.edited.connect(self._tell)

    def starting(self) -> dict[str, Any]:
        usual = notice_defaults.defaults().ladder
        return {"days": usual.days, "notices": usual.notices, "then": usual.then}

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        return values | {"item_key": values["item_key"] or ""}

    def heading(self, row: LadderRow) -> str:
        return row.title

    def shown(self, row: LadderRow | None) -> None:
        self.fields["item_key"].editor.setEnabled(row is None)
        self._tell()

    def _tell(self) -> None:
        values = self.binder.values()
        then: LadderChoice | None = values["then"]
        basis = values["basis"] or "待机关确认"
        self.told.say(
            "info",
            f"告知时会提示：{values['days']} 日内告知 {values['notices']} 次后"
            f"{then.label if then else '……'}（{basis}）。这只是建议，由执法人员决定；"
            "没有见到公布的“三次告知”规定，次数和天数由本机关定。",
        )


def _save(store: Any, form: LadderRuleForm, **now: Any) -> str:
    save_ladder_rule(store, form, **now)
    return form.item_key
