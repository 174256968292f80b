"""What hangs beside the flow charts: the list of powers and the board of article 39, from a home."""

from __future__ import annotations

import argparse
from pathlib import Path

from enforcer.commands.common import DONE, day, opened, refuse_place, say_json, today

KINDS = {"powers": "行政处罚权责清单", "board": "行政处罚公示栏"}
SUFFIXES = (".pdf", ".xlsx")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `wall`."""
    one = subparsers.add_parser("wall", help="上墙的权责清单和公示栏")
    one.add_argument(
        "kind", choices=tuple(KINDS), help="、".join(f"{k} {v}" for k, v in KINDS.items())
    )
    one.add_argument(
        "-o", "--output", type=_output, required=True, metavar="OUT.pdf|OUT.xlsx", help="输出文件"
    )
    one.add_argument("--sheet", choices=("A3", "A4"), default="A3", help="纸张，默认 A3")
    one.add_argument("--on", type=day, default=None, metavar="DATE", help="哪一天的，默认今天")
    one.set_defaults(run=wall)


def wall(args: argparse.Namespace) -> int:
    """Write one of them as a paper or a workbook, by the ending of its name."""
    refuse_place(args.output, f"{KINDS[args.kind]}没有写")
    from enforcer.queries.powers_paper import WallPaper, make_pdf, write_workbook
    from enforcer.store import vault

    kind, on = WallPaper(args.kind), args.on or today()
    with opened(args) as store:
        if args.output.suffix.lower() == ".xlsx":
            write_workbook(store, kind, args.output, on=on, overwrite=True)
        else:
            made = make_pdf(store, kind, on=on, size=args.sheet)
            vault.publish(args.output, [made], replace=True)
    if args.json:
        say_json({"path": str(args.output.absolute()), "on": on.isoformat()})
    else:
        print(f"{KINDS[args.kind]}已写到 {args.output}（{on}）。")
    return DONE


def _output(text: str) -> Path:
    """A file whose ending says what it is to be."""
    path = Path(text)
    if path.suffix.lower() not in SUFFIXES:
        raise argparse.ArgumentTypeError(f"“{text}”应当以 .pdf 或者 .xlsx 结尾")
    return path
