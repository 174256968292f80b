"""Organs, power sources with their items, number rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from sqlmodel import Session, col, select

from enforcer import identity
from enforcer.documents.course_rules import series_kinds, series_label
from enforcer.law import catalogue
from enforcer.models import ItemPower, NumberRule, Organ, PowerSource
from enforcer.operations.editing import (
    RegisterForm,
    block,
    fill,
    once,
    refuse_if,
    row_for,
)
from enforcer.operations.numbering import pattern_fault
from enforcer.operations.registry import operation
from enforcer.queries import powers
from enforcer.store import audit
from enforcer.store.database import Store
from enforcer.terms import PowerKind
from enforcer.text import (
    Code,
    Line,
    OptionalCode,
    OptionalLine,
    OptionalName,
    OptionalParagraph,
    one_bracket,
)

Bracket = Literal["〔〕", "[]", "（）"]
_PATTERN = re.compile(
    r"(?P<stem>[^〔\[（{}]+)(?P<open>[〔\[（])\{year\}[〕\]）](?P<di>第?)\{serial\}号"
)


def _numbered(kind: str) -> str:
    if kind not in series_kinds():
        say = "没有这种编号的文书，请从列表里选。"
        raise ValueError(say)
    return kind


Numbered = Annotated[str, AfterValidator(_numbered)]


class OrganForm(RegisterForm):
    """An organ in whose name papers are made."""

    name: Line = Field(title="机关名称")
    credit_code: OptionalCode = Field(default="", title="统一社会信用代码")
    address: OptionalLine = Field(default="", title="地址")
    postcode: OptionalCode = Field(default="", title="邮政编码")
    phone: OptionalLine = Field(default="", title="咨询电话")
    reconsideration_body: OptionalLine = Field(default="", title="行政复议机关")
    reconsideration_address: OptionalLine = Field(default="", title="行政复议机关地址")
    court: OptionalLine = Field(default="", title="人民法院")
    bank_name: OptionalLine = Field(default="", title="代收银行")
    bank_address: OptionalLine = Field(default="", title="银行地址")
    bank_account: OptionalCode = Field(default="", title="缴款账号")
    bank_payee: OptionalLine = Field(default="", title="收款户名")
    electronic_payment: OptionalLine = Field(default="", title="电子支付方式")
    report_days: Annotated[int, Field(ge=1, le=60)] | None = Field(
        default=None, title="当场处罚备案天数"
    )
    enabled: bool = Field(default=True, title="启用")


class PowerSourceForm(RegisterForm):
    """The document that gives a power, and the items it covers."""

    kind: PowerKind = Field(title="权力来源")
    organ_id: int = Field(title="机关")
    handled_by: OptionalName = Field(default="", title="承办（受委托单位）")
    document_title: Line = Field(title="依据文件名称")
    document_number: OptionalLine = Field(default="", title="文号")
    valid_from: date = Field(title="生效日期")
    valid_until: date | None = Field(default=None, title="有效期至")
    note: OptionalParagraph = Field(default="", title="备注")
    items: list[str] = Field(default_factory=list, title="事项")


class NumberRuleForm(RegisterForm):
    """How an organ's papers of one kind are numbered."""

    organ_id: int = Field(title="机关")
    kind: Numbered = Field(title="文书")
    stem: Code = Field(title="机关代字")
    bracket: Bracket = Field(default="〔〕", title="年份括号")
    with_di: bool = Field(default=True, title="加“第”字")
    width: Annotated[int, Field(ge=1, le=8)] = Field(default=3, title="序号位数")


@dataclass(frozen=True, slots=True)
class NumberParts:
    """A number pattern taken apart, as the form shows it."""

    stem: str
    bracket: Bracket
    with_di: bool


def pattern_of(stem: str, bracket: Bracket, *, with_di: bool) -> str:
    """常城管温告字〔{year}〕第{serial}号."""
    return f"{stem}{bracket[0]}{{year}}{bracket[1]}{'第' if with_di else ''}{{serial}}号"


def parts_of(pattern: str) -> NumberParts | None:
    """The parts of a pattern; None when it was written in some other way."""
    found = _PATTERN.fullmatch(pattern)
    if found is None:
        return None
    brackets: dict[str, Bracket] = {"〔": "〔〕", "[": "[]", "（": "（）"}
    return NumberParts(found["stem"], brackets[found["open"]], bool(found["di"]))


def number_example(pattern: str, width: int, *, year: int, serial: int = 1) -> str:
    """What a number will look like: 常城管温告字〔2026〕第00001号."""
    shown = f"{serial:0{width}d}"
    return pattern.replace("{year}", str(year)).replace("{serial}", shown)


@operation("登记机关", OrganForm)
def save_organ(store: Store, form: OrganForm, *, today: date, now: datetime, actor: str) -> int:  # noqa: ARG001
    """Enter or change an organ (行政处罚法 第十七条)."""

    def deed(session: Session) -> int:
        row = row_for(session, Organ, form, what="机关") or Organ(name=form.name)
        values = form.model_dump(exclude={"request_id", "id", "loaded"})
        wrong: dict[str, str] = {}
        if form.credit_code:
            values["credit_code"] = _taken(wrong, "credit_code", form.credit_code)
        if form.phone:
            _phone(wrong, form.phone)
        if form.postcode:
            _postcode(wrong, form.postcode)
        same = session.exec(select(Organ).where(Organ.name == form.name)).first()
        if same is not None and same.id != row.id:
            wrong["name"] = f"机关“{form.name}”已经登记过，请直接修改那一条。"
        if bool(form.bank_name) != bool(form.bank_account):
            field = "bank_account" if form.bank_name else "bank_name"
            wrong[field] = "代收银行和缴款账号要一并填写（行政处罚法第六十七条第三款）。"
        refuse_if(wrong)
        if not form.enabled and row.id is not None:
            others = select(Organ).where(col(Organ.enabled).is_(True), Organ.id != row.id)
            if session.exec(others).first() is None:
                raise block("last_organ", "这是最后一个启用的机关，停用后不能出任何文书。")
        fill(row, values)
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="save_organ", now=now, actor=actor, deed=deed)


def _taken(wrong: dict[str, str], field: str, text: str) -> str:
    try:
        return identity.read_credit_code(text)
    except identity.NotAccepted as refusal:
        wrong[field] = str(refusal)
        return text


def _postcode(wrong: dict[str, str], text: str) -> None:
    try:
        identity.read_postcode(text)
    except identity.NotAccepted as refusal:
        wrong["postcode"] = str(refusal)


def _phone(wrong: dict[str, str], text: str) -> None:
    """An organ may name several telephones; each has to be one."""
    for one in re.split(r"[、，,;；/]", text):
        try:
            if one.strip():
                identity.read_phone(one)
        except identity.NotAccepted as refusal:
            wrong["phone"] = str(refusal)


@operation("登记权力来源", PowerSourceForm)
def save_power_source(
    store: Store,
    form: PowerSourceForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Enter or change a power source and its items (行政处罚法 第十七、十八、二十、二十四条)."""

    def deed(session: Session) -> int:
        row = row_for(
            session,
            PowerSource,
            form,
            what="权力来源",
            shown=lambda one: powers.items_of(session, one.id or 0),
        )
        organ = session.get(Organ, form.organ_id)
        _check_source(form, organ)
        items = tuple(sorted(set(form.items)))
        _refuse_second_organ(session, form, items)
        if row is None:
            row = PowerSource(
                kind=form.kind,
                organ_id=form.organ_id,
                document_title=form.document_title,
                valid_from=form.valid_from,
            )
        fill(row, form.model_dump(exclude={"request_id", "id", "loaded", "items"}))
        session.add(row)
        session.flush()
        assert row.id
        _cover(session, row.id, items)
        return row.id

    return once(store, form, name="save_power_source", now=now, actor=actor, deed=deed)


def _check_source(form: PowerSourceForm, organ: Organ | None) -> None:
    wrong: dict[str, str] = {}
    if organ is None:
        wrong["organ_id"] = "机关没有登记，请先在“机关”中登记。"
    if form.valid_until and form.valid_until < form.valid_from:
        wrong["valid_until"] = (
            f"有效期至 {form.valid_until} 早于生效日期 {form.valid_from}，请核对。"
        )
    if form.kind is PowerKind.ENTRUSTED:
        if not form.handled_by:
            wrong["handled_by"] = "委托必须写明受委托单位（行政处罚法第二十条）。"
        elif organ and form.handled_by == organ.name:
            wrong["handled_by"] = (
                "受委托单位不能就是委托机关自己；机关一栏选委托机关，文书以委托机关名义作出"
                "（行政处罚法第二十条第四款）。"
            )
        if form.valid_until is None:
            wrong["valid_until"] = (
                "委托书应当载明期限，请填写有效期至哪一天（行政处罚法第二十条第二款）。"
            )
    known = set(catalogue.keys())
    unknown = [one for one in form.items if one not in known]
    if unknown:
        wrong["items"] = f"法规清单里没有这些事项：{'、'.join(unknown)}。请重新勾选。"
    refuse_if(wrong)


def _refuse_second_organ(session: Session, form: PowerSourceForm, items: tuple[str, ...]) -> None:
    """One item, one organ at a time: else nobody could say whose name stands on the paper."""
    until = form.valid_until or date.max
    for other in powers.power_sources(session):
        apart = other.valid_from > until or (other.valid_until or date.max) < form.valid_from
        shared = sorted(set(items) & set(other.items))
        if other.id == form.id or other.organ_id == form.organ_id or apart or not shared:
            continue
        titles = [
            one.title if (one := catalogue.item(key, form.valid_from)) else key for key in shared
        ]
        raise block(
            "item_of_two_organs",
            f"这些事项在同一期间已登记在“{other.organ_name}”{other.document}名下："
            f"{'、'.join(titles[:5])}{f'等 {len(titles)} 项' if len(titles) > 5 else ''}。"
            "一个事项同时只能有一个行使机关，请先在那一条里取消，或者调整有效期。",
            powers.ARTICLE_38,
            "items",
        )


def _cover(session: Session, source_id: int, items: tuple[str, ...]) -> None:
    held = {
        one.item_key: one
        for one in session.exec(select(ItemPower).where(ItemPower.power_source_id == source_id))
    }
    for key, one in held.items():
        if key not in items:
            session.delete(one)
    added = [key for key in items if key not in held]
    session.add_all(ItemPower(item_key=key, power_source_id=source_id) for key in added)
    session.flush()
    removed = [key for key in held if key not in items]
    if added or removed:
        say = {"added": added, "removed": removed}
        audit.note(session, "items", table="power_source", row=str(source_id), say=say)


@operation("设定文书编号", NumberRuleForm)
def save_number_rule(
    store: Store,
    form: NumberRuleForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Set how numbers of one kind look; the one rule of this organ and kind is changed in place."""

    def deed(session: Session) -> int:
        if session.get(Organ, form.organ_id) is None:
            refuse_if({"organ_id": "机关没有登记，请先在“机关”中登记。"})
        row = row_for(session, NumberRule, form, what="编号规则") or powers.number_rule(
            session, form.organ_id, form.kind
        )
        pattern = pattern_of(form.stem, form.bracket, with_di=form.with_di)
        if fault := pattern_fault(pattern):
            refuse_if({"stem": fault})
        _refuse_shared(session, pattern, row)
        if row is None:
            row = NumberRule(organ_id=form.organ_id, kind=form.kind, pattern=pattern)
        fill(
            row,
            {
                "organ_id": form.organ_id,
                "kind": form.kind,
                "pattern": pattern,
                "width": form.width,
            },
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="save_number_rule", now=now, actor=actor, deed=deed)


def _refuse_shared(session: Session, pattern: str, row: NumberRule | None) -> None:
    """Two rules that differ in the bracket alone still write the same number."""
    plain = _canonical(pattern)
    for other in session.exec(select(NumberRule)):
        if other.id == (row.id if row else None) or _canonical(other.pattern) != plain:
            continue
        organ = session.get(Organ, other.organ_id)
        refuse_if(
            {
                "stem": f"“{organ.name if organ else '另一机关'}”的{series_label(other.kind)}已用这个字头，"
                "两种文书会重号，请改用不同的机关代字。"
            }
        )


def _canonical(pattern: str) -> str:
    return one_bracket(pattern).replace("第{serial}", "{serial}")
