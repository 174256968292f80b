"""Who works here: asked at the start, asked again after a pause, let go on signing out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QWindow

from enforcer.operations.sign_in import leave
from enforcer.queries import accounts
from enforcer.queries.accounts import SignedIn
from ui.context import Clock
from ui.sign_in import SignInPage
from ui.widgets.form import FormBinder

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.tasks import Tasks

LOCK_KEYS: Final = "Alt+L"
MINUTE_MS: Final = 60_000
SWITCHED_ON: Final = "账号已经启用。请用自己的登录名和密码登录。"
ROLES_CHANGED: Final = "您的账号现在的角色是{}，能办理的事项已按它显示。"
SWITCHED_OFF: Final = "您的账号已被停用，已经退出登录。请联系系统管理员。"
_HANDS: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Guard(QObject):
    """`entered` with whoever has signed in anew; unlocking one's own window changes nothing.

    `changed` when the account of who sits here was given other roles.
    """

    entered = Signal(object)
    changed = Signal(object)

    def __init__(self, tasks: Tasks, window: MainWindow, clock: Clock) -> None:
        super().__init__(window)
        self.tasks, self.window = tasks, window
        self.who: SignedIn | None = None
        self.locked = False
        self.page = SignInPage(tasks, clock)
        self.page.entered.connect(self._entered)
        self.page.another.connect(self.sign_out)
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(accounts.IDLE_MINUTES * MINUTE_MS)
        self.idle.timeout.connect(self.lock)
        self.acts = [
            self._act("锁定", self.lock, LOCK_KEYS),
            self._act("修改密码…", self.change_password),
            self._act("退出登录", self.sign_out),
        ]
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        tasks.changed.connect(self._changed)

    def _act(self, text: str, on: Any, keys: str = "") -> QAction:
        made = QAction(text, self.window)
        if keys:
            made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda _checked=False: on())
        made.setEnabled(False)
        self.window.addAction(made)
        return made

    def begin(self, login: str = "", *, say: str = "") -> None:
        """Ask who is there, before anything of the office is shown."""
        self._cover()
        self.page.ask(login)
        if say:
            self.page.say(say)

    def lock(self) -> None:
        """Cover everything until whoever works here gives the password again."""
        who = self.who
        if who is None or self.locked:
            return
        self.locked = True
        self._cover()
        self.page.ask_again(who)
        self._log(partial(leave, login=who.login, locked=True))

    def sign_out(self) -> None:
        """Let go of the desk; somebody else may sign in."""
        if self.who is None:
            return
        self._log(partial(leave, login=self.who.login))
        self.who, self.locked = None, False
        self.window.tell_user("")
        self._cover()
        self.page.ask()

    def change_password(self) -> None:
        """Ask for the old password and a new one."""
        from ui.passwords import ChangePasswordDialog

        context = self.window.context
        if self.who is not None and context is not None:
            self.dialog = ChangePasswordDialog(self.window, context)
            self.dialog.open()

    def _cover(self) -> None:
        self._flush()
        self.idle.stop()
        self._offer(on=False)
        self.window.cover(self.page)

    def _flush(self) -> None:
        """What was typed is kept, whoever comes next."""
        for one in self.window.findChildren(FormBinder):
            one.flush()

    def _offer(self, *, on: bool) -> None:
        for one in self.acts:
            one.setEnabled(on)

    def _log(self, deed: Any) -> None:
        self.tasks.do(deed, lambda _none: None, owner=self)

    def _entered(self, who: SignedIn) -> None:
        again = self.locked and self.who is not None and _same(who, self.who)
        self.who, self.locked = who, False
        self._offer(on=True)
        if again:
            self.window.uncover()
        else:
            self.window.tell_user(who.titled)
            self.entered.emit(who)
        self.tasks.ask(accounts.idle_minutes, self._wait, owner=self)

    def _wait(self, minutes: int) -> None:
        if self.who is not None and not self.locked:
            self.idle.start(minutes * MINUTE_MS)

    def _changed(self, names: frozenset[str]) -> None:
        if self.who is None:
            return
        if "setting" in names:
            self.tasks.ask(accounts.idle_minutes, self._wait, owner=self)
        if "account" in names:
            login = self.who.login
            self.tasks.ask(partial(accounts.still, login=login), self._still, owner=self)

    def _still(self, who: SignedIn | None) -> None:
        if self.who is None:
            return
        if who is None:
            self.sign_out()
            self.page.say(SWITCHED_OFF)
        elif not self.locked and not _same(who, self.who):  # a locked one is asked at unlocking
            self._flush()
            self.who = who
            self.window.tell_user(who.titled)
            self.changed.emit(who)
            self.window.message("info", ROLES_CHANGED.format(accounts.labels(who.roles)))

    # a hand on the PC: looked for in the windows of the system, not in each event of each widget

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # once more is no more: Qt keeps it once

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS and self.idle.isActive():
            self.idle.start()
        return super().eventFilter(watched, event)


def _same(who: SignedIn, before: SignedIn) -> bool:
    """Whether the account may still do what it might, under the same name."""
    return replace(who, must_change=False) == replace(before, must_change=False)
