"""证据: files, intake, keeping, and the actions their recordings belong to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.tabbed_page import TabbedPage
from ui.widgets.basics import button

TABS: Final = (
    ("files", "证据文件", "ui.evidence.files:FilesTab"),
    ("intake", "导入", "ui.evidence.intake:IntakeTab"),
    ("keeping", "检查和保管", "ui.evidence.keeping:KeepingTab"),
    ("actions", "执法活动", "ui.evidence.actions:ActionsTab"),
    ("options", "设置", "ui.evidence.options:OptionsTab"),
)


class EvidencePage(TabbedPage):
    """The screen 证据; Ctrl+N begins an intake."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "证据", TABS)
        self.add_act("导出证据文件到 Excel…", self.export_excel, icon="export")
        self.add_act("检查全部证据文件", self.check_all, icon="proven")
        self.add_button.hide()

    def extra_buttons(self) -> Sequence[QWidget]:
        self.export_button = button("导出 Excel", "export", on=self.export_excel)
        self.import_button = button("导入　Ctrl+N", "import", main=True, on=self.new)
        return self.export_button, self.import_button

    def new(self) -> None:
        """从卡、文件夹、采集站导入."""
        tab: Any = self.tab("intake")
        tab.begin()

    def edit(self) -> None:
        """F2: into the form of the tab in view."""
        edit = getattr(self.current, "edit", None)
        if edit is not None:
            edit()

    def go_to_search(self) -> None:
        """Go to the search field of the list."""
        files: Any = self.tab("files")
        files.show_list()
        files.search.setFocus()
        files.search.selectAll()

    def export_excel(self) -> None:
        """The list of files, or the report of the intake in view."""
        tab: Any = self.current
        if hasattr(tab, "export_excel"):
            tab.export_excel()

    def check_all(self) -> None:
        """检查全部证据文件."""
        tab: Any = self.tab("keeping")
        tab.check_all()

    def open_item(self, kind: str, identity: Any) -> None:
        """Show what another screen points to: a file, or a place in it as (id, milliseconds)."""
        files: Any = self.tab("files")
        if kind == "evidence" and isinstance(identity, tuple):
            files.view(identity[0], at_ms=identity[1])
        elif kind == "evidence":
            files.select(identity)

    def open_section(self, name: str, field: str = "", identity: Any = None) -> None:
        """Show a tab; of the files one of them, or those in one state."""
        super().open_section(name, field, identity)
        tab: Any = self.current
        if name == "files" and identity is not None:
            tab.select(identity)
        elif name == "files" and field.startswith("case:"):
            tab.show_only(case_id=int(field.removeprefix("case:")))
        elif name == "files" and field:
            tab.show_only(field)

    def _show_tab(self, at: int) -> None:
        super()._show_tab(at)
        tab = cast("Any", self.current)
        self.export_button.setVisible(hasattr(tab, "export_excel"))
        self.import_button.setVisible(at == 0)
        if at == 0 and not getattr(self, "_linked", False):
            self._linked = True
            tab.import_wanted.connect(self.new)
