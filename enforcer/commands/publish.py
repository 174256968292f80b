"""The lists of decisions that go out: for everybody, covered; for the credit platform."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from enforcer.commands.common import DONE, actor, now, opened, say_json, today
from enforcer.commands.reports import period
from enforcer.publication_terms import Audience
from enforcer.queries.periods import HOW_TO_WRITE


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `publish`."""
    one = subparsers.add_parser("publish", help="导出审定公开的处罚决定")
    one.add_argument("--period", required=True, type=period, metavar="2026Q3", help=HOW_TO_WRITE)
    one.add_argument("--xlsx", required=True, type=Path, metavar="F", help="导出 Excel")
    one.add_argument(
        "--for",
        dest="audience",
        choices=[each.value for each in Audience],
        default=Audience.PUBLIC.value,
        help="public 向社会公开（遮盖），platform 信用信息平台（双公示表）",
    )
    one.set_defaults(run=publish)


def publish(args: argparse.Namespace) -> int:
    """Write the list and say what was left out."""
    from enforcer.operations.publication_exports import ExportPublicationForm, export_publication

    form = ExportPublicationForm(
        first=args.period.first,
        last=args.period.last,
        audience=args.audience,
        path=args.xlsx,
        overwrite=True,
    )
    with opened(args) as store:
        written = export_publication(store, form, today=today(), now=now(), actor=actor(args))
    if args.json:
        said = {"path": str(written.path), "rows": written.rows, "remarks": list(written.remarks)}
        say_json(said)
    else:
        print(f"已导出 {written.rows} 份到 {written.path}")
        for remark in written.remarks:
            print(remark, file=sys.stderr)
    return DONE
