"""The fields of a lead, in the order they are read."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from enforcer.course_terms import LeadSource
from enforcer.operations.editing import labels_of
from enforcer.operations.lead_forms import CorrectLeadForm, LeadForm
from ui.context import Context
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, LineEdit, TextArea, Tick
from ui.widgets.moments import DateEdit, DateTimeEdit
from ui.widgets.pickers import ItemPicker, OfficerPicker

LABELS = labels_of(CorrectLeadForm) | labels_of(LeadForm)
SPANS = {
    "informant_kept": 3,
    "secret": 3,
    "place": 2,
    "item_key": 3,
    "content": 3,
    "attachments": 3,
    "why": 3,
}
"""Columns of three that a field takes; the others take one."""


def make_fields(context: Context) -> dict[str, Field]:
    """Make every field of 登记线索 and 更正登记."""
    clock = context.clock
    made: dict[str, QWidget] = {
        "source": Choice([(one, one.label) for one in LeadSource]),
        "source_number": LineEdit(placeholder="热线、信箱的工单号"),
        "received_at": DateTimeEdit(clock.now),
        "reply_due_on": DateEdit(clock.today),
        "informant": LineEdit(placeholder="匿名的，不填"),
        "informant_phone": LineEdit(),
        "informant_kept": Tick("反映人不变"),
        "secret": Tick("对反映人的信息保密：文书上不印姓名、电话，查看留下记录"),
        "place": LineEdit(placeholder="路名、门牌号、方位"),
        "party_name": LineEdit(placeholder="不知道的，不填"),
        "item_key": ItemPicker(),
        "content": TextArea(lines=4, placeholder="何时何地、什么人、做了什么"),
        "attachments": LineEdit(placeholder="例如：工单1份、照片3张"),
        "by_id": OfficerPicker(),
        "handler_id": OfficerPicker(),
        "backfilled": Tick("补录旧线索"),
        "number": LineEdit(placeholder="旧台账上的编号；没有的，不填"),
        "why": LineEdit(placeholder="例如：门牌号听错"),
    }
    hints = {
        "reply_due_on": "空着按本机关天数",
        "handler_id": "可以后交办",
    }
    for one in made.values():
        if isinstance(one, QComboBox):
            one.setSizeAdjustPolicy(one.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            one.setMinimumContentsLength(4)
    bare = {"informant_kept", "secret", "backfilled"}
    fields = {
        name: Field(
            LABELS[name],
            widget,
            hint=hints.get(name, ""),
            required=name in ("content", "received_at", "why"),
            bare=name in bare,
        )
        for name, widget in made.items()
    }
    for name, field in fields.items():
        field.editor.setObjectName(f"lead_{name}")
    return fields
