"""Beside a fine being set: the law's range and the tier, our own past fines, the first violation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer import money
from enforcer.course_terms import Outcome
from enforcer.errors import LawDataError, Refused
from enforcer.law import lifecycle_guards_penalty as penalty
from enforcer.law.conditions import Tick
from enforcer.law.course_decision import Imposition, Proposal
from enforcer.law.discretion_facts import Suggestion
from enforcer.law.leniency import Assessment
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.law.violation import SIDE_LABEL, Violation, yuan
from enforcer.operations.course_forms import TickForm
from enforcer.operations.first_violations import FirstViolationForm, file_first_violation_check
from enforcer.queries import similar_cases
from enforcer.terms import CaseStep, PenaltyKind, Side
from ui.cases.course.editors import Env
from ui.widgets.banner import Banner
from ui.widgets.basics import label

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the law says of an opinion as it is typed."""

    item: Violation | None
    side: str
    suggestion: Suggestion | None
    assessment: Assessment | None


def weigh(facts: CaseFacts, values: Mapping[str, Any]) -> Weighed:
    """Lay what stands in the form before the benchmark and the circumstances."""
    new = _proposal(facts, values)
    known = replace(facts, new=new)
    item = known.item
    if item is None:
        return Weighed(None, "", None, None)
    side = item.side_of(facts.party.kind)
    try:
        weighed = penalty.fine_facts(known, announced=False)
        found = penalty.assessment(known, new.imposition, item)
    except (Refused, LawDataError):
        return Weighed(item, side, None, None)
    return Weighed(item, side, weighed.suggestion if weighed else None, found)


def _proposal(facts: CaseFacts, values: Mapping[str, Any]) -> Proposal:
    kinds = set(values.get("kinds") or ())
    before = facts.proposals[-1].imposition if facts.proposals else Imposition()
    one = replace(
        before,
        outcome=values.get("outcome") or Outcome.PENALTY,
        kinds=tuple(kind for kind in PenaltyKind if kind.value in kinds),
        fine_fen=values.get("fine_yuan") or 0,
        under=values.get("under") or "",
        law_choice=values.get("law_choice") or "",
        ticks=_ticks(values.get("ticks") or {}),
        provision=values.get("provision") or "",
        private_enterprise=bool(values.get("private_enterprise")),
    )
    last = facts.proposals[-1] if facts.proposals else None
    if last is not None:
        return replace(last, imposition=one)
    return Proposal(step=CaseStep.CONCLUDED, on=facts.today, imposition=one)


def _ticks(given: Mapping[str, Any]) -> dict[str, Tick]:
    found = {}
    for key, one in given.items():
        try:
            form = TickForm.model_validate({k: v for k, v in one.items() if v not in ("", None)})
        except ValueError:
            continue
        found[key] = Tick(form.holds, form.evidence, form.value)
    return found


class DiscretionPanel(QWidget):
    """Three banners that speak while the officer types; `looked_up` once the check is filed."""

    looked_up = Signal()

    def __init__(self, env: Env) -> None:
        super().__init__()
        self.env = env
        self.law = Banner("info", icon="law_book")
        self.mirror = Banner("info", icon="history")
        self.first = Banner("info", icon="search")
        self.lenient = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for one in (self.law, self.lenient, self.mirror, self.first):
            column.addWidget(one)
        self._similar: similar_cases.Similar | None = None
        self._fine: int | None = None
        self._tell_first()
        self._ask_mirror()

    def tell(self, values: Mapping[str, Any]) -> None:
        """Say it again for what stands in the form now."""
        punishes = (values.get("outcome") or Outcome.PENALTY) is Outcome.PENALTY
        weighed = weigh(self.env.facts, values)
        self._fine = values.get("fine_yuan") if punishes else None
        self._tell_law(weighed, punishes=punishes)
        said = weighed.assessment.say if weighed.assessment else ""
        self.lenient.setText(said)
        self.lenient.setVisible(bool(said))
        self._tell_mirror()

    def _tell_law(self, weighed: Weighed, *, punishes: bool) -> None:
        one = weighed.suggestion
        if weighed.item is None or not punishes:
            self.law.hide()
            return
        if one is None:
            self.law.say("warn", "当天的法规数据里没有这个事项的幅度，请核对违法日期和事项。")
            return
        span = _span(one.min_fen, one.max_fen) or one.share or "待机关确认"
        tier = f"阶次“{one.tier.name}”，建议 {span}。" if one.tier else ""
        self.law.say(
            "ok" if one.tier else "warn",
            f"{SIDE_LABEL.get(weighed.side, '')}　{tier}{one.why[-1] if one.why else span}（{one.cite}）",
            icon="law_book",
        )
        self.law.setToolTip("\n".join(one.why))

    def _ask_mirror(self) -> None:
        facts = self.env.facts
        item = facts.item
        if item is None:
            self.mirror.hide()
            return
        side, until = (
            next(one for one in Side if one.value == item.side_of(facts.party.kind)),
            facts.today,
        )
        self.env.context.tasks.ask(
            lambda store: similar_cases.similar(
                store, item_key=facts.item_key, side=side, until=until, but_case=facts.case_id
            ),
            self._mirrored,
            owner=self,
            latest="mirror",
        )

    def _mirrored(self, found: similar_cases.Similar) -> None:
        self._similar = found
        self._tell_mirror()

    def _tell_mirror(self) -> None:
        if self._similar is not None:
            self.mirror.say("info", mirror_words(self._similar, self._fine), icon="history")

    def _tell_first(self) -> None:
        facts = self.env.facts
        if facts.lookup is not None:
            kind = "ok" if facts.lookup.is_first else "warn"
            self.first.say(kind, f"初次违法核查（{facts.lookup.on}）：{facts.lookup.say}")
            return
        self.first.say(
            "info",
            "还没有核查是否初次违法。（行政处罚法第三十三条第一款）",
            icon="search",
            act="核查初次违法",
            on=self.look_up,
        )

    def look_up(self) -> None:
        """Look the party and the plate up, and file the answer with the case."""
        facts, context = self.env.facts, self.env.context
        clock = context.clock
        form = FirstViolationForm(
            item_key=facts.item_key,
            party_id_number=facts.party.id_number,
            plate=facts.plate,
            on=facts.discovered_on or clock.today(),
            case_id=facts.case_id,
        )
        context.carry_out(
            file_first_violation_check, form, lambda _id: self.looked_up.emit(), owner=self
        )


def mirror_words(found: similar_cases.Similar, fine: int | None) -> str:
    """Our own past fines on the item, and how this one lies among them."""
    cite = f"（{similar_cases.CITE}）"
    if not found.count or found.median_fen is None:
        return f"类案镜子　本机关对这个事项还没有罚款的决定可以对照。{cite}"
    low, high = found.low_fen or 0, found.high_fen or 0
    words = (
        f"类案镜子　本机关同一事项 {found.count} 件：{yuan(low)} 元至 {yuan(high)} 元，"
        f"中位数 {yuan(found.median_fen)} 元。"
    )
    latest = "；".join(
        f"{one.decided_on} {yuan(one.fine_fen)} 元（{one.discretion.label}）"
        for one in found.fined[:MOST_TOLD]
    )
    words += f"最近：{latest}。"
    if fine:
        gap = fine - found.median_fen
        if not gap:
            words += "本次与中位数相同。"
        else:
            words += f"本次比中位数{'高' if gap > 0 else '低'} {money.yuan(abs(gap))} 元"
            words += "，超出以往的范围，请写明理由。" if not low <= fine <= high else "。"
    return words + cite


def _span(low: int | None, high: int | None) -> str:
    if high is None:
        return ""
    return f"{yuan(low)} 元以上 {yuan(high)} 元以下" if low else f"{yuan(high)} 元以下"
