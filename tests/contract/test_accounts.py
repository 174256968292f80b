"""Accounts on the command line: --user, and the password on the first line of standard input."""

import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from enforcer.queries.accounts import account
from enforcer.store.database import open_store
from enforcer.terms import Role
from tests.accounts_made import PASSWORD, an_account
from tests.contract.face import DONE, REFUSED, ROOT, USAGE, Answer, ask, done


@pytest.fixture
def manned(bare: Path) -> Path:
    """A home with accounts: an archivist, an administrator, an officer with a first password."""
    script = bare.parent / "leute.toml"
    script.write_text(
        '[[step]]\nop = "save_officer"\nday = 2026-09-01\nform = { name = "周敏" }\n'
        '[[step]]\nop = "save_officer"\nday = 2026-09-01\nform = { name = "何志远" }\n',
        "utf-8",
    )
    done("replay", script, "--home", bare)
    store = open_store(bare, clock=lambda: datetime.now(UTC))
    an_account(store, "dang", Role.ARCHIVIST, password=PASSWORD)
    an_account(store, "guan", Role.ADMINISTRATOR, password=PASSWORD)
    an_account(store, "zhou", Role.OFFICER, officer_id=1, password=PASSWORD)
    store.close()
    return bare


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """What stands on standard input."""

    def type_(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return type_


SIGNED_IN = [
    ("search", "湘A"),
    ("statistics", "--period", "2026Q3"),
    ("verify",),
    ("evidence", "check"),
    ("notices", "print", "1", "2", "-o", "x.pdf"),
]
FREE = [
    ("due", "payment", "--from", "2026-09-01"),
    ("additional-fine", "--fine", "1000.00", "--due", "2026-09-01", "--on", "2026-09-03"),
    ("violations", "--on", "2026-09-01"),
    ("law", "--check", "--on", "2026-09-01"),
    ("operations",),
]


@pytest.mark.parametrize("words", SIGNED_IN, ids=lambda words: words[0])
def test_a_command_on_the_home_needs_who_acts(manned: Path, words: tuple[str, ...]) -> None:
    answer = ask(*words, "--home", manned, "--json")
    assert answer.code == USAGE
    assert "--user" in answer.err
    assert [one["code"] for one in answer.json["objections"]] == ["sign_in_needed"]


@pytest.mark.parametrize("words", FREE, ids=lambda words: words[0])
def test_what_asks_the_law_alone_needs_nobody(manned: Path, words: tuple[str, ...]) -> None:
    assert ask(*words, "--home", manned).code in {DONE, REFUSED}
    assert "--user" not in ask(*words, "--home", manned).err


def test_while_accounts_are_off_nobody_is_asked_and_user_names_who_acts(bare: Path) -> None:
    assert ask("search", "湘A", "--home", bare, "--user", "谁").code == DONE


def test_the_right_password_opens(manned: Path, typed) -> None:
    typed(f"{PASSWORD}\n")
    answer = ask("search", "湘A", "--home", manned, "--user", "Dang", "--json")
    assert (answer.code, answer.json) == (DONE, [])


@pytest.mark.parametrize(
    ("user", "text", "code", "say"),
    [
        ("dang", "不对\n", "password_wrong", "还可以试 4 次"),
        ("niemand", f"{PASSWORD}\n", "account_unknown", "没有登录名"),
    ],
)
def test_a_wrong_one_is_refused(manned: Path, typed, user, text, code, say) -> None:
    typed(text)
    answer = ask("search", "湘A", "--home", manned, "--user", user, "--json")
    assert answer.code == REFUSED
    assert answer.json["objections"][0]["code"] == code
    assert say in answer.err


def test_no_password_at_all_is_wrong_usage(manned: Path, typed) -> None:
    typed("")
    answer = ask("search", "湘A", "--home", manned, "--user", "dang")
    assert answer.code == USAGE
    assert "标准输入的第一行" in answer.err


def test_after_five_wrong_ones_the_right_one_is_refused_too(manned: Path, typed) -> None:
    for text in ("错\n",) * 5 + (f"{PASSWORD}\n",):
        typed(text)
        answer = ask("verify", "--home", manned, "--user", "dang", "--json")
        assert answer.code == REFUSED
    assert answer.json["objections"][0]["code"] == "account_locked"
    assert "已锁定到" in answer.err


def test_a_role_is_refused_and_another_let_pass(manned: Path, typed, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    store = open_store(manned, clock=lambda: datetime.now(UTC))
    an_account(store, "ji", Role.AUDITOR, password=PASSWORD)
    store.close()
    for user, code in (("ji", REFUSED), ("guan", DONE)):
        typed(f"{PASSWORD}\n")
        answer = ask("backup", folder, "--home", manned, "--user", user, "--json")
        assert answer.code == code, answer.err
    typed(f"{PASSWORD}\n")
    assert ask("verify", "--home", manned, "--user", "ji").code == DONE


LEAD = """
[[step]]
op = "register_lead"
at = 2026-09-01T09:30:00
{actor}as = "lead"
form = {{ source = "patrol", received_at = 2026-09-01T09:12:00, content = "渣土遗撒" }}
"""


@pytest.mark.parametrize(
    ("user", "actor", "refused"),
    [
        ("zhou", "", ""),
        ("zhou", "zhou", ""),
        ("zhou", "何志远", "not_yourself"),
        ("guan", "", "role_not_allowed"),
        ("dang", "dang", "role_not_allowed"),
    ],
)
def test_in_a_script_only_who_has_signed_in_acts(
    manned: Path, typed, tmp_path: Path, user: str, actor: str, refused: str
) -> None:
    script = tmp_path / "kurs.toml"
    script.write_text(LEAD.format(actor=f'actor = "{actor}"\n' if actor else ""), "utf-8")
    typed(f"{PASSWORD}\n")
    answer = ask("replay", script, "--home", manned, "--user", user, "--json")
    (step,) = answer.json
    assert [one["code"] for one in step["objections"]] == ([refused] if refused else [])
    assert answer.code == (REFUSED if refused else DONE)
    store = open_store(manned, clock=lambda: datetime.now(UTC))
    with store.plain() as raw:
        rows = raw.execute("SELECT DISTINCT actor FROM audit_entry WHERE table_name = 'lead'")
        assert rows.fetchall() == ([] if refused else [("zhou",)])
    store.close()


def test_a_first_password_is_changed_in_the_window_first(manned: Path, typed) -> None:
    store = open_store(manned, clock=lambda: datetime.now(UTC))
    with store.unit(actor="测试") as session:
        row = account(session, "dang")
        assert row is not None
        row.must_change = True
        session.add(row)
    store.close()
    typed(f"{PASSWORD}\n")
    answer = ask("search", "湘A", "--home", manned, "--user", "dang", "--json")
    assert answer.code == REFUSED
    assert answer.json["objections"][0]["code"] == "password_must_change"


def test_a_process_reads_the_password_from_its_pipe(manned: Path) -> None:
    words = ["search", "湘A", "--home", str(manned), "--user", "dang", "--json"]
    ran = subprocess.run(
        [sys.executable, "-m", "enforcer", *words],
        cwd=ROOT, input=f"{PASSWORD}\r\n".encode(), capture_output=True, check=False,
        env=os.environ | {"PYTHONIOENCODING": "gbk"},
    )  # fmt: skip
    assert Answer(ran.returncode, ran.stdout.decode(), ran.stderr.decode()).json == []
    assert PASSWORD.encode() not in ran.stdout + ran.stderr


def test_recordings_come_back_into_a_restored_home_before_anybody_can_sign_in(
    manned: Path, typed, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    typed(f"{PASSWORD}\n")
    made = done("backup", folder, "--home", manned, "--user", "guan", "--recordings")
    new = tmp_path / "neu"
    back = done("restore", made["path"], "--home", new, "--recordings", folder)
    assert back["rows"] > 0
    assert ask("search", "x", "--home", new).code == USAGE
