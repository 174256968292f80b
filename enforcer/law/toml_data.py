"""Read resources/law/*.toml strictly: what cannot be trusted is named, with its place and the cure."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from enforcer.errors import LawDataError
from enforcer.paths import resources
from enforcer.terms import Term

T = TypeVar("T")
TermT = TypeVar("TermT", bound=Term)


def law_folder() -> Path:
    """Where the dated data of the law lies."""
    return resources() / "law"


_HEADER = re.compile(r"[ \t]*\[{1,2}([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a data file something stands: file, line of its table, dotted key."""

    file: str
    line: int
    key: str

    def error(self, what: str, do: str) -> LawDataError:
        """Make the error that names this place, what is wrong and what to do."""
        key = f"[{self.key}]" if self.key else ""
        return LawDataError(f"法规数据 {self.file} 第{self.line}行{key}：{what}。{do}。")


@dataclass(frozen=True, slots=True)
class LawFile:
    """One parsed data file and its text, kept to tell lines."""

    name: str
    text: str
    data: Mapping[str, Any]

    def place(self, *keys: str) -> Place:
        """Return the place of the table with these keys (the nearest header that stands in the text)."""
        lines = _headers(self.text)
        for depth in range(len(keys), 0, -1):
            if line := lines.get(keys[:depth]):
                return Place(self.name, line, ".".join(keys))
        return Place(self.name, 1, ".".join(keys))


@cache
def _headers(text: str) -> dict[tuple[str, ...], int]:
    """The line of the first header that names each table, or a table inside it."""
    lines: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            keys = tuple(one.strip().strip('"') for one in header[1].split("."))
            for depth in range(1, len(keys) + 1):
                lines.setdefault(keys[:depth], number)
    return lines


def read(name: str, folder: Path | None = None) -> LawFile:
    """Read and parse one data file once; LawDataError when it is missing or malformed."""
    return _read(name, folder or law_folder())


@cache
def _read(name: str, folder: Path) -> LawFile:
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LawDataError(
            f"法规数据 {name} 读不出来。请重新安装程序，或者从备份恢复该文件。"
        ) from error
    try:
        return LawFile(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        spot = re.search(r"line (\d+)", str(error))
        line = int(spot[1]) if spot else text.count("\n") + 1
        raise Place(name, line, "").error(
            f"写法不合 TOML 格式（{error}）", "请改正这一行后重新打开程序"
        ) from error


class Fields:
    """A strict view of one TOML table: each key is read once, by type; the rest is refused."""

    def __init__(self, table: object, place: Place) -> None:
        if not isinstance(table, dict):
            raise place.error("这里应当是一个表", "请按相邻条目的写法改成表")
        self._table: dict[str, Any] = table
        self._known: set[str] = set()
        self.place = place

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def _take(self, key: str, kind: type[T], name: str) -> T:
        self._known.add(key)
        if key not in self._table:
            raise self.place.error(f"缺少“{key}”", f"请补上“{key}”（{name}）")
        value = self._table[key]
        if type(value) is not kind:  # bool is an int, datetime is a date: neither may pass for one
            raise self.place.error(f"“{key}”的类型不对", f"“{key}”应当是{name}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; obligatory, and not blank, unless a default is given."""
        if default is not None and key not in self._table:
            self._known.add(key)
            return default
        value = self._take(key, str, "文字")
        if not value.strip():
            raise self.place.error(f"“{key}”是空的", f"请填写“{key}”")
        return value

    def cite(self) -> str:
        """Return the obligatory article."""
        if "cite" not in self._table:
            raise self.place.error("没有注明法律条文（cite）", "请补上“cite”，写明法律名称和条款")
        return self.text("cite")

    def integer(self, key: str) -> int:
        return self._take(key, int, "整数")

    def maybe_integer(self, key: str) -> int | None:
        self._known.add(key)
        return self.integer(key) if key in self._table else None

    def flag(self, key: str) -> bool:
        return self._take(key, bool, "true 或 false")

    def day(self, key: str) -> date:
        return self._take(key, date, "日期（如 2026-08-15，不加引号）")

    def maybe_day(self, key: str) -> date | None:
        self._known.add(key)
        return self.day(key) if key in self._table else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty when the key is absent."""
        return tuple(self._list(key, str, "文字"))

    def days(self, key: str) -> tuple[date, ...]:
        """Return a list of days; empty when the key is absent."""
        return tuple(self._list(key, date, "日期"))

    def _list(self, key: str, kind: type[T], name: str) -> list[T]:
        self._known.add(key)
        if key not in self._table:
            return []
        values = self._take(key, list, f"由{name}组成的列表")
        if any(type(one) is not kind for one in values):
            raise self.place.error(f"“{key}”里有类型不对的值", f"“{key}”的每一项都应当是{name}")
        return values

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in choices:
            raise self.place.error(
                f"“{key}”的取值“{value}”不认识", f"请从 {'、'.join(choices)} 中选择"
            )
        return value

    def terms(self, key: str, kind: type[TermT]) -> tuple[TermT, ...]:
        """Return a list of stored values of one enum of the glossary."""
        known = {one.value: one for one in kind}
        values = self.texts(key)
        if unknown := [one for one in values if one not in known]:
            raise self.place.error(
                f"“{key}”的取值“{unknown[0]}”不认识", f"请从 {'、'.join(known)} 中选择"
            )
        return tuple(known[one] for one in values)

    def tables(self, key: str) -> tuple[Fields, ...]:
        """Return a list of tables; empty when the key is absent."""
        return tuple(Fields(one, self.place) for one in self._list(key, dict, "表"))

    def table(self, key: str) -> Fields:
        """Return the inner table with this key."""
        return Fields(self._take(key, dict, "一个表"), self.place)

    def done(self) -> None:
        """Refuse every key that nobody asked for."""
        if unknown := sorted(set(self._table) - self._known):
            raise self.place.error(f"有不认识的键“{unknown[0]}”", "请改正拼写，或者删去这一项")


class Dated(Protocol):
    """What is in force from a day, until a day (inclusive) or until the next takes over."""

    @property
    def from_on(self) -> date: ...

    @property
    def until_on(self) -> date | None: ...


DatedT = TypeVar("DatedT", bound=Dated)


def check_order(versions: tuple[DatedT, ...], place: Place) -> None:
    """Refuse no version, two from one day, disorder, overlap, an end before its beginning."""
    if not versions:
        raise place.error("没有任何取值", "请至少写明一个带“from”日期的取值")
    for one in versions:
        if one.until_on and one.until_on < one.from_on:
            raise place.error(
                f"{one.from_on} 起的取值在 {one.until_on} 就终止，早于开始",
                "请改正“from”或者“until”",
            )
    for earlier, later in itertools.pairwise(versions):
        if earlier.from_on == later.from_on:
            raise place.error(f"有两个取值都从 {later.from_on} 起", "请只保留一个，或者改正日期")
        if earlier.from_on > later.from_on:
            raise place.error(f"{later.from_on} 起的取值排在后面", "请按日期先后排列")
        if earlier.until_on and earlier.until_on >= later.from_on:
            raise place.error(
                f"{earlier.from_on} 起的取值到 {earlier.until_on} 才终止，与 {later.from_on} 起的重叠",
                "请改正“until”",
            )


def version_on(versions: tuple[DatedT, ...], day: date) -> DatedT | None:
    """Return the version in force on `day`, or None."""
    started = [one for one in versions if one.from_on <= day]
    if not started:
        return None
    last = started[-1]
    return last if last.until_on is None or day <= last.until_on else None


@dataclass(frozen=True, slots=True)
class Trusted(Generic[T]):
    """What a data file gave: the entries that hold, and the error of each that does not."""

    entries: Mapping[str, T]
    errors: Mapping[str, LawDataError]

    def get(self, key: str) -> T | None:
        """Return the entry; LawDataError when it was refused at load; None when there is none."""
        if key in self.errors:
            raise self.errors[key]
        return self.entries.get(key)

    def problems(self) -> tuple[LawDataError, ...]:
        return tuple(self.errors.values())


def collect(tables: Mapping[str, object], make: Callable[[str, object], T]) -> Trusted[T]:
    """Make each entry; one that is refused does not take the others with it."""
    entries: dict[str, T] = {}
    errors: dict[str, LawDataError] = {}
    for key, table in tables.items():
        try:
            entries[key] = make(key, table)
        except LawDataError as error:
            errors[key] = error
    return Trusted(entries, errors)
