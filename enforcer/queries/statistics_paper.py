"""The report as a workbook and as a paper: the same tables, ready for the printer."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import groupby
from pathlib import Path

from enforcer.documents import report as paper
from enforcer.documents.report import (
    ReportCell,
    ReportChart,
    ReportPair,
    ReportPart,
    ReportSeries,
    ReportTable,
    ReportText,
)
from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, Written, write_table
from enforcer.queries import statistics_charts
from enforcer.queries.statistics import Report
from enforcer.queries.statistics_cells import WAN, Head, Layout, Table, head_title, shown
from enforcer.queries.statistics_charts import Chart
from enforcer.queries.statistics_summary import paragraph
from enforcer.queries.statistics_tables import tables

TITLE = "行政执法统计报表"
EMPTY = "本期没有数据。"
SIGNED = ("审核领导", "填表人")
_LONG_TITLE, _HEAD_WIDTH = 7, 15.0
YUAN_FEN, WAN_FEN = 100, 1_000_000
_WEIGHT = {"text": 2.2, "count": 1.0, "money": 1.5}


def about(report: Report, layout: Layout) -> str:
    """Who reports, for which days, made when."""
    period = report.period
    unit = report.unit or "（未登记机关）"
    span = f"统计期间：{period.first} 至 {period.last}"
    return f"填报单位：{unit}\n{span}　填表日期：{layout.made_on}　金额单位：{layout.money_unit}"


def chain(report: Report) -> str:
    """The head of the log's chain: whoever has this paper can tell whether the log was changed."""
    return f"操作记录末条校验值 {report.chain_head}"


def write_workbook(
    report: Report, path: Path, *, layout: Layout, overwrite: bool = False
) -> Written:
    """Every table on its own sheet, amounts as numbers in 元; WorkbookTrouble when it cannot be."""
    signed = "　　　".join(f"{one}：＿＿＿＿＿＿＿＿" for one in SIGNED)
    in_yuan = Layout(layout.made_on)
    named, half = chain(report).rsplit(" ", 1), len(report.chain_head) // 2
    hashed = (f"{named[0]} {named[1][:half]}", f"　　{named[1][half:]}")  # narrow sheets cut it
    closing = (*about(report, in_yuan).split("\n"), signed, *hashed)
    return write_table(
        path,
        [_sheet(one, report, closing) for one in tables(report)],
        overwrite=overwrite,
    )


def _sheet(table: Table, report: Report, closing: tuple[str, ...]) -> Sheet:
    kinds = {"text": ColumnKind.TEXT, "count": ColumnKind.COUNT, "money": ColumnKind.MONEY}
    in_yuan = Layout(report.period.last)
    return Sheet(
        table.title,
        [
            Column(head_title(one, in_yuan), kinds[one.kind], one.over, _wide(one))
            for one in table.heads
        ],
        [[cell.value for cell in row] for row in table.rows],
        heading=f"{table.title}（{report.period.label}）",
        footer=(*([] if table.rows else [EMPTY]), *table.notes, *closing),
    )


def _wide(head: Head) -> float:
    """A long title over narrow figures is broken into lines, so that the table fits a sheet."""
    return _HEAD_WIDTH if head.kind == "count" and len(head.title) > _LONG_TITLE else 0


def make_pdf(report: Report, *, layout: Layout) -> bytes:
    """The report on A4 across, in greys, with the lines to sign and the head of the log's chain."""
    parts: list[ReportPart] = [ReportText(paragraph(report))]
    parts += [_printed(one, layout) for one in tables(report) if one.rows]
    parts += _charts(report, layout)
    return paper.tables(
        f"{report.period.label}{TITLE}",
        about(report, layout),
        parts,
        signatures=SIGNED,
        foot="　".join(filter(None, (layout.frozen, chain(report)))),
        landscape=True,
    )


def pages(pdf: bytes) -> int:
    """How many pages the paper has."""
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


def _printed(table: Table, layout: Layout) -> ReportTable:
    return ReportTable(
        table.title,
        tuple(_heads(table.heads, layout)),
        tuple(
            tuple(
                shown(cell.value, head.kind, layout)
                for cell, head in zip(row, table.heads, strict=True)
            )
            for row in table.rows
        ),
        widths=tuple(_WEIGHT[one.kind] for one in table.heads),
        note="\n".join(table.notes),
        totals=1 if table.total else 0,
    )


def _heads(heads: tuple[Head, ...], layout: Layout) -> Iterable[tuple[ReportCell, ...]]:
    """One row of titles, or two where columns are gathered under a heading."""
    if not any(one.over for one in heads):
        yield tuple(ReportCell(head_title(one, layout)) for one in heads)
        return
    upper: list[ReportCell] = []
    for over, run in groupby(heads, key=lambda one: one.over):
        columns = list(run)
        if over:
            upper.append(ReportCell(over[0], span=len(columns)))
        else:
            upper += [ReportCell(head_title(one, layout), down=2) for one in columns]
    yield tuple(upper)
    yield tuple(ReportCell(head_title(one, layout)) for one in heads if one.over)


def _charts(report: Report, layout: Layout) -> list[ReportPart]:
    """Charts that show anything: the upright in pairs, those by item and place by themselves."""
    found = statistics_charts.drawn(statistics_charts.charts(report))
    found = tuple(one for one in found if len(one.groups) > 1)
    made: list[ReportPart] = []
    for across in (False, True):
        drawn = [_chart(one, layout) for one in found if one.across is across]
        pairs = [tuple(drawn[at : at + 2]) for at in range(0, len(drawn), 2)]
        made += [ReportPair(one) if len(one) > 1 else one[0] for one in pairs]
    return made


def _chart(one: Chart, layout: Layout) -> ReportChart:
    groups = one.groups
    names = one.series or ("",)
    per = WAN_FEN if layout.money_unit == WAN else YUAN_FEN
    return ReportChart(
        one.title,
        tuple(group[0].name for group in groups),
        tuple(
            ReportSeries(
                name, tuple(group[at].value / (per if one.money else 1) for group in groups)
            )
            for at, name in enumerate(names)
        ),
        layout.money_unit if one.money else one.unit,
        one.across,
        one.note,
    )
