"""QR codes (GB/T 18284, ISO/IEC 18004): level M, versions 1 to 10, fast enough for a whole batch.

A symbol is linear in its codewords: with version and mask fixed, each codeword flips a known set of
modules. So a symbol is one XOR per codeword over two long integers, one read by rows and one by
columns, and masks are weighed with a few shifts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

# version: (data codewords of each block), error codewords of a block
_BLOCKS = {
    1: ((16,), 10),
    2: ((28,), 16),
    3: ((44,), 26),
    4: ((32, 32), 18),
    5: ((43, 43), 24),
    6: ((27,) * 4, 16),
    7: ((31,) * 4, 18),
    8: ((38, 38, 39, 39), 22),
    9: ((36, 36, 36, 37, 37), 22),
    10: ((43, 43, 43, 43, 44), 26),
}
_ALIGNMENT = {
    1: (),
    2: (6, 18),
    3: (6, 22),
    4: (6, 26),
    5: (6, 30),
    6: (6, 34),
    7: (6, 22, 38),
    8: (6, 24, 42),
    9: (6, 26, 46),
    10: (6, 28, 50),
}
_WEIGHED = 4  # masks tried of the eight: readers take any, and a batch is drawn in half the time
_LETTERS = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, _: r % 2 == 0,
    lambda _, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def rows(text: str) -> list[int]:
    """The symbol from top to bottom; in each row the leftmost module is the highest bit."""
    version, data = _codewords(text)
    plan = _plan(version)
    by_row = by_column = 0
    for place, value in enumerate(_interleaved(version, data)):
        flipped = plan.flips.get((place, value)) or plan.flip(place, value)
        by_row ^= flipped[0]
        by_column ^= flipped[1]
    best = min(
        ((by_row ^ one[0], by_column ^ one[1]) for one in plan.masks[:_WEIGHED]),
        key=lambda pair: _penalty(pair[0], pair[1], plan),
    )
    full = (1 << plan.size) - 1
    return [best[0] >> (plan.stride * (plan.size - 1 - r) + 1) & full for r in range(plan.size)]


def _codewords(text: str) -> tuple[int, list[int]]:
    letters = set(text) <= _LETTERS.keys()
    raw = text.encode()
    for version, (sizes, _) in _BLOCKS.items():
        room = 8 * sum(sizes)
        if letters:
            bits, used = (
                0b0010 << (9 if version < 10 else 11) | len(text),
                13 if version < 10 else 15,
            )
            for i in range(0, len(text) - 1, 2):
                bits = bits << 11 | _LETTERS[text[i]] * 45 + _LETTERS[text[i + 1]]
                used += 11
            if len(text) % 2:
                bits, used = bits << 6 | _LETTERS[text[-1]], used + 6
        else:
            count = 8 if version < 10 else 16
            bits = (0b0100 << count | len(raw)) << 8 * len(raw) | int.from_bytes(raw, "big")
            used = 4 + count + 8 * len(raw)
        if used <= room:
            ended = min(4, room - used)
            bits, used = bits << ended, used + ended
            bits, used = bits << -used % 8, used + -used % 8
            data = list(bits.to_bytes(used // 8, "big"))
            pads = sum(sizes) - len(data)
            return version, data + [0xEC, 0x11] * (pads // 2) + [0xEC] * (pads % 2)
    raise ValueError(f"二维码内容过长（{len(raw)} 字节）")


def _interleaved(version: int, data: list[int]) -> list[int]:
    sizes, count = _BLOCKS[version]
    steps = _steps(count)
    blocks, errors, at = [], [], 0
    for size in sizes:
        block = data[at : at + size]
        at += size
        rest, top, full = 0, 8 * (count - 1), (1 << 8 * count) - 1
        for value in block:
            rest = (rest << 8 & full) ^ steps[rest >> top ^ value]
        blocks.append(block)
        errors.append(rest.to_bytes(count, "big"))
    if len(blocks) == 1:
        return [*blocks[0], *errors[0]]
    mixed = [block[i] for i in range(max(sizes)) for block in blocks if i < len(block)]
    return mixed + [error[i] for i in range(count) for error in errors]


@cache
def _powers() -> tuple[list[int], list[int]]:
    powers, logs, value = [0] * 512, [0] * 256, 1
    for i in range(255):
        powers[i] = powers[i + 255] = value
        logs[value] = i
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return powers, logs


@cache
def _steps(count: int) -> list[int]:
    """For each leading byte, what it takes off the remainder (Reed-Solomon, `count` codewords)."""
    powers, logs = _powers()
    generator = [1]
    for i in range(count):
        grown = [*generator, 0]
        for j, value in enumerate(generator):
            grown[j + 1] ^= powers[logs[value] + i]
        generator = grown
    found = []
    for lead in range(256):
        step = 0
        for value in generator[1:]:
            step = step << 8 | (powers[logs[value] + logs[lead]] if lead else 0)
        found.append(step)
    return found


@dataclass(frozen=True, slots=True)
class _Plan:
    """One version: where its codewords lie and what never changes.

    A row takes `stride` bits, the lowest an empty one, so that runs do not cross rows.
    """

    size: int
    stride: int
    places: tuple[tuple[int, int], ...]
    masks: tuple[tuple[int, int], ...]
    inside: int
    flips: dict[tuple[int, int], tuple[int, int]]

    def bit(self, r: int, c: int) -> int:
        return 1 << self.stride * (self.size - 1 - r) + self.size - c

    def flip(self, place: int, value: int) -> tuple[int, int]:
        """Work out, once, which modules this value of a codeword sets, by rows and by columns."""
        by_row = by_column = 0
        for i in range(8):
            if value >> 7 - i & 1:
                r, c = self.places[8 * place + i]
                by_row |= self.bit(r, c)
                by_column |= self.bit(c, r)
        self.flips[place, value] = by_row, by_column
        return by_row, by_column


@cache
def _plan(version: int) -> _Plan:
    size = 17 + 4 * version
    fixed = _fixed(version, size)
    taken = fixed.keys() | set(_format_places(size)[0]) | set(_format_places(size)[1])
    places = []
    upward = True
    for right in [*list(range(size - 1, 6, -2)), 5, 3, 1]:
        for step in range(size):
            r = size - 1 - step if upward else step
            places += [(r, c) for c in (right, right - 1) if (r, c) not in taken]
        upward = not upward
    inside = sum(((1 << size) - 1) << 1 + (size + 1) * r for r in range(size))
    plan = _Plan(size, size + 1, tuple(places), (), inside, {})
    masks = []
    for number, rule in enumerate(_MASKS):
        dark = [at for at, on in fixed.items() if on]
        dark += [at for at in places if rule(*at)]
        code = _format(number)
        for copy in _format_places(size):
            dark += [at for i, at in enumerate(copy) if code >> 14 - i & 1]
        masks.append((sum(plan.bit(r, c) for r, c in dark), sum(plan.bit(c, r) for r, c in dark)))
    return _Plan(size, size + 1, tuple(places), tuple(masks), inside, plan.flips)


def _fixed(version: int, size: int) -> dict[tuple[int, int], bool]:
    """Finders, alignment, timing, the dark module, and from version 7 the version itself."""
    found: dict[tuple[int, int], bool] = {}
    for i in range(8, size - 8):
        found[6, i] = found[i, 6] = i % 2 == 0
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        for r in range(-1, 8):
            for c in range(-1, 8):
                if 0 <= top + r < size and 0 <= left + c < size:
                    ring = max(abs(r - 3), abs(c - 3))
                    found[top + r, left + c] = ring in (0, 1, 3)
    centres = _ALIGNMENT[version]
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    for row in centres:
        for column in centres:
            if (row, column) not in corners:
                for r in range(-2, 3):
                    for c in range(-2, 3):
                        found[row + r, column + c] = max(abs(r), abs(c)) != 1
    found[size - 8, 8] = True
    if version >= 7:
        rest = version
        for _ in range(12):
            rest = rest << 1 ^ (rest >> 11) * 0x1F25
        code = version << 12 | rest
        for i in range(18):
            on = bool(code >> i & 1)
            found[size - 11 + i % 3, i // 3] = found[i // 3, size - 11 + i % 3] = on
    return found


def _format(mask: int) -> int:
    """Level M and the mask, with their own error bits."""
    rest = mask
    for _ in range(10):
        rest = rest << 1 ^ (rest >> 9) * 0x537
    return (mask << 10 | rest) ^ 0x5412


def _format_places(size: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    first = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    second = [(size - 1 - i, 8) for i in range(7)] + [(8, size - 8 + i) for i in range(8)]
    return first, second


def _penalty(by_row: int, by_column: int, plan: _Plan) -> int:
    """ISO/IEC 18004, 7.8.3: long runs, blocks, false finders, imbalance."""
    total = 0
    for dark in (by_row, by_column):
        light = dark ^ plan.inside
        for one in (dark, light):
            two = one & one >> 1
            runs = two & two >> 2 & one >> 4
            total += runs.bit_count() + 2 * (runs & ~(runs >> 1)).bit_count()
        none4 = light & light >> 1
        none4 &= none4 >> 2
        core = dark & light >> 1 & dark >> 2 & dark >> 3 & dark >> 4 & light >> 5 & dark >> 6
        total += 40 * ((core & none4 >> 7).bit_count() + (core >> 4 & none4).bit_count())
    light = by_row ^ plan.inside
    for one in (by_row, light):
        pair = one & one >> 1
        total += 3 * (pair & pair >> plan.stride).bit_count()
    share = by_row.bit_count() * 20 // (plan.size * plan.size)
    return total + 10 * min(abs(share - 10), abs(share + 1 - 10))
