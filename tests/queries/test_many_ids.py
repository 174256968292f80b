"""Lists of any length: no question about files breaks on how many are asked for."""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from enforcer.evidence_terms import (
    ActionKind,
    AfterDecision,
    EvidenceKind,
    Keeping,
    MediaKind,
    RetentionClass,
)
from enforcer.models import EvidenceFile, EvidenceItem, EvidenceUse, Officer
from enforcer.operations.evidence import CheckEvidenceForm, check_evidence
from enforcer.queries import evidence, evidence_states, looking
from enforcer.store.database import Store, bulk_insert
from tests.factories import an_office
from tests.operations.evidence_desk import CHINA, NOW, WHO, a_card, a_case, take

FILES = 40_050
OLD = datetime(2026, 1, 5, 9, 0, tzinfo=CHINA)
EXPIRED = date(2026, 9, 3)


@pytest.fixture
def many(store: Store) -> Store:
    """Forty thousand files whose time is up, but for those that something holds or keeps."""
    an_office(store)
    case_id = a_case(store)
    rows = [
        {
            "uid": uuid4(),
            "original_name": f"{at}.mp4",
            "original_path": "",
            "keeping": Keeping.COPIED,
            "kept_as": f"2026-01/{at}.mp4",
            "volume_label": "",
            "volume_root": "",
            "size": 1,
            "sha256": f"{at:064x}",
            "sm3": "",
            "media": MediaKind.VIDEO,
            "media_format": "",
            "device": "",
            "recorder": "",
            "officer": "",
            "place": "",
            "derived_from_id": 4 if at == 5 else None,
            "derivation": "",
            "retention": RetentionClass.MAJOR if at == 3 else RetentionClass.ROUTINE,
            "retention_reason": "",
            "taken_at": NOW if at == 6 else OLD,
            "taken_by": "测试",
        }
        for at in range(1, FILES + 1)
    ]
    with store.unit(actor="测试") as session:
        bulk_insert(session, EvidenceFile, rows, say="测试")
        use = EvidenceUse(
            evidence_file_id=1, action=ActionKind.CASE, action_id=case_id, case_id=case_id,
            linked_at=NOW, linked_by="测试", after_decision=AfterDecision.NO,
        )  # fmt: skip
        listed = [
            EvidenceItem(
                case_id=case_id, position=at, kind=EvidenceKind.AUDIO_VISUAL, title="录像",
                evidence_file_id=file_id, proves="占道", noted_at=NOW, noted_by="测试",
                after_decision=AfterDecision.NO,
            )
            for at, file_id in enumerate((2, 5), 1)
        ]  # fmt: skip
        session.add_all([use, *listed])
    return store


def test_forty_thousand_files_are_weighed_for_deletion_and_shown(many: Store) -> None:
    begun = time.monotonic()
    due = evidence.deletable_ids(many, today=EXPIRED)
    # 1 is used in a case, 2 and 5 are on its list, 3 is kept for good, 4 is the original of 5,
    # 6 is new
    assert due == [one for one in range(1, FILES + 1) if one not in {1, 2, 3, 4, 5, 6}]
    assert time.monotonic() - begun < 10
    with many.reading() as session:
        assert evidence.held(session) == {1, 2, 4, 5}
        assert evidence.held(session, due) == set()
        assert evidence.held(session, [1, 4, 9]) == {1, 4}
    rows = evidence.file_rows(many, [*due, 1])
    assert len(rows) == len(due) + 1
    assert not any(one.held for one in rows[:-1])
    assert rows[-1].held
    assert len(rows[-1].uses) == 1


def test_a_check_of_any_number_of_files_is_one_question(store: Store, tmp_path: Path) -> None:
    a_card(tmp_path / "card", 1)
    (one,) = take(store, tmp_path / "card").taken
    form = CheckEvidenceForm(file_ids=(*range(1000, 60_000), one.file_id))
    found = check_evidence(store, form, **WHO)
    assert (found.checked, found.problems) == (1, ())


def test_the_rows_of_any_list_of_ids_come_in_its_order(store: Store) -> None:
    an_office(store)
    with store.reading() as session:
        known = [one.id or 0 for one in session.exec(select(Officer)).all()]
        asked = [*range(1000, 301_000), *reversed(known)]
        assert [one.id for one in looking.by_id(session, Officer, asked)] == known[::-1]
        assert set(looking.names_of(session, Officer, [*asked, None])) == set(known)
        assert looking.by_id(session, Officer, []) == []
    assert evidence.file_rows(store, asked) == []
    assert evidence_states.all_rows(store, known) == []
