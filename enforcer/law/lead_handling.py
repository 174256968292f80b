"""What is done with a lead beside the steps of the course: hand on, put off, correct, take back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from enforcer.course_terms import LeadOutcome
from enforcer.errors import Objection
from enforcer.law.course_investigation import Lead
from enforcer.law.course_people import Person
from enforcer.law.lifecycle_facts import CaseFacts, block, warn

ARTICLE_54_2 = "行政处罚法（2021）第五十四条第二款"
ARTICLE_47 = "行政处罚法（2021）第四十七条"
ARTICLE_42 = "行政处罚法（2021）第四十二条第一款"
OFFICE = "本机关内部规定"
SECRECY = "生态环境法典第一百四十六条第一款、无证无照经营查处办法（2017）第九条第二款"
SHORTEST_NAME = 2
"""Characters of a name that can be told from an ordinary word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What would be done with the lead; `new` is empty while only the button is asked.

    `rests` names what stands on the last deed, so that it can no longer be taken back.
    """

    facts: CaseFacts
    asked: bool = True
    until: date | None = None
    to: Person | None = None
    received_at: datetime | None = None
    last: str = ""
    rests: str = ""
    merged_here: tuple[str, ...] = ()

    @property
    def lead(self) -> Lead:
        assert self.facts.lead is not None
        return self.facts.lead


def against_assigning(one: Handling) -> Iterator[Objection]:
    """A lead is handed to somebody in office, as long as it is open."""
    yield from _somebody(one, "交办")
    yield from _ended(one, "再交办")
    yield from _day(one, "交办", one.lead.received_on, "登记")
    if one.asked and one.to is None:
        yield block("handler_missing", "没有选承办人。请选择由谁核查。", OFFICE, "handler_id")
    elif one.to is not None and not one.to.active:
        yield block(
            "handler_left",
            f"{one.to.name}在人员台账里已经停用，不能承办线索。请改选在岗的人员。",
            OFFICE,
            "handler_id",
        )


def against_extending(one: Handling) -> Iterator[Objection]:
    """An answer can be put off before it is given, to a later day, with the reason on record."""
    yield from _somebody(one, "延长答复期限")
    lead = one.lead
    if lead.voided_on is not None:
        yield _void(lead, "延长答复期限")
        return
    if lead.replied_on is not None:
        yield block(
            "replied_already",
            f"线索 {lead.number} 已于 {lead.replied_on} 答复，不用再延长答复期限。答复误录的，"
            "请先撤回答复。",
            OFFICE,
        )
        return
    if lead.reply_due_on is None:
        yield block(
            "no_reply_due",
            "这条线索没有登记答复期限，无从延长。请先在“更正登记”中补填期限，或者由机关确认答复天数。",
            OFFICE,
        )
        return
    yield from _day(one, "延长答复期限", lead.received_on, "登记")
    if one.until is not None and one.until <= lead.reply_due_on:
        yield block(
            "extension_not_later",
            f"新的答复期限 {one.until} 不晚于原来的 {lead.reply_due_on}。请填写更晚的日期。",
            OFFICE,
            "until",
        )
    if one.asked and one.facts.day > lead.reply_due_on:
        yield warn(
            "extension_after_due",
            f"答复期限 {lead.reply_due_on} 已过，{one.facts.day} 才延长。"
            "逾期仍会如实显示；确经批准的，请写明批准的时间和依据。",
            OFFICE,
            "on",
        )


def against_correcting(one: Handling) -> Iterator[Objection]:
    """What was written down can be mended until the lead has its end."""
    yield from _somebody(one, "更正登记")
    yield from _ended(one, "更正登记")
    checked = one.lead.checked_on
    if one.received_at is not None and checked is not None and one.received_at.date() > checked:
        yield block(
            "received_after_check",
            f"登记时间 {one.received_at:%Y-%m-%d %H:%M} 晚于核查日期 {checked}。请改正登记时间；"
            "核查日期有误的，请先撤回核查。",
            ARTICLE_47,
            "received_at",
        )


def against_following_up(one: Handling) -> Iterator[Objection]:
    """Whether they are content is asked once they have been answered."""
    yield from _somebody(one, "回访")
    replied = one.lead.replied_on
    if one.lead.voided_on is not None:
        yield _void(one.lead, "回访")
        return
    if replied is None:
        yield block("not_replied", "还没有答复，不能登记回访。请先登记答复。", OFFICE)
        return
    yield from _day(one, "回访", replied, "答复")


def against_voiding(one: Handling) -> Iterator[Objection]:
    """What was registered by mistake is made void until somebody was answered or it is a case."""
    yield from _somebody(one, "作废")
    lead = one.lead
    yield from _ended(one, "作废")
    if lead.voided_on is not None:
        return
    if lead.replied_on is not None:
        yield block(
            "replied_already",
            f"线索 {lead.number} 已于 {lead.replied_on} 答复，不能作废。答复本身记错的，请先撤回答复。",
            ARTICLE_47,
        )
    if one.merged_here:
        yield block(
            "merged_here",
            f"{'、'.join(one.merged_here)} 已经并入线索 {lead.number}，不能作废。请先撤回它们的办结。",
            ARTICLE_47,
        )
    yield from _day(one, "作废", lead.received_on, "登记")


def against_taking_back(one: Handling) -> Iterator[Objection]:
    """The last entry can be taken back as long as nothing rests on it (第四十七条)."""
    yield from _somebody(one, "撤回")
    if not one.last:
        yield block(
            "nothing_to_take_back",
            "没有可以撤回的办理记录。登记本身有误的，请用“更正登记”。",
            ARTICLE_47,
        )
    elif one.rests:
        yield block(
            "rests_on_it",
            f"不能撤回“{one.last}”：{one.rests}。记录保留，请按后面的步骤办理。",
            ARTICLE_47,
        )


def informant_named(lead: Lead, *texts: str) -> Iterator[Objection]:
    """Who asked for secrecy is not to be known from what goes on paper."""
    if not lead.secret:
        return
    said = "\n".join((lead.content, *texts))
    hints = [
        what
        for what, words in (("姓名", lead.informant), ("电话", lead.informant_phone))
        if len(words) >= SHORTEST_NAME and words in said
    ]
    if hints:
        yield warn(
            "informant_named",
            f"反映人要求保密，情况说明里却写有反映人的{'、'.join(hints)}，会随文书印出。请改写；确需保留的，写明理由。",
            SECRECY,
            "content",
        )


def _somebody(one: Handling, what: str) -> Iterator[Objection]:
    """Somebody in office answers for every deed (第四十七条)."""
    by = one.facts.by
    if by is None and one.asked:
        say = f"没有填“{what}”由谁办理。请选择经办人。"
        yield block("person_missing", say, ARTICLE_47, "by_id")
    elif by is not None and not by.active:
        say = f"{by.name}在人员台账里已经停用，不能办理“{what}”。请改选在岗的人员。"
        yield block("person_left", say, ARTICLE_42, "by_id")


def _ended(one: Handling, what: str) -> Iterator[Objection]:
    lead = one.lead
    if lead.voided_on is not None:
        yield _void(lead, what)
    elif lead.case_id is not None and lead.outcome in (None, LeadOutcome.CASE):
        yield block(
            "filing_pending",
            f"线索 {lead.number} 已经呈报立案，不能{what}。请在案件里办理；呈报有误的，"
            "请先在案件里撤回呈报立案。",
            ARTICLE_54_2,
        )
    elif lead.outcome is not None:
        yield block(
            "lead_settled_already",
            f"线索 {lead.number} 已于 {lead.outcome_on} 按“{lead.outcome.label}”办结，不能{what}。"
            "办结有误的，请先撤回办结。",
            ARTICLE_54_2,
        )


def _void(lead: Lead, what: str) -> Objection:
    return block(
        "lead_void",
        f"线索 {lead.number} 已于 {lead.voided_on} 作废（{lead.void_reason}），不能{what}。"
        "作废有误的，请先撤回作废。",
        ARTICLE_47,
    )


def _day(one: Handling, what: str, first: date | None, after: str) -> Iterator[Objection]:
    day, today = one.facts.day, one.facts.today
    if day > today:
        yield block(
            "day_in_future",
            f"“{what}”的日期 {day} 在今天（{today}）之后。请核对日期。",
            ARTICLE_47,
            "on",
        )
    elif first is not None and day < first:
        yield block(
            "day_before_ground",
            f"“{what}”的日期 {day} 早于“{after}”（{first}）。请核对日期，不得倒签。",
            ARTICLE_47,
            "on",
        )
