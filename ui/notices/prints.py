"""Notices to the printer: at once to the printer of this PC, or by the print dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from enforcer.errors import Trouble
from enforcer.operations.notice_forms import CountPrintForm, PrintNoticesForm, Printout
from enforcer.operations.notices import count_print, sheets_of
from ui.context import Context
from ui.preferences import preferences
from ui.tasks import Cancelled, Note
from ui.widgets.printing import STOPPED, Printing, print_pdf, printers, save_pdf, send

NO_PRINTER = "这台电脑还没有安装打印机，{what}已保存，没有打印。"


@dataclass(frozen=True, slots=True)
class _Fetched:
    made: Printout
    printers: list[str]


class NoticePrinter(QObject):
    """Fetches sheets, prints them, counts the print once the printer has taken it."""

    counted = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self._parent = context, parent

    def print_ids(
        self,
        ids: Sequence[int],
        *,
        per_sheet: int = 1,
        at_once: bool = False,
        what: str = "",
        over: Any = None,
    ) -> None:
        """Print these notices; `at_once` asks nothing when this PC's printer is known.

        `over` is the dialog that asks: while it is open it tells how it went.
        """
        form = PrintNoticesForm(notice_ids=tuple(ids), per_sheet=per_sheet)
        clock, store = self.context.clock, self.context.store
        self.context.tasks.work(
            lambda note: _Fetched(
                sheets_of(store, form, today=clock.today(), now=clock.now(), note=_setting(note)),
                printers(),
            ),
            lambda got: self._fetched(got, what or f"{len(ids)} 份告知书", over, at_once=at_once),
            owner=self,
            what="排版",
            failed=lambda error: self._stopped(error, over),
        )

    def _stopped(self, error: Exception, over: Any) -> bool:
        """Nothing has reached the printer yet: nothing is counted."""
        if isinstance(error, Cancelled):
            self._say(over, "info", "已停下，没有打印。")
            return True
        return False

    def _say(self, over: Any, kind: str, text: str, **more: Any) -> None:
        tell = over.tell if _open(over) else self.context.window.message
        tell(kind, text, **more)

    def _fetched(self, got: _Fetched, what: str, over: Any, *, at_once: bool) -> None:
        made, names = got.made, got.printers
        known = str(preferences().value("printer", ""))
        if not names:
            self._say(
                over,
                "warn",
                NO_PRINTER.format(what=what),
                act="另存为 PDF",
                on=lambda: self._save(made, what, over),
            )
        elif at_once and known in names:
            self._send(made, known, what)
        else:
            marked = f"（{made.reprinted} 份标明“补打”）" if made.reprinted else ""
            print_pdf(
                over if _open(over) else self._parent,
                made.pdf,
                tasks=self.context.tasks,
                title=f"{what}{marked}",
                then=lambda _copies: self._count(made, what, over),
            )

    def _send(self, made: Printout, name: str, what: str) -> None:
        self.context.tasks.work(
            lambda note: send(made.pdf, Printing(name, what), range(made.pages), note),
            lambda _pages: self._count(made, what),
            owner=self,
            what=f"打印{what}",
            failed=lambda error: self._failed(error, lambda: self._send(made, name, what)),
        )

    def _failed(self, error: Exception, again: Callable[[], object]) -> bool:
        if isinstance(error, Cancelled):
            self.context.window.message("warn", STOPPED, act="重新打印", on=again)
            return True
        if not isinstance(error, Trouble):
            return False
        self.context.window.message("bad", str(error), act="重新打印", on=again)
        return True

    def _save(self, made: Printout, what: str, over: Any) -> None:
        parent = over if _open(over) else self._parent
        if save_pdf(parent, made.pdf, f"{what}.pdf") is not None:
            self._count(made, what, over, done="已另存为 PDF")

    def _count(self, made: Printout, what: str, over: Any = None, *, done: str = "已打印") -> None:
        context, clock = self.context, self.context.clock
        form = CountPrintForm(
            request_id=uuid4(), notice_ids=made.ids, pages=made.pages, again=made.reprinted
        )

        def count(store: Any) -> None:
            count_print(store, form, today=clock.today(), now=clock.now(), actor=context.actor)

        def counted(_: None) -> None:
            left = f"作废的没有打印：{'、'.join(made.left_out)}。" if made.left_out else ""
            self._say(over, "ok", f"{done}：{what}，{made.pages} 页。{left}")
            self.counted.emit()

        context.tasks.do(count, counted, owner=self)


def _setting(note: Note) -> Callable[[int, int], None]:
    return lambda done, total: note(done, total, "排版")


def _open(dialog: QWidget | None) -> bool:
    return dialog is not None and isValid(dialog) and dialog.isVisible()
