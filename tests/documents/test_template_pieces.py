"""A template taken apart into readable pieces, put together again, and laid out as an empty form."""

import tomllib
from io import BytesIO

import pytest
from pypdf import PdfReader

from enforcer import paths
from enforcer.documents import (
    course_inspect,
    evidence_inspect,
    evidence_list,
    inspect,
    pdf,
    placeholders,
    specimen,
    template,
    template_blank,
    template_pieces,
    template_source,
)
from enforcer.errors import TemplateTrouble
from enforcer.terms import PartyKind

KEYS = tuple(one.stem for one in sorted((paths.resources() / "templates").glob("*.toml")))


def body(key: str) -> str:
    return (paths.resources() / "templates" / f"{key}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", KEYS)
def test_every_field_a_template_may_print_has_a_name_of_its_own(key: str) -> None:
    known = placeholders.placeholders(key)
    offered = placeholders.offers(key) | template.placeholders(template.shipped(key))
    groups = {path for path in offered if any(one.startswith(f"{path}.") for one in offered)}
    assert offered - groups - known.keys() == set()
    names = [one.name for one in known.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("key", KEYS)
def test_readable_words_become_the_very_same_template_again(key: str) -> None:
    found = [one for one in template_pieces.pieces(body(key)) if not one.fixed]
    said = {one.address: template_pieces.readable(key, one) for one in found}
    assert not any("{" in text for text in said.values())
    assert template_pieces.made(key, body(key), said).body == body(key)


@pytest.mark.parametrize("key", KEYS)
def test_every_value_of_the_file_is_found_where_it_is_written(key: str) -> None:
    text = body(key)
    data = tomllib.loads(text)
    for one in template_source.spans(text):
        written = tomllib.loads(f"x = {text[one.start : one.end]}")["x"]
        assert written == template_source.at(data, one.path), one


def test_a_cell_of_a_table_is_rewritten_and_nothing_else() -> None:
    key = "filing_approval"
    cell = next(one for one in template_pieces.pieces(body(key)) if one.text == "发案地点")
    made = template_pieces.made(key, body(key), {cell.address: "案发地点（详细）"})
    assert made.body == body(key).replace('"发案地点"', '"案发地点（详细）"')


def test_an_emptied_paragraph_goes_and_the_numbers_of_the_others_are_known() -> None:
    key = "prior_notice"
    piece = next(one for one in template_pieces.pieces(body(key)) if "所附回执" in one.text)
    made = template_pieces.made(key, body(key), {piece.address: ""})
    assert "所附回执" not in made.body
    count = len(tomllib.loads(body(key))["parts"])
    assert made.parts == tuple(n for n in range(count) if n != piece.part)


def test_quotes_and_backslashes_survive() -> None:
    key = "courteous_notice"
    piece = next(one for one in template_pieces.pieces(body(key)) if "温馨提示" in one.text)
    said = '他说"好"，路径 C:\\新 和“引号”。\n第二段。'
    made = template_pieces.made(key, body(key), {piece.address: said})
    again = next(one for one in template_pieces.pieces(made.body) if one.address == piece.address)
    assert again.text == said


@pytest.mark.parametrize(
    ("said", "each", "coded"),
    [
        ("【当事人】", "", "{party.name}"),
        ("【当事人｜填空】", "", "{party.name|line}"),
        ("【当事人｜填空12字｜不断行】", "", "{party.name|line:12|keep}"),
        ("【当事人电话｜空则/】", "", "{party.phone|or:/}"),
        ("【证据（逐条）】", "evidence", "{each.words}"),
        ("【证据（逐条）】", "", "【证据（逐条）】"),
        ("【没有这一栏】", "", "【没有这一栏】"),
        ("【当事人｜斜体】", "", "【当事人｜斜体】"),
        ("【当事人是公民】", "", "【当事人是公民】"),
    ],
)
def test_a_name_is_coded_only_where_it_may_stand(said: str, each: str, coded: str) -> None:
    assert placeholders.coded("penalty_decision", said, each) == coded
    if "{" in coded:
        assert placeholders.readable("penalty_decision", coded, each) == said


@pytest.mark.parametrize(
    ("path", "without"),
    [(("parts", 99, "text"), frozenset()), (("no_such",), frozenset({1}))],
)
def test_a_place_that_is_not_there_is_trouble(
    path: tuple[str | int, ...], without: frozenset[int]
) -> None:
    with pytest.raises(TemplateTrouble, match="恢复出厂文字"):
        template_source.rewritten(body("prior_notice"), {path: "x"}, without=without)


def test_the_reason_of_an_edition_stands_once_at_its_head() -> None:
    first = template_source.with_note(body("prior_notice"), "按市局要求\n补充联系人")
    again = template_source.with_note(first, "换了电话")
    assert template_source.note_of(first) == "按市局要求 补充联系人"
    assert template_source.note_of(again) == "换了电话"
    assert template_source.with_note(again, "") == body("prior_notice")


@pytest.mark.parametrize("key", KEYS)
def test_the_specimen_has_every_element_the_inspection_wants(key: str) -> None:
    for kind in specimen.PARTIES:
        if key == specimen.SUMMARY:
            found = inspect.inspect_summary(specimen.summary(kind), template.shipped(key))
        elif key == specimen.NOTICE:
            found = ()
        elif key in evidence_list.KEYS:
            found = evidence_inspect.inspect_evidence(
                key, specimen.fields_of(key), template.shipped(key)
            )
        else:
            found = course_inspect.inspect_course(specimen.course(key, kind), template.shipped(key))
        lost = [one.say for one in found if one.code.startswith(("element", "outdated", "blank"))]
        assert lost == []


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_form_prints_the_law_and_leaves_the_case_to_the_hand(key: str) -> None:
    offered = specimen.for_hand(key, PartyKind.LEGAL_PERSON)
    form = template_blank.blank(template.shipped(key), offered)
    made = pdf.render(form, template_blank.rows_for(offered))
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(made.pdf)).pages)
    flat = "".join(said.split())
    for name in ("样例渣土运输", "周样", "J0000001", "湘J·A5177", "￥"):
        assert name not in flat, name
    assert template.shipped(key).title[-3:] in flat
    if key in ("penalty_decision", "summary_decision"):
        assert "行政复议" in flat
