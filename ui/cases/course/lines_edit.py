"""A list of lines (things, photographs, instalments, people): one row each, typed or pasted in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from enforcer import money
from ui.cases.course.specs import Column
from ui.cases.inputs import TightChoice
from ui.widgets.basics import button, icon_button, label
from ui.widgets.inputs import LineEdit, Tick

MOST = 200


class LinesEdit(QWidget):
    """Reads a list of mappings by column name; a line that is all blank is left out.

    Enter in the last cell of the last line begins another; lines copied from a table of Excel or
    WPS are pasted over as many rows as they have.
    """

    edited = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        people: Sequence[tuple[Any, str]] = (),
        add: str = "添加一行",
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._people = list(people)
        self._rows: list[dict[str, Any]] = []
        self._removers: list[QWidget] = []
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(6)
        self.grid.setVerticalSpacing(4)
        for at, one in enumerate(self.columns):
            self.grid.addWidget(label(one.title, "small"), 0, at)
            self.grid.setColumnStretch(at, max(one.width, 1))
        self.add_button = button(add, "add", link=True, on=self._begin_line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.grid)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._add()
        self.setFocusProxy(self._cells(0)[0])

    def read(self) -> list[dict[str, Any]]:
        found = []
        for row in self._rows:
            values = {name: _plain(editor.read()) for name, editor in row.items()}
            if any(
                values[one.name]
                for one in self.columns
                if one.kind in ("line", "date", "money", "person")
            ):
                found.append(values)
        return found

    def write(self, value: Any) -> None:
        wanted: list[Mapping[str, Any]] = list(value or ()) or [{}]
        while len(self._rows) > len(wanted):
            self._drop(len(self._rows) - 1)
        while len(self._rows) < len(wanted):
            self._add()
        for row, values in zip(self._rows, wanted, strict=True):
            for one in self.columns:
                default = True if one.name == "related" else None
                row[one.name].write(values.get(one.name, default))
        self.setFocusProxy(self._cells(0)[0])

    def complaint(self) -> str:
        for at, row in enumerate(self._rows, 1):
            for one in self.columns:
                if said := row[one.name].complaint():
                    return f"第 {at} 行{one.title}：{said}"
        return ""

    def _cells(self, at: int) -> list[QWidget]:
        return [self._rows[at][one.name] for one in self.columns]

    def _add(self) -> None:
        made = {one.name: self._editor(one) for one in self.columns}
        line = len(self._rows) + 1
        for at, one in enumerate(self.columns):
            editor = made[one.name]
            editor.setAccessibleName(f"第 {line} 行　{one.title}")
            editor.setObjectName(f"line_{line}_{one.name}")
            editor.edited.connect(self.edited)
            editor.installEventFilter(self)
            self.grid.addWidget(editor, line, at)
        remover = icon_button("delete", "删除这一行", on=lambda: self._remove(made))
        self.grid.addWidget(remover, line, len(self.columns))
        self._rows.append(made)
        self._removers.append(remover)

    def _editor(self, one: Column) -> Any:
        if one.kind == "tick":
            return Tick("是", ticked=one.name == "related")
        if one.kind == "choice":
            return TightChoice([(each, each.label) for each in one.of], blank="请选择")
        if one.kind == "person":
            return TightChoice(self._people, blank="请选择")
        if one.kind == "date":
            return _DayCell(placeholder="年-月-日")
        if one.kind == "money":
            return _MoneyCell(placeholder="0.00")
        return LineEdit(limit=200)

    def _begin_line(self) -> None:
        if len(self._rows) < MOST:
            self._add()
            self._cells(len(self._rows) - 1)[0].setFocus()

    def _remove(self, row: Mapping[str, Any]) -> None:
        values = self.read_all()
        at = next(i for i, one in enumerate(self._rows) if one is row)
        del values[at]
        self.write(values)
        self._cells(max(0, min(at, len(self._rows) - 1)))[0].setFocus()
        self.edited.emit()

    def read_all(self) -> list[dict[str, Any]]:
        """Every line, blank ones too."""
        return [{name: one.read() for name, one in row.items()} for row in self._rows]

    def _drop(self, at: int) -> None:
        for one in (*self._rows.pop(at).values(), self._removers.pop(at)):
            self.grid.removeWidget(one)
            one.hide()
            one.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Paste) and self._paste(watched):
                return True
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if enter and plain:
                self._move_on(watched)
                return True
        return super().eventFilter(watched, event)

    def _place(self, watched: QObject) -> tuple[int, int]:
        for at, row in enumerate(self._rows):
            for column, one in enumerate(self.columns):
                if row[one.name] is watched:
                    return at, column
        return 0, 0

    def _move_on(self, watched: QObject) -> None:
        at, column = self._place(watched)
        if column + 1 < len(self.columns):
            self._cells(at)[column + 1].setFocus(Qt.FocusReason.TabFocusReason)
        elif at + 1 < len(self._rows):
            self._cells(at + 1)[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif any(
            _plain(one.read()) for one in self._rows[at].values() if not isinstance(one, Tick)
        ):
            self._begin_line()
        else:
            self.focusNextChild()

    def _paste(self, watched: QObject) -> bool:
        """Lines with tabs or breaks come from a table: fill rows and columns from here on."""
        text = QGuiApplication.clipboard().text().strip("\r\n")
        if "\n" not in text and "\t" not in text:
            return False
        at, first = self._place(watched)
        for line in text.splitlines()[:MOST]:
            if at >= len(self._rows):
                self._add()
            for column, cell in zip(self.columns[first:], line.split("\t"), strict=False):
                editor = self._rows[at][column.name]
                if isinstance(editor, QLineEdit):
                    editor.setText(cell.strip())
            at += 1
        return True


class _DayCell(LineEdit):
    """A day in a cell; reads the ISO text of it."""

    def write(self, value: Any) -> None:
        self.setText("" if value is None else str(value))

    def complaint(self) -> str:
        text = self.read()
        try:
            date.fromisoformat(text or "2000-01-01")
        except ValueError:
            return f"“{text}”不是日期，请写成 2026-09-03。"
        return ""


class _MoneyCell(LineEdit):
    """An amount in a cell; the text goes to the form as typed."""

    def complaint(self) -> str:
        text = self.read()
        try:
            money.parse_yuan(text or "0", label="金额")
        except ValueError as error:
            return str(error)
        return ""


def _plain(value: Any) -> Any:
    return value.value if hasattr(value, "label") and hasattr(value, "value") else value
