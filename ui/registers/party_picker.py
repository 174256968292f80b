"""A party out of many thousands: what is typed is looked for, nothing is loaded beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from enforcer.queries.parties import PartyRow

MOST = 30
DELAY_MS = 120


class PartyPicker(QLineEdit):
    """Reads the id of the party taken; `find(words)` and `known(id)` ask the store."""

    edited = Signal()

    def __init__(
        self,
        find: Callable[[str], Sequence[PartyRow]],
        known: Callable[[int], PartyRow | None],
    ) -> None:
        super().__init__()
        self._find, self._known = find, known
        self._found: dict[str, PartyRow] = {}
        self._taken: PartyRow | None = None
        self.setPlaceholderText("姓名、名称、证件号码或者电话")
        self.setClearButtonEnabled(True)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = QListView()
        popup.setProperty("popup", True)
        self._completer.setPopup(popup)
        self.setCompleter(self._completer)
        self._completer.activated[str].connect(self._complete)  # type: ignore[index]
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DELAY_MS)
        self._typing.timeout.connect(self.look)
        self.textEdited.connect(self._edit)

    def read(self) -> int | None:
        return self._taken.id if self._taken is not None else None

    def write(self, value: Any) -> None:
        self._typing.stop()
        self._take(self._known(int(value)) if value is not None else None)

    def complaint(self) -> str:
        text = self.text().strip()
        if not text or self._taken is not None:
            return ""
        many = len(self._look_for(text))
        if many > 1:
            return f"“{text}”不止一人，请从列表中选一个，或者输入证件号码。"
        return f"当事人台账里没有“{text}”，请先在“当事人”中登记。"

    def look(self) -> None:
        """Offer who answers to what is typed."""
        self._typing.stop()
        rows = self._look_for(self.text().strip())
        self._found = {_shown(one): one for one in rows}
        self._names.setStringList(list(self._found))
        if rows and self.hasFocus():
            self._completer.complete()

    def _look_for(self, text: str) -> Sequence[PartyRow]:
        return self._find(text)[:MOST] if text else ()

    def _edit(self) -> None:
        self._typing.start()
        self._taken = None
        self.edited.emit()

    def _complete(self, text: str) -> None:
        self._take(self._found.get(text))

    def _take(self, row: PartyRow | None) -> None:
        before = self.read()
        self._taken = row
        self.setText(_shown(row) if row is not None else "")
        self.setCursorPosition(0)
        if before != self.read():
            self.edited.emit()

    def _settle(self) -> None:
        """What is typed means one party only: take it."""
        text = self.text().strip()
        if not text or self._taken is not None:
            return
        rows = self._look_for(text)
        exact = [one for one in rows if text in (one.name, one.id_number, one.phone)]
        only = exact if exact else rows
        if len(only) == 1:
            self._take(only[0])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._settle()
        super().focusOutEvent(event)


def _shown(row: PartyRow) -> str:
    return f"{row.name}　{row.id_number or f'编号 {row.id}'}"
