"""What the pickers of the on-the-spot desk offer, asked once and again when a register changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from enforcer.law import catalogue
from enforcer.law.violation import Violation
from enforcer.queries import case_history, powers, registers
from enforcer.terms import OfficerPost
from ui.widgets.pickers import Option, officer_option

REGISTERS = frozenset(
    {"officer", "certificate", "recorder", "power_source", "item_power", "organ", "setting"}
)


@dataclass(frozen=True, slots=True)
class DeskChoices:
    """Officers (with their recorders), items, power sources, and who acted last."""

    officers: tuple[Option, ...]
    recorders: dict[int, str]
    items: tuple[Option, ...]
    sources: tuple[powers.PowerSourceRow, ...]
    last: case_history.LastUsed

    def sources_for(self, item_key: str, day: date) -> list[tuple[Any, str]]:
        """Power sources that cover the item on the day, as the choice shows them."""
        return [
            (one.id, f"{one.organ_name}　{one.document}")
            for one in self.sources
            if item_key in one.items and one.valid_on(day)
        ]


def ask(store: Any, *, today: date) -> DeskChoices:
    """Everything the pickers need, in one look."""
    with store.reading() as session:
        rows = [
            one
            for one in registers.officer_rows(session, registers.officer_ids(session))
            if one.post is OfficerPost.OFFICER
        ]
        sources = tuple(powers.power_sources(session))
        last = case_history.last_used(session)
    covered = {key for one in sources for key in one.items}
    return DeskChoices(
        officers=tuple(_officer(one, today) for one in rows),
        recorders={one.id: one.recorder for one in rows if one.recorder},
        items=tuple(_item(one) for one in _in_order(catalogue.items(today), covered)),
        sources=sources,
        last=last,
    )


def _officer(one: registers.OfficerRow, today: date) -> Option:
    card = one.certificate
    if card is None:
        return officer_option(one.id, one.name, "", "没有执法证")
    return officer_option(
        one.id, one.name, card.number, "" if card.valid_on(today) else "证件已到期"
    )


def _in_order(found: Sequence[Violation], covered: set[str]) -> list[Violation]:
    """Items the office has a power for come first."""
    return sorted(found, key=lambda one: (one.key not in covered, one.number))


def _item(one: Violation) -> Option:
    detail = one.sanctioned_by[0].cite if one.sanctioned_by else ""
    return Option(one.key, one.title, detail, f"{one.group} {one.words} {one.number}")


def provisions(item: Violation | None, *, sanction: bool) -> list[str]:
    """The provisions of an item as papers cite them: each, and all of them together.

    A local rule that gives the amount is cited with the law it carries out, so all come first.
    """
    if item is None:
        return []
    cites = [one.cite for one in (item.sanctioned_by if sanction else item.breached)]
    whole = "、".join(cites)
    if len(cites) < 2:
        return cites
    return [whole, *cites] if sanction else [*cites, whole]
