"""The law book read: by item, by law, by day; old beside new; powers, papers, what is out of date."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from enforcer.law import trust
from enforcer.law.toml_data import law_folder
from enforcer.models import Case, ListRow, TemplateEdition
from enforcer.operations import law_book, registers
from enforcer.store.database import Store
from enforcer.terms import ListCategory, Origin, PartyKind, Procedure, Stage
from tests.factories import an_office
from tests.ui.register_desk import QuietWindow, a_context, press, shown, words
from ui.law_book import LawBookPage
from ui.law_book.catalogue import fine_of

Key, ALT, CTRL = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
BEFORE, AFTER = date(2026, 8, 14), date(2026, 8, 15)


@pytest.fixture
def page(qtbot: QtBot, store: Store, now: datetime) -> LawBookPage:
    an_office(store)
    made = LawBookPage(a_context(store, store.home, now))
    shown(qtbot, made)
    return made


def window(page: LawBookPage) -> QuietWindow:
    return cast("QuietWindow", page.context.window)


def put(store: Store, *rows: Any) -> None:
    with store.unit(actor="测试", operation="put") as session:
        session.add_all(rows)


def rows(tab: Any, table: str = "table") -> list[Any]:
    model = getattr(tab, table).model
    return [model.row(at) for at in range(len(model.ids))]


def link(banner: QWidget) -> QPushButton:
    return banner.findChildren(QPushButton)[-1]


def details(tab: Any) -> str:
    return "\n".join(
        tab.details.itemAt(at).widget().text()
        for at in range(tab.details.count())
        if hasattr(tab.details.itemAt(at).widget(), "text")
    )


def an_open_case(number: str = "立〔2026〕1号", **change: Any) -> Case:
    given: dict[str, Any] = {
        "number": number, "procedure": Procedure.ORDINARY, "stage": Stage.FILED,
        "origin": Origin.MADE_HERE, "cause": "油烟超标", "item_key": "cooking_fumes",
        "party_name": "某餐馆", "party_kind": PartyKind.LEGAL_PERSON, "acted_on": BEFORE,
        "filed_on": BEFORE,
    }  # fmt: skip
    return Case(**given | change)


# ── by item and by day ──


def test_the_catalogue_shows_the_items_of_today(page: LawBookPage) -> None:
    tab: Any = page.tab("catalogue")
    assert len(tab.table.model.ids) == 45
    tab.table.select("pavement_parking")
    said = details(tab)
    assert "第九十三条" in said
    assert "能不能当场处罚" in said
    assert "法定职权：以“常德市城市管理和综合执法局”的名义" in tab.power.text


def test_the_first_item_stands_open_from_the_start(page: LawBookPage) -> None:
    tab: Any = page.tab("catalogue")
    assert tab.table.selected_ids() == ["pavement_parking"]


@pytest.mark.parametrize(
    ("typed", "law"), [("2026-8-14", "大气污染防治法"), ("2026-8-15", "生态环境法典")]
)
def test_the_day_typed_decides_which_law_speaks(
    qtbot: QtBot, page: LawBookPage, typed: str, law: str
) -> None:
    press(qtbot, (Key.Key_D, CTRL))
    assert QApplication.focusWidget() is page.day
    press(qtbot, typed)
    tab: Any = page.tab("catalogue")
    tab.table.select("cooking_fumes")
    assert law in details(tab)


def test_the_day_holds_for_every_tab_that_knows_days(page: LawBookPage) -> None:
    page.day.write(BEFORE)
    for name in (
        "catalogue",
        "statutes",
        "tiers",
        "lists",
        "amounts",
        "powers",
        "papers",
        "changes",
    ):
        tab: Any = page.tab(name)
        assert tab.day == BEFORE, name
        assert page.day.isVisible()
    for name in ("comparison", "holidays", "first_violation"):
        page.tab(name)
        assert not page.day.isVisible(), name


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
    link(tab.power).click()
    assert window(page).went[-1][0] == "settings.powers"


def test_what_the_office_entered_shows_at_its_item(
    page: LawBookPage, store: Store, today: date, now: datetime
) -> None:
    def do(deed: Any, form: Any, **given: Any) -> None:
        deed(store, registers.read(form, given).form, today=today, now=now, actor="周敏")

    do(
        law_book.save_local_amount, law_book.LocalAmountForm, item_key="graffiti", side="citizen",
        min_yuan="20", max_yuan="100", document="某市条例", article="第九条", text="处罚款。",
        from_on=today,
    )  # fmt: skip
    do(
        law_book.save_tier, law_book.TierForm, item_key="graffiti", sides=["citizen"], name="轻微",
        discretion="lighter", conditions="面积 ≤ 1 平方米", max_yuan="50", min_yuan="20",
        benchmark="某市基准", benchmark_number="〔2026〕2号", from_on=today,
    )  # fmt: skip
    put(store, ListRow(
        category=ListCategory.MINOR, item="乱涂写", item_key="graffiti", conditions=["当场清除"],
        basis="行政处罚法第三十三条第一款", document="某市清单", document_number="〔2026〕1号",
        from_on=today,
    ))  # fmt: skip
    tab: Any = page.tab("catalogue")
    tab.table.select("graffiti")
    said = details(tab)
    assert "20 元以上 100 元以下" in said
    assert "《某市条例》第九条" in said
    assert "轻微（从轻）" in said
    assert "面积 ≤ 1 平方米" in said
    assert "不予-轻微" in said
    page.day.write(date(2026, 9, 2))
    assert "某市条例" not in details(tab)


def test_fines_are_told_in_few_words(page: LawBookPage) -> None:
    tab: Any = page.tab("catalogue")
    assert fine_of(tab._rows["pavement_parking"]) == "20—200 元"
    assert fine_of(tab._rows["road_occupation"]) == "至多 20,000 元"
    assert fine_of(tab._rows["graffiti"]) == "待机关确认"


# ── two days side by side ──


def test_the_two_days_of_the_code_stand_side_by_side(qtbot: QtBot, page: LawBookPage) -> None:
    tab: Any = page.tab("comparison")
    assert (tab.acted_on.read(), tab.decided_on.read()) == (BEFORE, AFTER)
    assert len(tab.table.model.ids) == 17
    assert tab.only_changed.text() == "只看不同的 17 项"
    tab.table.select("open_air_barbecue")
    assert "第三十七条" in tab.banner.text
    qtbot.waitUntil(lambda: "大气污染防治法" in words(tab.sides["old"]))
    assert "生态环境法典" in words(tab.sides["new"])
    assert tab.sides["new"].mark.text() == "建议适用"


@pytest.mark.parametrize(
    ("key", "weight"),
    [
        ("open_air_barbecue", "新的较轻"),
        ("waste_dumping_by_individual", "旧的较轻"),
        ("cooking_fumes", "相同"),
        ("waste_sorting", "法制审核"),
    ],
)
def test_which_law_is_lighter_stands_in_the_list(page: LawBookPage, key: str, weight: str) -> None:
    tab: Any = page.tab("comparison")
    column = tab.table.model.columns[1]
    assert column.text(tab._rows[key]) == weight


def test_what_did_not_change_is_shown_on_asking(qtbot: QtBot, page: LawBookPage) -> None:
    tab: Any = page.tab("comparison")
    tab.only_changed.setFocus()
    press(qtbot, Key.Key_Space)
    assert len(tab.table.model.ids) == 45
    tab.search.setFocus()
    press(qtbot, "人行道")
    assert "pavement_parking" in tab.table.model.ids
    assert len(tab.table.model.ids) < 5


def test_an_item_of_the_catalogue_is_laid_open(page: LawBookPage) -> None:
    tab: Any = page.tab("catalogue")
    tab.table.select("cooking_fumes")
    tab.compare_button.click()
    found: Any = page.current
    assert (found.acted_on.read(), found.decided_on.read()) == (BEFORE, date(2026, 9, 3))
    assert found.table.selected_ids() == ["cooking_fumes"]
    assert found.sides["old"].mark.text() == "建议适用"


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
    assert tab.table.model.ids == []


# ── by law ──


def test_a_statute_leads_to_its_articles_and_their_items(qtbot: QtBot, page: LawBookPage) -> None:
    tab: Any = page.tab("statutes")
    tab.search.setFocus()
    press(qtbot, "道路交通")
    tab.refresh()
    tab.table.view.setFocus()
    tab.table.select("road_traffic.2021")
    found = [(row[1].article, row[1].cited_as.label, row[1].name) for row in rows(tab, "uses")]
    assert ("第九十三条第二款", "罚则", "机动车违反规定在人行道上停放") in found
    tab.uses.view.setFocus()
    tab.uses.select(len(found) - 1)
    press(qtbot, Key.Key_Return)
    assert window(page).went[-1] == ("law_book.catalogue", "", "pavement_parking")
    assert "二十元以上二百元以下" in tab.text.text


def test_statutes_that_ended_are_told_by_the_day(page: LawBookPage) -> None:
    tab: Any = page.tab("statutes")
    air = next(one for one in rows(tab) if one.key == "air.2018")
    standing = next(one for one in tab.table.model.columns if one.title == "效力")
    assert (air.uses, standing.text(air)) == (0, "已失效")
    page.day.write(BEFORE)
    air = next(one for one in rows(tab) if one.key == "air.2018")
    code = next(one for one in rows(tab) if one.key == "environment_code.2026")
    assert air.uses > 5
    assert (standing.text(air), standing.text(code), code.uses) == ("有效", "未施行", 0)


@pytest.mark.parametrize(
    ("edition", "use", "went"),
    [
        ("administrative_penalty.2021", "period", ("law_book.holidays", "limitation")),
        ("administrative_penalty.2021", "template", ("law_book.papers", "")),
    ],
)
def test_an_article_leads_to_what_uses_it(
    page: LawBookPage, edition: str, use: str, went: tuple[str, str]
) -> None:
    tab: Any = page.tab("statutes")
    tab.table.select(edition)
    at = next(at for at, one in tab._uses.items() if one.cited_as.value == use)
    tab.uses.opened.emit(at)
    assert window(page).went[-1][:2] == went


def test_a_period_opens_in_the_calculator(page: LawBookPage) -> None:
    page.open_section("holidays", "reconsideration")
    tab: Any = page.current
    assert tab.calculator.due.rule == "reconsideration"


# ── powers, papers, what is out of date ──


def test_powers_are_read_here_and_entered_in_the_settings(qtbot: QtBot, page: LawBookPage) -> None:
    tab: Any = page.tab("powers")
    assert "45 个事项里有 43 个没有可用的权力来源" in tab.banner.text
    assert len(tab.items.model.ids) == 43
    tab.table.view.setFocus()
    press(qtbot, Key.Key_Down)
    assert set(tab.items.model.ids) == {"pavement_parking", "road_occupation"}
    press(qtbot, Key.Key_Return)
    assert window(page).went[-1] == ("settings.powers", "", tab.table.selected_ids()[0])
    tab.back.click()
    assert len(tab.items.model.ids) == 43
    page.day.write(date(2020, 12, 31))
    assert "43" not in tab.banner.text.split("个事项")[0]
    assert next(one for one in tab.table.model.columns if one.title == "效力").text(
        rows(tab)[0]
    ) == "未生效"  # fmt: skip


def test_a_template_shows_its_articles_and_the_text_of_the_day(
    page: LawBookPage, store: Store
) -> None:
    body = 'title = "温馨告知书"\nparts = [ { text = "依据《大气污染防治法》第一百一十八条" } ]\n'
    put(store, TemplateEdition(
        template_key="courteous_notice", edition=1, from_on=AFTER, body=body,
        saved_at=datetime(2026, 8, 1, tzinfo=UTC), saved_by="周敏",
    ))  # fmt: skip
    tab: Any = page.tab("papers")
    tab.table.select("courteous_notice")
    assert "本机关第 1 版" in tab.about.text
    assert "有 1 处引用在这一天不是现行有效的" in tab.about.text
    assert "已于 2026-08-15 废止" in rows(tab, "cited")[0][1].say
    tab.cited.opened.emit(0)
    assert window(page).went[-1] == ("law_book.statutes", "", "air.2018")
    tab.edit_button.click()
    assert window(page).went[-1] == ("settings.templates", "", "courteous_notice")
    page.day.write(BEFORE)
    assert "自 2026-08-15 起换用新的文字" in tab.about.text


def test_what_cites_law_out_of_force_is_listed_and_opened(
    qtbot: QtBot, page: LawBookPage, store: Store
) -> None:
    put(store, an_open_case(), ListRow(
        category=ListCategory.MINOR, item="焚烧", conditions=["及时扑灭"], document="某市清单",
        basis="行政处罚法第三十三条第一款", penalty_basis="《大气污染防治法》第一百一十九条",
        document_number="〔2025〕1号", from_on=date(2025, 1, 1),
    ))  # fmt: skip
    tab: Any = page.tab("changes")
    assert "有 2 处引用的法律已经失效" in tab.banner.text
    tab.table.view.setFocus()
    press(qtbot, Key.Key_Home, Key.Key_Return)
    assert window(page).went[-1] == ("law_book.lists", "", 1)
    press(qtbot, Key.Key_Down)
    assert "从旧兼从轻" in tab.whole.text
    press(qtbot, Key.Key_Return)
    assert window(page).opened == [("case", 1)]
    page.day.write(BEFORE)
    assert tab.banner.kind == "ok"
    assert tab.table.model.ids == []


def test_the_findings_are_narrowed_by_place_and_words(page: LawBookPage, store: Store) -> None:
    put(store, an_open_case(), an_open_case("立〔2026〕2号"))
    tab: Any = page.tab("changes")
    tab.where.setCurrentIndex(2)
    assert tab.table.model.ids == []
    tab.where.setCurrentIndex(0)
    tab.search.write("2号")
    assert [one.key for one in rows(tab)] == ["立〔2026〕2号"]


# ── what cannot be trusted ──


def test_law_that_cannot_be_trusted_is_named_with_file_and_line(
    qtbot: QtBot, store: Store, now: datetime, tmp_path: Path
) -> None:
    folder = tmp_path / "law"
    shutil.copytree(law_folder(), folder)
    (folder / "deadlines.toml").write_text('[decision]\ntitle = "作出', encoding="utf-8")
    page = LawBookPage(a_context(store, store.home, now), lambda: trust.problems(folder))
    shown(qtbot, page)
    assert page.trust.isVisible()
    assert "deadlines.toml 第2行" in page.trust.text
    assert "其余照常使用" in page.trust.text


def test_many_untrusted_parts_are_listed_on_asking(
    qtbot: QtBot, store: Store, now: datetime, tmp_path: Path
) -> None:
    folder = tmp_path / "law"
    shutil.copytree(law_folder(), folder)
    for name in ("deadlines", "holidays", "parameters"):
        (folder / f"{name}.toml").write_text("[broken", encoding="utf-8")
    page = LawBookPage(a_context(store, store.home, now), lambda: trust.problems(folder))
    shown(qtbot, page)
    assert "parameters.toml 第1行" in page.trust.text
    assert "deadlines.toml" not in page.trust.text
    link(page.trust).click()
    assert "deadlines.toml 第1行" in page.trust.text


def test_nothing_is_said_of_law_that_can_be_trusted(page: LawBookPage) -> None:
    assert not page.trust.isVisible()


# ── the page ──


@pytest.mark.parametrize(
    "name",
    ["catalogue", "comparison", "statutes", "tiers", "lists", "amounts", "holidays", "powers",
     "papers", "first_violation", "changes"],
)  # fmt: skip
def test_every_list_is_a_sound_model(page: LawBookPage, name: str) -> None:
    tab: Any = page.tab(name)
    tester = QAbstractItemModelTester(
        tab.table.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    tab.refresh()
    assert tester.model() is tab.table.model


@pytest.mark.parametrize(
    ("key", "at"), [(Key.Key_4, 3), (Key.Key_9, 8), (Key.Key_0, 9), (Key.Key_Minus, 10)]
)
def test_the_tabs_are_reached_by_key(qtbot: QtBot, page: LawBookPage, key: Key, at: int) -> None:
    page.setFocus()
    press(qtbot, (key, ALT))
    assert page.bar.currentIndex() == at


def test_find_goes_to_the_search_of_every_tab(qtbot: QtBot, page: LawBookPage) -> None:
    for name in ("catalogue", "comparison", "statutes", "lists", "powers", "papers", "changes"):
        tab: Any = page.tab(name)
        tab.table.view.setFocus()
        press(qtbot, (Key.Key_F, CTRL))
        assert QApplication.focusWidget() is tab.search, name
