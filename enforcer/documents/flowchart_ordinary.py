"""The chart of the ordinary procedure, drawn from the state machine (行政处罚法 第五章第三节)."""

from __future__ import annotations

from enforcer.course_terms import LeadOutcome, LeadSource, Outcome, Part, ServiceMethod
from enforcer.documents.flowchart_parts import (
    Band,
    Bar,
    Group,
    Law,
    Node,
    Plan,
    Shape,
    Who,
    Wire,
    note,
    short,
)
from enforcer.law import lifecycle, parameters
from enforcer.law.lifecycle_step import HEAD, REVIEWER
from enforcer.law.procedure import ARTICLE_63
from enforcer.terms import CaseStep

TITLE = "行政处罚普通程序流程图"
BANDS = (
    (Part.START, 0, 1),
    (Part.INVESTIGATION, 2, 4),
    (Part.REVIEW, 5, 7),
    (Part.DECISION, 8, 9),
    (Part.SERVICE, 10, 10),
    (Part.EXECUTION, 11, 13),
)
FOLDED: dict[CaseStep, str] = {
    CaseStep.HEARING_WITHDRAWN: "撤回听证要求只有一种去向（不再听证），写在“要求听证”框内，不另画框。",
    CaseStep.EDUCATED: "决定不予处罚的都应当教育，没有别的去向，写在“不予行政处罚”框内。",
    CaseStep.POLICE_ANSWERED: "公安机关的答复只跟在移送之后，写在“移送司法机关”框内。",
    CaseStep.SEIZURE_TESTED: "检验、鉴定期间只影响查封、扣押的期限，写在“延长查封、扣押”框内。",
}
"""Steps told inside another step's box, and why they have no box of their own."""


def plan(law: Law) -> Plan:
    """The whole chart as of a day."""
    length, article = law.length("decision"), short(law.period("decision").cite)
    return Plan(
        title=TITLE,
        columns=6,
        bands=tuple(Band(part.label, first, last) for part, first, last in BANDS),
        nodes=(
            *_start(law),
            *_investigation(law),
            *_review(law),
            *_decision(law),
            *_execution(law),
        ),
        wires=WIRES,
        groups=(
            Group(
                key="evidence",
                title="全面、客观、公正地收集证据；需要的，依法采取措施",
                first_row=2,
                last_row=4,
                first_col=2,
                last_col=6,
            ),
            Group(
                key="remedies",
                title="收到决定书后不服决定的",
                after="served",
                first_row=12,
                last_row=12,
                first_col=3,
                last_col=6,
            ),
        ),
        bars=(Bar(f"自立案之日起 {length}内作出处罚决定（{article}）", "filed", "transfer"),),
        gaps={2: 13.0, 5: 4.0, 6: 5.0, 12: 11.0, 13: 2.0},
        folded={step.label: why for step, why in FOLDED.items()},
    )


def _take(step: CaseStep, row: int, col: int, **more: object) -> Node:
    """A step of the machine: its name, article, papers and person come from there."""
    one = lifecycle.step(step)
    given: dict[str, object] = {
        "key": step.value,
        "title": one.label,
        "steps": (step,),
        "cite": short(one.cite),
        "who": _who(one.roles),
    }
    return Node(row=row, col=col, **(given | more))  # type: ignore[arg-type]


def _who(roles: frozenset[object]) -> Who:
    if roles == HEAD:
        return Who.HEAD
    return Who.REVIEWER if roles == REVIEWER else Who.OFFICER


def _ask(key: str, row: int, col: int, title: str, *steps: CaseStep) -> Node:
    return Node(key=key, row=row, col=col, title=title, shape=Shape.QUESTION, steps=steps)


def _start(law: Law) -> tuple[Node, ...]:
    sources = "、".join(LeadSource.labels())
    others = "、".join(
        one.label for one in LeadOutcome if one not in (LeadOutcome.CASE, LeadOutcome.REFUSED)
    )
    least = law.value("officers_minimum")
    return (
        _take(CaseStep.LEAD_REGISTERED, 0, 1),
        _take(CaseStep.LEAD_CHECKED, 0, 2),
        _take(CaseStep.PROPOSED, 0, 3, clock=law.asked("filing_days")),
        _ask("signed", 0, 4, "负责人审批", CaseStep.SIGNED),
        _take(CaseStep.FILED, 0, 5),
        _take(
            CaseStep.LEAD_REPLIED, 1, 1, shape=Shape.END,
            cite="", clock=law.asked("lead_reply_days"),
        ),
        _take(CaseStep.LEAD_SETTLED, 1, 2),
        _take(CaseStep.FILING_REFUSED, 1, 4, shape=Shape.END),
        _take(CaseStep.ASSIGNED, 1, 5, lines=(f"不少于 {least} 人",)),
        note("others", 1, 3, 1, f"不立案的，{others}。"),
        note("sources", 1, 6, 1, f"来源：{sources}。"),
    )  # fmt: skip


def _investigation(law: Law) -> tuple[Node, ...]:
    return (
        _take(CaseStep.RECUSAL_ASKED, 2, 1),
        _take(CaseStep.SUMMONED, 2, 2),
        _take(CaseStep.INQUIRY, 2, 3),
        _take(CaseStep.INSPECTION, 2, 4),
        _take(CaseStep.PHOTOS, 2, 5),
        _take(CaseStep.SAMPLING, 2, 6),
        _take(CaseStep.RECUSAL_DECIDED, 3, 1),
        _take(CaseStep.PRESERVED, 3, 2),
        _take(CaseStep.PRESERVATION_DISPOSED, 3, 3, clock=law.clock("preservation_disposal")),
        _take(CaseStep.CORRECTION_ORDERED, 3, 4),
        _take(CaseStep.REINSPECTED, 3, 5),
        _take(CaseStep.PERIOD_CHANGED, 3, 6, lines=("须有法定依据",)),
        _take(CaseStep.CONCLUDED, 4, 1),
        _take(
            CaseStep.SEIZED, 4, 2,
            cite=_both(law, CaseStep.SEIZED, "seizure"), clock=law.clock("seizure"),
        ),
        _take(
            CaseStep.SEIZURE_EXTENDED, 4, 3,
            steps=(CaseStep.SEIZURE_EXTENDED, CaseStep.SEIZURE_TESTED),
            lines=(f"{CaseStep.SEIZURE_TESTED.label}另计",),
            clock=law.clock("seizure_extension"),
        ),
        _take(CaseStep.SEIZURE_RELEASED, 4, 4),
        _take(CaseStep.RESUMED, 4, 6),
    )  # fmt: skip


def _review(law: Law) -> tuple[Node, ...]:
    agents = law.value("hearing_agents_maximum")
    return (
        _take(CaseStep.ANNOUNCED, 5, 1),
        _ask("speaks", 5, 2, "陈述、申辩？"),
        _take(CaseStep.DEFENDED, 5, 3, clock=law.asked("defence_days")),
        _take(CaseStep.DEFENCE_REVIEWED, 5, 4, lines=("不得因申辩加重处罚",)),
        note(
            "heard", 5, 5, 2,
            "听证：较大数额罚款，没收较大数额违法所得、较大价值非法财物，"
            "降低资质等级、吊销许可证件，责令停产停业、责令关闭、限制从业等，"
            f"应当告知有权要求听证（{short(ARTICLE_63)}）。",
        ),
        _ask("asks", 6, 1, "要求听证？"),
        _take(
            CaseStep.HEARING_REQUESTED, 6, 2,
            steps=(CaseStep.HEARING_REQUESTED, CaseStep.HEARING_WITHDRAWN),
            lines=(f"可以{CaseStep.HEARING_WITHDRAWN.label}",),
            clock=law.clock("hearing_request"),
        ),
        _take(CaseStep.HEARING_NOTICED, 6, 3, clock=law.clock("hearing_notice")),
        _take(
            CaseStep.HEARING, 6, 4,
            lines=("主持人不是调查人员", f"代理人不超过 {agents} 人"),
        ),
        _take(CaseStep.HEARING_REPORTED, 6, 5),
        _ask("checked", 7, 1, "法制审核？"),
        _take(CaseStep.LEGAL_REVIEWED, 7, 2),
        _ask("complex", 7, 3, "集体讨论？"),
        _take(CaseStep.DISCUSSED, 7, 4),
        note(
            "when", 7, 5, 2,
            "法制审核：涉及重大公共利益；直接关系当事人或者第三人重大权益，经过听证；"
            "疑难复杂、涉及多个法律关系；法律、法规规定的其他情形。",
            "集体讨论：对情节复杂或者重大违法行为给予处罚的。",
        ),
    )  # fmt: skip


def _decision(law: Law) -> tuple[Node, ...]:
    team = law.value("crime_team_minimum")
    not_established, crime = (
        one.label.split("，", maxsplit=1)[0] for one in (Outcome.NOT_ESTABLISHED, Outcome.TRANSFER)
    )
    return (
        _take(CaseStep.DECISION_PROPOSED, 8, 3),
        _ask("ruled", 8, 4, "负责人决定", CaseStep.RULED),
        _take(CaseStep.DISMISSED, 8, 5, shape=Shape.END),
        _take(CaseStep.DECIDED, 9, 1, key="penalty", title=Outcome.PENALTY.label),
        _take(
            CaseStep.DECIDED, 9, 2, key="none", title=Outcome.NO_PENALTY.label,
            steps=(CaseStep.DECIDED, CaseStep.EDUCATED),
            lines=(f"{CaseStep.EDUCATED.label}（{_article(CaseStep.EDUCATED)}）",),
        ),
        _take(CaseStep.DECIDED, 9, 3, key="not_established", title=not_established),
        _take(CaseStep.TRANSFER_PROPOSED, 9, 4, lines=(crime, f"专案组不少于 {team} 人")),
        _take(CaseStep.TRANSFER_DECIDED, 9, 5, clock=law.clock("crime_transfer_decision")),
        _take(
            CaseStep.TRANSFER, 9, 6,
            steps=(CaseStep.TRANSFER, CaseStep.POLICE_ANSWERED),
            lines=(f"等候{CaseStep.POLICE_ANSWERED.label}",),
            cite=_both(law, CaseStep.TRANSFER, "crime_transfer"),
            clock=law.clock("crime_transfer"),
        ),
    )  # fmt: skip


def _execution(law: Law) -> tuple[Node, ...]:
    rate, cap = law.value("additional_fine_rate"), law.value("additional_fine_cap")
    methods = "、".join(one.label.removesuffix("送达") for one in ServiceMethod)
    added = short(parameters.on("additional_fine_rate", law.on).cite)
    published, withdrawn = (
        short(law.period(one).cite).split("、", maxsplit=1)[0]
        for one in ("publication", "publication_withdrawal")
    )
    whole = "不超过罚款数额" if cap == 100 else f"不超过罚款数额的 {cap} %"
    return (
        _take(
            CaseStep.SERVED, 10, 1, span=2, lines=(methods,),
            clock=f"当事人不在场的，{law.clock('decision_service')}",
        ),
        _take(CaseStep.SERVICE_FAILED, 10, 3),
        _take(
            CaseStep.SERVED, 10, 4, key="announced_service", title=ServiceMethod.ANNOUNCED.label,
            cite=_cite(CaseStep.SERVICE_FAILED),
            clock=f"满 {law.length('announcement_service')}视为送达",
        ),
        note(
            "published", 10, 5, 2,
            f"公开：具有一定社会影响的处罚决定，{law.length('publication')}内公开（{published}）；"
            f"被变更、撤销的，{law.length('publication_withdrawal')}内撤回（{withdrawn}）。",
        ),
        _ask("pays", 11, 1, "按期缴纳？"),
        _take(CaseStep.URGED, 11, 2, clock=f"满 {law.length('urging')}"),
        _take(CaseStep.COURT_APPLICATION, 11, 3, clock=f"救济期满 {law.clock('court_application')}"),
        _take(CaseStep.COURT_ANSWERED, 11, 4),
        note(
            "added", 11, 5, 2,
            f"逾期不缴纳的，可以每日按罚款数额的 {rate} % 加处罚款，{whole}"
            f"（{added}）。",
        ),
        _take(CaseStep.PAID, 12, 1, clock=law.clock("payment")),
        _take(CaseStep.DEFERRED, 12, 2, lines=("确有困难，经申请",)),
        _take(CaseStep.RECONSIDERATION, 12, 3, clock=law.clock("reconsideration")),
        _take(CaseStep.LITIGATION, 12, 4, clock=law.clock("litigation")),
        _take(CaseStep.REMEDY_CONCLUDED, 12, 5),
        _take(CaseStep.REVOKED, 12, 6),
        _take(CaseStep.CLOSURE_PROPOSED, 13, 1),
        _take(CaseStep.CLOSED, 13, 2, shape=Shape.END),
        note(
            "standing", 13, 3, 4,
            "复议、诉讼期间处罚不停止执行，法律另有规定的除外；加处罚款的数额在此期间不予计算"
            f"（{_cite(CaseStep.REMEDY_CONCLUDED)}）。",
        ),
    )  # fmt: skip


def _cite(step: CaseStep) -> str:
    return short(lifecycle.step(step).cite)


def _article(step: CaseStep) -> str:
    """第三十三条: the article alone, without its paragraph."""
    cite = _cite(step)
    return cite[cite.index("第") : cite.index("条") + 1]


def _both(law: Law, step: CaseStep, rule: str) -> str:
    """The article of a step and that of its clock, where they are not the same."""
    own, other = _cite(step), short(law.period(rule).cite).split("、", maxsplit=1)[0]
    name = own[: own.index("第")]
    return f"{own}\n{other.removeprefix(name)}"


def _main(start: str, end: str, *via: tuple[str, float], label: str = "") -> Wire:
    return Wire(start=start, end=end, via=via, label=label, main=True)


def _side(
    start: str, end: str, *via: tuple[str, float], label: str = "", late: bool = False
) -> Wire:
    return Wire(start=start, end=end, via=via, label=label, late=late)


WIRES: tuple[Wire, ...] = (
    _main("lead_registered.r", "lead_checked.l"),
    _main("lead_checked.r", "proposed.l"),
    _side("lead_checked.b", "lead_settled.t"),
    _side("lead_settled.l", "lead_replied.r"),
    _main("proposed.r", "signed.l"),
    _main("signed.r", "filed.l", label="是"),
    _side("signed.b", "filing_refused.t", label="否"),
    _main("filed.b", "assigned.t"),
    _main("assigned.b", "evidence.t@5"),
    _side("evidence.l@2", "recusal_asked.r"),
    _side("recusal_asked.b", "recusal_decided.t"),
    _side("summoned.r", "inquiry.l"),
    _side("preserved.r", "preservation_disposed.l"),
    _side("correction_ordered.r", "reinspected.l"),
    _side("seized.r", "seizure_extended.l"),
    _side("seizure_extended.r", "seizure_released.l"),
    _side("period_changed.b", "resumed.t"),
    _main("evidence.l@4", "concluded.r"),
    _main("concluded.b", "announced.t", label="拟给予处罚"),
    _side("concluded.l", "decision_proposed.l", ("x", 0.5), label="拟不予处罚、移送", late=True),
    _main("announced.r", "speaks.l"),
    _side("speaks.r", "defended.l", label="是"),
    _side("defended.r", "defence_reviewed.l"),
    _main("speaks.b", "asks.t", ("y", 5.72), label="否"),
    _side("defence_reviewed.b", "asks.t", ("y", 5.72)),
    _side("asks.r", "hearing_requested.l", label="是"),
    _side("hearing_requested.r", "hearing_noticed.l"),
    _side("hearing_noticed.r", "hearing.l"),
    _side("hearing.r", "hearing_reported.l"),
    _main("asks.b", "checked.t", label="否"),
    _side("hearing_reported.b", "checked.t", ("y", 6.5)),
    _side("checked.r", "legal_reviewed.l", label="是"),
    _main("checked.b", "complex.l", ("y", 7.4), ("x", 2.5), label="否"),
    _side("legal_reviewed.r", "complex.l"),
    _side("complex.r", "discussed.l", label="是"),
    _main("complex.b", "decision_proposed.t", label="否"),
    _side("discussed.b", "decision_proposed.t", ("y", 7.6)),
    _main("decision_proposed.r", "ruled.l"),
    _side("ruled.r", "dismissed.l"),
    _main("ruled.b", "penalty.t", ("y", 8.5)),
    _side("ruled.b", "none.t", ("y", 8.5)),
    _side("ruled.b", "not_established.t", ("y", 8.5)),
    _side("ruled.b", "transfer_proposed.t"),
    _side("transfer_proposed.r", "transfer_decided.l"),
    _side("transfer_decided.r", "transfer.l"),
    _main("penalty.b", "served.t@1"),
    _side("none.b", "served.t@2"),
    _side("not_established.b", "served.t@2", ("y", 9.5)),
    _side("served.r", "service_failed.l"),
    _side("service_failed.r", "announced_service.l"),
    _main("served.b@1", "pays.t"),
    _side("announced_service.b", "pays.t", ("y", 10.5)),
    _side("pays.r", "urged.l", label="否"),
    _side("urged.r", "court_application.l"),
    _side("court_application.r", "court_answered.l"),
    _main("pays.b", "paid.t", label="是"),
    _side("court_answered.b", "paid.t", ("y", 11.4)),
    _side("paid.r", "deferred.l"),
    _side("reconsideration.r", "litigation.l"),
    _side("litigation.r", "remedy_concluded.l"),
    _side("remedy_concluded.r", "revoked.l"),
    _main("paid.b", "closure_proposed.t"),
    _main("closure_proposed.r", "closed.l"),
)
