"""Fields of the forms of the investigation: records, things, orders to correct, periods, opinions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enforcer.course_terms import (
    Disposal,
    Gains,
    Outcome,
    PeriodKind,
    Rank,
    SeizureKind,
)
from enforcer.terms import Discretion, LeniencyPaper, NoPenaltyReason, PenaltyKind
from ui.cases.course.specs import (
    BY,
    THINGS,
    TWO,
    WITNESSED,
    Column,
    F,
    Fields,
    Kind,
    equals,
    holds,
)

_WHEN_AND_WHERE: dict[str, F] = {
    "began_at": F(Kind.MOMENT),
    "ended_at": F(Kind.MOMENT),
    "place": F(Kind.LINE, span=2),
    **TWO,
}
_ASKED: dict[str, F] = {
    "person": F(Kind.LINE, label="被询问人", must=True),
    "person_role": F(Kind.LINE, hint="如：当事人的驾驶员"),
    "person_details": F(Kind.DETAILS, span=2),
}
_SHOWN: dict[str, F] = {
    "certificates_shown": F(Kind.TICK, cite="行政处罚法第五十五条第一款"),
    "rights_told": F(Kind.TICK, cite="行政处罚法第四十三条、第五十五条"),
}
_RECUSED = F(
    Kind.CHOICE, of=tuple((one, one) for one in ("不申请回避", "申请回避")),
    cite="行政处罚法第四十三条",
)  # fmt: skip
_PUNISH = equals("outcome", Outcome.PENALTY)
_SPARE = equals("outcome", Outcome.NO_PENALTY)
_KINDS = "kinds"


def _fined(values: Mapping[str, Any]) -> bool:
    return _PUNISH(values) and PenaltyKind.FINE.value in (values.get(_KINDS) or ())


def _gained(values: Mapping[str, Any]) -> bool:
    return _PUNISH(values) and values.get("gains") is Gains.KNOWN


def _things_taken(values: Mapping[str, Any]) -> bool:
    return _PUNISH(values) and PenaltyKind.CONFISCATE_PROPERTY.value in (values.get(_KINDS) or ())


def _worded(values: Mapping[str, Any]) -> bool:
    plain = {PenaltyKind.WARNING.value, PenaltyKind.FINE.value, PenaltyKind.CONFISCATE_GAINS.value}
    return _PUNISH(values) and bool(set(values.get(_KINDS) or ()) - plain)


IMPOSED: dict[str, F] = {
    "outcome": F(Kind.CHOICE, of=Outcome, span=2, cite="行政处罚法第五十七条第一款"),
    "facts": F(Kind.WORDS, span=2, lines=5, must=True, cite="第四十条"),
    "evidence": F(Kind.WORDS, span=2, lines=4, must=True, hint="每行一项：证据名称，证明什么"),
    "breached": F(Kind.PROVISION, of="breached", span=2, must=True, cite="第五十九条"),
    "sanctioned_by": F(Kind.PROVISION, of="sanctioned_by", span=2, must=True, when=_PUNISH),
    "under": F(Kind.CHOICE, of="under", when=_PUNISH, hint="罚则以拒不改正等为前提的"),
    "law_choice": F(
        Kind.CHOICE, of=(("old", "行为时的规定"), ("new", "处罚时的规定")), cite="第三十七条"
    ),
    "law_reason": F(Kind.WORDS, span=2, lines=2, when=holds("law_choice")),
    "ticks": F(Kind.TICKS, span=2, label="裁量情形（有证据的才勾选）", cite="第三十二至三十四条"),
    "kinds": F(Kind.MANY, of=PenaltyKind, span=2, must=True, when=_PUNISH, cite="第九条"),
    "fine_yuan": F(Kind.MONEY, label="罚款数额", when=_fined),
    "gains": F(Kind.CHOICE, of=Gains, must=True, when=_PUNISH, cite="第二十八条第二款"),
    "gains_yuan": F(Kind.MONEY, label="没收违法所得", when=_gained),
    "property_yuan": F(Kind.MONEY, label="没收非法财物价值", when=_things_taken),
    "penalty_words": F(Kind.WORDS, span=2, lines=2, when=_worded),
    "discretion": F(Kind.CHOICE, of=Discretion),
    "no_penalty_reason": F(Kind.CHOICE, of=NoPenaltyReason, when=_SPARE),
    "discretion_reason": F(Kind.WORDS, span=2, lines=3, cite="第三十四条"),
    "provision": F(Kind.LINE, span=2, hint="法律、法规、规章另有从宽规定的，写明条款"),
    "private_enterprise": F(Kind.TICK, hint="民营经济促进法"),
    "papers": F(Kind.MANY, of=LeniencyPaper, span=2, when=_SPARE, cite="第三十三条"),
    "public_interest": F(Kind.ANSWER, cite="第五十八条"),
    "complicated": F(Kind.ANSWER, cite="第五十八条"),
    "serious": F(Kind.ANSWER, cite="第五十七条第二款"),
    "major_rights": F(Kind.ANSWER, cite="第五十八条"),
    "words": F(Kind.WORDS, span=2, lines=3),
}
INVESTIGATION: dict[str, Fields] = {
    "SummonForm": {
        "person": F(Kind.LINE),
        "come_at": F(Kind.MOMENT),
        "place": F(Kind.LINE, span=2),
        "bring": F(Kind.LINE, span=2, hint="身份证明、营业执照、运输联单等"),
        "contact": F(Kind.LINE, span=2),
        **BY,
    },
    "InquiryForm": {
        **_WHEN_AND_WHERE,
        **_ASKED,
        "recorder": F(Kind.LINE),
        **_SHOWN,
        "recusal_answer": _RECUSED,
        "content": F(Kind.WORDS, span=2, lines=9, hint="一问一答，一人一份"),
        **WITNESSED,
        **BY,
    },
    "InspectionForm": {
        **_WHEN_AND_WHERE,
        "person": F(Kind.LINE, label="现场负责人"),
        "person_role": F(Kind.LINE),
        "person_details": F(Kind.DETAILS, span=2),
        "recorder": F(Kind.LINE),
        **_SHOWN,
        "recusal_answer": _RECUSED,
        "content": F(Kind.WORDS, span=2, lines=7, hint="看到什么、量到什么，不写判断"),
        "attached": F(Kind.LINE, span=2, hint="例如：现场方位图1份、照片6张"),
        **WITNESSED,
        "witness": F(Kind.LINE, hint="拒签的，由见证人签名"),
        "witness_address": F(Kind.LINE),
        **BY,
    },
    "EducationForm": {
        **_WHEN_AND_WHERE,
        "person": F(Kind.LINE, label="受教育人", must=True),
        "way": F(Kind.LINE, hint="例如：当面口头教育并发放普法材料"),
        "person_role": F(Kind.LINE),
        "person_details": F(Kind.DETAILS, span=2),
        "recorder": F(Kind.LINE),
        **_SHOWN,
        "content": F(Kind.WORDS, span=2, lines=6, cite="行政处罚法第三十三条第三款"),
        **WITNESSED,
        **BY,
    },
    "PhotosForm": {
        "taken_at": F(Kind.MOMENT),
        "place": F(Kind.LINE),
        **TWO,
        "content": F(Kind.WORDS, span=2, lines=2),
        "things": F(
            Kind.LINES, span=2, label="照片清单", must=True,
            of=(Column("name", "拍的是什么", width=220), Column("quantity", "张数", width=80),
                Column("note", "备注、文件名", width=160)),
        ),
        "person": F(Kind.LINE, hint="当事人或者见证人"),
        **WITNESSED,
        **BY,
    },
    "SampleForm": {
        **_WHEN_AND_WHERE,
        "person": F(Kind.LINE, label="被抽样人"),
        "person_role": F(Kind.LINE),
        "person_details": F(Kind.DETAILS, span=2),
        "recorder": F(Kind.LINE),
        "things": F(Kind.LINES, span=2, label="样品", of=THINGS, must=True),
        "content": F(Kind.WORDS, span=2, lines=3),
        **_SHOWN,
        **WITNESSED,
        **BY,
    },
    "PreserveForm": {
        "reason": F(
            Kind.WORDS, span=2, lines=3, hint="证据可能灭失或者以后难以取得的情况",
            cite="行政处罚法第五十六条",
        ),
        "things": F(Kind.LINES, span=2, of=THINGS, must=True),
        "place": F(Kind.LINE),
        "in_place": F(Kind.TICK),
        "approved_by_id": F(Kind.PERSON, of="head", must=True),
        "approved_on": F(Kind.DATE),
        **TWO,
        **BY,
    },
    "DisposeForm": {
        "preservation_id": F(Kind.ROW, of="preservations", span=2),
        "things": F(
            Kind.LINES, span=2, of=(*THINGS[:2], Column("disposal", "处理", "choice", Disposal, 150),
                                    Column("note", "备注", width=110)),
            must=True, cite="七个工作日内",
        ),
        "words": F(Kind.WORDS, span=2, lines=3),
        **TWO,
        **BY,
    },
    "SeizeForm": {
        "kind": F(Kind.CHOICE, of=SeizureKind, cite="行政强制法第九条"),
        "rank": F(Kind.CHOICE, of=Rank, cite="行政强制法第十、十一条"),
        "authority": F(Kind.LINE, span=2, must=True, hint="写明授权本机关实施的法律、法规条款"),
        "reason": F(Kind.WORDS, span=2, lines=2),
        "done_at": F(Kind.MOMENT),
        "place": F(Kind.LINE),
        "urgent": F(Kind.TICK, cite="行政强制法第十九条"),
        "approved_by_id": F(Kind.PERSON, of="head"),
        "approved_at": F(Kind.MOMENT),
        "things": F(
            Kind.LINES, span=2, must=True,
            of=(*THINGS[:4], Column("related", "与案件有关", "tick", width=84),
                Column("necessity", "生活必需", "tick", width=76)),
            cite="行政强制法第二十三条",
        ),
        **_SHOWN,
        "party_present": F(Kind.TICK),
        "witness": F(Kind.LINE, when=holds("party_present", truth=False)),
        "until_on": F(Kind.DATE, hint="空着是第三十日", cite="行政强制法第二十五条"),
        **TWO,
        **BY,
    },
    "ExtendSeizureForm": {
        "seizure_id": F(Kind.ROW, of="seizures", span=2),
        "until_on": F(Kind.DATE, cite="不得超过三十日"),
        "approved_by_id": F(Kind.PERSON, of="head", must=True),
        "reason": F(Kind.WORDS, span=2, lines=3),
        "told": F(Kind.TICK, cite="行政强制法第二十五条第二款"),
        **BY,
    },
    "TestingForm": {
        "seizure_id": F(Kind.ROW, of="seizures", span=2),
        "first": F(Kind.DATE),
        "last": F(Kind.DATE),
        "told_on": F(Kind.DATE, cite="行政强制法第二十五条第三款"),
        **BY,
    },
    "ReleaseSeizureForm": {
        "seizure_id": F(Kind.ROW, of="seizures", span=2),
        "reason": F(Kind.WORDS, span=2, lines=3, cite="行政强制法第二十八条"),
        "collect_at": F(Kind.LINE, hint="空着就是存放地点"),
        "collect_by": F(Kind.DATE),
        "things": F(
            Kind.LINES, span=2, of=(*THINGS[:2], Column("disposal", "处理", "choice", Disposal, 150),
                                    Column("note", "备注", width=110)),
        ),
        **TWO,
        **BY,
    },
    "CorrectionForm": {
        "content": F(Kind.WORDS, span=2, lines=4, hint="要改什么、改到什么程度，写具体"),
        "basis": F(Kind.LINE, span=2),
        "at_once": F(Kind.TICK),
        "due_on": F(Kind.DATE, when=holds("at_once", truth=False), must=True),
        **TWO,
        **BY,
    },
    "ReinspectForm": {
        "correction_id": F(Kind.ROW, of="corrections", span=2),
        "corrected": F(Kind.ANSWER, of=("已经改正", "没有改正")),
        "words": F(Kind.WORDS, span=2, lines=4),
        **TWO,
        **BY,
    },
    "PeriodForm": {
        "kind": F(Kind.CHOICE, of=PeriodKind, cite="行政处罚法第六十条"),
        "first": F(Kind.DATE),
        "last": F(
            Kind.DATE, hint="中止的，空着表示还在进行",
            when=equals("kind", PeriodKind.SUSPENSION, PeriodKind.EXCLUSION),
        ),
        "days": F(Kind.COUNT, of=365, when=equals("kind", PeriodKind.EXTENSION)),
        "rule": F(Kind.LINE, span=2, must=True, hint="写明准许中止、扣除、延长的法律、法规、规章条款"),
        "reason": F(Kind.WORDS, span=2, lines=4),
        **BY,
    },
    "ResumeForm": {"period_id": F(Kind.ROW, of="suspensions", span=2), **BY},
    "ConcludeForm": {**IMPOSED, **BY},
}  # fmt: skip
