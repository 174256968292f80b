"""A notice between the form and its number: as typed, as judged, in whose name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from enforcer.documents.notice_fields import NoticeFacts, Sender
from enforcer.identity import Plate
from enforcer.law.notice_defaults import Wording
from enforcer.operations.numbering import CHINA
from enforcer.queries.ladder import LadderView
from enforcer.terms import LadderChoice, NoticeOutcome, PlateColour


@dataclass(frozen=True, slots=True)
class Acting:
    """An officer who acts, with the certificate that is valid on the day."""

    id: int
    name: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Standing:
    """In whose name a notice is made; `handled_by` the entrusted unit."""

    organ_id: int
    sender: Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A notice that passed every check and only wants its number."""

    uid: UUID
    standing: Standing
    wording: Wording
    plate: Plate
    colour: PlateColour | None
    noticed_at: datetime
    timed: bool
    place: str
    item_key: str
    situation: str
    nearby: str
    officers: tuple[Acting, ...]
    recorders: tuple[str, ...]
    recorder_reason: str
    outcome: NoticeOutcome | None
    note: str
    ladder: LadderView
    choice: LadderChoice
    ladder_reason: str
    next_step: str

    @property
    def noticed_on(self) -> date:
        return self.noticed_at.astimezone(CHINA).date()

    def facts(self, number: str) -> NoticeFacts:
        """What goes to paper under this number."""
        return NoticeFacts(
            number=number,
            uid=self.uid,
            sender=self.standing.sender,
            wording=self.wording,
            plate=self.plate.text,
            plate_known=bool(self.plate.key),
            colour=self.colour,
            noticed_at=self.noticed_at,
            timed=self.timed,
            place=self.place,
            situation=self.situation,
            nearby=self.nearby,
            officers=tuple((one.name, one.certificate) for one in self.officers),
            recorders=self.recorders,
            outcome=self.outcome,
            note=self.note,
            nth=self.ladder.nth,
            next_step=self.next_step,
        )


@dataclass(frozen=True, slots=True)
class Typed:
    """One notice as typed or as read from a sheet, before the checks."""

    plate: str
    colour: PlateColour | None
    noticed_at: datetime
    timed: bool
    place: str
    item_key: str
    situation: str
    nearby: str
    officer_ids: tuple[int, ...]
    recorders: tuple[str, ...]
    recorder_reason: str
    outcome: NoticeOutcome | None
    note: str
    choice: LadderChoice
    ladder_reason: str
    organ_id: int | None
