"""Void numbers are kept with who made them void, when and why."""

from datetime import datetime

from enforcer.course_terms import LeadSource
from enforcer.models import Case, Document, Lead, Notice, VoidNumber
from enforcer.queries import search
from enforcer.queries.void_numbers import void_numbers
from enforcer.store import audit
from enforcer.store.database import Store
from enforcer.terms import (
    DocumentState,
    NoticeState,
    Origin,
    PartyKind,
    Procedure,
    SeriesKind,
    Stage,
)


def a_case() -> Case:
    return Case(
        number="立〔2026〕1号", procedure=Procedure.ORDINARY, stage=Stage.FILED,
        origin=Origin.MADE_HERE, cause="油烟超标", party_name="某餐馆",
        party_kind=PartyKind.LEGAL_PERSON,
    )  # fmt: skip


def a_paper(now: datetime, case_id: int | None, number: str) -> Document:
    return Document(
        template_key="prior_notice", template_version="1", title="行政处罚事先告知书",
        number=number, case_id=case_id, state=DocumentState.ISSUED, vault_name="x.pdf",
        sha256="0", pages=1, issued_at=now, issued_on=now.date(), issued_by="周敏",
    )  # fmt: skip


def make_void(store: Store, row: int, reason: str) -> None:
    with store.unit(actor="何志远", operation="void_paper") as session:
        paper = session.get(Document, row)
        assert paper
        paper.state, paper.void_reason = DocumentState.VOID, reason
        session.add(paper)
        audit.note(session, "void", table="document", row=str(row), say={"reason": reason})


def test_a_void_paper_tells_by_whom_and_why(store: Store, now: datetime) -> None:
    with store.unit(actor="周敏") as session:
        case = a_case()
        session.add(case)
        session.flush()
        papers = [a_paper(now, case.id, f"告〔2026〕{n}号") for n in (1, 2)]
        batch = a_paper(now, None, "一批")
        session.add_all([*papers, batch])
        session.flush()
        ids = [one.id for one in (*papers, batch)]
    assert void_numbers(store) == []
    make_void(store, ids[0] or 0, "当事人名称写错")
    make_void(store, ids[2] or 0, "整批作废")
    [one] = void_numbers(store)
    assert (one.number, one.title, one.reason) == (
        "告〔2026〕1号", "行政处罚事先告知书", "当事人名称写错",
    )  # fmt: skip
    assert (one.voided_by, one.voided_at) == ("何志远", now)


def test_the_search_box_finds_void_numbers_and_leads_to_what_they_were_drawn_for(
    store: Store, now: datetime
) -> None:
    with store.unit(actor="周敏") as session:
        case, gone = a_case(), a_case()
        gone.number, gone.taken_back_at = "（待立案）线索〔2026〕0007号", now
        lead = Lead(
            number="线索〔2026〕0007号", year=2026, serial=7, source=LeadSource.PATROL,
            received_at=now, received_on=now.date(), content="有人倾倒渣土",
        )  # fmt: skip
        notice = Notice(
            number="告〔2026〕第00009号", state=NoticeState.VOID, void_reason="写坏",
            origin=Origin.MADE_HERE,
        )  # fmt: skip
        session.add_all([case, gone, lead, notice])
        session.flush()
        paper = a_paper(now, case.id, "告字〔2026〕第1号")
        about = {"reason": "录错", "voided_at": now, "voided_by": "周敏"}
        for one, number in ((case, "立字〔2026〕第001号"), (gone, "立字〔2026〕第002号")):
            session.add(
                VoidNumber(case_id=one.id or 0, kind=SeriesKind.CASE_FILING, number=number, **about)
            )
        session.add(paper)
        session.flush()
        ids = {"case": case.id, "lead": lead.id, "notice": notice.id, "document": paper.id}
    make_void(store, ids["document"] or 0, "当事人名称写错")

    def found(words: str) -> list[tuple[str, int, str]]:
        with store.reading() as session:
            return [(one.kind, one.row_id, one.title) for one in search.find(session, words)]

    assert found("立字[2026]第1号") == [("case", ids["case"], "作废　立案 立字〔2026〕第001号")]
    assert found("立字〔2026〕第002号") == [("lead", ids["lead"], "作废　立案 立字〔2026〕第002号")]
    assert found("告字（2026）第1号") == [("document", ids["document"], "作废　行政处罚事先告知书")]
    assert found("告〔2026〕第00009号") == [("notice", ids["notice"], "— 作废")]
    assert found("立字〔2026〕第003号") == []


def test_the_latest_comes_first_and_old_ledgers_last(store: Store, now: datetime) -> None:
    with store.unit(actor="周敏") as session:
        session.add_all(
            Notice(
                number=f"告{n}号", state=NoticeState.VOID, origin=Origin.BACKFILLED,
                void_reason="破损", voided_by="周敏" if at else "", voided_at=at,
            )
            for n, at in ((1, None), (2, now), (3, now.replace(hour=12)))
        )  # fmt: skip
    assert [one.number for one in void_numbers(store)] == ["告3号", "告2号", "告1号"]
