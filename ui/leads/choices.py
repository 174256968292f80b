"""What the pickers of leads offer: people, items, and what another lead can go into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from enforcer.law import catalogue
from enforcer.queries import cases, leads, powers, registers
from enforcer.terms import OfficerPost
from ui.widgets.pickers import Option, officer_option

REGISTERS = frozenset(
    {"officer", "certificate", "power_source", "item_power", "setting", "lead", "enforcement_case"}
)
MOST = 300
LEAD, CASE = "lead", "case"


@dataclass(frozen=True, slots=True)
class LeadChoices:
    """People by post, items, leads and cases to merge into; keys of the last are (kind, id)."""

    people: tuple[Option, ...]
    heads: frozenset[int]
    names: dict[str, int]
    items: tuple[Option, ...]
    into: tuple[Option, ...]

    def person(self, name: str) -> int | None:
        """The one of this name, for instance whoever sits at the desk."""
        return self.names.get(name)


def ask(store: Any, *, today: date) -> LeadChoices:
    """Everything the pickers need, in one look."""
    with store.reading() as session:
        rows = registers.officer_rows(session, registers.officer_ids(session))
        covered = {key for one in powers.power_sources(session) for key in one.items}
        into = _into(session, today)
    items = sorted(catalogue.items(today), key=lambda one: (one.key not in covered, one.number))
    return LeadChoices(
        people=tuple(
            officer_option(
                one.id, one.name, one.certificate.number if one.certificate else "", one.post.label
            )
            for one in rows
        ),
        heads=frozenset(one.id for one in rows if one.post is OfficerPost.HEAD),
        names={one.name: one.id for one in reversed(rows)},
        items=tuple(
            Option(
                one.key,
                one.title,
                one.sanctioned_by[0].cite if one.sanctioned_by else "",
                f"{one.group} {one.words} {one.number}",
            )
            for one in items
        ),
        into=into,
    )


def _into(session: Any, today: date) -> tuple[Option, ...]:
    """The latest leads and cases, cases first."""
    case_ids = cases.case_ids(session, today=today)[:MOST]
    lead_ids = leads.lead_ids(session, today=today)[:MOST]
    found = [
        Option((CASE, one.id), one.number, f"{one.party_name}　{one.cause}")
        for one in cases.case_rows(session, case_ids, today=today)
    ]
    found += [
        Option((LEAD, one.id), one.number, f"{one.source.label}　{one.place or one.content[:16]}")
        for one in leads.lead_rows(session, lead_ids, today=today)
        if one.voided_on is None
    ]
    return tuple(found)
