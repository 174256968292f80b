"""Passwords and recovery codes: what is good enough, and how it is kept (Argon2id)."""

from __future__ import annotations

import os
import secrets
import unicodedata
from typing import Final

MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 1
"""About a fifth of a second on an office PC (OWASP asks for 19 MiB and two passes at least)."""
LONG_ENOUGH, SHORTEST, CLASSES = 12, 8, 3
LONGEST = 128
COMMON: Final = (
    "password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "1q2w3e", "1qaz2wsx", "abc123",
    "admin", "root", "iloveyou", "welcome", "letmein", "chengguan", "zhifa", "enforcer",
    "123456", "654321", "111111", "000000", "888888", "666666", "a1b2c3", "woaini", "5201314",
    "1234", "123", "321", "abc",
)  # fmt: skip
_ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that is misread on paper
_GROUPS, _GROUP = 5, 5
_LETTERS = frozenset({"Lu", "Lt", "Ll", "Nd"})


def kept(secret: str) -> str:
    """A secret as the file keeps it: Argon2id with a salt of its own, in the usual notation."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    made = Argon2id(
        salt=os.urandom(16), length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB
    )
    return made.derive_phc_encoded(_bytes(secret))


def fits(secret: str, as_kept: str) -> bool:
    """Whether this is the secret that was kept; nothing fits what was never set."""
    from cryptography.exceptions import InvalidKey
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        Argon2id.verify_phc_encoded(_bytes(secret), as_kept)
    except (InvalidKey, ValueError):
        return False
    return True


def _bytes(secret: str) -> bytes:
    """One text, one secret, however the input method composes it."""
    return unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")


def weakness(password: str, *, login: str = "", name: str = "") -> str:
    """Why a new password is not good enough, in a sentence; empty when it is."""
    if len(password) > LONGEST:
        return f"密码最多 {LONGEST} 位，请缩短。"
    if len(password) < SHORTEST:
        return (
            f"密码只有 {len(password)} 位：至少 {LONG_ENOUGH} 位，"
            f"或者至少 {SHORTEST} 位并含大写、小写、数字、符号中的三种。"
        )
    if len(password) < LONG_ENOUGH and _classes(password) < CLASSES:
        return (
            f"密码不到 {LONG_ENOUGH} 位，要含大写、小写、数字、符号中的三种。"
            "请加长，或者加上别的种类。"
        )
    plain = password.casefold()
    for taken in (login.casefold(), name.casefold()):
        if len(taken) > 1 and taken in plain:
            return "密码里不能有登录名或者姓名，请换一个。"
    rest = plain
    for common in COMMON:
        rest = rest.replace(common, "")
    if len(rest) < SHORTEST // 2 or len(set(plain)) < SHORTEST // 2:
        return "这个密码太常见，容易被猜到，请换一个。"
    return ""


def _classes(password: str) -> int:
    kinds = {unicodedata.category(one)[0:2] for one in password}
    return sum((bool(kinds & {"Lu", "Lt"}), "Ll" in kinds, "Nd" in kinds, bool(kinds - _LETTERS)))


def recovery_code() -> str:
    """A new recovery code: five groups of five signs, 123 bits."""
    return "-".join(
        "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )


def first_password() -> str:
    """A first password for somebody else: three groups, to be changed at the first sign-in."""
    while True:
        made = "-".join(
            "".join(secrets.choice(_ALPHABET + _ALPHABET.lower()) for _ in range(4))
            for _ in range(3)
        )
        if not weakness(made):
            return made


def plain_code(typed: str) -> str:
    """A recovery code as it is compared: no blanks, no dashes, capitals."""
    return "".join(one for one in typed.upper() if one.isalnum())
