"""The page of one case: what was decided, its clocks with their arithmetic, papers, money, steps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from enforcer import money
from enforcer.operations.issue import frozen_paper
from enforcer.queries import case_page, rights, slips
from enforcer.queries.case_clocks import Clock
from enforcer.queries.case_page import CasePage, PaperRow
from enforcer.queries.case_steps import StepOffer
from enforcer.terms import OfficerPost
from ui.cases.prints import print_cases
from ui.cases.steps import STEPS, StepPanel
from ui.cases.view_words import clock_words, facts, no_paper, payment_said, stages
from ui.context import Context
from ui.fresh import Fresh
from ui.widgets.banner import Banner
from ui.widgets.basics import (
    Card,
    IconLabel,
    PageHeader,
    Scrolled,
    button,
    label,
)
from ui.widgets.filled import fill, fill_grid
from ui.widgets.flow import Flow
from ui.widgets.moments import show_moment
from ui.widgets.preview import PdfPreview
from ui.widgets.printing import save_pdf
from ui.widgets.stages import StageList

TABLES = frozenset({"enforcement_case", "decision", "payment", "document", "case_event", "organ"})


class CaseView(QWidget):
    """One case; `left()` goes back to the list."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.case_id: int | None = None
        self._arriving = False
        self.page: CasePage | None = None
        self.panel: StepPanel | None = None
        self.dossier: QWidget | None = None
        self.header = PageHeader("", "")
        self.course = StageList()
        self.facts = QGridLayout()
        self.clocks = QVBoxLayout()
        self.payments = QVBoxLayout()
        self.papers = QVBoxLayout()
        self.preview = PdfPreview("选一份文书，这里显示纸面。")
        self.preview.printed.connect(self.print_paper)
        self.preview.saved.connect(self._save_pdf)
        self.banner = Banner("warn")
        self.banner.hide()
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.fresh = Fresh(self, context, TABLES, self.refresh)

    def _lay_out(self) -> None:
        left = Card("办理过程", spacing=10)
        left.body.addWidget(Scrolled(self.course), 1)
        left.setFixedWidth(200)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        column.addWidget(self.banner)
        for title, layout in (
            ("决定内容", self.facts),
            ("期限", self.clocks),
            ("缴款", self.payments),
        ):
            column.addWidget(label(title, "section"))
            column.addLayout(layout)
        column.addStretch()
        self.facts.setHorizontalSpacing(14)
        self.facts.setVerticalSpacing(6)
        self.facts.setColumnStretch(1, 1)
        self.clocks.setSpacing(10)
        self.payments.setSpacing(6)
        for key, step in STEPS.items():
            made = button(step.title, danger=step.danger, on=partial(self.begin, key))
            made.setObjectName(f"act_{key}")
            self.buttons[key] = made
        self.print_button = button("打印", "print", main=True, keys="Ctrl+P", on=self.print_paper)
        self.print_button.setObjectName("act_print")
        self.why = label("", "small", wrap=True)
        self.acts = QWidget()
        row = Flow(self.acts)
        for key, made in self.buttons.items():
            if key == "revoke":
                self.header.add(made)
            else:
                row.addWidget(made)
        row.addWidget(self.print_button)
        self.header.add(button("案卷", "document", keys="Ctrl+D", on=self.show_dossier))
        self.back = button("返回列表　Esc", "back", on=self.left.emit)
        self.header.add(self.back)
        middle = Card(spacing=8)
        middle.body.setContentsMargins(20, 16, 14, 14)
        middle.body.addWidget(Scrolled(inside), 1)
        self._middle = middle
        middle.body.addWidget(self.why)
        middle.body.addWidget(self.acts)
        right = Card("文书", spacing=8)
        right.body.addLayout(self.papers)
        right.body.addWidget(self.preview, 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left)
        columns.addWidget(middle, 62)
        columns.addWidget(right, 38)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.header)
        whole.addLayout(columns, 1)

    def show_case(self, case_id: int) -> None:
        """Show this case."""
        if case_id != self.case_id:
            self._leave_step()
            self.preview.clear()
        self.case_id, self._arriving = case_id, True
        self.refresh()

    def show_dossier(self) -> None:
        """The dossier: how ready it is, its six parts, the file itself."""
        if self.case_id is not None:
            from ui.cases.dossier import DossierDialog

            dialog = DossierDialog(self, self.context, self.case_id)
            self.dossier = dialog
            dialog.open()

    def refresh(self) -> None:
        """Ask again for the case in view."""
        self.fresh.asked()
        if self.case_id is None:
            return
        case_id, today = self.case_id, self.context.clock.today()
        self.context.tasks.ask(
            lambda store: case_page.page(store, case_id, today=today),
            self._show,
            owner=self,
            latest="case",
        )

    def begin(self, key: str) -> None:
        """Open the short form of a step in the page."""
        if self.page is None or not self.buttons[key].isEnabled():
            return
        self._leave_step()
        self.panel = StepPanel(self.context, key, self.page)
        self.panel.finished.connect(self._leave_step)
        self._middle.body.insertWidget(1, self.panel)
        self.acts.hide()
        self.why.hide()
        self.panel.show()
        self.panel.start()

    def print_paper(self) -> None:
        """The decision to the printer; marked 补打 once it has been printed before."""
        if self.case_id is not None and self.print_button.isEnabled():
            number = self.page.row.number if self.page else ""
            print_cases(self, self.context, [self.case_id], number=number)

    def _leave_step(self) -> None:
        if self.panel is not None:
            panel, self.panel = self.panel, None
            self._middle.body.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            self.acts.show()
            self.why.setVisible(bool(self.why.text()))
            self.print_button.setFocus()

    def _show(self, page: CasePage | None) -> None:
        self.page = page
        if page is None:
            self.banner.say("bad", "这个案件已经不在，请返回列表重新选择。")
            return
        row = page.row
        self.header.set_title(f"{row.party_name}{row.cause}案")
        self.revoke_shown(page)
        self.header.set_subtitle(
            f"{row.number}　{row.procedure.label}程序　{row.standing.label}　承办 {row.officers}"
        )
        self._tell_banner(page)
        self.course.show_stages(stages(page))
        fill_grid(self.facts, facts(page))
        fill(self.clocks, [self._clock(one) for one in page.clocks])
        paid: list[QWidget] = [label(payment_said(one), wrap=True) for one in page.payments]
        fill(self.payments, paid or [label("还没有缴款记录。", "quiet")])
        papers = [self._paper(one) for one in page.papers]
        fill(self.papers, papers or [label(no_paper(page), "quiet", wrap=True)])
        self._offer(rights.summary_offers(self.context.who, page.steps))
        if page.papers and not self.preview.pdf:
            self._open(page.papers[-1])
        if self._arriving:
            self._arriving = False
            safe = [one for key, one in self.buttons.items() if key != "revoke"]
            acts = (self.print_button, *safe, self.back)
            next(one for one in acts if one.isEnabled()).setFocus()

    def revoke_shown(self, page: CasePage) -> None:
        """Revoking is only in view where there is a decision to revoke."""
        self.buttons["revoke"].setVisible(bool(page.row.decided_on) and not page.row.revoked_on)

    def _offer(self, steps: Sequence[StepOffer]) -> None:
        """Grey what cannot be done now, and say why, with the article, over the acts."""
        reasons = []
        for step in steps:
            act = self.print_button if step.key == "print" else self.buttons[step.key]
            act.setEnabled(step.allowed)
            act.setToolTip(step.reason)
            act.setAccessibleDescription(step.reason)
            if step.reason and not act.isHidden():
                reasons.append(f"{step.label}：{step.reason}")
        self.why.setText("\n".join(dict.fromkeys(reasons)))
        self.why.setVisible(bool(reasons) and self.panel is None)

    def take_back(self) -> None:
        """撤回: a revocation that was entered by mistake, while nothing rests on it."""
        case_id, clock = self.case_id, self.context.clock
        if case_id is None:
            return
        from ui.cases.course import choices as offered
        from ui.cases.course.slip import SlipDialog, why_not

        last, choices = self.context.tasks.now(
            lambda store: (
                slips.last(store, case_id, now=clock.now()),
                offered.ask(store, today=clock.today()),
            )
        )
        if reason := why_not(last.slip if last else None):
            self.context.window.message("warn", reason)
        elif last is not None:
            people = offered.person_options(choices, frozenset(OfficerPost))
            SlipDialog(self, self.context, last, people).open()

    def _tell_banner(self, page: CasePage) -> None:
        today = self.context.clock.today()
        if page.row.revoked_on:
            self.banner.say(
                "warn",
                f"决定已于 {page.row.revoked_on} 撤销：{page.revocation_reason}。台账和统计保留并注明。",
                act="录错了，撤回撤销",
                on=self.take_back,
            )
        elif page.money.late_on(today) and page.additional:
            self.banner.say(
                "warn",
                f"缴款期限 {page.money.due_on} 已过，逾期 {page.additional.days} 日，"
                f"可以加处罚款 {money.yuan(page.additional.amount_fen)} 元"
                f"{'（已到上限）' if page.additional.capped else ''}。（{page.additional.cite}）",
            )
        else:
            self.banner.say("info", "")

    def _clock(self, one: Clock) -> QWidget:
        today = self.context.clock.today()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        icon, tone, words = clock_words(one, today)
        row.addWidget(IconLabel(icon, 18, tone), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(
            label(f"{one.title}　{words}", tone="" if tone == "quiet" else tone, wrap=True)
        )
        detail = "".join(one.due.why) if one.due else f"{one.say}。"
        column.addWidget(label(f"{detail}（{one.cite}）", "small", wrap=True))
        row.addLayout(column, 1)
        return holder

    def _paper(self, one: PaperRow) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("document", 18))
        row.addWidget(button(one.title, link=True, on=lambda: self._open(one)))
        row.addStretch()
        printed = f"已打印 {one.print_count} 次" if one.print_count else "还没有打印"
        row.addWidget(label(f"{show_moment(one.issued_at)}　{printed}", "small"))
        return holder

    def _open(self, one: PaperRow) -> None:
        """Show the frozen paper, after checking its hash."""
        self.context.tasks.ask(
            lambda store: frozen_paper(store, one),
            self.preview.show_pdf,
            owner=self,
            latest="paper",
        )

    def _save_pdf(self) -> None:
        if self.preview.pdf and self.page is not None:
            save_pdf(self, self.preview.pdf, f"{self.page.row.number}.pdf")
