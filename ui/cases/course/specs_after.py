"""Fields of the forms of service, money, remedies and closing."""

from __future__ import annotations

from enforcer.course_terms import (
    ClosingWay,
    CourtAnswer,
    Receiver,
    RemedyOutcome,
    ServiceMethod,
)
from ui.cases.course.specs import BY, TWO, Column, F, Fields, Kind, When, equals

_M = ServiceMethod
_SIGNED = equals("method", _M.DIRECT, _M.ENTRUSTED, _M.FORWARDED)
_LEFT = equals("method", _M.LEFT)
_POST = equals("method", _M.POST)
_NET = equals("method", _M.ELECTRONIC)
_BOARD = equals("method", _M.ANNOUNCED)
_ON_SITE: When = equals("method", _M.DIRECT, _M.LEFT, _M.ENTRUSTED, _M.FORWARDED, _M.POST)
_IN_HAND: When = equals("method", _M.DIRECT, _M.LEFT, _M.ENTRUSTED, _M.FORWARDED)
_PAPER: dict[str, F] = {
    "of": F(Kind.ROW, of="served_steps", label="送达的文书"),
    "of_id": F(Kind.ROW, of="served_rows", label="哪一份"),
    "method": F(Kind.CHOICE, of=ServiceMethod, cite="行政处罚法第六十一条"),
}
_REMEDY: dict[str, F] = {
    "body": F(Kind.LINE, span=2),
    "number": F(Kind.LINE),
    "stayed": F(Kind.TICK, cite="行政处罚法第七十三条"),
    **BY,
}
AFTERWARDS: dict[str, Fields] = {
    "ServeForm": {
        **_PAPER,
        "place": F(Kind.LINE, when=_ON_SITE),
        "handed_at": F(Kind.MOMENT, when=_IN_HAND, hint="空着就由签收人填写"),
        "receiver": F(Kind.CHOICE, of=Receiver, when=_SIGNED, must=True, cite="民事诉讼法第八十八条"),
        "receiver_name": F(Kind.LINE, when=_SIGNED, must=True),
        "relation": F(Kind.LINE, when=_SIGNED),
        "at_residence": F(Kind.TICK, when=_LEFT, cite="民事诉讼法第八十九条"),
        "refused": F(Kind.TICK, when=_LEFT, hint="人不在不是拒收"),
        "refusal_reason": F(Kind.LINE, span=2, when=_LEFT),
        "witness": F(Kind.LINE, when=_LEFT, hint="见证人，或者拍照、录像"),
        "video": F(Kind.LINE, when=_LEFT),
        "mail_number": F(Kind.LINE, when=_POST),
        "receipt_on": F(Kind.DATE, when=_POST, must=True, cite="民事诉讼法第九十一条"),
        "consent_on": F(Kind.DATE, when=_NET, must=True, cite="第六十一条第二款"),
        "address": F(Kind.LINE, when=_NET),
        "arrived_on": F(Kind.DATE, when=_NET, must=True, cite="民事诉讼法第九十条"),
        "remedy_channel": F(Kind.LINE, when=_NET, hint="决定书要写网上复议渠道"),
        "announced_where": F(Kind.LINE, when=_BOARD, cite="民事诉讼法第九十五条"),
        "words": F(Kind.WORDS, span=2, lines=3, when=_BOARD),
        **TWO,
        **BY,
    },
    "FailForm": {
        **_PAPER,
        "place": F(Kind.LINE),
        "mail_number": F(Kind.LINE, when=_POST),
        "reason": F(Kind.LINE, span=2, hint="到过哪里、见到谁、为什么没有送到"),
        **TWO,
        **BY,
    },
    "ReceiptForm": {
        "amount_yuan": F(Kind.MONEY, label="缴款金额", hint="空着就是全部未缴的罚款"),
        "additional_yuan": F(Kind.MONEY, label="加处罚款", cite="行政处罚法第七十二条"),
        "receipt_number": F(Kind.LINE, cite="第七十条"),
        "note": F(Kind.LINE),
        **BY,
    },
    "DeferForm": {
        "applied_on": F(Kind.DATE, must=True, cite="行政处罚法第六十六条第二款"),
        "reason": F(Kind.WORDS, span=2, lines=3),
        "parts": F(
            Kind.LINES, span=2, must=True, hint="只有一期就是延期，几期就是分期",
            of=(Column("due_on", "到期日", "date", width=160),
                Column("amount_yuan", "金额（元）", "money", width=160)),
        ),
        **BY,
    },
    "UrgeForm": {
        "how_to_pay": F(Kind.LINE, span=2, hint="空着就写代收银行和账号"),
        "other_duty": F(Kind.WORDS, span=2, lines=2, hint="没有的空着"),
        **BY,
    },
    "CourtForm": {
        "court": F(Kind.LINE, span=2, hint="空着就是机关登记的法院"),
        "signed_by_id": F(
            Kind.PERSON, of="head", must=True, span=2, cite="行政强制法第五十五条"
        ),
        "agent": F(Kind.LINE, hint="没有的空着"),
        "agent_position": F(Kind.LINE),
        "party_words": F(Kind.WORDS, span=2, lines=2, hint="空着就写没有提出意见"),
        "other_duty": F(Kind.WORDS, span=2, lines=2, hint="没有的空着"),
        "subject": F(Kind.WORDS, span=2, lines=2, hint="当事人的财产、账户线索等"),
        **BY,
    },
    "CourtAnswerForm": {
        "application_id": F(Kind.ROW, of="applications", span=2),
        "answer": F(Kind.CHOICE, of=CourtAnswer),
        "number": F(Kind.LINE),
        **BY,
    },
    "RemedyForm": _REMEDY,
    "ConcludeRemedyForm": {
        "remedy_id": F(Kind.ROW, of="remedies", span=2),
        "outcome": F(Kind.CHOICE, of=RemedyOutcome),
        "number": F(Kind.LINE),
        "received_on": F(Kind.DATE),
        "changed_fine_yuan": F(
            Kind.MONEY, label="变更后的罚款", when=equals("outcome", RemedyOutcome.CHANGED)
        ),
        "words": F(Kind.WORDS, span=2, lines=3),
        **BY,
    },
    "RevokePenaltyForm": {
        "reason": F(Kind.WORDS, span=2, lines=6, cite="行政处罚法第七十五条第二款"),
        **BY,
    },
    "ProposeClosureForm": {
        "way": F(Kind.CHOICE, of=ClosingWay),
        "words": F(Kind.WORDS, span=2, lines=4),
        "goods_words": F(Kind.WORDS, span=2, lines=2, hint="有登记保存、查封、扣押物品的必须写"),
        **BY,
    },
}  # fmt: skip
