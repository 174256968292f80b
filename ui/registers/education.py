"""宣传教育: leaflets, persuasion, guidance, early warning."""

from __future__ import annotations

from typing import Any

from enforcer.operations import registers as deeds
from enforcer.queries import parties as asked
from enforcer.queries.parties import GuidanceRow
from enforcer.terms import GuidanceKind
from ui.context import Context
from ui.register_tab import Register, RegisterTab
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, CountEdit, LineEdit, TextArea
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column
from ui.widgets.paste import on_paste


class EducationTab(RegisterTab):
    """Acts of education; they count in the report, never among the penalties."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="education",
                title="宣传教育",
                noun="宣传教育记录",
                columns=(
                    Column("日期", lambda row: show_day(row.occurred_on), 110),
                    Column("方式", lambda row: row.kind.label, 110),
                    Column("地点或对象", lambda row: row.place_or_target, 220),
                    Column("数量", lambda row: f"{row.quantity:,}", 70, right=True),
                    Column("执法人员", lambda row: row.officers, 140),
                    Column("来源", lambda row: row.origin.label, 90),
                ),
                ids=lambda store, words, _retired: asked.guidance_ids(store, search=words),
                rows=asked.guidance_rows,
                form=deeds.GuidanceForm,
                save=deeds.save_guidance,
                tables=frozenset({"guidance"}),
                empty="还没有宣传教育记录。说服教育、行政指导、发放宣传单都记在这里，计入季度统计。",
                icon="education",
                ledger="education",
            ),
        )
        on_paste(self.left, self.paste)

    def paste(self, text: str) -> None:
        """Look at a range copied from a spreadsheet and take its good rows."""
        from ui.imports import ImportLedgerDialog

        self.import_dialog = ImportLedgerDialog(self, self.context, "education", pasted=text)
        self.import_dialog.open()

    def build(self) -> None:
        self.fields = {
            "occurred_on": self.field(
                "occurred_on", DateEdit(self.context.clock.today), required=True
            ),
            "kind": self.field("kind", Choice([(one, one.label) for one in GuidanceKind])),
            "place_or_target": self.field("place_or_target", LineEdit()),
            "quantity": self.field("quantity", CountEdit(least=1, most=1_000_000)),
            "officers": self.field("officers", LineEdit(placeholder="周敏、何志远")),
            "note": self.field("note", TextArea(lines=2)),
        }
        grid = FieldGrid()
        for name, field in self.fields.items():
            grid.add(field, 2 if name in ("place_or_target", "officers", "note") else 1)
        self.column.addLayout(grid)

    def starting(self) -> dict[str, Any]:
        return {
            "occurred_on": self.context.clock.today(),
            "kind": GuidanceKind.PERSUASION,
            "quantity": 1,
        }

    def heading(self, row: GuidanceRow) -> str:
        return f"{show_day(row.occurred_on)}　{row.kind.label}"
