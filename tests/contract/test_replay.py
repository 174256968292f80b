"""`replay` with scripts an outsider writes badly: a sentence, never a half-done course in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from tests.contract.face import REFUSED, TROUBLE, ask, done

LEAD = """
[[step]]
op = "register_lead"
day = 2025-09-03
as = "lead"
form = { source = "hotline", received_at = 2025-09-03T09:12:00, content = "有渣土遗撒" }
"""
OFFICER = """
[[step]]
op = "save_officer"
day = 2025-09-01
form = { name = "周敏", certificate_number = "YX070012", certificate_issued_on = 2024-01-01, certificate_valid_until = 2028-12-31 }
"""
BAD = [
    # the script, what is said of it
    ('begins = "office.toml"', "begins 应当写成"),
    ('[begins]\nuntil = "x"', "用文字写明 file"),
    ("[begins]\nfile = 3", "用文字写明 file"),
    ("step = 3", "步骤应当写成"),
    ('step = ["a"]', "步骤应当写成"),
    (LEAD.replace('"register_lead"', "3"), "op 应当是文字"),
    (LEAD.replace('as = "lead"', "as = 3"), "as 应当是文字"),
    (LEAD.replace('as = "lead"', "refused = 3"), "refused 应当是文字"),
    (LEAD.replace('as = "lead"', "refused = [3]"), "refused 应当是文字"),
    (LEAD.partition("form")[0] + "form = 3", "form 应当写成"),
    (LEAD.replace("2025-09-03\n", '"2025-09-03"\n'), "第 1 步的日期写法不对"),
    ("[[step]\n", "第 1 行第 7 列不合 TOML 的写法"),
    ("step = " + "[" * 100_000, "不合 TOML 的写法"),
    (OFFICER + LEAD.replace("register_lead", "no_such_deed"), "没有名为“no_such_deed”的操作"),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "脚本.toml"
    path.write_text(text, encoding="utf-8")
    return path


FORMS = [
    # the deed, its form, what is said of it
    ("assign_officers", "case_id = 9223372036854775808", "number_too_large", "太大"),
    ("assign_officers", "case_id = -9223372036854775809", "number_too_large", "太大"),
    ("void_lead", 'lead_id = 1\nreason = "错\\u0000登"', "text_unfit", "控制符"),
    ("import_ledger", 'path = "x.xlsx"\nkind = "moon"', "invalid_field", "没有“moon”这种台账"),
]


@pytest.mark.parametrize(("deed", "form", "code", "say"), FORMS)
def test_a_form_nobody_would_fill_in_so_is_refused(
    bare: Path, tmp_path: Path, deed: str, form: str, code: str, say: str
) -> None:
    script = f'[[step]]\nop = "{deed}"\nday = 2025-09-01\n[step.form]\n{form}\n'
    answer = ask("--home", bare, "replay", written(tmp_path, script), "--json")
    assert answer.code == REFUSED
    ((objection,),) = [one["objections"] for one in answer.json]
    assert objection["code"] == code
    assert say in objection["say"]


def entries(home: Path) -> int:
    """How many deeds the log holds; asking writes one itself, so it is asked of the file."""
    raw = driver.connect(str(home / "enforcer.db"))
    try:
        return int(raw.execute("SELECT count(*) FROM audit_entry").fetchone()[0])
    finally:
        raw.close()


@pytest.mark.parametrize(("text", "say"), BAD)
def test_a_script_written_badly_is_trouble_and_nothing_is_done(
    bare: Path, tmp_path: Path, text: str, say: str
) -> None:
    answer = ask("--home", bare, "replay", written(tmp_path, text), "--json")
    assert answer.code == TROUBLE
    assert say in answer.json["objections"][0]["say"]
    assert answer.err.endswith("。\n")
    assert entries(bare) == 0


def test_a_folder_and_bytes_are_no_script(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "乱.toml").write_bytes(b"\xff\xfe")
    for path, say in ((tmp_path, "是文件夹"), (tmp_path / "乱.toml", "不是 UTF-8 文本")):
        answer = ask("--home", bare, "replay", path, "--json")
        assert answer.code == TROUBLE
        assert say in answer.err


def test_a_name_whose_step_was_refused_refuses_its_own_step_and_the_course_goes_on(
    bare: Path, tmp_path: Path
) -> None:
    uses = '[[step]]\nop = "reply_to_lead"\nday = 2025-09-04\nform = { lead_id = "$lead" }\n'
    answer = ask("--home", bare, "replay", written(tmp_path, LEAD + uses + OFFICER), "--json")
    assert answer.code == REFUSED
    assert [(one["op"], one["ok"]) for one in answer.json] == [
        ("register_lead", False),  # nobody acts
        ("reply_to_lead", False),
        ("save_officer", True),
    ]
    assert [one["code"] for one in answer.json[1]["objections"]] == ["name_unknown"]


def test_a_script_saved_by_a_windows_editor_is_carried_out(bare: Path, tmp_path: Path) -> None:
    path = tmp_path / "脚本.toml"
    path.write_bytes(b"\xef\xbb\xbf" + OFFICER.replace("\n", "\r\n").encode())
    assert [one["ok"] for one in done("--home", bare, "replay", path)] == [True]
