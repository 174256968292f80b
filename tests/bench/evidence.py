"""A recorder's card taken in: `evidence add` against a plain copy that then runs sha256sum.

    python -m tests.bench.evidence [MEGABYTES_A_CLIP] [CLIPS] [ROUNDS]

Whole process against whole process: ours also opens the database, reads each clip's metadata,
syncs and reads back every copy, and writes the journal. The plain copy leaves its bytes in memory,
so on a disk slower than memory only the second figure (the copy synced, too) compares like with
like. By turns, the disk synced before each. Prints one JSON line; the goal is 1.15 of the first.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.evidence_made import clip, photo

ROOT = Path(__file__).parents[2]
BEGINS = datetime(2026, 9, 3, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
GOAL = 1.15


def make_card(folder: Path, megabytes: int, clips: int) -> None:
    """Clips that real players open, padded to their size; two photos for three clips."""
    folder.mkdir()
    for at in range(clips):
        begins = BEGINS + timedelta(minutes=5 * at)
        with (folder / f"0700001_700012_{begins:%Y%m%d%H%M%S}.mp4").open("wb") as out:
            head = clip(begins, seed=at)
            out.write(head)
            size = megabytes * 1_000_000 - len(head)
            out.write(size.to_bytes(4, "big") + b"free")
            for _ in range(size // 1_000_000):
                out.write(os.urandom(1_000_000))
            out.write(os.urandom(size % 1_000_000 - 8))
    for at in range(clips * 2 // 3):
        (folder / f"IMG_20260903_{at:06d}.jpg").write_bytes(photo(seed=at, size=(1600, 1200)))


def plain(card: Path, folder: Path, *, synced: bool = False) -> float:
    """`cp -r`, perhaps `sync` of every copy, then `sha256sum` of every copy."""
    target = folder / "plain"
    os.sync()
    begun = time.perf_counter()
    subprocess.run(["cp", "-r", card, target], check=True)
    files = sorted(map(str, target.iterdir()))
    if synced:
        subprocess.run(["sync", *files], check=True)
    subprocess.run(["sha256sum", *files], check=True, capture_output=True)
    took = time.perf_counter() - begun
    shutil.rmtree(target)
    return took


def ours(card: Path, home: Path, folder: Path, case: str, *, count: int) -> float:
    """`enforcer evidence add` into a fresh home."""
    target = folder / "home"
    shutil.copytree(home, target)
    os.sync()
    begun = time.perf_counter()
    done = enforcer("evidence", "add", case, card, "--home", target)
    took = time.perf_counter() - begun
    assert len(done["taken"]) == count, done["refused"]
    shutil.rmtree(target)
    return took


def enforcer(*words: object) -> Any:
    """One command, its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "enforcer", *map(str, words), "--json"],
        check=True, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    return json.loads(done.stdout or "null")


def main(megabytes: int = 20, clips: int = 60, rounds: int = 3) -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as scratch:
        folder = Path(scratch)
        card, home = folder / "card", folder / "made"
        make_card(card, megabytes, clips)
        enforcer("init", "--sample", "--home", home)
        hits = enforcer("search", "立字", "--home", home)
        case = next(one["number"] for one in hits if one["kind"] == "case")
        count = sum(1 for _ in card.iterdir())
        theirs, safe, mine = [], [], []
        for _ in range(rounds):  # by turns, so that a busy machine is busy for both
            theirs.append(plain(card, folder))
            safe.append(plain(card, folder, synced=True))
            mine.append(ours(card, home, folder, case, count=count))
        whole = sum(one.stat().st_size for one in card.iterdir())
    ratio = statistics.median(mine) / statistics.median(theirs)
    found = {
        "files": count,
        "bytes": whole,
        "ours_s": round(statistics.median(mine), 3),
        "copy_and_sha256sum_s": round(statistics.median(theirs), 3),
        "synced_too_s": round(statistics.median(safe), 3),
        "ratio": round(ratio, 3),
        "ratio_synced_too": round(statistics.median(mine) / statistics.median(safe), 3),
        "goal": GOAL,
    }
    print(json.dumps(found))
    return found


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:4]))["ratio"] > GOAL)
