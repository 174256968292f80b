"""Money: what an officer types, what a ledger holds, what stands on the paper."""

from decimal import Decimal

import pytest

from enforcer.money import MAX_FEN, chinese, figure, parse_yuan, wan_yuan, yuan, yuan_grouped
from tests.properties import given, st


@pytest.mark.parametrize(
    ("given_amount", "fen"),
    [
        ("200", 20_000),
        ("200.5", 20_050),
        ("200.50", 20_050),
        ("0", 0),
        ("0.01", 1),
        (" 200.00 ", 20_000),
        ("１００", 10_000),
        ("１，０００．５０", 100_050),
        ("1,000.00", 100_000),
        ("1,234,567.89", 123_456_789),
        ("200元", 20_000),
        ("￥200.00", 20_000),
        ("¥ 200.00 元", 20_000),
        ("人民币200元整", 20_000),
        ("1000000000000", MAX_FEN),
        (200, 20_000),
        (200.1, 20_010),
        (0.1 + 0.2, 30),
        (-0.0, 0),
        (Decimal("200.500"), 20_050),
        (Decimal("1E+2"), 10_000),
    ],
)
def test_an_amount_is_read_as_whole_fen(given_amount: str | float | Decimal, fen: int) -> None:
    assert parse_yuan(given_amount) == fen


@pytest.mark.parametrize(
    ("given_amount", "because"),
    [
        ("", "没有填写"),
        ("   ", "没有填写"),
        ("-1", "不能是负数"),
        (-0.01, "不能是负数"),
        ("1,000.005", "超过两位小数"),
        ("200.000", "超过两位小数"),
        (0.001, "超过两位小数"),
        (Decimal("1.0000000000000000000000000000000001"), "超过两位小数"),
        ("NaN", "不是能识别的金额"),
        ("∞", "不是能识别的金额"),
        (float("nan"), "不是有限的数字"),
        (float("inf"), "不是有限的数字"),
        (Decimal("sNaN"), "不是有限的数字"),
        ("1e5", "不是能识别的金额"),
        ("1,0000", "不是能识别的金额"),
        ("1,00.00", "不是能识别的金额"),
        ("200 300", "不是能识别的金额"),
        ("贰佰元整", "不是能识别的金额"),
        ("元", "不是能识别的金额"),
        ("²", "不是能识别的金额"),
        ("١٠", "不是能识别的金额"),
        ("2万元", "换算成元"),
        (10**18, "太大"),
        ("9" * 5_000, "太大"),
        (1e300, "太大"),
        (Decimal("1E+999999"), "太大"),
        ("1000000000000.01", "太大"),
        (True, "逻辑值"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_in_a_sentence(
    given_amount: str | float | Decimal, because: str
) -> None:
    with pytest.raises(ValueError, match=because) as refused:
        parse_yuan(given_amount, label="罚款金额")
    assert str(refused.value).startswith("罚款金额")
    assert str(refused.value).endswith("。")
    assert len(str(refused.value)) < 120


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角"),
        (51, "伍角壹分"),
        (100, "壹元整"),
        (101, "壹元零壹分"),
        (110, "壹元壹角"),
        (1_000, "壹拾元整"),
        (5_000, "伍拾元整"),
        (20_000, "贰佰元整"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (100_100, "壹仟零壹元整"),
        (101_000, "壹仟零壹拾元整"),
        (110_000, "壹仟壹佰元整"),
        (140_950, "壹仟肆佰零玖元伍角"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (300_000, "叁仟元整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (1_000_000, "壹万元整"),
        (1_000_500, "壹万零伍元整"),
        (1_050_000, "壹万零伍佰元整"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (3_000_050, "叁万元伍角"),
        (10_050_007, "壹拾万零伍佰元零柒分"),
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (100_000_000, "壹佰万元整"),
        (200_000_100, "贰佰万零壹元整"),
        (1_000_000_000, "壹仟万元整"),
        (10_000_000_000, "壹亿元整"),
        (10_000_000_100, "壹亿零壹元整"),
        (10_020_000_300, "壹亿零贰拾万零叁元整"),
        (12_000_000_300, "壹亿贰仟万零叁元整"),
        (100_007_000_000, "壹拾亿零柒万元整"),
        (12_345_670_000, "壹亿贰仟叁佰肆拾伍万陆仟柒佰元整"),
        (99_999_999_999_999, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        (MAX_FEN, "壹万亿元整"),
    ],
)
def test_an_amount_in_capital_characters(fen: int, words: str) -> None:
    assert chinese(fen) == words


_VALUES = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
_WEIGHTS = {"拾": 10, "佰": 100, "仟": 1_000}


def _read_back(words: str) -> int:
    """The value of an amount in capital characters, by the meaning of each sign."""
    total = group = digit = 0
    fen = 0
    for sign in words.removesuffix("整"):
        if sign in _VALUES:
            digit = _VALUES[sign]
        elif sign in _WEIGHTS:
            group, digit = group + digit * _WEIGHTS[sign], 0
        elif sign in "万亿":
            base = {"万": 10_000, "亿": 100_000_000}[sign]
            total, group, digit = (
                (total + group + digit) * base if sign == "亿" else total + (group + digit) * base,
                0,
                0,
            )
        elif sign == "元":
            fen, total, group, digit = (total + group + digit) * 100, 0, 0, 0
        else:
            fen, digit = fen + digit * {"角": 10, "分": 1}[sign], 0
    return fen


@given(st.integers(0, MAX_FEN - 1))
def test_words_say_the_amount_and_no_zero_stands_twice(fen: int) -> None:
    words = chinese(fen)
    assert _read_back(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "角", "分"))


@pytest.mark.parametrize("fen", [-1, MAX_FEN + 1])
def test_words_refuse_what_no_paper_can_say(fen: int) -> None:
    with pytest.raises(ValueError, match="金额应当在"):
        chinese(fen)


@pytest.mark.parametrize(
    ("fen", "plain", "grouped", "wan"),
    [
        (0, "0.00", "0.00", "0"),
        (1, "0.01", "0.01", "0.000001"),
        (20_000, "200.00", "200.00", "0.02"),
        (1_234_560, "12345.60", "12,345.60", "1.23456"),
        (1_000_000, "10000.00", "10,000.00", "1"),
        (-150, "-1.50", "-1.50", "-0.00015"),
        (MAX_FEN, "1000000000000.00", "1,000,000,000,000.00", "100000000"),
    ],
)
def test_an_amount_in_figures(fen: int, plain: str, grouped: str, wan: str) -> None:
    assert (yuan(fen), yuan_grouped(fen), wan_yuan(fen)) == (plain, grouped, wan)
    assert figure(abs(fen)) == "￥" + plain.removeprefix("-")


@given(st.integers(0, MAX_FEN))
def test_figures_read_back_are_the_same_amount(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(yuan_grouped(fen)) == fen
    assert parse_yuan(fen / 100) == fen
    assert Decimal(wan_yuan(fen)) * 1_000_000 == fen


def test_a_thousand_dimes_are_exactly_a_hundred_yuan() -> None:
    assert yuan(sum(parse_yuan("0.10") for _ in range(1_000))) == "100.00"
