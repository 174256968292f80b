"""A dialog that has room for what it has to say, and never more than the screen has."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QDialog

FRAME = QSize(8, 60)  # title bar and a little air


class Dialog(QDialog):
    """Grows when a sentence that wraps needs more room; Qt would squeeze the fields instead.

    Its acts stand at its foot: one that is higher than a screen at 125 % could not be finished.
    """

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.resize(self.size().boundedTo(self._screen_room()))
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return done

    def _screen_room(self) -> QSize:
        return self.screen().availableGeometry().size() - FRAME

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return
        wanted = min(layout.totalMinimumHeightForWidth(self.width()), self._screen_room().height())
        if wanted > self.height():
            self.resize(self.width(), wanted)
