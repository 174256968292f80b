"""The last days of the sample quarter, done by the same deeds the screens order: real papers."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from enforcer.law import catalogue
from enforcer.operations.notice_blanks import give_blanks
from enforcer.operations.notice_forms import GiveBlanksForm, NoticeForm, VoidNoticeForm
from enforcer.operations.notices import issue_notice, void_notices
from enforcer.operations.payments import register_payment
from enforcer.operations.sample_people import SampleOffice
from enforcer.operations.summary import decide_on_the_spot
from enforcer.operations.summary_forms import PaymentForm, SummaryForm
from enforcer.store.database import Store
from enforcer.terms import (
    Defence,
    IdKind,
    NoticeOutcome,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    PlateColour,
    Sex,
)

CHINA = ZoneInfo("Asia/Shanghai")
NOTICES = (
    ("湘F·8K216", PlateColour.BLUE, date(2026, 9, 29), time(9, 5), "滨河路118号门前人行道"),
    ("湘F·D03127", PlateColour.GREEN, date(2026, 9, 29), time(9, 40), "桃林路26号门前人行道"),
    ("湘F·2M905", PlateColour.BLUE, date(2026, 9, 29), time(15, 12), "崇德路口东侧人行道"),
    ("湘F·8K216", PlateColour.BLUE, date(2026, 9, 30), time(8, 55), "滨河路118号门前人行道"),
    ("无号牌", None, date(2026, 9, 30), time(9, 20), "有德路77号门前人行道"),
    ("湘F·7P330", PlateColour.BLUE, date(2026, 9, 30), time(10, 2), "人民路9号门前人行道"),
)
DECIDED = date(2026, 9, 29)
# The specimen number of the national standard and its neighbour: nobody's own.
PARTIES = (
    (10, "200.00", "李示例", Sex.MALE, "110105194912310038"),
    (45, "100.00", "张示例", Sex.FEMALE, "11010519491231002X"),
)


def issue_last_days(store: Store, office: SampleOffice, *, actor: str) -> None:
    """Issue some notices, one of them void, give out blanks, and decide two cases on the spot."""
    (first, _), (second, _) = office.officers[:2]
    made = []
    for plate, colour, day, clock, place in NOTICES:
        at = datetime.combine(day, clock, CHINA)
        form = NoticeForm(
            plate=plate,
            plate_colour=colour,
            noticed_at=at,
            place=place,
            item_key="pavement_parking",
            nearby="市民广场停车场（步行约3分钟）",
            officer1_id=first,
            officer2_id=second,
            recorders=("0700001", "0700002"),
            outcome=NoticeOutcome.MOVED_OFF,
            organ_id=office.organ_id,
        )
        made.append(issue_notice(store, form, today=day, now=at, actor=actor))
    evening = datetime.combine(date(2026, 9, 30), time(17, 30), CHINA)
    spoiled = VoidNoticeForm(notice_ids=(made[2].id,), reason="打印歪斜，已重新出具")
    void_notices(store, spoiled, today=evening.date(), now=evening, actor=actor)
    blanks = GiveBlanksForm(officer_id=first, count=3, organ_id=office.organ_id)
    give_blanks(store, blanks, today=evening.date(), now=evening, actor=actor)
    _decide(store, office, actor=actor)


def _decide(store: Store, office: SampleOffice, *, actor: str) -> None:
    (first, _), (second, _) = office.officers[:2]
    item = catalogue.item("road_occupation", DECIDED)
    assert item
    for minute, fine, name, sex, identity in PARTIES:
        at = datetime.combine(DECIDED, time(10, minute), CHINA)
        form = SummaryForm(
            party_kind=PartyKind.CITIZEN,
            party_name=name,
            id_kind=IdKind.RESIDENT_ID,
            party_id_number=identity,
            sex=sex,
            party_address="云溪市人民路100号",
            party_phone="0730-0000100",
            party_present=True,
            item_key=item.key,
            acted_at=at,
            discovered_on=DECIDED,
            place="桃林路118号门前",
            act="在店门前人行道摆放货架经营，占用道路约3平方米",
            evidence="现场照片2张、执法记录仪视频2段",
            facts_clear=True,
            breached=item.breached[0].cite,
            sanctioned_by=item.sanctioned_by[0].cite,
            officer1_id=first,
            officer2_id=second,
            certificates_shown=True,
            recorders=("0700001", "0700002"),
            power_source_id=office.power_id,
            defence=Defence.WAIVED,
            kinds=(PenaltyKind.FINE,),
            fine_yuan=fine,
            correction="立即改正",
            payment=PaymentMode.BANK,
            decided_on=DECIDED,
        )
        decided = decide_on_the_spot(store, form, today=DECIDED, now=at, actor=actor)
        if fine == "100.00":
            paid = PaymentForm(case_id=decided.case_id, paid_on=DECIDED)
            register_payment(store, paid, today=DECIDED, now=at, actor=actor)
