"""Education and guidance (宣传教育台账): leaflets, persuasion, guidance, early warning."""

from datetime import date

from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, stored, unique_id
from enforcer.terms import GuidanceKind, Origin


class Guidance(SQLModel, table=True):
    """One act of education; `fingerprint` recognises a ledger row that was taken before."""

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    occurred_on: date = Field(index=True)
    kind: GuidanceKind = stored(GuidanceKind)
    place_or_target: str = ""
    quantity: int
    officers: str = ""
    note: str = ""
    origin: Origin = stored(Origin)
    fingerprint: str | None = Field(default=None, unique=True)
