"""The law book: the law of a chosen day, old beside new, statutes that ended, days off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from enforcer.operations import law_book, registers
from enforcer.store.database import Store
from tests.factories import an_office
from tests.ui.register_desk import QUIET, QuietWindow, a_context, press, shown, words
from ui.law_book import LawBookPage
from ui.law_book.catalogue import fine_of

pytestmark = QUIET


@pytest.fixture
def page(qtbot: QtBot, store: Store, now: datetime) -> LawBookPage:
    an_office(store)
    made = LawBookPage(a_context(store, store.home, now))
    shown(qtbot, made)
    return made


def details(tab: Any) -> str:
    return "\n".join(
        tab.details.itemAt(at).widget().text()
        for at in range(tab.details.count())
        if hasattr(tab.details.itemAt(at).widget(), "text")
    )


def test_the_catalogue_shows_the_items_of_today(page: LawBookPage) -> None:
    tab: Any = page.tab("catalogue")
    assert len(tab.table.model.ids) == 45
    tab.table.select("pavement_parking")
    said = details(tab)
    assert "第九十三条" in said
    assert "能不能当场处罚" in said
    assert "法定职权：以“常德市城市管理和综合执法局”的名义" in tab.power.text


@pytest.mark.parametrize(
    ("day", "law"),
    [(date(2026, 8, 14), "大气污染防治法"), (date(2026, 8, 15), "生态环境法典")],
)
def test_the_day_chosen_decides_which_law_speaks(page: LawBookPage, day: date, law: str) -> None:
    tab: Any = page.tab("catalogue")
    tab.day.write(day)
    tab.refresh()
    tab.table.select("cooking_fumes")
    assert law in details(tab)


def test_searching_finds_words_and_articles(qtbot: QtBot, page: LawBookPage) -> None:
    tab: Any = page.tab("catalogue")
    tab.search.setFocus()
    press(qtbot, "油烟")
    tab.refresh()
    assert "cooking_fumes" in tab.table.model.ids
    assert len(tab.table.model.ids) < 10


def test_an_item_without_power_leads_to_where_it_is_entered(page: LawBookPage) -> None:
    tab: Any = page.tab("catalogue")
    tab.table.select("graffiti")
    assert "没有登记权力来源" in tab.power.text
    tab.power.findChildren(type(tab.compare_button))[0].click()
    assert cast("QuietWindow", page.context.window).went[-1][0] == "settings.powers"


def test_a_local_range_shows_in_the_catalogue(
    page: LawBookPage, store: Store, today: date, now: datetime
) -> None:
    given = {
        "item_key": "graffiti", "side": "citizen", "min_yuan": "20", "max_yuan": "100",
        "document": "某市条例", "article": "第九条", "text": "处罚款。", "from_on": today,
    }  # fmt: skip
    form = registers.read(law_book.LocalAmountForm, given).form
    law_book.save_local_amount(store, form, today=today, now=now, actor="周敏")
    tab: Any = page.tab("catalogue")
    tab.table.select("graffiti")
    assert "20 元以上 100 元以下" in details(tab)
    assert "《某市条例》第九条" in details(tab)


def test_fines_are_told_in_few_words(page: LawBookPage) -> None:
    tab: Any = page.tab("catalogue")
    assert fine_of(tab._rows["pavement_parking"]) == "20—200 元"
    assert fine_of(tab._rows["road_occupation"]) == "至多 20,000 元"
    assert fine_of(tab._rows["graffiti"]) == "待机关确认"


def test_old_and_new_law_stand_side_by_side(qtbot: QtBot, page: LawBookPage) -> None:
    page.compare("cooking_fumes", date(2026, 8, 1))
    tab: Any = page.current
    assert "第三十七条" in tab.banner.text
    qtbot.waitUntil(lambda: "大气污染防治法" in words(tab.sides["old"]))
    assert "生态环境法典" in words(tab.sides["new"])
    assert tab.sides["old"].mark.text() == "建议适用"


def test_an_act_under_the_new_law_needs_no_choice(page: LawBookPage) -> None:
    page.compare("pavement_parking", date(2026, 9, 1))
    tab: Any = page.current
    assert tab.banner.kind == "ok"
    assert tab.sides["old"].mark.text() == tab.sides["new"].mark.text() == ""


def test_a_decision_before_the_act_is_refused(page: LawBookPage) -> None:
    page.compare("cooking_fumes", date(2026, 9, 3))
    tab: Any = page.current
    tab.decided_on.write(date(2026, 9, 1))
    assert "早于行为发生" in tab.banner.text


def test_statutes_that_ended_are_named(qtbot: QtBot, page: LawBookPage) -> None:
    tab: Any = page.tab("statutes")
    assert "大气污染防治法" in words(tab)
    tab.search.setFocus()
    press(qtbot, "大气")
    row = tab.table.model.row(0)
    assert (len(tab.table.model.ids), row.until_on) == (1, date(2026, 8, 14))


def test_the_days_off_of_a_year_and_an_unknown_year(page: LawBookPage) -> None:
    tab: Any = page.tab("holidays")
    rows = [tab.table.model.row(at) for at in range(len(tab.table.model.ids))]
    assert date(2026, 10, 1) in {one.day for one in rows if one.off}
    assert any(not one.off for one in rows)
    tab.year.write(2027)
    assert "还没有收录" in tab.banner.text
    assert len(tab.table.model.ids) == 0


@pytest.mark.parametrize("name", ["catalogue", "statutes", "holidays"])
def test_every_list_is_a_sound_model(page: LawBookPage, name: str) -> None:
    tab: Any = page.tab(name)
    tester = QAbstractItemModelTester(
        tab.table.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    tab.refresh()
    assert tester.model() is tab.table.model


def test_the_tabs_are_reached_by_key(qtbot: QtBot, page: LawBookPage) -> None:
    page.setFocus()
    alt = Qt.KeyboardModifier.AltModifier
    press(qtbot, (Qt.Key.Key_4, alt))
    assert page.bar.currentIndex() == 3
