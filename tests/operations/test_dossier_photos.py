"""卷内目录 says which photos were obtained after the decision, by their own day, not by the printer's."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from enforcer.evidence_terms import EvidenceKind
from enforcer.operations import dossier_making, evidence
from enforcer.operations.evidence import EvidenceItemForm, EvidenceListForm, PhotoPagesForm
from enforcer.store.database import Store
from tests.evidence_made import photo, put
from tests.factories import an_office
from tests.operations.evidence_desk import DAY, WHO, a_case, decided, take

MARK = "决定后取得，不得作为处罚依据"


def catalogue(store: Store, case: int) -> str:
    made = dossier_making.assemble(store, case, today=DAY, now=WHO["now"])
    pages = PdfReader(BytesIO(made.bound.pdf)).pages
    return "".join("".join(one.extract_text().split()) for one in pages[:2])


@pytest.mark.parametrize(
    ("before", "said"),
    [(3, ""), (2, f"第3张{MARK}"), (1, f"第2、3张{MARK}"), (0, MARK)],
    ids=("all before", "the last after", "two after", "all after"),
)
def test_photos_are_marked_by_the_day_they_were_taken(
    store: Store, tmp_path: Path, before: int, said: str
) -> None:
    an_office(store)
    case = a_case(store, organ_id=1)
    for at in range(3):
        put(tmp_path / "照片" / f"{at}.jpg", photo(seed=at))
    taken = take(store, tmp_path / "照片", case_id=case, officer_id=1).taken
    for at, one in enumerate(taken):
        if at == before:
            decided(store, case, DAY - timedelta(days=1))
        form = EvidenceItemForm(
            case_id=case,
            file_id=one.file_id,
            kind=EvidenceKind.ELECTRONIC,
            title="现场照片",
            proves="占用的范围",
        )
        evidence.save_evidence_item(store, form, **WHO)
    if before == len(taken):
        decided(store, case, DAY - timedelta(days=1))
    evidence.print_evidence_list(store, EvidenceListForm(case_id=case), **WHO)
    loose = catalogue(store, case)
    evidence.print_photo_pages(store, PhotoPagesForm(case_id=case), **WHO)
    for text in (loose, catalogue(store, case)):
        assert text.count("不得作为处罚依据") == bool(said)
        assert said in text
