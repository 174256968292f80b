"""The hard checks of a case file, H1 to H15: each gives a sentence per fault, from facts alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from enforcer import money
from enforcer.course_terms import Outcome
from enforcer.law import acting, course_clocks, deadlines, discretion_guards, parameters
from enforcer.law import lifecycle_guards_after as after
from enforcer.law import lifecycle_guards_coercion as coercion
from enforcer.law import lifecycle_guards_notice as notice
from enforcer.law import lifecycle_guards_penalty as penalty
from enforcer.law import lifecycle_guards_ruling as ruling
from enforcer.law import lifecycle_guards_start as start
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.models import Decision
from enforcer.queries.course_papers_issued import Issued
from enforcer.terms import CaseStep, Needed, PenaltyKind

ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks look at: the course, the decision on the spot, papers, certificates."""

    facts: CaseFacts
    papers: tuple[Issued, ...] = ()
    certified: Mapping[str, tuple[tuple[date | None, date], ...]] = field(default_factory=dict)
    summary: Decision | None = None
    remedy: str = ""  # the words of the decision that stands
    archived_on: date | None = None
    compiled_on: date | None = None  # the day on the note of the dossier

    def holds(self, name: str, day: date) -> bool:
        """Whether this person had a valid certificate on that day."""
        spans = self.certified.get(name, ())
        return any((since is None or since <= day) and day <= until for since, until in spans)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and the step (or place) where it can be mended."""

    say: str
    place: str = ""


Weigh = Callable[[Known], Iterator[Fault] | None]
"""None: the check does not concern the case, or nothing it looks at is there yet."""


def officers(known: Known) -> Iterator[Fault] | None:
    """H1: two officers with certificates on every record and every decision on the spot."""
    facts = known.facts
    records = facts.records
    services = [one for one in known.facts.services if not one.failed and one.officers]
    if not (records or services or facts.notices) and known.summary is None:
        return None

    def found() -> Iterator[Fault]:
        for record in records:
            step = _STEP_OF_RECORD[record.kind.value]
            yield from _people(known, record.kind.label, record.on, record.officers, step)
        for one in services:
            yield from _people(known, "送达", one.on, one.officers, CaseStep.SERVED.value)
        for told in facts.notices:
            names = tuple(one.name for one in facts.handlers)
            yield from _people(known, "事先告知书", told.on, names, CaseStep.ANNOUNCED.value)
        if known.summary is not None:
            names = tuple(one.name for one in known.facts.handlers)
            yield from _people(known, "当场处罚决定", known.summary.decided_on, names, "")

    return found()


def _people(
    known: Known, what: str, day: date, names: tuple[str, ...], step: str
) -> Iterator[Fault]:
    if len(set(names)) < ENOUGH:
        yield Fault(f"{day} 的{what}只有{len(set(names))}名执法人员。", step)
    for name in dict.fromkeys(names):
        if not known.holds(name, day):
            yield Fault(f"{day} 的{what}：{name}当天没有有效的执法证件。", "registers.officers")


_STEP_OF_RECORD = {
    "inquiry": CaseStep.INQUIRY.value,
    "inspection": CaseStep.INSPECTION.value,
    "photos": CaseStep.PHOTOS.value,
    "sampling": CaseStep.SAMPLING.value,
    "education": CaseStep.EDUCATED.value,
}


def told_first(known: Known) -> Iterator[Fault] | None:
    """H2: the decision lies behind the notice, and behind its periods."""
    facts = known.facts
    if facts.decision is None or not facts.notices:
        return None
    decided = facts.decision.on

    def found() -> Iterator[Fault]:
        last = facts.notices[-1]
        served = facts.served_on(CaseStep.ANNOUNCED, last.id)
        if served is None:
            yield Fault("事先告知书没有送达就作出了决定。", CaseStep.SERVED.value)
            return
        if decided < served:
            yield Fault(f"决定在 {decided}，告知书 {served} 才送达。", CaseStep.SERVED.value)
        waived = any(one.notice_id == last.id and one.waived for one in facts.defences)
        spoken = any(one.notice_id == last.id and one.words for one in facts.defences)
        due = course_clocks.defence_due(facts, last)
        if due is not None and decided <= due.due_on and not (waived or spoken):
            yield Fault(f"陈述申辩的期限到 {due.due_on}，{decided} 就作出了决定。", "decided")
        heard = course_clocks.hearing_due(facts, last)
        gave_up = any(one.notice_id == last.id and one.hearing_waived for one in facts.defences)
        if heard is not None and decided <= heard.due_on and not (gave_up or facts.hearings):
            said = f"要求听证的期限到 {heard.due_on}，{decided} 就作出了决定。"
            yield Fault(said, "decided")

    return found()


def ninety_days(known: Known) -> Iterator[Fault] | None:
    """H3: filed before decided, within ninety days."""
    facts = known.facts
    due = course_clocks.decision_due(facts)
    if due is None or facts.filed_on is None:
        return None
    decided = facts.decision.on if facts.decision else None
    if decided is not None and decided < facts.filed_on:
        return iter([Fault(f"决定（{decided}）在立案（{facts.filed_on}）之前。", "decided")])
    ended = decided or facts.first(CaseStep.DISMISSED)
    if (ended or facts.today) > due.due_on:
        said = f"{ended} 才作出" if ended else "还没有作出"
        return iter([Fault(f"应当在 {due.due_on} 以前作出决定，{said}。", "decided")])
    return iter(()) if ended else None


def served_in_time(known: Known) -> Iterator[Fault] | None:
    """H4: served within seven working days."""
    facts = known.facts
    if facts.decision is None:
        return None
    due = deadlines.due("decision_service", facts.decision.on, calendar=facts.calendar).due_on
    sent = [one.on for one in facts.services_of(CaseStep.DECIDED)]
    if known.summary is not None and known.summary.served_on is not None:
        sent.append(known.summary.served_on)
    first = min(sent, default=None)
    if first is None:
        late = facts.today > due
        say = f"决定书应当在 {due} 以前送达，还没有送达。"
        return iter([Fault(say, CaseStep.SERVED.value)]) if late else None
    if first > due:
        return iter([Fault(f"决定书应当在 {due} 以前送达，{first} 才送达。", "served")])
    return iter(())


def preserved(known: Known) -> Iterator[Fault] | None:
    """H5: disposed of in seven working days, the same things in both lists."""
    facts = known.facts
    if not facts.preservations:
        return None

    def found() -> Iterator[Fault]:
        for one in facts.preservations:
            due = (
                one.due_on
                or deadlines.due("preservation_disposal", one.on, calendar=facts.calendar).due_on
            )
            place = CaseStep.PRESERVATION_DISPOSED.value
            if one.disposed_on is None:
                if facts.today > due:
                    yield Fault(
                        f"{one.on} 登记保存的物品应当在 {due} 以前处理，还没有处理。", place
                    )
                continue
            if one.disposed_on > due:
                yield Fault(f"{one.on} 登记保存的物品应当在 {due} 以前处理。", place)
            differ = [
                *coercion.unmatched(one.things, one.disposed),
                *coercion.unmatched(one.disposed, one.things),
            ]
            if differ:
                yield Fault(f"登记保存和处理的清单不一致：{coercion.named(differ)}。", place)

    return found()


def hearing_noticed(known: Known) -> Iterator[Fault] | None:
    """H6: seven working days between notice and hearing."""
    heard = [one for one in known.facts.hearings if one.hearing_on and one.noticed_on]
    if not heard:
        return None

    def found() -> Iterator[Fault]:
        for one in heard:
            assert one.hearing_on
            assert one.noticed_on
            last = course_clocks.latest_to_notify(known.facts, one.hearing_on).due_on
            if one.noticed_on > last:
                say = f"{one.hearing_on} 的听证最迟应当在 {last} 通知，{one.noticed_on} 才通知。"
                yield Fault(say, CaseStep.HEARING_NOTICED.value)

    return found()


def on_the_spot(known: Known) -> Iterator[Fault] | None:
    """H7: warning or fine, within the limit."""
    one = known.summary
    if one is None:
        return None
    allowed = {PenaltyKind.WARNING.value, PenaltyKind.FINE.value}
    limit = parameters.summary_limit(
        known.facts.party.kind, one.decided_on, sole_trader_as=known.facts.sole_trader_as
    )
    found = []
    if not set(one.kinds or ()) <= allowed:
        found.append(Fault("当场只能警告、罚款，决定里有别的种类。"))
    if isinstance(limit.value, int) and one.fine_fen > limit.value:
        said = f"{money.yuan(one.fine_fen)}元，超过当场处罚的上限 {money.yuan(limit.value)}元"
        found.append(Fault(f"罚款{said}。"))
    return iter(found)


def remedies(known: Known) -> Iterator[Fault] | None:
    """H8: the decision that came out says how to appeal."""
    if not known.remedy:
        return None
    on_the_spot = known.summary is not None
    wanted = {
        "应当先申请行政复议" if on_the_spot else "申请行政复议": r"先申请行政复议"
        if on_the_spot
        else r"申请行政复议",
        "向哪个机关申请行政复议": r"向[^，。；（]{2,}(?:（.*?）)?申请行政复议",
        "六十日的复议期限": "六十日",
        "提起行政诉讼": "提起行政诉讼",
        "起诉的期限": "十五日" if on_the_spot else "六个月",
    }
    lacking = [name for name, words in wanted.items() if not re.search(words, known.remedy)]
    if not lacking:
        return iter(())
    return iter([Fault(f"决定书没有写明{'、'.join(lacking)}。", "settings.organs")])


def one_name(known: Known) -> Iterator[Fault] | None:
    """H9: the party is called the same on every paper."""
    named = [one for one in known.papers if one.stands and one.party]
    if not named:
        return None
    name = known.facts.party.name
    return iter(
        [
            Fault(
                f"《{one.title}》上的当事人是“{one.party}”，登记的是“{name}”。", "registers.parties"
            )
            for one in named
            if one.party != name
        ]
    )


def power(known: Known) -> Iterator[Fault] | None:
    """H10: the organ has the power, the kinds are those of the provision."""
    facts = known.facts
    if facts.item is None and facts.power is None:
        return None
    then = replace(facts, day=facts.decision.on if facts.decision else facts.today)
    found = [one for guard in acting.POWER if (one := guard(then)) is not None]
    if facts.imposition is not None and (one := penalty.kinds_not_in_provision(facts)) is not None:
        found.append(one)
    return iter([Fault(one.say, "settings.powers") for one in found])


def leniency(known: Known) -> Iterator[Fault] | None:
    """H11: sparing and mitigating have their grounds; whoever is spared is taught."""
    facts = known.facts
    if facts.put_forward is None or facts.imposition is None:
        return None
    found = []
    if facts.decision is not None and (one := after.not_educated(facts)) is not None:
        found.append(Fault(one.say, CaseStep.EDUCATED.value))
    fine = penalty.fine_facts(_as_put(facts), announced=False)
    if fine is not None and (bad := discretion_guards.mitigation_without_ground(fine)) is not None:
        found.append(Fault(bad.say, CaseStep.DECISION_PROPOSED.value))
    return iter(found)


def fine(known: Known) -> Iterator[Fault] | None:
    """H12: within the range of the provision."""
    facts = known.facts
    if facts.put_forward is None:
        return None
    weighed = penalty.fine_facts(_as_put(facts), announced=False)
    if weighed is None:
        return None
    guards = (discretion_guards.fine_above_maximum, discretion_guards.fine_below_minimum)
    found = [one for guard in guards if (one := guard(weighed)) is not None]
    return iter([Fault(one.say, CaseStep.DECISION_PROPOSED.value) for one in found])


def reviewed(known: Known) -> Iterator[Fault] | None:
    """H13: the legal review lies before the decision."""
    facts = known.facts
    if facts.put_forward is None or facts.imposition is None:
        return None
    day = facts.decision.on if facts.decision else facts.today
    one = ruling.legal_review_missing(replace(_as_put(facts), day=day))
    if one is None:
        return iter(())
    return iter([Fault(one.say, CaseStep.LEGAL_REVIEWED.value)]) if facts.decision else None


def hearing_told(known: Known) -> Iterator[Fault] | None:
    """H14: whoever must be told of a hearing was told."""
    facts = known.facts
    if not facts.notices:
        return None
    last = facts.notices[-1]
    if last.imposition.outcome is not Outcome.PENALTY:
        return None
    needed = notice.hearing_needed(facts, last).needed
    if needed is Needed.YES and not last.hearing_offered:
        return iter([Fault("应当告知听证权利，事先告知书没有告知。", CaseStep.ANNOUNCED.value)])
    return iter(())


def limitation(known: Known) -> Iterator[Fault] | None:
    """H15: discovered within two years, or five."""
    facts = known.facts
    if facts.item is None or not (facts.ended_on or facts.acted_on):
        return None
    one = start.limitation_passed(facts)
    return iter([Fault(one.say, CaseStep.PROPOSED.value)] if one is not None else [])


def _as_put(facts: CaseFacts) -> CaseFacts:
    """The facts with what lies before the heads as what is weighed."""
    return replace(facts, new=facts.put_forward)


HARD: Mapping[str, Weigh] = {
    "H1": officers,
    "H2": told_first,
    "H3": ninety_days,
    "H4": served_in_time,
    "H5": preserved,
    "H6": hearing_noticed,
    "H7": on_the_spot,
    "H8": remedies,
    "H9": one_name,
    "H10": power,
    "H11": leniency,
    "H12": fine,
    "H13": reviewed,
    "H14": hearing_told,
    "H15": limitation,
}
