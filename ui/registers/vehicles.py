"""车辆: as they were seen; several may carry one plate."""

from __future__ import annotations

from typing import Any

from enforcer.identity import NotAccepted, read_plate
from enforcer.operations import registers as deeds
from enforcer.queries import parties as asked
from enforcer.queries.parties import PartyRow, VehicleRow
from enforcer.terms import PlateColour, PlateKind
from ui.context import Context
from ui.register_tab import Register, RegisterTab
from ui.registers.party_picker import MOST, PartyPicker
from ui.widgets.basics import label
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.paged_model import Column

NO_NUMBER = (PlateKind.NONE, PlateKind.UNREADABLE)


class VehiclesTab(RegisterTab):
    """Vehicles; the kind of plate is read from what is typed unless it is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="vehicles",
                title="车辆",
                noun="车辆",
                columns=(
                    Column("号牌号码", lambda row: row.plate, 140),
                    Column("种类", lambda row: row.plate_kind.label, 110),
                    Column(
                        "颜色", lambda row: row.plate_colour.label if row.plate_colour else "", 70
                    ),
                    Column("厂牌车型", lambda row: row.make, 140),
                    Column("所有人", lambda row: row.owner_name, 140),
                    Column("备注", lambda row: row.note, 140),
                ),
                ids=lambda store, words, _retired: asked.vehicle_ids(store, search=words),
                rows=asked.vehicle_rows,
                form=deeds.VehicleForm,
                save=deeds.save_vehicle,
                tables=frozenset({"vehicle", "party"}),
                empty="还没有登记车辆。告知时不必先登记，号牌历史由告知记录自动汇集。",
                icon="vehicle",
            ),
        )

    def build(self) -> None:
        self.owner = PartyPicker(self._find, self._known)
        self.fields = {
            "plate": self.field("plate", LineEdit(placeholder="湘J·8K216，没有的写“无号牌”")),
            "plate_kind": self.field(
                "plate_kind",
                Choice([(one, one.label) for one in PlateKind], blank="按号码识别"),
            ),
            "plate_colour": self.field(
                "plate_colour", Choice([(one, one.label) for one in PlateColour], blank="未登记")
            ),
            "make": self.field("make", LineEdit()),
            "owner_id": self.field("owner_id", self.owner, hint="先在“当事人”中登记"),
            "note": self.field("note", TextArea(lines=2)),
        }
        grid = FieldGrid()
        self.read_as = label("", "small", wrap=True)
        for name, field in self.fields.items():
            grid.add(field, 1 if name in ("plate_kind", "plate_colour") else 2)
            if name == "plate":
                grid.add(self.read_as, 2)
        self.column.addLayout(grid)
        self.fields["plate"].left.connect(self._tell_kind)

    def _find(self, words: str) -> list[PartyRow]:
        def ask(store: Any) -> list[PartyRow]:
            return asked.party_rows(store, asked.party_ids(store, search=words)[:MOST])

        return self.context.tasks.now(ask)

    def _known(self, key: int) -> PartyRow | None:
        rows = self.context.tasks.now(lambda store: asked.party_rows(store, [key]))
        return rows[0] if rows else None

    def heading(self, row: VehicleRow) -> str:
        return row.plate

    def shown(self, row: VehicleRow | None) -> None:
        del row
        self._tell_kind()

    def _tell_kind(self) -> None:
        typed, chosen = self.fields["plate"].read(), self.fields["plate_kind"].read()
        said = ""
        if typed and chosen not in NO_NUMBER:
            try:
                read = read_plate(typed)
                said = "".join(read.remarks) or f"识别为{read.kind.label}"
            except NotAccepted as refusal:
                said = "" if self.fields["plate"].error else str(refusal)
        self.read_as.setText(said)
        self.read_as.setVisible(bool(said))
