"""Who acts by what, and what was typed read: officers, power source, plate, amount, identity number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from enforcer import identity, money
from enforcer.errors import InvalidForm, Level, Objection
from enforcer.law.summary_facts import ActingOfficer
from enforcer.law.summary_facts import Power as ActingPower
from enforcer.models import Certificate, Officer
from enforcer.operations.parties import ORGANIZATIONS, PERSONAL
from enforcer.operations.summary_forms import SummaryForm
from enforcer.queries import powers
from enforcer.queries.registers import certificates_of
from enforcer.terms import IdKind, PartyKind, Sex


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts by what: officers with certificates, the power, the organ, the vehicle."""

    officers: tuple[ActingOfficer, ...]
    power: ActingPower | None
    source: powers.Power | None
    plate: identity.Plate | None
    id_number: str
    sex: Sex | None
    born_on: date | None


def read_typed(form: SummaryForm) -> tuple[int, identity.Plate | None, dict[str, str]]:
    wrong: dict[str, str] = {}
    fen, plate = 0, None
    if form.fine_yuan:
        try:
            fen = money.parse_yuan(form.fine_yuan, label="罚款数额")
        except ValueError as error:
            wrong["fine_yuan"] = str(error)
    if form.plate:
        try:
            plate = identity.read_plate(form.plate)
        except identity.NotAccepted as refusal:
            wrong["plate"] = str(refusal)
    if form.party_phone:
        try:
            identity.read_phone(form.party_phone)
        except identity.NotAccepted as refusal:
            wrong["party_phone"] = str(refusal)
    return fen, plate, wrong


def identity_typed(
    form: SummaryForm, today: date, wrong: dict[str, str]
) -> tuple[identity.IdNumber | None, str]:
    """The number as read, and the doubt about its check digit; anything else is `wrong`."""
    if not form.party_id_number:
        return None, ""
    if form.id_kind is None:
        wrong["id_kind"] = "填了证件号码，请选择是哪一种证件。"
        return None, ""
    if form.id_kind is IdKind.CREDIT_CODE and form.party_kind is PartyKind.CITIZEN:
        wrong["id_kind"] = "公民没有统一社会信用代码；是经营者的，当事人类别请选“个体工商户”。"
        return None, ""
    if form.id_kind in PERSONAL and form.party_kind in ORGANIZATIONS:
        wrong["id_kind"] = f"{form.party_kind.label}请选统一社会信用代码，个人证件不能代替。"
        return None, ""
    try:
        read = identity.read_id(form.id_kind, form.party_id_number, today=today)
    except identity.NotAccepted as refusal:
        if refusal.code == "check_digit":
            return None, str(refusal)
        wrong["party_id_number"] = str(refusal)
        return None, ""
    if form.sex and read.sex and form.sex is not read.sex:
        wrong["sex"] = f"按证件号码应为{read.sex.label}，现选{form.sex.label}，请核对。"
    return read, ""


def chosen_power(
    session: Session, form: SummaryForm, day: date
) -> tuple[powers.Power | None, Objection | None]:
    """The power source that was chosen, or the only one there is for the item."""
    if form.power_source_id is not None:
        source = powers.power_source(session, form.power_source_id)
        organ = powers.organ(session, source.organ_id) if source else None
        return (powers.Power(source, organ), None) if source and organ else (None, None)
    if not form.item_key:
        return None, None
    found = powers.power_for(session, form.item_key, day)
    if isinstance(found, powers.Power):
        return found, None
    return None, Objection(found.code, Level.BLOCK, found.say, found.cite, "power_source_id")


def acting_power(found: powers.Power, item_key: str) -> ActingPower:
    source = found.source
    return ActingPower(
        kind=source.kind,
        organ=source.organ_name,
        title=source.document_title.strip("《》"),
        valid_from=source.valid_from,
        valid_until=source.valid_until,
        covers_item=item_key in source.items,
        handled_by=source.handled_by,
    )


def acting_officers(
    session: Session, ids: tuple[int | None, ...], day: date
) -> tuple[ActingOfficer, ...]:
    """The officers with the certificate that serves on the day, else the one that lasts longest."""
    wanted = [one for one in ids if one is not None]
    certificates = certificates_of(session, wanted)
    found = []
    for one in wanted:
        row = session.get(Officer, one)
        if row is None:
            raise InvalidForm({"officer1_id": "所选执法人员已经不在台账里，请重新选择。"})
        held = certificates.get(one, [])
        card = next((c for c in held if _valid(c, day)), held[0] if held else None)
        found.append(
            ActingOfficer(
                key=str(one),
                name=row.name,
                certificate=card.number if card else "",
                valid_from=card.issued_on if card else None,
                valid_until=card.valid_until if card else None,
                active=row.active,
            )
        )
    return tuple(found)


def _valid(card: Certificate, day: date) -> bool:
    return (card.issued_on is None or card.issued_on <= day) and day <= card.valid_until
