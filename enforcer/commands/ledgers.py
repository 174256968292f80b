"""The command `import`: Excel ledgers in, as history; the office's own law, as it holds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from enforcer.commands.common import DONE, REFUSED, actor, now, opened, say_json, today
from enforcer.errors import Trouble, WorkbookTrouble

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

    from enforcer.operations.ledgers import ImportReport
    from enforcer.store.database import Store

LAW = ("violations", "lists", "tiers", "holidays")
KINDS = ("notices", "penalties", "leads", "education", "officers", "recorders", *LAW)


def register(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser."""
    take = subparsers.add_parser("import", help="从 Excel 台账导入（补录）")
    take.add_argument("file", type=Path, metavar="FILE.xlsx")
    take.add_argument("--kind", required=True, choices=KINDS, help="哪一种台账")
    take.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    take.set_defaults(run=_import)


def _import(args: argparse.Namespace) -> int:
    if args.file.is_dir():
        raise Trouble(f"“{args.file}”是文件夹，不是工作簿，没有导入。请写上文件名。")
    if not args.file.is_file():
        raise Trouble(f"找不到文件“{args.file}”，没有导入。请核对文件名和文件夹。")
    with opened(args) as store:
        try:
            report = _taken(store, args)
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


def _taken(store: Store, args: argparse.Namespace) -> ImportReport:
    """Carry out the import that the kind of the file asks for."""
    asked = {"path": args.file, "kind": args.kind, "dry_run": args.dry_run}
    if args.kind in LAW:
        from enforcer.operations.law_book import ImportLawForm, import_law

        law = ImportLawForm.model_validate(asked)
        return import_law(store, law, today=today(), now=now(), actor=actor(args))
    from enforcer.operations.ledgers import LedgerForm, import_ledger

    ledger = LedgerForm.model_validate(asked)
    return import_ledger(store, ledger, today=today(), now=now(), actor=actor(args))
