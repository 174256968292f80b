"""Numbered blanks for a patrol: given out, and registered when they come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Session

from enforcer.documents.notice_fields import NoticeFacts, notice_fields
from enforcer.errors import Level, Objection, Refused
from enforcer.models import Document, Notice
from enforcer.operations.notice_desk import Desk
from enforcer.operations.notice_forms import (
    GiveBlanksForm,
    GivenBlanks,
    IssuedNotice,
    RegisterBlankForm,
)
from enforcer.operations.notice_issue import (
    Order,
    Printed,
    Wanted,
    carry_out,
    content_of,
    document_of,
    forget,
    print_one,
)
from enforcer.operations.notice_rows import chosen_rows
from enforcer.operations.numbering import Drawn
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import office
from enforcer.store.database import Store
from enforcer.terms import NoticeState, Origin, SeriesKind


@operation("领用空白告知书", GiveBlanksForm)
def give_blanks(
    store: Store, form: GiveBlanksForm, *, today: date, now: datetime, actor: str
) -> GivenBlanks:
    """Number and print blanks for an officer's patrol; each number must come back or be void."""
    with store.reading() as session:
        if done := earlier_answer(session, form.request_id):
            return GivenBlanks.of(done)
        desk = Desk(session, now)
        holder = desk.holder(form.officer_id, today)
        standing = desk.standing(form.item_key, today, form.organ_id)
        wording = desk.wording(form.item_key, today)
        next_step = desk.next_step
    uids = [uuid4() for _ in range(form.count)]

    def wanted(uid: UUID) -> Wanted:
        return Wanted(
            standing.organ_id,
            today.year,
            lambda number: NoticeFacts(
                number=number,
                uid=uid,
                sender=standing.sender,
                wording=wording,
                blank=True,
                next_step=next_step,
            ),
        )

    def write(
        session: Session, printed: Printed, numbers: Sequence[Drawn], document: Document
    ) -> GivenBlanks:
        assert document.id is not None
        places = zip(printed.paper.page_of, printed.paper.slot_of, strict=True)
        rows = [
            Notice(
                uid=uid,
                number=drawn.number,
                series_id=drawn.series_id,
                serial=drawn.serial,
                state=NoticeState.BLANK,
                origin=Origin.MADE_HERE,
                organ_id=standing.organ_id,
                item_key=form.item_key,
                blank_holder_id=holder.id,
                blank_given_on=today,
                document_id=document.id,
                page=page,
                position=(page - 1) * form.per_sheet + slot,
                frozen=fields,
            )
            for uid, drawn, fields, (page, slot) in zip(
                uids, numbers, printed.fields, places, strict=True
            )
        ]
        session.add_all(rows)
        session.flush()
        return GivenBlanks(
            document.id,
            tuple(one.id or 0 for one in rows),
            numbers[0].number,
            numbers[-1].number,
            document.vault_name,
            document.sha256,
        )

    order = Order(
        [wanted(one) for one in uids],
        form.per_sheet,
        form.request_id,
        "give_blanks",
        today,
        now,
        actor,
    )
    return carry_out(store, order, write, again=GivenBlanks.of, as_json=GivenBlanks.as_json)


@operation("登记交回的空白告知书", RegisterBlankForm)
def register_blank(
    store: Store, form: RegisterBlankForm, *, today: date, now: datetime, actor: str
) -> IssuedNotice:
    """Enter what was filled in by hand on a numbered blank; its number stays what it is."""
    with store.reading() as session:
        if done := earlier_answer(session, form.request_id):
            return IssuedNotice.of(done)
        blank = _blank(session, form.notice_id)
        entry = Desk(session, now).judge(form, blank.organ_id)
        if blank.blank_given_on and entry.noticed_on < blank.blank_given_on:
            raise Refused(
                Objection(
                    "blank_used_before_given",
                    Level.BLOCK,
                    f"{blank.number} 是 {blank.blank_given_on} 领用的，告知时间不能早于领用日。"
                    "请核对时间或者编号。",
                    "",
                    "noticed_at",
                )
            )
        template = office.template_on(session, SeriesKind.NOTICE.value, today)
        fields = notice_fields(replace(entry.facts(blank.number), uid=blank.uid))
    printed = print_one(store, fields, template)
    with store.unit(actor=actor, operation="register_blank") as session:
        try:
            if done := earlier_answer(session, form.request_id):
                forget(store, printed)
                return IssuedNotice.of(done)
            row = _blank(session, form.notice_id)
            paper = document_of(
                session,
                printed,
                number=row.number,
                per_sheet=1,
                today=today,
                now=now,
                actor=actor,
            )
            assert paper.id is not None
            for name, value in content_of(entry).items():
                setattr(row, name, value)
            row.state = NoticeState.ISSUED
            row.document_id, row.page, row.position = paper.id, 1, 0
            row.frozen = fields
            row.print_count = 1  # the sheet that came back was its first print
            session.add(row)
            answer = IssuedNotice(
                form.notice_id, row.number, paper.id, paper.vault_name, paper.sha256
            )
            remember(session, form.request_id, "register_blank", answer.as_json(), now=now)
            session.flush()
        except BaseException:
            forget(store, printed)
            raise
    return answer


def _blank(session: Session, notice_id: int) -> Notice:
    row = chosen_rows(session, [notice_id])[0]
    if row.state is NoticeState.BLANK:
        return row
    raise Refused(
        Objection(
            "notice_not_blank",
            Level.BLOCK,
            f"{row.number} 已经是“{row.state.label}”，不能再登记。请核对编号。",
        )
    )
