"""A blameless 当场行政处罚决定书 for the tests of clauses, fields, inspection and paper."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from enforcer.documents.facts import OfficerOnPaper, OrganOnPaper, PartyOnPaper, SummaryDecision
from enforcer.terms import Defence, IdKind, PartyKind, PaymentMode, PenaltyKind, Sex

ORGAN = OrganOnPaper(
    name="常德市城市管理和综合执法局",
    address="常德市柳叶大道1号",
    phone="0736-7000000",
    reconsideration_body="常德市人民政府",
    reconsideration_address="常德市朗州路1号",
    court="常德市武陵区人民法院",
    bank_name="中国建设银行常德分行营业部",
    bank_address="常德市朗州路2号",
    bank_account="43001234567890123456",
    bank_payee="常德市财政局",
)
PERSON = PartyOnPaper(
    kind=PartyKind.CITIZEN,
    name="李国强",
    id_kind=IdKind.RESIDENT_ID,
    id_number="430702198801011234",
    sex=Sex.MALE,
    address="湖南省常德市武陵区丹阳街道建设路8号3栋201室",
    phone="13873600000",
)
COMPANY = PartyOnPaper(
    kind=PartyKind.LEGAL_PERSON,
    name="常德市××商贸有限公司",
    id_kind=IdKind.CREDIT_CODE,
    id_number="91430700MA4L16JQ9B",
    address="常德市武陵区人民路100号",
    legal_representative="刘某",
    position="执行董事",
)
PAPER = SummaryDecision(
    uid=UUID(int=7 << 64),
    number="常城管当罚字〔2026〕第041号",
    organ=ORGAN,
    party=PERSON,
    officers=(
        OfficerOnPaper("周敏", "J0700012", valid_until=date(2028, 12, 31)),
        OfficerOnPaper("何志远", "J0700019", valid_until=date(2028, 12, 31)),
    ),
    decided_on=date(2026, 9, 3),
    acted_at=datetime(2026, 9, 3, 9, 40, tzinfo=ZoneInfo("Asia/Shanghai")),
    place="武陵区桃林路118号门前人行道",
    cause="擅自占用城市道路",
    act="擅自占用城市道路摆放水果货筐约三平方米",
    evidence="现场照片2张、执法记录仪视频2段",
    breached="《城市道路管理条例》第二十七条第一项",
    sanctioned_by="《城市道路管理条例》第四十二条",
    defence=Defence.WAIVED,
    kinds=(PenaltyKind.FINE,),
    fine_fen=20_000,
    correction="立即清理占用道路的货物",
    payment=PaymentMode.BANK,
    recorders=("0700001", "0700002"),
)


def paper(**changes: Any) -> SummaryDecision:
    return replace(PAPER, **changes)


def with_organ(**changes: Any) -> SummaryDecision:
    return replace(PAPER, organ=replace(ORGAN, **changes))
