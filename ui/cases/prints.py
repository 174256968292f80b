"""Papers of cases to the printer; a print is counted once it has been spooled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from enforcer.operations.issue import PaperOut, PrintPapersForm, preview_papers, print_papers
from ui.context import Context
from ui.widgets.printing import PrintDialog, print_pdf


def print_case(
    parent: QWidget, context: Context, case_id: int, title: str, pdf: bytes
) -> PrintDialog:
    """Ask for the printer and print one paper."""
    return _printed(parent, context, (case_id,), title, pdf)


def print_cases(
    parent: QWidget, context: Context, case_ids: Sequence[int], *, number: str = ""
) -> None:
    """Fetch the papers of these cases (marked 补打 where they were printed before) and print them.

    `number` names a single paper in the dialog and in the file it may be saved to.
    """
    wanted = PrintPapersForm(case_ids=tuple(case_ids))
    today = context.clock.today()

    def fetched(out: PaperOut) -> None:
        title = number or "当场行政处罚决定书" if out.papers == 1 else f"{out.papers} 份决定书"
        marked = f"（{out.reprinted} 份标明“补打”）" if out.reprinted else ""
        _printed(parent, context, wanted.case_ids, f"{title}{marked}", out.pdf)

    context.tasks.ask(
        lambda store: preview_papers(store, wanted, today=today), fetched, owner=parent
    )


def _printed(
    parent: QWidget, context: Context, case_ids: Sequence[int], title: str, pdf: bytes
) -> PrintDialog:
    def spooled(_copies: int) -> None:
        clock, actor = context.clock, context.actor
        form = PrintPapersForm(request_id=uuid4(), case_ids=tuple(case_ids))

        def count(store: Any) -> PaperOut:
            return print_papers(store, form, today=clock.today(), now=clock.now(), actor=actor)

        context.tasks.do(
            count,
            lambda _: context.window.message("ok", f"已打印：{title}。"),
            owner=parent,
        )

    return print_pdf(parent, pdf, tasks=context.tasks, title=title, then=spooled)
