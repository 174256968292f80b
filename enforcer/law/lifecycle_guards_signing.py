"""Guards of the sign-off chain (行政处罚法 第五十七条第一款)."""

from __future__ import annotations

from enforcer.errors import Objection
from enforcer.law import sign_off
from enforcer.law.course_people import SignOff
from enforcer.law.lifecycle_facts import CaseFacts, block

ARTICLE_57 = "行政处罚法（2021）第五十七条第一款"


def nothing_to_sign(facts: CaseFacts) -> Objection | None:
    """A signature answers something that was put forward."""
    one = facts.new
    if one is None:
        waits, what = bool(sign_off.waiting_for(facts)), ""
    elif isinstance(one, SignOff):
        waits, what = sign_off.pending(facts, one.matter) is not None, f"“{one.matter.label}”"
    else:
        return None
    if waits:
        return None
    return block(
        "nothing_to_sign",
        f"没有等待审批的{what}事项：还没有呈报，或者已经退回、批准。请先呈报。",
        ARTICLE_57,
        "matter",
    )


def wrong_level(facts: CaseFacts) -> Objection | None:
    """Each level is signed by those whom the office has named for it."""
    one = facts.new
    if not isinstance(one, SignOff) or facts.by is None:
        return None
    level = sign_off.pending(facts, one.matter)
    if level is None or facts.by.post in level.posts:
        return None
    return block(
        "wrong_level",
        f"现在等待“{level.name}”审批，应当由{'、'.join(p.label for p in level.posts)}签署，"
        f"{facts.by.name}的岗位是{facts.by.post.label}。请改选签署人，或者等这一级签署。",
        ARTICLE_57,
        "by_id",
    )


def signed_twice(facts: CaseFacts) -> Objection | None:
    """One person does not approve on two levels."""
    one = facts.new
    if not isinstance(one, SignOff) or facts.by is None:
        return None
    earlier = [s for s in sign_off.round_of(facts, one.matter) if s.person_id == facts.by.id]
    if not earlier:
        return None
    return block(
        "signed_twice",
        f"{facts.by.name}已经在“{earlier[0].level_name}”一级签署（{earlier[0].on}），"
        "不能再签另一级。请由另一人审批。",
        ARTICLE_57,
        "by_id",
    )


def handler_approves(facts: CaseFacts) -> Objection | None:
    """Who investigates does not approve (第五十七条第一款、第五十八条)."""
    if not isinstance(facts.new, SignOff) or facts.by is None:
        return None
    handlers = {one.id for one in facts.handlers}
    handlers |= set(facts.filing.officer_ids) if facts.filing else set()
    if facts.by.id not in handlers:
        return None
    return block(
        "handler_approves",
        f"{facts.by.name}是本案承办人员，不能审批自己承办的案件。请由另一人审批。",
        ARTICLE_57,
        "by_id",
    )


def return_words_missing(facts: CaseFacts) -> Objection | None:
    """What is sent back is sent back with words."""
    one = facts.new
    if not isinstance(one, SignOff) or one.agrees or one.words:
        return None
    return block(
        "return_words_missing",
        "不同意却没有写意见。请写明退回的理由，承办人据此补正。",
        ARTICLE_57,
        "words",
    )


def signed_before_last(facts: CaseFacts) -> Objection | None:
    """Signatures follow each other in time."""
    one = facts.new
    earlier = sign_off.round_of(facts, one.matter) if isinstance(one, SignOff) else ()
    if not earlier or facts.day >= earlier[-1].on:
        return None
    return block(
        "signed_before_last",
        f"审批日期 {facts.day} 早于上一级“{earlier[-1].level_name}”的 {earlier[-1].on}。请核对日期。",
        "行政处罚法（2021）第四十七条",
        "on",
    )


SIGNED = (
    nothing_to_sign,
    wrong_level,
    signed_twice,
    handler_approves,
    return_words_missing,
    signed_before_last,
)
