"""A new paper is one TOML file: dropped into the templates, it works like those that came with us."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as Docx
from pypdf import PdfReader

from enforcer.errors import Refused
from enforcer.models import Document
from enforcer.operations import course_paper, course_paper_draft, dossier_making, organs
from enforcer.operations.course_paper_forms import IssuePaperForm, VoidPaperForm
from enforcer.operations.course_paper_void import voiding
from enforcer.operations.numbers_overview import numbering_of
from enforcer.operations.replaying import read_script, replay
from enforcer.operations.verification import verify
from enforcer.queries import course_papers_offers, dossier, powers, templates
from enforcer.queries.course_papers_offers import PaperOffer, State
from enforcer.queries.course_stages import Milestone
from enforcer.store.database import open_store
from tests.courses_made import COURSES
from tests.dropped import PAPER, Folder, dropped
from tests.operations.dossier_desk import Desk, carried

__all__ = ["dropped"]
KEY = "hearing_letter"


@pytest.fixture(scope="module")
def heard(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A home in which a hearing was held and reported, made once."""
    home = tmp_path_factory.mktemp("heard") / "home"
    shutil.copytree(empty_home, home)
    desk = carried(home, "citizen_hearing", "听证报告")
    desk.store.close()
    return home, desk.now


@pytest.fixture
def desk(heard: tuple[Path, datetime], tmp_path: Path) -> Iterator[Desk]:
    home = Path(shutil.copytree(heard[0], tmp_path / "home"))
    with closing(open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))) as store:
        yield Desk(store, heard[1])


def text_of(pdf: bytes) -> str:
    return "".join("".join(one.extract_text().split()) for one in PdfReader(BytesIO(pdf)).pages)


def listed(desk: Desk) -> PaperOffer | None:
    found = course_papers_offers.papers(desk.store, 1, now=desk.now)
    return next((one for one in found if one.key == KEY), None)


def test_a_dropped_template_is_a_paper_of_the_case_without_any_code(
    dropped: Folder, desk: Desk
) -> None:
    assert listed(desk) is None
    dropped.put(KEY, PAPER)

    offer = listed(desk)
    assert offer is not None
    assert (offer.state, offer.stage, offer.title) == (
        State.OPTIONAL, Milestone.NOTICE, "听证笔录送阅函",
    )  # fmt: skip
    assert offer.say == "要求送阅的"
    keys = [one.key for one in course_papers_offers.papers(desk.store, 1, now=desk.now)]
    assert keys.index("hearing_record") < keys.index(KEY) < keys.index("hearing_report")

    [early] = course_paper_draft.draft(desk.store, 1, KEY, now=desk.now).findings
    assert early.code == "earlier_missing"
    assert "还没有出件" in early.say
    desk.issue("hearing_record")
    drafted = course_paper_draft.draft(desk.store, 1, KEY, now=desk.now)
    assert drafted.findings == ()
    assert drafted.number == "云城管听记函字〔2026〕第001号"
    assert "（文号" not in text_of(drafted.pdf)

    paper = desk.issue(KEY)
    assert (paper.title, paper.number) == ("听证笔录送阅函", drafted.number)
    said = text_of(desk.frozen(paper.document_id))
    for words in (paper.number, "李国强：", "现将听证笔录送阅", "2026年9月28日"):
        assert words in said, words
    word = Docx(BytesIO(course_paper.word_of_issued(desk.store, paper.document_id)))
    assert paper.number in "".join(one.text for one in word.paragraphs)
    offer = listed(desk)
    assert offer is not None
    assert offer.state is State.MADE
    again = IssuePaperForm(case_id=1, template=KEY)
    given = {"today": desk.today, "now": desk.now, "actor": "周敏"}
    with pytest.raises(Refused, match="不能再出一份"):
        course_paper.issue_paper(desk.store, again, **given)  # type: ignore[arg-type]

    held = dossier.as_chosen(desk.store, 1)
    assert held is not None
    order = [held.pieces[one].key for group in held.volumes[0] for one in group.ids]
    assert order.index(KEY) == order.index("hearing_record") + 1
    assert dossier.is_signed(KEY)
    bound = dossier_making.assemble(desk.store, 1, today=desk.today, now=desk.now)
    assert "听证笔录送阅函" in text_of(bound.bound.pdf)

    form = VoidPaperForm(document_id=paper.document_id, reason="写错了")
    course_paper.void_paper(desk.store, form, **given)  # type: ignore[arg-type]
    assert desk.issue(KEY).number == "云城管听记函字〔2026〕第002号"
    assert verify(desk.store, actor="测试").problems == ()


def test_the_office_sets_its_number_and_its_words(dropped: Folder, desk: Desk) -> None:
    dropped.put(KEY, PAPER)
    organ = powers.organs(desk.store)[0].id
    row = next(one for one in numbering_of(desk.store, organ, 2026).rows if one.kind == KEY)
    assert (row.label, row.series) == ("听证笔录送阅函", "云城管听记函字〔2026〕第001号")
    form = organs.NumberRuleForm(organ_id=organ, kind=KEY, stem="云城管阅字", width=4)
    given = {"today": desk.today, "now": desk.now, "actor": "周敏"}
    organs.save_number_rule(desk.store, form, **given)  # type: ignore[arg-type]
    rules = {one.kind: one.label for one in powers.number_rules(desk.store, year=2026)}
    assert rules[KEY] == "听证笔录送阅函"
    desk.issue("hearing_record")
    assert desk.issue(KEY).number == "云城管阅字〔2026〕第0001号"
    shown = {one.key: one for one in templates.rows(desk.store, desk.today)}
    assert (shown[KEY].title, shown[KEY].kind) == ("听证笔录送阅函", "审核")
    assert verify(desk.store, actor="测试").problems == ()


def test_what_no_template_numbers_is_refused_as_a_kind() -> None:
    with pytest.raises(ValueError, match="没有这种编号的文书"):
        organs.NumberRuleForm(organ_id=1, kind="hearing_record", stem="云城管记字", width=3)


@pytest.mark.parametrize("private", [False, True])
def test_only_a_public_hearing_is_announced(
    empty_home: Path, tmp_path: Path, *, private: bool
) -> None:
    script = Path(shutil.copytree(COURSES, tmp_path / "courses")) / "citizen_hearing.toml"
    text, reason = (
        script.read_text(encoding="utf-8"),
        'is_public = false, private_reason = "个人隐私", ',
    )
    if private:
        head, name, rest = text.partition('name = "通知听证"')
        text = head + name + rest.replace("form = { hearing_at", f"form = {{ {reason}hearing_at", 1)
    script.write_text(text, encoding="utf-8")
    home = Path(shutil.copytree(empty_home, tmp_path / "home"))
    with closing(open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))) as store:
        *_, last = replay(store, read_script(script, until="听证通知书已送达"))
        desk = Desk(store, last.step.at)
        offers = {one.key for one in course_papers_offers.papers(store, 1, now=desk.now)}
        assert "hearing_notice" in offers
        assert ("hearing_announcement" in offers) is not private
        if private:
            with pytest.raises(Refused, match="出不了《听证公告》"):
                course_paper_draft.draft(store, 1, "hearing_announcement", now=desk.now)
        else:
            served = desk.issue("hearing_notice")
            again = desk.issue("hearing_announcement")
            codes = {
                one.document_id: [
                    each.code for each in voiding(store, one.document_id, now=desk.now)
                ]
                for one in (served, again)
            }
            assert codes == {served.document_id: ["served_not_voidable"], again.document_id: []}


def test_a_disposal_of_samples_names_the_receipt_and_bears_the_day_it_is_made(
    empty_home: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(empty_home, tmp_path / "home"))
    desk = carried(home, "sampling")
    later = Desk(desk.store, desk.now + timedelta(days=8))
    [early] = course_paper_draft.draft(later.store, 1, "sampling_disposal", now=later.now).findings
    assert early.code == "earlier_missing"
    receipt = later.issue("sampling_receipt")
    paper = later.issue("sampling_disposal")
    said = text_of(later.frozen(paper.document_id))
    assert "".join(receipt.number.split()) in said
    assert f"{later.today.year}年{later.today.month}月{later.today.day}日" in said
    with later.store.reading() as session:
        row = session.get(Document, paper.document_id)
        assert row is not None
        assert (row.issued_on, row.number) == (later.today, "云城管抽处通字〔2026〕第001号")
    desk.store.close()
