"""Imports of the law taken back as one act, until a case, a tier, a template or a day rests on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, func, select

from enforcer.course_terms import LeadSource, Outcome
from enforcer.errors import Refused
from enforcer.models import (
    Case,
    Decision,
    DiscretionTier,
    Document,
    HolidayNotice,
    Lead,
    ListRow,
    LocalAmount,
    Proposal,
    TemplateEdition,
)
from enforcer.operations import law_book, ledgers, verification
from enforcer.operations.ledgers import ImportReport
from enforcer.queries import imports
from enforcer.queries import law_book as asked
from enforcer.store.database import Store
from enforcer.terms import (
    CaseStep,
    Discretion,
    DocumentState,
    Origin,
    PartyKind,
    Procedure,
    Stage,
)
from tests.operations.test_law_book_files import AMOUNT, GOOD, HEAD, HOLIDAYS, ROW, TIER, book

MODELS = {
    "holidays": HolidayNotice,
    "violations": LocalAmount,
    "tiers": DiscretionTier,
    "lists": ListRow,
}
Go = Callable[..., Any]
SHEETS: dict[str, list[dict[str, Any]]] = {**GOOD}  # type: ignore[dict-item]


@pytest.fixture
def take(store: Store, tmp_path: Path, today: date, now: datetime) -> Go:
    def go(kind: str, rows: list[dict[str, Any]] | None = None) -> ImportReport:
        head = HEAD[kind]
        cells = [tuple(row.get(one) for one in head) for row in rows or SHEETS[kind]]
        form = law_book.ImportLawForm(
            path=book(tmp_path / f"{kind}.xlsx", head, cells),
            kind=kind,
        )
        return law_book.import_law(store, form, today=today, now=now, actor="周敏")

    return go


@pytest.fixture
def undo(store: Store, today: date, now: datetime) -> Go:
    def go(import_id: int | None) -> int:
        assert import_id
        form = ledgers.UndoImportForm(import_id=import_id, reason="选错了文件")
        return ledgers.undo_import(store, form, today=today, now=now, actor="何志远")

    return go


def put(store: Store, *rows: Any) -> None:
    with store.unit(actor="测试", operation="put") as session:
        session.add_all(rows)


def count(store: Store, kind: str) -> int:
    with store.reading() as session:
        return session.exec(select(func.count()).select_from(MODELS[kind])).one()


@pytest.mark.parametrize("kind", list(GOOD))
def test_an_import_of_the_law_is_taken_back_whole_and_may_be_taken_again(
    take: Go, undo: Go, store: Store, kind: str
) -> None:
    first = take(kind)
    assert undo(first.import_id) == 1
    assert count(store, kind) == 0
    with pytest.raises(Refused, match="已经撤销过"):
        undo(first.import_id)
    again = take(kind)
    assert (again.taken, again.known) == (len(SHEETS[kind]), 0)
    assert verification.verify(store, actor="周敏").problems == ()


def test_a_year_that_was_replaced_stands_again_as_it_was(take: Go, undo: Go, store: Store) -> None:
    take("holidays")
    second = take("holidays", HOLIDAYS[:2])
    assert asked.calendar_for(store).why_not(date(2027, 10, 1)) == ""
    assert undo(second.import_id) == 1
    assert asked.calendar_for(store).why_not(date(2027, 10, 1)) == "国庆节放假"


def test_a_year_that_was_replaced_twice_is_given_back_in_turn(
    take: Go, undo: Go, store: Store
) -> None:
    take("holidays")
    second = take("holidays", HOLIDAYS[:2])
    third = take("holidays", HOLIDAYS[:1])
    with pytest.raises(Refused, match="导入以后改动"):
        undo(second.import_id)
    undo(third.import_id)
    undo(second.import_id)
    assert asked.calendar_for(store).why_not(date(2027, 10, 1)) == "国庆节放假"


def a_case(item_key: str, acted_on: date | None, origin: Origin = Origin.MADE_HERE) -> Case:
    return Case(
        id=1, number="城管立〔2026〕9号", procedure=Procedure.ORDINARY,
        stage=Stage.DECIDED, origin=origin,
        cause="某行为", item_key=item_key, party_name="某公司", party_kind=PartyKind.LEGAL_PERSON,
        acted_on=acted_on,
    )  # fmt: skip


def decided(on: date) -> Decision:
    return Decision(
        case_id=1, number="罚1号", procedure=Procedure.ORDINARY, decided_on=on,
        discretion=Discretion.ORDINARY,
    )  # fmt: skip


def proposed(on: date) -> Proposal:
    return Proposal(
        case_id=1, step=CaseStep.REPORTED, on=on, outcome=Outcome.PENALTY,
        discretion=Discretion.ORDINARY,
    )  # fmt: skip


def a_paper(title: str, **fields: object) -> Document:
    return Document(
        template_key="prior_notice", template_version="1", title=title, case_id=1, state=DocumentState.ISSUED,
        fields=fields, vault_name="x", sha256="0", pages=1, issued_on=date(2026, 9, 20),
        issued_at=datetime(2026, 9, 20, tzinfo=UTC), issued_by="周敏",
    )  # fmt: skip


def a_template(body: str) -> TemplateEdition:
    return TemplateEdition(
        template_key="prior_notice", edition=1, from_on=date(2026, 9, 1), body=body,
        saved_at=datetime(2026, 9, 1, tzinfo=UTC), saved_by="周敏",
    )  # fmt: skip


ROAD = asked.key_of_item(str(TIER["案由"]), date(2026, 9, 1))
STREET = asked.key_of_item(str(AMOUNT["案由"]), date(2026, 9, 1))
EARLY, LATE = date(2025, 12, 1), date(2026, 9, 10)


@pytest.mark.parametrize(
    ("kind", "rows", "say"),
    [
        ("tiers", (partial(a_case, ROAD, LATE), partial(decided, LATE)), "已经用于案件“城管立〔2026〕9号”，作出了处罚决定"),
        ("tiers", (partial(a_case, ROAD, LATE), partial(proposed, LATE)), "拟定了处理意见"),
        ("lists", (partial(a_case, ROAD, None), partial(decided, LATE)), "作出了处罚决定"),
        ("lists", (partial(a_case, ROAD, LATE), partial(a_paper, "行政处罚事先告知书")), "签发了“行政处罚事先告知书”"),
        ("violations", (partial(a_case, STREET, LATE), partial(decided, LATE)), "本地罚款幅度“某市市容"),
        ("tiers", (partial(a_case, ROAD, EARLY), partial(decided, EARLY)), ""),
        ("tiers", (partial(a_case, STREET, LATE), partial(decided, LATE)), ""),
        ("tiers", (partial(a_case, ROAD, LATE, Origin.BACKFILLED), partial(decided, LATE)), ""),
        ("lists", (partial(a_template, "依据《某市首违不罚清单》"),), "已经写进文书模板"),
        ("lists", (partial(a_template, "依据《另一清单》"),), ""),
        ("holidays", (partial(a_case, ROAD, LATE), partial(a_paper, "告知书", due="2027年1月8日前")), "用于签发的“告知书”"),
        ("holidays", (partial(a_case, ROAD, LATE), partial(a_paper, "告知书", due="2026年10月8日前")), ""),
    ],
)  # fmt: skip
def test_what_the_law_was_used_for_keeps_it(
    take: Go, undo: Go, store: Store, kind: str, rows: tuple[Go, ...], say: str
) -> None:
    key = take(kind).import_id
    for make in rows:  # the case first: the rest names it
        put(store, make())
    if not say:
        assert undo(key)
        return
    with pytest.raises(Refused, match=say):
        undo(key)
    assert count(store, kind)
    with store.reading() as session:
        assert imports.uses(session, key or 0)


def test_a_reply_reckoned_with_the_days_of_a_year_keeps_its_notice(
    take: Go, undo: Go, store: Store
) -> None:
    key = take("holidays").import_id
    received = datetime(2026, 12, 28, 2, tzinfo=UTC)
    put(
        store,
        Lead(
            number="线索1号", year=2026, serial=1, source=LeadSource.HOTLINE, received_at=received,
            received_on=received.date(), content="占道", reply_due_on=date(2027, 1, 8),
        ),
    )  # fmt: skip
    with pytest.raises(Refused, match="已经用来计算期限（2027-01-08）"):
        undo(key)


def test_a_range_that_a_tier_was_built_on_stays(
    take: Go, undo: Go, store: Store, today: date, now: datetime
) -> None:
    key = take("violations").import_id
    tier = TIER | {"案由": AMOUNT["案由"], "对象": "公民", "下限(元)": 50, "上限(元)": 100}
    second = take("tiers", [tier])
    assert second.taken == 1, second.refused
    with pytest.raises(Refused, match="已经是裁量阶次“轻微”的幅度"):
        undo(key)
    undo(second.import_id)
    assert undo(key) == 1


def test_a_row_corrected_or_withdrawn_since_keeps_the_import(
    take: Go, undo: Go, store: Store, today: date, now: datetime
) -> None:
    key = take("lists", [ROW]).import_id

    def row(session: Session) -> ListRow:
        return session.exec(select(ListRow)).one()

    with store.reading() as session:
        found = row(session).id
    form = law_book.WithdrawLawForm(id=found, kind="lists", reason="录错了")
    law_book.withdraw_law(store, form, today=today, now=now, actor="周敏")
    with pytest.raises(Refused, match="导入以后改动"):
        undo(key)
