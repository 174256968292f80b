"""What is done with one paper: print, save, make void; the same from the list and from its window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from enforcer.operations import course_paper, course_paper_draft
from enforcer.operations.course_paper_forms import PrintIssuedForm, VoidPaperForm
from enforcer.operations.summary_forms import PaperOut
from enforcer.queries.course_papers_issued import Issued
from enforcer.queries.course_papers_offers import PaperOffer
from ui.confirm import ConfirmDialog
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.file_dialogs import WORD, ask_save
from ui.widgets.printing import print_pdf, save_pdf, write_whole


def name_of(one: Issued) -> str:
    """What the paper is called for the printer and as a file."""
    return f"{one.title} {one.number}".strip()


def print_issued(
    parent: QWidget, context: Context, one: Issued, then: Callable[[], object] | None = None
) -> None:
    """Ask printer and copies; marked 补打 when it was printed before, counted once it is spooled."""
    today = context.clock.today()

    def fetched(out: PaperOut) -> None:
        again = "（标明“补打”）" if out.reprinted else ""
        title = f"{name_of(one)}{again}"
        print_pdf(parent, out.pdf, tasks=context.tasks, title=title, then=lambda _: spooled(title))

    def spooled(title: str) -> None:
        _count(parent, context, one, f"已打印：{title}。", then)

    context.tasks.ask(
        lambda store: course_paper.preview_issued(store, one.id, today=today), fetched, owner=parent
    )


def save_issued(
    parent: QWidget, context: Context, one: Issued, then: Callable[[], object] | None = None
) -> None:
    """The paper as a PDF file: an output like a print, marked and counted as one."""
    today = context.clock.today()

    def fetched(out: PaperOut) -> None:
        path = save_pdf(parent, out.pdf, f"{name_of(one)}.pdf")
        if path is not None:
            _count(parent, context, one, f"已保存到 {path}", then)

    context.tasks.ask(
        lambda store: course_paper.preview_issued(store, one.id, today=today), fetched, owner=parent
    )


def _count(
    parent: QWidget,
    context: Context,
    one: Issued,
    said: str,
    then: Callable[[], object] | None,
) -> None:
    form = PrintIssuedForm(request_id=uuid4(), document_ids=(one.id,))

    def counted(_: PaperOut) -> None:
        context.window.message("ok", said)
        if then is not None:
            then()

    context.carry_out(course_paper.print_issued, form, counted, owner=parent)


def save_word(
    parent: QWidget,
    context: Context,
    case_id: int,
    offer: PaperOffer,
    issued: Issued | None,
    banner: Banner | None = None,
) -> None:
    """The words as .docx: those that were frozen, else those of the draft; nothing is frozen by it."""
    now = context.clock.now()
    name = name_of(issued) if issued else f"{offer.title}（草稿）"

    def made(store: Any) -> bytes:
        if issued is not None:
            return course_paper.word_of_issued(store, issued.id)
        return course_paper_draft.word_of_draft(store, case_id, offer.key, offer.row, now=now)

    def save(data: bytes) -> None:
        path = ask_save(parent, "另存为 Word", f"{name}.docx", WORD)
        if path is not None:
            write_whole(path, data)
            context.window.message("ok", f"已保存到 {path}")

    failed = in_place(banner) if banner is not None else None
    context.tasks.ask(made, save, owner=parent, failed=failed)


def ask_void(
    parent: QWidget, context: Context, one: Issued, done: Callable[[], object], banner: Banner
) -> ConfirmDialog:
    """Ask the reason, then make it void; what stands against it is said in the banner."""
    number = f"编号 {one.number} 保留、不再使用。" if one.number else ""
    dialog = ConfirmDialog(
        parent,
        f"作废《{one.title}》？",
        f"已经冻结的文书留在案卷里，标明“作废”。{number}作废以后可以重新出件。"
        "已经打印的纸面请收回。",
        "作废",
        reason="作废原因",
    )

    def go() -> None:
        form = VoidPaperForm(request_id=uuid4(), document_id=one.id, reason=dialog.reason)
        context.carry_out(
            course_paper.void_paper, form, lambda _: done(), owner=parent, failed=in_place(banner)
        )

    dialog.accepted.connect(go)
    dialog.open()
    return dialog
