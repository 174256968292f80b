"""Every step of the course has its whole form: a widget, a Chinese label and room for each field."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.law import lifecycle
from enforcer.queries import course_page
from enforcer.queries.course_stages import STEPS_OF, Milestone, milestone_of
from enforcer.store.database import Store, open_store
from enforcer.terms import CaseStep
from tests.ui.course_hand import Moving, at, carried
from ui.cases.course import choices, editors, tables
from ui.cases.course.form import StepForm
from ui.cases.course.specs import Kind
from ui.context import Context
from ui.widgets.inputs import Input, as_input

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def store(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One case for all these tests: they only look at it."""
    home = tmp_path_factory.mktemp("course") / "home"
    shutil.copytree(empty_home, home)
    opened = open_store(home, clock=lambda: at(9, 10, 15))
    carried(opened, "复查已改正")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def context(store: Store, qapp: QApplication) -> Context:
    assert qapp
    return Moving(at(9, 10, 15)).context(store)


@pytest.fixture(scope="module")
def offered(store: Store) -> choices.Choices:
    return choices.ask(store, today=at(9, 10).date())


@pytest.fixture(scope="module")
def page(store: Store) -> course_page.CoursePage:
    found = course_page.page(store, 1, now=at(9, 10, 15))
    assert found is not None
    return found


def test_there_are_fifty_nine_steps_and_each_belongs_to_one_stage() -> None:
    listed = [one for steps in STEPS_OF.values() for one in steps]
    assert len(lifecycle.STEPS) == 59
    assert sorted(listed) == sorted(one.key for one in lifecycle.STEPS)
    assert milestone_of(CaseStep.SIGNED, "closure") is Milestone.CLOSING


@pytest.mark.parametrize("step", lifecycle.STEPS, ids=lambda one: one.key.value)
def test_every_field_of_a_step_has_its_widget_and_its_chinese_label(
    qtbot: QtBot,
    context: Context,
    page: course_page.CoursePage,
    offered: choices.Choices,
    step: lifecycle.Step,
) -> None:
    form = tables.operation_of(step.key).form
    specs = tables.fields_of(form)
    assert sorted(specs) == sorted(tables.on_screen(form))
    env = editors.Env(context, page.facts, offered, step)
    for name, spec in specs.items():
        title = tables.title_of(form, name, spec)
        assert CHINESE.search(title), name
        made = editors.make(name, spec, title, env)
        qtbot.addWidget(made)
        assert isinstance(as_input(made), Input), name


@pytest.mark.parametrize("step", lifecycle.STEPS, ids=lambda one: one.key.value)
def test_the_form_of_every_step_can_be_opened_and_makes_values_its_operation_reads(
    qtbot: QtBot,
    context: Context,
    page: course_page.CoursePage,
    offered: choices.Choices,
    step: lifecycle.Step,
) -> None:
    made = StepForm(context, page, page.offer(step.key), offered)
    qtbot.addWidget(made)
    known = set(made.form.model_fields)
    assert set(made.given()) <= known
    made.binder.set_values(made.binder.draft())
    again = made.given()
    assert set(again) <= known
    assert made.save.text().startswith(made.title)


def test_no_table_is_left_without_a_step() -> None:
    used = {tables.operation_of(one.key).form.__name__ for one in lifecycle.STEPS}
    assert set(tables.TABLES) == used


def test_a_required_field_that_is_blank_gets_its_sentence_and_the_focus(
    qtbot: QtBot, context: Context, page: course_page.CoursePage, offered: choices.Choices
) -> None:
    made: Any = StepForm(context, page, page.offer(CaseStep.INQUIRY), offered)
    qtbot.addWidget(made)
    made.show()
    made.carry_out()
    assert "被询问人没有填写" in made.fields["person"].error
    assert "询问内容没有填写" in made.fields["content"].error
    assert made.fields["person"].editor.property("wrong")


@pytest.mark.parametrize("key", [CaseStep.INQUIRY, CaseStep.INSPECTION])
def test_what_the_person_answers_is_never_chosen_beforehand(
    qtbot: QtBot,
    context: Context,
    page: course_page.CoursePage,
    offered: choices.Choices,
    key: CaseStep,
) -> None:
    made: Any = StepForm(context, page, page.offer(key), offered)
    qtbot.addWidget(made)
    assert made.given().get("recusal_answer") is None
    made.fields["recusal_answer"].write("不申请回避")
    assert made.given()["recusal_answer"] == "不申请回避"


def test_text_kinds_carry_their_hint_in_the_field_itself() -> None:
    for specs in tables.TABLES.values():
        for name, one in specs.items():
            if one.kind not in (Kind.LINE, Kind.WORDS) and one.span == 1:
                assert len(one.hint + one.cite) <= 30, name
