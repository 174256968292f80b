"""Guards of the prior notice and of the defence (行政处罚法 第四十四、四十五、六十二条)."""

from __future__ import annotations

from enforcer.course_terms import Outcome
from enforcer.errors import Objection
from enforcer.law import course_clocks, procedure
from enforcer.law.course_decision import DefenceStatement, Proposal
from enforcer.law.lifecycle_facts import CaseFacts, block, warn
from enforcer.law.procedure import Answer, ProcedureFacts
from enforcer.terms import CaseStep, Needed

ARTICLE_44 = "行政处罚法（2021）第四十四条"
ARTICLE_45 = "行政处罚法（2021）第四十五条第一款"
ARTICLE_62 = "行政处罚法（2021）第六十二条"


def requirements(facts: CaseFacts, proposal: Proposal) -> ProcedureFacts:
    """What `law.procedure` looks at, for an opinion of this case."""
    one = proposal.imposition
    told = _questions(facts, proposal)
    return ProcedureFacts(
        decided_on=facts.day,
        party_kind=facts.party.kind,
        item=facts.item,
        kinds=one.kinds,
        fine_fen=one.fine_fen,
        gains_fen=one.gains_fen,
        property_fen=one.property_fen,
        discretion=one.discretion,
        sole_trader_as=facts.sole_trader_as,
        hearing_held=any(each.held_on is not None for each in facts.hearings),
        law_choice_open=facts.law is not None and facts.law.needs_choice,
        thresholds=facts.thresholds,
        public_interest=told["public_interest"],
        complicated=told["complicated"],
        serious=told["serious"],
        major_rights=told["major_rights"],
    )


def _questions(facts: CaseFacts, proposal: Proposal) -> dict[str, bool | None]:
    """The judgements people make, as answered last."""
    found: dict[str, bool | None] = {}
    for name in ("public_interest", "complicated", "serious", "major_rights"):
        said = [getattr(one, name) for one in (*facts.proposals, proposal)]
        found[name] = next((one for one in reversed(said) if one is not None), None)
    return found


def hearing_needed(facts: CaseFacts, proposal: Proposal) -> Answer:
    """Whether the party has to be told of the right to a hearing (第六十三条第一款)."""
    return procedure.hearing(requirements(facts, proposal))


def nothing_to_announce(facts: CaseFacts) -> Objection | None:
    """A prior notice announces a penalty; 不予处罚 needs none (第四十四条)."""
    one = _notice(facts)
    if one is None or one.imposition.outcome is Outcome.PENALTY:
        return None
    return block(
        "nothing_to_announce",
        f"处理结论是“{one.imposition.outcome.label}”，没有拟作出的处罚，不需要事先告知。请核对处理结论。",
        ARTICLE_44,
        "outcome",
    )


def hearing_not_offered(facts: CaseFacts) -> Objection | None:
    """Where a hearing is due, the notice says so (第六十三条第一款)."""
    one = _notice(facts)
    if one is None or one.hearing_offered:
        return None
    answer = hearing_needed(facts, one)
    if answer.needed is not Needed.YES:
        return None
    return block(
        "hearing_not_offered",
        f"{''.join(answer.why)}告知书没有告知听证权利。请勾选“告知听证权利”。",
        answer.cite,
        "hearing_offered",
    )


def hearing_doubtful(facts: CaseFacts) -> Objection | None:
    """Where nobody has settled it, telling is the safe way, or a reason (第六十三条第一款)."""
    one = _notice(facts)
    if one is None or one.hearing_offered:
        return None
    answer = hearing_needed(facts, one)
    if answer.needed not in (Needed.OPEN, Needed.ADVISED):
        return None
    return warn(
        "hearing_doubtful",
        f"{''.join(answer.why)}拿不准的请告知听证权利；不告知的，写明理由。",
        answer.cite,
        "hearing_offered",
    )


def defence_days_missing(facts: CaseFacts) -> Objection | None:
    """The law gives no days for the defence; the office or the notice must (第四十四、四十五条)."""
    one = _notice(facts)
    if one is None or one.defence_days or facts.defence_days:
        return None
    return block(
        "defence_days_missing",
        "陈述、申辩的天数待机关确认，告知书上也没有填。法律没有规定天数，"
        "请在“设置—法律留给本机关的事项”中确认，或者在这份告知书上写明。",
        f"{ARTICLE_44}、第四十五条",
        "defence_days",
    )


def no_notice(facts: CaseFacts) -> Objection | None:
    """A defence answers a notice of this case (第四十五条第一款)."""
    one = _defence(facts)
    if one is None or any(each.id == one.notice_id for each in facts.notices):
        return None
    return block(
        "no_notice",
        "没有找到所针对的告知书。请先告知，或者重新选择告知书。",
        ARTICLE_44,
        "notice_id",
    )


def defence_before_service(facts: CaseFacts) -> Objection | None:
    """Nobody answers a notice he has not received (第四十四条)."""
    one = _defence(facts)
    if one is None or not any(each.id == one.notice_id for each in facts.notices):
        return None
    served = facts.served_on(CaseStep.ANNOUNCED, one.notice_id)
    if served is not None and served <= one.on:
        return None
    return block(
        "defence_before_service",
        f"告知书{f'到 {served} 才送达' if served else '还没有送达'}，当事人还不知道告知的内容。"
        "请先登记送达，并核对陈述、申辩的日期。",
        ARTICLE_44,
        "on",
    )


def waiver_not_written(facts: CaseFacts) -> Objection | None:
    """A waiver is express, and on paper (第六十二条)."""
    one = _defence(facts)
    if one is None or not (one.waived or one.hearing_waived) or one.in_writing:
        return None
    return block(
        "waiver_not_written",
        "放弃陈述、申辩或者听证，没有书面材料或者签名的笔录。须当事人明确放弃，请附签名的放弃声明。",
        ARTICLE_62,
        "in_writing",
    )


def defence_words_missing(facts: CaseFacts) -> Objection | None:
    """What the party said is recorded (第四十五条第一款)."""
    one = _defence(facts)
    if one is None or one.waived or one.hearing_waived or one.words:
        return None
    return block(
        "defence_words_missing",
        "没有填陈述、申辩的内容，也没有选放弃。请记录当事人提出的事实、理由和证据。",
        ARTICLE_45,
        "words",
    )


def nothing_to_review(facts: CaseFacts) -> Objection | None:
    """A review answers a defence that was made (第四十五条第一款)."""
    one = _review(facts)
    known = next((each for each in facts.defences if one is not None and each.id == one.id), None)
    if one is None and facts.new is None:
        open_ones = [o for o in facts.defences if o.words and not o.waived and not o.reviewed_on]
        known = open_ones[0] if open_ones else None
    elif one is None:
        return None
    if known is not None and not known.waived and known.words:
        return None
    return block(
        "nothing_to_review",
        "当事人没有提出陈述、申辩，或者已经放弃，没有可以复核的内容。当事人提出意见的，"
        "请先登记“陈述、申辩”；没有意见的，不用复核。",
        ARTICLE_45,
        "defence_id",
    )


def reviewed_already(facts: CaseFacts) -> Objection | None:
    """One defence, one review (第四十五条第一款)."""
    one = _review(facts)
    known = next((each for each in facts.defences if one is not None and each.id == one.id), None)
    if known is None or known.reviewed_on is None:
        return None
    return block(
        "reviewed_already",
        f"{known.on} 的陈述、申辩已于 {known.reviewed_on} 复核，不能改写。当事人又有新的意见的，"
        "请另行登记陈述、申辩后再复核。",
        ARTICLE_45,
        "defence_id",
    )


def review_before_defence(facts: CaseFacts) -> Objection | None:
    """Reviewed after it was heard (第四十五条第一款)."""
    one = _review(facts)
    if one is None or one.reviewed_on is None or one.reviewed_on >= one.on:
        return None
    return block(
        "review_before_defence",
        f"复核日期 {one.reviewed_on} 早于陈述、申辩日期 {one.on}。请改正复核日期；"
        "听取意见的日期有误的，请先撤回那一步。",
        ARTICLE_45,
        "on",
    )


def review_words_missing(facts: CaseFacts) -> Objection | None:
    """Every fact, reason and piece of evidence is looked into, and the answer given (第四十五条第一款)."""
    one = _review(facts)
    if one is None or (one.review_words and one.adopted is not None):
        return None
    lacking = "复核的经过和意见" if not one.review_words else "是否采纳"
    return block(
        "review_words_missing",
        f"没有填{lacking}。对当事人提出的事实、理由和证据应当进行复核，成立的应当采纳。"
        "请逐项写明并选定是否采纳。",
        ARTICLE_45,
        "words" if not one.review_words else "adopted",
    )


def notice_period_running(facts: CaseFacts) -> Objection | None:
    """No decision while the party may still speak (第四十四、四十五、六十二条)."""
    for notice in _last_served(facts):
        due = course_clocks.defence_due(facts, notice)
        waived = any(one.notice_id == notice.id and one.waived for one in facts.defences)
        if due is None or facts.day > due.due_on or waived:
            continue
        return block(
            "notice_period_running",
            f"当事人可以陈述、申辩到 {due.due_on}，现在还没有届满，也没有书面放弃。"
            f"请在 {due.due_on} 之后再作决定。",
            f"{ARTICLE_44}、第四十五条第一款、第六十二条",
            "on",
        )
    return None


def hearing_period_running(facts: CaseFacts) -> Objection | None:
    """No decision while the party may still ask for a hearing (第六十四条第一项)."""
    for notice in _last_served(facts):
        due = course_clocks.hearing_due(facts, notice)
        waived = any(o.notice_id == notice.id and o.hearing_waived for o in facts.defences)
        asked = any(one.notice_id == notice.id for one in facts.hearings)
        if due is None or facts.day > due.due_on or waived or asked:
            continue
        return block(
            "hearing_period_running",
            f"当事人可以在 {due.due_on} 前要求听证（五个工作日），现在还没有届满，也没有书面放弃听证。"
            f"请在 {due.due_on} 之后再作决定。",
            due.cite,
            "on",
        )
    return None


def defence_not_reviewed(facts: CaseFacts) -> Objection | None:
    """What was said has to be answered before anything is decided (第四十五条第一款)."""
    left = [one for one in facts.defences if one.words and not one.waived and not one.reviewed_on]
    if not left:
        return None
    return block(
        "defence_not_reviewed",
        f"{left[0].on} 的陈述、申辩还没有复核。必须充分听取意见并进行复核，请先复核。",
        ARTICLE_45,
    )


def _last_served(facts: CaseFacts) -> tuple[Proposal, ...]:
    """The last notice that was served, or is on its way to be deemed served."""
    served = [
        one for one in facts.notices if facts.served_on(CaseStep.ANNOUNCED, one.id) is not None
    ]
    return tuple(served[-1:]) if facts.punishes else ()


def _notice(facts: CaseFacts) -> Proposal | None:
    one = facts.new
    return one if isinstance(one, Proposal) and one.step is CaseStep.ANNOUNCED else None


def _defence(facts: CaseFacts) -> DefenceStatement | None:
    one = facts.new
    return one if isinstance(one, DefenceStatement) and not one.id else None


def _review(facts: CaseFacts) -> DefenceStatement | None:
    one = facts.new
    return one if isinstance(one, DefenceStatement) and one.reviewed_on else None


ANNOUNCED = (nothing_to_announce, hearing_not_offered, hearing_doubtful, defence_days_missing)
DEFENDED = (no_notice, defence_before_service, waiver_not_written, defence_words_missing)
REVIEWED = (nothing_to_review, reviewed_already, review_before_defence, review_words_missing)
WAITING = (notice_period_running, hearing_period_running, defence_not_reviewed)
