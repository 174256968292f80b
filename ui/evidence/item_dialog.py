"""One line of a case's 证据清单 in its window: change it, verify it, look at it, take it off."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.operations import evidence as deeds
from enforcer.operations.evidence import RemoveItemForm, VerifyItemForm
from enforcer.queries import evidence
from enforcer.queries.evidence_items import ItemRow
from ui.confirm import ConfirmDialog
from ui.context import Context
from ui.evidence.deed_dialog import Ask, DeedDialog
from ui.evidence.deeds import look_up
from ui.evidence.item_form import ItemForm
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.inputs import LineEdit
from ui.widgets.moments import DateEdit
from ui.widgets.pickers import OfficerPicker


class ItemDialog(Dialog):
    """A line, or a new one of something that is no file."""

    def __init__(
        self, parent: QWidget, context: Context, case_id: int, item: ItemRow | None
    ) -> None:
        super().__init__(parent)
        self.context, self.item = context, item
        self.dialog: QDialog | None = None
        self.choices = look_up(context)
        title = f"证据 {item.position}：{item.title}" if item else "登记证据（书证、物证、笔录等）"
        self.setWindowTitle(title)
        self.resize(620, 640)
        file = None
        if item is not None and item.file_id is not None:
            key = item.file_id
            file = context.tasks.now(lambda store: evidence.file_row(store, key))
        self.form = ItemForm(context, self.choices, file=file, item=item, case_id=case_id)
        self.form.saved.connect(lambda _key: self.accept())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 18, 18)
        column.setSpacing(10)
        column.addWidget(label(title, "section", wrap=True))
        if item is not None:
            column.addWidget(label(_state(item), "quiet", wrap=True))
            for one in item.missing:
                column.addWidget(label(one, "small", "warn", wrap=True))
            column.addLayout(self._acts(item))
        else:
            said = "录音录像和照片请在“证据”里查看时登记；这里登记没有文件的证据。"
            column.addWidget(label(said, "quiet", wrap=True))
        column.addWidget(self.form, 1)
        first = next(iter(self.form.fields.values()))
        first.setFocus()

    def _acts(self, item: ItemRow) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.view_button = button("查看", "play", on=self.view)
        self.view_button.setEnabled(item.file_id is not None and not item.file_gone)
        self.verify_button = button("查证", "proven", keys="F7", on=self.verify)
        self.remove_button = button("移出清单", "delete", danger=True, on=self.remove)
        for one in (self.view_button, self.verify_button, self.remove_button):
            row.addWidget(one)
        row.addStretch()
        return row

    def view(self) -> None:
        """The player, at the in mark."""
        item = self.item
        if item is not None and item.file_id is not None:
            self.reject()
            self.context.window.open("evidence", (item.file_id, item.in_ms or 0))

    def verify(self) -> None:
        """查证: who, how, when (行政处罚法 第四十六条第二款)."""
        item = self.item
        assert item is not None
        people = OfficerPicker(self.choices.people)
        ask = Ask(
            "verify",
            f"查证：{item.title}",
            VerifyItemForm,
            deeds.verify_evidence_item,
            "登记查证",
            said="证据必须经查证属实，方可作为认定案件事实的根据（行政处罚法第四十六条第二款）。",
            given={"item_id": item.id},
            values={
                "verified_by_id": self.choices.person(self.context.name),
                "verified_on": self.context.clock.today(),
            },
            required=("verified_by_id", "verified_how", "verified_on"),
            wide=("verified_how",),
        )
        widgets: dict[str, QWidget] = {
            "verified_by_id": people,
            "verified_on": DateEdit(self.context.clock.today),
            "verified_how": LineEdit(limit=200, placeholder="例如：与现场检查笔录核对一致"),
        }
        dialog = DeedDialog(self, self.context, ask, widgets)
        dialog.done_with.connect(lambda _key: self.accept())
        self.dialog = dialog
        dialog.open()

    def remove(self) -> None:
        """移出清单, with its reason; the row stays on record."""
        item = self.item
        assert item is not None
        dialog = ConfirmDialog(
            self,
            f"把“{item.title}”移出证据清单？",
            "文件和这条登记都保留，清单上不再列它。",
            "移出清单",
            reason="移出的原因",
        )

        def go() -> None:
            form = RemoveItemForm(request_id=uuid4(), item_id=item.id, reason=dialog.reason)
            self.context.carry_out(deeds.remove_evidence_item, form, self._removed, owner=self)

        dialog.accepted.connect(go)
        self.dialog = dialog
        dialog.open()

    def _removed(self, _key: Any) -> None:
        self.context.window.message("ok", "已移出证据清单，原因留在记录里。")
        self.accept()

    def reject(self) -> None:
        """Let go; what was typed is kept."""
        self.form.flush()
        super().reject()


def _state(item: ItemRow) -> str:
    checked = (
        f"{item.verified_on} 由{item.verified_by}查证：{item.verified_how}"
        if item.verified_on
        else "还没有查证"
    )
    file = f"{item.file_name}　{item.code}" if item.file_name else item.original_lies
    mark = item.after_decision.label
    return f"{file}　{item.span}\n{mark}　{checked}"
