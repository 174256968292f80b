"""Looking at one file: the player or the photo at the left, its line of evidence at the right."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from enforcer.evidence_terms import MediaKind
from enforcer.operations import evidence as deeds
from enforcer.queries import evidence, evidence_items
from enforcer.queries.evidence import FileRow
from enforcer.queries.evidence_items import ItemRow
from ui.context import Context
from ui.evidence import choices as offered
from ui.evidence.canvas import PhotoView
from ui.evidence.item_form import ItemForm
from ui.evidence.player import Player
from ui.evidence.still_view import StillView
from ui.evidence.stills import of_item
from ui.evidence.words import length_words, when_words
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, PageHeader, Scrolled, button, label

RIGHT, _TITLE = 400, 104
SYSTEM_PLAYER = "用系统播放器打开"
_PLAYED = (MediaKind.VIDEO, MediaKind.AUDIO)


class Viewer(QWidget):
    """One file in view; that it was looked at is on record. `left()` goes back to the list."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.file: FileRow | None = None
        self.path: Path | None = None
        self.form: ItemForm | None = None
        self.back = button("返回列表　Esc", "back", on=self.leave)
        self.outside = button(SYSTEM_PLAYER, "open", keys="Ctrl+O", on=self.open_outside)
        self.header = PageHeader("", "", self.outside, self.back)
        self.banner = Banner()
        self.banner.hide()
        self.player, self.photo = Player(), PhotoView()
        self.nothing = label("这种文件不能在窗口里显示，请用系统的程序打开。", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        for one in (self.player, self.photo, self.nothing):
            self.stack.addWidget(one)
        picture = Card(tight=True)
        picture.body.setContentsMargins(12, 12, 12, 10)
        picture.body.addWidget(self.stack, 1)
        self.clips = QVBoxLayout()
        self.clips.setSpacing(2)
        self.side = Card(spacing=8)
        self.side.setFixedWidth(RIGHT)
        self.side.body.setContentsMargins(18, 14, 10, 12)
        clips = QWidget()
        clips.setLayout(self.clips)
        self._clips_box = Scrolled(clips)
        self.side.body.addWidget(self._clips_box)
        self.side.body.addWidget(label("登记为证据", "section"))
        self._form_at = self.side.body.count()
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(picture, 1)
        columns.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addLayout(columns, 1)
        self.player.failed.connect(self._cannot_play)
        self.player.marked.connect(self._mark)

    def show_file(self, file_id: int, *, at_ms: int | None = None) -> None:
        """Open a file: the operation gives its place and keeps that it was looked at."""
        self.unload()
        form = deeds.ViewEvidenceForm(file_id=file_id)
        clock, actor = self.context.clock, self.context.actor

        def look(store: Any) -> tuple[FileRow, Path, offered.Choices]:
            path = deeds.view_evidence(
                store, form, today=clock.today(), now=clock.now(), actor=actor
            )
            row = evidence.file_row(store, file_id)
            assert row is not None
            return row, path, offered.ask(store, today=clock.today())

        self.context.tasks.do(
            look, lambda answer: self._show(answer, at_ms), owner=self, failed=self._not_opened
        )

    def _show(self, answer: tuple[FileRow, Path, offered.Choices], at_ms: int | None) -> None:
        self.file, self.path, choices = answer
        row = self.file
        self.banner.say("info", "")
        self.header.set_title(row.name)
        parts = (length_words(row), when_words(row), row.recorder, row.officer)
        self.header.set_subtitle("　".join(part for part in parts if part))
        self._put_form(ItemForm(self.context, choices, file=row))
        self._show_clips()
        if row.media in _PLAYED:
            self.stack.setCurrentWidget(self.player)
            self.player.load(self.path, duration_ms=row.duration_ms, at_ms=at_ms or 0)
            self.player.canvas.setFocus()
        elif row.media is MediaKind.PHOTO and self.photo.load(self.path):
            self.stack.setCurrentWidget(self.photo)
            self.photo.setFocus()
        else:
            self.stack.setCurrentWidget(self.nothing)
            self.outside.setFocus()
            if self.photo.problem and row.media is MediaKind.PHOTO:
                self.banner.say("warn", self.photo.problem)

    def _not_opened(self, error: Exception) -> bool:
        self.left.emit()
        self.context.window.message("bad", str(error))
        return True

    def _put_form(self, form: ItemForm) -> None:
        if self.form is not None:
            self.side.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = form
        self.side.body.insertWidget(self._form_at, form, 1)
        form.saved.connect(lambda _key: self._show_clips())

    def _show_clips(self) -> None:
        """The lines of evidence this file has already, each with its place to go to."""
        while (item := self.clips.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        file = self.file
        assert file is not None
        found = self.context.tasks.now(lambda store: _items_of(store, file.id))
        for one in found:
            middle = Qt.TextElideMode.ElideMiddle
            short = self.fontMetrics().elidedText(one.title, middle, _TITLE)
            name = f"{one.position}. {short}　{one.span}"
            go = button(name, link=True, on=partial(self.player.seek, one.in_ms or 0))
            go.setToolTip(f"{one.title}\n证明：{one.proves}")
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(StillView(self.context, of_item(one)))
            line.addWidget(go)
            line.addStretch()
            holder = QWidget()
            holder.setLayout(line)
            line.setContentsMargins(0, 0, 0, 0)
            self.clips.addWidget(holder)
        self.clips.addStretch()
        self._clips_box.setFixedHeight(min(16 + 40 * len(found), 136))
        self._clips_box.setVisible(bool(found))

    def _mark(self, which: str, place: int) -> None:
        if self.form is not None:
            self.form.mark(which, place)

    def _cannot_play(self, sentence: str) -> None:
        self.banner.say("warn", sentence, act=SYSTEM_PLAYER, on=self.open_outside)

    def open_outside(self) -> None:
        """The system's own program; it counts as another look."""
        if self.file is None:
            return
        form = deeds.ViewEvidenceForm(file_id=self.file.id)
        self.player.pause()
        self.context.carry_out(deeds.view_evidence, form, self._open_path, owner=self)

    def _open_path(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.banner.say("warn", f"系统没有能打开它的程序。文件在：{path}")

    def unload(self) -> None:
        """Let go of the file and keep what is typed."""
        if self.form is not None:
            self.form.flush()
        self.player.unload()

    def leave(self) -> None:
        """Back to the list."""
        self.unload()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _items_of(store: Any, file_id: int) -> list[ItemRow]:
    row = evidence.file_row(store, file_id)
    cases = dict.fromkeys(one.case_id for one in row.uses if one.case_id) if row else ()
    return [
        one
        for case_id in cases
        for one in evidence_items.item_rows(store, case_id)
        if one.file_id == file_id
    ]
