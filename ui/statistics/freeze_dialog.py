"""锁定上报: says what is kept, asks the reason when the span was frozen before."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.operations.reports import FreezeReportForm, freeze_report
from enforcer.queries.frozen_reports import Frozen
from enforcer.queries.periods import Period
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.inputs import LineEdit
from ui.widgets.moments import show_moment


class FreezeDialog(Dialog):
    """`frozen` gives the number of the paper."""

    frozen = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        period: Period,
        earlier: Sequence[Frozen],
        money_unit: str,
    ) -> None:
        super().__init__(parent)
        self.context, self._period, self._unit = context, period, money_unit
        self._request = uuid4()
        self.setWindowTitle("锁定上报")
        self.setMinimumWidth(520)
        self.banner = Banner()
        self.banner.hide()
        self.why = Field("再次锁定的原因", LineEdit(limit=200), required=True)
        self.why.setVisible(bool(earlier))
        self.binder = FormBinder({"reason": self.why}, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(f"锁定{period.label}的报表", "section", wrap=True))
        said = (
            "按现在的数字制成报表存档，连同每个数字背后的明细和操作记录的校验值一起保存，"
            "以后不再改动；之后有补录、作废、撤销的，可以随时对照看出差在哪里、是谁改的。"
        )
        if earlier:
            last = earlier[0]
            said = (
                f"这一期间已于 {show_moment(last.frozen_at)} 由{last.frozen_by}锁定"
                f"（第{last.times}次）。再锁定一次不改动原来的报表。"
            )
        column.addWidget(label(said, wrap=True))
        column.addWidget(self.why)
        column.addWidget(self.banner)
        self.act = button("锁定上报", main=True, keys="Ctrl+Enter", on=self.carry_out)
        column.addWidget(ActBar(button("暂不锁定", on=self.reject), self.act))
        (self.why if earlier else self.act).setFocus()

    def carry_out(self) -> None:
        """Freeze it; what is refused stays in the dialog."""
        context = self.context
        form = FreezeReportForm(
            request_id=self._request,
            first=self._period.first,
            last=self._period.last,
            money_unit=self._unit,
            reason=str(self.why.read() or ""),
        )
        context.carry_out(
            freeze_report, form, self._done, owner=self, failed=in_place(self.banner, self.binder)
        )

    def _done(self, key: int) -> None:
        self.accept()
        self.frozen.emit(key)
