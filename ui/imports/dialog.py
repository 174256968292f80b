"""导入台账: their sheet, whose columns are ours, every row looked at, the good ones taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast
from uuid import uuid4

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from enforcer.errors import WorkbookTrouble
from enforcer.exchange import mapping
from enforcer.exchange.mapping import MAPPED, Grid, Layout
from enforcer.operations.ledger_mapped import (
    Look,
    MappedForm,
    SourceForm,
    import_mapped,
    layout_for,
    look_mapped,
    remembered,
)
from enforcer.operations.ledger_report import write_report
from enforcer.operations.ledger_taking import ImportReport
from ui.context import Context
from ui.failures import in_place
from ui.imports.columns import ColumnMapping
from ui.imports.frame import ImportFrame
from ui.imports.preview import REFUSED, Line, lines
from ui.imports.words import known_rows, marked
from ui.tasks import Cancelled, Job, Note
from ui.widgets.dialog import Dialog
from ui.widgets.file_dialogs import ask_open, ask_save
from ui.widgets.paged_table import PagedTable

REMARKS_SHOWN: Final = 3
SETTLE_MS: Final = 350


class ImportLedgerDialog(Dialog):
    """Reads a file or a copied range; nothing is taken before the officer says so."""

    def __init__(
        self, parent: QWidget, context: Context, kind: str = "notices", *, pasted: str | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.grids: list[Grid] = []
        self.grid: Grid | None = None
        self.look: Look | None = None
        self.report: ImportReport | None = None
        self._pasted, self._lines = pasted or "", list[Line]()
        self._bad: list[Line] = []
        self._job: Job | None = None
        self._round = 0
        self.frame = ImportFrame(self, kind)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self.check)
        self._connect()
        self._forget()
        if pasted is not None:
            self.frame.show_pasted()
            self._take_grids(self._read_pasted())

    def _connect(self) -> None:
        frame = self.frame
        frame.path.returnPressed.connect(self.load)
        frame.choose.clicked.connect(lambda _checked=False: self.ask_path())
        frame.kind.edited.connect(self._kind_chosen)
        frame.sheet.edited.connect(self._sheet_chosen)
        frame.top.edited.connect(self._header_moved)
        frame.height.edited.connect(self._header_moved)
        frame.grid_view.header_chosen.connect(self._header_pointed)
        frame.mapping_edited.connect(self._soon.start)
        frame.take_button.clicked.connect(lambda _checked=False: self.carry_out())
        frame.report_button.clicked.connect(lambda _checked=False: self.export_report())
        frame.history_button.clicked.connect(lambda _checked=False: self.show_history())
        frame.make_tables(self._rows, self._refused)

    # what the frame shows

    @property
    def kind(self) -> str:
        """The ledger chosen."""
        return str(self.frame.kind.read())

    @property
    def mapping(self) -> ColumnMapping:
        """The mapping of the ledger chosen."""
        return self.frame.mapping

    @property
    def preview(self) -> PagedTable:
        """The rows of the ledger chosen."""
        return self.frame.preview

    def _rows(self, ids: Sequence[int]) -> list[Line]:
        return [self._lines[one] for one in ids]

    def _refused(self, ids: Sequence[int]) -> list[Line]:
        return [self._bad[one] for one in ids]

    # the file

    def ask_path(self) -> None:
        """Let the officer point at the workbook."""
        chosen = ask_open(self, self.windowTitle())
        if chosen is not None:
            self.frame.path.write(str(chosen))
            self.load()

    def load(self) -> None:
        """Read the sheets of the workbook."""
        path = Path(self.frame.path.read())
        if not self.frame.path.read():
            return
        self._forget()
        self.frame.banner.say("info", "正在读取…")

        def read(note: Note) -> list[Grid]:
            note(0, 0, "读取工作簿")
            return mapping.read_grids(path)

        self._follow(read, self._take_grids, "读取工作簿")

    def _read_pasted(self) -> list[Grid]:
        try:
            return [mapping.pasted_grid(self._pasted)]
        except WorkbookTrouble as nothing:
            self.frame.banner.say("bad", str(nothing))
            return []

    def _take_grids(self, grids: list[Grid]) -> None:
        self.grids = grids
        self.frame.sheet.set_choices([(one.name, one.name) for one in grids])
        if grids:
            ledger = MAPPED[self.kind]
            best = max(grids, key=lambda one: len(mapping.guess(one, ledger).sources))
            self.frame.sheet.write(best.name)
            self._sheet_chosen()

    def _sheet_chosen(self) -> None:
        name = self.frame.sheet.read()
        found = next((one for one in self.grids if one.name == name), None)
        if found is None:
            return
        self.grid = found
        self.frame.grid_view.show_grid(found)
        self._find_layout()

    def _kind_chosen(self) -> None:
        self.frame.show_kind()
        self._find_layout()

    def _find_layout(self) -> None:
        """The remembered mapping of this header, or the likeliest."""
        grid, kind = self.grid, self.kind
        if grid is None:
            return
        self._forget_look()
        self.context.tasks.ask(
            lambda store: layout_for(store, grid, kind),
            lambda found: self._show_layout(*found),
            owner=self,
            latest="layout",
            failed=self._failed,
        )

    def _show_layout(self, layout: Layout, known: bool) -> None:
        if self.grid is None:
            return
        self.frame.show_header(layout.top, layout.height)
        titles = mapping.titles(self.grid, layout.top, layout.height)
        self.mapping.show_layout(titles, layout.sources)
        self.frame.remembered.setText("按上次导入这种表时的对应关系填好" if known else "")
        self.check()

    def _header_pointed(self, row: int) -> None:
        if row >= 0:
            self.frame.show_header(row, max(1, self.frame.height.read()))
            self._header_moved()

    def _header_moved(self) -> None:
        """Another header: its own mapping, remembered or guessed."""
        grid, kind = self.grid, self.kind
        if grid is None:
            return
        top, height = self.frame.top.read() - 1, self.frame.height.read()
        titles = mapping.titles(grid, top, height)

        def find(store: Any) -> tuple[Layout, bool]:
            kept = remembered(store, kind, titles)
            sources = kept or mapping.match(titles, MAPPED[kind])[0]
            return Layout(top, height, sources), bool(kept)

        self._forget_look()
        self.context.tasks.ask(
            find, lambda found: self._show_layout(*found), owner=self, latest="layout"
        )

    # looking and taking

    def _form(self) -> MappedForm:
        pasted = self._pasted if self.frame.is_pasted else ""
        sources = {
            key: SourceForm(column=one.column, second=one.second, fixed=one.fixed)
            for key, one in self.mapping.read().items()
        }
        return MappedForm(
            request_id=uuid4(),
            path=None if pasted else Path(self.frame.path.read()),
            pasted=pasted,
            sheet="" if pasted or self.grid is None else self.grid.name,
            kind=cast("Any", self.kind),
            top=self.frame.top.read() - 1,
            height=self.frame.height.read(),
            sources=sources,
        )

    def check(self) -> None:
        """Look at every row as it would be taken; nothing is."""
        if self.grid is None or self.report is not None:
            return
        self._forget_look()
        lacking = mapping.missing(MAPPED[self.kind], self.mapping.read())
        if lacking:
            named = "、".join(f"“{one}”" for one in lacking)
            say = f"还没有指定{named}取自哪一列。请在左边选一列，或者选“固定内容”。"
            self.frame.banner.say(
                "warn", say, act="去指定", on=lambda: self.mapping.jump(lacking[0])
            )
            self.frame.offer_take(None, f"先指定{named}取自哪一列")
            self.frame.tabs.setCurrentIndex(0)
            return
        form, grid, context, clock = self._form(), self.grid, self.context, self.context.clock
        self.frame.banner.say("info", "正在逐行核对…")
        self._follow(
            lambda note: look_mapped(
                context.store,
                form,
                today=clock.today(),
                now=clock.now(),
                actor=context.actor,
                grid=grid,
                progress=lambda done, total: note(done, total, "核对"),
            ),
            self._looked,
            "核对",
        )

    def _looked(self, look: Look) -> None:
        self.look = look
        self._show(look)
        report = look.report
        said = f"共 {report.read:,} 行：可以导入 {report.taken:,} 行"
        known = known_rows(self.kind)
        said += f"，{known} {report.known:,} 行不再导入" if report.known else ""
        said += f"，不能导入 {len(report.refused):,} 行" if report.refused else ""
        kind = "warn" if report.refused or report.remarks else "ok"
        self.frame.banner.say(kind, f"{said}。{marked(self.kind)}{self._remarks(report)}")
        self.frame.offer_take(report.taken)
        self.frame.tabs.setCurrentIndex(1 if report.taken or not report.refused else 2)

    def carry_out(self) -> None:
        """Take the good rows in one transaction."""
        if self.look is None or not self.frame.take_button.isEnabled():
            return
        form, grid, context, clock = self._form(), self.grid, self.context, self.context.clock
        self.frame.acts.offer(self.frame.take_button, "正在导入，可以取消…")
        self._follow(
            lambda note: import_mapped(
                context.store,
                form,
                today=clock.today(),
                now=clock.now(),
                actor=context.actor,
                grid=grid,
                progress=lambda done, total: note(done, total, "导入"),
            ),
            self._taken,
            "导入",
        )

    def _taken(self, report: ImportReport) -> None:
        self.report = report
        said = f"已导入 {report.taken:,} 行"
        said += f"；{known_rows(self.kind)} {report.known:,} 行没有重复导入" if report.known else ""
        said += f"；不能导入的 {len(report.refused):,} 行列在“不能导入”" if report.refused else ""
        self.frame.banner.say(
            "ok",
            f"{said}。{marked(self.kind)}用过之前可以整批撤销。",
            act="导入记录和撤销",
            on=self.show_history,
        )
        self.frame.close_form()
        self.frame.leave.setFocus()

    def _show(self, look: Look) -> None:
        self._lines = lines(look)
        bad = [one for one in self._lines if one.state == REFUSED]
        self._bad = [Line(at, *_without_id(one)) for at, one in enumerate(bad)]
        self.preview.show_ids(range(len(self._lines)))
        self.frame.refused.show_ids(range(len(self._bad)))
        self.frame.refused.empty.set_sentence("没有不能导入的行。")
        self.frame.tell_tabs(len(self._lines), len(self._bad), look.report.remarks)
        self.frame.report_button.setEnabled(True)

    @staticmethod
    def _remarks(report: ImportReport) -> str:
        said = "".join(f"\n{one}" for one in report.remarks[:REMARKS_SHOWN])
        rest = len(report.remarks) - REMARKS_SHOWN
        return f"{said}\n另有 {rest} 条提示，见“提示”。" if rest > 0 else said

    # further acts

    def export_report(self) -> None:
        """Ask where the report goes, and write it."""
        path = ask_save(self, "导出核对报告", f"{MAPPED[self.kind].title}导入核对.xlsx")
        if path is not None:
            self.report_to(path)

    def report_to(self, path: Path) -> None:
        """Write what was sent back and why."""
        report = self.report or (self.look.report if self.look else None)
        if report is None:
            return
        source = mapping.PASTED if self.frame.is_pasted else Path(self.frame.path.read()).name
        now = self.context.clock.now()
        self._follow(
            lambda _note: write_report(path, report, source=source, now=now),
            lambda written: self.frame.banner.say("ok", f"核对报告已保存到 {written.path}。"),
            "写核对报告",
        )

    def show_history(self) -> None:
        """Earlier imports, each to be taken back while it is unused."""
        from ui.imports.history import ImportHistoryDialog

        self.history = ImportHistoryDialog(self, self.context)
        self.history.open()

    # the background

    def _follow(self, job: Any, then: Any, what: str) -> None:
        """Run it in the background; an earlier look is stopped and its answer dropped."""
        self._stop()
        self._round += 1
        here = self._round

        def answer(value: Any) -> None:
            if here == self._round:
                self._job = None
                then(value)

        def failed(error: Exception) -> bool:
            if here != self._round:
                return True
            self._job = None
            return self._failed(error)

        made = self.context.tasks.work(job, answer, owner=self, what=what, failed=failed)
        if not made.over:
            self._job = made
            self.frame.progress.follow(made)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _failed(self, error: Exception) -> bool:
        self._forget_look()
        if isinstance(error, Cancelled):
            self.frame.banner.say("info", "已取消，没有导入任何内容。")
            if self.grid is not None:
                self._soon.stop()
            return True
        if in_place(self.frame.banner)(error):
            return True
        self.frame.banner.say("bad", str(error))
        return isinstance(error, WorkbookTrouble)

    def _forget(self) -> None:
        self._stop()
        self.grid, self.report = None, None
        self.grids = []
        self.frame.grid_view.show_grid(None)
        self._forget_look()

    def _forget_look(self) -> None:
        self.look, self._lines, self._bad = None, [], []
        self.preview.show_ids(())
        self.frame.refused.show_ids(())
        self.frame.tell_tabs(0, 0, ())
        self.frame.report_button.setEnabled(False)
        self.frame.offer_take(None)

    def reject(self) -> None:
        """Esc stops what runs first, then closes."""
        if self._job is not None and self.look is not None:
            self._job.cancel()
            return
        self._stop()
        super().reject()


def _without_id(one: Line) -> tuple[Any, ...]:
    return (one.row, one.state, one.values, one.column, one.say)
