"""当场处罚: one screen from the party to the printed decision; the law speaks while one types.

Ctrl+Enter signs and prints, Esc goes back to the list without loss: the draft is kept as typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from enforcer import money
from enforcer.documents import fields as paper_fields
from enforcer.documents import pdf as paper_pdf
from enforcer.errors import GlyphMissing, InvalidForm, Level, Objection, Trouble
from enforcer.law.violation import Violation
from enforcer.operations import drafts, summary
from enforcer.operations.issue import PaperOut, PrintPapersForm, preview_papers
from enforcer.operations.summary_forms import Decided, SummaryForm, labels_of
from enforcer.operations.summary_weighing import Weighed, weigh
from enforcer.queries import case_history, office, parties
from enforcer.terms import (
    Defence,
    Discretion,
    DriverPresence,
    IdKind,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    Sex,
)
from enforcer.text import take
from ui.cases import desk_choices
from ui.cases.desk_choices import DeskChoices, provisions
from ui.cases.desk_fields import ORGANIZATIONS, SummaryFields, said
from ui.cases.findings import FindingList
from ui.cases.prints import print_case
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner, sentence
from ui.widgets.basics import ActBar, Card, PageHeader, Scrolled, button
from ui.widgets.form import FormBinder
from ui.widgets.preview import PdfPreview
from ui.widgets.printing import save_pdf

DRAFT = "summary.new"
LABELS = labels_of(SummaryForm)
WEIGH_MS, PREVIEW_MS = 150, 500
NO_PAPER = "要件填得差不多时，这里显示决定书的纸面。"
NO_LAW = "选定违法行为后，这里显示罚则、幅度和当场处罚的上限。"
BEGIN = "先填当事人和违法行为。"
NO_FINDING = "体检通过：要件齐全，可以签发。"
NOT_YET = "填写后在这里逐项体检。"


@dataclass(frozen=True, slots=True)
class Look:
    """One answer while typing: the weighing, the paper as PDF, like decisions, why there is none."""

    weighed: Weighed | None
    wrong: Mapping[str, str]
    pdf: bytes = b""
    say: str = ""
    like: tuple[case_history.LikeDecision, ...] = ()


class SummaryDesk(QWidget):
    """The form of 当场处罚 with its law, its inspection and its paper; `decided(case_id)`."""

    decided = Signal(int)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.notice_id: int | None = None
        self.weighed: Weighed | None = None
        self._request: UUID = uuid4()
        self._choices: DeskChoices | None = None
        self._objections: dict[str, str] = {}
        self._auto_act, self._sources = "", 0
        self._restored = self._passed = False
        self._waiting: Any = None
        self.form = SummaryFields(today=context.clock.today, now=context.clock.now)
        self.binder = FormBinder(
            self.form.fields, parent=self, check=self._check, keep_draft=self._keep_draft
        )
        self.fields = self.form.fields
        self._touched: set[str] = set()
        self._lay_out()
        self._weigh_soon = self._timer(WEIGH_MS, self.weigh)
        self._draw_soon = self._timer(PREVIEW_MS, self.draw)
        self.binder.edited.connect(self._edited)
        self.binder.submitted.connect(self.sign_button.setFocus)
        self.findings.reasoned.connect(self._reasoned)
        for name, field in self.fields.items():
            field.left.connect(lambda name=name: self._left(name))
        self.fields["item_key"].edited.connect(self._item_chosen)
        self.fields["party_id_number"].left.connect(self._look_up_party)
        for name in ("officer1_id", "officer2_id"):
            self.fields[name].edited.connect(self._officers_chosen)
        self.fields["party_kind"].edited.connect(self._kind_chosen)
        context.tasks.changed.connect(self._changed)
        self.binder.set_values(self._starting())
        self.load_choices()

    def _timer(self, wait: int, then: Any) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(then)
        return made

    # how it looks

    def _lay_out(self) -> None:
        self.header = PageHeader("当场处罚", "", button("返回列表　Esc", "back", on=self.left.emit))
        self.law = Banner("info", NO_LAW, icon="law_book")
        self.message = Banner("bad")
        self.message.hide()
        self.sign_button = button("签发并打印", "print", main=True, keys="Ctrl+Enter", on=self.sign)
        self.sign_button.setObjectName("sign")
        self.clear_button = button("清空重填", on=self.start_again)
        self.acts = ActBar(self.clear_button, self.sign_button)
        card = Card(spacing=8)
        card.body.setContentsMargins(20, 12, 10, 12)
        card.body.addWidget(self.message)
        self.scrolled = Scrolled(self.form)
        card.body.addWidget(self.scrolled, 1)
        card.body.addWidget(self.acts)
        self.findings = FindingList(self.jump)
        self.preview = PdfPreview(NO_PAPER)
        self.preview.printed.connect(self.sign)
        self.preview.saved.connect(self._save_pdf)
        self.sides = QTabWidget()
        self.sides.setDocumentMode(True)
        self.sides.tabBar().setDrawBase(False)
        self.sides.addTab(Scrolled(self.findings), "出件体检")
        self.sides.addTab(self.preview, "纸面预览")
        self.sides.setTabToolTip(0, "Alt+1")
        self.sides.setTabToolTip(1, "Alt+2")
        for at in (0, 1):
            keys = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            keys.activated.connect(partial(self.sides.setCurrentIndex, at))
        side = Card(spacing=6)
        side.body.setContentsMargins(16, 6, 10, 10)
        side.body.addWidget(self.sides, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.law)
        right.addWidget(side, 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(card, 65)
        columns.addLayout(right, 35)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.header)
        column.addLayout(columns, 1)
        self.acts.offer(self.sign_button, BEGIN)

    # what it begins with

    def _starting(self) -> dict[str, Any]:
        today = self.context.clock.today()
        return {
            "party_kind": PartyKind.CITIZEN,
            "id_kind": IdKind.RESIDENT_ID,
            "discretion": Discretion.ORDINARY,
            "kinds": [PenaltyKind.FINE.value],
            "decided_on": today,
        }

    def load_choices(self) -> None:
        """Ask for officers, items and powers; then the draft, if one was left."""
        today = self.context.clock.today()
        self.context.tasks.ask(
            lambda store: (
                desk_choices.ask(store, today=today),
                office.draft(store, DRAFT) if not self._restored else None,
            ),
            self._loaded,
            owner=self,
            latest="choices",
        )

    def _loaded(self, answer: tuple[DeskChoices, office.DraftRow | None]) -> None:
        self._choices, draft = answer
        for name in ("officer1_id", "officer2_id"):
            picker: Any = self.fields[name].widget
            picker.set_options(self._choices.officers)
        items: Any = self.fields["item_key"].widget
        items.set_options(self._choices.items)
        if draft is not None and not self._restored:
            self._restore(draft.payload)
        elif not self._restored:
            self._fill_officers()
        self._restored = True
        self._item_chosen()
        if self._waiting is not None:
            notice, self._waiting = self._waiting, None
            self.begin_from_notice(notice)
        self.weigh()

    def _fill_officers(self) -> None:
        assert self._choices is not None
        last = self._choices.last
        self.binder.set_values({"officer1_id": last.officer1_id, "officer2_id": last.officer2_id})
        self._officers_chosen()

    def _restore(self, payload: Mapping[str, Any]) -> None:
        values = dict(payload.get("values", {}))
        item = values.get("item_key")
        if item:
            self._offer_provisions(item)
        self.binder.set_values(_typed(values))
        self.findings.set_reasons(payload.get("reasons", {}))
        self.notice_id = payload.get("notice_id")
        self._auto_act = payload.get("auto_act", "")
        self.context.window.tell_draft("已恢复上次没有签发的内容")

    def begin_from_notice(self, notice: Any) -> None:
        """转处罚: plate, place, time and officers of the courteous notice stand in the form."""
        if self._choices is None:
            self._waiting = notice
            return
        self.start_again()
        self.notice_id = notice.id
        self._offer_provisions(notice.item_key)
        self.binder.set_values(
            {
                "item_key": notice.item_key or None,
                "place": notice.place,
                "plate": notice.plate,
                "acted_at": notice.noticed_at,
            }
        )
        self._item_chosen()
        self.header.set_subtitle(f"来源：温馨告知书 {notice.number}")
        self.weigh()

    def start_again(self) -> None:
        """An empty form; the draft is let go."""
        self.binder.clear()
        self.binder.set_values(self._starting())
        self.findings.set_reasons({})
        self.notice_id, self._request, self._auto_act = None, uuid4(), ""
        self._touched.clear()
        self.message.hide()
        self.header.set_subtitle("")
        for name in ("breached", "sanctioned_by"):
            combo: Any = self.fields[name].widget
            combo.offer(())
            combo.write("")
        if self._choices is not None:
            self._fill_officers()
        actor = self.context.actor
        self.context.tasks.do(
            lambda store: drafts.drop_draft(store, DRAFT, actor=actor),
            lambda _: self.context.window.tell_draft(""),
            owner=self,
        )
        self.preview.clear()
        self.weigh()
        self.binder.jump("party_id_number")

    # while it is typed

    def _values(self) -> dict[str, Any]:
        return self.binder.values()

    def given(self) -> dict[str, Any]:
        """What the operation's form is made from."""
        return said(self._values()) | {
            "notice_id": self.notice_id,
            "reasons": self.findings.reasons(),
            "request_id": self._request,
        }

    def _check(self, values: dict[str, Any]) -> Mapping[str, str]:
        """What is wrong field by field: what cannot be read, then what the law says."""
        try:
            take(SummaryForm, said(values), LABELS)
        except InvalidForm as wrong:
            return wrong.by_field
        return self._objections

    def _edited(self) -> None:
        self._weigh_soon.start()
        self._draw_soon.start()

    def _reasoned(self) -> None:
        self._edited()
        self._keep_draft(self.binder.draft())

    def _left(self, name: str) -> None:
        self._touched.add(name)

    def _kind_chosen(self) -> None:
        kind = self.fields["party_kind"].read()
        id_kind = self.fields["id_kind"].read()
        if kind in ORGANIZATIONS and id_kind is not IdKind.CREDIT_CODE:
            self.fields["id_kind"].write(IdKind.CREDIT_CODE)
        elif kind is PartyKind.CITIZEN and id_kind is IdKind.CREDIT_CODE:
            self.fields["id_kind"].write(IdKind.RESIDENT_ID)

    def _officers_chosen(self) -> None:
        """The other picker leaves this officer out; their recorders stand in their field."""
        one, two = self.fields["officer1_id"], self.fields["officer2_id"]
        first: Any = one.widget
        second: Any = two.widget
        first.exclude([two.read()])
        second.exclude([one.read()])
        if self._choices is None:
            return
        held = [self._choices.recorders.get(each.read(), "") for each in (one, two)]
        if any(held):
            self.fields["recorders"].write("、".join(each for each in held if each))

    def _item_chosen(self) -> None:
        key = self.fields["item_key"].read()
        self._offer_provisions(key)
        if self._choices is None:
            return
        offered = self._choices.sources_for(key or "", self._day())
        source: Any = self.fields["power_source_id"].widget
        source.set_choices(offered)
        self._sources = len(offered)
        if len(offered) < 2:
            source.write(None)

    def _offer_provisions(self, key: str | None) -> None:
        item = self._item(key)
        for name, sanction in (("breached", False), ("sanctioned_by", True)):
            combo: Any = self.fields[name].widget
            combo.offer(provisions(item, sanction=sanction))
        act = self.fields["act"]
        if item is not None and act.read() in ("", self._auto_act):
            self._auto_act = item.title[:200]
            act.write(self._auto_act)

    def _item(self, key: str | None) -> Violation | None:
        if not key:
            return None
        acted = self.fields["acted_at"].read()
        day = acted.date() if acted else self._day()
        return self.context.tasks.now(lambda store: desk_choices.item_on(store, key, day))

    def _day(self) -> date:
        return self.fields["decided_on"].read() or self.context.clock.today()

    def _look_up_party(self) -> None:
        """A number that is known fills what is still empty of the party."""
        number = self.fields["party_id_number"].read()
        if not number:
            return
        self.context.tasks.ask(
            lambda store: parties.parties_with_number(store, number),
            self._party_found,
            owner=self,
            latest="party",
        )

    def _party_found(self, found: list[parties.PartyRow]) -> None:
        if not found or found[0].id_number != self.fields["party_id_number"].read():
            return
        known = {
            "party_name": found[0].name,
            "party_address": found[0].address,
            "party_phone": found[0].phone,
            "legal_representative": found[0].legal_representative,
            "position": found[0].position,
        }
        for name, value in known.items():
            if value and not self.fields[name].read():
                self.fields[name].write(value)

    def jump(self, name: str) -> None:
        """Go to the field a finding names, or to the page of the office that mends it."""
        if name.startswith("organ."):
            self.context.window.go("settings.organs", name.partition(".")[2])
        elif name == "template":
            self.context.window.go("settings.templates")
        else:
            self.binder.jump(name)
            self._bring_into_view(name)

    def _bring_into_view(self, name: str) -> None:
        """Scroll to a field that is given the focus by the program; Tab does so by itself."""
        if name in self.fields:
            self.scrolled.ensureWidgetVisible(self.fields[name], 0, 40)

    def _first(self, names: Collection[str]) -> str:
        return next((name for name in self.fields if name in names), "")

    # what the law says

    def weigh(self) -> None:
        """Lay what stands there before the law."""
        self._look(draw=False, latest="weigh")

    def draw(self) -> None:
        """Lay it before the law and draw its paper."""
        self._look(draw=True, latest="draw")

    def _look(self, *, draw: bool, latest: str) -> None:
        given, now = self.given(), self.context.clock.now()
        self.context.tasks.ask(
            lambda store: _looked(store, given, now=now, draw=draw),
            lambda look: self._show(look, drawn=draw),
            owner=self,
            latest=latest,
            long=True,
        )

    def _show(self, look: Look, *, drawn: bool) -> None:
        weighed = self.weighed = look.weighed
        values = self._values()
        law_open = bool(weighed and weighed.law and weighed.law.needs_choice and weighed.law.old)
        self.form.show_for(values, law_open=law_open, sources=self._sources)
        found = weighed.objections if weighed else ()
        self._objections = {
            one.field: sentence(one)
            for one in reversed(found)
            if one.level is Level.BLOCK and one.field in self.fields
        }
        wrong = {**self._objections, **look.wrong}
        for name in self._touched & self.fields.keys():
            self.fields[name].set_error(wrong.get(name, ""))
        self._tell_law(weighed, look)
        self._tell_findings(found, look.wrong)
        if drawn:
            if look.pdf:
                self.preview.show_pdf(look.pdf)
            else:
                self.preview.clear(look.say or NO_PAPER)

    def _tell_findings(self, found: Sequence[Objection], wrong: Mapping[str, str]) -> None:
        """The list at the side, its count on the tab, the first of them beside the main act."""
        if self._untouched():
            self.findings.show_findings((), none=NOT_YET)
            self.sides.setTabText(0, "出件体检")
            self.acts.offer(self.sign_button, BEGIN)
            return
        unreadable = [
            Objection("unreadable", Level.BLOCK, say, "", name) for name, say in wrong.items()
        ]
        shown = self._in_order([*unreadable, *found])
        still = self._in_order([*unreadable, *(self.weighed.open if self.weighed else ())])
        self.findings.show_findings(shown, none=NOT_YET if self.weighed is None else NO_FINDING)
        blocks = sum(one.level is Level.BLOCK for one in still)
        count = (
            f"{blocks} 项不能签发" if blocks else f"{len(still)} 项要写理由" if still else "通过"
        )
        self.sides.setTabText(0, f"出件体检　{count}")
        if not still and not self._passed:
            self.sides.setCurrentIndex(1)
        elif still and self._passed:
            self.sides.setCurrentIndex(0)
        self._passed = not still
        self.acts.offer(self.sign_button, _why(still))

    def _untouched(self) -> bool:
        return not any(
            self.fields[name].read() for name in ("party_id_number", "party_name", "item_key")
        )

    def _in_order(self, found: Sequence[Objection]) -> list[Objection]:
        """What refuses first, and among them in the order of the form."""
        order = {name: place for place, name in enumerate(self.fields)}
        return sorted(
            found, key=lambda one: (one.level is Level.WARN, order.get(one.field, len(order)))
        )

    def _tell_law(self, weighed: Weighed | None, look: Look) -> None:
        if weighed is None or weighed.item is None or weighed.answer is None:
            self.law.say("info", NO_LAW, icon="law_book")
            return
        answer, item = weighed.answer, weighed.item
        kind = "ok" if answer.allowed else "bad"
        cite = "、".join(one.cite for one in item.sanctioned_by)
        lines = [f"{answer.say}（{answer.cite}）罚则：{cite}"]
        if answer.conditions:
            lines.append(f"条件：{'；'.join(answer.conditions)}")
        if weighed.law is not None and weighed.law.needs_choice:
            kind = "warn" if answer.allowed else kind
            lines.append(f"{weighed.law.say}（{weighed.law.cite}）")
        if like := [one for one in look.like if one.fine_fen]:
            sums = "、".join(money.yuan(one.fine_fen).removesuffix(".00") for one in like)
            lines.append(f"同类最近 {len(like)} 件罚款：{sums} 元")
        if weighed.acting.source is not None:
            source = weighed.acting.source
            handled = f"，承办 {source.handled_by}" if source.handled_by else ""
            lines.append(f"以{source.organ.name}名义{handled}，依据{source.source.document}")
        self.law.say(kind, "\n".join(lines), icon="law_book")

    # keeping and signing

    def _keep_draft(self, values: dict[str, Any]) -> None:
        payload = {
            "values": values,
            "reasons": self.findings.reasons(),
            "notice_id": self.notice_id,
            "auto_act": self._auto_act,
        }
        now, actor = self.context.clock.now(), self.context.actor
        self.context.tasks.do(
            lambda store: drafts.save_draft(store, DRAFT, payload, now=now, actor=actor),
            lambda _: self.context.window.tell_draft(f"草稿已于 {now:%H:%M} 保存"),
            owner=self,
        )

    def sign(self) -> None:
        """签发并打印: number, freeze, write; then the paper to the printer."""
        try:
            form = take(SummaryForm, self.given(), LABELS).form
        except InvalidForm as wrong:
            rest = self.binder.show_errors(wrong.by_field)
            self._touched.update(wrong.by_field)
            self._bring_into_view(self._first(wrong.by_field))
            self.message.say("bad", rest)
            return
        if not self.sign_button.isEnabled():
            self._show_first()
            return
        self.sign_button.setEnabled(False)
        clock, actor = self.context.clock, self.context.actor
        self.context.tasks.do(
            lambda store: _signed(store, form, clock.today(), clock.now(), actor),
            self._signed,
            owner=self,
            failed=self._refused,
        )

    def _show_first(self) -> None:
        """Why the main act is grey: to the first field that stands in the way."""
        still = self._in_order(self.weighed.open if self.weighed else ())
        self.message.show_objections(still[:1], self.jump)
        self._touched.update(one.field for one in still)
        if still and still[0].field:
            self.jump(still[0].field)
        self.weigh()

    def _refused(self, error: Exception) -> bool:
        self.sign_button.setEnabled(True)
        self._touched.update(self.fields)
        self.weigh()
        if isinstance(error, InvalidForm):
            self._bring_into_view(self._first(error.by_field))
        return in_place(self.message, self.binder)(error)

    def _signed(self, answer: tuple[Decided, PaperOut]) -> None:
        made, out = answer
        self.start_again()
        self.context.window.message("ok", f"已签发 {made.number}，两联共 {made.pages} 页。")
        self.decided.emit(made.case_id)
        self.print_dialog = print_case(self, self.context, made.case_id, made.number, out.pdf)

    def _save_pdf(self) -> None:
        if self.preview.pdf:
            save_pdf(self, self.preview.pdf, "当场行政处罚决定书（预览）.pdf")

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & desk_choices.REGISTERS:
            self.load_choices()


def _why(still: Sequence[Objection]) -> str:
    """The first thing in the way, short enough to stand beside the button; the list says all."""
    if not still:
        return ""
    first = still[0].say.partition("。")[0]
    cite = f"（{still[0].cite}）" if still[0].cite else ""
    more = f"，另有 {len(still) - 1} 项" if len(still) > 1 else ""
    return f"{first}{cite}{more}。"


def _looked(store: Any, given: Mapping[str, Any], *, now: Any, draw: bool) -> Look:
    """In the background: weigh, draw, ask for like decisions."""
    try:
        form = take(SummaryForm, given, LABELS).form
        weighed = weigh(store, form, now=now)
    except InvalidForm as wrong:
        return Look(None, wrong.by_field)
    like: tuple[case_history.LikeDecision, ...] = ()
    if form.item_key:
        like = tuple(case_history.like_decisions(store, form.item_key, today=now.date(), limit=5))
    if not draw or weighed.paper is None:
        return Look(weighed, {}, like=like)
    try:
        printed = paper_pdf.render(weighed.template, paper_fields.summary_fields(weighed.paper))
    except GlyphMissing as missing:
        return Look(weighed, {}, say=str(missing), like=like)
    except Trouble as trouble:
        return Look(weighed, {}, say=str(trouble), like=like)
    return Look(weighed, {}, printed.pdf, like=like)


def _signed(
    store: Any, form: SummaryForm, today: date, now: Any, actor: str
) -> tuple[Decided, PaperOut]:
    """Decide, then take the paper for its first print; it is counted once it is spooled."""
    made = summary.decide_on_the_spot(store, form, today=today, now=now, actor=actor)
    wanted = PrintPapersForm(case_ids=(made.case_id,))
    return made, preview_papers(store, wanted, today=today)


_TERMS: dict[str, Any] = {
    "party_kind": PartyKind,
    "id_kind": IdKind,
    "discretion": Discretion,
    "defence": Defence,
    "sex": Sex,
    "driver": DriverPresence,
    "payment": PaymentMode,
}


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's plain values as the inputs know them."""
    found = dict(values)
    for name, kind in _TERMS.items():
        found[name] = next((one for one in kind if one.value == values.get(name)), None)
    return found
