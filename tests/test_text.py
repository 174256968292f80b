"""The gate for typed text: what is cleaned, what is said about it, what is refused."""

import datetime as dt
import typing
import unicodedata
from typing import Literal
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, core_schema

from enforcer import text as gate
from enforcer.errors import InvalidForm
from enforcer.terms import Procedure
from enforcer.text import (
    Code,
    Line,
    Lines,
    Name,
    OptionalLine,
    OptionalParagraph,
    Paragraph,
    Plate,
    Unfit,
    clean,
    clean_name,
    errors_by_field,
    half_width,
    number_form,
    number_spellings,
    on_one_line,
    take,
)
from tests.properties import given, st


@pytest.mark.parametrize(
    ("typed", "kept", "remark"),
    [
        ("武陵大道1号", "武陵大道1号", ""),
        ("  武陵大道  ", "武陵大道", ""),
        ("两个  空格", "两个  空格", ""),
        ("价格<b>&lt;img src=x>", "价格<b>&lt;img src=x>", ""),
        ("=HYPERLINK(1)", "=HYPERLINK(1)", ""),
        ("买买提·吐尔逊", "买买提·吐尔逊", ""),
        ("𠮷野䶮𬭎", "𠮷野䶮𬭎", ""),
        ("甲\x00乙", "甲乙", "看不见的字符（U+0000）"),
        ("甲\x85乙", "甲 乙", "换行和制表符已改为空格"),
        ("甲\u200b乙", "甲乙", "看不见的字符（U+200B）"),
        ("甲\u202e乙\u202c", "甲乙", "去掉2个看不见的字符"),
        ("软\xad连字", "软连字", "U+00AD"),
        ("填\u3164充", "填充", "U+3164"),
        ("甲\n乙\t丙", "甲 乙 丙", "换行和制表符已改为空格"),
        ("甲\xa0乙", "甲 乙", "特殊空格"),
        ("e\u0301", "é", "标准编码"),
        ("\ufa19社", "神社", "“\ufa19”改为“神”"),
        ("乱\ufffd码", "乱\ufffd码", "乱码"),
        ("造\ue000字", "造\ue000字", "自造字"),
    ],
)
def test_a_line_keeps_what_is_seen_and_says_what_was_changed(
    typed: str, kept: str, remark: str
) -> None:
    cleaned = clean(typed)
    assert cleaned.text == kept
    assert remark in "".join(cleaned.remarks)
    assert bool(cleaned.remarks) is bool(remark)


def test_a_paragraph_keeps_its_lines_tabs_and_indents() -> None:
    assert clean("第一行\r\n　　第二行\r\t第三行", multiline=True) == gate.Cleaned(
        "第一行\n　　第二行\n\t第三行"
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ＡＢＣ１２３", "ABC123"),
        ("湘Ｊ８Ｋ２１６", "湘J8K216"),
        ("（一）：", "（一）："),
        ("²①", "²①"),
    ],
)
def test_full_width_digits_and_letters_become_ascii_where_asked(typed: str, kept: str) -> None:
    assert half_width(typed) == kept
    asked = clean(typed, halfwidth=True)
    assert asked.text == kept
    assert bool(asked.remarks) is (typed != kept)
    assert clean(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("王 芳", "王芳"), ("王　芳", "王芳"), ("John Smith", "John Smith"), ("欧阳 A", "欧阳 A")],
)
def test_a_name_has_no_blank_between_chinese_characters(typed: str, kept: str) -> None:
    cleaned = clean_name(typed)
    assert cleaned.text == kept
    assert bool(cleaned.remarks) is (typed != kept)


@pytest.mark.parametrize(
    ("typed", "limit", "say"),
    [
        ("字" * 201, 200, "地点最多200个字，现在有201个字，请删减1个字。"),
        ("𠮷" * 61, 60, "地点最多60个字，现在有61个字，请删减1个字。"),
        ("a" * 10_000_000, 200, "地点最多200个字，现在有10000000个字，请删减9999800个字。"),
        ("甲\ud800乙", 200, "地点第2个字是残缺的字符，无法保存，请删掉后重新输入。"),
    ],
)
def test_text_too_long_or_broken_is_refused_with_the_count(
    typed: str, limit: int, say: str
) -> None:
    with pytest.raises(Unfit) as refused:
        clean(typed, limit=limit, label="地点")
    assert str(refused.value) == say


def test_text_of_exactly_the_limit_passes() -> None:
    assert len(clean("字" * 4_000, limit=4_000, multiline=True).text) == 4_000
    assert clean("𠮷" * 60, limit=60).text == "𠮷" * 60


@given(st.text(max_size=300), st.booleans())
def test_cleaning_twice_changes_nothing_and_nothing_goes_in_silence(
    typed: str, multiline: bool
) -> None:
    once = clean(typed, limit=2_000, multiline=multiline)
    again = clean(once.text, limit=2_000, multiline=multiline)
    assert again.text == once.text
    assert unicodedata.is_normalized("NFC", once.text)
    if not once.remarks:
        lines = typed.replace("\r\n", "\n") if multiline else typed
        assert "".join(once.text.split()) == "".join(lines.split())


class _Form(BaseModel):
    place: Line
    name: Name
    facts: Paragraph
    number: Code
    plate: Plate
    note: OptionalLine = ""
    story: OptionalParagraph = ""


_LABELS = {
    "place": "地点", "name": "当事人", "facts": "违法事实", "number": "票据号",
    "plate": "号牌号码", "note": "备注", "story": "经过",
}  # fmt: skip
_GOOD = {
    "place": "武陵大道", "name": "王芳", "facts": "一\n二", "number": "Ａ１", "plate": "湘J8K216",
}  # fmt: skip


def test_a_form_is_taken_with_what_was_changed_in_it() -> None:
    taken = take(_Form, _GOOD | {"name": "王 芳", "note": None, "story": " "}, _LABELS)
    assert taken.form.name == "王芳"
    assert taken.form.number == "A1"
    assert taken.form.facts == "一\n二"
    assert (taken.form.note, taken.form.story) == ("", "")
    assert set(taken.remarks) == {"name", "number"}


@pytest.mark.parametrize(
    ("field", "value", "say"),
    [
        ("place", "", "地点没有填写，请补填。"),
        ("place", " 　", "地点没有填写，请补填。"),
        ("place", "\u200b", "地点没有填写，请补填。"),
        ("place", None, "地点应当是文字，请重新填写。"),
        ("place", 5, "地点应当是文字，请重新填写。"),
        ("place", "x" * 201, "地点最多200个字，现在有201个字，请删减1个字。"),
        ("name", "x" * 61, "当事人最多60个字，现在有61个字，请删减1个字。"),
        ("facts", "x" * 4_001, "违法事实最多4000个字，现在有4001个字，请删减1个字。"),
        ("plate", "x" * 21, "号牌号码最多20个字，现在有21个字，请删减1个字。"),
        ("note", "\udc00", "备注第1个字是残缺的字符，无法保存，请删掉后重新输入。"),
    ],
)
def test_a_field_that_cannot_be_taken_says_so_under_its_label(
    field: str, value: object, say: str
) -> None:
    with pytest.raises(InvalidForm) as invalid:
        take(_Form, _GOOD | {field: value}, _LABELS)
    assert invalid.value.by_field == {field: say}


@pytest.mark.parametrize("legal", ["无", "不详", "/", "—"])
def test_words_for_nothing_are_legal_values(legal: str) -> None:
    assert take(_Form, _GOOD | {"place": legal}, _LABELS).form.place == legal


class _Inner(BaseModel):
    street: Line


class _Wide(BaseModel):
    model_config = ConfigDict(extra="forbid")
    day: dt.date
    at: dt.datetime
    amount: int = Field(ge=1, le=100)
    kinds: list[int] = Field(min_length=1, max_length=2)
    procedure: Procedure
    choice: Literal["a", "b"]
    uid: UUID
    inner: _Inner
    agreed: bool


_WIDE_LABELS = {
    "day": "日期", "at": "时间", "amount": "数量", "kinds": "种类", "procedure": "程序",
    "choice": "选项", "uid": "编号", "inner": "住址", "inner.street": "街道", "agreed": "同意",
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "key", "say"),
    [
        ("day", "2026-02-30", "day", "日期不是真实存在的日期，请按“2026-09-03”的样子填写。"),
        ("day", "昨天", "day", "日期不是真实存在的日期，请按“2026-09-03”的样子填写。"),
        ("at", "25:61", "at", "时间不是真实存在的时间，请按“2026-09-03 09:05”的样子填写。"),
        ("amount", "多", "amount", "数量应当是整数，请重新填写。"),
        ("amount", 1.5, "amount", "数量应当是整数，请重新填写。"),
        ("amount", 0, "amount", "数量不能小于1，请核对。"),
        ("amount", 101, "amount", "数量不能大于100，请核对。"),
        ("kinds", [], "kinds", "种类没有填写，请补填。"),
        ("kinds", [1, 2, 3], "kinds", "种类最多填写2项，请删减。"),
        ("kinds", [1, "x"], "kinds", "种类第2项应当是整数，请重新填写。"),
        ("procedure", "x", "procedure", "程序的内容不在可选范围内，请从列表中选择。"),
        ("choice", "c", "choice", "选项的内容不在可选范围内，请从列表中选择。"),
        ("uid", "x", "uid", "编号不是有效的编号，请重新打开这一页后再试。"),
        ("inner", {"street": ""}, "inner.street", "街道没有填写，请补填。"),
        ("inner", {}, "inner.street", "街道没有填写，请补填。"),
        ("agreed", "maybe", "agreed", "同意应当选择“是”或者“否”。"),
        ("surprise", 1, "surprise", "“surprise”不是这张表里的栏目，请删除。"),
    ],
)
def test_pydantic_errors_become_chinese_sentences(
    field: str, value: object, key: str, say: str
) -> None:
    good = {
        "day": "2026-09-03", "at": "2026-09-03T09:05", "amount": 1, "kinds": [1],
        "procedure": "summary", "choice": "a", "uid": str(UUID(int=1)),
        "inner": {"street": "一街"}, "agreed": True,
    }  # fmt: skip
    with pytest.raises(InvalidForm) as invalid:
        take(_Wide, good | {field: value}, _WIDE_LABELS)
    assert invalid.value.by_field == {key: say}


class _OneError:
    """Stands for a ValidationError with one error of a given type, which pydantic cannot make."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def errors(self, **_: object) -> list[ErrorDetails]:
        return [{"type": self.kind, "loc": ("place",), "msg": "english", "input": 1}]


@pytest.mark.parametrize("kind", typing.get_args(core_schema.ErrorType))
def test_every_error_pydantic_knows_has_a_chinese_sentence(kind: str) -> None:
    wrong = typing.cast("ValidationError", _OneError(kind))
    say = errors_by_field(wrong, {"place": "地点"})["place"]
    assert say.startswith("地点")
    assert say.endswith("。")
    assert "english" not in say


def test_a_sentence_of_our_own_is_passed_on_behind_its_label() -> None:
    class Checked(BaseModel):
        number: str

        def model_post_init(self, context: object, /) -> None:
            if self.number == "x":
                raise ValueError("两名执法人员不能是同一人。")

    with pytest.raises(InvalidForm) as invalid:
        take(Checked, {"number": "x"}, {"number": "证号"})
    assert invalid.value.by_field == {"": "两名执法人员不能是同一人。"}


@pytest.mark.parametrize(
    "typed",
    [
        "甲罚〔2026〕第5号",
        "甲罚[2026]第5号",
        "甲罚［2026］第5号",
        "甲罚（2026）第5号",
        "甲罚(2026)第5号",
        "甲罚【2026】第5号",
        "甲罚 〔２０２６〕 第５号",
    ],
)
def test_a_number_has_one_form_however_its_brackets_were_typed(typed: str) -> None:
    assert number_form(typed) == "甲罚〔2026〕第5号"
    assert "甲罚〔2026〕第5号" in number_spellings(typed)
    assert "甲罚[2026]第00005号" in number_spellings(typed)
    assert "甲罚（2026）第5号" in number_spellings(typed)


def test_a_field_of_lines_keeps_its_breaks_and_no_tab() -> None:
    class Form(BaseModel):
        place: Lines

    taken = take(Form, {"place": "解放路\r\n东侧\t人行道  北"}, {"place": "地点"})
    assert taken.form.place == "解放路\n东侧 人行道  北"
    assert taken.remarks == {"place": ("制表符已改为空格。",)}
    assert on_one_line(taken.form.place) == "解放路 东侧 人行道  北"


@pytest.mark.parametrize("typed", ["解放路118号", "湘J8K216", "第5号", ""])
def test_words_without_brackets_have_one_spelling(typed: str) -> None:
    assert number_spellings(typed) == [typed]
