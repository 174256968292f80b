"""The steps after a decision, each a short form in the page: pay, hand in, report, close, revoke."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from enforcer import money
from enforcer.errors import InvalidForm, Level, Refused
from enforcer.operations import payments, summary
from enforcer.operations.summary_forms import (
    CloseForm,
    HandInForm,
    PaymentForm,
    ReportForm,
    RevokeForm,
    labels_of,
)
from enforcer.queries.case_page import CasePage
from enforcer.text import take
from ui.cases.findings import FindingList
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, button, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import LineEdit
from ui.widgets.moments import DateEdit
from ui.widgets.money_edit import MoneyEdit


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its form, its deed, the fields that are typed, what is said once it is done."""

    title: str
    form: type[Any]
    deed: Callable[..., Any]
    fields: tuple[str, ...]
    done: str
    danger: bool = False


STEPS: Mapping[str, Step] = {
    "pay": Step(
        "登记缴款",
        PaymentForm,
        payments.register_payment,
        ("paid_on", "amount_yuan", "additional_yuan", "receipt_number", "note"),
        "缴款已登记。",
    ),
    "hand_in": Step(
        "登记交回",
        HandInForm,
        payments.hand_in_money,
        ("to_organ_on", "to_bank_on"),
        "交回日期已登记。",
    ),
    "report": Step(
        "登记备案", ReportForm, summary.report_for_record, ("reported_on",), "备案日期已登记。"
    ),
    "close": Step("结案", CloseForm, summary.close_case, ("closed_on",), "案件已结案。"),
    "revoke": Step(
        "撤销决定",
        RevokeForm,
        summary.revoke_decision,
        ("revoked_on", "reason"),
        "决定已撤销，台账和统计保留并注明。",
        danger=True,
    ),
}
_MONEY = ("amount_yuan", "additional_yuan")
_TODAY = ("paid_on", "reported_on", "closed_on", "revoked_on")


class StepPanel(Card):
    """The form of one step; `finished` once it has been done or left."""

    finished = Signal()

    def __init__(self, context: Context, key: str, page: CasePage) -> None:
        super().__init__(spacing=10)
        self.context, self.key, self.page = context, key, page
        self.step = STEPS[key]
        self._request = uuid4()
        self.body.setContentsMargins(18, 12, 18, 12)
        self.body.addWidget(label(self.step.title, "section"))
        grid = FieldGrid(3)
        labels = labels_of(self.step.form)
        self.fields: dict[str, Field] = {}
        for name in self.step.fields:
            made = Field(labels[name], self._widget(name))
            made.editor.setObjectName(f"step_{name}")
            self.fields[name] = made
            grid.add(made, 2 if name in ("reason", "note") else 1)
        self.binder = FormBinder(self.fields, parent=self)
        self.body.addLayout(grid)
        self.message = Banner("bad")
        self.message.hide()
        self.findings = FindingList(lambda one: self.binder.jump(one.field))
        self.findings.hide()
        self.body.addWidget(self.message)
        self.body.addWidget(self.findings)
        self.save = button(
            self.step.title,
            main=not self.step.danger,
            danger=self.step.danger,
            keys="Ctrl+Enter",
            on=self.carry_out,
        )
        self.save.setObjectName("step_save")
        self.body.addWidget(ActBar(button("取消", on=self.finished.emit), self.save))
        self.binder.submitted.connect(self.save.setFocus)
        self.binder.set_values(self._starting())

    def _widget(self, name: str) -> QWidget:
        if name in _MONEY:
            return MoneyEdit(name=labels_of(PaymentForm)[name].partition("（")[0])
        if name.endswith("_on"):
            return DateEdit(self.context.clock.today)
        return LineEdit(limit=200)

    def _starting(self) -> dict[str, Any]:
        today, page = self.context.clock.today(), self.page
        found: dict[str, Any] = {name: today for name in self.step.fields if name in _TODAY}
        if self.key == "pay":
            found["amount_yuan"] = page.money.open_fen or None
            owed = page.additional.amount_fen if page.additional else 0
            rest = owed - page.money.additional_paid_fen
            found["additional_yuan"] = rest if rest > 0 else None
        if self.key == "hand_in":
            waiting = self._waiting()
            if waiting is not None and waiting.to_organ_on is None:
                found["to_organ_on"] = today
            else:
                found["to_bank_on"] = today
        return found

    def _waiting(self) -> Any:
        return next(
            (
                one
                for one in self.page.payments
                if one.mode.value != "bank" and one.to_bank_on is None
            ),
            None,
        )

    def start(self) -> None:
        """Go into the first field."""
        self.binder.jump(self.step.fields[0])

    def given(self) -> dict[str, Any]:
        """What the operation's form is made from."""
        values = self.binder.values()
        for name in _MONEY:
            if name in values:
                values[name] = "" if values[name] is None else money.yuan(values[name])
        found = {name: value for name, value in values.items() if value is not None}
        found["request_id"] = self._request
        if self.key == "hand_in":
            waiting = self._waiting()
            found["payment_id"] = waiting.id if waiting else 0
            if waiting is not None and waiting.to_organ_on is not None:
                found.pop("to_organ_on", None)
        else:
            found["case_id"] = self.page.row.id
        if self.key == "close":
            found["reasons"] = self.findings.reasons()
        return found

    def carry_out(self) -> None:
        """Do the step; what stands against it is said in the panel."""
        if not self.binder.ready():
            return
        try:
            form = take(self.step.form, self.given(), labels_of(self.step.form)).form
        except InvalidForm as wrong:
            rest = self.binder.show_errors(wrong.by_field)
            self.message.say("bad", rest)
            return
        self.context.carry_out(self.step.deed, form, self._done, owner=self, failed=self._refused)

    def _done(self, _answer: Any) -> None:
        self.context.window.message("ok", self.step.done)
        self.finished.emit()

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, Refused) and all(one.level is Level.WARN for one in error.objections):
            self.findings.show_findings(error.objections, none="")
            self.findings.show()
            return True
        return in_place(self.message, self.binder)(error)
