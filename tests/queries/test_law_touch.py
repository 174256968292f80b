"""What an entry into the office's law touches, told before it is saved; look-ups as filed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from enforcer.models import (
    Case,
    Decision,
    DiscretionTier,
    FirstViolationCheck,
    ListRow,
    Party,
    TemplateEdition,
)
from enforcer.queries import law_lookups, law_touch
from enforcer.queries.law_touch import Change
from enforcer.store.database import Store
from enforcer.terms import (
    CitedIn,
    Discretion,
    ListCategory,
    Matching,
    Origin,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    Procedure,
    Stage,
)

DAY = date(2026, 3, 1)
Touch = Callable[..., list[tuple[CitedIn, str]]]


def put(store: Store, row: Any) -> None:
    with store.unit(actor="测试", operation="put") as session:
        session.add(row)


def case(number: str, **change: Any) -> Case:
    given: dict[str, Any] = {
        "number": number, "procedure": Procedure.ORDINARY, "stage": Stage.FILED,
        "origin": Origin.MADE_HERE, "cause": "占道", "item_key": "road_occupation",
        "party_name": "某店", "party_kind": PartyKind.LEGAL_PERSON, "acted_on": DAY, "filed_on": DAY,
    }  # fmt: skip
    return Case(**given | change)


def tier(**change: Any) -> DiscretionTier:
    given: dict[str, Any] = {
        "item_key": "road_occupation", "sides": "citizen", "name": "轻微",
        "discretion": Discretion.LIGHTER, "conditions": ["面积小"], "matching": Matching.ALL,
        "max_fen": 50_000, "benchmark": "某市基准", "benchmark_number": "〔2026〕2号", "from_on": DAY,
    }  # fmt: skip
    return DiscretionTier(**given | change)


def row(**change: Any) -> ListRow:
    given: dict[str, Any] = {
        "category": ListCategory.MINOR, "item": "占道", "item_key": "road_occupation",
        "conditions": ["当场收摊"], "basis": "行政处罚法第三十三条第一款", "document": "某市清单",
        "document_number": "〔2026〕1号", "from_on": DAY,
    }  # fmt: skip
    return ListRow(**given | change)


@pytest.fixture
def touch(store: Store, today: date) -> Touch:
    def ask(**change: Any) -> list[tuple[CitedIn, str]]:
        given = {"item_key": "road_occupation", "from_on": DAY} | change
        found = law_touch.touched(store, Change(**given), today=today)
        return [(one.where, one.say) for one in found]

    return ask


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "tiers"}, "适用这一阶次。"),
        ({"kind": "violations"}, "适用这一幅度。"),
        ({"kind": "lists"}, "适用这一项清单。"),
        ({"kind": "lists", "from_on": date(2026, 3, 2)}, "从旧兼从轻（行政处罚法（2021）第三十七条）"),
        ({"kind": "lists", "from_on": date(2026, 1, 1), "until_on": date(2026, 2, 28)}, "晚于失效日期"),
        ({"kind": "lists", "from_on": None}, "填写施行日期后再看"),
    ],
)  # fmt: skip
def test_an_open_case_is_told_by_the_day_of_its_act(
    store: Store, touch: Touch, change: dict[str, Any], said: str
) -> None:
    put(store, case("立〔2026〕1号"))
    [(where, say)] = touch(**change)
    assert where is CitedIn.CASE
    assert "立〔2026〕1号（某店）：行为发生在 2026-03-01" in say
    assert said in say


@pytest.mark.parametrize(
    "change", [{"stage": Stage.DECIDED}, {"stage": Stage.CLOSED}, {"item_key": "graffiti"}]
)
def test_what_is_decided_or_of_another_item_is_not_touched(
    store: Store, touch: Touch, change: dict[str, Any]
) -> None:
    put(store, case("立〔2026〕1号", **change))
    assert touch(kind="tiers") == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "violations"}, "应当在罚款幅度以内"),
        ({"kind": "tiers"}, "幅度请首尾相接"),
        ({"kind": "tiers", "from_on": date(2026, 9, 1)}, "到 2026-09-01 由新的基准代替"),
        ({"kind": "lists"}, "条件请不要打架"),
    ],
)
def test_tiers_of_the_item_are_told(
    store: Store, touch: Touch, change: dict[str, Any], said: str
) -> None:
    put(store, tier())
    [(where, say)] = touch(**change)
    assert where is CitedIn.TIER
    assert said in say
    assert touch(**change | {"until_on": date(2026, 2, 1), "from_on": date(2026, 1, 1)}) == []


def test_a_row_does_not_touch_itself(store: Store, touch: Touch) -> None:
    put(store, tier())
    put(store, row())
    assert [where for where, _ in touch(kind="tiers", own=1)] == [CitedIn.LIST]
    assert [where for where, _ in touch(kind="lists", own=1)] == [CitedIn.TIER]


def test_a_template_that_names_the_document_is_told(store: Store, touch: Touch) -> None:
    body = 'title = "温馨告知书"\nparts = [ { text = "《某市清单》规定……" } ]\n'
    put(store, TemplateEdition(
        template_key="courteous_notice", edition=1, from_on=DAY, body=body,
        saved_at=datetime(2026, 2, 1, tzinfo=UTC), saved_by="周敏",
    ))  # fmt: skip
    [(where, say)] = touch(kind="lists", item_key="", document="《某市清单》")
    assert where is CitedIn.TEMPLATE
    assert "“温馨告知书”里写了《某市清单》" in say
    assert touch(kind="lists", item_key="", document="某市另一清单") == []


@pytest.mark.parametrize(
    ("decided_on", "year", "said"),
    [
        (date(2026, 12, 20), 2027, "到期日 2027-01-04 现在是暂定的"),
        (date(2026, 8, 25), 2026, "到期日 2026-09-09 按保存的通知重新计算"),
    ],
)
def test_a_holiday_notice_reaches_the_periods_that_run_into_its_year(
    store: Store, touch: Touch, decided_on: date, year: int, said: str
) -> None:
    put(store, case("罚〔2026〕1号", stage=Stage.DECIDED, procedure=Procedure.SUMMARY))
    put(store, Decision(
        case_id=1, number="罚〔2026〕1号", procedure=Procedure.SUMMARY, decided_on=decided_on,
        discretion=Discretion.ORDINARY, fine_fen=20_000, payment_mode=PaymentMode.BANK,
        kinds=["fine"], heaviest=PenaltyKind.FINE, reported_for_record_on=decided_on,
    ))  # fmt: skip
    [(where, say)] = touch(kind="holidays", year=year)
    assert where is CitedIn.CASE
    assert said in say
    assert touch(kind="holidays", year=year + 1) == []


def test_nothing_is_asked_while_nothing_is_chosen(touch: Touch) -> None:
    assert touch(kind="holidays", item_key="") == []
    assert touch(kind="tiers", item_key="") == []


def test_filed_look_ups_are_listed_the_latest_first(store: Store, now: datetime) -> None:
    put(store, case("立〔2026〕1号"))
    put(store, Party(kind=PartyKind.CITIZEN, name="李建国", id_number="11010519491231002X"))
    for plate, number, case_id in (("湘J8K216", "", None), ("", "11010519491231002X", 1)):
        put(store, FirstViolationCheck(
            case_id=case_id, item_key="road_occupation", party_id_number=number, plate_key=plate,
            asked_on=DAY, is_first=True, answer={"say": "是"}, checked_at=now, checked_by="周敏",
        ))  # fmt: skip
    assert law_lookups.lookup_ids(store) == [2, 1]
    assert law_lookups.lookup_ids(store, "李建国") == [2]
    assert law_lookups.lookup_ids(store, "8K216 占用") == [1]
    [found] = law_lookups.lookup_rows(store, [2])
    assert (found.item, found.party_name, found.case_number) == (
        "擅自占用城市道路", "李建国", "立〔2026〕1号"
    )  # fmt: skip
