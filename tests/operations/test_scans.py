"""Scans of signed papers file themselves by the code on each page; nothing is guessed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from enforcer.dossier_terms import ScanSettled, ScanState
from enforcer.errors import InvalidForm, Refused
from enforcer.models import AuditEntry, Scan, ScanPage
from enforcer.operations import dossier, scans
from enforcer.operations.backup import back_up
from enforcer.operations.course_paper_forms import VoidPaperForm
from enforcer.operations.dossier import DossierForm
from enforcer.operations.scans import AssignForm, ReturnForm, ScansForm, ScansTaken, SetAsideForm
from enforcer.operations.verification import verify
from enforcer.queries import scans as asked
from enforcer.store.database import open_store
from tests.operations.dossier_desk import Desk, as_pdf, carried, page_with, scanned

DECISION = "penalty_decision"


@pytest.fixture(scope="module")
def made(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A home whose case has a decision of three pages and an inquiry record."""
    home = Path(shutil.copytree(empty_home, tmp_path_factory.mktemp("scans") / "home"))
    desk = carried(home, "spoil_company_after", "作出决定", long=True)
    for key in (DECISION, "inquiry_record", "prior_notice"):
        desk.issue(key)
    desk.store.close()
    return home, desk.now


@pytest.fixture
def desk(made: tuple[Path, datetime], tmp_path: Path) -> Iterator[Desk]:
    home = Path(shutil.copytree(made[0], tmp_path / "home"))
    store = open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    yield Desk(store, made[1])
    store.close()


@pytest.fixture
def take(desk: Desk, tmp_path: Path) -> Callable[..., ScansTaken]:
    def taken(*files: bytes | Path, suffix: str = ".pdf") -> ScansTaken:
        paths = []
        for data in files:
            if isinstance(data, Path):
                paths.append(data)
                continue
            paths.append(tmp_path / f"{uuid4().hex[:6]}{suffix}")
            paths[-1].write_bytes(data)
        form = ScansForm(paths=tuple(paths))
        return scans.take_scans(desk.store, form, today=desk.today, now=desk.now, actor="周敏")

    return taken


def pages(desk: Desk) -> list[ScanPage]:
    with desk.store.reading() as session:
        return list(session.exec(select(ScanPage).order_by(col(ScanPage.id))))


def decision(desk: Desk) -> Any:
    return next(one for one in desk.papers() if one.template_key == DECISION)


def pdf_of(desk: Desk, **how: Any) -> bytes:
    return as_pdf(scanned(desk.frozen(decision(desk).id), **how))


TURNS = [
    # turned on the glass, how far the page is to be turned back
    (3.0, 0),
    (-3.0, 0),
    (90.0, 90),
    (93.0, 90),
    (180.0, 180),
    (177.0, 180),
    (270.0, 270),
]


@pytest.mark.parametrize(("turn", "back"), TURNS)
def test_a_signed_decision_of_three_pages_scanned_crooked_is_filed(
    desk: Desk, take: Any, turn: float, back: int
) -> None:
    paper = decision(desk)
    assert paper.pages == 3
    data = pdf_of(desk, turn=turn, noise=0.5)
    assert (take(data).filed, len(pages(desk))) == (3, 3)
    assert [(one.document_id, one.page, one.turn) for one in pages(desk)] == [
        (paper.id, 1, back),
        (paper.id, 2, back),
        (paper.id, 3, back),
    ]
    assert {one.settled for one in pages(desk)} == {ScanSettled.READ}


def test_the_scan_is_kept_as_it_came_with_its_hash_and_logged(desk: Desk, take: Any) -> None:
    data = pdf_of(desk, turn=3)
    take(data)
    with desk.store.reading() as session:
        (scan,) = session.exec(select(Scan)).all()
        logged = session.exec(select(AuditEntry).where(AuditEntry.table_name == "scan")).all()
    assert scan.sha256 == hashlib.sha256(data).hexdigest()
    assert (desk.store.vault / scan.vault_name).read_bytes() == data
    assert [one.actor for one in logged] == ["周敏"]
    assert verify(desk.store, actor="测试").problems == ()


def test_an_altered_scan_is_found_and_a_backup_takes_scans_along(
    desk: Desk, take: Any, tmp_path: Path
) -> None:
    take(pdf_of(desk))
    out = tmp_path / "备份"
    out.mkdir()
    backed = back_up(desk.store, out, now=desk.now, actor="周敏")
    assert backed.files == 4  # three papers and the scan
    with desk.store.reading() as session:
        (scan,) = session.exec(select(Scan)).all()
    kept = desk.store.vault / scan.vault_name
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    (problem,) = verify(desk.store, actor="测试").problems
    assert "扫描件" in problem.say


def test_pages_in_any_order_and_of_several_papers_find_their_place(desk: Desk, take: Any) -> None:
    inquiry = next(one for one in desk.papers() if one.template_key == "inquiry_record")
    mixed = scanned(desk.frozen(inquiry.id or 0)) + scanned(desk.frozen(decision(desk).id))[::-1]
    take(as_pdf(mixed))
    found = [(one.document_id, one.page) for one in pages(desk)]
    first = [(inquiry.id, n) for n in range(1, inquiry.pages + 1)]
    assert found == [*first, *((decision(desk).id, n) for n in (3, 2, 1))]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
def test_pictures_are_taken_too(desk: Desk, take: Any, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"扫描{kind}.dat"
    scanned(desk.frozen(decision(desk).id), turn=3)[1].save(path, kind, dpi=(150, 150))
    take(path)
    (page,) = pages(desk)
    assert (page.state, page.page) == (ScanState.FILED, 2)


def test_a_tiff_of_several_pages_is_several_pages(desk: Desk, take: Any, tmp_path: Path) -> None:
    first, *more = scanned(desk.frozen(decision(desk).id))
    path = tmp_path / "三页.tif"
    first.save(path, "TIFF", save_all=True, append_images=more, dpi=(150, 150))
    assert take(path).filed == 3


def ours_of_nobody(_: Desk) -> str:
    return "EN-0123456789ABCDEF"


TRAY = [
    # what is on the page, what the tray says
    ("https://pay.example.com/order?id=77", "不是本程序印的"),
    ("EN-0123456789ABCDEF", "本机没有这份文书"),
    ("", "没有读到二维码"),
]


@pytest.mark.parametrize(("code", "say"), TRAY)
def test_what_is_foreign_or_unreadable_waits_in_the_tray(
    desk: Desk, take: Any, code: str, say: str
) -> None:
    page = page_with(code or "x")
    if not code:
        page.paste(255, (0, 0, *page.size))
    assert take(as_pdf([page])).tray == 1
    (row,) = asked.tray(desk.store)
    assert say in row.say
    assert row.document_id is None


def test_two_codes_on_one_page_are_not_guessed(desk: Desk, take: Any) -> None:
    inquiry = next(one for one in desk.papers() if one.template_key == "inquiry_record")
    one = scanned(desk.frozen(decision(desk).id))[0]
    other = scanned(desk.frozen(inquiry.id or 0))[0]
    one.paste(other.crop((900, 1500, 1240, 1754)), (100, 1400))
    take(as_pdf([one]))
    (row,) = asked.tray(desk.store)
    assert "几个文书二维码" in row.say


def test_a_scan_of_a_void_paper_waits_in_the_tray(desk: Desk, take: Any) -> None:
    from enforcer.operations import course_paper

    inquiry = next(one for one in desk.papers() if one.template_key == "inquiry_record")
    data = as_pdf(scanned(desk.frozen(inquiry.id or 0))[:1])
    form = VoidPaperForm(document_id=inquiry.id or 0, reason="漏了附页")
    course_paper.void_paper(desk.store, form, today=desk.today, now=desk.now, actor="周敏")
    take(data)
    (row,) = asked.tray(desk.store)
    assert "已经作废" in row.say


def test_the_same_file_twice_is_kept_once(desk: Desk, take: Any) -> None:
    data = pdf_of(desk)
    take(data)
    again = take(data)
    assert (again.filed, again.duplicates, len(pages(desk))) == (0, 3, 3)
    assert "完全相同" in again.files[0].say
    assert len(list(desk.store.vault.iterdir())) == 4


def test_the_same_page_scanned_again_is_recognised_and_does_not_replace(
    desk: Desk, take: Any
) -> None:
    take(pdf_of(desk))
    again = take(pdf_of(desk, turn=3, noise=0.4, seed=2))
    assert (again.filed, again.duplicates) == (0, 3)
    assert [one.state for one in pages(desk)][:3] == [ScanState.FILED] * 3


BAD = [
    # what the scanner left, what is said
    (b"", "空文件"),
    (b"%PDF-1.5 broken", "打不开"),
    (b"PK\x03\x04 not a picture", "不是 PDF 也不是图片"),
    (b"\x89PNG\r\n\x1a\n", "不是 PDF 也不是图片"),
]


@pytest.mark.parametrize(("data", "say"), BAD)
def test_a_bad_file_is_said_and_the_good_one_beside_it_is_taken(
    desk: Desk, take: Any, data: bytes, say: str
) -> None:
    taken = take(data, pdf_of(desk))
    assert say in taken.files[0].say
    assert taken.files[0].say.endswith("。")
    assert taken.filed == 3
    assert len(list(desk.store.vault.iterdir())) == 4


def test_a_folder_and_a_missing_file_are_said(desk: Desk, take: Any, tmp_path: Path) -> None:
    folder = tmp_path / "文件夹"
    folder.mkdir()
    taken = take(folder, tmp_path / "没有.pdf")
    assert ["不是文件" in taken.files[0].say, "读不出来" in taken.files[1].say] == [True, True]
    assert pages(desk) == []


def assign(desk: Desk, page_id: int, page: int, **more: Any) -> int:
    form = AssignForm(page_id=page_id, document_id=decision(desk).id, page=page, **more)
    return scans.assign_scan(desk.store, form, today=desk.today, now=desk.now, actor="周敏")


def test_a_page_in_the_tray_is_assigned_by_hand(desk: Desk, take: Any) -> None:
    take(as_pdf([page_with("https://x.example")]))
    (row,) = asked.tray(desk.store)
    assert asked.picture(desk.store, row.id).startswith(b"\x89PNG")
    assign(desk, row.id, 2, turn=90)
    (page,) = pages(desk)
    assert (page.state, page.page, page.settled_by, page.turn) == (
        ScanState.FILED,
        2,
        "周敏",
        90,
    )
    assert asked.tray_count(desk.store) == 0
    assert verify(desk.store, actor="测试").problems == ()


def test_a_page_that_is_not_there_is_refused(desk: Desk, take: Any) -> None:
    take(as_pdf([page_with("https://x.example")]))
    with pytest.raises(InvalidForm, match="只有 3 页"):
        assign(desk, pages(desk)[0].id or 0, 4)


def test_a_filed_page_is_only_replaced_when_it_is_said(desk: Desk, take: Any) -> None:
    take(pdf_of(desk))
    take(pdf_of(desk, turn=3, seed=2))
    second = pages(desk)[4].id or 0
    with pytest.raises(Refused) as refusal:
        assign(desk, second, 2)
    assert refusal.value.objections[0].code == "page_filed"
    assign(desk, second, 2, instead=True)
    assert [one.state for one in pages(desk)][1:5:3] == [ScanState.DUPLICATE, ScanState.FILED]


def test_a_page_is_set_aside_with_its_reason_and_comes_back(desk: Desk, take: Any) -> None:
    take(as_pdf([page_with("https://x.example")]))
    page = pages(desk)[0].id or 0
    given: dict[str, Any] = {"today": desk.today, "now": desk.now, "actor": "周敏"}
    scans.set_aside_scan(desk.store, SetAsideForm(page_id=page, reason="白纸"), **given)
    assert asked.tray(desk.store) == []
    with pytest.raises(Refused):
        assign(desk, page, 1)
    scans.return_scan(desk.store, ReturnForm(page_id=page, reason="看错了"), **given)
    (row,) = asked.tray(desk.store)
    assert "看错了" in row.say
    with pytest.raises(Refused):
        scans.return_scan(desk.store, ReturnForm(page_id=page, reason="再退"), **given)


def test_the_dossier_shows_the_signed_pages_in_place_of_the_print(desk: Desk, take: Any) -> None:
    def bound() -> Any:
        form = DossierForm(case_id=1)
        return dossier.export_dossier(
            desk.store, form, today=desk.today, now=desk.now, actor="周敏"
        )

    def line(made: Any) -> Any:
        return next(one for one in made.entries if one.title == "行政处罚决定书")

    before = bound()
    take(as_pdf(scanned(desk.frozen(decision(desk).id), turn=180)[:2]))
    part = bound()
    assert line(part).last - line(part).first == 4  # the print, and two signed pages behind it
    assert any("缺第3页" in one for one in part.remarks)
    take(as_pdf(scanned(desk.frozen(decision(desk).id), turn=180)[2:]))
    whole = bound()
    assert line(whole).last - line(whole).first == 2
    assert line(whole).note == "签名件"
    assert (len(whole.pdf), whole.pages) > (0, before.pages - 1)
    assert whole.remarks == ()
