"""A hand at the page of an ordinary case: it goes to fields and types, as an officer does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot
from sqlmodel import col, select

from enforcer.models import CaseEvent
from enforcer.store.database import Store
from enforcer.terms import CaseStep
from tests.courses_made import carry
from tests.ui.register_desk import CTRL, a_context, press, shown, words
from ui.cases import CasesPage
from ui.cases.course.form import StepForm
from ui.cases.course.lines_edit import LinesEdit
from ui.cases.course.page import CourseView
from ui.cases.course.ticks_edit import TicksEdit
from ui.context import Clock, Context
from ui.widgets.inputs import TextArea, Tick
from ui.widgets.pickers import FilterCombo

CHINA = ZoneInfo("Asia/Shanghai")
ENTER, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down
TAKE = (Qt.Key.Key_Return, CTRL)


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@dataclass
class Moving:
    """A clock that the test puts forward."""

    now: datetime = field(default_factory=lambda: at(9, 7, 9))

    def context(self, store: Store) -> Context:
        return replace(a_context(store, store.home, self.now), clock=Clock(lambda: self.now))


def an_office(store: Store) -> None:
    """The organ, its power, its numbers and its people."""
    for done in carry(store, "office"):
        assert done.ok, done.step


def carried(store: Store, upto: str, script: str = "spoil_company_after") -> None:
    """The scripted spoil case up to and with a step."""
    assert carry(store, script, upto)[-1].step.name == upto


@dataclass
class Hand:
    """Goes to a field of the form in view and types."""

    qtbot: QtBot
    page: CasesPage
    clock: Moving

    @property
    def view(self) -> CourseView:
        found: CourseView = self.page.course
        return found

    @property
    def form(self) -> StepForm:
        assert self.view.form is not None, "no form is open"
        return self.view.form

    @property
    def told(self) -> str:
        """What the page says in the middle."""
        assert self.view._inside is not None
        return words(self.view._inside)

    def turn_to(self, moment: datetime) -> None:
        """It is later; the page is asked again."""
        self.clock.now = moment
        self.view.refresh()

    def open(self, step: CaseStep) -> None:
        """Through the stage to the step, by Enter on its line."""
        from enforcer.queries.course_stages import milestone_of

        self.view.show_stage(milestone_of(step).value)
        sheet: Any = self.view.sheet
        sheet.acts[step].setFocus()
        press(self.qtbot, ENTER)
        assert self.form.offer.step.key is step

    def fill(self, **values: Any) -> None:
        for name, value in values.items():
            self.type_into(name, value)

    def type_into(self, name: str, value: Any) -> None:
        """Give a field the focus and enter a value with the keys its widget answers to."""
        field = self.form.fields[name]
        assert not field.isHidden(), f"{name} is not shown"
        widget = field.widget
        self.form.binder.jump(name)
        if isinstance(widget, Tick):
            if widget.isChecked() is not bool(value):
                press(self.qtbot, SPACE)
        elif isinstance(widget, FilterCombo):
            widget.line.setFocus()
            widget.line.selectAll()
            press(self.qtbot, value, ENTER)
        elif isinstance(widget, QComboBox) and not widget.isEditable():
            self._choose(widget, value)
        elif isinstance(widget, (TextArea, QLineEdit)):
            widget.selectAll()
            press(self.qtbot, value)
        elif isinstance(widget, LinesEdit):
            self._lines(widget, value)
        elif isinstance(widget, TicksEdit):
            self._tick(widget, value)
        else:
            self._other(widget, value)

    def _choose(self, widget: Any, value: Any) -> None:
        widget.setFocus()
        for _ in range(widget.count() + 1):
            if widget.read() == value:
                return
            press(self.qtbot, DOWN)
        press(self.qtbot, Qt.Key.Key_Home)
        for _ in range(widget.count() + 1):
            if widget.read() == value:
                return
            press(self.qtbot, DOWN)
        raise AssertionError(f"{value!r} is not offered: {widget._values}")

    def _lines(self, widget: LinesEdit, lines: Sequence[Sequence[str]]) -> None:
        for number, line in enumerate(lines):
            if number >= len(widget._rows):
                widget.add_button.setFocus()
                press(self.qtbot, ENTER)
            for cell, text in zip(widget._cells(number), line, strict=False):
                if isinstance(cell, QComboBox):
                    self._choose(cell, next(v for v in cell._values if str(v) == str(text)))
                elif text:
                    cell.setFocus()
                    press(self.qtbot, text)

    def _tick(self, widget: TicksEdit, given: dict[str, tuple[Any, str]]) -> None:
        widget.show_all()
        for key, (value, evidence) in given.items():
            self._choose(widget._states[key], value)
            widget._evidence[key].setFocus()
            press(self.qtbot, evidence)

    def _other(self, widget: Any, value: Any) -> None:
        line = getattr(widget, "line", None)
        if line is not None:
            line.setFocus()
            line.selectAll()
            press(self.qtbot, value)
            return
        for one, tick in widget.ticks.items():
            if tick.isChecked() is not (one in value):
                tick.setFocus()
                press(self.qtbot, SPACE)

    def take(self) -> None:
        """Ctrl+Enter: the step has to be taken."""
        before = self.form
        press(self.qtbot, TAKE)
        assert self.view.form is not before, self.refusal or self.errors(before)

    def refused(self) -> str:
        """Ctrl+Enter: the step has to be refused; what is said."""
        before = self.form
        press(self.qtbot, TAKE)
        assert self.view.form is before, "the step was taken"
        return self.refusal

    @property
    def refusal(self) -> str:
        form = self.view.form
        if form is None:
            return ""
        return words(form.notes.message) + words(form.findings) + words(form.acts)

    @staticmethod
    def errors(form: StepForm) -> str:
        return "；".join(f"{name} {one.error}" for name, one in form.fields.items() if one.error)

    def sign(self, who: str, words_said: str = "") -> None:
        """The sign-off that waits is signed by somebody."""
        assert self.form.offer.step.form == "sign_off", self.form.offer.step.key
        self.type_into("by_id", who)
        if words_said:
            self.type_into("words", words_said)
        self.take()


def events(store: Store) -> list[str]:
    with store.reading() as session:
        return [one.step for one in session.exec(select(CaseEvent).order_by(col(CaseEvent.id)))]


def a_hand(qtbot: QtBot, store: Store, clock: Moving) -> Hand:
    """The list of cases on the screen."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    page = CasesPage(clock.context(store))
    shown(qtbot, page)
    return Hand(qtbot, page, clock)
