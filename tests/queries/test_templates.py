"""The list of templates, their editions, and what a preview is made from."""

from datetime import date, datetime, timedelta

import pytest

from enforcer import paths
from enforcer.documents import pdf, template
from enforcer.models import TemplateEdition
from enforcer.operations import editions, summary
from enforcer.operations.editions import TemplateEditionForm
from enforcer.queries import templates
from enforcer.queries.templates import Sample
from enforcer.store.database import Store
from tests.courses_made import carry
from tests.factories import an_office
from tests.operations.summary_desk import a_form
from tests.operations.test_editions import edited, shipped_version

DECISION = "penalty_decision"


def row(store: Store, key: str, day: date) -> templates.TemplateRow:
    return next(one for one in templates.rows(store, day) if one.key == key)


def save(store: Store, from_on: date, today: date, now: datetime, note: str = "") -> None:
    body = edited(DECISION, "联系电话：【当事人电话", "电话：【当事人电话｜空则/】")
    form = TemplateEditionForm(template_key=DECISION, from_on=from_on, body=body, note=note)
    editions.save_template_edition(store, form, today=today, now=now, actor="何志远")


def test_every_paper_is_listed_once_with_its_part_of_the_work(store: Store, today: date) -> None:
    found = templates.rows(store, today)
    shipped = {path.stem for path in (paths.resources() / "templates").glob("*.toml")}
    assert {one.key for one in found} == shipped
    assert len(found) == len(shipped)
    assert "其他" not in {one.kind for one in found}
    assert {one.edition for one in found} == {0}
    assert [one.trouble for one in found if one.trouble] == []


def test_the_row_tells_the_text_in_force_and_the_one_that_comes(
    store: Store, today: date, now: datetime
) -> None:
    later = today + timedelta(days=7)
    save(store, later, today, now)
    before = row(store, DECISION, today)
    assert (before.edition, before.from_on, before.next_from) == (0, None, later)
    after = row(store, DECISION, later)
    assert (after.edition, after.version, after.from_on) == (
        1,
        f"{shipped_version()}-本机关1",
        later,
    )
    assert (after.saved_by, after.editions) == ("何志远", 1)


def test_law_that_has_ended_is_counted_against_the_text(
    store: Store, today: date, now: datetime
) -> None:
    body = edited(
        DECISION,
        "经查明：",
        "经查明：【查明的事实】。见《中华人民共和国大气污染防治法》第一百一十六条。",
    )
    with store.unit(actor="测试", operation="put") as session:
        session.add(
            TemplateEdition(
                template_key=DECISION, edition=1, from_on=today, body=body,
                saved_at=now, saved_by="测试",
            )
        )  # fmt: skip
    found = row(store, DECISION, today)
    assert len(found.faults) == 1
    assert "废止" in found.faults[0]


def test_frozen_papers_are_counted_by_template_and_by_edition(
    store: Store, today: date, now: datetime
) -> None:
    made = an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))
    summary.decide_on_the_spot(store, a_form(made), today=today, now=now, actor="周敏")
    assert row(store, "summary_decision", today).used == 1
    assert row(store, DECISION, today).used == 0
    [shipped] = templates.editions(store, "summary_decision", today)
    assert (shipped.edition, shipped.used, shipped.in_force) == (0, 1, True)


def test_editions_come_with_day_hand_and_reason(store: Store, today: date, now: datetime) -> None:
    save(store, today, today, now, note="按市局的样式")
    first, shipped = templates.editions(store, DECISION, today)
    assert (first.note, first.saved_by, first.from_on) == ("按市局的样式", "何志远", today)
    assert (first.in_force, shipped.in_force, shipped.note) == (True, False, "")


def test_an_edition_that_cannot_be_read_does_not_hide_the_others(
    store: Store, today: date, now: datetime
) -> None:
    with store.unit(actor="测试", operation="put") as session:
        session.add(
            TemplateEdition(
                template_key=DECISION, edition=1, from_on=today, body="= 坏了",
                saved_at=now, saved_by="测试",
            )
        )  # fmt: skip
    assert [one.version for one in templates.editions(store, DECISION, today)] == [
        "",
        shipped_version(),
    ]
    assert "恢复出厂文字" in row(store, DECISION, today).trouble
    assert (
        len([one for one in templates.rows(store, today) if not one.trouble])
        == len(templates.keys()) - 1
    )


@pytest.mark.parametrize("key", templates.keys())
def test_every_specimen_makes_a_paper(store: Store, key: str, now: datetime) -> None:
    for sample in templates.samples(store, key):
        offered = templates.sample_fields(store, key, sample, now=now)
        assert pdf.render(template.shipped(key), offered).pages >= 1


def test_the_specimen_is_of_one_piece(store: Store, now: datetime) -> None:
    """A hearing ends on the day it began; a paper that names an earlier one has it."""
    for key, words in (
        ("hearing_record", "2026年9月22日15时10分至16时40分"),
        ("sampling_disposal", "抽样取证凭证，（前一份文书的文号）"),
    ):
        offered = templates.sample_fields(store, key, templates.samples(store, key)[0], now=now)
        assert words in template.resolved_text(template.shipped(key), offered)


def test_a_preview_bears_the_name_of_our_own_organ(store: Store, now: datetime) -> None:
    an_office(store)
    sample = templates.samples(store, DECISION)[0]
    offered = templates.sample_fields(store, DECISION, sample, now=now)
    assert offered["organ"]["name"] == "常德市城市管理和综合执法局"
    assert "常德市人民政府" in offered["remedy"]["words"]


def test_a_frozen_paper_is_previewed_with_its_own_words(
    store: Store, today: date, now: datetime
) -> None:
    made = an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))
    done = summary.decide_on_the_spot(store, a_form(made), today=today, now=now, actor="周敏")
    frozen = next(
        one for one in templates.samples(store, "summary_decision") if one.kind == "frozen"
    )
    assert done.number in frozen.name
    offered = templates.sample_fields(store, "summary_decision", frozen, now=now)
    assert offered["party"]["name"] == "李国强"


def test_a_case_without_such_a_paper_is_shown_with_the_specimen(
    store: Store, now: datetime
) -> None:
    gone = Sample("case", "4711", "案件：没有了")
    assert not templates.has_paper(store, DECISION, gone, now=now)
    offered = templates.sample_fields(store, DECISION, gone, now=now)
    assert offered["party"]["name"] == "样例渣土运输有限公司"


def test_a_paper_of_a_real_case_is_filled_from_it(store: Store, now: datetime) -> None:
    carry(store, "spoil_company_after")
    case = next(one for one in templates.samples(store, DECISION) if one.kind == "case")
    assert templates.has_paper(store, DECISION, case, now=now)
    offered = templates.sample_fields(store, DECISION, case, now=now)
    assert offered["party"]["name"] in case.name
    assert "渣土" in offered["decision"]["facts"]
