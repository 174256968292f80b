"""执法仪: each body-worn camera and whom it is issued to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from enforcer.operations import registers as deeds
from enforcer.queries import registers as asked
from enforcer.queries.registers import OfficerRow, RecorderRow
from enforcer.terms import RecorderState
from ui.context import Context
from ui.evidence.recorder_course import RecorderCourse
from ui.register_tab import Register, RegisterTab
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column
from ui.widgets.pickers import OfficerPicker, officer_option

_TONES = {RecorderState.IN_USE: "ok", RecorderState.REPAIR: "warn", RecorderState.RETIRED: "quiet"}


class RecordersTab(RegisterTab):
    """Recorders; a second one in use for the same officer is refused in place."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="recorders",
                title="执法仪",
                noun="执法仪",
                columns=(
                    Column("设备编号", lambda row: row.number, 130),
                    Column("型号", lambda row: row.model, 130),
                    Column("配发给", lambda row: row.officer_name or "未配发", 110),
                    Column("启用日期", lambda row: show_day(row.in_use_from), 110),
                    Column(
                        "状态",
                        lambda row: row.state.label,
                        90,
                        tone=lambda row: _TONES[row.state],
                    ),
                    Column("备注", lambda row: row.note, 160),
                ),
                ids=lambda store, words, retired: asked.recorder_ids(
                    store, search=words, retired=retired
                ),
                rows=asked.recorder_rows,
                form=deeds.RecorderForm,
                save=deeds.save_recorder,
                tables=frozenset({"recorder", "officer", "recorder_event"}),
                empty="还没有登记执法仪。一人一台，执法时至少两台同时记录。",
                icon="recorder",
                retired="显示停用的",
                ledger="recorders",
            ),
        )

    def build(self) -> None:
        self._officers: Sequence[OfficerRow] = ()
        self.holder = OfficerPicker()
        self.fields = {
            "number": self.field("number", LineEdit(), required=True),
            "model": self.field("model", LineEdit()),
            "officer_id": self.field("officer_id", self.holder, hint="一人一台"),
            "in_use_from": self.field("in_use_from", DateEdit(self.context.clock.today)),
            "state": self.field("state", Choice([(one, one.label) for one in RecorderState])),
            "note": self.field("note", TextArea(lines=2)),
        }
        grid = FieldGrid()
        grid.add(self.fields["number"])
        grid.add(self.fields["model"])
        grid.add(self.fields["officer_id"], 2)
        grid.add(self.fields["in_use_from"])
        grid.add(self.fields["state"])
        grid.add(self.fields["note"], 2)
        self.column.addLayout(grid)
        self.course = RecorderCourse(self.context)
        self.column.addWidget(self.course)

    def starting(self) -> dict[str, Any]:
        return {"state": RecorderState.IN_USE}

    def heading(self, row: RecorderRow) -> str:
        return f"执法仪 {row.number}"

    def shown(self, row: RecorderRow | None) -> None:
        self._offer_officers(self._officers)
        stranger = row.officer_name if row and row.officer_id is None else ""
        self.course.show_recorder(row)
        self.fields["officer_id"].set_hint(f"台账写的是“{stranger}”" if stranger else "一人一台")

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        kept = self.row.officer_name if self.row is not None and not values["officer_id"] else ""
        untouched = self.row is not None and self.row.officer_id is None
        return values | {"officer_name": kept if untouched else ""}

    def refresh_choices(self) -> None:
        def ask(store: Any) -> list[OfficerRow]:
            return asked.officer_rows(store, asked.officer_ids(store))

        self.context.tasks.ask(ask, self._offer_officers, owner=self, latest="officers")

    def _offer_officers(self, rows: Sequence[OfficerRow]) -> None:
        self._officers = rows
        own = self.row.number if self.row is not None else ""
        self.holder.set_options(
            [
                officer_option(
                    one.id,
                    one.name,
                    one.certificate.number if one.certificate else "",
                    f"已有 {one.recorder}" if one.recorder and one.recorder != own else "",
                )
                for one in rows
            ]
        )
        self.await_choice("officer_id")
