"""A table over a long list: the ids at once, the rows a page at a time."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QBrush, QFont, QIcon, QPixmap

from ui import theme

Index = QModelIndex | QPersistentModelIndex
LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
NO_INDEX: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title and how a row reads in it.

    `sort_key` is what `PagedTable.sort_asked` hands over (empty: not sortable); `right` aligns
    money, counts and dates; `tone` and `icon` mark a meaning, `tip` adds words under the mouse.
    A `picture` stands, as large as it is, in the place of the icon.
    A wide column gives way where the room is short, unless it is `firm`; a `spare` one steps aside.
    What is `struck` counts no more. Of a `named` text the middle goes where it is too long: names and
    numbers are known by their two ends.
    """

    title: str
    text: Callable[[Any], str]
    width: int = 120
    sort_key: str = ""
    right: bool = False
    tone: Callable[[Any], str] | None = None
    icon: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    picture: Callable[[Any], QPixmap] | None = None
    firm: bool = False
    spare: bool = False
    struck: Callable[[Any], bool] | None = None
    named: bool = False


class PagedTableModel(QAbstractTableModel):
    """Knows every id, loads a page of rows when one of them is looked at, keeps a few pages.

    `load(ids)` answers for the ids asked, in any order; `key(row)` is a row's id. A row that has
    gone since the ids were asked shows as blank.
    """

    IdRole = Qt.ItemDataRole.UserRole
    RowRole = Qt.ItemDataRole.UserRole + 1

    def __init__(
        self,
        columns: Sequence[Column],
        load: Callable[[Sequence[Any]], Sequence[Any]],
        *,
        key: Callable[[Any], Any] = lambda row: row.id,
        page: int = 100,
        keep: int = 20,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._load, self._key, self._page, self._keep = load, key, page, keep
        self._ids: Sequence[Any] = ()
        self._sorted = ("", "")
        self._pages: OrderedDict[int, dict[Any, Any]] = OrderedDict()

    @property
    def ids(self) -> Sequence[Any]:
        """Every id, in the order shown."""
        return self._ids

    def show(self, ids: Sequence[Any]) -> None:
        """Show this list instead."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def mark_sorted(self, key: str, *, descending: bool) -> None:
        """Say in the title of a column that the ids are ordered by it."""
        self._sorted = (key, " ↓" if descending else " ↑")
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def reload(self) -> None:
        """Ask again for the rows that are looked at; the list of ids stays."""
        self._pages.clear()
        if self._ids:
            corner = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), corner)

    def row(self, number: int) -> Any:
        """The row at this place, None when it has gone."""
        page = number // self._page
        if page not in self._pages:
            start = page * self._page
            rows = self._load(self._ids[start : start + self._page])
            self._pages[page] = {self._key(one): one for one in rows}
            while len(self._pages) > self._keep:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page].get(self._ids[number])

    def find(self, identity: Any) -> int:
        """The place of an id, -1 when it is not in the list."""
        try:
            return self._ids.index(identity)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.right else LEFT
        if role == self.IdRole:
            return self._ids[index.row()]
        if role not in _ROW_ROLES:
            return None
        row = self.row(index.row())
        return None if row is None else _answer(column, row, role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            key, arrow = self._sorted
            return f"{column.title}{arrow}" if key and key == column.sort_key else column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.right else LEFT
        return None


_ROW_ROLES: Final = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ForegroundRole),
        int(Qt.ItemDataRole.DecorationRole),
        int(Qt.ItemDataRole.FontRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(PagedTableModel.RowRole),
    }
)


def _answer(column: Column, row: Any, role: int) -> Any:
    if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
        return column.text(row).replace("\n", " ")  # a row of the table is one line high
    if role == Qt.ItemDataRole.ForegroundRole:
        tone = column.tone(row) if column.tone else ""
        return QBrush(theme.colour(tone)) if tone else None
    if role == Qt.ItemDataRole.DecorationRole and column.picture is not None:
        return column.picture(row)
    if role == Qt.ItemDataRole.DecorationRole:
        name = column.icon(row) if column.icon else ""
        tone = (column.tone(row) if column.tone else "") or "quiet"
        return theme.icon(name, tone) if name else QIcon() if column.icon else None
    if role == Qt.ItemDataRole.FontRole:
        return _struck() if column.struck and column.struck(row) else None
    if role == Qt.ItemDataRole.ToolTipRole:
        return column.tip(row) if column.tip else column.text(row)
    return row


def _struck() -> QFont:
    """Only the line through: everything else stays the font of the table."""
    font = QFont()
    font.setStrikeOut(True)
    return font
