"""F1, all shortcuts of the screen in view; and what this program is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from enforcer import __version__
from ui.widgets.basics import ActBar, Scrolled, button, hairline, label
from ui.widgets.dialog import Dialog

EVERYWHERE = (
    ("Ctrl+K", "搜索，也可以输入操作的名称"),
    ("Ctrl+1 … Ctrl+9", "切换功能"),
    ("Ctrl+Enter", "办理本页的主要操作"),
    ("Enter", "表单里到下一项；列表里打开"),
    ("Tab / Shift+Tab", "到下一项 / 上一项"),
    ("F4", "日期里打开日历"),
    ("↑ ↓", "日期增减；列表移动"),
    ("Ctrl+C", "复制所选行，可以粘贴到表格"),
    ("Ctrl+A", "全选列表"),
    ("菜单键", "所选行的操作"),
    ("Esc", "关闭消息、返回，填写的内容不会丢"),
)


_SIGNS = {"Return": "Enter", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def shortcuts_of(page: QWidget) -> list[tuple[str, str]]:
    """(keys, what they do) of what a screen shows now: its actions and its buttons."""
    found: dict[str, str] = {}
    for act in [*page.actions(), *page.findChildren(QAction)]:
        if act.text() and not act.shortcut().isEmpty():
            found.setdefault(_keys(act.shortcut()), act.text())
    for shortcut in page.findChildren(QShortcut):
        owner = shortcut.parent()
        if isinstance(owner, QAbstractButton) and not owner.isHidden():
            found.setdefault(_keys(shortcut.key()), owner.accessibleName() or owner.text())
    return list(found.items())


def _keys(sequence: QKeySequence) -> str:
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)  # as the buttons write it
    for name, sign in _SIGNS.items():
        text = text.replace(name, sign)
    return text


class ShortcutsDialog(Dialog):
    """Two lists: what works in this screen, and what works everywhere."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setWindowTitle("快捷键一览")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(520, 480)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setSpacing(10)
        stack = getattr(window, "stack", None)
        page = stack.currentWidget() if stack is not None else None
        own = shortcuts_of(page) if page is not None else []
        window_acts = [
            (_keys(one.shortcut()), one.text())
            for one in window.actions()
            if not one.shortcut().isEmpty()
        ]
        for title, rows in (("本页", own), ("全部页面", [*EVERYWHERE, *window_acts])):
            if rows:
                inside.addWidget(label(title, "section"))
                inside.addLayout(_table(rows))
                inside.addWidget(hairline())
        inside.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(Scrolled(content), 1)
        column.addWidget(ActBar(button("关闭", main=True, on=self.accept)))


def _table(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setColumnMinimumWidth(0, 150)
    grid.setColumnStretch(1, 1)
    grid.setVerticalSpacing(6)
    for at, (keys, what) in enumerate(rows):
        grid.addWidget(label(keys, "strong"), at, 0)
        grid.addWidget(label(what), at, 1)
    return grid


class AboutDialog(Dialog):
    """Name, version, where the data lies."""

    def __init__(self, parent: QWidget, home: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于执法案件管家")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(label("执法案件管家", "title"))
        column.addWidget(label(f"版本 {__version__}", "quiet"))
        column.addWidget(label("数据只在这台电脑上，不经您操作不会向外发送。", wrap=True))
        if home:
            place = label(f"数据目录：{home}", "quiet", wrap=True)
            place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(place)
        column.addWidget(ActBar(button("关闭", main=True, on=self.accept)))
