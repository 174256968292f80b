"""Placeholders as an office reads them: 【当事人】 for {party.name}, with its meaning and its reading."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from enforcer import paths
from enforcer.documents import course_rules, fields, notice_fields, template, words

_PLACE = re.compile(
    r"\{(?P<path>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)(?P<readings>(?:\|[^{}]*)?)\}"
)
_SAID = re.compile(r"【(?P<name>[^【】｜\n]{1,30})(?P<readings>(?:｜[^【】｜\n]*)*)】")
_LINE = re.compile(r"填空(?:(?P<ems>[0-9]{1,2})字)?")
_HAND = re.compile(r"手填(?P<ems>\d+)字")
_OWN = "top"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One field a template may name; `each` is the list whose rows alone have it.

    A flag only decides whether something is printed.
    """

    path: str
    name: str
    about: str = ""
    each: str = ""
    is_flag: bool = False

    def written(self, readings: str = "") -> str:
        """As the office reads it in a text."""
        return f"【{self.name}{readings}】"


@cache
def _labels() -> Mapping[str, tuple[str, str]]:
    text = (paths.resources() / "labels.toml").read_text(encoding="utf-8")
    found = {}
    for group, names in tomllib.loads(text).items():
        prefix = "" if group in ("built_in", _OWN) else f"{group}."
        for name, said in names.items():
            label, _, about = said.partition("；")
            found[group if name == "_" else f"{prefix}{name}"] = (label, about)
    return found


@cache
def offers(key: str) -> frozenset[str]:
    """Every path the fields of this paper have."""
    if key == "courteous_notice":
        return notice_fields.paths()
    if key == "summary_decision":
        return fields.summary_paths()
    from enforcer.documents import course_fields, evidence_specimen  # the editor alone asks

    if key in course_rules.rules():
        return course_fields.paths(key)
    return evidence_specimen.paths(key)


@cache
def offered(key: str) -> frozenset[str]:
    """Every path a template of this paper may look at."""
    used = template.placeholders(template.shipped(key))
    return frozenset(offers(key) | used | words.BUILT_IN)


@cache
def placeholders(key: str) -> Mapping[str, Placeholder]:
    """Every field a template of this paper may name, by its path."""
    paths_offered = offered(key)
    found = {}
    for path in sorted(paths_offered):
        label, about = _labels().get(path, ("", ""))
        if label:
            name, each = label.removeprefix("?"), _list_of(path, paths_offered)
            found[path] = Placeholder(path, name, about, each, name != label)
    return found


def _list_of(path: str, known: frozenset[str]) -> str:
    """The list a field is a row's of; empty when it stands by itself."""
    parent = path.rpartition(".")[0]
    return parent if parent in known and parent in _labels() else ""


def label(key: str, path: str, each: str = "") -> str:
    """What the office calls a path; the path itself when nobody has named it."""
    found = placeholders(key).get(whole(path, each))
    return found.name if found else path


def readable(key: str, text: str, each: str = "") -> str:
    """The words of a template with its fields by name: 您的车辆（号牌号码【号牌｜填空】）."""
    known = placeholders(key)

    def said(found: re.Match[str]) -> str:
        one = known.get(whole(found["path"], each))
        return f"【{one.name}{_readings_said(found['readings'])}】" if one else found[0]

    return _PLACE.sub(said, text)


def coded(key: str, text: str, each: str = "") -> str:
    """The words as the template keeps them; what is no field of this paper stays as typed."""
    by_name = {
        one.name: one
        for one in placeholders(key).values()
        if one.each in ("", each) and not one.is_flag
    }

    def place(found: re.Match[str]) -> str:
        one = by_name.get(found["name"].strip())
        readings = _readings_coded(found["readings"])
        if one is None or readings is None:
            return found[0]
        path = f"{words.EACH}.{one.path[len(each) + 1 :]}" if one.each else one.path
        return f"{{{path}{readings}}}"

    return _SAID.sub(place, text)


def unknown(key: str, text: str, each: str = "") -> list[str]:
    """What stands in 【】 and is no field that may stand here, as typed."""
    return [found[0] for found in _SAID.finditer(coded(key, text, each))]


def said_in(text: str) -> list[tuple[int, int]]:
    """Where in a readable text a 【】 begins and ends."""
    return [found.span() for found in _SAID.finditer(text)]


def whole(path: str, each: str) -> str:
    """`each.words` in a part that walks over `evidence` is `evidence.words`."""
    first, _, rest = path.partition(".")
    return f"{each}.{rest}" if first == words.EACH and each and rest else path


def _readings_said(readings: str) -> str:
    said = ""
    for one in readings.split("|")[1:]:
        name, _, value = one.partition(":")
        if name == "line":
            said += f"｜填空{value}字" if value else "｜填空"
        elif name == "hand":
            said += f"｜手填{value}字"
        elif name == "or":
            said += f"｜空则{value}"
        elif name == "box":
            said += f"｜勾选{value}"
        else:
            said += "｜不断行" if one == "keep" else f"｜{one}"
    return said


def _readings_coded(said: str) -> str | None:
    """None when a reading cannot be understood."""
    readings = ""
    for one in said.split("｜")[1:]:
        if line := _LINE.fullmatch(one.strip()):
            readings += f"|line:{line['ems']}" if line["ems"] else "|line"
        elif hand := _HAND.fullmatch(one.strip()):
            readings += f"|hand:{hand['ems']}"
        elif one.startswith("空则") and len(one) > 2:
            readings += f"|or:{one[2:]}"
        elif one.startswith("勾选") and len(one) > 2:
            readings += f"|box:{one[2:]}"
        elif one.strip() == "不断行":
            readings += "|keep"
        else:
            return None
    return readings
