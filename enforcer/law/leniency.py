"""不予、从轻、减轻 (行政处罚法 第三十至三十三条): which circumstances are met, and what they oblige to.

Each circumstance of the statute stands alone, 应当 apart from 可以; a row of the office's lists
refines one of them for an item. Nothing is met without evidence, and nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from enforcer.law import citations, conditions, leniency_data, parameters
from enforcer.law.conditions import Ticks, Weighed
from enforcer.law.first_violation import FirstViolation
from enforcer.law.leniency_data import ENVIRONMENT, PRIVATE, Circumstance, ListRow
from enforcer.law.summary_facts import ORGANIZATIONS
from enforcer.law.summary_people import full_years
from enforcer.law.violation import Violation
from enforcer.terms import (
    ConditionState,
    Force,
    LeniencyEffect,
    LeniencyPaper,
    ListCategory,
    Matching,
    NoPenaltyReason,
    PartyKind,
)

CODE = "environment_code"
MITIGATING = frozenset({LeniencyEffect.LIGHTER_OR_MITIGATED, LeniencyEffect.MITIGATED})
LIGHTENING = MITIGATING | {LeniencyEffect.LIGHTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeniencyFacts:
    """What is known when the circumstances are gone through; one tick serves wherever it is asked.

    `item` is the catalogue's item in the version that applies; `provision` the article that
    第三十二条第五项 asks for; `rows` those of the office's lists for the item.
    """

    party_kind: PartyKind
    acted_on: date
    decided_on: date
    item: Violation | None = None
    born_on: date | None = None
    private_enterprise: bool = False
    ticks: Ticks = field(default_factory=lambda: MappingProxyType({}))
    provision: str = ""
    lookup: FirstViolation | None = None
    rows: tuple[ListRow, ...] = ()

    @property
    def person(self) -> bool:
        return self.party_kind not in ORGANIZATIONS

    @property
    def environment(self) -> bool:
        """Whether the penalty rests on the 生态环境法典, which has circumstances of its own."""
        return self.item is not None and any(one.law.key == CODE for one in self.item.sanctioned_by)


@dataclass(frozen=True, slots=True)
class Finding:
    """One circumstance or list row: is it met, by what evidence, and what it brings."""

    key: str
    title: str
    listed: bool
    force: Force
    effect: LeniencyEffect
    state: ConditionState
    weighed: tuple[Weighed, ...]
    say: str
    cite: str
    reason: NoPenaltyReason | None = None
    papers: tuple[LeniencyPaper, ...] = ()
    measures: tuple[str, ...] = ()
    category: ListCategory | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        return self.state is ConditionState.MET


@dataclass(frozen=True, slots=True)
class Assessment:
    """All findings on a day; the properties say what the law asks for."""

    facts: LeniencyFacts
    findings: tuple[Finding, ...]

    def of(self, key: str) -> Finding | None:
        return next((one for one in self.findings if one.key == key), None)

    def met(self, *effects: LeniencyEffect, force: Force | None = None) -> tuple[Finding, ...]:
        """The findings that are met and bring one of these effects."""
        return tuple(
            one
            for one in self.findings
            if one.met and one.effect in effects and force in (None, one.force)
        )

    @property
    def must_spare(self) -> tuple[Finding, ...]:
        """应当不予处罚."""
        return self.met(LeniencyEffect.NO_PENALTY, force=Force.SHALL)

    @property
    def may_spare(self) -> tuple[Finding, ...]:
        """可以不予处罚."""
        return self.met(LeniencyEffect.NO_PENALTY, force=Force.MAY)

    @property
    def must_lighten(self) -> tuple[Finding, ...]:
        """应当从轻或者减轻."""
        return self.met(*LIGHTENING, force=Force.SHALL)

    @property
    def may_lighten(self) -> tuple[Finding, ...]:
        """可以从轻或者减轻."""
        return self.met(*LIGHTENING, force=Force.MAY)

    @property
    def must_punish(self) -> tuple[Finding, ...]:
        """应当给予处罚 (第三十一条: 间歇期)."""
        return self.met(LeniencyEffect.PENALTY)

    @property
    def heavier(self) -> tuple[Finding, ...]:
        """依法从重."""
        return self.met(LeniencyEffect.HEAVIER)

    @property
    def grounds(self) -> tuple[str, ...]:
        """Articles on which a fine below the minimum may rest; `discretion.FineFacts.grounds`."""
        return tuple(dict.fromkeys(one.cite for one in self.met(*MITIGATING)))

    @property
    def papers(self) -> tuple[LeniencyPaper, ...]:
        """What goes into the file if no penalty is imposed."""
        found = (one.papers for one in (*self.must_spare, *self.may_spare))
        return tuple(dict.fromkeys(paper for papers in found for paper in papers))

    @property
    def measures(self) -> tuple[str, ...]:
        """配套监管措施 of the rows that are met."""
        return tuple(dict.fromkeys(m for one in self.findings if one.met for m in one.measures))

    @property
    def open(self) -> tuple[Finding, ...]:
        """What nobody has gone into yet; the duty to examine is not counted."""
        return tuple(
            one
            for one in self.findings
            if one.state is ConditionState.OPEN and one.effect is not LeniencyEffect.EXAMINATION
        )

    @property
    def say(self) -> str:
        """What the law asks for, in one sentence each."""
        said = [
            f"{word}：{'、'.join(f'{one.title}（{one.cite}）' for one in found)}。"
            for word, found in (
                ("应当不予处罚", self.must_spare),
                ("可以不予处罚", self.may_spare),
                ("应当给予处罚", self.must_punish),
                ("应当从轻或者减轻", self.must_lighten),
                ("可以从轻或者减轻", self.may_lighten),
                ("依法从重", self.heavier),
            )
            if found
        ]
        return "".join(said) or "没有查明任何从轻、减轻、不予处罚的情形。"


def assess(facts: LeniencyFacts, folder: Path | None = None) -> Assessment:
    """Go through every circumstance that can apply to the party, and the office's rows."""
    known = [
        one for one in leniency_data.circumstances(facts.decided_on, folder) if _applies(one, facts)
    ]
    replaced = {key for one in known for key in one.replaces}
    found = [
        _circumstance(one, facts, folder)
        for one in known
        if one.key not in replaced and one.effect is not LeniencyEffect.EXAMINATION
    ]
    found += [_row(one, facts) for one in facts.rows if _concerns(one, facts)]
    found += [_examination(one, found) for one in known if one.effect is LeniencyEffect.EXAMINATION]
    return Assessment(facts, tuple(found))


def _applies(one: Circumstance, facts: LeniencyFacts) -> bool:
    if one.persons_only and not facts.person:
        return False
    scopes = {ENVIRONMENT: facts.environment, PRIVATE: facts.private_enterprise}
    return scopes.get(one.scope, True)


def _concerns(row: ListRow, facts: LeniencyFacts) -> bool:
    return row.in_force(facts.decided_on) and (
        facts.item is not None and row.item_key == facts.item.key
    )


def _circumstance(one: Circumstance, facts: LeniencyFacts, folder: Path | None) -> Finding:
    said: list[str] = []
    states: list[ConditionState] = []
    for state, say in _computed(one.computed, facts, folder):
        states.append(state)
        said.append(say)
    found = conditions.verdict(one.conditions, facts.ticks, one.matching)
    if one.conditions:
        states.append(found.state)
        said += [each.say for each in found.weighed]
    if one.provision_needed and found.state is ConditionState.MET:
        fault = _provision_fault(facts, folder)
        states.append(ConditionState.OPEN if fault else ConditionState.MET)
        said.append(fault or f"依据：{facts.provision}。")
    state = conditions.joined(states, Matching.ALL)
    return Finding(
        key=one.key,
        title=one.title,
        listed=False,
        force=one.force,
        effect=one.effect,
        state=_confirmed(states, state),
        weighed=found.weighed,
        say="".join(said),
        cite=f"{one.cite}、{facts.provision}"
        if one.provision_needed and facts.provision
        else one.cite,
        reason=one.reason,
        papers=one.papers,
        note=one.note,
    )


def _row(row: ListRow, facts: LeniencyFacts) -> Finding:
    found = conditions.verdict(row.conditions, facts.ticks)
    states, said = [found.state], [each.say for each in found.weighed]
    if row.category is ListCategory.FIRST_VIOLATION:
        for state, say in _looked_up(facts):
            states.append(state)
            said.append(say)
    return Finding(
        key=row.key,
        title=f"{row.category.label}：{row.item}",
        listed=True,
        force=row.force,
        effect=row.effect,
        state=_confirmed(states, conditions.joined(states, Matching.ALL)),
        weighed=found.weighed,
        say="".join(said),
        cite=row.cite,
        reason=row.reason,
        papers=row.papers,
        measures=row.measures,
        category=row.category,
        note=row.note,
    )


def _confirmed(states: list[ConditionState], joined: ConditionState) -> ConditionState:
    """What only the office can settle stays so, unless something else is lacking anyway."""
    settles = {ConditionState.MET, ConditionState.TO_CONFIRM}
    if ConditionState.TO_CONFIRM in states and set(states) <= settles:
        return ConditionState.TO_CONFIRM
    return joined


def _computed(
    name: str, facts: LeniencyFacts, folder: Path | None
) -> Iterator[tuple[ConditionState, str]]:
    if name == "first_violation":
        yield from _looked_up(facts)
    elif name:
        yield _age(name, facts, folder)


def _looked_up(facts: LeniencyFacts) -> Iterator[tuple[ConditionState, str]]:
    found = facts.lookup
    if found is None:
        yield ConditionState.OPEN, "没有核查是不是初次违法，请先查询本机台账并把结果附卷。"
    elif found.is_first is None:
        yield ConditionState.TO_CONFIRM, found.say
    else:
        yield ConditionState.MET if found.is_first else ConditionState.NOT_MET, found.say


def _age(name: str, facts: LeniencyFacts, folder: Path | None) -> tuple[ConditionState, str]:
    """周岁 on the day of the act, full on the day after the birthday (第三十条)."""
    if facts.born_on is None:
        return ConditionState.OPEN, "没有出生日期，不能计算行为时的周岁，请核对身份证件。"
    age = full_years(facts.born_on, facts.acted_on)
    low = parameters.on("age_no_penalty_under", facts.decided_on, folder).value
    high = parameters.on("age_lenient_under", facts.decided_on, folder).value
    within = age < low if name == "under_14" else low <= age < high
    birthday = (facts.born_on.month, facts.born_on.day) == (
        facts.acted_on.month,
        facts.acted_on.day,
    )
    say = f"{facts.born_on} 出生，{facts.acted_on} 行为时 {age} 周岁。"
    if birthday:
        say += "行为发生在生日当天，按对当事人有利的口径，次日才满周岁；请法制审核确认。"
    return ConditionState.MET if within else ConditionState.NOT_MET, say


def _provision_fault(facts: LeniencyFacts, folder: Path | None) -> str:
    """第三十二条第五项 needs the article of the law, regulation or rule."""
    if not citations.find(facts.provision, folder):
        return "没有写明是哪部法律、法规、规章的哪一条，请写成“《名称》第×条”。"
    wrong = citations.faults(facts.provision, facts.decided_on, folder)
    return wrong[0].say if wrong else ""


def _examination(one: Circumstance, others: list[Finding]) -> Finding:
    """民营经济促进法 第五十一条: every circumstance has been gone into."""
    left = [each.title for each in others if each.state is ConditionState.OPEN and not each.listed]
    say = (
        f"还没有审查：{'、'.join(left)}。请逐项勾选“具备”或者“不具备”。"
        if left
        else "各项情形都已经审查。"
    )
    return Finding(
        key=one.key,
        title=one.title,
        listed=False,
        force=one.force,
        effect=one.effect,
        state=ConditionState.OPEN if left else ConditionState.MET,
        weighed=(),
        say=say,
        cite=one.cite,
        note=one.note,
    )
