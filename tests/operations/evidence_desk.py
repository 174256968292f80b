"""An office with a case and a made card, for the tests of evidence."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from enforcer.evidence_terms import ActionKind
from enforcer.models import Case, Decision
from enforcer.operations import evidence
from enforcer.operations.evidence import IntakeForm, IntakeReport
from enforcer.store.database import Store
from enforcer.terms import Discretion, Origin, PartyKind, Procedure, Stage
from tests.evidence_made import clip, put

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 9, 3, 18, 0, tzinfo=CHINA)
DAY = NOW.date()
TEN = datetime(2026, 9, 3, 10, 12, tzinfo=CHINA)
WHO = {"now": NOW, "today": DAY, "actor": "测试"}


def a_case(store: Store, number: str = "常城管立字〔2026〕第001号", **given: Any) -> int:
    """An open case of the first two officers, its act at ten past ten."""
    with store.unit(actor="测试") as session:
        row = Case(
            **{
                "number": number,
                "procedure": Procedure.ORDINARY,
                "stage": Stage.FILED,
                "origin": Origin.MADE_HERE,
                "cause": "涉嫌擅自占用道路案",
                "party_name": "王某",
                "party_kind": PartyKind.CITIZEN,
                "place": "解放路1号门前",
                "acted_at": TEN,
                "acted_on": DAY,
                "filed_on": DAY,
                "officer1_id": 1,
                "officer2_id": 2,
                "officer1": "周敏",
                "officer2": "何志远",
                **given,
            }
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id


def decided(store: Store, case_id: int, on: date) -> int:
    with store.unit(actor="测试") as session:
        row = Decision(
            case_id=case_id,
            number=f"决{case_id}",
            procedure=Procedure.ORDINARY,
            decided_on=on,
            discretion=Discretion.ORDINARY,
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id


def a_card(folder: Path, count: int = 3, *, recorder: str = "0700001") -> list[Path]:
    """Clips of one recorder, ten minutes apart, their clocks inside agreeing."""
    made = []
    for at in range(count):
        begins = TEN + timedelta(minutes=10 * at)
        name = f"{recorder}_700012_{begins:%Y%m%d%H%M%S}.mp4"
        made.append(put(folder / name, clip(begins, seed=at)))
    return made


def take(store: Store, *paths: Path, case_id: int | None = None, **given: Any) -> IntakeReport:
    more = {k: given.pop(k) for k in ("control", "note") if k in given}
    form = IntakeForm(paths=paths, action=ActionKind.CASE, action_id=case_id, **given)
    return evidence.take_in(store, form, **WHO, **more)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def state_of(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Names, bytes, times and rights of everything below: what must not change."""
    return {
        str(one.relative_to(folder)): (one.read_bytes(), one.stat().st_mtime_ns, one.stat().st_mode)
        for one in sorted(folder.rglob("*"))
        if one.is_file() and not one.is_symlink()
    }


def kept(store: Store) -> list[Path]:
    """Everything in the evidence folder, half copies too."""
    folder = store.home / "evidence"
    return sorted(one for one in folder.rglob("*") if one.is_file()) if folder.exists() else []
