"""The State Council's holiday notice of a year, entered without an update of the program."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, select

from enforcer.law.calendar import ONE_DAY
from enforcer.models import HolidayNotice
from enforcer.operations import law_editing
from enforcer.operations.editing import RegisterForm, once, refuse_if, row_for
from enforcer.operations.law_editing import Faults
from enforcer.operations.registry import operation
from enforcer.queries.law_calendar import holiday_year
from enforcer.store.database import Store
from enforcer.text import Line

LONGEST = 16  # days off in a row; longer is a slip of the pen


class FestivalForm(BaseModel):
    """One festival of the notice: its days off, and the weekends to be worked for them."""

    model_config = ConfigDict(extra="forbid")
    name: Line = Field(title="节日")
    first: date = Field(title="放假开始")
    last: date = Field(title="放假结束")
    working: list[date] = Field(default_factory=list, title="调休上班")


class HolidaysForm(RegisterForm):
    """A year's notice, whole: 国务院办公厅关于…年部分节假日安排的通知."""

    year: Annotated[int, Field(ge=2000, le=2100)] = Field(title="年份")
    title: Line = Field(title="通知名称")
    number: Line = Field(title="文号")
    festivals: Annotated[list[FestivalForm], Field(min_length=1, max_length=20)] = Field(
        title="节日"
    )


@operation("录入放假通知", HolidaysForm)
def save_holidays(
    store: Store,
    form: HolidaysForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Enter or correct a year's notice; provisional dates of that year become firm."""

    def deed(session: Session) -> int:
        row = row_for(session, HolidayNotice, form, what="放假通知")
        refuse_if(holiday_faults(session, form))
        return put_holidays(session, form, row)

    return once(store, form, name="save_holidays", now=now, actor=actor, deed=deed)


def put_holidays(session: Session, form: HolidaysForm, row: HolidayNotice | None) -> int:
    """Write the form into its row, a new one when there is none."""
    found = values(form)
    return law_editing.put(session, row or HolidayNotice(**found), found)


def values(form: HolidaysForm) -> dict[str, Any]:
    """The notice as it is kept."""
    festivals = [
        {
            "name": one.name,
            "off": [one.first.isoformat(), one.last.isoformat()],
            "working": [day.isoformat() for day in sorted(set(one.working))],
        }
        for one in sorted(form.festivals, key=lambda one: one.first)
    ]
    return {
        "year": form.year,
        "title": form.title,
        "number": form.number,
        "festivals": festivals,
        "withdrawn": "",
    }


def notice_of(session: Session, year: int) -> HolidayNotice | None:
    """The office's notice of a year, if it has entered one."""
    return session.exec(
        select(HolidayNotice).where(HolidayNotice.year == year, HolidayNotice.withdrawn == "")
    ).first()


def holiday_faults(session: Session, form: HolidaysForm) -> Faults:
    """What contradicts itself in the notice, or a year entered twice."""
    known = notice_of(session, form.year)
    if known is not None and known.id != form.id:
        return {"year": f"{form.year} 年的放假通知已经录入，请修改那一条。"}
    seen: dict[date, str] = {}
    for one in form.festivals:
        if one.last < one.first:
            return {"festivals": f"“{one.name}”的放假结束日 {one.last} 早于开始日 {one.first}。"}
        if (one.last - one.first).days >= LONGEST:
            return {"festivals": f"“{one.name}”连续放假超过 {LONGEST} 天，请核对起止日期。"}
        day = one.first
        while day <= one.last:
            if day in seen:
                return {"festivals": f"{day} 同时写在“{seen[day]}”和“{one.name}”里，请核对。"}
            seen[day] = one.name
            day += ONE_DAY
    problem = holiday_year(HolidayNotice(**values(form))).problem()
    return {"festivals": f"{problem}，请对照国务院办公厅的通知改正。"} if problem else {}
