"""Deeds: one function is one transaction is one audited step."""
