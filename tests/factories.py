"""Rows a test needs before it can begin: an office with an organ, its power, two officers."""

from dataclasses import dataclass
from datetime import date

from enforcer.models import (
    Certificate,
    ItemPower,
    NumberRule,
    Officer,
    Organ,
    PowerSource,
    Recorder,
)
from enforcer.store.database import Store
from enforcer.terms import OfficerPost, PowerKind, RecorderState, SeriesKind

ITEMS = ("pavement_parking", "road_occupation")


@dataclass(frozen=True)
class Office:
    """Ids of what `an_office` made."""

    organ: int
    power: int
    officers: tuple[int, ...]


def an_office(store: Store, *, items: tuple[str, ...] = ITEMS) -> Office:
    """One organ acting by its own power, three officers (the third's certificate has expired)."""
    with store.unit(actor="测试", operation="an_office") as session:
        organ = Organ(
            name="常德市城市管理和综合执法局",
            credit_code="11430700MB1234567X",
            address="常德市柳叶大道1号",
            phone="0736-7000000",
            reconsideration_body="常德市人民政府",
            reconsideration_address="常德市朗州路1号",
            court="常德市武陵区人民法院",
            bank_name="中国建设银行常德分行营业部",
            bank_address="常德市朗州路2号",
            bank_account="43001234567890123456",
            bank_payee="常德市财政局",
            report_days=2,
        )
        session.add(organ)
        session.flush()
        assert organ.id
        power = PowerSource(
            kind=PowerKind.OWN,
            organ_id=organ.id,
            document_title="常德市城市管理和综合执法局职能配置规定",
            document_number="常办〔2021〕1号",
            valid_from=date(2021, 1, 1),
        )
        session.add(power)
        session.flush()
        assert power.id
        session.add_all(ItemPower(item_key=one, power_source_id=power.id) for one in items)
        session.add(
            NumberRule(
                organ_id=organ.id,
                kind=SeriesKind.NOTICE,
                pattern="常城管温告字〔{year}〕第{serial}号",
                width=5,
            )
        )
        session.add(
            NumberRule(
                organ_id=organ.id,
                kind=SeriesKind.SUMMARY_DECISION,
                pattern="常城管当罚字〔{year}〕第{serial}号",
                width=3,
            )
        )
        ids = []
        for name, certificate, until in (
            ("周敏", "J0700012", date(2028, 12, 31)),
            ("何志远", "J0700019", date(2028, 12, 31)),
            ("吴过期", "J0700099", date(2025, 12, 31)),
        ):
            officer = Officer(name=name, post=OfficerPost.OFFICER)
            session.add(officer)
            session.flush()
            assert officer.id
            ids.append(officer.id)
            session.add(Certificate(officer_id=officer.id, number=certificate, valid_until=until))
            session.add(
                Recorder(
                    number=f"07000{officer.id:02d}",
                    officer_id=officer.id,
                    state=RecorderState.IN_USE,
                )
            )
        return Office(organ.id, power.id, tuple(ids))
