"""What the rows behind a figure are counted in, and what the columns of their list are called."""

from __future__ import annotations

from dataclasses import dataclass

from enforcer.queries.statistics_rows import RowKind


@dataclass(frozen=True, slots=True)
class Head:
    """What rows are counted in, and what the columns of their list are called."""

    unit: str
    number: str
    day: str
    who: str
    title: str = "事项"


HEADS = {
    RowKind.DECISION: Head("宗", "决定书文号", "决定日期", "当事人"),
    RowKind.CASE: Head("件", "案件", "立案日期", "当事人"),
    RowKind.EVENT: Head("件", "案件", "日期", "当事人"),
    RowKind.PAYMENT: Head("笔", "决定书文号", "缴款日期", "当事人"),
    RowKind.NOTICE: Head("份", "告知书编号", "告知日期", "号牌"),
    RowKind.VEHICLE: Head("辆", "最近一份", "最近日期", "号牌"),
    RowKind.GUIDANCE: Head("次", "", "日期", "执法人员", "方式"),
    RowKind.LEAD: Head("件", "线索编号", "登记日期", "涉及的当事人"),
}
WITH_MONEY = frozenset({RowKind.DECISION, RowKind.PAYMENT})
