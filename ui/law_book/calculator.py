"""期限试算: a rule and the day it starts; the last lawful day with its arithmetic, 暂定 or not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import InvalidForm, LawDataError, Refused
from enforcer.law import deadlines
from enforcer.law.deadlines import Due
from enforcer.queries import law_book
from ui.context import Context
from ui.widgets.basics import Card, IconLabel, Scrolled, label, set_tone
from ui.widgets.field import Field
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.pickers import FilterCombo, Option

USUAL = "payment"


class Calculator(Card):
    """Asks the law with the office's calendar; tells when a provisional day has become firm."""

    def __init__(self, context: Context) -> None:
        super().__init__("期限试算", spacing=10)
        self.context = context
        self.due: Due | None = None
        self._before: Due | None = None
        self.rule = FilterCombo(_rules(), placeholder="期限的名称或拼音首字母")
        self.start = DateEdit(context.clock.today)
        self.rule.write(USUAL)
        self.start.write(context.clock.today())
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Field("期限", self.rule), 3)
        row.addWidget(Field("起算的一天（当日不计入）", self.start), 2)
        self.body.addLayout(row)
        self._icon = IconLabel("calendar", 20)
        self.answer = label("", "section")
        self.standing = label("", "strong", wrap=True)
        told = QHBoxLayout()
        told.setSpacing(10)
        told.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        told.addWidget(self.answer)
        told.addWidget(self.standing, 1)
        self.body.addLayout(told)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 6, 0)
        self.why = label("", wrap=True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.why)
        column.addStretch()
        self.body.addWidget(Scrolled(content), 1)
        self.rule.edited.connect(self.count)
        self.start.edited.connect(self.count)
        context.tasks.changed.connect(self._changed)
        self.count()

    def count(self) -> None:
        """Ask the law."""
        rule, day = self.rule.read(), self.start.read()
        before, self._before = self._before, None
        if not rule or day is None:
            self._tell(None, "选一个期限，填起算的一天。")
            return
        try:
            found = deadlines.due(rule, day, calendar=self.context.tasks.now(law_book.calendar_for))
        except (InvalidForm, Refused, LawDataError) as error:
            self._tell(None, str(error))
            return
        self._before = found
        same = before is not None and (before.rule, before.from_on) == (rule, day)
        self._tell(found, "", before if same else None)

    def _tell(self, found: Due | None, say: str, before: Due | None = None) -> None:
        self.due = found
        provisional = found is not None and found.provisional
        tone = "" if found is None else "warn" if provisional else "ok"
        self._icon.show_icon({"warn": "warn", "ok": "ok"}.get(tone, "calendar"), tone or "quiet")
        self.answer.setText(show_day(found.due_on) if found else "")
        self.answer.setVisible(found is not None)
        self.standing.setText(_standing(found, before))
        set_tone(self.standing, tone)
        self.why.setText("\n".join(found.why) if found else say)

    def _changed(self, names: frozenset[str]) -> None:
        if "holiday_notice" in names:
            self.count()


def _rules() -> list[Option]:
    """Every period that can be trusted; what cannot, the page's banner says."""
    try:
        return [Option(one.name, one.title, f"自{one.start}") for one in deadlines.rules()]
    except LawDataError:
        return []


def _standing(found: Due | None, before: Due | None) -> str:
    """暂定 or 确定; what it was before a notice came."""
    if found is None:
        return ""
    if found.provisional:
        return "暂定：放假通知没有载入"
    if before is None or not before.provisional:
        return "确定"
    if before.due_on == found.due_on:
        return "由暂定变为确定，日期没有变"
    return f"由暂定变为确定，原来暂定 {show_day(before.due_on)}"
