"""A paper of an ordinary case is made void, written in Word, numbered by the case."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Docx
from sqlmodel import select

from enforcer.errors import Refused
from enforcer.models import AuditEntry, Case, Decision, Guidance, Series
from enforcer.operations import course_paper, course_paper_draft
from enforcer.operations.course_paper_numbers import PaperNumbersForm, Scheme, save_paper_numbers
from enforcer.operations.decision import decide
from enforcer.operations.review_forms import DecideForm
from enforcer.terms import DocumentState, GuidanceKind
from tests.operations.course_issue_desk import Hand, carried, sound


@pytest.fixture
def at(empty_home: Path, tmp_path: Path) -> Iterator[Any]:
    """`at(course, step)`: a home of this test's own, carried to that step."""
    hands: list[Hand] = []

    def hand(course: str = "spoil_company_after", until: str = "作出决定") -> Hand:
        home = Path(shutil.copytree(empty_home, tmp_path / f"{course}{len(hands)}"))
        hands.append(carried(home, course, until))
        return hands[-1]

    yield hand
    for one in hands:
        one.store.close()


def test_a_void_paper_keeps_its_number_and_the_next_takes_another(at: Any) -> None:
    hand = at(until="事先告知")
    first = hand.issue("prior_notice")
    hand.void(first.document_id)
    second = hand.issue("prior_notice")
    rows = hand.rows("prior_notice")
    assert [(one.number[-4:], one.state) for one in rows] == [
        ("001号", DocumentState.VOID),
        ("002号", DocumentState.ISSUED),
    ]
    assert rows[0].void_reason == "打印时漏了附页"
    assert "作废" in hand.printed(first.document_id)
    assert "作废" not in hand.printed(second.document_id)
    assert sound(hand)
    with hand.store.reading() as session:
        said = session.exec(select(AuditEntry).where(AuditEntry.action == "void")).one()
        assert first.number in said.changes


def test_later_papers_cite_the_notice_that_stands_not_the_void_one(at: Any) -> None:
    hand = at(until="事先告知")
    hand.void(hand.issue("prior_notice").document_id)
    second = hand.issue("prior_notice")
    receipt = hand.printed(hand.issue("waiver_receipt").document_id)
    assert second.number in receipt


NOT_VOIDABLE = [
    # course, step, paper, what refuses, article
    ("spoil_company_after", "告知书已送达", "prior_notice", "served_not_voidable", "第六十一条"),
    ("spoil_company_after", "作出决定", "penalty_decision", "decision_not_voidable", "第七十五条"),
    ("seizure", "", "seizure_decision", "measure_not_voidable", "行政强制法第二十四条"),
    ("first_violation_education", "", "education_record", "case_closed", "第四十七条"),
]


@pytest.mark.parametrize(("course", "until", "key", "code", "cite"), NOT_VOIDABLE)
def test_what_has_taken_effect_is_not_made_void(
    at: Any, course: str, until: str, key: str, code: str, cite: str
) -> None:
    hand = at(course, until)
    made = hand.issue(key)
    with pytest.raises(Refused) as refusal:
        hand.void(made.document_id)
    assert code in [one.code for one in refusal.value.objections]
    assert cite in "".join(one.cite for one in refusal.value.objections)
    assert hand.rows(key)[0].state is DocumentState.ISSUED


def test_a_paper_is_made_void_once_and_its_list_before_it(at: Any) -> None:
    hand = at("preservation", "")
    notice = hand.issue("preservation_notice")
    goods = hand.issue("preservation_list")
    assert hand.refused(lambda: hand.void(notice.document_id)) == ["list_bears_number"]
    hand.void(goods.document_id)
    hand.void(notice.document_id)
    assert hand.refused(lambda: hand.void(notice.document_id)) == ["void_already"]


def test_word_says_what_the_frozen_paper_says_and_freezes_nothing(at: Any) -> None:
    hand = at()
    draft = course_paper_draft.word_of_draft(hand.store, 1, "prior_notice", now=hand.now)
    assert hand.rows("prior_notice") == []
    assert "云城管罚先告字" not in words_of(draft)
    made = hand.issue("prior_notice")
    said = words_of(course_paper.word_of_issued(hand.store, made.document_id))
    (row,) = hand.rows("prior_notice")
    assert row.print_count == 0
    for paragraph in ("罚款人民币陆仟元整（￥6000.00）", made.number, "云溪顺达渣土运输有限公司"):
        assert paragraph in said
        assert paragraph in hand.printed(made.document_id)


def words_of(docx: bytes) -> str:
    document = Docx(BytesIO(docx))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "".join(
        "".join(text.split()) for text in [*(p.text for p in document.paragraphs), *cells]
    )


def scheme(hand: Hand, given: Scheme, from_year: int = 2026) -> None:
    form = PaperNumbersForm(scheme=given, from_year=from_year)
    save_paper_numbers(hand.store, form, today=hand.now.date(), now=hand.now, actor="管理员")


def test_one_case_number_is_shared_by_all_its_papers_where_the_office_chose_so(at: Any) -> None:
    hand = at(until="事先告知")
    scheme(hand, Scheme.CASE)
    first = hand.issue("correction_order")
    assert first.number == "云城管责改字〔2026〕第001号"
    notice = hand.issue("prior_notice")
    hand.void(notice.document_id)
    again = hand.issue("prior_notice")
    assert [notice.number, again.number] == [
        "云城管罚先告字〔2026〕第001号",
        "云城管罚先告字〔2026〕第001-2号",
    ]
    with hand.store.reading() as session:
        kinds = {row.kind for row in session.exec(select(Series))}
        assert not kinds & {"prior_notice", "correction_order"}
    assert sound(hand)


def test_the_decision_shares_the_number_of_its_case_too(at: Any) -> None:
    hand = at(until="负责人批准")
    scheme(hand, Scheme.CASE)
    with hand.store.unit(actor="测试") as session:
        case = session.get(Case, 1)
        assert case
        case.number = "云城管立字〔2026〕第007号"
        session.add(case)
        officer = case.officer1_id
    form = DecideForm(case_id=1, by_id=officer)
    decide(hand.store, form, today=hand.now.date(), now=hand.now, actor="周敏")
    made = hand.issue("penalty_decision")
    assert made.number == "云城管罚决字〔2026〕第007号"


def test_schemes_may_change_in_a_year_without_a_number_used_twice(at: Any) -> None:
    hand = at(until="事先告知")
    first = hand.issue("prior_notice")
    hand.void(first.document_id)
    scheme(hand, Scheme.CASE)
    second = hand.issue("prior_notice")
    hand.void(second.document_id)
    scheme(hand, Scheme.SERIES)
    third = hand.issue("prior_notice")
    numbers = [first.number, second.number, third.number]
    assert len(set(numbers)) == 3
    assert sound(hand)


def test_a_year_that_has_not_come_leaves_the_numbers_as_they_are(at: Any) -> None:
    hand = at(until="事先告知")
    scheme(hand, Scheme.CASE, from_year=2027)
    hand.issue("prior_notice")
    with hand.store.reading() as session:
        assert "prior_notice" in {row.kind for row in session.exec(select(Series))}


def test_education_in_a_case_is_a_row_of_the_register_too(at: Any) -> None:
    hand = at("first_violation_education", "")
    with hand.store.reading() as session:
        (row,) = session.exec(select(Guidance)).all()
        decision = session.exec(select(Decision)).one()
    assert row.kind is GuidanceKind.PERSUASION
    assert (row.quantity, row.place_or_target, row.officers) == (1, "李国强", "周敏、何志远")
    assert row.occurred_on.isoformat() == "2026-09-07"
    assert "云城管立字〔2026〕第001号" in row.note
    assert decision.number == "云城管不罚字〔2026〕第001号"
    text = hand.printed(hand.issue("education_record").document_id)
    assert "讲解露天焚烧的危害" in text


def test_every_paper_of_the_course_comes_out_one_after_the_other(at: Any) -> None:
    from enforcer.queries import course_papers_offers
    from enforcer.queries.course_papers_offers import State

    hand = at(until="结案")
    wanted = [
        one
        for one in course_papers_offers.papers(hand.store, 1, now=hand.now)
        if one.state in (State.READY, State.OPTIONAL)
    ]
    made = [hand.issue(one.key, one.row) for one in wanted]
    assert len(made) >= 20
    states = {one.state for one in course_papers_offers.papers(hand.store, 1, now=hand.now)}
    assert states == {State.MADE}
    listed = hand.printed(next(o.document_id for o in made if o.template == "dossier_contents"))
    assert "云城管罚先告字〔2026〕第001号" in listed
    assert sound(hand)
