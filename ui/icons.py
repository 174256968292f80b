"""Icons by our own names, drawn with the Material face that qtawesome carries.

Importing qtawesome costs a tenth of a second, so the face is read from its folder; only where
the folder looks different is qtawesome itself imported. A test resolves every name through it.
"""

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from ui import tokens

CENTRED: Final = 0x84  # Qt.AlignCenter; see ui.widgets.plain for why not by its name
CLEAR: Final = QColor(0, 0, 0, 0)
NAMES: Final[dict[str, tuple[str, int]]] = {
    # screens
    "today": ("calendar-check-outline", 0xF0C44),
    "notices": ("car-info", 0xF11BE),
    "cases": ("briefcase-outline", 0xF0814),
    "leads": ("phone-in-talk-outline", 0xF1182),
    "evidence": ("video-outline", 0xF0BDC),
    "statistics": ("chart-bar", 0xF0128),
    "registers": ("book-open-outline", 0xF0B63),
    "law_book": ("scale-balance", 0xF05D1),
    "settings": ("cog-outline", 0xF08BB),
    # acts
    "search": ("magnify", 0xF0349),
    "print": ("printer-outline", 0xF1786),
    "printed": ("printer-check", 0xF1146),
    "save": ("content-save-outline", 0xF0818),
    "pdf": ("file-pdf-box", 0xF0226),
    "excel": ("file-excel-outline", 0xF102D),
    "import": ("file-import-outline", 0xF102F),
    "export": ("file-export-outline", 0xF102E),
    "blank_numbers": ("ticket-outline", 0xF0913),
    "void": ("cancel", 0xF073A),
    "add": ("plus", 0xF0415),
    "edit": ("pencil-outline", 0xF0CB6),
    "delete": ("trash-can-outline", 0xF0A7A),
    "copy": ("content-copy", 0xF018F),
    "refresh": ("refresh", 0xF0450),
    "open": ("open-in-new", 0xF03CC),
    "filter": ("filter-outline", 0xF0233),
    "close": ("close", 0xF0156),
    "undo": ("undo", 0xF054C),
    "redo": ("redo", 0xF044E),
    "back": ("arrow-left", 0xF004D),
    "next": ("chevron-right", 0xF0142),
    "previous": ("chevron-left", 0xF0141),
    "unfold": ("chevron-down", 0xF0140),
    "menu": ("menu", 0xF035C),
    "more": ("dots-horizontal", 0xF01D8),
    "help": ("help-circle-outline", 0xF0625),
    "keyboard": ("keyboard-outline", 0xF097B),
    "theme": ("theme-light-dark", 0xF050E),
    "zoom_in": ("magnify-plus-outline", 0xF06ED),
    "zoom_out": ("magnify-minus-outline", 0xF06EC),
    "fit_width": ("arrow-expand-horizontal", 0xF084E),
    "backup": ("backup-restore", 0xF006F),
    "play": ("play", 0xF040A),
    "pause": ("pause", 0xF03E4),
    "frame_back": ("step-backward", 0xF04D5),
    "frame_on": ("step-forward", 0xF04D7),
    # meanings
    "ok": ("check-circle-outline", 0xF05E1),
    "warn": ("alert-outline", 0xF002A),
    "bad": ("close-octagon-outline", 0xF015D),
    "info": ("information-outline", 0xF02FD),
    "history": ("history", 0xF02DA),
    "proven": ("shield-check-outline", 0xF0CC8),
    "locked": ("lock-outline", 0xF0341),
    "stage_done": ("check-circle", 0xF05E0),
    "stage_now": ("record-circle-outline", 0xF0EC3),
    "stage_next": ("circle-outline", 0xF0766),
    # things
    "calendar": ("calendar-month-outline", 0xF0E18),
    "clock": ("clock-outline", 0xF0150),
    "person": ("account-outline", 0xF0013),
    "people": ("account-group-outline", 0xF0B58),
    "certificate": ("card-account-details-outline", 0xF0DAB),
    "recorder": ("cctv", 0xF07AE),
    "photo": ("image-outline", 0xF0976),
    "sound": ("microphone", 0xF036C),
    "vehicle": ("car-outline", 0xF14ED),
    "organ": ("office-building-outline", 0xF151F),
    "document": ("file-document-outline", 0xF09EE),
    "folder": ("folder-outline", 0xF0256),
    "location": ("map-marker-outline", 0xF07D9),
    "money": ("cash-multiple", 0xF0116),
    "penalty": ("gavel", 0xF029B),
    "education": ("bullhorn-outline", 0xF0B23),
}
"""Our name → (name in Material Design Icons 6, its code point)."""


class _Face:
    """The icon face, loaded once per process."""

    family: str = ""


def family() -> str:
    """Family name of the icon face; loads it on first use."""
    if not _Face.family:
        _Face.family = _from_folder() or _from_qtawesome()
    return _Face.family


def _from_folder() -> str:
    spec = importlib.util.find_spec("qtawesome")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in Path(folder, "fonts").glob("materialdesignicons6-webfont-*.ttf"):
            names = QFontDatabase.applicationFontFamilies(
                QFontDatabase.addApplicationFont(str(path))
            )
            if names:
                return names[0]
    return ""


def _from_qtawesome() -> str:
    import qtawesome

    return str(qtawesome.font("mdi6", 16).family())


class _Glyph(QIconEngine):
    """One icon, drawn in the colour its tone has at that moment; asked wide, it leaves a gap."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name, self._tone = name, tone

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "edge"
        return "accent" if state == QIcon.State.On and self._tone == "quiet" else self._tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        shown = picture(self._name, side, self._colour(mode, state), ratio)
        painter.drawPixmap(rect.topLeft() + QPoint(0, (rect.height() - side) // 2), shown)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        side = min(size.width(), size.height())
        shown = picture(self._name, side, self._colour(mode, state))
        if size.width() == side:
            return shown
        wide = QPixmap(size)
        wide.fill(CLEAR)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, shown)
        painter.end()
        return wide

    def clone(self) -> QIconEngine:
        return _Glyph(self._name, self._tone)


def icon(name: str, tone: str = "quiet") -> QIcon:
    """The icon of this name in a token's colour; it follows light and dark by itself."""
    return QIcon(_Glyph(name, tone))


def picture(name: str, size: int, tone: str = "quiet", ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap of `size` device-independent pixels."""
    return _drawn(name, round(size * ratio), tokens.value(tone), ratio)


@lru_cache(maxsize=512)
def _drawn(name: str, side: int, colour: str, ratio: float) -> QPixmap:
    """A sheet of the colour, cut out by the glyph (see `ui.widgets.plain`: no pen, no `Qt`)."""
    side = max(1, side)
    glyph = QPixmap(side, side)
    glyph.fill(CLEAR)
    painter = QPainter(glyph)
    font = QFont(family())
    font.setPixelSize(side)
    painter.setFont(font)
    painter.drawText(glyph.rect(), CENTRED, chr(NAMES[name][1]))
    painter.end()
    sheet = QPixmap(side, side)
    sheet.fill(CLEAR)
    sheet.fill(QColor(colour))
    painter = QPainter(sheet)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawPixmap(0, 0, glyph)
    painter.end()
    sheet.setDevicePixelRatio(ratio)
    return sheet
