"""The command `search`: what the search box finds."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from enforcer.commands.common import DONE, opened, say_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def register(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser."""
    search = subparsers.add_parser("search", help="查找号牌、姓名、文号、地点、案情")
    search.add_argument("words", nargs="+", metavar="WORDS")
    search.set_defaults(run=_search)


def _search(args: argparse.Namespace) -> int:
    from enforcer.queries.search import find

    with opened(args) as store, store.reading() as session:
        hits = find(session, " ".join(args.words))
    if args.json:
        say_json([one.as_json() for one in hits])
    else:
        for one in hits:
            print(f"{one.number}\t{one.title}\t{one.where}")
        if not hits:
            print("没有找到。请少输几个字，或者换一个说法再试。")
    return DONE
