"""Accounts: whether they are switched on, who has signed in, who there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from enforcer.models import Account
from enforcer.queries import office
from enforcer.queries.looking import Where, looking, version
from enforcer.terms import Role

SETTING = "accounts"
IDLE_MINUTES = 15


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who has signed in, and what that account may do."""

    login: str
    name: str
    roles: frozenset[Role]
    officer_id: int | None = None
    must_change: bool = False

    @property
    def titled(self) -> str:
        """The name with its roles, as the window shows it."""
        return f"{self.name}　{labels(self.roles)}"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as the list of users shows it."""

    id: int
    login: str
    name: str
    roles: tuple[Role, ...]
    officer_id: int | None
    active: bool
    locked_until: datetime | None
    signed_in_at: datetime | None
    must_change: bool
    has_recovery: bool
    version: str


def labels(roles: Any) -> str:
    """Roles in their order, as they are read out."""
    return "、".join(one.label for one in Role if one in roles)


def plain_login(typed: str) -> str:
    """A login name as it is compared: capitals and small letters are one."""
    return typed.strip().casefold()


def account(session: Session, login: str) -> Account | None:
    """The account of this login name."""
    return session.exec(select(Account).where(Account.login == plain_login(login))).first()


def signed_in(row: Account) -> SignedIn:
    """What the rest of the house knows of who has signed in."""
    return SignedIn(row.login, row.name, roles_of(row), row.officer_id, row.must_change)


def roles_of(row: Account) -> frozenset[Role]:
    """The roles of an account; what an older or newer program wrote besides is none."""
    known = {one.value: one for one in Role}
    return frozenset(known[one] for one in row.roles if one in known)


def acting(session: Session, actor: str) -> SignedIn | None:
    """Who acts under this name, while the account is in use."""
    row = account(session, actor)
    return signed_in(row) if row is not None and row.active else None


def still(where: Where, login: str) -> SignedIn | None:
    """Who has signed in, as the account stands now; None once it was switched off."""
    with looking(where) as session:
        return acting(session, login)


def rows(where: Where) -> list[AccountRow]:
    """All accounts, those in use first."""
    with looking(where) as session:
        found = session.exec(select(Account).order_by(col(Account.active).desc(), Account.login))
        return [_row(one) for one in found]


def _row(one: Account) -> AccountRow:
    held = roles_of(one)
    return AccountRow(
        id=one.id or 0,
        login=one.login,
        name=one.name,
        roles=tuple(role for role in Role if role in held),
        officer_id=one.officer_id,
        active=one.active,
        locked_until=one.locked_until,
        signed_in_at=one.signed_in_at,
        must_change=one.must_change,
        has_recovery=bool(one.recovery_hash),
        version=shown(one),
    )


def shown(one: Account) -> str:
    """The version of what the form of an account shows; signing in does not change it."""
    kept = Account(
        id=one.id, uid=one.uid, login=one.login, name=one.name, officer_id=one.officer_id,
        roles=one.roles, active=one.active, password_set_at=one.created_at,
        created_at=one.created_at,
    )  # fmt: skip
    return version(kept)


def idle_minutes(where: Where) -> int:
    """After how many minutes without a hand on the PC the window locks."""
    with looking(where) as session:
        value = office.setting(session, SETTING).get("idle_minutes")
        return value if isinstance(value, int) and value > 0 else IDLE_MINUTES
