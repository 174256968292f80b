"""How a still is shown: a small tile in lists, a larger one beside a file; drawn where there is none."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.context import Context
from ui.evidence.canvas import GROUND
from ui.evidence.stills import Still, Stills, stills
from ui.evidence.words import MEDIA_ICONS

TILE: Final = QSize(50, 30)
"""As it stands in a row of a list."""
_ROUND: Final = 4.0
_KEEP, _FILL = Qt.AspectRatioMode.KeepAspectRatio, Qt.AspectRatioMode.KeepAspectRatioByExpanding


def tile(pictures: Stills, still: Still, ratio: float) -> QPixmap:
    """A row's picture: the middle of the still, or the sign of its kind on a quiet ground."""
    made = QPixmap(TILE * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw(painter, QRect(QPoint(), TILE), pictures.picture(still), still, _FILL)
    painter.end()
    return made


def draw(
    painter: QPainter,
    place: QRect,
    picture: QPixmap | None,
    still: Still,
    fit: Qt.AspectRatioMode,
) -> None:
    """Draw a still into a place with round corners."""
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    edge = QPainterPath()
    edge.addRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
    painter.save()
    painter.setClipPath(edge)
    if picture is None:
        painter.fillPath(edge, theme.colour("sunken"))
        side = min(28, place.height() * 3 // 5)
        corner = place.center() - QPoint(side // 2, side // 2) + QPoint(1, 1)
        theme.icon(MEDIA_ICONS[still.media]).paint(painter, QRect(corner, QSize(side, side)))
    else:
        painter.fillPath(edge, GROUND)
        size = picture.size().scaled(place.size(), fit)
        inside = QRect(QPoint(), size)
        inside.moveCenter(place.center())
        painter.drawPixmap(inside, picture)
    painter.restore()
    painter.setPen(theme.colour("line"))
    painter.drawPath(edge)


class StillView(QWidget):
    """One still by itself; `pressed()` by the mouse (a button beside it does the same)."""

    pressed = Signal()

    def __init__(self, context: Context, still: Still, size: QSize = TILE) -> None:
        super().__init__()
        self._pictures, self._still = stills(context), still
        self.setFixedSize(size)
        self.setAccessibleName(f"{still.media.label}缩略图")
        self._pictures.made.connect(self._made)

    @property
    def picture(self) -> QPixmap | None:
        """The still as far as it is there."""
        return self._pictures.picture(self._still)

    def _made(self, still: Still) -> None:
        if still == self._still:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fit = _FILL if self.size() == TILE else _KEEP
        draw(painter, self.rect(), self.picture, self._still, fit)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.pressed.emit()
            event.accept()
