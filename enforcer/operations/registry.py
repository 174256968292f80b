"""Every operation by its name, with its form: what the screens order and `replay` carries out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import Session

from enforcer.models import DoneRequest

Deed = TypeVar("Deed", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Operation:
    """One deed: its name in code, as the officer says it, its form and its function."""

    name: str
    label: str
    form: type[BaseModel]
    run: Callable[..., Any]


_OPERATIONS: dict[str, Operation] = {}
MODULES = (
    "notices",
    "registers",
    "register_exports",
    "summary",
    "ledgers",
    "office",
    "law_book",
    "ordinary",
    "evidence",
    "evidence_exports",
    "recording_copies",
    "recording_restores",
    "reports",
    "publication",
    "publication_exports",
    "course_paper",
    "dossier",
    "scans",
    "case_files",
    "case_recordings",
)


def operation(label: str, form: type[BaseModel]) -> Callable[[Deed], Deed]:
    """Register a deed `def name(store, form, *, today, now, actor)` under its own name."""

    def register(deed: Deed) -> Deed:
        name = deed.__name__
        assert name not in _OPERATIONS, f"two operations are called {name}"
        _OPERATIONS[name] = Operation(name, label, form, deed)
        return deed

    return register


def operations() -> dict[str, Operation]:
    """All operations, after loading the modules that hold them."""
    for one in MODULES:
        import_module(f"enforcer.operations.{one}")
    return dict(_OPERATIONS)


def earlier_answer(session: Session, request_id: UUID | None) -> dict[str, Any] | None:
    """What this very request was answered when it was carried out before, or None."""
    row = session.get(DoneRequest, request_id) if request_id else None
    return dict(row.answer or {}) if row else None


def remember(
    session: Session,
    request_id: UUID | None,
    operation: str,
    answer: dict[str, Any],
    *,
    now: datetime,
) -> None:
    """Keep the answer in the same transaction, so that a retry cannot do the deed twice."""
    if request_id:
        session.add(
            DoneRequest(request_id=request_id, operation=operation, answer=answer, done_at=now)
        )
