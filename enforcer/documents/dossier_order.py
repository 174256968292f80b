"""In which order the papers of a dossier are bound: orders A, B, C as data, and how papers fall in."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from enforcer import paths
from enforcer.documents import course_rules
from enforcer.law.toml_data import Fields, read
from enforcer.terms import Procedure

FILE = "orders.toml"
USUAL = {Procedure.ORDINARY: "B", Procedure.SUMMARY: "C"}


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the catalogue: which papers stand under it, `served` with their proofs behind."""

    title: str
    papers: tuple[str, ...] = ()
    served: bool = False
    by_date: bool = False
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Volume:
    """正卷 or 副卷; an order of one volume leaves the title empty."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """One way to bind a dossier, and where it is written."""

    key: str
    title: str
    procedures: tuple[Procedure, ...]
    source: str
    volumes: tuple[Volume, ...]

    @property
    def splits(self) -> bool:
        """Whether it knows 正卷 and 副卷."""
        return len(self.volumes) > 1


@dataclass(frozen=True, slots=True)
class Placing:
    """A paper on its way into the dossier; a proof of service names the paper it served."""

    id: int
    key: str
    row: int = 0
    on: date | None = None
    serves: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """The papers under one heading, in order."""

    title: str
    ids: tuple[int, ...]


@cache
def orders(folder: Path | None = None) -> tuple[Order, ...]:
    """Every order there is; LawDataError when the file cannot be trusted."""
    file = read(FILE, folder or paths.resources() / "dossier")
    fields = Fields(file.data, file.place())
    found = tuple(_order(one) for one in fields.tables("orders"))
    fields.done()
    return found


def order(key: str) -> Order | None:
    """The order with this key."""
    return next((one for one in orders() if one.key == key), None)


def usual(procedure: Procedure) -> Order:
    """The order a dossier is bound in while the office has chosen none."""
    found = order(USUAL[procedure])
    assert found is not None
    return found


def arrange(
    chosen: Order, papers: Sequence[Placing], *, split: bool = False
) -> tuple[tuple[Placed, ...], ...]:
    """The papers under their headings, a volume each; every paper is somewhere, and only once."""
    groups = [group for volume in chosen.volumes for group in volume.groups]
    home = {one.id: _home(one, groups) for one in papers}
    behind: dict[int, list[Placing]] = {}
    for one in papers:
        if one.serves is not None and one.serves in home and groups[home[one.serves]].served:
            behind.setdefault(one.serves, []).append(one)
    following = {one.id for many in behind.values() for one in many}
    found = []
    for at, group in enumerate(groups):
        mine = [one for one in papers if home[one.id] == at and one.id not in following]
        ids = [each.id for one in _sorted(group, mine) for each in (one, *behind.get(one.id, ()))]
        found.append(Placed(group.title, tuple(ids)))
    if not split:
        return (tuple(one for one in found if one.ids),)
    parted = []
    for volume in chosen.volumes:
        own, found = found[: len(volume.groups)], found[len(volume.groups) :]
        parted.append(tuple(one for one in own if one.ids))
    return tuple(parted)


def _home(one: Placing, groups: Sequence[Group]) -> int:
    """The heading a paper stands under: the first that names it, else the one for the rest.

    A paper no heading names lies behind the one its template says.
    """
    known = {key for group in groups for key in group.papers}
    named = [at for at, group in enumerate(groups) if _stands_for(one.key, known) in group.papers]
    return (named or [at for at, group in enumerate(groups) if group.rest])[0]


def _stands_for(key: str, known: Container[str]) -> str:
    """The paper by whose place this one lies: itself where the order names it."""
    rules = course_rules.rules()
    while key not in known and key in rules and rules[key].behind:
        key = rules[key].behind
    return key


def _sorted(group: Group, papers: Sequence[Placing]) -> list[Placing]:
    """By the day they came to be, or as the order names them."""
    rank = {key: at for at, key in enumerate(group.papers)}
    by_day = group.by_date or group.rest
    return sorted(
        papers,
        key=lambda one: (
            0 if by_day else rank[_stands_for(one.key, rank)],
            not by_day and one.key not in rank,
            one.on or date.max,
            one.id,
        ),
    )


def _order(fields: Fields) -> Order:
    made = Order(
        fields.text("key"),
        fields.text("title"),
        fields.terms("procedures", Procedure),
        fields.text("source"),
        tuple(_volumes(fields)),
    )
    fields.done()
    return made


def _volumes(fields: Fields) -> Iterator[Volume]:
    for one in fields.tables("volumes"):
        groups = tuple(_group(each) for each in one.tables("groups"))
        yield Volume(one.text("title", ""), groups)
        one.done()


def _group(fields: Fields) -> Group:
    made = Group(
        fields.text("title"),
        fields.texts("papers"),
        "served" in fields and fields.flag("served"),
        "by" in fields and fields.choice("by", ("date",)) == "date",
        "rest" in fields and fields.flag("rest"),
    )
    fields.done()
    return made
