"""Whether papers of a case are numbered per document type, or all share the number of their case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.operations.course_paper_numbers import (
    SETTING,
    PaperNumbersForm,
    Scheme,
    save_paper_numbers,
)
from enforcer.queries import office
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.inputs import Choice, CountEdit

SAID = {
    Scheme.SERIES: "每种文书各排一列，每年从 1 开始。",
    Scheme.CASE: "同一案件的文书都用案号的序号，只换文书代字；同种文书的第二份写作 001-2。",
}


class SchemeBox(QWidget):
    """编号方式, with the year of filing from which 一案一号 is used."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._loaded = ""
        self.scheme = Choice([(Scheme.SERIES, "各文书分别编号"), (Scheme.CASE, "一案一号")])
        self.scheme.setObjectName("scheme")
        self.year = CountEdit(least=2020, most=2100, unit="年")
        self.year.setObjectName("scheme_year")
        self.note = label("", "small", wrap=True)
        self.message = Banner("ok")
        self.message.hide()
        self.save = button("保存编号方式", on=self.keep)
        self.save.setObjectName("scheme_save")
        grid = FieldGrid()
        grid.add(Field("普通程序文书的编号方式", self.scheme))
        self._year = Field("这一年及以后立案的案件", self.year)
        grid.add(self._year)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(self.note)
        column.addWidget(self.message)
        column.addWidget(ActBar(self.save))
        self.scheme.edited.connect(self._tell)
        self.load()

    def load(self) -> None:
        """Show what the office has chosen."""

        def look(store: Any) -> tuple[Mapping[str, Any], str]:
            return office.setting(store, SETTING), office.setting_version(store, SETTING)

        self.context.tasks.ask(look, self._show, owner=self, latest="scheme")

    def keep(self) -> None:
        """Save it; what came out keeps its number."""
        form = PaperNumbersForm(
            request_id=uuid4(),
            loaded=self._loaded,
            scheme=self.scheme.read(),
            from_year=self.year.read(),
        )
        clock, actor = self.context.clock, self.context.actor
        self.context.tasks.do(
            lambda store: save_paper_numbers(
                store, form, today=clock.today(), now=clock.now(), actor=actor
            ),
            self._kept,
            owner=self,
            failed=in_place(self.message),
        )

    def _kept(self, _key: str) -> None:
        self.message.say("ok", "编号方式已保存；已经出件的文书编号不变。")
        self.load()

    def _show(self, answer: tuple[Mapping[str, Any], str]) -> None:
        said, self._loaded = answer
        self.scheme.write(Scheme(said.get("scheme", Scheme.SERIES)))
        self.year.write(int(said.get("from_year", self.context.clock.today().year)))
        self._tell()

    def _tell(self) -> None:
        chosen = self.scheme.read() or Scheme.SERIES
        self.note.setText(SAID[chosen])
        self._year.setVisible(chosen is Scheme.CASE)
