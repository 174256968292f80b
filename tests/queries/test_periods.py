"""Spans of the report."""

from datetime import date

import pytest

from enforcer.errors import InvalidForm
from enforcer.queries import periods
from enforcer.queries.periods import Period


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("2026Q1", (2026, 1, 1), (2026, 3, 31), "2026年第一季度"),
        ("2026q3", (2026, 7, 1), (2026, 9, 30), "2026年第三季度"),
        (" 2026Q4 ", (2026, 10, 1), (2026, 12, 31), "2026年第四季度"),
        ("2026", (2026, 1, 1), (2026, 12, 31), "2026年度"),
        ("2024-02", (2024, 2, 1), (2024, 2, 29), "2024年2月"),
        ("2026-01-01:2026-03-31", (2026, 1, 1), (2026, 3, 31), "2026年第一季度"),
        ("2026-01-05:2026-03-15", (2026, 1, 5), (2026, 3, 15), "2026年1月5日至3月15日"),
        ("2025-12-30:2026-01-02", (2025, 12, 30), (2026, 1, 2), "2025年12月30日至2026年1月2日"),
        ("2026-09-03:2026-09-03", (2026, 9, 3), (2026, 9, 3), "2026年9月3日"),
    ],
)
def test_a_period_is_read_as_officers_write_it(text, first, last, label):
    found = periods.parse(text)
    assert (found.first, found.last, found.label) == (date(*first), date(*last), label)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "不能识别"),
        ("2026Q5", "不能识别"),
        ("2026Q0", "不能识别"),
        ("第三季度", "不能识别"),
        ("26Q3", "不能识别"),
        ("2026-13", "不存在的日期"),
        ("2026-02-30:2026-03-01", "不存在的日期"),
        ("2026-03-31:2026-01-01", "晚于"),
        ("0001Q1", "年份不合理"),
        ("9999", "年份不合理"),
    ],
)
def test_a_period_that_cannot_be_read_says_how_to_write_it(text, says):
    with pytest.raises(InvalidForm, match=says):
        periods.parse(text)


@pytest.mark.parametrize(
    ("text", "by", "reached"),
    [
        ("2026Q1", -1, "2025Q4"),
        ("2026Q4", 1, "2027Q1"),
        ("2026Q3", -6, "2025Q1"),
        ("2026", 1, "2027"),
        ("2026-01", -1, "2025-12-01:2025-12-31"),
        ("2026-03-01:2026-03-10", 1, "2026-03-11:2026-03-20"),
        ("2026-03-01:2026-03-10", -1, "2026-02-19:2026-02-28"),
    ],
)
def test_stepping_keeps_the_sort_of_span(text, by, reached):
    assert periods.step(periods.parse(text), by).text == reached


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2026Q3", "2025Q3"),
        ("2026", "2025"),
        ("2024-02-29:2024-02-29", "2023-02-28:2023-02-28"),
        ("2025-02-01:2025-02-28", "2024-02-01:2024-02-29"),
        ("2026-01-05:2026-03-15", "2025-01-05:2025-03-15"),
    ],
)
def test_the_same_span_of_the_year_before(text, before):
    assert periods.year_before(periods.parse(text)).text == before


def test_months_cover_the_span_without_gap_or_overlap():
    cut = periods.months(Period(date(2025, 11, 15), date(2026, 2, 3)))
    assert [(one.first, one.last) for one in cut] == [
        (date(2025, 11, 15), date(2025, 11, 30)),
        (date(2025, 12, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 3)),
    ]


def test_the_year_so_far_begins_on_new_years_day():
    assert periods.cumulative(periods.quarter(2026, 3)).text == "2026-01-01:2026-09-30"
    assert periods.quarter_of(date(2026, 9, 30)) == periods.quarter(2026, 3)
