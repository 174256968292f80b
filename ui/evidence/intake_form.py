"""从卡、文件夹、采集站导入: what is taken in, how it is kept, what is known of it beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import InvalidForm
from enforcer.evidence_terms import ActionKind, Keeping, SourceKind
from enforcer.operations.editing import labels_of, read
from enforcer.operations.evidence import IntakeForm
from enforcer.queries import evidence_states
from enforcer.queries.evidence_states import SourceLook
from ui.context import Context
from ui.evidence.choices import Choices
from ui.evidence.deeds import MatterPicker
from ui.evidence.words import size_words
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Scrolled, button, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.pickers import FilterCombo, OfficerPicker

_KEEPING = ((Keeping.COPIED, "复制到本机"), (Keeping.REFERENCED, "留在原处，只登记"))
_DROP = "把存储卡、文件夹或者文件拖到这里，或者："


class IntakeCard(Card):
    """The form of an intake; `started(form)` once it can be carried out."""

    started = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=10)
        self.context = context
        self.body.setContentsMargins(18, 14, 10, 12)
        self.setAcceptDrops(True)
        self.paths: tuple[Path, ...] = ()
        self.look: SourceLook | None = None
        self._request = uuid4()
        self.banner = Banner()
        self.banner.hide()
        self.source = label(_DROP, "quiet", wrap=True)
        self.folder_button = button("选择文件夹", "folder", on=self.choose_folder)
        self.folder_button.setObjectName("intake_folder")
        self.files_button = button("选择文件", "document", on=self.choose_files)
        labels = labels_of(IntakeForm)
        labels["action_id"] = "归到（全部文件，可不填）"
        widgets: dict[str, QWidget] = {
            "source_kind": Choice([(one, one.label) for one in SourceKind]),
            "keeping": Choice(_KEEPING),
            "volume_label": LineEdit(limit=100, placeholder="例如：3号硬盘"),
            "action_id": MatterPicker(Choices()),
            "officer_id": OfficerPicker(),
            "recorder_id": FilterCombo(placeholder="设备编号"),
            "place": LineEdit(limit=200),
        }
        grid = FieldGrid(2)
        grid.setContentsMargins(0, 0, 8, 0)
        self.fields: dict[str, Field] = {}
        for name, widget in widgets.items():
            made = Field(labels[name], widget, hint=_hint(name))
            made.editor.setObjectName(f"intake_{name}")
            self.fields[name] = made
            grid.add(made, 2 if name in ("volume_label", "action_id", "place") else 1)
        self.binder = FormBinder(self.fields, parent=self)
        self.binder.set_values({"source_kind": SourceKind.CARD, "keeping": Keeping.COPIED})
        inside = QWidget()
        within = QVBoxLayout(inside)
        within.setContentsMargins(0, 0, 0, 0)
        within.setSpacing(10)
        within.addWidget(self.source)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder_button)
        row.addWidget(self.files_button)
        row.addStretch()
        within.addLayout(row)
        within.addLayout(grid)
        within.addStretch()
        self.act = button("开始导入", main=True, keys="Ctrl+Enter", on=self.start)
        self.acts = ActBar(self.act)
        self.acts.keep(context.against("take_in", "导入录像"))
        self.body.addWidget(label("从存储卡、文件夹或者采集站导入", "section", wrap=True))
        self.body.addWidget(self.banner)
        self.body.addWidget(Scrolled(inside), 1)
        self.body.addWidget(self.acts)
        self.fields["keeping"].edited.connect(self._offer_label)
        self.binder.submitted.connect(self.act.setFocus)
        self._offer_label()
        self.offer()

    def offer(self, why: str = "") -> None:
        """Offer to start, or say what is missing."""
        self.acts.offer(self.act, why or ("" if self.paths else "先选择文件夹或者文件"))

    def offer_choices(self, choices: Choices) -> None:
        """What the pickers offer now."""
        for name, options in (
            ("action_id", choices.matters),
            ("officer_id", choices.people),
            ("recorder_id", choices.recorders),
        ):
            picker: Any = self.fields[name].widget
            picker.set_options(options)

    def _offer_label(self) -> None:
        self.fields["volume_label"].setVisible(self.fields["keeping"].read() is Keeping.REFERENCED)

    # which files

    def choose_folder(self) -> None:
        """Ask for a folder or a card."""
        chosen = QFileDialog.getExistingDirectory(self, "选择存储卡或者文件夹")
        if chosen:
            self.take([Path(chosen)])

    def choose_files(self) -> None:
        """Ask for single files."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "选择文件")
        if chosen:
            self.take([Path(one) for one in chosen])

    def take(self, paths: Sequence[Path]) -> None:
        """Look what lies there; nothing is opened yet."""
        self.paths, self.look = tuple(paths), None
        self._request = uuid4()
        self.banner.say("info", "")
        self.source.setText(f"正在清点 {paths[0]}…")
        self.offer("正在清点文件")
        taken = self.paths
        self.context.tasks.work(
            lambda _note: evidence_states.look_at(taken),
            lambda look: self._looked(taken, look),
            owner=self,
            what="清点文件",
        )

    def _looked(self, paths: tuple[Path, ...], look: SourceLook) -> None:
        if paths != self.paths:
            return
        self.look = look
        more = f"，等 {len(paths)} 处" if len(paths) > 1 else ""
        disk = f"在“{look.label}”上，" if look.label else ""
        text = f"{paths[0]}{more}\n{disk}{look.files} 个文件，共 {size_words(look.bytes)}。"
        if look.refused:
            text += (
                f"另有 {len(look.refused)} 个不能导入：“{look.refused[0][0]}”{look.refused[0][1]}"
            )
        self.source.setText(text)
        kind = SourceKind.FILES if all(one.is_file() for one in paths) else None
        if kind is not None:
            self.fields["source_kind"].write(kind)
        elif self.fields["source_kind"].read() is SourceKind.FILES:
            self.fields["source_kind"].write(SourceKind.FOLDER)
        self.fields["volume_label"].write(look.label)
        self.offer("" if look.files else "所选的位置里没有可以导入的文件")
        if look.files:
            self.act.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(one.isLocalFile() for one in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take(paths)

    # starting

    def start(self) -> None:
        """Hand the form over."""
        if not self.act.isEnabled() or not self.binder.ready():
            return
        values = {name: one for name, one in self.binder.values().items() if one is not None}
        kind, key = values.pop("action_id", None) or (ActionKind.CASE, None)
        if values["keeping"] is not Keeping.REFERENCED:
            values["volume_label"] = ""
        given = values | {
            "paths": self.paths,
            "action": kind,
            "action_id": key,
            "request_id": self._request,
        }
        try:
            self.started.emit(read(IntakeForm, given).form)
        except InvalidForm as wrong:
            in_place(self.banner, self.binder)(wrong)

    def done(self) -> None:
        """The next intake begins empty; what stays the same stays."""
        self.paths, self.look = (), None
        self._request = uuid4()
        self.source.setText(_DROP)
        self.offer()


def _hint(name: str) -> str:
    return {
        "officer_id": "文件里没写时用",
        "recorder_id": "文件里没写时用",
        "volume_label": "以后凭这个名字找到它",
    }.get(name, "")
