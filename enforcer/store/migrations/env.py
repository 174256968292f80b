"""Alembic's entry: the connection is handed in, never opened here."""

from alembic import context
from sqlmodel import SQLModel

import enforcer.models  # noqa: F401

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
