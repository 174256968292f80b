"""类案镜子: which earlier decisions stand beside a case, and what is said of its fine."""

from datetime import date

import pytest

from enforcer.course_terms import RemedyKind, RemedyOutcome
from enforcer.models import Remedy
from enforcer.queries.similar_cases import compare, side_of, similar
from enforcer.terms import (
    Discretion,
    NoPenaltyReason,
    Origin,
    PartyKind,
    PenaltyKind,
    Procedure,
    Side,
)
from tests.queries.statistics_rows_made import a_case, a_decision

ITEM = "road_occupation"
UNTIL = date(2026, 11, 1)
DAY = date(2026, 9, 3)


@pytest.fixture
def decided(store):
    """`decided(2000, …)`: put decisions of the item, each with its fine in 元."""

    def put(*fines, on=DAY, kind=PartyKind.LEGAL_PERSON, case=None, **decision):
        with store.unit(actor="测试", operation="put") as session:
            ids = []
            for fine in fines:
                given = {"item_key": ITEM, "origin": Origin.MADE_HERE, "party_kind": kind}
                row = a_case(session, **(given | (case or {})))
                a_decision(session, on, fine=fine * 100, case=row, **decision)
                ids.append(row.id)
        return ids

    return put


def mirror(store, item_key=ITEM, side=Side.ORGANIZATION, until=UNTIL, **more):
    return similar(store, item_key=item_key, side=side, until=until, **more)


def fines(found):
    return [one.fine_fen // 100 for one in found.rows]


SAID = [
    # fines before, the fine thought of, what is said
    ((), 3000, "本机关没有同类案件对单位的罚款可以对照"),
    ((2000,), 3000, "本案拟罚 3,000 元，比这一件高 50 %；本机关同类案件只有 1 件"),
    ((2000,), 2000, "与这一件相同；本机关同类案件只有 1 件"),
    ((2000, 4000), 3000, "在两件之间；本机关同类案件只有 2 件"),
    ((2000, 4000), 5000, "比两件都高；本机关同类案件只有 2 件"),
    ((2000, 4000), 1000, "比两件都低；本机关同类案件只有 2 件"),
    ((1000, 2000, 5000), 3000, "中位数 2,000 元高 50 %；共 3 件，罚款 1,000 元至 5,000 元。"),
    ((1000, 2000, 5000), 1500, "比本机关同类案件中位数 2,000 元低 25 %"),
    ((1000, 2000, 5000), 2000, "与本机关同类案件中位数 2,000 元相同"),
    ((1000, 2000, 3000, 5000), 2500, "与本机关同类案件中位数 2,500 元相同"),
    ((2000, 2000, 2000), 2000, "共 3 件，都是罚款 2,000 元"),
    ((1000, 2000, 5000), 6000, "本案超过以往最高"),
    ((1000, 2000, 5000), 500, "本案低于以往最低"),
    ((1000, 20000, 50000), 20001, "比本机关同类案件中位数 20,000 元高 1 元"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "fine", "said"), SAID)
def test_a_fine_is_laid_beside_the_fines_before_it(store, decided, before, fine, said):
    decided(*before)
    assert said in compare(mirror(store), fine * 100)


def test_the_figures_are_those_of_the_fines(store, decided):
    decided(1000, 2000, 5000, 4001)
    found = mirror(store)
    assert (found.count, found.low_fen, found.high_fen) == (4, 100_000, 500_000)
    assert found.median_fen == 300_050


LEFT_OUT = [
    ("another item", {"case": {"item_key": "street_stacking"}}),
    ("the other side", {"kind": PartyKind.CITIZEN}),
    ("decided later", {"on": date(2026, 11, 2)}),
    ("revoked", {"revoked_on": date(2026, 10, 1)}),
    ("no violation found", {
        "discretion": Discretion.NO_PENALTY, "kinds": (),
        "no_penalty_reason": NoPenaltyReason.NOT_ESTABLISHED,
    }),
    ("an old ledger about something else", {
        "case": {"item_key": "", "origin": Origin.BACKFILLED, "cause": "乱扔果皮"},
    }),
    ("words on a case made here", {
        "case": {"item_key": "", "cause": "擅自占用城市道路"},
    }),
]  # fmt: skip


@pytest.mark.parametrize(("given"), [one for _, one in LEFT_OUT], ids=[one for one, _ in LEFT_OUT])
def test_what_is_no_like_case_is_left_out(store, decided, given):
    decided(700)
    decided(900, **given)
    assert fines(mirror(store)) == [700]


def test_a_decision_of_the_last_day_counts(store, decided):
    decided(700, on=UNTIL)
    assert fines(mirror(store)) == [700]


def test_the_case_itself_is_not_its_own_precedent(store, decided):
    mine, _ = decided(700, 900)
    assert fines(mirror(store, but_case=mine)) == [900]


def test_a_decision_changed_by_reconsideration_counts_as_changed(store, decided):
    (case,) = decided(5000)
    with store.unit(actor="测试", operation="put") as session:
        session.add(
            Remedy(
                case_id=case,
                kind=RemedyKind.RECONSIDERATION,
                body="常德市人民政府",
                on=DAY,
                concluded_on=date(2026, 10, 8),
                outcome=RemedyOutcome.CHANGED,
                changed_fine_fen=200_000,
            )
        )
    row = mirror(store).rows[0]
    assert (row.fine_fen, row.changed) == (200_000, True)
    row = mirror(store, until=date(2026, 10, 7)).rows[0]
    assert (row.fine_fen, row.changed) == (500_000, False)


OLD_CAUSES = ["擅自占用城市道路", "涉嫌擅自占用城市道路案", "某店擅自占用城市道路案"]


@pytest.mark.parametrize("cause", OLD_CAUSES)
def test_old_ledgers_count_by_their_words_and_are_marked(store, decided, cause):
    decided(700, case={"item_key": "", "origin": Origin.BACKFILLED, "cause": cause})
    found = mirror(store)
    assert [one.backfilled for one in found.rows] == [True]
    assert "其中 1 件是补录的台账" in compare(found, 100_000)


def test_decisions_without_a_fine_are_told_apart(store, decided):
    decided(700, 800, 900)
    decided(0, discretion=Discretion.NO_PENALTY, no_penalty_reason=NoPenaltyReason.MINOR, kinds=())
    decided(0, kinds=(PenaltyKind.WARNING,))
    found = mirror(store)
    assert (found.count, found.without_fine, found.low_fen) == (3, 2, 70_000)
    assert "另有 2 件没有罚款（不予处罚 1 件）" in compare(found, 80_000)


def test_fines_under_an_earlier_version_of_the_provision_are_told(store, decided):
    spill = {"item_key": "bulk_load_unsealed"}
    given = {"item_key": "bulk_load_unsealed"}
    decided(2000, on=date(2026, 6, 1), case=spill)
    decided(3000, on=date(2026, 9, 1), case=spill)
    found = similar(store, side=Side.ORGANIZATION, until=UNTIL, **given)
    assert [one.earlier_law for one in found.rows] == [False, True]
    assert "其中 1 件适用修订前的规定" in compare(found, 250_000)


def test_the_latest_stands_first_and_both_procedures_count(store, decided):
    decided(700, on=date(2026, 5, 1))
    decided(800, on=date(2026, 6, 1), procedure=Procedure.ORDINARY)
    assert fines(mirror(store)) == [800, 700]


SIDES = [
    (PartyKind.CITIZEN, Side.CITIZEN),
    (PartyKind.SOLE_TRADER, Side.CITIZEN),
    (PartyKind.LEGAL_PERSON, Side.ORGANIZATION),
    (PartyKind.OTHER_ORGANIZATION, Side.ORGANIZATION),
]


@pytest.mark.parametrize(("kind", "side"), SIDES)
def test_a_party_stands_on_the_side_its_item_puts_it(kind, side):
    assert side_of("street_stacking", kind, DAY) is side
    assert side_of("no_such_item", kind, DAY) is side


def test_a_sole_trader_stands_with_units_where_the_item_knows_no_other_side():
    assert side_of("construction_waste_spill", PartyKind.SOLE_TRADER, DAY) is Side.ORGANIZATION
