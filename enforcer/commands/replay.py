"""The command `replay FILE.toml`: carry out a scripted course of operations.

A script is a list of steps, carried out in order through the operations themselves, each on its
day and by its actor. It needs a data home, and the home is named: a script writes real records.

    title = "一车渣土"
    begins = { file = "office.toml", until = "告知书已送达" }   # optional: the steps of another
                                                              # script first, up to a named one
    [[step]]
    name = "接到热线"            # optional: for `until`, and for the reader
    op = "register_lead"        # an operation, see `enforcer operations`
    day = 2026-06-01            # at 17:30 China time; or: at = 2026-06-01T09:30:00
    actor = "周敏"              # who acts; an officer of this name also fills a blank by_id
    as = "lead"                 # binds the answer: later "$lead"; case and lead also fill a blank
                                # case_id and lead_id
    form = { source = "hotline", received_at = 2026-06-01T09:12:00, content = "有渣土遗撒" }
    refused = ["act_missing"]   # optional: the step should be refused with these codes
    cite = "第五十四条"          # optional: for the reader, and checked by the tests

Once accounts are switched on only who has signed in acts: `actor` is left out, or is that login
name or person; a step by anybody else is refused (`not_yourself`), and so is one that the role may
not take (`role_not_allowed`).

In a form `$name` stands for an answer bound by `as`, or for the officer of that name; moments
without a zone are China's. With --json the answer is a list, a step each:
`{"op", "ok", "objections": [{"code", "level", "say", "cite"}]}`. A refused step leaves no trace
and the course goes on. Exit code 0 when every step went as the script says, else 1.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcer.commands.common import DONE, REFUSED, opened, say_json
from enforcer.errors import Trouble

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def register(subparsers: _SubParsersAction[Any]) -> None:
    """Add the command to the parser."""
    replay = subparsers.add_parser("replay", help="按脚本逐步办理（写入 --home 指定的数据目录）")
    replay.add_argument("file", type=Path, metavar="FILE.toml")
    replay.set_defaults(run=_replay)


def _replay(args: argparse.Namespace) -> int:
    from enforcer.operations.replaying import read_script, replay

    if args.home is None:
        raise Trouble(
            "脚本会写入真实的记录，请用 --home 指明数据目录；试办请先 enforcer init --home 一个新目录。"
        )
    script = read_script(args.file)
    with opened(args) as store:
        done = []
        for one in replay(store, script, who=getattr(args, "signed_in", None)):
            done.append(one)
            if not args.json:
                mark = "办理" if one.ok else "拒绝"
                note = "" if one.expected else "　← 与脚本不符"
                print(f"{one.step.at:%Y-%m-%d} {one.step.op} {mark}{note}")
                for each in one.objections:
                    print(f"    {each.say}{f'（{each.cite}）' if each.cite else ''}")
    if args.json:
        say_json([one.as_json() for one in done])
    return DONE if all(one.expected for one in done) else REFUSED
