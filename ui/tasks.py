"""Work off the GUI thread and back: ask (read), do (write), work (files), now (one page).

One thread writes, because SQLite has one writer; long questions and files have their own.
"""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

Result = TypeVar("Result")
Failed = Callable[[Exception], bool]
"""A screen's own handler of an error: True when it has shown it in place."""

LONG_MS: Final = 1_000


class Cancelled(Exception):
    """Raised by `note` inside a job that was cancelled; the job cleans up and lets it pass."""


class Note(Protocol):
    """What a job calls to say how far it is."""

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Report `done` of `total`; raises Cancelled when the officer has cancelled."""


class Job(QObject):
    """One running `work`: what it does, how far it is, and how to stop it."""

    progressed = Signal(int, int, str)
    long = Signal()
    covering = Signal()
    ended = Signal()

    def __init__(self, what: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.what = what
        self._stop = Event()
        self._said: tuple[int, str] = (-1, "")
        self.over = False
        self.covered = False

    def cover(self, covered: bool) -> None:
        """Say whether its own screen is in view and shows it: then the window does not."""
        if covered != self.covered:
            self.covered = covered
            self.covering.emit()

    def cancel(self) -> None:
        """Ask the job to stop; it does at its next note."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the officer has asked it to stop."""
        return self._stop.is_set()

    def note(self, done: int, total: int, what: str = "") -> None:
        """Called by the job in its own thread."""
        if self._stop.is_set():
            raise Cancelled
        said = (done * 1000 // total if total else done, what)
        if said != self._said:
            self._said = said
            self.progressed.emit(done, total, what)

    def end(self) -> None:
        """Called once the job's answer has been delivered."""
        self.over = True
        self.ended.emit()


@dataclass(frozen=True, eq=False)
class _Errand(Generic[Result]):
    owner: QObject
    then: Callable[[Result], object]
    failed: Failed | None = None
    latest: tuple[int, str] | None = None
    number: int = 0
    job: Job | None = None


class Tasks(QObject):
    """The window's background: give work, get its answer back on the GUI thread.

    An answer for an owner that is gone, or overtaken by a later ask of the same `latest` name,
    is dropped. Errors go to `failed` first, then to `on_error`. `changed` carries the frozenset
    of the tables a commit has touched, so that each visible screen decides whether to ask again.
    """

    changed = Signal(object)
    settled = Signal()
    started = Signal(object)
    _arrived = Signal(object)
    _committed = Signal(object)

    def __init__(
        self,
        store: Any,
        on_error: Callable[[Exception], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="enforcer-store")
        self._readers = ThreadPoolExecutor(1, thread_name_prefix="enforcer-read")
        self._files = ThreadPoolExecutor(2, thread_name_prefix="enforcer-files")
        self._numbers: dict[tuple[int, str], int] = {}
        self._jobs: set[Job] = set()
        self._open = 0
        self._arrived.connect(self._deliver)
        self._committed.connect(self._tell)
        self.store: Any = None
        if store is not None:
            self.attach(store)

    def attach(self, store: Any) -> None:
        """Take the store once it is open; its commits become `changed`."""
        self.store = store
        store.on_changed(self._committed.emit)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._open == 0

    def ask(
        self,
        question: Callable[[Any], Result],
        then: Callable[[Result], object],
        *,
        owner: QObject,
        failed: Failed | None = None,
        latest: str = "",
        long: bool = False,
    ) -> None:
        """Read: `then(question(store))`. `long` uses the second thread; `latest` overtakes."""
        key = (id(owner), latest) if latest else None
        number = self._numbers.get(key, 0) + 1 if key else 0
        if key:
            self._numbers[key] = number
        errand = _Errand(owner, then, failed, key, number)
        pool = self._readers if long else self._writer
        self._send(pool, errand, lambda: question(self.store))

    def do(
        self,
        deed: Callable[[Any], Result],
        then: Callable[[Result], object],
        *,
        owner: QObject,
        failed: Failed | None = None,
    ) -> None:
        """Write: `then(deed(store))`; deeds are carried out one after the other, none is dropped."""
        self._send(self._writer, _Errand(owner, then, failed), lambda: deed(self.store))

    def work(
        self,
        job: Callable[[Note], Result],
        then: Callable[[Result], object],
        *,
        owner: QObject,
        what: str,
        failed: Failed | None = None,
        quiet: bool = False,
    ) -> Job:
        """Files, hashes, paper: `then(job(note))` in another pool, with progress and cancel.

        A quiet job is not shown by the window: nobody waits for it, or its screen shows it.
        """
        made = Job(what, self)
        self._jobs.add(made)
        if not quiet:
            self.started.emit(made)  # before it runs: who cancels at once stops all of it
        self._send(self._files, _Errand(owner, then, failed, job=made), lambda: job(made.note))
        QTimer.singleShot(LONG_MS, made, lambda: None if made.over else made.long.emit())
        return made

    def now(self, question: Callable[[Any], Result]) -> Result:
        """Read on the GUI thread: for one page or one row, a few milliseconds, nothing longer."""
        return question(self.store)

    def close(self) -> None:
        """Carry out the deeds that are queued, drop the questions, stop the jobs."""
        for job in self._jobs:
            job.cancel()
        for pool in (self._readers, self._files):
            pool.shutdown(wait=False, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._files.shutdown(wait=True)

    def _send(self, pool: Executor, errand: _Errand[Result], call: Callable[[], Result]) -> None:
        self._open += 1

        def run() -> None:
            if self._overtaken(errand):
                self._arrived.emit((errand, None, None))
                return
            try:
                value, error = call(), None
            except Exception as caught:  # noqa: BLE001 — every error belongs to the GUI thread
                value, error = None, caught
            self._arrived.emit((errand, value, error))

        pool.submit(run)

    def _overtaken(self, errand: _Errand[Any]) -> bool:
        return errand.latest is not None and self._numbers.get(errand.latest) != errand.number

    @Slot(object)
    def _deliver(self, arrival: tuple[_Errand[Any], Any, Exception | None]) -> None:
        errand, value, error = arrival
        try:
            if errand.job is not None:
                self._jobs.discard(errand.job)
                errand.job.end()
                errand.job.deleteLater()
            if isValid(errand.owner) and not self._overtaken(errand):
                self._answer(errand, value, error)
        finally:
            self._open -= 1
            if self._open == 0:
                self.settled.emit()

    def _answer(self, errand: _Errand[Any], value: Any, error: Exception | None) -> None:
        if error is None:
            errand.then(value)
        elif isinstance(error, Cancelled):
            if errand.failed is not None:
                errand.failed(error)
        elif errand.failed is None or not errand.failed(error):
            self._on_error(error)

    @Slot(object)
    def _tell(self, names: frozenset[str]) -> None:
        self.changed.emit(names)


class ImmediateTasks(Tasks):
    """The same face for tests: everything runs at once, in the order it is asked."""

    def _send(self, _pool: Executor, errand: _Errand[Result], call: Callable[[], Result]) -> None:
        self._open += 1
        try:
            value, error = call(), None
        except Exception as caught:  # noqa: BLE001 — as the worker does
            value, error = None, caught
        self._deliver((errand, value, error))
