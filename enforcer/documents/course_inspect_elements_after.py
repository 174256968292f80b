"""The elements of the papers of service, money, court, transfer and closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from enforcer.documents import course_clauses
from enforcer.documents.course_clauses import bare, day
from enforcer.documents.course_facts import CoursePaper
from enforcer.documents.course_facts_after import (
    AnnouncementOnPaper,
    ClosureOnPaper,
    ConsentOnPaper,
    CourtOnPaper,
    DeferralOnPaper,
    DismissalOnPaper,
    PeriodOnPaper,
    ReceiptsOnPaper,
    RevocationOnPaper,
    ServiceOnPaper,
    TransferOnPaper,
    UrgingOnPaper,
)
from enforcer.documents.course_facts_decision import PledgeOnPaper, WaiverOnPaper
from enforcer.documents.course_inspect_wanted import LAW, Wanted, named
from enforcer.terms import CaseStep

ARTICLE_47 = f"{LAW}第四十七条"
ARTICLE_66 = f"{LAW}第六十六条第二款"
COMPULSION_35 = "行政强制法第三十五条"
COMPULSION_55 = "行政强制法第五十五条"
SERVICE = "民事诉讼法（2023）第八十七条"
CRIME = "行政执法机关移送涉嫌犯罪案件的规定（2020）第六条"
OUR_RULE = "本机关内部规定"


def _service(one: ServiceOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    served = one.served[0].title if one.served else ""
    yield Wanted("served", "送达的文书", served, SERVICE, "of")
    yield Wanted("party", "受送达人", paper.case.party.name, SERVICE, "party_name")
    yield Wanted("method", "送达方式", one.method.label if one.method else "", SERVICE, "method")
    yield Wanted("place", "送达地点", one.place, SERVICE, "place")


def _announcement(one: AnnouncementOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite = "民事诉讼法（2023）第九十五条"
    yield Wanted("party", "受送达人", paper.case.party.name, cite, "party_name")
    yield Wanted("served", "公告送达的文书", one.served.title, cite, "of")
    yield Wanted("tried", "公告的原因和经过", bare(one.tried), cite, "words")
    yield Wanted("thirty_days", "三十日的期限", "经过三十日，即视为送达", cite, "template")
    content = bare(one.content).split("\n")[0]
    yield Wanted("content", "文书的主要内容", content, cite, "words")
    if one.is_decision:
        both = "六十日内，向"
        yield Wanted(
            "remedy",
            "复议、诉讼的途径和期限",
            both,
            f"{LAW}第五十九条第一款第五项",
            "organ.reconsideration_body",
        )
    if one.rights_days is not None:
        right = "有权进行陈述和申辩"
        yield Wanted("defence_right", "陈述、申辩的权利", right, f"{LAW}第四十四条", "template")


def _consent(_: ConsentOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite = f"{LAW}第六十一条第二款"
    yield Wanted("party", "当事人", paper.case.party.name, cite, "party_name")
    yield Wanted("consent", "同意电子送达的表示", "同意以电子方式送达", cite, "template")


def _urging(one: UrgingOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite = COMPULSION_35
    yield Wanted("party", "当事人", paper.case.party.name, cite, "party_name")
    yield Wanted("within", "履行义务的期限", "十日（工作日）内", f"{cite}第一项", "template")
    ways = course_clauses.ways(paper.case.organ)
    how = bare(one.how_to_pay) or (f"{ways}缴纳" if ways else "")
    yield Wanted("how", "履行义务的方式", how, f"{cite}第二项", "how_to_pay")
    owed = max(0, one.fine_fen - one.paid_fen)
    sums = (
        course_clauses.amount(owed)
        or course_clauses.amount(one.additional_fen)
        or bare(one.other_duty)
    )
    yield Wanted("owed", "应当履行的金额或者义务", sums, f"{cite}第三项", "case_id")
    yield Wanted(
        "defence_right", "陈述权和申辩权", "有权进行陈述和申辩", f"{cite}第四项", "template"
    )


def _court(one: CourtOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite = COMPULSION_55
    yield Wanted("court", "人民法院", one.court, cite, "court")
    yield from named(paper, cite)
    number = paper.case.decision_number
    yield Wanted("decision_number", "决定书文号", number, f"{cite}第一款第二项", "case_id")
    facts = bare(one.facts).split("\n")[0]
    yield Wanted("facts", "事实、理由和依据", facts, f"{cite}第一款第二项", "facts")
    yield Wanted("served", "决定书的送达", day(one.served_on), f"{cite}第一款第二项", "of")
    said = bare(one.party_words)
    yield Wanted("party_words", "当事人的意见", said, f"{cite}第一款第三项", "party_words")
    sums = course_clauses.amount(one.fine_fen) or course_clauses.amount(one.additional_fen)
    asked = sums or bare(one.other_duty)
    yield Wanted("items", "申请执行的标的", asked, f"{cite}第一款第四项", "other_duty")
    with_it = bare(one.attachments[0]) if one.attachments else ""
    yield Wanted("attachments", "提供的材料", with_it, f"{cite}第一款", "attachments")
    told = day(one.urged_served_on)
    yield Wanted("urged", "催告情况", told, f"{cite}第一款第三项", "urging")
    yield Wanted("head", "负责人签名", "负责人（签名）", f"{cite}第二款", "template")
    yield Wanted("head_name", "负责人", one.head, f"{cite}第二款", "signed_by_id")


def _deferral(one: DeferralOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    number = paper.case.decision_number
    yield Wanted("decision_number", "决定书文号", number, ARTICLE_66, "case_id")
    yield Wanted("party", "当事人", paper.case.party.name, ARTICLE_66, "party_name")
    yield Wanted("applied", "当事人的申请", day(one.applied_on), ARTICLE_66, "applied_on")
    yield Wanted("reason", "经济困难的情况", bare(one.reason), ARTICLE_66, "reason")
    last = day(one.parts[-1].due_on) if one.parts else ""
    yield Wanted("parts", "各期的数额和期限", last, ARTICLE_66, "parts")


def _transfer(one: TransferOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    if paper.rule.step is CaseStep.TRANSFER and one.crime:
        listed = bare(one.attachments[0]) if one.attachments else ""
        yield Wanted("attachments", "附送的材料", listed, CRIME, "attachments")
    yield Wanted("receiver", "受移送机关", one.receiver, CRIME, "receiver")
    yield Wanted("facts", "查明的事实", bare(one.facts), CRIME, "facts")


def _dismissal(one: DismissalOnPaper, _: CoursePaper) -> Iterator[Wanted]:
    yield Wanted("reason", "撤案的理由", one.reason.strip(), OUR_RULE, "words")


def _period(one: PeriodOnPaper, _: CoursePaper) -> Iterator[Wanted]:
    cite = f"{LAW}第六十条"
    yield Wanted("kind", "申请事项", one.kind.label if one.kind else "", cite, "kind")
    yield Wanted("rule", "依据的条款", one.rule.strip(), cite, "rule")
    yield Wanted("reason", "理由", bare(one.reason).split("\n")[0], cite, "reason")


def _revocation(one: RevocationOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite = f"{LAW}第七十五条第二款"
    yield from named(paper, cite)
    yield Wanted("decision", "被撤销的决定书", one.decision_title, cite, "case_id")
    yield Wanted("reason", "撤销的理由", bare(one.reason).split("\n")[0], cite, "reason")
    case = paper.case
    words = course_clauses.remedy(case.organ, case.party.you)
    field = "organ.reconsideration_body"
    yield Wanted(
        "remedy", "复议、诉讼的途径和期限", words, "行政复议法（2023）第二十条第三款", field
    )


def _waiver(_: WaiverOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite = f"{LAW}第六十二条"
    yield Wanted("party", "当事人", paper.case.party.name, cite, "party_name")
    yield Wanted("organ", "行政机关名称", paper.case.organ.name, cite, "power_source_id")


def _pledge(one: PledgeOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite = f"{LAW}第三十三条第一款"
    yield Wanted("party", "当事人", paper.case.party.name, cite, "party_name")
    yield Wanted("act", "违法行为", bare(one.act), cite, "act")
    yield Wanted("breached", "违反的条款", one.breached, cite, "breached")
    yield Wanted("corrected", "改正情况", bare(one.corrected), cite, "corrected")
    promised = bare(one.promises[0]) if one.promises else ""
    yield Wanted("promises", "承诺的内容", promised, cite, "template")


def _receipts(one: ReceiptsOnPaper, _: CoursePaper) -> Iterator[Wanted]:
    cite = f"{LAW}第七十条"
    if not one.receipts:
        yield Wanted("receipts", "缴款的票据", "", cite, "receipt_number")
    for each in one.receipts:
        yield Wanted("receipt_number", "票据号码", each.number, cite, "receipt_number")


def _closure(one: ClosureOnPaper, _: CoursePaper) -> Iterator[Wanted]:
    yield Wanted("penalty", "处理内容", one.penalty.strip(), ARTICLE_47, "case_id")
    yield Wanted("way", "结案方式", one.way.label if one.way else "", ARTICLE_47, "way")
    yield Wanted("performance", "执行情况", one.performance.strip(), ARTICLE_47, "words")


AFTERWARDS: dict[type, Callable[..., Iterator[Wanted]]] = {
    ServiceOnPaper: _service,
    AnnouncementOnPaper: _announcement,
    ConsentOnPaper: _consent,
    UrgingOnPaper: _urging,
    CourtOnPaper: _court,
    DeferralOnPaper: _deferral,
    TransferOnPaper: _transfer,
    DismissalOnPaper: _dismissal,
    ClosureOnPaper: _closure,
    PeriodOnPaper: _period,
    RevocationOnPaper: _revocation,
    WaiverOnPaper: _waiver,
    PledgeOnPaper: _pledge,
    ReceiptsOnPaper: _receipts,
}
