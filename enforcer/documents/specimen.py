"""A made-up case with a paper of every kind, for looking at a template before it is used.

Values go by the name of the field, so that a new field of a matter needs one line here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from enforcer.course_terms import (
    ClosingWay,
    Gains,
    Outcome,
    PeriodKind,
    ReviewOpinion,
    SeizureKind,
    ServiceMethod,
)
from enforcer.documents import (
    course_fields,
    course_rules,
    evidence_list,
    evidence_specimen,
    fields,
    notice_fields,
)
from enforcer.documents.course_facts import (
    CaseOnPaper,
    CourseDays,
    CoursePaper,
    EvidenceOnPaper,
    ImpositionOnPaper,
    NoticeServed,
    PersonOnPaper,
    PrintedOnPaper,
    SignOffOnPaper,
    ThingOnPaper,
)
from enforcer.documents.course_facts_after import (
    EntryOnPaper,
    InstalmentOnPaper,
    ReceiptOnPaper,
    ServedOnPaper,
)
from enforcer.documents.course_facts_decision import AttendeeOnPaper
from enforcer.documents.course_facts_start import PhotoOnPaper
from enforcer.documents.facts import OfficerOnPaper, OrganOnPaper, PartyOnPaper, SummaryDecision
from enforcer.law.notice_defaults import Wording
from enforcer.paper_terms import Matter
from enforcer.terms import (
    Defence,
    Discretion,
    IdKind,
    NoPenaltyReason,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    PlateColour,
    Sex,
)

CHINA = ZoneInfo("Asia/Shanghai")
NOTICE, SUMMARY = "courteous_notice", "summary_decision"
ACTED = date(2026, 9, 3)
_PLAIN: Mapping[str, type] = {"str": str, "bool": bool, "int": int}
ACT = (
    "运输渣土的重型自卸货车（号牌湘J·A5177）厢盖没有闭合，沿滨河大道由南向北行驶约300米，"
    "沿途遗撒渣土，污染路面约120平方米"
)
BREACHED = "《中华人民共和国生态环境法典》第二百四十一条第一款"
SANCTIONED = "《中华人民共和国生态环境法典》第一千一百二十九条"
ORGAN = OrganOnPaper(
    name="（机关名称）",
    address="（机关地址）",
    phone="（机关电话）",
    reconsideration_body="（本级）人民政府",
    reconsideration_address="（复议机关地址）",
    court="（有管辖权的）人民法院",
    bank_name="（代收银行）",
    bank_address="（银行地址）",
    bank_account="（账号）",
    bank_payee="（户名）",
    electronic_payment="扫描缴款通知单上的二维码",
    postcode="（邮编）",
)
PARTIES: Mapping[PartyKind, PartyOnPaper] = {
    PartyKind.LEGAL_PERSON: PartyOnPaper(
        PartyKind.LEGAL_PERSON, "样例渣土运输有限公司", IdKind.CREDIT_CODE, "91430700MA4L16JQ9C",
        address="工业大道88号", phone="13800000000", legal_representative="陈样",
        position="执行董事兼总经理", postcode="415000",
    ),
    PartyKind.CITIZEN: PartyOnPaper(
        PartyKind.CITIZEN, "李样", IdKind.RESIDENT_ID, "430702198801011234", Sex.MALE,
        address="建设路8号3栋201室", phone="13800000001",
    ),
    PartyKind.SOLE_TRADER: PartyOnPaper(
        PartyKind.SOLE_TRADER, "样例运输部", IdKind.CREDIT_CODE, "92430700MA4L16JQ99",
        address="人民路100号", phone="13800000002", legal_representative="王样",
    ),
}  # fmt: skip
OFFICERS = (
    OfficerOnPaper("周样", "J0000001", valid_until=date(2030, 12, 31)),
    OfficerOnPaper("何样", "J0000002", valid_until=date(2030, 12, 31)),
)
_HAND = "____________"
CHAIN = ("承办机构\n负责人意见", "法制机构\n审核意见", "行政机关\n负责人意见")
_PERSON = PersonOnPaper(
    name="陶样", sex="男", born_on=date(1985, 3, 12), ethnicity="汉族",
    id_number="430702198503121234", employer="样例渣土运输有限公司", occupation="驾驶员",
    phone="13800000003", address="松杨街道建设村8组", relation="当事人的驾驶员、现场负责人",
    authority="特别授权",
)  # fmt: skip
_THINGS = (
    ThingOnPaper(name="建筑垃圾运输联单", quantity="3本", spec="A5", condition="完好",
                 note="9月1日至3日", disposal="复印核对后返还"),
    ThingOnPaper(name="定位记录仪存储卡", quantity="1张", spec="64 GB", condition="完好",
                 note="随车", disposal="提取数据后返还"),
)  # fmt: skip
_EVIDENCE = (
    EvidenceOnPaper(name="现场检查（勘验）笔录、现场照片4张", proves="厢盖没有闭合、渣土遗撒的路段和面积",
                    on=date(2026, 9, 3)),
    EvidenceOnPaper(name="驾驶员陶样的调查（询问）笔录", proves="车辆由当事人调派", on=date(2026, 9, 7)),
)  # fmt: skip
_IMPOSITION = ImpositionOnPaper(
    kinds=(PenaltyKind.FINE,),
    fine_fen=500_000,
    gains=Gains.NONE,
    discretion=Discretion.LIGHTER,
    discretion_reason="当事人立即派员清扫，主动消除了违法行为的危害后果",
    benchmark="（裁量基准名称）",
    breached=BREACHED,
    sanctioned_by=SANCTIONED,
    law_reason="行为发生在现行规定施行以后，适用现行规定",
    lowest_fen=200_000,
    highest_fen=2_000_000,
    correction="对运输车辆采取密闭措施，防止物料遗撒",
)
_SPARED = replace(
    _IMPOSITION, outcome=Outcome.NO_PENALTY, kinds=(), fine_fen=0,
    discretion=Discretion.NO_PENALTY, no_penalty_reason=NoPenaltyReason.FIRST_VIOLATION,
    discretion_reason="经查询，当事人为初次违法，两小时内清扫完毕",
)  # fmt: skip
_DAYS = {
    "received": 3, "checked": 3, "outcome": 4, "filed": 4, "from": 4, "notice": 4, "approved": 4,
    "asked": 7, "discovered": 3, "due": 8, "disposed": 10, "until": 14, "concluded": 16,
    "requested": 18, "heard": 18, "sent": 19, "recusal_by": 20, "reviewed": 20, "replied": 21,
    "hearing": 22, "discussed": 22, "ruled": 23, "decision": 24, "decided": 24, "served": 24,
    "corrected": 24, "released": 24, "applied": 26, "compiled": 28, "inspected": 29,
    "archived": 30, "closed": 28, "urged": 26, "extended": 15, "arrived": 24, "reply_due": 17,
}  # fmt: skip
"""What is dated in a matter, and on which day of the September of the case."""
_SAID: Mapping[str, Any] = {
    # people
    "informant": "（来电人）刘女士", "informant_phone": "13800000004", "party_name": "样例渣土运输有限公司",
    "recorder": "何样", "witness": "吴样", "witness_address": "滨河社区居民委员会", "by": "周样",
    "taken_by": "周样", "confirmed_by": "陶样", "in_charge": _PERSON, "person": _PERSON,
    "agents": (_PERSON,), "chair": "文样", "members": ("易样",), "speaker": "陶样",
    "reviewer": "文样", "host": "谢样", "reporter": "周样", "observers": "文样（法制机构负责人）",
    "head": "谢样", "head_position": "局长", "agent": "周样", "agent_position": "执法人员",
    "approved_by": "谢样", "officer": "何样", "proposed": ("周样", "何样"), "team": ("周样", "何样"),
    "compiler": "方样", "inspector": "文样", "receiver": "（受移送机关或者接收人）",
    "attendees": (
        AttendeeOnPaper(name="谢样", position="局长", opinion="事实清楚，同意从轻处罚"),
        AttendeeOnPaper(name="彭样", position="副局长", opinion="同意"),
    ),
    "others": "无", "qualification": "法律职业资格证书 A20100000000001",
    # the act, and what is said of it
    "source": "市长热线", "source_number": "RX20260903-0001", "place": "滨河大道（加油站至云港路口段）",
    "act": ACT, "facts": f"2026年9月3日14时35分许，{ACT}。", "summary": f"9月3日14时35分许，{ACT}。",
    "content": "问：车辆由谁调派？\n答：由公司调度室调派。\n问：车厢有没有密闭？\n答：装车以后没有合上厢盖。",
    "findings": "执法人员到达现场，查见渣土沿途遗撒，线索属实。", "attachments": ("热线工单1份", "现场照片4张"),
    "outcome": "立案", "outcome_reason": "有违法事实，属于本机关管辖。", "grounds": "有初步证据证明上述违法事实，属于本机关管辖。",
    "reply": "已电话答复来电人：线索属实，已立案调查。", "words": "建议按规定办理。",
    "breached": BREACHED, "basis": f"《中华人民共和国行政处罚法》第二十八条第一款、{SANCTIONED}",
    "reason": "情况需要，理由如上", "bring": "营业执照、授权委托书、车辆行驶证", "contact": "周样，（机关电话）",
    "authority": "《中华人民共和国生态环境法典》第五十二条", "way": "当面说服教育",
    "disposal_words": "上述物品已经核对，不再需要保存", "extension_reason": "案情需要进一步查明",
    "release_reason": "当事人已经改正，不再需要扣押", "collect_at": "（领取地点）",
    "notice_number": "（告知书文号）", "decision_number": "（决定书文号）",
    "imposition": _IMPOSITION, "evidence": _EVIDENCE, "things": _THINGS, "disposed": _THINGS,
    "released": _THINGS[:1], "course": "经过调查、核对和复核，记录在卷。",
    "defence_words": "已及时清扫，请求减少罚款", "defence_answer": "理由成立，予以采纳",
    "hearing_words": "听证依法公开举行。", "review_words": "已经法制审核，同意。", "new_facts": "",
    "defence": Defence.ADOPTED, "defence_days": 5, "other_performance": "（其他处罚的履行方式）",
    "corrected": "已清扫遗撒的渣土，修复车辆厢盖", "education": "说明违法的事实、依据和危害，当事人表示接受",
    "record": "主持人：宣布听证纪律，告知权利和义务。\n当事人：事实没有异议，请求从轻处罚。",
    "opinion": "事实清楚，证据确凿，建议从轻处罚。", "conclusion": "一致同意从轻处罚。",
    "subject": "主体合法，两名执法人员持有有效证件。", "law": "适用法律正确。", "procedure": "程序合法。",
    "crime": "没有发现涉嫌犯罪。", "private_reason": "", "refusal_reason": "当事人认为处罚过重",
    "recusal_answer": "不申请回避", "promises": ("装载后闭合厢盖方可上路", "按照核准的路线运输"),
    # service, money, court, closing
    "served": (ServedOnPaper(title="行政处罚决定书", number="（决定书文号）", on=date(2026, 9, 24)),),
    "method": ServiceMethod.DIRECT, "relation": "同事", "proxy_reason": "法定代表人不在", "video": "（视频编号）",
    "mail_number": "（邮件号码）", "address": "（送达地址）", "note": "（备注）", "tried": "直接送达、邮寄送达均无人接收",
    "where": "（本级）人民政府网站", "phone": "13800000000", "email": "yangli@example.cn", "fax": "（传真）",
    "other": "（其他方式）", "remedy_channel": "（复议网上渠道）", "how_to_pay": "", "other_duty": "",
    "court": "（有管辖权的）人民法院", "party_words": "当事人没有提出陈述、申辩", "penalty": "罚款人民币伍仟元整（￥5000.00）",
    "fine_fen": 500_000, "additional_fen": 150_000, "additional_days": 10, "pages": 18, "year": 2026,
    "parts": (
        InstalmentOnPaper(due_on=date(2026, 10, 20), amount_fen=250_000),
        InstalmentOnPaper(due_on=date(2026, 11, 20), amount_fen=250_000),
    ),
    "measures": "对车辆先行登记保存", "goods_words": "登记保存的物品已全部返还。",
    "performance": "当事人已改正，罚款已缴清。", "retention": "30年", "archive_number": "20260001",
    "fonds": "0001", "entries": (
        EntryOnPaper(title="立案审批表", number="（立案号）", on=date(2026, 9, 4), first=1, last=1),
        EntryOnPaper(title="行政处罚决定书", number="（决定书文号）", on=date(2026, 9, 24), first=2, last=4),
    ),
    "receipts": (ReceiptOnPaper(number="（票据号码）", on=date(2026, 9, 30), amount_fen=500_000),),
    "photos": (PhotoOnPaper(name="IMG_0001.jpg", place="滨河大道", taken_by="周样", content="遗撒路段全景",
                            taken_at=datetime(2026, 9, 3, 15, 10, tzinfo=CHINA)),),
    "certificates_shown": True, "rights_told": True, "by_party": True, "granted": True,
    "hearing_offered": True, "adopted": True, "kind": SeizureKind.IMPOUND,
}  # fmt: skip
_OWN: Mapping[str, Any] = {
    "LeadOnPaper.content": "来电反映：一辆渣土车沿滨河大道行驶，一路掉落渣土，请尽快处理。",
    "LeadOnPaper.attachments": "热线工单1份",
    "SummonsOnPaper.person": "样例渣土运输有限公司",
    "SamplingOnPaper.in_charge": "陶样",
    "HearingOnPaper.ended_at": datetime(2026, 9, 22, 16, 40, tzinfo=CHINA),
    "PreservationOnPaper.reason": "证据可能灭失或者以后难以取得",
    "AnnouncementOnPaper.served": ServedOnPaper(title="行政处罚决定书", number="（决定书文号）",
                                                on=date(2026, 9, 24)),
    "AnnouncementOnPaper.content": "责令改正，罚款人民币伍仟元整（￥5000.00）",
    "ReviewOnPaper.opinion": ReviewOpinion.AGREED,
    "ReviewOnPaper.proposed": "责令改正，罚款人民币伍仟元整（￥5000.00）。",
    "ReviewOnPaper.facts": "违法事实清楚，证据确凿。",
    "DefenceReviewOnPaper.evidence": "清扫现场照片4张",
    "DossierOnPaper.outcome": "罚款人民币伍仟元整（￥5000.00）",
    "DossierOnPaper.words": "本卷共18页，材料齐全，装订完好。",
    "ClosureOnPaper.way": ClosingWay.PERFORMED,
    "ClosureOnPaper.decision_title": "《行政处罚决定书》（决定书文号）",
    "UrgingOnPaper.penalty": "罚款人民币伍仟元整（￥5000.00）",
    "RevocationOnPaper.decision_title": "《行政处罚决定书》（决定书文号）",
    "RevocationOnPaper.reason": "该车辆不属于当事人，违法事实认定有误",
    "PeriodOnPaper.kind": PeriodKind.EXTENSION,
    "PeriodOnPaper.rule": "（法律、法规、规章允许延长的条款）",
    "PeriodOnPaper.reason": "涉案渣土的成分需要检测，九十日内不能作出决定",
    "PeriodOnPaper.days": 30,
    "TransferOnPaper.crime": "上述行为涉嫌犯罪，依法需要追究刑事责任",
    "TransferOnPaper.basis": "《行政执法机关移送涉嫌犯罪案件的规定》第三条、第五条",
    "DismissalOnPaper.facts": "经调查，渣土由其他车辆遗撒。",
}  # fmt: skip


def fields_of(
    key: str, party: PartyKind = PartyKind.LEGAL_PERSON, organ: OrganOnPaper | None = None
) -> dict[str, Any]:
    """The fields of the specimen of one paper, in the name of this organ."""
    if key == NOTICE:
        return notice_fields.notice_fields(notice(organ))
    if key == SUMMARY:
        return fields.summary_fields(summary(party, organ))
    if key in evidence_list.KEYS:
        return evidence_specimen.fields_of(key, organ.name if organ else "")
    return course_fields.course_fields(course(key, party, organ))


def for_hand(key: str, party: PartyKind, organ: OrganOnPaper | None = None) -> dict[str, Any]:
    """The fields behind an empty form: names that sentences are made with are space as well."""
    if key in (NOTICE, SUMMARY):
        return fields_of(key, party, organ)
    if key in evidence_list.KEYS:
        return evidence_specimen.fields_of(key, organ.name if organ else "", by_hand=True)
    paper = course(key, party, organ)
    hand = tuple(OfficerOnPaper(_HAND, _HAND) for _ in OFFICERS)
    named = replace(PARTIES[party], name=_HAND)
    case = replace(paper.case, party=named, cause=_HAND, handlers=hand)
    return course_fields.course_fields(replace(paper, officers=hand, case=case))


def notice(organ: OrganOnPaper | None = None) -> notice_fields.NoticeFacts:
    """A courteous notice as full as one can be."""
    organ = organ or ORGAN
    return notice_fields.NoticeFacts(
        number="（编号）",
        uid=UUID(int=0),
        sender=notice_fields.Sender(organ.name, organ.phone, organ.address, "（承办单位）"),
        wording=Wording(
            "该处为人行道，停放车辆影响行人通行", "《中华人民共和国道路交通安全法》第五十六条第一款"
        ),
        plate="湘J·12345",
        plate_known=True,
        colour=PlateColour.BLUE,
        noticed_at=datetime(2026, 9, 3, 9, 30, tzinfo=CHINA),
        place="滨河路118号门前人行道",
        situation="人行道停放",
        nearby="市民广场停车场",
        officers=tuple((one.name, one.certificate) for one in OFFICERS),
        recorders=("0700021",),
        nth="第2次（上次2026-06-14）",
        note="（备注）",
        next_step="再次发现的，将依法处理。",
    )


def summary(
    party: PartyKind = PartyKind.CITIZEN, organ: OrganOnPaper | None = None
) -> SummaryDecision:
    """An on-the-spot decision that the inspection passes."""
    return SummaryDecision(
        uid=UUID(int=0),
        number="（编号）",
        organ=organ or ORGAN,
        party=PARTIES[party],
        officers=OFFICERS,
        decided_on=ACTED,
        acted_at=datetime(2026, 9, 3, 9, 40, tzinfo=CHINA),
        place="桃林路118号门前人行道",
        cause="擅自占用城市道路",
        act="擅自占用城市道路摆放货筐约三平方米",
        evidence="现场照片2张、执法记录仪视频2段",
        breached="《城市道路管理条例》第二十七条第一项",
        sanctioned_by="《城市道路管理条例》第四十二条",
        defence=Defence.WAIVED,
        kinds=(PenaltyKind.FINE,),
        fine_fen=20_000,
        correction="立即清理占用道路的货物",
        payment=PaymentMode.BANK,
        refused_to_sign=True,
        refusal_reason="当事人认为处罚过重",
        recorders=("0700001", "0700002"),
    )


def course(
    key: str, party: PartyKind = PartyKind.LEGAL_PERSON, organ: OrganOnPaper | None = None
) -> CoursePaper:
    """One paper of the specimen case."""
    matter = _filled(course_fields.kind_of(key).matter)
    if course_rules.rule(key).matter is Matter.NO_PENALTY:
        matter = replace(matter, imposition=_SPARED)
    return CoursePaper(
        key=key,
        uid=UUID(int=0),
        on=_day("decision"),
        number="（文号）",
        case=_case(PARTIES[party], organ or ORGAN),
        officers=OFFICERS,
        sign_offs=tuple(SignOffOnPaper(level=one) for one in CHAIN),
        matter=matter,
        earlier=_earlier(course_rules.rule(key).cites),
    )


def _earlier(key: str) -> PrintedOnPaper | None:
    """The paper that the specimen names, as it would have come out before."""
    if not key:
        return None
    title = course_rules.rule(key).title
    return PrintedOnPaper(title=title, number="（前一份文书的文号）", on=_day("filed"))


def _case(party: PartyOnPaper, organ: OrganOnPaper) -> CaseOnPaper:
    return CaseOnPaper(
        number="（立案号）",
        organ=replace(organ, handled_by=organ.handled_by or "（承办单位）"),
        unit="（承办机构）",
        party=party,
        party_born_on=date(1988, 1, 1) if party.kind is PartyKind.CITIZEN else None,
        cause="运输渣土未采取密闭措施防止物料遗撒",
        source="市长热线",
        place=str(_SAID["place"]),
        acted_at=datetime(2026, 9, 3, 14, 35, tzinfo=CHINA),
        discovered_on=ACTED,
        plate="湘J·A5177",
        handlers=OFFICERS,
        decision_number="（决定书文号）",
        days=CourseDays(
            filed_on=_day("filed"), concluded_on=_day("concluded"), reviewed_on=_day("reviewed"),
            discussed_on=_day("discussed"), ruled_on=_day("ruled"), decided_on=_day("decided"),
            decision_served_on=_day("served"), closed_on=_day("closed"),
        ),
        notice=NoticeServed(
            number="（告知书文号）", on=date(2026, 9, 17), served_on=date(2026, 9, 17),
            fine_fen=600_000, kinds=(PenaltyKind.FINE,), hearing_offered=True,
            defence_until=date(2026, 9, 22),
        ),
    )  # fmt: skip


def _filled(matter: type[Any]) -> Any:
    """The matter with every field that has a value of its name or is a day or a moment."""
    values = {}
    for one in dataclasses.fields(matter):
        found = _OWN.get(f"{matter.__name__}.{one.name}", _SAID.get(one.name))
        if found is None and "datetime" in str(one.type):
            found = _moment(one.name)
        elif found is None and "date" in str(one.type):
            found = _day(one.name)
        if found is not None and isinstance(found, _PLAIN.get(str(one.type), object)):
            values[one.name] = found
    return matter(**values)


def _day(name: str) -> date:
    """The day of what a field is called by: `notice_on`, `served_on`, `from_on`."""
    stem = name.removesuffix("_on")
    return date(2026, 9, _DAYS.get(stem, _DAYS.get(stem.split("_", maxsplit=1)[0], 24)))


def _moment(name: str) -> datetime:
    ended = name.startswith("ended")
    day = 3 if name in ("began_at", "ended_at", "received_at", "taken_at") else 22
    return datetime(2026, 9, day, 16 if ended else 15, 40 if ended else 10, tzinfo=CHINA)
