"""What the names, clocks and registers say of a recording together; nothing guessed in silence."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from enforcer.evidence_terms import (
    TimeSource,
)
from enforcer.models import Certificate
from enforcer.operations import evidence
from enforcer.queries import evidence as files
from enforcer.store.database import Store
from tests.evidence_made import clip, put
from tests.factories import an_office
from tests.operations.evidence_desk import (
    TEN,
    WHO,
    a_card,
    a_case,
    take,
)


@pytest.fixture
def case(store: Store) -> int:
    an_office(store)
    return a_case(store)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return tmp_path / "card"


def says(report: evidence.IntakeReport) -> str:
    return "\n".join(
        [one.say for one in report.left] + [r for o in report.taken for r in o.remarks]
    )


def test_the_officer_of_the_name_is_found_by_the_end_of_his_certificate(
    store: Store, case: int, card: Path
) -> None:
    a_card(card, 1)
    (one,) = take(store, card, case_id=case).taken
    assert one.officer == "周敏"
    assert one.remarks == ()


def test_without_an_officer_in_the_name_the_holder_of_the_recorder_is_named_and_said(
    store: Store, case: int, card: Path
) -> None:
    put(card / "a.mp4", clip(TEN))
    (one,) = take(store, card, case_id=case, recorder_id=2).taken
    assert (one.officer, one.recorder) == ("何志远", "0700002")
    assert "没有领用记录" in one.remarks[0]


@pytest.mark.parametrize(
    ("name", "inside", "say"),
    [
        ("0700001_700019_20260903101200.mp4", TEN, "文件名里的人员是何志远，执法仪当时的领用人是周敏"),
        ("0700001_999999_20260903101200.mp4", TEN, "人员编号 999999 对应不到执法人员"),
        ("9999999_700012_20260903101200.mp4", TEN, "设备编号 9999999 不在执法仪台账里"),
        ("0700001_700012_20260903101200.mp4", TEN + timedelta(minutes=7), "相差 7分；暂按文件名登记"),
        ("0700001_700012_20260903101200.mp4", TEN + timedelta(hours=8), "正好差八小时"),
        ("0700001_700012_19800106101200.mp4", TEN, "文件名里的时间 1980-01-06 10:12:00 不可信"),
        ("0700001_700012_20270903101200.mp4", TEN, "（晚于现在），"),
        ("0700001_700012_20260899101200.mp4", TEN, "不是真实存在的时间"),
        ("a.mp4", None, "都读不出拍摄时间，请人工填写"),
        ("0700001_700012_20260801101200.mp4", None, "案件的违法时间是 2026-09-03 10:12:00"),
    ],
)  # fmt: skip
def test_clocks_and_names_that_differ_are_said(
    store: Store, case: int, card: Path, name: str, inside: object, say: str
) -> None:
    put(card / name, clip(inside))  # type: ignore[arg-type]
    made = take(store, card, case_id=case)
    assert len(made.taken) == 1
    assert say in says(made)


def test_clocks_that_agree_are_not_spoken_of(store: Store, case: int, card: Path) -> None:
    put(card / "0700001_700012_20260903101200.mp4", clip(TEN + timedelta(seconds=40)))
    assert says(take(store, card, case_id=case)) == ""


def test_a_clock_of_1980_gives_way_to_one_that_can_be(store: Store, case: int, card: Path) -> None:
    put(card / "0700001_700012_19800106101200.mp4", clip(TEN))
    (one,) = take(store, card, case_id=case).taken
    row = files.file_row(store, one.file_id)
    assert row is not None
    assert (row.begins_at, row.time_source) == (TEN, TimeSource.MEDIA)
    assert row.name_at is not None
    assert row.name_at.year == 1980


def test_a_noted_clock_offset_is_said_and_not_applied(store: Store, case: int, card: Path) -> None:
    form = evidence.RecorderEventForm(
        recorder_id=1, kind="clock", happened_at=TEN - timedelta(hours=1), offset_seconds=125
    )
    evidence.note_recorder(store, form, **WHO)
    a_card(card, 1)
    (one,) = take(store, card, case_id=case).taken
    assert one.begins_at == TEN
    assert "校时记录为快 2分5秒，按此推算实际开始于 2026-09-03 10:09:55" in one.remarks[0]


def a_certificate(store: Store, officer_id: int, number: str) -> None:
    with store.unit(actor="测试") as session:
        session.add(Certificate(officer_id=officer_id, number=number, valid_until=date(2030, 1, 1)))


@pytest.mark.parametrize(
    ("held", "code", "officer", "say"),
    [
        # the whole certificate, in either case of its letters
        ({1: "YX070012"}, "YX070012", "周敏", ""),
        ({1: "YX070012"}, "yx070012", "周敏", ""),
        # its last digits, with the letters of the place before them or without
        ({1: "YX070012"}, "070012", "周敏", ""),
        ({1: "3204-YX070012"}, "YX070012", "周敏", ""),
        # the whole one goes before one that only ends so
        ({1: "070012", 2: "YX070012"}, "070012", "周敏", ""),
        # one officer with two certificates is one officer
        ({1: "YX070012", -1: "ZF070012"}, "070012", "周敏", ""),
        # two officers: whoever had the recorder, if he is one of them
        (
            {1: "YX070012", 2: "ZF070012"},
            "070012",
            "周敏",
            "对应到2人（周敏、何志远），不能确定是谁；按执法仪现在的配发人周敏登记",
        ),
        (
            {2: "YX070012", 3: "ZF070012"},
            "070012",
            "070012",
            "领用，也不是其中一人，没有登记拍摄人",
        ),
        # nobody: the register of recorders is the second source, and it is said
        ({}, "070099", "周敏", "070099 对应不到执法人员"),
        ({2: "YX070012"}, "070012", "何志远", "执法仪当时的领用人是周敏；按文件名登记"),
        # a letter too many is no end of a certificate
        ({2: "X070012"}, "YX070012", "周敏", "对应不到执法人员"),
    ],
)
def test_the_code_in_a_name_is_joined_to_a_certificate_or_said_to_be_unclear(
    store: Store, case: int, card: Path, held: dict[int, str], code: str, officer: str, say: str
) -> None:
    for officer_id, number in held.items():
        a_certificate(store, abs(officer_id), number)
    put(card / f"0700001_{code}_20260903101200.mp4", clip(TEN))
    (one,) = take(store, card, case_id=case).taken
    assert one.officer == officer
    assert one.recorder == "0700001"
    if say:
        assert say in one.remarks[0]
    else:
        assert one.remarks == ()


def test_a_code_of_two_officers_is_left_open_where_no_register_can_tell(
    store: Store, case: int, card: Path
) -> None:
    for officer_id, number in ((1, "YX070012"), (2, "ZF070012")):
        a_certificate(store, officer_id, number)
    put(card / "9999999_070012_20260903101200.mp4", clip(TEN))
    (one,) = take(store, card, case_id=case).taken
    assert one.officer == "070012"
    assert "不能确定是谁；没有登记拍摄人，请核对" in "".join(one.remarks)
    put(card / "9999999_070012_20260903111200.mp4", clip(TEN, seed=1))
    chosen = take(store, card, case_id=case, officer_id=2).taken
    assert [one.officer for one in chosen if not one.known] == ["何志远"]
