"""Publication: settled one decision at a time, published and taken back with the day and the words."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, select

from enforcer.errors import InvalidForm, Level, Refused
from enforcer.law.publication import (
    ARTICLE_48,
    ARTICLE_48_2,
    OWN_RULE,
    PublicationFacts,
    objections,
)
from enforcer.models import Officer, Publication
from enforcer.operations.editing import block, once
from enforcer.operations.registry import operation
from enforcer.publication_terms import Audience, Withheld
from enforcer.queries import publication as asked
from enforcer.queries.publication import PublicationRow
from enforcer.store.database import Store
from enforcer.terms import PartyKind
from enforcer.text import Line, OptionalLine


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    request_id: UUID | None = None
    decision_id: int = Field(title="决定")
    audience: Audience = Field(default=Audience.PUBLIC, title="公开对象")


class SettlePublicationForm(_Form):
    """Whether a decision is shown to this audience, why, and who approved it."""

    wanted: bool = Field(title="是否公开")
    withheld: Withheld | None = Field(default=None, title="不公开的理由")
    reason: OptionalLine = Field(default="", title="理由")
    approver_id: int | None = Field(default=None, title="审批人")
    approved_on: date | None = Field(default=None, title="审批日期")
    valid_until_on: date | None = Field(default=None, title="处罚有效期")
    shown_until_on: date | None = Field(default=None, title="公示截止期")
    confirmed: OptionalLine = Field(default="", title="核对说明")


class PublishedForm(_Form):
    """A decision that now stands where everybody can read it."""

    published_on: date | None = Field(default=None, title="公开日期")
    where: Line = Field(title="公开的网址或者地点")


class WithdrawForm(_Form):
    """A decision that was taken back, with the explanation that was published."""

    withdrawn_on: date | None = Field(default=None, title="撤回日期")
    words: Line = Field(title="公开说明的理由")


@operation("审定是否公开", SettlePublicationForm)
def settle_publication(
    store: Store, form: SettlePublicationForm, *, today: date, now: datetime, actor: str
) -> int:
    """Settle it, or settle it anew before it was published; ambers give way to `confirmed`."""

    def deed(session: Session) -> int:
        row = _row(session, form)
        officer = session.get(Officer, form.approver_id) if form.approver_id else None
        approved_on = form.approved_on or today
        said = objections(
            PublicationFacts(
                number=row.number,
                decided_on=row.decided_on,
                punishes=row.punishes,
                revoked_on=row.undone_on,
                person=row.party_kind is PartyKind.CITIZEN,
                acted_on=row.acted_on,
                born_on=row.born_on,
                audience=form.audience,
                wanted=form.wanted,
                withheld=form.withheld,
                reason=form.reason,
                approver_post=officer.post if officer and officer.active else None,
                approved_on=approved_on,
                valid_until_on=form.valid_until_on,
                shown_until_on=form.shown_until_on,
                today=today,
                published_on=row.published_on,
                withdrawn_on=row.withdrawn_on,
            )
        )
        standing = [one for one in said if one.level is Level.BLOCK or not form.confirmed.strip()]
        if standing:
            raise Refused(*standing)
        assert officer is not None
        assert officer.id
        kept = _kept(session, form) or Publication(
            decision_id=form.decision_id,
            audience=form.audience,
            wanted=form.wanted,
            reason="",
            approver_id=officer.id,
            approver="",
            approved_on=approved_on,
            settled_at=now,
            settled_by=actor,
        )
        kept.wanted, kept.withheld = form.wanted, form.withheld
        kept.reason = "；".join(filter(None, (form.reason.strip(), form.confirmed.strip())))
        kept.approver_id, kept.approver, kept.approved_on = officer.id, officer.name, approved_on
        kept.valid_until_on, kept.shown_until_on = form.valid_until_on, form.shown_until_on
        kept.settled_at, kept.settled_by = now, actor
        session.add(kept)
        session.flush()
        assert kept.id
        return kept.id

    return once(store, form, name="settle_publication", now=now, actor=actor, deed=deed)


@operation("登记公开", PublishedForm)
def record_published(
    store: Store, form: PublishedForm, *, today: date, now: datetime, actor: str
) -> int:
    """Enter that it was published; late is entered as it was, the register shows it."""

    def deed(session: Session) -> int:
        row, day = _row(session, form), form.published_on or today
        kept = _kept(session, form)
        if kept is None or not kept.wanted:
            raise block(
                "publication_not_settled",
                f"{row.number}还没有审定公开。请先审定是否公开，写明理由和审批人。",
                ARTICLE_48,
                "decision_id",
            )
        if kept.published_on is not None:
            raise block(
                "publication_twice",
                f"{row.number}已登记于 {kept.published_on} 公开，不能改写日期。日期有误的，"
                "请在案卷备考表中写明更正。",
                OWN_RULE,
                "published_on",
            )
        if row.undone_on is not None and row.undone_on <= day:
            raise block(
                "publication_revoked",
                f"{row.number}已于 {row.undone_on} 撤销或者变更，不再公开。请重新审定为不公开。",
                ARTICLE_48_2,
                "published_on",
            )
        _refuse_outside(day, kept.approved_on, today, "公开日期", "审批日期", "published_on")
        kept.published_on, kept.published_where = day, form.where
        session.add(kept)
        assert kept.id
        return kept.id

    return once(store, form, name="record_published", now=now, actor=actor, deed=deed)


@operation("登记撤回公开", WithdrawForm)
def withdraw_publication(
    store: Store, form: WithdrawForm, *, today: date, now: datetime, actor: str
) -> int:
    """Enter that it was taken back and what was explained (第四十八条第二款)."""

    def deed(session: Session) -> int:
        row, day = _row(session, form), form.withdrawn_on or today
        kept = _kept(session, form)
        if kept is None or kept.published_on is None:
            raise block(
                "publication_not_shown",
                f"{row.number}没有登记过公开，不用撤回。确已公开的，请先登记公开的日期和地点。",
                ARTICLE_48_2,
                "decision_id",
            )
        if kept.withdrawn_on is not None:
            raise block(
                "withdrawn_already",
                f"{row.number}已登记于 {kept.withdrawn_on} 撤回，不能改写日期。日期有误的，"
                "请在案卷备考表中写明更正。",
                OWN_RULE,
                "withdrawn_on",
            )
        _refuse_outside(day, kept.published_on, today, "撤回日期", "公开日期", "withdrawn_on")
        kept.withdrawn_on, kept.withdrawal_words = day, form.words
        session.add(kept)
        assert kept.id
        return kept.id

    return once(store, form, name="withdraw_publication", now=now, actor=actor, deed=deed)


def _row(session: Session, form: _Form) -> PublicationRow:
    row = asked.one_row(session, form.decision_id, form.audience)
    if row is None:
        raise InvalidForm({"decision_id": "没有这份决定。请刷新后重新选择。"})
    return row


def _kept(session: Session, form: _Form) -> Publication | None:
    return session.exec(
        select(Publication).where(
            Publication.decision_id == form.decision_id, Publication.audience == form.audience
        )
    ).first()


def _refuse_outside(
    day: date, first: date, today: date, what: str, ground: str, field: str
) -> None:
    if first <= day <= today:
        return
    raise block(
        "publication_day",
        f"{what} {day} 应当在{ground} {first} 至今天 {today} 之间。请改正{what}。",
        OWN_RULE,
        field,
    )
