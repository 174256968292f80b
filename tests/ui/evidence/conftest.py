"""What the tests of 证据 start from: an office with a case, a card, two clips and a photo of it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from enforcer.store.database import Store
from tests.evidence_made import photo, put
from tests.factories import an_office
from tests.operations.evidence_desk import a_card, a_case, take
from tests.ui.evidence_screen import NOW
from tests.ui.register_desk import a_context
from ui.context import Context


@pytest.fixture
def case(store: Store) -> int:
    an_office(store)
    return a_case(store)


@pytest.fixture
def context(store: Store, case: int, qapp: QApplication) -> Context:
    assert case
    assert qapp
    return a_context(store, store.home, NOW)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return tmp_path / "card"


@pytest.fixture
def taken(store: Store, case: int, card: Path) -> list[int]:
    """Two clips and a photo, registered, belonging to nothing."""
    assert case
    a_card(card, 2)
    put(card / "IMG_20260903_103000.jpg", photo("2026:09:03 10:30:00", size=(640, 480)))
    return [one.file_id for one in take(store, card).taken]
