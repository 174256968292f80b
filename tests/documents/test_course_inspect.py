"""出件体检: each fault of a paper of the course is found with its article and leads to its field."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from enforcer import paths
from enforcer.course_terms import Gains, Outcome, ServiceMethod
from enforcer.documents import course_facts_after as after
from enforcer.documents import course_inspect_elements, course_rules, template
from enforcer.documents.course_facts import (
    CoursePaper,
    EvidenceOnPaper,
    PrintedOnPaper,
    ThingOnPaper,
)
from enforcer.documents.course_inspect import inspect_course
from enforcer.documents.facts import OfficerOnPaper
from enforcer.errors import Level
from enforcer.paper_terms import Check
from enforcer.terms import Defence, Discretion, NoPenaltyReason, PenaltyKind, PowerKind
from tests.documents.spoil_case import AIR, CODE, COMPANY, OFFICERS, ORGAN, THINGS, at, days
from tests.documents.spoil_papers_after import PAPERS
from tests.documents.spoil_papers_decision import AGENT

WHEN = days(CODE)
KEYS = tuple(PAPERS)


def changed(one: Any, path: str, value: Any) -> Any:
    """The same frozen value with one thing deep inside changed."""
    first, _, rest = path.partition(".")
    inside = changed(getattr(one, first), rest, value) if rest else value
    return replace(one, **{first: inside})


def made(key: str, **changes: Any) -> CoursePaper:
    paper = PAPERS[key](CODE)
    for path, value in changes.items():
        paper = changed(paper, path.replace("__", "."), value)
    return paper


def findings(paper: CoursePaper, **more: Any) -> dict[str, Any]:
    form = template.shipped(paper.key)
    return {one.code: one for one in inspect_course(paper, form, **more)}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("law", [CODE, AIR], ids=["code", "air"])
def test_the_papers_of_the_spoil_case_have_no_finding_that_refuses(key: str, law: Any) -> None:
    found = inspect_course(PAPERS[key](law), template.shipped(key))
    expected = ["evidence_after_decision"] if key == "dossier_contents" else []
    assert [one.code for one in found] == expected
    assert all(one.level is Level.WARN for one in found)


TOO_OLD = (OFFICERS[0], OfficerOnPaper("何志远", "F0600019", valid_until=date(2026, 8, 19)))
TOO_NEW = (OFFICERS[0], OfficerOnPaper("何志远", "F0600019", valid_from=date(2026, 12, 1)))
SAME = (OFFICERS[0], OFFICERS[0])
LATE = (EvidenceOnPaper(name="补拍的照片", on=date(2026, 12, 1)),)
NEXT = WHEN["decided"] + timedelta(days=1)

TIER = {
    "matter__imposition__tier": "一般",
    "matter__imposition__tier_lowest_fen": 200_000,
    "matter__imposition__tier_highest_fen": 800_000,
    "matter__imposition__discretion": Discretion.ORDINARY,
    "matter__imposition__discretion_reason": "",
}

REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    # code, paper, what is wrong, the field
    ("organ_reconsideration_body", "penalty_decision", {"case__organ__reconsideration_body": ""}, "organ.reconsideration_body"),
    ("organ_court", "correction_order", {"case__organ__court": ""}, "organ.court"),
    ("organ_reconsideration_doubtful", "seizure_decision", {"case__organ__reconsideration_body": "省住房和城乡建设厅"}, "organ.reconsideration_body"),
    ("organ_bank_name", "penalty_decision", {"case__organ__bank_name": "", "case__organ__electronic_payment": ""}, "organ.bank_name"),
    ("organ_bank_address", "urging_notice", {"case__organ__bank_address": ""}, "organ.bank_address"),
    ("organ_bank_address", "penalty_decision", {"case__organ__bank_account": ""}, "organ.bank_account"),
    ("two_certificates", "inspection_record", {"officers": OFFICERS[:1]}, "officer2_id"),
    ("two_certificates", "inquiry_record", {"officers": SAME}, "officer2_id"),
    ("two_certificates", "proof_of_service", {"officers": ()}, "officer2_id"),
    ("certificate_not_valid", "inspection_record", {"officers": TOO_OLD}, "officer2_id"),
    ("certificate_not_valid", "investigation_report", {"officers": TOO_NEW}, "officer2_id"),
    ("party_name_differs", "prior_notice", {"case__printed": (PrintedOnPaper(title="立案审批表", on=WHEN["filed"], party="云溪顺达运输公司"),)}, "party_name"),
    ("cause_doubled", "filing_approval", {"case__cause": "涉嫌运输渣土未密闭"}, "cause"),
    ("cause_doubled", "filing_approval", {"case__cause": "运输渣土未密闭案"}, "cause"),
    ("dates_out_of_order", "penalty_decision", {"case__days__ruled_on": WHEN["concluded"]}, "on"),
    ("dates_out_of_order", "penalty_decision", {"case__notice__served_on": WHEN["filed"]}, "on"),
    ("paper_before_ground", "inspection_record", {"on": WHEN["act"] - timedelta(days=1)}, "on"),
    ("paper_before_ground", "prior_notice", {"on": WHEN["act"]}, "on"),
    ("decision_day_differs", "penalty_decision", {"on": NEXT}, "on"),
    ("decided_late", "penalty_decision", {"case__days__filed_on": WHEN["decided"] - timedelta(days=91), "case__acted_at": at(date(2026, 6, 1), 9, 0)}, "on"),
    ("same_provision", "prior_notice", {"matter__imposition__breached": CODE.sanctioned_by}, "sanctioned_by"),
    ("gains_unanswered", "penalty_decision", {"matter__imposition__gains": None}, "gains"),
    ("gains_amount_missing", "prior_notice", {"matter__imposition__gains": Gains.KNOWN}, "gains_yuan"),
    ("fine_missing", "prior_notice", {"matter__imposition__fine_fen": 0}, "fine_yuan"),
    ("fine_above_range", "penalty_decision", {"matter__imposition__fine_fen": 2_000_001}, "fine_yuan"),
    ("fine_below_range", "penalty_decision", {"matter__imposition__fine_fen": 199_999}, "fine_yuan"),
    ("mitigated_within_range", "penalty_decision", {"matter__imposition__discretion": Discretion.MITIGATED}, "discretion"),
    ("discretion_without_reason", "penalty_decision", {"matter__imposition__discretion_reason": ""}, "discretion_reason"),
    ("notice_not_served", "penalty_decision", {"case__notice": None}, "notice"),
    ("notice_not_served", "decision_approval", {"case__notice__served_on": None}, "notice"),
    ("above_notice", "penalty_decision", {"matter__imposition__fine_fen": 1_000_100}, "fine_yuan"),
    ("kind_not_told", "penalty_decision", {"matter__imposition__kinds": (PenaltyKind.WARNING, PenaltyKind.FINE)}, "kinds"),
    ("defence_time_runs", "penalty_decision", {"matter__defence": None, "case__notice__defence_until": WHEN["decided"]}, "on"),
    ("evidence_after_decision", "penalty_decision", {"matter__evidence": LATE}, "evidence"),
    ("certificates_not_shown", "inspection_record", {"matter__certificates_shown": False}, "certificates_shown"),
    ("times_out_of_order", "inquiry_record", {"matter__ended_at": at(WHEN["asked"], 9, 40)}, "ended_at"),
    ("times_out_of_order", "seizure_decision", {"matter__until_on": WHEN["act"]}, "until_on"),
    ("record_on_another_day", "inquiry_record", {"on": WHEN["asked"] + timedelta(days=1)}, "began_at"),
    ("refusal_without_reason", "inspection_record", {"matter__signed": False}, "refusal_reason"),
    ("refusal_without_reason", "hearing_record", {"matter__signed": False}, "refusal_reason"),
    ("refusal_without_witness", "photo_evidence", {"matter__signed": False, "matter__refusal_reason": "认为拍摄角度不好"}, "witness"),
    ("nobody_present", "inspection_record", {"matter__in_charge__name": "", "matter__witness": ""}, "witness"),
    ("no_photo", "photo_evidence", {"matter__photos": ()}, "things"),
    ("photo_incomplete", "photo_evidence", {"matter__photos": (replace(PAPERS["photo_evidence"](CODE).matter.photos[0], taken_by=""),)}, "things"),  # type: ignore[attr-defined]
    ("due_before_paper", "correction_order", {"matter__due_on": WHEN["act"] - timedelta(days=1)}, "due_on"),
    ("correction_vague", "correction_order", {"matter__content": "自行改正。"}, "content"),
    ("approval_missing", "preservation_notice", {"matter__approved_on": None}, "approved_by_id"),
    ("approval_missing", "seizure_decision", {"matter__approved_on": None}, "approved_by_id"),
    ("approved_afterwards", "preservation_notice", {"matter__approved_on": WHEN["asked"]}, "approved_on"),
    ("preservation_too_long", "preservation_notice", {"matter__until_on": WHEN["disposed"] + timedelta(days=5)}, "on"),
    ("disposed_late", "preservation_disposal", {"on": WHEN["disposed"] + timedelta(days=5)}, "on"),
    ("things_differ", "preservation_disposal", {"matter__disposed": THINGS[:1]}, "things"),
    ("things_differ", "preservation_disposal", {"matter__disposed": (replace(THINGS[0], quantity="2本"), THINGS[1])}, "things"),
    ("seizure_too_long", "seizure_decision", {"matter__until_on": WHEN["filed"] + timedelta(days=31)}, "until_on"),
    ("seizure_too_long", "seizure_extension", {"matter__until_on": WHEN["filed"] + timedelta(days=61)}, "until_on"),
    ("extended_late", "seizure_extension", {"on": WHEN["filed"] + timedelta(days=31)}, "on"),
    ("chair_is_investigator", "hearing_notice", {"matter__chair": "周敏"}, "chair_id"),
    ("too_many_agents", "hearing_record", {"matter__agents": (AGENT, AGENT, AGENT)}, "agents"),
    ("agent_without_authority", "hearing_record", {"matter__agents": (replace(AGENT, authority=""),)}, "agents"),
    ("private_without_reason", "hearing_notice", {"matter__is_public": False}, "private_reason"),
    ("hearing_noticed_late", "hearing_notice", {"matter__at": at(WHEN["defence_reviewed"] + timedelta(days=9), 9, 0)}, "hearing_at"),
    ("reviewer_is_handler", "legal_review_opinion", {"matter__reviewer": "何志远"}, "by_id"),
    ("discussion_alone", "discussion_record", {"matter__attendees": PAPERS["discussion_record"](CODE).matter.attendees[:1]}, "attendees"),  # type: ignore[attr-defined]
    ("rejection_without_reason", "defence_review", {"matter__adopted": False, "matter__opinion": ""}, "review_words"),
    ("defence_unanswered", "penalty_decision", {"matter__defence_answer": ""}, "defence"),
    ("hearing_not_said", "penalty_decision", {"matter__hearing_held_on": WHEN["ruled"]}, "hearing"),
    ("decided_before_hearing", "penalty_decision", {"matter__hearing_held_on": NEXT, "matter__hearing_words": "举行了听证。"}, "on"),
    ("served_before_paper", "proof_of_service", {"matter__served": (after.ServedOnPaper(title="行政处罚决定书", on=NEXT),)}, "on"),
    ("served_late", "proof_of_service", {"matter__served": (after.ServedOnPaper(title="行政处罚决定书", on=WHEN["decided"]),), "matter__at": at(WHEN["decided"] + timedelta(days=20), 9, 0), "on": WHEN["decided"] + timedelta(days=20)}, "on"),
    ("channel_missing", "electronic_service_consent", {"matter__remedy_channel": ""}, "remedy_channel"),
    ("left_without_refusal", "proof_of_service", {"matter__method": ServiceMethod.LEFT, "matter__witness": "吴桂英"}, "refusal_reason"),
    ("left_without_proof", "proof_of_service", {"matter__method": ServiceMethod.LEFT, "matter__refused": True, "matter__refusal_reason": "称数额过高"}, "witness"),
    ("post_without_number", "proof_of_service", {"matter__method": ServiceMethod.POST}, "mail_number"),
    ("electronic_without_address", "proof_of_service", {"matter__method": ServiceMethod.ELECTRONIC}, "address"),
    ("additional_above_fine", "urging_notice", {"matter__additional_fen": 800_001}, "additional_yuan"),
    ("additional_above_fine", "court_application", {"matter__additional_fen": 800_001}, "additional_yuan"),
    ("urged_early", "urging_notice", {"matter__due_on": WHEN["urged"]}, "on"),
    ("urging_not_ten_days", "court_application", {"on": WHEN["urged_served"] + timedelta(days=14)}, "on"),
    ("parts_differ", "deferral_notice", {"matter__fine_fen": 900_000}, "parts"),
    ("parts_out_of_order", "deferral_notice", {"matter__parts": PAPERS["deferral_notice"](CODE).matter.parts[::-1]}, "parts"),  # type: ignore[attr-defined]
    ("team_too_small", "transfer_letter", {"matter__team": ("周敏",)}, "team"),
    ("law_not_in_force", "penalty_decision", {"case__acted_at": at(date(2026, 8, 14), 9, 0), "matter__imposition__discretion_reason": "及时清扫"}, "sanctioned_by"),
    ("fine_differs", "penalty_decision", {"matter__facts": "当事人此前被罚款人民币壹佰元整（￥100.00）"}, "fine_yuan"),
    ("outside_tier", "penalty_decision", {**TIER, "matter__imposition__fine_fen": 800_000, "matter__imposition__tier_highest_fen": 799_900}, "discretion_reason"),
    ("outside_tier", "prior_notice", {**TIER, "matter__imposition__tier_lowest_fen": 1_500_000}, "discretion_reason"),
    ("marks_unpaired", "prior_notice", {"matter__facts": "违反了《市容条例第三条的规定"}, "facts"),
    ("served_before_paper", "proof_of_service", {"matter__at": None, "on": WHEN["decided"] - timedelta(days=1), "matter__served": (after.ServedOnPaper(title="行政处罚决定书", on=WHEN["decided"]),)}, "on"),
    ("served_late", "proof_of_service", {"matter__at": None, "on": WHEN["decided"] + timedelta(days=20), "matter__served": (after.ServedOnPaper(title="行政处罚决定书", on=WHEN["decided"]),)}, "on"),
    ("amount_differs", "penalty_decision", {"matter__facts": "损失壹佰元整（￥200.00）"}, "fine_yuan"),
    ("outdated_wording", "prior_notice", {"matter__facts": "可以在三个月内向人民法院起诉"}, "template"),
    ("outdated_wording", "penalty_decision", {"matter__facts": "可以向上一级主管部门申请复议"}, "template"),
    ("outdated_wording", "penalty_decision", {"matter__facts": "可以自接到通知之日起十五日内申请复议"}, "template"),
    ("outdated_wording", "penalty_decision", {"matter__facts": "对本决定不服的，应当先申请行政复议"}, "template"),
    ("outdated_wording", "service_announcement", {"matter__content": "经过六十日，即视为送达"}, "template"),
    ("outdated_wording", "prior_notice", {"matter__facts": "可以在三日内要求听证"}, "template"),
    ("outdated_wording", "prior_notice", {"matter__facts": "本案按一般程序办理"}, "template"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "key", "changes", "field"), REFUSED)
def test_each_fault_is_found_with_its_article_and_field(
    code: str, key: str, changes: dict[str, Any], field: str
) -> None:
    found = findings(made(key, **changes))
    assert code in found, list(found)
    assert found[code].field == field
    assert found[code].cite
    assert found[code].say.endswith("。")


PASSES: list[tuple[str, str, dict[str, Any]]] = [
    # the fault that is not there, paper, what stands at the edge
    ("certificate_not_valid", "inspection_record", {"officers": (OFFICERS[0], replace(OFFICERS[1], valid_until=WHEN["act"]))}),
    ("party_name_differs", "prior_notice", {"case__printed": (PrintedOnPaper(title="立案审批表", on=WHEN["filed"], party=COMPANY.name),)}),
    ("decided_late", "penalty_decision", {"case__days__filed_on": WHEN["decided"] - timedelta(days=90), "case__acted_at": at(date(2026, 6, 1), 9, 0), "matter__imposition__law_reason": "新旧规定罚款相同，适用新的规定。"}),
    ("decided_late", "penalty_decision", {"case__days__filed_on": WHEN["decided"] - timedelta(days=120), "case__days__decide_by": WHEN["decided"], "case__acted_at": at(date(2026, 5, 1), 9, 0), "matter__imposition__law_reason": "新旧规定罚款相同，适用新的规定。"}),
    ("paper_before_ground", "inspection_record", {"case__days__filed_on": WHEN["asked"]}),
    ("fine_below_range", "penalty_decision", {"matter__imposition__fine_fen": 200_000}),
    ("fine_below_range", "penalty_decision", {"matter__imposition__fine_fen": 100_000, "matter__imposition__discretion": Discretion.MITIGATED}),
    ("fine_above_range", "prior_notice", {"matter__imposition__fine_fen": 2_000_000}),
    ("fine_above_range", "prior_notice", {"matter__imposition__fine_fen": 9_000_000, "matter__imposition__highest_fen": None, "matter__imposition__lowest_fen": None}),
    ("above_notice", "penalty_decision", {"matter__imposition__fine_fen": 1_000_000}),
    ("defence_time_runs", "penalty_decision", {"matter__defence": None}),
    ("defence_time_runs", "penalty_decision", {"matter__defence": Defence.WAIVED, "case__notice__defence_until": NEXT, "case__notice__waived": True}),
    ("evidence_after_decision", "penalty_decision", {"matter__evidence": (EvidenceOnPaper(name="照片", on=WHEN["decided"]),)}),
    ("gains_amount_missing", "penalty_decision", {"matter__imposition__gains": Gains.UNKNOWN}),
    ("refusal_without_reason", "inspection_record", {"matter__signed": False, "matter__refusal_reason": "认为面积有出入"}),
    ("nobody_present", "inspection_record", {"matter__in_charge__name": ""}),
    ("preservation_too_long", "preservation_notice", {"matter__until_on": WHEN["disposed"] + timedelta(days=4)}),
    ("disposed_late", "preservation_disposal", {"on": WHEN["disposed"] + timedelta(days=4)}),
    ("things_differ", "preservation_disposal", {"matter__disposed": THINGS[::-1]}),
    ("seizure_too_long", "seizure_decision", {"matter__until_on": WHEN["filed"] + timedelta(days=30)}),
    ("extended_late", "seizure_extension", {"on": WHEN["filed"] + timedelta(days=30)}),
    ("too_many_agents", "hearing_record", {"matter__agents": (AGENT, AGENT)}),
    ("private_without_reason", "hearing_notice", {"matter__is_public": False, "matter__private_reason": "涉及商业秘密"}),
    ("hearing_noticed_late", "hearing_notice", {"matter__at": at(WHEN["defence_reviewed"] + timedelta(days=14), 9, 0)}),
    ("hearing_not_said", "penalty_decision", {"matter__hearing_held_on": WHEN["ruled"], "matter__hearing_words": "本机关举行了听证，根据听证笔录采纳当事人的意见。"}),
    ("served_late", "proof_of_service", {"matter__served": (after.ServedOnPaper(title="行政处罚决定书", on=WHEN["decided"]),)}),
    ("left_without_proof", "proof_of_service", {"matter__method": ServiceMethod.LEFT, "matter__refused": True, "matter__refusal_reason": "称数额过高", "matter__video": "0600012-07"}),
    ("post_without_number", "proof_of_service", {"matter__method": ServiceMethod.POST, "matter__mail_number": "1234567890123"}),
    ("electronic_without_address", "proof_of_service", {"matter__method": ServiceMethod.ELECTRONIC, "matter__address": "shunda@example.cn"}),
    ("additional_above_fine", "urging_notice", {"matter__additional_fen": 800_000}),
    ("urged_early", "urging_notice", {"matter__due_on": WHEN["urged"] - timedelta(days=1)}),
    ("team_too_small", "transfer_letter", {"matter__team": ("周敏",), "matter__crime": ""}),
    ("law_not_in_force", "penalty_decision", {"case__acted_at": at(date(2026, 8, 14), 9, 0), "matter__imposition__law_reason": "新旧规定罚款数额相同，适用新的规定。"}),
    ("organ_bank_name", "penalty_decision", {"case__organ__bank_name": "", "case__organ__bank_account": ""}),
    ("organ_bank_address", "urging_notice", {"case__organ__bank_address": "", "matter__how_to_pay": "到区政务服务中心窗口缴纳"}),
    ("organ_court", "service_announcement", {"case__organ__court": "", "matter__is_decision": False}),
    ("outside_tier", "penalty_decision", {**TIER, "matter__imposition__fine_fen": 800_000}),
    ("outside_tier", "penalty_decision", {**TIER, "matter__imposition__fine_fen": 200_000}),
    ("outside_tier", "penalty_decision", {**TIER, "matter__imposition__tier_highest_fen": 100_000, "matter__imposition__discretion_reason": "遗撒面积大，处置不力"}),
    ("marks_unpaired", "prior_notice", {"matter__facts": "违反了《市容条例》第三条的规定"}),
    ("amount_differs", "penalty_decision", {"matter__facts": "清扫费用贰佰元整（￥200.00）"}),
    ("outdated_wording", "penalty_decision", {"matter__facts": "占道堆放长达三个月"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "key", "changes"), PASSES)
def test_what_stands_at_the_edge_of_the_law_passes(
    code: str, key: str, changes: dict[str, Any]
) -> None:
    assert code not in findings(made(key, **changes))


def test_every_finding_is_refused_somewhere_in_these_tests() -> None:
    folder = Path(paths.__file__).parent / "documents"
    written = "".join(
        (folder / f"course_inspect{name}.py").read_text(encoding="utf-8")
        for name in ("", "_facts", "_steps", "_later", "_more")
    )
    codes = set(re.findall(r"(?:block|warn)\(\s*\"(\w+)\"", written))
    codes |= set(re.findall(r"Objection\(\s*\"(\w+)\"", written))
    elsewhere = {
        "entrusted_heading",
        "entrusted_seizure",
        "element_seal",
        "blank_left",
        "law_ended",
        "earlier_missing",
    }
    tested = {code for code, *_ in REFUSED} | {"outdated_wording"}
    beside = Path(__file__).with_name("test_course_inspect_more.py").read_text(encoding="utf-8")
    tested |= set(re.findall(r'^    \("(\w+)", "\w+", \{.*\}, "[\w.]+"\),$', beside, re.M))
    assert codes - tested - elsewhere == set()


LACKING: list[tuple[str, str, dict[str, Any]]] = [
    # element, paper, what was not typed
    ("number", "prior_notice", {"number": ""}),
    ("source", "lead_register", {"matter__source": ""}),
    ("grounds", "filing_approval", {"matter__grounds": ""}),
    ("time", "inspection_record", {"matter__began_at": None}),
    ("place", "inquiry_record", {"matter__place": ""}),
    ("person", "inquiry_record", {"matter__person__name": ""}),
    ("content", "education_record", {"matter__content": ""}),
    ("certificate", "inspection_record", {"officers": (OFFICERS[0], OfficerOnPaper("何志远", ""))}),
    ("time", "inquiry_notice", {"matter__come_at": None}),
    ("act", "correction_order", {"matter__act": ""}),
    ("content", "correction_order", {"matter__content": ""}),
    ("due", "correction_order", {"matter__due_on": None}),
    ("reason", "preservation_notice", {"matter__reason": ""}),
    ("things", "preservation_notice", {"matter__things": ()}),
    ("quantity", "preservation_notice", {"matter__things": (ThingOnPaper(name="三轮车"),)}),
    ("disposal", "preservation_disposal", {"matter__disposed": (replace(THINGS[0], disposal=""), THINGS[1])}),
    ("party_address", "seizure_decision", {"case__party__address": ""}),
    ("authority", "seizure_decision", {"matter__authority": ""}),
    ("until", "seizure_decision", {"matter__until_on": None}),
    ("things", "seizure_list", {"matter__things": ()}),
    ("extension_reason", "seizure_extension", {"matter__extension_reason": ""}),
    ("release_reason", "seizure_release", {"matter__release_reason": ""}),
    ("quantity", "sampling_receipt", {"matter__things": (ThingOnPaper(name="渣土"),)}),
    ("facts", "prior_notice", {"matter__facts": ""}),
    ("evidence", "investigation_report", {"matter__evidence": ()}),
    ("breached", "prior_notice", {"matter__imposition__breached": ""}),
    ("sanction", "prior_notice", {"matter__imposition__sanctioned_by": ""}),
    ("penalty", "prior_notice", {"matter__imposition__kinds": ()}),
    ("party_address", "penalty_decision", {"case__party__address": ""}),
    ("party_id", "penalty_decision", {"case__party__id_number": ""}),
    ("correction", "penalty_decision", {"matter__imposition__correction": ""}),
    ("no_penalty_basis", "no_penalty_decision", {"matter__imposition__no_penalty_reason": None}),
    ("education", "no_penalty_decision", {"matter__education": ""}),
    ("corrected", "no_penalty_decision", {"matter__corrected": ""}),
    ("adopted", "defence_review", {"matter__adopted": None}),
    ("course", "defence_review", {"matter__course": ""}),
    ("chair", "hearing_notice", {"matter__chair": ""}),
    ("record", "hearing_record", {"matter__record": ""}),
    ("opinion", "hearing_report", {"matter__opinion": ""}),
    ("opinion", "legal_review_opinion", {"matter__opinion": None}),
    ("conclusion", "discussion_record", {"matter__conclusion": ""}),
    ("served", "proof_of_service", {"matter__served": ()}),
    ("method", "proof_of_service", {"matter__method": None}),
    ("tried", "service_announcement", {"matter__tried": ""}),
    ("owed", "urging_notice", {"matter__fine_fen": 0, "matter__additional_fen": 0}),
    ("head_name", "court_application", {"matter__head": ""}),
    ("urged", "court_application", {"matter__urged_served_on": None}),
    ("applied", "deferral_notice", {"matter__applied_on": None}),
    ("parts", "deferral_approval", {"matter__parts": ()}),
    ("receiver", "transfer_letter", {"matter__receiver": ""}),
    ("reason", "dismissal_approval", {"matter__reason": ""}),
    ("way", "closure_approval", {"matter__way": None}),
]  # fmt: skip


@pytest.mark.parametrize(("element", "key", "changes"), LACKING)
def test_an_element_that_was_not_typed_refuses(
    element: str, key: str, changes: dict[str, Any]
) -> None:
    found = findings(made(key, **changes))
    assert f"element_{element}" in found, list(found)
    one = found[f"element_{element}"]
    assert one.level is Level.BLOCK
    assert one.cite
    assert one.field


@pytest.mark.parametrize("key", KEYS)
def test_an_element_that_the_template_lost_refuses(key: str) -> None:
    paper = PAPERS[key](CODE)
    bare = 'key = "x"\ntitle = "　"\nversion = "1"\n[[parts]]\nkind = "paragraph"\ntext = "　"\n'
    lost = template.load(bare, where="机关模板")
    found = {one.code for one in inspect_course(paper, lost)}
    asked = {f"element_{one.code}" for one in course_inspect_elements.wanted(paper)}
    assert asked <= found
    if Check.UNDER_SEAL in paper.rule.checks:
        assert "element_seal" in found


def test_a_template_without_a_seal_refuses_and_ours_have_one() -> None:
    for key in sorted(
        one.key for one in course_rules.rules().values() if Check.UNDER_SEAL in one.checks
    ):
        assert "element_seal" not in findings(PAPERS[key](CODE)), key


def edited(key: str, was: str, becomes: str) -> dict[str, Any]:
    text = (paths.resources() / "templates" / f"{key}.toml").read_text(encoding="utf-8")
    assert was in text
    form = template.load(text.replace(was, becomes), where="机关模板")
    return {one.code: one for one in inspect_course(PAPERS[key](CODE), form)}


@pytest.mark.parametrize(
    ("key", "was", "becomes", "code"),
    [
        ("penalty_decision", "{remedy.words}", "", "element_remedy"),
        ("penalty_decision", "{payment.words}", "", "element_payment"),
        ("penalty_decision", "{payment.additional}", "", "element_additional"),
        ("prior_notice", "{rights.defence}", "　", "element_defence_right"),
        ("urging_notice", "有权进行陈述和申辩", "", "element_defence_right"),
        ("service_announcement", "经过三十日", "经过六十日", "outdated_wording"),
        ("court_application", "行政机关负责人（签名）：", "经办人：", "element_head"),
        ("correction_order", "{correction.content|line}", "{correction.content}____", ""),
        ("preservation_notice", "{preservation.place|line}", "{preservation.notice_day|line}{organ.handled_by|line}", "blank_left"),
        ("closure_approval", "{closure.goods|or:/}", "{organ.handled_by}", "blank_left"),
        ("penalty_decision", "{each.words}", "{each.words}（￥1.00）", ""),
    ],
)  # fmt: skip
def test_a_template_that_the_office_changed_is_seen(
    key: str, was: str, becomes: str, code: str
) -> None:
    found = edited(key, was, becomes)
    assert code in found if code else "blank_left" not in found


def test_a_law_that_ended_asks_a_reason_and_a_reason_passes() -> None:
    paper = PAPERS["prior_notice"](AIR)
    late = changed(paper, "on", date(2026, 8, 20))
    assert findings(late)["law_ended"].level is Level.WARN
    said = changed(late, "matter.imposition.law_reason", "新旧规定罚款相同，适用行为发生时的规定。")
    assert "law_ended" not in findings(said)


def test_an_entrusted_unit_neither_signs_nor_seizes() -> None:
    own = replace(ORGAN, handled_by=ORGAN.name)
    paper = made("prior_notice", case__organ=own)
    assert "entrusted_heading" in findings(paper, power=PowerKind.ENTRUSTED)
    proper = made("prior_notice", case__organ=replace(ORGAN, handled_by="云溪区渣土管理站"))
    assert "entrusted_heading" not in findings(proper, power=PowerKind.ENTRUSTED)
    seized = made("seizure_decision")
    assert "entrusted_seizure" in findings(seized, power=PowerKind.ENTRUSTED)
    assert "entrusted_seizure" not in findings(seized, power=PowerKind.CONCENTRATED)
    released = made("seizure_release")
    assert "entrusted_seizure" not in findings(released, power=PowerKind.ENTRUSTED)


def test_facts_that_cannot_be_established_need_no_education() -> None:
    paper = made(
        "no_penalty_decision",
        matter__imposition__outcome=Outcome.NOT_ESTABLISHED,
        matter__imposition__no_penalty_reason=NoPenaltyReason.NOT_ESTABLISHED,
        matter__education="",
        matter__corrected="",
    )
    assert findings(paper) == {}


def test_what_refuses_comes_first() -> None:
    paper = made(
        "penalty_decision",
        case__organ__reconsideration_body="省住房和城乡建设厅",
        case__organ__court="",
    )
    levels = [one.level for one in inspect_course(paper, template.shipped(paper.key))]
    assert levels == sorted(levels, key=lambda level: level is Level.WARN)
    assert levels[0] is Level.BLOCK
