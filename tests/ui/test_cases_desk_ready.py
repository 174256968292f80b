"""当场处罚 on the screen: what stands ready, what is grey, how the form lies on the screen."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import Decision, Draft, Notice, Organ, PowerSource
from enforcer.operations.summary import SummaryForm, decide_on_the_spot
from enforcer.store.database import Store
from enforcer.terms import (
    NoticeState,
    Origin,
    PaymentMode,
)
from tests.factories import Office, an_office
from tests.operations.summary_desk import a_form
from tests.ui.cases_hand import ENTER, NOW, SIGN, TAB, begin, focus, given
from tests.ui.register_desk import CTRL, a_context, press, shown
from ui.cases import CasesPage
from ui.context import Context


@pytest.fixture
def office(store: Store) -> Office:
    return an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))


@pytest.fixture
def context(store: Store, office: Office, qapp: QApplication) -> Context:
    assert office
    assert qapp
    return a_context(store, store.home, NOW)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[CasesPage]:
    made = CasesPage(context)
    shown(qtbot, made)
    yield made
    if made._desk is not None and hasattr(made.desk, "print_dialog"):
        made.desk.print_dialog.close()


def test_a_draft_is_kept_as_typed_and_is_there_again(
    qtbot: QtBot, page: CasesPage, context: Context, store: Store, office: Office
) -> None:
    desk = begin(qtbot, page)
    given(desk, office)
    desk.fields["recorders"].write("0700001")
    desk.weigh()
    desk.findings.row("recorders_fewer_than_two").reason.setText("送修")
    press(qtbot, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.list
    again = CasesPage(context)
    shown(qtbot, again)
    other = again.desk
    assert other.fields["party_name"].read() == "李国强"
    assert other.fields["fine_yuan"].read() == 20_000
    assert other.fields["acted_at"].read() == NOW - timedelta(minutes=30)
    assert other.fields["payment"].read() is PaymentMode.BANK
    assert other.fields["officer1_id"].read() == office.officers[0]
    assert other.findings.reasons() == {"recorders_fewer_than_two": "送修"}
    other.sign()
    with store.reading() as session:
        assert len(session.exec(select(Decision)).all()) == 1
        assert session.exec(select(Draft)).all() == [], "a signed form leaves no draft"
    other.print_dialog.close()


def test_a_known_party_fills_what_is_empty(
    qtbot: QtBot, page: CasesPage, store: Store, office: Office
) -> None:
    earlier = NOW - timedelta(days=60)
    decide_on_the_spot(
        store,
        a_form(office, acted_at=earlier, decided_on=earlier.date()),
        today=earlier.date(),
        now=earlier,
        actor="周敏",
    )
    desk = begin(qtbot, page)
    press(qtbot, "430702198801011234", TAB)
    assert desk.fields["party_name"].read() == "李国强"
    assert desk.fields["party_address"].read() == "常德市武陵区建设路8号"


def test_the_officers_of_the_last_case_and_their_recorders_stand_ready(
    qtbot: QtBot, page: CasesPage, store: Store, office: Office
) -> None:
    decide_on_the_spot(store, a_form(office), today=NOW.date(), now=NOW, actor="周敏")
    desk = begin(qtbot, page)
    assert desk.fields["officer1_id"].read() == office.officers[0]
    assert desk.fields["officer2_id"].read() == office.officers[1]
    assert desk.fields["recorders"].read() == "0700001、0700002"


def test_like_decisions_are_shown_beside_the_range(
    qtbot: QtBot, page: CasesPage, store: Store, office: Office
) -> None:
    decide_on_the_spot(
        store, a_form(office, fine_yuan="150"), today=NOW.date(), now=NOW, actor="周敏"
    )
    desk = begin(qtbot, page)
    desk.fields["item_key"].write("road_occupation")
    desk.weigh()
    assert "同类最近 1 件罚款：150 元" in desk.law.text


def test_an_item_that_cannot_be_decided_on_the_spot_says_so_in_red(
    qtbot: QtBot, page: CasesPage, office: Office
) -> None:
    desk = begin(qtbot, page)
    given(desk, office, item_key="open_air_barbecue")
    assert desk.law.kind == "bad"
    assert "只限警告和罚款" in desk.law.text
    assert "item_brings_other_kinds" in desk.findings.codes


def test_two_organs_for_one_item_ask_which_one_acts(
    qtbot: QtBot, page: CasesPage, store: Store, office: Office
) -> None:
    from enforcer.models import ItemPower
    from enforcer.terms import PowerKind

    with store.unit(actor="测试") as session:
        other = Organ(name="高新区管委会")
        session.add(other)
        session.flush()
        source = PowerSource(
            kind=PowerKind.CONFERRED,
            organ_id=other.id,
            document_title="赋权决定",
            valid_from=date(2024, 1, 1),
        )
        session.add(source)
        session.flush()
        session.add(ItemPower(item_key="road_occupation", power_source_id=source.id))
    desk = begin(qtbot, page)
    given(desk, office)
    assert "power_ambiguous" in desk.findings.codes
    assert not desk.fields["power_source_id"].isHidden()
    desk.fields["power_source_id"].write(office.power)
    desk.weigh()
    assert desk.findings.codes == []


def test_a_courteous_notice_fills_the_form_and_is_linked(
    qtbot: QtBot, page: CasesPage, store: Store, office: Office
) -> None:
    with store.unit(actor="测试") as session:
        row = Notice(
            number="常城管温告字〔2026〕第00007号",
            state=NoticeState.ISSUED,
            origin=Origin.MADE_HERE,
            plate="湘J·8K216",
            plate_key="湘J8K216",
            noticed_at=NOW - timedelta(minutes=40),
            noticed_on=NOW.date(),
            place="滨河路118号门前人行道",
            item_key="pavement_parking",
            officer1_id=office.officers[0],
        )
        session.add(row)
        session.flush()
        notice_id = row.id
    page.open_section("summary", identity=notice_id)
    desk = page.desk
    assert desk.fields["place"].read() == "滨河路118号门前人行道"
    assert desk.fields["plate"].read() == "湘J·8K216"
    assert desk.fields["item_key"].read() == "pavement_parking"
    assert desk.given()["notice_id"] == notice_id


def test_an_empty_form_scolds_nobody(qtbot: QtBot, page: CasesPage) -> None:
    desk = begin(qtbot, page)
    assert desk.findings.codes == []
    assert desk.acts._why.text() == "先填当事人和违法行为。"
    assert not desk.sign_button.isEnabled()


def test_ctrl_enter_on_a_grey_act_leads_to_what_is_missing(
    qtbot: QtBot, page: CasesPage, office: Office
) -> None:
    desk = begin(qtbot, page)
    given(desk, office, place="", correction="")
    assert not desk.sign_button.isEnabled()
    press(qtbot, SIGN)
    assert focus() == "case_place"
    assert desk.fields["correction"].error.startswith("没有填责令改正的内容")
    assert desk.message.isHidden(), "the line beside the act says it already"


def test_what_was_typed_a_moment_ago_is_signed_without_waiting(
    qtbot: QtBot, page: CasesPage, office: Office, store: Store
) -> None:
    desk = begin(qtbot, page)
    given(desk, office, fine_yuan=25_000)
    assert not desk.sign_button.isEnabled()
    desk.jump("fine_yuan")
    press(qtbot, (Qt.Key.Key_A, CTRL), "200", SIGN)
    with store.reading() as session:
        assert session.exec(select(Decision)).one().fine_fen == 20_000


def test_a_time_that_cannot_be_read_is_not_called_missing(qtbot: QtBot, page: CasesPage) -> None:
    desk = begin(qtbot, page)
    desk.jump("acted_at")
    press(qtbot, "13:61", TAB)
    desk.weigh()
    assert "13:61" in desk.fields["acted_at"].error


def test_what_cannot_be_read_is_said_under_its_field(
    qtbot: QtBot, page: CasesPage, office: Office
) -> None:
    desk = begin(qtbot, page)
    press(qtbot, "43070219880101123", TAB)
    desk.weigh()
    assert "18位" in desk.fields["party_id_number"].error
    assert "unreadable" in desk.findings.codes


def test_every_field_of_the_form_is_an_input_of_the_desk(page: CasesPage) -> None:
    left_out = {"request_id", "notice_id", "reasons"}
    assert set(page.desk.fields) == set(SummaryForm.model_fields) - left_out


def test_the_form_has_names_for_a_screen_reader(page: CasesPage) -> None:
    for name, field in page.desk.fields.items():
        assert field.editor.accessibleName(), name


def test_the_form_is_one_screen_on_the_smallest_office_screen(
    qtbot: QtBot, page: CasesPage, office: Office
) -> None:
    desk = begin(qtbot, page)
    given(desk, office)
    assert (page.width(), page.height()) == (1278, 688)
    view = desk.scrolled.viewport()
    qtbot.waitUntil(lambda: desk.form.size() == view.size())
    assert desk.form.minimumSizeHint().height() <= view.height()
    assert not desk.scrolled.verticalScrollBar().isVisible()


def test_a_narrow_window_lays_the_same_form_on_half_the_columns(
    qtbot: QtBot, page: CasesPage, office: Office
) -> None:
    desk = begin(qtbot, page)
    given(desk, office)
    page.resize(936, 600)
    view = desk.scrolled.viewport()
    qtbot.waitUntil(lambda: desk.form.width() == view.width() < 600)
    for name, field in desk.fields.items():
        assert field.isHidden() or field.geometry().right() <= view.width(), name


def test_enter_goes_through_the_ticks_too(qtbot: QtBot, page: CasesPage) -> None:
    desk = begin(qtbot, page)
    desk.jump("facts_clear")
    press(qtbot, ENTER, ENTER, ENTER, ENTER)
    assert focus() == "case_kinds"
    press(qtbot, ENTER)
    assert focus() == "kind_fine"
    press(qtbot, ENTER)
    assert focus() == "case_fine_yuan"
