"""A hand that issues the papers of a course."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from enforcer.errors import Refused
from enforcer.models import Document
from enforcer.operations import course_paper
from enforcer.operations.course_paper_forms import (
    IssuePaperForm,
    PaperIssued,
    PrintIssuedForm,
    VoidPaperForm,
)
from enforcer.operations.verification import verify
from enforcer.store.database import Store, open_store
from tests.courses_made import carry


@dataclass(frozen=True)
class Hand:
    """One case carried to a step, and the hand that issues its papers."""

    store: Store
    now: datetime

    def issue(self, template: str, row: int = 0, **given: Any) -> PaperIssued:
        form = IssuePaperForm(case_id=1, template=template, row=row, **given)
        return course_paper.issue_paper(
            self.store, form, today=self.now.date(), now=self.now, actor="周敏"
        )

    def refused(self, deed: Callable[[], object]) -> list[str]:
        with pytest.raises(Refused) as refusal:
            deed()
        for one in refusal.value.objections:
            assert one.say.endswith("。")
        return [one.code for one in refusal.value.objections]

    def void(self, document: int, reason: str = "打印时漏了附页") -> int:
        form = VoidPaperForm(document_id=document, reason=reason)
        return course_paper.void_paper(
            self.store, form, today=self.now.date(), now=self.now, actor="周敏"
        )

    def printed(self, *documents: int, request: Any = None) -> str:
        form = PrintIssuedForm(document_ids=documents, request_id=request)
        out = course_paper.print_issued(
            self.store, form, today=self.now.date(), now=self.now, actor="周敏"
        )
        return text_of(out.pdf)

    def rows(self, key: str) -> list[Document]:
        with self.store.reading() as session:
            asked = select(Document).where(Document.template_key == key).order_by(col(Document.id))
            return list(session.exec(asked))


def sound(hand: Hand) -> bool:
    """Database, log, vault and numbers agree."""
    found = verify(hand.store, actor="测试")
    assert found.problems == (), found.problems
    return True


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def carried(home: Path, course: str, until: str = "") -> Hand:
    store = open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    *_, last = carry(store, course, until)
    return Hand(store, last.step.at)
