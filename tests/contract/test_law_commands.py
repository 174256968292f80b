"""`due`, `additional-fine`, `violations`: no home, dated answers, and the arithmetic shown."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.contract.face import DONE, REFUSED, TROUBLE, USAGE, ask, done

RULES = [
    "decision",
    "decision_service",
    "hearing_request",
    "hearing_notice",
    "preservation_disposal",
    "spot_money_to_organ",
    "spot_money_to_bank",
    "payment",
    "reconsideration",
    "litigation",
    "litigation_after_reconsideration",
    "reconsideration_forwarding",
    "urging",
    "seizure",
    "announcement_service",
    "publication",
    "publication_withdrawal",
    "limitation",
    "limitation_harm",
]


def due(rule: str, day: str) -> dict[str, object]:
    found = done("due", rule, "--from", day)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("rule", "start", "nominal", "last"),
    [
        ("hearing_request", "2026-09-28", "2026-10-10", "2026-10-10"),
        ("decision_service", "2026-09-24", "2026-10-12", "2026-10-12"),
        ("hearing_notice", "2026-10-15", "2026-09-29", "2026-09-29"),
        ("spot_money_to_organ", "2026-09-30", "2026-10-09", "2026-10-09"),
        ("spot_money_to_bank", "2026-10-09", "2026-10-12", "2026-10-12"),
        ("urging", "2026-09-23", "2026-10-14", "2026-10-14"),
        ("payment", "2026-09-20", "2026-10-05", "2026-10-08"),
        ("reconsideration", "2026-08-05", "2026-10-04", "2026-10-08"),
        ("seizure", "2026-09-05", "2026-10-05", "2026-10-05"),
        ("announcement_service", "2026-09-01", "2026-10-01", "2026-10-01"),
        ("decision", "2026-01-01", "2026-04-01", "2026-04-01"),
        ("litigation", "2025-08-31", "2026-02-28", "2026-02-28"),
        ("limitation", "2024-02-29", "2026-02-28", "2026-02-28"),
        ("limitation_harm", "2024-02-29", "2029-02-28", "2029-02-28"),
        ("litigation_after_reconsideration", "2026-09-20", "2026-10-05", "2026-10-08"),
        ("publication_withdrawal", "2026-09-24", "2026-09-30", "2026-09-30"),
    ],
)
def test_the_periods_of_the_digest_come_out(rule: str, start: str, nominal: str, last: str) -> None:
    found = due(rule, start)
    assert (found["nominal_on"], found["due_on"]) == (nominal, last)


@pytest.mark.parametrize("rule", RULES)
def test_every_named_period_answers_in_the_promised_shape(rule: str) -> None:
    found = due(rule, "2026-03-02")
    assert set(found) == {
        "rule",
        "from",
        "due_on",
        "nominal_on",
        "counting",
        "rolls",
        "cite",
        "why",
        "provisional",
    }
    assert (found["rule"], found["from"]) == (rule, "2026-03-02")
    assert "第" in str(found["cite"])
    why = found["why"]
    assert isinstance(why, list)
    assert why
    assert all(isinstance(one, str) for one in why)
    assert isinstance(found["rolls"], bool)
    assert isinstance(found["provisional"], bool)


@pytest.mark.parametrize("rule", ["payment", "reconsideration", "litigation"])
def test_periods_of_the_party_roll(rule: str) -> None:
    assert due(rule, "2026-03-02")["rolls"] is True


@pytest.mark.parametrize("rule", ["seizure", "decision"])
def test_periods_of_the_organ_never_roll(rule: str) -> None:
    assert due(rule, "2026-03-02")["rolls"] is False


@pytest.mark.parametrize(("start", "provisional"), [("2026-09-20", False), ("2031-09-20", True)])
def test_a_year_without_its_holiday_notice_is_provisional(start: str, provisional: bool) -> None:
    assert due("hearing_request", start)["provisional"] is provisional


def test_a_batch_is_answered_in_order_and_at_once(tmp_path: Path) -> None:
    lines = [
        {"rule": RULES[at % len(RULES)], "from": str(date(2025, 6, 1) + timedelta(days=at % 300))}
        for at in range(1000)
    ]
    batch = tmp_path / "期限.jsonl"
    batch.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    began = time.perf_counter()
    found = done("due", "--batch", batch)
    assert time.perf_counter() - began < 5
    assert [{"rule": one["rule"], "from": one["from"]} for one in found] == lines
    assert found[7] == due(lines[7]["rule"], lines[7]["from"])


@pytest.mark.parametrize(
    "words",
    [
        ("due", "payment"),
        ("due", "--from", "2026-09-20"),
        ("due", "no_such_period", "--from", "2026-09-20"),
        ("due", "payment", "--from", "2026-02-30"),
        ("due", "payment", "--from", "昨天"),
        ("additional-fine", "--fine", "1000", "--due", "2026-10-08"),
        ("additional-fine", "--fine", "NaN", "--due", "2026-10-08", "--on", "2026-10-09"),
        ("additional-fine", "--fine", "1e5", "--due", "2026-10-08", "--on", "2026-10-09"),
        ("additional-fine", "--fine=-1", "--due", "2026-10-08", "--on", "2026-10-09"),
        ("additional-fine", "--fine", "100.005", "--due", "2026-10-08", "--on", "2026-10-09"),
        ("violations", "--on", "2026-13-01"),
    ],
)
def test_wrong_usage_leaves_with_two_and_says_why(words: tuple[str, ...]) -> None:
    answer = ask(*words, "--json")
    assert answer.code == USAGE
    assert answer.err.strip()


def test_a_missing_batch_file_is_trouble(tmp_path: Path) -> None:
    assert ask("due", "--batch", tmp_path / "none.jsonl", "--json").code == TROUBLE


def test_a_day_before_the_law_is_refused_with_its_article() -> None:
    answer = ask("due", "payment", "--from", "1990-01-01", "--json")
    assert answer.code == REFUSED
    (objection,) = answer.json["objections"]
    assert {"code", "level", "say", "cite"} <= set(objection)


@pytest.mark.parametrize(
    ("days", "amount", "capped"),
    [
        (0, "0.00", False),
        (1, "30.00", False),
        (10, "300.00", False),
        (33, "990.00", False),
        (34, "1000.00", True),
        (40, "1000.00", True),
    ],
)
def test_three_per_cent_a_day_up_to_the_fine(days: int, amount: str, capped: bool) -> None:
    on = date(2026, 10, 8) + timedelta(days=days)
    found = done("additional-fine", "--fine", "1000.00", "--due", "2026-10-08", "--on", on)
    assert found["cite"]
    del found["cite"]
    assert found == {"days": days, "amount_yuan": amount, "capped": capped}


@pytest.mark.parametrize(
    ("excluded", "days"),
    [
        ((), 10),
        (("2026-10-09:2026-10-09",), 9),
        (("2026-10-10:2026-10-12",), 7),
        (("2026-10-10:2026-10-12", "2026-10-12:2026-10-13"), 6),
        (("2026-09-01:2026-10-08",), 10),
        (("2026-10-17:2027-01-01",), 8),
        (("2026-01-01:2027-01-01",), 0),
        (("2026-10-17:9999-12-31",), 8),
    ],
)
def test_days_of_review_are_left_out_both_ends_included(
    excluded: tuple[str, ...], days: int
) -> None:
    spans = [word for one in excluded for word in ("--excluded", one)]
    base = ("additional-fine", "--fine", "100", "--due", "2026-10-08", "--on", "2026-10-18")
    found = done(*base, *spans)
    assert (found["days"], found["amount_yuan"]) == (days, f"{3 * days}.00")


def test_the_last_day_there_is_breaks_nothing() -> None:
    end = "9999-12-31"
    base = ("additional-fine", "--fine", "100", "--due", end, "--on", end)
    assert done(*base, "--excluded", f"2026-01-01:{end}")["days"] == 0


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-09-30T23:30", "2026-09-30"), ("2026-09-30T23:30+00:00", "2026-10-01")],
)
def test_an_hour_is_in_beijing_unless_it_says_where(moment: str, day: str) -> None:
    assert done("due", "seizure_report", "--from", moment)["from"] == day


def _items(day: str, *more: str) -> dict[str, dict[str, object]]:
    return {one["key"]: one for one in done("violations", "--on", day, *more)}


def test_the_code_takes_over_on_the_fifteenth_of_august() -> None:
    before, after = _items("2026-08-14"), _items("2026-08-15")
    old, new = json.dumps(before, ensure_ascii=False), json.dumps(after, ensure_ascii=False)
    assert "大气污染防治法》" in old
    assert "生态环境法典" not in old
    gone = [
        one["key"]
        for one in after.values()
        if "大气污染防治法"
        in json.dumps([one["breached"], one["sanctioned_by"]], ensure_ascii=False)
        or "固体废物污染环境防治法" in json.dumps(one["sanctioned_by"], ensure_ascii=False)
    ]
    assert gone == []
    assert "生态环境法典" in new


def test_search_narrows_the_catalogue_and_takes_signs_literally() -> None:
    everything = _items("2026-09-01")
    found = _items("2026-09-01", "--search", "渣土")
    assert found
    assert set(found) < set(everything)
    assert _items("2026-09-01", "--search", "%") == {}


def test_each_item_names_breach_sanction_range_and_procedure() -> None:
    for one in _items("2026-09-01").values():
        assert one["breached"]
        assert one["sanctioned_by"]
        assert "range" in one
        assert any("procedure" in key for key in one), one


def test_these_commands_need_no_home(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    for words in (
        ("due", "payment", "--from", "2026-09-20"),
        ("violations", "--on", "2026-09-01"),
        ("operations",),
        ("additional-fine", "--fine", "1", "--due", "2026-10-08", "--on", "2026-10-09"),
    ):
        assert ask("--home", nowhere, *words, "--json").code == DONE
    assert not nowhere.exists()


def test_every_operation_comes_with_the_schema_of_its_form() -> None:
    for one in done("operations"):
        assert {"op", "label", "schema"} <= set(one)
        assert one["schema"]["type"] == "object"
