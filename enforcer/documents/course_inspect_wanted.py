"""What an element of a paper is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from enforcer.documents.course_facts import CoursePaper

LAW = "行政处罚法（2021）"


class Wanted(NamedTuple):
    """One element: its code, what it is called, the words that must stand there, why, where typed."""

    code: str
    label: str
    words: str
    cite: str
    field: str


def named(paper: CoursePaper, cite: str) -> Iterator[Wanted]:
    """The party with its address."""
    party = paper.case.party
    yield Wanted("party", "当事人姓名或者名称", party.name, cite, "party_name")
    yield Wanted("party_address", "当事人的地址", party.address, cite, "party_address")
