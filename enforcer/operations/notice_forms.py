"""What the notice desk types in, and what it gets back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from enforcer.terms import LadderChoice, NoticeOutcome, PlateColour
from enforcer.text import (
    Line,
    Lines,
    OptionalCode,
    OptionalLine,
    OptionalLines,
    OptionalName,
    OptionalPlate,
    Plate,
)

MOST_BLANKS = 200
MOST_ROWS = 5000
PerSheet = Literal[1, 2, 4]
Reason = Annotated[Line, Field(title="原因")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    request_id: UUID | None = None


class NoticeContent(_Form):
    """What one notice says, whoever keeps its number."""

    plate: Plate = Field(title="号牌号码")
    plate_colour: PlateColour | None = Field(default=None, title="号牌颜色")
    noticed_at: AwareDatetime = Field(title="时间")
    place: Lines = Field(title="地点")
    item_key: OptionalCode = Field(default="", title="事项")
    situation: OptionalLines = Field(default="", title="情形")
    nearby: OptionalLines = Field(default="", title="附近可停")
    officer1_id: int = Field(title="执法人员")
    officer2_id: int = Field(title="第二名执法人员")
    recorders: tuple[OptionalCode, ...] = Field(default=(), title="执法仪", max_length=6)
    recorder_reason: OptionalLine = Field(default="", title="执法仪不足两台的原因")
    outcome: NoticeOutcome | None = Field(default=None, title="处置结果")
    note: OptionalLines = Field(default="", title="备注")
    ladder_choice: LadderChoice = Field(default=LadderChoice.NOTICE, title="下一步")
    ladder_reason: OptionalLine = Field(default="", title="继续告知的理由")


class NoticeForm(NoticeContent):
    """One notice to issue; `organ_id` only where several organs could act."""

    organ_id: int | None = Field(default=None, title="机关")


class RegisterBlankForm(NoticeContent):
    """A blank that came back filled in by hand."""

    notice_id: int


class BatchLine(BaseModel):
    """One row of the batch: officers by name, as the ledger writes them."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    row: int = Field(title="行")
    plate: OptionalPlate = Field(default="", title="号牌号码")
    plate_colour: PlateColour | None = Field(default=None, title="号牌颜色")
    noticed_at: AwareDatetime = Field(title="告知时间")
    timed: bool = True
    place: Lines = Field(title="地点")
    situation: OptionalLines = Field(default="", title="情形")
    officer1: OptionalName = Field(default="", title="执法人员1")
    officer2: OptionalName = Field(default="", title="执法人员2")
    outcome: NoticeOutcome | None = Field(default=None, title="处置结果")
    note: OptionalLines = Field(default="", title="备注")


class NoticeBatchForm(_Form):
    """Many notices at once, frozen as one document."""

    rows: Annotated[tuple[BatchLine, ...], Field(min_length=1, max_length=MOST_ROWS)] = Field(
        title="行"
    )
    per_sheet: PerSheet = Field(default=1, title="每张纸几份")
    organ_id: int | None = Field(default=None, title="机关")


class GiveBlanksForm(_Form):
    """Numbered blanks for a patrol."""

    officer_id: int = Field(title="领用人")
    count: Annotated[int, Field(ge=1, le=MOST_BLANKS)] = Field(title="份数")
    item_key: OptionalCode = Field(default="", title="事项")
    per_sheet: PerSheet = Field(default=1, title="每张纸几份")
    organ_id: int | None = Field(default=None, title="机关")


class VoidNoticeForm(_Form):
    """Numbers that are void, with one reason for all of them."""

    notice_ids: Annotated[tuple[int, ...], Field(min_length=1, max_length=MOST_BLANKS)] = Field(
        title="编号"
    )
    reason: Line = Field(title="作废原因")


class OutcomeForm(_Form):
    """How it ended for these notices; None takes a slip back."""

    notice_ids: Annotated[tuple[int, ...], Field(min_length=1, max_length=MOST_ROWS)] = Field(
        title="编号"
    )
    outcome: NoticeOutcome | None = Field(title="处置结果")


class PrintNoticesForm(_Form):
    """Notices to print: the first print is the original, each later one is marked 补打.

    `again` marks all of them, printed before or not (the command line cannot know).
    """

    notice_ids: Annotated[tuple[int, ...], Field(min_length=1, max_length=MOST_ROWS)] = Field(
        title="编号"
    )
    per_sheet: PerSheet = Field(default=1, title="每张纸几份")
    again: bool = False


class CountPrintForm(_Form):
    """Sheets that the printer has taken."""

    notice_ids: Annotated[tuple[int, ...], Field(min_length=1, max_length=MOST_ROWS)]
    pages: int
    again: int = 0


class LadderRuleForm(_Form):
    """三次告知 of one item; an empty item stands for all the others."""

    item_key: OptionalCode = Field(default="", title="事项")
    notices: Annotated[int, Field(ge=1, le=99)] = Field(title="告知次数")
    days: Annotated[int, Field(ge=1, le=3660)] = Field(title="多少日内")
    then: LadderChoice = Field(title="之后")
    basis: OptionalLine = Field(default="", title="依据")


class NextStepForm(_Form):
    """The office's own last sentence on the notice."""

    text: OptionalLine = Field(default="", title="提示语")


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """A row of the batch that was not issued, and why."""

    row: int
    column: str
    say: str


@dataclass(frozen=True, slots=True)
class IssuedNotice:
    """One notice that was issued; its PDF lies in the vault under `vault_name`."""

    id: int
    number: str
    document_id: int
    vault_name: str
    sha256: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Self:
        return cls(**answer)


@dataclass(frozen=True, slots=True)
class IssuedBatch:
    """A batch that was issued: `batch` is its document; nothing issued leaves it None.

    `repeated` when this very request was carried out before and no number was drawn again.
    """

    batch: int | None
    first: str
    last: str
    issued: int
    refused: tuple[RowRefusal, ...]
    remarks: tuple[str, ...]
    vault_name: str = ""
    sha256: str = ""
    repeated: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Self:
        refused = tuple(RowRefusal(**one) for one in answer["refused"])
        kept = {"refused": refused, "remarks": tuple(answer["remarks"]), "repeated": True}
        return cls(**(answer | kept))


@dataclass(frozen=True, slots=True)
class GivenBlanks:
    """Blanks that were numbered and are to be printed."""

    document_id: int
    ids: tuple[int, ...]
    first: str
    last: str
    vault_name: str
    sha256: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Self:
        return cls(**(answer | {"ids": tuple(answer["ids"])}))


@dataclass(frozen=True, slots=True)
class Printout:
    """Sheets for the printer. `reprinted` notices carry 补打; void numbers are left out."""

    pdf: bytes
    pages: int
    ids: tuple[int, ...]
    reprinted: int
    left_out: tuple[str, ...] = ()

    @property
    def notices(self) -> int:
        return len(self.ids)


def labels_of(form: type[BaseModel]) -> dict[str, str]:
    """What the officer calls each field of a form."""
    return {name: field.title or name for name, field in form.model_fields.items()}


def ordered(rows: Sequence[RowRefusal]) -> tuple[RowRefusal, ...]:
    """Refusals in the order of the sheet."""
    return tuple(sorted(rows, key=lambda one: one.row))


__all__ = [
    "BatchLine",
    "CountPrintForm",
    "GiveBlanksForm",
    "GivenBlanks",
    "IssuedBatch",
    "IssuedNotice",
    "LadderRuleForm",
    "NextStepForm",
    "NoticeBatchForm",
    "NoticeContent",
    "NoticeForm",
    "OutcomeForm",
    "PerSheet",
    "PrintNoticesForm",
    "Printout",
    "RegisterBlankForm",
    "RowRefusal",
    "VoidNoticeForm",
    "labels_of",
    "ordered",
]
