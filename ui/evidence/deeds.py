"""The deeds on files of evidence, each in its window: assign, keep, copy out, mask, delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from enforcer.evidence_terms import ActionKind, Keeping, RetentionClass
from enforcer.operations import evidence as deeds
from enforcer.queries.evidence import FileRow, UseRow
from ui.confirm import ConfirmDialog
from ui.context import Context
from ui.evidence import choices as offered
from ui.evidence.choices import Choices
from ui.evidence.deed_dialog import Ask, DeedDialog
from ui.evidence.words import size_words
from ui.widgets.basics import button
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.pickers import FilterCombo, OfficerPicker


class PathEdit(QWidget):
    """A folder or file: typed, or chosen in the system's dialog."""

    edited = Signal()

    def __init__(self, *, folder: bool) -> None:
        super().__init__()
        self._folder = folder
        self.line = LineEdit()
        self.line.edited.connect(self.edited)
        self.choose_button = button("选择…", "folder", on=self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose_button)
        self.setFocusProxy(self.line)

    def choose(self) -> None:
        """Ask the system's dialog."""
        if self._folder:
            chosen = QFileDialog.getExistingDirectory(self, "选择文件夹", self.line.read())
        else:
            chosen, _ = QFileDialog.getOpenFileName(self, "选择文件", self.line.read())
        if chosen:
            self.line.write(chosen)

    def read(self) -> str | None:
        return self.line.read() or None

    def write(self, value: Any) -> None:
        self.line.write(value)

    def complaint(self) -> str:
        return ""


class MatterPicker(FilterCombo):
    """A case or an action in the field; reads its (ActionKind, id)."""

    def __init__(self, choices: Choices) -> None:
        super().__init__(choices.matters, placeholder="案号、告知书编号、当事人或拼音首字母")


def look_up(context: Context) -> Choices:
    """What the pickers offer now."""
    today = context.clock.today()
    return context.tasks.now(lambda store: offered.ask(store, today=today))


def assign(
    parent: QWidget, context: Context, rows: Sequence[FileRow], then: Callable[[], object]
) -> DeedDialog:
    """归到案件或者事项: one file or many at once."""
    ids = tuple(one.id for one in rows)

    picker = MatterPicker(look_up(context))
    ask = Ask(
        "assign",
        "归到案件或者事项",
        deeds.LinkEvidenceForm,
        deeds.link_evidence,
        "归入",
        said=_names(rows),
        given={"file_ids": ids},
        required=("action_id",),
        wide=("action_id",),
    )
    return _opened(_AssignDialog(parent, context, ask, {"action_id": picker}), then)


class _AssignDialog(DeedDialog):
    """Takes the picker's (kind, id) apart."""

    def _whole(self, values: dict[str, Any]) -> dict[str, Any]:
        kind, key = values.get("action_id") or (ActionKind.CASE, None)
        return super()._whole(values | {"action": kind, "action_id": key})


def unlink(
    parent: QWidget, context: Context, use: UseRow, then: Callable[[], object]
) -> ConfirmDialog:
    """解除关联: with its reason."""
    name = use.case_number or f"{use.action.label}（编号 {use.action_id}）"
    dialog = ConfirmDialog(
        parent,
        f"解除与“{name}”的关联？",
        "文件仍然保留，关联和解除都留在记录里。",
        "解除关联",
        reason="解除的原因",
    )

    def go() -> None:
        form = deeds.UnlinkEvidenceForm(request_id=uuid4(), use_id=use.id, reason=dialog.reason)
        context.carry_out(deeds.unlink_evidence, form, lambda _: then(), owner=parent)

    dialog.accepted.connect(go)
    dialog.open()
    return dialog


def retain(
    parent: QWidget, context: Context, rows: Sequence[FileRow], then: Callable[[], object]
) -> DeedDialog:
    """调整保存类别."""
    ask = Ask(
        "retain",
        "调整保存类别",
        deeds.RetentionForm,
        deeds.set_retention,
        "保存",
        said=f"{_names(rows)}案件在用的文件不论类别都长期保存。",
        given={"file_ids": tuple(one.id for one in rows)},
        values={"retention": rows[0].retention if rows else RetentionClass.ROUTINE},
        required=("reason",),
        wide=("reason",),
    )
    widgets: dict[str, QWidget] = {
        "retention": Choice([(one, one.label) for one in RetentionClass]),
        "reason": LineEdit(limit=200),
    }
    return _opened(DeedDialog(parent, context, ask, widgets), then)


def copy_out(
    parent: QWidget, context: Context, rows: Sequence[FileRow], then: Callable[[], object]
) -> DeedDialog:
    """复制带出: proved copies in a folder, and whom they went to on record."""
    total = size_words(sum(one.size for one in rows))
    ask = Ask(
        "copy_out",
        "复制带出",
        deeds.CopyOutForm,
        deeds.copy_out,
        "复制",
        said=f"{_names(rows)}共 {total}。逐个核对校验值，用途和批准人记入每个文件的使用记录。"
        "给外单位看的，先登记遮盖副本，再带出副本。",
        given={"file_ids": tuple(one.id for one in rows)},
        required=("folder", "purpose"),
        wide=("folder", "purpose"),
        long="复制证据文件",
        counted=True,
    )
    widgets: dict[str, QWidget] = {
        "folder": PathEdit(folder=True),
        "purpose": LineEdit(limit=200, placeholder="例如：提交复议机关"),
        "approved_by": LineEdit(limit=50),
    }
    return _opened(DeedDialog(parent, context, ask, widgets), then)


def register_masked(
    parent: QWidget, context: Context, row: FileRow, then: Callable[[], object]
) -> DeedDialog:
    """登记遮盖副本: a file somebody has masked, beside its original."""
    ask = Ask(
        "masked",
        "登记遮盖副本",
        deeds.MaskedCopyForm,
        deeds.register_masked,
        "登记",
        said=f"先把“{row.name}”复制带出，用图像或者视频软件遮盖人脸、车牌，再在这里登记；"
        "原件一个字节也不动。",
        given={"original_id": row.id},
        required=("path", "how"),
        wide=("path", "how"),
        long="登记遮盖副本",
    )
    widgets: dict[str, QWidget] = {
        "path": PathEdit(folder=False),
        "how": LineEdit(limit=200, placeholder="例如：遮盖了路人的面部和号牌"),
    }
    return _opened(DeedDialog(parent, context, ask, widgets), then)


def delete(
    parent: QWidget, context: Context, rows: Sequence[FileRow], then: Callable[[], object]
) -> DeedDialog:
    """删除到期的文件: a named person confirms the list."""
    choices = look_up(context)
    total = size_words(sum(one.size for one in rows))
    own = any(one.keeping is Keeping.COPIED for one in rows)
    picker = OfficerPicker(choices.people)
    picker.write(choices.person(context.name))
    ask = Ask(
        "delete",
        f"删除 {len(rows)} 个到期文件？" if own else f"解除 {len(rows)} 个到期文件的登记？",
        deeds.DeleteExpiredForm,
        deeds.delete_expired,
        "删除这些文件" if own else "解除登记",
        said=f"{_names(rows)}共 {total}。没有案件在用，保存期限已满。{_what_goes(rows)}"
        "登记、校验值和这次删除的记录保留；录像备份里的副本不会一起删除。",
        given={"file_ids": tuple(one.id for one in rows)},
        values={"confirmed_by_id": picker.read()},
        required=("confirmed_by_id", "reason"),
        wide=("confirmed_by_id", "reason"),
        danger=True,
        long="删除到期文件",
    )
    widgets: dict[str, QWidget] = {
        "confirmed_by_id": picker,
        "reason": LineEdit(limit=200, placeholder="例如：保存期限已满，经核对没有用处"),
    }
    return _opened(DeedDialog(parent, context, ask, widgets), then)


def _what_goes(rows: Sequence[FileRow]) -> str:
    """Which files go off the disk, and which are left where they lie, disk by disk."""
    own = [one for one in rows if one.keeping is Keeping.COPIED]
    left: dict[str, int] = {}
    for one in rows:
        if one.keeping is not Keeping.COPIED:
            where = f"“{one.volume_label}”" if one.volume_label else "原处"
            left[where] = left.get(where, 0) + 1
    goes = f"存在本机的 {len(own)} 个从磁盘上删除，内容不能恢复。" if own else ""
    stays = "、".join(f"{where}上的 {count} 个" for where, count in left.items())
    return goes + (f"{stays}只解除登记，文件留在那里，本程序不删。" if stays else "")


def _names(rows: Sequence[FileRow]) -> str:
    listed = "、\u200b".join(f"“{one.name}”" for one in rows[:3])  # a place to break the line
    return f"{listed}{f'等 {len(rows)} 个文件' if len(rows) > 3 else ''}。"


def _opened(dialog: DeedDialog, then: Callable[[], object]) -> DeedDialog:
    dialog.done_with.connect(lambda _answer: then())
    dialog.open()
    return dialog


def listed(paths: Sequence[Path]) -> str:
    """A few paths in one line."""
    return "、".join(str(one) for one in paths[:3]) + ("…" if len(paths) > 3 else "")
