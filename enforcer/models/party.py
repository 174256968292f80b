"""Parties and vehicles."""

from datetime import date

from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, stored, unique_id
from enforcer.terms import IdKind, PartyKind, PlateColour, PlateKind, Sex


class Party(SQLModel, table=True):
    """A person or an organisation a case is against."""

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    kind: PartyKind = stored(PartyKind)
    name: str = Field(index=True)
    id_kind: IdKind | None = stored(IdKind, nullable=True)
    id_number: str = Field(default="", index=True)
    id_reason: str = ""  # why a number whose check digit is wrong was kept
    sex: Sex | None = stored(Sex, nullable=True)
    born_on: date | None = None
    address: str = ""
    postcode: str = Field(default="", sa_column_kwargs={"server_default": ""})
    phone: str = ""
    legal_representative: str = ""
    position: str = ""
    note: str = ""
    merged_into_id: int | None = Field(default=None, foreign_key="party.id")  # 同一人的重复登记


class Vehicle(SQLModel, table=True):
    """A vehicle as it was seen. A plate is never unique: plates move, are copied, are misread."""

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    plate: str
    plate_key: str = Field(index=True)
    plate_kind: PlateKind = stored(PlateKind)
    plate_colour: PlateColour | None = stored(PlateColour, nullable=True)
    make: str = ""
    owner_id: int | None = Field(default=None, foreign_key="party.id")
    note: str = ""
