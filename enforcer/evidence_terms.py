"""The glossary of evidence: recordings, where they lie, what they prove, how long they are kept."""

from __future__ import annotations

from enforcer.terms import Term


class EvidenceKind(Term):
    """The eight kinds of evidence (行政处罚法 第四十六条第一款)."""

    DOCUMENTARY = "documentary", "书证"
    PHYSICAL = "physical", "物证"
    AUDIO_VISUAL = "audio_visual", "视听资料"
    ELECTRONIC = "electronic", "电子数据"
    TESTIMONY = "testimony", "证人证言"
    STATEMENT = "statement", "当事人的陈述"
    EXPERT_OPINION = "expert_opinion", "鉴定意见"
    RECORDS = "records", "勘验笔录、现场笔录"


class MediaKind(Term):
    """What a file holds, told from its content, never from its name."""

    VIDEO = "video", "录像"
    AUDIO = "audio", "录音"
    PHOTO = "photo", "照片"
    PAPER = "paper", "文档"
    OTHER = "other", "其他文件"


class Keeping(Term):
    """Where a registered file lies."""

    COPIED = "copied", "存入本机"
    REFERENCED = "referenced", "原处保存"


class TimeSource(Term):
    """Which clock the in and out times were taken from."""

    NAME = "name", "文件名"
    MEDIA = "media", "媒体信息"
    EXIF = "exif", "照片信息"
    HAND = "hand", "人工填写"


class RecorderEventKind(Term):
    """The course of a body-worn camera."""

    ISSUED = "issued", "配发"
    RETURNED = "returned", "收回"
    FAULT = "fault", "故障"
    REPAIRED = "repaired", "修复"
    CLOCK = "clock", "校时"


class ActionKind(Term):
    """What an officer does in the field and recorders have to see (行政处罚法 第四十七条)."""

    NOTICE = "notice", "温馨告知"
    DECISION = "decision", "当场处罚决定"
    INSPECTION = "inspection", "现场检查（勘验）"
    SERVICE = "service", "留置送达"
    CASE = "case", "办理案件"


class RetentionClass(Term):
    """How long a recording is kept; what a case holds is kept for good whatever its class."""

    ROUTINE = "routine", "一般"
    OBSTRUCTION = "obstruction", "阻碍执法"
    MAJOR = "major", "重大、疑难事件"


class SourceKind(Term):
    """Where files are taken in from."""

    CARD = "card", "存储卡"
    FOLDER = "folder", "文件夹"
    DOCK = "dock", "采集站导出"
    FILES = "files", "文件"


class IntakeState(Term):
    RUNNING = "running", "正在导入"
    CANCELLED = "cancelled", "已取消"
    INTERRUPTED = "interrupted", "中断"
    DONE = "done", "已完成"


class IntakeFileState(Term):
    """What became of one file of an intake."""

    WAITING = "waiting", "等待"
    TAKEN = "taken", "已登记"
    KNOWN = "known", "重复"
    REFUSED = "refused", "未登记"


class ProblemKind(Term):
    """What a check found wrong with a kept file."""

    ALTERED = "altered", "内容被改动"
    MISSING = "missing", "不见了"
    UNREADABLE = "unreadable", "读不出"


class EvidenceActKind(Term):
    """What was done with a kept file."""

    VIEWED = "viewed", "查看"
    COPIED_OUT = "copied_out", "复制带出"
    PRINTED = "printed", "打印"
    MASKED = "masked", "制作遮盖副本"
    DELETED = "deleted", "到期删除"
    TAKEN_BACK = "taken_back", "从备份取回"


class AfterDecision(Term):
    """Whether evidence was there when the decision was made (行政诉讼证据规定 第六十条第一项)."""

    NO = "no", "决定前取得"
    RECORDED = "recorded", "决定后取得"
    REGISTERED = "registered", "决定后入库"
