"""What stands against taking a slip back: one line a guard, refused and let pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from enforcer.errors import Level
from enforcer.law.course_people import Person
from enforcer.law.slips import AFTER_THE_END, OWN, Slip, against_slip, against_taking_back
from enforcer.terms import CaseStep, OfficerPost

ZHOU = Person(1, "周敏", OfficerPost.OFFICER)
HE = Person(2, "何志远", OfficerPost.OFFICER)
LIU = Person(3, "刘一帆", OfficerPost.OFFICER)
DO_INSTEAD = ("请", "办理", "重新", "写明", "登记", "还没有")
SPOKEN = date(2026, 9, 20)
PLAIN = Slip(
    case="云城管立字〔2026〕第001号", step=CaseStep.INQUIRY, on=date(2026, 9, 10), by="周敏",
    handlers=("周敏", "何志远"),
)  # fmt: skip


def codes(found: Any) -> list[str]:
    for one in found:
        assert one.level is Level.BLOCK
        assert one.say.endswith("。")
        assert "行政处罚法" in one.cite
    return [one.code for one in found]


@pytest.mark.parametrize("who", [ZHOU, HE], ids=lambda one: one.name)
def test_a_slip_nothing_rests_on_is_taken_back_by_a_handler(who: Person) -> None:
    assert codes(against_taking_back(PLAIN, who)) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"step": None}, "slip_none"),
        ({"closed": True}, "slip_closed"),
        ({"known": False}, "slip_untraced"),
        ({"elsewhere": True}, "slip_rests_elsewhere"),
        ({"altered": True}, "slip_altered"),
        ({"papers": ("询问笔录",)}, "slip_paper_out"),
        ({"step": CaseStep.DECIDED, "decision_out": True}, "slip_decision_out"),
        ({"evidence": 2}, "slip_evidence"),
        ({"step": CaseStep.PROPOSED, "merged": ("线索〔2026〕0002号",)}, "slip_merged_here"),
        ({"step": CaseStep.PROPOSED, "listed": 2}, "slip_listed"),
        ({"step": CaseStep.FILING_REFUSED, "replied_on": SPOKEN}, "slip_replied"),
        ({"step": CaseStep.DECIDED, "published_on": SPOKEN}, "slip_published"),
        ({"step": CaseStep.REVOKED, "withdrawn_on": SPOKEN}, "slip_withdrawn"),
        *(
            ({"step": one, "exported_on": SPOKEN}, "slip_exported")
            for one in (
                CaseStep.PROPOSED,
                CaseStep.FILING_REFUSED,
                CaseStep.DECIDED,
                CaseStep.REVOKED,
            )
        ),
    ],
)
def test_what_rests_on_a_step_holds_it(changed: dict[str, Any], code: str) -> None:
    held = replace(PLAIN, **changed)
    (said,) = against_slip(held)
    assert codes([said]) == [code]
    assert any(word in said.say for word in DO_INSTEAD), said.say
    assert code in codes(against_taking_back(held, ZHOU))
    assert codes(against_slip(PLAIN)) == []


@pytest.mark.parametrize(
    ("changed", "who", "code"),
    [
        ({}, None, "slip_nobody"),
        ({}, replace(ZHOU, active=False), "slip_person_left"),
        ({}, LIU, "slip_of_another"),
        *(({"step": one, "by": "刘一帆"}, ZHOU, "slip_of_another") for one in sorted(OWN)),
    ],
)
def test_who_may_not_take_it_back(changed: dict[str, Any], who: Person | None, code: str) -> None:
    assert codes(against_taking_back(replace(PLAIN, **changed), who)) == [code]


@pytest.mark.parametrize("step", sorted(OWN))
def test_what_somebody_signed_he_takes_back_himself(step: CaseStep) -> None:
    assert codes(against_taking_back(replace(PLAIN, step=step, by="刘一帆"), LIU)) == []


@pytest.mark.parametrize("step", sorted(AFTER_THE_END))
def test_what_ended_a_case_or_came_after_its_end_can_be_a_slip_too(step: CaseStep) -> None:
    assert codes(against_slip(replace(PLAIN, step=step, closed=True))) == []


@pytest.mark.parametrize("step", [CaseStep.FILED, CaseStep.DECIDED])
def test_a_number_that_no_paper_bears_holds_no_step(step: CaseStep) -> None:
    drawn = replace(PLAIN, step=step, numbers=("云城管立字〔2026〕第001号",))
    assert codes(against_taking_back(drawn, ZHOU)) == []
