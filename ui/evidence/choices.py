"""What the pickers of evidence offer: cases, actions in the field, officers, recorders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from enforcer.evidence_terms import ActionKind
from enforcer.queries import cases, evidence_actions, registers
from ui.widgets.pickers import Option, officer_option

MOST, DAYS = 300, 180


@dataclass(frozen=True, slots=True)
class Choices:
    """Keys of `matters` are (ActionKind, id); those of `cases` ids."""

    cases: tuple[Option, ...] = ()
    matters: tuple[Option, ...] = ()
    people: tuple[Option, ...] = ()
    recorders: tuple[Option, ...] = ()
    names: tuple[tuple[str, int], ...] = ()

    def person(self, name: str) -> int | None:
        """The officer of this name, for instance whoever sits at the desk."""
        return dict(self.names).get(name)


def ask(store: Any, *, today: date) -> Choices:
    """Everything the pickers need, in one look."""
    with store.reading() as session:
        people = registers.officer_rows(session, registers.officer_ids(session))
        recorders = registers.recorder_rows(session, registers.recorder_ids(session))
        ids = cases.case_ids(session, today=today)[:MOST]
        rows = cases.case_rows(session, ids, today=today)
        done = evidence_actions.actions(session, today - timedelta(days=DAYS), today)
    held = tuple(
        Option(one.id, one.number, f"{one.party_name}　{one.cause}".strip(), one.place)
        for one in rows
    )
    matters = [Option((ActionKind.CASE, one.key), one.text, one.detail, one.also) for one in held]
    matters += [
        Option(
            (one.action, one.action_id), one.title, f"{one.on}　{'、'.join(one.officers)}".strip()
        )
        for one in reversed(done[-MOST:])
    ]
    return Choices(
        held,
        tuple(matters),
        tuple(
            officer_option(
                one.id, one.name, one.certificate.number if one.certificate else "", one.post.label
            )
            for one in people
        ),
        tuple(
            Option(one.id, one.number, f"{one.officer_name or '未配发'}　{one.model}".strip())
            for one in recorders
        ),
        tuple((one.name, one.id) for one in reversed(people)),
    )
