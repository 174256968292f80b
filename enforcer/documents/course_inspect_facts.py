"""出件体检 of what all papers share: organ, officers, name, order of days, law, money, evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from enforcer import money
from enforcer.course_terms import Gains, Outcome
from enforcer.documents.course_facts import CoursePaper, EvidenceOnPaper, ImpositionOnPaper
from enforcer.documents.course_facts_after import AnnouncementOnPaper, DossierOnPaper, UrgingOnPaper
from enforcer.documents.course_facts_decision import DecisionOnPaper, OpinionOnPaper
from enforcer.documents.course_words import CHINA
from enforcer.errors import Level, Objection
from enforcer.law import deadlines
from enforcer.paper_terms import Check
from enforcer.terms import Discretion

LAW = "行政处罚法（2021）"
ARTICLE_42 = f"{LAW}第四十二条第一款"
ARTICLE_45_2 = f"{LAW}第四十五条第二款"
ARTICLE_59 = f"{LAW}第五十九条第一款"
ARTICLE_60 = f"{LAW}第六十条"
ARTICLE_62 = f"{LAW}第六十二条"
BODY = "行政复议法（2023）第二十四条第一款"
SEPARATION = "罚款决定与罚款收缴分离实施办法第七条第一款"
EVIDENCE = "行政诉讼证据规定（2002）第六十条第一项"
OFFICE = "设置—机关"


def block(code: str, say: str, cite: str, field: str = "") -> Objection:
    """A finding that refuses."""
    return Objection(code, Level.BLOCK, say, cite, field)


def warn(code: str, say: str, cite: str, field: str = "") -> Objection:
    """A finding that asks a reason."""
    return Objection(code, Level.WARN, say, cite, field)


def imposition_of(paper: CoursePaper) -> ImpositionOnPaper | None:
    """What the paper imposes, when it is one that imposes."""
    one = paper.matter
    return one.imposition if isinstance(one, OpinionOnPaper | DecisionOnPaper) else None


def organ(paper: CoursePaper) -> Iterator[Objection]:
    """The organ's own row has what the paper must say; else it names the place to fill it in."""
    one, matter = paper.case.organ, paper.matter
    told = Check.REMEDY in paper.rule.checks
    if isinstance(matter, AnnouncementOnPaper):
        told = matter.is_decision
    if told:
        for name, label in (
            ("reconsideration_body", "行政复议机关"),
            ("court", "有管辖权的人民法院"),
        ):
            if not getattr(one, name):
                yield block(
                    f"organ_{name}",
                    f"“{one.name}”没有填{label}，写不出救济途径。请到“{OFFICE}”补填后再出件。",
                    f"{ARTICLE_59}第五项、{BODY}",
                    f"organ.{name}",
                )
        if one.reconsideration_body and not one.reconsideration_body.endswith("政府"):
            yield warn(
                "organ_reconsideration_doubtful",
                f"行政复议机关“{one.reconsideration_body}”不是人民政府。对政府工作部门的决定不服的，"
                f"由本级人民政府管辖。请到“{OFFICE}”核对；确属例外的，写明依据。",
                BODY,
                "organ.reconsideration_body",
            )
    imposed = imposition_of(paper)
    pays = (
        Check.PAYMENT in paper.rule.checks
        and imposed is not None
        and (imposed.fined or imposed.gains_fen)
    )
    if isinstance(matter, UrgingOnPaper):
        pays = not matter.how_to_pay
    if not pays:
        return
    if not one.bank_name and not one.electronic_payment:
        yield block(
            "organ_bank_name",
            f"“{one.name}”没有填代收银行，也没有填电子支付方式，当事人无处缴款。请到“{OFFICE}”补填后再出件。",
            SEPARATION,
            "organ.bank_name",
        )
    elif one.bank_name and not (one.bank_address and one.bank_account):
        yield block(
            "organ_bank_address",
            f"“{one.name}”的代收银行没有填地址或者账号，决定书应当载明代收机构的名称、地址。"
            f"请到“{OFFICE}”补填后再出件。",
            SEPARATION,
            "organ.bank_address" if not one.bank_address else "organ.bank_account",
        )


def people(paper: CoursePaper) -> Iterator[Objection]:
    """Two officers, each with a certificate valid on the day (第四十二条第一款)."""
    if Check.TWO_OFFICERS not in paper.rule.checks:
        return
    numbers = {one.certificate for one in paper.officers if one.certificate}
    if len(numbers) < 2:
        yield block(
            "two_certificates",
            "文书上没有两名执法人员各自的执法证号。请补填两名不同的持证执法人员。",
            ARTICLE_42,
            "officer2_id",
        )
    for place, one in enumerate(paper.officers, 1):
        first, last = one.valid_from, one.valid_until
        outside = ""
        if first and paper.on < first:
            outside = f"自 {first} 起才有效"
        elif last and paper.on > last:
            outside = f"已于 {last} 到期"
        if outside:
            yield block(
                "certificate_not_valid",
                f"{one.name}的执法证{one.certificate}{outside}，不能在 {paper.on} 的文书上署名。"
                "请改填持有效证件的执法人员。",
                ARTICLE_42,
                f"officer{min(place, 2)}_id",
            )


def name(paper: CoursePaper) -> Iterator[Objection]:
    """The party is called the same on every paper of the case (第五十九条第一款第一项)."""
    own = paper.case.party.name
    for one in paper.case.printed:
        if one.party and one.party != own:
            number = f"（{one.number}）" if one.number else ""
            yield block(
                "party_name_differs",
                f"本文书的当事人是“{own}”，{one.on}的《{one.title}》{number}写的是“{one.party}”。"
                "同一案件各份文书的当事人名称应当一致，请核对后改正。",
                f"{ARTICLE_59}第一项",
                "party_name",
            )


def cause(paper: CoursePaper) -> Iterator[Objection]:
    """案由 is kept without 涉嫌 and 案: the papers add both while it is undecided."""
    said = paper.case.cause
    if said.startswith("涉嫌") or said.endswith("案"):
        yield warn(
            "cause_doubled",
            f"案由“{said}”带了“涉嫌”或者“案”字，文书上会重复。请只写违法行为本身。",
            f"{LAW}第五十四条第二款",
            "cause",
        )


def days(paper: CoursePaper) -> Iterator[Objection]:
    """The days of the course in their order, this paper's among them (第四十七条)."""
    case, told = paper.case, paper.case.notice
    acted = case.acted_at.astimezone(CHINA).date() if case.acted_at else None
    known = case.days
    chain: tuple[tuple[str, date | None], ...] = (
        ("违法行为", acted),
        ("立案", known.filed_on),
        ("调查终结", known.concluded_on),
        ("事先告知", told.on if told else None),
        ("告知书送达", told.served_on if told else None),
        ("负责人决定", known.ruled_on),
        ("作出决定", known.decided_on),
        ("决定书送达", known.decision_served_on),
        ("结案", known.closed_on),
    )
    there = [(label, day) for label, day in chain if day]
    for (first, before), (second, after) in pairwise(there):
        if after < before:
            yield block(
                "dates_out_of_order",
                f"“{second}”的日期 {after} 早于“{first}”的日期 {before}。请核对日期，不得倒签。",
                f"{LAW}第四十七条",
                "on",
            )
    ground = acted if paper.rule.before_filing else known.filed_on or acted
    if ground and paper.on < ground:
        what = "违法行为发生" if ground == acted else "立案"
        yield block(
            "paper_before_ground",
            f"文书的日期 {paper.on} 早于{what}的日期 {ground}。请核对日期。",
            f"{LAW}第四十七条",
            "on",
        )
    fixed = Check.DECISION_DAY in paper.rule.checks
    if fixed and known.decided_on and known.decided_on != paper.on:
        yield block(
            "decision_day_differs",
            f"决定书的日期 {paper.on} 与作出决定的日期 {known.decided_on} 不一致。请改正。",
            f"{ARTICLE_59}第六项",
            "on",
        )


def ninety_days(paper: CoursePaper) -> Iterator[Objection]:
    """A decision within ninety days of filing, or as the recorded rule moves them (第六十条)."""
    filed = paper.case.days.filed_on
    if Check.DECISION_DAY not in paper.rule.checks or filed is None:
        return
    last = (
        paper.case.days.decide_by
        or deadlines.due("decision", filed, calendar=paper.calendar).due_on
    )
    if paper.on > last:
        yield block(
            "decided_late",
            f"立案 {filed}，应当在 {last} 以前作出决定，本决定的日期是 {paper.on}。"
            "依法可以延长或者扣除期间的，请先登记依据的条款和批准。",
            ARTICLE_60,
            "on",
        )


def provisions(paper: CoursePaper) -> Iterator[Objection]:
    """违则 and 罚则 are two provisions, not one."""
    one = imposition_of(paper)
    if one and one.breached and one.breached.strip() == one.sanctioned_by.strip():
        yield block(
            "same_provision",
            "违则和罚则是同一条款。请分别写明规定义务的条款和规定处罚的条款。",
            f"{ARTICLE_59}第三项",
            "sanctioned_by",
        )


def fine(paper: CoursePaper) -> Iterator[Objection]:
    """The fine within its range, and mitigated only where it lies below (第三十二、三十四条)."""
    one = imposition_of(paper)
    if one is None or one.outcome is not Outcome.PENALTY:
        return
    if one.gains is None:
        yield block(
            "gains_unanswered",
            "没有写明违法所得：请选择“没有”“有（写明数额）”或者“无法计算”。",
            f"{LAW}第二十八条第二款",
            "gains",
        )
    elif one.gains is Gains.KNOWN and not one.gains_fen:
        yield block(
            "gains_amount_missing",
            "有违法所得，但没有写数额。",
            f"{LAW}第二十八条第二款",
            "gains_yuan",
        )
    if not one.fined:
        return
    say = money.figure(one.fine_fen)
    if one.fine_fen <= 0:
        yield block(
            "fine_missing", "处罚种类有罚款，但没有填罚款数额。", f"{ARTICLE_59}第三项", "fine_yuan"
        )
    if one.highest_fen is not None and one.fine_fen > one.highest_fen:
        yield block(
            "fine_above_range",
            f"罚款 {say} 高于{one.sanctioned_by}的上限 {money.figure(one.highest_fen)}。请改正数额。",
            f"{LAW}第四条、第三十四条",
            "fine_yuan",
        )
    if one.lowest_fen is None:
        return
    lowest = money.figure(one.lowest_fen)
    if one.fine_fen < one.lowest_fen and one.discretion is not Discretion.MITIGATED:
        yield block(
            "fine_below_range",
            f"罚款 {say} 低于{one.sanctioned_by}的下限 {lowest}，只有依法减轻处罚才可以。"
            "请改正数额，或者写明减轻处罚的法定情形。",
            f"{LAW}第三十二条",
            "fine_yuan",
        )
    if one.fine_fen >= one.lowest_fen and one.discretion is Discretion.MITIGATED:
        yield warn(
            "mitigated_within_range",
            f"裁量写的是减轻，罚款 {say} 却没有低于下限 {lowest}。减轻是下限以下，范围以内的是从轻，请核对。",
            f"{LAW}第三十二条",
            "discretion",
        )
    if (
        one.discretion in (Discretion.LIGHTER, Discretion.MITIGATED, Discretion.HEAVIER)
        and not one.discretion_reason
    ):
        yield block(
            "discretion_without_reason",
            f"{one.discretion.label}处罚没有写明理由。请写明法定情形和证据。",
            f"{LAW}第三十二条、第三十四条",
            "discretion_reason",
        )


def told(paper: CoursePaper) -> Iterator[Objection]:
    """Nothing heavier than what was told last, and not before it could be answered (第四十四、四十五、六十二条)."""
    one, notice = imposition_of(paper), paper.case.notice
    if Check.AS_TOLD not in paper.rule.checks or one is None:
        return
    if one.outcome is not Outcome.PENALTY:
        return
    if notice is None or notice.served_on is None:
        yield block(
            "notice_not_served",
            "没有登记行政处罚事先告知书的送达。没有告知拟作出的处罚及事实、理由、依据的，不得作出行政处罚决定。",
            f"{LAW}第四十四条、第六十二条",
            "notice",
        )
        return
    if one.fined and one.fine_fen > notice.fine_fen:
        yield block(
            "above_notice",
            f"罚款 {money.figure(one.fine_fen)} 高于最近一次告知的 {money.figure(notice.fine_fen)}（{notice.number}）。"
            "不得因陈述、申辩加重处罚；有新的事实的，请重新告知。",
            ARTICLE_45_2,
            "fine_yuan",
        )
    more = [kind.label for kind in one.kinds if notice.kinds and kind not in notice.kinds]
    if more:
        yield block(
            "kind_not_told",
            f"处罚种类“{'、'.join(more)}”没有在最近一次告知书（{notice.number}）里告知。请重新告知。",
            f"{LAW}第四十四条",
            "kinds",
        )
    answered = isinstance(paper.matter, DecisionOnPaper) and paper.matter.defence is not None
    until = notice.defence_until
    if (
        Check.WAITING in paper.rule.checks
        and until
        and paper.on <= until
        and not (notice.waived or answered)
    ):
        yield block(
            "defence_time_runs",
            f"陈述、申辩的期限到 {until} 届满，当事人没有明确放弃，{paper.on} 不能作出决定。",
            ARTICLE_62,
            "on",
        )


def evidence(paper: CoursePaper) -> Iterator[Objection]:
    """Evidence from after the decision is no ground for it (行政诉讼证据规定 第六十条)."""
    matter = paper.matter
    listed: tuple[EvidenceOnPaper, ...] = ()
    if isinstance(matter, OpinionOnPaper | DecisionOnPaper):
        listed = matter.evidence
    for one in listed:
        if one.on and one.on > paper.on:
            yield block(
                "evidence_after_decision",
                f"证据“{one.name}”是 {one.on} 取得的，晚于本文书的日期 {paper.on}，不能作为依据。请从证据里去掉。",
                EVIDENCE,
                "evidence",
            )
    decided = paper.case.days.decided_on
    if Check.EVIDENCE_DAYS in paper.rule.checks and isinstance(matter, DossierOnPaper) and decided:
        for entry in matter.entries:
            if entry.is_evidence and entry.on and entry.on > decided:
                yield warn(
                    "evidence_after_decision",
                    f"目录里的“{entry.title}”是 {entry.on} 取得的，晚于决定日期 {decided}，目录已注明不得作为处罚依据。",
                    EVIDENCE,
                    "entries",
                )


SHARED: tuple[Callable[[CoursePaper], Iterator[Objection]], ...] = (
    organ,
    people,
    name,
    cause,
    days,
    ninety_days,
    provisions,
    fine,
    told,
    evidence,
)
