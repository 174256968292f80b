"""What became of every file of an intake: what was read, what differs, where it may belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.evidence_terms import IntakeFileState
from enforcer.operations import evidence as operations
from enforcer.operations.evidence_exports import belongs, remarks_of
from enforcer.queries import evidence_history, evidence_suggestions
from enforcer.queries.evidence import FileRow
from enforcer.queries.evidence_history import IntakeLine
from enforcer.queries.evidence_reading import said
from enforcer.queries.evidence_states import all_rows
from enforcer.queries.evidence_suggestions import Suggestion
from ui.context import Context
from ui.evidence import deeds
from ui.widgets.basics import Card, EmptyState, Scrolled, button, hairline, label
from ui.widgets.inputs import Choice
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import Act, PagedTable

DOUBT, LOOSE = "doubt", "loose"
FILTERS: Sequence[tuple[Any, str]] = (
    (DOUBT, "有差异的"),
    (LOOSE, "还没有归属的"),
    *((one, one.label) for one in IntakeFileState),
)
_TONES = {
    IntakeFileState.WAITING: "quiet",
    IntakeFileState.TAKEN: "ok",
    IntakeFileState.KNOWN: "quiet",
    IntakeFileState.REFUSED: "bad",
}
MOST_ASKED = 30


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One file of the intake with its registration."""

    line: IntakeLine
    file: FileRow | None

    @property
    def id(self) -> int:
        return self.line.position

    @property
    def remarks(self) -> tuple[str, ...]:
        """Everything to be read about it."""
        known = remarks_of(self.file) if self.file else ()
        return tuple(dict.fromkeys([*([self.line.say] if self.line.say else []), *known]))


class ReportCard(Card):
    """The report: a table, and below it what the selected files are and may belong to."""

    def __init__(self, context: Context) -> None:
        super().__init__(tight=True, spacing=4)
        self.context = context
        self.intake_id: int | None = None
        self.rows: dict[int, ReportRow] = {}
        self.suggestions: list[Suggestion] = []
        self.counts = label("", "quiet")
        self.narrow = Choice(FILTERS, blank="全部文件")
        self.narrow.setAccessibleName("只看")
        self.narrow.setMinimumWidth(150)
        self.table = PagedTable(
            "evidence-report",
            (
                Column("文件", _name, 172, tip=lambda row: row.line.shown),
                Column(
                    "结果",
                    _state_words,
                    96,
                    tone=_state_tone,
                    icon=lambda row: {"ok": "ok", "bad": "bad", "warn": "warn"}.get(
                        _state_tone(row), ""
                    ),
                    tip=lambda row: "\n".join(row.remarks),
                ),
                Column("执法仪", lambda row: row.file.recorder if row.file else "", 92),
                Column("拍摄人", lambda row: row.file.officer if row.file else "", 80),
                Column("起止时间", _span, 206, tip=_begins),
                Column("时间来自", _clock, 88, spare=True),
                Column("归属", lambda row: belongs(row.file) if row.file else "", 96),
            ),
            lambda ids: [self.rows[one] for one in ids if one in self.rows],
            title="导入报告",
            empty=EmptyState(
                "选好来源、开始导入以后，每个文件读到了什么、为什么没有登记，都列在这里。",
                icon="evidence",
            ),
            acts=(
                Act("归到案件或者事项…", self._assign, "cases", "F6"),
                Act("查看", self._view, "play", single=True),
            ),
        )
        self._detail = QWidget()
        self.column = QVBoxLayout(self._detail)
        self.column.setContentsMargins(13, 4, 8, 4)
        self.column.setSpacing(4)
        self._box = Scrolled(self._detail)
        self._box.setFixedHeight(176)
        head = QHBoxLayout()
        head.setContentsMargins(13, 2, 11, 2)
        head.addWidget(label("导入报告", "section"))
        head.addSpacing(12)
        head.addWidget(self.counts, 1)
        head.addWidget(self.narrow)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(hairline())
        self.body.addWidget(self._box)
        self.narrow.edited.connect(self._narrow)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda one: self._view([one]))
        self.table.selection_told.connect(context.window.tell_selection)
        self.table.show_ids([])
        self._selected([])

    def show_intake(self, intake_id: int) -> None:
        """Show the report of one intake as it stands."""
        if intake_id != self.intake_id:
            self.narrow.write(None)
        self.intake_id = intake_id
        self.context.tasks.ask(
            lambda store: _asked(store, intake_id), self._show, owner=self, latest="report"
        )

    def _show(self, rows: list[ReportRow]) -> None:
        self.rows = {one.id: one for one in rows}
        found: dict[str, int] = {}
        for one in rows:
            found[one.line.state.label] = found.get(one.line.state.label, 0) + 1
        doubts = sum(_state_tone(one) == "warn" for one in rows)
        parts = [f"{name} {count}" for name, count in found.items()]
        parts += [f"有差异 {doubts}"] if doubts else []
        self.counts.setText("　".join(parts))
        self._narrow()

    def _narrow(self) -> None:
        wanted = self.narrow.read()
        self.table.show_ids([one.id for one in self.rows.values() if _wanted(one, wanted)])
        self._selected(self.table.selected_ids())

    # the selected files

    def _files(self, ids: Sequence[int]) -> list[FileRow]:
        chosen = (self.rows[one].file for one in ids if one in self.rows)
        return [one for one in chosen if one is not None]

    def _selected(self, ids: list[int]) -> None:
        while (item := self.column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.suggestions = []
        files = self._files(ids)
        if len(ids) == 1 and ids[0] in self.rows:
            one = self.rows[ids[0]]
            self.column.addWidget(label(one.line.shown, "strong", wrap=True))
            for remark in one.remarks:
                tone = "bad" if one.line.state is IntakeFileState.REFUSED else "warn"
                tone = "" if one.line.state is IntakeFileState.KNOWN else tone
                self.column.addWidget(label(remark, "", tone, wrap=True))
        if files:
            self._suggest(files)
        elif not ids:
            text = "选中一个或者几个文件，这里显示读到的差异和可能属于的案件；由您决定归到哪里。"
            self.column.addWidget(label(text, "quiet", wrap=True))
        self.column.addStretch()

    def _suggest(self, files: Sequence[FileRow]) -> None:
        """Where these may belong, with reasons; the officer decides."""
        found = self.context.tasks.now(lambda store: _suggested(store, files[:MOST_ASKED]))
        self.suggestions = [one for one, _ in found]
        bar = QHBoxLayout()
        text = "可能属于（由您决定）" if found else "没有找到时间、人员、地点相符的案件或者事项。"
        bar.addWidget(label(text, "strong" if found else "quiet"))
        bar.addStretch()
        ids = [one.id for one in files]
        other = button("归到别的…　F6", on=partial(self._assign_files, files))
        bar.addWidget(other)
        holder = QWidget()
        bar.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(bar)
        self.column.addWidget(holder)
        for one, count in found:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(10)
            share = f"（{count} 个文件）" if len(files) > 1 else ""
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(f"{one.title}{share}", wrap=True))
            words.addWidget(label("".join(one.reasons), "small", wrap=True))
            row.addLayout(words, 1)
            done = all(_holds(file, one) for file in files)
            go = button("已归入" if done else "归到这里", on=partial(self._link, one, ids))
            go.setEnabled(not done)
            go.setAccessibleName(f"归到{one.title}")
            row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
            self.column.addWidget(line)

    def _link(self, one: Suggestion, ids: Sequence[int]) -> None:
        context = self.context
        form = operations.LinkEvidenceForm(
            request_id=uuid4(), file_ids=tuple(ids), action=one.action, action_id=one.action_id
        )
        context.carry_out(
            operations.link_evidence, form, lambda made: self._linked(made, one), owner=self
        )

    def _linked(self, made: int, one: Suggestion) -> None:
        self.context.window.message("ok", f"已把 {made} 个文件归到{one.title}。")
        self._again()

    def _again(self) -> None:
        if self.intake_id is not None:
            self.show_intake(self.intake_id)

    def _assign(self, ids: Sequence[int]) -> None:
        self._assign_files(self._files(ids))

    def _assign_files(self, files: Sequence[FileRow]) -> None:
        if files:
            self.dialog = deeds.assign(self, self.context, files, self._again)
        else:
            self.context.window.message("info", "选中的文件没有登记，不能归到案件。")

    def _view(self, ids: Sequence[int]) -> None:
        files = self._files(ids)
        if files:
            self.context.window.open("evidence", (files[0].id, 0))


def _asked(store: Any, intake_id: int) -> list[ReportRow]:
    lines = evidence_history.intake_lines(store, intake_id)
    ids = dict.fromkeys(one.file_id for one in lines if one.file_id is not None)
    files = {one.id: one for one in all_rows(store, list(ids))}
    return [ReportRow(one, files.get(one.file_id or 0)) for one in lines]


def _suggested(store: Any, files: Sequence[FileRow]) -> list[tuple[Suggestion, int]]:
    """The likeliest of all these files together, with how many speak for each."""
    best: dict[tuple[Any, int], Suggestion] = {}
    count: dict[tuple[Any, int], int] = {}
    for file in files:
        for one in evidence_suggestions.suggest(store, file.id):
            key = (one.action, one.action_id)
            count[key] = count.get(key, 0) + 1
            if key not in best or one.score > best[key].score:
                best[key] = one
    order = sorted(best, key=lambda key: (-count[key], -best[key].score))
    return [(best[key], count[key]) for key in order[:6]]


def _holds(file: FileRow, one: Suggestion) -> bool:
    return any((use.action, use.action_id) == (one.action, one.action_id) for use in file.uses)


def _wanted(row: ReportRow, wanted: Any) -> bool:
    if wanted is None:
        return True
    if wanted == DOUBT:
        return _state_tone(row) == "warn"
    if wanted == LOOSE:
        return row.file is not None and not row.file.uses
    return bool(row.line.state is wanted)


def _state_words(row: ReportRow) -> str:
    return "有差异" if _state_tone(row) == "warn" else row.line.state.label


def _state_tone(row: ReportRow) -> str:
    if row.line.state is IntakeFileState.TAKEN and row.remarks:
        return "warn"
    return _TONES[row.line.state]


def _begins(row: ReportRow) -> str:
    return said(row.file.begins_at) if row.file and row.file.begins_at else ""


def _span(row: ReportRow) -> str:
    if row.file is None or row.file.begins_at is None:
        return ""
    ends = f"—{said(row.file.ends_at)[11:]}" if row.file.ends_at else ""
    return f"{said(row.file.begins_at)[5:]}{ends}"


def _name(row: ReportRow) -> str:
    return row.line.shown.rpartition("/")[2]


def _clock(row: ReportRow) -> str:
    return row.file.time_source.label if row.file and row.file.time_source else ""
