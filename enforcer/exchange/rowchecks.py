"""What must agree inside one row of a ledger: what an officer would send back, and what to look at."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from enforcer.course_terms import LeadDeed
from enforcer.exchange.cells import SHANGHAI, Moment
from enforcer.identity import NotAccepted, is_of_trader_in_person, read_credit_code, read_id
from enforcer.money import yuan_grouped
from enforcer.terms import Discretion, IdKind, NoticeState, PartyKind, PenaltyKind, YesNo

_BLOTS = ("＊", "*")
_CONFISCATIONS = {PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_PROPERTY}


@dataclass
class Findings:
    """What a row check found: faults by column key (they refuse the row), and remarks."""

    faults: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def check_row(kind: str, values: dict[str, Any], *, today: date) -> Findings:
    """Check one row of a ledger, and bring its values into the shape the importer takes."""
    found = Findings()
    if check := _CHECKS.get(kind):
        check(values, found, today)
    return found


def _notice(values: dict[str, Any], found: Findings, today: date) -> None:
    del today
    moment: Moment = values["noticed_at"]
    values["noticed_at"], values["time_given"] = moment.at, moment.timed
    values["void"] = values["outcome"] is NoticeState.VOID
    if values["void"]:
        values["outcome"] = None
    _one_officer_twice(values, found)


def _penalty(values: dict[str, Any], found: Findings, today: date) -> None:
    kinds = values["kinds"]
    if values["discretion"] is Discretion.NO_PENALTY:
        _no_penalty(values, found)
    else:
        if not kinds:
            found.faults["kinds"] = "处罚种类没有填写；不予处罚的，请在“裁量”中写“不予处罚”。"
        if values["no_penalty_reason"] is not None:
            found.faults["no_penalty_reason"] = (
                "填写了不予处罚理由，但“裁量”不是“不予处罚”，请核对这两栏。"
            )
        if values["fine_fen"] and PenaltyKind.FINE not in kinds:
            found.faults["fine_fen"] = "填写了罚款金额，但处罚种类里没有“罚款”，请核对这两栏。"
        if values["confiscated_fen"] and not _CONFISCATIONS & set(kinds):
            found.faults["confiscated_fen"] = (
                "填写了没收金额，但处罚种类里没有“没收违法所得”或者“没收非法财物”，请核对这两栏。"
            )
        if PenaltyKind.FINE in kinds and not values["fine_fen"]:
            found.remarks.append("处罚种类有罚款，但没有罚款金额，按0元计入统计，请核对。")
    _penalty_days(values, found)
    if values["paid_fen"] and values["paid_on"] is None:
        found.remarks.append("填写了缴款金额，但没有缴款日期，没有计入实缴，请补填。")
    due = (values["fine_fen"] or 0) + (values["confiscated_fen"] or 0)
    if values["paid_on"] is not None and values["paid_fen"] is None and due:
        found.remarks.append("填写了缴款日期，但没有缴款金额，按决定的数额计入实缴，请核对。")
    if values["paid_on"] is not None and (values["paid_fen"] or 0) > due:
        more = yuan_grouped(values["paid_fen"] - due)
        counted = f"多出的{more}元按加处罚款计入" if due else "决定没有罚款、没收金额"
        found.remarks.append(f"缴款金额多于决定的数额，{counted}，请核对。")
    _party_number(values, found, today)
    _one_officer_twice(values, found)


def _no_penalty(values: dict[str, Any], found: Findings) -> None:
    if values["kinds"]:
        found.faults["kinds"] = "裁量是“不予处罚”，处罚种类应当空着，请核对这两栏。"
    for key, name in (("fine_fen", "罚款金额"), ("paid_fen", "缴款金额")):
        if values[key]:
            found.faults[key] = f"裁量是“不予处罚”，{name}应当空着，请核对这两栏。"
    if values["confiscated_fen"]:
        found.faults["confiscated_fen"] = "裁量是“不予处罚”，没收金额应当空着，请核对这两栏。"
    if values["no_penalty_reason"] is None:
        found.remarks.append("不予处罚没有填写理由，统计时归不到具体一类，请补填。")


def _penalty_days(values: dict[str, Any], found: Findings) -> None:
    order = (
        ("acted_on", "违法日期"),
        ("filed_on", "立案日期"),
        ("decided_on", "决定日期"),
        ("closed_on", "结案日期"),
    )
    known = [(values[key], name) for key, name in order if values[key] is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if later < earlier:
            found.remarks.append(f"{second}{later}早于{first}{earlier}，请核对。")
    if values["paid_on"] is not None and values["paid_on"] < values["decided_on"]:
        found.remarks.append(
            f"缴款日期{values['paid_on']}早于决定日期{values['decided_on']}，请核对。"
        )


def _party_number(values: dict[str, Any], found: Findings, today: date) -> None:
    """A number that does not pass is refused, unless 备注 says why the document carries it."""
    number = values["party_id_number"]
    try:
        kind = values["party_kind"]
        if kind is PartyKind.CITIZEN or is_of_trader_in_person(kind, number):
            if len(number) == 18:
                read_id(IdKind.RESIDENT_ID, number, today=today)
        elif len(number) == 18:
            read_credit_code(number)
    except NotAccepted as doubt:
        if "证件" in values["note"]:
            found.remarks.append(f"{doubt}已按台账原样保留（备注已说明）。")
        else:
            found.faults["party_id_number"] = (
                f"{doubt}证件上确实如此的，请在“备注”中写明“证件号码如此”及原因，再导入。"
            )


def _lead(values: dict[str, Any], found: Findings, today: date) -> None:
    del today
    moment: Moment = values["received_at"]
    values["received_at"], values["time_given"] = moment.at, moment.timed
    received = moment.at.astimezone(SHANGHAI).date()
    values["void"] = values["outcome"] is LeadDeed.VOIDED
    if values["void"]:
        values["outcome"] = None
    for key in ("secret", "satisfied"):
        values[key] = None if values[key] is None else values[key] is YesNo.YES
    for key, name in (("informant", "反映人"), ("informant_phone", "联系电话")):
        if any(one in values[key] for one in _BLOTS):
            values[key] = ""
            found.remarks.append(f"{name}是遮盖过的，没有导入。")
    if values["outcome"] is None and values["outcome_on"] is not None and not values["void"]:
        found.faults["outcome"] = "填写了处理日期，但没有处理结果，请核对这两栏。"
    if values["outcome"] is not None and values["outcome_on"] is None:
        stands = values["replied_on"] or values["checked_on"] or received
        values["outcome_on"] = stands
        found.remarks.append(f"有处理结果，但没有处理日期，按{stands}记，请核对。")
    for key, name in (
        ("checked_on", "核查日期"),
        ("outcome_on", "处理日期"),
        ("replied_on", "答复日期"),
    ):
        if values[key] is not None and values[key] < received:
            found.faults[key] = f"{name}{values[key]}早于收到日期{received}，请核对这两栏。"
    if values["replied_on"] is None and (values["reply"] or values["reply_way"]):
        found.faults["replied_on"] = "填写了答复，但没有答复日期，请补填。"


def _officer(values: dict[str, Any], found: Findings, today: date) -> None:
    del today
    issued_on = values["issued_on"]
    if issued_on is not None and values["valid_until"] < issued_on:
        found.faults["valid_until"] = (
            f"有效期至{values['valid_until']}早于发证日期{issued_on}，请核对这两栏。"
        )


def _one_officer_twice(values: dict[str, Any], found: Findings) -> None:
    if values["officer1"] and values["officer1"] == values["officer2"]:
        found.remarks.append(f"执法人员1和执法人员2都是“{values['officer1']}”，请核对。")


_CHECKS: dict[str, Callable[[dict[str, Any], Findings, date], None]] = {
    "notices": _notice,
    "penalties": _penalty,
    "leads": _lead,
    "officers": _officer,
}
