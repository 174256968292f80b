"""A paper of an ordinary case comes out once: inspected, numbered, frozen; printed again; made void."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from docx import Document as Docx
from pypdf import PdfReader
from sqlmodel import col, select

from enforcer.documents import template
from enforcer.errors import Refused
from enforcer.models import AuditEntry, Case, Decision, Document, Guidance, NumberRule, Series
from enforcer.operations import course_paper, course_paper_draft, numbering
from enforcer.operations.course_paper_forms import (
    IssuePaperForm,
    PaperIssued,
    PrintIssuedForm,
    VoidPaperForm,
)
from enforcer.operations.course_paper_numbers import PaperNumbersForm, Scheme, save_paper_numbers
from enforcer.operations.decision import decide
from enforcer.operations.replaying import read_script
from enforcer.operations.review_forms import DecideForm
from enforcer.operations.verification import verify
from enforcer.store.database import Store, open_store
from enforcer.terms import DocumentState, GuidanceKind
from tests.courses_made import COURSES, carry


@dataclass(frozen=True)
class Hand:
    """One case carried to a step, and the hand that issues its papers."""

    store: Store
    now: datetime

    def issue(self, template: str, row: int = 0, **given: Any) -> PaperIssued:
        form = IssuePaperForm(case_id=1, template=template, row=row, **given)
        return course_paper.issue_paper(
            self.store, form, today=self.now.date(), now=self.now, actor="周敏"
        )

    def refused(self, deed: Callable[[], object]) -> list[str]:
        with pytest.raises(Refused) as refusal:
            deed()
        for one in refusal.value.objections:
            assert one.say.endswith("。")
        return [one.code for one in refusal.value.objections]

    def void(self, document: int, reason: str = "打印时漏了附页") -> int:
        form = VoidPaperForm(document_id=document, reason=reason)
        return course_paper.void_paper(
            self.store, form, today=self.now.date(), now=self.now, actor="周敏"
        )

    def printed(self, *documents: int, request: Any = None) -> str:
        form = PrintIssuedForm(document_ids=documents, request_id=request)
        out = course_paper.print_issued(
            self.store, form, today=self.now.date(), now=self.now, actor="周敏"
        )
        return text_of(out.pdf)

    def rows(self, key: str) -> list[Document]:
        with self.store.reading() as session:
            asked = select(Document).where(Document.template_key == key).order_by(col(Document.id))
            return list(session.exec(asked))


def sound(hand: Hand) -> bool:
    """Database, log, vault and numbers agree."""
    found = verify(hand.store, actor="测试")
    assert found.problems == (), found.problems
    return True


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def carried(home: Path, course: str, until: str = "") -> Hand:
    store = open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    *_, last = carry(store, course, until)
    return Hand(store, last.step.at)


@pytest.fixture(scope="module")
def homes(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A home in which a course was carried to a step, made once."""
    known: dict[tuple[str, str], Path] = {}

    def home(course: str, until: str) -> Path:
        if (course, until) not in known:
            made = tmp_path_factory.mktemp("course") / "home"
            shutil.copytree(empty_home, made)
            carried(made, course, until).store.close()
            known[course, until] = made
        return known[course, until]

    return home


@pytest.fixture
def at(homes: Callable[..., Path], tmp_path: Path) -> Any:
    """`at(course, step)`: a home of this test's own, carried to that step."""
    opened: list[Store] = []

    def hand(course: str = "spoil_company_after", until: str = "作出决定") -> Hand:
        home = Path(shutil.copytree(homes(course, until), tmp_path / f"{course}{len(opened)}"))
        store = open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
        opened.append(store)
        script = read_script(COURSES / f"{course}.toml", until=until)
        return Hand(store, script[-1].at)

    yield hand
    for one in opened:
        one.close()


def test_a_paper_is_frozen_with_its_fields_its_version_its_file_and_hash(at: Any) -> None:
    hand = at()
    made = hand.issue("prior_notice")
    (row,) = hand.rows("prior_notice")
    assert row.number == made.number == "云城管罚先告字〔2026〕第001号"
    assert row.title == "行政处罚（听证）事先告知书"
    assert row.template_version == template.shipped("prior_notice").version
    assert row.issued_on.isoformat() == "2026-09-17"
    assert row.fields
    assert row.fields["party"]["name"] == "云溪顺达渣土运输有限公司"  # type: ignore[index]
    pdf = (hand.store.vault / row.vault_name).read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == row.sha256 == made.sha256
    assert made.number in text_of(pdf)
    assert sound(hand)


def test_what_came_out_is_not_made_a_second_time(at: Any) -> None:
    hand = at()
    hand.issue("prior_notice")
    assert hand.refused(lambda: hand.issue("prior_notice")) == ["issued_already"]
    assert len(hand.rows("prior_notice")) == 1


def test_the_same_request_twice_makes_one_paper(at: Any) -> None:
    hand, request = at(), uuid4()
    first = hand.issue("correction_order", request_id=request)
    assert hand.issue("correction_order", request_id=request) == first
    assert len(hand.rows("correction_order")) == 1


def test_the_second_print_is_marked_and_the_frozen_file_stays(at: Any) -> None:
    hand = at()
    made = hand.issue("prior_notice")
    before = (hand.store.vault / made.vault_name).read_bytes()
    assert "补打" not in hand.printed(made.document_id)
    assert "补打" in hand.printed(made.document_id)
    assert (hand.store.vault / made.vault_name).read_bytes() == before
    (row,) = hand.rows("prior_notice")
    assert row.print_count == 2


def test_a_print_sent_twice_counts_once(at: Any) -> None:
    hand, request = at(), uuid4()
    made = hand.issue("prior_notice")
    hand.printed(made.document_id, request=request)
    hand.printed(made.document_id, request=request)
    assert hand.rows("prior_notice")[0].print_count == 1


def test_each_type_has_its_own_series_and_records_bear_no_number(at: Any) -> None:
    hand = at()
    numbers = {
        key: hand.issue(key).number
        for key in ("correction_order", "prior_notice", "penalty_decision", "inquiry_record",
                    "filing_approval")
    }  # fmt: skip
    assert numbers == {
        "correction_order": "云城管责改字〔2026〕第001号",
        "prior_notice": "云城管罚先告字〔2026〕第001号",
        "penalty_decision": "云城管罚决字〔2026〕第001号",
        "inquiry_record": "",
        "filing_approval": "",
    }
    with hand.store.reading() as session:
        assert numbering.gaps(session) == []


def test_the_office_may_set_the_words_of_a_number(at: Any) -> None:
    hand = at()
    with hand.store.unit(actor="测试") as session:
        session.add(
            NumberRule(
                organ_id=1,
                kind="prior_notice",
                pattern="云执告〔{year}〕{serial}号",
                width=1,
            )
        )
    assert hand.issue("prior_notice").number == "云执告〔2026〕1号"


@pytest.mark.parametrize("until", ["调查终结", "告知书已送达"])
def test_red_refuses_with_its_article_and_takes_no_number(at: Any, until: str) -> None:
    hand = at(until=until)
    with hand.store.unit(actor="测试") as session:
        case = session.get(Case, 1)
        assert case
        from enforcer.models import Organ

        organ = session.get(Organ, case.organ_id)
        assert organ
        organ.court = ""
        session.add(organ)
    with pytest.raises(Refused) as refusal:
        hand.issue("correction_order")
    (one,) = [one for one in refusal.value.objections if one.code == "organ_court"]
    assert "第五十九条" in one.cite
    assert one.field == "organ.court"
    assert hand.rows("correction_order") == []
    assert list(hand.store.vault.iterdir()) == []
    with hand.store.reading() as session:
        kinds = {row.kind for row in session.exec(select(Series))}
        assert "correction_order" not in kinds


def test_amber_asks_a_reason_which_is_kept_with_the_paper(at: Any) -> None:
    hand = at()
    given = {"channel_missing": "当事人尚未提供，由经办人手写", "other": "无关的理由"}
    codes = hand.refused(lambda: hand.issue("electronic_service_consent"))
    assert codes == ["channel_missing"]
    assert hand.refused(
        lambda: hand.issue("electronic_service_consent", reasons={"channel_missing": ""})
    ) == ["channel_missing"]
    hand.issue("electronic_service_consent", reasons=given)
    (row,) = hand.rows("electronic_service_consent")
    assert row.fields
    assert row.fields["issue"]["reasons"] == {"channel_missing": given["channel_missing"]}  # type: ignore[index]


NO_GROUND = [
    # course, step, paper, what refuses, article
    ("spoil_company_after", "立案", "prior_notice", "paper_has_no_ground", "第四十四条"),
    ("spoil_company_after", "立案", "hearing_notice", "paper_has_no_ground", "第六十四条"),
    ("spoil_company_after", "立案", "penalty_decision", "paper_has_no_ground", "第五十七条"),
    ("spoil_company_after", "作出决定", "no_penalty_decision", "paper_has_no_ground", "第五十七条"),
    ("spoil_company_after", "立案", "closure_approval", "paper_has_no_ground", "第四十七条"),
    ("spoil_company_after", "立案", "love_letter", "template_unknown", ""),
    ("spoil_company_after", "立案", "summary_decision", "template_unknown", ""),
]


@pytest.mark.parametrize(("course", "until", "key", "code", "cite"), NO_GROUND)
def test_a_paper_whose_step_was_not_taken_does_not_come_out(
    at: Any, course: str, until: str, key: str, code: str, cite: str
) -> None:
    hand = at(course, until)
    with pytest.raises(Refused) as refusal:
        hand.issue(key)
    (one,) = refusal.value.objections
    assert one.code == code
    assert cite in one.cite


def test_a_row_that_is_not_there_is_refused_and_one_that_is_passes(at: Any) -> None:
    hand = at(until="决定书已送达")
    assert hand.refused(lambda: hand.issue("proof_of_service", 99)) == ["paper_row_gone"]
    first, second = hand.issue("proof_of_service", 1), hand.issue("proof_of_service", 2)
    assert (first.row, second.row) == (1, 2)
    texts = [hand.printed(one.document_id) for one in (first, second)]
    assert "事先告知书" in texts[0]
    assert "行政处罚决定书" in texts[1]


def test_the_proof_names_the_very_paper_that_was_served(at: Any) -> None:
    hand = at(until="决定书已送达")
    notice = hand.issue("prior_notice")
    proof = hand.printed(hand.issue("proof_of_service", 1).document_id)
    assert f"《{notice.title}》（{notice.number}）" in proof


def test_a_list_waits_for_its_notice_and_bears_its_number(at: Any) -> None:
    hand = at("preservation", "")
    assert "number_of_notice_missing" in hand.refused(lambda: hand.issue("preservation_list"))
    notice = hand.issue("preservation_notice")
    assert hand.issue("preservation_list").number == notice.number
    disposal = hand.printed(hand.issue("preservation_disposal").document_id)
    assert notice.number in disposal
    assert sound(hand)


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
