"""What the law asks next of an ordinary case, in one sentence with its article (行政处罚法 第五章第三节)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from enforcer.course_terms import Outcome, RecordKind, SignOffMatter
from enforcer.law import course_clocks, lifecycle, sign_off
from enforcer.law.course_decision import Proposal
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.terms import CaseStep, Stage

SOON = timedelta(days=3)
TO_REVIEW = ("legal_review_missing", "competition_not_reviewed", "legal_review_outdated")


@dataclass(frozen=True, slots=True)
class Asked:
    """The next step, why, and what its form begins with; no step where only waiting is left."""

    step: CaseStep | None
    say: str
    cite: str = ""
    preset: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


Rule = Callable[[CaseFacts], Asked | None]


def asked(facts: CaseFacts) -> Asked:
    """The first of the rules that has something to say."""
    rules = _LEAD if facts.case_id is None else _OF_STAGE[facts.stage]
    for rule in rules:
        if (found := rule(facts)) is not None:
            return found
    return Asked(None, "现在没有必须办理的事项。")


def _of(step: CaseStep, say: str, **preset: str) -> Asked:
    return Asked(step, say, lifecycle.step(step).cite, MappingProxyType(preset))


def _lead(facts: CaseFacts) -> Asked:
    lead = facts.lead
    if lead is None:
        return _of(CaseStep.LEAD_REGISTERED, "先登记线索：从哪里来、反映什么。")
    if lead.outcome is not None:
        if lead.expects_reply and lead.replied_on is None:
            return _of(CaseStep.LEAD_REPLIED, "线索已经办结，还没有答复反映人。")
        return Asked(None, f"线索已于 {lead.outcome_on} 办结：{lead.outcome.label}。")
    if lead.checked_on is None:
        return _of(CaseStep.LEAD_CHECKED, "线索还没有核查。核查后决定立案还是作其他处理。")
    return _of(CaseStep.PROPOSED, "核查属实、属于本机关管辖的，呈报立案；其余的办结线索。")


def _signing(matter: SignOffMatter) -> Rule:
    def rule(facts: CaseFacts) -> Asked | None:
        level = sign_off.pending(facts, matter)
        if level is None:
            return None
        posts = "、".join(one.label for one in level.posts)
        say = f"“{matter.label}”等待“{level.name}”审批（{posts}）。"
        return _of(CaseStep.SIGNED, say, matter=matter.value)

    return rule


def _returned(facts: CaseFacts) -> Asked | None:
    signed = sign_off.round_of(facts, SignOffMatter.FILING)
    if signed and not signed[-1].agrees:
        say = f"立案呈报被“{signed[-1].level_name}”退回：{signed[-1].words}。补正后重新呈报。"
        return _of(CaseStep.PROPOSED, say)
    return None


def _unassigned(facts: CaseFacts) -> Asked | None:
    if facts.taken(CaseStep.ASSIGNED):
        return None
    return _of(CaseStep.ASSIGNED, "已经立案，还没有指派两名执法人员。")


def _recusal(facts: CaseFacts) -> Asked | None:
    left = [one for one in facts.recusals if one.decided_on is None]
    if not left:
        return None
    return _of(CaseStep.RECUSAL_DECIDED, f"对{left[0].officer}的回避申请还没有决定。")


def _things(facts: CaseFacts, *, by: date | None) -> Asked | None:
    for one in facts.preservations:
        if one.disposed_on is None and one.due_on and (by is None or one.due_on <= by):
            say = f"{one.on} 登记保存的物品应当在 {one.due_on} 前作出处理决定。"
            return _of(CaseStep.PRESERVATION_DISPOSED, say)
    for held in facts.seizures:
        due = course_clocks.seizure_end(held, facts)
        if held.released_on is None and (by is None or due <= by):
            say = f"{held.on} {held.kind.label}的物品期限到 {due}，应当解除或者作出处理。"
            return _of(CaseStep.SEIZURE_RELEASED, say)
    return None


def _things_soon(facts: CaseFacts) -> Asked | None:
    return _things(facts, by=facts.today + SOON)


def _all_things(facts: CaseFacts) -> Asked | None:
    return _things(facts, by=None)


def _suspended(facts: CaseFacts) -> Asked | None:
    running = course_clocks.suspended(facts)
    if running is None:
        return None
    return _of(CaseStep.RESUMED, f"案件自 {running.first} 起中止；原因消除后恢复办案。")


def _investigate(facts: CaseFacts) -> Asked | None:
    if facts.report is not None:
        return None
    made = {one.kind for one in facts.records}
    if RecordKind.INSPECTION not in made and RecordKind.PHOTOS not in made:
        return _of(CaseStep.INSPECTION, "还没有现场检查笔录或者现场照片。")
    if RecordKind.INQUIRY not in made:
        return _of(CaseStep.INQUIRY, "还没有询问笔录。请询问当事人或者有关人员。")
    if not facts.corrections:
        return _of(
            CaseStep.CORRECTION_ORDERED, "还没有责令改正；实施处罚应当责令改正或者限期改正。"
        )
    return _of(CaseStep.CONCLUDED, "证据收集齐全的，写调查终结报告，提出拟处理意见。")


def _transfer(facts: CaseFacts) -> Asked | None:
    meant = facts.imposition is not None and facts.imposition.outcome is Outcome.TRANSFER
    if not facts.transfers:
        say = "拟处理意见是移送司法机关，请先报告。"
        return _of(CaseStep.TRANSFER_PROPOSED, say) if meant else None
    one = facts.transfers[-1]
    if one.decided_on is None:
        return _of(CaseStep.TRANSFER_DECIDED, "移送报告等待负责人在三日内决定。")
    if one.approved and one.transferred_on is None:
        return _of(CaseStep.TRANSFER, "负责人已经批准移送，应当在二十四小时内移送。")
    if one.approved and one.answered_on is None:
        return _of(CaseStep.POLICE_ANSWERED, "案件已经移送，等待公安机关答复。")
    return None


def _announce(facts: CaseFacts) -> Asked | None:
    if not facts.punishes:
        return None
    if not facts.notices:
        return _of(CaseStep.ANNOUNCED, "作出处罚决定之前，应当告知内容、事实、理由、依据和权利。")
    last = facts.notices[-1]
    if facts.served_on(CaseStep.ANNOUNCED, last.id) is None:
        say = "事先告知书还没有送达；期限从送达次日起算。"
        return _of(CaseStep.SERVED, say, of=CaseStep.ANNOUNCED.value)
    return None


def _hearing(facts: CaseFacts) -> Asked | None:
    one = next((each for each in facts.hearings if each.open), None)
    if one is None:
        return None
    if one.noticed_on is None or one.hearing_on is None:
        return _of(CaseStep.HEARING_NOTICED, "当事人要求听证，应当在听证七个工作日前通知。")
    if facts.served_on(CaseStep.HEARING_NOTICED, one.id) is None:
        say = "听证通知书还没有送达。"
        return _of(CaseStep.SERVED, say, of=CaseStep.HEARING_NOTICED.value)
    if one.held_on is None and facts.today < one.hearing_on:
        return Asked(
            None, f"听证定于 {one.hearing_on}，在{one.place}举行。", "行政处罚法第六十四条"
        )
    if one.held_on is None:
        return _of(CaseStep.HEARING, "到了听证的日期，请登记听证笔录。")
    return _of(CaseStep.HEARING_REPORTED, "听证已经举行，听证主持人应当提出报告。")


def _defence(facts: CaseFacts) -> Asked | None:
    if any(one.reviewed_on is None and not one.waived and one.words for one in facts.defences):
        return _of(CaseStep.DEFENCE_REVIEWED, "当事人提出了陈述、申辩，应当复核事实、理由和证据。")
    if not facts.punishes or not facts.notices or facts.taken(CaseStep.RULED):
        return None
    return _running(facts, facts.notices[-1])


def _running(facts: CaseFacts, notice: Proposal) -> Asked | None:
    """The party's days to answer and to ask for a hearing, while they run and nothing was said."""
    mine = [one for one in facts.defences if one.notice_id == notice.id]
    due = course_clocks.defence_due(facts, notice)
    if not mine and due is not None and facts.today <= due.due_on:
        say = f"陈述、申辩的期限到 {due.due_on}。当事人提出或者明确放弃的，请登记。"
        return _of(CaseStep.DEFENDED, say)
    return None


def _review(facts: CaseFacts) -> Asked | None:
    codes = {one.code: one for one in lifecycle.objections(CaseStep.RULED, facts)}
    for code in TO_REVIEW:
        if code in codes:
            return _of(CaseStep.LEGAL_REVIEWED, codes[code].say)
    if "discussion_missing" in codes:
        return _of(CaseStep.DISCUSSED, codes["discussion_missing"].say)
    return None


def _put_forward(facts: CaseFacts) -> Asked | None:
    put, signed = facts.put_forward, sign_off.round_of(facts, SignOffMatter.DECISION)
    if signed and not signed[-1].agrees:
        say = f"处理意见被“{signed[-1].level_name}”退回：{signed[-1].words}。修改后重新呈报。"
        return _of(CaseStep.DECISION_PROPOSED, say)
    if put is None or facts.proposal is not put:
        return _of(CaseStep.DECISION_PROPOSED, "请呈报处理意见，由负责人审查决定。")
    return None


def _hearing_days(facts: CaseFacts) -> Asked | None:
    """Everything is signed but the last level, and the five days are not over (第六十四条第一项)."""
    if facts.taken(CaseStep.RULED) or not facts.punishes or not facts.notices:
        return None
    due = course_clocks.hearing_due(facts, facts.notices[-1])
    waived = any(one.hearing_waived for one in facts.defences)
    if due is None or waived or facts.hearings or facts.today > due.due_on:
        return None
    say = f"当事人可以在 {due.due_on} 前要求听证，届满之前不能作出决定。"
    return Asked(None, say, due.cite)


def _educate(facts: CaseFacts) -> Asked | None:
    one = facts.imposition
    if one is None or one.outcome is not Outcome.NO_PENALTY or facts.taken(CaseStep.EDUCATED):
        return None
    return _of(CaseStep.EDUCATED, "不予处罚的，应当对当事人进行教育。")


def _decide(facts: CaseFacts) -> Asked | None:
    if not facts.taken(CaseStep.RULED):
        return None
    return _of(CaseStep.DECIDED, "负责人已经批准，请编号并作出决定书。")


def _serve_decision(facts: CaseFacts) -> Asked | None:
    one = facts.decision
    if one is None or one.served_on is not None or one.revoked_on is not None:
        return None
    say = "决定书还没有送达；应当宣告后当场交付，或者七个工作日内送达。"
    return _of(CaseStep.SERVED, say, of=CaseStep.DECIDED.value)


def _recheck(facts: CaseFacts) -> Asked | None:
    for one in facts.corrections:
        over = one.at_once or (one.due_on is not None and one.due_on <= facts.today)
        if one.rechecked_on is None and over:
            return _of(CaseStep.REINSPECTED, f"{one.on} 的责令改正已经到期，应当复查。")
    return None


def _remedy(facts: CaseFacts) -> Asked | None:
    running = [one for one in facts.remedies if one.concluded_on is None]
    if not running:
        return None
    say = f"{running[-1].kind.label}正在进行（{running[-1].on} 起）；有了结果请登记。"
    return _of(CaseStep.REMEDY_CONCLUDED, say)


def _money(facts: CaseFacts) -> Asked | None:
    if not course_clocks.open_fen(facts):
        return None
    parts = course_clocks.parts(facts)
    last = parts[-1].due_on if parts else None
    if last is None or facts.today <= last:
        return _of(CaseStep.PAID, f"罚款缴纳期限到 {last}。缴款后登记。")
    return _unpaid(facts)


def _unpaid(facts: CaseFacts) -> Asked:
    if facts.applications:
        if facts.applications[-1].answered_on is None:
            return _of(CaseStep.COURT_ANSWERED, "已经申请法院强制执行，等待法院裁定。")
        return _of(CaseStep.PAID, "罚款还没有缴清。收到款项后登记。")
    over = course_clocks.court_from_on(facts)
    if not facts.urgings:
        return _of(CaseStep.URGED, "缴款期限已过，没有缴清。申请法院强制执行之前应当催告。")
    urging = facts.urgings[-1]
    if facts.served_on(CaseStep.URGED, urging.id) is None:
        return _of(CaseStep.SERVED, "催告书还没有送达。", of=CaseStep.URGED.value)
    if over is not None and facts.today > over:
        return _of(CaseStep.COURT_APPLICATION, "催告后仍不履行的，可以在三个月内申请法院强制执行。")
    return _of(CaseStep.PAID, "已经催告，罚款还没有缴清。收到款项后登记。")


def _reply(facts: CaseFacts) -> Asked | None:
    lead = facts.lead
    if lead is None or not lead.expects_reply or lead.replied_on is not None:
        return None
    by = f"（答复期限 {lead.reply_due_on}）" if lead.reply_due_on else ""
    return _of(CaseStep.LEAD_REPLIED, f"还没有答复反映人{by}。")


def _close(facts: CaseFacts) -> Asked | None:
    signed = sign_off.round_of(facts, SignOffMatter.CLOSURE)
    if signed and not signed[-1].agrees:
        say = f"结案呈报被“{signed[-1].level_name}”退回：{signed[-1].words}。补正后重新呈报。"
        return _of(CaseStep.CLOSURE_PROPOSED, say)
    return _of(CaseStep.CLOSURE_PROPOSED, "决定已经履行完毕，请呈报结案。")


def _over(facts: CaseFacts) -> Asked:
    when = f"已于 {facts.closed_on} 结案" if facts.closed_on else "没有立案，已经办结"
    return Asked(None, f"案件{when}。", "行政处罚法（2021）第四十七条")


_LEAD: tuple[Rule, ...] = (_lead,)
_OF_STAGE: Mapping[Stage, tuple[Rule, ...]] = MappingProxyType(
    {
        Stage.LEAD: (_signing(SignOffMatter.FILING), _returned, _things_soon),
        Stage.FILED: (
            _signing(SignOffMatter.CLOSURE),
            _unassigned,
            _recusal,
            _suspended,
            _things_soon,
            _transfer,
            _investigate,
            _announce,
            _hearing,
            _defence,
            _put_forward,
            _review,
            _hearing_days,
            _signing(SignOffMatter.DECISION),
            _educate,
            _decide,
        ),
        Stage.DECIDED: (
            _signing(SignOffMatter.CLOSURE),
            _serve_decision,
            _things_soon,
            _recheck,
            _remedy,
            _money,
            _all_things,
            _reply,
            _close,
        ),
        Stage.CLOSED: (_reply, _over),
    }
)
