"""How fast a run goes and how long it will take, from what was done in the last seconds."""

from __future__ import annotations

from collections import deque
from typing import Final

from ui.evidence.words import size_words

LOOK_BACK_MS: Final = 10_000
FIRST_MS: Final = 2_000
"""Before that a pace says nothing yet."""


class Pace:
    """Bytes by time; `begin` again after a pause, which is no slowness."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, int]] = deque()

    def begin(self) -> None:
        """Forget what was seen before."""
        self._seen.clear()

    def see(self, at_ms: int, done: int) -> None:
        """So many bytes were done at this moment."""
        self._seen.append((at_ms, done))
        while len(self._seen) > 2 and at_ms - self._seen[1][0] >= LOOK_BACK_MS:
            self._seen.popleft()

    @property
    def speed(self) -> float:
        """Bytes a second; 0 while it cannot be said."""
        if not self._seen:
            return 0.0
        (began_ms, before), (at_ms, done) = self._seen[0], self._seen[-1]
        took = at_ms - began_ms
        return max(0.0, (done - before) * 1000 / took) if took >= FIRST_MS else 0.0

    def words(self, done: int, total: int, file: int, files: int) -> str:
        """第几个、多少、多快、还要多久."""
        parts = [f"第 {file} / {files} 个"] if files else []
        parts.append(f"{size_words(done)} / {size_words(total)}")
        if speed := self.speed:
            parts.append(f"{size_words(round(speed))}/秒")
            if done < total:
                parts.append(left_words((total - done) / speed))
        return "　".join(parts)


def left_words(seconds: float) -> str:
    """The time that is left, no finer than it is known."""
    if seconds < 55:
        return f"约剩 {max(5, round(seconds / 5) * 5)} 秒"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"约剩 {minutes} 分钟"
    hours, rest = divmod(round(minutes / 5) * 5, 60)
    return f"约剩 {hours} 小时 {rest} 分钟" if rest else f"约剩 {hours} 小时"
