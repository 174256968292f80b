"""Whom or what a step on record concerns: who is recused, to which organ a matter went, who decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from enforcer.law.course_decision import Transfer
from enforcer.law.course_people import Recusal
from enforcer.law.lifecycle_facts import CaseFacts, Done
from enforcer.models import Officer
from enforcer.terms import CaseStep


@dataclass(frozen=True, slots=True)
class About:
    """`whom` is one name, for the list of stages; `words` says it whole, for the history."""

    whom: str = ""
    words: str = ""


def about(session: Session, facts: CaseFacts, done: Done) -> About:
    """What the row of a step concerns; empty where its own form says it."""
    if done.step in _RECUSALS:
        row = _row(facts.recusals, done.row)
        return _RECUSALS[done.step](session, row) if row else About()
    if done.step in _TRANSFERS:
        one = _row(facts.transfers, done.row)
        return _TRANSFERS[done.step](one) if one else About()
    return About()


def _row(rows: Sequence[Any], key: int) -> Any:
    return next((one for one in rows if one.id == key), None)


def _asked(_: Session, one: Recusal) -> About:
    return About(one.officer, f"{one.officer}，{'当事人申请' if one.by_party else '本人申请'}")


def _decided(session: Session, one: Recusal) -> About:
    other = session.get(Officer, one.replaced_by_id) if one.replaced_by_id else None
    instead = f"，由{other.name}接替" if other else ""
    verdict = "回避" if one.granted else "不回避"
    by = f"，{one.decided_by}决定" if one.decided_by else ""
    return About(one.officer, f"{one.officer}{verdict}{instead}{by}")


_RECUSALS: Mapping[CaseStep, Callable[[Session, Recusal], About]] = {
    CaseStep.RECUSAL_ASKED: _asked,
    CaseStep.RECUSAL_DECIDED: _decided,
}


def _team(one: Transfer) -> About:
    names = "、".join(one.team)
    return About(words=f"专案组：{names}" if names else "")


def _answered(one: Transfer) -> About:
    verdict = "已经立案" if one.accepted else "不予立案"
    return About(one.receiver, f"{one.receiver}{verdict}")


_TRANSFERS: Mapping[CaseStep, Callable[[Transfer], About]] = {
    CaseStep.TRANSFER_PROPOSED: _team,
    CaseStep.TRANSFER_DECIDED: lambda one: About(
        words="批准移送" if one.approved else "不批准移送"
    ),
    CaseStep.TRANSFER: lambda one: About(one.receiver, f"移送{one.receiver}"),
    CaseStep.POLICE_ANSWERED: _answered,
}
