"""Many notices from a workbook: first what would be issued and what would not, then the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import EnforcerError
from enforcer.exchange.ledgers import NOTICES
from enforcer.operations.notice_batch import BatchSheet, read_batch
from enforcer.operations.notice_forms import BatchLine, IssuedBatch, NoticeBatchForm, RowRefusal
from enforcer.operations.notices import BatchPreview, issue_batch, preview_batch
from enforcer.queries import notices
from ui.context import Context
from ui.failures import in_place
from ui.tasks import Cancelled, Job, Note
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, EmptyState, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.file_dialogs import ask_open
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.moments import show_moment
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.progress import ProgressBar

PER_SHEET = ((1, "每张纸一份"), (2, "每张纸两份"), (4, "每张纸四份"))


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the preview: a notice that would be issued, or why it would not."""

    id: int
    row: int
    plate: str
    at: str
    place: str
    says: str
    tone: str


class BatchDialog(Dialog):
    """Choose a workbook, see each row, issue the good ones; `print_asked(ids, per sheet)`."""

    print_asked = Signal(list, int)

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.context = context
        self.sheet: BatchSheet | None = None
        self.issued: IssuedBatch | None = None
        self._job: Job | None = None
        self._anew: UUID | None = None
        self._lines: list[_Line] = []
        self.setWindowTitle("从 Excel 批量签发温馨告知书")
        self.setMinimumSize(980, 600)
        self.path = LineEdit(placeholder="选择或者粘贴工作簿的路径")
        self.path.setAccessibleName("工作簿的路径")
        self.path.setObjectName("batch_path")
        self.path.edited.connect(self._forget)
        self.path.returnPressed.connect(self.look)
        self.choose = button("选择文件…", "folder", on=self.ask_path)
        self.per_sheet = Choice(PER_SHEET)
        self.per_sheet.setAccessibleName("每张纸几份")
        self.banner = Banner()
        self.banner.hide()
        self.progress = ProgressBar()
        self.table = PagedTable(
            "notice-batch",
            (
                Column("行", lambda one: str(one.row), 56, right=True),
                Column("号牌", lambda one: one.plate, 118),
                Column("时间", lambda one: one.at, 142),
                Column("地点", lambda one: one.place, 190),
                Column("核对", lambda one: one.says, 420, tone=lambda one: one.tone),
            ),
            lambda ids: [self._lines[one] for one in ids],
            title="逐行核对",
            empty=EmptyState("选择工作簿，逐行核对后再签发；有编号的行不会再编号。", icon="excel"),
        )
        self.leave = button("关闭", on=self.reject)
        self.go = button("签发", main=True, keys="Ctrl+Enter", on=self.carry_out)
        self.acts = ActBar(self.leave, self.go)
        self.acts.keep(context.against("issue_batch", "成批签发"), self.go)
        self._lay_out()
        self._forget()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        names = "、".join(one.header for one in NOTICES.columns)
        column.addWidget(label(self.windowTitle(), "section"))
        column.addWidget(
            label(f"第一行是列名：{names}。“编号”空着；执法人员写姓名。", "quiet", wrap=True)
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        row.addWidget(self.per_sheet)
        column.addLayout(row)
        column.addWidget(self.banner)
        card = Card(tight=True)
        card.body.addWidget(self.table)
        column.addWidget(card, 1)
        column.addWidget(self.progress)
        column.addWidget(self.acts)
        self.path.setFocus()

    def ask_path(self) -> None:
        """Let the officer point at the workbook."""
        chosen = ask_open(self, self.windowTitle())
        if chosen is not None:
            self.path.write(str(chosen))
            self.look()

    def look(self) -> None:
        """Read the workbook and judge each row; no number is drawn."""
        path = self.path.read()
        if not path:
            return
        self.banner.say("info", "正在核对…")
        today, store = self.context.clock.today(), self.context.store
        now = self.context.clock.now()

        def read(note: Note) -> tuple[BatchSheet, BatchPreview]:
            sheet = read_batch(
                Path(path), today=today, progress=lambda done, all_: note(done, all_, "读取")
            )
            return sheet, preview_batch(store, sheet.lines, now=now)

        self._follow(
            self.context.tasks.work(
                read, self._looked, owner=self, what="核对工作簿", failed=self._failed
            )
        )

    def _follow(self, job: Job) -> None:
        """Show how far it is; Esc stops it while it runs."""
        if not job.over:
            self._job = job
            self.progress.follow(job)

    def _looked(self, found: tuple[BatchSheet, BatchPreview]) -> None:
        self._job = None
        self.sheet, preview = found
        refused = sorted((*self.sheet.refused, *preview.refused), key=lambda one: one.row)
        self._show(_lines(self.sheet.lines, preview, refused))
        ready = len(preview.entries)
        said = f"可以签发 {ready} 行"
        said += f"，不能签发 {len(refused)} 行（列在最前）" if refused else ""
        remarks = (*self.sheet.remarks, *preview.remarks)
        shown = "".join(f"\n{one}" for one in remarks[:5])
        more = f"\n另有 {len(remarks) - 5} 条提示。" if len(remarks) > 5 else ""
        self.banner.say("warn" if refused or remarks else "ok", f"{said}。{shown}{more}")
        self.go.setText(f"签发 {ready} 份　Ctrl+Enter")
        self._ready = ready
        self._offer()

    def _offer(self) -> None:
        self.acts.offer(self.go, "" if self._ready else "没有可以签发的行")
        if self._ready:
            self.go.setFocus()

    def carry_out(self) -> None:
        """Issue the good rows as one document; after that the same key prints it.

        The very same file again is the same batch, unless another one was asked for.
        """
        if self.issued is not None:
            self._print()
            return
        if self.sheet is None or not self.sheet.lines:
            return
        per_sheet = self.per_sheet.read()
        form = NoticeBatchForm(
            request_id=self._anew or self.sheet.request_id(per_sheet),
            rows=self.sheet.lines,
            per_sheet=per_sheet,
        )
        self.banner.say("info", "")
        self.acts.offer(self.go, "正在签发…")
        context, clock, store = self.context, self.context.clock, self.context.store

        def issue(note: Note) -> IssuedBatch:
            return issue_batch(
                store,
                form,
                today=clock.today(),
                now=clock.now(),
                actor=context.actor,
                note=lambda done, all_: note(done, all_, "取号、排版、存档"),
            )

        self._follow(
            context.tasks.work(issue, self._issued, owner=self, what="签发", failed=self._failed)
        )

    def _issued(self, made: IssuedBatch) -> None:
        self._job = None
        if made.batch is None:
            self.acts.offer(self.go, "没有可以签发的行")
            return
        self.issued = made
        self.path.setEnabled(False)
        self.choose.setEnabled(False)
        self.per_sheet.setEnabled(False)
        self.table.view.clearSelection()
        span = f"{made.issued} 份：{made.first} 至 {made.last}"
        if made.repeated:
            self.banner.say(
                "warn",
                f"这个文件已经签发过 {span}，没有再取号。可以再打印原来那一批。",
                act="另签一批",
                on=self.issue_anew,
            )
        else:
            self.banner.say("ok", f"已签发 {span}，已存成一份 PDF。")
        self.go.setText("打印　Ctrl+Enter")
        self.acts.offer(self.go)
        self.go.setFocus()

    def issue_anew(self) -> None:
        """Issue a file that was issued before once more, with numbers of its own."""
        self.issued, self._anew = None, uuid4()
        self.carry_out()

    def _print(self) -> None:
        made = self.issued
        if made is None or made.batch is None:
            return
        batch = made.batch
        ids = self.context.tasks.now(lambda store: notices.of_document(store, batch))
        self.accept()
        self.print_asked.emit(ids, self.per_sheet.read())

    def _failed(self, error: Exception) -> bool:
        self._job = None
        if isinstance(error, Cancelled) and self.sheet is not None:
            self._offer()
            self.banner.say("info", "已停下，没有取号，也没有签发。")
            return True
        self._forget()
        if isinstance(error, Cancelled):
            self.banner.say("info", "已停下，没有核对完。")
            return True
        if in_place(self.banner)(error):
            return True
        self.banner.say("bad", str(error) or "没有完成，请重试。")
        return isinstance(error, EnforcerError)

    def _forget(self) -> None:
        self.sheet, self._anew, self._ready = None, None, 0
        self.go.setText("签发　Ctrl+Enter")
        self.acts.offer(self.go, "先选择工作簿并核对")
        self._show([])

    def _show(self, lines: list[_Line]) -> None:
        self.table.show_ids(())
        self._lines = lines
        self.table.show_ids(range(len(lines)))

    # Qt

    def reject(self) -> None:
        """Stop what runs; close only when nothing does."""
        if self._job is None:
            super().reject()
        else:
            self._job.cancel()
            self.banner.say("info", "正在停下…")


def _lines(
    lines: Sequence[BatchLine], preview: BatchPreview, refused: Sequence[RowRefusal]
) -> list[_Line]:
    """The refused rows first, then those that would be issued."""
    typed = {one.row: one for one in lines}
    shown = [_refused(at, one, typed.get(one.row)) for at, one in enumerate(refused)]
    for row, entry in zip(preview.lines, preview.entries, strict=True):
        asks = entry.ladder.asks_reason
        says = entry.ladder.says if entry.ladder.count_in_window else entry.ladder.nth
        shown.append(
            _Line(
                len(shown),
                row,
                entry.plate.text,
                show_moment(entry.noticed_at),
                entry.place,
                says,
                "warn" if asks else "quiet",
            )
        )
    return shown


def _refused(at: int, one: RowRefusal, typed: BatchLine | None) -> _Line:
    if typed is None:
        return _Line(at, one.row, "", "", "", one.say, "bad")
    moment = show_moment(typed.noticed_at)
    return _Line(at, one.row, typed.plate, moment, typed.place, one.say, "bad")
