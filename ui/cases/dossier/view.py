"""The dossier of one case: its review, its six parts, and everything that is done with the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from enforcer.operations import case_files, dossier
from enforcer.operations.case_files import CaseExported, ExportCaseForm
from enforcer.operations.dossier import DossierForm, DossierOut
from enforcer.operations.evidence import Control
from enforcer.queries import case_file_recordings, dossier_readiness, scans
from enforcer.queries import dossier as asked
from enforcer.queries.dossier import ArchiveRow, Contents
from enforcer.queries.dossier_readiness import Readiness
from ui.cases.dossier import taking
from ui.cases.dossier.archive_dialog import ArchiveDialog
from ui.cases.dossier.exporting import ExportCaseDialog
from ui.cases.dossier.tray import ScanTrayDialog
from ui.cases.dossier.trees import FindingTree, PartTree
from ui.context import Context
from ui.failures import in_place
from ui.fresh import Fresh
from ui.recordings import said
from ui.tasks import Note
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, button, label, set_tone
from ui.widgets.file_dialogs import PDF, ask_save
from ui.widgets.moments import show_day
from ui.widgets.printing import write_whole

CASE_FILE = "案件文件 (*.zip)"
TABLES = frozenset(
    {"enforcement_case", "case_event", "document", "decision", "scan_page", "dossier", "setting"}
    | {"evidence_item", "evidence_use"}
)


class DossierView(QWidget):
    """`jump` names the step a finding leads to, `paper/KEY/ROW`, or a page of the window."""

    jump = Signal(str)

    def __init__(self, context: Context, case_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.case_id = context, case_id
        self.found: Readiness | None = None
        self.contents: Contents | None = None
        self.archived: ArchiveRow | None = None
        self.tray: ScanTrayDialog | None = None
        self.archiving: ArchiveDialog | None = None
        self.score = label("", "section", wrap=True)
        self.state = label("", "quiet", wrap=True)
        self.message = Banner("bad")
        self.message.hide()
        self.findings, self.parts = FindingTree(), PartTree()
        self.findings.chosen.connect(self._go)
        self.parts.chosen.connect(self._go)
        self._lay_out()
        self.setAccessibleName("案卷")
        self.fresh = Fresh(self, context, TABLES, self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        left, right = Card("评查自查", spacing=8), Card("全过程记录", spacing=8)
        left.body.addWidget(self.score)
        left.body.addWidget(self.state)
        left.body.addWidget(self.findings, 1)
        right.body.addWidget(self.parts, 1)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addWidget(left, 3)
        columns.addWidget(right, 2)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.scan_button = self._act("收扫描件…", "import", "Ctrl+I", self.take_scans)
        self.tray_button = self._act("待认领", "document", "Ctrl+T", self.show_tray)
        self.case_button = self._act("导出案件文件…", "export", "Ctrl+E", self.export_case)
        self.archive_button = self._act("归档…", "ok", "Ctrl+R", self.archive)
        self.pdf_button = self._act("案卷 PDF…", "pdf", "Ctrl+S", self.export, main=True)
        for one in (self.scan_button, self.tray_button):
            acts.addWidget(one)
        acts.addStretch()
        for one in (self.case_button, self.archive_button, self.pdf_button):
            acts.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.message)
        column.addLayout(columns, 1)
        column.addLayout(acts)
        self.setFocusProxy(self.findings)

    def _act(self, text: str, icon: str, keys: str, on: Any, *, main: bool = False) -> QPushButton:
        made = button(text, icon, keys=keys, on=on, main=main)
        made.setObjectName(f"dossier_{on.__name__}")
        return made

    def refresh(self) -> None:
        """Weigh the case again."""
        self.fresh.asked()
        case_id, now = self.case_id, self.context.clock.now()

        def look(store: Any) -> tuple[Readiness | None, Contents | None, int]:
            found = dossier_readiness.readiness(store, case_id, now=now)
            return found, asked.as_chosen(store, case_id), scans.tray_count(store)

        self.context.tasks.ask(look, self._show, owner=self, latest="dossier")

    def _show(self, answer: tuple[Readiness | None, Contents | None, int]) -> None:
        self.found, self.contents, waiting = answer
        if self.found is None or self.contents is None:
            self.message.say("bad", "这个案件已经不在，请返回列表重新选择。")
            return
        held = self.contents
        self.archived = held.archived
        self.score.setText(self.found.say)
        set_tone(self.score, "bad" if self.found.hard else "warn" if self.found.open else "ok")
        signed = sum(bool(one.scans) for one in held.pieces.values())
        told = [f"材料 {len(held.pieces)} 份，有签名扫描件的 {signed} 份",
                f"排列：{held.order.title}"]  # fmt: skip
        if held.archived is not None:
            row = held.archived
            handed = "，已移交" if row.handed_over else ""
            told.append(f"归档号 {row.archive_number}，{show_day(row.archived_on)} 归档{handed}")
        elsewhere = self.context.tasks.now(
            lambda store: case_file_recordings.archived_elsewhere(store, self.case_id)
        )
        told += [elsewhere] if elsewhere else []
        self.state.setText("　".join(told))
        self.findings.show_findings(self.found)
        self.parts.show_parts(self.found.parts)
        self.tray_button.setText(f"待认领 {waiting}　Ctrl+T")
        self.tray_button.setEnabled(waiting > 0)
        self.archive_button.setEnabled(held.archived is None)
        self.archive_button.setToolTip("已经归档，归档号不能再编一次" if held.archived else "")

    def _go(self, place: str) -> None:
        if place == "scans":
            self.take_scans()
        elif "." in place:
            self.context.window.go(*place.split("/", 1))
            self.jump.emit("")
        else:
            self.jump.emit(place)

    # the file itself

    def export(self) -> None:
        """Save the whole dossier as one PDF."""
        if self.contents is None:
            return
        path = ask_save(self, "案卷另存为 PDF", f"{self.contents.number} 案卷.pdf", PDF)
        if path is None:
            return
        form = DossierForm(request_id=uuid4(), case_id=self.case_id)

        def save(made: DossierOut) -> None:
            write_whole(path, made.pdf)
            more = "".join(made.remarks)
            told = f"案卷已保存（{made.pages} 页，{len(made.entries)} 份）：{path}　{more}"
            self.context.window.message("ok", told.strip())

        self.context.carry_out(
            dossier.export_dossier, form, save, owner=self, failed=in_place(self.message)
        )

    def export_case(self) -> None:
        """Save the case as one file for another PC; where it has recordings, ask about them."""
        if self.contents is None:
            return
        files, size = self.context.tasks.now(
            lambda store: case_file_recordings.how_much(store, self.case_id)
        )
        if not files:
            self._export_case(recordings=False)
            return
        self.exporting = ExportCaseDialog(self, files, size)
        self.exporting.accepted.connect(
            lambda: self._export_case(recordings=self.exporting.recordings.read())
        )
        self.exporting.open()

    def _export_case(self, *, recordings: bool) -> None:
        assert self.contents is not None
        path = ask_save(self, "导出案件文件", f"{self.contents.number}.zip", CASE_FILE)
        if path is None:
            return
        form = ExportCaseForm(
            request_id=uuid4(),
            case_id=self.case_id,
            path=path,
            overwrite=True,
            recordings=recordings,
        )
        context = self.context
        clock, actor = context.clock, context.actor

        def job(note: Note) -> CaseExported:
            control = Control()
            today, now, say = clock.today(), clock.now(), said(note, control, "导出")
            return case_files.export_case(
                context.store, form, today=today, now=now, actor=actor, control=control, note=say
            )

        failed = in_place(self.message)
        context.tasks.work(job, self._case_exported, owner=self, what="导出案件文件", failed=failed)

    def _case_exported(self, made: CaseExported) -> None:
        along = f"，{made.recordings} 个录像等文件在旁边的文件夹里" if made.recordings else ""
        told = f"案件文件已保存（{made.papers} 份文书{along}）：{made.path}"
        self.context.window.message(
            "warn" if made.problems else "ok", told + "".join(made.problems)
        )

    def archive(self) -> None:
        """Give the case its archive number."""
        self.archiving = ArchiveDialog(self, self.context, self.case_id)
        self.archiving.archived.connect(self.refresh)
        self.archiving.open()

    # scans

    def take_scans(self) -> None:
        """Choose what the scanner wrote."""
        names, _ = QFileDialog.getOpenFileNames(self, "收扫描件", "", taking.KINDS)
        if names:
            taking.take(self, self.context, [Path(one) for one in names])

    def show_tray(self) -> None:
        """Pages that wait for a person."""
        self.tray = ScanTrayDialog(self, self.context)
        self.tray.open()
