"""The papers of the scripted courses: offered where their step was taken, filled from the case, whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlmodel import select

from enforcer import money
from enforcer.documents import course_clauses, course_fields, course_rules, pdf, template
from enforcer.documents.course_facts_decision import DecisionOnPaper, OpinionOnPaper
from enforcer.errors import Level
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.models import Case
from enforcer.operations.course_paper_draft import Drafted, drafted, renumbered
from enforcer.operations.course_paper_numbers import is_numbered
from enforcer.paper_terms import Matter, Only, Use
from enforcer.queries import course_papers, course_papers_offers
from enforcer.queries.course_papers_offers import PaperOffer, State
from enforcer.queries.course_papers_rows import ONLY, ROWS, about
from enforcer.queries.course_papers_source import evidence
from enforcer.queries.course_papers_wanted import NEEDED
from enforcer.store.database import Store, open_store
from tests import courses_made
from tests.courses_made import COURSES

FILES = sorted(one for one in COURSES.glob("*.toml") if one.stem != "office")
NUMBER = "云城管试字〔2026〕第007号"
PENDING = {"element_notice_number", "earlier_missing"}
"""A paper that names another, which came out of none of the courses."""
AMBER = {"channel_missing", "nobody_present", "refusal_without_witness", "served_late"}
WITHOUT_PARTY = {"dossier_contents"}
WITHOUT_DAY = {
    # signed and dated by hand, or a page to paste on
    "waiver_receipt", "correction_pledge", "electronic_service_consent", "defence_record",
    "proof_of_service", "receipt_page", "photo_evidence", "seizure_approval", "dossier_note",
    "dossier_contents",
}  # fmt: skip
Seen = set[tuple[int, str, int]]


@pytest.fixture(scope="module")
def carried(
    empty_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., tuple[Store, datetime]]]:
    """A course carried through once, up to a named step; it is only looked at afterwards."""
    known: dict[tuple[str, str], tuple[Store, datetime]] = {}

    def carry(stem: str, until: str = "") -> tuple[Store, datetime]:
        if (stem, until) not in known:
            home = tmp_path_factory.mktemp("carried") / "home"
            shutil.copytree(empty_home, home)
            store = open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
            *_, last = courses_made.carry(store, stem, until)
            known[stem, until] = (store, last.step.at)
        return known[stem, until]

    yield carry
    for store, _ in known.values():
        store.close()


Carried = Callable[..., tuple[Store, datetime]]


def offered(store: Store, now: datetime, seen: Seen) -> Iterator[tuple[int, PaperOffer]]:
    """The papers that can be made now and could not before."""
    with store.reading() as session:
        cases = [one for one in session.exec(select(Case.id)) if one is not None]
    for case in cases:
        for one in course_papers_offers.papers(store, case, now=now):
            place = (case, one.key, one.row)
            if one.state in (State.READY, State.OPTIONAL) and place not in seen:
                seen.add(place)
                yield case, one


def days_of(day: date) -> tuple[str, str]:
    return course_clauses.day(day), day.isoformat()


def check(one: Drafted) -> None:
    """Nothing lacks, nothing is left blank, party, number, sum and day stand on it."""
    one = renumbered(one, NUMBER if is_numbered(one.paper.key) else "")
    found = one.findings
    hard = [each for each in found if each.level is Level.BLOCK and each.code not in PENDING]
    refused = [f"{each.code}：{each.say}" for each in hard]
    assert refused == [], (one.paper.key, refused)
    assert {each.code for each in found} <= AMBER | PENDING, one.paper.key
    text = template.resolved_text(one.form, one.fields)
    assert "None" not in text
    if one.paper.key not in WITHOUT_PARTY:
        assert one.paper.case.party.name in text, one.paper.key
    if one.paper.number:
        assert one.paper.number in text
    if one.paper.key not in WITHOUT_DAY:
        assert any(day in text for day in days_of(one.paper.on)), (one.paper.key, one.paper.on)
    matter = one.paper.matter
    if isinstance(matter, OpinionOnPaper | DecisionOnPaper) and matter.imposition.fined:
        assert money.figure(matter.imposition.fine_fen) in text
        assert money.chinese(matter.imposition.fine_fen) in text


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.stem)
def test_each_paper_is_whole_from_the_day_it_can_be_made(store: Store, path: Path) -> None:
    begun, seen = courses_made.begin(store, path), set[tuple[int, str, int]]()
    list(offered(store, begun.done[-1].step.at, seen))  # checked in the course it begins with
    for done in begun.goes_on(store):
        if not done.ok:
            continue
        for case, one in offered(store, done.step.at, seen):
            check(drafted(store, case, one.key, one.row, now=done.step.at))


def test_every_paper_has_its_rows_and_its_stage() -> None:
    nothing = CaseFacts(now=datetime(2026, 9, 1, tzinfo=UTC), day=date(2026, 9, 1))
    for key in course_rules.rules():
        assert about(nothing, key) == ()
        assert course_papers_offers.milestone_of(key)


def test_every_word_a_template_may_say_has_its_code() -> None:
    assert {one: tuple(rows) for one, rows in ROWS.items()} == dict(course_rules.STEPS)
    assert set(course_papers.MATTERS) == set(course_fields.KINDS) == set(Matter)
    assert set(NEEDED) == set(Use)
    assert set(ONLY) == set(Only)


COMPLETE = ("spoil_company_after", "first_violation_education", "citizen_hearing")


@pytest.mark.parametrize("stem", COMPLETE)
def test_what_is_printed_can_be_read_back(carried: Carried, stem: str) -> None:
    store, now = carried(stem)
    for one in course_papers_offers.papers(store, 1, now=now):
        if one.state is State.MISSING:
            continue
        made = drafted(store, 1, one.key, one.row, now=now)
        made = renumbered(made, NUMBER if is_numbered(one.key) else "")
        printed = pdf.render(made.form, made.fields)
        pages = PdfReader(BytesIO(printed.pdf)).pages
        text = "".join("".join(page.extract_text().split()) for page in pages)
        if one.key not in WITHOUT_PARTY:
            assert made.paper.case.party.name in text, one.key
        assert not made.paper.number or made.paper.number in text
        assert one.key in WITHOUT_DAY or any(day in text for day in days_of(made.paper.on)), one.key
        if one.key in ("prior_notice", "penalty_decision"):
            imposed = made.paper.matter.imposition  # type: ignore[attr-defined]
            assert money.figure(imposed.fine_fen) in text


STAGES = [
    # up to this step of the spoil course: what can be made, what the dossier still lacks
    ("立案", {"filing_approval", "inspection_record", "correction_order"},
     {"investigation_report", "prior_notice", "penalty_decision", "closure_approval"}),
    ("调查终结", {"investigation_report"}, {"prior_notice", "legal_review_opinion"}),
    ("告知书已送达", {"prior_notice", "proof_of_service"}, {"penalty_decision"}),
    ("陈述申辩", {"prior_notice"}, {"defence_review"}),
    ("作出决定", {"penalty_decision", "decision_approval"}, {"proof_of_service", "receipt_page"}),
    ("结案", {"closure_approval", "dossier_cover", "receipt_page"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("until", "ready", "missing"), STAGES, ids=[one[0] for one in STAGES])
def test_the_dossier_knows_what_it_has_and_what_it_lacks(
    carried: Carried, until: str, ready: set[str], missing: set[str]
) -> None:
    store, now = carried("spoil_company_after", until)
    found = course_papers_offers.papers(store, 1, now=now)
    assert ready <= {one.key for one in found if one.state is State.READY}
    lacking = {one.key: one for one in found if one.state is State.MISSING}
    # a proof of service is there for the notice, and lacks for the decision
    assert missing - {"proof_of_service"} <= set(lacking)
    assert all(one.say.endswith("。") and one.cite for one in lacking.values())
    if not missing:
        assert not lacking


def test_a_pledge_and_the_education_are_offered_with_a_decision_that_spares(
    carried: Carried,
) -> None:
    store, now = carried("first_violation_education")
    found = {one.key: one for one in course_papers_offers.papers(store, 1, now=now)}
    assert found["education_record"].state is State.READY
    assert found["correction_pledge"].state is State.READY, "the opinion named the pledge"
    made = drafted(store, 1, "correction_pledge", now=now)
    text = template.resolved_text(made.form, made.fields)
    assert "李国强" in text
    assert "焚烧少量落叶" in text
    assert "生态环境法典》第二百四十六条" in text


def test_a_penalty_offers_neither_pledge_nor_a_decision_that_spares(
    carried: Carried,
) -> None:
    store, now = carried("spoil_company_after")
    found = {one.key for one in course_papers_offers.papers(store, 1, now=now)}
    assert {"correction_pledge", "no_penalty_decision", "education_record"}.isdisjoint(found)


PARTS = [
    # course, paper, words that stand there, words that do not
    ("spoil_company_after", "inquiry_record", ("问：车辆为什么没有密闭？", "云溪顺达渣土运输有限公司"), ()),
    ("first_violation_education", "education_record",
     ("证件号码｜430702198801011234", "与本案关系｜当事人"), ()),
    ("first_violation_education", "correction_pledge",
     ("住址：云溪市柳叶巷12号", "记入贵机关的登记"), ("本机关",)),
    ("spoil_company_after", "investigation_report", ("妥否，请审批。",), ("妥否，请领导审批",)),
    ("spoil_company_after", "proof_of_service", ("《行政处罚决定书》（云城管罚决字〔2026〕第001号）",), ()),
    ("announcement", "service_announcement",
     ("你单位涉嫌", "经查明，", "拟给予下列行政处罚：罚款人民币", "自送达之日起三个工作日内", "送达后五日（工作日）内"),
     ("申请行政复议", "（/）")),
    ("announcement", "proof_of_service", ("2026年9月10日发出公告，2026年10月10日视为送达",), ()),
    ("left_and_post", "proof_of_service", ("留置送达", "法定代表人拒绝接收。", "文书留置于受送达人的住所"), ()),
    ("spoil_company_after", "prior_notice",
     ("1．现场检查笔录1份，证明未密闭和遗撒；\n", "未密闭运输致遗撒。", "（已于2026年9月10日改正）"), ()),
    ("spoil_company_after", "penalty_decision",
     ("《行政处罚（听证）事先告知书》，告知", "第一千零五十六条第二款的规定，予以从轻处罚。", "（已于2026年9月10日改正）"),
     ("（/）", "依法予以从轻处罚")),
    ("spoil_company_after", "defence_record",
     ("2026年9月18日15时00分至15时25分", "本局询问室", "430603197801011234", "汉族", "当事人的法定代表人"), ()),
    ("spoil_company_after", "defence_review", ("法制机构意见",), ()),
    ("spoil_company_after", "closure_approval",
     ("《行政处罚决定书》（云城管罚决字〔2026〕第001号）", "第一千一百二十九条的规定，罚款人民币"), ()),
    ("citizen_hearing", "hearing_notice", ("听证员：易婷、方洁", "请在2026年9月24日前提出", "联系人：周敏"), ()),
    ("citizen_hearing", "hearing_record",
     ("易婷、方洁", "特别授权　13900000001", "湖南云溪律师事务所　律师", "证人张某（邻居）"), ()),
    ("citizen_hearing", "hearing_report", ("由赵立新主持", "（代理人：王律师）", "质证、辩论"), ()),
    ("transfer_accepted", "transfer_letter",
     ("涉嫌污染环境罪", "《中华人民共和国刑法》第三百三十八条", "共46页", "3．检测报告1份。"), ("共/页",)),
    ("transfer_accepted", "transfer_report", ("同意。", "（马建国）"), ()),
    ("deferral", "deferral_approval", ("同意。", "（马建国）"), ()),
    ("revocation", "revocation_decision",
     ("当事人认定错误，主动改正。", "第七十五条第二款", "《行政处罚决定书》（云城管罚决字〔2026〕第001号）", "六十日内"), ()),
    ("periods", "period_approval", ("同意。", "（马建国）", "第三十三条", "2026年12月22日"), ()),
    ("unpaid_to_court", "urging_notice",
     ("至今没有履行", "缴至代收银行：到云溪农村商业银行营业部", "清除工地裸露的土方", "加处罚款继续按日计算"), ("（全部）",)),
    ("unpaid_to_court", "court_application",
     ("没有申请行政复议，也没有提起行政诉讼，又没有履行", "收到催告书后，当事人没有提出意见"), ()),
    ("announcement", "proof_of_service", ("云溪市人民政府网站",), ()),
    ("unpaid_to_court", "court_application", ("马建国，职务：负责人",), ()),
    ("seizure", "seizure_decision", ("2026年10月4日",), ("2026年10月6日",)),
    ("citizen_hearing", "hearing_report", ("量罚建议降为一千元。",), ()),
    ("spoil_company_after", "lead_register", ("附件｜热线工单1份", "邮编｜414100"), ()),
    ("spoil_company_after", "filing_approval",
     ("有限公司于2026年9月7日8时30分在云溪大道与滨河路交叉口，自卸货车", "2026年9月7日核查：",
      "☑同意", "周敏（执法证号：YX070012）"), ("拟由",)),
    ("spoil_company_after", "inspection_record",
     ("☑不申请回避", "附图、附件：现场方位图1份、照片3张"), ()),
    ("spoil_company_after", "inquiry_record", ("答：不申请回避。", "答：听清楚了。", "（以下空白）"), ()),
    ("spoil_company_after", "correction_order",
     ("你单位于2026年9月7日8时30分在云溪大道", "前（含当日）", "邮编：414000"), ()),
    ("spoil_company_after", "legal_review_opinion",
     ("罚款人民币伍仟元整", "不涉嫌犯罪。", "程序合法，文书齐备。", "不是初次从事法制审核。"), ()),
    ("discussion", "discussion_record",
     ("2026年9月17日9时00分至9时40分", "周敏（承办人）", "主要证据：", "陈述、申辩情况："), ()),
    ("preservation", "preservation_approval", ("☑同意", "（马建国）"), ()),
    ("preservation", "preservation_disposal", ("发出《先行登记保存证据通知书》，",), ("通知书》（",)),
    ("seizure", "seizure_extension", ("因情况复杂，依据",), ()),
    ("seizure", "seizure_release",
     ("起全部解除扣押", "于2026年11月10日前到云溪市车辆停放中心领取"), ()),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "key", "there", "absent"), PARTS)
def test_a_paper_says_what_the_case_knows(
    carried: Carried, stem: str, key: str, there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    store, now = carried(stem)
    made = drafted(store, 1, key, now=now)
    text = template.resolved_text(made.form, made.fields)
    for words in there:
        assert words in text, text
    for words in absent:
        assert words not in text


TAKEN = [
    # how a line of evidence is typed, the day it was made
    ("2026年9月7日现场检查笔录1份", date(2026, 9, 7)),
    ("现场照片3张（2026-09-07）", date(2026, 9, 7)),
    ("询问笔录1份，2026年9月10日制作", date(2026, 9, 10)),
    ("2026年12月1日补拍的照片", date(2026, 12, 1)),
    ("许可证复印件，有效期至2027年1月1日", None),
    ("证明其承诺于2026年12月10日前缴清", None),
    ("现场检查笔录1份", None),
    ("2026年13月40日的照片", None),
]


@pytest.mark.parametrize(("line", "day"), TAKEN, ids=[one[0] for one in TAKEN])
def test_evidence_tells_the_day_it_was_made_only_where_it_says_so(
    line: str, day: date | None
) -> None:
    (found,) = evidence(line)
    assert (found.name, found.on) == (line, day)


def test_evidence_made_after_the_decision_stops_the_decision(carried: Carried) -> None:
    store, now = carried("spoil_company_after", "作出决定")
    made = renumbered(drafted(store, 1, "penalty_decision", now=now), NUMBER)
    assert [one.code for one in made.findings] == []
    matter = made.paper.matter
    assert isinstance(matter, DecisionOnPaper)
    late = replace(matter, evidence=evidence("2026年10月1日补拍的照片2张"))
    again = replace(made, paper=replace(made.paper, matter=late))
    codes = {one.code: one.cite for one in again.findings}
    assert "第六十条" in codes["evidence_after_decision"]
