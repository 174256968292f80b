"""Discretion (行政处罚法 第三十四条): the tier that the facts fit, and what stands against a fine.

The program suggests and explains; the organ decides. Outside the tier a reason is obligatory,
below the law's minimum a ground of 减轻, above its maximum nothing helps, and the last notice
that was served is a ceiling which the party's defence can never raise (第四十五条第二款).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from enforcer.errors import Objection
from enforcer.law import conditions, discretion_data
from enforcer.law.conditions import Ticks
from enforcer.law.discretion_data import ARTICLE_34, Benchmark, Tier, ranges
from enforcer.law.discretion_facts import (
    ARTICLE_5,
    Announcement,
    FineFacts,
    Span,
    Suggestion,
    span_of,
)
from enforcer.law.discretion_guards import GUARDS
from enforcer.law.toml_data import version_on
from enforcer.law.violation import SIDE_LABEL, Violation
from enforcer.terms import ConditionState

__all__ = ["Announcement", "FineFacts", "Suggestion", "check", "suggest"]


def suggest(
    item: Violation,
    side: str,
    factors: Ticks,
    day: date,
    *,
    benchmarks: Sequence[Benchmark] | None = None,
    under: str = "",
    folder: Path | None = None,
) -> Suggestion:
    """Find the tier whose conditions are met; `benchmarks` are the office's, else the shipped."""
    known = discretion_data.shipped(folder).get(item.key, ()) if benchmarks is None else benchmarks
    versions = sorted(
        (one for one in known if one.item_key == item.key), key=lambda one: one.from_on
    )
    benchmark = version_on(tuple(versions), day)
    tiers = [
        one
        for one in (benchmark.tiers if benchmark else ())
        if side in one.sides and one.under == under
    ]
    if benchmark is None or not tiers:
        return _by_law(item, side, under, day)
    return _by_benchmark(item, side, under, factors, benchmark, tiers)


def _by_law(item: Violation, side: str, under: str, day: date) -> Suggestion:
    law = span_of(ranges(item, side, under))
    why = (
        f"{day} 当天没有录入“{item.title}”对{SIDE_LABEL[side]}的裁量基准，待机关确认。",
        f"法定幅度：{law.say}。请在法定幅度以内裁量，并写明理由。",
    )
    cite = f"{'、'.join(one.cite for one in item.sanctioned_by)}、{ARTICLE_5}"
    return Suggestion(
        item.key, side, None, None, (), (), law.min_fen, law.max_fen, law.share, why, cite
    )


def _by_benchmark(
    item: Violation,
    side: str,
    under: str,
    factors: Ticks,
    benchmark: Benchmark,
    tiers: Sequence[Tier],
) -> Suggestion:
    fitting: list[Tier] = []
    open_ones: list[str] = []
    why: list[str] = []
    for one in tiers:
        found = conditions.verdict(one.conditions, factors, one.matching)
        details = "".join(each.say for each in found.weighed)
        why.append(f"阶次“{one.name}”（{one.matching.label}，{one.span}）：{details}")
        if found.state is ConditionState.MET:
            fitting.append(one)
        elif found.state is ConditionState.OPEN:
            open_ones += found.open
    law = span_of(ranges(item, side, under))
    tier = fitting[0] if len(fitting) == 1 else None
    span = Span(tier.min_fen, tier.max_fen, tier.share, tier.span) if tier else law
    why.append(_conclusion(tier, fitting, open_ones, law))
    return Suggestion(
        item.key,
        side,
        tier,
        benchmark,
        tuple(fitting),
        tuple(dict.fromkeys(open_ones)),
        span.min_fen,
        span.max_fen,
        span.share,
        tuple(why),
        f"{benchmark.cite}、{ARTICLE_34}",
    )


def _conclusion(
    tier: Tier | None, fitting: Sequence[Tier], open_ones: Sequence[str], law: Span
) -> str:
    if tier is not None:
        rest = "其他阶次还有没有查明的情形，查明后可能不同。" if open_ones else ""
        return f"符合阶次“{tier.name}”（{tier.discretion.label}），建议幅度：{tier.span}。{rest}"
    if fitting:
        named = "、".join(f"“{one.name}”" for one in fitting)
        return f"同时符合{named}几个阶次，程序不代为选择；请选定一个并写明理由。"
    if open_ones:
        return "还有情形没有查明，不能确定阶次；请补充后重新计算。"
    return f"没有一个阶次的情形完全具备；请在法定幅度（{law.say}）以内裁量并写明理由。"


def check(facts: FineFacts) -> tuple[Objection, ...]:
    """Everything that stands against this fine, in the order of the form."""
    return tuple(said for guard in GUARDS if (said := guard(facts)) is not None)
