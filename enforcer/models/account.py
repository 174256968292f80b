"""Who may sign in: accounts with their roles, and what guards each of them."""

from datetime import datetime

from sqlalchemy import Column, String
from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, instant, json_column, unique_id


def _secret() -> Column[str]:
    """A hash that the log names when it changes, and never repeats."""
    return Column(String, nullable=False, server_default="", info={"secret": True})


class Account(SQLModel, table=True):
    """One person's way in; never deleted, only switched off.

    `login` is kept as it is compared; `failures` counts since the last success or lock.
    """

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    login: str = Field(unique=True)
    name: str
    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    roles: list[str] = json_column(nullable=False)
    password_hash: str = Field(default="", sa_column=_secret())
    recovery_hash: str = Field(default="", sa_column=_secret())
    must_change: bool = False
    active: bool = True
    failures: int = 0
    locked_until: datetime | None = instant(nullable=True)
    signed_in_at: datetime | None = instant(nullable=True)
    password_set_at: datetime = instant()
    created_at: datetime = instant()
