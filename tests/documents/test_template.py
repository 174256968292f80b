"""Template files: what they may say, and how a wrong one is refused in plain words."""

from typing import Any

import pytest

from enforcer.documents import template
from enforcer.documents.template import Template
from enforcer.errors import GlyphMissing, TemplateTrouble

HEAD = 'key = "t"\ntitle = "试样"\nversion = "1"\n'


def _load(parts: str, head: str = HEAD) -> Template:
    return template.load(head + parts, where="试样.toml")


def _paragraph(text: str, more: str = "") -> Template:
    return _load(f"[[parts]]\nkind = 'paragraph'\ntext = '''{text}'''\n{more}")


def _said(text: str, fields: dict[str, Any], more: str = "") -> str:
    return template.resolved_text(_paragraph(text, more), fields)


PARTY = {"party": {"name": "李某", "phone": ""}, "yes": True, "no": False, "empty": ""}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("当事人：{party.name}", "当事人：李某\n"),
        ("当事人：{party.name|line}。", "当事人：李某。\n"),
        ("电话：{party.phone|line:4}", "电话：＿＿＿＿\n"),
        ("电话：{party.phone|or:/}", "电话：/\n"),
        ("{party.name|keep}", "李某\n"),
        ("{party.name|box:李某}　{party.name|box:王某}", "☑李某　☐王某\n"),
        ("____年__月", "＿＿年＿月\n"),
        ("{{原样}}", "{原样}\n"),
        ("第一段\n第二段", "第一段\n第二段\n"),
    ],
)
def test_words_are_filled(written: str, said: str) -> None:
    assert _said(written, PARTY) == said


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ("when = 'yes'", True),
        ("when = 'no'", False),
        ("when = 'empty'", False),
        ("when = ['yes', 'party.name']", True),
        ("when = ['yes', 'no']", False),
        ("unless = 'no'", True),
        ("unless = 'yes'", False),
        ("when = 'yes'\nunless = ['no', 'yes']", False),
    ],
)
def test_a_part_is_shown_when_its_fields_say_so(more: str, shown: bool) -> None:
    assert ("此段" in _said("此段", PARTY, more)) is shown


def test_each_prints_a_part_once_per_row() -> None:
    fields = {"officers": [{"name": "周敏"}, {"name": "何志远"}]}
    assert _said("{each.name}", fields, "each = 'officers'") == "周敏\n何志远\n"
    assert _said("{each}", {"words": ["甲", "乙"]}, "each = 'words'") == "甲\n乙\n"


@pytest.mark.parametrize(
    "typed", ['<img src="x">', "<b", "&", "&lt;", "甲\n  乙", "两  格", "{name}"]
)
def test_typed_words_are_literal(typed: str) -> None:
    assert _said("{x}", {"x": typed}) == typed + "\n"


def test_placeholders_are_all_named() -> None:
    made = _load(
        "[[parts]]\nkind = 'paragraph'\ntext = '{a.b|line}{page}'\nwhen = 'c'\nunless = 'd.e'\n"
        "[[parts]]\nkind = 'signature'\nlabel = '{each.name}'\neach = 'officers'\n"
        "[[parts]]\nkind = 'table'\nrows = [{ each = 'list', cells = ['{each.n}', '{f}'] }]\n"
    )
    assert template.placeholders(made) == {
        "a.b", "c", "d.e", "officers", "officers.name", "list", "list.n", "f",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ("[[parts]]\nkind = 'paragraf'\ntext = 'x'", ["第1部分", "paragraf"]),
        ("[[parts]]\nkind = 'paragraph'", ["第1部分（paragraph）", "text"]),
        ("[[parts]]\nkind = 'paragraph'\ntext = 'x'\nsiz = 3", ["siz", "size"]),
        ("[[parts]]\nkind = 'paragraph'\ntext = 'x'\nsize = 'big'", ["size", "big"]),
        ("[[parts]]\nkind = 'paragraph'\ntext = '{A.b}'", ["{A.b}"]),
        ("[[parts]]\nkind = 'paragraph'\ntext = '{a.b|lime}'", ["lime", "line"]),
        ("[[parts]]\nkind = 'paragraph'\ntext = '{a.b'", ["花括号"]),
        ("[[parts]]\nkind = 'paragraph'\ntext = 'x'\nface = 'arial'", ["face", "arial", "fang"]),
        ("[[parts]]\nkind = 'paragraph'\ntext = 'x'\ncopies = ['没有']", ["copies", "没有"]),
        ("[[parts]]\nkind = 'table'\nrows = [{ cells = [] }]", ["第1部分", "第1行", "cells"]),
        ("[[parts]]\nkind = 'paragraph'\ntext = 5", ["第1部分", "5"]),
        ("[[parts]]\nkind = 'paragraph'\ntext = 'x'\nwhen = 3", ["when"]),
        ("[sheet]\nmargins = [1, 2]\n[[parts]]\nkind='title'", ["margins", "四个数"]),
        ("[sheet]\nmargin = 3\n[[parts]]\nkind='title'", ["margin", "margins"]),
        ("", ["parts"]),
    ],
)
def test_a_wrong_template_is_refused_by_name_and_place(parts: str, words: list[str]) -> None:
    with pytest.raises(TemplateTrouble) as caught:
        _load(parts)
    for word in ["试样.toml", *words]:
        assert word in str(caught.value)


@pytest.mark.parametrize("missing", ["key", "title", "version"])
def test_a_template_says_what_it_is(missing: str) -> None:
    head = "".join(line + "\n" for line in HEAD.splitlines() if not line.startswith(missing))
    with pytest.raises(TemplateTrouble, match=missing):
        _load("[[parts]]\nkind = 'title'", head)


def test_bad_toml_is_refused_with_its_line() -> None:
    with pytest.raises(TemplateTrouble, match=r"试样\.toml.*第4行"):
        _load("kind = = 3")


@pytest.mark.parametrize("text", ["[paper", "title = ", "a = " + "[" * 100_000])
def test_what_is_no_template_at_all_is_told_without_a_foreign_word(text: str) -> None:
    with pytest.raises(TemplateTrouble, match=r"^模板“试样”第1行.*写法有误，请改正后重新载入。$"):
        template.load(text, where="试样")


@pytest.mark.parametrize(
    ("text", "fields", "named"),
    [
        ("{party.age}", PARTY, "party.age"),
        ("{nobody.name}", PARTY, "nobody"),
        ("{yes}", PARTY, "yes"),
        ("{party}", PARTY, "party"),
        ("{each.name}", PARTY, "each.name"),
    ],
)
def test_a_field_that_is_not_there_is_named(text: str, fields: dict[str, Any], named: str) -> None:
    with pytest.raises(TemplateTrouble) as caught:
        _said(text, fields)
    assert named in str(caught.value)
    assert "第1部分" in str(caught.value)


def test_each_over_what_is_no_list_is_refused() -> None:
    with pytest.raises(TemplateTrouble, match="不是列表"):
        _said("{each}", PARTY, "each = 'party'")


def test_typed_words_cannot_smuggle_in_a_printers_mark() -> None:
    with pytest.raises(GlyphMissing):
        _said("{x}", {"x": "甲\ufdd0乙"})


@pytest.mark.parametrize("key", ["courteous_notice", "summary_decision"])
def test_shipped_templates_can_be_read(key: str) -> None:
    made = template.shipped(key)
    assert made.key == key
    assert template.shipped(key) is made
    assert "organ.name" in template.placeholders(made)


def test_a_template_that_is_not_shipped_is_trouble() -> None:
    with pytest.raises(TemplateTrouble, match="no_such"):
        template.shipped("no_such")


def test_a_field_left_for_the_hand_is_a_line_when_empty_and_underlined_when_filled() -> None:
    from enforcer.documents import marked, words

    said = words.parse("电话：{party.phone|hand:4}", "测试")
    empty = words.Scope({"party": {"phone": ""}}, {})
    filled = words.Scope({"party": {"phone": "7255555"}}, {})
    assert marked.plain(said.fill(empty)) == "电话：＿＿＿＿"
    assert marked.plain(said.fill(filled)) == "电话：7255555"
    with pytest.raises(TemplateTrouble):
        words.parse("{party.phone|hand}", "测试")
