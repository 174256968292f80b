"""What the pickers of the course offer: the office's people, items, powers, rows of the case itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from enforcer.law import catalogue
from enforcer.law.course_serving import FOR_THE_PARTY
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.law.lifecycle_step import ROLE_OF, Step
from enforcer.queries import course_page, powers, registers
from enforcer.queries.registers import OfficerRow
from enforcer.terms import CaseStep, OfficerPost
from ui.widgets.moments import show_day
from ui.widgets.pickers import Option, officer_option

Pairs = Sequence[tuple[Any, str]]
REGISTERS = frozenset({"officer", "certificate", "power_source", "item_power", "organ", "setting"})


@dataclass(frozen=True, slots=True)
class Choices:
    """Asked once when the page opens, and again when a register changes."""

    people: tuple[OfficerRow, ...]
    items: tuple[Option, ...]
    sources: tuple[powers.PowerSourceRow, ...]
    leads: tuple[course_page.Target, ...]
    cases: tuple[course_page.Target, ...]
    today: date


def ask(store: Any, *, today: date, lead_id: int | None = None) -> Choices:
    """Everything the pickers need, in one look."""
    with store.reading() as session:
        people = tuple(registers.officer_rows(session, registers.officer_ids(session)))
        sources = tuple(powers.power_sources(session))
        leads = course_page.leads_to_join(session, but=lead_id)
        cases = course_page.cases_to_join(session)
    covered = {key for one in sources for key in one.items}
    found = sorted(catalogue.items(today), key=lambda one: (one.key not in covered, one.number))
    items = tuple(
        Option(
            one.key,
            one.title,
            one.sanctioned_by[0].cite if one.sanctioned_by else "",
            f"{one.group} {one.words} {one.number}",
        )
        for one in found
    )
    return Choices(people, items, sources, leads, cases, today)


_POSTS: Mapping[str, frozenset[OfficerPost]] = {
    "officer": frozenset({OfficerPost.OFFICER}),
    "head": frozenset({OfficerPost.HEAD}),
    "reviewer": frozenset({OfficerPost.LEGAL_REVIEWER}),
    "any": frozenset(OfficerPost),
}


def posts_of(kind: str, step: Step) -> frozenset[OfficerPost]:
    """Whose place a field is; `by` are those who may take the step."""
    if kind == "by":
        return frozenset(post for post, role in ROLE_OF.items() if role in step.roles)
    return _POSTS[kind]


def person_options(
    choices: Choices, posts: Collection[OfficerPost], *, first: Collection[int] = ()
) -> list[Option]:
    """Everybody in office; those whose place it is come first, the others with their post."""
    fitting = [one for one in choices.people if one.post in posts]
    fitting.sort(key=lambda one: one.id not in first)
    rest = [one for one in choices.people if one.post not in posts]
    return [_person(one, choices.today, told=one.post not in posts) for one in (*fitting, *rest)]


def _person(one: OfficerRow, today: date, *, told: bool) -> Option:
    card = one.certificate
    post = one.post.label if told or one.post is not OfficerPost.OFFICER else ""
    if card is None:
        note = "" if one.post is not OfficerPost.OFFICER else "没有执法证"
        return (
            officer_option(one.id, one.name, post, note) if post else Option(one.id, one.name, note)
        )
    note = "" if card.valid_on(today) else "证件已到期"
    return officer_option(one.id, one.name, f"{post}　{card.number}".strip(), note)


def sources_for(choices: Choices, item_key: str) -> Pairs:
    """Power sources that cover the item today."""
    return [
        (one.id, f"{one.organ_name}　{one.document}")
        for one in choices.sources
        if item_key in one.items and one.valid_on(choices.today)
    ]


def rows_of(kind: str, facts: CaseFacts, choices: Choices, values: Mapping[str, Any]) -> Pairs:
    """The rows of the case a field can mean, the one that is meant by default first."""
    if kind == "served_steps":
        return _served_steps(facts)
    if kind == "served_rows":
        return _served_rows(facts, values.get("of"))
    if kind == "leads":
        return [(one.id, one.say) for one in choices.leads]
    if kind == "cases":
        return [(one.id, one.say) for one in choices.cases]
    found: Pairs = _ROWS[kind](facts)
    return found


def _served_steps(facts: CaseFacts) -> Pairs:
    """Steps whose paper has to reach the party; what has not yet comes first."""
    made: dict[CaseStep, bool] = {}
    for one in facts.done:
        if one.step in FOR_THE_PARTY:
            waits = facts.served_on(one.step, one.row) is None
            made[one.step] = made.get(one.step, False) or waits
    open_first = sorted(made, key=lambda step: not made[step])
    return [(one, one.label + ("" if made[one] else "（已送达）")) for one in open_first]


def _served_rows(facts: CaseFacts, step: Any) -> Pairs:
    found = []
    for one in reversed([each for each in facts.done if each.step == step]):
        served = facts.served_on(one.step, one.row)
        told = f"，{served} 已送达" if served else ""
        found.append((one.row, f"{one.on} 作出{told}"))
    return found


def _dated(rows: Sequence[Any], say: Any, *, until: Any = None) -> Pairs:
    """Open rows first, the latest before the earlier."""
    latest_first = list(reversed(rows))
    ordered = sorted(latest_first, key=lambda one: bool(until and until(one)))
    return [(one.id, say(one)) for one in ordered]


_ROWS: Mapping[str, Any] = {
    "recusals": lambda f: _dated(
        f.recusals, lambda r: f"{r.asked_on}　{r.officer}", until=lambda r: r.decided_on
    ),
    "preservations": lambda f: _dated(
        f.preservations,
        lambda r: f"{r.on}　{len(r.things)} 项物品，期限 {show_day(r.due_on)}",
        until=lambda r: r.disposed_on,
    ),
    "seizures": lambda f: _dated(
        f.seizures,
        lambda r: f"{r.on}　{r.kind.label} {len(r.things)} 项，期限 {show_day(r.until_on)}",
        until=lambda r: r.released_on,
    ),
    "corrections": lambda f: _dated(
        f.corrections,
        lambda r: f"{r.on}　{r.content[:24]}",
        until=lambda r: r.corrected,
    ),
    "suspensions": lambda f: _dated(
        f.periods, lambda r: f"{r.kind.label}　{r.first} 起", until=lambda r: r.last
    ),
    "notices": lambda f: _dated(f.notices, lambda r: f"事先告知书　{r.on}"),
    "defences": lambda f: _dated(
        f.defences,
        lambda r: f"{r.on}　{r.speaker or '当事人'}：{(r.words or '放弃')[:20]}",
        until=lambda r: r.reviewed_on or not r.words,
    ),
    "hearings": lambda f: _dated(
        f.hearings, lambda r: f"{r.requested_on} 要求听证", until=lambda r: not r.open
    ),
    "transfers": lambda f: _dated(f.transfers, lambda r: f"{r.on} 报告移送"),
    "applications": lambda f: _dated(
        f.applications, lambda r: f"{r.on}　{r.court}", until=lambda r: r.answered_on
    ),
    "remedies": lambda f: _dated(
        f.remedies, lambda r: f"{r.kind.label}　{r.on}", until=lambda r: r.concluded_on
    ),
}
