"""How fast the window is there, as whole processes, with 200,000 notices in the home.

    python -m tests.bench.start [ROUNDS [NOTICES]]

Frame on the screen against a bare PySide6 window with an empty table (limit 1.5 times); first
screen filled against that window, the imports nobody can avoid and one SELECT (limit 1.3 times).
All three tell their own age since the system made their process; medians of alternating runs.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from enforcer.operations.sample import make_sample
from enforcer.store.database import open_store
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


def home_with(folder: Path, notices: int) -> Path:
    """The sample home with so many notices more."""
    home = folder / "home"
    store = open_store(home, clock=lambda: datetime.now(UTC), create=True)
    make_sample(store, actor="bench")
    fill(store, notices, 0, 183)
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
    folder = Path(tempfile.mkdtemp())
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "PYTHONPATH": str(ROOT),
    }
    try:
        took = measured(home_with(folder, notices), rounds, environment)
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
