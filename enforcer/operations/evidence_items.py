"""The evidence list of a case: clips, files and things, what each proves, who verified it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session, col, func, select

from enforcer.errors import Level, Objection, Refused
from enforcer.evidence_terms import ActionKind, AfterDecision, EvidenceKind, MediaKind
from enforcer.exchange.media_names import CHINA
from enforcer.models import Case, EvidenceFile, EvidenceItem, Officer
from enforcer.operations import evidence_uses
from enforcer.operations.editing import RegisterForm, block, fill, once, refuse_if, row_for
from enforcer.operations.evidence_acts import registered
from enforcer.operations.registry import operation
from enforcer.store.database import Store
from enforcer.text import Line, OptionalLine, OptionalName, OptionalParagraph, Paragraph

_RECORDED = "执法记录仪现场录制"
KINDS_CITE = "行政处罚法（2021）第四十六条"
SOUND_CITE = "最高人民法院关于行政诉讼证据若干问题的规定第十二条第三项"


class EvidenceItemForm(RegisterForm):
    """One line of the list; in and out marks are milliseconds in the original, none: all of it.

    `reason` answers the warnings.
    """

    case_id: int = Field(title="案件")
    file_id: int | None = Field(default=None, title="证据文件")
    kind: EvidenceKind = Field(title="证据种类")
    title: Line = Field(title="证据名称")
    in_ms: int | None = Field(default=None, title="起点", ge=0)
    out_ms: int | None = Field(default=None, title="止点", ge=0)
    proves: Paragraph = Field(title="证明对象")
    words: OptionalParagraph = Field(default="", title="声音内容的文字记录")
    made_by: OptionalName = Field(default="", title="制作人")
    made_how: OptionalLine = Field(default="", title="制作方法")
    made_at: AwareDatetime | None = Field(default=None, title="制作时间")
    place: OptionalLine = Field(default="", title="制作地点")
    original_lies: OptionalLine = Field(default="", title="原件（原始载体）存放处")
    pages: int | None = Field(default=None, title="页数", ge=1, le=100_000)
    reason: OptionalLine = Field(default="", title="说明的理由")


class VerifyItemForm(BaseModel):
    """Who verified a piece of evidence, how, when (第四十六条第二款)."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    item_id: int = Field(title="证据")
    verified_by_id: int = Field(title="查证人")
    verified_how: Line = Field(title="查证方法")
    verified_on: date = Field(title="查证日期")


class RemoveItemForm(BaseModel):
    """A line that does not belong on the list."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    item_id: int = Field(title="证据")
    reason: Line = Field(title="移出的原因")


@operation("登记证据", EvidenceItemForm)
def save_evidence_item(
    store: Store, form: EvidenceItemForm, *, today: date, now: datetime, actor: str
) -> int:
    """Enter or change a line of the list; the original is only referred to, never cut."""

    def deed(session: Session) -> int:
        row = row_for(session, EvidenceItem, form, what="证据")
        if row is not None and row.removed_at is not None:
            raise block("item_removed", "这条证据已经移出清单，不能修改。")
        case = session.get(Case, form.case_id)
        if case is None:
            raise block("case_gone", "没有这个案件，请重新选择。", "", "case_id")
        if row is not None and (row.case_id, row.evidence_file_id) != (form.case_id, form.file_id):
            raise block("item_moved", "已登记的证据不能换案件、换文件；请移出以后重新登记。")
        file = registered(session, form.file_id) if form.file_id is not None else None
        _refuse_wrong(form, file, today)
        _refuse_unsaid(form, file)
        if file is not None:
            evidence_uses.link(session, file, ActionKind.CASE, form.case_id, now=now, actor=actor)
        made_at = form.made_at or (file.begins_at if file else None)
        if row is None:
            row = EvidenceItem(
                case_id=form.case_id,
                evidence_file_id=form.file_id,
                position=_next(session, form.case_id),
                kind=form.kind,
                title=form.title,
                proves=form.proves,
                after_decision=_after(session, form, file, now),
                noted_at=now,
                noted_by=actor,
            )
        fill(
            row,
            {
                **form.model_dump(
                    include={
                        "kind",
                        "title",
                        "in_ms",
                        "out_ms",
                        "proves",
                        "words",
                        "place",
                        "original_lies",
                        "pages",
                        "reason",
                    }
                ),
                "made_how": form.made_how or (_RECORDED if file and file.recorder_id else ""),
                "made_by": form.made_by or (file.officer if file else ""),
                "made_at": made_at,
                "made_on": made_at.astimezone(CHINA).date() if made_at else None,
            },
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="save_evidence_item", now=now, actor=actor, deed=deed)


@operation("查证证据", VerifyItemForm)
def verify_evidence_item(
    store: Store, form: VerifyItemForm, *, today: date, now: datetime, actor: str
) -> int:
    """Say who verified it, how and when: only then may it be the ground of facts."""
    if form.verified_on > today:
        refuse_if({"verified_on": f"查证日期 {form.verified_on} 晚于今天，请核对。"})

    def deed(session: Session) -> int:
        row = _item(session, form.item_id)
        person = session.get(Officer, form.verified_by_id)
        if person is None:
            refuse_if({"verified_by_id": "查证人没有登记，请重新选择。"})
        assert person is not None
        taken = row.made_on
        if taken is not None and form.verified_on < taken:
            refuse_if(
                {"verified_on": f"查证日期 {form.verified_on} 早于证据的制作日期 {taken}，请核对。"}
            )
        row.verified_by_id, row.verified_by = form.verified_by_id, person.name
        row.verified_how, row.verified_on = form.verified_how, form.verified_on
        session.add(row)
        return form.item_id

    return once(store, form, name="verify_evidence_item", now=now, actor=actor, deed=deed)


@operation("移出证据清单", RemoveItemForm)
def remove_evidence_item(
    store: Store,
    form: RemoveItemForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Take a line off the list; its row stays with the reason."""

    def deed(session: Session) -> int:
        row = _item(session, form.item_id)
        row.removed_at, row.removed_by, row.removed_reason = now, actor, form.reason
        session.add(row)
        return form.item_id

    return once(store, form, name="remove_evidence_item", now=now, actor=actor, deed=deed)


def _item(session: Session, item_id: int) -> EvidenceItem:
    row = session.get(EvidenceItem, item_id)
    if row is None or row.removed_at is not None:
        raise block("item_gone", "这条证据已经不在清单里，请重新载入。")
    return row


def _next(session: Session, case_id: int) -> int:
    last = session.exec(
        select(func.max(col(EvidenceItem.position))).where(EvidenceItem.case_id == case_id)
    ).one()
    return (last or 0) + 1


def _refuse_wrong(form: EvidenceItemForm, file: EvidenceFile | None, today: date) -> None:
    wrong: dict[str, str] = {}
    if file is None:
        if form.in_ms is not None or form.out_ms is not None:
            wrong["in_ms"] = "没有录音录像文件的证据没有起止点，请清除。"
        if not form.original_lies:
            wrong["original_lies"] = "没有登记文件的证据，请写明原件（原始载体）存放在哪里。"
    elif (form.in_ms is not None or form.out_ms is not None) and file.media not in (
        MediaKind.VIDEO,
        MediaKind.AUDIO,
        MediaKind.OTHER,
    ):
        wrong["in_ms"] = f"{file.media.label}没有起止点，请清除。"
    begin, end = form.in_ms or 0, form.out_ms
    if end is not None and end <= begin:
        wrong["out_ms"] = "止点要在起点之后，请核对。"
    length = file.duration_ms if file else None
    if length is not None and max(begin, end or 0) > length:
        wrong["out_ms" if (end or 0) > length else "in_ms"] = (
            f"超出了录像的长度（{length / 1000:.1f} 秒），请核对。"
        )
    if form.made_at and form.made_at.astimezone(CHINA).date() > today:
        wrong["made_at"] = "制作时间晚于今天，请核对。"
    refuse_if(wrong)


def _refuse_unsaid(form: EvidenceItemForm, file: EvidenceFile | None) -> None:
    """Warnings that a reason settles: sound without its words, a kind that does not fit."""
    if form.reason:
        return
    found = []
    if file is not None and file.media is MediaKind.AUDIO and not form.words:
        found.append(
            Objection(
                "sound_without_words",
                Level.WARN,
                "声音资料应当附有该声音内容的文字记录。请补填，或者写明原因。",
                SOUND_CITE,
                "words",
            )
        )
    recorded = file is not None and file.media in (MediaKind.VIDEO, MediaKind.AUDIO)
    if recorded and form.kind not in (EvidenceKind.AUDIO_VISUAL, EvidenceKind.ELECTRONIC):
        found.append(
            Objection(
                "kind_unusual",
                Level.WARN,
                f"录音录像一般是“{EvidenceKind.AUDIO_VISUAL.label}”或者"
                f"“{EvidenceKind.ELECTRONIC.label}”，这里选的是“{form.kind.label}”。"
                "请核对，或者写明原因。",
                KINDS_CITE,
                "kind",
            )
        )
    if found:
        raise Refused(*found)


def _after(
    session: Session, form: EvidenceItemForm, file: EvidenceFile | None, now: datetime
) -> AfterDecision:
    at = (file.begins_at if file else None) or form.made_at
    return evidence_uses.after_decision(session, form.case_id, at, now)[0]
