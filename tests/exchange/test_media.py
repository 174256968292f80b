"""What names, media and EXIF say: read as they are, doubtful ones said, nothing guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from enforcer.evidence_terms import MediaKind
from enforcer.exchange import media, media_names
from tests.evidence_made import MEDIA, clip, photo, put

CHINA = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 9, 3, 10, 12, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("path", "device", "officer", "begins", "ends"),
    [
        ("0700012_000123_20260903101200.mp4", "0700012", "000123", TEN, None),
        ("0700012_000123_20260903101200_3.MP4", "0700012", "000123", TEN, None),
        ("20260903101200_任意后缀.avi", "", "", TEN, None),
        ("IMG_20260903_101200.jpg", "", "", TEN, None),
        ("ST01/2026-09-03/0700012/周敏/01/video/a.mp4", "0700012", "周敏", None, None),
        ("ST01/2026-09-03/别台/别人/01/v/0700012_000123_20260903101200.mp4", "0700012", "000123", TEN, None),
        ("会议.mp4", "", "", None, None),
        ("070001_000123_20260903101200.mp4", "", "", None, None),
    ],
)  # fmt: skip
def test_a_name_says_device_officer_and_time(
    path: str, device: str, officer: str, begins: datetime | None, ends: datetime | None
) -> None:
    found = media_names.read(path)
    assert (found.device, found.officer, found.begins_at, found.ends_at) == (
        device, officer, begins, ends,
    )  # fmt: skip


def test_an_office_may_write_its_own_pattern() -> None:
    own = (r"(?P<officer>\D+)-(?P<ts>\d{14})-(?P<end>\d{14})\.mp4",)
    found = media_names.read("何志远-20260903101200-20260903101530.mp4", own)
    assert found.officer == "何志远"
    assert found.ends_at == datetime(2026, 9, 3, 10, 15, 30, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("name", "say"),
    [
        ("0700012_000123_20261399101200.mp4", "20261399101200”不是真实存在的时间"),
        ("20260230101200_1.mp4", "不是真实存在的时间"),
    ],
)
def test_a_time_that_cannot_be_is_said_and_not_mended(name: str, say: str) -> None:
    found = media_names.read(name)
    assert found.begins_at is None
    assert say in found.remark


@pytest.mark.parametrize(
    ("pattern", "say"),
    [
        (r"(?P<dev>\d{7}", "写法有误"),
        (r"\d{14}\.mp4", "至少要读出"),
        (r"(?P<device>\d+)_(?P<ts>\d{14})", "不认识“device”"),
        (r"(?P<dev>\d+)(?P<time>\d{6})", "有时刻"),
        ("(?P<ts>x)" * 1 + "a" * 300, "最多300个字符"),
    ],
)
def test_a_pattern_that_cannot_work_is_refused_with_the_reason(pattern: str, say: str) -> None:
    assert say in media_names.wrong_with(pattern)


def test_the_default_patterns_can_be_used() -> None:
    assert [media_names.wrong_with(one) for one in media_names.DEFAULTS] == [""] * 4


def test_a_clip_says_its_length_codec_and_clock(tmp_path: Path) -> None:
    path = put(tmp_path / "录像.mp4", clip(TEN))
    found = media.read(path, name="录像.mp4")
    assert (found.kind, found.width, found.height) == (MediaKind.VIDEO, 96, 64)
    assert found.duration_ms is not None
    assert abs(found.duration_ms - 2000) < 300
    assert found.made_at == datetime(2026, 9, 3, 2, 12, tzinfo=UTC)
    assert "AVC" in found.format
    assert found.remarks == ()


def test_a_clip_without_a_clock_has_none(tmp_path: Path) -> None:
    assert media.read(put(tmp_path / "a.mp4", clip(None)), name="a.mp4").made_at is None


def test_sound_alone_is_sound() -> None:
    found = media.read(MEDIA / "sound.wav", name="sound.wav")
    assert found.kind is MediaKind.AUDIO
    assert found.duration_ms == 200


def test_an_unknown_codec_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp4", clip(TEN, codec=b"zzzz"))
    found = media.read(path, name="a.mp4")
    assert found.kind is MediaKind.VIDEO
    assert any("编码认不出来" in one for one in found.remarks)


def test_sound_of_an_unknown_codec_is_said_too(tmp_path: Path) -> None:
    sound = bytearray((MEDIA / "sound.wav").read_bytes())
    sound[20:22] = (12345).to_bytes(2, "little")
    found = media.read(put(tmp_path / "a.wav", bytes(sound)), name="a.wav")
    assert found.kind is MediaKind.AUDIO
    assert any("声音的编码认不出来" in one for one in found.remarks)


@pytest.mark.parametrize("name", ["a.mp4", "a.avi", "a.bin", "a"])
def test_noise_is_taken_as_it_is_with_a_remark(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, bytes(range(256)) * 20)
    found = media.read(path, name=name)
    assert found.kind is MediaKind.OTHER
    assert len(found.remarks) == 1


def test_a_clip_cut_short_does_not_stop_the_reading(tmp_path: Path) -> None:
    data = clip(TEN)
    for size in (20, 64, 700, len(data) // 2):
        found = media.read(put(tmp_path / "a.mp4", data[:size]), name="a.mp4")
        assert found.kind is MediaKind.VIDEO


@pytest.mark.parametrize(
    ("head", "name", "kind", "suffix", "say"),
    [
        (b"MZ" + b"\0" * 80, "录像.mp4", MediaKind.OTHER, ".bin", "内容却是程序"),
        (b"PK\x03\x04" + b"\0" * 80, "照片.jpg", MediaKind.OTHER, ".zip", "内容却是压缩包"),
        (b"%PDF-1.7\n" + b"\0" * 80, "扫描.pdf", MediaKind.PAPER, ".pdf", ""),
    ],
)
def test_content_decides_not_the_name(
    tmp_path: Path, head: bytes, name: str, kind: MediaKind, suffix: str, say: str
) -> None:
    found = media.read(put(tmp_path / name, head), name=name)
    assert (found.kind, found.suffix) == (kind, suffix)
    assert say in "".join(found.remarks)
    assert bool(found.remarks) == bool(say)


def test_a_photo_says_when_where_and_by_what(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jpg", photo(place=(28.9, 111.69)))
    found = media.read(path, name="a.jpg")
    assert found.kind is MediaKind.PHOTO
    assert found.made_at == TEN
    assert found.device == "HUAWEI Mate 60"
    assert found.latitude == pytest.approx(28.9, abs=1e-4)
    assert found.longitude == pytest.approx(111.69, abs=1e-4)
    assert (found.width, found.height) == (64, 48)


def test_a_photo_keeps_the_zone_it_names_and_else_is_of_china(tmp_path: Path) -> None:
    there = media.read(put(tmp_path / "a.jpg", photo(offset="+00:00")), name="a.jpg")
    assert there.made_at == datetime(2026, 9, 3, 10, 12, tzinfo=UTC)
    here = media.read(put(tmp_path / "b.jpg", photo(offset="")), name="b.jpg")
    assert here.made_at == TEN


@pytest.mark.parametrize(
    ("at", "said"),
    [("2026:13:45 10:12:00", True), ("0000:00:00 00:00:00", False), ("", False), ("昨天", True)],
)
def test_a_shutter_time_that_cannot_be_is_said(tmp_path: Path, at: str, said: bool) -> None:
    found = media.read(put(tmp_path / "a.jpg", photo(at)), name="a.jpg")
    assert found.made_at is None
    assert any("不是真实存在的时间" in one for one in found.remarks) is said


def test_a_broken_photo_is_taken_with_a_remark(tmp_path: Path) -> None:
    found = media.read(put(tmp_path / "a.jpg", photo()[:40]), name="a.jpg")
    assert found.kind is MediaKind.PHOTO
    assert "照片信息读不出来" in found.remarks[0]


def test_a_file_that_is_gone_is_a_remark_not_an_error(tmp_path: Path) -> None:
    assert "媒体信息读不出来" in media.read(tmp_path / "没有.mp4", name="没有.mp4").remarks[0]
