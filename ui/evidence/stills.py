"""Small still pictures of recordings and photos, made in the background when a list wants them.

They lie in a cache folder of the data home, are no part of the record, and come back when it is
deleted. The original is only read; where no picture can be had, a drawn tile says what it is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from enforcer.evidence_terms import MediaKind
from enforcer.queries import evidence
from enforcer.queries.evidence import FileRow
from enforcer.queries.evidence_items import ItemRow
from ui.context import Context
from ui.evidence.player import multimedia
from ui.tasks import Cancelled, Note

EDGE: Final = 384
"""The longer side of a still, in pixels."""
LEAD_MS: Final = 1_000
"""Where a recording as a whole is looked at: its very first frame is often black."""
PATIENCE_MS: Final = 8_000
MOST_KEPT: Final = 20_000
POLL_MS: Final = 100
_QUALITY, _WAITING, _IN_VIEW = 85, 60, 400
PICTURED: Final = (MediaKind.VIDEO, MediaKind.PHOTO)


@dataclass(frozen=True, slots=True)
class Still:
    """Which picture: of the bytes with this hash, at this place of the recording."""

    file_id: int
    sha256: str
    media: MediaKind
    size: int
    at_ms: int = 0

    @property
    def name(self) -> str:
        return f"{self.sha256}-{self.at_ms}.jpg"


def of_file(row: FileRow) -> Still:
    """The still of a whole file: a photo itself, a recording a moment after its beginning."""
    return Still(row.id, row.sha256, row.media, row.size, _lead(row.media, row.duration_ms))


def of_item(row: ItemRow) -> Still:
    """The still of a line of evidence: at its in-mark where it has one; a paper's has no picture."""
    media = row.media or MediaKind.PAPER
    at_ms = _lead(media, row.duration_ms) if row.in_ms is None else row.in_ms
    return Still(row.file_id or 0, row.sha256, media, row.size, at_ms)


def _lead(media: MediaKind, duration_ms: int | None) -> int:
    return min(LEAD_MS, (duration_ms or 0) // 2) if media is MediaKind.VIDEO else 0


def folder(home: Path) -> Path:
    """Where the stills lie."""
    return home / "cache" / "stills"


def stills(context: Context) -> Stills:
    """The stills of this window: one for all screens."""
    found = context.tasks.findChild(Stills)
    return found if isinstance(found, Stills) else Stills(context)


class Stills(QObject):
    """Hands out the pictures that are there and makes the others, one at a time; `made(still)`."""

    made = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context.tasks)
        self._context = context
        self._shown: OrderedDict[str, QPixmap] = OrderedDict()
        self._without: set[str] = set()
        self._wanted: OrderedDict[str, Still] = OrderedDict()
        self._busy, self._untidy = False, True
        context.tasks.changed.connect(self._changed)

    def picture(self, still: Still) -> QPixmap | None:
        """The picture, or None: it is being made and `made` will tell, or there is none to be had."""
        if still.media not in PICTURED or still.name in self._without:
            return None
        if still.name in self._shown:
            self._shown.move_to_end(still.name)
            return self._shown[still.name]
        self._wanted[still.name] = still
        while len(self._wanted) > _WAITING:  # scrolled past: asked for again when seen again
            self._wanted.popitem(last=False)
        if not self._busy:
            self._busy = True
            QTimer.singleShot(0, self, self._next)
        return None

    def _next(self) -> None:
        if not self._wanted:
            self._busy = False
            return
        if self._untidy:
            self._tidy()
        _name, still = self._wanted.popitem(last=False)
        store, home = self._context.store, self._context.home
        self._context.tasks.work(
            lambda note: _had(store, folder(home), still, note),
            partial(self._came, still),
            owner=self,
            what="取缩略图",
            failed=self._stopped,
            quiet=True,
        )

    def _came(self, still: Still, image: QImage | None) -> None:
        self._wanted.pop(still.name, None)
        if image is None:
            self._without.add(still.name)
        else:
            self._shown[still.name] = QPixmap.fromImage(image)
            while len(self._shown) > _IN_VIEW:
                self._shown.popitem(last=False)
        self.made.emit(still)
        QTimer.singleShot(0, self, self._next)

    def _stopped(self, error: Exception) -> bool:
        self._busy = False
        return isinstance(error, Cancelled)

    def _changed(self, tables: frozenset[str]) -> None:
        if "evidence_deletion" in tables:
            self._tidy()
        if tables & {"evidence_file", "evidence_check", "evidence_problem"}:
            self._without.clear()  # a disk was attached, a lost file made good

    def _tidy(self) -> None:
        """No still outlives the file it shows."""
        self._untidy = False
        store, home = self._context.store, self._context.home
        self._context.tasks.work(
            lambda _note: tidy(folder(home), evidence.kept_hashes(store)),
            lambda _none: None,
            owner=self,
            what="整理缩略图",
            quiet=True,
        )


def tidy(place: Path, kept: frozenset[str]) -> None:
    """Take stills of deleted files off the disk, and the oldest where there are too many."""
    found = []
    for one in place.glob("*/*"):
        with suppress(OSError):
            if one.name.partition("-")[0] not in kept or one.suffix != ".jpg":
                one.unlink()
            else:
                found.append((one.stat().st_mtime, one))
    for _, one in sorted(found)[:-MOST_KEPT]:
        with suppress(OSError):
            one.unlink()


def _had(store: Any, place: Path, still: Still, note: Note) -> QImage | None:
    """From the cache, else made and put there; None where there is nothing to see."""
    kept = place / still.sha256[:2] / still.name
    image = QImage(str(kept)) if kept.is_file() else QImage()
    if not image.isNull():
        return image
    path = evidence.path_of(store, still.file_id)
    try:
        if path is None or path.stat().st_size != still.size:
            return None  # away, lost, or not what was registered
    except OSError:
        return None
    image = photo(path) if still.media is MediaKind.PHOTO else frame(path, still.at_ms, note)
    if image.isNull():
        return None
    _keep(image, kept)
    return image


def _keep(image: QImage, kept: Path) -> None:
    part = kept.with_suffix(".part")
    with suppress(OSError):  # a full disk costs a still, nothing else
        kept.parent.mkdir(parents=True, exist_ok=True)
        if image.save(str(part), "JPG", _QUALITY):  # type: ignore[call-overload]
            part.replace(kept)


def photo(path: Path) -> QImage:
    """A photo made small, turned as its EXIF says; null when it cannot be read."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > EDGE:
        reader.setScaledSize(size.scaled(EDGE, EDGE, Qt.AspectRatioMode.KeepAspectRatio))
    return _small(reader.read())


def frame(path: Path, at_ms: int, note: Note) -> QImage:
    """One frame of a recording, decoded in this thread; null when none comes."""
    found = multimedia()
    return QImage() if found is None else _Look(found, at_ms, note).at(path)


class _Look(QObject):
    """One look into a recording, with an event loop of its own.

    It has no sound: the thread of a sound asks Python for its lock on the way out.
    """

    def __init__(self, found: Any, at_ms: int, note: Note) -> None:
        super().__init__()
        self._at_ms, self._note = at_ms, note
        self._loop = QEventLoop()
        self._player, self._sink = found.QMediaPlayer(), found.QVideoSink()
        self._states = found.QMediaPlayer.MediaStatus
        self._seen: Any = None
        self._standing = False
        self._stop: Cancelled | None = None
        self._player.setVideoSink(self._sink)
        self._player.mediaStatusChanged.connect(self._status)
        self._player.errorOccurred.connect(self._failed)
        self._sink.videoFrameChanged.connect(self._shown)

    def at(self, path: Path) -> QImage:
        """Open, go to the place, take the first frame that comes, let go of the file."""
        timers = _timer(POLL_MS, self._asked), _timer(PATIENCE_MS, self._loop.quit)
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self._loop.exec()
        for one in timers:
            one.stop()
        image = QImage() if self._seen is None else _small(self._seen.toImage())
        self._seen = None
        self._player.stop()
        self._player.setSource(QUrl())
        if self._stop is not None:
            raise self._stop
        return image

    def _status(self, status: Any) -> None:
        if self._standing:
            return
        if status == self._states.LoadedMedia and self._player.hasVideo():
            self._standing = True
            self._player.setPosition(self._at_ms)  # before it is loaded this is not heard
            self._player.pause()
        elif status in (self._states.LoadedMedia, self._states.InvalidMedia):
            self._loop.quit()

    def _failed(self, _kind: Any, _why: str) -> None:
        self._loop.quit()

    def _shown(self, seen: Any) -> None:
        if self._seen is None and seen.isValid():
            self._seen = seen
            self._loop.quit()

    def _asked(self) -> None:
        try:
            self._note(0, 0)
        except Cancelled as stop:
            self._stop = stop
            self._loop.quit()


def _timer(every_ms: int, on: Callable[[], object]) -> QTimer:
    made = QTimer()
    made.setInterval(every_ms)
    made.timeout.connect(on)
    made.start()
    return made


def _small(image: QImage) -> QImage:
    if image.isNull() or max(image.width(), image.height()) <= EDGE:
        return image
    return image.scaled(
        QSize(EDGE, EDGE),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
