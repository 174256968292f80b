"""Guards of both procedures: the officers who act, and the power that the organ acts by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from enforcer.errors import Objection
from enforcer.law import parameters
from enforcer.law.summary_facts import Power, block
from enforcer.terms import PowerKind

ARTICLE_42 = "行政处罚法（2021）第四十二条第一款"
ARTICLES = {
    PowerKind.OWN: "行政处罚法（2021）第十七条",
    PowerKind.CONCENTRATED: "行政处罚法（2021）第十八条第一款",
    PowerKind.CONFERRED: "行政处罚法（2021）第二十四条第一款",
    PowerKind.ENTRUSTED: "行政处罚法（2021）第二十条",
}
NO_POWER = "行政处罚法（2021）第十七条、第十八条、第二十条、第二十四条、第三十八条"


class Actor(Protocol):
    """An officer with the certificate that serves on the day; `key` tells namesakes apart."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def certificate(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def active(self) -> bool: ...


class Acting(Protocol):
    """What these guards look at: the day, who acts, and by which power."""

    @property
    def day(self) -> date: ...
    @property
    def acting(self) -> Sequence[Actor]: ...
    @property
    def power(self) -> Power | None: ...


def officers_fewer_than_two(facts: Acting) -> Objection | None:
    """Two officers at least, whatever they do (第四十二条第一款)."""
    needed = parameters.on("officers_minimum", facts.day).value
    if len(facts.acting) >= needed:
        return None
    return block(
        "officers_fewer_than_two",
        f"执法人员{f'只有 {len(facts.acting)} 人' if facts.acting else '没有填'}，不得少于两人。"
        "请补填持证执法人员；协管、辅助人员不计入。",
        ARTICLE_42,
        "officer2_id" if facts.acting else "officer1_id",
    )


def same_officer_twice(facts: Acting) -> Objection | None:
    """One person is never two officers, by whatever name or number (第四十二条第一款)."""
    seen: set[str] = set()
    for one in facts.acting:
        marks = {f"人{one.key}"} | ({f"证{one.certificate}"} if one.certificate else set())
        if marks & seen:
            return block(
                "same_officer_twice",
                f"两名执法人员填的是同一人（{one.name}），仍算一人。请改填另一名执法人员。",
                ARTICLE_42,
                "officer2_id",
            )
        seen |= marks
    return None


def officer_left(facts: Acting) -> Objection | None:
    """Who has left the team cannot act (第四十二条第一款)."""
    found = first(facts, lambda one: not one.active)
    if found is None:
        return None
    return block(
        "officer_left",
        f"{found.name}在人员台账里已经停用，不能执法。请改填在岗的执法人员。",
        ARTICLE_42,
        field_of(facts, found),
    )


def certificate_missing(facts: Acting) -> Objection | None:
    """No certificate, no power to act (第四十二条第一款)."""
    found = first(facts, lambda one: not one.certificate or one.valid_until is None)
    if found is None:
        return None
    return block(
        "certificate_missing",
        f"{found.name}没有登记执法证，不能执法。请在“台账—人员与证件”补登执法证，或者改填他人。",
        ARTICLE_42,
        field_of(facts, found),
    )


def certificate_expired(facts: Acting) -> Objection | None:
    """A certificate serves on its last day and not after (第四十二条第一款)."""
    found = first(facts, lambda one: one.valid_until is not None and one.valid_until < facts.day)
    if found is None:
        return None
    return block(
        "certificate_expired",
        f"{found.name}的执法证{found.certificate}已于 {found.valid_until} 到期，{facts.day} 不能执法。"
        "请换发后更新台账，或者改填持有效证件的执法人员。",
        ARTICLE_42,
        field_of(facts, found),
    )


def certificate_not_yet_valid(facts: Acting) -> Objection | None:
    """A certificate serves from the day of its issue (第四十二条第一款)."""
    found = first(facts, lambda one: one.valid_from is not None and one.valid_from > facts.day)
    if found is None:
        return None
    return block(
        "certificate_not_yet_valid",
        f"{found.name}的执法证{found.certificate}自 {found.valid_from} 起有效，{facts.day} 还不能使用。"
        "请改填持有效证件的执法人员。",
        ARTICLE_42,
        field_of(facts, found),
    )


def power_missing(facts: Acting) -> Objection | None:
    """Without the document of its power the organ may only persuade or refer (第三十八条)."""
    if facts.power is not None:
        return None
    return block(
        "power_missing",
        "没有选定这项处罚的权力来源，不能处罚，只能劝导或者移送。"
        "请选择权力来源；还没有登记的，到“设置—权力来源与事项”登记。",
        NO_POWER,
        "power_source_id",
    )


def power_not_covering(facts: Acting) -> Objection | None:
    """A power covers the items that its document names (第二十条第一款、第三十八条第一款)."""
    power = facts.power
    if power is None or power.covers_item:
        return None
    return block(
        "power_not_covering",
        f"《{power.title}》登记的事项里没有这一项，{power.organ}不能据此处罚。"
        "请改选权力来源，或者到“设置—权力来源与事项”核对文件后补登。",
        ARTICLES[power.kind],
        "power_source_id",
    )


def power_expired(facts: Acting) -> Objection | None:
    """A power that has run out locks the papers (第二十条、第二十四条、第三十八条)."""
    power = facts.power
    if power is None or power.valid_until is None or power.valid_until >= facts.day:
        return None
    return block(
        "power_expired",
        f"权力来源《{power.title}》已于 {power.valid_until} 到期，{facts.day} 不能再据此处罚，"
        "只能劝导或者移送。续期后请到“设置—权力来源与事项”登记新的文件。",
        ARTICLES[power.kind],
        "power_source_id",
    )


def power_not_yet_valid(facts: Acting) -> Objection | None:
    """A power serves from its first day (第二十条、第二十四条、第三十八条)."""
    power = facts.power
    if power is None or power.valid_from <= facts.day:
        return None
    return block(
        "power_not_yet_valid",
        f"权力来源《{power.title}》自 {power.valid_from} 起生效，{facts.day} 还不能处罚，"
        "只能劝导或者移送。请核对文件的生效日期。",
        ARTICLES[power.kind],
        "power_source_id",
    )


def first(facts: Acting, fails: Callable[[Actor], bool]) -> Actor | None:
    """The first of those who act that fails a test."""
    return next((one for one in facts.acting if fails(one)), None)


def field_of(facts: Acting, actor: Actor) -> str:
    """The field of the form that an officer stands in."""
    return "officer1_id" if facts.acting[0] is actor else "officer2_id"


OFFICERS = (
    officers_fewer_than_two,
    same_officer_twice,
    officer_left,
    certificate_missing,
    certificate_expired,
    certificate_not_yet_valid,
)
POWER = (power_missing, power_not_covering, power_expired, power_not_yet_valid)
