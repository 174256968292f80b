"""Two questions before something is brought back: where recordings lie, and which backup where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ui.folder_edit import FolderEdit
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.inputs import Tick


class TakeBackDialog(Dialog):
    """取回录像: from which folder, and whether originals on disks that are away come too."""

    def __init__(self, parent: QWidget, start: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("取回录像")
        self.setMinimumWidth(560)
        self.where = Field("录像备份的位置", FolderEdit("选择录像备份的位置"), required=True)
        self.where.write(start)
        self.referenced = Tick("原件所在磁盘没有接上的，也取回一份存入本机")
        said = (
            "不见了的、被改动的录像，从备份里逐个核对校验值取回；好的不动。"
            "被改动的那一份改名留下，供查明原因。"
        )
        self.act = button("取回", main=True, keys="Ctrl+Enter", on=self.accept)
        self.acts = ActBar(button("取消", on=self.reject), self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label("取回录像", "section"))
        column.addWidget(label(said, "quiet", wrap=True))
        column.addWidget(self.where)
        column.addWidget(self.referenced)
        column.addStretch()
        column.addWidget(self.acts)
        self.where.edited.connect(self._offer)
        self._offer()
        self.where.editor.setFocus()

    @property
    def folder(self) -> Path:
        return Path(str(self.where.read()))

    def _offer(self) -> None:
        self.acts.offer(self.act, "" if self.where.read() else "先选录像备份的位置")


class ArchiveEdit(FolderEdit):
    """A backup file: typed, or pointed at."""

    def __init__(self) -> None:
        super().__init__("选择备份文件")
        self.choose.setText("选择文件…")

    def ask(self) -> None:
        """Let the officer point at the file."""
        found, _ = QFileDialog.getOpenFileName(
            self, self._title, self.read(), "备份（*.zip）(*.zip)"
        )
        if found:
            self.write(found)


class RestoreDialog(Dialog):
    """恢复备份: which backup, into which folder, and the folder of recordings where there is one.

    Where `home` is given the backup comes there, and the folder is not asked for.
    """

    def __init__(self, parent: QWidget, *, start: str = "", home: Path | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self.setWindowTitle("从备份恢复")
        self.setMinimumWidth(600)
        self.archive = Field("备份文件（.zip）", ArchiveEdit(), required=True)
        self.where = Field("恢复到新的文件夹", FolderEdit("选择空文件夹"), required=True)
        self.where.setVisible(home is None)
        self.recordings = Field(
            "录像备份的位置", FolderEdit("选择录像备份的位置", placeholder="留空：先不取回录像")
        )
        self.recordings.write(start)
        said = "备份逐个核对校验值以后才恢复。" + (
            "现在的数据不动：恢复到另一个空文件夹，以后用“enforcer --home 文件夹”打开。"
            if home is None
            else f"恢复到“{home}”，完成以后直接打开。"
        )
        self.act = button("恢复", main=True, keys="Ctrl+Enter", on=self.accept)
        self.acts = ActBar(button("取消", on=self.reject), self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label("从备份恢复", "section"))
        column.addWidget(label(said, "quiet", wrap=True))
        for one in (self.archive, self.where, self.recordings):
            column.addWidget(one)
            one.edited.connect(self._offer)
        column.addStretch()
        column.addWidget(self.acts)
        self._offer()
        self.archive.editor.setFocus()

    @property
    def home(self) -> Path:
        return self._home or Path(str(self.where.read()))

    @property
    def folder(self) -> Path | None:
        given = str(self.recordings.read() or "")
        return Path(given) if given else None

    def _offer(self) -> None:
        lacking = "" if self.archive.read() else "先选备份文件"
        if not lacking and self._home is None and not self.where.read():
            lacking = "先选恢复到哪里"
        self.acts.offer(self.act, lacking)
