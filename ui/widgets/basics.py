"""The plain parts of every page: page, header, card, words, buttons, the row of acts."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.plain import Page, icon_button, label

__all__ = [
    "ActBar",
    "Card",
    "EmptyState",
    "IconLabel",
    "Page",
    "PageHeader",
    "Scrolled",
    "button",
    "hairline",
    "icon_button",
    "label",
    "repolish",
    "set_tone",
]

CTRL_ENTER = (QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter"))


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a property that has just changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_tone(widget: QWidget, tone: str) -> None:
    """Change a label's tone after it was made; an empty tone is plain ink."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        repolish(widget)


class PushButton(QPushButton):
    """A button that Enter presses too; Qt's own does so only as a dialog's default."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.InsertParagraphSeparator):
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str,
    icon: str = "",
    *,
    main: bool = False,
    danger: bool = False,
    link: bool = False,
    keys: str = "",
    on: Callable[[], object] | None = None,
) -> QPushButton:
    """A button; `keys` is its shortcut and is written on it ("Ctrl+Enter" takes both Enters)."""
    made = PushButton(f"{text}　{keys}" if keys else text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if link:
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    for name, wanted in (("main", main), ("danger", danger), ("link", link)):
        if wanted:
            made.setProperty(name, True)
    if icon:
        tone = "onMain" if main else "bad" if danger else "accent" if link else "quiet"
        made.setIcon(theme.icon(icon, tone))
        made.setIconSize(QSize(18, 18))
    if keys:
        shortcut = QShortcut(made)
        shortcut.setKeys(CTRL_ENTER if keys == "Ctrl+Enter" else (QKeySequence(keys),))
        shortcut.activated.connect(made.click)
    if on is not None:
        made.clicked.connect(lambda _checked=False: on())
    return made


def hairline() -> QFrame:
    """A line between two parts of a card."""
    line = QFrame()
    line.setProperty("hairline", True)
    return line


class IconLabel(QWidget):
    """An icon that stands by itself and follows light and dark."""

    def __init__(self, name: str, size: int = 20, tone: str = "quiet") -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: str) -> None:
        """Show another icon in another tone."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme.icon(self._name, self._tone).paint(painter, self.rect())
        painter.end()


class Card(QFrame):
    """White ground for one matter; `body` takes its contents, `title` heads it."""

    def __init__(self, title: str = "", *, spacing: int = 10, tight: bool = False) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*((5, 8, 5, 5) if tight else (20, 18, 20, 18)))
        self.body.setSpacing(spacing)
        if title:
            self.body.addWidget(label(title, "section"))


class PageHeader(QWidget):
    """Title, a quiet sentence beside it, buttons on the right."""

    def __init__(self, title: str, subtitle: str = "", *buttons: QWidget) -> None:
        super().__init__()
        self._title, self._subtitle = label(title, "title"), label(subtitle, "quiet")
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self._title)
        self._row.addWidget(self._subtitle, 1)
        for one in buttons:
            self._row.addWidget(one)
        self.setMinimumHeight(36)

    def set_title(self, text: str) -> None:
        """Replace the title."""
        self._title.setText(text)

    def set_subtitle(self, text: str) -> None:
        """Replace the quiet sentence; what is too long for the window is in its tip."""
        self._subtitle.setText(text)
        self._subtitle.setToolTip(text)

    def add(self, widget: QWidget) -> None:
        """Add a button at the right end."""
        self._row.addWidget(widget)


class ActBar(QWidget):
    """The acts of a form at its bottom right; why one is grey stands beside them."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._reasons: dict[QPushButton, str] = {}
        self._tips: dict[QPushButton, str] = {}
        self._lock = IconLabel("locked", 16)
        self._why = label("", "quiet", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._lock)
        row.addWidget(self._why, 1)
        for one in buttons:
            row.addWidget(one)
        self._tell()

    def offer(self, act: QPushButton, reason: str = "") -> None:
        """Offer the act, or grey it and show the reason (with its article) in the same line."""
        act.setEnabled(not reason)
        standing = self._tips.setdefault(act, act.toolTip())
        act.setToolTip(reason or standing)
        act.setAccessibleDescription(reason)
        self._reasons[act] = reason
        self._tell()

    def _tell(self) -> None:
        text = "　".join(dict.fromkeys(reason for reason in self._reasons.values() if reason))
        self._why.setText(text)
        self._lock.setVisible(bool(text))


class EmptyState(QWidget):
    """What a list shows when it is empty: a sentence and the act that fills it."""

    def __init__(
        self,
        sentence: str,
        act: str = "",
        on: Callable[[], object] | None = None,
        *,
        icon: str = "document",
    ) -> None:
        super().__init__()
        self._sentence = label(sentence, "quiet", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(IconLabel(icon, 40, "faint"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        self.act = button(act, on=on) if act else None
        if self.act is not None:
            column.addWidget(self.act, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def set_sentence(self, text: str) -> None:
        """Say something else, for instance that a filter found nothing."""
        self._sentence.setText(text)


class Scrolled(QScrollArea):
    """A column that scrolls when the window is low; what takes the focus is scrolled into view."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        content.setProperty("plain", True)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = self.widget()
        if now is not None and inside is not None and inside.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, 40)

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        width = inside.minimumSizeHint().width() if inside else 0
        return QSize(width + self.verticalScrollBar().sizeHint().width(), 120)
