"""What is weighed about a fine: the suggestion, the notices that announced it, the law's range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from enforcer.law.discretion_data import Benchmark, Tier, ranges
from enforcer.law.violation import Consequence, Violation, yuan
from enforcer.terms import Discretion, PenaltyKind

ARTICLE_4 = "行政处罚法（2021）第四条"
ARTICLE_5 = "行政处罚法（2021）第五条第二款"


@dataclass(frozen=True, slots=True)
class Span:
    """A range of fine as the law gives it; no figures where it gives a share or nothing."""

    min_fen: int | None
    max_fen: int | None
    share: str
    say: str

    @property
    def low(self) -> int:
        return self.min_fen or 0


def span_of(found: Sequence[Consequence]) -> Span:
    """What several consequences allow between them."""
    figures = [one for one in found if one.max_fen is not None]
    if not figures:
        share = next((one.share for one in found if one.share), "")
        return Span(None, None, share, share or "法律、行政法规没有规定数额，待机关确认")
    low = min(one.min_fen or 0 for one in figures)
    high = max(one.max_fen or 0 for one in figures)
    said = "或者".join(dict.fromkeys(in_words(one) for one in figures))
    return Span(low, high, "", said)


def in_words(one: Consequence) -> str:
    """500 元以上 5000 元以下（拒不改正的）."""
    top = f"{yuan(one.max_fen or 0)} 元以下"
    span = f"{yuan(one.min_fen)} 元以上 {top}" if one.min_fen else top
    return f"{span}（{one.condition}的）" if one.condition else span


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The range that is suggested, the tier it comes from, and how it was found.

    `tier` is None where there is no benchmark, where none fits, or where several do (`fitting`).
    """

    item_key: str
    side: str
    tier: Tier | None
    benchmark: Benchmark | None
    fitting: tuple[Tier, ...]
    open: tuple[str, ...]
    min_fen: int | None
    max_fen: int | None
    share: str
    why: tuple[str, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """What one notice of the penalty to come announced (行政处罚法 第四十四条).

    `new_facts` and `reason` are obligatory for one that announces more than the one before;
    `from_defence` says that the party's own defence is what it rests on.
    """

    served_on: date | None
    fine_fen: int
    kinds: tuple[PenaltyKind, ...] = (PenaltyKind.FINE,)
    new_facts: str = ""
    reason: str = ""
    from_defence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FineFacts:
    """What is weighed about a fine; `grounds` are the articles of proven circumstances.

    `under` names the condition of the penalty provision that is met (拒不改正). `announcements` is
    None where the law asks for no written notice (当场处罚).
    """

    item: Violation | None
    side: str
    kinds: tuple[PenaltyKind, ...]
    fine_fen: int
    discretion: Discretion = Discretion.ORDINARY
    reason: str = ""
    under: str = ""
    suggestion: Suggestion | None = None
    grounds: tuple[str, ...] = ()
    announcements: tuple[Announcement, ...] | None = None

    @property
    def fined(self) -> bool:
        return PenaltyKind.FINE in self.kinds and self.fine_fen > 0

    @property
    def consequences(self) -> tuple[Consequence, ...]:
        return ranges(self.item, self.side, self.under) if self.item else ()

    @property
    def in_figures(self) -> tuple[Consequence, ...]:
        """The lawful ranges, where the law gives them in 元."""
        return tuple(one for one in self.consequences if one.max_fen is not None)

    @property
    def cite(self) -> str:
        cites = "、".join(one.cite for one in self.item.sanctioned_by) if self.item else ""
        return cites or ARTICLE_4

    @property
    def served(self) -> tuple[Announcement, ...]:
        """The notices that were served, in the order of their service."""
        served = [one for one in self.announcements or () if one.served_on is not None]
        return tuple(sorted(served, key=lambda one: one.served_on or date.min))

    @property
    def announced(self) -> Announcement | None:
        """The last notice that was served."""
        return self.served[-1] if self.served else None
