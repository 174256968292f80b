"""Reports that were frozen: what they said, and what has changed behind them since, and why.

A frozen report keeps, beside its paper, each figure and the rows it was counted from; counting the
same span again and reading the log in between tells which rows came, went or changed, and by whom.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlmodel import Session, col, select

from enforcer.models import AuditEntry, Document
from enforcer.queries import statistics
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
class Deed:
    """What the log says of a row since: when, by whom, by which operation, what it wrote."""

    at: datetime
    actor: str
    operation: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row behind a figure that came (`added`), went (`gone`) or was written on (`altered`)."""

    how: str
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
        log = _Log(session, entry or 0)
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
    log: _Log,
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
            RowChange(how, described.get(one), log.deeds(_TABLE[kind], one))
            for how, one in told[:SHOWN_ROWS]
        ),
        max(len(told) - SHOWN_ROWS, 0),
    )


_TELLING = ("void_reason", "revocation_reason", "reason", "note")


class _Log:
    """The entries after a report was frozen, found by table and row; read once, when asked."""

    def __init__(self, session: Session, after: int) -> None:
        self._session, self._after = session, after
        self._single: dict[tuple[str, str], list[Deed]] | None = None
        self._bulk: list[tuple[str, Sequence[int], Deed]] = []

    def deeds(self, table: str, row: int) -> tuple[Deed, ...]:
        if self._single is None:
            self._read()
        assert self._single is not None
        found = list(self._single.get((table, str(row)), ()))
        found += [
            deed
            for name, keys, deed in self._bulk
            if name == table and (keys[0] <= row <= keys[-1] if len(keys) == 2 else row in keys)
        ]
        return tuple(sorted(found, key=lambda one: one.at))

    def _read(self) -> None:
        self._single = {}
        asked = select(AuditEntry).where(
            col(AuditEntry.id) > self._after,
            col(AuditEntry.table_name).in_(sorted(set(_TABLE.values()))),
        )
        for entry in self._session.exec(asked):
            said = json.loads(entry.changes)
            deed = Deed(entry.at, entry.actor, entry.operation, _words(said))
            if entry.action == "bulk_insert":
                self._bulk.append((entry.table_name, said["keys"], deed))
            else:
                self._single.setdefault((entry.table_name, entry.row_id), []).append(deed)


def _words(said: Mapping[str, Any]) -> str:
    """The reason that was written, when there is one."""
    for name in _TELLING:
        given = said.get(name)
        text = given[1] if isinstance(given, list) else given
        if text:
            return str(text)
    return ""
