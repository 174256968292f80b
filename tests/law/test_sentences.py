"""What refuses says what to do next: every sentence of the law's guards and of the deeds on a case."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "enforcer"
DEEDS = (
    "course", "course_paper_draft", "course_paper_void", "filing", "issue", "leads", "payments",
    "publication", "slips", "summary", "taking",
)  # fmt: skip
FILES = [
    *sorted((ROOT / "law").glob("*.py")),
    *(ROOT / "operations" / f"{one}.py" for one in DEEDS),
]
NEXT = re.compile("请|先[^行于]|应当先|另行|办理“|在案卷备考表中写明")
SAID_ELSEWHERE = ("_instead(", "_why(", "why[", ".say}", "_no_such(")
"""What a sentence ends with is said by another function, which says what to do."""
NOTHING_TO_DO = {"slip_none", "template_unknown", "not_voidable"}


def said(path: Path) -> Iterator[tuple[str, str]]:
    """Each refusal of a file: its code, its sentence as it is written."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", "")
        place = {"block": 1, "warn": 1, "_block": 1, "Objection": 2}.get(name)
        if place is None or len(node.args) <= place:
            continue
        code, say = node.args[0], node.args[place]
        if isinstance(code, ast.Constant) and isinstance(say, ast.Constant | ast.JoinedStr):
            yield str(code.value), ast.unparse(say)


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.stem)
def test_every_refusal_says_what_to_do(path: Path) -> None:
    silent = [
        (code, say)
        for code, say in said(path)
        if code not in NOTHING_TO_DO
        and not NEXT.search(say)
        and not any(one in say for one in SAID_ELSEWHERE)
    ]
    assert not silent


def test_the_sentences_are_found() -> None:
    assert sum(len(list(said(one))) for one in FILES) > 250
