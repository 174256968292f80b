"""After a decision: deferral, urging, the court, reconsideration and litigation, closing."""

from datetime import date

from sqlmodel import Field

from enforcer.course_terms import ClosingWay, CourtAnswer, RemedyKind, RemedyOutcome
from enforcer.models.base import json_column, stored
from enforcer.models.procedure import OfCase


class Deferral(OfCase, table=True):
    """延期、分期缴纳: `parts` are days and amounts (行政处罚法 第六十六条第二款)."""

    on: date
    applied_on: date | None = None
    reason: str
    approved_by: str
    parts: list[dict[str, object]] | None = json_column()


class Urging(OfCase, table=True):
    """催告 (行政强制法 第三十五、五十四条)."""

    on: date
    fine_fen: int
    additional_fen: int = 0
    how_to_pay: str = ""


class CourtApplication(OfCase, table=True):
    """申请人民法院强制执行 (行政强制法 第五十三至五十八条)."""

    __tablename__ = "court_application"
    on: date
    court: str
    fine_fen: int
    additional_fen: int = 0
    signed_by_id: int | None = Field(default=None, foreign_key="officer.id")
    signed_by: str = ""
    answered_on: date | None = None
    answer: CourtAnswer | None = stored(CourtAnswer, nullable=True)
    answer_number: str = ""


class Remedy(OfCase, table=True):
    """行政复议 or 行政诉讼, and how it ended (行政处罚法 第七条、第七十三条)."""

    kind: RemedyKind = stored(RemedyKind)
    body: str
    on: date
    number: str = ""
    stayed: bool = False
    concluded_on: date | None = None
    outcome: RemedyOutcome | None = stored(RemedyOutcome, nullable=True)
    outcome_number: str = ""
    received_on: date | None = None
    changed_fine_fen: int | None = None
    words: str = ""


class Closure(OfCase, table=True):
    """结案 as it was put to the heads."""

    on: date
    way: ClosingWay = stored(ClosingWay)
    words: str = ""
    goods_words: str = ""
