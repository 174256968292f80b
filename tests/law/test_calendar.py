"""Working days and periods: what holds for every day, not only for the ones we thought of."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcer.errors import InvalidForm
from enforcer.law import arithmetic, calendar, deadlines
from enforcer.law.calendar import Calendar, HolidayYear

ONE = timedelta(days=1)
DAYS = st.dates(date(2024, 6, 1), date(2028, 6, 1))
KNOWN_DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
CIVIL = calendar.shipped()
RULES = {one.name: one for one in deadlines.rules()}
CHINA = ZoneInfo("Asia/Shanghai")
quick = settings(database=None, deadline=None, max_examples=200)


def counted(name: str, *countings: str) -> bool:
    return RULES[name].versions[-1].counting in countings


WORKING = [name for name in RULES if counted(name, "working")]
FORWARD = [name for name in WORKING if not RULES[name].versions[-1].before]
BACKWARD = [name for name in WORKING if RULES[name].versions[-1].before]
ROLLING = [name for name in RULES if RULES[name].versions[-1].rolls]
FIXED = [name for name in RULES if name not in WORKING and name not in ROLLING]


@quick
@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_the_count_of_working_days_never_falls(start: date, near: int, more: int) -> None:
    first, second = start + near * ONE, start + (near + more) * ONE
    assert CIVIL.working_between(start, first) <= CIVIL.working_between(start, second)


@quick
@given(DAYS, st.integers(1, 40))
def test_the_nth_working_day_has_n_working_days_up_to_it(start: date, count: int) -> None:
    reached = CIVIL.shift(start, count)
    assert CIVIL.is_working(reached)
    assert CIVIL.working_between(start, reached) == count


@quick
@given(DAYS, st.integers(1, 40))
def test_forward_and_back_again_meet(start: date, count: int) -> None:
    day = CIVIL.next_working(start)
    assert CIVIL.shift(CIVIL.shift(day, count), -count) == day


@quick
@given(DAYS)
def test_a_day_off_has_a_reason_and_a_plain_day_has_none(day: date) -> None:
    reason = CIVIL.why_not(day)
    assert CIVIL.is_working(day) == (reason in ("", "调休上班"))


@quick
@given(DAYS, st.sampled_from(ROLLING))
def test_rolling_never_lands_on_a_day_off_nor_before_the_nominal_day(day: date, name: str) -> None:
    found = deadlines.due(name, day)
    assert found.due_on >= found.nominal_on
    assert CIVIL.is_working(found.due_on)
    if found.due_on > found.nominal_on:
        assert not CIVIL.is_working(found.nominal_on)
        assert "顺延至" in "".join(found.why)


@quick
@given(DAYS, st.sampled_from(FORWARD))
def test_working_periods_end_on_a_working_day_and_never_roll(day: date, name: str) -> None:
    found = deadlines.due(name, day)
    assert CIVIL.is_working(found.due_on)
    assert found.due_on == found.nominal_on > day
    assert CIVIL.working_between(day, found.due_on) == RULES[name].versions[-1].length


@quick
@given(DAYS, st.sampled_from(BACKWARD))
def test_a_period_before_leaves_its_whole_working_days_between(day: date, name: str) -> None:
    found = deadlines.due(name, day)
    length = RULES[name].versions[-1].length
    assert CIVIL.working_between(found.due_on, day - ONE) == length
    assert CIVIL.is_working(found.due_on)
    later = CIVIL.shift(found.due_on, 1)
    assert CIVIL.working_between(later, day - ONE) < length


@quick
@given(st.dates(date(2026, 8, 15), date(2030, 1, 1)), st.sampled_from(FIXED))
def test_what_does_not_roll_is_never_provisional(day: date, name: str) -> None:
    found = deadlines.due(name, day)
    assert found.due_on == found.nominal_on
    assert not found.provisional


@quick
@given(KNOWN_DAYS, st.sampled_from(sorted(RULES)))
def test_a_later_start_never_ends_earlier(day: date, name: str) -> None:
    if name.startswith("limitation_environment"):
        day += timedelta(days=730)
    assert deadlines.due(name, day).due_on <= deadlines.due(name, day + ONE).due_on


@quick
@given(KNOWN_DAYS, st.sampled_from([*FORWARD, *BACKWARD, *ROLLING]))
def test_provisional_means_that_a_year_without_a_notice_was_walked_through(
    day: date, name: str
) -> None:
    found = deadlines.due(name, day)
    first = found.nominal_on if name in ROLLING else min(day, found.due_on)
    last = max(found.due_on, day) - (ONE if name in BACKWARD else 0 * ONE)
    years = range(first.year, last.year + 1)
    assert found.provisional == (not all(map(CIVIL.knows, years)))
    assert found.provisional == ("暂定" in "".join(found.why))


@quick
@given(DAYS, st.integers(1, 60))
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(
    day: date, months: int
) -> None:
    found = arithmetic.add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + ONE).day == 1


def test_the_days_between_the_ends_add_up() -> None:
    found = deadlines.due("urging", date(2026, 9, 23))
    told = "\n".join(found.why)
    assert "2026-09-23（周三）催告书送达，当日不计入" in told
    assert "2026-09-25 至 2026-09-27 是中秋节放假，不计入" in told
    assert "2026-10-01 至 2026-10-07 是国庆节放假，不计入" in told
    assert "2026-10-10（周六）调休上班，计入（第 7 个工作日）" in told
    assert "2026-10-11（周日）是休息日，不计入" in told
    assert "自 2026-10-15 起可以申请人民法院强制执行" in told
    assert told.endswith("依据：行政强制法第五十四条、第六十九条。")


def test_what_follows_a_payment_is_said() -> None:
    why = "".join(deadlines.due("payment", date(2026, 9, 20)).why)
    assert "自 2026-10-09 起可以每日按罚款数额的百分之三加处罚款" in why


def test_a_nominal_day_that_is_worked_is_not_rolled() -> None:
    why = "".join(deadlines.due("payment", date(2026, 7, 2)).why)
    assert "不用顺延" in why


@pytest.mark.parametrize(
    ("rule", "day", "said"),
    [
        ("publication", date(2026, 7, 1), "二手引文"),
        ("limitation", date(2020, 7, 1), "凭记忆录入"),
        ("limitation_environment", date(2026, 9, 1), "只有一个文本来源"),
    ],
)
def test_an_article_whose_text_was_not_seen_says_so(rule: str, day: date, said: str) -> None:
    assert said in deadlines.due(rule, day).why[-1]


def test_hours_run_on_through_the_night_and_the_holiday() -> None:
    begin = datetime(2026, 9, 30, 17, 20, tzinfo=CHINA)
    found = deadlines.due("crime_transfer", begin)
    assert found.due_at == datetime(2026, 10, 1, 17, 20, tzinfo=CHINA)
    assert found.due_on == date(2026, 10, 1)
    assert "到 2026-10-01 17:20 为止" in found.why[1]
    assert deadlines.due("crime_transfer", begin.date()).due_at is None


def test_a_moment_without_zone_is_refused() -> None:
    naive = datetime(2026, 9, 30, 17, 20, tzinfo=CHINA).replace(tzinfo=None)
    with pytest.raises(InvalidForm, match="没有时区"):
        deadlines.due("crime_transfer", naive)


@pytest.mark.parametrize("rule", ["limitation", "litigation", "decision", "urging", "payment"])
def test_a_start_at_the_end_of_time_is_refused_in_a_sentence(rule: str) -> None:
    with pytest.raises(InvalidForm, match="超出了日历的范围"):
        deadlines.due(rule, date(9999, 12, 31))


def test_an_unknown_rule_lists_the_known_ones() -> None:
    with pytest.raises(InvalidForm, match=r"没有名为“pay”的期限.*payment.*litigation"):
        deadlines.due("pay", date(2026, 9, 1))


def year(number: int, *off: date, working: tuple[date, ...] = ()) -> HolidayYear:
    return HolidayYear(
        number, f"{number}年通知", "", dict.fromkeys(off, "元旦"), dict.fromkeys(working, "元旦")
    )


def test_the_office_can_load_the_next_notice() -> None:
    more = CIVIL.extended([year(2027, date(2027, 1, 1), working=(date(2027, 1, 3),))])
    assert more.knows(2027)
    assert not CIVIL.knows(2027)
    assert more.why_not(date(2027, 1, 1)) == "元旦放假"
    assert more.is_working(date(2027, 1, 3))
    before = deadlines.due("urging", date(2026, 12, 25))
    after = deadlines.due("urging", date(2026, 12, 25), calendar=more)
    assert (before.provisional, after.provisional) == (True, False)
    assert after.due_on == before.due_on
    assert deadlines.due("spot_money_to_organ", date(2026, 12, 31), calendar=more).due_on == date(
        2027, 1, 4
    )


def test_a_year_given_again_replaces_the_former() -> None:
    again = CIVIL.extended([year(2026, date(2026, 1, 1))])
    assert again.is_working(date(2026, 10, 1))
    assert not again.is_working(date(2025, 10, 1))


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        (year(2027), "没有任何放假日"),
        (year(2027, date(2028, 10, 1)), "不属于 2027 年"),
        (year(2027, date(2027, 1, 2), working=(date(2027, 1, 2),)), "既写成放假又写成上班"),
        (year(2027, date(2027, 1, 1), working=(date(2027, 1, 4),)), "本来就是工作日"),
        (year(2027, date(2026, 12, 31), date(2027, 1, 1)), ""),
    ],
)
def test_a_notice_that_contradicts_itself_says_how(notice: HolidayYear, said: str) -> None:
    assert said in notice.problem()
    assert bool(notice.problem()) == bool(said)


def test_without_any_notice_only_weekends_are_off() -> None:
    bare = Calendar({})
    assert bare.is_working(date(2026, 10, 1))
    assert not bare.is_working(date(2026, 10, 10))
