"""The office's own law: holidays, local amounts, benchmarks, lists; entered, corrected, withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field
from sqlmodel import Session

from enforcer.models import DiscretionTier, HolidayNotice, ListRow, LocalAmount
from enforcer.operations.editing import RegisterForm, fill, once, refuse_if, row_for
from enforcer.operations.first_violations import FirstViolationForm, file_first_violation_check
from enforcer.operations.law_amounts import LocalAmountForm, save_local_amount
from enforcer.operations.law_editing import LawRow
from enforcer.operations.law_files import ExportLawForm, ImportLawForm, export_law, import_law
from enforcer.operations.law_holidays import FestivalForm, HolidaysForm, save_holidays
from enforcer.operations.law_lists import ListRowForm, save_list_row
from enforcer.operations.law_tiers import EndBenchmarkForm, TierForm, end_benchmark, save_tier
from enforcer.operations.registry import operation
from enforcer.store.database import Store
from enforcer.text import Line

__all__ = [
    "EndBenchmarkForm",
    "ExportLawForm",
    "FestivalForm",
    "FirstViolationForm",
    "HolidaysForm",
    "ImportLawForm",
    "ListRowForm",
    "LocalAmountForm",
    "TierForm",
    "WithdrawLawForm",
    "end_benchmark",
    "export_law",
    "file_first_violation_check",
    "import_law",
    "save_holidays",
    "save_list_row",
    "save_local_amount",
    "save_tier",
    "withdraw_law",
]
_MODELS: dict[str, tuple[type[LawRow], str]] = {
    "holidays": (HolidayNotice, "放假通知"),
    "violations": (LocalAmount, "本地罚款幅度"),
    "tiers": (DiscretionTier, "裁量阶次"),
    "lists": (ListRow, "清单事项"),
}


class WithdrawLawForm(RegisterForm):
    """Take out what was entered by mistake; what has run out gets a 失效日期 instead."""

    kind: Literal["holidays", "violations", "tiers", "lists"] = Field(title="内容")
    reason: Line = Field(title="撤下的原因")


@operation("撤下法规数据", WithdrawLawForm)
def withdraw_law(
    store: Store,
    form: WithdrawLawForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Let a row count for nothing from now on; it stays on record with the reason."""
    model, what = _MODELS[form.kind]

    def deed(session: Session) -> int:
        row = row_for(session, model, form, what=what)
        if row is None:
            refuse_if({"id": f"没有选定要撤下的{what}。"})
        assert row is not None
        if row.withdrawn:
            refuse_if({"id": f"这条{what}已经撤下（{row.withdrawn}）。"})
        fill(row, {"withdrawn": form.reason})
        session.add(row)
        assert row.id
        return row.id

    return once(store, form, name="withdraw_law", now=now, actor=actor, deed=deed)
