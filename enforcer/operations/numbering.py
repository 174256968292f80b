"""Numbers of papers: one counter row a series, drawn at issue, never used twice, never lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, SQLModel, col, select

from enforcer.documents.course_rules import series_label
from enforcer.errors import Level, Objection, Refused
from enforcer.models import (
    Case,
    Decision,
    Document,
    Lead,
    Notice,
    NumberRule,
    Organ,
    Series,
    VoidNumber,
)
from enforcer.models.base import TAKEN_BACK_TOO
from enforcer.operations.number_forms import (
    LONGEST_SERIAL,
    Form,
    key_of,
    parse,
    rule_form,
    rule_patterns,
)
from enforcer.operations.number_words import drawn_as, usual_rule
from enforcer.terms import SeriesKind

CHINA = ZoneInfo("Asia/Shanghai")

_ROWS: Mapping[str, type[Notice | Decision | Case | Lead | Document]] = {
    SeriesKind.NOTICE: Notice,
    SeriesKind.SUMMARY_DECISION: Decision,
    SeriesKind.DECISION: Decision,
    SeriesKind.NO_PENALTY: Decision,
    SeriesKind.CASE_FILING: Case,
    SeriesKind.LEAD: Lead,
}
"""Where the numbers of a kind stand; those of papers of the course stand on their own rows."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One number taken from a series; `series_id` is None while the series has no row yet."""

    series_id: int | None
    serial: int
    number: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a number of an older ledger belongs; `drawn_here` when this program drew it itself."""

    series_id: int
    serial: int
    drawn_here: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A fault in a series this program draws; `say` names the series and the serials."""

    series_id: int
    series: str
    serials: tuple[int, ...]
    say: str


def year_of(moment: datetime) -> int:
    """The year a paper of this moment is numbered in: the civil year in China."""
    return moment.astimezone(CHINA).year


def pattern_fault(pattern: str) -> str:
    """What is wrong with a number rule, as a sentence; empty when it can be used."""
    if pattern.count("{serial}") != 1:
        return (
            "编号规则里要有且只有一处 {serial}（序号），例如“常城管温告字〔{year}〕第{serial}号”。"
        )
    rest = pattern.replace("{serial}", "").replace("{year}", "")
    if "{" in rest or "}" in rest:
        return "编号规则里只能用 {year}（年份）和 {serial}（序号）两个占位符。"
    head, tail = pattern.split("{serial}")
    if head[-1:].isdigit() or any(one.isdigit() for one in tail):
        return "编号规则里，序号的前一个字和序号之后不能是数字，否则编号分不清序号。"
    return ""


def series_for(session: Session, organ_id: int, kind: str, year: int) -> Series:
    """The organ's series of this kind and year, made from its rule or adopted from a ledger."""
    return _series(session, organ_id, kind, year, _rule(session, organ_id, kind, year))


def office_series(session: Session, kind: str, year: int, *, pattern: str, width: int) -> Series:
    """The series of what no organ signs yet: by the office's first rule for it, else by `pattern`."""
    query = select(NumberRule).where(NumberRule.kind == kind).order_by(col(NumberRule.id))
    rule = session.exec(query).first()
    if rule is not None:
        return series_for(session, rule.organ_id, kind, year)
    usual = NumberRule(organ_id=0, kind=kind, pattern=pattern, width=width)
    return _series(session, None, kind, year, rule_form(usual, str(year)))


def _series(session: Session, organ_id: int | None, kind: str, year: int, form: Form) -> Series:
    found = _standing(session, kind).get(form.key)
    if found is None:
        start = _highest(session, kind, form) + 1
        found = Series(
            kind=kind,
            organ_id=organ_id,
            year=year,
            prefix=form.prefix,
            suffix=form.suffix,
            width=form.width,
            next_serial=start,
            drawn_from=start,
        )
    elif found.organ_id is None and organ_id is not None:
        found.organ_id = organ_id
        found.drawn_from = found.next_serial
    elif organ_id is not None and found.organ_id != organ_id:
        raise _shared_prefix(session, found, organ_id)
    found.prefix, found.suffix, found.width = form.prefix, form.suffix, form.width
    session.add(found)
    session.flush()
    return found


def draw(session: Session, series: Series, count: int = 1) -> list[Drawn]:
    """Take the next `count` numbers, inside the transaction that writes the rows they are for."""
    numbers = _next(_form(series), series.id, series.next_serial, count)
    if series.drawn_from is None:
        series.drawn_from = series.next_serial
    series.next_serial += count
    session.add(series)
    session.flush()
    return numbers


def peek(session: Session, organ_id: int, kind: str, year: int, count: int = 1) -> list[Drawn]:
    """The numbers `draw` would give now, without taking them or writing anything."""
    form = _rule(session, organ_id, kind, year)
    found = _standing(session, kind).get(form.key)
    if found is None:
        return _next(form, None, _highest(session, kind, form) + 1, count)
    if found.organ_id not in (None, organ_id):
        raise _shared_prefix(session, found, organ_id)
    return _next(form, found.id, found.next_serial, count)


def place_imported(session: Session, kind: str, number: str) -> Placed | None:
    """Enter one number of an older ledger; None when it is not of the form prefix + serial."""
    return place_many(session, kind, [number])[0]


def locate(session: Session, kind: str, number: str) -> Placed | None:
    """Where a number belongs, writing nothing; None when no series is of its form."""
    parsed = parse(number, rule_patterns(session, kind))
    series = _standing(session, kind).get(parsed.key) if parsed else None
    if parsed is None or series is None or series.id is None:
        return None
    drawn = any(a <= parsed.serial <= z for a, z in _drawn_ranges(series))
    return Placed(series.id, parsed.serial, drawn)


def place_many(session: Session, kind: str, numbers: Sequence[str]) -> list[Placed | None]:
    """Enter many numbers of older ledgers: each series is made or advanced once, none is reused.

    `常城管温告字[2026]123号` and `常城管温告字〔2026〕第00123号` are the same number.
    """
    standing = _standing(session, kind)
    rules = rule_patterns(session, kind)
    parsed = [parse(one, rules) for one in numbers]
    highest: dict[tuple[str, str], int] = {}
    for one in parsed:
        if one is not None:
            highest[one.key] = max(highest.get(one.key, 0), one.serial)
    first_of = {one.key: one for one in reversed(parsed) if one is not None}
    before = {key: _drawn_ranges(series) for key, series in standing.items()}
    for key, top in highest.items():
        series = standing.get(key)
        if series is None:
            example = first_of[key]
            series = standing[key] = Series(
                kind=kind,
                year=example.year,
                prefix=example.form.prefix,
                suffix=example.form.suffix,
                width=example.form.width,
            )
        _advance(series, top)
        session.add(series)
    session.flush()
    placed: list[Placed | None] = []
    for one in parsed:
        series = standing[one.key] if one is not None else None
        if one is None or series is None or series.id is None:
            placed.append(None)
        else:
            drawn = any(a <= one.serial <= z for a, z in before.get(one.key, ()))
            placed.append(Placed(series.id, one.serial, drawn))
    return placed


def gaps(session: Session) -> list[Gap]:
    """Every fault of the series this program draws: a serial without its row, or with two.

    Serials of older ledgers (below `drawn_from`, or in `skipped`) are no fault when they are absent.
    """
    found: list[Gap] = []
    for series in session.exec(select(Series).order_by(Series.kind, Series.prefix)):
        found += _faults(session, series)
    return found


def _faults(session: Session, series: Series) -> list[Gap]:
    assert series.id is not None
    name = f"{series.prefix}…{series.suffix}（{series_label(series.kind)}）"
    expected: set[int] = set()
    for a, z in _drawn_ranges(series):
        expected.update(range(a, z + 1))
    serials = _serials(session, series)
    there = set(serials)
    faults = []
    if missing := tuple(sorted(expected - there)):
        say = f"编号 {name} 缺号：{_ranges(missing)}。这些号已取用，却没有对应的记录。"
        faults.append(Gap(series.id, name, missing, say))
    if len(there) != len(serials):
        twice = tuple(sorted(one for one, times in Counter(serials).items() if times > 1))
        say = f"编号 {name} 重号：{_ranges(twice)}。同一个号有两条记录。"
        faults.append(Gap(series.id, name, twice, say))
    if beyond := tuple(sorted(one for one in there if one >= series.next_serial)):
        say = (
            f"编号 {name} 的计数停在 {series.next_serial}，却已有更大的号：{_ranges(beyond)}。"
            "计数可能被人改动过，请联系系统管理员。"
        )
        faults.append(Gap(series.id, name, beyond, say))
    return faults


def _serials(session: Session, series: Series) -> list[int]:
    model = _ROWS.get(series.kind, Document)
    if model is Case or model is Lead or model is Document:
        form = _form(series)
        asked = select(model.number).where(_starts(model, form.prefix))
        if model is Document:
            asked = asked.where(drawn_as(series.kind))
        numbers = [*session.exec(asked), *_void(session, series.kind, form.prefix)]
        return [s for s in (_serial_of(one, form) for one in numbers) if s is not None]
    held = model.serial.is_not(None)  # type: ignore[union-attr]
    query = select(model.serial).where(model.series_id == series.id, held)  # type: ignore[union-attr]
    rows = session.exec(query, execution_options={TAKEN_BACK_TOO: True})
    return [int(one) for one in rows if one is not None]


def _void(session: Session, kind: str, prefix: str) -> Sequence[str]:
    """Numbers of cases whose filing was taken back; a decision taken back keeps its own row."""
    if kind != SeriesKind.CASE_FILING:
        return ()
    asked = select(VoidNumber.number).where(VoidNumber.kind == kind, _starts(VoidNumber, prefix))
    return session.exec(asked).all()


def _ranges(serials: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for one in serials:
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    said = [str(a) if a == z else f"{a}—{z}" for a, z in runs[:10]]
    return "、".join(said) + (f" 等 {len(serials)} 个" if len(runs) > 10 else "")


def numbered(session: Session, organ_id: int, kind: str, like: str) -> Drawn | None:
    """The number of this kind with year and serial of a case's number; None when that has none."""
    found = parse(like, rule_patterns(session, SeriesKind.CASE_FILING))
    if found is None:
        return None
    made = _rule(session, organ_id, kind, found.year).number(found.serial)
    return Drawn(None, found.serial, made)


def _next(form: Form, series_id: int | None, start: int, count: int) -> list[Drawn]:
    assert count >= 1
    return [Drawn(series_id, one, form.number(one)) for one in range(start, start + count)]


def _form(series: Series) -> Form:
    return Form(series.prefix, series.suffix, series.width)


def _rule(session: Session, organ_id: int, kind: str, year: int) -> Form:
    query = select(NumberRule).where(NumberRule.organ_id == organ_id, NumberRule.kind == kind)
    rule = session.exec(query).first() or usual_rule(session, organ_id, kind)
    if rule is None:
        organ = session.get(Organ, organ_id)
        raise Refused(
            Objection(
                "number_rule_missing",
                Level.BLOCK,
                f"“{organ.name if organ else '该机关'}”还没有{series_label(kind)}的编号规则，不能取号。"
                "请在“设置—编号”中填写后再签发。",
                "行政处罚法 第五十二条" if kind == SeriesKind.SUMMARY_DECISION else "",
            )
        )
    return rule_form(rule, str(year))


def _shared_prefix(session: Session, series: Series, organ_id: int) -> Refused:
    names = [
        one.name if (one := session.get(Organ, key)) else "另一个机关"
        for key in (organ_id, series.organ_id)
    ]
    return Refused(
        Objection(
            "number_rule_shared",
            Level.BLOCK,
            f"“{names[0]}”与“{names[1]}”的{series_label(series.kind)}编号字头相同（{series.prefix}），"
            "两个机关会共用一列编号。请在“设置—编号”中改用不同的机关代字。",
        )
    )


def _standing(session: Session, kind: str) -> dict[tuple[str, str], Series]:
    rows = session.exec(select(Series).where(Series.kind == kind))
    return {key_of(one.prefix, one.suffix): one for one in rows}


def _highest(session: Session, kind: str, form: Form) -> int:
    """The highest serial any row already carries in this form, or 0."""
    model = _ROWS.get(kind, Document)
    asked = select(model.number).where(_starts(model, form.prefix))
    given = session.exec(asked, execution_options={TAKEN_BACK_TOO: True})
    numbers: Iterable[str] = [*given, *_void(session, kind, form.prefix)]
    return max((s for s in (_serial_of(one, form) for one in numbers) if s is not None), default=0)


def _starts(model: type[SQLModel], prefix: str) -> ColumnElement[bool]:
    column = model.__table__.c.number  # type: ignore[attr-defined]
    found: ColumnElement[bool] = func.substr(column, 1, len(prefix)) == prefix
    return found


def _serial_of(number: str, form: Form) -> int | None:
    middle = number.removeprefix(form.prefix).removesuffix(form.suffix)
    fits = middle.isdecimal() and middle.isascii() and len(middle) <= LONGEST_SERIAL
    return int(middle) if fits else None


def _drawn_ranges(series: Series) -> list[tuple[int, int]]:
    """The serials this program drew itself, as ranges with both ends."""
    if series.drawn_from is None:
        return []
    ranges, at = [], series.drawn_from
    for a, z in sorted(series.skipped or []):
        if z < at:
            continue
        if a > at:
            ranges.append((at, a - 1))
        at = z + 1
    if at < series.next_serial:
        ranges.append((at, series.next_serial - 1))
    return ranges


def _advance(series: Series, top: int) -> None:
    """Let the series stand behind `top`; a jump over serials never drawn is written down."""
    start = series.next_serial or 1
    if top < start:
        return
    if series.drawn_from is not None:
        if series.drawn_from == start:
            series.drawn_from = top + 1
        else:
            earlier = [list(one) for one in series.skipped or []]
            if earlier and earlier[-1][1] == start - 1:
                earlier[-1][1] = top
            else:
                earlier.append([start, top])
            series.skipped = earlier
    series.next_serial = top + 1
