"""What a field of a step's form is on the screen: its widget, its words, its article, when it shows.

The tables `specs_*` hold one row for each field of each form; the engine in `form` builds from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

When = Callable[[Mapping[str, Any]], bool]


class Kind(StrEnum):
    """The widgets a form is made of."""

    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    LINE = "line"
    WORDS = "words"
    COMBO = "combo"
    COUNT = "count"
    TICK = "tick"
    ANSWER = "answer"
    CHOICE = "choice"
    MANY = "many"
    PERSON = "person"
    PEOPLE = "people"
    PARTY = "party"
    ITEM = "item"
    POWER = "power"
    PROVISION = "provision"
    ROW = "row"
    LINES = "lines"
    TICKS = "ticks"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class F:
    """One field: `of` names the enum, the posts, the rows or the columns its widget offers.

    `label` and `must` are taken from the form itself where nothing is said. `span` counts the
    columns of the grid, of which there are two; `lines` is the height of a text.
    """

    kind: Kind
    label: str = ""
    hint: str = ""
    cite: str = ""
    of: Any = None
    span: int = 1
    lines: int = 3
    must: bool | None = None
    when: When | None = None

    def shows(self, values: Mapping[str, Any]) -> bool:
        """Whether the field matters with what stands in the others."""
        return self.when is None or self.when(values)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list of lines: `kind` is line, date, money, tick, choice or person."""

    name: str
    title: str
    kind: str = "line"
    of: Any = None
    width: int = 100


Fields = Mapping[str, F]

TECHNICAL = frozenset({"request_id", "seen", "loaded", "reasons"})
"""Fields no officer fills: who asks twice, what the window showed, the reasons beside findings."""


def equals(name: str, *wanted: Any) -> When:
    """Shown while another field holds one of these."""
    return lambda values: values.get(name) in wanted


def holds(name: str, *, truth: bool = True) -> When:
    """Shown while another field is filled or ticked, or while it is not."""
    return lambda values: bool(values.get(name)) is truth


BY: dict[str, F] = {
    "by_id": F(Kind.PERSON, of="by", must=True),
    "on": F(Kind.DATE, hint="空着就是今天"),
}
TWO: dict[str, F] = {
    "officer1_id": F(Kind.PERSON, of="officer", cite="行政处罚法第四十二条"),
    "officer2_id": F(Kind.PERSON, of="officer", cite="不得少于两人"),
}
WITNESSED: dict[str, F] = {
    "signed": F(Kind.TICK),
    "refusal_reason": F(Kind.LINE, span=2, when=holds("signed", truth=False)),
    "witness": F(Kind.LINE, hint="拒签的，由见证人签名", when=holds("signed", truth=False)),
}
THINGS = (
    Column("name", "名称", width=150),
    Column("quantity", "数量", width=70),
    Column("spec", "规格型号", width=100),
    Column("condition", "形态、成色", width=90),
    Column("note", "备注", width=90),
)
