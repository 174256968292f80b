"""${message}"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from enforcer.models.base import Instant

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    raise NotImplementedError("a home is restored from its backup, never downgraded")
