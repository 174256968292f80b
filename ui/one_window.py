"""One window for one data home: a second start brings the first one to the front."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, QTimer, Signal

from enforcer import paths

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

ASK_MS: Final = 3_000


class Turn(StrEnum):
    """What a start finds: the home is free, its window has come to front, or another holds it."""

    FREE = "free"
    SHOWN = "shown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has the window open, as written beside the lock."""

    user: str
    pid: int
    server: str


class OneWindow(QObject):
    """Holds the home for this process; `called` when a second start asks to come to front."""

    called = Signal()

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._lock: Any = None
        self._server: QLocalServer | None = None
        self.say = ""

    @property
    def _owner_path(self) -> Path:
        return paths.lock(self._home).with_suffix(".owner")

    def look(self) -> Turn:
        """Cheap for the usual start: only where an owner is written down is the lock tried."""
        return self.take() if self._owner_path.exists() else Turn.FREE

    def take(self) -> Turn:
        """Take the home, or bring its window to front, or say in `say` who holds it."""
        from filelock import FileLock, Timeout

        if self._lock is not None or not self._home.is_dir():
            return Turn.FREE
        lock = FileLock(paths.lock(self._home), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except (Timeout, PermissionError):
            return self._call_first()
        self._lock = lock
        owner = {"user": getpass.getuser(), "pid": os.getpid(), "server": self._name()}
        self._owner_path.write_text(json.dumps(owner), encoding="utf-8")
        return Turn.FREE

    def listen(self) -> None:
        """Answer second starts from now on (the network module comes after the first screen)."""
        from PySide6.QtNetwork import QLocalServer

        if self._lock is None or self._server is not None:
            return
        QLocalServer.removeServer(self._name())
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        self._server.listen(self._name())

    def release(self) -> None:
        """Let go of the home."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._owner_path.unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    def _name(self) -> str:
        digest = hashlib.sha256(str(self._home.absolute()).encode()).hexdigest()[:16]
        return f"enforcer-{getpass.getuser()}-{digest}"

    def _call_first(self) -> Turn:
        owner = self._owner()
        if _call(owner.server if owner else self._name()):
            return Turn.SHOWN
        mine = owner is None or owner.user == getpass.getuser()
        self.say = (
            f"数据目录“{self._home}”的窗口已经打开，但没有应答。请切换到那个窗口；"
            "确实找不到时，注销后重新登录，再打开执法案件管家。"
            if mine
            else f"数据目录“{self._home}”正由这台电脑的用户“{owner.user if owner else ''}”打开着。"
            "同一数据目录一次只能打开一个窗口，请让该用户退出执法案件管家后再打开。"
        )
        return Turn.REFUSED

    def _owner(self) -> Owner | None:
        try:
            found = json.loads(self._owner_path.read_text(encoding="utf-8"))
            return Owner(str(found["user"]), int(found["pid"]), str(found["server"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _connected(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.called.emit()


def _call(server: str) -> bool:
    """Ask the first window to come to front; it may still be starting, so ask for a while."""
    from PySide6.QtNetwork import QLocalSocket

    socket, until = QLocalSocket(), QDeadlineTimer(ASK_MS)
    while True:
        socket.connectToServer(server)
        if socket.waitForConnected(ASK_MS // 4):
            socket.disconnectFromServer()
            return True
        if until.hasExpired():
            return False
        pause = QEventLoop()
        QTimer.singleShot(100, pause.quit)
        pause.exec()
