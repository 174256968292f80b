"""Amounts, rates, ages by date, each with its article; and what only the office can settle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from enforcer.errors import LawDataError, Level, Objection, Refused
from enforcer.law.toml_data import Fields, LawFile, Trusted, check_order, collect, read, version_on
from enforcer.terms import PartyKind

FILE = "parameters.toml"
TO_CONFIRM = "待机关确认"
UNITS = ("fen", "percent", "percent_a_day", "people", "years")
SETTING_UNITS = ("fen", "working_days", "calendar_days", "years", "party_kind", "choice")
VERIFIED = ("V", "V1", "I", "S", "U")
ORGANIZATION = "summary_fine_limit.organization"
LIMIT_OF = {
    PartyKind.CITIZEN: "summary_fine_limit.citizen",
    PartyKind.SOLE_TRADER: "summary_fine_limit.sole_trader",
    PartyKind.LEGAL_PERSON: ORGANIZATION,
    PartyKind.OTHER_ORGANIZATION: ORGANIZATION,
}


@dataclass(frozen=True, slots=True)
class Value:
    """A number of the law as in force from a day; `question` when the office must confirm it."""

    value: int
    unit: str
    cite: str
    from_on: date
    until_on: date | None = None
    verified: str = "V"
    question: str = ""

    @property
    def label(self) -> str:
        """待机关确认 when the office has to settle it, else nothing."""
        return TO_CONFIRM if self.question else ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number through time."""

    name: str
    title: str
    unit: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the law leaves to the office: a question without a value (待机关确认).

    `choices` are the only answers to a question of unit "choice" that the program understands.
    """

    name: str
    title: str
    unit: str
    cite: str
    question: str
    choices: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return TO_CONFIRM


def on(name: str, day: date, folder: Path | None = None) -> Value:
    """Return the value in force; Refused when the law had none, LawDataError when untrusted."""
    parameter = _book(folder).get(name)
    if parameter is None:
        raise LawDataError(f"法规数据 {FILE} 里没有“{name}”这一项。请核对名称，或者重新安装程序。")
    value = version_on(parameter.values, day)
    if value is None:
        first = parameter.values[0]
        raise Refused(
            Objection(
                "parameter_not_in_force",
                Level.BLOCK,
                f"{day} 当天没有“{parameter.title}”的规定：收录的规定自 {first.from_on} 起施行。"
                "请核对日期，或者查阅当时的法律。",
                first.cite,
            )
        )
    return value


def summary_limit(kind: PartyKind, day: date, *, sole_trader_as: PartyKind | None = None) -> Value:
    """Return the most that may be fined on the spot (行政处罚法 第五十一条).

    `sole_trader_as` is the office's confirmed choice for 个体工商户; None keeps the citizen's.
    """
    if kind is PartyKind.SOLE_TRADER and sole_trader_as is not None:
        return replace(on(LIMIT_OF[sole_trader_as], day), question="")
    return on(LIMIT_OF[kind], day)


def names(folder: Path | None = None) -> tuple[str, ...]:
    return tuple(_book(folder).entries)


def parameter(name: str, folder: Path | None = None) -> Parameter | None:
    """Return the whole history of one number, for the law book."""
    return _book(folder).get(name)


def settings(folder: Path | None = None) -> tuple[Setting, ...]:
    """All that the office has to confirm, each with its question and article."""
    return tuple(_settings(folder).entries.values())


def setting(name: str, folder: Path | None = None) -> Setting | None:
    return _settings(folder).get(name)


def problems(folder: Path | None = None) -> tuple[LawDataError, ...]:
    """Return what cannot be trusted in this file; the rest goes on working."""
    try:
        return _book(folder).problems() + _settings(folder).problems()
    except LawDataError as error:
        return (error,)


@cache
def _book(folder: Path | None) -> Trusted[Parameter]:
    file = read(FILE, folder)
    flat: dict[str, object] = {}
    for key, table in file.data.items():
        if key == "settings":
            continue
        if isinstance(table, dict) and "values" not in table and "title" not in table:
            flat |= {f"{key}.{inner}": one for inner, one in table.items()}
        else:
            flat[key] = table
    return collect(flat, lambda name, table: _parameter(file, name, table))


def _parameter(file: LawFile, name: str, table: object) -> Parameter:
    fields = Fields(table, file.place(*name.split(".")))
    title = fields.text("title")
    unit = fields.choice("unit", UNITS)
    question = fields.text("question", "")
    values = tuple(_value(one, unit, question) for one in fields.tables("values"))
    fields.done()
    check_order(values, fields.place)
    return Parameter(name, title, unit, values)


def _value(fields: Fields, unit: str, question: str) -> Value:
    value = Value(
        value=fields.integer("value"),
        unit=unit,
        cite=fields.cite(),
        from_on=fields.day("from"),
        until_on=fields.maybe_day("until"),
        verified=fields.choice("verified", VERIFIED, "V"),
        question=question,
    )
    fields.done()
    return value


@cache
def _settings(folder: Path | None) -> Trusted[Setting]:
    file = read(FILE, folder)
    tables = file.data.get("settings", {})
    if not isinstance(tables, dict):
        raise file.place("settings").error("这里应当是一个表", "请按 [settings.名称] 的写法改正")
    return collect(tables, lambda name, table: _setting(file, name, table))


def _setting(file: LawFile, name: str, table: object) -> Setting:
    fields = Fields(table, file.place("settings", name))
    setting = Setting(
        name=name,
        title=fields.text("title"),
        unit=fields.choice("unit", SETTING_UNITS),
        cite=fields.cite(),
        question=fields.text("question"),
        choices=fields.texts("choices"),
    )
    fields.done()
    return setting
