"""A case as one file: out of one home, into another as new or updated, nothing changed in silence."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from enforcer.errors import Refused, Trouble
from enforcer.models import Case, CaseEvent, CaseOpening, Document, Officer, Party
from enforcer.operations import case_files
from enforcer.operations.case_files import CaseOpened, ExportCaseForm, OpenCaseForm
from enforcer.operations.dossier import DossierForm, export_dossier
from enforcer.operations.verification import verify
from enforcer.queries import course_page
from enforcer.queries.course_papers_offers import State, papers
from enforcer.store.database import Store, open_store
from tests.operations.dossier_desk import Desk, carried

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
WHO: dict[str, Any] = {"today": NOW.date(), "now": NOW, "actor": "周敏"}


@pytest.fixture(scope="module")
def made(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    home = Path(shutil.copytree(empty_home, tmp_path_factory.mktemp("from") / "home"))
    desk = carried(home, "spoil_company_after")
    desk.issue_all()
    desk.store.close()
    return home, desk.now


@pytest.fixture
def desk(made: tuple[Path, datetime], tmp_path: Path) -> Iterator[Desk]:
    store = open_store(Path(shutil.copytree(made[0], tmp_path / "甲")), clock=lambda: NOW)
    yield Desk(store, made[1])
    store.close()


@pytest.fixture
def other(empty_home: Path, tmp_path: Path) -> Iterator[Store]:
    store = open_store(Path(shutil.copytree(empty_home, tmp_path / "乙")), clock=lambda: NOW)
    yield store
    store.close()


@pytest.fixture
def package(desk: Desk, tmp_path: Path) -> Path:
    form = ExportCaseForm(case_id=1, path=tmp_path / "案件.zip")
    return case_files.export_case(desk.store, form, **WHO).path


def take(store: Store, path: Path, **choices: str) -> CaseOpened:
    return case_files.open_case(store, OpenCaseForm(path=path, choices=choices), **WHO)  # type: ignore[arg-type]


def count(session: Session, model: Any) -> int:
    return session.exec(select(func.count()).select_from(model)).one()


def test_the_file_holds_papers_hashes_and_a_page_to_read(desk: Desk, package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        page = archive.read("案件摘要.html").decode()
        for line in archive.read("hashes.txt").decode().splitlines():
            digest, name = line.split("  ", 1)
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        names = archive.namelist()
    for one in desk.papers():
        assert f"papers/{one.sha256}.pdf" in names
        assert one.sha256 in page
    assert "云溪顺达渣土运输有限公司" in page
    assert "<script" not in page


def test_it_opens_in_another_home_as_the_same_case(desk: Desk, other: Store, package: Path) -> None:
    opened = take(other, package)
    assert (opened.new, opened.changed) == (True, 0)
    mine = course_page.page(desk.store, 1, now=NOW)
    theirs = course_page.page(other, opened.case_id, now=NOW)
    assert mine is not None
    assert theirs is not None
    assert [(one.step, one.on, one.by) for one in theirs.entries] == [
        (one.step, one.on, one.by) for one in mine.entries
    ]
    assert theirs.facts.party.name == mine.facts.party.name
    assert theirs.facts.decision is not None
    assert mine.facts.decision is not None
    assert theirs.facts.decision.number == mine.facts.decision.number
    assert [one.sha256 for one in theirs.papers] == [one.sha256 for one in mine.papers]
    assert verify(other, actor="测试").problems == ()


def test_papers_find_the_rows_they_are_about_again(desk: Desk, other: Store, package: Path) -> None:
    with other.unit(actor="测试") as session:  # other numbers of rows than at home
        session.add(Party(name="别人", kind="citizen"))  # type: ignore[arg-type]
    opened = take(other, package)

    def made(store: Store, case_id: int) -> list[tuple[str, str, State]]:
        return [(one.key, one.label, one.state) for one in papers(store, case_id, now=NOW)]

    assert made(other, opened.case_id) == made(desk.store, 1)
    form = DossierForm(case_id=opened.case_id)
    here, there = (
        export_dossier(store, form if store is other else DossierForm(case_id=1), **WHO)
        for store in (desk.store, other)
    )
    assert [one.title for one in there.entries] == [one.title for one in here.entries]


def test_people_this_home_does_not_know_are_noted_as_inactive(other: Store, package: Path) -> None:
    opened = take(other, package)
    assert any("本机没有人员“周敏”" in one for one in opened.remarks)
    with other.reading() as session:
        people = session.exec(select(Officer)).all()
    assert people
    assert not any(one.active for one in people)


def test_opening_it_a_second_time_changes_nothing(other: Store, package: Path) -> None:
    take(other, package)
    with other.reading() as session:
        before = count(session, CaseEvent), count(session, Document), count(session, Party)
    again = take(other, package)
    assert (again.new, again.added, again.changed) == (False, 0, 0)
    with other.reading() as session:
        assert (
            count(session, CaseEvent),
            count(session, Document),
            count(session, Party),
        ) == before
        assert count(session, CaseOpening) == 1


def change(store: Store, **values: Any) -> None:
    with store.unit(actor="测试") as session:
        (case,) = session.exec(select(Case)).all()
        for name, value in values.items():
            setattr(case, name, value)
        session.add(case)


def test_a_difference_is_shown_and_nothing_is_written_until_it_is_chosen(
    desk: Desk, other: Store, package: Path, tmp_path: Path
) -> None:
    take(other, package)
    change(other, note="乙的备注")
    plan = case_files.plan_of(other, package)
    (one,) = plan.differences
    assert (one.mine, one.theirs) == ("乙的备注", "（空）")
    with pytest.raises(Refused) as refusal:
        take(other, package)
    assert "案件的备注不同" in refusal.value.objections[0].say
    take(other, package, **{one.key: "mine"})
    with other.reading() as session:
        assert session.exec(select(Case)).one().note == "乙的备注"
    assert take(other, package, **{one.key: "theirs"}).changed == 1
    with other.reading() as session:
        assert session.exec(select(Case)).one().note == ""


def test_what_went_on_at_home_is_added_to_the_case_here(
    made: tuple[Path, datetime], empty_home: Path, other: Store, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(empty_home, tmp_path / "丙"))
    early = carried(home, "spoil_company_after", "告知书已送达")
    path = tmp_path / "早.zip"
    case_files.export_case(early.store, ExportCaseForm(case_id=1, path=path), **WHO)
    take(other, path)
    later = [early.issue("prior_notice"), early.issue("inspection_record")]
    path = tmp_path / "晚.zip"
    case_files.export_case(early.store, ExportCaseForm(case_id=1, path=path), **WHO)
    early.store.close()
    opened = take(other, path)
    assert (opened.new, opened.added) == (False, len(later))
    with other.reading() as session:
        assert count(session, Document) == 2


def test_a_frozen_row_is_not_overwritten(desk: Desk, other: Store, package: Path) -> None:
    take(other, package)
    path = package.with_name("改.zip")
    _rewritten(package, path, lambda rows: rows["rows"]["document"][0].update(title="另一个名称"))
    (one,) = case_files.plan_of(other, path).differences
    with pytest.raises(Refused) as refusal:
        take(other, path, **{one.key: "theirs"})
    assert refusal.value.objections[0].code == "row_frozen"
    assert take(other, path, **{one.key: "mine"}).changed == 0


def _rewritten(source: Path, target: Path, change: Any) -> None:
    """The package as somebody would make it who knows how: rows changed, hashes set anew."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    rows = json.loads(members["rows.json"])
    change(rows)
    members["rows.json"] = json.dumps(rows, ensure_ascii=False).encode()
    manifest = json.loads(members["manifest.json"])
    manifest["members"]["rows.json"] = hashlib.sha256(members["rows.json"]).hexdigest()
    members["manifest.json"] = json.dumps(manifest, ensure_ascii=False).encode()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_another_case_under_the_same_number_is_refused(other: Store, package: Path) -> None:
    take(other, package)
    path = package.with_name("别案.zip")

    def renamed(rows: Any) -> None:
        case = rows["rows"]["enforcement_case"][0]
        case["_identity"] = case["uid"] = "00000000-0000-0000-0000-000000000001"

    _rewritten(package, path, renamed)
    with pytest.raises(Refused) as refusal:
        take(other, path)
    assert {one.code for one in refusal.value.objections} == {"number_taken"}


def altered(source: Path, target: Path, name: str) -> None:
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as out:
        for one in archive.namelist():
            data = archive.read(one)
            out.writestr(one, data[:-1] + b"x" if one == name else data)


def too_deep(source: Path, target: Path) -> None:
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as out:
        for one in archive.namelist():
            out.writestr(one, "[" * 100_000 if one == "rows.json" else archive.read(one))


def overwritten(source: Path, target: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        largest = max(archive.infolist(), key=lambda one: one.compress_size)
    data = bytearray(source.read_bytes())
    start = largest.header_offset + 60 + len(largest.filename.encode())
    data[start : start + 400] = b"\xff" * 400
    target.write_bytes(data)


def with_more(source: Path, target: Path, name: str) -> None:
    shutil.copy(source, target)
    with zipfile.ZipFile(target, "a") as out:
        out.writestr(name, b"x")


BAD = [
    # what is wrong with the file, what is said
    (lambda p, t: altered(p, t, "rows.json"), "损坏|缺少内容"),
    (lambda p, t: altered(p, t, "案件摘要.html"), "校验值不符"),
    (lambda p, t: with_more(p, t, "../../x.pdf"), "不认识的内容"),
    (lambda p, t: with_more(p, t, f"papers/{'0' * 64}.pdf"), "清单不一致"),
    (overwritten, "已经损坏"),
    (too_deep, "缺少内容"),
    (lambda _, t: t.write_bytes(b"PK not a zip"), "不是案件文件"),
    (lambda _, t: t.write_bytes(b""), "不是案件文件"),
]


@pytest.mark.parametrize(("spoil", "say"), BAD)
def test_a_spoilt_file_is_refused_whole(
    other: Store, package: Path, tmp_path: Path, spoil: Any, say: str
) -> None:
    bad = tmp_path / "坏.zip"
    spoil(package, bad)
    with pytest.raises(Trouble, match=say):
        take(other, bad)
    with other.reading() as session:
        assert count(session, Case) == 0
    assert list(other.vault.iterdir()) == []


def test_a_paper_missing_from_the_file_leaves_nothing_behind(
    desk: Desk, other: Store, package: Path
) -> None:
    path = package.with_name("缺.zip")
    _rewritten(package, path, lambda rows: rows["rows"]["document"][-1].update(sha256="0" * 64))
    with pytest.raises(Trouble, match="没有《"):
        take(other, path)
    with other.reading() as session:
        assert session.exec(select(col(Case.id))).all() == []
    assert list(other.vault.iterdir()) == []
