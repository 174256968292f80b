"""The rare branches of the law: a seizure without its day, a lead handed to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from enforcer.course_terms import SeizureKind
from enforcer.law import course_clocks, lead_handling
from enforcer.law.course_investigation import Seizure
from tests.law.ordinary_cases import PEOPLE, cases


def test_a_seizure_whose_last_day_was_not_written_ends_on_the_thirtieth() -> None:
    facts = cases()["立案"]
    seizure = Seizure(id=1, kind=next(iter(SeizureKind)), on=date(2026, 9, 10), until_on=None)
    assert course_clocks.seizure_end(seizure, facts) == date(2026, 10, 10)
    written = replace(seizure, until_on=date(2026, 9, 20))
    assert course_clocks.seizure_end(written, facts) == date(2026, 9, 20)


def test_a_lead_is_handed_to_somebody() -> None:
    facts = next(one for one in cases().values() if one.lead is not None)
    asked = lead_handling.Handling(facts=facts, asked=True)
    codes = [one.code for one in lead_handling.against_assigning(asked)]
    assert "handler_missing" in codes
    answered = replace(asked, asked=False)
    assert "handler_missing" not in [one.code for one in lead_handling.against_assigning(answered)]


def test_who_has_left_is_handed_no_lead() -> None:
    facts = next(one for one in cases().values() if one.lead is not None)
    gone = replace(PEOPLE["周敏"], active=False)
    said = [
        one.code
        for one in lead_handling.against_assigning(lead_handling.Handling(facts=facts, to=gone))
    ]
    assert "handler_left" in said
    here = lead_handling.Handling(facts=facts, to=PEOPLE["周敏"])
    assert "handler_left" not in [one.code for one in lead_handling.against_assigning(here)]
