"""The paragraph of the yearly report: sentences from data, a figure of zero drops its clause."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from enforcer import money, paths
from enforcer.course_terms import LeadSource
from enforcer.errors import TemplateTrouble
from enforcer.queries.statistics import Report
from enforcer.queries.statistics_measures import LABELS, is_money

FILE = "yearly_summary.toml"
WORDS = ("period", "unit", "items", "lead_sources", "lead_reply_rate")
_SHOWN_ITEMS = 8
_NAMES = {
    key: label if key != "guidance.leaflets" else "宣传单" for key, label in LABELS.items()
} | {
    "period": "统计期间",
    "unit": "填报单位",
    "items": "各违法行为的件数",
    "lead_sources": "各来源的线索件数",
    "lead_reply_rate": "线索答复率",
}
"""What each name in braces is called on the screen; no two alike."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that stand only when one of these figures is not zero."""

    needs: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    lead: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The paragraph as data."""

    title: str
    opening: str
    join: str
    end: str
    nothing: str
    sentences: tuple[Sentence, ...]


def paragraph(report: Report, *, folder: Path | None = None) -> str:
    """The report in sentences, as it goes into the written summary."""
    wording = read(folder)
    values = _values(report)

    def words(text: str) -> str:
        return _filled(report.wording.get(text, text), values)

    made = []
    for sentence in wording.sentences:
        said = [
            words(clause.text)
            for clause in sentence.clauses
            if any(report.figures[one] for one in clause.needs)
        ]
        if any(said):
            joined = wording.join.join(filter(None, said))
            made.append(words(sentence.lead) + joined + wording.end)
    if not made:
        return words(wording.nothing)
    return words(wording.opening) + "".join(made)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the paragraph that the office may say otherwise; `when` tells when it stands."""

    text: str
    when: str


def parts(folder: Path | None = None) -> tuple[Part, ...]:
    """Every piece in the order of the paragraph."""
    wording = read(folder)
    found = [Part(wording.opening, "段落开头"), Part(wording.nothing, "什么都没有登记时")]
    for sentence in wording.sentences:
        if sentence.lead:
            found.append(Part(sentence.lead, "句首"))
        for clause in sentence.clauses:
            needed = "、".join(LABELS[one] for one in clause.needs)
            found.append(Part(clause.text, f"{needed}不为零时"))
    return tuple(found)


def readable(text: str) -> str:
    """A piece with the figures called as the tables call them: `发放温馨告知书{温馨告知书}份`."""
    return _renamed(text, _NAMES)


def coded(text: str) -> str:
    """The inverse of `readable`; a name that no figure has stays as it is."""
    return _renamed(text, {name: key for key, name in _NAMES.items()})


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\{([^{}]*)\}", lambda one: "{" + names.get(one[1], one[1]) + "}", text)


def unknown_name(text: str) -> str:
    """The first name in braces that no figure has, or a brace without its other half."""
    left = _filled(text, dict.fromkeys([*LABELS, *WORDS], ""))
    found = re.search(r"\{[^{}]*\}?|\}", left)
    return found[0] if found else ""


def _values(report: Report) -> dict[str, str]:
    """Every figure as it is written in a sentence, and the words beside them."""
    values = {
        key: _plain_yuan(report.figures[key]) if is_money(key) else str(report.figures[key])
        for key in LABELS
    }
    return values | {
        "period": report.period.label,
        "unit": report.unit,
        "items": _items(report),
        "lead_sources": "、".join(
            f"{one.label}{count}件"
            for one in LeadSource
            if (count := report.figures[f"leads.received.{one}"])
        ),
        "lead_reply_rate": _rate(
            sum(report.figures[f"leads.replied.{one}"] for one in LeadSource),
            report.figures["course.leads"],
        ),
    }


def _rate(part: int, whole: int) -> str:
    """A share in per cent with one decimal at most: `100%`, `66.7%`."""
    return f"{part / whole * 100:.1f}".removesuffix(".0") + "%" if whole else ""


def _items(report: Report) -> str:
    punished = [one for one in report.items if one["penalties.total"]]
    said = [f"{one.name}{one['penalties.total']}件" for one in punished[:_SHOWN_ITEMS]]
    if rest := sum(one["penalties.total"] for one in punished[_SHOWN_ITEMS:]):
        said.append(f"其他{rest}件")
    return "，".join(said)


def _plain_yuan(fen: int) -> str:
    return money.yuan(fen).removesuffix(".00")


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


@cache
def read(folder: Path | None = None) -> Wording:
    """Read the wording; TemplateTrouble says what cannot be used and what to do."""
    try:
        path = (folder or paths.resources() / "reports") / FILE
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        sentences = tuple(_sentence(one) for one in data.pop("sentences"))
        wording = Wording(sentences=sentences, **data)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateTrouble(
            f"总结段落的模板 {FILE} 读不出来（{error}）。请改正或者恢复该文件。"
        ) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise TemplateTrouble(
            f"总结段落的模板 {FILE} 缺少内容或者有不认识的项（{error}）。请按原来的写法改正。"
        ) from error
    _check(wording)
    return wording


def _sentence(one: dict[str, Any]) -> Sentence:
    clauses = tuple(Clause(tuple(each["needs"]), each["text"]) for each in one["clauses"])
    return Sentence(one.get("lead", ""), clauses)


def _check(wording: Wording) -> None:
    """Every name in braces, and every figure a clause needs, is one the report has."""
    texts = [wording.opening, wording.nothing]
    for sentence in wording.sentences:
        texts.append(sentence.lead)
        for clause in sentence.clauses:
            texts.append(clause.text)
            if unknown := [one for one in clause.needs if one not in LABELS]:
                raise TemplateTrouble(
                    f"总结段落的模板 {FILE} 里没有叫“{unknown[0]}”的统计数字。请改正“needs”。"
                )
    for text in texts:
        if unknown_name(text):
            raise TemplateTrouble(
                f"总结段落的模板 {FILE} 里这一句有不认识的名称：“{text}”。请改正花括号里的名称。"
            )
