"""Circumstances of discretion: each ticked yes or no or measured, with its evidence beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from enforcer.law import discretion_data, leniency, leniency_data
from enforcer.law.conditions import Condition
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.terms import PartyKind
from ui.cases.inputs import TightChoice
from ui.widgets.basics import button, label
from ui.widgets.inputs import LineEdit

FIRST = 6
"""So many circumstances stand open; the rest is one click away."""
YES_NO = ((True, "具备"), (False, "不具备"))


def conditions_of(facts: CaseFacts) -> tuple[tuple[Condition, str], ...]:
    """Every condition of the item's tiers, of the office's lists and of the statute, with its source."""
    found: dict[str, tuple[Condition, str]] = {}
    for condition, source in _all(facts):
        found.setdefault(condition.key, (condition, source))
    return tuple(found.values())


def _all(facts: CaseFacts) -> Iterable[tuple[Condition, str]]:
    day = facts.day
    known = (
        facts.benchmarks
        if facts.benchmarks is not None
        else discretion_data.shipped().get(facts.item_key, ())
    )
    for benchmark in known:
        for tier in benchmark.tiers:
            for one in tier.conditions:
                yield one, "裁量基准"
    for row in facts.list_rows:
        if row.in_force(day) and row.item_key == facts.item_key:
            for one in row.conditions:
                yield one, f"清单：{row.category.label}"
    for circumstance in leniency_data.circumstances(day):
        if _concerns(circumstance, facts):
            for one in circumstance.conditions:
                yield one, circumstance.cite


def _concerns(one: leniency_data.Circumstance, facts: CaseFacts) -> bool:
    """Circumstances of natural persons are none of a company's; the code's own need its item."""
    if one.persons_only and facts.party.kind is not PartyKind.CITIZEN:
        return False
    environment = facts.item is not None and any(
        each.law.key == leniency.CODE for each in facts.item.sanctioned_by
    )
    return one.scope != leniency_data.ENVIRONMENT or environment


class TicksEdit(QWidget):
    """Reads a mapping of condition to what was recorded; what was left open is left out."""

    edited = Signal()

    def __init__(self, conditions: Iterable[tuple[Condition, str]]) -> None:
        super().__init__()
        self._states: dict[str, Any] = {}
        self._evidence: dict[str, LineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(2, 4)
        self._grid, self._at = grid, 0
        self._later: dict[str, list[QWidget]] = {}
        for condition, source in conditions:
            self._row(condition, source)
        self.more = button("", "unfold", link=True, on=self.show_all)
        grid.addWidget(self.more, self._at, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
        self.more.setText(f"显示其余 {len(self._later)} 项情形")
        self.more.setVisible(bool(self._later))
        if not self._states:
            grid.addWidget(label("这个事项没有登记裁量情形。", "quiet"), 0, 0, 1, 3)
        else:
            self.setFocusProxy(next(iter(self._states.values())))

    def _row(self, condition: Condition, source: str) -> None:
        words = label(condition.text, wrap=True)
        words.setToolTip(source)
        if condition.bound is not None:
            state: Any = LineEdit(
                placeholder=f"数值（{condition.unit}）" if condition.unit else "数值"
            )
        else:
            state = TightChoice(YES_NO, blank="未查明")
        state.setFixedWidth(104)
        state.setAccessibleName(f"{condition.text}　{source}")
        evidence = LineEdit(placeholder="证据", limit=200)
        evidence.setAccessibleName(f"{condition.text}的证据")
        for one in (state, evidence):
            one.edited.connect(self.edited)
        self._states[condition.key], self._evidence[condition.key] = state, evidence
        self._grid.addWidget(words, self._at, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(state, self._at, 1)
        self._grid.addWidget(evidence, self._at, 2)
        if self._at >= FIRST:
            self._later[condition.key] = [words, state, evidence]
            for one in (words, state, evidence):
                one.hide()
        self._at += 1

    def show_all(self) -> None:
        """Show the circumstances that seldom matter too."""
        for widgets in self._later.values():
            for one in widgets:
                one.show()
        self._later = {}
        self.more.hide()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The controls in the order of reading."""
        return tuple(
            one for key in self._states for one in (self._states[key], self._evidence[key])
        ) or (self,)

    def read(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for key, state in self._states.items():
            said, evidence = state.read(), self._evidence[key].read()
            if isinstance(state, LineEdit):
                if said:
                    found[key] = {"value": said, "evidence": evidence}
            elif said is not None:
                found[key] = {"holds": said, "evidence": evidence}
        return found

    def write(self, value: Any) -> None:
        given: Mapping[str, Any] = value or {}
        for key, state in self._states.items():
            one = given.get(key) or {}
            measured = isinstance(state, LineEdit)
            state.write(one.get("value") if measured else one.get("holds"))
            self._evidence[key].write(one.get("evidence", ""))
            if one:
                for widget in self._later.pop(key, ()):
                    widget.show()

    def complaint(self) -> str:
        for key, state in self._states.items():
            if isinstance(state, LineEdit) and (text := state.read()):
                try:
                    float(text)
                except ValueError:
                    return f"“{key}”应当填数字，现在是“{text}”。"
        return ""
