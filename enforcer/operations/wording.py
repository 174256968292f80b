"""The words of a template as the office edits them: paragraphs out, paragraphs in, checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enforcer.documents import notice_fields, placeholders, template, template_source
from enforcer.documents.words import BUILT_IN
from enforcer.errors import Level, Objection, TemplateTrouble
from enforcer.terms import SeriesKind

NOTICE = SeriesKind.NOTICE.value
_EDITABLE = ("paragraph", "heading", "receipt")
_NO_WORDS = {"kind", "when", "unless", "each", "face", "align", "edge", "copies", "key", "version"}

_REASON = "温馨告知书只作提醒：没有法条授权它作出处罚或者命令，只应写事实、法条、改正建议和联系方式"
_NOT_A_FINE = "(?<!不)(?<!不予)(?<!不作)(?<!不收取)"
_NOT_A_PENALTY = "(?<!不属于行政)(?<!不属于)(?<!不是行政)(?<!不予行政)(?<!不予)(?<!不作行政)"
_COUNT = "[0-9０-９一二三四五六七八九十两]+"
_FORBIDDEN = tuple(
    (code, re.compile(pattern), why)
    for code, pattern, why in (
        ("notice_order", r"责令|命令|勒令", "不写“责令”一类的命令"),
        ("notice_fine", rf"{_NOT_A_FINE}罚款|罚金|{_NOT_A_FINE}记{_COUNT}分", "不写罚款、记分"),
        ("notice_amount", rf"{_COUNT}[百千万]*\s*元", "不写金额"),
        ("notice_pay", r"缴纳|缴款|交款|缴费|付款|收款|账号", "不要求交钱"),
        ("notice_penalty", rf"{_NOT_A_PENALTY}处罚", "不写处罚后果"),
        ("notice_remedy", r"复议|诉讼|起诉", "不是行政处罚，不写复议、诉讼"),
        ("notice_identity", r"身份证|证件号码?", "不收集身份证件号码"),
        (
            "notice_deadline",
            rf"限期|逾期|{_COUNT}\s*(?:个工作)?日(?:之|以)?内|接受处理|接受调查",
            "不限期，不要求到指定地点接受处理",
        ),
    )
)
"""What a notice never says (code, pattern, why)."""


_PLACE = re.compile(r"\{(?P<path>[a-z_]+(?:\.[a-z_]+)*)(?:\|[^{}]*)?\}")
_SAID = re.compile(r"【([^【】]{1,12})】")


@dataclass(frozen=True, slots=True)
class Wording:
    """One paragraph of a template: which part it is, when it is printed, what it says."""

    part: int
    kind: str
    when: tuple[str, ...]
    unless: tuple[str, ...]
    text: str


def labels() -> dict[str, str]:
    """What the officer calls the fields that a notice's paragraphs use, by path."""
    known = placeholders.placeholders(NOTICE)
    return {path: one.name for path, one in known.items() if not one.is_flag}


def texts_of(body: str) -> list[Wording]:
    """The paragraphs an officer may edit, in the order of the paper."""
    parts = tomllib.loads(body).get("parts", [])
    return [
        Wording(
            number,
            one["kind"],
            _listed(one.get("when")),
            _listed(one.get("unless")),
            one["text"].strip("\n"),
        )
        for number, one in enumerate(parts)
        if one.get("kind") in _EDITABLE and isinstance(one.get("text"), str)
    ]


def readable(text: str) -> str:
    """A paragraph as the officer edits it, its fields by name: 您的车辆（号牌号码【号牌】）."""

    def said(found: re.Match[str]) -> str:
        label = labels().get(found["path"])
        return f"【{label}】" if label else found[0]

    return _PLACE.sub(said, text)


def coded(text: str, before: str = "") -> str:
    """The paragraph as the template keeps it; a field is read as it was read in `before`."""
    paths = {label: path for path, label in labels().items()}
    known = {found["path"]: found[0] for found in reversed(list(_PLACE.finditer(before)))}

    def place(found: re.Match[str]) -> str:
        path = paths.get(found[1])
        return known.get(path, f"{{{path}}}") if path else found[0]

    return _SAID.sub(place, text)


def version_of(body: str) -> str:
    """The version a template says it has."""
    return str(tomllib.loads(body)["version"])


def with_texts(body: str, texts: Mapping[int, str], *, version: str = "") -> str:
    """The template with other words in these parts; an empty text takes the part out.

    Everything else, comments too, stays as it was written.
    """
    values: dict[template_source.Path, str | float] = {
        ("parts", part, "text"): text.strip() for part, text in texts.items() if text.strip()
    }
    if version:
        values["version",] = version
    without = frozenset(part for part, text in texts.items() if not text.strip())
    return template_source.rewritten(body, values, without=without)


def _listed(value: Any) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def known_paths(template_key: str) -> frozenset[str]:
    """Every placeholder a template of this paper may use."""
    known = template.placeholders(template.shipped(template_key)) | BUILT_IN
    return frozenset(known | (notice_fields.paths() if template_key == NOTICE else frozenset()))


def faults(template_key: str, body: str, *, where: str) -> list[Objection]:
    """What forbids this text: it cannot be read, names an unknown field, or says too much."""
    try:
        read = template.load(body, where=where)
    except TemplateTrouble as trouble:
        return [Objection("template_unreadable", Level.BLOCK, str(trouble), field="body")]
    found = []
    if read.key != template_key:
        say = f"模板里写的 key 是“{read.key}”，应当是“{template_key}”。"
        found.append(Objection("template_key", Level.BLOCK, say, field="body"))
    known = labels().values()
    strange = [one for one in _SAID.findall(body) if one not in known]
    if strange:
        named = "、".join(f"【{one}】" for one in strange)
        say = f"没有这些栏目：{named}。可用的有：{'、'.join(f'【{one}】' for one in known)}。"
        found.append(Objection("unknown_field", Level.BLOCK, say, field="body"))
    unknown = sorted(template.placeholders(read) - known_paths(template_key))
    if unknown:
        named = "、".join(f"{{{one}}}" for one in unknown)
        say = (
            f"这些占位符没有对应的内容：{named}。请从原来的文字里照抄占位符，不要改动花括号里的字。"
        )
        found.append(Objection("unknown_field", Level.BLOCK, say, field="body"))
    if template_key == NOTICE:
        for text in _words(tomllib.loads(body)):
            found += courteous_faults(text)
        if "违法" in read.title:
            found.append(
                Objection("notice_title", Level.BLOCK, title_fault(read.title), field="body")
            )
    return list(dict.fromkeys(found))


def title_fault(title: str) -> str:
    """Why a courteous notice is not called that."""
    return f"标题“{title}”里不写“违法”：{_REASON}。"


def courteous_faults(text: str) -> list[Objection]:
    """Words that would turn a courteous notice into an order or a penalty (行政处罚法 第九条)."""
    plain = re.sub(r"\{[^{}]*\}", "", text)
    found: list[Objection] = []
    for code, pattern, why in _FORBIDDEN:
        if hit := pattern.search(plain):
            start = max(0, hit.start() - 6)
            quoted = plain[start : hit.end() + 6].strip()
            more = "" if found else f"{_REASON}；写进去就成了没有依据的处罚决定。"
            say = f"“{quoted}”：{why}，请删改。{more}"
            cite = "行政处罚法第九条、第三十八条第一款"
            found.append(Objection(code, Level.BLOCK, say, cite, "body"))
    return found


def _words(value: Any) -> Iterator[str]:
    """Every sentence of a template file, labels and cells too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if name not in _NO_WORDS:
                yield from _words(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
