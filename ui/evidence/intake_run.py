"""One intake under way: in the background, with pause, cancel and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from enforcer.operations import evidence as deeds
from enforcer.operations.evidence import Control, IntakeForm, IntakeReport, ResumeForm
from ui.context import Context
from ui.evidence.pace import Pace
from ui.failures import in_place
from ui.tasks import Cancelled, Job, Note
from ui.widgets.banner import Banner
from ui.widgets.basics import button, label

EVERY_MS = 1_000
SAY_EVERY_MS = 500  # figures that change faster cannot be read


class IntakeRun(QObject):
    """Carries out `take_in` or `resume_intake`; `ticked` once a second, `ended(report)` at last."""

    told = Signal(str, object, object)
    ticked = Signal()
    ended = Signal(object)
    refused = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.control = Control()
        self.job: Job | None = None
        self.running = self._in_view = False
        self._tick = QTimer(self)
        self._tick.setInterval(EVERY_MS)
        self._tick.timeout.connect(self.ticked)
        app = QApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self._let_go)

    def take_in(self, form: IntakeForm) -> None:
        """Begin."""
        self._start(deeds.take_in, form, "导入证据文件")

    def resume(self, form: ResumeForm) -> None:
        """Go on where it was cut short."""
        self._start(deeds.resume_intake, form, "继续导入证据文件")

    def _start(self, deed: Callable[..., IntakeReport], form: Any, what: str) -> None:
        context, control = self.context, Control()
        self.control, self.running = control, True

        def work(note: Note) -> IntakeReport:
            def say(name: str, done: int, total: int) -> None:
                self.told.emit(name, done, total)
                try:
                    note(done >> 20, max(total >> 20, 1), f"{what}（MB）")
                except Cancelled:
                    control.cancel()

            return deed(
                context.store,
                form,
                today=context.clock.today(),
                now=context.clock.now(),
                actor=context.actor,
                control=control,
                note=say,
            )

        self._tick.start()
        job = context.tasks.work(work, self._ended, owner=self, what=what,
                                 failed=self._failed)  # fmt: skip
        if self.running:
            self.job = job
            job.cover(self._in_view)

    def cover(self, in_view: bool) -> None:
        """Its screen has come into view, or left it."""
        self._in_view = in_view
        if self.job is not None:
            self.job.cover(in_view)

    def toggle_pause(self) -> None:
        """Stand still between two pieces of a file, or go on."""
        if self.control.paused:
            self.control.go_on()
        else:
            self.control.pause()

    def cancel(self) -> None:
        """Stop; what is whole stays registered, the rest can be resumed."""
        self.control.cancel()

    def _let_go(self) -> None:
        """A paused worker would hold up the end of the program."""
        self.control.cancel()

    def _ended(self, report: IntakeReport) -> None:
        self._stop()
        self.ended.emit(report)

    def _failed(self, error: Exception) -> bool:
        self._stop()
        self.refused.emit(error)
        return True

    def _stop(self) -> None:
        self._tick.stop()
        self.running, self.job = False, None


class RunBar(QWidget):
    """The bar of a run: what is being copied, how much is left, pause and cancel."""

    def __init__(self, run: IntakeRun) -> None:
        super().__init__()
        self._run = run
        self.what, self.left = label(""), label("", "quiet")
        self.what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._pace, self._time = Pace(), QElapsedTimer()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("导入进度")
        self.pause_button = button("暂停", "pause", on=self._pause)
        self.cancel_button = button("取消", on=self._cancel)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.left, 1)
        row.addWidget(self.pause_button)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.what)
        column.addWidget(self.bar)
        column.addLayout(row)
        run.told.connect(self._told)
        self.hide()

    def begin(self) -> None:
        """Show the bar of a run that has just begun."""
        self.pause_button.setText("暂停")
        for one in (self.pause_button, self.cancel_button):
            one.setEnabled(True)
        self.what.setText("正在清点文件…")
        self.left.setText("")
        self.bar.setRange(0, 0)
        self._pace.begin()
        self._time.start()
        self._said_ms = -SAY_EVERY_MS
        self.show()

    def _told(self, name: str, done: int, total: int) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(done * 1000 // total if total else 1000)
        control, now = self._run.control, self._time.elapsed()
        self._pace.see(now, done)
        if not control.paused and self.cancel_button.isEnabled():
            room = self.what.width() - self.what.fontMetrics().horizontalAdvance("正在导入 ")
            middle = Qt.TextElideMode.ElideMiddle
            self.what.setText(f"正在导入 {self.what.fontMetrics().elidedText(name, middle, room)}")
            self.what.setToolTip(name)
        if now - self._said_ms >= SAY_EVERY_MS or done >= total:
            self._said_ms = now
            self.left.setText(self._pace.words(done, total, control.file, control.files))
            self.bar.setAccessibleName(f"导入进度　{self.left.text()}")

    def _pause(self) -> None:
        self._run.toggle_pause()
        paused = self._run.control.paused
        self.pause_button.setText("继续" if paused else "暂停")
        self._pace.begin()
        if paused:
            self.what.setText("已暂停，可以继续或者取消。")

    def _cancel(self) -> None:
        for one in (self.pause_button, self.cancel_button):
            one.setEnabled(False)
        self.what.setText("正在停下…")
        self._run.cancel()


def show_refusal(banner: Banner, error: Exception) -> bool:
    """Refusals in place; trouble as its sentence."""
    if in_place(banner)(error):
        return True
    banner.say("bad", str(error))
    return True
