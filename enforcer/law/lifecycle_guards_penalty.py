"""Guards of what is to be imposed: provisions, kinds, gains, amount, leniency (行政处罚法 第四、二十八至三十七条)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from enforcer.course_terms import Gains, Outcome, RecordKind
from enforcer.errors import Objection
from enforcer.law import citations, discretion, discretion_guards, leniency, leniency_choice
from enforcer.law.course_decision import Imposition, Proposal
from enforcer.law.discretion_facts import Announcement, FineFacts
from enforcer.law.leniency import Assessment, LeniencyFacts
from enforcer.law.leniency_choice import Choice
from enforcer.law.lifecycle_facts import CaseFacts, block, warn
from enforcer.law.lifecycle_step import Guard
from enforcer.law.summary_penalty import fits
from enforcer.law.violation import Violation
from enforcer.terms import CaseStep, Discretion, LeniencyPaper, PenaltyKind

ARTICLE_4 = "行政处罚法（2021）第四条"
ARTICLE_28_2 = "行政处罚法（2021）第二十八条第二款"
ARTICLE_37 = "行政处罚法（2021）第三十七条"
ARTICLE_40 = "行政处罚法（2021）第四十条"
ARTICLE_57 = "行政处罚法（2021）第五十七条第一款"
ARTICLE_59 = "行政处罚法（2021）第五十九条第一款"


def facts_missing(facts: CaseFacts) -> Objection | None:
    """What was found, and by what evidence (第四十条、第五十九条)."""
    one = facts.new
    if not isinstance(one, Proposal) or (one.facts and one.evidence):
        return None
    label, name = ("违法事实", "facts") if not one.facts else ("证据", "evidence")
    return block(
        "facts_missing",
        f"没有填{label}。违法事实不清、证据不足的不得处罚，请写明时间、地点、经过和每项证据证明什么。",
        ARTICLE_40,
        name,
    )


def evidence_missing(facts: CaseFacts) -> Objection | None:
    """Nothing was recorded at all (第四十条、第四十六条)."""
    gathered = [one for one in facts.records if one.kind is not RecordKind.EDUCATION]
    if gathered:
        return None
    return block(
        "evidence_missing",
        "案卷里没有任何询问笔录、检查笔录、照片或者样品。没有证据的，不得处罚。请先调查取证。",
        f"{ARTICLE_40}、第四十六条",
    )


def provision_missing(facts: CaseFacts) -> Objection | None:
    """Both the duty and the penalty, each with its article (第五十九条第一款第二、三项)."""
    one = facts.imposition
    if one is None or one.outcome is Outcome.NOT_ESTABLISHED:
        return None
    for name, label, text in (
        ("breached", "违反的条款（违则）", one.breached),
        ("sanctioned_by", "处罚依据的条款（罚则）", one.sanctioned_by),
    ):
        if not text:
            return block(
                "provision_missing",
                f"没有填{label}。请从违法行为清单带入，写到条、款、项。",
                f"{ARTICLE_59}第二项、第三项",
                name,
            )
    return None


def same_provision(facts: CaseFacts) -> Objection | None:
    """The duty that was broken is not the provision that punishes (第四条、第五十九条)."""
    one = facts.imposition
    if one is None or not one.breached or one.breached.strip() != one.sanctioned_by.strip():
        return None
    return block(
        "same_provision",
        f"违则和罚则都写成了{one.breached}。违则是规定义务的条款，罚则是规定处罚的条款，请分别选定。",
        f"{ARTICLE_4}、{ARTICLE_59.removeprefix('行政处罚法（2021）')}",
        "sanctioned_by",
    )


def provision_repealed(facts: CaseFacts) -> Objection | None:
    """A provision that was not in force in the version that applies (第四条、第三十七条)."""
    one, item = facts.imposition, facts.item
    if one is None or item is None:
        return None
    for name, text in (("breached", one.breached), ("sanctioned_by", one.sanctioned_by)):
        wrong = citations.faults(text, item.as_of)
        if wrong:
            return block(
                "provision_repealed",
                f"{wrong[0].say}请改为现在适用的规定："
                f"{'、'.join(p.cite for p in item.sanctioned_by)}。",
                f"{ARTICLE_4}、{ARTICLE_37.removeprefix('行政处罚法（2021）')}",
                name,
            )
    return None


def provision_not_of_item(facts: CaseFacts) -> Objection | None:
    """A provision that the catalogue does not give for this item needs a reason (第四条)."""
    one, item = facts.imposition, facts.item
    if one is None or item is None:
        return None
    for name, label, text, known in (
        ("breached", "违则", one.breached, item.breached),
        ("sanctioned_by", "罚则", one.sanctioned_by, item.sanctioned_by),
    ):
        if text and not any(each.cite in text for each in known):
            return warn(
                "provision_not_of_item",
                f"{label}“{text}”不是清单里“{item.title}”的条款。请核对；确要引用的，写明理由。",
                ARTICLE_4,
                name,
            )
    return None


def law_unknown_then(facts: CaseFacts) -> Objection | None:
    """No later law reaches back to an act that was no violation then (第三十七条)."""
    if facts.law is None or facts.law.old is not None:
        return None
    return block("law_unknown_then", facts.law.say, facts.law.cite, "acted_at")


def law_choice_missing(facts: CaseFacts) -> Objection | None:
    """Where the law has changed since the act somebody chooses, and says why (第三十七条)."""
    one, law = facts.imposition, facts.law
    if one is None or law is None or law.old is None or not law.needs_choice:
        return None
    if one.law_choice and one.law_reason:
        return None
    lacking = "选定适用哪一个" if not one.law_choice else "写明选用的理由"
    return block(
        "law_choice_missing",
        f"{law.say}行为发生后规定有变化，还没有{lacking}，请补填。",
        law.cite,
        "law_choice" if not one.law_choice else "law_reason",
    )


def outcome_contradicts(facts: CaseFacts) -> Objection | None:
    """A penalty has its kinds; 不予处罚 and transfer have none (第五十七条第一款)."""
    one = facts.imposition
    if one is None:
        return None
    punishing = one.outcome is Outcome.PENALTY
    spared = one.discretion is Discretion.NO_PENALTY
    if punishing and spared:
        said = "处理结论是给予处罚，裁量却选了不予处罚"
    elif one.spares and not spared:
        said = "处理结论是不予处罚，裁量没有选不予处罚"
    elif not punishing and (one.kinds or one.fine_fen):
        said = f"处理结论是“{one.outcome.label}”，却填了处罚种类或者罚款"
    else:
        return None
    return block("outcome_contradicts", f"{said}。请改成一致。", ARTICLE_57, "outcome")


def kinds_missing(facts: CaseFacts) -> Objection | None:
    """A penalty names its kind (第九条、第五十九条第一款第三项)."""
    if not facts.punishes or (facts.imposition and facts.imposition.kinds):
        return None
    return block(
        "kinds_missing",
        "没有选处罚种类。请按罚则勾选。",
        f"行政处罚法（2021）第九条、{ARTICLE_59.removeprefix('行政处罚法（2021）')}第三项",
        "kinds",
    )


def kinds_not_in_provision(facts: CaseFacts) -> Objection | None:
    """The kinds are those of the penalty provision, combined as it says (第四条、第三十八条)."""
    one, item = facts.imposition, facts.item
    if not facts.punishes or one is None or item is None or not one.kinds:
        return None
    known_to = item.consequences_for(facts.party.kind)
    offered = [each for each in known_to if each.condition == one.under] or list(known_to)
    if any(fits(each, one.kinds) for each in offered):
        return None
    lightened = one.discretion is Discretion.MITIGATED or one.gains in (Gains.NONE, Gains.UNKNOWN)
    if lightened and any(set(one.kinds) <= set(each.kinds) for each in offered):
        return None
    chosen = "和".join(kind.label for kind in one.kinds)
    known = "；".join(
        dict.fromkeys("、".join(kind.label for kind in each.kinds) for each in offered)
    )
    return block(
        "kinds_not_in_provision",
        f"“{item.title}”的罚则不能处以{chosen}，规定的是：{known or '没有对这类当事人的处罚'}。请改选处罚种类。",
        "、".join(each.cite for each in item.sanctioned_by),
        "kinds",
    )


def fine_missing(facts: CaseFacts) -> Objection | None:
    """A fine has its amount, an amount its kind (第五十九条第一款第三项)."""
    one = facts.imposition
    if one is None or (PenaltyKind.FINE in one.kinds) == (one.fine_fen > 0):
        return None
    said = "选了罚款，没有填数额" if not one.fine_fen else "填了罚款数额，没有勾选罚款"
    return block("fine_missing", f"{said}。请补齐。", f"{ARTICLE_59}第三项", "fine_yuan")


def gains_unanswered(facts: CaseFacts) -> Objection | None:
    """Whether there are gains has to be answered (第二十八条第二款)."""
    one = facts.imposition
    if not facts.punishes or one is None or one.gains is not None:
        return None
    return block(
        "gains_unanswered",
        "没有回答有无违法所得。当事人有违法所得，除依法应当退赔的外，应当予以没收。请选有、没有或者无法计算。",
        ARTICLE_28_2,
        "gains",
    )


def gains_not_confiscated(facts: CaseFacts) -> Objection | None:
    """Gains are confiscated, and only gains that there are (第二十八条第二款)."""
    one = facts.imposition
    if not facts.punishes or one is None or one.gains is None:
        return None
    taken = PenaltyKind.CONFISCATE_GAINS in one.kinds
    if one.gains is Gains.KNOWN and not (taken and one.gains_fen):
        said = (
            "有违法所得，没有勾选没收或者没有填数额；依法应当退赔的，选“没有违法所得”并在事实里写明"
        )
    elif one.gains is not Gains.KNOWN and taken:
        said = f"勾选了没收违法所得，违法所得却填“{one.gains.label}”"
    else:
        return None
    return block(
        "gains_not_confiscated",
        f"{said}。请改正违法所得或者没收的勾选和数额。",
        ARTICLE_28_2,
        "gains_yuan",
    )


def fine_facts(facts: CaseFacts, *, announced: bool) -> FineFacts | None:
    """The fine as `law.discretion` weighs it; with the notices when they matter."""
    return facts.weighed_once(f"fine, {announced}", lambda: _fine_facts(facts, announced=announced))


def _fine_facts(facts: CaseFacts, *, announced: bool) -> FineFacts | None:
    one, item = facts.imposition, facts.item
    if one is None or item is None or one.outcome is not Outcome.PENALTY:
        return None
    side = item.side_of(facts.party.kind)
    suggestion = discretion.suggest(
        item, side, one.ticks, facts.day, benchmarks=facts.benchmarks, under=one.under
    )
    return FineFacts(
        item=item,
        side=side,
        kinds=one.kinds,
        fine_fen=one.fine_fen,
        discretion=one.discretion,
        reason=one.discretion_reason,
        under=one.under,
        suggestion=suggestion,
        grounds=assessment(facts, one, item).grounds,
        announcements=announcements(facts) if announced else None,
    )


def announcements(facts: CaseFacts) -> tuple[Announcement, ...]:
    """The prior notices as they count; one about to be made counts as served today."""
    made = facts.notices
    if isinstance(facts.new, Proposal) and facts.new.step is CaseStep.ANNOUNCED:
        made = (*made, facts.new)
    return tuple(
        Announcement(
            served_on=facts.day
            if one is facts.new
            else _by(facts, facts.served_on(CaseStep.ANNOUNCED, one.id)),
            fine_fen=one.imposition.fine_fen,
            kinds=one.imposition.kinds,
            new_facts=one.new_facts,
            reason=one.raised_reason,
            from_defence=one.from_defence,
        )
        for one in made
    )


def _by(facts: CaseFacts, served: date | None) -> date | None:
    """A notice that will be served later announces nothing yet."""
    return served if served is not None and served <= facts.day else None


def assessment(facts: CaseFacts, one: Imposition, item: Violation) -> Assessment:
    """Every circumstance of 第三十至三十三条, as ticked."""
    if one is facts.imposition and item is facts.item:
        return facts.weighed_once("assessment", lambda: _assessment(facts, one, item))
    return _assessment(facts, one, item)


def _assessment(facts: CaseFacts, one: Imposition, item: Violation) -> Assessment:
    return leniency.assess(
        LeniencyFacts(
            party_kind=facts.party.kind,
            acted_on=facts.acted_on or facts.day,
            decided_on=facts.day,
            item=item,
            born_on=facts.party.born_on,
            private_enterprise=one.private_enterprise,
            ticks=one.ticks,
            provision=one.provision,
            lookup=facts.lookup,
            rows=facts.list_rows,
        )
    )


def choice(facts: CaseFacts, one: Imposition) -> Choice:
    """What the organ wants, and which papers of it are in the file."""
    papers = set(one.papers) - {LeniencyPaper.EDUCATION, LeniencyPaper.LOOKUP}
    if any(record.kind is RecordKind.EDUCATION for record in facts.records):
        papers.add(LeniencyPaper.EDUCATION)
    if facts.lookup is not None:
        papers.add(LeniencyPaper.LOOKUP)
    return Choice(
        discretion=one.discretion,
        no_penalty_reason=one.no_penalty_reason,
        reason=one.discretion_reason,
        papers=frozenset(papers),
    )


def _of_fine(weigh: Callable[[FineFacts], Objection | None], *, announced: bool = False) -> Guard:
    """A guard of `law.discretion` as one of ours."""

    def guard(facts: CaseFacts) -> Objection | None:
        known = fine_facts(facts, announced=announced)
        return weigh(known) if known else None

    guard.__name__ = weigh.__name__
    return guard


def _of_leniency(weigh: Callable[[Assessment, Choice], Objection | None]) -> Guard:
    """A guard of `law.leniency_choice` as one of ours."""

    def guard(facts: CaseFacts) -> Objection | None:
        one, item = facts.imposition, facts.item
        if one is None or item is None or one.outcome is Outcome.TRANSFER:
            return None
        return weigh(assessment(facts, one, item), choice(facts, one))

    guard.__name__ = weigh.__name__
    return guard


ANNOUNCING = frozenset(
    {
        "notice_not_served",
        "fine_above_notice",
        "kind_not_announced",
        "notice_raised_for_defence",
        "notice_raised_without_facts",
    }
)
RAISING = frozenset({"notice_raised_for_defence", "notice_raised_without_facts"})
FILED_WITH_IT = frozenset({"papers_missing", "pledge_missing"})

CONTENT = (
    facts_missing,
    provision_missing,
    same_provision,
    provision_repealed,
    provision_not_of_item,
    law_unknown_then,
    law_choice_missing,
    outcome_contradicts,
    kinds_missing,
    kinds_not_in_provision,
    fine_missing,
    gains_unanswered,
    gains_not_confiscated,
)
EVIDENCE = (evidence_missing,)
FINE = tuple(_of_fine(one) for one in discretion_guards.GUARDS if one.__name__ not in ANNOUNCING)
RAISED = tuple(
    _of_fine(one, announced=True) for one in discretion_guards.GUARDS if one.__name__ in RAISING
)
ANNOUNCED_FIRST = tuple(
    _of_fine(one, announced=True) for one in discretion_guards.GUARDS if one.__name__ in ANNOUNCING
)
LENIENCY = tuple(
    _of_leniency(one) for one in leniency_choice.GUARDS if one.__name__ not in FILED_WITH_IT
)
LENIENCY_PAPERS = tuple(
    _of_leniency(one) for one in leniency_choice.GUARDS if one.__name__ in FILED_WITH_IT
)
