"""案件: the list, the on-the-spot desk, the page of one case."""

from ui.cases.page import CasesPage

__all__ = ["CasesPage"]
