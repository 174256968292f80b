"""Bad input in the window: refused in one sentence with its reason, and the case is as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlmodel import col, select

from enforcer.course_terms import Receiver, ServiceMethod
from enforcer.models import Party
from enforcer.operations.replaying import read_script, replay
from enforcer.queries.course_stages import milestone_of
from enforcer.store.database import Store
from enforcer.terms import CaseStep as S
from tests.courses_made import COURSES
from tests.dumped import dump
from tests.ui.course_hand import Hand, Moving, a_hand, at, carried
from tests.ui.register_desk import words

SPOIL, HEARING = "spoil_company_after", "citizen_hearing"
ASKED = {
    "place": "本局询问室",
    "person": "王师傅",
    "certificates_shown": True,
    "rights_told": True,
    "content": "问：……答：……",
}


def opened(qtbot: QtBot, store: Store, script: str, until: str, now: datetime) -> Hand:
    carried(store, until, script)
    moving = Moving()
    moving.now = now
    hand = a_hand(qtbot, store, moving)
    hand.page.show_case(1)
    return hand


GREY = (
    ("out of order", SPOIL, "立案", at(9, 8, 18), S.ANNOUNCED, "调查终结"),
    ("before its stage", SPOIL, "责令改正", at(9, 8, 11), S.INQUIRY, "指派承办人员"),
    ("taken twice", SPOIL, "作出决定", at(9, 28, 18), S.DECIDED, "不能"),
    ("on a closed case", SPOIL, "结案", at(10, 15, 18), S.INQUIRY, "已于 2026-10-14 结案"),
    ("paid twice", SPOIL, "缴清", at(10, 13, 10), S.PAID, "缴清"),
)


@pytest.mark.parametrize(
    ("until", "now", "step", "why"), [one[2:] for one in GREY], ids=[g[0] for g in GREY]
)
def test_what_cannot_be_done_is_grey_and_says_why_with_its_article(
    qtbot: QtBot, store: Store, until: str, now: datetime, step: S, why: str
) -> None:
    hand = opened(qtbot, store, SPOIL, until, now)
    stood = dump(store)
    hand.view.show_stage(milestone_of(step).value)
    sheet: Any = hand.view.sheet
    assert step not in sheet.acts
    grey = sheet.findChild(type(sheet).__mro__[1], f"why_{step.value}")
    assert grey is not None
    assert why in words(grey)
    assert "第" in words(grey), "the article stands with it"
    assert dump(store) == stood


def service(**given: Any) -> Mapping[str, Any]:
    return {
        "method": ServiceMethod.DIRECT,
        "place": "公司办公室",
        "receiver": Receiver.REPRESENTATIVE,
        "receiver_name": "李顺达",
    } | given


WRONG: tuple[tuple[str, str, str, datetime, S, Mapping[str, Any], str], ...] = (
    (
        "in the future", SPOIL, "立案", at(9, 10, 18), S.INQUIRY,
        ASKED | {"began_at": "2026-9-11 9:00", "ended_at": "2026-9-11 9:50", "on": "2026-9-11"},
        "在今天",
    ),
    (
        "back-dated", SPOIL, "立案", at(9, 10, 18), S.INQUIRY,
        ASKED | {"began_at": "2026-9-10 9:00", "ended_at": "2026-9-10 9:50", "on": "2026-9-4"},
        "不得倒签",
    ),
    (
        "by the wrong role", SPOIL, "立案", at(9, 10, 18), S.INQUIRY,
        ASKED | {"began_at": "2026-9-10 9:00", "ended_at": "2026-9-10 9:50", "by_id": "孙雅琴"},
        "岗位",
    ),
    (
        "served before the paper", SPOIL, "事先告知", at(9, 17, 18), S.SERVED,
        service(on="2026-9-16"), "早于",
    ),
    (
        "an agent without authority", HEARING, "听证通知书已送达", at(9, 28, 18), S.HEARING,
        {
            "began_at": "2026-9-28 14:30", "ended_at": "2026-9-28 15:40", "record": "听证笔录全文",
            "agents": [("王律师", "")],
        },
        "授权",
    ),
    (
        "paid too much", SPOIL, "决定书已送达", at(10, 12, 10), S.PAID,
        {"amount_yuan": "6000", "receipt_number": "NO0001"}, "超过",
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("script", "until", "now", "step", "given", "why"),
    [one[1:] for one in WRONG],
    ids=[one[0] for one in WRONG],
)
def test_what_is_typed_wrong_is_refused_in_a_sentence_and_nothing_changes(
    qtbot: QtBot,
    store: Store,
    script: str,
    until: str,
    now: datetime,
    step: S,
    given: Mapping[str, Any],
    why: str,
) -> None:
    hand = opened(qtbot, store, script, until, now)
    stood = dump(store)
    hand.open(step)
    hand.fill(**given)
    said = hand.refused()
    assert why in said, hand.errors(hand.form)
    assert "第" in said
    assert "条" in said
    assert dump(store) == stood


def test_a_party_merged_away_since_it_was_picked_is_refused(qtbot: QtBot, store: Store) -> None:
    written = read_script(COURSES / "party_merged.toml")
    until = next(place for place, one in enumerate(written) if one.refused == ("party_merged",))
    for done in replay(store, written[:until]):
        assert done.expected
    wrong = written[until].form
    moving = Moving()
    moving.now = at(9, 1, 18)
    hand = a_hand(qtbot, store, moving)
    hand.page.show_lead(1)
    stood = dump(store)
    hand.open(S.PROPOSED)
    hand.fill(place=wrong["place"], act=wrong["act"], acted_at="2026-9-1 8:00", grounds="涉嫌违法")
    hand.form.binder.set_values({"party_id": gone(store), "item_key": wrong["item_key"]})
    hand.form.again()
    said = hand.refused()
    assert "并入" in said, hand.errors(hand.form)
    assert dump(store) == stood


def gone(store: Store) -> int:
    with store.reading() as session:
        asked = select(Party.id).where(col(Party.merged_into_id).is_not(None))
        return session.exec(asked).one() or 0
