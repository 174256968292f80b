"""Which procedure a case takes, and which steps of it are obligatory (行政处罚法 第五章).

Judgements the law leaves to people (重大公共利益, 疑难复杂) are asked for, never guessed: an
unanswered one is 暂不能判断. Hearing thresholds are the office's (待机关确认).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from enforcer.errors import Refused
from enforcer.law import parameters
from enforcer.law.parameters import TO_CONFIRM
from enforcer.law.summary_facts import ORGANIZATIONS
from enforcer.law.violation import ARTICLE_51, ARTICLE_54, ON_THE_SPOT, Violation, yuan
from enforcer.terms import Discretion, Needed, PartyKind, PenaltyKind, Procedure

ARTICLE_57_2 = "行政处罚法（2021）第五十七条第二款"
ARTICLE_58 = "行政处罚法（2021）第五十八条第一款"
ARTICLE_63 = "行政处罚法（2021）第六十三条第一款"
HEARD_KINDS = {
    PenaltyKind.LOWER_QUALIFICATION: "第三项",
    PenaltyKind.REVOKE_LICENCE: "第三项",
    PenaltyKind.SUSPEND_BUSINESS: "第四项",
    PenaltyKind.CLOSE_DOWN: "第四项",
    PenaltyKind.RESTRICT_EMPLOYMENT: "第四项",
}
CONFISCATIONS = frozenset({PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_PROPERTY})
PERHAPS_HEAVY = frozenset(
    {PenaltyKind.SUSPEND_LICENCE, PenaltyKind.RESTRICT_BUSINESS, PenaltyKind.OTHER}
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """较大数额 from which a hearing is offered; None is 待机关确认. The amount itself counts."""

    amount_fen: int | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The three amounts a province or ministry sets (第六十三条第一款第一、二项)."""

    citizen: Threshold = field(default_factory=Threshold)
    organization: Threshold = field(default_factory=Threshold)
    confiscation: Threshold = field(default_factory=Threshold)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureFacts:
    """What the choice of procedure looks at; None is a question nobody has answered.

    `gains_fen` and `property_fen` are what is to be confiscated. `hearing_by_law` and
    `review_by_law` name the article that asks for more than the statute does.
    """

    decided_on: date
    party_kind: PartyKind
    item: Violation | None
    kinds: tuple[PenaltyKind, ...] = ()
    fine_fen: int = 0
    gains_fen: int = 0
    property_fen: int = 0
    discretion: Discretion = Discretion.ORDINARY
    sole_trader_as: PartyKind | None = None
    facts_clear: bool | None = None
    party_present: bool | None = None
    measures_needed: bool | None = None
    hearing_held: bool = False
    public_interest: bool | None = None
    major_rights: bool | None = None
    complicated: bool | None = None
    serious: bool | None = None
    law_choice_open: bool = False
    hearing_by_law: str = ""
    review_by_law: str = ""
    thresholds: Thresholds = field(default_factory=Thresholds)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The procedure, whether it could be the summary one at all, and why."""

    procedure: Procedure
    settled: bool
    why: tuple[str, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one step has to be taken, why, by which article, and what is still to be asked."""

    step: str
    needed: Needed
    why: tuple[str, ...]
    cite: str

    @property
    def say(self) -> str:
        return f"{self.step}：{self.needed.label}。{''.join(self.why)}"


@dataclass(frozen=True, slots=True)
class Requirements:
    """All four answers for a case."""

    chosen: Chosen
    hearing: Answer
    legal_review: Answer
    collective_discussion: Answer


def requirements(facts: ProcedureFacts) -> Requirements:
    """Answer everything at once."""
    return Requirements(
        choose(facts), hearing(facts), legal_review(facts), collective_discussion(facts)
    )


def choose(facts: ProcedureFacts) -> Chosen:
    """Summary or ordinary (第五十一条、第五十四条); the summary one is allowed, never obligatory."""
    against = list(_against_summary(facts))
    cite = f"{ARTICLE_51}、{ARTICLE_54.removeprefix('行政处罚法（2021）')}"
    if against:
        return Chosen(Procedure.ORDINARY, settled=True, why=tuple(against), cite=cite)
    asked = list(_open_questions(facts))
    if asked:
        return Chosen(Procedure.ORDINARY, settled=False, why=tuple(asked), cite=cite)
    why = (
        "违法事实确凿、有法定依据，处罚在当场处罚的限度以内：可以适用简易程序，也可以适用普通程序。"
    )
    return Chosen(Procedure.SUMMARY, settled=True, why=(why,), cite=ARTICLE_51)


def _against_summary(facts: ProcedureFacts) -> list[str]:
    """Every reason that rules the summary procedure out."""
    found: list[str] = []
    if facts.discretion is Discretion.NO_PENALTY:
        found.append("不予处罚的决定由负责人审查后作出，适用普通程序。")
    others = [one.label for one in facts.kinds if one not in ON_THE_SPOT]
    if others:
        found.append(f"{'、'.join(others)}不能当场作出，简易程序只限警告和罚款。")
    try:
        found += _against_law(facts)
    except Refused as error:  # the law had no limit in our data on that day
        found.append(str(error))
    if facts.facts_clear is False:
        found.append("违法事实还不确凿，需要鉴定、检测或者调取材料。")
    if facts.party_present is False:
        found.append("当事人不在场，不能当场交付决定书。")
    if facts.measures_needed:
        found.append("需要先行登记保存或者查封、扣押。")
    return found


def _against_law(facts: ProcedureFacts) -> list[str]:
    """The limit of 第五十一条, and what the item itself brings."""
    found: list[str] = []
    limit = parameters.summary_limit(
        facts.party_kind, facts.decided_on, sole_trader_as=facts.sole_trader_as
    )
    if facts.fine_fen > limit.value:
        found.append(
            f"罚款 {yuan(facts.fine_fen)} 元，超过对{facts.party_kind.label}当场处罚的上限"
            f" {yuan(limit.value)} 元（含本数）。"
        )
    if facts.item is not None:
        answer = facts.item.summary_allowed(
            facts.party_kind, facts.decided_on, sole_trader_as=facts.sole_trader_as
        )
        if not answer.allowed:
            found.append(answer.say)
    return found


def _open_questions(facts: ProcedureFacts) -> list[str]:
    """What has to be answered before the summary procedure is open."""
    asked = (
        (facts.item is None, "没有选定违法行为，请从违法行为清单里选定。"),
        (not facts.kinds, "没有拟定处罚种类。"),
        (facts.facts_clear is None, "没有确认违法事实是否确凿。"),
        (facts.party_present is None, "没有确认当事人是否在场。"),
        (facts.measures_needed is None, "没有确认是否需要先行登记保存或者查封、扣押。"),
    )
    return [say for open_one, say in asked if open_one]


def hearing(facts: ProcedureFacts) -> Answer:
    """Whether the party has to be told of the right to a hearing (第六十三条第一款)."""
    step = "告知听证权利"
    required: list[tuple[str, str]] = [
        (f"{one.label}，应当告知听证权利。", HEARD_KINDS[one])
        for one in facts.kinds
        if one in HEARD_KINDS
    ]
    waiting: list[tuple[str, str]] = []
    for found, bucket in (*_fine_heard(facts), *_confiscation_heard(facts)):
        (required if bucket is Needed.YES else waiting).append(found)
    if facts.hearing_by_law:
        required.append((f"{facts.hearing_by_law}规定应当听证。", "第六项"))
    if required:
        return _answer(step, Needed.YES, required, ARTICLE_63)
    if waiting:
        return _answer(step, Needed.OPEN, waiting, ARTICLE_63)
    heavy = [one.label for one in facts.kinds if one in PERHAPS_HEAVY]
    if heavy:
        say = (
            f"{'、'.join(heavy)}是不是“其他较重的行政处罚”，由法制审核认定；拿不准的告知听证权利。"
        )
        return _answer(step, Needed.ADVISED, [(say, "第五项")], ARTICLE_63)
    if not facts.kinds:
        return _answer(step, Needed.OPEN, [("没有拟定处罚种类。", "")], ARTICLE_63)
    return _answer(step, Needed.NO, [("拟作出的处罚不在应当告知听证的范围内。", "")], ARTICLE_63)


def _fine_heard(facts: ProcedureFacts) -> list[tuple[tuple[str, str], Needed]]:
    if PenaltyKind.FINE not in facts.kinds or facts.fine_fen <= 0:
        return []
    unit = facts.party_kind in ORGANIZATIONS
    threshold = facts.thresholds.organization if unit else facts.thresholds.citizen
    who = "法人、其他组织" if unit else "公民"
    return _against(threshold, facts.fine_fen, f"对{who}的“较大数额罚款”", "罚款", "第一项")


def _confiscation_heard(facts: ProcedureFacts) -> list[tuple[tuple[str, str], Needed]]:
    """Gains and property are weighed each for itself (第二项 names them apart)."""
    threshold = facts.thresholds.confiscation
    found: list[tuple[tuple[str, str], Needed]] = []
    for kind, amount in (
        (PenaltyKind.CONFISCATE_GAINS, facts.gains_fen),
        (PenaltyKind.CONFISCATE_PROPERTY, facts.property_fen),
    ):
        if kind in facts.kinds:
            what = "“较大数额违法所得、较大价值非法财物”"
            found += _against(threshold, amount, what, kind.label, "第二项")
    return found


def _against(
    threshold: Threshold, amount: int, what: str, kind: str, item: str
) -> list[tuple[tuple[str, str], Needed]]:
    if threshold.amount_fen is None:
        say = (
            f"{what}是多少元{TO_CONFIRM}，机关确认之前不能判断是否应当告知听证；"
            "请在“设置—法律留给本机关的事项”中填写数额和文件，或者直接告知听证权利。"
        )
        return [((say, item), Needed.OPEN)]
    if amount < threshold.amount_fen:
        return []
    basis = f"（{threshold.document}）" if threshold.document else ""
    say = f"{kind} {yuan(amount)} 元，达到 {yuan(threshold.amount_fen)} 元{basis}，属于{what}。"
    return [((say, item), Needed.YES)]


def legal_review(facts: ProcedureFacts) -> Answer:
    """The four classes of 第五十八条; more than these is the organ's own choice."""
    step = "法制审核"
    required: list[tuple[str, str]] = []
    asked: list[tuple[str, str]] = []
    for value, yes, question, item in (
        (facts.public_interest, "涉及重大公共利益。", "是否涉及重大公共利益", "第一项"),
        (
            facts.complicated,
            "案件情况疑难复杂、涉及多个法律关系。",
            "是否疑难复杂、涉及多个法律关系",
            "第三项",
        ),
    ):
        if value:
            required.append((yes, item))
        elif value is None:
            asked.append((f"没有回答{question}。", item))
    if facts.hearing_held and facts.major_rights is not False:
        required.append(("直接关系当事人或者第三人重大权益，并且经过听证程序。", "第二项"))
    if facts.review_by_law:
        required.append((f"{facts.review_by_law}规定应当进行法制审核。", "第四项"))
    if required:
        return _answer(step, Needed.YES, required, ARTICLE_58)
    advised = _review_advised(facts)
    if asked:
        return _answer(step, Needed.OPEN, [*asked, *advised], ARTICLE_58)
    if advised:
        return _answer(step, Needed.ADVISED, advised, ARTICLE_58)
    say = "不属于应当进行法制审核的四类案件。"
    return _answer(step, Needed.NO, [(say, "")], ARTICLE_58)


def _review_advised(facts: ProcedureFacts) -> list[tuple[str, str]]:
    """Cases in which another pair of eyes is worth having, though the law does not ask for it."""
    found = []
    if facts.hearing_held:
        found.append(("经过听证程序，已认定不直接关系重大权益，仍建议审核。", ""))
    if facts.item is not None and facts.item.competing:
        found.append(("同一行为涉及几个法律规范（竞合），适用哪一个须由法制审核认定。", ""))
    if facts.law_choice_open:
        found.append(("行为发生后法律有变化，新旧规定的轻重须由法制审核比较。", ""))
    if facts.serious:
        found.append(("情节复杂或者重大，需要集体讨论，建议先经法制审核。", ""))
    if facts.discretion is Discretion.MITIGATED:
        found.append(("拟减轻处罚，有的地方规定须经法制审核，请核对本地规定。", ""))
    return found


def collective_discussion(facts: ProcedureFacts) -> Answer:
    """情节复杂或者重大违法行为 (第五十七条第二款)."""
    step = "负责人集体讨论"
    if facts.discretion is Discretion.NO_PENALTY:
        say = "集体讨论是对给予处罚的规定；不予处罚的，由本机关自定。"
        return _answer(step, Needed.NO, [(say, "")], ARTICLE_57_2)
    if facts.serious is None:
        say = "没有回答是否属于情节复杂或者重大违法行为。"
        return _answer(step, Needed.OPEN, [(say, "")], ARTICLE_57_2)
    if facts.serious:
        say = "属于情节复杂或者重大违法行为，行政机关负责人应当集体讨论决定，并有讨论记录。"
        return _answer(step, Needed.YES, [(say, "")], ARTICLE_57_2)
    say = "不属于情节复杂或者重大违法行为。"
    return _answer(step, Needed.NO, [(say, "")], ARTICLE_57_2)


def _answer(step: str, needed: Needed, found: list[tuple[str, str]], cite: str) -> Answer:
    items = "、".join(dict.fromkeys(item for _, item in found if item))
    return Answer(step, needed, tuple(say for say, _ in found), f"{cite}{items}")
