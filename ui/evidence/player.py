"""The player: Space plays, comma and full stop step a frame, arrows seek, I and O set the marks.

QtMultimedia comes with the first recording shown. Where this PC has none of it, or not the codec,
it says so and the recording opens in the system's player; marks are then typed as times.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Q_ARG, QMetaObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QVBoxLayout, QWidget

from enforcer.queries.evidence_items import clock
from ui import theme
from ui.evidence.canvas import VideoCanvas
from ui.widgets.basics import icon_button, label

SPEEDS: Final = (0.25, 0.5, 1.0, 1.5, 2.0, 4.0)
FRAME_MS: Final = 40
JUMP_MS, LONG_JUMP_MS = 5_000, 60_000
NEAR_MS, PATIENCE_MS = 300, 250
NO_PLAYER: Final = (
    "这台电脑缺少播放组件，不能在窗口里播放。请用系统播放器打开，起止点可以直接填写时间。"
)
NO_CODEC: Final = (
    "这个文件的编码在这台电脑上播放不了（{why}）。请用系统播放器打开，起止点可以直接填写时间。"
)


def multimedia() -> Any:
    """QtMultimedia, imported when first wanted; None where this PC comes without it."""
    try:
        from PySide6 import QtMultimedia
    except ImportError:
        return None
    return QtMultimedia


class Player(QWidget):
    """One recording; `marked(which, ms)` by I and O, `failed(sentence)` where it cannot play."""

    marked = Signal(str, int)
    failed = Signal(str)
    ready = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.canvas = VideoCanvas()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("播放位置")
        self.slider.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.place, self.speed_shown = label("00:00:00 / 00:00:00"), label("1×", "quiet")
        self.problem = ""
        self._path: Path | None = None
        self._resume_ms = 0
        self._media: Any = None
        self._sound: Any = None
        self._sink: Any = None
        self._frame_ms = FRAME_MS
        self._known_ms = 0
        self._asked_ms, self._next_ms = 0, -1
        self._dragging = QTimer(self)
        self._dragging.setSingleShot(True)
        self._dragging.setInterval(PATIENCE_MS)
        self._dragging.timeout.connect(self._dragged)
        self.play_button = self._tool("play", "播放或者暂停（空格）", self.toggle)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self.play_button)
        for icon, name, on in (
            ("frame_back", "后退一帧（,）", lambda: self.step(-1)),
            ("frame_on", "前进一帧（.）", lambda: self.step(1)),
        ):
            tools.addWidget(self._tool(icon, name, on))
        tools.addWidget(self.slider, 1)
        tools.addWidget(self.place)
        tools.addWidget(self.speed_shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.canvas, 1)
        column.addLayout(tools)
        column.addWidget(
            label(
                "空格 播放、暂停　, . 逐帧　←→ 5秒　Shift+←→ 1分钟　- + 速度　I 起点　O 止点",
                "small",
                wrap=True,
            )
        )
        self.setFocusProxy(self.canvas)
        self.slider.sliderMoved.connect(self.drag)

    def _tool(self, icon: str, name: str, on: Callable[[], object]) -> QToolButton:
        made = icon_button(icon, name, on=on)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    # what is played

    def load(self, path: Path, *, duration_ms: int | None = None, at_ms: int = 0) -> None:
        """Show a recording, standing at its beginning or at a place."""
        self.problem, self._known_ms = "", duration_ms or 0
        self._path, self._resume_ms = path, at_ms
        self.canvas.show_frame(None)
        self.canvas.say("")
        if not self._prepare():
            self._fail(NO_PLAYER)
            return
        self._order("setPlaybackRate", Q_ARG(float, 1.0))
        self.speed_shown.setText("1×")
        self._media.setSource(QUrl.fromLocalFile(str(path)))
        self._order("pause")  # shows the first frame
        self._tell()

    def unload(self) -> None:
        """Let go of the file: Windows keeps what is open from being moved."""
        self._path = None
        self._let_go()

    def _let_go(self) -> None:
        self._dragging.stop()
        self._next_ms = -1
        if self._media is not None:
            self._order("stop")
            self._media.setSource(QUrl())
        self.canvas.show_frame(None)

    @property
    def position(self) -> int:
        """Where it stands, in milliseconds."""
        return int(self._media.position()) if self._media is not None else 0

    @property
    def duration(self) -> int:
        """How long it runs."""
        return (int(self._media.duration()) if self._media is not None else 0) or self._known_ms

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        if self._media is None:
            return False
        return bool(self._media.playbackState() == self._media.PlaybackState.PlayingState)

    def toggle(self) -> None:
        """Play, or stand still."""
        if self._media is None or self.problem:
            return
        if self.playing:
            self._order("pause")
        else:
            self._order("play")

    def pause(self) -> None:
        """Stand still."""
        if self._media is not None and self.playing:
            self._order("pause")

    def seek(self, place: int) -> None:
        """Go to a place, within the recording."""
        if self._media is not None:
            place = max(0, min(place, self.duration))
            self._order("setPosition", Q_ARG("qlonglong", place))
            self._tell()

    def drag(self, place: int) -> None:
        """Follow the slider: the next place is asked for once the last is seen.

        Asked for all of them at once a long recording shows nothing until the hand stops.
        """
        if self._dragging.isActive():
            self._next_ms = place
            return
        self._asked_ms, self._next_ms = place, -1
        self._dragging.start()
        self.seek(place)

    def _dragged(self) -> None:
        self._dragging.stop()
        if self._next_ms >= 0:
            self.drag(self._next_ms)

    def _seen(self, frame: Any) -> None:
        shown_ms = frame.startTime() / 1000
        if self._dragging.isActive() and abs(shown_ms - self._asked_ms) < NEAR_MS:
            self._dragged()

    def step(self, frames: int) -> None:
        """Some frames on or back, standing still."""
        self.pause()
        self.seek(self.position + frames * self._frame_ms)

    def faster(self, steps: int) -> None:
        """The next speed up or down."""
        if self._media is None:
            return
        now = min(range(len(SPEEDS)), key=lambda at: abs(SPEEDS[at] - self._media.playbackRate()))
        wanted = SPEEDS[max(0, min(now + steps, len(SPEEDS) - 1))]
        self._order("setPlaybackRate", Q_ARG(float, wanted))
        self.speed_shown.setText(f"{wanted:g}×")

    # the machinery

    def _order(self, act: str, *given: Any) -> None:
        """Have it act with Python's lock let go: the sound's thread asks for that lock on its way
        out, the act waits for this thread, and the window would stand still for ever.
        """
        QMetaObject.invokeMethod(self._media, act, Qt.ConnectionType.DirectConnection, *given)

    def _prepare(self) -> bool:
        if self._media is not None:
            return True
        found = multimedia()
        if found is None:
            return False
        self._media = found.QMediaPlayer(self)
        self._sound = found.QAudioOutput(self)
        self._sink = found.QVideoSink(self)
        self._media.setAudioOutput(self._sound)
        self._media.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self.canvas.show_frame)
        self._sink.videoFrameChanged.connect(self._seen)
        self._media.positionChanged.connect(lambda _place: self._tell())
        self._media.durationChanged.connect(self._measured)
        self._media.metaDataChanged.connect(self._read_rate)
        self._media.playbackStateChanged.connect(lambda _state: self._tell())
        self._media.errorOccurred.connect(lambda _kind, why: self._broke(why))
        self._media.mediaStatusChanged.connect(self._status)
        return True

    def _measured(self, duration: int) -> None:
        self.slider.setRange(0, max(duration, self._known_ms))
        self._tell()

    def _read_rate(self) -> None:
        key = self._media.metaData().Key.VideoFrameRate
        rate = self._media.metaData().value(key)
        self._frame_ms = round(1000 / rate) if isinstance(rate, float) and rate > 0 else FRAME_MS

    def _status(self, status: Any) -> None:
        kinds = self._media.MediaStatus
        if status == kinds.InvalidMedia:
            self._broke(self._media.errorString())
        elif status in (kinds.LoadedMedia, kinds.BufferedMedia):
            if self._resume_ms:  # asked for before it was loaded it would not be heard
                at_ms, self._resume_ms = self._resume_ms, 0
                self.seek(at_ms)
            if not self._media.hasVideo():
                self.canvas.say("只有声音，没有画面。")
            self.ready.emit()

    def _broke(self, why: str) -> None:
        self._fail(NO_CODEC.format(why=why.strip() or "读不出内容"))

    def _fail(self, sentence: str) -> None:
        if not self.problem:
            self.problem = sentence
            self.canvas.show_frame(None)
            self.canvas.say(sentence)
            self.failed.emit(sentence)

    def _tell(self) -> None:
        if not self.slider.isSliderDown():
            self.slider.setValue(self.position)
        self.place.setText(f"{clock(self.position)} / {clock(self.duration)}")
        self.play_button.setIcon(theme.icon("pause" if self.playing else "play"))
        self.play_button.setAccessibleName("暂停" if self.playing else "播放")

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of view nothing plays; the sound's thread must be gone before the player is deleted.

        It asks Python for the lock on its way out, which the deletion holds while it waits.
        """
        super().hideEvent(event)
        if self._path is not None and not event.spontaneous():
            self._resume_ms = self.position
            self._let_go()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        path, at_ms = self._path, self._resume_ms
        gone = self._media is not None and self._media.source().isEmpty() and not self.problem
        if path is not None and gone and not event.spontaneous():
            self.load(path, duration_ms=self._known_ms, at_ms=at_ms)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        jump = LONG_JUMP_MS if shift else JUMP_MS
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Comma: lambda: self.step(-1),
            Qt.Key.Key_Period: lambda: self.step(1),
            Qt.Key.Key_Left: lambda: self.seek(self.position - jump),
            Qt.Key.Key_Right: lambda: self.seek(self.position + jump),
            Qt.Key.Key_Home: lambda: self.seek(0),
            Qt.Key.Key_End: lambda: self.seek(self.duration),
            Qt.Key.Key_Minus: lambda: self.faster(-1),
            Qt.Key.Key_Plus: lambda: self.faster(1),
            Qt.Key.Key_Equal: lambda: self.faster(1),
            Qt.Key.Key_I: lambda: self.marked.emit("in", self.position),
            Qt.Key.Key_O: lambda: self.marked.emit("out", self.position),
        }
        act = acts.get(key)
        if act is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            act()
