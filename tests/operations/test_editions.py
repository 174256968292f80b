"""The office's own texts of papers: checked against the law, kept by date, the shipped one comes back."""

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from enforcer.documents import template_pieces, template_source
from enforcer.errors import InvalidForm, Level, Objection, Refused
from enforcer.models import AuditEntry, Document, TemplateEdition
from enforcer.operations import editions, registers, template_check
from enforcer.operations.editions import RestoreTemplateForm, TemplateEditionForm
from enforcer.queries import office, templates
from enforcer.store import vault
from enforcer.store.database import Store

Do = Callable[..., Any]
DECISION = "penalty_decision"


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    def carry_out(deed: Do, form: type, /, actor: str = "周敏", **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor=actor)

    return carry_out


def edited(key: str, words: str, text: str) -> str:
    """The shipped template with the piece that holds these words saying something else."""
    body = office.shipped_body(key)
    piece = next(
        one for one in template_pieces.pieces(body)
        if words in template_pieces.readable(key, one)
    )  # fmt: skip
    return template_pieces.made(key, body, {piece.address: text}).body


def shipped_version(key: str = DECISION) -> str:
    return template_source.version_of(office.shipped_body(key))


def found(key: str, body: str, day: date = date(2026, 11, 23)) -> list[Objection]:
    return list(template_check.check_body(key, body, on=day))


@pytest.mark.parametrize("key", templates.keys())
def test_every_shipped_text_passes_its_own_check(key: str) -> None:
    assert found(key, office.shipped_body(key)) == []


@pytest.mark.parametrize(
    ("key", "words", "code", "cite", "named"),
    [
        (DECISION, "【复议诉讼的告知】", "element_remedy", "第五十九条第一款第五项", "【复议诉讼的告知】"),
        (DECISION, "经查明：", "element_facts", "第五十九条第一款第二项", "【查明的事实】"),
        (DECISION, "【处罚内容（逐项）】", "element_penalty", "第五十九条第一款第三项", "【处罚内容（逐项）】"),
        (DECISION, "【缴款方式和期限】", "element_payment", "第五十九条第一款第四项", "【缴款方式和期限】"),
        (DECISION, "【地址名称】：", "element_party_address", "第五十九条第一款第一项", "【当事人地址】"),
        ("prior_notice", "【陈述申辩权利】", "element_defence_right", "第四十四条", "【陈述申辩权利】"),
        ("prior_notice", "【听证权利】", "element_hearing_right", "第六十三条", "【听证权利】"),
        ("summary_decision", "【复议诉讼的告知】", "element_remedy", "行政复议法（2023）第二十三条", "【复议诉讼的告知】"),
        ("summary_decision", "出示执法证件", "element_shown", "第五十二条第一款", "出示执法证件"),
        ("urging_notice", "有权进行陈述和申辩", "element_defence_right", "行政强制法第三十五条", "有权进行陈述和申辩"),
        ("service_announcement", "三十日", "element_thirty_days", "民事诉讼法", "三十日"),
        ("no_penalty_decision", "【教育的内容｜", "element_education", "第三十三条第三款", "【教育的内容】"),
        ("evidence_list", "【证明对象、查证】", "element_proves", "第十二条第二项", "【证明对象、查证】"),
        ("evidence_photos", "【照片校验码】", "element_code", "第十二条第一项", "【照片校验码】"),
    ],
)  # fmt: skip
def test_an_element_of_the_law_cannot_be_taken_out(
    do: Do, store: Store, key: str, words: str, code: str, cite: str, named: str
) -> None:
    body = edited(key, words, "")
    with pytest.raises(Refused) as refusal:
        do(editions.save_template_edition, TemplateEditionForm,
           template_key=key, from_on="2026-10-01", body=body)  # fmt: skip
    one = next(one for one in refusal.value.objections if one.code == code)
    assert cite in one.cite
    assert named in one.say
    assert "恢复出厂文字" in one.say
    with store.reading() as session:
        assert session.exec(select(TemplateEdition)).all() == []


@pytest.mark.parametrize(
    ("was", "becomes", "codes"),
    [
        ("served = true", "served = false", ["template_paper"]),
        ("[paper]\n", "[paper]\nbefore_filing = true\n", ["template_paper"]),
        ("order = 320", "order = 0", ["template_unreadable"]),
        ("[paper]\n", "[paper]\n# 何时出件\n", []),
    ],
)
def test_an_office_does_not_change_what_a_paper_is(
    was: str, becomes: str, codes: list[str]
) -> None:
    body = office.shipped_body(DECISION)
    assert was in body
    assert [one.code for one in found(DECISION, body.replace(was, becomes, 1))] == codes


def test_a_text_kept_before_templates_said_what_they_are_still_passes() -> None:
    body = office.shipped_body(DECISION)
    start = body.index("[paper]")
    assert found(DECISION, body[:start] + body[body.index("[sheet]") :]) == []


def test_the_finding_leads_to_the_place_where_the_element_stood() -> None:
    body = office.shipped_body(DECISION)
    piece = next(one for one in template_pieces.pieces(body) if "{remedy.words}" in one.text)
    made = template_pieces.made(DECISION, body, {piece.address: "本局地址见下。"})
    one = template_check.check(
        template_check.Edited(DECISION, made, body), on=date(2026, 11, 23)
    )[0]  # fmt: skip
    assert (one.code, one.field) == ("element_remedy", piece.address)


def test_a_finding_after_a_part_that_went_names_the_place_of_the_text_being_edited() -> None:
    body = office.shipped_body("prior_notice")
    known = template_pieces.pieces(body)
    gone = next(one for one in known if "所附回执" in one.text)
    last = next(one for one in known if "本机关地址" in one.text)
    texts = {gone.address: "", last.address: "本机关地址：【没有这栏】"}
    made = template_pieces.made("prior_notice", body, texts)
    one = template_check.check(
        template_check.Edited("prior_notice", made, body), on=date(2026, 11, 23)
    )[0]  # fmt: skip
    assert (one.code, one.field) == ("unknown_field", last.address)


@pytest.mark.parametrize(
    ("text", "code", "say"),
    [
        ("经查明：【查明的事买】。", "unknown_field", "【查明的事实】"),
        ("经查明：【查明的事实】。见{boss.name}", "unknown_field", "{boss.name}"),
        ("经查明：【查明的事实】。【证据（逐条）】", "unknown_field", "逐项印"),
        ("经查明：【查明的事实】。{party.name", "template_unreadable", "花括号"),
        ("经查明：【查明的事实】。\U0001f697", "glyph_missing", "字库里没有"),
        ("经查明：【查明的事实】。三个月内向人民法院起诉。", "outdated_wording", "六个月"),
        ("经查明：【查明的事实】。向上一级主管部门申请复议。", "outdated_wording", "人民政府"),
    ],
)
def test_words_that_would_spoil_the_paper_are_refused(text: str, code: str, say: str) -> None:
    hard = [
        one
        for one in found(DECISION, edited(DECISION, "经查明：", text))
        if one.level is Level.BLOCK
    ]
    assert hard[0].code == code
    assert say in hard[0].say


def test_law_that_has_ended_is_told_but_does_not_refuse(do: Do) -> None:
    text = "经查明：【查明的事实】。依据《中华人民共和国大气污染防治法》第一百一十六条。"
    body = edited(DECISION, "经查明：", text)
    one = next(one for one in found(DECISION, body) if one.code == "citation")
    assert one.level is Level.WARN
    assert "废止" in one.say
    assert do(editions.save_template_edition, TemplateEditionForm,
              template_key=DECISION, from_on="2026-10-01", body=body) == 1  # fmt: skip


def test_a_field_that_is_printed_nowhere_any_more_is_told() -> None:
    body = edited(DECISION, "联系电话：【当事人电话", "")
    assert [(one.code, "【当事人电话】" in one.say) for one in found(DECISION, body)] == [
        ("field_dropped", True)
    ]


def test_a_file_of_another_paper_is_refused(do: Do) -> None:
    with pytest.raises(Refused) as refusal:
        do(editions.save_template_edition, TemplateEditionForm,
           template_key=DECISION, from_on="2026-10-01",
           body=office.shipped_body("prior_notice"))  # fmt: skip
    assert refusal.value.objections[0].code in {"template_key", "unknown_field"}


@pytest.mark.parametrize(
    ("key", "kind", "code"),
    [
        (DECISION, "seal", "signing_place"),
        ("evidence_list", "signature", "signing_place"),
        ("evidence_photos", "picture", "element_picture"),
    ],
)
def test_a_file_without_the_place_of_seal_signature_or_photo_is_refused(
    key: str, kind: str, code: str
) -> None:
    body = office.shipped_body(key)
    number = template_pieces.part_kinds(body).index(kind)
    without = template_source.rewritten(body, {}, without=frozenset({number}))
    assert code in {one.code for one in found(key, without)}


@pytest.mark.parametrize("key", ["no_such_paper", "penalty"])
def test_a_paper_that_is_not_made_here_has_no_editions(do: Do, key: str) -> None:
    for deed, form in (
        (editions.save_template_edition, TemplateEditionForm),
        (editions.restore_template, RestoreTemplateForm),
    ):
        given = {"template_key": key, "from_on": "2026-10-01"}
        if form is TemplateEditionForm:
            given["body"] = office.shipped_body(DECISION)
        with pytest.raises(InvalidForm) as wrong:
            do(deed, form, **given)
        assert list(wrong.value.by_field) == ["template_key"]


def test_an_edition_keeps_its_day_its_hand_and_its_reason(do: Do, store: Store) -> None:
    body = edited(DECISION, "联系电话：【当事人电话", "电话：【当事人电话｜空则/】")
    number = do(editions.save_template_edition, TemplateEditionForm, actor="何志远",
                template_key=DECISION, from_on="2026-10-01", note="按市局的样式", body=body)  # fmt: skip
    assert number == 1
    before = office.template_on(store, DECISION, date(2026, 9, 30))
    after = office.template_on(store, DECISION, date(2026, 10, 1))
    assert (before.version, after.version) == (shipped_version(), f"{shipped_version()}-本机关1")
    with store.reading() as session:
        row = session.exec(select(TemplateEdition)).one()
        log = session.exec(
            select(AuditEntry).where(AuditEntry.table_name == "template_edition")
        ).one()
    assert (row.saved_by, template_source.note_of(row.body)) == ("何志远", "按市局的样式")
    assert (log.actor, log.operation) == ("何志远", "save_template_edition")


def test_the_shipped_text_comes_back_as_one_more_edition(do: Do, store: Store, today: date) -> None:
    body = edited(DECISION, "联系电话：【当事人电话", "电话：【当事人电话｜空则/】")
    do(editions.save_template_edition, TemplateEditionForm,
       template_key=DECISION, from_on=today.isoformat(), body=body)  # fmt: skip
    do(editions.restore_template, RestoreTemplateForm,
       template_key=DECISION, from_on=(today + timedelta(days=1)).isoformat(), note="改回去")  # fmt: skip
    assert "电话：{party.phone|or:/}" in office.edition_on(store, DECISION, today).body
    again = office.edition_on(store, DECISION, today + timedelta(days=1))
    assert again.edition == 2
    assert template_pieces.pieces(again.body) == template_pieces.pieces(
        office.shipped_body(DECISION)
    )


def test_two_windows_cannot_overwrite_each_other(do: Do) -> None:
    body = edited(DECISION, "联系电话：【当事人电话", "电话：【当事人电话｜空则/】")
    given = {"template_key": DECISION, "from_on": "2026-10-01", "body": body, "loaded": "0"}
    do(editions.save_template_edition, TemplateEditionForm, actor="何志远", **given)
    with pytest.raises(Refused, match="何志远"):
        do(editions.save_template_edition, TemplateEditionForm, **given)


def test_an_issued_paper_keeps_the_text_it_was_made_with(
    do: Do, store: Store, today: date, now: datetime
) -> None:
    from enforcer.operations import summary
    from tests.factories import an_office
    from tests.operations.summary_desk import a_form

    made = an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))
    first = summary.decide_on_the_spot(store, a_form(made), today=today, now=now, actor="周敏")
    with store.reading() as session:
        paper = session.get(Document, first.document_id)
        assert paper
        kept = (paper.template_version, paper.sha256, paper.fields)
        pdf = vault.read(store.vault, paper.vault_name, paper.sha256)
    body = edited(
        "summary_decision", "本机关地址：", "地址：【机关地址｜空则/】　电话：【机关电话｜空则/】"
    )
    do(editions.save_template_edition, TemplateEditionForm,
       template_key="summary_decision", from_on=today.isoformat(), body=body)  # fmt: skip
    second = summary.decide_on_the_spot(
        store, a_form(made, party_name="王建军", party_id_number="430702197912319878",
                      act="擅自占用城市道路摆放桌椅"),
        today=today, now=now, actor="周敏",
    )  # fmt: skip
    with store.reading() as session:
        paper = session.get(Document, first.document_id)
        later = session.get(Document, second.document_id)
        assert paper and later
        assert (paper.template_version, paper.sha256, paper.fields) == kept
        assert vault.read(store.vault, paper.vault_name, paper.sha256) == pdf
        assert later.template_version == f"{kept[0]}-本机关1"


def test_papers_of_a_case_keep_the_text_they_came_out_with(
    empty_home: Path, tmp_path: Path
) -> None:
    from enforcer.operations import course_paper
    from tests.operations.course_issue_desk import carried

    home = tmp_path / "case"
    shutil.copytree(empty_home, home)
    hand = carried(home, "spoil_company_after")
    first = hand.issue("correction_order")
    [row] = hand.rows("correction_order")
    words = course_paper.word_of_issued(hand.store, first.document_id)
    body = edited("correction_order", "本机关地址：", "地址：【机关地址｜空则/】")
    day = hand.now.date()
    form = TemplateEditionForm(template_key="correction_order", from_on=day, body=body)
    editions.save_template_edition(hand.store, form, today=day, now=hand.now, actor="周敏")
    [after] = hand.rows("correction_order")
    assert (after.template_version, after.sha256) == (row.template_version, row.sha256)
    assert after.template_version == shipped_version("correction_order")
    assert len(course_paper.word_of_issued(hand.store, first.document_id)) == len(words)
    assert office.edition_on(hand.store, "correction_order", day).edition == 1
    hand.store.close()


def test_a_paper_of_a_later_day_is_made_with_the_new_text(empty_home: Path, tmp_path: Path) -> None:
    from tests.operations.course_issue_desk import carried

    home = tmp_path / "case"
    shutil.copytree(empty_home, home)
    hand = carried(home, "spoil_company_after")
    body = edited("closure_approval", "案由", "案  由")
    first = date(2026, 1, 1)
    form = TemplateEditionForm(template_key="closure_approval", from_on=first, body=body)
    editions.save_template_edition(hand.store, form, today=first, now=hand.now, actor="周敏")
    hand.issue("closure_approval", reasons={})
    [row] = hand.rows("closure_approval")
    assert row.template_version == f"{shipped_version('closure_approval')}-本机关1"
    hand.store.close()
