"""The ledgers of officers, recorders and education taken over."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlmodel import select

from enforcer.exchange.workbook import LedgerRow
from enforcer.models import Certificate, Guidance, Officer, Recorder
from enforcer.operations.ledger_rows import Intake, existing, text_of
from enforcer.store import audit
from enforcer.terms import OfficerPost, Origin, RecorderState


def take_officers(intake: Intake, rows: Sequence[LedgerRow]) -> None:
    """A new certificate number is a new officer, or the renewal of one whose certificate ends."""
    session = intake.session
    wanted = [text_of(row, "certificate_number") for row in rows]
    known = existing(session, Certificate.number, wanted)
    held: dict[str, list[tuple[int, Certificate]]] = defaultdict(list)
    for officer, certificate in session.exec(
        select(Officer, Certificate).join(Certificate, Certificate.officer_id == Officer.id)  # type: ignore[arg-type]
    ):
        held[officer.name].append((officer.id or 0, certificate))
    for row in intake.each(rows):
        name, number = text_of(row, "name"), text_of(row, "certificate_number")
        if number in known:
            intake.know(row)
            continue
        officer_id = _renewed(held[name], row)
        if officer_id is None:
            if held[name]:
                say = f"第 {row.number} 行：已有同名执法人员“{name}”，按另一人登记，请核对。"
                intake.remarks.append(say)
            officer = Officer(name=name, post=row.values.get("post") or OfficerPost.OFFICER)
            session.add(officer)
            session.flush()
            officer_id = officer.id or 0
        else:
            say = f"第 {row.number} 行：“{name}”的新证 {number} 按换证登记，原证保留。"
            intake.remarks.append(say)
        certificate = Certificate(
            officer_id=officer_id,
            number=number,
            issued_on=row.values.get("issued_on"),
            valid_until=row.values["valid_until"],
        )
        session.add(certificate)
        held[name].append((officer_id, certificate))
        known.add(number)
        intake.taken += 1


def _renewed(held: list[tuple[int, Certificate]], row: LedgerRow) -> int | None:
    """The one officer of this name whose certificates all end before the new one begins."""
    ids = {officer_id for officer_id, _ in held}
    begins = row.values.get("issued_on")
    if len(ids) != 1 or begins is None:
        return None
    latest = max(one.valid_until for _, one in held)
    return ids.pop() if latest < row.values["valid_until"] and begins >= _first(held) else None


def _first(held: list[tuple[int, Certificate]]) -> object:
    return min((one.issued_on or one.valid_until) for _, one in held)


def take_recorders(intake: Intake, rows: Sequence[LedgerRow]) -> None:
    """One recorder an officer; a second one in use for the same person is refused."""
    session = intake.session
    known = existing(session, Recorder.number, [text_of(row, "number") for row in rows])
    in_use = {
        one.officer_name: one.number
        for one in session.exec(select(Recorder).where(Recorder.state == RecorderState.IN_USE))
        if one.officer_name
    }
    names = dict(session.exec(select(Officer.id, Officer.name)).all())
    for one in session.exec(select(Recorder).where(Recorder.state == RecorderState.IN_USE)):
        if one.officer_id in names:
            in_use[names[one.officer_id]] = one.number
    for row in intake.each(rows):
        number, holder = text_of(row, "number"), text_of(row, "officer_name")
        if number in known:
            intake.know(row)
            continue
        state = row.values.get("state") or RecorderState.IN_USE
        if state is RecorderState.IN_USE and holder in in_use:
            say = f"“{holder}”已配发在用的执法仪 {in_use[holder]}，一人一台。请先把原设备改为停用。"
            intake.refuse(row, "配发给", say)
            continue
        if state is RecorderState.IN_USE and holder:
            in_use[holder] = number
        session.add(
            Recorder(
                number=number,
                model=text_of(row, "model"),
                officer_id=intake.officer(holder),
                officer_name=holder,
                in_use_from=row.values.get("in_use_from"),
                state=state,
            )
        )
        intake.taken += 1


def take_education(intake: Intake, rows: Sequence[LedgerRow]) -> None:
    """The n-th row with the same content is the n-th such act; taken once, whatever the file."""
    session = intake.session
    seen: Counter[str] = Counter()
    prints: list[str] = []
    for row in rows:
        content = audit.canonical(row.values)
        seen[content] += 1
        prints.append(hashlib.sha256(f"{seen[content]}\n{content}".encode()).hexdigest())
    known = existing(session, Guidance.fingerprint, prints)
    new: list[dict[str, object]] = []
    for row, fingerprint in zip(intake.each(rows), prints, strict=True):
        if fingerprint in known:
            intake.know(row)
            continue
        new.append(
            {
                "occurred_on": row.values["occurred_on"],
                "kind": row.values["kind"],
                "place_or_target": text_of(row, "place_or_target"),
                "quantity": row.values["quantity"],
                "officers": text_of(row, "officers"),
                "note": text_of(row, "note"),
                "origin": Origin.BACKFILLED,
                "fingerprint": fingerprint,
            }
        )
    intake.insert(Guidance, new, say="宣传教育台账补录")
    intake.taken += len(new)
