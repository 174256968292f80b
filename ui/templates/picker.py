"""插入栏目: every field this paper has, with its meaning and what the specimen says there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.documents import placeholders
from enforcer.documents.placeholders import Placeholder
from ui.widgets.basics import ActBar, EmptyState, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.pinyin import matches

READINGS = (
    ("", "直接印出"),
    ("｜填空", "印出并加下划线"),
    ("｜手填10字", "没有内容时留出横线，由手填写"),
    ("｜空则/", "没有内容时印“/”"),
    ("｜填空｜空则/", "加下划线，没有内容时印“/”"),
    ("｜不断行", "印在同一行，不拆开"),
)


class PlaceholderPicker(Dialog):
    """`chosen(said)` with the field as it is written: 【当事人｜空则/】."""

    chosen = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        key: str,
        each: str,
        sample: Mapping[str, Any],
        *,
        given: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("插入栏目")
        self.resize(720, 520)
        self._sample = sample
        known = placeholders.placeholders(key).values()
        fit = [one for one in known if not one.is_flag and one.each in ("", each)]
        self._fields = {
            one.path: one for one in sorted(fit, key=lambda one: (not one.each, one.path))
        }
        self.search = LineEdit(placeholder="名称、含义或者拼音首字母")
        self.search.setAccessibleName("查找栏目")
        self.search.setClearButtonEnabled(True)
        self.table = PagedTable(
            "template-fields",
            (
                Column("栏目", lambda row: row.name, 190, tip=lambda row: row.name),
                Column("含义", lambda row: row.about or "—", 220, tip=lambda row: row.about),
                Column("样例里印出", self.sample_of, 250, tip=self.sample_of),
            ),
            lambda ids: [self._fields[one] for one in ids],
            title="可以插入的栏目",
            empty=EmptyState("没有这样的栏目。换一个字再找。", icon="document"),
            key=lambda row: row.path,
        )
        name, _, reading = given.strip("【】").partition("｜")
        reading = f"｜{reading}" if reading else ""
        choices = (
            READINGS if reading in dict(READINGS) else (*READINGS, (reading, f"照旧{reading}"))
        )
        self.reading = Choice(choices)
        self.reading.write(reading)
        self.go = button("换成这一栏" if given else "插入", main=True, on=self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label("选一栏，出件时由程序填入", "section"))
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(Field("怎样印", self.reading))
        self.acts = ActBar(button("取消", on=self.reject), self.go)
        column.addWidget(self.acts)
        self.search.edited.connect(self._filter)
        self.table.opened.connect(lambda _path: self._take())
        self.table.selected.connect(lambda _ids: self._offer())
        self._filter()
        started = next((one.path for one in fit if one.name == name), None)
        if started is not None:
            self.table.select(started)
        self.search.setFocus()

    def sample_of(self, row: Placeholder) -> str:
        """What the specimen says in a field; of a list its first row."""
        found: Any = self._sample
        for step in row.path.split("."):
            if isinstance(found, list):
                found = found[0] if found else {}
            found = found.get(step, "") if isinstance(found, Mapping) else ""
        return " ".join(str(found).split()) if isinstance(found, str) else ""

    def _filter(self) -> None:
        typed = self.search.read()
        found = [path for path, one in self._fields.items() if _holds(typed.split(), one)]
        self.table.show_ids(found)
        if found and not self.table.selected_ids():
            self.table.select(found[0])
        self._offer()

    def _offer(self) -> None:
        self.acts.offer(self.go, "" if self.table.selected_ids() else "先选一栏")

    def _take(self) -> None:
        ids = self.table.selected_ids()
        if ids:
            self.chosen.emit(self._fields[ids[0]].written(self.reading.read() or ""))
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.search.hasFocus() and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.search.hasFocus():
            self._take()
            return
        super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        ids: Sequence[Any] = self.table.model.ids
        chosen = self.table.selected_ids()
        if ids:
            at = list(ids).index(chosen[0]) + by if chosen else 0
            self.table.select(ids[max(0, min(at, len(ids) - 1))])


def _holds(typed: Sequence[str], one: Placeholder) -> bool:
    return all(word in one.about or matches(word, one.name) for word in typed)
