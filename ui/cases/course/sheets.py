"""What the middle shows when no form is open: the steps of a stage, and the course on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from enforcer.errors import Level
from enforcer.law.lifecycle import Offer
from enforcer.queries.course_page import CoursePage, Entry
from enforcer.queries.course_stages import STEPS_OF, Milestone, milestone_of
from enforcer.queries.slips import TakenBack
from enforcer.terms import CaseStep
from ui.cases.course.editors import DETAILS, pairs_of
from ui.cases.course.specs import Kind
from ui.cases.course.tables import fields_of, on_screen, operation_of, title_of
from ui.widgets.basics import IconLabel, Scrolled, button, hairline, label
from ui.widgets.moments import show_moment

BY_SIGNATURE = {
    CaseStep.FILED: "最后一级审批同意，就是立案。",
    CaseStep.FILING_REFUSED: "最后一级审批不同意，就是不予立案。",
    CaseStep.RULED: "处理意见最后一级审批同意，就是负责人决定。",
    CaseStep.CLOSED: "结案最后一级审批同意，就是结案。",
}
LONGEST = 90
MOST = 3


def against(offer: Offer) -> str:
    """Why a step is grey: what stands in its way, each with its article."""
    found = [one for one in offer.objections if one.level is Level.BLOCK]
    told = [f"{one.say}（{one.cite}）" if one.cite else one.say for one in found[:MOST]]
    more = [f"另有 {len(found) - MOST} 项。"] if len(found) > MOST else []
    return "\n".join([*told, *more])


class StageSheet(QWidget):
    """The steps of one stage: what can be done, what is grey and why; below, what was done."""

    wanted = Signal(str)

    def __init__(self, page: CoursePage, milestone: Milestone) -> None:
        super().__init__()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(2)
        offers = [page.offer(one) for one in STEPS_OF[milestone]]
        allowed = [one for one in offers if one.allowed]
        grey = [one for one in offers if not one.allowed]
        self.acts: dict[CaseStep, Any] = {}
        for one in sorted(allowed, key=lambda each: each.step.key is not page.asked.step):
            column.addWidget(self._open(one, asked=one.step.key is page.asked.step))
        if grey:
            column.addWidget(label("现在不能办理", "label"))
        for one in grey:
            column.addWidget(self._grey(one))
        done = [
            one
            for one in page.entries
            if milestone_of(one.step, str(one.detail.get("matter", ""))) is milestone
        ]
        if done:
            column.addSpacing(10)
            column.addWidget(hairline())
            column.addSpacing(6)
            column.addWidget(label("已经办理", "label"))
            for entry in done:
                column.addWidget(entry_row(entry))
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(label(milestone.label, "section"))
        whole.addWidget(Scrolled(inside), 1)

    def _open(self, offer: Offer, *, asked: bool) -> QWidget:
        key = offer.step.key
        act = button(key.label, link=True, on=partial(self.wanted.emit, key.value))
        act.setObjectName(f"step_{key.value}")
        self.acts[key] = act
        said = "法律要求的下一步" if asked else BY_SIGNATURE.get(key, "")
        warned = [one.say for one in offer.objections]
        told = "　".join([said, *warned]).strip()
        icon = "stage_now" if asked else "next"
        return _line(icon, "accent", act, told, offer.step.cite)

    def _grey(self, offer: Offer) -> QWidget:
        said = against(offer)
        holder = _line("locked", "faint", label(offer.step.key.label, "quiet"), said, "")
        holder.setObjectName(f"why_{offer.step.key.value}")
        holder.setAccessibleName(f"{offer.step.key.label}，现在不能办理：{said}")
        holder.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return holder


class HistorySheet(QWidget):
    """The whole course on record, the latest first, each with what was entered (第四十七条)."""

    def __init__(self, page: CoursePage) -> None:
        super().__init__()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(6)
        gone = list(page.taken_back)
        for one in reversed(page.entries):
            while gone and (one.recorded_at is None or gone[-1].at >= one.recorded_at):
                column.addWidget(slip_row(gone.pop()))
            column.addWidget(entry_row(one, whole=True))
        if not page.entries:
            column.addWidget(label("还没有办理记录。", "quiet"))
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(label("办理记录　全过程记录，只能添加，不能改写", "section"))
        whole.addWidget(Scrolled(inside), 1)


def _line(icon: str, tone: str, head: QWidget, below: str, beside: str) -> QWidget:
    """Icon and words on one line, what stands beside them at its end, small words below."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(2, 3, 2, 3)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(1, 1)
    grid.addWidget(IconLabel(icon, 18, tone), 0, 0)
    grid.addWidget(head, 0, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(label(beside, "small"), 0, 2)
    if below:
        grid.addWidget(label(below, "small", wrap=True), 1, 1, 1, 2)
    return holder


def entry_row(one: Entry, *, whole: bool = False) -> QWidget:
    """One step on record: its day, who, and what was entered."""
    said = detail_words(one)
    if not whole and len(said) > LONGEST:
        said = f"{said[:LONGEST]}……"
    if whole and one.recorded_at is not None:
        said = f"{said}\n{show_moment(one.recorded_at)} 由 {one.actor} 录入".strip()
    beside = f"{one.on}　{one.by}".strip()
    return _line("stage_done", "ok", label(one.step.label), said, beside)


def slip_row(one: TakenBack) -> QWidget:
    """A step that was taken back stays in view, with who took it back and why."""
    said = f"{show_moment(one.at)} 由 {one.taken_back_by} 撤回，原因：{one.reason}"
    head = label(f"{one.step.label}（已撤回）", "quiet")
    return _line("void", "faint", head, said, one.by)


def detail_words(one: Entry) -> str:
    """What was entered, in the words of its form."""
    form = operation_of(one.step).form
    parts = []
    shown = set(on_screen(form))
    for name, spec in fields_of(form).items():
        value = one.detail.get(name)
        if name not in shown or name in ("by_id", "on") or value in (None, "", [], {}):
            continue
        if spec.kind is Kind.PERSON or spec.kind is Kind.ROW or spec.kind is Kind.PARTY:
            continue
        if said := _said(value, spec.kind, spec.of):
            parts.append(f"{title_of(form, name, spec)}：{said}")
    if one.about.words:
        parts.insert(0, one.about.words)
    if number := one.detail.get("number"):
        parts.insert(0, str(number))
    if officers := one.detail.get("officers"):
        parts.append(f"执法人员：{officers}")
    parts += [f"说明：{say}" for say in (one.detail.get("reasons") or {}).values()]
    return "；".join(dict.fromkeys(parts))


_DETAIL = dict(DETAILS)
_SAY: dict[Kind, Callable[[Any, Any], str]] = {
    Kind.TICK: lambda value, _of: "是" if value else "",
    Kind.ANSWER: lambda value, of: (of or ("是", "否"))[0 if value else 1],
    Kind.MOMENT: lambda value, _of: str(value)[:16].replace("T", " "),
    Kind.LINES: lambda value, _of: "、".join(
        " ".join(str(part) for part in (each.get("name") or each.get("due_on"),
                                        each.get("quantity") or each.get("amount_yuan")) if part)
        for each in value
    ),
    Kind.TICKS: lambda value, _of: "、".join(
        f"{key}{'' if each.get('holds', True) else '（不具备）'}" for key, each in value.items()
    ),
    Kind.DETAILS: lambda value, _of: "、".join(
        f"{_DETAIL.get(key, key).partition('（')[0]} {each}" for key, each in value.items()
    ),
    Kind.PEOPLE: lambda value, _of: f"{len(value)} 人",
}  # fmt: skip


def _said(value: Any, kind: Kind, of: Any) -> str:
    if kind in _SAY:
        return _SAY[kind](value, of)
    if kind in (Kind.CHOICE, Kind.MANY) and not isinstance(of, str):
        labels = {_key(one): text for one, text in pairs_of(of)}
        many: Sequence[Any] = value if isinstance(value, list) else [value]
        return "、".join(labels.get(_key(one), str(one)) for one in many)
    return str(value)


def _key(value: Any) -> str:
    return value.value if isinstance(value, StrEnum) else str(value)
