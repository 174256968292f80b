"""Accounts with roles: who may act, and who did"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from enforcer.models.base import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _refuse(name: str, event: str, say: str, when: str = "") -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON account {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{say}'); END"
    )


_BOTH = """NEW.roles LIKE '%"administrator"%' AND NEW.roles LIKE '%"auditor"%'"""
_APART = "系统管理员和审计员不能是同一个人"
GUARDS = (
    _refuse("account_stay", "DELETE", "账号不能删除，只能停用"),
    _refuse(
        "account_login_keep",
        "UPDATE",
        "登录名不能修改",
        "OLD.login IS NOT NEW.login OR OLD.uid IS NOT NEW.uid",
    ),
    _refuse("account_apart_new", "INSERT", _APART, _BOTH),
    _refuse("account_apart_keep", "UPDATE", _APART, _BOTH),
)


def upgrade() -> None:
    """Bring the accounts: none of them yet, so that nothing asks for a password."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("login", sqlmodel.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.AutoString(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(), server_default="", nullable=False),
        sa.Column("recovery_hash", sa.String(), server_default="", nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.Column("signed_in_at", Instant(), nullable=True),
        sa.Column("password_set_at", Instant(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_account_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sa.UniqueConstraint("uid", name=op.f("uq_account_uid")),
    )
    op.create_index(op.f("ix_account_officer_id"), "account", ["officer_id"], unique=False)
    for one in GUARDS:
        op.execute(one)


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
