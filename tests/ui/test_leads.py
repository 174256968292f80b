"""The list of leads through the screen: narrowed, sorted, exported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from enforcer.course_terms import LeadSource
from enforcer.queries.leads import LeadStanding
from enforcer.store.database import Store
from tests.operations.lead_desk import (
    LeadOffice,
    checked,
    do,
    register,
)
from tests.ui.lead_screen import (
    ENTER,
    TOLD,
    a_page,
    context,
    focus,
    people,
    said,
)
from tests.ui.register_desk import press, words
from ui.context import Context
from ui.leads.listing import ALL

__all__ = ["context", "people"]


def test_the_list_begins_with_what_is_open_and_is_narrowed(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    late = register(store, people, TOLD, reply_due_on=date(2026, 9, 2))
    due = register(store, people, TOLD, source="forum", reply_due_on=date(2026, 9, 4))
    done = checked(store, people, TOLD, source="patrol", informant="", informant_phone="")
    ends = {"outcome": "persuaded", "reason": "已清走", "by_id": people.officer}
    do(store, "settle", TOLD, lead_id=done, **ends)
    page = a_page(qtbot, context)
    model = page.list.table.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert set(model.ids) == {late, due}
    assert "未办结 2 件 · 逾期 1 件 · 将到期 1 件" in words(page.list.header)
    at = model.find(late)
    shown_row = [model.index(at, column).data() for column in range(model.columnCount())]
    assert shown_row[0] == "线索〔2026〕0001号"
    assert shown_row[-2:] == ["2026-09-02", "逾期"]
    assert "刘大伟" not in "".join(shown_row)
    page.list.state.write(LeadStanding.LATE)
    assert list(model.ids) == [late]
    page.list.state.write(ALL)
    assert set(model.ids) == {late, due, done}
    page.list.source.write(LeadSource.FORUM)
    assert list(model.ids) == [due]
    page.open_section("due")
    assert list(model.ids) == [due]
    page.list.show_only()
    page.look_for()
    assert focus() == "lead_search"
    press(qtbot, "0003", ENTER)
    assert list(model.ids) == [done]


def test_the_list_is_sorted_and_exported_as_seen(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice, tmp_path: Path
) -> None:
    first = register(store, people, TOLD, place="乙路")
    second = register(store, people, TOLD, place="甲路")
    page = a_page(qtbot, context)
    page.list._sorted("number", False)
    assert list(page.list.table.model.ids) == [first, second]
    page.list._sorted("number", True)
    assert list(page.list.table.model.ids) == [second, first]
    path = tmp_path / "线索.xlsx"
    page.list.export_to(path)
    sheet = openpyxl.load_workbook(path).active
    assert [one.value for one in sheet["A"]] == ["编号", "线索〔2026〕0002号", "线索〔2026〕0001号"]
    assert "要求保密的反映人已遮盖" in said(context)
