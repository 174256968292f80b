"""A case goes to another PC as one file, and comes in as a new or an updated case.

Nothing is overwritten in silence: where a row differs the officer chooses, field by field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from enforcer.documents import course_rules
from enforcer.errors import Level, Objection, Refused, Trouble
from enforcer.exchange import case_file
from enforcer.exchange.case_file import CaseFile
from enforcer.models import Case, CaseOpening, EvidenceFile, Lead, Officer
from enforcer.operations import case_recordings, numbering
from enforcer.operations.case_file_plan import Difference, Linked, Plan, planned
from enforcer.operations.case_file_summary import summary
from enforcer.operations.editing import block
from enforcer.operations.evidence_running import Note
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import case_file_recordings as recordings_of
from enforcer.queries import case_file_rows as rows_of
from enforcer.store import audit, vault
from enforcer.store.database import Store
from enforcer.store.intake import Control
from enforcer.terms import OfficerPost, SeriesKind

__all__ = ["ExportCaseForm", "OpenCaseForm", "export_case", "open_case", "plan_of"]


class ExportCaseForm(BaseModel):
    """Which case, and where to."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    case_id: int = Field(title="案件")
    path: Path = Field(title="文件")
    overwrite: bool = Field(default=False, title="覆盖")
    recordings: bool = Field(default=False, title="连同录像")


class OpenCaseForm(BaseModel):
    """Which file; `choices` answer each difference: mine stays, or theirs is taken."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    path: Path = Field(title="案件文件")
    choices: dict[str, Literal["mine", "theirs"]] = Field(default_factory=dict, title="选择")


@dataclass(frozen=True, slots=True)
class CaseExported:
    """What was written."""

    path: Path
    sha256: str
    papers: int
    rows: int
    recordings: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """What came of it."""

    case_id: int
    number: str
    new: bool
    added: int
    changed: int
    remarks: tuple[str, ...] = ()


@operation("导出案件文件", ExportCaseForm)
def export_case(
    store: Store,
    form: ExportCaseForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
    control: Control | None = None,
    note: Note | None = None,
) -> CaseExported:
    """Write a case with its papers, evidence list and hashes as one file; the log says who took it.

    Its recordings lie in a folder beside the file when they are wanted; the file names them always.
    """
    with store.reading() as session:
        case = session.get(Case, form.case_id)
        found = rows_of.collect(session, form.case_id)
        if case is None or found is None:
            raise block("case_gone", f"没有编号为 {form.case_id} 的案件，请重新选择。")
        files = {}
        for one in found.documents:
            data = vault.read(store.vault, one.vault_name, one.sha256)
            files[f"{one.sha256}{Path(one.vault_name).suffix}"] = data
        manifest = {
            "case": str(case.uid),
            "number": case.number,
            "party": case.party_name,
            "exported_at": now.isoformat(),
            "exported_by": actor,
        }
        page = summary(session, case, exported_at=now, exported_by=actor)
        files_of_case = recordings_of.files_of(session, form.case_id)
        said = {
            "rows": found.rows,
            "registers": found.registers,
            "recordings": [
                recordings_of.said_of(session, one, form.case_id) for one in files_of_case
            ],
            "facts": recordings_of.archive_facts(session, form.case_id),
        }
    went: list[EvidenceFile] = []
    problems: list[str] = []
    if form.recordings:
        went, problems = case_recordings.write_beside(
            store, files_of_case, form.path, control=control, note=note
        )
    data = case_file.packed(manifest, said, files, page)
    digest = vault.publish(form.path, [data], replace=form.overwrite)
    count = sum(len(many) for many in found.rows.values())
    with store.unit(actor=actor, operation="export_case") as session:
        say = {"file": form.path.name, "sha256": digest, "papers": len(files), "rows": count}
        audit.note(session, "export", table="enforcement_case", row=str(form.case_id), say=say)
        case_recordings.note_taken_along(session, went, form.path, now=now, actor=actor)
    return CaseExported(form.path, digest, len(files), count, len(went), tuple(problems))


def plan_of(store: Store, path: Path) -> Plan:
    """What opening the file would do: new or update, what is added, where it differs."""
    with store.reading() as session:
        return planned(session, case_file.opened(path))


@operation("打开案件文件", OpenCaseForm)
def open_case(
    store: Store,
    form: OpenCaseForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> CaseOpened:
    """Take a case in: rows it lacks are added, differences go as chosen, hashes were checked."""
    given = case_file.opened(form.path)
    kept: list[Path] = []
    stays = False
    try:
        with store.unit(actor=actor, operation="open_case") as session:
            if done := earlier_answer(session, form.request_id):
                return CaseOpened(**done)
            plan = planned(session, given)
            case_recordings.find(session, given.rows, plan.linked.ids)
            _refuse(plan, form.choices)
            opened = _Opening(store, session, given, plan, form.choices, kept).run(now, actor)
            remember(
                session,
                form.request_id,
                "open_case",
                {
                    "case_id": opened.case_id,
                    "number": opened.number,
                    "new": opened.new,
                    "added": opened.added,
                    "changed": opened.changed,
                },
                now=now,
            )
        stays = True
        return opened
    finally:
        if not stays:
            for one in kept:
                one.unlink(missing_ok=True)


def _refuse(plan: Plan, choices: Mapping[str, str]) -> None:
    if plan.against:
        raise Refused(*plan.against)
    still = [one for one in plan.differences if one.key not in choices]
    if still:
        raise Refused(
            *(
                Objection(
                    f"differs:{one.key}",
                    Level.WARN,
                    f"{one.say}请选择保留本机的，或者采用文件里的。",
                    field="choices",
                )
                for one in still
            )
        )


class _Opening:
    """Writes what a plan says, table by table, so that each row finds what it points at."""

    def __init__(
        self,
        store: Store,
        session: Session,
        given: CaseFile,
        plan: Plan,
        choices: Mapping[str, str],
        kept: list[Path],
    ) -> None:
        self.store, self.session, self.given = store, session, given
        self.plan, self.choices, self.kept = plan, choices, kept
        self.linked: Linked = plan.linked
        self.added = self.changed = 0
        self.numbered: list[tuple[str, str]] = []

    def run(self, now: datetime, actor: str) -> CaseOpened:
        self._officers()
        rows = self.given.rows["rows"]
        for name in ("party", "enforcement_case", "lead", *rows_of.OWN):
            for said in rows.get(name, ()):
                self._row(name, said)
        key = self.linked.ids["enforcement_case", self.given.manifest["case"]]
        case = self.session.get(Case, key)
        assert case is not None
        held = case_recordings.link_all(self.session, self.given.rows, key, actor=actor)
        self._numbers()
        self.added += held
        if self.added or self.changed or self.plan.new:
            self.session.add(
                CaseOpening(
                    case_id=key,
                    package_sha256=self.given.sha256,
                    exported_at=datetime.fromisoformat(self.given.manifest["exported_at"]),
                    exported_by=str(self.given.manifest["exported_by"]),
                    added=self.added,
                    changed=self.changed,
                    choices=dict(self.choices),
                    facts=dict(self.given.rows.get("facts") or {}) or None,
                    opened_at=now,
                    opened_by=actor,
                )
            )
        return CaseOpened(
            key, case.number, self.plan.new, self.added, self.changed, self.plan.remarks
        )

    def _numbers(self) -> None:
        """What was numbered elsewhere is never drawn here again."""
        kinds = course_rules.series_kinds()
        for kind, number in self.numbered:
            if kind in kinds and number:
                numbering.place_imported(self.session, kind, number)

    def _officers(self) -> None:
        """People this office does not know are noted, inactive: their names stand in the case."""
        posts = {one.value: one for one in OfficerPost}
        for one in self.given.rows["registers"].get("officer", ()):
            if ("officer", one["uid"]) in self.linked.ids:
                continue
            row = Officer(
                uid=UUID(one["uid"]),
                name=one["name"],
                post=posts[one["post"]],
                active=False,
                note="随案件文件带来",
            )
            self.session.add(row)
            self.session.flush()
            self.linked.ids["officer", one["uid"]] = row.id or 0

    def _row(self, name: str, said: dict[str, Any]) -> None:
        mark = said["_identity"]
        known = (
            self.session.get(rows_of.model_of(name), key)
            if (key := self.linked.ids.get((name, mark)))
            else None
        )
        if known is None:
            self._add(name, said)
            return
        wanted = [
            one
            for one in self.plan.differences
            if (one.table, one.mark) == (name, mark) and self.choices.get(one.key) == "theirs"
        ]
        if wanted:
            self._change(name, known, said, wanted)

    def _add(self, name: str, said: dict[str, Any]) -> None:
        values = self.linked.values(name, said)
        if name == "document":
            values["vault_name"] = self._keep(said["sha256"], said["title"])
            self.numbered.append((said["template_key"], said["number"]))
        if name == "enforcement_case":
            self.numbered.append((SeriesKind.CASE_FILING.value, said["number"]))
        if name == "evidence_item" and values.get("evidence_file_id"):
            lay = str(values.get("original_lies") or "")
            values["original_lies"] = "" if lay.startswith(rows_of.AT_HOME) else lay
        if name == "lead":
            values |= self._serial(values["year"])
        row = rows_of.model_of(name)(**values)
        self.session.add(row)
        self.session.flush()
        self.linked.ids[name, said["_identity"]] = row.id  # type: ignore[attr-defined]
        self.added += 1

    def _change(
        self, name: str, row: SQLModel, said: dict[str, Any], wanted: list[Difference]
    ) -> None:
        values = self.linked.values(name, said)
        try:
            with self.session.begin_nested():
                for one in wanted:
                    setattr(row, one.column, values[one.column])
                self.session.add(row)
                self.session.flush()
        except IntegrityError as error:
            raise block(
                "row_frozen",
                f"{wanted[0].say}本机的这一条已经冻结，不能改成文件里的内容。请选择保留本机的。",
                "行政处罚法（2021）第四十七条",
                "choices",
            ) from error
        self.changed += len(wanted)

    def _keep(self, sha256: str, title: str) -> str:
        data = self.given.files.get(sha256)
        if data is None:
            raise Trouble(f"案件文件里没有《{title}》的原件，没有打开。请向原单位重新索取。")
        kept = vault.keep(self.store.vault, data, suffix=".pdf")
        self.kept.append(self.store.vault / kept.name)
        if kept.sha256 != sha256:
            raise Trouble(f"《{title}》与校验值不符，没有打开。请向原单位重新索取。")
        return kept.name

    def _serial(self, year: int) -> dict[str, int]:
        """A lead counts in the register of this home: the next serial of its year."""
        used = self.session.exec(select(Lead.serial).where(Lead.year == year)).all()
        return {"serial": max(used, default=0) + 1}
