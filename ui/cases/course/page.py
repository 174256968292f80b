"""The page of an ordinary case, from the lead to the closed file: stages, the step, papers."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from enforcer.course_terms import SignOffMatter
from enforcer.law.lifecycle import Offer
from enforcer.queries import course_page, rights
from enforcer.queries.course_page import CoursePage
from enforcer.queries.course_stages import Milestone, StageRow, Standing, milestone_of
from enforcer.queries.slips import Last
from enforcer.terms import CaseStep, OfficerPost
from ui.cases.course import choices as offered
from ui.cases.course.asides import SignOffSheet, said_of
from ui.cases.course.choices import Choices
from ui.cases.course.discretion import DiscretionPanel
from ui.cases.course.form import StepForm
from ui.cases.course.frame import CourseFrame
from ui.cases.course.sheets import HistorySheet, StageSheet, against
from ui.cases.course.slip import SlipDialog, why_not
from ui.cases.course.tables import imposes
from ui.cases.view_words import clock_words
from ui.context import Context
from ui.fresh import Fresh
from ui.widgets import stages
from ui.widgets.banner import Banner
from ui.widgets.basics import button
from ui.widgets.moments import show_day

TABLES = frozenset({"enforcement_case", "case_event", "document", "lead", "payment", "decision"})
_STATE = {
    Standing.DONE: stages.StageState.DONE,
    Standing.NOW: stages.StageState.NOW,
    Standing.NEXT: stages.StageState.NEXT,
    Standing.LATE: stages.StageState.LATE,
}


class CourseView(CourseFrame):
    """One ordinary case, or the lead it will come from; `left()` goes back to the list."""

    left = Signal()
    settled = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.case_id: int | None = None
        self.lead_id: int | None = None
        self.page: CoursePage | None = None
        self.choices: Choices | None = None
        self.form: StepForm | None = None
        self.sheet: QWidget | None = None
        self.stage: Milestone | None = None
        self._keep = False
        self._papers: Any = None
        self.dossier: Any = None
        self._papers_of: int | None = None
        self._carried: dict[str, Any] = {}
        self.course.chosen.connect(self.show_stage)
        self.back.clicked.connect(lambda _checked=False: self.leave())
        self.dossier_button = button("案卷", "document", keys="Ctrl+D", on=self.show_dossier)
        self.dossier_button.setObjectName("course_dossier")
        self.header.row.insertWidget(self.header.row.count() - 1, self.dossier_button)
        self.history_button.clicked.connect(lambda _checked=False: self.show_history())
        self.slip_button.clicked.connect(lambda _checked=False: self.take_back())
        self.next_button.clicked.connect(lambda _checked=False: self.show_next())
        self.fresh = Fresh(self, context, TABLES, self.refresh)

    # which case

    def show_case(self, case_id: int) -> None:
        """Show a case at the step the law asks next."""
        self._turn_to(case_id, None)

    def show_lead(self, lead_id: int) -> None:
        """Show a lead that may become a case."""
        self._turn_to(None, lead_id)

    def begin(self, carried: Mapping[str, Any] | None = None) -> None:
        """新建普通案件: begin with its lead; `carried` is what was typed at the desk."""
        self._turn_to(None, None)
        if carried and self.form is not None:
            self._carried = dict(carried)
            found = {name: carried[name] for name in ("item_key", "place") if name in carried}
            found |= {
                name: carried[of]
                for name, of in (("party_name", "party_name"), ("content", "act"))
                if of in carried
            }
            self.form.binder.set_values(found)

    def _turn_to(self, case_id: int | None, lead_id: int | None) -> None:
        self.flush()
        self._carried = {}
        self.case_id, self.lead_id = case_id, lead_id
        self.stage, self._keep = None, False
        self.refresh()

    def refresh(self) -> None:
        """Ask again for what is in view; a form that is being filled stays as it is."""
        self.fresh.asked()
        case_id, lead_id, clock = self.case_id, self.lead_id, self.context.clock

        def look(store: Any) -> tuple[CoursePage | None, Choices]:
            today = clock.today()
            if case_id is not None:
                page = course_page.page(store, case_id, now=clock.now())
            elif lead_id is not None:
                page = course_page.lead_page(store, lead_id, now=clock.now())
            else:
                page = course_page.blank(store, now=clock.now())
            return self._as_mine(page), offered.ask(store, today=today, lead_id=lead_id)

        self.context.tasks.ask(look, self._show, owner=self, latest="course")

    def _as_mine(self, page: CoursePage | None) -> CoursePage | None:
        """The page with the steps of other roles grey; nothing changes while accounts are off."""
        who = self.context.who
        if page is None or who is None:
            return page
        return replace(page, offers=rights.course_offers(who, page.facts, page.offers))

    def flush(self) -> None:
        """Keep what is typed before the page turns away."""
        if self.form is not None:
            self.form.flush()

    def leave(self) -> None:
        """Back to the list; what was typed stays as a draft."""
        self.flush()
        self.left.emit()

    # what is shown

    def _show(self, answer: tuple[CoursePage | None, Choices]) -> None:
        page, self.choices = answer
        self.page = page
        if page is None:
            self._put(Banner("bad", "这个案件已经不在，请返回列表重新选择。"))
            return
        self.case_id, self.lead_id = page.case_id, page.lead_id
        self._tell_header(page)
        self.course.show_stages([_stage_row(one) for one in page.stages])
        self.clocks.show_clocks(page.clocks, self.context.clock.today())
        self._show_papers(page)
        waits = page.asked.step is None
        self.next_button.setVisible(not waits)
        self.next_button.setToolTip(page.asked.say)
        mine = rights.against(self.context.who, "take_back_step", "撤回上一步")
        reason = why_not(page.slip) or (mine.say if mine else "")
        self.slip_button.setVisible(page.case_id is not None)
        self.slip_button.setEnabled(not reason)
        self.slip_button.setToolTip(reason or f"撤回“{page.slip.label if page.slip else ''}”")
        self.slip_button.setAccessibleDescription(reason)
        if self._keep and self.form is not None:
            return
        if isinstance(self.sheet, HistorySheet):
            self.show_history()
        elif self.stage is not None:
            self.show_stage(self.stage.value)
        else:
            self.show_next()
        self.settled.emit()

    def show_next(self) -> None:
        """The form of the step the law asks next; where only waiting is left, its stage."""
        if self.page is None:
            return
        asked = self.page.asked
        if asked.step is not None and self.page.offer(asked.step).allowed:
            self.show_step(asked.step.value)
        elif asked.step is not None:
            self.show_stage(milestone_of(asked.step, asked.preset.get("matter", "")).value)
        else:
            now = next((one for one in self.page.stages if one.standing is Standing.NOW), None)
            last = [one for one in self.page.stages if one.last]
            shown = now or (last[-1] if last else self.page.stages[0])
            self.show_stage(shown.milestone.value)

    def show_stage(self, key: str) -> None:
        """The steps of a stage, allowed and grey, and what was done in it."""
        if self.page is None:
            return
        self.flush()
        self.stage = next(one for one in Milestone if one.value == key)
        sheet = StageSheet(self.page, self.stage)
        sheet.wanted.connect(self.show_step)
        self._put(sheet, sheet, asked=True)
        first = next(iter(sheet.acts.values()), None)
        if first is not None:
            first.setFocus()
        else:
            self.course.stand_on(key)

    def show_step(self, key: str) -> None:
        """The form of a step; of a grey one its stage, with the reason."""
        if self.page is None or self.choices is None:
            return
        offer = self.page.offer(next(one for one in CaseStep if one.value == key))
        if not offer.allowed:
            self.show_stage(milestone_of(offer.step.key).value)
            self.context.window.message("warn", against(offer))
            return
        self.flush()
        self.stage = None
        self._put(self._form_of(self.page, offer, self.choices))
        if self.form is not None:
            self.form.start()

    def show_history(self) -> None:
        """The whole course on record."""
        if self.page is not None:
            self.flush()
            self.stage = None
            sheet = HistorySheet(self.page)
            self._put(sheet, sheet)

    def take_back(self) -> None:
        """撤回上一步: ask who and why; what is being typed here stays a draft."""
        page = self.page
        if page is None or page.case_id is None or page.slip is None or self.choices is None:
            return
        self.flush()
        people = offered.person_options(self.choices, frozenset(OfficerPost))
        last = Last(page.case_id, page.slip, page.seen)
        dialog = SlipDialog(self, self.context, last, people)
        dialog.taken.connect(self._turn_back)
        dialog.open()

    def _turn_back(self) -> None:
        self.stage, self._keep = None, False
        self.refresh()

    def _form_of(self, page: CoursePage, offer: Offer, choices: Choices) -> StepForm:
        form = StepForm(self.context, page, offer, choices, self._middle.parentWidget())
        if self._carried and offer.step.key is CaseStep.PROPOSED:
            form.binder.set_values(self._carried)
            form.again()
        for one in said_of(page, offer.step.key, self.context.clock.today()):
            form.aside.addWidget(Banner(one.kind, one.text, icon=one.icon))
        if offer.step.key is CaseStep.CLOSURE_PROPOSED:
            self._show_missing(form)
        if offer.step.form == "sign_off":
            self._show_levels(form)
        if imposes(form.form):
            panel = DiscretionPanel(form.env)
            panel.tell(form.values())
            form.edited.connect(lambda: panel.tell(form.values()))
            panel.looked_up.connect(partial(self._reload, form))
            form.insert(panel)
        form.taken.connect(self._taken)
        form.reload_wanted.connect(partial(self._reload, form))
        form.edited.connect(self._typing)
        return form

    def _show_levels(self, form: StepForm) -> None:
        chosen = form.values().get("matter")
        matter = next((one for one in SignOffMatter if one == chosen), SignOffMatter.FILING)
        form.aside.addWidget(SignOffSheet(form.env, matter))

    def _show_missing(self, form: StepForm) -> None:
        """Closing asks for what the record still lacks; the review is one key away."""
        from enforcer.queries import dossier_closing, dossier_settings

        case_id, now = self.case_id, self.context.clock.now()
        if case_id is None:
            return
        found, closing = self.context.tasks.now(
            lambda store: (
                dossier_closing.gaps(store, case_id, now=now),
                dossier_settings.settings(store).closing,
            )
        )
        if not found:
            return
        banner = Banner("warn")
        form.aside.addWidget(banner)
        said = "；".join(one.label for one in found)
        more = f"本机关设定：{closing.label}（Ctrl+D 看案卷）。"
        banner.say("warn", f"还缺{len(found)}项：{said}。{more}", icon="document")
        form.weighing.ask()

    def _typing(self) -> None:
        self._keep = True

    def _put(self, widget: QWidget, sheet: QWidget | None = None, *, asked: bool = False) -> None:
        """One thing at a time stands in the middle."""
        self.form = widget if isinstance(widget, StepForm) else None
        self.sheet, self._keep = sheet, False
        page = self.page
        said = page.asked.say if page is not None and asked else ""
        cite = page.asked.cite if page is not None else ""
        self.asked.say("info", f"{said}{f'（{cite}）' if cite else ''}" if said else "",
                       icon="law_book")  # fmt: skip
        self.put(widget)

    def _tell_header(self, page: CoursePage) -> None:
        facts = page.facts
        if page.case_id is None:
            lead = facts.lead
            self.header.title.setText("新建普通案件" if lead is None else lead.number)
            self.header.subtitle.setText(
                "先登记线索，核查后呈报立案"
                if lead is None
                else f"{lead.source.label}　{lead.content}"
            )
            self.limit.setText("")
            return
        cause = facts.cause.removeprefix("涉嫌").removesuffix("案")
        self.header.title.setText(f"{facts.party.name}{cause}案")
        handlers = "、".join(one.name for one in facts.handlers) or "待指派"
        now = next((one for one in page.stages if one.standing is Standing.NOW), None)
        stage = now.milestone.label if now else facts.stage.label
        self.header.subtitle.setText(f"{facts.number}　普通程序　{stage}　承办 {handlers}")
        today = self.context.clock.today()
        running = [one for one in page.clocks if one.done_on is None and one.tracked and one.due]
        if running:
            _, tone, words = clock_words(running[0], today)
            self.tell_limit(f"{running[0].title}　{words}", tone)
        else:
            self.tell_limit("", "quiet")

    def _show_papers(self, page: CoursePage) -> None:
        """The papers and evidence of the case: their own panel once the case is there."""
        if self._papers is not None and self._papers_of == page.case_id:
            return  # it asks again by itself when something changes
        made: Any = papers_panel(self.context, page)
        if hasattr(made, "jump"):
            made.jump.connect(self.jump)
            self._papers, self._papers_of = made, page.case_id
        else:
            self._papers = None
        self.put_papers(made)

    def jump(self, place: str) -> None:
        """Go where a finding of a paper leads to: `announced/fine_yuan`."""
        step, _, name = place.partition("/")
        if step not in {one.value for one in CaseStep}:
            return
        self.show_step(step)
        if self.form is not None and name:
            self.form.jump(name)

    def show_dossier(self) -> None:
        """The dossier: how ready it is, its six parts, the file itself."""
        if self.case_id is None:
            return
        from ui.cases.dossier import DossierDialog

        self.dossier = DossierDialog(self, self.context, self.case_id)
        self.dossier.jump.connect(self._from_dossier)
        self.dossier.open()

    def _from_dossier(self, place: str) -> None:
        """To a step, or to a paper that can come out: `paper/prior_notice/3`."""
        kind, _, rest = place.partition("/")
        if kind != "paper":
            self.jump(place)
            return
        key, _, row = rest.partition("/")
        offers = getattr(self._papers, "papers", ())
        found = next((one for one in offers if (one.key, str(one.row)) == (key, row)), None)
        if found is not None:
            self._papers.open_paper(found)

    # after a step

    def _taken(self, answer: Any) -> None:
        form = self.form
        step = form.offer.step.key if form is not None else None
        if step is CaseStep.LEAD_REGISTERED:
            self.lead_id = answer
        elif step is CaseStep.PROPOSED:
            self.case_id = answer
        self.stage, self._keep = None, False
        self.refresh()

    def _reload(self, form: StepForm) -> None:
        """Show the case as it is now and let the form go on with what was typed."""
        form.flush()
        self._keep = False
        step = form.offer.step.key.value

        def again() -> None:
            self.settled.disconnect(again)
            self.show_step(step)

        self.settled.connect(again)
        self.refresh()


def _stage_row(one: StageRow) -> stages.StageRow:
    detail = ""
    if one.last:
        who = f"　{one.last_by}" if one.last_by else ""
        detail = f"{one.last.partition('（')[0]}　{show_day(one.last_on)[5:]}{who}"
    return stages.StageRow(one.milestone.value, one.milestone.label, _STATE[one.standing], detail)


def papers_panel(context: Context, page: CoursePage) -> QWidget:
    """The papers and evidence of a case; the frozen papers alone where the panel is not there."""
    if page.case_id is not None and importlib.util.find_spec("ui.cases.papers") is not None:
        from ui.cases.papers import PapersPanel
        from ui.evidence.case_panel import CaseEvidence

        made = PapersPanel(context, page.case_id)
        layout = made.layout()
        assert layout is not None
        layout.addWidget(CaseEvidence(context, page.case_id))
        return made
    from ui.cases.course.frozen import FrozenPapers

    return FrozenPapers(context, page.papers)
