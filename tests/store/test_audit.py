"""The log: written by itself, chained, and any later change of it found."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from enforcer.models import AuditEntry, Draft, Officer
from enforcer.store import audit
from enforcer.store.database import Store, bulk_insert
from enforcer.terms import OfficerPost
from tests.conftest import NOW


def _three_entries(store: Store) -> None:
    for name in ("甲", "乙", "丙"):
        with store.unit(actor="张三", operation="save_officer") as session:
            session.add(Officer(name=name, post=OfficerPost.OFFICER))


def test_an_entry_says_who_did_what_to_which_row(store: Store) -> None:
    _three_entries(store)
    with store.unit(actor="李四", operation="rename") as session:
        session.exec(select(Officer).where(Officer.name == "乙")).one().name = "丁"
    with store.reading() as session:
        entry = session.exec(select(AuditEntry)).all()[-1]
    assert (entry.actor, entry.operation, entry.action) == ("李四", "rename", "update")
    assert (entry.table_name, entry.row_id) == ("officer", "2")
    assert entry.changes == '{"name":["乙","丁"]}'
    assert entry.at == NOW


def test_a_whole_chain_verifies(store: Store) -> None:
    _three_entries(store)
    with store.reading() as session:
        report = audit.verify(session)
    assert (report.entries, report.problems) == (3, ())


@pytest.mark.parametrize(
    ("attack", "say"),
    [
        ("UPDATE audit_entry SET actor = '王五' WHERE id = 2", "第 2 条的内容被改动"),
        ("UPDATE audit_entry SET changes = '{}' WHERE id = 3", "第 3 条的内容被改动"),
        ("DELETE FROM audit_entry WHERE id = 2", "第 2 条起缺失"),
        ("DELETE FROM audit_entry WHERE id = 1", "第 1 条起缺失"),
    ],
)
def test_an_attack_past_the_triggers_is_found(store: Store, attack: str, say: str) -> None:
    _three_entries(store)
    with store.unit(actor="攻击") as session:
        session.execute(text("DROP TRIGGER audit_entry_keep"))
        session.execute(text("DROP TRIGGER audit_entry_stay"))
        session.execute(text(attack))
    with store.reading() as session:
        assert say in "".join(audit.verify(session).problems)


def test_a_bulk_insert_leaves_one_entry_with_count_and_digest(store: Store) -> None:
    with store.unit(actor="张三") as session:
        bulk_insert(
            session,
            Draft,
            [{"key": str(n), "saved_at": NOW, "saved_by": ""} for n in range(3)],
            say="三行",
        )
    with store.reading() as session:
        entry = session.exec(select(AuditEntry)).one()
        assert len(session.exec(select(Draft)).all()) == 3
    assert entry.action == "bulk_insert"
    assert '"rows":3' in entry.changes


def test_drafts_are_not_logged(store: Store) -> None:
    with store.unit(actor="张三") as session:
        session.add(Draft(key="a", payload={"x": 1}, saved_at=NOW))
    with store.reading() as session:
        assert session.exec(select(AuditEntry)).all() == []
