"""Second copies of recordings, what a check has read, what came with an opened case"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from enforcer.models.base import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BACKUP_FROZEN = ("uid", "place", "folder", "volume_label", "began_at", "actor")


def _refuse(name: str, event: str, table: str, say: str, when: str = "") -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{say}'); END"
    )


def _changed(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in columns) + ")"


COPY_GUARDS: tuple[str, ...] = (
    _refuse("recording_copy_keep", "UPDATE", "recording_copy", "录像副本的记录不能修改"),
    _refuse("recording_copy_stay", "DELETE", "recording_copy", "录像副本的记录不能删除"),
    _refuse("recording_backup_stay", "DELETE", "recording_backup", "录像备份的记录不能删除"),
    _refuse(
        "recording_backup_keep",
        "UPDATE",
        "recording_backup",
        "已结束的录像备份记录不能修改",
        f"OLD.finished_at IS NOT NULL OR {_changed(BACKUP_FROZEN)}",
    ),
)


def upgrade() -> None:
    """Bring the tables of this revision."""
    _copies()
    op.add_column("evidence_check", sa.Column("read_ids", sqlmodel.AutoString(), nullable=True))
    op.add_column("case_opening", sa.Column("facts", sa.JSON(), nullable=True))


def _copies() -> None:
    """Second copies of recordings on another disk."""
    op.create_table(
        "recording_backup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("place", sqlmodel.AutoString(), nullable=False),
        sa.Column("folder", sqlmodel.AutoString(), nullable=False),
        sa.Column("volume_label", sqlmodel.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "cancelled",
                "interrupted",
                "done",
                name="intakestate",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("copied", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("away", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("say", sqlmodel.AutoString(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("actor", sqlmodel.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_backup")),
        sa.UniqueConstraint("uid", name=op.f("uq_recording_backup_uid")),
    )
    op.create_index(op.f("ix_recording_backup_place"), "recording_backup", ["place"], unique=False)
    op.create_table(
        "recording_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("backup_id", sa.Integer(), nullable=False),
        sa.Column("evidence_file_id", sa.Integer(), nullable=False),
        sa.Column("place", sqlmodel.AutoString(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("say", sqlmodel.AutoString(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["backup_id"],
            ["recording_backup.id"],
            name=op.f("fk_recording_copy_backup_id_recording_backup"),
        ),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"],
            ["evidence_file.id"],
            name=op.f("fk_recording_copy_evidence_file_id_evidence_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_copy")),
    )
    for column in ("backup_id", "evidence_file_id"):
        op.create_index(
            op.f(f"ix_recording_copy_{column}"), "recording_copy", [column], unique=False
        )
    for one in COPY_GUARDS:
        op.execute(one)


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
