"""What a template says a paper is, and what it may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcer import paths
from enforcer.documents import course_rules, dossier_order, template
from enforcer.documents.dossier_order import Placing
from enforcer.errors import TemplateTrouble
from enforcer.terms import CaseStep
from tests.dropped import PAPER, Folder, dropped

__all__ = ["dropped"]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("order = 275\n", "", "[paper] 缺“order”"),
        ("order = 275", "order = 0", "order 是“0”，应当是大于零的整数"),
        ("order = 275", 'order = "275"', "应当是大于零的整数"),
        ("order = 275", "order = 280", "hearing_report.toml"),
        ('matter = "hearing"\n', "", "[paper] 缺“matter”"),
        ('matter = "hearing"', 'matter = "hearings"', "matter 是“hearings”，不认识。是不是“hearing”？"),
        ('step = "hearing"\n', "", "[paper] 缺“step”"),
        ('step = "hearing"', 'step = "heard"', "step 是“heard”，不认识"),
        ('step = "hearing"', 'step = "paid"', "只能出在：hearing_noticed（通知听证）"),
        ('"under_seal"', '"under_sael"', "checks 是“under_sael”，不认识。是不是“under_seal”？"),
        ('checks = ["under_seal"]', 'checks = "under_seal"', "checks 应当是一个列表"),
        ('number = { word = "听记函" }\n', "", "checks 有 under_seal，却没有 number"),
        ('word = "听记函"', "word = 1", "number.word 应当是一段文字"),
        ('word = "听记函"', 'word = "听", decision = true', "应当写明一种"),
        ('word = "听记函"', 'shared = "hearing_notice"', "number缺“cite”"),
        ('word = "听记函"', 'shared = "urging_notice", cite = "一"', "应当是用同一种内容（听证）填写"),
        ('chain = "decision"', 'chain = "decide"', "signing.chain 是“decide”，不认识"),
        ('use = "waived"', 'use = "given_up"', "optional.use 是“given_up”，不认识"),
        ('say = "要求送阅的"', 'say = ""', "optional.say 应当是一段文字"),
        ("signed = true", 'signed = "yes"', "signed 是“yes”，应当是 true 或者 false"),
        ("signed = true", "sign = true", "里的“sign”不认识。是不是“signed”？"),
        ("signed = true", 'final = "decided"', "final 是“decided”，不认识"),
        ("signed = true", 'only = "public"', "only 是“public”，不认识。是不是“public_hearing”？"),
        ("signed = true", 'dated = "today"', "dated 是“today”，只能是 made"),
        ('behind = "hearing_record"', 'behind = "hearing_recrod"', "没有这种文书。是不是“hearing_record”？"),
        ('behind = "hearing_record"', 'behind = "hearing_letter"', "behind 是“hearing_letter”"),
        ('cites = "hearing_record"', 'cites = "nothing"', "cites 是“nothing”，没有这种文书"),
        ('key = "hearing_letter"', 'key = "letter"', "与文件名不同"),
        ("[paper]", "[paper", "写法有误"),
    ],
)  # fmt: skip
def test_a_wrong_or_missing_word_is_refused_with_file_and_key(
    dropped: Folder, was: str, becomes: str, said: str
) -> None:
    assert was in PAPER
    dropped.put("hearing_letter", PAPER.replace(was, becomes, 1))
    with pytest.raises(TemplateTrouble) as trouble:
        course_rules.rules()
    assert "hearing_letter.toml" in str(trouble.value)
    assert said in str(trouble.value)
    assert str(trouble.value).endswith(("。", "？"))


def test_two_papers_behind_each_other_are_refused(dropped: Folder) -> None:
    dropped.put("hearing_letter", PAPER.replace('"hearing_record"', '"hearing_word"', 1))
    other = PAPER.replace("275", "276").replace("hearing_letter", "hearing_word")
    dropped.put("hearing_word", other.replace('"hearing_record"', '"hearing_letter"', 1))
    with pytest.raises(TemplateTrouble, match="绕成了一圈"):
        course_rules.rules()


def test_a_long_key_has_no_series_of_its_own(dropped: Folder) -> None:
    key = "a_letter_about_what_was_said_there"
    dropped.put(key, PAPER.replace("hearing_letter", key))
    with pytest.raises(TemplateTrouble, match="不能自成一列编号"):
        course_rules.rules()


def test_a_paper_is_found_wherever_its_table_stands(dropped: Folder) -> None:
    table = PAPER[PAPER.index("[paper]") : PAPER.index("[sheet]")]
    dropped.put("hearing_letter", f"{PAPER.replace(table, '')}\n{table}")
    one = course_rules.rule("hearing_letter")
    assert (one.order, one.step, one.word) == (275, CaseStep.HEARING, "听记函")
    keys = course_rules.keys()
    assert keys[keys.index("hearing_record") + 1] == "hearing_letter"


def test_an_edited_text_is_read_by_the_same_reader() -> None:
    with pytest.raises(TemplateTrouble, match=r"模板“我的”的 \[paper\] 的 step"):
        template.load(PAPER.replace('step = "hearing"', 'step = "heard"'), where="我的")
    assert template.load(PAPER, where="我的").key == "hearing_letter"


def test_what_no_order_names_lies_behind_the_paper_it_says(dropped: Folder) -> None:
    dropped.put("hearing_letter", PAPER)
    papers = [
        Placing(1, "hearing_report"),
        Placing(2, "hearing_letter"),
        Placing(3, "hearing_record"),
    ]
    for key in ("A", "B"):
        order = dossier_order.order(key)
        assert order
        ((group,),) = dossier_order.arrange(order, papers)
        assert group.ids == (3, 2, 1)


def test_each_paper_has_a_place_of_its_own_in_every_order() -> None:
    for key in ("A", "B"):
        order = dossier_order.order(key)
        assert order
        rest = next(g.title for v in order.volumes for g in v.groups if g.rest)
        for number, one in enumerate(course_rules.keys(), 1):
            ((group,),) = dossier_order.arrange(order, [Placing(number, one)])
            assert one.startswith("dossier_") or group.title != rest, one


def test_every_shipped_paper_says_what_it_is() -> None:
    folder: Path = paths.resources() / "templates"
    named = set(course_rules.rules())
    assert named < {one.stem for one in folder.glob("*.toml")}
    assert [one.order for one in course_rules.rules().values()] == sorted(
        one.order for one in course_rules.rules().values()
    )
