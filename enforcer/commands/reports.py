"""The report from the command line: as JSON, workbook, paper or paragraph."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from enforcer.commands.common import DONE, opened, say_json, today
from enforcer.errors import InvalidForm
from enforcer.queries.periods import HOW_TO_WRITE, Period, parse

if TYPE_CHECKING:
    from enforcer.queries.statistics import Figures, Report


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `statistics`."""
    one = subparsers.add_parser("statistics", help="一段期间的统计报表")
    one.add_argument("--period", required=True, type=period, metavar="2026Q3", help=HOW_TO_WRITE)
    one.add_argument("--xlsx", type=Path, metavar="F", help="导出 Excel（金额单位：元）")
    one.add_argument("--pdf", type=Path, metavar="F", help="导出 PDF")
    one.add_argument("--summary", action="store_true", help="总结里的统计段落")
    one.add_argument("--unit", choices=("元", "万元"), default="元", help="PDF 的金额单位")
    one.set_defaults(run=statistics)


def period(text: str) -> Period:
    """`--period` of the command line."""
    try:
        return parse(text)
    except InvalidForm as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def statistics(args: argparse.Namespace) -> int:
    """Count the span once and write it in every form that was asked for."""
    from enforcer.queries import statistics as figures

    span: Period = args.period
    papers = args.xlsx or args.pdf or args.summary
    with opened(args) as store:
        report = figures.report(store, span) if papers else None
        counted = report.figures if report else figures.figures(store, span.first, span.last)
    said = _write(report, args) if report else ""
    if args.json:
        say_json(counted.as_json() | ({"summary": said} if said else {}))
    elif said:
        print(said)
    elif report is None:
        _say_plainly(counted)
    return DONE


def _write(report: Report, args: argparse.Namespace) -> str:
    """Write the files that were asked for; the paragraph, if that was."""
    from enforcer.queries import statistics_paper, statistics_summary
    from enforcer.queries.statistics_cells import Layout

    layout = Layout(today(), args.unit)
    if args.xlsx:
        written = statistics_paper.write_workbook(report, args.xlsx, layout=layout, overwrite=True)
        for remark in written.remarks:
            print(remark, file=sys.stderr)
    if args.pdf:
        _publish(args.pdf, statistics_paper.make_pdf(report, layout=layout))
    return statistics_summary.paragraph(report) if args.summary else ""


def _publish(path: Path, pdf: bytes) -> None:
    from enforcer.store import vault

    vault.publish(path, [pdf], replace=True)


def _say_plainly(counted: Figures) -> None:
    """The figures that are not zero, a line each."""
    from enforcer.money import yuan_grouped
    from enforcer.queries.statistics_measures import LABELS, is_money

    print(counted.period.label)
    for key, label in LABELS.items():
        if value := counted[key]:
            print(f"{label}\t{yuan_grouped(value) + ' 元' if is_money(key) else value}")
