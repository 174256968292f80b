"""Typing into a template: its texts, steps back and forward, the check and the paper that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import uuid4

from enforcer.documents import specimen, template_pieces
from enforcer.errors import Level, Objection, TemplateTrouble
from ui.context import Context
from ui.failures import in_place
from ui.templates import work
from ui.templates.editor_frame import EditorFrame, points
from ui.templates.history import History, State
from ui.templates.picker import PlaceholderPicker
from ui.templates.work import Known, Look, Typed
from ui.widgets.inputs import Choice

DELAY_MS: Final = 350
DRAFT_MS: Final = 800
SHOWN: Final = 2


class TypingEditor(EditorFrame):
    """Knows one template and what is typed into it; asks for check and paper in the background."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.key = self.title_words = ""
        self.known: Known | None = None
        self.look: Look | None = None
        self.origin = self.from_file = ""
        self.history = History()
        self._request, self._fields = uuid4(), dict[str, Mapping[str, Any]]()
        self._loaded: dict[str, str] = {}
        self._settling = False
        self._pending = self.timer(DELAY_MS, self.show_look)
        self._keeping = self.timer(DRAFT_MS, self.keep_draft)
        self._bind_typing()
        context.theme.changed.connect(self.pieces.recolour)

    def _bind_typing(self) -> None:
        self.pieces.edited.connect(self._edited)
        self.pieces.undo_asked.connect(self.undo)
        self.pieces.redo_asked.connect(self.redo)
        self.pieces.insert_asked.connect(lambda _address: self.ask_field())
        self.edition.edited.connect(self._take_edition)
        self.sample.edited.connect(self._pending.start)
        self.binder.edited.connect(self._later)
        self.from_on.edited.connect(self._pending.start)
        for one in self.measures.values():
            one.edited.connect(self._measured)
        self.undo_button.clicked.connect(lambda _checked=False: self.undo())
        self.redo_button.clicked.connect(lambda _checked=False: self.redo())
        self.insert_button.clicked.connect(lambda _checked=False: self.ask_field())

    def keep_draft(self) -> None:
        """Keep what is typed; the editor knows where."""
        raise NotImplementedError

    def _take_edition(self) -> None:
        if self._settling or self.known is None:
            return
        chosen = next(
            (one for one in self.known.editions if one.edition == self.edition.read()), None
        )
        if chosen is None:
            return
        self.from_file = ""
        try:
            self._begin(chosen.body)
            self._later()
        except TemplateTrouble as trouble:
            self.banner.say("bad", f"{trouble}请选另一版。")

    def _begin(self, origin: str, texts: Mapping[str, str] | None = None) -> None:
        """Show a text, with other words laid over it where there are any."""
        self.origin, self._request = origin, uuid4()
        found = template_pieces.pieces(origin)
        self._loaded = {
            one.address: template_pieces.readable(self.key, one) for one in found if not one.fixed
        }
        said = self._loaded | {a: t for a, t in (texts or {}).items() if a in self._loaded}
        self.pieces.show_template(self.key, found, said)
        self.history.begin(said)
        self._settling = True
        measures = template_pieces.sheet(origin)
        for name, field in self.measures.items():
            field.setVisible(name in measures)
            choice = field.widget
            assert isinstance(choice, Choice)
            choice.set_choices(points(name, measures.get(name)))
            choice.write(measures.get(name))
        self.measure_row.setVisible(bool(measures))
        self.binder.set_values({"from_on": self.context.clock.today(), "note": ""})
        self._settling = False
        self.show_look()

    # typing

    @property
    def typed(self) -> Typed:
        """What stands in the editor now."""
        return Typed(self.key, self.origin, self.pieces.texts(), self._sheet(), self._day())

    def _day(self) -> date:
        day: date | None = self.from_on.read()
        return day or self.context.clock.today()

    def _sheet(self) -> dict[str, float]:
        named = template_pieces.sheet(self.origin)
        said = {name: field.read() for name, field in self.measures.items() if name in named}
        return {name: value for name, value in said.items() if value not in (None, named[name])}

    def _edited(self, address: str) -> None:
        now = self.context.clock.now().timestamp()
        self.history.keep(self.pieces.texts(), address, now)
        self._later()

    def _measured(self) -> None:
        if not self._settling:
            self._later()

    def _later(self) -> None:
        if self._settling:
            return
        self._pending.start()
        self._keeping.start()
        self._offer()

    def undo(self) -> None:
        """Go back one step, wherever it was."""
        self._go(self.history.undo())

    def redo(self) -> None:
        """Go forward one step again."""
        self._go(self.history.redo())

    def _go(self, state: State | None) -> None:
        if state is not None:
            self.pieces.write(state.texts)
            self.pieces.jump(state.address)
            self._later()

    def ask_field(self) -> None:
        """Choose a field for where the cursor stands, or for the one that is selected."""
        edit = self.pieces.edit_at(self.pieces.at)
        if edit is None:
            self.banner.say("info", "先点一下要放栏目的段落，再按 F4。")
            return
        self.picker = PlaceholderPicker(
            self,
            self.key,
            edit.each,
            specimen.fields_of(self.key, organ=self.known.organ if self.known else None),
            given=edit.chip_selected(),
        )
        self.picker.chosen.connect(edit.insert_field)
        self.picker.open()

    # the check and the paper

    def show_look(self) -> None:
        """Check what stands there and set the paper, off the GUI thread."""
        self._pending.stop()
        known = self.known
        if known is None or not self.origin:
            return
        typed, sample = self.typed, known.samples[self.sample.read() or 0]
        cached, now = self._fields.get(sample.name), self.context.clock.now()
        self.context.tasks.ask(
            lambda store: work.look(
                store,
                typed,
                sample,
                against=known.against,
                now=now,
                fields=cached,
                organ=known.organ,
            ),
            lambda found: self._show_look(found, sample.name),
            owner=self,
            latest="look",
            long=True,
            failed=in_place(self.banner),
        )

    def _show_look(self, look: Look, sample: str) -> None:
        self.look = look
        if look.fields:
            self._fields[sample] = look.fields
        said: dict[str, str] = {}
        for one in look.found:
            if one.level is Level.BLOCK:
                said.setdefault(one.field, one.say)
        self.pieces.show_faults(said)
        self._tell(look.found)
        if look.pdf:
            self.preview.show_pdf(look.pdf)
        if look.say:
            self.context.window.message("warn", look.say)
        self._offer()

    def _tell(self, found: Sequence[Objection], shown: int = SHOWN) -> None:
        if not found:
            if self.banner.kind in {"bad", "warn"}:
                self.banner.say("info", "")
            return
        found = [one for one in found if one.level is Level.BLOCK] or found
        found = [
            one if one.field in self.pieces.fields else replace(one, field="") for one in found
        ]
        hard = sum(one.level is Level.BLOCK for one in found)
        lead = f"有 {hard} 处改动不能使用：" if hard else f"有 {len(found)} 处请核对，可以保存："
        rest = len(found) - shown
        lead += f"（先列 {shown} 处，改好后列出其余 {rest} 处）" if rest > 0 else ""
        self.banner.show_objections(found[:shown], self.jump, lead=lead)

    def jump(self, field: str) -> None:
        """Go to the place of a finding; one about the whole file stays where it is."""
        self.pieces.jump(field)
        edit = self.pieces.edit_at(field)
        if edit is not None:
            self.paper_scroll.ensureWidgetVisible(edit, 0, 60)

    @property
    def changed(self) -> bool:
        """Whether anything differs from the text the editor was opened with, or from that in force."""
        if self.known is None:
            return False
        typed = self.pieces.texts() != self._loaded or bool(self._sheet()) or bool(self.from_file)
        return typed or self.edition.read() != self.known.in_force.edition

    def _offer(self) -> None:
        self.undo_button.setEnabled(self.history.may_undo)
        self.redo_button.setEnabled(self.history.may_redo)
        self.drop_button.setEnabled(self.changed)
        self.saving.setVisible(self.changed)
        reason = "" if self.changed else "没有改动"
        if not reason and self.look is not None and self.look.refused:
            reason = f"{len(self.look.refused)} 处改动不能使用，见上面的说明"
        self.acts.offer(self.save_button, reason)
        shipped = self.known is None or self.known.last == 0
        self.restore_button.setEnabled(not shipped)
