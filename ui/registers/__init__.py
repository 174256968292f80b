"""台账: the registers of the office."""

from ui.registers.page import RegistersPage

__all__ = ["RegistersPage"]
