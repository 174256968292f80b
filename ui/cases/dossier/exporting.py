"""导出案件文件: with the recordings of the case beside it, or their names and hashes alone."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.evidence.words import size_words
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.inputs import Tick


class ExportCaseDialog(Dialog):
    """Asked only where the case has recordings; the place is chosen afterwards."""

    def __init__(self, parent: QWidget, files: int, size: int) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出案件文件")
        self.setMinimumWidth(560)
        self.recordings = Tick(f"连同录像（{files} 个文件，{size_words(size)}）")
        said = (
            "录像放在案件文件旁边的同名“-录像”文件夹里，逐个核对校验值；拷走时两样一起拷。"
            "不带录像的，案件文件里仍有名称和校验值。"
        )
        act = button("选择位置…", "export", keys="Ctrl+Enter", main=True, on=self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(label("导出案件文件", "section"))
        column.addWidget(self.recordings)
        column.addWidget(label(said, "quiet", wrap=True))
        column.addStretch()
        column.addWidget(ActBar(button("取消　Esc", on=self.reject), act))
        self.recordings.setFocus()
