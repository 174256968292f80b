"""Law by law: which editions are known, what uses their articles, what a template cites."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from enforcer.models import DiscretionTier, ListRow, LocalAmount, TemplateEdition
from enforcer.queries import law_papers, law_uses
from enforcer.queries.law_cited import number_of
from enforcer.queries.law_uses import CitedAs
from enforcer.store.database import Store
from enforcer.terms import Discretion, ListCategory, Matching

BEFORE, AFTER = date(2026, 8, 14), date(2026, 8, 15)


def put(store: Store, row: Any) -> None:
    with store.unit(actor="测试", operation="put") as session:
        session.add(row)


def used(store: Store, edition: str, on: date) -> set[tuple[str, str, str]]:
    return {(one.article, one.cited_as.value, one.key) for one in law_uses.uses(store, on, edition)}


@pytest.mark.parametrize(
    ("edition", "on", "use"),
    [
        ("air.2018", BEFORE, ("第一百一十八条第一款", "sanctioned", "cooking_fumes")),
        ("environment_code.2026", AFTER, ("第二百五十条第二款", "breached", "cooking_fumes")),
        ("administrative_penalty.2021", AFTER, ("第六十条", "period", "decision")),
        ("administrative_penalty.2021", AFTER, ("第五十一条", "amount", "summary_fine_limit.citizen")),
        ("administrative_penalty.2021", AFTER, ("第三十三条第一款", "circumstance", "first_violation")),
        ("administrative_penalty.2021", AFTER, ("第五十一条", "template", "summary_decision")),
    ],
)  # fmt: skip
def test_an_article_leads_to_where_it_is_used(
    store: Store, edition: str, on: date, use: tuple[str, str, str]
) -> None:
    assert use in used(store, edition, on)


@pytest.mark.parametrize(
    ("edition", "on"), [("air.2018", AFTER), ("environment_code.2026", BEFORE)]
)
def test_a_law_out_of_force_is_used_by_nothing(store: Store, edition: str, on: date) -> None:
    assert used(store, edition, on) == set()


def test_uses_stand_in_the_order_of_the_articles(store: Store) -> None:
    numbers = [one.number for one in law_uses.uses(store, AFTER, "administrative_penalty.2021")]
    assert numbers == sorted(numbers)
    assert numbers[0] > 0


def test_every_edition_is_listed_with_its_days_and_the_count_of_its_uses(store: Store) -> None:
    found = {one.key: one for one in law_uses.statute_rows(store, AFTER)}
    old, new = found["administrative_penalty.1996"], found["administrative_penalty.2021"]
    assert (old.until_on, old.in_force(AFTER), old.uses) == (date(2021, 7, 14), False, 0)
    assert (new.until_on, new.articles, new.in_force(AFTER)) == (None, 86, True)
    assert new.uses == len(law_uses.uses(store, AFTER, "administrative_penalty.2021"))
    assert found["air.2018"].until_on == BEFORE
    assert [one.key for one in law_uses.statute_rows(store, AFTER, "大气 2018")] == ["air.2018"]


def test_a_local_rule_stands_among_the_laws_once_an_amount_of_it_is_entered(store: Store) -> None:
    given = {
        "item_key": "street_stacking", "min_fen": 0, "max_fen": 20_000, "document": "某市条例",
        "document_number": "公告第3号", "article": "第三十条", "text": "处罚款。",
        "from_on": date(2020, 1, 1),
    }  # fmt: skip
    for side in ("citizen", "organization"):
        put(store, LocalAmount(side=side, **given))
    last = law_uses.statute_rows(store, AFTER)[-1]
    assert (last.title, last.rank, last.edition, last.uses) == (
        "某市条例",
        "本地规定",
        "公告第3号",
        1,
    )
    [use] = law_uses.uses(store, AFTER, last.key)
    assert (use.article, use.number, use.cited_as) == ("第三十条", 30, CitedAs.SANCTIONED)


def test_the_offices_tiers_and_lists_are_uses_too(store: Store) -> None:
    put(store, ListRow(
        category=ListCategory.MINOR, item="乱涂写", conditions=["及时清除"],
        basis="《行政处罚法》第三十三条第一款", document="某市清单", document_number="〔2026〕1号",
        from_on=date(2026, 1, 1), penalty_basis="《大气污染防治法》第一百一十八条",
    ))  # fmt: skip
    put(store, DiscretionTier(
        item_key="road_occupation", sides="citizen", name="轻微", discretion=Discretion.LIGHTER,
        conditions=["面积小"], matching=Matching.ALL, max_fen=50_000, benchmark="某市基准",
        benchmark_number="〔2026〕2号", from_on=date(2026, 1, 1),
        article="《城市道路管理条例》第四十二条",
    ))  # fmt: skip
    assert ("第三十三条第一款", "list", "1") in used(store, "administrative_penalty.2021", AFTER)
    assert ("第四十二条", "tier", "1") in used(store, "urban_roads.2019", AFTER)
    [stale] = [
        one for one in law_uses.uses(store, AFTER, "air.2018") if one.cited_as is CitedAs.LIST
    ]
    assert "已于 2026-08-15 废止" in stale.say


def test_templates_are_shown_in_the_text_of_the_day(store: Store) -> None:
    body = 'title = "试验"\nversion = "9"\nparts = [ { text = "依据《大气污染防治法》第一百一十八条" } ]\n'
    put(store, TemplateEdition(
        template_key="courteous_notice", edition=1, from_on=AFTER, body=body,
        saved_at=datetime(2026, 8, 1, tzinfo=UTC), saved_by="周敏",
    ))  # fmt: skip
    before = {one.key: one for one in law_papers.papers(store, BEFORE)}["courteous_notice"]
    after = {one.key: one for one in law_papers.papers(store, AFTER)}["courteous_notice"]
    assert (before.edition, before.title, before.next_from) == (0, "温馨告知书", AFTER)
    assert (after.edition, after.title, after.version, after.next_from) == (1, "试验", "9", None)
    assert (before.faults, after.faults, after.citations[0].number) == (0, 1, 118)


def test_a_template_that_cannot_be_read_says_so(store: Store) -> None:
    put(store, TemplateEdition(
        template_key="courteous_notice", edition=1, from_on=AFTER, body="title = 试验",
        saved_at=datetime(2026, 8, 1, tzinfo=UTC), saved_by="周敏",
    ))  # fmt: skip
    [broken] = [one for one in law_papers.papers(store, AFTER) if one.trouble]
    assert broken.key == "courteous_notice"
    assert "恢复出厂文字" in broken.trouble


@pytest.mark.parametrize(
    ("article", "number"),
    [("第一百一十八条第一款", 118), ("第三十条第一款、第三十一条", 30), ("见附件", 0)],
)
def test_articles_are_put_in_order_by_their_number(article: str, number: int) -> None:
    assert number_of(article) == number
