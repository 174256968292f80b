"""总结段落 by keyboard: read, copied, said in the office's own words, put back."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from enforcer.errors import InvalidForm
from enforcer.models import Setting
from enforcer.operations.reports import SummaryWordingForm, save_summary_wording
from enforcer.queries.statistics import SUMMARY_WORDING
from enforcer.store.database import Store
from tests.factories import an_office
from tests.queries.statistics_rows_made import a_notice
from tests.ui.register_desk import a_context, press, shown, words
from ui.preferences import preferences
from ui.statistics import StatisticsPage

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
AT = datetime(2026, 9, 8, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
NOTICES = "发放温馨告知书{guidance.notices}份"


@pytest.fixture
def page(qtbot: QtBot, store: Store) -> StatisticsPage:
    an_office(store)
    with store.unit(actor="测试", operation="test") as session:
        a_notice(session, date(2026, 7, 3), "湘J8K216")
    preferences().clear()
    made = StatisticsPage(a_context(store, store.home, AT))
    shown(qtbot, made)
    press(qtbot, (Qt.Key.Key_7, ALT))
    return made


def test_the_paragraph_is_read_and_copied(qtbot: QtBot, page: StatisticsPage) -> None:
    assert page.summary.isVisible()
    assert "发放温馨告知书1份" in page.summary.paragraph.text()
    press(qtbot, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == page.summary.paragraph.text()


def test_the_offices_own_words_show_while_typing_and_are_kept(
    qtbot: QtBot, page: StatisticsPage, store: Store
) -> None:
    field = page.summary.fields[NOTICES]
    field.editor.setFocus()
    field.editor.selectAll()
    assert field.read() == "发放温馨告知书{温馨告知书}份"
    press(qtbot, "向车主发放温馨提示{温馨告知书}张")
    assert "向车主发放温馨提示1张" in page.summary.paragraph.text()
    press(qtbot, (Qt.Key.Key_Return, CTRL))
    with store.reading() as session:
        row = session.get(Setting, SUMMARY_WORDING)
        assert row
        assert row.value == {NOTICES: "向车主发放温馨提示{guidance.notices}张"}
    assert page.report
    assert page.report.wording == row.value
    assert "措辞已保存" in page.summary.banner.text
    page.summary.restore()
    page.summary.save()
    with store.reading() as session:
        row = session.get(Setting, SUMMARY_WORDING)
        assert row
        assert row.value == {}


def test_an_unknown_name_is_refused_under_its_field(
    qtbot: QtBot, page: StatisticsPage, store: Store
) -> None:
    field = page.summary.fields[NOTICES]
    field.editor.setFocus()
    field.editor.selectAll()
    press(qtbot, "发放{告知}份", (Qt.Key.Key_Return, CTRL))
    assert "“{告知}”不是统计数字的名称" in words(field)
    with store.reading() as session:
        assert session.get(Setting, SUMMARY_WORDING) is None


@pytest.mark.parametrize("texts", [{NOTICES: "{x}"}, {NOTICES: "x}"}, {"没有这一句": "x"}])
def test_the_operation_refuses_what_the_screen_refuses(store: Store, texts: dict[str, str]) -> None:
    with pytest.raises(InvalidForm):
        save_summary_wording(
            store, SummaryWordingForm(texts=texts), today=AT.date(), now=AT, actor="林晓"
        )
