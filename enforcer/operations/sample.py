"""The sample home: a made-up unit's 2026Q2 and 2026Q3, in a real team's proportions."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from enforcer.law import catalogue, penalty_order
from enforcer.models import Case, Decision, Guidance, Notice, Payment
from enforcer.operations import numbering
from enforcer.operations.sample_courses import make_courses
from enforcer.operations.sample_evidence import make_evidence
from enforcer.operations.sample_issued import issue_last_days
from enforcer.operations.sample_leads import make_leads
from enforcer.operations.sample_people import SampleOffice, make_office
from enforcer.store.database import Store, bulk_insert
from enforcer.terms import (
    Discretion,
    GuidanceKind,
    NoticeOutcome,
    NoticeState,
    Origin,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    PlateColour,
    PlateKind,
    Procedure,
    SeriesKind,
    Stage,
)

CHINA = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2026, 4, 1), date(2026, 9, 30)
NOTICES, SUMMARY = 1000, 38  # the last two of forty decisions are issued as the screens do
PLACES = (
    "滨河路118号门前人行道",
    "桃林路26号门前人行道",
    "崇德路口东侧人行道",
    "人民路9号门前人行道",
    "有德路77号门前人行道",
    "市民广场西侧人行道",
    "中心小学门前人行道",
    "云溪大道3号门前人行道",
)
SURNAMES, GIVEN = (
    "李张刘杨黄吴徐朱林高罗郑梁谢宋唐许邓冯曹",
    "伟芳娜敏静丽强磊军洋艳勇杰涛明超霞平刚",
)


def make_sample(store: Store, *, today: date, actor: str, recordings: bool = False) -> None:
    """Fill an empty home; the same every time, so that what it shows can be talked about.

    Only the open case moves with `today`: its clocks run now. With `recordings` two recorders
    saw each inspection, and photos stand on the lists of evidence.
    """
    chance = random.Random(20260930)
    with store.unit(actor=actor, operation="make_sample") as session:
        office = make_office(session)
        _notices(session, office, chance)
        _decisions(session, office, chance)
        _education(session, office, chance)
    make_courses(store, today=today)
    make_leads(store, today=today)
    if recordings:
        make_evidence(store, office, actor=actor)
    issue_last_days(store, office, actor=actor)


def _moments(chance: random.Random, count: int) -> list[datetime]:
    """Working hours of the two quarters, in order."""
    days = (LAST - FIRST).days
    found = []
    for _ in range(count):
        day = FIRST + timedelta(days=chance.randint(0, days))
        at = time(chance.choice((8, 9, 9, 10, 10, 11, 14, 15, 15, 16, 17)), chance.randint(0, 59))
        found.append(datetime.combine(day, at, CHINA))
    return sorted(found)


def _plates(chance: random.Random) -> list[tuple[str, str, PlateKind, PlateColour]]:
    """Vehicles to draw from with repetition, so that some come back."""
    found = []
    for _ in range(3500):
        if chance.random() < 0.3:
            tail = f"{chance.choice('DF')}{chance.randint(0, 99999):05d}"
            kind, colour = PlateKind.NEW_ENERGY, PlateColour.GREEN
        else:
            letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
            tail = "".join(chance.choice(letters) for _ in range(4)) + str(chance.randint(0, 9))
            kind, colour = PlateKind.ORDINARY, PlateColour.BLUE
        found.append((f"湘F·{tail}", f"湘F{tail}", kind, colour))
    return found


def _pair(office: SampleOffice, chance: random.Random) -> dict[str, Any]:
    (id1, name1), (id2, name2) = chance.sample(office.officers, 2)
    return {"officer1_id": id1, "officer1": name1, "officer2_id": id2, "officer2": name2}


def _notices(session: Session, office: SampleOffice, chance: random.Random) -> None:
    plates = _plates(chance)
    item = catalogue.item("pavement_parking", LAST)
    assert item
    moments = _moments(chance, NOTICES)
    numbers = [f"云城管温告字〔2026〕第{n:05d}号" for n in range(1, NOTICES + 1)]
    places = numbering.place_many(session, SeriesKind.NOTICE, numbers)
    rows: list[dict[str, Any]] = []
    for number, place, at in zip(numbers, places, moments, strict=True):
        assert place
        plate, key, kind, colour = chance.choice(plates)
        void = chance.random() < 0.008
        moved = NoticeOutcome.MOVED_OFF if chance.random() < 0.94 else NoticeOutcome.NOT_MOVED
        rows.append(
            {
                "number": number,
                "series_id": place.series_id,
                "serial": place.serial,
                "state": NoticeState.VOID if void else NoticeState.ISSUED,
                "origin": Origin.BACKFILLED,
                "organ_id": office.organ_id,
                "plate": plate,
                "plate_key": key,
                "plate_kind": kind,
                "plate_colour": colour,
                "noticed_at": at,
                "noticed_on": at.date(),
                "place": chance.choice(PLACES),
                "item_key": item.key,
                "situation": item.title,
                "outcome": None if void else moved,
                "void_reason": "打印歪斜" if void else "",
                **_pair(office, chance),
            }
        )
    bulk_insert(session, Notice, rows, say="示例数据")


def _decisions(session: Session, office: SampleOffice, chance: random.Random) -> None:
    item = catalogue.item("road_occupation", LAST)
    assert item
    cases, decisions, payments = [], [], []
    numbers = [f"云城管当罚字〔2026〕第{n:03d}号" for n in range(1, SUMMARY + 1)]
    places = numbering.place_many(session, SeriesKind.SUMMARY_DECISION, numbers)
    for place_no, (number, place, at) in enumerate(
        zip(numbers, places, _moments(chance, SUMMARY), strict=True), 1
    ):
        assert place
        kind = PartyKind.SOLE_TRADER if chance.random() < 0.5 else PartyKind.CITIZEN
        person = chance.choice(SURNAMES) + chance.choice(GIVEN)
        name = f"云溪市{person}小吃店" if kind is PartyKind.SOLE_TRADER else person
        warned = chance.random() < 0.15
        fine = 0 if warned else chance.choice((5_000, 10_000, 10_000, 15_000, 20_000))
        penalty = PenaltyKind.WARNING if warned else PenaltyKind.FINE
        closed = at.date() + timedelta(days=chance.randint(0, 12))
        cases.append(
            {
                "id": place_no,
                "number": number,
                "procedure": Procedure.SUMMARY,
                "stage": Stage.CLOSED,
                "origin": Origin.BACKFILLED,
                "cause": item.title,
                "item_key": item.key,
                "organ_id": office.organ_id,
                "power_source_id": office.power_id,
                "party_name": name,
                "party_kind": kind,
                "place": chance.choice(PLACES).removesuffix("人行道"),
                "act": "在门前道路摆放货物",
                "acted_at": at,
                "acted_on": at.date(),
                "closed_on": closed,
                **_pair(office, chance),
            }
        )
        decisions.append(
            {
                "id": place_no,
                "case_id": place_no,
                "number": number,
                "series_id": place.series_id,
                "serial": place.serial,
                "procedure": Procedure.SUMMARY,
                "decided_on": at.date(),
                "kinds": [penalty.value],
                "heaviest": penalty_order.heaviest([penalty], at.date()),
                "fine_fen": fine,
                "discretion": Discretion.ORDINARY,
                "payment_mode": PaymentMode.BANK if fine else None,
            }
        )
        if fine:
            payments.append(
                {
                    "decision_id": place_no,
                    "mode": PaymentMode.BANK,
                    "paid_on": closed,
                    "amount_fen": fine,
                }
            )
    bulk_insert(session, Case, cases, say="示例数据")
    bulk_insert(session, Decision, decisions, say="示例数据")
    bulk_insert(session, Payment, payments, say="示例数据")


def _education(session: Session, office: SampleOffice, chance: random.Random) -> None:
    rows = []
    for day in range(0, (LAST - FIRST).days, 6):
        leaflet = day % 12 == 0
        kind = (
            GuidanceKind.LEAFLET
            if leaflet
            else chance.choice((GuidanceKind.PERSUASION, GuidanceKind.GUIDANCE))
        )
        rows.append(
            {
                "occurred_on": FIRST + timedelta(days=day),
                "kind": kind,
                "place_or_target": chance.choice(PLACES).removesuffix("人行道"),
                "quantity": 100 if leaflet else chance.randint(1, 6),
                "officers": "、".join(name for _, name in chance.sample(office.officers, 2)),
                "origin": Origin.BACKFILLED,
            }
        )
    bulk_insert(session, Guidance, rows, say="示例数据")
