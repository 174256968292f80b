"""What a widget shows is asked again when its tables change: at once in view, else once it is."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ui.context import Context


class Fresh(QObject):
    """Keeps a widget fresh; `ask` is how it asks, and says so by `asked()`."""

    def __init__(
        self,
        widget: QWidget,
        context: Context,
        tables: Collection[str],
        ask: Callable[[], object],
    ) -> None:
        super().__init__(widget)
        self._widget, self._tables = widget, frozenset(tables)
        self._ask, self._stale = ask, True
        widget.installEventFilter(self)
        context.tasks.changed.connect(self._changed)

    def asked(self) -> None:
        """It has just been asked, whoever wanted it."""
        self._stale = False

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & self._tables:
            if self._widget.isVisible():
                self._ask()
            else:
                self._stale = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._stale and event.type() == QEvent.Type.Show:
            self._ask()
        return super().eventFilter(watched, event)
