"""Alembic's entry: the connection is handed in, never opened here."""

from alembic import context
from sqlmodel import SQLModel

from enforcer.models import load_all

load_all()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
