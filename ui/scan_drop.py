"""Files of a scanner dropped anywhere on the window; a page that takes drops itself goes first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from ui.context import Context


class ScanDrop(QObject):
    """Watches one window for drops of PDF files and pictures."""

    def __init__(self, window: QWidget, context: Context) -> None:
        super().__init__(window)
        self._window, self.context = window, context
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDragEnterEvent | QDropEvent):
            return super().eventFilter(watched, event)
        from ui.cases.dossier.taking import scanned, take

        paths = scanned(event.mimeData())
        wanted = event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop)
        if not wanted or not paths or not self._window.acceptDrops():
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            take(self._window, self.context, paths)
        return True
