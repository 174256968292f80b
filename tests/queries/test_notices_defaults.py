"""What a notice says and suggests before the office has set anything: data, and it holds together."""

from datetime import date

import pytest

from enforcer.documents import template
from enforcer.documents.notice_fields import paths
from enforcer.law import catalogue, notice_defaults
from enforcer.terms import LadderChoice

DAY = date(2026, 9, 3)
FORBIDDEN = ("罚款", "处罚", "责令", "限期", "复议", "诉讼", "身份证", "接受处理")


def test_three_notices_in_a_year_is_only_suggested() -> None:
    rule = notice_defaults.defaults().ladder
    assert (rule.notices, rule.days, rule.then) == (3, 365, LadderChoice.SUMMARY)
    assert rule.basis == ""


def test_every_item_of_the_desk_is_in_the_catalogue_with_its_words() -> None:
    known = notice_defaults.defaults()
    keys = [*known.items, *(key for _, key in known.situations)]
    for key in keys:
        item = catalogue.item(key, DAY)
        assert item is not None, key
        assert item.notice_reason, key
        assert item.notice_provision, key
    assert [one.key for one in notice_defaults.desk_items(DAY)] == list(known.items)


@pytest.mark.parametrize(
    ("situation", "key"),
    [
        ("", ""),
        ("人行道违法停车", "pavement_parking"),
        ("机动车违反规定在人行道上停放", "pavement_parking"),
        ("违停", "pavement_parking"),
        ("压在绿地上", "green_land_occupation"),
        ("占用消防通道", ""),
    ],
)
def test_a_ledgers_words_mean_an_item_or_none(situation: str, key: str) -> None:
    assert notice_defaults.item_of_situation(situation) == key


@pytest.mark.parametrize("key", ["", "pavement_parking", "not_in_the_catalogue"])
def test_every_notice_recalls_an_article_and_threatens_nothing(key: str) -> None:
    said = notice_defaults.wording(key, DAY)
    assert said.provision.startswith("《")
    assert not [one for one in FORBIDDEN if one in said.reason]


def test_before_the_catalogue_begins_the_general_words_speak() -> None:
    general = notice_defaults.defaults().general
    assert notice_defaults.wording("pavement_parking", date(1990, 1, 1)) == general


def test_every_placeholder_of_the_shipped_notice_is_a_field_we_fill() -> None:
    assert template.placeholders(template.shipped("courteous_notice")) <= paths()
