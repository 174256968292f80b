"""Lines as a printer would break them."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcer.documents import fonts, marked, typeset
from enforcer.documents.typeset import Line, Type

FANG = fonts.chain("fang", bundled=True)
BODY = Type(FANG, 15, 26, indent=2)
NEVER_FIRST = "，。、；：？！）》〉】〕」』”’…"
NEVER_LAST = "（《〈【〔「『“‘￥"


def _lines(text: str, measure: float = 446, type_: Type = BODY) -> list[Line]:
    return typeset.lines(text, type_, measure)


def _words(text: str) -> list[str]:
    return [typeset.visible(line.text) for line in _lines(text)]


def _stand(text: str, type_: Type = BODY, widths: range = range(90, 460, 7)) -> list[list[Line]]:
    """The same text on many measures, so that every place comes to a line's end once."""
    return [typeset.lines(text, type_, float(measure)) for measure in widths]


@pytest.mark.parametrize(
    "whole",
    [
        "罚款人民币贰佰元整（￥200.00）",
        "人民币壹仟贰佰元整（￥1,200.00）",
        "湘J·8K216",
        "湘AD12345",
        "2026年",
        "18.5平方米",
        "J0700012",
        "0736-7000000",
        "￥200.00",
    ],
)
def test_numbers_plates_and_amounts_are_never_broken(whole: str) -> None:
    part = whole.removeprefix("罚款")
    text = f"本机关于今日对当事人作出处理决定内容是{whole}特此告知请按时办理"
    for lines in _stand(text, widths=range(250, 460, 5)):
        assert any(part in line.text for line in lines), [line.text for line in lines]


def test_no_closing_mark_begins_a_line_and_no_opening_mark_ends_one() -> None:
    text = (
        "依据《城市道路管理条例》、《行政处罚法》（“以下简称《处罚法》”）……的规定：“罚款”！（完）。"
        * 3
    )
    for lines in _stand(text):
        for before, after in itertools.pairwise(lines):
            assert typeset.visible(after.text)[0] not in NEVER_FIRST, after.text
            assert typeset.visible(before.text)[-1] not in NEVER_LAST, before.text


def test_a_fill_in_never_leaves_only_its_blank_at_a_lines_end() -> None:
    text = (
        "您的车辆停放在" + marked.filled("桃林路门前人行道", 6) + "请移走" + marked.filled("好", 6)
    )
    for lines in _stand(text * 2):
        for line in lines:
            shown = line.text
            assert not shown.endswith(marked.OPEN), shown
            assert not shown.startswith(marked.CLOSE), shown


def test_the_first_line_is_indented_by_two_characters_and_a_typed_line_is_not() -> None:
    lines = _lines("第一段" * 20 + marked.PARAGRAPH + "第二段\n同段的新行")
    assert lines[0].x == 30
    by_text = {line.text: line.x for line in lines}
    assert by_text["第二段"] == 30
    assert by_text["同段的新行"] == 0


def test_full_lines_fill_the_measure_and_the_last_is_left_as_it_is() -> None:
    lines = _lines("城市管理执法人员应当文明执法" * 10)
    for line in lines[:-1]:
        assert line.x + line.width == pytest.approx(446, abs=0.1)
    assert lines[-1].gap == 0


@pytest.mark.parametrize(
    "text", ["A" * 300, "￥" * 99, "http://" + "a" * 250, "甲" * 300, "1" * 500]
)
def test_an_unbroken_line_never_runs_over_the_margin(text: str) -> None:
    for line in _lines(text):
        assert line.x + line.width <= 446 + 0.1


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("甲乙，。《》（）“”…—AZ09 ￥元整\n" + marked.OPEN + marked.CLOSE)))
def test_no_character_is_lost_or_added(text: str) -> None:
    made = _lines(text, 130)
    kept = "".join(typeset.visible(line.text) for line in made)
    assert kept == typeset.visible(text).replace("\n", "")


def test_two_marks_in_a_row_give_back_their_empty_half() -> None:
    apart, together = _lines("（甲）乙")[0].width, _lines("《甲》、乙")[0].width
    assert together - apart == pytest.approx(15 * 0.5, abs=0.01)


def test_an_underline_runs_on_to_the_next_line() -> None:
    lines = _lines("停放在" + marked.filled("桃林路" * 20, 6) + "。")
    assert [line.underlined for line in lines] == [False, True, True]


def test_spaces_as_typed_are_kept() -> None:
    assert _words("甲  乙   丙") == ["甲  乙   丙"]


def test_a_blank_for_the_hand_keeps_its_unit() -> None:
    year = marked.OPEN + marked.BLANK * 3 + marked.CLOSE + "年"
    for lines in _stand("于" + year + "停放" * 9 + year + "离开"):
        assert not any(line.text.startswith("年") for line in lines)
