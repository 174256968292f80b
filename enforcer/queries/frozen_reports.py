"""Reports that were frozen: what they said, and what has changed behind them since, and why.

A frozen report keeps, beside its paper, each figure and the rows it was counted from; counting the
same span again and reading the log in between tells which rows came, went or changed, and by whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlmodel import Session, col, select

from enforcer.models import AuditEntry, Document, Notice
from enforcer.queries import statistics
from enforcer.queries.frozen_log import Deed, Log
from enforcer.queries.looking import Where, looking
from enforcer.queries.periods import Period
from enforcer.queries.statistics import Figures
from enforcer.queries.statistics_measures import LABELS, RULES_EDITION, is_money
from enforcer.queries.statistics_rows import BehindRow, RowKind, behind_rows, rows_behind

TEMPLATE = "statistics_report"
"""What a frozen report is filed as among the papers."""
SHOWN_ROWS = 50
_TABLE = {
    RowKind.DECISION: "decision",
    RowKind.CASE: "enforcement_case",
    RowKind.EVENT: "case_event",
    RowKind.PAYMENT: "payment",
    RowKind.NOTICE: "notice",
    RowKind.VEHICLE: "notice",
    RowKind.GUIDANCE: "guidance",
    RowKind.LEAD: "lead",
}


@dataclass(frozen=True, slots=True)
class Frozen:
    """One frozen report; `times` counts the reports of the same span, from 1."""

    id: int
    period: Period
    title: str
    times: int
    frozen_at: datetime
    frozen_by: str
    reason: str
    rules: str
    chain_head: str
    vault_name: str
    sha256: str
    values: Mapping[str, int]
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row behind a figure that came (`added`), went (`gone`) or was written on (`altered`)."""

    how: str
    id: int
    row: BehindRow | None
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is counted differently now, or from other rows; money in 分."""

    key: str
    label: str
    then: int
    now: int
    rows: tuple[RowChange, ...]
    more: int = 0

    @property
    def money(self) -> bool:
        return is_money(self.key)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A frozen report beside today. `log_whole`: the log still holds the head printed on it."""

    frozen: Frozen
    figures: tuple[FigureChange, ...]
    log_whole: bool

    @property
    def same_rules(self) -> bool:
        return self.frozen.rules == RULES_EDITION

    @property
    def same(self) -> bool:
        return not self.figures and self.log_whole and self.same_rules


def spans(ids: Iterable[int]) -> str:
    """Row numbers in little room: `3-7,9`."""
    ordered = sorted(set(ids))
    if not ordered:
        return ""
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b != a + 1)]
    ends = [*(a for a, b in pairwise(ordered) if b != a + 1), ordered[-1]]
    return ",".join(f"{a}-{b}" if a != b else str(a) for a, b in zip(starts, ends, strict=True))


def unspanned(text: str) -> set[int]:
    """The inverse of `spans`."""
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found


def frozen_reports(where: Where, period: Period | None = None) -> list[Frozen]:
    """The frozen reports, the latest first; of one span when it is given."""
    asked = (
        select(Document)
        .where(Document.template_key == TEMPLATE)
        .order_by(col(Document.issued_at).desc(), col(Document.id).desc())
    )
    with looking(where) as session:
        found = [_frozen(row) for row in session.exec(asked)]
    return [one for one in found if period is None or one.period == period]


def frozen_report(where: Where, document_id: int) -> Frozen | None:
    """One frozen report, or None when there is no such paper."""
    with looking(where) as session:
        row = session.get(Document, document_id)
        return _frozen(row) if row is not None and row.template_key == TEMPLATE else None


def _frozen(row: Document) -> Frozen:
    said: Mapping[str, Any] = row.fields or {}
    return Frozen(
        id=row.id or 0,
        period=Period(date.fromisoformat(said["first"]), date.fromisoformat(said["last"])),
        title=row.title,
        times=int(said["times"]),
        frozen_at=row.issued_at,
        frozen_by=row.issued_by,
        reason=str(said.get("reason", "")),
        rules=row.template_version,
        chain_head=str(said["chain_head"]),
        vault_name=row.vault_name,
        sha256=row.sha256,
        values={key: int(one) for key, one in said["values"].items()},
        rows={key: str(one) for key, one in said["rows"].items()},
    )


def kept(where: Where, counted: Figures) -> tuple[dict[str, int], dict[str, str]]:
    """What a frozen report keeps of its figures: values that are not zero, and their rows."""
    values = {key: counted[key] for key in LABELS if counted[key]}
    first, last = counted.period.first, counted.period.last
    with looking(where) as session:
        rows = {key: spans(rows_behind(session, key, first, last).ids) for key in values}
    return values, rows


def compare(where: Where, document_id: int) -> Comparison | None:
    """The frozen report beside the same span counted now."""
    with looking(where) as session:
        frozen = frozen_report(session, document_id)
        if frozen is None:
            return None
        entry = session.exec(
            select(col(AuditEntry.id)).where(AuditEntry.hash == frozen.chain_head)
        ).first()
        first, last = frozen.period.first, frozen.period.last
        counted = statistics.figures(session, first, last)
        values, rows = kept(session, counted)
        log = Log(session, entry or 0, sorted(set(_TABLE.values())))
        changes = [
            change
            for key in LABELS
            if (change := _change(session, frozen, key, (values, rows), log)) is not None
        ]
        return Comparison(frozen, tuple(changes), entry is not None)


def _change(
    session: Session,
    frozen: Frozen,
    key: str,
    now: tuple[Mapping[str, int], Mapping[str, str]],
    log: Log,
) -> FigureChange | None:
    values, rows = now
    then_value, now_value = frozen.values.get(key, 0), values.get(key, 0)
    then_rows, now_rows = frozen.rows.get(key, ""), rows.get(key, "")
    if (then_value, then_rows) == (now_value, now_rows):
        return None
    before, after = unspanned(then_rows), unspanned(now_rows)
    kind = rows_behind(session, key, frozen.period.first, frozen.period.last).kind
    sorts = [("added", after - before), ("gone", before - after)]
    if then_value != now_value and before == after:
        sorts.append(("altered", {one for one in before if log.deeds(_TABLE[kind], one)}))
    told = [(how, one) for how, ids in sorts for one in sorted(ids)]
    described = {
        one.id: one for one in behind_rows(session, kind, [one for _, one in told[:SHOWN_ROWS]])
    }
    return FigureChange(
        key,
        LABELS[key],
        then_value,
        now_value,
        tuple(
            RowChange(
                how, one, described.get(one), _deeds(session, log, kind, one, here=one in described)
            )
            for how, one in told[:SHOWN_ROWS]
        ),
        max(len(told) - SHOWN_ROWS, 0),
    )


def _deeds(session: Session, log: Log, kind: RowKind, row: int, *, here: bool) -> tuple[Deed, ...]:
    """What was done to a row; of a vehicle, to any notice it was given, in the span or before."""
    found = log.deeds(_TABLE[kind], row, here=here)
    if found or kind is not RowKind.VEHICLE:
        return found
    plate = session.exec(select(col(Notice.plate_key)).where(Notice.id == row)).first()
    others = session.exec(select(col(Notice.id)).where(Notice.plate_key == plate)) if plate else ()
    by_others = [one for other in others if other for one in log.deeds("notice", other)]
    return tuple(by_others) or log.undone("notice")
