"""The flow charts for the wall, drawn from the law; no home is needed."""

from __future__ import annotations

import argparse
from pathlib import Path

from enforcer.commands.common import DONE, day, refuse_place, say_json, today

KINDS = {"summary": "简易程序（当场处罚）", "ordinary": "普通程序"}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `flowchart`."""
    one = subparsers.add_parser("flowchart", help="上墙的办案流程图")
    one.add_argument(
        "kind", choices=tuple(KINDS), help="、".join(f"{k} {v}" for k, v in KINDS.items())
    )
    one.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf", help="输出文件")
    one.add_argument("--sheet", choices=("A3", "A4"), default="A3", help="纸张，默认 A3")
    one.add_argument("--unit", default="", help="图上的单位名称")
    one.add_argument(
        "--on", type=day, default=None, metavar="DATE", help="按哪一天的法律，默认今天"
    )
    one.set_defaults(run=flowchart)


def flowchart(args: argparse.Namespace) -> int:
    """Draw one chart and write it in one piece."""
    refuse_place(args.output, "流程图没有画")
    from enforcer.queries.flowchart import ChartKind, SheetSize, chart
    from enforcer.store import vault

    on = args.on or today()
    drawn = chart(ChartKind(args.kind), on=on, unit=args.unit.strip(), size=SheetSize(args.sheet))
    vault.publish(args.output, [drawn.pdf], replace=True)
    if args.json:
        say_json({"path": str(args.output.absolute()), "sheet": args.sheet, "on": on.isoformat()})
    else:
        print(f"流程图已写到 {args.output}（{args.sheet}，按 {on} 有效的法律）。")
    return DONE
