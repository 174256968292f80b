"""What is done with a lead, each a short form in its page; typed words are kept as a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from enforcer.course_terms import LeadOutcome
from enforcer.errors import InvalidForm, Level, Objection, Refused
from enforcer.operations import lead_steps, leads
from enforcer.operations.editing import labels_of, read
from enforcer.operations.lead_forms import (
    AssignLeadForm,
    CheckLeadForm,
    ExtendReplyForm,
    FollowUpForm,
    ReplyForm,
    SettleLeadForm,
    TakeBackForm,
    VoidLeadForm,
)
from enforcer.queries.lead_page import LeadPage
from ui.cases.findings import FindingList
from ui.context import CHINA, Context
from ui.failures import in_place
from ui.leads.choices import LEAD, LeadChoices
from ui.row_draft import RowDrafts
from ui.weighing import CHANGED, Weighing
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, button, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.moments import DateEdit
from ui.widgets.pickers import FilterCombo, OfficerPicker

INTO = "into"
WAYS = ("电话", "平台回复", "书面", "当面", "短信")
ENDS = tuple(one for one in LeadOutcome if one is not LeadOutcome.CASE)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, its form, its deed, the fields typed, what is said once it is done."""

    title: str
    form: type[Any]
    deed: Callable[..., Any]
    fields: tuple[str, ...]
    done: str
    keys: str = ""
    danger: bool = False


STEPS: Mapping[str, Step] = {
    "check": Step(
        "核查",
        CheckLeadForm,
        leads.check_lead,
        ("findings", "on", "by_id"),
        "核查情况已登记。",
        "F6",
    ),
    "assign": Step(
        "交办",
        AssignLeadForm,
        lead_steps.assign_lead,
        ("handler_id", "on", "words", "by_id"),
        "已交办。",
    ),
    "extend": Step(
        "延长答复",
        ExtendReplyForm,
        lead_steps.extend_reply,
        ("until", "on", "reason", "told", "by_id"),
        "答复期限已延长，算式里写明。",
    ),
    "settle": Step(
        "办结",
        SettleLeadForm,
        leads.settle_lead,
        ("outcome", INTO, "referred_to", "reason", "on", "by_id"),
        "线索已办结。",
        "F7",
    ),
    "reply": Step(
        "答复",
        ReplyForm,
        leads.reply_to_lead,
        ("way", "on", "reply", "satisfied", "by_id"),
        "答复已登记。",
        "F8",
    ),
    "follow_up": Step(
        "回访",
        FollowUpForm,
        lead_steps.follow_up_lead,
        ("satisfied", "on", "words", "by_id"),
        "回访已登记。",
    ),
    "take_back": Step(
        "撤回上一步",
        TakeBackForm,
        lead_steps.take_back,
        ("why", "by_id"),
        "已撤回，两条记录都保留。",
        danger=True,
    ),
    "void": Step(
        "作废",
        VoidLeadForm,
        lead_steps.void_lead,
        ("why", "by_id"),
        "已作废，编号和记录保留，不再计入统计和期限。",
        danger=True,
    ),
}
_AREAS = {"findings": 5, "reason": 4, "reply": 4}
_WIDE = {*_AREAS, "told", "why", "referred_to", INTO}
_LABELS = {INTO: "并入", "on": "日期", "by_id": "经办人"}
_SIGNS = {"extend": "批准人", "assign": "交办人"}
_HINTS = {
    ("extend", "told"): "何时、怎样告知反映人，可不填",
    ("settle", "reason"): "写明事实和依据",
}


class StepPanel(Card):
    """The form of one step; `finished` once done or left; `typing(key, values)` for the preview."""

    finished = Signal()
    typing = Signal(str, object)

    def __init__(self, context: Context, key: str, page: LeadPage, choices: LeadChoices) -> None:
        super().__init__(spacing=10)
        self.context, self.key, self.page, self.choices = context, key, page, choices
        self.step = STEPS[key]
        self.loaded = page.version
        self._request = uuid4()
        self._refusal_told = False
        self.drafts = RowDrafts(context, self, f"lead-{key}")
        self.body.setContentsMargins(18, 12, 18, 12)
        last = f"：{page.last}" if key == "take_back" else ""
        self.body.addWidget(label(f"{self.step.title}{last}", "section"))
        self.message = Banner("bad")
        self.message.hide()
        self.body.addWidget(self.message)
        grid = FieldGrid(2)
        labels = labels_of(self.step.form) | _LABELS
        if key in _SIGNS:
            labels["by_id"] = _SIGNS[key]
        self.fields: dict[str, Field] = {}
        for name in self.step.fields:
            made = Field(labels[name], self._widget(name), hint=_HINTS.get((key, name), ""))
            made.editor.setObjectName(f"lead_step_{name}")
            self.fields[name] = made
            grid.add(made, 2 if name in _WIDE else 1)
        self.binder = FormBinder(self.fields, parent=self, keep_draft=self._keep_draft)
        self.body.addLayout(grid)
        self.findings = FindingList(lambda one: self._jump(one.field))
        self.findings.hide()
        self.body.addWidget(self.findings)
        self.save = button(
            self.step.title,
            main=not self.step.danger,
            danger=self.step.danger,
            keys="Ctrl+Enter",
            on=self.carry_out,
        )
        self.save.setObjectName("lead_step_save")
        self.acts = ActBar(button("取消　Esc", on=self.leave), self.save)
        self.body.addWidget(self.acts)
        self.weighing = Weighing(
            self,
            context,
            self._read,
            acts=self.acts,
            told=self._weighed,
            jump=self._jump,
        )
        self.weighing.weigh_for(self.step.deed.__name__, self.save)
        self.findings.reasoned.connect(self.weighing.again)
        self.binder.submitted.connect(self.save.setFocus)
        self.binder.edited.connect(self._edited)
        if key == "settle":
            self.fields["outcome"].edited.connect(self._outcome_chosen)
        self.binder.set_values(self._starting())
        self._restore_draft()
        self._fit()

    def _widget(self, name: str) -> QWidget:
        made = self._made(name)
        if isinstance(made, QComboBox):
            made.setSizeAdjustPolicy(made.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            made.setMinimumContentsLength(4)
        return made

    def _made(self, name: str) -> QWidget:
        if name in ("on", "until"):
            return DateEdit(self.context.clock.today)
        if name in ("by_id", "handler_id"):
            return OfficerPicker(self.choices.people)
        if name == "outcome":
            return Choice([(one, one.label) for one in ENDS], blank="请选择")
        if name == "satisfied":
            blank = "" if self.key == "follow_up" else "还没有问"
            return Choice([(True, "满意"), (False, "不满意")], blank=blank)
        if name == INTO:
            own = (LEAD, self.page.row.id)
            options = [one for one in self.choices.into if one.key != own]
            return FilterCombo(options, placeholder="编号、案号、当事人或者地点")
        if name == "way":
            return Choice([(one, one) for one in WAYS])
        if name in _AREAS:
            return TextArea(lines=_AREAS[name], limit=2000)
        return LineEdit(limit=200)

    def _starting(self) -> dict[str, Any]:
        row, me = self.page.row, self.choices.person(self.context.name)
        handler = self.choices.person(row.handler) if row.handler else None
        found: dict[str, Any] = {"on": self.context.clock.today(), "by_id": me or handler}
        if self.key == "follow_up":
            found["satisfied"] = True
        if self.key == "check":
            found["by_id"] = handler or me
        if self.key == "extend":
            heads = self.choices.heads
            found["by_id"] = next(iter(heads)) if len(heads) == 1 else None
        return {name: value for name, value in found.items() if name in self.fields}

    def start(self) -> None:
        """Go into the first field."""
        self.binder.jump(self.step.fields[0])

    def _edited(self) -> None:
        self._fit()
        self.weighing.again()
        self.typing.emit(self.key, self.binder.values())

    def _weighed(self, rest: Sequence[Objection]) -> None:
        """The first is said by the grey act, doubts ask for their reasons, the others stand above."""
        doubts = [one for one in rest if one.level is Level.WARN]
        self.findings.show_findings(doubts, none="")
        self.findings.setVisible(bool(doubts))
        blocks = [one for one in rest if one.level is Level.BLOCK]
        if changed := next((one for one in blocks if one.code == CHANGED), None):
            self._tell_changed(changed.say)
        elif blocks or self._refusal_told:
            self.message.show_objections(blocks, self._jump)
        self._refusal_told = bool(blocks)

    def _fit(self) -> None:
        """Only the fields that this end of a lead needs."""
        if self.key != "settle":
            return
        outcome = self.fields["outcome"].read()
        self.fields[INTO].setVisible(outcome is LeadOutcome.MERGED)
        self.fields["referred_to"].setVisible(outcome is LeadOutcome.REFERRED)
        refused = outcome is LeadOutcome.REFUSED
        self.fields["by_id"].set_hint("由负责人决定" if refused else "")

    def _outcome_chosen(self) -> None:
        """Where there is one head, the refusal to file is his to sign."""
        heads = self.choices.heads
        refused = self.fields["outcome"].read() is LeadOutcome.REFUSED
        if refused and len(heads) == 1:
            self.binder.set_values({"by_id": next(iter(heads))})

    def _field_of(self, name: str) -> str:
        return INTO if name in ("merged_into_id", "case_id") else name

    def _jump(self, name: str) -> bool:
        return self.binder.jump(self._field_of(name))

    def _read(self) -> Any:
        return read(self.step.form, self.given()).form

    def given(self) -> dict[str, Any]:
        """What the operation's form is made from."""
        values = self.binder.values()
        if self.key == "settle":
            into = values.pop(INTO)
            merging = values["outcome"] is LeadOutcome.MERGED
            if merging and into is not None:
                values["merged_into_id" if into[0] == LEAD else "case_id"] = into[1]
            if values["outcome"] is not LeadOutcome.REFERRED:
                values["referred_to"] = ""
        found = {name: value for name, value in values.items() if value is not None}
        return found | {
            "request_id": self._request,
            "lead_id": self.page.row.id,
            "loaded": self.loaded,
            "reasons": self.findings.reasons(),
        }

    def carry_out(self) -> None:
        """Do the step; what stands against it is said in the panel."""
        if not self.save.isEnabled() or not self.binder.ready():
            return
        try:
            form = self._read()
        except InvalidForm as wrong:
            named = {self._field_of(name): say for name, say in wrong.by_field.items()}
            self.message.say("bad", self.binder.show_errors(named))
            return
        self.weighing.hold()
        self.binder.flush()
        self.context.carry_out(self.step.deed, form, self._done, owner=self, failed=self._refused)

    def leave(self) -> None:
        """Back to the page; what was typed stays as a draft."""
        self.binder.flush()
        self.finished.emit()

    def _done(self, _answer: Any) -> None:
        self.drafts.drop(self.page.row.id)
        self.context.window.message("ok", f"{self.page.row.number} {self.step.done}")
        self.finished.emit()

    def _refused(self, error: Exception) -> bool:
        self.weighing.let_go()
        if isinstance(error, Refused):
            self._keep_draft(self.binder.draft())  # another window may have dropped its like
            if any(one.code == CHANGED for one in error.objections):
                self._tell_changed(str(error))
                return True
            if all(one.level is Level.WARN for one in error.objections):
                self.findings.show_findings(error.objections, none="")
                self.findings.show()
                return True
            self._refusal_told = True
            self.message.show_objections(error.objections, self._jump)
            return True
        return in_place(self.message, self.binder)(error)

    def _tell_changed(self, say: str) -> None:
        self.message.say("bad", say, act="对照后再办", on=self._take_theirs)

    def _take_theirs(self) -> None:
        """The page behind shows what the other has done; what was typed here goes on from it."""
        self.binder.flush()
        self.finished.emit()

    # the draft

    def _keep_draft(self, values: dict[str, Any]) -> None:
        into = values.get(INTO)
        kept = values | ({INTO: list(into)} if into else {})
        self.drafts.keep(self.page.row.id, kept, self.loaded)

    def _restore_draft(self) -> None:
        found = self.drafts.take(self.page.row.id)
        if found is None:
            return
        values = dict(found.payload.get("values", {}))
        if values.get(INTO):
            values[INTO] = tuple(values[INTO])
        if values.get("outcome"):
            values["outcome"] = next(one for one in ENDS if one.value == values["outcome"])
        self.binder.set_values(values)
        at = found.saved_at.astimezone(CHINA)
        self.message.say(
            "info", f"{at:%Y-%m-%d %H:%M} 填写而没有保存的内容已放回。", act="清空", on=self._clear
        )

    def _clear(self) -> None:
        self.drafts.drop(self.page.row.id)
        self.message.say("info", "")
        self.binder.clear()
        self.binder.set_values(self._starting())
        self._fit()
        self.start()
