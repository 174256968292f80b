"""Changes made beside the window, by a command, reach the screens without F5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from enforcer.queries.elsewhere import Mark, Seen
    from ui.tasks import Tasks

EVERY_MS: Final = 3_000


class Watching(QObject):
    """Looks into the log every few seconds, and at once when the window is turned to again.

    What was written elsewhere is told as `tasks.changed`, as our own commits are.
    """

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._mark: Mark | None = None
        self._asked = False
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._turned_to)

    def stop(self) -> None:
        """Look no more."""
        self.timer.stop()

    def look(self) -> None:
        """Ask whether anything was written elsewhere; one question at a time."""
        if self._asked or not self.timer.isActive():
            return
        from enforcer.queries import elsewhere

        self._asked, before = True, self._mark
        self._tasks.ask(
            lambda store: elsewhere.look(store, before),
            self._seen,
            owner=self,
            failed=self._not_now,
        )

    def _seen(self, seen: Seen) -> None:
        self._asked, self._mark = False, seen.mark
        if seen.tables:
            self._tasks.changed.emit(seen.tables)

    def _not_now(self, _error: Exception) -> bool:
        """A look that fails is no news: the next act of the officer says what is wrong."""
        self._asked = False
        return True

    def _turned_to(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and self._mark is not None:
            self.look()
