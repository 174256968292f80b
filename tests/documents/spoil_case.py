"""One made-up case with every paper in it: a company spills spoil on a road.

`papers()` is the case after 2026-08-15 (生态环境法典), `papers(AIR)` the same before it (大气污染防治法).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from enforcer.course_terms import Gains
from enforcer.documents.course_facts import (
    CaseOnPaper,
    CourseDays,
    EvidenceOnPaper,
    ImpositionOnPaper,
    NoticeServed,
    PersonOnPaper,
    PrintedOnPaper,
    SignOffOnPaper,
    ThingOnPaper,
)
from enforcer.documents.facts import OfficerOnPaper, OrganOnPaper, PartyOnPaper
from enforcer.terms import (
    Discretion,
    IdKind,
    PartyKind,
    PenaltyKind,
)

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Law:
    """Which law the act falls under, and the day it was done."""

    breached: str
    sanctioned_by: str
    acted_on: date
    seizure: str


CODE = Law(
    "《中华人民共和国生态环境法典》第二百四十一条第一款",
    "《中华人民共和国生态环境法典》第一千一百二十九条",
    date(2026, 8, 20),
    "《中华人民共和国生态环境法典》第五十二条",
)
AIR = Law(
    "《中华人民共和国大气污染防治法》第七十条第一款",
    "《中华人民共和国大气污染防治法》第一百一十六条",
    date(2026, 7, 9),
    "《中华人民共和国大气污染防治法》第三十条",
)
ORGAN = OrganOnPaper(
    name="云溪区城市管理和综合执法局",
    address="云溪区长街66号",
    postcode="414009",
    phone="0730-8400000",
    reconsideration_body="云溪区人民政府",
    reconsideration_address="云溪区云中路1号",
    court="云溪区人民法院",
    bank_name="中国建设银行云溪支行营业部",
    bank_address="云溪区云中路20号",
    bank_account="43001234567890123456",
    bank_payee="云溪区财政局",
    electronic_payment="扫描非税缴款通知单上的二维码",
)
COMPANY = PartyOnPaper(
    kind=PartyKind.LEGAL_PERSON,
    name="云溪顺达渣土运输有限公司",
    id_kind=IdKind.CREDIT_CODE,
    id_number="91430603MA4L16JQ9B",
    address="云溪区工业大道88号",
    postcode="414009",
    phone="13807300000",
    legal_representative="顾大勇",
    position="执行董事兼总经理",
)
OFFICERS = (
    OfficerOnPaper("周敏", "F0600012", valid_until=date(2028, 12, 31)),
    OfficerOnPaper("何志远", "F0600019", valid_until=date(2028, 12, 31)),
)
DRIVER = PersonOnPaper(
    name="陶小兵",
    sex="男",
    born_on=date(1985, 3, 12),
    ethnicity="汉族",
    id_number="430603198503121234",
    employer="云溪顺达渣土运输有限公司",
    occupation="驾驶员",
    phone="13907300000",
    address="云溪区松杨湖街道建设村8组",
    relation="当事人的驾驶员、现场负责人",
)
TRUCK = "湘F·A5177"
CAUSE = "运输渣土未采取密闭措施防止物料遗撒"
ACT = (
    f"{COMPANY.name}的重型自卸货车（号牌{TRUCK}）运输渣土，厢盖没有闭合，"
    "沿长岭大道由南向北行驶约600米，沿途遗撒渣土，污染路面约240平方米"
)
THINGS = (
    ThingOnPaper(
        name="建筑垃圾运输联单", quantity="3本", spec="A5", condition="完好", note="8月1日至20日",
        disposal="复印核对后返还",
    ),
    ThingOnPaper(
        name="车辆卫星定位记录仪存储卡", quantity="1张", spec="64 GB", condition="完好",
        disposal="提取数据后返还",
    ),
)  # fmt: skip
SEIZED = (
    ThingOnPaper(
        name="重型自卸货车",
        quantity="1辆",
        spec=f"{TRUCK}，红岩牌",
        condition="完好",
        note="含钥匙1把",
    ),
)
CHAIN = tuple(
    SignOffOnPaper(level=level, person=person)
    for level, person in (
        ("承办机构\n负责人意见", "彭立新"),
        ("法制机构\n审核意见", "文慧"),
        ("行政机关\n负责人意见", "谢建平"),
    )
)


def at(day: date, hour: int, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def days(law: Law = CODE) -> dict[str, date]:
    """The days of the course, counted from the act."""
    steps = {
        "act": 0, "filed": 1, "asked": 4, "disposed": 8, "concluded": 14, "told": 15,
        "told_served": 18, "defended": 20, "defence_reviewed": 21, "reviewed": 22, "discussed": 25,
        "hearing": 33, "ruled": 26, "decided": 27, "served": 27, "paid": 40, "closed": 51,
        "urged": 60, "urged_served": 61, "court": 260,
    }  # fmt: skip
    return {name: law.acted_on + timedelta(days=count) for name, count in steps.items()}


def signed(*on: date) -> tuple[SignOffOnPaper, ...]:
    """The chain with the signatures on record."""
    return tuple(replace(one, on=day, agrees=True) for one, day in zip(CHAIN, on, strict=True))


def imposition(law: Law = CODE, **changes: Any) -> ImpositionOnPaper:
    one = ImpositionOnPaper(
        kinds=(PenaltyKind.FINE,),
        fine_fen=800_000,
        gains=Gains.NONE,
        discretion=Discretion.LIGHTER,
        discretion_reason="当事人在执法人员到场后立即派员清扫，当日恢复路面整洁，主动消除了违法行为的危害后果",
        breached=law.breached,
        sanctioned_by=law.sanctioned_by,
        lowest_fen=200_000,
        highest_fen=2_000_000,
        correction="对运输车辆采取密闭措施，防止物料遗撒",
    )
    return replace(one, **changes)


def evidence(law: Law = CODE) -> tuple[EvidenceOnPaper, ...]:
    when = days(law)
    return (
        EvidenceOnPaper(name="营业执照、法定代表人身份证明", proves="当事人的主体资格", on=when["asked"]),
        EvidenceOnPaper(
            name="现场检查（勘验）笔录、现场照片6张、执法记录仪视频2段",
            proves="车辆厢盖没有闭合、渣土遗撒的路段和面积",
            on=when["act"],
        ),
        EvidenceOnPaper(
            name="驾驶员陶小兵的调查（询问）笔录", proves="车辆由当事人调派、装载后没有闭合厢盖",
            on=when["asked"],
        ),
        EvidenceOnPaper(
            name="建筑垃圾运输联单、车辆卫星定位记录", proves="运输的时间和路线", on=when["disposed"]
        ),
    )  # fmt: skip


def case(law: Law = CODE, **changes: Any) -> CaseOnPaper:
    when = days(law)
    one = CaseOnPaper(
        number=f"云城管立字〔{law.acted_on.year}〕第017号",
        organ=ORGAN,
        unit="渣土执法中队",
        party=COMPANY,
        cause=CAUSE,
        source="市长热线",
        place="云溪区长岭大道（顺达加油站至云港路口段）",
        acted_at=at(when["act"], 14, 35),
        discovered_on=when["act"],
        plate=TRUCK,
        handlers=OFFICERS,
        days=CourseDays(filed_on=when["filed"]),
        printed=(PrintedOnPaper(title="立案审批表", on=when["filed"], party=COMPANY.name),),
    )
    return replace(one, **changes)


def decided(law: Law = CODE, **changes: Any) -> CaseOnPaper:
    """The case when it comes to the decision and after."""
    when = days(law)
    return case(
        law,
        decision_number=f"云城管罚决字〔{law.acted_on.year}〕第009号",
        days=CourseDays(
            filed_on=when["filed"], concluded_on=when["concluded"], reviewed_on=when["reviewed"],
            discussed_on=when["discussed"], ruled_on=when["ruled"], decided_on=when["decided"],
            decision_served_on=when["served"],
        ),
        notice=NoticeServed(
            number=f"云城管罚先告字〔{law.acted_on.year}〕第011号", on=when["told"],
            served_on=when["told_served"], fine_fen=1_000_000, kinds=(PenaltyKind.FINE,),
            defence_until=when["told_served"] + timedelta(days=7),
        ),
        **changes,
    )  # fmt: skip
