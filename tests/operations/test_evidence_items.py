"""The evidence list of a case: clips refer to originals, what each proves, verified, on paper with its code."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as DocxFile
from pypdf import PdfReader
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused, VaultTrouble
from enforcer.evidence_terms import AfterDecision, EvidenceActKind, EvidenceKind
from enforcer.models import Case, Document
from enforcer.operations import editions, evidence
from enforcer.operations.editions import TemplateEditionForm
from enforcer.operations.evidence import (
    EvidenceItemForm,
    EvidenceListForm,
    PhotoPagesForm,
    RemoveItemForm,
    VerifyItemForm,
)
from enforcer.operations.evidence_previews import (
    EvidenceWordForm,
    export_evidence_word,
    preview,
)
from enforcer.operations.verification import verify
from enforcer.queries import evidence as files
from enforcer.queries import evidence_history as history
from enforcer.queries.evidence_items import clock, item_rows
from enforcer.store.database import Store
from tests.evidence_made import MEDIA, photo, put
from tests.factories import an_office
from tests.operations.evidence_desk import DAY, TEN, WHO, a_card, a_case, decided, take
from tests.operations.test_editions import edited


@pytest.fixture
def case(store: Store) -> int:
    an_office(store)
    return a_case(store, organ_id=1)


@pytest.fixture
def video(store: Store, case: int, tmp_path: Path) -> evidence.TakenFile:
    a_card(tmp_path / "card", 1)
    (one,) = take(store, tmp_path / "card", case_id=case).taken
    return one


def item(store: Store, case: int, file_id: int | None, **given: object) -> int:
    form = EvidenceItemForm(
        **{  # type: ignore[arg-type]
            "case_id": case,
            "file_id": file_id,
            "kind": EvidenceKind.AUDIO_VISUAL,
            "title": "现场检查录像",
            "proves": "当事人占用道路的事实",
            **given,
        }
    )
    return evidence.save_evidence_item(store, form, **WHO)


def words(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_a_clip_refers_to_its_original_and_takes_maker_and_time_from_it(
    store: Store, case: int, video: evidence.TakenFile
) -> None:
    before = Path(str(video.path)).read_bytes()
    item(store, case, video.file_id, in_ms=500, out_ms=1500, words="问：这是谁的摊位？")
    (row,) = item_rows(store, case)
    assert (row.position, row.span, row.code) == (
        1,
        "00:00:00.5—00:00:01.5",
        files.short_code(video.sha256),
    )
    assert (row.made_by, row.made_at, row.recorder) == ("周敏", TEN, "0700001")
    assert row.after_decision is AfterDecision.NO
    assert Path(str(video.path)).read_bytes() == before
    assert row.missing == ("还没有查证：证据必须经查证属实，方可作为认定案件事实的根据。",)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"in_ms": 1500, "out_ms": 500}, "out_ms"),
        ({"in_ms": 0, "out_ms": 60_000}, "out_ms"),
        ({"in_ms": 60_000}, "in_ms"),
        ({"file_id": None}, "original_lies"),
        ({"file_id": None, "original_lies": "物证室3号柜", "in_ms": 1}, "in_ms"),
        ({"made_at": TEN + timedelta(days=2)}, "made_at"),
    ],
)
def test_marks_and_places_that_cannot_be_are_refused(
    store: Store, case: int, video: evidence.TakenFile, given: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidForm) as refusal:
        item(store, case, **{"file_id": video.file_id, **given})  # type: ignore[arg-type]
    assert list(refusal.value.by_field) == [field]
    assert item_rows(store, case) == []


def test_a_photo_has_no_marks(store: Store, case: int, tmp_path: Path) -> None:
    put(tmp_path / "a" / "a.jpg", photo())
    (one,) = take(store, tmp_path / "a", case_id=case).taken
    with pytest.raises(InvalidForm, match="照片没有起止点"):
        item(store, case, one.file_id, in_ms=1)


def test_sound_needs_its_words_or_a_reason(store: Store, case: int, tmp_path: Path) -> None:
    put(tmp_path / "a" / "录音.wav", (MEDIA / "sound.wav").read_bytes())
    (one,) = take(store, tmp_path / "a", case_id=case).taken
    with pytest.raises(Refused, match="应当附有该声音内容的文字记录"):
        item(store, case, one.file_id)
    item(store, case, one.file_id, reason="只有环境噪声，没有人说话")
    item(store, case, one.file_id, words="答：是我摆的。")
    assert [row.reason for row in item_rows(store, case)] == ["只有环境噪声，没有人说话", ""]


def test_a_recording_of_an_unusual_kind_asks_for_a_reason(
    store: Store, case: int, video: evidence.TakenFile
) -> None:
    with pytest.raises(Refused, match="录音录像一般是“视听资料”"):
        item(store, case, video.file_id, kind=EvidenceKind.PHYSICAL)
    item(store, case, video.file_id, kind=EvidenceKind.ELECTRONIC)


def test_a_thing_is_evidence_without_a_file(store: Store, case: int) -> None:
    item(
        store, case, None, kind=EvidenceKind.PHYSICAL, title="三轮车一辆",
        original_lies="物证室3号柜", made_by="周敏", made_at=TEN,
    )  # fmt: skip
    (row,) = item_rows(store, case)
    assert (row.code, row.span, row.original_lies) == ("", "", "物证室3号柜")


def test_evidence_is_verified_by_whom_how_and_when(
    store: Store, case: int, video: evidence.TakenFile
) -> None:
    key = item(store, case, video.file_id)

    def verified(on: date, by: int = 2) -> None:
        form = VerifyItemForm(
            item_id=key, verified_by_id=by, verified_how="与原设备核对校验值", verified_on=on
        )
        evidence.verify_evidence_item(store, form, **WHO)

    for wrong, by in ((DAY + timedelta(days=1), 2), (DAY - timedelta(days=1), 2), (DAY, 99)):
        with pytest.raises(InvalidForm):
            verified(wrong, by)
    verified(DAY)
    (row,) = item_rows(store, case)
    assert (row.verified_by, row.verified_on, row.missing) == ("何志远", DAY, ())


def test_a_line_is_changed_only_as_it_was_read(
    store: Store, case: int, video: evidence.TakenFile
) -> None:
    key = item(store, case, video.file_id)
    (row,) = item_rows(store, case)
    item(store, case, video.file_id, id=key, loaded=row.version, proves="占道面积约六平方米")
    with pytest.raises(Refused, match="已由 测试"):
        item(store, case, video.file_id, id=key, loaded=row.version, proves="又改")
    other = a_case(store, "另一件")
    with pytest.raises(Refused, match="不能换案件"):
        item(store, other, video.file_id, id=key)
    (now,) = item_rows(store, case)
    assert now.proves == "占道面积约六平方米"


def test_a_line_taken_off_stays_off_and_its_number_is_not_used_again(
    store: Store, case: int, video: evidence.TakenFile
) -> None:
    key = item(store, case, video.file_id)
    evidence.remove_evidence_item(store, RemoveItemForm(item_id=key, reason="与本案无关"), **WHO)
    assert item_rows(store, case) == []
    with pytest.raises(Refused, match="已经移出清单"):
        item(store, case, video.file_id, id=key)
    item(store, case, video.file_id)
    assert [row.position for row in item_rows(store, case)] == [2]


def test_a_line_entered_after_the_decision_is_marked(
    store: Store, case: int, tmp_path: Path
) -> None:
    decided(store, case, DAY - timedelta(days=3))
    a_card(tmp_path / "card", 1)
    (one,) = take(store, tmp_path / "card", case_id=case).taken
    item(store, case, one.file_id)
    (row,) = item_rows(store, case)
    assert row.after_decision is AfterDecision.RECORDED


@pytest.mark.parametrize(
    ("ms", "said"), [(0, "00:00:00"), (65_000, "00:01:05"), (3_661_250, "01:01:01.2")]
)
def test_a_place_in_a_recording_is_said_to_the_tenth(ms: int, said: str) -> None:
    assert clock(ms) == said


def test_the_list_comes_out_on_paper_with_short_codes_and_is_frozen(
    store: Store, case: int, video: evidence.TakenFile
) -> None:
    key = item(store, case, video.file_id, in_ms=500, out_ms=1500, words="答：是我摆的。")
    form = VerifyItemForm(
        item_id=key, verified_by_id=2, verified_how="与原设备核对校验值", verified_on=DAY
    )
    evidence.verify_evidence_item(store, form, **WHO)
    out = evidence.print_evidence_list(store, EvidenceListForm(case_id=case), **WHO)
    text = "".join(words(out.pdf))
    for said in (
        "证据清单", "常城管立字〔2026〕第001号", "现场检查录像", "（视听资料）", "执法仪0700001",
        "制作人：周敏", "2026年9月3日10时12分", "当事人占用道路的事实", "查证：何志远",
        "00:00:00.5至00:00:01.5", files.short_code(video.sha256), "答：是我摆的。", "共1项",
        "J0700012", "常德市城市管理和综合执法局",
    ):  # fmt: skip
        assert said in text, said
    again = evidence.print_evidence_list(store, EvidenceListForm(case_id=case), **WHO)
    assert again.reprinted == 1
    assert "补打" in "".join(words(again.pdf))
    item(store, case, video.file_id, title="第二段")
    third = evidence.print_evidence_list(store, EvidenceListForm(case_id=case), **WHO)
    assert third.reprinted == 0
    with store.reading() as session:
        assert len(session.exec(select(Document)).all()) == 2
    assert history.acts(store, video.file_id)[0].kind is EvidenceActKind.PRINTED
    assert verify(store, actor="测试").problems == ()


def test_an_empty_list_is_not_printed(store: Store, case: int) -> None:
    with pytest.raises(Refused, match="还是空的"):
        evidence.print_evidence_list(store, EvidenceListForm(case_id=case), **WHO)
    with pytest.raises(Refused, match="没有这个案件"):
        evidence.print_evidence_list(store, EvidenceListForm(case_id=99), **WHO)


def test_the_office_s_own_text_is_printed_and_a_changed_text_is_no_reprint(
    store: Store, case: int, video: evidence.TakenFile
) -> None:
    item(store, case, video.file_id)
    first = evidence.print_evidence_list(store, EvidenceListForm(case_id=case), **WHO)
    body = edited("evidence_list", "以上共", "本清单共【证据项数】项，原件存本机关。")
    form = TemplateEditionForm(template_key="evidence_list", from_on=DAY, body=body)
    editions.save_template_edition(store, form, **WHO)
    second = evidence.print_evidence_list(store, EvidenceListForm(case_id=case), **WHO)
    assert (first.reprinted, second.reprinted) == (0, 0)
    assert "本清单共1项，原件存本机关" in "".join(words(second.pdf))
    assert "本清单共1项" in "".join(words(preview(store, case, "evidence_list", today=DAY)))
    with store.reading() as session:
        versions = [one.template_version for one in session.exec(select(Document)).all()]
    assert versions[1] == f"{versions[0]}-本机关1"


def test_both_papers_go_out_as_word_with_their_pictures_and_the_photos_are_on_record(
    store: Store, case: int, photos: list[evidence.TakenFile]
) -> None:
    other = a_case(store, organ_id=1, number="常城管立字〔2026〕第002号")
    with pytest.raises(Refused, match="没有照片"):
        word_of(store, other, "evidence_photos")
    listed = "\n".join(c.text for r in word_of(store, case, "evidence_list").tables[0].rows
                       for c in r.cells)  # fmt: skip
    assert "现场照片\n（电子数据）" in listed
    assert not copied(store, photos)
    doc = word_of(store, case, "evidence_photos")
    assert len(doc.sections) == len(doc.inline_shapes) == len(photos)
    frame = 118 * 36000  # mm in the units of Word
    assert all(one.height <= frame for one in doc.inline_shapes)
    ratios = [one.width / one.height for one in doc.inline_shapes]
    assert ratios == pytest.approx([640 / 480, 480 / 640, 4000 / 900], rel=0.01)
    assert copied(store, photos) == ["另存为 Word"] * len(photos)


def copied(store: Store, photos: list[evidence.TakenFile]) -> list[str]:
    found = [act for one in photos for act in history.acts(store, one.file_id)]
    return [one.purpose for one in found if one.kind is EvidenceActKind.COPIED_OUT]


def word_of(store: Store, case: int, key: str) -> Any:
    form = EvidenceWordForm(case_id=case, template_key=key)
    return DocxFile(BytesIO(export_evidence_word(store, form, **WHO)))


@pytest.fixture
def photos(store: Store, case: int, tmp_path: Path) -> list[evidence.TakenFile]:
    for at, size in enumerate(((640, 480), (480, 640), (4000, 900))):
        put(tmp_path / "照片" / f"{at}.jpg", photo(seed=at, size=size))
    taken = list(take(store, tmp_path / "照片", case_id=case, officer_id=1).taken)
    for one in taken:
        item(store, case, one.file_id, kind=EvidenceKind.ELECTRONIC, title="现场照片")
    return taken


def test_photos_come_out_a_page_each_with_their_pictures_and_codes(
    store: Store, case: int, photos: list[evidence.TakenFile]
) -> None:
    out = evidence.print_photo_pages(store, PhotoPagesForm(case_id=case), **WHO)
    text = words(out.pdf)
    assert len(text) == 3
    for at, one in enumerate(photos):
        assert files.short_code(one.sha256) in text[at]
        assert f"第{at + 1}张共3张" in text[at]
        assert "本页照片经本人核对无误" in text[at]
        assert "2026年9月3日10时12分" in text[at]
    pages = PdfReader(BytesIO(out.pdf)).pages
    assert [len(page.images) for page in pages] == [1, 1, 1]
    assert max(pages[2].images[0].image.size) <= 1700  # type: ignore[union-attr]
    again = evidence.print_photo_pages(store, PhotoPagesForm(case_id=case), **WHO)
    assert again.reprinted == 1
    assert [len(page.images) for page in PdfReader(BytesIO(again.pdf)).pages] == [1, 1, 1]


def test_an_altered_photo_is_not_printed(
    store: Store, case: int, photos: list[evidence.TakenFile]
) -> None:
    path = Path(str(photos[0].path))
    path.chmod(0o644)
    path.write_bytes(photo(seed=77))
    with pytest.raises(VaultTrouble, match="校验值不符，没有使用"):
        evidence.print_photo_pages(store, PhotoPagesForm(case_id=case), **WHO)
    with store.reading() as session:
        assert session.exec(select(Document)).all() == []


def test_only_photos_make_photo_pages(store: Store, case: int, video: evidence.TakenFile) -> None:
    form = PhotoPagesForm(case_id=case, file_ids=(video.file_id,))
    with pytest.raises(InvalidForm, match="不是照片"):
        evidence.print_photo_pages(store, form, **WHO)
    with pytest.raises(Refused, match="没有照片"):
        evidence.print_photo_pages(store, PhotoPagesForm(case_id=case), **WHO)


def test_a_case_keeps_its_place_on_the_photo_where_none_was_said(
    store: Store, case: int, photos: list[evidence.TakenFile]
) -> None:
    with store.reading() as session:
        row = session.get(Case, case)
        assert row
        place = row.place
    out = evidence.print_photo_pages(store, PhotoPagesForm(case_id=case), **WHO)
    assert place in words(out.pdf)[0]
