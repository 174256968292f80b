"""One window for one data home: a second start brings the first one to the front."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from filelock import FileLock, Timeout
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, QTimer, Signal

from enforcer import paths
from ui import owner

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

ASK_MS: Final = 3_000


class Turn(StrEnum):
    """What a start finds: the home is free, its window has come to front, or another holds it."""

    FREE = "free"
    SHOWN = "shown"
    REFUSED = "refused"


class OneWindow(QObject):
    """Holds the home for this process; `called` when a second start asks to come to front."""

    called = Signal()

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._lock: Any = None
        self._server: QLocalServer | None = None
        self.say = ""

    def take(self) -> Turn:
        """Take the home, or bring its window to front, or say in `say` who holds it."""
        if self._lock is not None or not self._home.is_dir():
            return Turn.FREE
        lock = FileLock(paths.lock(self._home), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except (Timeout, PermissionError):
            return self._call_first()
        self._lock = lock
        owner.write(self._home)
        return Turn.FREE

    def listen(self) -> None:
        """Answer second starts from now on (the network module comes after the first screen)."""
        from PySide6.QtNetwork import QLocalServer

        if self._lock is None or self._server is not None:
            return
        name = owner.me(self._home).server
        QLocalServer.removeServer(name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        self._server.listen(name)

    def release(self) -> None:
        """Let go of the home."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            owner.forget(self._home)
            self._lock.release()
            self._lock = None

    def _call_first(self) -> Turn:
        first, mine = owner.read(self._home), owner.me(self._home)
        if _call(first.server if first else mine.server):
            return Turn.SHOWN
        if first is None or first.user == mine.user:
            self.say = (
                f"数据目录“{self._home}”的窗口已经打开，但没有应答。请切换到那个窗口；"
                "确实找不到时，注销后重新登录，再打开执法案件管家。"
            )
        else:
            self.say = (
                f"数据目录“{self._home}”正由这台电脑的用户“{first.user}”打开着。"
                "同一数据目录一次只能打开一个窗口，请让该用户退出执法案件管家后再打开。"
            )
        return Turn.REFUSED

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
