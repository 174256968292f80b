"""当场处罚 on the screen, by keyboard alone: refused at 250 元 with the article, issued at 200 元."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import Decision, Organ
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import (
    PartyKind,
    PaymentMode,
)
from tests.factories import Office, an_office
from tests.ui.cases_hand import DOWN, ENTER, NOW, SIGN, SPACE, TAB, begin, focus, given
from tests.ui.register_desk import CTRL, a_context, press, shown
from ui.cases import CasesPage
from ui.cases.desk import MENDED_IN
from ui.context import Context
from ui.law_book import page as law_book_page
from ui.registers import page as registers_page
from ui.settings import page as settings_page


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
