"""台账: officers and certificates, recorders, parties, vehicles, education."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QTabBar, QWidget

from ui import theme
from ui.context import Context
from ui.register_tab import RegisterTab
from ui.widgets.basics import Page, PageHeader, button

TABS: Final = (
    ("officers", "人员与证件", "ui.registers.officers:OfficersTab"),
    ("recorders", "执法仪", "ui.registers.recorders:RecordersTab"),
    ("parties", "当事人", "ui.registers.parties:PartiesTab"),
    ("vehicles", "车辆", "ui.registers.vehicles:VehiclesTab"),
    ("education", "宣传教育", "ui.registers.education:EducationTab"),
)
_ITEMS: Final = {"party": "parties", "vehicle": "vehicles", "officer": "officers"}


class RegistersPage(Page):
    """The registers as tabs, each made when it is first looked at."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("台账")
        self.stack = QStackedWidget()
        self._made: dict[str, RegisterTab] = {}
        self.import_button = button("从 Excel 导入", "import", on=self.import_excel)
        self.export_button = button("导出 Excel", "export", on=self.export_excel)
        self.add_button = button("新增　Ctrl+N", "add", on=self.new)
        self.header = PageHeader(
            "台账", "", self.import_button, self.export_button, self.add_button
        )
        self.body.addWidget(self.header)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        for _, title, _ in TABS:
            self.tabs.addTab(title)
        for at in range(len(TABS)):
            self.tabs.setTabToolTip(at, f"Alt+{at + 1}")
        self._make_acts()
        self.tabs.currentChanged.connect(self._show_tab)
        self._show_tab(0)

    def _make_acts(self) -> None:
        acts: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("新增", "Ctrl+N", "add", self.new),
            ("修改所选的一行", "F2", "edit", self.edit),
            ("在本台账中查找", "Ctrl+F", "search", self.find),
            ("从 Excel 导入…", "", "import", self.import_excel),
            ("导出 Excel…", "", "export", self.export_excel),
        )
        for text, keys, icon, on in acts:
            act = QAction(theme.icon(icon), text, self)
            if keys:
                act.setShortcut(QKeySequence(keys))
            act.triggered.connect(lambda _checked=False, on=on: on())
            self.addAction(act)
        for at, (_, title, _) in enumerate(TABS):
            act = QAction(f"{title}台账", self)
            act.setShortcut(QKeySequence(f"Alt+{at + 1}"))
            act.triggered.connect(lambda _checked=False, at=at: self.tabs.setCurrentIndex(at))
            self.addAction(act)

    @property
    def current(self) -> RegisterTab:
        """The register in view."""
        return cast("RegisterTab", self.stack.currentWidget())

    def tab(self, name: str) -> RegisterTab:
        """One register, brought into view."""
        self.tabs.setCurrentIndex(next(i for i, one in enumerate(TABS) if one[0] == name))
        return self.current

    def refresh(self) -> None:
        """Ask again for what is in view (F5)."""
        self.current.refresh()

    def new(self) -> None:
        """An empty form in the register in view."""
        self.current.new()

    def edit(self) -> None:
        """Go into the form of the row selected."""
        self.current.edit()

    def find(self) -> None:
        """Go to the search field of the register in view."""
        self.current.search.setFocus()

    def open_section(self, name: str, field: str = "", identity: Any = None) -> None:
        """Show a register, a row of it, a field of the form."""
        if name not in {one[0] for one in TABS}:
            return
        tab = self.tab(name)
        if identity is not None:
            tab.select(identity)
        if field:
            tab.binder.jump(field)

    def open_item(self, kind: str, identity: Any) -> None:
        """Show what the search box found."""
        if kind in _ITEMS:
            self.open_section(_ITEMS[kind], identity=identity)

    def import_excel(self) -> None:
        """Take a workbook into the register in view."""
        from ui.registers.import_dialog import ImportDialog

        kind = self.current.register.ledger
        if kind:
            self.import_dialog = ImportDialog(self, self.context, kind)
            self.import_dialog.open()

    def export_excel(self) -> None:
        """Write what the list shows to a workbook."""
        title = self.current.register.title
        name, _ = QFileDialog.getSaveFileName(
            self, f"导出{title}台账", f"{title}台账.xlsx", "Excel 工作簿 (*.xlsx)"
        )
        if name:
            self.export_to(Path(name if name.lower().endswith(".xlsx") else f"{name}.xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the register in view to this file; a file dialog has asked about overwriting."""
        from enforcer.operations.register_exports import ExportRegisterForm, export_register

        context, register = self.context, self.current.register
        form = ExportRegisterForm(
            kind=cast("Any", register.key),
            path=path,
            search=self.current.search.read(),
            overwrite=True,
        )
        context.tasks.do(
            lambda store: export_register(
                store,
                form,
                today=context.clock.today(),
                now=context.clock.now(),
                actor=context.actor,
            ),
            lambda written: context.window.message(
                "ok",
                f"已导出 {written.rows} 行到 {written.path}。{''.join(written.remarks)}",
            ),
            owner=self,
        )

    def _show_tab(self, at: int) -> None:
        key, _, place = TABS[at]
        if key not in self._made:
            module, _, name = place.partition(":")
            made = getattr(import_module(module), name)(self.context)
            self._made[key] = made
            self.stack.addWidget(cast("QWidget", made))
        tab = self._made[key]
        self.stack.setCurrentWidget(tab)
        self.import_button.setVisible(bool(tab.register.ledger))
        self.add_button.setText(f"新增{tab.register.noun}　Ctrl+N")
        self.context.window.tell_selection(tab.table.told())
        self.setFocusProxy(tab)
