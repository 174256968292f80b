"""What opening a case file would do here: which rows are new, which are the same, which differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from enforcer.errors import Level, Objection
from enforcer.exchange.case_file import CaseFile
from enforcer.models import Case, Decision, Officer, Organ, Party, PowerSource
from enforcer.models.base import TAKEN_BACK_TOO
from enforcer.queries import case_file_rows as rows_of

COLUMNS = {
    "number": "编号",
    "stage": "阶段",
    "cause": "案由",
    "party_name": "当事人",
    "name": "名称",
    "address": "住址",
    "phone": "电话",
    "place": "地点",
    "act": "违法事实",
    "acted_at": "违法时间",
    "acted_on": "违法日期",
    "filed_on": "立案日期",
    "closed_on": "结案日期",
    "officer1": "承办人",
    "officer2": "承办人",
    "note": "备注",
    "state": "状态",
    "void_reason": "作废原因",
    "words": "意见",
    "reviewed_on": "复核日期",
    "disposed_on": "处理日期",
    "rechecked_on": "复查日期",
    "corrected": "是否改正",
    "replied_on": "答复日期",
    "outcome": "结果",
    "served_on": "送达日期",
    "legal_representative": "法定代表人",
    "id_number": "证件号码",
}
"""What an officer calls the columns that come to differ; the rest is named by its table alone."""
_NOT_COMPARED = frozenset(
    {"_identity", "case_id", "lead_id", "serial", "year", "merged_into_id", "original_lies"}
    | {"evidence_file_id"}
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same here as in the file."""

    table: str
    mark: str
    column: str
    mine: str
    theirs: str

    @property
    def key(self) -> str:
        return f"{self.table}/{self.mark}/{self.column}"

    @property
    def what(self) -> str:
        label = COLUMNS.get(self.column, "内容")
        return f"{rows_of.LABELS[self.table]}的{label}"

    @property
    def say(self) -> str:
        return f"{self.what}不同：本机是“{self.mine}”，文件里是“{self.theirs}”。"


@dataclass(slots=True)
class Linked:
    """Numbers of rows in this home by table and identity; grows while rows are written."""

    ids: dict[tuple[str, str], int] = field(default_factory=dict)

    def values(self, name: str, said: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of a row as this home takes them."""
        found: dict[str, Any] = {}
        for column in rows_of.table_of(name).columns:
            if column.name not in said:
                continue
            value = said[column.name]
            target = rows_of.target_of(column)
            if target:
                found[column.name] = self.ids.get((target, value)) if value else None
            elif column.name in rows_of.OFFICER_LISTS and isinstance(value, list):
                found[column.name] = [self.ids.get(("officer", one), 0) for one in value if one]
            else:
                found[column.name] = rows_of.stored(column, value)
        if name == "case_event":
            found["detail"] = self._detail(said)
        elif name == "document":
            found["fields"] = self._fields(said)
        elif "of_id" in found:
            table = rows_of.ROW_OF.get(found["of"], "")
            found["of_id"] = self.ids.get((table, said["of_id"]), 0)
        return found

    def _detail(self, said: Mapping[str, Any]) -> dict[str, Any]:
        detail = dict(said.get("detail") or {})
        if isinstance(detail.get("row"), str):
            table = next(
                (name for key, name in rows_of.ROW_OF.items() if key.value == said["step"]), ""
            )
            detail["row"] = self.ids.get((table, detail["row"]), 0)
        return detail

    def _fields(self, said: Mapping[str, Any]) -> dict[str, Any]:
        fields = dict(said.get("fields") or {})
        issue = fields.get("issue")
        if isinstance(issue, dict) and isinstance(issue.get("row"), str):
            tables = rows_of.paper_tables(said["template_key"])
            found = [
                self.ids[name, issue["row"]] for name in tables if (name, issue["row"]) in self.ids
            ]
            fields["issue"] = issue | {"row": found[0] if found else 0}
        return fields


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done; `against` is why the file cannot be opened at all."""

    number: str
    party: str
    exported_at: str
    exported_by: str
    new: bool
    added: int
    same: int
    differences: tuple[Difference, ...]
    remarks: tuple[str, ...]
    against: tuple[Objection, ...]
    linked: Linked


def planned(session: Session, given: CaseFile) -> Plan:
    """Compare the file with this home; nothing is written."""
    rows, manifest = given.rows["rows"], given.manifest
    linked = Linked()
    remarks = list(_registers(session, given, linked))
    _party(session, rows, linked)
    differences: list[Difference] = []
    added = same = 0
    for name in ("enforcement_case", "lead", "party", *rows_of.OWN):
        for said in rows.get(name, ()):
            row: Any = _known(session, name, said, linked)
            if row is None:
                added += 1
                continue
            linked.ids[name, said["_identity"]] = row.id
    for name in ("enforcement_case", "lead", "party", *rows_of.OWN):
        for said in rows.get(name, ()):
            key = linked.ids.get((name, said["_identity"]))
            if key is None:
                continue
            row = session.get(rows_of.model_of(name), key)
            assert row is not None
            found = list(_differences(name, row, said, linked))
            differences += found
            same += not found
    new = ("enforcement_case", str(manifest["case"])) not in linked.ids
    return Plan(
        str(manifest["number"]),
        str(manifest.get("party", "")),
        str(manifest["exported_at"]),
        str(manifest["exported_by"]),
        new,
        added,
        same,
        tuple(differences),
        tuple(remarks),
        tuple(_against(session, rows, linked)),
        linked,
    )


def _registers(session: Session, given: CaseFile, linked: Linked) -> Iterator[str]:
    """Find the office's own rows the case points at; say what this home does not know."""
    kinds: tuple[tuple[str, Any, Any], ...] = (
        ("organ", Organ, Organ.name),
        ("power_source", PowerSource, PowerSource.document_title),
        ("officer", Officer, Officer.name),
    )
    what = {"organ": "机关", "power_source": "权力来源", "officer": "人员"}
    for name, model, column in kinds:
        for one in given.rows["registers"].get(name, ()):
            row: Any = rows_of.known_row(session, name, one["uid"])
            if row is None:
                alike = session.exec(select(model).where(column == one["name"])).all()
                row = alike[0] if len(alike) == 1 else None
            if row is not None:
                linked.ids[name, one["uid"]] = row.id
            elif name == "officer":
                yield f"本机没有人员“{one['name']}”，将登记为不在岗，只用于显示这个案件。"
            else:
                yield (
                    f"本机没有{what[name]}“{one['name']}”，案件会先空着这一项，请在案件或者设置里补登。"
                )


def _party(session: Session, rows: Mapping[str, Any], linked: Linked) -> None:
    """The same party is known by its number, whatever it was registered as here."""
    for said in rows.get("party", ()):
        if rows_of.known_row(session, "party", said["_identity"]) is not None:
            continue
        if not said.get("id_number"):
            continue
        alike = session.exec(
            select(Party).where(
                Party.id_number == said["id_number"], col(Party.merged_into_id).is_(None)
            )
        ).all()
        if len(alike) == 1:
            linked.ids["party", said["_identity"]] = alike[0].id or 0


def _known(session: Session, name: str, said: Mapping[str, Any], linked: Linked) -> SQLModel | None:
    key = linked.ids.get((name, said["_identity"]))
    if key is not None:
        return session.get(rows_of.model_of(name), key)
    return rows_of.known_row(session, name, said["_identity"])


def _differences(
    name: str, row: SQLModel, said: Mapping[str, Any], linked: Linked
) -> Iterator[Difference]:
    values = linked.values(name, said)
    for column, theirs in values.items():
        if column in _NOT_COMPARED or column in rows_of.LEFT_OUT or column == "uid":
            continue
        mine = getattr(row, column)
        if rows_of.plain(mine) != rows_of.plain(theirs):
            yield Difference(name, said["_identity"], column, _shown(mine), _shown(theirs))


def _shown(value: Any) -> str:
    """A value as an officer reads it."""
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if hasattr(value, "label"):
        return str(value.label)
    text = str(rows_of.plain(value))
    return text if len(text) <= 60 else f"{text[:59]}…"


def _against(session: Session, rows: Mapping[str, Any], linked: Linked) -> Iterator[Objection]:
    """Numbers that another case of this home bears already."""
    for name, model, what in (
        ("enforcement_case", Case, "案号"),
        ("decision", Decision, "决定书文号"),
    ):
        for said in rows.get(name, ()):
            number = said["number"]
            other = session.exec(
                select(model).where(model.number == number),
                execution_options={TAKEN_BACK_TOO: True},
            ).first()
            if other is not None and linked.ids.get((name, said["_identity"])) != other.id:  # type: ignore[attr-defined]
                yield Objection(
                    "number_taken",
                    Level.BLOCK,
                    f"本机另有一个案件用着{what}“{number}”，不是同一个案件，没有打开。"
                    "请与原单位核对编号。",
                    field="path",
                )


__all__ = ["Difference", "Linked", "Plan", "planned"]
