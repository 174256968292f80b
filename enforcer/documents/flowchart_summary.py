"""The chart of the on-the-spot course, drawn from its guards (行政处罚法 第五章第二节)."""

from __future__ import annotations

from enforcer.documents.flowchart_parts import (
    Band,
    Group,
    Law,
    Node,
    Plan,
    Shape,
    Wire,
    note,
    short,
)
from enforcer.documents.marked import END, KEEP
from enforcer.law import (
    parameters,
    summary_course,
    violation,
)
from enforcer.law.parameters import TO_CONFIRM
from enforcer.law.violation import yuan
from enforcer.terms import CaseStep

TITLE = "行政处罚简易程序流程图"
BANDS = (
    ("发现取证", 0, 1),
    ("判断", 2, 3),
    ("告知决定", 4, 6),
    ("缴款", 7, 8),
    ("备案", 9, 9),
)
ZOOM = 1.27  # fewer signs than the ordinary course: larger ones
_AUTHORITY = (
    "power_missing", "power_not_covering", "power_expired", "power_not_yet_valid",
    "item_missing", "competence_elsewhere", "facts_not_clear",
)  # fmt: skip
_LIMITS = (
    "ordinary_only", "item_not_summary", "kind_not_summary", "fine_over_limit",
    "no_penalty_here", "under_fourteen",
)  # fmt: skip
_EVIDENCE = (
    "recorders_fewer_than_two", "party_not_identified", "id_number_doubtful",
    "representative_missing", "address_missing", "evidence_missing", "parking_not_recorded",
    "parked_in_bay", "not_obstructing",
)  # fmt: skip
_OFFICERS = (
    "officers_fewer_than_two", "same_officer_twice", "officer_left", "certificate_missing",
    "certificate_expired", "certificate_not_yet_valid", "certificates_not_shown",
)  # fmt: skip
_ACT = (
    "act_missing", "act_in_future", "discovery_out_of_order", "limitation_passed",
)  # fmt: skip
_DECISION = (
    "decision_in_future", "decision_not_today", "act_after_decision", "act_not_same_day",
    "law_changed", "same_act_fined", "like_act_fined", "correction_missing", "minor_not_lenient",
    "kinds_missing", "kinds_not_in_provision", "fine_missing", "fine_without_kind",
    "local_amount_missing", "fine_below_minimum", "fine_above_maximum", "fine_by_share",
    "condition_unproven", "side_doubtful", "provision_missing", "same_provision",
    "provision_not_of_item", "discretion_reason_missing",
)  # fmt: skip
_COLLECTION = (
    "payment_missing", "payment_without_fine", "collected_over_limit",
    "collection_reason_missing",
)  # fmt: skip


def plan(law: Law) -> Plan:
    """The whole chart as of a day."""
    return Plan(
        title=TITLE,
        columns=4,
        zoom=ZOOM,
        bands=tuple(Band(title, first, last) for title, first, last in BANDS),
        nodes=(*_before(law), *_deciding(law), *_money(law)),
        wires=WIRES,
        groups=(
            Group(
                key="remedies", title="不服决定的，先申请行政复议",
                first_row=4, last_row=5, first_col=3, last_col=4,
            ),
        ),
        gaps={4: 10.0},
    )  # fmt: skip


def _before(law: Law) -> tuple[Node, ...]:
    least = law.value("officers_minimum")
    citizen, organization = (
        f"{KEEP}{yuan(law.value(f'summary_fine_limit.{one}'))} 元以下{END}"
        for one in ("citizen", "organization")
    )
    limit = short(parameters.on("summary_fine_limit.citizen", law.on).cite)
    return (
        Node(
            key="discovered", row=0, col=1, title=f"{CaseStep.DISCOVERED.label}违法行为",
            steps=(CaseStep.DISCOVERED,), guards=_ACT, lines=("时间、地点、情节",),
            cite=short(summary_course.ARTICLE_52_2),
        ),
        Node(
            key="shown", row=0, col=2, title="出示执法证", guards=_OFFICERS,
            lines=(f"执法人员不少于 {least} 人",), cite=short(summary_course.ARTICLE_52),
        ),
        note(
            "scope", 0, 3, 2,
            "违法事实确凿、有法定依据，处以警告或者小额罚款的，可以当场作出处罚决定；"
            "需要鉴定、检测、先行登记保存、查封扣押的，不适用简易程序。",
        ),
        note(
            "traces", 1, 1, 1,
            "查明当事人；拍照、录像，全过程记录。人行道违停，记明驾驶人是否在场、是否妨碍通行。",
        ),
        Node(
            key="evidence", row=1, col=2, title=CaseStep.EVIDENCE.label,
            steps=(CaseStep.EVIDENCE,), guards=_EVIDENCE, cite=short(summary_course.ARTICLE_40),
        ),
        Node(
            key="leaves", row=1, col=3, title="口头警告", shape=Shape.END,
            guards=("driver_leaves",), lines=("违停驾驶人立即驶离的", "不是行政处罚"),
            cite=summary_course.TRAFFIC_93_1.removesuffix("第一款"),
        ),
        note(
            "power", 2, 1, 1,
            "本机关对该事项有法定职权，或者经赋权、委托，依据在有效期内。",
        ),
        Node(
            key="clear", row=2, col=2, title="事实确凿、有法定依据？", shape=Shape.QUESTION,
            guards=_AUTHORITY,
        ),
        Node(
            key="ordinary", row=2, col=3, title="转普通程序", shape=Shape.END,
            lines=("或者移送有权机关",), cite=short(violation.ARTICLE_54),
        ),
        note(
            "limits", 3, 1, 1,
            f"警告；罚款：公民 {citizen}，法人或者其他组织 {organization}（{limit}）；"
            f"个体工商户{law.known('sole_trader_limit') or f'适用的上限{TO_CONFIRM}'}。",
        ),
        Node(
            key="small", row=3, col=2, title="警告或者小额罚款？", shape=Shape.QUESTION,
            guards=_LIMITS,
        ),
        note(
            "spared", 3, 4, 1,
            "依法不予处罚的，也由负责人按普通程序作出决定。",
        ),
    )  # fmt: skip


def _deciding(law: Law) -> tuple[Node, ...]:
    return (
        note(
            "told_how", 4, 1, 1,
            "告知拟处罚的内容和事实、理由、依据；充分听取意见，不得因申辩给予更重的处罚。",
        ),
        Node(
            key="told", row=4, col=2, title=CaseStep.TOLD.label, steps=(CaseStep.TOLD,),
            guards=("defence_missing", "defence_words_missing"),
            lines=("复核理由，记录在案",), cite=short(summary_course.ARTICLE_44).replace("、", "\n", 1),
        ),
        note(
            "decided_how", 5, 1, 1,
            "写明违反和处罚的条款、数额、缴款方式和救济途径；责令改正；同一行为不得两次罚款。",
        ),
        Node(
            key="decided", row=5, col=2, title=f"当场{CaseStep.DECIDED.label}",
            steps=(CaseStep.DECIDED,), guards=_DECISION,
            lines=("填写预定格式、编有号码的", "《当场行政处罚决定书》"),
            cite=short(summary_course.ARTICLE_52),
        ),
        Node(
            key="reconsideration", row=4, col=3, title=CaseStep.RECONSIDERATION.label,
            steps=(CaseStep.RECONSIDERATION,), lines=("向本级人民政府申请",),
            cite="复议法第二十三条\n第二十四条", clock=f"知道后 {law.clock('reconsideration')}",
        ),
        Node(
            key="litigation", row=4, col=4, title=CaseStep.LITIGATION.label,
            steps=(CaseStep.LITIGATION,), lines=("对复议决定不服的",),
            cite=short(law.period("litigation_after_reconsideration").cite).split("、")[0],
            clock=law.clock("litigation_after_reconsideration"),
        ),
        Node(
            key="revoked", row=5, col=4, title=CaseStep.REVOKED.label, steps=(CaseStep.REVOKED,),
            lines=("决定有错误的，主动改正",), cite="处罚法第七十五条第二款",
        ),
        note(
            "served_how", 6, 1, 1,
            "当事人拒绝签收的，在决定书上注明原因和情况。",
        ),
        Node(
            key="served", row=6, col=2, title=f"当场{CaseStep.SERVED.label}",
            steps=(CaseStep.SERVED,), guards=("party_absent", "refusal_reason_missing"),
            lines=("执法人员签名，当场交付",), cite=short(summary_course.ARTICLE_52),
        ),
    )  # fmt: skip


def _money(law: Law) -> tuple[Node, ...]:
    rate = law.value("additional_fine_rate")
    added = short(parameters.on("additional_fine_rate", law.on).cite)
    small = parameters.on("on_spot_collection_limit", law.on)
    return (
        note(
            "collected_when", 7, 1, 1,
            f"{yuan(small.value)} 元以下；不当场收缴事后难以执行；边远、水上、交通不便，"
            "当事人缴纳确有困难并提出的。",
        ),
        Node(
            key="collects", row=7, col=2, title="可以当场收缴？", shape=Shape.QUESTION,
            guards=_COLLECTION,
        ),
        Node(
            key="collected", row=7, col=3, title="当场收缴", steps=(CaseStep.PAID,),
            guards=("receipt_missing", "receipt_used"), lines=("出具财政部门专用票据",),
            cite="处罚法第六十八条至第七十条",
        ),
        Node(
            key="to_organ", row=7, col=4, title="交至行政机关", steps=(CaseStep.TO_ORGAN,),
            cite=_first(law, "spot_money_to_organ"), clock=law.clock("spot_money_to_organ"),
        ),
        note(
            "late", 8, 1, 1,
            f"逾期不缴纳的，可以每日加处 {rate} %，不超过罚款数额（{added}）。",
        ),
        Node(
            key="paid", row=8, col=2, title=CaseStep.PAID.label, steps=(CaseStep.PAID,),
            lines=("到指定的银行或者电子支付",), cite=_first(law, "payment"),
            clock=f"收到决定书 {law.clock('payment')}",
        ),
        Node(
            key="to_bank", row=8, col=4, title="缴付指定的银行", steps=(CaseStep.TO_BANK,),
            cite=_first(law, "spot_money_to_bank"), clock=law.clock("spot_money_to_bank"),
        ),
        Node(
            key="reported", row=9, col=2, title=CaseStep.REPORTED.label,
            steps=(CaseStep.REPORTED,), lines=("报所属行政机关",),
            cite="处罚法第五十二条第三款", clock=law.asked("summary_record_days"),
        ),
        Node(
            key="closed", row=9, col=3, title=CaseStep.CLOSED.label, steps=(CaseStep.CLOSED,),
            shape=Shape.END, lines=("归档",), cite="处罚法第四十七条",
        ),
    )  # fmt: skip


def _first(law: Law, rule: str) -> str:
    return short(law.period(rule).cite).split("、", maxsplit=1)[0]


WIRES: tuple[Wire, ...] = (
    Wire(start="discovered.r", end="shown.l", main=True),
    Wire(start="shown.b", end="evidence.t", main=True),
    Wire(start="evidence.r", end="leaves.l"),
    Wire(start="evidence.b", end="clear.t", main=True),
    Wire(start="clear.r", end="ordinary.l", label="否"),
    Wire(start="clear.b", end="small.t", main=True, label="是"),
    Wire(start="small.r", end="ordinary.b", via=(("x", 3),), label="否"),
    Wire(start="small.b", end="told.t", main=True, label="是"),
    Wire(start="told.b", end="decided.t", main=True),
    Wire(start="decided.b", end="served.t", main=True),
    Wire(start="served.r", end="remedies.b@3", via=(("x", 3),)),
    Wire(start="reconsideration.r", end="litigation.l"),
    Wire(start="litigation.b", end="revoked.t"),
    Wire(start="served.b", end="collects.t", main=True),
    Wire(start="collects.r", end="collected.l", label="是"),
    Wire(start="collected.r", end="to_organ.l"),
    Wire(start="to_organ.b", end="to_bank.t"),
    Wire(start="collects.b", end="paid.t", main=True, label="否"),
    Wire(start="paid.b", end="reported.t", main=True),
    Wire(start="to_bank.b", end="reported.t", via=(("y", 8.5),)),
    Wire(start="reported.r", end="closed.l", main=True),
)
