"""Scans come in: chosen, or dropped anywhere on the window; each page files itself or waits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from enforcer.exchange import scanning
from enforcer.exchange.scanning import SUFFIXES, SeenFile
from enforcer.operations import scans
from enforcer.operations.scans import ScansTaken
from ui.context import Context

KINDS = "扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.bmp)"


def take(owner: QWidget, context: Context, paths: Sequence[Path]) -> None:
    """Read the files beside the window, then keep and file them."""

    def read(note: Any) -> tuple[SeenFile, ...]:
        return scanning.look(paths, lambda done, total: note(done, total, "读扫描件"))

    def keep(seen: tuple[SeenFile, ...]) -> None:
        context.carry_out(scans.file_scans, seen, told, owner=owner)

    def told(taken: ScansTaken) -> None:
        refused = any(one.scan_id is None for one in taken.files)
        context.window.message("warn" if taken.tray or refused else "ok", taken.say)

    context.tasks.work(read, keep, owner=owner, what="读扫描件")


def scanned(data: QMimeData) -> list[Path]:
    """The files in a drop that a scanner may have written; none when there is any other."""
    paths = [Path(one.toLocalFile()) for one in data.urls() if one.isLocalFile()]
    fits = paths and all(one.suffix.lower() in SUFFIXES for one in paths)
    return paths if fits else []
