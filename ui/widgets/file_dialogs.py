"""Where a file is to be saved or read: the system's dialog, begun where one was last time."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.preferences import preferences

WORD: Final = "Word 文档 (*.docx)"
EXCEL: Final = "Excel 工作簿 (*.xlsx)"
EXCEL_READ: Final = "Excel 工作簿 (*.xlsx *.xls *.xlsm *.ods)"
PDF: Final = "PDF 文件 (*.pdf)"
_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|\s]+')


def ask_save(parent: QWidget, title: str, name: str, kind: str = EXCEL) -> Path | None:
    """Ask where to save; the name gets its ending, the folder is remembered; None if let go."""
    stem, dot, ending = name.rpartition(".")
    fit = f"{_FORBIDDEN.sub(' ', stem).strip()}{dot}{ending}"
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path(_begin(), fit)), kind)
    if not chosen:
        return None
    path = Path(chosen if chosen.lower().endswith(f".{ending}") else f"{chosen}.{ending}")
    _remember(path)
    return path


def ask_open(parent: QWidget, title: str, kind: str = EXCEL_READ) -> Path | None:
    """Ask which file to read; None if let go."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _begin(), kind)
    if not chosen:
        return None
    _remember(Path(chosen))
    return Path(chosen)


def _begin() -> str:
    """The folder of last time where it still is, else the user's documents, else their home."""
    place = QStandardPaths.StandardLocation
    kept = str(preferences().value("folder", ""))
    documents = QStandardPaths.writableLocation(place.DocumentsLocation)
    home = QStandardPaths.writableLocation(place.HomeLocation)
    return next((one for one in (kept, documents) if one and Path(one).is_dir()), home)


def _remember(path: Path) -> None:
    preferences().setValue("folder", str(path.parent))
