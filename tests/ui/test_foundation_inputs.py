"""Plates, days, instants, amounts and choices, typed as people type them."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.ui.conftest import NOW
from ui.widgets.basics import Scrolled, label
from ui.widgets.inputs import Choice, CountEdit, LineEdit, TextArea, Tick, as_input
from ui.widgets.moments import CHINA, DateEdit, DateTimeEdit, parse_time, show_moment
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.pinyin import matches
from ui.widgets.plate import PlateEdit, bare, pointed

Key = Qt.Key
TODAY = NOW.date()


def typed(widget, text: str) -> None:
    """Type, Chinese by the input method, the rest by keys."""
    from PySide6.QtTest import QTest

    for sign in text:
        if sign.isascii():
            QTest.keyClicks(widget, sign)
        else:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            QApplication.sendEvent(widget, event)


@pytest.mark.parametrize(
    ("keys", "seen", "plate"),
    [
        ("湘j8k216", "湘J·8K216", "湘J8K216"),
        ("湘J·8K216", "湘J·8K216", "湘J8K216"),
        ("湘jd03127", "湘J·D03127", "湘JD03127"),
        ("粤z1234港", "粤Z·1234港", "粤Z1234港"),
        ("湘j1234警", "湘J·1234警", "湘J1234警"),
        ("使014578", "使014·578", "使014578"),
        ("无号牌", "无号牌", "无号牌"),
        ("湘J8?216", "湘J·8?216", "湘J8?216"),
    ],
)
def test_a_plate_is_pointed_as_it_is_typed(shown, keys: str, seen: str, plate: str):
    field = shown(PlateEdit())
    field.setFocus()
    typed(field, keys)
    assert field.text() == seen
    assert field.read() == plate


@pytest.mark.parametrize(
    ("pasted", "seen"),
    [
        ("湘J8K216", "湘J·8K216"),
        ("　湘Ｊ－８Ｋ２１６ ", "湘J·8K216"),
        ("粤B·12345", "粤B·12345"),
        ("WJ湘12345", "WJ湘12345"),
    ],
)
def test_a_pasted_plate_is_read_whatever_its_signs(shown, pasted: str, seen: str):
    field = shown(PlateEdit(prefix="湘J"))
    field.setFocus()
    QApplication.clipboard().setText(pasted)
    field.selectAll()
    field.paste()
    assert bare(field.text()) == bare(seen)


def test_the_local_prefix_stands_ready_and_counts_as_empty(shown, qtbot):
    field = shown(PlateEdit(prefix="湘J"))
    field.setFocus()
    assert field.text() == "湘J·"
    assert field.read() == ""
    qtbot.keyClicks(field, "8k216")
    assert field.text() == "湘J·8K216"
    field.write(None)
    assert field.text() == "湘J·"


def test_another_province_may_be_typed_over_the_prefix(shown, qtbot):
    field = shown(PlateEdit(prefix="湘J"))
    field.setFocus()
    typed(field, "粤b12345")
    assert field.text() == "粤B·12345"


def test_the_prefix_can_be_taken_away(shown, qtbot):
    field = shown(PlateEdit(prefix="湘J"))
    field.setFocus()
    for _ in range(3):
        qtbot.keyClick(field, Key.Key_Backspace)
    typed(field, "无号牌")
    assert field.read() == "无号牌"


def test_a_sign_in_the_middle_keeps_the_cursor_where_it_was(shown, qtbot):
    field = shown(PlateEdit())
    field.write("湘J8K16")
    field.setFocus()
    field.setCursorPosition(5)
    qtbot.keyClicks(field, "2")
    assert field.text() == "湘J·8K216"
    assert field.cursorPosition() == 6


def test_a_plate_says_once_per_change_what_it_is(shown, qtbot):
    field, seen = shown(PlateEdit()), []
    field.plate_edited.connect(seen.append)
    field.setFocus()
    qtbot.keyClicks(field, "a1")
    assert seen == ["A", "A1"]
    assert pointed("") == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-9-3", date(2026, 9, 3)),
        ("2026/09/03", date(2026, 9, 3)),
        ("2026年9月3日", date(2026, 9, 3)),
        ("2026.9.3", date(2026, 9, 3)),
        ("20260903", date(2026, 9, 3)),
        ("9-3", date(2026, 9, 3)),
        ("0903", date(2026, 9, 3)),
        ("9月3日", date(2026, 9, 3)),
        ("今天", TODAY),
        ("昨天", date(2026, 9, 2)),
        ("２０２６－９－３", date(2026, 9, 3)),
        ("2026-02-30", None),
        ("2026-13-01", None),
        ("0001-01-01", None),
        ("9", None),
        ("2026-9-3 10:12", None),
        ("后年", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_it_is_written(shown, text: str, day: date | None):
    field = shown(DateEdit(lambda: TODAY))
    field.setText(text)
    assert field.read() == day
    assert bool(field.complaint()) == (bool(text) and day is None)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-9-3 10:12", (2026, 9, 3, 10, 12)),
        ("2026-09-03T10:12", (2026, 9, 3, 10, 12)),
        ("2026年9月3日 9时05分", (2026, 9, 3, 9, 5)),
        ("9-3 1012", (2026, 9, 3, 10, 12)),
        ("昨天 23:59", (2026, 9, 2, 23, 59)),
        ("8:30", (2026, 9, 3, 8, 30)),
        ("0830", (2026, 9, 3, 8, 30)),
        ("2460", None),
        ("现在", (2026, 9, 3, 10, 12)),
        ("2026-9-3 24:00", None),
        ("2026-9-3 10:60", None),
        ("2026-9-3", None),
        ("", None),
    ],
)
def test_an_instant_is_read_as_it_is_written_and_is_aware(shown, text: str, moment):
    field = shown(DateTimeEdit(lambda: NOW))
    field.setText(text)
    assert field.read() == (datetime(*moment, tzinfo=CHINA) if moment else None)


@pytest.mark.parametrize("text", ["2026-09-03", "13:61", "上午"])
def test_the_draft_of_an_unfinished_instant_stays_as_typed(shown, text: str):
    field = shown(DateTimeEdit(lambda: NOW))
    field.write(text)
    assert field.text() == text
    field.write(NOW.isoformat())
    assert field.read() == NOW.replace(second=0, microsecond=0)


def test_a_day_takes_its_one_form_when_it_is_left(shown, qtbot):
    field = shown(DateEdit(lambda: TODAY))
    field.setFocus()
    qtbot.keyClicks(field, "9-3")
    field.clearFocus()
    assert field.text() == "2026-09-03"


def test_arrows_step_the_day_the_hour_and_the_minute(shown, qtbot):
    field = shown(DateTimeEdit(lambda: NOW))
    field.write(NOW)
    field.setFocus()
    for place, key, seen in (
        (3, Key.Key_Up, "2026-09-04 10:12"),
        (12, Key.Key_Down, "2026-09-04 09:12"),
        (16, Key.Key_Up, "2026-09-04 09:13"),
    ):
        field.setCursorPosition(place)
        qtbot.keyClick(field, key)
        assert field.text() == seen


def test_the_calendar_opens_by_key_and_gives_a_day(shown, qtbot):
    field = shown(DateEdit(lambda: TODAY))
    field.write(TODAY)
    field.setFocus()
    qtbot.keyClick(field, Key.Key_F4)
    month = QApplication.activePopupWidget().month
    assert month.selectedDate() == QDate(2026, 9, 3)
    view = month.findChild(type(month).__mro__[1], "qt_calendar_calendarview")
    qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_Return)
    assert field.read() == date(2026, 9, 4)
    assert QApplication.activePopupWidget() is None


def test_a_draft_comes_back_into_days_and_instants(shown):
    day, moment = shown(DateEdit(lambda: TODAY)), shown(DateTimeEdit(lambda: NOW))
    day.write("2026-09-03")
    moment.write(NOW.isoformat())
    assert day.read() == TODAY
    assert moment.read() == NOW
    assert show_moment(None) == ""


@pytest.mark.parametrize(
    ("text", "clock"), [("10:12", (10, 12)), ("0905", (9, 5)), ("9点5分", (9, 5)), ("25:00", None)]
)
def test_a_time_of_day_is_read(text, clock):
    assert parse_time(text) == clock


@pytest.mark.parametrize(
    ("text", "fen", "words"),
    [
        ("200", 20_000, "贰佰元整"),
        ("200.5", 20_050, "贰佰元伍角"),
        ("1,000元", 100_000, "壹仟元整"),
        ("１００", 10_000, "壹佰元整"),
        ("-1", None, ""),
        ("1.005", None, ""),
        ("二百", None, ""),
        ("", None, ""),
    ],
)
def test_an_amount_is_kept_in_fen_with_its_words_beneath(shown, text, fen, words):
    field = shown(MoneyEdit())
    field.line.setText(text)
    assert field.read() == fen
    assert field.words.removeprefix("大写").strip() == words
    assert bool(field.complaint()) == (bool(text) and fen is None)


def test_an_amount_takes_its_form_when_it_is_left(shown, qtbot):
    field = shown(MoneyEdit())
    field.setFocus()
    qtbot.keyClicks(field.line, "200")
    qtbot.keyClick(field.line, Key.Key_Return)
    assert field.line.text() == "200.00"
    field.write(None)
    assert field.read() is None


def test_a_choice_gives_its_value_and_keeps_it_when_the_list_changes(shown, qtbot):
    field = shown(Choice([("b", "蓝"), ("g", "绿")], blank="请选择"))
    assert field.read() is None
    field.setFocus()
    qtbot.keyClick(field, Key.Key_Down)
    assert field.read() == "b"
    field.set_choices([("y", "黄"), ("b", "蓝")])
    assert field.read() == "b"
    field.write("不在其中")
    assert field.read() is None


def test_the_wheel_never_changes_a_choice(shown, qtbot):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    field = shown(Choice([(1, "一"), (2, "二")]))
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)
    assert field.read() == 1


def test_long_text_says_how_much_to_cut(shown, qtbot):
    field = shown(TextArea(limit=10))
    field.write("字" * 13)
    assert field.complaint() == "最多 10 个字，请删减 3 个字。"
    line = shown(LineEdit(limit=3))
    line.write("四个字了")
    assert line.complaint() == "最多 3 个字，请删减 1 个字。"


def test_ticks_and_counts_are_read(shown, qtbot):
    tick, count = shown(Tick("已亮证")), shown(CountEdit(least=1, most=99, unit="份"))
    qtbot.keyClick(tick, Key.Key_Space)
    assert tick.read() is True
    count.setFocus()
    qtbot.keyClicks(count, "12")
    assert count.read() == 12
    count.write(None)
    assert count.read() == 1


def test_a_plain_line_may_stand_in_a_form(qtbot):
    from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

    line = QLineEdit()
    qtbot.addWidget(line)
    given = as_input(line)
    with qtbot.waitSignal(given.edited):
        given.write("桃林路")
    assert given.read() == "桃林路"
    combo = QComboBox()
    qtbot.addWidget(combo)
    combo.addItems(["蓝", "绿"])
    as_input(combo).write("绿")
    assert as_input(combo).read() == "绿"
    with pytest.raises(TypeError):
        as_input(QLabel())


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("zm", "周敏", True),
        ("zhou", "周敏", True),
        ("szy", "单志远", True),
        ("违法 停车", "人行道违法停车", True),
        ("rxd", "人行道违法停车", True),
        ("zz", "周敏", False),
        ("敏周", "周敏", False),
    ],
)
def test_words_are_found_by_their_letters(words, text, found):
    assert matches(words, text) is found


@pytest.mark.parametrize("width", [300, 640])
def test_words_that_wrap_take_the_height_their_width_asks_for(shown, width):
    column = QWidget()
    layout = QVBoxLayout(column)
    words, few = label("一" * 200, wrap=True), label("二", wrap=True)
    layout.addWidget(words)
    layout.addWidget(few)
    layout.addStretch()
    shown(column, width, 500)
    assert words.height() == words.heightForWidth(words.width())
    assert few.height() == few.heightForWidth(few.width())


def test_a_text_area_keeps_its_lines_where_the_form_is_longer_than_the_window(shown):
    column = QWidget()
    layout = QVBoxLayout(column)
    areas = [TextArea(lines=lines) for lines in (2, 4, 4, 4, 4, 4)]
    for one in areas:
        layout.addWidget(one)
    scroll = shown(Scrolled(column), 500, 200)
    assert scroll.verticalScrollBar().maximum() > 0
    for one, lines in zip(areas, (2, 4, 4, 4, 4, 4), strict=True):
        assert one.viewport().height() >= one.fontMetrics().lineSpacing() * lines
