"""今日 by keyboard: rows by how pressing they are, the arithmetic on Space, the matter on Enter."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from enforcer.models import Officer
from enforcer.operations.payments import PaymentForm, register_payment
from enforcer.operations.replaying import read_script, replay
from enforcer.queries.due import BLANKS, LAW_BOOK, NO_OUTCOME, OFFICERS, Pressing
from enforcer.queries.due_evidence import BACKUP, INTAKE
from enforcer.store.database import Store
from enforcer.terms import Procedure, Stage
from tests.factories import an_office
from tests.operations.summary_desk import NOW, a_form, decide
from tests.queries.statistics_rows_made import a_case
from tests.ui.register_desk import QuietWindow, a_context, press, shown, words
from ui.desk import ALL_DONE, FIRST_ROWS, DeskPage, DeskRow
from ui.main_window import MainWindow
from ui.screens import screens

COURSES = Path(__file__).parents[1] / "scenarios" / "courses"
Key = Qt.Key
LATER = NOW + timedelta(days=18)  # 21 September: the fine of 3 September was due on the 18th


def a_desk(qtbot: QtBot, store: Store, at: datetime) -> DeskPage:
    page = DeskPage(a_context(store, store.home, at))
    shown(qtbot, page)
    if page.rows:
        page.rows[0].setFocus()
    return page


@pytest.fixture
def office(store: Store):
    made = an_office(store, items=("pavement_parking", "road_occupation"))
    with store.unit(actor="测试", operation="test") as session:
        session.get(Officer, made.officers[2]).active = False
    return made


@pytest.fixture
def desk(qtbot: QtBot, store: Store, office) -> DeskPage:
    """One late payment, one late 备案, an ordinary case due today."""
    decide(store, a_form(office))
    with store.unit(actor="测试", operation="test") as session:
        a_case(
            session,
            procedure=Procedure.ORDINARY,
            stage=Stage.FILED,
            filed_on=LATER.date() - timedelta(days=90),
        )
    return a_desk(qtbot, store, LATER)


def window(page: DeskPage) -> QuietWindow:
    return cast("QuietWindow", page.context.window)


def focused() -> DeskRow:
    found = QApplication.focusWidget()
    assert isinstance(found, DeskRow)
    return found


def test_the_groups_stand_in_order_with_their_counts(desk: DeskPage) -> None:
    assert [one.row.pressing for one in desk.rows] == [
        Pressing.LATE,
        Pressing.LATE,
        Pressing.TODAY,
    ]
    said = words(desk)
    assert "逾期　2" in said
    assert "今日到期　1" in said
    assert "2026-09-21 周一" in said


def test_enter_opens_the_case_itself(qtbot: QtBot, desk: DeskPage) -> None:
    press(qtbot, Key.Key_Down, Key.Key_Return)
    assert window(desk).opened == [("case", desk.rows[1].row.identity)]


def test_space_opens_the_arithmetic_and_closes_it(qtbot: QtBot, desk: DeskPage) -> None:
    press(qtbot, Key.Key_Down)
    assert focused().row.what.startswith("缴纳罚款")
    press(qtbot, Key.Key_Space)
    said = words(focused())
    assert "第 15 日为 2026-09-18（周五）" in said
    assert "逾期 3 日，可以加处罚款 18.00 元" in said
    assert "第六十七条" in said
    press(qtbot, Key.Key_Space)
    assert not focused().unfolded


def test_arrows_home_and_end_walk_over_all_groups(qtbot: QtBot, desk: DeskPage) -> None:
    press(qtbot, Key.Key_End)
    assert focused() is desk.rows[-1]
    press(qtbot, Key.Key_Down)
    assert focused() is desk.rows[-1]
    press(qtbot, Key.Key_Home)
    assert focused() is desk.rows[0]
    press(qtbot, Key.Key_Up)
    assert focused() is desk.rows[0]


def test_a_click_opens_and_a_click_on_the_fold_unfolds(qtbot: QtBot, desk: DeskPage) -> None:
    row = desk.rows[0]
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row._fold.geometry().center())
    assert row.unfolded
    assert not window(desk).opened
    qtbot.mouseClick(desk.rows[1], Qt.MouseButton.LeftButton)
    assert window(desk).opened == [("case", desk.rows[1].row.identity)]


def test_every_row_tells_a_screen_reader_all_it_shows(desk: DeskPage) -> None:
    name = desk.rows[1].accessibleName()
    for part in ("逾期", "2026-09-18", "缴纳罚款 200.00 元", "李国强", "第六十七条"):
        assert part in name


def test_what_is_done_leaves_the_desk_and_the_focus_stays(
    qtbot: QtBot, desk: DeskPage, store: Store
) -> None:
    press(qtbot, Key.Key_End)
    key = focused().row.key
    case_id = desk.rows[0].row.identity
    register_payment(
        store,
        PaymentForm(case_id=case_id, paid_on=LATER.date()),
        today=LATER.date(),
        now=LATER,
        actor="周敏",
    )
    qtbot.waitUntil(lambda: len(desk.rows) == 2)
    assert focused().row.key == key


def test_a_certificate_leads_to_the_register(qtbot: QtBot, store: Store) -> None:
    office = an_office(store)
    page = a_desk(qtbot, store, NOW)
    press(qtbot, Key.Key_Return)
    assert window(page).went == [("registers.officers", "", office.officers[2])]
    assert "执法证已过期，不能执法" in words(page)


def test_an_empty_desk_says_that_all_is_done(qtbot: QtBot, store: Store, office) -> None:
    page = a_desk(qtbot, store, NOW)
    assert ALL_DONE in words(page)
    assert page.empty.isVisible()
    page.setFocus()
    press(qtbot, Key.Key_Space)
    assert window(page).went == [("notices", "", None)]


def test_a_long_group_is_cut_and_can_be_shown_in_full(qtbot: QtBot, store: Store, office) -> None:
    with store.unit(actor="测试", operation="test") as session:
        for _ in range(45):
            a_case(
                session,
                procedure=Procedure.ORDINARY,
                stage=Stage.FILED,
                filed_on=date(2026, 3, 1),
            )
    page = a_desk(qtbot, store, NOW)
    assert len(page.rows) == 30
    assert "逾期　45" in words(page)
    page._show_all_of(Pressing.LATE)
    assert len(page.rows) == 45


def test_the_next_day_asks_again(qtbot: QtBot, store: Store, office) -> None:
    decide(store, a_form(office))
    at = [NOW]
    context = a_context(store, store.home, NOW)
    object.__setattr__(context.clock, "read", lambda: at[0])
    page = DeskPage(context)
    shown(qtbot, page)
    assert {one.row.pressing for one in page.rows} == {Pressing.SOON}
    page.hide()
    at[0] = LATER
    page.show()
    assert {one.row.pressing for one in page.rows} == {Pressing.LATE}


@pytest.mark.parametrize(
    ("place", "screen"),
    [
        (OFFICERS, "registers"),
        (BLANKS, "notices"),
        (NO_OUTCOME, "notices"),
        (LAW_BOOK, "law_book"),
        (INTAKE, "evidence"),
        (BACKUP, "settings"),
    ],
)
def test_every_place_the_desk_names_is_there(
    qtbot: QtBot, store: Store, office, place: str, screen: str
) -> None:
    context = a_context(store, store.home, NOW)
    frame = MainWindow(screens(), context.theme)
    qtbot.addWidget(frame)
    frame.attach(replace(context, window=frame), lambda *_: [])
    frame.go(place, "", office.officers[0])
    page = frame.stack.currentWidget()
    assert screen == next(key for key, made in frame._pages.items() if made is page)
    assert place.partition(".")[2] in Path(inspect.getfile(type(page))).read_text("utf-8")


def test_what_the_office_lacks_stands_there_too_and_enter_goes_to_its_page(
    qtbot: QtBot, store: Store
) -> None:
    page = a_desk(qtbot, store, NOW)
    qtbot.waitUntil(lambda: len(page.rows) == 1, timeout=3000)
    assert page.rows[0].row.what == "文书还缺本单位资料"
    assert page.focusWidget() is page.rows[0], "it follows the act of the empty screen"
    qtbot.keyClick(page.rows[0], Key.Key_Return)
    assert window(page).went == [("settings.organs", "name", None)]


def test_the_first_row_takes_the_focus_unless_something_is_being_typed(
    qtbot: QtBot, store: Store, office
) -> None:
    decide(store, a_form(office))
    page = DeskPage(a_context(store, store.home, LATER))
    shown(qtbot, page)
    assert focused() is page.rows[0]


def test_a_row_without_an_article_gives_its_room_to_the_matter(desk: DeskPage) -> None:
    bare = DeskRow(replace(desk.rows[0].row, cite=""))
    assert all(not one.isHidden() or not one.text() for one in bare.findChildren(QLabel))


def carried_to(store: Store, file: str, stop: str, nth: int = 1) -> None:
    """A scripted course up to the n-th time an operation is taken."""
    going = replay(store, read_script(COURSES / f"{file}.toml"))
    for _ in range(nth):
        next(one for one in going if one.ok and one.step.op == stop)


@pytest.fixture
def frame_at(qtbot: QtBot, store: Store) -> Callable[[datetime], MainWindow]:
    """The whole window with 今日 in view, at a moment."""

    def shown_at(at: datetime) -> MainWindow:
        context = a_context(store, store.home, at)
        frame = MainWindow(screens(), context.theme)
        shown(qtbot, frame)
        frame.attach(replace(context, window=frame), lambda *_: [])
        frame.show_screen("today")
        return frame

    return shown_at


def walk_to(qtbot: QtBot, what: str) -> DeskRow:
    """Walk down with the arrow key to the row that says this."""
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), DeskRow))
    press(qtbot, Key.Key_Home)
    seen: set[str] = set()
    while focused().row.what != what:
        assert focused().row.key not in seen, f"{what} is not on the desk: {seen}"
        seen.add(focused().row.key)
        press(qtbot, Key.Key_Down)
    return focused()


def test_keys_alone_lead_to_an_ordinary_case_and_to_its_arithmetic(
    qtbot: QtBot, store: Store, frame_at: Callable[[datetime], MainWindow]
) -> None:
    carried_to(store, "preservation", "preserve_evidence")
    frame = frame_at(datetime(2026, 9, 14, 9, 0, tzinfo=NOW.tzinfo))
    row = walk_to(qtbot, "处理先行登记保存的物品")
    assert row.row.pressing is Pressing.SOON
    assert "承办 周敏、何志远" in words(row)
    press(qtbot, Key.Key_Space)
    said = words(row)
    assert "数满 7 个工作日，届满日为 2026-09-15（周二）" in said
    assert "依据：行政处罚法（2021）第五十六条、第八十五条。" in said
    press(qtbot, Key.Key_Return)
    page = frame.stack.currentWidget()
    assert page is frame._pages["cases"]
    assert "云城管立字〔2026〕第001号" in words(page.stack.currentWidget())


def test_keys_alone_lead_to_whoever_has_to_sign(
    qtbot: QtBot, store: Store, frame_at: Callable[[datetime], MainWindow]
) -> None:
    carried_to(store, "citizen_hearing", "sign_off", 3)
    frame_at(datetime(2026, 9, 30, 9, 0, tzinfo=NOW.tzinfo))
    row = walk_to(qtbot, "审批：案件处理")
    assert "等法制机构：孙雅琴" in words(row)
    press(qtbot, Key.Key_Space)
    assert "等“法制机构”（法制审核）签署，已 1 日" in words(row)


def test_keys_alone_lead_to_a_lead_that_waits_for_its_answer(
    qtbot: QtBot, store: Store, frame_at: Callable[[datetime], MainWindow]
) -> None:
    carried_to(store, "citizen_hearing", "register_lead")
    frame = frame_at(datetime(2026, 9, 9, 9, 0, tzinfo=NOW.tzinfo))
    row = walk_to(qtbot, "答复投诉举报线索")
    assert row.row.pressing is Pressing.LATE
    press(qtbot, Key.Key_Space)
    assert "数满 5 个工作日" in words(row)
    press(qtbot, Key.Key_Return)
    page = frame.stack.currentWidget()
    assert page is frame._pages["leads"]
    assert "线索〔2026〕0001号" in words(page)


def test_a_step_taken_in_a_case_leaves_the_desk_at_once(qtbot: QtBot, store: Store) -> None:
    going = replay(store, read_script(COURSES / "preservation.toml"))
    next(one for one in going if one.ok and one.step.op == "preserve_evidence")
    page = a_desk(qtbot, store, datetime(2026, 9, 15, 9, 0, tzinfo=NOW.tzinfo))
    assert "处理先行登记保存的物品" in words(page)
    next(one for one in going if one.ok and one.step.op == "dispose_preserved")
    qtbot.waitUntil(lambda: "处理先行登记保存的物品" not in words(page))


def test_below_the_screen_rows_are_made_a_few_at_a_time(qtbot: QtBot, store: Store, office) -> None:
    with store.unit(actor="测试", operation="test") as session:
        for at in range(28):
            filed = date(2026, 3, 1) + timedelta(days=at)
            a_case(session, procedure=Procedure.ORDINARY, stage=Stage.FILED, filed_on=filed)
    page = DeskPage(a_context(store, store.home, NOW))
    page.refresh()
    assert len(page._rows) == FIRST_ROWS
    shown(qtbot, page)
    qtbot.waitUntil(lambda: len(page._rows) == 28)
    assert not page._rest.isActive()


def test_a_row_opens_no_window_of_its_own(qtbot: QtBot, desk: DeskPage) -> None:
    assert desk.rows
    strays = [one for one in QApplication.topLevelWidgets() if isinstance(one, QLabel)]
    assert not [one for one in strays if one.isVisible()]
