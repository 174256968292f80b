"""One item of the catalogue as in force on a day: 违则, 罚则, what it brings, on the spot or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from enforcer import money
from enforcer.law import parameters
from enforcer.terms import PartyKind, PenaltyKind

CITIZEN = "citizen"
ORGANIZATION = "organization"
ON_THE_SPOT = frozenset({PenaltyKind.WARNING, PenaltyKind.FINE})
ARTICLE_51 = "行政处罚法（2021）第五十一条"
ARTICLE_54 = "行政处罚法（2021）第五十四条第一款"
SIDE_LABEL = {CITIZEN: "公民（个人）", ORGANIZATION: "法人或者其他组织（单位）"}


@dataclass(frozen=True, slots=True)
class Law:
    """A statute in one edition: how it is named, and from when until when it is in force."""

    key: str
    title: str
    edition: str
    rank: str
    from_on: date
    until_on: date | None
    verified: str
    note: str = ""
    articles: int | None = None

    def in_force(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True)
class Provision:
    """An article of a law, with the words of it that matter here."""

    law: Law
    article: str
    text: str

    @property
    def cite(self) -> str:
        """As papers write it: 《名称》第…条第…款."""
        return f"《{self.law.title}》{self.article}"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a provision brings for some parties, straight away or under a condition of the law.

    `must` are kinds that have to be imposed together, `either` those of which one has to be,
    `may` those that can be added or left out. No amount means that the law gives none.
    """

    sides: tuple[str, ...]
    condition: str
    must: tuple[PenaltyKind, ...]
    either: tuple[PenaltyKind, ...]
    may: tuple[PenaltyKind, ...]
    min_fen: int | None
    max_fen: int | None
    share: str
    note: str

    @property
    def kinds(self) -> tuple[PenaltyKind, ...]:
        return tuple(dict.fromkeys(self.must + self.either + self.may))

    @property
    def fines(self) -> bool:
        return PenaltyKind.FINE in self.kinds

    @property
    def amount_unknown(self) -> bool:
        """Tell whether it allows a fine that the law leaves to local rules."""
        return self.fines and self.max_fen is None and not self.share

    @property
    def may_fine(self) -> bool:
        """Tell whether the fine is discretionary (可以)."""
        return PenaltyKind.FINE in self.may


@dataclass(frozen=True, slots=True)
class Comparison:
    """How this version weighs against the one before it (行政处罚法 第三十七条)."""

    result: str
    say: str


@dataclass(frozen=True, slots=True)
class LocalAmount:
    """A range that a local rule adds where the national one gives none; entered by the office."""

    sides: tuple[str, ...]
    min_fen: int
    max_fen: int
    provision: Provision


@dataclass(frozen=True, slots=True)
class SummaryAnswer:
    """Whether this item may be decided on the spot for a party, within which fine, and why."""

    allowed: bool
    say: str
    cite: str
    warning: bool = False
    fine_from_fen: int | None = None
    fine_to_fen: int | None = None
    conditions: tuple[str, ...] = ()
    amount_to_confirm: bool = False

    @property
    def fine(self) -> bool:
        return self.fine_to_fen is not None

    def permits(self, fine_fen: int) -> bool:
        """Tell whether exactly this fine may be imposed on the spot; both ends are included."""
        if self.fine_from_fen is None or self.fine_to_fen is None:
            return False
        return max(self.fine_from_fen, 1) <= fine_fen <= self.fine_to_fen


@dataclass(frozen=True, slots=True)
class Violation:
    """A catalogue item (案由) in the version in force on `as_of`."""

    key: str
    number: int
    group: str
    title: str
    as_of: date
    from_on: date
    until_on: date | None
    verified: str
    breached: tuple[Provision, ...]
    sanctioned_by: tuple[Provision, ...]
    consequences: tuple[Consequence, ...]
    competence: str
    refer_to: str
    ordinary_only: str
    competing: tuple[str, ...]
    note: str
    words: str
    notice_reason: str
    notice_request: str
    limitation_years: int
    limitation_harm_years: int
    limitation_cite: str
    comparison: Comparison | None

    @property
    def kinds(self) -> tuple[PenaltyKind, ...]:
        """All kinds of penalty that the provision knows, in the order of the law."""
        return tuple(dict.fromkeys(k for one in self.consequences for k in one.kinds))

    @property
    def notice_provision(self) -> str:
        """The article that a courteous notice recalls; empty where a notice makes no sense."""
        return self.breached[0].cite if self.notice_reason else ""

    @property
    def conditions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.condition for one in self.consequences if one.condition))

    def side_of(self, kind: PartyKind) -> str:
        """Which range binds this party; 个体工商户 stands with 个人 where the law names both."""
        if kind in (PartyKind.LEGAL_PERSON, PartyKind.OTHER_ORGANIZATION):
            return ORGANIZATION
        sides = {side for one in self.consequences for side in one.sides}
        alone = kind is PartyKind.SOLE_TRADER and CITIZEN not in sides
        return ORGANIZATION if alone else CITIZEN

    def consequences_for(self, kind: PartyKind) -> tuple[Consequence, ...]:
        side = self.side_of(kind)
        return tuple(one for one in self.consequences if side in one.sides)

    def confiscates(self, kind: PartyKind) -> bool:
        """Tell whether confiscation is attached for this party."""
        attached = {PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_PROPERTY}
        return any(attached & {*one.must, *one.either} for one in self.consequences_for(kind))

    def with_local(self, amount: LocalAmount) -> Violation:
        """Return this item with the amounts of a local rule where the national law has none."""

        def filled(one: Consequence) -> Consequence:
            fits = one.amount_unknown and set(one.sides) <= set(amount.sides)
            return replace(one, min_fen=amount.min_fen, max_fen=amount.max_fen) if fits else one

        return replace(
            self,
            consequences=tuple(filled(one) for one in self.consequences),
            sanctioned_by=(*self.sanctioned_by, amount.provision),
        )

    def summary_allowed(
        self,
        kind: PartyKind,
        on: date | None = None,
        *,
        sole_trader_as: PartyKind | None = None,
    ) -> SummaryAnswer:
        """Say whether this may be decided on the spot (行政处罚法 第五十一条、第五十四条第一款)."""
        if self.refer_to:
            return _refused(f"“{self.title}”由{self.refer_to}管辖，本机关只能移送，不能处罚。")
        if self.ordinary_only:
            return _refused(f"“{self.title}”不能当场处罚：{self.ordinary_only}")
        limit = parameters.summary_limit(kind, on or self.as_of, sole_trader_as=sole_trader_as)
        answers = [_judge(one, kind, limit) for one in self.consequences_for(kind)]
        if not answers:
            return _refused(f"“{self.title}”的罚则没有规定对{kind.label}的处罚，请核对当事人类别。")
        first = next((one for one in answers if one.allowed), answers[0])
        return replace(first, conditions=first.conditions + self._sole_trader_doubt(kind))

    def _sole_trader_doubt(self, kind: PartyKind) -> tuple[str, ...]:
        sides = {one.sides for one in self.consequences if one.fines}
        if kind is not PartyKind.SOLE_TRADER or len(sides) < 2:
            return ()
        return ("个体工商户适用对个人还是对单位的幅度，待机关确认",)


def _refused(say: str, cite: str = ARTICLE_54) -> SummaryAnswer:
    return SummaryAnswer(allowed=False, say=f"{say}请转普通程序或者移送。", cite=cite)


def yuan(fen: int) -> str:
    """元 without needless decimals: 200, 0.50."""
    return money.yuan(fen).removesuffix(".00")


def _judge(one: Consequence, kind: PartyKind, limit: parameters.Value) -> SummaryAnswer:
    """Judge one consequence: compulsory kinds, lower limit, amount."""
    beyond = [k.label for k in one.must if k not in ON_THE_SPOT]
    if one.either and not ON_THE_SPOT & set(one.either):
        beyond += [k.label for k in one.either]
    if beyond:
        return _refused(
            f"罚则规定{'、'.join(beyond)}，当场处罚只限警告和罚款。", f"{ARTICLE_51}、{ARTICLE_54}"
        )
    conditions = tuple(text for text in (one.condition, one.note) if text)
    warning = PenaltyKind.WARNING in one.kinds
    low, high = _window(one, limit.value)
    if PenaltyKind.FINE in one.must and high is None and not one.amount_unknown:
        return _refused(_too_much(one, kind, limit), limit.cite)
    if high is None and one.amount_unknown:
        return _local(one, conditions, warning=warning)
    if high is None and not warning:
        return _refused(_too_much(one, kind, limit), limit.cite)
    return SummaryAnswer(
        allowed=True,
        say=_may_say(kind, limit, low, high, warning=warning, share=one.share),
        cite=limit.cite,
        warning=warning,
        fine_from_fen=low,
        fine_to_fen=high,
        conditions=conditions,
    )


def _window(one: Consequence, limit: int) -> tuple[int | None, int | None]:
    """Return the lawful fine on the spot: from, to; None when there is none."""
    if not one.fines or one.amount_unknown:
        return None, None
    low = one.min_fen or 0
    high = limit if one.max_fen is None else min(one.max_fen, limit)
    return (low, high) if low <= high else (None, None)


def _too_much(one: Consequence, kind: PartyKind, limit: parameters.Value) -> str:
    return (
        f"法定最低罚款 {yuan(one.min_fen or 0)} 元，超过对{kind.label}当场处罚的上限"
        f" {yuan(limit.value)} 元。"
    )


def _local(one: Consequence, conditions: tuple[str, ...], *, warning: bool) -> SummaryAnswer:
    """Answer where the national law leaves the amount to local rules (待机关确认)."""
    compulsory = PenaltyKind.FINE in one.must
    allowed = warning and not compulsory
    say = "法律、行政法规没有规定罚款数额，本地规定的数额待机关确认；" + (
        "数额录入之前只能当场警告。" if allowed else "数额录入之前不能当场罚款，也不能自定数额。"
    )
    return SummaryAnswer(
        allowed=allowed,
        say=say,
        cite=ARTICLE_51 if allowed else ARTICLE_54,
        warning=allowed,
        conditions=conditions,
        amount_to_confirm=True,
    )


def _may_say(
    kind: PartyKind,
    limit: parameters.Value,
    low: int | None,
    high: int | None,
    *,
    warning: bool,
    share: str,
) -> str:
    parts = ["可以当场警告"] if warning else []
    if high is not None and low is not None:
        span = f"{yuan(low)} 元以上 {yuan(high)} 元以下" if low else f"{yuan(high)} 元以下"
        span = f"{yuan(high)} 元" if low == high else span
        basis = f"（法定幅度按{share}计算）" if share else ""
        parts.append(f"可以当场处 {span}罚款{basis}")
    return (
        f"对{kind.label}{'，也'.join(parts)}；当场罚款的上限是 {yuan(limit.value)} 元（含本数）。"
    )
