"""The notices that were issued, by keyboard alone: outcome, void, narrowed, sorted; blanks; preview."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from enforcer.operations import notices
from enforcer.operations.notice_forms import VoidNoticeForm
from enforcer.store.database import Store
from enforcer.terms import NoticeOutcome, NoticeState
from tests.factories import an_office
from tests.ui.notices_hand import ENTER, ESC, ISSUE, Desk, Key
from tests.ui.register_desk import CTRL, a_context, press, shown, words
from ui.notices import NoticesPage


@pytest.fixture
def desk(qtbot: QtBot, store: Store, now: datetime) -> Desk:
    made = an_office(store)
    page = NoticesPage(a_context(store, store.home, now))
    shown(qtbot, page)
    page.desk.plate.setFocus()
    return Desk(page, made, store, now)


# the list


def go_to_list(qtbot: QtBot, desk: Desk) -> None:
    desk.fresh()
    press(qtbot, (Key.Key_G, CTRL))
    assert desk.page.list.table.view.hasFocus()


def test_the_list_obeys_its_model(desk: Desk) -> None:
    desk.earlier()
    desk.fresh()
    QAbstractItemModelTester(desk.page.list.table.model)
    assert desk.page.list.table.model.rowCount() == 1


def test_the_outcome_is_noted_by_key(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier()
    go_to_list(qtbot, desk)
    press(qtbot, Key.Key_F6)
    assert desk.rows()[0].outcome is NoticeOutcome.MOVED_OFF
    press(qtbot, Key.Key_F7)
    assert desk.rows()[0].outcome is NoticeOutcome.NOT_MOVED
    press(qtbot, (Key.Key_F6, Qt.KeyboardModifier.ShiftModifier))
    assert desk.rows()[0].outcome is None


def test_void_asks_its_reason_in_place(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier()
    go_to_list(qtbot, desk)
    press(qtbot, Key.Key_Delete)
    assert desk.page.list.reason.reason.hasFocus()
    press(qtbot, ENTER)
    assert "作废原因没有填写" in desk.page.list.reason.banner.text
    press(qtbot, "打印歪斜", ENTER)
    row = desk.rows()[0]
    assert (row.state, row.void_reason) == (NoticeState.VOID, "打印歪斜")
    assert desk.page.list.reason.isHidden()


def test_the_whole_reason_of_a_void_number_stands_below_the_list(qtbot: QtBot, desk: Desk) -> None:
    reason = "当事人当场说明车辆为救护车，执行急救任务，不应告知，经核实属实，整份作废重新登记。"
    first = desk.earlier(days=2)
    desk.earlier(plate="湘J99999")
    form = VoidNoticeForm(notice_ids=(first,), reason=reason)
    notices.void_notices(desk.store, form, today=desk.now.date(), now=desk.now, actor="周敏")
    desk.fresh()
    go_to_list(qtbot, desk)
    said = desk.page.list.why_void
    assert said.isHidden()
    press(qtbot, Key.Key_Down)
    assert reason in said.text()
    assert "周敏　2026-09-03 10:12" in said.text()
    assert said.isVisible()
    press(qtbot, Key.Key_Up)
    assert said.isHidden()


def test_one_that_is_to_be_void_is_named(qtbot: QtBot, desk: Desk) -> None:
    first, second = desk.earlier(plate="湘J99999"), desk.earlier(plate="湘J88888")
    desk.fresh()
    desk.page.list.ask_void([first])
    assert "作废 〔2026〕第00001号，原因：" in words(desk.page.list.reason)
    desk.page.list.ask_void([first, second])
    assert "作废 2 份，原因：" in words(desk.page.list.reason)


def test_escape_leaves_the_question_unanswered(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier()
    go_to_list(qtbot, desk)
    press(qtbot, Key.Key_Delete, "误按", ESC)
    assert desk.rows()[0].state is NoticeState.ISSUED
    assert desk.page.list.table.view.hasFocus()


@pytest.mark.parametrize("key", [Key.Key_F2, ENTER])
def test_a_notice_opens_and_closes(qtbot: QtBot, desk: Desk, key: Key) -> None:
    desk.earlier()
    go_to_list(qtbot, desk)
    press(qtbot, key)
    view = desk.page.view
    assert desk.page.stack.currentWidget() is view
    assert view.title.text() == "常城管温告字〔2026〕第00001号"
    assert "松林路26号" in words(view)
    assert view.preview.page_count == 1
    press(qtbot, ESC)
    assert desk.page.list.table.view.hasFocus()


def test_the_outcome_is_noted_on_the_notices_page(qtbot: QtBot, desk: Desk) -> None:
    made = desk.earlier()
    desk.page.open_item("notice", made)
    desk.page.view.outcomes[NoticeOutcome.MOVED_OFF].setFocus()
    press(qtbot, Key.Key_Space)
    assert desk.rows()[0].outcome is NoticeOutcome.MOVED_OFF
    assert desk.page.view.outcomes[NoticeOutcome.MOVED_OFF].isChecked()


def test_the_list_is_narrowed_by_plate_and_state(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier(plate="湘J00001")
    desk.earlier(plate="湘J00002")
    desk.fresh()
    press(qtbot, (Key.Key_F, CTRL), "00002")
    qtbot.waitUntil(lambda: len(desk.page.list.table.model.ids) == 1, timeout=1000)
    desk.page.list.words.clear()
    desk.page.list.state.write("void")
    assert len(desk.page.list.table.model.ids) == 0
    assert "没有符合条件" in words(desk.page.list.table.empty)
    desk.page.list.state.write("no_outcome")
    assert len(desk.page.list.table.model.ids) == 2


@pytest.mark.parametrize(
    ("period", "count"), [("today", 1), ("week", 2), ("month", 2), ("quarter", 3), ("year", 3)]
)
def test_the_list_is_narrowed_by_period(desk: Desk, period: str, count: int) -> None:
    for days in (0, 2, 60, 300):
        desk.earlier(days=days)
    desk.page.list.period.write(period)
    assert len(desk.page.list.table.model.ids) == count


def test_sorting_is_the_stores(desk: Desk) -> None:
    for days, plate in ((1, "湘J00002"), (2, "湘J00003"), (3, "湘J00001")):
        desk.earlier(days=days, plate=plate)
    desk.fresh()
    listed = desk.page.list
    listed.table.sort_asked.emit("plate", False)
    assert [listed.table.model.row(at).plate_key[-1] for at in range(3)] == ["1", "2", "3"]


def test_a_notice_that_becomes_a_penalty_opens_the_other_desk(desk: Desk) -> None:
    made = desk.earlier()
    desk.page.open_item("notice", made)
    desk.page.view.penalty_button.click()
    assert desk.window.went == [("cases.summary", "", made)]


# blanks


def test_a_blank_that_came_back_is_registered_by_keyboard(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier(plate="湘J99999")
    first, _ = desk.blanks(2)
    desk.fresh()
    desk.page.list.show_only(state="blank")
    desk.page.list.table.select(first)
    desk.page.list.table.view.setFocus()
    press(qtbot, (Key.Key_R, CTRL))
    card = desk.page.desk
    assert "登记空白号 常城管温告字〔2026〕第00002号" in words(card)
    assert card.plate.hasFocus()
    press(qtbot, "8k216", ENTER)
    assert card.form.fields["noticed_at"].read() is None, "the counterfoil says when, not the clock"
    assert card.banner.isHidden(), "the form needs the room"
    press(qtbot, "0805", ENTER, ENTER, "柳叶大道9号", ISSUE)
    row = desk.rows()[1]
    assert row.noticed_at == desk.now.replace(hour=8, minute=5)
    assert (row.state, row.plate_key, row.number[-6:]) == (
        NoticeState.ISSUED,
        "湘J8K216",
        "00002号",
    )
    assert card.blank is None
    assert desk.window.said == []


def test_the_paper_is_shown_before_it_is_issued(qtbot: QtBot, desk: Desk) -> None:
    desk.earlier(plate="湘J99999")
    desk.fresh()
    press(qtbot, "8k216", ENTER, Key.Key_F3)
    assert desk.page.stack.currentWidget() is desk.page.paper
    assert desk.page.paper.preview.page_count == 1
    assert len(desk.rows()) == 1
    press(qtbot, Key.Key_F3)
    assert desk.page.stack.currentWidget() is desk.page.list


def test_search_results_open_here(desk: Desk) -> None:
    made = desk.earlier()
    desk.fresh()
    desk.page.open_item("vehicle", "湘J8K216")
    assert desk.page.list.table.model.ids == [made]
    desk.blanks(1)
    desk.page.open_section("blanks")
    assert len(desk.page.list.table.model.ids) == 1
