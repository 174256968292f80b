"""What becomes of a list that went: the archive room signs for it, or it was a slip."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from enforcer.operations import dossier
from enforcer.operations.dossier_handovers import ConfirmHandoverForm, TakeBackHandoverForm
from enforcer.queries.dossier_handover import HandoverRow
from ui.context import Context
from ui.evidence.deed_dialog import Ask, DeedDialog
from ui.widgets.inputs import LineEdit
from ui.widgets.moments import DateEdit, show_day


def became(row: HandoverRow) -> str:
    """How the list stands, as the sentence under its rows ends."""
    if row.taken_back_on is not None:
        return (
            f"{show_day(row.taken_back_on)}由{row.taken_back_by}撤回，"
            f"原因：{row.taken_back_reason.rstrip('。')}。案卷回到未移交，清单留作记录。"
        )
    if row.confirmed_on is not None:
        return f"档案室已于 {show_day(row.confirmed_on)} 签收，不能再改。"
    if row.against:
        return "已经移交，不能再改。签名的清单收回以后，请登记签收。"
    return "已经移交，不能再改。签名的清单收回以后，请登记签收；登记错了的，签收以前可以撤回。"


def confirming(parent: QWidget, context: Context, row: HandoverRow) -> DeedDialog:
    """Asks for the day the archive room signed."""
    day = DateEdit(context.clock.today)
    ask = Ask(
        key="confirm_handover",
        title=f"登记签收第 {row.id} 份移交清单",
        form=ConfirmHandoverForm,
        deed=dossier.confirm_handover,
        act="登记签收",
        said=f"接收人 {row.receiver} 在清单上签名以后登记。登记以后，这份清单不能再撤回。",
        given={"handover_id": row.id},
        values={"on": context.clock.today()},
        required=("on",),
    )
    return DeedDialog(parent, context, ask, {"on": day})


def taking_back(parent: QWidget, context: Context, row: HandoverRow) -> DeedDialog:
    """Asks why the list was a slip."""
    out = f"清单已经输出 {row.written} 次，请收回纸件作废。" if row.written else ""
    ask = Ask(
        key="take_back_handover",
        title=f"撤回第 {row.id} 份移交清单",
        form=TakeBackHandoverForm,
        deed=dossier.take_back_handover,
        act="撤回移交",
        said=f"{row.dossiers} 宗案卷回到未移交，可以重新登记。清单不删除，连同原因留作记录。{out}",
        given={"handover_id": row.id},
        required=("reason",),
        wide=("reason",),
        danger=True,
    )
    return DeedDialog(parent, context, ask, {"reason": LineEdit(limit=200)})
