"""What every register form shares: once per request, no edit lost between two windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, SQLModel

from enforcer.errors import InvalidForm, Level, Objection, Refused
from enforcer.operations.registry import earlier_answer, remember
from enforcer.queries.looking import last_change, version
from enforcer.store.database import Store
from enforcer.text import Taken, take

CHINA = ZoneInfo("Asia/Shanghai")
Row = TypeVar("Row", bound=SQLModel)
Form = TypeVar("Form", bound=BaseModel)
Key = TypeVar("Key", int, str)


class RegisterForm(BaseModel):
    """A row of a register: `id` none makes a new one, `loaded` is the version it was filled from."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    id: int | None = Field(default=None, title="编号")
    loaded: str = Field(default="", title="载入时的内容")


class SettingForm(BaseModel):
    """A choice of the office; `loaded` is the version it was filled from."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    loaded: str = Field(default="", title="载入时的内容")


def labels_of(form: type[BaseModel]) -> dict[str, str]:
    """What the officer calls each field of a form."""
    return {name: field.title or name for name, field in form.model_fields.items()}


def read(form: type[Form], given: Mapping[str, Any]) -> Taken[Form]:
    """What was typed, as a form; InvalidForm with a sentence per field when it cannot be."""
    return take(form, given, labels_of(form))


def wrong_fields(form: type[BaseModel], given: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each field that is wrong as typed; empty when the form can be made."""
    try:
        read(form, given)
    except InvalidForm as wrong:
        return dict(wrong.by_field)
    return {}


def once(
    store: Store,
    form: BaseModel,
    *,
    name: str,
    now: datetime,
    actor: str,
    deed: Callable[[Session], Key],
) -> Key:
    """Carry out `deed` in one audited transaction; the same request again gets the same answer."""
    request_id = getattr(form, "request_id", None)
    with store.unit(actor=actor, operation=name) as session:
        if answer := earlier_answer(session, request_id):
            earlier: Key = answer["id"]
            return earlier
        key = deed(session)
        remember(session, request_id, name, {"id": key}, now=now)
        return key


def row_for(
    session: Session,
    model: type[Row],
    form: RegisterForm,
    *,
    what: str,
    shown: Callable[[Row], tuple[object, ...]] = lambda _row: (),
) -> Row | None:
    """The row the form was filled from; refused when it is gone or was changed in between.

    `shown` names what else stood in the form and belongs to the row (certificates, items).
    """
    if form.id is None:
        return None
    row = session.get(model, form.id)
    if row is None:
        raise Refused(
            Objection(
                "gone", Level.BLOCK, f"这条{what}（编号 {form.id}）已经不在台账里，请重新载入。"
            )
        )
    more = shown(row)
    if form.loaded and form.loaded != version(row, *more):
        raise changed_meanwhile(session, _places(row, *more), what)
    return row


def _places(*rows: object) -> list[tuple[str, str]]:
    return [
        (one.__table__.name, str(one.id))  # type: ignore[attr-defined]
        for one in rows
        if isinstance(one, SQLModel)
    ]


def changed_meanwhile(session: Session, places: Sequence[tuple[str, str]], what: str) -> Refused:
    """The refusal that keeps the other's edit, naming who made it and when (from the log)."""
    last = last_change(session, *places)
    by = ""
    if last is not None:
        at = last.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        by = f"由 {last.actor} 于 {at} "
    return block(
        "changed_meanwhile",
        f"您打开这条{what}之后，它已{by}被改过，没有保存，以免盖掉对方的内容。"
        "您填写的内容还在窗口里；请重新载入，对照后再保存。",
    )


def fill(row: SQLModel, values: Mapping[str, Any]) -> None:
    """Put the values into the row; what is the same stays untouched, so that the log is short."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def refuse_if(wrong: Mapping[str, str]) -> None:
    """Raise InvalidForm when any field has a sentence."""
    if said := {name: say for name, say in wrong.items() if say}:
        raise InvalidForm(said)


def block(code: str, say: str, cite: str = "", field: str = "") -> Refused:
    """A refusal of one sentence."""
    return Refused(Objection(code, Level.BLOCK, say, cite, field))


def warn(code: str, say: str, cite: str = "", field: str = "") -> Refused:
    """A refusal that gives way once the officer has confirmed."""
    return Refused(Objection(code, Level.WARN, say, cite, field))
