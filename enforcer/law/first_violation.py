"""初次违法 (行政处罚法 第三十三条第一款): what earlier records say, over a window the office sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from enforcer.law.parameters import TO_CONFIRM

ARTICLE_33 = "行政处罚法（2021）第三十三条第一款"


@dataclass(frozen=True, slots=True)
class EarlierRecord:
    """A decision, or a courteous notice, for the same item and the same party or plate."""

    on: date
    number: str
    say: str
    notice: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """How far back, and whether notices count; None is 待机关确认."""

    window_days: int | None = None
    counts_notices: bool | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class FirstViolation:
    """The answer of a look-up; `is_first` None means that it cannot be told, and `say` why."""

    on: date
    searched: str
    is_first: bool | None
    since: date | None
    counted: tuple[EarlierRecord, ...]
    others: tuple[EarlierRecord, ...]
    say: str
    cite: str = ARTICLE_33

    def as_json(self) -> dict[str, Any]:
        """What is filed with the case."""
        return {
            "on": self.on.isoformat(),
            "searched": self.searched,
            "is_first": self.is_first,
            "since": self.since.isoformat() if self.since else None,
            "counted": [_plain(one) for one in self.counted],
            "others": [_plain(one) for one in self.others],
            "say": self.say,
            "cite": self.cite,
        }


def judge(
    records: Iterable[EarlierRecord], scope: Scope, *, on: date, searched: str
) -> FirstViolation:
    """Say whether this is the first; where an unsettled choice would matter it cannot be told."""
    found = sorted((one for one in records if one.on <= on), key=lambda one: one.on)
    since = None if scope.window_days is None else on - timedelta(days=scope.window_days)
    within = [one for one in found if since is None or one.on > since]
    decisions = [one for one in within if not one.notice]
    notices = [one for one in within if one.notice]
    counted = decisions + (notices if scope.counts_notices else [])
    others = [one for one in found if one not in counted]
    is_first, say = _answer(decisions, notices, scope, since)
    if not searched:
        is_first, say = None, "没有证件号码和号牌，查不到以前的记录，不能认定是不是初次违法。"
    rest = "只查了本机的台账。" if searched else ""
    return FirstViolation(on, searched, is_first, since, tuple(counted), tuple(others), say + rest)


def _answer(
    decisions: list[EarlierRecord],
    notices: list[EarlierRecord],
    scope: Scope,
    since: date | None,
) -> tuple[bool | None, str]:
    span = f"{since} 之后" if since else "有记录以来"
    if not decisions and not notices:
        return True, f"{span}没有同一事项的处罚决定和告知，是初次违法。"
    if decisions and since is not None:
        return False, f"{span}已有同一事项的决定：{_listed(decisions)}，不是初次违法。"
    if notices and scope.counts_notices and since is not None:
        return False, f"{span}已有同一事项的告知：{_listed(notices)}，本机关计入，不是初次违法。"
    if decisions or (notices and scope.counts_notices):
        first = decisions or notices
        return None, (
            f"以前有同一事项的记录：{_listed(first)}。往回查多少天{TO_CONFIRM}，"
            "不能认定是不是初次违法；请在“设置—法律留给本机关的事项”中确认。"
        )
    if scope.counts_notices is None:
        return None, (
            f"{span}没有同一事项的决定，有过告知：{_listed(notices)}。告知是否计入{TO_CONFIRM}，"
            "不能认定是不是初次违法；请在“设置—法律留给本机关的事项”中确认。"
        )
    return True, (
        f"{span}没有同一事项的决定；有过告知：{_listed(notices)}，本机关不计入，是初次违法。"
    )


def _listed(records: list[EarlierRecord]) -> str:
    shown = "、".join(f"{one.number}（{one.on}，{one.say}）" for one in records[:3])
    return f"{shown}等 {len(records)} 件" if len(records) > 3 else shown


def _plain(one: EarlierRecord) -> dict[str, Any]:
    return {"on": one.on.isoformat(), "number": one.number, "say": one.say, "notice": one.notice}
