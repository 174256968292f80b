"""The first screen as a whole process: filled without SQLAlchemy, and usable the moment it stands."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from enforcer.terms import Procedure, Stage
from tests.queries.statistics_rows_made import a_case, a_notice

ROOT = Path(__file__).parents[2]
RUN = """
import sys
from ui.__main__ import _prepare_to_load
_prepare_to_load()
from ui import app
was = app.Session._ready
def ready(self):
    {deed}
app.Session._ready = ready
sys.exit(app.run(sys.argv[1:]))
"""


@pytest.fixture
def home(store) -> Path:
    """A home with a notice and a case long overdue; the store of this process lets go of it."""
    with store.unit(actor="测试", operation="test") as session:
        a_notice(session, date(2026, 9, 1), plate="湘J·12345", plate_key="湘J12345")
        a_case(session, procedure=Procedure.ORDINARY, stage=Stage.FILED, filed_on=date(2026, 1, 5))
    store.close()
    return store.home


def told(home: Path, tmp_path: Path, deed: str) -> str:
    """What the window prints once its first screen is ready."""
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(deed=deed), "--home", str(home)],
        cwd=ROOT,
        env=os.environ
        | {
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_first_screen_is_filled_before_sqlalchemy_is_loaded(home: Path, tmp_path: Path) -> None:
    deed = (
        "print(self.window._pages['today'].rows[0].row.what, 'sqlalchemy' in sys.modules);"
        " self._app.quit()"
    )
    assert told(home, tmp_path, deed) == "作出处罚决定 False"


def test_a_search_asked_the_moment_the_screen_stands_is_answered(
    home: Path, tmp_path: Path
) -> None:
    deed = (
        "was(self); self._search('湘J12345',"
        " lambda hits: (print(*[one.kind for one in hits]), self._app.quit()))"
    )
    assert "notice" in told(home, tmp_path, deed).split()
