"""出件体检 of what a reviewer marks besides: the tier of the fine, quotation marks of law titles."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from enforcer import money
from enforcer.documents.course_facts import CoursePaper
from enforcer.documents.course_inspect_facts import LAW, block, imposition_of, warn
from enforcer.errors import Objection

ARTICLE_34 = f"{LAW}第三十四条"
_PAIRS = (("《", "》", "书名号"), ("“", "”", "引号"), ("（", "）", "括号"))


def tier(paper: CoursePaper) -> Iterator[Objection]:
    """A fine outside the tier its facts fit says why (第三十四条)."""
    one = imposition_of(paper)
    if one is None or not one.fined or not one.tier or one.discretion_reason.strip():
        return
    low, high = one.tier_lowest_fen, one.tier_highest_fen
    below = low is not None and one.fine_fen < low
    above = high is not None and one.fine_fen > high
    if below or above:
        edge = low if below else high
        assert edge is not None
        yield block(
            "outside_tier",
            f"罚款 {money.figure(one.fine_fen)} {'低于' if below else '高于'}裁量阶次“{one.tier}”的"
            f"{'下限' if below else '上限'} {money.figure(edge)}，没有写明理由。"
            "请按阶次改正数额；确要偏离的，写明理由。",
            ARTICLE_34,
            "discretion_reason",
        )


def unpaired(text: str) -> Iterator[Objection]:
    """Marks that open and do not close: a citation cut in half."""
    for opening, closing, name in _PAIRS:
        if text.count(opening) != text.count(closing):
            yield warn(
                "marks_unpaired",
                f"文书里的{name}“{opening}{closing}”没有成对（{text.count(opening)} 个与"
                f" {text.count(closing)} 个）。请核对引用的法条和名称是否写全。",
                f"{LAW}第五十九条第一款",
                "facts",
            )


MORE: tuple[Callable[[CoursePaper], Iterator[Objection]], ...] = (tier,)
