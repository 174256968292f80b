"""Guards of things preserved as evidence (行政处罚法 第五十六条), and of every list of things."""

from __future__ import annotations

from collections.abc import Sequence

from enforcer.course_terms import Disposal
from enforcer.errors import Objection
from enforcer.law.course_investigation import Preservation, Seizure, Thing
from enforcer.law.lifecycle_facts import CaseFacts, block, warn
from enforcer.terms import OfficerPost

ARTICLE_56 = "行政处罚法（2021）第五十六条"
SEIZING = "行政强制法"


def preservation_not_approved(facts: CaseFacts) -> Objection | None:
    """Approved by the head first (第五十六条)."""
    one = _preserving(facts)
    if one is None or (one.approved_by_post is OfficerPost.HEAD and one.approved_on is not None):
        return None
    return block(
        "preservation_not_approved",
        "先行登记保存没有行政机关负责人批准。请填写批准的负责人和批准日期。",
        ARTICLE_56,
        "approved_by_id",
    )


def preservation_approved_late(facts: CaseFacts) -> Objection | None:
    """The approval comes before the measure (第五十六条)."""
    one = _preserving(facts)
    if one is None or one.approved_on is None or one.approved_on <= one.on:
        return None
    return block(
        "preservation_approved_late",
        f"批准日期 {one.approved_on} 晚于登记保存日期 {one.on}。应当先批准、后保存。",
        ARTICLE_56,
        "approved_on",
    )


def list_missing(facts: CaseFacts) -> Objection | None:
    """What is taken is listed (第五十六条; 行政强制法 第二十四条)."""
    one = facts.new
    if not isinstance(one, Preservation | Seizure) or one.things:
        return None
    cite = ARTICLE_56 if isinstance(one, Preservation) else f"{SEIZING}第二十四条第三款"
    return block(
        "list_missing",
        "没有填物品清单。请当场逐件填写名称、规格、数量，由当事人核对。",
        cite,
        "things",
    )


def disposed_already(facts: CaseFacts) -> Objection | None:
    """Things are disposed of once (第五十六条)."""
    one = _disposing(facts)
    known = next((p for p in facts.preservations if one is not None and p.id == one.id), None)
    if facts.new is None and all(p.disposed_on for p in facts.preservations):
        known = facts.preservations[-1] if facts.preservations else None
    if known is None or known.disposed_on is None:
        return None
    return block(
        "disposed_already",
        f"{known.on} 登记保存的物品已于 {known.disposed_on} 处理，不能再次处理。"
        "请改选还没有处理的一次；处理误录的，请撤回那一步后重新登记。",
        ARTICLE_56,
        "preservation_id",
    )


def disposal_before_preservation(facts: CaseFacts) -> Objection | None:
    """Disposed of after it was taken (第五十六条)."""
    one = _disposing(facts)
    if one is None or one.disposed_on is None or one.disposed_on >= one.on:
        return None
    return block(
        "disposal_before_preservation",
        f"处理日期 {one.disposed_on} 早于登记保存日期 {one.on}。请改正处理日期；"
        "登记保存的日期有误的，请先撤回登记保存。",
        ARTICLE_56,
        "on",
    )


def lists_differ(facts: CaseFacts) -> Objection | None:
    """The same things in both lists (第五十六条; 行政强制法 第二十四、二十八条)."""
    one = facts.new
    if isinstance(one, Preservation) and one.disposed_on is not None:
        before, after, cite = one.things, one.disposed, ARTICLE_56
    elif isinstance(one, Seizure) and one.released_on is not None:
        before, after, cite = one.things, one.disposed, f"{SEIZING}第二十八条第二款"
    else:
        return None
    missing = unmatched(before, after)
    added = unmatched(after, before)
    if not missing and not added:
        return None
    said = "；".join(
        part
        for part in (
            f"处理清单里没有{named(missing)}" if missing else "",
            f"原清单里没有{named(added)}" if added else "",
        )
        if part
    )
    return block(
        "lists_differ",
        f"处理的物品与原清单不一致：{said}。请逐件对应，名称、数量相同。",
        cite,
        "things",
    )


def disposal_missing(facts: CaseFacts) -> Objection | None:
    """Every thing has its disposal (第五十六条)."""
    one = _disposing(facts)
    left = [thing for thing in one.disposed if thing.disposal is None] if one else []
    if not left:
        return None
    return block(
        "disposal_missing",
        f"{named(left)}没有填怎样处理。请逐件写明返还、转为查封扣押、没收或者移送。",
        ARTICLE_56,
        "things",
    )


def disposal_late(facts: CaseFacts) -> Objection | None:
    """Seven working days, then nothing but giving back (第五十六条、第八十五条)."""
    one = _disposing(facts)
    if (
        one is None
        or one.disposed_on is None
        or one.due_on is None
        or one.disposed_on <= one.due_on
    ):
        return None
    kept = [thing for thing in one.disposed if thing.disposal is not Disposal.RETURNED]
    cite = f"{ARTICLE_56}、第八十五条"
    if kept:
        return block(
            "disposal_late",
            f"处理期限到 {one.due_on}（七个工作日），{one.disposed_on} 才处理，已经逾期，"
            f"{named(kept)}不能再扣留，请立即返还。",
            cite,
            "on",
        )
    return warn(
        "disposal_late",
        f"处理期限到 {one.due_on}（七个工作日），{one.disposed_on} 才返还，已经逾期。请写明原因。",
        cite,
        "on",
    )


def disposal_without_seizure(facts: CaseFacts) -> Objection | None:
    """Preservation is no seizure; to keep a thing a seizure must stand (行政强制法 第二十二条)."""
    one = _disposing(facts)
    seized = [t for t in one.disposed if t.disposal is Disposal.SEIZED] if one else []
    if not seized or any(each.released_on is None for each in facts.seizures):
        return None
    return block(
        "disposal_without_seizure",
        f"{named(seized)}要转为查封、扣押，但是没有查封、扣押决定。先行登记保存只是取证，"
        "请先依法作出查封、扣押决定，没有法律、法规授权的，返还。",
        f"{SEIZING}第二十二条",
        "things",
    )


def preservation_overdue(facts: CaseFacts) -> Objection | None:
    """A disposal is obligatory before the case goes on (第五十六条)."""
    late = [
        one
        for one in facts.preservations
        if one.disposed_on is None and one.due_on is not None and one.due_on < facts.day
    ]
    if not late:
        return None
    return block(
        "preservation_overdue",
        f"{late[0].on} 先行登记保存的物品到 {late[0].due_on} 应当作出处理决定，现在还没有处理。请先处理。",
        f"{ARTICLE_56}、第八十五条",
    )


def goods_open(facts: CaseFacts) -> Objection | None:
    """Nothing stays in keeping when a case ends (第五十六条; 行政强制法 第二十七、二十八条)."""
    kept = [f"{one.on} 登记保存的物品" for one in facts.preservations if one.disposed_on is None]
    kept += [
        f"{one.on} {one.kind.label}的财物" for one in facts.seizures if one.released_on is None
    ]
    if not kept:
        return None
    return block(
        "goods_open",
        f"{'、'.join(kept)}还没有处理。请先处理、解除并退还。",
        f"{ARTICLE_56}、{SEIZING}第二十七条、第二十八条",
    )


def _preserving(facts: CaseFacts) -> Preservation | None:
    one = facts.new
    return one if isinstance(one, Preservation) and one.disposed_on is None else None


def _disposing(facts: CaseFacts) -> Preservation | None:
    one = facts.new
    return one if isinstance(one, Preservation) and one.disposed_on is not None else None


def unmatched(some: Sequence[Thing], others: Sequence[Thing]) -> list[Thing]:
    left = [(one.name, one.quantity, one.spec) for one in others]
    found = []
    for one in some:
        key = (one.name, one.quantity, one.spec)
        if key in left:
            left.remove(key)
        else:
            found.append(one)
    return found


def named(things: Sequence[Thing]) -> str:
    return "、".join(f"“{one.name}”{one.quantity}" for one in things)


PRESERVED = (preservation_not_approved, preservation_approved_late, list_missing)
DISPOSED = (
    disposed_already,
    disposal_before_preservation,
    lists_differ,
    disposal_missing,
    disposal_late,
    disposal_without_seizure,
)
OVERDUE = (preservation_overdue,)
GOODS = (goods_open,)
RETURNED = (lists_differ,)
LISTED = (list_missing,)
