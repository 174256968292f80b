"""Whether a decision may be shown, and to whom: 行政处罚法 第四十八条, 政府信息公开条例 第十四、十五条."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from enforcer.errors import Level, Objection
from enforcer.law import parameters
from enforcer.publication_terms import Audience, Withheld
from enforcer.terms import OfficerPost

ARTICLE_48 = "行政处罚法（2021）第四十八条第一款"
ARTICLE_48_2 = "行政处罚法（2021）第四十八条第二款"
ARTICLE_DISCLOSURE = "政府信息公开条例（2019）第十四条、第十五条"
ARTICLE_MINOR = "政府信息公开条例（2019）第十五条、民法典第十七条"
OWN_RULE = "本机关内部规定"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationFacts:
    """A decision and what is to be settled about showing it."""

    number: str
    decided_on: date
    punishes: bool
    revoked_on: date | None
    person: bool
    acted_on: date | None
    born_on: date | None
    audience: Audience
    wanted: bool
    withheld: Withheld | None
    reason: str
    approver_post: OfficerPost | None
    approved_on: date
    valid_until_on: date | None
    shown_until_on: date | None
    today: date
    published_on: date | None = None
    withdrawn_on: date | None = None


def _block(code: str, say: str, cite: str, field: str = "") -> Objection:
    return Objection(code, Level.BLOCK, say, cite, field)


def minor_on(born_on: date, day: date) -> bool:
    """Whether a person is under eighteen on a day; the birthday itself is the first day of age."""
    years = day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
    return years < int(parameters.on("age_of_majority", day).value)


def no_penalty(facts: PublicationFacts) -> Objection | None:
    """Only penalties are published under this article."""
    if facts.punishes or not facts.wanted:
        return None
    return _block(
        "publication_no_penalty",
        f"{facts.number}是不予处罚决定，第四十八条公开的是行政处罚决定。请选“不公开”。",
        ARTICLE_48,
        "wanted",
    )


def of_a_minor(facts: PublicationFacts) -> Objection | None:
    """A minor's penalty is shown to nobody."""
    day = facts.acted_on or facts.decided_on
    if not (facts.wanted and facts.person) or facts.born_on is None:
        return None
    if not minor_on(facts.born_on, day):
        return None
    return _block(
        "publication_minor",
        f"当事人 {facts.born_on} 出生，行为时是未成年人，决定不得公开。请选“不公开”，理由选“当事人是未成年人”。",
        ARTICLE_MINOR,
        "wanted",
    )


def age_unknown(facts: PublicationFacts) -> Objection | None:
    """A person whose age is not known may be a minor; the officer says he is not."""
    if not (facts.wanted and facts.person) or facts.born_on is not None:
        return None
    return Objection(
        "publication_age_unknown",
        Level.WARN,
        "当事人的出生日期没有登记，不能排除是未成年人。请核对后写明，或者先补登出生日期。",
        ARTICLE_MINOR,
        "wanted",
    )


def withheld_contradicts(facts: PublicationFacts) -> Objection | None:
    """What is shown has no ground for keeping it back, and the other way round."""
    if facts.wanted and facts.withheld is not None:
        return _block(
            "publication_contradicts",
            f"选了公开，又选了不公开的理由“{facts.withheld.label}”。请改成一致。",
            ARTICLE_DISCLOSURE,
            "withheld",
        )
    if not facts.wanted and facts.withheld is None:
        return _block(
            "publication_ground_missing",
            "不公开的，请选一项理由。",
            ARTICLE_DISCLOSURE,
            "withheld",
        )
    return None


def reason_missing(facts: PublicationFacts) -> Objection | None:
    """Why it has a certain influence on society, or why not, in words."""
    if facts.reason.strip():
        return None
    return _block(
        "publication_reason_missing",
        "没有写明理由。公开的，请写明有什么社会影响；不公开的，请写明依据。",
        ARTICLE_48,
        "reason",
    )


def approver_wrong(facts: PublicationFacts) -> Objection | None:
    """The head approves."""
    if facts.approver_post is OfficerPost.HEAD:
        return None
    return _block(
        "publication_approver",
        "审批人应当是本机关负责人。请从人员台账里选岗位是“负责人”的人员。",
        OWN_RULE,
        "approver_id",
    )


def approved_outside(facts: PublicationFacts) -> Objection | None:
    """Approved after the decision and not tomorrow."""
    if facts.decided_on <= facts.approved_on <= facts.today:
        return None
    return _block(
        "publication_approved_on",
        f"审批日期 {facts.approved_on} 应当在决定日期 {facts.decided_on} 至今天 {facts.today} 之间"
        "，请改正。",
        OWN_RULE,
        "approved_on",
    )


def revoked_not_shown(facts: PublicationFacts) -> Objection | None:
    """A revoked decision is not shown anew."""
    if not facts.wanted or facts.revoked_on is None or facts.published_on is not None:
        return None
    return _block(
        "publication_revoked",
        f"{facts.number}已于 {facts.revoked_on} 撤销，不再公开。请改为不公开；已经公开的，"
        "请登记撤回公开。",
        ARTICLE_48_2,
        "wanted",
    )


def shown_already(facts: PublicationFacts) -> Objection | None:
    """What has been shown is taken back, not unsettled."""
    if facts.published_on is None or facts.wanted:
        return None
    return _block(
        "publication_shown_already",
        f"{facts.number}已于 {facts.published_on} 公开，不能改成不公开。要撤下的，请登记撤回并说明理由。",
        ARTICLE_48_2,
        "wanted",
    )


def platform_dates(facts: PublicationFacts) -> Objection | None:
    """The platform's sheet needs 处罚有效期; neither date lies before the decision."""
    if facts.audience is not Audience.PLATFORM or not facts.wanted:
        return None
    if facts.valid_until_on is None:
        return _block(
            "publication_valid_until",
            "推送平台的表要求“处罚有效期”，法律没有规定多久，请按平台的要求填写。",
            OWN_RULE,
            "valid_until_on",
        )
    for name, label, day in (
        ("valid_until_on", "处罚有效期", facts.valid_until_on),
        ("shown_until_on", "公示截止期", facts.shown_until_on),
    ):
        if day is not None and day < facts.decided_on:
            return _block(
                "publication_until_before",
                f"{label} {day} 早于决定日期 {facts.decided_on}。请改正日期，或者不填。",
                OWN_RULE,
                name,
            )
    return None


SETTLING: tuple[Callable[[PublicationFacts], Objection | None], ...] = (
    no_penalty,
    of_a_minor,
    age_unknown,
    withheld_contradicts,
    reason_missing,
    approver_wrong,
    approved_outside,
    revoked_not_shown,
    shown_already,
    platform_dates,
)


def objections(facts: PublicationFacts) -> tuple[Objection, ...]:
    """Everything that stands against settling it so, what refuses first."""
    found = [said for guard in SETTLING if (said := guard(facts))]
    return tuple(sorted(found, key=lambda one: one.level is Level.WARN))
