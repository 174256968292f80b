"""案件: the list first, the on-the-spot desk and the page of a case over it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from enforcer.queries import cases, course_page, notices
from ui.cases.listing import CaseList
from ui.context import Context
from ui.widgets.basics import Page, button


class CasesPage(Page):
    """The screen 案件; the desk and the case page are made when they are first wanted."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.list = CaseList(context)
        self.stack.addWidget(self.list)
        self._desk: Any = None
        self._view: Any = None
        self._course: Any = None
        self.opening: Any = None
        self.handover: Any = None
        self.list.wanted_new.connect(self.begin)
        self.list.opened.connect(self.show_case)
        self.ordinary_button = button(
            "新建普通案件", "add", keys="Ctrl+Shift+N", on=self.begin_ordinary
        )
        self.ordinary_button.setObjectName("new_ordinary")
        row: Any = self.list.header.layout()
        row.insertWidget(row.count() - 1, self.ordinary_button)
        for text, keys, icon, on in (
            ("当场处罚", "", "add", self.begin),
            ("新建普通案件", "", "add", self.begin_ordinary),
            ("查找案件", "Ctrl+F", "search", self.look_for),
            ("导出案件到 Excel…", "", "export", self.list.export_excel),
            ("打开案件文件…", "", "open", self.open_file),
            ("移交清单…", "", "export", self.hand_over),
            ("案件列表", "", "cases", self.show_list),
        ):
            self.add_act(text, on, keys=keys, icon=icon)
        self.enter_by(self.list.table, self.stack)

    @property
    def desk(self) -> Any:
        """The on-the-spot desk, made when it is first wanted."""
        if self._desk is None:
            from ui.cases.desk import SummaryDesk

            self._desk = SummaryDesk(self.context)
            self._desk.left.connect(self.show_list)
            self._desk.decided.connect(self.show_case)
            self._desk.header.add(button("转普通程序", "next", on=self.turn_ordinary))
            self.stack.addWidget(self._desk)
        return self._desk

    @property
    def view(self) -> Any:
        """The page of a case, made when it is first wanted."""
        if self._view is None:
            from ui.cases.view import CaseView

            self._view = CaseView(self.context)
            self._view.left.connect(self.show_list)
            self.stack.addWidget(self._view)
        return self._view

    @property
    def course(self) -> Any:
        """The page of an ordinary case, made when it is first wanted."""
        if self._course is None:
            from ui.cases.course import CourseView

            self._course = CourseView(self.context)
            self._course.left.connect(self.show_list)
            self.stack.addWidget(self._course)
        return self._course

    def begin_ordinary(self, carried: dict[str, Any] | None = None) -> None:
        """新建普通案件: begin with its lead; `carried` is what was typed elsewhere."""
        self.course.begin(carried)
        self.stack.setCurrentWidget(self.course)

    def turn_ordinary(self) -> None:
        """What cannot be decided on the spot goes on by the ordinary procedure (第五十四条)."""
        self._desk.binder.flush()
        values = self._desk.binder.values()
        self.begin_ordinary({name: one for name, one in values.items() if one not in (None, "")})

    def show_lead(self, lead_id: int) -> None:
        """A lead on its way to a case."""
        self.course.show_lead(lead_id)
        self.stack.setCurrentWidget(self.course)

    def begin(self) -> None:
        """当场处罚: the form, with the draft that was left."""
        self.stack.setCurrentWidget(self.desk)
        self.desk.binder.jump("party_id_number")

    def show_list(self) -> None:
        """Back to the list; what was typed stays as a draft."""
        if self._desk is not None:
            self._desk.binder.flush()
        if self._course is not None:
            self._course.flush()
        self.stack.setCurrentWidget(self.list)
        self.list.table.setFocus()

    def show_case(self, case_id: int) -> None:
        """The page of one case: of the ordinary course, or of a decision on the spot."""
        if self.context.tasks.now(lambda store: course_page.is_course(store, case_id)):
            self.course.show_case(case_id)
            self.stack.setCurrentWidget(self.course)
            return
        self.view.show_case(case_id)
        self.stack.setCurrentWidget(self.view)

    def open_file(self) -> None:
        """打开案件文件: a case that another PC wrote, new here or brought up to date."""
        from ui.cases.dossier import OpenCaseDialog
        from ui.widgets.file_dialogs import ask_open

        path = ask_open(self, "打开案件文件", "案件文件 (*.zip)")
        if path is not None:
            self.opening = OpenCaseDialog(self, self.context, path)
            self.opening.opened.connect(self.show_case)
            self.opening.open()

    def hand_over(self) -> None:
        """移交清单: archived dossiers go to the archive room, and the lists that went."""
        from ui.cases.dossier import HandoverDialog

        self.handover = HandoverDialog(self, self.context)
        self.handover.open()

    def look_for(self) -> None:
        """Go to the search field of the list."""
        self.show_list()
        self.list.search.setFocus()
        self.list.search.selectAll()

    def refresh(self) -> None:
        """Ask again for what is in view (F5)."""
        shown: Any = self.stack.currentWidget()
        if shown is self._desk:
            self._desk.load_choices()
        else:
            shown.refresh()

    def open_item(self, kind: str, identity: Any) -> None:
        """Show what the search box or a link names: a case by its id or its number, a lead."""
        if kind == "lead":
            self.show_lead(identity)
        if kind not in ("case", "document"):
            return
        case_id = (
            self.context.tasks.now(lambda store: cases.case_number(store, identity))
            if isinstance(identity, str)
            else identity
        )
        if kind == "document":
            case_id = self.context.tasks.now(lambda store: cases.case_of_paper(store, identity))
        if case_id is not None:
            self.show_case(case_id)

    def open_section(self, name: str, field: str = "", identity: Any = None) -> None:
        """`summary`: the desk, filled from a notice where `identity` names one; `ordinary`: a lead."""
        if name == "ordinary":
            if identity is None:
                self.begin_ordinary()
            else:
                self.show_lead(int(identity))
        if name != "summary":
            return
        self.begin()
        if identity is not None:
            rows = self.context.tasks.now(lambda store: notices.rows(store, [identity]))
            if rows:
                self.desk.begin_from_notice(rows[0])
        if field:
            self.desk.jump(field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is not self.list:
            if self._view is not None and self._view.panel is not None and self._view.isVisible():
                self._view.panel.finished.emit()
            else:
                self.show_list()
            return
        super().keyPressEvent(event)
