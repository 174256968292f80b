"""What every entry of the office's own law is held to: its days, its conditions, its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from enforcer import money
from enforcer.law import citations, conditions
from enforcer.models import DiscretionTier, HolidayNotice, ListRow, LocalAmount
from enforcer.operations.editing import fill

NO_RULES = ("通知", "意见", "方案", "通告", "公告", "清单", "裁量基准", "会议纪要", "函", "复函")
"""How documents end that cannot set penalties (行政处罚法 第十六条)."""

Faults = dict[str, str]
LawRow = HolidayNotice | LocalAmount | DiscretionTier | ListRow


@dataclass(frozen=True, slots=True)
class Span:
    """The days an entry is in force, both included."""

    from_on: date
    until_on: date | None


def dates(from_on: date, until_on: date | None) -> Faults:
    """An interval that ends before it begins is refused."""
    if until_on is not None and until_on < from_on:
        return {"until_on": f"失效日期 {until_on} 早于施行日期 {from_on}，请核对。"}
    return {}


def among(new: Span, others: Iterable[Span], *, what: str) -> Faults:
    """Two values from one day, or an overlap with one that has its own end, are refused."""
    for one in others:
        if one.from_on == new.from_on:
            return {
                "from_on": f"已经有一条{what}自 {one.from_on} 起施行，请修改那一条，或者改正日期。"
            }
        earlier, later = sorted((one, new), key=lambda span: span.from_on)
        if earlier.until_on is not None and earlier.until_on >= later.from_on:
            return {
                "from_on": f"{earlier.from_on} 起的{what}到 {earlier.until_on} 才失效，"
                f"与 {later.from_on} 起的重叠，请改正日期。"
            }
    return {}


def lines(text: str) -> tuple[str, ...]:
    """A text area as lines, blank ones left out."""
    return tuple(one.strip() for one in text.split("\n") if one.strip())


def condition_faults(text: str, field: str = "conditions") -> Faults:
    """A row without conditions is refused, and so is a bound that cannot be read."""
    if not lines(text):
        return {field: "没有写适用条件。请至少写一项，一行一项，办案时逐项勾选并附证据。"}
    try:
        conditions.read_all(lines(text))
    except conditions.Unreadable as error:
        return {field: f"{error}。"}
    return {}


def condition_texts(text: str) -> list[str]:
    """The conditions in the one form they are kept in."""
    return [one.text for one in conditions.read_all(lines(text))]


def cite_faults(field: str, text: str, day: date, *, needed: bool = True) -> Faults:
    """A citation needs an article that exists, of a statute in force on the day."""
    if not text.strip():
        return {field: "没有注明法律条文，请写成“《名称》第×条”。"} if needed else {}
    if needed and not citations.find(text):
        return {field: "没有写到条，请写成“《名称》第×条第×款”，法律名称加书名号。"}
    wrong = citations.faults(text, day)
    return {field: wrong[0].say} if wrong else {}


def article_faults(document: str, article: str, day: date) -> Faults:
    """An article by itself, of the document beside it."""
    if not citations.is_article(article):
        return {"article": f"条款“{article[:40]}”看不懂，请按条文写成“第三十条第一款”。"}
    wrong = citations.faults(f"《{document.strip('《》')}》{article}", day)
    return {"article": wrong[0].say} if wrong else {}


def fen(text: str, label: str, field: str, wrong: Faults) -> int | None:
    """An amount typed in 元; None when blank or wrong."""
    if not text:
        return None
    try:
        return money.parse_yuan(text, label=label)
    except ValueError as error:
        wrong[field] = str(error)
        return None


def put(session: Session, row: LawRow, found: Mapping[str, Any]) -> int:
    """Write the values into the row, an old one or a new one."""
    fill(row, found)
    session.add(row)
    session.flush()
    assert row.id
    return row.id
