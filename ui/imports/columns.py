"""Each column of ours beside the column of theirs it is taken from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.exchange.ledgers import CellKind, Ledger, LedgerColumn
from enforcer.exchange.mapping import Source, Title, column_name
from ui.widgets.basics import label
from ui.widgets.inputs import Choice, LineEdit

NOTHING, FIXED = "nothing", "fixed"
NAME_WIDTH: Final = 108


class ColumnSource(QWidget):
    """One column of ours: which of theirs, or one text for all rows, or nothing."""

    edited = Signal()

    def __init__(self, column: LedgerColumn) -> None:
        super().__init__()
        self.column = column
        self.choice = Choice([(NOTHING, "不导入"), (FIXED, "固定内容")])
        self.choice.setAccessibleName(f"{column.header}取自")
        self.hour = Choice([(None, "时刻在同一列")])
        self.hour.setAccessibleName(f"{column.header}的时刻取自")
        words = list(dict.fromkeys(getattr(one, "label", "") for one in column.words.values()))
        self.text: LineEdit | Choice = (
            Choice([(one, one) for one in words], blank="请选择")
            if words
            else LineEdit(placeholder="每一行都填这个内容")
        )
        self.text.setAccessibleName(f"{column.header}的固定内容")
        for one in (self.choice, self.hour, self.text):
            if isinstance(one, QComboBox):
                policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                one.setSizeAdjustPolicy(policy)
                one.setMinimumContentsLength(6)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for one in (self.choice, self.text, self.hour):
            lines.addWidget(one)
        self._dress()
        for one in (self.choice, self.hour, self.text):
            one.edited.connect(self._edited)

    def offer(self, titles: Sequence[Title]) -> None:
        """Offer these columns."""
        pairs = [
            (one.index, f"{column_name(one.index)}　{one.joined or '（没有列名）'}")
            for one in titles
        ]
        self._quietly(self.choice.set_choices, [(NOTHING, "不导入"), (FIXED, "固定内容"), *pairs])
        self._quietly(self.hour.set_choices, [(None, "时刻在同一列"), *pairs])

    def show_source(self, source: Source | None) -> None:
        """Show where it is taken from."""
        source = source or Source()
        chosen: Any = source.column
        if chosen is None:
            chosen = FIXED if source.fixed else NOTHING
        self._quietly(self.choice.write, chosen)
        self._quietly(self.hour.write, source.second)
        self._quietly(self.text.write, source.fixed or None)
        self._dress()

    def source(self) -> Source:
        """Where it is taken from now."""
        chosen = self.choice.read()
        if chosen == FIXED:
            return Source(fixed=str(self.text.read() or ""))
        if chosen == NOTHING or chosen is None:
            return Source()
        second = self.hour.read() if self.column.kind is CellKind.MOMENT else None
        return Source(column=chosen, second=second)

    def _edited(self) -> None:
        self._dress()
        self.edited.emit()

    def _dress(self) -> None:
        chosen = self.choice.read()
        self.text.setVisible(chosen == FIXED)
        moment = self.column.kind is CellKind.MOMENT
        self.hour.setVisible(moment and chosen not in (FIXED, NOTHING, None))

    def _quietly(self, call: Any, value: Any) -> None:
        before = self.blockSignals(True)
        call(value)
        self.blockSignals(before)


class ColumnMapping(QWidget):
    """All columns of one ledger; `edited` when the officer changed one."""

    edited = Signal()

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self.ledger = ledger
        self.sources: dict[str, ColumnSource] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(2, 2, 8, 2)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for at, column in enumerate(ledger.columns):
            made = self.sources[column.key] = ColumnSource(column)
            name = QWidget()
            name.setFixedWidth(NAME_WIDTH)
            row = QHBoxLayout(name)
            row.setContentsMargins(0, 8, 0, 0)
            row.setSpacing(4)
            words = label(column.header, wrap=True)
            words.setBuddy(made.choice)
            row.addWidget(words, 1)
            if column.required:
                row.addWidget(label("必填", "small"))
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(made, at, 1)
            made.edited.connect(self.edited)
        grid.setRowStretch(len(ledger.columns), 1)

    def show_layout(self, titles: Sequence[Title], sources: Mapping[str, Source]) -> None:
        """Offer the columns of this header, mapped like this."""
        for key, one in self.sources.items():
            one.offer(titles)
            one.show_source(sources.get(key))

    def read(self) -> dict[str, Source]:
        """Where each column is taken from; those from nowhere left out."""
        found = {key: one.source() for key, one in self.sources.items()}
        return {key: one for key, one in found.items() if one.given}

    def jump(self, header: str) -> None:
        """Go to the column of this header."""
        for one in self.sources.values():
            if one.column.header == header:
                one.choice.setFocus()


__all__ = ["FIXED", "NOTHING", "ColumnMapping", "ColumnSource"]
