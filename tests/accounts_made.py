"""Accounts for tests: rows with a password that is quick to check, or none at all."""

import os
from datetime import UTC, datetime
from functools import cache

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from enforcer.models import Account
from enforcer.store.database import Store
from enforcer.terms import Role

PASSWORD = "柳叶湖的Mei花-42"
MADE = datetime(2026, 9, 1, tzinfo=UTC)


@cache
def quick(password: str) -> str:
    """The password as the file keeps it, at the least cost the notation allows."""
    made = Argon2id(salt=os.urandom(16), length=32, iterations=1, lanes=1, memory_cost=8)
    return made.derive_phc_encoded(password.encode())


def an_account(
    store: Store,
    login: str,
    *roles: Role,
    officer_id: int | None = None,
    password: str = "",
    code: str = "",
    active: bool = True,
) -> int:
    """One account, as the program writes it."""
    with store.unit(actor="测试", operation="an_account") as session:
        row = Account(
            login=login,
            name=f"{login}某",
            roles=[one.value for one in roles],
            officer_id=officer_id,
            password_hash=quick(password) if password else "",
            recovery_hash=quick(code) if code else "",
            active=active,
            password_set_at=MADE,
            created_at=MADE,
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id
