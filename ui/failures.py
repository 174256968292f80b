"""What the officer sees when something fails: in place, in the message bar, or one dialog for a bug."""

from __future__ import annotations

import logging
import platform
import re
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from enforcer import __version__
from enforcer.errors import InvalidForm, Refused, Trouble
from ui.tasks import Cancelled, Failed
from ui.widgets.banner import Banner, sentence
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from ui.context import Window
    from ui.widgets.form import FormBinder

log = logging.getLogger(__name__)
LOG_NAME: Final = "window.log"


def in_place(banner: Banner, binder: FormBinder | None = None, *, lead: str = "") -> Failed:
    """A handler for `tasks`: refusals in the form's banner, wrong fields under the fields."""

    def failed(error: Exception) -> bool:
        if isinstance(error, Refused):
            banner.show_objections(error.objections, binder.jump if binder else None, lead=lead)
            first = next((one.field for one in error.objections if one.field), "")
            if binder is not None and first:
                binder.jump(first)
            return True
        if isinstance(error, InvalidForm):
            rest = binder.show_errors(error.by_field) if binder is not None else str(error)
            banner.say("bad", rest)
            return True
        return False

    return failed


def log_to(folder: Path) -> None:
    """Keep the log of the window under the data home: five files of one megabyte, no names."""
    from logging.handlers import RotatingFileHandler

    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / LOG_NAME, maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def stop_log(folder: Path) -> None:
    """Let go of the log file, so that the folder can be moved or removed."""
    root = logging.getLogger()
    for handler in [*root.handlers]:
        name = getattr(handler, "baseFilename", "")
        if name and Path(name).parent == folder.absolute():
            root.removeHandler(handler)
            handler.close()


def report(error: BaseException) -> str:
    """What a maintainer needs and nothing a party would mind: version, place, kind of error."""
    stack = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    chain = error.__cause__ or error.__context__
    cause = f"\n起因：{type(chain).__name__}: {_masked(str(chain))}" if chain else ""
    return (
        f"执法案件管家 {__version__}，Python {platform.python_version()}，Qt {qVersion()}，"
        f"{platform.system()} {platform.release()}\n"
        f"{type(error).__name__}: {_masked(str(error))}{cause}\n{stack}"
    )


def _masked(text: str) -> str:
    """An error's own words may quote what was typed: Chinese and long numbers are blotted out."""
    blotted = re.sub(r"[\u3400-\u9fff\U00020000-\U000323af]", "某", text[:2_000])
    return re.sub(r"\d{4,}[\dXx]*", "#", blotted)


class Failures(QObject):
    """The last stop of every error: `tasks` and the interpreter's hooks lead here."""

    reported = Signal(str)
    _elsewhere = Signal(object)

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._parent = window, parent
        self._before = sys.excepthook
        self._before_in_threads = threading.excepthook
        self.dialog: BugDialog | None = None
        self._elsewhere.connect(self.handle)

    def install(self) -> None:
        """Catch what nobody catches, in the GUI thread and in others."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before, self._before_in_threads

    def handle(self, error: BaseException) -> None:
        """Show an error that no screen has shown in place."""
        if isinstance(error, Cancelled):
            self._window.message("info", "已取消。已经完成的部分保留，没有完成的部分没有留下。")
        elif isinstance(error, Refused):
            self._window.message("bad", "\n".join(sentence(one) for one in error.objections))
        elif isinstance(error, (InvalidForm, Trouble)):
            self._window.message("bad", str(error))
        else:
            self._bug(error)

    def _bug(self, error: BaseException) -> None:
        text = report(error)
        log.error("unexpected error\n%s", text)
        self.reported.emit(text)
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.add(text)
            return
        self.dialog = BugDialog(self._parent, text)
        self.dialog.open()

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        self._elsewhere.emit(error)

    def _thread_hook(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._elsewhere.emit(arguments.exc_value)


class BugDialog(Dialog):
    """Says that the program is at fault, that nothing typed is lost, and what to copy to whom."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出错")
        self.setMinimumSize(640, 420)
        self.details = QPlainTextEdit(text)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("错误详情")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(
            label("刚才的操作没有完成，这是程序的错误，不是您的操作有误。", "section", wrap=True)
        )
        column.addWidget(
            label(
                "窗口里填写的内容都还在，已经保存的记录不受影响。请复制下面的内容交给系统管理员；"
                "其中没有当事人的姓名和号码。关闭本窗口后可以重试，或者先保存其他工作。",
                wrap=True,
            )
        )
        column.addWidget(self.details, 1)
        self.copy = button("复制错误详情", "copy", on=self._copy)
        column.addWidget(ActBar(self.copy, button("关闭，继续工作", main=True, on=self.accept)))

    def add(self, text: str) -> None:
        """One more error while the dialog is open: below the first, in no second dialog."""
        if text not in self.details.toPlainText():
            self.details.appendPlainText(f"\n{text}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.setText("已复制")
