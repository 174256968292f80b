"""新旧对照: the law of the day of the act beside the law of the day of the decision."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.law import catalogue
from enforcer.law.catalogue import CODE_FROM
from enforcer.law.violation import Violation
from enforcer.queries import law_book
from ui.context import Context
from ui.law_book import words
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, Scrolled, label
from ui.widgets.field import Field
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.pickers import ItemPicker, Option


class ComparisonTab(QWidget):
    """从旧兼从轻 (行政处罚法 第三十七条): both laws laid open, the choice left to legal review."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        today = context.clock.today
        items = catalogue.items(today())
        self.item = ItemPicker([Option(one.key, one.title, one.group, one.words) for one in items])
        self.acted_on, self.decided_on = DateEdit(today), DateEdit(today)
        self.acted_on.write(CODE_FROM - timedelta(days=1))
        self.decided_on.write(today())
        self.search = self.item
        self.banner = Banner("info", "选一个事项，填行为发生的日子和作出决定的日子。")
        top = Card(spacing=10)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Field("事项", self.item), 3)
        row.addWidget(Field("行为发生", self.acted_on), 1)
        row.addWidget(Field("作出决定", self.decided_on), 1)
        top.body.addLayout(row)
        top.body.addWidget(self.banner)
        self.sides = {name: _Side() for name in ("old", "new")}
        below = QHBoxLayout()
        below.setSpacing(16)
        for one in self.sides.values():
            below.addWidget(one, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(top)
        column.addLayout(below, 1)
        for edited in (self.item.edited, self.acted_on.edited, self.decided_on.edited):
            edited.connect(self.compare)
        self.setFocusProxy(self.item)
        self.compare()

    def show_item(self, key: str, acted_on: date) -> None:
        """Lay this item open for an act of this day."""
        self.acted_on.write(acted_on)
        self.item.write(key)
        self.compare()

    def compare(self) -> None:
        """Ask the catalogue for both days."""
        key, acted, decided = self.item.read(), self.acted_on.read(), self.decided_on.read()
        if not key or acted is None or decided is None:
            self.sides["old"].show_item("行为发生时的规定", None, "")
            self.sides["new"].show_item("作出决定时的规定", None, "")
            return
        if decided < acted:
            self.banner.say("bad", f"作出决定的 {decided} 早于行为发生的 {acted}，请核对。")
            return
        found = self.context.tasks.now(
            lambda store: law_book.provisions_for(store, key, acted, decided)
        )
        kind = "ok" if found.lighter == "same" and not found.needs_choice else "warn"
        self.banner.say(kind, f"{found.say}（{found.cite}）")
        same = found.old is not None and found.new is not None and found.lighter == "same"
        same = same and not found.needs_choice
        for name, item, title in (
            ("old", found.old, f"行为发生时（{show_day(acted)}）的规定"),
            ("new", found.new, f"作出决定时（{show_day(decided)}）的规定"),
        ):
            suggested = "建议适用" if found.applies == name and not same else ""
            self.sides[name].show_item(title, item, suggested)


class _Side(Card):
    """One of the two laws."""

    def __init__(self) -> None:
        super().__init__(spacing=8)
        head = QHBoxLayout()
        self.title = label("", "section", wrap=True)
        self.mark = label("", "strong", "accent")
        head.addWidget(self.title, 1)
        head.addWidget(self.mark)
        self.body.addLayout(head)
        self.since = label("", "quiet", wrap=True)
        self.body.addWidget(self.since)
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 6, 0)
        self.column.setSpacing(6)
        self.body.addWidget(Scrolled(content), 1)

    def show_item(self, title: str, item: Violation | None, mark: str) -> None:
        self.title.setText(title)
        self.mark.setText(mark)
        if item is None:
            self.since.setText("这一天没有收录此项的规定。" if mark or title else "")
            words.put(self.column, [])
            return
        until = f"至 {show_day(item.until_on)}" if item.until_on else "现行"
        self.since.setText(f"{show_day(item.from_on)} 起施行，{until}")
        words.put(self.column, words.sections(item))
