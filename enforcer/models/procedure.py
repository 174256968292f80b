"""What the ordinary procedure puts on record until the investigation ends (行政处罚法 第五章第三节)."""

from datetime import date, datetime

from sqlmodel import Field

from enforcer.course_terms import PeriodKind, RecordKind, SignOffMatter
from enforcer.models.base import UUID, Retractable, instant, json_column, stored, unique_id


class OfCase(Retractable):
    """What every row of a case's course has."""

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    case_id: int = Field(foreign_key="enforcement_case.id", index=True)


class Filing(OfCase, table=True):
    """立案审批表: why it should be filed, and whom the handlers propose (第五十四条第二款)."""

    on: date
    grounds: str
    words: str = ""
    officer_ids: list[int] | None = json_column()
    officers: list[str] | None = json_column()


class SignOff(OfCase, table=True):
    """One signature of the chain; `round` counts how often the matter was put forward."""

    __tablename__ = "sign_off"
    matter: SignOffMatter = stored(SignOffMatter)
    round: int
    level: int
    level_name: str
    person_id: int = Field(foreign_key="officer.id")
    person: str
    agrees: bool
    words: str = ""
    on: date


class Recusal(OfCase, table=True):
    """回避 (第四十三条)."""

    officer_id: int = Field(foreign_key="officer.id")
    officer: str
    by_party: bool
    reason: str
    asked_on: date
    decided_on: date | None = None
    decided_by: str = ""
    granted: bool | None = None
    decision_words: str = ""
    replaced_by_id: int | None = Field(default=None, foreign_key="officer.id")


class WrittenRecord(OfCase, table=True):
    """A written record: inquiry, inspection, photographs, samples, education (第四十六、五十五、五十六条)."""

    __tablename__ = "written_record"
    kind: RecordKind = stored(RecordKind)
    on: date
    began_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)
    place: str = ""
    person: str = ""
    person_role: str = ""
    person_details: dict[str, str] | None = json_column()
    officer_ids: list[int] | None = json_column()
    officers: list[str] | None = json_column()
    recorder: str = ""
    certificates_shown: bool = False
    rights_told: bool = False
    content: str = ""
    things: list[dict[str, object]] | None = json_column()
    signed: bool = True
    refusal_reason: str = ""
    witness: str = ""


class Summons(OfCase, table=True):
    """调查（询问）通知 (第五十五条第二款)."""

    on: date
    person: str
    come_at: datetime = instant()
    place: str
    bring: str = ""
    contact: str = ""


class Correction(OfCase, table=True):
    """责令改正 and its re-inspection (第二十八条第一款)."""

    on: date
    content: str
    basis: str = ""
    at_once: bool = False
    due_on: date | None = None
    rechecked_on: date | None = None
    corrected: bool | None = None
    recheck_words: str = ""


class PeriodChange(OfCase, table=True):
    """What moves the ninety days, with the rule that allows it (第六十条)."""

    __tablename__ = "period_change"
    kind: PeriodKind = stored(PeriodKind)
    first: date
    last: date | None = None
    days: int = 0
    rule: str
    reason: str
    approved_by: str
    approved_on: date
