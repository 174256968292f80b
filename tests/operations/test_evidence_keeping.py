"""Kept evidence: checked, looked at, copied out, masked on copies, deleted only when nothing holds it."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused, Trouble, VaultTrouble
from enforcer.evidence_terms import (
    ActionKind,
    EvidenceActKind,
    Keeping,
    ProblemKind,
    RetentionClass,
)
from enforcer.models import EvidenceFile
from enforcer.operations import evidence, office
from enforcer.operations.evidence import (
    CheckEvidenceForm,
    Control,
    CopyOutForm,
    DeleteExpiredForm,
    EvidenceSettingsForm,
    MaskedCopyForm,
    RetentionForm,
    UnlinkEvidenceForm,
    ViewEvidenceForm,
)
from enforcer.operations.evidence_copies import safe_name
from enforcer.operations.verification import verify
from enforcer.queries import evidence as files
from enforcer.queries import evidence_history as history
from enforcer.store.database import Store
from tests.evidence_made import clip, photo, put
from tests.factories import an_office
from tests.operations.evidence_desk import DAY, NOW, TEN, WHO, a_card, a_case, kept, sha256, take

LATER = {"now": NOW + timedelta(days=400), "today": DAY + timedelta(days=400), "actor": "测试"}


@pytest.fixture
def case(store: Store) -> int:
    an_office(store)
    return a_case(store)


@pytest.fixture
def taken(store: Store, case: int, tmp_path: Path) -> list[evidence.TakenFile]:
    """Three clips of a case."""
    a_card(tmp_path / "card", 3)
    return list(take(store, tmp_path / "card", case_id=case).taken)


@pytest.fixture
def loose(store: Store, case: int, tmp_path: Path) -> list[evidence.TakenFile]:
    """Two clips that belong to nothing."""
    put(tmp_path / "loose" / "a.mp4", clip(TEN, seed=50))
    put(tmp_path / "loose" / "b.mp4", clip(TEN, seed=51))
    return list(take(store, tmp_path / "loose").taken)


def spoil(path: Path, how: str) -> None:
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    if how == "flipped":
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    elif how == "cut":
        path.write_bytes(data[:-1])
    elif how == "gone":
        path.unlink()
    else:
        path.unlink()
        path.mkdir()


def check(store: Store, **given: object) -> evidence.CheckOutcome:
    return evidence.check_evidence(store, CheckEvidenceForm(**given), **WHO)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("flipped", ProblemKind.ALTERED),
        ("cut", ProblemKind.ALTERED),
        ("gone", ProblemKind.MISSING),
        ("a folder now", ProblemKind.UNREADABLE),
    ],
)
def test_a_check_finds_what_is_wrong_and_keeps_it_on_record(
    store: Store, taken: list[evidence.TakenFile], how: str, kind: ProblemKind
) -> None:
    assert check(store).problems == ()
    spoil(Path(str(taken[1].path)), how)
    found = check(store)
    assert found.checked == 3
    assert [(one.file_id, one.kind) for one in found.problems] == [(taken[1].file_id, kind)]
    assert found.problems[0].path == str(taken[1].path)
    rows = history.checks(store)
    assert [(one.checked, one.problems) for one in rows] == [(3, 1), (3, 0)]
    assert [one.kind for one in history.problems(store, found.id)] == [kind]
    with pytest.raises(Exception, match="不能删除"), store.unit(actor="测试") as session:
        session.delete(session.get(evidence_check(), found.id))


def evidence_check() -> type:
    from enforcer.models import EvidenceCheck

    return EvidenceCheck


def test_a_disk_that_is_not_attached_is_no_fault_of_the_files(
    store: Store, case: int, tmp_path: Path
) -> None:
    a_card(tmp_path / "disk" / "card", 2)
    take(
        store,
        tmp_path / "disk" / "card",
        case_id=case,
        keeping=Keeping.REFERENCED,
        volume_label="3号硬盘",
    )
    assert check(store).checked == 2
    with store.unit(actor="测试") as session:
        for row in session.exec(select(EvidenceFile)):
            row.volume_root = str(tmp_path / "拔掉了")
            session.add(row)
    found = check(store)
    assert (found.checked, found.problems, found.away) == (0, (), {"3号硬盘": 2})
    with pytest.raises(Trouble, match="保存在“3号硬盘”上，请先接上"):
        evidence.view_evidence(store, ViewEvidenceForm(file_id=1), **WHO)


def test_the_weekly_check_falls_due_and_is_made(
    store: Store, taken: list[evidence.TakenFile]
) -> None:
    assert history.check_due(store, today=DAY)
    check(store, file_ids=(taken[0].file_id,))
    assert history.check_due(store, today=DAY)
    check(store, scheduled=True)
    assert not history.check_due(store, today=DAY + timedelta(days=6))
    assert history.check_due(store, today=DAY + timedelta(days=7))
    control = Control()
    control.cancel()
    made = evidence.check_evidence(store, CheckEvidenceForm(), control=control, **WHO)
    assert not made.whole
    assert not history.checks(store)[0].whole


def test_no_check_is_due_where_nothing_is_kept(store: Store) -> None:
    assert not history.check_due(store, today=DAY)


def test_who_looked_at_a_file_stays_on_record(
    store: Store, taken: list[evidence.TakenFile]
) -> None:
    path = evidence.view_evidence(store, ViewEvidenceForm(file_id=taken[0].file_id), **WHO)
    assert path == taken[0].path
    (act,) = history.acts(store, taken[0].file_id)
    assert (act.kind, act.actor) == (EvidenceActKind.VIEWED, "测试")


def test_copies_go_out_proved_under_their_own_names_and_on_record(
    store: Store, taken: list[evidence.TakenFile], tmp_path: Path
) -> None:
    out = tmp_path / "带出"
    out.mkdir()
    form = CopyOutForm(
        file_ids=(taken[0].file_id, taken[1].file_id),
        folder=out,
        purpose="行政复议举证",
        approved_by="李主任",
    )
    first = evidence.copy_out(store, form, **WHO)
    again = evidence.copy_out(store, form, **WHO)
    assert [one.name for one in first] == [taken[0].source, taken[1].source]
    assert again[0].name == taken[0].source.replace(".mp4", "（2）.mp4")
    assert {sha256(one) for one in (*first, *again)} == {taken[0].sha256, taken[1].sha256}
    assert first[0].stat().st_mode & 0o200
    acts = history.acts(store, taken[0].file_id)
    assert [(one.kind, one.purpose, one.approved_by) for one in acts] == [
        (EvidenceActKind.COPIED_OUT, "行政复议举证", "李主任")
    ] * 2


def test_an_altered_file_does_not_go_out(
    store: Store, taken: list[evidence.TakenFile], tmp_path: Path
) -> None:
    out = tmp_path / "带出"
    out.mkdir()
    spoil(Path(str(taken[0].path)), "flipped")
    form = CopyOutForm(file_ids=(taken[0].file_id,), folder=out, purpose="举证")
    with pytest.raises(VaultTrouble, match="没有复制出去：内容与登记时的校验值不符"):
        evidence.copy_out(store, form, **WHO)
    assert list(out.iterdir()) == []
    assert history.acts(store, taken[0].file_id) == []


@pytest.mark.parametrize("folder", ["没有", "home"])
def test_copies_go_to_a_folder_that_is_there_and_not_ours(
    store: Store, taken: list[evidence.TakenFile], tmp_path: Path, folder: str
) -> None:
    where = store.home / "evidence" if folder == "home" else tmp_path / folder
    form = CopyOutForm(file_ids=(taken[0].file_id,), folder=where, purpose="举证")
    with pytest.raises(InvalidForm, match=r"不存在|自己的数据目录"):
        evidence.copy_out(store, form, **WHO)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.mp4", "a.mp4"),
        ("../../x.mp4", "_.._x.mp4"),
        ("..\\x.mp4", "_x.mp4"),
        ("C:x.mp4", "C_x.mp4"),
        ("CON.mp4", "_CON.mp4"),
        (" . ", "证据"),
        ("改\u202egpj.mp4", "改_gpj.mp4"),
    ],
)
def test_a_name_that_goes_out_leads_nowhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_end() -> None:
    made = safe_name("长" * 250 + ".mp4")
    assert made.endswith("长.mp4")
    assert len(os.fsencode(made)) <= 200


def test_a_masked_copy_stands_beside_its_untouched_original(
    store: Store, case: int, tmp_path: Path
) -> None:
    put(tmp_path / "card" / "原.jpg", photo(seed=1))
    (original,) = take(store, tmp_path / "card", case_id=case).taken
    masked = put(tmp_path / "遮.jpg", photo(seed=2))
    form = MaskedCopyForm(original_id=original.file_id, path=masked, how="遮盖路人面部和号牌")
    made = evidence.register_masked(store, form, **WHO)
    row = files.file_row(store, made)
    assert row is not None
    assert (row.derived_from_id, row.derivation) == (original.file_id, "遮盖路人面部和号牌")
    assert sha256(Path(str(original.path))) == original.sha256
    assert history.acts(store, original.file_id)[0].kind is EvidenceActKind.MASKED
    assert check(store).problems == ()
    same = MaskedCopyForm(
        original_id=original.file_id, path=tmp_path / "card" / "原.jpg", how="没有遮"
    )
    with pytest.raises(InvalidForm, match="和原件完全相同"):
        evidence.register_masked(store, same, **WHO)
    of_copy = MaskedCopyForm(original_id=made, path=masked, how="再遮")
    with pytest.raises(InvalidForm, match="本身是遮盖副本"):
        evidence.register_masked(store, of_copy, **WHO)
    assert len(kept(store)) == 2


def row_of(store: Store, file_id: int) -> files.FileRow:
    row = files.file_row(store, file_id)
    assert row is not None
    return row


def test_a_recording_is_kept_six_months_until_the_office_has_confirmed_its_days(
    store: Store, loose: list[evidence.TakenFile]
) -> None:
    assert row_of(store, loose[0].file_id).keep_until == date(2027, 3, 3)
    form = office.AnswerForm(
        name="recording_retention_days", value="90", document="执法记录仪管理办法"
    )
    office.answer_question(store, form, **WHO)
    assert row_of(store, loose[0].file_id).keep_until == DAY + timedelta(days=90)


@pytest.mark.parametrize(
    ("retention", "given", "until"),
    [
        (RetentionClass.OBSTRUCTION, {}, None),
        (RetentionClass.MAJOR, {}, None),
        (RetentionClass.MAJOR, {"major_days": 1000}, DAY + timedelta(days=1000)),
        (RetentionClass.OBSTRUCTION, {"obstruction_days": 400}, DAY + timedelta(days=400)),
    ],
)
def test_each_class_has_its_time(
    store: Store,
    loose: list[evidence.TakenFile],
    retention: RetentionClass,
    given: dict[str, int],
    until: date | None,
) -> None:
    evidence.save_evidence_settings(store, EvidenceSettingsForm(**given), **WHO)  # type: ignore[arg-type]
    form = RetentionForm(file_ids=(loose[0].file_id,), retention=retention, reason="群众围堵")
    evidence.set_retention(store, form, **WHO)
    assert row_of(store, loose[0].file_id).keep_until == until


def test_another_class_needs_its_reason(store: Store, loose: list[evidence.TakenFile]) -> None:
    form = RetentionForm(file_ids=(loose[0].file_id,), retention=RetentionClass.MAJOR)
    with pytest.raises(InvalidForm, match="请写明为什么"):
        evidence.set_retention(store, form, **WHO)


def test_only_what_no_case_holds_is_on_the_list(
    store: Store, taken: list[evidence.TakenFile], loose: list[evidence.TakenFile]
) -> None:
    assert files.deletable_ids(store, today=date(2027, 3, 3)) == []
    assert files.deletable_ids(store, today=date(2027, 3, 4)) == [one.file_id for one in loose]
    assert all(row_of(store, one.file_id).keep_until is None for one in taken)


def delete(store: Store, *ids: int, by: int = 1) -> int:
    form = DeleteExpiredForm(file_ids=ids, confirmed_by_id=by, reason="保存期满")
    return evidence.delete_expired(store, form, **LATER)


def test_a_deletion_is_confirmed_by_name_and_leaves_the_row(
    store: Store, loose: list[evidence.TakenFile]
) -> None:
    delete(store, loose[0].file_id)
    assert kept(store) == [loose[1].path]
    row = row_of(store, loose[0].file_id)
    assert row.deleted
    assert row.sha256 == loose[0].sha256
    (act,) = history.acts(store, loose[0].file_id)
    assert (act.kind, act.approved_by, act.purpose) == (EvidenceActKind.DELETED, "周敏", "保存期满")
    found = check(store)
    assert (found.checked, found.problems) == (1, ())
    assert verify(store, actor="测试").problems == ()
    with pytest.raises(Refused, match="已经到期删除"):
        evidence.view_evidence(store, ViewEvidenceForm(file_id=loose[0].file_id), **WHO)
    with pytest.raises(Exception, match="不能恢复登记"), store.unit(actor="测试") as session:
        gone = session.get(EvidenceFile, loose[0].file_id)
        assert gone
        gone.deletion_id = None
        session.add(gone)


@pytest.mark.parametrize("why", ["held", "early", "person", "permanent"])
def test_a_deletion_that_may_not_be_is_refused_whole(
    store: Store, taken: list[evidence.TakenFile], loose: list[evidence.TakenFile], why: str
) -> None:
    ids = [one.file_id for one in loose]
    if why == "permanent":
        form = RetentionForm(file_ids=(ids[0],), retention=RetentionClass.MAJOR, reason="围堵")
        evidence.set_retention(store, form, **WHO)
    wanted = DeleteExpiredForm(
        file_ids=(*ids, taken[0].file_id) if why == "held" else tuple(ids),
        confirmed_by_id=99 if why == "person" else 1,
        reason="保存期满",
    )
    said = {
        "held": "有案件在用",
        "early": "要保存到 2027-03-03",
        "person": "确认人没有登记",
        "permanent": "永久保存",
    }[why]
    with pytest.raises((Refused, InvalidForm), match=said):
        evidence.delete_expired(store, wanted, **(WHO if why == "early" else LATER))
    assert len(kept(store)) == 5


def test_the_original_of_a_masked_copy_in_a_case_is_held(
    store: Store, case: int, loose: list[evidence.TakenFile], tmp_path: Path
) -> None:
    masked = put(tmp_path / "遮.mp4", clip(TEN, seed=60))
    form = MaskedCopyForm(original_id=loose[0].file_id, path=masked, how="遮盖号牌")
    copy = evidence.register_masked(store, form, **WHO)
    assert not row_of(store, loose[0].file_id).held
    link = evidence.LinkEvidenceForm(file_ids=(copy,), action_id=case)
    evidence.link_evidence(store, link, **WHO)
    assert row_of(store, loose[0].file_id).held


def test_a_link_made_by_mistake_is_taken_off_with_its_reason(
    store: Store, case: int, taken: list[evidence.TakenFile]
) -> None:
    (use,) = row_of(store, taken[0].file_id).uses
    evidence.unlink_evidence(store, UnlinkEvidenceForm(use_id=use.id, reason="选错案件"), **WHO)
    row = row_of(store, taken[0].file_id)
    assert (row.uses, row.held) == ((), False)
    with pytest.raises(Refused, match="已经解除"):
        evidence.unlink_evidence(store, UnlinkEvidenceForm(use_id=use.id, reason="再来"), **WHO)


def test_a_referenced_file_is_let_go_of_and_left_where_it_lies(
    store: Store, case: int, tmp_path: Path
) -> None:
    (path,) = a_card(tmp_path / "card", 1)
    (one,) = take(store, path, keeping=Keeping.REFERENCED).taken
    delete(store, one.file_id)
    assert path.is_file()
    assert row_of(store, one.file_id).deleted


def test_files_are_found_by_what_is_asked(
    store: Store, case: int, taken: list[evidence.TakenFile], loose: list[evidence.TakenFile]
) -> None:
    ids = {one.file_id for one in taken}
    assert set(files.file_ids(store, files.FileFilter(case_id=case))) == ids
    assert set(files.file_ids(store, files.FileFilter(recorder_id=1))) == ids
    assert set(files.file_ids(store, files.FileFilter(search="0700001 周敏"))) == ids
    assert set(files.file_ids(store, files.FileFilter(unused=True))).isdisjoint(ids)
    assert files.file_ids(store, files.FileFilter(first=DAY + timedelta(days=1))) == []
    assert len(files.file_ids(store, files.FileFilter(first=DAY, last=DAY))) == 5
    used = files.FileFilter(action=ActionKind.CASE, action_id=case)
    assert set(files.file_ids(store, used)) == ids
    assert files.file_ids(store, files.FileFilter(search="%")) == []
    assert set(files.file_ids(store, files.FileFilter(with_remarks=True))).isdisjoint(ids)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"patterns": (r"(?P<x>\d+)",)}, "patterns"),
        ({"folder": "相对路径"}, "folder"),
    ],
)
def test_settings_that_cannot_work_are_refused(
    store: Store, given: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidForm) as refusal:
        evidence.save_evidence_settings(store, EvidenceSettingsForm(**given), **WHO)  # type: ignore[arg-type]
    assert list(refusal.value.by_field) == [field]


def test_own_patterns_hold_for_the_next_intake(store: Store, case: int, tmp_path: Path) -> None:
    own = (r"记录(?P<dev>\d{7})-(?P<ts>\d{14})\.mp4",)
    evidence.save_evidence_settings(store, EvidenceSettingsForm(patterns=own), **WHO)
    put(tmp_path / "card" / "记录0700002-20260903101200.mp4", clip(TEN))
    (one,) = take(store, tmp_path / "card", case_id=case).taken
    assert (one.recorder, one.begins_at) == ("0700002", TEN)
