"""The two ordinary cases of the sample, carried out by the operations themselves, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from enforcer.law import calendar
from enforcer.operations.replaying import Scripted, replay
from enforcer.store.database import Store

CHINA = ZoneInfo("Asia/Shanghai")
OPEN_FROM = date(2026, 11, 2)  # before it the open case would overtake the last quarter shown
FIRST, SECOND, LEADER, REVIEWER, HEAD = "周敏", "何志远", "刘一帆", "孙雅琴", "马建国"
CHAIR = "赵立新"
PAIR = {"officer1_id": f"${FIRST}", "officer2_id": f"${SECOND}"}
COMPANY = "云溪顺达渣土运输有限公司（示例）"
CODE = "《中华人民共和国生态环境法典》"
ROAD = "云溪大道与滨河路交叉口"
YARD = "柳叶巷12号院"
HOME = "云溪市柳叶巷12号"


def make_courses(store: Store, *, today: date) -> None:
    """A citizen's case with a hearing, closed; a company's spilled spoil, waiting for the officers."""
    for script in (_citizen(), _spoil(start_of(today))):
        for done in replay(store, tuple(script)):
            said = "；".join(one.say for one in done.objections)
            assert done.ok, f"{done.step.op} {done.step.at:%Y-%m-%d}：{said}"


def start_of(today: date) -> date:
    """The day from which what is open counts back."""
    return max(today, OPEN_FROM)


def step(op: str, at: datetime, actor: str, bind: str = "", **form: Any) -> Scripted:
    """One deed of the course."""
    return Scripted(op, at, actor, form, bind=bind)


def _paper(template: str, at: datetime, actor: str = FIRST, **form: Any) -> Scripted:
    return step("issue_paper", at, actor, template=template, **form)


def _signed(matter: str, at: datetime, *actors: str, words: str = "同意") -> Iterator[Scripted]:
    for actor in actors:
        yield step("sign_off", at, actor, matter=matter, words=words)


class Days:
    """Moments of the course, in the office's time."""

    def __init__(self, start: date) -> None:
        self._start, self._calendar = start, calendar.shipped()

    def on(self, month: int, day: int, hour: int = 17, minute: int = 0) -> datetime:
        return datetime.combine(date(2026, month, day), time(hour, minute), CHINA)

    def ago(self, days: int, hour: int = 17, minute: int = 0) -> datetime:
        """So many working days before the start."""
        return datetime.combine(self._calendar.shift(self._start, -days), time(hour, minute), CHINA)

    def ahead(self, days: int) -> date:
        """The day so many working days after the start."""
        return self._calendar.shift(self._start, days)


def _citizen() -> Iterator[Scripted]:
    """露天焚烧落叶: from the complaint through a hearing to the closed file (第六十三至六十五条)."""
    on = Days(OPEN_FROM).on
    yield step(
        "register_lead", on(9, 1, 9, 5), FIRST, "lead",
        source="complaint", received_at=on(9, 1, 9), informant="邻居（示例）", secret=True,
        place=YARD, content="有人在院内焚烧落叶，浓烟呛人。", item_key="burning_leaves",
        reply_due_on=date(2026, 9, 8),
    )  # fmt: skip
    yield step("check_lead", on(9, 1, 10), FIRST, findings="现场正在焚烧落叶约半立方米，情况属实。")
    yield step(
        "propose_filing", on(9, 1, 11), FIRST, "case",
        party_kind="citizen", party_name="李示例", id_kind="resident_id",
        party_id_number="110105194912310038", sex="male", party_address=HOME,
        party_phone="0730-0000100", item_key="burning_leaves", place=YARD,
        act="在院内露天焚烧落叶约半立方米，产生浓烟", acted_at=on(9, 1, 9, 20),
        grounds=f"涉嫌违反{CODE}第二百四十六条，符合立案标准", words="建议立案", **PAIR,
    )  # fmt: skip
    yield step(
        "record_inspection", on(9, 1, 11, 10), FIRST, **PAIR,
        began_at=on(9, 1, 9, 30), ended_at=on(9, 1, 10), place=YARD, recorder=SECOND,
        person="李示例", person_role="当事人", certificates_shown=True,
        content="院内空地正在焚烧落叶，约半立方米，浓烟飘向相邻住宅。当事人当场将火熄灭。",
    )  # fmt: skip
    yield _paper("inspection_record", on(9, 1, 11, 20))
    yield _paper("lead_register", on(9, 1, 11, 25))
    yield step(
        "order_correction", on(9, 1, 11, 30), FIRST, "stop", **PAIR, at_once=True,
        content="立即熄灭，不得再露天焚烧落叶", basis=f"{CODE}第一千一百三十一条第一款",
    )  # fmt: skip
    yield _paper("correction_order", on(9, 1, 11, 35))
    yield from _signed("filing", on(9, 2, 9), LEADER, HEAD, words="同意立案")
    yield _paper("filing_approval", on(9, 2, 10))
    yield step(
        "record_inquiry", on(9, 3, 9, 45), FIRST,
        began_at=on(9, 3, 9), ended_at=on(9, 3, 9, 40), place="本局询问室", recorder=SECOND,
        person="李示例", person_role="当事人", certificates_shown=True, rights_told=True,
        content="问：9月1日院内的落叶是谁烧的？\n答：是我烧的，图方便，没想到烟这么大。",
    )  # fmt: skip
    yield _paper("inquiry_record", on(9, 3, 9, 50))
    yield step(
        "reinspect", on(9, 3, 15), FIRST, correction_id="$stop", corrected=True,
        words="复查未见再次焚烧，余烬已清理",
    )  # fmt: skip
    yield step("reply_to_lead", on(9, 4, 9), FIRST, way="当面", reply="情况属实，已立案调查。")
    yield step(
        "conclude_investigation", on(9, 4, 16), FIRST,
        kinds=["fine"], fine_yuan="1500", gains="none",
        discretion_reason="焚烧量较大，烟气影响相邻住宅，当场熄灭，属一般情节",
        breached=f"{CODE}第二百四十六条", sanctioned_by=f"{CODE}第一千一百三十一条第一款",
        facts="2026年9月1日9时20分，李示例在柳叶巷12号院内露天焚烧落叶约半立方米，产生浓烟。",
        evidence="现场检查笔录1份，证明焚烧的时间、地点和数量；询问笔录1份，证明焚烧由当事人实施。",
        words="建议罚款1500元，妥否，请领导审批", public_interest=False, complicated=False,
        serious=False, major_rights=True,
    )  # fmt: skip
    yield _paper("investigation_report", on(9, 4, 16, 30))
    yield step(
        "announce_penalty", on(9, 7, 9), FIRST, reasons_given="露天焚烧落叶产生烟尘",
        hearing_offered=True, defence_days=3,
    )  # fmt: skip
    yield _paper("prior_notice", on(9, 7, 9, 10))
    yield step("serve_document", on(9, 7, 15), FIRST, "told", of="announced", **_to_party())
    yield _paper("proof_of_service", on(9, 7, 15, 30), row="$told")
    yield step("request_hearing", on(9, 10, 9), FIRST, words="书面申请：认为罚款过重，要求听证")
    yield step(
        "notify_hearing", on(9, 14, 9), REVIEWER, hearing_at=on(9, 28, 14, 30),
        place="本局二楼会议室", chair_id=f"${CHAIR}", recorder_id=f"${LEADER}",
    )  # fmt: skip
    yield _paper("hearing_notice", on(9, 14, 9, 10), REVIEWER)
    yield step("serve_document", on(9, 14, 15), FIRST, "asked", of="hearing_noticed", **_to_party())
    yield _paper("proof_of_service", on(9, 14, 15, 30), row="$asked")
    yield step(
        "hold_hearing", on(9, 28, 16), CHAIR,
        began_at=on(9, 28, 14, 30), ended_at=on(9, 28, 15, 40),
        record="调查人员提出违法事实、证据和处罚建议；当事人认为系初犯、当场熄灭，请求减少罚款；"
        "双方对检查笔录、询问笔录质证，均无异议。",
    )  # fmt: skip
    yield _paper("hearing_record", on(9, 28, 16, 10), LEADER)
    yield step("report_hearing", on(9, 29, 9), CHAIR, words="事实清楚、证据确凿，建议罚款一千元。")
    yield _paper("hearing_report", on(9, 29, 9, 10), CHAIR)
    yield step("propose_decision", on(9, 29, 10), FIRST, fine_yuan="1000", words="采纳听证意见")
    yield from _signed("decision", on(9, 29, 15), LEADER)
    yield step(
        "review_legally", on(9, 30, 9), REVIEWER, opinion="agreed",
        words="主体、程序合法，事实清楚，适用法律正确，同意",
    )  # fmt: skip
    yield _paper("legal_review_opinion", on(9, 30, 9, 10), REVIEWER)
    yield from _signed("decision", on(9, 30, 10), REVIEWER, HEAD)
    yield _paper("decision_approval", on(9, 30, 10, 30))
    yield step("decide", on(9, 30, 11), FIRST)
    yield _paper("penalty_decision", on(9, 30, 11, 10))
    yield step("serve_document", on(10, 8, 10), FIRST, "handed", of="decided", **_to_party())
    yield _paper("proof_of_service", on(10, 8, 10, 10), row="$handed")
    yield step("receive_payment", on(10, 20, 10), FIRST, receipt_number="NO示例0001")
    yield _paper("receipt_page", on(10, 20, 10, 10))
    yield step(
        "propose_closure", on(10, 21, 9), FIRST, way="performed",
        words="罚款1000元已于2026年10月20日缴清，建议结案",
    )  # fmt: skip
    yield from _signed("closure", on(10, 21, 15), LEADER, HEAD, words="同意结案")
    yield _paper("closure_approval", on(10, 21, 16))


def _to_party() -> dict[str, Any]:
    return {
        "method": "direct",
        "place": HOME,
        "receiver": "party",
        "receiver_name": "李示例",
    }


def _spoil(today: date) -> Iterator[Scripted]:
    """渣土遗撒: from the hotline to a notice that is served; the clocks run from yesterday's days."""
    ago = Days(today).ago
    seen = ago(17, 8, 30)
    told = f"{seen.year}年{seen.month}月{seen.day}日8时30分"
    yield step(
        "register_lead", ago(17, 8, 50), FIRST, "lead",
        source="hotline", source_number=f"12345-{seen:%Y-%m%d}01", received_at=ago(17, 8, 40),
        informant="张女士（示例）", informant_phone="0730-0000102",
        reply_due_on=ago(12).date(), place=ROAD, item_key="bulk_load_unsealed",
        content="有渣土车沿路撒土，路面大片泥土，扬尘很大。",
    )  # fmt: skip
    yield step(
        "check_lead", ago(17, 11), FIRST,
        findings="现场一辆自卸货车未密闭，沿途遗撒渣土约两立方米，情况属实。",
    )  # fmt: skip
    yield step(
        "propose_filing", ago(16, 9), FIRST, "case",
        party_kind="legal_person", party_name=COMPANY, id_kind="credit_code",
        party_id_number="91430799MA0000HD0D", party_address="云溪市工业园3号",
        party_phone="0730-0000103", legal_representative="李顺达", position="总经理",
        item_key="bulk_load_unsealed", place=ROAD, plate="湘F12345",
        act="自卸货车湘F12345运输渣土未采取密闭措施，沿途遗撒约两立方米",
        acted_at=seen, discovered_on=seen.date(),
        grounds=f"涉嫌违反{CODE}第二百四十一条第一款，符合立案标准",
        words="建议立案，由周敏、何志远承办", **PAIR,
    )  # fmt: skip
    yield step(
        "record_inspection", ago(16, 9, 20), FIRST, on=seen.date(), **PAIR,
        began_at=ago(17, 9, 20), ended_at=ago(17, 10), place=ROAD, recorder=SECOND,
        person="王师傅", person_role="驾驶员", certificates_shown=True,
        content="自卸货车湘F12345车厢未加盖，路口至滨河路二百米路面遗撒渣土约两立方米。",
    )  # fmt: skip
    yield _paper("inspection_record", ago(16, 9, 25))
    yield _paper("lead_register", ago(16, 9, 26))
    yield step(
        "record_photos", ago(16, 9, 30), FIRST, on=seen.date(), **PAIR,
        taken_at=ago(17, 9, 25), place=ROAD, content="车辆未密闭、路面遗撒情况", person="王师傅",
        things=[{"name": "车辆全景", "quantity": "1张"}, {"name": "路面遗撒", "quantity": "2张"}],
    )  # fmt: skip
    yield _paper("photo_evidence", ago(16, 9, 35))
    yield step(
        "order_correction", ago(16, 9, 40), FIRST, "correction", on=seen.date(), **PAIR,
        content="立即清除路面遗撒的渣土，车辆加装密闭装置后方可上路",
        basis=f"{CODE}第一千一百二十九条", due_on=ago(14).date(),
    )  # fmt: skip
    yield _paper("correction_order", ago(16, 9, 45))
    yield from _signed("filing", ago(16, 15), LEADER, words="同意立案")
    yield from _signed("filing", ago(15, 9), HEAD, words="同意立案，指定周敏、何志远为本案调查人员")
    yield _paper("filing_approval", ago(15, 9, 30))
    yield step(
        "record_inquiry", ago(14, 10), FIRST,
        began_at=ago(14, 9), ended_at=ago(14, 9, 50), place="本局询问室", recorder=SECOND,
        person="王师傅", person_role="驾驶员，受公司指派", certificates_shown=True,
        rights_told=True,
        content="问：车辆为什么没有密闭？\n答：赶时间，没有盖篷布，公司叫我尽快运完。",
    )  # fmt: skip
    yield _paper("inquiry_record", ago(14, 10, 10))
    yield step(
        "reinspect", ago(14, 15), FIRST, correction_id="$correction", corrected=True,
        words="路面已清理干净，车辆已加装密闭盖板",
    )  # fmt: skip
    yield step(
        "reply_to_lead", ago(13, 10), FIRST, way="电话",
        reply="您反映的情况属实，已责令清理并立案调查。",
    )  # fmt: skip
    yield step(
        "conclude_investigation", ago(9, 16), FIRST,
        kinds=["fine"], fine_yuan="6000", gains="none",
        discretion_reason="遗撒约两立方米，未造成事故，属一般情节",
        breached=f"{CODE}第二百四十一条第一款", sanctioned_by=f"{CODE}第一千一百二十九条",
        facts=f"{told}，该公司自卸货车湘F12345在云溪大道运输渣土未采取密闭措施，沿途遗撒约两立方米。",
        evidence="现场检查笔录1份，证明未密闭和遗撒；现场照片3张，证明遗撒范围；"
        "询问笔录1份，证明车辆由公司指派。",
        words="建议罚款6000元，妥否，请领导审批", public_interest=False, complicated=True,
        serious=False, major_rights=False,
    )  # fmt: skip
    yield _paper("investigation_report", ago(9, 16, 30))
    yield step(
        "announce_penalty", ago(4, 10), FIRST, reasons_given="未密闭运输致遗撒",
        hearing_offered=True, defence_days=3,
    )  # fmt: skip
    yield _paper("prior_notice", ago(4, 10, 10))
    yield step(
        "serve_document", ago(3, 10), FIRST, of="announced", method="direct",
        place="云溪市工业园3号", receiver="clerk", receiver_name="陈文员",
        relation="行政文员，负责收件",
    )  # fmt: skip
    yield _paper("proof_of_service", ago(3, 10, 30))
    yield step(
        "hear_defence", ago(1, 15), FIRST, speaker="李顺达", in_writing=True,
        words="我公司当天即组织清扫，路面两小时内恢复，请求从轻。", evidence="清扫照片2张",
    )  # fmt: skip
