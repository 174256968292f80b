"""Rows of the law sheets into the office's law: each through the form an officer fills in by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlmodel import Session

from enforcer import money
from enforcer.errors import InvalidForm
from enforcer.exchange.law_sheets import LAW_SHEETS
from enforcer.exchange.workbook import LedgerRow
from enforcer.operations import law_amounts, law_editing, law_holidays, law_lists, law_tiers
from enforcer.operations.editing import read
from enforcer.operations.ledger_rows import Intake
from enforcer.queries import law_book

_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日?(?:[（(][^（()）]*[）)])?")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")


def _given(row: LedgerRow, *but: str) -> dict[str, Any]:
    """The cells of a row as a form takes them: what is blank is left out, money is 元 again."""
    return {
        key: money.yuan(value) if key in ("min_yuan", "max_yuan") else value
        for key, value in row.values.items()
        if value not in (None, "", ()) and key not in but
    }


def _refuse(intake: Intake, kind: str, row: LedgerRow, wrong: Mapping[str, str]) -> None:
    field, say = next(iter(wrong.items()))
    headers = {one.key: one.header for one in LAW_SHEETS[kind].columns}
    intake.refuse(row, headers.get(field, ""), say)


def _holidays(intake: Intake, rows: Sequence[LedgerRow], _today: date) -> None:
    """A year is taken whole or not at all; one that is there already is replaced."""
    by_year = sorted(intake.each(rows), key=lambda row: (row.values["year"], row.number))
    for year, group in groupby(by_year, key=lambda row: row.values["year"]):
        one_year = list(group)
        try:
            form = _year_form(year, one_year)
        except InvalidForm as error:
            for row in one_year:
                _refuse(intake, "holidays", row, error.by_field)
            continue
        known = law_holidays.notice_of(intake.session, form.year)
        form.id = known.id if known else None
        if wrong := law_holidays.holiday_faults(intake.session, form):
            for row in one_year:
                intake.refuse(row, "节日", next(iter(wrong.values())))
        elif known is not None and _same(known, law_holidays.values(form)):
            for row in one_year:
                intake.know(row)
        else:
            law_holidays.put_holidays(intake.session, form, known)
            intake.taken += len(one_year)
            if known is not None:
                intake.remarks.append(f"{year} 年的放假通知原来已经录入，已按这个文件替换。")


def _year_form(year: int, rows: Sequence[LedgerRow]) -> law_holidays.HolidaysForm:
    heads = {(row.values["title"], row.values["number"]) for row in rows}
    if len(heads) > 1:
        raise InvalidForm({"number": f"{year} 年的各行写了不同的通知名称或者文号，请核对。"})
    title, number = heads.pop()
    festivals = [
        _given(row, "year", "title", "number", "working")
        | {"working": _days(row.values["working"], year)}
        for row in rows
    ]
    given = {"year": year, "title": title, "number": number, "festivals": festivals}
    return read(law_holidays.HolidaysForm, given).form


def _days(text: str, year: int) -> list[date]:
    """调休上班 as written: 2026-02-14、2026-02-28 or 2月14日（周六）、2月28日（周六）."""
    found: list[date] = []
    for part in re.split(r"[、，,；;\s]+", text.removesuffix("上班").strip()):
        if not part:
            continue
        iso, short = _ISO.fullmatch(part), _MONTH_DAY.fullmatch(part)
        numbers = [*map(int, iso.groups())] if iso else []
        if short:
            numbers = [year, *map(int, short.groups())]
        try:
            found.append(date(*numbers))
        except (TypeError, ValueError) as error:
            raise InvalidForm(
                {
                    "working": f"调休上班“{part[:20]}”不是日期，请写成 {year}-02-14，几天之间用顿号隔开。"
                }
            ) from error
    return found


def _amounts(intake: Intake, rows: Sequence[LedgerRow], today: date) -> None:
    """A row whose amounts are still blank is the form nobody has filled in yet."""
    for row in intake.each(rows):
        if not any(row.values[key] for key in ("max_yuan", "document", "article", "text")):
            intake.know(row)
            continue
        given = _given(row, "national")
        given["item_key"] = _key(row, today)
        if (form := _read(intake, "violations", row, law_amounts.LocalAmountForm, given)) is None:
            continue
        same = [
            one
            for one in law_amounts.amounts_like(intake.session, form)
            if one.from_on == form.from_on
        ]
        if same and _same(same[0], law_amounts.values(form)):
            intake.know(row)
        elif wrong := law_amounts.amount_faults(intake.session, form, today=today):
            _refuse(intake, "violations", row, wrong)
        else:
            law_amounts.put_amount(intake.session, form, None)
            intake.taken += 1


def _tiers(intake: Intake, rows: Sequence[LedgerRow], today: date) -> None:
    counted: dict[tuple[str, object], int] = {}
    for row in intake.each(rows):
        given = _given(row)
        given["item_key"] = _key(row, today)
        place = (given["item_key"], row.values["from_on"])
        counted[place] = counted.get(place, 0) + 1
        given.setdefault("position", counted[place])
        if (form := _read(intake, "tiers", row, law_tiers.TierForm, given)) is None:
            continue
        if _known_tier(intake.session, form):
            intake.know(row)
        elif wrong := law_tiers.tier_faults(intake.session, form):
            _refuse(intake, "tiers", row, wrong)
        else:
            law_tiers.put_tier(intake.session, form, None)
            intake.taken += 1


def _known_tier(session: Session, form: law_tiers.TierForm) -> bool:
    if law_editing.condition_faults(form.conditions):
        return False
    found = law_tiers.values(form)
    return any(_same(one, found) for one in law_tiers.tiers_of(session, form.item_key))


def _lists(intake: Intake, rows: Sequence[LedgerRow], _today: date) -> None:
    for row in intake.each(rows):
        if (form := _read(intake, "lists", row, law_lists.ListRowForm, _given(row))) is None:
            continue
        readable = not law_editing.condition_faults(form.conditions)
        same = law_lists.same_row(intake.session, form) if readable else None
        if same is not None and _same(same, law_lists.values(form)):
            intake.know(row)
        elif wrong := law_lists.list_faults(intake.session, form):
            _refuse(intake, "lists", row, wrong)
        else:
            law_lists.put_list_row(intake.session, form, None)
            intake.taken += 1
            if not law_book.key_of_item(form.item, form.from_on):
                intake.remarks.append(
                    f"第{row.number}行：“{form.item}”不在违法行为清单里，按文字保留，"
                    "办案时不会自动带出。"
                )


def _read(
    intake: Intake, kind: str, row: LedgerRow, form: type[Any], given: Mapping[str, Any]
) -> Any:
    try:
        return read(form, given).form
    except InvalidForm as error:
        _refuse(intake, kind, row, error.by_field)
        return None


def _key(row: LedgerRow, today: date) -> str:
    """The catalogue's key for what the sheet calls the item; what it says when there is none."""
    said: str = row.values["item_key"]
    on: date = row.values["from_on"] or today
    return law_book.key_of_item(said, max(on, today)) or law_book.key_of_item(said, on) or said


def _same(row: Any, found: Mapping[str, Any]) -> bool:
    return all(getattr(row, name, None) == value for name, value in found.items())


TAKERS: dict[str, Callable[[Intake, Sequence[LedgerRow], date], None]] = {
    "holidays": _holidays,
    "violations": _amounts,
    "tiers": _tiers,
    "lists": _lists,
}
