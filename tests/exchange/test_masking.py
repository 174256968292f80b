"""Masking: what others may not read is covered, the rest stands as it is."""

import pytest

from enforcer.exchange.masking import masked, surname_only


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("身份证430702198801011234，罚款", "身份证（证件号码略），罚款"),
        ("身份证43070219880101123X。", "身份证（证件号码略）。"),
        ("证件430702880101123", "证件（证件号码略）"),
        ("卡号6222021234567890123", "卡号（账号略）"),
        ("电话13812345678", "电话（电话略）"),
        ("电话138 1234 5678", "电话（电话略）"),
        ("电话0736-7255555", "电话（电话略）"),
        ("车牌湘J8K216停在", "车牌湘J****停在"),
        ("车牌湘AD12345停在", "车牌湘A****停在"),
        ("车牌湘J·8K216", "车牌湘J****"),
        ("2026年9月3日在建设路118号", "2026年9月3日在建设路118号"),
        ("罚款 10000.00 元，占道12.5平方米", "罚款 10000.00 元，占道12.5平方米"),
        ("统一社会信用代码91430700MA4L16JQ9B", "统一社会信用代码91430700MA4L16JQ9B"),
        ("云城管罚决字〔2026〕第00012号", "云城管罚决字〔2026〕第00012号"),
    ],
)
def test_numbers_are_covered_by_their_shape(text: str, wanted: str) -> None:
    assert masked(text) == wanted


def test_known_names_and_addresses_are_exchanged_the_longest_first() -> None:
    known = {"李国强": "李某", "常德市武陵区建设路8号": "（住址略）", "李国": "某"}
    text = "李国强（住常德市武陵区建设路8号）对李国强的询问"
    assert masked(text, known) == "李某（住（住址略））对李某的询问"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("周敏", "周某"), ("欧阳修远", "欧阳某"), ("欧阳", "欧某"), ("买买提·阿不都", "买买提·某")],
)
def test_a_person_keeps_the_surname(name: str, wanted: str) -> None:
    assert surname_only(name) == wanted
