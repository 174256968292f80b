"""Local ranges of fine where the national law gives none (行政处罚法 第十二至十四条)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field
from sqlmodel import Session, select

from enforcer.law import catalogue
from enforcer.law.violation import SIDE_LABEL
from enforcer.models import LocalAmount
from enforcer.operations import law_editing
from enforcer.operations.editing import RegisterForm, once, refuse_if, row_for
from enforcer.operations.law_editing import NO_RULES, Faults, Span
from enforcer.operations.registry import operation
from enforcer.store.database import Store
from enforcer.text import Line, OptionalCode, OptionalLine, Paragraph


class LocalAmountForm(RegisterForm):
    """A local range of fine for an item where the national law gives no amount."""

    item_key: Line = Field(title="事项")
    side: Literal["citizen", "organization"] = Field(title="对象")
    min_yuan: OptionalCode = Field(default="", title="下限（元）")
    max_yuan: Line = Field(title="上限（元）")
    document: Line = Field(title="本地规定名称")
    document_number: OptionalLine = Field(default="", title="文号（公告号、令号）")
    article: Line = Field(title="条款")
    text: Paragraph = Field(title="条文原文")
    from_on: date = Field(title="施行日期")
    until_on: date | None = Field(default=None, title="失效日期")


@operation("登记本地罚款幅度", LocalAmountForm)
def save_local_amount(
    store: Store,
    form: LocalAmountForm,
    *,
    today: date,
    now: datetime,
    actor: str,
) -> int:
    """Enter a range that a local rule adds; never one of our own (第十六条)."""

    def deed(session: Session) -> int:
        row = row_for(session, LocalAmount, form, what="本地罚款幅度")
        wrong = amount_faults(session, form, today=today)
        refuse_if(wrong)
        return put_amount(session, form, row)

    return once(store, form, name="save_local_amount", now=now, actor=actor, deed=deed)


def put_amount(session: Session, form: LocalAmountForm, row: LocalAmount | None) -> int:
    """Write the form into its row, a new one when there is none."""
    found = values(form)
    return law_editing.put(session, row or LocalAmount(**found), found)


def values(form: LocalAmountForm) -> dict[str, Any]:
    """The range as it is kept."""
    kept = form.model_dump(exclude={"request_id", "id", "loaded", "min_yuan", "max_yuan"})
    wrong: Faults = {}
    return kept | {
        "min_fen": law_editing.fen(form.min_yuan, "下限", "min_yuan", wrong) or 0,
        "max_fen": law_editing.fen(form.max_yuan, "上限", "max_yuan", wrong) or 0,
        "document": form.document.strip("《》"),
    }


def amount_faults(session: Session, form: LocalAmountForm, *, today: date) -> Faults:
    """Amounts that are none, an item the law has settled, a document that cannot set a fine."""
    wrong = law_editing.dates(form.from_on, form.until_on)
    low = law_editing.fen(form.min_yuan, "下限", "min_yuan", wrong) or 0
    high = law_editing.fen(form.max_yuan, "上限", "max_yuan", wrong) or 0
    if "min_yuan" not in wrong and "max_yuan" not in wrong:
        if high <= 0:
            wrong["max_yuan"] = "上限应当大于零，请按本地规定的原文填写。"
        elif high < low:
            wrong["max_yuan"] = "上限小于下限，请核对。"
    wrong |= _document(form)
    item = catalogue.item(form.item_key, max(form.from_on, today))
    if item is None:
        wrong["item_key"] = "法规清单里没有这个事项，请重新选择。"
    elif not any(form.side in one.sides for one in item.consequences):
        wrong["side"] = f"“{item.title}”不罚{SIDE_LABEL[form.side]}，请核对对象。"
    elif not any(one.amount_unknown and form.side in one.sides for one in item.consequences):
        wrong["item_key"] = f"“{item.title}”的数额，法律、行政法规已经规定，不能再填本地数额。"
    if not wrong:
        wrong |= law_editing.among(
            Span(form.from_on, form.until_on),
            (Span(one.from_on, one.until_on) for one in amounts_like(session, form)),
            what=f"对{SIDE_LABEL[form.side]}的本地罚款幅度",
        )
    return wrong


def amounts_like(session: Session, form: LocalAmountForm) -> list[LocalAmount]:
    """The other ranges of the same item and side."""
    asked = select(LocalAmount).where(
        LocalAmount.item_key == form.item_key,
        LocalAmount.side == form.side,
        LocalAmount.withdrawn == "",
    )
    return [one for one in session.exec(asked) if one.id != form.id]


def _document(form: LocalAmountForm) -> Faults:
    title = form.document.strip("《》")
    if title.endswith(NO_RULES):
        return {
            "document": f"“{title}”是其他规范性文件，不得设定行政处罚（行政处罚法第十六条）。"
            "请填写规定罚款幅度的地方性法规或者规章。"
        }
    return law_editing.article_faults(title, form.article, form.from_on)
