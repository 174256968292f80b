"""Guards written inside functions, each found in the source and taken away while a test runs."""

from __future__ import annotations

import ast
import contextlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import Any

SAYS = ("block", "_block", "warn", "_warn", "Refused", "InvalidForm", "Objection")


@dataclass(frozen=True)
class Guard:
    """One statement that refuses: where it stands, and by which code it is known."""

    module: str
    function: str
    place: int
    code: str

    @property
    def name(self) -> str:
        return f"{self.module.removeprefix('enforcer.')}.{self.function}:{self.code or self.place}"


def guards_of(module: str) -> list[Guard]:
    """Every statement of a module that refuses, in the order it is written."""
    tree = ast.parse(inspect.getsource(import_module(module)))
    return [
        Guard(module, function, place, _code(statement))
        for function, body in _functions(tree)
        for place, statement in enumerate(_refusing(body))
    ]


@contextlib.contextmanager
def without(guard: Guard) -> Iterator[None]:
    """The function with this one statement gone; every caller sees it so."""
    module = import_module(guard.module)
    tree = ast.parse(inspect.getsource(module))
    body = dict(_functions(tree))[guard.function]
    gone = list(_refusing(body))[guard.place]
    _Gone(gone).visit(tree)
    made = compile(ast.fix_missing_locations(tree), str(module.__file__), "exec")
    function = _function(module, guard.function)
    kept = function.__code__
    function.__code__ = _code_of(made, guard.function)
    try:
        yield
    finally:
        function.__code__ = kept


class _Gone(ast.NodeTransformer):
    """Puts nothing, or a return of nothing, where the statement stood."""

    def __init__(self, gone: ast.stmt) -> None:
        self.gone = gone

    def visit(self, node: ast.AST) -> Any:
        if node is not self.gone:
            return super().visit(node)
        put = ast.Return(value=None) if isinstance(node, ast.Return) else ast.Pass()
        if isinstance(node, ast.Expr):  # a generator stays one
            put = ast.If(ast.Constant(value=False), [node], [])
        return ast.copy_location(put, node)


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for one in tree.body:
        if isinstance(one, ast.FunctionDef):
            yield one.name, one
        elif isinstance(one, ast.ClassDef):
            for each in one.body:
                if isinstance(each, ast.FunctionDef):
                    yield f"{one.name}.{each.name}", each


def _refusing(body: ast.FunctionDef) -> Iterator[ast.stmt]:
    optional = body.returns is not None and "None" in ast.unparse(body.returns)
    for node in ast.walk(body):
        if (
            (isinstance(node, ast.Raise) and not _signals(node))
            or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield) and _says(node))
            or (isinstance(node, ast.Return) and optional and _says(node))
        ):
            yield node


def _signals(node: ast.Raise) -> bool:
    """Whether it only carries an answer out, and refuses nothing."""
    name = ast.unparse(node.exc).partition("(")[0] if node.exc else ""
    return name[:1] == "_" and name[1:2].isupper()


def _says(node: ast.AST) -> bool:
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in SAYS
        for one in ast.walk(node)
    )


def _code(node: ast.AST) -> str:
    """The code of the objection, where it is written in the statement."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in SAYS:
            first = one.args[0] if one.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                return first.value
    return ""


def _function(module: ModuleType, name: str) -> FunctionType:
    found: Any = module
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
    found = getattr(found, "fget", found)
    found = inspect.unwrap(found)
    assert isinstance(found, FunctionType), name
    return found


def _code_of(made: CodeType, name: str) -> CodeType:
    for one in made.co_consts:
        if isinstance(one, CodeType):
            if one.co_qualname == name:
                return one
            if name.startswith(f"{one.co_qualname}."):
                return _code_of(one, name)
    raise AssertionError(name)
