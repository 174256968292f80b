"""A paper of an ordinary case comes out once: inspected, numbered, frozen; printed again."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from enforcer.documents import template
from enforcer.errors import Refused
from enforcer.models import Case, NumberRule, Series
from enforcer.operations import numbering
from tests.operations.course_issue_desk import Hand, carried, sound, text_of


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
