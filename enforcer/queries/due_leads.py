"""What 今日 shows of leads: by when to check and to answer, and those nobody goes on with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from enforcer.course_terms import LeadSource
from enforcer.law.deadlines import Due
from enforcer.queries.due_rows import Answer, DueRow, Look, Matter, Pressing, day, kept, term

OFFICE = "本机关内部规定"
ARTICLE_54 = "行政处罚法（2021）第五十四条"
_OPEN = """
SELECT id, number, source, received_on, reply_due_on, check_due_on, place, party_name, handler,
  recorder, checked_on, outcome, outcome_on, case_id, replied_on, arithmetic,
  (SELECT max(happened_on) FROM lead_event WHERE lead_event.lead_id = lead.id) AS last_on
FROM lead
WHERE voided_on IS NULL
  AND (outcome IS NULL OR (replied_on IS NULL AND source <> 'patrol' AND NOT backfilled))
"""


def lead_rows(look: Look, forgotten_after: int) -> Iterator[DueRow]:
    """Leads that are open, or that somebody still waits for an answer to."""
    for one in look.ask(_OPEN):
        yield from _of_lead(one, look, forgotten_after)


def _of_lead(one: Answer, look: Look, forgotten_after: int) -> Iterator[DueRow]:
    source = term(LeadSource, one.source)
    where = one.place or one.party_name
    who = one.handler or one.recorder
    matter = Matter(
        "lead",
        one.id,
        "　".join(each for each in (one.number, source.label, where) if each),
        f"承办 {who}" if who else "还没有承办人",
    )
    rows = [*_check(one, matter, look), *_reply(one, source, matter, look)]
    yield from rows
    if one.outcome is None and one.case_id is None and not _pressing(rows):
        yield from _forgotten(one, matter, look, forgotten_after)


def _pressing(rows: list[DueRow]) -> bool:
    return any(one.pressing in {Pressing.LATE, Pressing.TODAY, Pressing.SOON} for one in rows)


def _check(one: Answer, matter: Matter, look: Look) -> Iterator[DueRow]:
    due_on = day(one.check_due_on)
    if one.checked_on is None and one.outcome is None and due_on is not None:
        due = _reckoned(one, "check", "核查", due_on)
        yield from matter.until(look, "check", "核查线索", due)


def _reply(one: Answer, source: LeadSource, matter: Matter, look: Look) -> Iterator[DueRow]:
    if one.replied_on is not None:
        return
    due_on = day(one.reply_due_on)
    if due_on is not None:
        due = _reckoned(one, "reply", "答复", due_on)
        yield from matter.until(look, "reply", f"答复{source.label}线索", due)
    elif one.outcome is not None:
        say = f"线索已于 {one.outcome_on} 办结，还没有答复。"
        yield matter.open("reply", f"答复{source.label}线索", OFFICE, say)


def _reckoned(one: Answer, name: str, title: str, due_on: date) -> Due:
    """The day as it was reckoned when the lead was entered."""
    received_on = day(one.received_on)
    assert received_on
    said = kept(one.arithmetic, {}).get(name) or {}
    return Due(
        rule=name,
        title=title,
        from_on=received_on,
        due_on=due_on,
        nominal_on=due_on,
        counting="working",
        rolls=False,
        cite=said.get("cite") or OFFICE,
        why=tuple(said.get("why") or (f"登记时定的{title}期限：{due_on}。",)),
        provisional=bool(said.get("provisional")),
    )


def _forgotten(one: Answer, matter: Matter, look: Look, after: int) -> Iterator[DueRow]:
    """Neither checked nor settled, and nothing done with it for long."""
    days = [day(each) for each in (one.received_on, one.checked_on, one.last_on)]
    last = max(each for each in days if each is not None)
    idle = (look.today - last).days
    if idle > after:
        left = "还没有核查" if one.checked_on is None else "核查以后没有处理"
        yield matter.open(
            "forgotten",
            f"{idle} 日没有办理",
            ARTICLE_54,
            f"{last} 以后 {idle} 日没有登记任何办理，{left}：立案、不予立案或者作其他处理都要登记。",
            f"超过 {after} 日没有动静的列在这里，天数在“设置—待确认事项”里填写。",
            pressing=Pressing.FORGOTTEN,
        )
