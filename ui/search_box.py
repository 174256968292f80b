"""The search box on top: what it finds hangs below it, acts by name among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from ui.search_results import Results

Query = Callable[[str, Callable[[Sequence[Any]], object]], object]
"""Words and where to send the hits; a hit has kind, number, title, where and row_id."""

Acts = Callable[[], Sequence[QAction]]

DELAY_MS: Final = 120


class SearchBox(QLineEdit):
    """Ctrl+K; typing asks, ↑↓ and Enter open (`opened(hit)`), Esc goes back where one was."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName("搜索")
        self.setPlaceholderText("搜索号牌、姓名、文号、地点、案情　Ctrl+K")
        self.setFixedWidth(460)
        self.setClearButtonEnabled(False)
        self.query: Query | None = None
        self.acts: Acts = tuple
        self._results: Results | None = None
        self._before: QWidget | None = None
        self._at_once = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DELAY_MS)
        self._wait.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self.begin)

    def _typed(self, _text: str) -> None:
        self._at_once = False
        self._wait.start()

    @property
    def results(self) -> Results:
        """What hangs below the box; made when first needed."""
        if self._results is None:
            from ui.search_results import Results

            self._results = Results(self.window())
            self._results.taken.connect(self._take)
        return self._results

    def begin(self) -> None:
        """Take the focus, remembering where it was."""
        focus = self.window().focusWidget()
        if focus is not self:
            self._before = focus
        self.setFocus()
        self.selectAll()

    def leave(self) -> None:
        """Empty the box and go back to where the focus was."""
        self._close()
        self._go_back()

    def _close(self) -> None:
        self._wait.stop()
        self._at_once = False
        self.clear()
        self._hide()

    def _go_back(self) -> None:
        """To where the focus was; what stood there may have gone meanwhile."""
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        else:
            self.clearFocus()

    def _ask(self) -> None:
        self._wait.stop()
        words = self.text().strip()
        if not words:
            self._hide()
        elif self.query is not None:
            self.query(words, lambda hits: self._show(words, hits))

    def _show(self, words: str, hits: Sequence[Any]) -> None:
        if words != self.text().strip() or not self.hasFocus():
            return
        acts = [one for one in self.acts() if one.isEnabled() and _named(one, words)]
        self.results.show_hits(hits, acts, words)
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        self.results.hang(corner, max(self.width(), 760))
        if self._at_once and len(hits) + len(acts) == 1:
            self.results.take_current()

    def _take(self, what: object) -> None:
        self._close()
        if isinstance(what, QAction):
            self._go_back()
            what.trigger()
        else:
            self._before = None
            self.opened.emit(what)

    def _hide(self) -> None:
        if self._results is not None:
            self._results.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self._results is not None and self._results.isVisible()
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.leave()
        elif shown and event.matches(QKeySequence.StandardKey.MoveToNextLine):
            self.results.step(1)
        elif shown and event.matches(QKeySequence.StandardKey.MoveToPreviousLine):
            self.results.step(-1)
        elif event.matches(QKeySequence.StandardKey.InsertParagraphSeparator):
            if shown and not self._wait.isActive():
                self.results.take_current()
            else:  # typed faster than found: never the hit of other words, at once if it is the one
                self._at_once = True
                self._ask()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        from PySide6.QtCore import Qt

        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            self._hide()


def _named(act: QAction, words: str) -> bool:
    return words.lower() in act.text().replace("&", "").lower()
