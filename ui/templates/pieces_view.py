"""The texts of a template one below the other, tables as tables; each leads to its place on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.documents import template_pieces
from enforcer.documents.template_pieces import Piece
from ui.templates.chip_edit import ChipEdit
from ui.widgets.basics import IconLabel, label
from ui.widgets.field import Field


class PiecesView(QWidget):
    """`edited(address)` on every change; the editor keeps history, checks and preview."""

    edited = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()
    insert_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("plain", True)
        self.fields: dict[str, Field] = {}
        self.at = ""
        self._quiet = False
        self._key = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(10)
        self._content: QWidget | None = None

    # building

    def show_template(self, key: str, pieces: Sequence[Piece], texts: Mapping[str, str]) -> None:
        """Lay out these pieces with these texts."""
        self._quiet, self._key, self.at = True, key, ""
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self.fields = {}
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for is_cell, group in groupby(pieces, key=lambda one: one.kind == "cell"):
            if is_cell:
                for _, cells in groupby(group, key=lambda one: one.part):
                    column.addWidget(self._table(list(cells), texts))
            else:
                for one in group:
                    column.addWidget(self._one(one, texts))
        column.addStretch()
        self._column.addWidget(self._content)
        self._quiet = False

    def _one(self, piece: Piece, texts: Mapping[str, str]) -> QWidget:
        said = template_pieces.conditions(self._key, piece)
        if piece.fixed:
            return _fixed(piece, said)
        edit = self._edit(piece, texts)
        field = Field(piece.place, edit, hint=said)
        self.fields[piece.address] = field
        return field

    def _table(self, cells: Sequence[Piece], texts: Mapping[str, str]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        for at, weight in enumerate(cells[0].weights or (1.0,) * cells[0].columns):
            grid.setColumnStretch(at, max(1, round(weight)))
        line = 0
        for row, group in groupby(cells, key=lambda one: one.row):
            listed = list(group)
            said = template_pieces.conditions(self._key, listed[0])
            if said:
                caption = label(f"第 {row + 1} 行：{said}", "small", wrap=True)
                grid.addWidget(caption, line, 0, 1, cells[0].columns)
                line += 1
            for one in listed:
                grid.addWidget(
                    self._cell(one, texts), line, one.column, 1, one.span, Qt.AlignmentFlag.AlignTop
                )
            line += 1
        return holder

    def _cell(self, piece: Piece, texts: Mapping[str, str]) -> QWidget:
        if piece.fixed:
            return label("", "small")
        edit = self._edit(piece, texts)
        edit.setAccessibleName(piece.place)
        edit.setToolTip(piece.place)
        if piece.is_label:
            edit.setProperty("cell", "label")
        field = Field(piece.place, edit, bare=True)
        self.fields[piece.address] = field
        return field

    def _edit(self, piece: Piece, texts: Mapping[str, str]) -> ChipEdit:
        edit = ChipEdit(self._key, piece.each)
        edit.write(texts.get(piece.address, ""))
        address = piece.address
        edit.edited.connect(lambda: self._edited(address))
        edit.entered.connect(lambda: self._entered(address))
        edit.undo_asked.connect(self.undo_asked)
        edit.redo_asked.connect(self.redo_asked)
        edit.insert_asked.connect(lambda: self.insert_asked.emit(address))
        return edit

    def _edited(self, address: str) -> None:
        if not self._quiet:
            self.edited.emit(address)

    def _entered(self, address: str) -> None:
        self.at = address

    # what is typed

    def texts(self) -> dict[str, str]:
        """The readable texts by address."""
        return {address: field.read() for address, field in self.fields.items()}

    def write(self, texts: Mapping[str, str]) -> None:
        """Show other texts without taking them for edits."""
        self._quiet = True
        for address, text in texts.items():
            if address in self.fields:
                self.fields[address].input.write(text)
        self._quiet = False

    def edit_at(self, address: str) -> ChipEdit | None:
        """The input of a place."""
        field = self.fields.get(address)
        return field.widget if field and isinstance(field.widget, ChipEdit) else None

    def show_faults(self, said: Mapping[str, str]) -> None:
        """Put each sentence under its place; the other places are well."""
        for address, field in self.fields.items():
            field.set_error(said.get(address, ""))

    def jump(self, address: str) -> None:
        """Give a place the focus, its cursor at the end of its text."""
        edit = self.edit_at(address)
        if edit is not None:
            self.at = address
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            edit.moveCursor(QTextCursor.MoveOperation.End)

    def recolour(self) -> None:
        """Follow light and dark."""
        for address in self.fields:
            edit = self.edit_at(address)
            if edit is not None:
                edit.recolour()


def _fixed(piece: Piece, said: str) -> QWidget:
    """What the program sets itself: one quiet line, so that the order of the paper is seen."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(6)
    if piece.kind != "table":
        row.addWidget(IconLabel("locked", 14, "faint"))
    text = f"{piece.place}　{said}" if said else piece.place
    row.addWidget(label(text, "label" if piece.kind == "table" else "small", wrap=True), 1)
    return holder
