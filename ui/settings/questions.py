"""待确认事项: what the national law leaves to the office; without an answer nothing is invented."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from enforcer import money
from enforcer.law.parameters import Setting
from enforcer.operations import office as deeds
from enforcer.queries import office as asked
from enforcer.queries.office import Confirmed
from enforcer.terms import PartyKind
from ui.context import Context
from ui.register_tab import Register, RegisterTab
from ui.widgets.banner import Banner
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.paged_model import Column

OPEN = "待机关确认"
UNITS = {
    "fen": "元",
    "working_days": "个工作日",
    "calendar_days": "日",
    "years": "年",
    "party_kind": "",
    "choice": "",
}
SIDES = (
    (PartyKind.CITIZEN.value, "按公民（二百元）"),
    (PartyKind.LEGAL_PERSON.value, "按法人、其他组织（三千元）"),
)


class QuestionsTab(RegisterTab):
    """The open questions of the law data, each with its answer and document."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="questions",
                title="待确认事项",
                noun="事项",
                columns=(
                    Column("事项", lambda row: row.question.title, 300),
                    Column(
                        "确认的内容",
                        shown_value,
                        150,
                        tone=lambda row: "warn" if row.value is None else "",
                        icon=lambda row: "warn" if row.value is None else "ok",
                    ),
                    Column("依据文件", lambda row: f"{row.document}{row.document_number}", 260),
                ),
                ids=_question_ids,
                rows=_question_rows,
                form=deeds.AnswerForm,
                save=_save,
                tables=frozenset({"setting"}),
                empty="没有找到事项。",
                icon="help",
                may_add=False,
                identity=lambda row: row.question.name,
            ),
        )

    def build(self) -> None:
        self.question = Banner("info")
        self.column.addWidget(self.question)
        self.choice = Choice(blank=OPEN)
        self.fields = {
            "value": self.field("value", LineEdit(placeholder=OPEN)),
            "choice": self.field("value", self.choice),
            "document": self.field("document", LineEdit()),
            "document_number": self.field("document_number", LineEdit()),
        }
        grid = FieldGrid()
        for one in self.fields.values():
            grid.add(one, 2)
        self.column.addLayout(grid)

    def values_of(self, row: Confirmed) -> dict[str, Any]:
        self.choice.set_choices(answers(row.question))
        typed = row.value
        if row.question.unit == "fen" and isinstance(typed, int):
            typed = money.yuan(typed)
        return {
            "value": "" if typed is None else str(typed),
            "choice": row.value,
            "document": row.document,
            "document_number": row.document_number,
        }

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        choice = values.pop("choice")
        if self._is_closed:
            values["value"] = choice or ""
        return values | {"name": self.key or ""}

    @property
    def _is_closed(self) -> bool:
        return self.row is not None and bool(answers(self.row.question))

    def heading(self, row: Confirmed) -> str:
        return row.question.title

    def shown(self, row: Confirmed | None) -> None:
        asked_for = row is not None
        other = "value" if self._is_closed else "choice"
        for name, field in self.fields.items():
            field.setVisible(asked_for and name != other)
        self.fields["value"].set_hint(UNITS[row.question.unit] if row else "")
        if row is None:
            self.title.setText("待确认事项")
            said = "这些事项国家的法律没有写明数值。选一项，填上本机关确认的内容和依据文件；留空的，程序不会替您编一个。"
        else:
            said = f"{row.question.question}（{row.question.cite}）"
        self.question.say("info", said)

    def _offer(self) -> None:
        super()._offer()
        if self.row is None:
            self.acts.offer(self.save_button, "先从左边选一项")


def answers(question: Setting) -> tuple[tuple[str, str], ...]:
    """The closed list of answers to a question; empty when the office writes its own."""
    if question.unit == "party_kind":
        return SIDES
    return tuple((one, one) for one in question.choices)


def shown_value(row: Confirmed) -> str:
    """The answer in words."""
    if row.value is None:
        return OPEN
    if row.question.unit == "fen" and isinstance(row.value, int):
        return f"{money.yuan_grouped(row.value)} 元"
    if row.question.unit == "party_kind":
        return dict(SIDES).get(str(row.value), str(row.value))
    unit = UNITS[row.question.unit]
    return f"{row.value} {unit}" if unit else str(row.value)


def _question_ids(store: Any, words: str, _retired: bool) -> list[str]:
    found = asked.all_confirmed(store)
    return [
        one.question.name
        for one in found
        if all(word in f"{one.question.title}{one.question.question}" for word in words.split())
    ]


def _question_rows(store: Any, names: Sequence[str]) -> list[Confirmed]:
    return [one for one in asked.all_confirmed(store) if one.question.name in names]


def _save(store: Any, form: deeds.AnswerForm, **now: Any) -> str:
    deeds.answer_question(store, form, **now)
    return form.name
