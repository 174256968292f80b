"""Void leads, numbers made void by a slip, postcodes"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from enforcer.models.base import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _refuse(name: str, event: str, table: str, say: str, when: str = "") -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{say}'); END"
    )


GUARDS = (
    _refuse(
        "lead_void_keep",
        "UPDATE",
        "lead",
        "作废的线索不能再办理，只能撤回作废",
        "OLD.voided_on IS NOT NULL AND NEW.voided_on IS NOT NULL",
    ),
    _refuse(
        "decision_back",
        "UPDATE",
        "decision",
        "已经撤回的记录不能恢复",
        "OLD.taken_back_at IS NOT NULL",
    ),
    _refuse(
        "decision_out_keep",
        "UPDATE OF taken_back_at",
        "decision",
        "决定书已经出件，不能撤回",
        "EXISTS (SELECT 1 FROM document WHERE document.case_id = OLD.case_id"
        " AND document.number = OLD.number)",
    ),
    _refuse("void_number_keep", "UPDATE", "void_number", "作废的号码不能修改"),
    _refuse("void_number_stay", "DELETE", "void_number", "作废的号码不能删除"),
)


def upgrade() -> None:
    """Bring the tables of this revision."""
    op.add_column("lead", sa.Column("voided_on", sa.Date(), nullable=True))
    for name in ("voided_by", "void_reason"):
        column = sa.Column(name, sqlmodel.AutoString(), server_default="", nullable=False)
        op.add_column("lead", column)
    for table, name in (("party", "postcode"), ("organ", "postcode"), ("lead", "attachments")):
        column = sa.Column(name, sqlmodel.AutoString(), server_default="", nullable=False)
        op.add_column(table, column)
    op.add_column("decision", sa.Column("taken_back_at", Instant(), nullable=True))
    op.create_table(
        "void_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("number", sqlmodel.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.AutoString(), nullable=False),
        sa.Column("voided_at", Instant(), nullable=False),
        sa.Column("voided_by", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["enforcement_case.id"], name="fk_void_number_case_id_enforcement_case"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_void_number"),
    )
    op.create_index("ix_void_number_case_id", "void_number", ["case_id"])
    for statement in GUARDS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
