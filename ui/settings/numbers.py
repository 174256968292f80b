"""编号: how the numbers of each organ's papers look, with an example that follows the typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from enforcer.documents.course_rules import series_kinds, series_label
from enforcer.operations import registers as deeds
from enforcer.queries import powers as asked
from enforcer.queries.powers import NumberRuleRow, OrganRow
from enforcer.terms import SeriesKind
from ui.context import Context
from ui.register_tab import Register, RegisterTab
from ui.widgets.banner import Banner
from ui.widgets.basics import label
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, CountEdit, LineEdit, Tick
from ui.widgets.paged_model import Column

BRACKETS = (("〔〕", "〔2026〕"), ("[]", "[2026]"), ("（）", "（2026）"))
USUAL_WIDTH: dict[str, int] = {SeriesKind.NOTICE: 5}


class NumbersTab(RegisterTab):
    """Number rules; a changed one begins a new series, what was drawn keeps its number."""

    def __init__(self, context: Context) -> None:
        year = context.clock.today().year
        super().__init__(
            context,
            Register(
                key="numbers",
                title="编号规则",
                noun="编号规则",
                columns=(
                    Column("文书", lambda row: row.label, 160),
                    Column("机关", lambda row: row.organ_name, 220),
                    Column(
                        "样式",
                        lambda row: deeds.number_example(row.pattern, row.width, year=year),
                        240,
                    ),
                    Column("今年已取", lambda row: f"{row.drawn:,}", 90, right=True),
                ),
                ids=lambda store, words, _retired: _rule_ids(store, words, year),
                rows=lambda store, ids: _rule_rows(store, ids, year),
                form=deeds.NumberRuleForm,
                save=deeds.save_number_rule,
                tables=frozenset({"number_rule", "series", "organ"}),
                empty="还没有编号规则。设好以后，签发时自动取号，不重号、不跳号。",
                icon="blank_numbers",
            ),
        )

    def build(self) -> None:
        self.organ = Choice()
        self.fields = {
            "organ_id": self.field("organ_id", self.organ),
            "kind": self.field(
                "kind", Choice([(one, series_label(one)) for one in series_kinds()])
            ),
            "stem": self.field(
                "stem", LineEdit(placeholder="例如：云城管温告字"), hint="机关代字＋文书代字"
            ),
            "bracket": self.field("bracket", Choice(BRACKETS)),
            "width": self.field("width", CountEdit(least=1, most=8, unit="位"), hint="不足补零"),
            "with_di": self.field("with_di", Tick("加“第”字")),
        }
        grid = FieldGrid()
        grid.add(self.fields["organ_id"], 2)
        grid.add(self.fields["kind"], 2)
        grid.add(self.fields["stem"], 2)
        grid.add(self.fields["bracket"])
        grid.add(self.fields["with_di"])
        grid.add(self.fields["width"])
        self.column.addLayout(grid)
        self.column.addWidget(label("下一个号是这个样子", "label"))
        self.example = label("", "section", wrap=True)
        self.example.setObjectName("example")
        self.column.addWidget(self.example)
        self.note = Banner("info")
        self.column.addWidget(self.note)
        for one in self.fields.values():
            one.edited.connect(self._follow)

    def starting(self) -> dict[str, Any]:
        return {
            "organ_id": self.organ._values[0] if self.organ.count() else None,
            "kind": SeriesKind.NOTICE,
            "bracket": "〔〕",
            "with_di": True,
            "width": USUAL_WIDTH[SeriesKind.NOTICE],
        }

    def values_of(self, row: NumberRuleRow) -> dict[str, Any]:
        parts = deeds.parts_of(row.pattern)
        values: dict[str, Any] = {
            "organ_id": row.organ_id,
            "kind": row.kind,
            "width": row.width,
            "stem": parts.stem if parts else "",
            "bracket": parts.bracket if parts else "〔〕",
            "with_di": parts.with_di if parts else True,
        }
        return values

    def heading(self, row: NumberRuleRow) -> str:
        return f"{row.label}的编号"

    def shown(self, row: NumberRuleRow | None) -> None:
        for name in ("organ_id", "kind"):
            self.fields[name].editor.setEnabled(row is None)
        self._follow()

    def start_for(self, organ_id: int | None, kind: str) -> None:
        """A new rule for this organ and paper, as a finding asks for it."""
        self.new()
        values = {"kind": kind, "width": USUAL_WIDTH.get(kind, 3)}
        if organ_id is not None:
            values["organ_id"] = organ_id
        self.binder.set_values(values)
        self._follow()
        self.binder.jump("stem")

    def _follow(self) -> None:
        values = self.binder.values()
        pattern = deeds.pattern_of(
            values["stem"] or "……", values["bracket"] or "〔〕", with_di=bool(values["with_di"])
        )
        year = self.context.clock.today().year
        self.example.setText(
            deeds.number_example(pattern, values["width"], year=year, serial=self._next(pattern))
        )
        self._tell(pattern)

    def _next(self, pattern: str) -> int:
        same = self.row is not None and self.row.pattern == pattern
        return self.row.drawn + 1 if same else 1

    def _tell(self, pattern: str) -> None:
        row: NumberRuleRow | None = self.row
        if row is not None and deeds.parts_of(row.pattern) is None:
            said = f"现用的写法是“{row.pattern}”，不是常见样式；在这里保存会换成上面的样式。"
            self.note.say("warn", said)
        elif row is not None and row.drawn and row.pattern != pattern:
            self.note.say(
                "warn",
                f"今年已按原样式取了 {row.drawn} 个号。改动以后从第 1 号另起一列，"
                "已经签发的文书编号不变。",
            )
        else:
            self.note.say("info", "序号每年从 1 开始，签发时自动取，作废的号保留、不再使用。")

    def refresh_choices(self) -> None:
        self.context.tasks.ask(
            lambda store: asked.organs(store, enabled_only=True),
            self._offer_organs,
            owner=self,
            latest="organs",
        )

    def _offer_organs(self, rows: Sequence[OrganRow]) -> None:
        self.organ.set_choices([(one.id, one.name) for one in rows])
        self.await_choice("organ_id")
        if self.row is None and self.organ.read() is None and rows:
            self.binder.set_values({"organ_id": rows[0].id})
            self._original = self.binder.draft()
            self._offer()


def _rule_ids(store: Any, words: str, year: int) -> list[int]:
    return [
        one.id
        for one in asked.number_rules(store, year=year)
        if all(word in f"{one.label} {one.organ_name} {one.pattern}" for word in words.split())
    ]


def _rule_rows(store: Any, ids: Sequence[int], year: int) -> list[NumberRuleRow]:
    known = {one.id: one for one in asked.number_rules(store, year=year)}
    return [known[one] for one in ids if one in known]
