"""What an entry into the office's law touches: open cases, tiers, lists, templates, running periods."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from enforcer.errors import TemplateTrouble
from enforcer.law.catalogue import ARTICLE_37
from enforcer.models import Case
from enforcer.queries import due, law_book, law_papers, office
from enforcer.queries.looking import Where, looking
from enforcer.terms import CitedIn, Stage

CHINA = ZoneInfo("Asia/Shanghai")
HOLIDAYS, LISTS, TIERS, AMOUNTS = "holidays", "lists", "tiers", "violations"
FAR = 800  # days ahead in which a running period may end


@dataclass(frozen=True, slots=True)
class Change:
    """An entry as it is about to be saved or withdrawn; `kind` as the deeds call it.

    `own` is the row itself, which does not count as touched.
    """

    kind: str
    item_key: str = ""
    document: str = ""
    from_on: date | None = None
    until_on: date | None = None
    year: int | None = None
    own: int | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing that the change reaches, and in what way; `key` opens it."""

    where: CitedIn
    key: str
    name: str
    say: str


def touched(where: Where, change: Change, *, today: date) -> tuple[Touched, ...]:
    """Everything the change reaches, the open cases first."""
    with looking(where) as session:
        if change.kind == HOLIDAYS:
            found = [*_periods(session, change, today)] if change.year else []
        elif change.item_key:
            found = [
                *_cases(session, change, today),
                *_tiers(session, change),
                *_lists(session, change),
                *_templates(session, change, today),
            ]
        else:
            found = [*_templates(session, change, today)]
    return tuple(dict.fromkeys(found))


def _periods(session: Session, change: Change, today: date) -> Iterator[Touched]:
    """Running periods that end in the year, or are provisional because its notice is missing."""
    unknown = f"{change.year} 年的放假通知没有载入"
    for one in due.due(session, today=today, soon_days=FAR):
        waits = one.provisional and any(unknown in line for line in one.why)
        counted = any("工作日" in line for line in one.why)  # the others end on their day anyway
        if one.kind != "case" or one.due_on is None or not counted:
            continue
        if waits or one.due_on.year == change.year:
            now = "现在是暂定的，保存后按通知算定" if waits else "按保存的通知重新计算"
            say = f"{one.matter}：{one.what}的到期日 {one.due_on} {now}。"
            yield Touched(CitedIn.CASE, str(one.identity), one.matter, say)


def _cases(session: Session, change: Change, today: date) -> Iterator[Touched]:
    """Undecided cases of the item, each by the day of its act (第三十七条)."""
    asked = (
        select(Case)
        .where(Case.item_key == change.item_key, col(Case.stage).in_((Stage.LEAD, Stage.FILED)))
        .order_by(col(Case.id))
    )
    for case in session.exec(asked):
        acted_on = case.acted_at.astimezone(CHINA).date() if case.acted_at else case.acted_on
        day = acted_on or case.filed_on or today
        say = f"未决案件 {case.number}（{case.party_name}）：行为发生在 {day}，{_when(change, day)}"
        yield Touched(CitedIn.CASE, str(case.id), case.number, say)


def _when(change: Change, day: date) -> str:
    if change.kind == LISTS:
        what = "这一项清单"
    else:
        what = "这一阶次" if change.kind == TIERS else "这一幅度"
    if change.from_on is None:
        return f"填写施行日期后再看适用不适用{what}。"
    if day < change.from_on:
        return (
            f"早于施行日期 {change.from_on}；作出决定前请比较新旧规定，从旧兼从轻（{ARTICLE_37}）。"
        )
    if change.until_on is not None and day > change.until_on:
        return f"晚于失效日期 {change.until_on}，不适用{what}。"
    return f"适用{what}。"


def _overlaps(change: Change, from_on: date, until_on: date | None) -> bool:
    ends_before = until_on is not None and change.from_on is not None and until_on < change.from_on
    begins_after = change.until_on is not None and from_on > change.until_on
    return not ends_before and not begins_after


def _tiers(session: Session, change: Change) -> Iterator[Touched]:
    for one in law_book.tiers(session, change.item_key):
        mine = change.kind == TIERS and one.id == change.own
        if mine or not _overlaps(change, one.from_on, one.until_on):
            continue
        name = f"{one.benchmark}：{one.tier.name}"
        if change.kind == AMOUNTS:
            say = f"裁量阶次“{one.tier.name}”（{one.tier.span}）应当在罚款幅度以内，请对照核对。"
        elif change.kind == TIERS and change.from_on and one.from_on < change.from_on:
            say = f"裁量阶次“{one.tier.name}”自 {one.from_on} 起施行，到 {change.from_on} 由新的基准代替。"
        elif change.kind == TIERS:
            say = f"裁量阶次“{one.tier.name}”（{one.tier.span}）与它同属一个事项，幅度请首尾相接。"
        else:
            say = (
                f"裁量阶次“{one.tier.name}”（{one.tier.span}）与清单同属一个事项，条件请不要打架。"
            )
        yield Touched(CitedIn.TIER, str(one.id), name, say)


def _lists(session: Session, change: Change) -> Iterator[Touched]:
    for one in law_book.list_entries(session, change.item_key):
        mine = change.kind == LISTS and one.id == change.own
        if mine or not _overlaps(change, one.row.from_on, one.row.until_on):
            continue
        name = f"{one.row.category.label}：{one.row.item}"
        number = one.row.document_number
        say = f"清单“{name}”（{number}）写的是同一个事项，请核对条件和幅度是否还对得上。"
        yield Touched(CitedIn.LIST, str(one.id), name, say)


def _templates(session: Session, change: Change, today: date) -> Iterator[Touched]:
    """Templates whose text names the document."""
    title = change.document.strip("《》 ")
    day = max(change.from_on or today, today)
    for key in law_papers.template_keys() if title else ():
        try:
            data = tomllib.loads(office.edition_on(session, key, day).body)
        except (TemplateTrouble, tomllib.TOMLDecodeError):  # the list of templates says so
            continue
        if any(f"《{title}》" in text for text in law_papers.texts(data)):
            name = str(data.get("title", key))
            say = f"文书模板“{name}”里写了《{title}》，请核对条款。"
            yield Touched(CitedIn.TEMPLATE, key, name, say)
