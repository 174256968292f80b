"""Banners, acts with their reasons, stages, progress, charts: by keyboard and in words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from enforcer.errors import Level, Objection
from ui.tasks import Job
from ui.widgets.banner import Banner, sentence
from ui.widgets.basics import (
    ActBar,
    Card,
    EmptyState,
    Page,
    PageHeader,
    Scrolled,
    button,
    icon_button,
    label,
    set_tone,
)
from ui.widgets.chart import Bar, BarChart
from ui.widgets.dialog import Dialog
from ui.widgets.flow import Flow
from ui.widgets.inputs import LineEdit
from ui.widgets.progress import ProgressBar
from ui.widgets.stages import StageList, StageRow, StageState

Key = Qt.Key
OVER = Objection("over", Level.BLOCK, "罚款超过当场处罚的上限。", "行政处罚法第五十一条", "fine")
SOON = Objection("soon", Level.WARN, "第二名执法人员的证件将于 7 日内到期。")


def words(widget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible() and one.text()]


def test_a_banner_says_its_kind_in_words_as_well(shown):
    banner = shown(Banner("warn", "本车第 2 次告知。"))
    assert banner.accessibleName() == "注意：本车第 2 次告知。"
    banner.say("ok", "期限未到。")
    assert banner.accessibleName() == "正常：期限未到。"
    banner.say("ok", "")
    assert banner.isHidden()


def test_what_a_banner_says_can_be_selected(shown):
    banner = shown(Banner("info", "可以复制"))
    flags = banner._text.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByMouse


def test_the_act_of_a_banner_is_taken_by_key(shown, qtbot):
    banner, taken = shown(Banner()), []
    banner.say("info", "有一份草稿。", act="恢复草稿", on=lambda: taken.append(1))
    act = next(one for one in banner.findChildren(QPushButton) if one.text() == "恢复草稿")
    qtbot.keyClick(act, Key.Key_Space)
    assert taken == [1]


def test_objections_are_listed_and_each_jumps_to_its_field(shown, qtbot):
    banner, jumped = shown(Banner()), []
    banner.show_objections([OVER, SOON], jumped.append)
    qtbot.waitUntil(lambda: len(words(banner)) == 3)
    assert banner.kind == "bad"
    assert words(banner)[0] == "有 1 处不能办理，1 处需要说明理由："
    assert "罚款超过当场处罚的上限。（行政处罚法第五十一条）" in words(banner)
    go = [one for one in banner.findChildren(QPushButton) if one.text() == "去修改"]
    assert [one.accessibleName() for one in go] == ["去修改：罚款超过当场处罚的上限。"]
    qtbot.keyClick(go[0], Key.Key_Space)
    assert jumped == ["fine"]


def test_one_objection_is_the_banner_itself(shown):
    banner = shown(Banner())
    banner.show_objections([SOON])
    assert banner.kind == "warn"
    assert banner.text == sentence(SOON)
    banner.show_objections([])
    assert banner.isHidden()


def test_a_grey_act_has_its_reason_beside_it(shown):
    act = button("进入法制审核")
    bar = shown(ActBar(act))
    bar.offer(act, "听证申请期未满（行政处罚法第六十四条）")
    assert not act.isEnabled()
    assert words(bar) == ["听证申请期未满（行政处罚法第六十四条）"]
    assert act.accessibleDescription().startswith("听证申请期未满")
    bar.offer(act)
    assert act.isEnabled()
    assert words(bar) == []


def test_markup_in_a_name_is_shown_as_typed(shown):
    made = shown(label('<img src="file:///etc/passwd"><b>张三</b>'))
    assert made.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.qt_log_ignore("Keyboard event not accepted")
def test_a_button_writes_its_shortcut_and_says_only_its_name(shown, qtbot):
    pressed = []
    made = shown(button("保存", main=True, keys="Ctrl+Enter", on=lambda: pressed.append(1)))
    assert made.text() == "保存　Ctrl+Enter"
    assert made.accessibleName() == "保存"
    qtbot.keyClick(made, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    made.setEnabled(False)
    qtbot.keyClick(made.window(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1]


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return, Key.Key_Enter])
def test_space_and_both_enters_press_a_button(shown, qtbot, key):
    pressed = []
    for made in (
        button("保存", on=lambda: pressed.append("button")),
        icon_button("close", "关闭", on=lambda: pressed.append("icon")),
    ):
        qtbot.keyClick(shown(made), key)
    assert pressed == ["button", "icon"]


def test_an_icon_button_has_a_name(shown):
    made = shown(icon_button("print", "打印", keys="Ctrl+P"))
    assert made.accessibleName() == "打印"
    assert made.toolTip() == "打印（Ctrl+P）"


def test_a_header_takes_new_words_and_buttons(shown):
    header = shown(PageHeader("告知", "今日 17 份"))
    header.set_title("案件")
    header.set_subtitle("在办 3 件")
    header.add(button("新建"))
    assert words(header) == ["案件", "在办 3 件"]


def test_a_tone_can_change(shown):
    made = shown(label("已校验"))
    set_tone(made, "ok")
    assert made.property("tone") == "ok"


def test_a_page_scrolls_what_does_not_fit(shown, qtbot):
    page, card = Page(), Card("很长")
    lines = [LineEdit() for _ in range(30)]
    for one in lines:
        card.body.addWidget(one)
    page.body.addWidget(Scrolled(card))
    shown(page, 600, 300)
    lines[-1].setFocus()
    assert lines[-1].visibleRegion().isEmpty() is False


def test_an_empty_state_may_say_something_else(shown):
    state = shown(EmptyState("还没有记录。"))
    state.set_sentence("没有符合条件的记录。")
    assert words(state) == ["没有符合条件的记录。"]
    assert state.act is None


STAGES = [
    StageRow("lead", "线索", StageState.DONE, "市长热线 09-01"),
    StageRow("hearing", "陈述申辩", StageState.NOW, "听证申请截至 10-10"),
    StageRow("record", "备案", StageState.LATE, "应于 09-05 前"),
    StageRow("decision", "决定", StageState.NEXT),
]


def test_stages_are_told_in_words_and_chosen_by_key(shown, qtbot):
    stages, chosen = shown(StageList(STAGES)), []
    stages.chosen.connect(chosen.append)
    first = stages._rows[0]
    assert [one.accessibleName() for one in stages._rows] == [
        "线索，已完成，市长热线 09-01",
        "陈述申辩，正在办理，听证申请截至 10-10",
        "备案，已逾期，应于 09-05 前",
        "决定，未到",
    ]
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Down)
    assert QApplication.focusWidget() is stages._rows[1]
    qtbot.keyClick(stages._rows[1], Key.Key_Return)
    qtbot.mouseClick(stages._rows[3], Qt.MouseButton.LeftButton)
    assert chosen == ["hearing", "decision"]


def test_stages_can_be_shown_anew(shown, qtbot):
    stages = shown(StageList(STAGES))
    stages.show_stages(STAGES[:1])
    assert len(stages._rows) == 1


def test_progress_shows_after_a_second_and_goes_with_the_job(shown, qtbot):
    bar, job = shown(ProgressBar()), Job("导入录像")
    bar.hide()
    bar.follow(job)
    assert bar.isHidden()
    job.long.emit()
    assert bar.isVisible()
    job.progressed.emit(30, 100, "复制 0700021")
    assert bar.text == "正在复制 0700021 还剩 70 / 100"
    stop = bar.findChild(QPushButton)
    qtbot.keyClick(stop, Key.Key_Space)
    assert job.cancelled
    assert not stop.isEnabled()
    job.end()
    assert bar.isHidden()


@pytest.fixture
def chart(shown):
    made = BarChart("当场处罚", unit="宗")
    made.show_bars([Bar("07", "7月", 12), Bar("08", "8月", 17), Bar("09", "9月", 0, "0")])
    return shown(made, 420, 300)


def test_a_chart_is_also_a_sentence(chart):
    assert chart.summary == "当场处罚：7月 12宗，8月 17宗，9月 0宗。"
    assert chart.accessibleName() == chart.summary


def test_bars_are_walked_and_opened_by_key(chart, qtbot):
    chart.setFocus()
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left):
        qtbot.keyClick(chart, key)
    with qtbot.waitSignal(chart.bar_chosen) as told:
        qtbot.keyClick(chart, Key.Key_Return)
    assert told.args == ["07"]


def test_a_click_on_a_bar_or_above_it_opens_it(chart, qtbot):
    for at, wanted in ((1, "08"), (2, "09")):
        place = chart.plot.slot(at).center().toPoint()
        with qtbot.waitSignal(chart.bar_chosen, timeout=2000) as told:
            qtbot.mouseClick(chart.plot, Qt.MouseButton.LeftButton, pos=place)
        assert told.args == [wanted]


@pytest.mark.parametrize("across", [False, True])
def test_two_series_stand_side_by_side_each_to_be_opened(shown, qtbot, across):
    made = BarChart("告知与处罚", series=("告知书", "处罚"), across=across)
    made.show_bars(
        [Bar((name, at), name, 40 - 39 * at, series=at) for name in ("7月", "8月") for at in (0, 1)]
    )
    shown(made, 420, 300)
    assert made.summary == "告知与处罚：7月 告知书 40，7月 处罚 1，8月 告知书 40，8月 处罚 1。"
    bars = [made.plot.bar(at) for at in range(4)]
    assert not any(a.intersects(b) for i, a in enumerate(bars) for b in bars[:i])
    assert all(made.plot.slot(at).intersects(one) for at, one in enumerate(bars))
    made.setFocus()
    for key in (Key.Key_End, Key.Key_Home, Key.Key_Down):
        qtbot.keyClick(made, key)
    with qtbot.waitSignal(made.bar_chosen) as told:
        qtbot.keyClick(made, Key.Key_Space)
    assert told.args == [("7月", 1)]


def test_a_chart_still_being_counted_says_so(chart):
    chart.show_waiting()
    assert chart.summary == "当场处罚：正在统计……"
    chart.show_bars([Bar("07", "7月", 1)])
    assert chart.summary == "当场处罚：7月 1宗。"


def test_a_chart_without_bars_says_so(chart, look):
    chart.show_bars([])
    assert chart.summary == "当场处罚：本期没有数据。"
    look.choose("dark")
    look.choose("light")


def test_a_header_writes_its_buttons_shorter_where_the_room_is_short(shown):
    save, print_all = (
        button("导出 Excel", "export"),
        button("打印", "print", main=True, keys="Ctrl+P"),
    )
    window = shown(QWidget(), 700, 60)
    header = PageHeader("统计", "云溪市城市管理和综合执法局", save, print_all)
    header.setParent(window)
    header.resize(700, 60)
    header.show()
    assert (save.text(), print_all.text()) == ("导出 Excel", "打印　Ctrl+P")
    header.resize(300, 60)
    assert (save.text(), print_all.text()) == ("导出 Excel", "打印"), "its keys go first"
    assert print_all.toolTip() == "打印　Ctrl+P"
    header.resize(220, 60)
    assert (save.text(), print_all.text()) == ("", "打印"), "the main act keeps its word"
    assert (save.toolTip(), save.accessibleName()) == ("导出 Excel", "导出 Excel")
    save.setText("导出")
    assert save.text() == "", "what it says is changed behind its back"
    header.resize(700, 60)
    assert (save.text(), print_all.text()) == ("导出", "打印　Ctrl+P")
    assert save.toolTip() == print_all.toolTip() == ""


def test_a_reason_stands_above_the_acts_where_their_line_is_too_short(shown):
    save, leave = button("保存", main=True, keys="Ctrl+Enter"), button("放弃修改")
    window = shown(QWidget(), 600, 120)
    bar = ActBar(leave, save)
    bar.setParent(window)
    bar.resize(600, 120)
    bar.offer(save, "没有改动")
    bar.show()
    why = next(one for one in bar.findChildren(QLabel) if one.text() == "没有改动")
    QApplication.processEvents()
    assert why.geometry().right() < leave.geometry().left()
    bar.resize(300, 120)
    QApplication.processEvents()
    assert why.geometry().bottom() < leave.geometry().top()
    bar.resize(600, 120)
    QApplication.processEvents()
    assert why.geometry().right() < leave.geometry().left()


def test_what_is_hidden_is_no_stop_of_tab_and_the_focus_enters_what_is_seen(shown):
    page, stack = Page(), QStackedWidget()
    first, second = LineEdit(), LineEdit()
    for one in (first, second):
        holder = Card()
        holder.body.addWidget(one)
        stack.addWidget(holder)
    page.body.addWidget(stack)
    page.enter_by(first, stack)
    shown(page)
    page.setFocus()
    assert first.hasFocus()
    stack.setCurrentIndex(1)
    assert page.focusProxy() is None
    second.setFocus()
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        assert QApplication.focusWidget() is not first
    stack.setCurrentIndex(0)
    assert page.focusProxy() is first


def test_acts_flow_onto_a_second_line_and_the_last_main_one_ends_at_the_right(shown):
    bar = QWidget()
    acts = [button("登记缴款"), button("登记交回"), button("打印", main=True)]
    line = Flow(bar)
    for one in acts:
        line.addWidget(one)
    shown(bar, 600, 40)
    assert len({one.y() for one in acts}) == 1
    assert acts[2].geometry().right() == 599
    bar.resize(220, line.heightForWidth(220))
    line.activate()
    assert acts[0].y() == acts[1].y() < acts[2].y()
    assert acts[2].geometry().right() == 219
    assert acts[2].geometry().bottom() < bar.height(), "nothing is cut"


def test_a_dialog_is_never_higher_than_its_screen(qtbot, look):
    dialog = Dialog()
    qtbot.addWidget(dialog)
    QVBoxLayout(dialog).addWidget(button("关闭"))
    dialog.resize(300, 4000)
    dialog.show()
    assert dialog.height() < dialog.screen().availableGeometry().height()
    assert dialog.width() == 300
