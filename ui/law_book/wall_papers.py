"""权责清单 and 公示栏: looked at, printed, saved as PDF or Excel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from enforcer.errors import Trouble
from enforcer.queries import powers_paper
from enforcer.queries.powers_paper import SIZES, TITLES, WallPaper
from ui.context import Context
from ui.law_book.wall_dialog import WallDialog
from ui.widgets.basics import button
from ui.widgets.file_dialogs import ask_save


class WallPaperDialog(WallDialog):
    """The list of powers or the board of 第三十九条."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        kinds = [(one, TITLES[one]) for one in WallPaper]
        sheets = [(one, f"{one} 纸") for one in reversed(SIZES)]
        super().__init__(parent, context, "内容", kinds, sheets, width=1080)
        self.setWindowTitle("权责清单和公示栏")

    @property
    def title(self) -> str:
        return TITLES[self.kind.read()]

    def maker(self) -> Callable[[Any], bytes]:
        kind, sheet, on = self.kind.read(), self.sheet.read(), self.context.clock.today()
        return lambda store: powers_paper.make_pdf(store, kind, on=on, size=sheet)

    def more_acts(self) -> tuple[QPushButton]:
        self.excel_button = button("导出 Excel", "excel", keys="Ctrl+E", on=self.export)
        return (self.excel_button,)

    def export(self) -> None:
        """Ask for a file, and write the same words as a workbook."""
        path = ask_save(self, f"导出{self.title}", f"{self.title}.xlsx")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the workbook; a file dialog has asked about overwriting."""
        kind, on = self.kind.read(), self.context.clock.today()
        self.context.tasks.ask(
            lambda store: powers_paper.write_workbook(store, kind, path, on=on, overwrite=True),
            lambda written: self.message.say("ok", f"已导出到 {written.path}"),
            owner=self,
            long=True,
            failed=self._failed_to_write,
        )

    def _failed_to_write(self, error: Exception) -> bool:
        self.message.say("bad", str(error))
        return isinstance(error, Trouble)
