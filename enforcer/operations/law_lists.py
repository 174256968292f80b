"""Rows of the three lists 不予、减轻、从轻: they refine the statute, they never add to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field
from sqlmodel import Session, select

from enforcer.models import ListRow
from enforcer.operations import law_editing
from enforcer.operations.editing import RegisterForm, once, refuse_if, row_for
from enforcer.operations.law_editing import Faults, Span
from enforcer.operations.registry import operation
from enforcer.queries import law_book
from enforcer.store.database import Store
from enforcer.terms import ListCategory
from enforcer.text import Line, OptionalLine, OptionalParagraph


class ListRowForm(RegisterForm):
    """One row of a list; `item` is a title of the catalogue, or the list's own words."""

    category: ListCategory = Field(title="类别")
    item: Line = Field(title="事项")
    breached_basis: OptionalLine = Field(default="", title="定性依据")
    penalty_basis: OptionalLine = Field(default="", title="处罚依据")
    conditions: OptionalParagraph = Field(default="", title="适用条件")
    span: OptionalLine = Field(default="", title="裁量幅度")
    basis: OptionalLine = Field(default="", title="法律依据")
    measures: OptionalLine = Field(default="", title="配套监管措施")
    organ: OptionalLine = Field(default="", title="实施主体")
    document: Line = Field(title="清单名称")
    document_number: Line = Field(title="清单文号")
    from_on: date = Field(title="施行日期")
    until_on: date | None = Field(default=None, title="失效日期")
    note: OptionalParagraph = Field(default="", title="备注")


@operation("录入清单事项", ListRowForm)
def save_list_row(
    store: Store,
    form: ListRowForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Enter or correct a row of the lists (行政处罚法 第三十二、三十三条)."""

    def deed(session: Session) -> int:
        row = row_for(session, ListRow, form, what="清单事项")
        refuse_if(list_faults(session, form))
        return put_list_row(session, form, row)

    return once(store, form, name="save_list_row", now=now, actor=actor, deed=deed)


def put_list_row(session: Session, form: ListRowForm, row: ListRow | None) -> int:
    """Write the form into its row, a new one when there is none."""
    found = values(form)
    return law_editing.put(session, row or ListRow(**found), found)


def values(form: ListRowForm) -> dict[str, Any]:
    """The row as it is kept."""
    kept = form.model_dump(exclude={"request_id", "id", "loaded"})
    measures = law_editing.lines(form.measures.replace("、", "\n").replace("；", "\n"))
    return kept | {
        "item_key": law_book.key_of_item(form.item, form.from_on),
        "conditions": law_editing.condition_texts(form.conditions),
        "measures": "、".join(dict.fromkeys(measures)),
        "document": form.document.strip("《》"),
    }


def list_faults(session: Session, form: ListRowForm) -> Faults:
    """No conditions, no article, an article that does not exist, the same row twice."""
    wrong = law_editing.dates(form.from_on, form.until_on)
    wrong |= law_editing.condition_faults(form.conditions)
    wrong |= law_editing.cite_faults("basis", form.basis, form.from_on)
    for field, text in (
        ("breached_basis", form.breached_basis),
        ("penalty_basis", form.penalty_basis),
    ):
        wrong |= law_editing.cite_faults(field, text, form.from_on, needed=False)
    if wrong:
        return wrong
    made = values(form)
    same = [
        one
        for one in _rows_of(session, form)
        if one.conditions == made["conditions"] and one.id != form.id
    ]
    return law_editing.among(
        Span(form.from_on, form.until_on),
        (Span(one.from_on, one.until_on) for one in same),
        what=f"“{form.item}”（{form.category.label}）条件相同的清单事项",
    )


def same_row(session: Session, form: ListRowForm) -> ListRow | None:
    """The row of the same list, item and conditions from the same day, if there is one."""
    made = values(form)
    return next(
        (
            one
            for one in _rows_of(session, form)
            if (one.from_on, one.conditions) == (form.from_on, made["conditions"])
        ),
        None,
    )


def _rows_of(session: Session, form: ListRowForm) -> list[ListRow]:
    asked = select(ListRow).where(
        ListRow.category == form.category, ListRow.item == form.item, ListRow.withdrawn == ""
    )
    return list(session.exec(asked))
