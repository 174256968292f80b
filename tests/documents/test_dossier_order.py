"""The orders A, B, C: which paper stands where, proofs behind what they served, nothing left out."""

from __future__ import annotations

from datetime import date

import pytest

from enforcer.documents import dossier_order
from enforcer.documents.dossier_order import Placing
from enforcer.terms import Procedure

PAPERS = [
    Placing(1, "lead_register", on=date(2026, 9, 7)),
    Placing(2, "filing_approval", on=date(2026, 9, 8)),
    Placing(3, "inspection_record", on=date(2026, 9, 7)),
    Placing(4, "prior_notice", 1, date(2026, 9, 17)),
    Placing(5, "penalty_decision", on=date(2026, 9, 28)),
    Placing(6, "closure_approval", on=date(2026, 10, 13)),
    Placing(7, "proof_of_service", 1, date(2026, 9, 17), serves=4),
    Placing(8, "proof_of_service", 2, date(2026, 9, 30), serves=5),
    Placing(9, "own_paper_of_the_office", on=date(2026, 9, 1)),
    Placing(10, "proof_of_service", 3, date(2026, 10, 1)),
]


def bound(key: str, *, split: bool = False) -> list[list[int]]:
    order = dossier_order.order(key)
    assert order is not None
    volumes = dossier_order.arrange(order, PAPERS, split=split)
    return [[one for group in volume for one in group.ids] for volume in volumes]


ORDERS = [
    # order, split, the papers as they are bound
    ("A", False, [[2, 5, 8, 4, 7, 10, 3, 9, 1, 6]]),
    ("A", True, [[2, 5, 8, 4, 7, 10, 3, 9], [1, 6]]),
    ("B", False, [[1, 2, 3, 4, 7, 5, 8, 10, 6, 9]]),
]


@pytest.mark.parametrize(("key", "split", "expected"), ORDERS)
def test_papers_stand_in_the_order_with_each_proof_behind_its_paper(
    key: str, split: bool, expected: list[list[int]]
) -> None:
    assert bound(key, split=split) == expected


@pytest.mark.parametrize("key", ["A", "B", "C"])
def test_no_paper_is_left_out_or_bound_twice(key: str) -> None:
    (papers,) = bound(key)
    assert sorted(papers) == [one.id for one in PAPERS]


def test_evidence_of_a_case_decided_on_the_spot_stands_by_time() -> None:
    order = dossier_order.usual(Procedure.SUMMARY)
    late = Placing(1, "inspection_record", on=date(2026, 9, 3))
    early = Placing(2, "photo_evidence", on=date(2026, 9, 1))
    decision = Placing(3, "summary_decision", on=date(2026, 9, 4))
    ((first, second),) = dossier_order.arrange(order, [late, early, decision])
    assert (first.ids, second.ids) == ((3,), (2, 1))
