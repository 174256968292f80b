"""One paper in its window: the pages, 出件体检 beside them, issue, print, save, make void."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from enforcer.errors import Level, Objection
from enforcer.law.summary import unsettled
from enforcer.operations import course_paper, course_paper_draft, course_paper_void
from enforcer.operations.course_paper_draft import Draft
from enforcer.operations.course_paper_forms import IssuePaperForm, PaperIssued
from enforcer.operations.summary_forms import PaperOut
from enforcer.queries import course_papers_offers
from enforcer.queries.course_papers_issued import Issued
from enforcer.queries.course_papers_offers import PaperOffer
from ui.cases.desk_look import why
from ui.cases.findings import FindingList
from ui.cases.papers import acts
from ui.cases.papers.rows import named
from ui.cases.papers.targets import target_of
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Scrolled, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.moments import show_day, show_moment
from ui.widgets.preview import PdfPreview

SIDE = 372
NOT_ISSUED = "先出件，再打印"


class PaperDialog(Dialog):
    """A paper that is to come out, or that came out; `jump` leads to what a finding is about."""

    jump = Signal(str)
    issued = Signal(object)

    def __init__(self, parent: QWidget, context: Context, case_id: int, offer: PaperOffer) -> None:
        super().__init__(parent)
        self.context, self.case_id, self.offer = context, case_id, offer
        self.draft: Draft | None = None
        self.known: Issued | None = offer.document
        self._request = uuid4()
        self._against_void: Sequence[Objection] = ()
        self.setWindowTitle(offer.title)
        self.setModal(True)
        self.preview = PdfPreview("正在排版……")
        self.preview.printed.connect(self.print_paper)
        self.preview.saved.connect(self.save_paper)
        self.heading = label("", "section", wrap=True)
        self.state = label("", "quiet", wrap=True)
        self.message = Banner("bad")
        self.message.hide()
        self.findings = FindingList(self._follow)
        self.findings.reasoned.connect(self._offer)
        self._lay_out()
        screen = parent.window().size()
        self.resize(min(1180, max(900, screen.width() - 60)), max(560, screen.height() - 50))
        self._load()

    def _lay_out(self) -> None:
        side = Card(spacing=10)
        side.setFixedWidth(SIDE)
        side.body.addWidget(self.heading)
        side.body.addWidget(self.state)
        side.body.addWidget(self.message)
        self.check = label("出件体检", "label")
        side.body.addWidget(self.check)
        side.body.addWidget(Scrolled(self.findings), 1)
        self.void = self._button("作废…", "void", on=self.void_paper, danger=True)
        self.word = self._button("Word", "export", on=self.save_word, keys="Ctrl+W")
        self.pdf = self._button("PDF", "pdf", on=self.save_paper, keys="Ctrl+S")
        self.printing = self._button("打印", "print", on=self.print_paper, keys="Ctrl+P")
        self.issue = self._button("出件", "", on=self.issue_paper, keys="Ctrl+Enter", main=True)
        self.close_button = button("关闭　Esc", on=self.reject)
        self.bar = ActBar(
            self.void, self.word, self.pdf, self.printing, self.issue, self.close_button
        )
        pages = QHBoxLayout()
        pages.setSpacing(14)
        pages.addWidget(self.preview, 1)
        pages.addWidget(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 16, 18, 14)
        whole.setSpacing(12)
        whole.addLayout(pages, 1)
        whole.addWidget(self.bar)
        self.word.setAccessibleName("另存为 Word")
        self.pdf.setAccessibleName("另存为 PDF")

    def _button(self, text: str, icon: str, **given: Any) -> QPushButton:
        made = button(text, icon, **given)
        made.setObjectName(f"paper_{given['on'].__name__}")
        return made

    # what is shown

    def _load(self) -> None:
        """The frozen pages of a paper that came out, else the draft with its findings."""
        known, case_id, offer = self.known, self.case_id, self.offer
        now, today = self.context.clock.now(), self.context.clock.today()
        failed = in_place(self.message)
        if known is None:
            self.context.tasks.ask(
                lambda store: course_paper_draft.draft(
                    store, case_id, offer.key, offer.row, now=now
                ),
                self._show_draft,
                owner=self,
                failed=self._refused,
                latest="paper",
            )
            return

        def frozen(store: Any) -> tuple[PaperOut, Issued, Sequence[Objection]]:
            return (
                course_paper.preview_issued(store, known.id, today=today),
                course_papers_offers.document(store, known.id),
                course_paper_void.voiding(store, known.id, now=now),
            )

        self.context.tasks.ask(frozen, self._show_issued, owner=self, failed=failed, latest="paper")

    def _refused(self, error: Exception) -> bool:
        self.preview.clear("这份文书现在还排不出来。")
        self.heading.setText(self.offer.title)
        self._offer()
        return in_place(self.message)(error)

    def _show_draft(self, draft: Draft) -> None:
        self.draft = draft
        self.heading.setText(named(draft.title, self.offer.label))
        number = f"出件时取号 {draft.number}。" if draft.number else ""
        day = f"文书日期 {show_day(self.offer.on)}。" if self.offer.on else ""
        self.state.setText(f"{day}{number}出件以后冻结，不能再改。")
        self.preview.show_pdf(draft.pdf)
        self.findings.show_findings(draft.findings, none="没有发现问题，可以出件。")
        self._offer()
        amber = next((one for one in draft.findings if one.level is Level.WARN), None)
        row = self.findings.row(amber.code) if amber else None
        (row.reason if row is not None else self.issue).setFocus()

    def _show_issued(self, answer: tuple[PaperOut, Issued, Sequence[Objection]]) -> None:
        out, self.known, self._against_void = answer
        known = self.known
        self.heading.setText(named(known.title, self.offer.label))
        self.state.setText(_course_of(known))
        self.check.setText("出件时说明的理由" if known.reasons else "")
        self.check.setVisible(bool(known.reasons))
        said = "\n".join(known.reasons.values())
        self.findings.show_findings((), none=said)
        self.preview.show_pdf(out.pdf)
        self.printing.setText(f"{'补打' if known.print_count else '打印'}　Ctrl+P")
        self._offer()
        self.printing.setFocus()

    def _offer(self) -> None:
        """Grey what cannot be done now, with the reason beside the acts."""
        known = self.known
        made = known is not None
        standing = known is not None and known.stands
        still = self._open_findings()
        blocked = "" if self.draft is not None or made else "这份文书还排不出来"
        self.issue.setVisible(not made)
        self.bar.offer(self.issue, blocked or why(still))
        self.bar.offer(self.word, blocked)
        for one in (self.printing, self.pdf):
            one.setVisible(made)
        self.void.setVisible(standing)
        self.bar.offer(self.void, why(self._against_void) if standing else "")

    def _open_findings(self) -> tuple[Objection, ...]:
        if self.draft is None:
            return ()
        return unsettled(self.draft.findings, self.findings.reasons())

    # what is done

    def issue_paper(self) -> None:
        """出件: number, freeze; then it can be printed."""
        if self.draft is None or not self.issue.isEnabled():
            return
        form = IssuePaperForm(
            request_id=self._request,
            case_id=self.case_id,
            template=self.offer.key,
            row=self.draft.row,
            reasons=self.findings.reasons(),
        )
        self.context.carry_out(
            course_paper.issue_paper, form, self._issued, owner=self, failed=in_place(self.message)
        )

    def _issued(self, made: PaperIssued) -> None:
        number = f"，编号 {made.number}" if made.number else ""
        self.context.window.message("ok", f"《{made.title}》已出件{number}。")
        self.message.hide()
        self.issued.emit(made)
        self._show_known(made.document_id)

    def _show_known(self, document_id: int) -> None:
        def found(store: Any) -> Issued:
            return course_papers_offers.document(store, document_id)

        def known(one: Issued) -> None:
            self.known, self.draft = one, None
            self._load()

        self.context.tasks.ask(found, known, owner=self)

    def print_paper(self) -> None:
        """To the printer; a paper that did not come out yet is not printed."""
        if self.known is None:
            self.message.say("warn", f"{NOT_ISSUED}：没有编号、没有冻结的文书不能交给当事人。")
            return
        acts.print_issued(self, self.context, self.known, then=self._load)

    def save_paper(self) -> None:
        """As a PDF file."""
        if self.known is None:
            self.message.say("warn", "先出件，再另存为 PDF；需要草稿的请另存为 Word。")
            return
        acts.save_issued(self, self.context, self.known, then=self._load)

    def save_word(self) -> None:
        """As .docx, to be finished in WPS."""
        if self.word.isEnabled():
            acts.save_word(self, self.context, self.case_id, self.offer, self.known, self.message)

    def void_paper(self) -> None:
        """Ask the reason and make it void."""
        if self.known is not None and self.void.isEnabled():
            acts.ask_void(self, self.context, self.known, self._load, self.message)

    def _follow(self, one: Objection) -> None:
        self.jump.emit(target_of(self.offer.key, one))
        self.reject()


def _course_of(one: Issued) -> str:
    """When it came out, under which number, how often it was printed, why it is void."""
    number = f"编号 {one.number}。" if one.number else ""
    printed = f"已打印 {one.print_count} 次。" if one.print_count else "还没有打印。"
    void = "" if one.stands else f"已经作废：{one.void_reason}。编号保留、不再使用。"
    day: date = one.on
    return (
        f"{number}文书日期 {show_day(day)}，{one.issued_by} 于 {show_moment(one.issued_at)} 出件，"
        f"共 {one.pages} 页。{printed}{void}"
    )
