"""The colours of the window, each as a {light, dark} pair with one meaning."""

from enum import StrEnum
from typing import Final

from PySide6.QtGui import QColor


class Mode(StrEnum):
    """Which half of each pair is shown."""

    LIGHT = "light"
    DARK = "dark"


TOKENS: Final[dict[str, tuple[str, str]]] = {
    # grounds, from the page up to what lies on it
    "ground": ("#F4F6F9", "#14171C"),
    "surface": ("#FFFFFF", "#1C2027"),
    "raised": ("#FFFFFF", "#242A33"),
    "rail": ("#FBFCFD", "#181C22"),
    "sunken": ("#F4F6F9", "#171B21"),
    "hover": ("#EEF2F7", "#272E38"),
    "press": ("#E3E9F1", "#303845"),
    # lines
    "line": ("#DDE1E7", "#333A46"),
    "edge": ("#BFC7D3", "#4B5565"),
    "hair": ("#ECEFF3", "#272D36"),
    # words
    "ink": ("#1D2430", "#E7EAEF"),
    "quiet": ("#566072", "#A3ADBB"),
    "faint": ("#667082", "#8D97A6"),
    # where you are, and the one main act
    "accent": ("#1E5BB8", "#7FB0F5"),
    "tint": ("#E4EDFA", "#22314C"),
    "main": ("#1E5BB8", "#2C66C4"),
    "mainHover": ("#194E9F", "#2459AF"),
    "mainPress": ("#153F82", "#1E4C97"),
    "onMain": ("#FFFFFF", "#FFFFFF"),
    # meanings, each with the ground its banner lies on
    "ok": ("#1B7048", "#63C693"),
    "okTint": ("#E7F4ED", "#1A3027"),
    "warn": ("#8A5200", "#E6B05A"),
    "warnTint": ("#FCF2E0", "#372C18"),
    "bad": ("#B3261E", "#F4928C"),
    "badTint": ("#FCEBEA", "#3B2022"),
}

TEXT_ON: Final[tuple[tuple[str, str], ...]] = tuple(
    (word, ground)
    for word, grounds in {
        "ink": "ground surface raised rail sunken hover press tint okTint warnTint badTint",
        "quiet": "ground surface raised rail sunken hover tint okTint warnTint badTint",
        "faint": "ground surface raised sunken",
        "accent": "ground surface raised rail hover tint",
        "onMain": "main mainHover mainPress",
        "ok": "ground surface raised tint okTint",
        "warn": "ground surface raised tint warnTint",
        "bad": "ground surface raised hover tint badTint",
    }.items()
    for ground in grounds.split()
)
"""Every pair of (text, ground) the window uses; a test holds each to 4.5 : 1 in both modes."""


class _Current:
    """The mode being shown; `ui.theme.Theme` sets it, everything that paints reads it."""

    mode: Mode = Mode.LIGHT


def current_mode() -> Mode:
    """The mode being shown."""
    return _Current.mode


def show_mode(mode: Mode) -> None:
    """Make `mode` the one that `value` and `colour` answer for."""
    _Current.mode = mode


def value(name: str, mode: Mode | None = None) -> str:
    """The `#RRGGBB` of a token in the mode shown, or in `mode`."""
    return TOKENS[name][(mode or _Current.mode) is Mode.DARK]


def colour(name: str, mode: Mode | None = None) -> QColor:
    """A token as QColor."""
    return QColor(value(name, mode))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(code: str) -> float:
    parts = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
