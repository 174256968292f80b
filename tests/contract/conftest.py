"""Homes for the examiner: made once through the face itself, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.contract.face import OFFICERS, done, ledger, take

CREW = ("测试甲", "测试乙")


@pytest.fixture(scope="session")
def made_bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("bare") / "家"
    done("init", "--home", home)
    return home


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office, with two officers of ours whose certificates hold for years."""
    folder = tmp_path_factory.mktemp("sample")
    home = folder / "家"
    done("init", "--sample", "--home", home)
    rows = [(name, f"考{at:03d}", "2018-01-01", "2099-12-31") for at, name in enumerate(CREW)]
    found = take(home, "officers", ledger(folder / "人员.xlsx", OFFICERS, rows))
    assert found["taken"] == 2
    return home


@pytest.fixture
def bare(made_bare: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_bare, tmp_path / "bare"))


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_sample, tmp_path / "sample"))
