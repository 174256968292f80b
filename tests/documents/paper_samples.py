"""Fields of a notice, a long paper with every kind of part, and eyes for a PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from enforcer.documents import template
from enforcer.documents.template import Template

MM = 72 / 25.4
BLANK = {
    "plate": "",
    "plate_known": True,
    "colour": "",
    "time": "",
    "time_short": "",
    "date": "",
    "place": "",
    "situation": "",
    "nth": "",
    "recorders": "",
    "nearby": "",
    "blank": True,
}


def notice(i: int = 1, **changes: Any) -> dict[str, Any]:
    words = {
        "number": f"常城管温告字〔2026〕第{i:05d}号",
        "plate": f"湘J·8K{200 + i}",
        "plate_known": True,
        "colour": "蓝",
        "time": "2026年9月3日10时12分",
        "time_short": "2026-09-03 10:12",
        "date": "2026年9月3日",
        "place": f"桃林路{100 + i}号门前人行道",
        "situation": "人行道违法停车",
        "nth": "第2次（上次2026-06-14）",
        "recorders": "0700021、0700033",
        "outcome": "",
        "note": "",
        "nearby": "规划展览馆停车场（步行约3分钟）",
        "code": f"EN-{i:016X}",
        "backfilled": False,
        "blank": False,
    } | changes
    return {
        "organ": {
            "name": "常德市城市管理和综合执法局",
            "phone": "0736-7000000",
            "address": "常德市武陵区朗州路100号",
            "handled_by": "",
        },
        "notice": words,
        "officers": [{"name": "周敏", "certificate": "J0700012"}],
        "officers_line": "周敏（J0700012）、何志远（J0700019）",
        "item": {
            "reason": "人行道是行人通行的地方，车辆停放在此会给行人带来不便和危险。",
            "provision": "《中华人民共和国道路交通安全法》第五十六条第一款",
        },
        "next_step": "",
    }


LONG = template.load(
    """
key = "long"
title = "现场检查（勘验）笔录"
version = "1"
[[copies]]
name = "甲联"
footer = "第一联　交当事人"
[[copies]]
name = "乙联"
footer = "第二联　存根"
[[parts]]
kind = "organ"
[[parts]]
kind = "title"
[[parts]]
kind = "number"
text = "{number}"
[[parts]]
kind = "paragraph"
text = "{body}"
[[parts]]
kind = "table"
columns = [1, 4, 2]
rows = [
  { header = true, cells = ["序号", "证据内容", "备注"] },
  { each = "evidence", cells = ["{each.n}", "{each.text}", ""] },
]
[[parts]]
kind = "signature"
each = "officers"
label = "执法人员（签名）："
beside = "执法证号：{each.certificate}"
[[parts]]
kind = "lines"
count = 2
[[parts]]
kind = "receipt"
text = "本决定书已收到。\\n签收人：__________"
[[parts]]
kind = "seal"
date = "2026年9月3日"
[[parts]]
kind = "paragraph"
text = "印章之后的文字。"
copies = ["乙联"]
[[parts]]
kind = "seam"
text = "{number}（骑缝章）"
edge = "top"
copies = ["乙联"]
[[parts]]
kind = "footer"
left = "{copy.footer}"
center = "第{page}页　共{pages}页"
[[parts]]
kind = "code"
text = "X-{page}"
""",
    where="long.toml",
)


def long_fields(body: str = "现场检查情况。", evidence: str = "照片2张") -> dict[str, Any]:
    return {
        "number": "常城管检字〔2026〕第3号",
        "body": body,
        "evidence": [{"n": "1", "text": evidence}, {"n": "2", "text": "短"}],
        "officers": [{"certificate": "J0700012"}, {"certificate": "J0700019"}],
        "organ": {"name": "常德市城市管理和综合执法局"},
    }


def one_part(parts: str, title: str = "试样") -> Template:
    head = f'key = "t"\ntitle = "{title}"\nversion = "1"\n'
    return template.load(head + parts, where="试样.toml")


@dataclass(frozen=True)
class Box:
    """One character on paper, points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def texts(pdf: bytes) -> list[str]:
    """The words of each page, spaces and line ends left out."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        words = page.get_textpage()
        found.append("".join(words.get_text_bounded().split()))
        words.close()
        page.close()
    document.close()
    return found


def boxes(pdf: bytes, page: int = 0) -> Iterator[Box]:
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page]
    words = sheet.get_textpage()
    for i in range(words.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(words, i))
        if text not in "\r\n":  # put there by the reader, not by the paper
            yield Box(text, *words.get_charbox(i))
    words.close()
    sheet.close()
    document.close()


def pixels(pdf: bytes, page: int = 0, scale: float = 1.0) -> Any:
    """A grey picture of a page, rows from the top."""
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page]
    bitmap = sheet.render(scale=scale, grayscale=True)
    found = bitmap.to_numpy().copy()
    bitmap.close()
    sheet.close()
    document.close()
    return found.reshape(found.shape[0], found.shape[1])


def page_size(pdf: bytes, page: int = 0) -> tuple[float, float]:
    document = pypdfium2.PdfDocument(pdf)
    size: tuple[float, float] = document[page].get_size()
    document.close()
    return size
