"""The fields of 当场处罚 on one page, and which of them the case calls for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer import money
from enforcer.law.summary_facts import PAVEMENT_PARKING
from enforcer.operations.summary_forms import SummaryForm, labels_of
from enforcer.terms import (
    COLLECTED_ON_SPOT,
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
from ui.cases.desk_grid import DenseGrid, Section
from ui.cases.inputs import KindsEdit, ProvisionEdit, TightChoice, numbers_in
from ui.widgets.basics import hairline
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, Tick
from ui.widgets.moments import DateEdit, DateTimeEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.pickers import ItemPicker, OfficerPicker

LEAST = 440
FINE = PenaltyKind.FINE.value
ORGANIZATIONS = (PartyKind.LEGAL_PERSON, PartyKind.OTHER_ORGANIZATION)
LABELS = labels_of(SummaryForm)
PAYMENTS: Mapping[Term, str] = {
    PaymentMode.BANK: "到银行或电子支付",
    PaymentMode.ON_SPOT_SMALL: "当场收缴，百元以下",
    PaymentMode.ON_SPOT_HARD: "当场收缴，难以执行",
    PaymentMode.ON_SPOT_REMOTE: "当场收缴，缴纳困难",
}
DEFENCES: Mapping[Term, str] = {
    Defence.WAIVED: "明确放弃",
    Defence.REJECTED: "听取后不采纳",
    Defence.ADOPTED: "听取后采纳",
}
"""Choices in the room of the form; the whole words are in their tips and on the paper."""


def choices(terms: type[Term], *but: Term) -> list[tuple[Any, str]]:
    """A closed list of one vocabulary."""
    return [(one, one.label) for one in terms if one not in but]


def _in_short(words: Mapping[Term, str], blank: str) -> TightChoice:
    made = TightChoice([(one, short) for one, short in words.items()], blank=blank)
    for at, one in enumerate(words, 1):
        made.setItemData(at, one.label, Qt.ItemDataRole.ToolTipRole)
    return made


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
    if given.get("party_kind") in ORGANIZATIONS or given.get("id_kind") is IdKind.RESIDENT_ID:
        drop["sex"] = None
    if given.get("party_kind") not in ORGANIZATIONS:
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
        self._sections: list[Section] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self._party()
        self._act(now, today)
        self._people()
        self._penalty()
        self._column.addStretch()
        self.show_for({})

    def _party(self) -> None:
        grid = self._section("当事人", first=True)
        self._add(grid, "party_kind", TightChoice(choices(PartyKind)), 5)
        self._add(grid, "id_kind", TightChoice(choices(IdKind), blank="请选择"), 6)
        self._add(grid, "party_id_number", LineEdit(limit=60), 7)
        self._add(grid, "party_name", LineEdit(limit=60), 6)
        self._add(grid, "party_address", LineEdit(limit=200), 12)
        self._add(grid, "party_phone", LineEdit(limit=60), 6)
        self._add(grid, "plate", LineEdit(limit=20, placeholder="涉及车辆的"), 6)
        self._add(grid, "legal_representative", LineEdit(limit=60), 12)
        self._add(grid, "position", LineEdit(limit=60), 6)
        self._add(grid, "sex", TightChoice(choices(Sex), blank="请选择"), 6)

    def _act(self, now: Callable[[], datetime], today: Callable[[], date]) -> None:
        grid = self._section("违法事实")
        self._add(grid, "item_key", ItemPicker(), 12)
        self._add(grid, "acted_at", DateTimeEdit(now), 7)
        self._add(grid, "decided_on", DateEdit(today), 5)
        self._add(grid, "place", LineEdit(limit=200), 8)
        act = LineEdit(limit=200, placeholder="例如：在人行道上摆放货物约三平方米")
        self._add(grid, "act", act, 10)
        self._add(grid, "evidence", LineEdit(limit=200, placeholder="例如：现场照片2张"), 6)
        self._add(grid, "driver", TightChoice(choices(DriverPresence), blank="请选择"), 9)
        self._add(grid, "obstructing", Tick(LABELS["obstructing"]), 8)
        self._add(grid, "in_marked_bay", Tick(LABELS["in_marked_bay"]), 7)
        self._add(grid, "breached", ProvisionEdit("由违法行为带入"), 12)
        self._add(grid, "sanctioned_by", ProvisionEdit("由违法行为带入"), 12)
        law = [("old", "行为发生时的规定"), ("new", "作出决定时的新规定")]
        self._add(grid, "law_choice", TightChoice(law, blank="按程序建议"), 9)
        self._add(grid, "discovered_on", DateEdit(today), 6)
        self._add(grid, "harm", Tick(LABELS["harm"]), 6)

    def _people(self) -> None:
        grid = self._section("执法告知")
        self._add(grid, "officer1_id", OfficerPicker(), 6)
        self._add(grid, "officer2_id", OfficerPicker(), 6)
        self._add(grid, "recorders", LineEdit(placeholder="两台，用顿号隔开"), 6)
        self._add(grid, "defence", _in_short(DEFENCES, "告知后怎么说"), 6)
        self._add(grid, "power_source_id", TightChoice(blank="按事项自动确定"), 24)
        self._add(grid, "defence_words", LineEdit(limit=4000), 12)
        self._add(grid, "defence_answer", LineEdit(limit=4000), 12)
        self._tick(grid, "facts_clear", LABELS["facts_clear"], 5)
        self._tick(grid, "certificates_shown", LABELS["certificates_shown"], 6)
        self._tick(grid, "party_present", "当事人在场，当场交付", 7)
        self._tick(grid, "refused_to_sign", LABELS["refused_to_sign"], 6)
        self._add(grid, "refusal_reason", LineEdit(limit=200), 24)
        self.fields["facts_clear"].setToolTip("事实确凿，无需鉴定、检测")

    def _penalty(self) -> None:
        grid = self._section("处罚缴款")
        self._add(grid, "kinds", KindsEdit(), 5)
        self._add(grid, "fine_yuan", MoneyEdit(name="罚款数额"), 5)
        self._add(grid, "discretion", TightChoice(choices(Discretion, Discretion.NO_PENALTY)), 3)
        self._add(grid, "correction", LineEdit(limit=200, placeholder="例如：立即清理"), 5)
        self._add(grid, "payment", _in_short(PAYMENTS, "请选择"), 6)
        self._add(grid, "discretion_reason", LineEdit(limit=200), 24)
        self._add(grid, "receipt_number", LineEdit(limit=60, placeholder="财政专用票据"), 8)
        self._add(grid, "payment_reason", LineEdit(limit=200), 16)

    def _section(self, title: str, *, first: bool = False) -> DenseGrid:
        if not first:
            self._column.addWidget(hairline())
        made = Section(title)
        self._sections.append(made)
        self._column.addLayout(made)
        return made.grid

    def _add(self, grid: DenseGrid, name: str, widget: QWidget, span: int) -> None:
        self._keep(grid, name, Field(LABELS[name], widget), span)

    def _tick(self, grid: DenseGrid, name: str, words: str, span: int) -> None:
        self._keep(grid, name, Field(LABELS[name], Tick(words), bare=True), span)

    def _keep(self, grid: DenseGrid, name: str, made: Field, span: int) -> None:
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
            "sex": not organization and values.get("id_kind") is not IdKind.RESIDENT_ID,
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for one in self._sections:
            one.fit(self.width())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())
