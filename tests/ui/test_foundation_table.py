"""Long lists: ids at once, rows by page, and every act by keyboard."""

import time
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QWidget

from ui.preferences import preferences
from ui.widgets.basics import EmptyState
from ui.widgets.paged_model import Column, PagedTableModel
from ui.widgets.paged_table import Act, PagedTable

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
MANY = 200_000


@dataclass(frozen=True)
class Row:
    id: int
    plate: str
    fen: int


COLUMNS = [
    Column("编号", lambda row: f"第{row.id:05d}号", 150, "number"),
    Column("号牌", lambda row: row.plate, 120, "plate"),
    Column(
        "罚款", lambda row: f"{row.fen // 100}.00", right=True,
        tone=lambda row: "bad" if row.id == 2 else "", icon=lambda row: "void" if row.id == 2 else "",
    ),
]  # fmt: skip


class Source:
    """Rows by id; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.gone: set[int] = set()

    def load(self, ids):
        self.asked += 1
        return [
            Row(one, f"湘J·{one:05d}", one * 100) for one in reversed(ids) if one not in self.gone
        ]


@pytest.fixture
def source():
    return Source()


def test_the_model_is_sound(qtmodeltester, source):
    model = PagedTableModel(COLUMNS, source.load, page=10, keep=2)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(list(range(1, 101)))
    qtmodeltester.check(model)
    model.reload()
    model.show([])
    qtmodeltester.check(model)


def test_rows_are_loaded_by_the_page_and_a_few_pages_are_kept(source):
    model = PagedTableModel(COLUMNS, source.load, page=10, keep=2)
    model.show(range(1, 101))
    assert source.asked == 0
    for number in (0, 5, 9):
        assert model.row(number).id == number + 1
    assert source.asked == 1
    for number in (15, 25, 0):
        model.row(number)
    assert source.asked == 4


def test_a_row_that_has_gone_shows_as_blank(source):
    model = PagedTableModel(COLUMNS, source.load)
    source.gone = {2}
    model.show([1, 2, 3])
    assert model.index(1, 1).data() is None
    assert model.index(2, 1).data() == "湘J·00003"


def test_a_meaning_has_a_colour_and_an_icon_beside_it(source, look):
    model = PagedTableModel(COLUMNS, source.load)
    model.show([1, 2])
    cell = model.index(1, 2)
    assert cell.data(Qt.ItemDataRole.ForegroundRole).color().name() == "#b3261e"
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert model.index(0, 2).data(Qt.ItemDataRole.ForegroundRole) is None
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)


def test_two_hundred_thousand_rows_open_and_scroll_in_time(shown, source):
    table = shown(PagedTable("many", COLUMNS, source.load, title="很多"))
    began = time.perf_counter()
    table.show_ids(range(MANY))
    table.view.scrollToBottom()
    table.view.viewport().repaint()
    assert time.perf_counter() - began < 0.5
    assert source.asked <= 2


@pytest.fixture
def acts():
    return []


@pytest.fixture
def table(shown, source, acts):
    made = PagedTable(
        "list",
        COLUMNS,
        source.load,
        title="告知书",
        empty=EmptyState("还没有告知书。", "登记第一份", lambda: acts.append("first")),
        acts=(
            Act("打印", lambda ids: acts.append(("print", ids)), "print", "Ctrl+P"),
            Act("修改", lambda ids: acts.append(("edit", ids)), "edit", "F2", single=True),
            Act("作废…", lambda ids: acts.append(("void", ids)), "void", "Delete", danger=True),
        ),
        fen=lambda row: row.fen,
    )
    shown(made)
    made.show_ids(list(range(1, 51)))
    made.view.setFocus()
    return made


def test_enter_and_double_click_open_the_row(table, qtbot):
    table.select(3)
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table.view, Key.Key_Return)
    assert told.args == [3]


def test_arrows_move_and_shift_extends(table, qtbot):
    table.select(1)
    qtbot.keyClick(table.view, Key.Key_Down)
    qtbot.keyClick(table.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_ids() == [2, 3]


def test_acts_have_their_keys_and_are_grey_without_rows(table, qtbot, acts):
    table.view.clearSelection()
    assert [one.isEnabled() for one in table.actions()] == [False, False, False]
    table.select(2)
    qtbot.keyClick(table.view, Key.Key_P, Ctrl)
    qtbot.keyClick(table.view, Key.Key_F2)
    qtbot.keyClick(table.view, Key.Key_Delete)
    assert acts == [("print", [2]), ("edit", [2]), ("void", [2])]


def test_an_act_for_one_row_is_grey_for_two(table, qtbot):
    table.select(2)
    qtbot.keyClick(table.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [one.isEnabled() for one in table.actions()] == [True, False, True]


def test_the_menu_key_offers_the_same_acts(table, qtbot):
    table.select(2)
    qtbot.keyClick(table.view, Key.Key_Menu)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [one.text() for one in menu.actions() if one.text()]
    menu.close()
    assert texts == ["打印", "修改", "作废…", "复制　Ctrl+C", "排序"]


def test_the_menu_sorts_as_the_header_does(table, qtbot):
    table.select(2)
    qtbot.keyClick(table.view, Key.Key_Menu)
    menu = QApplication.activePopupWidget()
    order = next(one.menu() for one in menu.actions() if one.text() == "排序")
    assert [one.text() for one in order.actions()] == ["按编号", "按号牌"]
    with qtbot.waitSignal(table.sort_asked) as told:
        order.actions()[1].trigger()
    menu.close()
    assert told.args == ["plate", False]
    assert table.model.headerData(1, Qt.Orientation.Horizontal) == "号牌 ↑"


def test_copying_gives_what_a_spreadsheet_takes(table, qtbot):
    table.select(1)
    qtbot.keyClick(table.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table.view, Key.Key_C, Ctrl)
    assert QApplication.clipboard().text() == (
        "编号\t号牌\t罚款\n第00001号\t湘J·00001\t1.00\n第00002号\t湘J·00002\t2.00"
    )


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("@SUM", "'@SUM"),
        ("一\t二\n三", "一 二 三"),
        ("-", "-"),
    ],
)
def test_nothing_copied_is_calculated(shown, qtbot, text, copied):
    table = shown(PagedTable("odd", [Column("x", lambda row: text)], Source().load, title="一行"))
    table.show_ids([1])
    table.select(1)
    table.copy()
    assert QApplication.clipboard().text() == copied


def test_count_and_sum_of_the_selection_are_told(table, qtbot):
    told = []
    table.selection_told.connect(told.append)
    table.select(1)
    qtbot.keyClick(table.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert told[-1] == "已选 2 项，共 50 项，合计 3.00 元"
    qtbot.keyClick(table.view, Key.Key_A, Ctrl)
    assert told[-1] == "已选 50 项，共 50 项，合计 1,275.00 元"


def test_a_huge_selection_is_counted_without_loading_it(shown, source):
    table = shown(PagedTable("huge", COLUMNS, source.load, title="很多", fen=lambda row: row.fen))
    table.show_ids(range(MANY))
    asked = source.asked
    table.view.selectAll()
    assert table.told() == "已选 200,000 项，共 200,000 项"
    assert source.asked == asked


def test_a_click_on_a_header_asks_for_another_order(table, qtbot):
    asked = []
    table.sort_asked.connect(lambda key, descending: asked.append((key, descending)))
    header = table.view.horizontalHeader()
    for _ in range(2):
        place = header.sectionViewportPosition(1) + 20
        qtbot.mouseClick(
            header.viewport(),
            Qt.MouseButton.LeftButton,
            pos=header.rect().topLeft() + header.rect().topLeft().__class__(place, 10),
        )
    assert asked == [("plate", False), ("plate", True)]


def test_widths_are_remembered(table, qtbot, shown, source):
    header = table.view.horizontalHeader()
    edge = QPoint(header.sectionSize(0) - 1, 10)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(60, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    wide = table.view.columnWidth(0)
    assert wide > 150
    qtbot.waitUntil(lambda: preferences().value("tables/list") is not None, timeout=2000)
    again = shown(PagedTable("list", COLUMNS, source.load, title="告知书"))
    assert again.view.columnWidth(0) == wide
    again.resize(300, 300)
    assert again.view.columnWidth(0) == wide, "what the officer has set stays"


def test_columns_of_words_give_way_where_the_room_is_short(shown, source):
    columns = [
        Column("编号", lambda row: f"第{row.id:05d}号", 150, "number", firm=True),
        Column("当事人", lambda row: row.plate, 200),
        Column("电话", lambda row: "1", 120),
        Column("证件号码", lambda row: "1", 180, firm=True),
        Column("罚款", lambda row: "1.00", 100, right=True),
        Column("地点", lambda row: row.plate, 200),
    ]
    table = shown(PagedTable("fit", columns, source.load, title="甲"), 1300)
    table.show_ids(list(range(1, 200)))

    def sizes() -> list[int]:
        return [table.view.columnWidth(at) for at in range(6)]

    wide = sizes()
    assert [wide[0], *wide[2:5]] == [150, 120, 180, 100]
    assert wide[1] > 300, "what is to spare goes to the columns of words"
    table.resize(860, 300)
    first, party, phone, number, fine, place = sizes()
    assert (first, phone, number, fine) == (150, 120, 180, 100), "these stay legible"
    assert 120 <= place < 200
    assert 120 <= party < 200
    assert sum(sizes()) <= table.view.viewport().width()
    assert not table.view.horizontalScrollBar().isVisible()
    table.resize(1300, 300)
    assert [*sizes()[:1], *sizes()[2:5]] == [150, 120, 180, 100]
    assert sizes()[1] > 300
    assert preferences().value("tables/fit") is None


def test_a_spare_column_steps_aside_before_words_are_cut_short(shown, source):
    columns = [
        Column("编号", lambda row: f"第{row.id:05d}号", 150, "number", firm=True),
        Column("案由", lambda row: "擅自占用城市道路、在人行道上堆放物料", 300),
        Column("承办", lambda row: "周敏", 120, spare=True),
        Column("地点", lambda row: row.plate, 200, spare=True),
    ]
    table = shown(PagedTable("spare", columns, source.load, title="甲"), 1000)
    table.show_ids([1, 2, 3])

    def hidden() -> list[int]:
        return [at for at in range(4) if table.view.isColumnHidden(at)]

    assert hidden() == []
    table.resize(500, 300)
    assert hidden() == [3], "the last one first"
    table.resize(420, 300)
    assert hidden() == [2, 3]
    assert table.view.columnWidth(1) > 250, "and the words can be read"
    table.resize(1000, 300)
    assert hidden() == []


def test_an_empty_list_says_so_and_offers_the_act_that_fills_it(table, qtbot, acts):
    table.show_ids([])
    assert table.empty.isVisible()
    qtbot.keyClick(table.empty.act, Key.Key_Space)
    assert acts == ["first"]
    table.show_ids([1])
    assert table.view.isVisible()


def test_what_was_selected_stays_selected_when_the_list_changes(table):
    table.select(7)
    table.show_ids([9, 8, 7, 6])
    assert table.selected_ids() == [7]
    assert table.select(99) is False


def test_the_keyboard_always_has_a_row_to_stand_on(table):
    assert table.selected_ids() == [1], "the list was given the focus"
    table.show_ids([4, 5])
    assert table.selected_ids() == [4]


def test_a_list_that_has_not_the_focus_selects_nothing_by_itself(table):
    table.select(7)
    table.view.clearFocus()
    table.show_ids([1, 2])
    assert table.selected_ids() == []
    table.view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert table.selected_ids() == [], "the click itself says which row"


def test_the_table_says_its_name(table):
    assert table.view.accessibleName() == "告知书"


def test_the_title_of_the_column_sorted_by_has_room_for_its_arrow(shown, source):
    narrow = [
        Column("案件", lambda row: "1", 48, "cases", right=True),
        Column("号牌", lambda row: row.plate, 120),
    ]
    table = shown(PagedTable("narrow", narrow, source.load, title="窄"))
    header = table.view.horizontalHeader()
    before = header.sectionSize(0)
    assert before > header.sectionSizeHint(0) > 48, "room for the title, and for its arrow"
    for key in ("cases", "", "cases"):
        table.mark_sorted(key, descending=True)
        assert before >= header.sectionSizeHint(0)
        assert abs(header.sectionSize(0) - before) <= 2, "no column jumps when the list is sorted"


def test_a_list_out_of_view_says_nothing_in_the_status_bar(shown, source):
    stack = QStackedWidget()
    table, other = PagedTable("one", COLUMNS, source.load, title="甲"), QWidget()
    told = []
    table.selection_told.connect(told.append)
    for one in (table, other):
        stack.addWidget(one)
    table.show_ids([1, 2, 3])
    shown(stack)
    assert told[-1] == "共 3 项"
    stack.setCurrentWidget(other)
    assert told[-1] == ""
    table.show_ids([1, 2])
    assert told[-1] == "", "asked again while another page is in view"
    stack.setCurrentWidget(table)
    assert told[-1] == "共 2 项"


@pytest.mark.parametrize("count", [2, 40])
def test_all_that_was_selected_stays_selected_when_the_list_is_asked_again(shown, source, count):
    table = shown(PagedTable("kept", COLUMNS, source.load, title="甲"))
    table.show_ids(list(range(1, 101)))
    table.view.setFocus()
    table.select(10)
    for _ in range(count - 1):
        table.view.setFocus()
        QTest.keyClick(table.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    was = table.selected_ids()
    assert was == list(range(10, 10 + count))
    current = table.model.ids[table.view.currentIndex().row()]
    table.show_ids([500, *(one for one in range(1, 101) if one != 11)])
    assert table.selected_ids() == [one for one in was if one != 11]
    now = table.model.ids[table.view.currentIndex().row()]
    assert now == (current if current != 11 else 10)
