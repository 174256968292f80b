"""What a reviewer looks for in a dossier, with its points: data an office can read and change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from enforcer import paths
from enforcer.law.toml_data import Fields, read

FILE = "checks.toml"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the review: `hard` fails the whole file; `points` are taken off each time."""

    key: str
    title: str
    hard: bool
    points: float
    cite: str
    do: str


@cache
def checks(folder: Path | None = None) -> Mapping[str, Check]:
    """Every check by its key; LawDataError when the file cannot be trusted."""
    file = read(FILE, folder or paths.resources() / "dossier")
    found = {}
    for key, table in file.data.items():
        fields = Fields(table, file.place(key))
        points = table.get("points", 0)
        found[key] = Check(
            key,
            fields.text("title"),
            "hard" in fields and fields.flag("hard"),
            float(points),
            fields.cite(),
            fields.text("do"),
        )
    return found
