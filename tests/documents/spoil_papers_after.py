"""The spoil case: service, money, court, transfer, closing and the dossier."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from enforcer.course_terms import ClosingWay, PeriodKind, ServiceMethod
from enforcer.documents import course_facts_after as after
from enforcer.documents.course_facts import CaseOnPaper, CoursePaper, PrintedOnPaper
from tests.documents.spoil_case import COMPANY, SEIZED, Law, at, case, days, decided, signed
from tests.documents.spoil_papers import START, paper
from tests.documents.spoil_papers_decision import DECIDING, facts

PENALTY = "责令改正，罚款人民币捌仟元整（￥8000.00）"


def _closed(law: Law) -> CaseOnPaper:
    one = decided(law)
    return replace(one, days=replace(one.days, closed_on=days(law)["closed"]))


def proof(law: Law) -> CoursePaper:
    when = days(law)
    one = decided(law)
    matter = after.ServiceOnPaper(
        served=(after.ServedOnPaper(title="行政处罚决定书", number=one.decision_number),),
        method=ServiceMethod.DIRECT,
        place="云溪区城市管理和综合执法局",
        at=at(when["served"], 10, 30),
        receiver=COMPANY.name,
        note="由法定代表人顾大勇签收",
    )
    return paper("proof_of_service", when["served"], matter, case_=one)


def announcement(law: Law) -> CoursePaper:
    when = days(law)
    one = decided(law)
    matter = after.AnnouncementOnPaper(
        served=after.ServedOnPaper(
            title="行政处罚决定书", number=one.decision_number, on=when["decided"]
        ),
        content=f"{PENALTY}；自收到决定书之日起十五日内缴纳",
        tried="两次到住所直接送达无人接收，邮寄送达被退回",
        where="云溪区人民政府网站、《云溪报》",
    )
    number = f"云城管送公字〔{law.acted_on.year}〕第001号"
    return paper("service_announcement", when["closed"], matter, number, one)


def consent(law: Law) -> CoursePaper:
    matter = after.ConsentOnPaper(
        phone=COMPANY.phone,
        email="shunda@example.cn",
        receiver="顾大勇",
        remedy_channel="云溪区人民政府网站“行政复议”栏目",
    )
    return paper("electronic_service_consent", days(law)["asked"], matter, case_=case(law))


def urging(law: Law) -> CoursePaper:
    when = days(law)
    due = when["served"] + timedelta(days=15)
    matter = after.UrgingOnPaper(
        decision_on=when["decided"],
        served_on=when["served"],
        due_on=due,
        fine_fen=800_000,
        additional_fen=432_000,
        additional_days=18,
        additional_until=when["urged"],
        penalty=PENALTY,
    )
    number = f"云城管催字〔{law.acted_on.year}〕第001号"
    return paper("urging_notice", when["urged"], matter, number, decided(law))


def court(law: Law) -> CoursePaper:
    when = days(law)
    matter = after.CourtOnPaper(
        court="云溪区人民法院",
        decision_on=when["decided"],
        served_on=when["served"],
        urged_on=when["urged"],
        urged_served_on=when["urged_served"],
        fine_fen=800_000,
        additional_fen=800_000,
        party_words="当事人对催告没有提出陈述、申辩",
        subject="被申请人名下有重型自卸货车3辆，在当地银行开有账户",
        head="谢建平",
        head_position="局长",
        agent="周敏",
        agent_position="云溪区城市管理和综合执法局渣土执法中队执法人员",
        attachments=(
            "行政处罚决定书及作出决定的事实、理由和依据",
            "当事人的意见及催告书、送达回证",
            "申请强制执行标的情况",
            "法定代表人身份证明和授权委托书",
        ),
        facts=facts(law),
        breached=law.breached,
    )
    number = f"云城管强申字〔{law.acted_on.year}〕第001号"
    one = decided(law)
    one = replace(one, days=replace(one.days, urged_served_on=when["urged_served"]))
    return paper("court_application", when["court"], matter, number, one)


def _deferral(law: Law) -> after.DeferralOnPaper:
    when = days(law)
    first = when["served"] + timedelta(days=30)
    return after.DeferralOnPaper(
        decision_on=when["decided"],
        penalty=PENALTY,
        fine_fen=800_000,
        due_on=when["served"] + timedelta(days=15),
        applied_on=when["served"] + timedelta(days=5),
        reason="近期运输业务停滞，拖欠工资，账户余额不足以一次缴清",
        parts=(
            after.InstalmentOnPaper(due_on=first, amount_fen=400_000),
            after.InstalmentOnPaper(due_on=first + timedelta(days=30), amount_fen=400_000),
        ),
    )


def deferral_approval(law: Law) -> CoursePaper:
    on = days(law)["served"] + timedelta(days=7)
    return paper(
        "deferral_approval", on, _deferral(law), case_=decided(law), sign_offs=signed(on, on, on)
    )


def deferral_notice(law: Law) -> CoursePaper:
    on = days(law)["served"] + timedelta(days=7)
    number = f"云城管缴批字〔{law.acted_on.year}〕第001号"
    return paper("deferral_notice", on, _deferral(law), number, decided(law))


def _transfer(law: Law) -> after.TransferOnPaper:
    return after.TransferOnPaper(
        receiver="云溪区公安局",
        facts=facts(law).rstrip("。") + "；调查中发现，该车所运物料混有工业危险废物",
        crime="上述行为涉嫌污染环境罪，依法需要追究刑事责任",
        team=("周敏", "何志远"),
        basis="《行政执法机关移送涉嫌犯罪案件的规定》第三条、第五条",
        attachments=(
            "涉嫌犯罪案件情况的调查报告",
            "涉案物品清单",
            "检测报告",
            "现场检查笔录、照片和询问笔录",
        ),
        pages=46,
        things=SEIZED,
        contact="周敏，0730-8400021",
        measures="对车辆先行登记保存",
    )


def transfer_report(law: Law) -> CoursePaper:
    on = days(law)["concluded"]
    return paper(
        "transfer_report", on, _transfer(law), case_=case(law), sign_offs=signed(on, on, on)
    )


def transfer_letter(law: Law) -> CoursePaper:
    on = days(law)["concluded"] + timedelta(days=1)
    number = f"云城管移送字〔{law.acted_on.year}〕第001号"
    return paper("transfer_letter", on, _transfer(law), number, case(law))


def dismissal(law: Law) -> CoursePaper:
    on = days(law)["concluded"]
    matter = after.DismissalOnPaper(
        facts="经调查，渣土由另一辆套用相同号牌的车辆遗撒，当事人的车辆当日停驶，有卫星定位记录和停车场监控证实。",
        reason="当事人没有违法行为，继续调查没有对象；套牌车辆的线索另行登记处理。",
        words="建议撤销本案。",
        goods_words="先行登记保存的物品已全部返还。",
    )
    return paper("dismissal_approval", on, matter, case_=case(law), sign_offs=signed(on, on, on))


def closure(law: Law) -> CoursePaper:
    when = days(law)
    matter = after.ClosureOnPaper(
        way=ClosingWay.PERFORMED,
        decision_on=when["decided"],
        decision_title=f"《行政处罚决定书》（云城管罚决字〔{law.acted_on.year}〕第009号）",
        basis=law.sanctioned_by,
        penalty=PENALTY,
        performance="当事人已清扫路面、修复厢盖，经复查改正合格；罚款人民币捌仟元整（￥8000.00）已缴清。",
        goods_words="先行登记保存的物品已全部返还。",
        words="处罚决定已履行完毕，建议结案。",
        retention="30年",
    )
    on = when["closed"]
    return paper("closure_approval", on, matter, case_=decided(law), sign_offs=signed(on, on, on))


def _dossier(law: Law) -> after.DossierOnPaper:
    when = days(law)
    listed = (
        ("立案审批表", case(law).number, when["filed"], 1, 1),
        ("行政处罚决定书", decided(law).decision_number, when["decided"], 2, 3),
        ("送达回证", "", when["served"], 4, 4),
        ("行政处罚事先告知书", f"云城管罚先告字〔{law.acted_on.year}〕第011号", when["told"], 5, 6),
        ("现场检查（勘验）笔录", "", when["act"], 7, 8),
        ("现场照片（图片）证据", "", when["act"], 9, 14),
        ("调查（询问）笔录", "", when["asked"], 15, 16),
        ("结案审批表", "", when["closed"], 17, 17),
    )
    entries = tuple(
        after.EntryOnPaper(title=title, number=number, on=on, first=first, last=last)
        for title, number, on, first, last in listed
    )
    late = after.EntryOnPaper(
        title="复查照片", on=when["closed"], first=18, last=18, is_evidence=True
    )
    return after.DossierOnPaper(
        year=law.acted_on.year,
        archive_number="20260021",
        outcome=PENALTY,
        pages=18,
        retention="30年",
        fonds="0061",
        archived_on=when["closed"] + timedelta(days=5),
        entries=(*entries, late),
        words="本卷共18页，材料齐全，装订完好。现场视频2段存于执法音像资料室，编号见证据清单。",
        compiler="方洁",
        compiled_on=when["closed"] + timedelta(days=5),
        inspector="文慧",
        inspected_on=when["closed"] + timedelta(days=6),
    )


def _of_dossier(key: str) -> Callable[[Law], CoursePaper]:
    return lambda law: paper(key, days(law)["closed"], _dossier(law), case_=_closed(law))


def receipts(law: Law) -> CoursePaper:
    matter = after.ReceiptsOnPaper(
        receipts=(
            after.ReceiptOnPaper(
                number="湘财4306 0018273", on=days(law)["paid"], amount_fen=800_000
            ),
        )
    )
    return paper("receipt_page", days(law)["closed"], matter, case_=_closed(law))


def period(law: Law) -> CoursePaper:
    when = days(law)
    matter = after.PeriodOnPaper(
        kind=PeriodKind.SUSPENSION,
        first=when["asked"],
        last=when["concluded"],
        rule="《中华人民共和国行政处罚法》第六十条",
        reason="涉案渣土的成分需要委托检测机构检测，检测期间不计入办案期限",
        due_on=when["filed"] + timedelta(days=90),
        until_on=when["filed"] + timedelta(days=100),
        approved_by="谢建平",
        approved_on=when["asked"],
    )
    on = when["asked"]
    return paper("period_approval", on, matter, case_=case(law), sign_offs=signed(on, on, on))


def revocation(law: Law) -> CoursePaper:
    when = days(law)
    matter = after.RevocationOnPaper(
        decision_title=f"《行政处罚决定书》（云城管罚决字〔{law.acted_on.year}〕第009号）",
        decision_on=when["decided"],
        penalty=PENALTY,
        reason="复核卫星定位记录发现，遗撒渣土的是另一家公司号牌相近的车辆，认定当事人错误",
        paid_fen=800_000,
    )
    number = f"云城管撤罚决字〔{law.acted_on.year}〕第001号"
    return paper("revocation_decision", when["closed"], matter, number, decided(law))


def hearing_announcement(law: Law) -> CoursePaper:
    number = f"云城管听公字〔{law.acted_on.year}〕第001号"
    return replace(DECIDING["hearing_notice"](law), key="hearing_announcement", number=number)


def sampling_disposal(law: Law) -> CoursePaper:
    receipt, when = DECIDING["sampling_receipt"](law), days(law)
    return replace(
        receipt,
        key="sampling_disposal",
        on=when["decided"],
        number=f"云城管抽处通字〔{law.acted_on.year}〕第001号",
        earlier=PrintedOnPaper(title="抽样取证凭证", number=receipt.number, on=receipt.on),
    )


AFTER: dict[str, Callable[[Law], CoursePaper]] = {
    "sampling_disposal": sampling_disposal,
    "hearing_announcement": hearing_announcement,
    "period_approval": period,
    "proof_of_service": proof,
    "service_announcement": announcement,
    "electronic_service_consent": consent,
    "urging_notice": urging,
    "court_application": court,
    "deferral_approval": deferral_approval,
    "deferral_notice": deferral_notice,
    "transfer_report": transfer_report,
    "transfer_letter": transfer_letter,
    "dismissal_approval": dismissal,
    "revocation_decision": revocation,
    "closure_approval": closure,
    "dossier_cover": _of_dossier("dossier_cover"),
    "dossier_contents": _of_dossier("dossier_contents"),
    "dossier_note": _of_dossier("dossier_note"),
    "receipt_page": receipts,
}
PAPERS = {**START, **DECIDING, **AFTER}
"""Every paper of the case, in the order of its life."""
