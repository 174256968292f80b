"""One gate for typed text: normalised, stripped of what cannot be seen, never changed in silence."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from enforcer.errors import InvalidForm

LINE, NAME, PARAGRAPH, RECORD, PLATE = 200, 60, 4_000, 200_000, 20

BRACKETS = ("〔〕", "[]", "［］", "（）", "()", "【】", "〖〗", "〈〉", "<>")
"""The brackets about the year of a number, the lawful ones first."""
_TO_ONE_BRACKET = str.maketrans(
    "".join(one[0] for one in BRACKETS) + "".join(one[1] for one in BRACKETS),
    "〔" * len(BRACKETS) + "〕" * len(BRACKETS),
)
_USUAL = BRACKETS[1:6]
_SERIAL = re.compile(r"〕第?([0-9]+)号?\Z")
_WIDTHS = range(1, 7)  # how many digits an office may give its serials
_WIDE = {c: c - 0xFEE0 for a, z in ("０９", "ＡＺ", "ａｚ") for c in range(ord(a), ord(z) + 1)}
_BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_BREAK = re.compile(rf"\r\n|[{_BREAKS}]")
_ODD_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f"
_ODD_SPACE = re.compile(f"[{_ODD_SPACES}]")
_HIDDEN_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
# Anything outside these ranges is plain and needs no second look; almost every cell passes here.
_PLAIN = re.compile(
    r"[\x20-\x7e·、。〇《》“”‘’…—（），：；？！￥〔〕\u3400-\u4dbf\u4e00-\u9fff]*\Z"
)
_Form = TypeVar("_Form", bound=BaseModel)


class Unfit(ValueError):
    """Text that cannot be taken. `body` reads on after the label of its field."""

    def __init__(self, body: str, label: str = "") -> None:
        super().__init__(label + body)
        self.body = body


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text as it will be kept, and one sentence for each thing that was changed."""

    text: str
    remarks: tuple[str, ...] = ()


def half_width(text: str) -> str:
    """Full-width digits and letters as ASCII; every other sign stays as it is."""
    return text.translate(_WIDE)


def clean(
    text: str,
    *,
    limit: int = LINE,
    multiline: bool = False,
    tabs: bool = True,
    halfwidth: bool = False,
    label: str = "",
) -> Cleaned:
    """Normalise to NFC, strip what cannot be seen, refuse half characters and over-long text.

    Blanks at both ends go without a word; every other change has its remark. Tabs stay where line
    breaks do, unless `tabs` says no.
    """
    if len(text) <= limit and _PLAIN.match(text):
        return Cleaned(text.strip())
    if len(text) > 2 * limit + 10_000:
        raise _too_long(len(text), limit, label)
    remarks: list[str] = []
    text = _without_half_characters(text, label)
    text = _normal(text, remarks)
    text = _spaced(text, remarks, multiline=multiline, tabs=tabs)
    text = _visible(text, remarks, multiline=multiline).strip()
    if halfwidth and (narrow := half_width(text)) != text:
        remarks.append(f"全角的数字、字母已改为半角：“{_shown(narrow)}”。")
        text = narrow
    if len(text) > limit:
        raise _too_long(len(text), limit, label)
    if "\ufffd" in text:
        remarks.append("文字中有乱码“\ufffd”，请核对。")
    if any(unicodedata.category(one) == "Co" for one in text):
        remarks.append("文字中有自造字，换一台电脑可能显示不出来，请核对。")
    return Cleaned(text, tuple(remarks))


def one_bracket(text: str) -> str:
    """Any brackets as those of a document number: [2026], (2026) and ［2026］ are 〔2026〕."""
    return text.translate(_TO_ONE_BRACKET)


def number_form(text: str) -> str:
    """A number as it is compared: half width, no blanks, one form of brackets."""
    return one_bracket("".join(half_width(text).split()))


def number_spellings(text: str) -> list[str]:
    """A number, or a part of one, as rows may keep it: other brackets, other zeros before its serial.

    A text without brackets is itself alone.
    """
    plain = number_form(text)
    if "〔" not in plain and "〕" not in plain:
        return [text]
    forms = [plain]
    if serial := _SERIAL.search(plain):
        digits = serial[1].lstrip("0") or "0"
        before, after = plain[: serial.start(1)], plain[serial.end(1) :]
        forms += [f"{before}{digits:0>{width}}{after}" for width in _WIDTHS]
    found = [text, *forms]
    for style in _USUAL:
        written = plain.maketrans("〔〕", style)
        found += [one.translate(written) for one in (forms if style == "[]" else forms[:1])]
    return list(dict.fromkeys(found))


def on_one_line(text: str) -> str:
    """Text of several lines as a list or a sentence shows it."""
    return text.replace("\n", " ") if "\n" in text else text


def clean_name(text: str, *, limit: int = NAME, label: str = "") -> Cleaned:
    """A person's or a body's name: as `clean`, and no blanks between Chinese characters."""
    cleaned = clean(text, limit=limit, label=label)
    joined = re.sub(
        r"(?<=[\u3400-\u9fff\U00020000-\U000323af])\s+(?=[\u3400-\u9fff\U00020000-\U000323af])",
        "",
        cleaned.text,
    )
    if joined == cleaned.text:
        return cleaned
    return Cleaned(joined, (*cleaned.remarks, f"名称中间的空格已去掉：“{_shown(joined)}”。"))


def _without_half_characters(text: str, label: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as bad:
        raise Unfit(
            f"第{bad.start + 1}个字是残缺的字符，无法保存，请删掉后重新输入。", label
        ) from bad
    return text


def _normal(text: str, remarks: list[str]) -> str:
    normal = unicodedata.normalize("NFC", text)
    if normal != text:
        changed = sorted({c for c in text if unicodedata.normalize("NFC", c) != c})
        named = "、".join(f"“{c}”改为“{unicodedata.normalize('NFC', c)}”" for c in changed[:5])
        remarks.append(f"异体编码的字已统一为标准编码{f'（{named}）' if named else ''}，请核对。")
    return normal


def _spaced(text: str, remarks: list[str], *, multiline: bool, tabs: bool) -> str:
    text = text.strip()
    if multiline:
        text = _BREAK.sub("\n", text)
        if not tabs and "\t" in text:
            remarks.append("制表符已改为空格。")
            text = text.replace("\t", " ")
    elif (flat := _BREAK.sub(" ", text).replace("\t", " ")) != text:
        remarks.append("换行和制表符已改为空格。")
        text = flat
    if (plain := _ODD_SPACE.sub(" ", text)) != text:
        remarks.append("特殊空格已改为普通空格。")
    return plain


def _visible(text: str, remarks: list[str], *, multiline: bool) -> str:
    kept = "".join(c for c in text if not _hidden(c) or (multiline and c in "\n\t"))
    if kept != text:
        gone = sorted({f"U+{ord(c):04X}" for c in text} - {f"U+{ord(c):04X}" for c in kept})
        remarks.append(f"已去掉{len(text) - len(kept)}个看不见的字符（{'、'.join(gone[:5])}）。")
    return unicodedata.normalize("NFC", kept)


def _hidden(one: str) -> bool:
    return (
        unicodedata.category(one) in {"Cc", "Cf"}
        or one in _HIDDEN_LETTERS
        or (ord(one) & 0xFFFE) == 0xFFFE
        or "\ufdd0" <= one <= "\ufdef"
    )


def _too_long(length: int, limit: int, label: str) -> Unfit:
    return Unfit(f"最多{limit}个字，现在有{length}个字，请删减{length - limit}个字。", label)


def _shown(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"


@dataclass
class Remarks:
    """Collects, as validation context, what the gate changed: field name to its sentences."""

    by_field: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, name: str, remarks: tuple[str, ...]) -> None:
        if remarks:
            self.by_field[name] = (*self.by_field.get(name, ()), *remarks)


@dataclass(frozen=True, slots=True)
class Taken(Generic[_Form]):
    """A form that passed, and what the gate changed in it: field name to its sentences."""

    form: _Form
    remarks: dict[str, tuple[str, ...]]


def take(form: type[_Form], given: Mapping[str, Any], labels: Mapping[str, str]) -> Taken[_Form]:
    """Validate what was typed; raise InvalidForm with one Chinese sentence per field."""
    remarks = Remarks()
    try:
        return Taken(form.model_validate(dict(given), context=remarks), remarks.by_field)
    except ValidationError as wrong:
        raise InvalidForm(errors_by_field(wrong, labels)) from wrong


def _gate(
    limit: int,
    *,
    blank: bool = False,
    multiline: bool = False,
    tabs: bool = True,
    halfwidth: bool = False,
    name: bool = False,
) -> BeforeValidator:
    def check(value: Any, info: ValidationInfo) -> Any:
        if value is None and blank:
            return ""
        if not isinstance(value, str):
            return value  # pydantic's own string check refuses it
        try:
            cleaned = (
                clean_name(value, limit=limit)
                if name
                else clean(value, limit=limit, multiline=multiline, tabs=tabs, halfwidth=halfwidth)
            )
        except Unfit as unfit:
            raise PydanticCustomError("text_unfit", "{body}", {"body": unfit.body}) from unfit
        if not cleaned.text and not blank:
            raise PydanticCustomError("text_blank", "没有填写，请补填。")
        if isinstance(info.context, Remarks):
            info.context.add(info.field_name or "", cleaned.remarks)
        return cleaned.text

    return BeforeValidator(check)


# The types a form declares. `Optional…` takes a blank (and None) as "", the others refuse it.
Line = Annotated[str, Field(min_length=1, max_length=LINE), _gate(LINE)]
OptionalLine = Annotated[str, Field(max_length=LINE), _gate(LINE, blank=True)]
# As a line, but its line breaks stay and are printed as typed.
Lines = Annotated[
    str, Field(min_length=1, max_length=LINE), _gate(LINE, multiline=True, tabs=False)
]
OptionalLines = Annotated[
    str, Field(max_length=LINE), _gate(LINE, multiline=True, tabs=False, blank=True)
]
Name = Annotated[str, Field(min_length=1, max_length=NAME), _gate(NAME, name=True)]
OptionalName = Annotated[str, Field(max_length=NAME), _gate(NAME, name=True, blank=True)]
Paragraph = Annotated[
    str, Field(min_length=1, max_length=PARAGRAPH), _gate(PARAGRAPH, multiline=True)
]
OptionalParagraph = Annotated[
    str, Field(max_length=PARAGRAPH), _gate(PARAGRAPH, multiline=True, blank=True)
]
Record = Annotated[str, Field(min_length=1, max_length=RECORD), _gate(RECORD, multiline=True)]
OptionalRecord = Annotated[str, Field(max_length=RECORD), _gate(RECORD, multiline=True, blank=True)]
# Numbers of every sort (文号, 证号, 票据号): full-width digits and letters become ASCII.
Code = Annotated[str, Field(min_length=1, max_length=NAME), _gate(NAME, halfwidth=True)]
OptionalCode = Annotated[str, Field(max_length=NAME), _gate(NAME, halfwidth=True, blank=True)]
# A plate as typed; `identity.read_plate` says what it is.
Plate = Annotated[str, Field(min_length=1, max_length=PLATE), _gate(PLATE, halfwidth=True)]
OptionalPlate = Annotated[str, Field(max_length=PLATE), _gate(PLATE, halfwidth=True, blank=True)]


def errors_by_field(wrong: ValidationError, labels: Mapping[str, str]) -> dict[str, str]:
    """Pydantic's errors as Chinese sentences that name the field; the key "" is the whole form."""
    said: dict[str, list[str]] = {}
    for error in wrong.errors(include_url=False, include_input=False):
        parts = [one for one in error["loc"] if isinstance(one, str) and "[" not in one]
        items = [one for one in error["loc"] if isinstance(one, int)]
        key = _key(parts, labels)
        label = labels.get(key, "“" + key + "”" if key else "")
        label += "".join(f"第{one + 1}项" for one in items)
        sentence = _sentence(error["type"], error.get("ctx", {}), label)
        if sentence not in said.setdefault(key, []):
            said[key].append(sentence)
    return {key: "".join(sentences) for key, sentences in said.items()}


def _key(parts: list[str], labels: Mapping[str, str]) -> str:
    """The longest dotted path that has a label; pydantic appends union tags that are no fields."""
    for length in range(len(parts), 0, -1):
        if (path := ".".join(parts[:length])) in labels:
            return path
    return parts[0] if parts else ""


_NOT_FILLED, _NOT_TEXT = "没有填写，请补填。", "应当是文字，请重新填写。"
_NOT_A_NUMBER = "应当是数字，请重新填写。"
_NOT_WHOLE = "应当是整数，请重新填写。"
_NOT_A_DAY = "不是真实存在的日期，请按“2026-09-03”的样子填写。"
_NOT_A_MOMENT = "不是真实存在的时间，请按“2026-09-03 09:05”的样子填写。"
_NO_ZONE = "没有时区，程序有误，请把这句话告诉管理员。"
_NOT_A_LIST = "应当是一组内容，请重新选择。"
_BODIES = {
    "missing": _NOT_FILLED,
    "none_required": "应当空着，请清除。",
    "string_type": _NOT_TEXT,
    "string_unicode": "含有残缺的字符，请删掉后重新输入。",
    "string_too_short": "至少{min_length}个字，请补全。",
    "string_too_long": "最多{max_length}个字，请删减。",
    "string_pattern_mismatch": "的格式不对，请核对。",
    "string_not_ascii": "只能填写英文字母、数字和符号，请核对。",
    "text_blank": _NOT_FILLED,
    "text_unfit": "{body}",
    "int_type": _NOT_WHOLE,
    "int_parsing": _NOT_WHOLE,
    "int_from_float": _NOT_WHOLE,
    "int_parsing_size": "数字太大，请核对。",
    "float_type": _NOT_A_NUMBER,
    "float_parsing": _NOT_A_NUMBER,
    "decimal_type": _NOT_A_NUMBER,
    "decimal_parsing": _NOT_A_NUMBER,
    "decimal_max_digits": "最多{max_digits}位数字，请核对。",
    "decimal_max_places": "最多{decimal_places}位小数，请核对。",
    "decimal_whole_digits": "整数部分最多{whole_digits}位，请核对。",
    "finite_number": "应当是有限的数字，请重新填写。",
    "greater_than": "应当大于{gt}，请核对。",
    "greater_than_equal": "不能小于{ge}，请核对。",
    "less_than": "应当小于{lt}，请核对。",
    "less_than_equal": "不能大于{le}，请核对。",
    "multiple_of": "应当是{multiple_of}的倍数，请核对。",
    "bool_type": "应当选择“是”或者“否”。",
    "bool_parsing": "应当选择“是”或者“否”。",
    "date_type": _NOT_A_DAY,
    "date_parsing": _NOT_A_DAY,
    "date_from_datetime_parsing": _NOT_A_DAY,
    "date_from_datetime_inexact": "应当只填日期，不填时间。",
    "date_past": "应当早于今天，请核对。",
    "date_future": "应当晚于今天，请核对。",
    "datetime_type": _NOT_A_MOMENT,
    "datetime_parsing": _NOT_A_MOMENT,
    "datetime_object_invalid": _NOT_A_MOMENT,
    "datetime_from_date_parsing": _NOT_A_MOMENT,
    "datetime_past": "应当早于现在，请核对。",
    "datetime_future": "应当晚于现在，请核对。",
    "time_type": "不是真实存在的时刻，请按“09:05”的样子填写。",
    "time_parsing": "不是真实存在的时刻，请按“09:05”的样子填写。",
    "timezone_naive": _NO_ZONE,
    "timezone_aware": _NO_ZONE,
    "timezone_offset": _NO_ZONE,
    "enum": "的内容不在可选范围内，请从列表中选择。",
    "literal_error": "的内容不在可选范围内，请从列表中选择。",
    "list_type": _NOT_A_LIST,
    "tuple_type": _NOT_A_LIST,
    "set_type": _NOT_A_LIST,
    "frozen_set_type": _NOT_A_LIST,
    "dict_type": _NOT_A_LIST,
    "model_type": "填写的内容不完整，请重新填写。",
    "too_short": "至少填写{min_length}项，现在有{actual_length}项，请补填。",
    "too_long": "最多填写{max_length}项，请删减。",
    "extra_forbidden": "不是这张表里的栏目，请删除。",
    "frozen_field": "不能再修改。",
    "frozen_instance": "不能再修改。",
    "uuid_type": "不是有效的编号，请重新打开这一页后再试。",
    "uuid_parsing": "不是有效的编号，请重新打开这一页后再试。",
    "uuid_version": "不是有效的编号，请重新打开这一页后再试。",
}
_UNKNOWN = "填写的内容不能识别，请核对。"


def _sentence(kind: str, context: Mapping[str, Any], label: str) -> str:
    if kind in ("value_error", "assertion_error"):
        body = str(context.get("error", "")) or _UNKNOWN
        return f"{label}：{body}" if label and not body.startswith(label) else body
    if kind == "too_short" and context.get("actual_length") == 0:
        return label + _NOT_FILLED
    try:
        return label + _BODIES.get(kind, _UNKNOWN).format_map(context)
    except KeyError:
        return label + _UNKNOWN
