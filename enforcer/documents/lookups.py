"""Which fields a part of a template looks at, and their values as a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from enforcer.documents import words
from enforcer.documents.parts import Part

Steps = tuple[str, ...]
_PLAIN = (str, bool, int)


def lookups(part: Part) -> tuple[Steps, ...]:
    """The steps to every field a part looks at; the list of an `each` counts as a whole."""
    found: dict[str, None] = dict.fromkeys((*part.when, *part.unless))
    if part.each:
        found[part.each] = None
    for row in part.rows:
        found |= dict.fromkeys((*row.when, *row.unless))
        if row.each:
            found[row.each] = None
        for cell in row.cells:
            found |= dict.fromkeys(cell.words.paths)
    for said in part.words.values():
        found |= dict.fromkeys(said.paths)
    return tuple(tuple(p.split(".")) for p in found if p.split(".")[0] != words.EACH)


def picker(paths: tuple[Steps, ...], wanted: tuple[Steps, ...]) -> Callable[[list[Any]], Any]:
    """Take a part's values out of those of the whole paper, as a tuple."""
    places = [paths.index(steps) for steps in wanted]
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple([values[place] for place in places])


def guards(part: Part) -> tuple[Steps, ...]:
    """The steps to what decides whether a part is shown."""
    return tuple(tuple(path.split(".")) for path in (*part.when, *part.unless))


def value(fields: Mapping[str, Any], steps: tuple[str, ...]) -> str | bool | int | None:
    """A field as part of a key; what is not there is found out, and named, when the part is set."""
    at: Any = fields
    try:
        for step in steps:
            at = at[step]
    except (KeyError, TypeError, IndexError):
        return None
    return at if type(at) in _PLAIN else repr(at) if at else ""
