"""Fields of the forms from the prior notice to the decision."""

from __future__ import annotations

from enforcer.course_terms import ReviewOpinion
from ui.cases.course.specs import BY, Column, F, Fields, Kind, holds
from ui.cases.course.specs_investigation import IMPOSED

_HEARD = holds("waived", truth=False)
REVIEW: dict[str, Fields] = {
    "AnnounceForm": {
        "hearing_offered": F(Kind.TICK, cite="行政处罚法第六十三条"),
        "defence_days": F(
            Kind.COUNT, of=60, label="陈述、申辩的天数（工作日）", must=True,
            hint="由本机关确认",
        ),
        "reasons_given": F(Kind.WORDS, label="拟处罚的理由", span=2, lines=2, cite="第四十四条"),
        **{name: one for name, one in IMPOSED.items() if name != "papers"},
        "papers": IMPOSED["papers"],
        "new_facts": F(Kind.WORDS, span=2, lines=2, hint="再次告知比上次重的，应当有新的事实"),
        "raised_reason": F(Kind.WORDS, span=2, lines=2, when=holds("new_facts")),
        "from_defence": F(Kind.TICK, cite="第四十五条第二款：不得因申辩而加重"),
        **BY,
    },
    "DefenceForm": {
        "notice_id": F(Kind.ROW, of="notices", span=2),
        "waived": F(Kind.TICK, cite="行政处罚法第六十二条"),
        "hearing_waived": F(Kind.TICK, cite="行政处罚法第六十四条"),
        "speaker": F(Kind.LINE),
        "in_writing": F(Kind.TICK, hint="明确放弃的，必须有"),
        "words": F(Kind.WORDS, span=2, lines=6, when=holds("waived", truth=False)),
        "evidence": F(Kind.WORDS, span=2, lines=2, when=holds("waived", truth=False)),
        "began_at": F(Kind.MOMENT, when=_HEARD, hint="口头陈述、申辩的，印在笔录上"),
        "ended_at": F(Kind.MOMENT, when=_HEARD),
        "place": F(Kind.LINE, span=2, when=_HEARD),
        "speaker_role": F(Kind.LINE, when=_HEARD),
        "recorder": F(Kind.LINE, when=_HEARD),
        "present": F(Kind.LINE, when=_HEARD),
        "speaker_details": F(Kind.DETAILS, span=2, when=_HEARD),
        **BY,
    },
    "ReviewDefenceForm": {
        "defence_id": F(Kind.ROW, of="defences", span=2),
        "words": F(Kind.WORDS, span=2, lines=7, must=True, hint="逐条写明是否采纳及理由", cite="第四十五条"),
        "adopted": F(Kind.ANSWER, of=("采纳", "不采纳"), must=True),
        **BY,
    },
    "RequestHearingForm": {
        "notice_id": F(Kind.ROW, of="notices", span=2),
        "words": F(Kind.WORDS, span=2, lines=4, cite="行政处罚法第六十四条第一项"),
        **BY,
    },
    "WithdrawHearingForm": {
        "hearing_id": F(Kind.ROW, of="hearings", span=2),
        "in_writing": F(Kind.TICK),
        **BY,
    },
    "NotifyHearingForm": {
        "hearing_id": F(Kind.ROW, of="hearings", span=2),
        "hearing_at": F(Kind.MOMENT, cite="七个工作日前通知"),
        "place": F(Kind.LINE),
        "chair_id": F(Kind.PERSON, of="any", cite="不得由本案调查人员主持"),
        "members": F(Kind.LINE, hint="姓名和职务，几个人用顿号分开；没有的空着"),
        "recorder_id": F(Kind.PERSON, of="any"),
        "recusal_by": F(Kind.DATE, hint="空着就写“听证举行前”"),
        "is_public": F(Kind.TICK),
        "private_reason": F(
            Kind.LINE, span=2, when=holds("is_public", truth=False),
            hint="涉及国家秘密、商业秘密或者个人隐私依法予以保密",
        ),
        **BY,
    },
    "HoldHearingForm": {
        "hearing_id": F(Kind.ROW, of="hearings", span=2),
        "began_at": F(Kind.MOMENT),
        "ended_at": F(Kind.MOMENT),
        "attended": F(Kind.TICK),
        "agents": F(
            Kind.LINES, span=2, cite="一至二人",
            of=(Column("name", "代理人", width=120), Column("authority", "授权委托书", width=200),
                Column("employer", "单位和职务", width=160), Column("phone", "联系电话", width=110)),
        ),
        "others": F(Kind.LINE, span=2, hint="证人、鉴定人、翻译等；没有的空着"),
        "record": F(Kind.WORDS, span=2, lines=8),
        "signed": F(Kind.TICK),
        "refusal_reason": F(Kind.LINE, span=2, when=holds("signed", truth=False)),
        **BY,
    },
    "ReportHearingForm": {
        "hearing_id": F(Kind.ROW, of="hearings", span=2),
        "course": F(Kind.WORDS, span=2, lines=5, hint="调查人员和当事人双方的主要意见、质证的情况"),
        "words": F(Kind.WORDS, span=2, lines=6, cite="行政处罚法第六十五条"),
        **BY,
    },
    "LegalReviewForm": {
        "opinion": F(Kind.CHOICE, of=ReviewOpinion, cite="行政处罚法第五十八条"),
        "words": F(
            Kind.WORDS, span=2, lines=6,
            hint="主体、事实、证据、程序、法律适用、裁量；不同意、建议修改的必须写",
        ),
        "first_time": F(Kind.TICK, cite="第五十八条第二款"),
        "qualification": F(Kind.LINE),
        **BY,
    },
    "DiscussForm": {
        "place": F(Kind.LINE, span=2),
        "attendees": F(
            Kind.LINES, span=2, must=True, cite="行政处罚法第五十七条第二款",
            of=(Column("person_id", "人员", "person", "any", 150),
                Column("position", "职务", width=90), Column("opinion", "意见", width=260)),
        ),
        "conclusion": F(Kind.WORDS, span=2, lines=3, must=True),
        **BY,
    },
    "ProposeDecisionForm": {**IMPOSED, **BY},
    "DecideForm": {**BY},
    "ProposeTransferForm": {
        "team": F(Kind.PEOPLE, span=2, must=True, cite="两名以上行政执法人员"),
        "facts": F(Kind.WORDS, span=2, lines=7),
        "crime": F(Kind.LINE, span=2, hint="例如：污染环境罪"),
        "crime_basis": F(Kind.LINE, span=2, hint="刑法、立案追诉标准的条款"),
        **BY,
    },
    "DecideTransferForm": {
        "transfer_id": F(Kind.ROW, of="transfers", span=2),
        "decided_at": F(Kind.MOMENT, cite="三日内"),
        "approved": F(Kind.ANSWER, of=("批准移送", "不批准移送")),
        "words": F(Kind.WORDS, span=2, lines=4, hint="不批准的，应当写明理由"),
        **BY,
    },
    "TransferForm": {
        "transfer_id": F(Kind.ROW, of="transfers", span=2),
        "transferred_at": F(Kind.MOMENT, cite="批准后二十四小时内"),
        "receiver": F(Kind.LINE),
        "receipt": F(Kind.LINE),
        "attachments": F(Kind.WORDS, span=2, lines=3, hint="一行一件；空着就写规定的四项"),
        "pages": F(Kind.COUNT, of=99999),
        "measures": F(Kind.LINE, hint="登记保存、查封、扣押等；没有的空着"),
        **BY,
    },
    "PoliceAnswerForm": {
        "transfer_id": F(Kind.ROW, of="transfers", span=2),
        "accepted": F(Kind.ANSWER, of=("已经立案", "不予立案")),
        **BY,
    },
    "DismissForm": {"reason": F(Kind.WORDS, span=2, lines=6), **BY},
}  # fmt: skip
