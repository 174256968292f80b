"""Recordings, clips, scans and the dossier"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from enforcer.models.base import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FILE_FROZEN = (
    "uid",
    "intake_id",
    "original_name",
    "original_path",
    "size",
    "sha256",
    "sm3",
    "media",
    "name_at",
    "media_at",
    "file_at",
    "derived_from_id",
    "derivation",
    "taken_at",
    "taken_by",
)
USE_FROZEN = ("uid", "evidence_file_id", "action", "action_id", "linked_at", "linked_by")
ITEM_FROZEN = ("uid", "case_id", "evidence_file_id", "position", "noted_at", "noted_by")
STAYING = (
    "action_recorders",
    "evidence_act",
    "evidence_check",
    "evidence_deletion",
    "evidence_intake",
    "evidence_item",
    "evidence_problem",
    "evidence_use",
    "intake_file",
    "recorder_event",
)
WRITTEN_ONCE = (
    "action_recorders",
    "evidence_act",
    "evidence_check",
    "evidence_deletion",
    "evidence_problem",
    "recorder_event",
)


def _refuse(name: str, event: str, table: str, say: str, when: str = "") -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{say}'); END"
    )


def _changed(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in columns) + ")"


GUARDS: tuple[str, ...] = (
    _refuse(
        "evidence_file_keep",
        "UPDATE",
        "evidence_file",
        "已登记的证据文件不能修改",
        _changed(FILE_FROZEN),
    ),
    _refuse(
        "evidence_file_gone",
        "UPDATE",
        "evidence_file",
        "已删除的证据文件不能恢复登记",
        "OLD.deletion_id IS NOT NULL AND OLD.deletion_id IS NOT NEW.deletion_id",
    ),
    _refuse("evidence_file_stay", "DELETE", "evidence_file", "证据文件的登记不能删除"),
    _refuse(
        "evidence_use_keep",
        "UPDATE",
        "evidence_use",
        "证据的关联记录不能修改，只能解除",
        f"OLD.removed_at IS NOT NULL OR {_changed(USE_FROZEN)}",
    ),
    _refuse(
        "evidence_item_keep",
        "UPDATE",
        "evidence_item",
        "已移出清单的证据条目不能修改",
        f"OLD.removed_at IS NOT NULL OR {_changed(ITEM_FROZEN)}",
    ),
    *(_refuse(f"{one}_stay", "DELETE", one, "证据记录不能删除") for one in STAYING),
    *(_refuse(f"{one}_keep", "UPDATE", one, "证据记录不能修改") for one in WRITTEN_ONCE),
)


DOSSIER_FROZEN = (
    "uid",
    "case_id",
    "archive_number",
    "year",
    "serial",
    "archived_at",
    "archived_by",
)
PAGE_FROZEN = ("uid", "scan_id", "position", "look", "code")
DOSSIER_GUARDS: tuple[str, ...] = (
    *(
        _refuse(f"{one}_stay", "DELETE", one, "归档和扫描的记录不能删除")
        for one in ("archive_handover", "case_opening", "dossier", "scan", "scan_page")
    ),
    *(
        _refuse(f"{one}_keep", "UPDATE", one, "归档和扫描的记录不能修改")
        for one in ("archive_handover", "case_opening", "scan")
    ),
    _refuse("dossier_keep", "UPDATE", "dossier", "归档号不能改", _changed(DOSSIER_FROZEN)),
    _refuse(
        "dossier_handed",
        "UPDATE",
        "dossier",
        "已移交的案卷不能修改",
        "OLD.handover_id IS NOT NULL",
    ),
    _refuse("scan_page_keep", "UPDATE", "scan_page", "扫描页不能修改", _changed(PAGE_FROZEN)),
)


def _dossier() -> None:
    """What goes to the archive, scans of signed papers, cases opened from a file."""
    op.create_table(
        "archive_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("giver", sqlmodel.AutoString(), nullable=False),
        sa.Column("receiver", sqlmodel.AutoString(), nullable=False),
        sa.Column("words", sqlmodel.AutoString(), nullable=False),
        sa.Column("dossiers", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sqlmodel.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_handover")),
        sa.UniqueConstraint("uid", name=op.f("uq_archive_handover_uid")),
    )
    op.create_table(
        "scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("original_name", sqlmodel.AutoString(), nullable=False),
        sa.Column("vault_name", sqlmodel.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.AutoString(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("taken_by", sqlmodel.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("sha256", name=op.f("uq_scan_sha256")),
        sa.UniqueConstraint("uid", name=op.f("uq_scan_uid")),
    )
    op.create_table(
        "case_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("package_sha256", sqlmodel.AutoString(), nullable=False),
        sa.Column("exported_at", Instant(), nullable=False),
        sa.Column("exported_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("exported_from", sqlmodel.AutoString(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("opened_by", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["enforcement_case.id"],
            name=op.f("fk_case_opening_case_id_enforcement_case"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_opening")),
        sa.UniqueConstraint("uid", name=op.f("uq_case_opening_uid")),
    )
    op.create_index(op.f("ix_case_opening_case_id"), "case_opening", ["case_id"], unique=False)
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("archive_number", sqlmodel.AutoString(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("fonds", sqlmodel.AutoString(), nullable=False),
        sa.Column("retention", sqlmodel.AutoString(), nullable=False),
        sa.Column("order_key", sqlmodel.AutoString(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=False),
        sa.Column("compiler", sqlmodel.AutoString(), nullable=False),
        sa.Column("compiled_on", sa.Date(), nullable=False),
        sa.Column("inspector", sqlmodel.AutoString(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=True),
        sa.Column("words", sqlmodel.AutoString(), nullable=False),
        sa.Column("volumes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.AutoString(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", Instant(), nullable=False),
        sa.Column("archived_by", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["enforcement_case.id"], name=op.f("fk_dossier_case_id_enforcement_case")
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["archive_handover.id"],
            name=op.f("fk_dossier_handover_id_archive_handover"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("archive_number", name=op.f("uq_dossier_archive_number")),
        sa.UniqueConstraint("case_id", name=op.f("uq_dossier_case_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_dossier_uid")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_dossier_year_serial")),
    )
    op.create_index(op.f("ix_dossier_handover_id"), "dossier", ["handover_id"], unique=False)
    op.create_table(
        "scan_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("look", sqlmodel.AutoString(), nullable=False),
        sa.Column("code", sqlmodel.AutoString(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "filed",
                "tray",
                "duplicate",
                "set_aside",
                name="scanstate",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("say", sqlmodel.AutoString(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column(
            "settled",
            sa.Enum("read", "hand", name="scansettled", native_enum=False, length=30),
            nullable=True,
        ),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settled_by", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_scan_page_document_id_document")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_scan_page_scan_id_scan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_page")),
        sa.UniqueConstraint("scan_id", "position", name=op.f("uq_scan_page_scan_id_position")),
        sa.UniqueConstraint("uid", name=op.f("uq_scan_page_uid")),
    )
    op.create_index(op.f("ix_scan_page_document_id"), "scan_page", ["document_id"], unique=False)
    op.create_index(op.f("ix_scan_page_look"), "scan_page", ["look"], unique=False)
    op.create_index(op.f("ix_scan_page_scan_id"), "scan_page", ["scan_id"], unique=False)
    op.create_index(op.f("ix_scan_page_state"), "scan_page", ["state"], unique=False)


def upgrade() -> None:
    op.create_table(
        "evidence_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("scheduled", sa.Boolean(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("away", sa.Integer(), nullable=False),
        sa.Column("actor", sqlmodel.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_check")),
        sa.UniqueConstraint("uid", name=op.f("uq_evidence_check_uid")),
    )
    op.create_index(
        op.f("ix_evidence_check_finished_at"), "evidence_check", ["finished_at"], unique=False
    )
    op.create_table(
        "evidence_deletion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.Column("reason", sqlmodel.AutoString(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("actor", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["officer.id"],
            name=op.f("fk_evidence_deletion_confirmed_by_id_officer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_deletion")),
        sa.UniqueConstraint("uid", name=op.f("uq_evidence_deletion_uid")),
    )
    op.create_table(
        "recorder_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "issued",
                "returned",
                "fault",
                "repaired",
                "clock",
                name="recordereventkind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("officer", sqlmodel.AutoString(), nullable=False),
        sa.Column("offset_seconds", sa.Integer(), nullable=True),
        sa.Column("words", sqlmodel.AutoString(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_recorder_event_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_id"], ["recorder.id"], name=op.f("fk_recorder_event_recorder_id_recorder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorder_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_recorder_event_uid")),
    )
    op.create_index(
        op.f("ix_recorder_event_officer_id"), "recorder_event", ["officer_id"], unique=False
    )
    op.create_index(
        op.f("ix_recorder_event_recorder_id"), "recorder_event", ["recorder_id"], unique=False
    )
    op.create_table(
        "action_recorders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "notice",
                "decision",
                "inspection",
                "service",
                "case",
                name="actionkind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("recorders", sa.JSON(), nullable=True),
        sa.Column("reason", sqlmodel.AutoString(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["enforcement_case.id"],
            name=op.f("fk_action_recorders_case_id_enforcement_case"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_recorders")),
        sa.UniqueConstraint("uid", name=op.f("uq_action_recorders_uid")),
    )
    op.create_index(
        op.f("ix_action_recorders_action_id"), "action_recorders", ["action_id"], unique=False
    )
    op.create_index(
        op.f("ix_action_recorders_case_id"), "action_recorders", ["case_id"], unique=False
    )
    op.create_table(
        "evidence_intake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column(
            "source_kind",
            sa.Enum(
                "card", "folder", "dock", "files", name="sourcekind", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column("source", sqlmodel.AutoString(), nullable=False),
        sa.Column("volume_label", sqlmodel.AutoString(), nullable=False),
        sa.Column(
            "keeping",
            sa.Enum("copied", "referenced", name="keeping", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column(
            "action",
            sa.Enum(
                "notice",
                "decision",
                "inspection",
                "service",
                "case",
                name="actionkind",
                native_enum=False,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("place", sqlmodel.AutoString(), nullable=False),
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
        sa.Column("say", sqlmodel.AutoString(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("actor", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["enforcement_case.id"],
            name=op.f("fk_evidence_intake_case_id_enforcement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_evidence_intake_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_id"], ["recorder.id"], name=op.f("fk_evidence_intake_recorder_id_recorder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_intake")),
        sa.UniqueConstraint("uid", name=op.f("uq_evidence_intake_uid")),
    )
    op.create_index(op.f("ix_evidence_intake_state"), "evidence_intake", ["state"], unique=False)
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Integer(), nullable=True),
        sa.Column("original_name", sqlmodel.AutoString(), nullable=False),
        sa.Column("original_path", sqlmodel.AutoString(), nullable=False),
        sa.Column(
            "keeping",
            sa.Enum("copied", "referenced", name="keeping", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("kept_as", sqlmodel.AutoString(), nullable=False),
        sa.Column("volume_label", sqlmodel.AutoString(), nullable=False),
        sa.Column("volume_root", sqlmodel.AutoString(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sqlmodel.AutoString(), nullable=False),
        sa.Column("sm3", sqlmodel.AutoString(), nullable=False),
        sa.Column(
            "media",
            sa.Enum(
                "video",
                "audio",
                "photo",
                "paper",
                "other",
                name="mediakind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("media_format", sqlmodel.AutoString(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("device", sqlmodel.AutoString(), nullable=False),
        sa.Column("recorder_id", sa.Integer(), nullable=True),
        sa.Column("recorder", sqlmodel.AutoString(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("officer", sqlmodel.AutoString(), nullable=False),
        sa.Column("begins_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column(
            "time_source",
            sa.Enum(
                "name", "media", "exif", "hand", name="timesource", native_enum=False, length=30
            ),
            nullable=True,
        ),
        sa.Column("name_at", Instant(), nullable=True),
        sa.Column("media_at", Instant(), nullable=True),
        sa.Column("file_at", Instant(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("place", sqlmodel.AutoString(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=True),
        sa.Column("derived_from_id", sa.Integer(), nullable=True),
        sa.Column("derivation", sqlmodel.AutoString(), nullable=False),
        sa.Column(
            "retention",
            sa.Enum(
                "routine",
                "obstruction",
                "major",
                name="retentionclass",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("retention_reason", sqlmodel.AutoString(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("taken_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("deletion_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deletion_id"],
            ["evidence_deletion.id"],
            name=op.f("fk_evidence_file_deletion_id_evidence_deletion"),
        ),
        sa.ForeignKeyConstraint(
            ["derived_from_id"],
            ["evidence_file.id"],
            name=op.f("fk_evidence_file_derived_from_id_evidence_file"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"],
            ["evidence_intake.id"],
            name=op.f("fk_evidence_file_intake_id_evidence_intake"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_evidence_file_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["recorder_id"], ["recorder.id"], name=op.f("fk_evidence_file_recorder_id_recorder")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
        sa.UniqueConstraint("uid", name=op.f("uq_evidence_file_uid")),
    )
    op.create_index(
        op.f("ix_evidence_file_begins_at"), "evidence_file", ["begins_at"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_file_deletion_id"), "evidence_file", ["deletion_id"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_file_derived_from_id"), "evidence_file", ["derived_from_id"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_file_intake_id"), "evidence_file", ["intake_id"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_file_officer_id"), "evidence_file", ["officer_id"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_file_recorder_id"), "evidence_file", ["recorder_id"], unique=False
    )
    op.create_index(op.f("ix_evidence_file_sha256"), "evidence_file", ["sha256"], unique=False)
    op.create_index(op.f("ix_evidence_file_taken_at"), "evidence_file", ["taken_at"], unique=False)
    op.create_table(
        "evidence_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_file_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "viewed",
                "copied_out",
                "printed",
                "masked",
                "deleted",
                name="evidenceactkind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sqlmodel.AutoString(), nullable=False),
        sa.Column("purpose", sqlmodel.AutoString(), nullable=False),
        sa.Column("approved_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("detail", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"],
            ["evidence_file.id"],
            name=op.f("fk_evidence_act_evidence_file_id_evidence_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_act")),
    )
    op.create_index(
        op.f("ix_evidence_act_evidence_file_id"), "evidence_act", ["evidence_file_id"], unique=False
    )
    op.create_table(
        "evidence_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("evidence_file_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "documentary",
                "physical",
                "audio_visual",
                "electronic",
                "testimony",
                "statement",
                "expert_opinion",
                "records",
                name="evidencekind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("title", sqlmodel.AutoString(), nullable=False),
        sa.Column("in_ms", sa.Integer(), nullable=True),
        sa.Column("out_ms", sa.Integer(), nullable=True),
        sa.Column("proves", sqlmodel.AutoString(), nullable=False),
        sa.Column("words", sqlmodel.AutoString(), nullable=False),
        sa.Column("made_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("made_how", sqlmodel.AutoString(), nullable=False),
        sa.Column("made_at", Instant(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("place", sqlmodel.AutoString(), nullable=False),
        sa.Column("original_lies", sqlmodel.AutoString(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("reason", sqlmodel.AutoString(), nullable=False),
        sa.Column(
            "after_decision",
            sa.Enum(
                "no", "recorded", "registered", name="afterdecision", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("verified_how", sqlmodel.AutoString(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.Column("noted_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.Column("removed_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("removed_reason", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["enforcement_case.id"],
            name=op.f("fk_evidence_item_case_id_enforcement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"],
            ["evidence_file.id"],
            name=op.f("fk_evidence_item_evidence_file_id_evidence_file"),
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["officer.id"], name=op.f("fk_evidence_item_verified_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item")),
        sa.UniqueConstraint("uid", name=op.f("uq_evidence_item_uid")),
    )
    op.create_index(op.f("ix_evidence_item_case_id"), "evidence_item", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_evidence_item_evidence_file_id"),
        "evidence_item",
        ["evidence_file_id"],
        unique=False,
    )
    op.create_table(
        "evidence_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("evidence_file_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "altered", "missing", "unreadable", name="problemkind", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column("path", sqlmodel.AutoString(), nullable=False),
        sa.Column("say", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["evidence_check.id"],
            name=op.f("fk_evidence_problem_check_id_evidence_check"),
        ),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"],
            ["evidence_file.id"],
            name=op.f("fk_evidence_problem_evidence_file_id_evidence_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_problem")),
    )
    op.create_index(
        op.f("ix_evidence_problem_check_id"), "evidence_problem", ["check_id"], unique=False
    )
    op.create_index(
        op.f("ix_evidence_problem_evidence_file_id"),
        "evidence_problem",
        ["evidence_file_id"],
        unique=False,
    )
    op.create_table(
        "evidence_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("evidence_file_id", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "notice",
                "decision",
                "inspection",
                "service",
                "case",
                name="actionkind",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column(
            "after_decision",
            sa.Enum(
                "no", "recorded", "registered", name="afterdecision", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column("remarks", sa.JSON(), nullable=True),
        sa.Column("linked_at", Instant(), nullable=False),
        sa.Column("linked_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.Column("removed_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("removed_reason", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["enforcement_case.id"],
            name=op.f("fk_evidence_use_case_id_enforcement_case"),
        ),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"],
            ["evidence_file.id"],
            name=op.f("fk_evidence_use_evidence_file_id_evidence_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_use")),
        sa.UniqueConstraint("uid", name=op.f("uq_evidence_use_uid")),
    )
    op.create_index(op.f("ix_evidence_use_action_id"), "evidence_use", ["action_id"], unique=False)
    op.create_index(op.f("ix_evidence_use_case_id"), "evidence_use", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_evidence_use_evidence_file_id"), "evidence_use", ["evidence_file_id"], unique=False
    )
    op.create_table(
        "intake_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sqlmodel.AutoString(), nullable=False),
        sa.Column("shown", sqlmodel.AutoString(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "taken",
                "known",
                "refused",
                name="intakefilestate",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("say", sqlmodel.AutoString(), nullable=False),
        sa.Column("retry", sa.Boolean(), nullable=False),
        sa.Column("evidence_file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"],
            ["evidence_file.id"],
            name=op.f("fk_intake_file_evidence_file_id_evidence_file"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"],
            ["evidence_intake.id"],
            name=op.f("fk_intake_file_intake_id_evidence_intake"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_file")),
        sa.UniqueConstraint(
            "intake_id", "position", name=op.f("uq_intake_file_intake_id_position")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_intake_file_uid")),
    )
    op.create_index(op.f("ix_intake_file_intake_id"), "intake_file", ["intake_id"], unique=False)

    _dossier()
    for statement in (*GUARDS, *DOSSIER_GUARDS):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
