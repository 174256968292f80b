"""A list that went to the archive room: signed for, or taken back as a slip while nothing rests on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from enforcer import paths
from enforcer.errors import InvalidForm, Refused
from enforcer.models import ArchiveHandover, AuditEntry, Case, Dossier
from enforcer.operations import dossier
from enforcer.operations.dossier_archive import HandoverForm
from enforcer.operations.dossier_handovers import ConfirmHandoverForm, TakeBackHandoverForm
from enforcer.operations.dossier_lists import as_pdf, handover_list
from enforcer.operations.verification import verify
from enforcer.queries.dossier_handover import handovers, waiting
from enforcer.store.database import Store
from enforcer.terms import Origin, PartyKind, Procedure, Stage
from tests.factories import an_office

Do = Callable[..., Any]
YEARS = (2025, 2026, 2026)
"""The closing years of the three dossiers."""


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    an_office(store)
    with store.unit(actor="测试") as session:
        for n, year in enumerate(YEARS, 1):
            case = Case(
                number=f"立〔{year}〕{n}号", procedure=Procedure.ORDINARY, stage=Stage.CLOSED,
                origin=Origin.MADE_HERE, cause="占用道路", party_name=f"王{n}",
                party_kind=PartyKind.CITIZEN, filed_on=date(year, 1, 5), closed_on=date(year, 3, 1),
            )  # fmt: skip
            session.add(case)
            session.flush()
            session.add(
                Dossier(
                    case_id=case.id, archive_number=f"{year}{n:04d}", year=year, serial=n,
                    order_key="B", archived_on=today, compiler="周敏", compiled_on=today,
                    pages=10 + n, sha256="0" * 64, archived_at=now, archived_by="周敏",
                )
            )  # fmt: skip

    def carry_out(deed: Do, form: type, /, **given: Any) -> Any:
        return deed(store, form(**given), today=today, now=now, actor="周敏")

    def hand_over(*cases: int) -> int:
        given = {"case_ids": cases, "on": today, "giver": "周敏", "receiver": "王芳"}
        return int(carry_out(dossier.hand_over, HandoverForm, **given))

    carry_out.hand_over = hand_over  # type: ignore[attr-defined]
    return carry_out


def take_back(do: Do, number: int, reason: str = "选错了案卷") -> Any:
    return do(dossier.take_back_handover, TakeBackHandoverForm, handover_id=number, reason=reason)


def confirm(do: Do, number: int, on: date) -> Any:
    return do(dossier.confirm_handover, ConfirmHandoverForm, handover_id=number, on=on)


def refused(deed: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        deed()
    (one,) = refusal.value.objections
    return one.code, one.say


def test_a_slip_is_taken_back_its_dossiers_wait_again_and_the_list_stays(
    do: Any, store: Store, today: date
) -> None:
    first = do.hand_over(1, 2)
    before = handover_list(store, first)
    assert [one.case_id for one in waiting(store)] == [3]
    assert take_back(do, first) == first
    assert [one.case_id for one in waiting(store)] == [1, 2, 3]
    with store.reading() as session:
        row = session.get(ArchiveHandover, first)
        assert row
        assert (row.taken_back_by, row.taken_back_reason) == ("周敏", "选错了案卷")
        entries = session.exec(
            select(AuditEntry).where(AuditEntry.operation == "take_back_handover")
        ).all()
    assert {one.table_name for one in entries} >= {"archive_handover", "dossier"}
    after = handover_list(store, first)
    assert (after.rows, after.taken_back) == (before.rows, "选错了案卷")
    said = PdfReader(BytesIO(as_pdf(after, ""))).pages[0].extract_text()
    assert "已撤回" in said
    assert "20250001" in said
    (shown,) = handovers(store)
    assert (shown.taken_back_on, shown.taken_back_reason) == (today, "选错了案卷")
    second = do.hand_over(1, 2, 3)
    assert len(handover_list(store, second).rows) == 3
    assert handover_list(store, first).rows == before.rows
    assert verify(store, actor="测试").problems == ()


def test_what_the_archive_room_has_signed_for_stays(do: Any, today: date) -> None:
    first = do.hand_over(1)
    confirm(do, first, today)
    code, say = refused(lambda: take_back(do, first))
    assert code == "handover_confirmed"
    assert "签收" in say
    assert refused(lambda: confirm(do, first, today))[0] == "handover_settled"


def test_a_later_list_of_the_same_year_holds_the_one_before(do: Any) -> None:
    first, other, last = do.hand_over(2), do.hand_over(1), do.hand_over(3)
    code, say = refused(lambda: take_back(do, first))
    assert code == "handover_built_on"
    assert f"第 {last} 份" in say
    take_back(do, other)  # of another year: nothing after it
    take_back(do, last)
    take_back(do, first)


@pytest.mark.parametrize(("number", "code"), [(1, "handover_back"), (99, "handover_gone")])
def test_a_list_is_taken_back_once(do: Any, number: int, code: str) -> None:
    take_back(do, do.hand_over(1))
    assert refused(lambda: take_back(do, number))[0] == code


def test_a_reason_is_asked_and_days_lie_between_the_list_and_today(do: Any, today: date) -> None:
    first = do.hand_over(1)
    with pytest.raises(ValueError, match="reason"):
        take_back(do, first, "  ")
    for moved, say in ((1, "不能在今天以后"), (-1, "不能早于移交日期")):
        with pytest.raises(InvalidForm, match=say):
            confirm(do, first, today + timedelta(days=moved))
    take_back(do, first)
    assert refused(lambda: confirm(do, first, today))[0] == "handover_settled"


MARK = "UPDATE archive_handover SET taken_back_at = '2026-09-03 00:00:00'"
ALTERED = (
    ("signed", MARK),
    ("signed", "UPDATE archive_handover SET confirmed_on = NULL"),
    ("made", "UPDATE archive_handover SET receiver = '别人'"),
    ("made", "DELETE FROM archive_handover"),
    ("made", "UPDATE dossier SET handover_id = NULL WHERE case_id = 1"),
    ("made", "UPDATE dossier SET words = '改' WHERE case_id = 1"),
    ("later", f"{MARK} WHERE id = 1"),
    ("back", "UPDATE archive_handover SET taken_back_reason = '别的'"),
    ("back", "UPDATE archive_handover SET taken_back_at = NULL"),
)


@pytest.mark.parametrize(("state", "statement"), ALTERED)
def test_no_program_can_alter_a_list_behind_its_back(
    do: Any, store: Store, today: date, state: str, statement: str
) -> None:
    first = do.hand_over(1, 2)
    if state == "signed":
        confirm(do, first, today)
    elif state == "later":
        do.hand_over(3)
    elif state == "back":
        take_back(do, first)
    connection = sqlite3.connect(paths.database(store.home))
    with pytest.raises(sqlite3.IntegrityError, match=r"移交|修改|删除"):
        connection.execute(statement)
    connection.close()
