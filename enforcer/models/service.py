"""Service of papers (送达), successful or not."""

from datetime import date

from enforcer.course_terms import Receiver, ServiceMethod
from enforcer.models.base import json_column, stored
from enforcer.models.procedure import OfCase
from enforcer.terms import CaseStep


class Service(OfCase, table=True):
    """One attempt to serve one paper; `effective_on` is empty where it came to nothing.

    `of` and `of_id` name the paper by the step that made it (行政处罚法 第六十一条).
    """

    of: CaseStep = stored(CaseStep)
    of_id: int = 0
    paper: str = ""
    paper_on: date | None = None
    method: ServiceMethod = stored(ServiceMethod)
    on: date
    effective_on: date | None = None
    place: str = ""
    at_residence: bool = False
    receiver: Receiver | None = stored(Receiver, nullable=True)
    receiver_name: str = ""
    relation: str = ""
    refused: bool = False
    refusal_reason: str = ""
    witness: str = ""
    video: str = ""
    mail_number: str = ""
    receipt_on: date | None = None
    consent_on: date | None = None
    address: str = ""
    arrived_on: date | None = None
    remedy_channel: str = ""
    announced_where: str = ""
    failed: bool = False
    failure: str = ""
    words: str = ""  # why and how it was announced
    officers: list[str] | None = json_column()
