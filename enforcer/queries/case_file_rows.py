"""Everything a case has in the database, as rows that know each other by UUID and not by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table
from sqlmodel import Session, SQLModel, select

from enforcer import models
from enforcer.documents import course_rules
from enforcer.models import Case, CaseEvent, Decision, Document, EvidenceFile, EvidenceItem, Lead
from enforcer.models.base import TAKEN_BACK_TOO
from enforcer.terms import CaseStep

REGISTERS = ("organ", "power_source", "officer", "party", "series")
"""Tables of the office that a case only points at; a party is taken along."""
OWN = (
    "filing",
    "sign_off",
    "recusal",
    "written_record",
    "summons",
    "correction",
    "period_change",
    "proposal",
    "defence_statement",
    "hearing",
    "legal_review",
    "discussion",
    "transfer",
    "preservation",
    "seizure",
    "decision",
    "payment",
    "service",
    "deferral",
    "urging",
    "court_application",
    "remedy",
    "closure",
    "document",
    "evidence_item",
    "case_event",
)
"""Tables that belong to a case, in the order in which they can be written."""
LABELS = {
    "enforcement_case": "案件",
    "lead": "线索",
    "party": "当事人",
    "filing": "呈报立案",
    "sign_off": "审批",
    "recusal": "回避",
    "written_record": "笔录",
    "summons": "询问通知",
    "correction": "责令改正",
    "period_change": "期限变更",
    "proposal": "处理意见",
    "defence_statement": "陈述申辩",
    "hearing": "听证",
    "legal_review": "法制审核",
    "discussion": "集体讨论",
    "transfer": "移送",
    "preservation": "登记保存",
    "seizure": "查封扣押",
    "decision": "决定",
    "payment": "缴款",
    "service": "送达",
    "deferral": "延期分期",
    "urging": "催告",
    "court_application": "申请强制执行",
    "remedy": "复议诉讼",
    "closure": "结案",
    "document": "文书",
    "evidence_item": "证据清单",
    "case_event": "办案步骤",
}
ROW_OF = {
    CaseStep.LEAD_REGISTERED: "lead",
    CaseStep.LEAD_CHECKED: "lead",
    CaseStep.LEAD_SETTLED: "lead",
    CaseStep.LEAD_REPLIED: "lead",
    CaseStep.FILED: "enforcement_case",
    CaseStep.FILING_REFUSED: "enforcement_case",
    CaseStep.ASSIGNED: "enforcement_case",
    CaseStep.DISMISSED: "enforcement_case",
    CaseStep.CLOSED: "enforcement_case",
    CaseStep.PROPOSED: "filing",
    CaseStep.SIGNED: "sign_off",
    CaseStep.RECUSAL_ASKED: "recusal",
    CaseStep.RECUSAL_DECIDED: "recusal",
    CaseStep.SUMMONED: "summons",
    CaseStep.INQUIRY: "written_record",
    CaseStep.INSPECTION: "written_record",
    CaseStep.PHOTOS: "written_record",
    CaseStep.SAMPLING: "written_record",
    CaseStep.EDUCATED: "written_record",
    CaseStep.PRESERVED: "preservation",
    CaseStep.PRESERVATION_DISPOSED: "preservation",
    CaseStep.SEIZED: "seizure",
    CaseStep.SEIZURE_EXTENDED: "seizure",
    CaseStep.SEIZURE_TESTED: "seizure",
    CaseStep.SEIZURE_RELEASED: "seizure",
    CaseStep.CORRECTION_ORDERED: "correction",
    CaseStep.REINSPECTED: "correction",
    CaseStep.PERIOD_CHANGED: "period_change",
    CaseStep.RESUMED: "period_change",
    CaseStep.CONCLUDED: "proposal",
    CaseStep.ANNOUNCED: "proposal",
    CaseStep.DECISION_PROPOSED: "proposal",
    CaseStep.DEFENDED: "defence_statement",
    CaseStep.DEFENCE_REVIEWED: "defence_statement",
    CaseStep.HEARING_REQUESTED: "hearing",
    CaseStep.HEARING_WITHDRAWN: "hearing",
    CaseStep.HEARING_NOTICED: "hearing",
    CaseStep.HEARING: "hearing",
    CaseStep.HEARING_REPORTED: "hearing",
    CaseStep.LEGAL_REVIEWED: "legal_review",
    CaseStep.DISCUSSED: "discussion",
    CaseStep.RULED: "proposal",
    CaseStep.DECIDED: "decision",
    CaseStep.TRANSFER_PROPOSED: "transfer",
    CaseStep.TRANSFER_DECIDED: "transfer",
    CaseStep.TRANSFER: "transfer",
    CaseStep.POLICE_ANSWERED: "transfer",
    CaseStep.SERVED: "service",
    CaseStep.SERVICE_FAILED: "service",
    CaseStep.PAID: "payment",
    CaseStep.DEFERRED: "deferral",
    CaseStep.URGED: "urging",
    CaseStep.COURT_APPLICATION: "court_application",
    CaseStep.COURT_ANSWERED: "court_application",
    CaseStep.RECONSIDERATION: "remedy",
    CaseStep.LITIGATION: "remedy",
    CaseStep.REMEDY_CONCLUDED: "remedy",
    CaseStep.CLOSURE_PROPOSED: "closure",
}
"""The table of the row that a step made, which events and papers point at by number."""
OFFICER_LISTS = frozenset({"officer_ids"})
LEFT_OUT = frozenset({"id", "vault_name", "series_id", "print_count"})
"""Columns of this home alone: its own numbers of rows, files and prints."""


AT_HOME = "原件在导出的电脑上："


@dataclass(frozen=True, slots=True)
class Collected:
    """The rows by table, and what they point at in the registers of the office."""

    rows: Mapping[str, list[dict[str, Any]]]
    registers: Mapping[str, list[dict[str, Any]]]
    documents: tuple[Document, ...] = ()


@dataclass(slots=True)
class _Names:
    """UUIDs by table and number of row."""

    known: dict[tuple[str, int], str] = field(default_factory=dict)

    def of(self, table: str, key: object) -> str | None:
        return self.known.get((table, key)) if isinstance(key, int) else None


def model_of(name: str) -> type[SQLModel]:
    """The model of a table by its name."""
    models.load_all()
    for mapper in SQLModel._sa_registry.mappers:
        if getattr(mapper.local_table, "name", "") == name:
            found: type[SQLModel] = mapper.class_
            return found
    raise KeyError(name)


def table_of(name: str) -> Table:
    """The table with this name."""
    models.load_all()
    return SQLModel.metadata.tables[name]


def collect(session: Session, case_id: int) -> Collected | None:
    """Every row of a case that stands; None when there is no such case."""
    case = session.get(Case, case_id)
    if case is None:
        return None
    found: dict[str, list[SQLModel]] = {"enforcement_case": [case]}
    found["lead"] = list[SQLModel](session.exec(select(Lead).where(Lead.case_id == case_id)).all())
    if case.party_id and (party := session.get(models.Party, case.party_id)):
        found["party"] = [party]
    for name in OWN:
        found[name] = list(_of_case(session, name, case_id))
    names = _Names()
    for name, rows in found.items():
        for row in rows:
            names.known[name, row.id] = identity(row)  # type: ignore[attr-defined]
    for item in found["evidence_item"]:
        key = item.evidence_file_id  # type: ignore[attr-defined]
        if key and (file := session.get(EvidenceFile, key)):
            names.known["evidence_file", key] = str(file.uid)
    registers = _registers(session, found, names)
    said = {
        name: [_said(session, row, names) for row in many] for name, many in found.items() if many
    }
    documents = tuple(one for one in found["document"] if isinstance(one, Document))
    return Collected(said, registers, documents)


def identity(row: SQLModel) -> str:
    """What a row is known by in every home: its UUID; a step by what and when it was."""
    if isinstance(row, CaseEvent):
        at = row.recorded_at.astimezone(UTC).isoformat()
        return f"{row.step}|{row.happened_on}|{at}|{row.actor}"
    return str(row.uid)  # type: ignore[attr-defined]


def _of_case(session: Session, name: str, case_id: int) -> Iterator[SQLModel]:
    model: Any = model_of(name)
    asked = select(model)
    if name == "payment":
        asked = asked.join(Decision, Decision.id == model.decision_id).where(
            Decision.case_id == case_id
        )
    else:
        asked = asked.where(model.case_id == case_id)
    yield from session.exec(asked.order_by(model.id))


def _registers(
    session: Session, found: Mapping[str, list[SQLModel]], names: _Names
) -> dict[str, list[dict[str, Any]]]:
    """The office's rows that the case points at, with what they can be recognised by."""
    wanted: dict[str, set[int]] = {name: set() for name in ("organ", "power_source", "officer")}
    for name, rows in found.items():
        for column in table_of(name).columns:
            target = target_of(column)
            if target in wanted:
                wanted[target] |= {
                    one for row in rows if (one := getattr(row, column.name)) is not None
                }
        for row in rows:
            for each in OFFICER_LISTS & set(type(row).model_fields):
                wanted["officer"] |= set(getattr(row, each) or ())
    made: dict[str, list[dict[str, Any]]] = {}
    for name, keys in wanted.items():
        for key in sorted(keys):
            known: Any = session.get(model_of(name), key)
            if known is None:
                continue
            names.known[name, key] = str(known.uid)
            seen = {"uid": str(known.uid), "name": getattr(known, "name", "")}
            if name == "officer":
                seen["post"] = known.post.value
            if name == "power_source":
                seen["name"] = known.document_title
            made.setdefault(name, []).append(seen)
    return made


def target_of(column: Column[Any]) -> str:
    """The table a column points at; empty for a plain one."""
    return next((key.column.table.name for key in column.foreign_keys), "")


def _said(session: Session, row: SQLModel, names: _Names) -> dict[str, Any]:
    """One row; of evidence that is a file, where the original lies, since it may stay behind."""
    said = as_said(row, names)
    if isinstance(row, EvidenceItem) and row.evidence_file_id and not row.original_lies:
        file = session.get(EvidenceFile, row.evidence_file_id)
        if file is not None:
            lies = f"{AT_HOME}{file.original_name}，SHA-256 {file.sha256}"
            said["original_lies"] = lies
    return said


def as_said(row: SQLModel, names: _Names) -> dict[str, Any]:
    """One row as JSON, with UUIDs where it points at others."""
    said: dict[str, Any] = {"_identity": identity(row)}
    for column in type(row).__table__.columns:  # type: ignore[attr-defined]
        if column.name in LEFT_OUT:
            continue
        value = getattr(row, column.name, None)
        target = target_of(column)
        if target:
            value = names.of(target, value)
        elif column.name in OFFICER_LISTS and isinstance(value, list):
            value = [names.of("officer", one) for one in value]
        said[column.name] = plain(value)
    if isinstance(row, CaseEvent):
        said["detail"] = _linked(row.step, dict(row.detail or {}), names)
    elif isinstance(row, Document):
        said["fields"] = _issued(row, names)
    elif "of_id" in said:
        table = ROW_OF.get(row.of)  # type: ignore[attr-defined]
        said["of_id"] = names.of(table, row.of_id) if table else None  # type: ignore[attr-defined]
    return said


def _linked(step: str, detail: dict[str, Any], names: _Names) -> dict[str, Any]:
    table = next((name for key, name in ROW_OF.items() if key.value == step), "")
    if "row" in detail:
        detail["row"] = names.of(table, detail["row"]) or detail["row"]
    return detail


def _issued(row: Document, names: _Names) -> dict[str, Any]:
    fields: dict[str, Any] = dict(row.fields or {})
    issue = fields.get("issue")
    if isinstance(issue, dict) and issue.get("row"):
        tables = paper_tables(row.template_key)
        found = next((one for name in tables if (one := names.of(name, issue["row"]))), None)
        fields["issue"] = issue | {"row": found or issue["row"]}
    return fields


def paper_tables(key: str) -> tuple[str, ...]:
    """The tables whose row a paper of this kind may be about."""
    step = course_rules.step_of(key)
    return (ROW_OF[step],) if step in ROW_OF else ()


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def stored(column: Column[Any], value: Any) -> Any:
    """The same value as the column takes it."""
    if value is None:
        return None
    kind = getattr(column.type, "enum_class", None)
    if kind is not None:
        return next(one for one in kind if one.value == value)
    name = type(column.type).__name__
    if name in ("Instant", "DateTime"):
        return datetime.fromisoformat(value)
    if name == "Date":
        return date.fromisoformat(value)
    return UUID(value) if name == "Uuid" else value


def known_row(session: Session, name: str, mark: str) -> SQLModel | None:
    """The row of this home with that identity, also one that was taken back."""
    model: Any = model_of(name)
    if name == "case_event":
        step, day, at, actor = mark.split("|", 3)
        asked = select(model).where(
            model.step == step,
            model.happened_on == date.fromisoformat(day),
            model.recorded_at == datetime.fromisoformat(at),
            model.actor == actor,
        )
    else:
        asked = select(model).where(model.uid == UUID(mark))
    found: SQLModel | None = session.exec(asked, execution_options={TAKEN_BACK_TOO: True}).first()
    return found
