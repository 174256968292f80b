"""告知: the notice desk, its list, the page of one notice."""

from ui.notices.page import NoticesPage

__all__ = ["NoticesPage"]
