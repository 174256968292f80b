"""What a reviewer looks for on the papers of the course: who signs where, what is struck, whose names."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from enforcer import paths
from enforcer.course_terms import LeadSource
from enforcer.documents import course_fields, marked, pdf, template
from enforcer.documents.course_facts import CoursePaper
from enforcer.documents.facts import PartyOnPaper
from enforcer.terms import IdKind, PartyKind, Sex
from tests.documents.spoil_case import CODE
from tests.documents.spoil_papers_after import PAPERS

BORN = date(1985, 3, 12)
MAN = PartyOnPaper(
    PartyKind.CITIZEN, "欧阳建国", IdKind.RESIDENT_ID, "430603198503121234",
    sex=Sex.MALE, address="云溪区松杨湖街道建设村8组", phone="13907300000",
)  # fmt: skip
SHOP = replace(
    MAN, kind=PartyKind.SOLE_TRADER, name="云溪区老李建材店", id_kind=IdKind.CREDIT_CODE,
    id_number="92430603MA4L16JQ9B", legal_representative="李国强",
)  # fmt: skip
APPROVALS = (
    "filing_approval", "filing_refusal_approval", "preservation_approval", "seizure_approval",
    "defence_review", "decision_approval", "deferral_approval", "transfer_report", "period_approval",
    "dismissal_approval", "closure_approval",
)  # fmt: skip


def made(key: str, **matter: object) -> CoursePaper:
    paper = PAPERS[key](CODE)
    return replace(paper, matter=replace(paper.matter, **matter))  # type: ignore[type-var]


def against(party: PartyOnPaper, key: str) -> CoursePaper:
    paper = PAPERS[key](CODE)
    return replace(paper, case=replace(paper.case, party=party, party_born_on=BORN))


def words(paper: CoursePaper) -> str:
    return template.resolved_text(template.shipped(paper.key), course_fields.course_fields(paper))


def pages(paper: CoursePaper) -> list[str]:
    done = pdf.render(template.shipped(paper.key), course_fields.course_fields(paper))
    return ["".join(p.extract_text().split()) for p in PdfReader(BytesIO(done.pdf)).pages]


def row(paper: CoursePaper, label: str) -> str:
    """What stands beside a label, to the next row of the table."""
    return words(paper).split(f"{label}｜", 1)[1].split("｜")[0]


@pytest.mark.parametrize("key", APPROVALS)
def test_every_level_and_both_handlers_have_a_line_to_sign_on(key: str) -> None:
    paper = PAPERS[key](CODE)
    said = words(paper)
    assert re.search("签名：＿+、＿+", said), "the two handlers"
    assert len(re.findall("签名：＿+（", said)) == len(paper.sign_offs) == 3


def test_three_levels_fit_the_page_of_the_decision_approval() -> None:
    assert len(pages(PAPERS["decision_approval"](CODE))) == 1


def test_the_source_of_a_lead_is_ticked_among_all_sources() -> None:
    for source in LeadSource:
        said = words(made("lead_register", source=source.label)).split("登记时间")[0]
        assert f"{marked.TICKED}{source.label}" in said
        assert said.count(marked.TICKED) == 1
        assert said.count(marked.UNTICKED) == len(LeadSource) - 1


def test_a_lead_against_somebody_else_does_not_borrow_the_particulars_of_the_party() -> None:
    same, other = made("lead_register"), made("lead_register", party_name="某某运输队")
    assert "91430603MA4L16JQ9B" in words(same)
    assert "91430603MA4L16JQ9B" not in words(other)
    assert "证件号码｜/｜联系电话｜/" in words(other)


PARTICULARS = [
    ("inspection_record", MAN, ["性别｜男｜出生日期｜1985年3月12日", "居民身份证号码｜430603"]),
    ("inspection_record", SHOP, ["经营者｜李国强", "统一社会信用代码｜92430603MA4L16JQ9B"]),
    ("filing_approval", MAN, ["性别｜男", "出生日期｜1985年3月12日"]),
    ("filing_approval", SHOP, ["云溪区老李建材店（个体工商户）｜经营者｜李国强"]),
    ("investigation_report", MAN, ["性别：男，出生日期：1985年3月12日。"]),
    ("investigation_report", SHOP, ["经营者：李国强。"]),
    ("hearing_record", MAN, ["居民身份证号码｜430603198503121234"]),
    ("hearing_record", SHOP, ["经营者｜李国强"]),
    ("penalty_decision", MAN, ["性别：男", "出生日期：1985年3月12日"]),
    ("penalty_decision", SHOP, ["云溪区老李建材店（个体工商户）\n经营者：李国强\n"]),
    ("court_application", MAN, ["性别：男，出生日期：1985年3月12日"]),
    ("court_application", SHOP, ["经营者：李国强"]),
    ("closure_approval", MAN, ["性别｜男"]),
]


@pytest.mark.parametrize(("key", "party", "wanted"), PARTICULARS)
def test_a_person_and_a_business_stand_with_their_own_particulars(
    key: str, party: PartyOnPaper, wanted: list[str]
) -> None:
    said = words(against(party, key))
    assert [one for one in wanted if one not in said] == []
    assert "法定代表人" not in said.replace("法定代表人身份证明", "")


HAND = re.compile("年　+月　+日　+时　+分")


def test_what_did_not_happen_at_a_service_is_struck_and_asks_no_day() -> None:
    served = made("proof_of_service")
    for label in ("盖章及代收理由", "事由和日期", "签名或者盖章"):
        assert words(served).count(f"{label}｜") >= 1
    for label in ("盖章及代收理由", "事由和日期"):
        assert row(served, label).startswith("/")
        assert not HAND.search(row(served, label))


def test_a_refusal_and_its_witness_have_their_reason_and_day() -> None:
    left = made("proof_of_service", refused=True, refusal_reason="负责人称没有空", witness="吴桂英")
    said = words(left)
    refused = said.split("事由和日期｜", 1)[1].split("见证人", 1)[0]
    assert refused.startswith("负责人称没有空。")
    assert HAND.search(refused)
    witness = said.split("见证人\n签名或者盖章｜", 1)[1].split("备注", 1)[0]
    assert re.match("＿+（吴桂英）", witness)
    assert HAND.search(witness)


def test_a_proof_of_what_was_served_is_struck_where_nobody_signs() -> None:
    said = words(made("proof_of_service"))
    assert len(HAND.findall(said)) == 1, "only who received it signs"
    assert said.count("｜/") == 3, "代收、拒收、见证"


def test_a_proof_that_is_taken_along_leaves_every_row_to_the_hand() -> None:
    assert len(HAND.findall(words(made("proof_of_service", at=None)))) == 5


def test_addresses_not_given_for_electronic_service_are_struck() -> None:
    some = words(made("electronic_service_consent", email="", fax="", other=""))
    assert "电子邮件地址｜/" in some
    none = words(made("electronic_service_consent", phone="", email="", fax="", other=""))
    assert "电子邮件地址｜/" not in none


CLOSINGS = {
    "inspection_record": ("content", "记录属实"),
    "defence_record": ("content", "记录属实"),
    "hearing_record": ("record", "记录属实"),
    "inquiry_record": ("content", "以上记录请你核对"),
}


@pytest.mark.parametrize("key", CLOSINGS)
@pytest.mark.parametrize("lines", range(1, 26, 2))
def test_the_line_to_confirm_a_record_never_stands_alone_on_a_page(key: str, lines: int) -> None:
    name, closing = CLOSINGS[key]
    content = "\n".join(f"第{n}行：渣土运往南山消纳场。" for n in range(lines))
    assert closing in pages(made(key, **{name: content}))[-1]


def test_every_page_of_photographs_says_what_it_is() -> None:
    assert all("现场照片（图片）证据" in one for one in pages(made("photo_evidence")))


OLD_WORDS = [
    ("听证三日", r"三日内.{0,12}听证|听证.{0,20}三日内"),
    ("起诉三个月", r"三个月内.{0,12}(起诉|提起)"),
    ("上级主管部门复议", r"上(一)?级(主管)?(部门|行政机关).{0,8}复议"),
    ("一百八十日执行", r"一百八十日|180日"),
    ("公告六十日", r"公告.{0,12}六十日.{0,8}视为送达"),
    ("保存七日", r"登记保存.{0,20}七日"),
    ("一般程序", r"一般程序"),
    ("五十元一千元", r"五十元以下|一千元以下"),
    ("二十元当场收缴", r"二十元以下"),
]
"""What old sets get wrong (行政处罚法 2021, 行政复议法 2023, 行政诉讼法, 行政强制法)."""


@pytest.mark.parametrize(("_", "old"), OLD_WORDS, ids=[name for name, _ in OLD_WORDS])
def test_no_paper_says_what_the_law_no_longer_says(_: str, old: str) -> None:
    said = {key: words(PAPERS[key](CODE)) for key in PAPERS}
    said |= {
        path.stem: path.read_text(encoding="utf-8")
        for path in (paths.resources() / "templates").glob("*.toml")
    }
    assert [key for key, text in said.items() if re.search(old, text)] == []


NOT_YET = [
    ("legal_review_opinion", {"subject": "", "facts": ""}, "和人员资格｜　"),
    ("inspection_record", {"recorder": ""}, "记录人｜　｜"),
    ("inquiry_record", {"recorder": ""}, "记录人｜　｜"),
    ("defence_record", {"recorder": ""}, "记录人｜　｜"),
    ("discussion_record", {"recorder": ""}, "记录人｜　"),
    ("dossier_cover", {"pages": 0}, "本卷共　　　　页"),
    ("filing_approval", {"proposed": ()}, "拟由＿＿＿＿＿＿＿＿＿＿调查"),
]


@pytest.mark.parametrize(("key", "matter", "blank"), NOT_YET)
def test_what_the_hand_will_still_write_is_left_open_not_struck(
    key: str, matter: dict[str, object], blank: str
) -> None:
    assert blank in words(made(key, **matter))


def test_each_server_signs_beside_his_own_name() -> None:
    said = words(made("proof_of_service"))
    assert "＿（周敏　执法证号：F0600012）" in said
    assert "＿（何志远　执法证号：F0600019）" in said


def test_a_short_record_of_an_inspection_is_one_page() -> None:
    assert len(pages(made("inspection_record", content="路面已经清扫干净。"))) == 1
