"""One cell of a ledger as a value of the program, or a sentence that says why not."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from enforcer.exchange.ledgers import CellKind, LedgerColumn
from enforcer.identity import read_plate
from enforcer.money import parse_yuan
from enforcer.terms import Term
from enforcer.text import LINE, Unfit, clean, clean_name, half_width

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLIEST_YEAR, LATEST_YEAR = 1980, 2100

_LOST_FROM = 10**15  # Excel keeps 15 digits; a 16th is already rounded
_MAX_COUNT = 10**9
_NOTHING = {"/", "-", "—", "——", "无", "空", "未", "／"}
_LONGEST_NOTHING = max(map(len, _NOTHING))
_DAY = re.compile(
    r"([0-9]{4})(?:([-/])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
    r"(?:[\sT]*([0-9]{1,2})(?::|时)([0-9]{1,2})(?:分|(?::|分)([0-9]{1,2})秒?)?)?"
)
_HOW_DAY = "请填写如“2026-9-3”“2026/9/3”或者“2026年9月3日”的日期"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{2,3}|#{3,}")
_ESCAPED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")

Cell = str | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta


class CellRefused(ValueError):
    """A cell that cannot be taken; `str` is the sentence, naming the column."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says, and what had to be changed to read it."""

    value: object
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in Asia/Shanghai; `timed` is False when only the day was written."""

    at: dt.datetime
    timed: bool


def reader(column: LedgerColumn, *, today: dt.date) -> Callable[[Cell], Value]:
    """The function that reads the cells of this column; equal texts are read once."""
    read = _READERS[column.kind]
    name = column.header.partition("(")[0]
    blank = Value("" if column.kind in _TEXTS else () if column.kind is CellKind.WORDS else None)
    known: dict[str, Value] = {}

    def fresh(cell: Cell) -> Value:
        if isinstance(cell, str):
            text = cell.strip()
            if not text or (
                len(text) <= _LONGEST_NOTHING
                and column.kind in _SPARE
                and not column.required
                and _absent(half_width(text), column)
            ):
                return _blank()
        value = read(cell, column, name, today)
        return _blank() if value.value == "" else value

    def _blank() -> Value:
        if column.required:
            raise CellRefused(f"{name}没有填写，请补填。")
        return blank

    def one(cell: Cell) -> Value:
        if not isinstance(cell, str):
            return fresh(cell)
        found = known.get(cell)
        if found is None:
            found = fresh(cell)
            if len(known) < 50_000:
                known[cell] = found
        return found

    return one


def _absent(text: str, column: LedgerColumn) -> bool:
    return text in _NOTHING and text not in column.words


def _text(cell: Cell, column: LedgerColumn, name: str, today: dt.date) -> Value:
    del today
    typed = _as_text(cell, column, name)
    if _CONTROL.search(typed):
        raise CellRefused(f"{name}含有看不见的控制字符，请删掉后重新填写。")
    if typed[:1] == "'" and _ESCAPED.match(typed):
        typed = typed[1:]  # the sign our own export puts before = + - @
    if column.kind is CellKind.NUMBER:
        typed = typed.strip().lstrip("'’＇")  # typed before a number so that it stays text
        if _SHORTENED.fullmatch(typed):
            raise CellRefused(
                f"{name}“{typed}”是Excel缩写显示的数字，后面几位看不出来了。"
                "请把这一列设为“文本”格式，照原件重新填写。"
            )
    try:
        if column.kind is CellKind.NAME:
            cleaned = clean_name(typed, limit=column.limit, label=name)
        else:
            cleaned = clean(
                typed,
                limit=column.limit,
                multiline=column.lines or column.limit > LINE,
                tabs=not column.lines,
                halfwidth=column.kind is CellKind.NUMBER,
                label=name,
            )
    except Unfit as unfit:
        raise CellRefused(str(unfit)) from unfit
    remarks = tuple(f"{name}：{one}" for one in cleaned.remarks)
    if column.lines and "\n" in cleaned.text:
        remarks += (f"{name}里有换行，按原样保留，打印时分行，请核对。",)
    if isinstance(cell, dt.date | dt.time):
        remarks = (f"{name}在Excel里是日期或时间，已按“{typed}”记为文字，请核对。",)
    return Value(cleaned.text, remarks)


def _as_text(cell: Cell, column: LedgerColumn, name: str) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        raise CellRefused(f"{name}是逻辑值“{cell}”，不是文字，请重新填写。")
    if isinstance(cell, int | float):
        if abs(cell) >= _LOST_FROM:
            raise CellRefused(
                f"{name}在Excel里是数字，超过15位，Excel已丢失末尾数字。"
                "请把这一列设为“文本”格式，照原件重新填写。"
            )
        return str(int(cell)) if cell == int(cell) else format(cell, ".15g")
    if column.kind is CellKind.TEXT and not isinstance(cell, dt.timedelta):
        return cell.isoformat(" ", "minutes") if isinstance(cell, dt.datetime) else cell.isoformat()
    raise CellRefused(
        f"{name}已被Excel改成日期或时间，原来的内容看不出来了。请把这一列设为“文本”格式后重新填写。"
    )


def _plate(cell: Cell, column: LedgerColumn, name: str, today: dt.date) -> Value:
    del today
    try:
        plate = read_plate(_as_text(cell, column, name))
    except ValueError as wrong:
        raise CellRefused(str(wrong)) from wrong
    return Value(plate, plate.remarks)


def _day(cell: Cell, column: LedgerColumn, name: str, today: dt.date) -> Value:
    return Value(_moment_of(cell, column, name, today).at.date())


def _moment(cell: Cell, column: LedgerColumn, name: str, today: dt.date) -> Value:
    return Value(_moment_of(cell, column, name, today))


def _moment_of(cell: Cell, column: LedgerColumn, name: str, today: dt.date) -> Moment:
    if isinstance(cell, dt.datetime):
        rounded = (cell + dt.timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=SHANGHAI)
        moment = Moment(rounded, timed=True)
    elif isinstance(cell, dt.date):
        moment = Moment(dt.datetime(cell.year, cell.month, cell.day, tzinfo=SHANGHAI), timed=False)
    elif isinstance(cell, str):
        moment = _typed_moment(cell, name)
    elif isinstance(cell, dt.time | dt.timedelta):
        raise CellRefused(f"{name}只有时刻、没有日期，{_HOW_DAY}。")
    else:
        raise CellRefused(
            f"{name}“{cell:.15g}”是数字，不是日期。请把单元格设为日期格式，或者{_HOW_DAY.removeprefix('请')}。"
        )
    day = moment.at.date()
    if day > today and not column.future:
        raise CellRefused(f"{name}“{day}”晚于今天（{today}），请核对。")
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise CellRefused(f"{name}“{day}”不在{EARLIEST_YEAR}年至{LATEST_YEAR}年之间，请核对。")
    return moment


def _typed_moment(cell: str, name: str) -> Moment:
    text = half_width(cell).strip().replace("：", ":").replace("／", "/").replace("－", "-")
    found = _DAY.fullmatch(text)
    if found is None:
        raise CellRefused(
            f"{name}“{text[:30]}”不是能识别的日期，{_HOW_DAY}，可以带“09:05”这样的时间。"
        )
    year, _, month1, day1, month2, day2, hour, minute, second = found.groups()
    try:
        at = dt.datetime(
            int(year),
            int(month1 or month2),
            int(day1 or day2),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=SHANGHAI,
        )
    except ValueError as bad:
        raise CellRefused(f"{name}“{text}”不是真实存在的日期或时间，请核对。") from bad
    return Moment(at, timed=hour is not None)


def _money(cell: Cell, column: LedgerColumn, name: str, today: dt.date) -> Value:
    del column, today
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        raise CellRefused(f"{name}已被Excel改成日期或时间，请把单元格设为数字格式后重新填写。")
    try:
        return Value(parse_yuan(cell, label=name))
    except ValueError as wrong:
        raise CellRefused(str(wrong)) from wrong


def _count(cell: Cell, column: LedgerColumn, name: str, today: dt.date) -> Value:
    del column, today
    if isinstance(cell, str):
        text = half_width(cell).strip().replace("，", ",")
        whole = re.fullmatch(r"[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}", text)
        number = float(text.replace(",", "")) if whole else -1.0
    else:
        text = str(cell)
        usable = isinstance(cell, int | float) and not isinstance(cell, bool)
        number = float(cell) if usable else -1.0  # type: ignore[arg-type]
        text = format(number, ".15g") if usable else text
    if not 0 <= number <= _MAX_COUNT or number != int(number):
        raise CellRefused(f"{name}“{text[:30]}”应当是0或者正整数，只写数字，不写单位。")
    return Value(int(number))


def _word(cell: Cell, column: LedgerColumn, name: str, today: dt.date) -> Value:
    del today
    typed = re.sub(r"\s", "", half_width(_as_text(cell, column, name)))
    return Value(_looked_up(typed, column, name))


def _words(cell: Cell, column: LedgerColumn, name: str, today: dt.date) -> Value:
    del today
    typed = re.split(r"[、，,；;\s]+", half_width(_as_text(cell, column, name)).strip("、，,；; "))
    return Value(tuple(dict.fromkeys(_looked_up(one, column, name) for one in typed)))


def _looked_up(typed: str, column: LedgerColumn, name: str) -> object:
    if typed in column.words:
        return column.words[typed]
    labels = dict.fromkeys(one.label for one in column.words.values() if isinstance(one, Term))
    raise CellRefused(f"{name}“{typed[:30]}”不在可填写的范围内，请填写：{'、'.join(labels)}。")


_TEXTS = {CellKind.TEXT, CellKind.NUMBER, CellKind.NAME}
_SPARE = {CellKind.DAY, CellKind.MOMENT, CellKind.MONEY, CellKind.WORD, CellKind.WORDS}
_READERS: dict[CellKind, Callable[[Cell, LedgerColumn, str, dt.date], Value]] = {
    CellKind.TEXT: _text,
    CellKind.NUMBER: _text,
    CellKind.NAME: _text,
    CellKind.PLATE: _plate,
    CellKind.DAY: _day,
    CellKind.MOMENT: _moment,
    CellKind.MONEY: _money,
    CellKind.COUNT: _count,
    CellKind.WORD: _word,
    CellKind.WORDS: _words,
}
