"""证据清单 and photo pages: seen as they will be printed, then frozen, printed and counted."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.documents import evidence_list
from enforcer.errors import Trouble
from enforcer.operations import evidence as deeds
from enforcer.operations import evidence_previews
from enforcer.operations.evidence import EvidenceListForm, PhotoPagesForm
from enforcer.operations.evidence_previews import EvidenceWordForm
from enforcer.operations.summary_forms import PaperOut
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.file_dialogs import WORD, ask_save
from ui.widgets.preview import PdfPreview
from ui.widgets.printing import print_pdf, save_pdf, write_whole

TITLES: Final = {"list": "证据清单", "photos": "照片证据页"}
_KEYS: Final = {"list": evidence_list.LIST, "photos": evidence_list.PHOTOS}


class EvidencePaperDialog(Dialog):
    """Preview at once; 打印 and 另存为 freeze the paper and log each file on it."""

    def __init__(self, parent: QWidget, context: Context, case_id: int, which: str) -> None:
        super().__init__(parent)
        self.context, self.case_id, self.which = context, case_id, which
        self.title = TITLES[which]
        self._request = uuid4()
        self.setWindowTitle(self.title)
        self.resize(820, 680)
        self.banner = Banner()
        self.banner.hide()
        self.preview = PdfPreview("正在排版…")
        self.preview.printed.connect(self.print_paper)
        self.preview.saved.connect(self.save_paper)
        self.save_button = button("另存为 PDF", "pdf", on=self.save_paper)
        self.print_button = button("打印", main=True, keys="Ctrl+P", on=self.print_paper)
        self.word_button = button("Word", "export", keys="Ctrl+W", on=self.save_word)
        self.word_button.setAccessibleName("另存为 Word")
        self.acts = ActBar(
            button("关闭", on=self.reject), self.word_button, self.save_button, self.print_button
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(label(self.title, "section"))
        column.addWidget(self.banner)
        column.addWidget(self.preview, 1)
        column.addWidget(self.acts)
        self._offer("正在排版")
        today, key = context.clock.today(), _KEYS[which]
        context.tasks.work(
            lambda _note: evidence_previews.preview(context.store, case_id, key, today=today),
            self._drawn,
            owner=self,
            what=f"排版{self.title}",
            failed=self._failed,
        )

    def _offer(self, why: str) -> None:
        self.acts.offer(self.word_button, why)
        self.acts.offer(self.save_button, why)
        self.acts.offer(self.print_button, why)

    def _drawn(self, pdf: bytes) -> None:
        self.preview.show_pdf(pdf)
        self._offer("")
        self.print_button.setFocus()

    def _failed(self, error: Exception) -> bool:
        self._offer("现在不能出件")
        self.preview.clear("没有可以显示的纸面。")
        if isinstance(error, Trouble):
            self.banner.say("bad", str(error))
            return True
        return in_place(self.banner)(error)

    def print_paper(self) -> None:
        """Freeze it, then to the printer."""
        self._issue(self._to_printer)

    def save_paper(self) -> None:
        """Freeze it, then to a file."""
        self._issue(self._to_file)

    def save_word(self) -> None:
        """The paper as .docx as it stands; it freezes nothing, photos are on record as copied."""
        context = self.context
        form = EvidenceWordForm(case_id=self.case_id, template_key=_KEYS[self.which])
        when = {"today": context.clock.today(), "now": context.clock.now(), "actor": context.actor}
        path = ask_save(self, "另存为 Word", f"{self.title}.docx", WORD)
        if path is None:
            return
        self._offer("正在写 Word")

        def make(_note: Any) -> None:
            data = evidence_previews.export_evidence_word(context.store, form, **when)  # type: ignore[arg-type]
            write_whole(path, data)

        def written(_: None) -> None:
            self._offer("")
            context.window.message("ok", f"已保存到 {path}")

        context.tasks.work(
            make, written, owner=self, what=f"{self.title}另存为 Word", failed=self._failed
        )

    def _issue(self, then: Any) -> None:
        context, case_id, request = self.context, self.case_id, self._request
        when = {"today": context.clock.today(), "now": context.clock.now(), "actor": context.actor}
        self._offer("正在出件")

        def issue(_note: Any) -> PaperOut:
            if self.which == "list":
                form = EvidenceListForm(request_id=request, case_id=case_id)
                return deeds.print_evidence_list(context.store, form, **when)  # type: ignore[arg-type]
            pages = PhotoPagesForm(request_id=request, case_id=case_id)
            return deeds.print_photo_pages(context.store, pages, **when)  # type: ignore[arg-type]

        def out(paper: PaperOut) -> None:
            self._request = uuid4()
            self._offer("")
            self.preview.show_pdf(paper.pdf)
            then(paper)

        context.tasks.work(issue, out, owner=self, what=f"出{self.title}", failed=self._failed)

    def _to_printer(self, paper: PaperOut) -> None:
        title = f"{self.title}{'（标明“补打”）' if paper.reprinted else ''}"
        print_pdf(self, paper.pdf, tasks=self.context.tasks, title=title)

    def _to_file(self, paper: PaperOut) -> None:
        path = save_pdf(self, paper.pdf, f"{self.title}.pdf")
        if path is not None:
            self.context.window.message("ok", f"已保存到 {path}")
