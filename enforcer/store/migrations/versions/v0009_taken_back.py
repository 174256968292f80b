"""Acts of the course and the archive that can be taken back"""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
