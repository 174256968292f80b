"""Guards of the summary procedure about the penalty: item, provisions, kinds, amount."""

from __future__ import annotations

from collections.abc import Iterable

from enforcer.errors import Objection
from enforcer.law import parameters
from enforcer.law.summary_facts import SummaryFacts, block, warn
from enforcer.law.violation import (
    ARTICLE_51,
    ARTICLE_54,
    ON_THE_SPOT,
    SIDE_LABEL,
    Consequence,
    yuan,
)
from enforcer.terms import Discretion, PenaltyKind

ARTICLE_4 = "行政处罚法（2021）第四条"
ARTICLE_32 = "行政处罚法（2021）第三十二条"
ARTICLE_38 = "行政处罚法（2021）第三十八条第一款"
ARTICLE_52_2 = "行政处罚法（2021）第五十二条第二款"
ARTICLE_57 = "行政处罚法（2021）第五十七条第一款"


def fits(one: Consequence, kinds: Iterable[PenaltyKind]) -> bool:
    """Tell whether just these kinds are what the consequence allows to be imposed together."""
    chosen = set(kinds)
    return (
        bool(chosen)
        and set(one.must) <= chosen <= set(one.kinds)
        and (not one.either or len(chosen & set(one.either)) == 1)
    )


def fitting(facts: SummaryFacts) -> tuple[Consequence, ...]:
    """The consequences of the item under which the chosen kinds stand."""
    return tuple(one for one in facts.consequences if fits(one, facts.kinds))


def item_missing(facts: SummaryFacts) -> Objection | None:
    """No penalty without a provision (第四条、第三十八条第一款)."""
    if facts.item is not None:
        return None
    return block(
        "item_missing",
        "没有选定违法行为，或者所选事项在行为发生那天还没有处罚规定。请从违法行为清单里选定。",
        ARTICLE_38,
        "item_key",
    )


def competence_elsewhere(facts: SummaryFacts) -> Objection | None:
    """What another organ alone may punish can only be referred (第二十二条、第二十七条之旨)."""
    if facts.item is None or not facts.item.refer_to:
        return None
    return block(
        "competence_elsewhere",
        f"“{facts.item.title}”的处罚权属于{facts.item.refer_to}，本机关不能处罚，只能移送。"
        "请制作移送材料，不要出处罚决定书。",
        "行政处罚法（2021）第十七条、第三十八条第一款",
        "item_key",
    )


def ordinary_only(facts: SummaryFacts) -> Objection | None:
    """Items that can never be certain on the spot go the ordinary way (第五十四条第一款)."""
    if facts.item is None or facts.item.refer_to or not facts.item.ordinary_only:
        return None
    return block(
        "ordinary_only",
        f"“{facts.item.title}”不能当场处罚：{facts.item.ordinary_only}请转普通程序立案。",
        ARTICLE_54,
        "item_key",
    )


def item_not_summary(facts: SummaryFacts) -> Objection | None:
    """Confiscation, closure, or a minimum above the limit exclude it (第五十一条、第五十四条)."""
    item, answer = facts.item, facts.answer
    if item is None or answer is None or item.refer_to or item.ordinary_only:
        return None
    if answer.allowed or answer.amount_to_confirm:
        return None
    brings = facts.consequences and _brings_others(facts.consequences[0])
    none = not facts.consequences
    code = (
        "no_penalty_for_party"
        if none
        else "item_brings_other_kinds"
        if brings
        else "item_minimum_over_limit"
    )
    return block(code, answer.say, answer.cite, "item_key")


def kinds_missing(facts: SummaryFacts) -> Objection | None:
    """A decision names its penalty (第五十二条第二款)."""
    if facts.kinds:
        return None
    return block(
        "kinds_missing",
        "没有选处罚种类。当场处罚只能是警告或者罚款，请勾选。",
        ARTICLE_52_2,
        "kinds",
    )


def kind_not_summary(facts: SummaryFacts) -> Objection | None:
    """On the spot there is only the warning and the fine (第五十一条)."""
    others = [one.label for one in facts.kinds if one not in ON_THE_SPOT]
    if not others:
        return None
    return block(
        "kind_not_summary",
        f"{'、'.join(others)}不能当场作出，简易程序只限警告和罚款。请改选，或者转普通程序立案。",
        ARTICLE_51,
        "kinds",
    )


def kinds_not_in_provision(facts: SummaryFacts) -> Objection | None:
    """The kinds are those of the penalty provision, combined as it says (第四条、第三十八条)."""
    item, answer = facts.item, facts.answer
    if item is None or answer is None or not facts.kinds:
        return None
    if not (answer.allowed or answer.amount_to_confirm) or fitting(facts):
        return None
    if not set(facts.kinds) <= ON_THE_SPOT:
        return None
    chosen = "和".join(one.label for one in facts.kinds)
    offered = "；".join(dict.fromkeys(_offer(one) for one in facts.consequences))
    return block(
        "kinds_not_in_provision",
        f"“{item.title}”的罚则不能处以{chosen}，规定的是：{offered}。请改选处罚种类。",
        "、".join(one.cite for one in item.sanctioned_by),
        "kinds",
    )


def fine_missing(facts: SummaryFacts) -> Objection | None:
    """A fine has its amount (第五十二条第二款)."""
    if not facts.fined or facts.fine_fen > 0:
        return None
    return block(
        "fine_missing",
        "选了罚款，没有填罚款数额。请填写以元为单位的数额。",
        ARTICLE_52_2,
        "fine_yuan",
    )


def fine_without_kind(facts: SummaryFacts) -> Objection | None:
    """An amount without the kind is a contradiction (第五十二条第二款)."""
    if facts.fined or not facts.fine_fen:
        return None
    return block(
        "fine_without_kind",
        f"填了罚款数额 {yuan(facts.fine_fen)} 元，没有勾选罚款。请勾选罚款，或者清除数额。",
        ARTICLE_52_2,
        "kinds",
    )


def fine_over_limit(facts: SummaryFacts) -> Objection | None:
    """No more than 200 or 3,000 元 on the spot, the limit itself included (第五十一条)."""
    limit = parameters.summary_limit(
        facts.party.kind, facts.decided_on, sole_trader_as=facts.sole_trader_as
    )
    if not facts.fined or facts.fine_fen <= limit.value:
        return None
    return block(
        "fine_over_limit",
        f"罚款 {yuan(facts.fine_fen)} 元，超过对{facts.party.kind.label}当场处罚的上限"
        f" {yuan(limit.value)} 元（含本数）。请在上限以内按裁量基准确定数额；"
        "依法应当处更高数额的，转普通程序立案。",
        limit.cite,
        "fine_yuan",
    )


def local_amount_missing(facts: SummaryFacts) -> Objection | None:
    """Where the national law gives no amount, only the office's local rule can (第四条)."""
    if facts.item is None or not facts.fined:
        return None
    fine = [one for one in fitting(facts) if one.fines] or [
        one for one in facts.consequences if one.fines
    ]
    if not fine or not all(one.amount_unknown for one in fine):
        return None
    return block(
        "local_amount_missing",
        f"法律、行政法规没有规定“{facts.item.title}”的罚款数额，本地规定的数额待机关确认，"
        "不能自定数额。请先到“法规清单—本地幅度”录入地方性法规或者规章的条文和幅度，或者改为警告。",
        f"{ARTICLE_4}、第十六条",
        "fine_yuan",
    )


def fine_below_minimum(facts: SummaryFacts) -> Objection | None:
    """Below the lower limit is mitigation, and needs its ground (第三十二条)."""
    ranges = _ranges(facts)
    mitigated = facts.discretion is Discretion.MITIGATED and bool(facts.discretion_reason)
    if (
        not ranges
        or mitigated
        or facts.fine_fen >= (low := min(one.min_fen or 0 for one in ranges))
    ):
        return None
    return block(
        "fine_below_minimum",
        f"罚款 {yuan(facts.fine_fen)} 元，低于法定最低 {yuan(low)} 元，属于减轻处罚。"
        "请提高数额；确有法定减轻情形的，裁量选“减轻”并写明是哪一项、有何证据。",
        ARTICLE_32,
        "fine_yuan",
    )


def fine_above_maximum(facts: SummaryFacts) -> Objection | None:
    """Above the upper limit, or between two ranges, there is no provision (第四条)."""
    ranges = _ranges(facts)
    fine = facts.fine_fen
    inside = any((one.min_fen or 0) <= fine <= (one.max_fen or 0) for one in ranges)
    if not ranges or inside or fine < min(one.min_fen or 0 for one in ranges):
        return None
    said = "或者".join(dict.fromkeys(_span(one) for one in ranges))
    return block(
        "fine_above_maximum",
        f"罚款 {yuan(fine)} 元，不在罚则规定的幅度内（{said}）。请按幅度和裁量基准改正数额。",
        "、".join(one.cite for one in facts.item.sanctioned_by) if facts.item else ARTICLE_4,
        "fine_yuan",
    )


def fine_by_share(facts: SummaryFacts) -> Objection | None:
    """A range that is a share of something has to be worked out (第四条)."""
    shares = [one.share for one in fitting(facts) if one.fines and one.share]
    if not facts.fined or not shares:
        return None
    return warn(
        "fine_by_share",
        f"法定幅度是“{shares[0]}”，程序无法核对数额。请写明基数是多少、如何计算。",
        "、".join(one.cite for one in facts.item.sanctioned_by) if facts.item else ARTICLE_4,
        "fine_yuan",
    )


def condition_unproven(facts: SummaryFacts) -> Objection | None:
    """A condition of the penalty provision is met, and how (第四十条)."""
    open_ones = [one for one in fitting(facts) if one.condition or one.note]
    if facts.parking is not None or not open_ones or len(open_ones) < len(fitting(facts)):
        return None
    return warn(
        "condition_unproven",
        f"罚则以“{open_ones[0].condition or open_ones[0].note}”为条件。请写明这一条件如何成立、有何证据。",
        "行政处罚法（2021）第四十条",
        "item_key",
    )


def side_doubtful(facts: SummaryFacts) -> Objection | None:
    """Which range binds an individually owned business is the office's to say (民法典 第五十四条)."""
    said = {text for one in facts.consequences for text in (one.condition, one.note)}
    doubts = [one for one in facts.answer.conditions if one not in said] if facts.answer else []
    if not doubts or facts.item is None:
        return None
    side = SIDE_LABEL[facts.item.side_of(facts.party.kind)]
    return warn(
        "side_doubtful",
        f"{doubts[0]}。现在按对{side}的幅度计算，请写明理由。",
        "民法典第五十四条",
        "party_kind",
    )


def provision_missing(facts: SummaryFacts) -> Objection | None:
    """Both the duty and the penalty stand on the paper, each with its article (第五十二条第二款)."""
    for name, label, text in (
        ("breached", "违反的条款（违则）", facts.breached),
        ("sanctioned_by", "处罚依据的条款（罚则）", facts.sanctioned_by),
    ):
        if not text:
            return block(
                "provision_missing",
                f"没有填{label}。请从违法行为清单带入，写到条、款、项。",
                ARTICLE_52_2,
                name,
            )
    return None


def same_provision(facts: SummaryFacts) -> Objection | None:
    """The duty that was broken is not the provision that punishes (第四条、第五十二条第二款)."""
    if not facts.breached or facts.breached.strip() != facts.sanctioned_by.strip():
        return None
    return block(
        "same_provision",
        f"违则和罚则都写成了{facts.breached}。违则是规定义务的条款，罚则是规定处罚的条款，请分别选定。",
        f"{ARTICLE_4}、{ARTICLE_52_2.removeprefix('行政处罚法（2021）')}",
        "sanctioned_by",
    )


def provision_not_of_item(facts: SummaryFacts) -> Objection | None:
    """A provision that the catalogue does not give for this item needs a reason (第四条)."""
    if facts.item is None:
        return None
    for name, label, text, known in (
        ("breached", "违则", facts.breached, facts.item.breached),
        ("sanctioned_by", "罚则", facts.sanctioned_by, facts.item.sanctioned_by),
    ):
        if text and not any(one.cite in text for one in known):
            return warn(
                "provision_not_of_item",
                f"{label}“{text}”不是清单里“{facts.item.title}”的条款。请核对；确要引用的，写明理由。",
                ARTICLE_4,
                name,
            )
    return None


def discretion_reason_missing(facts: SummaryFacts) -> Objection | None:
    """Lighter, mitigated, heavier: each needs its ground (第三十二条、第五条第二款)."""
    if facts.discretion is Discretion.ORDINARY or facts.discretion_reason:
        return None
    return block(
        "discretion_reason_missing",
        f"裁量选了“{facts.discretion.label}”，没有写理由。请写明法定情形和证据。",
        ARTICLE_32,
        "discretion_reason",
    )


def no_penalty_here(facts: SummaryFacts) -> Objection | None:
    """不予处罚 is another decision with another paper (第五十七条第一款)."""
    if facts.discretion is not Discretion.NO_PENALTY:
        return None
    return block(
        "no_penalty_here",
        "不予处罚不能用当场处罚决定书作出。请改用不予行政处罚决定书，并对当事人进行教育。",
        ARTICLE_57,
        "discretion",
    )


def _brings_others(one: Consequence) -> bool:
    return bool(set(one.must) - ON_THE_SPOT) or bool(
        one.either and not ON_THE_SPOT & set(one.either)
    )


def _ranges(facts: SummaryFacts) -> tuple[Consequence, ...]:
    """The ranges in figures under which the fine stands; none while the item itself is refused."""
    refused = (fine_over_limit, item_not_summary, competence_elsewhere, ordinary_only)
    if not facts.fined or not facts.fine_fen or any(guard(facts) for guard in refused):
        return ()
    return tuple(one for one in fitting(facts) if one.fines and one.max_fen is not None)


def _span(one: Consequence) -> str:
    top = f"{yuan(one.max_fen or 0)} 元以下"
    return f"{yuan(one.min_fen)} 元以上 {top}" if one.min_fen else top


def _offer(one: Consequence) -> str:
    must = "和".join(kind.label for kind in one.must)
    either = "或者".join(kind.label for kind in one.either)
    may = "、".join(kind.label for kind in one.may)
    parts = [part for part in (must, either, f"可以处{may}" if may else "") if part]
    return "，".join(parts)


GUARDS = (
    item_missing,
    competence_elsewhere,
    ordinary_only,
    item_not_summary,
    kinds_missing,
    kind_not_summary,
    kinds_not_in_provision,
    fine_missing,
    fine_without_kind,
    fine_over_limit,
    local_amount_missing,
    fine_below_minimum,
    fine_above_maximum,
    fine_by_share,
    condition_unproven,
    side_doubtful,
    provision_missing,
    same_provision,
    provision_not_of_item,
    discretion_reason_missing,
    no_penalty_here,
)
