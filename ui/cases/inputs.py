"""Inputs that only the on-the-spot desk needs: kinds of penalty, provisions, recorders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from enforcer.terms import PenaltyKind
from ui.widgets.inputs import Choice, Tick

ROOM = 28
ON_THE_SPOT = (PenaltyKind.WARNING, PenaltyKind.FINE)
_BETWEEN = re.compile(r"[、，,;；\s]+")


class KindsEdit(QWidget):
    """警告 and 罚款, the only kinds a decision on the spot may have (第五十一条)."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticks = {kind: Tick(kind.label) for kind in ON_THE_SPOT}
        self.parts = tuple(self.ticks.values())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(20)
        for kind, tick in self.ticks.items():
            tick.setObjectName(f"kind_{kind.value}")
            tick.edited.connect(self.edited)
            row.addWidget(tick)
        row.addStretch()
        self.setFocusProxy(self.ticks[PenaltyKind.WARNING])

    def read(self) -> list[str]:
        return [kind.value for kind, tick in self.ticks.items() if tick.isChecked()]

    def write(self, value: Any) -> None:
        chosen = {str(one) for one in value or ()}
        for kind, tick in self.ticks.items():
            tick.setChecked(kind.value in chosen)

    def complaint(self) -> str:
        return ""


class TightChoice(Choice):
    """A choice no wider than its place in the form; its open list is as wide as its words."""

    def __init__(self, choices: Sequence[tuple[Any, str]] = (), *, blank: str = "") -> None:
        super().__init__(choices, blank=blank)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(2)

    def showPopup(self) -> None:
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + ROOM)
        super().showPopup()


class ProvisionEdit(QComboBox):
    """A provision taken from the catalogue's item; another may be typed, and asks its reason."""

    edited = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText(placeholder)
        self.line: QLineEdit = line
        self._offered: tuple[str, ...] = ()
        line.textChanged.connect(lambda _text: self.edited.emit())

    def offer(self, provisions: Sequence[str]) -> None:
        """Show these; the first is taken unless something else was typed."""
        if tuple(provisions) == self._offered:
            return
        text = self.read()
        mine = bool(text) and text not in self._offered
        self._offered = tuple(provisions)
        self.blockSignals(True)
        self.clear()
        self.addItems(list(provisions))
        self.blockSignals(False)
        self.write(text if mine or text in provisions else next(iter(provisions), ""))

    def read(self) -> str:
        return self.line.text().strip()

    def write(self, value: Any) -> None:
        self.setEditText("" if value is None else str(value))
        self.line.setCursorPosition(0)
        self.setToolTip(self.line.text())

    def complaint(self) -> str:
        return ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def numbers_in(text: str) -> tuple[str, ...]:
    """Recorder numbers as typed, between commas, 、 or blanks."""
    return tuple(one for one in _BETWEEN.split(text.strip()) if one)
