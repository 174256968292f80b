"""The glossary as code: every enum of the field with its Chinese label.

Values are stored and never change once released; labels are what officers read.
"""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A word of the field: `.value` is stored, `.label` is shown."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make the member from its stored value and its Chinese label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def of(cls, label: str) -> Self | None:
        """The member with this Chinese label (as ledgers write it), or None."""
        return next((one for one in cls if one.label == label), None)

    @classmethod
    def labels(cls) -> list[str]:
        return [one.label for one in cls]


class PartyKind(Term):
    """当事人类别 (行政处罚法 第二条; 个体工商户: 民法典 第五十四条)."""

    CITIZEN = "citizen", "公民"
    SOLE_TRADER = "sole_trader", "个体工商户"
    LEGAL_PERSON = "legal_person", "法人"
    OTHER_ORGANIZATION = "other_organization", "其他组织"


class IdKind(Term):
    """What a party is identified by."""

    RESIDENT_ID = "resident_id", "居民身份证"
    CREDIT_CODE = "credit_code", "统一社会信用代码"
    PASSPORT = "passport", "护照"
    HK_MACAO_PERMIT = "hk_macao_permit", "港澳居民来往内地通行证"
    TAIWAN_PERMIT = "taiwan_permit", "台湾居民来往大陆通行证"
    FOREIGNER_ID = "foreigner_id", "外国人永久居留身份证"
    OTHER = "other", "其他证件"


class YesNo(Term):
    """是、否, as ledgers write them."""

    YES = "yes", "是"
    NO = "no", "否"


class Sex(Term):
    MALE = "male", "男"
    FEMALE = "female", "女"


class PlateKind(Term):
    """号牌种类; NONE and UNREADABLE are legal states of a vehicle, not missing input."""

    ORDINARY = "ordinary", "普通"
    NEW_ENERGY = "new_energy", "新能源"
    TRAILER = "trailer", "挂车"
    COACH = "coach", "教练车"
    POLICE = "police", "警车"
    EMBASSY = "embassy", "使馆"
    CONSULATE = "consulate", "领馆"
    HONG_KONG = "hong_kong", "港"
    MACAO = "macao", "澳"
    MILITARY = "military", "军车"
    TEMPORARY = "temporary", "临时"
    OTHER = "other", "其他"
    NONE = "none", "无号牌"
    UNREADABLE = "unreadable", "号牌无法辨认"


class PlateColour(Term):
    BLUE = "blue", "蓝"
    GREEN = "green", "绿"
    YELLOW = "yellow", "黄"
    YELLOW_GREEN = "yellow_green", "黄绿"
    WHITE = "white", "白"
    BLACK = "black", "黑"
    NONE = "none", "无"


class NoticeState(Term):
    """Where a notice's number stands; every number drawn is in exactly one of these."""

    BLANK = "blank", "空白号"
    ISSUED = "issued", "已签发"
    VOID = "void", "作废"


class NoticeOutcome(Term):
    """处置结果."""

    MOVED_OFF = "moved_off", "已驶离"
    NOT_MOVED = "not_moved", "未驶离"
    TO_PENALTY = "to_penalty", "转处罚"


class LadderChoice(Term):
    """What the officer chose where the ladder (三次告知) spoke."""

    NOTICE = "notice", "继续告知"
    SUMMARY = "summary", "转简易程序"
    ORDINARY = "ordinary", "转普通程序"


class Origin(Term):
    """Whether a row was made here or taken over from an older ledger."""

    MADE_HERE = "made_here", "本机办理"
    BACKFILLED = "backfilled", "补录"


class ImportState(Term):
    """Whether the rows of an import stand in the registers or were taken back."""

    TAKEN = "taken", "已导入"
    UNDONE = "undone", "已撤销"


class OfficerPost(Term):
    OFFICER = "officer", "执法人员"
    LEGAL_REVIEWER = "legal_reviewer", "法制审核"
    HEAD = "head", "负责人"


class RecorderState(Term):
    IN_USE = "in_use", "在用"
    REPAIR = "repair", "维修"
    RETIRED = "retired", "停用"


class PowerKind(Term):
    """Where the power to punish comes from (行政处罚法 第十七、十八、十九、二十、二十四条)."""

    OWN = "own", "法定职权"
    CONCENTRATED = "concentrated", "相对集中"
    CONFERRED = "conferred", "赋权"
    ENTRUSTED = "entrusted", "委托"


class Procedure(Term):
    SUMMARY = "summary", "简易"
    ORDINARY = "ordinary", "普通"


class PenaltyKind(Term):
    """The 13 classes of the yearly table and 其他 (行政处罚法 第九条); order of weight is data."""

    WARNING = "warning", "警告"
    CRITICISM = "criticism", "通报批评"
    FINE = "fine", "罚款"
    CONFISCATE_GAINS = "confiscate_gains", "没收违法所得"
    CONFISCATE_PROPERTY = "confiscate_property", "没收非法财物"
    SUSPEND_LICENCE = "suspend_licence", "暂扣许可证件"
    LOWER_QUALIFICATION = "lower_qualification", "降低资质等级"
    RESTRICT_BUSINESS = "restrict_business", "限制开展生产经营活动"
    SUSPEND_BUSINESS = "suspend_business", "责令停产停业"
    CLOSE_DOWN = "close_down", "责令关闭"
    RESTRICT_EMPLOYMENT = "restrict_employment", "限制从业"
    REVOKE_LICENCE = "revoke_licence", "吊销许可证件"
    DETENTION = "detention", "行政拘留"
    OTHER = "other", "其他"


class Discretion(Term):
    """裁量 (行政处罚法 第三十至三十三条)."""

    LIGHTER = "lighter", "从轻"
    MITIGATED = "mitigated", "减轻"
    ORDINARY = "ordinary", "一般"
    HEAVIER = "heavier", "从重"
    NO_PENALTY = "no_penalty", "不予处罚"


class NoPenaltyReason(Term):
    """不予处罚理由 (行政处罚法 第三十、三十一、三十三、五十七条)."""

    MINOR = "minor", "轻微"
    FIRST_VIOLATION = "first_violation", "首违"
    NO_FAULT = "no_fault", "无过错"
    NOT_RESPONSIBLE = "not_responsible", "不担责"
    NOT_ESTABLISHED = "not_established", "不成立"


class Defence(Term):
    """What the party answered when told (行政处罚法 第四十四、四十五、六十二条)."""

    WAIVED = "waived", "明确放弃陈述、申辩"
    REJECTED = "rejected", "已听取，复核后不采纳"
    ADOPTED = "adopted", "已听取，复核后采纳"


class PaymentMode(Term):
    """How a fine is paid (行政处罚法 第六十七、六十八、六十九条)."""

    BANK = "bank", "十五日内到银行或者通过电子支付系统缴纳"
    ON_SPOT_SMALL = "on_spot_small", "当场收缴（一百元以下）"
    ON_SPOT_HARD = "on_spot_hard", "当场收缴（不当场收缴事后难以执行）"
    ON_SPOT_REMOTE = "on_spot_remote", "当场收缴（当事人缴纳确有困难并提出）"


COLLECTED_ON_SPOT = frozenset(
    {PaymentMode.ON_SPOT_SMALL, PaymentMode.ON_SPOT_HARD, PaymentMode.ON_SPOT_REMOTE}
)


class DriverPresence(Term):
    """人行道违停 elements (道路交通安全法 第九十三条)."""

    ABSENT = "absent", "驾驶人不在现场"
    REFUSES = "refuses", "在现场但拒绝立即驶离"
    LEAVES = "leaves", "在现场并立即驶离"


class GuidanceKind(Term):
    """宣传教育台账: 方式."""

    LEAFLET = "leaflet", "发放宣传单"
    PERSUASION = "persuasion", "说服教育"
    GUIDANCE = "guidance", "行政指导"
    EARLY_WARNING = "early_warning", "预警提示"
    INTERVIEW = "interview", "行政约谈"
    PUBLICITY = "publicity", "普法宣传"


class Stage(Term):
    """How far a case is."""

    LEAD = "lead", "线索"
    FILED = "filed", "立案"
    DECIDED = "decided", "已决定"
    CLOSED = "closed", "已结案"


class CaseStep(Term):
    """Steps of a case as they are recorded (`case_event.step`, 行政处罚法 第四十七条).

    The report counts some of them by their own day.
    """

    DISCOVERED = "discovered", "发现"
    EVIDENCE = "evidence", "调查取证"
    TOLD = "told", "告知与申辩"
    DECIDED = "decided", "决定"
    SERVED = "served", "送达"
    PAID = "paid", "缴款"
    TO_ORGAN = "to_organ", "罚款交至行政机关"
    TO_BANK = "to_bank", "罚款缴付银行"
    REPORTED = "reported", "报备案"
    REVOKED = "revoked", "撤销决定"
    CLOSED = "closed", "结案"
    HEARING = "hearing", "组织听证"
    RECONSIDERATION = "reconsideration", "行政复议"
    LITIGATION = "litigation", "行政诉讼"
    COURT_APPLICATION = "court_application", "申请法院强制执行"
    TRANSFER = "transfer", "移送司法机关"
    LEAD_REGISTERED = "lead_registered", "登记线索"
    LEAD_CHECKED = "lead_checked", "核查线索"
    LEAD_SETTLED = "lead_settled", "线索办结"
    LEAD_REPLIED = "lead_replied", "答复"
    PROPOSED = "proposed", "呈报立案"
    SIGNED = "signed", "审批"
    FILED = "filed", "立案"
    FILING_REFUSED = "filing_refused", "不予立案"
    ASSIGNED = "assigned", "指派承办人员"
    RECUSAL_ASKED = "recusal_asked", "申请回避"
    RECUSAL_DECIDED = "recusal_decided", "决定是否回避"
    SUMMONED = "summoned", "通知调查询问"
    INQUIRY = "inquiry", "询问"
    INSPECTION = "inspection", "现场检查（勘验）"
    PHOTOS = "photos", "拍照取证"
    SAMPLING = "sampling", "抽样取证"
    PRESERVED = "preserved", "先行登记保存"
    PRESERVATION_DISPOSED = "preservation_disposed", "处理登记保存的物品"
    SEIZED = "seized", "查封、扣押"
    SEIZURE_EXTENDED = "seizure_extended", "延长查封、扣押"
    SEIZURE_TESTED = "seizure_tested", "检验、鉴定期间"
    SEIZURE_RELEASED = "seizure_released", "解除查封、扣押"
    CORRECTION_ORDERED = "correction_ordered", "责令改正"
    REINSPECTED = "reinspected", "复查改正情况"
    PERIOD_CHANGED = "period_changed", "中止、延长办案期限"
    RESUMED = "resumed", "恢复办案"
    CONCLUDED = "concluded", "调查终结"
    ANNOUNCED = "announced", "事先告知"
    DEFENDED = "defended", "陈述、申辩"
    DEFENCE_REVIEWED = "defence_reviewed", "复核陈述、申辩"
    HEARING_REQUESTED = "hearing_requested", "要求听证"
    HEARING_WITHDRAWN = "hearing_withdrawn", "撤回听证要求"
    HEARING_NOTICED = "hearing_noticed", "通知听证"
    HEARING_REPORTED = "hearing_reported", "听证报告"
    LEGAL_REVIEWED = "legal_reviewed", "法制审核"
    DISCUSSED = "discussed", "集体讨论"
    DECISION_PROPOSED = "decision_proposed", "呈报处理意见"
    RULED = "ruled", "负责人决定"
    EDUCATED = "educated", "教育"
    TRANSFER_PROPOSED = "transfer_proposed", "报告移送"
    TRANSFER_DECIDED = "transfer_decided", "决定是否移送"
    POLICE_ANSWERED = "police_answered", "公安机关答复"
    DISMISSED = "dismissed", "撤案"
    SERVICE_FAILED = "service_failed", "送达未成"
    DEFERRED = "deferred", "延期、分期缴纳"
    URGED = "urged", "催告"
    COURT_ANSWERED = "court_answered", "法院裁定"
    REMEDY_CONCLUDED = "remedy_concluded", "复议、诉讼结果"
    CLOSURE_PROPOSED = "closure_proposed", "呈报结案"


class DocumentState(Term):
    ISSUED = "issued", "已签发"
    VOID = "void", "作废"


class SeriesKind(Term):
    """What the house numbers by itself; papers of the course say in their templates how they are."""

    NOTICE = "courteous_notice", "温馨告知书"
    SUMMARY_DECISION = "summary_decision", "当场行政处罚决定书"
    CASE_FILING = "case_filing", "立案"
    DECISION = "penalty_decision", "行政处罚决定书"
    NO_PENALTY = "no_penalty_decision", "不予行政处罚决定书"
    LEAD = "lead", "线索"


class Role(Term):
    OFFICER = "officer", "执法人员"
    LEGAL_REVIEWER = "legal_reviewer", "法制审核"
    HEAD = "head", "负责人"
    ARCHIVIST = "archivist", "档案员"
    ADMINISTRATOR = "administrator", "系统管理员"
    AUDITOR = "auditor", "审计员"


class Force(Term):
    """Whether the law binds the organ or leaves it the choice (行政处罚法 第三十至三十三条)."""

    SHALL = "shall", "应当"
    MAY = "may", "可以"


class LeniencyEffect(Term):
    """What a circumstance brings (行政处罚法 第三十至三十三条、生态环境法典 第一千零五十六条)."""

    NO_PENALTY = "no_penalty", "不予行政处罚"
    LIGHTER_OR_MITIGATED = "lighter_or_mitigated", "从轻或者减轻行政处罚"
    LIGHTER = "lighter", "从轻行政处罚"
    MITIGATED = "mitigated", "减轻行政处罚"
    PENALTY = "penalty", "给予行政处罚"
    HEAVIER = "heavier", "从重处罚"
    EXAMINATION = "examination", "逐项审查"


class LeniencyPaper(Term):
    """What goes into the file with 不予 (行政处罚法 第三十、三十一、三十三、五十七条)."""

    DECISION = "decision", "不予行政处罚决定书"
    EDUCATION = "education", "教育记录"
    PLEDGE = "pledge", "改正承诺书"
    LOOKUP = "lookup", "初次违法核查记录"
    GUARDIAN_DISCIPLINE = "guardian_discipline", "责令监护人管教通知书"
    GUARDIAN_CARE = "guardian_care", "责令监护人看管和治疗通知书"


class ListCategory(Term):
    """The three lists 不予、减轻、从轻, the first by its three grounds."""

    MINOR = "minor", "不予-轻微"
    FIRST_VIOLATION = "first_violation", "不予-首违"
    NO_FAULT = "no_fault", "不予-无过错"
    MITIGATED = "mitigated", "减轻"
    LIGHTER = "lighter", "从轻"


class Side(Term):
    """Whom a range of fine binds, as penalty provisions tell them apart."""

    CITIZEN = "citizen", "个人"
    ORGANIZATION = "organization", "单位"


class Matching(Term):
    """How the conditions of a row or a tier stand together."""

    ALL = "all", "全部具备"
    ANY = "any", "具备其一"


class ConditionState(Term):
    """What is known about a condition: ticked with evidence, denied, or not looked into yet."""

    MET = "met", "具备"
    NOT_MET = "not_met", "不具备"
    OPEN = "open", "待查明"
    TO_CONFIRM = "to_confirm", "待机关确认"


class Needed(Term):
    """Whether a step of the ordinary procedure has to be taken."""

    YES = "yes", "应当"
    NO = "no", "不需要"
    ADVISED = "advised", "建议"
    OPEN = "open", "暂不能判断"


class CitedIn(Term):
    """Where an article is cited that may have gone out of force."""

    TEMPLATE = "template", "文书模板"
    LIST = "list", "清单"
    TIER = "tier", "裁量基准"
    CASE = "case", "未决案件"
    LAW_DATA = "law_data", "法规数据"
