"""Every operation by its name, with its form: what the screens order and `replay` carries out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from importlib import import_module
from typing import Any, TypeVar, cast
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import Session

from enforcer.errors import Level, Objection, Refused
from enforcer.models import DoneRequest
from enforcer.store.database import ANY_ACCOUNT, Store

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
    "figure_exports",
    "publication",
    "publication_exports",
    "course_paper",
    "dossier",
    "scans",
    "case_files",
    "case_recordings",
    "accounts",
    "log",
)


def operation(label: str, form: type[BaseModel]) -> Callable[[Deed], Deed]:
    """Register a deed `def name(store, form, *, today, now, actor)` under its own name.

    Whoever calls it, screen, command or script: it asks first whether `actor` may.
    """

    def register(deed: Deed) -> Deed:
        name = deed.__name__
        assert name not in _OPERATIONS, f"two operations are called {name}"

        @wraps(deed)
        def carried_out(store: Store, form: BaseModel, **more: Any) -> Any:
            permit(store, name, label, actor=more["actor"], form=form)
            return deed(store, form, **more)

        allowed = cast("Deed", carried_out)
        _OPERATIONS[name] = Operation(name, label, form, allowed)
        return allowed

    return register


def permit(
    store: Store, name: str, label: str, *, actor: str, form: BaseModel | None = None
) -> None:
    """Refuse a deed to whom it does not belong; while accounts are off everybody may."""
    if not store.asks_who:
        return
    with store.reading() as session:
        if session.connection().exec_driver_sql(ANY_ACCOUNT).first() is not None:
            _refuse(session, name, label, actor, form)


def _refuse(session: Session, name: str, label: str, actor: str, form: BaseModel | None) -> None:
    from enforcer.queries import accounts, rights

    who = accounts.acting(session, actor)
    if who is None:
        say = f"账号“{actor}”没有登录，或者已经停用，不能办理“{label}”。请先登录。"
        raise Refused(Objection("not_signed_in", Level.BLOCK, say))
    found = (rights.against(who, name, label), rights.against_another(who, form, label))
    if said := [one for one in found if one is not None]:
        raise Refused(*said)


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
