"""What the papers of a case are made from, and what several of them take out of it alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from enforcer.course_terms import Outcome
from enforcer.documents.course_facts import (
    EvidenceOnPaper,
    ImpositionOnPaper,
    PersonOnPaper,
    ThingOnPaper,
)
from enforcer.law import catalogue, discretion
from enforcer.law.course_decision import Imposition, Proposal
from enforcer.law.course_investigation import Thing
from enforcer.law.course_people import Party
from enforcer.law.discretion_facts import Suggestion, span_of
from enforcer.law.leniency import LIGHTENING
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.law.lifecycle_guards_penalty import assessment
from enforcer.queries.course_papers_issued import Issued
from enforcer.terms import CaseStep, Discretion, NoPenaltyReason

_NUMBERED = re.compile(
    r"^(?:[0-9０-９一二三四五六七八九十]+[．.、)）]|[（(][0-9一二三四五六七八九十]+[)）])\s*"
)
_PROVES = re.compile("[，,：:](?:用以|用于|以|拟|可以)?证明(?!材料|文件|书|信)[：:]?")
_DAY = r"(20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?"
_TAKEN = re.compile(
    rf"^{_DAY}|[（(]{_DAY}[）)]|"
    rf"{_DAY}(?=[^，。；]{{0,6}}(?:拍摄|补拍|制作|询问|勘验|检查|提取|取得|调取|出具|抽样))"
)
_CITED = re.compile("([^《》（）第]+)(?:（[0-9]{4}）)?(第.+)")
_SPARED_BY_ENVIRONMENT = "《中华人民共和国生态环境法典》第一千零五十六条第二款"


Typed = tuple[str, Mapping[str, Any]]
"""A step of the case with what was typed in with it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a paper is made from: the case, the row meant, what the step said, what came out before.

    `steps` is what was typed in with every step of the case, the latest first; `step` the one the
    paper comes out of.
    """

    facts: CaseFacts
    row: int = 0
    said: Mapping[str, Any] | None = None
    papers: tuple[Issued, ...] = ()
    steps: tuple[Typed, ...] = ()
    retention: str = ""
    step: CaseStep | None = None

    def typed(self, step: CaseStep, row: int = 0) -> Mapping[str, Any]:
        """What was typed in with a step: that of the row where one is meant, else the latest."""
        found = (detail for name, detail in self.steps if name == step.value)
        return next((one for one in found if row in (0, one.get("row"))), {})

    def chosen(self, many: Iterable[Any]) -> Any:
        """The row that was asked for, else the latest; None when there is none."""
        found = list(many)
        if self.row:
            return next((one for one in found if one.id == self.row), None)
        return found[-1] if found else None

    def paper_of(self, key: str, row: int = 0) -> Issued | None:
        """The paper of this kind that stands: that of the row where it is known, else the latest."""
        found = [one for one in self.papers if one.key == key and one.stands]
        mine = [one for one in found if row and one.row == row]
        meant = mine or [one for one in found if not (row and one.row)]
        return meant[-1] if meant else None

    def number_of(self, key: str, row: int = 0) -> str:
        found = self.paper_of(key, row)
        return found.number if found else ""

    def day_of(self, key: str, row: int = 0) -> date | None:
        found = self.paper_of(key, row)
        return found.on if found else None


def cited(provisions: Iterable[Any]) -> str:
    """Several provisions in one breath."""
    return "、".join(dict.fromkeys(one.cite for one in provisions))


def breached_of(facts: CaseFacts) -> str:
    """What the act broke: as last recorded, else what the item says."""
    imposed = facts.imposition
    if imposed and imposed.breached:
        return imposed.breached
    return cited(facts.item.breached) if facts.item else ""


def notice_named(source: Source, one: Proposal) -> tuple[str, str]:
    """Title and number of a prior notice: as it came out, else as its template calls it."""
    found = source.paper_of("prior_notice", one.id)
    if found is not None:
        return found.title, found.number
    return f"行政处罚{'（听证）' if one.hearing_offered else ''}事先告知书", ""


def things(many: Sequence[Thing]) -> tuple[ThingOnPaper, ...]:
    """A list of things as papers show it."""
    return tuple(
        ThingOnPaper(
            name=one.name,
            quantity=one.quantity,
            spec=one.spec,
            condition=one.condition,
            note=one.note,
            disposal=one.disposal.label if one.disposal else "",
        )
        for one in many
    )


def evidence(text: str) -> tuple[EvidenceOnPaper, ...]:
    """Evidence as typed, line by line or parted by semicolons, without its own numbers."""
    lines = [one.strip() for one in text.splitlines() if one.strip()]
    if len(lines) == 1:
        lines = [one.strip() for one in re.split("[；;]", lines[0]) if one.strip()]
    said = [_NUMBERED.sub("", one).rstrip("；。") for one in lines]
    parted = [_PROVES.split(one, maxsplit=1) for one in said]
    return tuple(
        EvidenceOnPaper(name=one[0], proves="".join(one[1:]), on=_taken_on(one[0]))
        for one in parted
    )


def _taken_on(name: str) -> date | None:
    """The day a piece of evidence says it was made: at its head, in brackets, or before the deed."""
    found = _TAKEN.search(name)
    if found is None:
        return None
    try:
        return date(*(int(one) for one in found.groups() if one is not None))
    except ValueError:
        return None


def imposition(facts: CaseFacts, one: Imposition) -> ImpositionOnPaper:
    """What is imposed, with the range it lies in and the order to correct that goes with it."""
    span = _span(facts, one)
    found = _suggested(facts, one)
    ordered = facts.corrections[-1] if facts.corrections else None
    return ImpositionOnPaper(
        outcome=one.outcome,
        kinds=one.kinds,
        fine_fen=one.fine_fen,
        gains=one.gains,
        gains_fen=one.gains_fen,
        other_words=one.penalty_words,
        discretion=one.discretion,
        discretion_reason=one.discretion_reason,
        discretion_basis=_lightened(facts, one),
        listed=_listed(facts, one),
        benchmark=_benchmark(found),
        tier=found.tier.name if found and found.tier else "",
        tier_lowest_fen=found.min_fen if found and found.tier else None,
        tier_highest_fen=found.max_fen if found and found.tier else None,
        no_penalty_reason=one.no_penalty_reason,
        no_penalty_basis=_basis(facts, one),
        breached=one.breached,
        sanctioned_by=one.sanctioned_by,
        law_reason=one.law_reason,
        lowest_fen=span[0],
        highest_fen=span[1],
        correction=ordered.content.strip().rstrip("。") if ordered else "立即改正违法行为",
        corrected_on=ordered.rechecked_on if ordered and ordered.corrected else None,
    )


def _span(facts: CaseFacts, one: Imposition) -> tuple[int | None, int | None]:
    """The law's range for this party, under the condition that was chosen."""
    if facts.item is None:
        return None, None
    kind = facts.sole_trader_as or facts.party.kind
    found = [each for each in facts.item.consequences_for(kind) if each.fines]
    under = [each for each in found if each.condition == one.under]
    span = span_of(under or found)
    return span.min_fen, span.max_fen


def _suggested(facts: CaseFacts, one: Imposition) -> Suggestion | None:
    """The tier of the benchmark that the recorded factors fit (第三十四条)."""
    item = facts.item
    if item is None or one.outcome is not Outcome.PENALTY:
        return None
    side = item.side_of(facts.sole_trader_as or facts.party.kind)
    return discretion.suggest(
        item, side, one.ticks, facts.day, benchmarks=facts.benchmarks, under=one.under
    )


def _benchmark(found: Suggestion | None) -> str:
    if found is None or found.benchmark is None:
        return ""
    tier = f"“{found.tier.name}”阶次" if found.tier else ""
    return f"{found.benchmark.cite}{tier}"


def _lightened(facts: CaseFacts, one: Imposition) -> str:
    """The articles on which 从轻 or 减轻 rests: those of the circumstances that are proven."""
    if one.discretion not in (Discretion.LIGHTER, Discretion.MITIGATED) or facts.item is None:
        return ""
    found = assessment(facts, one, facts.item).met(*LIGHTENING)
    said = [law_named(each.cite) for each in found if not each.listed]
    if one.provision:
        said.append(one.provision)
    return "、".join(dict.fromkeys([*said, *(each.cite for each in found if each.listed)]))


def _listed(facts: CaseFacts, one: Imposition) -> str:
    """The row of the office's list under which the party is spared (第三十三条第一款)."""
    if one.outcome is not Outcome.NO_PENALTY or facts.item is None:
        return ""
    found = assessment(facts, one, facts.item)
    spared = [*found.must_spare, *found.may_spare]
    return "、".join(
        dict.fromkeys(f"《{each.cite.rpartition('、《')[2]}" for each in spared if each.listed)
    )


def law_named(cite: str) -> str:
    """A citation of ours as papers write it: 《中华人民共和国行政处罚法》第三十二条第一项."""
    found = _CITED.match(cite)
    if found is None:
        return cite
    title = next((one.title for one in catalogue.laws() if one.title.endswith(found[1])), found[1])
    return f"《{title}》{found[2]}"


def _basis(facts: CaseFacts, one: Imposition) -> str:
    """The articles that spare the party, where those of the statute alone do not say it."""
    if one.provision:
        return one.provision
    environment = facts.item is not None and any(
        each.law.key == "environment_code" for each in facts.item.sanctioned_by
    )
    minor = one.no_penalty_reason in (NoPenaltyReason.MINOR, NoPenaltyReason.FIRST_VIOLATION)
    if environment and minor:
        return (
            "《中华人民共和国行政处罚法》第三十三条第一款、第五十七条第一款第二项、"
            f"{_SPARED_BY_ENVIRONMENT}"
        )
    return ""


_DETAILS = {
    "sex": ("性别",),
    "born_on": ("出生日期", "出生年月"),
    "ethnicity": ("民族",),
    "id_number": ("身份证号", "身份证号码", "身份证件号码", "证件号码"),
    "employer": ("工作单位", "单位"),
    "occupation": ("职务", "职业", "职务或者职业", "职务或职业"),
    "phone": ("联系电话", "电话"),
    "address": ("住址", "地址", "单位或者住址"),
    "postcode": ("邮编", "邮政编码"),
    "way": ("方式",),
    "witness_address": ("见证人住址", "见证人单位或者住址"),
}
"""What is typed beside a name goes by these words, or by the names of the fields."""


def detail(details: Mapping[str, str], name: str) -> str:
    """One thing typed beside a name."""
    found = (details.get(one) for one in (name, *_DETAILS[name]))
    return next((str(one).strip() for one in found if one), "")


def person_of(name: str, role: str, details: Mapping[str, str]) -> PersonOnPaper:
    """Somebody who is asked: what was typed of him beside the name."""
    return PersonOnPaper(
        name=name,
        relation=role,
        sex=detail(details, "sex"),
        born_on=_day(detail(details, "born_on")),
        ethnicity=detail(details, "ethnicity"),
        id_number=detail(details, "id_number"),
        employer=detail(details, "employer"),
        occupation=detail(details, "occupation"),
        phone=detail(details, "phone"),
        address=detail(details, "address"),
        postcode=detail(details, "postcode"),
    )


def party_person(party: Party, name: str) -> PersonOnPaper:
    """Who speaks for the party: what the register knows of it, where it is the same person."""
    if name == party.name:
        return PersonOnPaper(
            name=name,
            relation="当事人",
            sex=party.sex.label if party.sex else "",
            born_on=party.born_on,
            id_number=party.id_number,
            phone=party.phone,
            address=party.address,
            postcode=party.postcode,
        )
    if name and name == party.legal_representative:
        return PersonOnPaper(
            name=name,
            relation=party.position or "法定代表人（负责人）",
            employer=party.name,
            phone=party.phone,
        )
    return PersonOnPaper(name=name)


def filled_in(typed: PersonOnPaper, known: PersonOnPaper) -> PersonOnPaper:
    """What was typed of a person; what was not, as the register knows it."""
    return replace(
        known, **{one.name: said for one in fields(typed) if (said := getattr(typed, one.name))}
    )


def names(text: str) -> tuple[str, ...]:
    """Several people typed on one line."""
    return tuple(one.strip() for one in re.split("[、，,；;]", text) if one.strip())


def moment(text: str | None) -> datetime | None:
    """A moment as a step keeps it."""
    return datetime.fromisoformat(text) if text else None


def day_typed(text: str | None) -> date | None:
    """A day as a step keeps it."""
    return _day(text or "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
