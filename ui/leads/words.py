"""How leads read: the columns of the list, the facts of the page, its clocks, why an act is grey."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from enforcer.queries.lead_clocks import LeadClock
from enforcer.queries.lead_page import LeadLine, LeadPage
from enforcer.queries.leads import LeadRow, LeadStanding
from ui.widgets.moments import show_day, show_moment
from ui.widgets.paged_model import Column
from ui.widgets.stages import StageRow, StageState

SOON = 3
TONES = {
    LeadStanding.LATE: "bad",
    LeadStanding.DUE: "warn",
    LeadStanding.TO_CHECK: "accent",
    LeadStanding.TO_SETTLE: "accent",
    LeadStanding.FILING: "accent",
    LeadStanding.TO_REPLY: "warn",
    LeadStanding.DONE: "ok",
    LeadStanding.VOID: "faint",
}
ICONS = {
    LeadStanding.LATE: "warn",
    LeadStanding.DUE: "clock",
    LeadStanding.TO_CHECK: "stage_now",
    LeadStanding.TO_SETTLE: "stage_now",
    LeadStanding.FILING: "stage_now",
    LeadStanding.TO_REPLY: "clock",
    LeadStanding.DONE: "ok",
    LeadStanding.VOID: "void",
}
_NAMED = re.compile(r"，?(?:还)?不能(?:再)?(?:办理)?“[^”]+”")


def columns() -> Sequence[Column]:
    """The columns of the list; a void lead is struck through."""
    *content, standing = _columns()
    return (
        *(replace(one, struck=lambda row: row.voided_on is not None) for one in content),
        standing,
    )


def _columns() -> Sequence[Column]:
    return (
        Column("编号", lambda row: row.number, 178, "number", firm=True),
        Column("来源", lambda row: row.source.label, 84, "source"),
        Column("登记时间", lambda row: show_moment(row.received_at), 140, "received", right=True),
        Column("基本情况", lambda row: " ".join(row.content.split()), 236, tip=lambda r: r.content),
        Column("地点", lambda row: row.place, 150, "place", spare=True),
        Column("被反映人", lambda row: row.party_name, 104, "party"),
        Column("承办", lambda row: row.handler or "未交办", 78, "handler"),
        Column(
            "答复期限",
            lambda row: show_day(row.reply_due_on),
            100,
            "due",
            right=True,
            tone=lambda row: TONES[row.standing] if pressing(row) else "",
        ),
        Column(
            "状态",
            lambda row: row.standing.label,
            104,
            "standing",
            tone=lambda row: TONES[row.standing],
            icon=lambda row: ICONS[row.standing],
            tip=lambda row: row.ended,
        ),
    )


def pressing(row: LeadRow) -> bool:
    """Whether the day to answer is what presses."""
    return row.replied_on is None and row.standing in (LeadStanding.LATE, LeadStanding.DUE)


def facts(page: LeadPage) -> list[tuple[str, str]]:
    """What is shown of a lead, name and words."""
    row = page.row
    told = "　".join(one for one in (page.informant, page.informant_phone) if one)
    said = [
        ("来源", f"{row.source.label}　{row.source_number}"),
        ("登记", f"{show_moment(row.received_at)}　{row.recorder}"),
        ("反映人", f"{told}{'　保密' if row.secret else ''}" if told else "没有留名"),
        ("被反映人", row.party_name),
        ("地点", row.place),
        ("违法行为", page.item),
        ("基本情况", row.content),
        ("附件", row.attachments),
        ("承办人", row.handler or "还没有交办"),
        ("核查", _dated(row.checked_on, row.findings)),
        ("处理", _dated(row.outcome_on, f"{row.ended}。{row.outcome_reason}".strip("。"))),
        ("答复", _dated(row.replied_on, f"{row.reply_way}　{row.reply}")),
        ("是否满意", {True: "满意", False: "不满意", None: ""}[row.satisfied]),
        ("并入本条的", "、".join(page.merged_here)),
        ("作废", _dated(row.voided_on, f"{row.void_reason}　{row.voided_by}")),
        ("来历", "补录的旧线索" if row.backfilled else ""),
    ]
    if not page.expects_reply and not told:
        said = [one for one in said if one[0] != "反映人"]
    return [(name, words.strip()) for name, words in said if words.strip()]


def _dated(day: date | None, words: str) -> str:
    return f"{show_day(day)}　{words}" if day else ""


def clock_words(one: LeadClock, today: date) -> tuple[str, str, str]:
    """Icon, tone and words of a clock."""
    if one.due_on is None:
        if one.done_on is not None:
            return "ok", "ok", f"已于 {one.done_on} 办理"
        return "warn", "warn", "待机关确认"
    doubt = "（暂定）" if one.provisional else ""
    if one.done_on is not None:
        late = one.done_on > one.due_on
        words = f"{one.due_on}{doubt} 前，已于 {one.done_on} 办理{'，逾期' if late else ''}"
        return ("warn", "bad", words) if late else ("ok", "ok", words)
    left = (one.due_on - today).days
    if left < 0:
        return "warn", "bad", f"到 {one.due_on}{doubt}，已逾期 {-left} 日"
    said = "今天到期" if left == 0 else f"还有 {left} 日"
    return "clock", "warn" if left <= SOON else "quiet", f"到 {one.due_on}{doubt}，{said}"


def clock_detail(one: LeadClock) -> str:
    """The arithmetic of a clock and what it rests on."""
    if one.done_on is not None:
        return ""
    if one.due_on is None and one.question:
        return f"国家的法律没有写明天数，本机关还没有确认，不替您编一个。（{one.cite}）"
    return arithmetic(one)


def arithmetic(one: LeadClock) -> str:
    """How the day was reckoned, with what it rests on named once."""
    why = "".join(one.why)
    cite = f"（{one.cite}）" if one.cite and one.cite not in why else ""
    return f"{why}{cite}"


def stages(page: LeadPage, today: date) -> list[StageRow]:
    """The way of a lead with ticks: what is done with its day, what comes next in blue."""
    row = page.row
    if row.voided_on is not None:
        detail = f"{show_day(row.voided_on)[5:]}　{row.voided_by}".strip("　")
        return [
            StageRow("registered", "登记", StageState.DONE, show_day(row.received_on)[5:]),
            StageRow("void", "作废", StageState.DONE, detail),
        ]
    by_title = {one.title: one for one in page.clocks}
    settled = row.outcome_on or (row.case_id is not None and row.received_on) or None
    wanted: list[tuple[str, str, date | None, str]] = [
        ("registered", "登记", row.received_on, row.recorder),
        ("assign", "交办", _day_of(page.history, "交办"), row.handler),
        ("check", "核查", row.checked_on, ""),
        ("settle", "处理", settled or None, row.ended or ("立案审批中" if row.case_id else "")),
    ]
    if page.expects_reply:
        wanted.append(("reply", "答复", row.replied_on, row.reply_way))
    found: list[StageRow] = []
    now_given = False
    for key, name, day, words in wanted:
        clock = by_title.get(name)
        late = bool(clock and clock.due_on and clock.done_on is None and clock.due_on < today)
        if day is not None or (key == "assign" and row.handler):
            detail = f"{show_day(day)[5:]}　{words}".strip("　")
            found.append(StageRow(key, name, StageState.DONE, detail))
        elif late:
            found.append(StageRow(key, name, StageState.LATE, f"到 {clock and clock.due_on}"))
            now_given = True
        elif key == "assign" and row.checked_on is not None:
            continue
        elif not now_given:
            found.append(StageRow(key, name, StageState.NOW, "待办"))
            now_given = True
        else:
            found.append(StageRow(key, name, StageState.NEXT))
    return found


def _day_of(history: Iterable[LeadLine], label: str) -> date | None:
    days = [one.on for one in history if one.label == label and not one.undone]
    return days[-1] if days else None


def grouped(reasons: Mapping[str, str]) -> list[str]:
    """Why acts are grey, acts with one reason together."""
    by_reason: dict[str, list[str]] = {}
    for act, reason in reasons.items():
        by_reason.setdefault(_NAMED.sub("", reason), []).append(act)
    return [f"{'、'.join(acts)}：{reason}" for reason, acts in by_reason.items()]
