"""Parties, vehicles, education: identity checked, duplicates told, plates never unique."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from enforcer.errors import InvalidForm, Level, Refused
from enforcer.models import Case
from enforcer.operations import registers
from enforcer.queries import parties
from enforcer.store.database import Store
from enforcer.terms import (
    GuidanceKind,
    IdKind,
    Origin,
    PartyKind,
    PlateColour,
    PlateKind,
    Procedure,
    Sex,
    Stage,
)

GOOD_ID, BAD_ID = "11010519491231002X", "110105194912310021"
LI = {
    "kind": PartyKind.CITIZEN,
    "name": "李建国",
    "id_kind": IdKind.RESIDENT_ID,
    "id_number": GOOD_ID,
}
FIRM = {
    "kind": PartyKind.LEGAL_PERSON,
    "name": "云溪顺达渣土运输有限公司",
    "id_kind": IdKind.CREDIT_CODE,
    "id_number": "91350100M000100Y43",
}
Do = Callable[..., Any]


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    def carry_out(deed: Do, form: type, /, actor: str = "周敏", **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor=actor)

    return carry_out


def party(do: Do, **given: Any) -> int:
    return int(do(registers.save_party, registers.PartyForm, **given))


def vehicle(do: Do, **given: Any) -> int:
    return int(do(registers.save_vehicle, registers.VehicleForm, **given))


def test_birthday_and_sex_are_read_from_the_number(do: Do, store: Store) -> None:
    key = party(do, **LI | {"id_number": "１１０１０５１９４９１２３１００２ｘ"})
    [row] = parties.party_rows(store, [key])
    assert (row.id_number, row.born_on, row.sex) == (GOOD_ID, date(1949, 12, 31), Sex.FEMALE)


def test_a_wrong_check_digit_is_kept_only_with_a_reason(do: Do, store: Store) -> None:
    with pytest.raises(InvalidForm) as refusal:
        party(do, **LI | {"id_number": BAD_ID})
    assert "最后一位校验码应为“X”" in refusal.value.by_field["id_number"]
    assert "号码存疑说明" in refusal.value.by_field["id_number"]
    key = party(do, **LI | {"id_number": BAD_ID}, id_reason="身份证原件如此，已拍照")
    [row] = parties.party_rows(store, [key])
    assert (row.id_number, row.id_reason) == (BAD_ID, "身份证原件如此，已拍照")


@pytest.mark.parametrize(
    ("change", "field", "say"),
    [
        ({"id_number": "11010520010229002X"}, "id_number", "不是真实存在的日期"),
        ({"id_number": "11010520301231002X"}, "id_number", "晚于今天"),
        ({"id_number": "1101051949"}, "id_number", "应当是18位"),
        ({"id_kind": None}, "id_kind", "请选择是哪一种证件"),
        ({"id_number": ""}, "id_number", "请填写号码"),
        ({"id_kind": IdKind.CREDIT_CODE}, "id_kind", "公民没有统一社会信用代码"),
        ({"kind": PartyKind.LEGAL_PERSON}, "id_kind", "请填写统一社会信用代码"),
        ({"sex": Sex.MALE}, "sex", "应为女"),
        ({"born_on": "1950-01-01"}, "born_on", "1949-12-31"),
        ({"born_on": "2026-09-04"}, "born_on", "1949-12-31"),
        ({"phone": "?"}, "phone", "不是电话号码"),
        ({"postcode": "41500"}, "postcode", "不是六位数字"),
        ({"name": " "}, "name", "没有填写"),
    ],
)
def test_a_party_with_a_wrong_field_is_refused_at_that_field(
    do: Do, store: Store, change: dict[str, Any], field: str, say: str
) -> None:
    with pytest.raises(InvalidForm) as refusal:
        party(do, **LI | change)
    assert say in refusal.value.by_field[field]
    assert parties.party_ids(store) == []


@pytest.mark.parametrize(
    "given",
    [
        FIRM,
        FIRM | {"kind": PartyKind.SOLE_TRADER},
        LI | {"kind": PartyKind.SOLE_TRADER},
        {"kind": PartyKind.CITIZEN, "name": "买买提·吐尔逊"},
        LI | {"id_kind": IdKind.PASSPORT, "id_number": "E12345678"},
    ],
)
def test_a_party_that_is_right_is_taken(do: Do, given: dict[str, Any]) -> None:
    assert party(do, **given)


def test_a_number_that_is_known_asks_before_a_second_entry(do: Do, store: Store) -> None:
    first = party(do, **LI)
    with pytest.raises(Refused) as refusal:
        party(do, **LI | {"name": "李建國"})
    said = refusal.value.objections[0]
    assert (said.code, said.level, said.field) == ("party_known", Level.WARN, "id_number")
    assert f"已登记给“李建国”（编号 {first}）" in said.say
    second = party(do, **LI | {"name": "李建國"}, keep_both=True)
    assert [one.duplicates for one in parties.party_rows(store, [first, second])] == [1, 1]


def test_editing_a_party_does_not_ask_about_itself(do: Do, store: Store) -> None:
    key = party(do, **LI)
    party(do, **LI, id=key, phone="12319", postcode="415000")
    [row] = parties.party_rows(store, [key])
    assert (row.phone, row.postcode) == ("12319", "415000")


def test_merging_moves_cases_and_vehicles_and_fills_blanks(do: Do, store: Store) -> None:
    keep = party(do, **LI)
    drop = party(do, **LI, keep_both=True, phone="12319")
    owned = vehicle(do, plate="湘J8K216", owner_id=drop)
    with store.unit(actor="测试") as session:
        session.add(
            Case(
                number="云城管罚字〔2026〕第1号",
                procedure=Procedure.SUMMARY,
                stage=Stage.CLOSED,
                origin=Origin.MADE_HERE,
                cause="擅自占用城市道路",
                party_id=drop,
                party_name="李建国",
                party_kind=PartyKind.CITIZEN,
            )
        )
    do(registers.merge_parties, registers.MergeForm, keep_id=keep, drop_id=drop)
    assert parties.party_ids(store) == [keep]
    [row] = parties.party_rows(store, [keep])
    assert (row.phone, row.cases, row.duplicates) == ("12319", 1, 0)
    assert parties.vehicle_rows(store, [owned])[0].owner_id == keep


def test_two_persons_of_one_name_are_not_merged(do: Do) -> None:
    keep = party(do, kind=PartyKind.CITIZEN, name="李建国")
    drop = party(do, **LI)
    with pytest.raises(Refused, match="同名不等于同一人"):
        do(registers.merge_parties, registers.MergeForm, keep_id=keep, drop_id=drop)


def test_what_was_merged_is_not_merged_again(do: Do) -> None:
    keep = party(do, **LI)
    drop = party(do, **LI, keep_both=True)
    do(registers.merge_parties, registers.MergeForm, keep_id=keep, drop_id=drop)
    with pytest.raises(Refused, match="已经并入"):
        do(registers.merge_parties, registers.MergeForm, keep_id=keep, drop_id=drop)


@pytest.mark.parametrize(
    ("typed", "shown", "key", "kind"),
    [
        ("湘J8K216", "湘J·8K216", "湘J8K216", PlateKind.ORDINARY),
        ("湘jd03127", "湘J·D03127", "湘JD03127", PlateKind.NEW_ENERGY),
        ("湘JA123挂", "湘J·A123挂", "湘JA123挂", PlateKind.TRAILER),
        ("湘JA123学", "湘J·A123学", "湘JA123学", PlateKind.COACH),
        ("湘JA123警", "湘J·A123警", "湘JA123警", PlateKind.POLICE),
        ("粤ZF023港", "粤Z·F023港", "粤ZF023港", PlateKind.HONG_KONG),
        ("粤Z1234澳", "粤Z·1234澳", "粤Z1234澳", PlateKind.MACAO),
        ("使014578", "使014·578", "使014578", PlateKind.EMBASSY),
        ("无号牌", "无号牌", "", PlateKind.NONE),
        ("看不清", "号牌无法辨认", "", PlateKind.UNREADABLE),
    ],
)
def test_plates_of_every_kind_are_taken(
    do: Do, store: Store, typed: str, shown: str, key: str, kind: PlateKind
) -> None:
    [row] = parties.vehicle_rows(store, [vehicle(do, plate=typed)])
    assert (row.plate, row.plate_key, row.plate_kind) == (shown, key, kind)


def test_a_plate_is_never_unique(do: Do, store: Store) -> None:
    keys = [
        vehicle(do, plate="湘J8K216", plate_colour=colour)
        for colour in (PlateColour.BLUE, PlateColour.YELLOW)
    ]
    assert parties.vehicle_ids(store, search="8K216") == keys


def test_a_vehicle_without_plate_says_so_in_its_kind(do: Do, store: Store) -> None:
    [row] = parties.vehicle_rows(store, [vehicle(do, plate_kind=PlateKind.NONE, make="三轮车")])
    assert (row.plate, row.plate_key) == ("无号牌", "")
    with pytest.raises(InvalidForm) as refusal:
        vehicle(do, make="三轮车")
    assert "没有号牌的，请填写“无号牌”" in refusal.value.by_field["plate"]


def test_an_owner_has_to_be_known(do: Do) -> None:
    with pytest.raises(InvalidForm, match="先在“当事人”中登记"):
        vehicle(do, plate="湘J8K216", owner_id=9)


def test_education_is_entered_and_changed(do: Do, store: Store) -> None:
    given = {"occurred_on": "2026-09-01", "kind": GuidanceKind.LEAFLET, "quantity": 200}
    key = do(registers.save_guidance, registers.GuidanceForm, **given)
    do(registers.save_guidance, registers.GuidanceForm, **given | {"quantity": 300}, id=key)
    [row] = parties.guidance_rows(store, [key])
    assert (row.quantity, row.origin) == (300, Origin.MADE_HERE)


@pytest.mark.parametrize(
    ("change", "field", "say"),
    [
        ({"occurred_on": "2026-09-04"}, "occurred_on", "晚于今天"),
        ({"quantity": 0}, "quantity", "不能小于1"),
        ({"quantity": "很多"}, "quantity", "整数"),
        ({"kind": None}, "kind", "方式"),
    ],
)
def test_education_with_a_wrong_field_is_refused_at_that_field(
    do: Do, change: dict[str, Any], field: str, say: str
) -> None:
    given = {"occurred_on": "2026-09-01", "kind": GuidanceKind.LEAFLET, "quantity": 200}
    with pytest.raises(InvalidForm) as refusal:
        do(registers.save_guidance, registers.GuidanceForm, **given | change)
    assert say in refusal.value.by_field[field]
