"""权责清单: every item the office may punish on a day, by which power, in whose name, how far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enforcer.law import describe
from enforcer.law.parameters import TO_CONFIRM
from enforcer.law.violation import CITIZEN, ORGANIZATION, Provision, Violation
from enforcer.queries import law_book, powers
from enforcer.queries.looking import Where, looking
from enforcer.queries.powers import OrganRow, Power

SIDES = {CITIZEN: "公民", ORGANIZATION: "法人或者其他组织"}
UNVERIFIED = {
    "V1": f"条文只有一个文本来源，{TO_CONFIRM}",
    "S": f"条文取自二手资料，{TO_CONFIRM}",
    "U": f"没有取得条文，{TO_CONFIRM}",
}
"""What is said of law data that was not checked against the text word for word."""


@dataclass(frozen=True, slots=True)
class PowerRow:
    """One item with the power behind it; several consequences stand one to a line."""

    item: Violation
    power: Power

    @property
    def source(self) -> str:
        """Kind of power and the document that gives it."""
        return f"{self.power.source.kind.label}\n{self.power.source.document}"

    @property
    def validity(self) -> str:
        until = self.power.source.valid_until
        return f"{self.power.source.valid_from}\n至 {until or '长期'}"

    @property
    def breached(self) -> str:
        return _cited(self.item.breached)

    @property
    def sanctioned_by(self) -> str:
        return _cited(self.item.sanctioned_by)

    @property
    def kinds(self) -> str:
        return "、".join(one.label for one in self.item.kinds)

    @property
    def ranges(self) -> str:
        """What the law attaches, for whom, how much; a silent law says 待机关确认."""
        return "\n".join(
            describe.consequence_in_words(one) for one in self.item.consequences
        ).replace(" ", "")

    @property
    def procedure(self) -> str:
        """简易 where it may be decided on the spot, for each side of the law."""
        found = describe.as_json(self.item)["procedures"]
        said = {side: "、".join(found[side]) for side in SIDES if found[side]}
        if len(set(said.values())) == 1 and len(said) == len(SIDES):
            return next(iter(said.values()))
        return "\n".join(f"{SIDES[side]}：{words}" for side, words in said.items())

    @property
    def to_confirm(self) -> str:
        """What the law data does not vouch for, in words; empty when it does for all."""
        graded = [self.item.verified]
        graded += [one.law.verified for one in (*self.item.breached, *self.item.sanctioned_by)]
        found = [UNVERIFIED[one] for one in dict.fromkeys(graded) if one in UNVERIFIED]
        if any(one.amount_unknown for one in self.item.consequences):
            found.append(f"罚款数额{TO_CONFIRM}")
        return "；".join(found)


@dataclass(frozen=True, slots=True)
class PowerList:
    """The items of each organ as of a day, and how many have no power or belong elsewhere."""

    on: date
    organs: tuple[OrganRow, ...]
    rows: tuple[PowerRow, ...]
    without: int
    elsewhere: int

    def of(self, organ: OrganRow) -> tuple[PowerRow, ...]:
        return tuple(one for one in self.rows if one.power.organ.id == organ.id)

    @property
    def to_confirm(self) -> int:
        return sum(bool(one.to_confirm) for one in self.rows)


def power_list(where: Where, on: date) -> PowerList:
    """Every item with a power in force on the day, organ by organ, in the order of the catalogue."""
    with looking(where) as session:
        organs = tuple(powers.organs(session, enabled_only=True))
        items = law_book.items_for(session, on)
        own = [one for one in items if not one.refer_to]
        rows = [
            PowerRow(item, found)
            for organ in organs
            for item in own
            if isinstance(
                found := powers.power_for(session, item.key, on, organ_id=organ.id), Power
            )
        ]
    covered = {one.item.key for one in rows}
    return PowerList(
        on=on,
        organs=tuple(one for one in organs if any(one.id == row.power.organ.id for row in rows)),
        rows=tuple(rows),
        without=sum(one.key not in covered for one in own),
        elsewhere=len(items) - len(own),
    )


def _cited(provisions: tuple[Provision, ...]) -> str:
    return "\n".join(dict.fromkeys(one.cite for one in provisions))
