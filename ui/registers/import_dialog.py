"""Excel into a register: first what the file would bring, then the rows that are good."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.exchange.ledgers import LEDGERS
from enforcer.operations.ledgers import ImportReport, LedgerForm, import_ledger
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, EmptyState, button, label
from ui.widgets.file_dialogs import ask_open
from ui.widgets.inputs import LineEdit
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from enforcer.exchange.workbook import RowRefused


class ImportDialog(QDialog):
    """Choose a workbook, see what it would bring, take the good rows."""

    def __init__(self, parent: QWidget, context: Context, kind: str) -> None:
        super().__init__(parent)
        self.context, self.ledger = context, LEDGERS[kind]
        self.report: ImportReport | None = None
        self.setWindowTitle(f"从 Excel 导入{self.ledger.title}")
        self.setMinimumSize(720, 480)
        self.path = LineEdit(placeholder="选择或者粘贴工作簿的路径")
        self.path.setAccessibleName("工作簿的路径")
        self.path.edited.connect(self._forget)
        self.path.returnPressed.connect(self.look)
        self.choose = button("选择文件…", "folder", on=self.ask_path)
        self.banner = Banner()
        self.banner.hide()
        self.table = PagedTable(
            f"import-{kind}",
            (
                Column("行", lambda row: str(row[1].row), 60, right=True),
                Column("列", lambda row: row[1].column, 120),
                Column("为什么没有导入", lambda row: row[1].say, 460, tone=lambda _row: "bad"),
            ),
            self._refused,
            title="没有导入的行",
            empty=EmptyState("选择文件后先核对，这里列出不能导入的行和原因。", icon="import"),
            key=lambda row: row[0],
        )
        self.take = button("导入", main=True, keys="Ctrl+Enter", on=self.carry_out)
        self.leave = button("关闭", on=self.reject)
        self.acts = ActBar(self.leave, self.take)
        self._lay_out()
        self._forget()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        required = "、".join(one.header for one in self.ledger.columns if one.required)
        names = "、".join(one.header for one in self.ledger.columns)
        column.addWidget(label(self.windowTitle(), "section"))
        column.addWidget(
            label(f"第一行是列名：{names}。必须有：{required}。列的次序不限。", "quiet", wrap=True)
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        column.addLayout(row)
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addWidget(self.acts)
        self.path.setFocus()

    def ask_path(self) -> None:
        """Let the officer point at the workbook."""
        chosen = ask_open(self, self.windowTitle())
        if chosen is not None:
            self.path.write(str(chosen))
            self.look()

    def look(self) -> None:
        """Read the workbook and tell what it would bring; nothing is taken."""
        if self.path.read():
            self.banner.say("info", "正在核对…")
            self._run(dry_run=True)

    def carry_out(self) -> None:
        """Take the good rows."""
        self.acts.offer(self.take, "正在导入…")
        self._run(dry_run=False)

    def _run(self, *, dry_run: bool) -> None:
        context = self.context
        form = LedgerForm(
            request_id=None if dry_run else uuid4(),
            path=Path(self.path.read()),
            kind=self.ledger.kind,
            dry_run=dry_run,
        )
        context.tasks.do(
            lambda store: import_ledger(
                store,
                form,
                today=context.clock.today(),
                now=context.clock.now(),
                actor=context.actor,
            ),
            self._looked if dry_run else self._taken,
            owner=self,
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> bool:
        self._forget()
        if in_place(self.banner)(error):
            return True
        self.banner.say("bad", str(error))
        return bool(str(error))

    def _looked(self, report: ImportReport) -> None:
        self._show(report)
        said = f"共 {report.read} 行：可以导入 {report.taken} 行"
        said += f"，已经有的 {report.known} 行" if report.known else ""
        said += f"，不能导入 {len(report.refused)} 行" if report.refused else ""
        remarks = "".join(f"\n{one}" for one in report.remarks[:5])
        self.banner.say("warn" if report.refused or report.remarks else "ok", f"{said}。{remarks}")
        self.take.setText(f"导入 {report.taken} 行　Ctrl+Enter")
        self.acts.offer(self.take, "" if report.taken else "没有可以导入的新行")
        if report.taken:
            self.take.setFocus()

    def _taken(self, report: ImportReport) -> None:
        self._show(report)
        said = f"已导入 {report.taken} 行"
        said += f"，跳过已有的 {report.known} 行" if report.known else ""
        said += f"，没有导入的 {len(report.refused)} 行列在下面" if report.refused else ""
        self.banner.say("ok", f"{said}。")
        self.acts.offer(self.take, "已经导入")
        self.leave.setFocus()

    def _show(self, report: ImportReport) -> None:
        self.report = report
        self.table.show_ids(range(len(report.refused)))
        if not report.refused:
            self.table.empty.set_sentence("没有不能导入的行。")

    def _refused(self, ids: Sequence[Any]) -> list[tuple[int, RowRefused]]:
        assert self.report
        return [(one, self.report.refused[one]) for one in ids]

    def _forget(self) -> None:
        self.report = None
        self.take.setText("导入　Ctrl+Enter")
        self.acts.offer(self.take, "先选择工作簿并核对")
        self.table.show_ids(())
