"""Accounts: switched on, signed in to, locked, changed, switched off; every deed on the log."""

import json
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlmodel import col, select

from enforcer.errors import InvalidForm, Refused, StoreTrouble
from enforcer.models import Account, AuditEntry, Officer
from enforcer.operations import accounts as deeds
from enforcer.operations import passwords, sign_in
from enforcer.operations.verification import verify
from enforcer.queries import accounts
from enforcer.store.database import Store, open_store
from enforcer.terms import OfficerPost, Role
from tests.accounts_made import PASSWORD, an_account

NEW = "另一个Sheng号-2026"
CODE = "ABCDE-FGHJK-MNPQR-STUVW-XYZ23"


@pytest.fixture
def when(today: date, now: datetime) -> dict[str, object]:
    return {"today": today, "now": now}


@pytest.fixture
def manned(store: Store) -> Store:
    an_account(store, "guan", Role.ADMINISTRATOR, password=PASSWORD, code="ABCDEFGHJK")
    an_account(store, "zhou", Role.ARCHIVIST, password=PASSWORD)
    return store


def logged(store: Store, *, since: int = 0) -> list[tuple[str, str, str]]:
    with store.reading() as session:
        rows = session.exec(
            select(AuditEntry).where(col(AuditEntry.id) > since).order_by(col(AuditEntry.id))
        )
        return [(one.actor, one.operation, one.action) for one in rows]


def row(store: Store, login: str) -> Account:
    with store.reading() as session:
        found = accounts.account(session, login)
        assert found is not None
        session.expunge(found)
        return found


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.objections[0].code


def test_switching_on_makes_the_first_administrator(store: Store, when: dict[str, object]) -> None:
    assert not store.accounts_on()
    form = deeds.SwitchOnForm(
        login="Guan", name="管某", password=SecretStr(PASSWORD), recovery_code=SecretStr(CODE)
    )
    deeds.switch_accounts_on(store, form, actor="os user", **when)
    assert store.accounts_on()
    who = sign_in.sign_in(store, "GUAN", PASSWORD, now=when["now"])
    assert (who.login, who.name, who.roles) == ("guan", "管某", {Role.ADMINISTRATOR})
    assert ("guan", "switch_accounts_on", "switched_on") in logged(store)
    with pytest.raises(Refused) as refusal:
        deeds.switch_accounts_on(store, form, actor="guan", **when)
    assert code_of(refusal) == "accounts_on"


def test_what_is_kept_is_argon2id_and_the_log_holds_no_secret(
    store: Store, when: dict[str, object]
) -> None:
    form = deeds.SwitchOnForm(
        login="guan", name="管某", password=SecretStr(PASSWORD), recovery_code=SecretStr(CODE)
    )
    deeds.switch_accounts_on(store, form, actor="x", **when)
    kept = row(store, "guan")
    assert kept.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert kept.recovery_hash.startswith("$argon2id$")
    with store.reading() as session:
        said = " ".join(session.exec(select(AuditEntry.changes)))
    for secret in (PASSWORD, CODE, kept.password_hash, kept.recovery_hash, "argon2"):
        assert secret not in said
    assert verify(store, actor="guan").problems == ()


def test_a_hash_put_in_from_outside_is_found(manned: Store) -> None:
    assert verify(manned, actor="guan").problems == ()
    with manned.plain() as raw:
        raw.execute("ROLLBACK")
        raw.execute("UPDATE account SET password_hash = 'x' WHERE login = 'zhou'")
    (problem,) = verify(manned, actor="guan").problems
    assert "账号" in str(problem)
    assert "password_hash" in str(problem)


def test_wrong_passwords_count_down_lock_and_open_again(manned: Store, now: datetime) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"还可以试 {left} 次"):
            sign_in.sign_in(manned, "zhou", "不对", now=now)
    with pytest.raises(Refused, match="已锁定到 2026-09-03 10:22") as refusal:
        sign_in.sign_in(manned, "zhou", "不对", now=now)
    assert code_of(refusal) == "account_locked"
    for minutes in (0, 5, 9):
        with pytest.raises(Refused) as refusal:  # the right one does not help now
            sign_in.sign_in(manned, "zhou", PASSWORD, now=now + timedelta(minutes=minutes))
        assert code_of(refusal) == "account_locked"
    later = now + timedelta(minutes=10)
    with pytest.raises(Refused, match="还可以试 4 次"):
        sign_in.sign_in(manned, "zhou", "不对", now=later)
    who = sign_in.sign_in(manned, "zhou", PASSWORD, now=later)
    assert who.roles == {Role.ARCHIVIST}
    assert row(manned, "zhou").signed_in_at == later
    assert row(manned, "zhou").failures == 0
    told = [action for actor, _, action in logged(manned) if actor == "zhou"]
    assert told.count("sign_in_failed") == 9
    assert told.count("account_locked") == 1
    assert told.count("sign_in") == 1


def test_tries_are_counted_in_the_file_and_not_in_the_program(manned: Store, now: datetime) -> None:
    with pytest.raises(Refused, match="还可以试 4 次"):
        sign_in.sign_in(manned, "zhou", "不对", now=now)
    manned.close()
    again = open_store(manned.home, clock=lambda: now)
    with pytest.raises(Refused, match="还可以试 3 次"):
        sign_in.sign_in(again, "zhou", "不对", now=now)
    again.close()


def test_a_right_password_forgets_the_wrong_ones(manned: Store, now: datetime) -> None:
    for _ in range(3):
        for wrong in range(4):
            with pytest.raises(Refused, match=f"还可以试 {4 - wrong} 次"):
                sign_in.sign_in(manned, "zhou", "不对", now=now)
        sign_in.sign_in(manned, "zhou", PASSWORD, now=now)


@pytest.mark.parametrize(
    ("login", "code"), [("niemand", "account_unknown"), ("tui", "account_off")]
)
def test_a_stranger_and_who_was_switched_off_are_refused_and_logged(
    manned: Store, now: datetime, login: str, code: str
) -> None:
    an_account(manned, "tui", Role.HEAD, password=PASSWORD, active=False)
    with pytest.raises(Refused) as refusal:
        sign_in.sign_in(manned, login, PASSWORD, now=now)
    assert code_of(refusal) == code
    assert logged(manned)[-1] == (login, "sign_in", "sign_in_failed")


def test_locking_unlocking_and_leaving_are_on_the_log(manned: Store, now: datetime) -> None:
    sign_in.leave(manned, "zhou", locked=True)
    sign_in.sign_in(manned, "zhou", PASSWORD, now=now, entry=sign_in.Entry.UNLOCK)
    sign_in.leave(manned, "zhou")
    told = [action for actor, _, action in logged(manned) if actor == "zhou"]
    assert [one for one in told if one != "update"] == ["lock", "unlock", "sign_out"]


def test_the_recovery_code_sets_a_new_password_once(manned: Store, now: datetime) -> None:
    with pytest.raises(Refused, match="恢复码不对，还可以试 4 次"):
        sign_in.recover(manned, "guan", "ABCDE-XXXXX", NEW, now=now)
    with pytest.raises(InvalidForm, match="至少 12 位"):
        sign_in.recover(manned, "guan", "ABCDE-FGHJK", "短", now=now)
    assert sign_in.recover(manned, "guan", " abcde-fghjk ", NEW, now=now).login == "guan"
    sign_in.sign_in(manned, "guan", NEW, now=now)
    with pytest.raises(Refused) as refusal:
        sign_in.recover(manned, "guan", "ABCDE-FGHJK", PASSWORD, now=now)
    assert code_of(refusal) == "no_recovery"
    with pytest.raises(Refused, match="不是系统管理员"):
        sign_in.recover(manned, "zhou", "ABCDE-FGHJK", PASSWORD, now=now)


def test_a_reset_ends_a_lock_and_asks_for_a_change(
    manned: Store, now: datetime, when: dict[str, object]
) -> None:
    for _ in range(5):
        with suppress(Refused):
            sign_in.sign_in(manned, "zhou", "不对", now=now)
    form = deeds.ResetForm(id=row(manned, "zhou").id or 0, password=SecretStr(NEW))
    deeds.reset_password(manned, form, actor="guan", **when)
    assert sign_in.sign_in(manned, "zhou", NEW, now=now).must_change
    change = deeds.ChangePasswordForm(old=SecretStr(NEW), password=SecretStr(PASSWORD))
    deeds.change_password(manned, change, actor="zhou", **when)
    assert not sign_in.sign_in(manned, "zhou", PASSWORD, now=now).must_change
    told = [action for _, _, action in logged(manned)]
    assert {"account_unlocked", "password_reset", "password_changed"} <= set(told)
    own = deeds.ResetForm(id=row(manned, "guan").id or 0, password=SecretStr(NEW))
    with pytest.raises(Refused, match="自己的密码"):
        deeds.reset_password(manned, own, actor="guan", **when)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("不对", NEW, "old"), (PASSWORD, PASSWORD, "password"), (PASSWORD, "12345678", "password")],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(
    manned: Store, when: dict[str, object], old: str, new: str, field: str
) -> None:
    form = deeds.ChangePasswordForm(old=SecretStr(old), password=SecretStr(new))
    with pytest.raises(InvalidForm) as wrong:
        deeds.change_password(manned, form, actor="zhou", **when)
    assert list(wrong.value.by_field) == [field]


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("lvyehu77", False),  # eight signs, two classes
        ("Lvyehu77", True),
        ("柳叶湖的梅花开了", False),  # eight signs of one class
        ("柳叶湖的梅花开了又谢了吗", True),
        ("abcdefgh", False),
        ("correct horse bat", True),
        ("Password123!", False),
        ("aaaaaaaaaaaaaa", False),
        ("zhou-2026-XYZ", False),  # the login name in it
        ("x" * 129, False),
    ],
)
def test_a_password_is_long_or_mixed_and_not_a_common_one(password: str, good: bool) -> None:
    said = passwords.weakness(password, login="zhou")
    assert (said == "") == good
    assert not said or said.endswith("。")


def test_recovery_codes_are_long_and_never_the_same() -> None:
    made = {passwords.recovery_code() for _ in range(50)}
    assert len(made) == 50
    assert all(len(passwords.plain_code(one)) == 25 for one in made)


def an_officer(store: Store, name: str = "周敏") -> int:
    with store.unit(actor="测试") as session:
        made = Officer(name=name, post=OfficerPost.OFFICER)
        session.add(made)
        session.flush()
        assert made.id
        return made.id


def test_an_administrator_makes_changes_and_switches_off_an_account(
    manned: Store, now: datetime, when: dict[str, object]
) -> None:
    officer = an_officer(manned)
    form = deeds.AccountForm(
        login="周敏", officer_id=officer, roles=(Role.OFFICER,), password=SecretStr(PASSWORD)
    )
    key = deeds.save_account(manned, form, actor="guan", **when)
    who = sign_in.sign_in(manned, "周敏", PASSWORD, now=now)
    assert (who.name, who.officer_id, who.must_change) == ("周敏", officer, True)
    shown = next(one for one in accounts.rows(manned) if one.id == key)
    changed = form.model_copy(
        update={"id": key, "loaded": shown.version, "roles": (Role.HEAD,), "password": None}
    )
    deeds.save_account(manned, changed, actor="guan", **when)
    assert sign_in.sign_in(manned, "周敏", PASSWORD, now=now).roles == {Role.HEAD}
    with manned.reading() as session:
        asked = select(AuditEntry.changes).where(AuditEntry.operation == "save_account")
        told = [json.loads(one) for one in session.exec(asked)]
    assert any(one.get("roles") == [["officer"], ["head"]] for one in told)
    with pytest.raises(Refused, match="在别处被改过"):
        deeds.save_account(manned, changed, actor="guan", **when)
    off = changed.model_copy(update={"loaded": "", "active": False})
    deeds.save_account(manned, off, actor="guan", **when)
    with pytest.raises(Refused) as refusal:
        sign_in.sign_in(manned, "周敏", PASSWORD, now=now)
    assert code_of(refusal) == "account_off"
    assert "account_off" in [action for _, _, action in logged(manned)]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"login": "a"}, "login"),
        ({"login": "有 空格"}, "login"),
        ({"login": "ZHOU"}, "login"),
        ({"name": ""}, "name"),
        ({"roles": ()}, "roles"),
        ({"roles": (Role.ADMINISTRATOR, Role.AUDITOR)}, "roles"),
        ({"roles": (Role.HEAD,)}, "officer_id"),
        ({"officer_id": 99}, "officer_id"),
        ({"password": None}, "password"),
        ({"password": SecretStr("123")}, "password"),
    ],
)
def test_an_account_is_refused_by_its_field(
    manned: Store, when: dict[str, object], given: dict[str, object], field: str
) -> None:
    good = deeds.AccountForm(
        login="xin", name="新某", roles=(Role.AUDITOR,), password=SecretStr(PASSWORD)
    )
    with pytest.raises(InvalidForm) as wrong:
        deeds.save_account(manned, good.model_copy(update=given), actor="guan", **when)
    assert list(wrong.value.by_field) == [field]
    assert deeds.save_account(manned, good, actor="guan", **when)


def test_one_officer_has_one_account(manned: Store, when: dict[str, object]) -> None:
    officer = an_officer(manned)
    an_account(manned, "erst", Role.OFFICER, officer_id=officer)
    form = deeds.AccountForm(
        login="zweit", officer_id=officer, roles=(Role.HEAD,), password=SecretStr(PASSWORD)
    )
    with pytest.raises(InvalidForm, match="已经有账号“erst”"):
        deeds.save_account(manned, form, actor="guan", **when)


def test_the_last_administrator_stays(manned: Store, when: dict[str, object]) -> None:
    key = row(manned, "guan").id
    form = deeds.AccountForm(id=key, login="guan", name="管某", roles=(Role.ARCHIVIST,))
    with pytest.raises(Refused) as refusal:
        deeds.save_account(manned, form, actor="guan", **when)
    assert code_of(refusal) == "last_administrator"
    an_account(manned, "zwei", Role.ADMINISTRATOR)
    deeds.save_account(manned, form, actor="zwei", **when)
    own = deeds.AccountForm(
        id=row(manned, "zwei").id, login="zwei", name="乙", roles=(Role.ADMINISTRATOR,),
        active=False,
    )  # fmt: skip
    with pytest.raises(Refused, match="不能停用自己"):
        deeds.save_account(manned, own, actor="zwei", **when)


def test_an_administrator_makes_a_new_recovery_code(
    manned: Store, now: datetime, when: dict[str, object]
) -> None:
    form = deeds.RecoveryForm(recovery_code=SecretStr(CODE))
    deeds.renew_recovery_code(manned, form, actor="guan", **when)
    with pytest.raises(Refused, match="恢复码不对"):
        sign_in.recover(manned, "guan", "ABCDE-FGHJK", NEW, now=now)
    sign_in.recover(manned, "guan", CODE, NEW, now=now)


def test_the_office_says_when_the_window_locks(manned: Store, when: dict[str, object]) -> None:
    assert accounts.idle_minutes(manned) == 15
    deeds.save_idle_minutes(manned, deeds.IdleForm(minutes=5), actor="guan", **when)
    assert accounts.idle_minutes(manned) == 5


@pytest.mark.parametrize(
    ("statement", "say"),
    [
        ("DELETE FROM account", "账号不能删除"),
        ("UPDATE account SET login = 'x' WHERE login = 'zhou'", "登录名不能修改"),
        (
            """UPDATE account SET roles = '["administrator", "auditor"]' WHERE login = 'zhou'""",
            "不能是同一个人",
        ),
        (
            """INSERT INTO account (uid, login, name, roles, must_change, active, failures,
            password_set_at, created_at) VALUES ('1', 'x', 'x',
            '["auditor","administrator"]', 0, 1, 0, '2026-01-01', '2026-01-01')""",
            "不能是同一个人",
        ),
    ],
)
def test_the_file_itself_guards_the_accounts(manned: Store, statement: str, say: str) -> None:
    with pytest.raises(StoreTrouble, match=say), manned.unit(actor="测试") as session:
        session.execute(text(statement))
