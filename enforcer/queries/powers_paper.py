"""权责清单 and 公示栏 for the wall and as workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from enforcer.documents import report as paper
from enforcer.documents.report import ReportCell, ReportPart, ReportTable, ReportText
from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, Written, write_table
from enforcer.queries import powers_board, powers_list
from enforcer.queries.looking import Where
from enforcer.queries.powers import OrganRow
from enforcer.queries.powers_board import Board, Told
from enforcer.queries.powers_list import PowerList, PowerRow


class WallPaper(StrEnum):
    """What hangs on the notice board."""

    POWERS = "powers"
    BOARD = "board"


TITLES = {WallPaper.POWERS: "行政处罚权责清单", WallPaper.BOARD: "行政处罚公示"}
SIZES = {"A4": 8.5, "A3": 10.5}
HEADS = (
    ("序号", 0.6), ("类别", 0.9), ("行政处罚事项", 2.3), ("权力来源和依据文件", 2.0),
    ("有效期", 1.35), ("违反的规定", 1.7), ("处罚的规定", 1.7), ("处罚种类和幅度", 3.8),
    ("程序", 1.2), ("待确认", 1.5),
)  # fmt: skip
TOLD = (("事项", 1.2), ("内容", 6.0), ("依据", 1.8))
EMPTY = "没有登记现行有效的权力来源。请在“设置—权力来源与事项”中登记依据文件并勾选事项。"


def make_pdf(where: Where, kind: WallPaper, *, on: date, size: str = "A3") -> bytes:
    """The list across, the board upright, on A3 or A4."""
    if kind is WallPaper.POWERS:
        return _list_pdf(powers_list.power_list(where, on), size)
    return _board_pdf(powers_board.board(where, on), size)


def write_workbook(
    where: Where, kind: WallPaper, path: Path, *, on: date, overwrite: bool = False
) -> Written:
    """The same words as a workbook, one sheet an organ."""
    if kind is WallPaper.POWERS:
        sheets = _list_sheets(powers_list.power_list(where, on))
    else:
        sheets = _board_sheets(powers_board.board(where, on))
    return write_table(path, sheets, overwrite=overwrite)


def _list_pdf(found: PowerList, size: str) -> bytes:
    parts: list[ReportPart] = [
        ReportTable(
            _named(organ, len(found.of(organ))),
            (tuple(ReportCell(title) for title, _ in HEADS),),
            tuple(_line(at, one) for at, one in enumerate(found.of(organ), 1)),
            tuple(width for _, width in HEADS),
            size=SIZES[size],
        )
        for organ in found.organs
    ]
    if not parts:
        parts.append(ReportText(EMPTY))
    parts += [ReportText(one) for one in _remarks(found)]
    return paper.tables(
        TITLES[WallPaper.POWERS], _as_of(found.on), parts, signatures=(), landscape=True, paper=size
    )


def _line(at: int, one: PowerRow) -> tuple[str, ...]:
    source = one.source
    if one.power.handled_by:
        source += f"\n（{one.power.handled_by}承办）"
    return (
        str(at), one.item.group, one.item.title, source, one.validity, one.breached,
        one.sanctioned_by, one.ranges, one.procedure, one.to_confirm,
    )  # fmt: skip


def _named(organ: OrganRow, count: int) -> str:
    return f"{organ.name}（{count}项）"


def _as_of(on: date) -> str:
    return f"按 {on.year} 年 {on.month} 月 {on.day} 日有效的法律和依据文件"


def _remarks(found: PowerList) -> list[str]:
    """What the list leaves out, and what still has to be confirmed."""
    made = []
    if found.without:
        made.append(
            f"另有{found.without}个事项没有登记现行有效的权力来源，不列入，只能劝导或者移送。"
        )
    if found.elsewhere:
        made.append(f"另有{found.elsewhere}个事项由其他机关管辖，不列入。")
    if found.to_confirm:
        made.append(f"清单中{found.to_confirm}个事项注有“待机关确认”，公示以前请逐项核对。")
    return made


def _list_sheets(found: PowerList) -> list[Sheet]:
    columns = [
        Column(title, ColumnKind.TEXT, width=0 if title in {"序号", "类别"} else 8 + 8 * width)
        for title, width in HEADS
    ]
    sheets = [
        Sheet(
            organ.name,
            columns,
            [_line(at, one) for at, one in enumerate(found.of(organ), 1)],
            heading=f"{organ.name}{TITLES[WallPaper.POWERS]}",
            footer=(_as_of(found.on), *_remarks(found)),
        )
        for organ in found.organs
    ]
    return sheets or [Sheet(TITLES[WallPaper.POWERS], columns, [], footer=(EMPTY,))]


def _board_pdf(found: Board, size: str) -> bytes:
    parts: list[ReportPart] = []
    for one in found.organs:
        many = f"（{one.organ.name}）" if len(found.organs) > 1 else ""
        parts += [
            _told(f"实施机关{many}", one.who, size),
            _told(f"立案依据{many}", one.filing, size),
        ]
    parts += [_steps(f"实施程序：{title}", steps, size) for title, steps in found.courses]
    for one in found.organs:
        many = f"（{one.organ.name}）" if len(found.organs) > 1 else ""
        parts.append(_told(f"救济渠道{many}", one.remedies, size))
    if not found.organs:
        parts.insert(0, ReportText(EMPTY))
    subtitle = f"依照行政处罚法第三十九条公示　{_as_of(found.on)}"
    return paper.tables(TITLES[WallPaper.BOARD], subtitle, parts, signatures=(), paper=size)


def _told(title: str, lines: Sequence[Told], size: str) -> ReportTable:
    return ReportTable(
        title,
        (tuple(ReportCell(one) for one, _ in TOLD),),
        tuple((one.title, one.say, one.cite) for one in lines),
        tuple(width for _, width in TOLD),
        size=SIZES[size] + 1,
    )


def _steps(title: str, lines: Sequence[Told], size: str) -> ReportTable:
    return ReportTable(
        title,
        ((ReportCell("步骤"), ReportCell("要求和期限"), ReportCell("依据")),),
        tuple((one.title, one.say, one.cite) for one in lines),
        (2.2, 3.8, 3.0),
        size=SIZES[size] + 1,
    )


def _board_sheets(found: Board) -> list[Sheet]:
    columns = [Column(title, width=8 + 8 * width) for title, width in TOLD]

    def sheet(title: str, lines: Sequence[Told]) -> Sheet:
        rows = [(one.title, one.say, one.cite) for one in lines]
        return Sheet(title, columns, rows, heading=title, footer=(_as_of(found.on),))

    made = [sheet(title, steps) for title, steps in found.courses]
    for one in found.organs:
        lines = (*one.who, *one.filing, *one.remedies)
        made.insert(0, sheet(one.organ.name, lines))
    return made
