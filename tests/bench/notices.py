"""How fast the notice desk is, against typst and against 50 ms: `python -m tests.bench.notices`.

Whole processes are timed, alternating, and the best of each is compared. Needs the `bench` extra.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter

from enforcer.models import Notice
from enforcer.operations import numbering
from enforcer.queries import ladder, notices
from enforcer.store.database import Store, bulk_insert, open_store
from enforcer.terms import NoticeState, Origin, PlateColour, PlateKind, SeriesKind
from tests.factories import an_office

ROOT = Path(__file__).parents[2]
CHINA = ZoneInfo("Asia/Shanghai")
BATCH, HISTORY, RUNS = 2_000, 200_000, 5
STREETS = ("柳叶大道", "桃林路", "松林路", "崇德路", "有德路", "龙马大道", "朗州路", "滨湖路")
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
HEADERS = ("编号", "号牌号码", "号牌颜色", "告知时间", "地点", "情形", "执法人员1", "执法人员2")

TYPST = """
#set page(paper: "a4", margin: (top: 24mm, bottom: 12mm, left: 27.5mm, right: 25mm))
#set text(font: "Enforcer Fang", size: 15pt, lang: "zh")
#set par(justify: true, leading: 11pt, first-line-indent: (amount: 2em, all: true))
#let fill(words) = underline[ #words ]
#for (i, r) in json("rows.json").enumerate() [
  #if i > 0 { pagebreak() }
  #align(center)[#text(font: "Enforcer Title", size: 18pt)[#r.organ] \\
    #text(font: "Enforcer Title", size: 26pt, tracking: 0.3em)[温馨告知书]]
  #align(right)[#text(size: 13pt)[#r.number]]
  #par(first-line-indent: 0em)[尊敬的车主（驾驶员朋友）：]

  您好！您的车辆（号牌号码#fill(r.plate)）于#fill(r.time)停放在#fill(r.place)。#r.reason

  请您尽快将车辆移至规范停车泊位。今后请按照#r.provision\\的规定，在规定地点停放车辆。

  本告知书仅为温馨提示，不属于行政处罚，不罚款、不记分。感谢您对城市管理工作的理解和支持！

  #v(12mm)
  #align(right)[#r.organ \\ #r.date]
  #v(12mm)
  #set text(size: 11pt)
  #par(first-line-indent: 0em)[咨询电话：0736-7000000　　地址：常德市柳叶大道1号 \\ 执法人员：#r.officers]
  #place(bottom)[
    #line(length: 100%, stroke: (dash: "dashed"))
    #table(columns: (22mm, 56mm, 22mm, 56mm),
      [编号], [#r.number], [号牌], [#r.plate　蓝],
      [时间], [#r.short], [情形], [#r.situation],
      [地点], table.cell(colspan: 3)[#r.place],
      [本车第几次], [第1次], [执法仪], [0700001、0700002],
      [结果], [☐已驶离　☐未驶离　☐转处罚], [备注], [],
      [执法人员], table.cell(colspan: 3)[])
  ]
]
"""
SETTER = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])
"""


def main() -> None:
    """Measure and print; the ratios are what counts."""
    with tempfile.TemporaryDirectory() as folder:
        batch(Path(folder))
        desk(Path(folder))


def batch(folder: Path) -> None:
    """`notices issue` of 2,000 rows as a whole process against typst setting the same words."""
    chance = random.Random(1)
    rows = [row(chance, one) for one in range(BATCH)]
    workbook(folder / "batch.xlsx", rows)
    (folder / "rows.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    (folder / "notice.typ").write_text(TYPST, encoding="utf-8")
    fonts = str(ROOT / "resources" / "fonts")
    theirs, ours = [], []
    for run in range(RUNS):
        home = folder / f"home{run}"
        store = open_store(home, clock=lambda: datetime.now(UTC), create=True)
        an_office(store)
        store.close()
        theirs.append(
            timed(sys.executable, "-c", SETTER, folder / "notice.typ", folder / "t.pdf", fonts)
        )
        ours.append(
            timed(
                *(sys.executable, "-m", "enforcer", "--home", home, "--json"),
                *("notices", "issue", folder / "batch.xlsx", "-o", folder / "o.pdf"),
            )
        )
    print(f"typst, {BATCH} notices         best {min(theirs):6.3f} s  {shown(theirs)}")
    print(f"notices issue, {BATCH} rows    best {min(ours):6.3f} s  {shown(ours)}")
    print(f"ratio of the best            {min(ours) / min(theirs):6.2f}  (goal ≤ 2.0, aim 1.0)")


def desk(folder: Path) -> None:
    """Plate history, the ladder, the list and its pages with 200,000 notices."""
    home = folder / "many"
    store = open_store(home, clock=lambda: datetime.now(UTC), create=True)
    an_office(store)
    plates = fill(store)
    chance = random.Random(2)
    today = date(2026, 9, 3)
    print(f"\nwith {HISTORY} notices (goal ≤ 50 ms each)")
    report("history of a plate", lambda: notices.history(store, chance.choice(plates)))
    report(
        "the ladder's sentence",
        lambda: ladder.sentence(store, chance.choice(plates), "pavement_parking", today),
    )
    ids = notices.ids(store)
    report("first page of the list", lambda: notices.rows(store, notices.ids(store, limit=100)))
    report(
        "any page of the list",
        lambda: notices.rows(store, ids[(at := chance.randrange(len(ids))) : at + 100]),
    )
    report("all ids, newest first", lambda: notices.ids(store))
    report(
        "ids of one plate's letters",
        lambda: notices.ids(store, notices.NoticeFilter(words=chance.choice(plates)[2:6])),
    )
    report("counts of the day", lambda: notices.day_counts(store, today))
    report("what the next form begins with", lambda: notices.last_used(store))
    report("places to offer", lambda: notices.places(store))
    store.close()


def row(chance: random.Random, number: int) -> dict[str, str]:
    """One made-up notice, as the sheet and as typst need it."""
    at = datetime(2025, 7, 1, 8, tzinfo=CHINA) + timedelta(minutes=chance.randrange(90 * 24 * 60))
    plate = "".join(chance.choice(SIGNS) for _ in range(5))
    return {
        "number": f"常城管温告字〔2025〕第{number + 1:05d}号",
        "plate": f"湘J·{plate}",
        "at": f"{at:%Y-%m-%d %H:%M}",
        "time": f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute}分",
        "short": f"{at:%Y-%m-%d %H:%M}",
        "date": f"{at.year}年{at.month}月{at.day}日",
        "place": f"{chance.choice(STREETS)}{chance.randrange(1, 300)}号门前人行道",
        "situation": "人行道违法停车",
        "organ": "常德市城市管理和综合执法局",
        "officers": "周敏（J0700012）、何志远（J0700019）",
        "reason": "人行道供行人通行，车辆停放会使行人绕行到车行道上，影响老人、儿童和残疾人出行安全。",
        "provision": "《中华人民共和国道路交通安全法》第五十六条第一款",
    }


def workbook(path: Path, rows: list[dict[str, str]]) -> None:
    """The sheet an office would hand over: dates as Excel dates, the rest as text."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, HEADERS)
    stamp = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for line, one in enumerate(rows, 1):
        page.write_string(line, 1, one["plate"])
        page.write_string(line, 2, "蓝")
        page.write_datetime(line, 3, datetime.fromisoformat(one["at"]), stamp)
        page.write_string(line, 4, one["place"])
        page.write_string(line, 5, one["situation"])
        page.write_string(line, 6, "周敏")
        page.write_string(line, 7, "何志远")
    book.close()


def fill(store: Store) -> list[str]:
    """200,000 notices to 60,000 vehicles over three years."""
    chance = random.Random(3)
    plates = ["湘J" + "".join(chance.choice(SIGNS) for _ in range(5)) for _ in range(60_000)]
    begin = datetime(2023, 9, 4, tzinfo=UTC)
    rows: list[dict[str, object]] = []
    with store.unit(actor="bench", operation="fill") as session:
        numbers = [f"常城管温告字〔2023〕第{one:06d}号" for one in range(1, HISTORY + 1)]
        places = numbering.place_many(session, SeriesKind.NOTICE, numbers)
        for number, place in zip(numbers, places, strict=True):
            assert place is not None
            at = begin + timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
            plate = chance.choice(plates)
            rows.append(
                {
                    "number": number,
                    "series_id": place.series_id,
                    "serial": place.serial,
                    "state": NoticeState.ISSUED,
                    "origin": Origin.BACKFILLED,
                    "plate": f"{plate[:2]}·{plate[2:]}",
                    "plate_key": plate,
                    "plate_kind": PlateKind.ORDINARY,
                    "plate_colour": PlateColour.BLUE,
                    "noticed_at": at,
                    "noticed_on": at.astimezone(CHINA).date(),
                    "place": f"{chance.choice(STREETS)}{chance.randrange(1, 300)}号",
                    "item_key": "pavement_parking",
                    "situation": "人行道违法停车",
                    "officer1": "周敏",
                    "officer2": "何志远",
                }
            )
        bulk_insert(session, Notice, rows, say="bench")
    return plates


def timed(*words: str | Path) -> float:
    """Wall time of a whole process, in seconds."""
    begun = time.perf_counter()
    subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def report(name: str, ask: Callable[[], object], runs: int = 30) -> None:
    """Median and worst of one question, in milliseconds."""
    ask()
    spent = []
    for _ in range(runs):
        begun = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - begun) * 1000)
    print(f"  {name:<32} median {statistics.median(spent):7.2f} ms   worst {max(spent):7.2f} ms")


def shown(spent: list[float]) -> str:
    return "(" + " ".join(f"{one:.2f}" for one in spent) + ")"


if __name__ == "__main__":
    main()
