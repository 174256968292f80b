"""A folder of resources like ours, into which a test drops a template of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from enforcer import paths
from enforcer.documents import course_rules

PAPER = """# 听证记录送阅函
key = "hearing_letter"
title = "听证笔录送阅函"
version = "2026.1"

[paper]
order = 275
matter = "hearing"
step = "hearing"
checks = ["under_seal"]
number = { word = "听记函" }
signing = { chain = "decision" }
optional = { say = "要求送阅的", use = "waived" }
signed = true
behind = "hearing_record"
cites = "hearing_record"

[sheet]
size = 14.5
leading = 24

[[parts]]
kind = "organ"

[[parts]]
kind = "title"

[[parts]]
kind = "number"
text = "{paper.number}"

[[parts]]
kind = "paragraph"
text = "{party.name}：{case.suspected}的听证于{hearing.span}在{hearing.place}举行，由{hearing.chair}主持。现将{earlier.title}送阅。"

[[parts]]
kind = "seal"
date = "{paper.day}"

[[parts]]
kind = "code"
text = "{paper.code}"
caption = "扫描归卷"
size_mm = 14

[[parts]]
kind = "footer"
center = "第{page}页　共{pages}页"
"""
"""A paper this program does not have, out of matters and steps it has."""


@dataclass(frozen=True)
class Folder:
    """The templates as this test has them."""

    path: Path

    def put(self, key: str, body: str) -> None:
        """Drop a template in; the program reads its folder anew."""
        (self.path / f"{key}.toml").write_text(body, encoding="utf-8")
        course_rules.rules.cache_clear()


@pytest.fixture
def dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """Our own resources, with templates that may be added to."""
    ours, folder = paths.resources(), tmp_path / "resources"
    folder.mkdir()
    for one in ours.iterdir():
        if one.name != "templates":
            (folder / one.name).symlink_to(one, target_is_directory=one.is_dir())
    shutil.copytree(ours / "templates", folder / "templates")
    monkeypatch.setattr(paths, "resources", lambda: folder)
    yield Folder(folder / "templates")
    course_rules.rules.cache_clear()
