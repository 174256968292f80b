"""What issuing, printing and voiding the papers of an ordinary case is asked with, and answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from enforcer.text import Line, OptionalLine

MOST_PAPERS = 500


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    request_id: UUID | None = None


class IssuePaperForm(_Form):
    """A paper of a case: its template, and which row of the case (0 the latest).

    `reasons` answers the amber findings by their codes.
    """

    case_id: int = Field(title="案件")
    template: str = Field(title="文书")
    row: int = Field(default=0, ge=0, title="哪一次")
    reasons: dict[str, OptionalLine] = Field(default_factory=dict, title="说明的理由")


class VoidPaperForm(_Form):
    """An issued paper that will not be used; its number is kept and never used again."""

    document_id: int = Field(title="文书")
    reason: Line = Field(title="作废原因")


class PrintIssuedForm(_Form):
    """Issued papers to print; the first print is the original, each later one is marked 补打."""

    document_ids: Annotated[tuple[int, ...], Field(min_length=1, max_length=MOST_PAPERS)] = Field(
        title="文书"
    )


@dataclass(frozen=True, slots=True)
class PaperIssued:
    """A paper that came out and is frozen; its PDF lies in the vault under `vault_name`."""

    case_id: int
    document_id: int
    template: str
    row: int
    title: str
    number: str
    vault_name: str
    sha256: str
    pages: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Self:
        return cls(**answer)
