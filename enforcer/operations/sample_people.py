"""The made-up office of the sample home: two organs, eight officers, how numbers look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from enforcer.models import (
    Certificate,
    ItemPower,
    LadderRule,
    NumberRule,
    Officer,
    Organ,
    PowerSource,
    Recorder,
)
from enforcer.terms import LadderChoice, OfficerPost, PowerKind, RecorderState, SeriesKind

OWN_ITEMS = (
    "pavement_parking",
    "road_occupation",
    "street_stacking",
    "graffiti",
    "littering",
    "bulk_load_unsealed",
    "burning_leaves",
)
ENTRUSTED_ITEMS = ("greenery_damage", "green_land_occupation")
PEOPLE = (
    ("周敏", "YX070012", OfficerPost.OFFICER),
    ("何志远", "YX070019", OfficerPost.OFFICER),
    ("王𬭎", "YX070021", OfficerPost.OFFICER),
    ("刘一帆", "YX070025", OfficerPost.OFFICER),
    ("陈晓梅", "YX070028", OfficerPost.OFFICER),
    ("赵立新", "YX070033", OfficerPost.OFFICER),
    ("孙雅琴", "YX070040", OfficerPost.LEGAL_REVIEWER),
    ("马建国", "YX070001", OfficerPost.HEAD),
)


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """Row ids of what was made, for the records that follow."""

    organ_id: int
    power_id: int
    officers: tuple[tuple[int, str], ...]


def make_office(session: Session) -> SampleOffice:
    """Write the office; everything in it is invented and says so in its name."""
    organ = Organ(
        name="云溪市城市管理和综合执法局（示例）",
        credit_code="11430799MB0000001X",
        address="云溪市滨河路1号",
        phone="0730-0000000",
        reconsideration_body="云溪市人民政府",
        reconsideration_address="云溪市人民路1号（市司法局行政复议接待室）",
        court="云溪市人民法院",
        bank_name="云溪农村商业银行营业部",
        bank_address="云溪市人民路88号",
        bank_account="000000000000000001",
        bank_payee="云溪市财政局非税收入专户",
    )
    entrusting = Organ(
        name="云溪市住房和城乡建设局（示例）",
        credit_code="11430799MB0000002R",
        address="云溪市人民路66号",
        phone="0730-0000001",
        reconsideration_body="云溪市人民政府",
        reconsideration_address="云溪市人民路1号（市司法局行政复议接待室）",
        court="云溪市人民法院",
        bank_name="云溪农村商业银行营业部",
        bank_address="云溪市人民路88号",
        bank_account="000000000000000001",
        bank_payee="云溪市财政局非税收入专户",
    )
    session.add_all([organ, entrusting])
    session.flush()
    assert organ.id
    assert entrusting.id
    own = PowerSource(
        kind=PowerKind.CONCENTRATED,
        organ_id=organ.id,
        document_title="关于在云溪市开展相对集中行政处罚权工作的决定（示例）",
        document_number="示例〔2021〕1号",
        valid_from=date(2021, 1, 1),
    )
    entrusted = PowerSource(
        kind=PowerKind.ENTRUSTED,
        organ_id=entrusting.id,
        handled_by="云溪市城市管理综合行政执法大队（示例）",
        document_title="行政处罚委托书（示例）",
        document_number="示例委〔2025〕3号",
        valid_from=date(2025, 1, 1),
        valid_until=date(2027, 12, 31),
    )
    session.add_all([own, entrusted])
    session.flush()
    assert own.id
    assert entrusted.id
    session.add_all(ItemPower(item_key=one, power_source_id=own.id) for one in OWN_ITEMS)
    session.add_all(ItemPower(item_key=o, power_source_id=entrusted.id) for o in ENTRUSTED_ITEMS)
    for owner, word in ((organ.id, "云城管"), (entrusting.id, "云建")):
        for kind, short, width in (
            (SeriesKind.NOTICE, "温告", 5),
            (SeriesKind.SUMMARY_DECISION, "当罚", 3),
            (SeriesKind.CASE_FILING, "立", 3),
            (SeriesKind.DECISION, "罚决", 3),
        ):
            pattern = f"{word}{short}字〔{{year}}〕第{{serial}}号"
            session.add(NumberRule(organ_id=owner, kind=kind, pattern=pattern, width=width))
    session.add(
        LadderRule(item_key="pavement_parking", notices=3, days=365, then=LadderChoice.SUMMARY)
    )
    return SampleOffice(organ.id, own.id, tuple(_officers(session)))


def _officers(session: Session) -> list[tuple[int, str]]:
    made = []
    for place, (name, certificate, post) in enumerate(PEOPLE, 1):
        officer = Officer(name=name, post=post)
        session.add(officer)
        session.flush()
        assert officer.id
        session.add(
            Certificate(
                officer_id=officer.id,
                number=certificate,
                issued_on=date(2024, 1, 1),
                valid_until=date(2028, 12, 31),
                issuer="云溪市人民政府（示例）",
            )
        )
        session.add(
            Recorder(
                number=f"07000{place:02d}",
                model="DSJ-示例",
                officer_id=officer.id,
                officer_name=name,
                in_use_from=date(2024, 1, 1),
                state=RecorderState.IN_USE,
            )
        )
        if post is OfficerPost.OFFICER:
            made.append((officer.id, name))
    return made
