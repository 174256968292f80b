"""Coloured shapes for wall charts: boxes, diamonds, arrows, a clock (PDF operators)."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin

Colour = tuple[float, float, float]
Point = tuple[float, float]

_ROUND = 0.5523  # control points of a quarter circle


def grey(colour: Colour) -> float:
    """How dark a colour prints on a black-and-white printer (0 black)."""
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue


def hexed(code: str) -> Colour:
    """`#1D4E89` as a colour."""
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def coloured(operators: str, colour: Colour) -> str:
    """The same ink in a colour, lines and fillings alike."""
    said = f"{colour[0]:.3f} {colour[1]:.3f} {colour[2]:.3f}"
    return f"q {said} rg {said} RG {operators}Q\n"


def shape(
    path: str, *, fill: Colour | None, line: Colour | None, width: float = 0.9, dash: str = ""
) -> str:
    """A closed path, filled and outlined."""
    made = ["q"]
    if fill is not None:
        made.append(f"{fill[0]:.3f} {fill[1]:.3f} {fill[2]:.3f} rg")
    if line is not None:
        made.append(f"{line[0]:.3f} {line[1]:.3f} {line[2]:.3f} RG {width:.2f} w")
    if dash:
        made.append(f"[{dash}] 0 d")
    paint = "B" if fill is not None and line is not None else "f" if fill is not None else "S"
    return f"{' '.join(made)} {path} {paint} Q\n"


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A rectangle with round corners; lower left corner at x, y."""
    r = min(radius, width / 2, height / 2)
    k, right, top = r * (1 - _ROUND), x + width, y + height
    return (
        f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c "
        f"{right:.2f} {top - r:.2f} l "
        f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c "
        f"{x + r:.2f} {top:.2f} l "
        f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c "
        f"{x:.2f} {y + r:.2f} l "
        f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
    )


def footed(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A rectangle whose two lower corners are round."""
    r, right, top = radius, x + width, y + height
    k = r * (1 - _ROUND)
    return (
        f"{x:.2f} {top:.2f} m {right:.2f} {top:.2f} l {right:.2f} {y + r:.2f} l "
        f"{right:.2f} {y + k:.2f} {right - k:.2f} {y:.2f} {right - r:.2f} {y:.2f} c "
        f"{x + r:.2f} {y:.2f} l {x + k:.2f} {y:.2f} {x:.2f} {y + k:.2f} {x:.2f} {y + r:.2f} c h"
    )


def polygon(points: Sequence[Point]) -> str:
    first, *rest = points
    lines = " ".join(f"{x:.2f} {y:.2f} l" for x, y in rest)
    return f"{first[0]:.2f} {first[1]:.2f} m {lines} h"


def diamond(x: float, y: float, width: float, height: float) -> str:
    """A rhombus in this rectangle."""
    return polygon(
        [
            (x, y + height / 2),
            (x + width / 2, y + height),
            (x + width, y + height / 2),
            (x + width / 2, y),
        ]
    )


def circle(x: float, y: float, radius: float) -> str:
    k = radius * _ROUND
    r = radius
    return (
        f"{x + r:.2f} {y:.2f} m "
        f"{x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c h"
    )


def arrow(points: Sequence[Point], colour: Colour, width: float) -> str:
    """A line through these corners, bent softly, with a head at its end."""
    *before, last = points
    x0, y0 = before[-1]
    x1, y1 = last
    far = hypot(x1 - x0, y1 - y0) or 1.0
    ux, uy = (x1 - x0) / far, (y1 - y0) / far
    size = 4.2 + width * 1.6
    neck = (x1 - ux * size * 0.8, y1 - uy * size * 0.8)
    path = _bent([*before, neck])
    head = polygon(
        [
            (x1, y1),
            (x1 - ux * size - uy * size * 0.46, y1 - uy * size + ux * size * 0.46),
            (x1 - ux * size + uy * size * 0.46, y1 - uy * size - ux * size * 0.46),
        ]
    )
    line = f"{width:.2f} w 0 J 1 j {path} S "
    return coloured(f"q {line}Q {head} f ", colour)


def _bent(points: Sequence[Point], radius: float = 4.0) -> str:
    """A path whose corners are rounded a little."""
    made = [f"{points[0][0]:.2f} {points[0][1]:.2f} m"]
    for i, (x, y) in enumerate(points[1:], 1):
        if i == len(points) - 1:
            made.append(f"{x:.2f} {y:.2f} l")
            continue
        (px, py), (nx, ny) = points[i - 1], points[i + 1]
        r = min(radius, hypot(x - px, y - py) / 2, hypot(nx - x, ny - y) / 2)
        ax, ay = _towards((x, y), (px, py), r)
        bx, by = _towards((x, y), (nx, ny), r)
        k = _ROUND
        made.append(
            f"{ax:.2f} {ay:.2f} l {ax + (x - ax) * k:.2f} {ay + (y - ay) * k:.2f} "
            f"{bx + (x - bx) * k:.2f} {by + (y - by) * k:.2f} {bx:.2f} {by:.2f} c"
        )
    return " ".join(made)


def _towards(start: Point, end: Point, length: float) -> Point:
    far = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return (
        start[0] + (end[0] - start[0]) * length / far,
        start[1] + (end[1] - start[1]) * length / far,
    )


def clock(x: float, y: float, radius: float, colour: Colour) -> str:
    """A clock face with two hands."""
    hands = "".join(
        f"{x:.2f} {y:.2f} m {x + radius * share * sin(turn):.2f} "
        f"{y + radius * share * cos(turn):.2f} l S "
        for share, turn in ((0.62, 0.0), (0.5, 2 * pi / 3))
    )
    return coloured(f"0.9 w 1 J {circle(x, y, radius)} S {hands}", colour)
