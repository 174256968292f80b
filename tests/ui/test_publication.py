"""公示 by keyboard: settled with reason and approver, published, taken back, the lists read first."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import AuditEntry, Officer, Party, Publication
from enforcer.operations.summary import RevokeForm, revoke_decision
from enforcer.publication_terms import Audience, Withheld
from enforcer.queries.publication import TO_PUBLISH, UNSETTLED
from enforcer.store.database import Store
from enforcer.terms import IdKind, OfficerPost, PartyKind, PenaltyKind
from tests.factories import an_office
from tests.queries.statistics_rows_made import a_case, a_decision
from tests.ui.register_desk import CTRL, QuietWindow, a_context, press, shown, words
from ui.registers import RegistersPage
from ui.registers.publication import PublicationTab

Key = Qt.Key
ENTER, SAVE = Key.Key_Return, (Key.Key_Return, CTRL)


@pytest.fixture
def office(store: Store) -> Store:
    an_office(store)
    with store.unit(actor="测试", operation="test") as session:
        session.add(Officer(name="马建国", post=OfficerPost.HEAD))
        person = Party(
            kind=PartyKind.CITIZEN, name="李国强", id_kind=IdKind.RESIDENT_ID,
            id_number="430702198801011234", born_on=date(1988, 1, 1), phone="13812345678",
        )  # fmt: skip
        child = Party(kind=PartyKind.CITIZEN, name="小强", born_on=date(2010, 1, 1))
        session.add_all([person, child])
        session.flush()
        for party, day in ((person, date(2026, 8, 20)), (child, date(2026, 9, 1))):
            case = a_case(session, cause="擅自占用城市道路")
            case.party_id, case.party_name, case.party_kind = party.id, party.name, party.kind
            case.acted_on, case.act = day, f"{party.name}（电话13812345678）驾驶湘J8K216占道"
            session.add(case)
            a_decision(session, day, (PenaltyKind.WARNING, PenaltyKind.FINE), 20_000, case=case)
    return store


@pytest.fixture
def page(qtbot: QtBot, office: Store, now: datetime) -> RegistersPage:
    made = RegistersPage(a_context(office, office.home, now))
    shown(qtbot, made)
    return made


def at(page: RegistersPage, party: str) -> PublicationTab:
    tab = cast("PublicationTab", page.tab("publication"))
    tab.search.write("")
    for key in list(tab.table.model.ids):
        tab.table.select(key)
        assert tab.row
        if tab.row.row.party_name == party:
            return tab
    raise AssertionError(party)


def kept(store: Store) -> list[Publication]:
    with store.reading() as session:
        return list(session.exec(select(Publication)))


def settle(qtbot: QtBot, tab: PublicationTab, reason: str = "占道多次被投诉") -> None:
    tab.fields["wanted"].write(True)
    tab.fields["reason"].editor.setFocus()
    press(qtbot, reason, SAVE)


def test_a_decision_is_settled_published_and_taken_back_by_keyboard(
    qtbot: QtBot, page: RegistersPage, office: Store, today: date, now: datetime
) -> None:
    tab = at(page, "李国强")
    assert tab.row
    assert tab.row.row.state == UNSETTLED
    assert "第四十八条" in tab.publish_button.toolTip()
    tab.table.view.setFocus()
    press(qtbot, Key.Key_F2, Key.Key_Down, ENTER, ENTER, ENTER)
    assert QApplication.focusWidget() is tab.fields["reason"].editor
    press(qtbot, "占道多次被投诉", SAVE)
    [row] = kept(office)
    assert (row.wanted, row.approver, row.approved_on) == (True, "马建国", today)
    assert tab.row.row.state == TO_PUBLISH
    assert "第 7 个工作日" in tab.why.text()
    assert not tab.why.isVisibleTo(tab)
    tab.why_button.setFocus()
    press(qtbot, ENTER)
    assert tab.why.isVisibleTo(tab)
    assert "第四十八条" not in tab.publish_button.toolTip()
    tab.fields["where"].editor.setFocus()
    press(qtbot, "区政府网站公示栏", Key.Key_F7)
    [row] = kept(office)
    assert (row.published_on, row.published_where) == (today, "区政府网站公示栏")
    assert "不能改" not in tab.banner.text
    revoked = RevokeForm(case_id=tab.row.row.case_id, revoked_on=today, reason="事实不清")
    revoke_decision(office, revoked, today=today, now=now, actor="马建国")
    tab.state.write("待撤回")
    tab.table.select(tab.table.model.ids[0])
    assert tab.open_row(tab.table.model.ids[0])
    assert "届满日为 2026-09-08" in tab.why.text()
    tab.fields["words"].editor.setFocus()
    press(qtbot, "决定已撤销，主要事实不清", Key.Key_F8)
    [row] = kept(office)
    assert (row.withdrawn_on, row.withdrawal_words) == (today, "决定已撤销，主要事实不清")
    assert "已于" in tab.save_button.toolTip()


def test_a_minor_is_refused_with_the_article_and_nothing_is_kept(
    qtbot: QtBot, page: RegistersPage, office: Store
) -> None:
    tab = at(page, "小强")
    settle(qtbot, tab)
    assert "未成年人" in words(tab.banner)
    assert "第十五条" in words(tab.banner)
    assert kept(office) == []
    tab.fields["wanted"].write(False)
    assert tab.fields["withheld"].isVisibleTo(tab)
    tab.fields["withheld"].write(Withheld.MINOR)
    tab.save()
    [row] = kept(office)
    assert (row.wanted, row.withheld) == (False, Withheld.MINOR)


def test_a_doubt_gives_way_to_a_line_of_confirmation(
    qtbot: QtBot, page: RegistersPage, office: Store
) -> None:
    with office.unit(actor="测试", operation="test") as session:
        party = session.exec(select(Party).where(Party.name == "李国强")).one()
        party.born_on, party.id_number = None, ""
        session.add(party)
    tab = at(page, "李国强")
    assert not tab.fields["confirmed"].isVisibleTo(tab)
    settle(qtbot, tab)
    assert kept(office) == []
    assert QApplication.focusWidget() is tab.fields["confirmed"].editor
    press(qtbot, "当面核对1988年生", SAVE)
    assert kept(office)[0].reason == "占道多次被投诉；当面核对1988年生"


def test_the_list_is_narrowed_by_audience_state_and_what_is_late(
    qtbot: QtBot, page: RegistersPage
) -> None:
    tab = at(page, "李国强")
    assert "未定 2" in tab.tally.text()
    settle(qtbot, tab)
    tab.state.write("待公开")
    assert len(tab.table.model.ids) == 1
    tab.state.write("逾期")
    assert [one.endswith("public") for one in tab.table.model.ids] == [True]
    assert "逾期 3 日" in tab.clock.text()
    tab.audience.write(Audience.PLATFORM)
    assert not tab.table.model.ids
    tab.state.write("未定")
    assert len(tab.table.model.ids) == 2
    tab.table.select(tab.table.model.ids[0])
    assert tab.fields["valid_until_on"].isVisibleTo(tab)


def test_what_was_typed_and_not_saved_is_there_again(qtbot: QtBot, page: RegistersPage) -> None:
    tab = at(page, "李国强")
    tab.fields["reason"].editor.setFocus()
    press(qtbot, "多次")
    at(page, "小强")
    assert at(page, "李国强").fields["reason"].read() == "多次"


def test_the_public_list_is_read_covered_before_it_is_written(
    qtbot: QtBot, page: RegistersPage, office: Store, tmp_path: Path
) -> None:
    settle(qtbot, at(page, "李国强"))
    page.export_excel()
    dialog = cast("PublicationTab", page.shown).list_dialog
    assert "李某" in dialog.full.text()
    for covered in ("李国强", "13812345678", "8K216"):
        assert covered not in dialog.full.text()
    assert "没有审定" in dialog.banner.text
    assert "第十四条" in dialog.write_button.toolTip()
    qtbot.keyClick(dialog.read_it, Key.Key_Space)
    assert dialog.write_button.isEnabled()
    path = tmp_path / "公开.xlsx"
    dialog.save_to(path)
    cells: Any = [[one.value for one in row] for row in openpyxl.load_workbook(path).active]
    assert "李某" in str(cells)
    with office.reading() as session:
        assert session.exec(select(AuditEntry).where(AuditEntry.action == "export")).all()
    assert "已导出 1 份" in cast("QuietWindow", page.context.window).said[-1][1]


def test_the_platform_list_needs_no_reading_but_says_what_it_lacks(
    qtbot: QtBot, page: RegistersPage
) -> None:
    tab = at(page, "李国强")
    tab.audience.write(Audience.PLATFORM)
    tab = at(page, "李国强")
    tab.fields["valid_until_on"].write(date(2027, 9, 1))
    settle(qtbot, tab)
    page.export_excel()
    assert "缺少必填项" in tab.list_dialog.banner.text
    assert tab.list_dialog.write_button.isEnabled()
    assert "李国强" in tab.list_dialog.full.text()
