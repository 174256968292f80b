"""A benchmark that runs out: the last day for all its tiers at once."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.operations import law_book as deeds
from enforcer.operations.editing import read
from enforcer.queries.law_book import TierRow
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.moments import DateEdit, show_day


class EndDialog(Dialog):
    """Asks for the last day; `ended` tells how many tiers got it."""

    ended = Signal(int)

    def __init__(self, parent: QWidget, context: Context, row: TierRow) -> None:
        super().__init__(parent)
        self.context, self._row = context, row
        self._request = uuid4()
        self.setWindowTitle("终止裁量基准")
        self.setMinimumWidth(480)
        self.banner = Banner()
        self.banner.hide()
        self.until = Field("失效日期（最后一天）", DateEdit(context.clock.today), required=True)
        self.binder = FormBinder({"until_on": self.until}, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label("整个基准终止", "section"))
        column.addWidget(
            label(
                f"《{row.benchmark}》（{row.benchmark_number}）里这个事项自 {show_day(row.from_on)} "
                "起的全部阶次在同一天失效，之后的行为只按法定幅度裁量，或者按新录入的基准。",
                wrap=True,
            )
        )
        column.addWidget(self.until)
        column.addWidget(self.banner)
        self.act = button("终止", main=True, keys="Ctrl+Enter", on=self.carry_out)
        column.addWidget(ActBar(button("不做改动", on=self.reject), self.act))
        self.until.setFocus()

    def carry_out(self) -> None:
        """Let the tiers end."""
        context, row = self.context, self._row
        given = {
            "request_id": self._request,
            "item_key": row.item_key,
            "from_on": row.from_on,
            "until_on": self.until.read(),
        }
        context.carry_out(
            deeds.end_benchmark,
            lambda: read(deeds.EndBenchmarkForm, given).form,
            self._done,
            owner=self,
            failed=in_place(self.banner, self.binder),
        )

    def _done(self, count: int) -> None:
        self.accept()
        self.ended.emit(count)
