"""Money as integer 分: typed 元 to 分, 分 to figures and to 大写 (支付结算办法 附一)."""

import re
from decimal import Decimal

MAX_FEN = 10**14  # 一万亿元: beyond any penalty, exact in a float of Excel

_MOST, _CENT = Decimal(MAX_FEN).scaleb(-2), Decimal("0.01")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_ASCII = str.maketrans("０１２３４５６７８９．，－＋￥", "0123456789.,-+¥")
_PLAIN = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]+))?")
_SIGNS = re.compile(r"^(?:人民币|RMB|CNY)?\s*¥?|(?:元|圆)?(?:整|正)?$", re.IGNORECASE)


def parse_yuan(given: str | Decimal | float, *, label: str = "金额") -> int:
    """Read an amount in 元 as whole 分; ValueError says in Chinese what is wrong with it."""
    if isinstance(given, bool):
        raise ValueError(f"{label}应当是数字，不能是逻辑值“{given}”。")  # noqa: TRY004
    if isinstance(given, str):
        return _checked(_typed(given, label), given.strip()[:30], label)
    # Excel shows and keeps 15 digits; the rest of the binary float is noise (0.1 + 0.2).
    amount = Decimal(format(given, ".15g")) if isinstance(given, float) else Decimal(given)
    return _checked(amount, _figures(amount), label)


def yuan(fen: int) -> str:
    """As `200.00`."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def yuan_grouped(fen: int) -> str:
    """As `12,345.60`."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}"


def figure(fen: int) -> str:
    """As `￥200.00`, the figures that stand beside the words on a paper."""
    return "￥" + yuan(fen)


def wan_yuan(fen: int) -> str:
    """In 万元 with up to six decimals, so that no 分 is lost: `0.02`."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 1_000_000}.{fen % 1_000_000:06d}".rstrip("0").rstrip(".")


def chinese(fen: int) -> str:
    """In capital characters: `贰佰元整`, `壹拾万零伍佰元零柒分`, `叁万元伍角`."""
    if not 0 <= fen <= MAX_FEN:
        raise ValueError(
            f"金额应当在0元和{yuan_grouped(MAX_FEN)}元之间，现为{yuan_grouped(fen)}元。"
        )
    whole, jiao, cents = fen // 100, fen // 10 % 10, fen % 10
    words = _whole(whole) + "元" if whole or not (jiao or cents) else ""
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif cents and whole:
        words += "零"
    return words + (_DIGITS[cents] + "分" if cents else "" if jiao else "整")


def _typed(given: str, label: str) -> Decimal:
    text = given.strip().translate(_ASCII)
    if not text:
        raise ValueError(f"{label}没有填写，请填写以元为单位的数字，例如200或者200.50。")
    if text.startswith("-"):
        raise ValueError(f"{label}不能是负数，现为“{given.strip()[:30]}”。")
    bare = _SIGNS.sub("", text).strip()
    if bare.endswith(("万", "亿", "万元", "亿元")):
        raise ValueError(f"{label}“{given.strip()[:30]}”请换算成元，例如2万元写成20000。")
    found = _PLAIN.fullmatch(bare)
    if found is None:
        raise ValueError(
            f"{label}“{given.strip()[:30]}”不是能识别的金额，请填写以元为单位的数字，例如200或者200.50。"
        )
    if len(found["part"] or "") > 2:
        raise ValueError(f"{label}“{given.strip()[:30]}”超过两位小数，最小到分，例如200.50。")
    return Decimal(bare.replace(",", ""))


def _checked(amount: Decimal, shown: str, label: str) -> int:
    if not amount.is_finite():
        raise ValueError(f"{label}“{shown}”不是有限的数字，请重新填写。")
    if amount < 0:
        raise ValueError(f"{label}不能是负数，现为“{shown}”。")
    if amount > _MOST:
        raise ValueError(f"{label}“{shown}”太大，最多{yuan_grouped(MAX_FEN)}元，请核对。")
    if amount != (rounded := amount.quantize(_CENT)):
        raise ValueError(f"{label}“{shown}”超过两位小数，最小到分，例如200.50。")
    return int(rounded.scaleb(2))


def _figures(amount: Decimal) -> str:
    plain = amount.is_finite() and abs(amount.adjusted()) < 20
    return format(amount, "f")[:30] if plain else str(amount)[:30]


def _whole(number: int) -> str:
    """A whole number in capital characters, by groups of four, 零 once for each gap."""
    if number == 0:
        return "零"
    if number >= 10**8:
        head, rest = divmod(number, 10**8)
        return _whole(head) + "亿" + _tail(rest, 10**7)
    if number >= 10**4:
        head, rest = divmod(number, 10**4)
        return _whole(head) + "万" + _tail(rest, 10**3)
    words = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and number % 10**place and not words.endswith("零"):
            words += "零"
    return words


def _tail(rest: int, full: int) -> str:
    if not rest:
        return ""
    return ("" if rest >= full else "零") + _whole(rest)
