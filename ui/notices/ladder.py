"""三次告知: how many notices, within how many days, then what; item by item, with its basis."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.errors import InvalidForm
from enforcer.operations.notice_forms import LadderRuleForm, NextStepForm, labels_of
from enforcer.operations.notices import next_step_of, save_ladder_rule, set_next_step
from enforcer.queries import ladder
from enforcer.terms import LadderChoice
from enforcer.text import take
from ui.context import Context
from ui.failures import in_place
from ui.notices.fields import desk_choices
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, hairline, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, CountEdit, LineEdit

LABELS = labels_of(LadderRuleForm)
ALL_OTHERS = "其他各项（没有单独设定的）"
WHAT = (
    "没有见到公布的“三次告知”规定，所以这只是建议：系统提示，由执法人员决定，理由留存。"
    "填了本单位的依据文件，界面上就不再显示“待机关确认”。"
)


class LadderDialog(Dialog):
    """One rule at a time; the office's last sentence on the notice below it."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.context = context
        self.setWindowTitle("三次告知的阶梯")
        self.setMinimumWidth(560)
        day = context.clock.today()
        items = context.tasks.now(lambda store: desk_choices(store, day)).items
        pairs = [(key, title if key else ALL_OTHERS) for key, title in items]
        self.item = Choice(pairs)
        self.fields = {
            "item_key": Field(LABELS["item_key"], self.item),
            "notices": Field(LABELS["notices"], CountEdit(least=1, most=99, unit="次")),
            "days": Field(LABELS["days"], CountEdit(least=1, most=3660, unit="日")),
            "then": Field(LABELS["then"], Choice([(one, one.label) for one in LadderChoice])),
            "basis": Field(
                LABELS["basis"], LineEdit(placeholder="本单位文件名称、文号；空着就是待机关确认")
            ),
            "text": Field(
                "告知书最后的提示语",
                LineEdit(placeholder="例如：再次发现的，将依法处理。空着就不印"),
            ),
        }
        self.binder = FormBinder(self.fields, parent=self)
        self.binder.submitted.connect(self.save)
        self.state = label("", "quiet", wrap=True)
        self.banner = Banner()
        self.banner.hide()
        self.save_button = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        self._lay_out()
        self.item.edited.connect(self._show)
        self.item.write(next((key for key, _ in pairs), ""))
        self.fields["text"].write(context.tasks.now(next_step_of))
        self._show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(self.windowTitle(), "section"))
        column.addWidget(label(WHAT, "quiet", wrap=True))
        grid = FieldGrid(3)
        grid.add(self.fields["item_key"], 3)
        for name in ("notices", "days", "then"):
            grid.add(self.fields[name])
        grid.add(self.fields["basis"], 3)
        column.addLayout(grid)
        column.addWidget(self.state)
        column.addWidget(hairline())
        column.addWidget(self.fields["text"])
        column.addWidget(self.banner)
        column.addWidget(ActBar(button("关闭", on=self.reject), self.save_button))

    def _show(self) -> None:
        key = self.item.read() or ""
        rule = self.context.tasks.now(lambda store: ladder.rule_for(store, key))
        own = rule.item_key == key and rule.confirmed
        self.binder.set_values(
            {
                "notices": rule.notices,
                "days": rule.days,
                "then": rule.then,
                "basis": rule.basis,
            }
        )
        self.state.setText(
            f"依据：{rule.basis}"
            if own
            else f"现在按建议执行（{rule.basis or ladder.UNCONFIRMED}）。"
        )

    def save(self) -> None:
        """Keep the rule shown and the sentence."""
        values = self.binder.values()
        text = {"text": values.pop("text"), "request_id": uuid4()}
        try:
            rule = take(LadderRuleForm, values | {"request_id": uuid4()}, LABELS).form
            step = take(NextStepForm, text, labels_of(NextStepForm)).form
        except InvalidForm as wrong:
            in_place(self.banner, self.binder)(wrong)
            return
        context, clock = self.context, self.context.clock

        def deed(store: Any) -> None:
            when: dict[str, Any] = {"today": clock.today(), "now": clock.now()}
            set_next_step(store, step, actor=context.actor, **when)  # what may be refused first
            save_ladder_rule(store, rule, actor=context.actor, **when)

        def done(_: None) -> None:
            self._show()
            self.banner.say("ok", "已保存，从下一份告知起按此提示。")

        context.tasks.do(deed, done, owner=self, failed=in_place(self.banner, self.binder))
