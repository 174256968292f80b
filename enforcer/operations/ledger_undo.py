"""An import taken back as one act, as long as none of its rows has been used."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from sqlmodel import Session, SQLModel, col, select

from enforcer import models
from enforcer.errors import InvalidForm, Level, Objection, Refused
from enforcer.models import ImportSpan, LedgerImport
from enforcer.operations.editing import block
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import imports
from enforcer.queries.case_file_rows import model_of
from enforcer.queries.imports import OWN_RULE, Use
from enforcer.store.bulk_delete import bulk_delete
from enforcer.store.database import Store
from enforcer.terms import ImportState
from enforcer.text import Line

SHOWN = 5


class UndoImportForm(BaseModel):
    """Which import, and why it is taken back."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    request_id: UUID | None = None
    import_id: int = Field(title="导入")
    reason: Line = Field(title="撤销的原因")


@operation("撤销导入", UndoImportForm)
def undo_import(
    store: Store, form: UndoImportForm, *, today: date, now: datetime, actor: str
) -> int:
    """Take back every row of one import; how many. Refused with the rows that were used."""
    del today  # every operation is given it
    with store.unit(actor=actor, operation="undo_import") as session:
        if done := earlier_answer(session, form.request_id):
            return int(done["rows"])
        row = session.get(LedgerImport, form.import_id)
        if row is None:
            raise InvalidForm({"import_id": "没有这次导入。请刷新后重新选择。"})
        _refuse(session, row)
        row.state, row.undone_at, row.undone_by = ImportState.UNDONE, now, actor
        row.undo_reason = form.reason
        session.add(row)
        session.flush()
        count = _take_back(session, row) + _give_back(session, row)
        remember(session, form.request_id, "undo_import", {"rows": count}, now=now)
        return count


def _refuse(session: Session, row: LedgerImport) -> None:
    assert row.id
    if row.undone_at is not None:
        raise block("import_undone", "这次导入已经撤销过了。", OWN_RULE)
    if not imports.can_be_undone(session, row.id):
        raise block(
            "import_not_undoable",
            "这次导入是旧版本做的，没有记下各条记录，不能整批撤销。请在“法规清单”里逐条撤下。",
            OWN_RULE,
        )
    used = imports.uses(session, row.id)
    if used:
        raise Refused(*_objections(used))


def _objections(used: list[Use]) -> list[Objection]:
    """The first rows that were used, and how many more."""
    said = [
        Objection(
            "import_used",
            Level.BLOCK,
            f"{one.label}{one.number}{one.how}，这次导入不能整批撤销。请逐条更正或者作废。",
            OWN_RULE,
        )
        for one in used[:SHOWN]
    ]
    if len(used) > SHOWN:
        more = f"另有 {len(used) - SHOWN} 条已经用过，没有一一列出。"
        said.append(Objection("import_used", Level.BLOCK, more, OWN_RULE))
    return said


def _take_back(session: Session, row: LedgerImport) -> int:
    """Delete what it made, what points at others first; the spans go last."""
    assert row.id
    models.load_all()
    by_table: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for table, first, last in imports.spans(session, row.id):
        by_table[table].append((first, last))
    count = 0
    for table in reversed(SQLModel.metadata.sorted_tables):
        if spans := by_table.get(table.name):
            kept = imports.still_pointed_at(session, table.name, spans)
            deleted = bulk_delete(session, table, spans, but=kept)
            count += deleted
    ids = list(session.exec(select(col(ImportSpan.id)).where(ImportSpan.import_id == row.id)))
    bulk_delete(
        session,
        ImportSpan.__table__,  # type: ignore[attr-defined]
        [(one, one) for one in ids if one is not None],
    )
    return count


def _give_back(session: Session, row: LedgerImport) -> int:
    """Write back what stood in rows it wrote over; how many."""
    count = 0
    for table, rows in imports.replaced(row).items():
        model = model_of(table)
        for key, columns in rows.items():
            found = session.get(model, key)
            assert found is not None, "a row of the law stays"
            for name, (before, _) in columns.items():
                kind: Any = model.model_fields[name].annotation
                setattr(found, name, TypeAdapter(kind).validate_python(before))
            session.add(found)
            count += 1
    return count
