"""导入: the form, the run, the report of every intake with what was read and where it may belong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.evidence_terms import IntakeFileState, IntakeState
from enforcer.operations.evidence import IntakeForm, IntakeReport, ResumeForm
from enforcer.operations.evidence_exports import ExportIntakeForm, export_intake
from enforcer.queries import evidence_history
from enforcer.queries.evidence_history import IntakeRow
from ui.context import Context
from ui.evidence import choices as offered
from ui.evidence.intake_form import IntakeCard
from ui.evidence.intake_report import ReportCard
from ui.evidence.intake_run import IntakeRun, RunBar, show_refusal
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState, label
from ui.widgets.file_dialogs import ask_save
from ui.widgets.moments import show_moment
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import Act, PagedTable

LEFT = 388
TABLES = frozenset({"evidence_intake", "intake_file", "evidence_use", "evidence_file"})
_TONES = {
    IntakeState.DONE: "ok",
    IntakeState.RUNNING: "warn",
    IntakeState.CANCELLED: "warn",
    IntakeState.INTERRUPTED: "bad",
}


class IntakeTab(QWidget):
    """Form and earlier intakes at the left, the report of one at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.intake_id: int | None = None
        self._stale = True
        self.run = IntakeRun(context, self)
        self.form = IntakeCard(context)
        self.banner = Banner()
        self.banner.hide()
        self.bar = RunBar(self.run)
        self.table = PagedTable(
            "evidence-intakes",
            (
                Column("开始", lambda row: show_moment(row.started_at)[5:], 116),
                Column("来源", _source_words, 92, tip=lambda row: row.source),
                Column("结果", self._state_words, 164, tone=self._tone),
            ),
            lambda ids: context.tasks.now(lambda store: evidence_history.intake_rows(store, ids)),
            title="以前的导入",
            empty=EmptyState("还没有导入过文件。", icon="import"),
            acts=(Act("继续导入", lambda ids: self.resume(ids[0]), "refresh", single=True),),
        )
        self.report = ReportCard(context)
        self._lay_out()
        self.form.started.connect(self.start)
        self.run.ended.connect(self._ended)
        self.run.refused.connect(self._refused)
        self.run.ticked.connect(self._follow)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _id: self.report.table.setFocus())
        context.tasks.changed.connect(self._changed)
        self.setFocusProxy(self.form.folder_button)
        self.refresh()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.form, 5)
        earlier = Card(tight=True, spacing=4)
        head = label("以前的导入", "strong")
        head.setContentsMargins(11, 2, 0, 0)
        earlier.body.addWidget(head)
        earlier.body.addWidget(self.table, 1)
        left.addWidget(earlier, 2)
        holder = QWidget()
        holder.setFixedWidth(LEFT)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(left)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.banner)
        self._run_card = Card()
        self._run_card.body.setContentsMargins(18, 12, 18, 12)
        self._run_card.body.addWidget(self.bar)
        self._run_card.hide()
        right.addWidget(self._run_card)
        right.addWidget(self.report, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(holder)
        columns.addLayout(right, 1)

    # what is shown

    def begin(self) -> None:
        """Ctrl+N: to the choice of the folder."""
        self.form.folder_button.setFocus()

    def refresh(self) -> None:
        """Ask again which intakes there were, and what the pickers offer."""
        self._stale = False
        today = self.context.clock.today()
        self.context.tasks.ask(
            lambda store: (
                evidence_history.intake_ids(store),
                offered.ask(store, today=today),
            ),
            self._show,
            owner=self,
            latest="intakes",
        )

    def _show(self, answer: tuple[list[int], offered.Choices]) -> None:
        ids, choices = answer
        self.form.offer_choices(choices)
        self.table.show_ids(ids)
        if self.intake_id is not None:
            self.table.select(self.intake_id)
            self.report.show_intake(self.intake_id)
        elif ids and not self.table.selected_ids():
            self.table.select(ids[0])

    def _selected(self, ids: list[int]) -> None:
        if len(ids) == 1 and ids[0] != self.intake_id:
            self.show_intake(ids[0])

    def show_intake(self, intake_id: int) -> None:
        """The report of one intake; one that was cut short offers to go on."""
        self.intake_id = intake_id
        self.report.show_intake(intake_id)
        if self.run.running:
            return
        rows = self.context.tasks.now(
            lambda store: evidence_history.intake_rows(store, [intake_id])
        )
        self._tell(rows[0] if rows else None)

    def _tell(self, row: IntakeRow | None) -> None:
        if row is None:
            self.banner.say("info", "")
        elif row.can_resume:
            left = row.counts.get(IntakeFileState.WAITING, 0)
            say = row.say or "上次没有做完程序就关闭了。"
            self.banner.say(
                "warn",
                f"{say}还有 {left} 个文件没有导入，已经登记的不会重做。",
                act="继续导入",
                on=lambda: self.resume(row.id),
            )
        else:
            self.banner.say("info", "")

    def _state_words(self, row: IntakeRow) -> str:
        if row.state is IntakeState.RUNNING and not self.run.running:
            return "没有做完"
        counts = row.counts
        taken = counts.get(IntakeFileState.TAKEN, 0)
        parts = [f"登记 {taken}"]
        for state, word in (
            (IntakeFileState.KNOWN, "重复"),
            (IntakeFileState.REFUSED, "未登记"),
            (IntakeFileState.WAITING, "未导"),
        ):
            if count := counts.get(state, 0):
                parts.append(f"{word} {count}")
        return "　".join(parts)

    def _tone(self, row: IntakeRow) -> str:
        return _TONES[row.state]

    # the run

    def start(self, form: IntakeForm) -> None:
        """Begin; the form is for the next one when this one is over."""
        self._run_begins()
        self.run.take_in(form)

    def resume(self, intake_id: int, source: Path | None = None) -> None:
        """Go on where an intake was cut short."""
        if self.run.running:
            return
        self._run_begins()
        self.intake_id = intake_id
        self.run.resume(ResumeForm(request_id=uuid4(), intake_id=intake_id, source=source))

    def _run_begins(self) -> None:
        self.banner.say("info", "")
        self.form.offer("正在导入")
        self._run_card.show()
        self.bar.begin()

    def _run_over(self) -> None:
        self._run_card.hide()
        self.bar.hide()
        self.form.offer()

    def _follow(self) -> None:
        """While it runs: the report fills as files are registered."""
        if self.isVisible() and self.run.running:
            self.context.tasks.ask(
                evidence_history.intake_ids, self._show_newest, owner=self, latest="newest"
            )

    def _show_newest(self, ids: list[int]) -> None:
        if ids and self.run.running:
            if ids[0] not in self.table.model.ids:
                self.intake_id = ids[0]
                self.table.show_ids(ids)
                self.table.select(ids[0])
            elif self.intake_id is not None:
                self.report.show_intake(self.intake_id)

    def _ended(self, report: IntakeReport) -> None:
        self._run_over()
        self.intake_id = report.id
        if report.state is IntakeState.DONE:
            self.form.done()
            said = _told(report)
            kind = "warn" if any(not one.waiting for one in report.left) else "ok"
            self.banner.say(kind, said)
        self.refresh()
        if report.state is not IntakeState.DONE:
            self.show_intake(report.id)
        self.report.table.setFocus()

    def _refused(self, error: Exception) -> None:
        self._run_over()
        objections = getattr(error, "objections", ())
        if any(one.code == "source_gone" for one in objections) and self.intake_id is not None:
            self.banner.say("bad", str(error), act="选择现在的位置", on=self._choose_source)
        else:
            show_refusal(self.banner, error)

    def _choose_source(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "来源现在的位置")
        if chosen and self.intake_id is not None:
            self.resume(self.intake_id, Path(chosen))

    # out

    def export_excel(self) -> None:
        """The report of the intake in view as a workbook."""
        if self.intake_id is None:
            self.context.window.message("info", "还没有导入过文件，没有报告可以导出。")
            return
        path = ask_save(self, "导出导入报告", f"导入报告{self.intake_id}.xlsx")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the report to this file; a file dialog has asked about overwriting."""
        assert self.intake_id is not None
        form = ExportIntakeForm(intake_id=self.intake_id, path=path, overwrite=True)
        self.context.carry_out(
            export_intake,
            form,
            lambda done: self.context.window.message(
                "ok", f"已导出 {done.rows} 行到 {done.path}。{''.join(done.remarks)}"
            ),
            owner=self,
        )

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self.run.cover(False)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.run.cover(True)
        if self._stale:
            self.refresh()

    def _changed(self, tables: frozenset[str]) -> None:
        if not tables & TABLES or self.run.running:
            return
        self._stale = True
        if self.isVisible():
            self.refresh()


def _source_words(row: IntakeRow) -> str:
    return row.volume_label or Path(row.source).name or row.source


def _told(report: IntakeReport) -> str:
    known = sum(one.known for one in report.taken)
    refused: Sequence[Any] = [one for one in report.left if not one.waiting]
    doubts = sum(bool(one.remarks) and not one.known for one in report.taken)
    parts = [f"导入完成：登记 {len(report.taken) - known} 个"]
    if known:
        parts.append(f"重复 {known} 个")
    if refused:
        parts.append(f"没有登记 {len(refused)} 个，原因见下表")
    if doubts:
        parts.append(f"{doubts} 个有差异需要核对")
    return "，".join(parts) + "。原来的文件没有改动。"
