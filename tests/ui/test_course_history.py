"""The history of a case in the window says whom a step concerns."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from enforcer.store.database import Store
from tests.courses_made import carry
from tests.ui.course_hand import Moving, a_hand, at


@pytest.mark.parametrize(
    ("course", "said", "stage"),
    [
        ("recusal", "何志远回避，由赵立新接替，马建国决定", "询问"),
        ("transfer_accepted", "移送云溪市公安局", "公安机关答复　云溪市公安局"),
    ],
)
def test_who_is_recused_and_where_a_case_went_stand_in_history_and_stages(
    qtbot: QtBot, store: Store, course: str, said: str, stage: str
) -> None:
    for done in carry(store, course):
        assert done.expected
    moving = Moving()
    moving.now = at(12, 30)
    hand = a_hand(qtbot, store, moving)
    hand.page.show_case(1)
    hand.view.show_history()
    assert said in hand.told
    assert hand.view.page is not None
    assert any(stage in one.last for one in hand.view.page.stages)
