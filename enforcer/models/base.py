"""Column helpers every table shares: enums by value, aware instants, JSON, the naming convention."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Column, DateTime, Dialect, column, event
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.model_config["defer_build"] = True  # rows are never validated: build no validators
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is a bug and is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime reached the database")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def stored(kind: type[Enum], *, nullable: bool = False, index: bool = False) -> Any:
    """A column that keeps an enum by its value (SQLAlchemy's default keeps the Python name)."""
    return Field(
        default=None if nullable else ...,
        sa_column=Column(
            EnumType(
                kind,
                values_callable=lambda members: [one.value for one in members],
                native_enum=False,
                create_constraint=False,
                length=30,
            ),
            nullable=nullable,
            index=index,
        ),
    )


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """A column for an aware moment (`…_at`)."""
    return Field(
        default=None if nullable else ...,
        sa_column=Column(Instant, nullable=nullable, index=index),
    )


def json_column(*, nullable: bool = True) -> Any:
    """A JSON column; assign a new object to change it, a change inside is not seen."""
    return Field(default=None, sa_column=Column(JSON, nullable=nullable))


def unique_id() -> Any:
    """The row's own UUID, made by the client, so that a repeated save finds the first one."""
    return Field(default_factory=uuid4, unique=True)


class Retractable(SQLModel):
    """A row of the course that can be taken back as a slip: marked, never deleted."""

    taken_back_at: datetime | None = Field(default=None, sa_type=Instant, nullable=True)


TAKEN_BACK_TOO = "taken_back_too"
LEFT_OUT = "left_out"
"""In the info of a session: rows, by their table, that its questions are asked without."""
_UNMAPPED: Any = column("taken_back_at")  # the criterion is first tried on the bare class
_STANDING = with_loader_criteria(
    Retractable,
    lambda table: getattr(table, "taken_back_at", _UNMAPPED).is_(None),
    include_aliases=True,
    track_closure_variables=False,
)


@event.listens_for(Session, "do_orm_execute")
def _leave_out_slips(asked: ORMExecuteState) -> None:
    """No question sees what was taken back, unless it says that it wants it too."""
    plain = asked.is_select and not asked.is_column_load and not asked.is_relationship_load
    if plain and not asked.execution_options.get(TAKEN_BACK_TOO, False):
        asked.statement = asked.statement.options(_STANDING)
        for table, keys in asked.session.info.get(LEFT_OUT, {}).items():
            without = with_loader_criteria(table, table.id.not_in(keys), include_aliases=True)
            asked.statement = asked.statement.options(without)


__all__ = [
    "LEFT_OUT",
    "TAKEN_BACK_TOO",
    "UUID",
    "Instant",
    "Retractable",
    "instant",
    "json_column",
    "stored",
    "unique_id",
]
