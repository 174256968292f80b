"""A screen of several tabs, each made when it is first looked at; Alt+1 … go to them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from ui.context import Context
from ui.register_tab import RegisterTab
from ui.widgets.basics import Page, PageHeader, button, repolish

ROOM = 21  # beside the words of a tab, as the style sheet has it
Tab = tuple[str, str, str]
"""Name, words, "module:Class" of what is made with the context."""


class TabbedPage(Page):
    """Header, tab bar, the tab in view; a subclass says which tabs there are."""

    def __init__(self, context: Context, title: str, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self.context, self._tabs = context, tuple(tabs)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(title)
        self.stack = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        self.add_button = button("新增　Ctrl+N", "add", on=self.new)
        self.header = PageHeader(title, "", *self.extra_buttons(), self.add_button)
        self.body.addWidget(self.header)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.stack, 1)
        for at, (_, words, _) in enumerate(self._tabs):
            self.bar.addTab(words)
            self.bar.setTabToolTip(at, f"Alt+{at + 1}")
        self._make_acts(title)
        self.bar.currentChanged.connect(self._show_tab)
        self._show_tab(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the tabs would have to scroll, they stand closer."""
        super().resizeEvent(event)
        words = [self.bar.tabText(at) for at in range(self.bar.count())]
        asked = sum(self.bar.fontMetrics().horizontalAdvance(one) + ROOM for one in words)
        tight = asked > self.bar.width()
        if self.bar.property("tight") is not tight:
            self.bar.setProperty("tight", tight)
            repolish(self.bar)

    def extra_buttons(self) -> Sequence[QWidget]:
        """Buttons that stand before 新增."""
        return ()

    def _make_acts(self, title: str) -> None:
        for text, keys, icon, on in (
            ("新增", "Ctrl+N", "add", self.new),
            ("修改所选的一行", "F2", "edit", self.edit),
            ("在列表中查找", "Ctrl+F", "search", self.go_to_search),
        ):
            self.add_act(text, on, keys=keys, icon=icon)
        for at, (name, words, _) in enumerate(self._tabs):
            self.add_act(
                f"{title}：{words}", lambda name=name: self.tab(name), keys=f"Alt+{at + 1}"
            )

    @property
    def current(self) -> QWidget:
        """The tab in view."""
        return cast("QWidget", self.stack.currentWidget())

    @property
    def register(self) -> RegisterTab | None:
        """The tab in view when it is a register."""
        return self.current if isinstance(self.current, RegisterTab) else None

    def tab(self, name: str) -> QWidget:
        """One tab, brought into view."""
        self.bar.setCurrentIndex(next(i for i, one in enumerate(self._tabs) if one[0] == name))
        return self.current

    def refresh(self) -> None:
        """Ask again for what is in view (F5)."""
        refresh = getattr(self.current, "refresh", None)
        if refresh is not None:
            refresh()

    def new(self) -> None:
        """An empty form in the register in view."""
        if self.register is not None:
            self.register.new()

    def edit(self) -> None:
        """Go into the form of the row selected."""
        if self.register is not None:
            self.register.edit()

    def go_to_search(self) -> None:
        """Go to the search field of the register in view."""
        if self.register is not None:
            self.register.search.setFocus()

    def open_section(self, name: str, field: str = "", identity: Any = None) -> None:
        """Show a tab, a row of it, a field of its form."""
        if name not in {one[0] for one in self._tabs}:
            return
        tab = self.tab(name)
        if isinstance(tab, RegisterTab):
            if identity is not None:
                tab.select(identity)
            if field:
                tab.binder.jump(field)

    def _show_tab(self, at: int) -> None:
        name, _, place = self._tabs[at]
        if name not in self._made:
            module, _, kind = place.partition(":")
            made = cast("QWidget", getattr(import_module(module), kind)(self.context))
            self._made[name] = made
            self.stack.addWidget(made)
        tab = self._made[name]
        self.stack.setCurrentWidget(tab)
        register = self.register
        self.add_button.setVisible(register is not None and register.register.may_add)
        if register is not None:
            self.add_button.setText(f"新增{register.register.noun}　Ctrl+N")
        self.setFocusProxy(tab)
