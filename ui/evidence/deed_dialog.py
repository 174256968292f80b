"""One deed on evidence in a small window: its fields, its sentence, what stands against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from pydantic import BaseModel
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.errors import InvalidForm, Trouble
from enforcer.operations.editing import labels_of, read
from enforcer.operations.evidence import Control
from ui.context import Context
from ui.failures import in_place
from ui.recordings import said
from ui.row_draft import RowDrafts
from ui.tasks import Note
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Scrolled, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder


@dataclass(frozen=True, slots=True)
class Ask:
    """What a window asks: the form, the deed, the words; `given` goes along without being asked.

    `long` names a deed that takes its time; a `counted` one says how far it is and can be stopped.
    """

    key: str
    title: str
    form: type[BaseModel]
    deed: Callable[..., Any]
    act: str
    said: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    required: Sequence[str] = ()
    wide: Sequence[str] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    draft: Any = None
    danger: bool = False
    long: str = ""
    counted: bool = False


class DeedDialog(Dialog):
    """`done(answer)` once it is carried out; what was typed and let go of is there next time."""

    done_with = Signal(object)

    def __init__(
        self, parent: QWidget, context: Context, ask: Ask, widgets: Mapping[str, QWidget]
    ) -> None:
        super().__init__(parent)
        self.context, self.ask = context, ask
        self._request = uuid4()
        self.setWindowTitle(ask.title)
        self.setMinimumWidth(600)
        self.banner = Banner()
        self.banner.hide()
        labels = labels_of(ask.form)
        grid = FieldGrid(2)
        grid.setContentsMargins(0, 0, 8, 0)
        self.fields: dict[str, Field] = {}
        for name, widget in widgets.items():
            made = Field(
                labels.get(name, name),
                widget,
                hint=ask.hints.get(name, ""),
                required=name in ask.required,
            )
            made.editor.setObjectName(f"evidence_{name}")
            self.fields[name] = made
            grid.add(made, 2 if name in ask.wide else 1)
        self.drafts = RowDrafts(context, self, f"evidence-{ask.key}")
        self.binder = FormBinder(self.fields, parent=self, check=self._check, keep_draft=self._keep)
        self.binder.set_values(ask.values)
        self._take_draft()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(ask.title, "section", wrap=True))
        if ask.said:
            column.addWidget(label(ask.said, "quiet", wrap=True))
        column.addWidget(self.banner)
        inside = QWidget()
        within = QVBoxLayout(inside)
        within.setContentsMargins(0, 0, 0, 0)
        within.addLayout(grid)
        within.addStretch()
        holder = Scrolled(inside)
        holder.setMinimumHeight(min(inside.sizeHint().height() + 4, 460))
        column.addWidget(holder, 1)
        self.leave = button("不做改动" if ask.danger else "取消", on=self.reject)
        self.act = button(
            ask.act,
            main=not ask.danger,
            danger=ask.danger,
            keys="" if ask.danger else "Ctrl+Enter",
            on=self.carry_out,
        )
        self.acts = ActBar(self.leave, self.act)
        column.addWidget(self.acts)
        self.binder.submitted.connect(self.act.setFocus)
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus()

    def add_act(self, text: str, icon: str, on: Callable[[], object], *, keys: str = "") -> None:
        """Another act of this window, left of the main one."""
        made = button(text, icon, keys=keys, on=on)
        layout = self.acts.layout()
        assert layout is not None
        layout.insertWidget(layout.count() - 2, made)  # type: ignore[attr-defined]

    def carry_out(self) -> None:
        """Do it; what is refused stays in the window, under its field."""
        if not self.act.isEnabled() or not self.binder.ready():
            return
        try:
            taken = read(self.ask.form, self._whole(self.binder.values())).form
        except InvalidForm as wrong:
            in_place(self.banner, self.binder)(wrong)
            return
        self.acts.offer(self.act, "正在办理…")
        context, deed = self.context, self.ask.deed

        def run(store: Any, **more: Any) -> Any:
            today, now = context.clock.today(), context.clock.now()
            return deed(store, taken, today=today, now=now, actor=context.actor, **more)

        def job(note: Note) -> Any:
            if not self.ask.counted:
                return run(context.store)
            control = Control()
            say = said(note, control, self.ask.act)
            return run(context.store, control=control, note=say)

        if self.ask.long:
            context.tasks.work(
                job,
                self._done,
                owner=self,
                what=self.ask.long,
                failed=self._failed,
            )
        else:
            context.tasks.do(run, self._done, owner=self, failed=self._failed)

    def reject(self) -> None:
        """Let go; what was typed is kept."""
        self.binder.flush()
        super().reject()

    def _whole(self, values: dict[str, Any]) -> dict[str, Any]:
        whole = {**self.ask.given, **values}
        if "request_id" in self.ask.form.model_fields:
            whole["request_id"] = self._request
        return {name: one for name, one in whole.items() if one is not None}

    def _check(self, values: dict[str, Any]) -> Mapping[str, str]:
        try:
            read(self.ask.form, self._whole(values))
        except InvalidForm as wrong:
            return wrong.by_field
        return {}

    def _failed(self, error: Exception) -> bool:
        self.acts.offer(self.act)
        if isinstance(error, Trouble):
            self.banner.say("bad", str(error))
            return True
        return in_place(self.banner, self.binder)(error)

    def _done(self, answer: Any) -> None:
        if self.ask.draft is not None:
            self.drafts.drop(self.ask.draft)
        self.done_with.emit(answer)
        self.accept()

    def _keep(self, values: dict[str, Any]) -> None:
        if self.ask.draft is not None:
            self.drafts.keep(self.ask.draft, values, "")

    def _take_draft(self) -> None:
        kept = self.drafts.take(self.ask.draft) if self.ask.draft is not None else None
        if kept is not None:
            self.binder.set_values(dict(kept.payload["values"]))
            self.banner.say("info", "上次填写的内容还在，没有保存过。")
