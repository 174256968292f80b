"""The headless face as an outsider uses it: words in; code, standard output and error out."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import xlsxwriter

from enforcer.__main__ import main

ROOT = Path(__file__).parents[2]
CHINA = ZoneInfo("Asia/Shanghai")
DONE, REFUSED, USAGE, TROUBLE = 0, 1, 2, 3

NOTICES = [
    "编号",
    "号牌号码",
    "号牌颜色",
    "告知时间",
    "地点",
    "情形",
    "执法人员1",
    "执法人员2",
    "处置结果",
    "备注",
]
PENALTIES = [
    "决定书文号",
    "程序",
    "当事人",
    "当事人类别",
    "证件号码",
    "案由",
    "违法日期",
    "立案日期",
    "决定日期",
    "处罚种类",
    "罚款金额(元)",
    "没收金额(元)",
    "裁量",
    "不予处罚理由",
    "缴款日期",
    "缴款金额(元)",
    "结案日期",
    "执法人员1",
    "执法人员2",
    "备注",
]
LEADS = ["编号", "来源", "收到时间", "内容", "地点", "处理结果", "处理日期", "答复日期"]
OLD_LEADS: list[dict[str, object]] = [
    {"编号": "旧线1", "来源": "市长热线", "收到时间": "2025-08-01", "内容": "占道"},
    {"来源": "巡查", "收到时间": "2025-08-02", "内容": "乱堆物料"},
]
OFFICERS = ["姓名", "执法证号", "发证日期", "有效期至", "岗位"]
RECORDERS = ["设备编号", "型号", "配发给", "启用日期", "状态"]
EDUCATION = ["日期", "方式", "地点或对象", "数量", "执法人员", "备注"]


@dataclass(frozen=True)
class Answer:
    """What one command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output; fails when there is anything but one."""
        return json.loads(self.out)


def ask(*words: object) -> Answer:
    """Run one command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([str(one) for one in words])
        except SystemExit as left:  # argparse leaves so
            code = left.code if isinstance(left.code, int) else 99
    return Answer(code, out.getvalue(), err.getvalue())


def done(*words: object) -> Any:
    """Run one command with --json that must succeed; returns its document."""
    answer = ask(*words, "--json")
    assert answer.code == DONE, (answer.out, answer.err)
    return answer.json


def start(*words: object, module: str = "enforcer") -> subprocess.Popen[str]:
    """Start one command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
    )


def finish(process: subprocess.Popen[str], *, seconds: float = 60) -> Answer:
    out, err = process.communicate(timeout=seconds)
    return Answer(process.returncode, out, err)


def ledger(
    path: Path, head: Sequence[str], rows: Iterable[Mapping[str, object] | Sequence[object]]
) -> Path:
    """A workbook with these headers; text is written as text, never as a formula."""
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    sheet = book.add_worksheet("台账")
    dates = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(0, 0, head)
    for at, row in enumerate(rows, 1):
        cells = [row.get(one) for one in head] if isinstance(row, Mapping) else row
        for column, cell in enumerate(cells):
            if isinstance(cell, (date, datetime)):
                sheet.write_datetime(at, column, cell, dates)
            elif cell is not None:
                sheet.write(at, column, cell)
    book.close()
    return path


def penalty(number: str, **given: object) -> dict[str, object]:
    """A row of the penalties ledger; `fine`, `confiscated`, `paid` stand for the three amounts."""
    names = {"fine": "罚款金额(元)", "confiscated": "没收金额(元)", "paid": "缴款金额(元)"}
    row: dict[str, object] = {
        "决定书文号": number,
        "程序": "简易",
        "当事人": "王某",
        "当事人类别": "公民",
        "案由": "擅自占道经营",
        "决定日期": "2025-08-15",
        "处罚种类": "警告",
    }
    return row | {names.get(name, name): value for name, value in given.items()}


def notice(number: object, **given: object) -> dict[str, object]:
    """A row of the notices ledger."""
    row: dict[str, object] = {
        "编号": number,
        "号牌号码": "湘A12345",
        "号牌颜色": "蓝",
        "告知时间": "2025-08-15 09:05",
        "地点": "解放路1号门前",
        "情形": "人行道停放",
        "处置结果": "已驶离",
    }
    return row | given


def take(home: Path, kind: str, path: Path, *more: object) -> Any:
    """Import a ledger that must be taken as a file; returns the document."""
    return done("--home", home, "import", path, "--kind", kind, *more)


def pages(pdf: Path) -> list[str]:
    """The text of each page, as a reader copies it, without its line breaks."""
    document = pypdfium2.PdfDocument(str(pdf))
    try:
        found = []
        for at in range(len(document)):
            text = document[at].get_textpage().get_text_range()
            found.append(text.replace("\r", "").replace("\n", ""))
        return found
    finally:
        document.close()


def today() -> date:
    return datetime.now(CHINA).date()


def tomorrow() -> date:
    return today() + timedelta(days=1)
