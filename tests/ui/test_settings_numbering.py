"""编号方式: both schemes by example, the scheme kept, void numbers listed with their reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from enforcer.models import Notice, NumberRule
from enforcer.operations import numbering
from enforcer.operations.course_paper_numbers import Scheme
from enforcer.queries import office
from enforcer.store.database import Store
from enforcer.terms import NoticeState, Origin, SeriesKind
from tests.factories import Office, an_office
from tests.ui.register_desk import CTRL, QuietWindow, a_context, press, shown, words
from ui.settings import SettingsPage

SAVE = (Qt.Key.Key_Return, CTRL)


@pytest.fixture
def made(store: Store) -> Office:
    found = an_office(store)
    with store.unit(actor="测试", operation="rules") as session:
        for kind, pattern in (
            (SeriesKind.CASE_FILING, "常城管立字〔{year}〕第{serial}号"),
            ("prior_notice", "常城管罚先告字〔{year}〕第{serial}号"),
        ):
            session.add(NumberRule(organ_id=found.organ, kind=kind, pattern=pattern, width=3))
    return found


@pytest.fixture
def tab(qtbot: QtBot, made: Office, store: Store, now: datetime) -> Any:
    page = SettingsPage(a_context(store, store.home, now))
    shown(qtbot, page)
    return page.tab("numbering")


def a_void_notice(store: Store, now: datetime) -> None:
    with store.unit(actor="何志远", operation="void") as session:
        session.add(
            Notice(
                number="常城管温告字〔2026〕第00004号", state=NoticeState.VOID,
                origin=Origin.MADE_HERE, void_reason="打印歪斜", voided_by="周敏", voided_at=now,
            )
        )  # fmt: skip


def test_both_schemes_are_shown_by_example(tab: Any) -> None:
    row = tab.rows["prior_notice"]
    assert row.series == "常城管罚先告字〔2026〕第001号"
    assert row.case == "常城管罚先告字〔2026〕第001号"
    assert not row.derived
    derived = tab.rows["urging_notice"]
    assert (derived.series, derived.derived) == ("常城管催告字〔2026〕第001号", True)
    assert tab.rows["courteous_notice"].case == ""
    assert tab.rows["penalty_decision"].missing


def test_the_number_of_the_next_case_is_the_one_its_papers_would_share(
    tab: Any, made: Office, store: Store
) -> None:
    with store.unit(actor="测试") as session:
        series = numbering.series_for(session, made.organ, SeriesKind.CASE_FILING, 2026)
        numbering.draw(session, series, 6)
    tab.refresh()
    assert tab.rows["prior_notice"].case == "常城管罚先告字〔2026〕第007号"
    assert tab.rows["prior_notice"].series == "常城管罚先告字〔2026〕第001号"


def test_the_scheme_is_chosen_by_keyboard_and_kept(qtbot: QtBot, tab: Any, store: Store) -> None:
    assert "没有改动" in words(tab.acts)
    assert not tab.from_year.isEnabled()
    tab.buttons[Scheme.SERIES].setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert tab.scheme is Scheme.CASE
    tab.from_year.write(2027)
    press(qtbot, SAVE)
    assert "一案一号" in tab.banner.text
    assert office.setting(store, "paper_numbers") == {"scheme": "case", "from_year": 2027}
    assert "没有改动" in words(tab.acts)


def test_one_number_per_case_needs_the_number_of_the_filing(
    qtbot: QtBot, store: Store, now: datetime
) -> None:
    an_office(store)
    page = SettingsPage(a_context(store, store.home, now))
    shown(qtbot, page)
    tab: Any = page.tab("numbering")
    tab.buttons[Scheme.CASE].setChecked(True)
    assert "先设好立案的编号规则" in words(tab.acts)
    tab.save()
    assert office.setting(store, "paper_numbers") == {}


def test_two_windows_cannot_overwrite_each_other(tab: Any, store: Store, now: datetime) -> None:
    from enforcer.operations.course_paper_numbers import PaperNumbersForm, save_paper_numbers

    tab.buttons[Scheme.CASE].setChecked(True)
    tab.save()
    form = PaperNumbersForm(scheme=Scheme.SERIES, from_year=2026)
    save_paper_numbers(store, form, today=now.date(), now=now, actor="何志远")
    tab.from_year.write(2027)
    tab.save()
    assert "何志远" in words(tab.banner)
    assert office.setting(store, "paper_numbers")["scheme"] == "series"


def test_void_numbers_are_kept_with_their_reason_and_found(
    tab: Any, store: Store, now: datetime
) -> None:
    a_void_notice(store, now)
    tab.refresh()
    [row] = tab.void.values()
    assert (row.number, row.reason, row.voided_by) == (
        "常城管温告字〔2026〕第00004号", "打印歪斜", "周敏",
    )  # fmt: skip
    tab.search.write("告知书 歪斜")
    assert len(tab.void_table.model.ids) == 1
    tab.search.write("没有这样的")
    assert len(tab.void_table.model.ids) == 0


def test_a_kind_without_a_form_leads_to_where_it_is_set(tab: Any, made: Office) -> None:
    window = cast("QuietWindow", tab.context.window)
    tab.table.opened.emit("penalty_decision")
    assert window.went[-1] == ("settings.numbers", "penalty_decision", made.organ)
    tab.table.opened.emit("prior_notice")
    assert window.went[-1][0] == "settings.numbers"


def test_numbers_that_are_missing_are_told(tab: Any, made: Office, store: Store) -> None:
    assert tab.check.kind == "ok"
    with store.unit(actor="测试") as session:
        series = numbering.series_for(session, made.organ, SeriesKind.NOTICE, 2026)
        numbering.draw(session, series, 2)
    tab.refresh()
    assert tab.check.kind == "bad"
    assert "缺号" in tab.check.text


def test_both_lists_are_sound_models(tab: Any) -> None:
    for table in (tab.table, tab.void_table):
        tester = QAbstractItemModelTester(
            table.model, QAbstractItemModelTester.FailureReportingMode.Warning
        )
        tab.refresh()
        assert tester.model() is table.model
