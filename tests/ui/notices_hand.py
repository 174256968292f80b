"""A hand at the desk of notices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from PySide6.QtCore import Qt
from sqlmodel import select

from enforcer.models import Notice
from enforcer.operations import notices
from enforcer.operations.notice_forms import GiveBlanksForm, NoticeForm
from enforcer.store.database import Store
from tests.factories import Office
from tests.ui.register_desk import CTRL, QuietWindow
from ui.notices import NoticesPage

Key = Qt.Key


ENTER, ISSUE, ESC = Key.Key_Return, (Key.Key_Return, CTRL), Key.Key_Escape


class Desk:
    """The page, its office, and what has been kept."""

    def __init__(self, page: NoticesPage, made: Office, store: Store, now: datetime) -> None:
        self.page, self.office, self.store, self.now = page, made, store, now

    @property
    def window(self) -> QuietWindow:
        return cast("QuietWindow", self.page.context.window)

    def rows(self) -> list[Notice]:
        with self.store.reading() as session:
            return list(session.exec(select(Notice).order_by(Notice.id)))

    def earlier(self, *, plate: str = "湘J8K216", days: int = 1, **given: Any) -> int:
        """A notice issued before, as another desk would."""
        values: dict[str, Any] = {
            "plate": plate,
            "noticed_at": self.now - timedelta(days=days),
            "place": "松林路26号",
            "item_key": "pavement_parking",
            "situation": "人行道违法停车",
            "officer1_id": self.office.officers[0],
            "officer2_id": self.office.officers[1],
            "recorders": ("0700001", "0700002"),
            "ladder_reason": "演练",
        }
        form = NoticeForm(**(values | given))
        return notices.issue_notice(
            self.store, form, today=self.now.date(), now=self.now, actor="周敏"
        ).id

    def blanks(self, count: int) -> list[int]:
        form = GiveBlanksForm(officer_id=self.office.officers[0], count=count)
        given = notices.give_blanks(
            self.store, form, today=self.now.date(), now=self.now, actor="内勤"
        )
        return list(given.ids)

    def fresh(self) -> None:
        """Look again, as the window does when another desk has written."""
        self.page.refresh()
