"""Plates, identity numbers, credit codes, telephones: as officers type them."""

from datetime import date

import pytest

from enforcer.identity import (
    NotAccepted,
    read_certificate,
    read_credit_code,
    read_id,
    read_phone,
    read_plate,
    read_resident_id,
)
from enforcer.terms import IdKind, PlateKind, Sex
from tests.properties import given, st

TODAY = date(2026, 9, 3)
K = PlateKind


@pytest.mark.parametrize(
    ("typed", "text", "key", "kind"),
    [
        ("湘J8K216", "湘J·8K216", "湘J8K216", K.ORDINARY),
        ("湘J·8K216", "湘J·8K216", "湘J8K216", K.ORDINARY),
        ("湘j 8k216", "湘J·8K216", "湘J8K216", K.ORDINARY),
        ("湘Ｊ．８Ｋ２１６", "湘J·8K216", "湘J8K216", K.ORDINARY),
        ("湘J-8K216\n", "湘J·8K216", "湘J8K216", K.ORDINARY),
        ("湘J•8K216", "湘J·8K216", "湘J8K216", K.ORDINARY),
        ("京A12345", "京A·12345", "京A12345", K.ORDINARY),
        ("湘JD12345", "湘J·D12345", "湘JD12345", K.NEW_ENERGY),
        ("湘JAA1234", "湘J·AA1234", "湘JAA1234", K.NEW_ENERGY),
        ("湘J12345F", "湘J·12345F", "湘J12345F", K.NEW_ENERGY),
        ("湘J1234挂", "湘J·1234挂", "湘J1234挂", K.TRAILER),
        ("湘J1234学", "湘J·1234学", "湘J1234学", K.COACH),
        ("湘J1234警", "湘J·1234警", "湘J1234警", K.POLICE),
        ("使014578", "使014·578", "使014578", K.EMBASSY),
        ("京A0012使", "京A·0012使", "京A0012使", K.EMBASSY),
        ("沪A0023领", "沪A·0023领", "沪A0023领", K.CONSULATE),
        ("粤Z1234港", "粤Z·1234港", "粤Z1234港", K.HONG_KONG),
        ("粤ZAB12澳", "粤Z·AB12澳", "粤ZAB12澳", K.MACAO),
        ("VA·12345", "VA·12345", "VA12345", K.MILITARY),
        ("WJ湘1234X", "WJ湘·1234X", "WJ湘1234X", K.MILITARY),
        ("军A12345", "军A·12345", "军A12345", K.MILITARY),
        ("湘J临12345", "湘J·临12345", "湘J临12345", K.TEMPORARY),
        ("临湘J1234", "临湘J·1234", "临湘J1234", K.TEMPORARY),
        ("临时号牌", "临时号牌", "", K.TEMPORARY),
        ("川AX001应急", "川A·X001应急", "川AX001应急", K.OTHER),
        ("无", "无号牌", "", K.NONE),
        ("无号牌", "无号牌", "", K.NONE),
        ("无牌", "无号牌", "", K.NONE),
        ("/", "无号牌", "", K.NONE),
        ("无牌三轮车", "无牌三轮车", "", K.NONE),
        ("看不清", "号牌无法辨认", "", K.UNREADABLE),
        ("号牌无法辨认", "号牌无法辨认", "", K.UNREADABLE),
    ],
)
def test_a_plate_of_a_known_kind_is_read_without_a_remark(
    typed: str, text: str, key: str, kind: PlateKind
) -> None:
    plate = read_plate(typed)
    assert (plate.text, plate.key, plate.kind, plate.remarks) == (text, key, kind, ())


@pytest.mark.parametrize(
    ("typed", "text", "key", "kind", "remark"),
    [
        ("湘JO8K21", "湘J·08K21", "湘J08K21", K.ORDINARY, "不使用字母O和I"),
        ("湘J8KI16", "湘J·8K116", "湘J8K116", K.ORDINARY, "不使用字母O和I"),
        ("湘JDO1234", "湘J·D01234", "湘JD01234", K.NEW_ENERGY, "不使用字母O和I"),
        ("湘O12345", "湘O·12345", "湘O12345", K.ORDINARY, "发牌机关代号"),
        ("JD12345", "JD·12345", "JD12345", K.MILITARY, "补上省份简称"),
        ("J8K216", "J8K216", "J8K216", K.OTHER, "缺少省份简称"),
        ("湘J8K2167", "湘J8K2167", "湘J8K2167", K.OTHER, "是8位"),
        ("湘J8K21", "湘J8K21", "湘J8K21", K.OTHER, "是6位"),
        ("湘07-12345", "湘07-12345", "湘0712345", K.OTHER, "不是常见的号牌样式"),
        ("ABC 123", "ABC 123", "ABC123", K.OTHER, "省份简称"),
        ("电动车0012345", "电动车0012345", "电动车0012345", K.OTHER, "不是常见的号牌样式"),
        ("湘J8?216", "湘J8?216", "", K.UNREADABLE, "看不清的字"),
        ("<b>", "<B>", "<B>", K.OTHER, "不是常见的号牌样式"),
    ],
)
def test_a_doubtful_plate_is_kept_with_a_remark(
    typed: str, text: str, key: str, kind: PlateKind, remark: str
) -> None:
    plate = read_plate(typed)
    assert (plate.text, plate.key, plate.kind) == (text, key, kind)
    assert len(plate.remarks) == 1
    assert remark in plate.remarks[0]


@pytest.mark.parametrize(
    ("typed", "say"),
    [
        ("", "没有填写"),
        ("  ", "没有填写"),
        ("湘J8K\x00216", "控制字符"),
        ("湘J8K\n216", "控制字符"),
        ("湘J\u202e8K216", "控制字符"),
        ("湘J\ud8008K216", "控制字符"),
        ("湘" * 21, "最多20个字，现在有21个字"),
    ],
)
def test_a_plate_is_refused_only_for_what_nobody_can_have_seen(typed: str, say: str) -> None:
    with pytest.raises(NotAccepted, match=say):
        read_plate(typed)


@given(st.text(alphabet="湘J8K2·-OI挂学临无?使 \u3000a", max_size=20))
def test_a_plate_read_again_from_its_own_display_is_the_same_plate(typed: str) -> None:
    try:
        plate = read_plate(typed)
    except NotAccepted:
        return
    again = read_plate(plate.text)
    assert (again.text, again.key, again.kind) == (plate.text, plate.key, plate.kind)


@pytest.mark.parametrize(
    ("typed", "text", "born_on", "sex", "old"),
    [
        ("11010519491231002X", "11010519491231002X", date(1949, 12, 31), Sex.FEMALE, False),
        ("11010519491231002x", "11010519491231002X", date(1949, 12, 31), Sex.FEMALE, False),
        (
            "１１０１０５１９４９１２３１００２Ｘ",
            "11010519491231002X",
            date(1949, 12, 31),
            Sex.FEMALE,
            False,
        ),
        ("110105 19491231-002X", "11010519491231002X", date(1949, 12, 31), Sex.FEMALE, False),
        ("360426199101010071", "360426199101010071", date(1991, 1, 1), Sex.MALE, False),
        ("110105491231002", "110105491231002", date(1949, 12, 31), Sex.FEMALE, True),
    ],
)
def test_a_resident_number_tells_birth_and_sex(
    typed: str, text: str, born_on: date, sex: Sex, old: bool
) -> None:
    number = read_resident_id(typed, today=TODAY)
    assert (number.text, number.born_on, number.sex, number.old) == (text, born_on, sex, old)
    assert bool(number.remarks) is old


def test_an_unknown_region_is_remarked_since_new_districts_are_made() -> None:
    number = read_resident_id("999999194912310025", today=TODAY)
    assert number.remarks == ("999999不在已知的行政区划代码中，请核对身份证号码前6位。",)


I = IdKind  # noqa: E741


@pytest.mark.parametrize(
    ("kind", "typed", "code", "say"),
    [
        (I.RESIDENT_ID, "110105194912310021", "check_digit", "最后一位校验码应为“X”，现为“1”"),
        (I.RESIDENT_ID, "11010520010229002X", "date", "第7至14位“20010229”不是真实存在的日期"),
        (I.RESIDENT_ID, "110105199913010025", "date", "“19991301”不是真实存在的日期"),
        (I.RESIDENT_ID, "440524188001010014", "date", "距今超过130年"),
        (I.RESIDENT_ID, "110105202609040012", "date", "晚于今天"),
        (I.RESIDENT_ID, "1101051949123100", "length", "应当是18位，现在是16位"),
        (I.RESIDENT_ID, "1101051949123100²X", "format", "第17位应当是数字，现为“²”"),
        (I.RESIDENT_ID, "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "format", "第1位应当是数字"),
        (I.RESIDENT_ID, "11O10519491231002X", "format", "第3位应当是数字，现为“O”"),
        (I.RESIDENT_ID, "110105491331002", "date", "第7至12位"),
        (I.RESIDENT_ID, "", "blank", "没有填写"),
        (I.RESIDENT_ID, "1" * 65, "length", "最多64个字"),
        (I.CREDIT_CODE, "91110000600037341M", "check_digit", "最后一位校验码应为“L”，现为“M”"),
        (I.CREDIT_CODE, "A1110000600037341L", "check_digit", "校验不通过"),
        (I.CREDIT_CODE, "91110000600O37341L", "format", "第12位“O”不对（不使用字母I、O、S、V、Z）"),
        (I.CREDIT_CODE, "911100006000373４L", "length", "应当是18位，现在是17位"),
        (I.CREDIT_CODE, "91A10000600037341L", "format", "第3位应当是数字"),
        (I.CREDIT_CODE, "430700000012345", "old", "旧营业执照注册号"),
        (I.PASSPORT, "E1", "format", "护照号码应当是5至15位字母和数字"),
        (I.HK_MACAO_PERMIT, "X12345678", "format", "字母H或者M加8位数字"),
        (I.TAIWAN_PERMIT, "1234567", "format", "8位数字"),
        (I.FOREIGNER_ID, "US310080010101", "format", "3个字母加12位数字"),
        (I.FOREIGNER_ID, "911124198108030025", "check_digit", "外国人永久居留身份证号码校验不通过"),
        (I.OTHER, " ", "blank", "证件号码没有填写"),
    ],
)
def test_a_number_that_cannot_be_is_refused_by_name(
    kind: IdKind, typed: str, code: str, say: str
) -> None:
    with pytest.raises(NotAccepted) as refused:
        read_id(kind, typed, today=TODAY)
    assert refused.value.code == code
    assert say in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "typed", "text"),
    [
        (I.CREDIT_CODE, "91350100M000100Y43", "91350100M000100Y43"),
        (I.CREDIT_CODE, "91110108551385082q", "91110108551385082Q"),
        (I.CREDIT_CODE, "9111 0000 6000 3734 1L", "91110000600037341L"),
        (I.PASSPORT, "e12345678", "E12345678"),
        (I.HK_MACAO_PERMIT, "H12345678", "H12345678"),
        (I.HK_MACAO_PERMIT, "M1234567801", "M1234567801"),
        (I.TAIWAN_PERMIT, "12345678", "12345678"),
        (I.FOREIGNER_ID, "USA310080010101", "USA310080010101"),
        (I.FOREIGNER_ID, "911124198108030024", "911124198108030024"),
        (I.OTHER, "军字第 12 号", "军字第 12 号"),
        (I.OTHER, "不详", "不详"),
    ],
)
def test_other_papers_are_read_by_their_own_rules(kind: IdKind, typed: str, text: str) -> None:
    number = read_id(kind, typed, today=TODAY)
    assert (number.text, number.kind) == (text, kind)


def test_a_credit_code_reads_alone() -> None:
    assert read_credit_code("91110000600037341l") == "91110000600037341L"


@pytest.mark.parametrize(
    ("typed", "digits", "remarked"),
    [
        ("13812345678", "13812345678", False),
        ("138 1234 5678", "13812345678", False),
        ("+86 138-1234-5678", "13812345678", False),
        ("8613812345678", "13812345678", False),
        ("+86 736 7712345", "07367712345", False),
        ("0736-7712345", "07367712345", False),
        ("（0736）7712345", "07367712345", False),
        ("0736-7712345转801", "07367712345-801", False),
        ("0736-7712345 分机 801", "07367712345-801", False),
        ("7712345", "7712345", False),
        ("12345", "12345", False),
        ("400-820-8820", "4008208820", False),
        ("+1 650 253 0000", "16502530000", False),
        ("１３８１２３４５６７８", "13812345678", False),
        ("138123456789", "138123456789", True),
        ("1381234567", "1381234567", True),
    ],
)
def test_a_telephone_number_is_kept_as_typed_and_normalised(
    typed: str, digits: str, remarked: bool
) -> None:
    phone = read_phone(typed)
    assert (phone.digits, bool(phone.remarks)) == (digits, remarked)
    assert phone.text == typed.translate(str.maketrans("０１２３４５６７８９", "0123456789"))


@pytest.mark.parametrize("typed", ["", "无", "abc", "12", "110 / 120", "1" * 41, "138\ud800"])
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    with pytest.raises(NotAccepted, match="联系电话"):
        read_phone(typed)


@pytest.mark.parametrize(
    ("typed", "pattern", "text"),
    [
        ("09000912", "", "09000912"),
        ("湘常城执 0001", "", "湘常城执 0001"),
        ("１８０７０１０００１", r"\d{10}", "1807010001"),
        ("a0001", r"A\d{4}", "A0001"),
    ],
)
def test_a_certificate_number_passes_with_or_without_a_pattern(
    typed: str, pattern: str, text: str
) -> None:
    assert read_certificate(typed, pattern=pattern) == text


@pytest.mark.parametrize(
    ("typed", "pattern", "code"),
    [
        ("", "", "blank"),
        ("12", r"\d{8}", "format"),
        ("12345678", "(", "pattern"),
        ("1" * 41, "", "length"),
    ],
)
def test_a_certificate_number_against_the_pattern_is_refused(
    typed: str, pattern: str, code: str
) -> None:
    with pytest.raises(NotAccepted) as refused:
        read_certificate(typed, pattern=pattern)
    assert refused.value.code == code
