"""Numbered blanks: given to a patrol, registered or void when they come back, never lost sight of."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from enforcer.documents.notice_fields import code_of
from enforcer.errors import Refused
from enforcer.models import Document, Notice
from enforcer.operations import notices, numbering
from enforcer.operations.notice_forms import (
    GiveBlanksForm,
    GivenBlanks,
    IssuedNotice,
    PerSheet,
    RegisterBlankForm,
    VoidNoticeForm,
    labels_of,
)
from enforcer.queries import notices as asked
from enforcer.store.database import Store
from enforcer.terms import NoticeState
from enforcer.text import take
from tests.factories import Office, an_office


class Patrol:
    def __init__(self, store: Store, office: Office, today: date, now: datetime) -> None:
        self.store, self.office, self.today, self.now = store, office, today, now

    def give(
        self, count: int, officer: int = 0, *, per_sheet: PerSheet = 1, request: Any = None
    ) -> GivenBlanks:
        form = GiveBlanksForm(
            officer_id=self.office.officers[officer],
            count=count,
            per_sheet=per_sheet,
            item_key="pavement_parking",
            request_id=request,
        )
        return notices.give_blanks(self.store, form, today=self.today, now=self.now, actor="内勤")

    def register(self, notice_id: int, **given: Any) -> IssuedNotice:
        values: dict[str, Any] = {
            "notice_id": notice_id,
            "plate": "湘J8K216",
            "noticed_at": self.now,
            "place": "桃林路118号",
            "item_key": "pavement_parking",
            "officer1_id": self.office.officers[0],
            "officer2_id": self.office.officers[1],
            "recorders": ("0700001", "0700002"),
        }
        form = take(RegisterBlankForm, values | given, labels_of(RegisterBlankForm)).form
        return notices.register_blank(
            self.store, form, today=self.today, now=self.now, actor="内勤"
        )

    def void(self, *ids: int) -> list[str]:
        form = VoidNoticeForm(notice_ids=ids, reason="巡查中损毁")
        return notices.void_notices(self.store, form, today=self.today, now=self.now, actor="内勤")

    def rows(self) -> list[Notice]:
        with self.store.reading() as session:
            return list(session.exec(select(Notice).order_by(Notice.id)))


@pytest.fixture
def patrol(store: Store, today: date, now: datetime) -> Patrol:
    return Patrol(store, an_office(store), today, now)


def test_blanks_have_numbers_and_a_holder(patrol: Patrol) -> None:
    given = patrol.give(3)
    assert (given.first[-6:], given.last[-6:]) == ("00001号", "00003号")
    rows = patrol.rows()
    assert {one.state for one in rows} == {NoticeState.BLANK}
    assert {one.blank_holder_id for one in rows} == {patrol.office.officers[0]}
    assert {one.blank_given_on for one in rows} == {patrol.today}
    frozen: list[Any] = [one.frozen for one in rows]
    assert all(one["notice"]["blank"] for one in frozen)
    with patrol.store.reading() as session:
        assert session.exec(select(Document.pages)).one() == 3
        assert numbering.gaps(session) == []


def test_blanks_that_are_out_are_listed_by_officer(patrol: Patrol) -> None:
    first, second = patrol.give(3), patrol.give(2, officer=1)
    patrol.register(first.ids[0])
    patrol.void(first.ids[1])
    out = {one.officer: one for one in asked.unaccounted(patrol.store)}
    assert (out["周敏"].count, out["周敏"].first) == (1, first.last)
    assert (out["何志远"].count, out["何志远"].ids) == (2, second.ids)
    assert asked.day_counts(patrol.store, patrol.today).blanks_out == 3


def test_a_registered_blank_keeps_its_number_and_its_code(patrol: Patrol) -> None:
    given = patrol.give(2, per_sheet=2)
    issued = patrol.register(given.ids[1], plate="湘JD03127")
    row = patrol.rows()[1]
    assert (issued.number, row.state) == (given.last, NoticeState.ISSUED)
    assert (row.plate_key, row.place, row.print_count) == ("湘JD03127", "桃林路118号", 1)
    assert row.document_id == issued.document_id
    frozen: Any = row.frozen
    assert frozen["notice"]["number"] == given.last
    assert frozen["notice"]["code"] == code_of(row.uid)
    assert not frozen["notice"]["blank"]


def test_a_blank_is_registered_once(patrol: Patrol) -> None:
    given = patrol.give(1)
    request = uuid4()
    first = patrol.register(given.ids[0], request_id=request)
    assert patrol.register(given.ids[0], request_id=request) == first
    with pytest.raises(Refused) as refused:
        patrol.register(given.ids[0])
    assert refused.value.objections[0].code == "notice_not_blank"


def test_a_void_blank_cannot_be_registered(patrol: Patrol) -> None:
    given = patrol.give(1)
    patrol.void(given.ids[0])
    with pytest.raises(Refused) as refused:
        patrol.register(given.ids[0])
    assert refused.value.objections[0].code == "notice_not_blank"
    assert patrol.rows()[0].void_reason == "巡查中损毁"


def test_a_blank_is_not_used_before_it_was_given(patrol: Patrol) -> None:
    given = patrol.give(1)
    with pytest.raises(Refused) as refused:
        patrol.register(given.ids[0], noticed_at="2026-09-02T10:00:00+08:00")
    (one,) = refused.value.objections
    assert (one.code, one.field) == ("blank_used_before_given", "noticed_at")


def test_an_expired_certificate_gets_no_blanks(patrol: Patrol) -> None:
    with pytest.raises(Refused) as refused:
        patrol.give(1, officer=2)
    assert refused.value.objections[0].code == "certificate_expired"
    assert patrol.rows() == []


def test_the_same_request_gives_the_same_blanks(patrol: Patrol) -> None:
    request = uuid4()
    assert patrol.give(2, request=request) == patrol.give(2, request=request)
    assert len(patrol.rows()) == 2


def test_a_refused_registration_leaves_the_blank_and_no_paper(patrol: Patrol) -> None:
    given = patrol.give(1)
    before = sorted(one.name for one in patrol.store.vault.iterdir())
    with pytest.raises(Refused):
        patrol.register(given.ids[0], officer2_id=patrol.office.officers[0])
    assert patrol.rows()[0].state is NoticeState.BLANK
    assert sorted(one.name for one in patrol.store.vault.iterdir()) == before
