"""The glossary of the ordinary course: leads, records, goods, service, remedies, money owed."""

from __future__ import annotations

from enforcer.terms import Term


class Part(Term):
    """The six parts of the whole-process record (行政处罚法 第四十七条)."""

    START = "start", "启动"
    INVESTIGATION = "investigation", "调查取证"
    REVIEW = "review", "审核"
    DECISION = "decision", "决定"
    SERVICE = "service", "送达"
    EXECUTION = "execution", "执行"


class LeadSource(Term):
    """案件来源."""

    HOTLINE = "hotline", "市长热线"
    MAILBOX = "mailbox", "市长信箱"
    FORUM = "forum", "论坛"
    PATROL = "patrol", "巡查"
    ASSIGNED = "assigned", "交办"
    TRANSFERRED = "transferred", "移送"
    COMPLAINT = "complaint", "投诉举报"


class LeadOutcome(Term):
    """What became of a lead; only 立案 makes a case (行政处罚法 第五十四条第二款)."""

    CASE = "case", "立案"
    MERGED = "merged", "并案处理"
    REFUSED = "refused", "不予立案"
    SUMMARY = "summary", "当场处罚"
    PERSUADED = "persuaded", "劝导教育"
    REFERRED = "referred", "转有权机关处理"


class LeadDeed(Term):
    """What is done with a lead before it is a case: each on record, each to be taken back in turn."""

    REGISTERED = "registered", "登记"
    CORRECTED = "corrected", "更正登记"
    ASSIGNED = "assigned", "交办"
    CHECKED = "checked", "核查"
    EXTENDED = "extended", "延长答复期限"
    SETTLED = "settled", "办结"
    REPLIED = "replied", "答复"
    FOLLOWED_UP = "followed_up", "回访"
    VOIDED = "voided", "作废"
    UNDONE = "undone", "撤回"


class SignOffMatter(Term):
    """What goes through the sign-off chain of the office."""

    FILING = "filing", "立案"
    DECISION = "decision", "案件处理"
    CLOSURE = "closure", "结案"


class RecordKind(Term):
    """Written records of the investigation (行政处罚法 第四十六、五十五、五十六条)."""

    INQUIRY = "inquiry", "调查（询问）笔录"
    INSPECTION = "inspection", "现场检查（勘验）笔录"
    PHOTOS = "photos", "现场照片（图片）证据"
    SAMPLING = "sampling", "抽样取证凭证"
    EDUCATION = "education", "教育记录"


class Disposal(Term):
    """What is done with things preserved or seized (行政处罚法 第五十六条; 行政强制法 第二十七条)."""

    RETURNED = "returned", "返还"
    SEIZED = "seized", "转为查封、扣押"
    EXAMINED = "examined", "送检验、鉴定"
    CONFISCATED = "confiscated", "没收"
    DESTROYED = "destroyed", "依法销毁"
    TRANSFERRED = "transferred", "移送有关机关"


class SeizureKind(Term):
    """行政强制法 第九条第二、三项."""

    SEAL_UP = "seal_up", "查封"
    IMPOUND = "impound", "扣押"


class Rank(Term):
    """The rank of the provision that allows a measure (行政强制法 第十、十一条)."""

    LAW = "law", "法律"
    ADMINISTRATIVE_REGULATION = "administrative_regulation", "行政法规"
    LOCAL_REGULATION = "local_regulation", "地方性法规"
    RULE = "rule", "规章"
    OTHER = "other", "其他规范性文件"


class Gains(Term):
    """违法所得 has to be answered one way or the other (行政处罚法 第二十八条第二款)."""

    NONE = "none", "没有违法所得"
    KNOWN = "known", "有违法所得"
    UNKNOWN = "unknown", "违法所得无法计算"


class Outcome(Term):
    """The four outcomes of the head's examination (行政处罚法 第五十七条第一款)."""

    PENALTY = "penalty", "给予行政处罚"
    NO_PENALTY = "no_penalty", "不予行政处罚"
    NOT_ESTABLISHED = "not_established", "违法事实不能成立，不予行政处罚"
    TRANSFER = "transfer", "涉嫌犯罪，移送司法机关"


class ReviewOpinion(Term):
    """What the legal review says (行政处罚法 第五十八条)."""

    AGREED = "agreed", "同意"
    AMEND = "amend", "建议修改后提交"
    DISAGREED = "disagreed", "不同意"


class PeriodKind(Term):
    """What moves the ninety days: only by a cited rule (行政处罚法 第六十条)."""

    SUSPENSION = "suspension", "中止"
    EXCLUSION = "exclusion", "扣除"
    EXTENSION = "extension", "延长"


class ServiceMethod(Term):
    """The seven ways of service (行政处罚法 第六十一条; 民事诉讼法 第八十七至九十五条)."""

    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    ENTRUSTED = "entrusted", "委托送达"
    POST = "post", "邮寄送达"
    FORWARDED = "forwarded", "转交送达"
    ANNOUNCED = "announced", "公告送达"
    ELECTRONIC = "electronic", "电子送达"


class Receiver(Term):
    """Who signs for a paper (民事诉讼法 第八十八条)."""

    PARTY = "party", "当事人本人"
    FAMILY = "family", "同住成年家属"
    REPRESENTATIVE = "representative", "法定代表人、主要负责人"
    CLERK = "clerk", "单位负责收件的人"
    AGENT = "agent", "代理人、指定代收人"
    OTHER = "other", "其他人"


class RemedyKind(Term):
    """行政复议、行政诉讼 (行政处罚法 第七条)."""

    RECONSIDERATION = "reconsideration", "行政复议"
    LITIGATION = "litigation", "行政诉讼"


class RemedyOutcome(Term):
    """How a remedy ends, and so what becomes of the decision."""

    UPHELD = "upheld", "维持"
    CHANGED = "changed", "变更"
    REVOKED = "revoked", "撤销"
    UNLAWFUL = "unlawful", "确认违法"
    VOID = "void", "确认无效"
    DISMISSED = "dismissed", "驳回、不予受理"
    WITHDRAWN = "withdrawn", "申请人撤回"


class CourtAnswer(Term):
    """What the court says to an application (行政强制法 第五十六至五十八条)."""

    GRANTED = "granted", "准予强制执行"
    REFUSED = "refused", "不予受理、不准予执行"
    COMPLETED = "completed", "执行完毕"
    TERMINATED = "terminated", "终结执行"


class ClosingWay(Term):
    """结案方式."""

    PERFORMED = "performed", "自动履行"
    ENFORCED = "enforced", "强制执行"
    RECONSIDERED = "reconsidered", "复议结案"
    LITIGATED = "litigated", "诉讼结案"
    NO_PENALTY = "no_penalty", "不予处罚"
    TRANSFERRED = "transferred", "移送司法机关"
    REVOKED = "revoked", "决定已撤销"
    TERMINATED = "terminated", "终结执行"
