"""One, two or four papers on an A4 sheet: where they stand, and where the sheet is cut."""

from __future__ import annotations

from dataclasses import dataclass

from enforcer.documents import ink
from enforcer.documents.ink import MM
from enforcer.documents.parts import Template
from enforcer.documents.slabs import Block, Slab, block

A4 = (210 * MM, 297 * MM)


@dataclass(frozen=True, slots=True)
class Frame:
    """A page as the template sees it: points, margins 上 右 下 左."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def measure(self) -> float:
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one paper stands on a sheet: its lower left corner."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Imposition:
    """One, two or four papers on an A4 sheet."""

    sheet: tuple[float, float]
    frame: Frame
    scale: float
    slots: tuple[Slot, ...]
    marks: Block


def imposition(template: Template, per_sheet: int) -> Imposition:
    """How papers of this template share an A4 sheet."""
    sheet = template.sheet
    if per_sheet == 1:
        frame = _frame(A4, 1.0, sheet.margins)
        return Imposition(A4, frame, 1.0, (Slot(0, 0),), block([]))
    up = sheet.up2 if per_sheet == 2 else sheet.up4
    whole, cell, slots = cells(per_sheet)
    frame = _frame(cell, up.scale, up.margins)
    return Imposition(whole, frame, up.scale, slots, cut_marks(per_sheet))


def cells(per_sheet: int) -> tuple[tuple[float, float], tuple[float, float], tuple[Slot, ...]]:
    """An A4 sheet lying as 1, 2 or 4 papers need it; the size of each; where each stands."""
    width, height = A4
    whole = (height, width) if per_sheet == 2 else (width, height)
    across, down = (1, 1) if per_sheet == 1 else (2, per_sheet // 2)
    cell = (whole[0] / across, whole[1] / down)
    slots = [
        Slot(c * cell[0], (down - 1 - r) * cell[1]) for r in range(down) for c in range(across)
    ]
    return whole, cell, tuple(slots)


def _frame(
    cell: tuple[float, float], scale: float, margins: tuple[float, float, float, float]
) -> Frame:
    top, right, bottom, left = (m * MM / scale for m in margins)
    return Frame(cell[0] / scale, cell[1] / scale, top, right, bottom, left)


def cut_marks(per_sheet: int) -> Block:
    """Short ticks at the paper's edge, and a cross where four papers meet."""
    if per_sheet == 1:
        return block([])
    (width, height), _, _ = cells(per_sheet)
    tick, x = 9 * MM, width / 2
    made = [ink.rule(x, 0, x, tick, 0.4), ink.rule(x, height - tick, x, height, 0.4)]
    if per_sheet == 4:
        y, arm = height / 2, 3 * MM
        made += [ink.rule(0, y, tick, y, 0.4), ink.rule(width - tick, y, width, y, 0.4)]
        made += [ink.rule(x - arm, y, x + arm, y, 0.4), ink.rule(x, y - arm, x, y + arm, 0.4)]
    return block([Slab(0, "".join(made))])
