"""One notice from the desk: what it refuses, who acts, in whose name."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.models import (
    AuditEntry,
    Certificate,
    Document,
    ItemPower,
    Notice,
    Officer,
    Organ,
    Setting,
)
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import (
    NoticeState,
    Origin,
    PlateKind,
)
from tests.factories import an_office
from tests.operations.notices_desk import Desk, codes


@pytest.fixture
def desk(store: Store, today: date, now: datetime) -> Desk:
    return Desk(store, an_office(store), today, now)


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
