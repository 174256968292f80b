"""出件体检 of every paper of the ordinary course, before it comes out.

Red (BLOCK) refuses, amber (WARN) asks a reason; `field` is where the screen jumps to. The paper is
read as resolved, copy by copy, so that an edited template that lost a clause is seen too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from enforcer import money
from enforcer.documents import course_fields, marked, template
from enforcer.documents.course_facts import CoursePaper
from enforcer.documents.course_inspect_elements import wanted
from enforcer.documents.course_inspect_facts import SHARED, block, imposition_of, warn
from enforcer.documents.course_inspect_later import LATER, entrusted
from enforcer.documents.course_inspect_more import MORE, unpaired
from enforcer.documents.course_inspect_steps import EARLIER
from enforcer.documents.course_words import CHINA
from enforcer.documents.parts import Copy, Template
from enforcer.documents.words import Words
from enforcer.errors import Level, Objection
from enforcer.law import catalogue
from enforcer.paper_terms import Check
from enforcer.terms import PowerKind

LAW = "行政处罚法（2021）"
_FOR_THE_HAND = frozenset(
    {"signature", "lines", "receipt", "seal", "code", "footer", "seam", "cut", "number"}
)
_PAIRED = re.compile(r"([零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]{2,})[（(]￥([\d,]+\.\d\d)[）)]")
_FINED = re.compile(r"罚款人民币[^（(]{2,40}[（(]￥([\d,]+\.\d\d)[）)]")
_NAMED_LAW = re.compile(r"《([^《》]+)》")
_OUTDATED = (
    (
        r"三个月内.{0,16}(?:起诉|诉讼)",
        Level.BLOCK,
        "直接起诉的期限是六个月，不是三个月",
        "行政诉讼法（2017）第四十六条第一款",
    ),
    (
        r"上一级.{0,16}(?:复议|主管)",
        Level.BLOCK,
        "复议机关是本级人民政府，不再是上一级主管部门",
        "行政复议法（2023）第二十四条第一款",
    ),
    (
        r"十五日内.{0,24}申请(?:行政)?复议",
        Level.BLOCK,
        "申请复议的期限是六十日",
        "行政复议法（2023）第二十条第一款",
    ),
    (
        r"应当先申请行政复议",
        Level.BLOCK,
        "普通程序的决定可以复议，也可以直接起诉，不是复议前置",
        "行政复议法（2023）第二十三条",
    ),
    (
        r"六十日.{0,6}视为送达",
        Level.BLOCK,
        "公告送达的期限是三十日",
        "民事诉讼法（2023）第九十五条",
    ),
    (
        r"三(?:个工作)?日内.{0,16}(?:申请|要求).{0,4}听证",
        Level.BLOCK,
        "要求听证的期限是五日（工作日）",
        f"{LAW}第六十四条第一项",
    ),
    ("一般程序", Level.WARN, "现行法的名称是普通程序", f"{LAW}第五章第三节"),
)


class Printed(NamedTuple):
    """One text of a copy: the kind of part it stands in, and the words of the template behind it."""

    kind: str
    text: str
    words: Words


def inspect_course(
    paper: CoursePaper, form: Template, *, power: PowerKind | None = None
) -> tuple[Objection, ...]:
    """All findings on one paper, what refuses first."""
    offered = course_fields.course_fields(paper)
    found = [one for check in (*SHARED, *MORE) for one in check(paper)]
    own = EARLIER.get(type(paper.matter)) or LATER.get(type(paper.matter))
    if own:
        found += own(paper.matter, paper)
    found += entrusted(paper, power)
    found += _sealed(paper, form)
    for copy in form.copies:
        texts = list(_printed(form, offered, copy))
        said = marked.plain("\n".join(one.text for one in texts))
        found += _elements(paper, said, copy.name)
        found += _amounts(paper, said)
        found += _outdated(said)
        found += unpaired(said)
        found += _repealed(paper, said)
        found += _blanks(texts, copy.name)
    unique = {(one.code, one.say): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: one.level is Level.WARN))


def _printed(form: Template, offered: dict[str, Any], copy: Copy) -> Iterator[Printed]:
    for part in form.parts:
        for filled in template.fill(part, offered, copy, page="1", pages="1"):
            for name, text in filled.texts.items():
                yield Printed(part.kind, text, part.words[name])
            for row in filled.rows:
                for text, cell in zip(row.texts, row.row.cells, strict=True):
                    yield Printed(part.kind, text, cell.words)


def _elements(paper: CoursePaper, text: str, copy: str) -> Iterator[Objection]:
    """Every element the law asks for stands on every copy."""
    where = f"{copy}上" if copy else "文书上"
    for code, label, words, cite, field in wanted(paper):
        if not words:
            yield block(f"element_{code}", f"{label}是空的。请补填后再出件。", cite, field)
        elif words not in text:
            yield block(
                f"element_{code}",
                f"{where}没有印出{label}“{_short(words)}”，可能是模板改漏了。"
                "请联系系统管理员恢复模板的文字后再出件。",
                cite,
                field,
            )


def _sealed(paper: CoursePaper, form: Template) -> Iterator[Objection]:
    """What goes out under the organ's name leaves room for its seal (第五十九条第二款)."""
    kinds = {part.kind for part in form.parts}
    if Check.UNDER_SEAL in paper.rule.checks and "seal" not in kinds:
        yield block(
            "element_seal",
            "模板没有机关落款和印章的位置。请联系系统管理员恢复模板。",
            f"{LAW}第五十九条第二款",
            "template",
        )


def _amounts(paper: CoursePaper, text: str) -> Iterator[Objection]:
    """Figures and 大写 say the same; the fine on the paper is the fine of the case."""
    for words, figures in _PAIRED.findall(text):
        if money.chinese(money.parse_yuan(figures)) != words:
            yield block(
                "amount_differs",
                f"大写“{words}”与数字 ￥{figures} 不一致。请核对金额。",
                f"{LAW}第五十九条第一款第三项",
                "fine_yuan",
            )
    imposed = imposition_of(paper)
    if imposed is None or not imposed.fined:
        return
    for figures in _FINED.findall(text):
        if money.parse_yuan(figures) != imposed.fine_fen:
            yield block(
                "fine_differs",
                f"文书上写的罚款 ￥{figures} 与本案的罚款 {money.figure(imposed.fine_fen)} 不一致。请改正。",
                f"{LAW}第五十九条第一款第三项",
                "fine_yuan",
            )


def _outdated(text: str) -> Iterator[Objection]:
    """Wording that was law once, or belongs to another procedure."""
    for pattern, level, say, cite in _OUTDATED:
        if found := re.search(pattern, text):
            yield Objection(
                "outdated_wording",
                level,
                f"文书上有“{_short(found[0])}”：{say}。请改正该处文字。",
                cite,
                "template",
            )


def _repealed(paper: CoursePaper, text: str) -> Iterator[Objection]:
    """Laws not yet in force on the day of the act, or ended since (第三十七条).

    A law chosen by 从旧兼从轻 has its reason on record and passes.
    """
    acted = paper.case.acted_at
    imposed = imposition_of(paper)
    if acted is None or imposed is None or imposed.law_reason.strip():
        return
    editions: dict[str, list[catalogue.Law]] = {}
    for law in catalogue.laws():
        editions.setdefault(law.title, []).append(law)
    acted_on = acted.astimezone(CHINA).date()
    for title in dict.fromkeys(_NAMED_LAW.findall(text)):
        known = editions.get(title, [])
        if known and not any(one.in_force(acted_on) for one in known):
            yield block(
                "law_not_in_force",
                f"文书引用的《{title}》在行为发生时（{acted_on}）没有施行。"
                "请核对适用的法律；按从旧兼从轻选用的，写明理由。",
                f"{LAW}第三十七条",
                "sanctioned_by",
            )
        elif known and not any(one.in_force(paper.on) for one in known):
            yield warn(
                "law_ended",
                f"文书引用的《{title}》在 {paper.on} 已经废止。行为发生在废止以前的，"
                "请比较新旧规定，按从旧兼从轻选定并写明理由。",
                f"{LAW}第三十七条",
                "law_reason",
            )


def _blanks(texts: list[Printed], copy: str) -> Iterator[Objection]:
    """No field is left blank; what has nothing to say carries a stroke.

    Space that the template itself leaves for the hand is none of ours.
    """
    for one in texts:
        if one.kind in _FOR_THE_HAND or not any(one.words.paths):
            continue
        meant = sum(
            p.count(marked.BLANK) if isinstance(p, str) else p.ems * p.hand
            for p in one.words.pieces
        )
        empty = one.kind == "table" and not one.text.strip(f" \n{marked.PARAGRAPH}")
        if empty or one.text.count(marked.BLANK) > meant:
            said = _short(marked.plain(one.text)) or "表格里的一栏"
            yield block(
                "blank_left",
                f"{copy or '文书'}有没填的空栏：“{said}”。请补填，没有内容的用“/”划去。",
                f"{LAW}第四十七条",
                "template",
            )


def _short(words: str) -> str:
    words = words.replace("\n", " ").strip()
    return words if len(words) <= 24 else words[:23] + "…"
