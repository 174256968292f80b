"""An older ledger of leads through the screen: mapped, looked at, taken, written out, taken back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import Lead
from enforcer.store.database import Store
from tests.operations.lead_desk import LeadOffice
from tests.ui.lead_screen import ENTER, a_page, context, people
from tests.ui.register_desk import CTRL, press, shown
from ui.context import Context
from ui.imports.preview import KNOWN
from ui.leads import LeadsPage

__all__ = ["context", "people"]
THEIRS = [
    ["某街道线索登记簿"],
    [
        "序号",
        "来件编号",
        "渠道",
        "来件时间",
        "反映内容",
        "反映地点",
        "办理情况",
        "办理结果",
        "办结日期",
    ],
    [1, "GD1", "12345热线", "2026.8.1", "夜市占道", "柳叶大道", "当场收摊", "已劝离", "2026.8.2"],
    [2, "GD2", "红网", "2026年8月3日", "乱堆物料", "人民路", "", "", ""],
    [3, "GD3", "天上", "2026.8.4", "噪声", "人民路", "", "", ""],
]


def all_leads(store: Store) -> list[Lead]:
    with store.reading() as session:
        return list(session.exec(select(Lead).order_by(Lead.id)))  # type: ignore[arg-type]


def taken(qtbot: QtBot, page: LeadsPage, path: Path) -> str:
    page.list.import_button.click()
    dialog = page.import_dialog
    shown(qtbot, dialog)
    dialog.frame.path.setFocus()
    dialog.frame.path.write(str(path))
    press(qtbot, ENTER)
    told = dialog.frame.banner.text
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    return str(told)


def test_a_strange_ledger_of_leads_is_taken_written_out_and_known_again(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice, tmp_path: Path
) -> None:
    del people
    book = openpyxl.Workbook()
    assert book.active
    for row in THEIRS:
        book.active.append(row)
    path = tmp_path / "登记簿.xlsx"
    book.save(path)
    page = a_page(qtbot, context)
    told = taken(qtbot, page, path)
    assert "可以导入 2 行，不能导入 1 行。导入的都标明“补录”。" in told
    first, second = all_leads(store)
    assert (first.source.label, first.source_number, first.backfilled) == ("市长热线", "GD1", True)
    assert (first.outcome_reason, str(first.outcome_on)) == ("当场收摊", "2026-08-02")
    assert (second.source.label, second.outcome) == ("论坛", None)
    page.import_dialog.reject()
    page.list.show_only()
    assert set(page.list.table.model.ids) == {first.id, second.id}
    out = tmp_path / "线索.xlsx"
    page.list.export_to(out)
    assert "已有的 2 行不再导入" in taken(qtbot, page, out)
    assert [one.state for one in page.import_dialog._rows([0, 1])] == [KNOWN, KNOWN]
    assert len(all_leads(store)) == 2
    page.import_dialog.show_history()
    history = page.import_dialog.history
    shown(qtbot, history)
    history.reason.setFocus()
    press(qtbot, "选错了文件", ENTER)
    assert all_leads(store) == []


def test_a_range_is_pasted_into_the_list_of_leads(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    del people
    page = a_page(qtbot, context)
    QGuiApplication.clipboard().setText("来源\t收到时间\t内容\n巡查\t2026/8/1\t占道\n")
    page.list.table.view.setFocus()
    press(qtbot, (Qt.Key.Key_V, CTRL))
    assert "可以导入 1 行" in page.import_dialog.frame.banner.text
    page.import_dialog.carry_out()
    assert [one.content for one in all_leads(store)] == ["占道"]
