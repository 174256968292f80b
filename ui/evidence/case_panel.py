"""The evidence of one case, on its page: the lines of 证据清单, their state, the papers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.evidence_terms import AfterDecision
from enforcer.queries import evidence, evidence_items
from enforcer.queries.evidence import FileFilter
from enforcer.queries.evidence_items import ItemRow
from ui.context import Context
from ui.evidence.item_dialog import ItemDialog
from ui.evidence.papers import EvidencePaperDialog
from ui.evidence.still_view import StillView
from ui.evidence.stills import of_item
from ui.fresh import Fresh
from ui.widgets.basics import IconLabel, button, label

TABLES = frozenset({"evidence_item", "evidence_use", "evidence_file", "decision"})


class CaseEvidence(QWidget):
    """A line for each piece of evidence; a click or Enter opens it, the acts stand below."""

    def __init__(self, context: Context, case_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.case_id = context, case_id
        self.items: list[ItemRow] = []
        self.dialog: ItemDialog | EvidencePaperDialog | None = None
        self.setAccessibleName("证据")
        self.count = label("", "small", wrap=True)
        self.lines = QVBoxLayout()
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(4)
        self.add_button = button("登记证据", link=True, on=self.add)
        self.add_button.setObjectName("case_evidence_add")
        self.list_button = button("证据清单", link=True, on=partial(self.print_paper, "list"))
        self.photo_button = button("照片页", link=True, on=partial(self.print_paper, "photos"))
        self.files_button = button("看文件", link=True, on=self.show_files)
        acts = QHBoxLayout()
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(0)
        for one in (self.add_button, self.list_button, self.photo_button, self.files_button):
            acts.addWidget(one)
        acts.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(label("证据", "strong"))
        column.addWidget(self.count)
        column.addLayout(self.lines)
        column.addLayout(acts)
        self.fresh = Fresh(self, context, TABLES, self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask again for the list and the files of the case."""
        self.fresh.asked()
        case_id = self.case_id
        self.context.tasks.ask(
            lambda store: (
                evidence_items.item_rows(store, case_id),
                evidence.file_ids(store, FileFilter(case_id=case_id)),
            ),
            self._show,
            owner=self,
            latest="evidence",
        )

    def _show(self, answer: tuple[list[ItemRow], list[int]]) -> None:
        self.items, files = answer
        listed = {one.file_id for one in self.items}
        loose = [one for one in files if one not in listed]
        unproven = sum(one.verified_on is None for one in self.items)
        parts = [f"清单 {len(self.items)} 项"]
        if unproven:
            parts.append(f"未查证 {unproven}")
        if loose:
            parts.append(f"另有 {len(loose)} 个文件没有登记为证据")
        self.count.setText("　".join(parts) if self.items or files else "还没有证据。")
        for act, reason in (
            (self.list_button, "" if self.items else "清单还是空的"),
            (self.photo_button, "" if any(_is_photo(one) for one in self.items)
             else "清单里没有照片"),
            (self.files_button, "" if files else "还没有归到本案的文件"),
        ):  # fmt: skip
            act.setEnabled(not reason)
            act.setToolTip(reason)
        while (item := self.lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for one in self.items:
            self.lines.addWidget(self._line(one))

    def _line(self, one: ItemRow) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(8)
        after = one.after_decision is not AfterDecision.NO
        tone = "bad" if one.file_gone else "warn" if one.missing or after else "ok"
        icon = {"bad": "bad", "warn": "warn", "ok": "proven"}[tone]
        row.addWidget(StillView(self.context, of_item(one)), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        title = button(
            _short(f"{one.position}. {one.title}"), link=True, on=partial(self.open, one)
        )
        title.setToolTip(f"{one.title}\n证明：{one.proves}")
        title.setAccessibleName(f"证据 {one.position}：{one.title}")
        words.addWidget(title, 0, Qt.AlignmentFlag.AlignLeft)
        state = "已查证" if one.verified_on else "未查证"
        parts = [one.kind.label, one.span, state, one.after_decision.label if after else ""]
        small = label("　".join(part for part in parts if part), "small", wrap=True)
        small.setToolTip("\n".join(one.missing))
        beneath = QHBoxLayout()
        beneath.setContentsMargins(5, 0, 0, 0)
        beneath.setSpacing(5)
        beneath.addWidget(IconLabel(icon, 16, tone), 0, Qt.AlignmentFlag.AlignTop)
        beneath.addWidget(small, 1)
        words.addLayout(beneath)
        row.addLayout(words, 1)
        return holder

    def open(self, one: ItemRow) -> None:
        """One line of the list in its window."""
        self.dialog = ItemDialog(self.window(), self.context, self.case_id, one)
        self.dialog.open()

    def add(self) -> None:
        """A thing or a paper that is no file: where its original lies is asked."""
        self.dialog = ItemDialog(self.window(), self.context, self.case_id, None)
        self.dialog.open()

    def print_paper(self, which: str) -> None:
        """证据清单 or photo pages, seen before they are printed."""
        self.dialog = EvidencePaperDialog(self.window(), self.context, self.case_id, which)
        self.dialog.open()

    def show_files(self) -> None:
        """The files of this case in the screen 证据."""
        self.context.window.go("evidence.files", f"case:{self.case_id}")


def _is_photo(one: ItemRow) -> bool:
    return one.media is not None and one.media.value == "photo" and not one.file_gone


def _short(text: str) -> str:
    return text if len(text) <= 15 else f"{text[:14]}…"
