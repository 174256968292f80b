"""How a notice reads in lists and on its page: number, time, result, what the history says."""

from __future__ import annotations

import re
from datetime import date

from enforcer.money import yuan_grouped
from enforcer.queries.ladder import LadderView
from enforcer.queries.notices import History, NoticeRow, PastCase, PastNotice
from enforcer.terms import NoticeOutcome, NoticeState, Origin
from enforcer.text import on_one_line
from ui.widgets.moments import show_moment
from ui.widgets.paged_model import Column

_SHORT = re.compile(r"[〔\[(（【].*")
_OUTCOMES = {
    NoticeOutcome.MOVED_OFF: ("ok", "ok"),
    NoticeOutcome.NOT_MOVED: ("warn", "warn"),
    NoticeOutcome.TO_PENALTY: ("accent", "penalty"),
}


def short_number(number: str) -> str:
    """A number without the organ's letters, which are the same all down the list."""
    found = _SHORT.search(number)
    return found[0] if found else number


def result(row: NoticeRow) -> str:
    """Where a notice stands, in a few words."""
    if row.state is NoticeState.VOID:
        return f"作废：{row.void_reason}"
    if row.state is NoticeState.BLANK:
        return f"空白号：{row.blank_holder}"
    return row.outcome.label if row.outcome else "未登记结果"


def void_in_full(row: NoticeRow) -> str:
    """Why a number is void, by whom and when."""
    by = "　".join(one for one in (row.voided_by, show_moment(row.voided_at)) if one)
    return f"{short_number(row.number)} 作废原因：{row.void_reason}{f'（{by}）' if by else ''}"


def result_tone(row: NoticeRow) -> str:
    if row.state is NoticeState.VOID:
        return "bad"
    if row.state is NoticeState.BLANK or row.outcome is None:
        return "quiet"
    return _OUTCOMES[row.outcome][0]


def result_icon(row: NoticeRow) -> str:
    if row.state is NoticeState.VOID:
        return "void"
    if row.state is NoticeState.BLANK:
        return "blank_numbers"
    return _OUTCOMES[row.outcome][1] if row.outcome else "clock"


def columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(
            "编号",
            lambda row: short_number(row.number),
            154,
            sort_key="number",
            firm=True,
            tip=lambda row: row.number + ("（补录）" if row.origin is Origin.BACKFILLED else ""),
        ),
        Column("号牌", lambda row: row.plate or "—", 112, sort_key="plate"),
        Column("时间", lambda row: show_moment(row.noticed_at) or "—", 142, sort_key="time"),
        Column(
            "结果",
            result,
            122,
            sort_key="outcome",
            tone=result_tone,
            icon=result_icon,
        ),
        Column("地点", lambda row: row.place or "—", 150, sort_key="place", spare=True),
    )


def past_line(one: PastNotice) -> str:
    """An earlier card in one line."""
    return f"{show_moment(one.noticed_at)}　{on_one_line(one.place)}"


def past_result(one: PastNotice) -> tuple[str, str]:
    """Words and tone of how an earlier card ended."""
    if one.state is NoticeState.VOID:
        return "作废", "bad"
    if one.outcome is None:
        return "未登记结果", "quiet"
    return one.outcome.label, _OUTCOMES[one.outcome][0]


def case_line(one: PastCase) -> str:
    """A case against the plate in one line."""
    fine = f"　罚款 {yuan_grouped(one.fine_fen)} 元" if one.fine_fen else ""
    heaviest = f"　{one.heaviest.label}" if one.heaviest and not fine else ""
    when = one.decided_on or one.acted_on
    return f"{when or ''}　{one.cause}{heaviest}{fine}".strip()


def history_says(found: History, view: LadderView) -> tuple[str, str]:
    """Kind and text of the banner above the form."""
    lines: list[str] = []
    if found.last is not None and found.issued != view.count_in_window:
        void = f"（另作废 {found.void} 张）" if found.void else ""
        lines.append(f"本车一共告知过 {found.issued} 次{void}。")
    if found.cases:
        fined = sum(one.fine_fen for one in found.cases)
        money = f"，共罚款 {yuan_grouped(fined)} 元" if fined else ""
        lines.append(f"另有案件 {len(found.cases)} 件{money}，最近：{case_line(found.cases[0])}。")
    lines.append(view.says)
    if view.asks_reason:
        return "warn", "\n".join(lines)
    return ("info" if found.last or found.cases else "ok"), "\n".join(lines)


def today_says(today: int, void: int, blanks: int, day: date) -> str:
    """The quiet line beside the page's title."""
    parts = [f"温馨告知书 · 今日（{day}）{today} 份"]
    if void:
        parts.append(f"作废 {void} 份")
    parts.append(f"空白号未交回 {blanks} 份" if blanks else "没有未交回的空白号")
    return " · ".join(parts)
