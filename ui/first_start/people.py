"""Officers typed, pasted from a spreadsheet, or read from the ledger: one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QTableWidgetSelectionRange,
    QWidget,
)

from enforcer.errors import InvalidForm
from enforcer.operations import registers
from enforcer.terms import OfficerPost
from ui import theme
from ui.widgets.moments import parse_day, show_day

COLUMNS: Final = (
    ("name", "姓名", 84),
    ("certificate_number", "执法证号", 116),
    ("certificate_issued_on", "发证日期", 102),
    ("certificate_valid_until", "有效期至", 102),
    ("post", "岗位", 84),
)
HEADERS: Final = {title: name for name, title, _ in COLUMNS}
DAYS: Final = ("certificate_issued_on", "certificate_valid_until")
SPARE: Final = 3
LISTED: Final = 4
NOTE: Final = len(COLUMNS)


class WholeCell(QStyledItemDelegate):
    """Edits a cell over its whole ground; Qt leaves out the padding of the sheet."""

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        editor.setGeometry(option.rect)


class PeopleGrid(QTableWidget):
    """A small sheet: Tab goes on, Ctrl+V pastes lines from Excel, wrong lines say why beside."""

    edited = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        self._quiet = False
        self._today = today
        super().__init__(0, NOTE + 1)
        self.setObjectName("people")
        self.setAccessibleName("执法人员")
        self.setHorizontalHeaderLabels([title for _, title, _ in COLUMNS] + ["核对"])
        self.setShowGrid(True)
        self.setGridStyle(Qt.PenStyle.SolidLine)
        self.verticalHeader().setDefaultSectionSize(38)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setItemDelegate(WholeCell(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at, (_, _, width) in enumerate(COLUMNS):
            self.setColumnWidth(at, width)
        self.setColumnWidth(NOTE, 56)  # it stretches
        self.write(())
        self.itemChanged.connect(self._changed)

    def read(self) -> list[dict[str, str]]:
        """The lines that are not blank, as typed."""
        return [line for at in range(self.rowCount()) if any((line := self._line(at)).values())]

    def write(self, lines: Sequence[Mapping[str, str]]) -> None:
        """Show these lines and a few blank ones."""
        self._quiet = True
        self.setRowCount(0)
        for line in lines:
            self._append(line)
        for _ in range(max(SPARE, 8 - len(lines))):
            self._append({})
        self._quiet = False

    def forms(self, request: Callable[[int], Any]) -> list[registers.OfficerForm]:
        """The lines as forms; InvalidForm when one is wrong, and each line says so itself."""
        forms, wrong = [], list[str]()
        numbers: dict[str, int] = {}
        at_line = 0
        for at in range(self.rowCount()):
            line = self._line(at)
            if not any(line.values()):
                self._note(at, "")
                continue
            try:
                form = self._form(line, request(at_line))
                self._refuse_twice(numbers, form, at)
                forms.append(form)
                self._note(at, "")
            except InvalidForm as error:
                said = "".join(error.by_field.values())
                wrong.append(f"第 {at + 1} 行：{said}")
                self._note(at, said)
            at_line += 1
        if wrong:
            more = [f"……共 {len(wrong)} 行要改。"] if len(wrong) > LISTED else []
            raise InvalidForm({"officers": "\n".join([*wrong[:LISTED], *more])})
        return forms

    def complain(self, at_line: int, sentence: str) -> None:
        """Write beside the n-th filled line what the store has against it."""
        filled = [at for at in range(self.rowCount()) if any(self._line(at).values())]
        if at_line < len(filled):
            self._note(filled[at_line], sentence)
            self.setCurrentCell(filled[at_line], 0)

    def paste(self) -> None:
        """Take lines from the clipboard, by their headers when the first line has them."""
        text = QGuiApplication.clipboard().text()
        rows = [one.split("\t") for one in text.splitlines() if one.strip()]
        if not rows:
            return
        names = [HEADERS.get(one.strip(), "") for one in rows[0]]
        if any(names):
            self.take([dict(zip(names, row, strict=False)) for row in rows[1:]])
            return
        self._paste_at(max(self.currentRow(), 0), max(self.currentColumn(), 0) % NOTE, rows)

    def _paste_at(self, top: int, left: int, rows: Sequence[Sequence[str]]) -> None:
        """Write cells from the current one on, as a spreadsheet does, and leave them selected."""
        self._quiet = True
        while self.rowCount() < top + len(rows) + SPARE:
            self._append({})
        for at, row in enumerate(rows, top):
            for column, text in enumerate(row[: NOTE - left], left):
                self.setItem(at, column, QTableWidgetItem(text.strip()))
        self._quiet = False
        for at in range(top, top + len(rows)):
            self._note(at, "")
        right = min(left + max(map(len, rows)), NOTE) - 1
        self._go_to(top, left)
        self.setRangeSelected(
            QTableWidgetSelectionRange(top, left, top + len(rows) - 1, right), True
        )
        self.edited.emit()

    def _go_to(self, row: int, column: int) -> None:
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect  # whatever keys are held down
        self.setCurrentCell(row, column, only)
        self.scrollTo(self.currentIndex())

    def take(self, lines: Sequence[Mapping[str, str]]) -> None:
        """Put lines behind those that are filled, and stand on the first of them."""
        known = {name for name, _, _ in COLUMNS}
        clean = [
            {name: str(text).strip() for name, text in one.items() if name in known}
            for one in lines
        ]
        filled = self.read()
        self.write([*filled, *clean])
        self._go_to(len(filled), 0)
        self.edited.emit()

    def _line(self, at: int) -> dict[str, str]:
        line = {}
        for column, (name, _, _) in enumerate(COLUMNS):
            item = self.item(at, column)
            line[name] = item.text().strip() if item else ""
        return line

    def _form(self, line: Mapping[str, str], request: Any) -> registers.OfficerForm:
        given: dict[str, Any] = dict(line) | {"request_id": request}
        wrong = {}
        for name in DAYS:
            if not line[name]:
                given[name] = None
                continue
            found = parse_day(line[name], today=self._today())
            if found is None or found[1]:
                wrong[name] = f"“{line[name]}”不是日期，请写成 2028-12-31。"
            else:
                given[name] = found[0]
        post = OfficerPost.of(line["post"]) if line["post"] else OfficerPost.OFFICER
        if post is None:
            wrong["post"] = f"岗位“{line['post']}”不认识，可填{'、'.join(OfficerPost.labels())}。"
        given["post"] = post
        if wrong:
            raise InvalidForm(wrong)
        return registers.read(registers.OfficerForm, given).form

    def _refuse_twice(self, numbers: dict[str, int], form: registers.OfficerForm, at: int) -> None:
        number = form.certificate_number
        if number and number in numbers:
            say = f"执法证号 {number} 与第 {numbers[number] + 1} 行相同，一个证号只属于一个人。"
            raise InvalidForm({"certificate_number": say})
        if number:
            numbers[number] = at

    def _append(self, line: Mapping[str, str]) -> None:
        at = self.rowCount()
        self.insertRow(at)
        for column, (name, _, _) in enumerate(COLUMNS):
            self.setItem(at, column, QTableWidgetItem(line.get(name, "")))
        note = QTableWidgetItem("")
        note.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setItem(at, NOTE, note)

    def _note(self, at: int, sentence: str) -> None:
        self._quiet = True
        item = self.item(at, NOTE)
        if item is not None:
            item.setText(sentence)
            item.setToolTip(sentence)
            item.setForeground(QBrush(theme.colour("bad")))
        self._quiet = False

    def _changed(self, item: QTableWidgetItem) -> None:
        if self._quiet or item.column() == NOTE:
            return
        self._note(item.row(), "")
        last = self.rowCount() - 1
        if any(self._line(last).values()):
            self._quiet = True
            self._append({})
            self._quiet = False
        self.edited.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.columnCount() > NOTE:
            for at in range(self.rowCount()):
                if (item := self.item(at, NOTE)) is not None:
                    self._note(at, item.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete:
            for item in self.selectedItems():
                if item.column() != NOTE:
                    item.setText("")
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in {
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        }:
            event.ignore()
        else:
            super().keyPressEvent(event)


def lines_of_ledger(values: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows of the officers' ledger as lines of the sheet."""
    lines = []
    for one in values:
        post = one.get("post")
        lines.append(
            {
                "name": str(one["name"]),
                "certificate_number": str(one["certificate_number"]),
                "certificate_issued_on": show_day(one.get("issued_on")),
                "certificate_valid_until": show_day(one.get("valid_until")),
                "post": post.label if post else "",
            }
        )
    return lines
