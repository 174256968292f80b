"""The plain parts of every page: page, header, card, words, buttons, the row of acts."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
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
    "Elided",
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
    "shorten",
]

GAP, QT_GAP, REASON = 6, 4, 150
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


class Elided(QLabel):
    """One line that ends in … where the room is short; its tip says all of it."""

    def __init__(self, text: str = "", role: str = "quiet", *, at_right: bool = False) -> None:
        super().__init__()
        self._side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fits = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            int(Qt.AlignmentFlag.AlignVCenter | self._side),
            self.palette(),
            self.isEnabled(),
            fits,
            self.foregroundRole(),
        )
        painter.end()


class PushButton(QPushButton):
    """A button that Enter presses too; Qt's own does so only as a dialog's default.

    Where the room is short it is written `shorter`: without its keys, then as its icon alone.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._forms, self._form, self._lent = ("", "", ""), 0, ""
        self.setText(text)

    def setText(self, text: str) -> None:
        self._forms = (text, text.partition("　")[0], "")
        self.shorten(self._form)

    def shorten(self, form: int) -> None:
        """Show one of its forms: 0 all, 1 without the keys, 2 the icon; the tip says all."""
        self._form = form if form < 2 or not self.icon().isNull() else 1
        if self.text() != self._forms[self._form]:
            super().setText(self._forms[self._form])
            if not self.icon().isNull():
                self.setIconSize(QSize(18 + (GAP if self.text() else 0), 18))
        if self.toolTip() in {"", self._lent}:  # else it has one of its own
            self._lent = self._forms[0] if self._form else ""
            self.setToolTip(self._lent)

    def width_as(self, form: int) -> int:
        """How wide it is in one of its forms."""
        form = form if form < 2 or not self.icon().isNull() else 1
        return self.sizeHint().width() - self._words(self._form) + self._words(form)

    def _words(self, form: int) -> int:
        """How wide the words of a form are, with the gap between them and the icon."""
        text = self._forms[form]
        gap = GAP + QT_GAP if text and not self.icon().isNull() else 0
        return self.fontMetrics().horizontalAdvance(text) + gap

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
        made.setIconSize(QSize(18 + GAP, 18))
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


def shorten(acts: Sequence[PushButton], room: int) -> None:
    """Write the buttons as short as the room asks: keys first, then words, the main act's never."""
    forms = dict.fromkeys(acts, 0)
    for some in ([], acts, *([one] for one in acts if not one.property("main"))):
        for one in some:
            forms[one] += 1
        if sum(one.width_as(form) for one, form in forms.items()) <= room:
            break
    for one, form in forms.items():
        one.shorten(form)


class PageHeader(QWidget):
    """Title, a quiet sentence beside it, buttons on the right, shorter where the room is short."""

    def __init__(self, title: str, subtitle: str = "", *buttons: QWidget) -> None:
        super().__init__()
        self._title, self._subtitle = label(title, "title"), Elided(subtitle)
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

    def add(self, widget: QWidget) -> None:
        """Add a button at the right end."""
        self._row.addWidget(widget)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._fit()
        return done

    def _fit(self) -> None:
        """Take the keys off all buttons, then the words off one after the other, main act last."""
        parts = [
            one
            for one in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if not one.isHidden() and one is not self._subtitle
        ]
        acts = [one for one in parts if isinstance(one, PushButton)]
        rest = sum(one.sizeHint().width() for one in parts if one not in acts)
        shorten(acts, self.width() - rest - self._row.spacing() * len(parts))

    def minimumSizeHint(self) -> QSize:
        """Its buttons can be shorter than the layout knows."""
        return QSize(0, super().minimumSizeHint().height())


class ActBar(QWidget):
    """The acts of a form at its bottom right; why one is grey stands beside them."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._reasons: dict[QPushButton, str] = {}
        self._tips: dict[QPushButton, str] = {}
        self._kept_from: dict[QPushButton, str] = {}
        self._lock = IconLabel("locked", 16)
        self._why = label("", "quiet", wrap=True)
        self._lead: Callable[[], object] | None = None
        self._go = button("去修改", link=True, on=lambda: self._lead() if self._lead else None)
        self._buttons = buttons
        self._above, self._row = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for one in (self._above, self._row):
            one.setSpacing(10)
            column.addLayout(one)
        self._row.addStretch()
        for act in buttons:
            self._row.addWidget(act)
        self._is_above = True
        self._place(above=False)
        self._tell()

    def offer(
        self, act: QPushButton, reason: str = "", *, go: Callable[[], object] | None = None
    ) -> None:
        """Offer the act, or grey it and show the reason (with its article) in the same line.

        `go` leads to what is to be mended.
        """
        reason = self._kept_from.get(act) or reason
        self._lead = go
        act.setEnabled(not reason)
        standing = self._tips.setdefault(act, act.toolTip())
        act.setToolTip(reason or standing)
        act.setAccessibleDescription(reason)
        self._reasons[act] = reason
        self._tell()

    def keep(self, reason: str, *acts: QPushButton) -> None:
        """Grey acts (or all) for good where they are not for whoever has signed in."""
        for act in (acts or self._buttons) if reason else ():
            self._kept_from[act] = reason
            self.offer(act)

    def _tell(self) -> None:
        text = "　".join(dict.fromkeys(reason for reason in self._reasons.values() if reason))
        self._why.setText(text)
        self._lock.setVisible(bool(text))
        self._why.setVisible(bool(text))
        self._go.setVisible(bool(text) and self._lead is not None)
        self._go.setAccessibleName(f"去修改：{text}")
        if self.isVisible():
            self._fit()

    def _place(self, *, above: bool) -> None:
        """The reason stands in the line of the acts; above them where that line is too short."""
        if above != self._is_above:
            self._is_above = above
            for at, one in enumerate((self._lock, self._why, self._go)):
                (self._row if above else self._above).removeWidget(one)
                (self._above if above else self._row).insertWidget(at, one, at % 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        acts = [one.sizeHint().width() + 10 for one in self._buttons if not one.isHidden()]
        said = self._why.fontMetrics().horizontalAdvance(self._why.text()) + 28
        self._place(above=self.width() - sum(acts) < min(REASON, said))


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
