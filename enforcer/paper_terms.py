"""The words a template's [paper] table is written with: what it is filled from, what is checked."""

from __future__ import annotations

from enforcer.terms import Term


class Matter(Term):
    """What a paper of the ordinary course is filled from; each has its shape in code."""

    LEAD = "lead", "线索"
    FILING = "filing", "呈报立案"
    REFUSED = "filing_refused", "不予立案"
    RECUSAL = "recusal", "回避"
    INSPECTION = "inspection", "现场检查（勘验）笔录"
    PHOTOS = "photos", "照片"
    SUMMONS = "summons", "调查询问的通知"
    INQUIRY = "inquiry", "询问笔录"
    CORRECTION = "correction", "责令改正"
    PRESERVATION = "preservation", "先行登记保存"
    SEIZURE = "seizure", "查封、扣押"
    SAMPLING = "sampling", "抽样取证"
    PERIOD = "period", "中止、延长办案期限"
    REPORT = "report", "调查终结报告"
    NOTICE = "prior_notice", "事先告知"
    WAIVER = "waiver", "放弃权利的表示"
    DEFENCE = "defence", "陈述、申辩笔录"
    DEFENCE_REVIEW = "defence_review", "陈述、申辩的复核"
    HEARING = "hearing", "听证"
    REVIEW = "legal_review", "法制审核"
    DISCUSSION = "discussion", "集体讨论"
    PROPOSAL = "proposal", "处理意见"
    PENALTY = "penalty", "行政处罚决定"
    NO_PENALTY = "no_penalty", "不予行政处罚决定"
    EDUCATION = "education", "教育"
    PLEDGE = "pledge", "改正承诺"
    SERVICE = "service", "送达"
    ANNOUNCEMENT = "announcement", "公告送达"
    CONSENT = "consent", "同意电子送达"
    URGING = "urging", "催告"
    COURT = "court", "申请强制执行"
    DEFERRAL = "deferral", "延期、分期缴纳"
    TRANSFER = "transfer", "移送"
    DISMISSAL = "dismissal", "撤案"
    REVOCATION = "revocation", "撤销决定"
    CLOSURE = "closure", "结案"
    DOSSIER = "dossier", "案卷"
    RECEIPTS = "receipts", "缴款票据"


class Check(Term):
    """What 出件体检 looks at besides what is wrong in the matter itself."""

    ELEMENTS = "elements", "这种内容的法定要素，逐项印在文书上"
    UNDER_SEAL = "under_seal", "以机关名义出：文号、机关名称、日期、印章"
    TWO_OFFICERS = "two_officers", "两名执法人员及其证件"
    REASON = "reason", "当事人、理由和依据"
    APPROVAL = "approval", "负责人已经批准"
    RIGHTS = "rights", "陈述、申辩和听证的权利"
    REMEDY = "remedy", "复议、诉讼的途径和期限"
    PAYMENT = "payment", "缴款的银行和方式"
    DECISION_DAY = "decision_day", "作出决定的日期和九十日期限"
    AS_TOLD = "as_told", "不重于告知的处罚"
    WAITING = "waiting", "陈述、申辩和听证的期限届满"
    DISCRETION = "discretion", "幅度内选定数额的理由"
    FACTS_DATED = "facts_dated", "事实写明时间"
    LIMITATION = "limitation", "追究的期限"
    REVIEW_ORDER = "review_order", "先审核、讨论，后决定"
    PARTY_HEAD = "party_head", "法定代表人、经营者的姓名"
    ORGAN_ADDRESS = "organ_address", "机关地址"
    EVIDENCE_DAYS = "evidence_days", "证据早于决定"


class Final(Term):
    """Why an issued paper is never made void: it takes effect as it is handed over."""

    DECISION = "decision", "行政处罚决定"
    MEASURE = "measure", "行政强制措施"


class Only(Term):
    """What else has to hold for a paper to be made at all."""

    PUBLIC_HEARING = "public_hearing", "听证公开举行"


class Use(Term):
    """When a paper that may be made belongs in the dossier."""

    WAIVED = "waived", "当事人放弃了权利"
    SPOKEN = "spoken", "当事人口头陈述、申辩"
    ELECTRONIC = "electronic", "以电子方式送达"
    PROMISED = "promised", "当事人书面承诺改正"
