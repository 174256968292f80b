"""A catalogue item told: as JSON for the headless face, and in words for the reader."""

from __future__ import annotations

from typing import Any

from enforcer import money
from enforcer.law.violation import (
    CITIZEN,
    ORGANIZATION,
    SIDE_LABEL,
    Consequence,
    Provision,
    SummaryAnswer,
    Violation,
    yuan,
)
from enforcer.terms import PartyKind, Procedure

KIND_OF = {CITIZEN: PartyKind.CITIZEN, ORGANIZATION: PartyKind.LEGAL_PERSON}


def as_json(item: Violation) -> dict[str, Any]:
    """Return the item as the command `violations` prints it; amounts are decimal 元."""
    return {
        "key": item.key,
        "number": item.number,
        "group": item.group,
        "title": item.title,
        "from": item.from_on.isoformat(),
        "until": item.until_on.isoformat() if item.until_on else None,
        "verified": item.verified,
        "breached": [_provision(one) for one in item.breached],
        "sanctioned_by": [_provision(one) for one in item.sanctioned_by],
        "kinds": [one.label for one in item.kinds],
        "range": {side: _range(item, side) for side in KIND_OF},
        "consequences": [_consequence(one) for one in item.consequences],
        "procedures": {side: _procedures(item, side) for side in KIND_OF},
        "summary": {side: _summary(item.summary_allowed(kind)) for side, kind in KIND_OF.items()},
        "competence": item.competence,
        "refer_to": item.refer_to,
        "competing": list(item.competing),
        "limitation": {
            "years": item.limitation_years,
            "harm_years": item.limitation_harm_years,
            "cite": item.limitation_cite,
        },
        "notice": {
            "reason": item.notice_reason,
            "request": item.notice_request,
            "provision": item.notice_provision,
        },
        "note": item.note,
    }


def _provision(one: Provision) -> dict[str, str]:
    return {"law": one.law.title, "article": one.article, "cite": one.cite, "text": one.text}


def _amount(fen: int | None) -> str | None:
    return None if fen is None else money.yuan(fen)


def _range(item: Violation, side: str) -> dict[str, str | None]:
    """Return lowest and highest fine for a side over all conditions; null where the law is silent."""
    fines = [one for one in item.consequences if side in one.sides and one.fines]
    lows = [one.min_fen for one in fines if one.min_fen is not None]
    highs = [one.max_fen for one in fines if one.max_fen is not None]
    return {
        "min_yuan": _amount(min(lows, default=None)),
        "max_yuan": _amount(max(highs, default=None)),
    }


def _consequence(one: Consequence) -> dict[str, Any]:
    return {
        "sides": list(one.sides),
        "condition": one.condition,
        "must": [kind.label for kind in one.must],
        "either": [kind.label for kind in one.either],
        "may": [kind.label for kind in one.may],
        "min_yuan": _amount(one.min_fen),
        "max_yuan": _amount(one.max_fen),
        "share": one.share,
        "note": one.note,
    }


def _procedures(item: Violation, side: str) -> list[str]:
    """Return the procedures that are open, 简易 and 普通; none where the item is another's."""
    if item.refer_to or not any(side in one.sides for one in item.consequences):
        return []
    allowed = item.summary_allowed(KIND_OF[side]).allowed
    return [Procedure.SUMMARY.label] * allowed + [Procedure.ORDINARY.label]


def _summary(answer: SummaryAnswer) -> dict[str, Any]:
    return {
        "allowed": answer.allowed,
        "warning": answer.warning,
        "fine_from_yuan": _amount(answer.fine_from_fen),
        "fine_to_yuan": _amount(answer.fine_to_fen),
        "conditions": list(answer.conditions),
        "amount_to_confirm": answer.amount_to_confirm,
        "say": answer.say,
        "cite": answer.cite,
    }


def in_words(item: Violation) -> str:
    """Return the item as an officer reads it."""
    lines = [
        f"{item.number}．{item.title}（{item.group}，{item.key}）",
        f"  违则：{'、'.join(one.cite for one in item.breached)}",
        f"  罚则：{'、'.join(one.cite for one in item.sanctioned_by)}",
    ]
    lines += [f"  {consequence_in_words(one)}" for one in item.consequences]
    for kind in KIND_OF.values():
        if item.consequences_for(kind):
            lines.append(f"  {item.summary_allowed(kind).say}")
    lines.append(f"  {item.competence}")
    if item.note:
        lines.append(f"  {item.note}")
    return "\n".join(lines)


def consequence_in_words(one: Consequence) -> str:
    """Return what the law attaches: 对公民（个人）：罚款，20 元以上 200 元以下."""
    parts = []
    if one.must:
        parts.append("应当" + "、".join(kind.label for kind in one.must))
    if one.either:
        parts.append(
            "、".join(kind.label for kind in one.either) + ("择一" if one.either[1:] else "")
        )
    if one.may:
        parts.append("可以" + "、".join(kind.label for kind in one.may))
    if one.fines:
        parts.append(f"罚款{amount_in_words(one)}")
    if one.note:
        parts.append(one.note)
    who = "、".join(SIDE_LABEL[side] for side in one.sides)
    condition = f"（{one.condition}的）" if one.condition else ""
    return f"{who}{condition}：{'；'.join(parts)}"


def amount_in_words(one: Consequence) -> str:
    """Return the range in the law's way of counting; both figures are included."""
    if one.share:
        return f"为{one.share}"
    if one.max_fen is None:
        return "没有规定数额，待机关确认"
    low = f"{yuan(one.min_fen)} 元以上 " if one.min_fen else ""
    return f" {low}{yuan(one.max_fen)} 元以下"
