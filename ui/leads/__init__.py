"""线索: the list, the form that registers one, the page of one."""

from ui.leads.page import LeadsPage

__all__ = ["LeadsPage"]
