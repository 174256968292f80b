"""One paper's text: edited at the left, checked as it is typed, the paper at the right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from enforcer.errors import InvalidForm
from enforcer.operations import editions as deeds
from enforcer.operations.editing import read
from ui.confirm import ConfirmDialog
from ui.context import Context
from ui.failures import in_place
from ui.row_draft import RowDrafts
from ui.templates import files, work
from ui.templates.editions_dialog import EditionsDialog
from ui.templates.editor_typing import TypingEditor
from ui.templates.work import Known
from ui.widgets.moments import show_day, show_moment
from ui.widgets.printing import print_pdf, save_pdf


class Editor(TypingEditor):
    """`left` when the officer goes back to the list; `show_template(key)` opens a paper."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.drafts = RowDrafts(context, self, "templates")
        for made, on in (
            (self.back_button, self.leave),
            (self.editions_button, self.show_editions),
            (self.export_button, self.export),
            (self.import_button, self.import_file),
            (self.save_button, self.save),
            (self.drop_button, self.drop),
            (self.restore_button, self.ask_restore),
        ):
            made.clicked.connect(_without_checked(on))
        self.preview.printed.connect(self._print)
        self.preview.saved.connect(self._save_pdf)
        app = QApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.flush)

    # opening

    def show_template(self, key: str, title: str, *, sample: str = "", said: str = "") -> None:
        """Open a paper: the text in force, or what was typed and not saved."""
        self.flush()
        if key != self.key:
            self.paper_scroll.verticalScrollBar().setValue(0)
        self.key, self.title_words = key, title
        self.title.setText(title)
        self.known = self.look = None
        today = self.context.clock.today()

        def know(found: Known) -> None:
            if key == self.key:
                self._know(found, sample)
                if said:
                    self.banner.say("ok", said)

        self.context.tasks.ask(
            lambda store: work.known(store, key, today), know, owner=self, latest="known"
        )

    def _know(self, known: Known, sample: str = "") -> None:
        self.known, self.from_file, self._fields = known, "", {}
        self._settling = True
        self.edition.set_choices([(one.edition, _title(one)) for one in known.editions])
        self.sample.set_choices([(at, one.name) for at, one in enumerate(known.samples)])
        at = next((n for n, one in enumerate(known.samples) if one.kind == sample), 0)
        self.sample.write(at)
        self.edition.write(known.in_force.edition)
        self._settling = False
        self.banner.say("info", "")
        self._begin(known.against)
        if known.against != known.in_force.body:
            said = "现行的文字读不出来，下面是出厂文字。请恢复出厂文字，或者改好后保存为新版。"
            self.banner.say("bad", said)
        self._restore_draft()

    # the deeds

    def save(self) -> None:
        """Keep the text as a new edition from the day chosen."""
        if not self.save_button.isEnabled() or self.known is None:
            return
        wrong = {}
        if self.from_on.read() is None:
            wrong["from_on"] = "请填启用日期：从哪一天起的文书用新的文字。"
        if not self.note.read():
            wrong["note"] = "请写明为什么改，例如依据哪个文件、哪次会议。"
        if wrong:
            self.binder.show_errors(wrong)
            return
        try:
            given = {
                "request_id": self._request,
                "loaded": str(self.known.last),
                "template_key": self.key,
                "from_on": self.from_on.read(),
                "note": self.note.read(),
                "body": self.typed.made().body,
            }
            form = read(deeds.TemplateEditionForm, given).form
        except InvalidForm as refused:
            in_place(self.banner, self.binder)(refused)
            return
        self._do(lambda store, **now: deeds.save_template_edition(store, form, **now), self._saved)

    def _do(self, deed: Any, then: Any) -> None:
        context = self.context
        context.tasks.do(
            lambda store: deed(
                store,
                today=context.clock.today(),
                now=context.clock.now(),
                actor=context.actor,
            ),
            then,
            owner=self,
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> bool:
        self._offer()
        return in_place(self.banner, self.binder)(error)

    def _saved(self, number: int) -> None:
        day = show_day(self.from_on.read())
        self._forget_draft()
        said = f"已保存为第 {number} 版，{day} 起的文书用它。已经签发的文书不变。"
        self.show_template(self.key, self.title_words, said=said)

    def drop(self) -> None:
        """Let go of what was typed."""
        self._forget_draft()
        if self.known is not None:
            self._know(self.known)

    def ask_restore(self) -> None:
        """Ask, then use the shipped text again as one more edition."""
        day = show_day(self._day())
        self.dialog = ConfirmDialog(
            self,
            f"{self.title_words}：恢复出厂文字",
            f"{day} 起的文书改用随程序的文字。本机关以前的各版仍然留着，可以再选回来；已经签发的文书不变。",
            "恢复出厂文字",
        )
        self.dialog.accepted.connect(self.restore)
        self.dialog.open()

    def restore(self) -> None:
        """Use the shipped text from the day chosen."""
        given = {
            "request_id": uuid4(),
            "template_key": self.key,
            "from_on": self.from_on.read(),
            "note": self.note.read(),
        }
        try:
            form = read(deeds.RestoreTemplateForm, given).form
        except InvalidForm as wrong:
            in_place(self.banner, self.binder)(wrong)
            return
        self._do(lambda store, **now: deeds.restore_template(store, form, **now), self._saved)

    # editions, files, print

    def show_editions(self) -> None:
        """The editions of this paper with what each changed."""
        if self.known is None:
            return
        self.editions_dialog = EditionsDialog(self, self.key, self.title_words, self.known.editions)
        self.editions_dialog.chosen.connect(self.edition.write)
        self.editions_dialog.open()

    def export(self) -> None:
        """Write the text as it stands into one file, for a jurist."""
        if self.known is not None:
            said = files.export(self, self.title_words, self.typed)
            if said:
                self.banner.say(*said)

    def import_file(self) -> None:
        """Take the text of a file into the editor; it is used once it is saved as an edition."""
        name = files.ask(self, self.title_words)
        if name is not None:
            self.take_file(name)

    def take_file(self, name: Path) -> None:
        """Show the text of a file beside the paper it makes, or why it cannot be used."""
        taken = files.taken(name, self.key)
        if isinstance(taken, str):
            self.from_file = name.name
            self._begin(taken)
            self._later()
            said = f"已载入 {name.name}，还没有启用。核对右边的纸面后保存为新版。"
            if self.banner.kind not in {"bad", "warn"} or self.banner.isHidden():
                self.banner.say("info", said)
        else:
            self.banner.show_objections(taken)

    def _print(self) -> None:
        if self.preview.pdf:
            print_pdf(self, self.preview.pdf, tasks=self.context.tasks, title=self._named())

    def _save_pdf(self) -> None:
        if self.preview.pdf:
            save_pdf(self, self.preview.pdf, f"{self._named()}.pdf")

    def _named(self) -> str:
        assert self.known
        blank = self.known.samples[self.sample.read() or 0].kind == work.BLANK
        return f"{self.title_words}（{'空白' if blank else '样张'}）"

    # the draft

    def keep_draft(self) -> None:
        """Keep what is typed, so that it is there after the program was killed."""
        self._keeping.stop()
        if self.known is None or not self.changed:
            return
        texts = {a: t for a, t in self.pieces.texts().items() if t != self._loaded.get(a)}
        self.drafts.keep(
            self.key,
            {
                "origin": self.origin,
                "file": self.from_file,
                "edition": self.edition.read(),
                "texts": texts,
                "sheet": self._sheet(),
                "note": self.note.read(),
                "from_on": self._day().isoformat(),
            },
            str(self.known.last),
        )

    def flush(self) -> None:
        """Keep the draft now, if anything is pending."""
        if self._keeping.isActive():
            self.keep_draft()

    def _restore_draft(self) -> None:
        found = self.drafts.take(self.key)
        values = dict(found.payload.get("values", {})) if found else {}
        if found is None or not values.get("origin"):
            return
        self._settling = True
        self.edition.write(values.get("edition"))
        self._settling = False
        self.from_file = str(values.get("file", ""))
        self._begin(str(values["origin"]), values.get("texts", {}))
        self._settling = True
        for name, value in dict(values.get("sheet", {})).items():
            self.measures[name].input.write(value)
        kept = date.fromisoformat(values["from_on"])
        today = self.context.clock.today()
        self.binder.set_values({"note": values.get("note", ""), "from_on": max(kept, today)})
        self._settling = False
        self.show_look()
        if self.look is None or not self.look.found:
            self.banner.say(
                "info",
                f"{show_moment(found.saved_at)} 修改而没有保存的内容已放回窗口。",
                act="放弃",
                on=self.drop,
            )

    def _forget_draft(self) -> None:
        self._keeping.stop()
        self.drafts.drop(self.key)

    # Qt

    def leave(self) -> None:
        """Back to the list; what was typed stays as a draft."""
        self.flush()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)


def _without_checked(on: Any) -> Any:
    """A slot for `clicked`, whose flag nobody asks for."""
    return lambda _checked=False: on()


def _title(one: Any) -> str:
    now = "（现行）" if one.in_force else ""
    if one.from_on is None:
        return f"出厂文字{now}"
    return f"第 {one.edition} 版{now}　{show_day(one.from_on)} 起　{one.note}"
