"""The elements each paper of the ordinary course must show, with article and field."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from enforcer.documents import course_clauses, course_words
from enforcer.documents.course_clauses import bare, day
from enforcer.documents.course_facts import CoursePaper, ImpositionOnPaper
from enforcer.documents.course_facts_decision import (
    DecisionOnPaper,
    DefenceReviewOnPaper,
    DiscussionOnPaper,
    HearingOnPaper,
    OpinionOnPaper,
    ReviewOnPaper,
)
from enforcer.documents.course_facts_start import (
    CorrectionOnPaper,
    FilingOnPaper,
    LeadOnPaper,
    PreservationOnPaper,
    RecordOnPaper,
    SamplingOnPaper,
    SeizureOnPaper,
    SummonsOnPaper,
)
from enforcer.documents.course_inspect_elements_after import AFTERWARDS
from enforcer.documents.course_inspect_wanted import LAW, Wanted, named
from enforcer.paper_terms import Check, Matter
from enforcer.terms import CaseStep, NoPenaltyReason

ARTICLE_28 = f"{LAW}第二十八条第一款"
ARTICLE_33 = f"{LAW}第三十三条第三款"
ARTICLE_44 = f"{LAW}第四十四条"
ARTICLE_45 = f"{LAW}第四十五条第一款"
ARTICLE_47 = f"{LAW}第四十七条"
ARTICLE_54 = f"{LAW}第五十四条"
ARTICLE_55 = f"{LAW}第五十五条"
ARTICLE_56 = f"{LAW}第五十六条"
ARTICLE_57 = f"{LAW}第五十七条第一款"
ARTICLE_57_2 = f"{LAW}第五十七条第二款"
ARTICLE_58 = f"{LAW}第五十八条"
ARTICLE_59 = f"{LAW}第五十九条第一款"
ARTICLE_63 = f"{LAW}第六十三条、第六十四条"
ARTICLE_67 = f"{LAW}第六十七条第三款"
COMPULSION_24 = "行政强制法第二十四条第二款"
COMPULSION_25 = "行政强制法第二十五条第二款"
SEPARATION = "罚款决定与罚款收缴分离实施办法第七条第一款"


def wanted(paper: CoursePaper) -> Iterator[Wanted]:
    """All elements of one paper."""
    if Check.UNDER_SEAL in paper.rule.checks:
        cite = ARTICLE_59 if paper.rule.matter is Matter.PENALTY else ARTICLE_47
        yield Wanted("number", "文号", paper.number, cite, "number")
        yield Wanted("organ", "行政机关名称", paper.case.organ.name, cite, "power_source_id")
        yield Wanted("date", "日期", day(paper.on), cite, "on")
    own = _OF.get(type(paper.matter)) or AFTERWARDS.get(type(paper.matter))
    if own and Check.ELEMENTS in paper.rule.checks:
        yield from own(paper.matter, paper)


def _lead(one: LeadOnPaper, _: CoursePaper) -> Iterator[Wanted]:
    received = course_words.minute(one.received_at)
    yield Wanted("source", "案件来源", one.source, f"{ARTICLE_54}第一款", "source")
    yield Wanted("time", "登记时间", received, f"{ARTICLE_54}第一款", "received_at")
    yield Wanted("content", "基本情况", one.content.strip(), f"{ARTICLE_54}第一款", "content")


def _filing(one: FilingOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite = f"{ARTICLE_54}第二款"
    yield Wanted("cause", "案由", paper.case.suspected, cite, "cause")
    yield Wanted("party", "当事人", paper.case.party.name, cite, "party_name")
    done = bare(one.act or one.summary).removeprefix(paper.case.party.name)
    yield Wanted("summary", "案情摘要", done, cite, "act")
    yield Wanted("grounds", "理由", one.grounds.strip(), cite, "grounds")


def _record(one: RecordOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    time = course_words.until(one.began_at, one.ended_at)
    matter = paper.rule.matter
    if matter is not Matter.DEFENCE or one.began_at:  # written statements have neither
        yield Wanted("time", "起止时间", time if one.ended_at else "", ARTICLE_55, "began_at")
        yield Wanted("place", "地点", one.place, ARTICLE_55, "place")
    for each in paper.officers:
        yield Wanted(
            "certificate",
            f"{each.name}的执法证号",
            each.certificate,
            f"{LAW}第四十二条第一款",
            "officer1_id",
        )
    if matter in (Matter.INQUIRY, Matter.DEFENCE):
        yield Wanted("person", "姓名", one.person.name, ARTICLE_55, "person")
    if matter is Matter.EDUCATION:
        yield Wanted("content", "教育的内容", _first(one.content), ARTICLE_33, "content")


def _first(text: str) -> str:
    lines = course_words.lines(text)
    return lines[0]["words"] if lines else ""


def _summons(one: SummonsOnPaper, _: CoursePaper) -> Iterator[Wanted]:
    cite = f"{ARTICLE_55}第二款"
    yield Wanted("time", "接受询问的时间", course_words.minute(one.come_at), cite, "come_at")
    yield Wanted("place", "接受询问的地点", one.place, cite, "place")


def _correction(one: CorrectionOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    yield Wanted("party", "当事人", paper.case.party.name, ARTICLE_28, "party_name")
    yield Wanted("act", "违法行为", bare(one.act), ARTICLE_28, "act")
    yield Wanted("breached", "违反的条款", one.breached, ARTICLE_28, "breached")
    yield Wanted("content", "改正内容和要求", bare(one.content), ARTICLE_28, "content")
    until = "立即改正" if one.at_once else day(one.due_on)
    yield Wanted("due", "改正期限", until, ARTICLE_28, "due_on")
    yield _remedy(paper, "行政复议法（2023）第二十条第三款", "本通知", "本通知书")


def _remedy(paper: CoursePaper, cite: str, what: str = "本决定", name: str = "") -> Wanted:
    case = paper.case
    words = course_clauses.remedy(case.organ, case.party.you, what, name)
    return Wanted("remedy", "复议、诉讼的途径和期限", words, cite, "organ.reconsideration_body")


def _preservation(one: PreservationOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    disposing = paper.rule.step is CaseStep.PRESERVATION_DISPOSED
    things = one.disposed if disposing else one.things
    yield Wanted("party", "当事人", paper.case.party.name, ARTICLE_56, "party_name")
    yield Wanted("things", "物品", things[0].name if things else "", ARTICLE_56, "things")
    for each in things:
        yield Wanted("things", "物品", each.name, ARTICLE_56, "things")
        yield Wanted("quantity", f"“{each.name}”的数量", each.quantity, ARTICLE_56, "things")
        if disposing:
            yield Wanted("disposal", f"“{each.name}”的处理", each.disposal, ARTICLE_56, "things")
    if disposing:
        number, cite = one.notice_number, ARTICLE_56
        yield Wanted("notice_number", "登记保存通知书的文号", number, cite, "preservation_id")
        return
    if Check.REASON in paper.rule.checks:
        yield Wanted("reason", "理由", bare(one.reason), ARTICLE_56, "reason")
    yield Wanted("place", "存放地点", one.place, ARTICLE_56, "place")
    yield Wanted("until", "保存期限", day(one.until_on), ARTICLE_56, "on")


def _seizure(one: SeizureOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite, step = COMPULSION_24, paper.rule.step
    if Check.REASON in paper.rule.checks:
        yield from named(paper, f"{cite}第一项")
        yield Wanted("reason", "理由", bare(one.reason), f"{cite}第二项", "reason")
        yield Wanted("authority", "依据", one.authority, f"{cite}第二项", "authority")
    if step is CaseStep.SEIZED:
        yield Wanted("until", "期限", day(one.until_on), f"{cite}第二项", "until_on")
        yield Wanted(
            "things", "物品", one.things[0].name if one.things else "", f"{cite}第三项", "things"
        )
        for each in one.things:
            yield Wanted("things", "物品", each.name, f"{cite}第三项", "things")
            yield Wanted("quantity", "数量", each.quantity, f"{cite}第三项", "things")
    if step is CaseStep.SEIZURE_EXTENDED:
        why = bare(one.extension_reason)
        yield Wanted("extension_reason", "延长的理由", why, COMPULSION_25, "reason")
        yield Wanted("until", "延长后的期限", day(one.until_on), COMPULSION_25, "until_on")
    if step is CaseStep.SEIZURE_RELEASED:
        why = bare(one.release_reason)
        yield Wanted("release_reason", "解除的理由", why, "行政强制法第二十八条", "reason")
        gone = one.released[0].name if one.released else ""
        yield Wanted("things", "退还的财物", gone, "行政强制法第二十八条", "things")
    if Check.REMEDY in paper.rule.checks:
        yield _remedy(paper, f"{cite}第四项")


def _sampling(one: SamplingOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    yield Wanted("time", "抽样时间", course_words.minute(one.began_at), ARTICLE_56, "began_at")
    yield Wanted("place", "抽样地点", one.place, ARTICLE_56, "place")
    yield Wanted("things", "样品", one.things[0].name if one.things else "", ARTICLE_56, "things")
    for each in one.things:
        yield Wanted("quantity", f"“{each.name}”的数量", each.quantity, ARTICLE_56, "things")
    for each_officer in paper.officers:
        certificate = each_officer.certificate
        yield Wanted(
            "certificate", "执法证号", certificate, f"{LAW}第四十二条第一款", "officer1_id"
        )


def _imposed(one: ImpositionOnPaper, cite: str) -> Iterator[Wanted]:
    yield Wanted("breached", "违反的条款", one.breached, cite, "breached")
    yield Wanted("sanction", "处罚依据", one.sanctioned_by, cite, "sanctioned_by")
    said = course_clauses.penalties(one)
    yield Wanted("penalty", "处罚种类和数额", said[0] if said else "", cite, "kinds")
    for each in said[1:]:
        yield Wanted("penalty", "处罚种类和数额", bare(each), cite, "kinds")


def _opinion(one: OpinionOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    told = Check.RIGHTS in paper.rule.checks
    cite = ARTICLE_44 if told else ARTICLE_57
    yield Wanted("party", "当事人", paper.case.party.name, cite, "party_name")
    yield Wanted("cause", "案由", paper.case.cause, cite, "cause")
    yield Wanted("facts", "违法事实", bare(one.facts).split("\n")[0], cite, "facts")
    first = bare(one.evidence[0].name) if one.evidence else ""
    yield Wanted("evidence", "证据", first, cite, "evidence")
    if one.imposition.outcome.value == "penalty":
        yield from _imposed(one.imposition, cite)
    if not told:
        return
    you = paper.case.party.you
    right = course_clauses.defence_right(you, one.defence_days)
    yield Wanted(
        "defence_right", "陈述、申辩的权利", right, f"{ARTICLE_44}、第四十五条", "template"
    )
    if one.hearing_offered:
        right = course_clauses.hearing_right(you, offered=True)
        yield Wanted("hearing_right", "要求听证的权利和期限", right, ARTICLE_63, "hearing_offered")


def _decision(one: DecisionOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite, case, imposed = ARTICLE_59, paper.case, one.imposition
    yield from named(paper, f"{cite}第一项")
    yield Wanted("cause", "案由", case.cause, f"{cite}第二项", "cause")
    yield Wanted(
        "party_id", "当事人的证件号码", case.party.id_number, f"{cite}第一项", "party_id_number"
    )
    yield Wanted("facts", "查明的事实", bare(one.facts).split("\n")[0], f"{cite}第二项", "facts")
    yield Wanted(
        "evidence",
        "证据",
        bare(one.evidence[0].name) if one.evidence else "",
        f"{cite}第二项",
        "evidence",
    )
    for each in one.evidence:
        yield Wanted("evidence", "证据", bare(each.name), f"{cite}第二项", "evidence")
    yield _remedy(paper, f"{cite}第五项、行政复议法（2023）第二十四条第一款")
    if paper.rule.matter is Matter.NO_PENALTY:
        yield from _spared(one)
        return
    yield from _imposed(imposed, f"{cite}第三项")
    notice = day(case.notice.served_on) if case.notice else ""
    yield Wanted("told", "事先告知的记载", notice, f"{ARTICLE_44}、第六十二条", "notice")
    until = case.notice.defence_until if case.notice else None
    said = course_clauses.defence(
        one.defence, one.defence_words, one.defence_answer, case.party.you, until
    )
    yield Wanted("defence", "陈述、申辩的情况", said, ARTICLE_45, "defence")
    correction = bare(imposed.correction)
    yield Wanted("correction", "责令改正", correction, ARTICLE_28, "correction")
    if imposed.fined or imposed.gains_fen:
        pay = course_clauses.payment(imposed, case.organ, case.party.you)
        yield Wanted(
            "payment", "缴款的方式和期限", pay, f"{cite}第四项、{SEPARATION}", "organ.bank_name"
        )
    if imposed.fined:
        more = course_clauses.additional_fine(imposed, paper.on)
        yield Wanted("additional", "加处罚款", more, SEPARATION, "template")


def _spared(one: DecisionOnPaper) -> Iterator[Wanted]:
    imposed = one.imposition
    basis = course_clauses.no_penalty_basis(imposed)
    reason = course_clauses.no_penalty_reason(imposed)
    yield Wanted("no_penalty_basis", "不予处罚的依据", basis, ARTICLE_57, "no_penalty_reason")
    yield Wanted("no_penalty_reason", "不予处罚的法定情形", reason, ARTICLE_57, "no_penalty_reason")
    if imposed.no_penalty_reason is NoPenaltyReason.NOT_ESTABLISHED:
        return
    yield Wanted("breached", "违反的条款", imposed.breached, ARTICLE_57, "breached")
    yield Wanted("education", "教育的情况", bare(one.education), ARTICLE_33, "education")
    if imposed.no_penalty_reason in (NoPenaltyReason.MINOR, NoPenaltyReason.FIRST_VIOLATION):
        cite = f"{LAW}第三十三条第一款"
        yield Wanted("corrected", "改正情况", bare(one.corrected), cite, "corrected")


def _defence_review(one: DefenceReviewOnPaper, _: CoursePaper) -> Iterator[Wanted]:
    yield Wanted("words", "陈述申辩的事实和理由", one.words.strip(), ARTICLE_45, "words")
    yield Wanted("course", "复核的经过", one.course.strip(), ARTICLE_45, "review_words")
    adopted = "" if one.adopted is None else "采纳" if one.adopted else "不采纳"
    yield Wanted("adopted", "复核结论", adopted, ARTICLE_45, "adopted")


def _hearing(one: HearingOnPaper, paper: CoursePaper) -> Iterator[Wanted]:
    cite = f"{LAW}第六十四条"
    yield Wanted("time", "听证时间", course_words.minute(one.at), f"{cite}第二项", "hearing_at")
    yield Wanted("place", "听证地点", one.place, f"{cite}第二项", "place")
    yield Wanted("chair", "听证主持人", one.chair, f"{cite}第四项", "chair_id")
    if paper.rule.step is CaseStep.HEARING:
        yield Wanted("record", "听证的内容", _first(one.record), f"{cite}第八项", "record")
    if paper.rule.step is CaseStep.HEARING_REPORTED:
        yield Wanted("opinion", "处理意见", one.opinion.strip(), f"{LAW}第六十五条", "report_words")


def _review(one: ReviewOnPaper, _: CoursePaper) -> Iterator[Wanted]:
    yield Wanted("reviewer", "审核人", one.reviewer, ARTICLE_58, "by_id")
    yield Wanted(
        "opinion", "审核意见类型", one.opinion.label if one.opinion else "", ARTICLE_58, "opinion"
    )
    yield Wanted("words", "审核意见", one.words.strip(), ARTICLE_58, "words")


def _discussion(one: DiscussionOnPaper, _: CoursePaper) -> Iterator[Wanted]:
    cite = ARTICLE_57_2
    yield Wanted("reason", "讨论的原因", one.reason.strip(), cite, "reason")
    yield Wanted("conclusion", "结论性意见", one.conclusion.strip(), cite, "conclusion")
    for each in one.attendees:
        yield Wanted("attendee", f"{each.name}的意见", each.opinion.strip(), cite, "attendees")


_OF: dict[type, Callable[..., Iterator[Wanted]]] = {
    LeadOnPaper: _lead,
    FilingOnPaper: _filing,
    RecordOnPaper: _record,
    SummonsOnPaper: _summons,
    CorrectionOnPaper: _correction,
    PreservationOnPaper: _preservation,
    SeizureOnPaper: _seizure,
    SamplingOnPaper: _sampling,
    OpinionOnPaper: _opinion,
    DecisionOnPaper: _decision,
    DefenceReviewOnPaper: _defence_review,
    HearingOnPaper: _hearing,
    ReviewOnPaper: _review,
    DiscussionOnPaper: _discussion,
}
