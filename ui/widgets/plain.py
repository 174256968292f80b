"""What the empty frame is made of: words, icon buttons, a page's ground.

These set enums by their property's name: touching the namespace `Qt` makes its hundred enums at
once, a tenth of the time in which a bare window is up. `basics` has the rest, and these too.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme


def label(text: str, role: str = "", tone: str = "", *, wrap: bool = False) -> QLabel:
    """Words: role title, section, strong, label, quiet, small, error; tone ok, warn, bad, accent.

    Those that wrap take the height their width asks for, no more and no less.
    """
    made = QLabel(text)
    made.setProperty("textFormat", "PlainText")  # a name is never markup
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
    return made


class IconButton(QToolButton):
    """A tool button that Enter presses too; Qt's own knows only the space bar."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.matches(QKeySequence.StandardKey.InsertParagraphSeparator):
            super().keyPressEvent(event)
        elif self.menu() is None:
            self.click()
        else:
            self.showMenu()


def icon_button(
    icon: str, name: str, *, keys: str = "", on: Callable[[], object] | None = None
) -> QToolButton:
    """A button without words; `name` is its tip and what a screen reader says."""
    made = IconButton()
    made.setIcon(theme.icon(icon))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(f"{name}（{keys}）" if keys else name)
    made.setAccessibleName(name)
    made.setProperty("focusPolicy", "TabFocus")
    if keys:
        QShortcut(QKeySequence(keys), made).activated.connect(made.click)
    if on is not None:
        made.clicked.connect(lambda _checked=False: on())
    return made


class Inset(QWidget):
    """A widget with room about it, which goes when the widget is hidden; a layout's would stay."""

    def __init__(self, widget: QWidget, margins: tuple[int, int, int, int]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(*margins)
        column.addWidget(widget)
        self.setVisible(not widget.isHidden())
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self.setVisible(event.type() == QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)


class Page(QFrame):
    """A screen's ground: 24 px margins, 16 between cards; `body` takes header and cards."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 16, 24, 18)
        self.body.setSpacing(14)

    def enter_by(self, first: QWidget, stack: QStackedWidget) -> None:
        """The focus enters here while it is in view; what is hidden must not be a stop of Tab."""

        def choose(*_at: int) -> None:
            shown = stack.currentWidget()
            seen = shown is not None and shown.isAncestorOf(first)
            self.setFocusProxy(first if seen else None)  # type: ignore[arg-type]

        stack.currentChanged.connect(choose)
        choose()

    def add_act(
        self,
        text: str,
        on: Callable[..., object],
        *,
        keys: str = "",
        icon: str = "",
        within: bool = False,
    ) -> None:
        """An act of this screen: in the menu, by Ctrl+K, by its key (`within`: with the focus here)."""
        act = QAction(text, self)
        if icon:
            act.setIcon(theme.icon(icon))
        if keys:
            act.setShortcut(QKeySequence(keys))
        if within:
            act.setProperty("shortcutContext", "WidgetWithChildrenShortcut")
        act.triggered.connect(lambda _checked=False: on())
        self.addAction(act)
