"""文书代字: what stands between an organ's own characters and 字 in the number of a paper."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from enforcer.documents import course_rules
from enforcer.models import Document, NumberRule
from enforcer.terms import SeriesKind

_KNOWN = (
    (SeriesKind.CASE_FILING, ("立案", "立")),
    (SeriesKind.DECISION, ("罚决", "处罚", "罚", "处")),
    (SeriesKind.NO_PENALTY, ("不予罚", "不罚")),
    (SeriesKind.SUMMARY_DECISION, ("当罚",)),
)


def usual_rule(session: Session, organ_id: int, kind: str) -> NumberRule | None:
    """The rule a paper has while the office has set none: that of the organ's other numbers.

    云城管立字〔{year}〕第{serial}号 tells how the prior notice is numbered: 云城管罚先告字… . None when
    no rule of the organ shows its own characters. It is never added to the session.
    """
    said = course_rules.rules().get(kind)
    if said is None or not said.word:
        return None
    asked = select(NumberRule).where(NumberRule.organ_id == organ_id)
    rules = {one.kind: one for one in session.exec(asked)}
    for known, usual in _KNOWN:
        rule = rules.get(known)
        head, _, tail = rule.pattern.partition("字") if rule else ("", "", "")
        for one in usual:
            if rule and tail and head.endswith(one) and "{" not in head:
                pattern = f"{head.removesuffix(one)}{said.word}字{tail}"
                return NumberRule(organ_id=organ_id, kind=kind, pattern=pattern, width=rule.width)
    return None


def drawn_as(kind: str) -> ColumnElement[bool]:
    """Papers of this template whose number was drawn from its series.

    A list bears the number of its notice, a paper of 一案一号 that of its case.
    """
    shared = func.json_extract(col(Document.fields), "$.issue.shared")
    return and_(col(Document.template_key) == kind, shared.is_(None))
