"""The batch from Excel: the good rows are issued as one document, each bad one is named."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from pypdf import PdfReader
from sqlmodel import select

from enforcer.errors import WorkbookTrouble
from enforcer.models import AuditEntry, Document, Notice, Recorder
from enforcer.operations import notices, numbering
from enforcer.operations.notice_batch import BatchSheet, read_batch
from enforcer.operations.notice_forms import IssuedBatch, NoticeBatchForm, PerSheet
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import LadderChoice, NoticeOutcome, NoticeState, PlateColour
from tests.factories import Office, an_office

HEADERS = (
    "编号",
    "号牌号码",
    "号牌颜色",
    "告知时间",
    "地点",
    "情形",
    "执法人员1",
    "执法人员2",
    "处置结果",
    "备注",
)
GOOD: dict[str, object] = {
    "号牌号码": "湘J8K216",
    "号牌颜色": "蓝",
    "告知时间": "2026-9-3 09:05",
    "地点": "桃林路118号",
    "情形": "人行道违法停车",
    "执法人员1": "周敏",
    "执法人员2": "何志远",
}


def sheet(path: Path, *rows: dict[str, object], headers: Sequence[str] = HEADERS) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(list(headers))
    for one in rows:
        page.append([(GOOD | one).get(name) for name in headers])
    book.save(path)
    return path


@dataclass
class Desk:
    store: Store
    office: Office
    today: date
    now: datetime
    folder: Path

    def read(self, *rows: dict[str, object]) -> BatchSheet:
        path = sheet(self.folder / f"{uuid4().hex}.xlsx", *rows)
        return read_batch(path, today=self.today)

    def issue(
        self, *rows: dict[str, object], per_sheet: PerSheet = 1, request: Any = None
    ) -> tuple[IssuedBatch, list[str]]:
        found = self.read(*rows)
        form = NoticeBatchForm(rows=found.lines, per_sheet=per_sheet, request_id=request)
        answer = notices.issue_batch(self.store, form, today=self.today, now=self.now, actor="周敏")
        refused = sorted((*found.refused, *answer.refused), key=lambda one: one.row)
        return answer, [f"{one.row} {one.column}：{one.say}" for one in refused]

    def rows(self) -> list[Notice]:
        with self.store.reading() as session:
            return list(session.exec(select(Notice).order_by(Notice.id)))


@pytest.fixture
def desk(store: Store, today: date, now: datetime, tmp_path: Path) -> Desk:
    return Desk(store, an_office(store), today, now, tmp_path)


def test_a_batch_is_one_frozen_document(desk: Desk) -> None:
    answer, refused = desk.issue(
        {}, {"号牌号码": "无号牌", "号牌颜色": ""}, {"号牌号码": "湘JD03127"}
    )
    assert refused == []
    assert (answer.issued, answer.first, answer.last) == (
        3,
        "常城管温告字〔2026〕第00001号",
        "常城管温告字〔2026〕第00003号",
    )
    rows = desk.rows()
    assert [(one.page, one.position) for one in rows] == [(1, 0), (2, 1), (3, 2)]
    assert rows[0].plate_colour is PlateColour.BLUE
    assert rows[0].item_key == "pavement_parking"
    assert rows[0].recorders == "0700001、0700002"
    with desk.store.reading() as session:
        (paper,) = session.exec(select(Document)).all()
        assert (paper.id, paper.pages, paper.fields) == (answer.batch, 3, None)
        entries = session.exec(
            select(AuditEntry).where(AuditEntry.operation == "issue_batch")
        ).all()
        assert numbering.gaps(session) == []
    assert {one.document_id for one in rows} == {paper.id}
    assert len(vault.read(desk.store.vault, paper.vault_name, paper.sha256)) > 1000
    assert [one.action for one in entries if one.table_name == "notice"] == ["bulk_insert"]


@pytest.mark.parametrize(
    ("per_sheet", "places", "pages"),
    [(2, [(1, 0), (1, 1), (2, 2)], 2), (4, [(1, 0), (1, 1), (1, 2)], 1)],
)
def test_two_or_four_stand_on_a_sheet(
    desk: Desk, per_sheet: PerSheet, places: list[tuple[int, int]], pages: int
) -> None:
    desk.issue({}, {}, {}, per_sheet=per_sheet)
    assert [(one.page, one.position) for one in desk.rows()] == places
    with desk.store.reading() as session:
        assert session.exec(select(Document.pages)).one() == pages


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"编号": "常城管温告字〔2026〕第00009号"}, "2 编号："),
        ({"号牌号码": ""}, "2 号牌号码："),
        ({"告知时间": "2026-02-30"}, "2 告知时间："),
        ({"告知时间": "2026-9-4"}, "2 告知时间："),
        ({"告知时间": "2026-9-3 10:13"}, "2 告知时间：时间 2026-09-03 10:13 还没有到"),
        ({"告知时间": "1999-9-3 10:13"}, "2 告知时间：时间 1999-09-03 10:13 太早"),
        ({"地点": "桃" * 4000}, "2 地点："),
        ({"备注": "注" * 201}, "2 备注：备注最多200个字"),
        ({"地点": "路\n" * 5 + "口"}, "2 地点：地点有 6 行，纸面放不下，最多 4 行"),
        ({"地点": "桃林路\U0001f697旁"}, "2 地点：地点：字库里没有这些字"),
        ({"处置结果": "作废"}, "2 处置结果：处置结果是“作废”"),
        ({"处置结果": "罚款"}, "2 处置结果："),
        ({"执法人员1": ""}, "2 执法人员1：执法人员1没有填写"),
        ({"执法人员2": ""}, "2 执法人员2：执法人员2没有填写"),
        ({"执法人员1": "张三"}, "2 执法人员1：执法人员1“张三”不在人员台账里"),
        ({"执法人员2": "周敏"}, "2 执法人员2：两名执法人员填的是同一人"),
        ({"执法人员2": "吴过期"}, "2 执法人员2：吴过期的执法证J0700099已于 2025-12-31 到期"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_issued(
    desk: Desk, row: dict[str, object], said: str
) -> None:
    answer, refused = desk.issue(row, {})
    assert answer.issued == 1
    assert len(refused) == 1
    assert refused[0].startswith(said)
    assert [one.number for one in desk.rows()] == ["常城管温告字〔2026〕第00001号"]


def test_when_every_row_is_bad_nothing_is_drawn(desk: Desk) -> None:
    answer, refused = desk.issue({"执法人员1": "张三"}, {"执法人员1": "李四"})
    assert (answer.batch, answer.issued, len(refused)) == (None, 0, 2)
    assert desk.rows() == []
    assert not list(desk.store.vault.glob("*.pdf"))
    assert desk.issue({})[0].first.endswith("00001号")


def test_a_sheet_that_lacks_a_column_is_refused_whole(desk: Desk) -> None:
    path = sheet(desk.folder / "x.xlsx", {}, headers=("号牌号码", "地点"))
    with pytest.raises(WorkbookTrouble, match="告知时间"):
        read_batch(path, today=desk.today)


def test_the_same_request_gives_the_same_batch(desk: Desk) -> None:
    request = uuid4()
    first, _ = desk.issue({}, {}, request=request)
    second, _ = desk.issue({}, {}, request=request)
    assert second == replace(first, repeated=True)
    assert len(desk.rows()) == 2


@pytest.mark.parametrize("at", [0, 1])
def test_a_batch_stopped_before_its_end_leaves_nothing(desk: Desk, at: int) -> None:
    found = desk.read({}, {})
    form = NoticeBatchForm(rows=found.lines)
    told: list[int] = []

    def note(done: int, _total: int) -> None:
        told.append(done)
        if len(told) > at:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        notices.issue_batch(
            desk.store, form, today=desk.today, now=desk.now, actor="周敏", note=note
        )
    assert told == [0, 2][: at + 1]
    assert desk.rows() == []
    assert not list(desk.store.vault.glob("*.pdf"))
    assert desk.issue({})[0].first.endswith("00001号")


def test_rows_of_two_years_go_to_two_series(desk: Desk) -> None:
    answer, _ = desk.issue({"告知时间": "2025-12-31 23:59"}, {})
    assert (answer.first, answer.last) == (
        "常城管温告字〔2025〕第00001号",
        "常城管温告字〔2026〕第00001号",
    )


def test_a_day_without_a_time_is_printed_without_one(desk: Desk) -> None:
    desk.issue({"告知时间": "2026年9月3日"})
    frozen: Any = desk.rows()[0].frozen
    assert frozen["notice"]["time"] == "2026年9月3日"


def test_line_breaks_of_place_and_situation_are_kept_and_printed(desk: Desk) -> None:
    answer, _ = desk.issue({"地点": "桃林路118号\n  东侧  人行道", "情形": "压盲道\r\n占坡道"})
    assert answer.remarks == ()
    (row,) = desk.rows()
    assert (row.place, row.situation) == ("桃林路118号\n  东侧  人行道", "压盲道\n占坡道")
    with desk.store.reading() as session:
        paper = session.exec(select(Document)).one()
    pdf = vault.read(desk.store.vault, paper.vault_name, paper.sha256)
    said = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "桃林路118号\n  东侧  人行道" in said
    assert said.count("东侧  人行道") == 2  # on the notice and on its stub


def test_a_vehicle_named_twice_in_the_sheet_is_counted_twice(desk: Desk) -> None:
    rows = [{"告知时间": f"2026-9-{day} 09:00"} for day in (1, 2, 3)]
    desk.issue(*rows)
    said: list[Any] = [one.frozen for one in desk.rows()]
    assert [one["notice"]["nth"] for one in said] == [
        "第1次",
        "第2次（上次2026-09-01）",
        "第3次（上次2026-09-02）",
    ]


def test_past_the_ladder_the_batch_goes_on_and_keeps_the_reason(desk: Desk) -> None:
    rows: list[dict[str, object]] = [{"告知时间": f"2026-8-{day} 09:00"} for day in (1, 2, 3)]
    desk.issue(*rows, {"备注": "车主配合"}, {"告知时间": "2026-9-3 09:30"})
    last = desk.rows()[-2:]
    assert [one.ladder_choice for one in last] == [LadderChoice.NOTICE] * 2
    assert last[0].ladder_reason == "车主配合"
    assert "台账" in last[1].ladder_reason


def test_a_card_of_the_same_minute_and_place_is_remarked(desk: Desk) -> None:
    desk.issue({})
    answer, _ = desk.issue({})
    assert answer.issued == 1
    assert answer.remarks == ("第2行：湘J·8K216 在同一时间、同一地点已有告知，请核对是否重复。",)


def test_officers_without_recorders_are_noted_as_such(desk: Desk) -> None:
    with desk.store.unit(actor="测试") as session:
        for one in session.exec(select(Recorder)):
            session.delete(one)
    desk.issue({"处置结果": "已驶离"})
    (row,) = desk.rows()
    assert row.recorders == ""
    assert "执法仪" in row.recorder_reason
    assert row.outcome is NoticeOutcome.MOVED_OFF


def test_the_preview_says_what_would_be_issued_and_draws_nothing(desk: Desk) -> None:
    found = desk.read({}, {"执法人员1": "张三"})
    preview = notices.preview_batch(desk.store, found.lines, now=desk.now)
    assert [one.plate.text for one in preview.entries] == ["湘J·8K216"]
    assert preview.lines == (2,)
    assert [one.row for one in preview.refused] == [3]
    assert desk.rows() == []


def test_everything_issued_is_issued(desk: Desk) -> None:
    desk.issue({}, {})
    assert {one.state for one in desk.rows()} == {NoticeState.ISSUED}
