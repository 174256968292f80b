"""The log as it is read: who, what, on which thing, before and after; what must not be seen."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.models import Account, AuditEntry, Lead, LeadEvent, Notice, Officer
from enforcer.operations import log as deeds
from enforcer.operations.log import ExportLogForm, LogForm, export_log, verify_log
from enforcer.operations.notice_forms import NoticeForm
from enforcer.operations.notices import issue_notice
from enforcer.operations.sign_in import sign_in
from enforcer.queries import log, log_words
from enforcer.queries.log import LogFilter, LogKind
from enforcer.store import audit
from enforcer.store.database import Store, open_store
from enforcer.terms import NoticeOutcome, Role
from tests.accounts_made import PASSWORD, an_account
from tests.conftest import NOW
from tests.factories import an_office

LEAD = "线索〔2026〕0007号"


@pytest.fixture(scope="module")
def told_home(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office, a notice, a lead told of in secret, an account and who got in and who did not."""
    home = Path(shutil.copytree(empty_home, tmp_path_factory.mktemp("log") / "home"))
    store = open_store(home, clock=lambda: NOW)
    office = an_office(store)
    form = NoticeForm(
        plate="湘J8K2M1",
        noticed_at=NOW,
        place="松林路26号",
        officer1_id=office.officers[0],
        officer2_id=office.officers[1],
        recorders=("0700001", "0700002"),
    )
    issue_notice(store, form, today=NOW.date(), now=NOW, actor="周敏")
    with store.unit(actor="周敏", operation="register_lead") as session:
        lead = Lead(
            number=LEAD, year=2026, serial=7, source="hotline", received_at=NOW,
            received_on=NOW.date(), content="占道经营", informant="柳如是",
            informant_phone="13907360000", secret=True, place="桃林路1号", recorder="周敏",
        )  # fmt: skip
        session.add(lead)
        session.flush()
        session.add(
            LeadEvent(
                lead_id=lead.id, deed="corrected", happened_on=NOW.date(), recorded_at=NOW,
                actor="周敏", by="周敏", said={"number": LEAD, "informant": "柳如是"},
                before={"informant": ["柳絮", "柳如是"], "place": ["桃林路", "桃林路1号"]},
            )
        )  # fmt: skip
    an_account(store, "shen", Role.AUDITOR, password=PASSWORD, code="ABCDEFGHJK")
    sign_in(store, "shen", PASSWORD, now=NOW)
    with pytest.raises(Refused):
        sign_in(store, "shen", "不对", now=NOW)
    with store.unit(actor="shen", operation="show_informant") as session:
        audit.note(session, "look", table="lead", row="1", say={"number": LEAD, "secret": True})
    store.close()
    return home


@pytest.fixture
def told(told_home: Path, tmp_path: Path) -> Iterator[Store]:
    made = open_store(Path(shutil.copytree(told_home, tmp_path / "told")), clock=lambda: NOW)
    yield made
    made.close()


def listed(store: Store, **asked: object) -> list[str]:
    """What the list says of what is asked for: who, the deed, the action, the thing."""
    rows = log.rows(store, log.ids(store, LogFilter(**asked)))  # type: ignore[arg-type]
    return [
        f"{one.who} {deeds.deed_label(one)} {deeds.action_label(one)} {one.thing}" for one in rows
    ]


def test_everything_is_a_span_of_numbers_the_newest_first(told: Store) -> None:
    found = log.ids(told, LogFilter())
    assert isinstance(found, range)
    assert (found[0], found[-1]) == (len(found), 1)
    assert log.ids(told, LogFilter(), first=2) == found
    assert [one.id for one in log.rows(told, found[:3])] == list(found[:3])


def test_an_empty_log_has_no_numbers(store: Store) -> None:
    assert list(log.ids(store, LogFilter())) == []


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"kind": LogKind.SIGNING_IN}, "shen某（shen） 登录 登录 账号　shen"),
        ({"kind": LogKind.FAILED}, "shen某（shen） 登录 登录失败（密码不对） 账号　shen"),
        ({"kind": LogKind.LOOKED}, f"shen某（shen） 查看反映人 查看 {LEAD}"),
        ({"kind": LogKind.ENTERED, "words": "温告字〔2026〕第00001号"}, "周敏 签发温馨告知书 新增 温馨告知书　常城管温告字〔2026〕第00001号"),
        ({"words": "温告字(2026)第1号", "actor": "周敏"}, "周敏 签发温馨告知书 新增 文书　常城管温告字〔2026〕第00001号"),
        ({"words": "登记线索", "deeds": ("register_lead",)}, f"周敏 登记线索 新增 {LEAD}"),
        ({"words": LEAD, "kind": LogKind.ENTERED}, f"周敏 登记线索 新增 线索经过　{LEAD}"),
        ({"words": "何志远"}, "测试  新增 执法人员　何志远"),
    ],
)  # fmt: skip
def test_the_list_says_who_did_what_to_which_thing(
    told: Store, asked: dict[str, object], line: str
) -> None:
    assert line in listed(told, **asked)


@pytest.mark.parametrize("words", ["柳如是", "13907360000", "argon2", "没有这样的字"])
def test_who_told_in_secret_cannot_be_found_by_asking(told: Store, words: str) -> None:
    asked = deeds.filter_of(words, "", None, None, None)
    assert list(log.ids(told, asked)) == []


def test_no_entry_shows_a_secret(told: Store) -> None:
    said = "".join(
        f"{one.row}{one.changes}" for one in log.details(told, log.ids(told, LogFilter()))
    )
    with told.reading() as session:
        kept = session.exec(select(Account)).one()
        lines = session.exec(select(AuditEntry.changes)).all()
    assert "柳如是" in "".join(lines)  # it stands in the log, and only there
    for secret in ("柳如是", "柳絮", "13907360000", kept.password_hash, audit.seal(
        {"password_hash": kept.password_hash})):  # fmt: skip
        assert secret not in said
    assert log_words.INFORMANT in said
    assert log_words.NOT_SHOWN in said


def test_days_are_those_of_china(told: Store, today: date) -> None:
    whole = len(log.ids(told, LogFilter()))
    for days, count in ((0, whole), (1, 0)):
        first = today + timedelta(days=days)
        assert len(log.ids(told, LogFilter(from_on=first))) == count
        last = today - timedelta(days=days)
        assert len(log.ids(told, LogFilter(to_on=last))) == count


def test_a_change_reads_field_by_field_from_what_stood_there(told: Store) -> None:
    with told.unit(actor="周敏", operation="set_outcome") as session:
        row = session.exec(select(Notice)).one()
        row.outcome, row.note = NoticeOutcome.MOVED_OFF, "驶离"
        row.officer1_id = 2
        session.add(row)
    found = log.detail(told, log.ids(told, LogFilter())[0])
    assert found is not None
    assert found.before_after
    assert found.intact
    assert {(one.label, one.before, one.after) for one in found.changes} == {
        ("结果", "（空）", "已驶离"),
        ("备注", "（空）", "驶离"),
        ("执法人员", "周敏", "何志远"),
    }
    before = log.detail(told, found.row.id - 1)
    assert before is not None
    assert found.previous_hash == before.hash


@pytest.mark.parametrize(
    ("table", "column", "kept", "said"),
    [
        ("payment", "amount_fen", 123450, "1234.50 元"),
        ("enforcement_case", "stage", "decided", "已决定"),
        ("enforcement_case", "item_key", "pavement_parking", "机动车违反规定在人行道上停放"),
        ("enforcement_case", "harm", False, "否"),
        ("case_event", "step", "decided", "决定"),
        ("account", "roles", ["officer", "auditor"], "执法人员、审计员"),
        ("account", "recovery_hash", "0f" * 8, "（不显示）"),
        ("notice", "noticed_at", "2026-09-03T02:12:00.000+00:00", "2026-09-03 10:12"),
        ("filing", "officers", ["周敏", "何志远"], "周敏、何志远"),
        ("document", "fields", {"party": {"name": "某"}}, log_words.ON_PAPER),
        ("case_event", "detail", {"words": "属实", "row": 3, "by": "周敏"}, "意见、说明：属实；办理人：周敏"),
        ("setting", "value", {"idle_minutes": 15}, "空闲几分钟后锁定：15"),
        ("notice", "note", "", "（空）"),
        ("setting", "key", "hearing_threshold_citizen", "听证“较大数额罚款”（公民）"),
        ("setting", "key", "backup_folder", "备份位置"),
        ("document", "template_key", "correction_order", "责令改正通知书"),
        ("lead_event", "before", {"outcome": [None, "refused"]}, "结果由（空）改为不予立案"),
        ("power_source", "added", ["pavement_parking"], "机动车违反规定在人行道上停放"),
    ],
)  # fmt: skip
def test_a_value_reads_as_an_officer_says_it(
    table: str, column: str, kept: object, said: str
) -> None:
    assert log_words.value(table, column, kept) == said


def test_every_column_of_every_logged_table_is_called_something_or_left_out() -> None:
    known = log_words.words()
    for table in log_words.tables().values():
        for column in table.columns:
            assert column.name in known.columns or column.name in known.left_out, column


def tamper(store: Store, *statements: str) -> None:
    """Change the log with another tool, its guards taken away."""
    raw = sqlite3.connect(store.path, isolation_level=None)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    for one in statements:
        raw.execute(one)
    raw.close()


def test_an_entry_taken_out_shows_as_a_gap_and_a_changed_one_as_spoiled(told: Store) -> None:
    tamper(
        told,
        "DELETE FROM audit_entry WHERE id = 3",
        "UPDATE audit_entry SET changes = 'x', at = 'gestern' WHERE id = 5",
    )
    gone, spoiled = log.rows(told, [3, 5])
    assert gone.gone
    assert spoiled.at is None
    assert log.detail(told, 3) is None
    found = log.detail(told, 5)
    assert found is not None
    assert not found.intact
    assert list(log.ids(told, LogFilter(words=LEAD)))  # it is read on all the same


def test_the_chain_is_walked_and_the_walk_is_on_the_log(
    told: Store, today: date, now: datetime
) -> None:
    last = log.ids(told, LogFilter())[0]
    head = log.detail(told, last)
    report = verify_log(told, LogForm(), today=today, now=now, actor="shen")
    assert head is not None
    assert (report.entries, report.head, report.problems) == (last, head.hash, ())
    assert listed(told)[0] == "shen某（shen） 核对操作记录 核对 "
    tamper(told, "UPDATE audit_entry SET actor = '别人' WHERE id = 2")
    report = verify_log(told, LogForm(), today=today, now=now, actor="shen")
    assert report.problems == ("操作记录第 2 条的内容被改动（校验值不符）。",)


class Stopped(Exception):
    """What a job is stopped by."""


def test_walk_and_export_say_how_far_they_are_and_can_be_stopped(
    told: Store, today: date, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_BATCH", 5)
    monkeypatch.setattr(deeds, "PORTION", 5)
    count = len(log.ids(told, LogFilter()))
    seen: list[tuple[int, int]] = []

    def note(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == 3:
            raise Stopped

    verify_log(told, LogForm(), today=today, now=now, actor="shen", note=lambda *_: None)
    with pytest.raises(Stopped):
        verify_log(told, LogForm(), today=today, now=now, actor="shen", note=note)
    assert seen == [(5, count + 1), (10, count + 1), (15, count + 1)]
    seen.clear()
    form = ExportLogForm(path=tmp_path / "操作记录.xlsx")
    with pytest.raises(Stopped):
        export_log(told, form, today=today, now=now, actor="shen", note=note)
    assert seen == [(0, count + 1), (5, count + 1), (10, count + 1)]
    assert not form.path.exists()
    assert len(log.ids(told, LogFilter())) == count + 1


def test_what_is_narrowed_to_goes_out_as_text_and_the_log_says_so(
    told: Store, today: date, now: datetime, tmp_path: Path
) -> None:
    with told.unit(actor="=cmd|' /C calc'!A0", operation="make_sample") as session:
        session.add(Officer(name="=1+1", post="officer"))
    path = tmp_path / "操作记录.xlsx"
    form = ExportLogForm(path=path, log_actor="=cmd|' /C calc'!A0")
    written = export_log(told, form, today=today, now=now, actor="shen")
    assert written.rows == 1
    cells = list(openpyxl.load_workbook(path).active.iter_rows())  # type: ignore[union-attr]
    assert [one.value for one in cells[0]] == [one.title for one in deeds.COLUMNS]
    assert all(one.data_type != "f" for one in cells[1])
    assert listed(told)[0] == "shen某（shen） 导出操作记录 导出 操作记录.xlsx"
    every = export_log(
        told, ExportLogForm(path=tmp_path / "全部.xlsx"), today=today, now=now, actor="shen"
    )
    assert every.rows == len(log.ids(told, LogFilter())) - 1
    text = (tmp_path / "全部.xlsx").read_bytes()
    assert b"13907360000" not in text
    with pytest.raises((InvalidForm, Refused)):
        export_log(told, form, today=today, now=now, actor="别人")
