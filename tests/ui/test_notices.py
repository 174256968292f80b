"""The notice desk by keyboard alone: from the plate to the row, and back to the plate."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import Certificate
from enforcer.operations import drafts
from enforcer.queries import office
from enforcer.store.database import Store, open_store
from enforcer.terms import NoticeState, PlateColour
from tests.factories import an_office
from tests.ui.notices_hand import ENTER, ESC, ISSUE, Desk, Key
from tests.ui.register_desk import CTRL, a_context, press, shown, words
from ui.notices import NoticesPage
from ui.notices.draft import KEY as DRAFT


@pytest.fixture
def desk(qtbot: QtBot, store: Store, now: datetime) -> Desk:
    made = an_office(store)
    page = NoticesPage(a_context(store, store.home, now))
    shown(qtbot, page)
    page.desk.plate.setFocus()
    return Desk(page, made, store, now)


def choose_officers(qtbot: QtBot) -> None:
    """From the field before them: both officers by certificate."""
    press(qtbot, "J0700012", ENTER)
    press(qtbot, "J0700019", ENTER)


def test_the_first_notice_goes_from_plate_to_row_by_keyboard(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, "湘", "j8k216", ENTER)
    assert QApplication.focusWidget() is desk.page.desk.form.place
    press(qtbot, "桃林路118号", ENTER, ENTER)
    choose_officers(qtbot)
    press(qtbot, ISSUE)
    (row,) = desk.rows()
    assert (row.plate, row.plate_colour, row.place) == (
        "湘J·8K216",
        PlateColour.BLUE,
        "桃林路118号",
    )
    assert (row.officer1, row.officer2) == ("周敏", "何志远")
    assert row.recorders == "0700001、0700002"
    assert row.noticed_at == desk.now
    assert QApplication.focusWidget() is desk.page.desk.plate
    assert "已签发 常城管温告字〔2026〕第00001号" in desk.page.desk.banner.text


def test_ten_notices_by_keyboard_alone(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier(plate="湘J99999")
    desk.fresh()
    for number in range(10):
        press(qtbot, f"8k21{number}", ENTER, ISSUE)
    rows = desk.rows()[1:]
    assert [one.plate_key for one in rows] == [f"湘J8K21{one}" for one in range(10)]
    assert {one.place for one in rows} == {"松林路26号"}
    assert {one.state for one in rows} == {NoticeState.ISSUED}
    assert "今日（2026-09-03）10 份" in words(desk.page.header)
    assert desk.page.list.table.selected_ids() == [], "the focus never went over to the list"


def test_a_pasted_place_keeps_its_lines_and_the_list_shows_them_on_one(
    qtbot: QtBot, desk: Desk
) -> None:
    QApplication.clipboard().setText("桃林路118号\n东侧  人行道")
    press(qtbot, "湘", "j8k216", ENTER, (Key.Key_V, CTRL), ENTER, ENTER)
    choose_officers(qtbot)
    press(qtbot, ISSUE)
    (row,) = desk.rows()
    assert row.place == "桃林路118号\n东侧  人行道"
    model = desk.page.list.table.model
    shown_in = [one.title for one in model.columns].index("地点")
    assert model.index(0, shown_in).data() == "桃林路118号 东侧  人行道"


def test_history_and_the_ladder_speak_before_the_form_opens(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier(days=20)
    desk.earlier(days=10)
    desk.fresh()
    press(qtbot, "8k216")
    card = desk.page.desk
    assert not card.is_open
    assert "近 365 日已告知 2 次" in card.says.text
    assert "待机关确认" in card.says.text
    assert "松林路26号" in words(card.history)
    assert card.says.kind == "info"


def test_a_plate_nobody_has_seen_says_so(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, "湘", "J00000")
    assert desk.page.desk.says.kind == "ok"
    assert "本次是第 1 次" in desk.page.desk.says.text


def test_the_form_begins_with_the_last_one(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier(plate="湘J99999", nearby="东门停车场")
    desk.fresh()
    press(qtbot, "8k216", ENTER)
    values = desk.page.desk.form.values()
    assert values["place"] == "松林路26号"
    assert values["item_key"] == "pavement_parking"
    assert values["nearby"] == "东门停车场"
    assert (values["officer1_id"], values["officer2_id"]) == desk.office.officers[:2]
    assert values["recorders"] == ["0700001", "0700002"]
    assert values["noticed_at"] == desk.now


def test_the_fourth_notice_asks_for_a_reason_in_place(qtbot: QtBot, desk: Desk) -> None:
    for days in (30, 20, 10):
        desk.earlier(days=days)
    desk.fresh()
    press(qtbot, "8k216", ENTER)
    card = desk.page.desk
    assert card.says.kind == "warn"
    assert card.form.fields["ladder_reason"].isVisible()
    press(qtbot, ISSUE)
    assert len(desk.rows()) == 3
    assert "请写明理由" in card.form.fields["ladder_reason"].error
    assert QApplication.focusWidget() is card.form.fields["ladder_reason"].editor
    press(qtbot, "车主配合", ISSUE)
    assert desk.rows()[-1].ladder_reason == "车主配合"


def test_following_the_ladder_opens_the_other_desk_and_issues_nothing(
    qtbot: QtBot, desk: Desk
) -> None:
    for days in (30, 20, 10):
        desk.earlier(days=days)
    desk.fresh()
    press(qtbot, "8k216", ENTER)
    desk.page.desk.form.ladder_choice.setFocus()
    press(qtbot, Key.Key_Down, ISSUE)
    assert len(desk.rows()) == 3
    assert desk.window.went == [("cases.summary", "", None)]
    assert desk.page.desk.plate.plate() == "湘J8K216"


def test_issuing_without_printing(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier(plate="湘J99999")
    desk.fresh()
    press(qtbot, "8k216", ENTER, (Key.Key_S, CTRL))
    assert len(desk.rows()) == 2
    assert desk.window.said == []


def test_without_a_printer_the_notice_is_kept_and_may_be_saved(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier(plate="湘J99999")
    desk.fresh()
    press(qtbot, "8k216", ENTER, ISSUE)
    row = desk.rows()[-1]
    assert row.print_count == 0
    assert any("没有安装打印机" in text for _, text in desk.window.said)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("place", "", "没有填写"),
        ("noticed_at", "2026-9-3 23:59", "还没有到"),
        ("noticed_at", "2026-2-30 10:00", "不是日期"),
        ("note", "注" * 201, "最多200个字"),
    ],
)
def test_a_wrong_field_says_so_and_keeps_what_was_typed(
    qtbot: QtBot, desk: Desk, field: str, typed: str, said: str
) -> None:
    desk.earlier(plate="湘J99999")
    desk.fresh()
    press(qtbot, "8k216", ENTER)
    one = desk.page.desk.form.fields[field]
    one.editor.setFocus()
    cast("Any", one.editor).setText(typed)
    press(qtbot, ISSUE)
    assert said in one.error
    assert desk.page.desk.plate.plate() == "湘J8K216"
    assert len(desk.rows()) == 1


def test_a_refusal_stands_in_the_page_with_its_article(
    qtbot: QtBot, desk: Desk, store: Store
) -> None:
    """Another window enters the end of a certificate while the form is open here."""
    desk.earlier(plate="湘J99999")
    desk.fresh()
    press(qtbot, "8k216", ENTER)
    other = open_store(store.home, clock=lambda: desk.now)
    with other.unit(actor="测试") as session:
        held = session.exec(select(Certificate).where(Certificate.number == "J0700012")).one()
        held.valid_until = desk.now.date() - timedelta(days=1)
        session.add(held)
    other.close()
    press(qtbot, ISSUE)
    said = words(desk.page.desk.banner)
    assert "2026-09-02 到期" in said
    assert "第五十五条" in said
    assert desk.page.desk.plate.plate() == "湘J8K216"
    assert len(desk.rows()) == 1


def test_one_recorder_asks_why(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier(plate="湘J99999")
    desk.fresh()
    press(qtbot, "8k216", ENTER)
    form = desk.page.desk.form
    form.recorders.setFocus()
    form.recorders.setText("0700001")
    assert form.fields["recorder_reason"].isVisible()
    press(qtbot, ISSUE)
    assert len(desk.rows()) == 1
    assert "第四十七条" in form.fields["recorder_reason"].error
    press(qtbot, "另一台送修", ISSUE)
    assert desk.rows()[-1].recorder_reason == "另一台送修"


def test_why_there_is_one_recorder_need_not_be_said_again(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier(plate="湘J99999", recorders=("0700001",), recorder_reason="另一台送修")
    desk.fresh()
    for plate in ("8k216", "8k217"):
        press(qtbot, plate, ENTER, ISSUE)
    made = desk.rows()[1:]
    assert [(one.recorders, one.recorder_reason) for one in made] == [
        ("0700001", "另一台送修"),
        ("0700001", "另一台送修"),
    ]


def test_the_fields_of_a_row_share_it_and_what_is_hidden_takes_none(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.earlier(plate="湘J99999")
    desk.fresh()
    press(qtbot, "8k216", ENTER)
    form = desk.page.desk.form
    assert form.fields["organ_id"].isHidden(), "the organ is asked for only when several could act"
    whole = form.fields["place"].width()
    qtbot.waitUntil(lambda: form.fields["recorders"].width() == whole)
    form.recorders.setText("0700001")
    qtbot.waitUntil(lambda: form.fields["recorders"].width() < whole // 2)
    assert form.fields["recorder_reason"].y() == form.fields["recorders"].y()


def test_escape_goes_back_to_the_plate_and_loses_nothing(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, "湘", "j8k216", ENTER, "桃林路118号", ESC)
    card = desk.page.desk
    assert not card.is_open
    assert card.plate.hasFocus()
    press(qtbot, ENTER)
    assert card.form.place.read() == "桃林路118号"


def test_a_slip_before_issue_is_undone(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, "湘", "j8k216", ENTER, "桃林路118号")
    card = desk.page.desk
    card.clear_button.setFocus()
    press(qtbot, Key.Key_Space)
    assert card.plate.plate() == ""
    assert "已清空" in card.banner.text
    desk.page.desk.bring_back()
    assert card.plate.plate() == "湘J8K216"
    assert card.form.place.read() == "桃林路118号"
    assert desk.rows() == []


def test_what_was_typed_is_there_after_a_kill(
    qtbot: QtBot, desk: Desk, store: Store, now: datetime
) -> None:
    press(qtbot, "湘", "j8k216", ENTER, "桃林路118号")
    desk.page.desk.binder.flush()
    again = NoticesPage(a_context(store, store.home, now))
    shown(qtbot, again)
    assert again.desk.plate.plate() == "湘J8K216"
    assert again.desk.form.place.read() == "桃林路118号"
    assert again.desk.is_open
    assert "没有签发的内容已放回" in again.desk.banner.text


def test_a_kill_after_the_number_was_drawn_makes_no_second_notice(
    qtbot: QtBot, desk: Desk, store: Store, now: datetime
) -> None:
    """The draft carries the request's id: issuing again gives the first notice."""
    desk.earlier(plate="湘J99999")
    desk.fresh()
    press(qtbot, "8k216", ENTER)
    desk.page.desk.binder.edited.emit()
    desk.page.desk.form.fields["note"].write("先")
    desk.page.desk.binder._unsaved = True
    desk.page.desk.binder.flush()
    kept = office.draft(store, DRAFT)
    assert kept is not None
    press(qtbot, ISSUE)
    assert office.draft(store, DRAFT) is None
    drafts.save_draft(store, DRAFT, kept.payload, now=now, actor="周敏")
    again = NoticesPage(a_context(store, store.home, now))
    shown(qtbot, again)
    again.desk.form.place.setFocus()
    press(qtbot, ISSUE)
    assert len(desk.rows()) == 2
