"""A dialog that grows with what it has to say."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog

FRAME = 60  # title bar and a little air


class Dialog(QDialog):
    """Grows when a sentence that wraps needs more room; Qt would squeeze the fields instead."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return done

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return
        room = self.screen().availableGeometry().height() - FRAME
        wanted = min(layout.totalMinimumHeightForWidth(self.width()), room)
        if wanted > self.height():
            self.resize(self.width(), wanted)
