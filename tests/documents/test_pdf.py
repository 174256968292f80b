"""Papers on pages: nothing lost, nothing over the margin, the same bytes every time."""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pypdf
import pytest

from enforcer.documents import pdf, template
from enforcer.errors import GlyphMissing, TemplateTrouble
from tests.documents.paper_samples import (
    LONG,
    MM,
    boxes,
    long_fields,
    notice,
    one_part,
    page_size,
    pixels,
    texts,
)

NOTICE = template.shipped("courteous_notice")


def _words(text: str) -> str:
    return "".join(text.split())


def test_a_paper_says_its_words_and_counts_its_pages() -> None:
    paper = pdf.render(NOTICE, notice())
    (said,) = texts(paper.pdf)
    assert paper.pages == 1
    for word in ("常德市城市管理和综合执法局", "温馨告知书", "湘J·8K201", "2026-09-0310:12"):
        assert word in said


def test_the_same_fields_give_the_same_bytes_alone_and_in_threads() -> None:
    first = pdf.render(LONG, long_fields())
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda _: pdf.render(LONG, long_fields()), range(4)))
    assert {one.sha256 for one in again} == {first.sha256}
    many = [notice(i) for i in range(3)]
    one, two = (pdf.render_batch(NOTICE, many, per_sheet=2) for _ in range(2))
    assert one.pdf == two.pdf


def test_every_face_is_embedded_as_a_subset() -> None:
    for data in (
        pdf.render(NOTICE, notice(place="王𬭎路口")).pdf,
        pdf.render_batch(NOTICE, [notice(place="王𬭎路口")], per_sheet=1).pdf,
    ):
        reader = pypdf.PdfReader(BytesIO(data))
        faces = reader.pages[0]["/Resources"]["/Font"].values()
        assert faces
        for face in faces:
            below = face.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in below["/FontDescriptor"]
            assert re.match(r"/[A-Z]{6}\+", face.get_object()["/BaseFont"])


@pytest.mark.parametrize("name", ["王𬭎", "䶮", "赵㛃", "𠮷野家"])
def test_rare_names_can_be_copied_from_the_paper(name: str) -> None:
    if pdf.missing_glyphs(name):
        with pytest.raises(GlyphMissing):
            pdf.render(NOTICE, notice(place=name))
        return
    assert name in texts(pdf.render(NOTICE, notice(place=name)).pdf)[0]
    assert name in texts(pdf.render_batch(NOTICE, [notice(place=name)], per_sheet=1).pdf)[0]


def test_a_character_no_face_draws_stops_the_paper_and_all_are_named() -> None:
    fields = notice(place="桃林路😀口", note="🚗")
    with pytest.raises(GlyphMissing) as caught:
        pdf.render(NOTICE, fields)
    assert set(caught.value.characters) == {"😀", "🚗"}
    with pytest.raises(GlyphMissing):
        pdf.render_batch(NOTICE, [notice(), fields], per_sheet=4)


@pytest.mark.parametrize(
    "typed",
    ['<img src="/etc/passwd">', "价格<b", "甲&乙<无名>", "&lt;b&gt;", "(甲)\\乙", "{notice}"],
)
def test_typed_marks_are_printed_as_they_are(typed: str) -> None:
    assert _words(typed) in texts(pdf.render(NOTICE, notice(place=typed)).pdf)[0]


def test_typed_line_breaks_and_double_spaces_stay() -> None:
    template_ = one_part("[[parts]]\nkind = 'paragraph'\ntext = '{x}'\nindent = 0")
    found = list(boxes(pdf.render(template_, {"x": "甲  乙\n丙"}).pdf))
    by_text = {box.text: box for box in found}
    assert by_text["丙"].top < by_text["甲"].bottom
    assert by_text["乙"].left - by_text["甲"].right > 2 * 14 * 0.2


@pytest.mark.parametrize(
    "place",
    ["桃林路" * 60, "A" * 200, "https://example.com/" + "x" * 180, "（" * 90, "1" * 200],
    ids=["words", "letters", "address", "marks", "digits"],
)
def test_nothing_runs_over_the_margin(place: str) -> None:
    data = pdf.render(NOTICE, notice(place=place)).pdf
    right = (210 - 25) * MM
    for box in boxes(data):
        assert box.right <= right + 1, box
        assert box.left >= 27.5 * MM - 8, box


def test_a_long_paper_runs_over_pages_and_numbers_them() -> None:
    sentences = [f"第{i}句现场检查情况如实记录在案。" for i in range(150)]
    paper = pdf.render(LONG, long_fields("".join(sentences)))
    said = texts(paper.pdf)
    half = paper.pages // 2
    assert half >= 3
    assert [f"第{i + 1}页共{half}页" in said[i] for i in range(half)] == [True] * half
    whole = re.sub(r"第[一二]联(?:交当事人|存根)|第\d+页共\d+页", "", "".join(said[:half]))
    assert all(sentence in whole for sentence in sentences)


def test_a_cell_taller_than_a_page_is_parted_and_ruled_on_every_page() -> None:
    evidence = "".join(f"证据{i:04d}号照片。" for i in range(700))
    paper = pdf.render(LONG, long_fields(evidence=evidence))
    said = texts(paper.pdf)
    first_copy = "".join(said[: paper.pages // 2])
    assert all(f"证据{i:04d}号照片" in first_copy.replace("\n", "") for i in (0, 350, 699))
    for number in (1, 2):
        assert "序号证据内容备注" in said[number]
        picture = pixels(paper.pdf, number, 2.0)
        left, right = int(27.5 * MM * 2) + 20, int(185 * MM * 2) - 20
        ruled = [y for y, row in enumerate(picture) if (row[left:right] < 150).mean() > 0.95]
        assert ruled, "每页的表格都应有横线"
        assert ruled[0] < 150
        assert ruled[-1] > picture.shape[0] * 0.75 or number == 2


def test_both_copies_carry_the_number_and_their_own_foot() -> None:
    said = texts(pdf.render(LONG, long_fields()).pdf)
    assert len(said) == 2
    assert all("常城管检字〔2026〕第3号" in page for page in said)
    assert "第一联交当事人" in said[0]
    assert "第二联存根" in said[1]
    assert "骑缝章" not in said[0]
    assert "骑缝章" in said[1]


def test_nothing_touches_the_space_of_the_seal() -> None:
    data = pdf.render(LONG, long_fields()).pdf
    found = list(boxes(data, 1))
    line = "".join(box.text for box in found)
    organ = found[line.rindex("常德市城市管理和综合执法局") : line.rindex("2026年9月3日") + 9]
    middle = (min(b.bottom for b in organ) + max(b.top for b in organ)) / 2
    for box in found:
        if box.text.strip() and box not in organ:
            assert abs((box.top + box.bottom) / 2 - middle) > 22 * MM, box


def test_the_seal_never_stands_alone_on_a_page() -> None:
    sentence = "现场检查情况如实记录在案。"
    plain = "[[parts]]\nkind='paragraph'\ntext='{body}'\n"
    made = one_part(plain + "[[parts]]\nkind='seal'\norgan='甲机关'\ndate='2026年9月3日'")
    for count in range(60, 110, 3):
        paper = pdf.render(made, {"body": sentence * count})
        last = texts(paper.pdf)[-1]
        assert paper.pages == 1 or len(last) > len("甲机关2026年9月3日") + 10, count


def test_what_follows_the_seal_goes_with_it_and_never_stands_alone() -> None:
    plain = "[[parts]]\nkind='paragraph'\ntext='{body}'\n"
    seal = "[[parts]]\nkind='seal'\norgan='甲机关'\ndate='2026年9月3日'\n"
    made = one_part(plain + seal + "[[parts]]\nkind='paragraph'\ntext='地址：长街66号'")
    counts = set()
    for count in range(60, 180, 2):
        paper = pdf.render(made, {"body": "现场检查情况如实记录在案。" * count})
        counts.add(paper.pages)
        last = texts(paper.pdf)[-1]
        assert "甲机关" in last, count
        assert paper.pages == 1 or "记录在案" in last, count
    assert counts >= {1, 2}


def test_a_paper_that_should_fit_is_set_smaller_before_it_takes_a_second_page() -> None:
    part = "[[parts]]\nkind='paragraph'\ntext='{body}'"
    fields = {"body": "现场检查情况如实记录在案。" * 75}
    assert pdf.render(one_part(part), fields).pages == 2
    assert pdf.render(one_part("[sheet]\nfit = true\n" + part), fields).pages == 1


def test_a_code_that_is_too_long_names_its_part() -> None:
    with pytest.raises(TemplateTrouble, match="二维码"):
        pdf.render(one_part("[[parts]]\nkind='code'\ntext='{x}'"), {"x": "a" * 300})


def test_metadata_holds_no_names_and_asks_for_true_size() -> None:
    for data in (
        pdf.render(NOTICE, notice()).pdf,
        pdf.render_batch(NOTICE, [notice()], per_sheet=1).pdf,
    ):
        reader = pypdf.PdfReader(BytesIO(data))
        assert reader.metadata is not None
        assert reader.metadata.title == "温馨告知书"
        assert "8K201" not in str(reader.metadata)
        preferences = reader.trailer["/Root"]["/ViewerPreferences"]
        assert preferences["/PrintScaling"] == "/None"


@pytest.mark.parametrize(("per_sheet", "pages", "size"), [
    (1, 5, (595, 842)),
    (2, 3, (842, 595)),
    (4, 2, (595, 842)),
])  # fmt: skip
def test_a_batch_is_laid_on_sheets(per_sheet: int, pages: int, size: tuple[int, int]) -> None:
    made = pdf.render_batch(NOTICE, [notice(i) for i in range(1, 6)], per_sheet=per_sheet)
    said = texts(made.pdf)
    assert made.pages == len(said) == pages
    assert tuple(round(v) for v in page_size(made.pdf)) == size
    assert made.page_of == [i // per_sheet + 1 for i in range(5)]
    assert made.slot_of == [i % per_sheet for i in range(5)]
    for i, page in enumerate(made.page_of, 1):
        assert f"第{i:05d}号" in said[page - 1]
        assert f"湘J·8K{200 + i}" in said[page - 1]


def test_a_batch_and_a_single_paper_set_the_same_words_in_the_same_places() -> None:
    one = list(boxes(pdf.render(NOTICE, notice(7)).pdf))
    two = list(boxes(pdf.render_batch(NOTICE, [notice(3), notice(7)], per_sheet=1).pdf, 1))
    mine = {(b.text, round(b.left), round(b.bottom)) for b in one if b.text.strip()}
    theirs = {(b.text, round(b.left), round(b.bottom)) for b in two if b.text.strip()}
    assert mine == theirs


def test_a_sheet_takes_one_two_or_four() -> None:
    with pytest.raises(ValueError, match="1, 2 or 4"):
        pdf.render_batch(NOTICE, [notice()], per_sheet=3)
