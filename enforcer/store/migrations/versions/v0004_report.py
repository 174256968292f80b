"""Frozen reports, publication and imports that can be undone"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from enforcer.models.base import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _refuse(name: str, event: str, table: str, say: str, when: str = "") -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{say}'); END"
    )


GUARDS: tuple[str, ...] = (
    _refuse("publication_stay", "DELETE", "publication", "公开的审定不能删除"),
    _refuse(
        "publication_keep",
        "UPDATE",
        "publication",
        "已经登记的公开、撤回日期不能修改",
        "(OLD.published_on IS NOT NULL AND OLD.published_on IS NOT NEW.published_on)"
        " OR (OLD.withdrawn_on IS NOT NULL AND OLD.withdrawn_on IS NOT NEW.withdrawn_on)",
    ),
)


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum("public", "platform", name="audience", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column(
            "withheld",
            sa.Enum(
                "no_influence",
                "minor",
                "state_secret",
                "trade_secret",
                "privacy",
                "not_on_platform",
                name="withheld",
                native_enum=False,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("reason", sqlmodel.AutoString(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=False),
        sa.Column("approver", sqlmodel.AutoString(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("valid_until_on", sa.Date(), nullable=True),
        sa.Column("shown_until_on", sa.Date(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=False),
        sa.Column("settled_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_where", sqlmodel.AutoString(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawal_words", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["officer.id"], name=op.f("fk_publication_approver_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_publication_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint(
            "decision_id", "audience", name=op.f("uq_publication_decision_id_audience")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_publication_uid")),
    )
    op.create_index(
        op.f("ix_publication_decision_id"), "publication", ["decision_id"], unique=False
    )

    for day, other in (("filed_on", "closed_on"), ("closed_on", "filed_on")):
        op.drop_index(f"ix_enforcement_case_{day}", table_name="enforcement_case")
        op.create_index(
            f"ix_enforcement_case_{day.removesuffix('_on')}_report",
            "enforcement_case",
            [day, "procedure", other],
        )
    for statement in GUARDS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
