"""The table of every list: hairlines, whole rows, remembered widths, keyboard for every act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from enforcer.money import yuan_grouped
from ui import theme
from ui.preferences import preferences
from ui.widgets.basics import EmptyState
from ui.widgets.paged_model import Column, Index, PagedTableModel
from ui.widgets.widths import Need, fair, share

SUM_AT_MOST: Final = 2_000
COPY_AT_MOST: Final = 20_000
KEEP_AT_MOST: Final = 500
ARROW: Final = " ↓"
WIDE: Final = 150
PAD: Final = 28
ICON: Final = 24
PICTURE: Final = 56
MEASURED: Final = 40
FEW: Final = 20
ROW_HEIGHT: Final = 38
_POINTED: Final = frozenset(
    {
        Qt.FocusReason.MouseFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.ActiveWindowFocusReason,
    }
)


@dataclass(frozen=True, slots=True)
class Act:
    """One act on the selected rows: in the right-click menu, by its key, and in 操作."""

    text: str
    on: Callable[[list[Any]], object]
    icon: str = ""
    keys: str = ""
    single: bool = False
    danger: bool = False


class PagedTable(QWidget):
    """A PagedTableModel in a view; `opened(id)` on Enter or double-click, `selected(ids)`.

    `sort_asked(key, descending)` asks the screen for the ids in another order;
    `selection_told(text)` is the count and sum for the status bar, empty when out of view.
    """

    opened = Signal(object)
    selected = Signal(list)
    sort_asked = Signal(str, bool)
    selection_told = Signal(str)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        load: Callable[[Sequence[Any]], Sequence[Any]],
        *,
        title: str,
        empty: EmptyState | None = None,
        acts: Sequence[Act] = (),
        fen: Callable[[Any], int | None] | None = None,
        key: Callable[[Any], Any] = lambda row: row.id,
    ) -> None:
        super().__init__()
        self._name, self._fen = name, fen
        self.model = PagedTableModel(columns, load, key=key, parent=self)
        self.view = QTableView()
        self.empty = empty or EmptyState("这里还没有记录。")
        self._acts: list[tuple[Act, QAction]] = []
        self._sorted: tuple[str, bool] = ("", False)
        self._own_widths = self._pressed = False
        self._contents = [0] * len(columns)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.setFocusProxy(self.view)
        self._dress(title)
        for act in acts:
            self._offer(act)
        self._remember = QTimer(self)
        self._remember.setSingleShot(True)
        self._remember.setInterval(400)
        self._remember.timeout.connect(self._keep_widths)
        header = self.view.horizontalHeader()
        header.sectionResized.connect(self._dragged)
        header.sectionMoved.connect(self._dragged)
        header.sectionClicked.connect(self._header_clicked)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)
        self.view.doubleClicked.connect(lambda index: self._open(index.row()))
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        header.viewport().installEventFilter(self)

    def _dress(self, title: str) -> None:
        view, header = self.view, self.view.horizontalHeader()
        view.setModel(self.model)
        view.setAccessibleName(title)
        view.setShowGrid(False)
        view.setWordWrap(False)
        for at, one in enumerate(self.model.columns):
            if one.named:
                view.setItemDelegateForColumn(at, _Named(view))
        view.setTabKeyNavigation(False)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalScrollBar().setSingleStep(ROW_HEIGHT // 2)
        font = QFont(view.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        view.setFont(font)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)  # else it runs over its neighbour
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(48)
        header.setSortIndicatorShown(False)
        header.setSectionsClickable(True)
        state = preferences().value(self._place())
        known = str(preferences().value(f"{self._place()}-n", ""))
        if state is not None and known == str(len(self.model.columns)):
            self._own_widths = header.restoreState(state)
            header.setSortIndicatorShown(False)
        self._fit()

    def _dragged(self, *_sizes: int) -> None:
        """Only what the officer does with the mouse is remembered."""
        if self._pressed:
            self._own_widths = True
            self._remember.start()

    def _fit(self) -> None:
        """Share the room among the columns, until the officer sets a width.

        Columns that are `spare` step aside, the last first, where words would be cut short.
        """
        header, room = self.view.horizontalHeader(), self.view.viewport().width()
        needs = self._needs()
        shown = list(range(len(needs)))
        spare = [at for at in shown if self.model.columns[at].spare]
        for at in reversed(spare):
            if fair(needs[one] for one in shown) > room:
                shown.remove(at)
        for at in spare:
            self.view.setColumnHidden(at, at not in shown)
        if not self._own_widths:
            widths = share(room, [needs[at] for at in shown])
            for at, width in zip(shown, widths, strict=True):
                header.resizeSection(at, width)

    def _needs(self) -> list[Need]:
        """What each column asks: its title has room for itself and for its arrow."""
        header, columns = self.view.horizontalHeader(), self.model.columns
        arrow, by = header.fontMetrics().horizontalAdvance(ARROW) + 2, self._sorted[0]
        return [
            Need(
                one.width,
                header.sectionSizeHint(at) + (arrow if one.sort_key and one.sort_key != by else 0),
                self._contents[at],
                _gives_way(one),
                whole=one.firm or one.right,
                state=one.icon is not None,
            )
            for at, one in enumerate(columns)
        ]

    def _measure(self) -> None:
        """How wide the first rows are written; it only grows, so that a search moves nothing."""
        metrics = self.view.fontMetrics()
        rows = [self.model.row(at) for at in range(min(MEASURED, len(self.model.ids)))]
        for at, one in enumerate(self.model.columns):
            beside = PAD + (PICTURE if one.picture else ICON if one.icon else 0)
            texts = {one.text(row) for row in rows if row is not None}
            asked = max((metrics.horizontalAdvance(text) for text in texts if text), default=0)
            self._contents[at] = max(self._contents[at], asked and asked + beside)
        self._fit()

    def _offer(self, act: Act) -> None:
        action = QAction(act.text, self)
        if act.icon:
            action.setIcon(theme.icon(act.icon, "bad" if act.danger else "quiet"))
        if act.keys:
            action.setShortcut(QKeySequence(act.keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setEnabled(False)
        action.triggered.connect(lambda _checked=False: act.on(self.selected_ids()))
        self.addAction(action)
        self._acts.append((act, action))

    def show_ids(self, ids: Sequence[Any]) -> None:
        """Show this list; what was selected stays selected where it is still there."""
        kept, here = self.selected_ids()[:KEEP_AT_MOST], self.view.verticalScrollBar().value()
        at = self.view.currentIndex().row()
        current = self.model.ids[at] if 0 <= at < len(self.model.ids) else None
        self.model.show(ids)
        self._stack.setCurrentWidget(self.view if len(ids) else self.empty)
        if self.view.isVisible():
            self._measure()
        if places := self._places(kept):
            self._take_rows(places, self.model.find(current))
            self.view.verticalScrollBar().setValue(here)
        elif self.view.hasFocus():
            self._take_first()
        self._selection_changed()

    def selected_ids(self) -> list[Any]:
        """The ids selected, from top to bottom."""
        return [self.model.ids[at] for at in self._numbers()]

    def select(self, identity: Any) -> bool:
        """Select one id and bring it into view; False when the list does not hold it."""
        at = self.model.find(identity)
        if at < 0:
            return False
        self._take_row(at)
        index = self.model.index(at, 0)
        self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def _take_row(self, at: int) -> None:
        """Select one row whatever keys are held; the view's own selectRow would toggle on Ctrl."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().setCurrentIndex(
            self.model.index(at, 0), flags | QItemSelectionModel.SelectionFlag.Rows
        )

    def _places(self, ids: Sequence[Any]) -> list[int]:
        """Where these ids stand now; those that are gone are left out."""
        if len(ids) <= FEW:
            return sorted(at for at in map(self.model.find, ids) if at >= 0)
        wanted = set(ids)
        return [at for at, one in enumerate(self.model.ids) if one in wanted]

    def _take_rows(self, places: Sequence[int], current: int) -> None:
        """Select these rows again and stand on the one that was current, if it is among them."""
        self._take_row(current if current in places else places[0])
        if len(places) > 1:
            rows = QItemSelection()
            for at in places:
                index = self.model.index(at, 0)
                rows.select(index, index)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().select(rows, flags | QItemSelectionModel.SelectionFlag.Rows)

    def _take_first(self) -> None:
        """The keyboard must have a row to stand on, and it must be seen."""
        if self.model.ids and not self.view.selectionModel().hasSelection():
            self._take_row(max(self.view.currentIndex().row(), 0))

    def mark_sorted(self, key: str, *, descending: bool) -> None:
        """Show in the header how the ids are ordered."""
        self._sorted = (key, descending)
        self.model.mark_sorted(key, descending=descending)
        self._fit()

    def copy(self) -> None:
        """Put the selected rows on the clipboard as a spreadsheet takes them."""
        ids = self._numbers()[:COPY_AT_MOST]
        order = self._visual_columns()
        lines = ["\t".join(one.title for one in order)] if len(ids) > 1 else []
        for number in ids:
            row = self.model.row(number)
            if row is not None:
                lines.append("\t".join(_cell(column.text(row)) for column in order))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def told(self) -> str:
        """Count and sum of the selection, as the status bar shows them."""
        numbers = self._numbers()
        if len(numbers) < 2:
            return f"共 {len(self.model.ids):,} 项" if self.model.ids else ""
        text = f"已选 {len(numbers):,} 项，共 {len(self.model.ids):,} 项"
        if self._fen is None or len(numbers) > SUM_AT_MOST:
            return text
        rows = (self.model.row(one) for one in numbers)
        total = sum(self._fen(row) or 0 for row in rows if row is not None)
        return f"{text}，合计 {yuan_grouped(total)} 元"

    def _numbers(self) -> list[int]:
        spans: Any = self.view.selectionModel().selection()
        return sorted({at for span in spans for at in range(span.top(), span.bottom() + 1)})

    def _visual_columns(self) -> list[Column]:
        header = self.view.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(header.count())]
        return [self.model.columns[at] for at in order if not header.isSectionHidden(at)]

    def _selection_changed(self, *_spans: object) -> None:
        ids = self.selected_ids()
        for act, action in self._acts:
            action.setEnabled(len(ids) == 1 if act.single else bool(ids))
        self.selected.emit(ids)
        if self.isVisible():
            self.selection_told.emit(self.told())

    def _open(self, number: int) -> None:
        if 0 <= number < len(self.model.ids):
            self.opened.emit(self.model.ids[number])

    def _header_clicked(self, section: int) -> None:
        self._sort_by(self.model.columns[section].sort_key)

    def _sort_by(self, key: str) -> None:
        if key:
            descending = self._sorted == (key, False)
            self.mark_sorted(key, descending=descending)
            self.sort_asked.emit(key, descending)

    def _menu(self, place: QPoint) -> None:
        if not self.selected_ids():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for _, action in self._acts:
            menu.addAction(action)
        if self._acts:
            menu.addSeparator()
        menu.addAction(theme.icon("copy"), "复制　Ctrl+C", self.copy)
        sortable = [one for one in self.model.columns if one.sort_key]
        if sortable:
            order = menu.addMenu("排序")
            for one in sortable:
                order.addAction(f"按{one.title}", partial(self._sort_by, one.sort_key))
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _place(self) -> str:
        return f"tables/{self._name}"

    def _keep_widths(self) -> None:
        preferences().setValue(self._place(), self.view.horizontalHeader().saveState())
        preferences().setValue(f"{self._place()}-n", len(self.model.columns))

    def _watch_widths(self, watched: QObject, event: QEvent) -> None:
        if watched is self.view.viewport():
            if event.type() == QEvent.Type.Resize:
                self._fit()
        elif event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}:
            self._pressed = True
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._pressed = False

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._measure()
        self.selection_told.emit(self.told())

    def hideEvent(self, event: QHideEvent) -> None:
        """What is no longer in view has nothing to say in the status bar."""
        super().hideEvent(event)
        self.selection_told.emit("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.view:
            self._watch_widths(watched, event)
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if event.reason() not in _POINTED:
                self._take_first()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return True
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._open(self.view.currentIndex().row())
                return True
            if event.key() == Qt.Key.Key_Menu:
                self._menu(self.view.visualRect(self.view.currentIndex()).center())
                return True
        return super().eventFilter(watched, event)


class _Named(QStyledItemDelegate):
    """Leaves out the middle of what is too long, so that both its ends are seen."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


def _gives_way(one: Column) -> bool:
    return one.width >= WIDE and not (one.right or one.icon or one.firm)


def _cell(text: str) -> str:
    """One cell as text: no tab, no line break, and nothing a spreadsheet would calculate."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@")) and len(flat) > 1 else flat
