"""Backups that make themselves, Chinese dialogs, and the page that says why nothing opens."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QWidget

from enforcer.models import Officer, Setting
from enforcer.terms import OfficerPost
from tests.ui.conftest import NOW
from tests.ui.register_desk import QuietWindow
from ui.backups import AutomaticBackups, Standing, told
from ui.context import CHINA, Clock
from ui.tasks import ImmediateTasks
from ui.translation import speak_chinese
from ui.trouble_page import TroublePage

TODAY = NOW.date()
FOLDER = Path("D:/备份")


@pytest.mark.parametrize(
    ("folder", "last", "text", "tone"),
    [
        (None, None, "还没有备份，请在“设置”里选择备份目录", "warn"),
        (FOLDER, None, "还没有备份", "warn"),
        (FOLDER, NOW, "上次验证可恢复：今天 10:12", ""),
        (FOLDER, NOW - timedelta(days=1), "上次验证可恢复：昨天 10:12", ""),
        (FOLDER, NOW - timedelta(days=7), "上次验证可恢复：2026-08-27 10:12", ""),
        (FOLDER, NOW - timedelta(days=8), "已有 8 天没有备份，请在“设置”里检查备份目录", "bad"),
    ],
)
def test_the_status_bar_tells_how_the_backups_stand(folder, last, text, tone):
    assert told(Standing(folder, last, due=True), today=TODAY) == (text, tone)


class Frame(QuietWindow):
    """The window's status bar and message bar, written down."""

    def __init__(self) -> None:
        super().__init__()
        self.backup = ("", "")

    def tell_backup(self, text: str, *, tone: str = "") -> None:
        self.backup = (text, tone)


@pytest.fixture
def frame(qtbot):
    class Window(QWidget, Frame):
        def __init__(self) -> None:
            QWidget.__init__(self)
            Frame.__init__(self)

    made = Window()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def backups(frame, store):
    def fail(error: Exception) -> None:
        raise error

    tasks = ImmediateTasks(store, fail)
    return AutomaticBackups(store, tasks, frame, Clock(lambda: NOW), "周敏")


def name_folder(store, folder: Path) -> None:
    with store.unit(actor="周敏", operation="test") as session:
        row = session.get(Setting, "backup_folder") or Setting(key="backup_folder")
        row.value = {"folder": str(folder)}
        session.add(row)


def change_something(store) -> None:
    with store.unit(actor="周敏", operation="test") as session:
        session.add(Officer(name="何志远", post=OfficerPost.OFFICER))


def archives(folder: Path) -> list[str]:
    return [one.name for one in folder.glob("*.zip")] if folder.exists() else []


def test_the_first_start_of_a_day_makes_a_backup(backups, frame, store, tmp_path):
    name_folder(store, tmp_path / "backups")
    backups.start()
    assert len(archives(tmp_path / "backups")) == 1
    assert frame.backup == ("上次验证可恢复：今天 10:12", "")
    backups.start()
    assert len(archives(tmp_path / "backups")) == 1


def test_without_a_folder_nothing_is_made_and_the_bar_says_what_to_do(backups, frame, tmp_path):
    backups.start()
    assert frame.backup == ("还没有备份，请在“设置”里选择备份目录", "warn")


def test_leaving_backs_up_what_has_changed(backups, store, tmp_path):
    name_folder(store, tmp_path / "backups")
    backups.on_leaving()
    assert archives(tmp_path / "backups") == []
    change_something(store)
    backups.on_leaving()
    assert len(archives(tmp_path / "backups")) == 1


def test_a_backup_that_fails_is_told_with_the_way_to_mend_it(backups, frame, store, tmp_path):
    in_the_way = tmp_path / "backups"
    in_the_way.write_text("a file", encoding="utf-8")
    name_folder(store, in_the_way)
    backups.start()
    assert frame.said[0][0] == "warn"
    assert frame.said[0][1].startswith("今天的自动备份没有做成：")
    change_something(store)
    backups.on_leaving()


def test_days_are_those_of_china():
    late = datetime(2026, 9, 3, 23, 30, tzinfo=CHINA)
    assert told(Standing(FOLDER, late, due=False), today=date(2026, 9, 4))[0].endswith("昨天 23:30")


def test_standard_dialogs_speak_chinese(qapp, qtbot):
    assert speak_chinese(qapp)
    box = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
    )
    qtbot.addWidget(box)
    assert {one.text().replace("&", "")[:2] for one in box.buttons()} == {"保存", "取消"}
    files = QFileDialog()
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(files)
    said = {one.text() for one in files.findChildren(QLabel)}
    assert said == {"查找范围(&L)：", "文件名称(&N)：", "文件类型(&T)："}
    for one in qapp.findChildren(QTranslator):
        qapp.removeTranslator(one)


def test_trouble_says_why_and_offers_another_try_by_key(shown, qtbot):
    page, asked = shown(TroublePage("数据库正被占用，请稍候再试。", "D:/数据")), []
    page.again.connect(lambda: asked.append("again"))
    assert page.banner.text == "数据库正被占用，请稍候再试。"
    page.retry.setFocus()
    qtbot.keyClick(page.retry, Qt.Key.Key_F5)
    assert asked == ["again"]
