"""What a template is made of, as read: sheet, copies, parts, rows, cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from enforcer.documents.words import Words


@dataclass(frozen=True, slots=True)
class SheetUp:
    """How a smaller page is set when several share one sheet: its scale and margins (mm)."""

    scale: float
    margins: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Margins (上 右 下 左, mm) and the body's type (points)."""

    margins: tuple[float, float, float, float] = (25.4, 25.0, 25.4, 27.5)
    face: str = "fang"
    size: float = 14.0
    leading: float = 25.0
    indent: float = 2.0
    fit: bool = False
    up2: SheetUp = SheetUp(0.78, (16.0, 18.0, 16.0, 18.0))
    up4: SheetUp = SheetUp(0.62, (12.0, 14.0, 12.0, 14.0))


@dataclass(frozen=True, slots=True)
class Copy:
    """One 联 of a paper."""

    name: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    words: Words
    label: bool = False
    span: int = 1
    align: str = "justify"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or one per item of `each`."""

    cells: tuple[Cell, ...]
    where: str
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    each: str = ""
    header: bool = False
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """One thing on the paper."""

    kind: str
    where: str
    words: Mapping[str, Words] = field(default_factory=dict)
    style: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    each: str = ""
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A paper as data; `where` says which file it came from."""

    key: str
    title: str
    version: str
    where: str
    sheet: Sheet
    copies: tuple[Copy, ...]
    parts: tuple[Part, ...]
