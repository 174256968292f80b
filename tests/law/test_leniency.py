"""不予、从轻、减轻: circumstances from data, list rows, look-ups, and choices held against them."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from enforcer.law import catalogue, first_violation, leniency, leniency_choice, leniency_data
from enforcer.law.conditions import Tick, Ticks, read_all
from enforcer.law.first_violation import EarlierRecord, FirstViolation, Scope
from enforcer.law.leniency import LeniencyFacts
from enforcer.law.leniency_choice import Choice
from enforcer.law.leniency_data import ListRow
from enforcer.law.toml_data import law_folder
from enforcer.terms import (
    ConditionState,
    Discretion,
    Force,
    LeniencyEffect,
    LeniencyPaper,
    ListCategory,
    NoPenaltyReason,
    PartyKind,
)

DAY = date(2026, 9, 3)
ROW = ListRow(
    key="row.1",
    category=ListCategory.FIRST_VIOLATION,
    item_key="road_occupation",
    item="擅自占用城市道路",
    conditions=read_all(["占用面积 ≤ 5 平方米", "在责令的时间内整改"]),
    basis="行政处罚法第三十三条第一款",
    document="某市首违不罚清单",
    document_number="某城管〔2026〕1号",
    from_on=date(2026, 1, 1),
    measures=("说服教育", "行政回访"),
)


def held(*texts: str) -> dict[str, Tick]:
    return {one: Tick(holds=True, evidence="现场照片2张") for one in texts}


def facts(**change: object) -> LeniencyFacts:
    given: dict[str, object] = {
        "party_kind": PartyKind.CITIZEN,
        "acted_on": date(2026, 9, 1),
        "decided_on": DAY,
        "item": catalogue.item("road_occupation", DAY),
    }
    return LeniencyFacts(**given | change)  # type: ignore[arg-type]


def looked(*, is_first: bool | None) -> FirstViolation:
    return FirstViolation(DAY, "号牌 湘J12345", is_first, None, (), (), "查过。")


def test_only_the_statute_is_shipped_each_circumstance_for_itself() -> None:
    known = {one.key: one for one in leniency_data.circumstances(DAY)}
    assert leniency_data.problems() == ()
    assert {one.cite.split("第")[0] for one in known.values()} == {
        "行政处罚法（2021）",
        "生态环境法典",
        "民营经济促进法",
    }
    shall = {key for key, one in known.items() if one.force is Force.SHALL}
    assert {"under_14", "minor", "no_fault", "consequences_removed", "coerced"} <= shall
    assert {"first_violation", "partly_capable"} == {
        key for key, one in known.items() if one.force is Force.MAY and not one.scope
    }
    assert all(one.text for one in known.values())
    assert known["no_fault"].by_party


CIRCUMSTANCE = """
[calm]
title = "试验"
[[calm.versions]]
from = 2021-07-15
cite = "行政处罚法（2021）第三十三条第一款"
text = "原文"
force = "shall"
effect = "no_penalty"
reason = "minor"
conditions = ["及时改正"]
papers = ["decision", "education"]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('conditions = ["及时改正"]', "", "没有写适用情形"),
        ('conditions = ["及时改正"]', 'conditions = ["面积 ≤ 大"]', "看不懂"),
        ('cite = "行政处罚法（2021）第三十三条第一款"', "", "没有注明法律条文"),
        ("第三十三条第一款", "第九十三条", "共 86 条，没有第九十三条"),
        ("行政处罚法（2021）第三十三条第一款", "某规定", "条文“某规定”看不懂"),
        ('reason = "minor"', "", "没有写明统计口径"),
        (', "education"]', "]", "教育记录"),
        ('"shall"', '"must"', "“force”的取值“must”不认识"),
        ('"no_penalty"', '"free"', "“effect”的取值“free”不认识"),
        ("force =", 'replaces = ["gone"]\nforce =', "“replaces”里的“gone”不在本文件里"),
        ("force =", 'computed = "moon"\nforce =', "“computed”的取值“moon”不认识"),
        ("force =", 'scope = "water"\nforce =', "“scope”的取值“water”不认识"),
        ("force =", 'by_party = "yes"\nforce =', "“by_party”应当是true 或 false"),
        ('"decision", ', '"letter", ', "“papers”的取值“letter”不认识"),
        ("from = 2021-07-15", "from = 2021-07-15\nuntil = 2021-01-01", "早于开始"),
    ],
)
def test_a_bad_circumstance_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in CIRCUMSTANCE
    shutil.copytree(law_folder(), tmp_path, dirs_exist_ok=True)
    (tmp_path / "lists.toml").write_text(CIRCUMSTANCE.replace(old, new), encoding="utf-8")
    [told] = leniency_data.problems(tmp_path)
    assert said in str(told)
    assert "法规数据 lists.toml 第2行[calm]" in str(told)
    assert leniency_data.circumstances(DAY, tmp_path) == ()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    shutil.copytree(law_folder(), tmp_path, dirs_exist_ok=True)
    (tmp_path / "lists.toml").unlink()
    assert "请重新安装程序" in str(leniency_data.problems(tmp_path)[0])


def test_a_birthday_is_explained() -> None:
    found = leniency.assess(facts(born_on=date(2012, 9, 1))).of("under_14")
    assert found
    assert found.met
    assert "生日当天" in found.say
    found = leniency.assess(facts(born_on=date(2012, 9, 2))).of("under_14")
    assert found
    assert "生日当天" not in found.say


def test_a_row_of_the_list_needs_every_condition_and_the_look_up() -> None:
    ticks: Ticks = held("在责令的时间内整改") | {
        "占用面积": Tick(value=4, evidence="测量记录")  # type: ignore[arg-type]
    }
    open_one = leniency.assess(facts(rows=(ROW,), ticks=ticks))
    assert [one.key for one in open_one.open if one.listed] == ["row.1"]
    found = leniency.assess(facts(rows=(ROW,), ticks=ticks, lookup=looked(is_first=True)))
    row = found.of("row.1")
    assert row
    assert row.met
    assert row.cite == "行政处罚法第三十三条第一款、《某市首违不罚清单》（某城管〔2026〕1号）"
    assert found.may_spare == (row,)
    assert found.measures == ("说服教育", "行政回访")
    assert set(found.papers) == {
        LeniencyPaper.DECISION, LeniencyPaper.EDUCATION, LeniencyPaper.LOOKUP, LeniencyPaper.PLEDGE
    }  # fmt: skip
    waiting = leniency.assess(facts(rows=(ROW,), ticks=ticks, lookup=looked(is_first=None)))
    state = waiting.of("row.1")
    assert state
    assert state.state is ConditionState.TO_CONFIRM


def test_a_row_counts_for_its_item_while_it_is_in_force() -> None:
    other = catalogue.item("graffiti", DAY)
    for changed in (
        facts(rows=(replace(ROW, until_on=date(2026, 8, 31)),)),
        facts(rows=(replace(ROW, from_on=date(2026, 9, 4)),)),
        facts(rows=(ROW,), item=other),
        facts(rows=(ROW,), item=None),
    ):
        assert leniency.assess(changed).of("row.1") is None
    assert leniency.assess(facts(rows=(replace(ROW, until_on=DAY),))).of("row.1")


@pytest.mark.parametrize(
    ("category", "force", "effect", "reason"),
    [
        (ListCategory.MINOR, Force.SHALL, LeniencyEffect.NO_PENALTY, NoPenaltyReason.MINOR),
        (ListCategory.FIRST_VIOLATION, Force.MAY, LeniencyEffect.NO_PENALTY, NoPenaltyReason.FIRST_VIOLATION),
        (ListCategory.NO_FAULT, Force.SHALL, LeniencyEffect.NO_PENALTY, NoPenaltyReason.NO_FAULT),
        (ListCategory.MITIGATED, Force.SHALL, LeniencyEffect.MITIGATED, None),
        (ListCategory.LIGHTER, Force.SHALL, LeniencyEffect.LIGHTER, None),
    ],
)  # fmt: skip
def test_the_category_of_a_row_says_what_it_brings(
    category: ListCategory, force: Force, effect: LeniencyEffect, reason: NoPenaltyReason | None
) -> None:
    row = replace(ROW, category=category)
    assert (row.force, row.effect, row.reason) == (force, effect, reason)
    assert bool(row.papers) is (reason is not None)


def test_only_mitigating_circumstances_carry_a_fine_below_the_minimum() -> None:
    lighter = replace(ROW, category=ListCategory.LIGHTER, conditions=read_all(["当场清理完毕"]))
    mitigated = replace(lighter, key="row.2", category=ListCategory.MITIGATED)
    found = leniency.assess(facts(rows=(lighter, mitigated), ticks=held("当场清理完毕")))
    assert found.grounds == (mitigated.cite,)
    assert "应当从轻或者减轻：从轻：擅自占用城市道路" in found.say


def test_an_assessment_says_what_the_law_asks_for() -> None:
    nothing = leniency.assess(facts())
    assert nothing.say == "没有查明任何从轻、减轻、不予处罚的情形。"
    assert nothing.papers == ()
    minor = leniency.assess(facts(ticks=held("违法行为轻微", "及时改正", "没有造成危害后果")))
    assert minor.say.startswith("应当不予处罚：违法行为轻微并及时改正，没有造成危害后果")
    assert leniency.assess(facts(item=None)).of("environment_minor") is None


def test_the_duty_to_examine_is_done_when_every_circumstance_is_answered() -> None:
    company = facts(
        party_kind=PartyKind.LEGAL_PERSON, private_enterprise=True, lookup=looked(is_first=False)
    )
    asked = {
        one.text: Tick(holds=False)
        for known in leniency_data.circumstances(DAY)
        for one in known.conditions
    }
    found = leniency.assess(replace(company, ticks=asked))
    duty = found.of("private_enterprise")
    assert duty
    assert duty.met
    assert leniency_choice.objections(found, Choice(discretion=Discretion.ORDINARY)) == ()


def test_contradicting_states_of_mind_are_refused() -> None:
    ill = "有鉴定意见或者病历证明是精神病人、智力残疾人"
    ticks = held(
        ill, "行为时不能辨认或者不能控制自己的行为",
        "有鉴定意见或者病历证明是间歇性精神病人", "行为时精神正常",
    )  # fmt: skip
    found = leniency.assess(facts(ticks=ticks))
    said = leniency_choice.objections(found, Choice(discretion=Discretion.ORDINARY))
    assert [one.code for one in said] == ["circumstances_contradict"]
    alone = leniency.assess(facts(ticks=held(ill, "行为时不能辨认或者不能控制自己的行为")))
    said = leniency_choice.objections(alone, Choice(discretion=Discretion.ORDINARY))
    assert [one.code for one in said] == ["must_not_punish"]


def codes(found: leniency.Assessment, **choice: object) -> list[str]:
    return [one.code for one in leniency_choice.objections(found, Choice(**choice))]  # type: ignore[arg-type]


def test_leaving_the_offices_list_is_explained() -> None:
    lighter = replace(ROW, category=ListCategory.LIGHTER, conditions=read_all(["当场清理完毕"]))
    denied = facts(rows=(lighter,), ticks={"当场清理完毕": Tick(holds=False)})
    assert codes(leniency.assess(denied), discretion=Discretion.LIGHTER) == ["no_list_row"]
    assert codes(leniency.assess(denied), discretion=Discretion.LIGHTER, reason="主动补救") == []
    met = facts(rows=(lighter,), ticks=held("当场清理完毕"))
    assert codes(leniency.assess(met), discretion=Discretion.LIGHTER) == []
    assert codes(leniency.assess(denied), discretion=Discretion.HEAVIER) == []


def test_a_lucid_interval_is_no_obstacle_to_another_ground() -> None:
    ticks = held(
        "有鉴定意见或者病历证明是间歇性精神病人", "行为时精神正常",
        "违法行为轻微", "及时改正", "没有造成危害后果",
    )  # fmt: skip
    found = leniency.assess(facts(ticks=ticks))
    papers = frozenset({LeniencyPaper.DECISION, LeniencyPaper.EDUCATION})
    assert codes(
        found, discretion=Discretion.NO_PENALTY,
        no_penalty_reason=NoPenaltyReason.MINOR, papers=papers,
    ) == []  # fmt: skip


def test_a_missing_pledge_asks_for_a_word() -> None:
    ticks: Ticks = held("危害后果轻微", "及时改正", "违法行为轻微", "没有造成危害后果")
    found = leniency.assess(facts(ticks=ticks, lookup=looked(is_first=True)))
    papers = frozenset(LeniencyPaper) - {LeniencyPaper.PLEDGE}
    spare = {"discretion": Discretion.NO_PENALTY, "papers": papers}
    first = spare | {"no_penalty_reason": NoPenaltyReason.FIRST_VIOLATION}
    assert codes(found, **first) == ["pledge_missing"]
    assert codes(found, **first | {"reason": "已当场改正"}) == []
    assert codes(found, **first | {"papers": frozenset(LeniencyPaper)}) == []
    assert codes(found, **spare, no_penalty_reason=NoPenaltyReason.MINOR) == []


def test_what_waits_for_the_office_is_named_in_the_refusal() -> None:
    ticks = held("危害后果轻微", "及时改正")
    found = leniency.assess(facts(ticks=ticks, lookup=looked(is_first=None)))
    [said] = leniency_choice.objections(
        found,
        Choice(discretion=Discretion.NO_PENALTY, no_penalty_reason=NoPenaltyReason.FIRST_VIOLATION),
    )
    assert said.code == "no_ground_to_spare"
    assert "查过。" in said.say


def record(on: date, *, notice: bool = False) -> EarlierRecord:
    return EarlierRecord(on, "常城管当罚字〔2026〕第001号", "处罚决定", notice)


LONG_AGO, LATELY, LATER = date(2024, 1, 1), date(2026, 3, 1), date(2026, 9, 4)
YEAR = Scope(window_days=365, counts_notices=False)


@pytest.mark.parametrize(
    ("records", "scope", "is_first", "said"),
    [
        ([], Scope(), True, "是初次违法"),
        ([record(LATER)], YEAR, True, "没有同一事项的处罚决定和告知"),
        ([record(LONG_AGO)], YEAR, True, "2025-09-03 之后没有同一事项"),
        ([record(date(2025, 9, 3))], YEAR, True, "2025-09-03 之后没有同一事项"),
        ([record(date(2025, 9, 4))], YEAR, False, "已有同一事项的决定"),
        ([record(LATELY)] * 4, YEAR, False, "等 4 件"),
        ([record(LATELY)], Scope(), None, "往回查多少天待机关确认"),
        ([record(LATELY, notice=True)], YEAR, True, "本机关不计入，是初次违法"),
        ([record(LATELY, notice=True)], Scope(365, True), False, "本机关计入，不是初次违法"),
        ([record(LATELY, notice=True)], Scope(365), None, "告知是否计入待机关确认"),
        ([record(LATELY, notice=True)], Scope(None, True), None, "往回查多少天待机关确认"),
        ([record(LATELY, notice=True)], Scope(None, False), True, "有记录以来没有同一事项的决定"),
        ([record(LONG_AGO, notice=True)], Scope(365, True), True, "没有同一事项的处罚决定和告知"),
        ([record(LATELY, notice=True), record(LATELY)], Scope(365), False, "已有同一事项的决定"),
    ],
)  # fmt: skip
def test_whether_it_is_the_first_depends_on_what_the_office_settled(
    records: list[EarlierRecord], scope: Scope, is_first: bool | None, said: str
) -> None:
    found = first_violation.judge(records, scope, on=DAY, searched="号牌 湘J12345")
    assert (found.is_first, said in found.say) == (is_first, True), found.say
    assert found.say.endswith("只查了本机的台账。")
    assert found.as_json()["is_first"] is is_first


def test_without_a_number_or_a_plate_nothing_can_be_told() -> None:
    found = first_violation.judge([], YEAR, on=DAY, searched="")
    assert (found.is_first, found.as_json()["since"]) == (None, "2025-09-03")
    assert "没有证件号码和号牌" in found.say


def test_what_is_filed_names_every_record() -> None:
    records = [record(LONG_AGO), record(LATELY), record(LATELY, notice=True)]
    filed = first_violation.judge(records, YEAR, on=DAY, searched="号牌 湘J12345").as_json()
    assert [one["on"] for one in filed["counted"]] == ["2026-03-01"]
    assert len(filed["others"]) == 2
    assert filed["cite"] == "行政处罚法（2021）第三十三条第一款"
    open_window = first_violation.judge([], Scope(), on=DAY, searched="号牌 湘J1").as_json()
    assert open_window["since"] is None
