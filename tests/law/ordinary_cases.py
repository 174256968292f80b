"""One ordinary case, the spilled spoil of a company, as it stands at each point of its course."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from enforcer.course_terms import (
    Gains,
    LeadSource,
    Receiver,
    RecordKind,
    ReviewOpinion,
    ServiceMethod,
    SignOffMatter,
)
from enforcer.law import catalogue
from enforcer.law.conditions import Tick
from enforcer.law.course_after import Service
from enforcer.law.course_decision import Decision, Imposition, LegalReview, Proposal
from enforcer.law.course_investigation import Filing, Lead, WrittenRecord
from enforcer.law.course_people import Organ, Party, Person, SignOff
from enforcer.law.lifecycle_facts import CaseFacts, Done
from enforcer.law.summary_facts import Power
from enforcer.terms import (
    CaseStep,
    Discretion,
    IdKind,
    OfficerPost,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    PowerKind,
    Stage,
)

CHINA = ZoneInfo("Asia/Shanghai")
ITEM = "bulk_load_unsealed"
ACTED_AT = datetime(2026, 9, 7, 8, 30, tzinfo=CHINA)
VALID = {"valid_from": date(2024, 1, 1), "valid_until": date(2028, 12, 31)}
PEOPLE = {
    one.name: one
    for one in (
        Person(1, "周敏", OfficerPost.OFFICER, "YX070012", **VALID),
        Person(2, "何志远", OfficerPost.OFFICER, "YX070019", **VALID),
        Person(3, "刘一帆", OfficerPost.OFFICER, "YX070025", **VALID),
        Person(4, "孙雅琴", OfficerPost.LEGAL_REVIEWER, "YX070040", **VALID),
        Person(5, "马建国", OfficerPost.HEAD, "YX070001", **VALID),
        Person(6, "赵立新", OfficerPost.OFFICER, "YX070033", **VALID),
        Person(7, "吴离岗", OfficerPost.OFFICER, "YX070050", active=False, **VALID),
        Person(8, "郑离任", OfficerPost.HEAD, "YX070051", active=False, **VALID),
        Person(9, "吴过期", OfficerPost.OFFICER, "YX070099", date(2022, 1, 1), date(2026, 5, 31)),
        Person(10, "陈新来", OfficerPost.OFFICER, "YX070100", date(2026, 12, 1), date(2030, 1, 1)),
        Person(11, "钱协管", OfficerPost.OFFICER),
    )
}
HANDLERS = (PEOPLE["周敏"], PEOPLE["何志远"])
COMPANY = Party(
    id=1,
    kind=PartyKind.LEGAL_PERSON,
    name="云溪顺达渣土运输有限公司",
    id_kind=IdKind.CREDIT_CODE,
    id_number="91110108551385082Q",
    address="云溪市工业园3号",
    legal_representative="李顺达",
)
IMPOSED = Imposition(
    kinds=(PenaltyKind.FINE,),
    fine_fen=600_000,
    gains=Gains.NONE,
    discretion_reason="遗撒约两立方米，属一般情节",
    breached="《中华人民共和国生态环境法典》第二百四十一条第一款",
    sanctioned_by="《中华人民共和国生态环境法典》第一千一百二十九条",
)
LIGHTER = replace(
    IMPOSED,
    fine_fen=500_000,
    discretion=Discretion.LIGHTER,
    discretion_reason="主动清扫，从轻",
    ticks={"主动消除或者减轻危害后果": Tick(holds=True, evidence="清扫照片2张")},
)
REPORT = Proposal(
    id=1,
    step=CaseStep.CONCLUDED,
    on=date(2026, 9, 15),
    imposition=IMPOSED,
    facts="车辆运输渣土未密闭，沿途遗撒约两立方米",
    evidence="现场检查笔录、询问笔录",
    public_interest=False,
    complicated=False,
    serious=False,
    major_rights=False,
)
NOTICE = replace(
    REPORT,
    id=2,
    step=CaseStep.ANNOUNCED,
    on=date(2026, 9, 17),
    hearing_offered=True,
    defence_days=3,
)
PUT_FORWARD = replace(REPORT, id=3, step=CaseStep.DECISION_PROPOSED, on=date(2026, 9, 28))


def at(day: date, hour: int = 17, minute: int = 30) -> datetime:
    return datetime.combine(day, time(hour, minute), CHINA)


def law_of(key: str, acted_on: date, day: date) -> dict[str, object]:
    """The item then and now, both compared."""
    both = catalogue.provisions_for(key, acted_on, max(day, acted_on))
    return {"item_key": key, "item_then": both.old, "item_now": both.new, "law": both}


def on(facts: CaseFacts, day: date, **changed: object) -> CaseFacts:
    """The case on a later day."""
    return replace(facts, now=at(day), day=day, **changed)


def _signed(matter: SignOffMatter, day: date, *names: str) -> tuple[SignOff, ...]:
    return tuple(
        SignOff(
            id=level,
            matter=matter,
            level=level,
            level_name=f"第{level}级",
            person_id=PEOPLE[name].id,
            person=name,
            on=day,
        )
        for level, name in enumerate(names, 1)
    )


def _records() -> tuple[WrittenRecord, ...]:
    day = date(2026, 9, 7)
    inspection = WrittenRecord(
        id=1,
        kind=RecordKind.INSPECTION,
        on=day,
        began_at=at(day, 9, 20),
        ended_at=at(day, 10, 0),
        place="云溪大道与滨河路交叉口",
        officer_ids=(1, 2),
        officers=("周敏", "何志远"),
        certificates_shown=True,
        content="路面遗撒渣土约两立方米",
    )
    asked = date(2026, 9, 10)
    inquiry = replace(
        inspection,
        id=2,
        kind=RecordKind.INQUIRY,
        on=asked,
        began_at=at(asked, 9, 0),
        ended_at=at(asked, 9, 50),
        person="王师傅",
        rights_told=True,
    )
    return (inspection, inquiry)


def cases() -> dict[str, CaseFacts]:
    """The case by the point it has reached."""
    told = date(2026, 9, 7)
    lead = CaseFacts(
        now=at(date(2026, 9, 8)),
        day=date(2026, 9, 8),
        number="线索〔2026〕0001号",
        lead=Lead(
            id=1,
            number="线索〔2026〕0001号",
            source=LeadSource.HOTLINE,
            received_at=at(told, 8, 40),
            received_on=told,
            content="有渣土车沿路撒土",
            checked_on=told,
        ),
        done=(Done(CaseStep.LEAD_REGISTERED, told), Done(CaseStep.LEAD_CHECKED, told)),
    )
    proposed = replace(
        lead,
        case_id=1,
        lead=replace(lead.lead, case_id=1),
        number="（待立案）线索〔2026〕0001号",
        **law_of(ITEM, ACTED_AT.date(), date(2026, 9, 28)),
        organ=Organ(id=1, name="云溪市城市管理和综合执法局", court="云溪市人民法院"),
        power=Power(
            PowerKind.CONCENTRATED,
            "云溪市城市管理和综合执法局",
            "关于开展相对集中行政处罚权工作的决定",
            date(2021, 1, 1),
        ),
        party=COMPANY,
        place="云溪大道与滨河路交叉口",
        act="运输渣土未密闭，沿途遗撒",
        acted_at=ACTED_AT,
        discovered_on=told,
        filing=Filing(id=1, on=date(2026, 9, 8), grounds="涉嫌违法", officer_ids=(1, 2)),
        acting=HANDLERS,
        sign_offs=_signed(SignOffMatter.FILING, date(2026, 9, 8), "周敏"),
        done=(*lead.done, Done(CaseStep.PROPOSED, date(2026, 9, 8), 1, 3)),
    )
    filed_on = date(2026, 9, 9)
    filed = on(
        proposed,
        date(2026, 9, 14),
        stage=Stage.FILED,
        number="云城管立字〔2026〕第001号",
        filed_on=filed_on,
        handlers=HANDLERS,
        sign_offs=_signed(SignOffMatter.FILING, filed_on, "周敏", "刘一帆", "马建国"),
        done=(
            *proposed.done,
            Done(CaseStep.FILED, filed_on, 1, 4),
            Done(CaseStep.ASSIGNED, filed_on, 1, 5),
        ),
    )
    investigated = on(
        filed,
        date(2026, 9, 15),
        records=_records(),
        done=(
            *filed.done,
            Done(CaseStep.INSPECTION, told, 1, 6),
            Done(CaseStep.INQUIRY, date(2026, 9, 10), 2, 7),
        ),
    )
    concluded = on(
        investigated,
        date(2026, 9, 17),
        proposals=(REPORT,),
        done=(*investigated.done, Done(CaseStep.CONCLUDED, REPORT.on, 1, 8)),
    )
    served = Service(
        id=1,
        of=CaseStep.ANNOUNCED,
        of_id=2,
        paper="事先告知",
        paper_on=NOTICE.on,
        method=ServiceMethod.DIRECT,
        on=NOTICE.on,
        effective_on=NOTICE.on,
        receiver=Receiver.CLERK,
        receiver_name="陈文员",
    )
    announced = on(
        concluded,
        date(2026, 9, 18),
        proposals=(REPORT, NOTICE),
        services=(served,),
        done=(
            *concluded.done,
            Done(CaseStep.ANNOUNCED, NOTICE.on, 2, 9),
            Done(CaseStep.SERVED, NOTICE.on, 1, 10),
        ),
    )
    waited = on(
        announced,
        date(2026, 9, 28),
        reviews=(
            LegalReview(
                id=1,
                on=date(2026, 9, 24),
                reviewer_id=4,
                reviewer="孙雅琴",
                opinion=ReviewOpinion.AGREED,
            ),
        ),
        done=(*announced.done, Done(CaseStep.LEGAL_REVIEWED, date(2026, 9, 24), 1, 11)),
    )
    put = replace(
        waited,
        proposals=(REPORT, NOTICE, PUT_FORWARD),
        sign_offs=(
            *waited.sign_offs,
            *_signed(SignOffMatter.DECISION, date(2026, 9, 28), "周敏", "刘一帆", "孙雅琴"),
        ),
        done=(*waited.done, Done(CaseStep.DECISION_PROPOSED, PUT_FORWARD.on, 3, 12)),
    )
    ruled = replace(
        put,
        sign_offs=(
            *waited.sign_offs,
            *_signed(
                SignOffMatter.DECISION, date(2026, 9, 28), "周敏", "刘一帆", "孙雅琴", "马建国"
            ),
        ),
        done=(*put.done, Done(CaseStep.RULED, PUT_FORWARD.on, 3, 13)),
    )
    decision = Decision(
        id=1,
        number="云城管罚决字〔2026〕第001号",
        on=date(2026, 9, 28),
        kinds=(PenaltyKind.FINE,),
        fine_fen=600_000,
        payment_mode=PaymentMode.BANK,
    )
    decided = on(
        ruled,
        date(2026, 9, 30),
        stage=Stage.DECIDED,
        decision=decision,
        done=(*ruled.done, Done(CaseStep.DECIDED, decision.on, 1, 14)),
    )
    received = date(2026, 9, 30)
    in_force = on(
        decided,
        date(2026, 10, 12),
        decision=replace(decision, served_on=received, payment_due_on=date(2026, 10, 15)),
        services=(
            served,
            replace(
                served,
                id=2,
                of=CaseStep.DECIDED,
                of_id=1,
                paper="决定",
                paper_on=decision.on,
                on=received,
                effective_on=received,
            ),
        ),
    )
    return {
        "接到线索": lead,
        "呈报立案": proposed,
        "立案": filed,
        "调查": investigated,
        "调查终结": concluded,
        "告知": announced,
        "告知期满": waited,
        "呈报处理": put,
        "批准": ruled,
        "决定": decided,
        "送达": in_force,
    }
