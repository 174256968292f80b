"""What the paper of an on-the-spot decision says, from what was typed and looked up."""

from __future__ import annotations

from uuid import uuid4

from enforcer.documents.facts import OfficerOnPaper, OrganOnPaper, PartyOnPaper, SummaryDecision
from enforcer.law.summary_facts import SummaryFacts
from enforcer.operations.summary_forms import SummaryForm
from enforcer.operations.summary_looking import Acting
from enforcer.terms import Defence, PowerKind


def paper_of(
    form: SummaryForm, facts: SummaryFacts, acting: Acting, number: str
) -> SummaryDecision | None:
    """What the paper will say; None until time, defence and organ are known."""
    if facts.acted_at is None or acting.source is None or facts.item is None:
        return None
    organ = acting.source.organ
    return SummaryDecision(
        uid=form.request_id or uuid4(),
        number=number,
        organ=OrganOnPaper(
            name=organ.name,
            address=organ.address,
            phone=organ.phone,
            reconsideration_body=organ.reconsideration_body,
            reconsideration_address=organ.reconsideration_address,
            court=organ.court,
            bank_name=organ.bank_name,
            bank_address=organ.bank_address,
            bank_account=organ.bank_account,
            bank_payee=organ.bank_payee,
            electronic_payment=organ.electronic_payment,
            handled_by=acting.source.handled_by
            if acting.source.source.kind is PowerKind.ENTRUSTED
            else "",
        ),
        party=PartyOnPaper(
            kind=form.party_kind,
            name=form.party_name,
            id_kind=form.id_kind,
            id_number=acting.id_number,
            sex=acting.sex,
            address=form.party_address,
            phone=form.party_phone,
            legal_representative=form.legal_representative,
            position=form.position,
        ),
        officers=tuple(
            OfficerOnPaper(one.name, one.certificate, one.valid_from, one.valid_until)
            for one in acting.officers
        ),
        decided_on=facts.decided_on,
        acted_at=facts.acted_at,
        place=form.place,
        cause=facts.item.title,
        act=form.act,
        plate=acting.plate.text if acting.plate else "",
        driver=form.driver if facts.parking else None,
        obstructing=form.obstructing,
        evidence=form.evidence,
        breached=form.breached,
        sanctioned_by=form.sanctioned_by,
        discretion=form.discretion,
        discretion_reason=form.discretion_reason,
        defence=form.defence or Defence.WAIVED,
        defence_words=form.defence_words,
        defence_answer=form.defence_answer,
        kinds=form.kinds,
        fine_fen=facts.fine_fen,
        correction=form.correction,
        payment=form.payment,
        payment_reason=form.payment_reason,
        receipt_number=form.receipt_number,
        refused_to_sign=form.refused_to_sign,
        refusal_reason=form.refusal_reason,
        recorders=facts.recorders,
    )
