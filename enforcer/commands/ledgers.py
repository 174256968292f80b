"""The command `import`: Excel ledgers in, as history; the office's own law, as it holds."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcer.commands.common import DONE, REFUSED, USAGE, actor, now, opened, say_json, today
from enforcer.errors import InvalidForm, Trouble, WorkbookTrouble

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

    from enforcer.operations.ledger_files import FileForm

LAW = ("violations", "lists", "tiers", "holidays")
KINDS = ("notices", "penalties", "leads", "education", "officers", "recorders", *LAW)


def register(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser."""
    take = subparsers.add_parser("import", help="从 Excel 台账导入（补录）")
    take.add_argument("file", type=Path, metavar="FILE.xlsx")
    take.add_argument("--kind", required=True, choices=KINDS, help="哪一种台账")
    take.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    take.add_argument(
        "--map",
        action="append",
        default=[],
        type=_pair,
        metavar="其表头=本栏",
        help="他们的列名（或者 B 这样的列号）就是本程序的哪一栏，可以写多次",
    )
    take.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE.json",
        help='对应关系：{"本栏": "其表头"}，固定内容写 {"本栏": {"fixed": "内容"}}',
    )
    take.set_defaults(run=_import)


def _import(args: argparse.Namespace) -> int:
    if args.file.is_dir():
        raise Trouble(f"“{args.file}”是文件夹，不是工作簿，没有导入。请写上文件名。")
    if not args.file.is_file():
        raise Trouble(f"找不到文件“{args.file}”，没有导入。请核对文件名和文件夹。")
    from enforcer.operations.ledger_files import import_file

    try:
        form = _form(args)
    except InvalidForm as wrong:
        print(f"用法不对：{next(iter(wrong.by_field.values()))}", file=sys.stderr)
        return USAGE
    with opened(args) as store:
        try:
            report = import_file(store, form, today=today(), now=now(), actor=actor(args))
        except WorkbookTrouble as error:
            print(error, file=sys.stderr)
            if args.json:
                say_json(
                    {
                        "read": 0,
                        "taken": 0,
                        "known": 0,
                        "refused": [{"row": 0, "column": "", "say": str(error)}],
                        "remarks": [],
                    }
                )
            return REFUSED
    if args.json:
        say_json(report.as_json())
        return DONE
    for one in report.refused:
        print(f"第 {one.row} 行 {one.column}：{one.say}")
    for remark in report.remarks:
        print(remark)
    taken = "可导入" if args.dry_run else "已导入"
    print(
        f"读到 {report.read} 行，{taken} {report.taken} 行，"
        f"已有 {report.known} 行，退回 {len(report.refused)} 行。"
    )
    return DONE


def _pair(text: str) -> tuple[str, str]:
    """Theirs and ours; a title of theirs may itself hold the sign."""
    theirs, _, ours = text.rpartition("=")
    if not theirs.strip() or not ours.strip():
        raise argparse.ArgumentTypeError(f"“{text}”应当写成“其表头=本栏”，例如“车牌=号牌号码”")
    return theirs.strip(), ours.strip()


def _form(args: argparse.Namespace) -> FileForm:
    """The file and its mapping, refused when it names what is none of ours."""
    from enforcer.operations.ledger_files import NO_MAPPING, file_form

    by_hand: dict[str, Any] = {}
    if args.mapping is not None:
        try:
            by_hand = json.loads(args.mapping.read_text("utf-8-sig"))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
            by_hand = {}
        if not isinstance(by_hand, dict) or not by_hand:
            raise InvalidForm({"mapping": NO_MAPPING})
    for theirs, ours in args.map:
        if ours in by_hand:
            raise InvalidForm({"map": f"“{ours}”写了两次对应关系，请只留一次。"})
        by_hand[ours] = theirs
    return file_form(args.file, args.kind, by_hand, dry_run=args.dry_run)
