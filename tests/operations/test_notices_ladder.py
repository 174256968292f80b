"""The ladder of notices, what stays for ever, the office's own text."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused, StoreTrouble
from enforcer.models import (
    Document,
    LadderRule,
    TemplateEdition,
)
from enforcer.operations import notices, numbering
from enforcer.operations.notice_forms import (
    LadderRuleForm,
    NextStepForm,
    OutcomeForm,
    VoidNoticeForm,
    labels_of,
)
from enforcer.queries import office
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import (
    DocumentState,
    LadderChoice,
    NoticeOutcome,
    NoticeState,
)
from enforcer.text import take
from tests.factories import an_office
from tests.operations.notices_desk import Desk, codes


@pytest.fixture
def desk(store: Store, today: date, now: datetime) -> Desk:
    return Desk(store, an_office(store), today, now)


# the ladder


def days_before(desk: Desk, days: int) -> datetime:
    return desk.now - timedelta(days=days)


def test_after_three_notices_a_fourth_wants_a_reason(desk: Desk) -> None:
    for days in (90, 60, 30):
        desk.issue(noticed_at=days_before(desk, days))
    with pytest.raises(Refused) as refused:
        desk.issue()
    (one,) = refused.value.objections
    assert (one.code, one.level, one.field) == ("ladder_reason_missing", "warn", "ladder_reason")
    assert "转简易程序" in one.say
    assert "待机关确认" in one.say
    row = desk.row(desk.issue(ladder_reason="车主当场配合，影响轻微").number)
    assert row.ladder_reason == "车主当场配合，影响轻微"
    assert row.ladder_choice is LadderChoice.NOTICE
    assert "建议转简易程序" in row.ladder_says
    assert row.frozen
    assert "第4次（上次2026-08-04）" in str(row.frozen)


def test_following_the_suggestion_wants_no_reason(desk: Desk) -> None:
    for days in (90, 60, 30):
        desk.issue(noticed_at=days_before(desk, days))
    assert desk.issue(ladder_choice=LadderChoice.SUMMARY, outcome=NoticeOutcome.TO_PENALTY)


def test_the_offices_own_ladder_takes_over(desk: Desk) -> None:
    form = LadderRuleForm(
        item_key="pavement_parking",
        notices=1,
        days=30,
        then=LadderChoice.SUMMARY,
        basis="常城管〔2026〕3号",
    )
    notices.save_ladder_rule(desk.store, form, today=desk.today, now=desk.now, actor="周敏")
    desk.issue(noticed_at=days_before(desk, 30))
    desk.issue(noticed_at=days_before(desk, 0))
    with pytest.raises(Refused, match="常城管〔2026〕3号"):
        desk.issue()
    with desk.store.reading() as session:
        assert len(session.exec(select(LadderRule)).all()) == 1


def test_a_ladder_for_an_unknown_item_is_refused(desk: Desk) -> None:
    form = LadderRuleForm(item_key="nothing", notices=3, days=365, then=LadderChoice.SUMMARY)
    with pytest.raises(InvalidForm):
        notices.save_ladder_rule(desk.store, form, today=desk.today, now=desk.now, actor="周敏")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("逾期将罚款200元。", "notice_fine"),
        ("责令立即改正。", "notice_order"),
        ("请于3日内到我局接受处理。", "notice_deadline"),
    ],
)
def test_a_last_sentence_that_orders_or_punishes_is_refused(
    desk: Desk, text: str, code: str
) -> None:
    form = NextStepForm(text=text)
    with pytest.raises(Refused) as refused:
        notices.set_next_step(desk.store, form, today=desk.today, now=desk.now, actor="周敏")
    assert code in {one.code for one in refused.value.objections}
    assert {one.field for one in refused.value.objections} == {"text"}
    assert notices.next_step_of(desk.store) == ""


def test_the_offices_own_last_sentence_is_printed(desk: Desk) -> None:
    form = NextStepForm(text="再次发现的，将依法处理。")
    notices.set_next_step(desk.store, form, today=desk.today, now=desk.now, actor="周敏")
    frozen: Any = desk.row(desk.issue().number).frozen
    assert frozen["next_step"] == "再次发现的，将依法处理。"


# what stays


def test_void_keeps_the_number_the_reason_and_the_paper(desk: Desk) -> None:
    issued = desk.issue()
    assert desk.void(issued.id) == [issued.number]
    row = desk.row(issued.number)
    assert (row.state, row.void_reason, row.voided_by) == (NoticeState.VOID, "打印歪斜", "周敏")
    assert row.voided_at == desk.now
    with desk.store.reading() as session:
        paper = session.get(Document, issued.document_id)
        assert paper is not None
        assert paper.state is DocumentState.VOID
        assert numbering.gaps(session) == []
    assert desk.issue().number.endswith("00002号")


def test_a_void_number_cannot_be_voided_again(desk: Desk) -> None:
    issued = desk.issue()
    desk.void(issued.id)
    with pytest.raises(Refused) as refused:
        desk.void(issued.id, reason="另一个原因")
    assert codes(refused.value) == ["notice_already_void"]
    assert desk.row(issued.number).void_reason == "打印歪斜"


def test_void_wants_a_reason(desk: Desk) -> None:
    with pytest.raises(InvalidForm) as wrong:
        take(VoidNoticeForm, {"notice_ids": (1,), "reason": " "}, labels_of(VoidNoticeForm))
    assert wrong.value.by_field == {"reason": "作废原因没有填写，请补填。"}


def outcome(desk: Desk, result: NoticeOutcome | None, *ids: int) -> list[str]:
    form = OutcomeForm(notice_ids=ids, outcome=result)
    return notices.set_outcome(desk.store, form, today=desk.today, now=desk.now, actor="周敏")


def test_the_outcome_is_noted_and_may_be_mended(desk: Desk) -> None:
    one, two = desk.issue(), desk.issue(plate="湘J12345")
    assert outcome(desk, NoticeOutcome.NOT_MOVED, one.id, two.id) == [one.number, two.number]
    outcome(desk, NoticeOutcome.MOVED_OFF, one.id)
    assert desk.row(one.number).outcome is NoticeOutcome.MOVED_OFF
    assert desk.row(two.number).outcome is NoticeOutcome.NOT_MOVED


def test_a_void_notice_has_no_outcome(desk: Desk) -> None:
    issued = desk.issue()
    desk.void(issued.id)
    with pytest.raises(Refused) as refused:
        outcome(desk, NoticeOutcome.MOVED_OFF, issued.id)
    assert codes(refused.value) == ["notice_not_issued"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE notice SET place = '别处'",
        "UPDATE notice SET number = 'X'",
        "UPDATE notice SET frozen = '{}'",
        "DELETE FROM notice",
        "UPDATE document SET sha256 = 'x'",
        "DELETE FROM document",
    ],
)
def test_what_was_issued_cannot_be_changed_behind_our_back(desk: Desk, change: str) -> None:
    desk.issue()
    with pytest.raises(StoreTrouble, match="不能"), desk.store.unit(actor="测试") as session:
        session.exec(text(change))


# the office's own text


def test_the_offices_own_edition_is_used_from_its_day_on(desk: Desk) -> None:
    body = office.shipped_body("courteous_notice").replace(
        "感谢您对城市管理工作的理解和支持！", "谢谢您！"
    )
    body = body.replace('version = "', 'version = "机关-', 1)
    with desk.store.unit(actor="测试") as session:
        for edition, day in ((1, desk.today), (2, desk.today + timedelta(days=1))):
            session.add(
                TemplateEdition(
                    template_key="courteous_notice",
                    edition=edition,
                    from_on=day,
                    body=body if edition == 1 else "还没有生效",
                    saved_at=desk.now,
                    saved_by="测试",
                )
            )
    issued = desk.issue()
    with desk.store.reading() as session:
        paper = session.get(Document, issued.document_id)
    assert paper is not None
    assert paper.template_version.startswith("机关-")
    data = vault.read(desk.store.vault, paper.vault_name, paper.sha256)
    said = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert "谢谢您！" in said
    assert "感谢" not in said


def test_what_is_typed_is_printed_as_typed(desk: Desk) -> None:
    issued = desk.issue(place="桃林路<img src=x>&nbsp;1号<b", situation="停在  两个空格")
    data = vault.read(desk.store.vault, issued.vault_name, issued.sha256)
    said = PdfReader(BytesIO(data)).pages[0].extract_text().replace("\n", "")
    assert "桃林路<img src=x>&nbsp;1号<b" in said


def test_a_character_no_face_can_draw_is_refused_by_name_and_no_number_is_drawn(
    desk: Desk,
) -> None:
    with pytest.raises(InvalidForm) as wrong:
        desk.issue(place="桃林路\U0001f697旁")
    assert "U+1F697" in wrong.value.by_field["place"]
    assert desk.issue().number.endswith("00001号")
    assert len(list(desk.store.vault.glob("*.pdf"))) == 1
