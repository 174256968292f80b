"""What this PC remembers for its user: geometry, widths, printer, theme. Never anything legal."""

from PySide6.QtCore import QSettings

LAST_LOGIN = "sign_in/login"
"""Who signed in last on this PC."""


def preferences() -> QSettings:
    """The per-user settings file (INI, so that a support call can read it)."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Enforcer", "window")
