"""The left rail: the screens in plain words with their icons, and where one is."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from ui import theme
from ui.screens import ScreenSpec
from ui.widgets.plain import IconButton

WIDTH = 88


class Rail(QFrame):
    """One button per screen; Ctrl+1 … Ctrl+9 (Alt is the tabs'), or ↑↓ when the rail has the focus."""

    chosen = Signal(str)

    def __init__(self, specs: Sequence[ScreenSpec]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("功能")
        self.setFixedWidth(WIDTH)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(4)
        for number, spec in enumerate(specs, start=1):
            if number == len(specs) and number > 1:
                self._column.addStretch()
            self._column.addWidget(self._made(spec, number))
        if len(specs) < 2:
            self._column.addStretch()

    def _made(self, spec: ScreenSpec, number: int) -> QToolButton:
        made = IconButton()
        made.setText(spec.title)
        made.setIcon(theme.icon(spec.icon))
        made.setIconSize(QSize(24, 24))
        made.setProperty("toolButtonStyle", "ToolButtonTextUnderIcon")
        made.setCheckable(True)
        made.setFixedSize(WIDTH - 17, 60)
        made.setProperty("focusPolicy", "TabFocus")
        made.setObjectName(f"rail-{spec.key}")
        made.setAccessibleName(spec.title)
        made.clicked.connect(lambda _checked=False: self.chosen.emit(spec.key))
        self._group.addButton(made)
        self._buttons[spec.key] = made
        if number <= 9:
            made.setToolTip(f"{spec.title}（Ctrl+{number}）")
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(made.click)
        return made

    def mark(self, key: str) -> None:
        """Show that this screen is the one in view."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.MoveToNextLine):
            self.focusNextChild()
        elif event.matches(QKeySequence.StandardKey.MoveToPreviousLine):
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
