"""What the publication register says of a decision: state, clock, why an act is not offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from enforcer.law.deadlines import Due
from enforcer.law.publication import ARTICLE_48, ARTICLE_48_2
from enforcer.money import yuan_grouped
from enforcer.publication_terms import Audience
from enforcer.queries.publication import (
    NOT_SHOWN,
    SHOWN,
    TO_PUBLISH,
    TO_WITHDRAW,
    UNSETTLED,
    WITHDRAWN,
    PublicationRow,
)

SOON: Final = 2
LATE: Final = "逾期"
STATES: Final = (UNSETTLED, TO_PUBLISH, TO_WITHDRAW, LATE, SHOWN, NOT_SHOWN, WITHDRAWN)
_ICONS: Final = {
    UNSETTLED: ("stage_next", "quiet"),
    NOT_SHOWN: ("locked", "quiet"),
    TO_PUBLISH: ("clock", "warn"),
    SHOWN: ("ok", "ok"),
    TO_WITHDRAW: ("warn", "bad"),
    WITHDRAWN: ("history", "quiet"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the register: the decision and the period that runs, if one does."""

    row: PublicationRow
    due: Due | None

    @property
    def key(self) -> str:
        return key_of(self.row.decision_id, self.row.audience)


def key_of(decision_id: int, audience: Audience) -> str:
    """What a line is called: one decision stands once for each audience."""
    return f"{decision_id}.{audience.value}"


def parts_of(key: str) -> tuple[int, Audience]:
    """The decision and the audience of a line."""
    number, _, audience = key.partition(".")
    return int(number), next(one for one in Audience if one.value == audience)


def late(due: Due | None, today: date) -> bool:
    """Whether a running period has ended; its last day still belongs to it."""
    return due is not None and due.due_on < today


def state_icon(one: Listed) -> str:
    return _ICONS[one.row.state][0]


def state_tone(one: Listed) -> str:
    return _ICONS[one.row.state][1]


def clock_words(due: Due | None, today: date) -> tuple[str, str]:
    """Words and tone of the period that runs."""
    if due is None:
        return "", ""
    left = (due.due_on - today).days
    doubt = "（暂定）" if due.provisional else ""
    if left < 0:
        return f"{due.due_on}{doubt}，逾期 {-left} 日", "bad"
    said = "今天到期" if left == 0 else f"还有 {left} 日"
    return f"{due.due_on}{doubt}，{said}", "warn" if left <= SOON else ""


def clock_short(due: Due | None, today: date) -> str:
    """The running period where there is little room: how long, and the day."""
    if due is None:
        return ""
    left = (due.due_on - today).days
    said = f"逾期 {-left} 日" if left < 0 else "今天到期" if left == 0 else f"还有 {left} 日"
    return f"{said}（{due.due_on:%m-%d}{' 暂定' if due.provisional else ''}）"


def kind_words(row: PublicationRow) -> str:
    """The kinds of penalty, or that there is none."""
    return "、".join(one.label for one in row.kinds) if row.punishes else "不予处罚"


def penalty_words(row: PublicationRow) -> str:
    """The kinds and the amount of the fine."""
    kinds = kind_words(row)
    return f"{kinds} {yuan_grouped(row.fine_fen)}元" if row.fine_fen else kinds


def arithmetic(due: Due) -> str:
    """How the last day was reckoned, with its article."""
    why = "".join(due.why)
    return why if due.cite in why else f"{why}（{due.cite}）"


def no_publishing(row: PublicationRow) -> str:
    """Why 登记公开 is not offered; empty when it is."""
    if row.published_on is not None:
        return f"已登记于 {row.published_on} 公开"
    if row.undone_on is not None:
        return f"决定已于 {row.undone_on} 撤销或者变更，不再公开（{ARTICLE_48_2}）"
    if row.wanted is None:
        return f"先审定是否公开（{ARTICLE_48}）"
    return "" if row.wanted else "已审定不公开"


def no_withdrawal(row: PublicationRow) -> str:
    """Why 登记撤回 is not offered; empty when it is."""
    if row.withdrawn_on is not None:
        return f"已登记于 {row.withdrawn_on} 撤回"
    return "" if row.published_on is not None else f"没有登记过公开，不用撤回（{ARTICLE_48_2}）"
