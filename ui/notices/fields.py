"""The fields of a notice, and what fills them: last place, item, officers, recorders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from enforcer.law import notice_defaults
from enforcer.operations.notice_forms import NoticeForm, labels_of
from enforcer.queries import notices, powers, registers
from enforcer.queries.notices import LastUsed
from enforcer.queries.registers import OfficerChoice
from enforcer.terms import LadderChoice, NoticeOutcome, OfficerPost, PlateColour, PlateKind
from ui.context import Context
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.moments import DateTimeEdit
from ui.widgets.pickers import OfficerPicker, officer_option

LABELS = labels_of(NoticeForm)
OTHER_ITEM = ""
ENOUGH_RECORDERS = 2
_BETWEEN = re.compile(r"[、，,;；\s]+")
_COLOURS = {
    PlateKind.ORDINARY: PlateColour.BLUE,
    PlateKind.NEW_ENERGY: PlateColour.GREEN,
    PlateKind.TRAILER: PlateColour.YELLOW,
    PlateKind.COACH: PlateColour.YELLOW,
    PlateKind.POLICE: PlateColour.WHITE,
    PlateKind.MILITARY: PlateColour.WHITE,
    PlateKind.EMBASSY: PlateColour.BLACK,
    PlateKind.CONSULATE: PlateColour.BLACK,
    PlateKind.HONG_KONG: PlateColour.BLACK,
    PlateKind.MACAO: PlateColour.BLACK,
    PlateKind.NONE: PlateColour.NONE,
}
CONDITIONAL = ("recorder_reason", "ladder_choice", "ladder_reason", "organ_id")


@dataclass(frozen=True, slots=True)
class DeskChoices:
    """What the pickers of the desk offer, and what the next form begins with."""

    items: tuple[tuple[str, str], ...]
    officers: tuple[OfficerChoice, ...]
    organs: tuple[tuple[int, str], ...]
    places: tuple[str, ...]
    last: LastUsed

    def recorders_of(self, *officer_ids: int | None) -> tuple[str, ...]:
        """The recorders these officers carry."""
        held = {one.id: one.recorder for one in self.officers}
        return tuple(held[one] for one in officer_ids if one is not None and held.get(one))

    def title_of(self, item_key: str | None) -> str:
        return dict(self.items).get(item_key or "", "") if item_key else ""


def desk_choices(store: Any, day: date) -> DeskChoices:
    """Ask for everything at once; a few milliseconds."""
    items = [(one.key, one.title) for one in notice_defaults.desk_items(day)]
    return DeskChoices(
        (*items, (OTHER_ITEM, "其他停车情形")),
        tuple(registers.officers_on(store, day, posts=tuple(OfficerPost))),
        tuple((one.id, one.name) for one in powers.organs(store, enabled_only=True)),
        tuple(notices.places(store)),
        notices.last_used(store),
    )


def usual_colour(kind: PlateKind) -> PlateColour | None:
    """The colour plates of this kind have."""
    return _COLOURS.get(kind)


class RecordersEdit(QLineEdit):
    """Numbers of the recorders that ran, between 、 or blanks."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("编号，用“、”隔开；至少两台")
        self.textChanged.connect(lambda _text: self.edited.emit())

    def read(self) -> list[str]:
        return list(dict.fromkeys(one for one in _BETWEEN.split(self.text().strip()) if one))

    def write(self, value: Any) -> None:
        self.setText(value if isinstance(value, str) else "、".join(value or ()))

    def complaint(self) -> str:
        return ""


class PlaceEdit(LineEdit):
    """A place, completed from those noticed lately wherever the typed words stand in them."""

    def __init__(self) -> None:
        super().__init__(placeholder="路名、门牌号、方位")
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(8)
        popup = completer.popup()
        assert popup is not None
        popup.setProperty("popup", True)
        self.setCompleter(completer)

    def offer(self, places: Sequence[str]) -> None:
        """Offer these places."""
        self._model.setStringList(list(places))


class NoticeFields(QWidget):
    """The fields in the order they are read; conditional ones appear when they are needed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._choices = DeskChoices((), (), (), (), LastUsed())
        self.place = PlaceEdit()
        self.item = Choice()
        self.officers = (OfficerPicker(), OfficerPicker())
        self.recorders = RecordersEdit()
        self.ladder_choice = Choice([(one, one.label) for one in LadderChoice])
        self.organ = Choice()
        for one in (self.item, self.ladder_choice, self.organ):
            one.setSizeAdjustPolicy(one.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            one.setMinimumContentsLength(4)
        made: dict[str, QWidget] = {
            "ladder_choice": self.ladder_choice,
            "ladder_reason": LineEdit(placeholder="为什么仍以告知处理"),
            "noticed_at": DateTimeEdit(context.clock.now),
            "plate_colour": Choice([(one, one.label) for one in PlateColour], blank="未选"),
            "place": self.place,
            "item_key": self.item,
            "officer1_id": self.officers[0],
            "officer2_id": self.officers[1],
            "recorders": self.recorders,
            "recorder_reason": LineEdit(placeholder="例如：另一台送修"),
            "situation": LineEdit(placeholder="照实填写，印在存根上"),
            "nearby": LineEdit(placeholder="印在告知书上，可不填"),
            "outcome": Choice([(one, one.label) for one in NoticeOutcome], blank="以后登记"),
            "note": LineEdit(placeholder="可不填"),
            "organ_id": self.organ,
        }
        required = {"place", "noticed_at", "officer1_id", "officer2_id"}
        self.fields = {
            name: Field(LABELS[name], widget, required=name in required)
            for name, widget in made.items()
        }
        for name, field in self.fields.items():
            field.editor.setObjectName(f"notice_{name}")
        self._lay_out()
        for picker in self.officers:
            picker.edited.connect(self._officers_changed)
        self.recorders.edited.connect(self.tell_recorders)
        self.item.edited.connect(self._item_changed)
        self.show_conditional(several_organs=False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(7)
        for row in (
            ("ladder_choice",),
            ("ladder_reason",),
            ("noticed_at", "plate_colour"),
            ("place",),
            ("item_key",),
            ("officer1_id", "officer2_id"),
            ("recorders", "recorder_reason"),
            ("situation",),
            ("outcome", "nearby"),
            ("note",),
            ("organ_id",),
        ):
            line = QHBoxLayout()  # what is hidden leaves its room to the other
            line.setSpacing(14)
            for name in row:
                line.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
        column.addStretch()

    def offer(self, choices: DeskChoices) -> None:
        """Fill the pickers; what was chosen stays where it is still offered."""
        self._choices = choices
        self.place.offer(choices.places)
        self.item.set_choices(choices.items)
        options = [officer_option(one.id, one.name, one.certificate) for one in choices.officers]
        for picker in self.officers:
            picker.set_options(options)
        self.organ.set_choices(choices.organs)

    def show_beginnings(self) -> None:
        """Long texts show how they begin."""
        for field in self.fields.values():
            if isinstance(field.editor, QLineEdit):
                field.editor.setCursorPosition(0)

    def beginning(self, kind: PlateKind, now: Any) -> dict[str, Any]:
        """What a new form shows: the last place, item, officers; now; the plate's usual colour."""
        last, choices = self._choices.last, self._choices
        known = {one.id for one in choices.officers}
        officers = [one if one in known else None for one in (last.officer1_id, last.officer2_id)]
        keys = [key for key, _ in choices.items]
        item = last.item_key if last.item_key in keys and last.place else next(iter(keys), "")
        carried = choices.recorders_of(*officers)
        return {
            "noticed_at": now,
            "plate_colour": usual_colour(kind),
            "place": last.place,
            "item_key": item,
            "situation": last.situation or choices.title_of(item),
            "officer1_id": officers[0],
            "officer2_id": officers[1],
            "recorders": list(last.recorders if all(officers) and last.recorders else carried),
            "recorder_reason": last.recorder_reason if all(officers) else "",
            "nearby": last.nearby,
            "outcome": None,
            "note": "",
            "ladder_choice": LadderChoice.NOTICE,
            "ladder_reason": "",
            "organ_id": None,
        }

    def show_conditional(self, *, ladder: bool = False, several_organs: bool | None = None) -> None:
        """Show the fields that this notice needs and hide the others."""
        self.fields["ladder_choice"].setVisible(ladder)
        choice = self.ladder_choice.read() or LadderChoice.NOTICE
        self.fields["ladder_reason"].setVisible(ladder and choice is LadderChoice.NOTICE)
        if several_organs is not None:
            self.fields["organ_id"].setVisible(several_organs)
        self.tell_recorders()

    def tell_recorders(self) -> None:
        """Count the recorders, and ask why when there are fewer than two."""
        count = len(self.recorders.read())
        self.fields["recorders"].set_hint(f"{count} 台" if count else "")
        self.fields["recorder_reason"].setVisible(count < ENOUGH_RECORDERS)

    def values(self) -> dict[str, Any]:
        """What goes into the operation's form: hidden fields say nothing."""
        found = {name: field.read() for name, field in self.fields.items()}
        hidden = {name for name in CONDITIONAL if not self.fields[name].isVisibleTo(self)}
        defaults = {"ladder_choice": LadderChoice.NOTICE, "organ_id": None}
        return {
            name: defaults.get(name, "") if name in hidden else value
            for name, value in found.items()
        }

    def _officers_changed(self) -> None:
        one, other = (picker.read() for picker in self.officers)
        self.officers[0].exclude([other])
        self.officers[1].exclude([one])
        typed = tuple(self.recorders.read())
        everyone = {choice.recorder for choice in self._choices.officers}
        if set(typed) <= everyone:
            self.recorders.write(self._choices.recorders_of(one, other))

    def _item_changed(self) -> None:
        titles = {title for _, title in self._choices.items}
        situation = self.fields["situation"]
        if not situation.read() or situation.read() in titles:
            situation.write(self._choices.title_of(self.item.read()))
