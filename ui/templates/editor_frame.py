"""What the editor of a template is made of: tools, texts, acts, and the paper beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.documents import template_pieces
from ui.context import Context
from ui.templates.pieces_view import PiecesView
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Scrolled, button, icon_button, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.moments import DateEdit
from ui.widgets.preview import PdfPreview

LEFT_WIDTH: Final = 640


class EditorFrame(QWidget):
    """The controls; what they do is said by the classes above it."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._make()
        self._lay_out()

    def timer(self, every: int, on: Callable[[], object]) -> QTimer:
        """Calls `on` once nothing has happened for `every` milliseconds."""
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(every)
        made.timeout.connect(on)
        return made

    def _make(self) -> None:
        self.title = label("", "section")
        self.banner = Banner()
        self.banner.hide()
        self.edition = Choice()
        self.from_on = Field("启用日期", DateEdit(self.context.clock.today), required=True)
        self.note = Field(
            "修改说明", LineEdit(placeholder="为什么改，依据什么", limit=200), required=True
        )
        self.measures = {
            "size": Field("正文字号", Choice(points("size"))),
            "leading": Field("正文行距", Choice(points("leading"))),
        }
        self.pieces = PiecesView()
        self.sample = Choice()
        self.sample.setAccessibleName("预览用哪个案件")
        self.preview = PdfPreview("改动后这里显示印出来的样子。")
        self.undo_button = icon_button("undo", "撤销 Ctrl+Z")
        self.redo_button = icon_button("redo", "重做 Ctrl+Y")
        self.insert_button = button("插入栏目　F4", "add")
        self.back_button = button("全部模板　Esc", "back")
        self.editions_button = button("历次版本", "history")
        self.export_button = button("导出", "export")
        self.import_button = button("导入", "import")
        self.save_button = button("保存为新版", main=True, keys="Ctrl+Enter")
        self.drop_button = button("放弃修改")
        self.restore_button = button("恢复出厂…")
        self.acts = ActBar(self.restore_button, self.drop_button, self.save_button)
        self.binder = FormBinder({"from_on": self.from_on, "note": self.note}, parent=self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        head.addWidget(self.editions_button)
        head.addWidget(self.export_button)
        head.addWidget(self.import_button)
        tools = QHBoxLayout()
        tools.setSpacing(6)
        tools.addWidget(Field("修改哪一版", self.edition, bare=True), 1)
        tools.addWidget(self.undo_button)
        tools.addWidget(self.redo_button)
        tools.addWidget(self.insert_button)
        card = Card(spacing=10)
        card.body.addLayout(tools)
        card.body.addWidget(self.banner)
        self.paper_scroll = Scrolled(self._paper())
        card.body.addWidget(self.paper_scroll, 1)
        self.saving = QWidget()
        grid = FieldGrid(3)
        grid.add(self.from_on)
        grid.add(self.note, 2)
        self.saving.setLayout(grid)
        card.body.addWidget(self.saving)
        card.body.addWidget(self.acts)
        card.setFixedWidth(LEFT_WIDTH)
        right = Card(tight=True)
        right.body.addWidget(Field("预览用哪个案件", self.sample, bare=True))
        right.body.addWidget(self.preview, 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(card)
        columns.addWidget(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(columns, 1)

    def _paper(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        said = "【】里的由程序填入，当作一个字移动、删除；双击或者按 F4 换一栏。一段清空就不印。"
        column.addWidget(label(said, "small", wrap=True))
        self.measure_row = QWidget()
        row = QHBoxLayout(self.measure_row)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(14)
        for one in self.measures.values():
            row.addWidget(one, 1)
        column.addWidget(self.pieces, 1)
        column.addWidget(self.measure_row)
        return holder


def points(name: str, own: float | None = None) -> list[tuple[float, str]]:
    """The measures on offer, and the one the text has, be it odd."""
    least, most = template_pieces.BOUNDS[name]
    count = round((most - least) * 2)
    found = {least + step / 2 for step in range(count + 1)} | ({own} if own else set())
    return [(one, f"{one:g} 磅") for one in sorted(found)]
