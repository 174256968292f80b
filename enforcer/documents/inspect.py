"""出件体检: what a reviewer would find on the paper, before it comes out.

Findings are Objections: red (BLOCK) refuses, amber (WARN) asks a reason; `field` is where the screen
jumps to. The paper is read as resolved, so that an edited template that lost a clause is seen too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from enforcer import money
from enforcer.documents import clauses, fields, marked, template
from enforcer.documents.facts import SummaryDecision
from enforcer.documents.parts import Copy, Template
from enforcer.errors import Level, Objection
from enforcer.law import catalogue
from enforcer.terms import PaymentMode, PowerKind, Procedure

ARTICLE_42 = "行政处罚法（2021）第四十二条第一款"
ARTICLE_52 = "行政处罚法（2021）第五十二条第二款"
ARTICLE_44 = "行政处罚法（2021）第四十四条、第六十二条"
PRIORITY = "行政复议法（2023）第二十三条"
BODY = "行政复议法（2023）第二十四条第一款"
SEPARATION = "罚款决定与罚款收缴分离实施办法第七条第一款"
OFFICE = "设置—机关"
CHINA = ZoneInfo("Asia/Shanghai")
_FOR_THE_HAND = frozenset(
    {"signature", "lines", "receipt", "seal", "code", "footer", "seam", "cut"}
)
_FIGURES = re.compile(r"￥([\d,]+\.\d\d)")
_NAMED_LAW = re.compile(r"《([^《》]+)》")


def inspect_summary(
    paper: SummaryDecision, form: Template, *, power: PowerKind | None = None
) -> tuple[Objection, ...]:
    """All findings on 当场行政处罚决定书, what refuses first (digest of 行政处罚法 第五十二条)."""
    offered = fields.summary_fields(paper)
    found = [one for check in _OF_FACTS for one in check(paper)]
    for copy in form.copies:
        texts = list(_printed(form, offered, copy))
        said = marked.plain("\n".join(text for _, text in texts))
        found += _elements(paper, said, copy.name)
        found += _amounts(paper, said)
        found += _forbidden(said)
        found += _repealed(paper, said)
        found += _blanks(texts, copy.name)
    found += _entrusted(paper, power)
    unique = {(one.code, one.say): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: one.level is Level.WARN))


def _block(code: str, say: str, cite: str, field: str = "") -> Objection:
    return Objection(code, Level.BLOCK, say, cite, field)


def _organ(paper: SummaryDecision) -> Iterator[Objection]:
    """The organ's own row has what the paper must say; else it names the place to fill it in."""
    organ = paper.organ
    remedies = (
        (
            "reconsideration_body",
            "行政复议机关",
            f"{ARTICLE_52}、{BODY.removeprefix('行政复议法')}",
        ),
        ("court", "有管辖权的人民法院", ARTICLE_52),
    )
    for name, label, cite in remedies:
        if not getattr(organ, name):
            yield _block(
                f"organ_{name}",
                f"“{organ.name}”没有填{label}，决定书写不出救济途径。请到“{OFFICE}”补填后再签发。",
                cite,
                f"organ.{name}",
            )
    if paper.payment is PaymentMode.BANK and paper.fined:
        if not organ.bank_name and not organ.electronic_payment:
            yield _block(
                "organ_bank_name",
                f"“{organ.name}”没有填代收银行，也没有填电子支付方式，当事人无处缴款。"
                f"请到“{OFFICE}”补填后再签发。",
                SEPARATION,
                "organ.bank_name",
            )
        elif organ.bank_name and not (organ.bank_address and organ.bank_account):
            yield _block(
                "organ_bank_address",
                f"“{organ.name}”的代收银行没有填地址或者账号，决定书应当载明代收机构的名称、地址。"
                f"请到“{OFFICE}”补填后再签发。",
                SEPARATION,
                "organ.bank_address" if not organ.bank_address else "organ.bank_account",
            )
    if organ.reconsideration_body and not organ.reconsideration_body.endswith("政府"):
        yield Objection(
            "organ_reconsideration_doubtful",
            Level.WARN,
            f"行政复议机关“{organ.reconsideration_body}”不是人民政府。对政府工作部门的处罚不服的，"
            f"由本级人民政府管辖。请到“{OFFICE}”核对；确属例外的，写明依据。",
            BODY,
            "organ.reconsideration_body",
        )


def _people(paper: SummaryDecision) -> Iterator[Objection]:
    """Two officers, each with a certificate valid on the day (第四十二条第一款)."""
    numbers = {one.certificate for one in paper.officers if one.certificate}
    if len(numbers) < 2:
        yield _block(
            "two_certificates",
            "决定书上没有两名执法人员各自的执法证号。请补填两名不同的持证执法人员。",
            ARTICLE_42,
            "officer2_id",
        )
    for place, one in enumerate(paper.officers, 1):
        outside = _outside(one.valid_from, one.valid_until, paper.decided_on)
        if outside:
            yield _block(
                "certificate_not_valid",
                f"{one.name}的执法证{one.certificate}{outside}，不能在决定书上署名。"
                "请改填持有效证件的执法人员。",
                ARTICLE_42,
                f"officer{min(place, 2)}_id",
            )


def _outside(first: date | None, last: date | None, day: date) -> str:
    if first and day < first:
        return f"自 {first} 起才有效"
    return f"已于 {last} 到期" if last and day > last else ""


def _dates(paper: SummaryDecision) -> Iterator[Objection]:
    """The act first, the decision after it (第四十条)."""
    if paper.acted_at.astimezone(CHINA).date() > paper.decided_on:
        yield _block(
            "dates_out_of_order",
            f"违法时间 {paper.acted_at.astimezone(CHINA):%Y-%m-%d %H:%M} 晚于决定日期"
            f" {paper.decided_on}。请改正日期。",
            "行政处罚法（2021）第四十条",
            "acted_at",
        )


def _provisions(paper: SummaryDecision) -> Iterator[Objection]:
    if paper.breached.strip() == paper.sanctioned_by.strip():
        yield _block(
            "same_provision",
            "违则和罚则是同一条款。请分别写明规定义务的条款和规定处罚的条款。",
            ARTICLE_52,
            "sanctioned_by",
        )


_OF_FACTS: tuple[Callable[[SummaryDecision], Iterator[Objection]], ...] = (
    _organ,
    _people,
    _dates,
    _provisions,
)


def _elements(paper: SummaryDecision, text: str, copy: str) -> Iterator[Objection]:
    """Every element the law asks for stands on every copy; the field is the one that fills it."""
    where = f"{copy}上" if copy else "决定书上"
    for code, label, words, cite, field in _wanted(paper):
        if not words:
            yield _block(f"element_{code}", f"{label}是空的。请补填后再签发。", cite, field)
        elif words not in text:
            yield _block(
                f"element_{code}",
                f"{where}没有印出{label}“{_short(words)}”，可能是模板改漏了。"
                "请联系系统管理员恢复模板的文字后再签发。",
                cite,
                field,
            )


def _wanted(paper: SummaryDecision) -> Iterator[tuple[str, str, str, str, str]]:
    party, organ = paper.party, paper.organ
    yield "number", "编号", paper.number, "行政处罚法（2021）第五十二条第一款", "number"
    yield "organ", "行政机关名称", organ.name, ARTICLE_52, "power_source_id"
    yield "party", "当事人姓名或者名称", party.name, ARTICLE_52, "party_name"
    yield "party_id", "当事人证件号码", party.id_number, ARTICLE_52, "party_id_number"
    yield "time", "违法时间", fields.china_minute(paper.acted_at), ARTICLE_52, "acted_at"
    yield "place", "违法地点", paper.place, ARTICLE_52, "place"
    yield "act", "违法行为", paper.act.rstrip("。"), ARTICLE_52, "act"
    yield "evidence", "证据", paper.evidence.rstrip("。"), "行政处罚法（2021）第四十条", "evidence"
    yield "breached", "违反的条款", paper.breached, ARTICLE_52, "breached"
    yield "sanction", "处罚依据", paper.sanctioned_by, ARTICLE_52, "sanctioned_by"
    yield "penalty", "处罚种类和数额", clauses.penalty(paper), ARTICLE_52, "kinds"
    yield (
        "correction",
        "责令改正",
        paper.correction.rstrip("。"),
        "行政处罚法（2021）第二十八条第一款",
        "correction",
    )
    yield (
        "shown",
        "出示执法证件的记载",
        "出示执法证件",
        "行政处罚法（2021）第五十二条第一款",
        "certificates_shown",
    )
    yield "told", "告知的记载", "陈述、申辩的权利", ARTICLE_44, "defence"
    yield "defence", "陈述、申辩的记载", clauses.defence(paper), ARTICLE_44, "defence"
    for one in paper.officers:
        yield "certificate", f"{one.name}的执法证号", one.certificate, ARTICLE_42, "officer1_id"
    if paper.fined:
        yield (
            "payment",
            "缴款方式",
            clauses.payment(paper),
            "行政处罚法（2021）第六十七条至第七十条",
            "payment",
        )
    if paper.fined and paper.payment is PaymentMode.BANK:
        yield "additional", "加处罚款", clauses.additional_fine(paper), SEPARATION, "payment"
    remedy = clauses.remedy(Procedure.SUMMARY, organ, party.you)
    yield "remedy", "先复议、后诉讼的告知", remedy, PRIORITY, "organ.reconsideration_body"
    yield "date", "决定日期", clauses.china_day(paper.decided_on), ARTICLE_52, "decided_on"
    if paper.refused_to_sign:
        yield (
            "refusal",
            "拒绝签收的注明",
            clauses.refusal(paper),
            "行政处罚法（2021）第五十二条第一款",
            "refusal_reason",
        )


def _amounts(paper: SummaryDecision, text: str) -> Iterator[Objection]:
    """Figures and 大写 say the same, and no other sum stands on the paper."""
    for figures in _FIGURES.findall(text):
        fen = money.parse_yuan(figures)
        if fen != paper.fine_fen or money.chinese(fen) not in text:
            yield _block(
                "amount_differs",
                f"决定书上的数字金额 ￥{figures} 与大写或者罚款数额 {money.figure(paper.fine_fen)} 不一致。"
                "请联系系统管理员核对模板里金额的写法。",
                ARTICLE_52,
                "fine_yuan",
            )


def _forbidden(text: str) -> Iterator[Objection]:
    """Wording that was law once, or belongs to another procedure."""
    for pattern, level, say, cite in (
        (
            r"六个月内.{0,16}(?:起诉|诉讼)",
            Level.BLOCK,
            "当场处罚应当先申请行政复议，不能写六个月内直接起诉",
            PRIORITY,
        ),
        (
            r"三个月内.{0,16}(?:起诉|诉讼)",
            Level.BLOCK,
            "现行法没有三个月的起诉期限，当场处罚是复议后十五日",
            PRIORITY,
        ),
        (r"上一级.{0,16}复议", Level.BLOCK, "复议机关是本级人民政府，不再是上一级主管部门", BODY),
        ("一般程序", Level.WARN, "现行法的名称是普通程序", "行政处罚法（2021）第五章第三节"),
    ):
        if found := re.search(pattern, text):
            yield Objection(
                "outdated_wording",
                level,
                f"决定书上有“{_short(found[0])}”：{say}。请改正该处文字。",
                cite,
                "template",
            )


def _repealed(paper: SummaryDecision, text: str) -> Iterator[Objection]:
    """Laws that had ended by the day of the act, or have by the day of the decision (第三十七条)."""
    editions: dict[str, list[catalogue.Law]] = {}
    for law in catalogue.laws():
        editions.setdefault(law.title, []).append(law)
    acted_on = paper.acted_at.astimezone(CHINA).date()
    for title in dict.fromkeys(_NAMED_LAW.findall(text)):
        for code, day, level, say in (
            ("law_not_in_force", acted_on, Level.BLOCK, "行为发生时没有施行"),
            ("law_ended", paper.decided_on, Level.WARN, "作出决定时已经废止"),
        ):
            known = editions.get(title, [])
            if known and not any(one.in_force(day) for one in known):
                yield Objection(
                    code,
                    level,
                    f"决定书引用的《{title}》{say}（{day}）。请核对适用的法律，按从旧兼从轻选定并写明理由。",
                    "行政处罚法（2021）第三十七条",
                    "sanctioned_by",
                )
                break


def _printed(form: Template, offered: dict[str, object], copy: Copy) -> Iterator[tuple[str, str]]:
    """Every text of one copy with the kind of part it stands in."""
    for part in form.parts:
        for filled in template.fill(part, offered, copy, page="1", pages="1"):
            for text in (*filled.texts.values(), *(t for row in filled.rows for t in row.texts)):
                yield part.kind, text


def _blanks(texts: list[tuple[str, str]], copy: str) -> Iterator[Objection]:
    """No blank is left in the printed words; what has nothing to say carries a stroke."""
    for kind, text in texts:
        if marked.BLANK in text and kind not in _FOR_THE_HAND:
            yield _block(
                "blank_left",
                f"{copy or '决定书'}有没填的空栏：“{_short(marked.plain(text))}”。"
                "请补填，没有内容的用“/”划去。",
                ARTICLE_52,
                "template",
            )


def _entrusted(paper: SummaryDecision, power: PowerKind | None) -> Iterator[Objection]:
    """An entrusted unit never stands in the heading (第二十条第四款)."""
    if power is not PowerKind.ENTRUSTED or paper.organ.name != paper.organ.handled_by:
        return
    yield _block(
        "entrusted_heading",
        f"受委托单位“{paper.organ.handled_by}”不能作为决定书的名义机关。"
        f"请到“设置—权力来源与事项”把名义机关改为委托机关。",
        "行政处罚法（2021）第二十条第四款",
        "power_source_id",
    )


def _short(words: str) -> str:
    return words if len(words) <= 24 else words[:23] + "…"
