"""出件体检 of hearing, review, decision, service, money, court, transfer: what each says of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from enforcer import money
from enforcer.course_terms import ServiceMethod
from enforcer.documents.course_facts import CoursePaper
from enforcer.documents.course_facts_after import (
    ConsentOnPaper,
    CourtOnPaper,
    DeferralOnPaper,
    ServiceOnPaper,
    TransferOnPaper,
    UrgingOnPaper,
)
from enforcer.documents.course_facts_decision import (
    DecisionOnPaper,
    DefenceReviewOnPaper,
    DiscussionOnPaper,
    HearingOnPaper,
    ReviewOnPaper,
)
from enforcer.documents.course_inspect_facts import LAW, block, warn
from enforcer.documents.course_words import CHINA
from enforcer.errors import Objection
from enforcer.law import deadlines
from enforcer.paper_terms import Matter
from enforcer.terms import CaseStep, PowerKind


def hearing(one: HearingOnPaper, paper: CoursePaper) -> Iterator[Objection]:
    """Seven working days, a chair from outside, at most two agents (第六十四条)."""
    cite = f"{LAW}第六十四条"
    if one.chair and one.chair in {each.name for each in paper.case.handlers}:
        yield block(
            "chair_is_investigator",
            f"听证主持人{one.chair}是本案调查人员。应当指定非本案调查人员主持。",
            f"{cite}第四项",
            "chair_id",
        )
    for officer in paper.case.handlers:
        if any(member.startswith(officer.name) for member in one.members):
            yield block(
                "member_is_investigator",
                f"听证员{officer.name}是本案调查人员。听证由非本案调查人员主持，请改换听证员。",
                f"{cite}第四项",
                "members",
            )
    held = one.at.astimezone(CHINA).date() if one.at else None
    last_day = one.recusal_by if paper.rule.step is CaseStep.HEARING_NOTICED else None
    if held and last_day and not paper.on <= last_day <= held:
        yield block(
            "recusal_by_wrong",
            f"申请回避的最后日期 {last_day} 不在通知（{paper.on}）和听证（{held}）之间。请改正。",
            f"{cite}第四项",
            "recusal_by",
        )
    if len(one.agents) > 2:
        yield block(
            "too_many_agents",
            f"委托了{len(one.agents)}名代理人，最多二人。",
            f"{cite}第五项",
            "agents",
        )
    for each in one.agents:
        if paper.rule.step is CaseStep.HEARING and not each.authority:
            yield block(
                "agent_without_authority",
                f"代理人{each.name}没有写明委托书的权限。请补填。",
                f"{cite}第五项",
                "agents",
            )
    if not one.is_public and not one.private_reason:
        yield block(
            "private_without_reason",
            "听证不公开举行，但没有写明理由（国家秘密、商业秘密或者个人隐私）。",
            f"{cite}第三项",
            "private_reason",
        )
    if paper.rule.step is CaseStep.HEARING_NOTICED and one.at:
        last = deadlines.due(
            "hearing_notice", one.at.astimezone(CHINA).date(), calendar=paper.calendar
        ).due_on
        if paper.on > last:
            yield block(
                "hearing_noticed_late",
                f"听证在 {one.at.astimezone(CHINA):%Y-%m-%d} 举行，最迟应当在 {last} 通知，本通知书的日期是 {paper.on}。",
                f"{cite}第二项、第八十五条",
                "hearing_at",
            )
    if paper.rule.step is CaseStep.HEARING and not one.signed and not one.refusal_reason:
        yield block(
            "refusal_without_reason",
            "当事人或者其代理人没有签字，听证主持人应当在笔录中注明。请写明原因。",
            f"{cite}第八项",
            "refusal_reason",
        )


def review(one: ReviewOnPaper, paper: CoursePaper) -> Iterator[Objection]:
    """Somebody else than who handles the case (第五十八条)."""
    if one.reviewer_is_handler or one.reviewer in {each.name for each in paper.case.handlers}:
        yield block(
            "reviewer_is_handler",
            f"法制审核人员{one.reviewer}是本案承办人。请由其他从事法制审核的人员审核。",
            f"{LAW}第五十八条第一款",
            "by_id",
        )


def discussion(one: DiscussionOnPaper, _: CoursePaper) -> Iterator[Objection]:
    """More than one head (第五十七条第二款)."""
    if len(one.attendees) < 2:
        yield block(
            "discussion_alone",
            "集体讨论只有一人参加。应当由行政机关负责人集体讨论决定，请补填参加人员。",
            f"{LAW}第五十七条第二款",
            "attendees",
        )


def defence_review(one: DefenceReviewOnPaper, _: CoursePaper) -> Iterator[Objection]:
    """What was not adopted says why (第四十五条第一款)."""
    if one.adopted is False and not one.opinion.strip():
        yield block(
            "rejection_without_reason",
            "复核结论是不采纳，但没有写明理由。",
            f"{LAW}第四十五条第一款",
            "review_words",
        )


def decision(one: DecisionOnPaper, paper: CoursePaper) -> Iterator[Objection]:
    """A defence that was heard has its answer; a hearing that was held is said (第四十五、六十五条)."""
    if (
        one.defence
        and one.defence.value != "waived"
        and not (one.defence_words and one.defence_answer)
    ):
        yield block(
            "defence_unanswered",
            "当事人提出了陈述、申辩，决定书应当写明内容和复核的理由。请补填。",
            f"{LAW}第四十五条第一款",
            "defence",
        )
    if one.hearing_held_on and not one.hearing_words.strip():
        yield block(
            "hearing_not_said",
            f"{one.hearing_held_on} 举行了听证，决定书没有写明听证的情况和采纳的说明。",
            f"{LAW}第六十五条",
            "hearing",
        )
    if one.hearing_held_on and one.hearing_held_on > paper.on:
        yield block(
            "decided_before_hearing",
            f"决定的日期 {paper.on} 早于听证 {one.hearing_held_on}。",
            f"{LAW}第六十五条",
            "on",
        )


def service(one: ServiceOnPaper, paper: CoursePaper) -> Iterator[Objection]:
    """No paper is served before it is made; each way has its own proof (民事诉讼法 第八十七至九十一条)."""
    at = one.at.astimezone(CHINA).date() if one.at else paper.on
    for each in one.served:
        if each.on and at < each.on:
            yield block(
                "served_before_paper",
                f"送达日期 {at} 早于《{each.title}》的日期 {each.on}。",
                "民事诉讼法（2023）第八十七条",
                "on",
            )
        if each.on and each.title.endswith("处罚决定书") and at > _seven(each.on, paper):
            yield warn(
                "served_late",
                f"《{each.title}》{each.on} 作出，应当在 {_seven(each.on, paper)} 以前送达，实际 {at}。请写明原因。",
                f"{LAW}第六十一条第一款",
                "on",
            )
    if one.method is ServiceMethod.LEFT:
        if not (one.refused and one.refusal_reason):
            yield block(
                "left_without_refusal",
                "留置送达应当有拒绝接收的事由和日期；人不在不是拒收。",
                "民事诉讼法（2023）第八十九条",
                "refusal_reason",
            )
        if not (one.witness or one.video):
            yield block(
                "left_without_proof",
                "留置送达应当有见证人签名，或者拍照、录像记录送达过程。",
                "民事诉讼法（2023）第八十九条",
                "witness",
            )
    if one.refused and one.method is not ServiceMethod.LEFT:
        yield block(
            "refused_not_left",
            "受送达人拒绝接收，送达方式却不是留置送达。拒收的，把文书留在其住所，改为留置送达。",
            "民事诉讼法（2023）第八十九条",
            "method",
        )
    if one.method is ServiceMethod.ANNOUNCED and one.on and one.effective_on:
        last = deadlines.due("announcement_service", one.on, calendar=paper.calendar).due_on
        if one.effective_on < last:
            yield block(
                "announced_too_short",
                f"公告 {one.on} 发出，经过三十日是 {last}，{one.effective_on} 还不能视为送达。",
                "民事诉讼法（2023）第九十五条",
                "on",
            )
    if one.method is ServiceMethod.POST and not one.mail_number:
        yield block(
            "post_without_number",
            "邮寄送达没有填邮件号码。",
            "民事诉讼法（2023）第九十一条",
            "mail_number",
        )
    if one.method is ServiceMethod.ELECTRONIC and not one.address:
        yield block(
            "electronic_without_address",
            "电子送达没有填确认书上的电子送达地址。",
            f"{LAW}第六十一条第二款",
            "address",
        )


def consent(one: ConsentOnPaper, _: CoursePaper) -> Iterator[Objection]:
    """Who serves a decision over the net tells where to ask for reconsideration there (复议法 第二十二条)."""
    if not one.remedy_channel:
        yield warn(
            "channel_missing",
            "没有写明提交行政复议申请书的互联网渠道。通过互联网送达决定书的，应当同时提供；请补填或者由经办人手写。",
            "行政复议法（2023）第二十二条第二款",
            "remedy_channel",
        )


def _seven(day: date, paper: CoursePaper) -> date:
    return deadlines.due("decision_service", day, calendar=paper.calendar).due_on


def urging(one: UrgingOnPaper, paper: CoursePaper) -> Iterator[Objection]:
    """No more than the fine again, not before the day of payment (第七十二条第一款第一项)."""
    if one.additional_fen > one.fine_fen:
        yield block(
            "additional_above_fine",
            f"加处罚款 {money.figure(one.additional_fen)} 超出了罚款的数额 {money.figure(one.fine_fen)}。",
            f"{LAW}第七十二条第一款第一项、行政强制法第四十五条第二款",
            "additional_yuan",
        )
    if one.due_on and paper.on <= one.due_on:
        yield block(
            "urged_early",
            f"缴款期限到 {one.due_on}，还没有届满，不能催告。",
            "行政强制法第五十四条",
            "on",
        )


def court(one: CourtOnPaper, paper: CoursePaper) -> Iterator[Objection]:
    """Ten working days after the urging was served (行政强制法 第五十四条、第六十九条)."""
    if one.urged_served_on is None:
        return
    last = deadlines.due("urging", one.urged_served_on, calendar=paper.calendar).due_on
    if paper.on <= last:
        yield block(
            "urging_not_ten_days",
            f"催告书 {one.urged_served_on} 送达，满十日（工作日）是 {last}，{paper.on} 还不能申请强制执行。",
            "行政强制法第五十四条、第六十九条",
            "on",
        )
    if one.additional_fen > one.fine_fen:
        yield block(
            "additional_above_fine",
            f"加处罚款 {money.figure(one.additional_fen)} 超出了罚款的数额 {money.figure(one.fine_fen)}。",
            f"{LAW}第七十二条第一款第一项、行政强制法第四十五条第二款",
            "additional_yuan",
        )


def deferral(one: DeferralOnPaper, _: CoursePaper) -> Iterator[Objection]:
    """The parts make the fine, each due after the one before (第六十六条第二款)."""
    cite = f"{LAW}第六十六条第二款"
    if one.parts and sum(each.amount_fen for each in one.parts) != one.fine_fen:
        yield block(
            "parts_differ",
            f"各期合计 {money.figure(sum(p.amount_fen for p in one.parts))}，与罚款 {money.figure(one.fine_fen)} 不一致。",
            cite,
            "parts",
        )
    ends = [each.due_on for each in one.parts if each.due_on]
    if ends != sorted(set(ends)):
        yield block(
            "parts_out_of_order", "各期的缴纳期限没有先后之分。请按日期先后填写。", cite, "parts"
        )


def transfer(one: TransferOnPaper, _: CoursePaper) -> Iterator[Objection]:
    """Two or more in the team, for a crime (行政执法机关移送涉嫌犯罪案件的规定 第五条)."""
    if one.crime and len(one.team) < 2:
        yield block(
            "team_too_small",
            "移送涉嫌犯罪案件应当指定两名以上行政执法人员组成专案组。请补填。",
            "行政执法机关移送涉嫌犯罪案件的规定（2020）第五条第一款",
            "team",
        )


def entrusted(paper: CoursePaper, power: PowerKind | None) -> Iterator[Objection]:
    """An entrusted unit stands in no heading and takes no measure (第二十条第四款; 行政强制法 第十七条)."""
    if power is not PowerKind.ENTRUSTED:
        return
    organ = paper.case.organ
    if organ.name == organ.handled_by:
        yield block(
            "entrusted_heading",
            f"受委托单位“{organ.handled_by}”不能作为文书的名义机关。请到“设置—权力来源与事项”把名义机关改为委托机关。",
            f"{LAW}第二十条第四款",
            "power_source_id",
        )
    released = paper.rule.step is CaseStep.SEIZURE_RELEASED
    if paper.rule.matter is Matter.SEIZURE and not released:
        yield block(
            "entrusted_seizure",
            "行政强制措施权不得委托，受委托的事项不能查封、扣押。",
            "行政强制法第十七条第一款",
            "power_source_id",
        )


LATER: dict[type, Callable[[Any, CoursePaper], Iterator[Objection]]] = {
    HearingOnPaper: hearing,
    ReviewOnPaper: review,
    DiscussionOnPaper: discussion,
    DefenceReviewOnPaper: defence_review,
    DecisionOnPaper: decision,
    ServiceOnPaper: service,
    ConsentOnPaper: consent,
    UrgingOnPaper: urging,
    CourtOnPaper: court,
    DeferralOnPaper: deferral,
    TransferOnPaper: transfer,
}
