"""The fields of 当场处罚 on one page, and which of them the case calls for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer import money
from enforcer.law.summary_facts import COLLECTED_ON_SPOT, PAVEMENT_PARKING
from enforcer.operations.summary_forms import SummaryForm, labels_of
from enforcer.terms import (
    Defence,
    Discretion,
    DriverPresence,
    IdKind,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    Sex,
    Term,
)
from ui.cases.inputs import KindsEdit, ProvisionEdit, numbers_in
from ui.widgets.basics import hairline, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.inputs import Choice, LineEdit, Tick
from ui.widgets.moments import DateEdit, DateTimeEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.pickers import ItemPicker, OfficerPicker

COLUMNS = 12
FINE = PenaltyKind.FINE.value
ORGANIZATIONS = (PartyKind.LEGAL_PERSON, PartyKind.OTHER_ORGANIZATION)
LABELS = labels_of(SummaryForm)


def choices(terms: type[Term], *but: Term) -> list[tuple[Any, str]]:
    """A closed list of one vocabulary."""
    return [(one, one.label) for one in terms if one not in but]


def said(values: Mapping[str, Any]) -> dict[str, Any]:
    """What goes into the operation's form: what the case does not call for is not said."""
    given = dict(values)
    given["recorders"] = numbers_in(given.get("recorders") or "")
    fen = given.get("fine_yuan")
    fined = FINE in (given.get("kinds") or ())
    given["fine_yuan"] = money.yuan(fen) if fined and fen is not None else ""
    drop: dict[str, Any] = {}
    if not fined:
        drop["payment"] = None
    if given.get("item_key") != PAVEMENT_PARKING:
        drop |= {"driver": None, "obstructing": False, "in_marked_bay": False}
    if given.get("payment") not in COLLECTED_ON_SPOT or not fined:
        drop |= {"receipt_number": "", "payment_reason": ""}
    if given.get("defence") in (None, Defence.WAIVED):
        drop |= {"defence_words": "", "defence_answer": ""}
    if given.get("discretion") is Discretion.ORDINARY:
        drop["discretion_reason"] = ""
    if not given.get("refused_to_sign"):
        drop["refusal_reason"] = ""
    if given.get("party_kind") in ORGANIZATIONS:
        drop["sex"] = None
    else:
        drop["position"] = ""
    if given.get("party_kind") is PartyKind.CITIZEN:
        drop["legal_representative"] = ""
    given |= drop
    return {name: value for name, value in given.items() if value is not None}


class SummaryFields(QWidget):
    """Everything that is typed, in the order in which it happens on the spot."""

    def __init__(self, *, today: Callable[[], date], now: Callable[[], datetime]) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self._party()
        self._act(now, today)
        self._people()
        self._penalty(today)
        self._column.addStretch()
        self.show_for({})

    def _party(self) -> None:
        grid = self._section("当事人", first=True)
        self._add(grid, "party_kind", Choice(choices(PartyKind)), 2)
        self._add(grid, "id_kind", Choice(choices(IdKind), blank="请选择"), 3)
        self._add(grid, "party_id_number", LineEdit(limit=60), 4)
        self._add(grid, "party_name", LineEdit(limit=60), 3)
        self._add(grid, "party_address", LineEdit(limit=200), 7)
        self._add(grid, "party_phone", LineEdit(limit=60), 3)
        self._add(grid, "sex", Choice(choices(Sex), blank="按证件"), 2)
        self._add(grid, "legal_representative", LineEdit(limit=60), 5)
        self._add(grid, "position", LineEdit(limit=60), 4)

    def _act(self, now: Callable[[], datetime], today: Callable[[], date]) -> None:
        grid = self._section("违法行为")
        self._add(grid, "item_key", ItemPicker(), 8)
        self._add(grid, "acted_at", DateTimeEdit(now), 4)
        self._add(grid, "place", LineEdit(limit=200), 5)
        self._add(
            grid, "act", LineEdit(limit=200, placeholder="例如：在人行道上摆放货物约三平方米"), 7
        )
        self._add(grid, "driver", Choice(choices(DriverPresence), blank="请选择"), 4)
        self._add(grid, "obstructing", Tick(LABELS["obstructing"]), 4)
        self._add(grid, "in_marked_bay", Tick(LABELS["in_marked_bay"]), 4)
        self._add(grid, "breached", ProvisionEdit("由违法行为带入"), 6)
        self._add(grid, "sanctioned_by", ProvisionEdit("由违法行为带入"), 6)
        law = [("old", "行为发生时的规定"), ("new", "作出决定时的新规定")]
        self._add(grid, "law_choice", Choice(law, blank="按程序建议"), 5)
        self._add(grid, "discovered_on", DateEdit(today), 3)
        self._add(grid, "harm", Tick(LABELS["harm"]), 4)
        self._add(
            grid,
            "evidence",
            LineEdit(limit=200, placeholder="例如：现场照片2张、执法记录仪视频2段"),
            5,
        )
        self._add(grid, "plate", LineEdit(limit=20, placeholder="涉及车辆的"), 3)
        self._add(grid, "facts_clear", Tick("事实确凿，无需鉴定、检测"), 4)

    def _people(self) -> None:
        grid = self._section("执法人员与告知")
        self._add(grid, "officer1_id", OfficerPicker(), 4)
        self._add(grid, "officer2_id", OfficerPicker(), 4)
        self._add(grid, "recorders", LineEdit(placeholder="两台，用顿号隔开"), 4)
        self._add(grid, "power_source_id", Choice(blank="按事项自动确定"), 12)
        self._add(grid, "defence", Choice(choices(Defence), blank="告知后当事人怎么说"), 4)
        self._add(grid, "certificates_shown", Tick("已出示执法证件"), 4)
        self._add(grid, "party_present", Tick("当事人在场，当场交付"), 4)
        self._add(grid, "defence_words", LineEdit(limit=4000), 6)
        self._add(grid, "defence_answer", LineEdit(limit=4000), 6)

    def _penalty(self, today: Callable[[], date]) -> None:
        grid = self._section("处罚与缴款")
        self._add(grid, "kinds", KindsEdit(), 3)
        self._add(grid, "fine_yuan", MoneyEdit(name="罚款数额"), 3)
        self._add(grid, "discretion", Choice(choices(Discretion, Discretion.NO_PENALTY)), 2)
        self._add(grid, "correction", LineEdit(limit=200, placeholder="例如：立即清理"), 4)
        self._add(grid, "discretion_reason", LineEdit(limit=200), 12)
        self._add(grid, "payment", Choice(choices(PaymentMode), blank="请选择"), 5)
        self._add(grid, "decided_on", DateEdit(today), 3)
        self._add(grid, "refused_to_sign", Tick("当事人拒绝签收"), 4)
        self._add(grid, "receipt_number", LineEdit(limit=60, placeholder="财政专用票据"), 4)
        self._add(grid, "payment_reason", LineEdit(limit=200), 8)
        self._add(grid, "refusal_reason", LineEdit(limit=200), 12)

    def _section(self, title: str, *, first: bool = False) -> FieldGrid:
        if not first:
            self._column.addWidget(hairline())
        self._column.addWidget(label(title, "strong"))
        grid = FieldGrid(COLUMNS)
        grid.setVerticalSpacing(6)
        self._column.addLayout(grid)
        return grid

    def _add(self, grid: FieldGrid, name: str, widget: QWidget, span: int) -> None:
        made = Field(LABELS[name], widget)
        made.editor.setObjectName(f"case_{name}")
        self.fields[name] = made
        grid.add(made, span)

    def show_for(
        self, values: Mapping[str, Any], *, law_open: bool = False, sources: int = 0
    ) -> None:
        """Show the fields this case calls for and hide the others; what is hidden is kept."""
        kind = values.get("party_kind")
        organization = kind in ORGANIZATIONS
        parking = values.get("item_key") == PAVEMENT_PARKING
        heard = values.get("defence") not in (None, Defence.WAIVED)
        on_spot = values.get("payment") in COLLECTED_ON_SPOT
        acted, decided = values.get("acted_at"), values.get("decided_on")
        earlier = bool(acted and decided and acted.date() < decided)
        discretion = values.get("discretion")
        wanted = {
            "sex": not organization,
            "legal_representative": organization or kind is PartyKind.SOLE_TRADER,
            "position": organization,
            "driver": parking,
            "obstructing": parking,
            "in_marked_bay": parking,
            "law_choice": law_open,
            "power_source_id": sources > 1,
            "discovered_on": earlier,
            "harm": earlier,
            "defence_words": heard,
            "defence_answer": heard,
            "discretion_reason": discretion not in (None, Discretion.ORDINARY),
            "receipt_number": on_spot,
            "payment_reason": on_spot and values.get("payment") is not PaymentMode.ON_SPOT_SMALL,
            "refusal_reason": bool(values.get("refused_to_sign")),
        }
        for name in ("fine_yuan", "payment"):
            self.fields[name].setEnabled(FINE in (values.get("kinds") or ()))
        for name, shown in wanted.items():
            if self.fields[name].isHidden() == shown:
                self.fields[name].setVisible(shown)
