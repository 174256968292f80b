"""The list of cases and the page of one: found, sorted, exported, paid, reported, closed by keyboard."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import AuditEntry, Case, Decision, Document, Payment
from enforcer.operations import summary
from enforcer.queries.cases import Standing
from enforcer.store.database import Store
from enforcer.terms import Origin, PartyKind, Procedure, Stage
from tests.factories import Office, an_office
from tests.operations.summary_desk import a_form, decide
from tests.ui.register_desk import CTRL, a_context, press, shown, words
from ui.cases import CasesPage
from ui.cases.course.slip import SlipDialog
from ui.context import Clock, Context

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 9, 3, 10, 12, tzinfo=CHINA)
TAB, ENTER, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down
SAVE = (Qt.Key.Key_Return, CTRL)


@pytest.fixture
def office(store: Store) -> Office:
    return an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))


@pytest.fixture
def made(store: Store, office: Office) -> list[summary.Decided]:
    """Three decisions: 200 元 at the bank, 100 元 collected on the spot, 50 元 at the bank."""
    return [
        decide(store, a_form(office)),
        decide(
            store,
            a_form(
                office,
                party_name="王某",
                id_kind="passport",
                party_id_number="E12345678",
                fine_yuan="100",
                payment="on_spot_small",
                receipt_number="湘财00012345",
                place="滨河路2号",
            ),
        ),
        decide(
            store,
            a_form(
                office,
                party_name="赵某",
                id_kind="passport",
                party_id_number="E7654321",
                fine_yuan="50",
                place="人民路9号",
            ),
        ),
    ]


@pytest.fixture
def context(store: Store, office: Office, qapp: QApplication) -> Context:
    assert office
    assert qapp
    return a_context(store, store.home, NOW)


def a_page(qtbot: QtBot, context: Context) -> CasesPage:
    page = CasesPage(context)
    shown(qtbot, page)
    return page


def at(context: Context, moment: datetime) -> Context:
    """The same window on another day."""
    return Context(
        context.store,
        context.tasks,
        context.theme,
        context.home,
        context.actor,
        Clock(lambda: moment),
        context.window,
    )


def focus() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget else ""


# the list


def test_an_empty_list_says_what_fills_it(qtbot: QtBot, context: Context) -> None:
    page = a_page(qtbot, context)
    assert "可以当场处罚" in words(page.list.empty)
    page.list.empty.act.click()
    assert page.stack.currentWidget() is page.desk


def test_the_list_shows_what_was_decided_newest_first(
    qtbot: QtBot, context: Context, made: list[summary.Decided]
) -> None:
    page = a_page(qtbot, context)
    model = page.list.table.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert list(model.ids) == [one.case_id for one in reversed(made)]
    first = [model.index(2, column).data() for column in range(model.columnCount())]
    assert first[:5] == [
        "常城管当罚字〔2026〕第001号",
        "李国强",
        "擅自占用城市道路",
        "罚款",
        "200.00",
    ]
    assert first[7] == "待缴款"
    assert "今年当场处罚 3 件" in words(page.list.header)


def test_words_and_standing_narrow_the_list(
    qtbot: QtBot, context: Context, made: list[summary.Decided]
) -> None:
    page = a_page(qtbot, context)
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    page.look_for()
    assert focus() == "case_search"
    press(qtbot, "滨河路", Qt.Key.Key_Return)
    assert list(page.list.table.model.ids) == [made[1].case_id]
    page.list.search.clear()
    page.list.standing.write(Standing.TO_REPORT)
    assert list(page.list.table.model.ids) == [made[1].case_id]
    page.list.standing.write(Standing.CLOSED)
    assert "放宽查找条件" in words(page.list.empty)


def test_a_click_on_a_heading_sorts(
    qtbot: QtBot, context: Context, made: list[summary.Decided]
) -> None:
    page = a_page(qtbot, context)
    page.list.table.sort_asked.emit("fine", False)
    assert list(page.list.table.model.ids) == [made[2].case_id, made[1].case_id, made[0].case_id]


def test_the_selection_is_counted_and_summed(
    qtbot: QtBot, context: Context, made: list[summary.Decided]
) -> None:
    page = a_page(qtbot, context)
    page.list.table.view.selectAll()
    window: Any = context.window
    assert window.selection == "已选 3 项，共 3 项，合计 350.00 元"
    assert made


def test_what_is_seen_goes_to_excel_in_its_order(
    qtbot: QtBot, context: Context, made: list[summary.Decided], tmp_path: Path, store: Store
) -> None:
    page = a_page(qtbot, context)
    page.list.search.write("路")
    page.list.table.sort_asked.emit("fine", False)
    path = tmp_path / "案件.xlsx"
    page.list.export_to(path)
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = next(row for row in rows if "决定书文号" in row)
    body = rows[rows.index(header) + 1 :]
    assert [row[header.index("当事人")] for row in body] == ["赵某", "王某", "李国强"]
    assert [row[header.index("罚款金额(元)")] for row in body] == [50, 100, 200]
    with store.reading() as session:
        assert session.exec(select(AuditEntry).where(AuditEntry.action == "export")).one()
    assert made


def test_enter_opens_the_case_and_esc_goes_back(
    qtbot: QtBot, context: Context, made: list[summary.Decided]
) -> None:
    page = a_page(qtbot, context)
    page.list.table.select(made[0].case_id)
    page.list.table.view.setFocus()
    press(qtbot, ENTER)
    assert page.stack.currentWidget() is page.view
    assert page.view.case_id == made[0].case_id
    window: Any = context.window
    assert window.selection == "", "a case is no list"
    press(qtbot, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.list
    assert window.selection == "共 3 项"


def test_a_search_hit_or_a_link_opens_a_case(
    qtbot: QtBot, context: Context, made: list[summary.Decided]
) -> None:
    page = a_page(qtbot, context)
    page.open_item("case", made[1].case_id)
    assert page.view.case_id == made[1].case_id
    page.open_item("case", made[2].number)
    assert page.view.case_id == made[2].case_id
    page.open_item("document", made[0].document_id)
    assert page.view.case_id == made[0].case_id


# the page of a case


def test_the_page_shows_facts_clocks_paper_and_what_is_next(
    qtbot: QtBot, context: Context, made: list[summary.Decided]
) -> None:
    page = a_page(qtbot, context)
    page.show_case(made[0].case_id)
    said = words(page.view)
    for one in (
        "李国强擅自占用城市道路案",
        "贰佰元整（￥200.00）",
        "到 2026-09-18，还有 15 日",
        "当日不计入",
        "报本机关备案",
        "还没有打印",
    ):
        assert one in said, one
    assert page.view.preview.page_count == 2
    assert not page.view.buttons["close"].isEnabled()
    assert "第五十三条" in page.view.why.text()
    assert not page.view.buttons["hand_in"].isEnabled()


def test_a_case_is_paid_reported_and_closed_by_keyboard(
    qtbot: QtBot, context: Context, made: list[summary.Decided], store: Store
) -> None:
    page = a_page(qtbot, context)
    page.show_case(made[0].case_id)
    view = page.view
    view.buttons["pay"].setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert focus() == "step_paid_on"
    press(qtbot, ENTER)
    assert focus() == "step_amount_yuan"
    press(qtbot, (Qt.Key.Key_A, CTRL), "200.01", SAVE)
    assert "超过尚未缴纳的 200.00 元" in words(view.panel)
    press(qtbot, (Qt.Key.Key_A, CTRL), "200", SAVE)
    assert view.panel is None
    with store.reading() as session:
        row = session.exec(select(Payment).where(Payment.decision_id == made[0].decision_id)).one()
    assert row.amount_fen == 20_000
    assert not view.buttons["pay"].isEnabled()
    view.begin("report")
    press(qtbot, SAVE)
    view.begin("close")
    press(qtbot, SAVE)
    with store.reading() as session:
        case = session.get(Case, made[0].case_id)
        assert case is not None
        assert (case.stage, case.closed_on) == (Stage.CLOSED, NOW.date())
    assert "已结案" in words(view.header)


def test_collected_money_is_handed_in_twice(
    qtbot: QtBot, context: Context, made: list[summary.Decided], store: Store
) -> None:
    page = a_page(qtbot, context)
    page.show_case(made[1].case_id)
    page.view.begin("hand_in")
    press(qtbot, SAVE)
    page.view.begin("hand_in")
    press(qtbot, SAVE)
    with store.reading() as session:
        row = session.exec(select(Payment).where(Payment.decision_id == made[1].decision_id)).one()
    assert (row.to_organ_on, row.to_bank_on) == (NOW.date(), NOW.date())
    assert not page.view.buttons["hand_in"].isEnabled()


def test_esc_leaves_a_step_without_doing_it(
    qtbot: QtBot, context: Context, made: list[summary.Decided], store: Store
) -> None:
    page = a_page(qtbot, context)
    page.show_case(made[0].case_id)
    page.view.begin("revoke")
    press(qtbot, Qt.Key.Key_Escape)
    assert page.view.panel is None
    assert page.stack.currentWidget() is page.view
    with store.reading() as session:
        assert session.get(Decision, made[0].decision_id).revoked_on is None  # type: ignore[union-attr]


def test_a_revocation_needs_its_reason_and_stays_in_view(
    qtbot: QtBot, context: Context, made: list[summary.Decided]
) -> None:
    page = a_page(qtbot, context)
    page.show_case(made[0].case_id)
    page.view.begin("revoke")
    press(qtbot, SAVE)
    assert page.view.panel is not None
    assert page.view.panel.fields["reason"].error
    page.view.panel.fields["reason"].editor.setFocus()
    press(qtbot, "当事人身份认定错误", SAVE)
    assert page.view.panel is None
    assert "已于 2026-09-03 撤销：当事人身份认定错误" in page.view.banner.text
    assert page.view.buttons["revoke"].isHidden()
    page.view.take_back()
    (dialog,) = page.view.findChildren(SlipDialog)
    dialog.why.widget.insert("录错了案件")
    dialog.by.write(dialog.by.widget._all[0].key)
    dialog.carry_out()
    assert page.view.banner.isHidden(), page.view.banner.text
    assert not page.view.buttons["revoke"].isHidden(), "the decision stands again"


def test_a_late_payment_shows_what_may_be_added_and_asks_for_it_at_closing(
    qtbot: QtBot, context: Context, made: list[summary.Decided], store: Store
) -> None:
    late = at(context, NOW + timedelta(days=20))
    page = a_page(qtbot, late)
    page.show_case(made[0].case_id)
    assert "逾期 5 日，可以加处罚款 30.00 元" in page.view.banner.text
    page.view.begin("pay")
    panel = page.view.panel
    assert panel.fields["additional_yuan"].read() == 3_000
    panel.fields["additional_yuan"].write(None)
    panel.save.click()
    page.view.begin("report")
    page.view.panel.save.click()
    page.view.begin("close")
    page.view.panel.save.click()
    reason = page.view.panel.findings.row("additional_open").reason
    reason.setFocus()
    press(qtbot, "经批准不加处", SAVE)
    with store.reading() as session:
        case = session.get(Case, made[0].case_id)
        assert case is not None
        assert case.stage is Stage.CLOSED


def test_printing_asks_for_the_printer_and_counts_what_was_spooled(
    qtbot: QtBot, context: Context, made: list[summary.Decided], store: Store
) -> None:
    from ui.widgets.printing import PrintDialog

    page = a_page(qtbot, context)
    page.show_case(made[0].case_id)
    page.view.print_button.click()
    dialog = page.view.findChild(PrintDialog)
    assert dialog is not None
    dialog._then(1)
    dialog.close()
    with store.reading() as session:
        row = session.get(Document, made[0].document_id)
        assert row is not None
        assert row.print_count == 1
    assert "已打印 1 次" in words(page.view)


def test_a_backfilled_case_has_no_paper_and_says_so(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    with store.unit(actor="测试") as session:
        row = Case(
            number="云城管当罚字〔2025〕第9号",
            procedure=Procedure.SUMMARY,
            stage=Stage.CLOSED,
            origin=Origin.BACKFILLED,
            cause="擅自占用城市道路",
            party_name="旧人",
            party_kind=PartyKind.CITIZEN,
            closed_on=date(2025, 5, 6),
        )
        session.add(row)
        session.flush()
        case_id = row.id
        session.add(
            Decision(
                case_id=case_id,
                number=row.number,
                procedure=Procedure.SUMMARY,
                decided_on=date(2025, 5, 5),
                kinds=["fine"],
                heaviest="fine",
                fine_fen=5_000,
                discretion="ordinary",
            )
        )
    page = a_page(qtbot, context)
    page.show_case(case_id)
    assert "没有本程序签发的文书" in words(page.view)
    assert not page.view.print_button.isEnabled()


def test_an_ordinary_case_is_shown_with_its_own_course_and_the_step_asked_next(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    with store.unit(actor="测试") as session:
        row = Case(
            number="云城管立字〔2026〕第1号",
            procedure=Procedure.ORDINARY,
            stage=Stage.FILED,
            origin=Origin.MADE_HERE,
            cause="遗撒渣土",
            party_name="某公司",
            party_kind=PartyKind.LEGAL_PERSON,
            filed_on=date(2026, 9, 1),
        )
        session.add(row)
        session.flush()
        case_id = row.id
    page = a_page(qtbot, context)
    page.show_case(case_id)
    assert page.stack.currentWidget() is page.course
    assert page.course.header.title.toolTip() == "某公司遗撒渣土案"
    page.course.show_stage("decision")
    assert page.course.form is None
    assert "还没有办理“调查终结”，不能办理“呈报处理意见”" in words(page.course.sheet)
