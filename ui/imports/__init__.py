"""Ledgers in, whatever their layout: a file or a copied range, mapped, looked at, taken."""

from ui.imports.dialog import ImportLedgerDialog

__all__ = ["ImportLedgerDialog"]
