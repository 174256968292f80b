"""The history and the stages of a case say whom a recusal concerns and to whom a matter went."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from enforcer.queries import course_page
from enforcer.queries.course_page import CoursePage
from enforcer.store.database import Store
from enforcer.terms import CaseStep
from tests.courses_made import carry

LATER = datetime(2026, 12, 31, 9, tzinfo=UTC)


def page_of(store: Store, name: str) -> CoursePage:
    for done in carry(store, name):
        assert done.expected
    page = course_page.page(store, 1, now=LATER)
    assert page is not None
    return page


@pytest.mark.parametrize(
    ("course", "said"),
    [
        (
            "recusal",
            {
                CaseStep.RECUSAL_ASKED: "何志远，当事人申请",
                CaseStep.RECUSAL_DECIDED: "何志远回避，由赵立新接替，马建国决定",
            },
        ),
        (
            "transfer_returned",
            {
                CaseStep.TRANSFER_PROPOSED: "专案组：周敏、何志远",
                CaseStep.TRANSFER_DECIDED: "批准移送",
                CaseStep.TRANSFER: "移送云溪市公安局",
                CaseStep.POLICE_ANSWERED: "云溪市公安局不予立案",
            },
        ),
    ],
)
def test_a_row_names_whom_it_concerns(store: Store, course: str, said: dict[CaseStep, str]) -> None:
    page = page_of(store, course)
    found = {one.step: one.about.words for one in page.entries if one.step in said}
    assert found == said
    assert all(not one.about.words for one in page.entries if one.step not in said)


def test_the_stage_names_the_organ_a_case_went_to(store: Store) -> None:
    page = page_of(store, "transfer_accepted")
    lasts = [one.last for one in page.stages]
    assert any("公安" in one for one in lasts), lasts
