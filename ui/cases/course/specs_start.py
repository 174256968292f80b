"""Fields of the forms from the lead to the assigned case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enforcer.course_terms import LeadOutcome, LeadSource, SignOffMatter
from enforcer.terms import IdKind, PartyKind, Sex
from ui.cases.course.specs import BY, TWO, F, Fields, Kind, equals, holds

_NEW_PARTY = holds("party_id", truth=False)
_ORGANIZATIONS = (PartyKind.LEGAL_PERSON, PartyKind.OTHER_ORGANIZATION, PartyKind.SOLE_TRADER)


def _represented(values: Mapping[str, Any]) -> bool:
    return not values.get("party_id") and values.get("party_kind") in _ORGANIZATIONS


def _natural(values: Mapping[str, Any]) -> bool:
    return not values.get("party_id") and values.get("party_kind") is PartyKind.CITIZEN


_PAPERED = equals("id_kind", IdKind.PASSPORT, IdKind.OTHER)
START: dict[str, Fields] = {
    "LeadForm": {
        "source": F(Kind.CHOICE, of=LeadSource),
        "source_number": F(Kind.LINE, hint="热线、信箱的原编号"),
        "received_at": F(Kind.MOMENT),
        "reply_due_on": F(Kind.DATE, hint="空着按本机关的天数计算"),
        "informant": F(Kind.LINE, when=lambda v: v.get("source") is not LeadSource.PATROL),
        "informant_phone": F(Kind.LINE, when=lambda v: v.get("source") is not LeadSource.PATROL),
        "party_name": F(Kind.LINE),
        "place": F(Kind.LINE),
        "item_key": F(Kind.ITEM, span=2),
        "content": F(Kind.WORDS, span=2, lines=5, cite="行政处罚法第五十四条第一款"),
        "attachments": F(Kind.LINE, span=2, hint="例如：工单1份、照片3张"),
        "by_id": F(Kind.PERSON, of="by"),
        "handler_id": F(Kind.PERSON, of="officer"),
        "backfilled": F(Kind.TICK),
        "number": F(Kind.LINE, when=holds("backfilled")),
        "secret": F(Kind.TICK, when=lambda v: v.get("source") is not LeadSource.PATROL),
    },
    "CheckLeadForm": {
        "findings": F(
            Kind.WORDS, span=2, lines=8, hint="到场看到什么，是否属实，是否归本机关管辖",
            cite="行政处罚法第五十四条第一款",
        ),
        **BY,
    },
    "SettleLeadForm": {
        "outcome": F(Kind.CHOICE, of=LeadOutcome, cite="行政处罚法第五十四条第二款"),
        "referred_to": F(Kind.LINE, when=equals("outcome", LeadOutcome.REFERRED)),
        "merged_into_id": F(Kind.ROW, of="leads", when=equals("outcome", LeadOutcome.MERGED)),
        "case_id": F(Kind.ROW, of="cases", when=equals("outcome", LeadOutcome.MERGED)),
        "reason": F(Kind.WORDS, span=2, lines=6, hint="不予立案的，应当写明理由"),
        **BY,
    },
    "ReplyForm": {
        "way": F(Kind.COMBO, of=("电话", "书面", "当面", "短信", "平台回复")),
        "satisfied": F(Kind.ANSWER, of=("满意", "不满意")),
        "reply": F(Kind.WORDS, span=2, lines=6),
        **BY,
    },
    "FilingForm": {
        "item_key": F(Kind.ITEM, span=2, must=True, cite="行政处罚法第三十八条"),
        "cause": F(Kind.LINE, hint="空着就是“涉嫌……案”"),
        "power_source_id": F(Kind.POWER, hint="只有一项时自动选定"),
        "act": F(Kind.WORDS, span=2, lines=4, must=True, hint="谁、何时、何地、做了什么"),
        "acted_at": F(Kind.MOMENT, must=True),
        "discovered_on": F(Kind.DATE, hint="空着就是今天"),
        "place": F(Kind.LINE, must=True),
        "plate": F(Kind.LINE, hint="用车辆实施的"),
        "ended_on": F(Kind.DATE, hint="连续、继续状态的", cite="第三十六条第二款"),
        "harm": F(Kind.TICK, label="有危害后果（涉及生命健康安全、金融安全）", cite="第三十六条"),
        "party_id": F(Kind.PARTY, span=2, hint="台账里有的，选出即可；没有的在下面登记"),
        "party_kind": F(Kind.CHOICE, of=PartyKind, when=_NEW_PARTY),
        "party_name": F(Kind.LINE, must=True, when=_NEW_PARTY, cite="第四十条"),
        "id_kind": F(Kind.CHOICE, of=IdKind, when=_NEW_PARTY),
        "party_id_number": F(Kind.LINE, when=_NEW_PARTY),
        "sex": F(Kind.CHOICE, of=Sex, when=lambda v: _natural(v) and _PAPERED(v)),
        "born_on": F(Kind.DATE, when=lambda v: _natural(v) and _PAPERED(v)),
        "legal_representative": F(Kind.LINE, when=_represented),
        "position": F(Kind.LINE, when=_represented),
        "party_address": F(Kind.LINE, when=_NEW_PARTY),
        "party_postcode": F(Kind.LINE, when=_NEW_PARTY),
        "party_phone": F(Kind.LINE, when=_NEW_PARTY),
        "grounds": F(Kind.WORDS, span=2, lines=3, hint="涉嫌违反哪一条，为什么符合立案标准"),
        "words": F(Kind.WORDS, span=2, lines=2),
        "officer1_id": TWO["officer1_id"],
        "officer2_id": TWO["officer2_id"],
        **BY,
    },
    "SignOffForm": {
        "matter": F(Kind.CHOICE, of=SignOffMatter),
        "agrees": F(
            Kind.CHOICE, of=((True, "同意"), (False, "不同意，退回")), label="审批结果",
            hint="末级退回立案，就是不予立案",
        ),
        "words": F(Kind.WORDS, span=2, lines=4, hint="退回的，应当写明理由"),
        **BY,
    },
    "AssignForm": {
        **TWO,
        "words": F(Kind.LINE, span=2),
        **BY,
    },
    "AskRecusalForm": {
        "officer_id": F(Kind.PERSON, of="any", cite="行政处罚法第四十三条"),
        "asked_by": F(Kind.CHOICE, of=(("party", "当事人申请"), ("officer", "执法人员自行回避"))),
        "reason": F(Kind.WORDS, span=2, lines=5, hint="与案件有直接利害关系，或者有其他关系可能影响公正执法"),
        **BY,
    },
    "DecideRecusalForm": {
        "recusal_id": F(Kind.ROW, of="recusals"),
        "granted": F(Kind.ANSWER, of=("同意回避", "不同意回避")),
        "replaced_by_id": F(Kind.PERSON, of="officer", when=holds("granted")),
        "words": F(Kind.WORDS, span=2, lines=4, cite="第四十三条第三款"),
        **BY,
    },
}  # fmt: skip
