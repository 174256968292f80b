"""登记线索, 更正登记: one form; its clocks and like leads beside it while one types.

Ctrl+Enter saves, Esc goes back without loss: what is typed is kept as a draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.course_terms import LeadSource
from enforcer.errors import InvalidForm, Level, Objection, Refused
from enforcer.law.course_investigation import Lead
from enforcer.operations.editing import read
from enforcer.operations.lead_forms import CorrectLeadForm, LeadForm
from enforcer.operations.leads import correct_lead, register_lead
from enforcer.queries import lead_clocks, leads
from enforcer.queries.lead_clocks import LeadClock
from enforcer.queries.lead_page import LeadPage
from enforcer.queries.leads import Alike
from ui.cases.findings import FindingList
from ui.context import CHINA, Context
from ui.failures import in_place
from ui.leads.choices import LeadChoices
from ui.leads.clocks import ClockList
from ui.leads.fields import SPANS, make_fields
from ui.row_draft import RowDrafts
from ui.weighing import Weighing
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, PageHeader, Scrolled, button, label
from ui.widgets.field import FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.moments import show_day

LOOK_MS = 250
SIDE_WIDTH = 380
ONLY_NEW = ("number", "backfilled", "handler_id")
ONLY_OLD = ("why", "informant_kept")
TOLD_BY_PEOPLE = frozenset(
    {LeadSource.HOTLINE, LeadSource.MAILBOX, LeadSource.FORUM, LeadSource.COMPLAINT}
)
KEPT_FOR_NEXT = ("source", "by_id", "handler_id", "backfilled")
SECRECY = "举报人的信息依法保密（生态环境法典第一百四十六条第一款）；列表、导出里都不显示。"


class LeadFormView(QWidget):
    """The form of a lead; `saved(id)` once it is kept, `left()` to go back."""

    saved = Signal(object)
    left = Signal()
    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.page: LeadPage | None = None
        self._request: UUID = uuid4()
        self._secret_by_hand = self._filling = self._more_told = False
        self.drafts = RowDrafts(context, self, "leads")
        self.choices: LeadChoices | None = None
        self.header = PageHeader("登记线索", "")
        self.banner, self.clock_list = Banner("bad"), ClockList(context)
        self.banner.hide()
        self.findings = FindingList(lambda one: self.binder.jump(one.field))
        self.alike = QVBoxLayout()
        self.alike.setSpacing(2)
        self.fields = make_fields(context)
        self.binder = FormBinder(
            self.fields, parent=self, check=self._check, keep_draft=self._keep_draft
        )
        self._lay_out()
        self._look_soon = QTimer(self)
        self._look_soon.setSingleShot(True)
        self._look_soon.setInterval(LOOK_MS)
        self._look_soon.timeout.connect(self.look)
        self.binder.edited.connect(self._look_soon.start)
        self.weighing = Weighing(
            self,
            context,
            self._read,
            acts=self.acts,
            told=self._weighed,
            jump=self.binder.jump,
        )
        self.binder.edited.connect(self.weighing.again)
        self.findings.reasoned.connect(self.weighing.again)
        self.binder.submitted.connect(self.save_button.setFocus)
        self.findings.reasoned.connect(lambda: self._keep_draft(self.binder.draft()))
        self.fields["source"].edited.connect(self._source_changed)
        self.fields["secret"].edited.connect(self._secret_changed)
        for name in ("backfilled", "informant_kept"):
            self.fields[name].edited.connect(self._fit)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        grid = FieldGrid(3)
        for name, field in self.fields.items():
            grid.add(field, SPANS.get(name, 1))
        column.addWidget(self.banner)
        column.addLayout(grid)
        column.addStretch()
        self.clear_button = button("清空", on=self.start_over)
        self.more_button = button("登记，再登一条", on=lambda: self.save(more=True))
        self.more_button.setToolTip("登记以后留在这里，来源、记录人、承办人照旧（Ctrl+S）")
        QShortcut(QKeySequence("Ctrl+S"), self.more_button, self.more_button.click)
        self.save_button = button("登记", main=True, keys="Ctrl+Enter", on=self.save)
        self.save_button.setObjectName("lead_save")
        self.acts = ActBar(self.clear_button, self.more_button, self.save_button)
        self.acts.keep(self.context.against("register_lead", "登记线索"))
        left = Card(spacing=10)
        left.body.addWidget(Scrolled(inside), 1)
        left.body.addWidget(self.acts)
        beside = QWidget()
        side = QVBoxLayout(beside)
        side.setContentsMargins(0, 0, 6, 0)
        side.setSpacing(12)
        side.addWidget(self.findings)
        side.addWidget(label("期限", "section"))
        side.addWidget(self.clock_list)
        side.addWidget(label("近三十日相近的线索", "section"))
        side.addLayout(self.alike)
        side.addWidget(label(SECRECY, "small", wrap=True))
        side.addStretch()
        right = Card()
        right.setFixedWidth(SIDE_WIDTH)
        right.body.addWidget(Scrolled(beside), 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left, 1)
        columns.addWidget(right)
        self.header.add(button("返回列表　Esc", "back", on=self.left.emit))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(14)
        whole.addWidget(self.header)
        whole.addLayout(columns, 1)

    # beginning

    def offer(self, choices: LeadChoices) -> None:
        """Fill the pickers; what was chosen stays where it is still offered."""
        self.choices = choices
        for name in ("by_id", "handler_id"):
            self.fields[name].widget.set_options(choices.people)  # type: ignore[attr-defined]
        self.fields["item_key"].widget.set_options(choices.items)  # type: ignore[attr-defined]

    def begin(self) -> None:
        """A new lead, with the draft that was left."""
        if self.page is not None:
            self.binder.flush()
        self.page = None
        self.header.set_title("登记线索")
        self.header.set_subtitle("保存时取号，编号不重、不跳")
        self._show(self._starting())
        self.binder.jump("source_number")

    def correct(self, page: LeadPage) -> None:
        """The lead as it was written down, to be mended."""
        self.binder.flush()
        self.page = page
        row = page.row
        self.header.set_title(f"更正登记　{row.number}")
        self.header.set_subtitle("编号不变，原来的内容留在办理记录里")
        self._show(
            {
                "source": row.source,
                "source_number": row.source_number,
                "received_at": row.received_at,
                "reply_due_on": row.reply_due_on,
                "secret": row.secret,
                "place": row.place,
                "party_name": row.party_name,
                "item_key": row.item_key or None,
                "content": row.content,
                "attachments": row.attachments,
                "informant_kept": True,
                "by_id": self._me(),
            }
        )
        self.binder.jump("place")

    def _me(self) -> int | None:
        return self.choices.person(self.context.name) if self.choices else None

    def _starting(self) -> dict[str, Any]:
        return {
            "source": LeadSource.HOTLINE,
            "secret": True,
            "received_at": self.context.clock.now(),
            "by_id": self._me(),
            "informant_kept": True,
        }

    def _show(self, values: Mapping[str, Any]) -> None:
        self._filling = True
        self._request, self._secret_by_hand = uuid4(), self.page is not None
        self.banner.say("info", "")
        self.findings.set_reasons({})
        self.findings.show_findings((), none="")
        self.findings.hide()
        self.binder.clear()
        self.binder.set_values(values)
        self._restore_draft()
        words = "保存更正" if self.page is not None else "登记"
        self.save_button.setText(f"{words}　Ctrl+Enter")
        self.save_button.setAccessibleName(words)
        self.more_button.setVisible(self.page is None)
        if self.page is None:
            self.weighing.weigh_for("register_lead", self.save_button, self.more_button)
        else:
            self.weighing.weigh_for("correct_lead", self.save_button)
        self.weighing.let_go()
        self.clear_button.setText("清空" if self.page is None else "放弃修改")
        self._filling = False
        self._fit()
        self.look()

    def _fit(self) -> None:
        """Only the fields that this form has."""
        new = self.page is None
        for name in ONLY_NEW:
            self.fields[name].setVisible(new)
        for name in ONLY_OLD:
            self.fields[name].setVisible(not new)
        self.fields["number"].setVisible(new and bool(self.fields["backfilled"].read()))
        known = not new and bool(self.fields["informant_kept"].read())
        for name in ("informant", "informant_phone"):
            self.fields[name].setVisible(not known)

    def _source_changed(self) -> None:
        """What people tell of is secret by itself; the officer may say otherwise."""
        if not self._secret_by_hand and not self._filling:
            self.binder.set_values({"secret": self.fields["source"].read() in TOLD_BY_PEOPLE})

    def _secret_changed(self) -> None:
        if not self._filling and self.fields["secret"].editor.hasFocus():
            self._secret_by_hand = True

    # while it is typed

    def look(self) -> None:
        """What clocks this lead would have, and what was told of late of the same place."""
        self._look_soon.stop()
        values, clock = self.binder.values(), self.context.clock
        at: datetime = values["received_at"] or clock.now()
        lead = Lead(
            source=values["source"] or LeadSource.HOTLINE,
            received_at=at,
            received_on=at.astimezone(CHINA).date(),
        )
        but = self.page.row.id if self.page else None
        known = self.page.clocks if self.page and self._same_clocks(values) else ()
        given = values["reply_due_on"]

        def ask(store: Any) -> tuple[tuple[LeadClock, ...], list[Alike]]:
            return (
                known or lead_clocks.foresee(store, lead, now=clock.now(), given=given),
                leads.alike(
                    store,
                    place=values["place"],
                    party_name=values["party_name"],
                    on=max(lead.received_on or clock.today(), clock.today()),
                    but=but,
                ),
            )

        self.context.tasks.ask(ask, self._looked, owner=self, latest="look", long=True)

    def _same_clocks(self, values: Mapping[str, Any]) -> bool:
        assert self.page is not None
        row, at = self.page.row, values["received_at"]
        return (
            at is not None
            and at.date() == row.received_on
            and values["source"] is row.source
            and values["reply_due_on"] == row.reply_due_on
        )

    def _looked(self, found: tuple[tuple[LeadClock, ...], list[Alike]]) -> None:
        clocks, near = found
        self.clock_list.show_clocks(clocks)
        while (item := self.alike.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for one in near:
            ended = one.outcome.label if one.outcome else "未办结"
            go = button(one.number, link=True, on=partial(self.opened.emit, one.id))
            go.setToolTip(one.content)
            self.alike.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
            words = f"{show_day(one.received_on)}　{one.source.label}　{ended}"
            self.alike.addWidget(label(words, "small", wrap=True))
        if not near:
            self.alike.addWidget(label("没有同一地点、同一被反映人的线索。", "quiet", wrap=True))

    def given(self) -> dict[str, Any]:
        """What the operation's form is made from."""
        values = self.binder.values()
        out = ONLY_OLD if self.page is None else ONLY_NEW
        found = {name: value for name, value in values.items() if name not in out}
        found["item_key"] = found["item_key"] or ""
        if self.page is None and not found["backfilled"]:
            found["number"] = ""
        if self.page is not None:
            found |= {"lead_id": self.page.row.id, "loaded": self.page.version}
        return found | {"request_id": self._request, "reasons": self.findings.reasons()}

    def _check(self, values: dict[str, Any]) -> Mapping[str, str]:
        del values
        try:
            self._read()
        except InvalidForm as wrong:
            return wrong.by_field
        return {}

    def _read(self) -> Any:
        return read(LeadForm if self.page is None else CorrectLeadForm, self.given()).form

    def _weighed(self, rest: Sequence[Objection]) -> None:
        """The first is said by the grey act, doubts ask for their reasons, the others stand above."""
        doubts = [one for one in rest if one.level is Level.WARN]
        self.findings.show_findings(doubts, none="")
        self.findings.setVisible(bool(doubts))
        blocks = [one for one in rest if one.level is Level.BLOCK]
        if blocks or self._more_told:
            self.banner.show_objections(blocks, self.binder.jump)
        self._more_told = bool(blocks)

    # the draft

    @property
    def _key(self) -> int | None:
        return self.page.row.id if self.page else None

    def _keep_draft(self, values: dict[str, Any]) -> None:
        loaded = self.page.version if self.page else ""
        self.drafts.keep(self._key, values | {"reasons": self.findings.reasons()}, loaded)

    def _restore_draft(self) -> None:
        found = self.drafts.take(self._key)
        if found is None:
            return
        values = dict(found.payload.get("values", {}))
        self.findings.set_reasons(values.pop("reasons", {}))
        self.binder.set_values(values)
        self.banner.say(
            "info",
            f"{found.saved_at.astimezone(CHINA):%Y-%m-%d %H:%M} 填写而没有保存的内容已放回。",
            act="清空" if self.page is None else "放弃",
            on=self.start_over,
        )

    def start_over(self) -> None:
        """Let go of what was typed."""
        self.drafts.drop(self._key)
        if self.page is None:
            self.begin()
        else:
            self.correct(self.page)

    def flush(self) -> None:
        """Keep what is typed now."""
        self.binder.flush()

    # saving

    def save(self, *, more: bool = False) -> None:
        """登记 or 保存更正; what stands against it is said beside the form."""
        if not self.save_button.isEnabled() or not self.binder.ready():
            return
        page, context = self.page, self.context
        deed: Any = register_lead if page is None else correct_lead
        try:
            form = self._read()
        except InvalidForm as wrong:
            in_place(self.banner, self.binder)(wrong)
            return
        self.weighing.hold()
        self.binder.flush()
        context.carry_out(
            deed, form, lambda key: self._saved(key, more=more), owner=self, failed=self._failed
        )

    def _saved(self, key: int, *, more: bool) -> None:
        self.weighing.let_go()
        self.drafts.drop(self._key)
        rows = self.context.tasks.now(
            lambda store: leads.lead_rows(store, [key], today=self.context.clock.today())
        )
        number = rows[0].number if rows else ""
        done = "已登记" if self.page is None else "已更正"
        if not more:
            self.context.window.message("ok", f"{done} {number}。")
            self.saved.emit(key)
            return
        kept = {name: self.fields[name].read() for name in KEPT_FOR_NEXT}
        self._show(self._starting() | kept)
        self.banner.say("ok", f"{done} {number}。", act="查看", on=lambda: self.opened.emit(key))
        self.binder.jump("source_number")

    def _failed(self, error: Exception) -> bool:
        self.weighing.let_go()
        self._keep_draft(self.binder.draft())  # another window may have dropped its like
        if isinstance(error, Refused) and all(one.level is Level.WARN for one in error.objections):
            self.banner.say("warn", "右边的提示写明理由后，可以再次保存。")
            self.findings.show_findings(error.objections, none="")
            self.findings.show()
            row = self.findings.row(error.objections[0].code)
            if row is not None:
                row.reason.setFocus()
            return True
        return in_place(self.banner, self.binder)(error)
