"""Recorders: one per officer, who carried which when, two at every action, warned before they overwrite."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from enforcer.course_terms import RecordKind, ServiceMethod
from enforcer.errors import InvalidForm, Refused
from enforcer.evidence_terms import ActionKind, RecorderEventKind
from enforcer.models import Notice, Recorder, Service, WrittenRecord
from enforcer.operations import evidence, registers
from enforcer.operations.evidence import NameRecordersForm, RecorderEventForm
from enforcer.queries import evidence_actions as actions
from enforcer.queries import evidence_recorders as recorders
from enforcer.queries.evidence_suggestions import suggest
from enforcer.store.database import Store
from enforcer.terms import CaseStep, NoticeState, Origin, RecorderState
from tests.evidence_made import clip, photo, put
from tests.factories import an_office
from tests.operations.evidence_desk import CHINA, DAY, NOW, TEN, WHO, a_card, a_case, take


@pytest.fixture
def case(store: Store) -> int:
    an_office(store)
    return a_case(store)


def note(store: Store, kind: RecorderEventKind, at: datetime, **given: object) -> int:
    form = RecorderEventForm(
        **{"recorder_id": 1, "kind": kind, "happened_at": at, **given}  # type: ignore[arg-type]
    )
    return evidence.note_recorder(store, form, **WHO)


def a_notice(store: Store, number: str, on: date, recorders_: str, reason: str = "") -> int:
    with store.unit(actor="测试") as session:
        row = Notice(
            number=number,
            state=NoticeState.ISSUED,
            origin=Origin.MADE_HERE,
            plate="湘JA1234",
            plate_key="湘JA1234",
            noticed_at=datetime(on.year, on.month, on.day, 10, 15, tzinfo=CHINA),
            noticed_on=on,
            place="解放路1号门前",
            officer1_id=1,
            officer2_id=2,
            officer1="周敏",
            officer2="何志远",
            recorders=recorders_,
            recorder_reason=reason,
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id


def test_who_carried_a_recorder_is_told_for_every_instant(store: Store, case: int) -> None:
    note(store, RecorderEventKind.RETURNED, TEN - timedelta(days=5))
    note(store, RecorderEventKind.ISSUED, TEN - timedelta(days=3), officer_id=1)
    before = recorders.carrier_of(store, 1, TEN - timedelta(days=6))
    assert before is None
    assert recorders.carrier_of(store, 1, TEN - timedelta(days=4)) is None
    now = recorders.carrier_of(store, 1, TEN)
    assert now is not None
    assert (now.officer, now.sure) == ("周敏", True)
    assert [one.number for one in recorders.carried_by(store, 1, TEN)] == ["0700001"]
    assert recorders.carried_by(store, 1, TEN - timedelta(days=4)) == []
    assert [one.kind for one in recorders.history(store, 1)] == [
        RecorderEventKind.ISSUED,
        RecorderEventKind.RETURNED,
    ]


def test_the_register_answers_where_there_is_no_course_and_says_so(store: Store, case: int) -> None:
    found = recorders.carrier_of(store, 2, TEN)
    assert found is not None
    assert (found.officer, found.sure) == ("何志远", False)


def test_a_change_in_the_register_is_a_turn_of_the_course(store: Store, case: int) -> None:
    form = registers.RecorderForm(id=1, number="0700001", state=RecorderState.REPAIR)
    registers.save_recorder(store, form, **WHO)
    kinds = [one.kind for one in recorders.history(store, 1)]
    assert kinds == [RecorderEventKind.FAULT, RecorderEventKind.RETURNED]
    new = registers.RecorderForm(number="0799999", officer_id=1, in_use_from=date(2026, 8, 1))
    made = registers.save_recorder(store, new, **WHO)
    held = recorders.carrier_of(store, made, TEN)
    assert held is not None
    assert (held.officer, held.sure) == ("周敏", True)


def test_the_register_follows_the_course(store: Store, case: int) -> None:
    note(store, RecorderEventKind.FAULT, TEN, words="不能开机")
    with store.reading() as session:
        row = session.get(Recorder, 1)
        assert row
        assert row.state is RecorderState.REPAIR
    note(store, RecorderEventKind.REPAIRED, TEN + timedelta(hours=1))
    note(store, RecorderEventKind.RETURNED, TEN + timedelta(hours=2))
    with store.reading() as session:
        row = session.get(Recorder, 1)
        assert row
        assert (row.state, row.officer_id) == (RecorderState.IN_USE, None)


def test_an_older_turn_entered_late_leaves_the_register(store: Store, case: int) -> None:
    note(store, RecorderEventKind.RETURNED, TEN)
    note(store, RecorderEventKind.ISSUED, TEN - timedelta(days=30), officer_id=2)
    with store.reading() as session:
        row = session.get(Recorder, 1)
        assert row
        assert row.officer_id is None
    held = recorders.carrier_of(store, 1, TEN - timedelta(days=1))
    assert held is not None
    assert held.officer == "何志远"


@pytest.mark.parametrize(
    ("kind", "given", "say"),
    [
        (RecorderEventKind.ISSUED, {}, "请选择"),
        (RecorderEventKind.ISSUED, {"officer_id": 2}, "还配发给周敏，请先登记收回"),
        (RecorderEventKind.CLOCK, {}, "写明快慢多少秒"),
        (RecorderEventKind.FAULT, {}, "写明故障的情况"),
        (RecorderEventKind.RETURNED, {"offset_seconds": 3}, "只有校时才填时差"),
        (RecorderEventKind.REPAIRED, {}, "没有登记故障"),
        (RecorderEventKind.CLOCK, {"offset_seconds": 0, "happened_at": NOW + timedelta(1)}, "晚于现在"),
        (RecorderEventKind.RETURNED, {"recorder_id": 99}, "没有登记"),
    ],
)  # fmt: skip
def test_a_turn_that_cannot_be_is_refused(
    store: Store, case: int, kind: RecorderEventKind, given: dict[str, object], say: str
) -> None:
    at = given.pop("happened_at", TEN)
    with pytest.raises((Refused, InvalidForm), match=say):
        note(store, kind, at, **given)  # type: ignore[arg-type]


def test_nobody_carries_two(store: Store, case: int) -> None:
    note(store, RecorderEventKind.RETURNED, TEN)
    with pytest.raises(Refused, match="何志远已有在用的执法仪 0700002，一人一台"):
        note(store, RecorderEventKind.ISSUED, TEN + timedelta(hours=1), officer_id=2)


def test_a_turn_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError):
        RecorderEventForm(
            recorder_id=1,
            kind=RecorderEventKind.RETURNED,
            happened_at=datetime(2026, 9, 3),
        )


@pytest.fixture
def inspection(store: Store, case: int) -> int:
    with store.unit(actor="测试") as session:
        row = WrittenRecord(
            case_id=case,
            kind=RecordKind.INSPECTION,
            on=DAY,
            began_at=TEN,
            ended_at=TEN + timedelta(minutes=30),
            place="解放路1号门前",
            officer_ids=[1, 2],
            officers=["周敏", "何志远"],
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id


@pytest.fixture
def left(store: Store, case: int) -> int:
    with store.unit(actor="测试") as session:
        row = Service(
            case_id=case,
            of=CaseStep.DECIDED,
            paper="行政处罚决定书",
            method=ServiceMethod.LEFT,
            on=DAY,
            officers=["周敏", "何志远"],
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id


def name(store: Store, action: ActionKind, key: int, *numbers: str, reason: str = "") -> int:
    form = NameRecordersForm(action=action, action_id=key, recorders=numbers, reason=reason)
    return evidence.name_recorders(store, form, **WHO)


def test_fewer_than_two_recorders_need_a_written_reason(
    store: Store, inspection: int, left: int
) -> None:
    with pytest.raises(Refused, match="只登记了 1 台") as refusal:
        name(store, ActionKind.INSPECTION, inspection, "0700001", "0700001")
    assert refusal.value.objections[0].cite == "行政处罚法（2021）第四十七条"
    name(store, ActionKind.INSPECTION, inspection, "0700001", reason="另一台没电")
    name(store, ActionKind.SERVICE, left, "0700001", "0700002")
    row = actions.action_row(store, ActionKind.INSPECTION, inspection)
    assert row is not None
    assert row.say.endswith("执法仪 1 台，不足两台。原因：另一台没电")
    served = actions.action_row(store, ActionKind.SERVICE, left)
    assert served is not None
    assert not served.short


def test_the_recorders_of_an_issued_paper_are_not_named_again(store: Store, case: int) -> None:
    key = a_notice(store, "一", DAY, "0700001、0700002")
    with pytest.raises(Refused, match="签发时已经登记"):
        name(store, ActionKind.NOTICE, key, "0700001", "0700002")


def test_an_action_that_is_not_there_is_refused(store: Store, case: int) -> None:
    with pytest.raises(Refused, match="没有编号为 77"):
        name(store, ActionKind.INSPECTION, 77, "0700001", "0700002")


def test_the_quarter_tells_every_action_with_too_few_recorders(
    store: Store, inspection: int, left: int
) -> None:
    a_notice(store, "足", DAY, "0700001、0700002")
    a_notice(store, "少", DAY, "0700001", "下雨")
    a_notice(store, "无", DAY, "")
    a_notice(store, "早", DAY - timedelta(days=200), "")
    name(store, ActionKind.SERVICE, left, "0700001", "0700002")
    found = actions.shortfalls(store, date(2026, 7, 1), date(2026, 9, 30))
    assert [(one.action, one.reason) for one in found] == [
        (ActionKind.INSPECTION, ""),
        (ActionKind.NOTICE, "下雨"),
        (ActionKind.NOTICE, ""),
    ]
    assert "没有写明原因，请补写" in found[0].say


def test_a_recorder_is_warned_of_before_it_writes_over(
    store: Store, case: int, tmp_path: Path
) -> None:
    a_notice(store, "一", DAY - timedelta(days=5), "0700001、0700002")
    found = recorders.overwrite_warnings(store, today=DAY)
    assert [(one.number, one.late) for one in found] == [("0700001", False), ("0700002", False)]
    assert f"预计 {DAY + timedelta(days=2)} 起被覆盖" in found[0].say
    late = recorders.overwrite_warnings(store, today=DAY + timedelta(days=3))
    assert all(one.late for one in late)
    a_card(tmp_path / "card", 1)
    take(store, tmp_path / "card", case_id=case)
    assert [one.number for one in recorders.overwrite_warnings(store, today=DAY)] == ["0700002"]


def test_a_recorder_is_warned_of_once_the_hours_for_taking_in_are_over(
    store: Store, case: int
) -> None:
    a_notice(store, "一", DAY, "0700001、0700002")
    assert recorders.overwrite_warnings(store, today=DAY) == []
    assert len(recorders.overwrite_warnings(store, today=DAY + timedelta(days=1))) == 2
    form = evidence.EvidenceSettingsForm(upload_hours=48, overwrite_days=30)
    evidence.save_evidence_settings(store, form, **WHO)
    assert recorders.overwrite_warnings(store, today=DAY + timedelta(days=1)) == []


def test_a_case_and_a_notice_are_suggested_with_their_reasons(
    store: Store, case: int, inspection: int, tmp_path: Path
) -> None:
    notice = a_notice(store, "一", DAY, "0700001、0700002")
    a_case(store, "远", acted_at=TEN - timedelta(days=40), acted_on=None, filed_on=None)
    a_card(tmp_path / "card", 1)
    (one,) = take(store, tmp_path / "card", place="解放路").taken
    found = suggest(store, one.file_id)
    said = {(s.action, s.action_id): "".join(s.reasons) for s in found}
    assert set(said) == {
        (ActionKind.NOTICE, notice),
        (ActionKind.CASE, case),
        (ActionKind.INSPECTION, inspection),
    }
    assert "登记使用了执法仪 0700001" in said[ActionKind.NOTICE, notice]
    assert "拍摄人周敏是办理人员" in said[ActionKind.CASE, case]
    assert "地点相符" in said[ActionKind.CASE, case]
    assert "正在录像中" in said[ActionKind.CASE, case]


def test_a_photo_taken_where_the_case_has_others_is_suggested(
    store: Store, case: int, tmp_path: Path
) -> None:
    put(tmp_path / "a" / "a.jpg", photo(place=(28.9, 111.69), seed=1))
    take(store, tmp_path / "a", case_id=case)
    put(tmp_path / "b" / "b.jpg", photo(place=(28.9005, 111.69), seed=2))
    put(tmp_path / "b" / "c.jpg", photo(place=(28.99, 111.69), seed=3))
    near, far = take(store, tmp_path / "b").taken
    assert "相距约 60 米" in "".join(suggest(store, near.file_id)[0].reasons)
    assert suggest(store, far.file_id) == []


def test_nothing_is_suggested_for_a_file_without_a_time(
    store: Store, case: int, tmp_path: Path
) -> None:
    put(tmp_path / "a" / "a.mp4", clip(None))
    (one,) = take(store, tmp_path / "a").taken
    assert suggest(store, one.file_id) == []
