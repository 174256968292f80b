"""How fast the window is there, as whole processes, with 200,000 notices in the home.

    python -m tests.bench.start [ROUNDS [NOTICES [CASES]]]

Frame on the screen against a bare PySide6 window with an empty table (limit 1.5 times); first
screen filled against that window, the imports nobody can avoid and one SELECT (limit 1.3 times).
All three tell their own age since the system made their process; medians of alternating runs.
With CASES the home has so many open ordinary cases besides, each with several clocks running.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from enforcer.course_terms import Outcome, ServiceMethod, SignOffMatter
from enforcer.models import Case, CaseEvent, Correction, Preservation, Proposal, Service, SignOff
from enforcer.operations.sample import make_sample
from enforcer.queries.due import due
from enforcer.store.database import Store, bulk_insert, open_store
from enforcer.terms import CaseStep, Discretion, Origin, PartyKind, Procedure, Stage
from tests.bench.statistics import fill

ROOT = Path(__file__).parents[2]
FRAME_LIMIT, READY_LIMIT = 1.5, 1.3
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTableView())
window.resize(1366, 768)
window.show()
app.processEvents()
"""
AVOIDED_BY_NOBODY = """
import sqlmodel
from sqlcipher3 import dbapi2
dbapi2.connect(":memory:").execute("SELECT 1").fetchall()
"""
TELL = """
from ui.startup import since_start_ms
print(since_start_ms())
"""


def open_cases(store: Store, count: int, today: date) -> None:
    """So many ordinary cases under way: a notice served, an order to correct, a sign-off, things."""
    first = 1_000_000

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    def case(at: int) -> dict[str, object]:
        return {
            "id": first + at,
            "uid": UUID(int=first + at),
            "number": f"云城管立字〔{today.year}〕第{first + at}号",
            "procedure": Procedure.ORDINARY,
            "stage": Stage.FILED,
            "origin": Origin.MADE_HERE,
            "cause": "运输车辆撒漏",
            "party_name": f"示例公司{at}",
            "party_kind": PartyKind.LEGAL_PERSON,
            "officer1": "周敏",
            "officer2": "何志远",
            "filed_on": ago(20 + at % 80),
        }

    def of_case(at: int, **more: object) -> dict[str, object]:
        return {"id": first + at, "uid": UUID(int=first + at), "case_id": first + at} | more

    def event(at: int) -> dict[str, object]:
        made = of_case(at, step="inquiry", happened_on=ago(3 + at % 40), actor="周敏")
        del made["uid"]
        return made | {"recorded_at": datetime.now(UTC)}

    def notice(at: int) -> dict[str, object]:
        more = {"outcome": Outcome.PENALTY, "discretion": Discretion.ORDINARY}
        return of_case(at, step=CaseStep.ANNOUNCED, on=ago(5), hearing_offered=True, **more)

    def service(at: int) -> dict[str, object]:
        more = {"of_id": first + at, "method": ServiceMethod.DIRECT, "effective_on": ago(at % 9)}
        return of_case(at, of=CaseStep.ANNOUNCED, on=ago(at % 9), **more)

    def correction(at: int) -> dict[str, object]:
        return of_case(at, on=ago(15), content="立即清扫", due_on=ago(at % 20 - 10))

    def preservation(at: int) -> dict[str, object]:
        return of_case(at, on=ago(at % 12), reason="可能灭失")

    def sign_off(at: int) -> dict[str, object]:
        more = {"matter": SignOffMatter.DECISION, "round": 1, "level": 1, "level_name": "承办人"}
        return of_case(at, person_id=1, person="周敏", agrees=True, on=ago(at % 5), **more)

    with store.unit(actor="bench", operation="bench") as session:
        for model, make in (
            (Case, case),
            (CaseEvent, event),
            (Proposal, notice),
            (Service, service),
            (Correction, correction),
            (Preservation, preservation),
            (SignOff, sign_off),
        ):
            bulk_insert(session, model, [make(at) for at in range(count)], say="bench")


def home_with(folder: Path, notices: int, cases: int = 0) -> Path:
    """The sample home with so many notices and open ordinary cases more."""
    home = folder / "home"
    store = open_store(home, clock=lambda: datetime.now(UTC), create=True)
    today = datetime.now(UTC).date()
    make_sample(store, today=today, actor="bench")
    fill(store, notices, 0, 183)
    open_cases(store, cases, today)
    if cases:
        due(store, today=today)
        before = time.perf_counter()
        found = len(due(store, today=today))
        print(f"{cases} open cases, {found} rows: {(time.perf_counter() - before) * 1000:.0f} ms")
    store.close()
    return home


def told(*words: str, environment: dict[str, str]) -> str:
    """What one process prints."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def measured(home: Path, rounds: int, environment: dict[str, str]) -> dict[str, float]:
    """Medians in milliseconds."""
    runs: dict[str, list[float]] = {"bare": [], "imports": [], "shown": [], "ready": []}
    ours = ("-m", "ui", "--home", str(home), "--quit-when-ready")
    told(*ours, environment=environment)
    for _ in range(rounds):
        runs["bare"].append(float(told("-c", BARE + TELL, environment=environment)))
        whole = BARE + AVOIDED_BY_NOBODY + TELL
        runs["imports"].append(float(told("-c", whole, environment=environment)))
        start = json.loads(told(*ours, environment=environment))
        runs["shown"].append(start["shown_ms"])
        runs["ready"].append(start["ready_ms"])
    return {name: statistics.median(spent) for name, spent in runs.items()}


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    notices = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    cases = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    folder = Path(tempfile.mkdtemp())
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PYTHONPATH": str(ROOT),
    }
    try:
        took = measured(home_with(folder, notices, cases), rounds, environment)
    finally:
        shutil.rmtree(folder)
    frame, ready = took["shown"] / took["bare"], took["ready"] / took["imports"]
    print(
        f"bare window {took['bare']:.0f} ms, with imports and one SELECT {took['imports']:.0f} ms"
    )
    print(f"frame {took['shown']:.0f} ms = {frame:.2f} × (limit {FRAME_LIMIT})")
    print(f"ready {took['ready']:.0f} ms = {ready:.2f} × (limit {READY_LIMIT}), {notices} notices")


if __name__ == "__main__":
    main()
