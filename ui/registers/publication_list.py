"""The list as it would go out, read in the window before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.exchange.export import Written
from enforcer.law.publication import ARTICLE_DISCLOSURE
from enforcer.operations.publication_exports import (
    PLATFORM,
    PUBLIC,
    ExportPublicationForm,
    Outgoing,
    export_publication,
    outgoing,
)
from enforcer.publication_terms import Audience
from ui.context import Context
from ui.failures import in_place
from ui.statistics.picker import PeriodPicker
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, EmptyState, Scrolled, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.file_dialogs import ask_save
from ui.widgets.inputs import Choice, Tick
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

REMARKS_SHOWN: Final = 4
WIDTHS: Final = (200, 120, 90, 280, 160, 110, 150, 100, 160)
NOTHING: Final = "这一期间没有审定公开的决定。换一个期间，或者先在“公示”里审定是否公开。"
READ_FIRST: Final = f"逐条看过、没有应当遮盖而没有遮盖的内容，再导出（{ARTICLE_DISCLOSURE}）"


@dataclass(frozen=True, slots=True)
class _Line:
    id: int
    cells: tuple[str, ...]


class PublicationListDialog(Dialog):
    """A span, an audience, the covered list, what is left out and why; then the file."""

    def __init__(self, parent: QWidget, context: Context, audience: Audience) -> None:
        super().__init__(parent)
        self.context = context
        self.list: Outgoing | None = None
        self.setWindowTitle("导出公开名单")
        self.resize(1120, 640)
        self.audience = Choice([(one, one.label) for one in Audience])
        self.audience.setAccessibleName("公开对象")
        self.audience.write(audience)
        self.picker = PeriodPicker(context.clock.today)
        self.banner = Banner()
        self.banner.hide()
        self._tables: dict[Audience, PagedTable] = {}
        self._holder = Card(tight=True)
        self.full = label("", wrap=True)
        self.full.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.read_it = Tick("逐条看过，应当遮盖的都已遮盖")
        self.write_button = button(
            "导出 Excel…", "export", main=True, keys="Ctrl+Enter", on=self.save
        )
        self.acts = ActBar(button("关闭", on=self.reject), self.write_button)
        self._lay_out()
        self.picker.picked.connect(lambda _period: self.look())
        self.audience.edited.connect(self.look)
        self.read_it.edited.connect(self._offer)
        self.look()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(label("导出公开名单", "section"))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.audience)
        row.addWidget(self.picker, 1)
        column.addLayout(row)
        column.addWidget(self.banner)
        column.addWidget(self._holder, 3)
        text = QWidget()
        inside = QVBoxLayout(text)
        inside.setContentsMargins(4, 0, 4, 0)
        inside.addWidget(self.full)
        inside.addStretch()
        column.addWidget(Scrolled(text), 1)
        column.addWidget(self.read_it)
        column.addWidget(self.acts)

    @property
    def table(self) -> PagedTable:
        """The table of the audience chosen."""
        return self._tables[self.audience.read()]

    def look(self) -> None:
        """Ask for the list as it would go out."""
        period, audience = self.picker.period, self.audience.read()
        self.read_it.write(False)
        self._show_table(audience)
        self.context.tasks.ask(
            lambda store: outgoing(store, period, audience),
            self._show,
            owner=self,
            latest="list",
        )

    def _show_table(self, audience: Audience) -> None:
        if audience not in self._tables:
            made = self._tables[audience] = PagedTable(
                f"publication-{audience.value}",
                _columns(audience),
                self._rows,
                title="公开名单",
                empty=EmptyState(NOTHING, icon="document"),
            )
            made.selected.connect(self._tell)
            self._holder.body.addWidget(made)
        for known, table in self._tables.items():
            table.setVisible(known is audience)
        self.read_it.setVisible(audience is Audience.PUBLIC)

    def _rows(self, ids: Sequence[int]) -> list[_Line]:
        assert self.list
        return [_Line(one, self.list.rows[one]) for one in ids]

    def _show(self, found: Outgoing) -> None:
        self.list = found
        self.full.setText("")
        self.table.show_ids(range(len(found.rows)))
        if found.rows:
            self.table.select(0)
        said = list(found.remarks[:REMARKS_SHOWN])
        if len(found.remarks) > REMARKS_SHOWN:
            said.append(f"另有 {len(found.remarks) - REMARKS_SHOWN} 条，导出后列在消息里。")
        head = f"列入 {len(found.rows)} 份。"
        self.banner.say(
            "warn" if said else "ok" if found.rows else "info", "\n".join([head, *said])
        )
        self._offer()

    def _tell(self, ids: Sequence[int]) -> None:
        if len(ids) == 1 and self.list is not None and ids[0] < len(self.list.rows):
            pairs = zip(self.list.titles, self.list.rows[ids[0]], strict=True)
            self.full.setText("　".join(f"{name}：{cell}" for name, cell in pairs if cell))

    def _offer(self) -> None:
        public = self.audience.read() is Audience.PUBLIC
        reason = ""
        if self.list is None or not self.list.rows:
            reason = "没有可以导出的决定"
        elif public and not self.read_it.read():
            reason = READ_FIRST
        self.acts.offer(self.write_button, reason)

    def save(self) -> None:
        """Ask where to, and write it."""
        if self.write_button.isEnabled():
            name = "公开名单" if self.audience.read() is Audience.PUBLIC else "双公示行政处罚"
            path = ask_save(self, "导出公开名单", f"{name}（{self.picker.period.label}）.xlsx")
            if path is not None:
                self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the list to this file; the file dialog has asked about overwriting."""
        context = self.context
        form = ExportPublicationForm(
            request_id=uuid4(),
            first=self.picker.period.first,
            last=self.picker.period.last,
            audience=self.audience.read(),
            path=path,
            overwrite=True,
        )
        context.carry_out(
            export_publication, form, self._written, owner=self, failed=in_place(self.banner)
        )

    def _written(self, written: Written) -> None:
        said = f"已导出 {written.rows} 份到 {written.path}。{''.join(written.remarks)}"
        self.context.window.message("ok", said)
        self.accept()


def _columns(audience: Audience) -> list[Column]:
    titles = [one.title for one in PUBLIC] if audience is Audience.PUBLIC else list(PLATFORM)
    widths = WIDTHS if audience is Audience.PUBLIC else (150,) * len(titles)
    return [
        Column(title, partial(_cell, at), width)
        for at, (title, width) in enumerate(zip(titles, widths, strict=True))
    ]


def _cell(at: int, line: _Line) -> str:
    return line.cells[at]
