"""Guards of orders to correct and of the ninety days (行政处罚法 第二十八、六十条)."""

from __future__ import annotations

from enforcer.course_terms import PeriodKind
from enforcer.errors import Objection
from enforcer.law import citations, course_clocks
from enforcer.law.course_investigation import Correction, PeriodChange
from enforcer.law.lifecycle_facts import CaseFacts, block, warn

ARTICLE_28 = "行政处罚法（2021）第二十八条第一款"
ARTICLE_60 = "行政处罚法（2021）第六十条"
VAGUE = frozenset({"改正", "自行改正", "立即改正", "限期改正", "立即整改", "限期整改"})
PENALTY_LAW = "行政处罚法"


def correction_due_missing(facts: CaseFacts) -> Objection | None:
    """At once, or by a day: never blank (第二十八条第一款)."""
    one = facts.new
    if not isinstance(one, Correction) or one.rechecked_on or one.at_once or one.due_on:
        return None
    return block(
        "correction_due_missing",
        "责令改正没有填期限，也没有选“立即改正”。请填写改正的最后一天。",
        ARTICLE_28,
        "due_on",
    )


def correction_due_before_order(facts: CaseFacts) -> Objection | None:
    """The day to correct comes after the order (第二十八条第一款)."""
    one = facts.new
    if not isinstance(one, Correction) or one.due_on is None or one.due_on >= one.on:
        return None
    return block(
        "correction_due_before_order",
        f"改正期限 {one.due_on} 早于责令日期 {one.on}。请把改正期限改到责令当日或者以后。",
        ARTICLE_28,
        "due_on",
    )


def correction_vague(facts: CaseFacts) -> Objection | None:
    """What has to be done is said (第二十八条第一款)."""
    one = facts.new
    if not isinstance(one, Correction) or one.content.strip("。 ") not in VAGUE:
        return None
    return warn(
        "correction_vague",
        f"改正内容只写了“{one.content}”，当事人无从遵守，复查也无从核对。请写明具体要求；确无具体要求的，说明原因。",
        ARTICLE_28,
        "content",
    )


def corrected_already(facts: CaseFacts) -> Objection | None:
    """What was found corrected is not inspected again (第二十八条第一款)."""
    one = facts.new
    if isinstance(one, Correction) and one.rechecked_on is not None:
        known = next((each for each in facts.corrections if each.id == one.id), None)
    else:
        left = [each for each in facts.corrections if not each.corrected]
        known = facts.corrections[-1] if facts.corrections and not left else None
    if known is None or not known.corrected:
        return None
    return block(
        "corrected_already",
        f"{known.on} 责令改正的事项已于 {known.rechecked_on} 复查改正，不需要再复查。"
        "请改选还没有复查的一次；再次责令改正的，请另行登记。",
        ARTICLE_28,
        "correction_id",
    )


def reinspection_before_order(facts: CaseFacts) -> Objection | None:
    """Inspected after it was ordered (第二十八条第一款)."""
    one = facts.new
    if not isinstance(one, Correction) or one.rechecked_on is None or one.rechecked_on >= one.on:
        return None
    return block(
        "reinspection_before_order",
        f"复查日期 {one.rechecked_on} 早于责令日期 {one.on}。请改正复查日期。",
        ARTICLE_28,
        "on",
    )


def reinspection_early(facts: CaseFacts) -> Objection | None:
    """Before its last day nobody can be said not to have corrected (第二十八条第一款)."""
    one = facts.new
    if not isinstance(one, Correction) or one.rechecked_on is None or one.corrected:
        return None
    if one.due_on is None or one.rechecked_on > one.due_on:
        return None
    return warn(
        "reinspection_early",
        f"改正期限到 {one.due_on}，还没有届满，不能认定逾期不改正。请期满后再复查；这次只记录进展的，请说明。",
        ARTICLE_28,
        "on",
    )


def period_rule_missing(facts: CaseFacts) -> Objection | None:
    """Only a rule moves the ninety days, and it is named (第六十条)."""
    one = _period(facts)
    if one is None or citations.find(one.rule):
        return None
    return block(
        "period_rule_missing",
        f"{one.kind.label}办案期限没有写明依据。行政处罚法没有规定延长或者扣除，"
        "须有法律、法规、规章的另外规定，请写成“《名称》第×条”。",
        ARTICLE_60,
        "rule",
    )


def period_rule_is_the_law_itself(facts: CaseFacts) -> Objection | None:
    """The law gives ninety days and no more; another rule has to give them (第六十条)."""
    one = _period(facts)
    found = citations.find(one.rule) if one else ()
    if not found or any(PENALTY_LAW not in cited.name for cited in found):
        return None
    return block(
        "period_rule_is_the_law_itself",
        f"行政处罚法没有规定{found[0].text}可以{one.kind.label if one else ''}办案期限。"
        "请写明另有规定的法律、法规、规章及其条款；没有的，不能变动九十日。",
        ARTICLE_60,
        "rule",
    )


def period_rule_not_in_force(facts: CaseFacts) -> Objection | None:
    """The rule is in force and has that article (第六十条)."""
    one = _period(facts)
    wrong = citations.faults(one.rule, facts.day) if one else ()
    if not wrong:
        return None
    return block("period_rule_not_in_force", wrong[0].say, ARTICLE_60, "rule")


def period_backwards(facts: CaseFacts) -> Objection | None:
    """It ends after it begins; an extension has its days (第六十条)."""
    one = _period(facts)
    if one is None:
        return None
    if one.kind is PeriodKind.EXTENSION:
        wrong = "延长没有填天数" if one.days < 1 else ""
    else:
        wrong = f"结束日期 {one.last} 早于开始日期 {one.first}"
        wrong = wrong if one.last is not None and one.last < one.first else ""
        if one.kind is PeriodKind.EXCLUSION and one.last is None:
            wrong = "扣除的期间没有填结束日期"
    if not wrong:
        return None
    return block("period_backwards", f"{wrong}。请按实际天数填写。", ARTICLE_60, "last")


def period_overlaps(facts: CaseFacts) -> Objection | None:
    """No day is taken out twice (第六十条)."""
    one = _period(facts)
    if one is None or one.kind is PeriodKind.EXTENSION:
        return None
    for other in facts.periods:
        if other.kind is PeriodKind.EXTENSION:
            continue
        last, until = other.last or facts.today, one.last or facts.today
        if one.first <= last and other.first <= until:
            return block(
                "period_overlaps",
                f"这段期间与 {other.first} 至 {other.last or '今'} 的{other.kind.label}重叠，同一天不能扣除两次。"
                "请改正起止日期。",
                ARTICLE_60,
                "first",
            )
    return None


def period_before_filing(facts: CaseFacts) -> Objection | None:
    """What lies before the filing was never counted (第六十条)."""
    one = _period(facts)
    if one is None or facts.filed_on is None or one.first >= facts.filed_on:
        return None
    return block(
        "period_before_filing",
        f"开始日期 {one.first} 早于立案日期 {facts.filed_on}，那时期限还没有起算。请改正。",
        ARTICLE_60,
        "first",
    )


def period_approved_late(facts: CaseFacts) -> Objection | None:
    """Approved before it begins: no review is dated back to gain time (第六十条)."""
    one = _period(facts)
    if one is None or one.kind is PeriodKind.EXTENSION or facts.day <= one.first:
        return None
    return block(
        "period_approved_late",
        f"{one.kind.label}自 {one.first} 开始，{facts.day} 才批准，不得事后补批来延长办案期限。"
        "请从批准之日起算。",
        ARTICLE_60,
        "first",
    )


def period_after_limit(facts: CaseFacts) -> Objection | None:
    """A period that is over cannot be moved (第六十条)."""
    one = _period(facts)
    due = course_clocks.decision_due(facts) if one else None
    if due is None or facts.day <= due.due_on:
        return None
    return block(
        "period_after_limit",
        f"办案期限已于 {due.due_on} 届满，届满以后不能再中止、扣除或者延长。届满以前已经批准的，"
        "请把日期填为批准的那天。",
        ARTICLE_60,
        "on",
    )


def not_suspended(facts: CaseFacts) -> Objection | None:
    """Only what was suspended is resumed (第六十条)."""
    one = facts.new
    if one is None:
        known = course_clocks.suspended(facts)
    elif isinstance(one, PeriodChange) and one.last is not None and one.id:
        known = next((each for each in facts.periods if each.id == one.id), None)
    else:
        return None
    if known is not None and known.kind is PeriodKind.SUSPENSION and known.last is None:
        return None
    return block(
        "not_suspended",
        "没有正在进行的中止，不能恢复办案。请先登记“中止、延长办案期限”，或者改选正在中止的一次。",
        ARTICLE_60,
        "period_id",
    )


def resumed_before_suspended(facts: CaseFacts) -> Objection | None:
    """Resumed after it was suspended (第六十条)."""
    one = facts.new
    if not isinstance(one, PeriodChange) or not one.id or facts.day > one.first:
        return None
    return block(
        "resumed_before_suspended",
        f"恢复日期 {facts.day} 不晚于中止日期 {one.first}。请改正恢复日期。",
        ARTICLE_60,
        "on",
    )


def case_suspended(facts: CaseFacts) -> Objection | None:
    """While a case is suspended it does not move on (第六十条)."""
    running = course_clocks.suspended(facts)
    if running is None:
        return None
    return block(
        "case_suspended",
        f"案件自 {running.first} 起中止（{running.rule}），请先恢复办案，再办理这一步。",
        ARTICLE_60,
    )


def _period(facts: CaseFacts) -> PeriodChange | None:
    """A change that is being made; resuming one has its id."""
    one = facts.new
    return one if isinstance(one, PeriodChange) and not one.id else None


CORRECTION = (correction_due_missing, correction_due_before_order, correction_vague)
REINSPECTION = (corrected_already, reinspection_before_order, reinspection_early)
PERIOD = (
    period_rule_missing,
    period_rule_is_the_law_itself,
    period_rule_not_in_force,
    period_backwards,
    period_overlaps,
    period_before_filing,
    period_approved_late,
    period_after_limit,
)
RESUMED = (not_suspended, resumed_before_suspended)
MOVING = (case_suspended,)
