"""Signing in and out: the password checked, every try on the log, five wrong ones a pause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlmodel import Session

from enforcer.errors import InvalidForm, Refused
from enforcer.models import Account
from enforcer.operations import passwords
from enforcer.operations.editing import CHINA, block
from enforcer.queries import accounts
from enforcer.queries.accounts import SignedIn
from enforcer.store import audit
from enforcer.store.database import Store
from enforcer.terms import Role

TRIES: Final = 5
PAUSE: Final = timedelta(minutes=10)
_LONGEST_NAME: Final = 60


class Entry(StrEnum):
    """How somebody comes in, as the log names it."""

    SIGN_IN = "sign_in"
    UNLOCK = "unlock"
    RECOVER = "recover"


def sign_in(
    store: Store, login: str, password: str, *, now: datetime, entry: Entry = Entry.SIGN_IN
) -> SignedIn:
    """Who this is; Refused with how many tries are left, or until when the account is locked."""
    row = _known(store, login, entry)
    right = passwords.fits(password, row.password_hash)
    return _settle(store, row.login, entry, right=right, wrong="密码不对", now=now)


def recover(store: Store, login: str, code: str, password: str, *, now: datetime) -> SignedIn:
    """Set an administrator's password anew by the recovery code, which is then used up."""
    row = _known(store, login, Entry.RECOVER)
    if Role.ADMINISTRATOR not in accounts.roles_of(row):
        say = f"“{row.name}”不是系统管理员，没有恢复码。请系统管理员重设密码。"
        raise block("no_recovery", say)
    if not row.recovery_hash:
        say = f"“{row.name}”没有恢复码，或者已经用过。请另一位系统管理员重设密码。"
        raise block("no_recovery", say)
    if weak := passwords.weakness(password, login=row.login, name=row.name):
        raise InvalidForm({"password": weak})
    right = passwords.fits(passwords.plain_code(code), row.recovery_hash)
    kept = passwords.kept(password) if right else ""

    def renewed(one: Account) -> None:
        one.password_hash, one.recovery_hash = kept, ""
        one.password_set_at, one.must_change = now, False

    return _settle(
        store, row.login, Entry.RECOVER, right=right, wrong="恢复码不对", now=now, then=renewed
    )


def leave(store: Store, login: str, *, locked: bool = False) -> None:
    """Put on the log that somebody has signed out, or has locked the window."""
    action = "lock" if locked else "sign_out"
    with store.unit(actor=login, operation=action) as session:
        row = accounts.account(session, login)
        _tell(session, action, row)


def _known(store: Store, login: str, entry: Entry) -> Account:
    """The account, while it is in use; a name that is none stays on the log too."""
    with store.reading() as session:
        row = accounts.account(session, login)
        if row is not None:
            session.expunge(row)
    if row is not None and row.active:
        return row
    name = accounts.plain_login(login)[:_LONGEST_NAME]
    with store.unit(actor=name or "（空）", operation=entry.value) as session:
        _tell(session, "sign_in_failed", row, why="账号已停用" if row else "没有这个账号")
    if row is None:
        raise block("account_unknown", f"没有登录名为“{name}”的账号。请核对登录名。")
    raise block("account_off", f"账号“{row.login}”已经停用，不能登录。请联系系统管理员。")


def _settle(
    store: Store,
    login: str,
    entry: Entry,
    *,
    right: bool,
    wrong: str,
    now: datetime,
    then: Callable[[Account], None] | None = None,
) -> SignedIn:
    """Count the try in the file, where a new start does not forget it."""
    with store.unit(actor=login, operation=entry.value) as session:
        row = accounts.account(session, login)
        assert row is not None
        refusal = _weighed(session, row, right=right, wrong=wrong, now=now)
        if refusal is None:
            row.failures, row.locked_until, row.signed_in_at = 0, None, now
            if then is not None:
                then(row)
            _tell(session, entry.value, row)
        session.add(row)
        found = accounts.signed_in(row)
    if refusal is not None:
        raise refusal
    return found


def _weighed(
    session: Session, row: Account, *, right: bool, wrong: str, now: datetime
) -> Refused | None:
    if row.locked_until is not None and now < row.locked_until:
        _tell(session, "sign_in_failed", row, why="锁定期间")
        return block("account_locked", f"账号“{row.login}”{_until(row.locked_until)}")
    if right:
        return None
    row.failures += 1
    left = TRIES - row.failures
    _tell(session, "sign_in_failed", row, why=wrong)
    if left > 0:
        return block("password_wrong", f"{wrong}，还可以试 {left} 次。")
    row.failures, row.locked_until = 0, now + PAUSE
    _tell(session, "account_locked", row)
    say = f"{wrong}，已连续输错 {TRIES} 次。账号“{row.login}”{_until(row.locked_until)}"
    return block("account_locked", say)


def _until(moment: datetime) -> str:
    at = moment.astimezone(CHINA)
    return f"已锁定到 {at:%Y-%m-%d %H:%M}。请到时再试，或者请系统管理员重设密码。"


def _tell(session: Session, action: str, row: Account | None, **say: str) -> None:
    audit.note(session, action, table="account", row=str(row.id) if row else "", say=say)
