"""What the on-the-spot desk asks in the background: weigh, draw, sign; and how its answer reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from enforcer import money
from enforcer.documents import fields as paper_fields
from enforcer.documents import pdf as paper_pdf
from enforcer.errors import GlyphMissing, InvalidForm, Objection, Trouble
from enforcer.operations import summary
from enforcer.operations.issue import PaperOut, PrintPapersForm, preview_papers
from enforcer.operations.summary_forms import Decided, SummaryForm, labels_of
from enforcer.operations.summary_weighing import Weighed, weigh
from enforcer.queries import case_history
from enforcer.terms import (
    Defence,
    Discretion,
    DriverPresence,
    IdKind,
    PartyKind,
    PaymentMode,
    Sex,
)
from enforcer.text import take

LABELS = labels_of(SummaryForm)
NO_LAW = "选定违法行为后，这里显示罚则、幅度和当场处罚的上限。"


@dataclass(frozen=True, slots=True)
class Look:
    """One answer while typing: the weighing, the paper as PDF, like decisions, why there is none."""

    weighed: Weighed | None
    wrong: Mapping[str, str]
    pdf: bytes = b""
    say: str = ""
    like: tuple[case_history.LikeDecision, ...] = ()


def law_said(weighed: Weighed | None, like: Sequence[case_history.LikeDecision]) -> tuple[str, str]:
    """The banner: may it be decided on the spot, within which range, in whose name, by which article."""
    if weighed is None or weighed.item is None or weighed.answer is None:
        return "info", NO_LAW
    answer, item = weighed.answer, weighed.item
    kind = "ok" if answer.allowed else "bad"
    cite = "、".join(one.cite for one in item.sanctioned_by)
    lines = [f"{answer.say}（{answer.cite}）罚则：{cite}"]
    if answer.conditions:
        lines.append(f"条件：{'；'.join(answer.conditions)}")
    if weighed.law is not None and weighed.law.needs_choice:
        kind = "warn" if answer.allowed else kind
        lines.append(f"{weighed.law.say}（{weighed.law.cite}）")
    if fined := [one for one in like if one.fine_fen]:
        sums = "、".join(money.yuan(one.fine_fen).removesuffix(".00") for one in fined)
        lines.append(f"同类最近 {len(fined)} 件罚款：{sums} 元")
    if weighed.acting.source is not None:
        source = weighed.acting.source
        handled = f"，承办 {source.handled_by}" if source.handled_by else ""
        lines.append(f"以{source.organ.name}名义{handled}，依据{source.source.document}")
    return kind, "\n".join(lines)


def brief(one: Objection) -> str:
    """A finding as it stands under its field; the list beside the form has all of it."""
    head, stop, _ = one.say.partition("。")
    return head + stop


def why(still: Sequence[Objection]) -> str:
    """The first thing in the way, short enough to stand beside the button; the list says all."""
    if not still:
        return ""
    first = still[0].say.partition("。")[0]
    cite = f"（{still[0].cite}）" if still[0].cite else ""
    more = f"，另有 {len(still) - 1} 项" if len(still) > 1 else ""
    return f"{first}{cite}{more}。"


def looked(store: Any, given: Mapping[str, Any], *, now: datetime, draw: bool) -> Look:
    """In the background: weigh, draw, ask for like decisions."""
    try:
        form = take(SummaryForm, given, LABELS).form
        weighed = weigh(store, form, now=now)
    except InvalidForm as wrong:
        return Look(None, wrong.by_field)
    like: tuple[case_history.LikeDecision, ...] = ()
    if form.item_key:
        like = tuple(case_history.like_decisions(store, form.item_key, today=now.date(), limit=5))
    if not draw or weighed.paper is None:
        return Look(weighed, {}, like=like)
    try:
        printed = paper_pdf.render(weighed.template, paper_fields.summary_fields(weighed.paper))
    except GlyphMissing as missing:
        return Look(weighed, {}, say=str(missing), like=like)
    except Trouble as trouble:
        return Look(weighed, {}, say=str(trouble), like=like)
    return Look(weighed, {}, printed.pdf, like=like)


def signed(
    store: Any, form: SummaryForm, today: date, now: datetime, actor: str
) -> tuple[Decided, PaperOut]:
    """Decide, then take the paper for its first print; it is counted once it is spooled."""
    made = summary.decide_on_the_spot(store, form, today=today, now=now, actor=actor)
    wanted = PrintPapersForm(case_ids=(made.case_id,))
    return made, preview_papers(store, wanted, today=today)


_TERMS: dict[str, Any] = {
    "party_kind": PartyKind,
    "id_kind": IdKind,
    "discretion": Discretion,
    "defence": Defence,
    "sex": Sex,
    "driver": DriverPresence,
    "payment": PaymentMode,
}


def typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's plain values as the inputs know them."""
    found = dict(values)
    for name, kind in _TERMS.items():
        found[name] = next((one for one in kind if one.value == values.get(name)), None)
    return found
