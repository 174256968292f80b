"""编号方式: a series per kind of paper or one number per case, by example; the void numbers kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from enforcer.operations.course_paper_numbers import (
    PaperNumbersForm,
    Scheme,
    save_paper_numbers,
)
from enforcer.operations.editing import read
from enforcer.operations.numbers_overview import NextNumber, Numbering, numbering_of
from enforcer.queries import powers
from enforcer.queries.powers import OrganRow
from enforcer.queries.void_numbers import VoidNumber, void_numbers
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, EmptyState, Scrolled, button, label
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, CountEdit, LineEdit
from ui.widgets.moments import show_moment
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

SCHEMES = (
    (
        Scheme.SERIES,
        "每种文书各编各号",
        "告知书、决定书、通知书各有一列号，按出件的先后连续编。",
    ),
    (
        Scheme.CASE,
        "一案一号",
        "一个案件的文书都用立案的序号，只换文书代字；同一种文书出第二份的加“-2”。",
    ),
)


class NumberingTab(QWidget):
    """Which scheme at the left, the next numbers by both and the void ones at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.known: Numbering | None = None
        self.rows: dict[str, NextNumber] = {}
        self.void: dict[str, VoidNumber] = {}
        self._stale, self._request = True, uuid4()
        self.banner = Banner()
        self.banner.hide()
        self.check = Banner()
        self.organ = Choice()
        self.organ.setAccessibleName("哪个机关的文书")
        self.buttons: dict[Scheme, QRadioButton] = {}
        self.group = QButtonGroup(self)
        year = context.clock.today().year
        self.from_year = Field(
            "从哪一年立案的案件起", CountEdit(least=2020, most=year + 1, unit="年"), required=True
        )
        self.search = LineEdit(placeholder="查找作废的编号、文书、原因　Ctrl+F")
        self.search.setAccessibleName("查找作废的编号")
        self.search.setClearButtonEnabled(True)
        self.rules_button = button("设置各种文书的样式", "edit", on=self._rules)
        self.save_button = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        self.acts = ActBar(self.save_button)
        self._tables()
        self._lay_out()
        self.organ.edited.connect(self._ask)
        self.from_year.edited.connect(self._offer)
        self.search.edited.connect(self._show_void)
        self.table.opened.connect(self._rule)
        context.tasks.changed.connect(self._changed)

    def _tables(self) -> None:
        self.table = PagedTable(
            "next-numbers",
            (
                Column("文书", lambda row: row.label, 165, tip=lambda row: row.label),
                Column(
                    "各编各号：下一个号",
                    lambda row: row.series or row.missing,
                    240,
                    tone=lambda row: "" if row.series else "warn",
                    tip=lambda row: row.missing or row.series,
                ),
                Column("一案一号：下一案的号", lambda row: row.case or "—", 225),
                Column("样式", rule_of, 110, spare=True),
            ),
            lambda ids: [self.rows[one] for one in ids],
            title="各种文书的下一个号",
            empty=EmptyState("还没有机关。先在“机关”里登记。", icon="organ"),
            key=lambda row: row.kind,
        )
        self.void_table = PagedTable(
            "void-numbers",
            (
                Column("作废的编号", lambda row: row.number, 222, firm=True),
                Column("文书", lambda row: row.title, 120),
                Column("原因", lambda row: row.reason, 170),
                Column("经手", lambda row: row.voided_by or "—", 70, spare=True),
                Column("时间", lambda row: show_moment(row.voided_at) or "—", 140, spare=True),
            ),
            lambda ids: [self.void[one] for one in ids],
            title="作废的编号",
            empty=EmptyState("没有作废的编号。作废的号留在这里，不再使用。", icon="blank_numbers"),
        )

    def _lay_out(self) -> None:
        left = Card(spacing=12)
        left.setFixedWidth(420)
        left.body.addWidget(label("案件文书怎样编号", "section"))
        left.body.addWidget(self.banner)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(10)
        for scheme, name, about in SCHEMES:
            choice = QRadioButton(name)
            choice.toggled.connect(lambda _on: self._offer())
            self.group.addButton(choice)
            self.buttons[scheme] = choice
            inside.addWidget(choice)
            inside.addWidget(label(about, "quiet", wrap=True))
        inside.addWidget(self.from_year)
        said = "改动只管以后出的文书；已经取的号不变、不重用。温馨告知书、当场处罚、立案和线索总是各编各号。"
        inside.addWidget(label(said, "small", wrap=True))
        inside.addStretch()
        left.body.addWidget(Scrolled(content), 1)
        left.body.addWidget(self.check)
        left.body.addWidget(self.acts)
        right = QVBoxLayout()
        right.setSpacing(14)
        next_ = Card(tight=True, spacing=6)
        top = QHBoxLayout()
        top.setContentsMargins(11, 4, 11, 2)
        top.setSpacing(12)
        top.addWidget(self.organ, 1)
        top.addWidget(self.rules_button)
        next_.body.addLayout(top)
        next_.body.addWidget(self.table, 1)
        void = Card(tight=True, spacing=6)
        above = QHBoxLayout()
        above.setContentsMargins(11, 4, 11, 2)
        above.addWidget(self.search)
        void.body.addLayout(above)
        void.body.addWidget(self.void_table, 1)
        right.addWidget(next_, 3)
        right.addWidget(void, 2)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(left)
        columns.addLayout(right, 1)
        self.setFocusProxy(self.buttons[Scheme.SERIES])

    # what is kept

    def refresh(self) -> None:
        """Ask again for organs, numbers and void ones."""
        self._stale = False
        self.context.tasks.ask(
            lambda store: powers.organs(store, enabled_only=True),
            self._know_organs,
            owner=self,
            latest="organs",
        )
        self.context.tasks.ask(void_numbers, self._know_void, owner=self, latest="void", long=True)

    def _know_organs(self, rows: Sequence[OrganRow]) -> None:
        self.organ.set_choices([(one.id, one.name) for one in rows])
        if self.organ.read() is None and rows:
            self.organ.blockSignals(True)
            self.organ.write(rows[0].id)
            self.organ.blockSignals(False)
        self._ask()

    def _ask(self) -> None:
        organ, year = self.organ.read(), self._year
        self.context.tasks.ask(
            lambda store: numbering_of(store, organ, year),
            self._know,
            owner=self,
            latest="numbering",
            long=True,
        )

    @property
    def _year(self) -> int:
        day: date = self.context.clock.today()
        return day.year

    def _know(self, known: Numbering) -> None:
        first = self.known is None or self.known.version != known.version
        self.known = known
        self.rows = {one.kind: one for one in known.rows}
        self.table.show_ids(list(self.rows))
        if first:
            self._request = uuid4()
            self.buttons[known.scheme].setChecked(True)
            self.from_year.write(known.from_year)
        if known.faults:
            self.check.say("bad", "\n".join(known.faults))
        else:
            self.check.say("ok", "已经取的号逐列核对过：不缺号，不重号。")
        self._offer()

    def _know_void(self, rows: Sequence[VoidNumber]) -> None:
        self.void = {one.id: one for one in rows}
        self._show_void()

    def _show_void(self) -> None:
        typed = self.search.read().split()
        self.void_table.show_ids(
            [
                one.id
                for one in self.void.values()
                if all(word in f"{one.number} {one.title} {one.reason}" for word in typed)
            ]
        )

    # what is chosen

    @property
    def scheme(self) -> Scheme:
        """The scheme that is ticked."""
        return next((one for one, each in self.buttons.items() if each.isChecked()), Scheme.SERIES)

    def _offer(self) -> None:
        if self.known is None:
            self.acts.offer(self.save_button, "正在载入…")
            return
        self.from_year.setEnabled(self.scheme is Scheme.CASE)
        changed = self.scheme is not self.known.scheme or (
            self.scheme is Scheme.CASE and self.from_year.read() != self.known.from_year
        )
        filing = self.rows.get("case_filing")
        reason = "" if changed else "没有改动"
        if changed and self.scheme is Scheme.CASE and (filing is None or not filing.series):
            reason = "先设好立案的编号规则：一案一号用的是立案的序号"
        self.acts.offer(self.save_button, reason)

    def save(self) -> None:
        """Use the scheme that is ticked for papers from now on."""
        if not self.save_button.isEnabled() or self.known is None:
            return
        given = {
            "request_id": self._request,
            "loaded": self.known.version,
            "scheme": self.scheme,
            "from_year": self.from_year.read(),
        }
        context = self.context
        context.carry_out(
            save_paper_numbers,
            lambda: read(PaperNumbersForm, given).form,
            self._saved,
            owner=self,
            failed=in_place(self.banner),
        )

    def _saved(self, _key: str) -> None:
        name = next(words for scheme, words, _ in SCHEMES if scheme is self.scheme)
        self._ask()
        self.banner.say("ok", f"已保存：以后出的案件文书{name}。已经取的号不变。")

    def _rule(self, kind: str) -> None:
        """Set the form of one kind's numbers; one that has none begins a new rule."""
        row = self.rows[kind]
        if row.missing or row.derived:
            self.context.window.go("settings.numbers", kind, self.organ.read())
        else:
            self._rules()

    def _rules(self) -> None:
        self.context.window.go("settings.numbers")

    # Qt

    def _changed(self, names: frozenset[str]) -> None:
        watched: set[str] = {"number_rule", "series", "organ", "document", "notice", "setting"}
        if names & watched:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()


def rule_of(row: NextNumber) -> str:
    """Where the form of a number comes from."""
    if row.missing:
        return "还没有设"
    return "按代字推定" if row.derived else "本机关设定"
