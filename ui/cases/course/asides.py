"""What stands above the fields of a step: the levels that sign, the clocks, what the law asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from enforcer.course_terms import SignOffMatter
from enforcer.law import sign_off
from enforcer.queries.case_clocks import Clock
from enforcer.queries.course_page import CoursePage
from enforcer.terms import CaseStep
from ui.cases.course import defaults
from ui.cases.course.editors import Env
from ui.cases.view_words import clock_words
from ui.widgets.basics import IconLabel, button, label
from ui.widgets.moments import show_day

CLOCKS_OF: dict[CaseStep, tuple[str, ...]] = {
    CaseStep.DEFENDED: ("陈述、申辩（当事人）",),
    CaseStep.DEFENCE_REVIEWED: ("陈述、申辩（当事人）",),
    CaseStep.HEARING_REQUESTED: ("要求听证（当事人）",),
    CaseStep.HEARING: ("听证通知送达",),
    CaseStep.DECIDED: ("作出处罚决定",),
    CaseStep.SERVED: ("送达决定书",),
    CaseStep.PRESERVATION_DISPOSED: ("处理登记保存的物品",),
    CaseStep.SEIZURE_EXTENDED: ("查封期限", "扣押期限"),
    CaseStep.SEIZURE_RELEASED: ("查封期限", "扣押期限"),
    CaseStep.TRANSFER_DECIDED: ("决定是否移送",),
    CaseStep.REINSPECTED: ("责令改正（期满复查）",),
    CaseStep.PAID: ("缴纳罚款",),
    CaseStep.DEFERRED: ("缴纳罚款",),
    CaseStep.URGED: ("缴纳罚款",),
    CaseStep.COURT_APPLICATION: ("申请法院强制执行",),
    CaseStep.PERIOD_CHANGED: ("作出处罚决定",),
    CaseStep.RESUMED: ("作出处罚决定",),
    CaseStep.LEAD_REPLIED: ("答复反映人",),
}


def arithmetic(one: Clock) -> str:
    """How a last day was found, with its article."""
    said = "".join(one.due.why) if one.due else f"{one.say}。"
    return said if one.cite in said else f"{said}（{one.cite}）"


@dataclass(frozen=True, slots=True)
class Said:
    """One banner to be shown above the fields."""

    kind: str
    text: str
    icon: str


def said_of(page: CoursePage, step: CaseStep, today: date) -> list[Said]:
    """What the law asks of this step, then the clock that governs it with its arithmetic."""
    found = []
    if page.asked.step is step and page.asked.say:
        found.append(Said("info", page.asked.say, "law_book"))
    wanted = CLOCKS_OF.get(step, ())
    for one in page.clocks:
        if one.title in wanted and one.done_on is None and one.due is not None:
            kind = "warn" if one.due.due_on < today else "ok"
            _, _, words = clock_words(one, today)
            found.append(Said(kind, f"{one.title}　{words}。{arithmetic(one)}", "calendar"))
    return found


class SignOffSheet(QFrame):
    """The levels of one matter: who signed when with which words, who may sign now, who follows."""

    def __init__(self, env: Env, matter: SignOffMatter) -> None:
        super().__init__()
        self.setProperty("banner", "info")
        self.setAccessibleName(f"{matter.label}审批")
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        levels = sign_off.chain_of(env.facts, matter)
        signed = sign_off.round_of(env.facts, matter)
        names = {one.id: one.name for one in env.choices.people}
        able = [names[one] for one in defaults.may_sign(env, matter.value)]
        waits = sign_off.pending(env.facts, matter) is not None
        for at, level in enumerate(levels):
            posts = "、".join(one.label for one in level.posts)
            if at < len(signed):
                one = signed[at]
                icon, tone = ("stage_done", "ok") if one.agrees else ("bad", "bad")
                verdict = "同意" if one.agrees else "退回"
                first = at == 0 and one.agrees
                said = f"{one.person}　{show_day(one.on)}　{'呈报' if first else verdict}"
                said += f"：{one.words}" if one.words else ""
            elif at == len(signed) and waits:
                icon, tone = "stage_now", "accent"
                said = f"等待审批：{'、'.join(able)}" if able else f"没有可以签署的{posts}"
            else:
                icon, tone, said = "stage_next", "faint", posts
            grid.addWidget(IconLabel(icon, 18, tone), at, 0, Qt.AlignmentFlag.AlignTop)
            now = at == len(signed) and waits
            grid.addWidget(
                label(level.name, "" if now else "label", "accent" if now else ""),
                at, 1, Qt.AlignmentFlag.AlignTop,
            )  # fmt: skip
            grid.addWidget(label(said, "" if at <= len(signed) else "quiet", wrap=True), at, 2)


class ClockList(QWidget):
    """The clocks of a case, one line each; a click or Enter opens the arithmetic below."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[QPushButton] = []
        self.details: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_clocks(self, clocks: Sequence[Clock], today: date) -> None:
        """Show these; what runs out first stands first."""
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.lines, self.details = [], []
        for one in clocks:
            self._column.addWidget(self._line(one, today))
        if not clocks:
            self._column.addWidget(label("还没有开始计算的期限。", "quiet", wrap=True))
        self._column.addStretch(1)

    def _line(self, one: Clock, today: date) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(8)
        icon, tone, _ = clock_words(one, today)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 5, 0, 0)
        mark.addWidget(IconLabel(icon, 18, tone))
        mark.addStretch()
        row.addLayout(mark)
        column = QVBoxLayout()
        column.setSpacing(0)
        title = button(one.title.removesuffix("（当事人）"), link=True)
        title.setToolTip("查看计算过程和条款")
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignLeft)
        short = label(_short(one, today), "small", "" if tone == "quiet" else tone)
        detail = label(arithmetic(one), "small", wrap=True)
        for words in (short, detail):
            words.setContentsMargins(5, 0, 0, 0)
        column.addWidget(short)
        detail.hide()
        title.clicked.connect(lambda _checked=False: detail.setVisible(detail.isHidden()))
        column.addWidget(detail)
        column.addStretch()
        row.addLayout(column, 1)
        self.lines.append(title)
        self.details.append(detail)
        return holder


def _short(one: Clock, today: date) -> str:
    """A clock in a dozen signs: its day and how far it is."""
    if one.due is None:
        return "待机关确认"
    if one.done_on is not None:
        return f"{one.done_on} 已办"
    left = (one.due.due_on - today).days
    mark = "暂定 " if one.due.provisional else ""
    if not one.tracked:
        return f"{mark}到 {one.due.due_on}"
    if left < 0:
        return f"逾期 {-left} 日"
    return f"{mark}{one.due.due_on}　{'今天' if not left else f'剩 {left} 日'}"
