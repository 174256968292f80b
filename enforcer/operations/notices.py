"""温馨告知书: issue one or many, void, outcome, the ladder; blanks and prints beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, select

from enforcer.documents.notice_fields import notice_fields
from enforcer.errors import InvalidForm, Level, Objection, Refused
from enforcer.identity import NotAccepted, read_plate
from enforcer.law import catalogue
from enforcer.models import Document, LadderRule, Notice, Setting
from enforcer.operations import notice_blanks, notice_prints, wording
from enforcer.operations.notice_desk import NEXT_STEP, Desk
from enforcer.operations.notice_entry import Entry
from enforcer.operations.notice_forms import (
    BatchLine,
    IssuedBatch,
    IssuedNotice,
    LadderRuleForm,
    NextStepForm,
    NoticeBatchForm,
    NoticeContent,
    NoticeForm,
    OutcomeForm,
    RowRefusal,
    VoidNoticeForm,
    ordered,
)
from enforcer.operations.notice_issue import Order, Printed, Wanted, carry_out, rows_of
from enforcer.operations.notice_rows import chosen_rows
from enforcer.operations.numbering import Drawn, peek, year_of
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import office
from enforcer.store.database import Store, bulk_insert
from enforcer.terms import DocumentState, NoticeState, SeriesKind

give_blanks, register_blank = notice_blanks.give_blanks, notice_blanks.register_blank
print_notices, sheets_of = notice_prints.print_notices, notice_prints.sheets_of
count_print, paper_of = notice_prints.count_print, notice_prints.paper_of


@dataclass(frozen=True, slots=True)
class BatchPreview:
    """What a batch would issue, before any number is drawn."""

    entries: tuple[Entry, ...]
    lines: tuple[int, ...]
    refused: tuple[RowRefusal, ...]
    remarks: tuple[str, ...]


@operation("签发温馨告知书", NoticeForm)
def issue_notice(
    store: Store, form: NoticeForm, *, today: date, now: datetime, actor: str
) -> IssuedNotice:
    """Issue one notice: checks, number, frozen paper, row, all or none."""
    with store.reading() as session:
        if done := earlier_answer(session, form.request_id):
            return IssuedNotice.of(done)
        entry = Desk(session, now).judge(form, form.organ_id)
    order = Order([_wanted(entry)], 1, form.request_id, "issue_notice", today, now, actor)

    def write(
        session: Session, printed: Printed, numbers: Sequence[Drawn], document: Document
    ) -> IssuedNotice:
        assert document.id is not None
        row = Notice(**rows_of([entry], numbers, printed, document.id, per_sheet=1)[0])
        session.add(row)
        session.flush()
        assert row.id is not None
        return IssuedNotice(row.id, row.number, document.id, document.vault_name, document.sha256)

    return carry_out(store, order, write, again=IssuedNotice.of, as_json=IssuedNotice.as_json)


def preview_notice(store: Store, form: NoticeContent, *, today: date, now: datetime) -> bytes:
    """The paper as `issue_notice` would make it now, or why it would not; nothing is drawn.

    The number is the one that stands next; another desk may be quicker.
    """
    from enforcer.documents import pdf

    with store.reading() as session:
        organ_id = form.organ_id if isinstance(form, NoticeForm) else None
        entry = Desk(session, now).judge(form, organ_id)
        wanted = _wanted(entry)
        number = peek(session, wanted.organ_id, SeriesKind.NOTICE, wanted.year)[0].number
        template = office.template_on(session, SeriesKind.NOTICE.value, today)
    return pdf.render(template, notice_fields(entry.facts(number))).pdf


def preview_batch(
    store: Store, lines: Sequence[BatchLine], *, organ_id: int | None = None, now: datetime
) -> BatchPreview:
    """What `issue_batch` would do with these rows; nothing is drawn, nothing written."""
    with store.reading() as session:
        return _judged(session, lines, organ_id, now)


@operation("批量签发温馨告知书", NoticeBatchForm)
def issue_batch(
    store: Store,
    form: NoticeBatchForm,
    *,
    today: date,
    now: datetime,
    actor: str,
    note: Callable[[int, int], object] | None = None,
) -> IssuedBatch:
    """Issue many notices as one frozen document; a refused row does not stop the others.

    `note` is told how far it is; when it raises, nothing is drawn and nothing written.
    """
    with store.reading() as session:
        if done := earlier_answer(session, form.request_id):
            return IssuedBatch.of(done)
        judged = _judged(session, form.rows, form.organ_id, now)
    if not judged.entries:
        return IssuedBatch(None, "", "", 0, judged.refused, judged.remarks)
    wanted = [_wanted(one) for one in judged.entries]
    order = Order(wanted, form.per_sheet, form.request_id, "issue_batch", today, now, actor, note)

    def write(
        session: Session, printed: Printed, numbers: Sequence[Drawn], document: Document
    ) -> IssuedBatch:
        assert document.id is not None
        rows = rows_of(judged.entries, numbers, printed, document.id, per_sheet=form.per_sheet)
        bulk_insert(session, Notice, rows, say=f"批量签发温馨告知书 {document.number}")
        return IssuedBatch(
            document.id,
            numbers[0].number,
            numbers[-1].number,
            len(numbers),
            judged.refused,
            judged.remarks,
            document.vault_name,
            document.sha256,
        )

    return carry_out(store, order, write, again=IssuedBatch.of, as_json=IssuedBatch.as_json)


@operation("作废温馨告知书", VoidNoticeForm)
def void_notices(
    store: Store, form: VoidNoticeForm, *, today: date, now: datetime, actor: str
) -> list[str]:
    """Void issued notices or blanks: number and reason are kept for ever, and never used again."""
    del today
    with store.unit(actor=actor, operation="void_notices") as session:
        if done := earlier_answer(session, form.request_id):
            return [str(one) for one in done["numbers"]]
        rows = chosen_rows(session, form.notice_ids)
        if void := [one.number for one in rows if one.state is NoticeState.VOID]:
            raise Refused(
                Objection(
                    "notice_already_void",
                    Level.BLOCK,
                    f"{'、'.join(void[:5])} 已经作废，不能再作废一次；作废原因保留不变。",
                )
            )
        for one in rows:
            one.state = NoticeState.VOID
            one.void_reason, one.voided_by, one.voided_at = form.reason, actor, now
            session.add(one)
            _void_document(session, one, form.reason)
        numbers = [one.number for one in rows]
        remember(session, form.request_id, "void_notices", {"numbers": numbers}, now=now)
    return numbers


def _void_document(session: Session, notice: Notice, reason: str) -> None:
    """A paper that holds this notice alone is void with it; a batch stays for the others."""
    if notice.document_id is None:
        return
    paper = session.get(Document, notice.document_id)
    if paper is not None and paper.number == notice.number:
        paper.state, paper.void_reason = DocumentState.VOID, reason
        session.add(paper)


@operation("登记处置结果", OutcomeForm)
def set_outcome(
    store: Store, form: OutcomeForm, *, today: date, now: datetime, actor: str
) -> list[str]:
    """Note how it ended: 已驶离, 未驶离, 转处罚; the change stands in the log."""
    del today
    with store.unit(actor=actor, operation="set_outcome") as session:
        if done := earlier_answer(session, form.request_id):
            return [str(one) for one in done["numbers"]]
        rows = chosen_rows(session, form.notice_ids)
        if wrong := [one for one in rows if one.state is not NoticeState.ISSUED]:
            raise Refused(
                Objection(
                    "notice_not_issued",
                    Level.BLOCK,
                    f"{wrong[0].number} 是{wrong[0].state.label}，没有处置结果可登记。",
                )
            )
        for one in rows:
            if one.outcome is not form.outcome:
                one.outcome = form.outcome
                session.add(one)
        numbers = [one.number for one in rows]
        remember(session, form.request_id, "set_outcome", {"numbers": numbers}, now=now)
    return numbers


@operation("设定三次告知", LadderRuleForm)
def save_ladder_rule(
    store: Store, form: LadderRuleForm, *, today: date, now: datetime, actor: str
) -> int:
    """Set the ladder of one item, or (no item) of all the others."""
    if form.item_key and catalogue.item(form.item_key, today) is None:
        raise InvalidForm({"item_key": f"事项“{form.item_key}”不在法规清单里，请重新选择。"})
    with store.unit(actor=actor, operation="save_ladder_rule") as session:
        if done := earlier_answer(session, form.request_id):
            return int(done["id"])
        row = session.exec(select(LadderRule).where(LadderRule.item_key == form.item_key)).first()
        if row is None:
            row = LadderRule(
                item_key=form.item_key, notices=form.notices, days=form.days, then=form.then
            )
        row.notices, row.days, row.then, row.basis = (
            form.notices,
            form.days,
            form.then,
            form.basis,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        remember(session, form.request_id, "save_ladder_rule", {"id": row.id}, now=now)
        return row.id


@operation("设定告知书的提示语", NextStepForm)
def set_next_step(
    store: Store, form: NextStepForm, *, today: date, now: datetime, actor: str
) -> None:
    """Set the office's own last sentence on the notice; empty prints none.

    Refused where it would make the notice an order or a penalty (行政处罚法 第九条).
    """
    del today
    if found := wording.courteous_faults(form.text):
        raise Refused(*(replace(one, field="text") for one in found))
    with store.unit(actor=actor, operation="set_next_step") as session:
        if earlier_answer(session, form.request_id) is not None:
            return
        row = session.get(Setting, NEXT_STEP) or Setting(key=NEXT_STEP)
        row.value = {"text": form.text}
        session.add(row)
        remember(session, form.request_id, "set_next_step", {}, now=now)


def next_step_of(store: Store) -> str:
    """The office's own last sentence on the notice; empty when none is printed."""
    with store.reading() as session:
        row = session.get(Setting, NEXT_STEP)
        return str((row.value or {}).get("text", "")) if row else ""


def _judged(
    session: Session, lines: Sequence[BatchLine], organ_id: int | None, now: datetime
) -> BatchPreview:
    desk = Desk(session, now)
    desk.learn(_key(one.plate) for one in lines)
    entries: list[Entry] = []
    rows: list[int] = []
    refused: list[RowRefusal] = []
    remarks: list[str] = []
    for line in lines:
        found = desk.judge_line(line, organ_id)
        if isinstance(found, RowRefusal):
            refused.append(found)
            continue
        if desk.same_before(found):
            remarks.append(
                f"第{line.row}行：{found.plate.text} 在同一时间、同一地点已有告知，请核对是否重复。"
            )
        desk.remember(found)
        entries.append(found)
        rows.append(line.row)
    return BatchPreview(tuple(entries), tuple(rows), ordered(refused), tuple(remarks))


def _key(plate: str) -> str:
    try:
        return read_plate(plate).key
    except NotAccepted:
        return ""


def _wanted(entry: Entry) -> Wanted:
    return Wanted(entry.standing.organ_id, year_of(entry.noticed_at), entry.facts)
