"""Rules that hold for every step: the stage, the order, the day, the person (行政处罚法 第四十七条)."""

from __future__ import annotations

from collections.abc import Callable

from enforcer.errors import Objection
from enforcer.law.lifecycle_facts import CaseFacts, block
from enforcer.law.lifecycle_step import ROLE_OF, Step
from enforcer.terms import Role, Stage

Rule = Callable[[Step, CaseFacts], Objection | None]
ARTICLE_5 = "行政处罚法（2021）第五条"
ARTICLE_40 = "行政处罚法（2021）第四十条"
ARTICLE_42 = "行政处罚法（2021）第四十二条第一款"
ARTICLE_47 = "行政处罚法（2021）第四十七条"
_ORDER = (Stage.LEAD, Stage.FILED, Stage.DECIDED, Stage.CLOSED)


def case_closed(step: Step, facts: CaseFacts) -> Objection | None:
    """A closed file takes no further step (第四十七条)."""
    if facts.stage is not Stage.CLOSED or Stage.CLOSED in step.frm:
        return None
    when = f"已于 {facts.closed_on} 结案" if facts.closed_on else "没有立案，已经办结"
    return block(
        "case_closed",
        f"案件 {facts.number} {when}，不能再办理“{step.label}”。记录有误的，"
        "请在案卷备考表中写明更正；又发现违法行为的，请另行登记线索。",
        ARTICLE_47,
    )


def stage_not_reached(step: Step, facts: CaseFacts) -> Objection | None:
    """A step belongs to its stage: not before it."""
    if facts.stage in step.frm or facts.stage is Stage.CLOSED:
        return None
    if _ORDER.index(facts.stage) > min(map(_ORDER.index, step.frm)):
        return None
    return block(
        "stage_not_reached",
        f"案件现在是“{facts.stage.label}”，还不能办理“{step.label}”。请先办完前面的步骤。",
        step.cite,
    )


def stage_passed(step: Step, facts: CaseFacts) -> Objection | None:
    """A step belongs to its stage: not after it."""
    if facts.stage in step.frm or facts.stage is Stage.CLOSED:
        return None
    if _ORDER.index(facts.stage) < min(map(_ORDER.index, step.frm)):
        return None
    return block(
        "stage_passed",
        f"案件现在是“{facts.stage.label}”，“{step.label}”这一步已经过去，不能再办理。"
        "那时漏登记的，请在案卷备考表中写明；误录了后面步骤的，请先撤回。",
        step.cite,
    )


def taken_already(step: Step, facts: CaseFacts) -> Objection | None:
    """What is done once is not done twice."""
    day = facts.first(step.key)
    if not step.once or day is None:
        return None
    return block(
        "taken_already",
        f"“{step.label}”已于 {day} 办理，不能重复办理，也不能改写日期。误录的，"
        "请先撤回或者更正那一步，再重新办理。",
        step.cite,
    )


def ground_missing(step: Step, facts: CaseFacts) -> Objection | None:
    """A step rests on those before it."""
    lacking = [one for one in step.rests_on if not facts.taken(one)]
    if not lacking:
        return None
    named = "、".join(f"“{one.label}”" for one in lacking)
    return block(
        "ground_missing",
        f"还没有办理{named}，不能办理“{step.label}”。请先补办。",
        step.cite,
    )


def day_in_future(step: Step, facts: CaseFacts) -> Objection | None:
    """Nothing is recorded that has not happened (第四十七条)."""
    if facts.day <= facts.today:
        return None
    return block(
        "day_in_future",
        f"“{step.label}”的日期 {facts.day} 在今天（{facts.today}）之后。请核对日期。",
        ARTICLE_47,
        "on",
    )


def day_before_ground(step: Step, facts: CaseFacts) -> Objection | None:
    """No step is dated back before the one it rests on (第四十七条)."""
    grounds = [(day, one) for one in step.rests_on if (day := facts.first(one)) is not None]
    if not grounds or facts.day >= max(day for day, _ in grounds):
        return None
    day, ground = max(grounds)
    return block(
        "day_before_ground",
        f"“{step.label}”的日期 {facts.day} 早于它所依据的“{ground.label}”（{day}）。请核对日期，不得倒签。",
        ARTICLE_47,
        "on",
    )


def person_missing(step: Step, facts: CaseFacts) -> Objection | None:
    """Somebody answers for every step."""
    if facts.new is None or facts.by is not None:
        return None
    return block(
        "person_missing",
        f"没有填“{step.label}”由谁办理。请选择经办人。",
        ARTICLE_47,
        "by_id",
    )


def person_left(step: Step, facts: CaseFacts) -> Objection | None:
    """Who has left the office takes no step (第四十二条第一款)."""
    if facts.by is None or facts.by.active:
        return None
    return block(
        "person_left",
        f"{facts.by.name}在人员台账里已经停用，不能办理“{step.label}”。请改选在岗的人员。",
        ARTICLE_42,
        "by_id",
    )


def wrong_role(step: Step, facts: CaseFacts) -> Objection | None:
    """Each step belongs to certain posts; that is all the rights there are."""
    if facts.by is None or ROLE_OF[facts.by.post] in step.roles:
        return None
    allowed = "、".join(one.label for one in Role if one in step.roles)
    return block(
        "wrong_role",
        f"“{step.label}”应当由{allowed}办理，{facts.by.name}的岗位是{facts.by.post.label}。请改选人员。",
        step.cite,
        "by_id",
    )


def party_merged(step: Step, facts: CaseFacts) -> Objection | None:
    """A party entered twice lives on under one entry (第四十条)."""
    if not facts.party.merged_into:
        return None
    return block(
        "party_merged",
        f"当事人“{facts.party.name}”的登记已并入“{facts.party.merged_into}”，不能再用于“{step.label}”。"
        "请改选保留的那一条。",
        ARTICLE_40,
        "party_id",
    )


RULES: tuple[Rule, ...] = (
    case_closed,
    stage_not_reached,
    stage_passed,
    taken_already,
    ground_missing,
    day_in_future,
    day_before_ground,
    person_missing,
    person_left,
    wrong_role,
    party_merged,
)
