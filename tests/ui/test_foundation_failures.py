"""What fails is shown where it belongs; a bug is one dialog that names nobody."""

import logging
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from enforcer.errors import InvalidForm, Level, Objection, Refused, StoreTrouble
from ui.failures import LOG_NAME, BugDialog, Failures, log_to, report, stop_log
from ui.tasks import Cancelled


class Bar:
    """The message bar of a window, written down."""

    def __init__(self):
        self.said = []

    def message(self, kind, text, **_):
        self.said.append((kind, text))


@pytest.fixture
def bar():
    return Bar()


@pytest.fixture
def failures(shown, bar):
    made = Failures(bar, shown(QWidget()))
    yield made
    made.remove()


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (
            Refused(Objection("x", Level.BLOCK, "证件已过期。", "行政处罚法第四十二条")),
            "bad",
            "证件已过期。（行政处罚法第四十二条）",
        ),
        (InvalidForm({"place": "地点没有填写。"}), "bad", "地点没有填写。"),
        (
            StoreTrouble("磁盘已满，未保存，内容仍在窗口中。"),
            "bad",
            "磁盘已满，未保存，内容仍在窗口中。",
        ),
        (Cancelled(), "info", "已取消。已经完成的部分保留，没有完成的部分没有留下。"),
    ],
)
def test_what_is_expected_to_fail_goes_to_the_message_bar(failures, bar, error, kind, text):
    failures.handle(error)
    assert bar.said == [(kind, text)]
    assert failures.dialog is None


NAME, NUMBER = "张三丰", "110105194912310021"


def crash() -> None:
    raise ValueError(f"row for {NAME} {NUMBER} not found")


def crashed() -> Exception:
    try:
        crash()
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_names_place_and_kind_but_no_party():
    text = report(crashed())
    assert "ValueError: row for 某某某 # not found" in text
    assert "in crash" in text
    assert NAME not in text
    assert NUMBER not in text
    assert "执法案件管家" in text


def test_a_bug_opens_one_dialog_with_something_to_copy(failures, qtbot):
    failures.handle(crashed())
    dialog = failures.dialog
    assert isinstance(dialog, BugDialog)
    qtbot.keyClick(dialog.copy, Qt.Key.Key_Space)
    assert "ValueError" in QApplication.clipboard().text()
    failures.handle(KeyError("another"))
    assert failures.dialog is dialog
    assert "KeyError" in dialog.details.toPlainText()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_hooks_catch_what_nobody_catches(failures, qtbot):
    failures.install()
    sys.excepthook(ValueError, crashed(), None)
    qtbot.waitUntil(lambda: failures.dialog is not None)
    first = failures.dialog
    first.accept()
    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: failures.dialog is not first, timeout=2000)
    failures.dialog.accept()


def test_an_interrupt_is_no_bug(failures, qtbot, monkeypatch):
    seen = []
    monkeypatch.setattr(failures, "_before", lambda *given: seen.append(given[0]))
    failures.install()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert seen == [KeyboardInterrupt]
    assert failures.dialog is None


def test_the_log_lies_under_the_home_and_names_nobody(failures, tmp_path):
    level = logging.getLogger().level
    log_to(tmp_path / "logs")
    try:
        failures.handle(crashed())
        failures.dialog.accept()
    finally:
        stop_log(tmp_path / "logs")
        logging.getLogger().setLevel(level)
    text = (tmp_path / "logs" / LOG_NAME).read_text(encoding="utf-8")
    assert "unexpected error" in text
    assert NUMBER not in text
