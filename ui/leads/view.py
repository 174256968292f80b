"""The page of one lead: its way, what came in, its clocks, its history, its papers, what may follow."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from enforcer.course_terms import LeadOutcome
from enforcer.operations.lead_forms import LookForm
from enforcer.operations.lead_steps import Informant, show_informant
from enforcer.queries import lead_page, rights
from enforcer.queries.lead_page import LeadLine, LeadPage
from ui.context import Context
from ui.fresh import Fresh
from ui.leads import choices as offered
from ui.leads.choices import LeadChoices
from ui.leads.clocks import ClockList
from ui.leads.papers import LeadPapers
from ui.leads.steps import STEPS, StepPanel
from ui.leads.words import facts, grouped, stages
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, IconLabel, PageHeader, Scrolled, button, label
from ui.widgets.filled import fill, fill_grid
from ui.widgets.flow import Flow
from ui.widgets.moments import show_day, show_moment
from ui.widgets.stages import StageList

TABLES = frozenset({"lead", "lead_event", "enforcement_case", "case_event", "setting"})
ORDER = ("assign", "check", "extend", "file", "settle", "reply", "follow_up")
FILE = "呈报立案"


class LeadView(QWidget):
    """One lead; `left()` goes back, `correct_asked(page)` opens its form, `opened(id)` another lead."""

    left = Signal()
    correct_asked = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.lead_id: int | None = None
        self.page: LeadPage | None = None
        self._arriving = False
        self.panel: StepPanel | None = None
        self.header = PageHeader("", "")
        self.course = StageList()
        self.banner = Banner("info")
        self.facts, self.history = QGridLayout(), QVBoxLayout()
        self.clock_list = ClockList(context)
        self.papers = LeadPapers(context)
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.fresh = Fresh(self, context, TABLES, self.refresh)

    def _lay_out(self) -> None:
        left = Card("办理过程", spacing=10)
        left.body.addWidget(Scrolled(self.course), 1)
        left.setFixedWidth(184)
        self.course.chosen.connect(self._from_stage)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left)
        columns.addWidget(self._middle_card(), 60)
        columns.addWidget(self.papers, 40)
        self.take_back_button = button("撤回上一步", "history", on=lambda: self.begin("take_back"))
        self.take_back_button.setObjectName("lead_act_take_back")
        self.correct_button = button("更正登记", "edit", on=self.correct)
        self.correct_button.setObjectName("lead_act_correct")
        self.void_button = button("作废", "void", on=lambda: self.begin("void"))
        self.void_button.setObjectName("lead_act_void")
        self.void_button.setAccessibleName("作废登记错的线索")
        self.header.add(self.void_button)
        self.header.add(self.take_back_button)
        self.header.add(self.correct_button)
        self.header.add(button("返回列表　Esc", "back", on=self.left.emit))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.header)
        whole.addLayout(columns, 1)

    def _middle_card(self) -> Card:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        column.addWidget(self.banner)
        self.facts.setHorizontalSpacing(14)
        self.facts.setVerticalSpacing(6)
        self.facts.setColumnStretch(1, 1)
        column.addLayout(self.facts)
        self.reveal_button = button("显示反映人（记入操作记录）", link=True, on=self.reveal)
        column.addWidget(self.reveal_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.clocks_title = label("期限", "section")
        column.addWidget(self.clocks_title)
        column.addWidget(self.clock_list)
        column.addWidget(label("办理记录", "section"))
        self.history.setSpacing(8)
        column.addLayout(self.history)
        column.addStretch()
        self.why = label("", "small", wrap=True)
        self.acts = QWidget()
        row = Flow(self.acts)
        for key in ORDER:
            words = FILE if key == "file" else STEPS[key].title
            made = button(words, on=partial(self.begin, key))
            made.setObjectName(f"lead_act_{key}")
            self.buttons[key] = made
            row.addWidget(made)
        self.case_button = button("到案件", "cases", main=True, on=self.open_case)
        row.addWidget(self.case_button)
        card = Card(spacing=8)
        card.body.setContentsMargins(20, 16, 14, 14)
        card.body.addWidget(Scrolled(inside), 1)
        card.body.addWidget(self.why)
        card.body.addWidget(self.acts)
        self._middle = card
        return card

    # what is shown

    def show_lead(self, lead_id: int) -> None:
        """Show this lead."""
        if lead_id != self.lead_id:
            self.leave_step()
        self.lead_id, self._arriving = lead_id, True
        self.refresh()

    def refresh(self) -> None:
        """Ask again for the lead in view."""
        self.fresh.asked()
        if self.lead_id is None:
            return
        lead_id, clock = self.lead_id, self.context.clock
        self.context.tasks.ask(
            lambda store: lead_page.page(store, lead_id, now=clock.now()),
            self._show,
            owner=self,
            latest="lead",
        )

    def _show(self, page: LeadPage | None) -> None:
        self.page = page
        if page is None:
            self.banner.say("bad", "这条线索已经不在，请返回列表重新选择。")
            return
        offers = rights.lead_offers(self.context.who, page.offers)
        self.page = page = replace(page, offers=offers)
        row, today = page.row, self.context.clock.today()
        self.header.set_title(row.number)
        self.header.set_subtitle(
            f"{row.source.label}　登记 {show_moment(row.received_at)}　{row.standing.label}"
        )
        self._tell_banner(page)
        self.course.show_stages(stages(page, today))
        fill_grid(self.facts, facts(page))
        self.reveal_button.setVisible(row.secret and bool(page.informant or page.informant_phone))
        self.clock_list.show_clocks(page.clocks)
        for one in (self.clocks_title, self.clock_list):
            one.setVisible(bool(page.clocks))
        fill(self.history, [_line(one) for one in page.history])
        self._offer(page)
        self.papers.show_papers(page)
        if self._arriving:
            self._arriving = False
            self.focus_act()

    def _tell_banner(self, page: LeadPage) -> None:
        row = page.row
        near = [one for one in page.alike if one.outcome is None]
        if row.voided_on is not None:
            self.banner.say(
                "warn",
                f"已于 {show_day(row.voided_on)} 作废：{row.void_reason}。编号保留，不再使用；"
                "作废有误的，办理“撤回上一步”。",
            )
        elif row.outcome is not None and row.outcome is not LeadOutcome.CASE:
            self.banner.say("info", f"已于 {show_day(row.outcome_on)} 办结：{row.ended}。")
        elif row.case_id is not None:
            self.banner.say(
                "info",
                f"已经呈报立案，{'案号 ' + row.case_number if row.outcome else '正在审批'}。"
                "以后在案件里办理。",
                act="到案件",
                on=self.open_case,
            )
        elif near:
            numbers = "、".join(one.number for one in near[:3])
            self.banner.say(
                "warn",
                f"近三十日同一地点（被反映人）还有没办结的线索：{numbers}。是同一件事的，办结时并入。",
                act="查看",
                on=lambda: self.opened.emit(near[0].id),
            )
        else:
            self.banner.say("info", "")

    def _offer(self, page: LeadPage) -> None:
        """Grey what cannot be done now, and say why, with the article, over the acts."""
        row = page.row
        stands = row.voided_on is None
        open_still = stands and row.outcome is None
        waits = stands and page.expects_reply and row.replied_on is None
        shown = {
            "assign": open_still and row.case_id is None,
            "check": open_still and row.case_id is None,
            "extend": waits and row.reply_due_on is not None,
            "file": open_still,
            "settle": open_still and row.case_id is None,
            "reply": waits or (row.replied_on is None and row.outcome is not None),
            "follow_up": row.replied_on is not None,
        }
        reasons: dict[str, str] = {}
        for key, act in self.buttons.items():
            reason = page.offer(key).reason
            act.setVisible(shown[key])
            act.setEnabled(not reason)
            act.setToolTip(reason)
            act.setAccessibleDescription(reason)
            if reason and shown[key]:
                reasons[FILE if key == "file" else STEPS[key].title] = reason
        for key, act in (
            ("correct", self.correct_button),
            ("take_back", self.take_back_button),
            ("void", self.void_button),
        ):
            reason = page.offer(key).reason
            act.setEnabled(not reason)
            act.setToolTip(reason)
            act.setAccessibleDescription(reason)
        self._stress(page)
        self.case_button.setVisible(row.case_id is not None)
        self.why.setText("\n".join(grouped(reasons)))
        self.why.setVisible(bool(reasons) and self.panel is None)

    def _stress(self, page: LeadPage) -> None:
        """One act is the main one: what the lead waits for."""
        row = page.row
        wanted = "check" if row.checked_on is None else "settle" if row.outcome is None else "reply"
        for key, act in self.buttons.items():
            main = key == wanted and act.isEnabled() and row.case_id is None
            if act.property("main") != main:
                act.setProperty("main", main)
                act.style().unpolish(act)
                act.style().polish(act)

    # acts

    def begin(self, key: str) -> None:
        """Open the short form of a step in the page; 呈报立案 goes on in 案件."""
        page = self.page
        if page is None:
            return
        if reason := page.offer(key).reason:
            self.context.window.message("warn", reason)
            return
        if key == "file":
            self.context.window.go("cases.ordinary", identity=page.row.id)
            return
        self.leave_step()
        found: LeadChoices = self.context.tasks.now(
            lambda store: offered.ask(store, today=self.context.clock.today())
        )
        self.panel = StepPanel(self.context, key, page, found)
        self.panel.finished.connect(self._finished)
        self.panel.typing.connect(self.papers.follow)
        self._middle.body.insertWidget(1, self.panel)
        self.acts.hide()
        self.why.hide()
        self.panel.show()
        self.panel.start()

    def leave_step(self) -> None:
        """Put the short form away; what was typed stays as a draft."""
        if self.panel is None:
            return
        panel, self.panel = self.panel, None
        panel.binder.flush()
        self._middle.body.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.papers.reason = ""
        self.acts.show()
        self.why.setVisible(bool(self.why.text()))

    def _finished(self) -> None:
        self.leave_step()
        self.refresh()
        self.focus_act()

    def focus_act(self) -> None:
        """The keyboard stands on what comes next."""
        wanted = [one for one in self.buttons.values() if one.property("main")]
        open_now = [one for one in self.buttons.values() if one.isEnabled() and not one.isHidden()]
        shown = [
            *wanted,
            *([self.case_button] if not self.case_button.isHidden() else []),
            *open_now,
        ]
        (shown[0] if shown else self.correct_button).setFocus()

    def _from_stage(self, key: str) -> None:
        if key in self.buttons and not self.buttons[key].isHidden():
            self.begin(key)

    def correct(self) -> None:
        """Mend what was written down."""
        if self.page is None:
            return
        if reason := self.page.offer("correct").reason:
            self.context.window.message("warn", reason)
            return
        self.leave_step()
        self.correct_asked.emit(self.page)

    def open_case(self) -> None:
        """Go on in the case."""
        if self.page is not None and self.page.row.case_id is not None:
            self.context.window.open("case", self.page.row.case_id)

    def reveal(self) -> None:
        """Show who told of it; the look goes on record."""
        if self.lead_id is None:
            return
        form = LookForm(lead_id=self.lead_id)

        def seen(who: Informant) -> None:
            told = "　".join(one for one in (who.name, who.phone) if one)
            self.banner.say("warn", f"反映人：{told}。请保密；这次查看已记入操作记录。")

        self.context.carry_out(show_informant, form, seen, owner=self)


def _line(one: LeadLine) -> QWidget:
    """One line of the history; what was taken back is struck through and says so."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    icon, tone = ("void", "faint") if one.undone else ("stage_done", "ok")
    row.addWidget(IconLabel(icon, 16, tone), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(1)
    undone = "（已撤回）" if one.undone else ""
    head = label(f"{one.label}{undone}　{show_day(one.on)}　{one.by}".strip("　"))
    if one.undone:
        font = head.font()
        font.setStrikeOut(True)
        head.setFont(font)
    column.addWidget(head)
    entered = "" if one.actor == one.by else f"{one.actor} "
    words = [one.words] if one.words else []
    words.append(f"{entered}{show_moment(one.at)} 录入")
    column.addWidget(label("　".join(words), "small", wrap=True))
    row.addLayout(column, 1)
    return holder
