"""The courteous notice (温馨告知书) and the ladder of notices."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, instant, json_column, stored, unique_id
from enforcer.terms import LadderChoice, NoticeOutcome, NoticeState, Origin, PlateColour, PlateKind


class Notice(SQLModel, table=True):
    """One number of a notice series: a blank given to a patrol, an issued notice, or a void one.

    Guidance, no penalty: it has no fine, no remedy, no identity number (行政处罚法 第九条).
    `plate_key` is the plate without separators, empty when there is none or it cannot be read.
    """

    __table_args__ = (
        UniqueConstraint("series_id", "serial"),
        # the day and state at its end let the report answer "noticed before?" from the index alone
        Index("ix_notice_plate_key_noticed_at", "plate_key", "noticed_at", "noticed_on", "state"),
        Index("ix_notice_noticed_at", "noticed_at"),
        # the quarter's figures are read from this index, never from the rows with their papers
        Index(
            "ix_notice_report",
            "noticed_on",
            "state",
            "plate_key",
            "outcome",
            "item_key",
            "place",
        ),
        Index("ix_notice_state_id", "state", "id"),
        # how many recorders saw each notice: only those given out here, so that imports do not pay
        Index(
            "ix_notice_recorders",
            "noticed_on",
            "state",
            "recorders",
            "recorder_reason",
            sqlite_where=text("origin = 'made_here'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    number: str = Field(unique=True)
    series_id: int | None = Field(default=None, foreign_key="series.id")
    serial: int | None = None
    state: NoticeState = stored(NoticeState)
    origin: Origin = stored(Origin)
    organ_id: int | None = Field(default=None, foreign_key="organ.id")
    plate: str = ""
    plate_key: str = ""
    plate_kind: PlateKind | None = stored(PlateKind, nullable=True)
    plate_colour: PlateColour | None = stored(PlateColour, nullable=True)
    noticed_at: datetime | None = instant(nullable=True)
    noticed_on: date | None = None  # the civil day in Asia/Shanghai, for counting
    place: str = ""
    item_key: str = Field(default="", index=True)
    situation: str = ""  # 情形, as printed
    nearby: str = ""
    officer1_id: int | None = Field(default=None, foreign_key="officer.id")
    officer2_id: int | None = Field(default=None, foreign_key="officer.id")
    officer1: str = ""
    officer2: str = ""
    recorders: str = ""
    recorder_reason: str = ""  # why fewer than two recorders ran
    outcome: NoticeOutcome | None = stored(NoticeOutcome, nullable=True)
    note: str = ""
    ladder_says: str = ""
    ladder_choice: LadderChoice | None = stored(LadderChoice, nullable=True)
    ladder_reason: str = ""
    blank_holder_id: int | None = Field(default=None, foreign_key="officer.id")
    blank_given_on: date | None = None
    void_reason: str = ""
    voided_by: str = ""
    voided_at: datetime | None = instant(nullable=True)
    case_id: int | None = Field(default=None, foreign_key="enforcement_case.id")
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    position: int | None = None  # which notice of the frozen batch, from 0
    page: int | None = None  # its page in the frozen PDF, from 1
    frozen: dict[str, object] | None = json_column()
    print_count: int = 0


class LadderRule(SQLModel, table=True):
    """三次告知: after `notices` notices within `days` days for this item, `then` is suggested."""

    __tablename__ = "ladder_rule"
    id: int | None = Field(default=None, primary_key=True)
    item_key: str = Field(unique=True)
    notices: int
    days: int
    then: LadderChoice = stored(LadderChoice)
    basis: str = ""  # the office's own document; 待机关确认 while empty
