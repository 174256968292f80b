"""One notice from the desk: what it refuses, what it lets pass, what stays for ever."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused, StoreTrouble
from enforcer.models import (
    AuditEntry,
    Certificate,
    Document,
    ItemPower,
    LadderRule,
    Notice,
    Officer,
    Organ,
    Setting,
    TemplateEdition,
)
from enforcer.operations import notices, numbering
from enforcer.operations.notice_forms import (
    IssuedNotice,
    LadderRuleForm,
    NextStepForm,
    NoticeForm,
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
    Origin,
    PlateColour,
    PlateKind,
)
from enforcer.text import take
from tests.factories import Office, an_office


@dataclass
class Desk:
    """The desk of one office on the day of the tests."""

    store: Store
    office: Office
    today: date
    now: datetime

    def form(self, **given: Any) -> NoticeForm:
        first, second, _ = self.office.officers
        values: dict[str, Any] = {
            "plate": "湘J8K216",
            "plate_colour": PlateColour.BLUE,
            "noticed_at": self.now,
            "place": "桃林路118号门前人行道",
            "item_key": "pavement_parking",
            "situation": "人行道违法停车",
            "officer1_id": first,
            "officer2_id": second,
            "recorders": ("0700001", "0700002"),
        }
        return take(NoticeForm, values | given, labels_of(NoticeForm)).form

    def issue(self, **given: Any) -> IssuedNotice:
        return notices.issue_notice(
            self.store, self.form(**given), today=self.today, now=self.now, actor="周敏"
        )

    def row(self, number: str) -> Notice:
        with self.store.reading() as session:
            return session.exec(select(Notice).where(Notice.number == number)).one()

    def void(self, *ids: int, reason: str = "打印歪斜") -> list[str]:
        form = VoidNoticeForm(notice_ids=ids, reason=reason)
        return notices.void_notices(self.store, form, today=self.today, now=self.now, actor="周敏")


@pytest.fixture
def desk(store: Store, today: date, now: datetime) -> Desk:
    return Desk(store, an_office(store), today, now)


def codes(refused: Refused) -> list[str]:
    return [one.code for one in refused.objections]


def test_a_notice_is_numbered_frozen_and_kept(desk: Desk) -> None:
    issued = desk.issue(plate="湘j·8k216", nearby="规划展览馆停车场")
    assert issued.number == "常城管温告字〔2026〕第00001号"
    row = desk.row(issued.number)
    assert (row.state, row.origin) == (NoticeState.ISSUED, Origin.MADE_HERE)
    assert (row.plate, row.plate_key, row.plate_kind) == (
        "湘J·8K216",
        "湘J8K216",
        PlateKind.ORDINARY,
    )
    assert (row.officer1, row.officer2) == ("周敏", "何志远")
    assert row.noticed_on == date(2026, 9, 3)
    assert (row.page, row.position, row.print_count) == (1, 0, 0)
    with desk.store.reading() as session:
        paper = session.get(Document, issued.document_id)
        assert paper is not None
        assert paper.number == issued.number
        assert paper.template_version
        assert paper.fields == row.frozen
        data = vault.read(desk.store.vault, paper.vault_name, paper.sha256)
        entries = session.exec(select(AuditEntry).where(AuditEntry.table_name == "notice")).all()
    assert data.startswith(b"%PDF")
    assert [one.operation for one in entries] == ["issue_notice"]
    assert entries[0].actor == "周敏"


def test_the_frozen_fields_say_what_the_paper_says(desk: Desk) -> None:
    frozen: Any = desk.row(desk.issue().number).frozen
    assert frozen["organ"]["name"] == "常德市城市管理和综合执法局"
    assert frozen["notice"]["time"] == "2026年9月3日10时12分"
    assert frozen["notice"]["nth"] == "第1次"
    assert frozen["item"]["provision"] == "《中华人民共和国道路交通安全法》第五十六条第一款"
    assert frozen["officers_line"] == "周敏（J0700012）、何志远（J0700019）"
    said = str(frozen)
    assert "罚款" not in said
    assert "复议" not in said


def test_the_same_request_gives_the_same_notice(desk: Desk) -> None:
    request = uuid4()
    first, second = desk.issue(request_id=request), desk.issue(request_id=request)
    assert first == second
    assert desk.issue().number.endswith("00002号")
    assert len(list(desk.store.vault.glob("*.pdf"))) == 2


@pytest.mark.parametrize(
    ("given", "field", "word"),
    [
        ({"plate": ""}, "plate", "没有填写"),
        ({"plate": "湘J8K216" * 4}, "plate", "最多20个字"),
        ({"noticed_at": "2026-09-03T10:13:00+08:00"}, "noticed_at", "还没有到"),
        ({"noticed_at": "2026-02-30 10:00"}, "noticed_at", "不是真实存在的时间"),
        ({"noticed_at": "2026-09-03T10:00:00"}, "noticed_at", "时区"),
        ({"noticed_at": "1926-09-03T10:00:00+08:00"}, "noticed_at", "太早"),
        ({"place": ""}, "place", "没有填写"),
        ({"place": "桃" * 4000}, "place", "最多200个字"),
        ({"place": "桃林\ud800路"}, "place", "残缺"),
        ({"note": "注" * 201}, "note", "最多200个字"),
        ({"recorders": tuple("1234567")}, "recorders", "最多填写6项"),
        ({"outcome": "fined"}, "outcome", "可选范围"),
    ],
)
def test_bad_input_is_refused_at_its_field(
    desk: Desk, given: dict[str, Any], field: str, word: str
) -> None:
    with pytest.raises(InvalidForm) as wrong:
        desk.issue(**given)
    assert list(wrong.value.by_field) == [field]
    assert word in wrong.value.by_field[field]
    with desk.store.reading() as session:
        assert session.exec(select(Notice)).all() == []


def test_control_characters_are_taken_out_and_text_is_printed_as_typed(desk: Desk) -> None:
    issued = desk.issue(place="桃林\u200b路<img src=x>  1 号<b", note='=HYPERLINK("x")')
    row = desk.row(issued.number)
    assert row.place == "桃林路<img src=x>  1 号<b"
    assert row.note == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("plate", "key", "kind"),
    [
        ("湘JD03127", "湘JD03127", PlateKind.NEW_ENERGY),
        ("无号牌", "", PlateKind.NONE),
        ("号牌污损", "", PlateKind.UNREADABLE),
        ("湘J1234学", "湘J1234学", PlateKind.COACH),
    ],
)
def test_every_kind_of_plate_gets_its_card(
    desk: Desk, plate: str, key: str, kind: PlateKind
) -> None:
    row = desk.row(desk.issue(plate=plate, plate_colour=None).number)
    assert (row.plate_key, row.plate_kind) == (key, kind)


def test_a_notice_of_last_year_is_numbered_in_last_years_series(desk: Desk) -> None:
    issued = desk.issue(noticed_at="2025-12-31T23:59:00+08:00")
    assert issued.number == "常城管温告字〔2025〕第00001号"
    assert desk.issue().number == "常城管温告字〔2026〕第00001号"


# who acts


def test_one_officer_twice_is_one_officer(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.issue(officer2_id=desk.office.officers[0])
    assert codes(refused.value) == ["same_officer_twice"]
    assert "第四十二条" in refused.value.objections[0].cite


def test_an_expired_certificate_is_refused_with_the_articles(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.issue(officer2_id=desk.office.officers[2])
    (one,) = refused.value.objections
    assert (one.code, one.field) == ("certificate_expired", "officer2_id")
    assert "第四十二条" in one.cite
    assert "第五十五条" in one.cite
    assert "2025-12-31" in one.say


def test_a_certificate_serves_on_its_last_day(desk: Desk) -> None:
    assert desk.issue(officer2_id=desk.office.officers[2], noticed_at="2025-12-31T10:00:00+08:00")


def _no_certificate(desk: Desk) -> None:
    with desk.store.unit(actor="测试") as session:
        session.exec(text("DELETE FROM certificate"))


def _issued_tomorrow(desk: Desk) -> None:
    with desk.store.unit(actor="测试") as session:
        for one in session.exec(select(Certificate)):
            one.issued_on = desk.today + timedelta(days=1)
            session.add(one)


def _left(desk: Desk) -> None:
    with desk.store.unit(actor="测试") as session:
        for one in session.exec(select(Officer)):
            one.active = False
            session.add(one)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_no_certificate, "certificate_missing"),
        (_issued_tomorrow, "certificate_not_yet_valid"),
        (_left, "officer_left"),
    ],
)
def test_nobody_without_a_valid_certificate_acts(
    desk: Desk, change: Callable[[Desk], None], code: str
) -> None:
    change(desk)
    with pytest.raises(Refused) as refused:
        desk.issue()
    assert codes(refused.value) == [code, code]


def test_an_officer_who_is_not_in_the_register_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.issue(officer1_id=999)
    assert codes(refused.value) == ["officer_unknown"]


def test_fewer_than_two_recorders_asks_for_a_reason(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.issue(recorders=("0700001", "0700001"))
    (one,) = refused.value.objections
    assert (one.code, one.level, one.field) == (
        "recorders_fewer_than_two",
        "warn",
        "recorder_reason",
    )
    issued = desk.issue(recorders=("0700001",), recorder_reason="另一台送修")
    assert desk.row(issued.number).recorder_reason == "另一台送修"


# in whose name


def test_guidance_needs_no_power_but_an_organ(desk: Desk) -> None:
    with desk.store.unit(actor="测试") as session:
        for one in session.exec(select(ItemPower)):
            session.delete(one)
    assert desk.row(desk.issue().number).organ_id == desk.office.organ


def test_without_any_organ_nothing_is_issued(desk: Desk) -> None:
    with desk.store.unit(actor="测试") as session:
        for one in session.exec(select(Organ)):
            one.enabled = False
            session.add(one)
    with pytest.raises(Refused) as refused:
        desk.issue()
    assert codes(refused.value) == ["organ_missing"]


def _second_organ(desk: Desk, *, without_power: bool) -> int:
    with desk.store.unit(actor="测试") as session:
        if without_power:
            for one in session.exec(select(ItemPower)):
                session.delete(one)
        other = Organ(name="常德高新区管委会")
        session.add(other)
        session.flush()
        assert other.id
        return other.id


def test_of_two_organs_the_one_with_the_power_speaks(desk: Desk) -> None:
    _second_organ(desk, without_power=False)
    assert desk.row(desk.issue().number).organ_id == desk.office.organ


def test_of_two_organs_without_power_nobody_is_chosen_in_silence(desk: Desk) -> None:
    _second_organ(desk, without_power=True)
    with pytest.raises(Refused) as refused:
        desk.issue()
    (one,) = refused.value.objections
    assert (one.code, one.field) == ("organ_unclear", "organ_id")
    assert desk.row(desk.issue(organ_id=desk.office.organ).number).organ_id == desk.office.organ


def test_the_organ_the_office_has_settled_speaks(desk: Desk) -> None:
    _second_organ(desk, without_power=True)
    with desk.store.unit(actor="测试") as session:
        session.add(Setting(key="unit", value={"organ_id": desk.office.organ}))
    assert desk.row(desk.issue().number).organ_id == desk.office.organ


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
