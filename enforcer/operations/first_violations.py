"""The look-up of 初次违法, answered and filed (行政处罚法 第三十三条第一款)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from enforcer import identity
from enforcer.law import catalogue
from enforcer.models import Case, FirstViolationCheck
from enforcer.operations.editing import once, refuse_if
from enforcer.operations.registry import operation
from enforcer.queries import first_violation
from enforcer.store.database import Store
from enforcer.text import OptionalCode, OptionalPlate


class FirstViolationForm(BaseModel):
    """Whom to look up, for which item, as of which day; `case_id` files it with that case."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    item_key: str = Field(title="事项")
    party_id_number: OptionalCode = Field(default="", title="证件号码")
    plate: OptionalPlate = Field(default="", title="号牌号码")
    on: date = Field(title="本次发现日期")
    case_id: int | None = Field(default=None, title="案件")


@operation("核查初次违法", FirstViolationForm)
def file_first_violation_check(
    store: Store, form: FirstViolationForm, *, today: date, now: datetime, actor: str
) -> int:
    """Look the party and the plate up, and keep the answer as it was given on that day."""
    wrong: dict[str, str] = {}
    if form.on > today:
        wrong["on"] = f"本次发现日期 {form.on} 在今天之后，请核对。"
    if catalogue.item(form.item_key, form.on) is None:
        wrong["item_key"] = f"{form.on} 当天违法行为清单里没有这个事项，请重新选择。"
    party_id_number = form.party_id_number.upper()
    plate_key = _plate_key(form.plate, wrong)
    if not party_id_number and not plate_key and "plate" not in wrong:
        wrong["party_id_number"] = "证件号码和号牌号码至少填一项，否则查不到以前的记录。"
    refuse_if(wrong)

    def deed(session: Session) -> int:
        if form.case_id is not None and session.get(Case, form.case_id) is None:
            refuse_if({"case_id": "这个案件不在台账里，请重新载入。"})
        found = first_violation.look_up(
            session,
            item_key=form.item_key,
            party_id_number=party_id_number,
            plate_key=plate_key,
            on=form.on,
            but_case=form.case_id,
        )
        row = FirstViolationCheck(
            case_id=form.case_id,
            item_key=form.item_key,
            party_id_number=party_id_number,
            plate_key=plate_key,
            asked_on=form.on,
            is_first=found.is_first,
            answer=dict(found.as_json()),
            checked_at=now,
            checked_by=actor,
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="file_first_violation_check", now=now, actor=actor, deed=deed)


def _plate_key(plate: str, wrong: dict[str, str]) -> str:
    if not plate:
        return ""
    try:
        return identity.read_plate(plate).key
    except ValueError as error:
        wrong["plate"] = str(error)
        return ""
