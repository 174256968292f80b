"""操作记录: who did what when, newest first; each entry in words, and the chain checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from enforcer.operations.log import (
    ChainReport,
    ExportLogForm,
    LogForm,
    action_label,
    deed_label,
    deed_labels,
    export_log,
    filter_of,
    verify_log,
)
from enforcer.queries import log
from enforcer.queries.log import LogFilter, LogKind, LogRow
from ui.context import Context
from ui.row_list import RowList
from ui.settings.log_entry import EntryPanel
from ui.tasks import Note
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState, PageHeader, button, label
from ui.widgets.inputs import Choice
from ui.widgets.moments import show_moment
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import Act, PagedTable
from ui.widgets.plain import Inset
from ui.widgets.spans import SpanFilter

FIRST: Final = 200
EVERYTHING: Final = LogFilter()
NOTHING: Final = "还没有操作记录。"
NO_HIT: Final = "没有符合条件的操作记录，请放宽查找条件。"
SEEKING: Final = "正在查找……"
SOUND: Final = (
    "已核对全部 {:,} 条，从第一条到最后一条首尾相接，没有缺失和改动。末条校验值：{}。"
    "抄在纸上或者随季度报表留存，以后就能证明这些记录没有被整个换掉。"
)
BROKEN: Final = "核对了 {:,} 条，发现 {} 处问题。请保留现有数据，用备份核对，并查明是谁改动的。"


def log_tab(context: Context) -> QWidget:
    """The log for those who look after it; for everybody else a sentence."""
    why = context.against("verify_log", "查看操作记录")
    return NotYours(why) if why else LogTab(context)


class NotYours(QWidget):
    """Whose the log is."""

    def __init__(self, why: str) -> None:
        super().__init__()
        card = Card("操作记录", spacing=12)
        card.setMaximumWidth(720)
        card.body.addWidget(label(why, "quiet", wrap=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch()


class LogTab(QWidget):
    """The list, and beside it the entry it stands on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.list = LogList(context)
        self.panel = EntryPanel(context)
        self.search = self.list.search
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.list, 1)
        row.addWidget(self.panel)
        self.list.table.selected.connect(self._selected)
        self.list.table.opened.connect(lambda _id: self.panel.take_focus())
        self.setFocusProxy(self.search)
        each = (self.list.span.last, self.list.verify_button, self.list.export_button,
                self.panel.area)  # fmt: skip
        for before, after in pairwise(each):
            QWidget.setTabOrder(before, after)

    def _selected(self, ids: Sequence[int]) -> None:
        self.panel.show_entry(ids[0] if len(ids) == 1 else None)

    def refresh(self) -> None:
        """Ask again (F5), for the people too."""
        self.list.ask_people()
        self.list.refresh()


class TabHeader(PageHeader):
    """The figures and the acts: the tab above says already what this is."""

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__("", "", *buttons)
        self._title.hide()


class LogList(RowList):
    """Every entry, the newest first; what is found first shows at once, the rest follows."""

    what = "操作记录"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.verify_button = button("核对操作记录", "proven", on=self.verify)
        self.export_button = button("导出 Excel", "export", on=self.export_excel)
        self.header = TabHeader(self.verify_button, self.export_button)
        self.search = self.search_for("log_search", "案号、编号、事项、姓名、文件名　Ctrl+F")
        self.person = Choice(blank="全部人员")
        self.person.setAccessibleName("人员")
        self.kind = Choice([(one, one.label) for one in LogKind], blank="全部动作")
        self.kind.setAccessibleName("动作")
        self.span = SpanFilter(context.clock.today)
        self.empty = EmptyState(NOTHING, icon="history")
        self.table = PagedTable(
            "log",
            (
                Column("时间", _when, 136, firm=True),
                Column("人员", lambda row: row.who, 124),
                Column("事项", deed_label, 152),
                Column("动作", _action, 84, tone=_tone, tip=action_label),
                Column("对象", _thing, 190, named=True, tone=_gone),
            ),
            self._rows,
            title="操作记录列表",
            empty=self.empty,
            acts=(Act("只看这个人的", self._only_his, "person", single=True),),
        )
        self._shown = EVERYTHING
        self.banner = Banner(dismissable=True)
        self.banner.hide()
        self.banner.dismissed.connect(self.banner.hide)
        self.begin({"audit_entry"}, (self.person, self.kind, self.span), sort="")
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, Inset(self.banner, (0, 0, 0, 0)))
        self.ask_people()

    def filter(self) -> LogFilter:
        """What the list is narrowed to."""
        return filter_of(self.search.read(), self.person.read() or "", self.kind.read(),
                         *self.span.read())  # fmt: skip

    def ask_people(self) -> None:
        """Who stands in the log, for the choice of a person."""
        self.context.tasks.ask(
            log.people, self.person.set_choices, owner=self, latest="people", long=True
        )

    def question(self, sort: str, *, descending: bool) -> Callable[[Any], Any]:
        """The numbers of the first page, of all where nothing is narrowed."""
        del sort, descending
        asked = self.filter()
        first = 0 if asked == EVERYTHING else FIRST

        def ask(store: Any) -> tuple[LogFilter, Sequence[int]]:
            deed_labels()
            return asked, log.ids(store, asked, first=first)

        return ask

    def refresh(self) -> None:
        """Ask again: a narrowed list shows its first page, and the rest once it is found."""
        self.fresh.asked()
        self.header.set_subtitle(SEEKING)
        narrowed = self.filter() != EVERYTHING
        self._ask(self.question("", descending=True), self.show_answer, long=narrowed)

    def _ask(
        self, question: Callable[[Any], Any], then: Callable[[Any], object], *, long: bool = True
    ) -> None:
        self.context.tasks.ask(question, then, owner=self, latest=self.what, long=long)

    def show_answer(self, answer: tuple[LogFilter, Sequence[int]]) -> None:
        """The first page; the rest is asked for where there is more."""
        asked, found = answer
        self._show(found)
        if asked != EVERYTHING and len(found) == FIRST:
            self.header.set_subtitle(SEEKING)
            self._ask(lambda store: log.ids(store, asked), self._show)

    def _show(self, found: Sequence[int]) -> None:
        asked = self.filter()
        narrowed = asked != EVERYTHING
        self.empty.set_sentence(NO_HIT if narrowed else NOTHING)
        self.table.show_ids(found)
        if asked != self._shown and not self.table.selected_ids():
            self.table.view.scrollToTop()
        self._shown = asked
        self.header.set_subtitle(f"{'找到' if narrowed else '共'} {len(found):,} 条")

    def _rows(self, ids: Sequence[int]) -> list[LogRow]:
        return self.context.tasks.now(lambda store: log.rows(store, ids))

    def _only_his(self, ids: Sequence[int]) -> None:
        (row,) = self._rows(ids)
        self.person.write(row.actor)

    def export_to(self, path: Path) -> None:
        """Write what is narrowed to, entry by entry, with what each says."""
        asked = self.filter()
        form = ExportLogForm(
            words=asked.words,
            log_actor=asked.actor,
            kind=asked.kind,
            from_on=asked.from_on,
            to_on=asked.to_on,
            path=path,
            overwrite=True,
        )
        self._work("导出操作记录", export_log, form, self._exported, self.export_button)

    def _exported(self, done: Any) -> None:
        told = "".join(done.remarks)
        self.context.window.message("ok", f"已导出 {done.rows:,} 条到 {done.path}。{told}")

    def verify(self) -> None:
        """Walk the chain from end to end."""
        form = LogForm(request_id=uuid4())
        self._work("核对操作记录", verify_log, form, self._verified, self.verify_button)

    def _work(
        self,
        what: str,
        deed: Callable[..., Any],
        form: LogForm,
        then: Callable[[Any], object],
        act: QPushButton,
    ) -> None:
        """With the files' workers: a million entries take a while, and nobody waits to save."""
        context = self.context
        today, now = context.clock.today(), context.clock.now()
        act.setEnabled(False)

        def job(note: Note) -> Any:
            said = partial(note, what=what)
            return deed(context.store, form, today=today, now=now, actor=context.actor, note=said)

        def done(answer: Any) -> None:
            act.setEnabled(True)
            then(answer)

        def failed(error: Exception) -> bool:
            act.setEnabled(True)
            if str(error):
                self.banner.say("bad", str(error))
                self.banner.show()
            return bool(str(error))

        context.tasks.work(job, done, owner=self, what=what, failed=failed)

    def _verified(self, report: ChainReport) -> None:
        if report.problems:
            told = "\n".join(report.problems)
            self.banner.say("bad", f"{BROKEN.format(report.entries, len(report.problems))}\n{told}")
        else:
            self.banner.say("ok", SOUND.format(report.entries, report.head), icon="proven")
        self.banner.show()


def _when(row: LogRow) -> str:
    return f"第 {row.id:,} 条" if row.gone else show_moment(row.at) or "时间读不出来"


def _action(row: LogRow) -> str:
    return "缺失" if row.gone else action_label(row).partition("（")[0]


def _thing(row: LogRow) -> str:
    return "这一条不在了：请核对操作记录" if row.gone else row.thing


def _gone(row: LogRow) -> str:
    return "bad" if row.gone else ""


def _tone(row: LogRow) -> str:
    if row.gone:
        return "bad"
    return "warn" if row.action in ("sign_in_failed", "account_locked", "delete") else ""
