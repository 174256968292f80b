"""初次违法: the look-up by party and by plate over the office's window, and what is filed of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from enforcer.errors import InvalidForm, StoreTrouble
from enforcer.models import Case, Decision, FirstViolationCheck, Notice
from enforcer.operations import law_book, office, registers
from enforcer.queries import first_violation
from enforcer.store.database import Store
from enforcer.terms import (
    Discretion,
    NoPenaltyReason,
    NoticeState,
    Origin,
    PartyKind,
    Procedure,
    Stage,
)

Do = Callable[..., Any]
PERSON, PLATE, ITEM = "430702198801011234", "湘J12345", "road_occupation"


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    def carry_out(deed: Do, form: type, /, **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor="周敏")

    return carry_out


@pytest.fixture
def year(do: Do) -> None:
    do(
        office.answer_question, office.AnswerForm, name="first_violation_lookback_days",
        value="365", document="某市首违不罚清单",
    )  # fmt: skip


def a_decision(store: Store, number: str, **change: Any) -> int:
    """A decided case; `change` goes to the case or to its decision."""
    case: dict[str, Any] = {
        "number": number, "procedure": Procedure.SUMMARY, "stage": Stage.DECIDED,
        "origin": Origin.MADE_HERE, "cause": "擅自占用城市道路", "item_key": ITEM,
        "party_name": "李某", "party_kind": PartyKind.CITIZEN, "party_id_number": PERSON,
        "acted_on": date(2026, 3, 1),
    }  # fmt: skip
    decision: dict[str, Any] = {
        "number": number, "procedure": Procedure.SUMMARY, "decided_on": date(2026, 3, 1),
        "discretion": Discretion.ORDINARY,
    }  # fmt: skip
    for name, value in change.items():
        (decision if name in Decision.model_fields else case)[name] = value
    with store.unit(actor="测试", operation="a_decision") as session:
        row = Case(**case)
        session.add(row)
        session.flush()
        assert row.id
        session.add(Decision(case_id=row.id, **decision))
        return row.id


def a_notice(store: Store, number: str, **change: Any) -> None:
    given: dict[str, Any] = {
        "number": number, "state": NoticeState.ISSUED, "origin": Origin.MADE_HERE, "plate": PLATE,
        "plate_key": PLATE, "noticed_at": datetime(2026, 3, 1, 2, tzinfo=UTC),
        "noticed_on": date(2026, 3, 1), "item_key": ITEM,
    }  # fmt: skip
    with store.unit(actor="测试", operation="a_notice") as session:
        session.add(Notice(**given | change))


def look(store: Store, today: date, **change: Any) -> bool | None:
    given: dict[str, Any] = {"item_key": ITEM, "party_id_number": PERSON, "on": today}
    return first_violation.look_up(store, **given | change).is_first


def test_nothing_found_is_the_first_whatever_the_window(store: Store, today: date) -> None:
    assert look(store, today) is True
    assert look(store, today, party_id_number="") is None


@pytest.mark.parametrize(
    ("change", "is_first"),
    [
        ({}, False),
        ({"party_id_number": "", "plate_key": PLATE}, True),
        ({"item_key": "graffiti"}, True),
        ({"acted_on": date(2025, 9, 3)}, True),
        ({"acted_on": date(2025, 9, 4)}, False),
        ({"acted_on": None, "decided_on": date(2026, 5, 1)}, False),
        ({"acted_at": datetime(2025, 9, 3, 17, tzinfo=UTC)}, False),
        ({"revoked_on": date(2026, 4, 1)}, True),
        ({"discretion": Discretion.NO_PENALTY, "no_penalty_reason": NoPenaltyReason.NOT_ESTABLISHED}, True),
        ({"discretion": Discretion.NO_PENALTY, "no_penalty_reason": NoPenaltyReason.FIRST_VIOLATION}, False),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("year")
def test_a_decision_counts_for_its_party_and_item_within_the_window(
    store: Store, today: date, change: dict[str, Any], is_first: bool
) -> None:
    a_decision(store, "常城管当罚字〔2026〕第001号", **change)
    assert look(store, today) is is_first


@pytest.mark.usefixtures("year")
def test_the_plate_finds_what_the_number_does_not(store: Store, today: date) -> None:
    a_decision(store, "常城管当罚字〔2026〕第001号", party_id_number="", plate_key=PLATE)
    assert look(store, today) is True
    assert look(store, today, plate_key=PLATE) is False


def test_without_a_window_an_earlier_decision_cannot_be_judged(store: Store, today: date) -> None:
    a_decision(store, "常城管当罚字〔2026〕第001号")
    assert look(store, today) is None


@pytest.mark.usefixtures("year")
def test_the_case_itself_is_not_its_own_forerunner(store: Store, today: date) -> None:
    case = a_decision(store, "常城管当罚字〔2026〕第001号")
    assert look(store, today, but_case=case) is True


@pytest.mark.usefixtures("year")
def test_whether_a_notice_counts_is_the_offices_choice(do: Do, store: Store, today: date) -> None:
    a_notice(store, "告字第00001号")
    a_notice(store, "告字第00002号", state=NoticeState.VOID)
    a_notice(store, "告字第00003号", item_key="graffiti")
    assert look(store, today, plate_key=PLATE) is None
    for answer, is_first in (("计入", False), ("不计入", True)):
        do(
            office.answer_question, office.AnswerForm, name="first_violation_counts_notices",
            value=answer,
        )  # fmt: skip
        assert look(store, today, plate_key=PLATE) is is_first


def test_a_notice_of_the_case_is_no_forerunner(store: Store, today: date) -> None:
    case = a_decision(store, "常城管当罚字〔2026〕第001号", party_id_number="", item_key="graffiti")
    a_notice(store, "告字第00001号", case_id=case)
    assert look(store, today, plate_key=PLATE, but_case=case) is True
    assert look(store, today, plate_key=PLATE) is None


FORM = {"item_key": ITEM, "party_id_number": "43070219880101123x", "on": "2026-09-03"}


@pytest.mark.usefixtures("year")
def test_the_answer_is_filed_as_it_was_given(do: Do, store: Store) -> None:
    a_decision(store, "常城管当罚字〔2026〕第001号", party_id_number="43070219880101123X")
    case = a_decision(store, "常城管罚决字〔2026〕第002号", acted_on=date(2026, 9, 3))
    row = do(
        law_book.file_first_violation_check, law_book.FirstViolationForm,
        **FORM, plate="湘J·12345", case_id=case,
    )  # fmt: skip
    [filed] = first_violation.checks(store, case)
    assert (filed.id, filed.is_first, filed.checked_by) == (row, False, "周敏")
    assert (filed.party_id_number, filed.plate_key) == ("43070219880101123X", PLATE)
    assert filed.answer["counted"][0]["number"] == "常城管当罚字〔2026〕第001号"
    assert filed.answer["since"] == "2025-09-03"


def test_what_was_filed_can_be_tied_to_a_case_once_and_is_then_final(do: Do, store: Store) -> None:
    do(law_book.file_first_violation_check, law_book.FirstViolationForm, **FORM)
    case = a_decision(store, "常城管当罚字〔2026〕第001号")
    with store.unit(actor="测试", operation="tie") as session:
        row = session.exec(select(FirstViolationCheck)).one()
        row.case_id = case
        session.add(row)
    for change in (
        "UPDATE first_violation_check SET case_id = NULL",
        "DELETE FROM first_violation_check",
    ):
        with pytest.raises((StoreTrouble, DBAPIError)), store.unit(actor="测试") as session:
            session.execute(text(change))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"party_id_number": ""}, "party_id_number"),
        ({"party_id_number": "", "plate": "无号牌"}, "party_id_number"),
        ({"on": "2026-09-04"}, "on"),
        ({"item_key": "nothing"}, "item_key"),
        ({"case_id": 99}, "case_id"),
        ({"plate": "湘J1\x07"}, ""),
    ],
)
def test_a_look_up_that_says_nothing_is_refused(
    do: Do, store: Store, change: dict[str, Any], field: str
) -> None:
    if not field:  # the gate takes the sign out; the plate is then read as typed
        do(law_book.file_first_violation_check, law_book.FirstViolationForm, **FORM | change)
        return
    with pytest.raises(InvalidForm) as refusal:
        do(law_book.file_first_violation_check, law_book.FirstViolationForm, **FORM | change)
    assert list(refusal.value.by_field) == [field]
    with store.reading() as session:
        assert session.exec(select(FirstViolationCheck)).all() == []


def test_a_later_record_is_no_earlier_one(store: Store, today: date) -> None:
    a_decision(store, "常城管当罚字〔2026〕第001号", acted_on=today + timedelta(days=1))
    assert look(store, today) is True
