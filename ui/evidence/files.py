"""证据文件: every file with its filters, its detail beside it, the player over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from enforcer.evidence_terms import MediaKind, ProblemKind
from enforcer.operations.evidence import CheckEvidenceForm, check_evidence
from enforcer.operations.evidence_exports import ExportEvidenceForm, export_evidence
from enforcer.queries import cases, evidence, recording_copies
from enforcer.queries.evidence import FileFilter, FileRow, UseRow
from enforcer.queries.evidence_states import all_rows, problem_states, taken_after_decision
from enforcer.queries.recording_copies import SecondCopy
from ui.context import Context
from ui.evidence import choices as offered
from ui.evidence import deeds
from ui.evidence.detail import DetailPanel
from ui.evidence.detail import ask as ask_detail
from ui.evidence.still_view import tile
from ui.evidence.stills import Still, of_file, stills
from ui.evidence.words import SORTS, columns, with_copies
from ui.widgets.basics import Card, EmptyState
from ui.widgets.file_dialogs import ask_save
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.moments import DateEdit
from ui.widgets.paged_table import Act, PagedTable
from ui.widgets.pickers import FilterCombo

TABLES = frozenset(
    {"evidence_file", "evidence_use", "evidence_item", "evidence_act", "evidence_problem"}
    | {"evidence_check", "recording_copy"}
)
LOOSE, HELD = "loose", "held"
BELONGING: Sequence[tuple[Any, str]] = ((LOOSE, "未归属"), (HELD, "案件在用"))
WHOLE, REMARKS, AFTER, DUE, GONE = "whole", "remarks", "after", "due", "gone"
ALONE = "alone"
STATES: Sequence[tuple[Any, str]] = (
    (WHOLE, "完好"),
    *((one, one.label) for one in ProblemKind),
    (REMARKS, "读取有提示"),
    (AFTER, "决定后取得"),
    (ALONE, "没有备份副本"),
    (DUE, "到期可删"),
    (GONE, "已到期删除"),
)
NOTHING = "还没有证据文件。插上存储卡，或者选采集站导出的文件夹，从“导入”开始。"
NO_HIT = "没有符合条件的文件，请放宽查找条件。"


class FilesTab(QWidget):
    """The list, the detail, the viewer; `import_wanted()` from the empty list."""

    import_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.problems: Mapping[int, ProblemKind] = {}
        self.copies: Mapping[int, SecondCopy] = {}
        self._sort, self._descending = "begins", True
        self._stale = True
        self._viewer: Any = None
        self._case_id: int | None = None
        self.dialog: QDialog | None = None
        self.pictures = stills(context)
        self._make_filters()
        self.empty = EmptyState(NOTHING, "导入文件", self.import_wanted.emit, icon="evidence")
        self.table = PagedTable(
            "evidence-files",
            with_copies(columns(lambda: self.problems, self._tile), lambda: self.copies),
            self._rows,
            title="证据文件列表",
            empty=self.empty,
            acts=(
                Act("查看", lambda ids: self.view(ids[0]), "play", single=True),
                Act("归到案件或者事项…", self.assign, "cases", "F6"),
                Act("复制带出…", self.copy_out, "export", "F8"),
                Act("登记遮盖副本…", self.register_masked, "locked", single=True),
                Act("调整保存类别…", self.retain, "clock"),
                Act("检查所选的文件", self.check, "proven", "F9"),
                Act("删除到期的文件…", self.delete, "delete", danger=True),
            ),
        )
        self.detail = DetailPanel(context)
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(150)
        self._typing.timeout.connect(self.refresh)
        self.search.edited.connect(self._typing.start)
        for one in (self.case, self.officer, self.recorder, self.media, self.state, self.first,
                    self.last):  # fmt: skip
            one.edited.connect(self.refresh)
        self.search.returnPressed.connect(self._go_to_rows)
        self.table.opened.connect(self.view)
        self.table.selected.connect(self._selected)
        self.table.sort_asked.connect(self._sorted)
        self.table.selection_told.connect(context.window.tell_selection)
        self.detail.acted.connect(self._acted)
        self.pictures.made.connect(self._still_made)
        context.tasks.changed.connect(self._changed)
        self.table.mark_sorted("begins", descending=True)
        self.refresh()

    def _make_filters(self) -> None:
        context = self.context
        self.search = LineEdit(placeholder="文件名、执法仪、拍摄人、地点、校验值　Ctrl+F")
        self.search.setObjectName("evidence_search")
        self.search.setAccessibleName("查找证据文件")
        self.search.setClearButtonEnabled(True)
        self.case = Choice(BELONGING, blank="归属不限")
        self.case.setAccessibleName("归属")
        self.officer = FilterCombo(placeholder="拍摄人")
        self.recorder = FilterCombo(placeholder="执法仪")
        self.media = Choice([(one, one.label) for one in MediaKind], blank="全部类别")
        self.media.setAccessibleName("类别")
        self.state = Choice(STATES, blank="状态不限")
        self.state.setAccessibleName("状态")
        self.first, self.last = (DateEdit(context.clock.today) for _ in range(2))
        self.first.setAccessibleName("拍摄日期自")
        self.last.setAccessibleName("拍摄日期至")
        self.first.setPlaceholderText("日期自")
        self.last.setPlaceholderText("至")
        self.officer.setAccessibleName("拍摄人")
        self.recorder.setAccessibleName("执法仪")

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setContentsMargins(11, 4, 11, 2)
            row.setSpacing(8)
        first.addWidget(self.search, 3)
        for one in (self.state, self.case):
            first.addWidget(one, 1)
        for other in (self.media, self.officer, self.recorder, self.first, self.last):
            other.setMinimumWidth(80)
            second.addWidget(other, 1)
        card = Card(tight=True, spacing=4)
        card.body.addLayout(first)
        card.body.addLayout(second)
        card.body.addWidget(self.table, 1)
        self.list = QWidget()
        columns_of = QHBoxLayout(self.list)
        columns_of.setContentsMargins(0, 0, 0, 0)
        columns_of.setSpacing(16)
        columns_of.addWidget(card, 1)
        columns_of.addWidget(self.detail)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.setFocusProxy(self.table)

    # the list

    def refresh(self) -> None:
        """Ask again for the list, what the last check found, and what the pickers offer."""
        self._stale = False
        wanted, state, case = self._filter(), self.state.read(), self.case.read()
        sort, descending = self._sort, self._descending
        today = self.context.clock.today()

        def ask(store: Any) -> tuple[list[int], Mapping[int, ProblemKind], offered.Choices]:
            problems = problem_states(store)
            ids = evidence.file_ids(store, wanted)
            if state == DUE:
                due = set(evidence.deletable_ids(store, today=today))
                ids = [one for one in ids if one in due]
            elif state == ALONE:
                ids = recording_copies.without_copy(store, ids)
            elif state == WHOLE:
                ids = [one for one in ids if one not in problems]
            elif isinstance(state, ProblemKind):
                ids = [one for one in ids if problems.get(one) is state]
            ids = _narrowed(store, ids, state, case, sort)
            if sort == "begins":
                ids = ids if descending else ids[::-1]
            elif descending:
                ids = ids[::-1]
            return ids, problems, offered.ask(store, today=today)

        self.context.tasks.ask(ask, self._show, owner=self, latest="files")

    def _filter(self) -> FileFilter:
        case = self.case.read()
        return FileFilter(
            case_id=case if isinstance(case, int) else None,
            search=self.search.read(),
            officer_id=self.officer.read(),
            recorder_id=self.recorder.read(),
            media=self.media.read(),
            first=self.first.read(),
            last=self.last.read(),
            unused=case == LOOSE,
            with_remarks=self.state.read() == REMARKS,
            deleted=self.state.read() == GONE,
        )

    def _show(self, answer: tuple[list[int], Mapping[int, ProblemKind], offered.Choices]) -> None:
        ids, self.problems, choices = answer
        for picker, options in ((self.officer, choices.people), (self.recorder, choices.recorders)):
            picker.blockSignals(True)
            picker.set_options(options)
            picker.blockSignals(False)
        plain = self._filter() == FileFilter() and not self.state.read() and not self.case.read()
        self.empty.set_sentence(NOTHING if plain else NO_HIT)
        self.table.show_ids(ids)
        self._selected(self.table.selected_ids())

    def _rows(self, ids: Sequence[Any]) -> Sequence[FileRow]:
        now = self.context.tasks.now
        copies = now(lambda store: recording_copies.second_copies(store, ids))
        others = {key: one for key, one in self.copies.items() if key not in ids}
        self.copies = others | copies
        return now(lambda store: evidence.file_rows(store, ids))

    def _tile(self, row: FileRow) -> QPixmap:
        return tile(self.pictures, of_file(row), self.devicePixelRatioF())

    def _still_made(self, _still: Still) -> None:
        self.table.view.viewport().update()

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort, self._descending = key, descending
        self.refresh()

    def _selected(self, ids: list[int]) -> None:
        if len(ids) != 1:
            self.detail.show_file(None, None)
            return
        found = self.context.tasks.now(lambda store: ask_detail(store, ids[0]))
        self.detail.show_file(found, self.problems.get(ids[0]))

    def _go_to_rows(self) -> None:
        self._typing.stop()
        self.refresh()
        self.table.setFocus()

    def show_only(self, state: Any = None, *, case_id: int | None = None) -> None:
        """Narrow the list, as a link from elsewhere asks."""
        self.show_list()
        if case_id is not None:
            self._case_id = case_id
            today = self.context.clock.today()
            self._offer_case(
                self.context.tasks.now(lambda store: _case_words(store, case_id, today))
            )
        for one in (self.search, self.officer, self.recorder, self.media, self.first, self.last,
                    self.case):  # fmt: skip
            one.write(None)
        self.state.write(state)
        self.case.write(case_id)
        self.refresh()

    def _offer_case(self, words: str) -> None:
        """The case another screen asked for stands among the choices."""
        self.case.set_choices([*BELONGING, (self._case_id, words)])

    def select(self, file_id: int) -> None:
        """Show one file that something else points to."""
        self.show_list()
        if not self.table.select(file_id):
            self.show_only()
            self.table.select(file_id)

    # the deeds

    def _acted(self, key: str, what: Any) -> None:
        if key == "view":
            self.view(what)
        elif key == "assign":
            self.assign([what])
        elif key == "unlink" and isinstance(what, UseRow):
            self.dialog = deeds.unlink(self, self.context, what, self.refresh)

    def assign(self, ids: Sequence[int]) -> None:
        """归到案件或者事项."""
        self.dialog = deeds.assign(self, self.context, self._rows(ids), self.refresh)

    def copy_out(self, ids: Sequence[int]) -> None:
        """复制带出."""
        rows = self._rows(ids)

        def said() -> None:
            self.context.window.message("ok", f"已复制 {len(rows)} 个文件，去向已记入使用记录。")

        self.dialog = deeds.copy_out(self, self.context, rows, said)

    def register_masked(self, ids: Sequence[int]) -> None:
        """登记遮盖副本."""
        row = self._rows(ids)[0]
        self.dialog = deeds.register_masked(self, self.context, row, self.refresh)

    def retain(self, ids: Sequence[int]) -> None:
        """调整保存类别."""
        self.dialog = deeds.retain(self, self.context, self._rows(ids), self.refresh)

    def delete(self, ids: Sequence[int]) -> None:
        """删除到期的文件: only those whose time is up are proposed."""
        today = self.context.clock.today()
        rows = self._rows(ids)
        due = [one for one in rows if one.deletable(today)]
        if not due:
            self.context.window.message(
                "warn", "所选的文件还不能删除：有案件在用，或者保存期限没有满。"
            )
            return
        self.dialog = deeds.delete(self, self.context, due, self.refresh)

    def check(self, ids: Sequence[int]) -> None:
        """检查所选的文件: read again and compare, on record."""
        context = self.context
        form = CheckEvidenceForm(file_ids=tuple(ids))
        context.tasks.work(
            lambda note: check_evidence(
                context.store,
                form,
                today=context.clock.today(),
                now=context.clock.now(),
                actor=context.actor,
                note=lambda name, done, total: note(done >> 10, (total >> 10) or 1, name),
            ),
            self._checked,
            owner=self,
            what="检查证据文件",
        )

    def _checked(self, outcome: Any) -> None:
        if outcome.problems:
            said = "".join(one.say for one in outcome.problems[:3])
            self.context.window.message("bad", said)
        else:
            away = "、".join(outcome.away)
            more = f"“{away}”没有接上，上面的文件没有检查。" if away else ""
            self.context.window.message(
                "ok", f"检查了 {outcome.checked} 个文件，与登记时的校验值一致。{more}"
            )
        self.refresh()

    def export_excel(self) -> None:
        """Write what is seen to a workbook."""
        path = ask_save(self, "导出证据文件列表", "证据文件.xlsx")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the list in its order to this file; a file dialog has asked about overwriting."""
        form = ExportEvidenceForm(file_ids=tuple(self.table.model.ids), path=path, overwrite=True)
        self.context.carry_out(
            export_evidence,
            form,
            lambda done: self.context.window.message(
                "ok", f"已导出 {done.rows} 行到 {done.path}。{''.join(done.remarks)}"
            ),
            owner=self,
        )

    # the viewer

    @property
    def viewer(self) -> Any:
        """The player's page, made when it is first wanted."""
        if self._viewer is None:
            from ui.evidence.viewer import Viewer

            self._viewer = Viewer(self.context)
            self._viewer.left.connect(self.show_list)
            self.stack.addWidget(self._viewer)
        return self._viewer

    def view(self, file_id: int, *, at_ms: int | None = None) -> None:
        """Look at one file."""
        self.stack.setCurrentWidget(self.viewer)
        self.viewer.show_file(file_id, at_ms=at_ms)

    def show_list(self) -> None:
        """Back to the list."""
        if self.stack.currentWidget() is self.list:
            return
        self.viewer.unload()
        self.stack.setCurrentWidget(self.list)
        if self._stale:
            self.refresh()
        self.table.setFocus()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._stale = True
            if self.list.isVisible():
                self.refresh()


def _case_words(store: Any, case_id: int, today: date) -> str:
    rows = cases.case_rows(store, [case_id], today=today)
    return rows[0].number if rows else f"案件 {case_id}"


def _narrowed(store: Any, ids: list[int], state: Any, case: Any, sort: str) -> list[int]:
    """What only the rows can tell: held by a case, after the decision, another order."""
    if state != AFTER and case != HELD and sort == "begins":
        return ids
    rows = all_rows(store, ids)
    if state == AFTER:
        rows = [one for one in rows if taken_after_decision(one)]
    if case == HELD:
        rows = [one for one in rows if one.held]
    if sort != "begins":
        rows = sorted(rows, key=SORTS[sort])
    return [one.id for one in rows]
