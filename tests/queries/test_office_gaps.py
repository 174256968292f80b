"""今日 names what the office's own data lacks, once, with the page that mends it."""

from datetime import date

from enforcer.queries.due import Pressing
from enforcer.queries.office_gaps import office_gaps
from enforcer.queries.readiness import ORGANS, PLACES
from tests.factories import an_office

TODAY = date(2026, 9, 3)


def test_an_office_without_an_organ_is_told_so_once(store):
    [row] = office_gaps(store, today=TODAY)
    assert (row.pressing, row.place, row.field) == (Pressing.OPEN, ORGANS, "name")
    assert "抬头" in row.matter
    assert PLACES[ORGANS] in row.why[-1]


def test_an_office_that_is_ready_has_no_gap(store):
    an_office(store, items=("pavement_parking", "road_occupation"))
    assert office_gaps(store, today=TODAY) == ()


def test_a_gap_of_both_papers_is_one_row(store):
    an_office(store, items=("road_occupation",))
    rows = office_gaps(store, today=date(2040, 1, 2))
    assert len({row.matter for row in rows}) == len(rows)
    assert any("两人" in row.matter for row in rows), "every certificate has expired"
