"""What a courteous notice says by default, and the item a ledger's words mean."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from enforcer.law import notice_defaults
from enforcer.law.toml_data import law_folder

DAY = date(2026, 9, 3)


@pytest.mark.parametrize(
    ("situation", "key"),
    [
        ("", ""),
        ("违停", "pavement_parking"),
        ("机动车违反规定在人行道上停放", "pavement_parking"),
        ("车辆停在人行道盲道上", "pavement_parking"),
        ("占用绿地停车", "green_land_occupation"),
        ("没有写清楚", ""),
    ],
)
def test_the_words_of_a_ledger_name_an_item(situation: str, key: str) -> None:
    assert notice_defaults.item_of_situation(situation) == key


def test_an_item_of_the_desk_has_its_own_reason() -> None:
    offered = notice_defaults.desk_items(DAY)
    assert [one.key for one in offered] == list(notice_defaults.defaults().items)
    said = notice_defaults.wording("pavement_parking", DAY)
    assert "人行道" in said.reason
    assert said.provision.endswith("第五十六条第一款")


@pytest.mark.parametrize("key", ["", "missing_covers", "unknown"])
def test_what_has_no_reason_of_its_own_gets_the_general_words(key: str) -> None:
    assert notice_defaults.wording(key, DAY) == notice_defaults.defaults().general


def test_an_item_that_is_not_in_force_is_not_offered() -> None:
    assert notice_defaults.desk_items(date(2000, 1, 1)) == ()


def test_the_ladder_keeps_its_basis(tmp_path: Path) -> None:
    assert notice_defaults.defaults().ladder.basis == ""
    shutil.copytree(law_folder(), tmp_path, dirs_exist_ok=True)
    path = tmp_path / "notices.toml"
    text = path.read_text(encoding="utf-8").replace('basis = ""', 'basis = "某文件"')
    path.write_text(text, encoding="utf-8")
    assert notice_defaults.defaults(tmp_path).ladder.basis == "某文件"
