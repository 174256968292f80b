"""宣传教育 by keyboard: every kind, narrowed by kind and span, summed, out to Excel and in again."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import Guidance
from enforcer.store.database import Store
from enforcer.terms import GuidanceKind
from tests.factories import an_office
from tests.queries.statistics_rows_made import an_education
from tests.ui.register_desk import CTRL, QuietWindow, a_context, press, shown
from ui.registers import RegistersPage
from ui.registers.education import EducationTab

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, store: Store, now: datetime) -> RegistersPage:
    an_office(store)
    with store.unit(actor="测试", operation="test") as session:
        for at, kind in enumerate(GuidanceKind):
            an_education(session, date(2026, 9 - at, 1), kind, 100 + at)
    made = RegistersPage(a_context(store, store.home, now))
    shown(qtbot, made)
    return made


def tab_of(page: RegistersPage) -> EducationTab:
    return cast("EducationTab", page.tab("education"))


def told(page: RegistersPage) -> str:
    return cast("QuietWindow", page.context.window).selection


@pytest.mark.parametrize("kind", list(GuidanceKind))
def test_every_kind_can_be_entered_and_found_by_its_filter(
    qtbot: QtBot, page: RegistersPage, store: Store, kind: GuidanceKind
) -> None:
    tab = tab_of(page)
    tab.search.setFocus()
    press(qtbot, (Key.Key_N, CTRL))
    tab.fields["kind"].write(kind)
    tab.fields["place_or_target"].editor.setFocus()
    press(qtbot, "柳叶大道", (Key.Key_Return, CTRL))
    tab.kind.write(kind)
    assert len(tab.table.model.ids) == 2
    with store.reading() as session:
        rows = session.exec(select(Guidance).where(Guidance.kind == kind)).all()
    assert "柳叶大道" in [one.place_or_target for one in rows]


def test_the_list_is_narrowed_by_span_and_its_quantity_summed(
    qtbot: QtBot, page: RegistersPage
) -> None:
    tab = tab_of(page)
    assert told(page).endswith("数量合计 615")
    tab.span.period.write("quarter")
    assert len(tab.table.model.ids) == 3
    assert told(page).endswith("数量合计 303")
    tab.span.period.write("span")
    tab.span.first.write(date(2026, 8, 1))
    tab.span.last.write(date(2026, 8, 31))
    assert told(page).endswith("数量合计 101")
    tab.span.period.write("any")
    tab.table.view.setFocus()
    press(qtbot, Key.Key_Home, (Key.Key_Down, Qt.KeyboardModifier.ShiftModifier))
    assert "已选 2 项" in told(page)
    assert told(page).endswith("数量合计 201")


def test_nothing_found_is_said_and_a_link_shows_its_act_all_the_same(page: RegistersPage) -> None:
    tab = tab_of(page)
    tab.span.period.write("today")
    assert "请放宽条件" in tab.table.empty._sentence.text()
    tab.select(1)
    assert tab.table.selected_ids() == [1]


def test_what_the_eye_sees_goes_to_excel_and_comes_back(
    page: RegistersPage, tmp_path: Path
) -> None:
    tab = tab_of(page)
    tab.kind.write(GuidanceKind.LEAFLET)
    path = tmp_path / "宣传教育台账.xlsx"
    page.export_to(path)
    cells = [[one.value for one in row] for row in openpyxl.load_workbook(path).active.iter_rows()]
    assert len([row for row in cells if "发放宣传单" in row]) == 1
    assert not [row for row in cells if "说服教育" in row]
    page.import_excel()
    dialog = page.import_dialog
    dialog.frame.path.write(str(path))
    dialog.load()
    assert "可以导入 1 行" in dialog.frame.banner.text
