"""The tables of how the work was done: leads, deadlines kept, recorders at every action."""

from __future__ import annotations

from enforcer.course_terms import LeadSource
from enforcer.queries.statistics import Report
from enforcer.queries.statistics_cells import Cell, Head, Table
from enforcer.queries.statistics_rows import Cut
from enforcer.queries.statistics_work import ACTIONS, DEADLINES, SEEN, STATES

LEAD_FIGURES = (
    ("受理（件）", "received"),
    ("已答复（件）", "replied"),
    ("　逾期答复（件）", "late"),
    ("立案（件）", "cases"),
    ("已办结（件）", "settled"),
)


def leads(report: Report) -> Table:
    """Leads by where they came from, what was answered, what became of them."""
    rows = [
        (
            Cell(source.label),
            *(_figure(report, f"leads.{name}.{source}") for _, name in LEAD_FIGURES),
        )
        for source in LeadSource
        if report.figures[f"leads.received.{source}"]
    ]
    if rows:
        rows.append((Cell("合计"), *(_total(report, name) for _, name in LEAD_FIGURES)))
    heads = (Head("来源", kind="text"), *(Head(title.strip("　")) for title, _ in LEAD_FIGURES))
    notes = ("按收到线索的日期统计；答复、立案、办结是这些线索至今的情况。",)
    return Table("leads", "线索办理情况表", heads, tuple(rows), total=True, notes=notes)


def deadlines(report: Report) -> Table:
    """Each period of the law that began in the span: kept, late, still running."""
    rows = [
        (Cell(label), *(_found(report, f"deadlines.{rule}.{state}") for state in STATES))
        for rule, label in DEADLINES.items()
        if any(report.work.get(f"deadlines.{rule}.{state}") for state in STATES)
    ]
    heads = (
        Head("期限", kind="text"), *(Head(f"{one}（件）") for one in STATES.values()),
    )  # fmt: skip
    notes = ("按期限起算的日期归入本期；期末已过期限而没有办的，计入逾期。补录的旧案不计。",)
    return Table("deadlines", "期限遵守情况表", heads, tuple(rows), notes=notes)


def recorders(report: Report) -> Table:
    """At every action two recorders, or a written reason (行政处罚法 第四十七条)."""
    rows = [
        (Cell(action.label), *(_found(report, f"recorders.{action}.{seen}") for seen in SEEN))
        for action in ACTIONS
        if any(report.work.get(f"recorders.{action}.{seen}") for seen in SEEN)
    ]
    heads = (
        Head("执法活动", kind="text"), *(Head(f"{one}（次）") for one in SEEN.values()),
    )  # fmt: skip
    notes = ("每次执法活动应当有两台以上执法仪记录，不足的写明原因。补录的旧记录不计。",)
    return Table("recorders", "执法仪使用情况表", heads, tuple(rows), notes=notes)


def _figure(report: Report, key: str) -> Cell:
    return Cell(report.figures[key], Cut((key,)), report.period)


def _total(report: Report, name: str) -> Cell:
    keys = tuple(f"leads.{name}.{source}" for source in LeadSource)
    return Cell(sum(report.figures[one] for one in keys), Cut(keys), report.period)


def _found(report: Report, key: str) -> Cell:
    return Cell(len(report.work.get(key, ())), Cut((key,)), report.period)
