"""How the page of an ordinary case is laid out: stages left, the step in the middle, papers right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.cases.course.asides import ClockList
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.basics import (
    Card,
    Elided,
    PushButton,
    Scrolled,
    button,
    hairline,
    label,
    set_tone,
    shorten,
)
from ui.widgets.stages import StageList

LEFT, RIGHT = 226, 286


class CourseHeader(QWidget):
    """Whose case, its number and officers below, the clock that runs out first, the acts."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.subtitle = Elided(role="title"), Elided()
        self.limit = label("", "label")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(10)
        self.row.addLayout(words, 1)
        self.row.addWidget(self.limit)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._fit()
        return done

    def _fit(self) -> None:
        """Whose case it is comes before the words on the buttons."""
        acts = [one for one in self.findChildren(PushButton) if not one.isHidden()]
        name = self.title.fontMetrics().horizontalAdvance(self.title.text())
        rest = min(name, self.width() * 3 // 8) + self.limit.sizeHint().width()
        shorten(acts, self.width() - rest - self.row.spacing() * (len(acts) + 1))


class CourseFrame(QWidget):
    """The parts of the page in their places; what they do is `CourseView`."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.header = CourseHeader()
        self.limit = self.header.limit
        self.history_button = button("办理记录", "history")
        self.history_button.setObjectName("course_history")
        self.next_button = button("下一步", "next", keys="Ctrl+J")
        self.next_button.setObjectName("course_next")
        self.back = button("返回列表　Esc", "back")
        self.slip_button = button("撤回上一步", "undo", link=True)
        self.slip_button.setObjectName("course_slip")
        for one in (self.history_button, self.next_button, self.back):
            self.header.row.addWidget(one)
        self.course = StageList()
        self.clocks = ClockList()
        self.asked = Banner("info")
        self.asked.hide()
        left = Card(spacing=8)
        left.body.setContentsMargins(14, 14, 10, 12)
        left.body.addWidget(Scrolled(self.course), 1)
        left.body.addWidget(self.slip_button, 0, Qt.AlignmentFlag.AlignLeft)
        left.setFixedWidth(LEFT)
        middle = Card(spacing=10)
        middle.body.setContentsMargins(20, 16, 12, 14)
        middle.body.addWidget(self.asked)
        self._middle = middle.body
        self._inside: QWidget | None = None
        right = Card(spacing=8)
        right.body.setContentsMargins(16, 14, 12, 12)
        right.body.addWidget(label("期限", "section"))
        clocks = Scrolled(self.clocks)
        right.body.addWidget(clocks, 2)
        right.body.addWidget(hairline())
        right.body.addWidget(label("文书和证据", "section"))
        self._papers_body = QVBoxLayout()
        right.body.addLayout(self._papers_body, 3)
        self._papers_inside: QWidget | None = None
        right.setFixedWidth(RIGHT)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(left)
        columns.addWidget(middle, 1)
        columns.addWidget(right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.header)
        whole.addLayout(columns, 1)

    def put(self, widget: QWidget) -> None:
        """Show this in the middle instead of what was there."""
        if self._inside is not None:
            self._middle.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = widget
        self._middle.addWidget(widget, 1)
        widget.show()

    def put_papers(self, widget: QWidget) -> None:
        """Show the papers and evidence of the case in view, instead of another's."""
        if self._papers_inside is not None:
            self._papers_body.removeWidget(self._papers_inside)
            self._papers_inside.hide()
            self._papers_inside.deleteLater()
        self._papers_inside = Scrolled(widget)
        self._papers_body.addWidget(self._papers_inside)

    def tell_limit(self, text: str, tone: str) -> None:
        """The clock that runs out first, in the header; its day stands among the clocks."""
        what, _, until = text.partition("　")
        self.limit.setText(f"{what}　{until.rpartition('，')[2]}" if until else text)
        self.limit.setToolTip(text)
        set_tone(self.limit, "ok" if tone == "quiet" else tone)
