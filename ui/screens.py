"""The screens of the window: a row here is all it takes to hang a new one on the rail.

A screen is a QWidget made by `Class(context)`. It may have:
  open_item(kind, identity)          show one thing (search results, links)
  open_section(name, field, identity) show one of its sections (settings.organs)
  actions()                          its QActions, shown under 操作 and found by Ctrl+K
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import Context


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One screen: its key, its word and icon on the rail, and what makes it."""

    key: str
    title: str
    icon: str
    factory: Callable[[Context], QWidget]


_TABLE: Final = (
    ("today", "今日", "today", "ui.desk:DeskPage"),
    ("notices", "告知", "notices", "ui.notices:NoticesPage"),
    ("cases", "案件", "cases", "ui.cases:CasesPage"),
    ("leads", "线索", "leads", "ui.leads:LeadsPage"),
    ("evidence", "证据", "evidence", "ui.evidence:EvidencePage"),
    ("statistics", "统计", "statistics", "ui.statistics:StatisticsPage"),
    ("registers", "台账", "registers", "ui.registers:RegistersPage"),
    ("law_book", "法规清单", "law_book", "ui.law_book:LawBookPage"),
    ("settings", "设置", "settings", "ui.settings:SettingsPage"),
)
"""Key, word on the rail, icon, "module:Class"; the last one stands at the foot of the rail."""

WIZARD: Final = "ui.wizard:WizardPage"
"""Shown where no home exists; its `home_made` signal says that the store can be opened."""

OPENS: Final = {
    "notice": "notices",
    "case": "cases",
    "party": "registers",
    "vehicle": "registers",
    "document": "cases",
    "lead": "leads",
    "evidence": "evidence",
}
"""Which screen shows a thing that the search box finds."""


def load(place: str) -> Callable[[Context], QWidget]:
    """The class a row names, imported now."""
    module, _, name = place.partition(":")
    return cast("Callable[[Context], QWidget]", getattr(import_module(module), name))


def _maker(place: str) -> Callable[[Context], QWidget]:
    def make(context: Context) -> QWidget:
        return load(place)(context)

    return make


def module_of(key: str) -> str:
    """The module of a screen, for importing it ahead of time off the GUI thread."""
    return next(place for known, _, _, place in _TABLE if known == key).partition(":")[0]


def screens() -> tuple[ScreenSpec, ...]:
    """The screens, in the order of the rail."""
    return tuple(ScreenSpec(key, title, icon, _maker(place)) for key, title, icon, place in _TABLE)
