"""What the course of the ordinary procedure keeps besides its first tables"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARDS: tuple[str, ...] = ()


def upgrade() -> None:
    for statement in GUARDS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("旧版本由升级前的副本恢复")
