"""The commands `evidence add` (register and hash) and `evidence check` (read everything again)."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from enforcer.commands.common import (
    DONE,
    REFUSED,
    TROUBLE,
    actor,
    now,
    opened,
    say_json,
    today,
)
from enforcer.errors import Level, Objection, Refused

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from datetime import datetime

    from enforcer.operations.evidence_intake import IntakeReport
    from enforcer.store.database import Store

CHINA = ZoneInfo("Asia/Shanghai")


def register(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the parser."""
    desk = subparsers.add_parser("evidence", help="证据：登记录音录像和照片、检查是否被改动")
    deeds = desk.add_subparsers(dest="deed", required=True)
    add = deeds.add_parser("add", help="把文件或者文件夹登记为一个案件的证据（复制并计算校验值）")
    add.add_argument("case", metavar="CASE", help="案号或者决定书文号")
    add.add_argument("paths", metavar="PATH", nargs="+", type=Path)
    add.add_argument(
        "--reference", action="store_true", help="不复制，只登记原处的文件（磁盘按名称辨认）"
    )
    add.set_defaults(run=_add)
    check = deeds.add_parser("check", help="把登记过的文件全部重读一遍，与校验值核对")
    check.set_defaults(run=_check)


def _add(args: argparse.Namespace) -> int:
    from enforcer.evidence_terms import ActionKind, Keeping, SourceKind
    from enforcer.operations.evidence_intake import IntakeForm, take_in

    folders = any(os.path.isdir(one) for one in args.paths)  # noqa: PTH112 — never an error
    with opened(args) as store:
        form = IntakeForm(
            paths=tuple(args.paths),
            source_kind=SourceKind.FOLDER if folders else SourceKind.FILES,
            keeping=Keeping.REFERENCED if args.reference else Keeping.COPIED,
            action=ActionKind.CASE,
            action_id=_case(store, args.case),
        )
        made = take_in(store, form, today=today(), now=now(), actor=actor(args))
    return _told(args, made)


def _case(store: Store, number: str) -> int:
    from enforcer.queries import cases

    found = cases.case_number(store, number)
    if found is None:
        say = f"没有案号为“{number}”的案件。请用 search 查出完整的案号（含六角括号〔〕）。"
        raise Refused(Objection("case_gone", Level.BLOCK, say, field="case"))
    return found


def _told(args: argparse.Namespace, made: IntakeReport) -> int:
    """Say it file by file; 3 where the machine stopped it or a named file is not there."""
    from enforcer.evidence_terms import IntakeState

    taken: list[dict[str, Any]] = [
        {
            "path": str(one.path) if one.path else None,
            "sha256": one.sha256,
            "recorder": one.recorder or None,
            "officer": one.officer or None,
            "begins_at": _moment(one.begins_at),
            "ends_at": _moment(one.ends_at),
            "source": os.path.join(made.root, one.source),  # noqa: PTH118 — may be no path here
            "remarks": list(one.remarks),
        }
        for one in made.taken
        if not one.known
    ]
    not_taken = [(one.source, one.say) for one in made.left]
    not_taken += [(one.source, one.remarks[0]) for one in made.taken if one.known]
    refused = [
        {"path": os.path.join(made.root, name), "say": say}  # noqa: PTH118
        for name, say in not_taken
    ]
    if args.json:
        say_json({"taken": taken, "refused": refused})
    else:
        for one in taken:
            print(f"已登记 {one['source']}：{one['path']}（SHA-256 {one['sha256']}）")
            for remark in one["remarks"]:
                print(f"　注意：{remark}")
        for left in refused:
            print(f"没有登记 {left['path']}：{left['say']}")
        print(f"登记 {len(taken)} 个文件，没有登记 {len(refused)} 个。")
    if made.state is not IntakeState.DONE:
        print(made.say, file=sys.stderr)
        return TROUBLE
    if taken:
        return DONE
    return TROUBLE if any(one.absent for one in made.left) else REFUSED


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(CHINA).isoformat(timespec="seconds") if at else None


def _check(args: argparse.Namespace) -> int:
    from enforcer.operations.evidence_checks import CheckEvidenceForm, check_evidence

    with opened(args) as store:
        found = check_evidence(
            store, CheckEvidenceForm(), today=today(), now=now(), actor=actor(args)
        )
    if args.json:
        document: dict[str, Any] = {
            "checked": found.checked,
            "problems": [
                {"path": one.path, "kind": one.kind.value, "say": one.say} for one in found.problems
            ],
        }
        if found.away:
            document["away"] = found.away
        say_json(document)
    else:
        for one in found.problems:
            print(f"{one.kind.label}：{one.path}：{one.say}")
        for label, count in found.away.items():
            print(f"“{label}”没有接上，其中 {count} 个文件没有检查。")
        print(f"检查了 {found.checked} 个文件，{len(found.problems)} 个有问题。")
    return REFUSED if found.problems else DONE
