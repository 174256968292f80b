"""Two lists a keyboard can walk: what a reviewer would find, and the six parts of the record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from enforcer.dossier_terms import Verdict
from enforcer.queries.dossier_readiness import Finding, Readiness
from enforcer.queries.dossier_timeline import PartRow
from ui import theme
from ui.widgets.moments import show_day, show_moment

_PLACE = Qt.ItemDataRole.UserRole
_LOOK = {
    Verdict.HARD: "bad",
    Verdict.MINUS: "warn",
    Verdict.HINT: "warn",
    Verdict.LATER: "stage_next",
    Verdict.PASSED: "ok",
    Verdict.NONE: "stage_next",
}
_HEADS = {
    Verdict.HARD: "不合格",
    Verdict.MINUS: "要补的",
    Verdict.HINT: "提示，请核对，不扣分",
    Verdict.LATER: "以后会问到的",
    Verdict.PASSED: "已经合格",
}


class Tree(QTreeWidget):
    """Enter (or a double click) on a line goes where it can be mended."""

    chosen = Signal(str)

    def __init__(self, name: str, widths: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(len(widths) + 1)
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setIndentation(14)
        self.setAccessibleName(name)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at, width in enumerate(widths, 1):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(at, width)
        self.itemActivated.connect(lambda item, _column: self._choose(item))

    def add(
        self,
        parent: QTreeWidgetItem | None,
        texts: Sequence[str],
        *,
        icon: str = "",
        place: str = "",
        tip: str = "",
    ) -> QTreeWidgetItem:
        """One line below another, or at the top."""
        item = QTreeWidgetItem(list(texts))
        item.setData(0, _PLACE, place)
        if icon:
            item.setIcon(0, theme.icon(icon))
        if tip:
            item.setToolTip(0, tip)
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _choose(self, item: QTreeWidgetItem) -> None:
        place = item.data(0, _PLACE)
        if place:
            self.chosen.emit(str(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self._choose(item)
        else:
            super().keyPressEvent(event)


class FindingTree(Tree):
    """What is wrong first, each with what to do and its article."""

    def __init__(self) -> None:
        super().__init__("评查项目", (64,))
        self.setObjectName("dossier_findings")

    def show_findings(self, found: Readiness) -> None:
        """Show these instead."""
        self.clear()
        for verdict, head in _HEADS.items():
            some = [one for one in found.findings if one.verdict is verdict]
            if not some:
                continue
            top = self.add(None, (f"{head}（{len(some)}）", ""), icon=_LOOK[verdict])
            for one in some:
                self._finding(top, one)
            top.setExpanded(verdict is not Verdict.PASSED)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first.child(0) or first)

    def _finding(self, top: QTreeWidgetItem, one: Finding) -> None:
        said = f"{one.say}\n{one.do}" if one.say else one.title
        points = f"−{one.points:g} 分" if one.points else ""
        go = "　按 Enter 前往" if one.place else ""
        item = self.add(
            top, (said, points), place=one.place, tip=f"{one.title}\n{one.cite}{go}".strip()
        )
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{one.title}。{said}")


class PartTree(Tree):
    """The six parts, each with its steps, papers and recordings, or that it lacks them."""

    def __init__(self) -> None:
        super().__init__("全过程记录", (92,))
        self.setObjectName("dossier_parts")

    def show_parts(self, parts: Sequence[PartRow]) -> None:
        """Show these instead."""
        self.clear()
        for one in parts:
            held = [f"文书 {len(one.papers)}", f"音像 {len(one.recordings)}"]
            said = one.say or "　".join(held)
            icon = "warn" if one.missing else ("ok" if one.due else "stage_next")
            place = one.step if one.missing else ""
            top = self.add(None, (f"{one.part.label}　{said}", ""), icon=icon, place=place)
            for step in one.steps:
                self.add(top, (f"{step.label}　{step.by}", show_day(step.on)))
            for paper in one.papers:
                named = f"《{paper.title}》{paper.number}"
                self.add(top, (named, show_day(paper.on)), icon="document")
            for file in one.recordings:
                named = f"{file.name}　{file.recorder}"
                self.add(top, (named, show_moment(file.at)[:10]), icon="evidence")
            top.setExpanded(True)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)
