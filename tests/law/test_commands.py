"""The commands `due`, `additional-fine`, `violations` as a script meets them."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from enforcer.__main__ import main
from enforcer.commands import law

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command: exit code, stdout, stderr."""

    def call(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(one) for one in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def document(run: Run, *words: object) -> Any:
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_due_answers_with_exactly_the_agreed_keys(run: Run) -> None:
    found = document(run, "due", "payment", "--from", "2026-09-20")
    why = found.pop("why")
    assert found == {
        "rule": "payment",
        "from": "2026-09-20",
        "due_on": "2026-10-08",
        "nominal_on": "2026-10-05",
        "counting": "calendar",
        "rolls": True,
        "cite": "行政处罚法（2021）第六十七条第三款、民法典第二百零三条第一款",
        "provisional": False,
    }
    assert all(isinstance(one, str) for one in why)


def test_due_reads_aloud_without_json(run: Run) -> None:
    code, out, _ = run("due", "payment", "--from", "2026-09-20")
    assert code == 0
    assert out.startswith("缴纳罚款（payment）：2026-10-08，顺延前为 2026-10-05\n")
    assert "依据：行政处罚法（2021）第六十七条第三款" in out


def test_due_marks_what_is_provisional(run: Run) -> None:
    assert "2027-01-08（暂定）" in run("due", "urging", "--from", "2026-12-25")[1]


def test_due_takes_an_hour_in_beijing_time(run: Run) -> None:
    found = document(run, "due", "crime_transfer", "--from", "2026-09-30T17:20")
    assert found["counting"] == "hours"
    assert "到 2026-10-01 17:20 为止" in found["why"][1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("due", "nothing", "--from", "2026-09-20"), "没有名为“nothing”的期限"),
        (("due", "payment", "--from", "2026-02-30"), "“2026-02-30”不是日期"),
        (("due", "payment", "--from", "2026-09-20T25:00"), "不是时刻"),
        (("due", "payment"), "请写明期限名称和 --from 起算日"),
        (("due", "--from", "2026-09-20"), "请写明期限名称和 --from 起算日"),
        (("due", "payment", "--batch", "x.jsonl"), "不能与期限名称"),
        (("due", "payment", "--from", "9999-12-31"), "超出了日历的范围"),
        (
            ("additional-fine", "--fine", "1000", "--due", "2026-10-08"),
            "--on",
        ),
        (
            ("additional-fine", "--fine", "0", "--due", "2026-10-08", "--on", "2026-10-09"),
            "应当大于零",
        ),
        (
            ("additional-fine", "--fine", "ten", "--due", "2026-10-08", "--on", "2026-10-09"),
            "不是能识别的金额",
        ),
        (("violations", "--on", "2026-13-01"), "不是日期"),
    ],
)
def test_wrong_usage_is_2_and_prints_nothing(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words, "--json")
    assert (code, out) == (2, "")
    assert said in err


def test_an_unknown_rule_is_answered_with_the_names(run: Run) -> None:
    assert "hearing_notice、" in run("due", "nothing", "--from", "2026-09-20")[2]


def test_a_period_the_law_did_not_have_is_refused_with_its_article(run: Run) -> None:
    code, out, err = run("due", "decision", "--from", "2021-07-14", "--json")
    assert code == 1
    assert json.loads(out)["objections"][0]["code"] == "rule_not_in_force"
    assert "第六十条" in err


def batch(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "rules.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


GOOD = '{"rule": "payment", "from": "2026-09-20"}'


def test_a_batch_is_answered_in_its_order(run: Run, tmp_path: Path) -> None:
    path = batch(tmp_path, GOOD, "", '{"from": "2026-07-12", "rule": "decision"}', "")
    found = document(run, "due", "--batch", path)
    assert [one["due_on"] for one in found] == ["2026-10-08", "2026-10-10"]
    out = run("due", "--batch", path)[1]
    assert out.index("缴纳罚款") < out.index("作出行政处罚决定")


def test_a_batch_from_a_windows_editor_is_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rules.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + f"{GOOD}\r\n{GOOD}\r\n".encode())
    assert len(document(run, "due", "--batch", path)) == 2


def test_an_empty_batch_is_an_empty_list(run: Run, tmp_path: Path) -> None:
    assert document(run, "due", "--batch", batch(tmp_path, "", "")) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("payment 2026-09-20", "不是一行 JSON"),
        ("[" * 100_000, "不是一行 JSON"),
        ("[]", "恰好写明"),
        ('"payment"', "恰好写明"),
        ('{"rule": "payment"}', "恰好写明"),
        ('{"rule": "payment", "from": 20260920}', "恰好写明"),
        ('{"rule": "payment", "from": "2026-09-20", "to": ""}', "恰好写明"),
        ('{"rule": "pay", "from": "2026-09-20"}', "没有名为“pay”的期限"),
        ('{"rule": "payment", "from": "20.9.2026"}', "不是日期"),
    ],
)
def test_a_bad_line_refuses_the_whole_batch(run: Run, tmp_path: Path, line: str, said: str) -> None:
    code, out, err = run("due", "--batch", batch(tmp_path, GOOD, line), "--json")
    assert (code, out) == (2, "")
    assert "rules.jsonl 第 2 行：" in err
    assert said in err


def test_a_line_the_law_refuses_is_told_with_its_number(run: Run, tmp_path: Path) -> None:
    line = '{"rule": "decision", "from": "2021-07-14"}'
    code, out, err = run("due", "--batch", batch(tmp_path, GOOD, line), "--json")
    assert code == 1
    assert "第 2 行" in json.loads(out)["objections"][0]["say"]
    assert "第 2 行" in err


def test_a_missing_batch_is_trouble(run: Run, tmp_path: Path) -> None:
    code, out, err = run("due", "--batch", tmp_path / "none.jsonl", "--json")
    assert code == 3
    assert json.loads(out)["objections"][0]["code"] == "trouble"
    assert "请核对路径" in err


def test_a_batch_that_is_no_text_is_trouble(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rules.jsonl"
    path.write_bytes(b"\xff\xfe\x00\x00")
    assert run("due", "--batch", path, "--json")[0] == 3


def test_an_additional_fine_is_answered_with_exactly_the_agreed_keys(run: Run) -> None:
    found = document(
        run, "additional-fine", "--fine", "1000.00", "--due", "2026-10-08", "--on", "2026-11-20",
        "--excluded", "2026-10-20:2026-10-25", "2026-10-24:2026-10-31", "--excluded",
        "2026-11-02:2026-11-03",
    )  # fmt: skip
    cite = found.pop("cite")
    assert found == {"days": 29, "amount_yuan": "870.00", "capped": False}
    assert "第七十二条第一款第一项" in cite
    assert "第七十三条第三款" in cite


def test_an_additional_fine_reads_aloud(run: Run) -> None:
    words = ("additional-fine", "--fine", "1000", "--due", "2026-10-08", "--on")
    assert "逾期计算 10 日，加处罚款 300.00 元。" in run(*words, "2026-10-18")[1]
    assert "已到罚款数额" in run(*words, "2026-12-18")[1]


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        ("2026-10-20", "不是期间"),
        ("2026-10-20:2026-10-40", "不是日期"),
        ("2026-10-20:2026-10-10", "开始晚于结束"),
    ],
)
def test_a_bad_interval_is_wrong_usage(run: Run, interval: str, said: str) -> None:
    code, out, err = run(
        "additional-fine", "--fine", "1000", "--due", "2026-10-08", "--on", "2026-10-09",
        "--excluded", interval, "--json",
    )  # fmt: skip
    assert (code, out) == (2, "")
    assert said in err


def test_the_catalogue_of_a_day_is_one_list(run: Run) -> None:
    found = document(run, "violations", "--on", "2026-11-01")
    assert len(found) >= 42
    parking = next(one for one in found if one["key"] == "pavement_parking")
    assert parking["title"] == "机动车违反规定在人行道上停放"
    assert parking["breached"][0]["article"] == "第五十六条第一款"
    assert parking["sanctioned_by"][0]["article"] == "第九十三条第二款"
    assert parking["range"]["citizen"] == {"min_yuan": "20.00", "max_yuan": "200.00"}
    assert parking["procedures"] == {"citizen": ["简易", "普通"], "organization": ["简易", "普通"]}
    spill = next(one for one in found if one["key"] == "load_spill_traffic")
    assert spill["procedures"]["citizen"] == []


@pytest.mark.parametrize(("on", "highest"), [("2026-08-14", "20000.00"), ("2026-08-15", "5000.00")])
def test_the_catalogue_changes_with_the_code(run: Run, on: str, highest: str) -> None:
    (found,) = document(run, "violations", "--on", on, "--search", "烧烤")
    assert found["consequences"][0]["max_yuan"] == highest
    assert found["until"] == ("2026-08-14" if on == "2026-08-14" else None)


def test_the_catalogue_reads_aloud(run: Run) -> None:
    code, out, _ = run("violations", "--on", "2026-11-01", "--search", "人行道违停")
    assert code == 0
    assert "罚则：《中华人民共和国道路交通安全法》第九十三条第二款" in out
    assert "没有找到" in run("violations", "--on", "2026-11-01", "--search", "飞碟")[1]


def test_without_a_day_the_catalogue_is_that_of_today(run: Run) -> None:
    (found,) = document(run, "violations", "--search", "人行道违停")
    assert found["until"] is None


def test_the_commands_can_be_registered_on_any_parser() -> None:
    subparsers = argparse.ArgumentParser().add_subparsers()
    law.register(subparsers)
    assert set(subparsers.choices) == {"due", "additional-fine", "violations", "law"}


def test_a_deadline_is_answered_without_loading_database_or_paper() -> None:
    code = (
        "import sys; from enforcer.__main__ import main;"
        "main(['due', 'payment', '--from', '2026-09-20', '--json']);"
        "heavy = {'sqlmodel', 'sqlalchemy', 'pydantic', 'reportlab', 'PySide6'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
