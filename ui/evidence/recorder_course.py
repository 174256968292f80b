"""The course of one recorder: issued, returned, out of order, its clock; entered and read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.evidence_terms import RecorderEventKind
from enforcer.operations.evidence import RecorderEventForm, note_recorder
from enforcer.queries import evidence_recorders
from enforcer.queries.evidence_reading import apart
from enforcer.queries.evidence_recorders import RecorderEventRow
from enforcer.queries.registers import RecorderRow
from ui.context import Context
from ui.evidence.deed_dialog import Ask, DeedDialog
from ui.evidence.deeds import look_up
from ui.widgets.basics import button, label
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.moments import DateTimeEdit, show_moment
from ui.widgets.pickers import OfficerPicker

MOST = 12


class OffsetEdit(LineEdit):
    """Seconds a clock is ahead; 快 and 慢 are understood."""

    def read(self) -> int | None:  # type: ignore[override]
        text = self.text().strip().replace("快", "").replace("慢", "-").replace("秒", "")
        text = text.replace("＋", "").replace("+", "").replace("－", "-").strip()
        try:
            return int(text) if text else None
        except ValueError:
            return None

    def complaint(self) -> str:
        wrong = self.text().strip() and self.read() is None
        return "请填写整数秒，快为正、慢为负，例如 快35 或者 -20。" if wrong else ""


class RecorderCourse(QWidget):
    """The turns of the recorder in the form, the latest first, and the act that enters one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.row: RecorderRow | None = None
        self.dialog: DeedDialog | None = None
        self.act = button("登记领用、故障、校时…", "recorder", keys="F7", on=self.note)
        self.act.setObjectName("recorder_note")
        self.turns = QVBoxLayout()
        self.turns.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(label("领用和校时", "strong"))
        head.addStretch()
        head.addWidget(self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self.turns)
        self.show_recorder(None)

    def show_recorder(self, row: RecorderRow | None) -> None:
        """Show the course of this one; a new one has none yet."""
        self.row = row
        self.setVisible(row is not None)
        while (item := self.turns.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        if row is None:
            return
        found = self.context.tasks.now(lambda store: evidence_recorders.history(store, row.id))
        if not found:
            text = "还没有领用记录。录像按领用记录对应到人；没有记录的按台账现在的配发人。"
            self.turns.addWidget(label(text, "quiet", wrap=True))
        for one in found[:MOST]:
            made = label(turn_words(one), "small", wrap=True)
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.turns.addWidget(made)

    def note(self) -> None:
        """One turn: issued, returned, fault, repaired, clock."""
        row = self.row
        if row is None:
            return
        choices = look_up(self.context)
        ask = Ask(
            "recorder",
            f"执法仪 {row.number}",
            RecorderEventForm,
            note_recorder,
            "登记",
            said="配发要写领用人；故障要写情况；校时要写快慢多少秒（和北京时间比，快为正、慢为负）。"
            "写下的不能改，写错的再登记一条。",
            given={"recorder_id": row.id},
            values={
                "kind": RecorderEventKind.ISSUED
                if row.officer_id is None
                else RecorderEventKind.CLOCK,
                "happened_at": self.context.clock.now(),
            },
            required=("kind", "happened_at"),
            wide=("words",),
            hints={"officer_id": "配发时必填", "offset_seconds": "校时必填"},
        )
        widgets: Mapping[str, QWidget] = {
            "kind": Choice([(one, one.label) for one in RecorderEventKind]),
            "happened_at": DateTimeEdit(self.context.clock.now),
            "officer_id": OfficerPicker(choices.people),
            "offset_seconds": OffsetEdit(placeholder="例如 快35"),
            "words": TextArea(lines=2),
        }
        self.dialog = DeedDialog(self.window(), self.context, ask, widgets)
        self.dialog.done_with.connect(self._noted)
        self.dialog.open()

    def _noted(self, _key: Any) -> None:
        self.context.window.message("ok", "已登记，执法仪台账随之更新。")
        self.show_recorder(self.row)


def turn_words(one: RecorderEventRow) -> str:
    """One turn in a line."""
    parts = [show_moment(one.happened_at), one.kind.label]
    if one.officer:
        parts.append(one.officer)
    if one.offset_seconds is not None:
        way = "快" if one.offset_seconds > 0 else "慢"
        parts.append(f"{way} {apart(one.offset_seconds)}" if one.offset_seconds else "准")
    if one.words:
        parts.append(one.words)
    return "　".join(parts)
