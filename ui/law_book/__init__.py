"""法规清单: what may be punished, by which words of which law, on which day."""

from ui.law_book.page import LawBookPage

__all__ = ["LawBookPage"]
