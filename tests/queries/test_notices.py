"""What the notice desk asks: history, list, blanks out, the next form."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from enforcer.models import Case, Decision, LadderRule, Notice, Officer
from enforcer.queries import ladder, notices
from enforcer.queries.notices import NoticeFilter, NoticeSort
from enforcer.store.database import Store
from enforcer.terms import (
    Discretion,
    LadderChoice,
    NoticeOutcome,
    NoticeState,
    Origin,
    PartyKind,
    PenaltyKind,
    Procedure,
    Stage,
)

PARKING, BICYCLE = "pavement_parking", "bicycle_parking"


class Cards:
    """Cards as older ledgers or this program left them."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store, self.now, self.count = store, now, 0

    def add(self, plate_key: str = "湘J8K216", *, days: int = 1, **given: Any) -> int:
        self.count += 1
        at = self.now - timedelta(days=days)
        values: dict[str, Any] = {
            "number": f"告〔2026〕第{self.count:03d}号",
            "state": NoticeState.ISSUED,
            "origin": Origin.BACKFILLED,
            "plate": plate_key,
            "plate_key": plate_key,
            "noticed_at": at,
            "noticed_on": at.date(),
            "place": f"地点{self.count}",
            "item_key": PARKING,
        }
        with self.store.unit(actor="测试") as session:
            row = Notice(**(values | given))
            session.add(row)
            session.flush()
            assert row.id
            return row.id

    def blank(self, holder: int, serial: int) -> int:
        return self.add(
            "",
            state=NoticeState.BLANK,
            noticed_at=None,
            noticed_on=None,
            place="",
            blank_holder_id=holder,
            blank_given_on=self.now.date(),
            serial=serial,
        )


@pytest.fixture
def cards(store: Store, now: datetime) -> Cards:
    return Cards(store, now)


def test_a_plate_nobody_has_seen_has_no_history(store: Store) -> None:
    found = notices.history(store, "湘J00000")
    assert (found.issued, found.void, found.notices, found.cases) == (0, 0, (), ())
    assert found.last is None


def test_history_counts_every_card_newest_first_and_void_ones_apart(
    cards: Cards, store: Store
) -> None:
    cards.add(days=30)
    newest = cards.add(days=2)
    cards.add(days=1, state=NoticeState.VOID)
    cards.add("湘J99999")
    found = notices.history(store, "湘J8K216")
    assert (found.issued, found.void, len(found.notices)) == (2, 1, 3)
    assert found.last is not None
    assert found.last.id == newest


def test_a_vehicle_without_a_plate_is_compared_with_nothing(cards: Cards, store: Store) -> None:
    cards.add("")
    assert notices.history(store, "").issued == 0


def test_history_names_the_cases_and_what_was_decided(store: Store) -> None:
    with store.unit(actor="测试") as session:
        case = Case(
            number="常城管当罚字〔2026〕第001号",
            procedure=Procedure.SUMMARY,
            stage=Stage.CLOSED,
            origin=Origin.BACKFILLED,
            cause="人行道违停",
            party_name="刘某",
            party_kind=PartyKind.CITIZEN,
            plate_key="湘J8K216",
        )
        session.add(case)
        session.flush()
        assert case.id
        session.add(
            Decision(
                case_id=case.id,
                number="常城管当罚字〔2026〕第001号",
                procedure=Procedure.SUMMARY,
                decided_on=date(2026, 8, 1),
                kinds=["fine"],
                heaviest=PenaltyKind.FINE,
                fine_fen=10_000,
                discretion=Discretion.ORDINARY,
            )
        )
    (found,) = notices.history(store, "湘J8K216").cases
    assert (found.cause, found.decided_on, found.fine_fen) == (
        "人行道违停",
        date(2026, 8, 1),
        10_000,
    )


# the ladder


@pytest.mark.parametrize(
    ("days", "same", "suggestion"),
    [
        ((), 0, LadderChoice.NOTICE),
        ((10,), 1, LadderChoice.NOTICE),
        ((10, 20), 2, LadderChoice.NOTICE),
        ((10, 20, 30), 3, LadderChoice.SUMMARY),
        ((10, 20, 364), 3, LadderChoice.SUMMARY),
        ((10, 20, 365), 2, LadderChoice.NOTICE),
        ((10, 20, -1), 2, LadderChoice.NOTICE),
    ],
)
def test_three_cards_within_the_window_bring_the_suggestion(
    cards: Cards,
    store: Store,
    today: date,
    days: Sequence[int],
    same: int,
    suggestion: LadderChoice,
) -> None:
    for one in days:
        cards.add(days=one)
    view = ladder.sentence(store, "湘J8K216", PARKING, today)
    assert (view.same_item, view.suggestion) == (same, suggestion)
    assert "待机关确认" in view.says


def test_cards_for_another_item_are_told_but_not_counted(
    cards: Cards, store: Store, today: date
) -> None:
    cards.add(days=30, item_key=BICYCLE)
    cards.add(days=20)
    view = ladder.sentence(store, "湘J8K216", PARKING, today)
    assert (view.count_in_window, view.same_item) == (2, 1)
    assert "同一事项 1 次，其他事项 1 次" in view.says
    assert view.nth == "第3次（上次2026-08-14）"


def test_a_ledger_row_counts_for_the_item_its_words_name(
    cards: Cards, store: Store, today: date
) -> None:
    cards.add(item_key="", situation="在人行道上停车")
    cards.add(item_key="", situation="")
    view = ladder.sentence(store, "湘J8K216", PARKING, today)
    assert (view.count_in_window, view.same_item) == (2, 1)


def test_void_cards_do_not_climb_the_ladder(cards: Cards, store: Store, today: date) -> None:
    cards.add(state=NoticeState.VOID)
    assert ladder.sentence(store, "湘J8K216", PARKING, today).count_in_window == 0


def test_the_items_own_rule_comes_before_the_general_one(store: Store, today: date) -> None:
    with store.unit(actor="测试") as session:
        session.add_all(
            [
                LadderRule(item_key="", notices=5, days=100, then=LadderChoice.SUMMARY),
                LadderRule(
                    item_key=PARKING,
                    notices=2,
                    days=90,
                    then=LadderChoice.ORDINARY,
                    basis="本单位规定",
                ),
            ]
        )
    assert ladder.rule_for(store, PARKING).notices == 2
    assert ladder.rule_for(store, BICYCLE).notices == 5
    said = ladder.sentence(store, "湘J8K216", PARKING, today).says
    assert "本单位规定" in said
    assert "待机关确认" not in said


def test_without_a_plate_the_ladder_says_so(cards: Cards, store: Store, today: date) -> None:
    cards.add("")
    view = ladder.sentence(store, "", PARKING, today)
    assert "没有可以比对的号牌" in view.says
    assert view.suggestion is LadderChoice.NOTICE


# the list


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (NoticeFilter(), [1, 2, 3, 4]),
        (NoticeFilter(state=NoticeState.VOID), [3]),
        (NoticeFilter(words="湘j·8k"), [1]),
        (NoticeFilter(words="第002"), [2]),
        (NoticeFilter(words="[2026]第2号"), [2]),
        (NoticeFilter(words="（2026）第00002号"), [2]),
        (NoticeFilter(words="［2026］9号"), []),
        (NoticeFilter(words="地点1"), [1]),
        (NoticeFilter(words="%"), []),
        (NoticeFilter(outcome=NoticeOutcome.MOVED_OFF), [2]),
        (NoticeFilter(no_outcome=True), [1]),
        (NoticeFilter(from_on=date(2026, 9, 2)), [1]),
        (NoticeFilter(to_on=date(2026, 9, 1)), [2, 3]),
    ],
)
def test_the_list_is_narrowed_by_state_words_outcome_and_day(
    cards: Cards, store: Store, chosen: NoticeFilter, expected: list[int]
) -> None:
    with store.unit(actor="测试") as session:
        officer = Officer(name="周敏", post="officer")
        session.add(officer)
        session.flush()
        holder = officer.id or 0
    made = [
        cards.add("湘J8K216", days=1),
        cards.add("湘J00002", days=2, outcome=NoticeOutcome.MOVED_OFF),
        cards.add("湘J00003", days=3, state=NoticeState.VOID),
        cards.blank(holder, 4),
    ]
    assert notices.ids(store, chosen) == [made[one - 1] for one in expected]


@pytest.mark.parametrize("sort", list(NoticeSort))
@pytest.mark.parametrize("descending", [True, False])
def test_every_column_sorts_both_ways(
    cards: Cards, store: Store, sort: NoticeSort, descending: bool
) -> None:
    made = [cards.add(f"湘J0000{one}", days=one) for one in range(3)]
    found = notices.ids(store, sort=sort, descending=descending)
    assert sorted(found) == made
    back = notices.ids(store, sort=sort, descending=not descending)
    assert found == list(reversed(back))


def test_rows_come_in_the_order_asked_and_missing_ones_are_left_out(
    cards: Cards, store: Store
) -> None:
    one, two = cards.add("湘J1"), cards.add("湘J2")
    assert [row.plate for row in notices.rows(store, [two, 999, one])] == ["湘J2", "湘J1"]
    assert notices.rows(store, []) == []
    row = notices.row(store, one)
    assert row is not None
    assert (row.state, row.origin, row.blank_holder) == (
        NoticeState.ISSUED,
        Origin.BACKFILLED,
        "",
    )


def test_the_day_is_counted_without_void_cards(cards: Cards, store: Store, today: date) -> None:
    cards.add(days=0)
    cards.add(days=0, state=NoticeState.VOID)
    cards.add(days=1)
    counts = notices.day_counts(store, today)
    assert (counts.today, counts.void_today, counts.blanks_out) == (1, 1, 0)


def test_the_next_form_begins_with_what_was_used_last(cards: Cards, store: Store) -> None:
    with store.unit(actor="测试") as session:
        for name in ("周敏", "何志远"):
            session.add(Officer(name=name, post="officer"))
    with store.reading() as session:
        first, second = session.exec(select(Officer.id)).all()
    assert notices.last_used(store) == notices.LastUsed()
    cards.add(
        origin=Origin.MADE_HERE,
        officer1_id=first,
        officer2_id=second,
        recorders="0700001、0700002",
        nearby="东门停车场",
    )
    cards.add(days=0)
    found = notices.last_used(store)
    assert (found.place, found.officer1_id, found.officer2_id) == ("地点1", first, second)
    assert found.recorders == ("0700001", "0700002")


def test_places_are_offered_most_often_first(cards: Cards, store: Store) -> None:
    for place in ("桃林路", "柳叶大道", "柳叶大道"):
        cards.add(place=place)
    assert notices.places(store) == ["柳叶大道", "桃林路"]
