"""Printing: the first copy is the frozen file, each later one carries 补打, void ones never."""

from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlmodel import select

from enforcer.errors import Refused, VaultTrouble
from enforcer.models import AuditEntry, Document, Notice
from enforcer.operations import notices, numbering
from enforcer.operations.notice_forms import (
    BatchLine,
    NoticeBatchForm,
    NoticeForm,
    PrintNoticesForm,
    Printout,
    VoidNoticeForm,
)
from enforcer.operations.notice_rows import run_between
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import NoticeState, Origin, SeriesKind
from tests.factories import Office, an_office


class Desk:
    def __init__(self, store: Store, office: Office, today: date, now: datetime) -> None:
        self.store, self.office, self.today, self.now = store, office, today, now

    @property
    def _when(self) -> dict[str, Any]:
        return {"today": self.today, "now": self.now, "actor": "周敏"}

    def issue(self, plate: str = "湘J8K216") -> int:
        form = NoticeForm(
            plate=plate,
            noticed_at=self.now,
            place="桃林路118号",
            officer1_id=self.office.officers[0],
            officer2_id=self.office.officers[1],
            recorders=("0700001", "0700002"),
        )
        return notices.issue_notice(self.store, form, **self._when).id

    def batch(self, count: int, per_sheet: Any = 1) -> list[int]:
        line = {"place": "桃林路", "officer1": "周敏", "officer2": "何志远"}
        lines = [
            BatchLine(row=one, plate=f"湘J{one:05d}", noticed_at=self.now, **line)
            for one in range(10, 10 + count)
        ]
        form = NoticeBatchForm(rows=tuple(lines), per_sheet=per_sheet)
        batch = notices.issue_batch(self.store, form, **self._when).batch
        with self.store.reading() as session:
            asked = select(Notice.id).where(Notice.document_id == batch).order_by(Notice.id)
            return [one or 0 for one in session.exec(asked)]

    def ledger(self, number: str, **given: Any) -> int:
        with self.store.unit(actor="测试") as session:
            placed = numbering.place_imported(session, SeriesKind.NOTICE, number)
            values = {
                "number": number,
                "series_id": placed.series_id if placed else None,
                "serial": placed.serial if placed else None,
                "state": NoticeState.ISSUED,
                "origin": Origin.BACKFILLED,
                "plate": "湘J·12345",
                "plate_key": "湘J12345",
                "noticed_at": self.now,
                "noticed_on": self.today,
                "place": "松林路",
            }
            row = Notice(**(values | given))
            session.add(row)
            session.flush()
            return row.id or 0

    def void(self, *ids: int) -> None:
        form = VoidNoticeForm(notice_ids=ids, reason="打印歪斜")
        notices.void_notices(self.store, form, **self._when)

    def print(self, *ids: int, **given: Any) -> Printout:
        form = PrintNoticesForm(notice_ids=ids, **given)
        return notices.print_notices(self.store, form, **self._when)


@pytest.fixture
def desk(store: Store, today: date, now: datetime) -> Desk:
    return Desk(store, an_office(store), today, now)


def words(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def marks(pdf: bytes) -> list[int]:
    return [one.count("补打") for one in words(pdf)]


def test_the_first_print_is_the_frozen_file_itself(desk: Desk) -> None:
    issued = desk.issue()
    made = desk.print(issued)
    with desk.store.reading() as session:
        paper = session.exec(select(Document)).one()
        assert made.pdf == vault.read(desk.store.vault, paper.vault_name, paper.sha256)
        assert paper.print_count == 1
        assert session.exec(select(Notice.print_count)).one() == 1
    assert (made.pages, made.notices, made.reprinted) == (1, 1, 0)


def test_the_second_print_is_marked_and_the_frozen_file_is_not(desk: Desk) -> None:
    issued = desk.issue()
    first = desk.print(issued)
    second = desk.print(issued)
    assert second.reprinted == 1
    assert marks(second.pdf) == [1]
    assert "2026-09-03" in words(second.pdf)[0]
    with desk.store.reading() as session:
        paper = session.exec(select(Document)).one()
        assert vault.read(desk.store.vault, paper.vault_name, paper.sha256) == first.pdf
        said = session.exec(select(AuditEntry.action).where(AuditEntry.action == "print")).all()
    assert len(said) == 2


def test_an_old_notice_and_a_new_one_print_together_in_order(desk: Desk) -> None:
    old, new = desk.issue("湘J00001"), desk.issue("湘J00002")
    desk.print(old)
    made = desk.print(old, new)
    assert marks(made.pdf) == [1, 0]
    assert [("湘J·0000" in one) for one in words(made.pdf)] == [True, True]
    assert "湘J·00001" in words(made.pdf)[0]


@pytest.mark.parametrize(
    ("was", "wanted", "pages"), [(1, 1, 5), (1, 4, 2), (2, 1, 5), (4, 4, 2), (4, 2, 3), (2, 2, 3)]
)
def test_a_batch_prints_again_on_any_sheet(desk: Desk, was: int, wanted: int, pages: int) -> None:
    ids = desk.batch(5, per_sheet=was)
    made = desk.print(*ids, per_sheet=wanted, again=True)
    assert made.pages == pages
    assert len(words(made.pdf)) == pages
    assert sum(marks(made.pdf)) == 5
    everything = "".join(words(made.pdf))
    at = [everything.index(f"湘J·{one:05d}") for one in range(10, 15)]
    assert at == sorted(at)


def test_a_mixed_print_on_shared_sheets_loses_nobody(desk: Desk) -> None:
    ids = [*desk.batch(3, per_sheet=2), desk.issue("湘J00099")]
    desk.print(ids[1])
    made = desk.print(*ids, per_sheet=4)
    (said,) = words(made.pdf)
    for plate in ("湘J·00010", "湘J·00011", "湘J·00012", "湘J·00099"):
        assert plate in said
    assert marks(made.pdf) == [1]


def test_the_paper_to_look_at_is_the_frozen_page_without_any_mark(desk: Desk) -> None:
    ids = desk.batch(3, per_sheet=2)
    desk.print(*ids)
    when = {"today": desk.today, "now": desk.now}
    (said,) = words(notices.paper_of(desk.store, ids[2], **when))
    assert "湘J·00012" in said
    assert "补打" not in said
    with desk.store.reading() as session:
        assert session.exec(select(Notice.print_count)).all() == [1, 1, 1]


def test_one_of_a_batch_prints_alone(desk: Desk) -> None:
    ids = desk.batch(5, per_sheet=2)
    made = desk.print(ids[3])
    assert made.pages == 1
    assert "湘J·00013" in words(made.pdf)[0]
    assert "湘J·00012" not in words(made.pdf)[0]


def test_ledger_rows_are_printed_as_such_with_officers_blank(desk: Desk) -> None:
    row = desk.ledger("常城管温告字〔2026〕第00001号")
    made = desk.print(row, again=True)
    (said,) = words(made.pdf)
    assert "补录" in said
    assert "补打" not in said
    assert "J0700012" not in said
    assert made.reprinted == 0
    again = desk.print(row, again=True)
    assert "补打" in words(again.pdf)[0]


def test_a_range_of_ledger_rows_and_own_ones_prints_in_numeric_order(desk: Desk) -> None:
    desk.ledger("常城管温告字[2026]10号", plate="湘J·00010")
    desk.ledger("常城管温告字〔2026〕第00009号", plate="湘J·00009")
    desk.issue("湘J00011")
    with desk.store.reading() as session:
        ids = run_between(session, "常城管温告字〔2026〕第00011号", "常城管温告字〔2026〕第00009号")
    made = desk.print(*ids, again=True, per_sheet=2)
    everything = "".join(words(made.pdf))
    at = [everything.index(f"湘J·000{one}") for one in ("09", "10", "11")]
    assert at == sorted(at)
    assert made.pages == 2


def test_void_numbers_are_left_out(desk: Desk) -> None:
    one, two = desk.issue("湘J00001"), desk.issue("湘J00002")
    desk.void(one)
    made = desk.print(one, two)
    assert (made.notices, made.left_out) == (1, ("常城管温告字〔2026〕第00001号",))
    assert "湘J·00001" not in words(made.pdf)[0]


def test_void_alone_is_refused(desk: Desk) -> None:
    one = desk.issue()
    desk.void(one)
    with pytest.raises(Refused) as refused:
        desk.print(one)
    assert refused.value.objections[0].code == "nothing_to_print"


def test_a_retry_of_the_same_print_counts_once(desk: Desk) -> None:
    issued, request = desk.issue(), uuid4()
    desk.print(issued, request_id=request)
    desk.print(issued, request_id=request)
    with desk.store.reading() as session:
        assert session.exec(select(Notice.print_count)).one() == 1


def test_a_frozen_file_that_was_altered_is_not_printed(desk: Desk) -> None:
    issued = desk.issue()
    (kept,) = desk.store.vault.glob("*.pdf")
    kept.write_bytes(kept.read_bytes() + b"x")
    with pytest.raises(VaultTrouble, match="校验值"):
        desk.print(issued)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("常城管温告字〔2026〕第00001号", "常城管温告字〔2026〕第00099号", "number_unknown"),
        ("没有这个号", "没有这个号", "number_unknown"),
        ("常城管温告字〔2026〕第00001号", "旧号", "numbers_of_two_series"),
    ],
)
def test_a_range_that_cannot_be_is_refused(desk: Desk, first: str, last: str, code: str) -> None:
    desk.issue()
    desk.ledger("旧号")
    with desk.store.reading() as session, pytest.raises(Refused) as refused:
        run_between(session, first, last)
    assert refused.value.objections[0].code == code
