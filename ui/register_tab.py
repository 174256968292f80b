"""A register on the screen: the list at the left, the form of one row at the right.

Ctrl+N a new row, F2 into the form, Ctrl+Enter saves, Esc back to the list; what is typed and not
saved is kept as a draft of that row and is there again when one comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from enforcer.errors import InvalidForm, Refused
from enforcer.operations.editing import labels_of, read
from ui.context import Context
from ui.failures import in_place
from ui.row_draft import RowDrafts
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, EmptyState, Scrolled, button, label
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.inputs import LineEdit, Tick
from ui.widgets.moments import show_moment
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

FORM_WIDTH = 420


@dataclass(frozen=True, slots=True)
class Register:
    """What a register is made of: its list, its form, its deed.

    `ids(store, words, retired)` and `rows(store, ids)` ask; `save(store, form, *, today, now,
    actor)` does; `noun` is what one row is called; `tables` are those whose change is shown here.
    `retired` are the words of the tick that shows who has left; `ledger` the kind for import.
    """

    key: str
    title: str
    noun: str
    columns: Sequence[Column]
    ids: Callable[[Any, str, bool], Sequence[Any]]
    rows: Callable[[Any, Sequence[Any]], Sequence[Any]]
    form: type[BaseModel]
    save: Callable[..., Any]
    tables: frozenset[str]
    empty: str
    icon: str = "document"
    retired: str = ""
    ledger: str = ""
    may_add: bool = True
    identity: Callable[[Any], Any] = lambda row: row.id


class RegisterTab(QWidget):
    """One register; a subclass builds its fields and says how a row fills them."""

    def __init__(self, context: Context, register: Register) -> None:
        super().__init__()
        self.context, self.register = context, register
        self.drafts = RowDrafts(context, self, register.key)
        self.row: Any = None
        self._request: UUID = uuid4()
        self._loaded, self._original = "", dict[str, Any]()
        self._stale, self._settling, self._to_list = True, False, False
        self.fields: Mapping[str, Field] = {}
        self.banner = Banner()
        self.banner.hide()
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 6, 0)
        self.column.setSpacing(10)
        self.build()
        self.column.addStretch()
        self._labels = labels_of(register.form)
        self.binder = FormBinder(
            self.fields, parent=self, check=self.check, keep_draft=self._keep_draft
        )
        self._lay_out(content)
        self.binder.edited.connect(self._edited)
        self.binder.submitted.connect(self.save_button.setFocus)
        context.tasks.changed.connect(self._changed)
        self._show_new(focus=False)

    def field(self, name: str, widget: QWidget, *, hint: str = "", required: bool = False) -> Field:
        """A field called as the operation's form calls it."""
        title = self.register.form.model_fields[name].title or name
        if isinstance(widget, QComboBox):  # else its longest entry widens the column
            policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            widget.setSizeAdjustPolicy(policy)
            widget.setMinimumContentsLength(4)
        return Field(title, widget, hint=hint, required=required)

    # what a subclass says

    def build(self) -> None:
        """Make the fields (`self.fields`) and put them into `self.column`."""
        raise NotImplementedError

    def values_of(self, row: Any) -> dict[str, Any]:
        """What the form shows of a row."""
        return {name: getattr(row, name) for name in self.fields if hasattr(row, name)}

    def starting(self) -> dict[str, Any]:
        """What a new form shows before anything is typed."""
        return {}

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What goes into the operation's form, besides id, version and request."""
        return values

    def heading(self, row: Any) -> str:
        """What stands above the form."""
        return str(getattr(row, "name", "")) or self.register.noun

    def shown(self, row: Any) -> None:
        """Called once a row (or None: a new one) stands in the form."""

    def further(self, form: Any) -> Mapping[str, str]:
        """What is wrong across fields, as far as it can be told without the store."""
        del form
        return {}

    # the form's check

    def check(self, values: dict[str, Any]) -> Mapping[str, str]:
        """Wrong fields by name, as the operation's own form sees them."""
        try:
            return self.further(read(self.register.form, self._whole(values)).form)
        except InvalidForm as wrong:
            return wrong.by_field

    def _whole(self, values: dict[str, Any]) -> dict[str, Any]:
        given = self.given(dict(values))
        extra = {"request_id": self._request, "loaded": self._loaded, "id": self.key}
        known = self.register.form.model_fields
        return given | {name: value for name, value in extra.items() if name in known}

    @property
    def key(self) -> Any:
        """The id of the row in the form; None for a new one."""
        return None if self.row is None else self.register.identity(self.row)

    @property
    def dirty(self) -> bool:
        """Whether something has been typed that is not saved."""
        return self.binder.draft() != self._original

    # building

    def _lay_out(self, content: QWidget) -> None:
        register = self.register
        self.search = LineEdit(placeholder=f"在{register.title}中查找　Ctrl+F")
        self.search.setAccessibleName(f"在{register.title}中查找")
        self.search.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(150)
        self._typing.timeout.connect(self.refresh)
        self.search.edited.connect(self._typing.start)
        self.with_retired = Tick(register.retired or "")
        if not register.retired:
            self.with_retired.hide()
        self.with_retired.edited.connect(self.refresh)
        add = f"新增{register.noun}" if register.may_add else ""
        self.table = PagedTable(
            f"register-{register.key}",
            register.columns,
            lambda ids: self.context.tasks.now(lambda store: register.rows(store, ids)),
            title=register.title,
            empty=EmptyState(register.empty, add, self.new, icon=register.icon),
            key=register.identity,
        )
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _id: self.edit())
        self.table.selection_told.connect(self.context.window.tell_selection)
        self.left = Card(tight=True, spacing=6)
        row = QHBoxLayout()
        row.setContentsMargins(11, 4, 11, 2)
        row.setSpacing(14)
        row.addWidget(self.search, 1)
        row.addWidget(self.with_retired)
        self.left.body.addLayout(row)
        self.left.body.addWidget(self.table, 1)
        self.right = Card()
        self.right.setFixedWidth(FORM_WIDTH)
        self.title = label("", "section", wrap=True)
        self.right.body.addWidget(self.title)
        self.right.body.addWidget(self.banner)
        self.right.body.addWidget(Scrolled(content), 1)
        self.undo_button = button("放弃修改", on=self.undo)
        self.save_button = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        self.acts = ActBar(self.undo_button, self.save_button)
        not_mine = self.context.against(register.save.__name__, f"登记{register.noun}")
        self.acts.keep(not_mine, self.save_button)
        self.right.body.addWidget(self.acts)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self.left, 1)
        columns.addWidget(self.right)
        self.setFocusProxy(self.search)

    # the list

    def refresh(self) -> None:
        """Ask for the list again."""
        self._stale = False
        words, retired = self.search.read(), self.with_retired.read()
        self.context.tasks.ask(
            lambda store: self.register.ids(store, words, retired),
            self._show_ids,
            owner=self,
            latest="ids",
        )
        self.refresh_choices()

    def refresh_choices(self) -> None:
        """Ask again for what the pickers of the form offer."""

    def await_choice(self, name: str) -> None:
        """Show the row's choice in a picker whose options have only now come."""
        kept = getattr(self.row, name, None)
        if kept is not None and self._original.get(name) is None:
            self.binder.set_values({name: kept})
            self._original[name] = self.binder.draft()[name]
            self._offer()

    def _show_ids(self, ids: Sequence[Any]) -> None:
        found = bool(self.search.read())
        sentence = f"没有找到含“{self.search.read()}”的{self.register.noun}。"
        self.table.empty.set_sentence(sentence if found else self.register.empty)
        self._settling = True
        self.table.show_ids(ids)
        if self.key is not None:
            self.table.select(self.key)
        self._settling = False
        if self._to_list:
            self._to_list = False
            self.table.view.setFocus()

    def _selected(self, ids: list[Any]) -> None:
        if not self._settling and len(ids) == 1 and ids[0] != self.key:
            self.open_row(ids[0])

    def _changed(self, names: frozenset[str]) -> None:
        if names & self.register.tables:
            self._stale = True
            if self.isVisible():
                self.refresh()

    # the form

    def open_row(self, key: Any) -> bool:
        """Show one row in the form; what was typed into another stays as its draft."""
        found = self.context.tasks.now(lambda store: self.register.rows(store, [key]))
        if not found:
            return False
        self.binder.flush()
        self._show(found[0])
        return True

    def select(self, key: Any) -> None:
        """Show a row that something else points to, whatever the list is narrowed to."""
        self.search.write("")
        if self.open_row(key):
            self.refresh()

    def new(self) -> None:
        """An empty form."""
        if not self.register.may_add:
            return
        self.binder.flush()
        self.table.view.clearSelection()
        self._show_new(focus=True)

    def edit(self) -> None:
        """Go into the form of the row selected."""
        first = next((one for one in self.fields.values() if one.editor.isEnabled()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def undo(self) -> None:
        """Let go of what was typed and show the row as it is kept."""
        self._drop_draft()
        if self.row is not None:
            found = self.context.tasks.now(lambda store: self.register.rows(store, [self.key]))
            self._show(found[0] if found else self.row, drafted=False)
        else:
            self._show_new(focus=True, drafted=False)

    def _show(self, row: Any, *, drafted: bool = True) -> None:
        self.row, self._loaded = row, getattr(row, "version", "")
        self.title.setText(self.heading(row))
        self._fill(self.values_of(row), drafted=drafted)

    def _show_new(self, *, focus: bool, drafted: bool = True) -> None:
        self.row, self._loaded = None, ""
        self.title.setText(f"新增{self.register.noun}")
        self._fill(self.starting(), drafted=drafted)
        if focus:
            self.edit()

    def _fill(self, values: dict[str, Any], *, drafted: bool) -> None:
        self._request = uuid4()
        self.banner.say("info", "")
        self.binder.clear()
        self.binder.set_values(values)
        for one in self.fields.values():
            if isinstance(one.editor, QLineEdit):
                one.editor.setCursorPosition(0)  # a long text is read from its beginning
        self._original = self.binder.draft()
        self.shown(self.row)
        if drafted:
            self._restore_draft()
        self._offer()

    def _edited(self) -> None:
        self._offer()

    def _offer(self) -> None:
        changed = self.dirty
        self.undo_button.setEnabled(changed)
        self.acts.offer(self.save_button, "" if changed or self.row is None else "没有改动")

    def save(self) -> None:
        """Carry out the register's deed with what stands in the form."""
        if not self.save_button.isEnabled() or not self.binder.ready():
            return
        try:
            taken = read(self.register.form, self._whole(self.binder.values()))
        except InvalidForm as wrong:
            in_place(self.banner, self.binder)(wrong)
            return
        self.acts.offer(self.save_button, "正在保存…")
        form, register, context = taken.form, self.register, self.context
        said = "".join(
            f"{self._labels.get(name, name)}：{''.join(remarks)}"
            for name, remarks in taken.remarks.items()
        )
        context.carry_out(
            register.save, form, lambda key: self._saved(key, said), owner=self, failed=self._failed
        )

    def _saved(self, key: Any, remarks: str) -> None:
        self._drop_draft()
        self.open_saved(key)
        self.banner.say("ok", f"已保存。{remarks}")
        self._to_list = True  # not before it holds the row: a list that is entered takes its first
        self.refresh()

    def open_saved(self, key: Any) -> None:
        """Show what was just saved."""
        found = self.context.tasks.now(lambda store: self.register.rows(store, [key]))
        if found:
            self._show(found[0], drafted=False)
        else:
            self._show_new(focus=False, drafted=False)

    def _failed(self, error: Exception) -> bool:
        self._offer()
        handled = in_place(self.banner, self.binder)(error)
        if isinstance(error, Refused) and error.objections[0].code == "changed_meanwhile":
            self.banner.say("bad", str(error), act="重新载入", on=self._lay_beside)
        return handled

    def _lay_beside(self) -> None:
        """Take the other's edit where nothing was typed; where both typed, show both."""
        found = self.context.tasks.now(lambda store: self.register.rows(store, [self.key]))
        if not found:
            return
        typed, before = self.binder.draft(), self._original
        mine = {name: value for name, value in typed.items() if value != before.get(name)}
        self._show(found[0], drafted=False)
        both = [name for name in mine if self._original.get(name) != before.get(name)]
        self.binder.set_values(mine)
        self._offer()
        say = "已载入对方保存的内容，您填写的保留在窗口里。"
        for name in both:
            other = self._original.get(name)
            shown = "（空）" if other in (None, "") else other
            say += f"\n{self._labels.get(name, name)}：对方写的是“{shown}”，请定下一个再保存。"
        self.banner.say("warn", say)

    # the draft

    def _keep_draft(self, values: dict[str, Any]) -> None:
        if self.dirty:
            self.drafts.keep(self.key, values, self._loaded)

    def _restore_draft(self) -> None:
        found = self.drafts.take(self.key)
        values = dict(found.payload.get("values", {})) if found else {}
        if found is None or all(self._original.get(k) == v for k, v in values.items()):
            return
        self.binder.set_values(values)
        self._loaded = str(found.payload.get("loaded", self._loaded))
        self.banner.say(
            "info",
            f"{show_moment(found.saved_at)} 填写而没有保存的内容已放回窗口。",
            act="放弃",
            on=self.undo,
        )

    def _drop_draft(self) -> None:
        self._original = self.binder.draft()
        self.drafts.drop(self.key)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.table.view.hasFocus():
            self.binder.flush()
            self.table.view.setFocus()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
