"""Guards of the summary procedure about the money: how it is paid, collected, receipted."""

from __future__ import annotations

from enforcer.errors import Objection
from enforcer.law import parameters
from enforcer.law.summary_facts import SummaryFacts, block
from enforcer.law.violation import yuan
from enforcer.terms import COLLECTED_ON_SPOT, PaymentMode

ARTICLE_67 = "行政处罚法（2021）第六十七条"
ARTICLE_68 = "行政处罚法（2021）第六十八条"
ARTICLE_69 = "行政处罚法（2021）第六十九条"
ARTICLE_70 = "行政处罚法（2021）第七十条"


def payment_missing(facts: SummaryFacts) -> Objection | None:
    """The paper says how a fine is paid (第六十七条)."""
    if not facts.fined or facts.payment is not None:
        return None
    return block(
        "payment_missing",
        "没有选缴款方式。请选十五日内到银行或者电子支付缴纳，符合条件的可选当场收缴。",
        ARTICLE_67,
        "payment",
    )


def payment_without_fine(facts: SummaryFacts) -> Objection | None:
    """Where nothing is owed nothing is collected (第六十七条第二款)."""
    if facts.fined or facts.payment is None:
        return None
    return block(
        "payment_without_fine",
        "没有罚款，却选了缴款方式。请清除缴款方式。",
        ARTICLE_67,
        "payment",
    )


def collected_over_limit(facts: SummaryFacts) -> Objection | None:
    """Small fines, up to 100 元, may be collected on the spot (第六十八条第一项)."""
    limit = parameters.on("on_spot_collection_limit", facts.decided_on)
    if facts.payment is not PaymentMode.ON_SPOT_SMALL or facts.fine_fen <= limit.value:
        return None
    return block(
        "collected_over_limit",
        f"罚款 {yuan(facts.fine_fen)} 元，超过可以当场收缴的 {yuan(limit.value)} 元。"
        "请改为到银行缴纳；不当场收缴事后难以执行的，改选该项并写明理由。",
        limit.cite,
        "payment",
    )


def collection_reason_missing(facts: SummaryFacts) -> Objection | None:
    """Why it would be hard to enforce later, or that the party asked (第六十八条、第六十九条)."""
    if facts.payment_reason:
        return None
    if facts.payment is PaymentMode.ON_SPOT_HARD:
        say = "选了“不当场收缴事后难以执行”，没有写理由。请写明为什么事后难以执行。"
        return block("collection_reason_missing", say, f"{ARTICLE_68}第二项", "payment_reason")
    if facts.payment is PaymentMode.ON_SPOT_REMOTE:
        say = (
            "选了“当事人缴纳确有困难并提出”，没有写情况。"
            "请写明是边远、水上还是交通不便地区，当事人如何提出。"
        )
        return block("collection_reason_missing", say, ARTICLE_69, "payment_reason")
    return None


def receipt_missing(facts: SummaryFacts) -> Objection | None:
    """No collection without the finance department's own receipt (第七十条)."""
    if facts.payment not in COLLECTED_ON_SPOT or facts.receipt_number:
        return None
    return block(
        "receipt_missing",
        "当场收缴必须出具财政部门统一制发的专用票据，没有填票据号码。请填写票据号码。",
        ARTICLE_70,
        "receipt_number",
    )


def receipt_used(facts: SummaryFacts) -> Objection | None:
    """One receipt, one collection (第七十条)."""
    if facts.payment not in COLLECTED_ON_SPOT or not facts.receipt_used_by:
        return None
    return block(
        "receipt_used",
        f"票据号码 {facts.receipt_number} 已经用在{facts.receipt_used_by}上，不能再用。请核对票据。",
        ARTICLE_70,
        "receipt_number",
    )


GUARDS = (
    payment_missing,
    payment_without_fine,
    collected_over_limit,
    collection_reason_missing,
    receipt_missing,
    receipt_used,
)
