"""当场处罚 on the screen, by keyboard alone: refused at 250 元 with the article, issued at 200 元."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import Decision, Draft, Notice, Organ, PowerSource
from enforcer.operations.summary import SummaryForm, decide_on_the_spot
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import (
    Defence,
    NoticeState,
    Origin,
    PartyKind,
    PaymentMode,
    PenaltyKind,
)
from tests.factories import Office, an_office
from tests.operations.test_summary import a_form
from tests.ui.register_desk import CTRL, a_context, press, shown
from ui.cases import CasesPage
from ui.cases.desk import MENDED_IN
from ui.context import Context
from ui.law_book import page as law_book_page
from ui.registers import page as registers_page
from ui.settings import page as settings_page

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 9, 3, 10, 12, tzinfo=CHINA)
TAB, ENTER, SPACE, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down
SIGN = (Qt.Key.Key_Return, CTRL)


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


def begin(qtbot: QtBot, page: CasesPage) -> Any:
    """Ctrl+N opens the desk; the number of the party's card has the focus."""
    page.list.table.setFocus()
    press(qtbot, (Qt.Key.Key_N, CTRL))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.desk)
    assert focus() == "case_party_id_number"
    return page.desk


def focus() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget else ""


def goto(qtbot: QtBot, name: str) -> None:
    """Tab until the field has the focus, as a hand would."""
    for _ in range(60):
        if focus() == name:
            return
        press(qtbot, TAB)
    raise AssertionError(f"Tab never reaches {name}")


def fill(qtbot: QtBot, desk: Any, fine: str = "250") -> None:
    """Everything a decision needs, typed in the order of the form."""
    press(qtbot, "430702198801011234", ENTER, "李国强", ENTER, "常德市武陵区建设路8号", ENTER)
    press(qtbot, "13873600000")
    goto(qtbot, "case_item_key")
    press(qtbot, "擅自占用城市道路", ENTER)
    goto(qtbot, "case_acted_at")
    press(qtbot, "2026-9-3 9:40", ENTER)
    goto(qtbot, "case_place")
    press(qtbot, "武陵区桃林路118号门前人行道", ENTER)
    press(qtbot, "擅自占用城市道路摆放水果货筐约三平方米")
    goto(qtbot, "case_evidence")
    press(qtbot, "现场照片2张、执法记录仪视频2段")
    goto(qtbot, "case_officer1_id")
    press(qtbot, "J0700012", ENTER)
    goto(qtbot, "case_officer2_id")
    press(qtbot, "J0700019", ENTER)
    goto(qtbot, "case_defence")
    press(qtbot, DOWN)
    goto(qtbot, "case_facts_clear")
    press(qtbot, SPACE, ENTER, SPACE, ENTER, SPACE)
    goto(qtbot, "case_fine_yuan")
    press(qtbot, fine)
    goto(qtbot, "case_correction")
    press(qtbot, "立即清理占用道路的货物")
    goto(qtbot, "case_payment")
    press(qtbot, DOWN)
    desk.draw()


def test_250_yuan_is_refused_with_the_article_and_200_yuan_is_issued(
    qtbot: QtBot, page: CasesPage, store: Store
) -> None:
    desk = begin(qtbot, page)
    fill(qtbot, desk)
    assert desk.findings.codes == ["fine_over_limit"]
    assert not desk.sign_button.isEnabled()
    assert "第五十一条" in desk.acts._why.text()
    assert "200 元（含本数）" in desk.law.text
    press(qtbot, SIGN)
    with store.reading() as session:
        assert session.exec(select(Decision)).all() == []
    desk.jump("fine_yuan")
    assert focus() == "case_fine_yuan"
    press(qtbot, (Qt.Key.Key_A, CTRL), "200", TAB)
    desk.draw()
    assert desk.fields["fine_yuan"].widget.words == "大写　贰佰元整"
    assert desk.findings.codes == []
    assert desk.sign_button.isEnabled()
    assert desk.preview.pdf
    press(qtbot, SIGN)
    with store.reading() as session:
        decision = session.exec(select(Decision)).one()
        assert (decision.number, decision.fine_fen) == ("常城管当罚字〔2026〕第001号", 20_000)
    assert page.stack.currentWidget() is page.view
    assert page.view.page.row.party_name == "李国强"
    paper = page.view.page.papers[0]
    pdf = vault.read(store.vault, paper.vault_name, paper.sha256)
    text = "".join("".join(one.extract_text().split()) for one in PdfReader(BytesIO(pdf)).pages)
    assert text.count("罚款人民币贰佰元整（￥200.00）") == 2
    assert "应当先申请行政复议" in text
    assert "李国强" in text
    assert page.desk.print_dialog.isVisible()
    assert page.desk.fields["party_name"].read() == "", "the next form is empty"


def given(desk: Any, office: Office, **changes: Any) -> None:
    """Fill the form at once where the keyboard is not what is tried."""
    values: dict[str, Any] = {
        "party_id_number": "430702198801011234",
        "party_name": "李国强",
        "party_address": "常德市武陵区建设路8号",
        "item_key": "road_occupation",
        "acted_at": NOW - timedelta(minutes=30),
        "place": "桃林路118号",
        "act": "摆放水果货筐",
        "evidence": "现场照片2张",
        "facts_clear": True,
        "officer1_id": office.officers[0],
        "officer2_id": office.officers[1],
        "certificates_shown": True,
        "party_present": True,
        "defence": Defence.WAIVED,
        "kinds": [PenaltyKind.FINE.value],
        "fine_yuan": 20_000,
        "correction": "立即清理",
        "payment": PaymentMode.BANK,
    } | changes
    for name, value in values.items():
        desk.fields[name].write(value)
    desk.draw()


def test_a_blameless_form_can_be_signed_and_shows_its_paper(
    qtbot: QtBot, page: CasesPage, office: Office
) -> None:
    desk = begin(qtbot, page)
    given(desk, office)
    assert desk.findings.codes == []
    assert desk.sides.tabText(0) == "出件体检　通过"
    assert desk.sides.currentIndex() == 1
    assert desk.preview.page_count == 2


def test_the_item_fills_both_provisions_and_they_are_never_the_same(
    qtbot: QtBot, page: CasesPage, office: Office
) -> None:
    desk = begin(qtbot, page)
    given(desk, office)
    assert desk.fields["breached"].read() == "《城市道路管理条例》第二十七条第一项"
    assert desk.fields["sanctioned_by"].read() == "《城市道路管理条例》第四十二条"
    desk.fields["breached"].write("《城市道路管理条例》第四十二条")
    desk.weigh()
    assert "same_provision" in desk.findings.codes
    assert not desk.sign_button.isEnabled()


def test_a_reason_settles_an_amber_finding(
    qtbot: QtBot, page: CasesPage, office: Office, store: Store
) -> None:
    desk = begin(qtbot, page)
    given(desk, office, recorders="0700001")
    desk.fields["recorders"].write("0700001")
    desk.weigh()
    row = desk.findings.row("recorders_fewer_than_two")
    assert row is not None
    assert "1 项要写理由" in desk.sides.tabText(0)
    row.reason.setFocus()
    press(qtbot, "另一台送修")
    desk.weigh()
    assert desk.findings.row("recorders_fewer_than_two") is row, "what is typed is not torn away"
    assert desk.sign_button.isEnabled()
    press(qtbot, SIGN)
    with store.reading() as session:
        decision = session.exec(select(Decision)).one()
    assert decision.facts is not None
    assert decision.facts["settled"][0]["reason"] == "另一台送修"  # type: ignore[index]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"defence": None}, "defence_missing", "defence"),
        ({"party_present": False}, "party_absent", "party_present"),
        ({"certificates_shown": False}, "certificates_not_shown", "certificates_shown"),
        ({"correction": ""}, "correction_missing", "correction"),
        ({"payment": PaymentMode.ON_SPOT_SMALL}, "collected_over_limit", "payment"),
        ({"item_key": "pavement_parking"}, "parking_not_recorded", "driver"),
        ({"acted_at": NOW + timedelta(hours=1)}, "act_in_future", "acted_at"),
    ],
)
def test_a_finding_leads_to_its_field(
    qtbot: QtBot, page: CasesPage, office: Office, changes: dict[str, Any], code: str, field: str
) -> None:
    desk = begin(qtbot, page)
    given(desk, office, **changes)
    row = desk.findings.row(code)
    assert row is not None
    row.go.click()
    assert focus() == f"case_{field}"
    press(qtbot, TAB)
    desk.weigh()
    assert desk.fields[field].error, "the sentence stands below the field once it is left"


def test_what_the_office_lacks_leads_to_its_settings(
    qtbot: QtBot, page: CasesPage, office: Office, store: Store, context: Context
) -> None:
    with store.unit(actor="测试") as session:
        organ = session.get(Organ, office.organ)
        assert organ is not None
        organ.court = ""
        session.add(organ)
    desk = begin(qtbot, page)
    given(desk, office)
    row = desk.findings.row("organ_court")
    assert row is not None
    row.go.click()
    window: Any = context.window
    assert window.went == [("settings.organs", "court", None)]


@pytest.mark.parametrize("place", sorted(set(MENDED_IN.values())))
def test_each_page_that_mends_a_finding_is_there(place: str) -> None:
    screen, _, tab = place.partition(".")
    tabs = {"settings": settings_page, "registers": registers_page, "law_book": law_book_page}
    assert tab in {one[0] for one in tabs[screen].TABS}


def test_fields_come_and_go_with_the_case(qtbot: QtBot, page: CasesPage, office: Office) -> None:
    desk = begin(qtbot, page)
    given(desk, office)
    hidden = {name for name, one in desk.fields.items() if one.isHidden()}
    assert {"driver", "legal_representative", "receipt_number", "refusal_reason"} <= hidden
    desk.fields["item_key"].write("pavement_parking")
    desk.fields["party_kind"].write(PartyKind.LEGAL_PERSON)
    desk.fields["payment"].write(PaymentMode.ON_SPOT_HARD)
    desk.fields["refused_to_sign"].write(True)
    desk.weigh()
    hidden = {name for name, one in desk.fields.items() if one.isHidden()}
    assert not {"driver", "legal_representative", "receipt_number", "refusal_reason"} & hidden
    assert "sex" in hidden


def test_what_is_hidden_is_not_said(qtbot: QtBot, page: CasesPage, office: Office) -> None:
    desk = begin(qtbot, page)
    given(desk, office, payment=PaymentMode.ON_SPOT_SMALL, receipt_number="湘财1")
    desk.fields["payment"].write(PaymentMode.BANK)
    assert desk.given()["receipt_number"] == ""
    desk.fields["kinds"].write(["warning"])
    assert "payment" not in desk.given()
    assert desk.given()["fine_yuan"] == ""


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
