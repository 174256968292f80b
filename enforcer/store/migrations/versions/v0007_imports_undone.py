"""Imports of the law and of leads, taken back like those of the ledgers"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _refuse(name: str, event: str, table: str, say: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{say}'); END"
    )


def _undone(table: str) -> str:
    """Whether a row was brought by an import that has been undone."""
    return (
        "EXISTS (SELECT 1 FROM import_span JOIN ledger_import"
        " ON ledger_import.id = import_span.import_id"
        f" WHERE import_span.table_name = '{table}'"
        " AND OLD.id BETWEEN import_span.first_id AND import_span.last_id"
        " AND ledger_import.undone_at IS NOT NULL)"
    )


STAYING = (
    ("lead_stay", "lead", "线索不能删除"),
    ("lead_event_stay", "lead_event", "线索的办理记录不能删除，只能撤回"),
)


def upgrade() -> None:
    """Keep what an import has replaced; let leads of an undone import go, and no others."""
    op.add_column("ledger_import", sa.Column("replaced", sa.JSON(), nullable=True))
    op.execute(
        _refuse(
            "ledger_import_replaced_keep",
            "UPDATE",
            "ledger_import",
            "导入的记录不能修改",
            "OLD.replaced IS NOT NEW.replaced",
        )
    )
    for name, table, say in STAYING:
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
        op.execute(_refuse(name, "DELETE", table, say, f"NOT {_undone(table)}"))

    op.create_index(
        "ix_notice_recorders",
        "notice",
        ["noticed_on", "state", "recorders", "recorder_reason"],
        sqlite_where=sa.text("origin = 'made_here'"),
    )


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
