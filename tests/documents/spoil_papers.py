"""Every paper of the spoil case, each with all that the case has to say on it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from enforcer.documents import course_facts_start as start
from enforcer.documents.course_facts import CaseOnPaper, CoursePaper
from tests.documents.spoil_case import (
    ACT,
    COMPANY,
    DRIVER,
    OFFICERS,
    TRUCK,
    Law,
    at,
    case,
    days,
    signed,
)

INSPECTED = (
    f"现场位于长岭大道由南向北机动车道。道路东侧停有重型自卸货车一辆，号牌{TRUCK}，车厢装有渣土，"
    "厢盖敞开，没有闭合，厢板后沿附着新鲜渣土。\n"
    "自顺达加油站出口起，至云港路口止，机动车道上有断续的渣土遗撒带，长约600米，宽约0.4米，"
    "遗撒面积约240平方米，厚度约1厘米。渣土未干，车辙方向与该车行驶方向一致。\n"
    "该车驾驶员陶小兵在场，现场负责人陶小兵出示了建筑垃圾运输联单。现场拍摄照片6张，"
    "执法记录仪0600012、0600019全程录像。"
)
ASKED = (
    "问：车辆由谁调派，从哪里运到哪里？\n"
    "答：由云溪顺达渣土运输有限公司调度室调派，从云港路安置房工地运到南山消纳场。\n"
    "问：车厢有没有密闭？\n"
    "答：装车以后赶时间，厢盖没有合上就出了工地。\n"
    "问：你什么时候发现渣土遗撒？\n"
    "答：执法人员把车拦下以后才知道，公司已经派人来清扫。\n"
    "问：你还有什么要补充的？\n"
    "答：没有了，公司愿意马上整改，请求从轻处理。"
)


def paper(
    key: str,
    on: date,
    matter: object,
    number: str = "",
    case_: CaseOnPaper | None = None,
    **more: Any,
) -> CoursePaper:
    """One paper of the case, signed by its two officers."""
    return CoursePaper(
        key=key,
        uid=UUID(int=(int.from_bytes(key.encode()[:6], "big") << 80) + 1),
        on=on,
        number=number,
        case=case_ or case(),
        officers=OFFICERS,
        matter=matter,
        **more,
    )


def lead(law: Law) -> CoursePaper:
    when = days(law)
    matter = start.LeadOnPaper(
        source="市长热线",
        source_number="RX20260820-1187",
        received_at=at(when["act"], 14, 50),
        informant="（来电人）刘女士",
        informant_phone="13507300000",
        reply_due_on=when["filed"] + timedelta(days=6),
        party_name=COMPANY.name,
        place="云溪区长岭大道（顺达加油站至云港路口段）",
        content="来电反映：一辆渣土车沿长岭大道向北行驶，一路掉落渣土，路面灰尘很大，车牌尾号177，请尽快处理。",
        attachments="热线工单1份",
        recorder="易婷",
        checked_on=when["act"],
        findings=f"执法人员15时10分到达现场，查见重型自卸货车（号牌{TRUCK}）厢盖没有闭合，渣土沿途遗撒，线索属实。",
        outcome="立案",
        outcome_reason="有违法事实，属于本机关管辖。",
        outcome_on=when["filed"],
        reply="已电话答复来电人：线索属实，已立案调查，路面当日清扫完毕。",
        replied_on=when["filed"],
    )
    return paper(
        "lead_register", when["act"], matter, f"云城管案源〔{when['act'].year}〕第126号", case(law),
        sign_offs=signed(when["filed"], when["filed"], when["filed"])[:1],
    )  # fmt: skip


def filing(law: Law) -> CoursePaper:
    when = days(law)
    matter = start.FilingOnPaper(
        act=f"{when['act'].month}月{when['act'].day}日14时35分许，{ACT}。",
        summary=f"{when['act'].month}月{when['act'].day}日14时35分许，{ACT}。",
        checked_on=when["act"],
        findings="路面有渣土遗撒带，车辆厢盖没有闭合，来电反映属实。",
        grounds="经核查，有初步证据证明上述违法事实，属于本机关管辖，在追责时效以内。",
        breached=law.breached,
        words="建议立案调查。",
        proposed=("周敏", "何志远"),
    )
    return paper(
        "filing_approval", when["filed"], matter, case(law).number, case(law),
        sign_offs=signed(when["filed"], when["filed"], when["filed"]),
    )  # fmt: skip


def filing_refused(law: Law) -> CoursePaper:
    when = days(law)
    one = filing(law)
    matter = start.FilingOnPaper(
        summary="经查，来电反映的路段没有发现渣土遗撒；沿线监控显示，当时经过的渣土车厢盖闭合，没有掉落物料。",
        grounds="没有发现依法应当给予行政处罚的行为，不符合立案条件。",
        breached=law.breached,
        words="建议不予立案，并答复来电人。",
    )
    return replace(one, key="filing_refusal_approval", matter=matter, on=when["filed"])


def recusal(law: Law) -> CoursePaper:
    when = days(law)
    matter = start.RecusalOnPaper(
        officer="何志远",
        asked_on=when["asked"],
        reason="执法人员何志远是本单位股东的亲属",
        granted=False,
        words="何志远与当事人的股东没有亲属关系，申请的理由不能成立",
    )
    number = f"云城管回避字〔{law.acted_on.year}〕第002号"
    return paper("recusal_decision", when["asked"] + timedelta(days=1), matter, number, case(law))


def inspection(law: Law) -> CoursePaper:
    when = days(law)
    matter = start.RecordOnPaper(
        began_at=at(when["act"], 15, 10),
        ended_at=at(when["act"], 15, 52),
        place="云溪区长岭大道（顺达加油站至云港路口段）",
        in_charge=DRIVER,
        witness="吴桂英",
        witness_address="长岭街道长岭社区居民委员会",
        recorder="何志远",
        certificates_shown=True,
        rights_told=True,
        recusal_answer="不申请回避",
        attached="现场方位图1份、照片6张",
        content=INSPECTED,
    )
    return paper("inspection_record", when["act"], matter, case_=case(law))


def photos(law: Law) -> CoursePaper:
    when = days(law)
    shown = ("遗撒路段全景，由南向北", "厢盖没有闭合的车厢和号牌")
    matter = start.PhotosOnPaper(
        photos=tuple(
            start.PhotoOnPaper(
                name=f"IMG_{n:04d}.jpg",
                place="云溪区长岭大道（顺达加油站至云港路口段）",
                taken_at=at(when["act"], 15, 10 + n),
                taken_by="周敏",
                content=words,
            )
            for n, words in enumerate(shown, 1)
        ),
        confirmed_by=DRIVER.name,
    )
    return paper("photo_evidence", when["act"], matter, case_=case(law))


def summons(law: Law) -> CoursePaper:
    when = days(law)
    matter = start.SummonsOnPaper(
        person=COMPANY.name,
        act=f"车辆（号牌{TRUCK}）涉嫌{case(law).cause}",
        come_at=at(when["asked"], 9, 30),
        place="云溪区城市管理和综合执法局渣土执法中队（云溪区长街66号201室）",
        bring="营业执照、法定代表人身份证明、授权委托书和受托人身份证件、车辆行驶证、当日的建筑垃圾运输联单",
        contact="周敏，0730-8400021",
    )
    number = f"云城管询通字〔{law.acted_on.year}〕第021号"
    return paper("inquiry_notice", when["filed"], matter, number, case(law))


def inquiry(law: Law) -> CoursePaper:
    when = days(law)
    matter = start.RecordOnPaper(
        began_at=at(when["asked"], 9, 40),
        ended_at=at(when["asked"], 10, 25),
        place="云溪区城市管理和综合执法局询问室",
        person=DRIVER,
        recorder="何志远",
        certificates_shown=True,
        rights_told=True,
        recusal_answer="不申请回避",
        content=ASKED,
    )
    return paper("inquiry_record", when["asked"], matter, case_=case(law))


def correction(law: Law) -> CoursePaper:
    when = days(law)
    matter = start.CorrectionOnPaper(
        act=f"于{when['act'].month}月{when['act'].day}日在长岭大道运输渣土未采取密闭措施，造成渣土遗撒",
        breached=law.breached,
        basis=f"《中华人民共和国行政处罚法》第二十八条第一款、{law.sanctioned_by}",
        content="停止未密闭运输，清扫长岭大道遗撒的渣土；检修所有运输车辆的厢盖，装载后闭合厢盖方可上路",
        due_on=when["asked"],
    )
    number = f"云城管责改字〔{law.acted_on.year}〕第033号"
    return paper("correction_order", when["act"], matter, number, case(law))


START: dict[str, Callable[[Law], CoursePaper]] = {
    "lead_register": lead,
    "filing_approval": filing,
    "filing_refusal_approval": filing_refused,
    "recusal_decision": recusal,
    "inspection_record": inspection,
    "photo_evidence": photos,
    "inquiry_notice": summons,
    "inquiry_record": inquiry,
    "correction_order": correction,
}
