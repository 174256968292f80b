"""The heaviest class of a decision: order is data."""

from datetime import date
from pathlib import Path

import pytest

from enforcer.errors import LawDataError
from enforcer.law import penalty_order
from enforcer.terms import PenaltyKind as K

DAY = date(2026, 9, 3)


@pytest.mark.parametrize(
    ("kinds", "counted"),
    [
        ((), None),
        ((K.WARNING,), K.WARNING),
        ((K.WARNING, K.FINE), K.FINE),
        ((K.FINE, K.CONFISCATE_GAINS), K.CONFISCATE_GAINS),
        ((K.OTHER, K.WARNING), K.WARNING),
        ((K.OTHER,), K.OTHER),
        ((K.SUSPEND_BUSINESS, K.REVOKE_LICENCE, K.FINE), K.REVOKE_LICENCE),
        ((K.CONFISCATE_PROPERTY, K.CONFISCATE_GAINS), K.CONFISCATE_PROPERTY),
    ],
)
def test_a_decision_is_counted_in_its_heaviest_class(kinds, counted):
    assert penalty_order.heaviest(kinds, DAY) is counted


@pytest.mark.parametrize(
    ("day", "cite"),
    [
        (date(1990, 1, 1), "行政处罚法（1996）第八条"),
        (date(2021, 7, 14), "行政处罚法（1996）第八条"),
        (date(2021, 7, 15), "行政处罚法（2021）第九条"),
    ],
)
def test_the_order_is_dated_and_cited(day, cite):
    assert penalty_order.on(day).cite == cite


SWAPPED = """
[order]
title = "顺序"
[[order.values]]
from = 2021-07-15
cite = "行政处罚法（2021）第九条"
lightest_first = [{kinds}]
"""


def _folder(tmp_path: Path, kinds: list[str]) -> Path:
    text = SWAPPED.replace("{kinds}", ", ".join(f'"{one}"' for one in kinds))
    (tmp_path / penalty_order.FILE).write_text(text, encoding="utf-8")
    return tmp_path


def test_another_order_in_the_data_changes_the_class(tmp_path):
    kinds = [one.value for one in K]
    kinds.remove("revoke_licence")
    kinds.insert(kinds.index("restrict_business"), "revoke_licence")
    folder = _folder(tmp_path, kinds)
    found = penalty_order.heaviest((K.SUSPEND_BUSINESS, K.REVOKE_LICENCE), DAY, folder)
    assert found is K.SUSPEND_BUSINESS


def test_an_order_that_leaves_a_class_out_is_refused(tmp_path):
    folder = _folder(tmp_path, [one.value for one in K if one is not K.DETENTION])
    with pytest.raises(LawDataError, match="各列一次"):
        penalty_order.orders(folder)
