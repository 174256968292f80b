"""Conditions of tiers and list rows: read from a line of text, ticked with evidence, weighed.

A line is either plain (在责令的时间内整改) and ticked, or a bound on a measure that is entered as a
number (占用面积 ≤ 5 平方米). Signs: ≤ and ≥ include the number, < and > do not (民法典 第一千二百五十九条).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from enforcer.terms import ConditionState, Matching

SIGNS: Mapping[str, str] = {"<=": "≤", ">=": "≥", "＜": "<", "＞": ">", "＜＝": "≤", "＞＝": "≥"}
_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "≤": operator.le,
    "≥": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_ANY_SIGN = re.compile(r"[≤≥<>＜＞]")
_BOUND = re.compile(
    r"(?P<measure>[^≤≥<>＜＞=＝]+?)\s*(?P<sign><=|>=|＜＝|＞＝|[≤≥<>＜＞])\s*"
    r"(?P<number>\d{1,12}(?:\.\d{1,4})?)\s*(?P<unit>[^\d≤≥<>＜＞=＝\s]{0,12})"
)
_NUMBERING = re.compile(r"(?:[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d))\s*")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `key` is what its tick is found by: the measure, or the text itself."""

    text: str
    measure: str = ""
    sign: str = ""
    bound: Decimal | None = None
    unit: str = ""

    @property
    def key(self) -> str:
        return self.measure or self.text


@dataclass(frozen=True, slots=True)
class Tick:
    """What the officer has recorded of a condition: yes, no or a number, and the evidence."""

    holds: bool | None = None
    evidence: str = ""
    value: Decimal | None = None


Ticks = Mapping[str, Tick]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A condition with what is known about it, in a sentence."""

    condition: Condition
    state: ConditionState
    say: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Several conditions taken together."""

    state: ConditionState
    weighed: tuple[Weighed, ...] = field(default=())

    @property
    def open(self) -> tuple[str, ...]:
        """What still has to be found out, in words."""
        return tuple(one.say for one in self.weighed if one.state is ConditionState.OPEN)


class Unreadable(ValueError):
    """A line with a sign that is no bound; `str` is the sentence."""


def read(line: str) -> Condition:
    """Read one line; Unreadable when it has a sign of comparison and is no bound."""
    text = _NUMBERING.sub("", line.strip(), count=1).strip().rstrip("；;。")
    if not _ANY_SIGN.search(text):
        return Condition(text)
    found = _BOUND.fullmatch(text)
    if found is None:
        raise Unreadable(
            f"条件“{text[:40]}”看不懂。请写成“占用面积 ≤ 5 平方米”，一行只写一个界限（≤ ≥ 含本数，< > 不含）"
        )
    sign = SIGNS.get(found["sign"], found["sign"])
    measure, unit = found["measure"], found["unit"]
    shown = f"{measure} {sign} {found['number']}{f' {unit}' if unit else ''}"
    return Condition(shown, measure, sign, Decimal(found["number"]), unit)


def read_all(lines: Iterable[str]) -> tuple[Condition, ...]:
    """Read every line that is not blank; the same condition written twice counts once."""
    return tuple(dict.fromkeys(read(one) for one in lines if one.strip()))


def weigh(condition: Condition, ticks: Ticks) -> Weighed:
    """Lay one condition against what was recorded; without evidence nothing is met (第四十条)."""
    tick = ticks.get(condition.key, Tick())
    if condition.bound is not None and tick.value is not None:
        holds: bool | None = _COMPARE[condition.sign](tick.value, condition.bound)
        said = f"{condition.text}：记录为 {tick.value:f}{condition.unit}"
    else:
        holds = tick.holds if condition.bound is None else None
        said = condition.text
    if holds is None:
        ask = "没有填写数值" if condition.bound is not None else "没有勾选"
        return Weighed(condition, ConditionState.OPEN, f"“{said}”{ask}，请查明后填写。")
    if not holds:
        return Weighed(condition, ConditionState.NOT_MET, f"“{said}”，不具备。")
    if not tick.evidence.strip():
        say = f"“{said}”没有写明证据，请写明照片、笔录等证据的名称。"
        return Weighed(condition, ConditionState.OPEN, say)
    return Weighed(condition, ConditionState.MET, f"“{said}”，证据：{tick.evidence.strip()}。")


def verdict(
    conditions: Iterable[Condition], ticks: Ticks, matching: Matching = Matching.ALL
) -> Verdict:
    """Weigh them together: all have to be met, or one of them."""
    weighed = tuple(weigh(one, ticks) for one in conditions)
    return Verdict(joined((one.state for one in weighed), matching), weighed)


def joined(states: Iterable[ConditionState], matching: Matching) -> ConditionState:
    """What several states make together; with nothing to weigh nothing can be said."""
    known = set(states)
    settles = ConditionState.NOT_MET if matching is Matching.ALL else ConditionState.MET
    if settles in known:
        return settles
    return known.pop() if len(known) == 1 else ConditionState.OPEN
