"""Drawn pictures for specimens and the sample: plain street scenes, each with 示例 across it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from enforcer import paths

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WORD = "示例"
_SKY, _FAR, _WALL, _ROAD, _WALK = "#c9d8e6", "#a9b6bf", "#bfb3a2", "#6f7478", "#b5b0a6"
_TIME, _TAKEN, _OFFSET, _MAKE, _MODEL = 306, 36867, 36881, 271, 272  # tags of EXIF
_QUALITY = 80


class Scene(StrEnum):
    """What is drawn."""

    ROAD = "road"
    PAVEMENT = "pavement"
    FIRE = "fire"


def drawn(
    scene: Scene,
    *,
    caption: str,
    size: tuple[int, int] = (1280, 960),
    taken_at: datetime | None = None,
    device: str = "",
) -> bytes:
    """A JPEG of the scene; with `taken_at` (aware) the time and the device stand in its EXIF."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", size, _SKY)
    pen = ImageDraw.Draw(image)
    wide, high = size
    _street(pen, wide, high)
    _SCENES[scene](pen, wide, high)
    _words(image, caption)
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, exif=_exif(taken_at, device))
    return out.getvalue()


def _exif(taken_at: datetime | None, device: str) -> Any:
    from PIL import Image

    made = Image.Exif()
    if taken_at is not None:
        said = taken_at.strftime("%Y:%m:%d %H:%M:%S")
        offset = taken_at.strftime("%z")
        made[_TIME] = said
        inside = made.get_ifd(0x8769)
        inside[_TAKEN] = said
        inside[_OFFSET] = f"{offset[:3]}:{offset[3:]}"
    if device:
        made[_MAKE], made[_MODEL] = "Sample", device
    return made


def _font(size: float) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(
        str(paths.resources() / "fonts" / "EnforcerHei-Regular.ttf"), max(8, round(size))
    )


def _words(image: Any, caption: str) -> None:
    """示例 across the middle, half seen through; the caption as a camera prints it."""
    from PIL import Image, ImageDraw

    wide, high = image.size
    over = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(over)
    pen.text(
        (wide / 2, high / 2), WORD, font=_font(high / 3), fill=(255, 255, 255, 150), anchor="mm"
    )
    small = _font(high / 26)
    pen.rectangle((0, high * 0.93, wide, high), fill=(0, 0, 0, 120))
    pen.text((wide * 0.02, high * 0.965), caption, font=small, fill="white", anchor="lm")
    pen.text((wide * 0.98, high * 0.965), f"{WORD}图片", font=small, fill="#ffd54f", anchor="rm")
    image.paste(over, (0, 0), over)


def _street(pen: ImageDraw, wide: int, high: int) -> None:
    """Houses behind a road."""
    for n in range(6):
        left, top = wide * n / 6, high * (0.18 + 0.06 * (n * 5 % 4))
        pen.rectangle((left, top, left + wide / 6 - 6, high * 0.5), fill=_FAR)
        for row in range(3):
            y = top + high * (0.05 + 0.07 * row)
            for column in range(3):
                x = left + wide * (0.025 + 0.04 * column)
                pen.rectangle((x, y, x + wide * 0.02, y + high * 0.03), fill="#d9e2e8")
    pen.rectangle((0, high * 0.5, wide, high * 0.62), fill=_WALK)
    pen.rectangle((0, high * 0.62, wide, high), fill=_ROAD)
    for n in range(7):
        x = wide * (n / 6 - 0.04)
        pen.rectangle((x, high * 0.79, x + wide * 0.08, high * 0.8), fill="#e8e8e0")


def _truck(pen: ImageDraw, wide: int, high: int) -> None:
    pen.rectangle((wide * 0.28, high * 0.5, wide * 0.6, high * 0.7), fill="#4f6d4a")
    pen.polygon(
        [
            (wide * 0.3, high * 0.5),
            (wide * 0.38, high * 0.42),
            (wide * 0.5, high * 0.44),
            (wide * 0.58, high * 0.5),
        ],
        fill="#8a6b4a",
    )
    pen.rectangle((wide * 0.61, high * 0.55, wide * 0.72, high * 0.7), fill="#b23b32")
    pen.rectangle((wide * 0.66, high * 0.57, wide * 0.71, high * 0.63), fill="#dfeaf2")
    _wheels(pen, wide, high, (0.33, 0.41, 0.55, 0.66), 0.71)
    for n in range(40):
        x, y = wide * (0.02 + 0.0062 * (n * 37 % 41)), high * (0.72 + 0.004 * (n * 23 % 37))
        pen.ellipse((x, y, x + wide * 0.012, y + high * 0.01), fill="#8a6b4a")


def _car(pen: ImageDraw, wide: int, high: int) -> None:
    pen.polygon(
        [
            (wide * 0.34, high * 0.5),
            (wide * 0.4, high * 0.42),
            (wide * 0.56, high * 0.42),
            (wide * 0.63, high * 0.5),
        ],
        fill="#dfeaf2",
    )
    pen.rounded_rectangle(
        (wide * 0.27, high * 0.49, wide * 0.71, high * 0.58), radius=high * 0.02, fill="#3d5a80"
    )
    _wheels(pen, wide, high, (0.36, 0.62), 0.585)


def _fire(pen: ImageDraw, wide: int, high: int) -> None:
    """A yard before a house, leaves that smoke."""
    pen.rectangle((0, high * 0.3, wide, high * 0.62), fill=_WALL)
    pen.rectangle((0, high * 0.62, wide, high), fill=_WALK)
    pen.rectangle((wide * 0.7, high * 0.36, wide * 0.84, high * 0.62), fill="#6b4a35")
    for n in range(3):
        x = wide * (0.08 + 0.19 * n)
        pen.rectangle((x, high * 0.37, x + wide * 0.12, high * 0.5), fill="#dfeaf2")
    for n in range(7):
        reach = high * (0.05 + 0.018 * n)
        x, y = wide * (0.4 + 0.02 * (n * 5 % 4)), high * (0.66 - 0.085 * n)
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill="#9a9c9e")
    pen.ellipse((wide * 0.26, high * 0.66, wide * 0.58, high * 0.8), fill="#7d5a35")
    for n in range(60):
        x, y = wide * (0.27 + 0.0072 * (n * 37 % 41)), high * (0.67 + 0.003 * (n * 23 % 37))
        colour = ("#a8742f", "#8a6b4a", "#c8553d")[n % 3]
        pen.ellipse((x, y, x + wide * 0.014, y + high * 0.012), fill=colour)


def _wheels(pen: ImageDraw, wide: int, high: int, at: tuple[float, ...], down: float) -> None:
    reach = high * 0.035
    for one in at:
        x, y = wide * one, high * down
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill="#22262a")
        pen.ellipse((x - reach / 3, y - reach / 3, x + reach / 3, y + reach / 3), fill="#b8bec4")


_SCENES: Mapping[Scene, Callable[[Any, int, int], None]] = {
    Scene.ROAD: _truck,
    Scene.PAVEMENT: _car,
    Scene.FIRE: _fire,
}
