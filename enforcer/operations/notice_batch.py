"""The batch from Excel: rows of the notices ledger without a number, as lines to issue."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from pydantic import ValidationError

from enforcer.exchange.ledgers import NOTICES
from enforcer.exchange.workbook import LedgerRow, read_ledger
from enforcer.operations.notice_forms import BatchLine, RowRefusal, labels_of
from enforcer.text import errors_by_field

_LABELS = labels_of(BatchLine)
_FILES: Final = UUID("5f0d6c52-6d5a-4f0e-9f5b-3f6f2b1f7c10")


@dataclass(frozen=True, slots=True)
class BatchSheet:
    """What a workbook holds for a batch; `digest` is the SHA-256 of the very file."""

    lines: tuple[BatchLine, ...]
    refused: tuple[RowRefusal, ...]
    remarks: tuple[str, ...]
    digest: str = ""

    def request_id(self, per_sheet: int, *way: object) -> UUID:
        """The request this file stands for: the very same file, set the same way, is one batch.

        `way` is what else tells one asking from another, as the place the paper is written to.
        """
        return uuid5(_FILES, " ".join(map(str, (self.digest, per_sheet, *way))))


def read_batch(
    path: Path, *, today: date, progress: Callable[[int, int], None] | None = None
) -> BatchSheet:
    """Read the rows to issue; a row that cannot be read is named, the others go on."""
    reading = read_ledger(path, NOTICES, today=today, numbers="absent", progress=progress)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    refused = [RowRefusal(one.row, one.column, one.say) for one in reading.refused]
    lines: list[BatchLine] = []
    for row in reading.rows:
        found = _line(row)
        if isinstance(found, RowRefusal):
            refused.append(found)
        else:
            lines.append(found)
    return BatchSheet(tuple(lines), tuple(refused), tuple(reading.remarks), digest)


def _line(row: LedgerRow) -> BatchLine | RowRefusal:
    values = row.values
    if values["void"]:
        say = "处置结果是“作废”，没有编号的行不能作废；不要签发的，请删去这一行。"
        return RowRefusal(row.number, "处置结果", say)
    given: dict[str, Any] = {
        "row": row.number,
        "plate": values["plate"].text,
        "plate_colour": values["plate_colour"],
        "noticed_at": values["noticed_at"],
        "timed": values["time_given"],
        "outcome": values["outcome"],
    }
    given |= {
        name: values[name] or "" for name in ("place", "situation", "officer1", "officer2", "note")
    }
    try:
        return BatchLine.model_validate(given)
    except ValidationError as wrong:
        return refusal_of(row.number, wrong)


def refusal_of(row: int, wrong: ValidationError) -> RowRefusal:
    """The first thing wrong with a line, under the header of its column."""
    name, say = next(iter(errors_by_field(wrong, _LABELS).items()))
    return RowRefusal(row, _LABELS.get(name, ""), say)
