"""Guards of the summary procedure about its course: the act, its dates, the hearing of the party."""

from __future__ import annotations

from datetime import date

from enforcer.errors import Objection
from enforcer.law.summary_facts import PAVEMENT_PARKING, SummaryFacts, block, warn
from enforcer.law.violation import ARTICLE_51, ARTICLE_54
from enforcer.terms import Defence, DriverPresence

ARTICLE_28 = "行政处罚法（2021）第二十八条第一款"
ARTICLE_29 = "行政处罚法（2021）第二十九条"
ARTICLE_36 = "行政处罚法（2021）第三十六条"
ARTICLE_40 = "行政处罚法（2021）第四十条"
ARTICLE_44 = "行政处罚法（2021）第四十四条、第四十五条、第六十二条"
ARTICLE_52 = "行政处罚法（2021）第五十二条第一款"
ARTICLE_52_2 = "行政处罚法（2021）第五十二条第二款"
TRAFFIC_56 = "道路交通安全法第五十六条第一款"
TRAFFIC_93_1 = "道路交通安全法第九十三条第一款"
TRAFFIC_93 = "道路交通安全法第九十三条第二款"


def act_missing(facts: SummaryFacts) -> Objection | None:
    """The paper names the act, its time and its place (第五十二条第二款)."""
    for name, label, there in (
        ("acted_at", "违法行为的时间（写到分）", facts.acted_at is not None),
        ("place", "违法行为的地点", bool(facts.place)),
        ("act", "违法行为的具体情况", bool(facts.act)),
    ):
        if not there:
            return block(
                "act_missing", f"没有填{label}。决定书应当载明，请补填。", ARTICLE_52_2, name
            )
    return None


def evidence_missing(facts: SummaryFacts) -> Objection | None:
    """No penalty without evidence (第四十条)."""
    if facts.evidence:
        return None
    return block(
        "evidence_missing",
        "没有填证据。违法事实不清、证据不足的不得处罚，请写明照片、视频、笔录等证据的名称和数量。",
        ARTICLE_40,
        "evidence",
    )


def facts_not_clear(facts: SummaryFacts) -> Objection | None:
    """What still has to be tested or preserved goes the ordinary way (第五十一条、第五十四条)."""
    if facts.facts_clear:
        return None
    return block(
        "facts_not_clear",
        "没有确认“违法事实确凿”。当事人否认且需要鉴定、检测、调取材料，或者要先行登记保存、查封扣押的，"
        "请转普通程序；事实确凿的请勾选。",
        f"{ARTICLE_51}、{ARTICLE_54.removeprefix('行政处罚法（2021）')}",
        "facts_clear",
    )


def act_in_future(facts: SummaryFacts) -> Objection | None:
    """An act that has not happened cannot be punished (第四十条)."""
    if facts.acted_at is None or facts.acted_at <= facts.now:
        return None
    return block(
        "act_in_future",
        f"违法时间 {facts.acted_at:%Y-%m-%d %H:%M} 在现在之后。请核对日期和时间。",
        ARTICLE_40,
        "acted_at",
    )


def decision_in_future(facts: SummaryFacts) -> Objection | None:
    """Nothing is decided on a day that has not come (第五十二条第一款)."""
    if facts.decided_on <= facts.today:
        return None
    return block(
        "decision_in_future",
        f"决定日期 {facts.decided_on} 在今天之后。当场处罚的决定日期应当是当天，请改正。",
        ARTICLE_52,
        "decided_on",
    )


def decision_not_today(facts: SummaryFacts) -> Objection | None:
    """A paper of the spot is made on the day itself (第五十二条第一款)."""
    if facts.decided_on >= facts.today:
        return None
    return warn(
        "decision_not_today",
        f"决定日期 {facts.decided_on} 早于今天。决定书应当当场填写、当场交付；"
        "确需补办的，请写明原因。以前的台账请用“补录”导入。",
        ARTICLE_52,
        "decided_on",
    )


def act_after_decision(facts: SummaryFacts) -> Objection | None:
    """The act comes before the decision (第四十条)."""
    if facts.acted_on is None or facts.acted_on <= facts.decided_on:
        return None
    return block(
        "act_after_decision",
        f"违法日期 {facts.acted_on} 晚于决定日期 {facts.decided_on}。请核对两个日期。",
        ARTICLE_40,
        "acted_at",
    )


def act_not_same_day(facts: SummaryFacts) -> Objection | None:
    """An earlier act decided on the spot wants a word of explanation (第五十一条)."""
    if facts.acted_on is None or facts.acted_on >= facts.decided_on:
        return None
    return warn(
        "act_not_same_day",
        f"违法日期 {facts.acted_on} 早于决定日期 {facts.decided_on}。请写明为什么不是发现当时处罚。",
        ARTICLE_51,
        "acted_at",
    )


def discovery_out_of_order(facts: SummaryFacts) -> Objection | None:
    """Discovered after the act and before the decision (第三十六条)."""
    day = facts.discovered_on
    if day is None or facts.acted_on is None or facts.acted_on <= day <= facts.decided_on:
        return None
    return block(
        "discovery_out_of_order",
        f"发现日期 {day} 应当在违法日期 {facts.acted_on} 和决定日期 {facts.decided_on} 之间。"
        "请改正发现日期。",
        ARTICLE_36,
        "discovered_on",
    )


def limitation_passed(facts: SummaryFacts) -> Objection | None:
    """Two years to discovery, five where harm was done (第三十六条)."""
    if facts.item is None or facts.acted_on is None:
        return None
    years = facts.item.limitation_harm_years if facts.harm else facts.item.limitation_years
    last = years_later(facts.acted_on, years)
    found = facts.discovered_on or facts.decided_on
    if found <= last:
        return None
    return block(
        "limitation_passed",
        f"违法行为发生在 {facts.acted_on}，{found} 才被发现，超过 {years} 年（到 {last}），"
        "不再给予行政处罚。行为有连续或者继续状态的，请填写行为终了的时间。",
        facts.item.limitation_cite or ARTICLE_36,
        "discovered_on",
    )


def same_act_fined(facts: SummaryFacts) -> Objection | None:
    """One act is not fined twice (第二十九条)."""
    certain = [one for one in facts.earlier_fines if one.certain]
    if not facts.fined or not certain:
        return None
    return block(
        "same_act_fined",
        f"同一个违法行为已经由{certain[0].number}处以罚款（{certain[0].say}），不得再次罚款。"
        "不是同一行为的，请核对违法时间和地点。",
        ARTICLE_29,
        "acted_at",
    )


def like_act_fined(facts: SummaryFacts) -> Objection | None:
    """A like act fined shortly before has to be told apart (第二十九条)."""
    alike = [one for one in facts.earlier_fines if not one.certain or not facts.fined]
    if not alike:
        return None
    return warn(
        "like_act_fined",
        f"相近的行为已经由{alike[0].number}处罚（{alike[0].say}）。请核对是不是同一个违法行为；"
        "不是的，写明区别。",
        ARTICLE_29,
        "acted_at",
    )


def law_changed(facts: SummaryFacts) -> Objection | None:
    """The law then, or the lighter since: somebody has chosen, and says why (第三十七条)."""
    return facts.law_doubt


def correction_missing(facts: SummaryFacts) -> Objection | None:
    """With the penalty goes the order to correct (第二十八条第一款)."""
    if facts.correction:
        return None
    return block(
        "correction_missing",
        "没有填责令改正的内容。处罚时应当责令当事人改正或者限期改正，请填写；已经改正的写“已当场改正”。",
        ARTICLE_28,
        "correction",
    )


def defence_missing(facts: SummaryFacts) -> Objection | None:
    """The party is told and heard first, or waives it in so many words (第四十四、四十五、六十二条)."""
    if facts.defence is not None:
        return None
    return block(
        "defence_missing",
        "没有记录告知和当事人的陈述、申辩。作出决定前应当告知并听取意见，"
        "请选“明确放弃”或者写明意见和复核结果。",
        ARTICLE_44,
        "defence",
    )


def defence_words_missing(facts: SummaryFacts) -> Objection | None:
    """What the party said, and what was found when it was looked into (第四十五条第一款)."""
    if facts.defence in (None, Defence.WAIVED):
        return None
    for name, label, text in (
        ("defence_words", "当事人陈述、申辩的内容", facts.defence_words),
        ("defence_answer", "复核的意见和理由", facts.defence_answer),
    ):
        if not text:
            return block(
                "defence_words_missing",
                f"没有填{label}。请记录当事人的意见，并写明复核后采纳或者不采纳的理由。",
                "行政处罚法（2021）第四十五条第一款",
                name,
            )
    return None


def refusal_reason_missing(facts: SummaryFacts) -> Objection | None:
    """A refusal to sign stands on the paper, with its reason (第五十二条第一款)."""
    if not facts.refused_to_sign or facts.refusal_reason:
        return None
    return block(
        "refusal_reason_missing",
        "勾选了当事人拒绝签收，没有写原因。请写明拒签的原因和当时情况，决定书上将注明。",
        ARTICLE_52,
        "refusal_reason",
    )


def parking_not_recorded(facts: SummaryFacts) -> Objection | None:
    """Where the driver was, and whether anybody was obstructed, is recorded (道路交通安全法 第九十三条)."""
    if facts.item is None or facts.item.key != PAVEMENT_PARKING:
        return None
    if facts.parking is not None and (facts.parking.driver or facts.parking.in_marked_bay):
        return None
    return block(
        "parking_not_recorded",
        "没有记录驾驶人是否在现场、是否拒绝立即驶离。人行道违停罚款以此为要件，请选择。",
        TRAFFIC_93,
        "driver",
    )


def parked_in_bay(facts: SummaryFacts) -> Objection | None:
    """In a marked bay there is no violation (道路交通安全法 第五十六条第一款)."""
    if facts.parking is None or not facts.parking.in_marked_bay:
        return None
    return block(
        "parked_in_bay",
        "车辆停在依法施划的停车泊位内，不属于违法停放，不能处罚。请核对现场照片；勾选有误的，取消勾选。",
        TRAFFIC_56,
        "in_marked_bay",
    )


def driver_leaves(facts: SummaryFacts) -> Objection | None:
    """Who drives away at once is warned by word of mouth, which is no penalty (第九十三条第一款)."""
    if facts.parking is None or facts.parking.driver is not DriverPresence.LEAVES:
        return None
    return block(
        "driver_leaves",
        "驾驶人在现场并立即驶离的，只能口头警告、令其立即驶离，这不是行政处罚，不能出决定书。"
        "请改出温馨告知书，或者登记为说服教育。",
        TRAFFIC_93_1,
        "driver",
    )


def not_obstructing(facts: SummaryFacts) -> Objection | None:
    """Absent or refusing is not enough: others must be obstructed (第九十三条第二款)."""
    parking = facts.parking
    if parking is None or parking.in_marked_bay or parking.obstructing:
        return None
    if parking.driver not in (DriverPresence.ABSENT, DriverPresence.REFUSES):
        return None
    return block(
        "not_obstructing",
        "没有记录“妨碍其他车辆、行人通行”。罚款还须具备这一要件；没有妨碍通行的，"
        "只能口头警告、令其驶离。请核对现场照片后勾选。",
        TRAFFIC_93,
        "obstructing",
    )


def years_later(day: date, years: int) -> date:
    """The same day `years` on; 29 February falls on the last of the month (民法典 第二百零二条)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


GUARDS = (
    act_missing,
    act_in_future,
    decision_in_future,
    decision_not_today,
    act_after_decision,
    act_not_same_day,
    discovery_out_of_order,
    limitation_passed,
    law_changed,
    evidence_missing,
    facts_not_clear,
    parking_not_recorded,
    parked_in_bay,
    driver_leaves,
    not_obstructing,
    same_act_fined,
    like_act_fined,
    correction_missing,
    defence_missing,
    defence_words_missing,
    refusal_reason_missing,
)
