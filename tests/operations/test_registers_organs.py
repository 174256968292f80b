"""Organs, power sources, number rules: what is taken and what is refused, with its article."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.models import AuditEntry, ItemPower, Organ
from enforcer.operations import registers
from enforcer.queries import powers
from enforcer.store.database import Store
from enforcer.terms import PowerKind, SeriesKind

ORGAN = {"name": "云溪市城市管理和综合执法局", "phone": "0736-7000000"}
POWER = {
    "kind": PowerKind.OWN,
    "document_title": "职能配置规定",
    "document_number": "云办〔2021〕1号",
    "valid_from": "2021-01-01",
    "items": ["road_occupation"],
}
RULE = {"kind": SeriesKind.NOTICE, "stem": "云城管温告字"}
Do = Callable[..., Any]


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    def carry_out(deed: Do, form: type, /, actor: str = "周敏", **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor=actor)

    return carry_out


@pytest.fixture
def organ(do: Do) -> int:
    return int(do(registers.save_organ, registers.OrganForm, **ORGAN))


def test_an_organ_is_entered_and_stands_in_the_log(do: Do, store: Store) -> None:
    key = do(registers.save_organ, registers.OrganForm, **ORGAN, report_days=3)
    row = powers.organ(store, key)
    assert row
    assert (row.name, row.phone, row.report_days, row.enabled) == (
        ORGAN["name"],
        "0736-7000000",
        3,
        True,
    )
    with store.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.table_name == "organ")).one()
    assert (entry.actor, entry.operation, entry.action) == ("周敏", "save_organ", "insert")


@pytest.mark.parametrize(
    ("field", "value", "say"),
    [
        ("name", "  ", "机关名称没有填写"),
        ("name", "局" * 201, "最多200个字"),
        ("credit_code", "11430700MB1234567X", "校验不通过"),
        ("credit_code", "1143O700MB1234567X", "不使用字母I、O、S、V、Z"),
        ("phone", "请打电话", "不是电话号码"),
        ("postcode", "邮编", "不是六位数字"),
        ("report_days", 0, "不能小于1"),
        ("report_days", "几天", "应当是整数"),
    ],
)
def test_an_organ_with_a_wrong_field_is_refused_at_that_field(
    do: Do, store: Store, field: str, value: object, say: str
) -> None:
    with pytest.raises(InvalidForm) as refusal:
        do(registers.save_organ, registers.OrganForm, **ORGAN | {field: value})
    assert say in refusal.value.by_field[field]
    assert powers.organs(store) == []


def test_several_telephones_stand_in_one_field(do: Do, store: Store) -> None:
    do(registers.save_organ, registers.OrganForm, **ORGAN | {"phone": "0736-7000000、12319"})
    assert powers.organs(store)[0].phone == "0736-7000000、12319"


def test_bank_and_account_go_together(do: Do) -> None:
    with pytest.raises(InvalidForm, match="第六十七条第三款"):
        do(registers.save_organ, registers.OrganForm, **ORGAN, bank_name="建设银行")


def test_two_organs_of_one_name_are_refused(do: Do, organ: int) -> None:
    with pytest.raises(InvalidForm, match="已经登记过"):
        do(registers.save_organ, registers.OrganForm, **ORGAN)


def test_the_last_organ_cannot_be_switched_off(do: Do, organ: int) -> None:
    with pytest.raises(Refused, match="最后一个启用的机关"):
        do(registers.save_organ, registers.OrganForm, **ORGAN, id=organ, enabled=False)


def test_a_second_organ_lets_the_first_be_switched_off(do: Do, organ: int, store: Store) -> None:
    do(registers.save_organ, registers.OrganForm, name="云溪市住房和城乡建设局")
    do(registers.save_organ, registers.OrganForm, **ORGAN, id=organ, enabled=False)
    assert [one.name for one in powers.organs(store, enabled_only=True)] == [
        "云溪市住房和城乡建设局"
    ]


def test_the_same_request_again_makes_no_second_organ(do: Do, store: Store) -> None:
    request = uuid4()
    keys = {
        do(registers.save_organ, registers.OrganForm, **ORGAN, request_id=request) for _ in range(2)
    }
    assert len(keys) == len(powers.organs(store)) == 1


def test_an_edit_from_another_window_is_not_overwritten(do: Do, organ: int, store: Store) -> None:
    loaded = powers.organs(store)[0].version
    do(
        registers.save_organ, registers.OrganForm,
        actor="何志远", **ORGAN | {"phone": "12319"}, id=organ, loaded=loaded,
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        do(registers.save_organ, registers.OrganForm, **ORGAN, id=organ, loaded=loaded)
    said = refusal.value.objections[0]
    assert said.code == "changed_meanwhile"
    assert "何志远 于 2026-09-03 10:12" in said.say
    assert powers.organs(store)[0].phone == "12319"


def test_a_form_loaded_again_saves(do: Do, organ: int, store: Store) -> None:
    loaded = powers.organs(store)[0].version
    do(
        registers.save_organ,
        registers.OrganForm,
        **ORGAN,
        id=organ,
        loaded=loaded,
        court="云溪法院",
    )
    assert powers.organs(store)[0].court == "云溪法院"


def test_a_power_source_covers_its_items(do: Do, organ: int, store: Store, today: date) -> None:
    do(registers.save_power_source, registers.PowerSourceForm, **POWER, organ_id=organ)
    found = powers.power_for(store, "road_occupation", today)
    assert isinstance(found, powers.Power)
    assert (found.organ.id, found.handled_by, found.cite) == (organ, "", "行政处罚法第十七条")
    assert found.source.document == "《职能配置规定》（云办〔2021〕1号）"


@pytest.mark.parametrize(
    ("change", "field", "say"),
    [
        ({"handled_by": ""}, "handled_by", "行政处罚法第二十条"),
        ({"valid_until": None}, "valid_until", "行政处罚法第二十条第二款"),
        ({"handled_by": ORGAN["name"]}, "handled_by", "不能就是委托机关自己"),
        ({"valid_until": "2020-12-31"}, "valid_until", "早于生效日期"),
        ({"items": ["no_such_item"]}, "items", "法规清单里没有"),
        ({"organ_id": 99}, "organ_id", "先在“机关”中登记"),
        ({"document_title": ""}, "document_title", "依据文件名称没有填写"),
        ({"valid_from": "2021-02-30"}, "valid_from", "不是真实存在的日期"),
    ],
)
def test_an_entrustment_names_whom_until_when_and_what(
    do: Do, organ: int, change: dict[str, Any], field: str, say: str
) -> None:
    whole = POWER | {
        "kind": PowerKind.ENTRUSTED,
        "organ_id": organ,
        "handled_by": "云溪市城管执法大队",
        "valid_until": "2027-12-31",
    }
    with pytest.raises(InvalidForm) as refusal:
        do(registers.save_power_source, registers.PowerSourceForm, **whole | change)
    assert say in refusal.value.by_field[field]
    assert do(registers.save_power_source, registers.PowerSourceForm, **whole)


def test_items_come_and_go_with_an_entry_in_the_log(do: Do, organ: int, store: Store) -> None:
    key = do(registers.save_power_source, registers.PowerSourceForm, **POWER, organ_id=organ)
    changed = POWER | {"items": ["street_stacking", "graffiti"]}
    do(registers.save_power_source, registers.PowerSourceForm, **changed, organ_id=organ, id=key)
    with store.reading() as session:
        held = {one.item_key for one in session.exec(select(ItemPower))}
        said = session.exec(
            select(AuditEntry.changes)
            .where(AuditEntry.action == "items")
            .order_by(AuditEntry.id.desc())  # type: ignore[union-attr]
        ).first()
    assert held == {"street_stacking", "graffiti"}
    assert said == '{"added":["graffiti","street_stacking"],"removed":["road_occupation"]}'


def test_items_changed_in_another_window_are_not_overwritten(
    do: Do, organ: int, store: Store
) -> None:
    key = do(registers.save_power_source, registers.PowerSourceForm, **POWER, organ_id=organ)
    loaded = powers.power_sources(store)[0].version
    changed = POWER | {"items": ["graffiti"], "organ_id": organ, "id": key, "loaded": loaded}
    do(registers.save_power_source, registers.PowerSourceForm, actor="何志远", **changed)
    with pytest.raises(Refused, match="何志远"):
        do(registers.save_power_source, registers.PowerSourceForm, **changed)


def test_one_item_cannot_belong_to_two_organs_at_once(do: Do, organ: int) -> None:
    do(registers.save_power_source, registers.PowerSourceForm, **POWER, organ_id=organ)
    other = do(registers.save_organ, registers.OrganForm, name="云溪市住房和城乡建设局")
    with pytest.raises(Refused) as refusal:
        do(registers.save_power_source, registers.PowerSourceForm, **POWER, organ_id=other)
    said = refusal.value.objections[0]
    assert (said.code, said.field, said.cite) == (
        "item_of_two_organs",
        "items",
        "行政处罚法第三十八条第一款",
    )
    assert "擅自占用城市道路" in said.say


def test_an_item_may_pass_from_one_organ_to_another_in_time(do: Do, organ: int) -> None:
    ended = POWER | {"valid_until": "2025-12-31"}
    do(registers.save_power_source, registers.PowerSourceForm, **ended, organ_id=organ)
    other = do(registers.save_organ, registers.OrganForm, name="云溪市住房和城乡建设局")
    after = POWER | {"valid_from": "2026-01-01"}
    assert do(registers.save_power_source, registers.PowerSourceForm, **after, organ_id=other)


@pytest.mark.parametrize(
    ("bracket", "with_di", "width", "example"),
    [
        ("〔〕", True, 5, "云城管温告字〔2026〕第00001号"),
        ("〔〕", False, 1, "云城管温告字〔2026〕1号"),
        ("[]", True, 3, "云城管温告字[2026]第001号"),
        ("（）", False, 4, "云城管温告字（2026）0001号"),
    ],
)
def test_a_number_rule_gives_numbers_as_its_example_shows(
    do: Do, organ: int, store: Store, bracket: str, with_di: bool, width: int, example: str
) -> None:
    do(
        registers.save_number_rule, registers.NumberRuleForm,
        **RULE, organ_id=organ, bracket=bracket, with_di=with_di, width=width,
    )  # fmt: skip
    rule = powers.number_rules(store, year=2026)[0]
    assert registers.number_example(rule.pattern, rule.width, year=2026) == example
    parts = registers.parts_of(rule.pattern)
    assert parts
    assert (parts.stem, parts.bracket, parts.with_di) == ("云城管温告字", bracket, with_di)


def test_a_pattern_written_otherwise_has_no_parts() -> None:
    assert registers.parts_of("{year}年告字{serial}") is None


def test_setting_the_rule_of_a_paper_twice_changes_the_one_rule(
    do: Do, organ: int, store: Store
) -> None:
    for width in (3, 5):
        do(
            registers.save_number_rule, registers.NumberRuleForm,
            **RULE, organ_id=organ, width=width,
        )  # fmt: skip
    assert [one.width for one in powers.number_rules(store, year=2026)] == [5]


@pytest.mark.parametrize("change", [{}, {"bracket": "[]"}, {"with_di": False}])
def test_two_papers_with_the_same_number_form_are_refused(
    do: Do, organ: int, change: dict[str, Any]
) -> None:
    do(registers.save_number_rule, registers.NumberRuleForm, **RULE, organ_id=organ)
    other = RULE | {"kind": SeriesKind.SUMMARY_DECISION}
    with pytest.raises(InvalidForm) as refusal:
        do(
            registers.save_number_rule, registers.NumberRuleForm,
            **other | change, organ_id=organ,
        )  # fmt: skip
    assert "会重号" in refusal.value.by_field["stem"]


@pytest.mark.parametrize("stem", ["云城{管}", "", "云城管" * 30])
def test_a_number_word_that_cannot_be_used_is_refused(do: Do, organ: int, stem: str) -> None:
    with pytest.raises(InvalidForm) as refusal:
        do(
            registers.save_number_rule, registers.NumberRuleForm,
            **RULE | {"stem": stem}, organ_id=organ,
        )  # fmt: skip
    assert list(refusal.value.by_field) == ["stem"]


def test_full_width_letters_and_hidden_signs_are_mended_with_a_remark() -> None:
    taken = registers.read(registers.OrganForm, ORGAN | {"credit_code": "１１４3\u200b"})
    assert taken.form.model_dump()["credit_code"] == "1143"
    assert "半角" in "".join(taken.remarks["credit_code"])
    assert "看不见的字符" in "".join(taken.remarks["credit_code"])


def test_markup_in_a_name_is_kept_as_typed(do: Do, store: Store) -> None:
    name = "<b>城管局</b><img src=x>"
    do(registers.save_organ, registers.OrganForm, name=name)
    with store.reading() as session:
        assert session.exec(select(Organ.name)).one() == name
