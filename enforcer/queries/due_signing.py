"""Whose signature is awaited: every matter that lies before somebody, with the names of who may sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from enforcer.course_terms import SignOffMatter
from enforcer.law import sign_off
from enforcer.law.course_people import Level
from enforcer.queries.due_course_facts import Signature, Standing
from enforcer.queries.due_rows import DueRow, Look, Matter, Pressing, kept, term
from enforcer.terms import OfficerPost, Stage

ARTICLE_57 = "行政处罚法（2021）第五十七条第一款"
NAMED = 3
_CHAINS = "SELECT key, value FROM setting WHERE key LIKE 'sign_off.%'"
_PEOPLE = "SELECT id, name, post FROM officer WHERE active ORDER BY id"
_STAGES = {
    SignOffMatter.FILING: {Stage.LEAD},
    SignOffMatter.DECISION: {Stage.FILED},
    SignOffMatter.CLOSURE: {Stage.FILED, Stage.DECIDED},
}


class Signer(NamedTuple):
    """Somebody in office who may sign."""

    id: int
    name: str
    post: OfficerPost


class Signing(NamedTuple):
    """What the chain looks at."""

    sign_offs: tuple[Signature, ...]
    chains: Mapping[SignOffMatter, tuple[Level, ...]]


def signing_rows(cases: Sequence[Standing], look: Look, forgotten_after: int) -> Iterator[DueRow]:
    """Signatures awaited, and what was sent back or approved and has not gone on."""
    chains = _chains(look)
    people = [Signer(one.id, one.name, term(OfficerPost, one.post)) for one in look.ask(_PEOPLE)]
    for one in cases:
        asked = Signing(one.sign_offs, chains)
        matter = Matter("case", one.case_id, one.matter, one.handled_by)
        for about in SignOffMatter:
            signed = sign_off.round_of(asked, about)
            if not signed or one.stage not in _STAGES[about]:
                continue
            level = sign_off.pending(asked, about)
            if level is not None:
                yield _awaited(one, matter, about, signed, level, people, look, forgotten_after)
            elif not signed[-1].agrees:
                yield _sent_back(matter, about, signed[-1])
            elif about is SignOffMatter.DECISION and not one.transfers:
                say = f"{signed[-1].on} {signed[-1].person}已经批准处理意见，请制作决定书并送达。"
                yield matter.open("ruled", "制作决定书", ARTICLE_57, say)


def _awaited(
    one: Standing,
    matter: Matter,
    about: SignOffMatter,
    signed: Sequence[Signature],
    level: Level,
    people: Sequence[Signer],
    look: Look,
    forgotten_after: int,
) -> DueRow:
    out = one.handler_ids | {each.person_id for each in signed}
    may = [each.name for each in people if each.post in level.posts and each.id not in out]
    last = signed[-1]
    days = (look.today - last.on).days
    posts = "、".join(post.label for post in level.posts)
    nobody = (
        () if may else (f"岗位是{posts}的人员里，没有可以签署的：请先登记人员，或者调整审批层级。",)
    )
    return matter.open(
        f"sign-{about.value}",
        f"审批：{about.label}",
        ARTICLE_57,
        f"{last.on} {last.person}（{last.level_name}）已签，等“{level.name}”（{posts}）签署，已 {days} 日。",
        "承办人员不审批自己承办的案件，一人不签两级。",
        *nobody,
        whom=f"等{level.name}{_names(may)}",
        pressing=Pressing.FORGOTTEN if days > forgotten_after else Pressing.WAITING,
    )


def _names(may: Sequence[str]) -> str:
    if not may:
        return ""
    more = f"等 {len(may)} 人" if len(may) > NAMED else ""
    return f"：{'、'.join(may[:NAMED])}{more}"


def _sent_back(matter: Matter, about: SignOffMatter, last: Signature) -> DueRow:
    say = f"{last.on} {last.person}（{last.level_name}）不同意：{last.words or '没有写意见'}。"
    return matter.open(
        f"back-{about.value}", f"补正后重新呈报{about.label}", ARTICLE_57, say, "补正后重新呈报。"
    )


def _chains(look: Look) -> Mapping[SignOffMatter, tuple[Level, ...]]:
    """The chains the office has set itself."""
    posts = {one.value: one for one in OfficerPost}
    matters = {f"sign_off.{one.value}": one for one in SignOffMatter}
    found = {}
    for one in look.ask(_CHAINS):
        levels = kept(one.value, {}).get("levels")
        if one.key in matters and levels:
            found[matters[one.key]] = tuple(
                Level(each["name"], tuple(posts[post] for post in each["posts"])) for each in levels
            )
    return MappingProxyType(found)
