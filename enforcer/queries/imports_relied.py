"""What has been done since an import that leans on its rows without naming them by a key.

Papers and decisions name the law by its words, officers by their names, recorders by their
numbers: whatever was put on record after the import, and which its rows could have decided, counts.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Date
from sqlalchemy import select as columns_of
from sqlmodel import Session, SQLModel, col, select

from enforcer import models
from enforcer.models import (
    AuditEntry,
    Case,
    Certificate,
    Decision,
    DiscretionTier,
    Document,
    FirstViolationCheck,
    ListRow,
    LocalAmount,
    Notice,
    Officer,
    Proposal,
    Recorder,
    TemplateEdition,
)
from enforcer.terms import NoticeState, Origin

CHINA = ZoneInfo("Asia/Shanghai")
PORTION = 400
Spans = Mapping[str, Sequence[tuple[int, int]]]
Relied = tuple[str, int, str]
"""Table, row, and what leans on it."""
_LAW = {"local_amount": LocalAmount, "discretion_tier": DiscretionTier, "list_row": ListRow}
_COUNTED = re.compile(r"近 ([0-9]+) 日已告知")
_BY_NAME = ("officers", "recorders", "officer_ids")


@dataclass
class Since:
    """What was put on record after an import and is not its own."""

    session: Session
    audit_id: int
    taken_at: datetime
    own: Callable[[str, int], bool]

    @cached_property
    def entered(self) -> Mapping[str, frozenset[int]]:
        """The ids of the rows made since, by table."""
        found: dict[str, set[int]] = defaultdict(set)
        asked = select(
            AuditEntry.table_name, AuditEntry.row_id, AuditEntry.action, AuditEntry.changes
        ).where(
            col(AuditEntry.id) > self.audit_id,
            col(AuditEntry.action).in_(("insert", "bulk_insert")),
        )
        for table, *entry in self.session.exec(asked):
            found[table].update(one for one in ids_made(*entry) if not self.own(table, one))
        return {table: frozenset(ids) for table, ids in found.items()}

    def rows(self, model: type[SQLModel]) -> Iterator[Any]:
        """The rows of a table made since."""
        key: Any = model.__table__.c.id  # type: ignore[attr-defined]
        ids = sorted(self.entered.get(str(model.__tablename__), ()))
        for start in range(0, len(ids), PORTION):
            yield from self.session.exec(select(model).where(key.in_(ids[start : start + PORTION])))


@dataclass(frozen=True, slots=True)
class _Deed:
    """Something settled since in a case of an item, and the days whose law it went by."""

    item_key: str
    days: tuple[date, ...]
    said: str

    def went_by(self, row: Any) -> bool:
        return any(
            row.from_on <= day and (row.until_on is None or day <= row.until_on)
            for day in self.days
        )


def ids_made(row: str, action: str, changes: str) -> Iterable[int]:
    """The rows that one entry of the log says were made."""
    if action == "insert":
        return (int(row),) if row.isdigit() else ()
    if action != "bulk_insert":
        return ()
    said = json.loads(changes)
    keys: list[int] = said["keys"]
    return keys if len(keys) == said["rows"] else range(keys[0], keys[1] + 1)


def relied_on(since: Since, own: Spans, replaced: Mapping[str, Any]) -> Iterator[Relied]:
    """The rows of the import that something put on record since leans on."""
    models.load_all()
    yield from _law(since, own)
    years = {*own.get("holiday_notice", ())} | {
        (int(key), int(key)) for key in replaced.get("holiday_notice", ())
    }
    if years:
        yield from _holidays(since, sorted(years))
    if "notice" in own:
        yield from _ladder(since, own["notice"])
    if "enforcement_case" in own:
        yield from _first_violations(since, own["enforcement_case"])
    if "certificate" in own:
        yield from _certificates(since, own["certificate"])
    if "officer" in own or "recorder" in own:
        yield from _by_name(since, own)


def _held(session: Session, model: Any, spans: Collection[tuple[int, int]]) -> Iterator[Any]:
    for first, last in spans:
        yield from session.exec(select(model).where(col(model.id).between(first, last)))


def _law(since: Since, own: Spans) -> Iterator[Relied]:
    """A case of the item settled since, a tier within the range, a template naming the document."""
    wanted = [table for table in _LAW if table in own]
    if not wanted:
        return
    deeds = [*_deeds(since)]
    bodies = [(one.template_key, one.body) for one in since.rows(TemplateEdition)]
    tiers = [*since.rows(DiscretionTier)]
    for table in wanted:
        for row in _held(since.session, _LAW[table], own[table]):
            title = row.benchmark if table == "discretion_tier" else row.document
            said = [one.said for one in deeds if one.item_key == row.item_key and one.went_by(row)]
            if table == "local_amount":
                said += [
                    f"已经是裁量阶次“{one.name}”的幅度"
                    for one in tiers
                    if one.item_key == row.item_key and row.side in one.sides.split(",")
                ]
            said += [f"已经写进文书模板“{key}”" for key, body in bodies if f"《{title}》" in body]
            if said:
                yield table, row.id, said[0]


def _deeds(since: Since) -> Iterator[_Deed]:
    found: list[tuple[int, date, str]] = [
        *((one.case_id, one.decided_on, "作出了处罚决定") for one in since.rows(Decision)),
        *((one.case_id, one.on, "拟定了处理意见") for one in since.rows(Proposal)),
        *(
            (one.case_id, one.issued_on, f"签发了“{one.title}”")
            for one in since.rows(Document)
            if one.case_id is not None
        ),
    ]
    for case_id, day, what in found:
        case = since.session.get(Case, case_id)
        if case is None or case.origin is not Origin.MADE_HERE or not case.item_key:
            continue
        acted = case.acted_at.astimezone(CHINA).date() if case.acted_at else case.acted_on
        days = (acted, day) if acted else (day,)
        yield _Deed(case.item_key, days, f"已经用于案件“{case.number}”，{what}")


def _holidays(since: Since, spans: Sequence[tuple[int, int]]) -> Iterator[Relied]:
    """A day reckoned since within the year, or a paper that has gone out with a day of it."""
    from enforcer.models import HolidayNotice

    days = [*_days_reckoned(since)]
    papers = [
        (one.title, json.dumps(one.fields, ensure_ascii=False))
        for one in since.rows(Document)
        if one.case_id is not None
    ]
    for row in _held(since.session, HolidayNotice, spans):
        said = [f"已经用来计算期限（{one}）" for one in days if one.year == row.year]
        marks = (f"{row.year}年", f"{row.year}-")
        said += [
            f"已经用于签发的“{title}”"
            for title, text in papers
            if any(one in text for one in marks)
        ]
        if said:
            yield "holiday_notice", row.id, said[0]


def _days_reckoned(since: Since) -> Iterator[date]:
    for table in SQLModel.metadata.sorted_tables:
        due = [one for one in table.c if one.name.endswith("due_on") and isinstance(one.type, Date)]
        ids = sorted(since.entered.get(table.name, ()))
        for start in range(0, len(ids) if due else 0, PORTION):
            asked = columns_of(*due).where(table.c.id.in_(ids[start : start + PORTION]))
            for row in since.session.execute(asked):
                yield from (one for one in row if one is not None)


def _ladder(since: Since, spans: Sequence[tuple[int, int]]) -> Iterator[Relied]:
    """Earlier notices that the ladder counted when the vehicle was noticed again."""
    weighed: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for one in since.rows(Notice):
        counted = _COUNTED.match(one.ladder_says)
        if one.origin is Origin.MADE_HERE and one.plate_key and one.noticed_on and counted:
            begins = one.noticed_on - timedelta(days=int(counted[1]))
            weighed[one.plate_key].append((begins, one.noticed_on, one.number))
    plates = sorted(weighed)
    for start in range(0, len(plates), PORTION):
        asked = columns_of(col(Notice.id), col(Notice.plate_key), col(Notice.noticed_on)).where(
            col(Notice.plate_key).in_(plates[start : start + PORTION]),
            col(Notice.state) == NoticeState.ISSUED,
        )
        for key, plate, day in since.session.execute(asked):
            if day is None or not any(first <= key <= last for first, last in spans):
                continue
            said = [number for begins, ends, number in weighed[plate] if begins < day <= ends]
            if said:
                yield "notice", key, f"已经计入“{said[0]}”的告知次数"


def _first_violations(since: Since, spans: Sequence[tuple[int, int]]) -> Iterator[Relied]:
    """Cases that a look-up of 初次违法 has found since (第三十三条第一款)."""
    checks = [*since.rows(FirstViolationCheck)]
    people = {one.party_id_number for one in checks} - {""}
    plates = {one.plate_key for one in checks} - {""}
    if not people and not plates:
        return
    for row in _held(since.session, Case, spans):
        if row.party_id_number in people or row.plate_key in plates:
            yield "enforcement_case", row.id, "已经用于初次违法核查"


def _certificates(since: Since, spans: Sequence[tuple[int, int]]) -> Iterator[Relied]:
    """A renewed certificate, under which its officer has acted since."""
    acted = _officers_acting(since)
    for row in _held(since.session, Certificate, spans):
        if row.officer_id in acted and not since.own("officer", row.officer_id):
            yield "certificate", row.id, "的持证人导入以后已经办过案件或者告知"


def _officers_acting(since: Since) -> set[int]:
    found: set[int] = set()
    for table in SQLModel.metadata.sorted_tables:
        named = [
            one
            for one in table.c
            if any(key.column.table.name == "officer" for key in one.foreign_keys)
        ]
        ids = sorted(since.entered.get(table.name, ()))
        for start in range(0, len(ids) if named and table.name != "certificate" else 0, PORTION):
            asked = columns_of(*named).where(table.c.id.in_(ids[start : start + PORTION]))
            for row in since.session.execute(asked):
                found.update(one for one in row if one is not None)
    return found


def _by_name(since: Since, own: Spans) -> Iterator[Relied]:
    """Officers and recorders that rows made since name in a list or in words."""
    officers: set[int] = set()
    words: set[str] = set()
    for table in SQLModel.metadata.sorted_tables:
        named = [one for one in table.c if one.name in _BY_NAME]
        named += [one for one in table.c if one.name == "recorder" and table.name != "lead"]
        ids = sorted(since.entered.get(table.name, ()))
        for start in range(0, len(ids) if named else 0, PORTION):
            asked = columns_of(*named).where(table.c.id.in_(ids[start : start + PORTION]))
            for row in since.session.execute(asked):
                for one in row:
                    if isinstance(one, list):
                        officers.update(key for key in one if isinstance(key, int))
                        words.update(str(key) for key in one)
                    elif one:
                        words.update(part.strip() for part in str(one).split("、"))
    for decision in since.rows(Decision):
        form = (decision.facts or {}).get("form")
        words.update(
            map(str, (form or {}).get("recorders") or ()) if isinstance(form, dict) else ()
        )
    for row in _held(since.session, Officer, own.get("officer", ())):
        if row.id in officers or row.name in words:
            yield "officer", row.id, "已经写进导入以后的记录"
    for row in _held(since.session, Recorder, own.get("recorder", ())):
        if row.number in words:
            yield "recorder", row.id, "已经写进导入以后的记录"
