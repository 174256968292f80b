"""What the course of the ordinary procedure keeps besides its first tables"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from enforcer.models.base import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LEAD_FROZEN = ("uid", "number", "year", "serial", "backfilled")


def _refuse(name: str, event: str, table: str, say: str, when: str = "") -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{say}'); END"
    )


GUARDS: tuple[str, ...] = (
    _refuse("lead_event_keep", "UPDATE", "lead_event", "线索的办理记录不能修改，只能撤回"),
    _refuse("lead_event_stay", "DELETE", "lead_event", "线索的办理记录不能删除，只能撤回"),
    _refuse(
        "lead_number_keep",
        "UPDATE",
        "lead",
        "线索的编号不能修改",
        "(" + " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in LEAD_FROZEN) + ")",
    ),
)


def upgrade() -> None:
    _leads()
    for statement in GUARDS:
        op.execute(statement)


def _leads() -> None:
    """What is done with a lead, and what was reckoned when it came in."""
    op.create_table(
        "lead_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column(
            "deed",
            sa.Enum(
                "registered",
                "corrected",
                "assigned",
                "checked",
                "extended",
                "settled",
                "replied",
                "followed_up",
                "undone",
                name="leaddeed",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("actor", sqlmodel.AutoString(), nullable=False),
        sa.Column("by", sqlmodel.AutoString(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name="fk_lead_event_lead_id_lead"),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["lead_event.id"], name="fk_lead_event_undoes_id_lead_event"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_lead_event"),
    )
    op.create_index("ix_lead_event_lead_id", "lead_event", ["lead_id"])
    op.create_index("ix_lead_event_undoes_id", "lead_event", ["undoes_id"])
    op.add_column("lead", sa.Column("satisfied", sa.Boolean(), nullable=True))
    op.add_column(
        "lead", sa.Column("backfilled", sa.Boolean(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("lead", sa.Column("check_due_on", sa.Date(), nullable=True))
    op.add_column("lead", sa.Column("arithmetic", sa.JSON(), nullable=True))
    op.add_column(
        "lead", sa.Column("handler", sqlmodel.AutoString(), server_default="", nullable=False)
    )
    op.add_column("lead", sa.Column("assigned_on", sa.Date(), nullable=True))
    op.execute(  # a reference cannot be added to a SQLite table but with its column
        "ALTER TABLE lead ADD COLUMN handler_id INTEGER"
        " CONSTRAINT fk_lead_handler_id_officer REFERENCES officer (id)"
    )


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
