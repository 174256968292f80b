"""What a file of evidence says of itself: its kind by content, its clocks, its device, its place."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, BinaryIO

from PIL import ExifTags, Image, UnidentifiedImageError
from pymediainfo import MediaInfo

from enforcer.errors import reason
from enforcer.evidence_terms import MediaKind
from enforcer.exchange.media_names import CHINA

_HEAD = 64
_SIGNS: tuple[tuple[int, bytes, MediaKind, str, str], ...] = (
    (0, b"\xff\xd8\xff", MediaKind.PHOTO, "JPEG", ".jpg"),
    (0, b"\x89PNG\r\n\x1a\n", MediaKind.PHOTO, "PNG", ".png"),
    (0, b"II*\x00", MediaKind.PHOTO, "TIFF", ".tif"),
    (0, b"MM\x00*", MediaKind.PHOTO, "TIFF", ".tif"),
    (0, b"BM", MediaKind.PHOTO, "BMP", ".bmp"),
    (8, b"WEBP", MediaKind.PHOTO, "WebP", ".webp"),
    (4, b"ftyphei", MediaKind.PHOTO, "HEIF", ".heic"),
    (4, b"ftypmif1", MediaKind.PHOTO, "HEIF", ".heic"),
    (4, b"ftypM4A", MediaKind.AUDIO, "MPEG-4", ".m4a"),
    (4, b"ftypqt", MediaKind.VIDEO, "QuickTime", ".mov"),
    (4, b"ftyp3g", MediaKind.VIDEO, "3GPP", ".3gp"),
    (4, b"ftyp", MediaKind.VIDEO, "MPEG-4", ".mp4"),
    (8, b"AVI ", MediaKind.VIDEO, "AVI", ".avi"),
    (8, b"WAVE", MediaKind.AUDIO, "WAV", ".wav"),
    (0, b"\x1aE\xdf\xa3", MediaKind.VIDEO, "Matroska", ".mkv"),
    (0, b"\x00\x00\x01\xba", MediaKind.VIDEO, "MPEG-PS", ".mpg"),
    (0, b"ID3", MediaKind.AUDIO, "MP3", ".mp3"),
    (0, b"\xff\xfb", MediaKind.AUDIO, "MP3", ".mp3"),
    (0, b"#!AMR", MediaKind.AUDIO, "AMR", ".amr"),
    (0, b"OggS", MediaKind.AUDIO, "Ogg", ".ogg"),
    (0, b"%PDF-", MediaKind.PAPER, "PDF", ".pdf"),
    (0, b"MZ", MediaKind.OTHER, "程序", ".bin"),
    (0, b"\x7fELF", MediaKind.OTHER, "程序", ".bin"),
    (0, b"PK\x03\x04", MediaKind.OTHER, "压缩包", ".zip"),
)
_SAME = {
    ".jpeg": ".jpg",
    ".jpe": ".jpg",
    ".tiff": ".tif",
    ".heif": ".heic",
    ".m4v": ".mp4",
    ".mp4": ".mp4",
    ".mov": ".mp4",
    ".3gp": ".mp4",
    ".m4a": ".mp4",
}
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
_STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})")
_EXIF_STAMP = re.compile(r"(\d{4}):(\d{2}):(\d{2})[ T](\d{2}):(\d{2}):(\d{2})")
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")
_PICTURES = ("JPEG", "MPO", "PNG", "TIFF", "WEBP", "BMP")
_CANNOT = "的媒体信息读不出来，已按原样登记，请用播放器打开核对内容。"


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What was read. `made_at` is the clock inside (of the start, or with some makers the end)."""

    kind: MediaKind = MediaKind.OTHER
    format: str = ""
    suffix: str = ".bin"
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None
    made_at: datetime | None = None
    device: str = ""
    serial: str = ""
    latitude: float | None = None
    longitude: float | None = None
    remarks: tuple[str, ...] = field(default=())


def read(path: Path, *, name: str) -> MediaFacts:
    """Read what the file says of itself; what cannot be read is a remark, never an error.

    `name` is what the file was called where it came from.
    """
    try:
        with path.open("rb") as stream:
            facts = _by_content(stream.read(_HEAD), name)
            stream.seek(0)
            if facts.kind is MediaKind.PHOTO:
                return _picture(stream, facts)
            if facts.kind in (MediaKind.VIDEO, MediaKind.AUDIO) or not facts.format:
                return _recording(stream, facts, name)
            return facts
    except OSError as error:
        say = f"媒体信息读不出来：{reason(error)}。"
        return MediaFacts(suffix=_suffix(name), remarks=(say,))


def suffix_of(path: Path) -> str:
    """The suffix of its content, else that of its name; `.bin` when neither is known."""
    try:
        with path.open("rb") as stream:
            return _by_content(stream.read(_HEAD), path.name).suffix
    except OSError:
        return _suffix(path.name)


def _by_content(head: bytes, name: str) -> MediaFacts:
    suffix = _suffix(name)
    for at, sign, kind, label, own in _SIGNS:
        if head[at : at + len(sign)] == sign:
            remarks: tuple[str, ...] = ()
            if _SAME.get(suffix, suffix) != _SAME.get(own, own):
                remarks = (f"扩展名是“{suffix}”，内容却是{label}，已按内容登记。",)
            return MediaFacts(kind, label, own, remarks=remarks)
    return MediaFacts(suffix=suffix)


def _suffix(name: str) -> str:
    found = Path(name.replace("\\", "/")).suffix.lower()
    return found if _SUFFIX.fullmatch(found) else ".bin"


def _recording(stream: BinaryIO, facts: MediaFacts, name: str) -> MediaFacts:
    try:
        tracks = MediaInfo.parse(stream).tracks
    except (OSError, RuntimeError, ValueError):
        return replace(facts, remarks=(*facts.remarks, f"“{name}”{_CANNOT}"))
    general = next((one for one in tracks if one.track_type == "General"), None)
    video = next((one for one in tracks if one.track_type == "Video"), None)
    audio = next((one for one in tracks if one.track_type == "Audio"), None)
    if general is None or (video is None and audio is None):
        say = f"“{name}”里认不出画面和声音，{_CANNOT.removeprefix('的')}"
        return replace(facts, remarks=(*facts.remarks, say))
    remarks = list(facts.remarks)
    for track, what in ((video, "画面"), (audio, "声音")):
        if track is not None and (not track.format or str(track.format) == track.codec_id):
            code = track.codec_id or "未注明"
            remarks.append(
                f"{what}的编码认不出来（{code}），已按原样登记，请用厂家的播放器核对内容。"
            )
    kind = MediaKind.VIDEO if video is not None else MediaKind.AUDIO
    # MediaInfo gives the code of an unknown codec as a number
    codecs = [str(one.format) for one in (video, audio) if one is not None and one.format]
    container = str(general.format or facts.format)
    return replace(
        facts,
        kind=kind,
        format=" ".join([container, "/".join(codecs)]).strip(),
        duration_ms=_whole(general.duration),
        width=_whole(video.width) if video is not None else None,
        height=_whole(video.height) if video is not None else None,
        made_at=_inside(general, video),
        device=" ".join(
            dict.fromkeys(
                str(one).strip()
                for one in (general.performer, general.encoded_hardware_name, general.model_name)
                if one
            )
        ),
        remarks=tuple(remarks),
    )


def _whole(value: Any) -> int | None:
    """A number of MediaInfo, which gives integers, floats and text alike."""
    with suppress(TypeError, ValueError, OverflowError):
        return round(float(value))
    return None


def _inside(general: Any, video: Any) -> datetime | None:
    """The clock of the container: UTC by the standard, whatever the maker did."""
    given = (general.recorded_date, general.encoded_date, video and video.encoded_date)
    for text in given:
        if found := _STAMP.search(str(text or "")):
            with suppress(ValueError):
                return datetime(*map(int, found.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]
    return None


def _picture(stream: BinaryIO, facts: MediaFacts) -> MediaFacts:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a large picture is no fault, and is not decoded here
            with Image.open(stream, formats=_PICTURES) as image:
                width, height = image.size
                exif = image.getexif()
                inner = dict(exif.get_ifd(ExifTags.IFD.Exif))
                where = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (OSError, UnidentifiedImageError, ValueError, TypeError, SyntaxError, KeyError):
        say = "照片信息读不出来，已按原样登记，请打开核对内容。"
        return replace(facts, remarks=(*facts.remarks, say))
    except Image.DecompressionBombError:
        say = "照片的像素数大得不正常，没有读取照片信息，已按原样登记。"
        return replace(facts, remarks=(*facts.remarks, say))
    made_at, said = _exif_moment(inner, exif)
    latitude = _degrees(where.get(2), where.get(1), "S", 90)
    longitude = _degrees(where.get(4), where.get(3), "W", 180)
    return replace(
        facts,
        width=width,
        height=height,
        made_at=made_at,
        device=" ".join(
            dict.fromkeys(one for one in (_plain(exif.get(271)), _plain(exif.get(272))) if one)
        ),
        serial=_plain(inner.get(0xA431)),
        latitude=latitude if longitude is not None else None,
        longitude=longitude if latitude is not None else None,
        remarks=(*facts.remarks, *said),
    )


def _exif_moment(inner: dict[int, Any], exif: Any) -> tuple[datetime | None, tuple[str, ...]]:
    """When the shutter opened: DateTimeOriginal, in its own zone where it names one."""
    text = _plain(inner.get(0x9003) or inner.get(0x9004) or exif.get(0x0132))
    if not text.strip(" :0"):
        return None, ()
    found = _EXIF_STAMP.match(text)
    offset = _OFFSET.match(_plain(inner.get(0x9011) or inner.get(0x9010)))
    try:
        if not found:
            raise ValueError(text)
        zone: Any = CHINA
        if offset:
            ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
            zone = timezone(ahead if offset[1] == "+" else -ahead)
        return datetime(*map(int, found.groups()), tzinfo=zone), ()  # type: ignore[arg-type,misc]
    except ValueError:
        return None, (f"照片信息里的“{text[:30]}”不是真实存在的时间。",)


def _degrees(parts: Any, letter: Any, below: str, most: int) -> float | None:
    with suppress(TypeError, ValueError, ZeroDivisionError):
        degrees, minutes, seconds = (float(one) for one in parts)
        found = degrees + minutes / 60 + seconds / 3600
        if 0 <= found <= most:
            return round(-found if _plain(letter).upper() == below else found, 6)
    return None


def _plain(value: Any) -> str:
    """Text of a tag: makers pad it with zeros and blanks."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = "" if value is None else str(value)
    return "".join(one for one in text if one.isprintable()).strip()[:100]
