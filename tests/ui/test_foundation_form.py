"""A form: Enter moves on, what is wrong stands under its field, what is typed is kept."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from enforcer.errors import InvalidForm, Level, Objection, Refused, Trouble
from tests.ui.conftest import NOW
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import button
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.moments import DateEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.pickers import OfficerPicker, officer_option

Key = Qt.Key
OFFICERS = [
    officer_option(1, "周敏", "J0700012"),
    officer_option(2, "何志远", "J0700019"),
    officer_option(3, "单志远", "J0700020", "证件已过期"),
]


class Desk(QWidget):
    """A small form: place, day, fine, officer, reason."""

    def __init__(self, *, check=None):
        super().__init__()
        self.drafts: list[dict] = []
        self.saved = 0
        self.fields = {
            "place": Field("地点", LineEdit(), required=True),
            "day": Field("日期", DateEdit(NOW.date)),
            "fine": Field("罚款", MoneyEdit()),
            "officer": Field("执法人员", OfficerPicker(OFFICERS)),
            "reason": Field("理由", TextArea()),
        }
        self.banner = Banner()
        column, grid = QVBoxLayout(self), FieldGrid()
        column.addWidget(self.banner)
        column.addLayout(grid)
        for one in self.fields.values():
            grid.add(one)
        self.main = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        column.addWidget(self.main)
        self.form = FormBinder(self.fields, parent=self, check=check, keep_draft=self.drafts.append)

    def save(self) -> None:
        self.saved += 1


def needs_place(values):
    return {} if values["place"] else {"place": "地点没有填写。"}


@pytest.fixture
def desk(shown):
    return shown(Desk(check=needs_place))


def focus() -> QWidget:
    return QApplication.focusWidget()


def test_enter_moves_on_through_the_form(desk, qtbot):
    desk.form.jump("place")
    qtbot.keyClicks(focus(), "a")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert focus() is desk.fields["day"].editor
    qtbot.keyClick(focus(), Key.Key_Return)
    assert focus() is desk.fields["fine"].editor
    qtbot.keyClick(focus(), Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert focus() is desk.fields["officer"].editor


def test_enter_on_the_last_field_submits(shown, qtbot):
    line = Field("地点", LineEdit())
    holder = QWidget()
    QVBoxLayout(holder).addWidget(line)
    form = FormBinder({"place": line}, parent=holder)
    shown(holder)
    form.jump("place")
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(focus(), Key.Key_Return)


def test_enter_in_long_text_breaks_the_line_and_ctrl_enter_saves(desk, qtbot):
    desk.form.jump("reason")
    qtbot.keyClicks(focus(), "a")
    qtbot.keyClick(focus(), Key.Key_Return)
    qtbot.keyClicks(focus(), "b")
    assert desk.fields["reason"].read() == "a\nb"
    qtbot.keyClick(focus(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.saved == 1
    assert desk.fields["reason"].read() == "a\nb"


def test_ctrl_enter_does_the_main_act_from_any_field(desk, qtbot):
    for name in ("place", "day", "fine", "officer"):
        desk.form.jump(name)
        qtbot.keyClick(focus(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(focus(), Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    assert desk.saved == 5


def test_tab_leaves_long_text(desk, qtbot):
    desk.form.jump("reason")
    qtbot.keyClick(focus(), Key.Key_Tab)
    assert focus() is desk.main


def test_a_wrong_field_says_so_the_moment_it_is_left(desk, qtbot):
    desk.form.jump("place")
    assert desk.fields["place"].error == ""
    qtbot.keyClick(focus(), Key.Key_Tab)
    assert desk.fields["place"].error == "地点没有填写。"
    assert desk.fields["place"].editor.accessibleDescription() == "地点没有填写。"
    desk.form.jump("place")
    qtbot.keyClicks(focus(), "x")
    assert desk.fields["place"].error == ""


def test_fields_not_yet_seen_are_not_scolded(shown, qtbot):
    desk = shown(Desk(check=lambda values: {"officer": "请选择执法人员。"}))
    desk.form.jump("day")
    qtbot.keyClick(focus(), Key.Key_Tab)
    assert desk.fields["officer"].error == ""


def test_what_cannot_be_understood_is_said_before_any_check(desk, qtbot):
    desk.form.jump("day")
    qtbot.keyClicks(focus(), "2026-13-45")
    qtbot.keyClick(focus(), Key.Key_Tab)
    assert "不是日期" in desk.fields["day"].error
    desk.form.jump("fine")
    qtbot.keyClicks(focus(), "abc")
    qtbot.keyClick(focus(), Key.Key_Tab)
    assert "不是能识别的金额" in desk.fields["fine"].error


def test_saving_focuses_the_first_wrong_field(desk):
    desk.form.jump("fine")
    assert desk.form.ready() is False
    assert focus() is desk.fields["place"].editor
    desk.fields["place"].write("桃林路")
    assert desk.form.ready() is True


def test_errors_of_an_operation_go_under_their_fields(desk):
    rest = desk.form.show_errors({"fine": "超过上限。", "whole": "已被他人修改。"})
    assert desk.fields["fine"].error == "超过上限。"
    assert rest == "已被他人修改。"
    assert focus() is desk.fields["fine"].editor
    desk.form.show_errors({})
    assert desk.fields["fine"].error == ""


def test_values_go_in_and_come_out(desk):
    given = {"place": "桃林路", "day": date(2026, 9, 3), "fine": 20_000, "officer": 2, "reason": ""}
    desk.form.set_values(given)
    assert desk.form.values() == given
    desk.form.clear()
    assert desk.form.values() == {
        "place": "", "day": None, "fine": None, "officer": None, "reason": "",
    }  # fmt: skip


def test_what_is_typed_is_kept_as_a_draft_after_a_moment(desk, qtbot):
    desk.form.jump("place")
    qtbot.keyClicks(focus(), "taolin")
    assert desk.drafts == []
    qtbot.waitUntil(lambda: len(desk.drafts) == 1, timeout=3000)
    assert desk.drafts[0]["place"] == "taolin"


def test_a_draft_is_plain_json_and_comes_back(desk):
    desk.form.set_values({"place": "桃林路", "day": date(2026, 9, 3), "fine": 5, "officer": 1})
    draft = desk.form.draft()
    assert draft["day"] == "2026-09-03"
    desk.form.clear()
    desk.form.set_values(draft)
    assert desk.form.values()["day"] == date(2026, 9, 3)
    assert desk.form.values()["officer"] == 1


def test_what_cannot_be_read_is_in_the_draft_as_it_was_typed(desk):
    desk.fields["day"].editor.setText("2026-13")
    desk.fields["fine"].editor.setText("二百")
    draft = desk.form.draft()
    assert (draft["day"], draft["fine"]) == ("2026-13", "二百")
    desk.form.clear()
    desk.form.set_values(draft)
    assert desk.fields["day"].editor.text() == "2026-13"
    assert desk.fields["fine"].editor.text() == "二百"


def test_going_to_a_field_selects_what_stands_in_it(desk, qtbot):
    desk.form.set_values({"place": "桃林路"})
    desk.form.jump("place")
    qtbot.keyClicks(focus(), "x")
    assert desk.fields["place"].read() == "x"


def test_showing_a_record_is_no_edit(desk, qtbot):
    edits = []
    desk.form.edited.connect(lambda: edits.append(1))
    desk.form.set_values({"place": "桃林路"})
    desk.form.flush()
    assert edits == []
    assert desk.drafts == []


def test_flushing_keeps_what_is_pending_at_once(desk, qtbot):
    desk.form.jump("place")
    qtbot.keyClicks(focus(), "x")
    desk.form.flush()
    desk.form.flush()
    assert len(desk.drafts) == 1


def test_an_officer_is_found_by_the_letters_of_the_name(desk, qtbot):
    desk.form.jump("officer")
    qtbot.keyClicks(focus(), "zm")
    target = QApplication.activePopupWidget() or focus()
    qtbot.keyClick(target, Key.Key_Return)
    assert desk.fields["officer"].read() == 1
    assert desk.fields["officer"].widget.line.text() == "周敏　J0700012"
    assert focus() is desk.fields["reason"].editor


def test_an_officer_is_found_by_certificate_and_taken_on_leaving(desk, qtbot):
    desk.form.jump("officer")
    picker = desk.fields["officer"].widget
    qtbot.keyClicks(focus(), "0019")
    picker.line.completer().popup().hide()
    desk.form.jump("place")
    assert desk.fields["officer"].read() == 2


def test_arrows_and_enter_take_another_than_the_first(desk, qtbot):
    desk.form.jump("officer")
    qtbot.keyClicks(focus(), "zy")
    popup = QApplication.activePopupWidget()
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert desk.fields["officer"].read() == 3


def test_chinese_words_filter_as_well(desk, qtbot):
    desk.form.jump("officer")
    event = QInputMethodEvent()
    event.setCommitString("志远")
    QApplication.sendEvent(focus(), event)
    assert desk.fields["officer"].widget._filtered.rowCount() == 2


def test_a_name_that_is_not_listed_is_refused_when_left(desk, qtbot):
    desk.form.jump("officer")
    qtbot.keyClicks(focus(), "qqq")
    desk.form.jump("place")
    assert desk.fields["officer"].error == "列表里没有“qqq”，请从列表中选一项。"


def test_an_officer_chosen_beside_is_left_out(desk):
    picker = desk.fields["officer"].widget
    picker.write(1)
    picker.exclude([2])
    assert picker.read() == 1
    assert [one.key for one in picker._source.options] == [1, 3]
    picker.exclude([])
    assert len(picker._source.options) == 3


def test_changing_the_list_keeps_the_choice(desk):
    picker = desk.fields["officer"].widget
    picker.write(2)
    picker.set_options([*OFFICERS, officer_option(4, "易建华", "J0700021")])
    assert picker.read() == 2
    picker.set_options(OFFICERS[:1])
    assert picker.read() is None


def test_a_refusal_is_shown_in_the_form_with_its_article(desk):
    handler = in_place(desk.banner, desk.form)
    refused = Refused(
        Objection("over", Level.BLOCK, "罚款超过当场处罚的上限。", "行政处罚法第五十一条", "fine")
    )
    assert handler(refused) is True
    assert not desk.banner.isHidden()
    assert desk.banner.kind == "bad"
    assert focus() is desk.fields["fine"].editor


def test_wrong_fields_of_an_operation_are_shown_under_them(desk):
    handler = in_place(desk.banner, desk.form)
    assert handler(InvalidForm({"place": "地点没有填写。"})) is True
    assert desk.fields["place"].error == "地点没有填写。"
    assert desk.banner.isHidden()


def test_trouble_is_not_the_forms_business(desk):
    assert in_place(desk.banner, desk.form)(Trouble("磁盘已满。")) is False


def test_every_control_has_a_name_for_the_screen_reader(desk):
    names = {field.editor.accessibleName() for field in desk.fields.values()}
    assert names == {"地点", "日期", "罚款", "执法人员", "理由"}


def test_a_dialog_grows_with_what_it_says_and_squeezes_no_field(qtbot, look):
    dialog = Dialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    lines = [LineEdit() for _ in range(4)]
    for one in lines:
        column.addWidget(one)
    banner = Banner("warn", "短。")
    column.addWidget(banner)
    dialog.resize(360, 240)
    dialog.show()
    qtbot.waitExposed(dialog)
    high = lines[0].height()
    banner.say("bad", "打印机没有响应，文书没有打印。请检查打印机是否开机、有纸、已连接。" * 6)
    qtbot.waitUntil(lambda: dialog.height() > 300, timeout=2000)
    assert [one.height() for one in lines] == [high] * 4
    assert banner.height() >= banner.heightForWidth(banner.width())
    assert dialog.width() == 360
