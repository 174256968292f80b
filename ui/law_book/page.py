"""法规清单: the catalogue on a chosen day, old law beside new, statutes, holidays."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from ui.context import Context
from ui.tabbed_page import TabbedPage

TABS: Final = (
    ("catalogue", "违法行为清单", "ui.law_book.catalogue:CatalogueTab"),
    ("comparison", "新旧对照", "ui.law_book.comparison:ComparisonTab"),
    ("statutes", "法律法规", "ui.law_book.statutes:StatutesTab"),
    ("holidays", "放假与调休", "ui.law_book.holidays:HolidaysTab"),
)


class LawBookPage(TabbedPage):
    """The law as this program knows it: dated, with its article and whether it was checked."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "法规清单", TABS)
        self.tab("catalogue").comparison_asked.connect(self.compare)  # type: ignore[attr-defined]

    def compare(self, key: str, day: date) -> None:
        """Lay the law of the act's day beside today's."""
        tab: Any = self.tab("comparison")
        tab.show_item(key, day)

    def open_section(self, name: str, field: str = "", identity: Any = None) -> None:
        """Show a tab, or an item of the catalogue."""
        super().open_section(name, field, identity)
        if name == "catalogue" and identity is not None:
            self.tab(name).show_item(identity)  # type: ignore[attr-defined]

    def go_to_search(self) -> None:
        """Go to the search field of the tab in view."""
        search = getattr(self.current, "search", None)
        if search is not None:
            search.setFocus()
