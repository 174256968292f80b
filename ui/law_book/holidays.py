"""放假与期限: the State Council's yearly notices, entered by hand; below them periods tried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.law.calendar import HolidayYear
from enforcer.operations import law_book as deeds
from enforcer.queries import law_book as asked
from enforcer.queries.law_touch import HOLIDAYS, Change
from ui.context import Context
from ui.law_book import holiday_text, words
from ui.law_book.calculator import Calculator
from ui.law_book.law_tab import LawTab
from ui.register_tab import Register
from ui.widgets.basics import label
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import CountEdit, LineEdit, TextArea
from ui.widgets.paged_model import Column

FIRST, LAST = 2000, 2100
LIST_HEIGHT = 226
SHIPPED, OWN = "随程序", "本机关"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A year's notice as the list shows it; `own` is the office's row, None for the shipped one."""

    id: int
    own: int | None
    version: str
    year: HolidayYear

    @property
    def source(self) -> str:
        return SHIPPED if self.own is None else OWN


class FestivalsEdit(TextArea):
    """The festivals, a line each; what is typed is what is kept as a draft."""

    def __init__(self) -> None:
        super().__init__(
            lines=8, placeholder="元旦：1月1日至3日放假，1月4日上班\n可以整段粘贴放假通知"
        )
        self.year = FIRST

    def complaint(self) -> str:
        try:
            holiday_text.read(self.read(), self.year)
        except holiday_text.Unclear as error:
            return str(error)
        return ""


class HolidaysTab(LawTab):
    """The notices that are loaded; the periods of the law are counted by them."""

    kind = HOLIDAYS

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="holidays",
                title="放假通知",
                noun="放假通知",
                columns=(
                    Column("年份", lambda row: f"{row.id} 年", 80),
                    Column("放假", lambda row: f"{len(row.year.off)} 天", 70, right=True),
                    Column("调休上班", lambda row: f"{len(row.year.working)} 天", 80, right=True),
                    Column("文号", lambda row: row.year.number, 196),
                    Column("来源", lambda row: row.source, 80),
                    Column("通知", lambda row: row.year.title, 220, tip=lambda row: row.year.title),
                ),
                ids=lambda store, typed, _retired: [
                    one.year.year
                    for one in asked.holidays(store)
                    if words.holds(typed, str(one.year.year), one.year.title, one.year.number)
                ],
                rows=_rows,
                form=deeds.HolidaysForm,
                save=_save,
                tables=frozenset({"holiday_notice"}),
                empty="还没有放假通知。没有收录的年份只按周六、周日推算，期限显示“暂定”。",
                icon="calendar",
            ),
        )

    def build(self) -> None:
        self.festivals = FestivalsEdit()
        self.read_as = label("", "small", wrap=True)
        self.fields = {
            "year": self.field("year", CountEdit(least=FIRST, most=LAST)),
            "number": self.field(
                "number", LineEdit(placeholder="国办发明电〔2026〕×号"), required=True
            ),
            "title": self.field("title", LineEdit(), required=True),
            "festivals": self.field(
                "festivals", self.festivals, hint="一行一个节日，可粘贴通知原文", required=True
            ),
        }
        grid = FieldGrid()
        for name, field in self.fields.items():
            grid.add(field, 1 if name in ("year", "number") else 2)
        grid.add(self.read_as, 2)
        self.column.addLayout(grid)
        self.add_withdraw()
        self.fields["year"].edited.connect(self._year_edited)
        self.fields["festivals"].edited.connect(self._tell_days)

    def _lay_out(self, content: QWidget) -> None:
        super()._lay_out(content)
        self.calculator = Calculator(self.context)
        self.left.setMaximumHeight(LIST_HEIGHT)
        columns: Any = self.layout()
        columns.removeWidget(self.left)
        stacked = QVBoxLayout()
        stacked.setSpacing(16)
        stacked.addWidget(self.left)
        stacked.addWidget(self.calculator, 1)
        columns.insertLayout(0, stacked, 1)

    def starting(self) -> dict[str, Any]:
        known = {one.year.year for one in self.context.tasks.now(asked.holidays)}
        year = self.context.clock.today().year
        while year in known:
            year += 1
        return {"year": year, "title": title_of(year)}

    def values_of(self, row: NoticeRow) -> dict[str, Any]:
        return {
            "year": row.id,
            "number": row.year.number,
            "title": row.year.title,
            "festivals": holiday_text.write(row.year),
        }

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        try:
            found = holiday_text.read(values["festivals"], values["year"])
        except holiday_text.Unclear:  # the field says so under itself
            found = ()
        return values | {"festivals": [one.as_given() for one in found]}

    def _whole(self, values: dict[str, Any]) -> dict[str, Any]:
        return super()._whole(values) | {"id": self.own_id}

    @property
    def own_id(self) -> int | None:
        return None if self.row is None else self.row.own

    def heading(self, row: NoticeRow) -> str:
        return f"{row.id} 年放假通知（{row.source}）"

    def shown(self, row: NoticeRow | None) -> None:
        self.fields["year"].editor.setEnabled(row is None)
        if row is not None and row.own is None:
            self.banner.say("info", "随程序发布的通知。改动后保存为本机关的一条，代替它。")
        self._year_edited()

    def _can_withdraw(self) -> bool:
        return self.own_id is not None

    def _year_edited(self) -> None:
        self.festivals.year = self.fields["year"].read()
        title = self.fields["title"]
        if self.row is None and title.read() in {title_of(one) for one in range(FIRST, LAST + 1)}:
            title.write(title_of(self.festivals.year))
        self._tell_days()

    def _tell_days(self) -> None:
        """What was read, with weekdays, for checking against the notice."""
        said = ""
        if not self.festivals.complaint():
            said = holiday_text.in_words(
                holiday_text.read(self.festivals.read(), self.festivals.year)
            )
        self.read_as.setText(said)
        self.read_as.setVisible(bool(said))

    def change(self, values: dict[str, Any]) -> Change | None:
        return Change(self.kind, year=values["year"])


def title_of(year: int) -> str:
    """What the notice of a year is called."""
    return f"国务院办公厅关于{year}年部分节假日安排的通知"


def _rows(store: Any, ids: Sequence[int]) -> list[NoticeRow]:
    known = {
        one.year.year: NoticeRow(one.year.year, one.id, one.version, one.year)
        for one in asked.holidays(store)
    }
    return [known[one] for one in ids if one in known]


def _save(store: Any, form: deeds.HolidaysForm, **more: Any) -> int:
    """Save, and answer with the year by which the list knows the notice."""
    deeds.save_holidays(store, form, **more)
    return form.year
