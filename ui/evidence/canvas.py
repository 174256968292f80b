"""The surfaces of the player: moving pictures painted as they come, photos with zoom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QSizePolicy, QWidget

GROUND = QColor("#101317")
MOST_PIXELS = 12_000
ZOOM_STEP, LEAST, LARGEST = 1.25, 0.02, 16.0


class VideoCanvas(QWidget):
    """Paints the frame it was given last; black before the first, words where there is no picture."""

    def __init__(self) -> None:
        super().__init__()
        self.frame: Any = None
        self.sentence = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 180)
        self.setAccessibleName("画面")

    def show_frame(self, frame: Any) -> None:
        """Paint this frame of the player."""
        self.frame = frame
        self.update()

    def say(self, sentence: str) -> None:
        """Words on the empty ground."""
        self.sentence = sentence
        self.update()

    def image(self) -> QImage:
        """The frame in view as a picture; null when there is none."""
        return QImage() if self.frame is None or not self.frame.isValid() else self.frame.toImage()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), GROUND)
        picture = self.image()
        if not picture.isNull():
            size = picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(left, top, size.width(), size.height()), picture)
        elif self.sentence:
            painter.setPen(QColor("#C9D1DC"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self.sentence)
        if self.hasFocus():
            painter.setPen(QColor("#7FB0F5"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(640, 360)


class PhotoView(QGraphicsView):
    """One photo: fitted at first, zoom by + - 0 1 or the wheel, arrows move it."""

    def __init__(self) -> None:
        super().__init__()
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self.setBackgroundBrush(GROUND)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setAccessibleName("照片")
        self._fitted = True
        self.problem = ""

    @property
    def factor(self) -> float:
        """How many pixels of the screen a pixel of the photo takes."""
        return self.transform().m11()

    def load(self, path: Path) -> bool:
        """Show a photo, turned as its EXIF says; False with `problem` when it cannot be read."""
        self._scene.clear()
        reader = QImageReader(str(path))
        reader.setAutoTransform(True)
        size = reader.size()
        if max(size.width(), size.height()) > MOST_PIXELS:
            reader.setScaledSize(
                size.scaled(MOST_PIXELS, MOST_PIXELS, Qt.AspectRatioMode.KeepAspectRatio)
            )
        picture = reader.read()
        if picture.isNull():
            self.problem = "这种照片格式在这台电脑上显示不了，请用系统的看图程序打开。"
            return False
        self.problem = ""
        self._scene.addPixmap(QPixmap.fromImage(picture))
        self._scene.setSceneRect(QRectF(picture.rect()))
        self.fit()
        return True

    def fit(self) -> None:
        """As large as there is room, never larger than it is."""
        self._fitted = True
        self.resetTransform()
        room, inside = self.viewport().size(), self._scene.sceneRect()
        if inside.width() and inside.height():
            scale = min(room.width() / inside.width(), room.height() / inside.height(), 1.0)
            self.scale(max(scale, LEAST), max(scale, LEAST))

    def true_size(self) -> None:
        """A pixel for a pixel."""
        self._fitted = False
        self.resetTransform()

    def zoom(self, step: float) -> None:
        """Nearer or farther."""
        self._fitted = False
        wanted = min(max(self.factor * step, LEAST), LARGEST)
        self.scale(wanted / self.factor, wanted / self.factor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_1:
            self.true_size()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
