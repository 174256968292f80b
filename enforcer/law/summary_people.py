"""Guards of the summary procedure about persons: certificates shown, recorders, the party."""

from __future__ import annotations

from datetime import date

from enforcer.errors import Objection
from enforcer.law import acting, parameters
from enforcer.law.summary_facts import ORGANIZATIONS, SummaryFacts, block, warn
from enforcer.terms import Discretion

ARTICLE_30 = "行政处罚法（2021）第三十条"
ARTICLE_47 = "行政处罚法（2021）第四十七条"
ARTICLE_52 = "行政处罚法（2021）第五十二条第一款"
ARTICLE_52_2 = "行政处罚法（2021）第五十二条第二款"


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
    *acting.OFFICERS,
    certificates_not_shown,
    recorders_fewer_than_two,
    *acting.POWER,
    party_not_identified,
    id_number_doubtful,
    representative_missing,
    address_missing,
    party_absent,
    under_fourteen,
    minor_not_lenient,
)
