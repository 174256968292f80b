"""What a wall chart is made of: nodes on a grid, wires between them, bands of the course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from enforcer.law import deadlines, parameters
from enforcer.law.arithmetic import Period
from enforcer.law.parameters import TO_CONFIRM
from enforcer.law.toml_data import version_on
from enforcer.terms import CaseStep

SHORT = {
    "行政处罚法（2021）": "处罚法",
    "行政强制法": "强制法",
    "民事诉讼法（2023）": "民诉法",
    "行政复议法（2023）": "复议法",
    "行政诉讼法（2017）": "行诉法",
    "行政执法机关移送涉嫌犯罪案件的规定（2020）": "移送规定",
}
_UNITS = {
    "working": "个工作日",
    "calendar": "日",
    "months": "个月",
    "years": "年",
    "hours": "小时",
    "working_days": "个工作日",
    "calendar_days": "日",
}


class Shape(StrEnum):
    """How a node is drawn."""

    BOX = "box"
    QUESTION = "question"
    END = "end"
    NOTE = "note"


class Who(StrEnum):
    """Whose step it is, where it is not the officers'."""

    OFFICER = "officer"
    HEAD = "head"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One sign of the chart; `steps` are those of the machine that it stands for.

    `guards` are the rules of the law that are told in it (the on-the-spot course has no steps of
    its own in the machine, only what has to hold).
    """

    key: str
    row: int
    col: int
    title: str
    shape: Shape = Shape.BOX
    steps: tuple[CaseStep, ...] = ()
    guards: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    clock: str = ""
    cite: str = ""
    who: Who = Who.OFFICER
    span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """A line from one side of a node to a side of another: `key.r`, `key.t@2` (above column 2).

    At a left or right side `@` is a row. `via` are bends: ("x", column) or ("y", row), halves
    meaning the gap after it.
    """

    start: str
    end: str
    via: tuple[tuple[str, float], ...] = ()
    label: str = ""
    main: bool = False
    late: bool = False  # the label stands at the end

    @property
    def source(self) -> str:
        return self.start.split(".")[0]

    @property
    def target(self) -> str:
        return self.end.split(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A frame around steps that may be taken side by side, in any order.

    `after` is the node that its title names as the one it follows, where no wire leads to it.
    """

    key: str
    title: str
    first_row: int
    last_row: int
    first_col: int
    last_col: int
    after: str = ""

    def holds(self, node: Node) -> bool:
        """Whether the node stands in the frame."""
        rows = self.first_row <= node.row <= self.last_row
        return rows and self.first_col <= node.col <= self.last_col


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the course, from row to row."""

    title: str
    first_row: int
    last_row: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A clock that runs beside several rows."""

    text: str
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A chart before it is measured."""

    title: str
    columns: int
    bands: tuple[Band, ...]
    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]
    groups: tuple[Group, ...] = ()
    bars: tuple[Bar, ...] = ()
    zoom: float = 1.0
    gaps: Mapping[int, float] = field(default_factory=dict)
    folded: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Law:
    """What the charts take from the law and from the office, as of a day."""

    on: date
    settled: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> int:
        return parameters.on(name, self.on).value

    def period(self, rule: str) -> Period:
        found = next(one for one in deadlines.rules() if one.name == rule)
        return version_on(found.versions, self.on) or found.versions[-1]

    def length(self, rule: str) -> str:
        """7 个工作日, 90 日, 24 小时."""
        period = self.period(rule)
        return f"{period.length} {_UNITS[period.counting]}"

    def clock(self, rule: str) -> str:
        """The words beside a clock: 7 个工作日内, 7 个工作日前."""
        return f"{self.length(rule)}{'前' if self.period(rule).before else '内'}"

    def known(self, setting: str) -> str:
        """What the office has settled; empty while it has not."""
        return self.settled.get(setting, "")

    def asked(self, setting: str) -> str:
        """A period that the law leaves to the office; 待机关确认 until it has settled it."""
        known = self.known(setting)
        found = parameters.setting(setting)
        unit = _UNITS[found.unit] if found else ""
        return f"{known} {unit}内" if known else f"天数{TO_CONFIRM}"


def short(cite: str) -> str:
    """An article with the short names that the legend explains."""
    for name, said in SHORT.items():
        cite = cite.replace(name, said)
    return cite


def note(key: str, row: int, col: int, span: int, *lines: str) -> Node:
    """Words of the law beside the course."""
    return Node(key=key, row=row, col=col, span=span, title="", shape=Shape.NOTE, lines=lines)
