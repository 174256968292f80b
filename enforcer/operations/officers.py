"""Officers, their certificates, their recorders."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field
from sqlmodel import Session, SQLModel, col, select

from enforcer import identity
from enforcer.models import Certificate, Officer, Recorder
from enforcer.operations import evidence_recorders
from enforcer.operations.editing import (
    RegisterForm,
    block,
    fill,
    once,
    refuse_if,
    row_for,
)
from enforcer.operations.registry import operation
from enforcer.queries import office, registers
from enforcer.store.database import Store
from enforcer.terms import OfficerPost, RecorderState
from enforcer.text import (
    Code,
    Name,
    OptionalCode,
    OptionalLine,
    OptionalName,
    OptionalParagraph,
)

CERTIFICATE_PATTERN = "certificate_pattern"


class OfficerForm(RegisterForm):
    """An officer with the certificate that is shown.

    `certificate_id` none enters a new certificate (a first one, or a renewal under a new number).
    """

    name: Name = Field(title="姓名")
    post: OfficerPost = Field(default=OfficerPost.OFFICER, title="岗位")
    phone: OptionalLine = Field(default="", title="联系电话")
    active: bool = Field(default=True, title="在岗")
    note: OptionalParagraph = Field(default="", title="备注")
    certificate_id: int | None = Field(default=None, title="证件")
    certificate_number: OptionalCode = Field(default="", title="执法证号")
    certificate_issued_on: date | None = Field(default=None, title="发证日期")
    certificate_valid_until: date | None = Field(default=None, title="有效期至")
    certificate_issuer: OptionalLine = Field(default="", title="发证机关")


class RecorderForm(RegisterForm):
    """A body-worn camera and whom it is issued to."""

    number: Code = Field(title="设备编号")
    model: OptionalLine = Field(default="", title="型号")
    officer_id: int | None = Field(default=None, title="配发给")
    officer_name: OptionalName = Field(default="", title="配发给（不在册）")
    in_use_from: date | None = Field(default=None, title="启用日期")
    state: RecorderState = Field(default=RecorderState.IN_USE, title="状态")
    note: OptionalParagraph = Field(default="", title="备注")


@operation("登记执法人员", OfficerForm)
def save_officer(store: Store, form: OfficerForm, *, today: date, now: datetime, actor: str) -> int:
    """Enter or change an officer and a certificate (行政处罚法 第四十二条、第五十五条).

    Nobody is deleted: who leaves is taken out of office (`active` false) and stays on old papers.
    """

    def deed(session: Session) -> int:
        row = row_for(
            session,
            Officer,
            form,
            what="执法人员",
            shown=lambda one: tuple(_certificates(session, one)),
        )
        _check_officer(session, form, today)
        if row is not None and row.active and not form.active:
            _refuse_recorder_out(session, row)
        row = row or Officer(name=form.name, post=form.post)
        fill(row, form.model_dump(include={"name", "post", "phone", "active", "note"}))
        session.add(row)
        session.flush()
        assert row.id
        if form.certificate_number:
            _save_certificate(session, row.id, form)
        return row.id

    return once(store, form, name="save_officer", now=now, actor=actor, deed=deed)


def _certificates(session: Session, officer: Officer) -> list[SQLModel]:
    found = registers.certificates_of(session, [officer.id or 0])
    return list(found.get(officer.id or 0, ()))


def _check_officer(session: Session, form: OfficerForm, today: date) -> None:
    wrong: dict[str, str] = {}
    if form.phone:
        try:
            identity.read_phone(form.phone)
        except identity.NotAccepted as refusal:
            wrong["phone"] = str(refusal)
    number = form.certificate_number
    if number:
        pattern = str(office.setting(session, CERTIFICATE_PATTERN).get("pattern", ""))
        try:
            identity.read_certificate(number, pattern=pattern)
        except identity.NotAccepted as refusal:
            wrong["certificate_number"] = str(refusal)
        if form.certificate_valid_until is None:
            wrong["certificate_valid_until"] = (
                "执法证件要写明有效期至哪一天，否则无法判断是否过期。"
            )
    elif form.certificate_id or form.certificate_valid_until or form.certificate_issued_on:
        wrong["certificate_number"] = "填了证件日期，执法证号也要填写。"
    issued, until = form.certificate_issued_on, form.certificate_valid_until
    if issued and issued > today:
        wrong["certificate_issued_on"] = f"发证日期 {issued} 晚于今天，请核对。"
    if issued and until and until < issued:
        wrong["certificate_valid_until"] = f"有效期至 {until} 早于发证日期 {issued}，请核对。"
    refuse_if(wrong)


def _refuse_recorder_out(session: Session, officer: Officer) -> None:
    held = _in_use(session, officer.id or 0)
    if held is not None:
        raise block(
            "recorder_out",
            f"执法仪 {held.number} 还配发给{officer.name}。"
            "请先在“执法仪”中收回或者改配，再办理离岗。",
            "行政处罚法第四十七条",
        )


def _save_certificate(session: Session, officer_id: int, form: OfficerForm) -> None:
    number = identity.read_certificate(form.certificate_number)
    same = session.exec(select(Certificate).where(Certificate.number == number)).first()
    if same is not None and same.officer_id != officer_id:
        holder = session.get(Officer, same.officer_id)
        refuse_if(
            {
                "certificate_number": f"执法证号 {number} 已登记给"
                f"{holder.name if holder else '另一人'}，一个证号只属于一个人，请核对。"
            }
        )
    row = same
    if form.certificate_id is not None and same is None:
        row = session.get(Certificate, form.certificate_id)
        if row is None or row.officer_id != officer_id:
            raise block("gone", "要修改的证件已经不在台账里，请重新载入。")
    assert form.certificate_valid_until
    row = row or Certificate(
        officer_id=officer_id, number=number, valid_until=form.certificate_valid_until
    )
    fill(
        row,
        {
            "number": number,
            "issued_on": form.certificate_issued_on,
            "valid_until": form.certificate_valid_until,
            "issuer": form.certificate_issuer,
        },
    )
    session.add(row)
    session.flush()


@operation("登记执法仪", RecorderForm)
def save_recorder(
    store: Store, form: RecorderForm, *, today: date, now: datetime, actor: str
) -> int:
    """Enter or change a recorder; each officer has one in use."""

    def deed(session: Session) -> int:
        row = row_for(session, Recorder, form, what="执法仪")
        _check_recorder(session, form, row, today)
        before = (row.officer_id, row.state) if row else None
        row = row or Recorder(number=form.number, state=form.state)
        values = form.model_dump(exclude={"request_id", "id", "loaded"})
        if form.officer_id is not None:
            values["officer_name"] = ""
        fill(row, values)
        session.add(row)
        session.flush()
        assert row.id
        evidence_recorders.follow_register(session, row, before, now=now, actor=actor)
        return row.id

    return once(store, form, name="save_recorder", now=now, actor=actor, deed=deed)


def _check_recorder(
    session: Session, form: RecorderForm, row: Recorder | None, today: date
) -> None:
    wrong: dict[str, str] = {}
    same = session.exec(select(Recorder).where(Recorder.number == form.number)).first()
    if same is not None and same is not row:
        wrong["number"] = f"设备编号 {form.number} 已经登记过，请直接修改那一条。"
    if form.in_use_from and form.in_use_from > today:
        wrong["in_use_from"] = f"启用日期 {form.in_use_from} 晚于今天，请核对。"
    if form.officer_id is not None:
        officer = session.get(Officer, form.officer_id)
        held = _in_use(session, form.officer_id)
        if officer is None:
            wrong["officer_id"] = "执法人员没有登记，请先在“人员与证件”中登记。"
        elif form.state is RecorderState.IN_USE and not officer.active:
            wrong["officer_id"] = f"{officer.name}已离岗，不能再配发执法仪。"
        elif form.state is RecorderState.IN_USE and held is not None and held is not row:
            wrong["officer_id"] = (
                f"{officer.name}已有在用的执法仪 {held.number}，一人一台。"
                "请先把那一台改为维修、停用或者改配。"
            )
    refuse_if(wrong)


def _in_use(session: Session, officer_id: int) -> Recorder | None:
    return session.exec(
        select(Recorder)
        .where(Recorder.officer_id == officer_id, Recorder.state == RecorderState.IN_USE)
        .order_by(col(Recorder.id))
    ).first()
