"""文书代字: what stands between an organ's own characters and 字 in the number of a paper."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from enforcer.models import Document, NumberRule
from enforcer.terms import SeriesKind

WORDS: Mapping[SeriesKind, str] = {
    SeriesKind.RECUSAL: "回避决",
    SeriesKind.INQUIRY: "询通",
    SeriesKind.CORRECTION: "责改",
    SeriesKind.PRESERVATION: "登存通",
    SeriesKind.PRESERVATION_DISPOSAL: "登处通",
    SeriesKind.SEIZURE: "查扣",
    SeriesKind.SEIZURE_EXTENSION: "查扣延期",
    SeriesKind.SEIZURE_RELEASE: "查扣解",
    SeriesKind.SAMPLING: "抽证通",
    SeriesKind.PRIOR_NOTICE: "罚先告",
    SeriesKind.HEARING: "听通",
    SeriesKind.ANNOUNCEMENT: "送达公告",
    SeriesKind.URGING: "催告",
    SeriesKind.COURT: "强执申",
    SeriesKind.DEFERRAL: "缓缴",
    SeriesKind.TRANSFER: "移送",
    SeriesKind.REVOCATION: "撤罚决",
}
"""Papers of the course that are numbered when they come out, with the usual word for each.

From real sets: 登存通, 登处通, 抽证通, 罚先告, 听通, 强执申 (台州城管, with 立, 罚决, 当罚); 查扣, 查扣延期
(应急 2017). The others follow them; an office sets its own.
"""
_KNOWN = (
    (SeriesKind.CASE_FILING, ("立案", "立")),
    (SeriesKind.DECISION, ("罚决", "处罚", "罚", "处")),
    (SeriesKind.NO_PENALTY, ("不予罚", "不罚")),
    (SeriesKind.SUMMARY_DECISION, ("当罚",)),
)


def usual_rule(session: Session, organ_id: int, kind: SeriesKind) -> NumberRule | None:
    """The rule a paper has while the office has set none: that of the organ's other numbers.

    云城管立字〔{year}〕第{serial}号 tells how the prior notice is numbered: 云城管罚先告字… . None when
    no rule of the organ shows its own characters. It is never added to the session.
    """
    word = WORDS.get(kind)
    if word is None:
        return None
    asked = select(NumberRule).where(NumberRule.organ_id == organ_id)
    rules = {one.kind: one for one in session.exec(asked)}
    for known, usual in _KNOWN:
        rule = rules.get(known)
        head, _, tail = rule.pattern.partition("字") if rule else ("", "", "")
        for one in usual:
            if rule and tail and head.endswith(one) and "{" not in head:
                pattern = f"{head.removesuffix(one)}{word}字{tail}"
                return NumberRule(organ_id=organ_id, kind=kind, pattern=pattern, width=rule.width)
    return None


def drawn_as(kind: SeriesKind) -> ColumnElement[bool]:
    """Papers of this template whose number was drawn from its series.

    A list bears the number of its notice, a paper of 一案一号 that of its case.
    """
    shared = func.json_extract(col(Document.fields), "$.issue.shared")
    return and_(col(Document.template_key) == kind.value, shared.is_(None))
