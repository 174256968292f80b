"""A party's birth and sex out of the identity number, and what hangs on them on a birthday."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from stdnum.cn import ric

from enforcer import identity
from enforcer.law import catalogue, leniency
from enforcer.law.leniency import LeniencyFacts
from enforcer.models import Party
from enforcer.operations.editing import read
from enforcer.operations.parties import PartyForm, save_party
from enforcer.queries import course
from enforcer.store.database import Store
from enforcer.terms import IdKind, PartyKind, Sex

NOW = datetime(2026, 9, 3, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
ACTED = date(2026, 9, 1)


def number(born_on: date, order: str = "001") -> str:
    """A resident identity number of this birth with its right check digit."""
    body = f"430702{born_on:%Y%m%d}{order}"
    return body + ric.calc_check_digit(body + "0")


def saved(store: Store, **given: object) -> int:
    said = {"kind": "citizen", "name": "王某", "id_kind": "resident_id"} | given
    key: int = save_party(
        store, read(PartyForm, said).form, today=NOW.date(), now=NOW, actor="周敏"
    )
    return key


@pytest.mark.parametrize(
    ("born_on", "under_14", "minor"),
    [
        (date(2012, 9, 2), True, False),
        (date(2012, 9, 1), True, False),  # the fourteenth birthday: full only the day after
        (date(2012, 8, 31), False, True),
        (date(2008, 9, 2), False, True),
        (date(2008, 9, 1), False, True),  # the eighteenth
        (date(2008, 8, 31), False, False),
    ],
)
def test_the_age_on_the_day_of_the_act_comes_from_the_number(
    store: Store, born_on: date, under_14: bool, minor: bool
) -> None:
    key = saved(store, id_number=number(born_on))
    with store.reading() as session:
        row = session.get(Party, key)
        assert row
        assert row.born_on == born_on
        party = course.party_of(session, row)
    item = catalogue.item("road_occupation", ACTED)
    assert item
    found = leniency.assess(
        LeniencyFacts(
            party_kind=PartyKind.CITIZEN,
            acted_on=ACTED,
            decided_on=NOW.date(),
            item=item,
            born_on=party.born_on,
        )
    )
    for name, expected in (("under_14", under_14), ("from_14_to_18", minor)):
        one = found.of(name)
        assert (one is not None and one.met) is expected, name


def test_an_entry_made_without_a_birth_still_has_its_age(store: Store) -> None:
    with store.unit(actor="旧台账", operation="import") as session:
        row = Party(
            kind=PartyKind.CITIZEN,
            name="李某",
            id_kind=IdKind.RESIDENT_ID,
            id_number=number(date(2012, 9, 2), "002"),
        )
        session.add(row)
        session.flush()
        party = course.party_of(session, row)
    assert (party.born_on, party.sex) == (date(2012, 9, 2), Sex.FEMALE)


def test_what_was_typed_counts_before_a_number_in_doubt(store: Store) -> None:
    good = number(date(2012, 9, 2))
    doubted = good[:17] + ("0" if good[17] != "0" else "1")
    given = {"id_number": doubted, "id_reason": "证件上确实如此"}
    first = saved(store, **given)
    second = saved(store, **given, born_on="2012-09-03", sex="female", keep_both=True)
    with store.reading() as session:
        rows = [session.get(Party, one) for one in (first, second)]
        assert [(one.born_on, one.sex) for one in rows if one] == [
            (date(2012, 9, 2), Sex.MALE),
            (date(2012, 9, 3), Sex.FEMALE),
        ]


@pytest.mark.parametrize(
    ("kind", "text", "born_on", "sex"),
    [
        (IdKind.RESIDENT_ID, "11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        (IdKind.RESIDENT_ID, " 110105 19491231 002x ", date(1949, 12, 31), Sex.FEMALE),
        (
            IdKind.RESIDENT_ID,
            "１１０１０５１９４９１２３１００２Ｘ",
            date(1949, 12, 31),
            Sex.FEMALE,
        ),
        (IdKind.RESIDENT_ID, "110105491231003", date(1949, 12, 31), Sex.MALE),
        (IdKind.RESIDENT_ID, "110105194913310021", None, None),
        (IdKind.RESIDENT_ID, "110105", None, None),
        (IdKind.RESIDENT_ID, "", None, None),
        (IdKind.FOREIGNER_ID, "911010519850312101X", None, None),
        (IdKind.FOREIGNER_ID, "91101051985031210X", None, None),
        (IdKind.PASSPORT, "E12345678", None, None),
        (IdKind.CREDIT_CODE, "11430700MB1234567X", None, None),
        (None, "11010519491231002X", None, None),
    ],
)
def test_what_a_number_says_of_its_holder(
    kind: IdKind | None, text: str, born_on: date | None, sex: Sex | None
) -> None:
    found = identity.birth_of(kind, text)
    assert (found.born_on, found.sex) == (born_on, sex)


def test_a_foreigners_number_tells_its_birth_too() -> None:
    found = identity.birth_of(IdKind.FOREIGNER_ID, "911010198503121012")
    assert (found.born_on, found.sex) == (date(1985, 3, 12), Sex.MALE)
