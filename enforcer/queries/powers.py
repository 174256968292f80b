"""Organs, where their powers come from, how their papers are numbered: who may act, and by what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from enforcer.documents import course_rules
from enforcer.models import ItemPower, NumberRule, Organ, PowerSource, Series
from enforcer.queries.looking import Where, looking, version
from enforcer.terms import PowerKind
from enforcer.text import one_bracket

ARTICLE_20 = "行政处罚法第二十条"
ARTICLE_24 = "行政复议法第二十四条第一款"
ARTICLE_38 = "行政处罚法第三十八条第一款"
_ARTICLES = {
    PowerKind.OWN: "行政处罚法第十七条",
    PowerKind.CONCENTRATED: "行政处罚法第十八条",
    PowerKind.CONFERRED: "行政处罚法第二十四条",
    PowerKind.ENTRUSTED: ARTICLE_20,
}


@dataclass(frozen=True, slots=True)
class OrganRow:
    """An organ as its papers name it; `version` goes back with the form that was filled from it."""

    id: int
    version: str
    name: str
    credit_code: str
    address: str
    postcode: str
    phone: str
    reconsideration_body: str
    reconsideration_address: str
    court: str
    bank_name: str
    bank_address: str
    bank_account: str
    bank_payee: str
    electronic_payment: str
    report_days: int | None
    enabled: bool


@dataclass(frozen=True, slots=True)
class PowerSourceRow:
    """A document that gives a power, the organ that acts by it, the items it covers."""

    id: int
    version: str
    kind: PowerKind
    organ_id: int
    organ_name: str
    handled_by: str
    document_title: str
    document_number: str
    valid_from: date
    valid_until: date | None
    note: str
    items: tuple[str, ...]

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    @property
    def document(self) -> str:
        """The document as a paper would name it."""
        number = f"（{self.document_number}）" if self.document_number else ""
        return f"《{self.document_title.strip('《》')}》{number}"


@dataclass(frozen=True, slots=True)
class NumberRuleRow:
    """How numbers of one kind look in one organ; `drawn` is the year's last serial so far."""

    id: int
    version: str
    organ_id: int
    organ_name: str
    kind: str
    pattern: str
    width: int
    drawn: int

    @property
    def label(self) -> str:
        return course_rules.series_label(self.kind)


@dataclass(frozen=True, slots=True)
class Power:
    """By what, and in whose name, an item is acted on (行政处罚法 第十七、十八、二十、二十四条)."""

    source: PowerSourceRow
    organ: OrganRow

    @property
    def handled_by(self) -> str:
        """The 受委托单位 that may stand as 承办; never in the heading (第二十条第三款)."""
        return self.source.handled_by

    @property
    def cite(self) -> str:
        return _ARTICLES[self.source.kind]


@dataclass(frozen=True, slots=True)
class NoPower:
    """Why no paper of a penalty may be made for an item (第三十八条)."""

    code: str
    say: str
    cite: str = ARTICLE_38


def organs(where: Where, *, enabled_only: bool = False) -> list[OrganRow]:
    """All organs, in the order in which they were entered."""
    asked = select(Organ).order_by(col(Organ.id))
    if enabled_only:
        asked = asked.where(col(Organ.enabled).is_(True))
    with looking(where) as session:
        return [organ_row(one) for one in session.exec(asked)]


def organ(where: Where, organ_id: int) -> OrganRow | None:
    with looking(where) as session:
        found = session.get(Organ, organ_id)
        return organ_row(found) if found else None


def organ_row(one: Organ) -> OrganRow:
    """The frozen row of an organ."""
    values = one.model_dump(exclude={"uid"})
    return OrganRow(version=version(one), **values)


def reconsideration_reminder(body: str) -> str:
    """What to check about the 行政复议机关 that was typed; empty when it is a government."""
    if not body or body.endswith(("人民政府", "政府")):
        return ""
    return (
        f"“{body}”不是人民政府。对县级以上地方人民政府工作部门、派出机关以及下一级人民政府"
        "作出的行政行为不服的，由人民政府（对部门是本级人民政府）管辖行政复议，"
        "上一级主管部门不再受理，请核对。"
    )


def power_sources(where: Where, *, organ_id: int | None = None) -> list[PowerSourceRow]:
    """All power sources, those of one organ together, the newest first."""
    asked = select(PowerSource).order_by(
        col(PowerSource.organ_id), col(PowerSource.valid_from).desc(), col(PowerSource.id)
    )
    if organ_id is not None:
        asked = asked.where(PowerSource.organ_id == organ_id)
    with looking(where) as session:
        return _source_rows(session, session.exec(asked).all())


def power_source(where: Where, source_id: int) -> PowerSourceRow | None:
    with looking(where) as session:
        found = session.get(PowerSource, source_id)
        return _source_rows(session, [found])[0] if found else None


def items_of(session: Session, source_id: int) -> tuple[str, ...]:
    """Keys of the items a power source covers, in alphabetical order."""
    asked = select(ItemPower.item_key).where(ItemPower.power_source_id == source_id)
    return tuple(sorted(session.exec(asked)))


def _source_rows(session: Session, found: Iterable[PowerSource]) -> list[PowerSourceRow]:
    names = {row.id: row.name for row in session.exec(select(Organ))}
    rows = []
    for one in found:
        items = items_of(session, one.id or 0)
        values = one.model_dump(exclude={"uid"})
        rows.append(
            PowerSourceRow(
                version=version(one, *items),
                organ_name=names[one.organ_id],
                items=items,
                **values,
            )
        )
    return rows


def power_for(
    where: Where, item_key: str, day: date, *, organ_id: int | None = None
) -> Power | NoPower:
    """Say whose name and what power stand behind an item on a day, or why there is none.

    Several sources of one organ: the one that stands nearest to the law speaks. Several organs:
    nobody is chosen in silence (`organ_id` says who is meant).
    """
    with looking(where) as session:
        asked = (
            select(PowerSource)
            .join(ItemPower, col(ItemPower.power_source_id) == PowerSource.id)
            .where(ItemPower.item_key == item_key)
            .order_by(col(PowerSource.id))
        )
        if organ_id is not None:
            asked = asked.where(PowerSource.organ_id == organ_id)
        covering = _source_rows(session, session.exec(asked).all())
        acting = {row.id: row for row in organs(session, enabled_only=True)}
        if not covering:
            return NoPower(
                "power_missing",
                "这个事项没有登记权力来源，不能出处罚文书，只能劝导或者移送。"
                "请在“设置—权力来源与事项”中登记依据文件并勾选该事项。",
            )
        valid = [one for one in covering if one.valid_on(day)]
        if not valid:
            return _not_valid(covering, day)
        usable = [one for one in valid if one.organ_id in acting]
        if not usable:
            return NoPower(
                "organ_disabled",
                f"这个事项的权力来源属于“{valid[0].organ_name}”，该机关已停用。"
                "请在“设置—机关”中启用，或者改登权力来源。",
            )
        if len({one.organ_id for one in usable}) > 1:
            named = "、".join(f"“{one.organ_name}”{one.document}" for one in usable)
            return NoPower(
                "power_ambiguous",
                f"这个事项同时登记在几个机关名下：{named}。"
                "请选定以哪个机关的名义办理，或者在“设置—权力来源与事项”中只保留一个。",
            )
        order = list(PowerKind)
        source = min(usable, key=lambda one: (order.index(one.kind), one.id))
        return Power(source, acting[source.organ_id])


def _not_valid(covering: list[PowerSourceRow], day: date) -> NoPower:
    last = max(covering, key=lambda one: one.valid_until or one.valid_from)
    if last.valid_until and last.valid_until < day:
        if last.kind is PowerKind.ENTRUSTED:
            return NoPower(
                "entrustment_expired",
                f"委托书{last.document}的期限到 {last.valid_until} 为止，{day} 已经过期，"
                "不能再以委托机关名义处罚。续签后请登记新的委托书。",
                ARTICLE_20,
            )
        return NoPower(
            "power_expired",
            f"权力来源{last.document}到 {last.valid_until} 为止，{day} 已经失效。"
            "请登记现行有效的依据文件。",
        )
    return NoPower(
        "power_not_yet",
        f"权力来源{last.document}自 {last.valid_from} 起有效，{day} 还没有生效。",
    )


def number_rules(where: Where, *, year: int) -> list[NumberRuleRow]:
    """All number rules, organ by organ; `drawn` counts the numbers of `year`."""
    with looking(where) as session:
        names = {row.id: row.name for row in session.exec(select(Organ))}
        drawn = {
            (one.kind, _plain(f"{one.prefix}{{serial}}{one.suffix}")): one.next_serial - 1
            for one in session.exec(select(Series).where(Series.year == year))
        }
        order = {one: at for at, one in enumerate(course_rules.series_kinds())}
        return sorted(
            (
                NumberRuleRow(
                    id=one.id or 0,
                    version=version(one),
                    organ_id=one.organ_id,
                    organ_name=names[one.organ_id],
                    kind=one.kind,
                    pattern=one.pattern,
                    width=one.width,
                    drawn=drawn.get((one.kind, _plain(one.pattern, year)), 0),
                )
                for one in session.exec(select(NumberRule))
            ),
            key=lambda row: (row.organ_id, order.get(row.kind, len(order))),
        )


def _plain(pattern: str, year: int = 0) -> str:
    """A pattern by what tells two series apart: not the form of its brackets, not 第 and 号."""
    said = one_bracket(pattern.replace("{year}", str(year)))
    return said.replace("第{serial}", "{serial}").replace("{serial}号", "{serial}")


def number_rule(where: Where, organ_id: int, kind: str) -> NumberRule | None:
    """The rule by which an organ numbers papers of this kind."""
    with looking(where) as session:
        return session.exec(
            select(NumberRule).where(NumberRule.organ_id == organ_id, NumberRule.kind == kind)
        ).first()
