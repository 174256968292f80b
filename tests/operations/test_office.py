"""What the office settles: answers, local amounts, folders, its own words, drafts."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.models import AuditEntry, Draft
from enforcer.operations import office, registers, wording
from enforcer.operations.registry import operations
from enforcer.queries import office as asked
from enforcer.store.database import Store
from enforcer.terms import PartyKind
from tests.factories import an_office

NOTICE = "courteous_notice"
Do = Callable[..., Any]


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    def carry_out(deed: Do, form: type, /, actor: str = "周敏", **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor=actor)

    return carry_out


def test_an_open_question_shows_that_it_is_open(store: Store) -> None:
    found = asked.all_confirmed(store)
    assert {one.label for one in found} == {"待机关确认"}
    assert asked.sole_trader_as(store) is None


def test_an_answer_is_kept_with_its_document(do: Do, store: Store) -> None:
    do(
        office.answer_question, office.AnswerForm,
        name="hearing_threshold_citizen", value="10,000",
        document="湖南省行政处罚听证程序规定", document_number="省政府令第1号",
    )  # fmt: skip
    found = asked.confirmed(store, "hearing_threshold_citizen")
    assert (found.value, found.document_number, found.label) == (1_000_000, "省政府令第1号", "")


@pytest.mark.parametrize(
    ("name", "value", "document", "field"),
    [
        ("hearing_threshold_citizen", "很多", "某规定", "value"),
        ("hearing_threshold_citizen", "10000", "", "document"),
        ("defence_days", "0", "某规定", "value"),
        ("defence_days", "三", "某规定", "value"),
        ("sole_trader_limit", "company", "", "value"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused(
    do: Do, store: Store, name: str, value: str, document: str, field: str
) -> None:
    with pytest.raises(InvalidForm) as refusal:
        do(
            office.answer_question, office.AnswerForm,
            name=name, value=value, document=document,
        )  # fmt: skip
    assert list(refusal.value.by_field) == [field]
    assert asked.confirmed(store, name).value is None


def test_the_limit_of_sole_traders_follows_the_answer_and_its_withdrawal(
    do: Do, store: Store
) -> None:
    for value, kind in (("legal_person", PartyKind.LEGAL_PERSON), ("", None)):
        do(office.answer_question, office.AnswerForm, name="sole_trader_limit", value=value)
        assert asked.sole_trader_as(store) is kind


def test_a_question_nobody_asks_is_refused(do: Do) -> None:
    with pytest.raises(Refused, match="没有“weather”"):
        do(office.answer_question, office.AnswerForm, name="weather", value="1")


def test_a_setting_changed_in_another_window_is_not_overwritten(do: Do, store: Store) -> None:
    do(office.save_setting, office.PlainSettingForm, key="notice_next_step", text="请配合。")
    loaded = asked.setting_version(store, "notice_next_step")
    do(
        office.save_setting,
        office.PlainSettingForm,
        actor="何志远",
        key="notice_next_step",
        text="请您配合。",
    )
    with pytest.raises(Refused, match="何志远 于 2026-09-03 10:12"):
        do(
            office.save_setting, office.PlainSettingForm,
            key="notice_next_step", text="谢谢。", loaded=loaded,
        )  # fmt: skip
    assert asked.setting(store, "notice_next_step") == {"text": "请您配合。"}


def test_the_default_organ_has_to_be_one_of_ours(do: Do, store: Store) -> None:
    made = an_office(store)
    do(office.choose_unit, office.UnitForm, organ_id=made.organ)
    with pytest.raises(InvalidForm, match="没有登记"):
        do(office.choose_unit, office.UnitForm, organ_id=99)
    assert asked.setting(store, "unit") == {"organ_id": made.organ}


def test_a_backup_folder_that_takes_files_is_kept(do: Do, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "备份"
    do(office.choose_backup_folder, office.BackupFolderForm, folder=str(folder))
    assert asked.backup_folder(store) == str(folder)
    assert "同一块磁盘" in office.check_backup_folder(store, str(folder)).remark
    do(office.choose_backup_folder, office.BackupFolderForm, folder="")
    assert asked.backup_folder(store) == ""


@pytest.mark.parametrize("where", ["relative", "inside", "a_file"])
def test_a_backup_folder_that_cannot_serve_is_refused(
    do: Do, store: Store, tmp_path: Path, where: str
) -> None:
    (tmp_path / "占用").write_text("", encoding="utf-8")
    folders = {
        "relative": "备份",
        "inside": str(store.home / "备份"),
        "a_file": str(tmp_path / "占用" / "备份"),
    }
    with pytest.raises(InvalidForm) as refusal:
        do(office.choose_backup_folder, office.BackupFolderForm, folder=folders[where])
    assert list(refusal.value.by_field) == ["folder"]
    assert asked.backup_folder(store) == ""


def edited(text: str) -> str:
    """The shipped notice with its closing paragraph in other words."""
    body = asked.shipped_body(NOTICE)
    last = next(one for one in wording.texts_of(body) if "温馨提示" in one.text)
    return wording.with_texts(body, {last.part: text})


def test_the_shipped_notice_passes_its_own_check() -> None:
    assert wording.faults(NOTICE, asked.shipped_body(NOTICE), where="出厂") == []


def test_an_edition_holds_from_its_day_and_the_shipped_one_before(do: Do, store: Store) -> None:
    body = edited("谢谢您的配合！\n“祝一路平安”。")
    number = do(
        office.save_template_edition, office.TemplateEditionForm,
        from_on="2026-10-01", body=body,
    )  # fmt: skip
    assert number == 1
    before = asked.template_on(store, NOTICE, date(2026, 9, 30))
    after = asked.template_on(store, NOTICE, date(2026, 10, 1))
    assert after.version == f"{before.version}-本机关1"
    texts = [one.text for one in wording.texts_of(asked.edition_on(store, NOTICE, date.max).body)]
    assert "谢谢您的配合！\n“祝一路平安”。" in texts


def test_the_shipped_words_can_come_back(do: Do, store: Store, today: date) -> None:
    do(
        office.save_template_edition, office.TemplateEditionForm,
        from_on=today.isoformat(), body=edited("谢谢您的配合！"),
    )  # fmt: skip
    do(office.restore_template, office.RestoreTemplateForm, from_on=today.isoformat())
    found = asked.edition_on(store, NOTICE, today)
    assert found.edition == 2
    assert wording.texts_of(found.body) == wording.texts_of(asked.shipped_body(NOTICE))
    assert [one.edition for one in asked.editions(store, NOTICE)] == [2, 1, 0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("请于15日内到我局接受处理。", "notice_deadline"),
        ("再不驶离将罚款。", "notice_fine"),
        ("处200元。", "notice_amount"),
        ("请扫码付款。", "notice_pay"),
        ("将依法给予行政处罚。", "notice_penalty"),
        ("现责令您改正。", "notice_order"),
        ("不服的可以申请行政复议。", "notice_remedy"),
        ("请携带身份证。", "notice_identity"),
        ("请找{boss.name}。", "unknown_field"),
        ("请看{notice.plate", "template_unreadable"),
    ],
)
def test_words_that_make_a_notice_an_order_are_refused(
    do: Do, store: Store, text: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        do(
            office.save_template_edition, office.TemplateEditionForm,
            from_on="2026-10-01", body=edited(text),
        )  # fmt: skip
    assert [one.code for one in refusal.value.objections] == [code]
    assert len(asked.editions(store, NOTICE)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "本告知书不属于行政处罚，不罚款、不记分。",
        "再次发现的，将依法处理。",
        "附近停车场每天二十四小时开放。",
    ],
)
def test_courteous_words_pass(text: str) -> None:
    assert wording.courteous_faults(text) == []


def test_the_next_step_sentence_is_held_to_the_same_words(do: Do, store: Store) -> None:
    with pytest.raises(Refused, match="不写罚款"):
        do(
            office.save_setting, office.PlainSettingForm,
            key="notice_next_step", text="下次罚款。",
        )  # fmt: skip
    do(
        office.save_setting, office.PlainSettingForm,
        key="notice_next_step", text="再次发现的，将依法处理。",
    )  # fmt: skip
    assert asked.setting(store, "notice_next_step") == {"text": "再次发现的，将依法处理。"}


@pytest.mark.parametrize("deed", ["save", "restore"])
def test_no_edition_reaches_back_before_today(do: Do, deed: str) -> None:
    with pytest.raises(InvalidForm, match="已经签发的文书不能换文字"):
        if deed == "save":
            do(
                office.save_template_edition, office.TemplateEditionForm,
                from_on="2026-09-02", body=edited("谢谢！"),
            )  # fmt: skip
        else:
            do(office.restore_template, office.RestoreTemplateForm, from_on="2026-09-02")


def test_an_edition_from_another_window_is_not_covered_in_silence(do: Do) -> None:
    given = {"from_on": "2026-10-01", "body": edited("谢谢！"), "loaded": "0"}
    do(office.save_template_edition, office.TemplateEditionForm, actor="何志远", **given)
    with pytest.raises(Refused, match="何志远"):
        do(office.save_template_edition, office.TemplateEditionForm, **given)


def test_an_emptied_paragraph_leaves_the_paper() -> None:
    body = asked.shipped_body(NOTICE)
    first = wording.texts_of(body)[0]
    assert first.text not in edited_out(body, first.part)


def edited_out(body: str, part: int) -> str:
    return wording.with_texts(body, {part: ""})


def test_a_draft_is_kept_and_dropped_without_a_trace_in_the_log(
    store: Store, now: datetime
) -> None:
    office.save_draft(store, "registers.party", {"name": "李"}, now=now, actor="周敏")
    office.save_draft(store, "registers.party", {"name": "李建"}, now=now, actor="周敏")
    assert office.take_draft(store, "registers.party") == {"name": "李建"}
    office.drop_draft(store, "registers.party", actor="周敏")
    assert office.take_draft(store, "registers.party") is None
    with store.reading() as session:
        assert session.exec(select(Draft)).all() == []
        assert session.exec(select(AuditEntry)).all() == []


def test_every_deed_is_known_by_name() -> None:
    known = set(operations())
    assert known >= {
        "save_organ", "save_power_source", "save_number_rule", "save_officer", "save_recorder",
        "save_party", "merge_parties", "save_vehicle", "save_guidance", "save_setting",
        "choose_unit", "answer_question",
        "choose_backup_folder", "save_template_edition", "restore_template",
    }  # fmt: skip
