"""归档: who bound the file and looked it through, how long it is kept, why it goes as it is."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.errors import Level, Refused
from enforcer.operations import dossier
from enforcer.operations.dossier_archive import ArchiveForm
from enforcer.operations.editing import read
from enforcer.queries import dossier_settings
from enforcer.queries.cases import case_rows
from ui.context import Context
from ui.failures import in_place
from ui.tasks import Failed
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.moments import DateEdit


class ArchiveDialog(Dialog):
    """Enter fields, Ctrl+Enter archives; what is still missing is asked for by a reason."""

    archived = Signal()

    def __init__(self, parent: QWidget, context: Context, case_id: int) -> None:
        super().__init__(parent)
        self.context, self.case_id = context, case_id
        self._codes: list[str] = []
        self.setWindowTitle("归档")
        self.setMinimumWidth(620)
        self.message = Banner("bad")
        self.message.hide()
        fields = {
            "on": Field("归档日期", DateEdit(context.clock.today), required=True),
            "compiler": Field("立卷人", LineEdit(limit=40), required=True),
            "inspector": Field("检查人", LineEdit(limit=40)),
            "retention": Field("保管期限", LineEdit(limit=20), required=True, hint="如 30年、永久"),
            "fonds": Field("全宗号", LineEdit(limit=40)),
        }
        self.words = Field("本卷情况说明", TextArea(lines=3, limit=500))
        self.reason = Field("现在就归档的理由", LineEdit(limit=200))
        self.reason.hide()
        grid = FieldGrid(2)
        for one in fields.values():
            grid.add(one)
        self.fields = {**fields, "words": self.words}
        self.act = button("归档", "ok", keys="Ctrl+Enter", main=True, on=self.archive)
        self.act.setObjectName("archive_act")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(label("归档以后，归档号不能再改。", "quiet", wrap=True))
        column.addWidget(self.message)
        column.addLayout(grid)
        column.addWidget(self.words)
        column.addWidget(self.reason)
        column.addWidget(ActBar(button("取消　Esc", on=self.reject), self.act))
        self.binder = FormBinder(self.fields, parent=self)
        self._fill()
        self.fields["compiler"].setFocus()

    def _fill(self) -> None:
        case_id, today = self.case_id, self.context.clock.today()

        def look(store: Any) -> tuple[Any, Any]:
            rows = case_rows(store, [case_id], today=today)
            return dossier_settings.settings(store), rows[0] if rows else None

        def fill(answer: tuple[Any, Any]) -> None:
            chosen, row = answer
            values: dict[str, Any] = {"on": today, "fonds": chosen.fonds}
            if row is not None:
                values["compiler"] = row.officer1
                values["retention"] = chosen.retention.get(row.procedure, "")
            self.binder.set_values(values)

        self.context.tasks.ask(look, fill, owner=self)

    def archive(self) -> None:
        """Archive; refusals and missing things stand in the dialog."""
        reason = str(self.reason.read())
        given = {name: one.read() for name, one in self.fields.items()}
        given |= {"case_id": self.case_id, "request_id": uuid4()}
        given["reasons"] = dict.fromkeys(self._codes, reason) if reason else {}
        clock, actor = self.context.clock, self.context.actor

        def deed(store: Any) -> str:
            form = read(ArchiveForm, given).form
            return dossier.archive_case(
                store, form, today=clock.today(), now=clock.now(), actor=actor
            )

        self.context.tasks.do(deed, self._done, owner=self, failed=self._failed())

    def _failed(self) -> Failed:
        usual = in_place(self.message, self.binder)

        def failed(error: Exception) -> bool:
            if isinstance(error, Refused):
                open_ = [one.code for one in error.objections if one.level is Level.WARN]
                self._codes = list(dict.fromkeys([*self._codes, *open_]))
                if open_:
                    self.reason.show()
                    self.message.show_objections(error.objections)
                    self.reason.setFocus()
                    return True
            return usual(error)

        return failed

    def _done(self, number: str) -> None:
        self.context.window.message("ok", f"已归档，归档号 {number}。")
        self.accept()
        self.archived.emit()
