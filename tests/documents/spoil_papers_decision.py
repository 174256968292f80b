"""The spoil case: things kept, the report, the notice, the defence, the hearing, the decision."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from enforcer.course_terms import Outcome, ReviewOpinion
from enforcer.documents import course_facts_decision as deciding
from enforcer.documents import course_facts_start as start
from enforcer.documents.course_facts import CoursePaper, PersonOnPaper
from enforcer.terms import Defence, Discretion, NoPenaltyReason
from tests.documents.spoil_case import (
    ACT,
    DRIVER,
    SEIZED,
    THINGS,
    Law,
    at,
    case,
    days,
    decided,
    evidence,
    imposition,
    signed,
)
from tests.documents.spoil_papers import paper

AGENT = PersonOnPaper(
    name="黎建国",
    sex="男",
    employer="云溪顺达渣土运输有限公司",
    occupation="安全主管",
    phone="13607300000",
    relation="当事人的委托代理人",
    authority="特别授权",
    id_number="430603197907081234",
    address="云溪区岳化街道胜利小区12栋",
)
DEFENCE = (
    "公司对遗撒渣土的事实没有异议；当天因厢盖液压杆故障没有合上，发现后已立即派出洒水车和八名工人清扫，"
    "两小时内恢复路面整洁，请求减少罚款。"
)
REASON = "证据就在车辆上，随车使用，可能灭失或者以后难以取得"


def facts(law: Law) -> str:
    day = days(law)["act"]
    return f"{day.year}年{day.month}月{day.day}日14时35分许，{ACT}。当日17时，当事人清扫完毕，路面恢复整洁。"


def _kept(law: Law) -> start.PreservationOnPaper:
    when = days(law)
    return start.PreservationOnPaper(
        act=f"于{when['act'].month}月{when['act'].day}日在长岭大道运输渣土未采取密闭措施，造成渣土遗撒",
        breached=law.breached,
        reason=REASON,
        in_place=False,
        place="云溪区城市管理和综合执法局物证室",
        from_on=when["filed"],
        until_on=when["disposed"] + timedelta(days=4),
        things=THINGS,
        approved_by="谢建平",
        approved_on=when["filed"],
        notice_number=f"云城管登存通字〔{law.acted_on.year}〕第006号",
        notice_on=when["filed"],
        disposed=THINGS,
        disposal_words="上述证据已经复印、提取数据并核对，不再需要保存",
    )


def preservation_approval(law: Law) -> CoursePaper:
    when = days(law)
    return paper(
        "preservation_approval", when["filed"], _kept(law), case_=case(law),
        sign_offs=signed(when["filed"], when["filed"], when["filed"]),
    )  # fmt: skip


def preservation_notice(law: Law) -> CoursePaper:
    one = _kept(law)
    return paper("preservation_notice", days(law)["filed"], one, one.notice_number, case(law))


def preservation_list(law: Law) -> CoursePaper:
    one = _kept(law)
    return paper("preservation_list", days(law)["filed"], one, one.notice_number, case(law))


def preservation_disposal(law: Law) -> CoursePaper:
    number = f"云城管登处通字〔{law.acted_on.year}〕第006号"
    return paper("preservation_disposal", days(law)["disposed"], _kept(law), number, case(law))


def _seized(law: Law) -> start.SeizureOnPaper:
    when = days(law)
    until = when["filed"] + timedelta(days=30)
    return start.SeizureOnPaper(
        act=f"于{when['act'].month}月{when['act'].day}日在长岭大道运输渣土未采取密闭措施，遗撒渣土后拒不清扫，仍继续上路运输",
        reason="该车仍在继续遗撒，可能造成严重污染",
        authority=law.seizure,
        from_on=when["filed"],
        until_on=until,
        place="云溪区车辆停放中心",
        contact="周敏，0730-8400021",
        things=SEIZED,
        decision_number=f"云城管扣字〔{law.acted_on.year}〕第003号",
        decision_on=when["filed"],
        approved_by="谢建平",
        approved_on=when["filed"],
        extension_reason="车辆的实际所有人需要另行查明",
        extended_from=until + timedelta(days=1),
        release_reason="当事人已经清扫路面并修复厢盖，不再需要扣押",
        released_on=when["decided"],
        released=SEIZED,
        collect_at="云溪区车辆停放中心（每日9时至17时）",
    )


def seizure_approval(law: Law) -> CoursePaper:
    when = days(law)
    return paper(
        "seizure_approval", when["filed"], _seized(law), case_=case(law),
        sign_offs=signed(when["filed"], when["filed"], when["filed"]),
    )  # fmt: skip


def seizure_decision(law: Law) -> CoursePaper:
    one = _seized(law)
    return paper("seizure_decision", days(law)["filed"], one, one.decision_number, case(law))


def seizure_list(law: Law) -> CoursePaper:
    one = _seized(law)
    return paper("seizure_list", days(law)["filed"], one, one.decision_number, case(law))


def seizure_extension(law: Law) -> CoursePaper:
    one = _seized(law)
    assert one.until_on
    longer = replace(one, until_on=one.until_on + timedelta(days=30))
    number = f"云城管扣延字〔{law.acted_on.year}〕第001号"
    return paper("seizure_extension", one.until_on, longer, number, case(law))


def seizure_release(law: Law) -> CoursePaper:
    number = f"云城管解扣字〔{law.acted_on.year}〕第003号"
    return paper("seizure_release", days(law)["decided"], _seized(law), number, case(law))


def sampling(law: Law) -> CoursePaper:
    when = days(law)
    matter = start.SamplingOnPaper(
        began_at=at(when["filed"], 15, 55),
        ended_at=at(when["filed"], 16, 10),
        place="云溪区长岭大道云港路口",
        in_charge=DRIVER.name,
        phone=DRIVER.phone,
        breached=law.breached,
        reason=f"于{when['act'].month}月{when['act'].day}日在长岭大道运输渣土未采取密闭措施，造成渣土遗撒",
        things=(
            replace(
                THINGS[0], name="遗撒的渣土", quantity="1袋", spec="约2千克", condition="潮湿、块状"
            ),
        ),
    )
    number = f"云城管抽字〔{law.acted_on.year}〕第004号"
    return paper("sampling_receipt", when["filed"], matter, number, case(law))


def _opinion(law: Law) -> deciding.OpinionOnPaper:
    return deciding.OpinionOnPaper(
        imposition=imposition(law), facts=facts(law), evidence=evidence(law)
    )


def report(law: Law) -> CoursePaper:
    one = _opinion(law)
    fined = replace(one.imposition, fine_fen=1_000_000)
    matter = replace(one, imposition=fined)
    return paper("investigation_report", days(law)["concluded"], matter, case_=case(law))


def notice(law: Law) -> CoursePaper:
    one = _opinion(law)
    fined = replace(one.imposition, fine_fen=1_000_000)
    matter = replace(one, imposition=fined, defence_days=5)
    number = f"云城管罚先告字〔{law.acted_on.year}〕第011号"
    return paper("prior_notice", days(law)["told"], matter, number, case(law))


def waiver(law: Law) -> CoursePaper:
    matter = deciding.WaiverOnPaper(
        notice_number=f"云城管罚先告字〔{law.acted_on.year}〕第011号", hearing_offered=True
    )
    return paper("waiver_receipt", days(law)["told"], matter, case_=case(law))


def defence(law: Law) -> CoursePaper:
    when = days(law)
    matter = start.RecordOnPaper(
        began_at=at(when["defended"], 15, 0),
        ended_at=at(when["defended"], 15, 30),
        place="云溪区城市管理和综合执法局询问室",
        person=AGENT,
        recorder="何志远",
        certificates_shown=True,
        rights_told=True,
        content=DEFENCE,
    )
    return paper("defence_record", when["defended"], matter, case_=case(law))


def defence_review(law: Law) -> CoursePaper:
    when = days(law)
    matter = deciding.DefenceReviewOnPaper(
        speaker=AGENT.name,
        heard_on=when["defended"],
        words=DEFENCE,
        evidence="清扫现场照片4张、洒水车派车单1张",
        course="承办人核对了清扫现场照片和派车单的时间，调阅了长岭大道当日的监控视频，向长岭社区居民委员会核实了清扫的时间和效果。",
        adopted=True,
        opinion="当事人主动消除违法行为危害后果的理由成立，建议采纳，从轻处罚，罚款由10000元改为8000元。",
        reviewer="周敏",
    )
    return paper(
        "defence_review", when["defence_reviewed"], matter, case_=case(law),
        sign_offs=signed(*[when["defence_reviewed"]] * 3),
    )  # fmt: skip


def _hearing(law: Law) -> deciding.HearingOnPaper:
    when = days(law)
    return deciding.HearingOnPaper(
        requested_on=when["defended"],
        at=at(when["hearing"], 9, 0),
        ended_at=at(when["hearing"], 11, 20),
        place="云溪区城市管理和综合执法局三楼会议室",
        chair="文慧",
        members=("易婷",),
        recorder="方洁",
        recusal_by=when["hearing"] - timedelta(days=2),
        contact="周敏、何志远",
        agents=(AGENT,),
        others="无",
        record=(
            "主持人：现在核对听证参加人的身份，宣布听证纪律，告知听证参加人的权利和义务。当事人是否申请回避？\n"
            "委托代理人：不申请回避。\n"
            "案件调查人员：当事人的车辆运输渣土没有密闭，遗撒路段长约600米，证据有现场检查笔录、照片和驾驶员的询问笔录，建议罚款。\n"
            "委托代理人：事实没有异议。当天液压杆故障，公司及时清扫，请求从轻处罚。\n"
            "主持人：双方对证据进行质证、辩论。\n"
            "委托代理人：最后陈述意见为请求从轻处罚。"
        ),
        course="听证公开举行，当事人的委托代理人黎建国到场，案件调查人员周敏、何志远提出了违法的事实、证据和处罚建议，双方进行了质证和辩论。",
        facts=facts(law),
        opinion="事实清楚，证据确凿，程序合法，适用法律正确；当事人主动消除危害后果，建议从轻处罚。",
    )


def hearing_notice(law: Law) -> CoursePaper:
    number = f"云城管听通字〔{law.acted_on.year}〕第002号"
    on = days(law)["defence_reviewed"]
    return paper("hearing_notice", on, _hearing(law), number, case(law))


def hearing_record(law: Law) -> CoursePaper:
    return paper("hearing_record", days(law)["hearing"], _hearing(law), case_=case(law))


def hearing_report(law: Law) -> CoursePaper:
    return paper("hearing_report", days(law)["hearing"], _hearing(law), case_=case(law))


def review(law: Law) -> CoursePaper:
    when = days(law)
    matter = deciding.ReviewOnPaper(
        sent_on=when["defence_reviewed"],
        proposed="责令改正，罚款人民币捌仟元整（￥8000.00）。",
        subject="本机关依法行使城市管理领域的行政处罚权，两名执法人员的执法证件均在有效期内。",
        facts="违法事实清楚，现场检查笔录、照片、询问笔录和卫星定位记录相互印证。",
        law=f"违反{law.breached}，依据{law.sanctioned_by}处罚。同一行为还涉及市容、道路交通的规定，已比较罚款数额，适用正确；从轻的理由成立。",
        procedure="立案、调查、告知、听取陈述申辩、复核均有记录，期限符合规定。",
        crime="没有发现涉嫌犯罪。",
        opinion=ReviewOpinion.AGREED,
        words="同意承办机构的意见。",
        reviewer="文慧",
        qualification="法律职业资格证书 A20104306000001",
    )
    return paper("legal_review_opinion", when["reviewed"], matter, case_=case(law),
                 sign_offs=signed(*[when["reviewed"]] * 3)[2:])  # fmt: skip


def discussion(law: Law) -> CoursePaper:
    when = days(law)
    matter = deciding.DiscussionOnPaper(
        began_at=at(when["discussed"], 9, 0),
        ended_at=at(when["discussed"], 9, 40),
        place="云溪区城市管理和综合执法局二楼会议室",
        reason="同一违法行为涉及多个法律规范，需要集体讨论适用的规定和罚款数额",
        host="谢建平",
        reporter="周敏",
        recorder="方洁",
        observers="文慧（法制股股长）、何志远（承办人）",
        facts=facts(law),
        evidence=_opinion(law).evidence,
        imposition=_opinion(law).imposition,
        review_words="同意。事实清楚，证据确凿，程序合法，适用法律正确。",
        defence_words="当事人请求从轻处理，经复核予以采纳。",
        attendees=(
            deciding.AttendeeOnPaper(
                name="谢建平", position="局长", opinion="事实清楚，同意从轻处罚，罚款8000元。"
            ),
            deciding.AttendeeOnPaper(
                name="彭立新", position="副局长", opinion="当事人清扫及时，同意罚款8000元。"
            ),
            deciding.AttendeeOnPaper(
                name="廖红", position="副局长", opinion="同意，并督促当事人检修全部车辆的厢盖。"
            ),
        ),
        conclusion=f"一致同意：适用{law.sanctioned_by}，责令改正，罚款人民币捌仟元整（￥8000.00）。",
    )
    return paper("discussion_record", when["discussed"], matter, case_=case(law))


def approval(law: Law) -> CoursePaper:
    when = days(law)
    matter = replace(
        _opinion(law),
        defence_words="当事人陈述、申辩，请求减少罚款；经复核，予以采纳。",
        review_words="已经法制审核，同意；已经负责人集体讨论。",
    )
    return paper(
        "decision_approval", when["ruled"], matter, case_=decided(law),
        sign_offs=signed(*[when["ruled"]] * 3),
    )  # fmt: skip


def decision(law: Law) -> CoursePaper:
    matter = deciding.DecisionOnPaper(
        imposition=imposition(law),
        facts=facts(law),
        evidence=evidence(law),
        defence=Defence.ADOPTED,
        defence_words="已及时清扫，请求减少罚款",
        defence_answer="当事人提供的清扫照片、派车单与监控视频相符，理由成立，罚款由拟处的人民币壹万元整改为人民币捌仟元整",
    )
    one = decided(law)
    return paper("penalty_decision", days(law)["decided"], matter, one.decision_number, one)


def no_penalty(law: Law) -> CoursePaper:
    when = days(law)
    matter = deciding.DecisionOnPaper(
        imposition=imposition(
            law,
            outcome=Outcome.NO_PENALTY,
            kinds=(),
            fine_fen=0,
            discretion=Discretion.NO_PENALTY,
            discretion_reason="经查询，当事人为初次违法，遗撒面积小，两小时内清扫完毕",
            no_penalty_reason=NoPenaltyReason.FIRST_VIOLATION,
        ),
        facts=facts(law),
        evidence=evidence(law),
        corrected="已清扫遗撒的渣土，修复车辆厢盖",
        corrected_on=when["asked"],
        education="说明违法的事实、依据和危害，要求装载后闭合厢盖方可上路，当事人表示接受",
    )
    number = f"云城管不罚字〔{law.acted_on.year}〕第002号"
    one = replace(decided(law), decision_number=number)
    return paper("no_penalty_decision", when["decided"], matter, number, one)


def education(law: Law) -> CoursePaper:
    when = days(law)
    matter = start.RecordOnPaper(
        began_at=at(when["decided"], 10, 0),
        ended_at=at(when["decided"], 10, 25),
        place="云溪区城市管理和综合执法局",
        person=replace(AGENT, name="顾大勇", relation="当事人的法定代表人"),
        recorder="何志远",
        certificates_shown=True,
        way="当面说服教育",
        content=(
            f"一、说明违法的事实和依据：运输渣土应当密闭，防止遗撒，{law.breached}有明确规定。\n"
            "二、说明危害：遗撒的渣土造成扬尘，影响行车安全和环境卫生。\n"
            "三、提出要求：装载后闭合厢盖，出场前冲洗车轮，每日检修。"
        ),
    )
    return paper("education_record", when["decided"], matter, case_=case(law))


def pledge(law: Law) -> CoursePaper:
    when = days(law)
    matter = deciding.PledgeOnPaper(
        act=f"于{when['act'].month}月{when['act'].day}日在长岭大道运输渣土未采取密闭措施，造成渣土遗撒",
        breached=law.breached,
        corrected="已清扫遗撒的渣土，修复车辆厢盖",
        promises=(
            "所有运输车辆装载后闭合厢盖方可上路",
            "按照核准的路线和时间运输建筑垃圾",
            "每月对驾驶员进行一次法律和安全教育",
        ),
    )
    return paper("correction_pledge", when["decided"], matter, case_=case(law))


DECIDING: dict[str, Callable[[Law], CoursePaper]] = {
    "preservation_approval": preservation_approval,
    "preservation_notice": preservation_notice,
    "preservation_list": preservation_list,
    "preservation_disposal": preservation_disposal,
    "seizure_approval": seizure_approval,
    "seizure_decision": seizure_decision,
    "seizure_list": seizure_list,
    "seizure_extension": seizure_extension,
    "seizure_release": seizure_release,
    "sampling_receipt": sampling,
    "investigation_report": report,
    "prior_notice": notice,
    "waiver_receipt": waiver,
    "defence_record": defence,
    "defence_review": defence_review,
    "hearing_notice": hearing_notice,
    "hearing_record": hearing_record,
    "hearing_report": hearing_report,
    "legal_review_opinion": review,
    "discussion_record": discussion,
    "decision_approval": approval,
    "penalty_decision": decision,
    "no_penalty_decision": no_penalty,
    "education_record": education,
    "correction_pledge": pledge,
}
