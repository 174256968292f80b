"""撤回上一步: which step, by whom, why; what stands against it is said before anything is asked."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.errors import InvalidForm, Refused
from enforcer.law.slips import Slip, against_slip
from enforcer.operations.slips import TakeBackStepForm, take_back_step
from enforcer.queries.slips import Last
from enforcer.terms import CaseStep
from ui.context import Context
from ui.widgets.banner import Banner, sentence
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.pickers import OfficerPicker, Option

THEN = {
    CaseStep.PROPOSED: "线索回到呈报之前，可以更正、另行办结或者重新呈报，当事人台账里的登记保留",
    CaseStep.FILING_REFUSED: "案件重新等待负责人审批，线索不再算办结",
    CaseStep.REVOKED: "按没有撤销处理，原决定继续有效",
    CaseStep.DECIDED: "案件回到作出决定之前，是否公开的审定一并撤回",
}
"""What becomes of the case once a step is taken back."""


def why_not(slip: Slip | None) -> str:
    """Why the last step cannot be taken back, for the tip of the grey button; empty when it can."""
    if slip is None:
        return "还没有可以撤回的办案步骤。"
    return "\n".join(sentence(one) for one in against_slip(slip))


class SlipDialog(Dialog):
    """Asks who takes the step back and why; `taken` once it is done."""

    taken = Signal()

    def __init__(self, parent: QWidget, context: Context, last: Last, people: list[Option]) -> None:
        super().__init__(parent)
        self.context, self.last, self.slip = context, last, last.slip
        self._request = uuid4()
        title = f"撤回“{self.slip.label}”"
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        by = f"，{self.slip.by}办理" if self.slip.by else ""
        then = THEN.get(self.slip.step, "案件回到办理这一步之前") if self.slip.step else ""
        told = (
            f"这一步登记在 {self.slip.on}{by}。撤回后，{then}；"
            "记录不删除，连同撤回原因留在办理记录和操作日志里。"
        )
        if self.slip.numbers:
            told += f"{'、'.join(self.slip.numbers)} 随之作废：号码保留，不再使用，下次取下一个号。"
        self.by = Field("撤回人", OfficerPicker(people), required=True)
        mine = [one.key for one in people if one.text == self.slip.by]
        me = context.who.officer_id if context.who else None
        self.by.write(me or (mine[0] if mine else None))
        self.why = Field("撤回原因", LineEdit(limit=200), required=True)
        self.notes = Banner("bad")
        self.leave = button("不撤回", on=self.reject)
        self.act = button("撤回这一步", danger=True, keys="Ctrl+Enter", on=self.carry_out)
        self.act.setObjectName("slip_act")
        self.acts = ActBar(self.leave, self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(label(title, "section", wrap=True))
        column.addWidget(label(told, wrap=True))
        column.addWidget(self.by)
        column.addWidget(self.why)
        column.addWidget(self.notes)
        column.addWidget(self.acts)
        self.why.edited.connect(self._offer)
        self._offer()
        self.why.setFocus()

    def _offer(self) -> None:
        self.acts.offer(self.act, "" if self.why.read() else "先写明原因")

    def carry_out(self) -> None:
        """Take it back; a refusal is said here and the dialog stays."""
        form = TakeBackStepForm(
            request_id=self._request,
            case_id=self.last.case_id,
            seen=self.last.seen,
            by_id=self.by.read(),
            reason=self.why.read(),
        )
        self.context.carry_out(take_back_step, form, self._done, owner=self, failed=self._refused)

    def _done(self, _: Any) -> None:
        said = f"“{self.slip.label}”已经撤回，记录和原因留在办理记录里。"
        self.context.window.message("ok", said)
        self.taken.emit()
        self.accept()

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, Refused):
            self.notes.show_objections(error.objections)
            return True
        if isinstance(error, InvalidForm):
            self.notes.say("bad", "".join(error.by_field.values()))
            return True
        return False
