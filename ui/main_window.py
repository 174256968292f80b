"""The window: rail, search, message bar, the screen in view, status bar, menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.preferences import preferences
from ui.rail import Rail
from ui.screens import OPENS, ScreenSpec
from ui.search_box import SearchBox
from ui.widgets.plain import Inset, Page, icon_button, label

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent

    from ui.context import Context
    from ui.tasks import Job
    from ui.theme import Theme
    from ui.widgets.banner import Banner
    from ui.widgets.progress import ProgressBar

NAME: Final = "执法案件管家"
SIZE: Final = QSize(1366, 768)
LEAST: Final = QSize(1024, 600)
INSET: Final = (24, 12, 24, 0)


class MainWindow(QMainWindow):
    """The frame around the screens; `painted` after its first paint, `screen_shown(key)`."""

    painted = Signal()
    screen_shown = Signal(str)
    closing = Signal()

    def __init__(self, specs: Sequence[ScreenSpec], look: Theme, *, user: str = "") -> None:
        super().__init__()
        self._specs = {spec.key: spec for spec in specs}
        self._look = look
        self._context: Context | None = None
        self._pages: dict[str, QWidget] = {}
        self._behind: QWidget | None = None
        self._aside: list[QWidget] = []
        self._covered = False
        self._bar: Banner | None = None
        self._progress: ProgressBar | None = None
        self._has_painted = self._fills_screen = False
        self.setWindowTitle(NAME)
        self.setMinimumSize(LEAST)
        self.rail = Rail(specs)
        self.rail.chosen.connect(self.show_screen)
        self.search = SearchBox()
        self.search.opened.connect(lambda hit: self.open(hit.kind, hit.row_id))
        self.search.acts = self.acts
        self.user = label(user, "quiet")
        self.menu_button = self._menu_button()
        self.stack = QStackedWidget()
        self.stack.addWidget(Page())
        self._status = [QLabel(), QLabel(), QLabel()]
        self._body = QVBoxLayout()
        self._build()
        self._make_acts()
        self._restore_place()

    def _build(self) -> None:
        top = QFrame()
        top.setObjectName("topbar")
        row = QHBoxLayout(top)
        row.setContentsMargins(24, 9, 16, 9)
        row.setSpacing(12)
        row.addWidget(self.search)
        row.addStretch()
        row.addWidget(self.user)
        row.addWidget(self.menu_button)
        foot = QFrame()
        foot.setObjectName("statusbar")
        foot.setFixedHeight(26)
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(24)
        line.addWidget(self._status[0])
        line.addStretch()
        line.addWidget(self._status[1])
        line.addWidget(self._status[2])
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(top)
        self._body.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(self._body, 1)
        root = Page()
        root.body.setContentsMargins(0, 0, 0, 0)
        root.body.setSpacing(0)
        root.body.addLayout(middle, 1)
        root.body.addWidget(foot)
        self.setCentralWidget(root)
        self.setTabOrder(self.search, self.menu_button)

    def _menu_button(self) -> QToolButton:
        made = icon_button("menu", "菜单")
        made.setToolTip("菜单（F10）")
        menu = QMenu(made)
        menu.aboutToShow.connect(lambda: self._fill_menu(menu))
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _make_acts(self) -> None:
        """The window's own acts; menu, Ctrl+K and F1 all show these same objects."""
        for text, keys, on in (
            ("菜单", "F10", self.menu_button.showMenu),
            ("快捷键一览", "F1", self._show_shortcuts),
            ("重新读取", "F5", self._refresh),
            ("关于执法案件管家", "", self._about),
            ("退出", "Ctrl+Q", self.close),
        ):
            act = QAction(text, self)
            if keys:
                act.setShortcuts((QKeySequence(keys),))
            act.triggered.connect(partial(_without_checked, on))
            self.addAction(act)

    # what the composition root calls

    def attach(self, context: Context, query: Any) -> None:
        """Take the open store's context and what answers the search box; anew for another user."""
        before, self._context = self._context, context
        self.search.query = query
        if before is not None:
            return
        context.tasks.started.connect(self.follow)
        from ui.watching import Watching

        self.closing.connect(Watching(context.tasks, self).stop)

    @property
    def context(self) -> Context | None:
        """The context of the screens once the store is open."""
        return self._context

    def cover(self, page: QWidget) -> None:
        """Put a page over all screens and dialogs: nothing behind it is seen or reached."""
        self.search.leave()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        if not self._covered:
            self._covered, self._behind = True, self.stack.currentWidget()
            self._aside = [one for one in self.findChildren(QDialog) if one.isVisible()]
        for one in self._aside:
            one.hide()
        if self._bar is not None:
            self._bar.dismiss()
        self.tell_selection("")
        self.tell_draft("")
        self.set_screens_enabled(on=False)
        self.setAcceptDrops(False)
        self.setWindowTitle(NAME)
        self.show_alone(page)

    def uncover(self) -> None:
        """Show again what the page covered, dialogs too."""
        self._covered = False
        self.set_screens_enabled(on=True)
        self.setAcceptDrops(True)
        page = self._behind
        key = next((name for name, one in self._pages.items() if one is page), "")
        if page is not None:
            self._put_in_view(page)
        if key:
            self.setWindowTitle(f"{self._specs[key].title} — {NAME}")
        for one in self._aside:
            one.show()
        self._aside = []

    def forget_screens(self) -> None:
        """Let go of every screen: what is shown next belongs to somebody else."""
        self._covered, self._behind = False, None
        self.setAcceptDrops(True)
        for one in (*self._aside, *self._pages.values()):
            self.stack.removeWidget(one)
            one.deleteLater()
        self._aside, self._pages = [], {}

    def tell_user(self, text: str) -> None:
        """Who works here, at the right of the search."""
        self.user.setText(text)

    def set_screens_enabled(self, on: bool) -> None:
        """Grey the rail and the search while there is no store (wizard, trouble)."""
        self.rail.setEnabled(on)
        self.search.setEnabled(on)

    def show_alone(self, page: QWidget) -> None:
        """Show a page that belongs to no screen: the wizard, or why the store cannot be opened."""
        self.stack.addWidget(page)
        self._put_in_view(page)

    def show_screen(self, key: str) -> QWidget | None:
        """Show a screen, making it when it is first shown."""
        if self._context is None or self._covered or key not in self._specs:
            return None
        if key not in self._pages:
            page = self._specs[key].factory(self._context)
            self._pages[key] = page
            self.stack.addWidget(page)
        self.rail.mark(key)
        page = self._pages[key]
        if self.stack.currentWidget() is not page:
            self.tell_selection("")
            self.tell_draft("")
        self._put_in_view(page)
        self.setWindowTitle(f"{self._specs[key].title} — {NAME}")
        self.screen_shown.emit(key)
        return page

    def _put_in_view(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        kept = page.focusWidget()
        focus = page.focusProxy() or (kept if kept and kept.isVisibleTo(page) else None)
        if focus is not None:
            focus.setFocus()
        else:
            page.setFocus()
            self.focusNextChild()  # the screen named no field to begin with: its first one

    def to_front(self) -> None:
        """Come before the other windows, as a second start asks."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    # what the screens call (ui.context.Window)

    def message(
        self, kind: str, text: str, *, act: str = "", on: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence above the screen until it is dismissed (Esc) or another comes."""
        if self._bar is None:
            from ui.widgets.banner import Banner

            self._bar = Banner(dismissable=True)
            self._insert(self._bar)
        self._bar.say(kind, text, act=act, on=on)

    @property
    def message_bar(self) -> Banner | None:
        """The message bar once a message has been shown."""
        return self._bar

    def open(self, kind: str, identity: Any) -> None:
        """Show one thing in the screen that holds it."""
        page = self.show_screen(OPENS.get(kind, kind))
        opener = getattr(page, "open_item", None)
        if opener is not None:
            opener(kind, identity)

    def go(self, place: str, field: str = "", identity: Any = None) -> None:
        """Go to a screen or to one of its sections, as settings.organs."""
        key, _, section = place.partition(".")
        page = self.show_screen(key)
        opener = getattr(page, "open_section", None)
        if opener is not None and section:
            opener(section, field, identity)

    def tell_backup(self, text: str, *, tone: str = "") -> None:
        """The state of the backups, at the left of the status bar."""
        self._tell(0, text, tone)

    def tell_selection(self, text: str) -> None:
        """Count and sum of what is selected."""
        self._tell(1, text)

    def tell_draft(self, text: str) -> None:
        """Whether what is typed has been kept."""
        self._tell(2, text)

    def follow(self, job: Job) -> None:
        """Show a job under the message bar once it has run for a second."""
        if self._progress is None:
            from ui.widgets.progress import ProgressBar

            self._progress = ProgressBar()
            self._insert(self._progress)
        self._progress.follow(job)

    def _tell(self, at: int, text: str, tone: str = "") -> None:
        place = self._status[at]
        place.setText(text)
        place.setToolTip(text)
        if place.property("tone") != tone:
            place.setProperty("tone", tone)
            place.style().unpolish(place)
            place.style().polish(place)

    def _insert(self, widget: QWidget) -> None:
        self._body.insertWidget(self._body.count() - 1, Inset(widget, INSET))

    # acts

    def acts(self) -> list[QAction]:
        """Every act there is now: the screen's own, then the window's."""
        page = self.stack.currentWidget()
        own = [one for one in page.actions() if one.text()] if page else []
        return [*own, *self.actions()]

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        page = self.stack.currentWidget()
        own = [one for one in page.actions() if one.text()] if page else []
        window = {one.text(): one for one in self.actions()}
        deeds = menu.addMenu("操作")
        deeds.addActions(own)
        deeds.setEnabled(bool(own))
        look = menu.addMenu("查看")
        for number, spec in enumerate(self._specs.values(), start=1):
            one = look.addAction(theme.icon(spec.icon), f"{spec.title}\tCtrl+{number}")
            one.triggered.connect(partial(_without_checked, partial(self.show_screen, spec.key)))
        look.addSeparator()
        look.addAction(window["重新读取"])
        looks = menu.addMenu(theme.icon("theme"), "外观")
        for choice, title in theme.CHOICES.items():
            one = QAction(title, looks)
            one.triggered.connect(partial(_without_checked, partial(self._look.choose, choice)))
            looks.addAction(one)
            one.setCheckable(True)
            one.setChecked(choice == self._look.choice)
        aid = menu.addMenu("帮助")
        aid.addAction(window["快捷键一览"])
        aid.addAction(window["关于执法案件管家"])
        menu.addSeparator()
        known = ("锁定", "修改密码…", "退出登录", "退出")
        menu.addActions([window[one] for one in known if one in window])

    def _refresh(self) -> None:
        refresh = getattr(self.stack.currentWidget(), "refresh", None)
        if refresh is not None:
            refresh()

    def _show_shortcuts(self) -> None:
        from ui.about import ShortcutsDialog

        ShortcutsDialog(self).open()

    def _about(self) -> None:
        from ui.about import AboutDialog

        home = str(self._context.home) if self._context else ""
        AboutDialog(self, home).open()

    # place on the screen

    def _restore_place(self) -> None:
        room = self.screen().availableGeometry().size()
        self.resize(SIZE.boundedTo(room))
        kept = preferences().value("geometry")
        if kept is not None:
            self.restoreGeometry(kept)
        fits = room.width() > SIZE.width() and room.height() > SIZE.height()  # with its frame
        self._fills_screen = kept is None and not fits

    def appear(self) -> None:
        """Show the window where it was; the first time it fills a screen too small for it."""
        if self._fills_screen:
            self.showMaximized()
        else:
            self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        escape = event.matches(QKeySequence.StandardKey.Cancel)
        if escape and self._bar is not None and self._bar.isVisible():
            self._bar.dismiss()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        preferences().setValue("geometry", self.saveGeometry())
        self.closing.emit()
        event.accept()


def _without_checked(on: Callable[[], object], _checked: bool = False) -> None:
    """What `triggered` calls: the act takes no argument."""
    on()
