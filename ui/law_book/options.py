"""Items and words the forms of the law book offer; law that cannot be read offers nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCompleter, QHBoxLayout, QListView, QWidget

from enforcer.errors import LawDataError
from enforcer.law import catalogue
from enforcer.law.violation import Violation
from enforcer.queries.law_book import key_of_item
from enforcer.terms import Side
from ui.tasks import Failed
from ui.widgets.inputs import LineEdit, Tick
from ui.widgets.pickers import Option


def items_on(day: date) -> list[Violation]:
    """The items of a day; none where the file cannot be trusted, which the page's banner says."""
    try:
        return catalogue.items(day)
    except LawDataError:
        return []


def item_on(key: str, day: date) -> Violation | None:
    """One item on a day, None when there is none or it cannot be trusted."""
    try:
        return catalogue.item(key, day)
    except LawDataError:
        return None


def key_of(text: str, day: date) -> str:
    """The key of the item a text names; empty when it names none, or none can be trusted."""
    try:
        return key_of_item(text, day) if text else ""
    except LawDataError:
        return ""


def where_untrusted(tell: Callable[[str], object]) -> Failed:
    """A handler for `tasks`: law that cannot be read is told in place, with file and line."""

    def failed(error: Exception) -> bool:
        if isinstance(error, LawDataError):
            tell(str(error))
            return True
        return False

    return failed


def title_of(key: str, day: date) -> str:
    """What an item is called."""
    found = item_on(key, day)
    return found.title if found else key


def options(items: Sequence[Violation]) -> list[Option]:
    """Items for an ItemPicker."""
    return [Option(one.key, one.title, one.group, f"{one.words} {one.number}") for one in items]


class SidesEdit(QWidget):
    """Whom a tier binds: individuals, organisations, or both."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticks = {one.value: Tick(one.label) for one in Side}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(18)
        for one in self.ticks.values():
            row.addWidget(one)
            one.edited.connect(self.edited)
        row.addStretch()
        self.setFocusProxy(next(iter(self.ticks.values())))

    def read(self) -> list[str]:
        return [value for value, tick in self.ticks.items() if tick.read()]

    def write(self, value: Any) -> None:
        for side, tick in self.ticks.items():
            tick.write(side in (value or ()))

    def complaint(self) -> str:
        return "" if self.read() else "没有勾选对象，请勾选个人、单位中的一个或者两个。"


class WordsOf(LineEdit):
    """A line of one's own words that offers known ones as one types."""

    def __init__(self, known: Sequence[str], *, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        completer = QCompleter(QStringListModel(list(known), self), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._popup = QListView()
        self._popup.setProperty("popup", True)
        completer.setPopup(self._popup)
        self._popup.installEventFilter(self)
        self.setCompleter(completer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps one's own words and goes on, unless one of the list was chosen."""
        if (
            watched is self._popup
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not self._popup.currentIndex().isValid()
        ):
            self._popup.hide()
            QApplication.sendEvent(self, event)
            return True
        return super().eventFilter(watched, event)
