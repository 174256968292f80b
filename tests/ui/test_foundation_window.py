"""The window by keyboard: screens, search, messages, menu, shortcuts, what it remembers."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QToolButton

from tests.ui.conftest import NOW
from ui.about import AboutDialog, ShortcutsDialog, shortcuts_of
from ui.context import Clock, Context
from ui.main_window import LEAST, MainWindow
from ui.screens import OPENS, ScreenSpec, module_of, screens
from ui.tasks import Job, Tasks
from ui.widgets.basics import Page, button
from ui.widgets.inputs import LineEdit

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class Hit:
    kind: str
    number: str
    title: str
    where: str
    row_id: int


HITS = [
    Hit("notice", "〔2026〕第02016号", "湘J·8K216", "桃林路 118 号", 7),
    Hit("case", "常城管立字〔2026〕第7号", "遗撒渣土案", "柳叶大道", 3),
]


class Screen(Page):
    """A screen with a field, an act of its own, and a note of what it was asked."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.asked: list[object] = []
        self.line = LineEdit()
        self.body.addWidget(self.line)
        self.body.addWidget(button("保存", main=True, keys="Ctrl+Enter"))
        act = QAction("空白号领用", self)
        act.setShortcut(QKeySequence("Ctrl+B"))
        act.triggered.connect(lambda: self.asked.append("blank"))
        self.addAction(act)
        self.setFocusProxy(self.line)

    def open_item(self, kind: str, identity: object) -> None:
        self.asked.append((kind, identity))

    def open_section(self, name: str, field: str, identity: object) -> None:
        self.asked.append((name, field, identity))

    def refresh(self) -> None:
        self.asked.append("refresh")


SPECS = tuple(
    ScreenSpec(key, title, key, Screen)
    for key, title in (
        ("today", "今日"),
        ("notices", "告知"),
        ("cases", "案件"),
        ("settings", "设置"),
    )
)


@pytest.fixture
def tasks(qtbot, opaque):
    made = Tasks(opaque, print)
    yield made
    made.close()


@pytest.fixture
def window(shown, look, tasks, opaque, tmp_path):
    made = MainWindow(SPECS, look, user="周敏")
    context = Context(opaque, tasks, look, tmp_path, "周敏", Clock(lambda: NOW), made)
    made.attach(context, lambda words, then: then(HITS if "8K" in words.upper() else []))
    shown(made, 1366, 768)
    made.show_screen("today")
    return made


def current(window) -> Screen:
    return window.stack.currentWidget()


def test_a_screen_is_made_when_it_is_first_shown(window):
    assert list(window._pages) == ["today"]
    window.show_screen("notices")
    assert list(window._pages) == ["today", "notices"]
    assert window.show_screen("notices") is current(window)
    assert window.show_screen("nowhere") is None
    assert window.windowTitle() == "告知 — 执法案件管家"


def test_screens_are_reached_by_number(window, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_3, Ctrl)
    assert window.rail.findChild(QToolButton, "rail-cases").isChecked()
    assert current(window) is window._pages["cases"]
    assert QApplication.focusWidget() is current(window).line


def test_the_rail_is_walked_by_arrows(window, qtbot):
    first = window.rail.findChild(QToolButton, "rail-today")
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Down)
    second = QApplication.focusWidget()
    assert second.accessibleName() == "告知"
    qtbot.keyClick(second, Key.Key_Up)
    assert QApplication.focusWidget() is first
    qtbot.keyClick(second, Key.Key_Space)
    assert current(window) is window._pages["notices"]


def test_the_search_box_finds_and_opens_by_keyboard_alone(window, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_K, Ctrl)
    assert window.search.hasFocus()
    qtbot.keyClicks(window.search, "8k216")
    qtbot.waitUntil(window.search.results.isVisible, timeout=2000)
    assert window.search.results.model.rowCount() == 2
    assert window.search.hasFocus()
    spoken = window.search.results.model.item(0).text()
    assert spoken == "告知，〔2026〕第02016号，湘J·8K216，桃林路 118 号"
    qtbot.keyClick(window.search, Key.Key_Down)
    qtbot.keyClick(window.search, Key.Key_Return)
    assert current(window).asked == [("case", 3)]
    assert window.search.text() == ""
    assert window.search.results.isHidden()


def test_escape_leaves_the_search_and_goes_back(window, qtbot):
    line = current(window).line
    line.setFocus()
    qtbot.keyClick(line, Key.Key_K, Ctrl)
    qtbot.keyClicks(window.search, "8k")
    qtbot.waitUntil(window.search.results.isVisible, timeout=2000)
    qtbot.keyClick(window.search, Key.Key_Escape)
    assert QApplication.focusWidget() is line
    assert window.search.results.isHidden()


def test_enter_never_opens_what_earlier_words_found(window, qtbot):
    window.search.begin()
    qtbot.keyClicks(window.search, "8k")
    qtbot.waitUntil(window.search.results.isVisible, timeout=2000)
    window.search.selectAll()
    qtbot.keyClicks(window.search, "zzz")
    qtbot.keyClick(window.search, Key.Key_Return)
    assert current(window).asked == []
    assert "没有找到“zzz”" in window.search.results.foot.text()


def test_an_act_taken_from_the_search_gives_the_focus_back(window, qtbot):
    line = current(window).line
    line.setFocus()
    window.search.begin()
    window.search.setText("空白")
    qtbot.keyClick(window.search, Key.Key_Return)
    assert current(window).asked == ["blank"], "one act of that name is taken at once"
    assert QApplication.focusWidget() is line


def test_nothing_found_says_what_to_try(window, qtbot):
    window.search.begin()
    qtbot.keyClicks(window.search, "zzz")
    qtbot.keyClick(window.search, Key.Key_Return)
    assert "没有找到“zzz”" in window.search.results.foot.text()
    qtbot.keyClick(window.search, Key.Key_Return)
    assert window.search.results.isVisible()


def test_acts_are_found_by_their_name(window, qtbot):
    window.search.begin()
    window.search.setText("空白")
    qtbot.keyClick(window.search, Key.Key_Return)
    qtbot.keyClick(window.search, Key.Key_Return)
    assert window._pages["today"].asked == ["blank"]


def test_late_hits_for_other_words_are_not_shown(window, qtbot):
    asked = []
    window.search.query = lambda words, then: asked.append((words, then))
    window.search.begin()
    qtbot.keyClicks(window.search, "8k")
    qtbot.keyClick(window.search, Key.Key_Return)
    qtbot.keyClicks(window.search, "2")
    asked[0][1](HITS)
    assert window.search.results.isHidden()


def test_a_message_stands_in_the_page_until_escape(window, qtbot):
    taken = []
    window.message("warn", "自动备份没有做成。", act="去设置", on=lambda: taken.append(1))
    qtbot.waitUntil(window.message_bar.isVisible)
    assert window.message_bar.text == "自动备份没有做成。"
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert window.message_bar.isHidden()
    window.message("ok", "已保存。")
    assert window.message_bar.text == "已保存。"


def test_links_lead_to_the_screen_that_holds_the_thing(window):
    window.open("notice", 7)
    assert window._pages["notices"].asked == [("notice", 7)]
    window.go("settings.organs", "phone", 2)
    assert window._pages["settings"].asked == [("organs", "phone", 2)]
    window.go("cases")
    assert window._pages["cases"].asked == []


def test_the_status_bar_tells_backup_selection_and_draft(window):
    window.tell_backup("已有 9 天没有备份", tone="bad")
    window.tell_selection("已选 3 项")
    window.tell_draft("草稿已保存")
    assert [one.text() for one in window._status] == [
        "已有 9 天没有备份",
        "已选 3 项",
        "草稿已保存",
    ]
    assert window._status[0].property("tone") == "bad"
    window.show_screen("notices")
    assert [one.text() for one in window._status][1:] == ["", ""]


def test_a_message_that_has_gone_leaves_the_screen_where_it_was(window, qtbot):
    before = window.stack.geometry()
    for _ in range(2):
        window.message("ok", "已保存。")
        qtbot.waitUntil(lambda: window.stack.geometry().top() > before.top())
        window.message_bar.dismiss()
        qtbot.waitUntil(lambda: window.stack.geometry() == before)


def test_a_long_job_is_shown_under_the_message_bar(window, tasks):
    job = Job("导入录像", window)
    tasks.started.emit(job)
    job.long.emit()
    assert window._progress.isVisible()
    job.end()
    assert window._progress.isHidden()


def test_the_menu_holds_every_act(window, qtbot):
    menu = window.menu_button.menu()
    menu.aboutToShow.emit()
    parts = {one.text(): one.menu() for one in menu.actions() if one.menu()}
    assert list(parts) == ["操作", "查看", "外观", "帮助"]
    assert [one.text() for one in parts["操作"].actions()] == ["空白号领用"]
    assert parts["查看"].actions()[1].text() == "告知\tCtrl+2"
    parts["查看"].actions()[1].trigger()
    assert current(window) is window._pages["notices"]
    assert [one.text() for one in parts["外观"].actions()] == ["跟随系统", "浅色", "深色"]
    parts["外观"].actions()[2].trigger()
    assert window._look.choice == "dark"
    window._look.choose("light")


def test_f5_reads_again(window, qtbot):
    qtbot.keyClick(current(window).line, Key.Key_F5)
    assert current(window).asked == ["refresh"]


def test_f1_lists_the_shortcuts_of_the_screen(window, qtbot):
    assert shortcuts_of(current(window)) == [("Ctrl+B", "空白号领用"), ("Ctrl+Enter", "保存")]
    qtbot.keyClick(current(window).line, Key.Key_F1)
    dialog = window.findChild(ShortcutsDialog)
    assert dialog.isVisible()
    texts = [one.text() for one in dialog.findChildren(QLabel)]
    assert "空白号领用" in texts
    assert "Ctrl+K" in texts
    dialog.close()


def test_about_says_version_and_where_the_data_lies(window, qtbot, tmp_path):
    window._about()
    dialog = window.findChild(AboutDialog)
    assert isinstance(dialog, QDialog)
    texts = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert str(tmp_path) in texts
    assert "版本" in texts
    dialog.close()


def test_f10_opens_the_menu(window, qtbot):
    def close() -> None:
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        popup.close()

    from PySide6.QtCore import QTimer

    QTimer.singleShot(200, window, close)
    qtbot.keyClick(current(window).line, Key.Key_F10)
    assert QApplication.activePopupWidget() is None


def test_the_window_fits_the_smallest_office_screen(window):
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 690
    assert LEAST.boundedTo(QSize(1366, 690)) == LEAST


def test_the_first_time_the_window_fills_a_screen_too_small_for_it(look, qtbot, monkeypatch):
    sizes = ((1366, 728, True), (1366, 768, True), (1920, 1040, False))
    for width, height, filled in sizes:
        room = QSize(width, height)
        screen = SimpleNamespace(availableGeometry=lambda room=room: QRect(QPoint(0, 0), room))
        monkeypatch.setattr(MainWindow, "screen", lambda _self, screen=screen: screen)
        window = MainWindow(screens(), look)
        qtbot.addWidget(window)
        window.appear()
        assert window.isMaximized() is filled
        window.hide()


def test_place_and_size_are_remembered(window, look, qtbot):
    window.resize(1024, 640)
    window.close()
    again = MainWindow(SPECS, look)
    qtbot.addWidget(again)
    assert again.size() == QSize(1024, 640)


def test_without_a_store_rail_and_search_are_grey(look, qtbot):
    window = MainWindow(SPECS, look)
    qtbot.addWidget(window)
    window.set_screens_enabled(on=False)
    assert not window.rail.isEnabled()
    assert window.show_screen("today") is None


def test_painted_is_told_once(look, qtbot):
    window, seen = MainWindow(SPECS, look), []
    qtbot.addWidget(window)
    window.painted.connect(lambda: seen.append(1))
    with qtbot.waitSignal(window.painted):
        window.show()
    window.repaint()
    qtbot.wait(20)
    assert seen == [1]


def test_a_second_start_brings_the_window_to_front(window, qtbot):
    window.showMinimized()
    window.to_front()
    assert not window.isMinimized()


def test_every_screen_of_the_table_can_be_found_and_opened_to():
    keys = {spec.key for spec in screens()}
    assert keys
    assert set(OPENS.values()) <= {"notices", "cases", "registers", "leads", "evidence"}
    assert module_of("notices") == "ui.notices"
