"""统计 by keyboard: step the span, walk to a figure, open its rows, come back to it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import cast

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.queries import statistics
from enforcer.queries.periods import quarter
from enforcer.queries.statistics_cells import WAN
from enforcer.queries.statistics_rows import RowKind
from enforcer.store.database import Store
from enforcer.terms import GuidanceKind, NoticeOutcome, Procedure
from enforcer.terms import PenaltyKind as K
from tests.factories import an_office
from tests.queries.statistics_rows_made import (
    a_case,
    a_decision,
    a_notice,
    a_payment,
    an_education,
)
from tests.ui.register_desk import QuietWindow, a_context, press, shown, words
from ui.preferences import preferences
from ui.statistics import StatisticsPage
from ui.statistics.overview import FigureTile
from ui.statistics.tables import FigureTable

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
AUGUST = date(2026, 8, 5)


@pytest.fixture
def filled(store: Store) -> Store:
    an_office(store)
    with store.unit(actor="测试", operation="test") as session:
        for _ in range(3):
            decision = a_decision(session, AUGUST, (K.WARNING, K.FINE), 10_000)
            a_payment(session, decision, AUGUST, 10_000)
        case = a_case(session, place="桃林路118号", cause="擅自占用城市道路")
        a_decision(session, date(2026, 9, 1), (K.WARNING,), case=case)
        a_decision(session, date(2025, 8, 1), (K.FINE,), 5_000, procedure=Procedure.ORDINARY)
        a_decision(session, date(2026, 5, 1), (K.FINE,), 20_000)
        for plate in ("湘J8K216", "湘J8K216", "湘JD03127"):
            a_notice(session, date(2026, 7, 3), plate, outcome=NoticeOutcome.MOVED_OFF)
        an_education(session, date(2026, 7, 3), GuidanceKind.LEAFLET, 300)
    return store


@pytest.fixture
def page(qtbot: QtBot, filled: Store, now: datetime) -> StatisticsPage:
    context = a_context(filled, filled.home, now)
    preferences().clear()
    made = StatisticsPage(context)
    shown(qtbot, made)
    made.picker.setFocus()
    return made


def window(page: StatisticsPage) -> QuietWindow:
    return cast("QuietWindow", page.context.window)


def period(page: StatisticsPage) -> str:
    assert page.report
    return page.report.period.text


def cell(page: StatisticsPage, table: str, row: int, column: int) -> str:
    figures = page.tables[table].figures
    return figures.words(figures.index(figures.levels + row, column))


def focused_table() -> FigureTable:
    found = QApplication.focusWidget()
    assert isinstance(found, FigureTable)
    return found


def test_the_present_quarter_stands_there_first(page: StatisticsPage) -> None:
    assert period(page) == "2026Q3"
    assert "2026年第三季度" in words(page)
    assert page.header._subtitle.text() == "常德市城市管理和综合执法局"


def test_arrows_step_the_span_and_home_comes_back(qtbot: QtBot, page: StatisticsPage) -> None:
    press(qtbot, Key.Key_Left)
    assert period(page) == "2026Q2"
    assert cell(page, "penalties", 0, 2) == "1"
    press(qtbot, Key.Key_Left, Key.Key_Left, Key.Key_Left)
    assert period(page) == "2025Q3"
    press(qtbot, Key.Key_Right)
    assert period(page) == "2025Q4"
    press(qtbot, Key.Key_Home)
    assert period(page) == "2026Q3"


def test_alt_and_arrows_step_from_anywhere(qtbot: QtBot, page: StatisticsPage) -> None:
    press(qtbot, (Key.Key_2, ALT))
    focused_table()
    press(qtbot, (Key.Key_Left, ALT))
    assert period(page) == "2026Q2"
    assert focused_table().table.key == "penalties"


@pytest.mark.parametrize(
    ("presses", "wanted"),
    [
        ([Key.Key_Down], "2026-09-01:2026-09-30"),
        ([Key.Key_Down, Key.Key_Down], "2026"),
    ],
)
def test_another_sort_of_span_is_chosen_in_the_list(
    qtbot: QtBot, page: StatisticsPage, presses, wanted
) -> None:
    page.picker.sort.setFocus()
    press(qtbot, *presses)
    assert period(page) == wanted


def test_any_span_is_typed(qtbot: QtBot, page: StatisticsPage) -> None:
    page.picker.sort.write("span")
    assert page.picker.first.isVisible()
    page.picker.first.setFocus()
    page.picker.first.selectAll()
    press(qtbot, "2026-8-1", Key.Key_Return, Key.Key_Tab)
    page.picker.last.selectAll()
    press(qtbot, "2026-8-31", Key.Key_Return)
    assert period(page) == "2026-08-01:2026-08-31"
    assert cell(page, "penalties", 0, 10) == "3"
    page.picker.last.selectAll()
    press(qtbot, "2026-7-1", Key.Key_Return)
    assert "开始日期晚于结束日期" in words(page)
    assert period(page) == "2026-08-01:2026-08-31"


def test_the_tables_say_what_the_questions_answer(page: StatisticsPage, filled: Store) -> None:
    wanted = statistics.report(filled, quarter(2026, 3))
    assert page.report == wanted
    assert [cell(page, "penalties", row, 2) for row in range(3)] == ["3", "1", "4"]
    assert cell(page, "penalties", 0, 11) == "300.00"
    assert cell(page, "soft", 3, 1) == "1"
    assert cell(page, "months", 3, 0) == "合计"


def test_enter_on_a_figure_opens_its_rows_and_enter_again_the_case(
    qtbot: QtBot, page: StatisticsPage
) -> None:
    press(qtbot, (Key.Key_2, ALT), Key.Key_Right, Key.Key_Return)
    behind = page.behind
    assert behind.isVisible()
    assert behind.behind
    assert len(behind.behind.ids) == 3
    assert "3 宗" in words(behind)
    press(qtbot, Key.Key_Down, Key.Key_Return)
    [(kind, case_id)] = window(page).opened
    row = behind.table.model.row(1)
    assert (kind, case_id) == ("case", row.opens_id)


def test_the_rows_behind_a_figure_go_to_excel_as_they_stand(
    qtbot: QtBot, page: StatisticsPage, tmp_path: Path
) -> None:
    press(qtbot, (Key.Key_2, ALT), Key.Key_Right, Key.Key_Return)
    shown = [page.behind.table.model.row(at) for at in range(3)]
    page.behind.export_to(tmp_path / "明细.xlsx")
    assert "已导出 3 行" in window(page).said[-1][1]
    sheet = openpyxl.load_workbook(tmp_path / "明细.xlsx").active
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    top = next(at for at, line in enumerate(lines) if line[0] == "决定书文号")
    assert lines[top][:3] == ["决定书文号", "决定日期", "当事人"]
    taken = [(line[0], line[2]) for line in lines[top + 1 : top + 4]]
    assert taken == [(row.number, row.who) for row in shown]
    assert sum(line[5] for line in lines[top + 1 : top + 4]) == 300


def test_esc_comes_back_to_the_very_figure(qtbot: QtBot, page: StatisticsPage) -> None:
    press(qtbot, (Key.Key_2, ALT), Key.Key_Right, Key.Key_Down, Key.Key_Return)
    assert page.behind.isVisible()
    assert page.behind.behind.period == quarter(2025, 3)
    press(qtbot, Key.Key_Escape)
    assert not page.behind.isVisible()
    table = focused_table()
    at = table.currentIndex()
    assert (table.table.key, at.row() - table.figures.levels, at.column()) == ("penalties", 1, 2)


def test_a_click_opens_the_rows_too(qtbot: QtBot, page: StatisticsPage) -> None:
    page._tab(1)
    table = page.tables["penalties"]
    at = table.visualRect(table.figures.index(table.figures.levels, 11)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.behind.isVisible()
    assert "3 宗，合计 300.00 元" in words(page.behind)


def test_the_head_and_the_words_of_a_line_open_nothing(qtbot: QtBot, page: StatisticsPage) -> None:
    page._tab(1)
    table = page.tables["penalties"]
    for row in (0, 1, table.figures.levels):
        at = table.visualRect(table.figures.index(row, 0)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not page.behind.isVisible()


def test_every_openable_cell_of_every_table_opens_as_many_rows_as_it_says(
    page: StatisticsPage,
) -> None:
    opened = 0
    for table in list(page.tables.values()):
        for row in table.table.rows:
            for one in row:
                if one.cut is None:
                    continue
                page.open_cell(one)
                assert page.behind.behind.total == one.value, (table.table.key, one.cut)
                opened += 1
        page.go_back()
    assert opened > 200


def test_tiles_are_opened_by_enter(qtbot: QtBot, page: StatisticsPage) -> None:
    press(qtbot, (Key.Key_1, ALT), Key.Key_Right)
    tile = QApplication.focusWidget()
    assert isinstance(tile, FigureTile)
    assert "涉及车辆 2" in tile.accessibleName()
    press(qtbot, Key.Key_Return)
    assert page.behind.behind.kind is RowKind.VEHICLE
    assert page.behind.table.model.row(0).note == "累计告知 2 次"
    press(qtbot, Key.Key_Return)
    assert window(page).opened[0][0] == "notice"
    page.behind.table.setFocus()
    press(qtbot, Key.Key_Escape)
    assert QApplication.focusWidget() is tile


def test_a_bar_opens_its_month_and_its_class(qtbot: QtBot, page: StatisticsPage) -> None:
    page.overview.months.setFocus()
    press(qtbot, Key.Key_Right, Key.Key_Return)
    assert page.behind.behind.total == 3
    assert page.behind.behind.period.label == "2026年7月"
    page.go_back()
    page.overview.classes.setFocus()
    press(qtbot, Key.Key_Right, Key.Key_Return)
    assert page.behind.behind.cut.keys == ("penalties.by_class.warning",)


def test_every_bar_of_every_chart_opens_as_many_rows_as_it_says(
    qtbot: QtBot, page: StatisticsPage
) -> None:
    opened = 0
    for choice in ("against", "items"):
        page.overview.by_item.write(choice)
        for chart in page.overview.charts:
            assert chart.bars, chart.summary
            for at, bar in enumerate(chart.bars):
                chart.setFocus()
                press(qtbot, Key.Key_Home, *[Key.Key_Right] * at, Key.Key_Return)
                assert page.behind.behind.total == bar.key.value == bar.value, chart.summary
                opened += 1
                page.go_back()
                assert chart.at == at
                assert QApplication.focusWidget() is chart
    assert opened > 25


def test_the_charts_tell_vehicles_by_how_often_they_came(page: StatisticsPage) -> None:
    assert "1次 1辆，2次 1辆，3次 0辆，4次以上 0辆" in page.overview.times.summary


def test_the_charts_name_no_officer_and_no_party(page: StatisticsPage) -> None:
    told = "".join(one.summary for one in page.overview.charts)
    assert "桃林路118号 行政处罚 1" in told
    assert not [name for name in ("张三", "李明", "王芳") if name in told]


def test_what_adds_up_is_shown_before_the_rest_is_counted(
    page: StatisticsPage, filled: Store
) -> None:
    report, layout = page.report, page.wording
    assert report
    page.overview.show_glance(statistics.glance(filled, report.period), layout)
    assert "7月 3" in page.overview.months.summary
    assert "罚款 3宗" in page.overview.classes.summary
    assert "正在统计" in page.overview.times.summary
    page.overview.show_report(report, layout)
    assert "正在统计" not in page.overview.times.summary


def test_an_answer_for_a_span_that_was_left_is_not_shown(
    qtbot: QtBot, page: StatisticsPage, filled: Store
) -> None:
    late = statistics.report(filled, quarter(2026, 3))
    press(qtbot, Key.Key_Left)
    page._show(late)
    assert period(page) == "2026Q2"


def test_a_report_still_being_counted_does_not_leave_the_window(
    page: StatisticsPage, tmp_path: Path
) -> None:
    page._show(statistics.report(page.context.tasks.store, quarter(2026, 3), work=False))
    assert {"deadlines", "recorders"} <= set(page.tables)
    page._whole_report = False
    page.out.write_excel(tmp_path / "季报.xlsx")
    assert "还在统计" in window(page).said[-1][1]
    assert not (tmp_path / "季报.xlsx").exists()


def test_the_chart_by_month_shows_what_is_chosen(page: StatisticsPage) -> None:
    assert "7月 3" in page.overview.months.summary
    page.overview.monthly.write("penalties.amount")
    assert "8月 300.00" in page.overview.months.summary


def test_money_is_shown_in_wan_and_stays_so(
    qtbot: QtBot, page: StatisticsPage, filled: Store, now: datetime
) -> None:
    page.unit.setFocus()
    press(qtbot, Key.Key_Down)
    assert page.unit.read() == WAN
    assert cell(page, "penalties", 0, 11) == "0.03"
    assert page.tables["penalties"].figures.head(0, 11) == "罚没金额（万元）"
    again = StatisticsPage(page.context)
    shown(qtbot, again)
    assert again.unit.read() == WAN


def test_education_leads_to_its_register(qtbot: QtBot, page: StatisticsPage) -> None:
    press(qtbot, (Key.Key_3, ALT), (Key.Key_1, ALT))
    press(qtbot, *[Key.Key_Right] * 5, Key.Key_Return)
    assert page.behind.behind.kind is RowKind.GUIDANCE
    press(qtbot, Key.Key_Return)
    assert window(page).went[0][0] == "registers.education"


def test_a_figure_of_zero_says_that_it_has_no_rows(qtbot: QtBot, page: StatisticsPage) -> None:
    press(qtbot, (Key.Key_4, ALT), Key.Key_Return)
    assert "没有明细" in words(page.behind)
    press(qtbot, Key.Key_Escape)
    assert focused_table().table.key == "course"


def test_a_new_notice_is_counted_while_one_looks(
    qtbot: QtBot, page: StatisticsPage, filled: Store
) -> None:
    press(qtbot, (Key.Key_3, ALT), Key.Key_Down)
    assert cell(page, "soft", 0, 1) == "3"
    with filled.unit(actor="测试", operation="test") as session:
        a_notice(session, date(2026, 8, 1), "湘JA6618")
    qtbot.waitUntil(lambda: cell(page, "soft", 0, 1) == "4")
    assert focused_table().table.key == "soft"
    assert focused_table().currentIndex().row() == 2


def test_the_workbook_and_the_paper_come_out(
    qtbot: QtBot, page: StatisticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.out.write_excel(tmp_path / "三季度.xlsx")
    assert "已导出到" in window(page).said[-1][1]
    sheet = openpyxl.load_workbook(tmp_path / "三季度.xlsx")["行政处罚实施情况统计表"]
    assert sheet["C4"].value == 3
    from PySide6.QtWidgets import QFileDialog

    target = tmp_path / "三季度.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.out.export_pdf()
    assert "已保存到" in window(page).said[-1][1]
    assert "行政执法统计报表" in pypdf.PdfReader(target).pages[0].extract_text()


def test_printing_asks_for_the_printer(qtbot: QtBot, page: StatisticsPage) -> None:
    press(qtbot, (Key.Key_P, Qt.KeyboardModifier.ControlModifier))
    assert "2026年第三季度行政执法统计报表" in words(page.out.print_dialog)
    page.out.print_dialog.reject()


def test_the_models_keep_qts_rules(qtbot: QtBot, page: StatisticsPage) -> None:
    for table in page.tables.values():
        tester = QAbstractItemModelTester(
            table.figures, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        assert tester.model() is table.figures


def test_no_words_of_a_table_are_cut(qtbot: QtBot, page: StatisticsPage) -> None:
    for at in range(5):
        page._tab(at)
    for table in page.tables.values():
        metrics = table.fontMetrics()
        for column in range(1, table.figures.columnCount()):
            for row in range(table.figures.levels, table.figures.rowCount()):
                text = table.figures.words(table.figures.index(row, column))
                room = table.columnWidth(column) - 20
                assert metrics.horizontalAdvance(text) <= room, (table.table.key, text)
