"""A desk at which notices are issued."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import select

from enforcer.errors import Refused
from enforcer.models import (
    Notice,
)
from enforcer.operations import notices
from enforcer.operations.notice_forms import (
    IssuedNotice,
    NoticeForm,
    VoidNoticeForm,
    labels_of,
)
from enforcer.store.database import Store
from enforcer.terms import (
    PlateColour,
)
from enforcer.text import take
from tests.factories import Office


@dataclass
class Desk:
    """The desk of one office on the day of the tests."""

    store: Store
    office: Office
    today: date
    now: datetime

    def form(self, **given: Any) -> NoticeForm:
        first, second, _ = self.office.officers
        values: dict[str, Any] = {
            "plate": "湘J8K216",
            "plate_colour": PlateColour.BLUE,
            "noticed_at": self.now,
            "place": "桃林路118号门前人行道",
            "item_key": "pavement_parking",
            "situation": "人行道违法停车",
            "officer1_id": first,
            "officer2_id": second,
            "recorders": ("0700001", "0700002"),
        }
        return take(NoticeForm, values | given, labels_of(NoticeForm)).form

    def issue(self, **given: Any) -> IssuedNotice:
        return notices.issue_notice(
            self.store, self.form(**given), today=self.today, now=self.now, actor="周敏"
        )

    def row(self, number: str) -> Notice:
        with self.store.reading() as session:
            return session.exec(select(Notice).where(Notice.number == number)).one()

    def void(self, *ids: int, reason: str = "打印歪斜") -> list[str]:
        form = VoidNoticeForm(notice_ids=ids, reason=reason)
        return notices.void_notices(self.store, form, today=self.today, now=self.now, actor="周敏")


def codes(refused: Refused) -> list[str]:
    return [one.code for one in refused.objections]
