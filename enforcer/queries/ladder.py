"""三次告知: what earlier notices to a vehicle suggest; the officer decides, the reason is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from enforcer.law import notice_defaults
from enforcer.models import LadderRule, Notice
from enforcer.queries.looking import Where, looking
from enforcer.terms import LadderChoice, NoticeState
from enforcer.text import on_one_line

UNCONFIRMED = "待机关确认"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """The ladder that holds for an item; `basis` empty until the office has set its own."""

    item_key: str
    notices: int
    days: int
    then: LadderChoice
    basis: str

    @property
    def confirmed(self) -> bool:
        return bool(self.basis)


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier notice to a vehicle, as far as the ladder looks at it."""

    on: date
    place: str
    item_key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LadderView:
    """What the ladder says about a vehicle and an item on a day; it suggests, nothing more.

    `count_in_window` counts all earlier notices of the window, `same_item` those for the item;
    `suggestion` is the next step it proposes, `asks_reason` tells whether another notice would go
    against it.
    """

    count_in_window: int
    same_item: int
    last_on: date | None
    last_place: str
    says: str
    suggestion: LadderChoice
    rule: Rule

    @property
    def asks_reason(self) -> bool:
        return self.suggestion is not LadderChoice.NOTICE

    @property
    def nth(self) -> str:
        """How the stub counts it: 第2次（上次2026-06-14）."""
        if self.last_on is None:
            return "第1次"
        return f"第{self.count_in_window + 1}次（上次{self.last_on}）"


def rules(where: Where) -> list[Rule]:
    """The ladders the office has set, item by item (an empty item stands for all the others)."""
    with looking(where) as session:
        rows = session.exec(select(LadderRule).order_by(LadderRule.item_key)).all()
        return [Rule(one.item_key, one.notices, one.days, one.then, one.basis) for one in rows]


def rule_for(where: Where, item_key: str) -> Rule:
    """The ladder of an item: the office's own, its general one, else the shipped suggestion."""
    known = {one.item_key: one for one in rules(where)}
    return choose(known, item_key)


def choose(known: dict[str, Rule], item_key: str) -> Rule:
    """Pick the ladder of an item out of those the office has set."""
    if found := known.get(item_key) or known.get(""):
        return found
    shipped = notice_defaults.defaults().ladder
    return Rule("", shipped.notices, shipped.days, shipped.then, shipped.basis)


def earlier(session: Session, plate_keys: Iterable[str]) -> dict[str, list[Earlier]]:
    """Earlier notices of many vehicles at once, void ones left out, oldest first."""
    keys = [one for one in dict.fromkeys(plate_keys) if one]
    found: dict[str, list[Earlier]] = {}
    table = Notice.__table__  # type: ignore[attr-defined]
    columns: Sequence[ColumnElement[object]] = [
        table.c[name]
        for name in ("plate_key", "noticed_at", "noticed_on", "place", "item_key", "situation")
    ]
    for start in range(0, len(keys), _CHUNK):
        asked = (
            select(*columns)
            .where(table.c.plate_key.in_(keys[start : start + _CHUNK]))
            .where(col(Notice.state) == NoticeState.ISSUED)
            .order_by(table.c.noticed_at)
        )
        for key, at, on, place, item_key, situation in session.execute(asked):
            if on is not None and at is not None:
                item = item_key or notice_defaults.item_of_situation(situation)
                found.setdefault(key, []).append(Earlier(on, place, item, at))
    return found


def sentence(where: Where, plate_key: str, item_key: str, on: date) -> LadderView:
    """What the ladder says about this vehicle for this item on this day."""
    with looking(where) as session:
        rule = rule_for(session, item_key)
        past = earlier(session, [plate_key]).get(plate_key, [])
    return weigh(past, rule, item_key, on, known_plate=bool(plate_key))


def weigh(
    past: Sequence[Earlier], rule: Rule, item_key: str, on: date, *, known_plate: bool = True
) -> LadderView:
    """Lay earlier notices against the ladder."""
    since = on - timedelta(days=rule.days)
    window = [one for one in past if since < one.on <= on]
    same = [one for one in window if one.item_key == item_key]
    last = window[-1] if window else None
    reached = known_plate and len(same) >= rule.notices
    return LadderView(
        count_in_window=len(window),
        same_item=len(same),
        last_on=last.on if last else None,
        last_place=last.place if last else "",
        says=_says(rule, window, same, known_plate=known_plate, reached=reached),
        suggestion=rule.then if reached else LadderChoice.NOTICE,
        rule=rule,
    )


def _says(
    rule: Rule,
    window: Sequence[Earlier],
    same: Sequence[Earlier],
    *,
    known_plate: bool,
    reached: bool,
) -> str:
    if not known_plate:
        return "没有可以比对的号牌，查不到这辆车以前的告知，按第 1 次告知办理。"
    source = rule.basis or UNCONFIRMED
    steps = f"{rule.days} 日内告知 {rule.notices} 次后{rule.then.label}（{source}）"
    if not window:
        return f"近 {rule.days} 日没有告知过这辆车，本次是第 1 次。阶梯：{steps}。"
    other = len(window) - len(same)
    of_them = "均为同一事项" if not other else f"同一事项 {len(same)} 次，其他事项 {other} 次"
    last = window[-1]
    place = on_one_line(last.place)
    said = f"近 {rule.days} 日已告知 {len(window)} 次（{of_them}），最近 {last.on} 在{place}。"
    if reached:
        return (
            f"{said}阶梯：{steps}，现在建议{rule.then.label}。"
            "这只是建议，由执法人员决定；继续告知的，请写明理由。"
        )
    left = rule.notices - len(same)
    after = "再次发现时" if left == 1 else f"同一事项再告知 {left} 次以后"
    return f"{said}本次仍可告知，{after}建议{rule.then.label}（{source}）。"
