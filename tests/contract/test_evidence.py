"""`evidence add` and `evidence check` as an outsider uses them."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.contract.face import CHINA, DONE, REFUSED, TROUBLE, USAGE, ask, done
from tests.evidence_made import clip, photo, put

AT = datetime(2026, 9, 3, 10, 12, tzinfo=CHINA)
NAME = "0700001_700012_20260903101200.mp4"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def case(sample: Path) -> str:
    hits: list[Any] = done("--home", sample, "search", "立字")
    return str(next(one["number"] for one in hits if one["kind"] == "case" and one["open"]))


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """Three clips and two photos."""
    for minute in range(3):
        at = AT.replace(minute=12 + minute)
        put(tmp_path / "卡" / f"0700001_700012_{at:%Y%m%d%H%M%S}.mp4", clip(at, seed=minute))
    for seed in range(2):
        put(tmp_path / "卡" / "照片" / f"{seed}.jpg", photo(seed=seed))
    return tmp_path / "卡"


def test_a_folder_is_registered_file_by_file(sample: Path, case: str, card: Path) -> None:
    before = {one: sha256(one) for one in card.rglob("*") if one.is_file()}
    made = done("--home", sample, "evidence", "add", case, card)
    assert made["refused"] == []
    assert len(made["taken"]) == 5
    for one in made["taken"]:
        assert {"path", "sha256", "recorder", "officer", "begins_at", "ends_at"} <= set(one)
        path = Path(one["path"])
        assert path.is_absolute()
        assert sha256(path) == one["sha256"] == before[Path(one["source"])]
        assert not path.stat().st_mode & 0o222
    first = made["taken"][0]
    assert first["recorder"] == "0700001"
    assert first["begins_at"] == "2026-09-03T10:12:00+08:00"
    assert first["ends_at"] == "2026-09-03T10:12:02+08:00"
    assert {one: sha256(one) for one in before} == before
    assert done("--home", sample, "evidence", "check") == {"checked": 5, "problems": []}
    assert done("--home", sample, "verify")["ok"] is True


@pytest.mark.parametrize(
    ("how", "kind"),
    [("flip", "altered"), ("cut", "altered"), ("gone", "missing"), ("folder", "unreadable")],
)
def test_a_spoiled_file_is_found_by_the_check(
    sample: Path, case: str, card: Path, how: str, kind: str
) -> None:
    made = done("--home", sample, "evidence", "add", case, card)
    path = Path(made["taken"][1]["path"])
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    if how == "flip":
        data[100] ^= 4
        path.write_bytes(data)
    elif how == "cut":
        path.write_bytes(data[:-10])
    else:
        path.unlink()
        if how == "folder":
            path.mkdir()
    answer = ask("--home", sample, "evidence", "check", "--json")
    assert answer.code == REFUSED
    assert answer.json["checked"] == 5
    (problem,) = answer.json["problems"]
    assert (problem["path"], problem["kind"]) == (str(path), kind)
    assert problem["say"].endswith("。")
    shown = ask("--home", sample, "evidence", "check")
    assert shown.code == REFUSED
    assert "1 个有问题" in shown.out


def test_what_cannot_be_taken_is_listed_and_the_rest_is(
    sample: Path, case: str, tmp_path: Path
) -> None:
    good = put(tmp_path / NAME, clip(AT))
    twin = put(tmp_path / "副本.mp4", clip(AT))
    empty = put(tmp_path / "空.mp4", b"")
    link = tmp_path / "链接.mp4"
    link.symlink_to(good)
    long = tmp_path / ("长" * 250 + ".mp4")
    noise = put(tmp_path / "杂.mp4", b"no medium at all" * 9)
    made = done("--home", sample, "evidence", "add", case, good, twin, empty, link, long, noise)
    assert {one["source"] for one in made["taken"]} == {str(good), str(noise)}
    remarks = {one["source"]: one["remarks"] for one in made["taken"]}
    assert any("认不出画面和声音" in one for one in remarks[str(noise)])
    assert {one["path"]: one["say"].split("，")[0] for one in made["refused"]} == {
        str(empty): "是空文件（0 字节）",
        str(link): "是指向别处的链接",
        str(long): "名称太长",
        str(twin): made["refused"][-1]["say"].split("，")[0],
    }
    assert "完全相同" in made["refused"][-1]["say"]


def test_the_same_again_changes_nothing(sample: Path, case: str, card: Path) -> None:
    done("--home", sample, "evidence", "add", case, card)
    kept = sorted(one for one in (sample / "evidence").rglob("*") if one.is_file())
    answer = ask("--home", sample, "evidence", "add", case, card, "--json")
    assert answer.code == REFUSED
    assert answer.json["taken"] == []
    assert len(answer.json["refused"]) == 5
    assert sorted(o for o in (sample / "evidence").rglob("*") if o.is_file()) == kept


def test_a_file_may_be_referenced_where_it_lies(sample: Path, case: str, card: Path) -> None:
    made = done("--home", sample, "evidence", "add", case, card, "--reference")
    assert [one["path"] for one in made["taken"]] == [one["source"] for one in made["taken"]]
    assert not (sample / "evidence").exists()
    Path(made["taken"][0]["path"]).write_bytes(b"other")
    answer = ask("--home", sample, "evidence", "check", "--json")
    assert [one["kind"] for one in answer.json["problems"]] == ["altered"]


@pytest.mark.parametrize(
    ("words", "code", "say"),
    [
        (("add", "没有这个案号", "{file}"), REFUSED, "没有案号为"),
        (("add", "{case}", "{home}"), REFUSED, "本程序自己的数据"),
        (("add", "{case}", "/没有/这个.mp4"), TROUBLE, "不存在"),
        (("add", "{case}"), USAGE, ""),
        (("add",), USAGE, ""),
        ((), USAGE, ""),
    ],
)
def test_what_cannot_be_meant_is_answered_by_its_code(
    sample: Path, case: str, tmp_path: Path, words: tuple[str, ...], code: int, say: str
) -> None:
    file = put(tmp_path / NAME, clip(AT))
    given = [one.format(file=file, case=case, home=sample) for one in words]
    answer = ask("--home", sample, "evidence", *given, "--json")
    assert answer.code == code
    if code != USAGE:
        assert say in answer.out
        assert answer.json


def test_plain_words_say_the_same(sample: Path, case: str, card: Path, tmp_path: Path) -> None:
    put(card / "空.mp4", b"")
    answer = ask("--home", sample, "evidence", "add", case, card)
    assert answer.code == DONE
    assert "登记 5 个文件，没有登记 1 个。" in answer.out
    assert "空文件" in answer.out


def test_a_check_of_nothing_is_sound(sample: Path) -> None:
    assert done("--home", sample, "evidence", "check") == {"checked": 0, "problems": []}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_listed(sample: Path, case: str, tmp_path: Path) -> None:
    path = put(tmp_path / NAME, clip(AT))
    path.chmod(0)
    answer = ask("--home", sample, "evidence", "add", case, path, "--json")
    assert answer.code == TROUBLE
    assert "没有权限" in answer.json["refused"][0]["say"]
