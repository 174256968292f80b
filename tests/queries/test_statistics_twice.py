"""The report against a second, independent count over made-up rows; and every figure's rows."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlmodel import select

from enforcer.models import Case, CaseEvent, Decision, Guidance, Notice, Payment
from enforcer.money import yuan
from enforcer.queries import periods, statistics
from enforcer.queries.periods import Period
from enforcer.queries.statistics_measures import LABELS, is_money
from enforcer.queries.statistics_rows import Cut, RowKind, behind_rows, rows_behind
from enforcer.terms import (
    CaseStep,
    Discretion,
    GuidanceKind,
    NoPenaltyReason,
    NoticeOutcome,
    NoticeState,
    PaymentMode,
    PenaltyKind,
    Procedure,
)
from tests.queries.statistics_rows_made import (
    a_case,
    a_decision,
    a_notice,
    a_payment,
    an_education,
    an_event,
)

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
QUARTERS = [periods.quarter(2026, n) for n in (1, 2, 3, 4)]
ORDER = [
    "警告",
    "通报批评",
    "罚款",
    "没收违法所得",
    "没收非法财物",
    "暂扣许可证件",
    "降低资质等级",
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
    "吊销许可证件",
    "行政拘留",
]
PLACES = ("桃林路118号门前", "人民路9号", "", "滨河路 ")


@pytest.fixture(scope="module", params=[1, 20260930])
def home(request, empty_home, tmp_path_factory):
    """Fourteen months of rows of every sort, without any pattern."""
    import shutil

    from enforcer.store.database import open_store
    from tests.conftest import NOW

    folder = tmp_path_factory.mktemp("twice") / "home"
    shutil.copytree(empty_home, folder)
    store = open_store(folder, clock=lambda: NOW)
    with store.unit(actor="测试", operation="test") as session:
        _fill(session, random.Random(request.param))
    yield store
    store.close()


def _fill(session, chance):
    def a_day():
        return date(2025, 11, 1) + timedelta(days=chance.randrange(450))

    for _ in range(300):
        procedure = chance.choice(list(Procedure))
        filed = chance.choice((None, a_day()))
        closed = chance.choice((None, filed and filed + timedelta(days=chance.randrange(200))))
        item = chance.choice(("pavement_parking", "road_occupation", "", "", "gone_item"))
        case = a_case(
            session,
            procedure=procedure,
            filed_on=filed,
            closed_on=closed,
            item_key=item,
            cause=chance.choice(("擅自占用城市道路", "占道经营", "")),
            place=chance.choice(PLACES),
        )
        discretion = chance.choice(list(Discretion))
        kinds = tuple(chance.sample(list(PenaltyKind), chance.choice((1, 1, 2, 3))))
        decision = a_decision(
            session,
            a_day(),
            () if discretion is Discretion.NO_PENALTY else kinds,
            chance.choice((0, 5_000, 123_456)),
            case=case,
            procedure=procedure,
            confiscated_fen=chance.choice((0, 0, 3_333)),
            discretion=discretion,
            no_penalty_reason=chance.choice((None, *NoPenaltyReason))
            if discretion is Discretion.NO_PENALTY
            else None,
            revoked_on=chance.choice((None, None, a_day())),
        )
        for _ in range(chance.choice((0, 1, 2))):
            a_payment(
                session,
                decision,
                a_day(),
                chance.randrange(1, 90_000),
                mode=chance.choice(list(PaymentMode)),
                additional_fen=chance.choice((0, 0, 77)),
            )
        for _ in range(chance.choice((0, 0, 1))):
            an_event(
                session, case, chance.choice(["inquiry", *(s.value for s in CaseStep)]), a_day()
            )
    for _ in range(1500):
        a_notice(
            session,
            a_day(),
            chance.choice(("", f"湘J{chance.randrange(400):05d}")),
            state=chance.choice((NoticeState.ISSUED,) * 9 + (NoticeState.VOID,)),
            outcome=chance.choice((None, *NoticeOutcome)),
            place=chance.choice(PLACES),
            item_key=chance.choice(("pavement_parking", "road_occupation", "")),
            situation=chance.choice(("人行道违法停车", "占用盲道", "")),
        )
    for _ in range(30):
        a_notice(session, None, "", state=NoticeState.BLANK)
    for _ in range(120):
        an_education(session, a_day(), chance.choice(list(GuidanceKind)), chance.randrange(1, 90))


def second_count(session, span):
    """The same report by plain loops over all rows, written from the rules and nothing else."""

    def inside(day):
        return day is not None and span.first <= day <= span.last

    decisions = [one for one in session.exec(select(Decision)) if inside(one.decided_on)]
    penalties = [one for one in decisions if one.discretion is not Discretion.NO_PENALTY]
    spared = [one for one in decisions if one.discretion is Discretion.NO_PENALTY]
    by_class = Counter()
    for one in penalties:
        names = {PenaltyKind(kind).label for kind in one.kinds}
        listed = [name for name in ORDER if name in names]
        by_class[listed[-1] if listed else "其他"] += 1
    amount = sum(one.fine_fen + one.confiscated_fen for one in penalties)
    notices = list(session.exec(select(Notice)))
    issued = [one for one in notices if one.state is NoticeState.ISSUED]
    now = [one for one in issued if inside(one.noticed_on)]
    plates = {one.plate_key for one in now if one.plate_key}
    repeated = {
        plate
        for plate in plates
        if sum(1 for one in issued if one.plate_key == plate and one.noticed_on <= span.last) > 1
    }
    education = [one for one in session.exec(select(Guidance)) if inside(one.occurred_on)]
    payments = [one for one in session.exec(select(Payment)) if inside(one.paid_on)]
    steps = Counter(one.step for one in session.exec(select(CaseEvent)) if inside(one.happened_on))
    cases = list(session.exec(select(Case)))
    return {
        "period": {"from": span.first.isoformat(), "to": span.last.isoformat()},
        "penalties": {
            "by_class": {name: by_class[name] for name in [*ORDER, "其他"]},
            "total": len(penalties),
            "amount_yuan": yuan(amount),
            "summary": sum(one.procedure is Procedure.SUMMARY for one in penalties),
            "ordinary": sum(one.procedure is Procedure.ORDINARY for one in penalties),
        },
        "leniency": {
            "no_penalty": {
                reason.value: sum(one.no_penalty_reason is reason for one in spared)
                for reason in NoPenaltyReason
            },
            "mitigated": sum(one.discretion is Discretion.MITIGATED for one in penalties),
            "lighter": sum(one.discretion is Discretion.LIGHTER for one in penalties),
        },
        "guidance": {
            "notices": len(now),
            "notices_void": sum(
                one.state is NoticeState.VOID and inside(one.noticed_on) for one in notices
            ),
            "vehicles": len(plates),
            "repeat_vehicles": len(repeated),
            "moved_off": sum(one.outcome is NoticeOutcome.MOVED_OFF for one in now),
            "leaflets": sum(one.quantity for one in education if one.kind is GuidanceKind.LEAFLET),
            "by_kind": {
                kind.label: sum(one.quantity for one in education if one.kind is kind)
                for kind in GuidanceKind
            },
        },
        "course": {
            "leads": 0,
            "filed": sum(inside(one.filed_on) for one in cases),
            "closed": sum(inside(one.closed_on) for one in cases),
            "hearings": steps["hearing"],
            "reconsiderations": steps["reconsideration"],
            "litigations": steps["litigation"],
            "court_applications": steps["court_application"],
            "transfers": steps["transfer"],
        },
        "payment": {
            "decided_yuan": yuan(amount),
            "paid_yuan": yuan(sum(one.amount_fen for one in payments)),
            "additional_yuan": yuan(sum(one.additional_fen for one in payments)),
            "collected_on_spot_yuan": yuan(
                sum(one.amount_fen for one in payments if one.mode is not PaymentMode.BANK)
            ),
        },
    }


SPANS = [*QUARTERS, YEAR, Period(date(2026, 2, 17), date(2026, 8, 3))]


@pytest.mark.parametrize("span", SPANS, ids=lambda one: one.text)
def test_two_independent_counts_agree(home, span):
    with home.reading() as session:
        wanted = second_count(session, span)
    assert statistics.figures(home, span.first, span.last).as_json() == wanted


STANDING = {"guidance.vehicles", "guidance.repeat_vehicles", "course.opening", "course.ending"}


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        (YEAR, QUARTERS),
        (YEAR, periods.months(YEAR)),
        (QUARTERS[2], periods.months(QUARTERS[2])),
        (
            QUARTERS[0],
            [
                Period(date(2026, 1, 1), date(2026, 1, 17)),
                Period(date(2026, 1, 18), date(2026, 1, 18)),
                Period(date(2026, 1, 19), date(2026, 3, 31)),
            ],
        ),
    ],
    ids=["quarters", "months", "months of a quarter", "any days"],
)
def test_totals_agree_however_the_span_is_cut(home, whole, parts):
    total = statistics.figures(home, whole.first, whole.last)
    cut = [statistics.figures(home, one.first, one.last) for one in parts]
    for key in LABELS:
        if key not in STANDING:
            assert sum(one[key] for one in cut) == total[key], key
    assert total["course.opening"] == cut[0]["course.opening"]
    assert total["course.ending"] == cut[-1]["course.ending"]
    assert sum(one["guidance.vehicles"] for one in cut) >= total["guidance.vehicles"]


@pytest.mark.parametrize("key", list(LABELS))
def test_every_figure_opens_as_many_rows_as_it_says(home, key):
    span = QUARTERS[2]
    figure = statistics.figures(home, span.first, span.last)[key]
    behind = rows_behind(home, key, span.first, span.last)
    assert behind.total == figure
    summed = is_money(key) or key.startswith(("guidance.by_kind", "guidance.leaflets"))
    if not summed:
        assert len(behind.ids) == len(set(behind.ids)) == figure
    shown = behind_rows(home, behind.kind, behind.ids, until=span.last)
    assert [one.id for one in shown] == list(behind.ids)
    if summed:
        assert bool(behind.ids) == bool(figure)


def test_every_figure_of_every_table_line_opens_its_rows(home):
    made = statistics.report(home, QUARTERS[2])
    checked = 0
    for lines, field in ((made.items, "item"), (made.places, "place"), (made.months, "")):
        for line in lines:
            for key, value in line.values.items():
                cut = Cut((key,), **({field: line.name} if field else {}))
                behind = rows_behind(home, cut, line.period.first, line.period.last)
                assert behind.total == value, (line.name, key)
                checked += 1
    assert checked > 100


def test_lines_add_up_to_the_figures(home):
    made = statistics.report(home, QUARTERS[1])
    for lines in (made.items, made.places, made.months):
        for key in ("penalties.total", "penalties.amount", "guidance.notices"):
            assert sum(one[key] for one in lines) == made.figures[key]
    assert made.more_places == 0
    items = sum(one["course.filed_ordinary"] for one in made.items)
    assert items == made.figures["course.filed_ordinary"]


def test_joined_columns_open_the_rows_of_both(home):
    keys = ("penalties.by_class.warning", "penalties.by_class.criticism")
    figures = statistics.figures(home, YEAR.first, YEAR.last)
    behind = rows_behind(home, Cut(keys), YEAR.first, YEAR.last)
    assert behind.kind is RowKind.DECISION
    assert len(behind.ids) == behind.total == sum(figures[one] for one in keys)


def test_the_report_stands_beside_the_year_before_and_the_year_so_far(home):
    made = statistics.report(home, QUARTERS[3])
    before = statistics.figures(home, date(2025, 10, 1), date(2025, 12, 31))
    assert made.year_before.values == before.values
    assert made.cumulative.values == statistics.figures(home, YEAR.first, YEAR.last).values
    with home.reading() as session:
        from enforcer.store.audit import verify

        assert made.chain_head == verify(session).head
