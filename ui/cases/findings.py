"""出件体检 on the screen: what refuses in red, what asks a reason in amber with room to write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import Level, Objection
from ui.widgets.basics import IconLabel, button, label
from ui.widgets.inputs import LineEdit

NOWHERE = ("", "template")
"""Fields no screen can lead to: the whole deed, and the words of the template."""


class FindingRow(QWidget):
    """One finding: its sentence and article, the way to its field, the reason that settles it."""

    reasoned = Signal()

    def __init__(self, one: Objection, follow: Callable[[Objection], object], reason: str) -> None:
        super().__init__()
        self.code = one.code
        hard = one.level is Level.BLOCK
        self.reason = LineEdit(reason, placeholder="写明理由后可以签发")
        self.reason.setObjectName(f"reason_{one.code}")
        self.reason.setAccessibleName(f"理由：{one.say}")
        self.reason.edited.connect(self.reasoned)
        if hard:
            self.reason.hide()
        self._icon = IconLabel("bad" if hard else "warn", 16, "bad" if hard else "warn")
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._cite = label("", "small", wrap=True)
        self.go = button("去填写", link=True, on=lambda: follow(self._one))
        self._one = one
        self._hard = hard
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addWidget(self._cite)
        column.addWidget(self.reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 6)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        self.show_finding(one)

    def show_finding(self, one: Objection) -> None:
        """Say it as it stands now."""
        self._one = one
        self._words.setText(one.say)
        self._cite.setText(one.cite)
        self._cite.setVisible(bool(one.cite))
        self.go.setVisible(one.field not in NOWHERE)
        self.go.setAccessibleName(f"去填写：{one.say}")
        self.tell()

    def tell(self) -> None:
        """Amber turns to a tick once its reason stands there."""
        if self._hard:
            return
        settled = bool(self.reason.read())
        self._icon.show_icon("ok" if settled else "warn", "ok" if settled else "warn")


class FindingList(QWidget):
    """All findings, kept in place while they stay, so that a reason being typed is not lost."""

    reasoned = Signal()

    def __init__(self, follow: Callable[[Objection], object]) -> None:
        super().__init__()
        self._follow = follow
        self._rows: dict[tuple[str, str], FindingRow] = {}
        self._reasons: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(0)
        self._none = label("", "quiet", wrap=True)
        self._none.setContentsMargins(0, 10, 0, 0)
        self._column.addWidget(self._none)
        self._column.addStretch()
        self.setAccessibleName("出件体检")

    def show_findings(self, found: Sequence[Objection], *, none: str) -> None:
        """Show these, what refuses first; `none` is said when there are none."""
        wanted = {(one.code, one.field): one for one in found}
        for key in [key for key in self._rows if key not in wanted]:
            gone = self._rows.pop(key)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, (key, one) in enumerate(wanted.items(), 1):
            row = self._rows.get(key)
            if row is None:
                row = FindingRow(one, self._follow, self._reasons.get(one.code, ""))
                row.reasoned.connect(self._take)
                self._rows[key] = row
            else:
                row.show_finding(one)
            if self._column.indexOf(row) != place:
                self._column.removeWidget(row)
                self._column.insertWidget(place, row)
        self._none.setText(none)
        self._none.setVisible(not wanted)

    def reasons(self) -> dict[str, str]:
        """What was written, by the code it answers; kept when a finding comes back."""
        return {code: said for code, said in self._reasons.items() if said}

    def set_reasons(self, reasons: Mapping[str, str]) -> None:
        """Show the reasons of a draft."""
        self._reasons = dict(reasons)
        for row in self._rows.values():
            row.reason.write(self._reasons.get(row.code, ""))
            row.tell()

    def row(self, code: str) -> FindingRow | None:
        """The row of a finding, if it stands."""
        return next((one for (name, _), one in self._rows.items() if name == code), None)

    @property
    def codes(self) -> list[str]:
        return [name for name, _ in self._rows]

    def _take(self) -> None:
        for row in self._rows.values():
            if not row.reason.isHidden():
                self._reasons[row.code] = row.reason.read()
            row.tell()
        self.reasoned.emit()
