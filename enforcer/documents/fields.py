"""The fields that templates may name: facts as nested words. What is frozen with a paper is this."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from enforcer import money
from enforcer.documents import clauses, notice_fields
from enforcer.documents.facts import (
    ORGANIZATIONS,
    OfficerOnPaper,
    OrganOnPaper,
    PartyOnPaper,
    SummaryDecision,
)
from enforcer.terms import Defence, PartyKind, PenaltyKind, Procedure

CHINA = ZoneInfo("Asia/Shanghai")


def summary_fields(paper: SummaryDecision) -> dict[str, Any]:
    """The fields of 当场行政处罚决定书 (行政处罚法 第五十二条第二款), plain JSON."""
    return {
        "organ": _organ(paper.organ),
        "party": _party(paper.party),
        "officers": [{"name": one.name, "certificate": one.certificate} for one in paper.officers],
        "decision": {
            "number": paper.number,
            "code": notice_fields.code_of(paper.uid),
            "day": clauses.china_day(paper.decided_on),
            "penalty": clauses.penalty(paper),
            "warned": PenaltyKind.WARNING in paper.kinds,
            "fined": paper.fined,
            "amount": clauses.amount(paper.fine_fen) if paper.fined else "",
            "amount_words": money.chinese(paper.fine_fen) if paper.fined else "",
            "amount_figures": money.figure(paper.fine_fen) if paper.fined else "",
            "discretion": clauses.discretion(paper),
            "correction": paper.correction.rstrip("。"),
            "recorders": "、".join(paper.recorders),
        },
        "act": {
            "time": china_minute(paper.acted_at),
            "place": paper.place,
            "cause": paper.cause,
            "words": paper.act.rstrip("。"),
            "plate": paper.plate,
            "circumstances": clauses.circumstances(paper),
            "evidence": paper.evidence.rstrip("。"),
        },
        "law": {"breached": paper.breached, "sanctioned_by": paper.sanctioned_by},
        "defence": {"waived": paper.defence is Defence.WAIVED, "words": clauses.defence(paper)},
        "payment": {
            "words": clauses.payment(paper),
            "additional": clauses.additional_fine(paper),
            "mode": paper.payment.label if paper.payment else "",
            "receipt": paper.receipt_number,
        },
        "remedy": {
            "words": clauses.remedy(Procedure.SUMMARY, paper.organ, paper.party.you),
            "not_suspended": clauses.not_suspended(),
        },
        "signing": {"refused": paper.refused_to_sign, "refusal": clauses.refusal(paper)},
    }


def _organ(organ: OrganOnPaper) -> dict[str, str]:
    return {
        "name": organ.name,
        "address": organ.address,
        "phone": organ.phone,
        "handled_by": organ.handled_by,
    }


def _party(party: PartyOnPaper) -> dict[str, Any]:
    organization = party.kind in ORGANIZATIONS
    trader = party.kind is PartyKind.SOLE_TRADER
    return {
        "name": party.name,
        "you": party.you,
        "kind": party.kind.label,
        "organization": organization,
        "person": not organization,
        "name_label": "名称" if organization or trader else "姓名",
        "id_label": _id_label(party),
        "id_number": party.id_number,
        "sex": party.sex.label if party.sex else "",
        "address_label": "住所" if organization else "经营场所" if trader else "住址",
        "address": party.address,
        "phone": party.phone,
        "head_label": "经营者" if trader else "法定代表人（负责人）",
        "legal_representative": party.legal_representative,
        "position": party.position,
        "trader": trader,
    }


def _id_label(party: PartyOnPaper) -> str:
    if party.id_kind is None:
        return "证件号码"
    said = party.id_kind.label
    return said if said.endswith("代码") else f"{said}号码"


def china_minute(moment: datetime) -> str:
    """As papers write a moment: 2026年9月3日10时12分, in China's time."""
    at = moment.astimezone(CHINA)
    return f"{clauses.china_day(at.date())}{at.hour}时{at.minute}分"


def summary_paths() -> frozenset[str]:
    """Every path a template of 当场行政处罚决定书 may name."""
    paper = SummaryDecision(
        uid=UUID(int=0),
        number="",
        organ=OrganOnPaper(""),
        party=PartyOnPaper(PartyKind.CITIZEN, ""),
        officers=(OfficerOnPaper("", ""),),
        decided_on=date(2026, 1, 1),
        acted_at=datetime(2026, 1, 1, tzinfo=UTC),
        place="",
        cause="",
        act="",
        evidence="",
        breached="",
        sanctioned_by="",
        defence=Defence.WAIVED,
        kinds=(),
        correction="",
    )
    return frozenset(_walk("", summary_fields(paper)))


def _walk(prefix: str, value: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for name, one in value.items():
        path = f"{prefix}{name}"
        found.append(path)
        inside = one[0] if isinstance(one, list) and one else one
        if isinstance(inside, Mapping):
            found += _walk(f"{path}.", inside)
    return found
