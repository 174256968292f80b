"""Numbers: drawn once, in order, by the year of the paper; older ledgers push them on."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from enforcer.errors import Refused
from enforcer.models import Notice, NumberRule, Organ, Series
from enforcer.operations import numbering
from enforcer.store.database import Store, bulk_insert
from enforcer.terms import NoticeState, Origin, SeriesKind
from tests.factories import an_office

NOTICE = SeriesKind.NOTICE


def drawn(store: Store, organ: int, count: int = 1, year: int = 2026) -> list[str]:
    """Draw numbers and give each its blank row, as every issue does."""
    with store.unit(actor="测试", operation="draw") as session:
        numbers = numbering.draw(session, numbering.series_for(session, organ, NOTICE, year), count)
        session.add_all(row(one) for one in numbers)
        return [one.number for one in numbers]


def row(one: numbering.Drawn) -> Notice:
    return Notice(
        number=one.number,
        series_id=one.series_id,
        serial=one.serial,
        state=NoticeState.BLANK,
        origin=Origin.MADE_HERE,
    )


def placed(store: Store, *numbers: str) -> list[numbering.Placed | None]:
    with store.unit(actor="测试", operation="place") as session:
        return numbering.place_many(session, NOTICE, numbers)


def faults(store: Store) -> list[str]:
    with store.reading() as session:
        return [one.say for one in numbering.gaps(session)]


def test_numbers_follow_the_organs_rule_from_one(store: Store) -> None:
    organ = an_office(store).organ
    assert drawn(store, organ, 2) == [
        "常城管温告字〔2026〕第00001号",
        "常城管温告字〔2026〕第00002号",
    ]
    assert drawn(store, organ) == ["常城管温告字〔2026〕第00003号"]
    assert faults(store) == []


def test_each_year_begins_at_one_and_does_not_disturb_the_other(store: Store) -> None:
    organ = an_office(store).organ
    drawn(store, organ, 3, year=2025)
    assert drawn(store, organ, year=2026) == ["常城管温告字〔2026〕第00001号"]
    assert drawn(store, organ, year=2025) == ["常城管温告字〔2025〕第00004号"]


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), 2026),
        (datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC), 2027),
    ],
)
def test_the_year_turns_at_midnight_in_china(moment: datetime, year: int) -> None:
    assert numbering.year_of(moment) == year


def test_peeking_takes_nothing(store: Store) -> None:
    organ = an_office(store).organ
    with store.reading() as session:
        before = numbering.peek(session, organ, NOTICE, 2026, 2)
    assert [one.number for one in before] == drawn(store, organ, 2)


def test_a_failed_save_gives_its_numbers_back(store: Store) -> None:
    organ = an_office(store).organ

    def fail() -> None:
        with store.unit(actor="测试", operation="draw") as session:
            numbering.draw(session, numbering.series_for(session, organ, NOTICE, 2026), 5)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert drawn(store, organ) == ["常城管温告字〔2026〕第00001号"]


def test_an_organ_without_a_rule_is_refused(store: Store) -> None:
    an_office(store)
    with store.unit(actor="测试") as session:
        other = Organ(name="另一局")
        session.add(other)
        session.flush()
        assert other.id
        with pytest.raises(Refused, match="编号规则") as refused:
            numbering.series_for(session, other.id, NOTICE, 2026)
    assert refused.value.objections[0].code == "number_rule_missing"


def test_two_organs_may_not_share_one_run_of_numbers(store: Store) -> None:
    organ = an_office(store).organ
    drawn(store, organ)
    with store.unit(actor="测试") as session:
        other = Organ(name="另一局")
        session.add(other)
        session.flush()
        assert other.id
        session.add(
            NumberRule(organ_id=other.id, kind=NOTICE, pattern="常城管温告字〔{year}〕第{serial}号")
        )
        with pytest.raises(Refused, match="字头相同") as refused:
            numbering.series_for(session, other.id, NOTICE, 2026)
    assert refused.value.objections[0].code == "number_rule_shared"


@pytest.mark.parametrize(
    "number",
    [
        "常城管温告字〔2026〕第00123号",
        "常城管温告字[2026]第123号",
        "常城管温告字(2026)123号",
        "常城管温告字（2026）第 00123 号",
        "常城管温告字【２０２６】第１２３号",
        "常城管温告字〔2026〕123",
        "常城管温告字〔2026〕第00123",
    ],
)
def test_an_imported_number_in_any_office_style_pushes_the_series_on(
    store: Store, number: str
) -> None:
    organ = an_office(store).organ
    assert placed(store, number)[0] is not None
    assert drawn(store, organ) == ["常城管温告字〔2026〕第00124号"]
    assert faults(store) == []


def test_a_number_imported_before_any_rule_is_known_is_still_never_drawn(store: Store) -> None:
    organ = an_office(store).organ
    with store.unit(actor="测试") as session:
        session.exec(text("DELETE FROM number_rule"))
    placed(store, "常城管温告字[2026]7号")
    with store.unit(actor="测试") as session:
        session.add(
            NumberRule(organ_id=organ, kind=NOTICE, pattern="常城管温告字〔{year}〕第{serial}号")
        )
    assert drawn(store, organ) == ["常城管温告字〔2026〕第00008号"]


def test_a_number_that_could_not_be_read_on_import_is_still_never_drawn(store: Store) -> None:
    organ = an_office(store).organ
    with store.unit(actor="测试") as session:
        rule = session.exec(select(NumberRule).where(NumberRule.kind == NOTICE)).one()
        session.delete(rule)
        session.add(
            Notice(number="WG202600009", state=NoticeState.ISSUED, origin=Origin.BACKFILLED)
        )
        session.flush()
        session.add(NumberRule(organ_id=organ, kind=NOTICE, pattern="WG{year}{serial}", width=5))
    assert drawn(store, organ) == ["WG202600010"]


def test_a_jump_by_import_is_no_gap(store: Store) -> None:
    organ = an_office(store).organ
    drawn(store, organ, 3)
    placed(store, "常城管温告字〔2026〕第00010号")
    assert drawn(store, organ) == ["常城管温告字〔2026〕第00011号"]
    placed(store, "常城管温告字〔2026〕第00012号", "常城管温告字〔2026〕第00020号")
    placed(store, "常城管温告字〔2026〕第00021号")
    assert drawn(store, organ) == ["常城管温告字〔2026〕第00022号"]
    with store.reading() as session:
        assert session.exec(select(Series.skipped)).one() == [[4, 10], [12, 21]]
    assert faults(store) == []


def test_a_number_this_program_drew_is_recognised_when_a_ledger_brings_it_back(
    store: Store,
) -> None:
    organ = an_office(store).organ
    placed(store, "常城管温告字〔2026〕第00005号")
    drawn(store, organ)
    answer = placed(
        store, "常城管温告字[2026]6号", "常城管温告字[2026]5号", "常城管温告字[2026]9号"
    )
    assert [one.drawn_here for one in answer if one] == [True, False, False]


@pytest.mark.parametrize(
    "number",
    ["", "旧号遗失", "第5号", "4307002026090312345678", "常城管温告字〔2026〕第00012号-1"],
)
def test_a_number_without_a_plain_serial_belongs_to_no_series(store: Store, number: str) -> None:
    assert placed(store, number) == [None]
    with store.reading() as session:
        assert session.exec(select(Series)).all() == []


def test_a_hundred_thousand_imported_numbers_are_one_series(store: Store) -> None:
    organ = an_office(store).organ
    answer = placed(store, *(f"常城管温告字〔2026〕第{one}号" for one in range(1, 100_001)))
    assert {one.series_id for one in answer if one} == {1}
    assert drawn(store, organ) == ["常城管温告字〔2026〕第100001号"]


def test_a_serial_without_its_row_is_reported(store: Store) -> None:
    organ = an_office(store).organ
    with store.unit(actor="测试") as session:
        taken = numbering.draw(session, numbering.series_for(session, organ, NOTICE, 2026), 5)
        session.add_all(row(one) for one in taken if one.serial in (1, 5))
    assert faults(store) == [
        "编号 常城管温告字〔2026〕第…号（温馨告知书） 缺号：2—4。这些号已取用，却没有对应的记录。"
    ]


def test_a_counter_that_was_lowered_by_hand_is_reported(store: Store) -> None:
    organ = an_office(store).organ
    drawn(store, organ, 3)
    with store.unit(actor="测试") as session:
        session.exec(text("DROP TRIGGER series_forward"))
        session.exec(text("UPDATE series SET next_serial = 2"))
    assert "计数停在 2" in faults(store)[0]


def test_a_counter_cannot_be_turned_back(store: Store) -> None:
    organ = an_office(store).organ
    drawn(store, organ, 3)

    def lower(session: Session) -> None:
        session.exec(text("UPDATE series SET next_serial = 2"))

    with pytest.raises(Exception, match="编号不能倒退"), store.unit(actor="测试") as session:
        lower(session)


def test_rows_of_a_bulk_insert_fill_their_numbers(store: Store) -> None:
    organ = an_office(store).organ
    with store.unit(actor="测试", operation="issue_batch") as session:
        taken = numbering.draw(session, numbering.series_for(session, organ, NOTICE, 2026), 20)
        rows = [row(one).model_dump(exclude={"id"}) for one in taken]
        bulk_insert(session, Notice, rows, say="二十张")
    assert faults(store) == []


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("常城管温告字〔{year}〕第{serial}号", ""),
        ("WG{year}-{serial}", ""),
        ("常城管温告字〔{year}〕号", "有且只有一处"),
        ("{serial}-{serial}", "有且只有一处"),
        ("{organ}字{serial}号", "只能用"),
        ("字2{serial}号", "不能是数字"),
        ("字{serial}号3", "不能是数字"),
    ],
)
def test_a_number_rule_is_checked_before_it_is_saved(pattern: str, word: str) -> None:
    said = numbering.pattern_fault(pattern)
    assert word in said
    assert bool(said) == bool(word)
