"""Clauses that the law prescribes, made by code from procedure, organ and money; never typed."""

from __future__ import annotations

from datetime import date

from enforcer import money
from enforcer.documents.facts import OrganOnPaper, SummaryDecision
from enforcer.law import parameters
from enforcer.terms import (
    Defence,
    Discretion,
    DriverPresence,
    PaymentMode,
    PenaltyKind,
    Procedure,
)

PENALTY_LAW = "《中华人民共和国行政处罚法》"
_DIGITS = "零一二三四五六七八九"
_GROUNDS = {
    PaymentMode.ON_SPOT_SMALL: "第六十八条第一项",
    PaymentMode.ON_SPOT_HARD: "第六十八条第二项",
    PaymentMode.ON_SPOT_REMOTE: "第六十九条",
}


def remedy(procedure: Procedure, organ: OrganOnPaper, you: str) -> str:
    """Where and until when to turn (行政复议法 第二十、二十三、二十四、三十二条; 行政诉讼法 第四十五、四十六条).

    On the spot reconsideration comes first, and the paper must say so; no other way in.
    """
    at = f"（地址：{organ.reconsideration_address}）" if organ.reconsideration_address else ""
    body = f"{organ.reconsideration_body}{at}"
    if procedure is Procedure.SUMMARY:
        return (
            f"{you}如不服本决定，应当先申请行政复议：可以自收到本决定书之日起六十日内，"
            f"向{body}申请行政复议，也可以通过本机关提交行政复议申请；"
            "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内，"
            f"向{organ.court}提起行政诉讼。"
        )
    return (
        f"{you}如不服本决定，可以自收到本决定书之日起六十日内，向{body}申请行政复议；"
        f"也可以自收到本决定书之日起六个月内，直接向{organ.court}提起行政诉讼。"
    )


def not_suspended() -> str:
    """Reconsideration and litigation do not stop the decision (行政处罚法 第七十三条第一款)."""
    return "申请行政复议或者提起行政诉讼的，本决定不停止执行，法律另有规定的除外。"


def payment(paper: SummaryDecision) -> str:
    """How the fine is paid, or on what ground it was collected (第六十七至七十条); empty without one."""
    if not paper.fined or paper.payment is None:
        return ""
    if paper.payment is PaymentMode.BANK:
        ways = [way for way in (bank(paper.organ), electronic(paper.organ)) if way]
        return f"{paper.party.you}应当自收到本决定书之日起十五日内，{'，或者'.join(ways)}缴纳罚款。"
    reason = ""
    if paper.payment is PaymentMode.ON_SPOT_HARD:
        reason = f"（不当场收缴事后难以执行：{paper.payment_reason}）"
    elif paper.payment is PaymentMode.ON_SPOT_REMOTE:
        reason = f"（{paper.party.you}到指定的银行或者通过电子支付系统缴纳罚款确有困难并提出当场缴纳：{paper.payment_reason}）"
    return (
        f"罚款依据{PENALTY_LAW}{_GROUNDS[paper.payment]}{reason}当场收缴，"
        f"已出具财政部门统一制发的专用票据，票据号码：{paper.receipt_number}。"
    )


def bank(organ: OrganOnPaper) -> str:
    """The collecting bank with its name, address and account (罚缴分离办法 第七条第一款)."""
    if not organ.bank_name:
        return ""
    details = [
        f"{label}：{value}"
        for label, value in (
            ("地址", organ.bank_address),
            ("户名", organ.bank_payee),
            ("账号", organ.bank_account),
        )
        if value
    ]
    return f"到{organ.bank_name}" + (f"（{'，'.join(details)}）" if details else "")


def electronic(organ: OrganOnPaper) -> str:
    """The electronic way (行政处罚法 第六十七条第三款)."""
    if organ.electronic_payment:
        return f"通过电子支付系统（{organ.electronic_payment}）"
    return "通过电子支付系统" if organ.bank_name else ""


def additional_fine(paper: SummaryDecision) -> str:
    """What each late day adds, and where it stops (第七十二条第一款第一项; 罚缴分离办法 第七条).

    Only where money is still owed: not with a warning, not with a fine collected on the spot.
    """
    if not paper.fined or paper.payment is not PaymentMode.BANK:
        return ""
    rate = parameters.on("additional_fine_rate", paper.decided_on).value
    return (
        f"到期不缴纳罚款的，依据{PENALTY_LAW}第七十二条第一款第一项的规定，"
        f"每日按罚款数额的百分之{_DIGITS[rate]}加处罚款，加处罚款的数额不超出罚款的数额。"
    )


def defence(paper: SummaryDecision) -> str:
    """What the party was told and answered (第四十四、四十五、六十二条)."""
    you = paper.party.you
    if paper.defence is Defence.WAIVED:
        return f"{you}明确放弃陈述、申辩的权利。"
    adopted = "采纳" if paper.defence is Defence.ADOPTED else "不予采纳"
    return (
        f"{you}陈述、申辩：{_ended(paper.defence_words)}"
        f"经复核{adopted}：{_ended(paper.defence_answer)}"
    )


def circumstances(paper: SummaryDecision) -> str:
    """The elements of a parking fine as they were found (道路交通安全法 第九十三条第二款)."""
    where = {
        DriverPresence.ABSENT: "机动车驾驶人不在现场",
        DriverPresence.REFUSES: "机动车驾驶人虽在现场但拒绝立即驶离",
    }
    if paper.driver not in where:
        return ""
    obstructed = "，妨碍其他车辆、行人通行" if paper.obstructing else ""
    return f"当时{where[paper.driver]}{obstructed}。"


def discretion(paper: SummaryDecision) -> str:
    """Why lighter, mitigated or heavier (第三十、三十二条); empty for an ordinary penalty."""
    if paper.discretion is Discretion.ORDINARY or not paper.discretion_reason:
        return ""
    reason = paper.discretion_reason.rstrip("。")
    return f"鉴于{reason}，依法予以{paper.discretion.label}处罚。"


def penalty(paper: SummaryDecision) -> str:
    """The kinds and the amount: 警告；罚款人民币贰佰元整（￥200.00）."""
    said = []
    if PenaltyKind.WARNING in paper.kinds:
        said.append("警告")
    if paper.fined:
        said.append(f"罚款人民币{amount(paper.fine_fen)}")
    said += [one.label for one in paper.kinds if one not in (PenaltyKind.WARNING, PenaltyKind.FINE)]
    return "；".join(said)


def amount(fen: int) -> str:
    """In capital characters and figures, side by side: 贰佰元整（￥200.00）."""
    return f"{money.chinese(fen)}（{money.figure(fen)}）"


def refusal(paper: SummaryDecision) -> str:
    """The refusal to sign, noted on the decision itself (第五十二条第一款); empty when signed."""
    if not paper.refused_to_sign:
        return ""
    return f"当事人拒绝签收，原因：{_ended(paper.refusal_reason)}依法在本决定书上注明。"


def china_day(day: date) -> str:
    """As papers write a day: 2026年9月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _ended(text: str) -> str:
    text = text.strip()
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
