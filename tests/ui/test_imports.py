"""Imports by keyboard: a strange ledger looked at, mapped, taken, told of and taken back; paste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from sqlmodel import func, select

from enforcer.models import Guidance, Lead, ListRow, Notice
from enforcer.queries import imports
from enforcer.store.database import Store
from enforcer.terms import ImportState, Origin
from tests.factories import an_office
from tests.ui.register_desk import CTRL, a_context, press, shown
from ui.imports.dialog import ImportLedgerDialog
from ui.imports.preview import KNOWN, READY, REFUSED
from ui.notices import NoticesPage
from ui.registers import RegistersPage
from ui.tasks import Tasks
from ui.widgets.paste import copied

Key = Qt.Key
ENTER, SAVE, PASTE = Key.Key_Return, (Key.Key_Return, CTRL), (Key.Key_V, CTRL)
LEDGER = [
    ["某区违停告知台账"],
    ["序号", "告知单号", "车牌", "告知", None, "路段", "队员", "结果"],
    [None, None, None, "日期", "时间", None, None, None],
    [1, "旧告1号", "湘J12345", "2026.8.1", "9:05", "柳叶大道", "周敏、何志远", "驶离"],
    [2, "旧告2号", "湘J12346", "2026.8.32", "9:05", "柳叶大道", "周敏", ""],
    [3, "旧告3号", "湘J12347", "2026.8.3", "9:05", "柳叶大道", "周敏", ""],
    ["合计", 3],
]
LIST = {
    "类别": "不予-首违",
    "事项": "擅自占用城市道路",
    "法律依据": "行政处罚法第三十三条第一款",
    "清单名称": "某市首违不罚清单",
    "清单文号": "某城管〔2026〕1号",
    "施行日期": "2026-01-01",
}


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    def make(rows: list[list[Any]], name: str = "台账.xlsx", *merged: str) -> Path:
        made = Workbook()
        made.active.append(["说明：本工作簿第二张表是台账"])
        page = made.create_sheet("台账")
        for row in rows:
            page.append(row)
        for area in merged:
            page.merge_cells(area)
        made.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def page(qtbot: QtBot, store: Store, now: datetime) -> RegistersPage:
    an_office(store)
    made = RegistersPage(a_context(store, store.home, now))
    shown(qtbot, made)
    return made


def opened(qtbot: QtBot, page: RegistersPage, path: Path, kind: str) -> ImportLedgerDialog:
    page.take_over(kind)
    dialog = page.import_dialog
    shown(qtbot, dialog)
    dialog.frame.path.setFocus()
    dialog.frame.path.write(str(path))
    press(qtbot, ENTER)
    return dialog


def count(store: Store, kind: Any) -> int:
    with store.reading() as session:
        return session.exec(select(func.count()).select_from(kind)).one()


def test_a_strange_ledger_is_looked_at_and_taken_by_keyboard(
    qtbot: QtBot, page: RegistersPage, store: Store, book: Callable[..., Path]
) -> None:
    path = book(LEDGER, "1.xlsx", "A1:H1", "D2:E2", "A2:A3", "B2:B3", "C2:C3")
    dialog = opened(qtbot, page, path, "notices")
    frame = dialog.frame
    assert frame.sheet.read() == "台账"
    assert (frame.top.read(), frame.height.read()) == (2, 2)
    assert "可以导入 2 行，不能导入 1 行" in frame.banner.text
    assert [one.state for one in dialog._rows(range(3))] == [READY, REFUSED, READY]
    [bad] = dialog._refused([0])
    assert (bad.row, bad.column) == (5, "告知时间")
    assert bad.say.endswith("。")
    assert count(store, Notice) == 0
    QAbstractItemModelTester(frame.grid_view.cells)
    qtbot.keyClick(dialog, ENTER, CTRL)
    with store.reading() as session:
        rows = session.exec(select(Notice).order_by(Notice.id)).all()  # type: ignore[arg-type]
    assert [one.origin for one in rows] == [Origin.BACKFILLED] * 2
    assert f"{rows[0].noticed_at:%H:%M}" == "01:05"  # UTC of 9:05
    assert "已导入 2 行" in frame.banner.text
    assert not frame.take_button.isEnabled()


def test_a_mapping_changed_by_hand_is_looked_at_anew_and_remembered(
    qtbot: QtBot, page: RegistersPage, store: Store, book: Callable[..., Path]
) -> None:
    path = book([["日期", "干了什么", "多少"], ["2026.8.1", "约谈", "3人"]])
    dialog = opened(qtbot, page, path, "education")
    assert "还没有指定“方式”、“数量”取自哪一列" in dialog.frame.banner.text
    assert not dialog.frame.take_button.isEnabled()
    dialog.mapping.sources["kind"].choice.setFocus()
    press(qtbot, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    dialog.mapping.sources["quantity"].choice.write(2)
    qtbot.waitUntil(lambda: "可以导入 1 行" in dialog.frame.banner.text, timeout=3000)
    qtbot.keyClick(dialog, ENTER, CTRL)
    with store.reading() as session:
        [row] = session.exec(select(Guidance)).all()
    assert (row.kind.label, row.quantity, row.origin) == ("行政约谈", 3, Origin.BACKFILLED)
    dialog.reject()
    again = opened(qtbot, page, path, "education")
    assert "上次" in again.frame.remembered.text()
    assert "已有的 1 行" in again.frame.banner.text
    assert [one.state for one in again._rows([0])] == [KNOWN]


def test_a_fixed_content_stands_for_a_column_they_do_not_have(
    qtbot: QtBot, page: RegistersPage, store: Store, book: Callable[..., Path]
) -> None:
    path = book([["日期", "数量"], ["2026.8.1", 3]])
    dialog = opened(qtbot, page, path, "education")
    kind = dialog.mapping.sources["kind"]
    kind.choice.write("fixed")
    assert kind.text.isVisibleTo(dialog)
    kind.text.write("普法宣传")
    qtbot.waitUntil(lambda: "可以导入 1 行" in dialog.frame.banner.text, timeout=3000)
    dialog.carry_out()
    with store.reading() as session:
        assert session.exec(select(Guidance)).one().kind.label == "普法宣传"


def test_another_row_becomes_the_header_by_enter(
    qtbot: QtBot, page: RegistersPage, book: Callable[..., Path]
) -> None:
    rows = [["日期", "方式"], ["时间", "形式", "份数"], ["2026.8.1", "约谈", 3]]
    dialog = opened(qtbot, page, book(rows), "education")
    grid = dialog.frame.grid_view
    dialog.frame.tabs.setCurrentIndex(0)
    grid.setFocus()
    grid.selectRow(1)
    press(qtbot, ENTER)
    assert dialog.frame.top.read() == 2
    assert "可以导入 1 行" in dialog.frame.banner.text


def test_the_report_goes_to_excel(
    qtbot: QtBot, page: RegistersPage, book: Callable[..., Path], tmp_path: Path
) -> None:
    dialog = opened(qtbot, page, book(LEDGER, "1.xlsx", "D2:E2"), "notices")
    dialog.report_to(tmp_path / "报告.xlsx")
    cells = [
        [one.value for one in row]
        for row in openpyxl.load_workbook(tmp_path / "报告.xlsx")["没有导入的行"].iter_rows()
    ]
    assert any(row[0] == 5 and row[1] == "告知时间" for row in cells)
    assert "核对报告已保存" in dialog.frame.banner.text


def test_an_import_is_taken_back_with_a_reason_and_greyed_once_used(
    qtbot: QtBot, page: RegistersPage, store: Store, book: Callable[..., Path]
) -> None:
    dialog = opened(qtbot, page, book(LEDGER, "1.xlsx", "D2:E2"), "notices")
    dialog.carry_out()
    page.show_imports()
    history = page.history
    shown(qtbot, history)
    assert history.undo_button.isEnabled()
    history.reason.setFocus()
    press(qtbot, ENTER)
    assert "撤销的原因" in history.banner.text
    assert count(store, Notice) == 2
    press(qtbot, "选错了文件", ENTER)
    assert count(store, Notice) == 0
    [row] = imports.import_rows(store, imports.import_ids(store))
    assert (row.state, row.undo_reason) == (ImportState.UNDONE, "选错了文件")
    assert "选错了文件" in history.undo_button.toolTip()
    history.reject()
    dialog = opened(qtbot, page, book(LEDGER, "1.xlsx", "D2:E2"), "notices")
    dialog.carry_out()
    with store.unit(actor="周敏", operation="test") as session:
        notice = session.exec(select(Notice)).first()
        assert notice
        notice.print_count = 1
        session.add(notice)
    page.show_imports()
    assert not page.history.undo_button.isEnabled()
    assert "不能整批撤销" in page.history.undo_button.toolTip()


def test_a_range_is_pasted_into_the_education_list(
    qtbot: QtBot, page: RegistersPage, store: Store
) -> None:
    tab = cast("Any", page.tab("education"))
    QGuiApplication.clipboard().setText("日期\t方式\t数量\n2026.8.1\t发放传单\t30份\n")
    tab.search.setFocus()
    press(qtbot, PASTE)
    assert tab.search.read()  # a text field keeps its own Ctrl+V
    assert not hasattr(tab, "import_dialog")
    tab.search.write("")
    tab.left.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    tab.left.setFocus()
    press(qtbot, PASTE)
    dialog = tab.import_dialog
    assert "可以导入 1 行" in dialog.frame.banner.text
    dialog.carry_out()
    with store.reading() as session:
        [row] = session.exec(select(Guidance)).all()
    assert (row.quantity, row.kind.label) == (30, "发放宣传单")


def test_a_range_is_pasted_into_the_list_of_notices(
    qtbot: QtBot, store: Store, now: datetime
) -> None:
    an_office(store)
    page = NoticesPage(a_context(store, store.home, now))
    shown(qtbot, page)
    text = "编号\t车牌\t时间\t地点\n旧1号\t湘J12345\t2026/8/1 9:05\t柳叶大道\n"
    QGuiApplication.clipboard().setText(text)
    page.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.list.setFocusProxy(None)  # type: ignore[arg-type]
    page.list.setFocus()
    press(qtbot, PASTE)
    page.import_dialog.carry_out()
    assert count(store, Notice) == 1


def test_a_table_of_a_web_page_is_pasted_into_the_list_of_notices(
    qtbot: QtBot, store: Store, now: datetime
) -> None:
    an_office(store)
    page = NoticesPage(a_context(store, store.home, now))
    shown(qtbot, page)
    table = QMimeData()
    table.setHtml(
        "<table><tr><th>编号<th>车牌<th>时间<th>地点</tr>"
        "<tr><td>旧1号<td>湘J12345<td>2026/8/1 9:05<td>柳叶大道<br>东侧</tr></table>"
    )
    QGuiApplication.clipboard().setMimeData(table)
    page.paste()
    page.import_dialog.carry_out()
    with store.reading() as session:
        assert session.exec(select(Notice)).one().place == "柳叶大道\n东侧"


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("日期\t方式\t数量\t\t\r\n2026/8/1\t宣传单\t'30\t\t\r\n", 30),
        ("2026/8/1\t宣传单\t人民路\t30\r\n", 30),
        ('日期\t方式\t数量\t备注\r\n2026/8/1\t宣传单\t30份\t"上午\n下午"\r\n', 30),
        ("宣传登记\t\t\r\n日期\t方式\t数量\r\n2026/8/1\t宣传单\t30\r\n合计\t\t30\r\n", 30),
    ],
    ids=["blank columns", "without header", "lines in a cell", "title and total"],
)
def test_a_range_as_a_spreadsheet_gives_it_is_pasted_into_the_education_list(
    page: RegistersPage, store: Store, text: str, quantity: int
) -> None:
    QGuiApplication.clipboard().setText(text)
    tab = cast("Any", page.tab("education"))
    tab.paste(copied())
    assert "可以导入 1 行" in tab.import_dialog.frame.banner.text
    tab.import_dialog.carry_out()
    with store.reading() as session:
        assert session.exec(select(Guidance)).one().quantity == quantity


def test_nothing_copied_is_said_and_nothing_offered(qtbot: QtBot, page: RegistersPage) -> None:
    page.take_over("education", pasted="  ")
    assert "剪贴板里没有表格内容" in page.import_dialog.frame.banner.text
    assert not page.import_dialog.frame.take_button.isEnabled()


@pytest.mark.parametrize(
    ("kind", "head", "row", "count_of", "model"),
    [
        ("notices", ["编号", "车牌", "日期", "地点"], lambda at: [f"旧{at}号", "湘J12345", "2026.8.1", "路"], 6000, Notice),
        ("leads", ["来源", "日期", "内容"], lambda at: ["巡查", "2026.8.1", f"占道{at}"], 3000, Lead),
        ("lists", list(LIST), lambda at: [*LIST.values(), f"面积 ≤ {at} 平方米"], 300, ListRow),
    ],
    ids=["notices", "leads", "lists"],
)  # fmt: skip
def test_an_import_under_way_shows_how_far_it_is_can_be_cancelled_and_takes_nothing(
    qtbot: QtBot, store: Store, now: datetime, book: Callable[..., Path],
    kind: str, head: list[str], row: Callable[[int], list[Any]], count_of: int, model: Any,
) -> None:  # fmt: skip
    an_office(store)
    tasks = Tasks(store, print)
    page = RegistersPage(replace(a_context(store, store.home, now), tasks=tasks))
    shown(qtbot, page)
    head = [*head, "适用条件"] if kind == "lists" else head
    path = book([head, *(row(at) for at in range(1, count_of + 1))])
    page.take_over(kind)
    dialog = page.import_dialog
    dialog.frame.path.write(str(path))
    dialog.load()
    qtbot.waitUntil(lambda: dialog.look is not None, timeout=60000)
    assert dialog.look
    assert dialog.look.report.taken == count_of, dialog.look.report.refused[:1]
    told: list[tuple[int, int]] = []
    dialog.carry_out()
    assert dialog._job is not None
    dialog._job.progressed.connect(lambda done, total, _what: told.append((done, total)))
    qtbot.waitUntil(lambda: bool(told), timeout=20000)
    assert dialog._job is not None
    dialog._job.cancel()
    qtbot.waitUntil(lambda: "已取消" in dialog.frame.banner.text, timeout=20000)
    qtbot.waitUntil(lambda: tasks.idle, timeout=20000)
    assert count(store, model) == 0
    tasks.close()
