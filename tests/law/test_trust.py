"""Data that cannot be trusted is named with its place and the cure; the rest goes on working."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from enforcer.errors import LawDataError, Refused
from enforcer.law import calendar, catalogue, deadlines, parameters, trust
from enforcer.law.toml_data import law_folder
from enforcer.terms import PartyKind

DAY = date(2026, 11, 1)
VALUE = '{ from = 2021-07-15, value = 1, cite = "某法第一条" }'


def folder_with(tmp_path: Path, name: str, text: str) -> Path:
    """The shipped data with one file replaced."""
    shutil.copytree(law_folder(), tmp_path, dirs_exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def only(errors: tuple[LawDataError, ...]) -> str:
    assert len(errors) == 1, [str(one) for one in errors]
    return str(errors[0])


def parameter(values: str, more: str = "") -> str:
    return f'[limit]\ntitle = "上限"\nunit = "fen"\n{more}values = [ {values} ]\n'


def test_what_is_shipped_can_be_trusted() -> None:
    assert trust.problems() == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (parameter("{ from = 2021-07-15, value = 1 }"), "没有注明法律条文"),
        (parameter('{ from = 2021-07-15, value = 1, cite = " " }'), "“cite”是空的"),
        (parameter(f"{VALUE}, {VALUE}"), "有两个取值都从 2021-07-15 起"),
        (
            parameter(VALUE.replace("value", "until = 2021-07-14, value")),
            "在 2021-07-14 就终止，早于开始",
        ),
        (
            parameter(
                f"{VALUE.replace('value', 'until = 2026-01-01, value')}, "
                f"{VALUE.replace('2021-07-15', '2025-01-01')}"
            ),
            "与 2025-01-01 起的重叠",
        ),
        (
            parameter(f"{VALUE.replace('2021-07-15', '2025-01-01')}, {VALUE}"),
            "请按日期先后排列",
        ),
        (parameter(""), "没有任何取值"),
        (parameter(VALUE.replace("value = 1", "value = 1, vlaue = 2")), "不认识的键“vlaue”"),
        (parameter(VALUE, "note = 1\n"), "不认识的键“note”"),
        (parameter(VALUE.replace("value = 1", 'value = "1"')), "“value”的类型不对"),
        (parameter(VALUE.replace("value = 1", "value = true")), "“value”应当是整数"),
        (parameter(VALUE.replace("2021-07-15", '"2021-07-15"')), "“from”的类型不对"),
        (parameter(VALUE.replace("2021-07-15", "2021-07-15T08:00:00")), "“from”的类型不对"),
        (parameter(VALUE.replace("value = 1, ", "")), "缺少“value”"),
        (parameter(VALUE).replace('"fen"', '"yuan"'), "“unit”的取值“yuan”不认识"),
        (parameter("1"), "“values”里有类型不对的值"),
        ("limit = 3\n", "这里应当是一个表"),
        (
            '[settings.days]\ntitle = "天数"\nunit = "fen"\nquestion = "几天？"\n',
            "没有注明法律条文",
        ),
        ("settings = 1\n", "这里应当是一个表"),
    ],
)
def test_a_bad_parameter_is_named(tmp_path: Path, text: str, said: str) -> None:
    folder = folder_with(tmp_path, "parameters.toml", text)
    told = only(parameters.problems(folder))
    assert said in told
    assert "法规数据 parameters.toml 第1行" in told
    assert told.endswith("。")


def test_a_bad_parameter_leaves_the_others_alone(tmp_path: Path) -> None:
    text = parameter("") + "\n" + parameter(VALUE).replace("[limit]", "[other]")
    folder = folder_with(tmp_path, "parameters.toml", text)
    assert parameters.on("other", DAY, folder).value == 1
    assert parameters.names(folder) == ("other",)
    with pytest.raises(LawDataError, match="没有任何取值"):
        parameters.on("limit", DAY, folder)


def test_the_line_of_the_bad_table_is_told(tmp_path: Path) -> None:
    text = '# 说明\n\n[group.one]\ntitle = "甲"\nunit = "fen"\nvalues = []\n'
    folder = folder_with(tmp_path, "parameters.toml", text)
    assert "第3行[group.one]" in only(parameters.problems(folder))


def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "parameters.toml", "[limit]\ntitle = 上限\n")
    told = only(parameters.problems(folder))
    assert "parameters.toml 第2行" in told
    with pytest.raises(LawDataError, match="写法不合 TOML 格式"):
        parameters.on("limit", DAY, folder)


def test_a_file_cut_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "deadlines.toml", '[decision]\ntitle = "作出')
    assert "deadlines.toml 第2行" in only(deadlines.problems(folder))


def test_a_missing_file_does_not_stop_the_program(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "holidays.toml", "")
    for name in ("holidays", "parameters", "deadlines", "violations"):
        (folder / f"{name}.toml").unlink()
    told = [str(one) for one in trust.problems(folder)]
    assert sum("请重新安装程序" in one for one in told) >= 4
    assert not calendar.shipped(folder).knows(2026)


def test_a_list_that_must_be_whole_is_reported_too(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "penalty_order.toml", "[order]\ntitle = 1\n")
    assert "penalty_order.toml" in only(trust.problems(folder))


def test_a_name_that_no_file_has_is_said_so() -> None:
    with pytest.raises(LawDataError, match="没有“nothing”这一项"):
        parameters.on("nothing", DAY)


def test_a_day_before_the_first_value_is_refused_with_its_article() -> None:
    with pytest.raises(Refused, match="自 2021-07-15 起施行") as caught:
        parameters.on("officers_minimum", date(2021, 7, 14))
    assert "第四十二条" in caught.value.objections[0].cite


PERIOD = (
    '{ from = 2021-07-15, length = 7, counting = "working", rolls = false, cite = "某法第一条" }'
)


def rule(version: str) -> str:
    return f'[test]\ntitle = "试验"\nstart = "起算"\nversions = [ {version} ]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (rule(PERIOD.replace(', cite = "某法第一条"', "")), "没有注明法律条文"),
        (rule(PERIOD.replace("length = 7", "length = 0")), "期限长度 0 不是正数"),
        (rule(PERIOD.replace('"working"', '"weeks"')), "“counting”的取值“weeks”不认识"),
        (rule(PERIOD.replace("rolls = false", "rolls = true")), "不存在末日顺延"),
        (rule(PERIOD.replace("rolls = false", 'rolls = "no"')), "true 或 false"),
        (rule(PERIOD.replace("rolls = false, ", "")), "缺少“rolls”"),
        (
            rule(
                PERIOD.replace('"working"', '"calendar"').replace(
                    "rolls", 'direction = "before", rolls'
                )
            ),
            "只能按工作日计算",
        ),
        (rule(PERIOD.replace("rolls", 'then = "自 {day} 起", rolls')), "不认识的花括号"),
        (rule(PERIOD.replace("rolls", 'then = "自 { 起", rolls')), "不认识的花括号"),
        (rule(f"{PERIOD}, {PERIOD}"), "有两个取值都从 2021-07-15 起"),
        (rule(""), "没有任何取值"),
    ],
)
def test_a_bad_period_is_named(tmp_path: Path, text: str, said: str) -> None:
    folder = folder_with(tmp_path, "deadlines.toml", text)
    told = only(deadlines.problems(folder))
    assert said in told
    assert "deadlines.toml 第1行[test]" in told
    with pytest.raises(LawDataError):
        deadlines.due("test", DAY, folder=folder)


def test_a_period_that_has_ended_is_refused(tmp_path: Path) -> None:
    ended = PERIOD.replace("length", "until = 2025-12-31, length")
    folder = folder_with(tmp_path, "deadlines.toml", rule(ended))
    assert deadlines.due("test", date(2025, 12, 31), folder=folder).due_on == date(2026, 1, 12)
    with pytest.raises(Refused, match="到 2025-12-31 为止"):
        deadlines.due("test", date(2026, 1, 1), folder=folder)


def notice(holidays: str, year: str = "2026") -> str:
    return f'[{year}]\ntitle = "通知"\nnumber = "〔2025〕7号"\nholidays = [ {holidays} ]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (notice('{ name = "节", off = [2026-10-07, 2026-10-01] }'), "“节”的放假日写法不对"),
        (notice('{ name = "节", off = [2026-10-01] }'), "“节”的放假日写法不对"),
        (notice('{ name = "节", off = ["10-01", "10-07"] }'), "类型不对"),
        (notice(""), "没有任何放假日"),
        (notice('{ name = "节", off = [2024-10-01, 2024-10-02] }'), "不属于 2026 年"),
        (
            notice('{ name = "节", off = [2026-10-01, 2026-10-03], working = [2026-10-03] }'),
            "2026-10-03 既写成放假又写成上班",
        ),
        (
            notice('{ name = "节", off = [2026-10-01, 2026-10-03], working = [2026-10-08] }'),
            "2026-10-08（周四）本来就是工作日",
        ),
        (notice('{ name = "节", off = [2026-10-01, 2026-10-03], wrk = [] }'), "不认识的键“wrk”"),
        (notice('{ name = "节", off = [2026-10-01, 2026-10-03] }', "next"), "不是年份"),
        (
            '[2026]\nnumber = "7号"\nholidays = []\n',
            "缺少“title”",
        ),
    ],
)
def test_a_bad_holiday_notice_makes_its_year_unknown(tmp_path: Path, text: str, said: str) -> None:
    folder = folder_with(tmp_path, "holidays.toml", text)
    assert said in only(calendar.problems(folder))
    assert not calendar.shipped(folder).knows(2026)


LAW = '[laws.act]\ntitle = "某法"\nedition = "2021年"\nrank = "法律"\nfrom = 2021-07-15\n'
ITEM = """
[item]
number = 1
group = "试验"
title = "试验"
[[item.versions]]
from = 2021-07-15
verified = "V"
breached = [ { law = "act", article = "第一条" } ]
sanctioned_by = [ { law = "act", article = "第二条" } ]
competence = "本机关"
consequences = [ { sides = ["citizen"], must = ["fine"], min_yuan = 50, max_yuan = 200 } ]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{ law = "act", article = "第一条" }', "", "没有注明违则条文"),
        ('{ law = "act", article = "第二条" }', "", "没有注明罚则条文"),
        (
            '{ law = "act", article = "第二条" }',
            '{ law = "art", article = "二" }',
            "不在 [laws] 里",
        ),
        ('["citizen"]', '["person"]', "“sides”没有写明适用于谁"),
        ('["citizen"]', "[]", "“sides”没有写明适用于谁"),
        ('["fine"]', '["fines"]', "“must”的取值“fines”不认识"),
        ('must = ["fine"], ', "", "没有写明处罚种类"),
        ("min_yuan = 50", "min_yuan = 500", "罚款下限 500 元没有上限，或者高于上限"),
        (", max_yuan = 200", "", "罚款下限 50 元没有上限"),
        ("consequences = [", 'competing = ["none"]\nconsequences = [', "“none”不在清单里"),
        ("consequences = [", "other = [", "不认识的键“other”"),
        (
            '{ sides = ["citizen"], must = ["fine"], min_yuan = 50, max_yuan = 200 }',
            "",
            "没有写明罚则的后果",
        ),
        ('verified = "V"', "", "缺少“verified”"),
        ("[[item.versions]]", "[item.versions]", "“versions”的类型不对"),
        (
            "consequences = [",
            'compared = { result = "better", say = "甲" }\nconsequences = [',
            "“result”的取值“better”不认识",
        ),
        ("consequences = [", "compared = 1\nconsequences = [", "“compared”应当是一个表"),
    ],
)
def test_a_bad_item_is_named_and_left_out(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in ITEM
    good = ITEM.replace("item", "good").replace("number = 1", "number = 2")
    folder = folder_with(tmp_path, "violations.toml", LAW + ITEM.replace(old, new) + good)
    assert said in only(catalogue.problems(folder))
    assert [one.key for one in catalogue.items(DAY, folder=folder)] == ["good"]
    with pytest.raises(LawDataError):
        catalogue.item("item", DAY, folder)


def test_an_item_whose_law_is_bad_is_left_out_with_it(tmp_path: Path) -> None:
    text = LAW.replace("from = 2021-07-15", "from = 2021-07-15\nuntil = 2020-01-01") + ITEM
    folder = folder_with(tmp_path, "violations.toml", text)
    assert len(catalogue.problems(folder)) == 2
    assert catalogue.items(DAY, folder=folder) == []


def test_laws_that_are_no_tables_are_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "violations.toml", "laws = 1\n")
    assert "请按 [laws.名称] 的写法改正" in only(catalogue.problems(folder))


def test_every_setting_asks_the_office_and_has_no_value() -> None:
    asked = parameters.settings()
    assert len(asked) >= 10
    assert all(one.label == "待机关确认" and one.question.endswith(("？", "。")) for one in asked)
    assert parameters.setting("hearing_threshold_citizen") in asked
    assert parameters.setting("unknown") is None


def test_the_sole_trader_follows_the_citizen_until_the_office_confirms() -> None:
    default = parameters.summary_limit(PartyKind.SOLE_TRADER, DAY)
    assert (default.value, default.label) == (20_000, "待机关确认")
    chosen = parameters.summary_limit(
        PartyKind.SOLE_TRADER, DAY, sole_trader_as=PartyKind.LEGAL_PERSON
    )
    assert (chosen.value, chosen.label) == (300_000, "")
    assert parameters.summary_limit(PartyKind.CITIZEN, DAY).label == ""


def test_the_history_of_a_number_can_be_shown() -> None:
    history = parameters.parameter("summary_fine_limit.citizen")
    assert history is not None
    assert [one.value for one in history.values] == [5_000, 20_000]
    assert parameters.parameter("nothing") is None
