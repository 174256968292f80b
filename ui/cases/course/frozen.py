"""The frozen papers of a case as a list: opened in the program's own preview."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.operations.issue import frozen_paper
from enforcer.queries.case_page import PaperRow
from ui.context import Context
from ui.widgets.basics import IconLabel, button, label
from ui.widgets.moments import show_moment
from ui.widgets.preview import PdfPreview


class FrozenPapers(QWidget):
    """One line for each issued paper."""

    def __init__(self, context: Context, papers: Sequence[PaperRow]) -> None:
        super().__init__()
        self.context = context
        self._open_one: QDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for one in papers:
            column.addWidget(self._line(one))
        if not papers:
            column.addWidget(label("还没有签发文书。", "quiet", wrap=True))
        column.addStretch()

    def _line(self, one: PaperRow) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("document", 18))
        row.addWidget(button(one.title, link=True, on=lambda: self.open(one)))
        row.addStretch()
        row.addWidget(label(show_moment(one.issued_at)[:10], "small"))
        return holder

    def open(self, one: PaperRow) -> None:
        """Show the frozen paper, after checking its hash."""
        self.context.tasks.ask(
            lambda store: frozen_paper(store, one),
            lambda pdf: self._show(one.title, pdf),
            owner=self,
            latest="paper",
        )

    def _show(self, title: str, pdf: bytes) -> None:
        dialog = QDialog(self)
        dialog.setWindowTitle(title)
        dialog.resize(760, 680)
        preview = PdfPreview("")
        preview.show_pdf(pdf)
        column = QVBoxLayout(dialog)
        column.addWidget(preview)
        self._open_one = dialog
        dialog.open()
