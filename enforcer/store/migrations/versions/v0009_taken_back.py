"""Acts of the course and the archive that can be taken back"""

import sqlalchemy as sa
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


def upgrade() -> None:
    """Let a proposal, a revocation and what was settled of a decision be marked as slips."""
    for table in ("enforcement_case", "publication"):
        op.add_column(table, sa.Column("taken_back_at", Instant(), nullable=True))
    op.create_index(
        "ix_audit_entry_export", "audit_entry", ["at"], sqlite_where=sa.text("action = 'export'")
    )
    for statement in SLIP_GUARDS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
