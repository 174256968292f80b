"""The six Excel ledgers as data: exact headers, what is required, how a cell is read."""

from dataclasses import dataclass, field
from enum import Enum, StrEnum

from enforcer.course_terms import LeadDeed, LeadOutcome, LeadSource
from enforcer.terms import (
    Discretion,
    GuidanceKind,
    NoPenaltyReason,
    NoticeOutcome,
    NoticeState,
    OfficerPost,
    PartyKind,
    PenaltyKind,
    PlateColour,
    Procedure,
    RecorderState,
    YesNo,
)
from enforcer.text import LINE, NAME, PARAGRAPH


class CellKind(StrEnum):
    """How a cell is read and written."""

    TEXT = "text"
    NUMBER = "number"  # a number that is a name (编号, 文号, 证号): never calculated with
    NAME = "name"
    PLATE = "plate"
    DAY = "day"
    MOMENT = "moment"
    MONEY = "money"
    COUNT = "count"
    WORD = "word"  # one of `words`
    WORDS = "words"  # several of `words`, joined by 、


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """One column: its header on the sheet, its key in `LedgerRow.values`, how it is read."""

    header: str
    key: str
    kind: CellKind = CellKind.TEXT
    required: bool = False
    words: dict[str, Enum] = field(default_factory=dict)
    limit: int = LINE
    future: bool = False  # only 有效期至 may lie after today
    lines: bool = False  # line breaks stay as typed


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger; `identity` is the key whose value may stand only once in a file."""

    kind: str
    title: str
    columns: tuple[LedgerColumn, ...]
    identity: str = ""

    def column(self, key: str) -> LedgerColumn:
        return next(one for one in self.columns if one.key == key)


def _words(*terms: type[Enum]) -> dict[str, Enum]:
    return {one.label: one for kind in terms for one in kind}  # type: ignore[attr-defined]


_K = CellKind
_COLOURS = _words(PlateColour)
_COLOUR_WORDS = (
    _COLOURS
    | {label + tail: one for label, one in _COLOURS.items() for tail in ("色", "牌", "底")}
    | {"渐变绿": PlateColour.GREEN, "黄绿双拼": PlateColour.YELLOW_GREEN}
)

NOTICES = Ledger(
    "notices",
    "温馨告知台账",
    (
        LedgerColumn("编号", "number", _K.NUMBER, required=True, limit=NAME),
        LedgerColumn("号牌号码", "plate", _K.PLATE, required=True),
        LedgerColumn("号牌颜色", "plate_colour", _K.WORD, words=_COLOUR_WORDS),
        LedgerColumn("告知时间", "noticed_at", _K.MOMENT, required=True),
        LedgerColumn("地点", "place", required=True, lines=True),
        LedgerColumn("情形", "situation", lines=True),
        LedgerColumn("执法人员1", "officer1", _K.NAME),
        LedgerColumn("执法人员2", "officer2", _K.NAME),
        LedgerColumn(
            "处置结果",
            "outcome",
            _K.WORD,
            words=_words(NoticeOutcome) | {NoticeState.VOID.label: NoticeState.VOID},
        ),
        LedgerColumn("备注", "note", limit=PARAGRAPH),
    ),
    identity="number",
)

PENALTIES = Ledger(
    "penalties",
    "行政处罚台账",
    (
        LedgerColumn("决定书文号", "number", _K.NUMBER, required=True, limit=NAME),
        LedgerColumn(
            "程序",
            "procedure",
            _K.WORD,
            required=True,
            words=_words(Procedure)
            | {"一般": Procedure.ORDINARY}
            | {"简易程序": Procedure.SUMMARY, "普通程序": Procedure.ORDINARY}
            | {"一般程序": Procedure.ORDINARY},
        ),
        LedgerColumn("当事人", "party_name", _K.NAME, required=True, limit=LINE),
        LedgerColumn("当事人类别", "party_kind", _K.WORD, required=True, words=_words(PartyKind)),
        LedgerColumn("证件号码", "party_id_number", _K.NUMBER, limit=64),
        LedgerColumn("案由", "cause", required=True),
        LedgerColumn("违法日期", "acted_on", _K.DAY),
        LedgerColumn("立案日期", "filed_on", _K.DAY),
        LedgerColumn("决定日期", "decided_on", _K.DAY, required=True),
        LedgerColumn("处罚种类", "kinds", _K.WORDS, words=_words(PenaltyKind)),
        LedgerColumn("罚款金额(元)", "fine_fen", _K.MONEY),
        LedgerColumn("没收金额(元)", "confiscated_fen", _K.MONEY),
        LedgerColumn(
            "裁量",
            "discretion",
            _K.WORD,
            words=_words(Discretion) | {"不予行政处罚": Discretion.NO_PENALTY},
        ),
        LedgerColumn("不予处罚理由", "no_penalty_reason", _K.WORD, words=_words(NoPenaltyReason)),
        LedgerColumn("缴款日期", "paid_on", _K.DAY),
        LedgerColumn("缴款金额(元)", "paid_fen", _K.MONEY),
        LedgerColumn("结案日期", "closed_on", _K.DAY),
        LedgerColumn("执法人员1", "officer1", _K.NAME),
        LedgerColumn("执法人员2", "officer2", _K.NAME),
        LedgerColumn("备注", "note", limit=PARAGRAPH),
    ),
    identity="number",
)

_YES_NO = _words(YesNo)

LEADS = Ledger(
    "leads",
    "线索台账",
    (
        LedgerColumn("编号", "number", _K.NUMBER, limit=NAME),
        LedgerColumn("来源", "source", _K.WORD, required=True, words=_words(LeadSource)),
        LedgerColumn("来源编号", "source_number", _K.NUMBER, limit=NAME),
        LedgerColumn("收到时间", "received_at", _K.MOMENT, required=True),
        LedgerColumn("内容", "content", required=True, limit=PARAGRAPH),
        LedgerColumn("附件", "attachments"),
        LedgerColumn("地点", "place"),
        LedgerColumn("被反映人", "party_name"),
        LedgerColumn("反映人", "informant", _K.NAME),
        LedgerColumn("联系电话", "informant_phone", _K.NUMBER, limit=40),
        LedgerColumn("要求保密", "secret", _K.WORD, words=_YES_NO | {"保密": YesNo.YES}),
        LedgerColumn("答复期限", "reply_due_on", _K.DAY, future=True),
        LedgerColumn("记录人", "recorder", _K.NAME),
        LedgerColumn("承办人", "handler", _K.NAME),
        LedgerColumn("核查日期", "checked_on", _K.DAY),
        LedgerColumn("核查情况", "findings", limit=PARAGRAPH),
        LedgerColumn(
            "处理结果",
            "outcome",
            _K.WORD,
            words=_words(LeadOutcome) | {LeadDeed.VOIDED.label: LeadDeed.VOIDED},
        ),
        LedgerColumn("处理日期", "outcome_on", _K.DAY),
        LedgerColumn("去向", "went_to"),
        LedgerColumn("处理说明", "outcome_reason", limit=PARAGRAPH),
        LedgerColumn("答复日期", "replied_on", _K.DAY),
        LedgerColumn("答复方式", "reply_way"),
        LedgerColumn("答复内容", "reply", limit=PARAGRAPH),
        LedgerColumn(
            "是否满意",
            "satisfied",
            _K.WORD,
            words={"满意": YesNo.YES, "不满意": YesNo.NO} | _YES_NO,
        ),
        LedgerColumn("备注", "note", limit=PARAGRAPH),
    ),
    identity="number",
)
"""去向: the case, the lead it went into, or the organ it was handed to."""

OFFICERS = Ledger(
    "officers",
    "执法人员台账",
    (
        LedgerColumn("姓名", "name", _K.NAME, required=True),
        LedgerColumn("执法证号", "certificate_number", _K.NUMBER, required=True, limit=40),
        LedgerColumn("发证日期", "issued_on", _K.DAY),
        LedgerColumn("有效期至", "valid_until", _K.DAY, required=True, future=True),
        LedgerColumn("岗位", "post", _K.WORD, words=_words(OfficerPost)),
    ),
    identity="certificate_number",
)

RECORDERS = Ledger(
    "recorders",
    "执法仪台账",
    (
        LedgerColumn("设备编号", "number", _K.NUMBER, required=True, limit=NAME),
        LedgerColumn("型号", "model"),
        LedgerColumn("配发给", "officer_name", _K.NAME),
        LedgerColumn("启用日期", "in_use_from", _K.DAY),
        LedgerColumn("状态", "state", _K.WORD, words=_words(RecorderState)),
    ),
    identity="number",
)

EDUCATION = Ledger(
    "education",
    "宣传教育台账",
    (
        LedgerColumn("日期", "occurred_on", _K.DAY, required=True),
        LedgerColumn("方式", "kind", _K.WORD, required=True, words=_words(GuidanceKind)),
        LedgerColumn("地点或对象", "place_or_target", lines=True),
        LedgerColumn("数量", "quantity", _K.COUNT, required=True),
        LedgerColumn("执法人员", "officers"),
        LedgerColumn("备注", "note", limit=PARAGRAPH),
    ),
)

LEDGERS = {one.kind: one for one in (NOTICES, PENALTIES, LEADS, EDUCATION, OFFICERS, RECORDERS)}
