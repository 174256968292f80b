"""Plates, identity numbers, credit codes, telephones: read, normalised, and checked aloud."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from enforcer.terms import IdKind, PartyKind, PlateKind, Sex
from enforcer.text import PLATE, Unfit, clean, half_width

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SIGN, _HEAD = "[A-HJ-NP-Z0-9]", f"[{_PROVINCE}][A-Z]"
_SEPARATORS = re.compile(r"[\s·•・‧∙.．。,，_\-－—–~～()（）\[\]【】]+")
_NO_PLATE = {
    "无",
    "无号牌",
    "无牌",
    "无牌照",
    "无车牌",
    "没有号牌",
    "未悬挂号牌",
    "未挂牌",
    "未上牌",
    "/",
    "／",
}
_NOT_READ = {
    "号牌无法辨认",
    "无法辨认",
    "无法识别",
    "看不清",
    "不清",
    "不详",
    "不明",
    "污损",
    "遮挡",
    "号牌污损",
    "号牌遮挡",
}
_BLOTTED = re.compile(r"[?？*＊×□■〇○]")
_SHAPES: tuple[tuple[PlateKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(shape))
    for kind, shape in (
        (PlateKind.ORDINARY, f"{_HEAD}{_SIGN}{{5}}"),
        (PlateKind.NEW_ENERGY, f"{_HEAD}(?:[A-HJK]{_SIGN}[0-9]{{4}}|[0-9]{{5}}[A-HJK])"),
        (PlateKind.TRAILER, f"{_HEAD}{_SIGN}{{4}}挂"),
        (PlateKind.COACH, f"{_HEAD}{_SIGN}{{4}}学"),
        (PlateKind.POLICE, f"{_HEAD}{_SIGN}{{4}}警"),
        (PlateKind.HONG_KONG, f"粤Z{_SIGN}{{4}}港"),
        (PlateKind.MACAO, f"粤Z{_SIGN}{{4}}澳"),
        (PlateKind.EMBASSY, f"使[0-9]{{6}}|[0-9]{{6}}使|{_HEAD}{_SIGN}{{4}}使"),
        (PlateKind.CONSULATE, f"领[0-9]{{6}}|{_HEAD}{_SIGN}{{4}}领|[{_PROVINCE}][0-9]{{4,6}}领"),
        (
            PlateKind.MILITARY,
            f"[A-Z]{{2}}[0-9]{{5}}|WJ(?:[{_PROVINCE}]|[0-9]{{2}})?[0-9]{{4}}{_SIGN}|[军海空北沈兰济南广成][A-Z][0-9]{{5}}",
        ),
        (
            PlateKind.TEMPORARY,
            f"临{_HEAD}[A-Z0-9]{{4,6}}|{_HEAD}临[A-Z0-9]{{4,6}}|{_HEAD}[A-Z0-9]{{4,6}}临",
        ),
        (PlateKind.OTHER, f"{_HEAD}{_SIGN}{{4}}应急|{_HEAD}{_SIGN}{{4}}[试超]|民航[A-Z0-9]{{5}}"),
    )
)
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_LOOK_ALIKE = str.maketrans("OI", "01")


class NotAccepted(ValueError):
    """A number that cannot be right. `code` tells a wrong check digit, which may be kept with
    a reason (mis-issued cards exist), from everything else.
    """

    def __init__(self, code: str, say: str) -> None:
        super().__init__(say)
        self.code = code


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate as shown (`湘J·8K216`) and as compared (`湘J8K216`, empty when there is none)."""

    text: str
    key: str
    kind: PlateKind
    remarks: tuple[str, ...] = ()


def read_plate(text: str) -> Plate:
    """Say which plate this is; an unknown shape is kept as OTHER with a remark, never refused."""
    text = text.strip()
    if len(text) > PLATE:
        raise NotAccepted("length", f"号牌号码最多{PLATE}个字，现在有{len(text)}个字，请核对。")
    return _plate(text)


@lru_cache(maxsize=20_000)
def _plate(text: str) -> Plate:
    if _CONTROL.search(text):
        raise NotAccepted("control", "号牌号码含有看不见的控制字符，请删掉后重新输入。")
    typed = half_width(unicodedata.normalize("NFC", text)).upper()
    if not typed:
        raise NotAccepted("blank", "号牌号码没有填写；没有号牌的，请填写“无号牌”。")
    if typed in _NO_PLATE:
        return Plate("无号牌", "", PlateKind.NONE)
    if typed.startswith(("无牌", "无号牌", "无车牌", "未挂牌", "未上牌")):
        return Plate(typed, "", PlateKind.NONE)
    if typed.startswith("临时") and not re.search(r"[0-9]", typed):
        return Plate(typed, "", PlateKind.TEMPORARY)
    if typed in _NOT_READ:
        return Plate("号牌无法辨认", "", PlateKind.UNREADABLE)
    if _BLOTTED.search(typed):
        return Plate(typed, "", PlateKind.UNREADABLE, ("号牌有看不清的字，不与其他记录比对。",))
    key = _SEPARATORS.sub("", typed)
    for kind, shape in _SHAPES:
        if shape.fullmatch(key):
            return Plate(_displayed(kind, key), key, kind, _doubt(kind, key))
    if mended := _mended(key):
        return mended
    return Plate(typed, key or typed, PlateKind.OTHER, (_why_unknown(key),))


def _mended(key: str) -> Plate | None:
    """O and I are not used in the serial of a plate (GA 36): read them as 0 and 1, and say so."""
    serial = key[2:].translate(_LOOK_ALIKE)
    if serial == key[2:]:
        return None
    for kind, shape in _SHAPES[:7]:
        if shape.fullmatch(key[:2] + serial):
            said = f"号牌序号不使用字母O和I，“{key}”已按“{key[:2]}{serial}”读取，请对照实物核对。"
            return Plate(_displayed(kind, key[:2] + serial), key[:2] + serial, kind, (said,))
    return None


def _doubt(kind: PlateKind, key: str) -> tuple[str, ...]:
    if key[0] in _PROVINCE and key[1] in "OI":
        return (f"“{key[:2]}”不是现在使用的发牌机关代号，请对照实物核对。",)
    if kind is PlateKind.MILITARY and key[1] in "DF":
        return (f"“{key}”按军车号牌读取；如果是新能源号牌，请补上省份简称。",)
    return ()


def _displayed(kind: PlateKind, key: str) -> str:
    if kind in (PlateKind.EMBASSY, PlateKind.CONSULATE) and key[0] in "使领":
        return f"{key[:4]}·{key[4:]}"
    if key.startswith("WJ") and kind is PlateKind.MILITARY:
        return f"{key[:-5]}·{key[-5:]}"
    if key.startswith("临"):
        return f"{key[:3]}·{key[3:]}"
    if (key[0] in _PROVINCE and key[1].isalpha()) or kind is PlateKind.MILITARY:
        return f"{key[:2]}·{key[2:]}"
    return key


def _why_unknown(key: str) -> str:
    tail = "已按原样记为其他号牌，请对照实物核对。"
    if re.fullmatch(f"[A-Z]{_SIGN}{{5,6}}", key):
        return f"号牌“{key}”开头缺少省份简称，{tail}"
    if re.match(_HEAD, key) and re.fullmatch(r"[A-Z0-9]+", key[2:]):
        return f"号牌“{key}”是{len(key)}位，普通号牌7位、新能源号牌8位，{tail}"
    return f"号牌“{key}”不是常见的号牌样式，{tail}"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """An identity number that was read; `old` marks the 15-digit numbers of the first cards."""

    text: str
    kind: IdKind
    born_on: date | None = None
    sex: Sex | None = None
    old: bool = False
    remarks: tuple[str, ...] = ()


def read_id(kind: IdKind, text: str, *, today: date) -> IdNumber:
    """Read an identity number of any kind; NotAccepted names the number and what is wrong."""
    number = _compact(text, kind.label + "号码")
    if kind is IdKind.RESIDENT_ID:
        return _resident(number, today)
    if kind is IdKind.CREDIT_CODE:
        return IdNumber(read_credit_code(number), kind)
    if kind is IdKind.OTHER:
        return IdNumber(_cleaned(text, 64, "证件号码"), kind)
    if kind is IdKind.FOREIGNER_ID and re.fullmatch(r"9[0-9]{16}[0-9X]", number):
        born_on = _birth(number[6:14], "外国人永久居留身份证号码第7至14位", today)
        _check_digit(number, "外国人永久居留身份证号码")
        return IdNumber(number, kind, born_on, _sex(number[16]))
    shape, wanted = _CARD_SHAPES[kind]
    if not shape.fullmatch(number):
        raise NotAccepted("format", f"{kind.label}号码应当是{wanted}，现为“{number}”，请核对。")
    return IdNumber(number, kind)


@dataclass(frozen=True, slots=True)
class Birth:
    """What a number itself says of its holder; nothing where it says none."""

    born_on: date | None = None
    sex: Sex | None = None


def birth_of(kind: IdKind | None, text: str) -> Birth:
    """Day of birth and sex out of an identity number, also one whose check digit is in doubt.

    18 signs of a resident (GB 11643) or of a foreigner's permanent residence, or 15 of an old card.
    """
    number = re.sub(r"[\s\-—–－·]", "", half_width(text)).upper()
    if kind is IdKind.RESIDENT_ID and re.fullmatch(r"[0-9]{15}", number):
        digits, order = f"19{number[6:12]}", number[14]
    elif kind in (IdKind.RESIDENT_ID, IdKind.FOREIGNER_ID) and re.fullmatch(
        r"[0-9]{17}[0-9X]", number
    ):
        digits, order = number[6:14], number[16]
    else:
        return Birth()
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return Birth()
    return Birth(born_on, _sex(order))


def read_resident_id(text: str, *, today: date) -> IdNumber:
    """Read a resident identity number (GB 11643) of 18 signs, or an old one of 15."""
    return read_id(IdKind.RESIDENT_ID, text, today=today)


def is_of_trader_in_person(kind: PartyKind, number: str) -> bool:
    """Whether an 个体工商户 is told by its 经营者's identity card: credit codes of traders begin with 9."""
    return kind is PartyKind.SOLE_TRADER and bool(re.fullmatch(r"[1-8][0-9]{16}[0-9Xx]", number))


def read_credit_code(text: str) -> str:
    """Read a unified social credit code (GB 32100)."""
    name = "统一社会信用代码"
    number = _compact(text, name)
    if re.fullmatch(r"[0-9]{15}", number):
        raise NotAccepted("old", f"“{number}”是15位的旧营业执照注册号，请填写18位{name}。")
    if len(number) != 18:
        raise NotAccepted("length", f"{name}应当是18位，现在是{len(number)}位，请核对。")
    for place, sign in enumerate(number, 1):
        if sign not in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            hint = "（不使用字母I、O、S、V、Z）" if sign in "IOSVZ" else ""
            raise NotAccepted("format", f"{name}第{place}位“{sign}”不对{hint}，请核对。")
        if 3 <= place <= 8 and not sign.isdigit():
            raise NotAccepted("format", f"{name}第{place}位应当是数字，现为“{sign}”，请核对。")
    from stdnum.cn import uscc

    if (expected := uscc.calc_check_digit(number[:17])) != number[17]:
        raise _wrong_check_digit(name, expected, number[17])
    return number


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as typed, and its digits for comparing (`07367712345-801`)."""

    text: str
    digits: str
    remarks: tuple[str, ...] = ()


def read_phone(text: str) -> Phone:
    """Read a telephone number: kept as typed; an unusual one is remarked, not refused."""
    typed = _cleaned(text, 40, "联系电话")
    plain = re.sub(r"(?:转|分机|EXT\.?|X)", "#", typed.upper().replace("＋", "+"))
    plain = re.sub(r"[\s\-—–－()（）·.]", "", plain).replace("＃", "#")
    found = re.fullmatch(r"(?:\+|00)?(?P<main>[0-9]{3,20})(?:#(?P<extension>[0-9]{1,6}))?", plain)
    if found is None:
        raise NotAccepted("format", f"联系电话“{typed}”不是电话号码，请填写数字，分机写作“转801”。")
    main = found["main"]
    if plain.startswith(("+86", "0086")) or re.fullmatch(r"861[0-9]{10}", main):
        main = main.removeprefix("86")
        main = main if main.startswith(("0", "1")) else "0" + main
    usual = re.fullmatch(
        r"1[3-9][0-9]{9}|0[1-9][0-9]{9,10}|[2-9][0-9]{6,7}|[1-9][0-9]{2,5}|[48]00[0-9]{7}", main
    )
    abroad = plain.startswith(("+", "00")) and not plain.startswith(("+86", "0086"))
    remarks = () if usual or abroad else (f"联系电话“{typed}”位数不常见，请核对。",)
    return Phone(typed, main + (f"-{found['extension']}" if found["extension"] else ""), remarks)


def read_postcode(text: str) -> str:
    """Read a 邮政编码: six digits."""
    typed = _cleaned(text, 40, "邮政编码")
    if re.fullmatch(r"[0-9]{6}", typed) is None:
        raise NotAccepted("format", f"邮政编码“{typed}”不是六位数字，请核对；不知道的留空。")
    return typed


def read_certificate(text: str, *, pattern: str = "") -> str:
    """Read a law enforcement certificate number; formats are local, so `pattern` is a setting."""
    number = _cleaned(text, 40, "执法证号").upper()
    try:
        fits = not pattern or re.fullmatch(pattern, number) is not None
    except re.error as bad:
        raise NotAccepted(
            "pattern", f"执法证号格式设置“{pattern}”写错了，请在设置中改正。"
        ) from bad
    if not fits:
        raise NotAccepted(
            "format", f"执法证号“{number}”不符合本单位设置的格式“{pattern}”，请核对。"
        )
    return number


_CARD_SHAPES = {
    IdKind.PASSPORT: (re.compile(r"[A-Z0-9]{5,15}"), "5至15位字母和数字"),
    IdKind.HK_MACAO_PERMIT: (re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})"), "字母H或者M加8位数字"),
    IdKind.TAIWAN_PERMIT: (re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]?"), "8位数字"),
    IdKind.FOREIGNER_ID: (
        re.compile(r"[A-Z]{3}[0-9]{12}"),
        "9开头的18位号码，或者3个字母加12位数字",
    ),
}


def _cleaned(text: str, limit: int, name: str) -> str:
    try:
        cleaned = clean(text, limit=limit, halfwidth=True).text
    except Unfit as unfit:
        raise NotAccepted("length", name + unfit.body) from unfit
    if not cleaned:
        raise NotAccepted("blank", f"{name}没有填写，请补填。")
    return cleaned


def _compact(text: str, name: str) -> str:
    return re.sub(r"[\s\-—–－·]", "", _cleaned(text, 64, name)).upper()


def _resident(number: str, today: date) -> IdNumber:
    name = "居民身份证号码"
    if len(number) not in (15, 18):
        raise NotAccepted("length", f"{name}应当是18位，现在是{len(number)}位，请核对。")
    for place, sign in enumerate(number, 1):
        if not re.fullmatch("[0-9X]" if place == 18 else "[0-9]", sign):
            rule = "数字或者X" if place == 18 else "数字"
            raise NotAccepted("format", f"{name}第{place}位应当是{rule}，现为“{sign}”，请核对。")
    if len(number) == 15:
        born_on = _birth("19" + number[6:12], f"{name}第7至12位", today)
        said = "这是15位的旧身份证号码，请核对当事人现在的18位号码。"
        return IdNumber(
            number, IdKind.RESIDENT_ID, born_on, _sex(number[14]), old=True, remarks=(said,)
        )
    born_on = _birth(number[6:14], f"{name}第7至14位", today)
    _check_digit(number, name)
    return IdNumber(number, IdKind.RESIDENT_ID, born_on, _sex(number[16]), remarks=_place(number))


def _place(number: str) -> tuple[str, ...]:
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        ric.get_birth_place(number)
    except ValidationError:
        return (f"{number[:6]}不在已知的行政区划代码中，请核对身份证号码前6位。",)
    return ()


def _birth(digits: str, where: str, today: date) -> date:
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as bad:
        raise NotAccepted("date", f"{where}“{digits}”不是真实存在的日期，请核对。") from bad
    if born_on > today:
        raise NotAccepted("date", f"{where}“{digits}”晚于今天，请核对出生日期。")
    if today.year - born_on.year > 130:
        raise NotAccepted("date", f"{where}“{digits}”距今超过130年，请核对出生日期。")
    return born_on


def _check_digit(number: str, name: str) -> None:
    from stdnum.cn import ric

    if (expected := ric.calc_check_digit(number)) != number[17]:
        raise _wrong_check_digit(name, expected, number[17])


def _wrong_check_digit(name: str, expected: str, found: str) -> NotAccepted:
    return NotAccepted(
        "check_digit",
        f"{name}校验不通过：按前17位计算，最后一位校验码应为“{expected}”，现为“{found}”，请对照证件逐位核对。",
    )


def _sex(order: str) -> Sex:
    return Sex.MALE if int(order) % 2 else Sex.FEMALE
