"""Acts of the course and the archive that can be taken back"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from enforcer.models.base import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _refuse(name: str, event: str, table: str, say: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{say}'); END"
    )


SLIP_GUARDS = (
    _refuse(
        "case_filed_keep",
        "UPDATE OF taken_back_at",
        "enforcement_case",
        "已经立案的案件，呈报立案不能撤回",
        "NEW.taken_back_at IS NOT NULL AND (OLD.stage <> 'lead' OR OLD.filed_on IS NOT NULL)",
    ),
    _refuse(
        "decision_revoked_keep",
        "UPDATE OF revoked_on",
        "decision",
        "撤销决定书已经出件，撤销不能撤回",
        "OLD.revoked_on IS NOT NULL AND NEW.revoked_on IS NULL AND EXISTS (SELECT 1 FROM document"
        " WHERE document.case_id = OLD.case_id AND document.state = 'issued'"
        " AND document.template_key = 'revocation_decision')",
    ),
    _refuse(
        "publication_back",
        "UPDATE",
        "publication",
        "已经撤回的记录不能恢复",
        "OLD.taken_back_at IS NOT NULL",
    ),
    _refuse(
        "publication_out_keep",
        "UPDATE OF taken_back_at",
        "publication",
        "已经公开的决定不能撤回",
        "OLD.published_on IS NOT NULL",
    ),
)
"""What rests on an act holds it, whatever program asks."""


HANDOVER_FROZEN = "uid on giver receiver words dossiers recorded_at recorded_by".split()
DOSSIER_KEPT = (
    "id uid case_id archive_number year serial fonds retention order_key archived_on compiler"
    " compiled_on inspector inspected_on words volumes pages sha256 archived_at archived_by"
).split()


def _altered(columns: list[str]) -> str:
    return " OR ".join(f'OLD."{one}" IS NOT NEW."{one}"' for one in columns)


HANDOVER_GUARDS = (
    _refuse(
        "archive_handover_keep",
        "UPDATE",
        "archive_handover",
        "归档和扫描的记录不能修改",
        f"OLD.taken_back_at IS NOT NULL OR {_altered(HANDOVER_FROZEN)}"
        " OR (OLD.confirmed_on IS NOT NULL AND"
        f" ({_altered(['confirmed_on', 'confirmed_by'])}))",
    ),
    _refuse(
        "archive_handover_received",
        "UPDATE OF taken_back_at",
        "archive_handover",
        "档案室已经签收，或者同一年度后面的清单已经登记，移交不能撤回",
        "NEW.taken_back_at IS NOT NULL AND (OLD.confirmed_on IS NOT NULL OR EXISTS (SELECT 1"
        " FROM dossier AS mine JOIN dossier AS later ON later.year = mine.year"
        " WHERE mine.handover_id = OLD.id AND later.handover_id > OLD.id))",
    ),
    _refuse(
        "dossier_handed",
        "UPDATE",
        "dossier",
        "已移交的案卷不能修改",
        "OLD.handover_id IS NOT NULL AND (NEW.handover_id IS NOT NULL"
        f" OR {_altered(DOSSIER_KEPT)} OR NOT EXISTS (SELECT 1 FROM archive_handover"
        " WHERE id = OLD.handover_id AND taken_back_at IS NOT NULL))",
    ),
)
"""A list that went is signed for or taken back, once; its dossiers wait again only then."""


def _handovers() -> None:
    """Keep whether the archive room signed for a list, or that it was a slip and what stood on it."""
    table = "archive_handover"
    op.add_column(table, sa.Column("confirmed_on", sa.Date(), nullable=True))
    op.add_column(
        table, sa.Column("confirmed_by", sqlmodel.AutoString(), nullable=False, server_default="")
    )
    op.add_column(table, sa.Column("taken_back_at", Instant(), nullable=True))
    op.add_column(
        table, sa.Column("taken_back_by", sqlmodel.AutoString(), nullable=False, server_default="")
    )
    op.add_column(
        table,
        sa.Column("taken_back_reason", sqlmodel.AutoString(), nullable=False, server_default=""),
    )
    op.add_column(table, sa.Column("taken_back_rows", sa.JSON(), nullable=True))
    for name in ("archive_handover_keep", "dossier_handed"):
        op.execute(f"DROP TRIGGER {name}")
    for statement in HANDOVER_GUARDS:
        op.execute(statement)


def upgrade() -> None:
    """Let a proposal, a revocation and what was settled of a decision be marked as slips."""
    for table in ("enforcement_case", "publication"):
        op.add_column(table, sa.Column("taken_back_at", Instant(), nullable=True))
    op.create_index(
        "ix_audit_entry_export", "audit_entry", ["at"], sqlite_where=sa.text("action = 'export'")
    )
    for statement in SLIP_GUARDS:
        op.execute(statement)
    _handovers()


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
