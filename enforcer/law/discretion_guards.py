"""Guards of a fine: the law's range, the tier, the notice that announced it (行政处罚法 第四条等)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from enforcer.errors import Objection
from enforcer.law.discretion_facts import ARTICLE_4, ARTICLE_5, Announcement, FineFacts, span_of
from enforcer.law.summary_facts import block, warn
from enforcer.law.violation import SIDE_LABEL, yuan
from enforcer.terms import Discretion

ARTICLE_32 = "行政处罚法（2021）第三十二条"
ARTICLE_44 = "行政处罚法（2021）第四十四条"
ARTICLE_45 = "行政处罚法（2021）第四十五条第二款"


def local_amount_missing(facts: FineFacts) -> Objection | None:
    """Where the national law gives no amount, only the office's local rule can (第四条)."""
    found = facts.consequences
    if not facts.fined or facts.item is None or not found:
        return None
    if not all(one.amount_unknown for one in found):
        return None
    return block(
        "local_amount_missing",
        f"法律、行政法规没有规定“{facts.item.title}”的罚款数额，本地规定的数额待机关确认，"
        "不能自定数额。请先到“法规清单”录入本地规定的条文和幅度。",
        f"{ARTICLE_4}、第十六条",
        "fine_yuan",
    )


def fine_by_share(facts: FineFacts) -> Objection | None:
    """A range that is a share of something has to be worked out (第四条)."""
    shares = [one.share for one in facts.consequences if one.share]
    if not facts.fined or not shares:
        return None
    return warn(
        "fine_by_share",
        f"法定幅度是“{shares[0]}”，程序无法核对数额。请写明基数是多少、如何计算。",
        facts.cite,
        "fine_yuan",
    )


def no_fine_in_provision(facts: FineFacts) -> Objection | None:
    """A fine that the provision does not know for this party, or under this condition (第四条)."""
    if not facts.fined or facts.item is None or facts.consequences:
        return None
    under = f"（{facts.under}的）" if facts.under else ""
    return block(
        "no_fine_in_provision",
        f"“{facts.item.title}”的罚则{under}没有规定对{SIDE_LABEL[facts.side]}的罚款。"
        "请核对当事人类别和罚则的前提。",
        facts.cite,
        "fine_yuan",
    )


def fine_above_maximum(facts: FineFacts) -> Objection | None:
    """Above the upper limit, or between two ranges, there is no provision (第四条)."""
    found, fine = facts.in_figures, facts.fine_fen
    inside = any((one.min_fen or 0) <= fine <= (one.max_fen or 0) for one in found)
    if not facts.fined or not found or inside or fine < span_of(found).low:
        return None
    other = [
        one
        for one in (facts.item.consequences if facts.item else ())
        if one.fines and facts.side in one.sides and one not in found
        if one.max_fen is not None and (one.min_fen or 0) <= fine <= one.max_fen
    ]
    hint = f"具备“{other[0].condition}”这一前提的，请先选定前提。" if other else ""
    return block(
        "fine_above_maximum",
        f"罚款 {yuan(fine)} 元，不在罚则规定的幅度内（{span_of(found).say}）。"
        f"任何理由都不能超过法定幅度，请改正数额。{hint}",
        facts.cite,
        "fine_yuan",
    )


def condition_unproven(facts: FineFacts) -> Objection | None:
    """A fine that rests on a condition of the provision names it, and how it is met (第四十条)."""
    found = facts.consequences
    if not facts.fined or facts.under or not found or not all(one.condition for one in found):
        return None
    named = "；".join(dict.fromkeys(one.condition for one in found))
    return warn(
        "condition_unproven",
        f"罚款以“{named}”为前提。请选定前提，并写明如何成立、有何证据。",
        "行政处罚法（2021）第四十条",
        "under",
    )


def fine_below_minimum(facts: FineFacts) -> Objection | None:
    """Below the lower limit is 减轻, and needs its ground (第三十二条)."""
    if not _below(facts) or (facts.discretion is Discretion.MITIGATED and facts.grounds):
        return None
    low = span_of(facts.in_figures).low
    return block(
        "fine_below_minimum",
        f"罚款 {yuan(facts.fine_fen)} 元，低于法定最低 {yuan(low)} 元，属于减轻处罚。"
        "请提高数额；确有第三十条至第三十二条或者法律、法规、规章规定的减轻情形的，"
        "先查明并附证据，裁量再选“减轻”。",
        ARTICLE_32,
        "fine_yuan",
    )


def mitigation_without_ground(facts: FineFacts) -> Objection | None:
    """减轻 without a proven circumstance or provision (第三十二条)."""
    if facts.discretion is not Discretion.MITIGATED or facts.grounds or _below(facts):
        return None
    return block(
        "mitigation_without_ground",
        "裁量选了“减轻”，没有查明任何减轻的法定情形。请在“不予、从轻、减轻”中勾选情形并写明证据和条款。",
        ARTICLE_32,
        "discretion",
    )


def mitigation_not_below(facts: FineFacts) -> Objection | None:
    """A fine at or above the minimum is 从轻, unless a compulsory kind was dropped (第三十二条)."""
    if facts.discretion is not Discretion.MITIGATED or not facts.in_figures or not facts.fined:
        return None
    if _below(facts):
        return None
    return warn(
        "mitigation_not_below",
        f"裁量选了“减轻”，罚款 {yuan(facts.fine_fen)} 元并不低于法定最低"
        f" {yuan(span_of(facts.in_figures).low)} 元，这是从轻。"
        "请改选“从轻”；减轻体现在应当并处而不并处的，请写明。",
        ARTICLE_32,
        "discretion",
    )


def discretion_reason_missing(facts: FineFacts) -> Objection | None:
    """Lighter, mitigated, heavier: each needs its ground in words (第五条第二款)."""
    if facts.discretion in (Discretion.ORDINARY, Discretion.NO_PENALTY) or facts.reason.strip():
        return None
    return block(
        "discretion_reason_missing",
        f"裁量选了“{facts.discretion.label}”，没有写理由。请写明事实、情形和证据。",
        f"{ARTICLE_5}、第三十二条",
        "discretion_reason",
    )


def outside_tier(facts: FineFacts) -> Objection | None:
    """Outside the suggested tier a reason is obligatory (第三十四条)."""
    found = facts.suggestion
    if not facts.fined or found is None or found.tier is None or facts.reason.strip():
        return None
    if found.tier.holds(facts.fine_fen):
        return None
    return block(
        "outside_tier",
        f"罚款 {yuan(facts.fine_fen)} 元，不在阶次“{found.tier.name}”的幅度（{found.tier.span}）内。"
        "请按阶次改正数额；确要偏离的，写明理由。",
        found.cite,
        "discretion_reason",
    )


def tier_undecided(facts: FineFacts) -> Objection | None:
    """Where the benchmark gives no single tier, the choice is explained (第三十四条)."""
    found = facts.suggestion
    if not facts.fined or found is None or facts.reason.strip():
        return None
    if found.benchmark is None or found.tier is not None:
        return None
    return block(
        "tier_undecided",
        f"裁量基准不能确定一个阶次：{found.why[-1]}",
        found.cite,
        "discretion_reason",
    )


def no_benchmark(facts: FineFacts) -> Objection | None:
    """Without a benchmark the reason is what makes the amount understandable (第五条第二款)."""
    found = facts.suggestion
    if not facts.fined or found is None or found.benchmark is not None or facts.reason.strip():
        return None
    return warn(
        "no_benchmark",
        f"{found.why[0]}请写明为什么是 {yuan(facts.fine_fen)} 元。",
        f"{ARTICLE_5}、第三十四条",
        "discretion_reason",
    )


def notice_not_served(facts: FineFacts) -> Objection | None:
    """Nothing is decided that was not announced (第四十四条、第六十二条)."""
    if facts.announcements is None or facts.announced is not None:
        return None
    return block(
        "notice_not_served",
        "没有已经送达的行政处罚告知书。作出决定前应当告知拟作出的处罚内容及事实、理由、依据，请先告知并送达。",
        f"{ARTICLE_44}、第六十二条",
        "fine_yuan",
    )


def fine_above_notice(facts: FineFacts) -> Objection | None:
    """The last notice served is a ceiling (第四十四条、第四十五条第二款)."""
    announced = facts.announced
    if not facts.fined or announced is None or facts.fine_fen <= announced.fine_fen:
        return None
    return block(
        "fine_above_notice",
        f"罚款 {yuan(facts.fine_fen)} 元，高于最后一次送达的告知书（{announced.served_on}）告知的"
        f" {yuan(announced.fine_fen)} 元。不得因陈述、申辩而加重；查明了新的事实的，"
        "请写明新的事实和理由，重新告知、送达并听取陈述申辩后再决定。",
        f"{ARTICLE_44}、第四十五条第二款",
        "fine_yuan",
    )


def kind_not_announced(facts: FineFacts) -> Objection | None:
    """A kind of penalty that the party was never told of (第四十四条)."""
    announced = facts.announced
    if announced is None:
        return None
    new = [one.label for one in facts.kinds if one not in announced.kinds]
    if not new:
        return None
    return block(
        "kind_not_announced",
        f"{'、'.join(new)}没有在最后一次送达的告知书（{announced.served_on}）里告知。"
        "请重新告知、送达并听取陈述申辩后再决定，或者去掉这一种类。",
        ARTICLE_44,
        "kinds",
    )


def notice_raised_for_defence(facts: FineFacts) -> Objection | None:
    """A later notice may not be heavier because the party spoke up (第四十五条第二款)."""
    for earlier, later in _raised(facts):
        if later.from_defence:
            return block(
                "notice_raised_for_defence",
                f"{later.served_on} 的告知书把罚款从 {yuan(earlier.fine_fen)} 元提高到"
                f" {yuan(later.fine_fen)} 元，依据是当事人的陈述、申辩。"
                "不得因当事人陈述、申辩而给予更重的处罚，请恢复原来的数额。",
                ARTICLE_45,
                "fine_yuan",
            )
    return None


def notice_raised_without_facts(facts: FineFacts) -> Objection | None:
    """A heavier notice names its new facts and its reason (第四十四条、第四十五条第二款)."""
    for earlier, later in _raised(facts):
        if not later.new_facts.strip() or not later.reason.strip():
            return block(
                "notice_raised_without_facts",
                f"{later.served_on} 的告知书把罚款从 {yuan(earlier.fine_fen)} 元提高到"
                f" {yuan(later.fine_fen)} 元，没有写明新查明的事实和加重的理由。请补写，"
                "没有新的事实的，恢复原来的数额。",
                f"{ARTICLE_44}、第四十五条第二款",
                "fine_yuan",
            )
    return None


def _raised(facts: FineFacts) -> list[tuple[Announcement, Announcement]]:
    """Each served notice that announces more than the one served before it."""
    served = facts.served
    return [(one, two) for one, two in pairwise(served) if two.fine_fen > one.fine_fen]


def _below(facts: FineFacts) -> bool:
    """Tell whether the fine lies below every range of the law."""
    found = facts.in_figures
    return facts.fined and bool(found) and facts.fine_fen < min(one.min_fen or 0 for one in found)


GUARDS: tuple[Callable[[FineFacts], Objection | None], ...] = (
    local_amount_missing,
    fine_by_share,
    no_fine_in_provision,
    fine_above_maximum,
    condition_unproven,
    fine_below_minimum,
    mitigation_without_ground,
    mitigation_not_below,
    discretion_reason_missing,
    outside_tier,
    tier_undecided,
    no_benchmark,
    notice_not_served,
    fine_above_notice,
    kind_not_announced,
    notice_raised_for_defence,
    notice_raised_without_facts,
)
