"""The papers of a case on the screen: found by arrows, inspected, issued, printed, saved, made void."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Docx
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import col, select

from enforcer.models import AuditEntry, Document, Organ
from enforcer.operations.replaying import read_script, replay
from enforcer.queries.course_papers_offers import State
from enforcer.store.database import Store, open_store
from enforcer.terms import DocumentState
from tests.courses_made import COURSES, carry
from tests.ui.register_desk import CTRL, QuietWindow, a_context, press, shown, words
from ui.cases.papers import PapersPanel
from ui.cases.papers.dialog import PaperDialog
from ui.cases.papers.targets import target_of
from ui.confirm import ConfirmDialog
from ui.context import Context

DOWN, UP, ENTER, ESC = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape
HOME, END = Qt.Key.Key_Home, Qt.Key.Key_End
UNTIL = "作出决定"


@pytest.fixture(scope="module")
def carried(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The spoil case, decided."""
    home = tmp_path_factory.mktemp("papers") / "home"
    shutil.copytree(empty_home, home)
    store = open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    for done in carry(store, "spoil_company_after", UNTIL):
        assert done.expected
    store.close()
    return home


@pytest.fixture
def context(carried: Path, tmp_path: Path, qapp: QApplication) -> Iterator[Context]:
    assert qapp
    home = Path(shutil.copytree(carried, tmp_path / "home"))
    now = read_script(COURSES / "spoil_company_after.toml", until=UNTIL)[-1].at
    store = open_store(home, clock=lambda: now)
    yield a_context(store, home, now)
    store.close()


@pytest.fixture
def panel(context: Context, qtbot: QtBot) -> PapersPanel:
    made = PapersPanel(context, 1)
    shown(qtbot, made)
    made.lines.lines[0].setFocus()
    return made


def documents(store: Store) -> list[Document]:
    with store.reading() as session:
        return list(session.exec(select(Document).order_by(col(Document.id))))


def go_to(panel: PapersPanel, qtbot: QtBot, key: str) -> None:
    """Walk down to the line of this paper, as an officer does."""
    press(qtbot, HOME)
    for _ in panel.lines.lines:
        line = QApplication.focusWidget()
        if getattr(line, "offer", None) is not None and line.offer.key == key:  # type: ignore[union-attr]
            return
        press(qtbot, DOWN)
    raise AssertionError(f"no line of {key}")


def opened(panel: PapersPanel, qtbot: QtBot, key: str) -> PaperDialog:
    go_to(panel, qtbot, key)
    press(qtbot, ENTER)
    dialog = panel.dialog
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def closed(panel: PapersPanel, qtbot: QtBot) -> None:
    """Esc leaves the paper; the window behind has the focus again, at the line of the paper."""
    press(qtbot, ESC)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    assert QApplication.focusWidget() is not None


def said(context: Context) -> list[tuple[str, str]]:
    window: Any = context.window
    assert isinstance(window, QuietWindow)
    return window.said


def test_the_list_tells_what_came_out_what_can_and_what_lacks(panel: PapersPanel) -> None:
    states = {one.key: one.state for one in panel.papers}
    assert states["prior_notice"] is State.READY
    assert states["waiver_receipt"] is State.OPTIONAL
    assert states["receipt_page"] is State.MISSING
    text = words(panel)
    for heading in ("线索", "立案", "调查取证", "告知听证", "决定", "送达"):
        assert heading in text
    assert "已出 0" in text
    assert "还没有缴款，没有票据可以粘贴。（行政处罚法（2021）第六十七条第三款）" in text


def test_arrows_move_and_tab_passes_the_list_in_one_step(panel: PapersPanel, qtbot: QtBot) -> None:
    lines = panel.lines.lines
    press(qtbot, HOME, DOWN, DOWN, UP)
    assert QApplication.focusWidget() is lines[1]
    press(qtbot, END)
    assert QApplication.focusWidget() is lines[-1]
    press(qtbot, DOWN)
    assert QApplication.focusWidget() is lines[-1], "the last line stays the last"
    tabbed = [one for one in lines if one.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert tabbed == [lines[-1]]


def test_every_line_is_named_for_a_screen_reader(panel: PapersPanel) -> None:
    for one in panel.lines.lines:
        assert one.offer.title in one.accessibleName()


def test_a_missing_paper_says_why_instead_of_opening(
    panel: PapersPanel, qtbot: QtBot, context: Context
) -> None:
    go_to(panel, qtbot, "closure_approval")
    press(qtbot, ENTER)
    assert panel.dialog is None
    kind, text = said(context)[-1]
    assert kind == "warn"
    assert "呈报结案" in text
    assert "第四十七条" in text


def test_enter_shows_the_paper_and_ctrl_enter_issues_it(
    panel: PapersPanel, qtbot: QtBot, context: Context
) -> None:
    dialog = opened(panel, qtbot, "prior_notice")
    assert dialog.preview.pdf.startswith(b"%PDF")
    assert "没有发现问题" in words(dialog)
    assert "云城管罚先告字〔2026〕第001号" in words(dialog)
    assert dialog.printing.isHidden()
    assert documents(context.store) == []
    press(qtbot, (ENTER, CTRL))
    (row,) = documents(context.store)
    assert row.number == "云城管罚先告字〔2026〕第001号"
    assert dialog.issue.isHidden()
    assert dialog.printing.isVisible()
    assert "还没有打印" in words(dialog)
    assert said(context)[-1][0] == "ok"
    closed(panel, qtbot)
    line = QApplication.focusWidget()
    assert line.offer.key == "prior_notice"  # type: ignore[union-attr]
    assert line.offer.state is State.MADE  # type: ignore[union-attr]
    assert "已出 1" in words(panel)


def test_red_greys_the_act_names_its_article_and_leads_to_the_place(
    panel: PapersPanel, qtbot: QtBot, context: Context
) -> None:
    with context.store.unit(actor="测试") as session:
        organ = session.exec(select(Organ)).one()
        organ.court = ""
        session.add(organ)
    dialog = opened(panel, qtbot, "penalty_decision")
    assert not dialog.issue.isEnabled()
    assert "第五十九条" in dialog.issue.toolTip()
    press(qtbot, (ENTER, CTRL))
    assert documents(context.store) == []
    row = dialog.findings.row("organ_court")
    assert row is not None
    row.go.setFocus()
    press(qtbot, ENTER)
    assert not dialog.isVisible()
    window: Any = context.window
    assert window.went == [("settings.organs", "court", None)]


def test_a_finding_about_a_step_leads_the_page_to_the_step(
    panel: PapersPanel, qtbot: QtBot
) -> None:
    led: list[str] = []
    panel.jump.connect(led.append)
    dialog = opened(panel, qtbot, "electronic_service_consent")
    row = dialog.findings.row("channel_missing")
    assert row is not None
    row.go.click()
    assert led == ["served/remedy_channel"]
    assert not dialog.isVisible()


TARGETS = [
    # paper, code, field, where it is put right
    ("prior_notice", "fine_above_range", "fine_yuan", "announced/fine_yuan"),
    ("penalty_decision", "fine_above_range", "fine_yuan", "decision_proposed/fine_yuan"),
    ("penalty_decision", "organ_court", "organ.court", "settings.organs/court"),
    ("penalty_decision", "element_party_address", "party_address", "registers.parties/address"),
    ("inspection_record", "two_certificates", "officer2_id", "registers.officers"),
    ("prior_notice", "element_number", "number", "settings.numbers"),
    ("hearing_notice", "chair_is_investigator", "chair_id", "hearing_noticed/chair_id"),
    ("proof_of_service", "post_without_number", "mail_number", "served/mail_number"),
    ("no_penalty_decision", "element_education", "education", "educated/education"),
]


@pytest.mark.parametrize(("key", "code", "field", "target"), TARGETS)
def test_each_finding_leads_to_where_it_is_mended(
    key: str, code: str, field: str, target: str
) -> None:
    from enforcer.errors import Level, Objection

    assert target_of(key, Objection(code, Level.BLOCK, "…", "", field)) == target


def test_amber_asks_a_reason_before_the_paper_comes_out(
    panel: PapersPanel, qtbot: QtBot, context: Context
) -> None:
    dialog = opened(panel, qtbot, "electronic_service_consent")
    assert not dialog.issue.isEnabled()
    row = dialog.findings.row("channel_missing")
    assert row is not None
    assert QApplication.focusWidget() is row.reason
    press(qtbot, "由经办人手写")
    assert dialog.issue.isEnabled()
    press(qtbot, (ENTER, CTRL))
    (made,) = documents(context.store)
    assert made.fields
    assert made.fields["issue"]["reasons"] == {"channel_missing": "由经办人手写"}  # type: ignore[index]
    assert "由经办人手写" in words(dialog)


def issue(panel: PapersPanel, qtbot: QtBot, key: str) -> PaperDialog:
    dialog = opened(panel, qtbot, key)
    press(qtbot, (ENTER, CTRL))
    assert dialog.known is not None
    return dialog


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """What the system's own dialog would answer."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))


def test_a_saved_copy_counts_as_a_print_and_the_next_is_marked(
    panel: PapersPanel, qtbot: QtBot, context: Context, tmp_path: Path, monkeypatch: Any
) -> None:
    dialog = issue(panel, qtbot, "prior_notice")
    chosen(monkeypatch, tmp_path / "一.pdf")
    press(qtbot, (Qt.Key.Key_S, CTRL))
    assert documents(context.store)[0].print_count == 1
    assert dialog.printing.text().startswith("补打")
    chosen(monkeypatch, tmp_path / "二.pdf")
    press(qtbot, (Qt.Key.Key_S, CTRL))
    first, second = ((tmp_path / name).read_bytes() for name in ("一.pdf", "二.pdf"))
    frozen = context.store.vault / documents(context.store)[0].vault_name
    assert first == frozen.read_bytes()
    assert second != first
    assert dialog.preview.pdf != first, "the preview shows what the next print gives"


def test_the_printer_is_asked_with_its_copies_and_the_print_is_counted(
    panel: PapersPanel, qtbot: QtBot, context: Context
) -> None:
    dialog = issue(panel, qtbot, "correction_order")
    press(qtbot, (Qt.Key.Key_P, CTRL))
    asking = next(
        one for one in dialog.findChildren(QWidget) if type(one).__name__ == "PrintDialog"
    )
    asking._printed(1)  # type: ignore[attr-defined]
    assert documents(context.store)[0].print_count == 1
    with context.store.reading() as session:
        prints = session.exec(select(AuditEntry).where(AuditEntry.action == "print")).all()
    assert len(prints) == 1


def test_a_draft_goes_to_word_without_number_and_is_not_printed(
    panel: PapersPanel, qtbot: QtBot, context: Context, tmp_path: Path, monkeypatch: Any
) -> None:
    dialog = opened(panel, qtbot, "prior_notice")
    dialog.preview.printed.emit()
    assert "先出件" in dialog.message.text
    chosen(monkeypatch, tmp_path / "草稿.docx")
    press(qtbot, (Qt.Key.Key_W, CTRL))
    text = "".join(
        one.text for one in Docx(BytesIO((tmp_path / "草稿.docx").read_bytes())).paragraphs
    )
    assert "云溪顺达渣土运输有限公司" in text
    assert "罚先告字" not in text
    assert documents(context.store) == []


def test_a_paper_is_made_void_with_its_reason_and_can_come_out_anew(
    panel: PapersPanel, qtbot: QtBot, context: Context
) -> None:
    dialog = issue(panel, qtbot, "correction_order")
    dialog.void.click()
    asking = dialog.findChild(ConfirmDialog)
    assert asking is not None
    assert not asking.act.isEnabled()
    asking.activateWindow()
    qtbot.waitUntil(asking.isActiveWindow)
    press(qtbot, "印错了")
    asking.act.click()
    (row,) = documents(context.store)
    assert (row.state, row.void_reason) == (DocumentState.VOID, "印错了")
    assert "已经作废：印错了" in words(dialog)
    assert dialog.void.isHidden()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    closed(panel, qtbot)
    states = [one.state for one in panel.papers if one.key == "correction_order"]
    assert states == [State.VOID, State.READY]


def test_what_has_taken_effect_shows_why_it_is_not_made_void(
    panel: PapersPanel, qtbot: QtBot
) -> None:
    dialog = issue(panel, qtbot, "penalty_decision")
    assert not dialog.void.isEnabled()
    assert "第七十五条" in dialog.void.toolTip()


def test_the_menu_of_a_line_offers_what_its_window_does(panel: PapersPanel, qtbot: QtBot) -> None:
    issue(panel, qtbot, "prior_notice").reject()
    made = next(one for one in panel.papers if one.key == "prior_notice")
    ready = next(one for one in panel.papers if one.key == "penalty_decision")
    missing = next(one for one in panel.papers if one.state is State.MISSING)

    def texts(offer: Any) -> list[str]:
        return [one.text() for one in panel._acts(offer, QMenu(panel))]

    assert texts(made) == ["打开", "打印", "另存为 PDF", "另存为 Word"]
    assert texts(ready) == ["体检并出件", "另存为 Word"]
    assert texts(missing) == ["体检并出件"]


def test_a_step_taken_elsewhere_is_seen_at_once(
    panel: PapersPanel, context: Context, qtbot: QtBot
) -> None:
    before = [one.key for one in panel.papers if one.state is State.READY]
    steps = read_script(COURSES / "spoil_company_after.toml", until="决定书已送达")
    (last,) = [one for one in steps if one.name == "决定书已送达"]
    form = {**last.form, "case_id": 1}
    script = (type(last)(op=last.op, at=last.at, actor=last.actor, form=form),)
    assert all(done.ok for done in replay(context.store, script))
    context.tasks.changed.emit(frozenset({"case_event"}))
    after = [one.key for one in panel.papers if one.state is State.READY]
    assert after.count("proof_of_service") == before.count("proof_of_service") + 1
    assert qtbot


def test_both_looks_show_the_window_whole(
    panel: PapersPanel, qtbot: QtBot, context: Context, look_at: Callable[[QWidget], None]
) -> None:
    for look in ("light", "dark"):
        context.theme.choose(look)
        dialog = opened(panel, qtbot, "prior_notice")
        look_at(dialog)
        closed(panel, qtbot)


@pytest.fixture
def look_at() -> Callable[[QWidget], None]:
    """No act of the row lies outside the window."""

    def look(dialog: QWidget) -> None:
        for one in dialog.findChildren(QWidget):
            if one.objectName().startswith("paper_") and one.isVisible():
                corner = one.mapTo(dialog, one.rect().bottomRight())
                assert dialog.rect().contains(corner), one.objectName()

    return look
