"""补打 over the copy that is printed; single notices out of a frozen batch."""

import hashlib
from typing import Any

import pytest

from enforcer.documents import pdf, stamp, template
from enforcer.errors import GlyphMissing, Trouble
from tests.documents.paper_samples import LONG, boxes, long_fields, notice, texts

NOTICE = template.shipped("courteous_notice")
NOTE = "2026-11-23 10:12　周敏"


def _batch(count: int, per_sheet: int) -> pdf.Batch:
    return pdf.render_batch(NOTICE, [notice(i) for i in range(1, count + 1)], per_sheet=per_sheet)


def _count(data: bytes, word: str) -> list[int]:
    return [page.count(word) for page in texts(data)]


@pytest.mark.parametrize(
    ("count", "per_sheet", "marks"), [(3, 1, [1, 1, 1]), (3, 2, [2, 1]), (6, 4, [4, 2])]
)
def test_every_notice_of_a_sheet_is_marked(count: int, per_sheet: int, marks: list[int]) -> None:
    made = stamp.mark(_batch(count, per_sheet).pdf, "补打", note=NOTE)
    assert _count(made, "补打") == marks
    assert _count(made, "周敏") == [2 * n for n in marks]


def test_every_page_of_a_document_is_marked_at_its_top_right() -> None:
    paper = pdf.render(LONG, long_fields("现场检查情况如实记录在案。" * 200))
    made = stamp.mark(paper.pdf, "补打")
    assert _count(made, "补打") == [1] * paper.pages
    mark = next(box for box in boxes(made) if box.text == "补")
    assert mark.left > 440
    assert mark.bottom > 790


def test_the_frozen_file_stays_as_it_is() -> None:
    frozen = _batch(2, 1)
    stamp.mark(frozen.pdf, "补打", note=NOTE)
    assert hashlib.sha256(frozen.pdf).hexdigest() == frozen.sha256
    assert _count(frozen.pdf, "补打") == [0, 0]


def test_a_mark_and_backfill_stand_side_by_side() -> None:
    made = pdf.render_batch(NOTICE, [notice(backfilled=True)], per_sheet=1)
    found = {box.text: box for box in boxes(stamp.mark(made.pdf, "补打")) if box.bottom > 790}
    assert found["打"].right < found["录"].left


def test_a_note_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(GlyphMissing):
        stamp.mark(_batch(1, 1).pdf, "补打", note="😀")


@pytest.mark.parametrize("per_sheet", [1, 2, 4])
def test_single_notices_are_taken_out_of_a_batch(per_sheet: int) -> None:
    frozen = _batch(6, per_sheet)
    wanted = [1, 4]
    made = stamp.extract(
        frozen.pdf,
        [frozen.page_of[i] for i in wanted],
        slots=[frozen.slot_of[i] for i in wanted],
    )
    said = texts(made)
    assert len(said) == (2 if per_sheet == 1 else 1)
    for i in range(6):
        assert (f"第{i + 1:05d}号" in "".join(said)) is (i in wanted)


def test_a_notice_of_a_quarter_sheet_can_be_printed_on_a_whole_one() -> None:
    frozen = _batch(4, 4)
    made = stamp.extract(frozen.pdf, [1], slots=[3], per_sheet=1)
    assert "第00004号" in texts(made)[0]
    assert "第00001号" not in texts(made)[0]
    tall = [b.top - b.bottom for b in boxes(made) if b.text == "馨"]
    assert max(tall) > 20


def test_whole_pages_are_taken_in_the_order_asked() -> None:
    made = stamp.extract(_batch(3, 1).pdf, [3, 1])
    assert ["00003" in texts(made)[0], "00001" in texts(made)[1]] == [True, True]


def test_what_was_taken_out_can_be_marked() -> None:
    frozen = _batch(6, 4)
    taken = stamp.extract(frozen.pdf, [1, 1, 2], slots=[1, 2, 1])
    assert _count(stamp.mark(taken, "补打"), "补打") == [3]


@pytest.mark.parametrize("page", [0, 4])
def test_a_page_that_is_not_there_is_trouble(page: int) -> None:
    with pytest.raises(Trouble, match="3页"):
        stamp.extract(_batch(3, 1).pdf, [page])


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.5\nnothing"])
def test_a_broken_file_is_trouble(broken: bytes) -> None:
    act: Any = lambda: stamp.mark(broken, "补打")  # noqa: E731
    with pytest.raises(Trouble, match="损坏"):
        act()
