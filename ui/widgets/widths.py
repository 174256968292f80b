"""How wide the columns of a list are: what stands in them decides, and words give way first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final

SMALL: Final = 0.6  # of its width: what a column of words keeps where the room is short
CRAMPED: Final = 64


@dataclass(frozen=True, slots=True)
class Need:
    """One column: the width it was given, what its title and its contents ask, may it give way.

    `words` gives way first. What stands in a `whole` one is never cut, in the others it may be;
    a `state`, a word beside an icon, is cut further only before the list would scroll.
    """

    width: int
    title: int
    content: int
    words: bool
    whole: bool = False
    state: bool = False

    def steps(self) -> tuple[int, ...]:
        """Its widths from ease to want; each step costs more than the one before."""
        ease = max(self.width, self.title, self.content)
        if not self.words:
            asked = self.content or self.width
            tight = max(self.title, asked if self.whole else min(asked, self.width + 8))
            least = max(self.title, tight * 3 // 4) if self.state else tight
            return ease, ease, tight, tight, tight, least
        snug = min(ease, max(self.title, self.content or self.width))
        fair = min(snug, max(self.title, self.width))
        small = min(fair, max(self.title, int(self.width * SMALL)))
        return ease, snug, snug, fair, small, min(small, max(self.title, CRAMPED))


def fair(needs: Iterable[Need]) -> int:
    """The least room in which no column of words falls below the width it was given."""
    return sum(one.steps()[3] for one in needs)


def share(room: int, needs: Sequence[Need]) -> list[int]:
    """The widths of the columns in this room; only a very narrow one is overrun."""
    steps = list(zip(*(one.steps() for one in needs), strict=True))
    words = [at for at, one in enumerate(needs) if one.words]
    widths, spare = list(steps[0]), room - sum(steps[0])
    if spare >= 0:
        for at in words:
            widths[at] += min(spare // len(words), widths[at])
        return widths
    return between(room, steps)


def between(room: int, steps: Sequence[Sequence[int]]) -> list[int]:
    """The widths for this room between those of ease, first, and those of want, last."""
    for high, low in pairwise(steps):
        if sum(high) > room >= sum(low):
            part = (sum(high) - room) / (sum(high) - sum(low))
            return [top - ceil((top - end) * part) for top, end in zip(high, low, strict=True)]
    return list(steps[0] if room >= sum(steps[0]) else steps[-1])
