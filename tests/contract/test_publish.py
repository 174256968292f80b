"""`publish`: the list for everybody, the sheet for the platform, what was left out on the side."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.contract.face import PENALTIES, USAGE, ask, done, ledger, penalty, take

SETTLE = """
[[step]]
op = "settle_publication"
day = 2026-10-30
actor = "马建国"
[step.form]
decision_id = {decision}
audience = "{audience}"
wanted = true
reason = "有一定社会影响"
approver_id = "$马建国"
approved_on = 2026-10-30
valid_until_on = 2027-10-30
"""


def test_nothing_settled_gives_an_empty_list_and_says_so(sample: Path, tmp_path: Path) -> None:
    said = done("--home", sample, "publish", "--period", "2026Q3", "--xlsx", tmp_path / "公开.xlsx")
    assert said["rows"] == 0
    assert "没有审定是否公开" in said["remarks"][0]
    assert Path(said["path"]).is_file()


def test_the_platform_sheet_has_thirty_columns(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "双公示.xlsx"
    done(
        "--home", sample, "publish", "--period", "2026Q3", "--xlsx", path, "--for", "platform"
    )  # fmt: skip
    head = [one.value for one in next(openpyxl.load_workbook(path).active.iter_rows())]
    assert len(head) == 30
    assert head[13] == "行政处罚决定书文号"


def test_an_unknown_audience_is_a_wrong_usage(sample: Path, tmp_path: Path) -> None:
    answer = ask(
        "--home", sample, "publish", "--period", "2026", "--xlsx", tmp_path / "x.xlsx",
        "--for", "all",
    )  # fmt: skip
    assert answer.code == USAGE


def published(home: Path, folder: Path, audience: str) -> list[dict[str, object]]:
    """The sheet that goes out of the two newest decisions, a row each by its titles."""
    newest = 41  # the sample's last decision
    script = folder / "公示.toml"
    steps = [SETTLE.format(decision=newest + at, audience=audience) for at in (1, 2)]
    script.write_text("".join(steps), encoding="utf-8")
    done("--home", home, "replay", script)
    out = folder / f"{audience}.xlsx"
    done("--home", home, "publish", "--period", "2026-10-20:2026-10-21", "--xlsx", out, "--for", audience)  # fmt: skip
    rows = list(openpyxl.load_workbook(out).active.iter_rows(values_only=True))
    at = next(at for at, row in enumerate(rows) if "行政处罚决定书文号" in row)
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]


def test_one_confiscation_is_one_amount_and_a_card_is_no_credit_code(
    sample: Path, tmp_path: Path
) -> None:
    both = "没收违法所得、没收非法财物、罚款"
    rows = [
        penalty(
            "公罚〔2026〕第1号", 当事人="云溪渣土公司", 当事人类别="法人", 证件号码="91350100M000100Y43",
            决定日期="2026-10-20", 处罚种类=both, fine=1234.56, confiscated=10.01,
        ),
        penalty(
            "公罚〔2026〕第2号", 当事人="云溪小吃店", 当事人类别="个体工商户",
            证件号码="11010519491231002X", 决定日期="2026-10-21", 处罚种类="没收非法财物", confiscated=20,
        ),
    ]  # fmt: skip
    assert take(sample, "penalties", ledger(tmp_path / "a.xlsx", PENALTIES, rows))["taken"] == 2
    company, trader = published(sample, tmp_path, "platform")
    assert company["处罚内容"] == "罚款1,234.56元；没收违法所得、没收非法财物合计10.01元"
    assert company["没收违法所得、没收非法财物的金额(万元)"] == 0.001001
    assert company["行政相对人代码_1(统一社会信用代码)"] == "91350100M000100Y43"
    assert trader["处罚内容"] == "没收非法财物20.00元"
    assert not trader["行政相对人代码_1(统一社会信用代码)"]
    shown = published(sample, tmp_path, "public")
    assert [one["处罚内容"] for one in shown] == [company["处罚内容"], trader["处罚内容"]]
