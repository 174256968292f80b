"""Clauses of the ordinary course that the law prescribes, made by code from facts; never typed."""

from __future__ import annotations

from datetime import date

from enforcer import money
from enforcer.documents import clauses
from enforcer.documents.course_facts import ImpositionOnPaper
from enforcer.documents.facts import OfficerOnPaper, OrganOnPaper
from enforcer.law import parameters
from enforcer.law.citations import numeral
from enforcer.terms import Defence, Discretion, NoPenaltyReason, PenaltyKind

PENALTY_LAW = clauses.PENALTY_LAW
COMPULSION_LAW = "《中华人民共和国行政强制法》"
ANY_HAND_DAY = "　　年　　月　　日"
_ACCUSED = {
    NoPenaltyReason.MINOR: f"{PENALTY_LAW}第三十三条第一款、第五十七条第一款第二项",
    NoPenaltyReason.FIRST_VIOLATION: f"{PENALTY_LAW}第三十三条第一款、第五十七条第一款第二项",
    NoPenaltyReason.NO_FAULT: f"{PENALTY_LAW}第三十三条第二款、第五十七条第一款第二项",
    NoPenaltyReason.NOT_ESTABLISHED: f"{PENALTY_LAW}第五十七条第一款第三项",
}
_SPARED = {
    NoPenaltyReason.MINOR: "违法行为轻微并及时改正，没有造成危害后果",
    NoPenaltyReason.FIRST_VIOLATION: "初次违法且危害后果轻微并及时改正",
    NoPenaltyReason.NO_FAULT: "有证据足以证明没有主观过错",
    NoPenaltyReason.NOT_RESPONSIBLE: "属于依法不予行政处罚的人",
    NoPenaltyReason.NOT_ESTABLISHED: "违法事实不能成立",
}


def remedy(organ: OrganOnPaper, you: str, what: str = "本决定", paper: str = "") -> str:
    """Both ways, sixty days or six months (行政复议法 第二十、二十四条; 行政诉讼法 第四十六条)."""
    paper = paper or f"{what}书"
    at = f"（地址：{organ.reconsideration_address}）" if organ.reconsideration_address else ""
    return (
        f"{you}如不服{what}，可以自收到{paper}之日起六十日内，"
        f"向{organ.reconsideration_body}{at}申请行政复议；"
        f"也可以自收到{paper}之日起六个月内，直接向{organ.court}提起行政诉讼。"
    )


def not_suspended(what: str = "本决定") -> str:
    """Reconsideration and litigation do not stop it (行政处罚法 第七十三条第一款)."""
    return f"申请行政复议或者提起行政诉讼的，{what}不停止执行，法律另有规定的除外。"


def payment(one: ImpositionOnPaper, organ: OrganOnPaper, you: str) -> str:
    """Where and until when the money is paid (行政处罚法 第六十七条第三款); empty without money."""
    owed = [
        label
        for label, there in (("罚款", one.fined), ("没收的违法所得", bool(one.gains_fen)))
        if there
    ]
    if not owed:
        return ""
    return f"{you}应当自收到本决定书之日起十五日内，{ways(organ)}缴纳{'和'.join(owed)}。"


def ways(organ: OrganOnPaper) -> str:
    """The bank and the electronic way, as one phrase (行政处罚法 第六十七条第三款)."""
    return "，或者".join(way for way in (clauses.bank(organ), clauses.electronic(organ)) if way)


def additional_fine(one: ImpositionOnPaper, on: date) -> str:
    """What each late day adds, and its bound (第七十二条第一款第一项; 罚缴分离办法 第七条第一款)."""
    if not one.fined:
        return ""
    rate = parameters.on("additional_fine_rate", on).value
    return (
        f"到期不缴纳罚款的，依据{PENALTY_LAW}第七十二条第一款第一项的规定，"
        f"每日按罚款数额的百分之{numeral(rate)}加处罚款，加处罚款的数额不超出罚款的数额。"
    )


def enforcement() -> str:
    """What follows when nothing is done (行政处罚法 第七十二条第一款第四项; 行政强制法 第五十三条)."""
    return (
        "在法定期限内不申请行政复议，也不提起行政诉讼，又不履行本决定的，"
        f"本机关将依据{PENALTY_LAW}第七十二条第一款第四项、{COMPULSION_LAW}第五十三条的规定，"
        "申请人民法院强制执行。"
    )


def penalties(one: ImpositionOnPaper) -> tuple[str, ...]:
    """Each penalty by itself, money in capital characters and figures."""
    if one.outcome.value != "penalty":
        return ()
    said = []
    for kind in one.kinds:
        if kind is PenaltyKind.FINE:
            said.append(f"罚款人民币{clauses.amount(one.fine_fen)}")
        elif kind is PenaltyKind.CONFISCATE_GAINS:
            said.append(f"没收违法所得人民币{clauses.amount(one.gains_fen)}")
        elif kind is PenaltyKind.CONFISCATE_PROPERTY:
            said.append(f"没收非法财物：{one.property_words}" if one.property_words else kind.label)
        elif kind is PenaltyKind.OTHER:
            said.append(one.other_words or kind.label)
        else:
            said.append(kind.label)
    if one.other_words and one.other_words not in said:
        said.append(one.other_words)
    return tuple(said)


def penalty(one: ImpositionOnPaper) -> str:
    """All penalties in one breath; what is spared is said so."""
    return "；".join(penalties(one)) or one.outcome.label


def discretion(one: ImpositionOnPaper) -> str:
    """Why this much (行政处罚法 第五条第二款、第三十至三十四条); the benchmark where one was used."""
    reason = one.discretion_reason.rstrip("。")
    if not reason and not one.benchmark:
        return ""
    said = f"鉴于{reason}，" if reason else ""
    if one.benchmark:
        said += f"参照{one.benchmark}，"
    if one.discretion is Discretion.ORDINARY:
        return f"{said}本机关认为给予下列行政处罚与违法行为的事实、性质、情节以及社会危害程度相当。"
    basis = f"依据{one.discretion_basis}的规定，" if one.discretion_basis else "依法"
    return f"{said}{basis}予以{one.discretion.label}处罚。"


def titled(title: str, number: str = "") -> str:
    """《行政处罚决定书》（文号）; without a number the title alone."""
    return f"《{title}》（{number}）" if number else f"《{title}》"


def defence_right(you: str, days: int | None) -> str:
    """The right to state and defend; the number of days is the office's own (第四十四、四十五条)."""
    until = f"自收到本告知书之日起{numeral(days)}个工作日内" if days else "在本机关作出决定之前"
    return (
        f"依据{PENALTY_LAW}第四十四条、第四十五条的规定，{you}有权进行陈述和申辩。"
        f"{you}可以{until}，以书面或者口头方式向本机关提出；"
        "提出的事实、理由或者证据成立的，本机关将予以采纳，不会因陈述、申辩而给予更重的处罚。"
    )


def hearing_right(you: str, offered: bool) -> str:
    """The right to a hearing, five working days (第六十三、六十四条、第八十五条); empty without it."""
    if not offered:
        return ""
    return (
        f"依据{PENALTY_LAW}第六十三条、第六十四条的规定，{you}有权要求举行听证。"
        f"要求听证的，应当在收到本告知书后五日（工作日）内向本机关提出；"
        f"逾期未提出的，视为放弃要求听证的权利。{you}不承担组织听证的费用。"
    )


def no_penalty_reason(one: ImpositionOnPaper) -> str:
    """Which of the law's reasons spares the party (第三十、三十一、三十三条、第五十七条)."""
    return _SPARED[one.no_penalty_reason] if one.no_penalty_reason else ""


def no_penalty_basis(one: ImpositionOnPaper) -> str:
    """The articles of that reason; those that were recorded go first."""
    if one.no_penalty_basis:
        return one.no_penalty_basis
    return _ACCUSED.get(one.no_penalty_reason, "") if one.no_penalty_reason else ""


def defence(state: Defence | None, words: str, answer: str, you: str, until: date | None) -> str:
    """What the party said to the prior notice, and what came of it (第四十五、六十二条)."""
    if state is None:
        day = f"截至{clauses.china_day(until)}，" if until else ""
        return f"{day}{you}未提出陈述、申辩。"
    if state is Defence.WAIVED:
        return f"{you}明确放弃陈述、申辩的权利。"
    adopted = "予以采纳" if state is Defence.ADOPTED else "不予采纳"
    return f"{you}提出陈述、申辩：{ended(words)}本机关经复核，{adopted}：{ended(answer)}"


def shown(officers: tuple[OfficerOnPaper, ...]) -> str:
    """Names with certificate numbers, as a record says them."""
    return "、".join(f"{one.name}（执法证号：{one.certificate}）" for one in officers)


def opening(organ: str, officers: tuple[OfficerOnPaper, ...], subject: str) -> tuple[str, ...]:
    """The first questions of every inquiry (行政处罚法 第四十三、四十五、五十五条)."""
    shown_first = f"问：我们是{organ}的行政执法人员{shown(officers)}，这是我们的执法证件（出示执法证件），请过目确认。"
    recusal = (
        "问：执法人员与案件有直接利害关系或者有其他关系可能影响公正执法的，应当回避；你有权申请我们回避。"
        "你是否申请回避？"
    )
    duty = (
        f"问：我们就{subject}向你进行调查询问。你有权陈述和申辩，也应当如实回答询问、协助调查，"
        "不得拒绝、阻挠，作虚假陈述要承担法律责任。你听清楚了吗？"
    )
    return (shown_first, recusal, duty)


CLOSING = (
    "问：以上记录请你核对（不能阅读的，已向你宣读）。如属实，请写明“以上记录属实”，"
    "逐页签名并注明日期；有遗漏或者差错的，可以补充、更正，并在更正处签名或者捺印。"
)


def unsigned(reason: str, witness: str, who: str = "当事人") -> str:
    """A refusal to sign, noted with its reason and the witness (行政诉讼证据规定 第十五条)."""
    present = f"在场见证人：{witness}。" if witness else ""
    return f"{who}未签名，原因：{ended(reason)}{present}"


def amount(fen: int) -> str:
    """人民币 in capital characters and figures; empty for nothing."""
    return f"人民币{clauses.amount(fen)}" if fen else ""


def figure(fen: int) -> str:
    """Figures alone; empty for nothing."""
    return money.figure(fen) if fen else ""


def day(on: date | None) -> str:
    """2026年9月3日; empty without one."""
    return clauses.china_day(on) if on else ""


def ended(text: str) -> str:
    """A sentence that ends as sentences do; nothing stays nothing."""
    text = text.strip()
    return text if not text or text.endswith(("。", "！", "？")) else f"{text}。"


def bare(text: str) -> str:
    """Words that go on within a sentence: without the stop at their end."""
    return text.strip().rstrip("。；;，、 ")
