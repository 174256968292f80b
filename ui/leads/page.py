"""线索: the list first; the form of one and the page of one over it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from enforcer.queries import leads
from enforcer.queries.lead_page import LeadPage
from enforcer.queries.leads import LeadStanding
from ui.context import Context
from ui.leads import choices as offered
from ui.leads.listing import OPEN, LeadList
from ui.widgets.basics import Page
from ui.widgets.paste import copied, on_paste


class LeadsPage(Page):
    """The screen 线索; form and page are made when they are first wanted."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.list = LeadList(context)
        self.stack.addWidget(self.list)
        self._form: Any = None
        self._view: Any = None
        self._came_from: Any = self.list
        self.list.wanted_new.connect(self.begin)
        self.list.opened.connect(self.show_lead)
        self.list.acted.connect(self.act_on)
        self.list.wanted_import.connect(self.take_over)
        on_paste(self.list, self.paste)
        for text, keys, icon, on in (
            ("登记线索", "", "add", self.begin),
            ("查找线索", "Ctrl+F", "search", self.look_for),
            ("到线索列表", "Ctrl+G", "leads", self.show_list),
            ("补录旧线索台账：从 Excel 导入…", "", "import", self.take_over),
            ("补录旧线索台账：粘贴复制的表格…", "", "import", self.paste),
            ("导出线索到 Excel…", "", "export", self.list.export_excel),
            ("更正线索登记", "", "edit", partial(self._act, "correct")),
            ("核查线索", "", "search", partial(self._act, "check")),
            ("交办线索", "", "person", partial(self._act, "assign")),
            ("延长线索的答复期限", "", "clock", partial(self._act, "extend")),
            ("线索办结", "", "ok", partial(self._act, "settle")),
            ("呈报立案", "", "cases", partial(self._act, "file")),
            ("答复反映人", "", "leads", partial(self._act, "reply")),
            ("撤回线索的上一步", "", "history", partial(self._act, "take_back")),
            ("线索作废", "", "void", partial(self._act, "void")),
            ("打印线索文书", "Ctrl+P", "print", self.print_paper),
        ):
            self.add_act(text, on, keys=keys, icon=icon, within=True)
        self.enter_by(self.list.table, self.stack)

    @property
    def form(self) -> Any:
        """The form of a lead, made when it is first wanted."""
        if self._form is None:
            from ui.leads.form import LeadFormView

            self._form = LeadFormView(self.context)
            self._form.left.connect(self.leave)
            self._form.saved.connect(self.show_lead)
            self._form.opened.connect(self.show_lead)
            self.stack.addWidget(self._form)
        return self._form

    @property
    def view(self) -> Any:
        """The page of a lead, made when it is first wanted."""
        if self._view is None:
            from ui.leads.view import LeadView

            self._view = LeadView(self.context)
            self._view.left.connect(self.show_list)
            self._view.correct_asked.connect(self.correct)
            self._view.opened.connect(self.show_lead)
            self.stack.addWidget(self._view)
        return self._view

    def take_over(self, pasted: str | None = None) -> None:
        """Look at an older ledger of any layout and take its good rows, marked 补录."""
        from ui.imports import ImportLedgerDialog

        self.import_dialog = ImportLedgerDialog(self, self.context, "leads", pasted=pasted)
        self.import_dialog.open()

    def paste(self, text: str | None = None) -> None:
        """Take over a range copied from a spreadsheet (Ctrl+V on the list)."""
        self.take_over(copied() if text is None else text)

    def begin(self) -> None:
        """登记线索: the form, with the draft that was left."""
        self._came_from = self.list
        self._offer_choices()
        self.stack.setCurrentWidget(self.form)
        self.form.begin()

    def correct(self, page: LeadPage) -> None:
        """更正登记: the same form, filled."""
        self._came_from = self.view
        self._offer_choices()
        self.stack.setCurrentWidget(self.form)
        self.form.correct(page)

    def _offer_choices(self) -> None:
        today = self.context.clock.today()
        self.form.offer(self.context.tasks.now(lambda store: offered.ask(store, today=today)))

    def show_list(self) -> None:
        """Back to the list, the lead just looked at selected; what was typed stays as a draft."""
        self._flush()
        self.stack.setCurrentWidget(self.list)
        if self._view is not None and self._view.lead_id is not None:
            self.list.table.select(self._view.lead_id)
        self.list.table.setFocus()

    def leave(self) -> None:
        """From the form back to where it was opened."""
        self._flush()
        if self._came_from is self.list:
            self.show_list()
        else:
            self.stack.setCurrentWidget(self.view)
            self.view.focus_act()

    def _flush(self) -> None:
        if self._form is not None:
            self._form.flush()
        if self._view is not None and self._view.panel is not None:
            self._view.panel.binder.flush()

    def show_lead(self, lead_id: int) -> None:
        """The page of one lead."""
        self._flush()
        self.view.show_lead(lead_id)
        self.stack.setCurrentWidget(self.view)
        self.view.focus_act()

    def act_on(self, key: str, lead_id: int) -> None:
        """Open a lead and begin one of its steps."""
        self.show_lead(lead_id)
        self._act(key)

    def _act(self, key: str) -> None:
        """A step of the lead in view, or of the one selected in the list."""
        if self.stack.currentWidget() is self.list:
            ids = self.list.table.selected_ids()
            if len(ids) != 1:
                self.context.window.message("info", "请先在列表中选一条线索。")
                return
            self.show_lead(ids[0])
        if self._view is not None and self.stack.currentWidget() is self._view:
            self.view.correct() if key == "correct" else self.view.begin(key)

    def print_paper(self) -> None:
        """The paper of the lead in view."""
        if self._view is not None and self.stack.currentWidget() is self._view:
            self.view.papers.print_paper()

    def look_for(self) -> None:
        """Go to the search field of the list."""
        self.show_list()
        self.list.search.setFocus()
        self.list.search.selectAll()

    def refresh(self) -> None:
        """Ask again for what is in view (F5)."""
        shown: Any = self.stack.currentWidget()
        if shown is self._form:
            self._offer_choices()
            self._form.look()
        else:
            shown.refresh()

    def open_item(self, kind: str, identity: Any) -> None:
        """Show what the search box or a link names: a lead by its id or its number."""
        if kind != "lead":
            return
        lead_id = (
            self.context.tasks.now(lambda store: leads.lead_by_number(store, identity))
            if isinstance(identity, str)
            else identity
        )
        if lead_id is not None:
            self.show_lead(lead_id)

    def open_section(self, name: str, field: str = "", identity: Any = None) -> None:
        """`new`: the form; `open`, `late`, `due` and the other standings: the list narrowed to them."""
        del field, identity
        if name == "new":
            self.begin()
            return
        standing = next((one for one in LeadStanding if one.value == name), None)
        if standing is not None or name == OPEN:
            self.show_list()
            self.list.show_only(state=standing or OPEN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self.stack.currentWidget()
        if event.key() == Qt.Key.Key_Escape and shown is not self.list:
            if shown is self._form:
                self.leave()
            elif self._view.panel is not None:
                self._view.panel.leave()
            else:
                self.show_list()
            return
        steps = {
            Qt.Key.Key_F2: "correct",
            Qt.Key.Key_F6: "check",
            Qt.Key.Key_F7: "settle",
            Qt.Key.Key_F8: "reply",
        }
        if shown is self._view and event.key() in steps:
            self._act(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)
