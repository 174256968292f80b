"""Decisions shown to others: whether, why, by whose approval, since when, and when taken back."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from enforcer.models.base import UUID, Retractable, instant, stored, unique_id
from enforcer.publication_terms import Audience, Withheld


class Publication(Retractable, table=True):
    """What was settled for one decision and one audience (行政处罚法 第四十八条).

    `wanted` false: it is not shown, for `withheld` and the written reason. `valid_until_on` and
    `shown_until_on` are the platform's 处罚有效期 and 公示截止期; no statute gives them.
    """

    __table_args__ = (UniqueConstraint("decision_id", "audience"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    decision_id: int = Field(foreign_key="decision.id", index=True)
    audience: Audience = stored(Audience)
    wanted: bool
    withheld: Withheld | None = stored(Withheld, nullable=True)
    reason: str
    approver_id: int = Field(foreign_key="officer.id")
    approver: str
    approved_on: date
    valid_until_on: date | None = None
    shown_until_on: date | None = None
    settled_at: datetime = instant()
    settled_by: str
    published_on: date | None = None
    published_where: str = ""
    withdrawn_on: date | None = None
    withdrawal_words: str = ""
