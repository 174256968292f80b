"""Things taken into keeping: preserved as evidence, sealed up, impounded."""

from datetime import date, datetime

from sqlmodel import Field

from enforcer.course_terms import Rank, SeizureKind
from enforcer.models.base import instant, json_column, stored
from enforcer.models.procedure import OfCase


class Preservation(OfCase, table=True):
    """先行登记保存 and the disposal of its things (行政处罚法 第五十六条)."""

    on: date
    reason: str
    place: str = ""
    in_place: bool = True
    approved_by_id: int | None = Field(default=None, foreign_key="officer.id")
    approved_by: str = ""
    approved_on: date | None = None
    things: list[dict[str, object]] | None = json_column()
    officers: list[str] | None = json_column()
    due_on: date | None = None
    disposed_on: date | None = None
    disposed: list[dict[str, object]] | None = json_column()
    disposal_words: str = ""


class Seizure(OfCase, table=True):
    """查封、扣押 (行政强制法 第二十二至二十八条)."""

    kind: SeizureKind = stored(SeizureKind)
    on: date
    authority: str
    rank: Rank = stored(Rank)
    reason: str = ""
    place: str = ""
    urgent: bool = False
    done_at: datetime | None = instant(nullable=True)
    approved_at: datetime | None = instant(nullable=True)
    approved_by_id: int | None = Field(default=None, foreign_key="officer.id")
    approved_by: str = ""
    certificates_shown: bool = False
    rights_told: bool = False
    party_present: bool = True
    witness: str = ""
    things: list[dict[str, object]] | None = json_column()
    officers: list[str] | None = json_column()
    until_on: date
    testing: list[dict[str, object]] | None = json_column()
    extended_on: date | None = None
    extension_reason: str = ""
    extension_told: bool = False
    released_on: date | None = None
    release_reason: str = ""
    disposed: list[dict[str, object]] | None = json_column()
