"""Officers, certificates, recorders: nobody without a valid certificate, one recorder each."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.models import AuditEntry, Certificate
from enforcer.operations import office, registers
from enforcer.queries import registers as people
from enforcer.store.database import Store
from enforcer.terms import OfficerPost, RecorderState

ZHOU = {
    "name": "周敏",
    "certificate_number": "J0700012",
    "certificate_issued_on": "2024-01-01",
    "certificate_valid_until": "2028-12-31",
}
Do = Callable[..., Any]


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    def carry_out(deed: Do, form: type, /, actor: str = "周敏", **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor=actor)

    return carry_out


def officer(do: Do, **given: Any) -> int:
    return int(do(registers.save_officer, registers.OfficerForm, **given))


def recorder(do: Do, **given: Any) -> int:
    return int(do(registers.save_recorder, registers.RecorderForm, **given))


def test_an_officer_is_entered_with_a_certificate(do: Do, store: Store, today: date) -> None:
    key = officer(do, **ZHOU, phone="13800000000")
    [row] = people.officer_rows(store, [key])
    assert (row.name, row.post, row.active) == ("周敏", OfficerPost.OFFICER, True)
    assert row.certificate
    assert (row.certificate.number, row.certificate.valid_until) == ("J0700012", date(2028, 12, 31))
    assert [one.label for one in people.officers_on(store, today)] == ["周敏　J0700012"]


@pytest.mark.parametrize(
    ("change", "field", "say"),
    [
        ({"name": ""}, "name", "姓名没有填写"),
        ({"certificate_valid_until": None}, "certificate_valid_until", "有效期"),
        ({"certificate_number": ""}, "certificate_number", "也要填写"),
        ({"certificate_valid_until": "2023-12-31"}, "certificate_valid_until", "早于发证日期"),
        ({"certificate_issued_on": "2026-09-04"}, "certificate_issued_on", "晚于今天"),
        ({"certificate_valid_until": "2026-02-30"}, "certificate_valid_until", "真实存在"),
        ({"certificate_number": "证" * 41}, "certificate_number", "最多40个字"),
        ({"phone": "晚上打"}, "phone", "不是电话号码"),
    ],
)
def test_an_officer_with_a_wrong_field_is_refused_at_that_field(
    do: Do, store: Store, change: dict[str, Any], field: str, say: str
) -> None:
    with pytest.raises(InvalidForm) as refusal:
        officer(do, **ZHOU | change)
    assert say in refusal.value.by_field[field]
    assert people.officer_ids(store, retired=True) == []


def test_a_certificate_number_belongs_to_one_person(do: Do) -> None:
    officer(do, **ZHOU)
    with pytest.raises(InvalidForm) as refusal:
        officer(do, **ZHOU | {"name": "何志远"})
    assert "已登记给周敏" in refusal.value.by_field["certificate_number"]


def test_a_renewal_adds_a_certificate_and_keeps_the_old_one(do: Do, store: Store) -> None:
    key = officer(do, **ZHOU)
    renewed = {"certificate_number": "J0700112", "certificate_valid_until": "2033-12-31"}
    officer(do, **ZHOU | renewed | {"certificate_issued_on": None}, id=key)
    [row] = people.officer_rows(store, [key])
    assert [one.number for one in row.certificates] == ["J0700112", "J0700012"]


def test_a_renewal_under_the_same_number_extends_it(do: Do, store: Store) -> None:
    key = officer(do, **ZHOU)
    officer(do, **ZHOU | {"certificate_valid_until": "2033-12-31"}, id=key)
    [row] = people.officer_rows(store, [key])
    assert [one.valid_until for one in row.certificates] == [date(2033, 12, 31)]
    with store.reading() as session:
        said = session.exec(
            select(AuditEntry.changes).where(
                AuditEntry.table_name == "certificate", AuditEntry.action == "update"
            )
        ).one()
    assert said == '{"valid_until":["2028-12-31","2033-12-31"]}'


def test_a_mistyped_certificate_number_is_corrected_in_place(do: Do, store: Store) -> None:
    key = officer(do, **ZHOU)
    with store.reading() as session:
        certificate_id = session.exec(select(Certificate.id)).one()
    officer(do, **ZHOU | {"certificate_number": "J0700021"}, id=key, certificate_id=certificate_id)
    [row] = people.officer_rows(store, [key])
    assert [one.number for one in row.certificates] == ["J0700021"]


def test_a_certificate_edited_in_another_window_is_not_overwritten(do: Do, store: Store) -> None:
    key = officer(do, **ZHOU)
    loaded = people.officer_rows(store, [key])[0].version
    later = ZHOU | {"certificate_valid_until": "2030-12-31", "id": key, "loaded": loaded}
    do(registers.save_officer, registers.OfficerForm, actor="何志远", **later)
    with pytest.raises(Refused, match="何志远 于 2026-09-03 10:12"):
        officer(do, **later | {"phone": "12319"})


def test_the_format_of_certificates_is_a_setting(do: Do) -> None:
    do(
        office.save_setting, office.PlainSettingForm,
        key="certificate_pattern", text=r"\d{8}",
    )  # fmt: skip
    with pytest.raises(InvalidForm, match="不符合本单位设置的格式"):
        officer(do, **ZHOU)
    assert officer(do, **ZHOU | {"certificate_number": "09000912"})


def test_who_leaves_is_kept_but_acts_no_more(do: Do, store: Store, today: date) -> None:
    key = officer(do, **ZHOU)
    officer(do, **ZHOU, id=key, active=False)
    assert people.officers_on(store, today) == []
    assert people.officer_ids(store) == []
    assert people.officer_ids(store, retired=True) == [key]


def test_who_leaves_gives_the_recorder_back_first(do: Do) -> None:
    key = officer(do, **ZHOU)
    held = recorder(do, number="0700021", officer_id=key)
    with pytest.raises(Refused, match="执法仪 0700021 还配发给周敏"):
        officer(do, **ZHOU, id=key, active=False)
    recorder(do, number="0700021", id=held, officer_id=None)
    assert officer(do, **ZHOU, id=key, active=False) == key


def test_each_officer_has_one_recorder_in_use(do: Do, store: Store) -> None:
    key = officer(do, **ZHOU)
    first = recorder(do, number="0700021", officer_id=key)
    with pytest.raises(InvalidForm) as refusal:
        recorder(do, number="0700022", officer_id=key)
    assert "周敏已有在用的执法仪 0700021，一人一台" in refusal.value.by_field["officer_id"]
    recorder(do, number="0700021", officer_id=key, id=first, state=RecorderState.REPAIR)
    recorder(do, number="0700022", officer_id=key)
    [row] = people.officer_rows(store, [key])
    assert row.recorder == "0700022"


@pytest.mark.parametrize(
    ("change", "field", "say"),
    [
        ({"number": "0700021"}, "number", "已经登记过"),
        ({"officer_id": 77}, "officer_id", "先在“人员与证件”中登记"),
        ({"in_use_from": "2026-09-04"}, "in_use_from", "晚于今天"),
        ({"state": "broken"}, "state", "状态"),
    ],
)
def test_a_recorder_with_a_wrong_field_is_refused_at_that_field(
    do: Do, store: Store, change: dict[str, Any], field: str, say: str
) -> None:
    recorder(do, number="0700021")
    with pytest.raises(InvalidForm) as refusal:
        recorder(do, **{"number": "0700099"} | change)
    assert say in refusal.value.by_field[field]
    assert len(people.recorder_ids(store)) == 1


def test_a_recorder_goes_to_nobody_who_has_left(do: Do) -> None:
    key = officer(do, **ZHOU)
    officer(do, **ZHOU, id=key, active=False)
    with pytest.raises(InvalidForm, match="已离岗"):
        recorder(do, number="0700021", officer_id=key)


def test_the_same_request_again_makes_no_second_officer(do: Do, store: Store) -> None:
    request = uuid4()
    for _ in range(2):
        officer(do, **ZHOU, request_id=request)
    assert len(people.officer_ids(store)) == 1
