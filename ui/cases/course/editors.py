"""From one row of the tables to the widget that stands in the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.law.lifecycle_step import Step
from enforcer.queries import parties
from enforcer.queries.parties import PartyRow
from enforcer.terms import PenaltyKind, Term
from ui.cases import desk_choices
from ui.cases.course import choices as offered
from ui.cases.course.choices import Choices
from ui.cases.course.lines_edit import LinesEdit
from ui.cases.course.specs import F, Kind
from ui.cases.course.ticks_edit import TicksEdit, conditions_of
from ui.cases.inputs import ProvisionEdit, TightChoice
from ui.context import Context
from ui.registers.party_picker import PartyPicker
from ui.widgets.inputs import CountEdit, LineEdit, TextArea, Tick
from ui.widgets.moments import DateEdit, DateTimeEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.pickers import FilterCombo, ItemPicker, OfficerPicker, Option

DETAILS = (
    ("sex", "性别"),
    ("born_on", "出生日期（2026-09-03）"),
    ("id_number", "身份证件号码"),
    ("phone", "电话"),
    ("employer", "工作单位"),
    ("occupation", "职业、职务"),
    ("address", "住址"),
    ("postcode", "邮编"),
    ("ethnicity", "民族"),
)
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Env:
    """What a widget needs to know of its case."""

    context: Context
    facts: CaseFacts
    choices: Choices
    step: Step


def make(name: str, spec: F, title: str, env: Env) -> Any:
    """The widget of one field."""
    made: QWidget = _MAKERS[spec.kind](spec, title, env)
    made.setObjectName(f"course_{name}")
    proxy = made.focusProxy()
    if proxy is not None and not proxy.objectName():
        proxy.setObjectName(f"course_{name}")
    return made


def _date(_spec: F, _title: str, env: Env) -> QWidget:
    return DateEdit(env.context.clock.today)


def _moment(_spec: F, _title: str, env: Env) -> QWidget:
    return DateTimeEdit(env.context.clock.now)


def _money(_spec: F, title: str, _env: Env) -> QWidget:
    return MoneyEdit(name=title)


def _line(spec: F, _title: str, _env: Env) -> QWidget:
    return LineEdit(placeholder=spec.hint, limit=200)


def _words(spec: F, _title: str, _env: Env) -> QWidget:
    return TextArea(placeholder=spec.hint, lines=spec.lines, limit=LONGEST)


def _combo(spec: F, title: str, _env: Env) -> QWidget:
    made = ProvisionEdit(title)
    made.offer(spec.of)
    return made


def _count(spec: F, _title: str, _env: Env) -> QWidget:
    return CountEdit(least=0, most=spec.of or 999)


def _tick(_spec: F, title: str, _env: Env) -> QWidget:
    return Tick(title)


def _answer(spec: F, _title: str, _env: Env) -> QWidget:
    yes, no = spec.of or ("是", "否")
    return TightChoice([(True, yes), (False, no)], blank="请选择")


def _choice(spec: F, title: str, env: Env) -> QWidget:
    del title
    if spec.of == "under":
        item = env.facts.item
        return TightChoice(
            [(one, one) for one in (item.conditions if item else ())], blank="没有前提"
        )
    pairs = pairs_of(spec.of)
    return TightChoice(pairs, blank="请选择")


def pairs_of(of: Any) -> list[tuple[Any, str]]:
    """A closed list as pairs: an enum of terms, or pairs already."""
    if isinstance(of, type) and issubclass(of, Term):
        return [(one, one.label) for one in of]
    return list(of)


def _many(spec: F, _title: str, env: Env) -> QWidget:
    members = list(spec.of)
    item = env.facts.item
    if spec.of is PenaltyKind and item is not None:
        known = {kind for one in item.consequences for kind in one.kinds}
        put = env.facts.imposition.kinds if env.facts.imposition else ()
        members = [one for one in members if one in known or one in put]
    return ManyEdit([(one.value, one.label) for one in members])


def _person(spec: F, _title: str, env: Env) -> QWidget:
    posts = offered.posts_of(spec.of, env.step)
    handlers = [one.id for one in env.facts.handlers]
    return OfficerPicker(offered.person_options(env.choices, posts, first=handlers))


def _people(_spec: F, _title: str, env: Env) -> QWidget:
    officers = [one for one in env.choices.people if one.post.value == "officer"]
    return ManyEdit([(one.id, one.name) for one in officers], columns=4)


def _party(_spec: F, _title: str, env: Env) -> QWidget:
    tasks = env.context.tasks

    def find(words: str) -> Sequence[PartyRow]:
        def look(store: Any) -> Sequence[PartyRow]:
            with store.reading() as session:
                ids = parties.party_ids(session, search=words)[:30]
                return parties.party_rows(session, ids)

        return tasks.now(look)

    def known(party_id: int) -> PartyRow | None:
        rows = tasks.now(lambda store: parties.party_rows(store, [party_id]))
        return rows[0] if rows else None

    return PartyPicker(find, known)


def _item(_spec: F, _title: str, env: Env) -> QWidget:
    return ItemPicker(env.choices.items)


def _power(_spec: F, _title: str, env: Env) -> QWidget:
    return TightChoice(offered.sources_for(env.choices, env.facts.item_key), blank="自动选定")


def _provision(spec: F, title: str, env: Env) -> QWidget:
    made = ProvisionEdit(title)
    made.offer(desk_choices.provisions(env.facts.item, sanction=spec.of == "sanctioned_by"))
    return made


def _row(spec: F, title: str, env: Env) -> QWidget:
    pairs = offered.rows_of(spec.of, env.facts, env.choices, {})
    if spec.of in ("leads", "cases"):
        return FilterCombo([Option(key, say) for key, say in pairs], placeholder=f"查找{title}")
    made = TightChoice(pairs)
    if not pairs:
        made.setPlaceholderText("案卷里还没有")
    return made


def _lines(spec: F, _title: str, env: Env) -> QWidget:
    people = [(one.id, f"{one.name}　{one.post.label}") for one in env.choices.people]
    return LinesEdit(spec.of, people=people)


def _ticks(_spec: F, _title: str, env: Env) -> QWidget:
    return TicksEdit(conditions_of(env.facts))


def _details(_spec: F, _title: str, _env: Env) -> QWidget:
    return DetailsEdit()


_MAKERS: Mapping[Kind, Callable[[F, str, Env], QWidget]] = {
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.MONEY: _money,
    Kind.LINE: _line,
    Kind.WORDS: _words,
    Kind.COMBO: _combo,
    Kind.COUNT: _count,
    Kind.TICK: _tick,
    Kind.ANSWER: _answer,
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.PERSON: _person,
    Kind.PEOPLE: _people,
    Kind.PARTY: _party,
    Kind.ITEM: _item,
    Kind.POWER: _power,
    Kind.PROVISION: _provision,
    Kind.ROW: _row,
    Kind.LINES: _lines,
    Kind.TICKS: _ticks,
    Kind.DETAILS: _details,
}


class ManyEdit(QWidget):
    """Several of a closed list, ticked; reads the values in the order of the list."""

    edited = Signal()

    def __init__(self, members: Sequence[tuple[Any, str]], *, columns: int = 3) -> None:
        super().__init__()
        self.ticks = {value: Tick(text) for value, text in members}
        self.parts: tuple[QWidget, ...] = tuple(self.ticks.values()) or (self,)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for at, (value, tick) in enumerate(self.ticks.items()):
            tick.setObjectName(f"many_{value}")
            tick.edited.connect(self.edited)
            grid.addWidget(tick, at // columns, at % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        if self.ticks:
            self.setFocusProxy(next(iter(self.ticks.values())))

    def read(self) -> list[Any]:
        return [value for value, tick in self.ticks.items() if tick.isChecked()]

    def write(self, value: Any) -> None:
        chosen = list(value or ())
        for one, tick in self.ticks.items():
            tick.setChecked(one in chosen)

    def complaint(self) -> str:
        return ""


class DetailsEdit(QWidget):
    """What is noted of a person beside the name; reads only what was filled."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = {key: LineEdit(placeholder=title, limit=200) for key, title in DETAILS}
        self.parts = tuple(self.lines.values())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for at, (key, title) in enumerate(DETAILS):
            one = self.lines[key]
            one.setAccessibleName(title)
            one.setObjectName(f"detail_{key}")
            one.edited.connect(self.edited)
            grid.addWidget(one, at // 4, at % 4)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        self.setFocusProxy(self.parts[0])

    def read(self) -> dict[str, str]:
        return {key: said for key, line in self.lines.items() if (said := line.read())}

    def write(self, value: Any) -> None:
        given = value or {}
        for key, line in self.lines.items():
            line.write(given.get(key, ""))

    def complaint(self) -> str:
        return ""
