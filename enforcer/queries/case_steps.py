"""Which steps a decided case allows, and what stands against those that are grey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from enforcer import money
from enforcer.errors import Level, Objection
from enforcer.models import Case, CaseEvent, Decision, Payment
from enforcer.queries.case_money import money_of, payments_of
from enforcer.queries.cases import must_report
from enforcer.terms import COLLECTED_ON_SPOT, Origin, Procedure, Stage

ARTICLE_52_3 = "行政处罚法（2021）第五十二条第三款"
ARTICLE_53 = "行政处罚法（2021）第五十三条、第六十六条第一款"
ARTICLE_71 = "行政处罚法（2021）第七十一条"
ARTICLE_72 = "行政处罚法（2021）第七十二条第一款第一项"


@dataclass(frozen=True, slots=True)
class StepOffer:
    """One step of a case: may it be taken now, and if not, why not, with the article."""

    key: str
    label: str
    reason: str = ""

    @property
    def allowed(self) -> bool:
        return not self.reason


def against_closing(
    session: Session, case: Case, decision: Decision, *, today: date
) -> tuple[Objection, ...]:
    """What stands against closing: unpaid, not reported, money not handed in; or closed already."""
    if case.stage is Stage.CLOSED:
        say = f"案件 {case.number} 已于 {case.closed_on} 结案。"
        return (Objection("closed_already", Level.BLOCK, say, ""),)
    if decision.revoked_on is not None:
        return ()
    found = []
    owed = money_of(session, decision)
    if owed.open_fen:
        found.append(
            Objection(
                "unpaid",
                Level.BLOCK,
                f"罚款还有 {money.yuan(owed.open_fen)} 元没有缴纳，决定没有履行完毕，不能结案。"
                "请登记缴款。",
                ARTICLE_53,
                "payment",
            )
        )
    if must_report(case, decision) and decision.reported_for_record_on is None:
        found.append(
            Objection(
                "not_reported",
                Level.BLOCK,
                "当场处罚决定还没有报本机关备案，不能结案。请登记备案日期。",
                ARTICLE_52_3,
                "reported_on",
            )
        )
    assert decision.id
    if _on_the_way(session, decision.id):
        found.append(
            Objection(
                "money_on_its_way",
                Level.BLOCK,
                "当场收缴的罚款还没有登记交至行政机关并缴付银行，不能结案。请登记两个日期。",
                ARTICLE_71,
                "to_bank_on",
            )
        )
    late = owed.additional(today)
    if late and late.amount_fen > owed.additional_paid_fen and not owed.open_fen:
        found.append(
            Objection(
                "additional_open",
                Level.WARN,
                f"逾期 {late.days} 日缴清，可以加处罚款 {money.yuan(late.amount_fen)} 元，"
                f"已登记 {money.yuan(owed.additional_paid_fen)} 元。请登记加处罚款，或者写明不加处的理由。",
                ARTICLE_72,
                "additional_yuan",
            )
        )
    return tuple(found)


def last_event_on(session: Session, case_id: int) -> date | None:
    """The day of the latest step of a case."""
    return session.exec(
        select(func.max(col(CaseEvent.happened_on))).where(CaseEvent.case_id == case_id)
    ).first()


LABELS = {
    "print": "打印",
    "pay": "登记缴款",
    "hand_in": "登记交回",
    "report": "登记备案",
    "close": "结案",
    "revoke": "撤销决定",
}


def offers(
    session: Session, case: Case, decision: Decision | None, *, today: date
) -> list[StepOffer]:
    """The steps after a decision, each with the reason when it is grey."""
    if decision is None:
        return [StepOffer(key, label, "案件还没有作出决定。") for key, label in LABELS.items()]
    if case.procedure is Procedure.ORDINARY and case.origin is Origin.MADE_HERE:
        say = "普通程序案件按普通程序的步骤办理（行政处罚法（2021）第五十四条）。"
        return [StepOffer(key, label, say) for key, label in LABELS.items()]
    owed = money_of(session, decision)
    revoked = f"决定已于 {decision.revoked_on} 撤销。" if decision.revoked_on else ""
    backfilled = "补录的案件只有台账，没有文书。" if case.origin is Origin.BACKFILLED else ""
    nothing = "" if decision.fine_fen else "这个决定没有罚款。"
    late = owed.additional(today)
    more = bool(late and late.amount_fen > owed.additional_paid_fen)
    paid = "罚款已经缴清。" if decision.fine_fen and not owed.open_fen and not more else ""
    reported = decision.reported_for_record_on
    assert decision.id
    closing = [
        one
        for one in against_closing(session, case, decision, today=today)
        if one.level is Level.BLOCK
    ]
    return [
        _offer("print", backfilled),
        _offer("pay", revoked or nothing or paid),
        StepOffer(
            "hand_in",
            "登记交回",
            "" if _on_the_way(session, decision.id) else "没有待交回的当场收缴罚款。",
        ),
        _offer(
            "report",
            f"已于 {reported} 报备案（{ARTICLE_52_3}）。" if reported else "",
        ),
        _offer(
            "close",
            _said(closing),
        ),
        _offer("revoke", revoked),
    ]


def _offer(key: str, reason: str) -> StepOffer:
    return StepOffer(key, LABELS[key], reason)


def _said(against: list[Objection]) -> str:
    """What stands in the way in one line: each first sentence, with its article."""
    parts = [
        one.say.partition("。")[0] + (f"（{one.cite}）" if one.cite else "") for one in against
    ]
    return "；".join(parts) + ("。" if parts else "")


def _on_the_way(session: Session, decision_id: int) -> list[Payment]:
    """On-the-spot money that has not reached the bank yet."""
    return [
        one
        for one in payments_of(session, decision_id)
        if one.mode in COLLECTED_ON_SPOT and one.to_bank_on is None
    ]
