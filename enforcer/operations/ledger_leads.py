"""线索台账 taken over: one row, one lead marked 补录, with its number or one of its own series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import Session, col, select

from enforcer.course_terms import LeadDeed, LeadOutcome
from enforcer.exchange.workbook import LedgerRow
from enforcer.law import lead_handling
from enforcer.law.course_investigation import Lead as LeadFacts
from enforcer.models import Case, Lead, LeadEvent
from enforcer.operations import numbering
from enforcer.operations.lead_rows import next_serial
from enforcer.operations.ledger_rows import Intake, existing, text_of
from enforcer.queries.lead_clocks import FIXED
from enforcer.terms import SeriesKind

CHINA = ZoneInfo("Asia/Shanghai")
UNNUMBERED = "补录线索〔{year}〕{serial}号"
"""What a lead without a number is called: no series is drawn from, so nothing is missing after an undo."""
_TEXTS = (
    "source_number",
    "informant",
    "informant_phone",
    "party_name",
    "place",
    "content",
    "attachments",
    "findings",
    "outcome_reason",
    "reply_way",
    "reply",
    "recorder",
    "handler",
)
_DAYS = ("reply_due_on", "checked_on", "outcome_on", "replied_on")
Content = tuple[object, ...]


def take(intake: Intake, rows: Sequence[LedgerRow]) -> None:
    """Take the rows that are not in the home yet, told by their number, else by their content."""
    session = intake.session
    numbered = [row for row in rows if text_of(row, "number")]
    wanted = [text_of(row, "number") for row in numbered]
    held = existing(session, Lead.number, wanted)
    fresh = [row for row in numbered if text_of(row, "number") not in held]
    numbers = [text_of(row, "number") for row in fresh]
    places = numbering.place_many(session, SeriesKind.LEAD, numbers)
    placed = {row.number: place for row, place in zip(fresh, places, strict=True)}
    made = _Made(session)
    before, seen = _contents(session, rows), Counter[Content]()
    for row in intake.each(rows):
        number, content = text_of(row, "number"), _content(row)
        seen[content] += 1
        if number in held or (not number and seen[content] <= before[content]):
            intake.know(row)
            continue
        place = placed.get(row.number)
        if place is not None and place.drawn_here:
            say = f"编号“{number}”是本程序取用的号，不能再从台账补录。请核对。"
            intake.refuse(row, "编号", say)
            continue
        _remark(intake, row)
        made.add(intake, row)
    made.settle(intake)
    intake.taken += len(made.leads)


class _Made:
    """The rows made so far: ids and serials go on from what is there."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._serials: dict[int, int] = {}
        self._notes: dict[str, str] = {}
        self._went: dict[str, str] = {}
        self.leads: list[dict[str, Any]] = []

    def add(self, intake: Intake, row: LedgerRow) -> None:
        """One lead, as the ledger tells it."""
        lead = self._lead(intake, row)
        self.leads.append(lead)
        self._notes[lead["number"]] = text_of(row, "note")
        self._went[lead["number"]] = text_of(row, "went_to")

    def _lead(self, intake: Intake, row: LedgerRow) -> dict[str, Any]:
        values = row.values
        received_at: datetime = values["received_at"]
        received_on = received_at.astimezone(CHINA).date()
        year = received_on.year
        serial = self._serials.get(year) or next_serial(self._session, year)
        self._serials[year] = serial + 1
        lead: dict[str, Any] = {
            "number": text_of(row, "number") or UNNUMBERED.format(year=year, serial=serial),
            "year": year,
            "serial": serial,
            "source": values["source"],
            "received_at": received_at,
            "received_on": received_on,
            "secret": bool(values.get("secret")),
            "outcome": values.get("outcome"),
            "outcome_by": text_of(row, "handler") if values.get("outcome") else "",
            "satisfied": values.get("satisfied"),
            "recorder_id": intake.officer(text_of(row, "recorder")),
            "handler_id": intake.officer(text_of(row, "handler")),
            "assigned_on": received_on if text_of(row, "handler") else None,
            "arithmetic": _arithmetic(values.get("reply_due_on")),
            "backfilled": True,
            "merged_into_id": None,
            "case_id": None,
            "referred_to": "",
            "voided_on": None,
            "voided_by": "",
            "void_reason": "",
        }
        lead |= {key: text_of(row, key) for key in _TEXTS}
        lead |= {key: values.get(key) for key in _DAYS}
        if lead["outcome"] is not None and lead["checked_on"] is None:
            lead["checked_on"] = lead["outcome_on"]
        if values["void"]:
            lead["voided_on"] = lead["outcome_on"] or received_on
            lead["voided_by"] = lead["handler"]
            lead["void_reason"] = lead["outcome_reason"] or "台账记为作废"
            lead["outcome_on"], lead["outcome_reason"] = None, ""
        return lead

    def settle(self, intake: Intake) -> None:
        """Tie each lead to the case or the lead it went into, then write them and their history."""
        words = [where for where in self._went.values() if where]
        cases, leads = (_ids(self._session, one, words) for one in (Case, Lead))
        last = self._session.exec(select(func.max(Lead.id))).one() or 0
        rows = self._targets_first()
        for at, lead in enumerate(rows, last + 1):
            lead["id"] = leads[lead["number"]] = at
            where, outcome = self._went[lead["number"]], lead["outcome"]
            if outcome in (LeadOutcome.CASE, LeadOutcome.MERGED) and where in cases:
                lead["case_id"] = cases[where]
            elif outcome is LeadOutcome.MERGED and leads.get(where, at) != at:
                lead["merged_into_id"] = leads[where]
            else:
                lead["referred_to"] = where
        intake.insert(Lead, rows, say="线索台账补录")
        intake.insert(LeadEvent, [self._event(one) for one in rows], say="线索台账补录")

    def _targets_first(self) -> list[dict[str, Any]]:
        """Whatever another lead went into before that one, so that its id is known."""
        waiting = {one["number"]: one for one in self.leads}
        found: list[dict[str, Any]] = []
        while waiting:
            ready = [key for key in waiting if self._went[key] not in waiting]
            rest = ready or [*waiting]  # of two that went into each other one keeps the words
            found += [waiting.pop(key) for key in rest]
        return found

    def _event(self, lead: dict[str, Any]) -> dict[str, Any]:
        said = {"number": lead["number"]}
        if note := self._notes[lead["number"]]:
            said["words"] = note
        return {
            "lead_id": lead["id"],
            "deed": LeadDeed.REGISTERED,
            "happened_on": lead["received_on"],
            "recorded_at": self._session.info["now"],
            "actor": self._session.info["actor"],
            "by": lead["recorder"],
            "said": said,
        }


def _ids(session: Session, model: Any, numbers: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(numbers), 500):
        portion = col(model.number).in_(numbers[start : start + 500])
        found.update(session.exec(select(model.number, model.id).where(portion)).all())
    return found


def _arithmetic(reply_due_on: date | None) -> dict[str, Any]:
    """The day to answer is the ledger's: no count of days moves it."""
    if reply_due_on is None:
        return {}
    return {"reply": {"why": [f"台账写明 {reply_due_on} 前答复。"], FIXED: True}}


def _content(row: LedgerRow) -> Content:
    """What tells one lead without a number from another: the sender's own, or all it says."""
    values = row.values
    if number := text_of(row, "source_number"):
        return (values["source"], number)
    return (values["source"], values["received_at"], values["content"], text_of(row, "place"))


def _contents(session: Session, rows: Sequence[LedgerRow]) -> Counter[Content]:
    """How often each content is in the home already."""
    found: Counter[Content] = Counter()
    blank = [row for row in rows if not text_of(row, "number")]
    sources = sorted({text_of(row, "source_number") for row in blank} - {""})
    moments = sorted({row.values["received_at"] for row in blank})
    for start in range(0, len(sources), 500):
        asked = select(Lead.source, Lead.source_number).where(
            col(Lead.source_number).in_(sources[start : start + 500])
        )
        found.update((source, number) for source, number in session.exec(asked))
    for start in range(0, len(moments), 500):
        whole = select(Lead.source, Lead.received_at, Lead.content, Lead.place).where(
            col(Lead.received_at).in_(moments[start : start + 500]), Lead.source_number == ""
        )
        found.update((a, b, c, d) for a, b, c, d in session.exec(whole))
    return found


def _remark(intake: Intake, row: LedgerRow) -> None:
    """Who asked for secrecy and is named in what goes on paper."""
    values = row.values
    lead = LeadFacts(
        secret=bool(values.get("secret")),
        content=values["content"],
        informant=text_of(row, "informant"),
        informant_phone=text_of(row, "informant_phone"),
    )
    for one in lead_handling.informant_named(lead, text_of(row, "findings")):
        intake.remarks.append(f"第{row.number}行：{one.say}")
