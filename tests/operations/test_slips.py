"""A step typed by mistake is taken back while nothing rests on it; the record stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, func, select

from enforcer.errors import Refused, StoreTrouble
from enforcer.evidence_terms import ActionKind, AfterDecision, Keeping, MediaKind, RetentionClass
from enforcer.models import (
    AuditEntry,
    Case,
    CaseEvent,
    EvidenceFile,
    EvidenceUse,
    Officer,
    Payment,
    WrittenRecord,
)
from enforcer.models.base import TAKEN_BACK_TOO
from enforcer.operations.course_paper import issue_paper, void_paper
from enforcer.operations.course_paper_forms import IssuePaperForm, VoidPaperForm
from enforcer.operations.replaying import Replayed, Scripted, read_script, replay
from enforcer.operations.slips import TakeBackStepForm, take_back_step
from enforcer.operations.verification import verify
from enforcer.queries import course, course_page, statistics
from enforcer.queries.due import due
from enforcer.store.database import Store
from enforcer.terms import CaseStep, Stage
from tests.courses_made import COURSES, carry

LATER = datetime(2026, 12, 31, 9, tzinfo=UTC)


def carried(store: Store, name: str, until: str) -> Replayed:
    *_, last = carry(store, name, until)
    assert last.ok, last.objections
    return last


def officer(store: Store, name: str) -> int:
    with store.reading() as session:
        return session.exec(select(Officer.id).where(Officer.name == name)).one() or 0


def facts_of(store: Store) -> Any:
    with store.reading() as session:
        return course.facts(session, 1, now=LATER)


def waiting(store: Store) -> Any:
    """What the desk shows."""
    with store.reading() as session:
        return due(session, today=LATER.date())


def take_back(store: Store, by: str = "周敏", **given: Any) -> int:
    form = TakeBackStepForm(
        case_id=1, by_id=officer(store, by) if by else None, reason="录错了对象", **given
    )
    now = store.clock()
    return take_back_step(store, form, today=now.date(), now=now, actor="周敏")


def refused(store: Store, *codes: str, by: str = "周敏", **given: Any) -> str:
    before = facts_of(store)
    with pytest.raises(Refused) as refusal:
        take_back(store, by, **given)
    assert [one.code for one in refusal.value.objections] == list(codes)
    assert facts_of(store) == before
    return str(refusal.value)


class Woven:
    """Steps asked for twice: a replay reads the script through before it takes the first of them."""

    def __init__(self, written: Iterable[Scripted], lived: Iterable[Scripted]) -> None:
        self.turns = iter((written, lived))

    def __iter__(self) -> Iterator[Scripted]:
        return iter(next(self.turns))


@pytest.mark.parametrize(
    "name",
    [
        "citizen_hearing",
        "seizure",
        "unpaid_to_court",
        "first_violation_education",
    ],
)
def test_every_step_taken_back_leaves_the_case_as_it_was(store: Store, name: str) -> None:
    """Each step of a whole course is taken, taken back, and taken again: the course still goes."""
    script = [one for one in read_script(COURSES / f"{name}.toml") if not one.refused]
    went: list[str] = []
    answers: list[Replayed] = []

    def steps() -> Iterator[Scripted]:
        for one in script:
            before, waited = facts_of(store), waiting(store)
            yield one
            assert answers[-1].ok, (one, answers[-1].objections)
            after = facts_of(store)
            taken = after is not None and after.done[-1].id
            if not taken or (before is not None and before.done[-1] == after.done[-1]):
                continue
            yield Scripted("take_back_step", one.at, one.actor, {"reason": "录错了"})
            undone = answers[-1]
            if not undone.ok:
                (code,) = (each.code for each in undone.objections)
                assert code in {"slip_closed", "slip_rests_elsewhere"}, undone
                assert facts_of(store) == after
                continue
            assert facts_of(store) == before, one.op
            assert waiting(store) == waited, one.op
            went.append(one.op)
            yield one

    for done in replay(store, Woven(script, steps())):  # type: ignore[arg-type]
        answers.append(done)
    assert len(went) >= 6
    assert "propose_filing" in went
    assert verify(store, actor="测试").problems == ()


def test_what_was_taken_back_is_marked_and_stays_in_the_log(store: Store) -> None:
    carried(store, "company", "询问")
    assert take_back(store)
    with store.reading() as session:
        stands = session.exec(select(func.count()).select_from(WrittenRecord)).one()
        asked = select(WrittenRecord).order_by(col(WrittenRecord.id))
        both = session.exec(asked, execution_options={TAKEN_BACK_TOO: True}).all()
        entries = session.exec(
            select(AuditEntry).where(AuditEntry.operation == "take_back_step")
        ).all()
        page = course_page.page(session, 1, now=LATER)
    assert stands == 1
    assert [one.taken_back_at is not None for one in both] == [False, True]
    assert {one.table_name for one in entries} >= {"written_record", "case_event", "step_trace"}
    assert page is not None
    (gone,) = page.taken_back
    assert (gone.step, gone.by, gone.reason) == (CaseStep.INQUIRY, "周敏", "录错了对象")
    assert CaseStep.INQUIRY not in [one.step for one in page.entries]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE written_record SET taken_back_at = NULL WHERE taken_back_at IS NOT NULL",
        "UPDATE case_event SET taken_back_at = NULL WHERE taken_back_at IS NOT NULL",
        "UPDATE written_record SET content = '改'",
        "DELETE FROM written_record",
        "DELETE FROM step_trace",
        "UPDATE step_trace SET made = '[]'",
    ],
)
def test_neither_the_record_nor_its_mark_can_be_rubbed_out(store: Store, statement: str) -> None:
    carried(store, "company", "询问")
    take_back(store)
    with pytest.raises((DBAPIError, StoreTrouble)), store.unit(actor="测试") as session:
        session.execute(text(statement))


def test_a_paper_that_came_out_holds_its_step_until_it_is_void(store: Store) -> None:
    at = carried(store, "company", "询问").step.at
    form = IssuePaperForm(case_id=1, template="inquiry_record", reasons={})
    made = issue_paper(store, form, today=at.date(), now=at, actor="周敏")
    assert "调查（询问）笔录" in refused(store, "slip_paper_out")
    void = VoidPaperForm(document_id=made.document_id, reason="录错了对象")
    void_paper(store, void, today=at.date(), now=at, actor="周敏")
    assert take_back(store)


def test_a_recording_hung_on_a_record_holds_it_until_it_is_taken_off(store: Store) -> None:
    at = carried(store, "company", "现场检查").step.at
    with store.unit(actor="周敏") as session:
        row = session.exec(select(WrittenRecord)).one().id or 0
        video = EvidenceFile(
            original_name="00000.MP4", keeping=Keeping.COPIED, size=1, sha256="0" * 64,
            media=MediaKind.VIDEO, retention=RetentionClass.ROUTINE, taken_at=at, taken_by="周敏",
        )  # fmt: skip
        session.add(video)
        session.flush()
        use = EvidenceUse(
            evidence_file_id=video.id or 0, action=ActionKind.INSPECTION, action_id=row, case_id=1,
            after_decision=AfterDecision.NO, linked_at=at, linked_by="周敏",
        )  # fmt: skip
        session.add(use)
    assert "有 1 份" in refused(store, "slip_evidence")
    with store.unit(actor="周敏") as session:
        hung = session.exec(select(EvidenceUse)).one()
        hung.removed_at, hung.removed_by, hung.removed_reason = at, "周敏", "挂错了"
        session.add(hung)
    assert take_back(store)


@pytest.mark.parametrize(
    ("until", "by", "code"),
    [
        ("询问", "刘一帆", "slip_of_another"),  # who had no part in it
        ("询问", "", "slip_nobody"),
        ("负责人批准", "周敏", "slip_of_another"),  # a signature is its giver's
        ("立案", "周敏", "slip_of_another"),
        ("结案", "马建国", "slip_closed"),
    ],
)
def test_a_step_that_is_not_ones_own_or_stands_for_good_is_refused(
    store: Store, until: str, by: str, code: str
) -> None:
    carried(store, "company", until)
    refused(store, code, by=by)


def test_the_head_takes_his_own_signature_back_and_the_case_waits_for_it_again(
    store: Store,
) -> None:
    carried(store, "company", "负责人批准")
    take_back(store, "马建国")
    with store.reading() as session:
        last = session.exec(select(CaseEvent).order_by(col(CaseEvent.id).desc())).first()
    assert last is not None
    assert last.actor == "孙雅琴"


def test_a_payment_typed_by_mistake_is_counted_nowhere(store: Store) -> None:
    carried(store, "company", "缴清")
    span = date(2026, 7, 1), date(2026, 9, 30)
    with store.reading() as session:
        assert statistics.figures(session, *span)["payment.paid"] == 2_000_000
    take_back(store)
    with store.reading() as session:
        assert statistics.figures(session, *span)["payment.paid"] == 0
        assert session.exec(select(Payment)).all() == []
        case = session.get(Case, 1)
        assert case is not None
        assert case.stage is Stage.DECIDED


def test_a_service_taken_back_takes_its_day_off_the_decision(store: Store) -> None:
    carried(store, "company", "决定书已送达")
    take_back(store)
    decision = facts_of(store).decision
    assert decision.served_on is None
    assert decision.payment_due_on is None


def test_two_windows_cannot_take_back_past_each_other(store: Store) -> None:
    carried(store, "company", "询问")
    with store.reading() as session:
        page = course_page.page(session, 1, now=LATER)
    assert page is not None
    seen = page.seen
    take_back(store, seen=seen)
    refused(store, "changed_meanwhile", seen=seen)


def test_a_step_without_its_trace_says_what_to_do_instead(store: Store) -> None:
    carried(store, "company", "询问")
    with store.unit(actor="旧版本") as session:
        session.add(
            CaseEvent(
                case_id=1, step=CaseStep.PHOTOS, happened_on=LATER.date(), recorded_at=LATER,
                actor="周敏", detail={"by": "周敏"},
            )
        )  # fmt: skip
    assert "请按后续步骤更正" in refused(store, "slip_untraced")


def test_a_case_that_is_not_there_is_said_so(store: Store) -> None:
    carried(store, "company", "询问")
    now = store.clock()
    form = TakeBackStepForm(case_id=99, by_id=officer(store, "周敏"), reason="录错了对象")
    with pytest.raises(Refused, match="没有编号为 99 的案件"):
        take_back_step(store, form, today=now.date(), now=now, actor="周敏")
