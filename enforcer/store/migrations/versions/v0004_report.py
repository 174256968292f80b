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
    ("notice_stay", "notice", "告知书编号不能删除，只能作废"),
    ("decision_stay", "decision", "已作出的决定不能删除"),
    ("case_stay", "enforcement_case", "案件不能删除"),
)
IMPORT_FROZEN = ("uid", "kind", "source", "taken_at", "taken_by", "read", "taken", "audit_id")
IMPORT_GUARDS = (
    *(_refuse(name, "DELETE", table, say, f"NOT {_undone(table)}") for name, table, say in STAYING),
    _refuse("ledger_import_stay", "DELETE", "ledger_import", "导入的记录不能删除"),
    _refuse(
        "ledger_import_keep",
        "UPDATE",
        "ledger_import",
        "导入的记录不能修改，撤销不能收回",
        "OLD.undone_at IS NOT NULL OR "
        + " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in IMPORT_FROZEN),
    ),
    _refuse("import_span_keep", "UPDATE", "import_span", "导入的记录不能修改"),
)
"""What was taken over by mistake may go again, as one act, while it is unused; nothing else may."""


def _imports() -> None:
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("fingerprint", sqlmodel.AutoString(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=True),
        sa.Column("used_at", Instant(), nullable=False),
        sa.Column("used_by", sqlmodel.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("kind", "fingerprint", name=op.f("uq_import_mapping_kind_fingerprint")),
        sa.UniqueConstraint("uid", name=op.f("uq_import_mapping_uid")),
    )
    op.create_table(
        "ledger_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.AutoString(), nullable=False),
        sa.Column("sheet", sqlmodel.AutoString(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("taken_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("taken", "undone", name="importstate", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("undo_reason", sqlmodel.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_import")),
        sa.UniqueConstraint("uid", name=op.f("uq_ledger_import_uid")),
    )
    op.create_table(
        "import_span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sqlmodel.AutoString(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["ledger_import.id"], name=op.f("fk_import_span_import_id_ledger_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_span")),
    )
    op.create_index(op.f("ix_import_span_import_id"), "import_span", ["import_id"])
    op.create_index("ix_import_span_place", "import_span", ["table_name", "first_id", "last_id"])
    for name, _, _ in STAYING:
        op.execute(f"DROP TRIGGER {name}")
    for statement in IMPORT_GUARDS:
        op.execute(statement)


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
    _imports()


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
