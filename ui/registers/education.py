"""宣传教育: leaflets, persuasion, guidance, early warning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

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
from ui.widgets.paged_table import SUM_AT_MOST
from ui.widgets.paste import on_paste
from ui.widgets.spans import ANY, SpanFilter


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list is narrowed to."""

    kind: GuidanceKind | None = None
    first: date | None = None
    last: date | None = None


class EducationTab(RegisterTab):
    """Acts of education; they count in the report, never among the penalties."""

    def __init__(self, context: Context) -> None:
        self._chosen, self._total = Chosen(), 0
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
                    Column("来源", lambda row: row.origin.label, 90, spare=True),
                ),
                ids=self._ids,
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
        self._lay_out_filters()
        told = self.table.selection_told
        told.disconnect(context.window.tell_selection)
        told.connect(self._tell_sum)

    def _lay_out_filters(self) -> None:
        self.kind = Choice([(one, one.label) for one in GuidanceKind], blank="全部方式")
        self.kind.setAccessibleName("按方式筛选")
        self.span = SpanFilter(self.context.clock.today)
        row = QHBoxLayout()
        row.setContentsMargins(11, 0, 11, 4)
        row.setSpacing(10)
        row.addWidget(self.kind)
        row.addWidget(self.span)
        row.addStretch()
        self.left.body.insertLayout(1, row)
        order = (self.search, self.kind, self.span.period, self.span.first, self.span.last)
        for before, after in pairwise((*order, self.table.view)):
            self.setTabOrder(before, after)
        for one in (self.kind, self.span):
            one.edited.connect(self._narrowed)

    def _narrowed(self) -> None:
        first, last = self.span.read()
        self._chosen = Chosen(self.kind.read(), first, last)
        self.refresh()

    def _ids(self, store: Any, words: str, _retired: bool) -> list[int]:
        one = self._chosen
        ids = asked.guidance_ids(store, search=words, kind=one.kind, first=one.first, last=one.last)
        self._total = asked.guidance_quantity(store, ids)
        return ids

    def _show_ids(self, ids: Sequence[Any]) -> None:
        super()._show_ids(ids)
        if self._chosen != Chosen() and not ids:
            self.table.empty.set_sentence("没有符合条件的宣传教育记录，请放宽条件。")

    def _tell_sum(self, text: str) -> None:
        """The count and what the acts add up to: those selected, or all that are listed."""
        if not text:
            self.context.window.tell_selection("")
            return
        ids, total = self.table.selected_ids(), self._total
        if 1 < len(ids) <= SUM_AT_MOST:
            total = self.context.tasks.now(lambda store: asked.guidance_quantity(store, ids))
        elif len(ids) > 1:
            self.context.window.tell_selection(text)
            return
        self.context.window.tell_selection(f"{text}，数量合计 {total:,}")

    def select(self, key: Any) -> None:
        """Show an act that something else points to, whatever the list is narrowed to."""
        self.kind.write(None)
        self.span.period.write(ANY)
        super().select(key)

    def narrowed_to(self) -> dict[str, Any]:
        """What the list is narrowed to besides the words, for the export."""
        one = self._chosen
        return {"guidance": one.kind, "first": one.first, "last": one.last}

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
