"""Shown instead of the screens when the data home cannot be opened: why, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.widgets.banner import Banner
from ui.widgets.basics import Card, Page, PageHeader, button, label


class TroublePage(Page):
    """The sentence of the trouble, the folder it is about, and another try."""

    again = Signal()
    leave = Signal()

    def __init__(self, sentence: str, home: str) -> None:
        super().__init__()
        self.body.addWidget(PageHeader("数据打不开"))
        card = Card()
        self.banner = Banner("bad", sentence)
        card.body.addWidget(self.banner)
        place = label(f"数据目录：{home}", "quiet", wrap=True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(place)
        card.body.addWidget(
            label("没有写入任何内容，原有记录保持原样。按上面的提示处理后再试一次。", wrap=True)
        )
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button("退出", on=self.leave.emit))
        self.retry = button("再试一次", "refresh", main=True, keys="F5", on=self.again.emit)
        row.addWidget(self.retry)
        card.body.addLayout(row)
        self.body.addWidget(card)
        self.body.addStretch()
        self.setFocusProxy(self.retry)
