"""The start, as whole processes: frame first, one window per home, wizard, trouble."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from enforcer import paths
from ui import owner
from ui.__main__ import SCREENS, lacks_screen, wants_window
from ui.one_window import OneWindow, Turn
from ui.startup import since_start_ms

ROOT = Path(__file__).parents[2]
HEAVY = (
    "sqlmodel", "sqlalchemy", "sqlcipher3", "reportlab", "qtawesome", "alembic",
    "pydantic", "PySide6.QtPdf", "PySide6.QtPrintSupport", "PySide6.QtNetwork", "filelock",
)  # fmt: skip


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PYTHONPATH": str(ROOT),
    }


def start(environment, *words: object, code: str = "") -> subprocess.Popen[str]:
    what = ["-c", code] if code else ["-m", "ui"]
    return subprocess.Popen(
        [sys.executable, *what, *map(str, words)],
        env=environment, cwd=ROOT, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finish(process: subprocess.Popen[str], timeout: float = 60) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=timeout)
    return process.returncode, out, err


@pytest.fixture
def home(store) -> Path:
    """A home with tables; the store of this process lets go of it."""
    store.close()
    return store.home


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--home", "d"], True),
        (["--home=d", "--quit-when-ready"], True),
        (["--user", "周敏"], True),
        (["init"], False),
        (["--home", "init"], True),
        (["--home", "d", "search", "湘"], False),
        (["--help"], False),
        (["--home"], False),
    ],
)
def test_a_command_needs_no_window(words, window):
    assert wants_window(words) is window


@pytest.mark.parametrize(
    ("environment", "platform", "lacking"),
    [
        ({}, "linux", True),
        ({"DISPLAY": ""}, "linux", True),
        ({"DISPLAY": ":0"}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", False),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "win32", False),
    ],
)
def test_without_a_desktop_there_is_no_window(
    environment: dict[str, str], platform: str, *, lacking: bool
) -> None:
    assert lacks_screen(environment, platform) is lacking


@pytest.mark.skipif(sys.platform != "linux", reason="only there Qt may lack a desktop")
def test_a_start_without_a_desktop_says_so_and_leaves() -> None:
    bare = {one: value for one, value in os.environ.items() if one not in SCREENS}
    told = subprocess.run(
        [sys.executable, "-m", "ui"], capture_output=True, env=bare, check=False, timeout=60
    )
    assert (told.returncode, told.stdout) == (3, b"")
    assert "没有图形桌面" in told.stderr.decode()


def test_a_command_is_handed_on_without_importing_qt(environment):
    code = (
        "import sys; from ui.__main__ import main\n"
        "code = main(['due', 'payment', '--from', '2026-09-01', '--json'])\n"
        "assert not [m for m in sys.modules if m.startswith('PySide6')], 'Qt was imported'\n"
        "sys.exit(code)"
    )
    code, out, err = finish(start(environment, code=code))
    assert code == 0, err
    assert json.loads(out)["rule"] == "payment"


def test_the_window_tells_when_it_was_shown_and_ready(environment, home):
    code, out, err = finish(start(environment, "--home", home, "--quit-when-ready"))
    assert code == 0, err
    told = json.loads(out)
    assert 0 < told["shown_ms"] < told["ready_ms"] < 30_000
    assert "Traceback" not in err
    assert not owner.path(home).exists()


def test_the_frame_is_shown_before_anything_heavy_is_imported(environment, home):
    code = f"""
import sys
from ui.__main__ import _prepare_to_load
_prepare_to_load()
from ui import app
was = app.Session._painted
def painted(self):
    print(*[name for name in {HEAVY!r} if name in sys.modules])
    was(self)
app.Session._painted = painted
sys.exit(app.run(sys.argv[1:]))
"""
    code, out, err = finish(start(environment, "--home", home, "--quit-when-ready", code=code))
    assert code == 0, err
    assert out.splitlines()[0] == ""


def test_where_there_is_no_home_the_wizard_comes(environment, tmp_path):
    code, out, err = finish(start(environment, "--home", tmp_path / "new", "--quit-when-ready"))
    assert code == 0, err
    assert json.loads(out)["ready_ms"] > 0
    assert not (tmp_path / "new").exists()


def test_a_home_that_cannot_be_opened_is_trouble(environment, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    paths.database(home).write_bytes(b"this is no database" * 200)
    code, _, err = finish(start(environment, "--home", home, "--quit-when-ready"))
    assert code == 3
    assert any("\u4e00" <= sign <= "\u9fff" for sign in err)
    assert "Traceback" not in err
    assert paths.database(home).read_bytes().startswith(b"this is no database")


def test_a_screen_that_breaks_ends_a_measured_start(environment, home):
    code = """
import sys
from ui.__main__ import _prepare_to_load
_prepare_to_load()
from ui import app, main_window
def broken(self, key):
    raise LookupError("broken")
main_window.MainWindow.show_screen = broken
sys.exit(app.run(sys.argv[1:]))
"""
    code, _, err = finish(start(environment, "--home", home, "--quit-when-ready", code=code))
    assert code == 3
    assert "LookupError: broken" in err


WATCHED = """
import sys
from ui.__main__ import _prepare_to_load
_prepare_to_load()
from ui import app, main_window
main_window.MainWindow.to_front = lambda self: (print("to front", flush=True), self.close())
was = app.Session._afterwards
def afterwards(self):
    was(self)
    print("listening", flush=True)
app.Session._afterwards = afterwards
sys.exit(app.run(sys.argv[1:]))
"""


def test_a_second_start_brings_the_first_window_to_front(environment, home):
    first = start(environment, "--home", home, code=WATCHED)
    try:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "listening"
        code, out, err = finish(start(environment, "--home", home, "--quit-when-ready"))
        assert (code, out) == (1, ""), err
        assert "窗口已经打开，已带到前面；启动时间没有量" in err
        assert first.stdout.readline().strip() == "to front"
        code, _, err = finish(first)
        assert code == 0, err
        assert not owner.path(home).exists()
    finally:
        first.kill()


AFTER_THE_WIZARD = """
import sys
from ui.__main__ import _prepare_to_load
_prepare_to_load()
from enforcer import paths
from ui import app
was, look_after = app.Session._afterwards, app.Session._look_after
def afterwards(self):
    was(self)
    from enforcer.operations import first_start
    assert not self._home.exists()
    first_start.set_up_sample(self._home, clock=app._now, actor="周敏", recordings=False)
    self._open()
def looked_after(self, store):
    look_after(self, store)
    print(paths.lock(self._home).exists(), self._one._server is not None, flush=True)
    self.window.close()
app.Session._afterwards, app.Session._look_after = afterwards, looked_after
sys.exit(app.run(sys.argv[1:]))
"""


def test_a_home_the_wizard_has_made_is_held_and_looked_after_at_once(environment, tmp_path):
    code, out, err = finish(start(environment, "--home", tmp_path / "new", code=AFTER_THE_WIZARD))
    assert code == 0, err
    assert out.split() == ["True", "True"]


def test_a_window_that_was_killed_does_not_lock_the_home(environment, home):
    first = start(environment, "--home", home, code=WATCHED)
    assert first.stdout is not None
    first.stdout.readline()
    first.kill()
    finish(first)
    assert owner.path(home).exists()
    code, out, err = finish(start(environment, "--home", home, "--quit-when-ready"))
    assert code == 0, err
    assert json.loads(out)["ready_ms"] > 0


def test_another_user_is_named_and_refused(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.one_window.ASK_MS", 200)
    first, second = OneWindow(tmp_path), OneWindow(tmp_path)
    assert first.take() is Turn.FREE
    owner.path(tmp_path).write_text("李四\n1\nenforcer-nobody-0\n", encoding="utf-8")
    assert second.take() is Turn.REFUSED
    assert "“李四”打开着" in second.say
    first.release()


def test_a_window_that_does_not_answer_is_said_to_be_open(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.one_window.ASK_MS", 200)
    first, second = OneWindow(tmp_path), OneWindow(tmp_path)
    assert first.take() is Turn.FREE
    assert second.take() is Turn.REFUSED
    assert "没有应答" in second.say
    first.release()
    assert second.take() is Turn.FREE
    second.release()


def test_the_first_window_is_called(qtbot, tmp_path):
    first, second = OneWindow(tmp_path), OneWindow(tmp_path)
    first.take()
    first.listen()
    with qtbot.waitSignal(first.called):
        assert second.take() is Turn.SHOWN
    first.release()


def test_a_home_is_claimed_once_and_forgotten_by_its_owner_only(tmp_path):
    assert owner.claim(tmp_path)
    assert not owner.claim(tmp_path)
    assert owner.read(tmp_path) == owner.me(tmp_path)
    owner.path(tmp_path).write_text("李四\n1\nx\n", encoding="utf-8")
    owner.forget(tmp_path)
    assert owner.read(tmp_path).user == "李四"
    owner.path(tmp_path).write_text("?", encoding="utf-8")
    assert owner.read(tmp_path) is None
    assert owner.claim(tmp_path / "not there yet")


def test_the_process_knows_its_age():
    assert 0 < since_start_ms() < 3_600_000
