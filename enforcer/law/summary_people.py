"""Guards of the summary procedure about persons: the officers, the organ's power, the party."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import final

from enforcer.errors import Objection
from enforcer.law import parameters
from enforcer.law.summary_facts import ORGANIZATIONS, ActingOfficer, SummaryFacts, block, warn
from enforcer.terms import Discretion, PowerKind

ARTICLE_30 = "行政处罚法（2021）第三十条"
ARTICLE_42 = "行政处罚法（2021）第四十二条第一款"
ARTICLE_47 = "行政处罚法（2021）第四十七条"
ARTICLE_52 = "行政处罚法（2021）第五十二条第一款"
ARTICLE_52_2 = "行政处罚法（2021）第五十二条第二款"
POWER = {
    PowerKind.OWN: "行政处罚法（2021）第十七条",
    PowerKind.CONCENTRATED: "行政处罚法（2021）第十八条第一款",
    PowerKind.CONFERRED: "行政处罚法（2021）第二十四条第一款",
    PowerKind.ENTRUSTED: "行政处罚法（2021）第二十条",
}
NO_POWER = "行政处罚法（2021）第十七条、第十八条、第二十条、第二十四条、第三十八条"


def officers_fewer_than_two(facts: SummaryFacts) -> Objection | None:
    """Two officers at least, in the summary procedure too (第四十二条第一款)."""
    needed = parameters.on("officers_minimum", facts.decided_on).value
    if len(facts.officers) >= needed:
        return None
    return block(
        "officers_fewer_than_two",
        f"执法人员{f'只填了 {len(facts.officers)} 人' if facts.officers else '没有填'}，"
        "当场处罚也不得少于两人。请补填持证执法人员；协管、辅助人员不计入。",
        ARTICLE_42,
        "officer1_id" if not facts.officers else "officer2_id",
    )


def same_officer_twice(facts: SummaryFacts) -> Objection | None:
    """One person is never two officers (第四十二条第一款)."""
    seen: set[str] = set()
    for one in facts.officers:
        marks = {f"人{one.key}"} | ({f"证{one.certificate}"} if one.certificate else set())
        if marks & seen:
            return block(
                "same_officer_twice",
                f"两名执法人员填的是同一人（{one.name}），仍算一人。请改填另一名执法人员。",
                ARTICLE_42,
                "officer2_id",
            )
        seen |= marks
    return None


def officer_left(facts: SummaryFacts) -> Objection | None:
    """Who has left the team cannot act (第四十二条第一款)."""
    found = _first(facts, lambda one: not one.active)
    return found and block(
        "officer_left",
        f"{found.officer.name}在人员台账里已经停用，不能执法。请改填在岗的执法人员。",
        ARTICLE_42,
        found.field,
    )


def certificate_missing(facts: SummaryFacts) -> Objection | None:
    """No certificate, no power to act (第四十二条第一款)."""
    found = _first(facts, lambda one: not one.certificate or one.valid_until is None)
    return found and block(
        "certificate_missing",
        f"{found.officer.name}没有登记执法证，不能执法。请在“台账—人员与证件”补登执法证，或者改填他人。",
        ARTICLE_42,
        found.field,
    )


def certificate_expired(facts: SummaryFacts) -> Objection | None:
    """A certificate serves on its last day and not after (第四十二条第一款)."""
    day = facts.decided_on
    found = _first(facts, lambda one: one.valid_until is not None and one.valid_until < day)
    return found and block(
        "certificate_expired",
        f"{found.officer.name}的执法证{found.officer.certificate}已于"
        f" {found.officer.valid_until} 到期。请换发后更新台账，或者改填持有效证件的执法人员。",
        ARTICLE_42,
        found.field,
    )


def certificate_not_yet_valid(facts: SummaryFacts) -> Objection | None:
    """A certificate serves from the day of its issue (第四十二条第一款)."""
    day = facts.decided_on
    found = _first(facts, lambda one: one.valid_from is not None and one.valid_from > day)
    return found and block(
        "certificate_not_yet_valid",
        f"{found.officer.name}的执法证{found.officer.certificate}自"
        f" {found.officer.valid_from} 起有效，{day} 还不能使用。请改填持有效证件的执法人员。",
        ARTICLE_42,
        found.field,
    )


def certificates_not_shown(facts: SummaryFacts) -> Objection | None:
    """The certificates are shown before anything else (第五十二条第一款)."""
    if facts.certificates_shown:
        return None
    return block(
        "certificates_not_shown",
        "没有记录“已向当事人出示执法证件”。当场处罚应当先亮证，请亮证后勾选。",
        ARTICLE_52,
        "certificates_shown",
    )


def recorders_fewer_than_two(facts: SummaryFacts) -> Objection | None:
    """Every action is recorded, here by two recorders or with a reason (第四十七条)."""
    if len(set(facts.recorders)) >= 2:
        return None
    return warn(
        "recorders_fewer_than_two",
        f"只填了 {len(set(facts.recorders))} 台执法记录仪，不足两台。请补填设备编号，或者写明原因。",
        ARTICLE_47,
        "recorders",
    )


def power_missing(facts: SummaryFacts) -> Objection | None:
    """Without the document of its power the organ may only persuade or refer (第三十八条)."""
    if facts.power is not None:
        return None
    return block(
        "power_missing",
        "没有选定这项处罚的权力来源，不能出处罚文书，只能劝导或者移送。"
        "请选择权力来源；还没有登记的，到“设置—权力来源与事项”登记。",
        NO_POWER,
        "power_source_id",
    )


def power_not_covering(facts: SummaryFacts) -> Objection | None:
    """A power covers the items that its document names (第二十条第一款、第三十八条第一款)."""
    power = facts.power
    if power is None or power.covers_item:
        return None
    return block(
        "power_not_covering",
        f"《{power.title}》登记的事项里没有这一项，{power.organ}不能据此处罚。"
        "请改选权力来源，或者到“设置—权力来源与事项”核对文件后补登。",
        POWER[power.kind],
        "power_source_id",
    )


def power_expired(facts: SummaryFacts) -> Objection | None:
    """A power that has run out locks the papers (第二十条、第二十四条、第三十八条)."""
    power = facts.power
    if power is None or power.valid_until is None or power.valid_until >= facts.decided_on:
        return None
    return block(
        "power_expired",
        f"权力来源《{power.title}》已于 {power.valid_until} 到期，不能再出处罚文书，"
        "只能劝导或者移送。续期后请到“设置—权力来源与事项”登记新的文件。",
        POWER[power.kind],
        "power_source_id",
    )


def power_not_yet_valid(facts: SummaryFacts) -> Objection | None:
    """A power serves from its first day (第二十条、第二十四条、第三十八条)."""
    power = facts.power
    if power is None or power.valid_from <= facts.decided_on:
        return None
    return block(
        "power_not_yet_valid",
        f"权力来源《{power.title}》自 {power.valid_from} 起生效，{facts.decided_on} 还不能处罚，"
        "只能劝导或者移送。请核对文件的生效日期。",
        POWER[power.kind],
        "power_source_id",
    )


def party_not_identified(facts: SummaryFacts) -> Objection | None:
    """The party stands on the paper by name and number (第四十条、第五十二条第二款)."""
    party = facts.party
    lacking = [
        (name, label)
        for name, label, there in (
            ("party_name", "姓名或者名称", party.name),
            ("party_id_number", "证件号码", party.id_number),
        )
        if not there
    ]
    if not lacking:
        return None
    return block(
        "party_not_identified",
        f"当事人的{'、'.join(label for _, label in lacking)}没有查明，不能作出处罚决定。"
        "请查验证件后填写；当场查不明的，转普通程序。",
        f"行政处罚法（2021）第四十条、{ARTICLE_52_2.removeprefix('行政处罚法（2021）')}",
        lacking[0][0],
    )


def id_number_doubtful(facts: SummaryFacts) -> Objection | None:
    """A number whose check digit is wrong is kept only with a reason (第四十条)."""
    if not facts.party.number_doubt:
        return None
    return warn(
        "id_number_doubtful",
        f"{facts.party.number_doubt}证件上确是此号的，请写明如何核对。",
        "行政处罚法（2021）第四十条",
        "party_id_number",
    )


def representative_missing(facts: SummaryFacts) -> Objection | None:
    """An organisation acts through its representative (第五十二条第二款)."""
    party = facts.party
    if party.kind not in ORGANIZATIONS or party.legal_representative:
        return None
    return block(
        "representative_missing",
        f"当事人是{party.kind.label}，没有填法定代表人或者负责人。请照营业执照填写。",
        ARTICLE_52_2,
        "legal_representative",
    )


def address_missing(facts: SummaryFacts) -> Objection | None:
    """Later papers are served at the address (第六十一条第一款)."""
    if facts.party.address:
        return None
    return warn(
        "address_missing",
        "当事人的住址没有填，催告等文书将无法送达。请补填；当事人拒不提供的，写明原因。",
        "行政处罚法（2021）第六十一条第一款",
        "party_address",
    )


def party_absent(facts: SummaryFacts) -> Objection | None:
    """The paper is handed over on the spot, to someone who is there (第五十二条第一款)."""
    if facts.party.present:
        return None
    return block(
        "party_absent",
        "当事人不在场，决定书无法当场交付，不能适用简易程序。请转普通程序；"
        "当事人到场后再当场处罚的，勾选“当事人在场”。",
        ARTICLE_52,
        "party_present",
    )


def under_fourteen(facts: SummaryFacts) -> Objection | None:
    """Nobody under fourteen is punished (第三十条)."""
    age = _age(facts)
    limit = parameters.on("age_no_penalty_under", facts.decided_on).value
    if age is None or age >= limit:
        return None
    return block(
        "under_fourteen",
        f"当事人行为时 {age} 周岁，不满{limit}周岁的不予行政处罚。"
        "请责令监护人加以管教，不能作出处罚决定。",
        ARTICLE_30,
        "party_id_number",
    )


def minor_not_lenient(facts: SummaryFacts) -> Objection | None:
    """From fourteen to eighteen the penalty must be lighter or mitigated (第三十条)."""
    age = _age(facts)
    limit = parameters.on("age_lenient_under", facts.decided_on).value
    under = parameters.on("age_no_penalty_under", facts.decided_on).value
    lenient = facts.discretion in (Discretion.LIGHTER, Discretion.MITIGATED)
    if age is None or not under <= age < limit or lenient:
        return None
    return block(
        "minor_not_lenient",
        f"当事人行为时 {age} 周岁，不满{limit}周岁的应当从轻或者减轻处罚。"
        "请把裁量改为从轻或者减轻，并写明理由。",
        ARTICLE_30,
        "discretion",
    )


@final
@dataclass(frozen=True, slots=True)
class _Found:
    """An officer who fails a test, and the field of the form he stands in."""

    officer: ActingOfficer
    field: str


def _first(facts: SummaryFacts, fails: Callable[[ActingOfficer], bool]) -> _Found | None:
    for place, one in enumerate(facts.officers, 1):
        if fails(one):
            return _Found(one, f"officer{min(place, 2)}_id")
    return None


def _age(facts: SummaryFacts) -> int | None:
    """Full years of a natural person on the day of the act; None when it cannot be told."""
    born, day = facts.party.born_on, facts.acted_on
    if born is None or day is None or facts.party.kind in ORGANIZATIONS:
        return None
    return full_years(born, day)


def full_years(born: date, day: date) -> int:
    """周岁: a year of life is full on the day after the birthday, in the party's favour."""
    had = (day.month, day.day) > (born.month, born.day)
    return day.year - born.year - (0 if had else 1)


GUARDS = (
    officers_fewer_than_two,
    same_officer_twice,
    officer_left,
    certificate_missing,
    certificate_expired,
    certificate_not_yet_valid,
    certificates_not_shown,
    recorders_fewer_than_two,
    power_missing,
    power_not_covering,
    power_expired,
    power_not_yet_valid,
    party_not_identified,
    id_number_doubtful,
    representative_missing,
    address_missing,
    party_absent,
    under_fourteen,
    minor_not_lenient,
)
