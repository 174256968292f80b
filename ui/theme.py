"""How the window looks: Fusion, one palette, one style sheet, the face, light and dark."""

import re
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from enforcer import paths
from ui import tokens
from ui.icons import icon, picture
from ui.preferences import preferences
from ui.tokens import Mode, colour

__all__ = ["CHOICES", "Mode", "Theme", "colour", "icon", "picture", "sheet"]

CHOICES: Final[dict[str, str]] = {"system": "跟随系统", "light": "浅色", "dark": "深色"}

TEXT_SIZE: Final = 14
OWN_FACE: Final = "Enforcer Hei"
OWN_FILE: Final = "EnforcerHei-Regular.ttf"
OWN_BOLD_FILE: Final = "EnforcerHei-Bold.ttf"
WIDE_FACE: Final = "Enforcer Song"
WIDE_FILE: Final = "EnforcerSong-Regular.ttf"
SYSTEM_FACES: Final = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "MiSans",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
"""Faces made for screens, best first; a PC with none of them gets our own."""

_ROLES: Final = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "bad",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Highlight: "main",
    QPalette.ColorRole.HighlightedText: "onMain",
    QPalette.ColorRole.Accent: "main",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Shadow: "edge",
}
_FADED: Final = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def palette(mode: Mode) -> QPalette:
    """The palette of a mode, for everything the style sheet does not name."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(tokens.value(name, mode)))
    for role in _FADED:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.value("faint", mode)))
    return made


def sheet(mode: Mode) -> str:
    """`theme.qss` with each @token replaced; @icons is the folder of our pictures."""
    text = (paths.resources() / "theme.qss").read_text(encoding="utf-8")
    icons = (paths.resources() / "icons").as_posix()
    return re.sub(
        r"@(\w+)", lambda hit: icons if hit[1] == "icons" else tokens.value(hit[1], mode), text
    )


def choose_face() -> str:
    """The system's Chinese screen face if there is one, else our own (loaded only then)."""
    present = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    for name in SYSTEM_FACES:
        if name in present:
            return name
    _load(OWN_FILE)
    return OWN_FACE


def _system_mode(app: QApplication) -> Mode:
    """What the desktop wears, told by the palette it gave before we put ours over it."""
    given = app.palette()
    words, ground = (
        given.color(QPalette.ColorRole.WindowText),
        given.color(QPalette.ColorRole.Window),
    )
    return Mode.DARK if words.lightness() > ground.lightness() else Mode.LIGHT


def _load(file: str) -> None:
    QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / file))


class Theme(QObject):
    """The look of the running application; `changed` after light and dark have been swapped."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.choice: str = str(preferences().value("theme", "system"))
        if self.choice not in CHOICES:
            self.choice = "system"
        if app.style().name() != "fusion":
            app.setStyle("Fusion")
        self.face = choose_face()
        font = QFont([self.face, WIDE_FACE])
        font.setPixelSize(TEXT_SIZE)
        app.setFont(font)
        self._follow_system(first=True)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def mode(self) -> Mode:
        """Light or dark, as shown now."""
        return tokens.current_mode()

    def choose(self, choice: str) -> None:
        """Take `system`, `light` or `dark`, remember it and show it."""
        self.choice = choice
        preferences().setValue("theme", choice)
        self._follow_system()
        self.changed.emit()

    def load_bold(self) -> None:
        """Add the bold of our own face, which the empty frame does not show yet."""
        if self.face == OWN_FACE:
            _load(OWN_BOLD_FILE)

    def load_rare_characters(self) -> None:
        """Add the face with all of GBK behind the first one; called when the window is idle."""
        _load(WIDE_FILE)

    def _follow_system(self, *, first: bool = False) -> None:
        if self.choice == "system":
            mode = _system_mode(self._app) if first else self._asked_system_mode()
        else:
            mode = Mode(self.choice)
        if not first or self.choice != "system":
            self._tell_system(mode)
        tokens.show_mode(mode)
        self._app.setPalette(palette(mode))
        self._app.setStyleSheet(sheet(mode))

    def _asked_system_mode(self) -> Mode:
        from PySide6.QtCore import Qt

        hints = self._app.styleHints()
        hints.unsetColorScheme()
        return Mode.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Mode.LIGHT

    def _tell_system(self, mode: Mode) -> None:
        """Title bars and native dialogs take the same side."""
        from PySide6.QtCore import Qt

        if self.choice != "system":
            dark = mode is Mode.DARK
            self._app.styleHints().setColorScheme(
                Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light
            )

    def _system_changed(self) -> None:
        if self.choice == "system":
            QTimer.singleShot(0, self, self._swap)

    def _swap(self) -> None:
        self._follow_system()
        self.changed.emit()
