"""Recordings, clips, scans and the dossier"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

GUARDS: tuple[str, ...] = ()


def upgrade() -> None:
    for statement in GUARDS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
