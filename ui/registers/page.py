"""台账: officers and certificates, recorders, parties, vehicles, education, publication."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.register_tab import RegisterTab
from ui.tabbed_page import TabbedPage
from ui.widgets.basics import button
from ui.widgets.file_dialogs import ask_save

TABS: Final = (
    ("officers", "人员与证件", "ui.registers.officers:OfficersTab"),
    ("recorders", "执法仪", "ui.registers.recorders:RecordersTab"),
    ("parties", "当事人", "ui.registers.parties:PartiesTab"),
    ("vehicles", "车辆", "ui.registers.vehicles:VehiclesTab"),
    ("education", "宣传教育", "ui.registers.education:EducationTab"),
    ("publication", "公示", "ui.registers.publication:PublicationTab"),
)
_ITEMS: Final = {"party": "parties", "vehicle": "vehicles", "officer": "officers"}


class RegistersPage(TabbedPage):
    """The registers, with Excel in and out."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "台账", TABS)
        self.add_act("从 Excel 导入…", self.import_excel, icon="import")
        self.add_act("导入记录、撤销导入…", self.show_imports, icon="history")
        self.add_act("导出 Excel…", self.export_excel, icon="export")

    def extra_buttons(self) -> Sequence[QWidget]:
        self.import_button = button("从 Excel 导入", "import", on=self.import_excel)
        self.export_button = button("导出 Excel", "export", on=self.export_excel)
        return self.import_button, self.export_button

    @property
    def shown(self) -> RegisterTab:
        """The register in view."""
        return cast("RegisterTab", self.current)

    def open_item(self, kind: str, identity: Any) -> None:
        """Show what the search box found."""
        if kind in _ITEMS:
            self.open_section(_ITEMS[kind], identity=identity)

    def import_excel(self) -> None:
        """Take a workbook of any layout over, first of all into the register in view."""
        self.take_over(self.shown.register.ledger or "notices")

    def take_over(self, kind: str, pasted: str | None = None) -> None:
        """Look at a workbook or a copied range and take its good rows."""
        from ui.imports import ImportLedgerDialog

        self.import_dialog = ImportLedgerDialog(self, self.context, kind, pasted=pasted)
        self.import_dialog.open()

    def show_imports(self) -> None:
        """What was taken over before, each to be taken back while it is unused."""
        from ui.imports.history import ImportHistoryDialog

        self.history = ImportHistoryDialog(self, self.context)
        self.history.open()

    def export_excel(self) -> None:
        """Write what the list shows to a workbook; a register may have a way of its own."""
        own = getattr(self.shown, "export_excel", None)
        if own is not None:
            own()
            return
        title = self.shown.register.title
        path = ask_save(self, f"导出{title}台账", f"{title}台账.xlsx")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the register in view to this file; a file dialog has asked about overwriting."""
        from enforcer.operations.register_exports import ExportRegisterForm, export_register

        context, register = self.context, self.shown.register
        narrowed = getattr(self.shown, "narrowed_to", None)
        form = ExportRegisterForm(
            kind=cast("Any", register.key),
            path=path,
            search=self.shown.search.read(),
            overwrite=True,
            **(narrowed() if narrowed is not None else {}),
        )
        context.carry_out(
            export_register,
            form,
            lambda written: context.window.message(
                "ok",
                f"已导出 {written.rows} 行到 {written.path}。{''.join(written.remarks)}",
            ),
            owner=self,
        )
