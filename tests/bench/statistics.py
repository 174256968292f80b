"""The quarter at 200,000 notices (or as many as asked) against the same question in plain SQL.

    python tests/bench/statistics.py [NOTICES [DECISIONS [DAYS]]]

Both ask a fresh read of the same file, best of five. `figures` is the JSON of the command;
`report` is the whole page: beside it last year's span, the year so far, months, items, places.
The window is the real page without a screen: from the click on 统计 to the painted overview (what
adds up: figures, months, classes), and to the painted rest; the first page and the best of five.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from enforcer.models import Case, Decision, Notice
from enforcer.queries import periods, statistics, statistics_work
from enforcer.store import connection
from enforcer.store.database import Store, bulk_insert, open_store
from enforcer.terms import (
    Discretion,
    NoticeOutcome,
    NoticeState,
    Origin,
    PartyKind,
    PenaltyKind,
    Procedure,
    Stage,
)

SPAN = periods.quarter(2026, 3)
PLAIN = (
    """SELECT sum(state='issued'), sum(state='void'), sum(state='issued' AND outcome='moved_off')
    FROM notice INDEXED BY ix_notice_report WHERE noticed_on BETWEEN :first AND :last""",
    """SELECT count(*), sum(n > 1 OR EXISTS (SELECT 1 FROM notice b
    INDEXED BY ix_notice_plate_key_noticed_at
    WHERE b.plate_key = p.plate_key AND b.noticed_on < :first AND b.state = 'issued'))
    FROM (SELECT plate_key, count(*) n FROM notice INDEXED BY ix_notice_report
    WHERE state = 'issued' AND noticed_on BETWEEN :first AND :last AND plate_key <> ''
    GROUP BY plate_key) p""",
    """SELECT heaviest, procedure, discretion, no_penalty_reason, count(*), sum(fine_fen),
    sum(confiscated_fen) FROM decision WHERE decided_on BETWEEN :first AND :last
    GROUP BY 1, 2, 3, 4""",
    "SELECT count(*) FROM enforcement_case WHERE filed_on BETWEEN :first AND :last",
    "SELECT count(*) FROM enforcement_case WHERE closed_on BETWEEN :first AND :last",
    "SELECT step, count(*) FROM case_event WHERE happened_on BETWEEN :first AND :last GROUP BY 1",
    """SELECT mode, sum(amount_fen), sum(additional_fen) FROM payment
    WHERE paid_on BETWEEN :first AND :last GROUP BY 1""",
    """SELECT kind, sum(quantity) FROM guidance WHERE occurred_on BETWEEN :first AND :last
    GROUP BY 1""",
)


def fill(store: Store, notices: int, decisions: int, days: int) -> None:
    """Rows spread over `days` that end with the quarter; every second vehicle comes back."""
    chance = random.Random(7)

    def a_day() -> date:
        return SPAN.last - timedelta(days=chance.randrange(days))

    def notice(at: int) -> dict[str, object]:
        day = a_day()
        plate = f"湘J{chance.randrange(notices // 2):06d}" if chance.random() > 0.02 else ""
        return {
            "uid": UUID(int=at),
            "number": f"温告{at:07d}",
            "state": NoticeState.VOID if chance.random() < 0.01 else NoticeState.ISSUED,
            "origin": Origin.BACKFILLED,
            "plate": plate,
            "plate_key": plate,
            "noticed_on": day,
            "noticed_at": datetime(day.year, day.month, day.day, 2, at % 60, tzinfo=UTC),
            "place": f"桃林路{chance.randrange(200)}号门前人行道",
            "item_key": "pavement_parking",
            "situation": "在人行道停车，妨碍行人通行，驾驶人不在现场",
            "outcome": chance.choice(list(NoticeOutcome)),
            "frozen": {"text": "请您将车辆停放在停车泊位内。" * 40},
        }

    def case(at: int) -> dict[str, object]:
        return {
            "id": at,
            "uid": UUID(int=at),
            "number": f"案{at:07d}",
            "procedure": Procedure.ORDINARY if at % 40 == 0 else Procedure.SUMMARY,
            "stage": Stage.DECIDED,
            "origin": Origin.BACKFILLED,
            "cause": "擅自占用城市道路",
            "item_key": "road_occupation",
            "party_name": "张三",
            "party_kind": PartyKind.CITIZEN,
            "place": f"桃林路{chance.randrange(200)}号",
            "filed_on": a_day(),
        }

    def decision(at: int) -> dict[str, object]:
        return {
            "uid": UUID(int=at),
            "case_id": at,
            "number": f"决{at:07d}",
            "procedure": Procedure.ORDINARY if at % 40 == 0 else Procedure.SUMMARY,
            "decided_on": a_day(),
            "kinds": ["fine"],
            "heaviest": PenaltyKind.FINE,
            "fine_fen": 10_000,
            "discretion": Discretion.ORDINARY,
        }

    with store.unit(actor="bench", operation="bench") as session:
        for model, make, count in (
            (Notice, notice, notices),
            (Case, case, decisions),
            (Decision, decision, decisions),
        ):
            for start in range(1, count + 1, 50_000):
                portion = range(start, min(start + 50_000, count + 1))
                bulk_insert(session, model, [make(at) for at in portion], say="bench")


def best(question: Callable[[], object]) -> float:
    """Milliseconds, best of five."""
    found = []
    for _ in range(5):
        begun = time.perf_counter()
        question()
        found.append((time.perf_counter() - begun) * 1000)
    return min(found)


class _Quiet:
    """The frame around the page says nothing while it is measured."""

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_given, **_named: None


def window(store: Store) -> list[tuple[float, float]]:
    """Milliseconds until the overview is painted, and until all of it is; page after page."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from ui.context import Clock, Context
    from ui.statistics import StatisticsPage
    from ui.tasks import Tasks
    from ui.theme import Theme

    app = QApplication.instance() or QApplication(["bench", "-style", "fusion"])
    assert isinstance(app, QApplication)
    tasks = Tasks(store, print)
    noon = datetime(SPAN.last.year, SPAN.last.month, SPAN.last.day, 4, tzinfo=UTC)
    context = Context(
        store, tasks, Theme(app), store.home, "bench", Clock(lambda: noon), _Quiet(),
    )  # fmt: skip
    found = []
    for _ in range(6):
        begun = time.perf_counter()
        page = StatisticsPage(context)
        page.resize(1278, 688)
        page.show()

        first = _painted(page, lambda one: one.overview.months.bars, begun)
        found.append((first, _painted(page, lambda one: one.report, begun)))
        while not tasks.idle:
            app.processEvents()
            time.sleep(0.001)
        page.close()
        page.deleteLater()
    return found


def _painted(page: Any, what: Callable[[Any], object], begun: float) -> float:
    from PySide6.QtWidgets import QApplication

    while not what(page):
        QApplication.processEvents()
        time.sleep(0.001)
    page.grab()
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    given = [int(one) for one in sys.argv[1:]]
    notices, decisions, days = (*given, *(200_000, 20_000, 1095)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "home", clock=lambda: datetime.now(UTC), create=True)
        fill(store, notices, decisions, days)
        raw = connection.connect(store.path)
        span = {"first": SPAN.first.isoformat(), "last": SPAN.last.isoformat()}
        plain = best(lambda: [raw.execute(one, span).fetchall() for one in PLAIN])
        raw.close()
        ours = best(lambda: statistics.figures(store, SPAN.first, SPAN.last).as_json())
        glance = best(lambda: statistics.glance(store, SPAN))
        page = best(lambda: statistics.report(store, SPAN, work=False))
        work = best(lambda: statistics_work.work(store, SPAN))
        inside = statistics.figures(store, SPAN.first, SPAN.last)
        (cold, cold_all), *warm = window(store)
        store.close()
    print(f"{notices:,} notices, {decisions:,} decisions over {days} days;", end=" ")
    print(f"{inside['guidance.notices']:,} and {inside['penalties.total']:,} in the quarter")
    print(f"plain SQL {plain:.0f} ms · figures {ours:.0f} ms ({ours / plain:.2f} ×)", end=" · ")
    print(f"glance {glance:.0f} ms · report {page:.0f} ms, deadlines and recorders {work:.0f} ms")
    print(f"window: overview {min(one for one, _ in warm):.0f} ms (first {cold:.0f} ms)", end=" · ")
    print(f"everything {min(one for _, one in warm):.0f} ms (first {cold_all:.0f} ms)", end=" · ")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
