"""What is missing before a paper can come out, and where to fill it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enforcer.errors import Level
from enforcer.queries import powers, registers
from enforcer.queries.looking import Where, looking
from enforcer.terms import SeriesKind

ORGANS, POWERS, NUMBERS = "settings.organs", "settings.powers", "settings.numbers"
OFFICERS, RECORDERS = "registers.officers", "registers.recorders"
PLACES = {
    ORGANS: "设置—机关",
    POWERS: "设置—权力来源与事项",
    NUMBERS: "设置—编号",
    OFFICERS: "台账—人员与证件",
    RECORDERS: "台账—执法仪",
}
"""Pages a finding may send the officer to, as the window calls them."""

ARTICLE_42 = "行政处罚法第四十二条第一款"
ARTICLE_24 = powers.ARTICLE_24
_WAYS = {
    SeriesKind.SUMMARY_DECISION: "行政处罚法第五十二条第二款",
    SeriesKind.DECISION: "行政处罚法第五十九条第一款第五项",
}
"""Where the law asks for the ways of remedy to stand on the decision."""
PENAL = tuple(_WAYS)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a paper lacks; `place` is the page that mends it, `field` the field there.

    BLOCK: the paper does not come out. WARN: it does, and the officer is told.
    """

    code: str
    level: Level
    say: str
    cite: str
    place: str
    field: str = ""
    organ_id: int | None = None


def office_ready(where: Where, paper: SeriesKind, *, today: date) -> list[Missing]:
    """What the office lacks before it can print this kind of paper today; empty when ready."""
    with looking(where) as session:
        organs = powers.organs(session, enabled_only=True)
        if not organs:
            return [
                Missing(
                    "organ_missing",
                    Level.BLOCK,
                    "还没有登记机关：文书上没有抬头。",
                    "行政处罚法第十七条",
                    ORGANS,
                    "name",
                )
            ]
        rules = {(one.organ_id, one.kind) for one in powers.number_rules(session, year=today.year)}
        found: list[Missing] = []
        for organ in organs:
            if (organ.id, paper) not in rules:
                found.append(_rule(organ, paper))
            found += _organ(organ, paper) if paper in PENAL else _contact(organ)
        if paper in PENAL:
            found += _power(powers.power_sources(session), today)
        found += _people(where=session, today=today, paper=paper)
        return found


def _rule(organ: powers.OrganRow, paper: SeriesKind) -> Missing:
    return Missing(
        "number_rule_missing",
        Level.BLOCK,
        f"“{organ.name}”还没有{paper.label}的编号规则。",
        "行政处罚法第五十二条第一款" if paper is SeriesKind.SUMMARY_DECISION else "",
        NUMBERS,
        paper.value,
        organ.id,
    )


def _contact(organ: powers.OrganRow) -> list[Missing]:
    if organ.phone:
        return []
    return [
        Missing(
            "organ_phone",
            Level.WARN,
            f"“{organ.name}”没有填写咨询电话，告知书上这一处会空着。",
            "",
            ORGANS,
            "phone",
            organ.id,
        )
    ]


def _organ(organ: powers.OrganRow, paper: SeriesKind) -> list[Missing]:
    """What a decision says of its organ: ways of remedy, where to pay."""

    def lacks(field: str, level: Level, say: str, cite: str) -> Missing:
        text = f"“{organ.name}”{say}"
        return Missing(f"organ_{field}", level, text, cite, ORGANS, field, organ.id)

    found = []
    for field, label in (
        ("reconsideration_body", "行政复议机关"),
        ("court", "有管辖权的人民法院"),
    ):
        if not getattr(organ, field):
            say = f"没有填写{label}，决定书必须写明申请行政复议、提起行政诉讼的途径。"
            found.append(lacks(field, Level.BLOCK, say, _WAYS[paper]))
    if not (organ.bank_name and organ.bank_account) and not organ.electronic_payment:
        say = "没有填写代收银行及账号，也没有填写电子支付方式，当事人不知道到哪里缴款。"
        found.append(lacks("bank_name", Level.BLOCK, say, "行政处罚法第六十七条第三款"))
    if reminder := powers.reconsideration_reminder(organ.reconsideration_body):
        found.append(lacks("reconsideration_body", Level.WARN, f"：{reminder}", ARTICLE_24))
    if not organ.address:
        found.append(lacks("address", Level.WARN, "没有填写地址，决定书上这一处会空着。", ""))
    if organ.report_days is None:
        say = "的当场处罚备案天数待机关确认：法律只要求备案，没有规定天数，填写之前不计算备案期限。"
        found.append(lacks("report_days", Level.WARN, say, "行政处罚法第五十二条第三款"))
    return found


def _power(sources: list[powers.PowerSourceRow], today: date) -> list[Missing]:
    if any(one.items and one.valid_on(today) for one in sources):
        return []
    say = (
        "登记的权力来源都已失效，或者没有勾选事项，不能出处罚文书。"
        if sources
        else "还没有登记权力来源：没有依据的处罚无效，只能劝导或者移送。"
    )
    return [Missing("power_missing", Level.BLOCK, say, powers.ARTICLE_38, POWERS)]


def _people(*, where: Where, today: date, paper: SeriesKind) -> list[Missing]:
    able = registers.officers_on(where, today)
    if len(able) < 2:
        count = f"只有 {len(able)} 名" if able else "没有"
        return [
            Missing(
                "two_officers",
                Level.BLOCK,
                f"今天{count}执法证件有效的执法人员，执法人员不得少于两人。",
                ARTICLE_42,
                OFFICERS,
            )
        ]
    if paper is not SeriesKind.CASE_FILING and sum(bool(one.recorder) for one in able) < 2:
        return [
            Missing(
                "recorders",
                Level.WARN,
                "在用的执法记录仪不足两台，每次执法都要写明原因。",
                "行政处罚法第四十七条",
                RECORDERS,
            )
        ]
    return []
