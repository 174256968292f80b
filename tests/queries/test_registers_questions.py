"""Who may act, by what power, what is missing, what ends soon."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from enforcer.errors import Level
from enforcer.models import ItemPower, Organ, PowerSource
from enforcer.operations import registers
from enforcer.queries import parties, powers
from enforcer.queries import registers as people
from enforcer.queries.readiness import PLACES, office_ready
from enforcer.store.database import Store
from enforcer.terms import OfficerPost, PartyKind, PowerKind, SeriesKind
from tests.factories import an_office

Do = Callable[..., Any]
ITEM = "road_occupation"


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    def carry_out(deed: Do, form: type, /, **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor="周敏")

    return carry_out


def test_only_officers_with_a_valid_certificate_are_offered(store: Store, today: date) -> None:
    an_office(store)
    offered = people.officers_on(store, today)
    assert [(one.name, one.certificate) for one in offered] == [
        ("何志远", "J0700019"),
        ("周敏", "J0700012"),
    ]
    assert all(one.recorder for one in offered)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2025, 12, 31), {"周敏", "何志远", "吴过期"}),
        (date(2026, 1, 1), {"周敏", "何志远"}),
        (date(2028, 12, 31), {"周敏", "何志远"}),
        (date(2029, 1, 1), set()),
    ],
)
def test_a_certificate_is_valid_on_its_last_day(store: Store, day: date, names: set[str]) -> None:
    an_office(store)
    assert {one.name for one in people.officers_on(store, day)} == names


def test_a_reviewer_is_offered_where_reviewers_are_asked_for(
    do: Do, store: Store, today: date
) -> None:
    an_office(store)
    do(
        registers.save_officer, registers.OfficerForm, name="郑审核",
        post=OfficerPost.LEGAL_REVIEWER, certificate_number="J0700100",
        certificate_valid_until="2028-12-31",
    )  # fmt: skip
    found = people.officers_on(store, today, posts=[OfficerPost.LEGAL_REVIEWER])
    assert [one.name for one in found] == ["郑审核"]


@pytest.mark.parametrize(
    ("kind", "valid_until", "code", "cite"),
    [
        (PowerKind.OWN, date(2026, 9, 2), "power_expired", "行政处罚法第三十八条第一款"),
        (PowerKind.ENTRUSTED, date(2026, 9, 2), "entrustment_expired", "行政处罚法第二十条"),
        (PowerKind.OWN, None, "", "行政处罚法第十七条"),
        (PowerKind.ENTRUSTED, date(2026, 9, 3), "", "行政处罚法第二十条"),
        (PowerKind.CONFERRED, None, "", "行政处罚法第二十四条"),
        (PowerKind.CONCENTRATED, None, "", "行政处罚法第十八条"),
    ],
)
def test_a_power_holds_through_its_last_day(
    store: Store, today: date, kind: PowerKind, valid_until: date | None, code: str, cite: str
) -> None:
    made = an_office(store, items=(ITEM,))
    with store.unit(actor="测试") as session:
        source = session.get(PowerSource, made.power)
        assert source
        source.kind, source.valid_until, source.handled_by = kind, valid_until, "执法大队"
    found = powers.power_for(store, ITEM, today)
    assert found.cite == cite
    assert (found.code if isinstance(found, powers.NoPower) else "") == code


def test_an_item_without_a_source_says_what_to_do(store: Store, today: date) -> None:
    an_office(store)
    found = powers.power_for(store, "graffiti", today)
    assert isinstance(found, powers.NoPower)
    assert found.code == "power_missing"
    assert "设置—权力来源与事项" in found.say


def test_a_source_that_is_not_yet_valid_says_from_when(store: Store) -> None:
    an_office(store)
    found = powers.power_for(store, ITEM, date(2020, 12, 31))
    assert isinstance(found, powers.NoPower)
    assert (found.code, "2021-01-01" in found.say) == ("power_not_yet", True)


def test_the_source_nearest_to_the_law_speaks_first(do: Do, store: Store, today: date) -> None:
    made = an_office(store)
    do(
        registers.save_power_source, registers.PowerSourceForm,
        kind=PowerKind.ENTRUSTED, organ_id=made.organ, handled_by="执法大队",
        document_title="委托书", valid_from="2021-01-01", valid_until="2030-12-31", items=[ITEM],
    )  # fmt: skip
    found = powers.power_for(store, ITEM, today)
    assert isinstance(found, powers.Power)
    assert found.source.kind is PowerKind.OWN


def test_an_organ_that_is_switched_off_acts_no_more(store: Store, today: date) -> None:
    made = an_office(store)
    with store.unit(actor="测试") as session:
        organ = session.get(Organ, made.organ)
        assert organ
        organ.enabled = False
    found = powers.power_for(store, ITEM, today)
    assert isinstance(found, powers.NoPower)
    assert found.code == "organ_disabled"


def test_two_organs_of_older_data_are_not_chosen_in_silence(store: Store, today: date) -> None:
    first = an_office(store)
    with store.unit(actor="测试") as session:
        other = Organ(name="云溪市住房和城乡建设局")
        session.add(other)
        session.flush()
        source = session.get(PowerSource, first.power)
        assert source and other.id
        twin = PowerSource(
            kind=PowerKind.OWN,
            organ_id=other.id,
            document_title="三定",
            valid_from=date(2021, 1, 1),
        )
        session.add(twin)
        session.flush()
        session.add(ItemPower(item_key=ITEM, power_source_id=twin.id))
    found = powers.power_for(store, ITEM, today)
    assert isinstance(found, powers.NoPower)
    assert found.code == "power_ambiguous"
    chosen = powers.power_for(store, ITEM, today, organ_id=first.organ)
    assert isinstance(chosen, powers.Power)
    assert chosen.organ.id == first.organ


def test_an_empty_home_lacks_its_organ_first(store: Store, today: date) -> None:
    for paper in (SeriesKind.NOTICE, SeriesKind.SUMMARY_DECISION):
        [found] = office_ready(store, paper, today=today)
        assert (found.code, found.place) == ("organ_missing", "settings.organs")


def test_a_whole_office_lacks_nothing(store: Store, today: date) -> None:
    an_office(store)
    assert office_ready(store, SeriesKind.NOTICE, today=today) == []
    assert office_ready(store, SeriesKind.SUMMARY_DECISION, today=today) == []


@pytest.mark.parametrize(
    ("change", "paper", "code", "level"),
    [
        ({"phone": ""}, SeriesKind.NOTICE, "organ_phone", Level.WARN),
        ({"court": ""}, SeriesKind.NOTICE, "", None),
        ({"court": ""}, SeriesKind.SUMMARY_DECISION, "organ_court", Level.BLOCK),
        (
            {"reconsideration_body": ""},
            SeriesKind.SUMMARY_DECISION,
            "organ_reconsideration_body",
            Level.BLOCK,
        ),
        (
            {"reconsideration_body": "湖南省住房和城乡建设厅"},
            SeriesKind.SUMMARY_DECISION,
            "organ_reconsideration_body",
            Level.WARN,
        ),
        ({"bank_account": ""}, SeriesKind.SUMMARY_DECISION, "organ_bank_name", Level.BLOCK),
        (
            {"bank_account": "", "electronic_payment": "扫描决定书上的缴款码"},
            SeriesKind.SUMMARY_DECISION,
            "",
            None,
        ),
        ({"report_days": None}, SeriesKind.SUMMARY_DECISION, "organ_report_days", Level.WARN),
        ({"address": ""}, SeriesKind.SUMMARY_DECISION, "organ_address", Level.WARN),
    ],
)
def test_what_the_organ_lacks_is_named_by_paper(
    store: Store,
    today: date,
    change: dict[str, Any],
    paper: SeriesKind,
    code: str,
    level: Level | None,
) -> None:
    made = an_office(store)
    with store.unit(actor="测试") as session:
        organ = session.get(Organ, made.organ)
        assert organ
        for name, value in change.items():
            setattr(organ, name, value)
    found = office_ready(store, paper, today=today)
    assert [(one.code, one.level) for one in found] == ([(code, level)] if code else [])
    assert all(one.place in PLACES and one.organ_id == made.organ for one in found)


def test_a_paper_without_number_rule_is_named(store: Store, today: date) -> None:
    an_office(store)
    found = office_ready(store, SeriesKind.DECISION, today=today)
    assert [(one.code, one.field) for one in found] == [("number_rule_missing", "penalty_decision")]


def test_one_able_officer_is_not_enough(store: Store, do: Do, today: date) -> None:
    made = an_office(store)
    row = people.officer_rows(store, [made.officers[0]])[0]
    assert row.certificate
    do(
        registers.save_officer, registers.OfficerForm, id=row.id, name=row.name,
        certificate_id=row.certificate.id, certificate_number=row.certificate.number,
        certificate_valid_until=(today - timedelta(days=1)).isoformat(),
    )  # fmt: skip
    found = office_ready(store, SeriesKind.SUMMARY_DECISION, today=today)
    assert [(one.code, one.cite) for one in found] == [
        ("two_officers", "行政处罚法第四十二条第一款")
    ]


@pytest.mark.parametrize(
    ("body", "reminded"),
    [
        ("云溪市人民政府", False),
        ("", False),
        ("湖南省住房和城乡建设厅", True),
        ("云溪市城市管理局", True),
    ],
)
def test_the_reminder_of_article_24_speaks_when_it_is_no_government(
    body: str, reminded: bool
) -> None:
    assert bool(powers.reconsideration_reminder(body)) is reminded


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("", ["何志远", "吴过期", "周敏"]),
        ("周", ["周敏"]),
        ("J07000", ["何志远", "吴过期", "周敏"]),
        ("0019", ["何志远"]),
        ("%", []),
        ("_", []),
        ("' OR 1=1--", []),
    ],
)
def test_officers_are_found_by_what_is_typed_literally(
    store: Store, search: str, names: list[str]
) -> None:
    an_office(store)
    ids = people.officer_ids(store, search=search)
    assert [one.name for one in people.officer_rows(store, ids)] == names


def test_rows_come_in_the_order_asked_and_gone_ids_are_left_out(store: Store) -> None:
    made = an_office(store)
    asked = [made.officers[2], 999, made.officers[0]]
    assert [one.id for one in people.officer_rows(store, asked)] == [asked[0], asked[2]]


def test_parties_stand_in_the_order_of_their_pinyin(do: Do, store: Store) -> None:
    for name in ("周敏", "安红", "李建国"):
        do(registers.save_party, registers.PartyForm, kind=PartyKind.CITIZEN, name=name)
    rows = parties.party_rows(store, parties.party_ids(store))
    assert [one.name for one in rows] == ["安红", "李建国", "周敏"]


def test_the_count_of_numbers_drawn_stands_beside_the_rule(store: Store) -> None:
    an_office(store)
    rules = powers.number_rules(store, year=2026)
    assert [(one.kind, one.drawn) for one in rules] == [
        (SeriesKind.NOTICE, 0),
        (SeriesKind.SUMMARY_DECISION, 0),
    ]
