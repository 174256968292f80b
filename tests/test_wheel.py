"""The wheel carries resources and migrations: installed elsewhere, it makes a sample home."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), "."],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


def test_it_makes_a_sample_home_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(installed)
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "enforcer", "--home", "家", "init", "--sample"],
        cwd=elsewhere, env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert (elsewhere / "家" / "enforcer.db").exists()


@pytest.mark.parametrize(
    "name",
    [
        "enforcer/resources/law/violations.toml",
        "enforcer/resources/templates/courteous_notice.toml",
        "enforcer/resources/fonts/EnforcerSong-Regular.ttf",
        "enforcer/resources/fonts/licences/NotoSerifSC-OFL.txt",
        "enforcer/store/migrations/versions/v0001_first_tables.py",
        "ui/__main__.py",
    ],
)
def test_it_carries(wheel: Path, name: str) -> None:
    with zipfile.ZipFile(wheel) as packed:
        assert name in packed.namelist()
