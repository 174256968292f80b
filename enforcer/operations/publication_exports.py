"""What goes out about decisions: the public list, covered; the platform's sheet with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from enforcer import money
from enforcer.errors import InvalidForm
from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, Written, write_table
from enforcer.exchange.masking import masked, surname_only
from enforcer.operations.registry import operation
from enforcer.publication_terms import Audience
from enforcer.queries import office
from enforcer.queries import publication as asked
from enforcer.queries.looking import Where, looking
from enforcer.queries.periods import Period
from enforcer.queries.publication import NOT_SHOWN, TO_WITHDRAW, WITHDRAWN, PublicationRow, Shown
from enforcer.store import audit
from enforcer.store.database import Store
from enforcer.terms import IdKind, PartyKind, PenaltyKind

FULL_NAMES = "写全名"
PUBLIC = (
    Column("行政处罚决定书文号", ColumnKind.ID),
    Column("案件名称"),
    Column("被处罚人"),
    Column("违法事实"),
    Column("处罚依据"),
    Column("处罚种类"),
    Column("处罚内容"),
    Column("处罚决定日期", ColumnKind.DATE),
    Column("处罚机关"),
)
PLATFORM = (
    "行政相对人名称",
    "行政相对人类别",
    "行政相对人代码_1(统一社会信用代码)",
    "行政相对人代码_2(工商注册号)",
    "行政相对人代码_3(组织机构代码)",
    "行政相对人代码_4(税务登记号)",
    "行政相对人代码_5(事业单位证书号)",
    "行政相对人代码_6(社会组织登记证号)",
    "法定代表人",
    "法定代表人证件类型",
    "法定代表人证件号码",
    "自然人证件类型",
    "自然人证件号码",
    "行政处罚决定书文号",
    "违法行为类型",
    "违法事实",
    "处罚依据",
    "处罚类别",
    "处罚内容",
    "罚款金额(万元)",
    "没收违法所得、没收非法财物的金额(万元)",
    "暂扣或吊销证照名称及编号",
    "处罚决定日期",
    "处罚有效期",
    "公示截止期",
    "处罚机关",
    "处罚机关统一社会信用代码",
    "数据来源单位",
    "数据来源单位统一社会信用代码",
    "备注",
)
_CATEGORY = {
    PartyKind.CITIZEN: "自然人",
    PartyKind.SOLE_TRADER: "个体工商户",
    PartyKind.LEGAL_PERSON: "法人及非法人组织",
    PartyKind.OTHER_ORGANIZATION: "法人及非法人组织",
}
_ID_NAMES = {
    IdKind.RESIDENT_ID: "身份证",
    IdKind.PASSPORT: "护照号",
    IdKind.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    IdKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    IdKind.FOREIGNER_ID: "外国人永久居留身份证",
}
_DAY = "%Y/%m/%d"
_CONFISCATIONS = (PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_PROPERTY)


class ExportPublicationForm(BaseModel):
    """A span by the day of decision, an audience, and where to."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    request_id: UUID | None = None
    first: date = Field(title="开始日期")
    last: date = Field(title="结束日期")
    audience: Audience = Field(default=Audience.PUBLIC, title="公开对象")
    path: Path = Field(title="文件")
    overwrite: bool = Field(default=False, title="覆盖")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A list as it would go out: every cell as it reads, and what is left out or lacking."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...]


def outgoing(where: Where, period: Period, audience: Audience) -> Outgoing:
    """The list to be read before it is written; nothing is written or logged."""
    sheet, _listed, remarks = _sheet(where, period, audience)
    titles = tuple(one.title for one in sheet.columns)
    kinds = [one.kind for one in sheet.columns]
    rows = tuple(
        tuple(_as_read(cell, kind) for cell, kind in zip(row, kinds, strict=True))
        for row in sheet.rows
    )
    return Outgoing(titles, rows, remarks)


def _as_read(cell: object, kind: ColumnKind) -> str:
    if cell is None:
        return ""
    if kind is ColumnKind.WAN:
        assert isinstance(cell, int)
        return money.wan_yuan(cell)
    return str(cell)


def _sheet(
    where: Where, period: Period, audience: Audience
) -> tuple[Sheet, Sequence[Shown], tuple[str, ...]]:
    """The sheet, the decisions on it, and what is to be said about it."""
    with looking(where) as session:
        rows = asked.register(session, audience, period=period)
        listed = asked.shown(session, [one for one in reversed(rows) if _goes_out(one)])
        full = office.confirmed(session, "publication_names").value == FULL_NAMES
    if audience is Audience.PUBLIC:
        sheet = _public(listed, period, full_names=full)
    else:
        sheet = _platform(listed)
    return sheet, listed, (*left_out(rows), *_lacking(listed, audience))


@operation("导出公开名单", ExportPublicationForm)
def export_publication(
    store: Store, form: ExportPublicationForm, *, today: date, now: datetime, actor: str
) -> Written:
    """Write the list; what is left out and why comes back in the remarks, and the log says so."""
    del today  # every operation is given it
    if form.last < form.first:
        raise InvalidForm({"last": "结束日期早于开始日期。请改正期间。"})
    period = Period(form.first, form.last)
    sheet, listed, remarks = _sheet(store, period, form.audience)
    written = write_table(form.path, [sheet], overwrite=form.overwrite, made_at=now)
    with store.unit(actor=actor, operation="export_publication") as session:
        audit.note(
            session,
            "export",
            table="publication",
            row="",
            say={
                "audience": form.audience.value,
                "period": period.text,
                "decisions": [one.row.number for one in listed],
                "file": written.path.name,
            },
        )
    return Written(written.path, written.rows, (*written.remarks, *remarks))


def _goes_out(row: PublicationRow) -> bool:
    return bool(row.wanted) and row.state not in (WITHDRAWN, TO_WITHDRAW) and not row.undone_on


def left_out(rows: Sequence[PublicationRow]) -> tuple[str, ...]:
    """A sentence for each decision of the span that is kept back, with its ground."""
    said = []
    unsettled = [one for one in rows if one.wanted is None and one.punishes]
    for one in rows:
        if one.state == NOT_SHOWN:
            why = one.withheld.label if one.withheld else ""
            said.append(f"{one.number}不公开：{why}。")
        elif one.wanted and one.undone_on:
            said.append(f"{one.number}已于 {one.undone_on} 撤销或者变更，没有列入。")
        elif one.state == WITHDRAWN:
            said.append(f"{one.number}已于 {one.withdrawn_on} 撤回，没有列入。")
    if unsettled:
        said.append(f"另有 {len(unsettled)} 份处罚决定没有审定是否公开，没有列入。")
    return tuple(said)


def _lacking(listed: Sequence[Shown], audience: Audience) -> tuple[str, ...]:
    """What the platform's sheet requires and the records do not hold."""
    if audience is not Audience.PLATFORM:
        return ()
    said = []
    for one in listed:
        person = one.row.party_kind is PartyKind.CITIZEN
        needed = {
            "自然人证件号码": one.party_id_number if person else "无须",
            "统一社会信用代码": "无须" if person else _code_of(one),
            "违法事实": one.act,
            "处罚依据": one.sanctioned_by,
            "处罚机关": one.organ,
            "处罚机关统一社会信用代码": one.organ_code,
        }
        if one.row.party_kind is PartyKind.LEGAL_PERSON:
            needed["法定代表人"] = one.legal_representative
        missing = [name for name, value in needed.items() if not value]
        if missing:
            said.append(f"{one.row.number}缺少必填项：{'、'.join(missing)}。")
    return tuple(said)


def party_shown(one: Shown, *, full_names: bool) -> str:
    """A person by the surname until the office has confirmed full names; others in full."""
    name = one.row.party_name
    if one.row.party_kind is PartyKind.CITIZEN and not full_names:
        return surname_only(name)
    return name


def _public(listed: Sequence[Shown], period: Period, *, full_names: bool) -> Sheet:
    rows = []
    for one in listed:
        shown = party_shown(one, full_names=full_names)
        known = {one.row.party_name: shown, one.address: "（住址略）", one.phone: "（电话略）"}
        known = {word: instead for word, instead in known.items() if word}
        rows.append(
            (
                one.row.number,
                masked(one.cause or one.row.item, known),
                shown,
                masked(one.act, known),
                one.sanctioned_by,
                kinds_of(one),
                content_of(one),
                one.row.decided_on,
                one.organ,
            )
        )
    return Sheet(
        "行政处罚决定公开名单", PUBLIC, rows, heading=f"行政处罚决定公开名单（{period.label}）"
    )


def kinds_of(one: Shown) -> str:
    return "、".join(kind.label for kind in one.row.kinds)


def content_of(one: Shown) -> str:
    """The kinds with their amounts, as a list says them; what was confiscated is one amount."""
    taken = [kind.label for kind in one.row.kinds if kind in _CONFISCATIONS]
    said = []
    for kind in one.row.kinds:
        if kind is PenaltyKind.FINE:
            said.append(f"罚款{money.yuan_grouped(one.fine_fen)}元")
        elif kind in _CONFISCATIONS and one.confiscated_fen:
            both = "合计" if len(taken) > 1 else ""
            said.append(f"{'、'.join(taken)}{both}{money.yuan_grouped(one.confiscated_fen)}元")
        else:
            said.append(kind.label)
    return "；".join(dict.fromkeys(said))


def _platform(listed: Sequence[Shown]) -> Sheet:
    """The thirty columns of 双公示 in their order, one header row, dates yyyy/MM/dd."""
    columns = [
        Column(title, ColumnKind.WAN if "(万元)" in title else ColumnKind.ID) for title in PLATFORM
    ]
    return Sheet("行政处罚", columns, [_platform_row(one) for one in listed])


def _code_of(one: Shown) -> str:
    """The credit code; an 个体工商户 may be told by the card of who runs it, which is none."""
    if one.row.party_kind is PartyKind.CITIZEN or one.party_id_kind in _ID_NAMES:
        return ""
    return one.party_id_number


def _platform_row(one: Shown) -> tuple[object, ...]:
    row = one.row
    person = row.party_kind is PartyKind.CITIZEN
    until = tuple(
        f"{day:{_DAY}}" if day else "" for day in (row.valid_until_on, row.shown_until_on)
    )
    return (
        row.party_name,
        _CATEGORY[row.party_kind],
        _code_of(one),
        *("",) * 5,
        "" if person else one.legal_representative,
        "",
        "",
        _ID_NAMES.get(one.party_id_kind or IdKind.RESIDENT_ID, "其他") if person else "",
        one.party_id_number if person else "",
        row.number,
        row.item or one.cause,
        one.act,
        one.sanctioned_by,
        kinds_of(one),
        content_of(one),
        one.fine_fen or None,
        one.confiscated_fen or None,
        "",
        f"{row.decided_on:{_DAY}}",
        *until,
        one.organ,
        one.organ_code,
        one.organ,
        one.organ_code,
        "",
    )
