"""Guards of the money: payment, deferral, urging, the court (行政处罚法 第六十六至七十二条; 行政强制法 第五章)."""

from __future__ import annotations

from datetime import date

from enforcer import money
from enforcer.errors import Objection
from enforcer.law import course_clocks, deadlines
from enforcer.law.course_after import CourtApplication, Deferral, Payment, Urging
from enforcer.law.lifecycle_facts import CaseFacts, block
from enforcer.terms import CaseStep, OfficerPost

ARTICLE_66 = "行政处罚法（2021）第六十六条第二款"
ARTICLE_67 = "行政处罚法（2021）第六十七条第三款"
ARTICLE_70 = "行政处罚法（2021）第七十条"
ARTICLE_72 = "行政处罚法（2021）第七十二条第一款第一项"
COERCION = "行政强制法"


def decision_revoked(facts: CaseFacts) -> Objection | None:
    """A decision that is gone is not carried out (第七十五条第二款)."""
    if facts.decision is None or facts.decision.revoked_on is None:
        return None
    return block(
        "decision_revoked",
        f"决定 {facts.decision.number} 已于 {facts.decision.revoked_on} 撤销，不能再办理这一步。"
        "已经收取的罚款请依法退还；撤销是误录的，请撤回那一步。",
        "行政处罚法（2021）第七十五条第二款",
    )


def nothing_owed(facts: CaseFacts) -> Objection | None:
    """Where nothing is owed nothing is asked for (第六十六条第一款)."""
    if facts.decision is None or course_clocks.fine_fen(facts):
        return None
    return block(
        "nothing_owed",
        f"决定 {facts.decision.number} 没有罚款，没有可以缴纳、催告、执行的金额。"
        "请核对是不是这个案件；已经办完的，请呈报结案。",
        "行政处罚法（2021）第六十六条第一款",
    )


def paid_in_full(facts: CaseFacts) -> Objection | None:
    """What is paid is not paid again, deferred, urged or taken to court (第六十七条第三款)."""
    if facts.decision is None or not course_clocks.fine_fen(facts):
        return None
    one = facts.new
    if isinstance(one, Payment) and not one.amount_fen and one.additional_fen:
        return None
    if isinstance(one, Urging | CourtApplication) and course_clocks.additional_open_fen(
        facts, facts.day
    ):
        return None
    if course_clocks.open_fen(facts):
        return None
    return block(
        "paid_in_full",
        f"决定 {facts.decision.number} 的罚款 {money.yuan(course_clocks.fine_fen(facts))} 元已经缴清。"
        "收的是加处罚款的，请只填加处罚款金额。",
        ARTICLE_67,
        "amount_yuan",
    )


def paid_too_much(facts: CaseFacts) -> Objection | None:
    """Never more than is owed (第六十七条第三款)."""
    one = _payment(facts)
    left = course_clocks.open_fen(facts)
    if one is None or one.amount_fen <= left or not left:
        return None
    return block(
        "paid_too_much",
        f"登记 {money.yuan(one.amount_fen)} 元，超过尚未缴纳的 {money.yuan(left)} 元。请核对金额。",
        ARTICLE_67,
        "amount_yuan",
    )


def paid_nothing(facts: CaseFacts) -> Objection | None:
    """A payment has an amount (第六十七条第三款)."""
    one = _payment(facts)
    if one is None or one.amount_fen or one.additional_fen or not course_clocks.open_fen(facts):
        return None
    return block(
        "paid_nothing",
        "缴款金额是零。请填写银行到账的金额。",
        ARTICLE_67,
        "amount_yuan",
    )


def additional_too_much(facts: CaseFacts) -> Objection | None:
    """Three per cent a day, never above the fine, not during remedies (第七十二、七十三条)."""
    one = _payment(facts)
    if one is None or not one.additional_fen:
        return None
    most = course_clocks.additional_open_fen(facts, one.on)
    if one.additional_fen <= most:
        return None
    paused = "复议、诉讼期间不计算；" if facts.remedies else ""
    return block(
        "additional_too_much",
        f"加处罚款登记 {money.yuan(one.additional_fen)} 元，到 {one.on} 最多可以加处 {money.yuan(most)} 元"
        f"（每日百分之三，不超过罚款数额；{paused}到期次日起算）。请重新计算。",
        f"{ARTICLE_72}、第七十三条第三款",
        "additional_yuan",
    )


def receipt_used(facts: CaseFacts) -> Objection | None:
    """One receipt, one payment (第七十条)."""
    one = _payment(facts)
    if one is None or not one.receipt_used_by:
        return None
    return block(
        "receipt_used",
        f"票据号码 {one.receipt_number} 已经用在{one.receipt_used_by}上，不能再用。请核对票据。",
        ARTICLE_70,
        "receipt_number",
    )


def decision_not_served(facts: CaseFacts) -> Objection | None:
    """Nothing runs before the decision has reached the party (第六十六、六十七条)."""
    served = facts.decision.served_on if facts.decision else None
    if facts.decision is None or (served is not None and served <= facts.day):
        return None
    return block(
        "decision_not_served",
        f"决定书{f'到 {served} 才送达' if served else '还没有送达'}，缴款期限没有起算，不能办理这一步。请先送达。",
        "行政处罚法（2021）第六十一条第一款、第六十七条第三款",
    )


def deferral_not_applied(facts: CaseFacts) -> Objection | None:
    """The party asks first (第六十六条第二款)."""
    one = _deferral(facts)
    if one is None or (one.applied_on is not None and one.applied_on <= one.on):
        return None
    return block(
        "deferral_not_applied",
        "没有当事人的申请，或者申请日期晚于批准日期。确有经济困难的，经当事人申请和行政机关批准，才可以延期、分期。",
        ARTICLE_66,
        "applied_on",
    )


def parts_differ(facts: CaseFacts) -> Objection | None:
    """The parts together are what is owed (第六十六条第二款)."""
    one = _deferral(facts)
    if one is None:
        return None
    total, owed = sum(part.amount_fen for part in one.parts), course_clocks.fine_fen(facts)
    if one.parts and total == owed and all(part.amount_fen > 0 for part in one.parts):
        return None
    return block(
        "parts_differ",
        f"各期金额合计 {money.yuan(total)} 元，应当等于罚款 {money.yuan(owed)} 元（已经缴纳的列为"
        "第一期）。延期、分期只改变期限，不改变数额。请改正各期金额。",
        ARTICLE_66,
        "parts",
    )


def parts_out_of_order(facts: CaseFacts) -> Objection | None:
    """Each part falls due after the one before it, the first not before today (第六十六条第二款)."""
    one = _deferral(facts)
    days = [part.due_on for part in one.parts] if one else []
    if one is None or (days == sorted(set(days)) and (not days or days[-1] > one.on)):
        return None
    return block(
        "parts_out_of_order",
        "各期的到期日应当依次在后，最后一期在批准日期之后。请核对日期。",
        ARTICLE_66,
        "parts",
    )


def urged_too_early(facts: CaseFacts) -> Objection | None:
    """Nobody is urged before he is late (行政强制法 第三十五、五十四条)."""
    due = [part.due_on for part in course_clocks.parts(facts)]
    if not due or facts.day > min(due):
        return None
    return block(
        "urged_too_early",
        f"缴款期限到 {min(due)}，还没有届满（当日不算逾期），不能催告。请在届满的次日以后催告，"
        "或者核对日期。",
        f"{COERCION}第五十四条、{ARTICLE_67}",
        "on",
    )


def urging_not_served(facts: CaseFacts) -> Objection | None:
    """The urging notice has reached the party (行政强制法 第五十四条)."""
    if not facts.urgings or _urged_on(facts) is not None:
        return None
    return block(
        "urging_not_served",
        "催告书还没有送达当事人。申请法院强制执行前，应当催告当事人履行义务，请先送达。",
        f"{COERCION}第五十四条",
    )


def urging_running(facts: CaseFacts) -> Objection | None:
    """Ten working days from its service (行政强制法 第五十四、六十九条)."""
    served = _urged_on(facts)
    if served is None:
        return None
    due = deadlines.due("urging", served, calendar=facts.calendar)
    if facts.day > due.due_on:
        return None
    return block(
        "urging_running",
        f"催告书 {served} 送达，十个工作日到 {due.due_on} 届满，次日起仍未履行的才可以申请。",
        due.cite,
        "on",
    )


def remedy_period_running(facts: CaseFacts) -> Objection | None:
    """The party can still turn to the government or the court (行政强制法 第五十三条)."""
    over = course_clocks.remedies_over_on(facts)
    if over is None or over == date.max or facts.day > over:
        return None
    return block(
        "remedy_period_running",
        f"当事人可以申请复议、提起诉讼到 {over}，期限没有届满，不能申请法院强制执行。",
        f"{COERCION}第五十三条",
        "on",
    )


def remedy_open(facts: CaseFacts) -> Objection | None:
    """While a remedy runs nothing is final (行政强制法 第五十三条)."""
    running = [one for one in facts.remedies if one.concluded_on is None]
    if not running:
        return None
    return block(
        "remedy_open",
        f"{running[0].on} 的{running[0].kind.label}还没有结果。请先登记结果。",
        f"{COERCION}第五十三条",
    )


def court_window_closed(facts: CaseFacts) -> Objection | None:
    """Three months, and no longer (行政强制法 第五十三条)."""
    due = course_clocks.court_until_on(facts)
    if due is None or facts.day <= due.due_on:
        return None
    return block(
        "court_window_closed",
        f"申请人民法院强制执行的三个月到 {due.due_on} 届满，{facts.day} 已经逾期，人民法院不予受理。",
        due.cite,
        "on",
    )


def head_signature_missing(facts: CaseFacts) -> Objection | None:
    """The application is signed by the head, not only sealed (行政强制法 第五十五条第二款)."""
    one = facts.new
    if not isinstance(one, CourtApplication) or one.answered_on is not None:
        return None
    if one.signed_by_post is OfficerPost.HEAD:
        return None
    return block(
        "head_signature_missing",
        "强制执行申请书没有行政机关负责人签名。应当由负责人签名，加盖印章，并注明日期。",
        f"{COERCION}第五十五条第二款",
        "signed_by_id",
    )


def court_not_named(facts: CaseFacts) -> Objection | None:
    """Which court (行政强制法 第五十四条)."""
    one = facts.new
    if not isinstance(one, CourtApplication) or one.court:
        return None
    return block(
        "court_not_named",
        "没有填人民法院。请填写所在地有管辖权的人民法院；执行对象是不动产的，填不动产所在地的。",
        f"{COERCION}第五十四条",
        "court",
    )


def applied_already(facts: CaseFacts) -> Objection | None:
    """One application at a time (行政强制法 第五十三条)."""
    one = facts.new
    if not isinstance(one, CourtApplication) or one.id:
        return None
    running = [each for each in facts.applications if each.answered_on is None]
    if not running:
        return None
    return block(
        "applied_already",
        f"已于 {running[0].on} 向{running[0].court}申请，还没有裁定，不能重复申请。",
        f"{COERCION}第五十三条",
    )


def answered_already(facts: CaseFacts) -> Objection | None:
    """The court answers an application that is open, after it was made (行政强制法 第五十六条)."""
    one = facts.new
    if one is None:
        known, day = next((a for a in facts.applications if a.answered_on is None), None), facts.day
    elif isinstance(one, CourtApplication) and one.answered_on is not None:
        known, day = next((a for a in facts.applications if a.id == one.id), None), one.answered_on
    else:
        return None
    if known is not None and known.answered_on is None and known.on <= day:
        return None
    return block(
        "answered_already",
        "没有等待裁定的申请：还没有申请，已经登记裁定，或者裁定日期早于申请日期。"
        "请先登记“申请法院强制执行”，并核对裁定的日期。",
        f"{COERCION}第五十六条",
        "application_id",
    )


def _urged_on(facts: CaseFacts) -> date | None:
    """The day the first urging notice counts as served."""
    return facts.served_on(CaseStep.URGED)


def _payment(facts: CaseFacts) -> Payment | None:
    return facts.new if isinstance(facts.new, Payment) else None


def _deferral(facts: CaseFacts) -> Deferral | None:
    return facts.new if isinstance(facts.new, Deferral) else None


OWED = (decision_revoked, nothing_owed, paid_in_full)
PAID = (*OWED, paid_too_much, paid_nothing, additional_too_much, receipt_used)
DEFERRED = (*OWED, decision_not_served, deferral_not_applied, parts_differ, parts_out_of_order)
URGED = (*OWED, decision_not_served, urged_too_early)
APPLIED = (
    *OWED,
    decision_not_served,
    urging_not_served,
    urging_running,
    remedy_period_running,
    remedy_open,
    court_window_closed,
    court_not_named,
    head_signature_missing,
    applied_already,
)
ANSWERED = (answered_already,)
