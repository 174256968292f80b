"""The tables of the report, each cell with the figure it stands for, so that it can be opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enforcer.law import penalty_order
from enforcer.queries.statistics import Figures, Line, Report
from enforcer.queries.statistics_cells import Cell, Head, Table
from enforcer.queries.statistics_measures import LABELS, is_money
from enforcer.queries.statistics_rows import Cut
from enforcer.queries.statistics_tables_work import deadlines, leads, recorders
from enforcer.terms import GuidanceKind, NoPenaltyReason, PenaltyKind

RULES = (
    "按作出决定的日期统计；一份决定书计1宗，并处几种处罚的归入最重的一种。",
    "不予处罚、责令改正、口头警告、温馨告知书和宣传教育不计入处罚宗数。",
    "罚没金额为决定的数额，不是实际缴纳的数额；作出后被撤销的仍计入，另行注明。",
)


JOINED: tuple[tuple[str, tuple[PenaltyKind, ...]], ...] = (
    ("警告、通报批评", (PenaltyKind.WARNING, PenaltyKind.CRITICISM)),
    ("罚款", (PenaltyKind.FINE,)),
    (
        "没收违法所得、没收非法财物",
        (PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_PROPERTY),
    ),
    (
        "暂扣许可证件、降低资质等级",
        (PenaltyKind.SUSPEND_LICENCE, PenaltyKind.LOWER_QUALIFICATION),
    ),
    ("吊销许可证件", (PenaltyKind.REVOKE_LICENCE,)),
    ("限制开展生产经营活动", (PenaltyKind.RESTRICT_BUSINESS,)),
    (
        "责令停产停业、责令关闭、限制从业",
        (PenaltyKind.SUSPEND_BUSINESS, PenaltyKind.CLOSE_DOWN, PenaltyKind.RESTRICT_EMPLOYMENT),
    ),
    ("行政拘留", (PenaltyKind.DETENTION,)),
    ("其他行政处罚", (PenaltyKind.OTHER,)),
)
"""The columns of the yearly table as it is published, from the 13 classes and 其他."""


def tables(report: Report) -> tuple[Table, ...]:
    """Every table of a report, in the order it is read."""
    return (
        penalties(report),
        work(report),
        months(report),
        soft(report),
        education(report),
        leads(report),
        course(report),
        deadlines(report),
        recorders(report),
        payment(report),
        classes(report),
        items(report),
        places(report),
    )


def _spans(report: Report) -> tuple[tuple[str, Figures], ...]:
    return (
        ("本期", report.figures),
        ("上年同期", report.year_before),
        ("本年累计", report.cumulative),
    )


def _figure(figures: Figures, *keys: str) -> Cell:
    return Cell(sum(figures[one] for one in keys), Cut(keys), figures.period)


def _of_line(line: Line, key: str, *, item: str = "", place: str = "") -> Cell:
    return Cell(line[key], Cut((key,), item, place), line.period)


def penalties(report: Report) -> Table:
    """The yearly table (行政处罚实施情况统计表), the 13 classes in the columns it joins."""
    heads = (
        Head("期间", kind="text"),
        *(Head(title, ("处罚种类（宗）",)) for title, _ in JOINED),
        Head("合计（宗）"),
        Head("罚没金额", kind="money"),
    )
    rows = tuple(
        (
            Cell(name),
            *(
                _figure(figures, *(f"penalties.by_class.{one}" for one in kinds))
                for _, kinds in JOINED
            ),
            _figure(figures, "penalties.total"),
            _figure(figures, "penalties.amount"),
        )
        for name, figures in _spans(report)
    )
    revoked = report.figures["penalties.revoked"]
    notes = (f"本期决定中有{revoked}宗后被撤销，仍计入。",) if revoked else ()
    return Table("penalties", "行政处罚实施情况统计表", heads, rows, notes=(*notes, *RULES))


def classes(report: Report) -> Table:
    """All 13 classes and 其他, one a line, beside the year before."""
    keys = [f"penalties.by_class.{one}" for one in PenaltyKind]
    rows = [_compared(report, LABELS[key], key) for key in keys]
    rows += [
        _compared(report, "其中后被撤销", "penalties.revoked"),
        _compared(report, "合计", "penalties.total"),
    ]
    heads = (Head("处罚种类", kind="text"), *COMPARED[1:])
    confirm = penalty_order.orders().question
    notes = (f"种类轻重的顺序待机关确认：{confirm}",) if confirm else ()
    return Table("classes", "处罚种类明细（宗）", heads, tuple(rows), total=True, notes=notes)


def work(report: Report) -> Table:
    """What 城管 report by the month (执法办案情况统计表), by item."""
    keys = (
        ("简易程序", "件", "penalties.summary"),
        ("简易程序", "罚款", "penalties.summary_fines"),
        ("普通程序", "立案（件）", "course.filed_ordinary"),
        ("普通程序", "办结（件）", "course.closed_ordinary"),
        ("普通程序", "处罚（件）", "penalties.ordinary"),
        ("普通程序", "罚款", "penalties.ordinary_fines"),
        ("普通程序", "组织听证（件）", "course.hearings"),
        ("普通程序", "申请法院执行（件）", "course.court_applications"),
        ("合计", "处罚（件）", "penalties.total"),
        ("合计", "没收", "penalties.confiscated"),
        ("合计", "罚没金额", "penalties.amount"),
    )
    lines = [one for one in report.items if any(one[key] for _, _, key in keys)]
    rows = [
        (Cell(line.name), *(_of_line(line, key, item=line.name) for _, _, key in keys))
        for line in lines
    ]
    rows.append((Cell("合计"), *(_figure(report.figures, key) for _, _, key in keys)))
    heads = (
        Head("违法行为", kind="text"),
        *(Head(title, (over,), _kind(key)) for over, title, key in keys),
    )
    return Table(
        "work",
        "执法办案情况统计表",
        heads,
        tuple(rows),
        total=True,
        notes=("立案、办结、听证、申请法院执行各按发生的日期统计，其余按决定日期统计。",),
    )


def months(report: Report) -> Table:
    """The same figures month by month; they add up to the line below."""
    keys = (
        ("温馨告知", "告知书（份）", "guidance.notices"),
        ("温馨告知", "驶离（份）", "guidance.moved_off"),
        ("行政处罚", "简易（宗）", "penalties.summary"),
        ("行政处罚", "普通（宗）", "penalties.ordinary"),
        ("行政处罚", "合计（宗）", "penalties.total"),
        ("行政处罚", "罚没金额", "penalties.amount"),
        ("不予处罚", "件", "leniency.no_penalty.all"),
        ("立案结案", "立案（件）", "course.filed"),
        ("立案结案", "结案（件）", "course.closed"),
        ("缴款", "实缴", "payment.paid"),
    )
    rows = [
        (Cell(line.name), *(_of_line(line, key) for _, _, key in keys)) for line in report.months
    ]
    rows.append((Cell("合计"), *(_figure(report.figures, key) for _, _, key in keys)))
    heads = (
        Head("月份", kind="text"),
        *(Head(title, (over,), _kind(key)) for over, title, key in keys),
    )
    return Table("months", "分月情况表", heads, tuple(rows), total=True)


COMPARED = (
    Head("项目", kind="text"),
    Head("本期"),
    Head("上年同期"),
    Head("增减"),
    Head("本年累计"),
)


def _compared(report: Report, name: str, key: str) -> tuple[Cell, ...]:
    """本期, 上年同期, the difference between them, 本年累计."""
    now, before, so_far = (_figure(figures, key) for _, figures in _spans(report))
    difference = report.figures[key] - report.year_before[key]
    return Cell(name), now, before, Cell(difference), so_far


def _comparison(
    report: Report,
    key: str,
    title: str,
    lines: Iterable[tuple[str, str]],
    notes: Sequence[str] = (),
) -> Table:
    named = list(lines)
    kind = "money" if is_money(named[0][1]) else "count"
    heads = tuple(
        Head(one.title, kind=one.kind if one.kind == "text" else kind) for one in COMPARED
    )
    rows = tuple(_compared(report, name, figure) for name, figure in named)
    return Table(key, title, heads, rows, notes=tuple(notes))


def soft(report: Report) -> Table:
    """Soft enforcement: notices, no penalty by its reason, mitigated, lighter."""
    lines = [
        ("温馨告知书（份）", "guidance.notices"),
        ("　其中告知后驶离（份）", "guidance.moved_off"),
        ("　涉及车辆（辆）", "guidance.vehicles"),
        ("　其中重复告知的车辆（辆）", "guidance.repeat_vehicles"),
        ("　作废编号（个）", "guidance.notices_void"),
        ("不予处罚（件）", "leniency.no_penalty.all"),
        *((f"　{one.label}（件）", f"leniency.no_penalty.{one}") for one in NoPenaltyReason),
    ]
    unstated = "leniency.no_penalty.unstated"
    if any(figures[unstated] for _, figures in _spans(report)):
        lines.append(("　未注明理由（件）", unstated))
    lines += [("减轻处罚（宗）", "leniency.mitigated"), ("从轻处罚（宗）", "leniency.lighter")]
    notes = (
        "车辆按号牌计算，无号牌和无法辨认的不计；各月的车辆数不能相加。",
        "重复告知的车辆：本期有告知，且在本期或者此前另有一次告知，作废的不算。",
        "温馨告知书作废编号没有告知日期的，按作废的日期计。",
    )
    return _comparison(report, "soft", "柔性执法情况表", lines, notes)


def education(report: Report) -> Table:
    """Education and guidance by kind: the entries of the register, and their quantity."""
    spans = _spans(report)
    heads = [Head("方式", kind="text")]
    for name, _ in spans:
        heads += [Head("次数", (name,)), Head("数量", (name,))]
    rows = [
        (
            Cell(kind.label),
            *(
                _figure(figures, f"guidance.{what}.{kind}")
                for _, figures in spans
                for what in ("acts", "by_kind")
            ),
        )
        for kind in GuidanceKind
    ]
    notes = ("数量按宣传教育台账填写的份数、人次合计。",)
    return Table("education", "宣传教育情况表", tuple(heads), tuple(rows), notes=notes)


def course(report: Report) -> Table:
    """The course of cases: open at the start + filed - closed = open at the end."""
    lines = [
        ("线索（件）", "course.leads"),
        ("立案（件）", "course.filed"),
        ("结案（件）", "course.closed"),
        ("普通程序期初未结（件）", "course.opening"),
        ("　加：立案（件）", "course.filed_ordinary"),
        ("　减：办结（件）", "course.closed_ordinary"),
        ("　期末未结（件）", "course.ending"),
        ("组织听证（件）", "course.hearings"),
        ("行政复议（件）", "course.reconsiderations"),
        ("行政诉讼（件）", "course.litigations"),
        ("申请法院强制执行（件）", "course.court_applications"),
        ("移送司法机关（件）", "course.transfers"),
    ]
    notes = ("立案、结案和各步骤按其发生的日期统计，不按决定日期。",)
    return _comparison(report, "course", "办案进程表", lines, notes)


def payment(report: Report) -> Table:
    """What was decided and what came in; never by officer (行政处罚法 第七十四条)."""
    lines = [
        ("决定罚款", "penalties.fines"),
        ("决定没收", "penalties.confiscated"),
        ("决定罚没合计", "payment.decided"),
        ("实缴", "payment.paid"),
        ("加处罚款", "payment.additional"),
        ("　实缴中当场收缴", "payment.collected_on_spot"),
    ]
    notes = ("决定数按决定日期，实缴、加处、当场收缴按缴款日期统计，两者不必相等。",)
    return _comparison(report, "payment", "罚没款情况表", lines, notes)


def items(report: Report) -> Table:
    """Notices against penalties, by item."""
    keys = (
        ("温馨告知书（份）", "guidance.notices"),
        ("其中驶离（份）", "guidance.moved_off"),
        ("行政处罚（宗）", "penalties.total"),
        ("罚没金额", "penalties.amount"),
    )
    rows = tuple(
        (Cell(line.name), *(_of_line(line, key, item=line.name) for _, key in keys))
        for line in report.items
    )
    heads = (Head("事项", kind="text"), *(Head(title, (), _kind(key)) for title, key in keys))
    return Table("items", "告知与处罚对照表（按事项）", heads, rows)


def places(report: Report) -> Table:
    """Where it happens most."""
    keys = (
        ("温馨告知书（份）", "guidance.notices"),
        ("行政处罚（宗）", "penalties.total"),
        ("罚没金额", "penalties.amount"),
    )
    rows = tuple(
        (Cell(line.name), *(_of_line(line, key, place=line.name) for _, key in keys))
        for line in report.places
    )
    heads = (Head("地点", kind="text"), *(Head(title, (), _kind(key)) for title, key in keys))
    notes = (f"另有{report.more_places}处地点没有列出。",) if report.more_places else ()
    return Table("places", "多发地点", heads, rows, notes=notes)


def _kind(key: str) -> str:
    return "money" if is_money(key) else "count"
