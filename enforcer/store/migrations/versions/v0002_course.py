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


ONCE = (  # written once: of these a change of any other column is refused
    "case_event",
    "closure",
    "deferral",
    "discussion",
    "filing",
    "legal_review",
    "proposal",
    "service",
    "sign_off",
    "summons",
    "urging",
    "written_record",
)
RETRACTABLE = (
    *ONCE,
    "correction",
    "court_application",
    "defence_statement",
    "hearing",
    "payment",
    "period_change",
    "preservation",
    "recusal",
    "remedy",
    "seizure",
    "transfer",
)
TRACE_FROZEN = ("case_id", "first_event_id", "last_event_id", "made", "changed")


def upgrade() -> None:
    _leads()
    for statement in GUARDS:
        op.execute(statement)
    _slips()


def _slips() -> None:
    """A slip is marked as taken back, for good; what a step wrote is kept beside it."""
    op.create_table(
        "step_trace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("first_event_id", sa.Integer(), nullable=False),
        sa.Column("last_event_id", sa.Integer(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=True),
        sa.Column("changed", sa.JSON(), nullable=True),
        sa.Column("taken_back_at", Instant(), nullable=True),
        sa.Column("taken_back_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.AutoString(), nullable=False),
        sa.Column("actor", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["enforcement_case.id"], name="fk_step_trace_case_id_enforcement_case"
        ),
        sa.ForeignKeyConstraint(
            ["first_event_id"], ["case_event.id"], name="fk_step_trace_first_event_id_case_event"
        ),
        sa.ForeignKeyConstraint(
            ["last_event_id"], ["case_event.id"], name="fk_step_trace_last_event_id_case_event"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_step_trace"),
    )
    op.create_index("ix_step_trace_case_id", "step_trace", ["case_id"])
    for table in RETRACTABLE:
        kept = [one["name"] for one in sa.inspect(op.get_bind()).get_columns(table)]
        op.add_column(table, sa.Column("taken_back_at", Instant(), nullable=True))
        if table in ONCE:
            op.execute(f"DROP TRIGGER {table}_keep")
            said = f"UPDATE OF {_quoted(kept)}"
            op.execute(_refuse(f"{table}_keep", said, table, "已经记录的办案步骤不能修改"))
    for table in (*RETRACTABLE, "step_trace"):
        op.execute(
            _refuse(
                f"{table}_back",
                "UPDATE",
                table,
                "已经撤回的记录不能恢复",
                "OLD.taken_back_at IS NOT NULL",
            )
        )
    said = f"UPDATE OF {', '.join(TRACE_FROZEN)}"
    op.execute(_refuse("step_trace_keep", said, "step_trace", "已经记录的办案步骤不能修改"))
    op.execute(_refuse("step_trace_stay", "DELETE", "step_trace", "办案记录不能删除"))


def _quoted(columns: list[str]) -> str:
    return ", ".join(f'"{one}"' for one in columns)


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
