"""设置: what the office settles once, since it stands on legal paper or moves a clock."""

from ui.settings.page import SettingsPage

__all__ = ["SettingsPage"]
