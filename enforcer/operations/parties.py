"""Parties and the merging of those entered twice; vehicles; acts of education."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, select

from enforcer import identity
from enforcer.models import Case, Guidance, Party, Vehicle
from enforcer.operations.editing import (
    RegisterForm,
    block,
    fill,
    once,
    refuse_if,
    row_for,
    warn,
)
from enforcer.operations.registry import operation
from enforcer.queries import parties
from enforcer.store.database import Store
from enforcer.terms import (
    GuidanceKind,
    IdKind,
    Origin,
    PartyKind,
    PlateColour,
    PlateKind,
    Sex,
)
from enforcer.text import (
    Name,
    OptionalCode,
    OptionalLine,
    OptionalName,
    OptionalParagraph,
    OptionalPlate,
)

ORGANIZATIONS = (PartyKind.LEGAL_PERSON, PartyKind.OTHER_ORGANIZATION)
PERSONAL = frozenset(IdKind) - {IdKind.CREDIT_CODE, IdKind.OTHER}
NO_NUMBER = (PlateKind.NONE, PlateKind.UNREADABLE)


class PartyForm(RegisterForm):
    """A person or an organisation; `keep_both` enters it beside another with the same number."""

    kind: PartyKind = Field(title="当事人类别")
    name: Name = Field(title="姓名或者名称")
    id_kind: IdKind | None = Field(default=None, title="证件种类")
    id_number: OptionalCode = Field(default="", title="证件号码")
    id_reason: OptionalLine = Field(default="", title="号码存疑说明")
    sex: Sex | None = Field(default=None, title="性别")
    born_on: date | None = Field(default=None, title="出生日期")
    address: OptionalLine = Field(default="", title="住址或者住所")
    postcode: OptionalCode = Field(default="", title="邮政编码")
    phone: OptionalLine = Field(default="", title="联系电话")
    legal_representative: OptionalName = Field(default="", title="法定代表人或者负责人")
    position: OptionalName = Field(default="", title="职务")
    note: OptionalParagraph = Field(default="", title="备注")
    keep_both: bool = Field(default=False, title="另外登记一条")


class MergeForm(BaseModel):
    """Two entries of one person: what points to `drop_id` will point to `keep_id`."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    keep_id: int = Field(title="保留")
    drop_id: int = Field(title="并入")


class VehicleForm(RegisterForm):
    """A vehicle as it was seen; its plate need not be the only one."""

    plate: OptionalPlate = Field(default="", title="号牌号码")
    plate_kind: PlateKind | None = Field(default=None, title="号牌种类")
    plate_colour: PlateColour | None = Field(default=None, title="号牌颜色")
    make: OptionalLine = Field(default="", title="厂牌车型")
    owner_id: int | None = Field(default=None, title="所有人")
    note: OptionalParagraph = Field(default="", title="备注")


class GuidanceForm(RegisterForm):
    """One act of education (宣传教育台账)."""

    occurred_on: date = Field(title="日期")
    kind: GuidanceKind = Field(title="方式")
    place_or_target: OptionalLine = Field(default="", title="地点或对象")
    quantity: Annotated[int, Field(ge=1, le=1_000_000)] = Field(default=1, title="数量")
    officers: OptionalLine = Field(default="", title="执法人员")
    note: OptionalParagraph = Field(default="", title="备注")


@operation("登记当事人", PartyForm)
def save_party(store: Store, form: PartyForm, *, today: date, now: datetime, actor: str) -> int:
    """Enter or change a party; a wrong check digit needs a reason (GB 11643, GB 32100)."""

    def deed(session: Session) -> int:
        row = row_for(session, Party, form, what="当事人")
        values = form.model_dump(exclude={"request_id", "id", "loaded", "keep_both"})
        values |= identified(form, today)
        if row is None or row.id_number != values["id_number"]:
            _refuse_known(session, form, values["id_number"])
        row = row or Party(kind=form.kind, name=form.name)
        fill(row, values)
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="save_party", now=now, actor=actor, deed=deed)


def identified(form: PartyForm, today: date) -> dict[str, object]:
    """What the identity number says, laid beside what was typed; InvalidForm where they differ."""
    wrong: dict[str, str] = {}
    for name, read_one in (("phone", identity.read_phone), ("postcode", identity.read_postcode)):
        try:
            if typed := getattr(form, name):
                read_one(typed)
        except identity.NotAccepted as refusal:
            wrong[name] = str(refusal)
    if form.born_on and form.born_on > today:
        wrong["born_on"] = f"出生日期 {form.born_on} 晚于今天，请核对。"
    if form.id_kind is IdKind.CREDIT_CODE and form.kind is PartyKind.CITIZEN:
        wrong["id_kind"] = "公民没有统一社会信用代码；是经营者的，当事人类别请选“个体工商户”。"
    if form.id_kind in PERSONAL and form.kind in ORGANIZATIONS:
        wrong["id_kind"] = f"{form.kind.label}请填写统一社会信用代码，个人证件填在法定代表人处。"
    if form.id_number and form.id_kind is None:
        wrong["id_kind"] = "填了证件号码，请选择是哪一种证件。"
    if form.id_kind is not None and not form.id_number:
        wrong["id_number"] = f"选了{form.id_kind.label}，请填写号码；没有的，证件种类请留空。"
    found: dict[str, object] = {"id_number": form.id_number, "id_reason": ""}
    if form.id_kind and form.id_number and "id_kind" not in wrong:
        try:
            read = identity.read_id(form.id_kind, form.id_number, today=today)
        except identity.NotAccepted as refusal:
            if refusal.code != "check_digit":
                wrong["id_number"] = str(refusal)
            elif not form.id_reason:
                wrong["id_number"] = (
                    f"{refusal}证件上确实如此的，请在“号码存疑说明”里写明原因后保存。"
                )
            else:
                found["id_number"] = form.id_number.replace(" ", "").upper()
                found["id_reason"] = form.id_reason
                told = identity.birth_of(form.id_kind, form.id_number)
                if told.born_on is not None and told.born_on <= today:
                    found["sex"] = form.sex or told.sex
                    found["born_on"] = form.born_on or told.born_on
        else:
            found["id_number"] = read.text
            wrong |= _contradictions(form, read)
            found["sex"] = form.sex or read.sex
            found["born_on"] = form.born_on or read.born_on
    refuse_if(wrong)
    return found


def _contradictions(form: PartyForm, read: identity.IdNumber) -> dict[str, str]:
    wrong = {}
    if form.sex and read.sex and form.sex is not read.sex:
        wrong["sex"] = f"按证件号码应为{read.sex.label}，现选{form.sex.label}，请核对。"
    if form.born_on and read.born_on and form.born_on != read.born_on:
        wrong["born_on"] = f"按证件号码出生日期应为 {read.born_on}，请核对。"
    return wrong


def _refuse_known(session: Session, form: PartyForm, number: object) -> None:
    if form.keep_both or not number:
        return
    for one in parties.parties_with_number(session, str(number), but=form.id):
        cases = f"，有 {one.cases} 个案件" if one.cases else ""
        raise warn(
            "party_known",
            f"证件号码 {number} 已登记给“{one.name}”（编号 {one.id}{cases}）。"
            "请打开那一条修改，或者合并；确要另外登记的，请勾选“另外登记一条”。",
            field="id_number",
        )


@operation("合并当事人", MergeForm)
def merge_parties(store: Store, form: MergeForm, *, today: date, now: datetime, actor: str) -> int:  # noqa: ARG001
    """Join two entries of one identity number; papers already issued keep their own words."""

    def deed(session: Session) -> int:
        keep, drop = session.get(Party, form.keep_id), session.get(Party, form.drop_id)
        if keep is None or drop is None or keep is drop:
            raise block("gone", "要合并的当事人已经不在台账里，请重新载入。")
        if drop.merged_into_id is not None or keep.merged_into_id is not None:
            raise block("merged", "其中一条已经并入别的当事人，请重新载入。")
        if not keep.id_number or keep.id_number != drop.id_number:
            raise block(
                "not_same",
                f"“{keep.name}”和“{drop.name}”的证件号码不同，不能合并。"
                "同名不等于同一人；号码登记错了的，请先改正号码。",
            )
        for name in type(keep).model_fields:
            if getattr(keep, name) in ("", None) and name != "merged_into_id":
                fill(keep, {name: getattr(drop, name)})
        for case in session.exec(select(Case).where(Case.party_id == drop.id)):
            case.party_id = keep.id
        for vehicle in session.exec(select(Vehicle).where(Vehicle.owner_id == drop.id)):
            vehicle.owner_id = keep.id
        drop.merged_into_id = keep.id
        session.add_all([keep, drop])
        assert keep.id
        return keep.id

    return once(store, form, name="merge_parties", now=now, actor=actor, deed=deed)


@operation("登记车辆", VehicleForm)
def save_vehicle(store: Store, form: VehicleForm, *, today: date, now: datetime, actor: str) -> int:  # noqa: ARG001
    """Enter or change a vehicle; plates move, are copied, are misread, so none is unique."""

    def deed(session: Session) -> int:
        row = row_for(session, Vehicle, form, what="车辆")
        plate = _plate(form)
        if form.owner_id is not None and session.get(Party, form.owner_id) is None:
            refuse_if({"owner_id": "所有人没有登记，请先在“当事人”中登记。"})
        row = row or Vehicle(plate="", plate_key="", plate_kind=plate.kind)
        fill(
            row,
            {
                "plate": plate.text,
                "plate_key": plate.key,
                "plate_kind": plate.kind,
                "plate_colour": form.plate_colour,
                "make": form.make,
                "owner_id": form.owner_id,
                "note": form.note,
            },
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="save_vehicle", now=now, actor=actor, deed=deed)


def _plate(form: VehicleForm) -> identity.Plate:
    """The plate as read; what the officer chose as its kind stands, also where we read another."""
    if form.plate_kind in NO_NUMBER:
        return identity.Plate(form.plate or form.plate_kind.label, "", form.plate_kind)
    try:
        read = identity.read_plate(form.plate)
    except identity.NotAccepted as refusal:
        refuse_if({"plate": str(refusal)})
        raise
    kind = form.plate_kind or read.kind
    return identity.Plate(read.text, read.key, kind, read.remarks)


@operation("登记宣传教育", GuidanceForm)
def save_guidance(
    store: Store, form: GuidanceForm, *, today: date, now: datetime, actor: str
) -> int:
    """Enter or change an act of education (柔性监管)."""

    def deed(session: Session) -> int:
        row = row_for(session, Guidance, form, what="宣传教育记录")
        if form.occurred_on > today:
            refuse_if({"occurred_on": f"日期 {form.occurred_on} 晚于今天，请核对。"})
        row = row or Guidance(
            occurred_on=form.occurred_on,
            kind=form.kind,
            quantity=form.quantity,
            origin=Origin.MADE_HERE,
        )
        fill(row, form.model_dump(exclude={"request_id", "id", "loaded"}))
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="save_guidance", now=now, actor=actor, deed=deed)
