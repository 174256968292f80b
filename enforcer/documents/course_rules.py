"""What each paper of the ordinary course is, said by its own template; the one reader of [paper].

    [paper]                           # a template with this table is a paper of the ordinary course
    order = 260                       # its place in the life of a case, and in every list of papers
    matter = "hearing"                # what it is filled from: a word of paper_terms.Matter
    step = "hearing_noticed"          # the step after which it can be made, once per row of it
    only = "public_hearing"           # a row that is fit for it: a word of paper_terms.Only
    dated = "made"                    # bears the day it is made; left out, the day of its step
    cites = "sampling_receipt"        # the earlier paper of the same row it names: {earlier.number}
    served = true                     # the party is served with it; a proof of service goes behind
    signed = true                     # bears the hand of others: the signed original is scanned
    evidence = true                   # is a piece of evidence itself
    before_filing = true              # may be older than the filing of the case
    checks = ["elements", "under_seal"]                   # words of paper_terms.Check
    number = { word = "听通" }          # a series of its own: 云城管听通字〔2026〕第001号
    number = { shared = "seizure_decision", cite = "…" }  # the number of the paper it goes with
    number = { decision = true }      # the number of the decision
    signing = { chain = "filing", filled = true }         # boxes of a chain, with who signed in it
    signing = { head = true }         # one box, for the head
    optional = { say = "…", use = "waived" }  # may be made; belongs in the dossier only when used
    final = "decision"                # takes effect when handed over: never made void
    behind = "hearing_notice"         # where it lies in a dossier whose order does not name it
    group = "归档"                      # its heading among the templates; left out, that of its step

Copies are the template's own [[copies]]. Whatever is wrong is TemplateTrouble naming file and key.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from enforcer import paths
from enforcer.course_terms import SignOffMatter
from enforcer.errors import TemplateTrouble
from enforcer.paper_terms import Check, Final, Matter, Only, Use
from enforcer.terms import CaseStep, SeriesKind, Term

TermT = TypeVar("TermT", bound=StrEnum)
_PARTS = re.compile(r"(?m)^\[\[parts\]\]")
_PAPER = re.compile(r"(?m)^\[paper[\].]")
S = CaseStep
STEPS: Mapping[Matter, tuple[CaseStep, ...]] = {
    Matter.LEAD: (S.LEAD_REGISTERED,),
    Matter.FILING: (S.PROPOSED,),
    Matter.REFUSED: (S.PROPOSED,),
    Matter.RECUSAL: (S.RECUSAL_DECIDED,),
    Matter.INSPECTION: (S.INSPECTION,),
    Matter.PHOTOS: (S.PHOTOS,),
    Matter.SUMMONS: (S.SUMMONED,),
    Matter.INQUIRY: (S.INQUIRY,),
    Matter.CORRECTION: (S.CORRECTION_ORDERED,),
    Matter.PRESERVATION: (S.PRESERVED, S.PRESERVATION_DISPOSED),
    Matter.SEIZURE: (S.SEIZED, S.SEIZURE_EXTENDED, S.SEIZURE_RELEASED),
    Matter.SAMPLING: (S.SAMPLING,),
    Matter.PERIOD: (S.PERIOD_CHANGED,),
    Matter.REPORT: (S.CONCLUDED,),
    Matter.NOTICE: (S.ANNOUNCED,),
    Matter.WAIVER: (S.ANNOUNCED,),
    Matter.DEFENCE: (S.DEFENDED,),
    Matter.DEFENCE_REVIEW: (S.DEFENCE_REVIEWED,),
    Matter.HEARING: (S.HEARING_NOTICED, S.HEARING, S.HEARING_REPORTED),
    Matter.REVIEW: (S.LEGAL_REVIEWED,),
    Matter.DISCUSSION: (S.DISCUSSED,),
    Matter.PROPOSAL: (S.DECISION_PROPOSED,),
    Matter.PENALTY: (S.DECIDED,),
    Matter.NO_PENALTY: (S.DECIDED,),
    Matter.EDUCATION: (S.EDUCATED,),
    Matter.PLEDGE: (S.EDUCATED,),
    Matter.SERVICE: (S.SERVED,),
    Matter.ANNOUNCEMENT: (S.SERVED,),
    Matter.CONSENT: (S.SERVED,),
    Matter.URGING: (S.URGED,),
    Matter.COURT: (S.COURT_APPLICATION,),
    Matter.DEFERRAL: (S.DEFERRED,),
    Matter.TRANSFER: (S.TRANSFER_PROPOSED, S.TRANSFER),
    Matter.DISMISSAL: (S.DISMISSED,),
    Matter.REVOCATION: (S.REVOKED,),
    Matter.CLOSURE: (S.CLOSURE_PROPOSED,),
    Matter.DOSSIER: (S.CLOSED,),
    Matter.RECEIPTS: (S.PAID,),
}
"""The steps a matter comes out of: each of them has its rows."""
_FLAGS = ("served", "signed", "evidence", "before_filing")
_KNOWN = {
    "order", "matter", "step", "only", "dated", "cites", "checks", "number", "signing", "optional", "final", "behind",
    "group", *_FLAGS,
}  # fmt: skip
_LONGEST_KEY = 30  # what a series of numbers is kept under


@dataclass(frozen=True, slots=True)
class Numbering:
    """What number a paper bears: of its own series (`word`), of another paper, of the decision."""

    word: str = ""
    shared: str = ""
    cite: str = ""
    decision: bool = False


@dataclass(frozen=True, slots=True)
class Signing:
    """The boxes for the heads: those of a chain, or one; `filled` with who signed in the chain."""

    chain: SignOffMatter | None = None
    filled: bool = False


@dataclass(frozen=True, slots=True)
class IfUsed:
    """A paper that need not be made: when it is used, and when it then belongs in the dossier."""

    say: str
    use: Use | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRule:
    """One paper of the ordinary course, as its template says it."""

    key: str
    title: str
    order: int
    matter: Matter
    step: CaseStep
    only: Only | None = None
    dated_when_made: bool = False
    cites: str = ""
    checks: frozenset[Check] = frozenset()
    number: Numbering | None = None
    signing: Signing | None = None
    optional: IfUsed | None = None
    final: Final | None = None
    served: bool = False
    signed: bool = False
    evidence: bool = False
    before_filing: bool = False
    behind: str = ""
    group: str = ""

    @property
    def word(self) -> str:
        """What stands in its own number; empty when it has no series."""
        return self.number.word if self.number else ""


def keys() -> tuple[str, ...]:
    """The papers of the ordinary course, in the order of a case's life."""
    return tuple(rules())


def rule(key: str) -> PaperRule:
    """What the paper of this key is."""
    return rules()[key]


def is_evidence(key: str) -> bool:
    """Whether a paper of the course is a piece of evidence itself."""
    found = rules().get(key)
    return found is not None and found.evidence


def step_of(key: str) -> CaseStep | None:
    """The step a paper comes out of; None for one that is not of the ordinary course."""
    return rules()[key].step if key in rules() else None


def served_by(step: CaseStep) -> tuple[PaperRule, ...]:
    """The papers of a step that the party is served with."""
    return tuple(one for one in rules().values() if one.step is step and one.served)


def series_kinds() -> tuple[str, ...]:
    """Everything that is numbered: what the house numbers itself, then papers with a series."""
    return (*SeriesKind, *(one.key for one in rules().values() if one.word))


def series_label(kind: str) -> str:
    """What the numbers of this kind are for."""
    known = next((one for one in SeriesKind if one == kind), None)
    if known is not None:
        return known.label
    return rules()[kind].title if kind in rules() else kind


@cache
def rules() -> Mapping[str, PaperRule]:
    """Every paper of the ordinary course by its key, in the order of a case's life."""
    found = {}
    for path in sorted((paths.resources() / "templates").glob("*.toml")):
        data = _head(path)
        if "paper" in data:
            made = read(data, path.name)
            if made.key != path.stem:
                raise TemplateTrouble(
                    f"模板“{path.name}”里写的 key 是“{made.key}”，与文件名不同。请改成一样的。"
                )
            found[made.key] = made
    _fit_together(found)
    return {one.key: one for one in sorted(found.values(), key=lambda one: one.order)}


def _head(path: Path) -> dict[str, Any]:
    """What a template says before its parts; all of it where [paper] stands among them."""
    text = path.read_text(encoding="utf-8")
    parts = _PARTS.search(text)
    whole = parts is None or _PAPER.search(text, parts.start())
    try:
        return tomllib.loads(text if whole or parts is None else text[: parts.start()])
    except tomllib.TOMLDecodeError as error:
        raise TemplateTrouble(f"模板“{path.name}”写法有误：{error}。请改正后重新载入。") from error


def _fit_together(found: Mapping[str, PaperRule]) -> None:
    """No two papers in one place; what one names is there."""
    places: dict[int, str] = {}
    for one in found.values():
        where = f"模板“{one.key}.toml”的 [paper] "
        other = places.setdefault(one.order, one.key)
        if other != one.key:
            raise TemplateTrouble(
                f"{where}的 order 是 {one.order}，“{other}.toml”已经用了。请换一个数。"
            )
        for name, said in (("behind", one.behind), ("cites", one.cites)):
            if said and (said not in found or said == one.key):
                raise TemplateTrouble(
                    f"{where}的 {name} 是“{said}”，没有这种文书。{_near(said, found)}"
                )
        _refuse_circle(one, found, where)
        if one.number and one.number.shared:
            first = found.get(one.number.shared)
            if first is None or not first.word or first.matter is not one.matter:
                raise TemplateTrouble(
                    f"{where}的 number.shared 是“{one.number.shared}”，应当是用同一种内容（"
                    f"{one.matter.label}）填写、自己编号的文书。"
                )


def _refuse_circle(one: PaperRule, found: Mapping[str, PaperRule], where: str) -> None:
    """Papers behind one another in a ring would lie nowhere."""
    passed, at = [one.key], one.behind
    while at:
        if at in passed:
            raise TemplateTrouble(
                f"{where}的 behind 绕成了一圈：{'、'.join([*passed, at])}。请改正其中一个。"
            )
        passed.append(at)
        at = found[at].behind if at in found else ""


def read(data: Mapping[str, Any], file: str) -> PaperRule:
    """The rule out of what a template says before its parts."""
    where = f"模板“{file}”的 [paper] "
    table = _table(data["paper"], _KNOWN, where)
    for name in ("order", "matter", "step"):
        if name not in table:
            raise TemplateTrouble(f"{where}缺“{name}”，请补上。")
    order = table["order"]
    if type(order) is not int or order <= 0:
        raise TemplateTrouble(f"{where}的 order 是“{order}”，应当是大于零的整数。")
    matter = _term(table["matter"], Matter, f"{where}的 matter")
    step = _term(table["step"], CaseStep, f"{where}的 step")
    if step not in STEPS[matter]:
        allowed = "、".join(f"{one.value}（{one.label}）" for one in STEPS[matter])
        raise TemplateTrouble(
            f"{where}的 step 是“{step.value}”（{step.label}），用{matter.label}（{matter.value}）填写的"
            f"文书只能出在：{allowed}。"
        )
    made = PaperRule(
        key=_text(data.get("key"), f"模板“{file}”的 key"),
        title=_text(data.get("title"), f"模板“{file}”的 title"),
        order=order,
        matter=matter,
        step=step,
        only=_term(table["only"], Only, f"{where}的 only") if "only" in table else None,
        dated_when_made=_made(table.get("dated", ""), where),
        cites=_text(table.get("cites", "-"), f"{where}的 cites").removeprefix("-"),
        checks=_checks(table.get("checks", []), where),
        number=_number(table["number"], where) if "number" in table else None,
        signing=_signing(table["signing"], where) if "signing" in table else None,
        optional=_optional(table["optional"], where) if "optional" in table else None,
        final=_term(table["final"], Final, f"{where}的 final") if "final" in table else None,
        behind=_text(table.get("behind", "-"), f"{where}的 behind").removeprefix("-"),
        group=_text(table.get("group", "-"), f"{where}的 group").removeprefix("-"),
        **{one: _flag(table.get(one, False), f"{where}的 {one}") for one in _FLAGS},
    )
    if made.word and len(made.key) > _LONGEST_KEY:
        raise TemplateTrouble(
            f"模板“{file}”的 key 超过{_LONGEST_KEY}个字母，不能自成一列编号。请改短。"
        )
    if Check.UNDER_SEAL in made.checks and made.number is None:
        raise TemplateTrouble(
            f"{where}的 checks 有 under_seal，却没有 number。以机关名义出的文书应当有文号。"
        )
    return made


def _made(value: object, where: str) -> bool:
    if value not in ("", "made"):
        raise TemplateTrouble(f"{where}的 dated 是“{value}”，只能是 made（出件的那一天）。")
    return value == "made"


def _checks(value: object, where: str) -> frozenset[Check]:
    if not isinstance(value, list):
        raise TemplateTrouble(f"{where}的 checks 应当是一个列表。")
    return frozenset(_term(one, Check, f"{where}的 checks") for one in value)


def _number(value: object, where: str) -> Numbering:
    where = f"{where}的 number"
    table = _table(value, {"word", "shared", "cite", "decision"}, where)
    if len(table.keys() - {"cite"}) != 1:
        raise TemplateTrouble(f"{where}应当写明一种：word、shared 或者 decision。")
    if "shared" in table and "cite" not in table:
        raise TemplateTrouble(f"{where}缺“cite”，请写明同一编号的依据。")
    return Numbering(
        **{one: _text(said, f"{where}.{one}") for one, said in table.items() if one != "decision"},
        decision=_flag(table.get("decision", False), f"{where}.decision"),
    )


def _signing(value: object, where: str) -> Signing:
    where = f"{where}的 signing"
    table = _table(value, {"chain", "filled", "head"}, where)
    if _flag(table.get("head", False), f"{where}.head"):
        return Signing()
    chain = _term(table.get("chain"), SignOffMatter, f"{where}.chain")
    return Signing(chain, _flag(table.get("filled", False), f"{where}.filled"))


def _optional(value: object, where: str) -> IfUsed:
    where = f"{where}的 optional"
    table = _table(value, {"say", "use"}, where)
    use = _term(table["use"], Use, f"{where}.use") if "use" in table else None
    return IfUsed(_text(table.get("say"), f"{where}.say"), use)


def _table(value: object, known: set[str], where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TemplateTrouble(f"{where}应当写成一组“名称 = 值”。")
    for name in value:
        if name not in known:
            raise TemplateTrouble(f"{where}里的“{name}”不认识。{_near(name, known)}")
    return value


def _term(value: object, kind: type[TermT], what: str) -> TermT:
    found = next((one for one in kind if one.value == value), None)
    if found is None:
        listed = {one.value: one.label if isinstance(one, Term) else "" for one in kind}
        raise TemplateTrouble(f"{what} 是“{value}”，不认识。{_near(str(value), listed)}")
    return found


def _near(said: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(said, sorted(known), 1)
    return f"是不是“{near[0]}”？" if near else f"可用：{'、'.join(sorted(known))}。"


def _text(value: object, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TemplateTrouble(f"{what} 应当是一段文字。")
    return value


def _flag(value: object, what: str) -> bool:
    if not isinstance(value, bool):
        raise TemplateTrouble(f"{what} 是“{value}”，应当是 true 或者 false。")
    return value
