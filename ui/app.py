"""The composition root: parses the words, shows the frame, opens the store, fills the screen.

What a start must not pay for is imported after the first paint, and most of it in the worker.
"""

from __future__ import annotations

import argparse
import gc
import getpass
import os
import sys
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from enforcer import paths
from ui import owner
from ui.main_window import NAME, MainWindow
from ui.scan_drop import ScanDrop
from ui.screens import WIZARD, ScreenSpec, load, module_of, screens
from ui.startup import since_start_ms
from ui.theme import Theme

if TYPE_CHECKING:
    from enforcer.queries.accounts import SignedIn
    from enforcer.store.database import Store
    from ui.backups import AutomaticBackups
    from ui.context import Context
    from ui.failures import Failures
    from ui.guard import Guard
    from ui.one_window import OneWindow
    from ui.tasks import Tasks

GUARD = "ui.guard"
DONE, REFUSED, TROUBLE = 0, 1, 3
OPEN_ALREADY = (
    "数据目录“{home}”的窗口已经打开，已带到前面；启动时间没有量。"
    "请先退出那个窗口，再用 --quit-when-ready。"
)
SEARCH = "enforcer.queries.search"


@dataclass(frozen=True, slots=True)
class Opened:
    """The store, and whether somebody has to sign in before anything is shown."""

    store: Store
    guarded: bool


def run(words: list[str]) -> int:
    """Open the window; returns the exit code once it is closed."""
    arguments = _parser().parse_args(words)
    prepare_input_method(os.environ, sys.platform)
    app = QApplication([NAME, "-style", "fusion"])
    app.setApplicationDisplayName(NAME)
    home = arguments.home or paths.default_home()
    session = Session(app, home, arguments.user or getpass.getuser(), screens())
    session.asked_for = arguments.user or ""
    session.quit_when_ready = arguments.quit_when_ready
    if not owner.claim(home) and not session.take_home():
        return session.end()  # a second start; after a power cut the lock proves to be free
    session.window.appear()
    code = app.exec()
    return session.end() or code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="enforcer", description=NAME, allow_abbrev=False)
    parser.add_argument("--home", type=Path, help="数据目录")
    parser.add_argument("--user", help=argparse.SUPPRESS)
    parser.add_argument("--quit-when-ready", action="store_true", help="量启动时间后退出")
    return parser


def prepare_input_method(environment: MutableMapping[str, str], platform: str) -> None:
    """Let fcitx reach Qt through the ibus portal: the wheel carries no fcitx plugin."""
    wanted = (environment.get("QT_IM_MODULE", "") + environment.get("XMODIFIERS", "")).lower()
    if platform == "linux" and "fcitx" in wanted:
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"


class Session(QObject):
    """One run of the window over one home: frame first, then the store, then the first screen."""

    def __init__(
        self,
        app: QApplication,
        home: Path,
        actor: str,
        specs: tuple[ScreenSpec, ...],
    ) -> None:
        super().__init__(app)
        self._app, self._home, self._actor, self._specs = app, home, actor, specs
        self._store: Store | None = None
        self._shown_ms = 0
        self._code = DONE
        self._one: OneWindow | None = None
        self._tasks: Tasks | None = None
        self._failures: Failures | None = None
        self._backups: AutomaticBackups | None = None
        self._guard: Guard | None = None
        self._who: SignedIn | None = None
        self._entered = False
        self._cold: list[str] = []
        self._drop: ScanDrop | None = None
        self.asked_for = ""
        self.quit_when_ready = False
        self.is_ready = False
        self.look = Theme(app)
        self.window = MainWindow(specs, self.look, user=actor)
        self.window.set_screens_enabled(on=False)
        self.window.painted.connect(self._painted)

    @property
    def tasks(self) -> Tasks:
        """The background, there from the first paint on."""
        assert self._tasks is not None
        return self._tasks

    def end(self) -> int:
        """Carry out what is queued, back up what has changed, let go of the home."""
        if self._tasks is not None:
            self._tasks.close()
        if self._backups is not None:
            self._backups.on_leaving()
        if self._store is not None:
            self._store.close()
        if self._failures is not None:
            from ui.failures import stop_log

            self._failures.remove()
            stop_log(self._logs)
        if self._one is not None:
            self._one.release()
        owner.forget(self._home)
        return self._code

    def take_home(self) -> bool:
        """Hold the home; False when another window does: it comes to front, or we say whose it is."""
        from ui.one_window import OneWindow, Turn

        if self._one is None:
            self._one = OneWindow(self._home, self)
            self._one.called.connect(self.window.to_front)
        turn = self._one.take()
        if turn is Turn.REFUSED:
            self._refuse(self._one.say)
        elif turn is Turn.SHOWN and self.quit_when_ready:
            self._refuse(OPEN_ALREADY.format(home=self._home))
        return turn is Turn.FREE

    def _refuse(self, say: str) -> None:
        self._code = REFUSED
        sys.stderr.write(f"{say}\n")
        if not self.quit_when_ready:
            from PySide6.QtWidgets import QMessageBox

            QMessageBox.warning(self.window, NAME, say)

    @property
    def _logs(self) -> Path:
        return self._home / "logs"

    # from the first paint to the first screen

    def _painted(self) -> None:
        self._shown_ms = since_start_ms()
        from ui.failures import Failures
        from ui.tasks import Tasks

        self.look.load_bold()
        self._failures = Failures(self.window, self.window)
        self._failures.install()
        if self.quit_when_ready:
            self._failures.reported.connect(self._give_up)
        self._tasks = Tasks(None, self._failures.handle, self)
        self._open()

    def _open(self) -> None:
        """Open the store in the worker, or the wizard where there is nothing to open."""
        if not paths.database(self._home).exists():
            self.tasks.ask(
                lambda _: load(WIZARD), self._show_wizard, owner=self, failed=self._not_opened
            )
            return
        self.tasks.ask(
            lambda _: self._opened_store(), self._opened, owner=self, failed=self._not_opened
        )

    def _opened_store(self) -> Opened:
        """In the worker: the heavy imports, the store, and the module of the first screen."""
        from enforcer.store.database import open_store

        store = open_store(self._home, clock=_now)
        if self._specs:
            import_module(module_of(self._specs[0].key))
        guarded = store.accounts_on()
        if guarded:
            import_module(GUARD)
        return Opened(store, guarded)

    def _opened(self, opened: Opened) -> None:
        self._store = opened.store
        self.tasks.attach(opened.store)
        self.tasks.changed.connect(self._changed)
        if opened.guarded:
            self._ask_who()
        else:
            self._enter()
        if self.is_ready and self._hold():  # after the wizard, or another try
            self._begin_care()
        self._await_rest()

    def _enter(self) -> None:
        """Show the first screen to whoever works here."""
        context = self._context(self._store)
        self.window.attach(context, self._search)
        if self._drop is None:
            self._drop = ScanDrop(self.window, context)
        self._drop.context = context
        self.window.set_screens_enabled(on=True)
        if self._specs:
            self.window.show_screen(self._specs[0].key)
        self._entered = True

    def _ask_who(self, login: str = "", say: str = "") -> None:
        """From now on somebody has to sign in."""
        from ui.context import Clock
        from ui.guard import Guard

        self._guard = Guard(self.tasks, self.window, Clock(_now))
        self._guard.entered.connect(self._signed_in)
        self._guard.changed.connect(self._signed_in)
        self.window.tell_user("")
        self._guard.begin(login or self.asked_for, say=say)

    def _signed_in(self, who: SignedIn) -> None:
        self._who, self._actor = who, who.login
        self.window.forget_screens()
        self._enter()
        if self._backups is not None:
            self._backups.act_as(who)
        elif self.is_ready:
            self._begin_care()

    def _changed(self, names: frozenset[str]) -> None:
        """Accounts switched on in this window, or beside it, ask at once who works here."""
        if "account" in names and self._guard is None and self._store is not None:
            from ui.guard import SWITCHED_ON

            self._ask_who(say=SWITCHED_ON)

    def _context(self, store: Store | None) -> Context:
        from ui.context import Clock, Context

        return Context(
            store=store,
            tasks=self.tasks,
            theme=self.look,
            home=self._home,
            actor=self._actor,
            clock=Clock(_now),
            window=self.window,
            who=self._who,
        )

    def _show_wizard(self, wizard: Any) -> None:
        page = wizard(self._context(None))
        page.home_made.connect(self._open)
        self.window.show_alone(page)
        self._await_rest()

    def _not_opened(self, error: Exception) -> bool:
        from enforcer.errors import Trouble
        from ui.trouble_page import TroublePage

        if not isinstance(error, Trouble):
            return False
        page = TroublePage(str(error), str(self._home))
        page.again.connect(self._open)
        page.leave.connect(self.window.close)
        self.window.show_alone(page)
        if self.quit_when_ready:
            sys.stderr.write(f"{error}\n")
            self._code = TROUBLE
            self._app.exit(TROUBLE)
        return True

    def _await_rest(self) -> None:
        if not self.is_ready:
            self.tasks.settled.connect(self._settle)
            QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Ready when nothing is asked any more and the screen has been painted with it."""
        if self.is_ready or not self.tasks.idle:
            return
        self.tasks.settled.disconnect(self._settle)
        self.window.repaint()
        self._ready()

    def _give_up(self, report: str) -> None:
        """Nobody sits before a start that is being measured: tell the console and leave."""
        sys.stderr.write(report)
        self._code = TROUBLE
        self._app.exit(TROUBLE)

    def _ready(self) -> None:
        self.is_ready = True
        gc.freeze()
        gc.enable()
        if self.quit_when_ready:
            ready = since_start_ms()
            sys.stdout.write(f'{{"shown_ms": {self._shown_ms}, "ready_ms": {ready}}}\n')
            sys.stdout.flush()
            self._app.exit(DONE)
            return
        QTimer.singleShot(0, self, self._afterwards)

    # once the officer can work

    def _afterwards(self) -> None:
        from ui.translation import speak_chinese

        if not self._hold():
            return
        speak_chinese(self._app)
        self.look.load_rare_characters()
        self._begin_care()

    def _begin_care(self) -> None:
        """Look after the backups and import the rest, once there is somebody to do it for."""
        if self._store is not None and self._entered and self._backups is None:
            self._look_after(self._store)
            self._warm_up()

    def _hold(self) -> bool:
        """Hold the home, once there is one, and answer second starts; leave when another does."""
        if not self.take_home():
            self._app.exit(self._code)
            return False
        if self._one is not None:
            self._one.listen()
        return True

    def _warm_up(self) -> None:
        """Import search and the other screens while the officer looks at the first one.

        One at a time, so that what is asked in between is answered in between.
        """
        self._cold = [SEARCH, *(module_of(spec.key) for spec in self._specs[1:])]
        self._warm_next()

    def _warm_next(self, _imported_before: object = None) -> None:
        if self._cold:
            module = self._cold.pop(0)
            self.tasks.ask(partial(_imported, module), self._warm_next, owner=self, long=True)

    def _look_after(self, store: Store) -> None:
        from ui.backups import AutomaticBackups
        from ui.context import Clock
        from ui.failures import log_to

        log_to(self._logs)
        self._backups = AutomaticBackups(store, self.tasks, self.window, Clock(_now), self._actor)
        if self._who is not None:
            self._backups.act_as(self._who)
        self._backups.start()

    def _search(self, words: str, then: Any) -> None:
        def find(store: Store) -> Any:
            from enforcer.queries import search

            with store.reading() as session:
                return search.find(session, words)

        self.tasks.ask(find, then, owner=self.window, latest="search", long=True)


def _imported(module: str, _store: object) -> ModuleType:
    return import_module(module)


def _now() -> datetime:
    return datetime.now(UTC)
