"""What a long work is doing, how much is left, and cancel; under a second it shows nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui.tasks import Job
from ui.widgets.basics import button, label


class ProgressBar(QWidget):
    """Follows a `Job` of `tasks.work`; appears once it has run for a second, goes when it ends.

    A job whose own screen is in view shows itself there: one bar is enough.
    """

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._what, self._left = label("", "quiet"), label("", "quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = button("取消", on=self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._what)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        row.addWidget(self._stop)
        self._job: Job | None = None
        self._long = False
        self.hide()

    @property
    def text(self) -> str:
        """What is being done and how much is left, as shown."""
        return f"{self._what.text()} {self._left.text()}".strip()

    def follow(self, job: Job) -> None:
        """Show this job from its first second on."""
        self._job = job
        self._what.setText(f"正在{job.what}")
        self._left.setText("")
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self._long = False
        job.long.connect(self._lasts)
        job.covering.connect(self._place)
        job.progressed.connect(self._progressed)
        job.ended.connect(self._ended)

    def _lasts(self) -> None:
        self._long = True
        self._place()

    def _place(self) -> None:
        if self._job is not None:
            self.setVisible(self._long and not self._job.covered)

    def _progressed(self, done: int, total: int, what: str) -> None:
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._left.setText(f"还剩 {total - done} / {total}" if total else f"已完成 {done}")
        if self._job is not None:
            self._what.setText(f"正在{what or self._job.what}")
        self._bar.setAccessibleName(self.text)

    def _cancel(self) -> None:
        if self._job is not None:
            self._stop.setEnabled(False)
            self._left.setText("正在停下…")
            self._job.cancel()
            self.cancelled.emit()

    def _ended(self) -> None:
        self._job = None
        self.hide()
