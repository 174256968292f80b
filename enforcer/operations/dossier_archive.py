"""归档: a closed case gets its archive number once; dossiers are handed to the archive room by list."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, func, select

from enforcer.documents import dossier_order
from enforcer.errors import Level, Objection, Refused
from enforcer.law.summary import unsettled
from enforcer.models import ArchiveHandover, Case, Dossier, Setting
from enforcer.operations.dossier_making import Words, assemble
from enforcer.operations.editing import (
    SettingForm,
    block,
    changed_meanwhile,
    once,
    refuse_if,
)
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import dossier_readiness
from enforcer.queries import dossier_settings as chosen
from enforcer.queries.case_file_recordings import archived_elsewhere
from enforcer.queries.looking import version
from enforcer.store.database import Store
from enforcer.terms import Procedure, Stage
from enforcer.text import Line, OptionalLine, OptionalLines

ARTICLE_47 = "行政处罚法（2021）第四十七条"


class ArchiveForm(BaseModel):
    """Who bound the file and who looked it through; `reasons` answer what is still missing."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    case_id: int = Field(title="案件")
    on: date = Field(title="归档日期")
    compiler: Line = Field(title="立卷人", max_length=40)
    inspector: OptionalLine = Field(default="", title="检查人", max_length=40)
    retention: Line = Field(title="保管期限", max_length=20)
    fonds: OptionalLine = Field(default="", title="全宗号", max_length=40)
    words: OptionalLines = Field(default="", title="本卷情况说明", max_length=500)
    reasons: dict[str, str] = Field(default_factory=dict, title="说明")


class HandoverForm(BaseModel):
    """Which dossiers go to the archive room, who gives and who takes them."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    case_ids: tuple[int, ...] = Field(title="案卷", min_length=1, max_length=2000)
    on: date = Field(title="移交日期")
    giver: Line = Field(title="移交人", max_length=40)
    receiver: Line = Field(title="接收人", max_length=40)
    words: OptionalLine = Field(default="", title="备注", max_length=200)


class DossierSettingsForm(SettingForm):
    """How dossiers are bound; an empty retention stays 待机关确认."""

    order_ordinary: str = Field(default="B", title="普通程序的排列顺序")
    order_summary: str = Field(default="C", title="当场处罚的排列顺序")
    split: bool = Field(default=False, title="分正卷、副卷")
    position: Literal["bottom_right", "top_right", "top_outer"] = Field(
        default="bottom_right", title="页码位置"
    )
    scans: Literal["instead", "behind"] = Field(default="instead", title="签名件的位置")
    closing: Literal["refuse", "ask", "tell"] = Field(default="ask", title="结案时材料不齐的")
    fonds: OptionalLine = Field(default="", title="全宗号", max_length=40)
    retention_ordinary: OptionalLine = Field(default="", title="普通程序保管期限", max_length=20)
    retention_summary: OptionalLine = Field(default="", title="当场处罚保管期限", max_length=20)


@operation("归档", ArchiveForm)
def archive_case(store: Store, form: ArchiveForm, *, today: date, now: datetime, actor: str) -> str:
    """Give a closed case its archive number: the closing year and the next serial of that year."""
    if form.on > today:
        refuse_if({"on": "归档日期不能在今天以后。"})
    with store.unit(actor=actor, operation="archive_case") as session:
        if done := earlier_answer(session, form.request_id):
            return str(done["archive_number"])
        case = _closed(session, form)
        if still := unsettled(_missing(session, form.case_id, now), form.reasons):
            raise Refused(*still)
        assert case.closed_on
        year = case.closed_on.year
        serial = _next(session, year)
        number = f"{year}{serial:04d}"
        row = Dossier(
            case_id=form.case_id,
            archive_number=number,
            year=year,
            serial=serial,
            fonds=form.fonds,
            retention=form.retention,
            order_key=chosen.settings(session).order_for(case.procedure).key,
            archived_on=form.on,
            compiler=form.compiler,
            compiled_on=form.on,
            inspector=form.inspector,
            inspected_on=form.on if form.inspector else None,
            words=form.words,
            pages=0,
            sha256="",
            archived_at=now,
            archived_by=actor,
        )
        said = Words(
            number,
            form.on,
            form.retention,
            form.fonds,
            form.compiler,
            form.on,
            form.inspector,
            row.inspected_on,
            form.words,
        )
        bound = assemble(store, form.case_id, today=today, now=now, said=said, where=session).bound
        row.pages, row.volumes, row.sha256 = sum(bound.numbered), len(bound.numbered), bound.sha256
        session.add(row)
        remember(session, form.request_id, "archive_case", {"archive_number": number}, now=now)
        return number


def _closed(session: Session, form: ArchiveForm) -> Case:
    case = session.get(Case, form.case_id)
    if case is None:
        raise block("case_gone", f"没有编号为 {form.case_id} 的案件，请从案件列表重新选择。")
    if case.stage is not Stage.CLOSED or case.closed_on is None:
        raise block(
            "not_closed",
            f"案件 {case.number} 还没有结案，不能归档。请先结案。",
            ARTICLE_47,
            "case_id",
        )
    if form.on < case.closed_on:
        refuse_if({"on": f"归档日期不能早于结案日期（{case.closed_on}）。"})
    known = session.exec(select(Dossier).where(Dossier.case_id == form.case_id)).first()
    if known is not None:
        raise block(
            "archived_already",
            f"案件 {case.number} 已于 {known.archived_on} 归档，归档号 {known.archive_number}，"
            "归档号不能再编一次。",
            field="case_id",
        )
    return case


def _missing(session: Session, case_id: int, now: datetime) -> tuple[Objection, ...]:
    """Every line of the review that is still open asks for a word why the file goes as it is."""
    ready = dossier_readiness.readiness(session, case_id, now=now)
    assert ready is not None
    by_key: dict[str, list[dossier_readiness.Finding]] = {}
    for one in ready.open:
        by_key.setdefault(one.key, []).append(one)
    found = [
        Objection(
            f"dossier_{key.lower()}",
            Level.WARN,
            f"{''.join(one.say for one in many[:5])}"
            f"{f'等{len(many)}处。' if len(many) > 5 else ''}请补齐，或者写明归档的理由。",
            many[0].cite,
            "reasons",
        )
        for key, many in by_key.items()
    ]
    if elsewhere := archived_elsewhere(session, case_id):
        say = f"{elsewhere}，随案件文件带来。再归档会另编本机的归档号，请写明理由。"
        found.append(Objection("archived_elsewhere", Level.WARN, say, ARTICLE_47, "reasons"))
    return tuple(found)


def _next(session: Session, year: int) -> int:
    last = session.exec(select(func.max(col(Dossier.serial))).where(Dossier.year == year)).one()
    return (last or 0) + 1


@operation("移交档案室", HandoverForm)
def hand_over(store: Store, form: HandoverForm, *, today: date, now: datetime, actor: str) -> int:
    """Put archived dossiers on one hand-over list; from then on they stay as they are."""
    if form.on > today:
        refuse_if({"on": "移交日期不能在今天以后。"})

    def deed(session: Session) -> int:
        rows = [_archived(session, one) for one in dict.fromkeys(form.case_ids)]
        late = [one for one in rows if one.archived_on > form.on]
        if late:
            refuse_if({"on": f"{late[0].archive_number} 在 {late[0].archived_on} 才归档。"})
        made = ArchiveHandover(
            on=form.on,
            giver=form.giver,
            receiver=form.receiver,
            words=form.words,
            dossiers=len(rows),
            recorded_at=now,
            recorded_by=actor,
        )
        session.add(made)
        session.flush()
        for one in rows:
            one.handover_id = made.id
            session.add(one)
        return made.id or 0

    return once(store, form, name="hand_over", now=now, actor=actor, deed=deed)


def _archived(session: Session, case_id: int) -> Dossier:
    row = session.exec(select(Dossier).where(Dossier.case_id == case_id)).first()
    if row is None:
        case = session.get(Case, case_id)
        number = case.number if case else case_id
        raise block("not_archived", f"案件 {number} 还没有归档，不能移交。", field="case_ids")
    if row.handover_id is not None:
        raise block(
            "handed_over", f"归档号 {row.archive_number} 的案卷已经移交。", field="case_ids"
        )
    return row


@operation("设置案卷", DossierSettingsForm)
def save_dossier_settings(
    store: Store,
    form: DossierSettingsForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> str:
    """Keep the choices; dossiers archived before keep their number and words."""
    wrong = {}
    for name, procedure in (
        ("order_ordinary", Procedure.ORDINARY),
        ("order_summary", Procedure.SUMMARY),
    ):
        order = dossier_order.order(getattr(form, name))
        if order is None or procedure not in order.procedures:
            wrong[name] = f"没有“{getattr(form, name)}”这种{procedure.label}程序的排列顺序。"
    refuse_if(wrong)

    def deed(session: Session) -> str:
        row = session.get(Setting, chosen.KEY)
        if row is not None and form.loaded and form.loaded != version(row):
            raise changed_meanwhile(session, [("setting", chosen.KEY)], "案卷设置")
        row = row or Setting(key=chosen.KEY)
        value = form.model_dump(mode="json", exclude={"request_id", "loaded"})
        if row.value != value:
            row.value = value
        session.add(row)
        return chosen.KEY

    return once(store, form, name="save_dossier_settings", now=now, actor=actor, deed=deed)
