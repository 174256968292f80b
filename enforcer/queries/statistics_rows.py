"""The rows behind a figure: as many as the figure says, so that each can be opened and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session

from enforcer.queries import statistics_vehicles, statistics_work
from enforcer.queries.looking import Where, looking
from enforcer.queries.periods import Period
from enforcer.queries.statistics import ONE_DAY
from enforcer.queries.statistics_measures import (
    CASES,
    DAY,
    DECISIONS,
    EVENTS,
    GUIDANCE,
    LABELS,
    LEADS,
    MEASURES,
    NOTICES,
    PAYMENTS,
    TABLE,
    Source,
    is_money,
    item_title,
    of_item,
    of_place,
    open_at,
    spoiled_blanks,
    titles,
    within,
)
from enforcer.terms import CaseStep, NoticeState

_PORTION = 500


_LABELS = {**LABELS, **statistics_work.LABELS, **statistics_vehicles.LABELS}


class RowKind(StrEnum):
    """What the rows behind a figure are."""

    DECISION = "decision"
    CASE = "case"
    EVENT = "event"
    PAYMENT = "payment"
    NOTICE = "notice"
    VEHICLE = "vehicle"
    GUIDANCE = "guidance"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Cut:
    """A figure, or several of one sort taken together, narrowed to an item or a place."""

    keys: tuple[str, ...]
    item: str = ""
    place: str = ""

    @property
    def label(self) -> str:
        named = "、".join(_LABELS[one] for one in self.keys)
        where = self.item or self.place
        return f"{named}（{where}）" if where else named


@dataclass(frozen=True, slots=True)
class Behind:
    """Ids of the rows in the order of their days; `total` is the figure counted from them."""

    cut: Cut
    period: Period
    kind: RowKind
    ids: tuple[int, ...]
    total: int

    @property
    def money(self) -> bool:
        return is_money(self.cut.keys[0])


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One row as a list shows it; `opens` and `opens_id` say what Enter opens."""

    id: int
    opens: str
    opens_id: int
    number: str
    day: date | None
    title: str
    who: str = ""
    place: str = ""
    amount_fen: int | None = None
    note: str = ""


_KIND = {
    Source.DECISION: RowKind.DECISION,
    Source.NOTICE: RowKind.NOTICE,
    Source.GUIDANCE: RowKind.GUIDANCE,
    Source.FILED: RowKind.CASE,
    Source.CLOSED: RowKind.CASE,
    Source.EVENT: RowKind.EVENT,
    Source.PAYMENT: RowKind.PAYMENT,
    Source.LEAD: RowKind.LEAD,
}


_WORK_KIND = {
    "deadlines.decision": RowKind.CASE,
    "deadlines.decision_service": RowKind.DECISION,
    "deadlines.lead_reply": RowKind.LEAD,
    "deadlines.publication": RowKind.DECISION,
    "recorders.notice": RowKind.NOTICE,
    "recorders.decision": RowKind.DECISION,
    "recorders.inspection": RowKind.CASE,
    "recorders.service": RowKind.CASE,
}


def rows_behind(where: Where, figure: str | Cut, first: date, last: date) -> Behind:
    """The rows a figure of the span was counted from."""
    cut = figure if isinstance(figure, Cut) else Cut((figure,))
    period = Period(first, last)
    key = cut.keys[0]
    with looking(where) as session:
        if key in {"guidance.vehicles", "guidance.repeat_vehicles", *statistics_vehicles.TIMES}:
            return _vehicles(session, cut, period)
        if key in {"course.opening", "course.ending"}:
            day = period.first if key == "course.opening" else period.last + ONE_DAY
            ids = session.execute(select(CASES.c.id).where(open_at(day)).order_by(CASES.c.filed_on))
            return _counted(cut, period, RowKind.CASE, ids.scalars().all())
        if key in statistics_work.LABELS:
            found = statistics_work.work(session, period)
            seen = [one for each in cut.keys for one in found.get(each, ())]
            return _counted(cut, period, _WORK_KIND[key.rpartition(".")[0]], seen)
        return _adding_up(session, cut, period)


def _adding_up(session: Session, cut: Cut, period: Period) -> Behind:
    measures = [MEASURES[one] for one in cut.keys]
    source, amount = measures[0].source, measures[0].amount
    assert all(one.source is source for one in measures), "figures of one sort"
    assert len(measures) == 1 or all(one.amount is None for one in measures), "amounts alone"
    table, day = TABLE[source], DAY[source]
    span = within(source, period)
    if "guidance.notices_void" in cut.keys and not (cut.item or cut.place):
        span = or_(span, spoiled_blanks(period))
    asked: Select[Any] = (
        select(table.c.id, amount if amount is not None else table.c.id)
        .select_from(_with_case(source) if cut.item or cut.place else table)
        .where(span, or_(*(one.where for one in measures)))
        .order_by(day, table.c.id)
    )
    if amount is not None:
        asked = asked.where(amount != 0)
    described = NOTICES if source is Source.NOTICE else CASES
    if cut.item:
        asked = asked.where(of_item(described, cut.item))
    if cut.place:
        asked = asked.where(of_place(described, cut.place))
    rows = session.execute(asked).all()
    ids = tuple(row[0] for row in rows)
    total = len(ids) if amount is None else sum(row[1] for row in rows)
    return Behind(cut, period, _KIND[source], ids, total)


def _with_case(source: Source) -> Any:
    """The table of the figures joined to the case, where item and place are written."""
    if source is Source.DECISION:
        return DECISIONS.join(CASES, CASES.c.id == DECISIONS.c.case_id)
    if source is Source.EVENT:
        return EVENTS.join(CASES, CASES.c.id == EVENTS.c.case_id)
    if source is Source.PAYMENT:
        decided = PAYMENTS.join(DECISIONS, DECISIONS.c.id == PAYMENTS.c.decision_id)
        return decided.join(CASES, CASES.c.id == DECISIONS.c.case_id)
    return TABLE[source]


def _vehicles(session: Session, cut: Cut, period: Period) -> Behind:
    """One row a vehicle: its last notice of the span."""
    [key] = cut.keys
    plates = statistics_vehicles.plates_noticed(period)
    asked = select(plates.c.last_id).order_by(plates.c.notices.desc(), plates.c.last_id)
    if key == "guidance.repeat_vehicles":
        asked = asked.where(plates.c.repeated == 1)
    elif key in statistics_vehicles.TIMES:
        asked = asked.where(statistics_vehicles.times_of(key, plates.c.notices))
    return _counted(cut, period, RowKind.VEHICLE, session.execute(asked).scalars().all())


def _counted(cut: Cut, period: Period, kind: RowKind, ids: Sequence[int]) -> Behind:
    return Behind(cut, period, kind, tuple(ids), len(ids))


def behind_rows(
    where: Where, kind: RowKind, ids: Sequence[int], *, until: date | None = None
) -> list[BehindRow]:
    """These rows for a list, in this order. `until` bounds the notices counted for a vehicle."""
    found: dict[int, BehindRow] = {}
    with looking(where) as session:
        for start in range(0, len(ids), _PORTION):
            portion = list(ids[start : start + _PORTION])
            for one in _ROWS[kind](session, portion):
                found[one.id] = one
        if kind is RowKind.VEHICLE:
            _count_notices(session, found, until)
    return [found[one] for one in ids if one in found]


def _decision_rows(session: Session, ids: list[int]) -> list[BehindRow]:
    joined = DECISIONS.join(CASES, CASES.c.id == DECISIONS.c.case_id)
    asked = select(DECISIONS, CASES.c.cause, CASES.c.item_key, CASES.c.party_name, CASES.c.place)
    rows = session.execute(asked.select_from(joined).where(DECISIONS.c.id.in_(ids))).mappings()
    known = titles()
    return [
        BehindRow(
            row["id"],
            "case",
            row["case_id"],
            row["number"],
            row["decided_on"],
            item_title(known, row["item_key"], row["cause"]),
            row["party_name"],
            row["place"],
            row["fine_fen"] + row["confiscated_fen"],
            _said_of(row),
        )
        for row in rows
    ]


def _said_of(row: Any) -> str:
    what = row["heaviest"] or row["no_penalty_reason"]
    words = [row["procedure"].label, what.label if what else row["discretion"].label]
    if row["heaviest"] is None:
        words[-1] = f"不予处罚（{words[-1]}）"
    if row["revoked_on"]:
        words.append(f"{row['revoked_on']} 已撤销")
    return "，".join(words)


def _case_rows(session: Session, ids: list[int]) -> list[BehindRow]:
    known = titles()
    rows = session.execute(select(CASES).where(CASES.c.id.in_(ids))).mappings()
    return [
        BehindRow(
            row["id"],
            "case",
            row["id"],
            row["number"],
            row["filed_on"],
            item_title(known, row["item_key"], row["cause"]),
            row["party_name"],
            row["place"],
            note=f"{row['closed_on']} 结案" if row["closed_on"] else row["stage"].label,
        )
        for row in rows
    ]


def _event_rows(session: Session, ids: list[int]) -> list[BehindRow]:
    joined = EVENTS.join(CASES, CASES.c.id == EVENTS.c.case_id)
    asked = select(
        EVENTS.c.id, EVENTS.c.case_id, EVENTS.c.step, EVENTS.c.happened_on, CASES.c.number,
        CASES.c.cause, CASES.c.item_key, CASES.c.party_name, CASES.c.place,
    )  # fmt: skip
    rows = session.execute(asked.select_from(joined).where(EVENTS.c.id.in_(ids))).mappings()
    known, steps = titles(), {one.value: one.label for one in CaseStep}
    return [
        BehindRow(
            row["id"],
            "case",
            row["case_id"],
            row["number"],
            row["happened_on"],
            item_title(known, row["item_key"], row["cause"]),
            row["party_name"],
            row["place"],
            note=steps.get(row["step"], row["step"]),
        )
        for row in rows
    ]


def _payment_rows(session: Session, ids: list[int]) -> list[BehindRow]:
    joined = PAYMENTS.join(DECISIONS, DECISIONS.c.id == PAYMENTS.c.decision_id).join(
        CASES, CASES.c.id == DECISIONS.c.case_id
    )
    asked = select(
        PAYMENTS, DECISIONS.c.number, DECISIONS.c.case_id, CASES.c.cause, CASES.c.item_key,
        CASES.c.party_name, CASES.c.place,
    )  # fmt: skip
    rows = session.execute(asked.select_from(joined).where(PAYMENTS.c.id.in_(ids))).mappings()
    known = titles()
    return [
        BehindRow(
            row["id"],
            "case",
            row["case_id"],
            row["number"],
            row["paid_on"],
            item_title(known, row["item_key"], row["cause"]),
            row["party_name"],
            row["place"],
            row["amount_fen"],
            _paid_how(row),
        )
        for row in rows
    ]


def _paid_how(row: Any) -> str:
    words = ["到银行缴纳" if row["mode"].value == "bank" else "当场收缴"]
    if row["additional_fen"]:
        words.append(f"另加处 {row['additional_fen'] / 100:.2f} 元")
    if row["receipt_number"]:
        words.append(f"票据 {row['receipt_number']}")
    return "，".join(words)


def _notice_rows(session: Session, ids: list[int]) -> list[BehindRow]:
    names = (
        "id", "number", "noticed_on", "item_key", "situation", "plate", "plate_kind", "place",
        "outcome", "state", "void_reason",
    )  # fmt: skip
    asked = select(*(NOTICES.c[one] for one in names)).where(NOTICES.c.id.in_(ids))
    known = titles()
    return [
        BehindRow(
            row["id"],
            "notice",
            row["id"],
            row["number"],
            row["noticed_on"],
            item_title(known, row["item_key"], row["situation"]),
            row["plate"] or (row["plate_kind"].label if row["plate_kind"] else ""),
            row["place"],
            note=_notice_note(row),
        )
        for row in session.execute(asked).mappings()
    ]


def _notice_note(row: Any) -> str:
    if row["state"] is NoticeState.VOID:
        return f"作废：{row['void_reason']}" if row["void_reason"] else "作废"
    return row["outcome"].label if row["outcome"] else "结果未登记"


def _count_notices(session: Session, found: dict[int, BehindRow], until: date | None) -> None:
    """Say on each vehicle's row how many notices it has had, up to the end of the span."""
    noticed = select(NOTICES.c.id, NOTICES.c.plate_key).where(NOTICES.c.id.in_(list(found)))
    keys = {row[0]: row[1] for row in session.execute(noticed)}
    asked = (
        select(NOTICES.c.plate_key, func.count())
        .where(NOTICES.c.plate_key.in_(set(keys.values())), _issued_until(until))
        .group_by(NOTICES.c.plate_key)
    )
    counts = {row[0]: row[1] for row in session.execute(asked)}
    for row_id, key in keys.items():
        note = f"累计告知 {counts.get(key, 0)} 次"
        found[row_id] = replace(found[row_id], note=note)


def _issued_until(until: date | None) -> ColumnElement[bool]:
    issued = func.coalesce(NOTICES.c.state, "") == NoticeState.ISSUED.value
    return issued if until is None else issued & (NOTICES.c.noticed_on <= until)


def _guidance_rows(session: Session, ids: list[int]) -> list[BehindRow]:
    rows = session.execute(select(GUIDANCE).where(GUIDANCE.c.id.in_(ids))).mappings()
    return [
        BehindRow(
            row["id"],
            "guidance",
            row["id"],
            "",
            row["occurred_on"],
            row["kind"].label,
            row["officers"],
            row["place_or_target"],
            note=f"数量 {row['quantity']}",
        )
        for row in rows
    ]


def _lead_rows(session: Session, ids: list[int]) -> list[BehindRow]:
    rows = session.execute(select(LEADS).where(LEADS.c.id.in_(ids))).mappings()
    return [
        BehindRow(
            row["id"],
            "case" if row["case_id"] else "",
            row["case_id"] or row["id"],
            row["number"],
            row["received_on"],
            row["source"].label,
            row["party_name"],
            row["place"],
            note=row["content"],
        )
        for row in rows
    ]


_ROWS = {
    RowKind.DECISION: _decision_rows,
    RowKind.CASE: _case_rows,
    RowKind.EVENT: _event_rows,
    RowKind.PAYMENT: _payment_rows,
    RowKind.NOTICE: _notice_rows,
    RowKind.VEHICLE: _notice_rows,
    RowKind.GUIDANCE: _guidance_rows,
    RowKind.LEAD: _lead_rows,
}
