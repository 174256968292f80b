"""The papers of a lead: its register, and the refusal to file while its reason is typed."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from enforcer.course_terms import LeadOutcome
from enforcer.operations.lead_forms import LeadPaperForm
from enforcer.operations.lead_papers import preview_lead_paper, print_lead_paper
from enforcer.queries.lead_page import LeadPage
from enforcer.queries.lead_papers import REFUSAL
from ui.context import Context
from ui.widgets.basics import Card, button
from ui.widgets.preview import PdfPreview
from ui.widgets.printing import print_pdf, save_pdf

PREVIEW_MS = 500
PAPERS = (("lead_register", "案件来源登记表"), (REFUSAL, "不予立案审批表"))


class LeadPapers(Card):
    """The paper in view, drawn again as the lead changes; `reason` is what is being typed."""

    def __init__(self, context: Context) -> None:
        super().__init__("文书", spacing=8)
        self.context = context
        self.page: LeadPage | None = None
        self.key = PAPERS[0][0]
        self.reason = ""
        self.links: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(14)
        for key, words in PAPERS:
            made = button(words, link=True, on=partial(self.show_paper, key))
            made.setObjectName(f"lead_paper_{key}")
            self.links[key] = made
            row.addWidget(made)
        row.addStretch()
        self.body.addLayout(row)
        self.preview = PdfPreview("这里显示纸面。")
        self.preview.printed.connect(self.print_paper)
        self.preview.saved.connect(self._save)
        self.body.addWidget(self.preview, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PREVIEW_MS)
        self._soon.timeout.connect(self.draw)

    def show_papers(self, page: LeadPage) -> None:
        """The papers this lead has; a refusal only where it may still come, or has."""
        other = self.page is None or self.page.row.id != page.row.id
        self.page = page
        row = page.row
        if other:
            self.preview.clear()
            self.key, self.reason = PAPERS[0][0], ""
        open_or_refused = row.outcome in (None, LeadOutcome.REFUSED) and row.voided_on is None
        refusable = open_or_refused and row.case_id is None
        self.links[REFUSAL].setVisible(refusable and row.checked_on is not None)
        if self.key == REFUSAL and self.links[REFUSAL].isHidden():
            self.key = PAPERS[0][0]
        self.draw()

    def show_paper(self, key: str) -> None:
        """Show this paper."""
        self.key = key
        self.draw()

    def follow(self, step: str, values: dict[str, Any]) -> None:
        """The reason of a refusal stands on its paper while it is typed."""
        if step == "settle" and values.get("outcome") is LeadOutcome.REFUSED:
            self.key, self.reason = REFUSAL, values.get("reason") or ""
            self._soon.start()

    def draw(self) -> None:
        """Draw the paper in view again."""
        self._soon.stop()
        if self.page is None:
            return
        lead_id, key, reason = self.page.row.id, self.key, self.reason
        clock = self.context.clock
        self.context.tasks.ask(
            lambda store: preview_lead_paper(
                store, lead_id, key, today=clock.today(), now=clock.now(), reason=reason
            ),
            self.preview.show_pdf,
            owner=self,
            latest="paper",
            long=True,
        )

    def print_paper(self) -> None:
        """The paper in view to the printer; the log says who printed it."""
        if not self.preview.pdf or self.page is None:
            return
        title = f"{dict(PAPERS)[self.key]} {self.page.row.number}"
        context = self.context
        form = LeadPaperForm.model_validate(
            {"request_id": uuid4(), "lead_id": self.page.row.id, "key": self.key}
        )

        def spooled(_copies: int) -> None:
            context.carry_out(
                print_lead_paper,
                form,
                lambda _pdf: context.window.message("ok", f"已打印：{title}。"),
                owner=self,
            )

        print_pdf(self, self.preview.pdf, tasks=context.tasks, title=title, then=spooled)

    def _save(self) -> None:
        if self.preview.pdf and self.page is not None:
            save_pdf(self, self.preview.pdf, f"{dict(PAPERS)[self.key]}{self.page.row.number}.pdf")
