"""The house checks itself: floors, forbidden habits, late imports, nothing that names a machine."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*(ROOT / "enforcer").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
LATE = {
    "PySide6", "shiboken6", "qtawesome", "reportlab", "alembic", "platformdirs",
    "ui", "enforcer", "ctypes", "pypinyin", "xlsxwriter", "python_calamine", "pypdf",
    "sqlcipher3", "filelock", "zipfile", "stdnum", "numpy", "logging", "cryptography", "PIL",
    "pypdfium2", "zxingcpp",
}  # fmt: skip
"""What may be imported inside a function: heavy libraries that a start must not pay for."""


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_floors_stand() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _functions(path: Path) -> Iterator[ast.AST]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", SOURCES, ids=_relative)
def test_late_imports_are_heavy_ones_only(path: Path) -> None:
    for function in _functions(path):
        for node in ast.walk(function):
            names = []
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in LATE, f"{_relative(path)}:{node.lineno} {name}"


def _calls(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


CLOCKS = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "datetime.datetime.now"}
MAY_CALL_THE_CLOCK = {
    "enforcer/commands/common.py",
    "ui/app.py",
}


@pytest.mark.parametrize("path", SOURCES, ids=_relative)
def test_only_the_edge_calls_the_clock(path: Path) -> None:
    if _relative(path) in MAY_CALL_THE_CLOCK:
        return
    for line, name in _calls(path):
        assert name not in CLOCKS, f"{_relative(path)}:{line} calls {name}"


@pytest.mark.parametrize("path", SOURCES, ids=_relative)
def test_no_naive_moment_is_made(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "datetime",
            "datetime.datetime",
        }:
            named = {one.arg for one in node.keywords}
            assert "tzinfo" in named or len(node.args) >= 8, f"{_relative(path)}:{node.lineno}"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "enforcer" / "operations").rglob("*.py")), ids=_relative
)
def test_no_bulk_change_goes_past_the_log(path: Path) -> None:
    for line, name in _calls(path):
        assert name not in {"update", "delete", "insert", "sqlalchemy.update"}, f"{path}:{line}"


@pytest.mark.parametrize("path", SOURCES, ids=_relative)
def test_nothing_is_caught_wholesale(path: Path) -> None:
    allowed = {"ui/tasks.py", "ui/failures.py"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler) and _relative(path) not in allowed:
            caught = ast.unparse(node.type) if node.type else "everything"
            assert caught not in {"Exception", "everything"}, f"{_relative(path)}:{node.lineno}"


def test_models_do_without_postponed_annotations() -> None:
    for path in (ROOT / "enforcer" / "models").glob("*.py"):
        assert "from __future__ import annotations" not in path.read_text("utf-8"), path.name


def test_only_one_place_draws_with_reportlab() -> None:
    drawing = [
        _relative(path)
        for path in SOURCES
        if re.search(r"^\s*(from|import) reportlab", path.read_text("utf-8"), re.M)
    ]
    assert all(one.startswith("enforcer/documents/pdf") for one in drawing), drawing


def test_nobody_but_the_driver_opens_the_live_database() -> None:
    risky = re.compile(r"(open|read_bytes|copy\w*|file_digest)\([^)]*(DATABASE_NAME|store\.path)")
    for path in SOURCES:
        assert not risky.search(path.read_text("utf-8")), _relative(path)


def test_nothing_printed_outside_the_commands() -> None:
    for path in SOURCES:
        if _relative(path).startswith(
            ("enforcer/commands/", "enforcer/__main__", "ui/app", "ui/__main__")
        ):
            continue
        assert all(name != "print" for _, name in _calls(path)), _relative(path)


def test_files_stay_small() -> None:
    long = {
        _relative(path): count
        for path in SOURCES
        if (count := len(path.read_text("utf-8").splitlines())) > 450
        and "migrations" not in path.parts
    }
    assert not long, long


def test_every_operation_has_its_label_and_a_form_that_can_be_described() -> None:
    from enforcer.operations.registry import operations

    listed = operations()
    assert len(listed) > 10
    for name, one in listed.items():
        assert one.label, name
        assert one.form.model_json_schema()["type"] == "object", name


def test_the_sample_names_items_of_the_catalogue() -> None:
    from enforcer.law import catalogue
    from enforcer.operations.sample_people import ENTRUSTED_ITEMS, OWN_ITEMS

    assert {*OWN_ITEMS, *ENTRUSTED_ITEMS} <= set(catalogue.keys())


def test_every_screen_of_the_rail_is_there() -> None:
    from importlib import import_module

    from ui.screens import _TABLE, WIZARD

    for place in (*(row[3] for row in _TABLE), WIZARD):
        module, _, name = place.partition(":")
        assert hasattr(import_module(module), name), place
