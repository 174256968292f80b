"""The registers by keyboard alone: what is typed arrives in the row, what is wrong stays typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import AuditEntry
from enforcer.operations import drafts, registers
from enforcer.operations.register_exports import ExportRegisterForm, export_register
from enforcer.queries import parties
from enforcer.queries import registers as people
from enforcer.store.database import Store
from enforcer.terms import GuidanceKind, PlateKind, RecorderState
from tests.factories import an_office
from tests.ui.register_desk import CTRL, QuietWindow, a_context, press, shown, words
from tests.ui.test_foundation_parentless import Windows
from ui.register_tab import RegisterTab
from ui.registers import RegistersPage
from ui.tasks import Tasks

Key = Qt.Key
ENTER, SAVE, NEW = Key.Key_Return, (Key.Key_Return, CTRL), (Key.Key_N, CTRL)


@pytest.fixture
def page(qtbot: QtBot, store: Store, now: datetime) -> RegistersPage:
    an_office(store)
    made = RegistersPage(a_context(store, store.home, now))
    shown(qtbot, made)
    return made


def go(page: RegistersPage, name: str) -> RegisterTab:
    tab = cast("RegisterTab", page.tab(name))
    tab.search.setFocus()
    return tab


def window(page: RegistersPage) -> QuietWindow:
    return cast("QuietWindow", page.context.window)


def names(store: Store) -> list[str]:
    ids = people.officer_ids(store, retired=True)
    return [one.name for one in people.officer_rows(store, ids)]


def test_no_window_flashes_up_while_the_registers_are_made(
    qtbot: QtBot, store: Store, now: datetime
) -> None:
    seen, app = Windows(), QApplication.instance()
    assert app
    app.installEventFilter(seen)
    page = RegistersPage(a_context(store, store.home, now))
    qtbot.addWidget(page)
    for at in range(page.bar.count()):
        page.bar.setCurrentIndex(at)
    app.removeEventFilter(seen)
    assert seen.shown == []


def test_an_officer_is_entered_by_keyboard(qtbot: QtBot, page: RegistersPage, store: Store) -> None:
    go(page, "officers")
    press(qtbot, NEW, "钱进", ENTER, ENTER, "13800000000", ENTER, Key.Key_Tab)
    press(qtbot, "J0700031", ENTER, "2024-1-1", ENTER, "2028-12-31", SAVE)
    ids = people.officer_ids(store, search="钱进")
    [row] = people.officer_rows(store, ids)
    assert row.certificate
    assert (row.phone, row.certificate.number) == ("13800000000", "J0700031")
    assert row.certificate.valid_until == date(2028, 12, 31)
    assert page.shown.banner.text.startswith("已保存")
    assert page.shown.table.selected_ids() == ids


def test_what_was_just_saved_stays_in_the_form_when_the_list_comes_later(
    qtbot: QtBot, store: Store, now: datetime
) -> None:
    an_office(store)
    context = a_context(store, store.home, now)
    tasks = Tasks(store, print)
    page = RegistersPage(replace(context, tasks=tasks))
    shown(qtbot, page)
    tab = go(page, "recorders")
    qtbot.waitUntil(lambda: tasks.idle and bool(tab.table.model.ids), timeout=5000)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=2000)
    tab.search.setFocus()
    press(qtbot, NEW, "0700009", SAVE)
    qtbot.waitUntil(lambda: tasks.idle and "已保存" in tab.banner.text, timeout=5000)
    assert tab.fields["number"].read() == "0700009"
    assert tab.table.selected_ids() == [tab.key]
    assert tab.table.view.hasFocus()
    tasks.close()


def test_a_wrong_field_keeps_what_was_typed_and_takes_the_focus(
    qtbot: QtBot, page: RegistersPage, store: Store
) -> None:
    tab = go(page, "officers")
    press(qtbot, NEW, "钱进", ENTER, ENTER, ENTER, Key.Key_Tab, "J0700012")
    press(qtbot, ENTER, ENTER, "2028-12-31", SAVE)
    wrong = tab.fields["certificate_number"]
    assert "已登记给周敏" in wrong.error
    assert QApplication.focusWidget() is wrong.editor
    assert tab.fields["name"].read() == "钱进"
    assert "钱进" not in names(store)


def test_a_field_says_what_is_wrong_the_moment_it_is_left(
    qtbot: QtBot, page: RegistersPage
) -> None:
    tab = go(page, "officers")
    press(qtbot, NEW, ENTER)
    assert "姓名没有填写" in tab.fields["name"].error


def test_editing_goes_from_the_list_into_the_form_and_back(
    qtbot: QtBot, page: RegistersPage, store: Store
) -> None:
    tab = go(page, "officers")
    tab.table.view.setFocus()
    press(qtbot, Key.Key_Down, Key.Key_F2)
    assert QApplication.focusWidget() is tab.fields["name"].editor
    press(qtbot, ENTER, ENTER, "12319", SAVE)
    [row] = people.officer_rows(store, tab.table.selected_ids())
    assert (row.name, row.phone) == ("吴过期", "12319")
    assert tab.table.view.hasFocus()


def test_leaving_keeps_what_was_typed_as_a_draft_of_that_row(
    qtbot: QtBot, page: RegistersPage, store: Store
) -> None:
    tab = go(page, "officers")
    first, second = tab.table.model.ids[:2]
    tab.table.select(first)
    press(qtbot, Key.Key_F2)
    tab.fields["phone"].editor.setFocus()
    press(qtbot, "12319", Key.Key_Escape)
    assert tab.table.view.hasFocus()
    tab.table.select(second)
    assert tab.fields["phone"].read() == ""
    tab.table.select(first)
    assert tab.fields["phone"].read() == "12319"
    assert "没有保存的内容已放回" in tab.banner.text
    tab.undo()
    assert tab.fields["phone"].read() == ""
    assert drafts.take_draft(store, f"registers.officers.{first}") is None
    assert people.officer_rows(store, [first])[0].phone == ""


def test_two_windows_are_laid_beside_each_other(
    qtbot: QtBot, page: RegistersPage, store: Store, today: date, now: datetime
) -> None:
    tab = go(page, "recorders")
    key = tab.table.model.ids[0]
    tab.table.select(key)
    tab.fields["model"].editor.setFocus()
    press(qtbot, "DSJ-V8")
    theirs = {"id": key, "number": "0700001", "model": "DSJ-A1", "note": "换过电池"}
    form = registers.read(registers.RecorderForm, theirs).form
    registers.save_recorder(store, form, today=today, now=now, actor="何志远")
    press(qtbot, SAVE)
    assert "由 何志远 于 2026-09-03 10:12 被改过" in tab.banner.text
    tab._lay_beside()
    assert (tab.fields["model"].read(), tab.fields["note"].read()) == ("DSJ-V8", "换过电池")
    assert "型号：对方写的是“DSJ-A1”" in tab.banner.text
    press(qtbot, SAVE)
    row = people.recorder_rows(store, [key])[0]
    assert (row.model, row.note) == ("DSJ-V8", "换过电池")


def test_a_renewed_certificate_stands_beside_the_old_one(
    qtbot: QtBot, page: RegistersPage, store: Store
) -> None:
    tab = go(page, "officers")
    key = people.officer_ids(store, search="周敏")[0]
    tab.table.select(key)
    tab.start_renewal()  # type: ignore[attr-defined]
    press(qtbot, "J0700112", ENTER, "2026-9-1", ENTER, "2031-8-31", SAVE)
    row = people.officer_rows(store, [key])[0]
    assert [one.number for one in row.certificates] == ["J0700112", "J0700012"]
    assert "J0700012（至 2028-12-31）" in tab.earlier.text()  # type: ignore[attr-defined]


def test_who_left_is_listed_only_when_asked_for(
    qtbot: QtBot, page: RegistersPage, store: Store
) -> None:
    tab = go(page, "officers")
    key = people.officer_ids(store, search="周敏")[0]
    for recorder in people.recorder_rows(store, people.recorder_ids(store, search="周敏")):
        form = registers.read(
            registers.RecorderForm, {"id": recorder.id, "number": recorder.number}
        ).form
        registers.save_recorder(
            store, form, today=date(2026, 9, 3), now=page.context.clock.now(), actor="周敏"
        )
    tab.table.select(key)
    tab.fields["active"].editor.setFocus()
    press(qtbot, Key.Key_Space, SAVE)
    assert key not in tab.table.model.ids
    tab.with_retired.setFocus()
    press(qtbot, Key.Key_Space)
    assert key in tab.table.model.ids


def test_a_recorder_is_issued_by_keyboard_and_only_one_each(
    qtbot: QtBot, page: RegistersPage, store: Store
) -> None:
    tab = go(page, "recorders")
    press(qtbot, NEW, "0700088", ENTER, ENTER)
    press(qtbot, "周敏", ENTER, SAVE)
    assert "周敏已有在用的执法仪" in tab.fields["officer_id"].error
    tab.fields["state"].editor.setFocus()
    press(qtbot, Key.Key_Down, SAVE)
    row = people.recorder_rows(store, people.recorder_ids(store, search="0700088"))[0]
    assert (row.officer_name, row.state) == ("周敏", RecorderState.REPAIR)


def test_a_party_with_a_wrong_check_digit_asks_for_its_reason(
    qtbot: QtBot, page: RegistersPage, store: Store
) -> None:
    tab = go(page, "parties")
    press(qtbot, NEW, ENTER, "李建国", ENTER, ENTER, "110105194912310021", ENTER)
    assert "最后一位校验码应为“X”" in tab.fields["id_number"].error
    press(qtbot, SAVE)
    assert parties.party_ids(store) == []
    assert tab.fields["id_reason"].isVisible()
    tab.fields["id_reason"].editor.setFocus()
    press(qtbot, "证件原件如此", SAVE)
    [row] = parties.party_rows(store, parties.party_ids(store))
    assert (row.name, row.id_reason) == ("李建国", "证件原件如此")


def test_a_known_number_is_entered_again_only_on_purpose_and_then_joined(
    qtbot: QtBot, page: RegistersPage, store: Store
) -> None:
    tab = go(page, "parties")
    for name in ("李建国", "李建國"):
        press(qtbot, NEW, ENTER, name, ENTER, ENTER, "11010519491231002X", SAVE)
    assert "已登记给“李建国”" in words(tab.banner)
    assert len(parties.party_ids(store)) == 1
    tab.fields["keep_both"].editor.setFocus()
    press(qtbot, Key.Key_Space, SAVE)
    first, second = sorted(parties.party_ids(store))
    tab.table.select(first)
    assert "另有 1 条登记了同一证件号码" in tab.banner.text
    tab._merge([second])  # type: ignore[attr-defined]
    assert parties.party_ids(store) == [first]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("湘jd03127", PlateKind.NEW_ENERGY),
        ("无号牌", PlateKind.NONE),
        ("粤ZF023港", PlateKind.HONG_KONG),
    ],
)
def test_a_vehicle_is_entered_by_its_plate(
    qtbot: QtBot, page: RegistersPage, store: Store, typed: str, kind: PlateKind
) -> None:
    tab = go(page, "vehicles")
    press(qtbot, NEW, typed, ENTER)
    assert tab.read_as.text() == f"识别为{kind.label}"  # type: ignore[attr-defined]
    press(qtbot, SAVE)
    [row] = parties.vehicle_rows(store, parties.vehicle_ids(store))
    assert row.plate_kind is kind


@pytest.mark.parametrize(
    ("typed", "owner", "say"),
    [
        ("11010519491231002X", "李建国", ""),
        ("李建国", None, "不止一人"),
        ("无此人", None, "没有“无此人”"),
    ],
)
def test_the_owner_of_a_vehicle_is_looked_for_as_one_types(
    qtbot: QtBot, page: RegistersPage, store: Store, typed: str, owner: str | None, say: str
) -> None:
    for number in ("11010519491231002X", ""):
        kind = {"id_kind": "resident_id"} if number else {}
        given = {"kind": "citizen", "name": "李建国", "id_number": number} | kind
        registers.save_party(
            store, registers.read(registers.PartyForm, given).form,
            today=date(2026, 9, 3), now=page.context.clock.now(), actor="周敏",
        )  # fmt: skip
    tab = go(page, "vehicles")
    press(qtbot, NEW, "湘J8K216")
    tab.fields["owner_id"].editor.setFocus()
    press(qtbot, typed)
    tab.fields["note"].editor.setFocus()
    assert say in tab.fields["owner_id"].error
    press(qtbot, SAVE)
    rows = parties.vehicle_rows(store, parties.vehicle_ids(store))
    assert [one.owner_name for one in rows] == ([owner] if owner else [])


def test_education_is_entered_by_keyboard(qtbot: QtBot, page: RegistersPage, store: Store) -> None:
    go(page, "education")
    press(qtbot, NEW, "2026-9-1", ENTER, ENTER, "市民广场", ENTER)
    press(qtbot, "200", SAVE)
    [row] = parties.guidance_rows(store, parties.guidance_ids(store))
    assert (row.occurred_on, row.kind, row.quantity) == (
        date(2026, 9, 1),
        GuidanceKind.PERSUASION,
        200,
    )


def test_searching_narrows_the_list_literally(qtbot: QtBot, page: RegistersPage) -> None:
    tab = go(page, "officers")
    press(qtbot, "J0700019")
    tab.refresh()
    assert [tab.table.model.row(0).name, len(tab.table.model.ids)] == ["何志远", 1]
    tab.search.write("%")
    tab.refresh()
    assert len(tab.table.model.ids) == 0


def test_the_window_can_point_at_a_register_a_row_and_a_field(page: RegistersPage) -> None:
    key = page.shown.table.model.ids[1]
    page.open_section("recorders")
    page.open_section("officers", "phone", key)
    assert page.shown.key == key
    assert QApplication.focusWidget() is page.shown.fields["phone"].editor


@pytest.mark.parametrize("name", ["officers", "recorders", "parties", "vehicles", "education"])
def test_every_list_is_a_sound_model(page: RegistersPage, name: str) -> None:
    tab = cast("RegisterTab", page.tab(name))
    tester = QAbstractItemModelTester(
        tab.table.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    tab.refresh()
    assert tester.model() is tab.table.model


def test_a_register_goes_to_excel_and_comes_back(
    qtbot: QtBot, page: RegistersPage, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "执法人员台账.xlsx"
    page.export_to(path)
    assert window(page).said[-1][1].startswith("已导出 3 行")
    page.import_excel()
    dialog = page.import_dialog
    qtbot.addWidget(dialog)
    dialog.frame.path.write(str(path))
    dialog.load()
    assert "可以导入 0 行，已有的 3 行不再导入" in dialog.frame.banner.text
    assert not dialog.frame.take_button.isEnabled()


def test_what_is_no_workbook_is_said_in_the_dialog(
    qtbot: QtBot, page: RegistersPage, tmp_path: Path
) -> None:
    path = tmp_path / "人员.xlsx"
    path.write_text("不是工作簿", encoding="utf-8")
    page.import_excel()
    dialog = page.import_dialog
    qtbot.addWidget(dialog)
    dialog.frame.path.write(str(path))
    dialog.load()
    assert dialog.frame.banner.kind == "bad"
    assert not dialog.frame.take_button.isEnabled()


@pytest.mark.parametrize("kind", ["officers", "recorders", "parties", "vehicles", "education"])
def test_every_register_can_be_exported_and_is_logged(
    store: Store, tmp_path: Path, today: date, now: datetime, kind: str
) -> None:
    an_office(store)
    form = registers.read(ExportRegisterForm, {"kind": kind, "path": tmp_path / "出.xlsx"}).form
    written = export_register(store, form, today=today, now=now, actor="周敏")
    assert written.path.exists()
    with store.reading() as session:
        last = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()  # type: ignore[union-attr]
    assert last
    assert (last.action, last.operation) == ("export", "export_register")
