"""How the report leaves the window: as a workbook, as PDF, to the printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from enforcer.queries.statistics import Report
from enforcer.queries.statistics_cells import Layout
from ui.widgets.basics import Page
from ui.widgets.file_dialogs import ask_save


class ReportOut(QObject):
    """Acts on what `given` answers: the whole report, or None while it is still counted."""

    def __init__(self, page: Page, given: Callable[[], tuple[Report | None, Layout]]) -> None:
        super().__init__(page)
        self._page, self._given = page, given

    @property
    def _context(self) -> Any:
        context: Any = self._page.context  # type: ignore[attr-defined]
        return context

    @staticmethod
    def _name(report: Report, suffix: str = "") -> str:
        return f"{report.period.label}行政执法统计报表{suffix}"

    def export_excel(self) -> None:
        """Every table to a workbook."""
        report, _ = self._given()
        if report is not None:
            path = ask_save(self._page, "导出统计报表", self._name(report, ".xlsx"))
            if path is not None:
                self.write_excel(path)

    def write_excel(self, path: Path) -> None:
        """Write the workbook; a file dialog has asked about overwriting."""
        report, layout = self._given()
        if report is None:
            return
        from enforcer.queries.statistics_paper import write_workbook

        context = self._context
        context.tasks.work(
            lambda _note: write_workbook(report, path, layout=layout, overwrite=True),
            lambda written: context.window.message(
                "ok", f"已导出到 {written.path}。金额单位：元。{''.join(written.remarks)}"
            ),
            owner=self,
            what="导出统计报表",
        )

    def export_pdf(self) -> None:
        """The report as PDF, to where the officer says."""
        self._make_pdf(self._save_pdf)

    def print_report(self) -> None:
        """The report to a printer."""
        self._make_pdf(self._print_pdf)

    def _make_pdf(self, then: Callable[[Report, bytes], None]) -> None:
        report, layout = self._given()
        if report is None:
            return
        from enforcer.queries.statistics_paper import make_pdf

        self._context.tasks.work(
            lambda _note: make_pdf(report, layout=layout),
            lambda pdf: then(report, pdf),
            owner=self,
            what="制作统计报表",
        )

    def _save_pdf(self, report: Report, pdf: bytes) -> None:
        from ui.widgets.printing import save_pdf

        path = save_pdf(self._page, pdf, self._name(report, ".pdf"))
        if path is not None:
            self._context.window.message("ok", f"已保存到 {path}。")

    def _print_pdf(self, report: Report, pdf: bytes) -> None:
        from ui.widgets.printing import print_pdf

        self.print_dialog = print_pdf(
            self._page, pdf, tasks=self._context.tasks, title=self._name(report)
        )
