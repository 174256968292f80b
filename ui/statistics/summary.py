"""总结段落: the paragraph of the written report, and the office's own words for each piece of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.operations.reports import SummaryWordingForm, save_summary_wording
from enforcer.queries import office, statistics_summary
from enforcer.queries.statistics import SUMMARY_WORDING, Report
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, button, label
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.inputs import LineEdit

HELP: Final = (
    "花括号里是统计数字的名称，照原样保留，其余文字可以按本机关的习惯改。"
    "数字为零的一句不写；清空的一句永远不写。"
)


class SummaryView(QWidget):
    """The paragraph with a button to copy it; below, every piece in a line of its own."""

    saved = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._report: Report | None = None
        self._loaded, self._request = "", uuid4()
        self.paragraph = label("", wrap=True)
        self.paragraph.setObjectName("summary-paragraph")
        self.copy = button("复制段落", "copy", on=self.copy_text)
        shown = Card("总结里的统计段落", spacing=10)
        shown.body.addWidget(self.paragraph)
        shown.body.addWidget(ActBar(self.copy))
        self.banner = Banner()
        self.banner.hide()
        self.fields = {
            part.text: Field(part.when, LineEdit(limit=300)) for part in statistics_summary.parts()
        }
        self.binder = FormBinder(self.fields, parent=self, check=self._check)
        self.restore_button = button("恢复原文", "history", on=self.restore)
        self.save_button = button("保存措辞", main=True, keys="Ctrl+Enter", on=self.save)
        words = Card("措辞", spacing=8)
        words.body.addWidget(label(HELP, "small", wrap=True))
        for field in self.fields.values():
            words.body.addWidget(field)
        words.body.addWidget(self.banner)
        words.body.addWidget(ActBar(self.restore_button, self.save_button))
        self.binder.edited.connect(self._preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(shown)
        column.addWidget(words)

    def show_report(self, report: Report) -> None:
        """Show the paragraph of this report; words being typed stay."""
        typed = self._report is not None and self.binder.values() != self._kept(self._report)
        self._report = report
        if not typed:
            self.binder.set_values(self._kept(report))
            self._request = uuid4()
            self.context.tasks.ask(
                lambda store: office.setting_version(store, SUMMARY_WORDING),
                self._take_version,
                owner=self,
            )
        self._preview()

    def _take_version(self, version: str) -> None:
        self._loaded = version

    def _kept(self, report: Report) -> dict[str, str]:
        return {
            text: statistics_summary.readable(report.wording.get(text, text))
            for text in self.fields
        }

    def _texts(self) -> dict[str, str]:
        return {
            text: statistics_summary.coded(str(field.read() or ""))
            for text, field in self.fields.items()
        }

    def _check(self, values: dict[str, object]) -> dict[str, str]:
        return {
            name: f"“{unknown}”不是统计数字的名称，请照原文的花括号填写。"
            for name, own in values.items()
            if (
                unknown := statistics_summary.unknown_name(statistics_summary.coded(str(own or "")))
            )
        }

    def _preview(self) -> None:
        """The paragraph as it would read with the words in the fields."""
        if self._report is None or self._check(dict(self._texts())):
            return
        said = statistics_summary.paragraph(replace(self._report, wording=self._texts()))
        self.paragraph.setText(said)

    def copy_text(self) -> None:
        """The paragraph to the clipboard."""
        QGuiApplication.clipboard().setText(self.paragraph.text())
        self.context.window.message("ok", "段落已复制，可以粘贴到总结里。")

    def restore(self) -> None:
        """The shipped words back into the fields; kept once they are saved."""
        self.binder.set_values({text: statistics_summary.readable(text) for text in self.fields})
        self._preview()

    def save(self) -> None:
        """Keep the office's own words."""
        if not self.binder.ready():
            return
        context = self.context
        form = SummaryWordingForm(
            request_id=self._request, loaded=self._loaded, texts=self._texts()
        )
        context.carry_out(
            save_summary_wording,
            form,
            lambda _key: self._done(),
            owner=self,
            failed=in_place(self.banner, self.binder),
        )

    def _done(self) -> None:
        self._report = None  # what is typed is what is kept now
        self.banner.say("ok", "措辞已保存，以后的总结段落和报表都用它。")
        self.saved.emit()
