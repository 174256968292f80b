"""Fields of the papers of service, money, court, transfer, closing and the dossier."""

from __future__ import annotations

from typing import Any

from enforcer.course_terms import PeriodKind, ServiceMethod
from enforcer.documents import course_clauses, course_words
from enforcer.documents.course_clauses import amount, bare, day, ended, figure
from enforcer.documents.course_facts import CoursePaper
from enforcer.documents.course_facts_after import (
    AnnouncementOnPaper,
    ClosureOnPaper,
    ConsentOnPaper,
    CourtOnPaper,
    DeferralOnPaper,
    DismissalOnPaper,
    DossierOnPaper,
    PeriodOnPaper,
    ReceiptsOnPaper,
    RevocationOnPaper,
    ServedOnPaper,
    ServiceOnPaper,
    TransferOnPaper,
    UrgingOnPaper,
)
from enforcer.documents.course_fields_start import summary
from enforcer.money import chinese

_HAND = "　" * 13 + "年　　月　　日　　时　　分"
_HANDED = frozenset(
    {ServiceMethod.DIRECT, ServiceMethod.LEFT, ServiceMethod.ENTRUSTED, ServiceMethod.FORWARDED}
)
AFTER_DECISION = "决定后取得，不得作为处罚依据"


def served_words(one: ServedOnPaper) -> str:
    """《行政处罚决定书》（…号）一份."""
    number = f"（{one.number}）" if one.number else ""
    return f"《{one.title}》{number}{one.copies}份" if one.title else ""


def service(one: ServiceOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """送达回证."""
    party = paper.case.party.name
    proxy = bool(one.relation or one.proxy_reason) and one.receiver != party
    along = one.at is None and one.on is None  # taken along: who signs is not known yet
    in_hand = one.method is None or one.method in _HANDED
    return {
        "service": {
            "papers": "；".join(served_words(each) for each in one.served),
            "recipient": party,
            "method": one.method.label if one.method else "",
            "place": one.place,
            "time": _served_at(one),
            "by_recipient": along or (in_hand and not proxy and not one.refused),
            "by_proxy": along or (in_hand and proxy),
            "proxy_words": "，".join(
                each for each in (one.receiver, one.relation, one.proxy_reason) if each
            )
            if proxy
            else "　"
            if along
            else "/",
            "proxy_signed": f"\n{_HAND}" if proxy else "",
            "refused": along or one.refused,
            "refusal": course_clauses.ended(one.refusal_reason)
            if one.refused
            else "　"
            if along
            else "/",
            "refusal_day": f"\n{_HAND}" if one.refused else "",
            "witness": one.witness or ("　" if along else "/"),
            "witness_named": f"（{one.witness}）" if one.witness else "",
            "witness_signed": f"\n{_HAND}" if one.witness else "",
            "witnessed": along or bool(one.witness),
            "note": _service_note(one),
        }
    }


def _served_at(one: ServiceOnPaper) -> str:
    """When it was served, as far as it is known; the hour is left to the hand of who received it."""
    if one.at is not None:
        return course_words.minute(one.at)
    if one.method is ServiceMethod.ANNOUNCED and one.on and one.effective_on:
        return f"{day(one.on)}发出公告，{day(one.effective_on)}视为送达"
    if one.method in (ServiceMethod.POST, ServiceMethod.ELECTRONIC):
        return day(one.effective_on)
    return f"{day(one.on)}　　时　　分" if one.on else ""


def _service_note(one: ServiceOnPaper) -> str:
    said = [one.note]
    if one.video:
        said.append(f"送达过程已拍照、录像，编号：{one.video}")
    if one.mail_number:
        said.append(f"邮件号码：{one.mail_number}")
    if one.address:
        said.append(f"电子送达地址：{one.address}")
    if one.arrived_on:
        said.append(f"到达日期：{day(one.arrived_on)}")
    if one.method is ServiceMethod.LEFT:
        said.append("文书留置于受送达人的住所")
    return "；".join(bare(each) for each in said if each)


def announcement(one: AnnouncementOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """送达公告."""
    organ, you = paper.case.organ, paper.case.party.you
    remedy = course_clauses.remedy(organ, you, "该决定", "该决定书") if one.is_decision else ""
    return {
        "announcement": {
            "title": one.served.title,
            "number": one.served.number,
            "paper": course_clauses.titled(one.served.title, one.served.number),
            "cause": paper.case.cause if one.is_decision else f"涉嫌{paper.case.cause}",
            "day": day(one.served.on),
            "payment": _paid_from_service(one, paper),
            "rights": _rights_from_service(one, you),
            "content": bare(one.content),
            "tried": bare(one.tried),
            "collect_at": one.collect_at or organ.address,
            "where": one.where,
            "enforcement": course_clauses.enforcement().replace("本决定", "该决定")
            if one.is_decision
            else "",
        },
        "remedy": {"words": remedy.replace("收到该决定书之日", "送达之日")},
    }


def _paid_from_service(one: AnnouncementOnPaper, paper: CoursePaper) -> str:
    """Until when and where an announced fine is paid: counted from the service."""
    if not one.is_decision or one.imposition is None:
        return ""
    said = course_clauses.payment(one.imposition, paper.case.organ, paper.case.party.you)
    more = course_clauses.additional_fine(one.imposition, paper.on)
    return (said + more).replace("收到本决定书之日", "送达之日")


def _rights_from_service(one: AnnouncementOnPaper, you: str) -> str:
    """The rights an announced prior notice tells of: their days run from the service."""
    if one.rights_days is None:
        return ""
    said = course_clauses.defence_right(you, one.rights_days)
    said += course_clauses.hearing_right(you, offered=one.hearing_offered)
    return said.replace("收到本告知书之日", "送达之日").replace("收到本告知书后", "送达后")


def consent(one: ConsentOnPaper, _: CoursePaper) -> dict[str, Any]:
    """电子送达确认书: where one address is typed, those that are not are struck through."""
    struck = "/" if one.phone or one.email or one.fax or one.other else ""
    return {
        "consent": {
            "phone": one.phone or struck,
            "email": one.email or struck,
            "fax": one.fax or struck,
            "other": one.other or struck,
            "receiver": one.receiver,
            "remedy_channel": one.remedy_channel,
        }
    }


def urging(one: UrgingOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """催告书."""
    organ = paper.case.organ
    owed = max(0, one.fine_fen - one.paid_fen)
    ways = course_clauses.ways(organ)
    how = bare(one.how_to_pay) or f"{ways}缴纳"
    if one.how_to_pay and ways and organ.bank_name not in one.how_to_pay:
        how += f"：{ways}缴纳"
    return {
        "urging": {
            "decision_day": day(one.decision_on),
            "served": day(one.served_on),
            "due": day(one.due_on),
            "fine": amount(one.fine_fen),
            "paid": amount(one.paid_fen),
            "owed": amount(owed),
            "additional": amount(one.additional_fen),
            "additional_days": str(one.additional_days) if one.additional_days else "",
            "additional_until": day(one.additional_until),
            "total": amount(owed + one.additional_fen),
            "how_to_pay": how,
            "decided": f"，决定给予{paper.case.party.you}下列行政处罚：{one.penalty}"
            if one.penalty
            else "",
            "unpaid": _unpaid(one.part_paid_fen + one.paid_fen),
            "additional_runs": bool(one.additional_fen) and one.additional_fen < one.fine_fen,
            "other_duty": bare(one.other_duty),
            "money": bool(owed or one.additional_fen),
        }
    }


def _unpaid(paid_fen: int) -> str:
    """Whether nothing was done, or a part of it."""
    return f"已缴纳罚款{amount(paid_fen)}，没有全部履行" if paid_fen else "没有履行"


def court(one: CourtOnPaper, _: CoursePaper) -> dict[str, Any]:
    """强制执行申请书."""
    sums = []
    if one.fine_fen:
        sums.append(f"罚款{amount(one.fine_fen)}")
    if one.additional_fen:
        sums.append(f"加处罚款{amount(one.additional_fen)}")
    if one.other_duty:
        sums.append(bare(one.other_duty))
    return {
        "application": {
            "court": one.court,
            "decision_day": day(one.decision_on),
            "served": day(one.served_on),
            "urged": day(one.urged_on),
            "urged_served": day(one.urged_served_on),
            "facts": bare(one.facts),
            "breached": f"被申请人的行为违反了{one.breached}的规定，" if one.breached else "",
            "items": course_words.items(sums),
            "total": amount(one.fine_fen + one.additional_fen),
            "party_words": bare(one.party_words),
            "remedy_words": one.remedy_words
            or "被申请人在法定期限内没有申请行政复议，也没有提起行政诉讼，",
            "unpaid": _unpaid(one.part_paid_fen),
            "subject": course_clauses.ended(one.subject),
            "head": one.head,
            "head_position": one.head_position,
            "agent": one.agent,
            "agent_position": one.agent_position,
            "attachments": course_words.items(one.attachments),
        }
    }


def deferral(one: DeferralOnPaper, _: CoursePaper) -> dict[str, Any]:
    """延期（分期）缴纳罚款审批表, 批准书."""
    count = len(one.parts)
    return {
        "deferral": {
            "decision_day": day(one.decision_on),
            "penalty": one.penalty,
            "fine": amount(one.fine_fen),
            "due": day(one.due_on),
            "applied": day(one.applied_on),
            "reason": bare(one.reason),
            "kind": "分期缴纳" if count > 1 else "延期缴纳" if count else "",
            "instalments": count > 1,
            "last": day(max((p.due_on for p in one.parts if p.due_on), default=None)),
        },
        "parts": [
            {
                "n": f"第{n}期" if count > 1 else "全部罚款",
                "due": day(part.due_on),
                "words": chinese(part.amount_fen),
                "figure": figure(part.amount_fen),
            }
            for n, part in enumerate(one.parts, 1)
        ],
    }


def transfer(one: TransferOnPaper, _: CoursePaper) -> dict[str, Any]:
    """涉嫌犯罪案件移送报告, 移送书."""
    return {
        "transfer": {
            "receiver": one.receiver,
            "facts": bare(one.facts),
            "crime": bare(one.crime),
            "team": "、".join(one.team),
            "basis": one.basis,
            "pages": str(one.pages) if one.pages else "",
            "page_count": f"共{one.pages}页" if one.pages else "",
            "goods": summary(one.things),
            "contact": one.contact,
            "measures": bare(one.measures),
            "attachments": course_words.items(one.attachments),
        },
        "things": course_words.things(one.things),
    }


def period(one: PeriodOnPaper, _: CoursePaper) -> dict[str, Any]:
    """中止（扣除、延长）办案期限审批表."""
    if one.kind is PeriodKind.EXTENSION:
        span = f"延长{one.days}日" if one.days else ""
        until = day(one.until_on)
    else:
        end = day(one.last) if one.last else "中止的情形消除之日"
        span = f"{day(one.first)}至{end}" if one.first else ""
        until = day(one.until_on) if one.last else "恢复办案后，按实际中止的天数顺延"
    return {
        "period": {
            "kind": one.kind.label if one.kind else "",
            "span": span,
            "rule": one.rule,
            "reason": ended(one.reason),
            "due": day(one.due_on),
            "until": until,
        }
    }


def revocation(one: RevocationOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """撤销行政处罚决定书; what was paid is given back."""
    organ, you = paper.case.organ, paper.case.party.you
    back = (
        f"{you}已缴纳的罚款{amount(one.paid_fen)}，本机关将依法办理退还。" if one.paid_fen else ""
    )
    return {
        "revocation": {
            "decision": one.decision_title,
            "decision_day": day(one.decision_on),
            "penalty": "决定不予行政处罚"
            if one.spared
            else f"决定给予下列行政处罚：{bare(one.penalty)}",
            "reason": bare(one.reason),
            "refund": back,
        },
        "remedy": {"words": course_clauses.remedy(organ, you)},
    }


def dismissal(one: DismissalOnPaper, _: CoursePaper) -> dict[str, Any]:
    """撤案审批表."""
    return {
        "dismissal": {
            "facts": one.facts,
            "reason": one.reason,
            "words": one.words,
            "goods": one.goods_words,
        }
    }


def closure(one: ClosureOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """结案审批表."""
    return {
        "closure": {
            "way": one.way.label if one.way else "",
            "decision_day": day(one.decision_on),
            "decision": one.decision_title or paper.case.decision_number,
            "content": f"依据{one.basis}的规定，{one.penalty}" if one.basis else one.penalty,
            "penalty": one.penalty,
            "performance": one.performance,
            "goods": one.goods_words,
            "words": one.words,
            "retention": one.retention,
        }
    }


def dossier(one: DossierOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """案卷封面, 卷内目录, 备考表; evidence from after the decision is marked as such."""
    decided = paper.case.days.decided_on
    entries = []
    for n, each in enumerate(one.entries, 1):
        late = bool(each.is_evidence and decided and each.on and each.on > decided)
        note = "；".join(words for words in (each.note, AFTER_DECISION if late else "") if words)
        last = f"—{each.last}" if each.last > each.first else ""
        entries.append(
            {
                "n": str(n),
                "title": each.title,
                "number": each.number,
                "day": each.on.isoformat() if each.on else "",
                "pages": f"{each.first}{last}" if each.first else "",
                "note": note,
            }
        )
    return {
        "dossier": {
            "year": str(one.year) if one.year else "",
            "volume": one.volume,
            "archive_number": one.archive_number,
            "outcome": one.outcome,
            "pages": str(one.pages) if one.pages else "",
            "volumes": str(one.volumes),
            "retention": one.retention,
            "fonds": one.fonds,
            "archived": day(one.archived_on),
            "words": one.words,
            "lines": course_words.lines(one.words),
            "compiler": one.compiler,
            "compiled": day(one.compiled_on),
            "inspector": one.inspector,
            "inspected": day(one.inspected_on),
        },
        "entries": entries,
    }


def receipts(one: ReceiptsOnPaper, _: CoursePaper) -> dict[str, Any]:
    """罚没款票据张贴表."""
    total = sum(each.amount_fen + each.additional_fen for each in one.receipts)
    return {
        "receipts": [
            {
                "number": each.number,
                "day": day(each.on),
                "fine": figure(each.amount_fen),
                "additional": figure(each.additional_fen),
            }
            for each in one.receipts
        ],
        "receipt": {"total": amount(total), "count": str(len(one.receipts))},
    }
