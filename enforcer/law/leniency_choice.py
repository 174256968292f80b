"""What stands against a choice of discretion, once the circumstances are assessed (第三十至三十三条)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enforcer.errors import Objection
from enforcer.law.leniency import LIGHTENING, MITIGATING, Assessment, Finding
from enforcer.law.summary_facts import block, warn
from enforcer.terms import (
    ConditionState,
    Discretion,
    LeniencyEffect,
    LeniencyPaper,
    ListCategory,
    NoPenaltyReason,
)

ARTICLE_32 = "行政处罚法（2021）第三十二条"
ARTICLE_33 = "行政处罚法（2021）第三十三条"
ARTICLE_57 = "行政处罚法（2021）第五十七条第一款"
SOFTER = frozenset({Discretion.LIGHTER, Discretion.MITIGATED, Discretion.NO_PENALTY})
_CATEGORIES = {
    Discretion.NO_PENALTY: frozenset(
        {ListCategory.MINOR, ListCategory.FIRST_VIOLATION, ListCategory.NO_FAULT}
    ),
    Discretion.MITIGATED: frozenset({ListCategory.MITIGATED}),
    Discretion.LIGHTER: frozenset({ListCategory.LIGHTER}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the organ wants to do, why, and which papers of it are in the file."""

    discretion: Discretion
    no_penalty_reason: NoPenaltyReason | None = None
    reason: str = ""
    papers: frozenset[LeniencyPaper] = frozenset()


def objections(found: Assessment, choice: Choice) -> tuple[Objection, ...]:
    """Everything that stands against the choice, in the order of the form."""
    return tuple(said for guard in GUARDS if (said := guard(found, choice)) is not None)


def circumstances_contradict(found: Assessment, choice: Choice) -> Objection | None:
    """Nobody is both out of his mind and in a lucid interval (第三十一条)."""
    del choice
    spared = [one for one in found.must_spare if one.key == "incapable"]
    if not spared or not found.must_punish:
        return None
    return block(
        "circumstances_contradict",
        "“不能辨认或者不能控制自己行为”和“间歇期精神正常”都勾选了具备，两者只能有一个。请按鉴定意见改正。",
        spared[0].cite,
        "circumstances",
    )


def must_not_punish(found: Assessment, choice: Choice) -> Objection | None:
    """应当不予: the law leaves no choice (第三十、三十一、三十三条)."""
    if choice.discretion is Discretion.NO_PENALTY or not found.must_spare or found.must_punish:
        return None
    return block(
        "must_not_punish",
        f"{_titles(found.must_spare)}，不予行政处罚，是“应当”不是“可以”。"
        "请改用不予行政处罚决定书；情形不成立的，改正勾选和证据。",
        _cites(found.must_spare),
        "discretion",
    )


def must_punish(found: Assessment, choice: Choice) -> Objection | None:
    """An act in a lucid interval is punished (第三十一条)."""
    if choice.discretion is not Discretion.NO_PENALTY or not found.must_punish:
        return None
    if choice.no_penalty_reason is not NoPenaltyReason.NOT_RESPONSIBLE:
        return None
    return block(
        "must_punish",
        "间歇性精神病人在精神正常时有违法行为的，应当给予行政处罚，不能以精神状态为由不予处罚。"
        "请改正裁量，或者按鉴定意见改正勾选。",
        _cites(found.must_punish),
        "discretion",
    )


def must_be_lighter(found: Assessment, choice: Choice) -> Objection | None:
    """应当从轻或者减轻: one of the two has to be chosen (第三十、三十二条)."""
    if choice.discretion in SOFTER or not found.must_lighten or found.heavier:
        return None
    return block(
        "must_be_lighter",
        f"{_titles(found.must_lighten)}，应当从轻或者减轻行政处罚。请选“从轻”或者“减轻”；"
        "情形不成立的，改正勾选和证据。",
        _cites(found.must_lighten),
        "discretion",
    )


def lighter_and_heavier(found: Assessment, choice: Choice) -> Objection | None:
    """Grounds on both sides are weighed in words (第五条第二款)."""
    if not found.must_lighten or not found.heavier or choice.reason.strip():
        return None
    return block(
        "lighter_and_heavier",
        f"既有应当从轻、减轻的情形（{_titles(found.must_lighten)}），又有依法从重的情形"
        f"（{_titles(found.heavier)}）。请写明怎样权衡。",
        f"{_cites(found.must_lighten)}、{_cites(found.heavier)}",
        "discretion_reason",
    )


def no_ground_to_spare(found: Assessment, choice: Choice) -> Objection | None:
    """不予 rests on a proven circumstance of the statute (第三十、三十一、三十三条)."""
    if not _spares(choice) or found.must_spare or found.may_spare:
        return None
    doubt = _waiting(found, LeniencyEffect.NO_PENALTY)
    return block(
        "no_ground_to_spare",
        "选了“不予处罚”，没有一项不予处罚的情形全部具备。请逐项勾选并写明证据；"
        f"违法事实不能成立的，理由选“不成立”。{doubt}",
        f"{ARTICLE_33}、{ARTICLE_57}",
        "discretion",
    )


def reason_not_met(found: Assessment, choice: Choice) -> Objection | None:
    """The reason that is counted in the report is the one that is proven (第五十七条第一款)."""
    spared = (*found.must_spare, *found.may_spare)
    if not _spares(choice) or not spared or choice.no_penalty_reason is None:
        return None
    if choice.no_penalty_reason in {one.reason for one in spared}:
        return None
    return block(
        "reason_not_met",
        f"不予处罚理由选了“{choice.no_penalty_reason.label}”，查明具备的是{_titles(spared)}。请改选理由。",
        _cites(spared),
        "no_penalty_reason",
    )


def no_penalty_reason_missing(found: Assessment, choice: Choice) -> Objection | None:
    """Which of the grounds it is has to be said (第五十七条第一款第二、三项)."""
    del found
    if choice.discretion is not Discretion.NO_PENALTY or choice.no_penalty_reason is not None:
        return None
    return block(
        "no_penalty_reason_missing",
        "没有选不予处罚理由。请选轻微、首违、无过错、不担责或者不成立，统计按理由分列。",
        ARTICLE_57,
        "no_penalty_reason",
    )


def no_ground_to_lighten(found: Assessment, choice: Choice) -> Objection | None:
    """减轻 needs a proven circumstance; 从轻 within the range is explained (第三十二条)."""
    if choice.discretion is not Discretion.MITIGATED or found.met(*MITIGATING):
        return None
    doubt = _waiting(found, *LIGHTENING)
    return block(
        "no_ground_to_lighten",
        f"选了“减轻”，没有一项减轻的法定情形全部具备。请逐项勾选并写明证据和条款。{doubt}",
        ARTICLE_32,
        "discretion",
    )


def may_needs_reason(found: Assessment, choice: Choice) -> Objection | None:
    """可以 is discretion, and discretion is explained (第三十一、三十三条)."""
    may = {
        Discretion.NO_PENALTY: found.may_spare if not found.must_spare else (),
        Discretion.LIGHTER: found.may_lighten if not found.must_lighten else (),
        Discretion.MITIGATED: found.may_lighten if not found.must_lighten else (),
    }.get(choice.discretion, ())
    if not may or choice.reason.strip():
        return None
    return block(
        "may_needs_reason",
        f"{_titles(may)}，法律规定的是“可以”，请写明为什么这样处理。",
        _cites(may),
        "discretion_reason",
    )


def may_not_used(found: Assessment, choice: Choice) -> Objection | None:
    """Where the law allows leniency and it is not given, somebody says why (第五条第二款)."""
    may = (*found.may_spare, *found.may_lighten)
    if choice.discretion in SOFTER or not may or choice.reason.strip():
        return None
    return warn(
        "may_not_used",
        f"{_titles(may)}，可以从宽。不适用的，请写明理由。",
        _cites(may),
        "discretion_reason",
    )


def not_examined(found: Assessment, choice: Choice) -> Objection | None:
    """民营经济促进法 第五十一条: no penalty before every circumstance was gone into."""
    duty = [
        one
        for one in found.findings
        if one.effect is LeniencyEffect.EXAMINATION and one.state is ConditionState.OPEN
    ]
    if not duty or choice.discretion is Discretion.NO_PENALTY:
        return None
    return block(
        "not_examined",
        "对民营经济组织作出处罚前，应当逐项审查从轻、减轻、不予处罚的情形。请在“不予、从轻、"
        f"减轻”中逐项勾选。{duty[0].say}",
        duty[0].cite,
        "circumstances",
    )


def papers_missing(found: Assessment, choice: Choice) -> Objection | None:
    """不予 goes with education, and with what its ground asks for (第三十、三十一、三十三条)."""
    if not _spares(choice):
        return None
    optional = {LeniencyPaper.DECISION, LeniencyPaper.PLEDGE}
    chosen = _chosen(found, choice)
    wanted = dict.fromkeys(paper for one in chosen for paper in one.papers)
    needed = [one for one in wanted if one not in optional and one not in choice.papers]
    if not needed:
        return None
    return block(
        "papers_missing",
        f"决定不予处罚，卷内还缺：{'、'.join(one.label for one in needed)}。"
        "不予处罚的应当对当事人进行教育并留有记录，请先补齐。",
        f"{ARTICLE_33}第三款、{_cites(chosen)}",
        "papers",
    )


def pledge_missing(found: Assessment, choice: Choice) -> Objection | None:
    """承诺书 is the lists' custom, not the statute's; leaving it out is explained."""
    wanted = {paper for one in _chosen(found, choice) for paper in one.papers}
    if not _spares(choice) or LeniencyPaper.PLEDGE not in wanted:
        return None
    if LeniencyPaper.PLEDGE in choice.papers or choice.reason.strip():
        return None
    return warn(
        "pledge_missing",
        "卷内没有改正承诺书。各地的首违不罚清单一般要求当事人先签承诺书，法律没有规定；不要的，请写明理由。",
        f"{ARTICLE_33}第一款",
        "papers",
    )


def no_list_row(found: Assessment, choice: Choice) -> Objection | None:
    """Where the office has a list for this item, leaving it is explained (第三十四条之旨)."""
    wanted = _CATEGORIES.get(choice.discretion, frozenset())
    rows = [one for one in found.findings if one.listed and one.category in wanted]
    if not rows or any(one.met for one in rows) or choice.reason.strip():
        return None
    return warn(
        "no_list_row",
        f"本机关清单对这个事项有规定（{_titles(tuple(rows))}），条件没有全部具备。请写明依据什么从宽。",
        rows[0].cite,
        "discretion_reason",
    )


def _spares(choice: Choice) -> bool:
    """不予 for a violation that did happen; where none is established nobody is educated."""
    return (
        choice.discretion is Discretion.NO_PENALTY
        and choice.no_penalty_reason is not NoPenaltyReason.NOT_ESTABLISHED
    )


def _chosen(found: Assessment, choice: Choice) -> tuple[Finding, ...]:
    """The findings the choice rests on: those of its reason, else all that spare."""
    spared = (*found.must_spare, *found.may_spare)
    return tuple(one for one in spared if one.reason is choice.no_penalty_reason) or spared


def _waiting(found: Assessment, *effects: LeniencyEffect) -> str:
    """What the office itself has to settle first."""
    waiting = [
        one
        for one in found.findings
        if one.state is ConditionState.TO_CONFIRM and one.effect in effects
    ]
    return waiting[0].say if waiting else ""


def _titles(found: tuple[Finding, ...]) -> str:
    return "；".join(f"“{one.title}”" for one in found)


def _cites(found: tuple[Finding, ...]) -> str:
    return "、".join(dict.fromkeys(one.cite for one in found))


GUARDS: tuple[Callable[[Assessment, Choice], Objection | None], ...] = (
    circumstances_contradict,
    must_not_punish,
    must_punish,
    must_be_lighter,
    lighter_and_heavier,
    no_penalty_reason_missing,
    no_ground_to_spare,
    reason_not_met,
    no_ground_to_lighten,
    may_needs_reason,
    may_not_used,
    not_examined,
    papers_missing,
    pledge_missing,
    no_list_row,
)
