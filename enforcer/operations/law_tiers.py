"""Tiers of a published benchmark of discretion (行政处罚法 第三十四条)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, select

from enforcer.law import discretion_data
from enforcer.models import DiscretionTier
from enforcer.operations import law_editing
from enforcer.operations.editing import RegisterForm, block, fill, once, refuse_if, row_for
from enforcer.operations.law_editing import Faults, Span
from enforcer.operations.registry import operation
from enforcer.queries import law_book
from enforcer.queries.law_rows import tier_row
from enforcer.store.database import Store
from enforcer.terms import Discretion, Matching
from enforcer.text import Line, OptionalCode, OptionalLine, OptionalParagraph

Side = Literal["citizen", "organization"]


class TierForm(RegisterForm):
    """One tier; the tiers of an item from one day come from one benchmark."""

    item_key: Line = Field(title="事项")
    sides: Annotated[list[Side], Field(min_length=1)] = Field(title="对象")
    position: Annotated[int, Field(ge=1, le=20)] = Field(default=1, title="次序（由轻到重）")
    name: Line = Field(title="裁量阶次")
    discretion: Discretion = Field(title="裁量")
    under: OptionalLine = Field(default="", title="罚则的前提")
    conditions: OptionalParagraph = Field(default="", title="适用情形")
    matching: Matching = Field(default=Matching.ALL, title="情形关系")
    min_yuan: OptionalCode = Field(default="", title="下限（元）")
    max_yuan: OptionalCode = Field(default="", title="上限（元）")
    share: OptionalLine = Field(default="", title="按比例的幅度")
    benchmark: Line = Field(title="裁量基准名称")
    benchmark_number: Line = Field(title="文号")
    article: OptionalLine = Field(default="", title="条款")
    from_on: date = Field(title="施行日期")
    until_on: date | None = Field(default=None, title="失效日期")
    note: OptionalParagraph = Field(default="", title="备注")


class EndBenchmarkForm(BaseModel):
    """All tiers of one benchmark end together."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    item_key: str = Field(title="事项")
    from_on: date = Field(title="施行日期")
    until_on: date = Field(title="失效日期")


@operation("录入裁量阶次", TierForm)
def save_tier(
    store: Store,
    form: TierForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Enter or correct a tier; it may not go beyond the law (第三十四条)."""

    def deed(session: Session) -> int:
        row = row_for(session, DiscretionTier, form, what="裁量阶次")
        refuse_if(tier_faults(session, form))
        return put_tier(session, form, row)

    return once(store, form, name="save_tier", now=now, actor=actor, deed=deed)


@operation("终止裁量基准", EndBenchmarkForm)
def end_benchmark(
    store: Store,
    form: EndBenchmarkForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Let all tiers of an item from one day end on one day."""

    def deed(session: Session) -> int:
        rows = [one for one in tiers_of(session, form.item_key) if one.from_on == form.from_on]
        if not rows:
            raise block("gone", f"没有自 {form.from_on} 起施行的裁量阶次，请重新载入。")
        refuse_if(law_editing.dates(form.from_on, form.until_on))
        for one in rows:
            fill(one, {"until_on": form.until_on})
            session.add(one)
        return len(rows)

    return once(store, form, name="end_benchmark", now=now, actor=actor, deed=deed)


def put_tier(session: Session, form: TierForm, row: DiscretionTier | None) -> int:
    """Write the form into its row, a new one when there is none."""
    found = values(form)
    return law_editing.put(session, row or DiscretionTier(**found), found)


def values(form: TierForm) -> dict[str, Any]:
    """The tier as it is kept."""
    kept = form.model_dump(exclude={"request_id", "id", "loaded", "min_yuan", "max_yuan"})
    wrong: Faults = {}
    return kept | {
        "sides": ",".join(sorted(set(form.sides))),
        "conditions": law_editing.condition_texts(form.conditions),
        "min_fen": law_editing.fen(form.min_yuan, "下限", "min_yuan", wrong),
        "max_fen": law_editing.fen(form.max_yuan, "上限", "max_yuan", wrong),
        "benchmark": form.benchmark.strip("《》"),
    }


def tiers_of(session: Session, item_key: str) -> list[DiscretionTier]:
    """The tiers of an item that count."""
    asked = select(DiscretionTier).where(
        DiscretionTier.item_key == item_key, DiscretionTier.withdrawn == ""
    )
    return list(session.exec(asked))


def tier_faults(session: Session, form: TierForm) -> Faults:
    """No conditions, no range, beyond the law, twice from one day, two benchmarks at once."""
    wrong = law_editing.dates(form.from_on, form.until_on)
    wrong |= law_editing.condition_faults(form.conditions)
    if form.discretion is Discretion.NO_PENALTY:
        wrong["discretion"] = "不予处罚的情形请录入“三张清单”，裁量阶次只写处罚的幅度。"
    wrong |= _range_faults(form)
    item = law_book.item_for(session, form.item_key, form.from_on)
    if item is None:
        wrong["item_key"] = f"{form.from_on} 当天违法行为清单里没有这个事项，请核对事项和施行日期。"
    if wrong or item is None:
        return wrong
    made = tier_row(DiscretionTier(**values(form))).tier
    if said := discretion_data.fault(made, item):
        return {"max_yuan": f"阶次“{form.name}”{said}。请对照罚则和公布的基准改正。"}
    others = [one for one in tiers_of(session, form.item_key) if one.id != form.id]
    same_day = [one for one in others if one.from_on == form.from_on]
    if any(discretion_data.twice([made, tier_row(one).tier]) for one in same_day):
        return {
            "name": f"阶次“{form.name}”对同一对象已经有一条自 {form.from_on} 起施行，请修改那一条。"
        }
    return _same_benchmark(form, same_day) or law_editing.among(
        Span(form.from_on, form.until_on),
        {Span(one.from_on, one.until_on) for one in others if one.from_on != form.from_on},
        what="裁量基准",
    )


def _range_faults(form: TierForm) -> Faults:
    wrong: Faults = {}
    low = law_editing.fen(form.min_yuan, "下限", "min_yuan", wrong)
    high = law_editing.fen(form.max_yuan, "上限", "max_yuan", wrong)
    if wrong:
        return wrong
    if bool(form.max_yuan) == bool(form.share):
        return {"max_yuan": "请填写上限（元），或者填写按比例的幅度，二者取一。"}
    if form.share and form.min_yuan:
        return {"min_yuan": "按比例的幅度不填下限，请清除。"}
    if high is not None and (high <= 0 or (low or 0) > high):
        return {"max_yuan": "上限应当大于零，并且不小于下限，请核对。"}
    return {}


def _same_benchmark(form: TierForm, same_day: list[DiscretionTier]) -> Faults:
    for one in same_day:
        if one.benchmark_number != form.benchmark_number or one.until_on != form.until_on:
            return {
                "benchmark_number": f"这个事项自 {form.from_on} 起的其他阶次出自“{one.benchmark}”"
                f"（{one.benchmark_number}），一天只能施行一个裁量基准，文号和失效日期应当一致。"
            }
    return {}
