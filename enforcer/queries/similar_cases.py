"""类案镜子: our own past decisions on the same item, so that like cases are treated alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlmodel import Session, and_, col, or_, select

from enforcer import money
from enforcer.course_terms import RemedyOutcome
from enforcer.law import catalogue, catalogue_data, notice_defaults
from enforcer.law.catalogue import CITIZEN, Violation
from enforcer.models import Case, Decision, Remedy
from enforcer.queries.looking import Where, looking
from enforcer.terms import (
    Discretion,
    NoPenaltyReason,
    Origin,
    PartyKind,
    Procedure,
    Side,
)

CITE = "行政处罚法（2021）第五条第二款、第三十四条"
_ORGANIZATIONS = (PartyKind.LEGAL_PERSON, PartyKind.OTHER_ORGANIZATION)
_FEW = 2  # so many decisions are told one by one: they make no custom


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """One earlier decision on the item; `fine_fen` as it stands after a remedy has changed it."""

    case_id: int
    number: str
    decided_on: date
    procedure: Procedure
    fine_fen: int
    discretion: Discretion
    backfilled: bool
    changed: bool
    earlier_law: bool


@dataclass(frozen=True, slots=True)
class Similar:
    """Decisions on one item for one side, the latest first; the figures are those of the fines."""

    item_key: str
    side: Side
    until: date
    count: int
    low_fen: int | None
    high_fen: int | None
    median_fen: int | None
    rows: tuple[SimilarRow, ...]

    @property
    def fined(self) -> tuple[SimilarRow, ...]:
        return tuple(one for one in self.rows if one.fine_fen)

    @property
    def without_fine(self) -> int:
        """Decisions that imposed no fine, 不予处罚 among them."""
        return len(self.rows) - self.count

    @property
    def backfilled(self) -> int:
        """Fines taken over from older ledgers."""
        return sum(one.backfilled for one in self.fined)

    @property
    def earlier_law(self) -> int:
        """Fines under an earlier version of the provision."""
        return sum(one.earlier_law for one in self.fined)


def similar(
    where: Where, *, item_key: str, side: Side, until: date, but_case: int | None = None
) -> Similar:
    """What this office decided on the item up to a day (行政处罚法 第五条第二款); revoked ones left out.

    Decisions that found no violation are no penalty on the item and are left out too.
    """
    with looking(where) as session:
        of_item = or_(
            col(Case.item_key) == item_key,
            and_(
                col(Case.item_key) == "",
                col(Case.origin) == Origin.BACKFILLED,
                col(Case.cause).in_(_causes(session, item_key)),
            ),
        )
        asked = (
            select(Case, Decision)
            .join(Decision, col(Decision.case_id) == Case.id)
            .where(of_item, Decision.decided_on <= until, col(Decision.revoked_on).is_(None))
            .where(
                or_(
                    col(Decision.no_penalty_reason).is_(None),
                    col(Decision.no_penalty_reason) != NoPenaltyReason.NOT_ESTABLISHED,
                )
            )
            .order_by(col(Decision.decided_on).desc(), col(Decision.id).desc())
        )
        found = [
            (case, decision)
            for case, decision in session.exec(asked)
            if case.id != but_case and _side(item_key, case.party_kind, decision.decided_on) is side
        ]
        standing = _changed(session, [case.id or 0 for case, _ in found], until)
    in_force = catalogue.item(item_key, until)
    rows = tuple(
        SimilarRow(
            case_id=case.id or 0,
            number=decision.number,
            decided_on=decision.decided_on,
            procedure=decision.procedure,
            fine_fen=standing.get(case.id or 0, decision.fine_fen),
            discretion=decision.discretion,
            backfilled=case.origin is Origin.BACKFILLED,
            changed=case.id in standing,
            earlier_law=_earlier_law(in_force, case.acted_on or decision.decided_on),
        )
        for case, decision in found
    )
    fines = [one.fine_fen for one in rows if one.fine_fen]
    return Similar(
        item_key=item_key,
        side=side,
        until=until,
        count=len(fines),
        low_fen=min(fines, default=None),
        high_fen=max(fines, default=None),
        median_fen=int(median(fines) + 0.5) if fines else None,
        rows=rows,
    )


def side_of(item_key: str, kind: PartyKind, on: date) -> Side:
    """On which side of the item a party stands; 个体工商户 as the provision has it."""
    return _side(item_key, kind, on)


def compare(found: Similar, fen: int) -> str:
    """How the fine that is thought of lies beside those before it; says so when there are too few."""
    mine = f"本案拟罚 {_yuan(fen)} 元"
    if found.median_fen is None or found.low_fen is None or found.high_fen is None:
        whom = f"对{found.side.label}的罚款"
        said = (
            f"截至 {found.until}，本机关没有同类案件{whom}可以对照，请按裁量基准和本案情节确定数额"
        )
    elif found.count <= _FEW:
        said = _one_by_one(found, fen, mine)
    else:
        place = _against(
            fen, found.median_fen, f"本机关同类案件中位数 {_yuan(found.median_fen)} 元"
        )
        span = _span(found.low_fen, found.high_fen)
        said = f"{mine}，{place}；共 {found.count} 件，{span}"
        if fen > found.high_fen:
            said += "，本案超过以往最高"
        elif fen < found.low_fen:
            said += "，本案低于以往最低"
    return "。".join([said, *_remarks(found)]) + "。"


def _one_by_one(found: Similar, fen: int, mine: str) -> str:
    each = "、".join(f"{one.decided_on} 罚款 {_yuan(one.fine_fen)} 元" for one in found.fined)
    few = f"本机关同类案件只有 {found.count} 件（{each}），不足以说明通常的幅度，只供参考"
    if found.count == 1:
        return f"{mine}，{_against(fen, found.fined[0].fine_fen, '这一件')}；{few}"
    if found.low_fen is None or found.high_fen is None or found.low_fen <= fen <= found.high_fen:
        return f"{mine}，在两件之间；{few}" if found.low_fen != fen else f"{mine}；{few}"
    beyond = f"比两件都{'高' if fen > found.high_fen else '低'}"
    return f"{mine}，{beyond}；{few}"


def _against(fen: int, other: int, named: str) -> str:
    """`比…高 50 %`; a difference that rounds to nothing is told in 元."""
    if fen == other:
        return f"与{named}相同"
    word = "高" if fen > other else "低"
    percent = int(abs(fen - other) * 100 / other + 0.5)
    much = f"{percent} %" if percent else f"{_yuan(abs(fen - other))} 元"
    return f"比{named}{word} {much}"


def _remarks(found: Similar) -> list[str]:
    said = []
    if found.earlier_law:
        said.append(f"其中 {found.earlier_law} 件适用修订前的规定，幅度不同，对照时注意")
    if found.backfilled:
        said.append(f"其中 {found.backfilled} 件是补录的台账，情节没有逐项核对")
    if found.without_fine:
        spared = sum(one.discretion is Discretion.NO_PENALTY for one in found.rows)
        of_them = f"（不予处罚 {spared} 件）" if spared else ""
        said.append(f"另有 {found.without_fine} 件没有罚款{of_them}")
    return said


def _causes(session: Session, item_key: str) -> Sequence[str]:
    """Causes of old ledgers that mean this item: they carry words, no key."""
    asked = (
        select(Case.cause).where(Case.item_key == "", Case.origin == Origin.BACKFILLED).distinct()
    )
    titles = _titles(item_key)
    return [one for one in session.exec(asked) if _means(one, item_key, titles)]


def _means(cause: str, item_key: str, titles: Sequence[str]) -> bool:
    bare = cause.strip().removeprefix("涉嫌").removesuffix("案")
    if any(title in bare for title in titles):
        return True
    return notice_defaults.item_of_situation(bare) == item_key


def _titles(item_key: str) -> tuple[str, ...]:
    versions = catalogue_data.load(None).items.get(item_key) or ()
    return tuple(dict.fromkeys(one.title for one in versions))


def _side(item_key: str, kind: PartyKind, on: date) -> Side:
    """The side as of a day; where the item was not in the catalogue then, as the kind has it."""
    if item := catalogue.item(item_key, on):
        one_person = item.side_of(kind) == CITIZEN
    else:
        one_person = kind not in _ORGANIZATIONS
    return Side.CITIZEN if one_person else Side.ORGANIZATION


def _earlier_law(in_force: Violation | None, acted_on: date) -> bool:
    then = catalogue.item(in_force.key, acted_on) if in_force else None
    return bool(in_force and then and then.from_on != in_force.from_on)


def _changed(session: Session, cases: Sequence[int], until: date) -> dict[int, int]:
    """Fines as 复议 or 诉讼 left them, by case; the later result counts."""
    if not cases:
        return {}
    asked = (
        select(Remedy)
        .where(Remedy.outcome == RemedyOutcome.CHANGED, col(Remedy.concluded_on) <= until)
        .where(col(Remedy.changed_fine_fen).is_not(None))
        .order_by(col(Remedy.concluded_on), col(Remedy.id))
    )
    wanted = set(cases)
    return {
        one.case_id: one.changed_fine_fen or 0
        for one in session.exec(asked)
        if one.case_id in wanted
    }


def _span(low: int, high: int) -> str:
    if low == high:
        return f"都是罚款 {_yuan(low)} 元"
    return f"罚款 {_yuan(low)} 元至 {_yuan(high)} 元"


def _yuan(fen: int) -> str:
    return money.yuan_grouped(fen).removesuffix(".00")
