"""What the tests of leads share: an office with a head, a lead as it comes in, the deeds by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from enforcer.errors import Refused
from enforcer.models import Certificate, Lead, LeadEvent, NumberRule, Officer
from enforcer.operations import lead_steps, leads
from enforcer.operations.approvals import sign_off
from enforcer.operations.editing import read
from enforcer.operations.filing import propose_filing
from enforcer.operations.lead_forms import (
    AssignLeadForm,
    CheckLeadForm,
    CorrectLeadForm,
    ExtendReplyForm,
    FilingForm,
    FollowUpForm,
    LeadForm,
    ReplyForm,
    SettleLeadForm,
    SignOffForm,
    TakeBackForm,
    VoidLeadForm,
)
from enforcer.operations.office import AnswerForm, answer_question
from enforcer.store.database import Store
from enforcer.terms import OfficerPost, SeriesKind
from tests.factories import Office, an_office

CHINA = ZoneInfo("Asia/Shanghai")
TOLD, NEXT, LATER = date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 9)
DEEDS = {
    "register": (leads.register_lead, LeadForm),
    "correct": (leads.correct_lead, CorrectLeadForm),
    "check": (leads.check_lead, CheckLeadForm),
    "settle": (leads.settle_lead, SettleLeadForm),
    "reply": (leads.reply_to_lead, ReplyForm),
    "assign": (lead_steps.assign_lead, AssignLeadForm),
    "extend": (lead_steps.extend_reply, ExtendReplyForm),
    "follow_up": (lead_steps.follow_up_lead, FollowUpForm),
    "take_back": (lead_steps.take_back, TakeBackForm),
    "void": (lead_steps.void_lead, VoidLeadForm),
    "file": (propose_filing, FilingForm),
    "sign": (sign_off, SignOffForm),
}


@dataclass(frozen=True)
class LeadOffice:
    """Ids of the office's people: two officers, one whose time is over, the head."""

    office: Office
    officer: int
    second: int
    head: int


def at(day: date, hour: int = 17, minute: int = 30) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def a_lead_office(store: Store) -> LeadOffice:
    office = an_office(store)
    with store.unit(actor="测试", operation="a_head") as session:
        session.add(
            NumberRule(
                organ_id=office.organ,
                kind=SeriesKind.CASE_FILING,
                pattern="常城管立字〔{year}〕第{serial}号",
                width=3,
            )
        )
        head = Officer(name="陈局", post=OfficerPost.HEAD)
        reviewer = Officer(name="李审核", post=OfficerPost.LEGAL_REVIEWER)
        session.add_all([head, reviewer])
        session.flush()
        assert head.id
        for one, number in ((head, "J0700001"), (reviewer, "J0700002")):
            session.add(
                Certificate(officer_id=one.id, number=number, valid_until=date(2028, 12, 31))
            )
        first, second, _ = office.officers
        return LeadOffice(office, first, second, head.id)


def do(store: Store, name: str, day: date, **given: Any) -> Any:
    """Carry out a deed at the end of a day."""
    deed, form = DEEDS[name]
    return deed(store, read(form, given).form, today=day, now=at(day), actor="周敏")


def register(store: Store, people: LeadOffice, day: date = date(2026, 9, 1), **given: Any) -> int:
    said = {
        "source": "hotline",
        "source_number": "",
        "received_at": at(day, 9, 5),
        "informant": "刘大伟",
        "informant_phone": "13873600001",
        "place": "桃林路40号",
        "content": "门前每晚堆放建材，占用人行道。",
        "by_id": people.officer,
    }
    key: int = do(store, "register", day, **(said | given))
    return key


def checked(store: Store, people: LeadOffice, day: date = date(2026, 9, 1), **given: Any) -> int:
    lead = register(store, people, day, **given)
    do(store, "check", day, lead_id=lead, findings="属实，占用约六平方米。", by_id=people.officer)
    return lead


def row(store: Store, lead_id: int) -> Lead:
    with store.reading() as session:
        found = session.get(Lead, lead_id)
        assert found is not None
        session.expunge(found)
        return found


def deeds(store: Store, lead_id: int) -> list[str]:
    with store.reading() as session:
        return [one.deed.value for one in events(session, lead_id)]


def events(session: Session, lead_id: int) -> list[LeadEvent]:
    asked = select(LeadEvent).where(LeadEvent.lead_id == lead_id).order_by(col(LeadEvent.id))
    return list(session.exec(asked))


def confirm(store: Store, name: str, value: int, day: date = date(2026, 8, 1)) -> None:
    """Let the office say how many days."""
    form = AnswerForm(name=name, value=str(value), document="本局信访办法", document_number="4号")
    answer_question(store, form, today=day, now=at(day), actor="测试")


def propose(store: Store, people: LeadOffice, lead: int) -> int:
    case: int = do(
        store,
        "file",
        date(2026, 9, 2),
        lead_id=lead,
        by_id=people.officer,
        party_name="王某",
        item_key="road_occupation",
        place="桃林路40号",
        act="占用人行道堆放建材",
        acted_at=at(date(2026, 9, 1), 8),
        grounds="占用人行道",
    )
    return case


def sign_all(store: Store, people: LeadOffice, case: int) -> None:
    for by in (people.second, people.head):
        do(store, "sign", date(2026, 9, 2), case_id=case, matter="filing", by_id=by)


def refusal(store: Store, name: str, day: date, **given: Any) -> dict[str, str]:
    """The codes of a refusal, each with its article."""
    with pytest.raises(Refused) as caught:
        do(store, name, day, **given)
    return {one.code: one.cite for one in caught.value.objections}
