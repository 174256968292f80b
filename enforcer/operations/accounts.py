"""Accounts: switched on with the first administrator, made, changed, switched off; passwords."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime

from pydantic import Field, SecretStr
from sqlmodel import Session, col, select

from enforcer.models import Account, Officer, Setting
from enforcer.operations import passwords
from enforcer.operations.editing import (
    RegisterForm,
    SettingForm,
    block,
    changed_meanwhile,
    fill,
    once,
    refuse_if,
)
from enforcer.operations.registry import operation
from enforcer.queries import accounts, office
from enforcer.store import audit
from enforcer.store.database import Store
from enforcer.terms import Role
from enforcer.text import Code, OptionalName

IN_CASES = frozenset({Role.OFFICER, Role.LEGAL_REVIEWER, Role.HEAD})
LOGIN = re.compile(r"[\w.\-]{2,30}")


class WhoForm(RegisterForm):
    """Whose an account is; a blank name is the officer's."""

    login: Code = Field(title="登录名")
    officer_id: int | None = Field(default=None, title="执法人员")
    name: OptionalName = Field(default="", title="姓名")
    roles: tuple[Role, ...] = Field(default=(), title="角色")


class SwitchOnForm(WhoForm):
    """The first account, an administrator's; with it everybody has to sign in."""

    password: SecretStr = Field(title="密码")
    recovery_code: SecretStr = Field(title="恢复码")


class AccountForm(WhoForm):
    """An account; `password` is the first one, to be changed at the first sign-in."""

    active: bool = Field(default=True, title="启用")
    password: SecretStr | None = Field(default=None, title="初始密码")


class ResetForm(SettingForm):
    """A new password for somebody who has forgotten his; it also ends a lock."""

    id: int = Field(title="账号")
    password: SecretStr = Field(title="新密码")


class ChangePasswordForm(SettingForm):
    """One's own password."""

    old: SecretStr = Field(title="原密码")
    password: SecretStr = Field(title="新密码")


class RecoveryForm(SettingForm):
    """A new recovery code for one's own account; the one before is worth nothing any more."""

    recovery_code: SecretStr = Field(title="恢复码")


class IdleForm(SettingForm):
    """After how long without a hand on the PC the window locks itself."""

    minutes: int = Field(default=accounts.IDLE_MINUTES, title="空闲锁定（分钟）", ge=1, le=120)


@operation("启用账号", SwitchOnForm)
def switch_accounts_on(
    store: Store,
    form: SwitchOnForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,  # noqa: ARG001
) -> int:
    """Make the first administrator; from now on whoever works here signs in."""
    roles = {*form.roles, Role.ADMINISTRATOR}
    login = accounts.plain_login(form.login)
    _refuse_weak(form.password, login, form.name)

    def deed(session: Session) -> int:
        if session.exec(select(Account.id)).first() is not None:
            raise block("accounts_on", "账号已经启用。请登录后在“设置”的“用户”里办理。")
        row = _new(login, now)
        _fill(session, row, form, roles)
        row.password_hash = _kept(form.password)
        row.recovery_hash = _kept(form.recovery_code, code=True)
        return _added(session, row, "switched_on")

    return once(store, form, name="switch_accounts_on", now=now, actor=login, deed=deed)


@operation("登记账号", AccountForm)
def save_account(
    store: Store,
    form: AccountForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Make an account or change it; who leaves is switched off and stays on what he did."""
    login = accounts.plain_login(form.login)
    if form.id is None and form.password is None:
        refuse_if({"password": "请设一个初始密码，第一次登录时由本人改掉。"})
    if form.password is not None:
        _refuse_weak(form.password, login, form.name)
    roles = set(form.roles)

    def deed(session: Session) -> int:
        row = _row(session, form) if form.id is not None else _new(login, now)
        if row.login != login:
            refuse_if({"login": "登录名不能修改：以前的记录上写着它。可以停用后另建一个。"})
        _fill(session, row, form, roles)
        _keep_administrator(session, row, form, actor)
        if form.id is None and form.password is not None:
            row.password_hash, row.must_change = _kept(form.password), True
            return _added(session, row, "account_made")
        if row.active != form.active:
            row.active = form.active
            _note(session, "account_on" if form.active else "account_off", row)
        session.add(row)
        assert row.id
        return row.id

    return once(store, form, name="save_account", now=now, actor=actor, deed=deed)


@operation("重设密码", ResetForm)
def reset_password(
    store: Store,
    form: ResetForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Set somebody's password anew: it ends a lock and is changed at the next sign-in."""
    with store.reading() as session:
        known = session.get(Account, form.id)
        login, name = (known.login, known.name) if known else ("", "")
    if not login:
        raise block("gone", "这个账号不在账号列表里，请重新载入。")
    if login == accounts.plain_login(actor):
        raise block("own_password", "自己的密码请在“修改密码”里改，要先输入原密码。")
    _refuse_weak(form.password, login, name)

    def deed(session: Session) -> int:
        row = session.get(Account, form.id)
        assert row is not None
        if row.locked_until is not None:
            _note(session, "account_unlocked", row)
        row.password_hash = _kept(form.password)
        row.password_set_at, row.must_change = now, True
        row.failures, row.locked_until = 0, None
        _note(session, "password_reset", row)
        session.add(row)
        return form.id

    return once(store, form, name="reset_password", now=now, actor=actor, deed=deed)


@operation("修改密码", ChangePasswordForm)
def change_password(
    store: Store,
    form: ChangePasswordForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Change one's own password; the old one is asked, for a PC that was left open."""
    old, new = form.old.get_secret_value(), form.password.get_secret_value()
    with store.reading() as session:
        known = accounts.account(session, actor)
        if known is None:
            raise block("accounts_off", "还没有启用账号，没有密码可改。")
        name, as_kept = known.name, known.password_hash
    if not passwords.fits(old, as_kept):
        refuse_if({"old": "原密码不对，没有修改。"})
    if old == new:
        refuse_if({"password": "新密码和原密码一样，请换一个。"})
    _refuse_weak(form.password, accounts.plain_login(actor), name)

    def deed(session: Session) -> int:
        row = accounts.account(session, actor)
        assert row is not None
        row.password_hash = _kept(form.password)
        row.password_set_at, row.must_change = now, False
        _note(session, "password_changed", row)
        session.add(row)
        assert row.id
        return row.id

    return once(store, form, name="change_password", now=now, actor=actor, deed=deed)


@operation("制作恢复码", RecoveryForm)
def renew_recovery_code(
    store: Store,
    form: RecoveryForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Keep a new recovery code for one's own account."""

    def deed(session: Session) -> int:
        row = accounts.account(session, actor)
        if row is None:
            raise block("accounts_off", "还没有启用账号，不用恢复码。")
        row.recovery_hash = _kept(form.recovery_code, code=True)
        _note(session, "recovery_code_made", row)
        session.add(row)
        assert row.id
        return row.id

    return once(store, form, name="renew_recovery_code", now=now, actor=actor, deed=deed)


@operation("设置空闲锁定", IdleForm)
def save_idle_minutes(
    store: Store,
    form: IdleForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> str:
    """Say after how many minutes the window locks."""

    def deed(session: Session) -> str:
        kept = office.setting_version(session, accounts.SETTING)
        if form.loaded and form.loaded != kept:
            raise changed_meanwhile(session, [("setting", accounts.SETTING)], "设置")
        row = session.get(Setting, accounts.SETTING) or Setting(key=accounts.SETTING)
        row.value = {"idle_minutes": form.minutes}
        session.add(row)
        return accounts.SETTING

    return once(store, form, name="save_idle_minutes", now=now, actor=actor, deed=deed)


def _new(login: str, now: datetime) -> Account:
    return Account(login=login, name="", roles=[], password_set_at=now, created_at=now)


def _row(session: Session, form: AccountForm) -> Account:
    row = session.get(Account, form.id)
    if row is None:
        raise block("gone", "这个账号不在账号列表里，请重新载入。")
    if form.loaded and form.loaded != accounts.shown(row):
        say = "您打开这个账号之后，它在别处被改过，没有保存。请重新载入，对照后再保存。"
        raise block("changed_meanwhile", say)
    return row


def _fill(session: Session, row: Account, form: WhoForm, roles: Collection[Role]) -> None:
    """Put the form into the row once nothing is wrong with it."""
    officer = session.get(Officer, form.officer_id) if form.officer_id else None
    name = form.name or (officer.name if officer else "")
    wrong: dict[str, str] = {}
    if not LOGIN.fullmatch(row.login):
        wrong["login"] = "登录名要 2 到 30 个字：汉字、字母、数字、点、横线和下划线。"
    elif row.id is None and accounts.account(session, row.login) is not None:
        wrong["login"] = f"登录名“{row.login}”已经有了，请另取一个。"
    if not name:
        wrong["name"] = "请选择执法人员，或者填写姓名。"
    if not roles:
        wrong["roles"] = "请至少选一个角色。"
    elif {Role.ADMINISTRATOR, Role.AUDITOR} <= set(roles):
        wrong["roles"] = "系统管理员和审计员不能是同一个人：审计要看管理员做了什么。请只选一个。"
    elif IN_CASES & set(roles) and officer is None:
        wrong["officer_id"] = "办案的角色要对应执法人员台账里的一个人，请选择。"
    if form.officer_id and officer is None:
        wrong["officer_id"] = "所选人员不在人员台账里，请重新选择。"
    elif officer is not None and (other := _other(session, row, officer)):
        wrong["officer_id"] = f"{officer.name}已经有账号“{other}”，一个人只用一个账号。"
    refuse_if(wrong)
    kept = [one.value for one in Role if one in roles]
    fill(row, {"name": name, "officer_id": form.officer_id, "roles": kept})


def _other(session: Session, row: Account, officer: Officer) -> str | None:
    """The account in use that this officer has already."""
    asked = select(Account.login).where(
        Account.officer_id == officer.id, col(Account.active), Account.login != row.login
    )
    return session.exec(asked).first()


def _keep_administrator(session: Session, row: Account, form: AccountForm, actor: str) -> None:
    """Somebody must be left who can manage accounts, and nobody switches himself off."""
    if not form.active and row.login == accounts.plain_login(actor):
        raise block("own_account", "不能停用自己正在用的账号。请另一位系统管理员来停用。")
    if form.id is None or (form.active and Role.ADMINISTRATOR in form.roles):
        return
    others = session.exec(select(Account).where(Account.id != row.id, col(Account.active)))
    if not any(Role.ADMINISTRATOR in accounts.roles_of(one) for one in others):
        raise block(
            "last_administrator",
            f"“{row.name}”是最后一位在用的系统管理员，不能停用或者取消这个角色。"
            "请先让另一位担任系统管理员。",
            field="roles",
        )


def _refuse_weak(password: SecretStr, login: str, name: str) -> None:
    typed = password.get_secret_value()
    refuse_if({"password": passwords.weakness(typed, login=login, name=name)})


def _kept(secret: SecretStr, *, code: bool = False) -> str:
    """A password, or a recovery code as it is compared, as the file keeps it."""
    typed = secret.get_secret_value()
    return passwords.kept(passwords.plain_code(typed) if code else typed)


def _added(session: Session, row: Account, action: str) -> int:
    session.add(row)
    session.flush()
    assert row.id
    _note(session, action, row)
    return row.id


def _note(session: Session, action: str, row: Account) -> None:
    audit.note(session, action, table="account", row=str(row.id), say={"login": row.login})
