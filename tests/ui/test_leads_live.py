"""What stands against a step of a lead shows while it is typed, as in the case; a void lead is struck."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.course_terms import LeadOutcome
from enforcer.store.database import Store
from tests.operations.lead_desk import LeadOffice, checked, deeds, do, register, row
from tests.ui.lead_screen import CHINA, SAVE, TOLD, a_page, context, focus, people
from tests.ui.register_desk import CTRL, press, words
from ui.context import Context
from ui.leads.listing import ALL
from ui.leads.steps import StepPanel

__all__ = ["context", "people"]


def rested(qtbot: QtBot) -> None:
    """The officer rests; what was asked in the background is answered."""
    qtbot.wait(450)
    QApplication.processEvents()


def a_panel(page: Any, lead: int, key: str) -> StepPanel:
    page.show_lead(lead)
    page.view.begin(key)
    panel: StepPanel = page.view.panel
    return panel


def stepped(store: Store, people: LeadOffice, key: str) -> int:
    """A lead at which this step is next."""
    if key in ("assign", "check"):
        return register(store, people, TOLD)
    lead = checked(store, people, TOLD, reply_due_on=date(2026, 9, 8))
    if key == "follow_up":
        do(store, "reply", TOLD, lead_id=lead, way="电话", reply="好", by_id=people.officer)
    return lead


WRONG: tuple[tuple[str, dict[str, Any], str, dict[str, Any]], ...] = (
    ("assign", {"on": date(2026, 8, 31)}, "第四十七条", {"on": TOLD}),
    ("check", {"findings": "属实", "on": date(2026, 9, 9)}, "之后", {"on": TOLD}),
    (
        "extend",
        {"until": date(2026, 9, 8), "reason": "测量"},
        "不晚于",
        {"until": date(2026, 9, 9)},
    ),
    (
        "settle",
        {"outcome": LeadOutcome.REFUSED, "reason": "没有违法", "by_id": "officer"},
        "第五十四条第二款",
        {"by_id": "head"},
    ),
    ("settle", {"outcome": LeadOutcome.MERGED, "reason": "重复"}, "并入哪一条", {"into": "other"}),
    ("settle", {"outcome": LeadOutcome.PERSUADED}, "第七十六条第二款", {"reason": "已清走"}),
    ("reply", {"reply": "好", "on": date(2026, 8, 31)}, "第四十七条", {"on": TOLD}),
    ("follow_up", {"words": "好", "on": date(2026, 8, 31)}, "倒签", {"on": TOLD}),
    ("take_back", {"why": "记错", "by_id": None}, "第四十七条", {"by_id": "officer"}),
    ("void", {"why": "登记了两次", "by_id": None}, "第四十七条", {"by_id": "officer"}),
)


@pytest.mark.parametrize(("key", "wrong", "why", "mended"), WRONG)
def test_a_step_is_grey_with_its_reason_while_it_is_typed_and_goes_once_it_is_mended(
    qtbot: QtBot,
    context: Context,
    store: Store,
    people: LeadOffice,
    key: str,
    wrong: dict[str, Any],
    why: str,
    mended: dict[str, Any],
) -> None:
    lead, other = stepped(store, people, key), checked(store, people, TOLD)
    known = {"officer": people.officer, "head": people.head, "other": ("lead", other)}
    before = deeds(store, lead)
    panel = a_panel(a_page(qtbot, context), lead, key)
    if key == "assign":
        panel.binder.set_values({"handler_id": people.second})
    panel.binder.set_values({name: known.get(str(one), one) for name, one in wrong.items()})
    assert panel.save.isEnabled()
    panel.binder.edited.emit()
    rested(qtbot)
    assert not panel.save.isEnabled()
    assert why in panel.save.toolTip()
    assert "（" in panel.save.toolTip(), "the article stands with it"
    assert why in words(panel.acts)
    press(qtbot, SAVE)
    assert deeds(store, lead) == before
    panel.binder.set_values({name: known.get(str(one), one) for name, one in mended.items()})
    panel.binder.edited.emit()
    assert panel.save.isEnabled(), "what is typed on is not held by what stood before"
    rested(qtbot)
    assert panel.save.isEnabled(), panel.save.toolTip()
    panel.carry_out()
    assert len(deeds(store, lead)) == len(before) + 1


def test_nothing_is_said_before_anything_is_typed(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    panel = a_panel(a_page(qtbot, context), register(store, people, TOLD), "check")
    rested(qtbot)
    assert panel.save.isEnabled()
    assert (panel.message.isHidden(), panel.findings.isHidden()) == (True, True)


def test_a_doubt_asks_for_its_reason_while_it_is_typed(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people, TOLD, reply_due_on=date(2026, 9, 2))
    panel = a_panel(a_page(qtbot, context), lead, "extend")
    panel.binder.set_values({"until": date(2026, 9, 15)})
    panel.binder.jump("reason")
    press(qtbot, "测量")
    rested(qtbot)
    found = panel.findings.row("extension_after_due")
    assert found is not None
    assert not panel.findings.isHidden()
    assert focus() == "lead_step_reason", "the focus stays where one types"
    found.reason.setFocus()
    press(qtbot, "九月二日口头批准")
    rested(qtbot)
    assert panel.findings.row("extension_after_due") is found, "an answered doubt keeps its answer"
    press(qtbot, SAVE)
    assert row(store, lead).reply_due_on == date(2026, 9, 15)


def test_a_lead_told_tomorrow_is_refused_while_it_is_registered(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    register(store, people, TOLD, source_number="RX-1")
    page = a_page(qtbot, context)
    page.begin()
    form = page.form
    form.binder.set_values({"received_at": datetime(2026, 9, 9, 9, tzinfo=CHINA)})
    form.binder.jump("content")
    press(qtbot, "门前堆放建材")
    rested(qtbot)
    assert not form.save_button.isEnabled()
    assert not form.more_button.isEnabled()
    assert "在现在之后" in form.save_button.toolTip()
    assert "第五十四条第二款" in words(form.acts)
    press(qtbot, SAVE)
    assert form.fields["received_at"].editor.hasFocus(), "Ctrl+Enter goes to the field"
    form.binder.set_values({"received_at": datetime(2026, 9, 3, 9, tzinfo=CHINA)})
    form.binder.jump("source_number")
    press(qtbot, "RX-1")
    rested(qtbot)
    assert form.save_button.isEnabled()
    assert form.findings.codes == ["lead_known"], "the same order was entered before"
    press(qtbot, (Qt.Key.Key_A, CTRL), "RX-2")
    rested(qtbot)
    assert form.findings.isHidden()
    form.save()
    assert row(store, 2).source_number == "RX-2"


def test_a_correction_is_weighed_while_it_is_typed(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people, TOLD)
    page = a_page(qtbot, context)
    page.show_lead(lead)
    page.view.correct()
    form = page.form
    form.binder.set_values({"received_at": datetime(2026, 9, 2, 9, tzinfo=CHINA)})
    form.binder.jump("why")
    press(qtbot, "日期记错")
    rested(qtbot)
    assert not form.save_button.isEnabled()
    assert "晚于核查日期" in form.save_button.toolTip()


def test_a_lead_is_made_void_struck_in_the_list_and_brought_back(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = register(store, people, TOLD)
    page = a_page(qtbot, context)
    page.show_lead(lead)
    view = page.view
    view.void_button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert focus() == "lead_step_why"
    press(qtbot, "同一来电登记了两次", SAVE)
    assert row(store, lead).void_reason == "同一来电登记了两次"
    assert "作废：同一来电登记了两次" in view.banner.text
    assert all(one.isHidden() for one in view.buttons.values())
    assert not view.void_button.isEnabled()
    page.show_list()
    model = page.list.table.model
    assert list(model.ids) == []
    page.list.state.write(ALL)
    assert list(model.ids) == [lead]
    fonts = [model.index(0, at).data(Qt.ItemDataRole.FontRole) for at in range(model.columnCount())]
    assert [isinstance(one, QFont) and one.strikeOut() for one in fonts] == [*[True] * 8, False]
    assert model.index(0, model.columnCount() - 1).data() == "作废"
    page.show_lead(lead)
    view.begin("take_back")
    press(qtbot, "作废错了", SAVE)
    assert row(store, lead).voided_on is None
    assert view.buttons["check"].isEnabled()


def test_what_became_a_case_has_a_grey_void_button_that_says_why(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people, TOLD)
    do(store, "reply", TOLD, lead_id=lead, way="电话", reply="好", by_id=people.officer)
    page = a_page(qtbot, context)
    page.show_lead(lead)
    assert not page.view.void_button.isEnabled()
    assert "已于 2026-09-01 答复，不能作废" in page.view.void_button.toolTip()
    assert "第四十七条" in page.view.void_button.toolTip()
