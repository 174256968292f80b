"""The papers of a case beside its steps: what came out, what can, what the dossier still lacks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from enforcer.queries import course_papers_offers
from enforcer.queries.course_papers_offers import PaperOffer, State
from ui import theme
from ui.cases.papers import acts
from ui.cases.papers.dialog import PaperDialog
from ui.cases.papers.rows import PaperLines
from ui.cases.papers.targets import is_elsewhere
from ui.context import Context
from ui.fresh import Fresh
from ui.widgets.basics import label

TABLES = frozenset({"enforcement_case", "case_event", "document", "decision", "setting"})


class PapersPanel(QWidget):
    """`jump` names the step and field a finding leads to, as `announced/fine_yuan`."""

    jump = Signal(str)

    def __init__(self, context: Context, case_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.case_id = context, case_id
        self.papers: tuple[PaperOffer, ...] = ()
        self.dialog: PaperDialog | None = None
        self.count = label("", "small", wrap=True)
        self.lines = PaperLines()
        self.lines.opened.connect(self.open_paper)
        self.lines.asked_menu.connect(self._menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.count)
        column.addWidget(self.lines)
        column.addStretch()
        self.setAccessibleName("文书")
        self.fresh = Fresh(self, context, TABLES, self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask again which papers there are."""
        self.fresh.asked()
        case_id, now = self.case_id, self.context.clock.now()
        self.context.tasks.ask(
            lambda store: course_papers_offers.papers(store, case_id, now=now),
            self._show,
            owner=self,
            latest="papers",
        )

    def open_paper(self, offer: PaperOffer) -> None:
        """The window of one paper; of a missing one, why it is missing."""
        if offer.state is State.MISSING:
            cite = f"（{offer.cite}）" if offer.cite else ""
            self.context.window.message("warn", f"《{offer.title}》还不能出：{offer.say}{cite}")
            return
        self.dialog = PaperDialog(self.window(), self.context, self.case_id, offer)
        self.dialog.jump.connect(self._jump)
        window, about = self.window(), (offer.key, offer.row)
        self.dialog.finished.connect(lambda _: _return_to(window, about))
        self.dialog.open()

    def _show(self, papers: tuple[PaperOffer, ...]) -> None:
        self.papers = papers
        states = [one.state for one in papers]
        made, ready = states.count(State.MADE), states.count(State.READY)
        said = [f"已出 {made}", f"可以出 {ready}", f"还缺 {states.count(State.MISSING)}"]
        self.count.setText("　".join(said))
        self.lines.show_papers(papers)

    def _jump(self, target: str) -> None:
        """Registers and settings are opened from here; steps are for the page of the case."""
        if is_elsewhere(target):
            place, _, field = target.partition("/")
            self.context.window.go(place, field)
        else:
            self.jump.emit(target)

    def _menu(self, offer: PaperOffer, where: QPoint) -> None:
        menu = QMenu(self)
        for act in self._acts(offer, menu):
            menu.addAction(act)
        menu.popup(where)

    def _acts(self, offer: PaperOffer, parent: QMenu) -> list[QAction]:
        """Everything the window of the paper can do that needs no pages."""
        window, known = self.window(), offer.document
        wanted = [("document", "打开" if known else "体检并出件", "Return",
                   partial(self.open_paper, offer))]  # fmt: skip
        if known is not None:
            again = "补打" if known.print_count else "打印"
            wanted += [
                ("print", again, "", partial(acts.print_issued, window, self.context, known)),
                ("pdf", "另存为 PDF", "", partial(acts.save_issued, window, self.context, known)),
            ]
        if offer.state is not State.MISSING:
            save = partial(acts.save_word, window, self.context, self.case_id, offer, known)
            wanted.append(("export", "另存为 Word", "", save))
        made = []
        for icon, text, keys, on in wanted:
            act = QAction(theme.icon(icon), text, parent)
            if keys:
                act.setShortcut(QKeySequence(keys))
            act.triggered.connect(lambda _checked=False, on=on: on())
            made.append(act)
        return made


def _return_to(window: QWidget, about: tuple[str, int]) -> None:
    """The focus goes back to the line of the paper, in the panel that stands there now."""
    panels = (one for one in window.findChildren(PapersPanel) if one.isVisible())
    panel = next(panels, None)
    if panel is not None:
        panel.lines.go_to(about)
