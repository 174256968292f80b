"""Two thousand courteous notices, one A4 page each: ours against typst, whole process against process.

    python -m tests.bench.batch_paper [COUNT] [ROUNDS]

Both set the same words with the same faces; typst gets them as one source with the page as a
function, the underlines, the stub table and no QR code (ours draws one). Prints one JSON line.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "resources" / "fonts"
REASON = "人行道是行人通行的地方，车辆停放在此会给行人带来不便和危险。"
PROVISION = "《中华人民共和国道路交通安全法》第五十六条第一款"
ORGAN = "常德市城市管理和综合执法局"

PAGE = (
    """
#set page(paper: "a4", margin: (top: 20mm, right: 25mm, bottom: 12mm, left: 27.5mm))
#set text(font: ("Enforcer Fang", "Enforcer Song"), size: 15pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 11pt, spacing: 11pt)
#let title(size, it) = align(center, text(font: "Enforcer Title", size: size, it))
#let fill(it) = underline(offset: 3pt)[#h(.3em)#it#h(.3em)]
#let label(it) = text(font: "Enforcer Hei", size: 9.5pt, it)
#let notice(number, plate, time, short, spot, nearby) = {
  title(18pt)[常德市城市管理和综合执法局]
  title(26pt)[温 馨 告 知 书]
  align(right, text(size: 13pt, number))
  par(first-line-indent: 0em)[尊敬的车主（驾驶员朋友）：]
  [您好！您的车辆（号牌号码#fill(plate)）于#fill(time)停放在#fill(spot)。REASON]
  parbreak()
  [请您尽快将车辆移至规范停车泊位，附近可停：#fill(nearby)。今后请按照PROVISION的规定，在规定地点停放车辆。]
  parbreak()
  [本告知书仅为温馨提示，不属于行政处罚，不罚款、不记分。感谢您对城市管理工作的理解和支持！]
  v(10mm)
  align(right)[ORGAN]
  align(right)[2026年9月3日]
  v(10mm)
  set text(size: 11pt)
  par(first-line-indent: 0em)[咨询电话：0736-7000000　　地址：常德市武陵区朗州路100号]
  par(first-line-indent: 0em)[执法人员：周敏（J0700012）、何志远（J0700019）]
  place(bottom, dy: -20mm, block(width: 100%)[
    #align(center, label[存根（沿虚线裁开）])
    #table(columns: (22mm, 68.5mm, 17mm, 1fr), stroke: .6pt,
      label[编号], number, label[时间], short,
      label[号牌], [#plate　蓝], label[情形], [人行道违法停车],
      label[地点], table.cell(colspan: 3, spot),
      label[本车第几次], [第2次（上次2026-06-14）], label[执法仪], [0700021、0700033],
      label[结果], [□已驶离　□未驶离　□转处罚], label[备注], [],
      label[执法人员], table.cell(colspan: 3)[])])
  pagebreak(weak: true)
}
""".replace("REASON", REASON)
    .replace("PROVISION", PROVISION)
    .replace("ORGAN", ORGAN)
)

OURS = """
import json, pathlib, sys
from enforcer.documents import pdf, template
many = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
made = pdf.render_batch(template.shipped("courteous_notice"), many, per_sheet=1)
pathlib.Path(sys.argv[2]).write_bytes(made.pdf)
"""

THEIRS = """
import pathlib, sys, typst
made = typst.compile(sys.argv[1], font_paths=[sys.argv[3]], ignore_system_fonts=True)
pathlib.Path(sys.argv[2]).write_bytes(made)
"""


def fields(i: int) -> dict[str, Any]:
    """Notice number `i`, with every word that differs in real life differing."""
    minute, hour, day = i % 60, 8 + i % 10, 1 + i % 28
    return {
        "organ": {
            "name": ORGAN,
            "phone": "0736-7000000",
            "address": "常德市武陵区朗州路100号",
            "handled_by": "",
        },
        "notice": {
            "number": f"常城管温告字〔2026〕第{i:05d}号",
            "plate": f"湘J·{chr(65 + i % 24)}{10000 + i * 7 % 90000}",
            "plate_known": True,
            "colour": "蓝",
            "time": f"2026年9月{day}日{hour}时{minute}分",
            "time_short": f"2026-09-{day:02d} {hour:02d}:{minute:02d}",
            "date": f"2026年9月{day}日",
            "place": f"桃林路{100 + i * 3 % 700}号门前人行道{'东西南北'[i % 4]}侧",
            "situation": "人行道违法停车",
            "nth": f"第{1 + i % 3}次",
            "recorders": "0700021、0700033",
            "outcome": ("已驶离", "未驶离", "")[i % 3],
            "note": "",
            "nearby": "规划展览馆停车场（步行约3分钟）",
            "code": f"EN-{i * 2654435761 % 2**64:016X}",
            "backfilled": False,
            "blank": False,
        },
        "officers_line": "周敏（J0700012）、何志远（J0700019）",
        "item": {"reason": REASON, "provision": PROVISION},
        "next_step": "",
    }


def typst_source(many: list[dict[str, Any]]) -> str:
    names = ("number", "plate", "time", "time_short", "place", "nearby")
    calls = ["#notice(" + ", ".join(f"[{one['notice'][n]}]" for n in names) + ")" for one in many]
    return PAGE + "\n".join(calls)


def timed(program: str, *arguments: str) -> float:
    """Seconds of one whole process, from start to exit."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, cwd=ROOT)
    return time.perf_counter() - begun


def main(count: int = 2000, rounds: int = 3) -> dict[str, float]:
    many = [fields(i) for i in range(1, count + 1)]
    with tempfile.TemporaryDirectory() as folder:
        words, source = Path(folder, "many.json"), Path(folder, "many.typ")
        words.write_text(json.dumps(many, ensure_ascii=False), encoding="utf-8")
        source.write_text(typst_source(many), encoding="utf-8")
        ours_at, theirs_at = Path(folder, "ours.pdf"), Path(folder, "typst.pdf")
        ours, theirs = [], []
        for _ in range(rounds):  # by turns, so that a busy machine is busy for both
            ours.append(timed(OURS, str(words), str(ours_at)))
            theirs.append(timed(THEIRS, str(source), str(theirs_at), str(FONTS)))
        found = {
            "notices": count,
            "ours_s": round(statistics.median(ours), 3),
            "typst_s": round(statistics.median(theirs), 3),
            "ratio": round(statistics.median(ours) / statistics.median(theirs), 3),
            "ours_bytes": ours_at.stat().st_size,
            "typst_bytes": theirs_at.stat().st_size,
        }
    print(json.dumps(found))
    return found


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
