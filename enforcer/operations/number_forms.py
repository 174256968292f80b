"""Numbers taken apart: prefix, serial and suffix, by the rules of the organs or by their own form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlmodel import Session, select

from enforcer.models import NumberRule
from enforcer.text import number_form

LONGEST_SERIAL = 9
_PARTS = re.compile(r"(?P<stem>.*?)第?(?P<serial>\d+)(?P<tail>\D*)")
_YEAR = re.compile(r"〔((?:19|20)\d\d)〕|(?<!\d)((?:19|20)\d\d)(?!\d)")
_SERIAL_BEFORE = re.compile(r"〔\d{4}〕第?\d")


@dataclass(frozen=True, slots=True)
class Form:
    """What stands before and after the serial, and how wide it is at least."""

    prefix: str
    suffix: str
    width: int

    @property
    def key(self) -> tuple[str, str]:
        return key_of(self.prefix, self.suffix)

    def number(self, serial: int) -> str:
        return f"{self.prefix}{serial:0{self.width}d}{self.suffix}"


def rule_form(rule: NumberRule, year: str) -> Form:
    """The form a rule gives in a year."""
    prefix, _, suffix = rule.pattern.partition("{serial}")
    return Form(prefix.replace("{year}", year), suffix.replace("{year}", year), rule.width)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A number read: which form it is of, its serial and year."""

    key: tuple[str, str]
    serial: int
    year: int
    form: Form


_canonical = lru_cache(maxsize=4096)(number_form)


def key_of(prefix: str, suffix: str) -> tuple[str, str]:
    """By what two forms are the same, however brackets and 第 were typed."""
    return _canonical(prefix).removesuffix("第"), _canonical(suffix).removeprefix("号")


@dataclass(frozen=True, slots=True)
class RulePattern:
    """A rule of an organ, to read numbers by."""

    regex: re.Pattern[str]
    rule: NumberRule


def rule_patterns(session: Session, kind: str) -> list[RulePattern]:
    """The rules for numbers of this kind, to read numbers by."""
    found = []
    for rule in session.exec(select(NumberRule).where(NumberRule.kind == kind)):
        head, tail = key_of(*rule.pattern.partition("{serial}")[::2])
        text = re.escape(head) + r"第?(?P<serial>\d{1,9})号?" + re.escape(tail)
        text = text.replace(re.escape("{year}"), r"(?P<year>\d{4})", 1)
        text = text.replace(re.escape("{year}"), r"\d{4}")
        found.append(RulePattern(re.compile(text), rule))
    return found


def parse(number: str, rules: Sequence[RulePattern]) -> Parsed | None:
    """A number by the rules, else by its own form; None when it has none."""
    plain = number_form(number)
    for one in rules:
        if match := one.regex.fullmatch(plain):
            year = match.groupdict().get("year") or "0"
            form = rule_form(one.rule, year)
            return Parsed(form.key, int(match["serial"]), int(year), form)
    match = _PARTS.fullmatch(plain)
    if match is None or len(match["serial"]) > LONGEST_SERIAL:
        return None
    serial, cut = match["serial"], plain[: match.start("serial")]
    known = _form_of(match["stem"], cut, match["tail"], len(serial) if serial[0] == "0" else 1)
    return known and Parsed(known.key, int(serial), known.year, known.form)


@lru_cache(maxsize=4096)
def _form_of(stem: str, cut: str, tail: str, width: int) -> Parsed | None:
    """The form of a number without its serial; a ledger has a handful of them."""
    if not stem or _SERIAL_BEFORE.search(stem):
        return None
    year, form = _YEAR.search(stem), Form(cut, tail, width)
    return Parsed(form.key, 0, int(year[1] or year[2]) if year else 0, form)
