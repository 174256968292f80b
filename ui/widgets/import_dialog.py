"""Excel into the store: first what the workbook would bring, then the rows that are good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, EmptyState, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.file_dialogs import ask_open
from ui.widgets.inputs import LineEdit
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

if TYPE_CHECKING:
    from enforcer.exchange.workbook import RowRefused
    from enforcer.operations.ledgers import ImportReport
    from ui.tasks import Tasks

NOTHING_YET: Final = "选择文件后先核对，这里列出不能导入的行和原因。"
REMARKS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Take:
    """One reading of a workbook: a look takes nothing and has no request."""

    path: Path
    request_id: UUID | None

    @property
    def is_look(self) -> bool:
        return self.request_id is None


@dataclass(frozen=True, slots=True)
class Import:
    """What is imported: its title, how the sheet must look, the deed that reads and takes it.

    `known` is what the rows are that need no taking.
    """

    name: str
    title: str
    how: str
    run: Callable[[Any, Take], ImportReport]
    known: str = "已经有的"


class ImportDialog(Dialog):
    """Choose a workbook, see what it would bring and what is refused, take the good rows."""

    def __init__(self, parent: QWidget, tasks: Tasks, what: Import) -> None:
        super().__init__(parent)
        self._tasks, self._what = tasks, what
        self.report: ImportReport | None = None
        self.setWindowTitle(f"从 Excel 导入{what.title}")
        self.setMinimumSize(760, 500)
        self.path = LineEdit(placeholder="选择或者粘贴工作簿的路径")
        self.path.setAccessibleName("工作簿的路径")
        self.path.edited.connect(self._forget)
        self.path.returnPressed.connect(self.look)
        self.banner = Banner()
        self.banner.hide()
        self.table = PagedTable(
            f"import-{what.name}",
            (
                Column("行", lambda row: str(row[1].row), 60, right=True),
                Column("列", lambda row: row[1].column, 120),
                Column("为什么没有导入", lambda row: row[1].say, 480, tone=lambda _row: "bad"),
            ),
            self._refused,
            title="没有导入的行",
            empty=EmptyState(NOTHING_YET, icon="import"),
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
        column.addWidget(label(self.windowTitle(), "section"))
        column.addWidget(label(self._what.how, "quiet", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.path, 1)
        row.addWidget(button("选择文件…", "folder", on=self.ask_path))
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
            self._run(None, self._looked)

    def carry_out(self) -> None:
        """Take the good rows."""
        self.acts.offer(self.take, "正在导入…")
        self._run(uuid4(), self._taken)

    def _run(self, request: UUID | None, then: Callable[[ImportReport], object]) -> None:
        take, run = Take(Path(self.path.read()), request), self._what.run
        self._tasks.do(lambda store: run(store, take), then, owner=self, failed=self._failed)

    def _failed(self, error: Exception) -> bool:
        self._forget()
        if in_place(self.banner)(error):
            return True
        self.banner.say("bad", str(error))
        return bool(str(error))

    def _looked(self, report: ImportReport) -> None:
        self._show(report)
        said = f"共 {report.read} 行：可以导入 {report.taken} 行"
        said += f"，{self._what.known} {report.known} 行" if report.known else ""
        said += f"，不能导入 {len(report.refused)} 行" if report.refused else ""
        kind = "warn" if report.refused or report.remarks else "ok"
        self.banner.say(kind, f"{said}。{_remarks(report)}")
        self.take.setText(f"导入 {report.taken} 行　Ctrl+Enter")
        self.acts.offer(self.take, "" if report.taken else "没有可以导入的新行")
        if report.taken:
            self.take.setFocus()

    def _taken(self, report: ImportReport) -> None:
        self._show(report)
        said = f"已导入 {report.taken} 行"
        said += f"，跳过{self._what.known} {report.known} 行" if report.known else ""
        said += f"，没有导入的 {len(report.refused)} 行列在下面" if report.refused else ""
        self.banner.say("ok", f"{said}。{_remarks(report)}")
        self.acts.offer(self.take, "已经导入")
        self.leave.setFocus()

    def _show(self, report: ImportReport) -> None:
        self.report = report
        self.table.empty.set_sentence("没有不能导入的行。")
        self.table.show_ids(range(len(report.refused)))

    def _refused(self, ids: Sequence[Any]) -> list[tuple[int, RowRefused]]:
        assert self.report
        return [(one, self.report.refused[one]) for one in ids]

    def _forget(self) -> None:
        self.report = None
        self.take.setText("导入　Ctrl+Enter")
        self.acts.offer(self.take, "先选择工作簿并核对")
        self.table.empty.set_sentence(NOTHING_YET)
        self.table.show_ids(())


def _remarks(report: ImportReport) -> str:
    said = "".join(f"\n{one}" for one in report.remarks[:REMARKS_SHOWN])
    rest = len(report.remarks) - REMARKS_SHOWN
    return f"{said}\n另有 {rest} 条提示。" if rest > 0 else said
