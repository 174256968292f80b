"""Reading the open cases of the ordinary procedure: one question per table, for all cases at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, get_args, get_type_hints
from zoneinfo import ZoneInfo

from enforcer.queries import due_course_facts as of
from enforcer.queries.due_course_facts import Standing
from enforcer.queries.due_rows import Answer, Look, day, kept, listed, term
from enforcer.terms import Stage, Term

CHINA = ZoneInfo("Asia/Shanghai")
Read = Callable[[Any], Any]


class Table(NamedTuple):
    """Where the facts of one kind are read; `named` are columns of another name than the fact's."""

    kind: type[Any]
    table: str
    where: str = "1"
    named: Mapping[str, str] = {}


_TABLES = {
    "periods": Table(of.Period, "period_change"),
    "notices": Table(of.Notice, "proposal", "step = 'announced'"),
    "defences": Table(of.Defence, "defence_statement"),
    "hearings": Table(of.Hearing, "hearing"),
    "services": Table(of.Service, "service"),
    "preservations": Table(of.Preservation, "preservation", "disposed_on IS NULL"),
    "seizures": Table(of.Seizure, "seizure", "released_on IS NULL"),
    "corrections": Table(of.Correction, "correction", "rechecked_on IS NULL"),
    "recusals": Table(of.Recusal, "recusal", "decided_on IS NULL"),
    "transfers": Table(of.Transfer, "transfer"),
    "deferrals": Table(of.Deferral, "deferral"),
    "urgings": Table(of.Urging, "urging"),
    "applications": Table(of.Application, "court_application"),
    "remedies": Table(of.Remedy, "remedy"),
    "sign_offs": Table(of.Signature, "sign_off"),
}
_DECISIONS = Table(of.Decision, "decision", named={"on": "decided_on"})
_PAYMENTS = Table(
    of.Paid,
    "(SELECT payment.*, case_id FROM payment JOIN decision ON decision.id = decision_id)",
    named={"on": "paid_on"},
)
_OPEN = """
SELECT id, number, party_name, stage, filed_on, officer1_id, officer2_id, officer1, officer2
FROM enforcement_case
WHERE procedure = 'ordinary' AND taken_back_at IS NULL
  AND (stage = 'filed' OR (stage IN ('lead', 'decided') AND origin = 'made_here'))
  AND (stage <> 'filed' OR NOT EXISTS (
    SELECT 1 FROM decision
    WHERE decision.case_id = enforcement_case.id AND decision.taken_back_at IS NULL))
"""
_LAST = """
SELECT case_id, step, happened_on FROM case_event WHERE id IN (
  SELECT max(id) FROM case_event
  WHERE case_id IN (SELECT value FROM json_each(?)) AND taken_back_at IS NULL
  GROUP BY case_id)
"""
_FILINGS = """
SELECT case_id, officer_ids, officers FROM filing
WHERE case_id IN (SELECT value FROM json_each(?)) AND taken_back_at IS NULL
ORDER BY id
"""
_DEFENCE_DAYS = "SELECT value FROM setting WHERE key = 'law.defence_days'"


def open_cases(look: Look) -> tuple[Standing, ...]:
    """Every open case of the ordinary procedure; those of older ledgers until they are decided."""
    asked = look.ask(_OPEN)
    if not asked:
        return ()
    ids = listed(one.id for one in asked)
    tables = {name: _grouped(look, table, ids) for name, table in _TABLES.items()}
    decisions = _grouped(look, _DECISIONS, ids)
    payments = _grouped(look, _PAYMENTS, ids) if decisions else {}
    last = {one.case_id: one for one in look.ask(_LAST, ids)}
    proposed = {one.case_id: one for one in look.ask(_FILINGS, ids)}
    defence_days = _defence_days(look)
    return tuple(
        Standing(
            day=look.today,
            calendar=look.days,
            defence_days=defence_days,
            case_id=one.id,
            number=one.number,
            party=one.party_name,
            stage=term(Stage, one.stage),
            handlers=_names(one, proposed.get(one.id)),
            handler_ids=_ids(one, proposed.get(one.id)),
            filed_on=day(one.filed_on),
            last_on=day(last[one.id].happened_on) if one.id in last else None,
            last_step=last[one.id].step if one.id in last else "",
            decision=next(iter(reversed(decisions.get(one.id, ()))), None),
            payments=tuple(payments.get(one.id, ())),
            **{name: tuple(rows.get(one.id, ())) for name, rows in tables.items()},
        )
        for one in asked
    )


def _names(one: Answer, filing: Answer | None) -> tuple[str, ...]:
    """Who handles it, or who is proposed to."""
    names = tuple(name for name in (one.officer1, one.officer2) if name)
    return names or tuple(kept(filing.officers, ()) if filing else ())


def _ids(one: Answer, filing: Answer | None) -> frozenset[int]:
    proposed = kept(filing.officer_ids, ()) if filing else ()
    return frozenset({one.officer1_id, one.officer2_id, *proposed} - {None})


def _defence_days(look: Look) -> int | None:
    said = look.ask(_DEFENCE_DAYS)
    value = kept(said[0].value, {}).get("value") if said else None
    return value if isinstance(value, int) else None


def _grouped(look: Look, table: Table, ids: str) -> dict[int, list[Any]]:
    """The facts of one kind, case by case, in the order they were made."""
    fields: Sequence[str] = table.kind._fields
    columns = ", ".join(f'"{table.named.get(name, name)}"' for name in fields)
    asked = (
        f"SELECT case_id, {columns} FROM {table.table} WHERE {table.where}"
        " AND taken_back_at IS NULL AND case_id IN (SELECT value FROM json_each(?)) ORDER BY id"
    )
    rows = look.ask(asked, ids)
    if not rows:
        return {}
    reads = list(_reads(table.kind).values())
    found: dict[int, list[Any]] = {}
    for row in rows:
        values: Iterator[tuple[Read, Any]] = zip(reads, row.values[1:], strict=True)
        made = table.kind._make(read(value) for read, value in values)
        found.setdefault(row.case_id, []).append(made)
    return found


def _reads(kind: type[Any]) -> dict[str, Read]:
    """How each field of a fact is read, from what it is said to be."""
    hints = get_type_hints(kind)
    return {name: _reading(hints[name]) for name in kind._fields}


def _reading(hint: Any) -> Read:
    if hint is bool:
        return bool
    named = next((one for one in get_args(hint) or (hint,) if one is not type(None)), hint)
    if hint != named and get_args(hint)[-1] is Ellipsis:
        return _listing(named)
    if named is date:
        return day
    if named is datetime:
        return _moment
    if issubclass(named, Term):
        return lambda value: term(named, value) if value is not None else None
    return lambda value: value


def _moment(text: str | None) -> datetime | None:
    """A moment as the file keeps it, in China's time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(CHINA) if text else None


def _listing(kind: type[Any]) -> Read:
    """A list of lines kept as JSON."""
    reads = _reads(kind)
    return lambda text: tuple(
        kind(**{name: read(line.get(name)) for name, read in reads.items()})
        for line in kept(text, ())
    )
